"""What another round of handing in changed, answer by answer, with labels and as printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.drafts.compare import compare, rows_of
from pilotdesk.forms.codecs import WITHOUT_CODEC, codec_for
from pilotdesk.forms.lookup import field_at, number_and_label
from pilotdesk.forms.values import Attachment, Row, Unparsed, cell_path, is_blank
from pilotdesk.review.desk.records import Changed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pilotdesk.drafts.compare import FieldChange, RowChange
    from pilotdesk.forms.model import Form
    from pilotdesk.forms.values import Value

MOVED: Final = "移到了这里"


def changes(
    before: Mapping[str, Value], after: Mapping[str, Value], form: Form | None
) -> tuple[Changed, ...]:
    """What differs, in the order of the form.

    Args:
        before: path to answer, of the round before.
        after: of this round. Where not one row has kept its id, as in files read by their labels, rows are compared by
            their places.
        form: for labels and wording; without it answers go by their paths.
    """
    was = {path: _with_ids(value, after.get(path)) for path, value in before.items()}
    found = [one for change in compare(was, after) for one in _of_field(change, was, after, form)]
    names = list(form.fields) if form else []
    places = {name: place for place, name in enumerate(names)}
    return tuple(sorted(found, key=lambda one: places.get(_field(one.path), len(places))))


def _field(path: str) -> str:
    return path.partition("[")[0].partition(".")[0]


def _with_ids(old: Value, new: Value) -> Value:
    """The old rows under the ids of the new ones, place by place, when they have none in common."""
    was, now = rows_of(old), rows_of(new)
    if not was or not now or {row.id for row in was} & {row.id for row in now}:
        return old
    ids = {row.id: now[at].id if at < len(now) else row.id for at, row in enumerate(was)}
    return tuple(Row(ids[row.id], row.cells, ids.get(row.parent or "", row.parent)) for row in was)


def _of_field(
    change: FieldChange, was: Mapping[str, Value], now: Mapping[str, Value], form: Form | None
) -> Iterator[Changed]:
    if not change.rows:
        texts = (_text(form, change.path, change.before), _text(form, change.path, change.after))
        if texts[0] != texts[1]:
            yield Changed(change.path, _label(form, change.path, now), *texts)
        return
    for row in change.rows:
        yield from _of_row(change.path, row, was, now, form)


def _of_row(
    table: str, row: RowChange, was: Mapping[str, Value], now: Mapping[str, Value], form: Form | None
) -> Iterator[Changed]:
    if row.before is None or row.after is None:
        there = row.after or row.before
        values = now if row.after else was
        path = _first_path(table, there) if there else table
        label = _label(form, path, values).rpartition("，")[0] or _label(form, table, values)
        yield Changed(path, label, _row_text(form, table, row.before), _row_text(form, table, row.after))
        return
    for column in row.columns:
        path = cell_path(table, row.after.id, column)
        texts = (_text(form, path, row.before.cell(column)), _text(form, path, row.after.cell(column)))
        if texts[0] != texts[1]:
            yield Changed(path, _label(form, path, now), *texts)
    if row.moved:
        label = _label(form, _first_path(table, row.after), now).rpartition("，")[0]
        yield Changed(_first_path(table, row.after), label, f"第 {row.place_before} 行", MOVED)


def _first_path(table: str, row: Row) -> str:
    column = next(iter(row.cells), "")
    return cell_path(table, row.id, column) if column else table


def _label(form: Form | None, path: str, values: Mapping[str, Value]) -> str:
    try:
        return number_and_label(form, path, values) if form else path
    except KeyError:
        return path


def _row_text(form: Form | None, table: str, row: Row | None) -> str:
    cells = row.cells.items() if row else ()
    return "；".join(filter(None, (_text(form, cell_path(table, "r_0", name), cell) for name, cell in cells)))


def _text(form: Form | None, path: str, value: Value) -> str:
    """An answer as printed; of a whole table its rows, a line each."""
    if is_blank(value):
        return ""
    if isinstance(value, Unparsed):
        return value.text
    if isinstance(value, tuple) and any(isinstance(part, Attachment) for part in value):
        return "；".join(part.file_name for part in value if isinstance(part, Attachment))
    if rows_of(value):
        return "\n".join(_row_text(form, path, row) for row in rows_of(value))
    try:
        field = field_at(form, path) if form else None
    except KeyError:
        field = None
    if form is None or field is None or field.type in WITHOUT_CODEC:
        return "；".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return codec_for(field, form.lists).print_text(value)
