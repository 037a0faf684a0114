"""申报材料统计: the figures at a glance, and the Excel file with all of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pilotdesk.review.desk.records import CONCLUSION_WORDS
from pilotdesk.review.outputs.of_desk import STATISTICS
from pilotdesk.review.quota import line_name
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.desk.paper_dialog import PaperDialog, paper_order
from pilotdesk.ui.desk.paper_target import PaperTarget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QWidget

    from pilotdesk.review.desk.reading import DeskReading
    from pilotdesk.review.outputs.storing import Stored
    from pilotdesk.ui.desk.office import Office
    from pilotdesk.ui.desk.sitting import Sitting
    from pilotdesk.ui.tasks.worker import Progress

TEXT = "按领域、地区、结论、完成度各一张表和图，还有最常见的 10 个问题。练习样例不算。"


class StatisticsDialog(PaperDialog):
    """Says how many there are, and makes the file."""

    def __init__(self, parent: QWidget, office: Office) -> None:
        target = PaperTarget(office.look, office.folder, STATISTICS, (".xlsx",))
        super().__init__(
            parent, office, title=STATISTICS, text=TEXT, icon="chart-bar", start="存成 Excel", target=target
        )
        for line in glance(office.sitting):
            self.asked.addWidget(WrappedLabel(office.look, line, "small", "text"))
        self.asked.addStretch(1)

    def order(self) -> Callable[[Progress], Stored]:
        """See :class:`PaperDialog`."""
        pack, today = self.office.sitting.pack, self.office.clock.today()

        def make(desk: DeskReading, stem: str) -> tuple[dict[str, bytes], tuple[str, ...]]:
            from pilotdesk.review.outputs.of_desk import figures_of
            from pilotdesk.review.outputs.statistics_book import statistics_book

            content = statistics_book(figures_of(desk, pack), desk.settings()["bureau"], today)
            return {f"{stem}.xlsx": content}, ()

        return paper_order(self.office, self.target, make)


def glance(sitting: Sitting) -> Iterator[str]:
    """The figures that the window has anyway: how many, by conclusion, by field."""
    rows = [row for row in sitting.rows.values() if not row.practice]
    ends = Counter(row.conclusion for row in rows)
    yield f"**共 {len(rows)} 件**，推荐 {sum(row.picked for row in rows)} 件。"
    yield f"按结论：{'，'.join(f'{words} {ends[one]}' for one, words in CONCLUSION_WORDS.items())}。"
    fields = Counter(row.facts.field for row in rows)
    listed = [f"{line_name(one)} {fields.pop(one.code, 0)}" for one in sitting.pack.round.pilot_field]
    listed += [f"没有填领域 {fields.total()}"] if fields.total() else []
    yield f"按领域：{'，'.join(listed)}。"
