"""Text set in lines: characters of several faces, squeezed marks, justified gaps, tick boxes.

A paragraph is prepared once (glyphs, widths, ranks of its breaks) and then cut for a width; cutting again for a
narrower one is cheap, which the rule "no last line of one character" needs. Source: print target §4.3.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from pilotdesk.documents.fonts import BOXES, SQUEEZED, FontSet, Glyph, printable
from pilotdesk.documents.pdf.breaking import FREE, JOINT, NEVER, TORN, date_joints, is_wide, ranks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pilotdesk.documents.blocks import Align, Tick
    from pilotdesk.documents.fonts import Role
    from pilotdesk.documents.pdf.styles import TextStyle

CHOICE_GAP: Final = "\u2003"
"""Stands between two choices; its width is given by the table's style."""

_STRETCH_EM: Final = 0.3
_FULL_ENOUGH: Final = 0.6
_SHORT_CENTRED: Final = 0.45
_CLOSE_ENOUGH: Final = 0.88
"""Part of a justified line that its words fill before their gaps are stretched."""
_RUNNING_EM: Final = 20
_MOST_IN_A_LINE: Final = 400
"""A longer rest is not added up to see whether it fits: a book that was pasted would be, once a line."""
_SLACK: Final = 1e-6
_LEAST_SHIFT: Final = 1e-4
_TWO_MARKS: Final = re.compile(f"[{''.join(sorted(SQUEEZED))}]{{2}}")


class Span(NamedTuple):
    """Characters of one face on a line.

    Attributes:
        face: name of the face.
        x: distance from the start of the line, pt.
        text: what is set, 〓 where a character is missing.
        shifts: pt added after each character, ``None`` when all are 0.
    """

    face: str
    x: float
    text: str
    shifts: tuple[float, ...] | None


class Box(NamedTuple):
    """A tick box drawn at ``x`` of the line."""

    x: float
    ticked: bool


class Line(NamedTuple):
    """One set line; ``width`` without white space at its end, ``size`` of its type in pt."""

    spans: tuple[Span, ...]
    boxes: tuple[Box, ...]
    width: float
    size: float


class Cut(NamedTuple):
    """A piece ``start:end`` of a paragraph that fills one line; ``width`` natural, without white space at its end."""

    start: int
    end: int
    width: float


