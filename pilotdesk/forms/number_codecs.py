"""Codecs of numbers: what people type around a number is forgiven, the number itself is never guessed."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING, ClassVar, Final

from pilotdesk.forms.codec_base import PlainCodec, plain_text
from pilotdesk.forms.folding import clean, plain_dashes
from pilotdesk.forms.lazy_pattern import LazyPattern
from pilotdesk.forms.values import Unparsed

if TYPE_CHECKING:
    from pilotdesk.forms.values import Scalar, Value

NUMBER: Final = LazyPattern(
    r"(?P<sign>[-+]?)\s*(?P<whole>[0-9]{1,3}(?:,\s?[0-9]{3})+|[0-9]{1,3}(?:\s[0-9]{3})+|[0-9]{1,30})?"
    r"(?:[.。](?P<part>[0-9]{1,30}))?"
)
MULTIPLES: Final = ("百", "千", "万", "亿")
LONGEST: Final = 60
"""Characters beyond which nothing is read as a number: no figure of a form is that long."""


def read_number(text: str, unit: str = "") -> Decimal | None:
    """The number in a text, digits as typed (``1.50`` stays 1.50); ``None`` when it is not exactly one number.

    Read: full-width digits, thousands separated by commas or blanks, ``。`` typed for the point, any minus sign,
    and the field's own unit after the number, or the multiple that it begins with (``41.6万`` in 万件). Not read: other
    units and multiples (``41.6万`` in a field counted in 件), because scaling would be a guess.
    """
    folded = plain_dashes(text).strip()
    suffix = plain_dashes(unit).strip()
    for written in (suffix, suffix[:1] if suffix[:1] in MULTIPLES else ""):
        if written and folded.endswith(written):
            folded = folded.removesuffix(written).rstrip()
            break
    found = NUMBER.fullmatch(folded) if len(folded) <= LONGEST else None
    if found is None or not (found["whole"] or found["part"]):
        return None
    whole = re.sub(r"[,\s]", "", found["whole"] or "0")
    return Decimal(found["sign"] + whole + (f".{found['part']}" if found["part"] else ""))


class IntegerCodec(PlainCodec, frozen=True):
    """Whole numbers, kept as ``int``. ``unit`` is the field's."""

    expected: ClassVar[str] = "请写整数，不加引号，如 86。"

    unit: str = ""

    def parse(self, text: str) -> Scalar:
        """See :class:`Codec`; ``86.0`` is 86, ``86.5`` is not read."""
        if not clean(text).strip():
            return None
        number = read_number(clean(text), self.unit)
        return Unparsed(clean(text)) if number is None or number % 1 else int(number)

    def _from_typed(self, answer: object) -> Scalar:
        if isinstance(answer, float) and answer.is_integer():
            return int(answer)
        return answer if isinstance(answer, int) and not isinstance(answer, bool) else Unparsed("")


class DecimalCodec(PlainCodec, frozen=True):
    """Decimal numbers, kept with the digits that were typed; ``decimals`` only for print, ``None``: as typed."""

    expected: ClassVar[str] = "请写数字，如 41.6。"

    unit: str = ""
    decimals: int | None = None

    def parse(self, text: str) -> Scalar:
        """See :class:`Codec`."""
        if not clean(text).strip():
            return None
        number = read_number(clean(text), self.unit)
        return Unparsed(clean(text)) if number is None else number

    def print_text(self, value: Value) -> str:
        """See :class:`Codec`; rounded half up to ``decimals``."""
        if self.decimals is None or not isinstance(value, Decimal | int):
            return plain_text(value)
        number = Decimal(value)
        context = Context(prec=max(28, number.adjusted() + self.decimals + 3), rounding=ROUND_HALF_UP)
        return format(number.quantize(Decimal(1).scaleb(-self.decimals), context=context), "f")

    def _from_typed(self, answer: object) -> Scalar:
        if isinstance(answer, bool) or not isinstance(answer, int | float | str | Decimal):
            return Unparsed("")
        if isinstance(answer, str):
            return self.parse(answer)
        number = Decimal(str(answer))
        return number if number.is_finite() else Unparsed("")
