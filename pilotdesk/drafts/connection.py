"""``Connection``: one open database, its transactions, and what SQLite's trouble is called here.

One connection, one thread. WAL with ``synchronous=FULL``: what was committed survives a power cut. sqlite-utils is
imported with the first write, so that opening a draft costs no more than SQLite itself.
"""

from __future__ import annotations

import contextlib
import sqlite3
from functools import cached_property
from typing import TYPE_CHECKING, Final

from pilotdesk import __version__
from pilotdesk.drafts import schema
from pilotdesk.drafts.looking import opened_to_look, seen_alone, sqlite_uri
from pilotdesk.drafts.transactions import copy_database, transaction
from pilotdesk.errors import ExportError, StoreError
from pilotdesk.record import MutableRecord

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from typing import Any

    from sqlite_utils import Database

FILE_NAME: Final = "pilotdesk.db"
"""What the database is called in a data directory."""

_READY: Final = "recovery/ready.db"
"""What waits for the place of the database, see :mod:`pilotdesk.drafts.recovery`."""

_LOST: Final = ("no such table", "no such column")
"""What SQLite says when the damage has hit the names of tables: every statement is ours, so it was there once."""

_NEWEST: Final = "SELECT seq, draft_id, path, at FROM history ORDER BY seq DESC LIMIT 1"

_OF_THE_FILE: Final = frozenset({"store_unwritable", "store_damaged", "store_busy"})
"""What SQLite's trouble is called when the file cannot be reached any more: one that was pulled out looks damaged or locked."""

BUSY_MS: Final = 2000
"""How long a write waits for another copy of the program."""

_CODES: Final = {
    sqlite3.SQLITE_BUSY: "store_busy",
    sqlite3.SQLITE_LOCKED: "store_busy",
    sqlite3.SQLITE_PROTOCOL: "store_busy",  # the log's own locks, which somebody holds for too long
    sqlite3.SQLITE_FULL: "store_full",
    sqlite3.SQLITE_IOERR: "store_unwritable",
    sqlite3.SQLITE_READONLY: "store_unwritable",
    sqlite3.SQLITE_CANTOPEN: "store_unwritable",
    sqlite3.SQLITE_CORRUPT: "store_damaged",
    sqlite3.SQLITE_NOTADB: "store_damaged",
}


class Access(MutableRecord):
    """Whether anything may be written. ``refusal`` is raised by every write; ``None`` while writing is allowed."""

    refusal: StoreError | None = None


