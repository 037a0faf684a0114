"""The structure figure as a picture: 300 dpi, two colours, its tree as a list in the picture's description."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageDraw, ImageFont

from pilotdesk.documents.figure import DASH_PT, layout_figure
from pilotdesk.documents.fonts import shipped_fonts
from pilotdesk.documents.png import repacked
from pilotdesk.documents.word.markup import paragraph
from pilotdesk.documents.word.pictures import inline_picture
from pilotdesk.documents.word.tables import caption_markup

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pilotdesk.documents.blocks import Figure
    from pilotdesk.documents.figure import FigureSheet, FigureText
    from pilotdesk.documents.word.package import WordPackage

DOTS_PER_INCH: Final = 300
_DOTS_PER_MM: Final = DOTS_PER_INCH / 25.4
_DOTS_PER_PT: Final = DOTS_PER_INCH / 72
_WHITE: Final = 0
_BLACK: Final = 1
_EDGE_MM: Final = 0.3
"""White around the drawing, so that the outermost rules keep their whole width."""

_FIRST_PICTURE: Final = 101
"""Drawing ids below belong to the footers."""

_PAGE_MM: Final = {True: 150.0, False: 235.0}
_CAPTION_MM: Final = 14.6
"""Room for the caption below a figure and the space above it, as in the PDF, so that both choose one layout."""


class FigureWriter:
    """Draws figures and places them; every figure is laid out once.

    Args:
        package: gets the pictures.
        headings_mm: the figures of the outline, by their paths: height of the headings above them on their page.
        transparent: whether a watermark has to shine through.
    """

    def __init__(self, package: WordPackage, headings_mm: Mapping[str, float], *, transparent: bool) -> None:
        self._package = package
        self._headings_mm = headings_mm
        self._transparent = transparent
        self._sheets: dict[str, tuple[FigureSheet, ...]] = {}
        self._drawn = 0

    def sheets(self, figure: Figure) -> tuple[FigureSheet, ...]:
        """The sheets of a figure of the outline."""
        if figure.path not in self._sheets:
            self._sheets[figure.path] = layout_figure(figure, self._room(figure))
        return self._sheets[figure.path]

    def _room(self, figure: Figure) -> float:
        """Height of a landscape page that is left for the first sheet, mm."""
        return _PAGE_MM[True] - _CAPTION_MM - self._headings_mm.get(figure.path, 0.0)

    def is_wide(self, figure: Figure) -> bool:
        """Whether the figure needs landscape pages."""
        return any(sheet.landscape for sheet in self.sheets(figure))

    def markup(self, figure: Figure) -> str:
        """Pictures with their captions below; of an empty tree only the caption."""
        sheets = self.sheets(figure)
        if not sheets:
            return caption_markup(figure.number, figure.caption, keep_next=False)
        tallest = _PAGE_MM[self.is_wide(figure)] - _CAPTION_MM
        rooms = [tallest - self._headings_mm.get(figure.path, 0.0), *[tallest] * (len(sheets) - 1)]
        return "".join(self._picture(sheet, room) for sheet, room in zip(sheets, rooms, strict=True))

    def _picture(self, sheet: FigureSheet, room_mm: float) -> str:
        relationship = self._package.add_picture(
            self._package.document, sheet_png(sheet, transparent=self._transparent)
        )
        number = _FIRST_PICTURE + self._drawn
        self._drawn += 1
        scale = min(1.0, room_mm / sheet.height)
        picture = inline_picture(
            relationship,
            number=number,
            size_mm=(sheet.width * scale, sheet.height * scale),
            name=f"{sheet.number}　{sheet.caption}",
            description=sheet.description,
        )
        return paragraph("PDPicture", picture) + caption_markup(sheet.number, sheet.caption, keep_next=False)


def sheet_png(sheet: FigureSheet, *, transparent: bool) -> bytes:
    """A sheet as a PNG of one bit a dot, ``sheet.width`` × ``sheet.height`` mm, black on white or on nothing.

    White is the rule, because viewers smooth the edges of a transparent picture badly.
    """
    image = Image.new("P", (_dots(sheet.width), _dots(sheet.height)), _WHITE)
    image.putpalette((255, 255, 255, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    for line in sheet.lines:
        _line(draw, (line.x0, line.y0, line.x1, line.y1), line.weight_pt, dashed=False)
    for box in sheet.boxes:
        left, top = max(_EDGE_MM, box.x), max(_EDGE_MM, box.y)
        right = min(sheet.width - _EDGE_MM, box.x + box.width)
        bottom = min(sheet.height - _EDGE_MM, box.y + box.height)
        for ends in (
            (left, top, right, top),
            (left, bottom, right, bottom),
            (left, top, left, bottom),
            (right, top, right, bottom),
        ):
            _line(draw, ends, box.weight_pt, dashed=box.dashed)
    for text in sheet.texts:
        _write(draw, text)
    stream = io.BytesIO()
    ground = {"transparency": _WHITE} if transparent else {}
    image.save(stream, "PNG", bits=1, dpi=(DOTS_PER_INCH, DOTS_PER_INCH), compress_level=0, **ground)
    return repacked(stream.getvalue())


def _dots(mm: float) -> int:
    return round(mm * _DOTS_PER_MM)


def _line(
    draw: ImageDraw.ImageDraw, ends: tuple[float, float, float, float], weight_pt: float, *, dashed: bool
) -> None:
    """A level or upright rule with square ends; a dashed one begins and ends with half a stroke."""
    x0, y0, x1, y1 = (mm * _DOTS_PER_MM for mm in ends)
    thick = max(1, round(weight_pt * _DOTS_PER_PT))
    level = abs(y1 - y0) < abs(x1 - x0)
    length = abs(x1 - x0) if level else abs(y1 - y0)
    for start, end in _strokes(length) if dashed else ((-thick / 2, length + thick / 2),):
        if level:
            box = (min(x0, x1) + start, y0 - thick / 2, min(x0, x1) + end, y0 + thick / 2)
        else:
            box = (x0 - thick / 2, min(y0, y1) + start, x0 + thick / 2, min(y0, y1) + end)
        left, top, right, bottom = (round(dot) for dot in box)
        draw.rectangle((left, top, max(left, right - 1), max(top, bottom - 1)), fill=_BLACK)


def _strokes(length: float) -> list[tuple[float, float]]:
    """Where the strokes of a dashed rule lie, in dots; gaps are stretched so that both corners are closed."""
    stroke, gap = (pt * _DOTS_PER_PT for pt in DASH_PT)
    count = max(1, round((length - stroke) / (stroke + gap)))
    pitch = (length - stroke) / count
    return [(number * pitch, number * pitch + stroke) for number in range(count + 1)]


def _write(draw: ImageDraw.ImageDraw, text: FigureText) -> None:
    """Set a line letter by letter, each from the face that has it, ideographs centred on ``text.y``."""
    fonts = shipped_fonts()
    size = text.size_pt * _DOTS_PER_PT
    at = text.x * _DOTS_PER_MM
    if text.anchor == "center":
        at -= fonts.width(text.role, size, text.text) / 2
    for letter in text.text:
        glyph = fonts.glyph(text.role, letter)
        face = fonts.face(glyph.face)
        baseline = text.y * _DOTS_PER_MM + face.middle * size
        font = _font(str(face.file.path), round(size))
        draw.text((round(at), round(baseline)), glyph.char, font=font, fill=_BLACK, anchor="ls")
        at += glyph.advance * size


@lru_cache(maxsize=32)
def _font(path: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
