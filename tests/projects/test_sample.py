"""The practice sample as a project: four drafts that hold together, in packages and in the store."""

from __future__ import annotations

from datetime import date

import pytest

from pilotdesk.clock import SYSTEM_CLOCK
from pilotdesk.drafts.package import read_package, write_package
from pilotdesk.drafts.store import DraftStore
from pilotdesk.forms.values import attachments_in
from pilotdesk.projects import sample_package, session_of_package, session_of_record
from pilotdesk.projects.life import FORMS_IN_ORDER, earlier_pieces, keep_project, pending_differences
from pilotdesk.projects.sample import sample_project

TODAY = date(2029, 2, 1)


@pytest.fixture(scope="module")
def packages():
    return sample_project()


def test_it_has_every_form_in_the_order_of_its_life(packages):
    assert tuple(package.form for package in packages) == FORMS_IN_ORDER
    assert all(package.practice for package in packages)


def test_one_can_stop_at_a_form(packages):
    assert sample_package("summary_2027").form == "summary_2027"
    assert sample_package().form == "application"
    with pytest.raises(ValueError, match="not in tuple"):
        sample_project("summary_2030")


@pytest.mark.parametrize("today", [date(2026, 6, 2), date(2026, 11, 23), date(2028, 1, 1), TODAY])
def test_there_is_nothing_to_find_in_it_on_whichever_day_it_is_opened(packages, today):
    for package in packages:
        assert session_of_package(package, today).all_issues() == ()


def test_promises_stand_under_the_rows_of_the_application(packages):
    promised = [row.id for row in packages[0].values["targets"]]
    assert [row.id for row in packages[1].values["figures"]] == promised
    assert [row.id for row in packages[3].values["results"]] == promised


def test_every_named_file_is_in_the_package_with_its_pages(packages):
    for package in packages:
        files = list(attachments_in(package.values))
        assert files
        assert {file.sha256 for file in files} == set(package.files)
        assert all(file.pages > 0 for file in files)


def test_stored_as_a_project_it_comes_back_whole_and_up_to_date(packages, tmp_path):
    store = DraftStore(tmp_path, SYSTEM_CLOCK)
    project_id = keep_project(store, packages, TODAY, origin="sample")
    cards = store.drafts_of(project_id)
    assert tuple(card.form for card in cards) == FORMS_IN_ORDER
    for card, package in zip(cards, packages, strict=True):
        record = store.load(card.draft_id)
        assert session_of_record(record, TODAY).values == session_of_package(package, TODAY).values
        assert record.carried == package.carried
        assert pending_differences(store, card.draft_id) == ()
        if card.form == "self_assessment":
            earlier = [row for before in packages[1:3] for row in before.values["evidence"]]
            assert earlier_pieces(store, card.draft_id) == tuple(row.cells for row in earlier)
        for sha256, content in package.files.items():
            assert store.attachment(card.draft_id, sha256) == content
    store.close()


def test_every_draft_goes_through_a_package(packages, tmp_path):
    for package in packages:
        write_package(package, tmp_path / "a.pilot")
        assert read_package(tmp_path / "a.pilot") == package
