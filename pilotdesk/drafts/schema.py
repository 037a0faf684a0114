"""The database's shape and its migrations: forward only, in order, each in one transaction, a backup first.

History of ``PRAGMA user_version``:

* 1 — projects, drafts, answers, rows, answered warnings, history, attachments, exports.
* 2 — several drafts a project: what was carried into a draft, its attic, dates of a project, who wrote; the contents of
  attachments move into files of their own.
* 3 — versions with a name in a draft's history; exports say up to which entry of it they hold.
* 4 — shares: which parts of a draft are in whose hands, and what it said when they were handed out.
* 5 — deleted drafts stay, marked with when and by whom.
* 6 — return slips: what the province sent back, and what the unit says of each line.
"""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, Final

from pilotdesk.drafts.transactions import transaction
from pilotdesk.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path

    from sqlite_utils import Database

CURRENT: Final = 6
"""The version that this program writes; as many as there are steps."""


def version_of(connection: sqlite3.Connection) -> int:
    """The stored version; 0 for an empty file.

    Raises:
        StoreError: ``store_too_new`` when a newer program wrote it.
    """
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > CURRENT:
        raise StoreError("store_too_new", version=version, known=CURRENT)
    return version


def migrate(db: Database, version: int, folder: Path) -> None:
    """Bring a database from ``version`` to :data:`CURRENT`; a step that fails leaves its version as it was.

    Args:
        db: the database.
        version: what it is now.
        folder: the data directory it is in.

    Raises:
        StoreError: ``store_unwritable`` or ``store_full`` when attachments cannot be moved out of it.
    """
    from pilotdesk.drafts.schema_steps import STEPS

    for number in range(version, CURRENT):
        with transaction(db.conn):
            STEPS[number](db, folder)
            db.conn.execute(f"PRAGMA user_version = {number + 1}")
    if version:
        # What moved out leaves empty pages, which every backup would copy. Without room to tidy up they stay.
        with contextlib.suppress(sqlite3.OperationalError):
            db.conn.execute("VACUUM")
