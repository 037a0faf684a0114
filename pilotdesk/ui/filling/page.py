"""A foreign Word form as HTML that `QTextDocument` can draw: paragraphs, tables with merges, and the places marked.

The page is a picture of paper: white with dark letters in every theme. What a place will hold stands in it with a mark
before it, because colour never speaks alone; what is not sure says so in words. Heads of lists are places too: one says
there what the column takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.documents.opened import Grid, cell_text, paragraph_text
from pilotdesk.documents.opened.names import BOX, TBL, P, W, own, seen, value_of
from pilotdesk.record import Record
from pilotdesk.ui.filling.words import FREE, LEFT, LIKELY, LOOK_AT, MARKS, SURE, UNSURE, WORDS
from pilotdesk.ui.look.plain_text import escaped
from pilotdesk.ui.look.tokens import LIGHT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lxml.etree import _Element

    from pilotdesk.documents.opened import GridCell

_TONES: Final = {
    SURE: ("ok", "ok_bg"),
    LIKELY: ("primary", "primary_bg"),
    LOOK_AT: ("warn", "warn_bg"),
    FREE: ("text3", "ro"),
    LEFT: ("text3", "ro"),
}
_SHOWN_LENGTH: Final = 40

_MARGINS: Final = f'<hr><p style="color:{LIGHT.text2};">页眉和页脚：</p>'

_Spotted = dict["_Element", "tuple[Spot, ...]"]
"""The places of cells and paragraphs."""


class Spot(Record, frozen=True, kw_only=True):
    """A place on the page.

    Attributes:
        key: names it in links; the head and the first cell of a column have the same. state: how sure it is.
        words: what it holds, or whose it could be.
        start, end: the part of the paragraph's text it takes; both ``None``: all of the cell or paragraph.
        is_head: whether it is the head of a column; ``words`` are those of the head.
        is_told: whether it says in words that it is not sure; of a list one head does so for all of it.
    """

    key: str
    state: str
    words: str
    start: int | None = None
    end: int | None = None
    is_head: bool = False
    is_told: bool = True


class Drawn(Record, frozen=True, kw_only=True):
    """A page as HTML, and the keys of its places in the order of the page, each once."""

    html: str
    keys: tuple[str, ...]


class Paper:
    """The body of a document, drawn again and again while places change; what did not change is not drawn anew.

    Args:
        body: ``w:body``.
        margins: its headers and footers; they stand below it as far as they ask for something.
    """

    def __init__(self, body: _Element, margins: Iterable[_Element] = ()) -> None:
        self._body = tuple(own(body, P, TBL))
        self._margins = tuple(block for margin in margins for block in own(margin, P, TBL))
        self._blocks = frozenset((*self._body, *self._margins))
        self._block_of: dict[_Element, _Element] = {}
        self._drawn: dict[_Element, tuple[_Spotted, Drawn]] = {}

    def draw(self, spots: Mapping[_Element, Iterable[Spot]]) -> Drawn:
        """The body as HTML.

        Args:
            spots: the places of a cell (``w:tc``) or paragraph (``w:p``).
        """
        by_block: dict[_Element, _Spotted] = {}
        for element, given in spots.items():
            by_block.setdefault(self._block(element), {})[element] = tuple(given)
        blocks = [self._one(block, by_block.get(block, {})) for block in self._body]
        beside = [self._one(block, by_block[block]) for block in self._margins if block in by_block]
        said = [Drawn(html=_MARGINS, keys=())] if beside else []
        inner = "".join(block.html for block in (*blocks, *said, *beside))
        keys = dict.fromkeys(key for block in (*blocks, *beside) for key in block.keys)
        page = f'<body bgcolor="{LIGHT.paper}"><div style="color:{LIGHT.text};">{inner}</div></body>'
        return Drawn(html=page, keys=tuple(keys))

    def _one(self, block: _Element, spots: _Spotted) -> Drawn:
        known = self._drawn.get(block)
        if known is None or known[0] != spots:
            drawn = _Drawing(spots)
            known = (spots, Drawn(html=drawn.block(block), keys=tuple(drawn.keys)))
            self._drawn[block] = known
        return known[1]

    def _block(self, element: _Element) -> _Element:
        """The paragraph or table of the body that an element stands in; the body's own wrappers are not counted."""
        if element not in self._block_of:
            around = (element, *element.iterancestors())
            found = next((one for one in around if one in self._blocks), element)
            self._block_of[element] = found
        return self._block_of[element]


