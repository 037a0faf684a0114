"""Backups of the database: whole copies beside it, never written over.

All copies of today are kept, and the last one of each of the thirty days before. Attachments are files that never change
and stand beside the database, so a copy for this computer needs none of them; one for elsewhere takes them along.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pilotdesk.atomic import ensure_folder, replacing

if TYPE_CHECKING:
    from pathlib import Path

    from pilotdesk.clock import Clock
    from pilotdesk.drafts.store import DraftStore

DAYS_KEPT: Final = 30
LEFTOVERS_KEPT_S: Final = 24 * 3600
"""Age at which a half-written attachment belongs to no running program any more."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy; ``day`` is ``YYYY-MM-DD`` and ``time`` ``HH:MM`` of the local clock."""

    path: Path
    day: str
    time: str


def backups(store: DraftStore) -> tuple[Backup, ...]:
    """Every copy there is, the oldest first."""
    found = []
    for path in sorted(_folder(store).glob("pilotdesk-????????-??????*.db")):
        _, day, time = path.stem.split("-")[:3]
        found.append(Backup(path, f"{day[:4]}-{day[4:6]}-{day[6:]}", f"{time[:2]}:{time[2:4]}"))
    return tuple(found)


def back_up(store: DraftStore, clock: Clock) -> Backup:
    """Make a copy now, thin out the old ones, and tidy up among the attachments.

    Raises:
        ExportError: ``folder_unwritable``, ``disk_full``.
        StoreError: the database cannot be read.
    """
    ensure_folder(_folder(store))
    now = clock.now().astimezone()
    target = _folder(store) / f"pilotdesk-{now:%Y%m%d-%H%M%S}-{now.microsecond:06d}.db"
    with replacing(target) as part:
        store.back_up(part)
    _thin(backups(store))
    store.attachments.sweep(now.timestamp() - LEFTOVERS_KEPT_S)
    return Backup(target, f"{now:%Y-%m-%d}", f"{now:%H:%M}")


def copy_database(store: DraftStore, folder: Path) -> None:
    """Put a copy of the database into a folder elsewhere, under the name that a data directory has it by.

    Together with :meth:`AttachmentsFolder.copy_to` that makes a data directory. The attachments go first: whatever the
    database names is there then.

    Raises:
        ExportError: ``folder_unwritable``, ``disk_full``.
        StoreError: the database cannot be read.
    """
    with replacing(folder / store.path.name) as part:
        store.back_up(part)


def _thin(copies: tuple[Backup, ...]) -> None:
    last_of_day = {copy.day: copy for copy in copies}
    days = sorted(last_of_day)
    kept = {last_of_day[day].path for day in days[-DAYS_KEPT - 1 :]}
    kept |= {copy.path for copy in copies if copy.day == days[-1]}
    for copy in copies:
        if copy.path not in kept:
            copy.path.unlink(missing_ok=True)


def _folder(store: DraftStore) -> Path:
    return store.path.parent / "backups"
