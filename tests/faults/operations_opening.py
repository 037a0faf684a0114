"""What opening files writes: wishes that are handed to the window that stands, and which draft a file became.

Neither says that it could not be written, because nothing hangs on it: whoever is not heard says that the data is held, and a
file that is not remembered is a new one. So each operation looks itself at what must hold all the same.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from types import SimpleNamespace
from typing import TYPE_CHECKING

import msgspec
import pytest

from pilotdesk.drafts import closing, handing_over
from pilotdesk.drafts.handing_over import (
    CLAIMED,
    ENDING,
    FOLDER_NAME,
    LOOK_S,
    Heard,
    Wish,
    hand_over,
    is_taken_up,
    wishes,
)
from pilotdesk.drafts.opened_files import draft_of, remember
from pilotdesk.errors import StoreError
from pilotdesk.ui.window.incoming import MOST_TRIES
from tests.drafts.recovery_kit import broken_off, fresh_copy
from tests.faults import worlds
from tests.faults.operations import _closed, walked
from tests.faults.worlds import LONG_AGO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.faults.worlds import World

WISHES = ("data/.handover/[0-9]*",)
"""Whole ones, claimed or not, that could not be taken away just then; parts of them are to go."""


@contextlib.contextmanager
def _own_time() -> Iterator[list[float]]:
    """Waiting takes no time, and each wish has the same moment in its name; gives the moment, to be moved on."""
    at, kept = [0.0], handing_over.time
    handing_over.time = SimpleNamespace(  # type: ignore[assignment]
        monotonic=lambda: at[0], time_ns=lambda: int(at[0] * 1e9) + 2, time=kept.time
    )
    try:
        yield at
    finally:
        handing_over.time = kept


def _handed(world: World, opened: list[Path]) -> bool:
    """Whether the window that stands, which looks as often as who asks, opens a file; it ends a while after."""
    heard: list[Heard] = []
    tries = [0]
    with _own_time() as at, pytest.MonkeyPatch.context() as patched:

        def looked(seconds: float) -> None:
            at[0] += seconds * 10  # the same ends are met with fewer looks
            heard.extend(wishes(world.data))
            tries[0] += bool(heard)
            asked = [(one, is_taken_up(one)) for one in heard]
            unsure = tries[0] >= MOST_TRIES or None
            asked = [(one, unsure if is_ours is None else is_ours) for one, is_ours in asked]
            heard[:] = [one for one, is_ours in asked if is_ours is None]
            opened.extend(path for one, is_ours in asked if is_ours for path in one.wish.paths)

        patched.setattr(handing_over, "is_closing", lambda _folder: at[0] > MOST_TRIES)
        return hand_over(world.data, [world.out / "发来的.pilot"], pause=looked)


def _waiting(world: World) -> list[Path]:
    return sorted((world.data / FOLDER_NAME).glob(f"*{ENDING}"))


def _left_by_others(world: World) -> None:
    """By programs that were killed: one while it asked, one while it wrote, one while it claimed."""
    folder = world.data / FOLDER_NAME
    folder.mkdir()
    asked = Wish(files=[b"/gone.pilot"], pid=os.getpid(), born="another of the same number")
    for name in (f"00{ENDING}", f".01{ENDING}.00000000.part", "02.claimed"):
        (folder / name).write_bytes(msgspec.json.encode(asked))
        os.utime(folder / name, (LONG_AGO, LONG_AGO))


@walked(prepare=_left_by_others, partial=WISHES)
def handing_a_file_to_the_window_that_stands(world: World) -> None:
    opened: list[Path] = []
    is_heard = _handed(world, opened)
    assert set(opened) <= {world.out / "发来的.pilot"}
    if not is_heard:
        # Else it would be said that it is not open, and it is; but rather so than opened by nobody.
        assert not opened or any((world.data / FOLDER_NAME).glob(f"*{CLAIMED}"))
        raise StoreError("store_held", who="这台电脑上的另一个窗口")  # as the program goes on
    assert opened
    assert {file.name for file in _waiting(world)} <= {f"00{ENDING}"}


@walked(prepare=lambda world: closing._note(world.data, StoreError("closing_cut_short"), running=True))
def taking_back_what_nobody_hears(world: World) -> None:
    """The window that stood is closing: whoever asked goes on by itself, and is not opened a second time."""
    with _own_time() as at:
        assert not hand_over(
            world.data, [world.out / "发来的.pilot"], pause=lambda _s: at.append(at.pop() + LOOK_S * 10)
        )
    for file in _waiting(
        world
    ):  # it could not be taken away: then it is a whole one, which the next window throws away
        assert handing_over._wished(file) is not None


@walked(prepare=lambda world: remember(world.data, "a" * 64, world.draft), optional=("data/opened.json",))
def remembering_what_a_file_became(world: World) -> None:
    remember(world.data, "b" * 64, "d_new")
    assert draft_of(world.data, "a" * 64) == world.draft  # what was remembered before is no price for it
    assert draft_of(world.data, "b" * 64) in {"", "d_new"}


@walked(prepare=_closed, optional=("data/opened.json",))
def remembering_the_first_file(world: World) -> None:
    remember(world.data, "b" * 64, "d_new")
    assert draft_of(world.data, "b" * 64) in {"", "d_new"}


def _broken_off(world: World) -> None:
    """Somebody's tool was killed in the middle of writing into the data directory of another computer."""
    world.kept["found"] = broken_off(fresh_copy(world.root / "other" / "data", world.root / "theirs"))
    for made in ("theirs", "other"):
        shutil.rmtree(world.root / made)
    world.close()


@walked(base=worlds.with_another, prepare=_broken_off, optional=("tmp/*",))
def looking_into_a_folder_whose_last_writing_was_broken_off(world: World) -> None:
    from pilotdesk.drafts.found_copies import look_for

    (lot,) = look_for(world.kept["found"])
    assert all(one.is_sound for one in lot.copies)
