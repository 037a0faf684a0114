"""The 诊断卡 on the screen: numbered lines, large enough to be read out on the telephone, to be copied or saved as well."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QGridLayout, QWidget

from pilotdesk.clock import SYSTEM_CLOCK
from pilotdesk.diagnostics import FILE_NAME, Screen, card_file, card_text, diagnose
from pilotdesk.this_computer import OFFICE_FONTS
from pilotdesk.ui.components.basic import Button, Label, SymbolLabel, row
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.dialogs.asking import Dialog, guarded, scrolled
from pilotdesk.ui.dialogs.file_asking import save_name
from pilotdesk.ui.look import tokens
from pilotdesk.ui.tasks.waiting import wait_for
from pilotdesk.ui.tasks.worker import Cancelled

if TYPE_CHECKING:
    from pilotdesk.clock import Clock
    from pilotdesk.diagnostics import Card, Line
    from pilotdesk.ui.look.theme import Look

TITLE: Final = "诊断卡"
WIDTH: Final = 720
MARGIN: Final = 40
"""What stays free of the window beside the dialog, px."""

_TEXT: Final = "打电话求助时照着念，对方问第几行就念第几行。里面没有填写的内容，也没有姓名、单位和路径。"
_SYMBOLS: Final = {
    "ok": ("circle-check-filled", "ok", "正常"),
    "warn": ("alert-triangle-filled", "warn", "请留意"),
}
_PALETTES: Final = {id(tokens.LIGHT): "浅色", id(tokens.DARK): "深色", id(tokens.HIGH_CONTRAST): "高对比"}


class DiagnosticsDialog(Dialog):
    """The lines, each with its number; two things that can be done with them, and leaving."""

    def __init__(self, parent: QWidget | None, look: Look, card: Card) -> None:
        super().__init__(parent, look, f"{TITLE}　{card.made}", _TEXT, "clipboard-list")
        self._card = card
        room = _room(parent)
        self.setFixedWidth(min(look.scaled(WIDTH), room.width() - MARGIN))
        self.copy = Button(look, "复制", icon="copy")
        self.copy.clicked.connect(self._on_copy)
        self.save = Button(look, "另存为文件…", icon="device-floppy")
        self.save.clicked.connect(self._on_save)
        self.said = Label("", "small", "text2")
        self.lines = _lines(look, card)
        self.area = scrolled(self.lines, TITLE, look.scaled(90))
        self.body.addWidget(self.area)
        self.leave = Button(look, "关闭", "primary")
        self.leave.setDefault(True)
        self.leave.clicked.connect(self.reject)
        self.body.addSpacing(4)
        self.body.addLayout(row(self.copy, self.save, self.said, None, self.leave))
        self.grow_within(room, self.lines.sizeHint().height())

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(card_text(self._card))
        self.said.setText("已复制，可以粘贴")

    def _on_save(self) -> None:
        name = save_name(self, "另存诊断卡", FILE_NAME, "文本文件 (*.txt)")
        if name and guarded(self, self.look, save_card, self._card, name):
            self.said.setText("已存好")


def save_card(card: Card, name: str) -> None:
    """Save the card as a text file that ends with the JSON.

    Raises:
        ExportError: ``folder_unwritable``, ``disk_full``, ``target_open_elsewhere``.
    """
    from pathlib import Path

    from pilotdesk.atomic import replacing

    target = Path(name if name.lower().endswith(".txt") else f"{name}.txt")
    with replacing(target) as part:
        part.write_text(card_file(card), "utf-8-sig", newline="\r\n")  # for the old Notepad


def show_diagnostics(parent: QWidget | None, look: Look, clock: Clock = SYSTEM_CLOCK) -> None:
    """Look around, which may take some seconds, and open the card.

    Args:
        parent: the window or dialog it is asked for in; ``None`` before there is one.
        look: the theme in force.
        clock: the time.
    """
    screen = screen_of(parent, look)
    try:
        card = wait_for(parent, look, "正在看程序和资料", lambda _progress: diagnose(clock, screen))
    except Cancelled:
        return
    dialog = DiagnosticsDialog(parent, look, card)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if parent is None:
        dialog.exec()
    else:
        dialog.open()


def screen_of(parent: QWidget | None, look: Look) -> Screen:
    """What the window knows of its surroundings."""
    at = parent.screen() if parent is not None else QGuiApplication.primaryScreen()
    size, theme = at.size(), look.theme
    return Screen(
        width=size.width(), height=size.height(), scale=at.devicePixelRatio(),
        platform=QGuiApplication.platformName(), theme=_PALETTES.get(id(theme.palette), "随系统高对比"),
        text=theme.size.label, families={name: QFontDatabase.hasFamily(name) for name in OFFICE_FONTS},
    )  # fmt: skip


def diagnostics_link(parent: QWidget, look: Look) -> Button:
    """The button that opens the card from a dialog about trouble."""
    button = Button(look, f"{TITLE}…", "link", small=True)
    button.clicked.connect(partial(show_diagnostics, parent, look))
    return button


def _room(parent: QWidget | None) -> QWidget:
    """What the dialog has to fit into: the window that it belongs to, or the screen."""
    if parent is not None:
        return parent.window()
    room = QWidget()
    room.resize(QGuiApplication.primaryScreen().availableSize())
    return room


def _lines(look: Look, card: Card) -> QWidget:
    content = QWidget()
    grid = QGridLayout(content)
    grid.setContentsMargins(0, 4, 8, 4)
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(3, 1)
    for at, line in enumerate(card.lines):
        _add_line(grid, look, at, line)
    grid.setRowStretch(len(card.lines), 1)
    return content


def _add_line(grid: QGridLayout, look: Look, at: int, line: Line) -> None:
    top = Qt.AlignmentFlag.AlignTop
    words = WrappedLabel(look, line.words, "long", "text", line_em=1.45, selectable=True)
    words.setAccessibleName(f"第 {line.number} 行，{line.label}：{line.words}")
    grid.addWidget(Label(str(line.number), "long", weight=700), at, 0, top | Qt.AlignmentFlag.AlignRight)
    if line.tone:
        icon, color, meaning = _SYMBOLS[line.tone]
        grid.addWidget(SymbolLabel(look, icon, color, 17, meaning=meaning), at, 1, top)
    grid.addWidget(Label(line.label, "long", "text2"), at, 2, top)
    grid.addWidget(words, at, 3)
