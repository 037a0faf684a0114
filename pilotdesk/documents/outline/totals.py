"""合计 and 小计: rows that are worked out from the rows above them. Nobody answers them, so the 校验码 knows nothing of them."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.blocks import Cell
from pilotdesk.forms.values import is_blank

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pilotdesk.documents.outline.printing import Printing
    from pilotdesk.forms.model import Field
    from pilotdesk.forms.values import Row

    Columns = Sequence[tuple[Field, ...]]
    Cells = tuple[Cell, ...]

TOTAL_WORD: Final = "合　计"
SUBTOTAL_WORD: Final = "小　计"
WORDS: Final = frozenset({"合计", "小计"})
"""What such a row begins with, without blanks."""

SCORED_ROW_MM: Final = 12.0
"""Least height of a row that is held against another column: room for a correction by hand (print target §5.2)."""

_NUMBERS: Final = frozenset({"integer", "decimal"})


def total_row(printing: Printing, field: Field, columns: Columns) -> Cells:
    """The 合计 of a table: sums of its number columns; blank where nobody gave a number, for the pen."""
    return _sum_row(printing, field, columns, TOTAL_WORD, printing.rows(field.name))


def with_subtotals(
    printing: Printing, field: Field, columns: Columns, rows: Sequence[Cells]
) -> Iterator[Cells]:
    """The rows of a table with a 小计 below each group that shares a cell, if the form holds its numbers against each other.

    Args:
        printing: prints the sums.
        field: the table.
        columns: its printed columns, each with those joined below it.
        rows: its printed rows, one for each of the draft.
    """
    by = next((column[0] for column in columns if column[0].print.merge and field.tally), None)
    if by is None:
        yield from rows
        return
    paired = zip(printing.rows(field.name), rows, strict=True)
    for name, members in groupby(paired, key=lambda pair: pair[0].cell(by.name)):
        group = list(members)
        yield from (cells for _, cells in group)
        if not is_blank(name):
            yield _sum_row(printing, field, columns, SUBTOTAL_WORD, [row for row, _ in group])


def _sum_row(printing: Printing, field: Field, columns: Columns, word: str, rows: Sequence[Row]) -> Cells:
    """The word over the columns before the first number, then the sums, with as many decimals as in the whole column."""
    sums = [column[0].type in _NUMBERS for column in columns]
    first = sums.index(True) if True in sums[1:] and not sums[0] else 1
    cells = [Cell(word, "total", "center", span=field.print.serial + first)]
    for column, is_summed in zip(columns[first:], sums[first:], strict=True):
        text = _sum_text(printing, field, column[0], rows) if is_summed else ""
        cells.append(Cell(text, "total", "center"))
    return tuple(cells)


def _sum_text(printing: Printing, field: Field, column: Field, rows: Sequence[Row]) -> str:
    numbers = _numbers(rows, column)
    if not numbers:
        return ""
    whole = sum(_numbers(printing.rows(field.name), column), Decimal(0))
    return printing.plain(column, sum(numbers, Decimal(0)) + whole * 0)


def _numbers(rows: Sequence[Row], column: Field) -> list[Decimal]:
    values = (row.cell(column.name) for row in rows)
    return [Decimal(value) for value in values if isinstance(value, int | Decimal)]
