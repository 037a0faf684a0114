"""After any edits the engine knows what it would know if it started over with the same answers."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from pilotdesk.forms.shipped import load_shipped
from pilotdesk.forms.values import MonthRange
from tests.rules.edits import carry_out, edits, known, switch
from tests.rules.sample_form import FORM, ROUND, Writer, rows

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


SWITCHES = (
    switch("unit_name", "甲", "乙", "丙", None),
    switch("pilot_type", None, "unit", "region"),
    switch("again", "yes", "no"),
)


def batches(form, *switches, least, most):
    return st.lists(st.lists(edits(form, *switches), min_size=1, max_size=3), min_size=least, max_size=most)


@settings(max_examples=300)
@given(batches(FORM, *SWITCHES, least=4, most=16), st.sampled_from([True, True, False]))
def test_a_change_gives_what_starting_over_gives(steps, filled):
    carry_out(Writer(values=FULL if filled else {}), steps, ROUND)


PACK = load_shipped("2026")


@settings(max_examples=25)
@given(batches(PACK.forms["application"], least=3, most=8))
def test_so_it_does_in_the_shipped_form(steps):
    writer = Writer(PACK.forms["application"], round_=PACK.round)
    carry_out(writer, steps, PACK.round)
    for issues in known(writer.engine).values():
        for issue in issues:
            assert issue.what
            assert issue.where
            assert "{" not in issue.what + issue.why + issue.fix + issue.example
