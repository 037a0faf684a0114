"""The lock of a data directory: one program has it, the others learn who, and what is left over is recognised."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from pilotdesk import __version__
from pilotdesk.clock import Clock
from pilotdesk.drafts import lock as lock_module
from pilotdesk.drafts.handing_over import may_hear
from pilotdesk.drafts.lock import FILE_NAME, SILENT_S, UNSEEN, FolderLock, Grip
from pilotdesk.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pilotdesk.drafts.lock import Held

CLOCK = Clock(lambda: datetime(2026, 6, 2, 2, 32, 5, tzinfo=UTC))
OTHER = ("KEYUAN-3", "b")

TAKE = """
import sys
from pathlib import Path
from pilotdesk.clock import SYSTEM_CLOCK
from pilotdesk.drafts.lock import FolderLock
print(FolderLock(Path(sys.argv[1]), SYSTEM_CLOCK).take(), flush=True)
sys.stdin.read()
"""


def lock_in(folder: Path, machine: tuple[str, str] | None = None) -> FolderLock:
    return FolderLock(folder, CLOCK, machine)


def age(folder: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(folder / FILE_NAME, (then, then))


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_what_another_computer_left_on_a_stick_is_taken_without_a_word(tmp_path: Path) -> None:
    """It was pulled out there while the program was open; it cannot be in two computers at a time."""
    theirs = lock_in(tmp_path, OTHER)
    assert theirs.take() is None
    ours = FolderLock(tmp_path, CLOCK, alone=True)
    assert ours.take() is None
    assert ours.beat()
    assert not theirs.beat()


def test_a_program_of_this_computer_keeps_its_stick(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", TAKE, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as first:
        assert first.stdout.readline() == "None\n"
        held = FolderLock(tmp_path, CLOCK, alone=True).take()
        assert held is not None
        assert held.grip is Grip.HELD
        first.communicate("")


def test_the_first_has_it_and_the_second_learns_who(tmp_path: Path) -> None:
    first = lock_in(tmp_path / "new", OTHER)
    assert first.take() is None
    held = lock_in(tmp_path / "new").take()
    assert held.grip is Grip.HELD
    assert (held.holder.host, held.holder.pid, held.holder.program) == ("KEYUAN-3", os.getpid(), __version__)
    assert held.holder.since == "2026-06-02T02:32:05.000Z"
    assert left(tmp_path / "new") == [FILE_NAME]
    first.release()
    assert left(tmp_path / "new") == []
    assert lock_in(tmp_path / "new").take() is None


def test_two_windows_of_one_computer_are_two_programs(tmp_path: Path) -> None:
    assert lock_in(tmp_path).take() is None
    assert lock_in(tmp_path).take().grip is Grip.HELD


def test_of_many_that_come_at_once_one_has_it(tmp_path: Path) -> None:
    locks = [lock_in(tmp_path, (f"pc{at}", "")) for at in range(16)]
    with ThreadPoolExecutor(16) as threads:
        taken = list(threads.map(FolderLock.take, locks))
    assert taken.count(None) == 1


def test_of_many_that_take_over_at_once_one_has_it(tmp_path: Path) -> None:
    lock_in(tmp_path, OTHER).take()
    age(tmp_path, SILENT_S + 60)
    locks = [lock_in(tmp_path, (f"pc{at}", "")) for at in range(16)]
    with ThreadPoolExecutor(16) as threads:
        taken = list(threads.map(lambda one: one.take(over=True), locks))
    assert taken.count(None) == 1
    assert left(tmp_path) == [FILE_NAME]


def left_over(folder: Path, monkeypatch: pytest.MonkeyPatch) -> FolderLock:
    """The lock of a program that was killed; not taken yet."""
    with monkeypatch.context() as before:
        before.setattr(lock_module, "born", lambda _pid: "another boot/1")
        return lock_in(folder)


def test_of_those_that_come_while_others_take_away_what_was_left_over_one_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One more begins when the lock was looked at, and whenever one is just gone: the worst moments there are."""
    left_over(tmp_path, monkeypatch).take()
    came: list[list[Held | None]] = []

    def then_another(name: str, place: type, most: int) -> None:
        real = getattr(place, name)

        def act(*given: object) -> object:
            done = real(*given)
            if len(came) < most:
                came.append([])
                came[len(came) - 1].append(lock_in(tmp_path).take())
            return done

        monkeypatch.setattr(place, name, act)

    then_another("_look", FolderLock, 1)
    then_another("rename", type(tmp_path), 3)
    last = lock_in(tmp_path).take()
    assert [last, *(taken for (taken,) in came)].count(None) == 1
    assert len(came) == 3


