"""The cover: title, year and underlined lines, placed by their baselines.

An exact line puts its baseline at 80 % of its pitch in Word and in LibreOffice alike, so a position on the page
is a matter of adding up. Source: print target §3.1 and §6.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.word.markup import paragraph, printable, run, twip
from pilotdesk.documents.word.measure import text_width
from pilotdesk.documents.word.styles import rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.documents.blocks import Cover, CoverLine
    from pilotdesk.documents.word.marks import Marks

_MM: Final = 72 / 25.4
_TOP_PT: Final = 30 * _MM
_ABOVE_BASELINE: Final = 0.8
_TITLE_BASELINES_PT: Final = (84 * _MM, 106 * _MM)
_YEAR_BASELINE_PT: Final = 122 * _MM
_FIRST_LINE_PT: Final = 152 * _MM
_LAST_LINE_PT: Final = 241 * _MM
_REFERENCE_BASELINE_PT: Final = 251 * _MM
_PITCH_PT: Final = 12.2 * _MM
_LEAST_PITCH_PT: Final = 8.6 * _MM
_TITLE_LEADING: Final = 48.0
_YEAR_LEADING: Final = 24.0
_LINE_LEADING: Final = 23.0
"""Its last 4.6 pt are the room between baseline and underline."""

_REFERENCE_LEADING: Final = 20.0
_LABEL_PT: Final = 128.0
_LABEL_SIZE: Final = 16
_COLUMNS: Final = (twip(50.2), twip(91.8))
_LINE_CHARACTERS: Final = 16.0
"""Characters of 16 pt on one underlined line, 92 mm less the indent of 4 pt."""

_UNDERLINE: Final = 5
"""0.6 pt."""

_LETTER_SPACES: Final = (2.4, 30.0)


_NEVER_FIRST: Final = "，。、；：！？）》】”’%—…"
_BEFORE_JOINT: Final = " ”》）、，；省市县区局"


@dataclass(slots=True)
class _Pen:
    """Where the text has come to, in pt from the top of the page."""

    at: float = _TOP_PT

    def before(self, baseline: float, leading: float) -> int:
        """Space above the next line so that it stands on ``baseline``; in twips, never negative. Moves the pen."""
        gap = max(0.0, baseline - _ABOVE_BASELINE * leading - self.at)
        self.at += gap + leading
        return round(gap * 20)


def cover_markup(cover: Cover, reference_line: str | None, marks: Marks) -> str:
    """The whole cover; ``reference_line`` is ``None`` when the pack is official."""
    pen = _Pen()
    parts: list[str] = []
    for text, baseline, gap in zip(cover.title, _TITLE_BASELINES_PT, _LETTER_SPACES, strict=True):
        parts.append(_line("PDCoverTitle", spaced_runs(text, gap), pen.before(baseline, _TITLE_LEADING)))
    above_year = pen.before(_YEAR_BASELINE_PT, _YEAR_LEADING)
    lines = [(line, split_values(line.values)) for line in cover.lines]
    first, pitch = line_places(sum(len(values) for _line_, values in lines))
    table_top = first - _ABOVE_BASELINE * _LINE_LEADING - (pitch - _LINE_LEADING)
    below_year = max(0, round((table_top - pen.at) * 20))
    parts.append(_line("PDCoverYear", run(printable(cover.year)), above_year, below_year))
    parts.append(_lines_table(lines, pitch, marks))
    pen.at = max(pen.at, table_top) + pitch * sum(len(values) for _line_, values in lines)
    if reference_line:
        above = pen.before(_REFERENCE_BASELINE_PT, _REFERENCE_LEADING)
        parts.append(_line("PDCoverReference", run(printable(reference_line)), above))
    return "".join(parts)


def line_places(count: int) -> tuple[float, float]:
    """First baseline and pitch in pt of ``count`` underlined lines; many lines move closer, then up."""
    steps = max(1, count - 1)
    pitch = min(_PITCH_PT, max(_LEAST_PITCH_PT, (_LAST_LINE_PT - _FIRST_LINE_PT) / steps))
    return min(_FIRST_LINE_PT, _LAST_LINE_PT - steps * pitch), pitch


def split_values(values: Sequence[str]) -> list[tuple[str, bool]]:
    """Underlined lines as (text, whether it continues the line before); at least one."""
    lines: list[tuple[str, bool]] = []
    for value in values:
        pieces = split_line(printable(value), _LINE_CHARACTERS)
        lines += [(piece, number > 0) for number, piece in enumerate(pieces)]
    return lines or [("", False)]


def split_line(text: str, room: float) -> list[str]:
    """Break a long value at a natural joint (a space, behind a closing mark or a kind of unit), else anywhere.

    Nothing is added or left out: the pieces together are the text. Neither a Latin word nor a passage in “ ”
    is broken when it can be helped.
    """
    pieces: list[str] = []
    while text_width(text) > room:
        fits = next(end for end in range(len(text), 0, -1) if text_width(text[:end]) <= room or end == 1)
        ends = [end for end in range(fits, fits // 2, -1) if text[end] not in _NEVER_FIRST]
        whole = [end for end in ends if not _breaks_word(text, end)]
        joints = [end for end in whole if text[end - 1] in _BEFORE_JOINT]
        end = (joints or whole or ends or [fits])[0]
        pieces.append(text[:end])
        text = text[end:]
    return [*pieces, text]


def _breaks_word(text: str, end: int) -> bool:
    left, right = text[end - 1], text[end]
    latin = left.isascii() and right.isascii() and left.isalnum() and right.isalnum()
    return latin or text[:end].count("“") != text[:end].count("”")


def spaced_runs(text: str, gap_pt: float) -> str:
    """Letter-spaced text; the last letter has no space behind it, so that the line is centred."""
    text = printable(text)
    return run(text[:-1], f'<w:spacing w:val="{round(gap_pt * 20)}"/>') + run(text[-1:])


def spread_label(label: str) -> str:
    """A label spread evenly over 128 pt by letter space, which every word processor draws alike."""
    label = printable(label)
    gaps = len(label) - 1
    # The closing bracket ends the line, where it takes half a character.
    natural = text_width(label) - (0.5 if label.endswith("）") else 0)
    free = _LABEL_PT - natural * _LABEL_SIZE
    return spaced_runs(label, free / gaps) if gaps > 0 and free > 0 else run(label)


def _lines_table(
    lines: Sequence[tuple[CoverLine, list[tuple[str, bool]]]], pitch: float, marks: Marks
) -> str:
    rows = "".join(
        _row(line, number, value, pitch, marks)
        for line, values in lines
        for number, value in enumerate(values, start=1)
    )
    margins = "".join(f'<w:{side} w:w="0" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in _COLUMNS)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(_COLUMNS)}" w:type="dxa"/><w:tblInd w:w="{twip(7)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
        f"{rows}</w:tbl>"
    )


def _row(line: CoverLine, number: int, value: tuple[str, bool], pitch: float, marks: Marks) -> str:
    """One underlined line; the rule is the cell's lower border, because it then stands at the same place everywhere."""
    text, continued = value
    start, end = marks.cover(line.path, number, continued=continued)
    spacing = f'<w:spacing w:before="{round((pitch - _LINE_LEADING) * 20)}"/>'
    label = paragraph("PDCoverLabel", spread_label(line.label) if number == 1 else "", after=spacing)
    content = paragraph("PDCoverValue", start + run(text) + end, after=f'{spacing}<w:ind w:left="80"/>')
    height = f'<w:trHeight w:val="{round(pitch * 20)}" w:hRule="exact"/>'
    borders = f"<w:tcBorders>{rule('bottom', _UNDERLINE)}</w:tcBorders>"
    return (
        f"<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>"
        f'<w:tc><w:tcPr><w:tcW w:w="{_COLUMNS[0]}" w:type="dxa"/></w:tcPr>{label}</w:tc>'
        f'<w:tc><w:tcPr><w:tcW w:w="{_COLUMNS[1]}" w:type="dxa"/>{borders}</w:tcPr>{content}</w:tc></w:tr>'
    )


def _line(style: str, runs: str, before: int, after: int = 0) -> str:
    return paragraph(style, runs, after=f'<w:spacing w:before="{before}" w:after="{after}"/>')
