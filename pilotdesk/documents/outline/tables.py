"""List tables: one printed row per row of the draft, columns and widths from the pack."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.blocks import Cell, Figure, FigureNode, Table
from pilotdesk.documents.outline.printing import CENTERED
from pilotdesk.documents.outline.totals import SCORED_ROW_MM, total_row, with_subtotals
from pilotdesk.forms.values import Attachment, is_blank
from pilotdesk.rules.functions_links import node_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pilotdesk.documents.blocks import Align
    from pilotdesk.documents.outline.printing import Printing
    from pilotdesk.forms.model import Field
    from pilotdesk.forms.values import Row

PORTRAIT_MM: Final = 156.0
LANDSCAPE_MM: Final = 245.0
ATTACHMENT_WIDTHS: Final = (11.0, 60.0, 85.0)
ATTACHMENT_HEADS: Final = ("序号", "附件名称", "文　件")
NONE_WORD: Final = "无"
PLANNED: Final = "planned"
"""Status of a standard that is still to be made, as the pack names it."""


def printed_columns(field: Field) -> tuple[tuple[Field, ...], ...]:
    """The columns as printed: every entry is one printed column, with those joined below it in its cell."""
    columns: list[list[Field]] = []
    for column in field.columns:
        if column.print.layout == "none":
            continue
        if column.print.join and columns:
            columns[-1].append(column)
        else:
            columns.append([column])
    return tuple(tuple(column) for column in columns)


def list_table(printing: Printing, field: Field, number: str) -> Table:
    """A table field as a list table; one empty row when nothing was entered, so that a pen can fill it.

    Nobody fills in a computed one: where it has no rows it says so.
    """
    columns = printed_columns(field)
    heads = field.print.heads or tuple(column[0].print.label or column[0].label for column in columns)
    runs = _runs(printing, field, columns)
    listed = [
        (*_serial(field, at), *_cells(printing, field, columns, row, runs))
        for at, row in enumerate(printing.rows(field.name), 1)
    ]
    rows = tuple(with_subtotals(printing, field, columns, listed))
    width = len(columns) + field.print.serial
    none = (Cell(NONE_WORD, "text", "center", span=width),)
    blank = none if field.calculation else tuple(Cell("", "text") for _ in range(width))
    summed = field.print.total and rows
    return Table(
        number=number,
        caption=(field.print.caption or field.label) if number else "",
        widths=_widths(field, len(columns)),
        head=("序号",) * field.print.serial + heads,
        rows=rows or (blank,),
        path=field.name,
        totals=(total_row(printing, field, columns),) if summed else (),
        note=field.print.note,
        style=field.print.style,
        padding_pt=field.print.padding_pt,
        landscape=field.print.landscape,
        least_mm=SCORED_ROW_MM if field.tally else 0.0,
    )


def _widths(field: Field, columns: int) -> tuple[float, ...]:
    """The pack's widths; without them the columns share the page evenly."""
    if field.print.widths:
        return field.print.widths
    serial = (11.0,) * field.print.serial
    whole = LANDSCAPE_MM if field.print.landscape else PORTRAIT_MM
    return (*serial, *[(whole - sum(serial)) / columns] * columns)


def _serial(field: Field, at: int) -> tuple[Cell, ...]:
    return (Cell(str(at), "text", "center"),) * field.print.serial


def _runs(
    printing: Printing, field: Field, columns: Sequence[tuple[Field, ...]]
) -> dict[tuple[str, str], int]:
    """Row id and column to the rows that its cell covers, 0 under another; only of columns with ``print.merge``."""
    runs: dict[tuple[str, str], int] = {}
    for column in (column[0] for column in columns if column[0].print.merge):
        for value, members in groupby(printing.rows(field.name), key=lambda row: row.cell(column.name)):
            listed = [row.id for row in members]
            if not is_blank(value):
                runs |= {(row_id, column.name): 0 for row_id in listed}
                runs[listed[0], column.name] = len(listed)
    return runs


