"""``DraftStore``: every draft of this computer: a SQLite file, and its attachments beside it.

Reading uses the connection as it is, so that opening a draft costs no more than SQLite itself; writing goes through
sqlite-utils, which is imported with the first write. Every save is one ``BEGIN IMMEDIATE`` transaction together with
its history. The parts stand in modules of their own: the connection, the answers, the projects, the attachments.
"""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING, Final

import msgspec

from pilotdesk.drafts import draft_rows
from pilotdesk.drafts.answers_reading import attic_of, values_of
from pilotdesk.drafts.connection import FILE_NAME, Connection, reading_what_was_kept
from pilotdesk.drafts.records import WHOLE_DRAFT, DraftCard, DraftFacts, DraftRecord
from pilotdesk.errors import StoreError
from pilotdesk.forms.json_values import from_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from sqlite_utils import Database

    from pilotdesk.clock import Clock
    from pilotdesk.drafts.attachments_folder import AttachmentsFolder
    from pilotdesk.drafts.deletions import Deletions
    from pilotdesk.drafts.history_table import HistoryTable
    from pilotdesk.drafts.projects_table import ProjectsTable
    from pilotdesk.drafts.returns_table import ReturnsTable
    from pilotdesk.drafts.shares_table import SharesTable
    from pilotdesk.forms.attic import AtticEntry
    from pilotdesk.forms.model import FormPack
    from pilotdesk.forms.values import Value

_LAST_FINAL: Final = "(SELECT max(seq) FROM export e WHERE e.draft_id = draft.draft_id AND check_code <> '')"
_LAST_ENTRY: Final = (
    f"(SELECT max(seq) FROM history WHERE history.draft_id = draft.draft_id AND path <> '{WHOLE_DRAFT}')"  # noqa: S608
)
_COLUMNS: Final = (
    "draft_id, draft.project_id, form, round, facts, practice, revision, draft.created, updated, step, form_version,"
    # CASE, because SQLite works both sides of an AND out: the history of every draft, where most have no final version.
    f" CASE WHEN revision > 0 THEN coalesce({_LAST_FINAL} BETWEEN 1 AND {_LAST_ENTRY} - 1, 0) ELSE 0 END, deleted"
)
_FROM: Final = "FROM draft JOIN project USING (project_id)"
_CARDS: Final = f"SELECT {_COLUMNS} {_FROM}"
_DRAFT: Final = f"SELECT {_COLUMNS}, pack_digest, carried {_FROM} WHERE draft_id = ? AND (deleted = '' OR ?)"
_FACTS: Final = msgspec.json.Decoder(DraftFacts)


def _card(row: tuple[str, str, str, str, str, int, int, str, str, str, int, int, str]) -> DraftCard:
    (
        draft_id,
        project_id,
        form,
        round_name,
        facts,
        practice,
        revision,
        created,
        updated,
        step,
        version,
        edited,
        deleted,
    ) = row
    return DraftCard(
        draft_id=draft_id, project_id=project_id, form=form, round=round_name,
        facts=_FACTS.decode(facts), practice=bool(practice), revision=revision,
        created=created, updated=updated, step=step, form_version=version, edited=bool(edited), deleted=deleted,
    )  # fmt: skip


def _returns(store: DraftStore) -> ReturnsTable:
    from pilotdesk.drafts.returns_table import ReturnsTable

    return ReturnsTable(store._connection)


