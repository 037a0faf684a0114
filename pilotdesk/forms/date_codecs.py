"""Codecs of days, months and periods, in the many ways people write them."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from pilotdesk.forms.codec_base import PlainCodec, date_text, month_text, plain_text, range_text
from pilotdesk.forms.folding import clean, plain_dashes
from pilotdesk.forms.lazy_pattern import LazyPattern
from pilotdesk.forms.values import MonthRange, Unparsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pilotdesk.forms.values import Scalar, Value

_YEAR: Final = r"(?P<year>[12][0-9]{3})"
_DAY: Final = LazyPattern(
    rf"{_YEAR}\s*[-./。年\s]\s*(?P<month>[0-9]{{1,2}})\s*[-./。月\s]\s*(?P<day>[0-9]{{1,2}})\s*[日号]?"
    r"(?:\s+0{1,2}:00(?::00)?)?"  # midnight, as spreadsheets copy a day
)
_SHORT_DAY: Final = LazyPattern(rf"{_YEAR}(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}})")
_MONTH: Final = LazyPattern(
    rf"{_YEAR}\s*(?P<sign>[-./。年])\s*(?P<month>[0-9]{{1,2}})\s*(?:月份?(?:\s*(?P<day>[0-9]{{1,2}})\s*[日号])?)?"
)
_SHORT_MONTH: Final = LazyPattern(rf"{_YEAR}(?P<month>[0-9]{{2}})(?P<sign>)(?P<day>)")
_WHOLE_YEAR: Final = LazyPattern(rf"{_YEAR}\s*年?")
_BARE_MONTH: Final = LazyPattern(r"(?P<month>[0-9]{1,2})\s*月?份?")
_JOIN: Final = LazyPattern(r"\s*(?:-{1,3}|~{1,2}|至|到)\s*")
_NUMERAL: Final = LazyPattern(r"[〇○零一二三四五六七八九十]+")
_DIGITS: Final = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_STORED_MONTH: Final = LazyPattern(r"[12][0-9]{3}-(?:0[1-9]|1[0-2])")


class Point(NamedTuple):
    """One end of a period as typed. ``month`` is ``None`` for a whole year, ``day`` where none was given.

    ``dashed`` tells that year and month are joined by a dash, which then cannot also mean "to".
    """

    year: int
    month: int | None
    day: int | None
    dashed: bool

    def first(self) -> str | None:
        """The month that a period starting here starts in; ``None`` when it starts inside a month."""
        return None if self.day not in {None, 1} else f"{self.year}-{self.month or 1:02}"

    def last(self) -> str | None:
        """The month that a period ending here ends in; ``None`` when it ends inside a month."""
        month = self.month or 12
        whole = self.day in {None, _days(self.year, month)}
        return f"{self.year}-{month:02}" if whole else None


class DateCodec(PlainCodec, frozen=True):
    """Days, kept as ``date``; the editor shows ``2026-06-02``, print ``2026年6月2日``."""

    expected: ClassVar[str] = "请写日期，如 2026-06-02。"

    def parse(self, text: str) -> Scalar:
        """See :class:`Codec`; years have four digits, because two would be a guess."""
        folded = _folded(text)
        if not folded:
            return None
        found = _DAY.fullmatch(folded) or _SHORT_DAY.fullmatch(folded)
        try:
            return date(*map(int, found.group("year", "month", "day"))) if found else Unparsed(clean(text))
        except ValueError:  # 30 February
            return Unparsed(clean(text))

    def edit_text(self, value: Value) -> str:
        """See :class:`Codec`."""
        return value.isoformat() if isinstance(value, date) else plain_text(value)

    def print_text(self, value: Value) -> str:
        """See :class:`Codec`."""
        return date_text(value) if isinstance(value, date) else plain_text(value)

    def _from_typed(self, answer: object) -> Scalar:
        if isinstance(answer, date) and not isinstance(answer, datetime):
            return answer
        return self.parse(answer) if isinstance(answer, str) else Unparsed("")


class MonthCodec(PlainCodec, frozen=True):
    """Months, kept as ``YYYY-MM``, which is also what the editor shows; print shows ``2027年1月``."""

    expected: ClassVar[str] = "请写年月，如 2027-01。"

    def parse(self, text: str) -> Scalar:
        """See :class:`Codec`; a text with a day is not read, because the day would be lost."""
        folded = _folded(text)
        point = _point(folded)
        if point and point.month and not point.day:
            return point.first()
        return Unparsed(clean(text)) if folded else None

    def print_text(self, value: Value) -> str:
        """See :class:`Codec`."""
        return month_text(value) if isinstance(value, str) else plain_text(value)


class MonthRangeCodec(PlainCodec, frozen=True):
    """Periods in whole months; editor and print show ``2027年1月—2028年12月``."""

    expected: ClassVar[str] = "请写起止年月，如“2027年1月—2028年12月”。"

    def parse(self, text: str) -> Scalar:
        """See :class:`Codec`; also whole years, days that are the first and last of a month, and open ends."""
        folded = _folded(text)
        return (read_months(folded) or Unparsed(clean(text))) if folded else None

    def edit_text(self, value: Value) -> str:
        """See :class:`Codec`."""
        return range_text(value) if isinstance(value, MonthRange) else plain_text(value)

    def _from_typed(self, answer: object) -> Scalar:
        if isinstance(answer, dict) and answer and answer.keys() <= {"start", "end"}:
            answer = [answer.get("start"), answer.get("end")]
        if isinstance(answer, list) and len(answer) == 2 and all(map(_is_stored_month, answer)):
            return MonthRange(*answer) if any(answer) else None
        return self.parse(answer) if isinstance(answer, str) else Unparsed("")


def _folded(text: str) -> str:
    """Typed text with plain digits and dashes, also where a year is written 二〇二六 and a month 十二."""
    return _NUMERAL.sub(lambda found: _digits(found[0]), plain_dashes(clean(text)).strip())


def _digits(numeral: str) -> str:
    """``2026`` for 二〇二六, ``31`` for 三十一; what is no such number keeps a 十, which no date is read with."""
    tens, ten, ones = numeral.translate(_DIGITS).partition("十")
    return f"{tens or 1}{ones or 0}" if ten and len(tens) < 2 and len(ones) < 2 else tens + ten + ones


def _days(year: int, month: int) -> int:
    from calendar import (
        monthrange,  # it brings the locales along; no date is read before the first page stands
    )

    return monthrange(year, month)[1]


def read_months(folded: str) -> MonthRange | None:
    """The period in a text whose dashes are plain already; ``None`` when it is not exactly one.

    A single month is a period of one month, a single year needs its 年.
    """
    if point := _point(folded, year=folded.endswith("年")):
        start, end = point.first(), point.last()
        return MonthRange(start, end) if start and end else None
    opened = re.fullmatch(r"自?(?P<point>.+?)\s*(?:-{1,3}|~|起)", folded)
    if opened and (point := _point(opened["point"])):
        return MonthRange(point.first(), None) if point.first() else None
    closed = re.fullmatch(r"(?:-{1,3}|~|至|到)\s*(?P<point>.+)", folded)
    if closed and (point := _point(closed["point"])):
        return MonthRange(None, point.last()) if point.last() else None
    return next(_joined(folded), None)


def _joined(folded: str) -> Iterator[MonthRange]:
    """Every reading of a text as two points with a dash, wave, 至 or 到 between them."""
    for join in _JOIN.finditer(folded):
        left = _point(folded[: join.start()].removeprefix("自"), year=True)
        if left is None:
            continue
        rest = folded[join.end() :]
        right = _point(rest, year=True)
        bare = _BARE_MONTH.fullmatch(rest)
        if bare and left.month and not left.day and not left.dashed:
            right = _checked(left.year, int(bare["month"]), None, dashed=False)
        if right is None or (left.month is None) != (right.month is None):
            continue
        start, end = left.first(), right.last()
        if start and end:
            yield MonthRange(start, end)


def _point(folded: str, *, year: bool = False) -> Point | None:
    """One month, with ``year`` also one whole year; ``None`` when the text is neither."""
    if found := _MONTH.fullmatch(folded) or _SHORT_MONTH.fullmatch(folded):
        day = int(found["day"]) if found["day"] else None
        return _checked(int(found["year"]), int(found["month"]), day, dashed=found["sign"] == "-")
    if year and (found := _WHOLE_YEAR.fullmatch(folded)):
        return Point(int(found["year"]), None, None, dashed=False)
    return None


def _checked(year: int, month: int, day: int | None, *, dashed: bool) -> Point | None:
    """The point, if the calendar has it."""
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= _days(year, month)):
        return None
    return Point(year, month, day, dashed)


def _is_stored_month(month: object) -> bool:
    return month is None or (isinstance(month, str) and bool(_STORED_MONTH.fullmatch(month)))
