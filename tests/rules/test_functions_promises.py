"""How far a promise was kept."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pilotdesk.forms.values import Unparsed
from pilotdesk.rules.expression import compile_expression
from pilotdesk.rules.functions_promises import average_up_to, completion, count_at_least, falls_short


def D(text):
    return Decimal(text)


@pytest.mark.parametrize(
    ("base", "promised", "achieved", "percent"),
    [
        ("90.3", "96.0", "96.0", "100"),
        ("75", "172", "129", "75"),
        ("41", "65", "78", "120"),
        ("0", "4", "0", "0"),
        ("18.5", "8.0", "10.0", "80"),
        ("18.5", "8.0", "6.4", "125"),
        ("18.5", "8.0", "0", "100"),
        ("100", "100", "95", "95"),
    ],
    ids=["reached", "more", "over", "nothing", "less", "less over", "fallen to zero", "kept"],
)
def test_completion_in_the_direction_of_the_promise(base, promised, achieved, percent):
    assert completion(D(base), D(promised), D(achieved)) == D(percent)


@pytest.mark.parametrize(
    ("base", "promised", "achieved"), [("5", "0", "0"), ("0", "0", "3"), ("-2", "4", "4")]
)
def test_no_completion_where_nothing_was_promised_or_a_figure_is_negative(base, promised, achieved):
    assert completion(D(base), D(promised), D(achieved)) is None


@pytest.mark.parametrize(
    ("base", "promised", "achieved", "short"),
    [
        ("90.3", "96.0", "95.9", True),
        ("90.3", "96.0", "96.0", False),
        ("18.5", "8.0", "8.1", True),
        ("18.5", "8.0", "7.9", False),
        ("5", "0", "2", True),
        ("5", "0", "0", False),
        ("100", "100", "99.9", True),
        ("0", "0", "1", None),
    ],
)
def test_a_promise_falls_short_in_its_own_direction(base, promised, achieved, short):
    assert falls_short(D(base), D(promised), D(achieved)) is short


def test_the_changed_promise_counts_and_an_unanswered_figure_is_unknown():
    rule = compile_expression("completion(base, default(promised_now, promised), achieved)")
    answers = {"base": D("40"), "promised": D("90"), "promised_now": D("85"), "achieved": D("85")}
    assert rule.evaluate(answers.get) == 100
    assert rule.evaluate({**answers, "promised_now": None}.get) < 100
    assert rule.evaluate({**answers, "achieved": None}.get) is None
    assert rule.evaluate({**answers, "achieved": Unparsed("八成")}.get) is None


def test_counting_and_averaging_a_column():
    column = (D("100"), D("120"), D("99.9"), 100)
    assert count_at_least(column, 100) == 3
    assert count_at_least((), 100) == 0
    assert average_up_to((D("100"), D("140"), D("70")), 100) == 90
    assert average_up_to((), 100) is None
