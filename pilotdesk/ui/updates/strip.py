"""A strip over the start page: a stick has something newer, signed by a registered distributor; or the program has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from pilotdesk.ui.components.basic import Button, Card, Surface, SymbolLabel, row
from pilotdesk.ui.components.text import ISSUE_EM, WrappedLabel
from pilotdesk.ui.updates.words import found_text, found_title

if TYPE_CHECKING:
    from PySide6.QtWidgets import QHBoxLayout

    from pilotdesk.ui.look.theme import Look
    from pilotdesk.updates.sticks import Found

LATER: Final = "以后再说"
NOW: Final = "现在更新"
SEE: Final = "看看改了什么"
KNOWN: Final = "知道了"
MORE: Final = "看看"


class UpdateStrip(Surface):
    """Says what was found and from whom; nothing waits for an answer.

    Attributes:
        found: what it speaks of. now, later: its buttons.

    Signals:
        now_wanted, later_wanted: a button was chosen; with what was found.
    """

    now_wanted = Signal(object)
    later_wanted = Signal(object)

    def __init__(self, look: Look, found: Found) -> None:
        super().__init__("bg")
        self._look = look
        self.found = found
        is_program = found.kind == "program"
        is_here = found.is_here
        self.now = Button(look, NOW if is_program else MORE if is_here else SEE, "soft", small=True)
        self.later = Button(look, KNOWN if is_here else LATER, "ghost", small=True)
        self.now.clicked.connect(self._on_now)
        self.later.clicked.connect(self._on_later)
        title = WrappedLabel(look, found_title(found), "body", "text", line_em=ISSUE_EM)
        text = WrappedLabel(look, found_text(found), "small", "text2", line_em=ISSUE_EM)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(title)
        words.addWidget(text)
        line = row(SymbolLabel(look, "package" if is_here else "device-usb", "primary", 20), spacing=12)
        line.addLayout(words, 1)
        line.addLayout(self._buttons())
        card = Card("primary", margins=(17, 8, 13, 8))
        card.body.addLayout(line)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 10, 24, 0)
        outer.addWidget(card)
        self.setAccessibleName(title.accessibleName())

    def _buttons(self) -> QHBoxLayout:
        return row(self.later, self.now, spacing=6)

    def _on_now(self) -> None:
        self.now_wanted.emit(self.found)

    def _on_later(self) -> None:
        self.later_wanted.emit(self.found)
