"""还没有项目: what one can begin with on an empty start page, in large choices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from pilotdesk.ui.components.basic import Button, Card, Label
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.tables.toolbar import FlowLayout

if TYPE_CHECKING:
    from pilotdesk.ui.look.theme import Look

OPEN: Final = "打开文件或交接包"
TEXT: Final = (
    "新建一个就可以开始填；别人给的草稿、分工包（.pilot）和交接包（.zip）可以直接打开；"
    "没填过，先看看样例；换了电脑，用备份找回。"
)


class NoneCard(Card):
    """Says so, and offers four ways on.

    Attributes:
        new, opening, sample, restoring: their buttons.
    """

    def __init__(self, look: Look, *, held: bool) -> None:
        """Make the card; while drafts are ``held`` none of its buttons is the primary one."""
        super().__init__(margins=(24, 20, 24, 20))
        self.body.addWidget(Label("还没有项目", "group"))
        self.body.addWidget(WrappedLabel(look, TEXT, "body", "text2"))
        self.new = Button(look, "新建项目", "plain" if held else "primary", icon="plus")
        self.opening = Button(look, OPEN, icon="folder-open")
        self.sample = Button(look, "先看样例", icon="school")
        self.restoring = Button(look, "从备份找回…", icon="history")
        self.body.addSpacing(4)
        choices = QWidget()
        flow = FlowLayout(choices, 12)
        for button in (self.new, self.opening, self.sample, self.restoring):
            flow.addWidget(button)
        self.body.addWidget(choices)
