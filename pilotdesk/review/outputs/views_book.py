"""The whole desk as one Excel file: a sheet for each of its views with a Chinese name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.review.desk.views import PEOPLES
from pilotdesk.review.outputs.workbooks import (
    book_bytes,
    cell_at,
    landscape,
    new_book,
    put_table,
    set_widths,
)

if TYPE_CHECKING:
    from pilotdesk.review.desk.reading import DeskReading

_LEAST, _WIDEST = 6, 40
_PAGE: Final = 200
"""Of that width goes on one page; the first columns are printed on all of them."""
_LOOKED_AT: Final = 200
"""Rows that tell how wide a column is."""


def views_book(desk: DeskReading) -> bytes:
    """The .xlsx file; the same desk gives the same bytes."""
    book = new_book("审核台", desk.settings()["bureau"])
    for name in PEOPLES:
        heads, rows = desk.view(name)
        sheet = book.create_sheet(name)
        end = put_table(sheet, 1, heads, rows)
        columns = list(zip(heads, *rows[:_LOOKED_AT], strict=True))
        widths = [min(_WIDEST, max(_LEAST, *map(_width, column)) + 2) for column in columns]
        set_widths(sheet, widths)
        sheet.freeze_panes = cell_at(sheet, 2, 3)
        sheet.auto_filter.ref = f"A1:{sheet.cell(end, len(heads)).coordinate}"
        landscape(sheet, head_row=1, margins_mm=(10, 10, 15, 15))
        sheet.page_setup.fitToWidth = -(-round(sum(widths)) // _PAGE)
        sheet.print_title_cols = "A:C"
    return book_bytes(book)


def _width(cell: object) -> int:
    """In letters; a Chinese character takes two."""
    return sum(2 if ord(sign) > 0xFF else 1 for sign in str(cell)) if cell is not None else 0
