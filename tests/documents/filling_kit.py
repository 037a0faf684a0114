"""The examiner's own way of reading a .docx: addresses, texts, and what changed between two files.

It shares nothing with the program. Addresses count elements as they stand in the file, the copy of a text box for old
readers left out: ``T2/R3/C1`` is the second cell of the fourth row of the third table, ``P7`` the eighth paragraph.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
P, TBL, TR, TC, R = (f"{{{W}}}{name}" for name in ("p", "tbl", "tr", "tc", "r"))
FALLBACK = f"{{{MC}}}Fallback"
DOCUMENT = "word/document.xml"
TAG = f"{{{W}}}rsidR"  # every paragraph and row is numbered here before a file goes to the program

EMPTY_BOXES = "□☐◻▢"
TICKED = "☑☒■√✓✔"
SYMBOLS = {
    "A3": "□",
    "A8": "□",
    "6F": "□",
    "71": "□",
    "30": "□",
    "52": "☑",
    "FE": "☑",
    "54": "☑",
    "53": "☑",
    "FD": "☑",
    "50": "☑",
}


def norm(text: str) -> str:
    """A text as it is compared: without blanks and blank lines to write on, boxes of every kind as two signs."""
    text = unicodedata.normalize("NFC", text)
    text = text.replace("（", "(").replace("）", ")")
    text = re.sub(r"[\s_＿\u200b\ufeff]+", "", text)
    return re.sub(f"[{TICKED}]", "☑", re.sub(f"[{EMPTY_BOXES}]", "□", text))


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def root_of(content: bytes) -> etree._Element:
    return etree.fromstring(parts(content)[DOCUMENT], etree.XMLParser(resolve_entities=False, huge_tree=True))


def seen(root: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Every element of a kind in the order of the file, copies for old readers left out."""
    return (element for element in root.iter(tag) if nearest(element, FALLBACK) is None)


def nearest(element: etree._Element, *tags: str) -> etree._Element | None:
    return next(element.iterancestors(*tags), None)


def rows_of(table: etree._Element) -> list[etree._Element]:
    return [row for row in table.iter(TR) if nearest(row, TBL) is table]


def cells_of(row: etree._Element) -> list[etree._Element]:
    return [cell for cell in row.iter(TC) if nearest(cell, TR) is row]


def paragraphs_of(cell: etree._Element) -> list[etree._Element]:
    """The paragraphs of a cell itself, not those of tables in it."""
    return [par for par in cell.iter(P) if nearest(par, TC) is cell and nearest(par, FALLBACK) is None]


def address(element: etree._Element) -> str:
    """Where a cell, row, table or paragraph stands."""
    root = element.getroottree().getroot()
    if element.tag == P:
        return f"P{list(seen(root, P)).index(element)}"
    if element.tag == TBL:
        return f"T{list(seen(root, TBL)).index(element)}"
    if element.tag == TR:
        table = nearest(element, TBL)
        return f"{address(table)}/R{rows_of(table).index(element)}"
    row = nearest(element, TR)
    return f"{address(row)}/C{cells_of(row).index(element)}"


def addresses(paragraphs: list[etree._Element]) -> list[str]:
    """Where each of many paragraphs stands: :func:`address` with one walk through a file for all of them."""
    roots = {par.getroottree().getroot() for par in paragraphs}
    order = {par: number for root in roots for number, par in enumerate(seen(root, P))}
    return [f"P{order[par]}" for par in paragraphs]


def at(root: etree._Element, place: str) -> etree._Element:
    """The element of an address."""
    first, *rest = place.split("/")
    if first[0] == "P":
        return list(seen(root, P))[int(first[1:])]
    element = list(seen(root, TBL))[int(first[1:])]
    for step in rest:
        element = (rows_of if step[0] == "R" else cells_of)(element)[int(step[1:])]
    return element


def text_of(element: etree._Element) -> str:
    """The text of a paragraph or cell: no deleted text, no nested table, no text box, boxes as signs."""
    if element.tag == TC:
        return "\n".join(text_of(par) for par in paragraphs_of(element))
    return "".join(_pieces(element, element))


def _pieces(node: etree._Element, par: etree._Element) -> Iterator[str]:
    for child in node:
        name = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if name in ("del", "moveFrom", "txbxContent", "Fallback", "instrText", "sdtPr", "rPr", "pPr"):
            continue
        if name == "t":
            yield _letters(child)
        elif name == "tab":
            yield "\t"
        elif name in ("br", "cr"):
            yield "\n"
        elif name == "sym":
            yield SYMBOLS.get((child.get(f"{{{W}}}char") or "")[-2:].upper(), "?")
        elif name == "checkBox":
            yield "☑" if _checked(child) else "□"
        else:
            yield from _pieces(child, par)


def _letters(text: etree._Element) -> str:
    fonts = nearest(text, R).find(f"{{{W}}}rPr/{{{W}}}rFonts")
    font = "" if fonts is None else " ".join(fonts.attrib.values())
    if "Wingdings" not in font:
        return text.text or ""
    return "".join(SYMBOLS.get(f"{ord(sign) & 0xFF:02X}", sign) for sign in text.text or "")


def _checked(box: etree._Element) -> bool:
    for name in ("checked", "default"):
        found = box.find(f"{{{W}}}{name}")
        if found is not None:
            return found.get(f"{{{W}}}val", "1") not in ("0", "false")
    return False


def tagged(content: bytes) -> bytes:
    """The same file with every paragraph and row numbered, so that it is known again after it was filled."""
    root = root_of(content)
    for number, element in enumerate(root.iter(P, TR)):
        element.set(TAG, f"{number + 1:08X}")
    return replaced(content, root)


def replaced(content: bytes, root: etree._Element) -> bytes:
    """The package with another document part; everything else as it was."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == DOCUMENT:
                part = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            new.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return made.getvalue()
