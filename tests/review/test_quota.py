"""The quota, against a count of all subsets."""

from __future__ import annotations

from itertools import combinations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotdesk.forms.shipped import load_shipped
from pilotdesk.review.quota import Rule, Use, effect_of_moving, quota_of

ROUND = load_shipped("2026").round
CODES = [field.code for field in ROUND.pilot_field]


def small_round(total, quotas):
    """The round of 2026 with other limits, so that ten picks break all of them."""
    fields = tuple(
        msgspec.structs.replace(field, quota=most)
        for field, most in zip(ROUND.pilot_field, quotas, strict=True)
    )
    return msgspec.structs.replace(ROUND, quota_total=total, pilot_field=fields)


def admissible(round_, codes):
    """R02, read off the notice once more."""
    fields = {field.code: field for field in round_.pilot_field}
    if any(code not in fields for code in codes):
        return False
    if any(codes.count(code) > fields[code].quota for code in codes):
        return False
    return sum(not fields[code].special for code in codes) <= round_.quota_total


def best_subset(round_, picks):
    """Of all admissible subsets the greatest, and of those the one that comes first by the ranking."""
    for size in range(len(picks), -1, -1):
        for chosen in combinations(range(len(picks)), size):  # in lexicographic order
            if admissible(round_, [picks[at][1] for at in chosen]):
                return [picks[at][0] for at in chosen]
    raise AssertionError("the empty set is always admissible")


def numbered(codes):
    return [(f"k{number}", code) for number, code in enumerate(codes)]


codes = st.lists(st.sampled_from([*CODES, "", "F9"]), max_size=10)
few_codes = st.lists(st.sampled_from(["F1", "F2", "F3", "Z1", "Z2", ""]), max_size=10)
rounds = st.builds(
    small_round, st.integers(0, 6), st.lists(st.integers(0, 3), min_size=len(CODES), max_size=len(CODES))
)


@given(codes | few_codes, rounds | st.just(ROUND))
def test_the_picks_that_fit_are_the_best_admissible_set(chosen, round_):
    picks = numbered(chosen)
    quota = quota_of(round_, picks)
    assert list(quota.fitting) == best_subset(round_, picks)
    assert [key for key, _ in picks if key not in quota.fitting] == [one.key for one in quota.over]


@given(codes | few_codes, rounds | st.just(ROUND))
def test_the_verdict_is_right_and_lines_count_all_picks(chosen, round_):
    quota = quota_of(round_, numbered(chosen))
    assert quota.fits is admissible(round_, chosen)
    total, *fields = quota.lines
    assert total.taken == sum(line.taken for line in fields if not line.special)
    assert {line.field: line.taken for line in fields} == {code: chosen.count(code) for code in CODES}
    for line in quota.lines:
        assert (line.state is Use.OVER) is (line.taken > line.most) is (line.excess > 0)
        assert (line.state is Use.FULL) is (line.taken == line.most)
    assert quota.fits is (
        all(line.state is not Use.OVER for line in quota.lines) and all(code in CODES for code in chosen)
    )


@given(codes | few_codes, rounds | st.just(ROUND))
def test_every_pick_that_is_over_breaks_the_rule_it_is_told_to(chosen, round_):
    picks = numbered(chosen)
    quota = quota_of(round_, picks)
    for excess in quota.over:
        fitting = [code for key, code in picks if key in quota.fitting and key != excess.key]
        above = fitting[
            : sum(key in quota.fitting for key, _ in picks[: picks.index((excess.key, excess.field))])
        ]
        assert not admissible(round_, [*above, excess.field])
        if excess.rule is Rule.NO_FIELD:
            assert excess.field not in CODES
        elif excess.rule is Rule.TOTAL:
            assert sum(code.startswith("F") for code in above) == round_.quota_total
        else:
            assert (excess.rule is Rule.SPECIAL) is excess.field.startswith("Z")


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ("", "六领域合计 0 项，司法行政 0 项，民政 0 项，符合限额。"),
        ("F1 F1 F2 F2 F3 F3 F4 F4 Z1 Z2 Z2", "六领域合计 8 项，司法行政 1 项，民政 2 项，符合限额。"),
        ("Z2 Z2 Z2", "民政超 1 项，请取消一项。"),
        ("F1 F1 F1 Z2 Z2 Z2", "农业农村超 1 项，民政超 1 项，一共要取消两项。"),
        ("F1 F1 F2 F2 F3 F3 F4 F4 F5 F6", "六领域合计超 2 项，请取消两项。"),
        ("F6 F6 F6 F6 F6 F2 F2 F2 F1 F1 F3 F3 F4", "六领域合计超 5 项，消费品超 1 项，社会管理超 3 项，一共要取消五项。"),
        ("F1 F1 F1 F1 F2 F2 F2 F3 F4", "六领域合计超 1 项，农业农村超 2 项，消费品超 1 项，一共要取消三项。"),
        ("F1 ?", "有 1 项没有领域，请核实领域。"),
        ("Z1 Z1 Z1 ?", "司法行政超 1 项，有 1 项没有领域，请取消一项，请核实领域。"),
    ],
)  # fmt: skip
def test_what_is_said(chosen, sentence):
    assert quota_of(ROUND, numbered(chosen.split())).sentence == sentence


def test_limits_are_those_of_the_notice():
    lines = {line.name: line.most for line in quota_of(ROUND, []).lines}
    assert lines == {
        "六领域合计": 8, "农业农村领域": 2, "消费品领域": 2, "高新技术领域": 2, "服务业领域": 2,
        "基本公共服务领域": 2, "社会管理与公共服务领域": 2, "司法行政专项": 2, "民政专项": 2,
    }  # fmt: skip


def test_what_moving_does():
    picks = numbered(["F4", "F4", "F4", "Z2"])
    assert effect_of_moving(ROUND, picks, "k2", "Z2") == (
        "改报民政专项后，六领域合计 3→2 项，服务业 3→2 项，民政 1→2 项，符合限额。"
    )
    full = numbered(["F4", "Z2", "Z2"])
    assert effect_of_moving(ROUND, full, "k0", "Z2") == (
        "改报民政专项后，六领域合计 1→0 项，服务业 1→0 项，民政 2→3 项，民政超 1 项。"
    )
    assert (
        effect_of_moving(ROUND, [], "k9", "F4")
        == "改报服务业领域后，六领域合计 0→1 项，服务业 0→1 项，符合限额。"
    )
