"""Functions over numbers of standards and over the 标准明细表."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from pilotdesk.forms.values import Row, Scalar
from pilotdesk.rules import operators
from pilotdesk.rules.registry import Context, function
from pilotdesk.rules.standard_numbers import LEVELS, read_standard_number

NUMBER_RULES: Final = "国家标准管理办法, 行业标准管理办法, 地方标准管理办法, 团体标准管理规定"
EXISTING: Final = frozenset({"in_force", "upcoming"})
"""Choice names of 状态 that count as 现有: 现行, 即将实施."""
PLANNED: Final = frozenset({"developing", "planned"})
"""Choice names of 状态 that count as 拟补充制定: 在研, 拟制定."""

IN_USE: Final = frozenset({"in_use", "revise"})
"""Choice names of 本次作用 that count as 现在执行: 已实施, 拟修订."""


@function("text", returns="flag", source=NUMBER_RULES)
def standard_number_ok(text: str) -> bool:
    """Whether a text is the number of a standard with its year; two-digit years of old standards are taken."""
    read = read_standard_number(text)
    return read is not None and bool(read.year)


@function("text", returns="flag", source=NUMBER_RULES)
def standard_year_ok(text: str) -> bool | None:
    """Whether the year has four digits; unknown when the text is no number of a standard or has no year."""
    read = read_standard_number(text)
    return len(read.year) == 4 if read is not None and read.year else None


@function("text", returns="text", source=NUMBER_RULES, results=frozenset(LEVELS))
def standard_kind(text: str) -> str | None:
    """The choice name of 级别 by the sign: national, sector, local, group or enterprise; unknown for ISO and IEC."""
    read = read_standard_number(text)
    return read.level if read and read.level in LEVELS else None


@function("text", returns="text", source="GB/T 1.1—2020")
def standard_normal(text: str) -> str:
    """The number as it is printed, ``GB/T 1.1—2020``; a text that is no number stays as it is."""
    read = read_standard_number(text)
    return text if read is None else str(read)


@function("rows", returns="rows", source="GB/T 13016-2018 标准统计表")
def statistics(standards: tuple[object, ...]) -> tuple[Row, ...]:
    """The 标准统计表 of a 标准明细表: one row a level and a last row with the totals.

    Reads the columns ``level`` (names of :data:`LEVELS`; when unanswered, told from ``number``) and ``status``. Gives the
    columns ``level`` (the same names, ``total`` in the last row), ``needed`` 应有数, ``existing`` 现有数, ``ratio``
    现有数/应有数 in percent with one decimal (unanswered where nothing is needed) and ``planned`` 拟补充制定.
    Withdrawn standards are in none of them; a row without status is in ``needed`` only.
    Row ids are ``r_national`` … ``r_total``, so they stay the same from one computation to the next.
    """
    counts: dict[str, Counter[str]] = {level: Counter() for level in LEVELS}
    for row in standards:
        level = _level(row) if isinstance(row, Row) else None
        if level is not None and isinstance(row, Row):
            counts[level].update(_kinds_of(row.cell("status")))
    total: Counter[str] = sum(counts.values(), Counter())
    return tuple(_statistics_row(level, found) for level, found in (*counts.items(), ("total", total)))


@function("rows", "rows", "list_name", returns="list", source="forms of the pack", wants_context=True)
def levels_apart(
    context: Context, stated: tuple[object, ...], standards: tuple[object, ...], list_name: str
) -> tuple[str, ...]:
    """Levels of which a summary states another number than the 标准明细表 has in use.

    Args:
        context: with the choice list of the levels.
        stated: rows with ``level`` and ``amount``.
        standards: the 标准明细表; rows with ``role`` 已实施 or 拟修订 count.
        list_name: name of the choice list.
    """
    in_use = (_level(row) for row in standards if isinstance(row, Row) and row.cell("role") in IN_USE)
    used = Counter(level for level in in_use if level)
    labels = {choice.name: choice.label for choice in context.lists.get(list_name, ())}
    found: list[str] = []
    for row in stated:
        level, amount = (row.cell("level"), row.cell("amount")) if isinstance(row, Row) else (None, None)
        if isinstance(level, str) and isinstance(amount, int) and amount != used[level]:
            found.append(f"{labels.get(level, level)}标准写{amount}项、明细表{used[level]}项")
    return tuple(found)


def _level(row: Row) -> str | None:
    level = row.cell("level")
    if isinstance(level, str):
        return level if level in LEVELS else None
    number = row.cell("number")
    return standard_kind(number) if isinstance(number, str) else None


def _kinds_of(status: Scalar) -> tuple[str, ...]:
    if status == "withdrawn":
        return ()
    if status in EXISTING:
        return ("needed", "existing")
    return ("needed", "planned") if status in PLANNED else ("needed",)


def _statistics_row(level: str, counts: Counter[str]) -> Row:
    needed, existing = counts["needed"], counts["existing"]
    cells: dict[str, Scalar] = {
        "level": level,
        "needed": needed,
        "existing": existing,
        "planned": counts["planned"],
    }
    if needed:
        cells["ratio"] = operators.NUMBERS.quantize(Decimal(100 * existing) / needed, Decimal("0.1"))
    return Row(f"r_{level}", MappingProxyType(cells))
