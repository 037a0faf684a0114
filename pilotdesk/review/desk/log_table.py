"""What was done at the desk, entry by entry; nothing in it is ever changed, also taking back is an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.review.desk.records import LogEntry

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from pilotdesk.review.desk.connection import DeskConnection

COLUMNS: Final = "seq, at, who, what, key, number, place, before, after, why, undoes"
NOTHING: Final = "null"
"""JSON of what is not there."""


def append(connection: sqlite3.Connection, entry: LogEntry) -> int:
    """Add an entry, in the transaction of what it speaks of; its ``seq`` is given here and returned."""
    written = connection.execute(
        "INSERT INTO log (at, who, what, key, number, place, before, after, why, undoes) VALUES (?,?,?,?,?,?,?,?,?,?)",
        (
            entry.at, entry.who, entry.what, entry.key, entry.number, entry.place, entry.before, entry.after,
            entry.why, entry.undoes,
        ),
    )  # fmt: skip
    return int(written.lastrowid or 0)


def entries(connection: DeskConnection, key: str = "") -> tuple[LogEntry, ...]:
    """The log, oldest first.

    Args:
        connection: to the desk's file.
        key: of a submission, for its entries only; empty for all.
    """
    rows = connection.read(f"SELECT {COLUMNS} FROM log WHERE ? IN ('', key) ORDER BY seq", (key,))  # noqa: S608
    return tuple(LogEntry(**dict(zip(LogEntry.__struct_fields__, row, strict=True))) for row in rows)


def last_standing(connection: DeskConnection, kinds: Iterable[str]) -> LogEntry | None:
    """The last entry of these kinds that was not taken back and takes nothing back; ``None`` when there is none."""
    wanted = tuple(kinds)
    rows = connection.read(
        f"SELECT {COLUMNS} FROM log WHERE undoes = 0 AND what IN ({','.join('?' * len(wanted))})"  # noqa: S608
        " AND seq NOT IN (SELECT undoes FROM log WHERE undoes > 0) ORDER BY seq DESC LIMIT 1",
        wanted,
    )
    return LogEntry(**dict(zip(LogEntry.__struct_fields__, rows[0], strict=True))) if rows else None
