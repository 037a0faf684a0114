"""What a paste would do: which cells go where, what it would overwrite, and the preview that asks first."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget

from pilotdesk.forms.values import Row, is_blank, new_row_id
from pilotdesk.ui.components.basic import Button, Card, Label, row
from pilotdesk.ui.components.issue import Banner
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.editors.ticks import TickLine
from pilotdesk.ui.tables.lining import SERIAL, Ground, folded, read_cells
from pilotdesk.ui.tables.model import is_typed, read_cell

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent

    from pilotdesk.forms.codecs import Codec
    from pilotdesk.forms.model import Field
    from pilotdesk.forms.values import Scalar
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.tables.model import RowsModel

SHOWN_ROWS: Final = 4
SHOWN_COLUMNS: Final = 6


@dataclass(frozen=True, slots=True)
class PastePlan:
    """One paste, before it is done.

    Attributes:
        rows: the cells that are pasted, without a heading row.
        columns: for each pasted column the column of the table it goes to; ``None`` for one that goes nowhere.
        places: for each of the rows the row of the table that it goes to; from the number of rows on, a new one.
        has_heading: whether the first copied row names columns and was left out.
        overwritten: filled cells that would be replaced by something else.
        lost: pasted columns with content that go nowhere.
        lined_by: name of the fixed column whose words say which row is which, or 序号; empty where none does.
        key: place of the pasted column that says it; -1 for none.
        unknown: rows left out because the table has none with their words.
    """

    rows: list[list[str]]
    columns: list[Field | None]
    places: list[int]
    has_heading: bool
    overwritten: int
    lost: int
    lined_by: str = ""
    key: int = -1
    unknown: int = 0

    @property
    def shown_columns(self) -> list[int]:
        """The pasted columns that tell what would happen: where rows are lined up, what lines them up and what is pasted."""
        every = range(len(self.columns))
        told = [n for n in every if self.key < 0 or n == self.key or self.columns[n] is not None]
        return told[:SHOWN_COLUMNS]

    @property
    def needs_question(self) -> bool:
        """Whether the user has to look at it first."""
        return bool(self.overwritten or self.lost or self.has_heading or self.lined_by)


def plan_paste(
    cells: list[list[str]], ground: Ground, *, headings: bool = True, lines_up: bool = True
) -> PastePlan:
    """Work out what a paste would do.

    Args:
        cells: what was copied.
        ground: the table.
        headings: whether a first row of column names is recognised and left out.
        lines_up: whether words of fixed columns and numbers of rows say where cells belong.
    """
    found = read_cells(cells, ground, headings=headings, lines_up=lines_up)
    writable = [field if field is not None and is_typed(field) else None for field in found.columns]
    there = [ground.rows[place] if place < len(ground.rows) else None for place in found.places]
    overwritten = 0
    for line, row_ in zip(found.rows, there, strict=True):
        old = [ground.shown(row_, field) if row_ and field else "" for field in writable]
        overwritten += sum(bool(text) and text != cell.strip() for text, cell in zip(old, line, strict=False))
    lost = sum(
        _is_lost(n, field, found.rows, there, ground)
        for n, field in enumerate(found.columns)
        if n not in found.serials and not (field and (is_typed(field) or field.calculation))  # counted anew
    )
    return PastePlan(
        found.rows,
        writable,
        found.places,
        found.has_heading,
        overwritten,
        lost,
        found.lined_by,
        found.key,
        found.unknown,
    )


def _is_lost(
    n: int, field: Field | None, rows: list[list[str]], there: list[Row | None], ground: Ground
) -> bool:
    """Whether a pasted column that goes nowhere says something that does not stand in the table already."""
    return any(
        n < len(line)
        and folded(line[n])
        and not (row_ and field and folded(ground.shown(row_, field)) == folded(line[n]))
        for line, row_ in zip(rows, there, strict=True)
    )


def pasted_rows(
    plan: PastePlan, present: Sequence[Row], codec: Callable[[Field], Codec], *, may_grow: bool
) -> tuple[Row, ...]:
    """The rows after the paste; cells beyond the table make new rows where it may grow.

    A pasted empty cell empties the cell, as in a spreadsheet.
    """
    rows = list(present)
    taken = {row_.id for row_ in rows}
    for line, place in zip(plan.rows, plan.places, strict=True):
        if place >= len(rows):
            if not may_grow or not any(cell.strip() for cell in line):
                continue
            row_id = new_row_id()
            while row_id in taken:
                row_id = new_row_id()
            taken.add(row_id)
            rows.append(Row(row_id))
            place = len(rows) - 1
        cells: dict[str, Scalar] = dict(rows[place].cells)
        for text, field in zip(line, plan.columns, strict=False):
            if field is None:
                continue
            value = read_cell(text, codec(field), field, cells)
            if is_blank(value):
                cells.pop(field.name, None)
            else:
                cells[field.name] = value
        rows[place] = Row(rows[place].id, MappingProxyType(cells), rows[place].parent)
    return tuple(rows)


class PastePreview(Card):
    """粘贴 12 行到“指标”开始的 4 列, with what it would do, before anything is changed.

    Signals:
        accepted: paste; the plan shown. dropped: nothing is pasted.
        read_otherwise: whether the first row is a heading; whether a first column says which row is which.
    """

    accepted = Signal(object)
    dropped = Signal()
    read_otherwise = Signal(bool, bool)

    def __init__(self, look: Look, plan: PastePlan, first_row: list[str]) -> None:
        super().__init__("primary", margins=(14, 10, 14, 12), tight=True)
        self._plan = plan
        self.sentence = WrappedLabel(look, plan_words(plan), "small", "text")
        self.body.addWidget(self.sentence)
        self.body.addWidget(self._sample(look, plan))
        self.paste = Button(look, "粘贴", "primary", small=True)
        drop = Button(look, "取消", small=True, name="取消，Esc")
        line = row(spacing=8)
        tick = tick_words(plan, first_row)
        if tick:
            self.reading = TickLine(look, tick)
            self.reading.setChecked(True)
            self.reading.toggled.connect(self._on_reading)
            line.addWidget(self.reading, 1)
        else:
            line.addStretch(1)
        line.addWidget(drop)
        line.addWidget(self.paste)
        self.body.addLayout(line)
        self.paste.clicked.connect(self._on_paste)
        drop.clicked.connect(self.dropped)

    @staticmethod
    def _sample(look: Look, plan: PastePlan) -> QWidget:
        """The first rows under the names of the columns they go to."""
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        for at, n in enumerate(plan.shown_columns):
            field = plan.columns[n]
            name = field.label if field else "对齐用" if n == plan.key else "不粘"
            grid.addWidget(Label(name, "tiny", "text2", weight=500), 0, at)
            for line, cells in enumerate(plan.rows[:SHOWN_ROWS], 1):
                text = cells[n].split("\n")[0] if n < len(cells) else ""
                label = Label(text if len(text) <= 12 else f"{text[:11]}…", "small")
                grid.addWidget(label, line, at)
        grid.setColumnStretch(SHOWN_COLUMNS, 1)
        return box

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Esc is 取消."""
        if event.key() == Qt.Key.Key_Escape:
            self.dropped.emit()
        else:
            super().keyPressEvent(event)

    def _on_reading(self, checked: bool) -> None:
        has_heading = self._plan.has_heading
        self.read_otherwise.emit(checked and has_heading, checked or has_heading)

    def _on_paste(self) -> None:
        self.accepted.emit(self._plan)


