"""Recovery: a damaged database is put aside untouched; the newest sound backup and what can still be read take its place.

Everything is prepared in a folder of its own and looked over there. Then three renames: the finished database gets its
name ``ready.db``, the damaged one goes aside with the time in its name, the finished one takes its place. A program that
is killed in between finds ``ready.db`` and no database, and does the last step again.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
from typing import TYPE_CHECKING, Final

from pilotdesk.atomic import ensure_folder, replacing
from pilotdesk.drafts import backups as copies
from pilotdesk.drafts.attachments_folder import AttachmentsFolder
from pilotdesk.drafts.connection import FILE_NAME, Connection
from pilotdesk.drafts.health import health_of, last_entry_in
from pilotdesk.drafts.looking import without_traces
from pilotdesk.drafts.records import DraftCard, DraftFacts
from pilotdesk.drafts.recovery_merge import IN_PLACE, Difference, Merge, merge
from pilotdesk.drafts.recovery_paths import without_strange_paths
from pilotdesk.drafts.salvage import lend_schema, salvage
from pilotdesk.drafts.second_place import second_place
from pilotdesk.drafts.store import DraftStore
from pilotdesk.errors import ExportError, StoreError
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from pilotdesk.clock import Clock
    from pilotdesk.drafts.backups import Backup
    from pilotdesk.drafts.salvage import Salvaged, StoredRow

WORK_FOLDER: Final = "recovery"
READY: Final = "ready.db"
ASIDE: Final = "damaged"
WRITTEN: Final = ("-wal", "-journal")
"""Endings of what belongs to the content of a database; the second one only where somebody's tool has changed it."""
SIDE_FILES: Final = (*WRITTEN, "-shm")
CHANGING: Final = ("facts", "revision", "step", "carried", "updated")
"""Columns of a draft that change while it is being filled in."""


class Offer(Record, frozen=True, kw_only=True):
    """What can be brought back.

    Attributes:
        backup: the newest sound copy; ``None`` when there is none.
        skipped: how many newer copies were not sound.
        cards: the drafts that will be there, by id; of those that only the damaged file had too.
        found: what the damaged file knows beyond the backup.
    """

    backup: Backup | None
    skipped: int
    cards: dict[str, DraftCard]
    found: Merge

    @property
    def differences(self) -> tuple[Difference, ...]:
        """By draft and path."""
        return tuple(self.found.differences)


def examine(data_folder: Path, clock: Clock) -> Offer:
    """Find the newest sound backup, read what can be read of the damaged database, and compare. Nothing is changed.

    Args:
        data_folder: the data directory; nobody has its database open.
        clock: the time.

    Raises:
        ExportError: ``folder_unwritable``, ``disk_full``: there is no room to work in.
        StoreError: the same, while the backup is brought to the present version.
    """
    work = data_folder / WORK_FOLDER
    shutil.rmtree(work, ignore_errors=True)
    ensure_folder(work / "damaged")
    for suffix in ("", *WRITTEN):
        _copy(data_folder / f"{FILE_NAME}{suffix}", work / "damaged" / f"{FILE_NAME}{suffix}")
    if (
        work / "damaged" / f"{FILE_NAME}-journal"
    ).exists():  # what was broken off is taken back, and never offered
        without_traces(work / "damaged" / FILE_NAME)
    with _said(work):
        for skipped, backup in enumerate(listed := _newest_first(data_folder)):
            offer = _offer_of(work, clock, backup, skipped) if health_of(backup.path).is_sound else None
            if offer is not None:
                return offer
            for suffix in ("", "-wal", "-shm"):
                (work / f"{FILE_NAME}{suffix}").unlink(missing_ok=True)
        return _compare(work, clock, None, len(listed))


def _offer_of(work: Path, clock: Clock, backup: Backup, skipped: int) -> Offer | None:
    """What a backup gives; ``None`` for one that is sound for SQLite, and still not to be read: the next one then."""
    _copy(backup.path, work / FILE_NAME)
    try:
        return _compare(work, clock, backup, skipped)
    except StoreError as trouble:
        if trouble.code not in {"store_damaged", "store_too_new"}:
            raise  # the disk is full, say: the backup is good all the same
        return None


