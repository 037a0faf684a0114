"""A project over its three years: what the later forms begin with, and what they hear of the others."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from pilotdesk.clock import Clock
from pilotdesk.drafts.package import read_package, write_package
from pilotdesk.drafts.store import DraftStore
from pilotdesk.errors import StoreError
from pilotdesk.forms.attic import AtticEntry
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.projects import (
    CURRENT_ROUND,
    new_package,
    package_of,
    sample_package,
    session_of_package,
    session_of_record,
)
from pilotdesk.projects.life import (
    FORMS_IN_ORDER,
    keep_draft,
    leave,
    others_of,
    pending_differences,
    start_form,
    take_over,
)

TODAY = date(2027, 11, 10)


class SteppingClock:
    """A clock that goes one minute on with every look."""

    def __init__(self) -> None:
        self.moment = datetime(2027, 11, 10, 2, 0, tzinfo=UTC)

    def now(self) -> datetime:
        self.moment += timedelta(minutes=1)
        return self.moment


@pytest.fixture
def store(tmp_path):
    opened = DraftStore(tmp_path / "data", Clock(SteppingClock().now))
    yield opened
    opened.close()


@pytest.fixture
def application(store):
    """The id of the sample's application in the store."""
    return keep_draft(store, session_of_package(sample_package(), TODAY), origin="typed")


@pytest.fixture
def project(store, application):
    return store.load(application).card.project_id


@pytest.fixture
def summary(store, project):
    return start_form(store, project, "summary_2027", TODAY)


def change_promise(store, application, value):
    """Another promise in the first target of the application; returns the target's row id."""
    row = store.load(application).values["targets"][0]
    store.save(application, {f"targets[{row.id}].value_2027": value}, origin="typed")
    return row.id


def opened(store, draft_id):
    return session_of_record(store.load(draft_id), TODAY)


def stored(store, draft_id, session):
    """The session's answers written back, as autosave does."""
    values = {path: value for path, value in session.values.items() if not session.field(path).calculation}
    store.save(draft_id, values, origin="typed")


def test_the_forms_are_those_of_the_pack():
    assert set(FORMS_IN_ORDER) == set(load_shipped(CURRENT_ROUND).forms)


def test_a_summary_begins_with_the_promises_of_the_application(store, application, summary):
    promised = {row.id: row for row in store.load(application).values["targets"]}
    session = opened(store, summary)
    rows = session.rows("figures")
    assert [row.id for row in rows] == list(promised)
    for row in rows:
        for here, there in (
            ("indicator", "indicator"),
            ("base_value", "base_value"),
            ("promised", "value_2027"),
        ):
            assert row.cell(here) == promised[row.id].cell(there)
    assert session.value("project_name") == store.load(application).values["project_name"]
    assert session.carried["figures"][0].cell("promised") == rows[0].cell("promised")
    assert [entry.origin for entry in store.histories.of_path(summary, "project_name")] == ["carried"]
    assert store.load(summary).card.facts.title == session.value("project_name")


@pytest.mark.parametrize("form", FORMS_IN_ORDER[1:])
def test_every_later_form_can_be_begun(store, project, form):
    draft_id = start_form(store, project, form, TODAY)
    session = opened(store, draft_id)
    assert (session.form.head.name, session.identity.project_id) == (form, project)
    assert session.carried
    assert pending_differences(store, draft_id) == ()


def test_a_form_is_begun_once(store, project, summary):
    assert start_form(store, project, "summary_2027", TODAY) == summary
    assert len(store.drafts_of(project)) == 2


def test_a_project_without_drafts_has_nothing_to_begin_from(store):
    with pytest.raises(StoreError) as trouble:
        start_form(store, "p_gone", "summary_2027", TODAY)
    assert trouble.value.code == "project_gone"


def test_the_draft_changed_last_speaks_for_its_form(store, application, project, summary):
    pack = load_shipped(CURRENT_ROUND)
    values = {**store.load(application).values, "project_name": "改过的名称"}
    facts = store.load(application).card.facts
    store.add_draft(project, pack, "application", values, carried={}, facts=facts, origin="migrated")
    others = others_of(store, project, "summary_2027")
    assert list(others) == ["application"]
    assert others["application"]["project_name"] == "改过的名称"


@pytest.mark.parametrize("form", ["summary_2027", "self_assessment"])
def test_a_form_that_is_not_on_this_computer_has_emptied_nothing(store, form):
    """As with somebody who was asked to fill in parts of a later form and got that form alone."""
    alone = keep_draft(store, session_of_package(sample_package(form), TODAY), origin="imported")
    assert store.load(alone).carried
    assert pending_differences(store, alone) == ()
    assert store.load(alone).carried == sample_package(form).carried


def test_an_answer_that_another_form_has_emptied_is_shown(store, application, summary):
    store.save(application, {"unit_name": None}, origin="typed")
    (one,) = pending_differences(store, summary)
    assert (one.path, one.now) == ("unit_name", None)


