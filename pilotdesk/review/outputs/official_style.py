"""Page, styles and rules of an official document, so that Word, WPS and LibreOffice set it the same.

A4 with a text area of 156 × 225 mm, 22 lines of 28 characters: 29 pt a line, 15.79 pt a character.

Source: GB/T 9704-2012 §5.2, §7, §10.1. Sizes of the mark and widths of rules are those of common practice where the
standard gives none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from pilotdesk.documents.word.markup import DECLARATION, NAMESPACES, printable, run, twip
from pilotdesk.documents.word.styles import fonts_of, size_of
from pilotdesk.review.outputs.official_records import BLANKS

if TYPE_CHECKING:
    from pilotdesk.documents.word.styles import Face

RED: Final = "CC0000"
LINE_PT: Final = 29.0
CHARACTER_PT: Final = 16.0
PITCH_PT: Final = 442.25 / 28
"""From one character to the next; the text area is 442.25 pt wide."""
TEXT_TWIPS: Final = 8845
ONE_CHARACTER: Final = round(PITCH_PT * 20)
"""From one character to the next, in twips."""
SET_CHARACTER: Final = 315
"""What one takes, before a justified line is filled out."""
SMALL_CHARACTER: Final = 280
"""One character of 4号, in twips."""

# The lower margin is 0.2 mm short of 35: 22 lines of 580 twips have to find room, also where lengths are rounded to 0.01 mm.
PAGE: Final = (
    '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1972" w:left="1587"'
    ' w:header="{header}" w:footer="1307" w:gutter="0"/>'
)
# Every line has its exact height already; snapping would only make programs differ.
GRID: Final = '<w:docGrid w:type="lines" w:linePitch="580"/>'
"""22 lines. 28 characters stand in a line because each gives up a quarter of a point: LibreOffice gives a character two
places of a grid that is narrower than the character."""
_CLOSER: Final = '<w:spacing w:val="-5"/>'


class Style(NamedTuple):
    """One paragraph style. Sizes in pt; ``more`` are finished properties behind the spacing, in schema order."""

    id: str
    name: str
    face: Face
    size: float
    leading: float = LINE_PT
    more: str = ""
    keep_next: bool = False
    red: bool = False


_INDENT: Final = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_BOTH: Final = '<w:jc w:val="both"/>'

STYLES: Final = (
    Style("GWBody", "公文正文", "fang", 16, more=_INDENT + _BOTH),
    Style("GWPlain", "公文顶格", "fang", 16, more=_BOTH),
    Style("GWFirst", "公文一级标题", "hei", 16, more=_INDENT + _BOTH, keep_next=True),
    Style("GWSecond", "公文二级标题", "kai", 16, more=_INDENT + _BOTH, keep_next=True),
    Style("GWTitle", "公文标题", "title", 22, 34, more='<w:jc w:val="center"/>', keep_next=True),
    Style("GWMark", "发文机关标志", "title", 39, 46.8, more='<w:jc w:val="center"/>', red=True),
    Style("GWNumber", "发文字号", "fang", 16),
    Style("GWAnnex", "附件说明", "fang", 16),
    Style("GWSign", "公文署名", "fang", 16, keep_next=True),
    Style("GWCopies", "公文版记", "fang", 14, 24),
    Style("GWPage", "公文页码", "song", 14, 14),
)


def official_styles() -> str:
    """The whole of ``word/styles.xml``."""
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f"<w:rPr>{fonts_of('fang')}{size_of(CHARACTER_PT)}</w:rPr></w:style>"
    )
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts_of('fang')}{size_of(CHARACTER_PT)}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>'
        '<w:widowControl w:val="0"/><w:kinsoku/><w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/>'
        '<w:autoSpaceDN w:val="0"/><w:spacing w:before="0" w:after="0"/></w:pPr></w:pPrDefault></w:docDefaults>'
    )
    bare = (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
    )
    styles = "".join(map(_style, STYLES))
    return f"{DECLARATION}<w:styles {NAMESPACES}>{defaults}{normal}{bare}{styles}</w:styles>"


def _style(style: Style) -> str:
    look = f'<w:color w:val="{RED}"/>' if style.red else ""
    look += _CLOSER if style.size == CHARACTER_PT else ""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{"<w:keepNext/>" if style.keep_next else ""}'
        '<w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="0" w:after="0" w:line="{round(style.leading * 20)}" w:lineRule="exact"/>{style.more}</w:pPr>'
        f'<w:rPr>{fonts_of(style.face)}<w:b w:val="0"/><w:bCs w:val="0"/>{look}{size_of(style.size)}</w:rPr></w:style>'
    )


def red_bar(number: int, top_mm: float, height_pt: float, width_mm: float = 170) -> str:
    """A red bar in the middle of the page, at an exact place of it, as a run.

    Args:
        number: makes its id unique in the file.
        top_mm: from the upper edge of the page.
        height_pt: thickness.
        width_mm: length.
    """
    left = (210 - width_mm) / 2
    points = (round(mm * 72 / 25.4, 2) for mm in (left, top_mm, width_mm))
    place = "margin-left:{}pt;margin-top:{}pt;width:{}pt".format(*points)
    return (
        f'<w:r><w:rPr><w:noProof/></w:rPr><w:pict><v:rect id="Rule{number}" o:spid="_x0000_s{3072 + number}"'
        f' style="position:absolute;{place};height:{height_pt}pt;z-index:{number};'
        'mso-position-horizontal-relative:page;mso-position-vertical-relative:page"'
        f' fillcolor="#{RED.lower()}" stroked="f"/></w:pict></w:r>'
    )


def points_of(mm: float) -> float:
    """Millimetres in points."""
    return twip(mm) / 20


def runs(text: str, properties: str = "") -> str:
    """Runs of a paragraph; what is left to fill in is highlighted."""
    pieces = BLANKS.split(" ".join(printable(text).split("\n")))
    marked = '<w:highlight w:val="yellow"/>'
    return "".join(run(piece, properties + (marked if at % 2 else "")) for at, piece in enumerate(pieces))
