"""A whole project taken out of one computer's store and put into another's: every draft with its history.

Nothing is merged: what is put in becomes a project of its own. Ids are kept where they are free, because the codes on
printed pages and the events of a calendar file name them; where they are taken, fresh ones are made.
"""

from __future__ import annotations

import json
import os
from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec

from pilotdesk.drafts.answers_table import Writing, put
from pilotdesk.drafts.history_table import HistoryTable
from pilotdesk.drafts.incoming_files import KeptFiles, keep_all
from pilotdesk.drafts.records import DraftRecord, HistoryEntry, NamedVersion
from pilotdesk.drafts.returns_table import ReturnsTable
from pilotdesk.drafts.shares_table import KeptShare, SharesTable
from pilotdesk.drafts.stored_json import attic_to_json, value_text, values_text
from pilotdesk.errors import StoreError
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlite_utils import Database

    from pilotdesk.drafts.attachments_folder import AttachmentsFolder
    from pilotdesk.drafts.connection import Connection
    from pilotdesk.drafts.returned import Returned


class ExportEntry(Record, frozen=True, kw_only=True):
    """One file that went out; ``check_code`` is empty for a draft.

    ``seq``: the last entry of the history that is in it, 0 for none; ``None`` where only its time is known.
    """

    at: str
    kind: str
    file_name: str
    sha256: str
    check_code: str
    seq: int | None = None


class DraftCopy(Record, frozen=True, kw_only=True):
    """A draft with everything that was ever saved in it, the oldest first; versions name entries of its history.

    ``shares``: which parts of it are in whose hands, or were asked of us. ``returns``: what the province sent back.
    """

    record: DraftRecord
    history: tuple[HistoryEntry, ...]
    exports: tuple[ExportEntry, ...]
    versions: tuple[NamedVersion, ...] = ()
    shares: tuple[KeptShare, ...] = ()
    returns: tuple[Returned, ...] = ()


class ProjectCopy(Record, frozen=True, kw_only=True):
    """A project.

    Attributes:
        created: a stamp. dates: what the user said about its days.
        drafts: the one begun first first.
        files: SHA-256 to content of every attachment; read when asked for, as they may be large.
    """

    project_id: str
    practice: bool
    created: str
    dates: Mapping[str, date]
    drafts: tuple[DraftCopy, ...]
    files: Mapping[str, bytes]


def copy_of(
    connection: Connection, attachments: AttachmentsFolder, project_id: str, records: tuple[DraftRecord, ...]
) -> ProjectCopy:
    """Everything of a project.

    Args:
        connection: the open database.
        attachments: the files beside it.
        project_id: the project.
        records: its drafts, as the store reads them.

    Raises:
        StoreError: ``project_gone``, and those of the database.
    """
    rows = connection.read("SELECT practice, created, dates FROM project WHERE project_id = ?", (project_id,))
    if not rows:
        raise StoreError("project_gone")
    practice, created, dates = rows[0]
    listed = connection.read(
        "SELECT sha256 FROM attachment WHERE project_id = ? ORDER BY sha256", (project_id,)
    )
    return ProjectCopy(
        project_id=project_id,
        practice=bool(practice),
        created=created,
        dates={name: date.fromisoformat(day) for name, day in json.loads(dates).items()},
        drafts=tuple(_draft_copy(connection, record) for record in records),
        files=attachments.contents(sha256 for (sha256,) in listed),
    )


def put_copy(connection: Connection, attachments: AttachmentsFolder, copy: ProjectCopy) -> str:
    """Put a project in as one of its own, all of it or nothing; returns its id here.

    Raises:
        StoreError: ``store_busy``, ``store_full``, ``store_unwritable``, ``store_damaged``.
    """
    kept = (
        copy.files if isinstance(copy.files, KeptFiles) else keep_all(attachments.folder.parent, copy.files)
    )
    with connection.writing() as db:
        project_id = _free_id(connection, "p", copy.project_id, ("project",))
        dates = {name: day.isoformat() for name, day in copy.dates.items()}
        db.table("project").insert(
            {
                "project_id": project_id, "practice": int(copy.practice), "created": copy.created,
                "dates": json.dumps(dates),
            }
        )  # fmt: skip
        for draft in copy.drafts:
            _put_draft(connection, db, project_id, draft)
        db.table("attachment").insert_all(
            {"project_id": project_id, "sha256": sha256, "size": size} for sha256, size in kept.sizes.items()
        )
    return project_id


# -- inside --------------------------------------------------------------------------------------


