"""A foreign Word form as HTML that `QTextDocument` can draw: paragraphs, tables with merges, and the places marked.

The page is a picture of paper: white with dark letters in every theme. What a place will hold stands in it with a mark
before it, because colour never speaks alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.record import Record
from pilotdesk.ui.components_text import escaped
from pilotdesk.ui.tokens import LIGHT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml.etree import _Element

SURE, LOOK_AT, FREE = "sure", "look", "free"
MARKS: Final = {SURE: "✓", LOOK_AT: "？", FREE: "＋"}
_TONES: Final = {SURE: ("ok", "ok_bg"), LOOK_AT: ("warn", "warn_bg"), FREE: ("text3", "ro")}
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED: Final = frozenset(
    {"del", "moveFrom", "instrText", "Fallback", "sdtPr", "rPr", "pPr", "sectPr", "delText"}
)
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
        made = []
        for child in parent:
            name = _name(child)
            if name == "p":
                made.append(self._paragraph(child))
            elif name == "tbl":
                made.append(self._table(child))
            elif name in {"sdt", "sdtContent", "ins", "customXml", "smartTag"}:
                made.append(self.blocks(child))
        return "".join(made)

    def _paragraph(self, par: _Element) -> str:
        spots = self._spots.get(par, ())
        text = text_of(par)
        if any(spot.start is None for spot in spots):
            inner = "".join(self._link(spot) for spot in spots)
        else:
            inner = self._with_spots(text, spots)
        align = par.find(f"{_W}pPr/{_W}jc")
        side = {"center": "center", "right": "right", "end": "right"}.get(_value(align), "left")
        boxes = "".join(f"<blockquote>{self.blocks(box)}</blockquote>" for box in _boxes(par))
        return f'<p style="margin:3px 0;" align="{side}">{inner or "&nbsp;"}</p>{boxes}'

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
        rows = [list(placed_cells(row)) for row in _own(table, "tr")]
        lines = []
        for number, row in enumerate(rows):
            cells = []
            for column, span, cell in row:
                if _merge(cell) == "continue":
                    continue
                down = _rows_down(rows, number, column)
                cells.append(
                    f'<td colspan="{span}" rowspan="{down}" width="{_width(cell, table)}%" valign="middle" '
                    f'style="border:1px solid {LIGHT.control};">{self._cell(cell)}</td>'
                )
            lines.append(f"<tr>{''.join(cells)}</tr>")
        style = 'style="border-collapse:collapse;" cellspacing="0" cellpadding="4" width="100%"'
        return f"<table {style}>{''.join(lines)}</table>"

    def _cell(self, cell: _Element) -> str:
        spots = self._spots.get(cell, ())
        links = "".join(self._link(spot) for spot in spots)
        inner = self.blocks(cell)
        if not spots or text_of(cell).strip():
            return inner + links
        return f"<p>{links}</p>"


def _rows_down(rows: list[list[tuple[int, int, _Element]]], number: int, column: int) -> int:
    """How many rows the cell that begins here takes."""
    cell = next(one for at, _, one in rows[number] if at == column)
    if _merge(cell) != "restart":
        return 1
    down = 1
    for row in rows[number + 1 :]:
        below = next((one for at, _, one in row if at == column), None)
        if below is None or _merge(below) != "continue":
            break
        down += 1
    return down


def _width(cell: _Element, table: _Element) -> int:
    """Share of the table's width, per cent."""
    rows = [sum(_twips(one) for one in _own(row, "tc")) for row in _own(table, "tr")]
    return round(100 * _twips(cell) / max([1, *rows]))


def _twips(cell: _Element) -> int:
    width = cell.find(f"{_W}tcPr/{_W}tcW")
    told = "" if width is None else width.get(f"{_W}w") or ""
    return int(told) if told.isdigit() else 0


def placed_cells(row: _Element) -> Iterator[tuple[int, int, _Element]]:
    """The cells of a row: first column, columns taken, cell."""
    column = int(_value(row.find(f"{_W}trPr/{_W}gridBefore")) or 0)
    for cell in _own(row, "tc"):
        span = int(_value(cell.find(f"{_W}tcPr/{_W}gridSpan")) or 1)
        yield column, span, cell
        column += span


def text_of(element: _Element) -> str:
    """The text of a paragraph or cell as it is seen; text boxes and tables in it are not part of it."""
    return "".join(_letters(element))


def _letters(element: _Element) -> Iterator[str]:
    for child in element:
        name = _name(child)
        if name == "t":
            yield child.text or ""
        elif name in {"tab", "ptab"}:
            yield "\t"
        elif name in {"br", "cr"}:
            yield "\n"
        elif name in {"sym", "checkBox"}:
            yield "□"
        elif name not in _SKIPPED and name not in {"txbxContent", "tbl"}:
            yield from _letters(child)


def _boxes(par: _Element) -> Iterator[_Element]:
    for box in par.iter(f"{_W}txbxContent"):
        if not any(_name(parent) == "Fallback" for parent in box.iterancestors()):
            yield box


def _own(parent: _Element, name: str) -> list[_Element]:
    """Rows of a table or cells of a row, those in content controls too, not those of tables inside."""
    found = []
    for child in parent:
        if _name(child) == name:
            found.append(child)
        elif _name(child) in {"sdt", "sdtContent", "ins", "customXml"}:
            found += _own(child, name)
    return found


def _merge(cell: _Element) -> str:
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    return "" if merge is None else merge.get(f"{_W}val") or "continue"


def _value(element: _Element | None) -> str:
    return "" if element is None else element.get(f"{_W}val") or ""


def _name(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]  # that of a comment is a function


def _readable(text: str) -> str:
    """Text whose blanks keep their width."""
    return escaped(text).replace("\t", "&nbsp;" * 6).replace("  ", "&nbsp; ").replace("\n", "<br>")