class PasteSlot(QWidget):
    """The place above a table where a preview or a remark on the clipboard stands.

    A preview goes when the rows are others than those that it was made for: where it would paste, something else may stand.

    Signals:
        accepted: paste this plan.
        read_otherwise: whether the first copied row is a heading, whether a first column says which row is which.
        closed: it is empty again.
    """

    accepted = Signal(object)
    read_otherwise = Signal(bool, bool)
    closed = Signal()

    def __init__(self, look: Look, model: RowsModel) -> None:
        super().__init__()
        self._look, self._model = look, model
        self._rows = model.rows
        self._content: QWidget | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        model.dataChanged.connect(self._on_rows)
        self.hide()

    @property
    def content(self) -> QWidget | None:
        """What stands there; ``None`` for nothing."""
        return self._content

    def show_plan(self, plan: PastePlan, first_row: list[str]) -> None:
        """Show what a paste would do."""
        preview = PastePreview(self._look, plan, first_row)
        preview.accepted.connect(self._on_accepted)
        preview.dropped.connect(self.drop)
        preview.read_otherwise.connect(self.read_otherwise)
        self._rows = self._model.rows
        self._hold(preview)
        preview.paste.setFocus(Qt.FocusReason.OtherFocusReason)

    def say_empty(self) -> None:
        """Say that there is no table on the clipboard."""
        banner = Banner(
            self._look,
            "primary",
            "clipboard",
            "剪贴板里没有表格",
            text="先在 Excel 或 WPS 里选中几行，按 Ctrl+C，再点这里。",
            action="知道了",
        )
        banner.action_chosen.connect(self.drop)
        self._hold(banner)

    def drop(self) -> None:
        """Take away what stands there."""
        self._take_away()
        self.closed.emit()

    def _hold(self, content: QWidget) -> None:
        self._take_away()
        self._content = content
        self._layout.addWidget(content)
        self.show()

    def _take_away(self) -> None:
        content, self._content = self._content, None
        if content is not None:
            self._layout.removeWidget(content)
            content.hide()
            content.deleteLater()
        self.hide()

    def _on_rows(self) -> None:
        if not isinstance(self._content, PastePreview) or self._model.rows == self._rows:
            return
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self.drop()
        else:
            self._take_away()

    def _on_accepted(self, plan: PastePlan) -> None:
        self.drop()
        self.accepted.emit(plan)


def tick_words(plan: PastePlan, first_row: list[str]) -> str:
    """What a paste takes for granted and the user may know better; empty for nothing."""
    if plan.has_heading:
        return f"第一行“{'、'.join(first_row[:3])}”是表头，不粘"
    if plan.lined_by == SERIAL:
        return "第一列是序号"
    return f"按“{plan.lined_by}”对齐" if plan.lined_by else ""


def plan_words(plan: PastePlan) -> str:
    """The sentence over a preview."""
    named = [field for field in plan.columns if field is not None]
    first = named[0].label if named else ""
    words = [
        f"粘贴 {len(plan.rows)} 行到“{first}”开始的 {len(named)} 列。" if named else "这几列表里都没有。"
    ]
    if plan.lined_by == SERIAL:
        words.append("第一列是序号，不粘。")
    elif plan.lined_by:
        words.append(f"按“{plan.lined_by}”一行对一行放好，这一列不粘。")
    if plan.unknown:
        words.append(f"有 {plan.unknown} 行表里没有，不粘。")
    if plan.overwritten:
        words.append(f"有 {plan.overwritten} 格已经写了内容，会换成新的。")
    if plan.lost:
        words.append(f"多出的 {plan.lost} 列放不下，不会粘进来。")
    if len(plan.rows) > SHOWN_ROWS:
        words.append(f"下面是前 {SHOWN_ROWS} 行：")
    return "".join(words)
