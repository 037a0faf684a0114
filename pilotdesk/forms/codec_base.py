"""What every codec promises, and how a value looks when nothing more is known about it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Protocol

from pilotdesk.forms.folding import clean
from pilotdesk.forms.values import MonthRange, Unparsed
from pilotdesk.record import Record

if TYPE_CHECKING:
    from pilotdesk.forms.values import Scalar, Value


class Codec(Protocol):
    """Reads and shows the answers of one field, column or person part."""

    def parse(self, text: str) -> Scalar:
        """The answer that was typed: ``None`` for blank, :class:`Unparsed` for what cannot be read; never raises."""

    def edit_text(self, value: Value) -> str:
        """The answer as it stands in the editor, so that ``parse`` gives it back; empty for ``None``."""

    def print_text(self, value: Value) -> str:
        """The answer as printed, without its unit; empty for ``None``."""

    def from_answer(self, answer: object) -> Scalar:
        """The answer from an answers file or a pack, where JSON or TOML has given it a type already.

        Raises:
            ValueError: not of this field's type; the message is a Chinese sentence that says what to write.
        """


class PlainCodec(Record, frozen=True):
    """What codecs share. ``expected`` is the sentence for an answer of another type."""

    expected: ClassVar[str] = "请写文字，两头加引号。"

    def parse(self, text: str) -> Scalar:
        """The text itself; ``None`` for blank."""
        kept = clean(text)
        return kept if kept.strip() else None

    def edit_text(self, value: Value) -> str:
        """See :class:`Codec`."""
        return plain_text(value)

    def print_text(self, value: Value) -> str:
        """See :class:`Codec`."""
        return self.edit_text(value)

    def from_answer(self, answer: object) -> Scalar:
        """See :class:`Codec`."""
        value = None if answer is None else self._from_typed(answer)
        if isinstance(value, Unparsed):
            raise ValueError(self.expected)
        return value

    def _from_typed(self, answer: object) -> Scalar:
        """The value of an answer that is not ``None``; :class:`Unparsed` when it does not fit."""
        return self.parse(answer) if isinstance(answer, str) else Unparsed("")


def plain_text(value: Value) -> str:
    """A value as text by its own type: for answers of calculated fields and of fields whose type has changed.

    Rows and files show nothing; they have writers of their own.
    """
    match value:
        case None:
            shown = ""
        case Unparsed():
            shown = value.text
        case date():
            shown = date_text(value)
        case MonthRange():
            shown = range_text(value)
        case Decimal():
            shown = format(value, "f")
        case tuple():
            shown = "；".join(part for part in value if isinstance(part, str))
        case _:
            shown = str(value)
    return shown


def date_text(day: date) -> str:
    """``2026年6月2日``."""
    return f"{day.year}年{day.month}月{day.day}日"


def month_text(month: str) -> str:
    """``2027年1月`` for ``2027-01``; anything else as it is."""
    year, dash, number = month.partition("-")
    return f"{year}年{int(number)}月" if dash and year.isdecimal() and number.isdecimal() else month


def range_text(months: MonthRange) -> str:
    """``2027年1月—2028年12月``; a single month alone, an open end left out (``2027年1月—``)."""
    if months.start == months.end:
        return month_text(months.start) if months.start else ""
    return "—".join(month_text(month) if month else "" for month in (months.start, months.end))
