"""The first column of a wide table, which stays in view while the others scroll sideways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView

from pilotdesk.ui.table_delegate import CellDelegate

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QWheelEvent

    from pilotdesk.ui.table_view import RowsView


class FrozenColumn(QTableView):
    """A picture of the first column over the table it belongs to; what is done with it is done in the table."""

    def __init__(self, view: RowsView) -> None:
        super().__init__(view)
        self._view = view
        self.setModel(view.rows_model)
        self.setSelectionModel(view.selectionModel())
        self.setItemDelegate(CellDelegate(view.delegate.look, view.rows_model, self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAutoScroll(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        for column in range(1, view.rows_model.columnCount()):
            self.setColumnHidden(column, True)
        view.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        view.horizontalScrollBar().valueChanged.connect(self.place)
        self.hide()

    def place(self) -> None:
        """Stand over the first column while the table is scrolled sideways, else go."""
        view = self._view
        scrolled = not view.fits and view.horizontalScrollBar().value() > 0
        if scrolled:
            self.verticalHeader().setDefaultSectionSize(view.verticalHeader().defaultSectionSize())
            self.horizontalHeader().setFixedHeight(view.horizontalHeader().height())
            self.setColumnWidth(0, view.columnWidth(0))
            left = view.verticalHeader().width() + view.frameWidth() - 1
            height = view.horizontalHeader().height() + view.viewport().height() + 2
            self.setGeometry(left, 0, view.columnWidth(0) + 2, height)
            self.verticalScrollBar().setValue(view.verticalScrollBar().value())
            self.raise_()
        self.setVisible(scrolled)

    @property
    def covered(self) -> int:
        """Width of the table that it covers, px; 0 while it is hidden."""
        return self.width() if self.isVisible() else 0

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: the cell becomes the current one of the table."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self._view.set_current(index.row(), 0)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Qt: the cell is opened in the table."""
        self.mousePressEvent(event)
        self._view.edit_current()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt: the table scrolls."""
        QApplication.sendEvent(self._view.viewport(), event)
