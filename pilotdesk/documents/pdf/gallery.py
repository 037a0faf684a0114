"""Attached pictures on the page: a row of one or two, each framed, with its caption below. Source: print target §7.2."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.pdf.pages import Box, Photo
from pilotdesk.documents.pdf.styles import CAPTION, CAPTION_BEFORE, MM, PORTRAIT, TABLE_NOTE
from pilotdesk.documents.pictures import HALF_MM, MISSING_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.documents.blocks import Pictures
    from pilotdesk.documents.pdf.flow import Flow, Kind
    from pilotdesk.documents.pdf.lines import Line, Typesetter
    from pilotdesk.documents.pdf.styles import PageShape
    from pilotdesk.documents.pictures import Album, Placed

_FRAME: Final = 0.5


@dataclass(slots=True)
class GalleryRow:
    """One or two pictures beside each other; ``captions`` are their set lines, ``missing`` what a frame says."""

    placed: Sequence[Placed]
    captions: Sequence[Sequence[Line]]
    missing: Line
    shape: PageShape = PORTRAIT
    kind: Kind = "figure"
    keeps_next: bool = False
    new_page: bool = False
    least_room: float = 0.0

    @property
    def _height(self) -> float:
        return max(one.size_mm[1] for one in self.placed) * MM

    def start_height(self) -> float:
        """All of it: a picture and its caption stay together."""
        return self._height + CAPTION_BEFORE + max(map(len, self.captions)) * CAPTION.leading

    def place(self, flow: Flow) -> None:
        """Pictures with their feet on one line, captions below."""
        foot, lowest = flow.y + self._height, 0
        for one, caption, middle in zip(self.placed, self.captions, self._middles(flow), strict=True):
            width, height = (length * MM for length in one.size_mm)
            left, top = middle - width / 2, foot - height
            if one.prepared is not None:
                flow.page.photos.append(Photo(left, top, width, height, one.prepared.content))
            else:
                flow.page.place(self.missing, middle - self.missing.width / 2, top, height)
            flow.page.boxes.append(Box(left, top, width, height, _FRAME))
            for n, line in enumerate(caption):
                y = foot + CAPTION_BEFORE + n * CAPTION.leading
                flow.page.place(line, middle - line.width / 2, y, CAPTION.leading)
            lowest = max(lowest, len(caption))
        flow.y = foot + CAPTION_BEFORE + lowest * CAPTION.leading

    def _middles(self, flow: Flow) -> tuple[float, ...]:
        left, width = flow.shape.left, flow.shape.text_width
        if len(self.placed) == 1:
            return (left + width / 2,)
        half = HALF_MM[0] * MM / 2
        return left + half, left + width - half


def gallery_parts(block: Pictures, setter: Typesetter, album: Album) -> list[GalleryRow]:
    """The rows of a block."""
    missing = setter.single(MISSING_WORDS, TABLE_NOTE)
    parts = []
    for row in album.rows(block):
        width = PORTRAIT.text_width if len(row) == 1 else HALF_MM[0] * MM
        captions = [setter.lines(one.caption, CAPTION, width, align="center") for one in row]
        parts.append(GalleryRow(row, captions, missing))
    return parts
