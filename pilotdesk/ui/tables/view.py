"""The view of a table: a spreadsheet's keys, fixed row height, numbers of rows at the left that never scroll away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QWidget

from pilotdesk.ui.components.menu_key import MenuKey
from pilotdesk.ui.editors.entry import is_session_key
from pilotdesk.ui.tables.bands import SERIAL
from pilotdesk.ui.tables.choose import chosen_by_key
from pilotdesk.ui.tables.delegate import CellDelegate, Index
from pilotdesk.ui.tables.fit import FittedTable
from pilotdesk.ui.tables.frozen import FrozenColumns
from pilotdesk.ui.tables.walk import below, beside, first_open

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QResizeEvent

    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.tables.model import RowsModel

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


class RowsView(FittedTable):
    """A table one writes in.

    Signals:
        command: name of a command of the table, asked for by key.
        current_moved: another cell is the current one.
    """

    command = Signal(str)
    current_moved = Signal()

    def __init__(self, look: Look, model: RowsModel) -> None:
        super().__init__(look, model)
        self.delegate = CellDelegate(look, model, self, self.shape)
        self.setItemDelegate(self.delegate)
        self._corner = QLabel(SERIAL, self)
        self.frozen = FrozenColumns(look, self)
        self._set_up()
        self.delegate.stepped.connect(self.step)
        self.rows_fitted.connect(self.frozen.place)
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
        MenuKey(self)
        self.head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._corner.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._corner.setProperty("role", "small")
        self._corner.setProperty("weight", "500")
        self._corner.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: what stands over the table keeps its place."""
        super().resizeEvent(event)
        self.frozen.place()
        self._corner.setGeometry(1, 1, self.verticalHeader().width(), self.head.height())

    # -- moving ----------------------------------------------------------------------------------

    def step(self, rows: int, columns: int) -> None:
        """Move to the next cell that can be written; past the last column to the next row, past the first to the one before."""
        here = (self.currentIndex().row(), self.currentIndex().column())
        hidden = self.hidden_columns()
        to = below(self.rows_model, here, rows) if rows else beside(self.rows_model, hidden, here, columns)
        self.set_current(*(to or here))

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
        if index.column() not in self.frozen.columns and self.frozen.covered and hidden > 0:
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
        """Qt: there is always a current cell while the table has the focus.

        Before a click it is not scrolled to: the click would fall on another row than the one under the mouse.
        """
        if not self.currentIndex().isValid() and self.rows_model.rowCount():
            first = first_open(self.rows_model, self.hidden_columns())
            self.setAutoScroll(event.reason() is not Qt.FocusReason.MouseFocusReason)
            self.setCurrentIndex(self.rows_model.index(*(first or (0, 0))))
            self.setAutoScroll(True)
        super().focusInEvent(event)
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
        here = self.currentIndex()
        chosen = chosen_by_key(self.rows_model, here.row(), here.column(), event) if here.isValid() else ""
        if is_session_key(event):
            event.ignore()
        elif chosen:
            self.rows_model.setData(here, chosen)
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
        here = self.currentIndex()
        place = (here.row(), here.column())
        if not here.isValid() or beside(self.rows_model, self.hidden_columns(), place, step) is None:
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
