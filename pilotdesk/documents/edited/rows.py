"""Rows of a list table found again: by their bookmarks, by what stands in them, and last by where they stand."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.digest import canonical, fingerprint
from pilotdesk.documents.edited.aligning import chain
from pilotdesk.documents.edited.base import marked
from pilotdesk.forms.values import cell_path, split_cell_path
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pilotdesk.documents.edited.paper import PaperRow

_COMMON: Final = 40
"""A text in more rows than this says nothing about which row it is."""
_ENOUGH: Final = 0.5
_ALIKE: Final = 0.5
_LONGEST_GAP: Final = 60
_WHOLE: Final = 0.8
"""Share of a row's words that a copy of it has, words typed into it or not."""
_SHARE: Final = {True: 0.5, False: 0.25}
"""Part of a row's cells that has to be unchanged, where other rows still have their bookmarks, and where none has."""


class Known(Record, frozen=True, kw_only=True):
    """What is known of a table's rows.

    Attributes:
        table: its field. ids: the rows that it was written with, in order.
        columns: of each printed column the names of those in it.
        prints: cell path to the fingerprint of its text. texts: row id to all its words, as the draft has them now.
    """

    table: str
    ids: tuple[str, ...]
    columns: tuple[tuple[str, ...], ...]
    prints: Mapping[str, bytes]
    texts: Mapping[str, str]

    def path(self, row_id: str, column: int) -> str:
        """The path that a printed column is noted under; empty for one that is worked out."""
        names = self.columns[column]
        return cell_path(self.table, row_id, names[0]) if names else ""


def matched_rows(
    rows: Sequence[PaperRow], known: Known, marks: Mapping[str, str]
) -> dict[int, tuple[str, float]]:
    """Place of a row in the file to its id, and how sure that is (0…1); rows that are new are left out.

    Args:
        rows: the rows of the file that hold answers, each with a cell for every printed column.
        known: the rows that are expected.
        marks: see :func:`pilotdesk.documents.edited.base.marks_of`.
    """
    found = {place: (row_id, 0.95) for place, row_id in _by_marks(rows, known, marks).items()}
    healthy = 2 * len(found) >= len(known.ids) > 0
    taken = {row_id for row_id, _ in found.values()}
    for place, row_id in _by_texts(rows, known, set(found), taken, _SHARE[healthy]).items():
        found[place] = (row_id, 0.8)
    for place, row_id in _by_place(rows, known, {p: row_id for p, (row_id, _) in found.items()}, healthy):
        found[place] = (row_id, 0.5)
    return found


def _by_marks(rows: Sequence[PaperRow], known: Known, marks: Mapping[str, str]) -> dict[int, str]:
    """Each row goes to the id that most of its bookmarks name; of several rows to the one with most."""
    claims: list[tuple[int, int, str]] = []
    ids = set(known.ids)
    for place, row in enumerate(rows):
        named = (split_cell_path(marked(marks, name)) for name in row.marks)
        counted = Counter(one[1] for one in named if one and one[0] == known.table and one[1] in ids)
        claims += [(-count, place, row_id) for row_id, count in counted.items()]
    found: dict[int, str] = {}
    taken: set[str] = set()
    for _, place, row_id in sorted(claims):
        if place not in found and row_id not in taken:
            found[place] = row_id
            taken.add(row_id)
    return found


def _by_texts(
    rows: Sequence[PaperRow], known: Known, found: set[int], taken: set[str], share: float
) -> dict[int, str]:
    """Rows whose texts are unchanged; a text that few rows have counts more than one that many have."""
    owners: dict[tuple[int, bytes], list[str]] = {}
    nothing = fingerprint("")
    for row_id in known.ids:
        for column in range(len(known.columns)) if row_id not in taken else ():
            seen = known.prints.get(known.path(row_id, column), nothing)
            if seen != nothing:
                owners.setdefault((column, seen), []).append(row_id)
    order = {row_id: number for number, row_id in enumerate(known.ids)}
    votes: list[tuple[float, int, int, str]] = []
    for place, row in enumerate(rows):
        if place in found:
            continue
        weights, hits, filled = _votes(row, known, owners)
        votes += [
            (-weight, abs(order[row_id] - place), place, row_id)
            for row_id, weight in weights.items()
            if weight >= _ENOUGH and hits[row_id] >= share * filled
        ]
    made: dict[int, str] = {}
    for _, _, place, row_id in sorted(votes):
        if place not in made and row_id not in taken:
            made[place] = row_id
            taken.add(row_id)
    return made


def _votes(
    row: PaperRow, known: Known, owners: Mapping[tuple[int, bytes], Sequence[str]]
) -> tuple[dict[str, float], Counter[str], int]:
    """Weight and number of the cells that speak for each row, and how many cells hold anything."""
    weights: dict[str, float] = {}
    hits: Counter[str] = Counter()
    filled = 0
    for column, cell in enumerate(row.cells[: len(known.columns)]):
        if not known.columns[column] or not canonical(cell.text):
            continue
        filled += 1
        listed = owners.get((column, fingerprint(cell.text)), ())
        for row_id in listed if len(listed) <= _COMMON else ():
            weights[row_id] = weights.get(row_id, 0.0) + 1 / len(listed)
            hits[row_id] += 1
    return weights, hits, filled


def _by_place(
    rows: Sequence[PaperRow], known: Known, found: Mapping[int, str], healthy: bool
) -> list[tuple[int, str]]:
    """Rows between two that are known are those that stood between them; the last resort."""
    order = {row_id: number for number, row_id in enumerate(known.ids)}
    kept = chain((order[row_id], place, 1.0) for place, row_id in found.items())
    taken = set(found.values())
    made: list[tuple[int, str]] = []
    edges = [(-1, -1), *kept.items(), (len(known.ids), len(rows))]
    for (number, place), (next_number, next_place) in pairwise(edges):
        ids = [row_id for row_id in known.ids[number + 1 : next_number] if row_id not in taken]
        places = [one for one in range(place + 1, next_place) if one not in found and rows[one].text]
        if not ids or not places:
            continue
        if max(len(ids), len(places)) <= _LONGEST_GAP:
            places = [one for one in places if not _is_copy(rows, known, ids, one, found)]
        if not healthy and len(ids) == len(places):
            made += zip(places, ids, strict=True)
        else:
            made += _alike(rows, known, ids[:_LONGEST_GAP], places[:_LONGEST_GAP])
    return made


def _is_copy(
    rows: Sequence[PaperRow], known: Known, ids: Sequence[str], place: int, found: Mapping[int, str]
) -> bool:
    """Whether a row was copied from the known one above or below it, all of which it has, and less of any that is missing."""
    beside = [rows[one].text for one in (place - 1, place + 1) if one in found]
    most = max((_share(text, rows[place].text) for text in beside), default=0.0)
    return most >= _WHOLE and most > max(
        _share(known.texts.get(row_id, ""), rows[place].text) for row_id in ids
    )


def _share(words: str, text: str) -> float:
    """How much of the words stands in a text in the same order, 0…1."""
    blocks = SequenceMatcher(None, words, text, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(words) if words else 0.0


def _alike(
    rows: Sequence[PaperRow], known: Known, ids: Sequence[str], places: Sequence[int]
) -> list[tuple[int, str]]:
    pairs = []
    for number, row_id in enumerate(ids):
        for at, place in enumerate(places):
            ratio = SequenceMatcher(
                None, known.texts.get(row_id, ""), rows[place].text, autojunk=False
            ).ratio()
            if ratio >= _ALIKE:
                pairs.append((number, at, ratio))
    return [(places[at], ids[number]) for number, at in chain(pairs).items()]