def restore(data_folder: Path, offer: Offer, wanted: Collection[Difference], clock: Clock) -> Path | None:
    """Put the backup in place, with the differences that are wanted; all history that could be read goes in, too.

    Args:
        data_folder: the data directory.
        offer: what :func:`examine` found just now.
        wanted: those of its differences that are to be taken.
        clock: the time.

    Returns:
        Where the damaged database is now; ``None`` when there was none.

    Raises:
        ExportError, StoreError: ``folder_unwritable``, ``disk_full`` and the like; the old state stays.
    """
    work = data_folder / WORK_FOLDER
    base = Connection(work / FILE_NAME)
    try:
        _put_rows(base, offer.found)
    finally:
        base.close()
    store = DraftStore(work, clock)
    try:
        here = {card.draft_id for card in store.cards()}
        for draft_id in here & {one.draft_id for one in wanted}:
            values = {one.path: one.after for one in wanted if one.draft_id == draft_id}
            store.save(draft_id, values, origin="restored")
    finally:
        store.close()
    if not health_of(work / FILE_NAME).is_sound:
        raise StoreError("recovery_failed", folder=data_folder)
    _bring_attachments(data_folder, work)
    return take_place(data_folder, clock)


def take_place(data_folder: Path, clock: Clock) -> Path | None:
    """Put the database that stands finished in :data:`WORK_FOLDER` in the place of the one that is; see :func:`restore`.

    Raises:
        ExportError: ``folder_unwritable``.
    """
    work = data_folder / WORK_FOLDER
    with _said(data_folder):
        (work / FILE_NAME).replace(work / READY)
        aside = put_aside(data_folder, clock)
    finish(data_folder, clock)
    return aside


def finish(data_folder: Path, clock: Clock) -> bool:
    """Do the last step of a restore, if one was interrupted before it; returns whether there was one.

    Raises:
        ExportError: ``folder_unwritable``.
    """
    ready = data_folder / WORK_FOLDER / READY
    if (data_folder / FILE_NAME).exists() or not ready.exists():
        return False
    with _said(data_folder):
        put_aside(
            data_folder, clock
        )  # a write-ahead log left of the old one: SQLite would take it for the new one's
        ready.replace(data_folder / FILE_NAME)
    shutil.rmtree(data_folder / WORK_FOLDER, ignore_errors=True)
    return True


def put_aside(data_folder: Path, clock: Clock) -> Path | None:
    """Rename the database, and what stands beside it, into a folder of such; returns its new path, ``None`` for none.

    Raises:
        OSError: it cannot be renamed.
    """
    folder = data_folder / ASIDE
    folder.mkdir(exist_ok=True)
    stem = f"pilotdesk-{clock.now().astimezone():%Y%m%d-%H%M%S}"
    taken = {path.name.partition(".")[0] for path in folder.iterdir()}
    names = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3)))
    name = next(name for name in names if name not in taken)
    target = folder / f"{name}.db"
    found = False
    for suffix in ("", *SIDE_FILES):
        source = data_folder / f"{FILE_NAME}{suffix}"
        if source.exists():
            source.replace(folder / f"{target.name}{suffix}")
            found = True
    return target if found else None


def _newest_first(data_folder: Path) -> list[Backup]:
    """All copies, here and in the second place, by how far their history goes.

    The names say the same, unless the clock was wrong when one was made: a copy of a year to come would stay the newest.
    """
    place = second_place(data_folder)
    listed = list(copies.backups(data_folder))
    if place is not None and place.is_there:
        listed += copies.backups(place.path)
    reached, placed = 0, []
    for one in sorted(listed, key=lambda copy: copy.moment):
        last = last_entry_in(one.path)
        reached = reached if last is None else last  # one that cannot be read stands where its name says
        placed.append((reached, one.moment, one))
    return [one for *_, one in sorted(placed, key=lambda copy: copy[:2], reverse=True)]


def _compare(work: Path, clock: Clock, backup: Backup | None, skipped: int) -> Offer:
    store = DraftStore(work, clock)
    try:
        base = Connection(work / FILE_NAME)
        try:
            last = _last_rows(base)
        finally:
            base.close()
        cards = {card.draft_id: card for card in store.cards(deleted=True)}
        read, strange = without_strange_paths(_salvage(work, last, backup), cards)
        found = merge(
            read,
            base={draft_id: store.load(draft_id, deleted=True).values for draft_id in cards},
            updated={draft_id: card.updated for draft_id, card in cards.items()},
            last=last,
        )
        found.unread += strange
    finally:
        store.close()
    cards |= {row["draft_id"]: _card(row) for row in found.rows["draft"]}
    return Offer(backup=backup, skipped=skipped, cards=cards, found=found)


