"""A table to look at: sorted by a click on its head, filtered by words, never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pilotdesk.ui.theme import Look

Index = QModelIndex | QPersistentModelIndex
Cell = str | int | None
_SORTED = int(Qt.ItemDataRole.UserRole)


class PlainModel(QAbstractTableModel):
    """Rows of texts and numbers; numbers stand at the right and sort as numbers."""

    def __init__(self, heads: Sequence[str]) -> None:
        super().__init__()
        self.heads = tuple(heads)
        self.rows: Sequence[Sequence[Cell]] = ()

    def show(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """Qt: number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Qt: number of columns."""
        return 0 if parent.isValid() else len(self.heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Qt: the heads."""
        across = orientation is Qt.Orientation.Horizontal
        return self.heads[section] if across and role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: a cell; all of it in the tooltip."""
        cell = self.rows[index.row()][index.column()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return "" if cell is None else str(cell)
        if role == _SORTED:
            return -1 if cell is None else cell
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if isinstance(cell, int) else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


class _Shown(QSortFilterProxyModel):
    """The rows that pass."""

    def __init__(self, passes: Callable[[int], bool]) -> None:
        super().__init__()
        self._passes = passes
        self.setSortRole(_SORTED)

    def lessThan(self, left: Index, right: Index) -> bool:
        """Qt: numbers by their size, texts by their signs; a column may hold both."""
        one, other = left.data(_SORTED), right.data(_SORTED)
        if isinstance(one, int) and isinstance(other, int):
            return one < other
        return str(one) < str(other)

    def filterAcceptsRow(self, row: int, parent: Index) -> bool:
        """Qt: whether a row is shown."""
        return self._passes(row)

    def filter_again(self) -> None:
        """Ask for every row again."""
        self.invalidateFilter()


class PlainTable(QTableView):
    """The table.

    Args:
        look: the theme in force.
        heads: of the columns. widths: of them at 标准 type, px; the last one takes the rest.
        name: what a screen reader calls it.

    Attributes:
        rows: its model.
    """

    def __init__(self, look: Look, heads: Sequence[str], widths: Sequence[int], name: str) -> None:
        super().__init__()
        self._look = look
        self.rows = PlainModel(heads)
        self._words: tuple[str, ...] = ()
        self._also: Callable[[int], bool] | None = None
        self._shown = _Shown(self._passes)
        self._shown.setSourceModel(self.rows)
        self.setModel(self._shown)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setAlternatingRowColors(True)
        self.setSortingEnabled(True)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(look.metric("table_row"))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setHighlightSections(False)
        for column, width in enumerate(widths):
            self.setColumnWidth(column, look.scaled(width))
        self.setMinimumHeight(look.metric("table_row") * 4)

    def show(self, rows: Sequence[Sequence[Cell]] | None = None) -> None:
        """Show other rows; without any, as Qt does."""
        if rows is None:
            super().show()
            return
        self.rows.show(rows)

    def filter(self, words: str, also: Callable[[int], bool] | None = None) -> None:
        """Leave rows that have every one of these words somewhere, and of which ``also`` holds."""
        self._words = tuple(words.casefold().split())
        self._also = also
        self._shown.filter_again()

    def shown(self) -> tuple[int, ...]:
        """Numbers of the rows that are shown, from 0, in the order in which they stand."""
        places = range(self._shown.rowCount())
        return tuple(self._shown.mapToSource(self._shown.index(at, 0)).row() for at in places)

    def _passes(self, row: int) -> bool:
        if self._also is not None and not self._also(row):
            return False
        if not self._words:
            return True
        told = "\n".join(str(cell) for cell in self.rows.rows[row] if cell is not None).casefold()
        return all(word in told for word in self._words)
