"""A copy counts only when it is sound, never takes another's place, and says where it could not be put."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from pilotdesk.drafts import second_place as places
from pilotdesk.drafts.attachments_folder import AttachmentsFolder
from pilotdesk.drafts.backups import back_up, backups
from pilotdesk.drafts.connection import FILE_NAME
from pilotdesk.drafts.health import health_of
from pilotdesk.drafts.records import DraftFacts
from pilotdesk.drafts.store import DraftStore
from pilotdesk.drafts.transactions import copy_database
from pilotdesk.errors import ExportError, StoreError
from tests.drafts.recovery_kit import MORNING, clock_at, hashes
from tests.drafts.test_store import PACK

CONTENT = "证书的扫描件".encode() * 100
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def folder(tmp_path):
    """A data directory with one draft and one attachment."""
    store = DraftStore(tmp_path / "data", clock_at(MORNING))
    draft_id = store.create(PACK, "application", {"a": "x"}, facts=DraftFacts(), origin="typed")
    store.attach(draft_id, SHA256, CONTENT)
    store.close()
    return tmp_path / "data"


def at(hours: float):
    return clock_at(MORNING + timedelta(hours=hours))


# -- sound or not at all -----------------------------------------------------------------------------


def test_a_copy_is_made_while_the_database_is_in_use(folder):
    store = DraftStore(folder, at(1))
    draft_id = store.cards()[0].draft_id
    store.save(draft_id, {"a": "y"}, origin="typed")
    made = back_up(folder, at(1))
    store.save(draft_id, {"a": "z"}, origin="typed")
    store.close()
    assert health_of(made.path).is_sound
    with sqlite3.connect(f"{made.path.as_uri()}?mode=ro&immutable=1", uri=True) as copy:
        assert copy.execute("SELECT value FROM answer").fetchall() == [('"y"',)]
    copy.close()
    assert sorted(path.name for path in made.path.parent.iterdir()) == ["attachments", made.path.name]


@pytest.mark.parametrize("place", [0, 30, 4096, 8192, 16_384])
def test_of_a_damaged_database_no_copy_is_made_and_none_is_taken_away(folder, place):
    for hour in range(40):
        back_up(folder, at(hour / 2))
    before = hashes(folder / "backups")
    content = bytearray((folder / FILE_NAME).read_bytes())
    content[place : place + 100] = b"\xa5" * 100
    (folder / FILE_NAME).write_bytes(content)
    with pytest.raises(StoreError) as refused:
        back_up(folder, at(100))
    assert refused.value.code == "store_damaged"
    assert hashes(folder / "backups") == before


def test_a_database_that_is_suddenly_empty_takes_no_good_copys_place(folder):
    back_up(folder, at(1))
    with sqlite3.connect(folder / FILE_NAME) as connection:
        connection.execute("DELETE FROM history")
    connection.close()
    before = hashes(folder / "backups")
    with pytest.raises(StoreError) as refused:
        back_up(folder, at(2))
    assert refused.value.code == "store_damaged"
    assert hashes(folder / "backups") == before


def test_a_copy_that_the_disk_spoils_is_not_kept_and_the_disk_is_named(folder, monkeypatch):
    back_up(folder, at(1))
    before = hashes(folder / "backups")
    real = health_of

    def spoilt(path, *, alone=True):
        if alone:
            content = bytearray(path.read_bytes())
            content[4096:4600] = bytes(504)
            path.write_bytes(content)
        return real(path, alone=alone)

    monkeypatch.setattr("pilotdesk.drafts.health.health_of", spoilt)
    with pytest.raises(StoreError) as refused:
        back_up(folder, at(2))
    assert refused.value.code == "backup_unsound"
    assert hashes(folder / "backups") == before


@pytest.mark.parametrize("error", [28, 30, 5, 13])
@pytest.mark.parametrize("call", ["fsync", "replace", "mkdir"])
def test_where_it_cannot_be_written_the_copies_stay(folder, monkeypatch, call, error):
    back_up(folder, at(1))
    before = hashes(folder)

    def refuse(*_given, **_named):
        raise OSError(error, os.strerror(error))

    monkeypatch.setattr(os if call == "fsync" else Path, call, refuse)
    with pytest.raises(ExportError) as refused:
        back_up(folder, at(2))
    assert refused.value.code in {"disk_full", "folder_unwritable", "target_open_elsewhere"}
    monkeypatch.undo()
    assert hashes(folder) == before


def test_where_the_copy_has_no_room_it_is_not_said_that_what_was_typed_is_not_stored(folder, monkeypatch):
    back_up(folder, at(1))
    before = hashes(folder)

    def full(live, copy):
        copy.execute("PRAGMA max_page_count = 1")
        copy.execute("CREATE TABLE more (than TEXT, there INTEGER)")
        copy_database(live, copy)

    monkeypatch.setattr("pilotdesk.drafts.backups.copy_database", full)
    with pytest.raises(ExportError) as refused:
        back_up(folder, at(2))
    assert refused.value.code == "disk_full"
    assert str(refused.value.context["folder"]) == str(folder / "backups")
    assert hashes(folder) == before


def test_a_file_with_another_name_is_no_copy_and_stays(folder):
    back_up(folder, at(1))
    (folder / "backups" / "pilotdesk-99999999-999999-999999.db").write_text("nobody's")
    (folder / "backups" / "备份说明.txt").write_text("somebody's")
    for hour in range(2, 60):
        back_up(folder, at(hour))
    assert {path.name for path in (folder / "backups").iterdir()} >= {
        "pilotdesk-99999999-999999-999999.db",
        "备份说明.txt",
    }
    assert len(backups(folder)) < 40


# -- clocks ------------------------------------------------------------------------------------------


def test_a_clock_that_stands_still_makes_new_copies_all_the_same(folder):
    made = [back_up(folder, at(1)) for _ in range(3)]
    assert len({copy.path for copy in made}) == 3
    assert len(backups(folder)) == 3


def test_a_clock_that_jumps_takes_no_copy_away(folder):
    for hour in (0, 1, 2, 24, 48):
        back_up(folder, at(hour))
    before = {copy.path for copy in backups(folder)}
    for jump in (24 * 3650, -24 * 3650, 49):
        made = back_up(folder, at(jump))
        assert made.path.exists()
        assert {copy.path for copy in backups(folder)} >= before


# -- attachments -------------------------------------------------------------------------------------


def test_attachments_stand_beside_the_copies_once_and_take_no_room(folder):
    back_up(folder, at(1))
    beside = AttachmentsFolder(folder / "backups").path_of(SHA256)
    assert beside.samefile(AttachmentsFolder(folder).path_of(SHA256))
    stamp = beside.stat().st_mtime_ns
    back_up(folder, at(2))
    assert beside.stat().st_mtime_ns == stamp


def test_where_a_file_has_one_name_only_it_is_copied(folder, monkeypatch):
    def refuse(*_given):
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    back_up(folder, at(1))
    beside = AttachmentsFolder(folder / "backups").path_of(SHA256)
    assert beside.read_bytes() == CONTENT
    assert not beside.samefile(AttachmentsFolder(folder).path_of(SHA256))


def test_a_damaged_attachment_is_counted_and_takes_no_good_ones_place(folder):
    back_up(folder, at(1))
    good = AttachmentsFolder(folder / "backups").path_of(SHA256)
    kept = AttachmentsFolder(folder).path_of(SHA256)
    kept.unlink()  # so that the two are two files
    kept.write_bytes(b"x" * (len(CONTENT) + 1))
    assert back_up(folder, at(2)).damaged == 1
    assert good.read_bytes() == CONTENT


# -- the second place --------------------------------------------------------------------------------


@pytest.fixture
def stick(tmp_path, folder):
    picked = tmp_path / "U盘"
    picked.mkdir()
    places.choose(folder, picked)
    return picked


def test_every_copy_goes_there_too_and_opens_there(folder, stick):
    made = back_up(folder, at(1))
    place = places.copy_there(folder, made)
    assert place.copied == f"{made.day} {made.time}"
    assert places.second_place(folder) == place
    (there,) = backups(stick / "PilotDesk备份")
    assert there.path.read_bytes() == made.path.read_bytes()
    attached = AttachmentsFolder(stick / "PilotDesk备份" / "backups")
    assert attached.content(SHA256) == CONTENT
    assert not attached.path_of(SHA256).samefile(AttachmentsFolder(folder).path_of(SHA256))


def test_a_stick_that_is_away_is_no_trouble_and_is_not_made_up(folder, stick, tmp_path):
    first = places.copy_there(folder, back_up(folder, at(1)))
    stick.rename(tmp_path / "pulled out")
    stick.mkdir()  # another stick under the same letter
    place = places.copy_there(folder, back_up(folder, at(2)))
    assert not place.is_there
    assert place.copied == first.copied
    assert list(stick.iterdir()) == []
    stick.rmdir()
    (tmp_path / "pulled out").rename(stick)
    assert places.copy_there(folder, back_up(folder, at(3))).copied != first.copied


def test_a_stick_that_is_pulled_out_while_it_is_written_is_no_trouble(folder, stick, monkeypatch):
    made = back_up(folder, at(1))

    def pulled(*_given):
        shutil.rmtree(stick)
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", pulled)
    place = places.copy_there(folder, made)
    assert place.copied == ""


@pytest.mark.parametrize(
    ("error", "code"), [(28, "disk_full"), (30, "folder_unwritable"), (5, "folder_unwritable")]
)
@pytest.mark.parametrize("call", ["fsync", "replace", "copyfile"])
def test_a_full_or_write_protected_stick_is_said_and_keeps_its_old_copy(
    folder, stick, monkeypatch, call, error, code
):
    places.copy_there(folder, back_up(folder, at(1)))
    made = back_up(folder, at(2))
    kept = DraftStore(folder, at(2))
    kept.attach(kept.cards()[0].draft_id, hashlib.sha256(b"new").hexdigest(), b"new")
    kept.close()
    before = hashes(stick)

    def refuse(*_given, **_named):
        raise OSError(error, os.strerror(error))

    where = {"fsync": os, "replace": Path, "copyfile": shutil}[call]
    monkeypatch.setattr(where, call, refuse)
    with pytest.raises(ExportError) as refused:
        places.copy_there(folder, made)
    monkeypatch.undo()
    assert refused.value.code == code
    assert hashes(stick) == before
    assert places.copy_there(folder, made).copied


def test_a_stick_that_gives_back_something_else_is_found_out(folder, stick, monkeypatch):
    places.copy_there(folder, back_up(folder, at(1)))
    made, before = back_up(folder, at(2)), hashes(stick)
    real = os.fsync

    def forgetful(number):
        real(number)
        for part in stick.rglob("*.part"):
            part.write_bytes(bytes(part.stat().st_size))

    monkeypatch.setattr(os, "fsync", forgetful)
    with pytest.raises(ExportError) as refused:
        places.copy_there(folder, made)
    assert refused.value.code == "copy_differs"
    assert hashes(stick) == before


def test_the_data_directory_itself_is_no_second_place(folder):
    for picked in (folder, folder / "backups"):
        with pytest.raises(ExportError) as refused:
            places.choose(folder, picked)
        assert refused.value.code == "second_same"
    assert places.second_place(folder) is None


def test_our_folder_may_be_picked_itself_and_be_given_up(folder, stick):
    assert places.choose(folder, stick / "PilotDesk备份").path == stick / "PilotDesk备份"
    places.forget(folder)
    assert places.second_place(folder) is None
    assert places.copy_there(folder, back_up(folder, at(1))) is None
    assert (stick / "PilotDesk备份").is_dir()


@pytest.mark.parametrize("left", ["", "[]", '{"folder": 1}', "\ufffd"])
def test_a_note_that_cannot_be_read_is_no_second_place(folder, left):
    (folder / places.FILE_NAME).write_text(left, "utf-8")
    assert places.second_place(folder) is None


def test_copies_there_are_thinned_too(folder, stick):
    for hour in range(60):
        places.copy_there(folder, back_up(folder, at(hour)))
    there, here = backups(stick / "PilotDesk备份"), backups(folder)
    assert [copy.moment for copy in there] == [copy.moment for copy in here]
    assert len(there) < 40


def test_two_computers_on_one_stick_do_not_mix_their_copies(folder, stick, tmp_path):
    other = tmp_path / "other"
    DraftStore(other, at(1)).close()
    places.copy_there(folder, back_up(folder, at(1)))
    before = hashes(stick)
    made = back_up(other, at(2))
    assert places.choose(other, stick).path == stick / "PilotDesk备份-2"
    assert places.copy_there(other, made).copied
    assert {name: digest for name, digest in hashes(stick).items() if name in before} == before
    assert places.choose(other, stick / "PilotDesk备份").path == stick / "PilotDesk备份-2"
    assert places.choose(folder, stick).path == stick / "PilotDesk备份"
    places.forget(folder)  # a copy that both have says that it is ours
    assert places.choose(folder, stick).path == stick / "PilotDesk备份"


def test_a_colleagues_stick_under_the_same_letter_is_another_one(folder, stick, tmp_path):
    first = places.copy_there(folder, back_up(folder, at(1)))
    other = tmp_path / "other"
    DraftStore(other, at(1)).close()
    stick.rename(tmp_path / "ours")
    stick.mkdir()
    places.choose(other, stick)
    before = hashes(stick)
    place = places.copy_there(folder, back_up(folder, at(2)))
    assert not place.is_there
    assert place.copied == first.copied
    assert hashes(stick) == before


def test_what_a_pulled_stick_left_half_written_is_tidied_up_a_day_later(folder, stick):
    there = stick / "PilotDesk备份" / "backups"
    made = places.copy_there(folder, back_up(folder, at(1))) and at(1).now().timestamp()
    parts = [there / ".pilotdesk-x.db.0a.part", AttachmentsFolder(there).path_of(SHA256).with_name(".x.part")]
    for part in parts:
        part.write_bytes(b"half")
        os.utime(part, (made, made))
    places.copy_there(folder, back_up(folder, at(2)))
    assert all(part.exists() for part in parts)
    places.copy_there(folder, back_up(folder, at(26)))
    assert not any(part.exists() for part in parts)


def test_what_a_killed_copying_left_half_written_among_the_copied_files_is_tidied_up_a_day_later(folder):
    back_up(folder, at(1))
    part = AttachmentsFolder(folder / "backups").path_of(SHA256).with_name(f".{SHA256}.0123abcd.part")
    part.parent.mkdir(parents=True, exist_ok=True)
    part.write_bytes(b"half")
    made = at(1).now().timestamp()
    os.utime(part, (made, made))
    back_up(folder, at(2))
    assert part.exists()
    back_up(folder, at(26))
    assert not part.exists()
