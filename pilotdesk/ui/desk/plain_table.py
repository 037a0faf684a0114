"""A table to look at: sorted by a click on its head, filtered by words, never edited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QRect

    from pilotdesk.ui.theme import Look

Index = QModelIndex | QPersistentModelIndex
Cell = str | int | None
_SORTED: Final = int(Qt.ItemDataRole.UserRole)
_PAD: Final = 7


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
            return (side | Qt.AlignmentFlag.AlignVCenter).value
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


class _Cells(QStyledItemDelegate):
    """Paints a cell with white beside its text, in a tone where one is given."""

    def __init__(self, look: Look, tone: Callable[[int, int], str], shown: _Shown) -> None:
        super().__init__()
        self._look = look
        self._tone = tone
        self._shown = shown

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: ground of a selected row, text."""
        look = self._look
        box: QRect = option.rect  # type: ignore[attr-defined]  # missing in the stubs
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, look.color("sel"))
        place = self._shown.mapToSource(index)
        painter.setPen(look.color(self._tone(place.row(), place.column()) or "text"))
        font = look.font("body")
        painter.setFont(font)
        room = box.adjusted(look.scaled(_PAD), 0, -look.scaled(_PAD), 0)
        text = QFontMetrics(font).elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(index.data(Qt.ItemDataRole.TextAlignmentRole)), text)
        painter.restore()


class PlainTable(QTableView):
    """The table.

    Args:
        look: the theme in force.
        heads: of the columns. widths: of them at 标准 type, px; the last one takes the rest.
        name: what a screen reader calls it.
        tone: token of the colour of a cell by its row and column; empty for the usual one.

    Attributes:
        rows: its model.
    """

    def __init__(
        self,
        look: Look,
        heads: Sequence[str],
        widths: Sequence[int],
        name: str,
        *,
        tone: Callable[[int, int], str] | None = None,
    ) -> None:
        super().__init__()
        self._look = look
        self.rows = PlainModel(heads)
        self._words: tuple[str, ...] = ()
        self._also: Callable[[int], bool] | None = None
        self._shown = _Shown(self._passes)
        self._shown.setSourceModel(self.rows)
        self.setModel(self._shown)
        self._cells = _Cells(look, tone or (lambda _row, _column: ""), self._shown)
        self.setItemDelegate(self._cells)
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
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        for column, width in enumerate(widths):
            self.setColumnWidth(column, look.scaled(width))
        self.setMinimumHeight(look.metric("table_row") * 3)

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
