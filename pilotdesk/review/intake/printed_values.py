"""Answers as they are printed back into values: of a Word file or PDF of ours that came without its package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.documents.edited.values import PrintedValues
from pilotdesk.forms.lookup import field_at
from pilotdesk.forms.snapshot import Snapshot
from pilotdesk.forms.values import Row, split_cell_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pilotdesk.forms.model import Field, Form
    from pilotdesk.forms.values import Scalar, Value


def values_of(form: Form, printed: Mapping[str, str]) -> dict[str, Value]:
    """Path to value of what stands in a print; text that cannot be read is kept as typed.

    What is worked out is left to the rules, but an answer that is printed in another place too is read there.

    Args:
        form: as it is installed here; answers that it does not have are left out.
        printed: path to canonical text, rows in their order.
    """
    values: dict[str, Value] = {}
    rows: dict[str, dict[str, dict[str, str]]] = {}
    for path, text in printed.items():
        place = split_cell_path(path)
        if place:
            rows.setdefault(place[0], {}).setdefault(place[1], {})[place[2]] = text
        else:
            values |= _scalar(form, path, text, _reader(form, values))
    reader = _reader(form, values)
    for table, listed in rows.items():
        field = form.fields.get(table)
        if field is None or not field.columns or field.calculation:
            continue
        cells = {row_id: dict(_cells(reader, field, texts)) for row_id, texts in listed.items()}
        above = _parents(cells) if field.type == "tree" else {}
        values[table] = tuple(Row(row_id, found, above.get(row_id)) for row_id, found in cells.items())
    return values


def _parents(nodes: Mapping[str, Mapping[str, Scalar]]) -> dict[str, str]:
    """Node to the one above it, by their codes: 100 stands over 101 and 110, A over A.1; what has no code over all of them."""
    above: dict[str, str] = {}
    known: dict[str, str] = {}
    for row_id, cells in nodes.items():
        code = str(cells.get("code") or "")
        begun = (code[:length].rstrip("0.") for length in range(len(code) - 1, -1, -1))
        parent = next((known[one] for one in begun if one in known and known[one] != row_id), None)
        if parent:
            above[row_id] = parent
        known.setdefault(code.rstrip("0."), row_id)
    return above


def _reader(form: Form, values: Mapping[str, Value]) -> PrintedValues:
    return PrintedValues(form, Snapshot(values=values, accepted={}))


def _scalar(form: Form, path: str, text: str, reader: PrintedValues) -> dict[str, Value]:
    try:
        field = field_at(form, path)
    except KeyError:
        return {}
    if field.calculation in form.fields:
        path, field = field.calculation, form.fields[field.calculation]
    if path in reader.all_values or not reader.can_be_read(path):
        return {}
    value = reader.scalar(field, reader.said(path, text))
    return {} if value is None else {path: value}


def _cells(reader: PrintedValues, field: Field, texts: Mapping[str, str]) -> Iterator[tuple[str, Scalar]]:
    """The cells of one row; several columns may stand in one."""
    columns = {column.name: column for column in field.columns}
    for first, text in texts.items():
        named = [columns[name] for name in reader.columns_in(field.name, first) if name in columns]
        read = reader.together(named, [None] * len(named), text) if named else ()
        for column, value in zip(named, read, strict=True):
            if value is not None and not column.calculation:
                yield column.name, value
