"""A small language to write .docx templates in, with the places of the answers marked as they are written.

``{path}`` in a text is a place; ``{path|what stands there}`` one that shows something (a blank, a date to be completed,
boxes, guidance); ``{path|what stands there|right|also right}`` one whose right writings are not simply the sample's.
A path may end in ``#word``: a piece of an answer. ``{?path…}`` is a place that may as well be left.

Tracked changes: <ins>added</ins>, <del>deleted</del>. Formats: <u>underlined</u>, <g>grey italic</g>, <b>bold</b>,
<sdt>placeholder of a content control</sdt>. Single signs: tab and line break as they are, ``▣`` a content-control
checkbox, ``▢`` a box as w:sym of Wingdings 2, ``◻`` one as a letter in Wingdings, ``◫`` a form-field checkbox, ``◪`` a
form-field text. ``\\v`` begins a new paragraph in a cell.

Every place gets a mark of the private use area. `resolving.py` finds the marks in the finished file (also after
LibreOffice saved it anew), writes down where they stood and takes them out.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

FIRST_MARK = 0xE000
TOKEN = re.compile(r"</?(?:u|g|b|sdt|ins|del)>|[\t\n▣▢◻◫◪]|[\ue000-\ue7ff]|[^<\t\n▣▢◻◫◪\ue000-\ue7ff]+|<")
PLACE = re.compile(r"\{(\??)([\w.\[\]#]+)((?:\|[^{}]*)?)\}")
CHARACTERS = {"▣": "☐", "▢": "□", "◻": "□", "◫": "□", "◪": "", "\ufffc": ""}
TAGS = re.compile(r"</?(?:u|g|b|sdt|ins|del)>")
CONTINUES = "^"  # a cell that is merged with the one above


@dataclass
class Place:
    """One place: its mark, the field's path, what it shows, and the right writings (none: the sample's)."""

    mark: str
    path: str
    shown: str
    accept: tuple[str, ...]
    optional: bool


@dataclass
class Container:
    """A cell or paragraph with places; its text with {0}, {1}… where they stand."""

    text: str
    places: list[Place]


@dataclass
class RowsTruth:
    """Rows to be filled one by one: where they begin is marked; one entry for each cell of a row."""

    mark: str
    path: str
    columns: list[str]
    blank: int
    surplus: str
    optional: bool


def plain(text: str) -> str:
    """The text without formats, boxes as they are read back."""
    text = TAGS.sub("", re.sub("<del>.*?</del>", "", text)).replace("\v", "\n")
    for sign, read in CHARACTERS.items():
        text = text.replace(sign, read)
    return text


class Marks:
    """Gives out marks and keeps what they stand for."""

    def __init__(self) -> None:
        self.containers: list[Container] = []
        self.rows: list[RowsTruth] = []
        self._next = FIRST_MARK

    def new(self) -> str:
        self._next += 1
        return chr(self._next - 1)

    def read(self, text: str) -> str:
        """Replace the places in a text by marks and remember the container."""
        places: list[Place] = []

        def marked(found: re.Match[str]) -> str:
            shown, *accept = found[3][1:].split("|") if found[3] else [""]
            accept = [plain(one) for one in accept]
            mark = self.new()
            places.append(Place(mark, found[2], plain(shown), tuple(accept), bool(found[1])))
            return f"\x01{len(places) - 1}\x02{mark}{shown}\x03"

        marked_text = PLACE.sub(marked, text)
        if places:
            text_of = re.sub(r"\x01(\d+)\x02.*?\x03", r"{\1}", marked_text, flags=re.DOTALL)
            self.containers.append(Container(plain(text_of), places))
        return re.sub(r"\x01\d+\x02|\x03", "", marked_text)


@dataclass
class Look:
    """Fonts and clutter of a document."""

    font: str = "仿宋_GB2312"
    size: int = 24  # half points
    clutter: str = ""  # "", "chars", "words", "fonts"
    label_font: str = ""
    theme: bool = False


class Writer:
    """Turns marked text into runs and paragraphs of WordprocessingML."""

    def __init__(self, look: Look, seed: str) -> None:
        self.look = look
        self.marks = Marks()
        self._random = random.Random(seed)
        self._id = 100

    def number(self) -> int:
        self._id += 1
        return self._id

    def properties(self, style: frozenset[str], size: int, font: str = "") -> str:
        look = self.look
        font = font or look.font
        if look.clutter == "fonts" and not style & {"u"}:
            font = self._random.choice([font, "宋体", "仿宋", "FangSong_GB2312"])
        hint = ' w:hint="eastAsia"' if look.clutter and self._random.random() < 0.7 else ""
        if look.theme:
            fonts = f'<w:rFonts w:asciiTheme="minorEastAsia" w:eastAsiaTheme="minorEastAsia" w:hAnsiTheme="minorHAnsi"{hint}/>'
        else:
            fonts = f'<w:rFonts w:ascii="{font}" w:eastAsia="{font}" w:hAnsi="{font}"{hint}/>'
        bold = "<w:b/>" if "b" in style else ""
        grey = '<w:i/><w:color w:val="808080"/>' if "g" in style else ""
        under = '<w:u w:val="single"/>' if "u" in style else ""
        return f'<w:rPr>{fonts}{bold}{grey}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>{under}</w:rPr>'

    def run(self, inner: str, style: frozenset[str], size: int) -> str:
        rsid = f' w:rsidRPr="00{self._random.randrange(16**6):06X}"' if self.look.clutter else ""
        return f"<w:r{rsid}>{self.properties(style, size)}{inner}</w:r>"

    def text(self, text: str, style: frozenset[str], size: int) -> str:
        name = "delText" if "del" in style else "t"
        return "".join(
            self.run(f'<w:{name} xml:space="preserve">{escape(piece)}</w:{name}>', style, size) + self._dirt()
            for piece in self._pieces(text)
        )

    def _pieces(self, text: str) -> list[str]:
        if self.look.clutter == "chars":
            return list(text)
        if self.look.clutter in ("words", "fonts"):
            cuts = (
                sorted({self._random.randrange(1, len(text)) for _ in range(len(text) // 4)})
                if len(text) > 1
                else []
            )
            return [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
        return [text]

    def _dirt(self) -> str:
        if not self.look.clutter or self._random.random() > 0.12:
            return ""
        number = self.number()
        return self._random.choice(
            [
                '<w:proofErr w:type="spellStart"/>',
                '<w:proofErr w:type="gramEnd"/>',
                f'<w:bookmarkStart w:id="{number}" w:name="OLE_LINK{number}"/><w:bookmarkEnd w:id="{number}"/>',
            ]
        )

    def runs(self, marked: str, size: int) -> str:
        """The runs of a marked text."""
        style: frozenset[str] = frozenset()
        made: list[str] = []
        held: list[str] | None = None  # runs inside a content control
        for token in TOKEN.findall(marked):
            if token == "<sdt>":
                held, made = made, []
                style |= {"g"}
            elif token == "</sdt>" and held is not None:
                inner = "".join(made)
                made, held = held, None
                made.append(
                    f'<w:sdt><w:sdtPr><w:id w:val="{self.number()}"/><w:showingPlcHdr/><w:text/></w:sdtPr>'
                    f"<w:sdtContent>{inner}</w:sdtContent></w:sdt>"
                )
                style -= {"g"}
            elif token in ("<ins>", "<del>"):
                author = 'w:author="办公室" w:date="2026-03-01T08:00:00Z"'
                made.append(f'<w:{token[1:-1]} w:id="{self.number()}" {author}>')
                style |= {token[1:-1]}
            elif token in ("</ins>", "</del>"):
                made.append(f"</w:{token[2:-1]}>")
                style -= {token[2:-1]}
            elif TAGS.fullmatch(token):
                name = token.strip("</>")
                style = style - {name} if token.startswith("</") else style | {name}
            else:
                made.append(self._token(token, style, size))
        return "".join(made)

    def _token(self, token: str, style: frozenset[str], size: int) -> str:
        single = {"\t": "<w:tab/>", "\n": "<w:br/>", "▢": '<w:sym w:font="Wingdings 2" w:char="00A3"/>'}
        if token in single:
            return self.run(single[token], style, size)
        if token == "▣":
            return (
                f'<w:sdt><w:sdtPr><w:id w:val="{self.number()}"/><w14:checkbox><w14:checked w14:val="0"/>'
                '<w14:checkedState w14:val="2611" w14:font="MS Gothic"/>'
                '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr>'
                f"<w:sdtContent>{self.run('<w:t>☐</w:t>', style, size)}</w:sdtContent></w:sdt>"
            )
        if token == "◻":
            fonts = '<w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr>'
            return f"<w:r>{fonts}<w:t>o</w:t></w:r>"
        if token in "◫◪":
            return self._form_field(token, style, size)
        return self.text(token, style, size)

    def _form_field(self, token: str, style: frozenset[str], size: int) -> str:
        name = f"Text{self.number()}" if token == "◪" else f"Check{self.number()}"
        kind = (
            "<w:textInput/>"
            if token == "◪"
            else '<w:checkBox><w:sizeAuto/><w:default w:val="0"/></w:checkBox>'
        )
        code = " FORMTEXT " if token == "◪" else " FORMCHECKBOX "
        begin = (
            f'<w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="{name}"/><w:enabled/>'
            f'<w:calcOnExit w:val="0"/>{kind}</w:ffData></w:fldChar>'
        )
        result = self.run('<w:t xml:space="preserve">\u2002\u2002\u2002\u2002\u2002</w:t>', style, size)
        parts = [
            self.run(begin, style, size),
            self.run(f'<w:instrText xml:space="preserve">{code}</w:instrText>', style, size),
            self.run('<w:fldChar w:fldCharType="separate"/>', style, size),
            result if token == "◪" else "",
            self.run('<w:fldChar w:fldCharType="end"/>', style, size),
        ]
        return "".join(parts)

    def paragraph(
        self, marked: str, *, align: str = "", size: int = 0, indent: int = 0, more: str = ""
    ) -> str:
        """One paragraph of marked text."""
        jc = f'<w:jc w:val="{align}"/>' if align else ""
        ind = f'<w:ind w:firstLineChars="{indent * 100}" w:firstLine="{indent * 240}"/>' if indent else ""
        rsid = f' w:rsidR="00{self._random.randrange(16**6):06X}"' if self.look.clutter else ""
        inner = self.runs(marked, size or self.look.size)
        mark = self.properties(
            frozenset(), size or self.look.size
        )  # Word keeps the font of an empty cell here
        return f"<w:p{rsid}><w:pPr>{more}{ind}{jc}{mark}</w:pPr>{inner}</w:p>"


@dataclass
class C:
    """A cell: text, columns it spans, whether a merge downwards begins here, and how it stands."""

    text: str = ""
    span: int = 1
    down: bool = False
    align: str = ""
    upright: bool = False  # text direction turned
    table: Table | None = None
    after: str = ""  # a paragraph after a nested table
    sdt: bool = False
    height: int = 0  # empty paragraphs after the text


@dataclass
class Table:
    """A table under construction; rows are WordprocessingML already."""

    writer: Writer
    widths: list[int]
    grid: list[int] | None = None  # the widths that the grid claims
    style: str = "TableGrid"
    size: int = 0
    made: list[str] = field(default_factory=list)
    floating: bool = False

    def row(
        self, *cells: str | C, before: int = 0, after: int = 0, height: int = 0, sdt: bool = False
    ) -> Table:
        """Add a row."""
        parts, column = [], before
        for given in cells:
            cell = given if isinstance(given, C) else C(given)
            parts.append(self._cell(cell, sum(self.widths[column : column + cell.span])))
            column += cell.span
        before_xml = f'<w:gridBefore w:val="{before}"/>' if before else ""
        after_xml = f'<w:gridAfter w:val="{after}"/>' if after else ""
        tall = f'<w:trHeight w:val="{height}"/>' if height else ""
        row = f"<w:tr><w:trPr>{before_xml}{after_xml}{tall}</w:trPr>{''.join(parts)}</w:tr>"
        number = self.writer.number()
        wrapped = (
            f'<w:sdt><w:sdtPr><w:id w:val="{number}"/></w:sdtPr><w:sdtContent>{row}</w:sdtContent></w:sdt>'
        )
        self.made.append(wrapped if sdt else row)
        return self

    def rows(
        self,
        path: str,
        *columns: str,
        blank: int,
        texts: dict[int, str] | None = None,
        surplus: str = "clone",
        optional: bool = False,
        spans: tuple[int, ...] = (),
    ) -> Table:
        """Rows for the rows of a table of ours.

        Args:
            path: our table.
            columns: for each cell our column, ``#`` for the serial number, "" for one of nobody; ``a+b`` for both in one.
            blank: how many rows stand ready.
            texts: what stands in the first cell of some of them, by number of the row from 0.
            surplus: what happens to rows of ours that find none: clone.
            optional: may as well be left.
            spans: columns of the grid of each cell.
        """
        mark = self.writer.marks.new()
        self.writer.marks.rows.append(RowsTruth(mark, path, list(columns), blank, surplus, optional))
        for number in range(blank):
            first = (texts or {}).get(number, "")
            cells = [C((mark if number == 0 else "") + first), *(C() for _ in columns[1:])]
            for cell, span in zip(cells, spans, strict=False):
                cell.span = span
            self.row(*cells)
        return self

    def _cell(self, cell: C, width: int) -> str:
        span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
        merge = (
            '<w:vMerge w:val="restart"/>' if cell.down else "<w:vMerge/>" if cell.text == CONTINUES else ""
        )
        turned = '<w:textDirection w:val="tbRlV"/>' if cell.upright else ""
        text = "" if cell.text == CONTINUES else cell.text
        marked = self.writer.marks.read(text) if "{" in text else text
        size = self.size or self.writer.look.size
        paragraphs = [self.writer.paragraph(part, align=cell.align, size=size) for part in marked.split("\v")]
        if cell.table is not None:
            last = self.writer.paragraph(cell.after, size=size)
            paragraphs = [*(paragraphs if text else []), cell.table.xml(), last]
        paragraphs += [self.writer.paragraph("", size=size)] * cell.height
        inner = "".join(paragraphs)
        xml = (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{turned}<w:vAlign w:val="center"/></w:tcPr>'
            f"{inner}</w:tc>"
        )
        if not cell.sdt:
            return xml
        return f'<w:sdt><w:sdtPr><w:id w:val="{self.writer.number()}"/></w:sdtPr><w:sdtContent>{xml}</w:sdtContent></w:sdt>'

    def xml(self) -> str:
        """The finished table."""
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in self.grid or self.widths)
        borders = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        place = (
            '<w:tblpPr w:leftFromText="180" w:rightFromText="180" w:vertAnchor="text" w:tblpY="1"/>'
            * self.floating
        )
        properties = (
            f'<w:tblPr><w:tblStyle w:val="{self.style}"/>{place}<w:tblW w:w="{sum(self.widths)}" w:type="dxa"/>'
            f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblLook w:val="04A0"/></w:tblPr>'
        )
        return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{''.join(self.made)}</w:tbl>"


class Template:
    """A document under construction."""

    def __init__(self, name: str, form: str, layouts: str, look: Look | None = None) -> None:
        self.name, self.form, self.layouts = name, form, layouts
        self.writer = Writer(look or Look(), name)
        self.body: list[str | Table] = []
        self.margins: dict[str, str] = {}  # part of a header or footer to its text once it is filled
        self.header = ""
        self.footer = ""
        self.protected = False
        self.landscape_end = False

    def p(
        self, text: str = "", *, align: str = "", size: int = 0, indent: int = 0, style: str = ""
    ) -> Template:
        """A paragraph."""
        more = f'<w:pStyle w:val="{style}"/>' if style else ""
        marked = self.writer.marks.read(text) if "{" in text else text
        self.body.append(self.writer.paragraph(marked, align=align, size=size, indent=indent, more=more))
        return self

    def title(self, text: str) -> Template:
        return self.p(f"<b>{text}</b>", align="center", size=44)

    def lines(self, *texts: str, indent: int = 0, size: int = 0) -> Template:
        for text in texts:
            self.p(text, indent=indent, size=size)
        return self

    def table(
        self, *widths: int, grid: list[int] | None = None, style: str = "TableGrid", size: int = 0
    ) -> Table:
        """A new table at the end of the document."""
        table = Table(self.writer, list(widths), grid, style, size)
        self.body.append(table)
        return table

    def inner(self, *widths: int, size: int = 0) -> Table:
        """A table that goes into a cell."""
        return Table(self.writer, list(widths), size=size)

    def page(self) -> Template:
        self.body.append('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')
        return self

    def section(self, *, landscape: bool) -> Template:
        """End a section here."""
        size = 'w:w="16838" w:h="11906" w:orient="landscape"' if landscape else 'w:w="11906" w:h="16838"'
        self.body.append(f"<w:p><w:pPr><w:sectPr><w:pgSz {size}/></w:sectPr></w:pPr></w:p>")
        return self

    def textbox(self, *texts: str) -> Template:
        """A text box, as Word writes it: once for new readers and once more for old ones."""
        marked = [self.writer.marks.read(text) if "{" in text else text for text in texts]
        inner = "".join(self.writer.paragraph(text) for text in marked)
        number = self.writer.number()
        self.body.append(
            '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
            '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0" '
            'layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
            '<wp:positionH relativeFrom="column"><wp:posOffset>200000</wp:posOffset></wp:positionH>'
            '<wp:positionV relativeFrom="paragraph"><wp:posOffset>100000</wp:posOffset></wp:positionV>'
            '<wp:extent cx="5000000" cy="1500000"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapTopAndBottom/>'
            f'<wp:docPr id="{number}" name="文本框 {number}"/><wp:cNvGraphicFramePr/>'
            '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
            '<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="5000000" cy="1500000"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
            f"<wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>"
            "</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict>"
            '<v:shape id="s1" type="#_x0000_t202" style="width:390pt;height:118pt"><v:textbox>'
            f"<w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r></w:p>"
        )
        return self

    def xml(self) -> str:
        """The children of the body."""
        return "".join(part.xml() if isinstance(part, Table) else part for part in self.body)
