"""From an outline to finished pages: which part each block becomes, and what can only be filled in at the end."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, takewhile
from typing import TYPE_CHECKING

from pilotdesk.documents.blocks import (
    Body,
    Contents,
    Cover,
    Figure,
    Grid,
    Heading,
    Notes,
    Pictures,
    Pledge,
    SealBlock,
    Table,
)
from pilotdesk.documents.fonts import missing_glyphs, shipped_fonts
from pilotdesk.documents.pdf.drawings import figure_parts
from pilotdesk.documents.pdf.flow import Flow
from pilotdesk.documents.pdf.front import ContentsPart, contents_part, notes_part, place_cover
from pilotdesk.documents.pdf.furniture import furnish
from pilotdesk.documents.pdf.gallery import gallery_parts
from pilotdesk.documents.pdf.lines import Typesetter
from pilotdesk.documents.pdf.narrative import HeadingPart, body_part, heading_part, pledge_part
from pilotdesk.documents.pdf.seals import seal_part
from pilotdesk.documents.pdf.styles import PORTRAIT
from pilotdesk.documents.pdf.tabular import grid_part, table_part
from pilotdesk.documents.pictures import Album

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.documents.blocks import Block, Outline
    from pilotdesk.documents.pdf.flow import Part


@dataclass(frozen=True, slots=True)
class Layout:
    """Pages ready to be drawn.

    Attributes:
        flow: pages, places of answers and headings.
        numbered: pages with a printed number.
        missing: characters printed as 〓.
    """

    flow: Flow
    numbered: int
    missing: frozenset[str]


def lay_out(outline: Outline, album: Album | None = None) -> Layout:
    """Lay all blocks out on pages, with the pictures of an album; without one frames stand for them.

    Raises:
        PilotDeskError: ``program_incomplete`` when the fonts are missing.
    """
    setter, flow = Typesetter(shipped_fonts()), Flow()
    blocks = [block for block in outline.blocks if not isinstance(block, Cover)]
    for block in outline.blocks:
        if isinstance(block, Cover):
            place_cover(block, setter, flow)
    parts = _parts(blocks, setter, flow, album or Album())
    flow.run(parts)
    if not flow.pages:
        flow.new_page()
    for part in parts:
        if isinstance(part, ContentsPart):
            part.fill(flow)
    numbered = sum(page.number is not None for page in flow.pages)
    furnish(outline, flow.pages, numbered, setter)
    return Layout(flow, numbered, missing_glyphs(answer.text for answer in outline.answers))


def _parts(blocks: Sequence[Block], setter: Typesetter, flow: Flow, album: Album) -> list[Part]:
    parts: list[Part] = []
    headings = [block.text for block in blocks if isinstance(block, Heading) and block.level == 1]
    for sealed, run in groupby(blocks, key=lambda block: isinstance(block, SealBlock)):
        if sealed:
            parts.append(seal_part([block for block in run if isinstance(block, SealBlock)], setter, flow))
            continue
        for block in run:
            if isinstance(block, Figure):
                parts += figure_parts(block, setter, _headings_height(parts))
            elif isinstance(block, Pictures):
                parts += gallery_parts(block, setter, album)
            else:
                parts += _parts_of(block, headings, setter, flow)
    _turn_headings(parts, setter)
    return parts


def _parts_of(block: Block, headings: Sequence[str], setter: Typesetter, flow: Flow) -> list[Part]:
    """One part, none for a grid without rows."""
    part: Part
    match block:
        case Notes():
            part = notes_part(block, setter)
        case Contents():
            part = contents_part(block, headings, setter)
        case Heading():
            part = heading_part(block, setter, PORTRAIT)
        case Body():
            part = body_part(block, setter)
        case Pledge():
            part = pledge_part(block, setter)
        case Table():
            part = table_part(block, setter, flow)
        case Grid() if block.rows:
            part = grid_part(block, setter, flow)
        case _:
            return []
    return [part]


def _headings_height(parts: Sequence[Part]) -> float:
    """Height of the headings at the end: what comes next shares a page with them."""
    headings = takewhile(lambda part: isinstance(part, HeadingPart), reversed(parts))
    return sum(part.start_height() for part in headings)


def _turn_headings(parts: list[Part], setter: Typesetter) -> None:
    """Headings stand on the sheet of what they head, be it turned."""
    for n in range(len(parts) - 2, -1, -1):
        part, after = parts[n], parts[n + 1]
        if isinstance(part, HeadingPart) and part.shape is not after.shape and not after.new_page:
            parts[n] = heading_part(part.heading, setter, after.shape)
