"""Tables to be filled row by row: a head of one or two rows, and rows below it that are empty or only numbered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from pilotdesk.documents.filling.inline import DATE, PERIOD
from pilotdesk.documents.filling.normal import is_blank_text, normal
from pilotdesk.documents.filling.spots import Context
from pilotdesk.documents.filling.surroundings import PARTY, is_heading, is_label
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from pilotdesk.documents.opened import Grid, GridCell

SERIALS: Final = frozenset({"序号", "编号", "no", "项次", "行次"})
_SUMS: Final = frozenset({"合计", "总计", "共计", "小计", "累计", "总和", "合计金额", "预算合计", "经费合计"})
_EXAMPLE: Final = re.compile(r"例|示例|样例|范例|举例|例如|如")
"""What stands instead of a number before a row that shows how to fill the others."""
_LEAST_GROUP: Final = 3
"""Rows that a label beside a list covers: its head and more than one row, or a head of two and one."""
_NAMED: Final = re.compile(r"人$|组长$")
_COUNTED: Final = re.compile(r"\d{1,3}|[一二三四五六七八九十]{1,3}|[….]+|[（(]\d{1,2}[)）]")


class Head(Record, frozen=True, kw_only=True):
    """A column: its head as it stands, and what stands over it in a head of two rows."""

    text: str
    over: str = ""


class Listing(Record, frozen=True, kw_only=True):
    """A table, or part of one, to be filled row by row.

    Attributes:
        at: address of its first row to be filled. rows: how many rows there are.
        heads: its columns, in order.
        keys: texts of the first column where they are given, a row each; empty when rows are free.
        around: contexts, nearest first. cells: ``w:tc`` of head and rows.
        total: whether a row of sums stands below. skipped: cells of a row that are a label beside the whole list.
    """

    at: str
    rows: int
    heads: tuple[Head, ...]
    keys: tuple[str, ...]
    around: tuple[Context, ...]
    cells: frozenset[_Element]
    total: bool = False
    skipped: int = 0


def listings(grid: Grid, number: int, near: tuple[Context, ...]) -> Iterator[Listing]:
    """The lists of a table from top to bottom.

    Args:
        grid: the table.
        number: its number in the document.
        near: its contexts.
    """
    row = 0
    while row < len(grid.lines):
        found = _listing(grid, number, row, near)
        if found is None:
            row += 1
        else:
            yield from _split(found)
            row = int(found.at.rpartition("R")[2]) + found.rows


def _split(found: Listing) -> tuple[Listing, ...]:
    """A list whose first row names who stands in it (项目负责人) and whose other rows are free: two lists."""
    named = len(found.keys) > 1 and is_blank_text(found.heads[0].text) and _NAMED.search(found.keys[0])
    if not named or any(found.keys[1:]):
        return (found,)
    table, _, first = found.at.partition("/R")
    rest = replace(found, at=f"{table}/R{int(first) + 1}", rows=found.rows - 1, keys=())
    return replace(found, rows=1, keys=found.keys[:1], total=False), rest


def _listing(grid: Grid, number: int, row: int, near: tuple[Context, ...]) -> Listing | None:
    group = _group(grid, row)
    heads = grid.row(row)[len(group) :]
    if len(heads) < 2 or any(cell.row != row for cell in heads) or not _are_heads(heads):
        return None
    if PARTY.match(re.sub(r"\s", "", heads[0].text)):
        return None  # 甲方 with its name printed beside it, over labels and places
    deep = max(cell.rows for cell in heads)
    leaves = grid.row(row + deep - 1)[len(group) :]
    if deep > 2 or not _are_heads(leaves):
        return None
    first = row + deep
    first += first < len(grid.lines) and _EXAMPLE.fullmatch(normal(grid.row(first)[0].text)) is not None
    rows = _body(grid, first, group, [(cell.column, cell.columns) for cell in leaves])
    if not rows:
        return None
    columns = []
    for leaf in leaves:
        over = grid.at(row, leaf.column)
        columns.append(Head(text=leaf.text, over="" if over is None or over == leaf else over.text))
    cells = {cell.element for at in range(row, first + rows) for cell in grid.row(at)[len(group) :]}
    below = grid.row(first + rows)[len(group) :] if first + rows < len(grid.lines) else ()
    total = bool(below) and normal(below[0].text) in _SUMS
    cells |= {cell.element for cell in below if total}
    beside = [Context(text=cell.text, kind="group", key=id(cell.element)) for cell in reversed(group)]
    return Listing(
        at=f"T{number}/R{first}", rows=rows, heads=tuple(columns), keys=_keys(grid, first, rows, leaves[0]),
        around=(*beside, *_above(grid, row), *near), cells=frozenset(cells), skipped=len(group),
        total=total,
    )  # fmt: skip


def _group(grid: Grid, row: int) -> tuple[GridCell, ...]:
    """Labels at the left that stand beside the whole list."""
    group: list[GridCell] = []
    for cell in grid.row(row):
        if cell.row + cell.rows - row < _LEAST_GROUP or not is_label(cell):
            break
        group.append(cell)
    return tuple(group)


def _are_heads(cells: Sequence[GridCell]) -> bool:
    """Whether all cells are labels; over given keys the corner may be empty."""
    corner = is_blank_text(cells[0].text) and len(cells) > 2
    return all(map(is_label, cells[1:])) and (corner or is_label(cells[0]))


def is_free(text: str) -> bool:
    """Whether a cell of a row waits for an answer: it is empty, or only has a date to be completed."""
    bare = re.sub(r"[…‥.．/／]+", "", PERIOD.sub("", text))
    return is_blank_text(bare) or is_blank_text(DATE.sub("", bare))


def _body(grid: Grid, first: int, group: tuple[GridCell, ...], bounds: list[tuple[int, int]]) -> int:
    """How many rows below a head can be filled."""
    rows = 0
    for row in range(first, len(grid.lines)):
        there = grid.row(row)
        cells = there[len(group) :]
        if there[: len(group)] != group or [(cell.column, cell.columns) for cell in cells] != bounds:
            break
        if any(cell.row != row or cell.rows > 1 or cell.tables() for cell in cells):
            break
        if not all(is_free(cell.text) for cell in cells[1:]) or normal(cells[0].text) in _SUMS:
            break
        rows += 1
    return rows


def _keys(grid: Grid, first: int, rows: int, head: GridCell) -> tuple[str, ...]:
    """Texts of the first column, unless they are only numbers."""
    cells = (grid.at(row, head.column) for row in range(first, first + rows))
    texts = [cell.text.strip() for cell in cells if cell is not None]
    if normal(head.text) in SERIALS or all(is_free(text) or _COUNTED.fullmatch(text) for text in texts):
        return ()
    return tuple(texts)


def _above(grid: Grid, row: int) -> list[Context]:
    """The label over the whole table that stands above the head."""
    for at in range(row - 1, -1, -1):
        cells: tuple[GridCell, ...] = grid.row(at)
        if len(cells) == 1 and is_heading(cells[0]):
            return [Context(text=cells[0].text, kind="section", key=id(cells[0].element))]
    return []


def is_serial(head: str) -> bool:
    """Whether a column counts the rows."""
    return normal(head) in SERIALS
