"""Texts that two people changed in different places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotdesk.drafts.merge import merge_values
from pilotdesk.drafts.merge_choices import both_kept
from pilotdesk.drafts.merge_texts import is_open, laid_out, woven

BASE = "第一句话。第二句话。\n第三句话。"
texts = st.text("一二三。\n12 a", max_size=12)


@pytest.mark.parametrize(
    ("here", "there", "both"),
    [
        (f"开头。{BASE}", f"{BASE}结尾。", f"开头。{BASE}结尾。"),
        ("第1句话。第二句话。\n第三句话。", "第一句话。第二句话。", "第1句话。第二句话。"),
        (BASE.replace("第二", "第贰"), BASE.replace("第二", "第贰"), BASE.replace("第二", "第贰")),
        (BASE.replace("二", "2"), BASE.replace("二", "贰"), None),
        (f"{BASE}甲。", f"{BASE}乙。", None),
    ],
)
def test_changes_in_different_places_come_together(here: str, there: str, both: str | None) -> None:
    assert woven(BASE, here, there) == both
    assert woven(BASE, there, here) == both


@given(texts, texts, texts)
def test_one_change_is_that_change_and_the_sides_may_be_exchanged(base: str, here: str, there: str) -> None:
    assert woven(base, here, base) == here
    assert woven(base, here, here) == here
    assert woven(base, here, there) == woven(base, there, here)


@given(texts, texts, texts)
def test_what_can_be_woven_is_laid_out_so_and_one_change_is_that_change(
    base: str, here: str, there: str
) -> None:
    assert laid_out(base, here, base) == laid_out(base, here, here) == here
    assert laid_out(base, base, there) == there
    if (both := woven(base, here, there)) is not None:
        assert laid_out(base, here, there) == both


def test_where_both_changed_the_same_place_both_versions_stand_in_brackets() -> None:
    here, there = BASE.replace("二", "贰"), f"开头。{BASE.replace('第二句', '第两句')}"
    both = laid_out(BASE, here, there)
    assert both == "开头。第一句话。第〔我的：贰／对方的：两〕句话。\n第三句话。"
    assert is_open(both)
    assert not is_open(both.replace("〔我的：贰／对方的：两〕", "两"))


def test_both_sides_of_a_conflict_stand_in_one_text_or_one_below_the_other() -> None:
    def both(base: str | None, here: str, there: str) -> object:
        values = None if base is None else {"goal": base}
        (one,) = merge_values(values, {"goal": here}, {"goal": there}).conflicts
        return both_kept(one)

    assert both(BASE, f"开头。{BASE}", f"{BASE}结尾。") == f"开头。{BASE}结尾。"
    assert both(BASE, "甲", "乙") == "甲\n乙"
    assert both(None, "甲", "乙") == "甲\n乙"
    long = "长" * 120
    assert both(f"甲{long}", f"乙{long}", f"丙{long}") == f"〔我的：乙／对方的：丙〕{long}"
    assert both(None, f"乙{long}", f"丙{long}") == f"乙{long}\n丙{long}"
