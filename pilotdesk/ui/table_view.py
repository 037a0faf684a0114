"""The view of a table: a spreadsheet's keys, fixed row height, numbers of rows at the left that never scroll away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QTableView, QWidget

from pilotdesk.ui.editors_entry import is_session_key
from pilotdesk.ui.table_columns import LOCK_PX, column_widths
from pilotdesk.ui.table_delegate import CellDelegate, Index
from pilotdesk.ui.table_frozen import FrozenColumn

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QResizeEvent

    from pilotdesk.ui.table_model import RowsModel
    from pilotdesk.ui.theme import Look

SERIAL: Final = "序号"
MOST_ROWS: Final = 12
SAMPLE_ROWS: Final = 40
"""Rows whose texts decide the widths of the columns."""
"""Rows that are shown before the table scrolls inside itself."""
_ENSURE: Final = QAbstractItemView.ScrollHint.EnsureVisible
_NONE, _ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_COMMANDS: Final = {
    (Qt.Key.Key_Up, _ALT): "up",
    (Qt.Key.Key_Down, _ALT): "down",
    (Qt.Key.Key_D, _CONTROL): "fill",
    (Qt.Key.Key_D, _CONTROL | _SHIFT): "duplicate",
    # The same key is Plus or Equal, Minus or Underscore, by keyboard and by Shift.
    (Qt.Key.Key_Plus, _CONTROL | _SHIFT): "insert",
    (Qt.Key.Key_Equal, _CONTROL | _SHIFT): "insert",
    (Qt.Key.Key_Plus, _CONTROL): "insert",
    (Qt.Key.Key_Minus, _CONTROL): "remove",
    (Qt.Key.Key_Underscore, _CONTROL): "remove",
    (Qt.Key.Key_Delete, _NONE): "clear",
    (Qt.Key.Key_Backspace, _NONE): "clear",
}


class SerialHeader(QHeaderView):
    """The numbers of the rows: they look like cells, and choose the row."""

    def __init__(self, look: Look, view: QTableView) -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self._look = look
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def sizeHint(self) -> QSize:
        """Qt: as wide as the word 序号 needs."""
        font = self._look.font("small", 500)
        return QSize(QFontMetrics(font).horizontalAdvance(SERIAL) + self._look.scaled(20), 0)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Qt: the number in the middle."""
        look = self._look
        painter.save()
        selected = self.selectionModel().isRowSelected(section, QModelIndex())
        painter.fillRect(rect, look.color("sel" if selected else "zebra" if section % 2 else "surface"))
        painter.setPen(QPen(look.color("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.setPen(look.color("text2"))
        painter.setFont(look.font("small"))
        painter.drawText(
            rect, Qt.AlignmentFlag.AlignCenter, str(self.model().headerData(section, Qt.Orientation.Vertical))
        )
        painter.restore()


class RowsView(QTableView):
    """A table one writes in.

    Signals:
        command: name of a command of the table, asked for by key.
        current_moved: another cell is the current one.
        fits_changed: whether all columns fit into the width.
    """

    command = Signal(str)
    current_moved = Signal()
    fits_changed = Signal()

    def __init__(self, look: Look, model: RowsModel) -> None:
        super().__init__()
        self._look = look
        self.rows_model = model
        self._most_rows = MOST_ROWS
        self.fits = True
        self._fills = False
        self.setModel(model)
        self.delegate = CellDelegate(look, model, self)
        self.setItemDelegate(self.delegate)
        self.setVerticalHeader(SerialHeader(look, self))
        self._corner = QLabel(SERIAL, self)
        self.frozen = FrozenColumn(self)
        self._set_up()
        self.delegate.stepped.connect(self.step)
        model.rowsInserted.connect(self._on_inserted)
        model.rowsRemoved.connect(self.fit_height)
        model.modelReset.connect(self.fit_height)
        look.changed.connect(self.fit)
        self.fit()

    def _set_up(self) -> None:
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.EditKeyPressed | triggers.DoubleClicked)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(True)  # only so that keyPressEvent gets to see Tab
        self.setWordWrap(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._corner.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._corner.setProperty("role", "small")
        self._corner.setProperty("weight", "500")
        self._corner.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    # -- size ------------------------------------------------------------------------------------

    def fit(self) -> None:
        """Row height, column widths and height for the present type size and width."""
        look = self._look
        self.rows_model.lock = look.pixmap("lock", "text2", LOCK_PX, self.devicePixelRatioF())
        self.verticalHeader().setDefaultSectionSize(look.metric("table_row"))
        self.verticalHeader().setFixedWidth(self.verticalHeader().sizeHint().width())
        self.horizontalHeader().setFixedHeight(look.metric("table_row"))
        self.fit_columns()
        self.fit_height()

    def fit_columns(self) -> None:
        """Share the width among the columns; where they do not fit, the table scrolls sideways inside itself."""
        room = self.width() - self.verticalHeader().width() - 2
        if self._fills:
            room -= self.verticalScrollBar().sizeHint().width()
        before = self.fits
        model = self.rows_model
        columns = range(len(model.columns))
        sample = [[model.text(row, at) for at in columns] for row in range(min(SAMPLE_ROWS, len(model.rows)))]
        widths, self.fits = column_widths(self._look, model.table, model.session.form, room, sample)
        for at, width in enumerate(widths):
            self.setColumnWidth(at, width)
        wanted = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if self.fits else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self.setHorizontalScrollBarPolicy(wanted)
        if self.fits != before:
            self.fits_changed.emit()

    def fit_height(self) -> None:
        """As many rows as there are, up to a limit; then the table scrolls inside itself."""
        if self._fills:
            return
        rows = self.rows_model.rowCount()
        shown = min(max(1, rows), self._most_rows)
        bar = 0 if self.fits else self.horizontalScrollBar().sizeHint().height()
        row = self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(self.horizontalHeader().height() + shown * row + 2 + bar)
        wanted = (
            Qt.ScrollBarPolicy.ScrollBarAsNeeded if rows > shown else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        self.setVerticalScrollBarPolicy(wanted)

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: share the new width."""
        super().resizeEvent(event)
        self.fit_columns()
        self.fit_height()
        self.frozen.place()
        self._corner.setGeometry(1, 1, self.verticalHeader().width(), self.horizontalHeader().height())

    # -- moving ----------------------------------------------------------------------------------

    def step(self, rows: int, columns: int) -> None:
        """Move the current cell; past the last column to the next row, past the first to the row before."""
        here = self.currentIndex()
        model = self.rows_model
        row, column = here.row() + rows, here.column() + columns
        if column >= model.columnCount():
            row, column = row + 1, 0
        elif column < 0:
            row, column = row - 1, model.columnCount() - 1
        row = min(max(0, row), model.rowCount() - 1)
        self.set_current(row, column)

    def set_current(self, row: int, column: int) -> None:
        """Make a cell the current one and bring it into view."""
        index = self.rows_model.index(row, column)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = _ENSURE) -> None:
        """Qt: a cell is in view only beside the first column, not under it."""
        super().scrollTo(index, hint)
        hidden = self.frozen.covered - self.visualRect(index).left()
        if index.column() > 0 and self.frozen.covered and hidden > 0:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - hidden)

    def edit_current(self) -> None:
        """Open the editor of the current cell."""
        if self.state() is QAbstractItemView.State.EditingState:
            return
        if self.currentIndex().isValid() and self.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(self.currentIndex())

    def selected_range(self) -> tuple[int, int, int, int]:
        """First and last row, first and last column that are selected; the current cell when nothing is."""
        here = self.currentIndex()
        marked = self.selectionModel().selectedIndexes() or [here]
        rows, columns = [each.row() for each in marked], [each.column() for each in marked]
        return min(rows), max(rows), min(columns), max(columns)

    def select_rows(self, first: int, last: int) -> None:
        """Select whole rows."""
        model = self.rows_model
        area = QItemSelection(model.index(first, 0), model.index(last, model.columnCount() - 1))
        self.selectionModel().select(area, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def commit_editor(self) -> None:
        """Write what is in an open editor and close it."""
        editor = self.open_editor()
        if editor is not None:
            self.commitData(editor)
            self.closeEditor(editor, self.delegate.EndEditHint.NoHint)

    def open_editor(self) -> QWidget | None:
        """The editor that is open over a cell; ``None`` for none."""
        if self.state() is not QAbstractItemView.State.EditingState:
            return None
        return self.indexWidget(self.currentIndex())

    # -- Qt --------------------------------------------------------------------------------------

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Qt: tell that another cell is current."""
        super().currentChanged(current, previous)
        self.current_moved.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt: there is always a current cell while the table has the focus."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows_model.rowCount():
            self.setCurrentIndex(self.rows_model.index(0, 0))
        self.current_moved.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt: tell that no cell is being worked in."""
        super().focusOutEvent(event)
        self.current_moved.emit()

    def event(self, event: QEvent) -> bool:
        """Qt: undo and redo are the window's; the table's own keys come before its shortcuts."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if is_session_key(event):
                event.ignore()
                return False
            if command_of(event):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: a spreadsheet's keys."""
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        plain = not modifiers & ~Qt.KeyboardModifier.KeypadModifier
        shift = modifiers == Qt.KeyboardModifier.ShiftModifier
        name = command_of(event)
        if is_session_key(event):
            event.ignore()
        elif name:
            self.command.emit(name)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and (plain or shift):
            self.step(-1 if shift else 1, 0)
        elif key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            event.setAccepted(self._tab(-1 if key == Qt.Key.Key_Backtab else 1))
        elif key == Qt.Key.Key_F2:
            self.edit_current()
        else:
            super().keyPressEvent(event)

    def _tab(self, step: int) -> bool:
        """To the side; after the last and before the first cell nothing, so that the focus leaves the table."""
        here, model = self.currentIndex(), self.rows_model
        last = here.row() == model.rowCount() - 1 and here.column() == model.columnCount() - 1
        first = here.row() <= 0 and here.column() <= 0
        if (step > 0 and last) or (step < 0 and first) or not here.isValid():
            return False
        self.step(0, step)
        return True


def command_of(event: QKeyEvent) -> str:
    """The command of a table that a key asks for; empty for none."""
    if event.matches(QKeySequence.StandardKey.Copy):
        return "copy"
    if event.matches(QKeySequence.StandardKey.Paste):
        return "paste"
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return _COMMANDS.get((Qt.Key(event.key()), modifiers), "")
