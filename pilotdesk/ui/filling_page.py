"""A foreign Word form as HTML that `QTextDocument` can draw: paragraphs, tables with merges, and the places marked.

The page is a picture of paper: white with dark letters in every theme. What a place will hold stands in it with a mark
before it, because colour never speaks alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.documents.opened import Grid, cell_text, paragraph_text
from pilotdesk.documents.opened.names import BOX, TBL, P, W, own, seen, value_of
from pilotdesk.record import Record
from pilotdesk.ui.components_text import escaped
from pilotdesk.ui.tokens import LIGHT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lxml.etree import _Element

    from pilotdesk.documents.opened import GridCell

SURE, LOOK_AT, FREE = "sure", "look", "free"
MARKS: Final = {SURE: "✓", LOOK_AT: "？", FREE: "＋"}
_TONES: Final = {SURE: ("ok", "ok_bg"), LOOK_AT: ("warn", "warn_bg"), FREE: ("text3", "ro")}
_SHOWN_LENGTH: Final = 40


class Spot(Record, frozen=True, kw_only=True):
    """A place on the page.

    Attributes:
        key: names it in links. state: ``sure``, ``look`` or ``free``. words: what it holds, or whose it could be.
        start, end: the part of the paragraph's text it takes; both ``None``: all of the cell or paragraph.
    """

    key: str
    state: str
    words: str
    start: int | None = None
    end: int | None = None


def page_html(body: _Element, spots: Mapping[_Element, Iterable[Spot]]) -> str:
    """The body of a document as HTML.

    Args:
        body: ``w:body``.
        spots: the places of a cell (``w:tc``) or paragraph (``w:p``).
    """
    drawn = _Page({element: tuple(given) for element, given in spots.items()})
    inner = f'<div style="color:{LIGHT.text};">{drawn.blocks(body)}</div>'
    return f'<body bgcolor="{LIGHT.paper}">{inner}</body>'


class _Page:
    def __init__(self, spots: dict[_Element, tuple[Spot, ...]]) -> None:
        self._spots = spots

    def blocks(self, parent: _Element) -> str:
        """Paragraphs and tables in the order of the file."""
        drawn = {P: self._paragraph, TBL: self._table}
        return "".join(drawn[str(child.tag)](child) for child in own(parent, P, TBL))

    def _paragraph(self, par: _Element) -> str:
        spots = self._spots.get(par, ())
        if any(spot.start is None for spot in spots):
            inner = "".join(self._link(spot) for spot in spots)
        else:
            inner = self._with_spots(paragraph_text(par), spots)
        align = value_of(par.find(f"{W}pPr/{W}jc"))
        side = {"center": "center", "right": "right", "end": "right"}.get(align, "left")
        boxes = [box for box in seen(par) if box.tag == BOX]
        framed = "".join(f"<blockquote>{self.blocks(box)}</blockquote>" for box in boxes)
        return f'<p style="margin:3px 0;" align="{side}">{inner or "&nbsp;"}</p>{framed}'

    def _with_spots(self, text: str, spots: tuple[Spot, ...]) -> str:
        made, at = [], 0
        for spot in sorted(spots, key=lambda one: one.start or 0):
            made.append(_readable(text[at : spot.start]))
            made.append(self._link(spot))
            at = spot.end or at
        return "".join([*made, _readable(text[at:])])

    def _link(self, spot: Spot) -> str:
        ink, ground = _TONES[spot.state]
        words = " ".join(spot.words.split())
        words = words if len(words) <= _SHOWN_LENGTH else f"{words[: _SHOWN_LENGTH - 1]}…"
        style = f"color:{LIGHT.color(ink)};background-color:{LIGHT.color(ground)};text-decoration:none;"
        name, shown = escaped(spot.key), escaped(f"{MARKS[spot.state]} {words}".strip())
        return f'<a href="{name}" style="{style}">&nbsp;{shown}&nbsp;</a> '

    def _table(self, table: _Element) -> str:
        grid = Grid(table)
        lines = []
        for number in range(len(grid.lines)):
            cells = [cell for cell in grid.row(number) if cell.row == number]
            lines.append(f"<tr>{''.join(self._cell_box(cell, grid) for cell in cells)}</tr>")
        style = 'style="border-collapse:collapse;" cellspacing="0" cellpadding="4" width="100%"'
        return f"<table {style}>{''.join(lines)}</table>"

    def _cell_box(self, cell: GridCell, grid: Grid) -> str:
        widest = max(sum(_twips(one) for one in grid.row(number)) for number in range(len(grid.lines)))
        width = round(100 * _twips(cell) / max(1, widest))
        return (
            f'<td colspan="{cell.columns}" rowspan="{cell.rows}" width="{width}%" valign="middle" '
            f'style="border:1px solid {LIGHT.control};">{self._cell(cell.element)}</td>'
        )

    def _cell(self, cell: _Element) -> str:
        spots = self._spots.get(cell, ())
        links = "".join(self._link(spot) for spot in spots)
        if not spots or cell_text(cell).strip():
            return self.blocks(cell) + links
        return f"<p>{links}</p>"


def _twips(cell: GridCell) -> int:
    width = cell.element.find(f"{W}tcPr/{W}tcW")
    told = "" if width is None else width.get(f"{W}w") or ""
    return int(told) if told.isdigit() else 0


def _readable(text: str) -> str:
    """Text whose blanks keep their width."""
    return escaped(text).replace("\t", "&nbsp;" * 6).replace("  ", "&nbsp; ").replace("\n", "<br>")
