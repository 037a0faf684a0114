"""Functions that follow codes from one table to another: needs, tree nodes, standards."""

from __future__ import annotations

import re
from typing import Final

from pilotdesk.forms.values import Row, is_blank
from pilotdesk.rules import operators
from pilotdesk.rules.registry import function

LINKS: Final = "forms of the pack: codes tie the tables together"
PENDING: Final = "pending"
"""Choice name of a tree node's ``state`` that says: no standard yet, on purpose (待补充)."""
_BETWEEN: Final = re.compile(r"[、，,；;/\s]+")


@function("list", returns="list", source=LINKS)
def codes(column: tuple[object, ...]) -> tuple[str, ...]:
    """Every code that stands in a column, several in one cell taken apart: N01 and N03 from ``N01、N03``."""
    found = [code for cell in column if isinstance(cell, str) for code in _BETWEEN.split(cell) if code]
    return tuple(dict.fromkeys(found))


@function("rows", "column_name", "column_name", "any", returns="list", source=LINKS)
def column_where(rows: tuple[object, ...], wanted: str, column: str, value: object) -> tuple[object, ...]:
    """The answered cells of the first column in rows whose second column is the value.

    ``column_where(needs, 'code', 'answer', 'to_develop')`` gives the codes of the needs that ask for a new standard.
    """
    cells = [
        row.cell(wanted)
        for row in rows
        if isinstance(row, Row) and operators.compare("==", row.cell(column), value)
    ]
    return tuple(cell for cell in cells if not is_blank(cell))


@function("rows", "column_name", returns="list", source=LINKS)
def cells(rows: tuple[object, ...], column: str) -> tuple[object, ...]:
    """The answered cells of a column in rows that were picked: ``cells(rows_saying(schedule, '年度总结'), 'period')``."""
    found = (row.cell(column) for row in rows if isinstance(row, Row))
    return tuple(cell for cell in found if not is_blank(cell))


@function("rows", "text*", returns="rows", source=LINKS)
def rows_saying(rows: tuple[object, ...], *words: str) -> tuple[Row, ...]:
    """The rows in which one of the words stands in some text."""
    return tuple(row for row in rows if isinstance(row, Row) and _says(row, words))


@function("rows", "column_name*", returns="rows", source=LINKS)
def rows_filled(rows: tuple[object, ...], *columns: str) -> tuple[Row, ...]:
    """The rows in which at least one of the columns is answered."""
    return tuple(
        row for row in rows if isinstance(row, Row) and any(not is_blank(row.cell(name)) for name in columns)
    )


@function("rows", "column_name", "any", returns="rows", source=LINKS)
def rows_without(rows: tuple[object, ...], column: str, value: object) -> tuple[Row, ...]:
    """The rows whose column is not the value; a row that is unanswered there stays."""
    return tuple(
        row
        for row in rows
        if isinstance(row, Row) and operators.compare("==", row.cell(column), value) is not True
    )


@function("rows", returns="list", source="GB/T 13016-2018")
def uncoded_leaves(tree: tuple[object, ...]) -> tuple[object, ...]:
    """Names of the tree's lowest nodes that have no code, so that no standard can be put under them."""
    return tuple(row.cell("name") for row in _leaf_rows(tree) if is_blank(row.cell("code")))


@function("rows", "list", returns="list", source="GB/T 13016-2018")
def empty_leaves(tree: tuple[object, ...], system_codes: tuple[object, ...]) -> tuple[str, ...]:
    """Code and name of the lowest nodes without a standard, those marked 待补充 left out.

    Args:
        tree: nodes with ``code``, ``name`` and ``state``.
        system_codes: the 体系编号 of the standards.
    """
    coded = {str(row.cell("code")): row for row in _leaf_rows(tree) if not is_blank(row.cell("code"))}
    used = {node_of(code, coded) for code in system_codes if isinstance(code, str)}
    empty = [row for code, row in coded.items() if code not in used and row.cell("state") != PENDING]
    return tuple(f"{row.cell('code')} {row.cell('name') or ''}".strip() for row in empty)


@function("list", "list", returns="list", source="GB/T 13016-2018")
def unplaced(node_codes: tuple[object, ...], system_codes: tuple[object, ...]) -> tuple[str, ...]:
    """The 体系编号 that belong to no node: ``unplaced(structure.code, standards.system_code)``."""
    known = {code for code in node_codes if isinstance(code, str)}
    return tuple(code for code in system_codes if isinstance(code, str) and node_of(code, known) is None)


def node_of(system_code: str, node_codes: set[str] | dict[str, Row]) -> str | None:
    """The node that a 体系编号 belongs to: the longest code that it equals or continues after a point.

    ``202.05`` and ``202`` belong to 202, ``1.2.3`` to 1.2; ``None`` when no node fits.
    """
    code = system_code
    while code not in node_codes:
        code, point, _ = code.rpartition(".")
        if not point:
            return None
    return code


def _says(row: Row, words: tuple[str, ...]) -> bool:
    texts = [cell for cell in row.cells.values() if isinstance(cell, str)]
    return any(word in text for text in texts for word in words)


def _leaf_rows(tree: tuple[object, ...]) -> list[Row]:
    rows = [row for row in tree if isinstance(row, Row)]
    parents = {row.parent for row in rows}
    return [row for row in rows if row.id not in parents]
