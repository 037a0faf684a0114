"""Opening a database without writing, in use or not, on a disk that can be written or on a protected one."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path, PurePath

_PROTECTED: Final = frozenset({sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY})
"""What SQLite says when it may not make the files beside a database that a write-ahead log asks for."""


def sqlite_uri(path: PurePath, how: str) -> str:
    """A file as SQLite names it where it is told how to open it; one on a share without a host."""
    uri = path.as_uri()
    return f"{uri if uri.startswith('file:///') else uri.replace('file://', 'file:////', 1)}?{how}"


def opened_to_look(path: Path) -> sqlite3.Connection:
    """A connection that cannot write, in autocommit.

    What stands in the write-ahead log is read too. Where nothing can be made beside the file, it is read as it is: nobody can
    write in it there either.

    Raises:
        sqlite3.OperationalError: it cannot be opened.
    """
    uri = sqlite_uri(path.absolute(), "mode=ro")
    connection = sqlite3.connect(uri, uri=True, isolation_level=None)
    try:
        connection.execute("SELECT 1 FROM sqlite_master")
    except sqlite3.DatabaseError as trouble:
        if getattr(trouble, "sqlite_errorcode", 0) & 0xFF in _PROTECTED:
            connection.close()
            return seen_alone(path)
        # damage, or a lock, is named by whoever reads next
    return connection


def seen_alone(path: Path) -> sqlite3.Connection:
    """A connection that sees what stands in the file itself, and nothing of what lies beside it.

    Raises:
        sqlite3.OperationalError: it cannot be opened.
    """
    uri = sqlite_uri(path.absolute(), "mode=ro&immutable=1")
    return sqlite3.connect(uri, uri=True, isolation_level=None)


def without_traces(path: Path) -> None:
    """Have SQLite take away the empty files that looking left beside a database, unless somebody has it open.

    A connection that cannot write leaves them; the last one that can takes them with it.
    """
    uri = sqlite_uri(path.absolute(), "mode=rw")
    with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(uri, uri=True)) as last:
        last.execute("SELECT 1 FROM sqlite_master")
