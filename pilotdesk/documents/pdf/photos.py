"""Attached pictures as objects of the file: as they are, neither unpacked nor packed again.

The rows of a PNG are packed as a PDF wants them already. Source: ISO 32000-1 §7.4.4.4 (predictors), §8.9.5 (images);
PNG, 2nd edition, §5.3 (chunks).
"""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING, Final

from PIL import Image
from reportlab.pdfbase import pdfdoc

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGNATURE_BYTES: Final = 8
_PNG_ROWS: Final = 15
"""The predictor of which every row says itself how it was made."""


def photo_object(content: bytes) -> pdfdoc.PDFStream:
    """A picture that was made ready for paper (:class:`pilotdesk.documents.pictures.Prepared`): in grey or colour, 8 bits."""
    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as image:
        (width, height), is_grey, is_jpeg = image.size, image.mode == "L", image.format == "JPEG"
    words = {
        "Type": "/XObject",
        "Subtype": "/Image",
        "Width": width,
        "Height": height,
        "BitsPerComponent": 8,
        "ColorSpace": "/DeviceGray" if is_grey else "/DeviceRGB",
        "Filter": pdfdoc.PDFArray(["/DCTDecode" if is_jpeg else "/FlateDecode"]),
    }
    if not is_jpeg:
        rows = {
            "Predictor": _PNG_ROWS,
            "Colors": 1 if is_grey else 3,
            "BitsPerComponent": 8,
            "Columns": width,
        }
        words["DecodeParms"] = pdfdoc.PDFArray([pdfdoc.PDFDictionary(rows)])
        content = b"".join(_packed_rows(content))
    return pdfdoc.PDFStream(pdfdoc.PDFDictionary(words), content)


def _packed_rows(content: bytes) -> Iterator[bytes]:
    """The pieces of a PNG's one packed stream."""
    at = _SIGNATURE_BYTES
    while at < len(content):
        length, kind = struct.unpack_from(">I4s", content, at)
        if kind == b"IDAT":
            yield content[at + 8 : at + 8 + length]
        at += 12 + length
