"""Small dialogs around updates that say something and offer one step; they stand open without holding the program up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout

from pilotdesk.trouble_journal import note
from pilotdesk.ui.components.basic import Button, Card, Label, Surface
from pilotdesk.ui.components.text import ISSUE_EM, WrappedLabel
from pilotdesk.ui.dialogs.asking import Dialog, scrolled
from pilotdesk.ui.updates.words import SIGNER_BESIDE, SIGNER_UNKNOWN, refusal_title

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QScrollArea, QWidget

    from pilotdesk.errors import PilotDeskError
    from pilotdesk.ui.look.theme import Look

WIDTH: Final = 520
LEAST: Final = 96
"""Height of what scrolls that is always shown, px at 标准."""
HARMLESS: Final = frozenset({"update_same", "update_not_newer", "program_not_newer", "program_other"})
"""Reasons why nothing needs to be done."""
BREAK: Final = "\u200b"
"""Where a line may end, and nothing is seen."""


class UpdateCard(Dialog):
    """A fact, what can be done about it, and at most one step; goes when it is closed.

    Args:
        parent: the window. look: the theme in force. title, text: what is said. icon: name of the symbol.
    """

    def __init__(self, parent: QWidget, look: Look, title: str, text: str, icon: str = "info-circle") -> None:
        super().__init__(parent, look, title, text, icon)
        self._window = parent
        self.setFixedWidth(min(look.scaled(WIDTH), max(420, parent.width() - 40)))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._area: QScrollArea | None = None
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def add_fact(self, caption: str, fact: str) -> None:
        """A line that is read out on the phone or typed elsewhere: never shortened, and broken where a path may be."""
        card = Card(margins=(14, 8, 14, 10))
        card.body.setSpacing(2)
        card.body.addWidget(Label(caption, "small", "text2"))
        broken = fact.replace("\\", f"\\{BREAK}").replace("/", f"/{BREAK}")
        shown = WrappedLabel(self.look, f"**{broken}**", "body", "text")
        shown.setAccessibleName(fact)
        card.body.addWidget(shown)
        self.add(card)

    def add_line(self, words: str) -> None:
        """Something more to know."""
        self.add(WrappedLabel(self.look, words, "small", "text2", line_em=ISSUE_EM))

    def add(self, widget: QWidget) -> None:
        """Put something below the text; all of it scrolls where the window is too low."""
        if self._area is None:
            ground = Surface("bg")
            ground.setLayout(self._column)
            self._area = scrolled(ground, self.windowTitle(), self.look.scaled(LEAST))
            self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.body.addWidget(self._area, 1)
        self._column.addWidget(widget)

    def open(self) -> None:
        """Qt: open it as high as what it says; Qt alone would stop at two thirds of the screen."""
        room = 0
        if self._area is not None:
            margins = self.body.contentsMargins()
            wanted = self._column.totalHeightForWidth(self.width() - margins.left() - margins.right())
            self._area.setMinimumHeight(min(wanted, self._area.minimumHeight()))
            room = wanted - self._area.minimumHeight()
            if self.body.totalMinimumHeightForWidth(self.width()) + room > self._window.height() - 24:
                self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # so that the keys scroll it
        self.grow_within(self._window, room)
        super().open()

    def add_actions(self, actions: Sequence[str]) -> None:
        """Add buttons; the last has the focus, which is where Enter goes."""
        super().add_actions(actions)
        list(self.findChildren(Button))[-1].setFocus()

    def ask(self, actions: Sequence[str], then: Callable[[], object]) -> None:
        """Open it; ``then`` is called after the last of the actions was chosen and the dialog is gone."""
        self.add_actions(actions)
        parent, last = self._window, len(actions) - 1

        def answer() -> None:
            if self.chosen == last:
                QTimer.singleShot(0, parent, then)

        self.finished.connect(answer)
        self.open()

    def say(self) -> None:
        """Open it; there is nothing to choose."""
        self.add_actions(["知道了"])
        self.open()


def refuse(
    parent: QWidget, look: Look, trouble: PilotDeskError, path: Path, register: Callable[[], object]
) -> None:
    """Say why a file was not taken and what to do; an unknown distributor can be registered from there.

    Args:
        parent: the window.
        look: the theme in force.
        trouble: why.
        path: the file.
        register: shows the key that lies beside it, or asks for the key file of the distributor.
    """
    from pilotdesk.updates.keys import key_beside

    note(trouble)
    icon = "info-circle" if trouble.code in HARMLESS else "alert-triangle-filled"
    name, fingerprint = path.name, str(trouble.context.get("fingerprint", ""))
    is_unknown, text = trouble.code == "update_signer_unknown", str(trouble)
    if is_unknown:
        text = (SIGNER_BESIDE if key_beside(path, fingerprint) else SIGNER_UNKNOWN).format(name=name)
    card = UpdateCard(parent, look, refusal_title(trouble.code), text, icon)
    if name not in text:
        card.add_fact("文件", name)
    if is_unknown:
        card.add_fact("签名的指纹", fingerprint)
        card.ask(("先不装", "登记发放单位…"), register)
    else:
        card.say()
