"""How wide the columns of the desk's table are, and which of them have no room. Plain arithmetic, no widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.record import Record
from pilotdesk.review.desk.cells import FIXED, Column

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LEAST_TITLE: Final = 150
LEAST_UNIT: Final = 96
TITLE_SHARE: Final = 0.64
"""Of what the fixed columns leave over, the part of 项目名称; 承担单位 has the rest."""

UNIT_ACROSS: Final = 150
"""Least of 承担单位 where one can go through the columns, and none has to make room."""
TITLE_ACROSS: Final = 0.3
"""Of the room, the part of 项目名称 where not all columns fit; at least what it needs, unless nothing else could be seen."""

GIVEN_UP: Final = (Column.CREDIT, Column.AGREEMENT, Column.FIELD, Column.MUST, Column.UNIT)
"""Columns that go where there is no room, the first first; what they say stands in the line below the table."""


def widths(room: int, needed: Mapping[Column, int], scale: float) -> dict[Column, int]:
    """Widths of the columns that are shown, px; those that are not there have none.

    Args:
        room: px there are.
        needed: px of the columns that have one width; those not in it are not wanted.
        scale: by what the least widths of the two long columns grow with the type.
    """
    title, unit = round(LEAST_TITLE * scale), round(LEAST_UNIT * scale)
    shown = {**needed, Column.TITLE: title, Column.UNIT: unit}
    for column in GIVEN_UP:
        if sum(shown.values()) <= room:
            break
        shown.pop(column, None)
    return _shared_out(room, shown)


def _shared_out(room: int, shown: Mapping[Column, int]) -> dict[Column, int]:
    """The two long columns take what the others leave."""
    given, left = dict(shown), max(0, room - sum(shown.values()))
    if Column.UNIT in given:
        long = left + given[Column.TITLE] + given[Column.UNIT]
        given[Column.TITLE] = max(given[Column.TITLE], round(long * TITLE_SHARE))
        given[Column.UNIT] = long - given[Column.TITLE]
    else:
        given[Column.TITLE] += left
    return {column: given[column] for column in Column if column in given}


class Across(Record, frozen=True):
    """Columns of which not all need have room.

    Attributes:
        widths: of those that are seen, px. first: how many are passed over, after the fixed ones.
        most: how many may be, until the last one is seen; 0 where all are.
    """

    widths: Mapping[Column, int]
    first: int = 0
    most: int = 0


def widths_across(room: int, needed: Mapping[Column, int], first: int) -> Across:
    """Widths of chosen columns: where not all fit, the fixed ones and as many whole others as there is room for.

    Args:
        room: px there are.
        needed: px of every chosen column, 项目名称 and 承担单位 with the least they need.
        first: how many of the others are to be passed over.
    """
    if sum(needed.values()) <= room:
        return Across(_shared_out(room, needed))
    moving = [column for column in Column if column in needed and column not in FIXED]
    fixed = {column: needed[column] for column in FIXED if column in needed}
    beside = sum(fixed.values()) - fixed[Column.TITLE]
    widest = max((needed[column] for column in moving), default=0)
    title = max(fixed[Column.TITLE], round(room * TITLE_ACROSS))
    fixed[Column.TITLE] = max(0, min(title, room - beside - widest))
    left = room - sum(fixed.values())
    rests = (sum(needed[column] for column in moving[at:]) for at in range(len(moving)))
    most = next((at for at, rest in enumerate(rests) if rest <= left), len(moving))
    first = max(0, min(first, most))
    seen = _as_fit(left, moving[first:], needed)
    return Across(
        {column: (fixed | seen)[column] for column in Column if column in fixed or column in seen},
        first,
        most,
    )


def _as_fit(room: int, columns: Sequence[Column], needed: Mapping[Column, int]) -> dict[Column, int]:
    """Those of the columns that fit as a whole, from the first; the last of them has what is left over."""
    seen: dict[Column, int] = {}
    for column in columns:
        if sum(seen.values()) + needed[column] > room:
            break
        seen[column] = needed[column]
    if seen:
        seen[next(reversed(seen))] += room - sum(seen.values())
    return seen
