"""The order of rules and the agenda."""

from __future__ import annotations

import pytest

from pilotdesk.rules.dependencies import Agenda, RingError, Rule, put_in_order, readers_of


def rule(title, reads, writes=""):
    return Rule(title=title, reads=frozenset(reads), writes=frozenset(writes))


def test_nobody_reads_before_it_is_written():
    rules = [rule("check", "cd"), rule("c", "b", "c"), rule("b", "a", "b"), rule("d", "bc", "d")]
    assert [one.title for one in put_in_order(rules)] == ["b", "c", "d", "check"]
    assert [one.order for one in rules] == [3, 1, 0, 2]


def test_a_ring_is_named_from_end_to_end():
    with pytest.raises(RingError) as ring:
        put_in_order([rule("c", "b", "c"), rule("b", "c", "b"), rule("a", "", "a")])
    assert set(ring.value.titles) == {"b", "c"}
    assert ring.value.titles[0] == ring.value.titles[-1]


def test_readers_are_found_by_key():
    one, two = rule("one", "ab"), rule("two", "b")
    assert readers_of([one, two]) == {"a": [one], "b": [one, two]}


def test_what_waits_twice_runs_once_and_for_all_rows_together():
    first, second = put_in_order([rule("first", "", "a"), rule("second", "a", "b")])
    agenda = Agenda()
    agenda.add(second, {"r_1"})
    agenda.add(first)
    agenda.add(second, {"r_2"})
    assert agenda.take() == (first, None)
    assert agenda.take() == (second, {"r_1", "r_2"})
    assert agenda.take() is None


def test_all_rows_swallow_single_ones():
    (only,) = put_in_order([rule("only", "", "a")])
    agenda = Agenda()
    agenda.add(only, {"r_1"})
    agenda.add(only)
    agenda.add(only, {"r_2"})
    assert agenda.take() == (only, None)


def test_the_callers_set_of_rows_is_not_touched():
    (only,) = put_in_order([rule("only", "", "a")])
    agenda, rows = Agenda(), {"r_1"}
    agenda.add(only, rows)
    agenda.add(only, {"r_2"})
    assert rows == {"r_1"}
