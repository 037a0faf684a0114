"""Copies beside a desk's file: whole while it is written to, dated, thinned out, put back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pilotdesk.clock import Clock
from pilotdesk.errors import DeskError
from pilotdesk.review.desk.copies import (
    copies_folder,
    copies_of,
    is_copied,
    keep_copy,
    newest_sound,
    put_back,
)
from pilotdesk.review.desk.file import Desk
from tests.review.desk_kit import clock, desk_in, everything, opened, submission


def at(moment):
    return Clock(lambda: moment)


NOON = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)


def test_a_copy_of_an_open_desk_holds_what_was_just_decided(tmp_path):
    path = desk_in(tmp_path)
    with opened(path) as desk:
        desk.take(submission())
        desk.pick("k1", True)
        made = keep_copy(path, clock())
        assert everything(made.path) == everything(path)
    assert copies_of(path) == (made,)
    assert made.path.parent.name == "审核台_江西省_2026_备份"


def test_what_changed_since_is_seen(tmp_path):
    path = desk_in(tmp_path)
    assert not is_copied(path)
    keep_copy(path, clock())
    assert is_copied(path)
    with opened(path) as desk:
        desk.set_setting("reviewer", "赵工")
        assert not is_copied(path)
    assert not is_copied(path)
    keep_copy(path, clock())
    assert is_copied(path)


def test_a_clock_that_was_ahead_once_asks_for_no_further_copies(tmp_path):
    path = desk_in(tmp_path)
    keep_copy(path, at(NOON + timedelta(days=4000)))
    with opened(path) as desk:
        desk.set_setting("reviewer", "赵工")
    keep_copy(path, at(NOON))
    assert is_copied(path)


def test_every_day_keeps_a_copy_and_other_files_stay(tmp_path):
    path = desk_in(tmp_path)
    days = [NOON + timedelta(days=day) for day in (0, 1, 2, 40)]
    for day in days:
        for hour in range(8):
            keep_copy(path, at(day + timedelta(hours=hour)))
    mine = copies_folder(path) / "我的.db"
    mine.write_text("x")
    (copies_folder(path) / "审核台_江西省_2026_20269999-000000.db").write_text("x")
    keep_copy(path, at(days[-1] + timedelta(hours=8)))
    kept = [copy.moment for copy in copies_of(path)]
    assert {moment.date() for moment in kept} >= {day.astimezone().date() for day in days}
    assert len(kept) < 12
    assert kept == sorted(kept)
    assert mine.exists()


def test_a_clock_that_stands_writes_over_nothing(tmp_path):
    path = desk_in(tmp_path)
    made = [keep_copy(path, at(NOON)) for _ in range(3)]
    assert len({copy.path for copy in made}) == 3


def test_a_damaged_desk_leaves_no_copy(tmp_path):
    path = desk_in(tmp_path)
    with opened(path) as desk:
        for number in range(20):
            desk.take(submission(f"k{number}", f"AAAA-{number:04}"))
    good = keep_copy(path, clock())
    whole = bytearray(path.read_bytes())
    whole[8192:-4096] = b"\x5a" * (len(whole) - 8192 - 4096)
    path.write_bytes(whole)
    with pytest.raises(DeskError) as refused:
        keep_copy(path, clock())
    assert refused.value.code == "desk_damaged"
    assert copies_of(path) == (good,)


def test_a_copy_takes_the_place_of_what_cannot_be_read(tmp_path):
    path = desk_in(tmp_path)
    with opened(path) as desk:
        desk.take(submission())
    keep_copy(path, clock())
    path.write_bytes(b"nothing")
    aside = put_back(path, copies_of(path)[-1], clock())
    assert aside.read_bytes() == b"nothing"
    with opened(path) as desk:
        assert [row.key for row in desk.rows()] == ["k1"]
    assert len(copies_of(path)) == 1


def test_the_newest_is_the_one_with_the_latest_work_whatever_the_clock_said(tmp_path):
    """A copy that got its name while the clock was a year ahead is not the newest for a year."""
    path = desk_in(tmp_path)
    with opened(path) as desk:
        desk.take(submission())
    keep_copy(path, at(NOON + timedelta(days=365)))
    with opened(path) as desk:
        desk.pick("k1", True)
    right = keep_copy(path, at(NOON))
    assert newest_sound(path) == right
    right.path.write_bytes(b"nothing")
    assert newest_sound(path) == copies_of(path)[-1]


def test_a_copy_that_cannot_be_put_back_changes_nothing(tmp_path):
    path = desk_in(tmp_path)
    copy = keep_copy(path, clock())
    copy.path.write_bytes(b"nothing")
    before = path.read_bytes()
    with pytest.raises(DeskError):
        put_back(path, copy, clock())
    assert path.read_bytes() == before
    Desk(path, clock()).close()
