"""Every check of the pack finds its seeded defect at the right field, and nothing in the clean sample."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from pilotdesk.forms.shipped import load_shipped
from pilotdesk.rules.lint import BUILT_IN_CODES
from tests.packs import defects_application, defects_later
from tests.packs.defect_kit import change, clean_copy, counted, found, holds, lent_copy

TODAYS = {
    "application": date(2026, 6, 20),
    "summary_2027": date(2027, 11, 28),
    "summary_2028": date(2028, 11, 28),
    "self_assessment": date(2029, 3, 1),
}
DEFECTS_OF = {
    "application": defects_application.DEFECTS,
    "summary_2027": defects_later.SUMMARIES[2027],
    "summary_2028": defects_later.SUMMARIES[2028],
    "self_assessment": defects_later.SELF_ASSESSMENT,
}
NEVER_ASKED = {"summary_2028": {"next_plan_outside"}}
"""Checks of fields that an edition of a form does not ask: the plan for the year after 2028."""
CASES = [(form, defect) for form, defects in DEFECTS_OF.items() for defect in defects]
FORMS = load_shipped("2026").forms


def names(case):
    return f"{case.code}-{case.at}" if hasattr(case, "code") else None


@cache
def clean(form_name):
    """One copy that nobody changes."""
    return clean_copy(form_name, TODAYS[form_name])


def checks_of(form):
    inner = [one for field in form.fields.values() for one in (field, *field.columns, *field.parts)]
    return {check.name for check in (*form.head.check, *(check for one in inner for check in one.check))}


def test_there_are_more_than_sixty_defects_of_as_many_rules():
    assert len({(form_name, defect.code) for form_name, defect in CASES}) >= 60


@pytest.mark.parametrize("form_name", DEFECTS_OF)
def test_the_clean_sample_has_not_one_finding(form_name):
    assert found(clean(form_name)) == set()


@pytest.mark.parametrize(("form_name", "defect"), CASES, ids=names)
def test_a_seeded_defect_is_found_where_it_is(form_name, defect):
    session = change(lent_copy(form_name, TODAYS[form_name]), defect.bad)
    path = counted(session, defect.at)
    assert (defect.code, path) in found(session)
    issue = next(one for one in session.issues_at(path) if one.code == defect.code)
    assert all((issue.what, issue.why, issue.where, issue.fix, issue.source)), issue
    assert "{" not in issue.what + issue.why + issue.fix + issue.example


@pytest.mark.parametrize(("form_name", "defect"), CASES, ids=names)
def test_the_same_check_holds_where_nothing_is_wrong(form_name, defect):
    session = (
        change(lent_copy(form_name, TODAYS[form_name]), defect.well) if defect.well else clean(form_name)
    )
    path = counted(session, defect.at)
    assert (defect.code, path) not in found(session)
    if defect.code not in BUILT_IN_CODES:
        assert holds(session, defect.code, path) is True


@pytest.mark.parametrize("form_name", FORMS)
def test_every_check_has_a_defect(form_name):
    seeded = {defect.code for defect in DEFECTS_OF.get(form_name, ())}
    assert checks_of(FORMS[form_name]) - seeded == NEVER_ASKED.get(form_name, set())
    assert seeded - checks_of(FORMS[form_name]) <= BUILT_IN_CODES


def test_every_built_in_check_has_a_defect():
    assert {defect.code for _, defect in CASES} >= BUILT_IN_CODES
