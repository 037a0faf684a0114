"""The parts of a pack's message: ``{expression}`` is replaced by what it is worth, as a person would write it."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from pilotdesk.forms.codec_base import date_text, month_text, range_text
from pilotdesk.forms.codecs import WITHOUT_CODEC, codec_for
from pilotdesk.forms.values import Attachment, MonthRange, Row, Unparsed
from pilotdesk.rules.answers import VALUE
from pilotdesk.rules.expression import compile_expression
from pilotdesk.rules.operators import NUMBERS

if TYPE_CHECKING:
    from pilotdesk.forms.model import Check, Field, Form
    from pilotdesk.rules.answers import Answers
    from pilotdesk.rules.subjects import Subject

MESSAGE_PARTS: Final = ("what", "why", "fix", "example")
UNANSWERED: Final = "（未填）"
MAX_QUOTED: Final = 60
"""Longest answer that a message quotes, in characters."""
_BRACES: Final = re.compile(r"\{([^{}]*)\}")
_MONTH: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])\Z")


def expressions_in(check: Check) -> list[str]:
    """The texts of all expressions in a check's message, in reading order."""
    return [text for part in MESSAGE_PARTS for text in expressions_of(getattr(check, part))]


def expressions_of(template: str) -> list[str]:
    """The texts between braces."""
    return _BRACES.findall(template)


def spoken(template: str, subject: Subject, answers: Answers, row_id: str = "") -> str:
    """A part of a message with its expressions replaced.

    A bare name is printed as its field prints it (labels of choices, dates); everything else by its own kind.
    """
    lookup = subject.lookup(answers, row_id)

    def replaced(found: re.Match[str]) -> str:
        text = found[1].strip()
        field = _field_behind(text, subject, answers.form)
        if field is not None:
            return _shortened(printed_answer(field, lookup(text), answers.form))
        return _shortened(printed(answers.evaluate(compile_expression(text), lookup)))

    return _BRACES.sub(replaced, template)


def printed_answer(field: Field, value: object, form: Form) -> str:
    """An answer as its field prints it; the cells of a column one after the other."""
    if value is None or field.type in WITHOUT_CODEC:
        return printed(value)
    codec = codec_for(field, form.lists)
    if isinstance(value, tuple) and field.type not in {"multi_choice", "dependent_choice"}:
        return "、".join(codec.print_text(item) for item in value)
    return codec.print_text(value)  # type: ignore[arg-type]


def printed(value: object) -> str:
    """A value as a person would write it: 是, 12.5, 2026年6月2日, 2027年1月, 甲、乙."""
    match value:
        case None:
            text = UNANSWERED
        case bool():
            text = "是" if value else "否"
        case int() | Decimal():
            text = _number(Decimal(value))
        case date():
            text = date_text(value)
        case MonthRange():
            text = range_text(value)
        case str():
            text = month_text(value) if _MONTH.match(value) else value
        case tuple():
            text = _list(value)
        case Unparsed():
            text = value.text
        case _:
            text = str(value)
    return text


def _list(items: tuple[object, ...]) -> str:
    if items and isinstance(items[0], Row):
        return f"{len(items)} 行"
    return "、".join(item.file_name if isinstance(item, Attachment) else printed(item) for item in items)


def _number(value: Decimal) -> str:
    rounded = NUMBERS.quantize(value, Decimal("0.0001"))
    text = format(rounded if rounded.is_finite() else value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _field_behind(text: str, subject: Subject, form: Form) -> Field | None:
    """The field, part or column that a bare name means in a message; ``None`` for any other expression."""
    if text == VALUE:
        return subject.field
    if text in subject.local:
        inner = (*subject.owner.columns, *subject.owner.parts)
        return next((field for field in inner if field.name == text), None)
    name, _, below = text.partition(".")
    owner = form.fields.get(name)
    if owner is None or not below:
        return owner
    return next((field for field in (*owner.columns, *owner.parts) if field.name == below), None)


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= MAX_QUOTED else f"{line[: MAX_QUOTED - 1]}…"
