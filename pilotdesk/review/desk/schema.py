"""The shape of the desk's file: plain tables for programs, and views with Chinese names for people.

Everything in it can be opened with any SQLite browser, datasette or, through ODBC, Excel. What a unit handed in stands in
``answers``, which the file itself keeps from being changed, and so does the ``log``. Version history of
``PRAGMA user_version``: 1, the first. ``begun`` and ``beside`` came later without another number: see
:mod:`pilotdesk.review.desk.begun`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.errors import DeskError
from pilotdesk.review.desk.views import VIEWS

if TYPE_CHECKING:
    import sqlite3

CURRENT: Final = 1
"""The version that this program writes."""

MARK: Final = 0x50444B31
"""``PDK1`` in ``PRAGMA application_id``: tells a desk's file from any other database."""

_HANDED: Final = "key TEXT NOT NULL, number INTEGER NOT NULL"
_BY: Final = "at TEXT NOT NULL, who TEXT NOT NULL"
_ROUND: Final = "FOREIGN KEY (key, number) REFERENCES handed_in (key, number)"

BEGUN: Final = f"begun (paper TEXT PRIMARY KEY, typed TEXT NOT NULL, {_BY}) STRICT"
"""What was typed for a paper that is not made yet: its name, and a JSON object of texts by the names of their lines."""

BESIDE: Final = (
    "beside (key TEXT NOT NULL, number INTEGER NOT NULL, code TEXT NOT NULL, path TEXT NOT NULL, sentence TEXT NOT NULL,"
    " others TEXT NOT NULL, PRIMARY KEY (key, number, code, path, sentence)) STRICT"
)
"""Keys of the submissions that a finding beside others speaks of, with a line feed between them. It refers to nothing, so that
a program that does not know it goes on working with the file; what it left behind fits no finding any more."""

TABLES: Final = (
    "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    "CREATE TABLE pilot_field (code TEXT PRIMARY KEY, label TEXT NOT NULL) STRICT",
    "CREATE TABLE review_point (form TEXT NOT NULL, number INTEGER NOT NULL, label TEXT NOT NULL,"
    " PRIMARY KEY (form, number)) STRICT",
    "CREATE TABLE submission (key TEXT PRIMARY KEY, number INTEGER NOT NULL UNIQUE, latest INTEGER NOT NULL,"
    " merged_into TEXT NOT NULL DEFAULT '') STRICT",
    f"CREATE TABLE handed_in ({_HANDED}, {_BY}, intake TEXT NOT NULL, round TEXT NOT NULL, form TEXT NOT NULL,"
    " form_version INTEGER NOT NULL, points INTEGER NOT NULL, project TEXT NOT NULL, code TEXT NOT NULL,"
    " revision INTEGER NOT NULL, source TEXT NOT NULL, practice INTEGER NOT NULL, agreement TEXT NOT NULL,"
    " filled INTEGER NOT NULL, asked INTEGER NOT NULL, attachments INTEGER NOT NULL, missing_attachments TEXT NOT NULL,"
    " title TEXT NOT NULL, unit TEXT NOT NULL, uscc TEXT NOT NULL, unit_kind TEXT NOT NULL, region TEXT NOT NULL,"
    " field TEXT NOT NULL, directions TEXT NOT NULL, legal_representative TEXT NOT NULL, contact TEXT NOT NULL,"
    " phone TEXT NOT NULL, participants TEXT NOT NULL, pilot_before TEXT NOT NULL, credit_on TEXT NOT NULL,"
    " must INTEGER NOT NULL, ask INTEGER NOT NULL, hint INTEGER NOT NULL, changed INTEGER NOT NULL,"
    " material TEXT NOT NULL, pack_digest TEXT NOT NULL,"
    " PRIMARY KEY (key, number), FOREIGN KEY (key) REFERENCES submission (key)) STRICT",
    f"CREATE TABLE answers ({_HANDED}, intake TEXT NOT NULL, answers TEXT NOT NULL, seal TEXT NOT NULL,"
    f" PRIMARY KEY (key, number), {_ROUND}) STRICT",
    f"CREATE TABLE received_file ({_HANDED}, position INTEGER NOT NULL, place TEXT NOT NULL, size INTEGER NOT NULL,"
    " sha256 TEXT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL, sentence TEXT NOT NULL, revision INTEGER NOT NULL,"
    " code TEXT NOT NULL, draft INTEGER NOT NULL, filled INTEGER NOT NULL, asked INTEGER NOT NULL,"
    f" PRIMARY KEY (key, number, position), {_ROUND}) STRICT",
    f"CREATE TABLE finding ({_HANDED}, position INTEGER NOT NULL, code TEXT NOT NULL, severity TEXT NOT NULL,"
    " point INTEGER NOT NULL, sentence TEXT NOT NULL, clause TEXT NOT NULL, path TEXT NOT NULL, place TEXT NOT NULL,"
    f" label TEXT NOT NULL, crossed INTEGER NOT NULL, PRIMARY KEY (key, number, crossed, position), {_ROUND}) STRICT",
    f"CREATE TABLE differing ({_HANDED}, position INTEGER NOT NULL, path TEXT NOT NULL, label TEXT NOT NULL,"
    f" file TEXT NOT NULL, text TEXT NOT NULL, {_ROUND}) STRICT",
    "CREATE INDEX differing_round ON differing (key, number)",
    f"CREATE TABLE changed ({_HANDED}, position INTEGER NOT NULL, path TEXT NOT NULL, label TEXT NOT NULL,"
    f" before TEXT NOT NULL, after TEXT NOT NULL, PRIMARY KEY (key, number, position), {_ROUND}) STRICT",
    f"CREATE TABLE verdict ({_HANDED}, point INTEGER NOT NULL, verdict TEXT NOT NULL, {_BY},"
    f" PRIMARY KEY (key, number, point), {_ROUND}) STRICT",
    f"CREATE TABLE opinion ({_HANDED}, place TEXT NOT NULL, text TEXT NOT NULL, phrase TEXT NOT NULL, {_BY},"
    f" PRIMARY KEY (key, number, place), {_ROUND}) STRICT",
    f"CREATE TABLE conclusion ({_HANDED}, conclusion TEXT NOT NULL, reason TEXT NOT NULL, {_BY},"
    f" PRIMARY KEY (key, number), {_ROUND}) STRICT",
    f"CREATE TABLE pick (key TEXT PRIMARY KEY REFERENCES submission (key), rank INTEGER NOT NULL, reason TEXT NOT NULL,"
    f" {_BY}) STRICT",
    f"CREATE TABLE returned ({_HANDED}, slip TEXT NOT NULL, wanted INTEGER NOT NULL, due TEXT NOT NULL, {_BY},"
    f" PRIMARY KEY (key, number, slip), {_ROUND}) STRICT",
    f"CREATE TABLE slip ({_HANDED}, slip TEXT NOT NULL, content TEXT NOT NULL, PRIMARY KEY (key, number, slip),"
    f" {_ROUND}) STRICT",
    f"CREATE TABLE {BEGUN}",
    f"CREATE TABLE {BESIDE}",
    "CREATE TABLE phrase_used (phrase TEXT PRIMARY KEY, times INTEGER NOT NULL) STRICT",
    "CREATE TABLE former_pilot (position INTEGER PRIMARY KEY, unit TEXT NOT NULL, earlier TEXT NOT NULL,"
    " uscc TEXT NOT NULL, project TEXT NOT NULL, year TEXT NOT NULL, result TEXT NOT NULL, place TEXT NOT NULL) STRICT",
    f"CREATE TABLE log (seq INTEGER PRIMARY KEY AUTOINCREMENT, {_BY}, what TEXT NOT NULL, key TEXT NOT NULL,"
    " number INTEGER NOT NULL, place TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, why TEXT NOT NULL,"
    " undoes INTEGER NOT NULL) STRICT",
    "CREATE INDEX log_undoes ON log (undoes)",
)
"""Lists of texts stand in one column with a line feed between them. ``handed_in`` has the counts of its findings and changes.
``slip`` has what a return slip said, word for word, so that it can be given out again."""

