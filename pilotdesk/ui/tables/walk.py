"""Where Tab and Enter go in a table: from one cell that can be written to the next one, past all that cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from pilotdesk.ui.tables.model import RowsModel

Cell = tuple[int, int]
"""Line and column."""


def beside(model: RowsModel, hidden: Collection[int], here: Cell, step: int) -> Cell | None:
    """The next cell to write in reading order, backwards for a step of -1; ``None`` after the last one."""
    columns = model.columnCount()
    at = here[0] * columns + here[1] + step
    while 0 <= at < model.rowCount() * columns:
        row, column = divmod(at, columns)
        if column not in hidden and model.is_editable(row, column):
            return row, column
        at += step
    return None


def below(model: RowsModel, here: Cell, step: int) -> Cell | None:
    """The next line in which the same column can be written, above for a step of -1; ``None`` when there is none."""
    row = here[0] + step
    while 0 <= row < model.rowCount():
        if model.is_read_only or model.is_editable(row, here[1]):
            return row, here[1]
        row += step
    return None


def first_open(model: RowsModel, hidden: Collection[int], row: int = 0) -> Cell | None:
    """The cell to begin with from a line on; ``None`` in a table that is only read.

    Where rows are given that is the first one still to be filled, else the first that has to be filled at all.
    """
    first = beside(model, hidden, (row, -1), 1)
    if not model.is_fixed:
        return first
    required: list[Cell] = []
    at = first
    while at is not None:
        if model.session.engine.is_required(model.path(*at)):
            if not model.text(*at):
                return at
            required.append(at)
        at = beside(model, hidden, at, 1)
    return required[0] if required else first
