"""快捷键 of the desk on one sheet, which can be printed as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from pilotdesk.ui.components.basic import Button, Label, row
from pilotdesk.ui.desk.keys import COMMANDS
from pilotdesk.ui.dialogs.asking import Dialog, guarded, scrolled
from pilotdesk.ui.dialogs.file_asking import save_name

if TYPE_CHECKING:
    from pilotdesk.ui.look.theme import Look

_CAPS: Final = {"Return": "Enter", "Space": "空格", "Up": "↑", "Down": "↓", "Left": "←", "Right": "→"}


def _on_keyboard(keys: str) -> str:
    """Keys as they are called by what stands on them: ``Ctrl+↓``."""
    return "+".join(_CAPS.get(key, key) for key in keys.split("+"))


IN_PARTS: Final = (
    ("表里：上一件、下一件", "↑、↓"),
    ("表里：推荐，或不再推荐", "空格"),
    ("表里：推荐的调名次", "Alt+↑、Alt+↓"),
    ("表里：去审这一件", "Enter"),
    ("关上材料、收起审核", "Esc"),
    ("打开菜单", "Alt"),
    ("放大、缩小字号", "Ctrl+Alt+=、Ctrl+Alt+-"),
)
LINES: Final = (
    *((command.words, _on_keyboard(command.keys[0])) for command in COMMANDS if command.name),
    *IN_PARTS,
)
"""What is done, and the keys."""
ROOM: Final = 420


class KeysDialog(Dialog):
    """Attributes: ``save`` makes the PDF; ``said``: that it was made."""

    def __init__(self, parent: QWidget, look: Look) -> None:
        text = "所有动作都能用键盘做。单个字母和数字在写字的框里照常是字。"
        super().__init__(parent, look, "审核台的快捷键", text, "keyboard")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        content = QWidget()
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 12, 0)
        grid.setVerticalSpacing(4)
        for at, (words, keys) in enumerate(LINES):
            grid.addWidget(Label(words, "small"), at, 0)
            grid.addWidget(Label(keys, "small", "text2"), at, 1, Qt.AlignmentFlag.AlignRight)
        self.body.addWidget(scrolled(content, "快捷键", look.scaled(120)), 1)
        self.save = Button(look, "存成 PDF，好打印…", icon="printer")
        self.save.clicked.connect(self._on_save)
        self.said = Label("", "small", "ok")
        leave = Button(look, "知道了", "primary")
        leave.setDefault(True)
        leave.clicked.connect(self.accept)
        self.body.addLayout(row(self.save, self.said, None, leave))
        leave.setFocus()
        self.grow_within(parent.window(), look.scaled(ROOM))

    def _on_save(self) -> None:
        from pilotdesk.ui.desk.keys_paper import FILE_NAME, save_keys

        name = save_name(self, "存成 PDF", FILE_NAME, "PDF 文件 (*.pdf)")
        if name and guarded(self, self.look, save_keys, LINES, name):
            self.said.setText("存好了")


def show_desk_keys(parent: QWidget, look: Look) -> KeysDialog:
    """Open the sheet."""
    dialog = KeysDialog(parent, look)
    dialog.open()
    return dialog
