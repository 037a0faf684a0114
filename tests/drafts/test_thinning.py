"""What stays of many copies: the newest few, then hours, days, weeks and months, whatever the clock does."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotdesk.drafts.thinning import RULES, staying

MOMENTS = st.lists(st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1)), max_size=80)
NEAR = st.lists(
    st.integers(0, 60 * 24 * 400).map(lambda minutes: datetime(2026, 1, 1) + timedelta(minutes=minutes)),
    max_size=120,
)


def year_of_work(begin: datetime, days: int) -> tuple[list[datetime], dict[datetime, int]]:
    """A copy every half hour from 8:30 to 17:30 on working days, thinned after each; what is left, and on the way."""
    kept: list[datetime] = []
    on_the_way = {}
    for day in range(days):
        morning = begin + timedelta(days=day)
        for made in worked(morning, 1):
            kept = sorted(staying([*kept, made], made))
        on_the_way[morning] = len(kept)
    return kept, on_the_way


def worked(begin: datetime, days: int) -> list[datetime]:
    """Every half hour of work in so many days."""
    mornings = [begin + timedelta(days=day) for day in range(days)]
    return [
        morning + timedelta(hours=8, minutes=30 + 30 * half)
        for morning in mornings
        if morning.weekday() < 5
        for half in range(19)
    ]


@pytest.mark.parametrize(
    ("days", "each", "today", "left_days", "left_weeks", "left_months"),
    [
        (1, 6, 13, 1, 1, 1),
        (7, 6, 13, 5, 1, 1),
        (30, 6, 13, 22, 5, 1),
        (120, 6, 13, 31, 13, 2),
        (365, 6, 13, 31, 26, 7),
    ],
)
def test_what_a_year_of_work_leaves(days, each, today, left_days, left_weeks, left_months):
    """2026-01-01 is a Thursday; each row is what stands in the folder after so many days."""
    kept, _ = year_of_work(datetime(2026, 1, 1), days)
    last = kept[-1]
    assert kept[-each:] == [last - timedelta(minutes=30 * at) for at in reversed(range(each))]
    assert sum(moment.date() == last.date() for moment in kept) == today
    by_day = {moment.date() for moment in kept}
    assert len([day for day in by_day if (last.date() - day).days <= 43]) >= min(left_days, 31)
    assert len({moment.isocalendar()[:2] for moment in kept}) >= left_weeks
    assert len({(moment.year, moment.month) for moment in kept}) >= left_months


def test_the_folder_does_not_grow_without_end():
    _, on_the_way = year_of_work(datetime(2026, 1, 1), 365 * 3)
    assert max(on_the_way.values()) <= 120
    assert max(on_the_way.values()) >= 31 + 22


def test_of_three_years_every_month_is_there_and_the_last_half_year_by_weeks():
    kept, _ = year_of_work(datetime(2026, 1, 1), 365 * 3)
    assert {(moment.year, moment.month) for moment in kept} == {
        (year, month) for year in (2026, 2027, 2028) for month in range(1, 13)
    }
    weeks = {moment.isocalendar()[:2] for moment in kept}
    assert all(
        (datetime(2028, 12, 29) - timedelta(weeks=back)).isocalendar()[:2] in weeks for back in range(26)
    )


@given(MOMENTS | NEAR)
def test_thinning_twice_changes_nothing(moments):
    kept = staying(moments)
    assert staying(kept) == kept
    assert kept <= set(moments)


@given(MOMENTS | NEAR)
def test_the_newest_stays_and_so_does_something_of_every_month(moments):
    kept = staying(moments)
    if moments:
        assert max(moments) in kept
    months = sorted({(moment.year, moment.month) for moment in moments})[-60:]
    assert {(moment.year, moment.month) for moment in kept} >= set(months)
    assert len(kept) <= sum(rule.periods for rule in RULES)


@given(MOMENTS | NEAR, st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)))
def test_a_clock_that_jumps_takes_no_day_away_but_the_oldest(moments, jumped):
    before = staying(moments)
    after = staying([*before, jumped], jumped)
    assert jumped in after
    lost = sorted(before - after)
    # One period of each rule at most is pushed out by the new one, and the copy that was the last of its own.
    assert len(lost) <= len(RULES)


@given(MOMENTS)
def test_what_is_kept_is_the_last_of_its_day(moments):
    kept = staying(moments)
    lasts = {max(m for m in moments if m.date() == day) for day in {moment.date() for moment in moments}}
    newest_days = sorted(lasts)[-31:]
    assert set(newest_days) <= kept


def test_the_copy_just_made_stays_even_where_the_clock_says_it_is_the_oldest_of_all():
    moments = [datetime(2020 + at // 12, at % 12 + 1, 3) for at in range(70)]
    long_ago = datetime(1990, 1, 1)
    assert long_ago in staying([*moments, long_ago], long_ago)
    assert long_ago not in staying([*moments, long_ago])


def going_on(kept: list[datetime], made: list[datetime]) -> list[datetime]:
    """What stands in the folder after more copies."""
    for one in made:
        kept = sorted(staying([*kept, one], one))
        assert one in kept
    return kept


@pytest.mark.parametrize("years", [1, -17])
def test_a_clock_that_was_wrong_for_two_months_takes_no_place_from_the_work_before_and_after(years):
    before, _ = year_of_work(datetime(2026, 1, 1), 60)
    wrong, after = worked(datetime(2026 + years, 3, 2), 60), worked(datetime(2026, 5, 4), 3)
    meanwhile = going_on(before, wrong)
    assert set(before) <= set(meanwhile) or years > 0
    assert sum(moment.date() == wrong[-1].date() for moment in meanwhile) == 13
    kept = going_on(meanwhile, after)
    assert set(after[-6:]) <= set(kept)
    assert sum(moment.date() == after[-1].date() for moment in kept) == 13
    assert {moment.date() for moment in after} <= {moment.date() for moment in kept}
    assert len(kept) <= 2 * sum(rule.periods for rule in RULES)