class Paragraph:
    """One paragraph, ready to be cut into lines. ``gap``: width of :data:`CHOICE_GAP` in pt."""

    def __init__(self, fonts: FontSet, text: str, style: TextStyle, gap: float = 0.0) -> None:
        self.text = text
        self.style = style
        self._gap = gap
        self.glyphs = _glyphs(fonts, style.role, text)
        self.chars = "".join([glyph.char for glyph in self.glyphs])
        self._faces = [glyph.face for glyph in self.glyphs]
        self._is_one_run = len(set(self._faces)) == 1 and BOXES.keys().isdisjoint(self.chars)
        self._natural = [glyph.advance for glyph in self.glyphs]
        self.advances = [advance * style.size for advance in self._natural]
        self._moved = bool(gap)
        """Whether advances are not the natural ones."""
        self._gaps: list[bool] = []
        if _TWO_MARKS.search(text):
            self._squeeze_pairs()
        self.ranks = ranks(text)
        self._joints = date_joints(text) if style.justify else frozenset()
        if gap:
            self._bind_choices()

    def _squeeze_pairs(self) -> None:
        """A closing mark before a mark, and an opening mark after an opening one, give up their blank half."""
        glyphs, size = self.glyphs, self.style.size
        self._moved = True
        for n in range(len(glyphs) - 1):
            this, after = glyphs[n], glyphs[n + 1]
            if this.blank_right and (after.blank_left or after.blank_right):
                self.advances[n] -= this.blank_right * size
            elif this.blank_left and after.blank_left:
                self.advances[n] -= after.blank_left * size

    def spread(self, space: float) -> None:
        """Add space behind every character but the last, pt."""
        self._moved = True
        for n in range(len(self.advances) - 1):
            self.advances[n] += space

    def _bind_choices(self) -> None:
        """Break between choices, inside one only when it is wider than the line."""
        for n, char in enumerate(self.text):
            if char == CHOICE_GAP:
                self.advances[n] = self._gap
            elif self.ranks[n] == FREE and not (n and self.text[n - 1] == CHOICE_GAP):
                self.ranks[n] = TORN

    def keep_whole(self, stretches: Iterable[tuple[int, int]]) -> None:
        """Break inside these stretches only where the line is narrower than them."""
        for start, end in stretches:
            for n in range(start + 1, end):
                self.ranks[n] = min(self.ranks[n], TORN)

    def _date_joint(self, best: int, start: int, overflow: int, room: float) -> int:
        """Where to part a date (2026年 | 5月) when a justified line would be too loose with its last good break.

        Only in running text: in cells and short lines dates stay whole.
        """
        if room < _RUNNING_EM * self.style.size:
            return 0
        joints = (n for n in range(overflow, max(best, start), -1) if n in self._joints)
        joint = next(joints, 0) if self._joints else 0
        loose = joint and sum(self.advances[start:best]) < room * _CLOSE_ENOUGH
        return joint if loose and self._trimmed(start, joint, room).width <= room + _SLACK else 0

    def widest_word(self) -> float:
        """Width of the longest piece that must not be torn, pt."""
        widest = word = 0.0
        for n, advance in enumerate(self.advances):
            if self.ranks[n] >= JOINT:
                word = 0.0
            if not self.text[n].isspace() or word:
                word += advance
            widest = max(widest, word)
        return widest

    def cuts(self, width: float, indent: float = 0.0) -> list[Cut]:
        """The pieces that fill lines of this width; the first line is narrower by ``indent``, pt."""
        if not self.text:
            return [Cut(0, 0, 0.0)]
        found: list[Cut] = []
        start, room = 0, width - indent
        while start < len(self.text):
            end = self._line_end(start, room)
            found.append(self._trimmed(start, end, room))
            start = self._skipped(end)
            room = width
        return found

    def _skipped(self, start: int) -> int:
        """White space at the start of a continued line is dropped."""
        while start < len(self.text) and self.text[start].isspace():
            start += 1
        return start

    def _line_end(self, start: int, room: float) -> int:
        best = [0, 0, 0, 0]
        used = used_at_free = 0.0
        text, advances, glyphs = self.text, self.advances, self.glyphs
        limit = room + _SLACK
        if len(text) - start <= _MOST_IN_A_LINE and sum(advances[start:]) <= limit:
            return len(text)
        for n in range(start, len(text)):
            rank = self.ranks[n]
            if rank and n > start:
                best[rank] = n
                if rank == FREE:
                    used_at_free = used
            used += advances[n]
            if used > limit and not text[n].isspace():
                squeezed = glyphs[n].blank_right * self.style.size
                if used - squeezed > limit or (n + 1 < len(text) and self.ranks[n + 1] == NEVER):
                    chosen = self._chosen(best, start, n, used_at_free < room * _FULL_ENOUGH)
                    return self._date_joint(chosen, start, n, room) or chosen
        return len(text)

    @staticmethod
    def _chosen(best: list[int], start: int, overflow: int, ragged: bool) -> int:
        """The place to break: the best rank, but a joint when the free place leaves the line half empty."""
        if best[JOINT] > best[FREE] and ragged:
            return best[JOINT]
        return best[FREE] or best[JOINT] or best[TORN] or max(overflow, start + 1)

    def _trimmed(self, start: int, end: int, room: float) -> Cut:
        last = end
        while last > start and self.text[last - 1].isspace():
            last -= 1
        width = sum(self.advances[start:last])
        if width > room + _SLACK and last > start:
            width -= self.glyphs[last - 1].blank_right * self.style.size
        return Cut(start, last, width)

    def longer_last_line(self, cuts: list[Cut], width: float, indent: float) -> list[Cut]:
        """Move a break back when the last line would hold one character only."""
        if len(cuts) < 2 or _character_count(self.text, cuts[-1]) >= 2:
            return cuts
        before, last = cuts[-2:]
        room = width - (indent if len(cuts) == 2 else 0.0)
        for place in range(before.end - 1, before.start + 1, -1):
            if self.ranks[place] == FREE and place < last.start:
                head, tail = self._trimmed(before.start, place, room), self._trimmed(place, last.end, width)
                fits = head.width > room * _FULL_ENOUGH and tail.width <= width
                return [*cuts[:-2], head, tail] if fits else cuts
        return cuts

    def narrowed(self, cuts: list[Cut], width: float, centred: bool) -> list[Cut]:
        """For ragged text of 2 to 4 lines: the same number of lines, narrower, until the last one is long enough."""
        if not 2 <= len(cuts) <= 4:
            return cuts
        least = _SHORT_CENTRED * width if centred else 2 * self.style.size - 0.01
        step, tried, result = self.style.size / 4, width, cuts
        while result[-1].width < least and tried > width / 2:
            tried -= step
            result = self.cuts(tried)
            if len(result) != len(cuts):
                return cuts
        return result if result[-1].width >= least else cuts

    def line(self, cut: Cut, room: float | None = None) -> Line:
        """The set line of one cut, stretched to ``room`` when that looks well; ``None`` leaves it as it is."""
        extra = self._stretch(cut, room) if room is not None else 0.0
        spans: list[Span] = []
        boxes: list[Box] = []
        x, n = 0.0, cut.start
        while n < cut.end:
            after = self._run_end(n, cut.end)
            shifts = self._shifts(n, after, extra, cut.end)
            if self.chars[n] in BOXES:
                boxes.append(Box(x, BOXES[self.chars[n]]))
            moved = shifts and (max(shifts) > _LEAST_SHIFT or min(shifts) < -_LEAST_SHIFT)
            spans.append(Span(self._faces[n], x, self.chars[n:after], tuple(shifts) if moved else None))
            x += sum(self._natural[n:after]) * self.style.size + sum(shifts)
            n = after
        width = room if extra and room is not None else cut.width
        return Line(tuple(spans), tuple(boxes), width, self.style.size)

    def _run_end(self, start: int, end: int) -> int:
        """Characters of one face are drawn together; a box stands alone."""
        if self._is_one_run:
            return end
        face, chars = self._faces[start], self.chars
        n = start + 1
        if chars[start] not in BOXES:
            while n < end and self._faces[n] == face and chars[n] not in BOXES:
                n += 1
        return n

    def _shifts(self, start: int, after: int, extra: float, end: int) -> list[float]:
        """Pt added after each character of a run in a line that stops at ``end``; empty when all are 0."""
        if not extra and not self._moved:
            return []
        size, natural, advances = self.style.size, self._natural, self.advances
        shifts = [advances[n] - natural[n] * size for n in range(start, after)]
        if extra:
            gaps = self._gap_places()
            for n in range(start, min(after, end - 1)):
                if gaps[n]:
                    shifts[n - start] += extra
        return shifts

    def _gap_places(self) -> list[bool]:
        """For every character but the last whether a justified line is pulled apart behind it."""
        text = self.text
        if not self._gaps:
            wide = [is_wide(char) for char in text]
            self._gaps = [
                this and after and not (text[n] == text[n + 1] and text[n] in "—…")
                for n, (this, after) in enumerate(pairwise(wide))
            ]
        return self._gaps

    def _stretch(self, cut: Cut, room: float) -> float:
        """Space added to each gap of a justified line, pt; 0 when the line stays ragged."""
        missing = room - cut.width
        if missing <= 0.01:
            return 0.0
        gaps = sum(self._gap_places()[cut.start : max(cut.start, cut.end - 1)])
        extra = missing / gaps if gaps else 0.0
        return extra if extra <= _STRETCH_EM * self.style.size else 0.0


