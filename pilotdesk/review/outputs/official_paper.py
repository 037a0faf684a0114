"""An official document as a Word file: 函 in 信函格式, 报告 in 文件格式 with 签发人.

It is the bureau's own document: no seal, no header of ours, no QR and no 校验码. What the clerk has to fill in stands in
the text as 【请填写…】 and is highlighted.

Source: GB/T 9704-2012 §7, §10.1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.documents.word.markup import DECLARATION, NAMESPACES, field, paragraph, run
from pilotdesk.documents.word.package import WordPackage
from pilotdesk.documents.word.properties import custom_part, settings_part
from pilotdesk.documents.word.styles import fonts_part
from pilotdesk.documents.word.theme import theme_part
from pilotdesk.review.outputs.official_heads import letter_head, letter_header, report_head
from pilotdesk.review.outputs.official_records import Layout, day_text
from pilotdesk.review.outputs.official_style import (
    GRID,
    ONE_CHARACTER,
    PAGE,
    PITCH_PT,
    SET_CHARACTER,
    SMALL_CHARACTER,
    TEXT_TWIPS,
    official_styles,
    runs,
)
from pilotdesk.review.outputs.paper_properties import app_of, core_of
from pilotdesk.review.outputs.title_lines import title_lines, width

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pilotdesk.review.outputs.official_records import Paper

_FREE_LINES: Final = 3
"""Between text and signature: room for the seal."""
_HEAVY, _LIGHT = 8, 6
"""Rules of the 版记 in eighths of a point: 0.35 and 0.25 mm."""


def write_paper(paper: Paper) -> bytes:
    """The Word file; the same paper gives the same bytes."""
    package = WordPackage()
    package.add_fixed_parts(
        styles=official_styles(), settings=settings_part(), fonts=fonts_part(), theme=theme_part()
    )
    letter = paper.layout is Layout.LETTER
    references = []
    if letter:
        references.append(("header", "first", package.add_header(1, letter_header(paper.bureau))))
    for number, side in enumerate(("default", "even"), start=1):
        footer, relation = package.add_footer(number)
        footer.markup = _page_number(even=side == "even")
        references.append(("footer", side, relation))
    if letter:
        footer, relation = package.add_footer(3)
        footer.markup = f"{DECLARATION}<w:ftr {NAMESPACES}>{paragraph('GWPage', '')}</w:ftr>"
        references.append(("footer", "first", relation))
    named = "".join(
        f'<w:{part}Reference w:type="{side}" r:id="{relation}"/>' for part, side, relation in references
    )
    head = letter_head(paper) if letter else report_head(paper)
    page = PAGE.format(header=1592 if letter else 850)
    section = (
        f'<w:sectPr>{named}{page}<w:cols w:space="425"/>{"<w:titlePg/>" if letter else ""}{GRID}</w:sectPr>'
    )
    body = head + "".join(_text(paper)) + "".join(_ending(paper)) + section
    package.document.markup = f"{DECLARATION}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
    package.add_properties(
        core=core_of(paper.title, paper.bureau), app=app_of(paper.bureau), custom=custom_part({})
    )
    return package.to_bytes()


def _text(paper: Paper) -> Iterable[str]:
    yield paragraph("GWPlain", "")
    for line in title_lines(paper.title, (paper.bureau, *paper.words)):
        yield paragraph("GWTitle", runs(line))
    yield paragraph("GWPlain", "")
    yield paragraph("GWPlain", runs(f"{paper.addressee}："))
    kept = len(paper.text) - 2  # 特此报告 alone with the signature would be a page that says nothing
    for number, (level, text) in enumerate(paper.text):
        yield paragraph(level.value, runs(text), before="<w:keepNext/>" if number >= kept else "")


def _ending(paper: Paper) -> Iterable[str]:
    """Annexes, signature, note and who else gets it."""
    if paper.annexes:
        yield _kept_line()
        yield from _annexes(paper.annexes)
    for _ in range(_FREE_LINES):
        yield _kept_line()
    yield from _signature(paper)
    if paper.note:
        yield paragraph("GWBody", runs(f"（{paper.note}）"))
    yield from _copies(paper)


def _kept_line() -> str:
    return paragraph("GWPlain", "", before="<w:keepNext/>")


def _annexes(annexes: tuple[str, ...]) -> Iterable[str]:
    """``附件：1. …``, the second below the first, runover lines below the title's first character."""
    several = len(annexes) > 1
    start = 2 * ONE_CHARACTER + 3 * SET_CHARACTER
    left = start + (round(1.2 * ONE_CHARACTER) if several else 0)
    tabs = f'<w:tabs><w:tab w:val="left" w:pos="{left}"/></w:tabs>' if several else ""
    for at, title in enumerate(annexes, start=1):
        hanging = left - (2 * ONE_CHARACTER if at == 1 else start)
        label = "附件：" if at == 1 else ""
        text = f"{label}{at}.\t{title}" if several else f"{label}{title}"
        indent = f'{tabs}<w:ind w:left="{left}" w:hanging="{hanging}"/><w:jc w:val="left"/>'
        yield paragraph("GWAnnex", runs(text), before="<w:keepNext/>", after=indent)


