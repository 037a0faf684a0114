"""Copies on a stick, found on another computer and brought into its data directory."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pilotdesk.drafts import bringing, schema
from pilotdesk.drafts import second_place as second
from pilotdesk.drafts.attachments_folder import AttachmentsFolder
from pilotdesk.drafts.backups import back_up, backups
from pilotdesk.drafts.bringing import Brought, add_projects, has_work, make_ready, take_place
from pilotdesk.drafts.connection import FILE_NAME
from pilotdesk.drafts.found_copies import DAMAGED, TOO_NEW, look_for
from pilotdesk.drafts.records import DraftFacts
from pilotdesk.drafts.store import DraftStore
from pilotdesk.errors import ExportError, StoreError
from pilotdesk.forms.shipped import load_shipped
from tests.drafts.recovery_kit import MORNING, broken_off, clock_at, everything, hashes

if TYPE_CHECKING:
    from collections.abc import Callable

    from pilotdesk.drafts.found_copies import FoundCopy, Lot

SCAN = b"%PDF-1.4 scan"
SHA256 = hashlib.sha256(SCAN).hexdigest()
KEPT = Path(__file__).parents[1] / "data"
LATER = clock_at(MORNING + timedelta(days=1))


def typed(folder: Path, title: str, *, practice: bool = False) -> str:
    """A project with one attachment in a data directory; returns the draft's id."""
    store = DraftStore(folder, clock_at(MORNING))
    draft_id = store.create(
        load_shipped("2026"), "application", {"project_name": title},
        facts=DraftFacts(title=title), origin="typed", practice=practice,
    )  # fmt: skip
    store.attach(draft_id, SHA256, SCAN)
    store.save(draft_id, {"unit_name": "南汀县"}, origin="typed")
    store.close()
    return draft_id


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The data directory of the other computer, with a stick as its second place."""
    folder = tmp_path / "old"
    typed(folder, "南汀县试点")
    (tmp_path / "stick").mkdir()
    second.choose(folder, tmp_path / "stick")
    save_twice(folder)
    return folder


def save_twice(folder: Path) -> None:
    for minutes in (1, 40):
        made = back_up(folder, clock_at(MORNING + timedelta(minutes=minutes)))
        second.copy_there(folder, made)


@pytest.fixture
def stick(tmp_path: Path, old: Path) -> Path:
    """What is left of the other computer."""
    shutil.rmtree(old)
    return tmp_path / "stick"


def test_a_data_folder_whose_last_writing_was_broken_off_is_sound_and_comes_without_that(
    old: Path, fresh: Path
) -> None:
    before = everything(old)
    found = broken_off(old)
    kept = hashes(found)
    (lot,) = look_for(found)
    one = next(copy for copy in lot.copies if copy.database.name == FILE_NAME)
    assert (one.is_sound, one.titles, one.drafts) == (True, ("南汀县试点",), 1)
    assert hashes(found) == kept
    make_ready(fresh, one, LATER)
    take_place(fresh, LATER)
    assert everything(fresh) == before


def test_a_copy_whose_journal_cannot_be_read_is_damaged_and_keeps_no_other_from_being_found(
    old: Path, stick: Path
) -> None:
    sound = newest(stick)
    there = shutil.copytree(stick, stick / "again", ignore=shutil.ignore_patterns("again"))
    for copy in look_for(there)[0].copies:
        copy.database.with_name(f"{copy.database.name}-journal").mkdir()
    first, second = look_for(stick)
    assert first.copies[0] == sound
    assert {copy.fault for copy in second.copies} == {DAMAGED}


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """The data directory of a computer on which the program was just opened."""
    DraftStore(tmp_path / "new", LATER).close()
    return tmp_path / "new"


def newest(stick: Path) -> FoundCopy:
    return look_for(stick)[0].copies[0]


def one_lot(stick: Path) -> Lot:
    (lot,) = look_for(stick)
    return lot


def spoil(database: Path) -> None:
    database.write_bytes(database.read_bytes()[:5000] + bytes(3000))


# -- looking -------------------------------------------------------------------------------------


def test_a_stick_tells_whose_copies_from_when_and_what_is_in_them(
    stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = hashes(stick)
    lot = one_lot(stick)
    assert lot.computer == second.this_machine()[0] != ""
    assert [copy.titles for copy in lot.copies] == [("南汀县试点",)] * 2
    assert [copy.is_sound for copy in lot.copies] == [True, True]
    assert lot.copies[0].moment > lot.copies[1].moment
    assert (lot.copies[0].drafts, lot.copies[0].lost) == (1, 0)
    assert hashes(stick) == before


def test_practice_and_what_was_deleted_are_counted_where_there_is_no_project(tmp_path: Path) -> None:
    folder = tmp_path / "old"
    typed(folder, "练习", practice=True)
    store = DraftStore(folder, LATER)
    store.deletions.delete([typed(folder, "南汀县试点")])
    store.close()
    back_up(folder, LATER)
    for copy in one_lot(folder).copies:
        assert (copy.titles, copy.drafts, copy.deleted) == ((), 1, 1)


def test_our_folder_and_what_is_in_it_can_be_picked_too(stick: Path) -> None:
    ours = stick / second.FOLDER_NAME
    for picked in (ours, ours / "backups", stick.parent):
        assert len(one_lot(picked).copies) == 2


def test_a_damaged_copy_is_told_and_the_newest_sound_one_comes_first(stick: Path) -> None:
    spoil(backups(stick / second.FOLDER_NAME)[-1].path)
    lot = one_lot(stick)
    assert [copy.fault for copy in lot.copies] == ["", DAMAGED]
    assert lot.copies[0].moment < lot.copies[1].moment


def test_a_copy_of_a_newer_program_is_told_with_its_number(stick: Path) -> None:
    path = backups(stick / second.FOLDER_NAME)[-1].path
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA user_version = {schema.CURRENT + 2}")
    db.close()
    last = one_lot(stick).copies[-1]
    assert (last.fault, last.version) == (TOO_NEW, schema.CURRENT + 2)


def test_two_computers_on_a_stick_are_two_and_the_newer_one_is_first(old: Path, tmp_path: Path) -> None:
    typed(tmp_path / "other", "北汀县试点")
    second.choose(tmp_path / "other", tmp_path / "stick")
    second.copy_there(tmp_path / "other", back_up(tmp_path / "other", clock_at(MORNING + timedelta(hours=1))))
    lots = look_for(tmp_path / "stick")
    assert [lot.copies[0].titles for lot in lots] == [("北汀县试点",), ("南汀县试点",)]


def test_what_was_put_on_a_stick_by_hand_is_found_as_well(tmp_path: Path) -> None:
    typed(tmp_path / "old", "南汀县试点")
    second.hand_out(tmp_path / "old", tmp_path / "stick" / "PilotDesk备份-20260602")
    lot = one_lot(tmp_path / "stick")
    assert lot.computer == second.this_machine()[0]
    assert (lot.copies[0].titles, lot.copies[0].lost) == (("南汀县试点",), 0)


def test_attachments_that_are_not_there_are_counted(stick: Path) -> None:
    shutil.rmtree(stick / second.FOLDER_NAME / "backups" / "attachments")
    assert newest(stick).lost == 1


def test_older_copies_wait_until_they_are_asked_for(stick: Path) -> None:
    (lot,) = look_for(stick, most=1)
    assert (len(lot.copies), lot.older) == (1, 1)


def test_whoever_looks_may_leave(stick: Path) -> None:
    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        look_for(stick, stop)


def test_a_folder_without_copies_has_none(tmp_path: Path) -> None:
    assert look_for(tmp_path) == ()
    assert look_for(tmp_path / "gone") == ()


# -- as a whole ----------------------------------------------------------------------------------


def test_on_a_computer_without_work_everything_comes_back(stick: Path, fresh: Path) -> None:
    before = hashes(stick)
    make_ready(fresh, newest(stick), LATER)
    brought = take_place(fresh, LATER)
    assert brought == Brought(projects=1, drafts=1, files=1, lost=0)
    (values,) = everything(fresh).values()
    assert values == {"project_name": "南汀县试点", "unit_name": "南汀县"}
    assert AttachmentsFolder(fresh).content(SHA256) == SCAN
    assert hashes(stick) == before
    assert not (fresh / "recovery").exists()
    assert len(list((fresh / "damaged").glob("*.db"))) == 1  # what stood here is put aside and not deleted


def test_it_never_takes_the_place_of_work(stick: Path, fresh: Path) -> None:
    found = newest(stick)
    make_ready(fresh, found, LATER)
    typed(fresh, "西汀县试点")
    here = everything(fresh)
    for attempt in (lambda: take_place(fresh, LATER), lambda: make_ready(fresh, found, LATER)):
        with pytest.raises(StoreError) as trouble:
            attempt()
        assert trouble.value.code == "found_not_alone"
    assert everything(fresh) == here


def test_what_was_deleted_is_work_and_practice_is_none(fresh: Path) -> None:
    typed(fresh, "样例", practice=True)
    assert not has_work(fresh)
    draft_id = typed(fresh, "西汀县试点")
    store = DraftStore(fresh, LATER)
    store.deletions.delete([draft_id])
    store.close()
    assert has_work(fresh)


def test_an_attachment_that_the_stick_has_damaged_is_counted_and_not_taken(stick: Path, fresh: Path) -> None:
    AttachmentsFolder(stick / second.FOLDER_NAME / "backups").path_of(SHA256).write_bytes(b"%PDF-1.4 scam")
    make_ready(fresh, newest(stick), LATER)
    assert take_place(fresh, LATER).lost == 1
    assert not AttachmentsFolder(fresh).path_of(SHA256).exists()


def test_a_damaged_attachment_here_is_mended_from_the_stick(stick: Path, fresh: Path) -> None:
    AttachmentsFolder(fresh).keep(SHA256, SCAN)
    AttachmentsFolder(fresh).path_of(SHA256).write_bytes(b"%PDF-1.4 scam")
    make_ready(fresh, newest(stick), LATER)
    assert AttachmentsFolder(fresh).content(SHA256) == SCAN


def test_a_stick_that_is_pulled_out_is_named_and_nothing_is_changed(stick: Path, fresh: Path) -> None:
    found = newest(stick)
    shutil.rmtree(stick)
    before = everything(fresh)
    with pytest.raises(StoreError) as trouble:
        make_ready(fresh, found, LATER)
    assert trouble.value.code == "found_gone"
    assert everything(fresh) == before


def test_a_copy_that_went_bad_since_it_was_looked_over_is_not_used(stick: Path, fresh: Path) -> None:
    found = newest(stick)
    spoil(found.database)
    with pytest.raises(StoreError) as trouble:
        make_ready(fresh, found, LATER)
    assert trouble.value.code == "found_unsound"


def test_a_program_killed_before_the_last_step_does_it_when_it_starts(
    stick: Path, fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_ready(fresh, newest(stick), LATER)
    with monkeypatch.context() as killed:
        killed.setattr(bringing.recovery, "finish", lambda *_given: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            take_place(fresh, LATER)
    assert not (fresh / FILE_NAME).exists()
    assert bringing.recovery.finish(fresh, LATER)
    assert len(everything(fresh)) == 1


def test_what_was_in_the_log_of_a_dead_computer_comes_along(tmp_path: Path, fresh: Path) -> None:
    old = tmp_path / "disk" / "PilotDesk"
    draft_id = typed(old, "南汀县试点")
    store = DraftStore(old, clock_at(MORNING))
    store.save(draft_id, {"unit_name": "写在日志里的"}, origin="typed")
    shutil.copytree(old, tmp_path / "saved" / "PilotDesk")
    store.close()
    assert (tmp_path / "saved" / "PilotDesk" / f"{FILE_NAME}-wal").stat().st_size
    make_ready(fresh, newest(tmp_path / "saved"), LATER)
    take_place(fresh, LATER)
    assert everything(fresh)[draft_id]["unit_name"] == "写在日志里的"


@pytest.mark.parametrize("version", range(1, schema.CURRENT + 1))
def test_copies_of_every_released_version_come_back(version: int, fresh: Path, tmp_path: Path) -> None:
    kept = next(path for path in KEPT.glob(f"database-{version}") if path.is_dir())
    shutil.copytree(kept, tmp_path / "stick" / "old")
    (tmp_path / "stick" / "old" / f"{FILE_NAME}.kept").rename(tmp_path / "stick" / "old" / FILE_NAME)
    found = newest(tmp_path / "stick")
    assert found.is_sound
    make_ready(fresh, found, LATER)
    brought = take_place(fresh, LATER)
    assert (brought.drafts, brought.lost) == (found.drafts, 0)


# -- beside what is here -------------------------------------------------------------------------


def test_where_there_is_work_the_projects_stand_beside_it(stick: Path, fresh: Path) -> None:
    mine = typed(fresh, "西汀县试点")
    here = everything(fresh)[mine]
    brought = add_projects(fresh, newest(stick), LATER)
    assert brought == Brought(projects=1, drafts=1, files=1, lost=0)
    after = everything(fresh)
    assert after[mine] == here
    assert sorted(values["project_name"] for values in after.values()) == ["南汀县试点", "西汀县试点"]
    assert not (fresh / "recovery").exists()


def test_doing_it_twice_changes_nothing(stick: Path, fresh: Path) -> None:
    typed(fresh, "西汀县试点")
    add_projects(fresh, newest(stick), LATER)
    after = everything(fresh)
    assert add_projects(fresh, newest(stick), LATER) == Brought(
        projects=0, drafts=0, files=0, lost=0, known=1
    )
    assert everything(fresh) == after


def test_what_went_on_here_since_stays_as_it_is(stick: Path, fresh: Path) -> None:
    typed(fresh, "西汀县试点")
    add_projects(fresh, newest(stick), LATER)
    draft_id = next(
        key for key, values in everything(fresh).items() if values["project_name"] == "南汀县试点"
    )
    store = DraftStore(fresh, LATER)
    store.save(draft_id, {"unit_name": "这里改的"}, origin="typed")
    store.close()
    assert add_projects(fresh, newest(stick), LATER).known == 1
    assert everything(fresh)[draft_id]["unit_name"] == "这里改的"


def test_a_full_disk_leaves_everything_as_it_was(
    stick: Path, fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(fresh, "西汀县试点")
    before = everything(fresh)
    found = newest(stick)

    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(bringing.shutil, "copyfile", full)
    with pytest.raises(ExportError) as trouble:
        add_projects(fresh, found, LATER)
    assert trouble.value.code == "disk_full"
    assert everything(fresh) == before


@pytest.mark.parametrize("act", [make_ready, add_projects])
def test_what_did_not_come_to_its_end_gives_back_its_room_and_takes_nothing_of_ours(
    stick: Path, fresh: Path, monkeypatch: pytest.MonkeyPatch, act: Callable[..., object]
) -> None:
    ours = hashlib.sha256(b"ours").hexdigest()
    AttachmentsFolder(fresh).keep(ours, b"ours")  # not named yet: just being added
    found = newest(stick)

    class Left(BaseException):
        pass

    bring = AttachmentsFolder.bring

    def full(self: AttachmentsFolder, sha256: str, source: AttachmentsFolder) -> bool:
        assert bring(self, sha256, source) or bring(
            self, sha256, AttachmentsFolder(stick / second.FOLDER_NAME / "backups")
        )
        raise Left

    with monkeypatch.context() as patched:
        patched.setattr(AttachmentsFolder, "bring", full)
        with pytest.raises(Left):
            act(fresh, found, LATER)
    assert [path.name for path in AttachmentsFolder(fresh).listed()] == [ours]
    assert not (fresh / "recovery").exists()
    act(fresh, found, LATER)
    assert len(AttachmentsFolder(fresh).listed()) == 2
