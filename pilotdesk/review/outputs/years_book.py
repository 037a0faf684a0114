"""The later years as an Excel file: 报送情况 and 承诺与完成."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.review.outputs.workbooks import (
    book_bytes,
    cell_at,
    landscape,
    new_book,
    put,
    put_table,
    set_widths,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from openpyxl import Workbook

    from pilotdesk.review.outputs.workbooks import Content
    from pilotdesk.review.outputs.years import Duty, Promise

DUTIES: Final = "报送情况"
PROMISES: Final = "承诺与完成"
DUTY_COLUMNS: Final = (
    "序号", "项目名称", "承担单位", "材料", "截止日期", "收到日期", "情况", "逾期天数", "联系人", "联系电话",
)  # fmt: skip
PROMISE_COLUMNS: Final = (
    "序号", "项目名称", "承担单位", "材料", "年度", "指标", "单位", "基期值", "承诺值", "变更后承诺值", "完成值", "差额",
    "完成率（%）", "是否达到", "没有达到的原因", "备注",
)  # fmt: skip
_WIDTHS: Final = {
    DUTIES: (6, 36, 28, 18, 12, 12, 16, 10, 10, 16),
    PROMISES: (6, 30, 24, 18, 8, 22, 9, 9, 9, 12, 9, 9, 10, 10, 34, 22),
}
_MARGINS_MM: Final = (15.0, 15.0, 18.0, 15.0)
_HEAD: Final = 3
_KEPT: Final = {True: "达到", False: "没有达到", None: "判断不了"}


def years_book(duties: Sequence[Duty], promises: Sequence[Promise], bureau: str, on: date) -> bytes:
    """The .xlsx file; the same records give the same bytes.

    Args:
        duties: of :func:`pilotdesk.review.outputs.years.duties_of`.
        promises: of :func:`pilotdesk.review.outputs.years.promises_of`.
        bureau: full name of the province's bureau.
        on: day that lateness is counted until.
    """
    book = new_book("年度总结和自评情况", bureau)
    about = f"{bureau}　截至{on.year}年{on.month}月{on.day}日。收到日期是收件的日期；数由承担单位填写"
    _sheet(book, DUTIES, about, DUTY_COLUMNS, [_duty(at, one) for at, one in enumerate(duties, 1)])
    rows = [_promise(at, one) for at, one in enumerate(promises, 1)]
    _sheet(book, PROMISES, about, PROMISE_COLUMNS, rows)
    return book_bytes(book)


def _duty(at: int, one: Duty) -> tuple[Content | date, ...]:
    days = one.days or None
    told = (one.due, one.received, one.standing.value, days, one.contact, one.phone)
    return (at, one.title, one.unit, one.paper, *told)


def _promise(at: int, one: Promise) -> tuple[Content | date, ...]:
    numbers = (one.base, one.promised, one.changed, one.achieved, one.gap, one.share)
    return (
        at,
        one.title,
        one.unit,
        one.paper,
        one.year,
        one.indicator,
        one.measure,
        *map(_plain, numbers),
        _KEPT[one.kept],
        one.reason,
        "；".join(_notes(one)),
    )


def _notes(one: Promise) -> list[str]:
    notes = ["完成值含预计"] if one.estimated else []
    if one.in_application is not None:
        notes.append(f"申报书承诺的是{one.in_application}，请核实")
    return notes


def _plain(number: Decimal | None) -> float | None:
    return None if number is None else float(round(number, 4))


def _sheet(
    book: Workbook, title: str, about: str, columns: tuple[str, ...], rows: list[tuple[Content | date, ...]]
) -> None:
    sheet = book.create_sheet(title)
    put(cell_at(sheet, 1, 1), title, size=16, bold=True)
    put(cell_at(sheet, 2, 1), about)
    for row in (1, 2):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(columns))
    put_table(sheet, _HEAD, columns, rows, centred=(4, 5, 6))
    set_widths(sheet, _WIDTHS[title])
    sheet.freeze_panes = cell_at(sheet, _HEAD + 1, 3)
    landscape(sheet, head_row=_HEAD, margins_mm=_MARGINS_MM)
