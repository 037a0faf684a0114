"""已承担过试点的名单: which list the desk has, reading another one, and which applicants stand in it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal

from pilotdesk.review.beside.former import FormerList
from pilotdesk.ui.components.basic import Button, row
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.desk.plain_table import PlainTable
from pilotdesk.ui.dialogs.asking import Dialog
from pilotdesk.ui.dialogs.file_asking import open_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget

    from pilotdesk.errors import PilotDeskError
    from pilotdesk.review.beside.former import FormerPilot
    from pilotdesk.ui.desk.office import Office
    from pilotdesk.ui.desk.plain_table import Cell
    from pilotdesk.ui.tasks.worker import Progress, Task

TITLE: Final = "已承担过试点的名单"
TEXT: Final = "通知第三条：承担过国家标准化试点项目的单位，原则上不再作为承担单位。本省的名单读进来，程序按代码和名称对。"
KINDS: Final = "名单 (*.xlsx *.csv *.docx *.xls *.doc *.txt)"
NOT_YET: Final = "还没有用上，点“用这份名单”才算。"
HEADS: Final = ("编号", "申报单位", "名单里的单位", "年份", "项目", "对上的依据", "在名单的")
WIDTHS: Final = (54, 206, 206, 58, 180, 166, 110)
WIDE: Final = 1080
HIGH: Final = 560
SURE, MAYBE = "是", "可能，请核实："


class FormerDialog(Dialog):
    """A list that is read is shown first, and takes the place of the one before only when it is accepted.

    Attributes:
        choose, keep: the buttons. table: applicants that stand in the list.
        pilots: the list that is shown. said: about it.

    Signals:
        kept: the desk has it.
    """

    kept = Signal()

    def __init__(self, parent: QWidget, office: Office) -> None:
        look, sitting = office.look, office.sitting
        super().__init__(parent, look, TITLE, TEXT, "list-search")
        self.office = office
        window = parent.window()
        self.setFixedWidth(min(look.scaled(WIDE), max(480, window.width() - 40)))
        self.pilots: tuple[FormerPilot, ...] = sitting.desk.former_pilots()
        self._source = ""
        self._tasks: list[Task] = []
        self.said = WrappedLabel(look, "", "body", "text")
        self.trouble = WrappedLabel(look, "", "small", "error")
        self.trouble.hide()
        self.table = PlainTable(look, HEADS, WIDTHS, "在名单里的申报单位")
        self.body.addWidget(self.said)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.trouble)
        self._add_buttons()
        self.resize(self.width(), min(window.height() - 24, look.scaled(HIGH)))
        self._show()
        if sitting.is_look_only:
            self._say(str(sitting.desk.access.refusal))
        elif not self.pilots:  # an empty table shows no focus, and there is one thing to do
            self.choose.setDefault(True)
            self.choose.setFocus()

    def _add_buttons(self) -> None:
        look, may = self.look, not self.office.sitting.is_look_only
        self.choose = Button(look, "读入名单", icon="file-import")
        self.choose.clicked.connect(self._on_choose)
        self.keep = Button(look, "用这份名单", "primary")
        self.keep.clicked.connect(self._on_keep)
        self.leave = Button(look, "关上")
        self.leave.clicked.connect(self.reject)
        for button in (self.choose, self.keep):
            button.setEnabled(may)
        self.keep.hide()
        self.body.addLayout(row(self.choose, None, self.leave, self.keep))
        self.finished.connect(self._on_finished)

    # -- reading ---------------------------------------------------------------------------------

    def _on_choose(self) -> None:
        name = open_name(self, "选名单", KINDS)
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Read a list on the thread, and show who stands in it."""
        self.trouble.hide()
        self.choose.setEnabled(False)
        self._tasks.append(
            self.office.runner.run(
                partial(_read, path), partial(self._on_read, path.name), failed=self._on_unread
            )
        )

    def _on_read(self, name: str, pilots: tuple[FormerPilot, ...]) -> None:
        self.choose.setEnabled(True)
        self.pilots, self._source = pilots, name
        self._show()
        self.leave.set_text("不用它")
        self.keep.show()
        self.keep.setDefault(True)
        self.keep.setFocus()

    def _on_unread(self, trouble: PilotDeskError) -> None:
        self.choose.setEnabled(True)
        self._say(str(trouble))

    def _say(self, sentence: str) -> None:
        self.trouble.set_text(sentence)
        self.trouble.show()

    def _show(self) -> None:
        lines = list(self._lines())
        self.table.show_rows(lines)
        if not self.pilots:
            self.said.set_text("还没有名单。读入一份 Excel、CSV 或 Word 表格，要有“承担单位”这一列。")
            return
        where = f"“{self._source}”里读到 " if self._source else "现在的名单有 "
        found = len({line[0] for line in lines})
        told = f"申报单位有 **{found} 家**在里面。" if found else "申报单位都不在里面。"
        unused = NOT_YET if self._source else ""
        self.said.set_text(f"{where}**{len(self.pilots)} 行**。{told}{unused}")

    def _lines(self) -> Iterator[tuple[Cell, ...]]:
        former = FormerList(self.pilots)
        for one in self.office.sitting.rows.values():
            if one.practice:
                continue
            for match in former.match(one.facts):
                pilot = match.pilot
                why = match.why if match.sure else f"{MAYBE}{match.why}"
                yield (one.number, one.facts.unit, pilot.unit, pilot.year, pilot.project, why, pilot.place)

    # -- keeping ---------------------------------------------------------------------------------

    def _on_keep(self) -> None:
        sitting = self.office.sitting
        count = sitting.set_former_pilots(self.pilots, self._source)
        if count is None:
            self._say("名单没有存上，原来的名单还在。请看看审核台文件所在的盘，再来一次。")
            return
        self.kept.emit()
        self.office.toasts.show_done(f"换上了新名单，{count} 行。疑点正在后台重新对。")
        self.accept()

    def _on_finished(self) -> None:
        for task in self._tasks:
            task.cancel()


def _read(path: Path, _progress: Progress) -> tuple[FormerPilot, ...]:
    from pilotdesk.review.beside.former import read_former

    return read_former(path).pilots
