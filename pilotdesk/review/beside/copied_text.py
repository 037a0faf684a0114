"""Running text that stands in two submissions: found in time that grows with the text, not with the pairs.

Texts are compared without marks and blanks. Of every text the pieces of :data:`PIECE` characters that begin with a common
character are looked up; which pieces those are depends on the text alone, so text that was moved, or has other words before
it, is cut the same way. A piece that two submissions have is followed to both sides as far as they agree.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from itertools import accumulate, combinations
from typing import TYPE_CHECKING, Final

from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

PIECE: Final = 20
"""Characters of a piece; shorter agreement is ordinary language."""
LEAST_RUN: Final = 40
"""At least one run of this length, or nothing was copied: set phrases are shorter."""
LEAST_OWN: Final = 160
"""Characters in shared pieces that are not known to everybody; a passage of 200 has so many."""
ALL_PAIRS: Final = 8
"""A piece in more submissions than this is compared with the first of them only, so that time stays with the text."""
LEAST_MEETINGS: Final = 3
"""Pieces that two submissions have in common at least, before anybody looks further: passages have far more."""
FEW: Final = 10
"""What more than half of the submissions have, and more than this many, is common property and no copy."""
_COMMON: Final = "的准和一为有在理务工"
_PIECES: Final = re.compile(rf"(?=([{_COMMON}][^\n]{{{PIECE - 1}}}))")
_NO_WORD: Final = re.compile(r"[\W_]+")
_EXCERPT: Final = 40


class Run(Record, frozen=True, kw_only=True):
    """A run of characters that two texts share.

    Attributes:
        paths: of the answer in the first and in the second submission.
        length: characters, marks and blanks not counted.
        excerpt: how it begins, as it is written in the first.
    """

    paths: tuple[str, str]
    length: int
    excerpt: str


class Copied(Record, frozen=True, kw_only=True):
    """What two submissions share.

    Attributes:
        keys: of the two, in the order in which they were given.
        runs: longest first. total: characters of the first that are in one of them.
    """

    keys: tuple[str, str]
    runs: tuple[Run, ...]
    total: int


class _Prepared(Record, frozen=True):
    """The texts of one submission in one string, a line each, without marks; where each line begins; its pieces."""

    key: str
    texts: Sequence[tuple[str, str]]
    line: str
    begins: list[int]
    pieces: array[int]
    places: array[int]


def copied_texts(
    submissions: Mapping[str, Sequence[tuple[str, str]]], known: Iterable[str] = ()
) -> tuple[Copied, ...]:
    """The pairs of submissions that share running text, in the order in which they are given.

    Args:
        submissions: key to path and text of every longer answer.
        known: texts that everybody has in hand: hints, presets, the notice. Pieces of them are not looked at.
    """
    prepared = [_prepared(key, texts) for key, texts in submissions.items()]
    common = {piece for text in known for piece, _ in _pieces(plain(text))}
    found: list[Copied] = []
    for (first, second), places in sorted(_meetings(prepared, common).items()):
        if len(places) < LEAST_MEETINGS:
            continue
        runs = _runs(prepared[first], prepared[second], places)
        # Runs go on into known text that stands beside; only what is not known counts.
        own = _covered((here, there, here + PIECE) for here, there in places)
        if own >= LEAST_OWN and max((end - begin for begin, _, end in runs), default=0) >= LEAST_RUN:
            found.append(_told(prepared[first], prepared[second], runs, _covered(runs)))
    return tuple(found)


def plain(text: str) -> str:
    """A text as it is compared: one width, no marks, no blanks, small letters."""
    return _NO_WORD.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _pieces(line: str) -> Iterator[tuple[int, int]]:
    """Pieces of a text and where they stand."""
    return ((hash(found[1]), found.start()) for found in _PIECES.finditer(line))


def _prepared(key: str, texts: Sequence[tuple[str, str]]) -> _Prepared:
    lines = [plain(text) for _, text in texts]
    begins = [0, *accumulate(len(one) + 1 for one in lines)][: len(lines)]
    line = "\n".join(lines)
    pieces, places = array("q"), array("q")
    for piece, place in _pieces(line):
        pieces.append(piece)
        places.append(place)
    return _Prepared(key, texts, line, begins, pieces, places)


def _meetings(
    prepared: Sequence[_Prepared], common: set[int]
) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """Numbers of two submissions to the places of the pieces that both have."""
    owners: dict[int, int] = {}
    shared: set[int] = set()
    for number, one in enumerate(prepared):
        for piece in one.pieces:
            if owners.setdefault(piece, number) != number:
                shared.add(piece)
    shared -= common
    where: dict[int, dict[int, int]] = {piece: {} for piece in shared}
    for number, one in enumerate(prepared):
        for piece, place in zip(one.pieces, one.places, strict=True):
            if piece in shared:
                where[piece].setdefault(number, place)
    most = max(FEW, len(prepared) // 2)
    meetings: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for places in where.values():
        if len(places) <= most:
            for first, second in _pairs(list(places)):
                meetings.setdefault((first, second), []).append((places[first], places[second]))
    return meetings


def _pairs(numbers: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Every two of a few; of many, the first with every other."""
    if len(numbers) <= ALL_PAIRS:
        return combinations(numbers, 2)
    return ((numbers[0], other) for other in numbers[1:])


def _runs(first: _Prepared, second: _Prepared, places: list[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """Begin in the first text, begin in the second, end in the first, of runs that cannot be made longer."""
    ends: dict[int, int] = {}
    runs: list[tuple[int, int, int]] = []
    for here, there in sorted(places):
        shift = there - here
        if here < ends.get(shift, 0):
            continue
        begin, end = here, here
        while _same(first.line, begin - 1, second.line, begin - 1 + shift):
            begin -= 1
        while _same(first.line, end, second.line, end + shift):
            end += 1
        ends[shift] = end
        if end - begin >= PIECE:
            runs.append((begin, begin + shift, end))
    return runs


def _same(first: str, here: int, second: str, there: int) -> bool:
    """Whether both have the same character there, and it ends no text."""
    inside = 0 <= here < len(first) and 0 <= there < len(second)
    return inside and first[here] == second[there] and first[here] != "\n"


def _covered(runs: Iterable[tuple[int, int, int]]) -> int:
    """Characters of the first text that are in one of the runs."""
    total = reached = 0
    for begin, _, end in sorted(runs):
        total += max(0, end - max(begin, reached))
        reached = max(reached, end)
    return total


def _told(first: _Prepared, second: _Prepared, runs: Sequence[tuple[int, int, int]], total: int) -> Copied:
    """The runs with the answers that they stand in."""
    told = [
        Run(
            paths=(_text_at(first, begin)[0], _text_at(second, there)[0]),
            length=end - begin,
            excerpt=_written(_text_at(first, begin)[1], first.line[begin : min(end, begin + _EXCERPT)]),
        )
        for begin, there, end in sorted(runs, key=lambda run: (run[0] - run[2], run))
    ]
    return Copied(keys=(first.key, second.key), runs=tuple(told), total=total)


def _text_at(one: _Prepared, place: int) -> tuple[str, str]:
    """Path and text of the answer that a place is in."""
    return one.texts[max(at for at, begin in enumerate(one.begins) if begin <= place)]


def _written(text: str, excerpt: str) -> str:
    """An excerpt with the marks that its text has; without them where letters of another width stand in it."""
    found = re.search(r"[\W_]*".join(map(re.escape, excerpt)), text, re.IGNORECASE)
    return " ".join(found[0].split()) if found else excerpt
