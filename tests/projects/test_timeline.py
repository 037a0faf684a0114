"""Stages, dates and reminders of a project over its three years; the day is always given."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec import structs

from pilotdesk.forms.shipped import load_shipped
from pilotdesk.projects.timeline import (
    MILESTONES,
    Basis,
    Stage,
    State,
    Timeline,
    form_of,
    suggested_day,
    timeline,
)
from pilotdesk.projects.timeline_words import (
    due_sentence,
    next_sentence,
    spoken_due,
    stage_words,
    state_words,
)
from tests.projects.timelines import card, the_round

FINAL = card("application", revision=1, percent=100)
ADMITTED = {"admitted": date(2026, 11, 10)}


def line(*cards: object, on: date, **dates: date) -> Timeline:
    named = {name.replace("__", "."): day for name, day in dates.items()}
    return timeline(cards, the_round(), named, on)  # type: ignore[arg-type]


def states(made: Timeline) -> list[str]:
    return [due.state.value for due in made.forms]


def test_the_four_forms_are_due_in_the_notices_order() -> None:
    made = line(on=date(2026, 5, 1))
    assert [(due.form, due.day) for due in made.forms] == [
        ("application", date(2026, 6, 30)),
        ("summary_2027", date(2027, 11, 30)),
        ("summary_2028", date(2028, 11, 30)),
        ("self_assessment", date(2029, 1, 31)),
    ]
    assert [due.basis for due in made.forms] == [Basis.NOTICE] * 3 + [Basis.INFERRED]
    assert made.forms[1].source == ("notice_5",)
    begun = {(due.draft_id, due.percent, due.errors, due.revision, due.edited) for due in made.forms}
    assert begun == {("", 0, 0, 0, False)}


def test_nobody_is_pressed_for_the_summary_of_a_project_that_was_declined() -> None:
    begun = line(card("summary_2027"), on=date(2027, 11, 20), declined=date(2026, 11, 10))
    assert [due.state for due in begun.forms[:2]] == [State.CLOSED, State.LATER]
    assert begun.pressing() == ()


def test_every_form_of_the_pack_is_due_where_its_own_head_says() -> None:
    pack = load_shipped("2026")
    named = {form_of(each.name): each.name for each in pack.round.deadline if each.name not in MILESTONES}
    for name, form in pack.forms.items():
        assert name in named
        if form.head.deadline:
            assert named[name] == form.head.deadline


@pytest.mark.parametrize(
    ("on", "stage", "words"),
    [
        (date(2026, 12, 31), Stage.ADMITTED, "已列入，建设期未开始"),
        (date(2027, 1, 1), Stage.BUILDING, "建设第一年"),
        (date(2027, 12, 31), Stage.BUILDING, "建设第一年"),
        (date(2028, 1, 1), Stage.BUILDING, "建设第二年"),
        (date(2028, 12, 31), Stage.BUILDING, "建设第二年"),
        (date(2029, 1, 1), Stage.SELF_ASSESSMENT, "自评"),
    ],
)
def test_the_stage_of_a_project_on_the_list_follows_the_calendar(on: date, stage: Stage, words: str) -> None:
    made = timeline([FINAL], the_round(), ADMITTED, on)
    assert (made.stage, stage_words(made)) == (stage, words)


@pytest.mark.parametrize("on", [date(2026, 6, 1), date(2027, 6, 1), date(2028, 6, 1), date(2030, 1, 1)])
def test_nothing_is_claimed_that_the_user_has_not_said(on: date) -> None:
    """A final version alone neither means that it was handed in nor that the project is on the list."""
    made = line(FINAL, on=on)
    assert made.stage is Stage.PREPARING
    assert states(made)[1:] == ["later"] * 3
    assert made.asks is (on > date(2026, 6, 30))


def test_what_the_user_says_moves_the_stage() -> None:
    day = date(2026, 8, 1)
    handed = line(FINAL, on=day, upload__handed_in=date(2026, 6, 20))
    assert handed.stage is Stage.SUBMITTED
    assert handed.asks
    assert handed.forms[0].finished == date(2026, 6, 20)
    declined = line(FINAL, on=day, declined=day)
    assert (declined.stage, declined.asks) == (Stage.DECLINED, False)
    done = line(FINAL, on=date(2029, 3, 1), **ADMITTED, self_assessment__handed_in=date(2029, 2, 1))
    assert done.stage is Stage.ENDED


def test_who_is_on_the_list_has_handed_the_application_in() -> None:
    made = timeline([], the_round(), ADMITTED, date(2027, 2, 1))
    assert states(made) == ["handed_in", "open", "open", "open"]


@pytest.mark.parametrize(
    ("days", "state", "words"),
    [
        (31, State.OPEN, "2027-11-30 前交"),
        (30, State.SOON, "还有 30 天"),
        (0, State.SOON, "就是今天"),
        (-1, State.OVERDUE, "已过 1 天"),
    ],
)
def test_a_summary_becomes_pressing_and_then_overdue(days: int, state: State, words: str) -> None:
    made = timeline([FINAL], the_round(), ADMITTED, date(2027, 11, 30) - timedelta(days=days))
    due = made.forms[1]
    assert (due.days, due.state, state_words(due)) == (days, state, words)
    assert (due in made.pressing()) is (state is not State.OPEN)


def test_an_exported_summary_is_done_and_still_to_be_handed_in() -> None:
    made = timeline([FINAL, card("summary_2027", revision=2)], the_round(), ADMITTED, date(2027, 11, 20))
    assert made.forms[1].state is State.DONE
    assert not made.pressing()
    assert next_sentence(made).startswith("2027年度总结已定稿，2027年11月30日前报送")


def test_what_was_written_in_after_its_final_version_is_to_be_made_final_again() -> None:
    edited = structs.replace(card("summary_2027", revision=2), edited=True)
    made = timeline([FINAL, edited], the_round(), ADMITTED, date(2027, 11, 20))
    assert next_sentence(made).startswith("2027年度总结定稿后改过，再导出一次定稿，2027年11月30日前报送；")


def test_a_day_that_we_suggest_is_never_told_as_if_the_notice_gave_it() -> None:
    handed = {f"summary_{year}.handed_in": date(year, 11, 20) for year in (2027, 2028)}
    for revision, on in ((0, date(2029, 1, 10)), (0, date(2029, 2, 10)), (1, date(2029, 1, 10))):
        last = card("self_assessment", revision=revision)
        made = timeline([FINAL, last], the_round(), ADMITTED | handed, on)
        assert "推算的提醒日，以通知为准" in next_sentence(made)
        assert revision or state_words(made.forms[3]).startswith("推算")


def test_of_two_drafts_of_one_form_the_one_changed_last_counts() -> None:
    older = card("summary_2027", percent=10, updated="2027-03-01")
    newer = card("summary_2027", percent=90, updated="2027-04-01")
    for cards in ([older, newer], [newer, older]):
        made = timeline(cards, the_round(), ADMITTED, date(2027, 5, 1))
        assert made.forms[1].percent == 90


def test_the_day_of_the_self_assessment_is_marked_until_the_user_sets_one() -> None:
    suggested = timeline([FINAL], the_round(), ADMITTED, date(2028, 12, 1)).forms[3]
    assert (suggested.day, suggested.basis) == (date(2029, 1, 31), Basis.INFERRED)
    assert "推算" in due_sentence(suggested)
    assert "推算" in state_words(suggested)
    own = timeline(
        [FINAL], the_round(), ADMITTED | {"self_assessment": date(2029, 3, 15)}, date(2028, 12, 1)
    ).forms[3]
    assert (own.day, own.basis, own.source) == (date(2029, 3, 15), Basis.USER, ())
    assert "推算" not in due_sentence(own)


def test_a_day_of_the_notice_cannot_be_moved() -> None:
    made = line(FINAL, on=date(2027, 5, 1), **ADMITTED, summary_2027=date(2028, 1, 1))
    assert made.forms[1].day == date(2027, 11, 30)


def test_earlier_days_inside_the_province_come_first() -> None:
    made = line(
        FINAL,
        on=date(2027, 11, 5),
        **ADMITTED,
        summary_2027__county=date(2027, 11, 1),
        summary_2027__city=date(2027, 11, 10),
    )
    assert [(due.key, due.state) for due in made.pressing()] == [
        ("summary_2027.county", State.OVERDUE),
        ("summary_2027.city", State.SOON),
        ("summary_2027", State.SOON),
    ]
    assert "县级内部截止" in due_sentence(made.pressing()[0])
    after = line(FINAL, on=date(2027, 12, 5), **ADMITTED, summary_2027__county=date(2027, 11, 1))
    assert [due.key for due in after.pressing()] == ["summary_2027"]
    assert next_sentence(after).endswith("已经报送的，在“日期和进展”里记一下。")
    handed = line(
        FINAL,
        on=date(2027, 11, 5),
        **ADMITTED,
        summary_2027__county=date(2027, 11, 1),
        summary_2027__handed_in=date(2027, 11, 1),
    )
    assert not handed.pressing()


def test_a_closed_round_is_said_and_reminds_nobody() -> None:
    made = line(card("application"), on=date(2026, 7, 1))
    assert made.closed
    assert made.forms[0].state is State.CLOSED
    assert not made.pressing()
    assert "下一轮" in next_sentence(made)
    assert "报送过的" in next_sentence(made)
    assert made.asks
    assert not line(card("application"), on=date(2026, 6, 30)).closed


def test_what_is_overdue_is_said_before_what_is_ready() -> None:
    late, ready = card("summary_2027"), card("self_assessment", revision=1)
    made = line(
        FINAL, late, ready, on=date(2029, 1, 20), **ADMITTED, summary_2028__handed_in=date(2028, 11, 20)
    )
    assert spoken_due(made).form == "summary_2027"
    assert "2027年度总结，已过 417 天" in next_sentence(made)
    told = line(
        FINAL, late, ready, on=date(2029, 1, 20), **ADMITTED,
        summary_2027__handed_in=date(2027, 11, 20), summary_2028__handed_in=date(2028, 11, 20),
    )  # fmt: skip
    assert spoken_due(told) is None
    assert next_sentence(told).startswith("自评已定稿")


def test_before_the_upload_the_sentence_names_what_is_to_be_mended() -> None:
    made = line(card("application", errors=3), on=date(2026, 6, 2))
    assert next_sentence(made) == "2026年6月30日前由省级上传申报材料，还有 28 天。还有 3 处必须改。"


def test_a_leap_year_and_a_change_of_year_are_counted_right() -> None:
    made = timeline([FINAL], the_round(), ADMITTED, date(2028, 2, 28))
    assert made.forms[2].days == (date(2028, 11, 30) - date(2028, 2, 28)).days == 276
    assert suggested_day(the_round()) == date(2029, 1, 31)


def test_every_moment_of_four_years_has_a_sentence() -> None:
    """Every day, with and without what the user may say: no exception, no empty sentence."""
    said = [{}, {"upload.handed_in": date(2026, 6, 20)}, ADMITTED, {"declined": date(2026, 10, 1)}]
    drafts = [[], [card("application")], [FINAL], [FINAL, card("summary_2027")]]
    day = date(2026, 4, 9)
    while day < date(2029, 4, 1):
        for dates in said:
            for cards in drafts:
                made = timeline(cards, the_round(), dates, day)
                assert next_sentence(made).endswith("。") or next_sentence(made).endswith("好。")
                assert stage_words(made)
                assert all(state_words(due) for due in made.forms)
        day += timedelta(days=7)
