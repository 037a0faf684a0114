"""Answers that one form of a project gives to another: carried once, compared ever after, never forced on anybody.

A later form names in its pack where an answer comes from (``carry``). The new draft begins with those answers, and keeps
them beside its own as the *baseline*: what the other forms said when they were last looked at. When they say something
else later, the three of them are compared: baseline, other form now, answer here. Rows are joined by their ids, which
is why rows of a promise keep the ids that they have in the application.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from pilotdesk.forms.lookup import column_of
from pilotdesk.forms.values import Row, Value, cell_path, field_name, is_blank, split_cell_path
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from pilotdesk.forms.model import Field, Form
    from pilotdesk.forms.values import Scalar

    Values = Mapping[str, Value]
    RowsById = dict[str, Row]


class Difference(Record, frozen=True):
    """Another form says something else than it did.

    Attributes:
        path: of the carried answer or cell; for a row that came or went the path of its table.
        before: what was carried. now: what the other form says now. here: what stands in this draft; of a promise with
            ``changed_into`` the one in force. ``None``: nothing. A row that came or went is a tuple of that one row.
    """

    path: str
    before: Value
    now: Value
    here: Value

    @property
    def typed(self) -> bool:
        """Whether somebody wrote here what is not simply what was carried."""
        return self.here != self.before

    @property
    def row(self) -> Row | None:
        """The row that came or went; ``None`` for an answer or a cell."""
        rows = _rows_by_id(self.now) or _rows_by_id(self.before)
        return next(iter(rows.values()), None)


# -- taking along --------------------------------------------------------------------------------


def carried_values(form: Form, others: Mapping[str, Values]) -> dict[str, Value]:
    """Path to value of everything that the other forms of the project give this one, in form order.

    Args:
        form: the form that is given answers.
        others: name of a form to the values of its draft; a form without a draft is left out.

    Returns:
        Scalars and person parts by path; of tables the rows of all sources under their ids, in order, each with the
        carried cells only. The first source that is answered counts. Rows without any carried cell are left out.
    """
    carried: dict[str, Value] = {}
    for field in form.fields.values():
        if field.type in {"table", "tree"}:
            carried[field.name] = tuple(_carried_rows(field, others)) if field.carry else None
        elif field.parts:
            for part in field.parts:
                sources = part.carry or tuple(f"{path}.{part.name}" for path in field.carry)
                carried[f"{field.name}.{part.name}"] = _first_answered(sources, others)
        else:
            carried[field.name] = _first_answered(field.carry, others)
    return {path: value for path, value in carried.items() if not is_blank(value)}


def still_carried(form: Form, before: Values, now: Values, present: Collection[str]) -> dict[str, Value]:
    """What the other forms say, as far as it can be known: a form that is not on this computer has not emptied anything.

    Args:
        form: the form that is given answers.
        before: the baseline.
        now: what :func:`carried_values` gives now.
        present: names of the forms that have a draft here.

    Returns:
        ``now``, with what ``before`` has more than it, of answers whose first origin is a form that is not present.
    """
    said = dict(now)
    for path, value in before.items():
        origin = _origin(form, path)
        if not origin or origin in present:
            continue
        rows = _rows_by_id(value)
        said[path] = _joined(rows, _rows_by_id(now.get(path))) if rows else now.get(path, value)
    return said


def _origin(form: Form, path: str) -> str:
    """The form in which an answer is given first: of several sources the last; empty for one that is not carried."""
    name, _, inner = path.partition(".")
    field = form.fields.get(name)
    part = next((one for one in field.parts if one.name == inner), None) if field else None
    sources = (part.carry if part else ()) or (field.carry if field else ())
    return sources[-1].partition(".")[0] if sources else ""


def merged_with(form: Form, carried: Values, typed: Values) -> dict[str, Value]:
    """Typed answers over carried ones; rows are joined by id, carried ones first.

    Nothing typed is left out; a typed answer that is blank leaves the carried one.
    """
    merged = {path: value for path, value in carried.items() if not is_blank(value)}
    for path, value in typed.items():
        if is_blank(value):
            continue
        field = form.fields.get(path)
        rows = _rows_by_id(merged.get(path)) if field and field.type in {"table", "tree"} else {}
        merged[path] = _joined(rows, _rows_by_id(value)) if rows else value
    return merged


def _first_answered(paths: Iterable[str], others: Mapping[str, Values]) -> Value:
    for path in paths:
        form, _, inner = path.partition(".")
        value = others.get(form, {}).get(inner)
        if not is_blank(value):
            return value
    return None


def _carried_rows(table: Field, others: Mapping[str, Values]) -> Iterator[Row]:
    sources = {column.name: column.carry for column in table.columns if column.carry}
    known: dict[str, RowsById] = {}
    for path in (*table.carry, *(_table_of(path) for paths in sources.values() for path in paths)):
        if path not in known:
            known[path] = _rows_by_id(_first_answered((path,), others))
    origins = {row_id: row for path in reversed(table.carry) for row_id, row in known[path].items()}
    for row_id in dict.fromkeys(row_id for path in table.carry for row_id in known[path]):
        cells = {name: _carried_cell(paths, row_id, known) for name, paths in sources.items()}
        answered = {name: cell for name, cell in cells.items() if not is_blank(cell)}
        if answered:
            parent = origins[row_id].parent if table.type == "tree" else None
            yield Row(row_id, MappingProxyType(answered), parent)


def _carried_cell(paths: Iterable[str], row_id: str, known: Mapping[str, RowsById]) -> Scalar:
    for path in paths:
        row = known[_table_of(path)].get(row_id)
        cell = row.cell(path.rpartition(".")[2]) if row else None
        if not is_blank(cell):
            return cell
    return None


def _table_of(column_path: str) -> str:
    """``application.targets`` of ``application.targets.base_value``."""
    return column_path.rpartition(".")[0]


def _joined(first: RowsById, over: RowsById) -> tuple[Row, ...]:
    rows = dict(first)
    for row in over.values():
        below = first.get(row.id)
        if below is not None:
            parent = below.parent if row.parent is None else row.parent
            row = Row(row.id, MappingProxyType({**below.cells, **row.cells}), parent)
        rows[row.id] = row
    return tuple(rows.values())


# -- comparing -----------------------------------------------------------------------------------


def compare_carried(form: Form, before: Values, now: Values, values: Values) -> tuple[Difference, ...]:
    """Where the other forms say something else than they did, and the draft does not say so already.

    Args:
        form: the form of the draft.
        before: the baseline, as :func:`carried_values` gave it when it was last settled.
        now: what :func:`carried_values` gives now.
        values: the answers of the draft.

    Returns:
        In form order: answers, cells, rows that came. A row that the draft has deleted is not mentioned again, nor is a
        row that went and that the draft does not have either, nor a promise that was emptied: it keeps its first
        wording, and no other is there to stand beside it.
    """
    return tuple(one for one in _compared(form, before, now, values) if one.now not in (one.before, one.here))


def caught_up(form: Form, before: Values, now: Values, values: Values) -> dict[str, Value]:
    """The baseline moved on wherever the draft says what the other forms say now, however it came to say so."""
    said = (one for one in _compared(form, before, now, values) if one.before != one.now == one.here)
    return settled(before, said)


def settled(before: Values, differences: Iterable[Difference]) -> dict[str, Value]:
    """The baseline after these differences were dealt with, taken over or left alone: they are not shown again."""
    after = dict(before)
    for one in differences:
        place = split_cell_path(one.path)
        if place is None and one.row is None:
            after[one.path] = one.now
            continue
        rows = _rows_by_id(after.get(place[0] if place else one.path))
        if place:
            rows[place[1]] = rows.get(place[1], Row(place[1])).with_cell(place[2], _cell(one.now))
        else:
            rows.update(_rows_by_id(one.now))
            for row_id in _rows_by_id(one.before):
                rows.pop(row_id, None)
        after[place[0] if place else one.path] = tuple(rows.values())
    return {path: value for path, value in after.items() if not is_blank(value)}


def _compared(form: Form, before: Values, now: Values, values: Values) -> Iterator[Difference]:
    """Everything that is carried or was, the same or not."""
    for path in _in_form_order(form, before, now):
        field = form.fields.get(path)
        if field is not None and field.type in {"table", "tree"}:
            rows = (_rows_by_id(source.get(path)) for source in (before, now, values))
            yield from _row_differences(field, *rows)
        else:
            yield Difference(path, before.get(path), now.get(path), values.get(path))


def _in_form_order(form: Form, before: Values, now: Values) -> list[str]:
    order = {name: at for at, name in enumerate(form.fields)}
    return sorted({*before, *now}, key=lambda path: (order.get(path.partition(".")[0], len(order)), path))


def _row_differences(table: Field, before: RowsById, now: RowsById, here: RowsById) -> Iterator[Difference]:
    for row_id, row in now.items():
        if row_id in here:
            cells = before.get(row_id, Row(row_id))
            for column in table.columns:
                name = column.name
                withdrawn = bool(column.changed_into) and is_blank(row.cell(name))
                if column.carry and not withdrawn:
                    path = cell_path(table.name, row_id, name)
                    yield Difference(path, cells.cell(name), row.cell(name), in_force(column, here[row_id]))
        elif row_id not in before:
            yield Difference(table.name, None, (row,), None)
    for row_id, row in before.items():
        if row_id not in now:
            yield Difference(table.name, (row,), None, (here[row_id],) if row_id in here else None)


# -- taking over ---------------------------------------------------------------------------------


def in_force(column: Field, row: Row) -> Scalar:
    """A carried cell as it counts now: of a promise the changed one, where there is one."""
    changed = row.cell(column.changed_into) if column.changed_into else None
    return row.cell(column.name) if is_blank(changed) else changed


def taken_over(
    form: Form, differences: Iterable[Difference], values: Values, *, overwrite: bool = False
) -> dict[str, Value]:
    """What to write into the draft (``Session.set_values``) so that it says what the other forms say now.

    A promise keeps its first wording; the new one goes where the pack's ``changed_into`` says. An answer that somebody
    wrote here stays, and so does a row with such answers, unless ``overwrite`` says that these very differences were
    shown and agreed to. A difference that is not true any more changes nothing.

    Returns:
        Path to value; a table whole under its name when rows come or go, else its cells by their paths.
    """
    desk = _Desk(form, values)
    for one in differences:
        if one.typed and not overwrite:
            continue
        place = split_cell_path(one.path)
        if place:
            desk.write_cell(*place, one)
        elif one.row is not None:
            desk.write_row(one.path, one.row, one)
        elif values.get(one.path) == one.here:
            desk.written[one.path] = one.now
    return desk.outcome()


class _Desk:
    """The tables of a draft while differences are written into them."""

    def __init__(self, form: Form, values: Values) -> None:
        self._form = form
        self._values = values
        self._tables: dict[str, RowsById] = {}
        self._whole: list[str] = []
        self.written: dict[str, Value] = {}

    def write_cell(self, table: str, row_id: str, name: str, one: Difference) -> None:
        rows, column = self._rows(table), column_of(self._form.fields[table], name)
        row = rows.get(row_id)
        if row is None or in_force(column, row) != one.here:
            return
        kept = bool(column.changed_into) and not is_blank(one.here)
        target = column.changed_into if kept else name
        rows[row_id] = row.with_cell(target, _cell(one.now))
        self.written[cell_path(table, row_id, target)] = one.now

    def write_row(self, table: str, row: Row, one: Difference) -> None:
        rows = self._rows(table)
        here = (rows[row.id],) if row.id in rows else None
        if here != one.here:
            return
        if one.now is None:
            del rows[row.id]
        else:
            rows[row.id] = row
        self._whole.append(table)

    def outcome(self) -> dict[str, Value]:
        whole: dict[str, Value] = {name: tuple(self._tables[name].values()) or None for name in self._whole}
        cells = {path: value for path, value in self.written.items() if field_name(path) not in whole}
        return cells | whole

    def _rows(self, table: str) -> RowsById:
        return self._tables.setdefault(table, _rows_by_id(self._values.get(table)))


def _rows_by_id(value: Value) -> RowsById:
    return {row.id: row for row in value if isinstance(row, Row)} if isinstance(value, tuple) else {}


def _cell(value: Value) -> Scalar:
    """A value that stands in a cell, for the type checker: rows never do."""
    return cast("Scalar", value)
