"""The province's list of units that have had a pilot, as it lies on somebody's disk: a table of Excel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl import Workbook

from tests.province.truth import FORMER_HEADS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tests.province.truth import Former


def write_former(former: Iterable[Former], target: Path) -> None:
    """Write the list: a title over the table, heads, a row for each."""
    book = Workbook()
    sheet = book.active
    sheet.title = "历年试点"
    sheet.append(["历年承担国家标准化试点项目的单位"])
    sheet.append(["序号", *FORMER_HEADS])
    for at, one in enumerate(former, 1):
        sheet.append([at, one.unit, one.uscc, one.project, one.year, one.result])
    book.save(target)