class Connection:
    """The open database file; made, or brought to the newest shape, when needed.

    Args:
        path: the file; its folder is made when missing.
        refusal: why nothing may be written; the file is opened for reading then, as it is.

    Attributes:
        access: whether anything may be written.

    Raises:
        StoreError: ``store_unwritable``, ``store_damaged``, ``store_lost`` when it is empty or gone while backups of it
            are there, ``store_too_new``, ``store_busy``, ``store_full``.
    """

    def __init__(self, path: Path, refusal: StoreError | None = None) -> None:
        self.path: Final = path
        self.access: Final = Access(refusal)
        self._is_away = False
        self._newest: object = None
        self._refuse_a_loss()
        try:
            self._connection = _opened(path, read_only=refusal is not None)
        except (OSError, sqlite3.OperationalError) as trouble:
            raise StoreError("store_unwritable", folder=path.parent) from trouble
        try:
            with self.trouble():
                self._prepare()
        except BaseException:
            self._connection.close()  # a damaged file is going to be renamed, and Windows renames none that is open
            raise
        self._file = _file_at(path)
        self._is_writing = False

    def _refuse_a_loss(self) -> None:
        """An empty or missing file beside copies of a full one is no new beginning: SQLite would make it one."""
        try:
            emptied = not self.path.stat().st_size
        except OSError:
            emptied = True
        kept = ("backups/pilotdesk-*.db", _READY)
        if emptied and any(any(self.path.parent.glob(pattern)) for pattern in kept):
            raise StoreError("store_lost", folder=self.path.parent)

    def _prepare(self) -> None:
        self._connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        if self.access.refusal is not None:
            if schema.version_of(self._connection) < schema.CURRENT:  # only who may write can bring it up
                raise StoreError("store_busy")
            return
        self._promise()
        version = schema.version_of(self._connection)
        if version < schema.CURRENT:
            if version:
                self.back_up(self.path.with_name(f"{self.path.name}.v{version}.bak"))
            schema.migrate(self.db, version, self.path.parent)
        # The place was not given up, or somebody was killed before. If the database is lost one day, what is in it now must
        # not be followed by what waited since then.
        ready = self.path.parent / _READY
        with contextlib.suppress(OSError):
            if ready.exists():
                ready.unlink()
        self._newest = self._connection.execute(_NEWEST).fetchone()

    def _promise(self) -> None:
        self._connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute("PRAGMA foreign_keys = ON")

    @cached_property
    def db(self) -> Database:
        """The database through sqlite-utils, for writing."""
        from sqlite_utils import Database

        return Database(self._connection, execute_plugins=False)

    def close(self) -> None:
        """Fold the write-ahead log into the file and let go of it."""
        self.fold()
        self._connection.close()

    def fold(self) -> None:
        """Fold the write-ahead log into the file, as far as nobody reads from it."""
        with contextlib.suppress(sqlite3.OperationalError):
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def read(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        """All rows of a query.

        Raises:
            StoreError: the database cannot be read.
        """
        with self.trouble():
            if not self._is_writing:
                self._find_again()
            return self._connection.execute(sql, values).fetchall()

    def back_up(self, target: Path) -> None:
        """Copy the whole database, consistent even while it is being written; the copy is whole or not there.

        Raises:
            StoreError: ``store_full``, ``store_unwritable``, ``store_busy``, ``store_damaged``.
        """
        from pilotdesk.atomic import replacing

        try:
            with (
                replacing(target) as part,
                self.trouble(),
                contextlib.closing(sqlite3.connect(part)) as copy,
            ):
                copy_database(self._connection, copy)
        except ExportError as trouble:
            code = "store_full" if trouble.code == "disk_full" else "store_unwritable"
            raise StoreError(code, folder=target.parent) from trouble

    @contextlib.contextmanager
    def writing(self) -> Iterator[Database]:
        """One transaction: everything inside is kept, or nothing; inside another one a part of that.

        Raises:
            StoreError: the reason not to write, if there is one, and what SQLite says; ``store_swapped`` when it was written
                into a file that is not there any more.
        """
        if self.access.refusal is not None:
            raise StoreError(self.access.refusal.code, **self.access.refusal.context)
        with self.trouble():
            if self._is_writing and self._connection.in_transaction:
                yield self.db
                return
            self._find_again()
            self._is_writing = True
            try:
                with transaction(self._connection):
                    yield self.db
            finally:
                self._is_writing = False
            self._newest = self._connection.execute(_NEWEST).fetchone()
        self._refuse_a_swap()

    def _find_again(self) -> None:
        """Open the file anew after it could not be reached: what was open on a stick or share stays dead when that is back.

        Raises:
            StoreError: ``store_swapped`` where the newest entry is not the one that we know: somebody has written meanwhile.
        """
        if not self._is_away or self.access.refusal is not None:
            return
        if self._is_there():
            self._connection = _opened(self.path, read_only=False, made=False)
            self._promise()
            self._file = _file_at(self.path)
            self._is_away = False

    def _is_there(self) -> bool:
        """Whether the file can be opened again and is the one that we know; then what was open is closed."""
        with contextlib.suppress(sqlite3.DatabaseError):  # alive after all, or what it remembers
            self._newest = self._connection.execute(_NEWEST).fetchone()
        with (
            contextlib.suppress(sqlite3.DatabaseError),
            contextlib.closing(_opened(self.path, read_only=False, made=False)) as there,
        ):
            if there.execute(_NEWEST).fetchone() != self._newest:
                raise StoreError("store_swapped", folder=self.path.parent)
            # Before it is opened to stay: with its last act SQLite may take a log away that the file has no need of.
            self._connection.close()
            self.__dict__.pop("db", None)
            return True
        return False

    def _refuse_a_swap(self) -> None:
        """What is written into a file that another program has put aside goes with this program; nobody else would say so.

        A disk that only counts its files anew is no swap: the same content is seen at the same place.
        """
        if _file_at(self.path) == self._file:
            return
        self.fold()
        with contextlib.suppress(sqlite3.DatabaseError), contextlib.closing(seen_alone(self.path)) as there:
            if there.execute(_NEWEST).fetchone() == self._connection.execute(_NEWEST).fetchone():
                return
        raise StoreError("store_swapped", folder=self.path.parent)

    @contextlib.contextmanager
    def trouble(self) -> Iterator[None]:
        """See :func:`trouble_of`; ``store_away`` where the file is not there any more, with its stick or share."""
        try:
            with trouble_of(self.path.parent):
                yield
        except StoreError as trouble:
            if trouble.code not in _OF_THE_FILE:
                raise
            self._is_away = True
            if _file_at(self.path) is None:
                raise StoreError("store_away", folder=self.path.parent) from trouble
            raise


def _file_at(path: Path) -> tuple[int, int] | None:
    """Which file of the disk is there; ``None`` for none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _opened(path: Path, *, read_only: bool, made: bool = True) -> sqlite3.Connection:
    """``made``: whether it is made where there is none."""
    if read_only:
        return opened_to_look(path)
    if not made:
        return sqlite3.connect(sqlite_uri(path.absolute(), "mode=rw"), uri=True, isolation_level=None)
    path.parent.mkdir(parents=True, exist_ok=True)
    return sqlite3.connect(path, isolation_level=None)


@contextlib.contextmanager
def trouble_of(folder: Path) -> Iterator[None]:
    """Turn SQLite's expected trouble with a file of this folder into ours; anything else is a bug and rises as it is.

    Raises:
        StoreError: ``store_busy``, ``store_full``, ``store_unwritable``, ``store_damaged``, as the file has it.
    """
    try:
        yield
    except sqlite3.DatabaseError as trouble:
        code = _code_of(trouble)
        if code is None:
            raise
        raise StoreError(code, folder=folder, program=__version__) from trouble
    except (
        UnicodeDecodeError
    ) as trouble:  # what SQLite says of a damaged table names it by bytes that are no text
        raise StoreError("store_damaged", folder=folder) from trouble


def _code_of(trouble: sqlite3.DatabaseError) -> str | None:
    number = getattr(trouble, "sqlite_errorcode", 0) & 0xFF
    if not number and "decode to UTF-8" in str(trouble):  # Python's own: text that no longer is any
        return "store_damaged"
    if number == sqlite3.SQLITE_ERROR and str(trouble).startswith(_LOST):
        return "store_damaged"
    return _CODES.get(number)


@contextlib.contextmanager
def reading_what_was_kept(folder: Path) -> Iterator[None]:
    """Around what makes values of stored JSON: what cannot be made of it any more is damage, not a bug.

    Raises:
        StoreError: ``store_damaged``.
    """
    try:
        yield
    except (ValueError, TypeError, KeyError, AttributeError) as trouble:
        raise StoreError("store_damaged", folder=folder) from trouble
