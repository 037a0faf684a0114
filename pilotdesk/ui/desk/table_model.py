"""The desk's table as a Qt model: which submissions are shown, in which order, and what stands in their cells.

It keeps keys only; the lines are those of the sitting. A line that is looked at stays where it is even when it no longer fits
the filter, until another one is looked at: nobody loses his place by deciding something.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from pilotdesk.review.desk.cells import Cell, CellWords, Column, Standing
from pilotdesk.review.desk.filtering import Filter, Finder, sieve
from pilotdesk.review.desk.remarks import doubts_of_picks
from pilotdesk.ui.look.plain_text import plain_tip

if TYPE_CHECKING:
    from pilotdesk.review.desk.records import DeskRow
    from pilotdesk.review.quota import Excess
    from pilotdesk.ui.desk.sitting import Sitting

Index = QModelIndex | QPersistentModelIndex
COLUMNS: Final = tuple(Column)
NOWHERE: Final = QModelIndex()
CENTERED: Final = frozenset(
    {Column.PICK, Column.RANK, Column.NUMBER, Column.COMPLETE, Column.MUST, Column.ASK}
)


class SubmissionModel(QAbstractTableModel):
    """The lines that are shown.

    Args:
        sitting: has the lines.

    Attributes:
        keys: of the lines shown, in their order.
        words: what stands in the cells.
        filter, typed: what is shown.
        sorted_by, descending: their order.
        guest: key of a line that is shown though it does not fit; empty for none.
        over: picks that do not fit the quota, by their keys. doubts: what else speaks against a pick, likewise.
    """

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self._sitting = sitting
        self._finder = Finder()
        self._at: dict[str, int] = {}
        self.words = CellWords(sitting.pack)
        self.keys: tuple[str, ...] = ()
        self.filter = Filter.ALL
        self.typed = ""
        self.sorted_by = Column.NUMBER
        self.descending = False
        self.guest = ""
        self.over: dict[str, Excess] = {}
        self.doubts: dict[str, str] = {}
        self.read_again()

    # -- what is shown ---------------------------------------------------------------------------

    def weigh(self) -> None:
        """The picks are others, or something was decided about one of them."""
        self.over = {one.key: one for one in self._sitting.quota.over}
        self.doubts = doubts_of_picks(self._sitting.rows.values())

    def read_again(self) -> None:
        """Submissions came or went."""
        self.weigh()
        self._finder.forget()
        self.lay_out()

    def lay_out(self) -> None:
        """Find and sort the lines anew."""
        self.beginResetModel()
        rows = self._sitting.rows
        found = self._finder.found(rows, self.typed)
        lets_through = sieve(self.filter)
        shown = [
            row for key, row in rows.items() if key == self.guest or (key in found and lets_through(row))
        ]
        shown.sort(key=self.words.order(self.sorted_by), reverse=self.descending)
        self.keys = self._with_guest_in_place([row.key for row in shown])
        self._at = {key: at for at, key in enumerate(self.keys)}
        self.endResetModel()

    def _with_guest_in_place(self, keys: list[str]) -> tuple[str, ...]:
        """A pick that is none any more has no rank to stand by: it stays where it was until another line is looked at."""
        guest, was = self.guest, self._at.get(self.guest)
        is_none = guest in keys and not self._sitting.rows[guest].picked
        if is_none and was is not None and self.sorted_by is Column.RANK:
            keys.remove(guest)
            keys.insert(was, guest)
        return tuple(keys)

    @property
    def takes_ticks(self) -> bool:
        """Whether the ticks can be set; they are greyed otherwise."""
        return not self._sitting.is_look_only

    @property
    def is_behind(self) -> bool:
        """Whether a line that is shown has gone, and :meth:`read_again` is still to come."""
        return not self._at.keys() <= self._sitting.rows.keys()

    def fits(self, key: str) -> bool:
        """Whether a line belongs to what is shown."""
        row = self._sitting.rows.get(key)
        if row is None or not sieve(self.filter)(row):
            return False
        return key in self._finder.found({key: row}, self.typed)

    def drop_guest(self) -> None:
        """The line that does not fit is no longer looked at."""
        key, self.guest = self.guest, ""
        at = self._at.get(key)
        if at is None or self.fits(key):
            return
        self.beginRemoveRows(NOWHERE, at, at)
        self.keys = (*self.keys[:at], *self.keys[at + 1 :])
        self._at = {one: place for place, one in enumerate(self.keys)}
        self.endRemoveRows()

    def show_row(self, key: str) -> None:
        """Something was decided about a submission."""
        at = self._at.get(key)
        if at is not None:
            self.dataChanged.emit(self.index(at, 0), self.index(at, len(COLUMNS) - 1))

    def show_column(self, column: Column) -> None:
        """What a column says may be another thing now."""
        if self.keys:
            at = COLUMNS.index(column)
            self.dataChanged.emit(self.index(0, at), self.index(len(self.keys) - 1, at))

    def row(self, at: int) -> DeskRow:
        """A line by its place."""
        return self._sitting.rows[self.keys[at]]

    def at(self, key: str) -> int:
        """The place of a line; -1 when it is not shown."""
        return self._at.get(key, -1)

    def cell(self, at: int, column: Column) -> Cell:
        """What stands in a cell."""
        row = self.row(at)
        cell = self.words.cell(row, column)
        if column is Column.PICK or column is Column.RANK:
            if row.key in self.over:
                return Cell(cell.text, Standing.WRONG, self.over[row.key].sentence)
            if row.key in self.doubts:
                return Cell(cell.text, Standing.DOUBT, self.doubts[row.key])
        return cell

    # -- Qt --------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Qt: lines shown."""
        return 0 if parent.isValid() else len(self.keys)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Qt: all columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Qt: headings; what a screen reader says of the sorted one."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = COLUMNS[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.value
        if role == Qt.ItemDataRole.AccessibleTextRole:
            order = "，从大到小" if self.descending else "，从小到大"
            return column.value + (order if column is self.sorted_by else "")
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: text, tick, and what a screen reader says."""
        column = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.CheckStateRole and column is Column.PICK:
            picked = self.row(index.row()).picked
            return Qt.CheckState.Checked if picked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.TextAlignmentRole:
            along = Qt.AlignmentFlag.AlignHCenter if column in CENTERED else Qt.AlignmentFlag.AlignLeft
            return along | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(index.row(), column).text
        if role == Qt.ItemDataRole.ToolTipRole:
            cell = self.cell(index.row(), column)
            return plain_tip(cell.said or cell.text)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            cell = self.cell(index.row(), column)
            return "，".join(filter(None, (f"{column.value} {cell.text}".strip(), cell.said)))
        return None
