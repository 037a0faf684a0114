"""Header, footer and watermark. Source: print target §2.2; page number after GB/T 9704-2012 §7.5."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.documents.pdf.front import centred, top_of
from pilotdesk.documents.pdf.styles import MM, TextStyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.documents.blocks import Outline
    from pilotdesk.documents.pdf.lines import Line, Typesetter
    from pilotdesk.documents.pdf.pages import Page

QR_SIZE: Final = 12.5 * MM
WATERMARK_SIZE: Final = 112.0

_HEADER: Final = TextStyle("kai", 9, 0)
_COVER_HEADER: Final = TextStyle("kai", 12, 0)
_FOOTER: Final = TextStyle("song", 9, 0)
_SMALL_FOOTER: Final = TextStyle("song", 8, 0)
_PAGE_NUMBER: Final = TextStyle("song", 14, 0)
_WATERMARK: Final = TextStyle("hei", WATERMARK_SIZE, 0)

_HEADER_BASELINE: Final = 20 * MM
_COVER_HEADER_ABOVE_FOOT: Final = 46 * MM
_FOOTER_BELOW_TEXT: Final = 7 * MM
_FIRST_BASELINE, _FOOTER_PITCH = 9.6, 14.0
_TEXT_GAP, _NUMBER_GAP = 3 * MM, 14.0
_LONGEST_AT_FULL_SIZE: Final = 30
_WHITE_BEFORE_NUMBER: Final = 12.0


def furnish(outline: Outline, pages: Sequence[Page], numbered: int, setter: Typesetter) -> None:
    """Add what every page carries, now that the number of pages is known.

    Args:
        outline: words and token.
        pages: all pages.
        numbered: pages that count, for 共 n 页.
        setter: sets the words.
    """
    watermark = setter.single(_spread(outline.watermark), _WATERMARK) if outline.watermark else None
    words = _footer_words(outline, numbered)
    for page in pages:
        page.watermark = watermark
        page.qr = (page.shape.left, page.shape.bottom + _FOOTER_BELOW_TEXT)
        if outline.reference_line:
            _header(page, outline.reference_line, setter)
        _footer(page, outline.project, words, setter)


def _header(page: Page, text: str, setter: Typesetter) -> None:
    if page.number is None:
        centred(page, setter.single(text, _COVER_HEADER), page.shape.height - _COVER_HEADER_ABOVE_FOOT)
        return
    line = setter.single(text, _HEADER)
    page.place(line, page.shape.right - line.width, top_of(line, _HEADER_BASELINE), 0)


def _footer_words(outline: Outline, numbered: int) -> str:
    revision = f"第 {outline.revision} 版"
    count = f"共 {numbered} 页"
    if not outline.revision:
        return count
    if outline.draft or not outline.check_code:
        return f"{revision}（{outline.mark}）　{count}" if outline.draft else f"{revision}　{count}"
    return f"{revision}　校验码 {outline.check_code}　{count}"


def _footer(page: Page, project: str, words: str, setter: Typesetter) -> None:
    """QR left; on odd pages words beside it and the number right, on even pages the other way round."""
    shape = page.shape
    first = shape.bottom + _FOOTER_BELOW_TEXT + _FIRST_BASELINE
    beside = shape.left + QR_SIZE
    number = setter.single(f"— {page.number} —", _PAGE_NUMBER) if page.number is not None else None
    taken = (number.width + _NUMBER_GAP + _WHITE_BEFORE_NUMBER) if number else 0.0
    name = _project_line(project, shape.right - beside - _TEXT_GAP - taken, setter)
    lines = (name, setter.single(words, _FOOTER))
    even = page.number is not None and page.number % 2 == 0
    for n, line in enumerate(lines):
        x = shape.right - line.width if even else beside + _TEXT_GAP
        page.place(line, x, top_of(line, first + n * _FOOTER_PITCH), 0)
    if number is not None:
        x = beside + _NUMBER_GAP if even else shape.right - _NUMBER_GAP - number.width
        page.place(number, x, top_of(number, first), 0)


def _project_line(project: str, width: float, setter: Typesetter) -> Line:
    """The project's name on one line: smaller when long, cut in its middle when longer still."""
    text = " ".join(project.split("\n"))
    style = _FOOTER if len(text) <= _LONGEST_AT_FULL_SIZE else _SMALL_FOOTER
    line, kept = setter.single(text, style), len(text)
    while line.width > width and kept > 2:
        kept -= 1
        line = setter.single(f"{text[: (kept + 1) // 2]}…{text[len(text) - kept // 2 :]}", style)
    return line


def _spread(text: str) -> str:
    return f"{text[0]}　{text[1]}" if len(text) == 2 else text