@pytest.mark.parametrize("deep", [1, 2, 3])
def test_who_was_killed_while_taking_a_lock_over_keeps_nobody_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deep: int
) -> None:
    killed = [left_over(tmp_path, monkeypatch) for _ in range(deep + 1)]
    assert killed[0].take() is None
    path = tmp_path / FILE_NAME
    for before, one in pairwise(killed):
        path = one._claim_on(path, before._mine)
        assert one._make(path)
    assert lock_in(tmp_path).take() is None
    assert left(tmp_path) == [FILE_NAME]


def test_half_a_claim_and_half_a_lock_are_in_the_way_until_they_are_old(tmp_path: Path) -> None:
    claim = lock_in(tmp_path)._claim_on(tmp_path / FILE_NAME, None)
    for path in (tmp_path / FILE_NAME, claim):
        path.touch()
    age(tmp_path, SILENT_S + 60)
    claims = lock_in(tmp_path)
    assert not claims._remove(tmp_path / FILE_NAME, None, frozenset(Grip))
    os.utime(claim, (0, 0))
    assert lock_in(tmp_path).take(over=True) is None
    assert left(tmp_path) == [FILE_NAME]


def test_a_touch_does_not_write_over_the_lock_of_who_took_over_just_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs, ours = lock_in(tmp_path, OTHER), lock_in(tmp_path)
    theirs.take()
    age(tmp_path, SILENT_S + 60)
    read = lock_module._read

    def then_taken_over(written: bytes) -> object:
        monkeypatch.setattr(lock_module, "_read", read)
        assert ours.take(over=True) is None
        return read(written)

    monkeypatch.setattr(lock_module, "_read", then_taken_over)
    theirs.beat()
    assert ours.beat()
    assert not theirs.beat()