def _draft_copy(connection: Connection, record: DraftRecord) -> DraftCopy:
    draft_id = record.card.draft_id
    past = HistoryTable(connection).read(draft_id)
    exports = connection.read(
        "SELECT at, kind, file_name, sha256, check_code, seq FROM export WHERE draft_id = ? ORDER BY rowid",
        (draft_id,),
    )
    return DraftCopy(
        record=record,
        history=tuple(
            HistoryEntry(seq=one.seq, path=one.path, value=one.value, origin=one.origin, at=one.at, by=one.by)
            for one in past.entries
        ),
        exports=tuple(
            ExportEntry(at=at, kind=kind, file_name=name, sha256=sha256, check_code=code, seq=seq)
            for at, kind, name, sha256, code, seq in exports
        ),
        versions=past.versions,
        shares=SharesTable(connection).of_draft(draft_id),
        returns=ReturnsTable(connection).of_draft(draft_id),
    )


def _free_id(connection: Connection, letter: str, wanted: str, tables: tuple[str, ...]) -> str:
    """The id itself when no table here knows it; a deleted draft still has its history."""
    column = "project_id" if letter == "p" else "draft_id"
    for table in tables:
        if connection.read(f"SELECT 1 FROM {table} WHERE {column} = ? LIMIT 1", (wanted,)):  # noqa: S608
            return f"{letter}_{os.urandom(6).hex()}"
    return wanted


def _put_draft(connection: Connection, db: Database, project_id: str, copy: DraftCopy) -> None:
    record, card = copy.record, copy.record.card
    draft_id = _free_id(connection, "d", card.draft_id, ("draft", "history", "attic"))
    db.table("draft").insert(
        {
            "draft_id": draft_id, "project_id": project_id, "form": card.form, "round": card.round,
            "form_version": record.form_version, "pack_digest": record.pack_digest, "revision": card.revision,
            "step": card.step, "facts": json.dumps(msgspec.structs.asdict(card.facts), ensure_ascii=False),
            "carried": values_text(record.carried), "created": card.created, "updated": card.updated,
        }
    )  # fmt: skip
    put(db, record.values, Writing(draft_id=draft_id, origin="", by="", at=""))
    # What put() noted is not how these answers came here: their own history follows.
    db.table("history").delete_where("draft_id = ?", [draft_id])
    _put_history(connection, db, draft_id, copy)
    for kept in copy.shares:
        SharesTable(connection).keep(msgspec.structs.replace(kept, draft_id=draft_id))
    for returned in copy.returns:
        ReturnsTable(connection).keep(draft_id, returned)
    _put_rows(
        db, "accepted", draft_id, [{"key": key, "reason": reason} for key, reason in record.accepted.items()]
    )
    _put_rows(
        db, "attic", draft_id, [{**attic_to_json(e), "value": value_text(e.value)} for e in record.attic]
    )


def _put_history(connection: Connection, db: Database, draft_id: str, copy: DraftCopy) -> None:
    """Entries get fresh numbers; what names one of them goes along."""
    ((before,),) = connection.read("SELECT coalesce(max(seq), 0) FROM history")
    numbers = {entry.seq: before + at for at, entry in enumerate(copy.history, 1)}
    _put_rows(
        db,
        "history",
        draft_id,
        [{**_history_row(entry), "seq": numbers[entry.seq]} for entry in copy.history],
    )
    exports: list[dict[str, Any]] = []
    for export in copy.exports:
        seq = max((numbers[entry.seq] for entry in copy.history if _is_in(entry, export)), default=0)
        exports.append({**msgspec.structs.asdict(export), "seq": seq})
    _put_rows(db, "export", draft_id, exports)
    versions = [
        {"name": one.name, "seq": numbers[one.seq], "at": one.at, "by": one.by}
        for one in copy.versions
        if one.seq in numbers
    ]
    _put_rows(db, "named_version", draft_id, versions)


def _is_in(entry: HistoryEntry, export: ExportEntry) -> bool:
    """Whether a file was written after an entry; a clock may have been set back between, and is asked where nothing else is."""
    return entry.at <= export.at if export.seq is None else entry.seq <= export.seq


def _put_rows(db: Database, table: str, draft_id: str, rows: list[dict[str, Any]]) -> None:
    db.table(table).insert_all({"draft_id": draft_id, **row} for row in rows)


def _history_row(entry: HistoryEntry) -> dict[str, Any]:
    return {
        "path": entry.path, "value": value_text(entry.value), "origin": entry.origin, "at": entry.at, "by": entry.by,
    }  # fmt: skip
