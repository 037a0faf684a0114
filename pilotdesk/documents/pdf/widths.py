"""How wide the columns of a list table are: as the pack says, but wide enough for what must not be torn.

Word takes the same widths, so that both files break their lines alike. Source: print target §1 rule 6, §5.2.
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.fonts import printable, shipped_fonts
from pilotdesk.documents.pdf.lines import Paragraph, Typesetter
from pilotdesk.documents.pdf.sheets import columns_of
from pilotdesk.documents.pdf.styles import DENSE, LIST, MM, TIGHT

if TYPE_CHECKING:
    from pilotdesk.documents.blocks import CellRole, Table
    from pilotdesk.documents.fonts import FontSet
    from pilotdesk.documents.pdf.styles import SheetStyle

TABLE_STYLES: Final[dict[str, SheetStyle]] = {"list": LIST, "tight": TIGHT, "dense": DENSE}

_LOG = logging.getLogger(__name__)
_NARROWEST_TEXT: Final = 18.0
_WIDEST_WORD: Final = 50 * MM
_SHORT_HEAD: Final = 3
"""Heads of up to three characters (序号, 起始页) stay on one line."""
_WORD_WIDER: Final = 1.04
"""Word's faces are up to 4 % wider than ours (print target §11)."""

_SLACK: Final = 0.05
# A hint in a blank form, and texts that may hold something unbreakable: six characters of dates, numbers, codes.
_HINT = re.compile("【[^【】]*】")
_CODE = re.compile(r"[0-9A-Za-z][!-~年月日—]{5}")


def fitted_widths(table: Table, fonts: FontSet) -> list[float]:
    """Column widths in mm such that no date, number, code or short head is torn; taken from the widest columns."""
    widths = list(table.widths)
    needed = _needed_widths(table, fonts)
    for column, need in enumerate(needed):
        missing = need - widths[column]
        if missing <= 0:
            continue
        spare = [width - max(least, _NARROWEST_TEXT) for width, least in zip(widths, needed, strict=True)]
        donor = max(range(len(widths)), key=lambda n: spare[n])
        moved = min(missing, max(0.0, spare[donor]))
        if donor == column or not moved:
            continue
        widths[column] += moved
        widths[donor] -= moved
        _LOG.info("column %d of %s widened by %.1f mm", column + 1, table.path, moved)
    return widths


def set_head(text: str, table: Table, width: float) -> str:
    """The words of a head with a line feed wherever its lines end in a column ``width`` mm wide, in Word as well."""
    style, room = TABLE_STYLES[table.style].cells["head"], (width * MM - 2 * table.padding_pt) / _WORD_WIDER
    lines = Typesetter(shipped_fonts()).lines(text, style, room, align="center")
    return "\n".join("".join(span.text for span in line.spans) for line in lines)


def _needed_widths(table: Table, fonts: FontSet) -> list[float]:
    style, padding = TABLE_STYLES[table.style], 2 * table.padding_pt
    needed = _needed_by_heads(table, fonts)
    rows = [*table.rows, *table.totals]
    columns = columns_of([[(cell.span, cell.rows) for cell in row] for row in rows], len(needed))
    known: dict[tuple[str, CellRole], float] = {}
    for row, places in zip(rows, columns, strict=True):
        for cell, column in zip(row, places, strict=True):
            text = _HINT.sub("", cell.text)
            if cell.span > 1 or not _CODE.search(text):
                continue
            key = (text, cell.role)
            if key not in known:
                known[key] = _widest_word(text, style, cell.role, fonts)
            needed[column] = max(needed[column], (known[key] + padding) / MM + _SLACK)
    return needed


def _needed_by_heads(table: Table, fonts: FontSet) -> list[float]:
    """What the short heads need; one that shares its cell with the next column needs nothing of its own."""
    style = TABLE_STYLES[table.style].cells["head"]
    needed = [0.0] * len(table.widths)
    for column, words in enumerate(table.head):
        shared = not words or table.head[column + 1 : column + 2] == ("",)
        for piece in () if shared else words.split("\n"):
            if len(piece) <= _SHORT_HEAD:
                width = sum(Paragraph(fonts, printable(piece), style).advances)
                needed[column] = max(
                    needed[column], (width * _WORD_WIDER + 2 * table.padding_pt) / MM + _SLACK
                )
    return needed


def _widest_word(text: str, style: SheetStyle, role: CellRole, fonts: FontSet) -> float:
    parts = printable(text).split("\n")
    words = [Paragraph(fonts, part, style.cells[role]).widest_word() for part in parts]
    return max((word for word in words if word <= _WIDEST_WORD), default=0.0)
