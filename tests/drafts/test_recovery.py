"""A damaged database is put aside untouched, backups never change, and the newest good state comes back."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from pilotdesk.drafts import recovery
from pilotdesk.drafts.backups import back_up, backups
from pilotdesk.drafts.connection import FILE_NAME
from pilotdesk.drafts.health import health_of
from pilotdesk.drafts.store import DraftStore
from pilotdesk.errors import ExportError, StoreError
from tests.drafts.recovery_kit import (
    MORNING,
    broken_off,
    clock_at,
    everything,
    fresh_copy,
    hashes,
    sample_data,
    type_later,
)

LATER = clock_at(MORNING + timedelta(hours=3))
NAME, BASIS = "后来改的项目名称", "后来写的依据"


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """The sample, backed up, and two fields changed after that; without its attachments, which no flip concerns."""
    folder = tmp_path_factory.mktemp("good")
    draft_id = sample_data(folder)
    type_later(folder, draft_id, project_name=NAME, background=BASIS)
    for attachments in (folder / "attachments", folder / "backups" / "attachments"):
        shutil.rmtree(attachments)
    return folder, draft_id


def restore_all(folder: Path) -> Path | None:
    offer = recovery.examine(folder, LATER)
    return recovery.restore(folder, offer, offer.differences, LATER)


def damage(database: Path, at: int, count: int, numbers: random.Random) -> None:
    content = bytearray(database.read_bytes())
    for place in range(at, min(at + count, len(content))):
        content[place] ^= numbers.randrange(1, 256)
    database.write_bytes(content)


def opens(folder: Path) -> bool:
    """Whether everything can be read; any trouble but the expected one is a failure of the test."""
    try:
        everything(folder)
    except StoreError as trouble:
        if trouble.code != "store_damaged":
            raise
        return False
    return True


@pytest.mark.timeout(600)
def test_bytes_flipped_at_200_places(good, tmp_path):
    folder, _ = good
    wanted, numbers, tally = everything(folder), random.Random(20260602), Counter()
    before_of = {draft_id: _backup_values(folder)[draft_id] for draft_id in wanted}
    for _ in range(200):
        broken = fresh_copy(folder, tmp_path / "broken")
        database = broken / FILE_NAME
        at = numbers.randrange(database.stat().st_size)
        damage(database, at, numbers.choice([1, 1, 16, 512, 4096]), numbers)
        copies, hurt = hashes(broken / "backups"), database.read_bytes()
        if opens(broken) and health_of(database).is_sound:
            tally["opens with what is there"] += 1
            assert hashes(broken / "backups") == copies
            continue
        database.write_bytes(hurt)
        aside = restore_all(broken)
        assert aside.read_bytes() == hurt
        assert hashes(broken / "backups") == copies
        assert health_of(database).is_sound
        found = everything(broken)
        tally["put aside and mended"] += 1
        tally["with all that was typed"] += found == wanted
        _nothing_older_than_the_backup(found, before_of)
    assert tally["put aside and mended"] >= 100
    assert tally["opens with what is there"] >= 10
    assert tally["with all that was typed"] >= 0.9 * tally["put aside and mended"]


def _backup_values(folder: Path) -> dict[str, object]:
    work = folder.parent / "backup-alone"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    shutil.copy(backups(folder)[-1].path, work / FILE_NAME)
    return everything(work)


def _nothing_older_than_the_backup(found, before_of):
    assert found.keys() >= before_of.keys()
    for draft_id, values in before_of.items():
        gone = values.keys() - found[draft_id].keys()
        assert not gone, f"{sorted(gone)} was in the backup"


@pytest.mark.parametrize(
    "ruin",
    [
        pytest.param(lambda path: path.write_bytes(b""), id="zero bytes"),
        pytest.param(lambda path: path.unlink(), id="gone"),
        pytest.param(lambda path: path.write_bytes("不是数据库".encode() * 999), id="not a database"),
        pytest.param(lambda path: path.write_bytes(bytes(40_000)), id="all zeros"),
        pytest.param(
            lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]), id="half of it"
        ),
        pytest.param(lambda path: path.write_bytes(path.read_bytes()[:5000]), id="its beginning"),
        pytest.param(
            lambda path: path.write_bytes(bytes(4096) + path.read_bytes()[4096:]), id="no first page"
        ),
    ],
)
def test_every_kind_of_ruin_is_refused_and_mended(good, tmp_path, ruin):
    folder = fresh_copy(good[0], tmp_path / "data")
    wanted, copies = everything(good[0]), hashes(folder / "backups")
    ruin(folder / FILE_NAME)
    with pytest.raises(StoreError) as refused:
        everything(folder)
    assert refused.value.code in {"store_damaged", "store_lost"}
    hurt = (folder / FILE_NAME).read_bytes() if (folder / FILE_NAME).exists() else None
    aside = restore_all(folder)
    if hurt is None:
        assert aside is None
    else:
        assert aside.read_bytes() == hurt
        assert aside.name.startswith("pilotdesk-202606")
    assert everything(folder).keys() == wanted.keys()
    assert hashes(folder / "backups") == copies
    assert not (folder / recovery.WORK_FOLDER).exists()


def test_without_its_first_page_everything_is_still_found(good, tmp_path):
    folder = fresh_copy(good[0], tmp_path / "data")
    database = folder / FILE_NAME
    database.write_bytes(bytes(4096) + database.read_bytes()[4096:])
    restore_all(folder)
    assert everything(folder) == everything(good[0])


def test_the_differences_are_those_that_were_typed_after_the_backup(good, tmp_path):
    folder, draft_id = fresh_copy(good[0], tmp_path / "data"), good[1]
    database = folder / FILE_NAME
    database.write_bytes(bytes(100) + database.read_bytes()[100:])
    offer = recovery.examine(folder, LATER)
    assert offer.backup == backups(folder)[-1]
    assert [(one.draft_id, one.path, one.after) for one in offer.differences] == [
        (draft_id, "background", BASIS),
        (draft_id, "project_name", NAME),
    ]
    (name,) = [one for one in offer.differences if one.path == "project_name"]
    recovery.restore(folder, offer, [name], LATER)
    values = everything(folder)[draft_id]
    assert values["project_name"] == NAME
    assert values["background"] != BASIS


def test_restoring_is_an_entry_of_the_history_and_takes_none_away(good, tmp_path):
    folder, draft_id = fresh_copy(good[0], tmp_path / "data"), good[1]
    sql = "SELECT value, origin, at FROM history WHERE path = 'project_name' AND draft_id = ? ORDER BY seq"

    def entries() -> list[tuple[str, ...]]:
        connection = sqlite3.connect(folder / FILE_NAME)
        try:
            return connection.execute(sql, (draft_id,)).fetchall()
        finally:
            connection.close()

    before = entries()
    database = folder / FILE_NAME
    database.write_bytes(bytes(100) + database.read_bytes()[100:])
    restore_all(folder)
    assert entries() == [*before, (before[-1][0], "restored", LATER.stamp())]
    assert [origin for _, origin, _ in before] == ["sample", "typed"]


def test_a_backup_that_is_not_sound_is_passed_over(good, tmp_path):
    folder = fresh_copy(good[0], tmp_path / "data")
    (folder / "backups" / "pilotdesk-20260602-235959-000000.db").write_bytes(
        b"SQLite format 3\0" + bytes(9000)
    )
    (folder / "backups" / "pilotdesk-20260602-235959-000001.db").write_bytes(b"")
    copies = hashes(folder / "backups")
    (folder / FILE_NAME).write_bytes(b"rubbish" * 1000)
    offer = recovery.examine(folder, LATER)
    assert offer.skipped == 2
    recovery.restore(folder, offer, (), LATER)
    assert len(everything(folder)) == 4
    assert hashes(folder / "backups") == copies


def test_without_any_backup_what_can_be_read_is_brought_back(good, tmp_path):
    folder, _ = fresh_copy(good[0], tmp_path / "data"), shutil.rmtree(tmp_path / "data" / "backups")
    damage(folder / FILE_NAME, 200_000, 512, random.Random(3))
    offer = recovery.examine(folder, LATER)
    assert offer.backup is None
    recovery.restore(folder, offer, offer.differences, LATER)
    found, wanted = everything(folder), everything(good[0])
    assert found.keys() == wanted.keys()
    same = [found[d].get(path) == value for d, values in wanted.items() for path, value in values.items()]
    assert sum(same) >= 0.9 * len(same)


def test_a_project_begun_after_the_backup_comes_back(good, tmp_path):
    folder = fresh_copy(good[0], tmp_path / "data")
    for copy in backups(folder):
        copy.path.unlink()
    empty = DraftStore(tmp_path / "empty", LATER)
    empty.close()
    back_up(tmp_path / "empty", clock_at(MORNING))
    shutil.copytree(tmp_path / "empty" / "backups", folder / "backups", dirs_exist_ok=True)
    damage(folder / FILE_NAME, 0, 20, random.Random(4))
    offer = recovery.examine(folder, LATER)
    assert {card.form for card in offer.cards.values()} >= {"application", "self_assessment"}
    recovery.restore(folder, offer, offer.differences, LATER)
    assert everything(folder) == everything(good[0])


def test_a_deleted_project_comes_back_as_it_was_rather_than_empty(good, tmp_path):
    folder, draft_id = fresh_copy(good[0], tmp_path / "data"), good[1]
    before = everything(folder)[draft_id]
    store = DraftStore(folder, LATER)
    store.deletions.delete([draft_id])
    store.close()
    database = folder / FILE_NAME
    database.write_bytes(bytes(100) + database.read_bytes()[100:])
    restore_all(folder)
    assert everything(folder)[draft_id].keys() == before.keys()


@pytest.mark.parametrize("killed_at", [0, 1, 2])
def test_a_restore_that_is_killed_is_finished_or_begun_again(good, tmp_path, monkeypatch, killed_at):
    folder = fresh_copy(good[0], tmp_path / "data")
    (folder / FILE_NAME).write_bytes(b"rubbish" * 1000)
    (folder / f"{FILE_NAME}-wal").write_bytes(b"old log")
    done = 0

    class Killed(BaseException):
        pass

    replace = Path.replace

    def dying(self, target):
        nonlocal done
        if self.parent == folder or self.name in {FILE_NAME, recovery.READY}:
            if done == killed_at:
                raise Killed
            done += 1
        return replace(self, target)

    offer = recovery.examine(folder, LATER)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", dying)
        with pytest.raises(Killed):
            recovery.restore(folder, offer, (), LATER)
    if not recovery.finish(folder, LATER):
        restore_all(folder)
    assert len(everything(folder)) == 4
    asides = {path.name.rpartition(".")[2]: path.read_bytes() for path in (folder / "damaged").iterdir()}
    assert asides["db"] == b"rubbish" * 1000
    assert asides["db-wal"] == b"old log"


def test_what_waited_for_a_place_that_was_not_given_up_takes_no_later_ones_place(good, tmp_path, monkeypatch):
    folder = fresh_copy(good[0], tmp_path / "data")
    offer = recovery.examine(folder, LATER)
    with monkeypatch.context() as patched:  # a virus scanner holds the file
        patched.setattr(
            recovery, "put_aside", lambda *_given: (_ for _ in ()).throw(PermissionError(13, "held"))
        )
        with pytest.raises(ExportError):
            recovery.restore(folder, offer, (), LATER)
    store = DraftStore(folder, LATER)  # the work goes on with what is there
    draft_id = store.cards()[0].draft_id
    store.save(draft_id, {"unit_name": "一年以后"}, origin="typed")
    store.close()
    back_up(folder, LATER)
    (folder / FILE_NAME).unlink()
    assert not recovery.finish(folder, LATER)
    restore_all(folder)
    assert everything(folder)[draft_id]["unit_name"] == "一年以后"


def test_what_a_journal_takes_back_is_never_read_and_the_journal_goes_aside(good, tmp_path):
    folder = broken_off(fresh_copy(good[0], tmp_path / "data"))
    assert everything(fresh_copy(folder, tmp_path / "opened")) == everything(good[0])
    offer = recovery.examine(folder, LATER)
    assert "another" not in {one.after for one in offer.differences}
    aside = recovery.restore(folder, offer, offer.differences, LATER)
    assert not (folder / f"{FILE_NAME}-journal").exists()  # SQLite would play it into the new one
    assert aside.with_name(f"{aside.name}-journal").exists()
    assert everything(folder) == everything(good[0])


@pytest.mark.parametrize("call", ["copyfile", "replace", "mkdir"])
def test_where_there_is_no_room_the_old_state_stays(good, tmp_path, monkeypatch, call):
    folder = fresh_copy(good[0], tmp_path / "data")
    (folder / FILE_NAME).write_bytes(b"rubbish" * 1000)
    before = hashes(folder)

    def full(*_given, **_named):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(shutil if call == "copyfile" else Path, call, full)
        with pytest.raises((ExportError, StoreError)):
            restore_all(folder)
    shutil.rmtree(folder / recovery.WORK_FOLDER, ignore_errors=True)
    assert hashes(folder) == before
    restore_all(folder)
    assert len(everything(folder)) == 4


def test_two_damaged_databases_of_one_second_both_stay(good, tmp_path):
    folder = fresh_copy(good[0], tmp_path / "data")
    asides = []
    for content in (b"first" * 1000, b"second" * 1000):
        (folder / FILE_NAME).write_bytes(content)
        asides.append(restore_all(folder))
    assert [path.read_bytes() for path in asides] == [b"first" * 1000, b"second" * 1000]


def test_attachments_that_are_gone_come_back_from_beside_the_copies(tmp_path):
    folder = tmp_path / "data"
    sample_data(folder)
    kept = hashes(folder / "attachments")
    shutil.rmtree(folder / "attachments")
    (folder / FILE_NAME).write_bytes(b"")
    restore_all(folder)
    assert hashes(folder / "attachments") == kept


@pytest.mark.parametrize("years", [-25, 40])
def test_a_clock_that_was_wrong_does_not_say_which_copy_is_the_newest(good, tmp_path, years):
    folder, draft_id = fresh_copy(good[0], tmp_path / "data"), good[1]
    wrong = MORNING.replace(year=MORNING.year + years)
    moments = (wrong, MORNING + timedelta(hours=2)) if years > 0 else (MORNING + timedelta(hours=2), wrong)
    for at, moment in enumerate(moments):
        type_later(folder, draft_id, background=f"第{at}稿")
        back_up(folder, clock_at(moment))
    (folder / FILE_NAME).write_bytes(b"rubbish" * 1000)
    restore_all(folder)
    assert everything(folder)[draft_id]["background"] == "第1稿"