class DraftStore:
    """The open database.

    Args:
        folder: the user's data directory; made when missing.
        clock: gives the time stamps.
        by: who writes, for the history; empty where that is not known.
        refusal: why nothing may be written; ``None`` to write.

    Attributes:
        path: the database file. access: whether anything may be written. together: several writes, all kept or none.
        returns: what the province sent back.

    Raises:
        StoreError: ``store_unwritable``, ``store_damaged``, ``store_too_new``, ``store_busy``, ``store_full``.
    """

    returns = cached_property(_returns)

    def __init__(
        self, folder: Path, clock: Clock, by: str = "", *, refusal: StoreError | None = None
    ) -> None:
        self.path: Final = folder / FILE_NAME
        self._clock = clock
        self._by = by
        self._connection = Connection(self.path, refusal)
        self._known: dict[str, tuple[tuple[object, ...], DraftCard]] = {}
        self.access: Final = self._connection.access
        self.together: Final = self._connection.writing

    @cached_property
    def attachments(self) -> AttachmentsFolder:
        """The files beside the database."""
        from pilotdesk.drafts.attachments_folder import AttachmentsFolder

        return AttachmentsFolder(self.path.parent)

    @cached_property
    def projects(self) -> ProjectsTable:
        """What belongs to a project and to none of its drafts."""
        from pilotdesk.drafts.projects_table import ProjectsTable

        return ProjectsTable(self._connection)

    @cached_property
    def histories(self) -> HistoryTable:
        """What was ever saved in the drafts, deleted ones among them."""
        from pilotdesk.drafts.history_table import HistoryTable

        return HistoryTable(self._connection, self._by)

    @cached_property
    def shares(self) -> SharesTable:
        """Parts of drafts in other hands, and drafts of which only parts are in ours."""
        from pilotdesk.drafts.shares_table import SharesTable

        return SharesTable(self._connection)

    @cached_property
    def deletions(self) -> Deletions:
        """What was deleted, and deleting."""
        from pilotdesk.drafts.deletions import Deletions

        return Deletions(self._connection, self._clock, self._by, lambda: self.cards(deleted=True))

    def close(self) -> None:
        """Fold the write-ahead log into the file and let go of it."""
        self._connection.close()

    # -- reading ---------------------------------------------------------------------------------

    def cards(self, *, deleted: bool = False) -> tuple[DraftCard, ...]:
        """All drafts, the one changed last first, at the same moment as begun; ``deleted``: the deleted ones, too."""
        return self._cards(f"{_CARDS} WHERE deleted = '' OR ? ORDER BY updated DESC, draft.rowid", (deleted,))

    def drafts_of(self, project_id: str) -> tuple[DraftCard, ...]:
        """The drafts of a project, the one begun first first."""
        sql = f"{_CARDS} WHERE project_id = ? AND deleted = '' ORDER BY draft.created, draft.rowid"
        return self._cards(sql, (project_id,))

    def _cards(self, sql: str, values: tuple[str | bool, ...]) -> tuple[DraftCard, ...]:
        """The cards of a query; those whose rows are as they were the last time are not made again."""
        with reading_what_was_kept(self.path.parent):
            rows, known = self._connection.read(sql, values), self._known
            for row in rows:
                if row[0] not in known or known[row[0]][0] != row:
                    known[row[0]] = (row, _card(row))
            return tuple(known[row[0]][1] for row in rows)

    def load(self, draft_id: str, *, deleted: bool = False) -> DraftRecord:
        """One draft with all its answers; ``deleted``: whether it may be one that was deleted.

        Raises:
            StoreError: ``draft_gone`` when there is no such draft, ``store_damaged``.
        """
        found = self._connection.read(_DRAFT, (draft_id, deleted))
        if not found:
            # An index that knows it no more, while the table does, is damage and no deletion.
            kept = self._connection.read(
                "SELECT 1 FROM draft WHERE +draft_id = ? AND deleted = ''", (draft_id,)
            )
            raise StoreError("store_damaged" if kept else "draft_gone", folder=self.path.parent)
        with reading_what_was_kept(self.path.parent):
            *columns, pack_digest, carried = found[0]
            card = _card(columns)
            return DraftRecord(
                card=card,
                form_version=card.form_version,
                pack_digest=pack_digest,
                values=values_of(self._connection, draft_id),
                accepted=dict(
                    self._connection.read("SELECT key, reason FROM accepted WHERE draft_id = ?", (draft_id,))
                ),
                carried={path: from_json(value) for path, value in json.loads(carried).items()},
                attic=attic_of(self._connection, draft_id),
            )

    def left_at(self, draft_id: str) -> str:
        """The page at which a draft was left; empty when it never was, or when there is no such draft."""
        found = self._connection.read("SELECT step FROM draft WHERE draft_id = ?", (draft_id,))
        return str(found[0][0]) if found else ""

    def attachment(self, draft_id: str, sha256: str) -> bytes:
        """The content of an attachment.

        Raises:
            StoreError: ``attachment_gone`` when the draft's project has no such file, ``attachment_damaged`` when the
                file is not what was put there.
        """
        found = self._connection.read(
            "SELECT 1 FROM attachment JOIN draft USING (project_id) WHERE draft_id = ? AND sha256 = ?",
            (draft_id, sha256),
        )
        if not found:
            raise StoreError("attachment_gone")
        return self.attachments.content(sha256)

    # -- writing ---------------------------------------------------------------------------------

    def create(
        self,
        pack: FormPack,
        form_name: str,
        values: Mapping[str, Value],
        *,
        facts: DraftFacts,
        origin: str,
        practice: bool = False,
        carried: Mapping[str, Value] | None = None,
        origins: Mapping[str, str] | None = None,
    ) -> str:
        """Start a project with its first draft; returns the draft's id. See :meth:`add_draft`."""
        now = self._clock.stamp()
        with self._connection.writing() as db:
            project_id = self.projects.add(db, practice=practice, now=now)
            draft = draft_rows.new_row(
                project_id, pack, form_name, now=now, facts=facts, carried=carried or {}
            )
            db.table("draft").insert(draft)
            self._put(db, draft["draft_id"], values, origin, now=now, origins=origins)
        return str(draft["draft_id"])

    def add_draft(
        self,
        project_id: str,
        pack: FormPack,
        form_name: str,
        values: Mapping[str, Value],
        *,
        carried: Mapping[str, Value],
        facts: DraftFacts,
        origin: str,
        origins: Mapping[str, str] | None = None,
    ) -> str:
        """Add a draft to a project; returns the draft's id.

        Args:
            project_id: the project.
            pack: the pack that the draft is written for.
            form_name: which of its forms.
            values: the first answers, what is carried among them.
            carried: path to value of what the other forms of the project gave.
            facts: for the start page.
            origin: as for :meth:`save`.
            origins: the same.

        Raises:
            StoreError: ``project_gone``, and those of :meth:`save`.
        """
        self.projects.dates(project_id)
        now = self._clock.stamp()
        draft = draft_rows.new_row(project_id, pack, form_name, now=now, facts=facts, carried=carried)
        with self._connection.writing() as db:
            db.table("draft").insert(draft)
            self._put(db, draft["draft_id"], values, origin, now=now, origins=origins)
        return str(draft["draft_id"])

    def save(
        self,
        draft_id: str,
        values: Mapping[str, Value],
        *,
        origin: str,
        facts: DraftFacts | None = None,
        origins: Mapping[str, str] | None = None,
        by: str = "",
    ) -> str:
        """Write changed answers with their history in one transaction.

        Args:
            draft_id: the draft.
            values: scalar, cell and table paths to value; ``None`` takes an answer away.
            origin: how the values came, one of :data:`pilotdesk.drafts.records.ORIGINS`.
            facts: new facts for the start page; ``None`` leaves them.
            origins: path to origin of those that came in another way; ``None`` for none.
            by: who wrote them, when that is somebody else than usual.

        Returns:
            The time stamp of the save.

        Raises:
            StoreError: ``draft_gone``, ``store_busy``, ``store_full``, ``store_unwritable``, ``store_damaged``.
        """
        now = self._clock.stamp()
        changed: dict[str, object] = {"updated": now}
        if facts is not None:
            changed["facts"] = draft_rows.facts_text(facts)
        with self._connection.writing() as db:
            draft_rows.update_row(db, draft_id, changed)
            self._put(db, draft_id, values, origin, now=now, origins=origins, by=by)
        return now

    def accept(self, draft_id: str, accepted: Mapping[str, str]) -> None:
        """Keep the answered 请核实 of a draft, all of them at once."""
        with self._connection.writing() as db:
            db.table("accepted").delete_where("draft_id = ?", [draft_id])
            db.table("accepted").insert_all(
                {"draft_id": draft_id, "key": key, "reason": reason} for key, reason in accepted.items()
            )

    def keep_carried(self, draft_id: str, carried: Mapping[str, Value]) -> None:
        """Keep what the other forms said when they were last looked at, all of it at once."""
        from pilotdesk.drafts.stored_json import values_text

        with self._connection.writing() as db:
            draft_rows.update_row(db, draft_id, {"carried": values_text(carried)})

    def keep_attic(self, draft_id: str, entries: Iterable[AtticEntry]) -> None:
        """Put answers that have no place any more beside the draft; what is there already stays."""
        from pilotdesk.drafts.stored_json import attic_to_json, value_text

        now = self._clock.stamp()
        with self._connection.writing() as db:
            db.table("attic").insert_all(
                {
                    "draft_id": draft_id, **attic_to_json(entry), "value": value_text(entry.value),
                    "at": entry.at or now,
                }
                for entry in entries
            )  # fmt: skip

    def remember_step(self, draft_id: str, step: str) -> None:
        """Keep where the draft was left."""
        with self._connection.writing() as db:
            draft_rows.update_row(db, draft_id, {"step": step})

    def attach(self, draft_id: str, sha256: str, content: bytes) -> None:
        """Keep a file with the draft's project; the same content is kept once.

        Raises:
            StoreError: ``draft_gone``, ``store_unwritable``, ``store_full`` and those of :meth:`save`.
        """
        self.attachments.keep(sha256, content)
        self.claim(draft_id, sha256, len(content))

    def claim(self, draft_id: str, sha256: str, size: int) -> None:
        """Note that a file of so many bytes, which is kept already, belongs to the draft's project.

        Raises:
            StoreError: ``draft_gone`` and those of :meth:`save`.
        """
        with self._connection.writing() as db:
            found = self._connection.read("SELECT project_id FROM draft WHERE draft_id = ?", (draft_id,))
            if not found:
                raise StoreError("draft_gone")
            db.table("attachment").insert(
                {"project_id": found[0][0], "sha256": sha256, "size": size}, ignore=True
            )

    def log_export(self, draft_id: str, *, kind: str, file_name: str, sha256: str, check_code: str) -> None:
        """Remember that a file went out."""
        with self._connection.writing() as db:
            db.table("export").insert(
                {
                    "draft_id": draft_id, "at": self._clock.stamp(), "kind": kind, "file_name": file_name,
                    "sha256": sha256, "check_code": check_code, "seq": self.histories.last_entry(draft_id),
                }
            )  # fmt: skip

    def count_revision(self, draft_id: str, revision: int) -> None:
        """Keep the number of final exports."""
        with self._connection.writing() as db:
            draft_rows.update_row(db, draft_id, {"revision": revision})

    # -- inside ----------------------------------------------------------------------------------

    def _put(
        self, db: Database, draft_id: str, values: Mapping[str, Value], origin: str, *, now: str,
        origins: Mapping[str, str] | None = None, by: str = "",
    ) -> None:  # fmt: skip
        from pilotdesk.drafts.answers_table import Writing, put

        writing = Writing(draft_id=draft_id, origin=origin, by=by or self._by, at=now, origins=origins or {})
        put(db, values, writing)
