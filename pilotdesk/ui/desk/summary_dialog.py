"""推荐汇总表: what will stand in it, its date, and where its two files go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.review.desk.remarks import not_passed
from pilotdesk.review.outputs.of_desk import SUMMARY, summary_files, summary_of
from pilotdesk.ui.components.basic import row
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.desk.paper_dialog import DAY_WIDTH, PaperDialog, caption, day_of, paper_order
from pilotdesk.ui.desk.paper_target import PaperTarget
from pilotdesk.ui.start.dates_dialog import DayEntry

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from pilotdesk.review.desk.reading import DeskReading
    from pilotdesk.review.outputs.storing import Stored
    from pilotdesk.ui.desk.office import Office
    from pilotdesk.ui.tasks.worker import Progress

TEXT = "勾选推荐的项目，按推荐顺序排，专项在后。Excel 一份，Word 一份（作公文的附件 1）。"


class SummaryDialog(PaperDialog):
    """Shows the lines of the table and what is missing in them.

    Raises:
        ExportError: ``nothing_picked``, ``quota_over``. DeskError: the desk cannot be read.
    """

    def __init__(self, parent: QWidget, office: Office) -> None:
        target = PaperTarget(office.look, office.folder, SUMMARY, (".xlsx", ".docx"))
        super().__init__(
            parent, office, title=SUMMARY, text=TEXT, icon="table", start="出推荐汇总表", target=target
        )
        look, sitting = office.look, office.sitting
        self.day = DayEntry(look, office.clock.today(), "表上的日期")
        self.day.show_day(office.clock.today())
        self.day.setFixedWidth(look.scaled(DAY_WIDTH))
        self.day.returnPressed.connect(self.start.click)
        table = summary_of(sitting.desk, sitting.pack, None)
        self.asked.addLayout(row(caption("表上的日期", self.day), self.day, None))
        self.asked.addWidget(WrappedLabel(look, f"**{sitting.quota.sentence}**", "small", "ok"))
        for remark in not_passed(sitting.rows.values()):
            self.asked.addWidget(WrappedLabel(look, remark, "small", "warn"))
        for one in table.rows:
            line = f"{one.number}　{one.title}（{one.unit}，{one.field}）"
            self.asked.addWidget(WrappedLabel(look, line.replace("**", "*\u200b*"), "small", "text"))
        for remark in table.gaps:
            self.asked.addWidget(WrappedLabel(look, remark, "small", "warn"))
        self.asked.addStretch(1)

    def order(self) -> Callable[[Progress], Stored]:
        """See :class:`PaperDialog`."""
        pack, on = self.office.sitting.pack, day_of(self.day)

        def make(desk: DeskReading, stem: str) -> tuple[dict[str, bytes], tuple[str, ...]]:
            table = summary_of(desk, pack, on)
            return summary_files(table, stem), table.gaps

        return paper_order(self.office, self.target, make)
