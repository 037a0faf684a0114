"""A strip over the pages of a draft: one thing to know, one thing to do about it; nothing waits for an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from pilotdesk.ui.components.basic import Button, Rule, Surface, SymbolLabel, row
from pilotdesk.ui.components.text import ISSUE_EM, WrappedLabel

if TYPE_CHECKING:
    from pilotdesk.ui.look.theme import Look


class NoticeStrip(Surface):
    """An icon, a sentence, a button and a way to fold it away.

    Args:
        look: the theme in force.
        words: the sentence; ``**…**`` is bold.
        action: words of the button.
        icon: name of the icon.
        folded: accessible name of the closing button.

    Attributes:
        said: the sentence. asking: the button.

    Signals:
        chosen: the button.
    """

    chosen = Signal()

    def __init__(
        self, look: Look, words: str, action: str, *, icon: str = "refresh", folded: str = "收起"
    ) -> None:
        super().__init__("bg")
        self.asking = Button(look, action, small=True)
        self.asking.clicked.connect(self.chosen)
        close = Button(look, "", "ghost", small=True, icon="x", name=folded)
        close.clicked.connect(self.hide)
        line = row(SymbolLabel(look, icon, "primary", 17), spacing=10)
        self.said = WrappedLabel(look, words, "small", "text", line_em=ISSUE_EM)
        self.said.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        line.addWidget(self.said, 1)
        line.addWidget(self.asking)
        line.addWidget(close)
        line.setContentsMargins(24, 5, 14, 5)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(line)
        outer.addWidget(Rule())
