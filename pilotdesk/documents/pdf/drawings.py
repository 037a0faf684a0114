"""The structure figure on a page of its own kind, with its caption below. Source: print target §7.1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.figure import DASH_PT, FigureSheet, layout_figure
from pilotdesk.documents.pdf.pages import Box, Rule
from pilotdesk.documents.pdf.styles import CAPTION, CAPTION_BEFORE, LANDSCAPE, MM, PORTRAIT, TextStyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.documents.blocks import Figure
    from pilotdesk.documents.pdf.flow import Flow, Kind
    from pilotdesk.documents.pdf.lines import Line, Typesetter
    from pilotdesk.documents.pdf.pages import Mark, Page
    from pilotdesk.documents.pdf.styles import PageShape

_ABOVE: Final = 6 * MM
"""White between a heading and the figure."""


@dataclass(slots=True)
class FigurePart:
    """One sheet of a figure."""

    sheet: FigureSheet
    path: str
    caption: Sequence[Line]
    setter: Typesetter
    shape: PageShape
    kind: Kind = "figure"
    keeps_next: bool = False
    new_page: bool = False
    least_room: float = 0.0
    scale: float = 1.0

    @property
    def _caption_height(self) -> float:
        return CAPTION_BEFORE + len(self.caption) * CAPTION.leading

    def start_height(self) -> float:
        """All of it, with the caption."""
        return _ABOVE + self.sheet.height * self.scale * MM + self._caption_height

    def place(self, flow: Flow) -> None:
        """Draw it at its size."""
        flow.y += 0 if flow.fresh else _ABOVE
        marks: dict[str, Mark | None] = {}
        for text in self.sheet.texts:
            if text.path and text.path not in marks:
                marks[text.path] = flow.mark(self.path + text.path)
                flow.note_answer(marks[text.path])
        left = flow.shape.left + self.sheet.width * MM * (1 - self.scale) / 2
        _draw_sheet(self, flow.page, (left, flow.y), marks)
        flow.y += self.sheet.height * self.scale * MM + CAPTION_BEFORE
        for line in self.caption:
            x = flow.shape.left + (flow.shape.text_width - line.width) / 2
            flow.page.place(line, x, flow.y, CAPTION.leading)
            flow.y += CAPTION.leading


def figure_parts(figure: Figure, setter: Typesetter, headings: float) -> list[FigurePart]:
    """All sheets of a figure; for an empty tree only the caption.

    Args:
        figure: the tree.
        setter: sets its words.
        headings: height of the headings right above it, pt. The first sheet shares its page with them; when even
            the tightest layout is too high for that, it is drawn smaller.
    """
    room = LANDSCAPE.text_height - headings - _ABOVE - CAPTION_BEFORE - CAPTION.leading
    empty = FigureSheet(figure.number, figure.caption, PORTRAIT.text_width / MM)
    parts: list[FigurePart] = []
    for sheet in layout_figure(figure, room / MM) or (empty,):
        shape = LANDSCAPE if sheet.landscape else PORTRAIT
        caption = f"{sheet.number}　{sheet.caption}".strip("　")
        lines = setter.lines(caption, CAPTION, shape.text_width, align="center")
        part = FigurePart(sheet, figure.path, lines, setter, shape)
        above = (0.0 if parts else headings) + part.start_height() - sheet.height * MM
        if sheet.height:
            part.scale = min(1.0, (shape.text_height - above) / (sheet.height * MM))
        parts.append(part)
    return parts


def _draw_sheet(
    part: FigurePart, page: Page, corner: tuple[float, float], marks: dict[str, Mark | None]
) -> None:
    """Boxes, connectors and words, the upper left corner at ``corner`` (pt); ``marks`` by path in the figure."""
    sheet, unit = part.sheet, MM * part.scale
    left, top = corner
    for box in sheet.boxes:
        dash = DASH_PT if box.dashed else ()
        x, y = left + box.x * unit, top + box.y * unit
        page.boxes.append(Box(x, y, box.width * unit, box.height * unit, box.weight_pt, dash))
    for line in sheet.lines:
        start = (left + line.x0 * unit, top + line.y0 * unit)
        page.rules.append(Rule(*start, left + line.x1 * unit, top + line.y1 * unit, line.weight_pt))
    for text in sheet.texts:
        words = part.setter.single(text.text, TextStyle(text.role, text.size_pt * part.scale, 0))
        x = left + text.x * unit - (words.width / 2 if text.anchor == "center" else 0)
        page.place(words, x, top + text.y * unit, 0, marks.get(text.path))
