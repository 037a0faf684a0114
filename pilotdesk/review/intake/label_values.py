"""Texts that people typed beside labels as values of our fields."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.edited.values import READ_ONLY, PrintedValues
from pilotdesk.forms.lookup import field_at
from pilotdesk.forms.snapshot import Snapshot
from pilotdesk.forms.values import Row, Unparsed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pilotdesk.documents.filling.words import Words
    from pilotdesk.forms.model import Field
    from pilotdesk.forms.values import Scalar, Value
    from pilotdesk.review.intake.label_reading import LabelReading

_BETWEEN: Final = re.compile(r"[\s、，,；;/／]+")


def values_beside(words: Words, reading: LabelReading) -> dict[str, Value]:
    """Path to value of everything that was read; text that cannot be read is kept as typed."""
    values: dict[str, Value] = {}
    for path, text in reading.texts.items():
        reader = _reader(words, values)
        for one, value in _parts(words, reader, path, text).items():
            if value is not None and one not in values:
                values[one] = value
    reader = _reader(words, values)
    for table, rows in reading.rows.items():
        columns = {column.name: column for column in words.form.fields[table].columns}
        made = []
        for number, texts in enumerate(rows, 1):
            cells = {
                name: _value(words, reader, columns[name], f"{table}[r_w{number}].{name}", text)
                for name, text in texts.items()
            }
            made.append(
                Row(f"r_w{number}", {name: value for name, value in cells.items() if value is not None})
            )
        if made:
            values[table] = tuple(made)
    return values


def _reader(words: Words, values: Mapping[str, Value]) -> PrintedValues:
    return PrintedValues(words.form, Snapshot(values=values, accepted={}))


def _parts(words: Words, reader: PrintedValues, path: str, text: str) -> dict[str, Scalar]:
    """The answers in one place; several are told apart where there are as many pieces."""
    paths = path.split("+")
    pieces = _BETWEEN.split(text.strip(), maxsplit=len(paths) - 1) if len(paths) > 1 else [text]
    told = zip(paths, pieces, strict=False)
    return {
        one: _value(words, reader, field_at(words.form, one), one, piece)
        for one, piece in told
        if reader.can_be_read(one)
    }


def _value(words: Words, reader: PrintedValues, field: Field, path: str, text: str) -> Scalar:
    if field.type in READ_ONLY or field.calculation or not text.strip():
        return None
    value = reader.scalar(field, reader.said(path, text))
    if isinstance(value, Unparsed) and field.choices:
        name = words.choice_of(reader.printing.choices(field), field.choices, value.text)
        return (name if field.type == "choice" else (name,)) if name else value
    return value
