"""Drafts that somebody writes at random, for the tests of their history."""

from __future__ import annotations

from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from pilotdesk.drafts.history import Entry
from pilotdesk.drafts.stored_json import value_text
from pilotdesk.forms.values import Attachment, Row, cell_path

if TYPE_CHECKING:
    from datetime import datetime

SIGNS = st.text("试点12。，", max_size=4)
CELLS = st.dictionaries(st.sampled_from(["name", "year"]), SIGNS, max_size=2)
ROWS = st.lists(st.tuples(st.sampled_from("abcd"), CELLS), max_size=4, unique_by=lambda row: row[0])
FILES = st.builds(lambda sign, name: (Attachment(sign * 64, name, 1),), st.sampled_from("01"), SIGNS)

writings = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["a", "b.name"]), st.none() | SIGNS | st.integers()),
        st.tuples(st.just("files"), st.none() | FILES),
        st.tuples(st.just("table"), st.none() | ROWS),
        st.tuples(st.just("cell"), st.integers(0, 3), st.sampled_from(["name", "year"]), st.none() | SIGNS),
    ),
    min_size=1,
    max_size=25,
)
"""What is written, one after the other: a field, files, a whole table, or a cell of the row that stands there then."""


def as_saved(written, values):
    """One of :data:`writings` as path and value, over the values that are there; ``None`` where there is no such row."""
    kind, *rest = written
    if kind == "table":
        rows = [Row(f"r_{name}", MappingProxyType(cells)) for name, cells in rest[0] or ()]
        return {"table": tuple(rows) or None}
    if kind == "cell":
        rows, (at, column, value) = values.get("table") or (), rest
        return {cell_path("table", rows[at % len(rows)].id, column): value} if rows else None
    return {kind: rest[0]}


def changed(values, saved):
    """The values after a save, worked out in the plainest way."""
    made = dict(values)
    for path, value in saved.items():
        if "[" not in path:
            made[path] = value
            continue
        row_id, _, column = path.removeprefix("table[").partition("].")
        made["table"] = tuple(
            Row(row.id, MappingProxyType({k: v for k, v in {**row.cells, column: value}.items() if v is not None}))
            if row.id == row_id
            else row
            for row in made["table"]
        )  # fmt: skip
    return {path: value for path, value in made.items() if value is not None}


def entries_of(written, start: datetime, gaps) -> tuple[list[Entry], list[dict]]:
    """Entries of a draft and the state after each; ``gaps`` are the hours that lie between them, in turn."""
    entries: list[Entry] = []
    states: list[dict] = []
    values: dict = {}
    now = start
    for at, one in enumerate(written):
        now += timedelta(hours=gaps[at % len(gaps)])
        saved = as_saved(one, values) or {"a": at}
        values = changed(values, saved)
        ((path, value),) = saved.items()
        stamp = now.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        entries.append(Entry(10 + at, path, value_text(value), "typed", stamp, "陈立"))
        states.append(values)
    return entries, states
