"""Opening a database without writing, in use or not, on a disk that can be written or on a protected one."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_PROTECTED: Final = frozenset({sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY})
"""What SQLite says when it may not make the files beside a database that a write-ahead log asks for."""


def opened_to_look(path: Path) -> sqlite3.Connection:
    """A connection that cannot write, in autocommit.

    What stands in the write-ahead log is read too. Where nothing can be made beside the file, it is read as it is: nobody can
    write in it there either.

    Raises:
        sqlite3.OperationalError: it cannot be opened.
    """
    uri = f"{path.absolute().as_uri()}?mode=ro"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None)
    try:
        connection.execute("SELECT 1 FROM sqlite_master")
    except sqlite3.DatabaseError as trouble:
        if getattr(trouble, "sqlite_errorcode", 0) & 0xFF in _PROTECTED:
            connection.close()
            return sqlite3.connect(f"{uri}&immutable=1", uri=True, isolation_level=None)
        # damage, or a lock, is named by whoever reads next
    return connection
