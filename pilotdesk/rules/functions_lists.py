"""Functions over lists (columns of a table, several choices) and over rows."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from pilotdesk.forms.values import Row, Unparsed, is_blank
from pilotdesk.rules import operators
from pilotdesk.rules.registry import function, kind_of

LANGUAGE = "rule language"


@function("any", returns="flag", source=LANGUAGE, takes_unknown=True)
def filled(value: object) -> bool:
    """Whether something was answered; what was typed and could not be read counts. Never unknown.

    A table is filled when it has a row, a column when one cell is answered, a person when one part is.
    """
    return isinstance(value, Unparsed) or (value is not None and value not in ((), ""))


@function("any", "any", returns="any", source=LANGUAGE, takes_unknown=True)
def default(value: object, otherwise: object) -> object:
    """The value, or ``otherwise`` when it is unanswered.

    For sums with gaps: ``default(fiscal, 0) + default(own, 0)``.
    """
    return otherwise if value is None or isinstance(value, Unparsed) else value


@function("list", returns="number", source=LANGUAGE)
def count(items: tuple[object, ...]) -> int:
    """How many rows a table has, or how many cells of a column are answered; empty rows do not count."""
    return len(items)


@function("list", "any*", returns="number", source=LANGUAGE)
def count_where(column: tuple[object, ...], *wanted: object) -> int:
    """How many cells of a column are one of the given values: ``count_where(standards.status, 'withdrawn')``."""
    return sum(1 for cell in column if any(operators.compare("==", cell, value) for value in wanted))


@function("rows", "column_name*", "any*", returns="number", source=LANGUAGE)
def count_rows(rows: tuple[object, ...], *conditions: object) -> int | None:
    """How many rows have all the given cells: ``count_rows(standards, 'level', 'national', 'status', 'in_force')``.

    Columns and values alternate; a column that must not be something is left to a calculated column.
    """
    if len(conditions) % 2:
        return None
    pairs = list(zip(conditions[::2], conditions[1::2], strict=True))
    return sum(
        1
        for row in rows
        if isinstance(row, Row) and all(operators.compare("==", row.cell(str(c)), v) for c, v in pairs)
    )


@function("list", returns="number", source=LANGUAGE)
def sum_(column: tuple[object, ...]) -> Decimal | None:
    """The numbers of a column added up; unknown while none is answered. Other cells are passed over."""
    numbers = _numbers(column)
    if not numbers:
        return None
    total = Decimal(0)
    for number in numbers:
        total = operators.NUMBERS.add(total, number)
    return operators.finite(total)


@function("list", returns="number", source=LANGUAGE)
def least(column: tuple[object, ...]) -> int | Decimal | None:
    """The smallest number of a column; unknown while none is answered."""
    return min(_numbers(column), default=None)


@function("list", returns="number", source=LANGUAGE)
def greatest(column: tuple[object, ...]) -> int | Decimal | None:
    """The greatest number of a column; unknown while none is answered."""
    return max(_numbers(column), default=None)


@function("number", "number?", returns="number", source="GB/T 8170 is not followed: half is rounded up")
def round_(value: int | Decimal, places: int | Decimal = 0) -> Decimal | None:
    """The number with so many decimals (none unless said), half rounded up: ``round(part / whole * 100, 1)``."""
    if places != int(places) or not 0 <= places <= 12:
        return None
    return operators.finite(operators.NUMBERS.quantize(Decimal(value), Decimal(1).scaleb(-int(places))))


@function("list", returns="list", source=LANGUAGE)
def duplicates(column: tuple[object, ...]) -> tuple[object, ...]:
    """The values that stand in a column more than once, each named once, in the order of their first row.

    Texts are compared without spaces: ``value not in duplicates(standards.number)`` holds for rows that stand alone.
    """
    keys = [_key(cell) for cell in column]
    counts = Counter(keys)
    return tuple(dict.fromkeys(cell for cell, key in zip(column, keys, strict=True) if counts[key] > 1))


@function("list", "list", returns="list", source=LANGUAGE)
def missing(needed: tuple[object, ...], present: tuple[object, ...]) -> tuple[object, ...]:
    """The items of the first list that are not in the second: ``missing(leaves(system), standards.system_code)``."""
    found = {_key(item) for item in present}
    return tuple(dict.fromkeys(item for item in needed if item is not None and _key(item) not in found))


@function("list", "text?", returns="text", source=LANGUAGE)
def join(items: tuple[object, ...], between: str = "、") -> str | None:
    """The items of a list as one text, ``、`` between them: for messages and calculated fields."""
    if any(isinstance(item, Row) for item in items):
        return None
    return between.join(str(item) for item in items if item is not None)


@function("rows", returns="list", source="GB/T 13016-2018")
def leaves(tree: tuple[object, ...]) -> tuple[object, ...]:
    """The codes of the tree's nodes that have no node below them, in the tree's order."""
    rows = [row for row in tree if isinstance(row, Row)]
    parents = {row.parent for row in rows}
    return tuple(row.cell("code") for row in rows if row.id not in parents and not is_blank(row.cell("code")))


@function("rows", returns="number", source="GB/T 13016-2018")
def depth(tree: tuple[object, ...]) -> int:
    """How many levels the tree has; 0 without nodes."""
    return max(node_levels(tuple(row for row in tree if isinstance(row, Row))).values(), default=0)


def node_levels(rows: tuple[Row, ...]) -> dict[str, int]:
    """Row id to level, 1 at the top; a parent that is missing or part of a ring counts as the top."""
    parent_of = {row.id: row.parent for row in rows}
    levels: dict[str, int] = {}
    for row in rows:
        chain: list[str] = []
        node: str | None = row.id
        while node is not None and node in parent_of and node not in levels and node not in chain:
            chain.append(node)
            node = parent_of[node]
        above = levels.get(node, 0) if node is not None else 0
        for offset, below in enumerate(reversed(chain), start=1):
            levels[below] = above + offset
    return levels


def _numbers(column: tuple[object, ...]) -> list[int | Decimal]:
    return [cell for cell in column if operators.is_number(cell)]  # type: ignore[misc]


def _key(cell: object) -> object:
    return "".join(cell.split()) if kind_of(cell) == "text" and isinstance(cell, str) else cell
