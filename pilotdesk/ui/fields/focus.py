"""Where the focus is among the rows of a page; what is left is told so, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from pilotdesk.ui.fields.row import FieldRow

if TYPE_CHECKING:
    from pilotdesk.session import Session


class FocusWatch(QObject):
    """Follows the focus inside one view.

    Signals:
        moved: path that has the focus now; empty when it went to another part of the view.
        entered: the row that the focus came into. changed: the focus is somewhere else.
    """

    moved = Signal(str)
    entered = Signal(object)
    changed = Signal()

    def __init__(self, view: QWidget, session: Session) -> None:
        super().__init__(view)
        self._view = view
        self._session = session
        self._rows: list[FieldRow] = []
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    @property
    def row(self) -> FieldRow | None:
        """The innermost row with the focus; ``None`` when it is elsewhere."""
        return self._rows[0] if self._rows else None

    @property
    def outer_row(self) -> FieldRow | None:
        """The row of the page around the focus; ``None`` when it is elsewhere."""
        return self._rows[-1] if self._rows else None

    def tell(self, row: FieldRow) -> None:
        """Tell again that a row has the focus: it may have had it before its page was shown, when that was lost."""
        if row is self.row:
            self.moved.emit(row.editor.focus_path())

    def place_moved(self, path: str) -> None:
        """Another place inside a row has the focus."""
        if self.sender() in self._rows:
            self.moved.emit(path)

    def _rows_with(self, widget: QWidget | None) -> list[FieldRow]:
        """The rows around a widget of the view, the innermost first: a row of a table may stand in one."""
        found: list[FieldRow] = []
        while widget is not None and widget is not self._view:
            if isinstance(widget, FieldRow):
                found.append(widget)
            widget = widget.parentWidget()
        return found if widget is self._view else []

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is None:  # another window has the focus; this one keeps its place
            return
        before, now = self._rows, self._rows_with(new)
        self._rows = now
        left = [row for row in before if row not in now]
        for row in left:
            row.leave()
        if left:
            self._session.steps.end_typing()
        self.changed.emit()
        if now:
            if now[-1] not in before:
                self.entered.emit(now[-1])
            self.moved.emit(now[0].editor.focus_path())
        elif before and self._view.isAncestorOf(new):
            self.moved.emit("")
