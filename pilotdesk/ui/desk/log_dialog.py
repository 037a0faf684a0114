"""操作记录: who did what when and why, filtered, and as an Excel file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QLineEdit

from pilotdesk.review.desk.views import WHAT_WORDS
from pilotdesk.ui.components.basic import Label, row
from pilotdesk.ui.components.choice import ChoiceBox, OptionRow
from pilotdesk.ui.desk.paper_dialog import PaperDialog
from pilotdesk.ui.desk.paper_target import PaperTarget
from pilotdesk.ui.desk.plain_table import PlainTable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from pilotdesk.errors import PilotDeskError
    from pilotdesk.forms.model import FormPack
    from pilotdesk.review.outputs.log_lines import LogLine
    from pilotdesk.review.outputs.storing import Stored
    from pilotdesk.ui.desk.office import Office
    from pilotdesk.ui.tasks.worker import Progress

NAME: Final = "操作记录"
TEXT: Final = "审核台里做过的每一步都在，撤销也是一步，谁都改不了。"
SHORT: Final = {"第几次报来": "次"}
WIDTHS: Final = (54, 158, 62, 108, 50, 164, 44, 146, 116, 156, 100)
WIDE, HIGH = 1240, 640
EVERYTHING: Final = "做了什么：全部"
_LEFT_OUT: Final = "撤销："


class LogDialog(PaperDialog):
    """Reads the log on the thread, and shows it.

    Attributes:
        search: words that a line must have. what: kind of decision. only: whether to show the submission that is looked at only.
        table: the lines. count: how many are shown.
    """

    def __init__(self, parent: QWidget, office: Office) -> None:
        from pilotdesk.review.outputs.log_lines import HEADS

        target = PaperTarget(office.look, office.folder, f"{NAME}_{office.clock.today():%Y%m%d}", (".xlsx",))
        super().__init__(
            parent,
            office,
            title=NAME,
            text=TEXT,
            icon="history",
            start="存成 Excel",
            target=target,
            width=WIDE,
            high=HIGH,
            leave="关上",
        )
        sitting = office.sitting
        self.lines: tuple[LogLine, ...] = ()
        self._add_filter()
        self.table = PlainTable(office.look, [SHORT.get(head, head) for head in HEADS], WIDTHS, NAME)
        self.count = Label("正在读", "small", "text2")
        self.asked.addLayout(row(self.search, self.what, self.only, self.count))
        self.asked.addWidget(self.table, 1)
        self.search.textChanged.connect(self._filter)
        self.what.currentIndexChanged.connect(self._filter)
        self.only.toggled.connect(self._filter)
        path, pack = sitting.desk.path, sitting.pack
        self._reading = office.runner.run(partial(_read, path, pack), self._on_read, failed=self._on_unread)
        self.finished.connect(self._reading.cancel)

    def _add_filter(self) -> None:
        look, sitting = self.look, self.office.sitting
        self.search = QLineEdit()
        self.search.setPlaceholderText("找编号、单位、谁、理由")
        self.search.setAccessibleName("找")
        self.search.setClearButtonEnabled(True)
        self.what = ChoiceBox(look, EVERYTHING)
        self.what.addItem(EVERYTHING, "")
        for words in WHAT_WORDS.values():
            self.what.addItem(words, words)
        self.what.setCurrentIndex(0)
        self.what.keep_whole()
        self.what.setAccessibleName("做了什么")
        shown = sitting.rows.get(sitting.current)
        self.only = OptionRow(look, "tick", f"只看第 {shown.number:02} 号" if shown else "只看正在看的这一件")
        self.only.setEnabled(shown is not None)

    def first_editor(self) -> QWidget:
        """See :class:`PaperDialog`."""
        return self.search

    def order(self) -> Callable[[Progress], Stored]:
        """See :class:`PaperDialog`: what is shown, in the order in which it stands."""
        lines = tuple(self.lines[at] for at in self.table.shown())
        folder, stem, today = self.target.folder, self.target.stem, self.office.clock.today()
        bureau = self.office.sitting.desk.settings()["bureau"]

        def work(progress: Progress) -> Stored:
            from pilotdesk.review.outputs.log_lines import log_book
            from pilotdesk.review.outputs.storing import store_papers

            progress(0, 1)
            content = log_book(lines, bureau, today)
            progress(0, 1)
            return store_papers(folder, {f"{stem}.xlsx": content})

        return work

    def _on_read(self, lines: tuple[LogLine, ...]) -> None:
        self.lines = lines
        self.table.show_rows([line.cells for line in lines])
        self._filter()

    def _on_unread(self, trouble: PilotDeskError) -> None:
        self.count.setText("")
        self.show_trouble(str(trouble))

    def _filter(self) -> None:
        what = str(self.what.currentData() or "")
        key = self.office.sitting.current if self.only.isChecked() else ""

        def also(at: int) -> bool:
            line = self.lines[at]
            return (not what or line.what.removeprefix(_LEFT_OUT) == what) and (not key or line.key == key)

        self.table.filter(self.search.text(), also)
        count = len(self.table.shown())
        self.count.setText(
            f"{count} 条" if count == len(self.lines) else f"{count} 条，共 {len(self.lines)} 条"
        )
        self.start.setEnabled(bool(count))
        self.start.setToolTip("" if count else "没有可以存的")


def _read(path: Path, pack: FormPack, _progress: Progress) -> tuple[LogLine, ...]:
    from pilotdesk.review.desk.looking import desk_looked_at
    from pilotdesk.review.outputs.log_lines import log_lines

    with desk_looked_at(path) as desk:
        return log_lines(desk, pack)
