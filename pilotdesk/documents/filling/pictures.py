"""The structure figure in a foreign form: drawn as in our own Word file, as wide as its place allows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lxml import etree

from pilotdesk.documents.figure import layout_figure
from pilotdesk.documents.opened.names import TC, P, W, own, value_of
from pilotdesk.documents.word.figures import sheet_png
from pilotdesk.documents.word.pictures import inline_picture

if TYPE_CHECKING:
    from lxml.etree import _Element

    from pilotdesk.documents.filling.values import Values
    from pilotdesk.documents.opened import OpenedDocx

_PAGE_MM: Final = 150.0
_TALLEST_MM: Final = 220.0
_TWIPS_PER_MM: Final = 1440 / 25.4
_FIRST_NUMBER: Final = 9_001
"""Ids of drawings count from here; foreign files begin at 1."""
_NAMESPACES: Final = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)


def put_figure(opened: OpenedDocx, values: Values, path: str, element: _Element) -> bool:
    """Draw a tree into an empty cell or paragraph; whether there was anything to draw.

    Args:
        opened: gets the pictures.
        values: the answers.
        path: of the tree.
        element: ``w:tc`` or ``w:p``.
    """
    sheets = layout_figure(values.figure(path))
    first = next(own(element, P), None) if element.tag == TC else element
    if first is None or not sheets:
        return False
    room = _room(element)
    for number, sheet in enumerate(sheets):
        scale = min(1.0, room / sheet.width, _TALLEST_MM / sheet.height)
        markup = inline_picture(
            opened.add_picture(sheet_png(sheet, transparent=False)),
            number=_FIRST_NUMBER + number,
            size_mm=(sheet.width * scale, sheet.height * scale),
            name=sheet.caption,
            description=sheet.description,
        )
        first.append(etree.fromstring(f"<w:p {_NAMESPACES}>{markup}</w:p>")[0])
    return True


def _room(element: _Element) -> float:
    """Width of the place in mm."""
    cell = element if element.tag == TC else next(element.iterancestors(TC), None)
    told = None if cell is None else cell.find(f"{W}tcPr/{W}tcW")
    twips = "" if told is None or value_of(told, "x") == "pct" else told.get(f"{W}w") or ""
    if twips.isdecimal() and told is not None and told.get(f"{W}type", "dxa") == "dxa":
        return max(20.0, int(twips) / _TWIPS_PER_MM - 5)
    return _PAGE_MM
