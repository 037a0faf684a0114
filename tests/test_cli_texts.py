"""Texts in one line of the command line."""

from __future__ import annotations

from pilotdesk.cli.texts import differing, shortened

LONG = "办理事项前后都一样的很长一段话，" * 6


def test_a_long_beginning_that_all_have_is_left_out() -> None:
    first, second, none = differing([f"{LONG}九月\n办完", f"{LONG}十月办完", ""])
    assert first == "…都一样的很长一段话，九月 办完"
    assert second == "…都一样的很长一段话，十月办完"
    assert none == ""


def test_short_texts_and_a_single_one_are_shown_from_their_beginning() -> None:
    assert differing(["同样开头的甲", "同样开头的乙"]) == ["同样开头的甲", "同样开头的乙"]
    assert differing([LONG, ""]) == [shortened(LONG), ""]
    assert differing([LONG + "甲", "另一个开头"])[0] == shortened(LONG)
