"""What the table of the desk shows of a submission: who, what, where, and how far it has got."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from pilotdesk.forms.codecs import codec_for
from pilotdesk.forms.lookup import column_of, field_at
from pilotdesk.forms.values import Row, is_blank
from pilotdesk.review.records import Facts
from pilotdesk.rules.completeness import required_now

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pilotdesk.forms.model import Field, Form
    from pilotdesk.forms.review_sheet import ReviewFile, Sheet
    from pilotdesk.forms.values import Value
    from pilotdesk.rules.engine import Engine

LISTS = frozenset({"directions", "participants"})
"""Facts that are several texts."""


def facts_of(form: Form, sheet: Sheet, values: Mapping[str, Value]) -> Facts:
    """The facts of a submission.

    Args:
        form: the form.
        sheet: says where each of them is read.
        values: path to value, as stored; what was typed and could not be read shows as it was typed.
    """
    told: dict[str, object] = {}
    for fact in Facts.__struct_fields__:
        found = next(filter(None, (_found(form, values, path) for path in getattr(sheet.facts, fact))), [])
        if fact == "credit_on":
            told[fact] = min((value for _, value in found if isinstance(value, date)), default=None)
        elif fact == "field":
            told[fact] = next((value for _, value in found if isinstance(value, str)), "")
        elif fact in LISTS:
            told[fact] = tuple(text for field, value in found for text in _texts(form, field, value))
        else:
            told[fact] = "、".join(text for field, value in found for text in _texts(form, field, value))
    return msgspec.structs.replace(Facts(), **told)


def completeness_of(engine: Engine) -> tuple[int, int]:
    """Answers given and answers asked for, of those that are required now; a table counts as one."""
    return required_now(engine)


def is_credit_old(credit_on: date | None, upload: date | None, review: ReviewFile | None) -> bool:
    """Whether a query of somebody's credit is older on the day of upload than the pack has it.

    Args:
        credit_on: the oldest query; ``None`` for none, which is not old.
        upload: the day on which the province uploads; ``None`` where nobody knows, and nothing is old.
        review: with the limit; ``None`` for none.
    """
    if credit_on is None or upload is None or review is None:
        return False
    return (upload - credit_on).days > review.limits.credit_days


def _found(form: Form, values: Mapping[str, Value], path: str) -> list[tuple[Field, Value]]:
    """The answers at ``field``, ``person.part`` or ``table.column``, with what they are answers of."""
    name, dot, below = path.partition(".")
    owner = form.fields[name]
    if not dot or owner.parts:
        value = values.get(path)
        return [] if is_blank(value) else [(field_at(form, path), value)]
    rows, column = values.get(name), column_of(owner, below)
    cells = (row.cell(below) for row in rows if isinstance(row, Row)) if isinstance(rows, tuple) else ()
    return [(column, cell) for cell in cells if not is_blank(cell)]


def _texts(form: Form, field: Field, value: Value) -> Iterator[str]:
    """An answer as it is printed; of several choices one text each."""
    if field.calculation and isinstance(value, str):
        yield from filter(None, map(str.strip, value.split("、")))  # as it stands in print
        return
    codec = codec_for(field, form.lists)
    parts = value if isinstance(value, tuple) and field.type.endswith("_choice") else None
    for part in parts if parts is not None else (value,):
        text = codec.print_text((part,) if parts is not None else part)  # type: ignore[arg-type]
        if text.strip():
            yield " ".join(text.split())
