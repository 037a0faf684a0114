"""Headings, body text and pledges. Source: print target §2.3, §3.1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.pdf.pages import HeadingPlace
from pilotdesk.documents.pdf.styles import BODY, HEADINGS, MM, PART_AFTER, PLEDGE, PORTRAIT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.documents.blocks import Body, Heading, Pledge
    from pilotdesk.documents.pdf.flow import Flow, Kind
    from pilotdesk.documents.pdf.lines import Line, Typesetter
    from pilotdesk.documents.pdf.pages import Mark
    from pilotdesk.documents.pdf.styles import PageShape, TextStyle

WIDOW: Final = 2
"""Lines of a paragraph that stay together at a page's foot and head."""

BLANK_LINES: Final = 2
_PART_ROOM: Final = 60 * MM
_KINDS: Final[dict[int, Kind]] = {1: "part", 2: "section", 3: "text"}


@dataclass(slots=True)
class HeadingPart:
    """A heading; level 1 also goes into the contents."""

    heading: Heading
    lines: Sequence[Line]
    shape: PageShape
    kind: Kind
    keeps_next: bool = True
    new_page: bool = False
    least_room: float = 0.0

    @property
    def _style(self) -> TextStyle:
        return HEADINGS[self.heading.level]

    @property
    def _after(self) -> float:
        return PART_AFTER if self.heading.level == 1 else 0.0

    def start_height(self) -> float:
        """All of it."""
        return len(self.lines) * self._style.leading + self._after

    def place(self, flow: Flow) -> None:
        """Put it on the page and remember it as a target."""
        flow.anchor(self.heading.text, self.heading.level - 1)
        if self.heading.level == 1:
            place = HeadingPlace(self.heading.text, flow.page.number or 0, starts_page=flow.fresh)
            flow.headings.append(place)
        place_lines(flow, self.lines, self._style.leading)
        flow.y += self._after


@dataclass(slots=True)
class TextPart:
    """Paragraphs of running text."""

    paragraphs: Sequence[Sequence[Line]]
    style: TextStyle
    path: str | None
    shape: PageShape = PORTRAIT
    kind: Kind = "text"
    keeps_next: bool = False
    new_page: bool = False
    least_room: float = 0.0

    @property
    def _blank_height(self) -> float:
        """White for the pen where an answer is not given yet."""
        return BLANK_LINES * self.style.leading if self.path is not None and not self.paragraphs else 0.0

    def start_height(self) -> float:
        """The first paragraph when it cannot be parted, else its first two lines."""
        first = len(self.paragraphs[0]) if self.paragraphs else 0
        return self._blank_height + (first if first < 2 * WIDOW else WIDOW) * self.style.leading

    def place(self, flow: Flow) -> None:
        """Paragraph after paragraph, without widows and orphans."""
        mark = flow.mark(self.path)
        flow.y += self._blank_height
        for lines in self.paragraphs:
            rest = list(lines)
            while rest:
                fitting = int(flow.room / self.style.leading)
                count = len(rest) if fitting >= len(rest) else min(fitting, len(rest) - WIDOW)
                if count < len(rest) and count < WIDOW and not flow.fresh:
                    flow.new_page()
                    continue
                count = max(1, count)
                place_lines(flow, rest[:count], self.style.leading, mark)
                rest = rest[count:]
                if rest:
                    flow.new_page()


def place_lines(flow: Flow, lines: Sequence[Line], leading: float, mark: Mark | None = None) -> None:
    """Put lines one below the other at the left edge of the text area."""
    flow.note_answer(mark)
    for line in lines:
        flow.page.place(line, flow.shape.left, flow.y, leading, mark)
        flow.y += leading


def heading_part(heading: Heading, setter: Typesetter, shape: PageShape) -> HeadingPart:
    """A heading on the kind of sheet that the block after it needs."""
    style = HEADINGS[heading.level]
    return HeadingPart(
        heading,
        setter.lines(heading.text, style, shape.text_width),
        shape,
        _KINDS[heading.level],
        new_page=heading.new_page,
        least_room=style.leading + _PART_ROOM if heading.level == 1 else 0.0,
    )


def body_part(body: Body, setter: Typesetter) -> TextPart:
    """Running text of the unit or of the form."""
    return TextPart(_paragraphs(body.text.split("\n"), setter, BODY), BODY, body.path)


def pledge_part(pledge: Pledge, setter: Typesetter) -> TextPart:
    """A statement printed by the form."""
    return TextPart(_paragraphs(pledge.paragraphs, setter, PLEDGE), PLEDGE, None)


def _paragraphs(texts: Sequence[str], setter: Typesetter, style: TextStyle) -> list[Sequence[Line]]:
    sets = (setter.lines(text, style, PORTRAIT.text_width, align="justify") for text in texts)
    return [lines for lines in sets if lines]
