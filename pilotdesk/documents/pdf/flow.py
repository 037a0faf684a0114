"""Parts following one another over pages: what starts a page, what keeps together, who stands on which page."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal, Protocol

from pilotdesk.documents.pdf.pages import Anchor, HeadingPlace, Mark, Page
from pilotdesk.documents.pdf.styles import PORTRAIT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.documents.pdf.styles import PageShape

_SLACK: Final = 0.01

Kind = Literal["part", "section", "text", "captioned", "table", "figure", "front"]

_WHITE: Final[dict[tuple[Kind, Kind], float]] = {
    ("part", "part"): 0,
    ("section", "captioned"): 0,
    ("text", "captioned"): 6,
    ("text", "table"): 4,
    ("text", "figure"): 8,
    ("table", "section"): 7,
    ("table", "text"): 7,
    ("table", "captioned"): 8,
    ("table", "table"): 10,
    ("table", "figure"): 10,
    ("figure", "section"): 8,
    ("figure", "text"): 8,
    ("figure", "captioned"): 10,
    ("figure", "table"): 10,
    ("figure", "figure"): 14,
    ("front", "front"): 32,
}
_BEFORE_PART: Final = 14.0


def white(above: Kind, below: Kind) -> float:
    """White between two parts on one page, pt."""
    first: Kind = "table" if above == "captioned" else above
    return _WHITE.get((first, below), _BEFORE_PART if below == "part" else 0.0)


class Part(Protocol):
    """Something that is placed on one page or more.

    Attributes:
        shape: sheet it needs.
        kind: decides the white around it.
        keeps_next: its end stays on the page where the next part starts.
        new_page: starts a page.
        least_room: height that a page must offer where it starts, pt; 0 when its own start is enough.
    """

    shape: PageShape
    kind: Kind
    keeps_next: bool
    new_page: bool
    least_room: float

    def start_height(self) -> float:
        """Height that has to fit on the page where it starts, pt."""
        ...

    def place(self, flow: Flow) -> None:
        """Put itself on the flow's page and, when there is not enough room, on the pages after it."""
        ...


@dataclass(slots=True)
class Flow:
    """The pages so far and the place reached on the last one.

    Attributes:
        pages: in order.
        y: next free place, pt from the top of the page.
        page_of: path of an answer → printed number of the page where it begins.
        headings: those of the parts, in order.
    """

    pages: list[Page] = field(default_factory=list)
    y: float = 0.0
    page_of: dict[str, int] = field(default_factory=dict)
    headings: list[HeadingPlace] = field(default_factory=list)
    _marks: int = 0
    _numbered: int = 0

    @property
    def page(self) -> Page:
        """The page in work."""
        return self.pages[-1]

    @property
    def shape(self) -> PageShape:
        """Its sheet."""
        return self.page.shape

    @property
    def room(self) -> float:
        """Height left on the page, pt."""
        return self.shape.bottom - self.y + _SLACK if self.pages else 0.0

    @property
    def fresh(self) -> bool:
        """True while nothing stands on the page."""
        return bool(self.pages) and self.y <= self.shape.top

    def new_page(self, shape: PageShape | None = None, *, numbered: bool = True) -> Page:
        """Start a page of this shape, by default like the one before."""
        shape = shape or (self.shape if self.pages else PORTRAIT)
        self._numbered += numbered
        page = Page(shape, self._numbered if numbered else None)
        self.pages.append(page)
        self.y = shape.top
        return page

    def mark(self, path: str | None) -> Mark | None:
        """A mark for one more place where this answer is printed."""
        if path is None:
            return None
        self._marks += 1
        return Mark(path, self._marks)

    def note_answer(self, mark: Mark | None) -> None:
        """Remember the first page of an answer."""
        if mark is not None and self.page.number is not None:
            self.page_of.setdefault(mark.path, self.page.number)

    def anchor(self, title: str, level: int) -> str:
        """Make the present place a target; returns its name."""
        name = f"place-{sum(len(page.anchors) for page in self.pages)}"
        self.page.anchors.append(Anchor(name, self.y, title, level))
        return name

    def run(self, parts: Sequence[Part]) -> None:
        """Place all parts in order."""
        for n, part in enumerate(parts):
            above = white(parts[n - 1].kind, part.kind) if n else 0.0
            wanted = above + max(_together(parts, n), part.least_room)
            turned = bool(self.pages) and self.shape is not part.shape
            if not self.pages or turned or ((part.new_page or wanted > self.room) and not self.fresh):
                self.new_page(part.shape)
            if not self.fresh:
                self.y += above
            part.place(self)


def _together(parts: Sequence[Part], first: int) -> float:
    """Height from a part to the least start of the one that its chain of "keeps next" ends in."""
    height = parts[first].start_height()
    for part, after in pairwise(parts[first:]):
        if not part.keeps_next or after.new_page or after.shape is not part.shape:
            break
        height += white(part.kind, after.kind) + after.start_height()
    return min(height, parts[first].shape.text_height)
