"""From the result of a calculation or prefill to an answer of the field's type."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final

from pilotdesk.forms.values import MonthRange, Row, Value
from pilotdesk.rules import operators

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pilotdesk.forms.model import Choice, Field

_TEXTS: Final = frozenset({"text", "longtext", "choice", "month", "region", "calculated"})
_LISTS: Final = frozenset({"multi_choice", "dependent_choice", "calculated"})


def as_answer(result: object, field: Field, lists: Mapping[str, tuple[Choice, ...]]) -> Value:
    """The answer that a result means in a field; ``None`` when it is unknown or does not suit the type.

    Integers are rounded half up, decimals to the field's ``decimals``. A flag is ``yes`` or ``no`` when the
    field's choice list has them, otherwise 是 or 否. A list becomes a text joined by 、 where no list can be kept.
    """
    answer: Value = None
    match result:
        case bool():
            answer = _flag(result, field, lists)
        case int() | Decimal():
            answer = _number(Decimal(result), field)
        case str():
            answer = _text(result, field)
        case date():
            answer = result if field.type in {"date", "calculated"} else None
        case MonthRange():
            answer = result if field.type in {"month_range", "calculated"} else None
        case tuple():
            answer = _list(result, field)
    return answer


def _flag(result: bool, field: Field, lists: Mapping[str, tuple[Choice, ...]]) -> Value:
    names = {choice.name for choice in lists.get(field.choices, ())}
    if {"yes", "no"} <= names:
        return "yes" if result else "no"
    return ("是" if result else "否") if field.type in {"text", "calculated"} else None


def _number(result: Decimal, field: Field) -> Value:
    if field.type == "integer":
        return int(result.to_integral_value(ROUND_HALF_UP))
    if field.type in {"decimal", "calculated"}:
        if field.decimals is None:
            return result
        return operators.finite(operators.NUMBERS.quantize(result, Decimal(1).scaleb(-field.decimals)))
    return format(result.normalize(), "f") if field.type == "text" else None


def _text(result: str, field: Field) -> Value:
    if not result.strip():
        return None
    if field.type in _TEXTS:
        return result
    return (result,) if field.type in _LISTS else None


def _list(result: tuple[object, ...], field: Field) -> Value:
    rows = tuple(item for item in result if isinstance(item, Row))
    if rows:
        return rows if field.type in {"table", "tree"} and len(rows) == len(result) else None
    texts = tuple(str(item) for item in result if item is not None)
    if not texts:
        return None
    if field.type in _LISTS:
        return texts
    return "、".join(texts) if field.type in {"text", "longtext"} else None
