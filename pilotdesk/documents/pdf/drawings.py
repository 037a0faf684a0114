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

    def start_height(self) -> float:
        """All of it, with the caption."""
        height = _ABOVE + self.sheet.height * MM + CAPTION_BEFORE + len(self.caption) * CAPTION.leading
        return min(height, self.shape.text_height)

    def place(self, flow: Flow) -> None:
        """Draw it at its size."""
        flow.y += 0 if flow.fresh else _ABOVE
        marks: dict[str, Mark | None] = {}
        for text in self.sheet.texts:
            if text.path and text.path not in marks:
                marks[text.path] = flow.mark(self.path + text.path)
                flow.note_answer(marks[text.path])
        draw_sheet(self.sheet, self.setter, flow.page, (flow.shape.left, flow.y), marks)
        flow.y += self.sheet.height * MM + CAPTION_BEFORE
        for line in self.caption:
            x = flow.shape.left + (flow.shape.text_width - line.width) / 2
            flow.page.place(line, x, flow.y, CAPTION.leading)
            flow.y += CAPTION.leading


def figure_parts(figure: Figure, setter: Typesetter) -> list[FigurePart]:
    """All sheets of a figure; for an empty tree only the caption."""
    parts = []
    empty = FigureSheet(figure.number, figure.caption, PORTRAIT.text_width / MM)
    for sheet in layout_figure(figure) or (empty,):
        shape = LANDSCAPE if sheet.landscape else PORTRAIT
        caption = f"{sheet.number}　{sheet.caption}".strip("　")
        lines = setter.lines(caption, CAPTION, shape.text_width, align="center")
        parts.append(FigurePart(sheet, figure.path, lines, setter, shape))
    return parts


def draw_sheet(
    sheet: FigureSheet,
    setter: Typesetter,
    page: Page,
    corner: tuple[float, float],
    marks: dict[str, Mark | None],
) -> None:
    """Boxes, connectors and words of a figure.

    Args:
        sheet: the figure.
        setter: sets its words.
        page: to draw on.
        corner: upper left corner, pt.
        marks: for the words that are answers, by their path in the figure.
    """
    left, top = corner
    for box in sheet.boxes:
        dash = DASH_PT if box.dashed else ()
        x, y = left + box.x * MM, top + box.y * MM
        page.boxes.append(Box(x, y, box.width * MM, box.height * MM, box.weight_pt, dash))
    for line in sheet.lines:
        start, end = (left + line.x0 * MM, top + line.y0 * MM), (left + line.x1 * MM, top + line.y1 * MM)
        page.rules.append(Rule(*start, *end, line.weight_pt))
    for text in sheet.texts:
        words = setter.single(text.text, TextStyle(text.role, text.size_pt, 0))
        x = left + text.x * MM - (words.width / 2 if text.anchor == "center" else 0)
        page.place(words, x, top + text.y * MM, 0, marks.get(text.path))
