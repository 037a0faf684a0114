"""What real forms have that the small language has not: put on when the form is written, before its marks are resolved.

A piece of dress is a function of the body; it looks its place up by a text or by a number, so it may be added anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from docx.oxml import parse_xml
from lxml import etree

from tests.data.templates.building import Look, Template
from tests.data.templates.resolving import SPACES, W
from tests.documents import filling_kit as kit

DECLARED = " ".join(f'xmlns:{name}="{uri}"' for name, uri in SPACES.items())
Dress = Callable[[etree._Element], None]


def w(name: str) -> str:
    """The name with its namespace."""
    return f"{{{W}}}{name}"


def piece(xml: str) -> etree._Element:
    """An element from a text without declarations."""
    return parse_xml(re.sub(r"(/?>)", rf" {DECLARED}\1", xml, count=1))


class Dressed(Template):
    """A form with dress."""

    def __init__(self, name: str, form: str, layouts: str, look: Look | None = None) -> None:
        super().__init__(name, form, layouts, look)
        self.dress: list[Dress] = []

    def wear(self, *dress: Dress) -> Dressed:
        self.dress += dress
        return self

    def xml(self) -> str:
        body = parse_xml(f"<w:body {DECLARED}>{super().xml()}</w:body>")
        for put_on in self.dress:
            put_on(body)
        return "".join(etree.tostring(child, encoding="unicode") for child in body)


def paragraphs(body: etree._Element, beginning: str) -> list[etree._Element]:
    """The paragraphs whose text, blanks left out, begins so."""
    return [par for par in body.iter(kit.P) if kit.norm(_read(par)).startswith(beginning)]


def _read(par: etree._Element) -> str:
    return "".join(sign for sign in kit.text_of(par) if not 0xE000 <= ord(sign) < 0xE800)


def properties(element: etree._Element, name: str) -> etree._Element:
    """The properties of a paragraph, cell, row or table, made if there are none."""
    found = element.find(w(name))
    if found is None:
        found = element.makeelement(w(name), {})
        element.insert(0, found)
    return found


def underlined_tabs(beginning: str, *stops: int) -> Dress:
    """Tab stops with a line as leader: the blanks of a cover as careful people make them."""

    def put_on(body: etree._Element) -> None:
        tabs = "".join(f'<w:tab w:val="left" w:leader="underscore" w:pos="{stop}"/>' for stop in stops)
        for par in paragraphs(body, beginning):
            _in_order(properties(par, "pPr"), f"<w:tabs>{tabs}</w:tabs>")

    return put_on


def _in_order(of_paragraph: etree._Element, xml: str) -> None:
    """Into w:pPr behind what the schema wants before it."""
    before = {"pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr"}
    at = sum(etree.QName(child).localname in before for child in of_paragraph)
    of_paragraph.insert(at, piece(xml))


def automatic_number(beginning: str, number: int = 8, level: int = 0) -> Dress:
    """The number of a heading counted by Word: the file has the words only."""

    def put_on(body: etree._Element) -> None:
        for par in paragraphs(body, beginning):
            _in_order(properties(par, "pPr"),
                      f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')  # fmt: skip

    return put_on


def cover_table(number: int) -> Dress:
    """A table without lines whose second, fourth… cells have one below: the commonest cover there is."""

    def put_on(body: etree._Element) -> None:
        table = [one for one in body.iter(kit.TBL)][number]
        borders = table.find(f"{w('tblPr')}/{w('tblBorders')}")
        borders.getparent().remove(borders)
        table.find(f"{w('tblPr')}/{w('tblStyle')}").set(w("val"), "TableNormal")
        for row in kit.rows_of(table):
            for column, cell in enumerate(kit.cells_of(row)):
                pars = kit.paragraphs_of(cell)
                if column % 2:
                    below = piece(
                        '<w:tcBorders><w:bottom w:val="single" w:sz="6" w:space="0" w:color="auto"/></w:tcBorders>'
                    )
                    cell.find(w("tcPr")).insert(-1, below)
                else:
                    _aligned(pars[0], "distribute")

    return put_on


def _aligned(par: etree._Element, how: str) -> None:
    of_paragraph = properties(par, "pPr")
    for old in of_paragraph.findall(w("jc")):
        of_paragraph.remove(old)
    mark = of_paragraph.find(w("rPr"))
    at = list(of_paragraph).index(mark) if mark is not None else len(of_paragraph)
    of_paragraph.insert(at, piece(f'<w:jc w:val="{how}"/>'))


def head_rows(number: int, amount: int = 1) -> Dress:
    """Rows of a head that come again on every page, none of them broken over two."""

    def put_on(body: etree._Element) -> None:
        table = [one for one in body.iter(kit.TBL)][number]
        for row in kit.rows_of(table)[:amount]:
            of_row = properties(row, "trPr")
            of_row.insert(0, piece("<w:cantSplit/>"))
            of_row.append(piece("<w:tblHeader/>"))

    return put_on


def slanted(number: int) -> Dress:
    """A line across the first cell of a table."""

    def put_on(body: etree._Element) -> None:
        table = [one for one in body.iter(kit.TBL)][number]
        cell = kit.cells_of(kit.rows_of(table)[0])[0]
        across = piece(
            '<w:tcBorders><w:tl2br w:val="single" w:sz="4" w:space="0" w:color="auto"/></w:tcBorders>'
        )
        cell.find(w("tcPr")).insert(-1, across)

    return put_on


def smart_dates(body: etree._Element) -> None:
    """Old Word wraps what it takes for dates and names in smart tags; WPS keeps them."""
    for run in list(body.iter(kit.R)):
        text = run.find(w("t"))
        if text is None or text.text not in ("年", "月", "日") or run.getparent().tag != kit.P:
            continue
        parent = run.getparent()
        at = list(parent).index(run)
        tag = piece(
            '<w:smartTag w:uri="urn:schemas-microsoft-com:office:smarttags" w:element="chsdate"></w:smartTag>'
        )
        parent.insert(at, tag)
        tag.append(run)


def control(shown: str, kind: str) -> Dress:
    """The control that shows this text is a list to choose from, or one for a date.

    ``kind``: the XML of its kind, see `choices` and DATE.
    """

    def put_on(body: etree._Element) -> None:
        for sdt in body.iter(w("sdt")):
            plain = sdt.find(f"{w('sdtPr')}/{w('text')}")
            read = "".join(text.text or "" for text in sdt.iter(w("t")))
            if plain is not None and shown in read:
                plain.getparent().replace(plain, piece(kind))

    return put_on


DATE = (
    "<w:date><w:dateFormat w:val=\"yyyy'年'M'月'd'日'\"/><w:lid w:val=\"zh-CN\"/>"
    '<w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>'
)


def choices(*options: str) -> str:
    """A list to choose from."""
    made = "".join(f'<w:listItem w:displayText="{one}" w:value="{one}"/>' for one in options)
    return f"<w:dropDownList>{made}</w:dropDownList>"


def in_block_control(beginning: str) -> Dress:
    """The paragraph stands in a content control of its own."""

    def put_on(body: etree._Element) -> None:
        for number, par in enumerate(paragraphs(body, beginning)):
            parent, at = par.getparent(), list(par.getparent()).index(par)
            box = piece(
                f'<w:sdt><w:sdtPr><w:id w:val="{9000 + number}"/></w:sdtPr><w:sdtContent></w:sdtContent></w:sdt>'
            )
            parent.insert(at, box)
            box[1].append(par)

    return put_on


def drawn_line(beginning: str) -> Dress:
    """A line drawn under the blank with the drawing tools, hung on the paragraph's first run."""

    def put_on(body: etree._Element) -> None:
        for number, par in enumerate(paragraphs(body, beginning)):
            line = piece(
                f'<w:r><w:pict><v:line id="line{number}" style="position:absolute;z-index:{number + 5}" from="120pt,20pt" '
                'to="360pt,20pt"/></w:pict></w:r>'
            )
            par.insert(list(par).index(par.find(w("pPr"))) + 1, line)

    return put_on


