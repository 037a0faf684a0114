"""Copies of a desk's file, kept beside it: dated, looked over before they count, thinned out by a table.

A copy is made through a connection of its own, so any thread can make it while the desk goes on writing.
"""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from pilotdesk.atomic import replacing
from pilotdesk.drafts.backups import sweep
from pilotdesk.drafts.closing import holds_the_same
from pilotdesk.drafts.looking import opened_to_look
from pilotdesk.drafts.thinning import Rule, staying
from pilotdesk.drafts.transactions import copy_database
from pilotdesk.errors import DeskError, ExportError
from pilotdesk.record import Record
from pilotdesk.review.desk.connection import trouble_at

if TYPE_CHECKING:
    from pathlib import Path

    from pilotdesk.clock import Clock

LEFTOVERS_KEPT_S: Final = 24 * 3600
"""Age at which something half-written belongs to no running program any more."""

RULES: Final = (
    Rule("each", lambda moment: moment, 3),
    Rule("day", lambda moment: moment.date(), 31),
    Rule("week", lambda moment: moment.isocalendar()[:2], 8),
    Rule("month", lambda moment: (moment.year, moment.month), 12),
)
"""Fewer than of drafts: a desk of 1,000 submissions is a file of 40 MB, and a round lasts for some months."""

_STAMP: Final = "%Y%m%d-%H%M%S"
_ENDING: Final = re.compile(r"_(\d{8}-\d{6})")
_BESIDE: Final = ("", "-wal", "-shm")
"""What SQLite keeps a database in."""


class Copy(Record, frozen=True):
    """One copy; ``moment`` is the local time without a zone, as in its name."""

    path: Path
    moment: datetime


def copies_folder(path: Path) -> Path:
    """Where the copies of a desk's file are: beside it, ``审核台_江西省_2026_备份``."""
    return path.with_name(f"{path.stem}_备份")


def copies_of(path: Path) -> tuple[Copy, ...]:
    """Every copy of a desk's file, the oldest first; a file with another name is none."""
    found = []
    with contextlib.suppress(OSError):
        for one in sorted(copies_folder(path).iterdir()):
            stamp = _ENDING.fullmatch(one.stem.removeprefix(path.stem)) if one.suffix == path.suffix else None
            if stamp:
                with contextlib.suppress(ValueError):
                    found.append(Copy(one, datetime.strptime(stamp[1], _STAMP)))
    return tuple(found)


def newest_sound(path: Path) -> Copy | None:
    """The newest copy of a desk's file that can be read from beginning to end; ``None`` when there is none.

    The newest is the one whose log goes furthest: the clock may have been a year ahead when another one got its name.
    """
    reached = sorted(copies_of(path), key=lambda copy: (_last_entry_in(copy.path), copy.moment))
    for copy in reversed(reached):
        with contextlib.suppress(sqlite3.Error), contextlib.closing(opened_to_look(copy.path)) as kept:
            if _is_sound(kept):
                return copy
    return None


def is_copied(path: Path) -> bool:
    """Whether a copy holds what the file holds; while the desk is open that is not always seen."""
    copies = copies_of(path)
    try:
        unfolded = path.with_name(f"{path.name}-wal")
        if unfolded.exists() and unfolded.stat().st_size:
            return False
    except OSError:
        return False
    # Any of them: a clock that was ahead has named a copy of a year to come, and that one stays the newest.
    return any(holds_the_same(path, copy.path) for copy in reversed(copies))


def keep_copy(path: Path, clock: Clock) -> Copy:
    """Make a copy now and thin out the old ones.

    Args:
        path: of the desk's file, which may be open.
        clock: the time.

    Raises:
        DeskError: ``desk_damaged`` when the file is not sound, the copies there are stay as they are then; ``desk_full``,
            ``desk_unwritable``, ``desk_busy``.
    """
    folder = copies_folder(path)
    now = clock.now().astimezone()
    made = _free(path, now.replace(microsecond=0, tzinfo=None))
    try:
        with (
            replacing(made.path) as part,
            trouble_at(made.path),
            contextlib.closing(sqlite3.connect(part)) as copy,
            trouble_at(path),
            contextlib.closing(opened_to_look(path)) as live,
        ):
            copy_database(live, copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # looking at it leaves nothing beside it
            if not _is_sound(copy):
                raise DeskError("desk_damaged", name=path.name)
    except ExportError as trouble:
        code = "desk_full" if trouble.code == "disk_full" else "desk_unwritable"
        raise DeskError(code, name=made.path.name, folder=folder) from trouble
    _thin(path, made.moment)
    sweep(folder, now.timestamp() - LEFTOVERS_KEPT_S)
    return made


def put_back(path: Path, copy: Copy, clock: Clock) -> Path:
    """Put a copy in the place of a desk's file that cannot be read; nobody may have it open.

    Args:
        path: of the desk's file.
        copy: one of its copies; it stays.
        clock: the time.

    Returns:
        Where the file is now that was there; nothing of it is changed.

    Raises:
        DeskError: ``desk_full``, ``desk_unwritable``, ``desk_busy``.
    """
    stamp = f"{clock.now().astimezone():{_STAMP}}"
    aside = path.with_name(f"{path.stem}_读不出来_{stamp}{path.suffix}")
    try:
        with (
            replacing(path) as part,
            trouble_at(path),
            contextlib.closing(opened_to_look(copy.path)) as kept,
            contextlib.closing(sqlite3.connect(part)) as target,
        ):
            copy_database(kept, target)
            for end in _BESIDE:
                with contextlib.suppress(FileNotFoundError):
                    os.replace(f"{path}{end}", f"{aside}{end}")
    except ExportError as trouble:
        code = "desk_full" if trouble.code == "disk_full" else "desk_unwritable"
        raise DeskError(code, name=path.name, folder=path.parent) from trouble
    return aside


def _last_entry_in(path: Path) -> int:
    """Number of the last entry in the log of a copy; 0 for none, or when it cannot be read."""
    with contextlib.suppress(sqlite3.Error), contextlib.closing(opened_to_look(path)) as kept:
        return int(kept.execute("SELECT coalesce(max(seq), 0) FROM log").fetchone()[0])
    return 0


def _is_sound(connection: sqlite3.Connection) -> bool:
    return connection.execute("PRAGMA quick_check(1)").fetchall() == [("ok",)]


def _free(path: Path, moment: datetime) -> Copy:
    """A name that no copy has yet: a clock that was set back must not write over one."""
    while (target := copies_folder(path) / f"{path.stem}_{moment:{_STAMP}}{path.suffix}").exists():
        moment += timedelta(seconds=1)
    return Copy(target, moment)


def _thin(path: Path, made: datetime) -> None:
    """Take away the copies that need not stay; one that is held open by somebody stays until the next time."""
    copies = copies_of(path)
    kept = staying((copy.moment for copy in copies), made, RULES)
    for copy in copies:
        if copy.moment not in kept:
            with contextlib.suppress(OSError):
                copy.path.unlink(missing_ok=True)
