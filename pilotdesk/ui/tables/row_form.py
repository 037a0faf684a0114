"""逐行填写: one row of a wide table as a form, with the same editors as everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget

from pilotdesk.forms.values import cell_path, split_cell_path
from pilotdesk.ui.components.basic import Button, Card, Label, row
from pilotdesk.ui.fields.row import FieldRow, is_answered
from pilotdesk.ui.tables.facts import RowFacts

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from pilotdesk.forms.model import Field
    from pilotdesk.session import Change
    from pilotdesk.ui.editors.base import Place
    from pilotdesk.ui.tables.model import RowsModel

COLUMN_PX: Final = 260
SENTENCE_CHARS: Final = 12
"""A column whose example is longer is written in sentences."""


class RowForm(QWidget):
    """One row of a table; the buttons on top go from row to row.

    Signals:
        closed: back to the table.
        place_moved: another cell has the focus.
        request_go_to: path of a field elsewhere.
    """

    closed = Signal()
    place_moved = Signal()
    request_go_to = Signal(str)

    def __init__(self, place: Place, model: RowsModel, at: int) -> None:
        super().__init__()
        look = place.look
        self._place = place
        self._model = model
        self._row_id = ""
        self._columns = 0
        self.fields: list[FieldRow] = []
        self.heading = Label("", "body", weight=700)
        self.back = Button(look, "", icon="chevron-left", small=True, name="上一行")
        self.forth = Button(look, "", icon="chevron-right", small=True, name="下一行")
        self.add = Button(look, "加一行", icon="plus", small=True)
        close = Button(look, "回到表格", "ghost", icon="table", small=True)
        if model.is_fixed:
            self.add.hide()
        self.facts = RowFacts(look)
        self._card = card = Card(margins=(16, 14, 16, 16), tight=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(13)
        card.body.addLayout(self._grid)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(row(self.back, self.forth, self.heading, None, self.add, close, spacing=6))
        layout.addWidget(self.facts)
        layout.addWidget(card)
        self.back.clicked.connect(self._on_back)
        self.forth.clicked.connect(self._on_forth)
        self.add.clicked.connect(self.add_row)
        close.clicked.connect(self.closed)
        if not model.rows:
            self.add_row()
        else:
            self.show_row(min(at, len(model.rows) - 1))

    @property
    def row(self) -> int:
        """The line of the table that is shown; 0 when it is gone."""
        return next((at for at, each in enumerate(self._model.rows) if each.id == self._row_id), 0)

    def show_row(self, at: int) -> None:
        """Show another row of the table."""
        self._row_id = self._model.rows[at].id
        for field in self.fields:
            self._grid.removeWidget(field)
            field.hide()
            field.deleteLater()
        self.fields = []
        self.facts.show_row(self._model, self._model.rows[at])
        for column in (column for column in self._model.columns if not column.fixed):
            path = cell_path(self._model.table.name, self._row_id, column.name)
            field = FieldRow(self._place.beside(path), self._card)
            field.finished.connect(self._on_finished)
            field.request_go_to.connect(self.request_go_to)
            self.fields.append(field)
        self._columns = 0
        self._arrange()
        self._say()

    def add_row(self) -> None:
        """Add an empty row at the end and show it."""
        model = self._model
        at = model.insert_at(len(model.rows))
        model.session.insert_rows(model.table.name, at, [model.new_cells({})], model)
        self.show_row(len(model.rows) - 1)
        self.focus_first()

    def focus_first(self) -> None:
        """Focus the first cell that is missing, else one that is unfilled, else the first one."""
        session = self._place.session
        open_to = [field for field in self.fields if not field.isHidden() and is_answered(field.place.field)]
        blank = [field for field in open_to if session.value(field.place.path) is None]
        required = [field for field in open_to if session.engine.is_required(field.place.path)]
        missing = [field for field in required if field in blank]
        rest = required if self._model.is_fixed else blank  # there one goes by what has to be filled in
        target = next(iter((*missing, *rest, *open_to, *self.fields)))
        target.editor.focus_target().setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_path(self) -> str:
        """The cell that has the focus; empty for none."""
        focused = QApplication.focusWidget()
        inside = (field for field in self.fields if focused is not None and field.isAncestorOf(focused))
        return next((field.place.path for field in inside), "")

    def go_to(self, path: str) -> QWidget:
        """Show the row of a cell and focus the cell."""
        place = split_cell_path(path)
        at = next((n for n, each in enumerate(self._model.rows) if place and each.id == place[1]), self.row)
        if self._model.rows[at].id != self._row_id:
            self.show_row(at)
        field = next((field for field in self.fields if field.place.path == path), self.fields[0])
        return field.go_to(path)

    def take_change(self, change: Change) -> None:
        """Follow the session; when the row is gone the nearest one is shown."""
        if all(each.id != self._row_id for each in self._model.rows):
            if self._model.rows:
                self.show_row(len(self._model.rows) - 1)
            else:
                self.closed.emit()
            return
        whole = self._model.table.name in change.tables
        for field in self.fields:
            if whole:
                field.editor.show_value()
            field.take_change(change)
        if any(field.place.path in change.relevance for field in self.fields):
            self._columns = 0
            self._arrange()
        self._say()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Esc goes back to the table."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: columns by width."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        columns = max(1, min(3, self.width() // self._place.look.scaled(COLUMN_PX)))
        if columns == self._columns:
            return
        self._columns = columns
        engine = self._place.session.engine
        asked = [field for field in self.fields if engine.is_relevant(field.place.path)]
        for field in self.fields:
            self._grid.removeWidget(field)
        line, column = 0, 0
        for field in asked:
            wide = columns if self._model.is_fixed and _is_wide(field.place.field) else 1
            if column + wide > columns:
                line, column = line + 1, 0
            self._grid.addWidget(field, line, column, 1, wide, Qt.AlignmentFlag.AlignTop)
            column += wide
        for field in self.fields:
            field.setVisible(field in asked)
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def _say(self) -> None:
        at, count = self.row, len(self._model.rows)
        self.heading.setText(f"第 {at + 1} 行，共 {count} 行")
        self.back.setEnabled(at > 0)
        self.forth.setEnabled(at + 1 < count)
        self.back.setToolTip("上一行" if at else "这是第一行")
        self.forth.setToolTip("下一行" if at + 1 < count else "这是最后一行")

    def _on_back(self) -> None:
        self.show_row(max(0, self.row - 1))

    def _on_forth(self) -> None:
        self.show_row(min(len(self._model.rows) - 1, self.row + 1))

    def _on_finished(self) -> None:
        """Enter: the next cell; after the last one the next row where rows are given, else it stays."""
        shown = [field for field in self.fields if not field.isHidden()]
        at = shown.index(self.sender()) + 1  # type: ignore[arg-type]
        if at < len(shown):
            shown[at].editor.focus_target().setFocus(Qt.FocusReason.TabFocusReason)
        elif self._model.is_fixed and self.row + 1 < len(self._model.rows):
            self._on_forth()
            self.focus_first()


def _is_wide(column: Field) -> bool:
    """Whether a cell is a sentence, and wants a line of its own."""
    return column.type in {"text", "longtext"} and len(column.example) > SENTENCE_CHARS
