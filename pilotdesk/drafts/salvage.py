"""What can still be read of a damaged database, row by row; the file itself is only ever read.

First from end to end, which does not ask whether the numbers of the rows are in order; then by ranges what that did not
reach. A range that cannot be read through is halved until the rows that are lost stand alone. The large halves come first,
so that a page full of rubbish does not use up the patience that sound rows need.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from typing import TYPE_CHECKING, Any, Final

from pilotdesk.drafts.health import looking_at
from pilotdesk.drafts.transactions import LOCKED
from pilotdesk.errors import StoreError
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

PATIENCE: Final = 4_000
"""Failed attempts at a table before the rest of it is given up; one takes some 20 µs."""
LITTLE: Final = 200
"""The same where neither first nor last row can be found: most likely the root is lost, and then there is no way to any."""
BEYOND: Final = 1 << 24
"""Row number up to which is searched where the table itself cannot say its last."""

PAGE_SIZE, PAGE_COUNT, FREE_PAGES = slice(16, 18), slice(28, 32), slice(32, 40)
"""Places in the head of a database file, as SQLite's description of its format has them."""

_UNREADABLE: Final = (sqlite3.DatabaseError, OverflowError, UnicodeDecodeError)
"""What damage does to a query; the last one where it has hit the name of a column."""

StoredRow = dict[str, Any]
"""Column to what is stored: ``str``, ``int`` or ``None``; the row's number is ``rowid``."""


class Salvaged(Record, frozen=True):
    """What was read.

    Attributes:
        rows: by table, in the order of their numbers.
        whole: the tables that were read from end to end without a failure.
        scarred: tables and numbers of rows with text that is no text any more; the bytes that are none stand as U+FFFD.
    """

    rows: Mapping[str, Sequence[StoredRow]]
    whole: frozenset[str]
    scarred: frozenset[tuple[str, int]]


def salvage(path: Path, tables: Iterable[str]) -> Salvaged:
    """Read what can be read.

    Args:
        path: a copy of the damaged file, which nobody else has open, with its write-ahead log beside it if it has one.
        tables: what is looked for; their names come from a sound database, since its own may be damaged too.

    Raises:
        StoreError: ``store_busy`` when another program has the copy locked.
    """
    rows: dict[str, list[StoredRow]] = {}
    whole: set[str] = set()
    scarred: set[tuple[str, int]] = set()
    for table in tables:
        reading = _Reading(path, table)
        try:
            with looking_at(path, alone=False) as connection:
                reading.read(connection)
        except _UNREADABLE as trouble:
            _refuse_locked(path, trouble)
            reading.failures += 1
        rows[table] = [reading.rows[number] for number in sorted(reading.rows)]
        scarred |= {(table, number) for number in reading.scarred}
        if not reading.failures:
            whole.add(table)
    return Salvaged(rows, frozenset(whole), frozenset(scarred))


def _refuse_locked(path: Path, trouble: Exception) -> None:
    """A file that a virus scanner holds just now is not a damaged one: what it holds is not given up for that.

    Raises:
        StoreError: ``store_busy``.
    """
    if getattr(trouble, "sqlite_errorcode", 0) & 0xFF in LOCKED:
        raise StoreError("store_busy", folder=path.parent) from trouble


class _Reading:
    """One table on its way out."""

    def __init__(self, path: Path, table: str) -> None:
        self._path = path
        self._table = table
        self.rows: dict[int, StoredRow] = {}
        self.scarred: set[int] = set()
        self.failures = 0
        self._patience = PATIENCE

    def read(self, connection: sqlite3.Connection) -> None:
        """Read all ranges; a failure is counted, and the range goes on in halves."""
        connection.text_factory = bytes
        if self._read_rows(connection, "") is None and self._has_all(connection):
            return
        self.failures += 1
        waiting = deque([self._all(connection)])
        while waiting and self.failures < self._patience:
            first, last = waiting.popleft()
            if first > last:
                continue
            reached = self._read_range(connection, first, last)
            if reached is None:
                continue
            self.failures += 1
            if first < last:
                middle = (reached + last) // 2
                waiting.append((reached, middle))
                waiting.append((middle + 1, last))

    def _all(self, connection: sqlite3.Connection) -> tuple[int, int]:
        ends = []
        for end, unknown in (("min", 1), ("max", BEYOND)):
            try:
                ((number,),) = connection.execute(f"SELECT {end}(rowid) FROM {self._table}")  # noqa: S608
            except _UNREADABLE:
                self.failures += 1
                ends.append(unknown)
            else:
                ends.append(number if number is not None else 0)
        if tuple(ends) == (1, BEYOND):
            self._patience = LITTLE
        return ends[0], ends[1]

    def _has_all(self, connection: sqlite3.Connection) -> bool:
        """Whether these are as many as an index of the table counts: damage can end a walk without a word."""
        try:
            ((count,),) = connection.execute(f"SELECT count(*) FROM {self._table}")  # noqa: S608
        except _UNREADABLE:
            return False
        return bool(count == len(self.rows))

    def _read_range(self, connection: sqlite3.Connection, first: int, last: int) -> int | None:
        """Read on from the first row; ``None`` when it went well, else the number from which it did not."""
        reached = self._read_rows(connection, " WHERE rowid BETWEEN ? AND ? ORDER BY rowid", first, last)
        return None if reached is None else max(first, reached)

    def _read_rows(self, connection: sqlite3.Connection, where: str, *numbers: int) -> int | None:
        """Read rows until something fails; ``None`` when nothing did, else the number after the last that was read."""
        reached = 0
        try:
            cursor = connection.execute(f"SELECT rowid AS rowid, * FROM {self._table}{where}", numbers)  # noqa: S608
            names = [column[0] for column in cursor.description]
            for stored in cursor:
                reached = stored[0] + 1
                self._take(dict(zip(names, stored, strict=True)))
        except _UNREADABLE as trouble:
            _refuse_locked(self._path, trouble)
            return reached
        return None

    def _take(self, row: StoredRow) -> None:
        number = row["rowid"]
        for name, stored in row.items():
            if isinstance(stored, bytes):
                row[name] = stored.decode("utf-8", "replace")
                if "\ufffd" in row[name] and "\ufffd".encode() not in stored:
                    self.scarred.add(number)
        self.rows[number] = row


def lend_schema(sound: Path, damaged: Path) -> None:
    """Give a copy of a damaged database the first page of a sound backup of it, where its own cannot be read.

    That page says what the tables are and where they begin, which hardly ever changes; without it nothing is found.

    Args:
        sound: the backup.
        damaged: the copy, which is changed.
    """
    with sound.open("rb") as lender:
        head = lender.read(PAGE_SIZE.stop)
        size = int.from_bytes(head[PAGE_SIZE], "big")
        size = 65_536 if size == 1 else size
        page = bytearray(head + lender.read(size - len(head)))
    with damaged.open("rb+") as file:
        page[PAGE_COUNT] = (file.seek(0, 2) // size).to_bytes(4, "big")
        page[FREE_PAGES] = bytes(8)
        file.seek(0)
        file.write(page)
