"""Three-valued operators: ``None`` is "cannot be told yet".

A number is an int or a Decimal and every result a Decimal of at most 40 digits; there is no float. Operands
whose kinds do not go together give ``None`` as well: a wrong pack must not stop a person from writing, and
the lint names such expressions before a pack is shipped.
"""

from __future__ import annotations

import operator
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING, Any, Final

from pilotdesk.rules.registry import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable

NUMBERS: Final = Context(prec=40, rounding=ROUND_HALF_UP, Emin=-9999, Emax=9999, traps=[])
"""Arithmetic of the language: what overflows or is divided by zero is not finite, and so unknown."""
MAX_TEXT: Final = 200_000
"""Longest text that an expression may build, in characters."""

_ORDER: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_ARITHMETIC: Final[dict[str, Callable[[int | Decimal, int | Decimal], Decimal]]] = {
    "+": NUMBERS.add,
    "-": NUMBERS.subtract,
    "*": NUMBERS.multiply,
    "/": NUMBERS.divide,
}
_ORDERED: Final = frozenset({"number", "text", "date"})


FEW_ITEMS: Final = 16
"""Lists up to this many items are gone through; longer ones are made a set once."""
_LONG_LIST: Final[list[tuple[tuple[object, ...], frozenset[object] | tuple[object, ...]]]] = []


def is_number(value: object) -> bool:
    """Whether a value is a number of the language; a flag is none."""
    return isinstance(value, int | Decimal) and not isinstance(value, bool)


def finite(value: Decimal) -> Decimal | None:
    """The number, or ``None`` when it overflowed or never was one."""
    return value if value.is_finite() else None


def compare(sign: str, left: object, right: object) -> bool | None:
    """``==``, ``!=``, ``<`` … of two values of one kind; text is ordered by code point, so months order rightly.

    Lists are equal or not when all their items are known.
    """
    if left is None or right is None:
        return None
    kind = kind_of(left)
    if kind != kind_of(right):
        return None
    if kind == "list" and (None in left or None in right):  # type: ignore[operator]
        return None
    if sign == "==":
        return left == right
    if sign == "!=":
        return left != right
    return _ORDER[sign](left, right) if kind in _ORDERED else None


def contains(member: object, whole: object) -> bool | None:
    """``member in whole``: an item of a list, or a piece of a text.

    A list with unknown items gives ``None`` instead of ``False``: the missing one might be it.
    """
    if member is None or whole is None:
        return None
    if isinstance(whole, str):
        return member in whole if isinstance(member, str) else None
    if not isinstance(whole, tuple):
        return None
    items = _as_set(whole) if type(member) is str and len(whole) > FEW_ITEMS else whole
    if member in items:
        return True
    return None if None in items else False


def _as_set(whole: tuple[object, ...]) -> frozenset[object] | tuple[object, ...]:
    """The items of a long list for looking up; kept for the next rows, which ask the same list."""
    if not (_LONG_LIST and _LONG_LIST[0][0] is whole):
        try:
            items: frozenset[object] | tuple[object, ...] = frozenset(whole)
        except TypeError:  # rows cannot be looked up by their content
            items = whole
        _LONG_LIST[:] = [(whole, items)]
    return _LONG_LIST[0][1]


def arithmetic(sign: str, left: object, right: object) -> object:
    """``+ - * /`` of numbers; ``+`` joins two texts."""
    if is_number(left) and is_number(right):
        return finite(_ARITHMETIC[sign](left, right))  # type: ignore[arg-type]
    if sign == "+" and isinstance(left, str) and isinstance(right, str):
        joined = left + right
        return joined if len(joined) <= MAX_TEXT else None
    return None


def negative(value: object) -> object:
    """``-value``."""
    return finite(NUMBERS.minus(value)) if is_number(value) else None  # type: ignore[arg-type]


def negation(value: object) -> bool | None:
    """``not value``; only a flag can be turned round."""
    return not value if isinstance(value, bool) else None
