"""What one can do with rows and cells; every action is one step that undo takes back as a whole."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from pilotdesk.forms.values import Row, cell_path
from pilotdesk.ui.tables.clipboard import parse_tsv, write_tsv
from pilotdesk.ui.tables.lining import Ground
from pilotdesk.ui.tables.paste import PastePlan, pasted_rows, plan_paste

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pilotdesk.forms.values import Scalar, Value
    from pilotdesk.ui.navigation.services import Services
    from pilotdesk.ui.tables.model import RowsModel
    from pilotdesk.ui.tables.view import RowsView


class TableCommands(QObject):
    """The actions of one table on its current selection.

    Signals:
        preview_wanted: a paste has to be looked at first: the plan and the first copied row.
        nothing_to_paste: the clipboard has no table.
        done: something was changed by an action.
    """

    preview_wanted = Signal(object, list)
    nothing_to_paste = Signal()
    done = Signal()

    def __init__(self, view: RowsView, model: RowsModel, services: Services) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._services = services
        self._session = model.session
        self._table = model.table.name
        self._asked_at = (0, 0)

    def run(self, name: str) -> None:
        """Do an action by its name, as keys and menu ask for it."""
        self._view.commit_editor()
        actions: dict[str, Callable[[], None]] = {
            "copy": self.copy,
            "paste": self.paste,
            "fill": self.fill_down,
            "clear": self.clear,
            "insert": self.insert_above,
            "remove": self.remove,
            "duplicate": self.duplicate,
            "up": partial(self.move, -1),
            "down": partial(self.move, 1),
        }
        actions[name]()

    # -- rows ------------------------------------------------------------------------------------

    def add(self) -> None:
        """Go to the empty line at the end and begin to write."""
        self._view.commit_editor()
        model = self._model
        if model.is_fixed:
            return
        first = next((at for at in range(model.columnCount()) if model.is_editable(len(model.rows), at)), 0)
        self._view.set_current(len(model.rows), first)
        self._view.edit_current()

    def insert_above(self) -> None:
        """Put an empty row above the current one."""
        model = self._model
        here = self._view.currentIndex()
        if model.is_fixed or not here.isValid() or here.row() >= len(model.rows):
            return
        at = model.insert_at(here.row())
        self._session.insert_rows(self._table, at, [model.new_cells({})], model)
        self._view.set_current(here.row(), here.column())
        self.done.emit()

    def duplicate(self) -> None:
        """Put a copy of the selected rows below them."""
        model = self._model
        first, last, _, _ = self._view.selected_range()
        chosen = model.rows[first : last + 1] if first >= 0 else ()
        if model.is_fixed or not chosen:
            return
        at = self._session.rows(self._table).index(chosen[-1]) + 1
        copies = [{name: row.cells[name] for name in row.cells if name not in model.own} for row in chosen]
        self._session.insert_rows(self._table, at, [model.new_cells(cells) for cells in copies], model)
        self._view.select_rows(last + 1, last + len(chosen))
        self._view.set_current(last + 1, max(0, self._view.currentIndex().column()))
        self.done.emit()

    def remove(self) -> None:
        """Delete the selected rows without a question; a toast takes it back."""
        model, view = self._model, self._view
        first, last, _, _ = view.selected_range()
        chosen = model.rows[first : last + 1] if first >= 0 else ()
        if model.is_fixed or not chosen:
            return
        every = self._session.rows(self._table)
        places = [(every.index(row), row) for row in chosen]
        column = max(0, view.currentIndex().column())
        self._session.remove_rows(self._table, [row.id for row in chosen], model)
        view.set_current(min(first, model.rowCount() - 1), column)
        words = f"删了第 {first + 1} 行" if len(chosen) == 1 else f"删了 {len(chosen)} 行"
        self._services.toasts.show_done(words, "撤销  Ctrl+Z", partial(self.put_back, places))
        self.done.emit()

    def put_back(self, places: Iterable[tuple[int, Row]]) -> None:
        """Bring deleted rows back to where they were, whatever has been written since."""
        rows = list(self._session.rows(self._table))
        taken = {row.id for row in rows}
        for at, row in places:
            if row.id not in taken:
                rows.insert(min(at, len(rows)), row)
        self._session.replace_rows(self._table, tuple(rows), None)

    def move(self, step: int) -> None:
        """Move the selected rows one place up or down among the rows that are shown."""
        model, view = self._model, self._view
        first, last, left, _ = view.selected_range()
        last = min(last, len(model.rows) - 1)
        target = first - 1 if step < 0 else last + 1
        if model.is_fixed or first < 0 or last < first or not 0 <= target < len(model.rows):
            return
        rows = list(self._session.rows(self._table))
        chosen, passed = model.rows[first : last + 1], model.rows[target]
        rows = [row for row in rows if row not in chosen]
        at = rows.index(passed) + (step > 0)
        self._session.replace_rows(self._table, (*rows[:at], *chosen, *rows[at:]), model)
        column = max(0, view.currentIndex().column())
        view.set_current(first + step, column if column >= 0 else left)
        view.select_rows(first + step, last + step)
        self.done.emit()

    def add_rows(self, rows: list[Mapping[str, Scalar]]) -> None:
        """Add rows from the library at the end."""
        model = self._model
        at = model.insert_at(len(model.rows))
        self._session.insert_rows(self._table, at, [model.new_cells(cells) for cells in rows], model)
        self._view.set_current(len(model.rows) - len(rows), 0)
        self.done.emit()

    # -- cells -----------------------------------------------------------------------------------

    def copy(self) -> None:
        """Put the selected cells on the clipboard as a spreadsheet does."""
        first, last, left, right = self._view.selected_range()
        if first < 0:
            return
        shown = [column for column in self._view.shown_columns() if left <= column <= right]
        cells = [[self._model.text(row, column) for column in shown] for row in range(first, last + 1)]
        QGuiApplication.clipboard().setText(
            write_tsv(cells) if len(cells) * len(cells[0]) > 1 else cells[0][0]
        )

    def clear(self) -> None:
        """Empty the selected cells."""
        self._write({(row, column): None for row, column in self._selected_cells()})

    def fill_down(self) -> None:
        """Write the first selected row into those below; a single row takes the one above."""
        first, last, left, right = self._view.selected_range()
        source = first if last > first else first - 1
        model = self._model
        if source < 0 or source >= len(model.rows):
            return
        cells: dict[tuple[int, int], Scalar] = {}
        for row in range(source + 1, min(last, len(model.rows) - 1) + 1):
            for column in range(left, right + 1):
                cells[row, column] = model.rows[source].cell(model.columns[column].name)
        self._write(cells)

    def paste(self) -> None:
        """Paste at the current cell."""
        first, _, left, _ = self._view.selected_range()
        self.paste_at(max(0, first), max(0, left), ask=False)

    def paste_at_end(self) -> None:
        """Paste below the last row, looking at it first."""
        self._view.commit_editor()
        self.paste_at(0 if self._model.is_fixed else len(self._model.rows), 0, ask=True)

    def paste_at(
        self, row: int, column: int, *, ask: bool, headings: bool = True, lines_up: bool = True
    ) -> None:
        """Paste what is on the clipboard, asking first when something would be lost or overwritten.

        Args:
            row: row that it begins at.
            column: column that it begins at.
            ask: ask in any case.
            headings: whether a first row of column names is left out.
            lines_up: whether a first column says which row is which.
        """
        cells = parse_tsv(QGuiApplication.clipboard().text())
        if not cells or self._model.is_read_only:
            self.nothing_to_paste.emit()
            return
        if len(cells) == len(cells[0]) == 1 and not ask:
            self._paste_one(cells[0][0])
            return
        model = self._model
        self._asked_at = (row, column)
        shown = self._view.shown_columns()
        columns = [model.columns[at] for at in shown]
        first = sum(at < column for at in shown)
        ground = Ground(columns, model.columns, model.rows, model.shown, row, first)
        plan = plan_paste(cells, ground, headings=headings, lines_up=lines_up)
        if ask or plan.needs_question or (model.is_fixed and row + len(plan.rows) > len(model.rows)):
            self.preview_wanted.emit(plan, cells[0])
        else:
            self.carry_out(plan)

    def ask_again(self, headings: bool, lines_up: bool) -> None:
        """Look again at the paste asked about last, with its first row and first column taken otherwise."""
        self.paste_at(*self._asked_at, ask=True, headings=headings, lines_up=lines_up)

    def carry_out(self, plan: PastePlan) -> None:
        """Do a paste that was looked at."""
        model = self._model
        fresh = pasted_rows(plan, model.rows, model.codec, may_grow=not model.is_fixed)
        known = {row.id: row for row in fresh[: len(model.rows)]}
        added = [
            Row(row.id, MappingProxyType(model.new_cells(row.cells))) for row in fresh[len(model.rows) :]
        ]
        end = model.insert_at(len(model.rows))
        rows = [known.get(row.id, row) for row in self._session.rows(self._table)]
        self._session.replace_rows(self._table, (*rows[:end], *added, *rows[end:]), model)
        self._view.set_current(
            min(min(plan.places, default=0), model.rowCount() - 1), max(0, self._view.currentIndex().column())
        )
        self.done.emit()

    # -- inside ----------------------------------------------------------------------------------

    def _paste_one(self, text: str) -> None:
        """One cell goes into every selected one."""
        here = self._view.currentIndex()
        if here.isValid() and here.row() >= len(self._model.rows):
            self._model.setData(here, text)
            return
        columns = self._model.columns
        self._write(
            {
                (row, column): self._model.codec(columns[column]).parse(text)
                for row, column in self._selected_cells()
            }
        )

    def _selected_cells(self) -> list[tuple[int, int]]:
        first, last, left, right = self._view.selected_range()
        last = min(last, len(self._model.rows) - 1)
        return [(row, column) for row in range(max(0, first), last + 1) for column in range(left, right + 1)]

    def _write(self, cells: Mapping[tuple[int, int], Scalar]) -> None:
        model = self._model
        values: dict[str, Value] = {}
        for (row, column), value in cells.items():
            name = model.columns[column].name
            if model.is_editable(row, column) and model.rows[row].cell(name) != value:
                values[cell_path(self._table, model.rows[row].id, name)] = value
        if values:
            self._session.set_values(values, model)
            self.done.emit()
