"""The order of rows that two people changed, merged without asking where one answer fits both.

Rows that the ancestor and both sides have are the spine: whoever changed their order decides it. Every other row stands in
front of the spine row that followed it on its own side, or at the end. Where both sides put rows into the same gap, the
smaller id at the head of the two runs goes first: ids are random, so that this favours nobody, and the outcome does not
depend on which side is called *here* or on who is merged first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence


class Order(Record, frozen=True):
    """Ids in their merged order; ``clash`` says that the sides contradict each other and *here* was followed."""

    ids: tuple[str, ...]
    clash: bool


def merge_order(
    base: Sequence[str] | None, here: Sequence[str], there: Sequence[str], kept: Collection[str]
) -> Order:
    """Merge two orders.

    Args:
        base: ids as the ancestor had them; ``None`` when there is no known ancestor.
        here: ids of one side.
        there: ids of the other.
        kept: which of them are in the merged table; each is on at least one side.
    """
    known = set(here if base is None else base)
    common = known & set(here) & set(there)
    mine, theirs = _only(here, common), _only(there, common)
    first = None if base is None else _only(base, common)
    spine = theirs if mine == first else mine
    clash = mine != theirs and first not in (mine, theirs)
    added_here, added_there = _gaps(here, common, kept), _gaps(there, common, kept)
    places = {row_id: gap for gap, ids in added_here.items() for row_id in ids}
    merged: list[str] = []
    for gap in (*spine, None):
        run = added_there.get(gap, [])
        fitting = [row_id for row_id in run if places.get(row_id, gap) == gap]
        order = _zipped(added_here.get(gap, []), fitting)
        clash = clash or order.clash or len(fitting) < len(run)
        merged += order.ids
        if gap is not None:
            merged.append(gap)
    return Order(tuple(merged), clash)


def _only(ids: Sequence[str], wanted: Collection[str]) -> list[str]:
    return [row_id for row_id in ids if row_id in wanted]


def _gaps(
    ids: Sequence[str], common: Collection[str], kept: Collection[str]
) -> Mapping[str | None, list[str]]:
    """The ids that are not common, by the common id that follows them; ``None`` for the end."""
    gaps: dict[str | None, list[str]] = {}
    run: list[str] = []
    for row_id in ids:
        if row_id in common:
            gaps[row_id], run = run, []
        elif row_id in kept:
            run.append(row_id)
    gaps[None] = run
    return gaps


def _zipped(mine: Sequence[str], theirs: Sequence[str]) -> Order:
    """Two runs as one in which each keeps its own order; what both have stands once."""
    in_mine, in_theirs = ({row_id: at for at, row_id in enumerate(run)} for run in (mine, theirs))
    merged: list[str] = []
    at, other = 0, 0
    while at < len(mine) and other < len(theirs):
        first, second = mine[at], theirs[other]
        waits, other_waits = in_theirs.get(first, -1) > other, in_mine.get(second, -1) > at
        if waits and other_waits:
            return Order(
                (*merged, *mine[at:], *(one for one in theirs[other:] if one not in in_mine)), clash=True
            )
        mine_next = first == second or other_waits or (not waits and first < second)
        merged.append(first if mine_next else second)
        at += mine_next
        other += not mine_next or first == second
    return Order((*merged, *mine[at:], *theirs[other:]), clash=False)
