"""Two versions of a draft side by side: which fields differ, in which rows and cells, and in which characters.

Rows are joined by their ids, so a row that was moved is said to be moved, and one that was changed is not one that went and
one that came. Characters are compared word by word: a Chinese character is one, so is a run of Latin letters or of digits.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from difflib import SequenceMatcher
from itertools import groupby
from typing import TYPE_CHECKING, Final, Literal

from pilotdesk.forms.values import Row, Value
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pilotdesk.forms.values import Scalar

Kind = Literal["same", "gone", "come"]
_Placed = tuple[int, Row]

_WORD: Final = re.compile(r"[A-Za-z]+|\d+(?:\.\d+)?|\s+|.", re.DOTALL)
_SENTENCE: Final = re.compile(r"[^。；！？\n]*[。；！？\n]?")
_MOST_WORDS: Final = 4_000_000
"""Words before times words after; beyond it a passage counts as replaced, so that nobody waits."""
_ISLAND: Final = 1
"""A word that stayed alone between two changes is shown as changed with them: nobody reads such scraps."""


class Piece(Record, frozen=True):
    """A run of characters that stayed, went or came."""

    text: str
    kind: Kind


class FieldChange(Record, frozen=True, kw_only=True):
    """A field whose answer differs.

    Attributes:
        path: a field or a person part, or a whole table. before, after: ``None`` is unanswered.
        rows: what happened to the rows of a table; empty elsewhere.
    """

    path: str
    before: Value
    after: Value
    rows: tuple[RowChange, ...] = ()


class RowChange(Record, frozen=True, kw_only=True):
    """One row that differs.

    Attributes:
        before, after: the row; ``None`` where it is not there. place_before, place_after: 1…n, 0 where it is not there.
        moved: whether it stands elsewhere among the rows that stayed, or under another node.
        columns: names of those whose cells differ.
    """

    before: Row | None
    after: Row | None
    place_before: int
    place_after: int
    moved: bool
    columns: tuple[str, ...]


def compare(before: Mapping[str, Value], after: Mapping[str, Value]) -> tuple[FieldChange, ...]:
    """The fields that differ, in the order of ``after``, those that are gone last."""
    paths = dict.fromkeys((*after, *before))
    return tuple(
        FieldChange(path=path, before=old, after=new, rows=compare_rows(rows_of(old), rows_of(new)))
        for path in paths
        if not _is_same(old := before.get(path), new := after.get(path))
    )


def rows_of(value: Value) -> tuple[Row, ...]:
    """The rows of a table's value; empty for every other."""
    return tuple(row for row in value if isinstance(row, Row)) if isinstance(value, tuple) else ()


def compare_rows(before: Sequence[Row], after: Sequence[Row]) -> tuple[RowChange, ...]:
    """The rows that differ, in their new order, those that went last."""
    old = {row.id: (at, row) for at, row in enumerate(before, 1)}
    new = {row.id: (at, row) for at, row in enumerate(after, 1)}
    stayed = _in_order([old[row.id][0] for row in after if row.id in old])
    made: list[RowChange] = []
    for row in after:
        there = old.get(row.id)
        made.append(
            _row_change(there, new[row.id], out_of_order=there is not None and there[0] not in stayed)
        )
    made += [_row_change(old[row.id], None, out_of_order=False) for row in before if row.id not in new]
    return tuple(one for one in made if one.moved or one.columns or one.before is None or one.after is None)


def marked(before: str, after: str) -> tuple[Piece, ...]:
    """What stayed, went and came, in reading order: sentence by sentence first, then word by word."""
    pieces: list[Piece] = []
    for kind, old, new in _blocks(_SENTENCE.findall(before), _SENTENCE.findall(after)):
        pieces += [Piece(old, "same")] if kind == "equal" else _words(old, new)
    return tuple(_joined(pieces))


def _row_change(old: _Placed | None, new: _Placed | None, *, out_of_order: bool) -> RowChange:
    place_before, before = old or (0, None)
    place_after, after = new or (0, None)
    was: Mapping[str, Scalar] = before.cells if before else {}
    now: Mapping[str, Scalar] = after.cells if after else {}
    columns = [name for name in dict.fromkeys((*now, *was)) if not _is_same(was.get(name), now.get(name))]
    elsewhere = before is not None and after is not None and before.parent != after.parent
    return RowChange(
        before=before, after=after, place_before=place_before, place_after=place_after,
        moved=out_of_order or elsewhere, columns=tuple(columns),
    )  # fmt: skip


def _is_same(before: Value, after: Value) -> bool:
    """Equal and of one type: 1 and "1" print the same and are not."""
    return before == after and type(before) is type(after)


def _in_order(places: Sequence[int]) -> frozenset[int]:
    """The longest run of places that are still in order; whoever is not in it has been moved."""
    ends: list[int] = []
    best: list[tuple[int, ...]] = []
    for place in places:
        at = bisect_left(ends, place)
        run = (*(best[at - 1] if at else ()), place)
        ends[at : at + 1] = [place]
        best[at : at + 1] = [run]
    return frozenset(best[-1]) if best else frozenset()


def _blocks(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Runs of parts that are equal or not: the kind, the old text, the new one."""
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        yield kind, "".join(before[a:b]), "".join(after[c:d])


def _words(before: str, after: str) -> list[Piece]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) * len(new) > _MOST_WORDS:
        return [Piece(before, "gone"), Piece(after, "come")]
    blocks = list(_blocks(old, new))
    pieces: list[Piece] = []
    for at, (kind, was, now) in enumerate(blocks):
        is_island = 0 < at < len(blocks) - 1 and len(_WORD.findall(was)) <= _ISLAND
        if kind == "equal" and not is_island:
            pieces.append(Piece(was, "same"))
        else:
            pieces += [Piece(was, "gone"), Piece(now, "come")]
    return pieces


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Neighbours as one; between two that stayed, all that went stands before all that came."""
    for stayed, run in groupby(pieces, key=lambda piece: piece.kind == "same"):
        parts = list(run)
        kinds: tuple[Kind, ...] = ("same",) if stayed else ("gone", "come")
        for kind in kinds:
            text = "".join(piece.text for piece in parts if piece.kind == kind)
            if text:
                yield Piece(text, kind)
