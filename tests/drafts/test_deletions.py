"""Deleting loses nothing: everything comes back, and only what is taken away for good goes."""

from __future__ import annotations

import hashlib
import os
from datetime import date
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from pilotdesk.clock import Clock
from pilotdesk.drafts.connection import FILE_NAME
from pilotdesk.drafts.health import health_of
from pilotdesk.drafts.records import WHOLE_DRAFT, DraftFacts
from pilotdesk.drafts.running_mark import newest_entry
from pilotdesk.drafts.share import Share
from pilotdesk.drafts.shares_table import KeptShare
from pilotdesk.drafts.store import DraftStore
from pilotdesk.drafts.unused_files import YOUNG, UnusedFiles, unused_files
from pilotdesk.errors import StoreError
from pilotdesk.forms.values import Attachment, Row
from tests.data.keep import returned
from tests.drafts.test_store import PACK, SteppingClock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCAN = b"%PDF-1.4 a scan"
SHA256 = hashlib.sha256(SCAN).hexdigest()
FILES = (Attachment(SHA256, "证书.pdf", len(SCAN)),)
VALUES = {
    "a": "原文",
    "leader.name": "陈立",
    "leader.title": "主任",
    "t": (Row("r_1", {"n": "甲"}),),
    "scan": FILES,
}
FACTS = DraftFacts(title="南汀县试点", unit="某局")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DraftStore]:
    made = DraftStore(tmp_path, Clock(SteppingClock().now), by="陈立")
    yield made
    made.close()


@pytest.fixture
def project(store: DraftStore) -> tuple[str, str, str]:
    """A project with two drafts, and everything that a draft can have."""
    first = store.create(PACK, "application", VALUES, facts=FACTS, origin="typed")
    project_id = store.load(first).card.project_id
    store.attach(first, SHA256, SCAN)
    store.projects.set_date(project_id, "admitted", date(2026, 11, 10))
    second = store.add_draft(
        project_id, PACK, "summary_2027", {"a": "总结"}, carried={"a": "原文"}, facts=FACTS, origin="carried"
    )
    store.accept(first, {"c@a": "就是这样"})
    store.log_export(first, kind="pdf", file_name="a.pdf", sha256="0" * 64, check_code="AB12")
    store.count_revision(first, 1)
    store.histories.name_version(
        first, "交第一稿前", store.histories.last_entry(first), at="2026-06-02T00:00:00.000Z"
    )
    share = Share(share_id="s_0123456789ab", parts=("unit",), person="王工", ancestor=VALUES)
    store.shares.keep(KeptShare(draft_id=first, incoming=False, share=share))
    store.returns.keep(first, returned())
    return project_id, first, second


def everything(store: DraftStore, draft_id: str) -> tuple[object, ...]:
    past = store.histories.read(draft_id)
    return (
        store.load(draft_id, deleted=True),
        [entry for entry in past.entries if entry.path != WHOLE_DRAFT],
        past.versions,
        past.exports,
        store.shares.of_draft(draft_id),
        store.attachments.content(SHA256),
    )


def test_a_deleted_project_comes_back_with_everything_at_its_place(store, project):
    project_id, first, second = project
    store.create(PACK, "application", {}, facts=DraftFacts(), origin="typed")
    before, listed = everything(store, first), store.cards()
    store.deletions.delete([first, second])
    assert {card.project_id for card in store.cards()}.isdisjoint({project_id})
    assert store.drafts_of(project_id) == ()
    for call in (store.load, lambda gone: store.save(gone, {"a": "y"}, origin="typed")):
        with pytest.raises(StoreError) as trouble:
            call(first)
        assert trouble.value.code == "draft_gone"
    (deletion,) = store.deletions.acts()
    assert ({card.draft_id for card in deletion.cards}, deletion.by, deletion.whole) == (
        {first, second},
        "陈立",
        True,
    )
    store.deletions.bring_back([first, second])
    assert everything(store, first) == before
    assert store.cards() == listed
    assert store.deletions.acts() == ()
    assert list(store.projects.dates(project_id)) == ["admitted"]


def test_one_draft_of_a_project_is_deleted_and_comes_back_alone(store, project):
    project_id, first, second = project
    store.deletions.delete([second])
    assert [card.draft_id for card in store.drafts_of(project_id)] == [first]
    store.deletions.delete([first])
    later, earlier = store.deletions.acts()
    assert [card.form for one in (later, earlier) for card in one.cards] == ["application", "summary_2027"]
    assert later.at > earlier.at
    store.deletions.bring_back([second])
    assert [card.draft_id for card in store.drafts_of(project_id)] == [second]
    (left,) = store.deletions.acts()
    assert not left.whole  # its project stands on the start page again


def test_deleting_and_coming_back_stand_in_the_history_and_change_nothing(store, project, tmp_path):
    _, first, _ = project
    last = newest_entry(tmp_path / FILE_NAME)
    store.deletions.delete([first])
    store.deletions.delete([first])  # is deleted already
    store.deletions.bring_back([first])
    store.deletions.bring_back([first])
    past = store.histories.read(first)
    assert [(one.origin, one.by) for one in past.sittings()[-2:]] == [
        ("deleted", "陈立"),
        ("undeleted", "陈立"),
    ]
    assert past.state() == VALUES
    assert [card.edited for card in store.cards() if card.draft_id == first] == [False]
    assert (
        newest_entry(tmp_path / FILE_NAME) == last
    )  # nobody's work: nothing to say of it after an unclean end


