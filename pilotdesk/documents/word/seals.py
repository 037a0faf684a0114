"""Blocks with room for signature and seal: label at the left, statement, white area, two lines at its foot.

Source: print target §5.2 (十三), §5.3 (seal and signature areas), §9 (the same in Word).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.documents.blocks import Cell, SealBlock, Tick
from pilotdesk.documents.word.markup import paragraph, printable, run, spacer, twip
from pilotdesk.documents.word.measure import text_width
from pilotdesk.documents.word.styles import INNER_RULE
from pilotdesk.documents.word.tables import Frame, RowStyle, Slot, column_twips, row_markup, table_markup
from pilotdesk.documents.word.texts import marked_paragraphs, printed_paragraphs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.documents.word.marks import Marks

_WIDTHS: Final = (14.0, 142.0)
_CHECK_WIDTHS: Final = (30.0, 69.0, 36.0)
_CHECK_HEAD: Final = ("审核内容", "审核要点", "审核结论")
_CHECK_CHOICES: Final = (Tick("符合", False), Tick("不符合", False))
_CHECK_STYLES: Final = {"head": "PDTableHead", "text": "PDCheckText", "value": "PDTableText"}
_DATE: Final = "年　　月　　日"
_PADDING_MM: Final = 3.5
_CONTENT_TWIPS: Final = twip(142 - 2 * _PADDING_MM)
_RIGHT_PART: Final = twip(62)
"""How far from the right edge of the content the words for the seal begin."""

_PAGE_MM: Final = 225.0
"""What a page takes of seal blocks, with room for a heading above them."""
_LINE_CHARS: Final = 28
_LINE_MM, _CHECK_MM, _EDGES_MM = 8.5, 9.0, 6.0
_LABEL_PITCH: Final = 400
_LABEL_SLACK: Final = 480
"""Room above and below the label; with less, LibreOffice cuts its last letter."""


def seal_markup(blocks: Sequence[SealBlock], marks: Marks) -> str:
    """Seal blocks that follow each other share one table; each stays on one page, all on the same where they fit."""
    columns = column_twips(_WIDTHS)
    together = sum(map(_height_mm, blocks)) <= _PAGE_MM
    last = len(blocks) - 1
    rows = "".join(
        _block_rows(block, columns, marks, keep=together and at < last) for at, block in enumerate(blocks)
    )
    return table_markup(Frame(columns, 5.4, {}), rows)


def _height_mm(block: SealBlock) -> float:
    """About how high a block is; generous, because keeping together what does not fit would tear it elsewhere."""
    texts = [*block.paragraphs, block.answer if block.path is not None else ""]
    lines = sum(-(-len(text) // _LINE_CHARS) for text in texts)
    checks = len(block.checks) + 1 if block.checks else 0
    return block.height + _EDGES_MM + lines * _LINE_MM + checks * _CHECK_MM


def _block_rows(block: SealBlock, columns: tuple[int, ...], marks: Marks, *, keep: bool) -> str:
    height = twip(block.height)
    label = "".join(paragraph("PDSealLabel", run(letter), before="<w:keepNext/>") for letter in block.label)
    # The label is merged over both rows and the lower one is exact: the upper one has to be high enough for it.
    least = max(510, len(block.label) * _LABEL_PITCH + _LABEL_SLACK - height)
    statement = _cell(columns[1], _statement(block, marks), rule_below=False, align="top")
    foot = _cell(columns[1], _foot(block, keep=keep), rule_above=False, align="bottom")
    blank = paragraph("PDSealLabel", "", before="<w:keepNext/>" if keep else "")
    merged = _cell(columns[0], blank, merge="<w:vMerge/>")
    opening = _cell(columns[0], label, merge='<w:vMerge w:val="restart"/>')
    return (
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{least}" w:hRule="atLeast"/></w:trPr>{opening}{statement}</w:tr>'
        f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{height}" w:hRule="exact"/></w:trPr>{merged}{foot}</w:tr>'
    )


def _statement(block: SealBlock, marks: Marks) -> str:
    """The printed sentences; with review points the first sentence stands above them, the others below."""
    keep = "<w:keepNext/>"
    above, below = (block.paragraphs[:1], block.paragraphs[1:]) if block.checks else (block.paragraphs, ())
    parts = [printed_paragraphs(above, "PDPledge", before=keep)] if above else []
    if block.checks:
        parts.append(spacer(3))
        parts.append(_check_table(block.checks, marks))
        parts.append(printed_paragraphs(below, "PDPledge", before=keep) if below else spacer(3))
    if block.path is not None:
        parts.append(marked_paragraphs(block.answer, "PDCellText", marks.answer(block.path), before=keep))
    return "".join(parts) or paragraph("PDPledge", "", before=keep)


def _check_table(checks: Sequence[tuple[str, str]], marks: Marks) -> str:
    frame = Frame(tuple(twip(width) for width in _CHECK_WIDTHS), 4.2, _CHECK_STYLES)
    head = [Slot(Cell(text, "head", "center"), column) for column, text in enumerate(_CHECK_HEAD)]
    rows = [row_markup(head, frame, RowStyle(410, keep=True), marks)]
    for point, question in checks:
        cells = (
            Cell(point, "text", "center"),
            Cell(question, "text"),
            Cell("", "value", "center", ticks=_CHECK_CHOICES),
        )
        slots = [Slot(cell, column) for column, cell in enumerate(cells)]
        rows.append(row_markup(slots, frame, RowStyle(410, keep=True), marks))
    return table_markup(frame, "".join(rows), outer=INNER_RULE)


def _foot(block: SealBlock, *, keep: bool) -> str:
    # A long name begins further left rather than taking a second line.
    right = max(_RIGHT_PART, round(text_width(block.right) * 12 * 20) + 40)
    tabs = f'<w:tabs><w:tab w:val="left" w:pos="{_CONTENT_TWIPS - right}"/></w:tabs>'
    next_row = "<w:keepNext/>" if keep else ""
    words = run(f"{printable(block.left)}\t{printable(block.right)}")
    names = paragraph("PDSealFoot", words, before=next_row, after=tabs)
    date = paragraph(
        "PDSealFoot", run(_DATE), before=next_row, after='<w:ind w:right="200"/><w:jc w:val="right"/>'
    )
    return names + date


def _cell(
    width: int,
    content: str,
    *,
    merge: str = "",
    rule_above: bool = True,
    rule_below: bool = True,
    align: str = "center",
) -> str:
    """One cell; the rule between statement and white area is taken away."""
    gone = "" if rule_above else '<w:top w:val="nil"/>'
    gone += "" if rule_below else '<w:bottom w:val="nil"/>'
    side = twip(_PADDING_MM)
    above, below = (60, 60) if merge else (100, 40)
    widths = (("top", above), ("left", side), ("bottom", below), ("right", side))
    margins = "".join(f'<w:{edge} w:w="{width}" w:type="dxa"/>' for edge, width in widths)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merge}{f"<w:tcBorders>{gone}</w:tcBorders>" if gone else ""}'
        f'<w:tcMar>{margins}</w:tcMar><w:vAlign w:val="{align}"/></w:tcPr>{content}</w:tc>'
    )
