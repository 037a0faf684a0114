"""What a paste would do: which cells go where, what it would overwrite, and the preview that asks first."""

from __future__ import annotations

import re
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
        at: row of the table that the first pasted row goes to.
        has_heading: whether the first copied row names columns and was left out.
        overwritten: filled cells that would be replaced by something else.
        lost: pasted columns with content that go nowhere.
    """

    rows: list[list[str]]
    columns: list[Field | None]
    at: int
    has_heading: bool
    overwritten: int
    lost: int

    @property
    def needs_question(self) -> bool:
        """Whether the user has to look at it first."""
        return bool(self.overwritten or self.lost or self.has_heading)


def plan_paste(
    cells: list[list[str]],
    columns: Sequence[Field],
    present: Sequence[Row],
    shown: Callable[[Row, Field], str],
    *,
    at: int,
    first: int,
    headings: bool = True,
    named: Sequence[Field] = (),
) -> PastePlan:
    """Work out what a paste would do.

    Args:
        cells: what was copied.
        columns: the table's columns in the order in which they are shown.
        present: its rows.
        shown: the text of a cell as it stands there.
        at: row that the paste begins at.
        first: column that it begins at.
        headings: whether a first row of column names is recognised and left out.
        named: columns that it may name; those shown when empty.
    """
    width = max(map(len, cells), default=0)
    found = _by_heading(cells[0], named or columns) if headings and len(cells) > 1 else None
    rows = cells[1:] if found else cells
    targets = found or [columns[n] if n < len(columns) else None for n in range(first, first + width)]
    targets += [None] * (width - len(targets))
    writable = [field if field is not None and is_typed(field) else None for field in targets]
    serials = {n for n, cell in enumerate(cells[0]) if found and _folded(cell) == "序号"}
    lost = sum(
        any(n < len(line) and line[n].strip() for line in rows)
        for n, field in enumerate(targets)
        if field is None and n not in serials  # 序号 is counted anew
    )
    overwritten = 0
    for line, row_ in zip(rows, present[at:], strict=False):
        old = [shown(row_, field) if field is not None else "" for field in writable]
        overwritten += sum(bool(text) and text != cell.strip() for text, cell in zip(old, line, strict=False))
    return PastePlan(rows, writable, at, bool(found), overwritten, lost)


def pasted_rows(
    plan: PastePlan, present: Sequence[Row], codec: Callable[[Field], Codec], *, may_grow: bool
) -> tuple[Row, ...]:
    """The rows after the paste; cells beyond the table make new rows where it may grow.

    A pasted empty cell empties the cell, as in a spreadsheet.
    """
    rows = list(present)
    taken = {row_.id for row_ in rows}
    for offset, line in enumerate(plan.rows):
        place = plan.at + offset
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


def _by_heading(line: list[str], columns: Sequence[Field]) -> list[Field | None] | None:
    """The columns that a heading row names; ``None`` when fewer than half of its cells are names.

    Once one cell is a name, shorter words for others count as well: 基期值 for 基期值（2025年）, 2027 for 2027年目标.
    """
    named = {_folded(field.label): field for field in columns}
    found = [named.get(_folded(cell)) for cell in line]
    if any(found):
        free = [field for field in columns if field not in found]
        found = [field or _nearly(_folded(cell), free) for field, cell in zip(found, line, strict=True)]
    known = sum(field is not None for field in found) + sum(_folded(cell) == "序号" for cell in line)
    filled = sum(bool(cell.strip()) for cell in line)
    return found if known and known * 2 >= filled and any(found) else None


def _nearly(words: str, columns: list[Field]) -> Field | None:
    """The only one of these columns whose label has the words in it, taken out of the list."""
    near = [field for field in columns if words in _folded(field.label)] if len(words) > 1 else []
    if len(near) != 1:
        return None
    columns.remove(near[0])
    return near[0]


def _folded(text: str) -> str:
    return re.sub(r"[\s／/（）()*]", "", text)


class PastePreview(Card):
    """粘贴 12 行到“指标”开始的 4 列, with what it would do, before anything is changed.

    Signals:
        accepted: paste; the plan shown. dropped: nothing is pasted.
        headings_changed: whether the first row is a heading.
    """

    accepted = Signal(object)
    dropped = Signal()
    headings_changed = Signal(bool)

    def __init__(self, look: Look, plan: PastePlan, first_row: list[str]) -> None:
        super().__init__("primary", margins=(14, 10, 14, 12), tight=True)
        self._plan = plan
        self.sentence = WrappedLabel(look, plan_words(plan), "small", "text")
        self.body.addWidget(self.sentence)
        self.body.addWidget(self._sample(look, plan))
        self.paste = Button(look, "粘贴", "primary", small=True)
        drop = Button(look, "取消", small=True, name="取消，Esc")
        line = row(spacing=8)
        if plan.has_heading:
            self.heading = TickLine(look, f"第一行“{'、'.join(first_row[:3])}”是表头，不粘")
            self.heading.setChecked(True)
            self.heading.toggled.connect(self.headings_changed)
            line.addWidget(self.heading, 1)
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
        for at, field in enumerate(plan.columns[:SHOWN_COLUMNS]):
            grid.addWidget(Label(field.label if field else "不粘", "tiny", "text2", weight=500), 0, at)
            for line, cells in enumerate(plan.rows[:SHOWN_ROWS], 1):
                text = cells[at].split("\n")[0] if at < len(cells) else ""
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

    def _on_paste(self) -> None:
        self.accepted.emit(self._plan)


class PasteSlot(QWidget):
    """The place above a table where a preview or a remark on the clipboard stands.

    A preview goes when the rows are others than those that it was made for: where it would paste, something else may stand.

    Signals:
        accepted: paste this plan.
        headings_changed: whether the first copied row is a heading.
        closed: it is empty again.
    """

    accepted = Signal(object)
    headings_changed = Signal(bool)
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
        preview.headings_changed.connect(self.headings_changed)
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


def plan_words(plan: PastePlan) -> str:
    """The sentence over a preview."""
    named = [field for field in plan.columns if field is not None]
    first = named[0].label if named else ""
    words = [
        f"粘贴 {len(plan.rows)} 行到“{first}”开始的 {len(named)} 列。" if named else "这几列表里都没有。"
    ]
    if plan.overwritten:
        words.append(f"有 {plan.overwritten} 格已经写了内容，会换成新的。")
    if plan.lost:
        words.append(f"多出的 {plan.lost} 列放不下，不会粘进来。")
    if len(plan.rows) > SHOWN_ROWS:
        words.append(f"下面是前 {SHOWN_ROWS} 行：")
    return "".join(words)
