"""Backups: whole copies beside the database, looked over before they count, never written over.

A copy is made through a connection of its own, so any thread can make it while the program goes on writing. It gets its
name only after it was found sound; what is thinned out then follows a table (:mod:`pilotdesk.drafts.thinning`).
Attachments never change: each is put beside the copies once, under its SHA-256, as a second name for the same file where
the disk knows such names. The list of copies is read before the start page is painted, so all that makes one is imported
when one is made.
"""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from pilotdesk.atomic import ensure_folder, replacing
from pilotdesk.drafts.connection import FILE_NAME, trouble_of
from pilotdesk.drafts.transactions import copy_database
from pilotdesk.errors import ExportError, StoreError
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from pilotdesk.clock import Clock

FOLDER_NAME: Final = "backups"
LEFTOVERS_KEPT_S: Final = 24 * 3600
"""Age at which something half-written belongs to no running program any more."""

_PATTERN: Final = "pilotdesk-????????-??????-??????.db"
_STAMP: Final = "pilotdesk-%Y%m%d-%H%M%S-%f"


class Backup(Record, frozen=True):
    """One copy. ``moment`` is the local time without a zone, as in its name.

    ``damaged`` counts attachments that could not be put beside it, because the disk has damaged them.
    """

    path: Path
    moment: datetime
    damaged: int = 0

    @property
    def day(self) -> str:
        """``YYYY-MM-DD``."""
        return f"{self.moment:%Y-%m-%d}"

    @property
    def time(self) -> str:
        """``HH:MM``."""
        return f"{self.moment:%H:%M}"


def backups(data_folder: Path) -> tuple[Backup, ...]:
    """Every copy there is, the oldest first; a file with another name is none."""
    found = []
    for path in sorted((data_folder / FOLDER_NAME).glob(_PATTERN)):
        with contextlib.suppress(ValueError):
            found.append(Backup(path, datetime.strptime(path.stem, _STAMP)))
    return tuple(found)


def back_up(data_folder: Path, clock: Clock, progress: Callable[[int, int], None] | None = None) -> Backup:
    """Make a copy now, thin out the old ones, and tidy up what was left half-written.

    Args:
        data_folder: the data directory.
        clock: the time.
        progress: called between the steps and files with (done, total); may raise to stop.

    Raises:
        ExportError: ``folder_unwritable``, ``disk_full``.
        StoreError: ``store_damaged`` when the database is not sound, ``backup_unsound`` when the copy is not; the copies
            there are stay as they are then. ``store_busy``, ``store_unwritable``.
    """
    folder = data_folder / FOLDER_NAME
    ensure_folder(folder)
    made = _free(folder, clock.now().astimezone().replace(tzinfo=None))
    copy_sound(data_folder / FILE_NAME, made.path, before=_counts_before(data_folder))
    made = complete(data_folder, made, clock, progress)
    thin(data_folder, made.moment)
    return made


def complete(
    data_folder: Path, made: Backup, clock: Clock, progress: Callable[[int, int], None] | None = None
) -> Backup:
    """What follows the copy of the database: the attachments beside it, tidying up. Args, Raises: see :func:`back_up`."""
    from pilotdesk.drafts.attachments_folder import AttachmentsFolder

    folder, before = data_folder / FOLDER_NAME, clock.now().timestamp() - LEFTOVERS_KEPT_S
    damaged = AttachmentsFolder(data_folder).copy_to(folder, progress, link=True)
    sweep(folder, before)
    for place in (data_folder, folder):
        AttachmentsFolder(place).sweep(before)
    return Backup(made.path, made.moment, damaged)


def copy_sound(source: Path, target: Path, *, before: Mapping[str, int]) -> None:
    """Copy a database that may be in use; the target appears, or is replaced, only when the copy is sound.

    Args:
        source: the database.
        target: the copy.
        before: rows by table in an earlier copy, see :meth:`Health.after`.

    Raises:
        ExportError, StoreError: see :func:`back_up`.
    """
    from pilotdesk.drafts.health import health_of, looking_at

    with replacing(target) as part:
        with (
            _no_room_for(target),
            trouble_of(target.parent),
            contextlib.closing(sqlite3.connect(part)) as copy,
            trouble_of(source.parent),
            looking_at(source, alone=False) as live,
        ):
            copy_database(live, copy)
        if not health_of(part).after(before).is_sound:
            sound = health_of(source, alone=False).after(before).is_sound
            code = "backup_unsound" if sound else "store_damaged"
            raise StoreError(code, folder=target.parent if sound else source.parent)


@contextlib.contextmanager
def _no_room_for(target: Path) -> Iterator[None]:
    """What a full disk has no room for is the copy; what was typed is stored, and the sentence must not deny it."""
    try:
        yield
    except StoreError as trouble:
        if trouble.code != "store_full":
            raise
        raise ExportError("disk_full", folder=target.parent) from trouble


def copy_out(data_folder: Path, folder: Path, progress: Callable[[int, int], None] | None = None) -> None:
    """Put a copy of everything into a folder elsewhere, laid out like a data directory, and read it back.

    The attachments go first: whatever the database names is there then. Those that are there already stay.

    Args:
        data_folder: the data directory.
        folder: where to.
        progress: called with (files done, files); may raise to stop.

    Raises:
        ExportError, StoreError: see :func:`back_up`; ``copy_differs`` when what was read back is something else.
    """
    from pilotdesk.drafts.attachments_folder import AttachmentsFolder

    AttachmentsFolder(data_folder).copy_to(folder, progress)
    copy_sound(data_folder / FILE_NAME, folder / FILE_NAME, before={})


def thin(data_folder: Path, made: datetime) -> None:
    """Take away the copies that need not stay; one that is held open by somebody stays until the next time."""
    from pilotdesk.drafts.thinning import staying

    copies = backups(data_folder)
    kept = staying((copy.moment for copy in copies), made)
    for copy in copies:
        if copy.moment not in kept:
            with contextlib.suppress(OSError):
                copy.path.unlink(missing_ok=True)


def path_at(folder: Path, moment: datetime) -> Path:
    """The path of a copy made at a moment."""
    return folder / f"{moment:{_STAMP}}.db"


def _free(folder: Path, moment: datetime) -> Backup:
    """A name that no copy has yet: a clock that was set back must not write over one."""
    while path_at(folder, moment).exists():
        moment += timedelta(microseconds=1)
    return Backup(path_at(folder, moment), moment)


def _counts_before(data_folder: Path) -> Mapping[str, int]:
    from pilotdesk.drafts.health import counts_in

    copies = backups(data_folder)
    return counts_in(copies[-1].path) if copies else {}


def sweep(folder: Path, before: float) -> None:
    """Take away what was left half-written in a folder of copies before a moment (seconds since 1970)."""
    for part in folder.glob(".*.part*"):
        with contextlib.suppress(OSError):
            if part.stat().st_mtime < before:
                part.unlink()
