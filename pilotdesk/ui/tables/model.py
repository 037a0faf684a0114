"""Rows of a table as a Qt model over the session: it reads from it, writes through it, and keeps nothing of its own.

The last line is an empty row that does not exist yet; writing into it makes it exist. All places are found by
row id, so that moves, deletions and undo elsewhere never write into another row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from pilotdesk.forms.values import Attachment, Row, Scalar, Unparsed, cell_path, field_name
from pilotdesk.ui.editors.base import UNFILLED
from pilotdesk.ui.look.plain_text import plain_tip
from pilotdesk.ui.look.severity import MARKS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pilotdesk.forms.codecs import Codec
    from pilotdesk.forms.model import Field
    from pilotdesk.rules.issue import Issue
    from pilotdesk.session import Change, Session

Index = QModelIndex | QPersistentModelIndex
NUMBERS: Final = frozenset({"integer", "decimal"})
UNIT: Final = "unit"
"""Name of the column with the unit of a row's numbers."""
_ALIGNED: Final = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}


class RowsModel(QAbstractTableModel):
    """The rows of one table.

    Args:
        session: the open draft.
        table: the field.

    Attributes:
        rows: the rows shown, in order.
        says_unfilled: whether cells that only miss an answer are marked; not before the table was visited.
        quiet_row: line that one is writing in, in which they are not marked yet; -1 for none.
        own: columns that a copy of a row does not take from it.
    """

    own: frozenset[str] = frozenset()
    has_high_rows = False
    """Whether rows may be as high as their texts even where rows come and go."""

    def __init__(self, session: Session, table: Field) -> None:
        super().__init__()
        self.session = session
        self.table = table
        self.columns: Final = table.columns
        self.says_unfilled = False
        self.quiet_row = -1
        self._keeps: Callable[[Row], bool] | None = None
        self._numbers: Mapping[str, int] = {}
        self._preset: Mapping[str, Scalar] = {}
        self.rows: tuple[Row, ...] = session.rows(table.name)

    # -- what it is ------------------------------------------------------------------------------

    @property
    def is_fixed(self) -> bool:
        """Whether rows can be neither added nor removed."""
        return self.table.fixed_rows or bool(self.table.calculation)

    @property
    def is_read_only(self) -> bool:
        """Whether the whole table is worked out, or the draft only looked at."""
        return bool(self.table.calculation) or self.session.is_read_only

    def codec(self, column: Field) -> Codec:
        """The codec of a column; rows need not exist for it."""
        return self.session.codec(cell_path(self.table.name, "r_0", column.name))

    def path(self, row: int, column: int) -> str:
        """The path of a cell; empty in the row that does not exist yet."""
        if row >= len(self.rows):
            return ""
        return cell_path(self.table.name, self.rows[row].id, self.columns[column].name)

    def place(self, row_id: str, column: str) -> QModelIndex:
        """Where a cell is shown; an invalid index when it is not."""
        names = [field.name for field in self.columns]
        for at, row in enumerate(self.rows):
            if row.id == row_id and column in names:
                return self.index(at, names.index(column))
        return QModelIndex()

    def shown(self, row: Row, column: Field) -> str:
        """The text of a cell; of files their names."""
        if column.type == "attachment":
            files = row.cell(column.name)
            kept = files if isinstance(files, tuple) else ()
            return "、".join(file.file_name for file in kept if isinstance(file, Attachment))
        return self.codec(column).edit_text(row.cell(column.name))

    def number(self, row: int) -> int:
        """The number of a line among all rows of the table, as issues name it; also where some are hidden."""
        if self._keeps is None:
            return row + 1
        if row < len(self.rows):
            return self._numbers[self.rows[row].id]
        return len(self._numbers) + 1

    def text(self, row: int, column: int) -> str:
        """The text of a cell by its place; empty in the row that does not exist yet."""
        return self.shown(self.rows[row], self.columns[column]) if row < len(self.rows) else ""

    def issue(self, row: int, column: int) -> Issue | None:
        """The gravest issue of a cell that is to be marked."""
        path = self.path(row, column)
        issues = self.session.issues_at(path) if path else ()
        if not self.says_unfilled or row == self.quiet_row:
            issues = tuple(issue for issue in issues if issue.code not in UNFILLED)
        return issues[0] if issues else None

    def is_editable(self, row: int, column: int) -> bool:
        """Whether a cell can be written: neither worked out nor fixed nor irrelevant in its row."""
        field = self.columns[column]
        if self.is_read_only or not is_typed(field):
            return False
        path = self.path(row, column)
        return not (field.relevant and path) or self.session.engine.is_relevant(path)

    # -- filter ----------------------------------------------------------------------------------

    def show_only(
        self, keeps: Callable[[Row], bool] | None, preset: Mapping[str, Scalar] | None = None
    ) -> None:
        """Show some of the rows; new rows begin with ``preset``. ``None`` shows all."""
        self._keeps = keeps
        self._preset = preset or {}
        self.sync()

    def insert_at(self, row: int) -> int:
        """The place among all rows of the session that a new row before line ``row`` gets."""
        every = self.session.rows(self.table.name)
        if row < len(self.rows):
            return every.index(self.rows[row])
        return every.index(self.rows[-1]) + 1 if self.rows and self._keeps else len(every)

    def new_cells(self, cells: Mapping[str, Scalar]) -> dict[str, Scalar]:
        """The cells of a new row, with what the filter says of it."""
        return {**self._preset, **cells}

    # -- Qt, reading -----------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """Qt: the rows, and the empty one where rows may be added."""
        return 0 if parent.isValid() else len(self.rows) + (not self.is_fixed)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Qt: the columns of the definition."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: text, alignment, and for screen readers where a cell is and what is wrong with it."""
        row, column = index.row(), index.column()
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return self.text(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(column) | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            issue = self.issue(row, column)
            return plain_tip(issue.what if issue else self.text(row, column)) or None
        return spoken_cell(self, row, column) if role == Qt.ItemDataRole.AccessibleTextRole else None

    def alignment(self, column: int) -> Qt.AlignmentFlag:
        """Numbers right, the rest as printed."""
        field = self.columns[column]
        aligned = "right" if field.type in NUMBERS else "left"
        return _ALIGNED[field.print.align if field.print.align != "auto" else aligned]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Qt: names of columns, numbers of rows."""
        if orientation is Qt.Orientation.Vertical:
            return str(self.number(section)) if role == Qt.ItemDataRole.DisplayRole else None
        field = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{field.label}（{field.unit}）" if field.unit else field.label
        if role == Qt.ItemDataRole.ToolTipRole:
            must = "必填。" if field.required is True else ""
            return plain_tip(f"{fixed_words(field) or must}{field.hint}") or None
        return (
            self.alignment(section) | Qt.AlignmentFlag.AlignVCenter
            if role == (Qt.ItemDataRole.TextAlignmentRole)
            else None
        )

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt: what can be done with a cell."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.is_editable(index.row(), index.column()):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    # -- Qt, writing -----------------------------------------------------------------------------

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Qt: have the codec read a text; in the last line this makes the row exist."""
        row, column = index.row(), index.column()
        if role != Qt.ItemDataRole.EditRole or not self.is_editable(row, column):
            return False
        text, field = str(value), self.columns[column]
        if row < len(self.rows):
            parsed = read_cell(text, self.codec(field), field, self.rows[row].cells)
            self.session.set_value(self.path(row, column), parsed, self)
            self.session.steps.end_typing()
            return True
        parsed = self.codec(field).parse(text)
        if parsed is None:
            return False
        at = self.insert_at(row)
        self.session.insert_rows(self.table.name, at, [self.new_cells({field.name: parsed})], self)
        return True

    # -- changes ---------------------------------------------------------------------------------

    def take_change(self, change: Change) -> None:
        """Follow the session, whoever has written."""
        name = self.table.name
        if name in change.tables or any(field_name(path) == name for path in change.paths):
            self.sync()
        elif any(field_name(path) == name for path in change.issues):
            self._tell_all()

    def sync(self) -> None:
        """Take the rows as the session has them now, telling views exactly what came, went or moved."""
        every = self.session.rows(self.table.name)
        fresh = tuple(row for row in every if self._keeps(row)) if self._keeps else every
        self._numbers = {row.id: at for at, row in enumerate(every, 1)}
        old = [row.id for row in self.rows]
        new = [row.id for row in fresh]
        head = next(
            (n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))
        )
        tail = 0
        while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
            tail += 1
        gone, come = len(old) - head - tail, len(new) - head - tail
        if gone and come:
            self._reorder(fresh, old, new)
        elif gone:
            self.beginRemoveRows(QModelIndex(), head, head + gone - 1)
            self.rows = fresh
            self.endRemoveRows()
        elif come:
            # At the end the line that was empty becomes the first new row, and a new empty line comes below it.
            first = head + (head == len(old) and not self.is_fixed)
            self.beginInsertRows(QModelIndex(), first, first + come - 1)
            self.rows = fresh
            self.endInsertRows()
        else:
            self.rows = fresh
        self._tell_all()

    def _reorder(self, fresh: tuple[Row, ...], old: list[str], new: list[str]) -> None:
        """Rows moved, or others came and went: every row that stays keeps its selection and editor."""
        if len(old) != len(new):
            self.beginResetModel()
            self.rows = fresh
            self.endResetModel()
            return
        self.layoutAboutToBeChanged.emit()
        places = {row_id: at for at, row_id in enumerate(new)}
        before = self.persistentIndexList()
        after = [
            self.createIndex(places.get(old[at.row()], at.row()), at.column()) if at.row() < len(old) else at
            for at in before
        ]
        self.rows = fresh
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _tell_all(self) -> None:
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(self.columns) - 1))


