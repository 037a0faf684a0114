"""Answers that two people wrote apart from each other, brought together with what both of them began from.

Everything is merged in its smallest part: a field, a part of a person, a cell, a file in a list, the place of a node in its
tree, whether a row is there at all. A part that one side changed is taken from that side; a part that both changed alike
is taken; a part that they changed differently is a :class:`Conflict`, which somebody decides who sees both. A row or a file
that one side deleted and the other changed is a conflict as well, and so is a node that got something new below it.
Nothing is chosen silently: until it is decided, a conflict leaves what is *here*, and rows and files stay.

Without conflicts the merge does not depend on the order of the sides, nor on who is merged first, nor on being done twice.
Of the order of rows the second holds as long as no rows were deleted where two sides put new ones (where a deleted row stood
is known to nobody afterwards). Three-way merging with identities: as in T. Lindholm, "A three-way merge for XML documents",
DocEng 2004; the order of rows is :mod:`pilotdesk.drafts.merge_order`.
"""

from __future__ import annotations

from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, cast

from msgspec.structs import replace

from pilotdesk.drafts.merge_order import merge_order
from pilotdesk.drafts.merge_tree import missing_parents, rows_in_circles
from pilotdesk.forms.values import Attachment, Row, Value, cell_path, split_cell_path
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pilotdesk.forms.values import Scalar

    Values = Mapping[str, Value]
    Rows = dict[str, Row]
    Files = dict[str, Attachment]

ConflictKind = Literal["value", "row", "place", "order", "file", "reason", "person"]


class Conflict(Record, frozen=True, kw_only=True):
    """One part that somebody has to decide.

    Attributes:
        kind: ``value``: an answer or a cell; ``row``: one side deleted it; ``place``: above which node it stands;
            ``order``: of the rows; ``file``: in a list of files; ``reason``: with which a 请核实 was answered; ``person``:
            all parts of one, which only those find who know the form.
        path: of the answer or cell; ``code@path`` of a reason; for the other kinds of the field.
        base, here, there: what the ancestor and the sides have: the value; a row or a file as a tuple of one, a person
            as a row of his parts; for ``order`` the rows of the table in their order. ``None``: nothing, or no known
            ancestor.
    """

    kind: ConflictKind
    path: str
    base: Value
    here: Value
    there: Value

    @property
    def key(self) -> str:
        """What tells it from the others of one merge."""
        return f"{self.kind}:{self.path}#{self.part}"

    @property
    def part(self) -> str:
        """Id of the row or SHA-256 of the file that it is about; of two files the one here; empty for the other kinds."""
        return next(iter(self.parts), "")

    @property
    def parts(self) -> tuple[str, ...]:
        """The same of all rows or files that it is about, of one there may be two; none for the other kinds."""
        if self.kind in {"value", "order", "reason", "person"}:
            return ()
        both = (*_parts(self.here), *_parts(self.there))
        ids = (
            one.id if isinstance(one, Row) else one.sha256 for one in cast("tuple[Row | Attachment]", both)
        )
        return tuple(dict.fromkeys(ids))


class Merged(Record, frozen=True):
    """What came out: path to value, ``code@path`` to reason of the 请核实, and what is left to decide."""

    values: Mapping[str, Value]
    conflicts: tuple[Conflict, ...]
    reasons: Mapping[str, str] = MappingProxyType({})


def merge_values(base: Values | None, here: Values, there: Values) -> Merged:
    """Merge two sets of answers.

    Args:
        base: path to value of what both began from; ``None`` when that is not known, and then every difference is a
            conflict.
        here: path to value of one side.
        there: path to value of the other.
    """
    work = _Work(known=base is not None)
    ancestor = base or {}
    merged = {}
    for path in sorted({*ancestor, *here, *there}):
        value = work.field(path, ancestor.get(path), here.get(path), there.get(path))
        if value is not None:
            merged[path] = value
    return Merged(merged, tuple(work.conflicts))


def merge_reasons(
    base: Mapping[str, str] | None, here: Mapping[str, str], there: Mapping[str, str]
) -> tuple[dict[str, str], tuple[Conflict, ...]]:
    """Merge the reasons with which 请核实 were answered, each as an answer is merged.

    Args:
        base: ``code@path`` to reason of what both began from; ``None`` when that is not known.
        here: of one side.
        there: of the other.

    Returns:
        The merged reasons, and what is left to decide.
    """
    merged = merge_values(base, here, there)
    conflicts = (replace(one, kind="reason") for one in merged.conflicts)
    return cast("dict[str, str]", merged.values), tuple(conflicts)


