"""Whether what a database keeps can be read as the program reads it; SQLite takes any bytes for text and any text for JSON."""

from __future__ import annotations

import json
from collections import deque
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from pilotdesk.drafts.records import DraftFacts
from pilotdesk.drafts.returned import returned_from_json
from pilotdesk.drafts.share import share_from_json
from pilotdesk.drafts.stored_json import values_of_text
from pilotdesk.forms.json_values import from_json
from pilotdesk.record import decoded

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping


def _value(text: str) -> object:
    return from_json(json.loads(text))


def _dates(text: str) -> object:
    return [date.fromisoformat(day) for day in json.loads(text).values()]


def _facts(text: str) -> object:
    return decoded(text, DraftFacts)


def _share(text: str) -> object:
    return share_from_json(json.loads(text))


def _returned(text: str) -> object:
    return returned_from_json(json.loads(text))


_READERS: Final[dict[tuple[str, str], tuple[Callable[[str], object], str]]] = {
    ("project", "dates"): (_dates, "dates <> '{}'"),
    ("draft", "facts"): (_facts, "1"),
    ("draft", "carried"): (values_of_text, "carried <> '{}'"),
    ("answer", "value"): (_value, "json_type(value) NOT IN ('text', 'integer', 'null')"),
    ("table_row", "cells"): (values_of_text, "1"),
    ("attic", "value"): (_value, "1"),
    ("share", "content"): (_share, "1"),
    ("returned", "content"): (_returned, "1"),
}
"""Table and column to what reads it, and which of its rows need more than being JSON. The history is not among them: an entry
that means nothing any more is shown as it stands."""


def is_row_readable(table: str, row: Mapping[str, Any]) -> bool:
    """Whether a row of a table, column to what is stored, means something; columns that are not in it are not asked for."""
    try:
        for (of_table, column), (reader, _which) in _READERS.items():
            if of_table == table and column in row:
                reader(row[column])
    except (ValueError, TypeError, KeyError, AttributeError):
        return False
    return True


def is_readable(connection: sqlite3.Connection) -> bool:
    """Look at everything that is kept, of a database of any version.

    Raises:
        sqlite3.DatabaseError: text that is no text any more, or no way to it.
    """
    columns = _texts(connection)
    for table, names in columns.items():
        listed = ", ".join(f'"{name}"' for name in names)
        deque(connection.execute(f"SELECT {listed} FROM {table}"), maxlen=0)  # noqa: S608  reads all, keeps none
    for table in ("answer", "history"):
        if connection.execute(f"SELECT 1 FROM {table} WHERE NOT json_valid(value) LIMIT 1").fetchone():  # noqa: S608
            return False
    try:
        for (table, column), (reader, which) in _READERS.items():
            if column in columns.get(table, ()):
                for (text,) in connection.execute(f"SELECT {column} FROM {table} WHERE {which}"):  # noqa: S608
                    reader(text)
    except (ValueError, TypeError, KeyError, AttributeError):
        return False
    return True


def _texts(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Every table of ours with its columns of text."""
    tables = connection.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%'"
    ).fetchall()
    return {
        table: [
            name for _, name, kind, *_ in connection.execute(f"PRAGMA table_info({table})") if kind == "TEXT"
        ]
        for (table,) in tables
    }
