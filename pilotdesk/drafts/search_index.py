"""Full-text search over all drafts: which of them contain some words, in titles, units and everything typed.

An index of pairs of neighbouring characters in FTS5. Measured with SQLite 3.40 over 3,000 drafts of 3,000 characters: its
own trigrams find nothing for words of two characters, which most Chinese words are, and take twice the room; looking
through the texts themselves takes longer than somebody who types will wait.

It is a file of its own beside the database, so that it costs a save nothing, is in no backup, and can be thrown away at any
time: it is brought up to date lazily, from the history, which every save appends to. What was read of a draft before is not
taken out of it, only no longer pointed to; when that has become the greater part, the file begins anew.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from typing import TYPE_CHECKING, Final

from pilotdesk.drafts.connection import BUSY_MS, FILE_NAME, trouble_of
from pilotdesk.drafts.health import looking_at
from pilotdesk.drafts.looking import sqlite_uri
from pilotdesk.drafts.transactions import transaction
from pilotdesk.forms.folding import half_width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    _Entry = tuple[int, str, str, str]

INDEX_NAME: Final = "search.db"
AT_ONCE: Final = 200
"""Drafts that one :meth:`SearchIndex.catch_up` reads, so that other work gets its turn in between."""

_SHAPE: Final = 1
_MOST_SIGNS: Final = 100
"""Of what somebody searches for; a pasted page is found by its beginning."""

_STALE: Final = 500
"""Texts no longer pointed to that are always let be."""

_NO_TEXT: Final = frozenset({"sha256", "media_type", "size", "pages", "id", "parent"})
_SIGNS: Final = {code: code + 0xFEE0 for code in range(0x21, 0x7F) if not chr(code).isalnum()}
"""The tokenizer ends a word at every ASCII sign; their wide twins are letters to it."""

_TABLES: Final = (
    "CREATE TABLE mark (seq INTEGER NOT NULL, draft_id TEXT NOT NULL, path TEXT NOT NULL, at TEXT NOT NULL)",
    "CREATE TABLE text (doc INTEGER PRIMARY KEY AUTOINCREMENT, draft_id TEXT NOT NULL UNIQUE)",
    "CREATE VIRTUAL TABLE pair USING fts5(pairs, content='', columnsize=0, tokenize='ascii')",
    f"PRAGMA user_version = {_SHAPE}",
)

_COUNT: Final = "SELECT (SELECT count(*) FROM draft) - (SELECT count(*) FROM draft WHERE deleted <> '')"
_ENTRY: Final = "SELECT seq, draft_id, path, at FROM history"


class SearchIndex:
    """The index of a data directory; every call opens what it needs, so any thread may call.

    Args:
        data_folder: the data directory.
    """

    def __init__(self, data_folder: Path) -> None:
        self._path = data_folder / INDEX_NAME
        self._source = data_folder / FILE_NAME

    def find(self, words: str) -> frozenset[str]:
        """Ids of the drafts that have every one of the words, as far as the index is up to date.

        Args:
            words: parted by blanks; in a word every sign counts except upper and lower case and width.
        """
        asked = _asked(words)
        if not asked or not self._path.exists():
            return frozenset()
        try:
            with contextlib.closing(
                sqlite3.connect(sqlite_uri(self._path.absolute(), "mode=ro"), uri=True)
            ) as db:
                return frozenset(
                    draft_id
                    for (draft_id,) in db.execute(
                        "SELECT draft_id FROM text JOIN pair ON pair.rowid = text.doc WHERE pair MATCH ?",
                        (asked,),
                    )
                )
        except sqlite3.DatabaseError:  # half-made or damaged: the next catch_up makes it anew
            return frozenset()

    def catch_up(self, progress: Callable[[int, int], None] | None = None, *, most: int = AT_ONCE) -> int:
        """Read what changed since the last time, and drafts that were never read.

        Args:
            progress: called with (drafts read, drafts to read) before each; may raise to stop.
            most: drafts to read now.

        Returns:
            How many drafts are still to be read; 0 when everything can be found.

        Raises:
            StoreError: ``store_unwritable``, ``store_full``, ``store_busy``; ``store_damaged`` when the drafts cannot be
                read.
        """
        with trouble_of(self._path.parent):
            try:
                return self._catch_up(progress, most)
            except sqlite3.DatabaseError as trouble:
                if not _is_damage(trouble):
                    raise
                self.throw_away()  # it can always be made again
            return self._catch_up(progress, most)

    def _catch_up(self, progress: Callable[[int, int], None] | None, most: int) -> int:
        with self._writing() as db, looking_at(self._source, alone=False) as drafts:
            waiting = _waiting(db, drafts)
            for at, draft_id in enumerate(waiting[:most]):
                if progress is not None:
                    progress(at, len(waiting))
                pairs = _pairs(_texts_of(drafts, draft_id))
                doc = db.execute("INSERT INTO text (draft_id) VALUES (?)", (draft_id,)).lastrowid
                db.execute("INSERT INTO pair (rowid, pairs) VALUES (?, ?)", (doc, pairs))
            return max(0, len(waiting) - most)

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, made durable when the system likes: after a power cut what is missing is read again."""
        with contextlib.closing(sqlite3.connect(self._path, isolation_level=None)) as db:
            db.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = NORMAL")
            with transaction(db):
                _make_ready(db)
                yield db

    def throw_away(self) -> None:
        """Have the next :meth:`catch_up` make it anew, so that no word of what went for good is left in it."""
        for ending in ("", "-wal", "-shm"):
            with contextlib.suppress(OSError):  # somebody reads it: it goes the next time
                self._path.with_name(INDEX_NAME + ending).unlink(missing_ok=True)


