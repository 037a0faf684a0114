"""Tables and grids: heights of rows, merged cells, rules, and what a page can take of them.

A sheet is a list of rows; a cell is listed in the row where it begins and may reach over rows below. A page takes
whole rows from the top of the list; a merged cell that is cut by this is listed again in the first row that is left:
printed words are drawn anew on each page, an answer goes on. A row taller than a page allows is cut between lines,
with three lines at least on each side.

Source: print target §2.3, §5.1.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal

from pilotdesk.documents.pdf.pages import Box, Mark, Page, Rule, aligned
from pilotdesk.documents.pdf.styles import CELL_PADDING_TOP, HEAD_RULE, INNER_RULE, OUTER_RULE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.documents.pdf.lines import Line

RowKind = Literal["head", "body", "total"]
LEAST_LINES: Final = 3
_REPEATED_LINES: Final = 6
_SLACK: Final = 0.01


@dataclass(slots=True)
class SheetCell:
    """One cell.

    Attributes:
        lines: set text, empty for a blank cell.
        leading: of its lines, pt.
        align: of its lines.
        mark: the answer shown, ``None`` for printed words.
        span, rows: columns and rows covered.
        column: the first of them, see :func:`columns_of`.
    """

    lines: tuple[Line, ...] = ()
    leading: float = 0.0
    align: str = "left"
    mark: Mark | None = None
    span: int = 1
    rows: int = 1
    column: int = 0

    @property
    def height(self) -> float:
        """Text and white above and below it."""
        return len(self.lines) * self.leading + 2 * CELL_PADDING_TOP

    def capacity(self, height: float) -> int:
        """How many of its lines fit into this height."""
        room = height - 2 * CELL_PADDING_TOP + _SLACK
        return min(len(self.lines), max(0, int(room / self.leading))) if self.leading else 0

    def divided(self, count: int) -> tuple[SheetCell, SheetCell]:
        """Two cells: ``count`` lines and the others; short printed words stand in both."""
        if self.mark is None and len(self.lines) == count <= _REPEATED_LINES:
            return replace(self), replace(self)
        return replace(self, lines=self.lines[:count]), replace(self, lines=self.lines[count:])


@dataclass(slots=True)
class SheetRow:
    """One row: the cells that begin in it. ``keep_next``: not parted from the next row by a page break."""

    cells: list[SheetCell]
    least: float
    kind: RowKind = "body"
    keep_next: bool = False
    height: float = 0.0

    def own_height(self) -> float:
        """Height that its unmerged cells need."""
        return max([self.least, *(cell.height for cell in self.cells if cell.rows == 1)])


@dataclass(slots=True)
class Sheet:
    """A table: ``rows`` are what is left to place.

    Attributes:
        edges: of the columns from the left edge of the table, pt; one more than columns.
        padding: left and right in cells, pt.
        rows: in order, without the head.
        head: rows repeated on each page.
    """

    edges: tuple[float, ...]
    padding: float
    rows: list[SheetRow]
    head: list[SheetRow] = field(default_factory=list)

    def __post_init__(self) -> None:
        for rows in (self.head, self.rows):
            _settle(rows, len(self.edges) - 1)

    @property
    def head_height(self) -> float:
        """Height of the repeated rows."""
        return sum(row.height for row in self.head)

    def height(self, count: int | None = None) -> float:
        """Height of the first ``count`` rows, of all by default, without the head."""
        return sum(row.height for row in self.rows[:count])

    def loosen(self, limit: float) -> None:
        """Give up keeping rows together where the group would be taller than ``limit``."""
        group: list[SheetRow] = []
        for row in self.rows:
            group.append(row)
            if row.keep_next:
                continue
            if sum(row.height for row in group) > limit:
                for loose in group:
                    loose.keep_next = False
            group = []

    def fitting(self, room: float, after: float = 0.0, *, apart: bool = False) -> int:
        """How many rows fit into ``room`` without the head, such that a page may end after them.

        Args:
            room: height, pt.
            after: height that has to follow the very last row.
            apart: also break between rows that should stay together.
        """
        used, found = 0.0, 0
        for n, row in enumerate(self.rows, 1):
            used += row.height
            last = n == len(self.rows)
            if used + (after if last else 0.0) > room + _SLACK:
                break
            if last or apart or not row.keep_next:
                found = n
        return found

    def split(self, place: int, room: float) -> bool:
        """Cut row ``place`` so that its first part is at most ``room`` high. False when too few lines would fit."""
        row = self.rows[place]
        if room < row.least:
            return False
        single = [cell for cell in row.cells if cell.rows == 1]
        most = max((len(cell.lines) for cell in single), default=0)
        counts = {id(cell): cell.capacity(room) for cell in single}
        for cell in single:
            if len(cell.lines) == most and counts[id(cell)] < most:
                counts[id(cell)] = min(counts[id(cell)], most - LEAST_LINES)
                if counts[id(cell)] < LEAST_LINES:
                    return False
        parts = [cell.divided(counts[id(cell)]) for cell in single]
        upper = replace(row, cells=[part[0] for part in parts], keep_next=False)
        lower = replace(row, cells=[part[1] for part in parts])
        upper.height, lower.height = upper.own_height(), lower.own_height()
        if row.height > row.own_height() + _SLACK:  # made taller by a merged cell
            upper.height = room
            lower.height = max(lower.height, row.height - room)
        self._stretch_over(place)
        upper.cells = sorted(upper.cells + [c for c in row.cells if c.rows > 1], key=lambda c: c.column)
        self.rows[place : place + 1] = [upper, lower]
        return True

    def _stretch_over(self, place: int) -> None:
        """Merged cells that cover row ``place`` cover one row more."""
        for n, row in enumerate(self.rows[: place + 1]):
            for cell in row.cells:
                if cell.rows > 1 and n + cell.rows > place:
                    cell.rows += 1

    def take(self, count: int) -> list[SheetRow]:
        """Take the first rows away; merged cells that reach further go on in the first row that is left."""
        taken, self.rows = self.rows[:count], self.rows[count:]
        for n, row in enumerate(taken):
            for place, cell in enumerate(row.cells):
                over = n + cell.rows - count
                if over <= 0 or not self.rows:
                    continue
                space = sum(row.height for row in taken[n:])
                upper, lower = cell.divided(cell.capacity(space))
                upper.rows, lower.rows = cell.rows - over, over
                row.cells[place] = upper
                self.rows[0].cells.append(lower)
        if self.rows:
            self.rows[0].cells.sort(key=lambda cell: cell.column)
        return taken


def draw_rows(
    sheet: Sheet, rows: Sequence[SheetRow], page: Page, *, left: float, top: float, edge: float = OUTER_RULE
) -> float:
    """Draw rows that belong together with the rules around them; returns the lower edge.

    Args:
        sheet: gives the columns.
        rows: from :meth:`Sheet.take`, with the head before them.
        page: to draw on.
        left: left edge, pt.
        top: upper edge, pt.
        edge: weight of the rule around all, pt.
    """
    tops = [top]
    for row in rows:
        tops.append(tops[-1] + row.height)
    owners = [[0] * (len(sheet.edges) - 1) for _ in rows]
    number = 0
    for n, row in enumerate(rows):
        for cell in row.cells:
            number += 1
            end = min(n + cell.rows, len(rows))
            _draw_cell(sheet, cell, page, left=left, top=tops[n], bottom=tops[end])
            for covered in owners[n:end]:
                covered[cell.column : cell.column + cell.span] = [number] * cell.span
    edges = [left + edge for edge in sheet.edges]
    page.rules += _level_rules(edges, tops, owners, [row.kind for row in rows])
    page.rules += _upright_rules(edges, tops, owners)
    page.boxes.append(Box(left, top, sheet.edges[-1], tops[-1] - top, edge))
    return tops[-1]


def _draw_cell(sheet: Sheet, cell: SheetCell, page: Page, *, left: float, top: float, bottom: float) -> None:
    x = left + sheet.edges[cell.column] + sheet.padding
    width = sheet.edges[cell.column + cell.span] - sheet.edges[cell.column] - 2 * sheet.padding
    y = top + (bottom - top - len(cell.lines) * cell.leading) / 2
    for line in cell.lines:
        page.place(line, aligned(x, width, line, cell.align), y, cell.leading, cell.mark)
        y += cell.leading


def _level_rules(
    edges: list[float], tops: list[float], owners: list[list[int]], kinds: list[RowKind]
) -> list[Rule]:
    rules = []
    for n in range(len(owners) - 1):
        strong = kinds[n] != kinds[n + 1] or kinds[n] == "total"
        open_at = [above != below for above, below in zip(owners[n], owners[n + 1], strict=True)]
        for start, end in _runs(open_at):
            weight = HEAD_RULE if strong else INNER_RULE
            rules.append(Rule(edges[start], tops[n + 1], edges[end], tops[n + 1], weight))
    return rules


def _upright_rules(edges: list[float], tops: list[float], owners: list[list[int]]) -> list[Rule]:
    rules = []
    for column in range(1, len(edges) - 1):
        open_at = [row[column - 1] != row[column] for row in owners]
        for start, end in _runs(open_at):
            rules.append(Rule(edges[column], tops[start], edges[column], tops[end], INNER_RULE))
    return rules


def _runs(flags: list[bool]) -> list[tuple[int, int]]:
    """Stretches of ``True``: start and end (not included)."""
    found, start = [], None
    for n, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = n
        elif not flag and start is not None:
            found.append((start, n))
            start = None
    return found


def columns_of(rows: Sequence[Sequence[tuple[int, int]]], columns: int) -> list[list[int]]:
    """First column of each cell. ``rows``: for each cell the columns and rows it covers."""
    busy = [0] * columns  # rows for which a column is still covered from above
    found = []
    for row in rows:
        places, covered, place = [], list(busy), 0
        for span, height in row:
            while place < columns - 1 and busy[place]:
                place += 1
            places.append(place)
            for column in range(place, min(place + span, columns)):
                covered[column] = height
            place = min(place + span, columns - 1)
        found.append(places)
        busy = [max(0, count - 1) for count in covered]
    return found


def _settle(rows: list[SheetRow], columns: int) -> None:
    """Keep cells inside the table and find the heights of all rows."""
    for n, row in enumerate(rows):
        for cell in row.cells:
            cell.span = min(cell.span, columns - cell.column)
            cell.rows = min(cell.rows, len(rows) - n)
        row.height = row.own_height()
    for n, row in enumerate(rows):
        for cell in row.cells:
            missing = cell.height - sum(row.height for row in rows[n : n + cell.rows])
            if cell.rows > 1:
                rows[n + cell.rows - 1].height += max(0.0, missing)