def _cells(
    printing: Printing,
    field: Field,
    columns: Sequence[tuple[Field, ...]],
    row: Row,
    runs: Mapping[tuple[str, str], int],
) -> Iterator[Cell]:
    for column in columns:
        covered = runs.get((row.id, column[0].name), 1)
        if not covered:
            continue
        places = [(f"{field.name}[{row.id}].{part.name}", part) for part in column]
        if len(places) > 1:
            yield printing.joined_cell(places, row, role="text", align=_align(column[0]))
        else:
            path, only = places[0]
            cell = printing.cell(
                path, only, row.cell(only.name), role="text", align=_align(only), narrow=True
            )
            yield cell if covered == 1 else replace(cell, rows=covered)


def _align(column: Field) -> Align:
    if column.print.align != "auto":
        return column.print.align
    return "center" if column.type in CENTERED else "left"


def statistics_table(printing: Printing, field: Field, number: str) -> Table:
    """A computed table whose last row is its 合计."""
    made = list_table(printing, field, number)
    if len(made.rows) < 2:
        return made
    total = tuple(Cell(cell.text, "total", "center", cell.span, path=cell.path) for cell in made.rows[-1])
    return replace(made, rows=made.rows[:-1], totals=(total,))


def structure_figure(printing: Printing, field: Field, number: str) -> Figure:
    """The tree as a figure, with the numbers of standards below each node.

    Standards belong to a node by their system code, as :func:`pilotdesk.rules.functions_links.node_of` finds it.
    """
    codes = {str(row.cell("code")) for row in printing.rows(field.name) if row.cell("code")}
    counts = _standard_counts(printing, codes)
    children: dict[str | None, list[Row]] = {}
    rows = printing.rows(field.name)
    ids = {row.id for row in rows}
    for row in rows:
        children.setdefault(row.parent if row.parent in ids else None, []).append(row)
        for column in field.columns:
            if column.name in {"code", "name"}:
                path = f"{field.name}[{row.id}].{column.name}"
                text = printing.plain(column, row.cell(column.name))
                if text:
                    printing.note(path, text)
    roots = tuple(_node(printing, field, row, children, counts) for row in children.get(None, ()))
    return Figure(number, field.print.caption or field.label, roots, field.name)


def _node(
    printing: Printing,
    field: Field,
    row: Row,
    children: Mapping[str | None, Sequence[Row]],
    counts: Mapping[str, tuple[int, int]],
) -> FigureNode:
    below = tuple(_node(printing, field, child, children, counts) for child in children.get(row.id, ()))
    columns = {column.name: column for column in field.columns}
    code = printing.plain(columns["code"], row.cell("code"))
    own = counts.get(code, (0, 0))
    return FigureNode(
        id=row.id,
        code=code,
        name=printing.plain(columns["name"], row.cell("name")),
        count=own[0] + sum(child.count for child in below),
        planned=own[1] + sum(child.planned for child in below),
        children=below,
    )


def _standard_counts(printing: Printing, codes: set[str]) -> dict[str, tuple[int, int]]:
    """Node code to (standards, planned ones among them)."""
    counts: dict[str, tuple[int, int]] = {}
    for row in printing.rows("standards"):
        code = node_of(str(row.cell("system_code") or ""), codes)
        if code is not None:
            listed, planned = counts.get(code, (0, 0))
            counts[code] = (listed + 1, planned + (row.cell("status") == PLANNED))
    return counts


def attachment_table(printing: Printing, fields: Iterable[Field]) -> Table | None:
    """附件清单: every attached file under the field that asks for it; ``None`` when there is none."""
    rows: list[tuple[Cell, ...]] = []
    for field in fields:
        value = printing.value(field.name)
        files = [part for part in value if isinstance(part, Attachment)] if isinstance(value, tuple) else []
        if files:
            text = "\n".join(file.file_name for file in files)
            printing.note(field.name, text)
            serial, label = Cell(str(len(rows) + 1), "text", "center"), Cell(field.label, "text")
            rows.append((serial, label, Cell(text, "text", path=field.name)))
    if not rows:
        return None
    return Table("", "", ATTACHMENT_WIDTHS, ATTACHMENT_HEADS, tuple(rows), "")
