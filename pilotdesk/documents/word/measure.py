"""Rough heights of cells: enough to decide what may break over pages, never where a line ends."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.documents.blocks import Cell

PAGE_PT: Final = 666.1
"""Height of the portrait text area."""

LANDSCAPE_PAGE_PT: Final = 425.2

_PITCH: Final = {
    "label": (12, 18),
    "value": (12, 18),
    "longtext": (12, 20),
    "head": (10.5, 15),
    "text": (10.5, 15),
}
_TICK_WIDTH: Final = 2.6
"""Characters that a box, the space after it and the gap to the next choice take."""


_HAN: Final = re.compile("[\u3400-\u9fff]+")
_MOST_LINES: Final = 4
_ROOM: Final = 0.5
"""Characters of room that a narrowed line keeps, as Word's faces are a little wider than ours."""


class _Widths(dict[str, float]):
    """Widths of characters, looked up when they are met first."""

    def __missing__(self, char: str) -> float:
        width = self[char] = 1 if unicodedata.east_asian_width(char) in "WFA" else 0.5
        return width


_WIDTHS: Final = _Widths()


def text_width(text: str) -> float:
    """The width of a line in characters: 1 for Chinese, half of it for Latin letters and digits."""
    if text.isascii():
        return len(text) / 2
    return sum([_WIDTHS[char] for char in text])


def line_count(text: str, characters: float) -> int:
    """How many lines ``characters`` wide the text takes; an empty paragraph takes one."""
    room = max(1.0, characters)
    return sum(max(1, -int(-text_width(line) // room)) for line in text.split("\n"))


def lone_end_pt(text: str, width_pt: float, size: float) -> float:
    """How much narrower a cell has to be so that its last line is not one character (print target §1 rule 7).

    Args:
        text: of the cell; only one that is nothing but Chinese can be foreseen, for each of its characters is as wide as high.
        width_pt: room for a line.
        size: of the type, pt.

    Returns:
        pt to take away such that the text still has as many lines; 0 where none or nothing is needed.
    """
    most = int(width_pt / size)
    count = -(-len(text) // max(1, most))
    if not 1 < count <= _MOST_LINES or len(text) % most != 1 or not _HAN.fullmatch(text):
        return 0.0
    fewer = (few for few in range(most - 1, 1, -1) if -(-len(text) // few) == count and len(text) % few != 1)
    few = next(fewer, None)
    return 0.0 if few is None else width_pt - (few + _ROOM) * size


def cell_height_pt(cell: Cell, width_pt: float, padding_pt: float) -> float:
    """The height of one cell's text with 3 pt above and below."""
    size, leading = _PITCH.get(cell.role, _PITCH["text"])
    text = cell.text
    if cell.ticks:
        text = "　".join(tick.label + "　" * round(_TICK_WIDTH - 1) for tick in cell.ticks)
    return line_count(text, (width_pt - 2 * padding_pt) / size) * leading + 6


def row_height_pt(cells: Sequence[tuple[Cell, float]], least_pt: float, padding_pt: float) -> float:
    """The height of a row: its tallest cell, but for merged ones; ``cells`` are (cell, width in pt)."""
    heights = (cell_height_pt(cell, width, padding_pt) for cell, width in cells if cell.rows == 1)
    return max(least_pt, *heights, 0.0)
