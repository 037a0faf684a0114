"""After any edits the engine knows what it would know if it started over with the same answers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import MappingProxyType

from hypothesis import given, settings
from hypothesis import strategies as st

from pilotdesk.forms.values import Attachment, MonthRange, Row, Unparsed, is_blank, split_cell_path
from pilotdesk.rules.engine import Engine
from tests.rules.sample_form import FORM, ROUND, TODAY, Writer, rows

codes = st.sampled_from(["N1", "N2", "101", "10", "待补充", ""])
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


def answers(field):
    if field.type in {"choice", "multi_choice", "dependent_choice"}:
        names = st.sampled_from([*(choice.name for choice in FORM.lists[field.choices]), "gone", "other:××"])
        return names if field.type == "choice" else st.lists(names, max_size=2, unique=True).map(tuple)
    if field.type == "attachment":
        return st.just((Attachment("0" * 64, "a.pdf", 1),))
    return SCALARS[field.type]


def cells_of(table):
    return st.fixed_dictionaries(
        {}, optional={column.name: answers(column) for column in table.columns if not column.calculation}
    )


def paths_and_fields():
    for field in FORM.fields.values():
        if field.parts:
            yield from ((f"{field.name}.{part.name}", part) for part in field.parts)
        elif not (field.calculation or field.columns or field.type in {"statement", "signature"}):
            yield field.name, field


def edits_of(table):
    at = st.integers(0, 5)
    columns = [column for column in table.columns if not column.calculation]
    cells = [st.tuples(st.just(column.name), st.none() | answers(column)) for column in columns]
    return evenly(
        evenly(*(st.tuples(st.just("cell"), st.just(table.name), at, cell) for cell in cells)),
        st.tuples(st.just("insert"), st.just(table.name), at, cells_of(table), st.none() | at),
        st.tuples(st.sampled_from(["remove", "wipe"]), st.just(table.name), at),
        st.tuples(st.just("move"), st.just(table.name), at, at, st.none() | at),
        st.tuples(st.just("back"), st.just(table.name), at),
    )


def evenly(*strategies):
    """One of them, each as likely as the others however many branches it has."""
    return st.sampled_from(strategies).flatmap(lambda strategy: strategy)


def edits():
    scalars = [
        st.tuples(st.just("set"), st.just(path), st.none() | answers(at)) for path, at in paths_and_fields()
    ]
    tables = [edits_of(field) for field in FORM.fields.values() if field.columns and not field.calculation]
    # those that decide what is shown, more often than their number would make them
    switches = evenly(
        st.tuples(st.just("set"), st.just("unit_name"), st.sampled_from(["甲", "乙", "丙", None])),
        st.tuples(st.just("set"), st.just("pilot_type"), st.sampled_from([None, "unit", "region"])),
        st.tuples(st.just("set"), st.just("again"), st.sampled_from(["yes", "no"])),
    )
    return evenly(switches, evenly(*scalars), *tables)


FULL = {
    "project_name": "某县标准化试点",
    "unit_name": "甲",
    "pilot_field": "F2",
    "directions": ("d2", "d1"),
    "leader.name": "周",
    "leader.duty": "主任",
    "full_time": 2,
    "part_time": 9,
    "pilot_type": "region",
    "members": 3,
    "peers": 6,
    "needs": rows({"code": "N1"}, {"code": "N1"}, {"text": "长长长长长长长长长长"}),
    "targets": rows(
        {"indicator": "a", "base": Decimal(3), "goal": Decimal(90), "need_ref": "N1"},
        {"indicator": "b", "base": Decimal(9), "goal": Decimal(1), "reason": "c", "need_ref": "N2"},
    ),
    "structure": rows(
        {"code": "1", "name": "总体的总体"},
        {"code": "101", "name": "二"},
        {"code": "10"},
        parents={1: 0, 2: 1},
    ),
    "standards": rows(
        {"system_code": "101", "number": "GB/T 1—2020", "status": "in_force"},
        {"system_code": "10", "number": "GB/T 1—2020", "status": "withdrawn"},
    ),
    "period": MonthRange("2026-12", "2028-12"),
}


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


@settings(max_examples=300)
@given(
    st.lists(st.lists(edits(), min_size=1, max_size=3), min_size=4, max_size=16),
    st.sampled_from([True, True, False]),
)
def test_a_change_gives_what_starting_over_gives(batches, filled):
    writer = Writer(values=FULL if filled else {})
    history = [dict(writer.values)]
    for at, batch in enumerate(batches):
        issues, hidden = known(writer.engine), writer.engine.irrelevant
        written = {}
        for place, edit in enumerate(batch):
            written |= {
                path: value
                for path, value in values_of(edit, writer, at * 10 + place, history).items()
                if path.partition("[")[0] not in {one.partition("[")[0] for one in written}
            }
        effects = writer.set(written)
        assert_same_as_fresh(writer)
        now = known(writer.engine)
        assert {
            path for path in issues.keys() | now.keys() if issues.get(path) != now.get(path)
        } <= effects.issues
        flipped = {name: name in hidden for name in still_there(hidden, writer) ^ writer.engine.irrelevant}
        assert dict(effects.relevance) == flipped
        history.append(dict(writer.values))


def assert_same_as_fresh(writer):
    fresh = Engine(FORM, ROUND, TODAY)
    effects = fresh.start(dict(writer.values), {})
    assert dict(effects.values) == {}  # every result that was handed out is the true one
    assert fresh.irrelevant == writer.engine.irrelevant
    assert fresh.all_issues() == writer.engine.all_issues()
