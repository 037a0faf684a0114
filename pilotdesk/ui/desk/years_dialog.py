"""以后年度: which project has not handed in its summary or self-assessment, and what was promised against what was achieved."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QSizePolicy, QTabWidget

from pilotdesk.errors import ExportError
from pilotdesk.ui.components.basic import row
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.desk.paper_dialog import DAY_WIDTH, PaperDialog, caption, day_of, paper_order
from pilotdesk.ui.desk.paper_target import PaperTarget
from pilotdesk.ui.desk.plain_table import PlainTable
from pilotdesk.ui.start.dates_dialog import DayEntry

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from pilotdesk.errors import PilotDeskError
    from pilotdesk.forms.model import FormPack
    from pilotdesk.review.desk.reading import DeskReading
    from pilotdesk.review.outputs.storing import Stored
    from pilotdesk.review.outputs.years import Duty, Promise
    from pilotdesk.ui.desk.office import Office
    from pilotdesk.ui.desk.plain_table import Cell
    from pilotdesk.ui.tasks.worker import Progress

NAME: Final = "以后年度"
TEXT: Final = "推荐的项目以后每年交年度总结，期满自评。报来的材料收进审核台，这里就会对上。"
DUE: Final = "due."
"""Begins the setting with a day that the notice does not give."""
WIDE, HIGH = 1180, 640
DUTY_HEADS: Final = (
    "项目名称",
    "承担单位",
    "材料",
    "截止日期",
    "收到日期",
    "情况",
    "逾期天数",
    "联系人",
    "联系电话",
)
DUTY_WIDTHS: Final = (212, 164, 140, 100, 100, 130, 72, 66, 112)
PROMISE_HEADS: Final = (
    "项目名称", "承担单位", "材料", "年度", "指标", "单位", "基期值", "承诺值", "变更后", "完成值",
    "完成率 %", "是否达到", "没有达到的原因",
)  # fmt: skip
PROMISE_WIDTHS: Final = (190, 150, 130, 56, 150, 60, 70, 70, 70, 70, 80, 90, 180)
_LATE_COLUMNS: Final = frozenset({DUTY_HEADS.index("情况"), DUTY_HEADS.index("逾期天数")})
_KEPT_COLUMN: Final = PROMISE_HEADS.index("是否达到")
KEPT: Final = {True: "达到", False: "没有达到", None: "判断不了"}
Read = tuple[tuple["Duty", ...], tuple["Promise", ...]]


class YearsDialog(PaperDialog):
    """Reads on the thread, shows two tables, makes the file with both.

    Attributes:
        days: name of the form to the line of its day, for forms that the notice gives no day for.
        duties, promises: the tables. said: the sum in words.
    """

    def __init__(self, parent: QWidget, office: Office) -> None:
        target = PaperTarget(
            office.look, office.folder, f"年度总结和自评情况_{office.clock.today():%Y%m%d}", (".xlsx",)
        )
        super().__init__(
            parent,
            office,
            title=NAME,
            text=TEXT,
            icon="calendar-stats",
            start="存成 Excel",
            target=target,
            width=WIDE,
            high=HIGH,
            leave="关上",
        )
        look = office.look
        self._read: Read = ((), ())
        self.days: dict[str, DayEntry] = {}
        self._add_days()
        self.said = WrappedLabel(look, "正在读", "small", "text2")
        self.asked.addWidget(self.said)
        self.duties = PlainTable(look, DUTY_HEADS, DUTY_WIDTHS, "报送情况", tone=self._duty_tone)
        self.promises = PlainTable(look, PROMISE_HEADS, PROMISE_WIDTHS, "承诺与完成", tone=self._promise_tone)
        tabs = QTabWidget()
        tabs.setAccessibleName(NAME)
        tabs.addTab(self.duties, "报送情况")
        tabs.addTab(self.promises, "承诺与完成")
        # By its wish the page would be higher than a small screen, with one scroll bar inside another.
        tabs.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        tabs.setMinimumHeight(4 * look.metric("table_row"))
        self.asked.addWidget(tabs, 1)
        self._read_again()

    def _add_days(self) -> None:
        """A line for every form without a day of its own."""
        from pilotdesk.review.outputs.years import forms_without_day

        settings, look = self.office.sitting.desk.settings(), self.office.look
        for form, paper in forms_without_day(self.office.sitting.pack):
            entry = DayEntry(look, self.office.clock.today(), f"{paper}截止日期")
            kept = settings.get(f"{DUE}{form}", "")
            entry.show_day(date.fromisoformat(kept) if kept else None)
            entry.setReadOnly(self.office.sitting.is_look_only)
            entry.editingFinished.connect(partial(self._on_day, form))
            entry.setFixedWidth(look.scaled(DAY_WIDTH))
            self.days[form] = entry
            self.asked.addLayout(
                row(caption(f"{paper}的截止日期（通知没有定，由省里定）", entry), entry, None)
            )

    def _on_day(self, form: str) -> None:
        """Keep the day with the desk, and count again; what is no day is not kept, and that is said."""
        entry, sitting = self.days[form], self.office.sitting
        if sitting.is_look_only:
            return
        self.trouble.set_text(str(ExportError("day_unread", typed=entry.text())))
        self.trouble.setVisible(entry.is_unreadable)
        if entry.is_unreadable:
            return
        told = entry.day.isoformat() if entry.day else ""
        if told != sitting.desk.settings().get(f"{DUE}{form}", ""):
            sitting.set_setting(f"{DUE}{form}", told)
            self._read_again()

    def _wanted(self) -> Mapping[str, date]:
        days = {form: day_of(entry) for form, entry in self.days.items()}
        return {form: day for form, day in days.items() if day is not None}

    def _read_again(self) -> None:
        sitting = self.office.sitting
        work = partial(_read, sitting.desk.path, sitting.pack, self.office.clock.today(), self._wanted())
        reading = self.office.runner.run(work, self._on_read, failed=self._on_unread)
        self.finished.connect(reading.cancel)

    def _on_read(self, read: Read) -> None:
        self._read = read
        duties, promises = read
        self.duties.show_rows([_duty(one) for one in duties])
        self.promises.show_rows([_promise(one) for one in promises])
        late = sum(one.days > 0 for one in duties)
        short = sum(one.kept is False for one in promises)
        received, projects = sum(one.received is not None for one in duties), len({one.key for one in duties})
        self.said.set_text(
            f"**{projects} 个推荐项目**，应交 {len(duties)} 份，收到 {received} 份，逾期 {late} 份；"
            f"承诺 {len(promises)} 项，没有达到 {short} 项。"
        )

    def _duty_tone(self, row: int, column: int) -> str:
        """What is late stands out."""
        return "error" if self._read[0][row].days and column in _LATE_COLUMNS else ""

    def _promise_tone(self, row: int, column: int) -> str:
        tones = {True: "ok", False: "error", None: "text2"}
        return tones[self._read[1][row].kept] if column == _KEPT_COLUMN else ""

    def _on_unread(self, trouble: PilotDeskError) -> None:
        self.said.set_text("")
        self.show_trouble(str(trouble))

    def order(self) -> Callable[[Progress], Stored]:
        """See :class:`PaperDialog`."""
        pack, today, days = self.office.sitting.pack, self.office.clock.today(), self._wanted()

        def make(desk: DeskReading, stem: str) -> tuple[dict[str, bytes], tuple[str, ...]]:
            from pilotdesk.review.outputs.years_book import years_book

            duties, promises = _years(desk, pack, today, days)
            return {f"{stem}.xlsx": years_book(duties, promises, desk.settings()["bureau"], today)}, ()

        return paper_order(self.office, self.target, make)


def _read(path: Path, pack: FormPack, today: date, days: Mapping[str, date], _progress: Progress) -> Read:
    from pilotdesk.review.desk.looking import desk_looked_at

    with desk_looked_at(path) as desk:
        return _years(desk, pack, today, days)


def _years(desk: DeskReading, pack: FormPack, today: date, days: Mapping[str, date]) -> Read:
    from pilotdesk.review.outputs.years import duties_of, promises_at

    return duties_of(desk, pack, today, days), promises_at(desk, pack)


def _duty(one: Duty) -> tuple[Cell, ...]:
    due, received = (day.isoformat() if day else "" for day in (one.due, one.received))
    return (
        one.title,
        one.unit,
        one.paper,
        due,
        received,
        one.standing.value,
        one.days or None,
        one.contact,
        one.phone,
    )


def _promise(one: Promise) -> tuple[Cell, ...]:
    numbers = (one.base, one.promised, one.changed, one.achieved, one.share)
    told = ("" if number is None else f"{number.normalize():f}" for number in numbers)
    return (
        one.title,
        one.unit,
        one.paper,
        one.year,
        one.indicator,
        one.measure,
        *told,
        KEPT[one.kept],
        one.reason,
    )
