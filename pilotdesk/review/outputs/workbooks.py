"""What our Excel files have in common: cells that are text stay text, and the same content gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from typing import TYPE_CHECKING, Final

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from pilotdesk.documents.plain_zip import plain_zip
from pilotdesk.documents.word.markup import printable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from openpyxl.worksheet.worksheet import Worksheet

Content = str | int | float | None
MOST_CHARACTERS: Final = 32_000
"""Excel takes 32,767 in a cell."""
TEXT: Final = "@"
DATE: Final = "yyyy-mm-dd"
_FACE: Final = "宋体"
_HEAD_FACE: Final = "黑体"
_RULE: Final = Side(style="thin", color="FF000000")
BORDER: Final = Border(left=_RULE, right=_RULE, top=_RULE, bottom=_RULE)
_HEAD_FILL: Final = PatternFill("solid", fgColor="FFF2F2F2")
_CORE: Final = "docProps/core.xml"
_TIME: Final = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")
_NO_TIME: Final = rb"\g<1>1980-01-01T00:00:00Z"


def new_book(title: str, creator: str) -> Workbook:
    """A workbook without sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = printable(title)
    book.properties.creator = printable(creator)
    book.properties.language = "zh-CN"
    return book


def cell_at(sheet: Worksheet, row: int, column: int) -> Cell:
    """A cell by its row and column, from 1.

    Raises:
        ValueError: it is covered by another one.
    """
    cell = sheet.cell(row, column)
    if not isinstance(cell, Cell):
        raise ValueError(f"{cell.coordinate} is covered by another cell")
    return cell


def put(
    cell: Cell, content: Content | date, *, align: str = "left", size: float = 10.5, bold: bool = False
) -> None:
    """Fill a cell.

    A text is kept as text whatever it begins with: ``=1+1`` is no formula, and Excel is told not to read it as one when
    somebody edits it. Characters that XML cannot hold are left out, and what is longer than a cell holds is cut.

    Args:
        cell: of a sheet.
        content: text, number or date; ``None`` leaves it empty.
        align: ``left``, ``center`` or ``right``.
        size: in pt.
        bold: whether it is set as a head.
    """
    if isinstance(content, str):
        text = printable(content)[:MOST_CHARACTERS]
        if text:
            cell.value = text
            cell.data_type = "s"
        cell.number_format = TEXT
        if text.startswith(("=", "+", "-", "@", "\t", "'")):
            cell.quotePrefix = True
    elif content is not None:
        cell.value = content
        cell.number_format = "General" if isinstance(content, int | float) else DATE
    cell.font, cell.alignment = _font(_HEAD_FACE if bold else _FACE, size), _alignment(align)


@cache
def _font(face: str, size: float) -> Font:
    return Font(name=face, size=size, bold=False)


@cache
def _alignment(align: str) -> Alignment:
    return Alignment(horizontal=align, vertical="center", wrap_text=True)


def put_table(
    sheet: Worksheet,
    row: int,
    head: Sequence[str],
    rows: Sequence[Sequence[Content | date]],
    *,
    centred: Sequence[int] = (),
) -> int:
    """A table with rules around its cells; returns the number of its last row.

    Args:
        sheet: where.
        row: of its head, from 1.
        head: words above the columns.
        rows: cells below.
        centred: columns, from 0, that are centred; numbers always are.
    """
    for column, words in enumerate(head, 1):
        cell = cell_at(sheet, row, column)
        put(cell, words, align="center", bold=True)
        cell.border, cell.fill = BORDER, _HEAD_FILL
    for at, cells in enumerate(rows, row + 1):
        for column, content in enumerate(cells, 1):
            cell = cell_at(sheet, at, column)
            middle = column - 1 in centred or not isinstance(content, str)
            put(cell, content, align="center" if middle else "left")
            cell.border = BORDER
    return row + len(rows)


def set_widths(sheet: Worksheet, widths: Sequence[float]) -> None:
    """Widths of the first columns, in characters of the standard font."""
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def lines_of(cells: Sequence[Content | date], widths: Sequence[float]) -> int:
    """Lines of the highest cell of a row: a Chinese character takes two of the width, a letter one.

    A share or a measure is shown with few of its figures, and stands in one line.
    """
    texts = ("" if isinstance(cell, float) else str(cell) for cell in cells)
    counts = (sum(2 if ord(sign) > 0xFF else 1 for sign in text) for text in texts)
    return max(
        (-(-count // max(1, round(width) - 1)) for count, width in zip(counts, widths, strict=False)),
        default=1,
    )


def landscape(sheet: Worksheet, *, head_row: int, margins_mm: tuple[float, float, float, float]) -> None:
    """A4 across, as wide as the page, the head repeated on every page.

    Args:
        sheet: to be printed.
        head_row: number of the row that is repeated.
        margins_mm: left, right, top, bottom.
    """
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{head_row}:{head_row}"
    sheet.print_options.horizontalCentered = True
    edges = [mm / 25.4 for mm in margins_mm]
    page = sheet.page_margins
    page.left, page.right, page.top, page.bottom = edges
    page.header = page.footer = 8 / 25.4


def book_bytes(book: Workbook) -> bytes:
    """The finished file, without times and without a trace of the machine."""
    stream = io.BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream) as source:
        parts = ((name, source.read(name)) for name in source.namelist())
        return plain_zip((name, _TIME.sub(_NO_TIME, part) if name == _CORE else part) for name, part in parts)