def _salvage(work: Path, tables: Iterable[str], backup: Backup | None) -> Salvaged:
    damaged = work / "damaged" / FILE_NAME
    read = salvage(damaged, tables)
    if backup is None or any(read.rows.values()) or not damaged.exists():
        return read
    lend_schema(backup.path, damaged)
    return salvage(damaged, tables)


def _card(row: StoredRow) -> DraftCard:
    """The card of a draft that only the damaged file has."""
    facts = DraftFacts()
    with contextlib.suppress(ValueError, TypeError):
        facts = DraftFacts(**json.loads(row["facts"]))
    names = ("draft_id", "project_id", "form", "round", "created", "updated")
    return DraftCard(
        **{name: row[name] for name in names},
        facts=facts,
        practice=False,
        revision=0,
        form_version=row["form_version"],
    )


def _last_rows(base: Connection) -> dict[str, int]:
    tables = base.read("SELECT name FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    return {
        table: base.read(f"SELECT coalesce(max(rowid), 0) FROM {table}")[0][0]  # noqa: S608
        for (table,) in tables
    }


def _put_rows(base: Connection, found: Merge) -> None:
    """Put in what only the damaged file had. A row that does not fit any more is left out; the file aside has it."""
    with base.writing() as db:
        for row in found.rows.get("project", ()):
            _insert(db.conn, "project", row, newer=True)
        for row in found.rows["draft"]:
            project = {"project_id": row["project_id"], "practice": 0, "created": row["created"]}
            _insert(db.conn, "project", project)
        for table in ("draft", *sorted(found.rows.keys() - {"project", "draft"})):
            for row in found.rows.get(table, ()):
                made = row | {"deleted": ""} if table == "draft" else row
                _insert(db.conn, table, made, newer=table in IN_PLACE)
        # What was deleted since, or written in after it came back, stands on the start page: there it is seen.
        for draft_id, row in found.drafts.items():
            changed = {name: row[name] for name in CHANGING if name in row} | {"deleted": ""}
            with contextlib.suppress(sqlite3.IntegrityError):
                db.table("draft").update(draft_id, changed)


def _insert(connection: sqlite3.Connection, table: str, row: StoredRow, *, newer: bool = False) -> None:
    """Add a row. Where one with its key is there, it stays; a ``newer`` one takes its place."""
    keys = {
        name: place for _, name, *_, place in connection.execute(f"PRAGMA table_info({table})")
    }  # place in the primary key, counted from 1; 0 for the other columns
    kept = {name: stored for name, stored in row.items() if name in keys}
    names = ", ".join(f'"{name}"' for name in kept)
    marks = ", ".join("?" * len(kept))
    changed = ", ".join(f'"{name}" = excluded."{name}"' for name in kept if not keys[name])
    key = ", ".join(f'"{name}"' for name, place in keys.items() if place)
    then = f"ON CONFLICT ({key}) DO UPDATE SET {changed}" if newer and changed else "ON CONFLICT DO NOTHING"
    with contextlib.suppress(sqlite3.IntegrityError):
        connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks}) {then}", [*kept.values()])  # noqa: S608


def _bring_attachments(data_folder: Path, work: Path) -> None:
    """Put back attachments that are missing: from beside the copies, and what an old backup had inside."""
    place = second_place(data_folder)
    AttachmentsFolder(work).copy_to(data_folder)
    AttachmentsFolder(data_folder / copies.FOLDER_NAME).copy_to(data_folder, link=True)
    if place is not None and place.is_there:
        AttachmentsFolder(place.path / copies.FOLDER_NAME).copy_to(data_folder)


def _copy(source: Path, target: Path) -> None:
    if source.exists():
        with replacing(target) as part:
            shutil.copyfile(source, part)


@contextlib.contextmanager
def _said(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as trouble:
        raise ExportError("folder_unwritable", folder=folder) from trouble