class _Drawing:
    def __init__(self, spots: _Spotted) -> None:
        self._spots = spots
        self.keys: dict[str, None] = {}

    def block(self, block: _Element) -> str:
        """A paragraph or table."""
        return self._table(block) if block.tag == TBL else self._paragraph(block)

    def blocks(self, parent: _Element) -> str:
        """Paragraphs and tables in the order of the file."""
        return "".join(self.block(child) for child in own(parent, P, TBL))

    def _paragraph(self, par: _Element) -> str:
        spots = self._spots.get(par, ())
        inner = self._with_spots(paragraph_text(par), tuple(spot for spot in spots if spot.start is not None))
        inner += "".join(self._link(spot) for spot in spots if spot.start is None)
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
        self.keys[spot.key] = None
        ink, ground = _TONES[spot.state]
        style = f"color:{LIGHT.color(ink)};background-color:{LIGHT.color(ground)};text-decoration:none;"
        name, shown = escaped(spot.key), escaped(_shown(spot))
        return f'<a href="{name}" title="{WORDS[spot.state]}" style="{style}">&nbsp;{shown}&nbsp;</a> '

    def _table(self, table: _Element) -> str:
        grid = Grid(table)
        widest = max((sum(map(_twips, grid.row(number))) for number in range(len(grid.lines))), default=1)
        lines = []
        for number in range(len(grid.lines)):
            cells = [cell for cell in grid.row(number) if cell.row == number]
            lines.append(f"<tr>{''.join(self._cell_box(cell, widest) for cell in cells)}</tr>")
        style = 'style="border-collapse:collapse;" cellspacing="0" cellpadding="4" width="99%"'
        return f"<table {style}>{''.join(lines)}</table>"

    def _cell_box(self, cell: GridCell, widest: int) -> str:
        width = round(100 * _twips(cell) / max(1, widest))
        return (
            f'<td colspan="{cell.columns}" rowspan="{cell.rows}" width="{width}%" valign="middle" '
            f'style="border:1px solid {LIGHT.control};">{self._cell(cell.element)}</td>'
        )

    def _cell(self, cell: _Element) -> str:
        spots = self._spots.get(cell, ())
        is_head = any(spot.is_head for spot in spots)
        before = "" if is_head or (spots and not cell_text(cell).strip()) else self.blocks(cell)
        links = "".join(self._link(spot) for spot in spots)
        if not links:
            return before
        return f'{before}<p align="center">{links}</p>' if is_head else f"{before}<p>{links}</p>"


def _twips(cell: GridCell) -> int:
    width = cell.element.find(f"{W}tcPr/{W}tcW")
    told = "" if width is None else width.get(f"{W}w") or ""
    return int(told) if told.isdigit() else 0


def _readable(text: str) -> str:
    """Text whose blanks keep their width."""
    return escaped(text).replace("\t", "&nbsp;" * 6).replace("  ", "&nbsp; ").replace("\n", "<br>")


def _shown(spot: Spot) -> str:
    """The mark and what stands there; what is not sure says so in words, because a mark is soon overlooked."""
    words = " ".join(spot.words.split())
    words = words if len(words) <= _SHOWN_LENGTH else f"{words[: _SHOWN_LENGTH - 1]}…"
    unsure = f"{WORDS[spot.state]}：" if spot.state in UNSURE and spot.is_told else ""
    if spot.is_head:
        before = f"{MARKS[spot.state]} {unsure}" if spot.state in UNSURE else ""
        # A blank that does not break: the sign stays with the last word.
        return f"{before}{words}\xa0{MARKS[spot.state] if spot.state in {FREE, LEFT} else '▾'}"
    return f"{MARKS[spot.state]} {unsure}{words}".strip(" ：")
