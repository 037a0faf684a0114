"""The open file of the desk: its transactions, and what goes wrong with it in the words of the desk.

One connection, one thread. WAL with ``synchronous=FULL``: what was decided survives a power cut.
"""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, Any, Final

from pilotdesk.atomic import replacing
from pilotdesk.drafts.connection import BUSY_MS, Access, reading_what_was_kept, trouble_of
from pilotdesk.drafts.looking import opened_to_look, sqlite_uri
from pilotdesk.drafts.transactions import copy_database, transaction
from pilotdesk.errors import DeskError, ExportError, StoreError
from pilotdesk.review.desk import schema as desk_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

_OF_FILES: Final = {"disk_full": "desk_full"}
"""What goes wrong with a file as such; anything else there is ``desk_unwritable``."""


class DeskConnection:
    """One open file.

    Args:
        path: of a file that is there.
        refusal: why nothing may be written; it is opened for reading then, as it is.
        access: of a connection that is open already and shares it with this one.

    Attributes:
        access: whether anything may be written.

    Raises:
        DeskError: ``desk_missing``, ``desk_foreign``, ``desk_too_new``, ``desk_damaged``, ``desk_unwritable``, ``desk_busy``.
    """

    def __init__(self, path: Path, refusal: DeskError | None = None, *, access: Access | None = None) -> None:
        self.path: Final = path
        self.access: Final = access or Access(refusal)
        try:
            if not path.stat().st_size:
                raise DeskError("desk_damaged", name=path.name)
        except OSError as trouble:
            raise DeskError("desk_missing", name=path.name) from trouble
        with trouble_at(path):
            self._connection = _opened(path, read_only=self.access.refusal is not None)
        try:
            with trouble_at(path):
                self._prepare()
        except BaseException:
            self._connection.close()
            raise

    def _prepare(self) -> None:
        self._connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        desk_schema.require(self._connection, self.path.name)
        if self.access.refusal is None:
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = FULL")
            self._connection.execute("PRAGMA foreign_keys = ON")

    def close(self) -> None:
        """Fold the write-ahead log into the file and let go of it."""
        if self.access.refusal is None:
            with contextlib.suppress(sqlite3.OperationalError):
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._connection.close()

    def read(self, sql: str, values: Sequence[object] = ()) -> list[Any]:
        """All rows of a query.

        Raises:
            DeskError: the file cannot be read.
        """
        with trouble_at(self.path):
            return self._connection.execute(sql, values).fetchall()

    def read_named(self, sql: str, values: Sequence[object] = ()) -> list[dict[str, Any]]:
        """The same, every row with the names of its columns."""
        with trouble_at(self.path):
            found = self._connection.execute(sql, values)
            names = [column[0] for column in found.description]
            return [dict(zip(names, row, strict=True)) for row in found]

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: everything inside is kept, or nothing; inside another one a part of that.

        Raises:
            DeskError: the reason not to write, if there is one, and what SQLite says.
        """
        if self.access.refusal is not None:
            raise DeskError(self.access.refusal.code, **self.access.refusal.context)
        with trouble_at(self.path):
            if self._connection.in_transaction:
                yield self._connection
                return
            with transaction(self._connection):
                yield self._connection

    @contextlib.contextmanager
    def making(self) -> Iterator[None]:
        """Around what makes records of what was read: what cannot be made of it is damage, not a bug.

        Raises:
            DeskError: ``desk_damaged``.
        """
        with trouble_at(self.path), reading_what_was_kept(self.path.parent):
            yield

    def copy_to(self, target: Path) -> None:
        """A whole copy in one file, consistent while it is being written to; it is whole or not there.

        Raises:
            DeskError: ``desk_full``, ``desk_unwritable``, ``desk_busy``, ``desk_damaged``.
        """
        _put_at(target, lambda copy: copy_database(self._connection, copy))


def make_file(path: Path, fill: Callable[[sqlite3.Connection], None]) -> None:
    """Make a desk's file, whole or not at all.

    Args:
        path: where; its folder is made when missing.
        fill: writes what it begins with, in the transaction that makes the tables.

    Raises:
        DeskError: ``desk_there`` when there is a file already; ``desk_full``, ``desk_unwritable``.
    """
    if path.exists():
        raise DeskError("desk_there", name=path.name)

    def write(connection: sqlite3.Connection) -> None:
        with transaction(connection):
            desk_schema.make(connection)
            fill(connection)

    _put_at(path, write)


def _put_at(target: Path, write: Callable[[sqlite3.Connection], None]) -> None:
    try:
        with (
            replacing(target) as part,
            trouble_at(target),
            contextlib.closing(sqlite3.connect(part, isolation_level=None)) as made,
        ):
            write(made)
    except ExportError as trouble:
        code = _OF_FILES.get(trouble.code, "desk_unwritable")
        raise DeskError(code, name=target.name, folder=target.parent) from trouble


def _opened(path: Path, *, read_only: bool) -> sqlite3.Connection:
    if read_only:
        return opened_to_look(path)
    return sqlite3.connect(sqlite_uri(path.absolute(), "mode=rw"), uri=True, isolation_level=None)


@contextlib.contextmanager
def trouble_at(path: Path) -> Iterator[None]:
    """Turn the store's and SQLite's expected trouble into the desk's; anything else rises as it is.

    Raises:
        DeskError: ``desk_busy``, ``desk_full``, ``desk_unwritable``, ``desk_damaged``.
    """
    try:
        with trouble_of(path.parent):
            yield
    except DeskError:
        raise
    except StoreError as trouble:
        code = trouble.code.replace("store_", "desk_", 1)
        raise DeskError(code, name=path.name, folder=path.parent) from trouble
