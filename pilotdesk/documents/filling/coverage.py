"""Which answers stand nowhere in a filled form: nothing that a person typed is dropped without a word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pilotdesk.forms.values import is_blank

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pilotdesk.documents.filling.mapping import Place
    from pilotdesk.documents.filling.values import Values


def uncovered(values: Values, placed: Iterable[Place]) -> tuple[str, ...]:
    """Paths of answers without a place: fields, parts, tables, and columns of tables that are there; not what is worked out."""
    given: set[str] = set()
    for place in placed:
        given |= set(place.path.split("+"))
        given |= {column for joined in place.columns for column in joined.split("+")}
    for name in list(given):
        field = values.form.fields.get(name)
        if field is not None and field.calculation:  # names of a table's rows, joined in one line
            given |= {field.calculation, field.calculation.partition(".")[0]} & _told_elsewhere(values)
    return tuple(_missing(values, given))


def _told_elsewhere(values: Values) -> set[str]:
    """Tables that our own print only gives as a line of names."""
    return {
        name for name, field in values.form.fields.items() if field.columns and field.print.layout == "none"
    }


def _missing(values: Values, given: set[str]) -> Iterator[str]:
    for path in values.everything():
        field = values.form.fields[path.partition(".")[0]]
        if field.calculation or path in given:
            if field.type == "table" and not field.calculation and field.print.layout != "none":
                yield from _columns(values, path, given)
            continue
        rows = {found[1] for one in given if (found := re.match(rf"{re.escape(path)}\[([^\]]*)\]\.", one))}
        if not rows:
            yield path
        elif len(rows) < len(values.rows(path)):
            yield from (
                f"{path}[{number}]"
                for number in range(1, len(values.rows(path)) + 1)
                if str(number) not in rows
            )


def _columns(values: Values, table: str, given: set[str]) -> Iterator[str]:
    """Columns of a table that is there which have answers and no place."""
    for column in values.form.fields[table].columns:
        path = f"{table}[].{column.name}"
        if path in given:
            continue
        if any(not is_blank(row.cell(column.name)) for row in values.rows(table)):
            yield path
