"""Font subsets in the file: one Type 0 font for each face, two bytes a character, with a true text mapping.

reportlab's own TrueType fonts hold 256 characters each and name characters beyond the basic plane wrongly (𬭎 would
be copied out of the file as another character); these name each with its UTF-16 value.
Each character gets a number of its own, also where two share a glyph, so that what is read back is what was printed.

Source: ISO 32000-1 §9.7 (composite fonts), §9.10.3 (ToUnicode).
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final, Protocol

from reportlab.pdfbase import pdfdoc

from pilotdesk.documents.fonts import BOXES, UNTICKED

if TYPE_CHECKING:
    from collections.abc import Callable

    from pilotdesk.documents.fonts import Face

_BLOCK: Final = 100
"""Entries in one block of a character map, at most."""

_SYMBOLIC, _SERIF = 4, 2
_STEM: Final = {True: 120, False: 80}


class PdfDocument(Protocol):
    """What is used of reportlab's ``PDFDocument``, as its own fonts use it; its type stubs leave this out."""

    compression: int
    idToObject: dict[str, Any]

    def Reference(self, part: object) -> object:
        """Make a part an object of the file."""
        ...


class _Codes(dict[str, str]):
    """Characters to their codes; ``take`` gives the number of one that is new."""

    def __init__(self, take: Callable[[str], int]) -> None:
        super().__init__()
        self._take = take

    def __missing__(self, char: str) -> str:
        code = self[char] = f"{self._take(char):04X}"
        return code


class EmbeddedFace:
    """The characters of one face that a document uses. ``name``: its name in the page resources, ``F1``."""

    def __init__(self, face: Face, name: str) -> None:
        self.face = face
        self.name = name
        self._glyphs: list[int] = [0]
        self.codes: Final = _Codes(self._take)
        """Four hexadecimal digits for each character, which takes a number when it is asked for first."""

    def _take(self, char: str) -> int:
        """The next number, for a character that has none yet."""
        shape = UNTICKED if char in BOXES else char  # printed invisibly below the drawn box
        self._glyphs.append(self.face.file.glyph(ord(shape)))
        return len(self._glyphs) - 1

    def add_objects(self, document: PdfDocument) -> None:
        """Write font, descriptor, program and text mapping."""
        program = self.face.file.subset(self._glyphs)
        tag = hashlib.sha256(program).digest()
        prefix = "".join(chr(ord("A") + byte % 26) for byte in tag[:6])
        base = f"/{prefix}+{self.face.file.name}"
        font = pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": base,
                "Encoding": "/Identity-H",
                "DescendantFonts": pdfdoc.PDFArray(
                    [document.Reference(self._descendant(document, base, program))]
                ),
                "ToUnicode": document.Reference(_stream(self._text_mapping(), document)),
            }
        )
        document.idToObject["BasicFonts"].dict[self.name] = document.Reference(font)

    def _descendant(self, document: PdfDocument, base: str, program: bytes) -> pdfdoc.PDFDictionary:
        file = self.face.file
        widths = [round(file.advance(glyph) * 1000) for glyph in self._glyphs]
        file_stream = _stream(program, document)
        file_stream.dictionary["Length1"] = len(program)
        descriptor = pdfdoc.PDFDictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": base,
                "Flags": _SYMBOLIC,
                "FontBBox": pdfdoc.PDFArray([round(edge * 1000) for edge in file.box]),
                "ItalicAngle": 0,
                "Ascent": round(file.ascent * 1000),
                "Descent": round(file.descent * 1000),
                "CapHeight": round(file.cap_height * 1000),
                "StemV": _STEM[file.weight >= 600],
                "FontFile2": document.Reference(file_stream),
            }
        )
        return pdfdoc.PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/CIDFontType2",
                "BaseFont": base,
                "CIDSystemInfo": pdfdoc.PDFDictionary(
                    {
                        "Registry": pdfdoc.PDFString("Adobe"),
                        "Ordering": pdfdoc.PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "FontDescriptor": document.Reference(descriptor),
                "DW": 1000,
                "W": pdfdoc.PDFArray([0, pdfdoc.PDFArray(widths)]),
                "CIDToGIDMap": "/Identity",
            }
        )

    def _text_mapping(self) -> bytes:
        pairs = [f"<{code}> <{_utf16(char)}>" for char, code in self.codes.items()]
        blocks = []
        for start in range(0, len(pairs), _BLOCK):
            block = pairs[start : start + _BLOCK]
            blocks.append(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar")
        return _MAPPING.format(blocks="\n".join(blocks)).encode("ascii")


_MAPPING: Final = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{blocks}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def _utf16(char: str) -> str:
    return {"☐": UNTICKED}.get(char, char).encode("utf-16-be").hex().upper()


def _stream(content: bytes, document: PdfDocument) -> pdfdoc.PDFStream:
    stream = pdfdoc.PDFStream(content=content)
    if document.compression:
        stream.filters = [pdfdoc.PDFZCompress]
    return stream
