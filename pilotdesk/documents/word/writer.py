"""From outline to Word file: blocks in their order, sections around them, one package."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.blocks import (
    Block,
    Body,
    Contents,
    Cover,
    Figure,
    Grid,
    Heading,
    Notes,
    Outline,
    Pictures,
    Pledge,
    SealBlock,
    Table,
)
from pilotdesk.documents.identity import identity_of, pack_fingerprints, to_properties
from pilotdesk.documents.pictures import Album
from pilotdesk.documents.word.cover import cover_markup
from pilotdesk.documents.word.figures import FigureWriter
from pilotdesk.documents.word.front import Entry, contents_markup, notes_markup
from pilotdesk.documents.word.gallery import Gallery
from pilotdesk.documents.word.marks import Marks, pack_figures, pack_paths, unpack_paths
from pilotdesk.documents.word.markup import DECLARATION, NAMESPACES, paragraph, printable, run, spacer
from pilotdesk.documents.word.package import WordPackage
from pilotdesk.documents.word.pictures import qr_png
from pilotdesk.documents.word.properties import app_part, core_part, custom_part, settings_part
from pilotdesk.documents.word.seals import seal_markup
from pilotdesk.documents.word.sections import (
    FOOTER_KINDS,
    Section,
    footer_part,
    header_part,
    plan_sections,
    section_properties,
)
from pilotdesk.documents.word.styles import fonts_part, styles_part
from pilotdesk.documents.word.tables import grid_markup, list_markup
from pilotdesk.documents.word.texts import marked_paragraphs, printed_paragraphs
from pilotdesk.documents.word.theme import theme_part
from pilotdesk.forms.values import field_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.documents.pdf.pages import HeadingPlace

_ABOVE_TABLE_PT: Final = 5
_BELOW_TABLE_PT: Final = 8
_HEADER_KINDS: Final = ("cover", "odd", "even")
_BELOW_PART_PT: Final = 170.0
"""60 mm: what has to follow the heading of a part on its page."""

_HEADING_MM: Final = {1: 12.0, 2: 9.9, 3: 9.2}
_HEADING_STYLES: Final = {1: "Heading1", 2: "Heading2", 3: "Heading3"}


@dataclass(frozen=True, slots=True)
class PlacedHeading:
    """A heading with its bookmark: the name, and start and end as written."""

    heading: Heading
    name: str
    mark: tuple[str, str]


class Writer:
    """The state of one export.

    Args:
        outline: what is printed.
        pages: numbered pages in all, ``None`` when nobody counted them.
        contents: headings of parts with their places in the PDF, as far as known.
        album: gives the attached pictures.
    """

    def __init__(
        self,
        outline: Outline,
        pages: int | None,
        contents: Sequence[HeadingPlace],
        album: Album | None = None,
    ) -> None:
        self._outline = outline
        self._pages = pages
        self._bound = _bound_headings(outline.blocks)
        self._places = {
            place.title: place for place in reversed(contents)
        }  # the first of two equal ones wins
        self._marks = Marks()
        self._package = WordPackage()
        self._figures = FigureWriter(
            self._package, _headings_above(outline.blocks), transparent=outline.draft
        )
        self._gallery = Gallery(self._package, album or Album())
        headings = [block for block in outline.blocks if isinstance(block, Heading)]
        self._headings = [PlacedHeading(heading, *self._marks.heading()) for heading in headings]
        self._waiting = iter(self._headings)
        self._above: list[int] = []  # levels of the headings right above the next block

    def to_bytes(self) -> bytes:
        """The finished file."""
        outline = self._outline
        self._package.add_fixed_parts(
            styles=styles_part(), settings=settings_part(), fonts=fonts_part(), theme=theme_part()
        )
        headers, footers = self._margins()
        sections = plan_sections(outline.blocks, self._is_landscape)
        body = "".join(
            self._section(
                section, section_properties(section, headers, footers), last=section is sections[-1]
            )
            for section in sections
        )
        self._package.document.markup = (
            f"{DECLARATION}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
        )
        self._package.add_properties(
            core=core_part(outline),
            app=app_part(outline, self._pages),
            custom=custom_part(self._identity()),
        )
        return self._package.to_bytes()

    def _identity(self) -> dict[str, str]:
        """What the file says of itself: whose it is, which answers stand where, and how to see that one was changed."""
        outline = self._outline
        texts = {answer.path: answer.text for answer in outline.printed}
        trees = {block.path for block in outline.blocks if isinstance(block, Figure)}
        drawn = [answer for answer in outline.answers if field_name(answer.path) in trees]
        paths = pack_paths(self._marks.paths)
        listed = (*unpack_paths(paths), *(answer.path for answer in drawn))
        prints = pack_fingerprints(texts.get(path, "") for path in listed)
        return {**to_properties(identity_of(outline)), **paths, **pack_figures(drawn), **prints}

    def _margins(self) -> tuple[dict[str, str], dict[str, str]]:
        """Headers and footers; their relationship ids by kind."""
        headers = {
            kind: self._package.add_header(number, header_part(self._outline, number, cover=kind == "cover"))
            for number, kind in enumerate(_HEADER_KINDS, start=1)
        }
        qr = qr_png(self._outline.token)
        footers: dict[str, str] = {}
        for number, kind in enumerate(FOOTER_KINDS, start=1):
            part, footers[kind] = self._package.add_footer(number)
            picture = self._package.add_picture(part, qr)
            part.markup = footer_part(self._outline, kind, number=number, pages=self._pages, picture=picture)
        return headers, footers

    def _section(self, section: Section, properties: str, *, last: bool) -> str:
        """All blocks of a section; its properties end it, those of the last section end the body."""
        groups = [tuple(group) for _, group in groupby(enumerate(section.blocks), _group_key)]
        parts: list[str] = []
        for number, group in enumerate(groups):
            blocks = [block for _, block in group]
            following = groups[number + 1][0][1] if number + 1 < len(groups) else None
            parts.append(self._group(blocks, first=number == 0))
            parts.append(_gap_below(blocks[-1], following))
        if not last:
            return "".join(parts) + spacer(1, after=properties)
        return "".join(parts) + (spacer(1) if _is_table(section.blocks[-1]) else "") + properties

    def _group(self, blocks: Sequence[Block], *, first: bool) -> str:
        """One block, or seal blocks that follow each other."""
        seals = [block for block in blocks if isinstance(block, SealBlock)]
        text = seal_markup(seals, self._marks) if seals else self._block(blocks[0], first=first)
        if isinstance(blocks[0], Heading):
            self._above.append(blocks[0].level)
        else:
            self._above.clear()
        return text

    def _block(self, block: Block, *, first: bool) -> str:
        marks = self._marks
        text = ""
        kept = _BELOW_PART_PT if 1 in self._above else 0.0
        match block:
            case Cover():
                text = cover_markup(block, self._outline.reference_line, marks)
            case Notes():
                text = notes_markup(block, first=first)
            case Contents():
                text = contents_markup(block.title, self._entries(), first=first)
            case Heading():
                text = self._heading(next(self._waiting), first=first)
            case Body():
                text = marked_paragraphs(block.text, "PDBody", marks.answer(block.path))
            case Pledge():
                text = printed_paragraphs(block.paragraphs, "PDPledge")
            case Grid():
                text = grid_markup(block, marks, kept)
            case Table():
                text = list_markup(block, marks, kept)
            case Figure():
                text = self._figures.markup(block)
            case Pictures():
                text = self._gallery.markup(block)
        return text

    def _entries(self) -> list[Entry]:
        """The lines of the contents: parts of the form."""
        return [
            Entry(placed.heading.text, placed.name, place.page if place else None)
            for placed in self._headings
            if placed.heading.level == 1
            for place in (self._places.get(placed.heading.text),)
        ]

    def _heading(self, placed: PlacedHeading, *, first: bool) -> str:
        """A heading; a part begins a page where the form wants it, or where it is bound to and does in the PDF."""
        heading = placed.heading
        place = self._places.get(heading.text) if heading.text in self._bound else None
        new_page = heading.new_page or (place is not None and place.starts_page)
        runs = placed.mark[0] + run(printable(heading.text)) + placed.mark[1]
        at_top = heading.level == 1 and (first or new_page)
        return paragraph(
            _HEADING_STYLES[heading.level],
            runs,
            before="<w:pageBreakBefore/>" if new_page and not first else "",
            after='<w:spacing w:before="0"/>' if at_top else "",
        )

    def _is_landscape(self, block: Block) -> bool:
        if isinstance(block, Figure):
            return self._figures.is_wide(block)
        return isinstance(block, Table) and block.landscape


def _headings_above(blocks: Sequence[Block]) -> dict[str, float]:
    """Figures by their paths to the height of the headings right above them, mm."""
    found: dict[str, float] = {}
    height = 0.0
    for block in blocks:
        if isinstance(block, Figure):
            found[block.path] = height
        height = height + _HEADING_MM[block.level] if isinstance(block, Heading) else 0.0
    return found


def _bound_headings(blocks: Sequence[Block]) -> frozenset[str]:
    """Headings of parts that stand where they do in the PDF: all where contents say so, else those over seals.

    The seals of a part are laid out on the pages as a whole; everything else may follow what is above it.
    """
    contents = any(isinstance(block, Contents) for block in blocks)
    return frozenset(
        block.text
        for block, after in zip(blocks, (*blocks[1:], None), strict=True)
        if isinstance(block, Heading) and block.level == 1 and (contents or isinstance(after, SealBlock))
    )


def _group_key(numbered: tuple[int, Block]) -> int:
    """Seal blocks that follow each other have one key, every other block its own."""
    number, block = numbered
    return -1 if isinstance(block, SealBlock) else number


def _is_table(block: Block) -> bool:
    """Whether the last thing that is written of a block is a table."""
    return isinstance(block, Grid | SealBlock) or (isinstance(block, Table) and not block.note)


def _gap_below(block: Block, following: Block | None) -> str:
    """Room below a table and its note, and above one without caption; Word wants a paragraph between two tables anyway."""
    if following is None:
        return ""
    if not isinstance(block, Grid | SealBlock | Table):
        bare = isinstance(following, Grid | SealBlock) or (
            isinstance(following, Table) and not following.caption
        )
        return spacer(_ABOVE_TABLE_PT) if bare and isinstance(block, Body | Pledge) else ""
    return "" if isinstance(following, Heading) and following.level == 1 else spacer(_BELOW_TABLE_PT)