def differences(before: Values, after: Values) -> tuple[Conflict, ...]:
    """Every smallest part that differs: ``here`` is how it was, ``there`` how it is now."""
    return merge_values(None, before, after).conflicts


def is_same(first: Value, second: Value) -> bool:
    """Whether two values are the same sign by sign: 1.5 and 1.50 are not; nothing and an empty list are."""
    first, second = _present(first), _present(second)
    if type(first) is not type(second):
        return False
    if isinstance(first, tuple) and isinstance(second, tuple):
        return len(first) == len(second) and all(map(_same_part, first, second))
    return str(first) == str(second) if isinstance(first, Decimal) else first == second


def _same_part(first: object, second: object) -> bool:
    if isinstance(first, Row) and isinstance(second, Row):
        columns = {*first.cells, *second.cells}
        return (first.id, first.parent) == (second.id, second.parent) and all(
            is_same(first.cell(column), second.cell(column)) for column in columns
        )
    return first == second


def _present(value: Value) -> Value:
    """The value; an empty list is no answer."""
    return None if value == () else value


class _Work:
    """One merge while it goes on; ``known``: whether there is an ancestor."""

    def __init__(self, *, known: bool) -> None:
        self._known = known
        self.conflicts: list[Conflict] = []

    def field(self, path: str, base: Value, here: Value, there: Value) -> Value:
        """An answer, a cell, or a whole table."""
        if is_same(here, there):
            return _present(here)
        if self._known and is_same(here, base):
            return _present(there)
        if self._known and is_same(there, base):
            return _present(here)
        kinds = {type(part) for side in (base, here, there) for part in _parts(side)}
        if kinds == {Row}:
            return self._table(path, _rows(base), _rows(here), _rows(there)) or None
        if kinds == {Attachment} and all(_are_apart(side) for side in (base, here, there)):
            return self._files(path, _files(base), _files(here), _files(there)) or None
        self._clash("value", path, _present(base), _present(here), _present(there))
        return _present(here)

    def _clash(self, kind: ConflictKind, path: str, base: Value, here: Value, there: Value) -> None:
        self.conflicts.append(
            Conflict(kind=kind, path=path, base=base if self._known else None, here=here, there=there)
        )

    # -- tables and trees ------------------------------------------------------------------------

    def _table(self, path: str, base: Rows, here: Rows, there: Rows) -> tuple[Row, ...]:
        merged: Rows = {}
        for row_id in sorted({*here, *there}):
            row = self._row(path, base.get(row_id), here.get(row_id), there.get(row_id))
            if row is not None:
                merged[row_id] = row
        for row_id in missing_parents(merged, here, there):
            self._clash("row", path, *(_one(side.get(row_id)) for side in (base, here, there)))
            merged[row_id] = here.get(row_id) or there[row_id]
        self._open_circles(path, merged, (base, here, there))
        order = merge_order(tuple(base) if self._known else None, tuple(here), tuple(there), merged)
        if order.clash:
            self._clash("order", path, *(tuple(side.values()) or None for side in (base, here, there)))
        return tuple(merged[row_id] for row_id in order.ids)

    def _row(self, path: str, base: Row | None, here: Row | None, there: Row | None) -> Row | None:
        """A row that at least one side has; ``None`` when it was deleted."""
        if here is not None and there is not None:
            return self._both(path, base, here, there)
        row = cast("Row", here or there)
        if self._known and base is None:
            return row  # added
        if self._known and base is not None and _same_part(row, base):
            return None  # deleted, and nobody had touched it
        self._clash("row", path, _one(base), _one(here), _one(there))
        return row

    def _both(self, path: str, base: Row | None, here: Row, there: Row) -> Row:
        cells: dict[str, Scalar] = {}
        for column in dict.fromkeys((*here.cells, *there.cells)):
            before = base.cell(column) if base else None
            value = self.field(
                cell_path(path, here.id, column), before, here.cell(column), there.cell(column)
            )
            if value is not None:
                cells[column] = cast("Scalar", value)
        parent = here.parent
        if self._known and base is not None and here.parent == base.parent:
            parent = there.parent
        elif here.parent != there.parent and (base is None or not self._known or there.parent != base.parent):
            self._clash("place", path, _one(base), _one(here), _one(there))
        return Row(here.id, MappingProxyType(cells), parent)

    def _open_circles(self, path: str, merged: Rows, sides: tuple[Rows, Rows, Rows]) -> None:
        """Two nodes that were each put below the other stay where they are here, and somebody decides."""
        base, here, there = sides
        said = {one.part for one in self.conflicts if one.kind == "place" and one.path == path}
        for row_id in rows_in_circles(merged, here):
            mine, theirs = here.get(row_id), there.get(row_id)
            if (
                mine is not None
                and theirs is not None
                and mine.parent != theirs.parent
                and row_id not in said
            ):
                self._clash("place", path, _one(base.get(row_id)), _one(mine), _one(theirs))

    # -- lists of files --------------------------------------------------------------------------

    def _files(self, path: str, base: Files, here: Files, there: Files) -> tuple[Attachment, ...]:
        asked = self._replaced(path, base, here, there)
        kept: Files = {}
        for sha256 in sorted({*here, *there}):
            before, mine, theirs = base.get(sha256), here.get(sha256), there.get(sha256)
            if sha256 in asked or _is_same_file(mine, theirs):
                file = _counted(mine, theirs)
            elif self._known and _is_same_file(theirs, before):
                file = mine
            elif self._known and _is_same_file(mine, before):
                file = theirs
            else:
                self._clash("file", path, _one(before), _one(mine), _one(theirs))
                file = mine or theirs
            if file is not None:
                kept[sha256] = file
        order = merge_order(tuple(base) if self._known else None, tuple(here), tuple(there), kept)
        if order.clash:
            self._clash("order", path, *(tuple(side.values()) or None for side in (base, here, there)))
        return tuple(kept[sha256] for sha256 in order.ids)

    def _replaced(self, path: str, base: Files, here: Files, there: Files) -> set[str]:
        """Ask about files in whose place the sides have other contents: two of one name would both go out.

        In a list a file is replaced by one of its name; in a cell, which has room for one, by any.

        Returns:
            SHA-256 of the files that it asks about; all of them stay until it is decided.
        """
        sides = (base, here, there)
        is_cell = split_cell_path(path) is not None and max(map(len, sides)) <= 1
        asked: set[str] = set()
        for name in [""] if is_cell else sorted({file.file_name for side in sides for file in side.values()}):
            before, mine, theirs = (
                [file for file in side.values() if is_cell or file.file_name == name] for side in sides
            )
            new = [file for file in mine if file.sha256 not in base and file.sha256 not in there]
            other = [file for file in theirs if file.sha256 not in base and file.sha256 not in here]
            gone = bool(before) and ((not mine and theirs == other) or (not theirs and mine == new))
            if len(new) == len(other) == 1 or (gone and len(new) + len(other) == 1):
                pair = [side[0] if side else None for side in (new, other)]
                self._clash("file", path, _one(before[0] if before else None), *map(_one, pair))
                asked |= {file.sha256 for file in pair if file is not None}
        return asked