def is_typed(field: Field) -> bool:
    """Whether cells of a column are typed: neither worked out, nor carried over or preset, nor files."""
    return not (field.calculation or field.fixed or field.type in {"calculated", "attachment"})


def read_cell(text: str, codec: Codec, field: Field, cells: Mapping[str, Scalar]) -> Scalar:
    """What a typed or pasted cell says; behind a number the unit of its own row is understood (88.6% where it is %)."""
    value, unit = codec.parse(text), cells.get(UNIT)
    if not isinstance(value, Unparsed) or field.type not in NUMBERS or not isinstance(unit, str):
        return value
    written, unit = (words.replace("％", "%").strip() for words in (text, unit))
    bare = codec.parse(written.removesuffix(unit)) if unit and written.endswith(unit) else None
    return value if bare is None else bare


def fixed_words(field: Field) -> str:
    """Why a fixed column or field cannot be written; empty for others."""
    if not field.fixed:
        return ""
    return "带入：原来报的，不在这里改。" if field.carry else "表里定好的，不用填。"


def spoken_cell(model: RowsModel, row: int, column: int) -> str:
    """What a screen reader says of a cell: where it is, what is in it, what is wrong with it."""
    field = model.columns[column]
    text = model.text(row, column) or "空"
    words = [f"第 {model.number(row)} 行", field.label, f"{text}{field.unit}"]
    issue = model.issue(row, column)
    if issue is not None:
        words.append(f"{MARKS[issue.severity].word}：{issue.what}")
    return "，".join(words)
