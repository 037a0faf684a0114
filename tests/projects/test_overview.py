"""Projects of the start page: drafts together, and what the user is reminded of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from pilotdesk.projects.overview import overviews, pressing
from tests.projects.timelines import card, the_round

if TYPE_CHECKING:
    from pilotdesk.drafts.records import DraftCard
    from pilotdesk.projects.overview import Overview

ADMITTED = {"admitted": date(2026, 11, 10)}


def of(*cards: DraftCard, on: date, **dates: dict[str, date]) -> tuple[Overview, ...]:
    return overviews(cards, lambda project_id: dates.get(project_id, {}), lambda _name: the_round(), on)


def in_project(project_id: str, made: DraftCard) -> DraftCard:
    return replace(made, project_id=project_id)


def test_the_drafts_of_a_project_stand_together_in_the_order_of_the_list() -> None:
    cards = (
        in_project("a", card("summary_2027", updated="2027-05-02")),
        in_project("b", card("application", updated="2027-05-01")),
        in_project("a", card("application", updated="2026-05-01")),
    )
    first, second = of(*cards, on=date(2027, 5, 3))
    assert [each.form for each in first.cards] == ["summary_2027", "application"]
    assert first.latest.form == "summary_2027"
    assert [each.form for each in second.cards] == ["application"]


def test_a_name_is_taken_from_the_draft_that_has_one() -> None:
    nameless = card("summary_2027")
    nameless = replace(nameless, facts=replace(nameless.facts, title="", unit=""))
    named = card("application")
    (project,) = of(nameless, named, on=date(2027, 5, 3))
    assert project.title == "试点"
    assert project.unit == ""


def test_the_next_form_may_be_begun_once_the_project_is_on_the_list() -> None:
    on = date(2027, 5, 3)
    final = card("application", revision=1)
    (unknown,) = of(final, on=on)
    assert unknown.to_begin() is None
    (listed,) = of(final, on=on, p_0123456789ab=ADMITTED)
    assert listed.to_begin().form == "summary_2027"
    (begun,) = of(card("summary_2027"), final, on=on, p_0123456789ab=ADMITTED)
    assert begun.to_begin() is None
    (done,) = of(card("summary_2027", revision=1), final, on=on, p_0123456789ab=ADMITTED)
    assert done.to_begin().form == "summary_2028"
    (late,) = of(card("summary_2027"), final, on=date(2028, 3, 1), p_0123456789ab=ADMITTED)
    assert late.to_begin().form == "summary_2028"
    (missed,) = of(final, on=date(2028, 3, 1), p_0123456789ab=ADMITTED)
    assert missed.to_begin().form == "summary_2027"


def test_reminders_come_over_all_projects_the_overdue_first_and_never_for_practice() -> None:
    cards = (
        in_project("a", card("application")),
        in_project("b", card("application")),
        in_project("c", replace(card("application"), practice=True)),
    )
    earlier = ADMITTED | {"summary_2027.county": date(2027, 11, 1)}
    found = pressing(of(*cards, on=date(2027, 11, 15), a=ADMITTED, b=earlier, c=ADMITTED))
    assert [(project.project_id, due.key) for project, due in found] == [
        ("b", "summary_2027.county"),
        ("a", "summary_2027"),
    ]


def test_a_draft_of_an_older_version_stands_back_and_stays_there_to_be_read() -> None:
    old, new = card("application", updated="2027-05-02"), card("application", updated="2027-05-01")
    new = replace(new, draft_id="d_new", form_version=old.form_version + 1)
    (project,) = of(old, new, on=date(2027, 5, 3))
    assert project.latest is new
    assert project.older() == (old,)
