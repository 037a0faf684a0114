"""Pictures in the Word file: how one is placed, and the QR of the footers."""

from __future__ import annotations

import io
from typing import Final

from pilotdesk.documents.qr import qr_code
from pilotdesk.documents.word.markup import attribute, emu

_FRAME: Final = '<a:ln w="6350"><a:solidFill><a:srgbClr val="000000"/></a:solidFill></a:ln>'


def inline_picture(
    relationship: str,
    *,
    number: int,
    size_mm: tuple[float, float],
    name: str,
    description: str,
    framed: bool = False,
) -> str:
    """A run with an inline picture.

    Args:
        relationship: id of the picture part's relationship.
        number: of the drawing, unique in the whole file.
        size_mm: width and height as printed.
        name: shown in Word's list of objects.
        description: read aloud by screen readers, and the only text of a drawn figure.
        framed: whether a line of 0.5 pt goes around it.
    """
    frame = _FRAME if framed else ""
    width, height = (emu(length) for length in size_mm)
    title = attribute(name)
    return (
        '<w:r><w:rPr><w:noProof/></w:rPr><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{number}" name="{title}" descr="{attribute(description)}"/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="{title}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relationship}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{frame}</pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def qr_png(token: str) -> bytes:
    """The footer's QR as PNG, level M, without a white border: the layout leaves 3 mm around it."""
    stream = io.BytesIO()
    qr_code(token).save(stream, kind="png", scale=10, border=0)
    return stream.getvalue()
