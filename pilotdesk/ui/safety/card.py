"""资料安全 on the start page: where everything is, the copies, and in red what was promised and is not kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from pilotdesk.record import Record
from pilotdesk.ui.components.basic import Button, Card, Chip, Label, row
from pilotdesk.ui.components.text import ElidedLabel, WrappedLabel
from pilotdesk.ui.safety.promises import PROMISES

if TYPE_CHECKING:
    from pathlib import Path

    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.safety.promises import Breach


class Copies(Record, frozen=True):
    """How many copies there are of today, and when the last one was made: a time, a day, empty for never."""

    today: int = 0
    last: str = ""


class SafetyCard(Card):
    """A chip that is green or red, and what belongs to it.

    Signals:
        copy_requested: everything is to be put on a stick. restore_requested: copies are to be brought back from one.
        remedy_requested: something is to be done about a broken promise; with its name.
    """

    copy_requested = Signal()
    restore_requested = Signal()
    remedy_requested = Signal(str)

    def __init__(self, look: Look, folder: Path, copies: Copies, breach: Breach | None) -> None:
        super().__init__(margins=(17, 12, 17, 14))
        self.chip = Chip(look, "正常", "ok", icon="shield-check")
        self.trouble = WrappedLabel(look, "", "small", "error")
        self.remedy = Button(look, "", small=True)
        self._copies = WrappedLabel(look, "", "small", "text2")
        self._promise = ""
        self.body.addLayout(row(Label("资料安全", "group"), None, self.chip))
        self.body.addWidget(self.trouble)
        self.body.addLayout(row(self.remedy, None))
        lines = QVBoxLayout()
        lines.setSpacing(1)
        lines.addWidget(ElidedLabel(f"存放在　{folder}", "small", "text2"))
        lines.addWidget(self._copies)
        self.body.addLayout(lines)
        copy = Button(look, "存一份到 U 盘", icon="device-usb", small=True)
        copy.clicked.connect(self.copy_requested)
        self.restore = Button(look, "从备份找回…", "link", small=True)
        self.restore.clicked.connect(self.restore_requested)
        self.body.addLayout(row(copy, self.restore, None))
        self.remedy.clicked.connect(self._on_remedy)
        self.show_state(copies, breach)

    def show_state(self, copies: Copies, breach: Breach | None) -> None:
        """Show how things are now.

        Args:
            copies: the copies here.
            breach: the gravest of the broken promises; ``None`` when all are kept.
        """
        said = f"今天备份 {copies.today} 份，最近一次 {copies.last}" if copies.last else "改动以后会自动备份"
        self._copies.set_text(said)
        self._promise = breach.promise if breach else ""
        self.chip.show_state(
            "不正常" if breach else "正常",
            "error" if breach else "ok",
            "alert-circle-filled" if breach else "shield-check",
        )
        self.trouble.set_text(f"{breach.beginning}{breach.sentence}" if breach else "")
        self.remedy.set_text(PROMISES[breach.promise].remedy if breach else "")
        self.trouble.setVisible(breach is not None)
        self.remedy.setVisible(breach is not None)

    def _on_remedy(self) -> None:
        self.remedy_requested.emit(self._promise)
