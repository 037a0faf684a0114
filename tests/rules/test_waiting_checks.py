"""Checks that wait until a page is drawn: whoever asks for issues gets all of them, and the same ones."""

from __future__ import annotations

from datetime import date

import pytest

from pilotdesk.forms.shipped import load_shipped
from pilotdesk.forms.values import Row
from pilotdesk.projects import sample_package
from pilotdesk.session import Session

TODAY = date(2026, 6, 12)
ASKING = {
    "all_issues": lambda session: session.all_issues(),
    "issues_at": lambda session: session.issues_at("project_name"),
    "accepted_at": lambda session: session.engine.accepted_at("project_name"),
    "findings": lambda session: list(session.engine.findings("project_name")),
    "found_issues": lambda session: session.engine.found_issues,
    "a change": lambda session: session.set_text("staff_count", "86"),
    "check": lambda session: session.check(),
}


def opened(values=None, *, check_later):
    return Session(load_shipped("2026"), "application", values or {}, today=TODAY, check_later=check_later)


def test_the_checks_wait_only_where_they_may():
    assert opened(check_later=False).engine.is_checked
    assert not opened(check_later=True).engine.is_checked


@pytest.mark.parametrize("asking", ASKING)
def test_asking_for_issues_ends_the_waiting(asking):
    session = opened(check_later=True)
    ASKING[asking](session)
    assert session.engine.is_checked


def test_the_issues_are_those_of_a_session_that_did_not_wait():
    values = dict(sample_package().values) | {"project_name": None, "staff_count": 0}
    waiting, fresh = opened(values, check_later=True), opened(values, check_later=False)
    assert waiting.engine.irrelevant == fresh.engine.irrelevant
    assert dict(waiting.values) == dict(fresh.values)
    assert waiting.all_issues() == fresh.all_issues()
    assert fresh.all_issues()


def test_a_change_before_the_checks_leads_to_the_same_issues():
    waiting, fresh = opened(check_later=True), opened(check_later=False)
    for session in (waiting, fresh):
        session.set_text("uscc", "12345")
        session.replace_rows("targets", (Row("r_1", {"indicator": "甲"}),))
    assert waiting.all_issues() == fresh.all_issues()


def test_the_checks_are_announced_with_every_path_that_has_issues():
    session, heard = opened(check_later=True), []
    session.subscribe(heard.append)
    change = session.check()
    assert heard == [change]
    assert change.issues == {issue.path for issue in session.all_issues()}
    assert not change.paths
