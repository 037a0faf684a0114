"""A mark that the program is running: a file that is locked as long as it does, and gone after a clean end.

Whoever finds it and can lock it knows that the last end was not a clean one, and from what stands in it whether anything
was changed until then. Whoever cannot lock it knows that another program has this data open. The lock is the system's: it
goes with the process, however that ends, and no clock or process number has to be believed.
"""

from __future__ import annotations

import contextlib
import json
import sys
from typing import IO, TYPE_CHECKING, Final

from pilotdesk.drafts.records import WHOLE_DRAFT
from pilotdesk.record import Record

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME: Final = "running.json"
_LOCKED_AT: Final = 1 << 30
"""Windows locks bytes, and nobody else can read those: one that is never written."""


class LastEnd(Record, frozen=True):
    """What the program that ended without its clean end left: the number of the last history entry it found."""

    seq: int


class Entry(Record, frozen=True):
    """An entry of the history: its number, which draft and path it is of, and when it was made (UTC)."""

    seq: int
    draft_id: str
    path: str
    at: str


def newest_entry(database: Path, after: int = 0) -> Entry | None:
    """The newest entry of the history that somebody's work left there after a given one; ``None`` for none.

    Raises:
        StoreError: the database cannot be read.
    """
    sql = (
        "SELECT seq, draft_id, path, at FROM history WHERE seq > ? AND path <> ?"
        " AND origin NOT IN ('sample', 'deleted') ORDER BY seq DESC LIMIT 1"
    )
    from pilotdesk.drafts.connection import trouble_of
    from pilotdesk.drafts.health import looking_at

    with trouble_of(database.parent), looking_at(database, alone=False) as connection:
        found = connection.execute(sql, (after, WHOLE_DRAFT)).fetchone()
    return Entry(*found) if found else None


class RunningMark:
    """The mark of this program in a data directory; a directory that cannot be written has none."""

    def __init__(self, data_folder: Path) -> None:
        self._path = data_folder / FILE_NAME
        self._file: IO[str] | None = None

    def set(self, seq: int) -> LastEnd | None:
        """Set the mark.

        Args:
            seq: number of the last entry of the history now.

        Returns:
            What an unclean end left; ``None`` after a clean one, and when another program has this data open.
        """
        try:
            self._file = self._path.open("a+", encoding="utf-8")
            if not _is_locked_for_us(self._file):
                self._let_go()
                return None
            self._file.seek(0)
            before = _read(self._file.read())
            self._file.truncate(0)
            self._file.write(json.dumps({"seq": seq}))
            self._file.flush()
        except OSError:
            self._let_go()
            return None
        return before

    def clear(self) -> None:
        """Take the mark away: a clean end. Nothing happens when it was not set."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.truncate(0)  # empty is no mark, if it cannot be removed
                if sys.platform != "win32":  # where an open file can be removed, nobody locks it in between
                    self._path.unlink()
            self._let_go()
            if sys.platform == "win32":
                with contextlib.suppress(OSError):
                    self._path.unlink()

    def _let_go(self) -> None:
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()
            self._file = None


def _read(text: str) -> LastEnd | None:
    """An empty file, or one that was not written to its end, says nothing."""
    try:
        return LastEnd(int(json.loads(text)["seq"]))
    except (ValueError, TypeError, KeyError):
        return None


def _is_locked_for_us(file: IO[str]) -> bool:
    if sys.platform == "win32":
        import msvcrt

        file.seek(_LOCKED_AT)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
