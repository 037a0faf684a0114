"""Grids and list tables as parts of the flow: caption, repeated head, rows, totals, note.

Source: print target §2.3, §5.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.blocks import Cell
from pilotdesk.documents.fonts import printable
from pilotdesk.documents.pdf.lines import Paragraph, choices
from pilotdesk.documents.pdf.sheets import LEAST_LINES, Sheet, SheetCell, SheetRow, columns_of, draw_rows
from pilotdesk.documents.pdf.styles import (
    CAPTION,
    CAPTION_AFTER,
    CELL_PADDING_TOP,
    DENSE,
    GRID,
    LANDSCAPE,
    LIST,
    MM,
    NOTE_BEFORE,
    PORTRAIT,
    TABLE_NOTE,
    TIGHT,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.documents.blocks import Grid, Table
    from pilotdesk.documents.pdf.flow import Flow, Kind
    from pilotdesk.documents.pdf.lines import Line, Typesetter
    from pilotdesk.documents.pdf.sheets import RowKind
    from pilotdesk.documents.pdf.styles import PageShape, SheetStyle

_LOG = logging.getLogger(__name__)

_STYLES: Final = {"list": LIST, "tight": TIGHT, "dense": DENSE}
_TALL_ROW: Final = 0.6
_WHOLE_GROUP: Final = 0.5
_NARROWEST_TEXT: Final = 18 * MM
_WIDEST_WORD: Final = 50 * MM
_NARROW_GAP: Final = 10.0
# Texts that may hold something unbreakable: six characters in a row of dates, numbers, codes.
_CODE = re.compile(r"[0-9A-Za-z][!-~年月日—]{5}")


@dataclass(slots=True)
class SheetPart:
    """A table on its way over the pages.

    Attributes:
        sheet: rows that are left.
        answers: marks of a row's answers, to remember the page where they begin.
        caption, note: set lines above and below; empty for none.
    """

    sheet: Sheet
    shape: PageShape
    kind: Kind
    caption: Sequence[Line] = ()
    note: Sequence[Line] = ()
    keeps_next: bool = False
    new_page: bool = False
    least_room: float = 0.0
    _first: bool = field(default=True)

    def start_height(self) -> float:
        """Caption, head and two rows, or three lines of a row too tall for a page."""
        height = self._caption_height() + self.sheet.head_height
        for n, row in enumerate(self.sheet.rows, 1):
            if self._is_tall(row):
                return height + self._least_part(row)
            height += row.height
            if n >= 2 and not row.keep_next:
                break
        return min(height, self.shape.text_height)

    def _caption_height(self) -> float:
        return len(self.caption) * CAPTION.leading + CAPTION_AFTER if self.caption else 0.0

    def _note_height(self) -> float:
        return len(self.note) * TABLE_NOTE.leading + NOTE_BEFORE if self.note else 0.0

    def _is_tall(self, row: SheetRow) -> bool:
        return row.height > _TALL_ROW * self.shape.text_height

    @staticmethod
    def _least_part(row: SheetRow) -> float:
        leading = max((cell.leading for cell in row.cells), default=0.0)
        return LEAST_LINES * leading + 2 * CELL_PADDING_TOP

    def place(self, flow: Flow) -> None:
        """Page after page, each with the head."""
        self._place_lines(
            flow, self.caption, CAPTION.leading, "center", CAPTION_AFTER if self.caption else 0.0
        )
        while self.sheet.rows:
            count = self._count(flow)
            if count == 0:
                flow.new_page()
                continue
            rows = self.sheet.take(count)
            for row in rows:
                for cell in row.cells:
                    flow.note_answer(cell.mark)
            left = flow.shape.left + (flow.shape.text_width - self.sheet.edges[-1]) / 2
            flow.y = draw_rows(self.sheet, [*self.sheet.head, *rows], flow.page, left=left, top=flow.y)
            if self.sheet.rows:
                flow.new_page()
        if self.note:
            flow.y += NOTE_BEFORE
            self._place_lines(flow, self.note, TABLE_NOTE.leading, "left", 0.0)

    def _count(self, flow: Flow) -> int:
        """Rows for this page; cuts a row when it must. 0: go to the next page first."""
        sheet, fresh = self.sheet, flow.fresh
        room = flow.room - sheet.head_height
        count = sheet.fitting(room, self._note_height())
        used = sheet.height(count)
        if count < len(sheet.rows) and self._is_tall(sheet.rows[count]):
            return count + sheet.split(count, room - used) or (0 if not fresh else self._forced(room))
        if count or not fresh:
            return count
        return sheet.fitting(room, self._note_height(), apart=True) or self._forced(room)

    def _forced(self, room: float) -> int:
        """On an empty page something has to stand: part of a row, or the row although it is too tall."""
        self.sheet.split(0, room)
        return 1

    def _place_lines(
        self, flow: Flow, lines: Sequence[Line], leading: float, align: str, after: float
    ) -> None:
        for line in lines:
            shift = (flow.shape.text_width - line.width) / 2 if align == "center" else 0.0
            flow.page.place(line, flow.shape.left + shift, flow.y, leading)
            flow.y += leading
        flow.y += after


def grid_part(grid: Grid, setter: Typesetter, flow: Flow) -> SheetPart:
    """A grid form."""
    maker = CellMaker(setter, flow, GRID, _edges(grid.widths), grid.padding_pt)
    rows = maker.rows([row.cells for row in grid.rows])
    for row, source in zip(rows, grid.rows, strict=True):
        row.keep_next = source.keep_next
    sheet = Sheet(maker.edges, grid.padding_pt, _tied(rows))
    sheet.loosen(PORTRAIT.text_height)
    return SheetPart(sheet, PORTRAIT, "table")


def table_part(table: Table, setter: Typesetter, flow: Flow) -> SheetPart:
    """A list table with its caption and note."""
    shape = LANDSCAPE if table.landscape else PORTRAIT
    style = _STYLES[table.style]
    widths = _widened(table, setter, style)
    maker = CellMaker(setter, flow, style, _edges(widths), table.padding_pt)
    rows = maker.rows(table.rows or ((Cell(""),) * len(widths),))
    totals = maker.rows(table.totals, "total")
    sheet = Sheet(maker.edges, table.padding_pt, _tied(rows + totals), maker.rows([_head(table)], "head"))
    sheet.loosen(_WHOLE_GROUP * shape.text_height)
    caption = f"{table.number}　{table.caption}".strip("　")
    note = f"注：{table.note}" if table.note else ""
    return SheetPart(
        sheet,
        shape,
        "captioned" if caption else "table",
        setter.lines(caption, CAPTION, shape.text_width, align="center"),
        setter.lines(note, TABLE_NOTE, shape.text_width),
    )


class CellMaker:
    """Sets the cells of one table."""

    def __init__(
        self, setter: Typesetter, flow: Flow, style: SheetStyle, edges: tuple[float, ...], padding: float
    ) -> None:
        self.edges = edges
        self._setter, self._flow, self._style, self._padding = setter, flow, style, padding

    def rows(self, rows: Sequence[Sequence[Cell]], kind: RowKind = "body") -> list[SheetRow]:
        """Rows of set cells; a row of total cells inside the table is a total as well."""
        columns = columns_of([[(cell.span, cell.rows) for cell in row] for row in rows], len(self.edges) - 1)
        least = self._style.least_head if kind == "head" else self._style.least_row
        found = []
        for row, places in zip(rows, columns, strict=True):
            cells = [self._cell(cell, column) for cell, column in zip(row, places, strict=True)]
            total = kind == "body" and any(cell.role == "total" for cell in row)
            found.append(SheetRow(cells, least, "total" if total else kind))
        return found

    def _cell(self, cell: Cell, column: int) -> SheetCell:
        end = min(column + cell.span, len(self.edges) - 1)
        width = self.edges[end] - self.edges[column] - 2 * self._padding
        style = self._style.cells[cell.role]
        if cell.ticks:
            lines = self._ticks(cell, width)
        else:
            align = "justify" if style.justify else cell.align
            lines = self._setter.lines(cell.text, style, width, align=align)
        return SheetCell(
            tuple(lines), style.leading, cell.align, self._flow.mark(cell.path), cell.span, cell.rows, column
        )

    def _ticks(self, cell: Cell, width: float) -> Sequence[Line]:
        """Choices side by side, closer together where that saves a line."""
        style, text = self._style.cells[cell.role], choices(cell.ticks)
        lines = self._setter.lines(text, style, width, gap=self._style.tick_gap)
        if len(lines) > 1:
            closer = self._setter.lines(text, style, width, gap=_NARROW_GAP)
            return min(lines, closer, key=len)
        return lines


def _head(table: Table) -> list[Cell]:
    """The head row; a column without words of its own shares the cell before it."""
    cells: list[Cell] = []
    for words in table.head:
        if not words and cells:
            cells[-1] = replace(cells[-1], span=cells[-1].span + 1)
        else:
            cells.append(Cell(words, "head", "center"))
    return cells


def _tied(rows: list[SheetRow]) -> list[SheetRow]:
    """Rows under one merged cell stay together, and a row with the total below it."""
    for row, after in pairwise(rows):
        row.keep_next |= after.kind == "total"
    for n, row in enumerate(rows):
        reach = max((cell.rows for cell in row.cells), default=1)
        for tied in rows[n : n + reach - 1]:
            tied.keep_next = True
    return rows


def _edges(widths: Sequence[float]) -> tuple[float, ...]:
    return tuple(accumulate((width * MM for width in widths), initial=0.0))


def _widened(table: Table, setter: Typesetter, style: SheetStyle) -> list[float]:
    """Column widths in mm such that no date, number or code is torn; taken from the widest column."""
    widths = list(table.widths)
    needed = _needed_widths(table, setter, style)
    for column, need in enumerate(needed):
        missing = need - widths[column]
        if missing <= 0:
            continue
        spare = [
            width - max(least, _NARROWEST_TEXT / MM) for width, least in zip(widths, needed, strict=True)
        ]
        donor = max(range(len(widths)), key=lambda n: spare[n])
        moved = min(missing, max(0.0, spare[donor]))
        if donor == column or not moved:
            continue
        widths[column] += moved
        widths[donor] -= moved
        _LOG.info("column %d of %s widened by %.1f mm", column + 1, table.path, moved)
    return widths


def _needed_widths(table: Table, setter: Typesetter, style: SheetStyle) -> list[float]:
    needed = [0.0] * len(table.widths)
    rows = [*table.rows, *table.totals]
    columns = columns_of([[(cell.span, cell.rows) for cell in row] for row in rows], len(needed))
    known: dict[tuple[str, str], float] = {}
    for row, places in zip(rows, columns, strict=True):
        for cell, column in zip(row, places, strict=True):
            if cell.span > 1 or not _CODE.search(cell.text):
                continue
            key = (cell.text, cell.role)
            if key not in known:
                known[key] = _widest_word(cell, setter, style)
            needed[column] = max(needed[column], (known[key] + 2 * table.padding_pt) / MM + 0.05)
    return needed


def _widest_word(cell: Cell, setter: Typesetter, style: SheetStyle) -> float:
    parts = printable(cell.text).split("\n")
    words = [Paragraph(setter.fonts, part, style.cells[cell.role]).widest_word() for part in parts]
    return max((word for word in words if word <= _WIDEST_WORD), default=0.0)