def _is_damage(trouble: sqlite3.DatabaseError) -> bool:
    return getattr(trouble, "sqlite_errorcode", 0) & 0xFF in {
        sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR,
    }  # fmt: skip


# -- what is to be read --------------------------------------------------------------------------


def _make_ready(db: sqlite3.Connection) -> None:
    """Make the tables; anew where they are of another shape, or mostly point nowhere."""
    if db.execute("PRAGMA user_version").fetchone()[0] == _SHAPE:
        read, ever = db.execute("SELECT count(*), max(doc) FROM text").fetchone()
        if (ever or 0) - read <= max(read, _STALE):
            return
    for table in ("mark", "text", "pair"):
        db.execute(f"DROP TABLE IF EXISTS {table}")
    for statement in _TABLES:
        db.execute(statement)


def _waiting(db: sqlite3.Connection, drafts: sqlite3.Connection) -> list[str]:
    """Ids of the drafts to be read, those that were read before first; notes up to where the history was seen."""
    mark = db.execute("SELECT seq, draft_id, path, at FROM mark").fetchone()
    last = drafts.execute(f"{_ENTRY} ORDER BY seq DESC LIMIT 1").fetchone()
    if mark and not _goes_on(drafts, mark, last):
        db.execute("DELETE FROM text")
        mark = None
    if (
        last == mark
        and db.execute("SELECT count(*) FROM text").fetchone() == drafts.execute(_COUNT).fetchone()
    ):
        return []
    if last and last != mark:
        db.execute("DELETE FROM mark")
        db.execute("INSERT INTO mark VALUES (?, ?, ?, ?)", last)
    since = (mark[0] if mark else last[0] if last else 0,)
    changed = drafts.execute("SELECT DISTINCT draft_id FROM history WHERE seq > ?", since).fetchall()
    db.executemany("DELETE FROM text WHERE draft_id = ?", changed)
    known = {draft_id for (draft_id,) in db.execute("SELECT draft_id FROM text")}
    there = [
        draft_id
        for (draft_id,) in drafts.execute(
            "SELECT draft_id FROM draft WHERE deleted = '' ORDER BY updated DESC"
        )
    ]
    gone = known.difference(there)
    db.executemany("DELETE FROM text WHERE draft_id = ?", ((draft_id,) for draft_id in gone))
    return [draft_id for draft_id in there if draft_id not in known]


def _goes_on(drafts: sqlite3.Connection, mark: _Entry, last: _Entry | None) -> bool:
    """Whether the history is the one that was read, thinned perhaps; another was put back from a copy."""
    found = drafts.execute(f"{_ENTRY} WHERE seq = ?", mark[:1]).fetchone()
    return last is not None and last[0] >= mark[0] and found in {None, mark}


# -- texts ---------------------------------------------------------------------------------------


def _texts_of(drafts: sqlite3.Connection, draft_id: str) -> Iterator[str]:
    stored = drafts.execute(
        "SELECT facts FROM draft WHERE draft_id = ?1 UNION ALL SELECT value FROM answer WHERE draft_id = ?1"
        " UNION ALL SELECT cells FROM table_row WHERE draft_id = ?1",
        (draft_id,),
    )
    for (text,) in stored:
        yield from texts_in(json.loads(text))


def texts_in(stored: object) -> Iterator[str]:
    """What can be read of a stored value, as it stands there: see :mod:`pilotdesk.forms.json_values`."""
    if isinstance(stored, str):
        yield stored
    elif isinstance(stored, dict):
        for name, content in stored.items():
            if name not in _NO_TEXT:
                yield from texts_in(content)
    elif isinstance(stored, list):
        for content in stored:
            yield from texts_in(content)
    elif stored is not None:
        yield str(stored)


def folded(text: str) -> str:
    """Text as it is compared: without blanks, one width, small letters. Signs are wide: to the tokenizer letters, too."""
    return "".join(half_width(text).lower().split()).translate(_SIGNS)


def _pairs(texts: Iterable[str]) -> str:
    """Every character with the one after it; the last alone, which also keeps two texts apart."""
    made = map(folded, texts)
    return " ".join(f"{' '.join(map(str.__add__, text, text[1:]))} {text[-1]}" for text in made if text)


def words_in(typed: str) -> tuple[str, ...]:
    """The words of what somebody searches for, folded; those of a pasted page end somewhere."""
    return tuple(filter(None, map(folded, typed[:_MOST_SIGNS].split())))


def _asked(typed: str) -> str:
    """The query: pairs that follow each other for every word, and any pair that begins with a word of one sign."""
    return " AND ".join(
        f'"{" ".join(map(str.__add__, word, word[1:]))}"' if len(word) > 1 else f'"{word}"*'
        for word in words_in(typed)
    )
