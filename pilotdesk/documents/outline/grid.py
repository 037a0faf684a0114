"""Grid forms: fields as rows of labels and values on five columns, 30 · 18 · 36 · 26 · 46 mm.

Source: print target §5.2. A plain row is label 30, value 54, label 26, value 46; a full row label 30, value
126; a block (person, 标准化机构和人员, 信用情况) has one merged label and rows of its own beside it.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.blocks import Cell, Grid, GridRow
from pilotdesk.documents.outline.printing import CENTERED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pilotdesk.documents.blocks import Align
    from pilotdesk.documents.outline.printing import Printing
    from pilotdesk.forms.model import Field

WIDTHS: Final = (30.0, 18.0, 36.0, 26.0, 46.0)
LONG_LABEL: Final = 7
"""Characters that a label of a half row may have; a longer one makes the row full."""

_VALUE_SPAN: Final = 4
_HALF_SPAN: Final = 2


def printed_label(field: Field) -> str:
    """The label as printed; two-character labels are spread by the pack, not here."""
    return field.print.label or field.label


def grid(printing: Printing, fields: Sequence[Field]) -> Grid | None:
    """The rows of consecutive grid fields; ``None`` when none of them is printed."""
    rows: list[GridRow] = []
    pending: list[Field] = []
    shown = [field for field in fields if printing.shows(field)]
    for block, members in groupby(shown, key=lambda field: field.print.block):
        if block:
            rows += _half_rows(printing, pending) + _block_rows(printing, block, list(members))
            pending = []
            continue
        for field in members:
            if _is_half(field):
                pending.append(field)
                continue
            rows += _half_rows(printing, pending) + _own_rows(printing, field)
            pending = []
    rows += _half_rows(printing, pending)
    return Grid(WIDTHS, tuple(rows)) if rows else None


def _is_half(field: Field) -> bool:
    if field.print.layout != "auto":
        return field.print.layout == "half"
    return field.type in {"integer", "decimal", "date", "month", "choice", "calculated"}


def _half_rows(printing: Printing, fields: Iterable[Field]) -> list[GridRow]:
    """Two fields a row; a last one without a neighbour takes the whole row."""
    listed = list(fields)
    rows = []
    for at in range(0, len(listed) - 1, 2):
        left, right = listed[at : at + 2]
        rows.append(
            GridRow(
                (
                    _label(left),
                    _value(printing, left, span=_HALF_SPAN),
                    _label(right),
                    _value(printing, right, span=1),
                )
            )
        )
    if len(listed) % 2:
        rows += _own_rows(printing, listed[-1])
    return rows


def _own_rows(printing: Printing, field: Field) -> list[GridRow]:
    """The rows of a field that shares none."""
    if field.type == "person":
        return _person_rows(printing, field)
    if field.type == "table":
        return _table_rows(printing, field)
    if field.print.layout == "yesno":
        question = Cell(printed_label(field), "label", "left", span=3)
        return [GridRow((question, _value(printing, field, span=2)))]
    return [GridRow((_label(field), _value(printing, field, span=_VALUE_SPAN)))]


def _label(field: Field) -> Cell:
    return Cell(printed_label(field), "label", "center")


def _value(printing: Printing, field: Field, *, span: int) -> Cell:
    value = printing.value(field.name)
    if field.print.layout in {"options", "yesno"}:
        return printing.ticks(field.name, field, value, span=span)
    if field.type == "longtext":
        return printing.cell(field.name, field, value, role="longtext", align="justify", span=span)
    return printing.cell(field.name, field, value, span=span)


def _merged(label: Cell, rows: list[tuple[Cell, ...]]) -> list[GridRow]:
    """Rows that share their first cell and stay together on a page."""
    first = Cell(label.text, label.role, label.align, rows=len(rows))
    return [
        GridRow((first, *cells) if at == 0 else cells, keep_next=at < len(rows) - 1)
        for at, cells in enumerate(rows)
    ]


def _person_rows(printing: Printing, field: Field) -> list[GridRow]:
    """姓名 and 职务 beside each other, then 手机 and 电话, then 邮箱 over the whole width."""
    rows: list[tuple[Cell, ...]] = []
    for at in range(0, len(field.parts), 2):
        pair = field.parts[at : at + 2]
        cells: list[Cell] = []
        for part, span in zip(pair, (1, 1) if len(pair) == 2 else (3,), strict=True):
            path = f"{field.name}.{part.name}"
            cells += [_label(part), printing.cell(path, part, printing.value(path), span=span, narrow=True)]
        rows.append(tuple(cells))
    return _merged(_label(field), rows)


def _table_rows(printing: Printing, field: Field) -> list[GridRow]:
    """A short table inside the grid: merged label, head, one row each; columns 54 · 26 · 46."""
    columns = [column for column in field.columns if column.print.layout != "none" and not column.print.join]
    spans = (_HALF_SPAN, 1, 1)
    rows = [
        tuple(
            Cell(printed_label(column), "label", "center", span)
            for column, span in zip(columns, spans, strict=True)
        )
    ]
    for row in printing.rows(field.name):
        cells = []
        for column, span in zip(columns, spans, strict=True):
            path = f"{field.name}[{row.id}].{column.name}"
            align: Align = "center" if column.type in CENTERED - {"choice"} else "left"
            joined = _joined(printing, field, column, row.id)
            if column.print.layout == "options":
                cells.append(printing.explained_cell([(path, column), *joined], row, span=span))
            elif joined:
                cells.append(printing.joined_cell([(path, column), *joined], row, role="value", span=span))
            else:
                cell = printing.cell(path, column, row.cell(column.name), align=align, span=span, narrow=True)
                cells.append(cell)
        rows.append(tuple(cells))
    return _merged(_label(field), rows)


def _joined(printing: Printing, field: Field, column: Field, row_id: str) -> list[tuple[str, Field]]:
    """The columns that are printed in the cell of ``column``: those marked ``join`` right behind it."""
    at = field.columns.index(column) + 1
    joined = []
    while at < len(field.columns) and field.columns[at].print.join:
        joined.append((f"{field.name}[{row_id}].{field.columns[at].name}", field.columns[at]))
        at += 1
    return joined


def _block_rows(printing: Printing, block: str, fields: list[Field]) -> list[GridRow]:
    """Fields that share a merged label; each has a label of its own in the 18 mm column, or only its ticks."""
    rows: list[tuple[Cell, ...]] = []
    for field in fields:
        if field.print.layout == "options":
            rows.append((_value(printing, field, span=_VALUE_SPAN),))
        elif field.print.label or not rows:
            rows.append((_label(field), _value(printing, field, span=3)))
        else:
            rows.append((_value(printing, field, span=_VALUE_SPAN),))
    return _merged(Cell(block, "label", "center"), rows)
