"""Sizes, leadings, margins and rule weights of a printed form.

Source: print target §2.1, §3.1, §5.1 (GB/T 9704-2012 for the page number, otherwise our own layout).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pilotdesk.documents.blocks import CellRole
    from pilotdesk.documents.fonts import Role

MM: Final = 72 / 25.4
"""One millimetre in points."""


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How running text is set. ``size`` and ``leading`` in pt, ``indent`` of the first line in characters."""

    role: Role
    size: float
    leading: float
    indent: float = 0
    justify: bool = False


@dataclass(frozen=True, slots=True)
class PageShape:
    """A sheet of paper and its text area, pt from the top left corner."""

    width: float
    height: float
    left: float
    top: float
    text_width: float
    text_height: float

    @property
    def bottom(self) -> float:
        """Lower edge of the text area."""
        return self.top + self.text_height

    @property
    def right(self) -> float:
        """Right edge of the text area."""
        return self.left + self.text_width


PORTRAIT: Final = PageShape(210 * MM, 297 * MM, 28 * MM, 30 * MM, 156 * MM, 235 * MM)
LANDSCAPE: Final = PageShape(297 * MM, 210 * MM, 26 * MM, 28 * MM, 245 * MM, 150 * MM)

PAGE_TITLE: Final = TextStyle("title", 22, 36)
PART: Final = TextStyle("hei", 16, 30)
SECTION: Final = TextStyle("kai", 14, 28, indent=2)
POINT: Final = TextStyle("fang", 14, 26, indent=2, justify=True)
BODY: Final = TextStyle("fang", 14, 26, indent=2, justify=True)
NOTES: Final = TextStyle("fang", 12, 21, justify=True)
PLEDGE: Final = TextStyle("song", 12, 21, indent=2, justify=True)
SIGNATURE: Final = TextStyle("song", 12, 20)
CAPTION: Final = TextStyle("hei", 10.5, 18)
TABLE_NOTE: Final = TextStyle("song", 9, 14)
CONTENTS: Final = TextStyle("fang", 14, 22)
SEAL_LABEL: Final = TextStyle("song", 12, 20)
SEAL_ANSWER: Final = TextStyle("fang", 12, 21, indent=2, justify=True)

HEADINGS: Final = {1: PART, 2: SECTION, 3: POINT}

_LONG_TEXT = TextStyle("fang", 12, 20, indent=2, justify=True)
GRID_CELLS: Final[dict[CellRole, TextStyle]] = {
    "label": TextStyle("song", 12, 18),
    "value": TextStyle("fang", 12, 18),
    "longtext": _LONG_TEXT,
    "head": TextStyle("hei", 10.5, 15),
    "text": TextStyle("fang", 10.5, 15),
    "total": TextStyle("hei", 10.5, 15),
}
TABLE_CELLS: Final[dict[CellRole, TextStyle]] = {
    **GRID_CELLS,
    "label": TextStyle("song", 10.5, 15),
    "value": TextStyle("fang", 10.5, 15),
}
DENSE_CELLS: Final[dict[CellRole, TextStyle]] = {
    role: TextStyle(style.role, 9, 12.5, style.indent, style.justify) for role, style in TABLE_CELLS.items()
}


@dataclass(frozen=True, slots=True)
class SheetStyle:
    """Measures of one kind of table. Least heights in pt; ``tick_gap`` is the space between two choices."""

    cells: dict[CellRole, TextStyle]
    least_row: float
    least_head: float
    tick_gap: float


GRID: Final = SheetStyle(GRID_CELLS, 9 * MM, 9 * MM, 16)
LIST: Final = SheetStyle(TABLE_CELLS, 8 * MM, 9 * MM, 10)
TIGHT: Final = SheetStyle(TABLE_CELLS, 9 * MM, 11 * MM, 10)
DENSE: Final = SheetStyle(DENSE_CELLS, 8.6 * MM, 11 * MM, 8)
CHECKS: Final = SheetStyle(TABLE_CELLS, 21, 21, 12)

SUBTOTAL_ROW: Final = 8 * MM
"""Least height of a row that is worked out from those above it, pt (print target §5.2)."""

OUTER_RULE: Final = 1.0
INNER_RULE: Final = 0.5
HEAD_RULE: Final = 0.75
CELL_PADDING_TOP: Final = 3.0
"""Above and below the text of a cell, pt."""

CAPTION_BEFORE: Final = 6.0
CAPTION_AFTER: Final = 3.0
NOTE_BEFORE: Final = 3.0
PART_BEFORE: Final = 14.0
PART_AFTER: Final = 4.0
BLOCK_BEFORE: Final = 8.0
"""White between a table and text that follows it."""
