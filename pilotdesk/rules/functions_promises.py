"""Functions over promises: what the application set as a target, and what came of it.

A promise has a direction. 正向 grows from its base to the promise (满意度 90.3 → 96), 逆向 falls (办理时长 18.5 → 8), and one
whose base equals the promise is to be kept and is measured like a growing one.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from pilotdesk.rules import operators
from pilotdesk.rules.registry import function

PROMISES: Final = (
    "forms of the pack: 完成率 of a figure against the one promised; no rule sets how it is worked out"
)
WHOLE: Final = Decimal(100)


@function("number", "number", "number", returns="number", source=PROMISES)
def completion(base: int | Decimal, promised: int | Decimal, achieved: int | Decimal) -> int | Decimal | None:
    """完成率 in percent: achieved / promised, or promised / achieved where less is better; over 100 is possible.

    ``completion(base_value, default(promised_now, promised), achieved)``. Unknown when nothing was promised (0), as a
    share of nothing has no size, and for negative figures. A falling figure that has reached 0 counts as 100.
    """
    if promised == 0 or min(base, promised, achieved) < 0:
        return None
    if base <= promised:
        return _share(achieved, promised)
    return WHOLE if achieved == 0 else _share(promised, achieved)


@function("number", "number", "number", returns="flag", source=PROMISES)
def falls_short(base: int | Decimal, promised: int | Decimal, achieved: int | Decimal) -> bool | None:
    """Whether a promise was not kept, also where no 完成率 can be told: 0 件 were promised and 2 happened.

    Unknown when base and promise are both 0: whether more or less would be better cannot be told.
    """
    if base == promised == 0:
        return None
    return achieved < promised if base <= promised else achieved > promised


@function("list", "number", returns="number", source=PROMISES)
def count_at_least(column: tuple[object, ...], least: int | Decimal) -> int:
    """How many numbers of a column reach a figure: ``count_at_least(results.completion, 100)`` promises were kept."""
    return sum(1 for cell in _numbers(column) if cell >= least)


@function("list", "number", returns="number", source=PROMISES)
def average_up_to(column: tuple[object, ...], most: int | Decimal) -> Decimal | None:
    """The mean of a column in which no number counts for more than ``most``; unknown while none is answered.

    ``average_up_to(results.completion, 100)``: what one promise was overfulfilled does not make up for another.
    """
    numbers = [Decimal(min(cell, most)) for cell in _numbers(column)]
    if not numbers:
        return None
    total = Decimal(0)
    for number in numbers:
        total = operators.NUMBERS.add(total, number)
    return operators.finite(operators.NUMBERS.divide(total, Decimal(len(numbers))))


def _share(part: int | Decimal, whole: int | Decimal) -> Decimal | None:
    return operators.finite(
        operators.NUMBERS.divide(operators.NUMBERS.multiply(Decimal(part), WHOLE), Decimal(whole))
    )


def _numbers(column: tuple[object, ...]) -> list[int | Decimal]:
    return [cell for cell in column if operators.is_number(cell)]  # type: ignore[misc]
