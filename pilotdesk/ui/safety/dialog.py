"""资料安全: where the copies are, the second place, and what can be done about either."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from pilotdesk.drafts.backups import FOLDER_NAME, backups
from pilotdesk.drafts.second_place import choose, forget, second_place
from pilotdesk.ui.components.basic import Button, Card, Chip, Label, row
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.dialogs.asking import Dialog, ask_folder, guarded

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.look.tokens import Tone
    from pilotdesk.ui.safety.desk import SafetyDesk

WIDTH: Final = 560
_TONES: Final[dict[str, Tone]] = {"ok": "ok", "warn": "warn", "error": "error"}


class SafetyDialog(Dialog):
    """Two cards: the copies here, the second place. It follows what happens while it is open."""

    def __init__(self, parent: QWidget, look: Look, desk: SafetyDesk) -> None:
        text = "填的每个字都随时存在本机。备份是整份的副本，每份都检查过才算数，坏的不会顶掉好的。"
        super().__init__(parent, look, "资料安全", text, "shield-check")
        self._desk = desk
        self._window = parent
        self.setFixedWidth(min(look.scaled(WIDTH), parent.width() - 40))
        self._here = WrappedLabel(look, "", "small", "text2")
        self._second = WrappedLabel(look, "", "small", "text2")
        self._state = Chip(look, "", "ok")
        self.make = Button(look, "现在备份一次", small=True)
        self.pick = Button(look, "", small=True, icon="device-usb")
        self.drop = Button(look, "不要第二位置了", "link", small=True)
        self._build()
        self.add_actions(["关闭"])
        desk.changed.connect(self._show)
        self._show()

    def _build(self) -> None:
        folder = Button(self.look, "打开备份文件夹", "link", small=True)
        folder.clicked.connect(self._on_folder)
        back = Button(self.look, "从备份找回资料…", "link", small=True)
        back.clicked.connect(self._on_back)
        self.make.clicked.connect(self._on_make)
        self.pick.clicked.connect(self._on_pick)
        self.drop.clicked.connect(self._on_drop)
        here = Card(margins=(14, 10, 14, 12))
        here.body.addWidget(Label("这台电脑上的备份", "body", weight=700))
        here.body.addWidget(self._here)
        here.body.addLayout(row(self.make, folder, back, None))
        there = Card(margins=(14, 10, 14, 12))
        there.body.addLayout(row(Label("第二位置", "body", weight=700), None, self._state))
        there.body.addWidget(self._second)
        there.body.addLayout(row(self.pick, self.drop, None))
        self.body.addWidget(here)
        self.body.addWidget(there)

    def _show(self) -> None:
        copies = backups(self._desk.data_folder)
        words = "还没有备份，改动以后会自动备份。"
        if copies:
            last = copies[-1]
            words = (
                f"今天 {self._desk.today()} 份，一共 {len(copies)} 份，最近一份 {last.day} {last.time}。"
                "一个月内每天、半年内每周、五年内每月都留一份。"
            )
        self._here.set_text(words)
        place = second_place(self._desk.data_folder)
        state, color, told = self._desk.second_words()
        self._state.show_state(state, _TONES.get(color, "ok"))
        without = (
            "选 U 盘或另一个盘里的文件夹，每次备份都往那里再存一份，读回来核对。这台电脑坏了，那里还有。"
        )
        self._second.set_text(told or without)
        self.pick.set_text("换一个位置" if place is not None else "选一个位置")
        self.drop.setVisible(place is not None)
        self.grow_within(self._window, 0)

    def _on_make(self) -> None:
        self._desk.start(said=True)

    def _on_folder(self) -> None:
        copies = self._desk.data_folder / FOLDER_NAME
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(copies if copies.is_dir() else copies.parent)))

    def _on_pick(self) -> None:
        folder = ask_folder(self, "选第二位置：U 盘，或另一个盘里的文件夹", "")
        if folder is not None and guarded(self, self.look, self._choose, folder):
            self._desk.second_changed()

    def _choose(self, folder: Path) -> None:
        choose(self._desk.data_folder, folder)

    def _on_back(self) -> None:
        self.reject()
        self._desk.restore_wanted.emit()

    def _on_drop(self) -> None:
        if guarded(self, self.look, forget, self._desk.data_folder):
            self._desk.second_changed()
