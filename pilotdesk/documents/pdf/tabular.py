"""Grids and list tables as parts of the flow: caption, repeated head, rows, totals, note.

Source: print target §2.3, §5.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.blocks import Cell, is_sum
from pilotdesk.documents.pdf.lines import choices
from pilotdesk.documents.pdf.sheets import LEAST_LINES, Sheet, SheetCell, SheetRow, columns_of, draw_rows
from pilotdesk.documents.pdf.styles import (
    CAPTION,
    CAPTION_AFTER,
    CELL_PADDING_TOP,
    GRID,
    LANDSCAPE,
    MM,
    NOTE_BEFORE,
    PORTRAIT,
    SUBTOTAL_ROW,
    TABLE_NOTE,
)
from pilotdesk.documents.pdf.widths import TABLE_STYLES, fitted_widths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.documents.blocks import Grid, Table
    from pilotdesk.documents.pdf.flow import Flow, Kind
    from pilotdesk.documents.pdf.lines import Line, Typesetter
    from pilotdesk.documents.pdf.sheets import RowKind
    from pilotdesk.documents.pdf.styles import PageShape, SheetStyle

_TALL_ROW: Final = 0.6
_WHOLE_GROUP: Final = 0.5
_WHOLE_TABLE: Final = 0.5
_NARROW_GAP: Final = 10.0
LEAST_TO_PART: Final = 4
"""From so many rows on, the last two of a list stay together."""


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
        """All of a table lower than half a page; else caption, head and two rows, or three lines of a tall row."""
        height = self._caption_height() + self.sheet.head_height
        rows = self.sheet.height(len(self.sheet.rows))
        if rows <= _WHOLE_TABLE * self.shape.text_height:
            return height + rows + self._note_height()
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
    style = row_style(table)
    widths = fitted_widths(table, setter.fonts)
    maker = CellMaker(setter, flow, style, _edges(widths), table.padding_pt)
    rows = maker.rows(table.rows or ((Cell(""),) * len(widths),))
    totals = maker.rows(table.totals, "total")
    if len(rows) >= LEAST_TO_PART:
        rows[-2].keep_next = True  # one row alone below a repeated head looks like a mistake
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
        """Rows of set cells; a sum inside the table is a total as well."""
        columns = columns_of([[(cell.span, cell.rows) for cell in row] for row in rows], len(self.edges) - 1)
        least = self._style.least_head if kind == "head" else self._style.least_row
        found = []
        for row, places in zip(rows, columns, strict=True):
            cells = [self._cell(cell, column) for cell, column in zip(row, places, strict=True)]
            summed = is_sum(row)
            found.append(SheetRow(cells, SUBTOTAL_ROW if summed else least, "total" if summed else kind))
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


def row_style(table: Table) -> SheetStyle:
    """The measures of a table, with the least height that it asks for."""
    style = TABLE_STYLES[table.style]
    return replace(style, least_row=table.least_mm * MM) if table.least_mm else style


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
