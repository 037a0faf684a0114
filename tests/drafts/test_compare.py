"""Two versions: by field, by row, by character."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotdesk.drafts.compare import compare, compare_rows, marked
from pilotdesk.forms.values import Row, Unparsed
from tests.forms import values_strategies as kinds

TEXTS = st.text("试点标准化12a。，\n ", max_size=30)


def shown(before, after):
    signs = {"same": "{}", "gone": "[-{}-]", "come": "[+{}+]"}
    return "".join(signs[piece.kind].format(piece.text) for piece in marked(before, after))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("满意度由90.3%提高到96%。", "满意度由90.5%提高到96%。", "满意度由[-90.3-][+90.5+]%提高到96%。"),
        ("编制42名。共建立标准体系。", "共建立标准体系。", "[-编制42名。-]共建立标准体系。"),
        ("服务中心", "政务服务中心", "[+政务+]服务中心"),
        ("采用GB/T 1.1", "采用GB/T 1.2", "采用GB/T [-1.1-][+1.2+]"),
        ("甲乙丙丁戊", "子乙丑丁寅", "[-甲乙丙丁戊-][+子乙丑丁寅+]"),
        ("建设期为一年", "建设期为两年", "建设期为[-一-][+两+]年"),
        ("", "新写的", "[+新写的+]"),
        ("原来的", "", "[-原来的-]"),
        ("一样", "一样", "一样"),
        ("", "", ""),
    ],
)
def test_changed_characters_are_marked(before, after, expected):
    assert shown(before, after) == expected


@given(before=TEXTS, after=TEXTS)
def test_the_pieces_are_both_texts(before, after):
    pieces = marked(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "come") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == after
    assert all(piece.text for piece in pieces)
    assert all(one.kind != two.kind for one, two in pairwise(pieces))


def test_a_text_written_anew_is_compared_without_a_wait():
    signs = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分"
    first, second = ("".join(random.Random(seed).choices(signs, k=20_000)) for seed in (1, 2))
    assert [piece.kind for piece in marked(first, second)] == ["gone", "come"]


def row(row_id, parent=None, **cells):
    return Row(f"r_{row_id}", cells, parent)


def told(before, after):
    return [
        (
            (one.after or one.before).id[2:], one.place_before, one.place_after, "moved" if one.moved else "",
            one.columns,
        )
        for one in compare_rows(before, after)
    ]  # fmt: skip


def test_rows_are_joined_by_their_ids():
    a, b, c = row("a", name="甲"), row("b", name="乙"), row("c", name="丙")
    changed = row("b", name="乙二")
    assert told((a, b, c), (a, changed, c)) == [("b", 2, 2, "", ("name",))]
    assert told((a, b, c), (c, a, b)) == [("c", 3, 1, "moved", ())]
    assert told((a, b, c), (b, c)) == [("a", 1, 0, "", ("name",))]
    assert told((a, b), (a, b, c)) == [("c", 0, 3, "", ("name",))]
    assert told((a, b, c), (c, changed)) == [
        ("c", 3, 1, "moved", ()), ("b", 2, 2, "", ("name",)), ("a", 1, 0, "", ("name",)),
    ]  # fmt: skip
    assert told((a, b, c), (a, b, c)) == []


def test_a_node_under_another_one_is_moved():
    assert told((row("a"), row("b", "r_a")), (row("a"), row("b"))) == [("b", 2, 2, "moved", ())]


def test_only_as_many_rows_as_needed_are_said_to_be_moved():
    rows = [row(f"{number:x}") for number in range(12)]
    moved = (*rows[5:7], *rows[:5], *rows[7:])
    assert [one[0] for one in told(rows, moved)] == ["5", "6"]


def test_fields_that_differ_are_found_whatever_they_hold():
    before = {"a": "1", "b": 1, "gone": "x", "t": (row("a"),), "same": Unparsed("八十")}
    after = {"a": 1, "b": 1, "come": "y", "t": (row("a", name="甲"),), "same": Unparsed("八十")}
    changes = {one.path: one for one in compare(before, after)}
    assert list(changes) == ["a", "come", "t", "gone"]
    assert (changes["gone"].before, changes["gone"].after) == ("x", None)
    assert [one.columns for one in changes["t"].rows] == [("name",)]


@given(values=st.dictionaries(st.sampled_from("abcd"), kinds.values.filter(lambda value: value is not None)))
def test_nothing_differs_from_itself(values):
    assert compare(values, dict(values)) == ()
    assert {one.path for one in compare({}, values)} == set(values)
