"""Deleted drafts: put away with everything that belongs to them, brought back, or taken away for good.

A draft that is deleted stays where it is and is only marked; so its answers, history, named versions, shares, exports and
attachments are there when it comes back, under its project and at its place in the list. Its deletion and its return stand
in its history, as entries of no field (:data:`pilotdesk.drafts.records.WHOLE_DRAFT`). Only what is taken away for good goes:
here, not in backups made before. One entry of its history stays even then, so that a database that lost everything is never
taken for one in which everything was deleted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.drafts.records import WHOLE_DRAFT
from pilotdesk.errors import StoreError
from pilotdesk.forms.values import field_name
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from sqlite_utils import Database

    from pilotdesk.clock import Clock
    from pilotdesk.drafts.connection import Connection
    from pilotdesk.drafts.records import DraftCard
    from pilotdesk.drafts.unused_files import UnusedFiles

_TABLES: Final = (
    "answer", "table_row", "accepted", "export", "history", "attic", "named_version", "share", "returned", "draft",
)  # fmt: skip


class Deletion(Record, frozen=True, kw_only=True):
    """What one act of deleting put away: a project, or one draft of it.

    Attributes:
        project_id: the project. cards: the drafts, the one changed last first; at least one.
        at: the time stamp. by: who did it; empty where that is not known.
        whole: whether nothing is left of the project on the start page.
    """

    project_id: str
    cards: tuple[DraftCard, ...]
    at: str
    by: str
    whole: bool


class Belongings(Record, frozen=True, kw_only=True):
    """What belongs to a draft: numbers of ``fields`` with an answer, of saved values, named versions, and shares."""

    fields: int
    saved: int
    versions: int
    shares: int


class Deletions:
    """The deleted drafts of an open database.

    Args:
        connection: the database.
        clock: gives the time stamps. by: who writes.
        cards: reads drafts, the deleted ones among them.
    """

    def __init__(
        self, connection: Connection, clock: Clock, by: str, cards: Callable[[], Iterable[DraftCard]]
    ) -> None:
        self._connection = connection
        self._clock = clock
        self._by = by
        self._cards = cards

    def count(self) -> int:
        """Number of deleted drafts."""
        return int(self._connection.read("SELECT count(*) FROM draft WHERE deleted <> ''")[0][0])

    def acts(self) -> tuple[Deletion, ...]:
        """What was deleted, the latest first.

        Raises:
            StoreError: ``store_damaged``.
        """
        rows = self._connection.read("SELECT draft_id, deleted_by FROM draft WHERE deleted <> ''")
        if not rows:
            return ()
        by = dict(rows)
        living: set[str] = set()
        found: dict[tuple[str, str], list[DraftCard]] = {}
        for card in self._cards():
            if card.deleted:
                found.setdefault((card.deleted, card.project_id), []).append(card)
            else:
                living.add(card.project_id)
        return tuple(
            Deletion(
                project_id=project_id, cards=tuple(cards), at=at, by=by.get(cards[0].draft_id, ""),
                whole=project_id not in living,
            )
            for (at, project_id), cards in sorted(found.items(), key=lambda pair: pair[0], reverse=True)
        )  # fmt: skip

    def belongings(self, draft_id: str) -> Belongings:
        """What belongs to a draft."""
        read = self._connection.read
        paths = read(
            "SELECT path FROM answer WHERE draft_id = ?1 UNION"
            " SELECT table_name FROM table_row WHERE draft_id = ?1",
            (draft_id,),
        )
        saved, versions, shares = (
            int(read(f"SELECT count(*) FROM {table} WHERE draft_id = ?", (draft_id,))[0][0])  # noqa: S608
            for table in ("history", "named_version", "share")
        )
        fields = {field_name(path) for (path,) in paths}
        return Belongings(fields=len(fields), saved=saved, versions=versions, shares=shares)

    def delete(self, draft_ids: Collection[str]) -> None:
        """Put drafts away, all of them in one act; those that are deleted already stay as they are.

        Raises:
            StoreError: ``draft_gone`` when one is not there, and those of every write.
        """
        self._mark(draft_ids, deleted=True)

    def bring_back(self, draft_ids: Collection[str]) -> None:
        """Bring deleted drafts back, with everything; others stay as they are.

        Raises:
            StoreError: ``draft_gone`` when one is not there any more, and those of every write.
        """
        self._mark(draft_ids, deleted=False)

    def _mark(self, draft_ids: Collection[str], *, deleted: bool) -> None:
        """Note of drafts that they are deleted, or not any more; those of which it is noted already stay as they are."""
        now = self._clock.stamp()
        marks = {"deleted": now, "deleted_by": self._by} if deleted else {"deleted": "", "deleted_by": ""}
        with self._connection.writing() as db:
            for draft_id in draft_ids:
                found = self._connection.read("SELECT deleted FROM draft WHERE draft_id = ?", (draft_id,))
                if not found:
                    raise StoreError("draft_gone")
                if bool(found[0][0]) != deleted:
                    db.table("draft").update(draft_id, marks)
                    self._note(db, draft_id, "deleted" if deleted else "undeleted", now)

    def take_away(self, draft_ids: Collection[str]) -> None:
        """Take deleted drafts away for good, with everything but backups; those that are not deleted stay.

        Attachments stay in their folder until nothing at all refers to them, see
        :func:`pilotdesk.drafts.unused_files.unused_files`.

        Raises:
            StoreError: those of every write.
        """
        now = self._clock.stamp()
        self._connection.read(
            "PRAGMA secure_delete = ON"
        )  # else the words stay in the file until it is tidied up
        with self._connection.writing() as db:
            for draft_id in draft_ids:
                found = self._connection.read(
                    "SELECT project_id FROM draft WHERE draft_id = ? AND deleted <> ''", (draft_id,)
                )
                if found:
                    self._take_away(db, draft_id, found[0][0], now)
        self._connection.fold()

    def clear_files(self, found: UnusedFiles) -> UnusedFiles:
        """Take attached files away that nothing refers to; see :func:`pilotdesk.drafts.unused_files.clear`.

        Raises:
            StoreError: those of every write.
        """
        from pilotdesk.drafts.unused_files import clear

        return clear(self._connection, found, self._clock.now().timestamp())

    def _take_away(self, db: Database, draft_id: str, project_id: str, now: str) -> None:
        for table in _TABLES:
            db.table(table).delete_where("draft_id = ?", [draft_id])
        self._note(db, draft_id, "purged", now)
        if not self._connection.read("SELECT 1 FROM draft WHERE project_id = ? LIMIT 1", (project_id,)):
            db.table("attachment").delete_where("project_id = ?", [project_id])
            db.table("project").update(project_id, {"dates": "{}"})

    def _note(self, db: Database, draft_id: str, origin: str, now: str) -> None:
        db.table("history").insert(
            {
                "draft_id": draft_id, "path": WHOLE_DRAFT, "value": "null", "origin": origin, "at": now,
                "by": self._by,
            }
        )  # fmt: skip
