"""A clock that is older than what was written before is pointed out, and a right one is left in peace."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from pilotdesk import __released__
from pilotdesk.projects.clock_check import clock_sentence, newest_file

if TYPE_CHECKING:
    from pathlib import Path

RELEASED = datetime.fromisoformat(__released__).replace(tzinfo=UTC)
LATER = RELEASED + timedelta(days=400)


def stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def test_a_right_clock_says_nothing() -> None:
    assert clock_sentence(LATER, stamps=[stamp(LATER)], newest=LATER) == ""
    assert clock_sentence(RELEASED) == ""


def test_a_clock_before_the_release_is_wrong() -> None:
    said = clock_sentence(datetime(2009, 1, 1, 12, tzinfo=UTC))
    assert "2009年1月1日" in said
    assert "这个程序发布" in said
    assert said.count("。") == 1


def test_a_clock_before_the_last_save_is_wrong() -> None:
    said = clock_sentence(LATER, stamps=[stamp(LATER - timedelta(days=9)), stamp(LATER + timedelta(days=3))])
    assert "上次保存" in said


def test_a_clock_before_the_newest_file_is_wrong(tmp_path: Path) -> None:
    for name, days in (("old.db", -5), ("new.db", 20)):
        (tmp_path / name).write_bytes(b"")
        moment = (LATER + timedelta(days=days)).timestamp()
        os.utime(tmp_path / name, (moment, moment))
    newest = newest_file(tmp_path)
    assert newest == LATER + timedelta(days=20)
    assert "最新的文件" in clock_sentence(LATER, newest=newest)


def test_a_day_of_slack_is_not_a_wrong_clock() -> None:
    assert clock_sentence(LATER, newest=LATER + timedelta(hours=23)) == ""
    assert clock_sentence(LATER, newest=LATER + timedelta(hours=25)) != ""


def test_a_folder_that_is_empty_or_missing_says_nothing(tmp_path: Path) -> None:
    assert newest_file(tmp_path) is None
    assert newest_file(tmp_path / "nowhere") is None