def test_what_belongs_to_a_draft_is_counted(store, project):
    told = store.deletions.belongings(project[1])
    assert (told.fields, told.versions, told.shares) == (4, 1, 1)
    assert told.saved == len(VALUES)


def test_only_deleted_drafts_are_taken_away_for_good_and_leave_one_entry(store, project, tmp_path):
    _, first, second = project
    store._connection.read("PRAGMA secure_delete = OFF")  # some builds of SQLite begin with it, most do not
    store.deletions.take_away([first])
    assert store.load(first).values == VALUES
    store.deletions.delete([first, second])
    store.deletions.take_away([first])
    assert [card.draft_id for one in store.deletions.acts() for card in one.cards] == [second]
    with pytest.raises(StoreError):
        store.deletions.bring_back([first])
    (entry,) = store.histories.read(first).entries
    assert (entry.path, entry.value, entry.origin) == (WHOLE_DRAFT, None, "purged")
    assert (store.histories.read(first).versions, store.shares.of_draft(first)) == ((), ())
    assert store.returns.of_draft(first) == ()
    store.deletions.take_away([second])
    assert store.projects.dates(project[0]) == {}
    health = health_of(tmp_path / FILE_NAME, alone=False)
    assert health.after({"project": 1, "history": 9}).is_sound
    content = (tmp_path / FILE_NAME).read_bytes()
    assert "原文".encode() not in content  # not in the pages that became free either


def test_nothing_or_all_of_it_is_deleted(store, project):
    with pytest.raises(StoreError) as trouble:
        store.deletions.delete([project[1], "d_nobody"])
    assert trouble.value.code == "draft_gone"
    assert store.deletions.acts() == ()


# -- attached files --------------------------------------------------------------------------------


def aged(store: DraftStore) -> None:
    """The file has been there for a while."""
    past = store._clock.now().timestamp() - 2 * YOUNG
    os.utime(store.attachments.path_of(SHA256), (past, past))


@pytest.mark.parametrize("place", ["answer", "history", "deleted", "share", "returned", "attic", "carried"])
def test_a_file_that_anything_names_stays(store, place, tmp_path):
    draft_id = store.create(PACK, "application", {}, facts=FACTS, origin="typed")
    store.attach(draft_id, SHA256, SCAN)
    aged(store)
    assert unused_files(tmp_path, store._clock.now().timestamp()).sha256s == {SHA256}
    if place == "attic":
        from pilotdesk.forms.attic import AtticEntry

        store.keep_attic(draft_id, [AtticEntry(path="o", label="旧", text="", value=FILES, why="", at="")])
    elif place == "carried":
        store.keep_carried(draft_id, {"scan": FILES})
    elif place == "returned":
        store.returns.keep(draft_id, replace(returned(), before={"1": FILES}))
    elif place == "share":
        share = Share(share_id="s_0123456789ab", parts=("unit",), person="王工", ancestor={"scan": FILES})
        store.shares.keep(KeptShare(draft_id=draft_id, incoming=False, share=share))
    else:
        store.save(draft_id, {"scan": FILES}, origin="typed")
    if place == "history":
        store.save(draft_id, {"scan": None}, origin="typed")
    if place == "deleted":
        store.deletions.delete([draft_id])
    found = UnusedFiles(sha256s=frozenset({SHA256}), size=len(SCAN))
    assert unused_files(tmp_path, store._clock.now().timestamp()) == UnusedFiles()
    assert store.deletions.clear_files(found) == UnusedFiles()  # was found before, and is named by now
    assert store.attachments.content(SHA256) == SCAN


def test_a_file_of_what_went_for_good_can_be_cleared(store, project, tmp_path):
    _, first, second = project
    aged(store)
    store.deletions.delete([first, second])
    store.deletions.take_away([first, second])
    found = unused_files(tmp_path, store._clock.now().timestamp())
    assert found == UnusedFiles(sha256s=frozenset({SHA256}), size=len(SCAN))
    assert store.deletions.clear_files(found) == found
    assert store.attachments.listed() == []


def test_a_file_that_was_just_put_there_stays(store, tmp_path):
    draft_id = store.create(PACK, "application", {}, facts=FACTS, origin="typed")
    store.attach(draft_id, SHA256, SCAN)
    now = store.attachments.path_of(SHA256).stat().st_mtime
    assert unused_files(tmp_path, now + 60) == UnusedFiles()
    assert unused_files(tmp_path, now - 2 * YOUNG) == UnusedFiles()  # the clock was put back
    old = now - 2 * YOUNG
    os.utime(store.attachments.path_of(SHA256), (old, old))
    store.attachments.keep(SHA256, SCAN)  # the same once more, by somebody who has not stored the answer yet
    assert unused_files(tmp_path, now) == UnusedFiles()
