"""The figures of a batch as an Excel file: one sheet a topic, each with a chart that Excel itself draws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from openpyxl.chart import BarChart, PieChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.styles import Alignment

from pilotdesk.review.outputs.official_records import day_text
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
    from collections.abc import Sequence
    from datetime import date

    from openpyxl import Workbook
    from openpyxl.chart._chart import ChartBase
    from openpyxl.worksheet.worksheet import Worksheet

    from pilotdesk.review.outputs.statistics import Statistics
    from pilotdesk.review.outputs.workbooks import Content

_HEAD: Final = 3
_CHART_CM: Final = (17.0, 9.0)
_BAR_CM: Final = 0.75
_ROOM_CM: Final = 4.0
_MOST_REGIONS: Final = 20
"""Bars of the chart of regions; the table has all."""


def statistics_book(figures: Statistics, bureau: str, on: date | None) -> bytes:
    """The .xlsx file; the same figures give the same bytes.

    Args:
        figures: of :func:`pilotdesk.review.outputs.statistics.statistics_of`.
        bureau: full name of the province's bureau.
        on: date of the figures; ``None`` leaves it out.
    """
    book = new_book("申报材料统计", bureau)
    about = f"{bureau}　共 {figures.total} 份　{day_text(on) if on else ''}".strip()
    _fields(book, figures, about)
    _counts(book, "按地区", "地区", figures.regions, about)
    _counts(book, "按结论", "结论", figures.conclusions, about, pie=True)
    _findings(book, figures, about)
    _counts(book, "完成度", "应填的填了多少", figures.completeness, about)
    return book_bytes(book)


def _sheet(
    book: Workbook,
    title: str,
    about: str,
    *,
    head: Sequence[str],
    rows: Sequence[Sequence[Content]],
    widths: Sequence[float],
) -> tuple[Worksheet, int]:
    """A sheet with its table; returns it with the number of the last row."""
    sheet = book.create_sheet(title)
    put(cell_at(sheet, 1, 1), title, size=14, bold=True)
    put(cell_at(sheet, 2, 1), about, size=9)
    for row in (1, 2):
        cell_at(sheet, row, 1).alignment = Alignment(vertical="center")
    end = put_table(sheet, _HEAD, head, rows)
    set_widths(sheet, widths)
    for row, cells in enumerate((head, *rows), _HEAD):
        sheet.row_dimensions[row].height = 5 + 15 * lines_of(cells, widths)
    landscape(sheet, head_row=_HEAD, margins_mm=(15, 15, 15, 15))
    sheet.page_setup.fitToHeight = 1  # a chart is never cut in two
    sheet.freeze_panes = cell_at(sheet, _HEAD + 1, 1)
    return sheet, end


def _fields(book: Workbook, figures: Statistics, about: str) -> None:
    rows = [(one.name, one.received, one.picked, one.most) for one in figures.fields]
    sheet, end = _sheet(
        book, "按领域", about, head=("领域", "报来", "推荐", "限额"), rows=rows, widths=(26, 9, 9, 9)
    )
    _bars(sheet, "各领域报来和推荐的项目", end, columns=(2, 3), place="F3")


def _counts(
    book: Workbook, title: str, head: str, counts: Sequence[tuple[str, int]], about: str, *, pie: bool = False
) -> None:
    total = sum(count for _, count in counts)
    rows = [(words, count, count / total if total else 0) for words, count in counts]
    sheet, end = _sheet(book, title, about, head=(head, "份数", "占比"), rows=rows, widths=(26, 9, 9))
    for row in range(_HEAD + 1, end + 1):
        cell_at(sheet, row, 3).number_format = "0.0%"
    if pie:
        _pie(sheet, title, end, place="E3")
    else:
        _bars(sheet, title, min(end, _HEAD + _MOST_REGIONS), columns=(2,), place="E3")


def _findings(book: Workbook, figures: Statistics, about: str) -> None:
    """The bars have numbers for names: labels would leave them no room."""
    rows = [
        (at, one.label, one.severity, one.submissions, one.sentence)
        for at, one in enumerate(figures.findings, 1)
    ]
    head = ("序号", "栏目", "程度", "份数", "举例")
    sheet, end = _sheet(book, "最常见的10个问题", about, head=head, rows=rows, widths=(6, 30, 9, 8, 80))
    _bars(sheet, "有这个问题的份数", end, columns=(4,), place=f"A{end + 3}", names=2)


def _bars(
    sheet: Worksheet, title: str, end: int, *, columns: Sequence[int], place: str, names: int = 1
) -> None:
    """Lying bars, the first row on top; nothing where there are no rows."""
    if end <= _HEAD:
        return
    chart = BarChart()
    chart.type, chart.grouping = "bar", "clustered"
    chart.title = title
    for column in columns:
        chart.add_data(Reference(sheet, min_col=column, min_row=_HEAD, max_row=end), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=names, min_row=_HEAD + 1, max_row=end))
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.delete, chart.y_axis.delete = False, True  # every bar says its number
    chart.y_axis.majorGridlines = None
    chart.gapWidth = 50
    _labelled(chart)
    if len(columns) == 1:
        chart.legend = None
    elif chart.legend is not None:
        chart.legend.position = "b"
    _sized(chart, (end - _HEAD) * len(columns) * _BAR_CM + _ROOM_CM)
    sheet.add_chart(chart, place)


def _pie(sheet: Worksheet, title: str, end: int, *, place: str) -> None:
    if end <= _HEAD:
        return
    chart = PieChart()
    chart.title = title
    chart.add_data(Reference(sheet, min_col=2, min_row=_HEAD, max_row=end), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=_HEAD + 1, max_row=end))
    _labelled(chart)
    _sized(chart, 0)
    sheet.add_chart(chart, place)


def _labelled(chart: BarChart | PieChart) -> None:
    """Every bar and slice says its number, and nothing else."""
    chart.dataLabels = DataLabelList()
    chart.dataLabels.showVal = True
    for other in ("showSerName", "showCatName", "showLegendKey", "showPercent", "showLeaderLines"):
        setattr(chart.dataLabels, other, False)


def _sized(chart: ChartBase, needed_cm: float) -> None:
    """As wide as half a page, and high enough; openpyxl measures in cm, and takes fractions whatever its types say."""
    width, height = _CHART_CM
    vars(chart).update(width=width, height=max(height, needed_cm))
