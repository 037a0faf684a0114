"""快捷键 of the desk on one sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from pilotdesk.ui.components import Label
from pilotdesk.ui.desk.keys import COMMANDS
from pilotdesk.ui.dialogs import Dialog, scrolled

if TYPE_CHECKING:
    from pilotdesk.ui.theme import Look

IN_PARTS: Final = (
    ("表里：上一件、下一件", "↑、↓"),
    ("表里：推荐，或不再推荐", "空格"),
    ("表里：推荐的调名次", "Alt+↑、Alt+↓"),
    ("表里：去审这一件", "Enter"),
    ("关上材料、收起审核", "Esc"),
    ("打开菜单", "Alt"),
    ("放大、缩小字号", "Ctrl+Alt+=、Ctrl+Alt+-"),
)
ROOM: Final = 420


def show_desk_keys(parent: QWidget, look: Look) -> Dialog:
    """Open the sheet."""
    text = "所有动作都能用键盘做。单个字母和数字在写字的框里照常是字。"
    dialog = Dialog(parent, look, "审核台的快捷键", text, "keyboard")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    content = QWidget()
    grid = QGridLayout(content)
    grid.setContentsMargins(0, 0, 12, 0)
    grid.setVerticalSpacing(4)
    lines = [(command.words, "、".join(command.keys[:1])) for command in COMMANDS if command.name]
    for at, (words, keys) in enumerate((*lines, *IN_PARTS)):
        grid.addWidget(Label(words, "small"), at, 0)
        grid.addWidget(Label(keys, "small", "text2"), at, 1, Qt.AlignmentFlag.AlignRight)
    dialog.body.addWidget(scrolled(content, "快捷键", look.scaled(120)), 1)
    dialog.add_actions(["知道了"])
    dialog.grow_within(parent.window(), look.scaled(ROOM))
    dialog.open()
    return dialog
