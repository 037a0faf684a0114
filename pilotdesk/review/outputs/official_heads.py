"""The red heads of official documents: 信函格式 and 文件格式.

In Word, WPS and LibreOffice the baseline stands at 80 % of a line of exact height, whatever the font. So heights of lines
put the upper edges of letters where the standard wants them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.documents.word.markup import DECLARATION, NAMESPACES, half_points, paragraph, run, twip
from pilotdesk.review.outputs.official_style import (
    CHARACTER_PT,
    LINE_PT,
    ONE_CHARACTER,
    RED,
    TEXT_TWIPS,
    points_of,
    red_bar,
    runs,
)

if TYPE_CHECKING:
    from pilotdesk.review.outputs.official_records import Paper

_MM: Final = 25.4 / 72
_BASE: Final = 0.8
_INK: Final = 0.82
"""From the baseline to the upper edge of a character, in sizes; 宋 and 小标宋 of the usual fonts."""
_BELOW: Final = 0.1
_SPREAD_PT: Final = 425.0
"""150 mm: as wide as a mark may be."""
_MOST_GAP: Final = 0.4
"""White between characters of a short mark, in characters."""
_HEAVY_PT, _LIGHT_PT, _BETWEEN_PT = 2.2, 0.7, 1.4
_RULES_PT: Final = _HEAVY_PT + _BETWEEN_PT + _LIGHT_PT

_REPORT_MARK_PT: Final = 45.0
_LEAST_MARK_PT: Final = 36.0
"""A longer mark gets narrower characters, no smaller ones."""
_REPORT_LINE: Final = 1.2
"""Height of the mark's line, in sizes."""

# 函: mark 30 mm from the edge, rule 4 mm under it, number seven eighths of a character (14 pt) under the rule.
_HEADER_PT: Final = 79.6
"""Where the header begins; ``w:header`` of the page says the same."""
_LETTER_MARK_PT: Final = 39.0
_MARK_BASELINE_PT: Final = points_of(30) + _INK * _LETTER_MARK_PT
_UPPER_MM: Final = (_MARK_BASELINE_PT + _BELOW * _LETTER_MARK_PT) * _MM + 4
_LOWER_MM: Final = 297 - 20 - _RULES_PT * _MM
_FIRST_LINE_PT: Final = _UPPER_MM / _MM + _RULES_PT + 14 + _INK * CHARACTER_PT - _BASE * LINE_PT
_TEXT_START_PT: Final = 742.9 - 21 * LINE_PT
"""21 lines above the lower edge, half a point to spare: LibreOffice puts what is left over of whole lines above the first."""


def letter_header(bureau: str) -> str:
    """Header of the first page of a 函: the mark and both double rules."""
    step = _BETWEEN_PT * _MM
    bars = (
        (_UPPER_MM, _HEAVY_PT),
        (_UPPER_MM + _HEAVY_PT * _MM + step, _LIGHT_PT),
        (_LOWER_MM, _LIGHT_PT),
        (_LOWER_MM + _LIGHT_PT * _MM + step, _HEAVY_PT),
    )
    rules = "".join(red_bar(number, top, height) for number, (top, height) in enumerate(bars, start=1))
    line = (_MARK_BASELINE_PT - _HEADER_PT) / _BASE
    # The text begins below the header; an empty line reaches down to there.
    rest = _exact(_TEXT_START_PT - _HEADER_PT - line)
    centred = (
        f'{_exact(line)}<w:ind w:right="{twip(2)}"/>'  # on the page, as the rules are: the text area is not
    )
    mark = paragraph("GWMark", rules + _mark(bureau, _LETTER_MARK_PT), after=centred)
    return f"{DECLARATION}<w:hdr {NAMESPACES}>{mark}{paragraph('GWPlain', '', after=rest)}</w:hdr>"


def letter_head(paper: Paper) -> str:
    """发文字号 of a 函, flush right, and the first of two empty lines."""
    spacing = _exact(LINE_PT, _FIRST_LINE_PT - _TEXT_START_PT)
    number = paragraph("GWNumber", runs(paper.number), after=f'{spacing}<w:jc w:val="right"/>')
    return number + paragraph("GWPlain", "")


def report_head(paper: Paper) -> str:
    """Mark, 发文字号 and 签发人, red rule, and the first of two empty lines."""
    text = paper.mark
    size = min(_REPORT_MARK_PT, max(_LEAST_MARK_PT, int(_SPREAD_PT / len(text))))
    line = _REPORT_LINE * size
    # The mark's upper edge is 35 mm below that of the text area.
    before = points_of(35) - (_BASE * line - _INK * size)
    mark = paragraph("GWMark", _mark(text, size), after=_exact(line, before))
    empty = paragraph("GWPlain", "")
    return mark + empty * 2 + _number_and_signer(paper) + empty


def _number_and_signer(paper: Paper) -> str:
    """The number one character in at the left, who signs one in at the right, 4 mm below them the rule.

    Letters end 0.12 of their size below the baseline, and a fifth of the line is left there.
    """
    left = LINE_PT * (1 - _BASE) - 0.12 * CHARACTER_PT
    border = f'<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="{round(points_of(4) - left)}" w:color="{RED}"/></w:pBdr>'
    tabs = f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_TWIPS - ONE_CHARACTER}"/></w:tabs>'
    # The rule is as wide as the text area, so the first character in is a space of the text.
    kai = '<w:rFonts w:hint="eastAsia" w:ascii="楷体_GB2312" w:eastAsia="楷体_GB2312" w:hAnsi="楷体_GB2312"/>'
    text = runs(f"　{paper.number}\t签发人：") + runs(paper.signer, kai)
    return paragraph("GWNumber", text, after=border + tabs)


def _mark(text: str, size: float) -> str:
    """The mark, 150 mm wide: a short one with its characters spread, a long one with narrower characters.

    There is no white behind the last character, so that the mark stands in the middle.
    """
    count = max(1, len(text))
    gap = min(_MOST_GAP * size, max(0.0, (_SPREAD_PT - count * size) / max(1, count - 1)))
    narrow = min(100, int(100 * _SPREAD_PT / (count * size)))
    scale = f'<w:w w:val="{narrow}"/>' if narrow < 100 else ""
    height = f'<w:sz w:val="{half_points(size)}"/><w:szCs w:val="{half_points(size)}"/>'
    spread = f'<w:spacing w:val="{round(gap * 20)}"/>'
    return run(text[:-1], f"{spread}{scale}{height}") + run(text[-1:], f"{scale}{height}")


def _exact(line_pt: float, before_pt: float = 0.0) -> str:
    before, line = round(before_pt * 20), round(line_pt * 20)
    return f'<w:spacing w:before="{before}" w:after="0" w:line="{line}" w:lineRule="exact"/>'
