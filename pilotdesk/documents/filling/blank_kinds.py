"""How each kind of place takes its answer. Every method returns whether the answer found room; if not, nothing was changed."""

from __future__ import annotations

import calendar
import re
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.filling.inline import BOX, CENTURY, REGION, options
from pilotdesk.documents.filling.normal import is_blank_text
from pilotdesk.documents.filling.writing import padded
from pilotdesk.documents.opened import paragraph_text, pieces, replace_text, set_box
from pilotdesk.documents.opened.names import TC, TR, P, own

if TYPE_CHECKING:
    from lxml.etree import _Element

    from pilotdesk.documents.filling.inline import Option
    from pilotdesk.documents.filling.mapping import Place
    from pilotdesk.documents.filling.places import Found
    from pilotdesk.documents.filling.values import Values
    from pilotdesk.documents.filling.words import Words
    from pilotdesk.documents.filling.writing import Written
    from pilotdesk.documents.opened import OpenedDocx

_B: Final = r"[\s_＿\u200b×Xx]"
_PARTS: Final = re.compile(rf"(\d{{4}}|{CENTURY}?{_B}*)年({_B}*)月(?:({_B}*)日)?")
_SUFFIX: Final = {0: "省", 1: "市", 2: "县区"}
_GAP: Final = "　"
_TAKEN: Final = "√"


class BlankKinds:
    """Fills one place at a time."""

    def __init__(self, values: Values, written: Written, words: Words, opened: OpenedDocx) -> None:
        self._values = values
        self._written = written
        self._words = words
        self._opened = opened

    def cell(self, place: Place, found: Found) -> bool:
        """All of a cell."""
        text = self._values.text(place.path, unit=place.unit)
        self._written.cell(found.element, text, long=self._is_long(place))
        return True

    def body(self, place: Place, found: Found) -> bool:
        """The empty paragraphs below a heading."""
        self._written.body(found.element, self._values.text(place.path, unit=place.unit))
        return True

    def after(self, place: Place, found: Found) -> bool:
        """New paragraphs below a heading that stands right above the next one."""
        self._written.below_heading(found.element, self._values.text(place.path, unit=place.unit))
        return True

    def text(self, place: Place, found: Found) -> bool:
        """A blank in a line; one that is left over stays a line."""
        if found.start is None or found.end is None:
            return False
        whole = paragraph_text(found.element)
        text = self._values.text(place.path, unit=place.unit)
        blank = whole[found.start : found.end]
        at_end = not whole[found.end :].strip()
        if "\n" in text and at_end:
            self._written.behind(found.element, found.start, found.end, text)
            return True
        text = " ".join(text.split("\n"))
        before_label = re.match(r"[^:：，。；、,;）)][^:：]{0,12}[:：]", whole[found.end :]) is not None
        lined = (at_end or before_label) and is_blank_text(blank)
        replaced = padded(text, blank) if lined else text
        if before_label and replaced == text and not whole[found.end].isspace():
            replaced += _GAP
        self._written.line(found.element, found.start, found.end, replaced)
        return True

    def date(self, place: Place, found: Found) -> bool:
        """The numbers of a day or of a period, between 年, 月 and 日; of a lone month's place of a day its beginning."""
        if found.start is None or found.end is None:
            return False
        numbers = list(self._values.dates(place.path))
        text = paragraph_text(found.element)
        asked = list(_PARTS.finditer(text, found.start, found.end))
        spans = [one.span(group) for one in asked for group in (1, 2, 3) if one[group] is not None]
        if len(numbers) == 3 and len(spans) == 2:
            numbers = numbers[:2]
        if len(numbers) == 4 and len(spans) == 6 and all(numbers):
            numbers = _whole_months(numbers)
        if not all(numbers) or len(numbers) != len(spans):
            return False
        there = [text[start:end] for start, end in spans]
        if any(
            len(one) == 4 and one.isdecimal() and one != number
            for one, number in zip(there, numbers, strict=True)
        ):
            return False  # another year is printed there
        for (start, end), number in reversed(list(zip(spans, numbers, strict=True))):
            if text[start:end] != number:
                self._written.line(found.element, start, end, number)
        return True

    def region(self, place: Place, found: Found) -> bool:
        """The names in the places of 省, 市 and 县（市、区）, which end in one of these words themselves."""
        text = paragraph_text(found.element)
        asked = REGION.search(text)
        names = self._values.region(place.path)
        if asked is None or not all(names):
            return False
        ends = [one.end() for one in re.finditer(r"[省市县区](?:[（(][^）)]*[）)])?", asked.group())]
        begin = asked.start()
        for number, (name, end) in reversed(list(enumerate(zip(names, ends, strict=True)))):
            before = ends[number - 1] if number else 0
            self._written.line(found.element, begin + before, begin + end, name)
        return True

    def _signs(self, place: Place, found: Found) -> bool:
        """A box in a line for each sign."""
        text = self._values.text(place.path)
        if found.start is None or found.end is None or len(text) != place.count:
            return False
        self._written.line(found.element, found.start, found.end, text)
        return True

    def digits(self, place: Place, found: Found) -> bool:
        """A cell for each sign, or a box in a line."""
        if found.start is not None:
            return self._signs(place, found)
        text = self._values.text(place.path)
        row = next(found.element.iterancestors(TR), None)
        cells = list(own(row, TC)) if row is not None else []
        at = cells.index(found.element) if found.element in cells else 0
        if len(text) != place.count or at + place.count > len(cells):
            return False
        for sign, cell in zip(text, cells[at:], strict=False):
            self._written.cell(cell, sign)
        return True

    def boxes(self, place: Place, found: Found) -> bool:
        """Ticks at what is taken; whether every answer has its box."""
        choices, listed, taken = self._values.choices(place.path)
        paragraphs = [found.element] if found.element.tag == P else list(own(found.element, P))
        marks: list[tuple[_Element, Option, bool]] = []
        met: set[str] = set()
        for paragraph in paragraphs:
            for option in options(paragraph_text(paragraph), alone=len(paragraphs) > 1):
                if found.start is not None and not found.start <= option.start < (found.end or 0):
                    continue
                name = self._words.choice_of(choices, listed, option.words)
                if name:
                    marks.append((paragraph, option, name in taken))
                    met |= {name} & taken
        if not met:
            return False
        for paragraph, option, ticked in reversed(marks):
            self._tick(paragraph, option, ticked=ticked)
        return met == taken

    def figure(self, place: Place, found: Found) -> bool:
        """The structure figure as a picture."""
        from pilotdesk.documents.filling.pictures import put_figure

        return put_figure(self._opened, self._values, place.path, found.element)

    def _tick(self, paragraph: _Element, option: Option, *, ticked: bool) -> None:
        sign = paragraph_text(paragraph)[option.start : option.end]
        if sign not in BOX:
            if ticked:
                self._written.line(paragraph, option.start + 1, option.end - 1, _TAKEN)
            return
        for piece in pieces(paragraph):
            if piece.start <= option.start < piece.end and ticked != (sign in "☑☒■√"):
                if sign in "○◯〇" and piece.element.tag.endswith("}t"):
                    replace_text(paragraph, option.start, option.end, "●")
                else:
                    set_box(piece, taken=ticked, at=option.start - piece.start)

    def _is_long(self, place: Place) -> bool:
        return self._values.field(place.path).type == "longtext"


def _whole_months(numbers: list[str]) -> list[str]:
    """From the first day of the first month to the last of the last."""
    first_year, first, last_year, last = numbers
    day = calendar.monthrange(int(last_year), int(last))[1]
    return [first_year, first, "1", last_year, last, str(day)]
