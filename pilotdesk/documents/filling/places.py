"""Addresses of places, and finding them again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.opened.names import TC, TR, own
from pilotdesk.record import Record

if TYPE_CHECKING:
    from lxml.etree import _Element

    from pilotdesk.documents.opened import Grid, GridCell, OpenedDocx

ADDRESS: Final = re.compile(
    r"T(?P<table>\d{1,5})/R(?P<row>\d{1,6})(?:/C(?P<cell>\d{1,4}))?|P(?P<paragraph>\d{1,7})(?::(?P<start>\d{1,7})-(?P<end>\d{1,7}))?"
)


class Found(Record, frozen=True, kw_only=True):
    """An element at an address: a ``w:tr``, ``w:tc`` or ``w:p``; ``start`` and ``end`` ``None`` for all of it."""

    element: _Element
    start: int | None = None
    end: int | None = None


def cell_address(grid: Grid, number: int, cell: GridCell) -> str:
    """The address of a cell.

    Args:
        grid: its table.
        number: of the table in the document.
        cell: one of its cells.
    """
    row = next(cell.element.iterancestors(TR))
    return f"T{number}/R{grid.lines.index(row)}/C{list(own(row, TC)).index(cell.element)}"


class Addresses:
    """Every address of a document as it stands now."""

    def __init__(self, opened: OpenedDocx) -> None:
        self._grids = opened.tables()
        self._paragraphs = opened.paragraphs()

    def find(self, at: str) -> Found | None:
        """What stands at an address; ``None`` when there is no such place."""
        asked = ADDRESS.fullmatch(at)
        if asked is None:
            return None
        if asked["paragraph"]:
            number = int(asked["paragraph"])
            if number >= len(self._paragraphs):
                return None
            start, end = (None if asked[name] is None else int(asked[name]) for name in ("start", "end"))
            return Found(element=self._paragraphs[number], start=start, end=end)
        return self._in_table(int(asked["table"]), int(asked["row"]), asked["cell"])

    def _in_table(self, table: int, row: int, cell: str | None) -> Found | None:
        if table >= len(self._grids) or row >= len(self._grids[table].lines):
            return None
        line = self._grids[table].lines[row]
        if cell is None:
            return Found(element=line)
        cells = list(own(line, TC))
        return Found(element=cells[int(cell)]) if int(cell) < len(cells) else None

    def grid_of(self, row: _Element) -> Grid:
        """The table of a row."""
        return next(grid for grid in self._grids if row in grid.lines)
