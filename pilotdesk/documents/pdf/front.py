"""Cover, notes and contents. Source: print target §3.1, §6."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.pdf.lines import Paragraph
from pilotdesk.documents.pdf.pages import Link, Rule, aligned
from pilotdesk.documents.pdf.styles import CONTENTS, MM, NOTES, PAGE_TITLE, PORTRAIT, TextStyle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.documents.blocks import Contents, Cover, CoverLine, Notes
    from pilotdesk.documents.pdf.flow import Flow, Kind
    from pilotdesk.documents.pdf.lines import Line, Typesetter
    from pilotdesk.documents.pdf.pages import Page
    from pilotdesk.documents.pdf.styles import PageShape

_NUMBER = re.compile(r"^\s*\d+[.．、]\s*")
_HANG: Final = 24.0
_TITLE_AFTER: Final = 6.0
_CONTENTS_AFTER: Final = 12.0
_DOTS_GAP: Final = 6.0

_COVER_TITLE: Final = TextStyle("title", 36, 0)
_COVER_YEAR: Final = TextStyle("kai", 16, 0)
_COVER_LABEL: Final = TextStyle("song", 16, 0)
_COVER_VALUE: Final = TextStyle("fang", 16, 0)
_LABEL_WIDTH: Final = 128.0
_LETTER_SPACES: Final = (2.4, 30.0)
_TITLE_BASELINES: Final = (84 * MM, 106 * MM)
_YEAR_BASELINE: Final = 122 * MM
_FIRST_LINE, _LAST_LINE, _PITCH = 152 * MM, 238 * MM, 12.2 * MM
_HIGHEST_LINE, _NARROW_PITCH = 140 * MM, 9 * MM
_INSET, _LABEL_GAP, _VALUE_INDENT = 7 * MM, 5 * MM, 4.0
_UNDERLINE_BELOW, _UNDERLINE_WEIGHT = 4.6, 0.6
_QUOTED = re.compile("“[^”]*”")


def place_cover(cover: Cover, setter: Typesetter, flow: Flow) -> None:
    """The cover on a page of its own, without a number."""
    page = flow.new_page(PORTRAIT, numbered=False)
    flow.anchor("封面", 0)
    for text, spacing, baseline in zip(cover.title, _LETTER_SPACES, _TITLE_BASELINES, strict=True):
        width = setter.single(text, _COVER_TITLE).width + spacing * max(0, len(text) - 1)
        centred(page, setter.spread(text, _COVER_TITLE, width), baseline)
    centred(page, setter.single(cover.year, _COVER_YEAR), _YEAR_BASELINE)
    _cover_lines(cover.lines, setter, flow)
    flow.y = page.shape.bottom


def centred(page: Page, line: Line, baseline: float) -> None:
    """A line in the middle of the text area."""
    x = aligned(page.shape.left, page.shape.text_width, line, "center")
    page.place(line, x, top_of(line, baseline), 0)


def top_of(line: Line, baseline: float) -> float:
    """Where a line without leading has to be placed so that its Latin stands on ``baseline``."""
    return baseline - 0.38 * line.size


def _cover_lines(lines: Sequence[CoverLine], setter: Typesetter, flow: Flow) -> None:
    shape = flow.shape
    left = shape.left + _INSET + _LABEL_WIDTH + _LABEL_GAP
    right = shape.right - _INSET
    rows: list[tuple[CoverLine, int, Line | None]] = []
    for line in lines:
        pieces = [piece for value in line.values for piece in _value_lines(value, setter, right - left)]
        rows += [(line, n, piece) for n, piece in enumerate(pieces or [None])]
    first, pitch = _spacing(len(rows))
    mark = None
    for place, (line, n, piece) in enumerate(rows):
        baseline = first + place * pitch
        if n == 0:
            label = setter.spread(line.label, _COVER_LABEL, _LABEL_WIDTH)
            flow.page.place(label, shape.left + _INSET, top_of(label, baseline), 0)
            mark = flow.mark(line.path)
        if piece is not None:
            flow.page.place(piece, left + _VALUE_INDENT, top_of(piece, baseline), 0, mark)
        y = baseline + _UNDERLINE_BELOW
        flow.page.rules.append(Rule(left, y, right, y, _UNDERLINE_WEIGHT))


def _spacing(count: int) -> tuple[float, float]:
    """First baseline and pitch: many lines come closer together, then begin higher."""
    pitch = min(_PITCH, (_LAST_LINE - _FIRST_LINE) / max(1, count - 1))
    if pitch >= _NARROW_PITCH:
        return _FIRST_LINE, pitch
    first = max(_HIGHEST_LINE, _LAST_LINE - _NARROW_PITCH * (count - 1))
    return first, min(_NARROW_PITCH, (_LAST_LINE - first) / max(1, count - 1))


def _value_lines(text: str, setter: Typesetter, width: float) -> list[Line]:
    """Lines of one value, not broken inside quotation marks as long as they fit on a line."""
    text = text.replace("\n", " ").strip()
    if not text:
        return []
    paragraph = Paragraph(setter.fonts, text, _COVER_VALUE)
    paragraph.keep_whole(match.span() for match in _QUOTED.finditer(text))
    width -= _VALUE_INDENT
    return [paragraph.line(cut) for cut in paragraph.narrowed(paragraph.cuts(width), width, False)]


@dataclass(slots=True)
class NotesPart:
    """The 填写说明: numbered entries, numbers hanging."""

    title: Line
    entries: Sequence[tuple[Line, Sequence[Line]]]
    shape: PageShape = PORTRAIT
    kind: Kind = "front"
    keeps_next: bool = False
    new_page: bool = True
    least_room: float = 0.0

    def start_height(self) -> float:
        """Title and first entry."""
        return PAGE_TITLE.leading + 2 * NOTES.leading

    def place(self, flow: Flow) -> None:
        """Title, then entry after entry."""
        place_title(flow, self.title, _TITLE_AFTER)
        for number, lines in self.entries:
            if flow.room < len(lines) * NOTES.leading and not flow.fresh:
                flow.new_page()
            flow.page.place(number, flow.shape.left, flow.y, NOTES.leading)
            for line in lines:
                flow.page.place(line, flow.shape.left + _HANG, flow.y, NOTES.leading)
                flow.y += NOTES.leading


def notes_part(notes: Notes, setter: Typesetter) -> NotesPart:
    """The entries, numbered in order whether the form wrote the numbers or not."""
    entries = []
    for n, entry in enumerate(notes.entries, 1):
        text = _NUMBER.sub("", entry)
        lines = setter.lines(text, NOTES, PORTRAIT.text_width - _HANG, align="justify")
        entries.append((setter.single(f"{n}.", NOTES), lines))
    return NotesPart(setter.single(_title(notes.title), PAGE_TITLE), entries)


@dataclass(slots=True)
class ContentsPart:
    """The contents: placed with the number of its lines known, filled in when all pages are."""

    title: Line
    entries: Sequence[str]
    setter: Typesetter
    shape: PageShape = PORTRAIT
    kind: Kind = "front"
    keeps_next: bool = False
    new_page: bool = False
    least_room: float = 0.0
    _places: list[tuple[Page, float]] = field(default_factory=list)

    def start_height(self) -> float:
        """All of it when it fits on a page: it stands below the notes or on a page of its own."""
        return PAGE_TITLE.leading + _CONTENTS_AFTER + len(self.entries) * CONTENTS.leading

    def place(self, flow: Flow) -> None:
        """Keep room for the lines."""
        flow.anchor("目录", 0)
        place_title(flow, self.title, _CONTENTS_AFTER)
        for _ in self.entries:
            if flow.room < CONTENTS.leading:
                flow.new_page()
            self._places.append((flow.page, flow.y))
            flow.y += CONTENTS.leading

    def fill(self, flow: Flow) -> None:
        """Write words, dots and page numbers, each line leading to its heading."""
        anchors = {anchor.title: anchor.name for page in flow.pages for anchor in page.anchors}
        for (page, y), heading in zip(self._places, flow.headings, strict=True):
            digits = self.setter.single(str(heading.page), CONTENTS)
            words = self._words(heading.title, page.shape.text_width - digits.width - 3 * _DOTS_GAP)
            left, right = page.shape.left, page.shape.right
            page.place(words, left, y, CONTENTS.leading)
            page.place(digits, right - digits.width, y, CONTENTS.leading)
            start, end = left + words.width + _DOTS_GAP, right - digits.width - _DOTS_GAP
            middle = y + CONTENTS.leading / 2 + 0.1 * CONTENTS.size
            if end > start:
                page.rules.append(Rule(end, middle, start, middle, 0.9, (0.0, 3.5), round_ends=True))
            page.links.append(Link(left, y, page.shape.text_width, CONTENTS.leading, anchors[heading.title]))

    def _words(self, text: str, width: float) -> Line:
        """A heading on one line; a very long one is cut."""
        while len(text) > 1 and self.setter.single(text, CONTENTS).width > width:
            text = text.rstrip("…")[:-1] + "…"
        return self.setter.single(text, CONTENTS)


def contents_part(contents: Contents, headings: Sequence[str], setter: Typesetter) -> ContentsPart:
    """A contents of these level-1 headings."""
    return ContentsPart(setter.single(_title(contents.title), PAGE_TITLE), headings, setter)


def place_title(flow: Flow, line: Line, after: float) -> None:
    """A page title in the middle."""
    x = aligned(flow.shape.left, flow.shape.text_width, line, "center")
    flow.page.place(line, x, flow.y, PAGE_TITLE.leading)
    flow.y += PAGE_TITLE.leading + after


def _title(text: str) -> str:
    """Two characters are spread to four."""
    return f"{text[0]}　　{text[1]}" if len(text) == 2 else text
