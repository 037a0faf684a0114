"""``DraftStore``: every draft of this computer in one SQLite file.

One connection, one thread. Reading uses the connection as it is, so that opening a draft costs no more
than SQLite itself; writing goes through sqlite-utils, which is imported with the first write. Every save
is one ``BEGIN IMMEDIATE`` transaction together with its history, in WAL mode with ``synchronous=FULL``.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from functools import cached_property
from typing import TYPE_CHECKING, Final

import msgspec

from pilotdesk import __version__
from pilotdesk.drafts import schema
from pilotdesk.drafts.records import DraftCard, DraftFacts, DraftRecord, HistoryEntry
from pilotdesk.errors import StoreError
from pilotdesk.forms.json_values import from_json, to_json
from pilotdesk.forms.values import Row, Value, split_cell_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from sqlite_utils import Database

    from pilotdesk.clock import Clock
    from pilotdesk.forms.model import FormPack

FILE_NAME: Final = "pilotdesk.db"
BUSY_MS: Final = 2000
"""How long a write waits for another copy of the program."""

_CARD_COLUMNS: Final = (
    "draft_id, draft.project_id, form, round, facts, practice, revision, draft.created, updated, step"
)


def _text(value: Value) -> str:
    return json.dumps(to_json(value), ensure_ascii=False, separators=(",", ":"))


def _facts_text(facts: DraftFacts) -> str:
    return json.dumps(msgspec.structs.asdict(facts), ensure_ascii=False)


def _card(row: tuple[str, str, str, str, str, int, int, str, str, str]) -> DraftCard:
    draft_id, project_id, form, round_name, facts, practice, revision, created, updated, step = row
    return DraftCard(
        draft_id=draft_id, project_id=project_id, form=form, round=round_name,
        facts=DraftFacts(**json.loads(facts)), practice=bool(practice), revision=revision,
        created=created, updated=updated, step=step,
    )  # fmt: skip


class DraftStore:
    """The open database.

    Args:
        folder: the user's data directory; made when missing.
        clock: gives the time stamps.

    Raises:
        StoreError: ``store_unwritable``, ``store_damaged``, ``store_too_new``, ``store_busy``.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.path: Final = folder / FILE_NAME
        self._clock = clock
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(self.path, isolation_level=None)
        except (OSError, sqlite3.OperationalError) as trouble:
            raise StoreError("store_unwritable", folder=folder) from trouble
        with self._trouble():
            self._prepare()

    def _prepare(self) -> None:
        self._connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute("PRAGMA foreign_keys = ON")
        version = schema.version_of(self._connection)
        if version < schema.CURRENT:
            if version:
                self.back_up(self.path.with_name(f"{FILE_NAME}.v{version}.bak"))
            schema.migrate(self._db, version)

    @cached_property
    def _db(self) -> Database:
        from sqlite_utils import Database

        return Database(self._connection, execute_plugins=False)

    def close(self) -> None:
        """Fold the write-ahead log into the file and let go of it."""
        with contextlib.suppress(sqlite3.OperationalError):
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._connection.close()

    # -- reading ---------------------------------------------------------------------------------

    def cards(self) -> tuple[DraftCard, ...]:
        """All drafts, the one changed last first."""
        with self._trouble():
            rows = self._connection.execute(
                f"SELECT {_CARD_COLUMNS} FROM draft JOIN project USING (project_id) ORDER BY updated DESC"  # noqa: S608
            ).fetchall()
        return tuple(_card(row) for row in rows)

    def load(self, draft_id: str) -> DraftRecord:
        """One draft with all its answers.

        Raises:
            StoreError: ``draft_gone`` when there is no such draft.
        """
        with self._trouble():
            row = self._connection.execute(
                f"SELECT {_CARD_COLUMNS}, form_version, pack_digest FROM draft JOIN project USING (project_id)"  # noqa: S608
                " WHERE draft_id = ?",
                (draft_id,),
            ).fetchone()
            if row is None:
                raise StoreError("draft_gone")
            accepted = self._connection.execute(
                "SELECT key, reason FROM accepted WHERE draft_id = ?", (draft_id,)
            )
            return DraftRecord(
                card=_card(row[:-2]),
                form_version=row[-2],
                pack_digest=row[-1],
                values=self._values(draft_id),
                accepted=dict(accepted.fetchall()),
            )

    def _values(self, draft_id: str) -> dict[str, Value]:
        answers = self._connection.execute("SELECT path, value FROM answer WHERE draft_id = ?", (draft_id,))
        values = {path: from_json(json.loads(text)) for path, text in answers}
        tables: dict[str, list[Row]] = {}
        rows = self._connection.execute(
            "SELECT table_name, row_id, parent, cells FROM table_row WHERE draft_id = ? ORDER BY table_name, position",
            (draft_id,),
        )
        for table, row_id, parent, cells in rows:
            answered = {name: from_json(data) for name, data in json.loads(cells).items()}
            tables.setdefault(table, []).append(Row(row_id, answered, parent))  # type: ignore[arg-type]
        return values | {name: tuple(listed) for name, listed in tables.items()}

    def left_at(self, draft_id: str) -> str:
        """The page at which a draft was left; empty when it never was, or when there is no such draft."""
        with self._trouble():
            found = self._connection.execute(
                "SELECT step FROM draft WHERE draft_id = ?", (draft_id,)
            ).fetchone()
        return str(found[0]) if found else ""

    def history(self, draft_id: str, path: str) -> tuple[HistoryEntry, ...]:
        """Every saved value of one path, the oldest first."""
        with self._trouble():
            rows = self._connection.execute(
                "SELECT seq, path, value, origin, at FROM history WHERE draft_id = ? AND path = ? ORDER BY seq",
                (draft_id, path),
            ).fetchall()
        return tuple(
            HistoryEntry(seq=seq, path=at_path, value=from_json(json.loads(text)), origin=origin, at=at)
            for seq, at_path, text, origin, at in rows
        )

    def attachment(self, draft_id: str, sha256: str) -> bytes:
        """The content of an attachment.

        Raises:
            StoreError: ``attachment_gone`` when the draft's project has no such file.
        """
        with self._trouble():
            row = self._connection.execute(
                "SELECT content FROM attachment JOIN draft USING (project_id) WHERE draft_id = ? AND sha256 = ?",
                (draft_id, sha256),
            ).fetchone()
        if row is None:
            raise StoreError("attachment_gone")
        return bytes(row[0])

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
    ) -> str:
        """Start a project with its first draft; returns the draft's id."""
        project_id, draft_id, now = (
            f"p_{os.urandom(6).hex()}",
            f"d_{os.urandom(6).hex()}",
            self._clock.stamp(),
        )
        with self._writing():
            self._db.table("project").insert(
                {"project_id": project_id, "practice": int(practice), "created": now}
            )
            self._db.table("draft").insert(
                {
                    "draft_id": draft_id, "project_id": project_id, "form": form_name, "round": pack.round.name,
                    "form_version": pack.forms[form_name].head.version, "pack_digest": pack.digest, "revision": 0,
                    "step": "", "facts": _facts_text(facts), "created": now, "updated": now,
                }
            )  # fmt: skip
            self._put(draft_id, values, origin, now)
        return draft_id

    def save(
        self, draft_id: str, values: Mapping[str, Value], *, origin: str, facts: DraftFacts | None = None
    ) -> str:
        """Write changed answers with their history in one transaction.

        Args:
            draft_id: the draft.
            values: scalar, cell and table paths to value; ``None`` takes an answer away.
            origin: how the values came: ``typed``, ``imported``, ``restored``, ``sample``.
            facts: new facts for the start page; ``None`` leaves them.

        Returns:
            The time stamp of the save.

        Raises:
            StoreError: ``draft_gone``, ``store_busy``, ``store_full``, ``store_unwritable``, ``store_damaged``.
        """
        now = self._clock.stamp()
        with self._writing():
            changed: dict[str, object] = {"updated": now}
            if facts is not None:
                changed["facts"] = _facts_text(facts)
            self._update_draft(draft_id, changed)
            self._put(draft_id, values, origin, now)
        return now

    def accept(self, draft_id: str, accepted: Mapping[str, str]) -> None:
        """Keep the answered 请核实 of a draft, all of them at once."""
        with self._writing():
            self._db.table("accepted").delete_where("draft_id = ?", [draft_id])
            self._db.table("accepted").insert_all(
                {"draft_id": draft_id, "key": key, "reason": reason} for key, reason in accepted.items()
            )

    def remember_step(self, draft_id: str, step: str) -> None:
        """Keep where the draft was left."""
        with self._writing():
            self._update_draft(draft_id, {"step": step})

    def attach(self, draft_id: str, sha256: str, content: bytes) -> None:
        """Keep a file with the draft's project; the same content is kept once."""
        with self._writing():
            project_id = next(self._db.table("draft").rows_where("draft_id = ?", [draft_id]))["project_id"]
            self._db.table("attachment").insert(
                {"project_id": project_id, "sha256": sha256, "content": content}, ignore=True
            )

    def log_export(self, draft_id: str, *, kind: str, file_name: str, sha256: str, check_code: str) -> None:
        """Remember that a file went out."""
        with self._writing():
            self._db.table("export").insert(
                {
                    "draft_id": draft_id, "at": self._clock.stamp(), "kind": kind, "file_name": file_name,
                    "sha256": sha256, "check_code": check_code,
                }
            )  # fmt: skip

    def count_revision(self, draft_id: str, revision: int) -> None:
        """Keep the number of final exports."""
        with self._writing():
            self._update_draft(draft_id, {"revision": revision})

    def delete(self, draft_id: str) -> None:
        """Take a draft off the list; its history and attachments stay in the database."""
        with self._writing():
            for table in ("answer", "table_row", "accepted", "export", "draft"):
                self._db.table(table).delete_where("draft_id = ?", [draft_id])

    def back_up(self, target: Path) -> None:
        """Copy the whole database, consistent even while it is being written."""
        with self._trouble(), contextlib.closing(sqlite3.connect(target)) as copy:
            self._connection.backup(copy)

    # -- inside ----------------------------------------------------------------------------------

    def _update_draft(self, draft_id: str, changed: Mapping[str, object]) -> None:
        from sqlite_utils.db import NotFoundError

        try:
            self._db.table("draft").update(draft_id, dict(changed))
        except NotFoundError as trouble:
            raise StoreError("draft_gone") from trouble

    def _put(self, draft_id: str, values: Mapping[str, Value], origin: str, now: str) -> None:
        for path, value in values.items():
            place = split_cell_path(path)
            if place:
                self._put_cell(draft_id, place, value)
            else:
                self._put_whole(draft_id, path, value)
        self._db.table("history").insert_all(
            {"draft_id": draft_id, "path": path, "value": _text(value), "origin": origin, "at": now}
            for path, value in values.items()
        )

    def _put_cell(self, draft_id: str, place: tuple[str, str, str], value: Value) -> None:
        table, row_id, column = place
        key = (draft_id, table, row_id)
        cells = json.loads(self._db.table("table_row").get(key)["cells"])
        cells.pop(column, None)
        if value is not None:
            cells[column] = to_json(value)
        self._db.table("table_row").update(key, {"cells": json.dumps(cells, ensure_ascii=False)})

    def _put_whole(self, draft_id: str, path: str, value: Value) -> None:
        self._db.table("table_row").delete_where("draft_id = ? AND table_name = ?", [draft_id, path])
        rows = [row for row in value if isinstance(row, Row)] if isinstance(value, tuple) else []
        if value is None:
            self._db.table("answer").delete_where("draft_id = ? AND path = ?", [draft_id, path])
        elif rows:
            self._db.table("table_row").insert_all(
                {
                    "draft_id": draft_id, "table_name": path, "row_id": row.id, "position": position,
                    "parent": row.parent,
                    "cells": json.dumps({k: to_json(v) for k, v in row.cells.items()}, ensure_ascii=False),
                }
                for position, row in enumerate(rows)
            )  # fmt: skip
        else:
            self._db.table("answer").upsert({"draft_id": draft_id, "path": path, "value": _text(value)})

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction: everything inside is kept, or nothing."""
        with self._trouble():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    @contextlib.contextmanager
    def _trouble(self) -> Iterator[None]:
        """Turn SQLite's expected trouble into ours; anything else is a bug and rises as it is."""
        codes = {
            sqlite3.SQLITE_BUSY: "store_busy",
            sqlite3.SQLITE_LOCKED: "store_busy",
            sqlite3.SQLITE_FULL: "store_full",
            sqlite3.SQLITE_IOERR: "store_unwritable",
            sqlite3.SQLITE_READONLY: "store_unwritable",
            sqlite3.SQLITE_CANTOPEN: "store_unwritable",
            sqlite3.SQLITE_CORRUPT: "store_damaged",
            sqlite3.SQLITE_NOTADB: "store_damaged",
        }
        try:
            yield
        except sqlite3.DatabaseError as trouble:
            code = codes.get(getattr(trouble, "sqlite_errorcode", 0) & 0xFF)
            if code is None:
                raise
            raise StoreError(code, folder=self.path.parent, program=__version__) from trouble
