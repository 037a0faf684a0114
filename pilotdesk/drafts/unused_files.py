"""Attached files that nothing refers to any more: found, and taken away when somebody asks for it, never sooner.

A file is in use while anything that is kept names it: an answer, an entry of any history, the attic, what was carried, a
share; of deleted drafts as of others, since all of that stays with them. A file that was put there a short while ago is in
use as well: whoever added it may not have stored the answer yet. Backups have copies of their own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pilotdesk.drafts.attachments_folder import AttachmentsFolder
from pilotdesk.drafts.connection import FILE_NAME, trouble_of
from pilotdesk.drafts.health import looking_at
from pilotdesk.record import Record

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from pathlib import Path

    from pilotdesk.drafts.connection import Connection

YOUNG: Final = 24 * 3600
"""Seconds for which a file that nothing names yet is let be."""

_PLACES: Final = (
    ("answer", "value"), ("table_row", "cells"), ("history", "value"), ("attic", "value"), ("draft", "carried"),
    ("share", "content"), ("returned", "content"),
)  # fmt: skip
_NAME: Final = re.compile(r"[0-9a-f]{64}")


class UnusedFiles(Record, frozen=True, kw_only=True):
    """Names of files by their SHA-256, and how many bytes they take together."""

    sha256s: frozenset[str] = frozenset()
    size: int = 0


def unused_files(data_folder: Path, now: float) -> UnusedFiles:
    """What could be taken away; reads through a connection of its own, on any thread.

    Args:
        data_folder: the data directory.
        now: seconds since 1970.

    Raises:
        StoreError: the database cannot be read.
    """
    kept = _old_enough(data_folder, now)
    if not kept:
        return UnusedFiles()
    with trouble_of(data_folder), looking_at(data_folder / FILE_NAME, alone=False) as connection:
        return _of(kept, _named(connection.execute(sql) for sql in _queries()))


def clear(connection: Connection, found: UnusedFiles, now: float) -> UnusedFiles:
    """Take files away, except those that something names by now; returns those that went.

    Args:
        connection: the open database: while it is being written, nobody can name one of them.
        found: what somebody agreed to.
        now: seconds since 1970.

    Raises:
        StoreError: those of every write; what went until then is gone.
    """
    folder = connection.path.parent
    kept = _old_enough(folder, now)
    with connection.writing() as db:
        wanted = {sha256: size for sha256, size in kept.items() if sha256 in found.sha256s}
        gone = _of(wanted, _named(connection.read(sql) for sql in _queries()))
        for sha256 in sorted(gone.sha256s):
            db.table("attachment").delete_where("sha256 = ?", [sha256])
        AttachmentsFolder(folder).remove(gone.sha256s)
    return gone


def _queries() -> Iterable[str]:
    return (f"SELECT {column} FROM {table} WHERE instr({column}, 'sha256')" for table, column in _PLACES)  # noqa: S608


def _named(results: Iterable[Iterable[tuple[str]] | sqlite3.Cursor]) -> set[str]:
    """Every name of a file in what is stored; rather one too many."""
    return {name for rows in results for (text,) in rows for name in _NAME.findall(text)}


def _old_enough(data_folder: Path, now: float) -> dict[str, int]:
    """Name to size of the files that have been there for a while; one from the future has not."""
    found = {}
    for path in AttachmentsFolder(data_folder).listed():
        told = path.stat()
        if told.st_mtime < now - YOUNG:
            found[path.name] = told.st_size
    return found


def _of(kept: dict[str, int], named: set[str]) -> UnusedFiles:
    left = {sha256: size for sha256, size in kept.items() if sha256 not in named}
    return UnusedFiles(sha256s=frozenset(left), size=sum(left.values()))