def test_a_changed_promise_is_shown_and_taken_over_beside_the_first(store, application, summary):
    first = store.load(summary).values["figures"][0].cell("promised")
    row = change_promise(store, application, first + 5)
    (one,) = pending_differences(store, summary)
    assert (one.path, one.before, one.now, one.typed) == (f"figures[{row}].promised", first, first + 5, False)
    session = opened(store, summary)
    take_over(session, [one])
    assert session.value(f"figures[{row}].promised") == first
    assert session.value(f"figures[{row}].promised_now") == first + 5
    stored(store, summary, session)
    assert pending_differences(store, summary) == ()
    change_promise(store, application, first + 7)
    (again,) = pending_differences(store, summary)
    assert (again.before, again.here, again.now, again.typed) == (first + 5, first + 5, first + 7, False)


def test_what_was_taken_over_and_undone_is_shown_again(store, application, summary):
    change_promise(store, application, 1)
    differences = pending_differences(store, summary)
    session = opened(store, summary)
    take_over(session, differences)
    session.undo()
    stored(store, summary, session)
    assert pending_differences(store, summary) == differences


def test_what_was_typed_gives_way_only_to_a_person(store, application, summary):
    store.save(summary, {"project_name": "我们自己写的"}, origin="typed")
    store.save(application, {"project_name": "申报书里改了"}, origin="typed")
    differences = pending_differences(store, summary)
    session = opened(store, summary)
    assert not take_over(session, differences)
    assert not session.steps.can_undo
    assert session.value("project_name") == "我们自己写的"
    take_over(session, differences, overwrite=True)
    assert session.value("project_name") == "申报书里改了"


def test_what_was_left_is_not_shown_again(store, application, summary):
    change_promise(store, application, 1)
    differences = pending_differences(store, summary)
    session = opened(store, summary)
    leave(store, session, differences)
    assert pending_differences(store, summary) == ()
    assert opened(store, summary).carried == session.carried
    change_promise(store, application, 2)
    assert [one.now for one in pending_differences(store, summary)] == [2]


def test_what_the_draft_says_by_itself_stays_settled_when_something_else_is_left(store, application, summary):
    store.save(application, {"project_name": "申报书里改了"}, origin="typed")
    store.save(summary, {"project_name": "申报书里改了"}, origin="typed")
    change_promise(store, application, 1)
    session = opened(store, summary)
    differences = pending_differences(store, summary, session)
    assert session.carried == store.load(summary).carried
    assert session.carried["project_name"] == "申报书里改了"
    leave(store, session, differences)
    store.save(summary, {"project_name": "后来又另写了"}, origin="typed")
    assert pending_differences(store, summary) == ()


def test_a_project_of_one_form_has_no_differences(store, application):
    assert pending_differences(store, application) == ()


def test_what_is_carried_and_the_attic_go_through_freeze_and_package(store, summary, tmp_path):
    entry = AtticEntry(path="old", label="2.3 旧栏", text="八十", value="八十", why="没有这一栏了。")
    store.keep_attic(summary, [entry])
    session = opened(store, summary)
    frozen = session.freeze()
    assert frozen.carried == store.load(summary).carried
    assert [kept.text for kept in frozen.attic] == ["八十"]
    write_package(package_of(session, {}), tmp_path / "a.pilot")
    again = session_of_package(read_package(tmp_path / "a.pilot"), TODAY)
    assert (again.freeze().carried, again.freeze().attic) == (frozen.carried, frozen.attic)


def test_a_package_of_a_later_form_is_made_from_packages_of_the_others(tmp_path):
    pack = load_shipped(CURRENT_ROUND)
    first = sample_package()
    answers = tmp_path / "answers.json"
    row = first.values["targets"][0].id
    answers.write_text(f'{{"project_name": "改了", "figures": [{{"id": "{row}", "achieved": 12}}]}}', "utf-8")
    package = new_package(pack, "summary_2027", answers, given=[first])
    assert (package.values["project_name"], package.carried["project_name"]) == (
        "改了",
        first.values["project_name"],
    )
    assert [one.id for one in package.values["figures"]] == [one.id for one in first.values["targets"]]
    assert package.values["figures"][0].cell("achieved") == 12
    assert package.values["figures"][0].cell("indicator") == first.values["targets"][0].cell("indicator")
    assert package.files == {}


def test_a_project_of_several_drafts_is_kept_whole_or_not_at_all(store, monkeypatch):
    from pilotdesk.projects import life
    from pilotdesk.projects.sample import sample_project

    def full(*_given):
        raise StoreError("store_full")

    before = len(store.cards())
    monkeypatch.setattr(life, "_keep_beside", full)
    with pytest.raises(StoreError):
        life.keep_project(store, sample_project("summary_2027"), TODAY, origin="sample")
    assert len(store.cards()) == before
