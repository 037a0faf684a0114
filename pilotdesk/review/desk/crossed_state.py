"""Whether everything at a desk has been laid side by side: the state of the desk in which that was done last.

It is noted when it has come to an end. A desk that was closed, or whose computer went off, before the end is another one than
noted, and so is one that an older program left, which may not have known all that shows; it is done when that is opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk import __version__
from pilotdesk.review.desk.schema import CROSSED

if TYPE_CHECKING:
    import sqlite3

    from pilotdesk.review.desk.connection import DeskConnection


def state_of(connection: DeskConnection) -> str:
    """A mark of all that is laid side by side, and of the program that does it.

    It is another one once something was taken in or the list of former pilots was replaced; empty while nothing is there.

    Raises:
        DeskError: see :class:`pilotdesk.review.desk.connection.DeskConnection`.
    """
    ((standing, last),) = connection.read(
        "SELECT (SELECT count(*) FROM submission WHERE merged_into = ''),"
        " (SELECT max(seq) FROM log WHERE what IN ('take', 'former'))"
    )
    return f"{__version__} {standing} {last}" if standing else ""


def is_crossed(connection: DeskConnection) -> bool:
    """Whether that was done in the state in which the desk is; with nothing there is nothing to do.

    Raises:
        DeskError: see :class:`pilotdesk.review.desk.connection.DeskConnection`.
    """
    noted = connection.read("SELECT value FROM setting WHERE name = ?", (CROSSED,))
    return state_of(connection) in {"", *(value for (value,) in noted)}


def note_crossed(writing: sqlite3.Connection, state: str) -> None:
    """Note that it was done; ``state`` as it was before anything was read for it."""
    writing.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (CROSSED, state))
