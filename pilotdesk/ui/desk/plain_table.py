"""A table to look at: sorted by a click on its head, filtered by words, never edited.

Sorting and filtering are done at once over plain rows: a model that Qt asks row by row takes a second for a long log.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from pilotdesk.ui.look.plain_text import plain_tip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QRect

    from pilotdesk.ui.look.theme import Look

Index = QModelIndex | QPersistentModelIndex
Cell = str | int | None
_PAD: Final = 7


class PlainModel(QAbstractTableModel):
    """Rows of texts and numbers; numbers stand at the right and sort as numbers.

    Attributes:
        heads: of the columns. rows: all of them. order: places of those that are shown, as they stand.
    """

    def __init__(self, heads: Sequence[str]) -> None:
        super().__init__()
        self.heads = tuple(heads)
        self.rows: Sequence[Sequence[Cell]] = ()
        self.order: tuple[int, ...] = ()
        self._told: list[str] = []
        self._passes: Callable[[int], bool] | None = None
        self._words: tuple[str, ...] = ()
        self._sorted: tuple[int, bool] = (-1, False)

    def show(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Show other rows."""
        self.rows = rows
        self._told = []
        self._put_in_order()

    def filter(self, words: tuple[str, ...], passes: Callable[[int], bool] | None) -> None:
        """Leave rows that have every word and of which ``passes`` holds."""
        self._words, self._passes = words, passes
        self._put_in_order()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Qt: by a column; -1 as the rows came."""
        self._sorted = column, order is Qt.SortOrder.DescendingOrder
        self._put_in_order()

    def _put_in_order(self) -> None:
        self.beginResetModel()
        places = [at for at in range(len(self.rows)) if self._passes is None or self._passes(at)]
        if self._words:
            told = self._told = self._told or [_told(row) for row in self.rows]
            places = [at for at in places if all(word in told[at] for word in self._words)]
        column, falling = self._sorted
        if column >= 0:
            places.sort(key=lambda at: _rank(self.rows[at][column]), reverse=falling)
        self.order = tuple(places)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        """Qt: number of rows."""
        return 0 if parent.isValid() else len(self.order)

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
        cell = self.rows[self.order[index.row()]][index.column()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            words = "" if cell is None else str(cell)
            return plain_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if isinstance(cell, int) else Qt.AlignmentFlag.AlignLeft
            return (side | Qt.AlignmentFlag.AlignVCenter).value
        return None


def _told(row: Sequence[Cell]) -> str:
    """All that a row says, for the filter."""
    return "\n".join(str(cell) for cell in row if cell is not None).casefold()


def _rank(cell: Cell) -> tuple[int, int, str]:
    """Nothing first, then numbers by their size, then texts."""
    if cell is None or cell == "":
        return 0, 0, ""
    return (1, cell, "") if isinstance(cell, int) else (2, 0, cell)


class _Cells(QStyledItemDelegate):
    """Paints a cell with white beside its text, in a tone where one is given."""

    def __init__(self, look: Look, model: PlainModel, tone: Callable[[int, int], str]) -> None:
        super().__init__()
        self._look = look
        self._model = model
        self._tone = tone

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Qt: ground of a selected row, text."""
        look = self._look
        box: QRect = option.rect  # type: ignore[attr-defined]  # missing in the stubs
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, look.color("sel"))
        tone = self._tone(self._model.order[index.row()], index.column())
        painter.setPen(look.color(tone or "text"))
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
        tone: token of the colour of a cell by the place of its row among all and by its column; empty for the usual one.

    Attributes:
        lines: its model.
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
        self.lines = PlainModel(heads)
        self._cells = _Cells(look, self.lines, tone or (lambda _row, _column: ""))
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setModel(self.lines)
        self.setItemDelegate(self._cells)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setAlternatingRowColors(True)
        self.setSortingEnabled(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(look.metric("table_row"))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setStretchLastSection(True)
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in enumerate(widths):
            self.setColumnWidth(column, look.scaled(width))
        self.setMinimumHeight(look.metric("table_row") * 3)

    def show_rows(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Show other rows."""
        self.lines.show(rows)

    def filter(self, words: str, also: Callable[[int], bool] | None = None) -> None:
        """Leave rows that have every one of these words somewhere, and of which ``also`` holds."""
        self.lines.filter(tuple(words.casefold().split()), also)

    def shown(self) -> tuple[int, ...]:
        """Places of the rows that are shown, from 0, in the order in which they stand."""
        return self.lines.order
