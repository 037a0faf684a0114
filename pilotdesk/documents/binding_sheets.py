"""The pages that a bound file of evidence gets beside the pieces: pictures on A4, slip pages, stamps."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING, Final

import pikepdf
from pikepdf import Array, Dictionary, Name

from pilotdesk.documents.fonts import shipped_fonts
from pilotdesk.documents.pdf.canvas import Press
from pilotdesk.documents.pdf.lines import Typesetter
from pilotdesk.documents.pdf.pages import Box, Page
from pilotdesk.documents.pdf.properties import FileProperties
from pilotdesk.documents.pdf.styles import MM, PORTRAIT, PageShape, TextStyle
from pilotdesk.errors import AttachmentError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PIL.Image import Image

    from pilotdesk.documents.binding import Piece

A4: Final = (PORTRAIT.width, PORTRAIT.height)
MARGIN: Final = 12 * MM
"""White around a picture."""
FOOT: Final = 14 * MM
"""White below it, for the stamp."""
_ORIENTATION: Final = 0x0112
_TURNS: Final[dict[int, tuple[int, int, int, int, int, int]]] = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}
"""EXIF orientation to the matrix that turns the stored unit square upright (TIFF 6.0, tag 274)."""
_COLOURS: Final = {"L": "/DeviceGray", "RGB": "/DeviceRGB", "CMYK": "/DeviceCMYK"}

_STAMP: Final = TextStyle("song", 9, 0)
_STAMP_PAD: Final = (5.0, 3.0)
_STAMP_EDGE: Final = 6 * MM
_SLIP_TITLE: Final = TextStyle("hei", 18, 30)
_SLIP_BODY: Final = TextStyle("fang", 14, 26)


# -- pictures ------------------------------------------------------------------------------------


def picture_page(file_name: str, content: bytes, target: Path) -> None:
    """A picture upright on an A4 page, as large as fits; landscape pictures lie on a landscape page.

    A JPEG goes in as it is, without being packed a second time.

    Raises:
        AttachmentError: ``picture_broken``.
    """
    from PIL import Image

    document = pikepdf.new()
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
            turn = _TURNS.get(int(picture.getexif().get(_ORIENTATION) or 1), _TURNS[1])
            width, height = picture.size if turn[0] else picture.size[::-1]
            image = _image(document, picture, content)
    except (OSError, SyntaxError, ValueError, zlib.error) as trouble:
        raise AttachmentError("picture_broken", name=file_name) from trouble
    sheet = A4 if height >= width else A4[::-1]
    room = (sheet[0] - 2 * MARGIN, sheet[1] - MARGIN - FOOT)
    scale = min(room[0] / width, room[1] / height)
    shown = (width * scale, height * scale)
    left, bottom = (sheet[0] - shown[0]) / 2, FOOT + (room[1] - shown[1]) / 2
    page = document.add_blank_page(page_size=sheet)
    page.obj.Resources = Dictionary(XObject=Dictionary(Im=image))
    fit = f"{shown[0]:.3f} 0 0 {shown[1]:.3f} {left:.3f} {bottom:.3f} cm"
    turned = " ".join(str(number) for number in turn)
    page.obj.Contents = document.make_stream(f"q {fit} {turned} cm /Im Do Q".encode())
    document.save(target)


def _image(document: pikepdf.Pdf, picture: Image, content: bytes) -> pikepdf.Stream:
    """The picture as an object of the file."""
    keys: dict[str, object] = {"/Type": Name.XObject, "/Subtype": Name.Image, "/BitsPerComponent": 8}
    if picture.format != "PNG" and picture.mode in _COLOURS:
        packed, mode = content, picture.mode
        keys["/Filter"] = Name.DCTDecode
        if mode == "CMYK":  # Adobe writes them with the colours turned round
            keys["/Decode"] = Array([1, 0] * 4)
    else:
        plain = _on_white(picture)
        packed, mode = zlib.compress(plain.tobytes(), 6), plain.mode
        keys["/Filter"] = Name.FlateDecode
    keys |= {"/Width": picture.width, "/Height": picture.height, "/ColorSpace": Name(_COLOURS[mode])}
    return pikepdf.Stream(document, packed, keys)


def _on_white(picture: Image) -> Image:
    """A picture without transparency, in grey or in colour."""
    from PIL import Image

    if picture.mode in {"1", "L"} and "transparency" not in picture.info:
        return picture.convert("L")
    if picture.mode.startswith("I"):  # 16 bits a pixel: the upper eight
        return picture.convert("I").point(lambda value: value / 256).convert("L")
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        layer = picture.convert("RGBA")
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(layer, mask=layer.getchannel("A"))
        return ground
    return picture.convert("RGB")


# -- slip pages ----------------------------------------------------------------------------------


def slip_page(piece: Piece, size: int, target: Path) -> None:
    """A page that stands for a Word or Excel file of so many bytes, which is attached to the bound PDF."""
    setter = Typesetter(shipped_fonts())
    page = Page(PORTRAIT, None)
    shape, y = page.shape, 90 * MM
    words = (
        (f"{piece.code}　{piece.title}", _SLIP_TITLE),
        (f"原件：{piece.file_name}（{_size(size)}）", _SLIP_BODY),
        ("这份 Word 或 Excel 文件没有改成图片，原样附在本 PDF 里：", _SLIP_BODY),
        ("在阅读器的“附件”栏里双击打开，或另存出来。", _SLIP_BODY),
    )
    top = y - 10 * MM
    for text, style in words:
        for line in setter.lines(text, style, shape.text_width - 16 * MM, align="center"):
            page.place(line, shape.left + (shape.text_width - line.width) / 2, y, style.leading)
            y += style.leading
        y += 4 * MM
    page.boxes.append(Box(shape.left, top, shape.text_width, y + 6 * MM - top, 0.75))
    target.write_bytes(_press(piece.title, [page]))


def _size(size: int) -> str:
    return f"{max(1, round(size / 1024))} KB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MB"


# -- stamps --------------------------------------------------------------------------------------


def stamp_pages(pages: Sequence[pikepdf.Page], words: Sequence[str]) -> None:
    """Put words at the right foot of each page as it is seen, on white, in the size that A4 has."""
    setter = Typesetter(shipped_fonts())
    stamps = [_stamp(text, setter) for text in words]
    with pikepdf.open(io.BytesIO(_press("", stamps))) as printed:
        for page, stamp in zip(pages, printed.pages, strict=True):
            width, height = float(stamp.mediabox[2]), float(stamp.mediabox[3])
            stamp.contents_add(f"q 1 g 0 0 {width:.2f} {height:.2f} re f Q".encode(), prepend=True)
            page.add_overlay(stamp, _foot(page, width, height))


def _stamp(text: str, setter: Typesetter) -> Page:
    line = setter.single(text, _STAMP)
    width, height = line.width + 2 * _STAMP_PAD[0], _STAMP.size + 2 * _STAMP_PAD[1]
    page = Page(PageShape(width, height, 0, 0, width, height), None)
    page.place(line, _STAMP_PAD[0], 0, height)
    return page


def _foot(page: pikepdf.Page, width: float, height: float) -> pikepdf.Rectangle:
    """Where a stamp of this size goes, in the page's own coordinates: turned pages are turned back."""
    left, bottom, right, top = _visible(page)
    turn = page.rotation % 360
    seen = (right - left, top - bottom) if turn % 180 == 0 else (top - bottom, right - left)
    scale = max(seen) / max(A4)
    edge, width, height = _STAMP_EDGE * scale, width * scale, height * scale
    x1, y0 = seen[0] - edge, edge / 2
    x0, y1 = x1 - width, y0 + height
    corners = {
        0: (left + x0, bottom + y0, left + x1, bottom + y1),
        90: (right - y1, bottom + x0, right - y0, bottom + x1),
        180: (right - x1, top - y1, right - x0, top - y0),
        270: (left + y0, top - x1, left + y1, top - x0),
    }
    return pikepdf.Rectangle(*corners[turn])


def _visible(page: pikepdf.Page) -> tuple[float, float, float, float]:
    """The box that viewers show."""
    crop, media = pikepdf.Rectangle(page.cropbox), pikepdf.Rectangle(page.mediabox)
    shown = (
        max(crop.llx, media.llx),
        max(crop.lly, media.lly),
        min(crop.urx, media.urx),
        min(crop.ury, media.ury),
    )
    return (
        shown if shown[0] < shown[2] and shown[1] < shown[3] else (media.llx, media.lly, media.urx, media.ury)
    )


def _press(title: str, pages: Sequence[Page]) -> bytes:
    return Press(shipped_fonts(), FileProperties({"Title": title})).print(pages)
