"""``HistoryTable``: reads the history of drafts, names versions in it, and thins what has grown long."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pilotdesk.drafts.connection import reading_what_was_kept
from pilotdesk.drafts.history import Entry, Past
from pilotdesk.drafts.records import ExportMark, HistoryEntry, NamedVersion
from pilotdesk.forms.json_values import from_json

if TYPE_CHECKING:
    from pilotdesk.drafts.connection import Connection

_ENTRIES = 'SELECT seq, path, value, origin, at, "by" FROM history WHERE draft_id = ?'


class HistoryTable:
    """The past of every draft, deleted ones among them.

    Args:
        connection: the open database.
        by: who names versions; empty where that is not known.
    """

    def __init__(self, connection: Connection, by: str = "") -> None:
        self._connection = connection
        self._by = by

    def of_path(self, draft_id: str, path: str) -> tuple[HistoryEntry, ...]:
        """Every saved value of one path, the oldest first; empty where there is none.

        Raises:
            StoreError: ``store_damaged``.
        """
        rows = self._connection.read(f"{_ENTRIES} AND path = ? ORDER BY seq", (draft_id, path))
        with reading_what_was_kept(self._connection.path.parent):
            return tuple(
                HistoryEntry(
                    seq=seq, path=at_path, value=from_json(json.loads(text)), origin=origin, at=at, by=by
                )
                for seq, at_path, text, origin, at, by in rows
            )

    def read(self, draft_id: str) -> Past:
        """The whole past of a draft; empty where there is none.

        Raises:
            StoreError: the database cannot be read.
        """
        read = self._connection.read
        entries = read(f"{_ENTRIES} ORDER BY seq", (draft_id,))
        versions = read(
            'SELECT version_id, name, seq, at, "by" FROM named_version WHERE draft_id = ? ORDER BY version_id',
            (draft_id,),
        )
        exports = read(
            "SELECT seq, at, kind, check_code FROM export WHERE draft_id = ? ORDER BY rowid", (draft_id,)
        )
        return Past(
            [Entry(*row) for row in entries],
            [
                NamedVersion(version_id=number, name=name, seq=seq, at=at, by=by)
                for number, name, seq, at, by in versions
            ],
            [ExportMark(seq=seq, at=at, kind=kind, check_code=code) for seq, at, kind, code in exports],
        )

    def last_entry(self, draft_id: str) -> int:
        """Number of the last entry of a draft; 0 where there is none."""
        sql = "SELECT coalesce(max(seq), 0) FROM history WHERE draft_id = ?"
        return int(self._connection.read(sql, (draft_id,))[0][0])

    def files_gone_out(self, draft_id: str) -> frozenset[str]:
        """SHA-256 of every file that was exported from a draft."""
        rows = self._connection.read("SELECT DISTINCT sha256 FROM export WHERE draft_id = ?", (draft_id,))
        return frozenset(str(sha256) for (sha256,) in rows)

    def final_codes(self, draft_id: str) -> frozenset[str]:
        """Check codes of the last final version that went out, one of every document; none where there was none."""
        rows = self._connection.read(
            "SELECT check_code FROM export WHERE draft_id = ?1 AND check_code > '' AND seq ="
            " (SELECT max(seq) FROM export WHERE draft_id = ?1 AND check_code > '')",
            (draft_id,),
        )
        return frozenset(str(code) for (code,) in rows)

    def name_version(self, draft_id: str, name: str, seq: int, *, at: str) -> None:
        """Give the state after an entry a name; another name where it has one, none any more where ``name`` is blank.

        Raises:
            StoreError: the database cannot be written.
        """
        with self._connection.writing() as db:
            db.table("named_version").delete_where("draft_id = ? AND seq = ?", [draft_id, seq])
            if name.strip():
                db.table("named_version").insert(
                    {"draft_id": draft_id, "name": name.strip(), "seq": seq, "at": at, "by": self._by}
                )

    def thin(self, draft_id: str) -> int:
        """Take away what a long history can do without; returns how many entries went.

        Raises:
            StoreError: the database cannot be read or written.
        """
        from pilotdesk.drafts.history_thinning import ENOUGH, FULL_DAYS, surplus

        ((count,),) = self._connection.read("SELECT count(*) FROM history WHERE draft_id = ?", (draft_id,))
        if count < ENOUGH:
            return 0
        with self._connection.writing() as db, reading_what_was_kept(self._connection.path.parent):
            gone = surplus(self.read(draft_id), full_days=FULL_DAYS)
            db.conn.executemany("DELETE FROM history WHERE seq = ?", [(seq,) for seq in gone])
        return len(gone)
