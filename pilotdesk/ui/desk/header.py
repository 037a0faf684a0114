"""The header of the desk: home, whose desk it is, how far it is, and what can be done with all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from pilotdesk.review.desk.records import Conclusion
from pilotdesk.review.slips.asking import to_return
from pilotdesk.ui.components.basic import Button, Chip, Label, Rule, Surface
from pilotdesk.ui.components.text import ElidedLabel
from pilotdesk.ui.look.breakpoints import COMPACT_HEIGHT, FULL, MIDDLE
from pilotdesk.ui.look.plain_text import plain_tip

if TYPE_CHECKING:
    from collections.abc import Collection

    from pilotdesk.review.desk.records import DeskRow
    from pilotdesk.ui.look.theme import Look

TIGHT: Final = 600
"""Effective width below which there is room for two buttons; everything else stands in the menu."""
INTAKE: Final = "把各单位报来的文件夹、压缩包拖进窗口，或点这里选，Ctrl+O"
_OPEN: Final = (Conclusion.UNSEEN, Conclusion.REVIEWING)


class DeskHeader(Surface):
    """The bar on top of the desk.

    Signals:
        home_requested, intake_requested, slips_requested, summary_requested, letter_requested: a button was chosen.
        panel_requested: the review, where there is no room for it beside the table.
        menu_requested: the same; the popup opens below :attr:`menu`.
    """

    home_requested = Signal()
    intake_requested = Signal()
    slips_requested = Signal()
    summary_requested = Signal()
    letter_requested = Signal()
    panel_requested = Signal()
    menu_requested = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__("surface")
        self._look = look
        self._to_return = 0
        self.home = Button(look, "首页", "ghost", icon="home", small=True)
        self.title = Label("省级审核台", "body", weight=700)
        self.province = Chip(look, "")
        self.progress = ElidedLabel("", "small", "text2")
        self.intake = Button(look, "", icon="file-import", small=True)
        self.slips = Button(look, "", icon="send", small=True)
        self.summary = Button(look, "", icon="table", small=True)
        self.letter = Button(look, "", icon="writing-sign", small=True)
        self.panel = Button(look, "审核", "soft", icon="checklist", small=True)
        self.menu = Button(look, "", "ghost", icon="dots", small=True, name="更多，Alt")
        self._build()
        self.arrange(FULL, COMPACT_HEIGHT)

    def _build(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(14, 0, 14, 0)
        line.setSpacing(8)
        rule = Rule(vertical=True)
        rule.setFixedHeight(22)
        for widget in (self.home, rule, self.title, self.province, self.progress):
            line.addWidget(widget)
        line.addStretch(1)
        buttons = {
            self.intake: self.intake_requested,
            self.slips: self.slips_requested,
            self.summary: self.summary_requested,
            self.letter: self.letter_requested,
            self.panel: self.panel_requested,
            self.menu: self.menu_requested,
        }
        for button, signal in buttons.items():
            line.addWidget(button)
            button.clicked.connect(signal)
        self.home.clicked.connect(self.home_requested)

    def show_desk(self, province: str, round_name: str) -> None:
        """Say whose desk it is; the name of the province may be empty."""
        self.province.show_state(" · ".join(filter(None, (province, f"{round_name}年度"))), "primary")

    def show_rows(self, rows: Collection[DeskRow]) -> None:
        """Say how far everything is that was taken in."""
        counted = [row for row in rows if not row.practice]
        decided = sum(row.conclusion not in _OPEN for row in counted)
        practice = f"，另有练习样例 {len(rows) - len(counted)} 件" if len(counted) < len(rows) else ""
        self.progress.set_text(f"{len(counted)} 件，已审 {decided} 件{practice}" if rows else "还没有收件")
        self._to_return = len(to_return(rows))
        self._name_slips()

    def arrange(self, width: float, height: int) -> None:
        """Show what fits into an effective width and the height of the window, in px."""
        low = height < COMPACT_HEIGHT
        self.setFixedHeight(self._look.scaled(40) if low else self._look.metric("header"))
        roomy, middle = width >= FULL, width >= MIDDLE
        self.home.set_text("首页" if middle else "")
        self.home.setAccessibleName("首页")
        self.title.setVisible(middle)
        self.intake.set_text("拖入文件夹收件" if roomy else "收件")
        self.summary.set_text("推荐汇总表" if roomy else "汇总表")
        self.letter.set_text("起草公文" if roomy else "公文")
        self.slips.setVisible(width >= TIGHT)
        self.summary.setVisible(middle)
        self.letter.setVisible(middle)
        self.panel.setVisible(not roomy)
        self._name_slips()

    def hold(self, reason: str) -> None:
        """Grey what takes in, with the reason; empty lets go of it."""
        self.intake.setEnabled(not reason)
        self.intake.setToolTip(plain_tip(reason or INTAKE))

    def _name_slips(self) -> None:
        self.slips.set_text(f"退回单 {self._to_return}" if self._to_return else "退回单")
        self.slips.setAccessibleName(f"退回单，还有 {self._to_return} 件要退回")
