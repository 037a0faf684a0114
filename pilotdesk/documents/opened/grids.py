"""Tables as a reader sees them: cells by row and column, merged ones once, whatever the file wraps them in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.documents.opened.names import TBL, TC, TR, P, W, own, seen, value_of
from pilotdesk.documents.opened.texts import paragraph_text
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element


class GridCell(Record, frozen=True, kw_only=True):
    """One cell.

    Attributes:
        element: its ``w:tc``, of a cell merged downwards the first.
        row, column: where it begins, counted from 0 in the grid.
        rows, columns: how much of the grid it takes.
    """

    element: _Element
    row: int
    column: int
    rows: int = 1
    columns: int = 1

    def paragraphs(self) -> tuple[_Element, ...]:
        """Its own paragraphs, not those of tables and text boxes in it."""
        return tuple(own(self.element, P))

    def tables(self) -> tuple[Grid, ...]:
        """Tables in it."""
        return tuple(Grid(table) for table in own(self.element, TBL))

    @property
    def text(self) -> str:
        r"""The text of its own paragraphs, separated by ``\n``."""
        return cell_text(self.element)


def cell_text(cell: _Element) -> str:
    r"""The text of a ``w:tc``: its own paragraphs separated by ``\n``."""
    return "\n".join(paragraph_text(paragraph) for paragraph in own(cell, P))


class Grid:
    """A table.

    Attributes:
        element: its ``w:tbl``.
        lines: its ``w:tr`` in order, rows that were deleted with tracked changes left out.
        cells: every cell once, by row and column of their beginnings.
        width: columns of the grid.
    """

    def __init__(self, element: _Element) -> None:
        self.element = element
        self.lines: tuple[_Element, ...] = tuple(row for row in own(element, TR) if not _is_deleted(row))
        self._rows: dict[int, tuple[GridCell, ...]] = {}
        self.cells: tuple[GridCell, ...] = tuple(self._placed())
        self._at = {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        }
        self.width = max((cell.column + cell.columns for cell in self.cells), default=0)

    def at(self, row: int, column: int) -> GridCell | None:
        """The cell that covers a place of the grid; ``None`` where rows are shorter."""
        return self._at.get((row, column))

    def row(self, number: int) -> tuple[GridCell, ...]:
        """The cells that cover a row, from left to right, those merged from above too."""
        if number not in self._rows:
            found = (self.at(number, column) for column in range(self.width))
            self._rows[number] = tuple(dict.fromkeys(cell for cell in found if cell is not None))
        return self._rows[number]

    def _placed(self) -> list[GridCell]:
        found: list[tuple[int, int, int, _Element]] = []
        down: dict[int, int] = {}  # beginning column of a cell merged downwards to its place in `found`
        taken: dict[int, int] = {}
        for number, row in enumerate(self.lines):
            still: dict[int, int] = {}
            for column, columns, cell in _row_cells(row):
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                if merge is not None and value_of(merge) != "restart" and column in down:
                    still[column] = down[column]
                    taken[down[column]] += 1
                    continue
                taken[len(found)] = 1
                if merge is not None:
                    still[column] = len(found)
                found.append((number, column, columns, cell))
            down = still
        return [
            GridCell(element=cell, row=row, column=column, rows=taken[at], columns=columns)
            for at, (row, column, columns, cell) in enumerate(found)
        ]


def _row_cells(row: _Element) -> list[tuple[int, int, _Element]]:
    """First column, columns taken and element of the cells of one row; old sideways merges are one cell."""
    column = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
    made: list[tuple[int, int, _Element]] = []
    for cell in own(row, TC):
        columns = max(1, _number(cell.find(f"{W}tcPr/{W}gridSpan"), 1))
        merge = cell.find(f"{W}tcPr/{W}hMerge")
        if merge is not None and value_of(merge) != "restart" and made:
            first, wide, begun = made[-1]
            made[-1] = first, wide + columns, begun
        else:
            made.append((column, columns, cell))
        column += columns
    return made


def _number(element: _Element | None, default: int) -> int:
    told = value_of(element)
    return min(int(told), 1000) if told.isdecimal() else default


def _is_deleted(row: _Element) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None


def grids_below(element: _Element) -> Iterator[Grid]:
    """All tables below an element in order, those in cells and text boxes too."""
    for found in seen(element):
        if found.tag == TBL:
            yield Grid(found)