def _signature(paper: Paper) -> Iterable[str]:
    """Name and date around one axis: the date ends four characters from the right, with room for the seal over both."""
    dated = day_text(paper.dated)
    name = width(paper.bureau) * PITCH_PT
    middle = min(TEXT_TWIPS / 20 - 4 * PITCH_PT - width(dated) * PITCH_PT / 2, TEXT_TWIPS / 20 - name / 2)
    tabs = f'<w:tabs><w:tab w:val="center" w:pos="{round(middle * 20)}"/></w:tabs>'
    yield paragraph("GWSign", runs(f"\t{paper.bureau}"), after=tabs)
    alone = "" if paper.note else '<w:keepNext w:val="0"/>'
    yield paragraph("GWSign", runs(f"\t{dated}"), before=alone, after=tabs)


def _copies(paper: Paper) -> Iterable[str]:
    """What stands at the foot of the last page: with rules in 文件格式, without in 信函格式.

    A table that is bound to the lower edge of the text area stays there, however long the text becomes.
    """
    lines: list[tuple[str, str]] = []
    if paper.copies:
        hanging = f'<w:ind w:left="{4 * SMALL_CHARACTER}" w:right="{SMALL_CHARACTER}" w:hanging="{3 * SMALL_CHARACTER}"/>'
        lines.append((f"抄送：{'，'.join(paper.copies)}。", hanging))
    if paper.layout is Layout.REPORT:
        sides = f'<w:ind w:left="{SMALL_CHARACTER}" w:right="{SMALL_CHARACTER}"/>'
        tab = f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_TWIPS - SMALL_CHARACTER}"/></w:tabs>'
        lines.append((f"{paper.issued_by}\t{day_text(paper.dated)}印发", tab + sides))
    if not lines:
        return
    cell = f'<w:tc><w:tcPr><w:tcW w:w="{TEXT_TWIPS}" w:type="dxa"/></w:tcPr>'
    rows = "".join(
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cell}{paragraph('GWCopies', runs(text), after=place)}</w:tc></w:tr>"
        for text, place in lines
    )
    rules = _RULES if paper.layout is Layout.REPORT else ""
    yield f'{_FOOT.format(rules=rules)}<w:tblGrid><w:gridCol w:w="{TEXT_TWIPS}"/></w:tblGrid>{rows}</w:tbl>{_LAST}'


_RULES: Final = (
    "<w:tblBorders>"
    + "".join(
        f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="auto"/>'
        for side, eighths in (("top", _HEAVY), ("bottom", _HEAVY), ("insideH", _LIGHT))
    )
    + "</w:tblBorders>"
)
_FOOT: Final = (
    '<w:tbl><w:tblPr><w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" w:horzAnchor="page"'
    ' w:tblpX="1587" w:tblpYSpec="bottom"/><w:tblOverlap w:val="never"/>'
    f'<w:tblW w:w="{TEXT_TWIPS}" w:type="dxa"/>{{rules}}<w:tblLayout w:type="fixed"/><w:tblCellMar>'
    '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
)
_NO_ROOM: Final = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
_LAST: Final = paragraph("GWPlain", "", after=_NO_ROOM)
"""A table at a place of its own is bound to the paragraph behind it; this one takes no room."""


def _page_number(*, even: bool) -> str:
    side = "left" if even else "right"
    place = f'<w:ind w:{side}="{SMALL_CHARACTER}"/><w:jc w:val="{side}"/>'
    number = run("— ") + field("PAGE", "2" if even else "1") + run(" —")
    return f"{DECLARATION}<w:ftr {NAMESPACES}>{paragraph('GWPage', number, after=place)}</w:ftr>"
