"""Where in a draft the words of a search stand: in which fields and cells, and at which signs of their texts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from pilotdesk.drafts.connection import FILE_NAME, reading_what_was_kept, trouble_of
from pilotdesk.drafts.health import looking_at
from pilotdesk.drafts.search_index import folded, texts_in, words_in
from pilotdesk.forms.values import cell_path
from pilotdesk.record import Record

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

BEFORE: Final = 12
"""Signs shown before the first hit of a text."""
AROUND: Final = 120
"""Signs shown from there on; more than any window has room for."""

Pieces = tuple[tuple[str, bool], ...]
"""A text in parts, each with whether it is what was searched for."""


class Hit(Record, frozen=True, kw_only=True):
    """A field or a cell that has a word.

    Attributes:
        draft_id: the draft. path: the field, the person part or the cell.
        row: place of the row in its table, from 1 on; 0 where it is no cell.
        text: as it is stored. words: how many of the words it has.
    """

    draft_id: str
    path: str
    row: int
    text: str
    words: int


def hits_in(data_folder: Path, draft_ids: Collection[str], typed: str) -> Mapping[str, tuple[Hit, ...]]:
    """Every field and cell of some drafts that has any of the words: draft id to hits; nothing for a draft without one.

    Raises:
        StoreError: the database cannot be read.
    """
    words = words_in(typed)
    found: dict[str, list[Hit]] = {}
    if not words or not draft_ids:
        return {}
    with (
        trouble_of(data_folder),
        reading_what_was_kept(data_folder),
        looking_at(data_folder / FILE_NAME, alone=False) as connection,
    ):
        for draft_id, path, row, stored in _stored(connection, draft_ids):
            hit = _best(draft_id, path, row, stored, words)
            if hit is not None:
                found.setdefault(draft_id, []).append(hit)
    return {draft_id: tuple(hits) for draft_id, hits in found.items()}


def _stored(
    connection: sqlite3.Connection, draft_ids: Collection[str]
) -> Iterator[tuple[str, str, int, object]]:
    """Draft, path, place of the row and stored value of every answer and every cell."""
    marks = ", ".join("?" * len(draft_ids))
    answers = f"SELECT draft_id, path, value FROM answer WHERE draft_id IN ({marks})"  # noqa: S608
    for draft_id, path, text in connection.execute(answers, [*draft_ids]):
        yield draft_id, path, 0, json.loads(text)
    rows = (
        "SELECT draft_id, table_name, row_id, position, cells FROM table_row"  # noqa: S608
        f" WHERE draft_id IN ({marks}) ORDER BY table_name, position"
    )
    for draft_id, table, row_id, position, cells in connection.execute(rows, [*draft_ids]):
        for column, stored in json.loads(cells).items():
            yield draft_id, cell_path(table, row_id, column), position + 1, stored


def _best(draft_id: str, path: str, row: int, stored: object, words: tuple[str, ...]) -> Hit | None:
    """The text of a value that has most of the words; ``None`` where none has any."""
    best = None
    for text in texts_in(stored):
        compared = folded(text)
        count = sum(word in compared for word in words)
        if count > (best.words if best else 0):
            best = Hit(draft_id=draft_id, path=path, row=row, text=text, words=count)
    return best


def pieces_of(text: str, typed: str) -> Pieces:
    """A text from shortly before the longest of the words on, with every hit by itself; line ends are blanks in it.

    What is left out is shown as ``…``. Blanks inside a hit belong to it.
    """
    marked = [False] * len(text)
    first = 0
    for word in sorted(words_in(typed), key=len):  # the longest has the last say: it tells most
        hits = tuple(_hits(text, word))
        for hit in hits:
            marked[hit] = [True] * len(marked[hit])
        first = hits[0].start if hits else first
    begin = max(0, first - BEFORE)
    end = min(len(text), begin + AROUND)
    parts: list[tuple[str, bool]] = [("…", False)] if begin else []
    for sign, is_hit in zip(text[begin:end], marked[begin:end], strict=True):
        sign = " " if sign.isspace() else sign
        if parts and parts[-1][1] == is_hit:
            parts[-1] = (parts[-1][0] + sign, is_hit)
        else:
            parts.append((sign, is_hit))
    if end < len(text):
        parts.append(("…", False))
    return tuple(parts)


def _hits(text: str, word: str) -> Iterator[slice]:
    """Where a folded word stands in a text."""
    places: list[int] = []
    compared = ""
    for at, sign in enumerate(text):
        one = folded(sign)
        compared += one
        places += [at] * len(one)
    begin = compared.find(word)
    while begin >= 0:
        yield slice(places[begin], places[begin + len(word) - 1] + 1)
        begin = compared.find(word, begin + len(word))