class Typesetter:
    """Sets texts in lines and remembers those that come again (国家, 现行, the head of a table)."""

    def __init__(self, fonts: FontSet) -> None:
        self.fonts = fonts
        self._known: dict[tuple[str, TextStyle, float, Align, float], tuple[Line, ...]] = {}

    def lines(
        self, text: str, style: TextStyle, width: float, *, align: Align = "left", gap: float = 0.0
    ) -> tuple[Line, ...]:
        """All lines of a text; paragraphs are separated by line feeds, blank ones are dropped.

        Args:
            text: as printed.
            style: its ``indent`` is put before the first line of each paragraph.
            width: of the lines, pt.
            align: for ``center`` and ``left`` the last line is kept from being too short.
            gap: width of :data:`CHOICE_GAP`, pt.
        """
        key = (text, style, width, align, gap)
        found = self._known.get(key)
        if found is None:
            parts = [part for part in printable(text).split("\n") if part.strip()]
            sets = (self._paragraph(part, style, width, align=align, gap=gap) for part in parts)
            found = self._known[key] = tuple(line for lines in sets for line in lines)
        return found

    def _paragraph(
        self, text: str, style: TextStyle, width: float, *, align: Align, gap: float
    ) -> list[Line]:
        text = text.strip() if style.indent else text.rstrip()
        paragraph = Paragraph(self.fonts, text, style, gap)
        indent = style.indent * style.size
        cuts = paragraph.cuts(width, indent)
        if not style.justify:
            if not gap:
                cuts = paragraph.narrowed(cuts, width, align == "center")
                cuts = paragraph.longer_last_line(cuts, width, indent)
            return [_indented(paragraph.line(cut), indent if n == 0 else 0.0) for n, cut in enumerate(cuts)]
        cuts = paragraph.longer_last_line(cuts, width, indent)
        lines = []
        for n, cut in enumerate(cuts):
            shift = indent if n == 0 else 0.0
            line = paragraph.line(cut, width - shift if n + 1 < len(cuts) else None)
            lines.append(_indented(line, shift))
        return lines

    def single(self, text: str, style: TextStyle) -> Line:
        """A text on one line, however long."""
        paragraph = Paragraph(self.fonts, printable(text).replace("\n", " "), style)
        return paragraph.line(Cut(0, len(paragraph.text), sum(paragraph.advances)))

    def spread(self, text: str, style: TextStyle, width: float) -> Line:
        """A label with its characters spread evenly over ``width``; a closing bracket at the end counts half."""
        paragraph = Paragraph(self.fonts, text, style)
        last = paragraph.glyphs[-1].blank_right * style.size if text else 0.0
        missing = width - sum(paragraph.advances) + last
        if len(text) > 1 and missing > 0:
            paragraph.spread(missing / (len(text) - 1))
        return paragraph.line(Cut(0, len(text), width))


def choices(ticks: Sequence[Tick]) -> str:
    """All choices of a cell as one text: box, label, gap."""
    return CHOICE_GAP.join(("☑" if tick.taken else "□") + tick.label for tick in ticks)


def _indented(line: Line, indent: float) -> Line:
    if not indent:
        return line
    spans = tuple(span._replace(x=span.x + indent) for span in line.spans)
    boxes = tuple(box._replace(x=box.x + indent) for box in line.boxes)
    return Line(spans, boxes, line.width + indent, line.size)


def _glyphs(fonts: FontSet, role: Role, text: str) -> list[Glyph]:
    """Glyphs of a paragraph; two dashes in a row come from a face whose dash fills its whole width."""
    glyphs = fonts.glyphs(role, text)
    if "——" in text:
        for n, char in enumerate(text):
            if char == "—" and "—" in (text[n - 1 : n] + text[n + 1 : n + 2]):
                glyphs[n] = fonts.long_dash(role)
    return glyphs


def _character_count(text: str, cut: Cut) -> int:
    return sum(is_wide(char) or char.isalnum() for char in text[cut.start : cut.end])
