"""The copy at the end: made when something changed, never longer than it may take, and told at the next start when it failed."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from pilotdesk.clock import SYSTEM_CLOCK
from pilotdesk.drafts.backups import back_up, backups
from pilotdesk.drafts.closing import FILE_NAME, copy_at_close, forget_close, is_closing, is_copied, last_close
from pilotdesk.drafts.store import DraftStore
from pilotdesk.errors import ExportError
from tests.drafts.recovery_kit import sample_data

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
