"""``Past``: everything that was ever saved in one draft, its sittings, its named versions, its state at any moment.

An entry is one saved path: a field, a whole table, or one cell of a row that stood there then. Replaying the entries in
their order gives the draft. Values stay JSON text until somebody wants to see them, so that a long history opens at once.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from pilotdesk.drafts.records import TYPED
from pilotdesk.forms.json_values import from_json
from pilotdesk.forms.values import Row, Unparsed, Value, split_cell_path
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pilotdesk.drafts.records import ExportMark, NamedVersion
    from pilotdesk.forms.values import Scalar

PAUSE: Final = timedelta(minutes=30)
"""Whoever types again after a longer pause begins another sitting."""
SHORT: Final = 20
"""Characters up to which any change of a text is worth a line of its own."""
TAKEN_AWAY: Final = 5
"""Characters of a longer text that have to go at once: fewer are slips of the finger."""


class Entry(Record, frozen=True):
    """One saved value; ``text`` is its JSON."""

    seq: int
    path: str
    text: str
    origin: str
    at: str
    by: str

    @property
    def value(self) -> Value:
        """The value. Text that damage has made no value of is given as it stands, so that the rest can be seen."""
        try:
            return from_json(json.loads(self.text))
        except (ValueError, TypeError):
            return Unparsed(self.text)


class Sitting(Record, frozen=True, kw_only=True):
    """Entries that belong together: typed without a long pause by one person, or written by one act.

    Attributes:
        first, last: numbers of its first and its last entry; between two sittings there may be entries of others.
        began, ended: time stamps of the two.
        origin: one of :data:`pilotdesk.drafts.records.ORIGINS`. by: who wrote; empty where that is not known.
        paths: fields, person parts and whole tables that it touched; a cell counts as its table.
    """

    first: int
    last: int
    began: str
    ended: str
    origin: str
    by: str
    paths: frozenset[str]


def whole_path(path: str) -> str:
    """The table of a cell path; every other path itself."""
    return path.partition("[")[0]


class Standing:
    """The entries that make the state while history goes by: what is superseded has no part in it any more."""

    def __init__(self) -> None:
        self._whole: dict[str, Entry] = {}
        self._cells: dict[str, dict[str, Entry]] = {}

    def take(self, entry: Entry) -> Iterator[Entry]:
        """Let an entry come; gives those that it supersedes."""
        table = whole_path(entry.path)
        if table != entry.path:
            cells = self._cells.setdefault(table, {})
            if entry.path in cells:
                yield cells[entry.path]
            cells[entry.path] = entry
            return
        if table in self._whole:
            yield self._whole[table]
        self._whole[table] = entry
        yield from self._cells.pop(table, {}).values()

    def values(self) -> dict[str, Value]:
        """The state, path to value; cells of rows that are not there are left out."""
        found = {path: entry.value for path, entry in self._whole.items()}
        for table, cells in self._cells.items():
            found[table] = _with_cells(found.get(table), cells.values())
        return {path: value for path, value in found.items() if value is not None}


def _with_cells(rows: Value, entries: Iterable[Entry]) -> Value:
    """Rows with later cells written into them."""
    if not isinstance(rows, tuple):
        return rows
    changed: dict[str, dict[str, Scalar]] = {}
    for entry in entries:
        _, row_id, column = split_cell_path(entry.path) or ("", "", "")
        changed.setdefault(row_id, {})[column] = entry.value  # type: ignore[assignment]  # no table in a cell
    return tuple(
        _with_changed(row, changed[row.id]) if isinstance(row, Row) and row.id in changed else row
        for row in rows
    )  # type: ignore[return-value]  # a table has nothing but rows


def _with_changed(row: Row, cells: Mapping[str, Scalar]) -> Row:
    kept = {name: value for name, value in {**row.cells, **cells}.items() if value is not None}
    return Row(row.id, MappingProxyType(kept), row.parent)


class Past:
    """The history of one draft.

    Args:
        entries: the oldest first.
        versions: named ones, in the order in which they were named.
        exports: files that went out, the oldest first.

    Attributes:
        entries, versions, exports: these.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        versions: Sequence[NamedVersion] = (),
        exports: Sequence[ExportMark] = (),
    ) -> None:
        self.entries: Final = tuple(entries)
        self.versions: Final = tuple(versions)
        self.exports: Final = tuple(exports)

    def state(self, seq: int | None = None) -> dict[str, Value]:
        """Path to value right after an entry, as a store loads it; ``None`` is now, 0 the empty beginning."""
        standing = Standing()
        for entry in self.entries:
            if seq is not None and entry.seq > seq:
                break
            for _ in standing.take(entry):
                pass
        return standing.values()

    def of_field(self, name: str) -> tuple[Entry, ...]:
        """Everything that was saved of a field: its parts, its rows and its cells too. The first is the original."""
        return tuple(entry for entry in self.entries if _is_of(entry.path, name))

    def sittings(self, field: str = "") -> tuple[Sitting, ...]:
        """The sittings, the oldest first; those that touched a field only, where one is named.

        Named versions and exports end a sitting, so that each of them is the state at the end of one. Of one field
        everything ends one that went away afterwards, so that it can be seen although it was written in the same hour.
        """
        ends = {one.seq for one in self.versions} | {one.seq for one in self.exports}
        if field:
            ends |= _given_up(self.of_field(field))
        groups: list[list[Entry]] = []
        for entry in self.entries:
            if not groups or not _goes_on(groups[-1][-1], entry) or groups[-1][-1].seq in ends:
                groups.append([])
            groups[-1].append(entry)
        made = (_sitting(group) for group in groups)
        return tuple(one for one in made if not field or any(_is_of(path, field) for path in one.paths))


def _is_of(path: str, field: str) -> bool:
    return path == field or path.startswith((f"{field}.", f"{field}["))


def _given_up(entries: Iterable[Entry]) -> set[int]:
    """Numbers of the entries that the next one in the same place does not only add to."""
    found: set[int] = set()
    before: dict[str, Entry] = {}
    for entry in entries:
        last = before.get(entry.path)
        if last is not None and _takes_away(last.text, entry.text):
            found.add(last.seq)
        before[entry.path] = entry
    return found


def _takes_away(old: str, new: str) -> bool:
    start = _shared(old, new)
    end = _shared(old[start:][::-1], new[start:][::-1])
    gone = len(old) - start - end
    return gone >= (TAKEN_AWAY if old.startswith('"') and len(old) > SHORT else 1)


def _shared(one: str, other: str) -> int:
    """Length of the beginning that two texts share, found by halving: a character at a time is slow in a long table."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _goes_on(last: Entry, entry: Entry) -> bool:
    """Whether an entry belongs to the sitting of the one before it. A clock that was put back ends it, too."""
    if (last.origin, last.by) != (entry.origin, entry.by):
        return False
    if entry.origin != TYPED:
        return last.at == entry.at
    return timedelta() <= moment(entry.at) - moment(last.at) <= PAUSE


def moment(stamp: str) -> datetime:
    """A time stamp as an aware moment.

    Raises:
        ValueError: it is none.
    """
    return datetime.fromisoformat(stamp)


def _sitting(entries: Sequence[Entry]) -> Sitting:
    first, last = entries[0], entries[-1]
    return Sitting(
        first=first.seq, last=last.seq, began=first.at, ended=last.at, origin=first.origin, by=first.by,
        paths=frozenset(whole_path(entry.path) for entry in entries),
    )  # fmt: skip
