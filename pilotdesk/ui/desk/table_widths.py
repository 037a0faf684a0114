"""How wide the columns of the desk's table are, and which of them have no room. Plain arithmetic, no widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.review.desk.cells import Column

if TYPE_CHECKING:
    from collections.abc import Mapping

LEAST_TITLE: Final = 150
LEAST_UNIT: Final = 96
TITLE_SHARE: Final = 0.64
"""Of what the fixed columns leave over, the part of 项目名称; 承担单位 has the rest."""

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
    left = max(0, room - sum(shown.values()))
    if Column.UNIT in shown:
        long = left + title + unit
        shown[Column.TITLE] = max(title, round(long * TITLE_SHARE))
        shown[Column.UNIT] = long - shown[Column.TITLE]
    else:
        shown[Column.TITLE] += left
    return {column: shown[column] for column in Column if column in shown}
