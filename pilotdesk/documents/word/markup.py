"""WordprocessingML as text: lengths, escaping, runs and paragraphs.

A document of 300 rows has some 3,300 cells. Written as text they cost a few milliseconds, built element by
element a second; the reader of the finished file proves that the text is well-formed.
"""

from __future__ import annotations

import re
from typing import Final

NAMESPACES: Final = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in (
        ("w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
        ("r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
        ("wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
        ("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
        ("pic", "http://schemas.openxmlformats.org/drawingml/2006/picture"),
        ("v", "urn:schemas-microsoft-com:vml"),
        ("o", "urn:schemas-microsoft-com:office:office"),
    )
)
"""Declarations for the root element of the document, a header or a footer."""

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_LINE_BREAKS: Final = re.compile("\r\n?|[\x0b\x0c]")
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    r"""The text as it can stand in XML; paragraphs separated by ``\\n``.

    ``\\r\\n``, ``\\r`` and the vertical tab and form feed that Word's clipboard brings become ``\\n``. Characters that
    XML 1.0 has no way to write are left out: the other control characters, lone surrogates, U+FFFE and U+FFFF.
    Nothing else is touched.

    Source: XML 1.0, 5th edition, production [2] Char.
    """
    return _FORBIDDEN.sub("", _LINE_BREAKS.sub("\n", text))


def has_forbidden(text: str) -> bool:
    """Whether :func:`printable` leaves a character out."""
    return _FORBIDDEN.search(_LINE_BREAKS.sub("\n", text)) is not None


def escape(text: str) -> str:
    """Text between two tags. The standard library's own function comes with the modules for the network."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    """Text for an XML attribute in double quotes."""
    text = escape(printable(text))
    return text.replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def twip(mm: float) -> int:
    """Millimetres in twentieths of a point."""
    return round(mm * 1440 / 25.4)


def emu(mm: float) -> int:
    """Millimetres in English Metric Units, as drawings want them."""
    return round(mm * 36000)


def half_points(pt: float) -> int:
    """Points in half points, as font sizes want them."""
    return round(pt * 2)


def run(text: str, properties: str = "") -> str:
    """One run of a single paragraph's text; tabs become tab elements. ``properties`` is the inside of ``w:rPr``.

    Characters that XML cannot hold are left out here at the latest, so that no text can spoil the file.
    """
    text = _FORBIDDEN.sub("", text)
    if not text:
        return ""
    pieces = (
        f'<w:t xml:space="preserve">{escape(piece)}</w:t>' if piece else "" for piece in text.split("\t")
    )
    return f"<w:r>{_optional('w:rPr', properties)}{'<w:tab/>'.join(pieces)}</w:r>"


def field(instruction: str, result: str, properties: str = "") -> str:
    """A field with its result filled in, so that nothing has to be refreshed to be read."""
    opened = f"<w:r>{_optional('w:rPr', properties)}"
    return (
        f'{opened}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'{opened}<w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        f'{opened}<w:fldChar w:fldCharType="separate"/></w:r>'
        f"{run(result, properties)}"
        f'{opened}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def paragraph(style: str, runs: str, *, before: str = "", after: str = "") -> str:
    """One paragraph.

    Args:
        style: id of the paragraph style.
        runs: finished runs and bookmark ends.
        before: properties that the schema wants ahead of borders, tabs and spacing (``w:keepNext``, ``w:pageBreakBefore``).
        after: the other properties, in schema order.
    """
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{before}{after}</w:pPr>{runs}</w:p>'


def spacer(height_pt: float, *, after: str = "") -> str:
    """An empty paragraph of an exact height: Word wants one between tables and at the end of a section."""
    lines = f'<w:spacing w:before="0" w:after="0" w:line="{round(height_pt * 20)}" w:lineRule="exact"/>'
    return f'<w:p><w:pPr><w:pStyle w:val="PDSpacer"/>{lines}{after}</w:pPr></w:p>'


def _optional(tag: str, inside: str) -> str:
    return f"<{tag}>{inside}</{tag}>" if inside else ""
