"""Random edits of any form, and what must hold after each of them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from hypothesis import strategies as st

from pilotdesk.forms.values import Attachment, MonthRange, Row, Unparsed, is_blank, split_cell_path
from pilotdesk.rules.completeness import open_issues, progress, progress_now
from pilotdesk.rules.engine import Engine
from tests.rules.sample_form import TODAY

texts = st.sampled_from(
    [
        "甲",
        "乙县标准化试点",
        "乙县农业标准化试点示范项目一期",
        "待补充",
        "N1",
        "13800138000",
        "GB/T 1—2020",
        "Q/A 1—2020",
        " ",
    ]
)
unread = st.builds(Unparsed, st.sampled_from(["八十多", "?"]))
months = st.sampled_from(["2026-12", "2027-01", "2028-12", "2029-02"])
ranges = st.builds(MonthRange, st.none() | months, st.none() | months)
SCALARS = {
    "text": texts | st.sampled_from(["12361022MB1K23456H", "91110000101623741K"]),
    "longtext": texts,
    "integer": st.integers(-1, 30) | unread,
    "decimal": st.decimals(0, 99, places=1) | st.sampled_from([Decimal(120)]) | unread,
    "date": st.sampled_from([date(2026, 6, 1), date(2026, 6, 20), date(2026, 7, 1)]) | unread,
    "month": months,
    "month_range": ranges | unread,
    "region": st.sampled_from(["361022", "650100", "659001", "999999"]),
}


def answers(form, field):
    """Answers of a field, readable or not, listed or not."""
    if field.type in {"choice", "multi_choice", "dependent_choice"}:
        names = st.sampled_from([*(choice.name for choice in form.lists[field.choices]), "gone", "other:××"])
        return names if field.type == "choice" else st.lists(names, max_size=2, unique=True).map(tuple)
    if field.type == "attachment":
        return st.just((Attachment("0" * 64, "a.pdf", 1),))
    return SCALARS[field.type]


def cells_of(form, table):
    return st.fixed_dictionaries(
        {},
        optional={column.name: answers(form, column) for column in table.columns if not column.calculation},
    )


def paths_and_fields(form):
    for field in form.fields.values():
        if field.parts:
            yield from ((f"{field.name}.{part.name}", part) for part in field.parts)
        elif not (field.calculation or field.columns or field.type in {"statement", "signature"}):
            yield field.name, field


def edits_of(form, table):
    at = st.integers(0, 5)
    columns = [column for column in table.columns if not column.calculation]
    cells = [st.tuples(st.just(column.name), st.none() | answers(form, column)) for column in columns]
    return evenly(
        evenly(*(st.tuples(st.just("cell"), st.just(table.name), at, cell) for cell in cells)),
        st.tuples(st.just("insert"), st.just(table.name), at, cells_of(form, table), st.none() | at),
        st.tuples(st.sampled_from(["remove", "wipe"]), st.just(table.name), at),
        st.tuples(st.just("move"), st.just(table.name), at, at, st.none() | at),
        st.tuples(st.just("back"), st.just(table.name), at),
    )


def evenly(*strategies):
    """One of them, each as likely as the others however many branches it has."""
    return st.sampled_from(strategies).flatmap(lambda strategy: strategy)


def edits(form, *switches):
    """Edits of any path; ``switches`` are edits that decide what is shown, offered more often."""
    scalars = [
        st.tuples(st.just("set"), st.just(path), st.none() | answers(form, at))
        for path, at in paths_and_fields(form)
    ]
    tables = [
        edits_of(form, field) for field in form.fields.values() if field.columns and not field.calculation
    ]
    return (
        evenly(evenly(*switches), evenly(*scalars), *tables)
        if switches
        else evenly(evenly(*scalars), evenly(*tables))
    )


def switch(path, *values):
    """An edit of one path to one of a few values."""
    return st.tuples(st.just("set"), st.just(path), st.sampled_from(values))


def changed_rows(edit, before, fresh):
    """The rows of a table after an edit that adds, removes, moves or wipes one."""
    rows = list(before)
    kind, _, at, *more = edit
    place = at % (len(rows) + 1) if kind == "insert" else at % max(len(rows), 1)
    if kind == "insert":
        cells, parent = more
        above = rows[parent % len(rows)].id if parent is not None and rows else None
        answered = {name: value for name, value in cells.items() if not is_blank(value)}
        rows.insert(place, Row(f"r_new{fresh}", MappingProxyType(answered), above))
    elif not rows:
        return ()
    elif kind == "remove":
        del rows[place]
    elif kind == "wipe":
        rows[place] = Row(rows[place].id, MappingProxyType({}), rows[place].parent)
    else:
        to, parent = more
        row = rows.pop(place)
        above = rows[parent % len(rows)].id if parent is not None and rows else None
        rows.insert(to % (len(rows) + 1), Row(row.id, row.cells, above))
    return tuple(rows)


def values_of(edit, writer, fresh, history):
    kind, name, *rest = edit
    if kind == "set":
        return {name: rest[0]}
    rows = writer.values.get(name, ())
    if kind == "back":
        return {name: history[-1 - rest[0] % len(history)].get(name, ())}
    if kind == "cell":
        at, (column, value) = rest
        return (
            {f"{name}[{rows[at % len(rows)].id}].{column}": None if is_blank(value) else value}
            if rows
            else {}
        )
    return {name: changed_rows(edit, rows, fresh)}


def still_there(paths, writer):
    """Without cells of rows that are gone: nobody can be told about those."""
    kept = set()
    for path in paths:
        place = split_cell_path(path)
        if place is None or any(row.id == place[1] for row in writer.values.get(place[0], ())):
            kept.add(path)
    return kept


def known(engine):
    """Path to its issues."""
    listed = {}
    for issue in engine.all_issues():
        listed.setdefault(issue.path, []).append(issue)
    return listed


def carry_out(writer, batches, round_):
    """Makes the edits, batch by batch, and compares with an engine that starts over after each."""
    history = [dict(writer.values)]
    for at, batch in enumerate(batches):
        issues, hidden = known(writer.engine), writer.engine.irrelevant
        written = {}
        for place, edit in enumerate(batch):
            tables = {path.partition("[")[0] for path in written}
            values = values_of(edit, writer, at * 10 + place, history)
            written |= {path: value for path, value in values.items() if path.partition("[")[0] not in tables}
        effects = writer.set(written)
        assert_same_as_fresh(writer, round_)
        now = known(writer.engine)
        changed = {path for path in issues.keys() | now.keys() if issues.get(path) != now.get(path)}
        assert changed <= effects.issues
        flipped = {name: name in hidden for name in still_there(hidden, writer) ^ writer.engine.irrelevant}
        assert dict(effects.relevance) == flipped
        history.append(dict(writer.values))


def assert_same_as_fresh(writer, round_):
    """What was handed out is what starting over gives."""
    fresh = Engine(writer.form, round_, TODAY)
    effects = fresh.start(dict(writer.values), {})
    assert dict(effects.values) == {}
    assert fresh.irrelevant == writer.engine.irrelevant
    assert fresh.all_issues() == writer.engine.all_issues()
    assert open_issues(writer.engine) == Counter(issue.severity for issue in fresh.listed_issues())
    assert progress_now(writer.engine) == progress(writer.form, writer.values, fresh.irrelevant)