def narrow_rows(number: int, points: int) -> Dress:
    """Lines of a fixed height in the cells of a table, as people do to get it on one page."""

    def put_on(body: etree._Element) -> None:
        table = [one for one in body.iter(kit.TBL)][number]
        for par in table.iter(kit.P):
            spacing = piece(f'<w:spacing w:line="{points * 20}" w:lineRule="exact"/>')
            of_paragraph = properties(par, "pPr")
            before = {"pStyle", "numPr", "tabs", "keepNext"}
            of_paragraph.insert(
                sum(etree.QName(child).localname in before for child in of_paragraph), spacing
            )

    return put_on


def linked(shown: str) -> Dress:
    """A link (an address of the office) that Word made by itself, as a field."""

    def put_on(body: etree._Element) -> None:
        for run in list(body.iter(kit.R)):
            text = run.find(w("t"))
            if text is None or shown not in (text.text or ""):
                continue
            parent, at = run.getparent(), list(run.getparent()).index(run)
            field = piece(f'<w:fldSimple w:instr=" HYPERLINK &quot;mailto:{shown}&quot; "></w:fldSimple>')
            parent.insert(at, field)
            field.append(run)

    return put_on


def old_box(form: Dressed, *texts: str) -> Dressed:
    """A text box as Word 2003 and WPS write it: VML alone, without a copy for new readers."""
    marked = [form.writer.marks.read(text) if "{" in text else text for text in texts]
    inner = "".join(form.writer.paragraph(text) for text in marked)
    form.body.append(
        f'<w:p><w:r><w:pict><v:shape id="box{form.writer.number()}" type="#_x0000_t202" '
        'style="position:absolute;margin-left:20pt;margin-top:6pt;width:380pt;height:130pt;z-index:3" stroked="f">'
        f"<v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    for _ in range(8):
        form.p()
    return form