def test_a_killed_program_of_this_computer_is_recognised_at_once(tmp_path: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", TAKE, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert child.stdout.readline() == "None\n"
        assert lock_in(tmp_path).take().grip is Grip.HELD
        assert lock_in(tmp_path).take(over=True).grip is Grip.HELD  # not even when asked for
    finally:
        child.kill()
        child.communicate()
    assert lock_in(tmp_path).take() is None


@pytest.mark.skipif(sys.platform == "win32", reason="a process of Windows that has ended is gone")
def test_a_program_that_has_ended_is_not_running_although_its_parent_has_not_asked(tmp_path: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", TAKE, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert child.stdout.readline() == "None\n"
        child.kill()
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        assert lock_in(tmp_path).take() is None
    finally:
        child.communicate()


def test_the_program_of_another_user_of_windows_keeps_what_it_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both may see the folder, and Windows tells neither when the other's program was started."""
    theirs = lock_in(tmp_path)
    theirs.take()
    monkeypatch.setattr(lock_module, "born", lambda _pid: UNSEEN)
    held = lock_in(tmp_path).take()
    assert held is not None
    assert held.grip is Grip.HELD
    monkeypatch.setattr("pilotdesk.drafts.handing_over.born", lambda _pid: UNSEEN)
    monkeypatch.setattr("os.getpid", lambda: 1)
    assert not may_hear(held)
    age(tmp_path, SILENT_S + 60)  # the number is another program's now
    assert lock_in(tmp_path).take().grip is Grip.SILENT


@pytest.mark.parametrize(("error", "said"), [(5, UNSEEN), (87, "")])
def test_windows_says_apart_what_it_does_not_tell_and_what_there_is_not(
    monkeypatch: pytest.MonkeyPatch, error: int, said: str
) -> None:
    kernel = SimpleNamespace(OpenProcess=lambda *_given: 0)
    monkeypatch.setattr(ctypes, "WinDLL", lambda *_given, **_named: kernel, raising=False)
    monkeypatch.setattr(ctypes, "get_last_error", lambda: error, raising=False)
    assert lock_module._born_windows(4) == said


def test_another_process_with_the_same_number_is_not_the_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(lock_module, "born", lambda _pid: "another boot/1")
        lock_in(tmp_path).take()
    assert lock_in(tmp_path).take() is None


def test_another_computer_is_asked_about_only_when_it_was_silent_for_long(tmp_path: Path) -> None:
    theirs = lock_in(tmp_path, OTHER)
    theirs.take()
    age(tmp_path, SILENT_S - 60)
    assert lock_in(tmp_path).take(over=True).grip is Grip.HELD
    age(tmp_path, SILENT_S + 60)
    assert lock_in(tmp_path).take().grip is Grip.SILENT
    assert theirs.beat()
    assert lock_in(tmp_path).take(over=True).grip is Grip.HELD
    age(tmp_path, SILENT_S + 60)
    mine = lock_in(tmp_path)
    assert mine.take(over=True) is None
    assert not theirs.beat()
    theirs.release()  # not theirs any more
    assert mine.beat()


def test_a_lock_taken_away_by_hand_is_made_again(tmp_path: Path) -> None:
    mine = lock_in(tmp_path)
    mine.take()
    (tmp_path / FILE_NAME).unlink()
    assert mine.beat()
    assert lock_in(tmp_path, OTHER).take().grip is Grip.HELD


def test_a_scanner_that_holds_what_is_to_go_keeps_nobody_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows a file that somebody reads can neither be renamed nor be taken away until he is done."""
    monkeypatch.setattr("pilotdesk.atomic.WAITS_S", (0, 0))
    held = {"rename": 2, "unlink": 0}

    def refusing(name: str) -> Callable[..., object]:
        real = getattr(Path, name)

        def act(path: Path, *given: object, **named: object) -> object:
            if held[name]:
                held[name] -= 1
                raise PermissionError(13, "sharing violation")
            return real(path, *given, **named)

        return act

    for name in held:
        monkeypatch.setattr(Path, name, refusing(name))
    lock_in(tmp_path, OTHER).take()
    age(tmp_path, SILENT_S + 60)
    mine = lock_in(tmp_path)
    held["unlink"] = 2  # what asked the disk for its time, and what was put aside
    assert mine.take(over=True) is None
    assert held == {"rename": 0, "unlink": 0}
    assert left(tmp_path) == [FILE_NAME]
    held["unlink"] = 2
    mine.release()
    assert left(tmp_path) == []


@pytest.mark.parametrize("written", [b"", b'{"host": "', b"[]", b"\xff\xfe", b"\0" * 200])
def test_half_a_lock_is_held_until_it_is_old(tmp_path: Path, written: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(written)
    held = lock_in(tmp_path).take(over=True)
    assert (held.holder, held.grip) == (None, Grip.HELD)
    age(tmp_path, SILENT_S + 60)
    assert lock_in(tmp_path).take().grip is Grip.SILENT
    assert lock_in(tmp_path).take(over=True) is None


def test_a_stick_that_is_away_for_a_moment_does_not_end_it(tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    mine = lock_in(folder)
    mine.take()
    folder.rename(tmp_path / "away")
    assert mine.beat()
    assert not folder.exists()
    (tmp_path / "away").rename(folder)
    assert mine.beat()
    assert lock_in(folder, OTHER).take().grip is Grip.HELD


def test_a_disk_that_is_away_for_a_moment_does_not_end_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = lock_in(tmp_path)
    mine.take()

    def away(_self: Path, _mode: str) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(type(tmp_path), "open", away)
    assert mine.beat()


@pytest.mark.parametrize(
    ("number", "code"), [(13, "store_unwritable"), (30, "store_unwritable"), (28, "store_full")]
)
def test_a_folder_that_cannot_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def refuse(*_args: object) -> int:
        raise OSError(number, "no")

    monkeypatch.setattr(lock_module.os, "open", refuse)
    with pytest.raises(StoreError) as trouble:
        lock_in(tmp_path).take()
    assert trouble.value.code == code
    assert left(tmp_path) == []
