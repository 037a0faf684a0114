"""A bug is described without any answer text, seen before it is saved, and the draft is stored first."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pilotdesk.errors import StoreError
from pilotdesk.ui.window.crash_hook import LOG_NAME, CrashHook

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pilotdesk.clock import Clock

SECRET = "周明远的身份证号"


def fail(secret: str) -> None:
    raise ValueError(secret)


def crash(hook: CrashHook) -> None:
    try:
        fail(SECRET)
    except ValueError:
        hook(*sys.exc_info())


def hook_in(
    folder: Path, clock: Clock, told: list[tuple[str, str]], *, save: bool, flush: Callable[[], bool]
):
    def tell(said: str, entry: str) -> bool:
        assert not (folder / LOG_NAME).exists()  # seen before it is saved
        told.append((said, entry))
        return save

    return CrashHook(folder, clock, flush=flush, tell=tell)


def test_the_record_has_places_and_no_words_and_is_shown_before_it_is_saved(
    tmp_path: Path, clock: Clock
) -> None:
    told: list[tuple[str, str]] = []
    done: list[str] = []
    hook = hook_in(tmp_path, clock, told, save=True, flush=lambda: done.append("flush") is None)
    crash(hook)
    crash(hook)
    log = (tmp_path / LOG_NAME).read_text("utf-8")
    assert log.strip() == told[0][1]
    assert SECRET not in log
    assert "周明远" not in repr(told)
    assert "ValueError" in log
    assert "fail" in log
    assert "test_crash_hook.py" in log
    assert str(tmp_path.parent.parent) not in log
    assert "/" not in log  # no way to a folder that names a person
    assert done == ["flush", "flush"]
    assert len(told) == 1


def test_what_the_user_does_not_want_saved_is_not(tmp_path: Path, clock: Clock) -> None:
    told: list[tuple[str, str]] = []
    crash(hook_in(tmp_path, clock, told, save=False, flush=lambda: True))
    assert len(told) == 1
    assert list(tmp_path.iterdir()) == []


def test_what_could_not_be_stored_is_said(tmp_path: Path, clock: Clock) -> None:
    told: list[tuple[str, str]] = []

    def full() -> bool:
        raise StoreError("store_full", folder="资料")

    crash(hook_in(tmp_path, clock, told, save=False, flush=full))
    assert "没有存上" in told[0][0]
    assert told[0][1].endswith("flush: store_full")


def test_a_store_that_fails_itself_is_said_and_does_not_end_the_hook(tmp_path: Path, clock: Clock) -> None:
    """Else nobody would be told anything: Python writes of a hook that failed where no user looks."""
    told: list[tuple[str, str]] = []

    def broken() -> bool:
        raise KeyError(SECRET)

    crash(hook_in(tmp_path, clock, told, save=False, flush=broken))
    crash(hook_in(tmp_path, clock, told, save=False, flush=lambda: False))
    assert len(told) == 2
    for said, entry in told:
        assert "没有存上" in said
        assert "flush: " in entry
        assert "周明远" not in entry


def test_a_bug_met_while_storing_does_not_store_again(tmp_path: Path, clock: Clock) -> None:
    told: list[tuple[str, str]] = []
    hooks: list[CrashHook] = []

    def storing() -> bool:
        crash(hooks[0])  # as a slot that fails has it
        return True

    hooks.append(hook_in(tmp_path, clock, told, save=False, flush=storing))
    crash(hooks[0])
    assert len(told) == 1
    assert "已经存好" in told[0][0]
