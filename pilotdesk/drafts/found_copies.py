"""Copies in a folder that somebody picks on another computer: whose they are, from when, what is in them, which are sound.

A stick may hold the second places of several computers, what was put there by hand, or a whole data directory taken off a
dead disk. All are told by their files, not by their names, and nothing is written while they are looked over.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from pilotdesk.atomic import replacing, scratch_folder
from pilotdesk.drafts import backups as copies
from pilotdesk.drafts import schema
from pilotdesk.drafts.attachments_folder import SHA256, AttachmentsFolder
from pilotdesk.drafts.connection import FILE_NAME, trouble_of
from pilotdesk.drafts.health import health_of, last_entry_in, looking_at
from pilotdesk.drafts.second_place import whose
from pilotdesk.errors import ExportError, StoreError
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pilotdesk.drafts.health import Health

    Progress = Callable[[int, int], None]

LOOKED_AT: Final = 8
"""Copies of one folder that are looked over; further ones only until one of them is sound."""
_DEPTH: Final = 2
"""Folders below the picked one that are searched: the stick, ours, and one that somebody put it into."""
_MOST_FOLDERS: Final = 5000
"""A whole disk may be picked by mistake."""

DAMAGED: Final = "damaged"
TOO_NEW: Final = "too_new"


class FoundCopy(Record, frozen=True, kw_only=True):
    """One copy.

    Attributes:
        database: the file. homes: folders with its attachments, the nearest first.
        moment: local time without a zone: when it was made, or last written in.
        fault: :data:`DAMAGED`, :data:`TOO_NEW`; empty for a sound one. version: of its schema.
        titles: of its projects, practice left out; may be empty words. drafts: how many, practice included.
        deleted: drafts that were deleted in it, practice left out.
        lost: attachments that it names and that are not there.
    """

    database: Path
    homes: tuple[Path, ...]
    moment: datetime
    fault: str = ""
    version: int = 0
    titles: tuple[str, ...] = ()
    drafts: int = 0
    deleted: int = 0
    lost: int = 0

    @property
    def is_sound(self) -> bool:
        """Whether it can be brought back."""
        return not self.fault


class Lot(Record, frozen=True, kw_only=True):
    """The copies of one computer in one place.

    Attributes:
        folder: where. computer: its name; empty when nothing says it.
        copies: the sound ones first, the newest first. older: how many were not looked at.
    """

    folder: Path
    computer: str
    copies: tuple[FoundCopy, ...]
    older: int = 0


def look_for(picked: Path, progress: Progress | None = None, *, most: int = LOOKED_AT) -> tuple[Lot, ...]:
    """Every computer's copies in a folder and the folders in it, the one with the newest sound copy first.

    Args:
        picked: a stick, a folder on it, one of ours or what is inside it.
        progress: called before each copy with (looked over, all); may raise to stop.
        most: copies of each folder that are looked over at least.

    Raises:
        ExportError: ``disk_full``, ``folder_unwritable``: no room here for the copy of one whose last writing was broken off.
    """
    homes = list(islice(_homes(picked), _MOST_FOLDERS))
    listed = [(home, _listed(home)) for home in homes]
    total, done = sum(min(most, len(found)) for _, found in listed), 0
    lots = []
    for home, found in listed:
        looked: list[FoundCopy] = []
        for one in found:
            if len(looked) >= most and any(copy.is_sound for copy in looked):
                break
            if progress is not None:
                progress(min(done, total), total)
            looked.append(_looked_over(one))
            done += 1
        ordered = sorted(looked, key=lambda copy: not copy.is_sound)
        lots.append(
            Lot(folder=home, computer=whose(home), copies=tuple(ordered), older=len(found) - len(looked))
        )
    return tuple(sorted(lots, key=lambda lot: (lot.copies[0].is_sound, lot.copies[0].moment), reverse=True))


def _homes(picked: Path) -> Iterator[Path]:
    """Folders that have copies."""
    if picked.name == copies.FOLDER_NAME and _is_home(picked.parent):
        yield picked.parent
        return
    level = [picked]
    for depth in range(_DEPTH + 1):
        below: list[Path] = []
        for folder in level:
            if _is_home(folder):
                yield folder
            elif depth < _DEPTH:
                below += islice(_folders(folder), _MOST_FOLDERS - len(below))
        level = below


def _is_home(folder: Path) -> bool:
    with contextlib.suppress(OSError):
        return (folder / FILE_NAME).is_file() or bool(copies.backups(folder))
    return False


def _folders(folder: Path) -> list[Path]:
    with contextlib.suppress(OSError):  # what the system does not let us see has none of ours
        return sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    return []


def _listed(home: Path) -> list[FoundCopy]:
    """The copies of a folder, the newest first by how far their history goes: a clock may have been wrong."""
    beside, inside = (home / copies.FOLDER_NAME, home), (home, home / copies.FOLDER_NAME)
    found = [FoundCopy(database=one.path, homes=beside, moment=one.moment) for one in copies.backups(home)]
    reached, placed = 0, []
    for one in found:
        last = last_entry_in(one.database)
        reached = reached if last is None else last
        placed.append((reached, one.moment, one))
    ordered = [one for *_, one in sorted(placed, key=lambda copy: copy[:2], reverse=True)]
    if (home / FILE_NAME).is_file():
        ordered.insert(
            0, FoundCopy(database=home / FILE_NAME, homes=inside, moment=_changed(home / FILE_NAME))
        )
    return ordered


def _changed(database: Path) -> datetime:
    try:
        return datetime.fromtimestamp(database.stat().st_mtime)
    except OSError:
        return datetime.min


def _looked_over(one: FoundCopy) -> FoundCopy:
    from msgspec.structs import replace

    if not one.database.with_name(f"{one.database.name}-journal").exists():
        # A log beside it belongs to whoever wrote it last and may be gone: then it has to be read, too.
        alone = not one.database.with_name(f"{one.database.name}-wal").exists()
        return _judged(one, one.database, alone=alone)
    with scratch_folder() as folder:  # only who may write can take back what was broken off
        copy = _taken_back(one.database, folder)
        return replace(one, fault=DAMAGED) if copy is None else _judged(one, copy, alone=True)


def _taken_back(database: Path, folder: Path) -> Path | None:
    """A copy of a database without what somebody who was killed had not written to the end; ``None`` if it cannot be read.

    Raises:
        ExportError: see :func:`look_for`.
    """
    copy = folder / database.name
    for suffix in ("", "-journal"):
        # A bad stick, or somebody who writes there just now, keeps no other copy from being looked over.
        try:
            content = database.with_name(f"{database.name}{suffix}").read_bytes()
        except OSError:
            return None
        with replacing(folder / f"{copy.name}{suffix}") as part:
            part.write_bytes(content)
    try:
        with trouble_of(folder), contextlib.closing(sqlite3.connect(copy)) as opened:
            opened.execute("SELECT 1 FROM sqlite_master").fetchall()
    except StoreError as trouble:
        if trouble.code != "store_damaged":
            code = "disk_full" if trouble.code == "store_full" else "folder_unwritable"
            raise ExportError(code, folder=folder.parent) from trouble
    return copy


def _judged(one: FoundCopy, database: Path, *, alone: bool) -> FoundCopy:
    """What is found in a database, which stands for the copy."""
    from msgspec.structs import replace

    health = health_of(database, alone=alone)
    if not health.is_sound:
        return replace(one, fault=_fault(health), version=health.version)
    try:
        with looking_at(database, alone=alone) as connection:
            return _described(one, connection, health.version)
    except (sqlite3.DatabaseError, ValueError, TypeError, KeyError, AttributeError):
        return replace(one, fault=DAMAGED, version=health.version)


def _fault(health: Health) -> str:
    return TOO_NEW if health.fault == "version" and health.version > schema.CURRENT else DAMAGED


def _described(one: FoundCopy, connection: sqlite3.Connection, version: int) -> FoundCopy:
    from msgspec.structs import replace

    deleted = "deleted" if version >= 5 else "''"
    rows: list[tuple[str, str, int, str, str]] = connection.execute(
        f"SELECT project_id, facts, practice, updated, {deleted} FROM draft JOIN project USING (project_id)"  # noqa: S608
        " ORDER BY draft.created, draft.rowid"
    ).fetchall()
    living = [row for row in rows if not row[-1]]
    titles: dict[str, str] = {}
    for project_id, facts, practice, *_ in living:
        if not practice:
            known: dict[str, Any] = json.loads(facts)
            titles[project_id] = titles.get(project_id) or str(known.get("title") or "")
    moment = one.moment
    if (
        one.database.name == FILE_NAME and rows
    ):  # what a file system says of it may only be when it was copied
        last = max(updated for *_, updated, _ in rows)
        moment = datetime.fromisoformat(last).astimezone().replace(tzinfo=None)
    named = connection.execute("SELECT DISTINCT sha256 FROM attachment").fetchall() if version >= 2 else []
    lost = sum(not is_kept(one, sha256) for (sha256,) in named)
    return replace(
        one, version=version, titles=tuple(titles.values()), drafts=len(living), lost=lost, moment=moment,
        deleted=sum(not practice and bool(gone) for _, _, practice, _, gone in rows),
    )  # fmt: skip


def is_kept(one: FoundCopy, sha256: str) -> bool:
    """Whether a file of an attachment stands beside a copy; whether it is whole is another question."""
    if not SHA256.fullmatch(sha256):
        return False
    return any(AttachmentsFolder(home).path_of(sha256).is_file() for home in one.homes)
