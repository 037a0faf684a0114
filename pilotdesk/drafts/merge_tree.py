"""What has to hold in a tree whose nodes two people moved, added and deleted: parents are there, and nobody is its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.forms.values import Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def missing_parents(rows: Mapping[str, Row], *sides: Mapping[str, Row]) -> Iterator[str]:
    """Ids of nodes that were deleted while the other side put or kept something below them, each once.

    Args:
        rows: the merged nodes; whoever goes through the ids adds each node before asking for the next.
        sides: where deleted nodes are still to be found; a parent that nobody has is no node.
    """
    waiting = list(rows.values())
    while waiting:
        parent = waiting.pop().parent
        found = next((side[parent] for side in sides if parent in side), None) if parent else None
        if parent and found and parent not in rows:
            yield parent
            waiting.append(rows[parent])


def rows_in_circles(rows: dict[str, Row], here: Mapping[str, Row]) -> Iterator[str]:
    """Ids of nodes that stand below themselves; each goes back to where it is in ``here``, until there are none.

    Without a circle in ``here`` itself this ends: what only the other side has can stand in no circle alone.
    """
    while circle := _circle(rows):
        moved = [row_id for row_id in circle if row_id in here and rows[row_id].parent != here[row_id].parent]
        for row_id in moved:
            rows[row_id] = Row(row_id, rows[row_id].cells, here[row_id].parent)
        yield from circle
        if not moved:
            return


def _circle(rows: Mapping[str, Row]) -> list[str]:
    """The ids of every circle of parents, sorted; empty when there is none."""
    walk_of: dict[str, int] = {}
    found: list[str] = []
    for number, start in enumerate(rows):
        at: str | None = start
        while at is not None and at in rows and at not in walk_of:
            walk_of[at] = number
            at = rows[at].parent
        if at is not None and walk_of.get(at) == number:  # the walk came back to where it had been
            found.append(at)
            around = rows[at].parent
            while around is not None and around != at:
                found.append(around)
                around = rows[around].parent
    return sorted(found)
