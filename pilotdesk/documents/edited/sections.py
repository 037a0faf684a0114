"""Which paragraph or table of a file is which of those that are expected.

The form's own words, tables and bookmarks are laid beside what is expected, in order; what stands between two of them is
the running text that belongs there. A paragraph that somebody adds at the end of a long answer is found so, wherever the
bookmark of that answer ends.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.digest import normal_text
from pilotdesk.documents.edited.aligning import chain
from pilotdesk.documents.edited.base import marked
from pilotdesk.documents.edited.layout import Running, Sheet, Words, is_of
from pilotdesk.documents.edited.paper import PaperLine, PaperTable
from pilotdesk.record import MutableRecord, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pilotdesk.documents.edited.layout import Expected
    from pilotdesk.documents.edited.notes import Key
    from pilotdesk.documents.edited.paper import Paper

_NUMBER: Final = re.compile(
    r"(?:（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、|\d+[.．、]|[表图]\d+-\d+)"
)
_SAME_MOST: Final = 50
"""Equal paragraphs that are looked at for one expected: more are made by a machine."""
_ALIKE: Final = 0.6
_LABELS_ROWS: Final = 60
_LONGEST_LABEL: Final = 60


class Leftover(Record, frozen=True):
    """Text that belongs nowhere. ``where`` is the heading above it, empty for none."""

    where: str
    text: str


class RunningText(MutableRecord):
    """An answer in running text. ``how``: ``bookmark`` where its bookmark was met, else ``label``: by its heading."""

    path: str
    lines: list[str]
    how: str = "label"
    notes: tuple[Key, ...] = ()


class Sections(Record, frozen=True):
    """What was found.

    Attributes:
        running: answers in running text. tables: expected tables with those of the file, usually one each.
        missing: expected running text and tables whose place was not found.
        leftover: what belongs nowhere.
    """

    running: list[RunningText]
    tables: list[tuple[Sheet, list[PaperTable]]]
    missing: list[Running | Sheet]
    leftover: list[Leftover]


def find_sections(paper: Paper, layout: Sequence[Expected], marks: Mapping[str, str]) -> Sections:
    """Lay a file beside what is expected.

    Args:
        paper: the file.
        layout: what is expected, in order.
        marks: see :func:`pilotdesk.documents.edited.base.marks_of`.
    """
    finder = _Finder(paper, layout, marks)
    finder.gather()
    return finder.found


class _Finder:
    def __init__(self, paper: Paper, layout: Sequence[Expected], marks: Mapping[str, str]) -> None:
        self._parts = paper.parts
        self._layout = layout
        self._drawn = _drawn_keys(paper.drawn)
        self._marks = marks
        self._paths = [
            tuple(filter(None, (marked(marks, name) for name in part.marks))) for part in self._parts
        ]
        placed = chain(self._candidates())
        self._at = {part: number for number, part in placed.items()}
        self._place_strays(set(placed))
        self._placed = set(self._at.values())
        self._running: dict[int, RunningText] = {}
        self._where = ""
        self.found = Sections([], [], [], [Leftover("", text) for text in paper.boxes])

    # -- laying them beside each other -----------------------------------------------------------

    def _candidates(self) -> Iterator[tuple[int, int, float]]:
        by_text: dict[str, list[int]] = {}
        headings = []
        for place, part in enumerate(self._parts):
            if isinstance(part, PaperLine) and part.text.strip() and not part.contents:
                by_text.setdefault(_key(part.text), []).append(place)
                if part.heading:
                    headings.append(place)
        own = {_key(one.text) for one in self._layout if isinstance(one, Words)}
        strange = [place for place in headings if _key(self._text(place)) not in own]
        for number, one in enumerate(self._layout):
            if isinstance(one, Words):
                for place in by_text.get(_key(one.text), ())[:_SAME_MOST]:
                    yield number, place, 3.5 if _plain(self._text(place)) == _plain(one.text) else 3.0
                for place in strange[:_SAME_MOST] if one.level else ():
                    if _alike(self._text(place), one.text):
                        yield number, place, 2.0
            elif isinstance(one, Running):
                for place, paths in enumerate(self._paths):
                    part = self._parts[place]
                    if one.path in paths and isinstance(part, PaperLine) and _key(part.text) not in own:
                        yield number, place, 4.0
            else:
                yield from self._tables_for(number, one)

    def _tables_for(self, number: int, sheet: Sheet) -> Iterator[tuple[int, int, float]]:
        labels = {_plain(label) for label in sheet.labels}
        for place, part in enumerate(self._parts):
            if not isinstance(part, PaperTable):
                continue
            paths = self._paths[place]
            hits = sum(is_of(sheet, path) for path in paths) / len(paths) if paths else 0.0
            alike = len(labels & _labels(part)) / len(labels) if labels else 0.0
            if hits > 0 or alike > 0.5:
                yield number, place, 6 * hits + 5 * alike

    def _place_strays(self, placed: set[int]) -> None:
        """What was moved out of its order is known by its bookmarks; of a table that was cut in two all parts are."""
        for place, paths in enumerate(self._paths):
            if place in self._at or not paths:
                continue
            for number, one in enumerate(self._layout):
                if isinstance(one, Sheet) and isinstance(self._parts[place], PaperTable):
                    mine = is_of(one, paths[0]) and (one.kind == "list" or number not in placed)
                else:
                    mine = isinstance(one, Running) and one.path in paths and number not in placed
                if mine:
                    self._at[place] = number
                    placed.add(number)
                    break

    # -- gathering what stands between -----------------------------------------------------------

    def gather(self) -> None:
        """Go through the file once, and give every paragraph and table its place."""
        last, following = -1, self._following()
        for place, part in enumerate(self._parts):
            number = self._at.get(place)
            if number is not None:
                last = number
                self._take(number, place)
            elif isinstance(part, PaperTable):
                text = "\n".join(row.text for row in part.rows if row.text)
                self._leave(text)
            elif part.text.strip() and not part.contents:
                self._between(last, following[place], part)
        self._finish()

    def _following(self) -> list[int]:
        """For every part the expected one that is met next behind it."""
        behind = [len(self._layout)] * len(self._parts)
        for place in range(len(self._parts) - 2, -1, -1):
            behind[place] = self._at.get(place + 1, behind[place + 1])
        return behind

    def _take(self, number: int, place: int) -> None:
        one, part = self._layout[number], self._parts[place]
        if isinstance(one, Words):
            if one.level:
                self._where = one.text
            if _key(self._text(place)) != _key(one.text):
                self._leave(self._text(place))
        elif isinstance(one, Running):
            text = self._text_of(number, one)
            text.how = "bookmark"
            text.lines.append(self._text(place))
            text.notes += part.notes if isinstance(part, PaperLine) else ()
        elif isinstance(part, PaperTable):
            known = next((tables for sheet, tables in self.found.tables if sheet is one), None)
            if known is None:
                self.found.tables.append((one, [part]))
            else:
                known.append(part)

    def _between(self, last: int, following: int, part: PaperLine) -> None:
        """A paragraph that is not expected belongs to the running text before it, or to the one that follows."""
        if _plain(part.text) in self._drawn:
            return  # the picture was another one then, and is told of where it is attached
        gap = range(max(last, 0), following + 1 if following < len(self._layout) else following)
        for number in gap:
            one = self._layout[number]
            if isinstance(one, Words) and number not in self._placed and _alike(one.text, part.text):
                self._placed.add(number)
                self._leave(part.text)
                return
        for number in gap:
            one = self._layout[number]
            if isinstance(one, Running):
                text = self._text_of(number, one)
                text.lines.append(part.text)
                text.notes += part.notes
                return
        self._leave(part.text)

    def _finish(self) -> None:
        """An answer without a paragraph was emptied where its heading still stands; else its place is gone."""
        met = {id(sheet) for sheet, _ in self.found.tables}
        for number, one in enumerate(self._layout):
            if isinstance(one, Running) and number not in self._running:
                if number - 1 in self._placed:
                    self._text_of(number, one)
                else:
                    self.found.missing.append(one)
            elif isinstance(one, Sheet) and id(one) not in met:
                self.found.missing.append(one)
        self.found.running.extend(self._running[number] for number in sorted(self._running))

    def _text_of(self, number: int, one: Running) -> RunningText:
        return self._running.setdefault(number, RunningText(one.path, []))

    def _text(self, place: int) -> str:
        part = self._parts[place]
        return part.text if isinstance(part, PaperLine) else ""

    def _leave(self, text: str) -> None:
        self.found.leftover.append(Leftover(self._where, text))


def _drawn_keys(captions: Sequence[str]) -> frozenset[str]:
    """Captions as they stand below pictures, alone or two beside each other."""
    pairs = (one + following for one, following in pairwise(captions))
    return frozenset(map(_plain, (*captions, *pairs)))


def _plain(text: str) -> str:
    return normal_text(text)


def _key(text: str) -> str:
    """Words without their number, which changes when parts before them come or go."""
    return (
        _NUMBER.sub("", normal_text(text), count=1) if _NUMBER.match(normal_text(text)) else normal_text(text)
    )


def _alike(one: str, other: str) -> bool:
    left, right = _key(one)[:_LONGEST_LABEL], _key(other)[:_LONGEST_LABEL]
    return len(other) <= 2 * _LONGEST_LABEL and SequenceMatcher(None, left, right).ratio() >= _ALIKE


def _labels(table: PaperTable) -> set[str]:
    return {
        normal_text(cell.text)
        for row in table.rows[:_LABELS_ROWS]
        for cell in row.cells
        if cell.text and len(cell.text) <= 2 * _LONGEST_LABEL
    }
