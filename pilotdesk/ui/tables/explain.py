"""A choice that asks for more in its row (有) leads to the cell that it asks for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from pilotdesk.forms.values import split_cell_path

if TYPE_CHECKING:
    from pilotdesk.session import Change
    from pilotdesk.ui.tables.view import RowsView


def open_explanation(view: RowsView, change: Change) -> None:
    """Go on to what a choice has just made necessary, once the key or click that made it has been used up.

    Only after a choice: numbers are typed down a column, and should not throw one out of it.
    """
    here, model = view.currentIndex(), view.rows_model
    if not here.isValid() or model.columns[here.column()].type != "choice":
        return
    for path, relevant in change.relevance.items():
        place = split_cell_path(path)
        if not relevant or place is None or place[0] != model.table.name:
            continue
        if model.session.value(path) is None and model.session.engine.is_required(path):
            QTimer.singleShot(0, view, partial(_open, view, place[1], place[2]))
            return


def _open(view: RowsView, row_id: str, column: str) -> None:
    index = view.rows_model.place(row_id, column)
    if index.isValid() and view.isVisible():
        view.set_current(index.row(), index.column())
        view.edit_current()
