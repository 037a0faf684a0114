"""Styles and fonts of the Word file: every style states its four font slots, nothing refers to a theme.

Source: print target §3.1 (roles, sizes, leading), §4.1 (faces), §9 (the same in Word).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from pilotdesk.documents.word.markup import DECLARATION, NAMESPACES, half_points

Face = Literal["title", "fang", "kai", "hei", "song"]

_LATIN: Final = "Times New Roman"

FACES: Final[dict[Face, tuple[str, str]]] = {
    "title": ("方正小标宋简体", "方正小标宋简体"),
    "fang": ("仿宋_GB2312", _LATIN),
    "kai": ("楷体_GB2312", _LATIN),
    "hei": ("黑体", "黑体"),
    "song": ("宋体", _LATIN),
}
"""Face to (East Asian font, Latin font); digits are serif also inside 仿宋 and 楷体."""

TICK_FONT: Final = "Segoe UI Symbol"
TICK_STYLE: Final = "PDTick"
"""Character style of ☑ and □; the reader knows choices by it."""

# Name, the font to try when it is missing, family, pitch. Word takes one name only and does not split a list.
_FONTS: Final = (
    ("宋体", "SimSun", "auto", "variable", "86"),
    ("黑体", "SimHei", "modern", "fixed", "86"),
    ("仿宋_GB2312", "仿宋", "modern", "fixed", "86"),
    ("楷体_GB2312", "楷体", "modern", "fixed", "86"),
    ("方正小标宋简体", "华文中宋", "auto", "variable", "86"),
    (_LATIN, "", "roman", "variable", "00"),
    (TICK_FONT, "", "swiss", "variable", "00"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphStyle:
    """One paragraph style. Sizes and distances are in pt; ``indent_chars`` is the first line's indent in characters.

    Attributes:
        leading: exact line pitch; ``None`` lets the line grow with its picture.
        left, hanging: left indent and how far the first line hangs out of it.
        level: outline level of a heading, from 0; ``None`` for everything else.
        tabs: finished ``w:tab`` elements.
    """

    id: str
    name: str
    face: Face
    size: float
    leading: float | None
    align: Literal["left", "center", "right", "both"] = "left"
    before: float = 0
    after: float = 0
    indent_chars: int = 0
    left: float = 0
    hanging: float = 0
    keep_next: bool = False
    level: int | None = None
    tabs: str = ""


_CONTENTS_TAB: Final = '<w:tab w:val="right" w:leader="dot" w:pos="8845"/>'
_NOTES_TAB: Final = '<w:tab w:val="left" w:pos="480"/>'

STYLES: Final = (
    ParagraphStyle(
        id="Heading1",
        name="heading 1",
        face="hei",
        size=16,
        leading=30,
        before=14,
        after=4,
        keep_next=True,
        level=0,
    ),
    ParagraphStyle(
        id="Heading2",
        name="heading 2",
        face="kai",
        size=14,
        leading=28,
        indent_chars=2,
        keep_next=True,
        level=1,
    ),
    ParagraphStyle(
        id="Heading3",
        name="heading 3",
        face="fang",
        size=14,
        leading=26,
        indent_chars=2,
        keep_next=True,
        level=2,
    ),
    ParagraphStyle(id="TOC1", name="toc 1", face="fang", size=14, leading=22, tabs=_CONTENTS_TAB),
    ParagraphStyle(
        id="Caption", name="caption", face="hei", size=10.5, leading=18, align="center", before=6, after=3
    ),
    ParagraphStyle(id="Header", name="header", face="kai", size=9, leading=10.6, align="right"),
    ParagraphStyle(id="Footer", name="footer", face="song", size=9, leading=14),
    ParagraphStyle(id="PDCoverTitle", name="PD封面标题", face="title", size=36, leading=48, align="center"),
    ParagraphStyle(id="PDCoverYear", name="PD封面年度", face="kai", size=16, leading=24, align="center"),
    ParagraphStyle(id="PDCoverLabel", name="PD封面标签", face="song", size=16, leading=23),
    ParagraphStyle(id="PDCoverValue", name="PD封面内容", face="fang", size=16, leading=23),
    ParagraphStyle(
        id="PDCoverReference", name="PD封面参考稿", face="kai", size=12, leading=20, align="center"
    ),
    ParagraphStyle(
        id="PDPageTitle",
        name="PD页标题",
        face="title",
        size=22,
        leading=36,
        align="center",
        after=5,
        keep_next=True,
    ),
    ParagraphStyle(
        id="PDBody", name="PD正文", face="fang", size=14, leading=26, align="both", indent_chars=2
    ),
    ParagraphStyle(
        id="PDNotes",
        name="PD说明",
        face="fang",
        size=12,
        leading=21,
        align="both",
        left=24,
        hanging=24,
        tabs=_NOTES_TAB,
    ),
    ParagraphStyle(id="PDLabel", name="PD表签", face="song", size=12, leading=18, align="center"),
    ParagraphStyle(id="PDValue", name="PD表值", face="fang", size=12, leading=18),
    ParagraphStyle(
        id="PDCellText", name="PD表内文", face="fang", size=12, leading=20, align="both", indent_chars=2
    ),
    ParagraphStyle(id="PDTableHead", name="PD表头", face="hei", size=10.5, leading=15, align="center"),
    ParagraphStyle(id="PDTableText", name="PD表文", face="fang", size=10.5, leading=15),
    ParagraphStyle(id="PDTableCentred", name="PD表文中", face="fang", size=10.5, leading=15, align="center"),
    ParagraphStyle(id="PDTotal", name="PD合计", face="hei", size=10.5, leading=15, align="center"),
    ParagraphStyle(id="PDDenseText", name="PD密表文", face="fang", size=9, leading=12.5),
    ParagraphStyle(id="PDDenseHead", name="PD密表头", face="hei", size=9, leading=12.5, align="center"),
    ParagraphStyle(id="PDNote", name="PD表注", face="song", size=9, leading=14, before=3),
    ParagraphStyle(
        id="PDPledge", name="PD承诺", face="song", size=12, leading=21, align="both", indent_chars=2
    ),
    ParagraphStyle(id="PDSealLabel", name="PD竖签", face="song", size=12, leading=20, align="center"),
    ParagraphStyle(id="PDSealFoot", name="PD签章", face="song", size=12, leading=26),
    ParagraphStyle(id="PDCheckText", name="PD审核表", face="song", size=10.5, leading=15),
    ParagraphStyle(
        id="PDPicture",
        name="PD图",
        face="fang",
        size=14,
        leading=None,
        align="center",
        before=4,
        keep_next=True,
    ),
    ParagraphStyle(id="PDSpacer", name="PD间隔", face="song", size=1, leading=1),
)

# Heads and cells that only a table style's borders distinguish do not exist: one table style serves all.
_TABLE_STYLE: Final = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>'
    '<w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
    '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="table" w:customStyle="1" w:styleId="PDGrid"><w:name w:val="PD网格"/><w:basedOn w:val="TableNormal"/>'
    "<w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr></w:style>"
)

_TYPOGRAPHY: Final = (
    '<w:widowControl/><w:kinsoku/><w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
    '<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0"/>'
)
"""避头尾 on, no hanging punctuation, no extra space between Chinese and digits.

