"""Columns of a list, as a person assigns them: which column of which of our tables each of them takes, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from pilotdesk.documents.filling.column_rules import COUNTER
from pilotdesk.documents.filling.mapping import Place
from pilotdesk.documents.filling.normal import normal
from pilotdesk.documents.opened.names import TC, own
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.etree import _Element

    from pilotdesk.documents.filling.listing import Listing
    from pilotdesk.documents.filling.mapping import Mapping
    from pilotdesk.documents.filling.places import Addresses
    from pilotdesk.documents.filling.words import Words

LISTS: Final = frozenset({"rows", "keyed"})
"""Kinds of places that have columns."""
_CHOSEN: Final = "您选的"


class Column(Record, frozen=True, kw_only=True):
    """A column of a list as it stands in the file.

    Attributes:
        number: its place in ``Place.columns``. head: its head. over: what stands above a head of two rows.
        head_cell: ``w:tc`` of its head, ``None`` where nothing stands over it. cell: that of the first row.
    """

    number: int
    head: str
    over: str
    head_cell: _Element | None
    cell: _Element


def columns_of(addresses: Addresses, place: Place) -> tuple[Column, ...]:
    """The columns of a list, those left out that are a label beside it; none when the file has no such place."""
    found = addresses.find(place.at)
    if found is None:
        return ()
    grid = addresses.grid_of(found.element)
    row = grid.lines.index(found.element)
    there = {cell.element: cell for cell in grid.row(row) if cell.row == row}
    made = []
    for number, element in enumerate(own(found.element, TC)):
        if element not in there:
            continue
        column = there[element].column
        head = grid.at(row - 1, column)
        over = grid.at(head.row - 1, column) if head is not None else None
        made.append(
            Column(
                number=number, head="" if head is None else _line(head.text), cell=element,
                over=_line(over.text) if over is not None and head and over.columns > head.columns else "",
                head_cell=None if head is None else head.element,
            )
        )  # fmt: skip
    return tuple(made)


def free_lists(mapping: Mapping, listings: Iterable[Listing]) -> Iterator[Place]:
    """The lists of a file that no place of a mapping stands in, as places of nobody.

    Args:
        mapping: the mapping.
        listings: what was read of the file.
    """
    taken = {place.at.rpartition("/C")[0] or place.at for place in mapping.place}
    for one in listings:
        if taken & set(rows_of(one.at, one.rows)):
            continue
        yield Place(
            path="", at=one.at, kind="keyed" if one.keys else "rows", confidence=0.0,
            label=" | ".join(_line(head.text) for head in one.heads)[:80], count=one.rows,
            columns=("",) * (one.skipped + len(one.heads)), total=one.total,
        )  # fmt: skip


def rows_of(at: str, count: int) -> list[str]:
    """The addresses of the rows of a list.

    Args:
        at: address of its first row.
        count: how many rows it has.
    """
    table, _, first = at.partition("/R")
    return [f"{table}/R{row}" for row in range(int(first), int(first) + count)]


def choose_column(
    place: Place, columns: Sequence[Column], number: int, path: str, words: Words | None = None
) -> Place:
    """A list in which a person said what one of its columns takes.

    A column of another table makes the list one of that table; its other columns are found by their heads. No column of
    ours stands twice. Where the first column is printed, it must be known before a row can be found: until then the list
    is not filled.

    Args:
        place: the list.
        columns: its columns.
        number: of the column, in ``place.columns``.
        path: ``standards[].name``; ``#`` counts the rows; empty: nothing is filled in.
        words: labels of our form, for the other columns of another table; ``None``: they are left free.
    """
    listed = [_without(one, path) for one in place.columns]
    listed += [""] * (1 + max(number, *(column.number for column in columns)) - len(listed))
    table = path.partition("[]")[0] if path not in {"", COUNTER} else place.path
    if table != place.path:
        listed = ["" if one != COUNTER else one for one in listed]
        for column in columns if words is not None else ():
            found = words.column(table, normal(column.head), normal(column.over)) if words else ""
            if found and found not in listed and path not in found.split("+") and column.number != number:
                listed[column.number] = found
    listed[number] = path
    filled = [one for one in listed if one not in {"", COUNTER}]
    ready = place.kind != "keyed" or not columns or bool(listed[columns[0].number].strip(COUNTER))
    return replace(
        place, path=table if filled else "", columns=tuple(listed), why=_CHOSEN,
        confidence=1.0 if ready else 0.0, confirmed=ready,
    )  # fmt: skip


def with_place(mapping: Mapping, place: Place) -> Mapping:
    """A mapping in which a place says what it says now; a list takes the single cells in its rows with it."""
    rows = set(rows_of(place.at, place.count)) if place.kind in LISTS and place.path else set()
    others = (one for one in mapping.place if one.at != place.at and one.at.rpartition("/C")[0] not in rows)
    return replace(mapping, place=(*others, place))


def _without(columns: str, path: str) -> str:
    """A column, maybe of several joined by ``+``, without one of ours."""
    if path in {"", COUNTER}:
        return columns
    return "+".join(one for one in columns.split("+") if one != path)


def _line(text: str) -> str:
    return " ".join(text.split())
