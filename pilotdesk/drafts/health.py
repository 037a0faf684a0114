"""Whether a database file is sound: looked at through a connection of its own that cannot write, on any thread."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, Final

import msgspec

from pilotdesk.drafts import schema
from pilotdesk.drafts.looking import opened_to_look, seen_alone
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

NEVER_EMPTIED: Final = ("project", "history")
"""Tables from which nothing is ever taken: deleting a draft leaves both. Empty after they were not is a loss."""


class Health(Record, frozen=True):
    """What was found.

    Attributes:
        fault: why it is not sound, for a log: ``missing``, ``empty``, ``unreadable``, ``check``, ``version``, ``content``,
            ``emptied``; empty for a sound one. Never what is in it.
        version: of its schema; 0 where it could not be read.
        counts: rows by table, for those of :data:`NEVER_EMPTIED`.
    """

    fault: str
    version: int = 0
    counts: Mapping[str, int] = msgspec.field(default_factory=dict)

    @property
    def is_sound(self) -> bool:
        """Whether it can be relied upon."""
        return not self.fault

    def after(self, before: Mapping[str, int]) -> Health:
        """The same with an eye on the counts before: a table that lost everything is no good sign."""
        emptied = any(before.get(table) and not count for table, count in self.counts.items())
        return Health("emptied", self.version, self.counts) if self.is_sound and emptied else self


@contextlib.contextmanager
def looking_at(path: Path, *, alone: bool) -> Iterator[sqlite3.Connection]:
    """A connection that cannot write.

    Args:
        path: the file.
        alone: whether nobody else has it open, as with copies: then nothing at all is made beside it. Otherwise what
            stands in its write-ahead log is read too.

    Raises:
        sqlite3.DatabaseError: it cannot be opened.
    """
    with contextlib.closing(seen_alone(path) if alone else opened_to_look(path)) as connection:
        yield connection


def health_of(path: Path, *, alone: bool = True) -> Health:
    """Look a database over: SQLite's own check, its version, whether what is kept in it can be read, row counts.

    Args:
        path: the file.
        alone: see :func:`looking_at`.
    """
    try:
        if not path.stat().st_size:
            return Health("empty")
    except OSError:
        return Health("missing")
    try:
        with looking_at(path, alone=alone) as connection:
            return _look_over(connection)
    except (sqlite3.DatabaseError, sqlite3.Warning):
        return Health("unreadable")


def _look_over(connection: sqlite3.Connection) -> Health:
    from pilotdesk.drafts.readable import is_readable  # not before the first page is painted

    # Not quick_check: it does not look whether indexes agree with their tables, and answers are found through an index.
    if [said for (said,) in connection.execute("PRAGMA integrity_check(1)")] != ["ok"]:
        return Health("check")
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if not 0 < version <= schema.CURRENT:
        return Health("version", version)
    counts = _counts(connection)
    if connection.execute("PRAGMA foreign_key_check").fetchone():  # a draft without its project is in no list
        return Health("check", version, counts)
    return Health("" if is_readable(connection) else "content", version, counts)


def counts_in(path: Path) -> Mapping[str, int]:
    """Rows by table of a copy, for :meth:`Health.after`; empty when it cannot be read."""
    try:
        with looking_at(path, alone=True) as connection:
            return _counts(connection)
    except sqlite3.DatabaseError:
        return {}


def last_entry_in(path: Path) -> int | None:
    """Number of the last entry in the history of a copy, 0 for none; ``None`` when it cannot be read."""
    try:
        with looking_at(path, alone=True) as connection:
            return int(connection.execute("SELECT coalesce(max(seq), 0) FROM history").fetchone()[0])
    except sqlite3.DatabaseError:
        return None


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    return {
        table: int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608
        for table in NEVER_EMPTIED
    }