RUNNING: Final = "running_intake"
"""Setting with the intake that is going on: only its own answers may still be replaced, while their files come in."""

CROSSED: Final = "crossed"
"""Setting with the state of the desk in which everything was laid side by side: see
:mod:`pilotdesk.review.desk.crossed_state`."""

_RUNNING: Final = f"coalesce((SELECT value FROM setting WHERE name = '{RUNNING}'), '')"  # noqa: S608

GUARDS: Final = (
    *(
        f"CREATE TRIGGER answers_stay_{name} BEFORE {name} ON answers"
        f" WHEN old.intake = '' OR old.intake <> {_RUNNING}"
        " BEGIN SELECT raise(ABORT, 'what a unit handed in is never changed'); END"
        for name in ("UPDATE", "DELETE")
    ),
    *(
        f"CREATE TRIGGER log_stays_{name} BEFORE {name} ON log"
        " BEGIN SELECT raise(ABORT, 'the log is only added to'); END"
        for name in ("UPDATE", "DELETE")
    ),
)


def make(connection: sqlite3.Connection) -> None:
    """Give an empty file its shape; the caller has a transaction open."""
    for statement in (*TABLES, *GUARDS, *VIEWS):
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {MARK}")
    connection.execute(f"PRAGMA user_version = {CURRENT}")


def require(connection: sqlite3.Connection, name: str) -> None:
    """Make sure that an open file is a desk's that this program can work with.

    Args:
        connection: to it.
        name: of the file, for the sentence.

    Raises:
        DeskError: ``desk_foreign``, ``desk_too_new``.
    """
    if connection.execute("PRAGMA application_id").fetchone()[0] != MARK:
        raise DeskError("desk_foreign", name=name)
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > CURRENT:
        raise DeskError("desk_too_new", name=name, version=version, known=CURRENT)
