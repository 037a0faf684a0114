"""The sizes of a table: columns that share its width, rows as high as their texts, as many in view as there is room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QTableView

from pilotdesk.ui.tables.bands import SerialHeader, paint_bands
from pilotdesk.ui.tables.columns import column_widths
from pilotdesk.ui.tables.delegate import PAD
from pilotdesk.ui.tables.head import ColumnHeader
from pilotdesk.ui.tables.shape import TableShape

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.tables.model import RowsModel

MOST_ROWS: Final = 12
"""Rows that are shown before the table scrolls inside itself."""
SAMPLE_ROWS: Final = 40
"""Rows whose texts decide the widths of the columns."""


class FittedTable(QTableView):
    """A table that takes the room it needs and no more.

    Attributes:
        fits: whether all columns stand side by side without scrolling.

    Signals:
        fits_changed: that has changed.
        rows_fitted: rows or columns have other sizes.
    """

    fits_changed = Signal()
    rows_fitted = Signal()

    def __init__(self, look: Look, model: RowsModel) -> None:
        super().__init__()
        self._look = look
        self.rows_model = model
        self.fits = True
        self._most_rows = MOST_ROWS
        self._fills = False
        self._scrolls = False
        self._is_sized = False
        self.setModel(model)
        self.shape = TableShape(look, model)
        self.setVerticalHeader(SerialHeader(look, self, self.shape))
        self.head = ColumnHeader(look, model, self)
        self.setHorizontalHeader(self.head)
        model.rowsInserted.connect(self._on_inserted)
        model.rowsRemoved.connect(self.fit_height)
        model.modelReset.connect(self.fit_height)
        if self.shape.wraps:
            model.dataChanged.connect(self._on_told)
        look.changed.connect(self.fit)

    def fit(self) -> None:
        """Row height, column widths and height for the present type size and width."""
        look = self._look
        self.verticalHeader().setDefaultSectionSize(look.metric("table_row"))
        self.verticalHeader().setFixedWidth(self.verticalHeader().sizeHint().width())
        self.fit_columns()
        self.fit_height()

    def fit_columns(self) -> None:
        """Share the width among the columns; where they do not fit, the table scrolls sideways inside itself."""
        room = self.width() - self.verticalHeader().width() - 2
        if self._fills or self._scrolls:
            room -= self.verticalScrollBar().sizeHint().width()
        before = self.fits
        model, hidden = self.rows_model, self.hidden_columns()
        columns = range(len(model.columns))
        sample = [[model.text(row, at) for at in columns] for row in range(min(SAMPLE_ROWS, len(model.rows)))]
        widths, self.fits = column_widths(
            self._look, model.table, model.session.form, room, sample, hidden=hidden, wraps=self.shape.wraps
        )
        for at, width in enumerate(widths):
            self.setColumnHidden(at, at in hidden)
            if at not in hidden:
                self.setColumnWidth(at, width)
        self.head.fit()
        self._fit_rows()
        wanted = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if self.fits else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setHorizontalScrollBarPolicy(wanted)
        if self.fits != before:
            self.fits_changed.emit()

    def fit_height(self) -> None:
        """As many rows as there are, up to a limit; then the table scrolls inside itself."""
        if self._fills:
            return
        row = self.verticalHeader().defaultSectionSize()
        room = self._most_rows * row
        if (self._rows_height() > room) != self._scrolls:
            self._scrolls = not self._scrolls
            self.fit_columns()  # the scroll bar takes its width from them, or gives it back
        bar = 0 if self.fits else self.horizontalScrollBar().sizeHint().height()
        shown = min(self._rows_height(), room)
        self.setFixedHeight(self.head.height() + shown + 2 + bar)
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if self._scrolls else policy.ScrollBarAlwaysOff
        )

    def _rows_height(self) -> int:
        row = self.verticalHeader().defaultSectionSize()
        rows = self.rows_model.rowCount()
        return max(row, self.verticalHeader().length() if self.shape.wraps else rows * row)

    def hidden_columns(self) -> frozenset[int]:
        """Columns that are not shown: what they say is said in another way, or asked in no row."""
        return self.shape.hidden()

    def shown_columns(self) -> list[int]:
        """The columns that are shown, in order."""
        return [at for at in range(len(self.rows_model.columns)) if not self.isColumnHidden(at)]

    def _fit_rows(self) -> None:
        """Rows as high as their texts, where they wrap."""
        if not (self.shape.wraps and self._is_sized):
            return
        self.shape.refresh()
        pad = 2 * self._look.scaled(PAD) + 1
        widths = {at: self.columnWidth(at) for at in self.shown_columns()}
        for row in range(len(self.rows_model.rows)):
            high = self.shape.row_height(row, widths, pad)
            if high != self.rowHeight(row):
                self.setRowHeight(row, high)

    def _on_told(self) -> None:
        """Cells were written: other columns may be asked, and texts take more or fewer lines."""
        every = frozenset(range(len(self.rows_model.columns)))
        if every - frozenset(self.shown_columns()) != self.hidden_columns():
            self.fit_columns()
        else:
            self._fit_rows()
        self.fit_height()
        self.rows_fitted.emit()

    def _on_inserted(self, parent: QModelIndex, first: int, last: int) -> None:
        """One row more changes no width, so that nothing moves while one writes; many at once may."""
        if last > first:
            self.fit_columns()
        self.fit_height()

    def set_most_rows(self, rows: int) -> None:
        """Show at most so many rows before the table scrolls inside itself."""
        if rows != self._most_rows:
            self._most_rows = rows
            self.fit_height()

    def fill_height(self) -> None:
        """Take all the height there is instead of growing with the rows."""
        self._fills = True
        self.setMaximumHeight(16_777_215)
        self.setMinimumHeight(2 * self._look.metric("table_row"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    # -- Qt --------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: share the new width."""
        super().resizeEvent(event)
        self._is_sized = True
        self.fit_columns()
        self.fit_height()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the cells, and the bands over them."""
        super().paintEvent(event)
        if self.shape.bands:
            paint_bands(self._look, self, self.shape, self.viewport().width())
