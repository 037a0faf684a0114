"""Decisions: each gives one place at the desk a new content, logs the old and the new one, and can be taken back.

A place is named by what is decided, the submission, the round of handing in and where in it. Its content is plain JSON. The
tables hold the contents as they are now, the log all that they ever were, so either can be made of the other
(:func:`replayed`).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import msgspec

from pilotdesk.errors import DeskError
from pilotdesk.record import Record
from pilotdesk.review.desk.log_table import NOTHING, append, last_standing
from pilotdesk.review.desk.records import LogEntry

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from pilotdesk.review.desk.connection import DeskConnection

Content = dict[str, Any]
"""What a place holds, column to value."""


class Place(Record, frozen=True):
    """Where something is decided: ``what`` is a name in :data:`DECISIONS`; the rest may be empty."""

    what: str
    key: str = ""
    number: int = 0
    place: str = ""


class Made(Record, frozen=True):
    """By whom, when (UTC stamp) and why."""

    at: str
    who: str
    why: str = ""


class _Table(Record, frozen=True):
    """A table of contents: the columns that find a row and those that are its content."""

    name: str
    found_by: tuple[str, ...]
    content: tuple[str, ...]
    has_maker: bool = True


_TABLES: Final = {
    "verdict": _Table("verdict", ("key", "number", "point"), ("verdict",)),
    "opinion": _Table("opinion", ("key", "number", "place"), ("text", "phrase")),
    "conclusion": _Table("conclusion", ("key", "number"), ("conclusion", "reason")),
    "pick": _Table("pick", ("key",), ("rank", "reason")),
    "returned": _Table("returned", ("key", "number", "slip"), ("wanted", "due")),
    "setting": _Table("setting", ("name",), ("value",), has_maker=False),
}
RANKING: Final = "ranking"
"""The order of the picks is one decision over all of them: key to rank."""
DECISIONS: Final = frozenset({*_TABLES, RANKING})


def decide(
    connection: DeskConnection, place: Place, content: Content | None, made: Made, *, undoes: int = 0
) -> bool:
    """Give a place its content, and log it, in one transaction.

    Args:
        connection: to the desk's file.
        place: what is decided.
        content: ``None`` takes away what was there.
        made: by whom, when and why.
        undoes: entry of the log that is taken back with it.

    Returns:
        Whether anything changed; what is there already is not logged again.
    """
    with connection.writing() as writing:
        before = content_at(connection, place)
        if before == content and not undoes:
            return False
        _put(writing, place, content, made)
        entry = LogEntry(
            seq=0, at=made.at, who=made.who, what=place.what, key=place.key, number=place.number, place=place.place,
            before=_json(before), after=_json(content), why=made.why, undoes=undoes,
        )  # fmt: skip
        append(writing, entry)
    return True


def undo(connection: DeskConnection, made: Made) -> LogEntry:
    """Take back the last decision that still stands.

    Returns:
        The entry that was taken back.

    Raises:
        DeskError: ``desk_nothing_to_undo``.
    """
    with connection.writing():
        entry = last_standing(connection, DECISIONS)
        if entry is None:
            raise DeskError("desk_nothing_to_undo")
        place = Place(entry.what, entry.key, entry.number, entry.place)
        decide(connection, place, json.loads(entry.before), made, undoes=entry.seq)
    return entry


def content_at(connection: DeskConnection, place: Place) -> Content | None:
    """What a place holds now; ``None`` for nothing."""
    if place.what == RANKING:
        return dict(connection.read("SELECT key, rank FROM pick ORDER BY key"))
    table = _TABLES[place.what]
    rows = connection.read(
        f"SELECT {', '.join(table.content)} FROM {table.name} WHERE {_match(table)}",  # noqa: S608
        _key_of(table, place),
    )
    return dict(zip(table.content, rows[0], strict=True)) if rows else None


def replayed(log: Iterable[LogEntry]) -> dict[Place, Content]:
    """What all places hold after these entries of the log, from nothing."""
    held: dict[Place, Content] = {}
    for entry in log:
        if entry.what not in DECISIONS:
            continue
        content = json.loads(entry.after)
        place = Place(entry.what, entry.key, entry.number, entry.place)
        if entry.what == RANKING:
            for key, rank in content.items():
                held[Place("pick", key)] = {**held[Place("pick", key)], "rank": rank}
        elif content is None:
            held.pop(place, None)
        else:
            held[place] = content
    return held


def standing(connection: DeskConnection) -> dict[Place, Content]:
    """What all places hold by the tables, for :func:`replayed`."""
    held: dict[Place, Content] = {}
    for what, table in _TABLES.items():
        for row in connection.read_named(f"SELECT * FROM {table.name}"):  # noqa: S608
            held[_place_of(what, table, row)] = {name: row[name] for name in table.content}
    return held


def _place_of(what: str, table: _Table, row: Content) -> Place:
    within = [str(row[name]) for name in table.found_by if name not in {"key", "number"}]
    return Place(what, row.get("key", ""), row.get("number", 0), "".join(within))


def _key_of(table: _Table, place: Place) -> tuple[object, ...]:
    own = {
        "key": place.key,
        "number": place.number,
        "point": int(place.place) if place.place.isdecimal() else 0,
    }
    return tuple(own.get(name, place.place) for name in table.found_by)


def _put(connection: sqlite3.Connection, place: Place, content: Content | None, made: Made) -> None:
    if place.what == RANKING:
        for key, rank in (content or {}).items():
            connection.execute("UPDATE pick SET rank = ? WHERE key = ?", (rank, key))
        return
    table = _TABLES[place.what]
    if content is None:
        connection.execute(f"DELETE FROM {table.name} WHERE {_match(table)}", _key_of(table, place))  # noqa: S608
        return
    by = (made.at, made.who) if table.has_maker else ()
    names = (*table.found_by, *table.content, *(("at", "who") if by else ()))
    values = (*_key_of(table, place), *(content[name] for name in table.content), *by)
    marks = ",".join("?" * len(values))
    connection.execute(f"INSERT OR REPLACE INTO {table.name} ({', '.join(names)}) VALUES ({marks})", values)  # noqa: S608


def _match(table: _Table) -> str:
    return " AND ".join(f"{name} = ?" for name in table.found_by)


def _json(content: Content | None) -> str:
    return NOTHING if content is None else msgspec.json.encode(content).decode()
