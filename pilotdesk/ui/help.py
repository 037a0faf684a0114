"""Things to read: the sheet of keys, and the notice in its own words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QWidget

from pilotdesk.forms.installed import current_folder
from pilotdesk.ui.commands import COMMANDS
from pilotdesk.ui.components import Label
from pilotdesk.ui.dialogs import Dialog

if TYPE_CHECKING:
    from pilotdesk.ui.theme import Look

NO_NOTICE: Final = "这一年的通知原文没有随表单带来。请到发布通知的网站上看。"
IN_FIELDS: Final = (
    ("下一栏、上一栏", "Tab、Shift+Tab"),
    ("展开选择", "Alt+↓"),
    ("表格：改这一格", "F2"),
    ("表格：向下填充", "Ctrl+D"),
    ("表格：插一行、删一行", "Ctrl+Shift+=、Ctrl+-"),
    ("表格：上移、下移", "Alt+↑、Alt+↓"),
    ("长文：放大写", "F11"),
    ("放大、缩小字号", "Ctrl+Alt+=、Ctrl+Alt+-"),
)


def show_keys(parent: QWidget, look: Look) -> None:
    """Open the sheet of keys."""
    dialog = Dialog(parent, look, "快捷键", "所有动作都能用键盘做。", "keyboard")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    grid = QGridLayout()
    grid.setVerticalSpacing(4)
    keys = [(command.words, "、".join(command.keys)) for command in COMMANDS if command.words]
    for at, (words, shown) in enumerate((*keys, *IN_FIELDS)):
        grid.addWidget(Label(words, "small"), at, 0)
        grid.addWidget(Label(shown, "small", "text2"), at, 1, Qt.AlignmentFlag.AlignRight)
    dialog.body.addLayout(grid)
    dialog.add_actions(["知道了"])
    dialog.open()


def show_notice(parent: QWidget, look: Look, round_name: str, title: str) -> None:
    """Open the text of a round's notice."""
    dialog = Dialog(parent, look, title, "", "file-text")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFixedWidth(min(look.scaled(720), max(480, parent.width() - 80)))
    text = QPlainTextEdit(_notice_of(round_name))
    text.setReadOnly(True)
    text.setAccessibleName("通知原文")
    text.setMinimumHeight(min(look.scaled(420), max(200, parent.height() - 240)))
    dialog.body.addWidget(text)
    dialog.add_actions(["看完了"])
    dialog.open()


def _notice_of(round_name: str) -> str:
    """The text as it came with the pack of the round, which may have been brought by an update."""
    try:
        return (current_folder(round_name) / "notice.txt").read_text(encoding="utf-8")
    except OSError:
        return NO_NOTICE
