"""The copy at the end: made when something changed, never longer than it may take, and told at the next start when it failed."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from pilotdesk.clock import SYSTEM_CLOCK
from pilotdesk.drafts.attachments_folder import AttachmentsFolder
from pilotdesk.drafts.backups import FOLDER_NAME, back_up, backups
from pilotdesk.drafts.closing import FILE_NAME, copy_at_close, forget_close, is_closing, is_copied, last_close
from pilotdesk.drafts.second_place import SecondPlace, choose
from pilotdesk.drafts.store import DraftStore
from pilotdesk.errors import ExportError
from pilotdesk.ui.safety.desk import make_last_backup
from tests.drafts.recovery_kit import clock_at, sample_data

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    sample_data(tmp_path / "data")
    return tmp_path / "data"


def copying(folder: Path, progress: Callable[[int, int], None]) -> str:
    back_up(folder, SYSTEM_CLOCK, progress)
    return ""


def change(folder: Path, text: str) -> None:
    store = DraftStore(folder, SYSTEM_CLOCK)
    store.save(store.cards()[0].draft_id, {"unit_name": text}, origin="typed")
    store.close()


def test_a_copy_is_made_when_something_changed_and_only_then(folder: Path) -> None:
    before = len(backups(folder))
    change(folder, "甲")
    assert not is_copied(folder)
    copy_at_close(folder, lambda progress: copying(folder, progress))
    assert len(backups(folder)) == before + 1
    assert is_copied(folder)
    store = DraftStore(folder, SYSTEM_CLOCK)  # only looked at
    store.load(store.cards()[0].draft_id)
    store.close()
    copy_at_close(folder, lambda progress: copying(folder, progress))
    assert len(backups(folder)) == before + 1
    assert last_close(folder) is None


class Left(BaseException):
    """Somebody closes the window while a copy is being made."""


def test_a_copy_that_was_stopped_between_its_files_is_made_to_its_end_and_tidied_up(folder: Path) -> None:
    kept = AttachmentsFolder(folder)
    contents = {hashlib.sha256(one).hexdigest(): one for one in (b"one", b"two", b"three")}
    for sha256, content in contents.items():
        kept.keep(sha256, content)
    left = AttachmentsFolder(folder / FOLDER_NAME).path_of(max(contents)).with_name(".killed.part")
    left.parent.mkdir(parents=True, exist_ok=True)
    left.hardlink_to(kept.path_of(max(contents)))  # a second name for a file is as old as the file
    os.utime(left, (0, 0))
    change(folder, "甲")

    def stopped(done: int, _total: int) -> None:
        if done:
            raise Left

    with pytest.raises(Left):
        back_up(folder, SYSTEM_CLOCK, stopped)
    assert not is_copied(folder)
    before = backups(folder)
    copy_at_close(folder, lambda progress: make_last_backup(folder, SYSTEM_CLOCK, progress))
    assert is_copied(folder)
    assert backups(folder) == before
    assert contents.keys() <= {path.name for path in AttachmentsFolder(folder / FOLDER_NAME).listed()}
    assert not left.exists()


def test_an_attachment_that_the_disk_has_damaged_asks_for_no_further_copies(folder: Path) -> None:
    AttachmentsFolder(folder).keep(hashlib.sha256(b"one").hexdigest(), b"one")
    AttachmentsFolder(folder).path_of(hashlib.sha256(b"one").hexdigest()).write_bytes(b"another one")
    back_up(folder, SYSTEM_CLOCK)
    assert is_copied(folder)


def test_a_clock_that_was_ahead_once_asks_for_no_further_copies(folder: Path) -> None:
    back_up(folder, clock_at(SYSTEM_CLOCK.now() + timedelta(days=4000)))
    change(folder, "甲")
    assert not is_copied(folder)
    back_up(folder, SYSTEM_CLOCK)
    assert is_copied(folder)


def test_a_second_place_that_was_cut_short_gets_the_copy_that_is_there(folder: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    choose(folder, stick)
    change(folder, "甲")
    made = back_up(folder, SYSTEM_CLOCK)  # and then somebody closed the window
    before = backups(folder)
    assert not is_copied(folder)
    copy_at_close(folder, lambda progress: make_last_backup(folder, SYSTEM_CLOCK, progress))
    assert is_copied(folder)
    assert backups(folder) == before
    assert made.moment in {copy.moment for copy in backups(stick / "PilotDesk备份")}
    assert last_close(folder) is None


def test_a_second_place_that_has_everything_is_not_asked(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    choose(folder, stick)
    make_last_backup(folder, SYSTEM_CLOCK, lambda _done, _total: None)

    def dead(_place: SecondPlace) -> bool:
        raise AssertionError("a share that is dead keeps whoever asks it waiting")

    monkeypatch.setattr(SecondPlace, "is_there", property(dead))
    assert is_copied(folder)


def test_what_stands_in_the_log_alone_is_no_copy(folder: Path) -> None:
    back_up(folder, SYSTEM_CLOCK)
    store = DraftStore(folder, SYSTEM_CLOCK)
    store.save(store.cards()[0].draft_id, {"unit_name": "乙"}, origin="typed")
    assert not is_copied(folder)
    store.close()


def test_trouble_ends_the_program_all_the_same_and_is_told_until_there_is_a_copy(folder: Path) -> None:
    change(folder, "甲")

    def full(_progress: object) -> str:
        raise ExportError("disk_full", folder="D:")

    copy_at_close(folder, full)
    for _ in range(2):
        assert "“D:”所在的盘满了" in str(last_close(folder))
    forget_close(folder)
    assert last_close(folder) is None


def test_it_does_not_take_longer_than_it_may_and_stops_at_its_next_step(folder: Path) -> None:
    change(folder, "甲")
    go_on, stopped = threading.Event(), threading.Event()

    def hanging(progress: Callable[[int, int], None]) -> str:
        go_on.wait(60)
        try:
            progress(1, 2)
        finally:
            stopped.set()
        return ""

    copy_at_close(folder, hanging, most_s=0.05)
    assert is_closing(folder)
    assert "没有做完" in str(last_close(folder))
    assert not is_closing(folder)  # the program that told it is no longer closing
    go_on.set()
    assert stopped.wait(60)
    assert last_close(folder) is not None


def test_a_program_that_was_killed_while_it_copied_is_not_closing_any_more(folder: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from pilotdesk.drafts.closing import _note, is_closing;"
        "from pilotdesk.errors import StoreError; at = Path(sys.argv[1]);"
        "_note(at, StoreError('closing_cut_short'), running=True); sys.exit(not is_closing(at))"
    )
    assert subprocess.run([sys.executable, "-c", code, str(folder)], check=False).returncode == 0
    assert not is_closing(folder)
    assert last_close(folder).code == "closing_cut_short"


def test_what_went_wrong_beside_it_is_told_too(folder: Path) -> None:
    change(folder, "甲")
    copy_at_close(folder, lambda _progress: "second_at_close")
    assert last_close(folder).code == "second_at_close"


@pytest.mark.parametrize("noted", ["", "{", "[]", '{"code": "of_another_version", "context": {}}'])
def test_a_note_that_cannot_be_read_says_that_much(folder: Path, noted: str) -> None:
    (folder / FILE_NAME).write_text(noted, encoding="utf-8")
    assert last_close(folder).code == "closing_cut_short"
    assert json.loads((folder / FILE_NAME).read_text("utf-8"))["code"] == "closing_cut_short"
