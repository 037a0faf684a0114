"""Pages and what stands on them, in points from the top left corner."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pilotdesk.documents.pdf.lines import Line
    from pilotdesk.documents.pdf.styles import PageShape


class Mark(NamedTuple):
    """Says in the file which answer a text is. ``place`` tells apart the places where one answer is printed."""

    path: str
    place: int


class HeadingPlace(NamedTuple):
    """A heading of a part, its printed page, and whether it begins that page."""

    title: str
    page: int
    starts_page: bool = False


class PlacedLine(NamedTuple):
    """A line whose leading begins at ``top``; the middle of its ideographs lies in the middle of the leading."""

    x: float
    top: float
    leading: float
    line: Line
    mark: Mark | None = None


class Rule(NamedTuple):
    """A straight line. ``dash``: lengths in pt, empty for solid; ``round_ends`` makes dots of a dash of length 0."""

    x0: float
    y0: float
    x1: float
    y1: float
    weight: float
    dash: tuple[float, ...] = ()
    round_ends: bool = False


class Box(NamedTuple):
    """A rectangle's edge with closed corners."""

    x: float
    y: float
    width: float
    height: float
    weight: float
    dash: tuple[float, ...] = ()


class Photo(NamedTuple):
    """A picture; its upper left corner at ``x``, ``y``."""

    x: float
    y: float
    width: float
    height: float
    content: bytes


class Link(NamedTuple):
    """A sensitive area that leads to an anchor."""

    x: float
    y: float
    width: float
    height: float
    anchor: str


class Anchor(NamedTuple):
    """A place for links and for the bookmarks of the viewer. ``level`` 0 is the topmost."""

    name: str
    y: float
    title: str
    level: int


@dataclass(slots=True)
class Page:
    """One page.

    Attributes:
        shape: its sheet.
        number: as printed, ``None`` on the cover.
        lines, rules, boxes, photos, links, anchors: what stands on it, text in order of reading.
        qr: upper left corner of the QR code; ``None`` for a page without it.
        watermark: below everything else, in the middle of the sheet.
    """

    shape: PageShape
    number: int | None
    lines: list[PlacedLine] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    photos: list[Photo] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    qr: tuple[float, float] | None = None
    watermark: Line | None = None

    def place(self, line: Line, x: float, top: float, leading: float, mark: Mark | None = None) -> None:
        """Put a line on the page."""
        self.lines.append(PlacedLine(x, top, leading, line, mark))


def aligned(x: float, width: float, line: Line, align: str) -> float:
    """Where a line starts in a column that begins at ``x``."""
    if align == "center":
        return x + (width - line.width) / 2
    if align == "right":
        return x + width - line.width
    return x
