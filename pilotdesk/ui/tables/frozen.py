"""The first columns of a wide table, which stay in view while the others scroll sideways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView

from pilotdesk.ui.tables.bands import paint_bands
from pilotdesk.ui.tables.delegate import CellDelegate
from pilotdesk.ui.tables.head import ColumnHeader

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QWheelEvent

    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.tables.view import RowsView


class FrozenColumns(QTableView):
    """A picture of the first columns over the table they belong to; what is done with it is done in the table.

    Attributes:
        columns: those that stay in view.
    """

    def __init__(self, look: Look, view: RowsView) -> None:
        super().__init__(view)
        self._look = look
        self._view = view
        self.columns: list[int] = [0]
        self.setModel(view.rows_model)
        self.setSelectionModel(view.selectionModel())
        self.setItemDelegate(CellDelegate(look, view.rows_model, self, view.shape))
        self._head = ColumnHeader(look, view.rows_model, self)
        self.setHorizontalHeader(self._head)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAutoScroll(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        view.horizontalScrollBar().valueChanged.connect(self.place)
        self.hide()

    def place(self) -> None:
        """Stand over the first columns while the table is scrolled sideways, else go."""
        view = self._view
        scrolled = not view.fits and view.horizontalScrollBar().value() > 0
        if scrolled:
            self._take_sizes()
            left = view.verticalHeader().width() + view.frameWidth() - 1
            height = view.head.height() + view.viewport().height() + 2
            width = sum(view.columnWidth(column) for column in self.columns)
            self.setGeometry(left, 0, width + 2, height)
            self.verticalScrollBar().setValue(view.verticalScrollBar().value())
            self.raise_()
        self.setVisible(scrolled)

    def _take_sizes(self) -> None:
        view = self._view
        every = range(view.rows_model.columnCount())
        shown = [column for column in every if not view.isColumnHidden(column)]
        self.columns = view.shape.frozen(shown, {column: view.columnWidth(column) for column in shown})
        for column in every:
            self.setColumnHidden(column, column not in self.columns)
        for column in self.columns:
            self.setColumnWidth(column, view.columnWidth(column))
        self._head.setFixedHeight(view.head.height())
        self.verticalHeader().setDefaultSectionSize(view.verticalHeader().defaultSectionSize())
        if view.shape.wraps:
            for row in range(view.rows_model.rowCount()):
                self.setRowHeight(row, view.rowHeight(row))

    @property
    def covered(self) -> int:
        """Width of the table that it covers, px; 0 while it is hidden."""
        return self.width() if self.isVisible() else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the cells, and their part of the bands."""
        super().paintEvent(event)
        paint_bands(self._look, self, self._view.shape, self._view.viewport().width())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: the cell becomes the current one of the table."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self._view.set_current(index.row(), index.column())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Qt: the cell is opened in the table."""
        self.mousePressEvent(event)
        self._view.edit_current()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt: the table scrolls."""
        QApplication.sendEvent(self._view.viewport(), event)
