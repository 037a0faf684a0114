"""Texts that two people changed in different places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotdesk.drafts.merge import merge_values
from pilotdesk.drafts.merge_choices import both_kept
from pilotdesk.drafts.merge_texts import woven

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


def test_both_sides_of_a_conflict_stand_in_one_text_or_one_below_the_other() -> None:
    def both(base: str | None, here: str, there: str) -> object:
        values = None if base is None else {"goal": base}
        (one,) = merge_values(values, {"goal": here}, {"goal": there}).conflicts
        return both_kept(one)

    assert both(BASE, f"开头。{BASE}", f"{BASE}结尾。") == f"开头。{BASE}结尾。"
    assert both(BASE, "甲", "乙") == "甲\n乙"
    assert both(None, "甲", "乙") == "甲\n乙"
