"""推荐汇总表 as a Word file: an annex of the letter, A4 across, bound at its upper edge.

The sheet is turned so that the head of the table lies at the binding edge; the page number stays where it is on upright
pages, so here it stands turned at the left edge.

Source: GB/T 9704-2012 §8; print target §8.3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from pilotdesk.documents.blocks import Cell, Table
from pilotdesk.documents.word.marks import Marks
from pilotdesk.documents.word.markup import DECLARATION, NAMESPACES, field, paragraph, printable, run
from pilotdesk.documents.word.package import WordPackage
from pilotdesk.documents.word.properties import custom_part, settings_part
from pilotdesk.documents.word.styles import fonts_of, fonts_part, size_of, styles_part
from pilotdesk.documents.word.tables import list_markup
from pilotdesk.documents.word.theme import theme_part

if TYPE_CHECKING:
    from pilotdesk.review.outputs.summary_table import SummaryRow, SummaryTable

HEADS: Final = (
    "推荐顺序", "试点领域", "项目名称", "承担单位", "统一社会信用代码", "所在地", "信用核查日期", "联系人", "联系电话", "备注",
)  # fmt: skip
WIDTHS: Final = (9.0, 21.5, 47.5, 37.5, 39.5, 12.0, 15.0, 12.0, 22.0, 9.0)
"""mm; 225 in all. Codes of the last years have up to nine letters, and stand in one line."""
_CENTRED: Final = frozenset({0, 1, 4, 5, 6, 7, 8, 9})
_TEXT_TWIPS: Final = 12756
_PAGE: Final = (
    '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1587" w:right="2098" w:bottom="1474"'
    ' w:left="1984" w:header="567" w:footer="567" w:gutter="0"/>'
)
# Turned clockwise, so the line runs down: it ends one character (14 pt) inside on odd pages, and begins there on even ones.
_NUMBER_TWIPS: Final = 340
_NUMBER_LENGTH: Final = 1701
_NUMBER_LEFT: Final = 1587 - _NUMBER_TWIPS
_ODD_TOP: Final = 11906 - 1474 - 280 - _NUMBER_LENGTH
_EVEN_TOP: Final = 1587 + 280


def summary_paper(table: SummaryTable, *, annex: str = "附件1") -> bytes:
    """The .docx file; the same table gives the same bytes.

    Args:
        table: what it says.
        annex: the mark in its upper left corner; empty for none.
    """
    package = WordPackage()
    package.add_fixed_parts(
        styles=styles_part(), settings=settings_part(), fonts=fonts_part(), theme=theme_part()
    )
    headers = "".join(
        f'<w:headerReference w:type="{side}" r:id="{package.add_header(number, _header(even=side == "even"))}"/>'
        for number, side in enumerate(("default", "even"), 1)
    )
    section = f'<w:sectPr>{headers}{_PAGE}<w:cols w:space="425"/><w:docGrid w:linePitch="312"/></w:sectPr>'
    body = _above(table, annex) + list_markup(_table(table), Marks()) + section
    package.document.markup = f"{DECLARATION}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
    package.add_properties(core=_core(table), app=_app(table), custom=custom_part({}))
    return package.to_bytes()


def _above(table: SummaryTable, annex: str) -> str:
    """Annex, title on the third line, who recommends and how many."""
    left = '<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="left"/>'
    pitch = '<w:spacing w:before="0" w:after="0" w:line="480" w:lineRule="exact"/>'
    hei = fonts_of("hei") + size_of(16)
    small = fonts_of("fang") + size_of(10.5)
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{_TEXT_TWIPS}"/></w:tabs>'
    close = '<w:spacing w:before="0" w:after="136" w:line="300" w:lineRule="exact"/>'
    line = f"推荐单位：{table.bureau}\t{table.count_line}"
    return (
        paragraph("PDBody", run(printable(annex), hei), after=pitch + left)
        + paragraph("PDBody", "", after=pitch + left)
        + paragraph("PDPageTitle", run(printable(table.title)))
        + paragraph("PDBody", run(printable(line), small), before="<w:keepNext/>", after=tab + close + left)
    )


def _table(table: SummaryTable) -> Table:
    rows = tuple(
        tuple(
            Cell(text, "text", "center" if column in _CENTRED else "left")
            for column, text in enumerate(_texts(row, table.one_year))
        )
        for row in table.rows
    )
    return Table(
        number="",
        caption="",
        widths=WIDTHS,
        head=HEADS,
        rows=rows,
        path="summary",
        note=table.note,
        style="dense",
        padding_pt=2.5,
        landscape=True,
    )


def _texts(row: SummaryRow, one_year: int | None) -> tuple[str, ...]:
    """The cells of a row. Where all queries of credit are of one year, the note says which."""
    on = row.credit_on
    credit = "" if on is None else f"{on.month}月{on.day}日" if one_year else f"{on:%Y-%m-%d}"
    contact = f"{row.contact[0]}　{row.contact[1]}" if len(row.contact) == 2 else row.contact
    return (
        str(row.number), row.field, row.title, row.unit, row.uscc, row.place, credit, contact, row.phone, row.note,
    )  # fmt: skip


def _header(*, even: bool) -> str:
    """The page number, turned, at the left edge: a table of one cell that has its place on the page."""
    number = run("— ", _NUMBER) + field("PAGE", "2" if even else "1", _NUMBER) + run(" —", _NUMBER)
    side = '<w:jc w:val="left"/>' if even else '<w:jc w:val="right"/>'
    cell = (
        f'<w:tc><w:tcPr><w:tcW w:w="{_NUMBER_TWIPS}" w:type="dxa"/><w:textDirection w:val="tbRl"/>'
        f'<w:vAlign w:val="center"/></w:tcPr>{paragraph("Footer", number, after=_SINGLE + side)}</w:tc>'
    )
    place = (
        '<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="page" w:horzAnchor="page"'
        f' w:tblpX="{_NUMBER_LEFT}" w:tblpY="{_EVEN_TOP if even else _ODD_TOP}"/>'
    )
    table = (
        f'<w:tbl><w:tblPr>{place}<w:tblW w:w="{_NUMBER_TWIPS}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{_NUMBER_TWIPS}"/></w:tblGrid>'
        f'<w:tr><w:trPr><w:trHeight w:val="{_NUMBER_LENGTH}" w:hRule="exact"/></w:trPr>{cell}</w:tr></w:tbl>'
    )
    return f"{DECLARATION}<w:hdr {NAMESPACES}>{table}{paragraph('Header', '')}</w:hdr>"


_NUMBER: Final = fonts_of("song") + size_of(14)
_SINGLE: Final = '<w:spacing w:before="0" w:after="0" w:line="280" w:lineRule="exact"/>'


def _core(table: SummaryTable) -> str:
    words = (("dc:title", table.title), ("dc:creator", table.bureau), ("dc:language", "zh-CN"))
    entries = "".join(f"<{tag}>{escape(printable(text))}</{tag}>" for tag, text in words)
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/">{entries}</cp:coreProperties>'
    )


def _app(table: SummaryTable) -> str:
    return (
        f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Application>PilotDesk</Application><Company>{escape(printable(table.bureau))}</Company></Properties>"
    )
