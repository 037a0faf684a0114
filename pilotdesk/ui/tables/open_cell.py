"""A cell that is written before its editor is left; see :mod:`pilotdesk.ui.tasks.unfinished`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.forms.values import is_blank, split_cell_path

if TYPE_CHECKING:
    from pilotdesk.forms.values import Scalar
    from pilotdesk.ui.tables.model import RowsModel


class OpenCell:
    """The cell over which an editor is open, as far as it was written before it is left.

    All of it is one undo step. A row that does not exist yet is made with the first characters.

    Args:
        model: the rows.
    """

    def __init__(self, model: RowsModel) -> None:
        self._model = model
        self._path = ""
        self._before: Scalar = None
        self._made = False

    def write_on(self, row: int, column: int, text: str) -> None:
        """Keep what stands in the editor now."""
        model = self._model
        session, path = model.session, model.path(row, column)
        if text == model.text(row, column) or not model.is_editable(row, column):
            return
        if not self._path:
            self._made = not path
            self._before = session.value(path) if path else None  # type: ignore[assignment]  # no table in a cell
        if path:
            session.set_text(path, text, model)
        else:
            model.setData(model.index(row, column), text)
            path = model.path(row, column)
            session.steps.end_typing(goes_on_in=path or None)
        self._path = path

    def take_back(self) -> None:
        """Esc: the cell is what it was, and a row that was made for it is gone. Undo brings back what was typed."""
        path, self._path = self._path, ""
        place = split_cell_path(path)
        if place is None:
            return
        session = self._model.session
        if self._made:
            session.remove_rows(place[0], [place[1]], self._model)
        else:
            session.set_value(path, self._before, self._model)
        session.steps.end_typing()

    def settle(self) -> None:
        """The editor is closed: the step is done. A row in which nothing was left is no row."""
        path, self._path = self._path, ""
        place = split_cell_path(path)
        if place is None:
            return
        session = self._model.session
        session.steps.end_typing()
        if self._made and is_blank(session.value(path)):
            session.remove_rows(place[0], [place[1]], self._model)
