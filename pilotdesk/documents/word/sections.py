"""Sections, headers and footers: which blocks share a page set-up, and what stands in the margins.

Source: print target §2.1 (pages), §2.2 (header and footer), §9 (the same in Word).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from pilotdesk.documents.blocks import Block, Cover, Heading, Outline
from pilotdesk.documents.word.markup import (
    DECLARATION,
    NAMESPACES,
    attribute,
    field,
    paragraph,
    run,
    spacer,
    twip,
)
from pilotdesk.documents.word.pictures import inline_picture

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Kind = Literal["cover", "portrait", "landscape"]
FooterKind = Literal["cover", "portrait-odd", "portrait-even", "landscape-odd", "landscape-even"]

FOOTER_KINDS: Final[tuple[FooterKind, ...]] = (
    "cover",
    "portrait-odd",
    "portrait-even",
    "landscape-odd",
    "landscape-even",
)

PORTRAIT_TWIPS: Final = 8845
LANDSCAPE_TWIPS: Final = 13890
"""Widths of the text areas, 156 and 245 mm, as the page and its margins leave them."""

QR_MM: Final = 12.5
_QR_COLUMN: Final = twip(14.5)
_NUMBER_COLUMN: Final = twip(30)

_PORTRAIT_PAGE: Final = (
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1701" w:right="1474" w:bottom="1814" w:left="1587"'
    ' w:header="964" w:footer="709" w:gutter="0"/>'
)
_LANDSCAPE_PAGE: Final = (
    '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1587" w:right="1474" w:bottom="1814"'
    ' w:left="1474" w:header="964" w:footer="709" w:gutter="0"/>'
)

# The QR's column leaves 2 mm: text begins 3 mm behind the QR, an even page's number 14 pt.
_TEXT_INDENT: Final = twip(1)
_NUMBER_INDENT: Final = 280 - twip(2)

# Text stands 1.5 pt higher than in the middle of its 14 pt: first baseline 9.6 pt below the QR's upper edge.
_RAISED: Final = '<w:position w:val="3"/>'
_NUMBER: Final = f'{_RAISED}<w:sz w:val="28"/><w:szCs w:val="28"/>'
_LONG_NAME: Final = 30
_LONGEST_NAME: Final = {"portrait": 38, "landscape": 70}
"""Characters of 8 pt that the footer's text column holds; up to 30 are printed at 9 pt."""


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks that share a page set-up. ``restart`` numbers its pages from 1."""

    kind: Kind
    blocks: tuple[Block, ...]
    restart: bool


def plan_sections(blocks: Sequence[Block], is_landscape: Callable[[Block], bool]) -> tuple[Section, ...]:
    """Group blocks by page set-up; headings go with the landscape figure or table that they stand above."""
    kinds: list[Kind] = []
    for block in blocks:
        kinds.append(
            "cover" if isinstance(block, Cover) else "landscape" if is_landscape(block) else "portrait"
        )
    for index in range(len(blocks) - 2, -1, -1):
        if isinstance(blocks[index], Heading):
            kinds[index] = kinds[index + 1]
    sections: list[Section] = []
    start = 0
    for end in range(1, len(blocks) + 1):
        if end == len(blocks) or kinds[end] != kinds[start]:
            numbered = [section for section in sections if section.kind != "cover"]
            sections.append(
                Section(kinds[start], tuple(blocks[start:end]), not numbered and kinds[start] != "cover")
            )
            start = end
    return tuple(sections)


def section_properties(section: Section, headers: dict[str, str], footers: dict[str, str]) -> str:
    """``w:sectPr`` with its own references; ``headers`` and ``footers`` map kinds to relationship ids."""
    if section.kind == "cover":
        references = (
            f'<w:headerReference w:type="first" r:id="{headers["cover"]}"/>'
            f'<w:footerReference w:type="first" r:id="{footers["cover"]}"/>'
        )
        numbering = ""
        ending = "<w:titlePg/>"
    else:
        references = "".join(
            f'<w:{part}Reference w:type="{word}" r:id="{ids[key]}"/>'
            for part, ids, prefix in (("header", headers, ""), ("footer", footers, f"{section.kind}-"))
            for word, key in (("default", f"{prefix}odd"), ("even", f"{prefix}even"))
        )
        numbering = '<w:pgNumType w:start="1"/>' if section.restart else ""
        ending = ""
    page = _LANDSCAPE_PAGE if section.kind == "landscape" else _PORTRAIT_PAGE
    return (
        f'<w:sectPr>{references}<w:type w:val="nextPage"/>{page}{numbering}<w:cols w:space="425"/>{ending}'
        '<w:docGrid w:linePitch="312"/></w:sectPr>'
    )


def header_part(outline: Outline, number: int, *, cover: bool) -> str:
    """One header: the 参考稿 line (on the cover it stands in the text), and the watermark of a draft.

    Args:
        outline: whose ``reference_line`` and ``watermark`` are printed.
        number: of this header, for the watermark's id.
        cover: whether it is the cover's.
    """
    line = run(outline.reference_line) if outline.reference_line and not cover else ""
    mark = watermark(outline.watermark, number) if outline.draft and outline.watermark else ""
    return f"{DECLARATION}<w:hdr {NAMESPACES}>{paragraph('Header', mark + line)}</w:hdr>"


def watermark(text: str, number: int) -> str:
    """A draft's watermark, 112 pt, rising, behind the text; Word's own command finds and removes it by its id."""
    width = 112 * len(text)
    style = (
        f"position:absolute;margin-left:0;margin-top:0;width:{width}pt;height:112pt;rotation:315;z-index:-251658752;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:page;"
        "mso-position-vertical:center;mso-position-vertical-relative:page"
    )
    return (
        "<w:r><w:rPr><w:noProof/></w:rPr><w:pict>"
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">'
        '<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
        '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/>'
        '<v:f eqn="if @0 @4 21600"/></v:formulas><v:path textpathok="t" o:connecttype="rect"/>'
        '<v:textpath on="t" fitshape="t"/></v:shapetype>'
        f'<v:shape id="PowerPlusWaterMarkObject{number}" o:spid="_x0000_s{2048 + number}" type="#_x0000_t136"'
        f' style="{style}" o:allowincell="f" fillcolor="#ebebeb" stroked="f">'
        f'<v:textpath style="font-family:&quot;黑体&quot;;font-size:1pt" string="{attribute(text)}"/></v:shape></w:pict></w:r>'
    )


def footer_part(outline: Outline, kind: FooterKind, *, number: int, pages: int | None, picture: str) -> str:
    """One footer: QR at the left, two lines of text, the page number on the outer side.

    Args:
        outline: project, revision and check code.
        kind: page set-up and side.
        number: of this footer, for the picture's id, which is unique in the whole file.
        pages: numbered pages in all, ``None`` when nobody counted them: then no total is printed.
        picture: relationship id of the QR.
    """
    wide = kind.startswith("landscape")
    width = LANDSCAPE_TWIPS if wide else PORTRAIT_TWIPS
    rest = width - _QR_COLUMN - _NUMBER_COLUMN
    even = kind.endswith("even")
    text = _footer_cell(rest, _footer_lines(outline, pages, wide=wide, right=even))
    if kind == "cover":
        page = _footer_cell(_NUMBER_COLUMN, paragraph("Footer", ""))
    else:
        page = _footer_cell(_NUMBER_COLUMN, _page_number(even))
    qr = _footer_cell(_QR_COLUMN, _qr_paragraph(picture, number))
    cells, columns = (
        ((qr, page, text), (_QR_COLUMN, _NUMBER_COLUMN, rest))
        if even
        else ((qr, text, page), (_QR_COLUMN, rest, _NUMBER_COLUMN))
    )
    grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in columns)
    margins = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
    table = (
        f'<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:tblInd w:w="0" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{twip(QR_MM)}" w:hRule="exact"/></w:trPr>{"".join(cells)}</w:tr></w:tbl>'
    )
    return f"{DECLARATION}<w:ftr {NAMESPACES}>{table}{spacer(1)}</w:ftr>"


def revision_line(outline: Outline, pages: int | None) -> str:
    """``第 3 版　校验码 K7Q4-2M9X　共 38 页``; a draft says so and has no check code."""
    mark = f"（{outline.mark}）" if outline.draft else ""
    parts = [f"第 {outline.revision} 版{mark}"] if outline.revision else []
    if outline.check_code and not outline.draft:
        parts.append(f"校验码 {outline.check_code}")
    if pages is not None:
        parts.append(f"共 {pages} 页")
    return "　".join(parts)


def footer_name(name: str, longest: int) -> str:
    """The project name for a footer, cut in its middle when it is longer than ``longest`` characters."""
    name = " ".join(name.split())
    if len(name) <= longest:
        return name
    head = longest // 2
    return f"{name[:head]}…{name[len(name) - (longest - head - 1) :]}"


def _footer_lines(outline: Outline, pages: int | None, *, wide: bool, right: bool) -> str:
    align = '<w:jc w:val="right"/>' if right else f'<w:ind w:left="{_TEXT_INDENT}"/>'
    size = "" if len(outline.project) <= _LONG_NAME else '<w:sz w:val="16"/><w:szCs w:val="16"/>'
    name = footer_name(outline.project, _LONGEST_NAME["landscape" if wide else "portrait"])
    lines = ((name, f"{_RAISED}{size}"), (revision_line(outline, pages), _RAISED))
    return "".join(paragraph("Footer", run(text, properties), after=align) for text, properties in lines)


def _page_number(even: bool) -> str:
    place = f'<w:ind w:left="{_NUMBER_INDENT}"/>' if even else '<w:ind w:right="280"/><w:jc w:val="right"/>'
    runs = run("— ", _NUMBER) + field("PAGE", "1", _NUMBER) + run(" —", _NUMBER)
    return paragraph("Footer", runs, after=place)


def _qr_paragraph(picture: str, number: int) -> str:
    drawing = inline_picture(
        picture, number=number, size_mm=(QR_MM, QR_MM), name="校验二维码", description="本表的编号二维码"
    )
    automatic = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
    return paragraph("Footer", drawing, after=automatic)


def _footer_cell(width: int, content: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'
