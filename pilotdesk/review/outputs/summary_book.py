"""推荐汇总表 as an Excel file: every column, one row a project, ready to print on A4 across."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.review.outputs.workbooks import (
    book_bytes,
    cell_at,
    landscape,
    lines_of,
    new_book,
    put,
    put_table,
    set_widths,
)

if TYPE_CHECKING:
    from datetime import date

    from pilotdesk.review.outputs.summary_table import SummaryRow, SummaryTable
    from pilotdesk.review.outputs.workbooks import Content

HEADS: Final = (
    "推荐顺序", "领域", "方向", "项目名称", "承担单位", "统一社会信用代码", "单位性质", "参加单位", "所在地", "是否承担过试点",
    "信用核查日期", "联系人", "联系电话", "备注",
)  # fmt: skip
_WIDTHS: Final = (5.5, 10.5, 12, 20, 18, 20.5, 9.5, 16, 12, 7.5, 11, 7.5, 13.5, 6.5)
"""170 in all: in print the letters come out at some 9 pt."""
_CENTRED: Final = (0, 1, 5, 6, 8, 9, 10, 11, 12, 13)
HEAD_ROW: Final = 3


def summary_book(table: SummaryTable) -> bytes:
    """The .xlsx file; the same table gives the same bytes."""
    book = new_book(table.title, table.bureau)
    sheet = book.create_sheet("推荐汇总表")
    last = len(HEADS)
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=last)
    put(cell_at(sheet, 1, 1), table.title, align="center", size=18, bold=True)
    sheet.row_dimensions[1].height = 36
    sheet.merge_cells(start_row=2, end_row=2, start_column=1, end_column=7)
    sheet.merge_cells(start_row=2, end_row=2, start_column=8, end_column=last)
    put(cell_at(sheet, 2, 1), f"推荐单位：{table.bureau}")
    put(cell_at(sheet, 2, 8), table.count_line, align="right")
    end = put_table(sheet, HEAD_ROW, HEADS, [_cells(row) for row in table.rows], centred=_CENTRED)
    sheet.merge_cells(start_row=end + 1, end_row=end + 1, start_column=1, end_column=last)
    put(cell_at(sheet, end + 1, 1), f"注：{table.note}", size=9)
    sheet.row_dimensions[end + 1].height = 30
    set_widths(sheet, _WIDTHS)
    sheet.row_dimensions[HEAD_ROW].height = 30
    for number, row in enumerate(table.rows, HEAD_ROW + 1):
        sheet.row_dimensions[number].height = 15 * max(2, lines_of(_cells(row), _WIDTHS))
    landscape(sheet, head_row=HEAD_ROW, margins_mm=(8, 8, 14, 14))
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    sheet.freeze_panes = sheet.cell(HEAD_ROW + 1, 5)
    sheet.auto_filter.ref = f"A{HEAD_ROW}:{sheet.cell(end, last).coordinate}"
    return book_bytes(book)


def _cells(row: SummaryRow) -> list[Content | date]:
    return [
        row.number, row.field, "、".join(row.directions), row.title, row.unit, row.uscc, row.unit_kind,
        "、".join(row.participants) or "无", row.whole_place, row.pilot_before, row.credit_on, row.contact, row.phone, row.note,
    ]  # fmt: skip
