"""What is kept for opening files: the memory outlives a bad moment, and what killed programs left goes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pilotdesk.atomic import LEFT_S
from pilotdesk.drafts.handing_over import wish_folder
from pilotdesk.drafts.opened_files import FILE_NAME, draft_of, remember


def test_a_memory_that_cannot_be_read_just_now_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember(tmp_path, "a", "d_1")

    def held(*_given: object, **_named: object) -> str:
        raise PermissionError

    with monkeypatch.context() as scanned:
        scanned.setattr(Path, "read_text", held)
        remember(tmp_path, "b", "d_2")
        assert draft_of(tmp_path, "a") == ""
    assert (draft_of(tmp_path, "a"), draft_of(tmp_path, "b")) == ("d_1", "")


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff"])
def test_a_memory_that_is_none_begins_anew(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    assert draft_of(tmp_path, "a") == ""
    remember(tmp_path, "a", "d_1")
    assert draft_of(tmp_path, "a") == "d_1"


def test_what_was_left_of_wishes_goes_after_a_day_and_not_before(tmp_path: Path) -> None:
    folder = wish_folder(tmp_path)
    assert folder is not None
    for age in ("old", "new"):
        for name in (f".{age}.wish.0.part", f"{age}.claimed", f"{age}.wish"):
            (folder / name).write_bytes(b"")
            if age == "old":
                then = (folder / name).stat().st_mtime - LEFT_S - 60
                os.utime(folder / name, (then, then))
    wish_folder(tmp_path)
    left = {".new.wish.0.part", "new.claimed", "new.wish", "old.wish"}  # a wish is for who has the data
    assert {path.name for path in folder.iterdir()} == left
