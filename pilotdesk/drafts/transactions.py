"""Transactions that end: whatever goes wrong in one, none is left open for the next write to disappear in."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

COPY_PAUSE_S: Final = 0.25
COPY_PAUSES: Final = 8
"""How long, and how often, a copy waits for somebody who has the file locked; together as long as a write waits."""

LOCKED: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL})
"""What SQLite says when somebody else has a file locked; ``SQLITE_PROTOCOL`` of the locks of a write-ahead log."""


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Everything inside is kept, or nothing.

    Raises:
        sqlite3.DatabaseError: what SQLite says of the statement, or of the commit, that failed.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # After some errors, a full disk among them, SQLite has rolled back by itself, and a ROLLBACK would be one more error
        # in the place of the one that says what is wrong.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def copy_database(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """SQLite's online backup. By itself it waits for a locked file for ever; here as long as every write.

    Raises:
        sqlite3.OperationalError: ``SQLITE_BUSY``, and what SQLite says else.
    """
    waited = 0

    def on_step(status: int, _left: int, _pages: int) -> None:
        nonlocal waited
        waited = waited + 1 if status in LOCKED else 0
        if waited > COPY_PAUSES:
            trouble = sqlite3.OperationalError("database is locked")
            trouble.sqlite_errorcode = status
            raise trouble

    source.backup(target, progress=on_step, sleep=COPY_PAUSE_S)