LibreOffice 7.4 reads none of the last three from a Word file and draws thin spaces around digits.
"""

OUTER_RULE: Final = 8
INNER_RULE: Final = 4
HEAD_RULE: Final = 6
"""Widths of rules in eighths of a point: 1, 0.5 and 0.75 pt."""


def rule(side: str, eighths: int) -> str:
    """One border of a table, a cell or a paragraph."""
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="auto"/>'


def grid_borders(outer: int = OUTER_RULE) -> str:
    """The inside of ``w:tblBorders``: two rule weights, outside and inside."""
    outside = "".join(rule(side, outer) for side in ("top", "left", "bottom", "right"))
    return outside + rule("insideH", INNER_RULE) + rule("insideV", INNER_RULE)


def fonts_of(face: Face) -> str:
    """``w:rFonts`` with all four slots; the hint makes “ ” — … Chinese."""
    east, latin = FACES[face]
    return f'<w:rFonts w:hint="eastAsia" w:ascii="{latin}" w:eastAsia="{east}" w:hAnsi="{latin}" w:cs="{latin}"/>'


def size_of(pt: float) -> str:
    """``w:sz`` for both scripts."""
    return f'<w:sz w:val="{half_points(pt)}"/><w:szCs w:val="{half_points(pt)}"/>'


def styles_part() -> str:
    """The whole of ``word/styles.xml``."""
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f'<w:rPr>{fonts_of("fang")}<w:color w:val="auto"/>{size_of(14)}</w:rPr></w:style>'
    )
    tick = (
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{TICK_STYLE}"><w:name w:val="{TICK_STYLE}"/>'
        f'<w:rPr><w:rFonts w:hint="default" w:ascii="{TICK_FONT}" w:eastAsia="{TICK_FONT}"'
        f' w:hAnsi="{TICK_FONT}" w:cs="{TICK_FONT}"/></w:rPr></w:style>'
    )
    bare = (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
    )
    paragraphs = "".join(_style(style) for style in STYLES)
    tables = _TABLE_STYLE.format(borders=grid_borders())
    return f"{DECLARATION}<w:styles {NAMESPACES}>{_defaults()}{normal}{bare}{tick}{paragraphs}{tables}</w:styles>"


def fonts_part() -> str:
    """The whole of ``word/fontTable.xml``: what to take when a font is missing. Nothing is embedded."""
    fonts = "".join(
        f'<w:font w:name="{name}">{f"<w:altName w:val={other!r}/>".replace(chr(39), chr(34)) if other else ""}'
        f'<w:charset w:val="{charset}"/><w:family w:val="{family}"/><w:pitch w:val="{pitch}"/></w:font>'
        for name, other, family, pitch, charset in _FONTS
    )
    return f"{DECLARATION}<w:fonts {NAMESPACES}>{fonts}</w:fonts>"


def _defaults() -> str:
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts_of('fang')}{size_of(14)}"
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{_TYPOGRAPHY}</w:pPr></w:pPrDefault></w:docDefaults>"
    )


def _style(style: ParagraphStyle) -> str:
    builtin = not style.name.startswith("PD")
    custom = "" if builtin else ' w:customStyle="1"'
    following = '<w:next w:val="PDBody"/>' if style.level is not None else ""
    priority = f'<w:uiPriority w:val="{39 if style.id == "TOC1" else 9}"/>' if builtin else ""
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="Normal"/>{following}{priority}<w:qFormat/><w:pPr>{_properties(style)}</w:pPr>'
        f'<w:rPr>{fonts_of(style.face)}<w:b w:val="0"/><w:bCs w:val="0"/><w:color w:val="auto"/>'
        f"{size_of(style.size)}</w:rPr></w:style>"
    )


def _properties(style: ParagraphStyle) -> str:
    pitch = (
        f' w:line="{round(style.leading * 20)}" w:lineRule="exact"'
        if style.leading
        else ' w:line="240" w:lineRule="auto"'
    )
    spacing = f'<w:spacing w:before="{round(style.before * 20)}" w:after="{round(style.after * 20)}"{pitch}/>'
    indent = ""
    if style.indent_chars:
        first = round(style.indent_chars * style.size * 20)
        indent = f'<w:ind w:firstLineChars="{style.indent_chars * 100}" w:firstLine="{first}"/>'
    elif style.hanging:
        indent = f'<w:ind w:left="{round(style.left * 20)}" w:hanging="{round(style.hanging * 20)}"/>'
    return (
        ("<w:keepNext/>" if style.keep_next else "")
        + ("<w:keepLines/>" if style.level is not None else "")
        + (f"<w:tabs>{style.tabs}</w:tabs>" if style.tabs else "")
        + '<w:snapToGrid w:val="0"/>'
        + spacing
        + indent
        + f'<w:jc w:val="{style.align}"/>'
        + (f'<w:outlineLvl w:val="{style.level}"/>' if style.level is not None else "")
    )
