"""Files of a draft, kept off the window's thread and claimed on it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from pilotdesk.documents.attachments import attachment_of
from pilotdesk.errors import AttachmentError, StoreError
from pilotdesk.projects import facts_of
from pilotdesk.projects.draft_files import LooseFiles, StoredFiles
from pilotdesk.projects.shelf import NewProject, Shelf
from pilotdesk.ui.versions.history_words import came_words
from tests.documents.evidence_files import pdf
from tests.ui.evidence_kit import summary

if TYPE_CHECKING:
    from pilotdesk.clock import Clock
    from pilotdesk.drafts.store import DraftStore


@pytest.fixture
def stored(store: DraftStore) -> StoredFiles:
    session = summary({})
    draft_id = store.create(session.pack, "summary_2027", {}, facts=facts_of(session), origin="typed")
    return StoredFiles(store, draft_id)


def test_a_file_is_kept_and_read_on_another_thread_and_belongs_to_the_draft_once_claimed(stored):
    content = pdf("x")
    file = attachment_of("甲.pdf", content)
    with ThreadPoolExecutor(1) as other:
        other.submit(stored.keeper(), file.sha256, content).result()
        with pytest.raises(StoreError):
            stored.content(file.sha256)
        stored.claim(file)
        stored.claim(file)
        assert stored.content(file.sha256) == content
        assert other.submit(stored.reader(), file.sha256).result() == content


def test_what_is_added_is_looked_into(stored):
    for shelf in (stored, LooseFiles({})):
        assert shelf.add("甲.pdf", pdf("x", "y")).pages == 2
        with pytest.raises(AttachmentError):
            shelf.add("甲.pdf", b"<html>")


def test_a_package_that_lacks_a_file_says_so():
    with pytest.raises(StoreError):
        LooseFiles({}).reader()("0" * 64)


def test_what_comes_with_the_form_was_not_typed(store: DraftStore, clock: Clock) -> None:
    draft_id = Shelf(store, clock).create(NewProject("南汀县试点", "", ""))
    origins = {entry.path: entry.origin for entry in store.histories.read(draft_id).entries}
    assert origins.pop("project_name") == "typed"
    assert {"build_period", "credit_queries", "existing_standards"} <= origins.keys()
    assert set(origins.values()) == {"begun"}
    begun, typed = sorted(store.histories.read(draft_id).sittings(), key=lambda sitting: sitting.first)
    assert came_words(begun).startswith("随表单带出")
    assert came_words(typed).startswith("填写")