def _parts(value: Value) -> tuple[object, ...]:
    """What a list is made of; any other value is one part of its own kind."""
    if isinstance(value, tuple):
        return value
    return () if value is None else (value,)


def _rows(value: Value) -> Rows:
    return {row.id: row for row in _parts(value) if isinstance(row, Row)}


def _files(value: Value) -> Files:
    return {file.sha256: file for file in _parts(value) if isinstance(file, Attachment)}


def _is_same_file(one: Attachment | None, other: Attachment | None) -> bool:
    """Whether the same is said of one content. Pages are counted by the program, by one sooner than by the other."""
    if one is None or other is None:
        return one is other
    return (one.file_name, one.note) == (other.file_name, other.note)


def _counted(mine: Attachment | None, theirs: Attachment | None) -> Attachment | None:
    """What is here; what is there where nothing is here, or only there its pages were counted."""
    return theirs if mine is None or (theirs is not None and theirs.pages > mine.pages) else mine


def _are_apart(value: Value) -> bool:
    """Whether no content stands twice in a list of files, so that each is known by it."""
    return len(_files(value)) == len(_parts(value))


def _one(part: Row | Attachment | None) -> Value:
    """A row or a file as the value of a conflict."""
    if part is None:
        return None
    return cast("Value", (part,))
