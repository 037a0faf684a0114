"""One codec per field type: what was typed, what is kept, what is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.forms.choice_codecs import ChoiceCodec, ChoiceList, MultiChoiceCodec
from pilotdesk.forms.codec_base import Codec, PlainCodec, plain_text
from pilotdesk.forms.date_codecs import DateCodec, MonthCodec, MonthRangeCodec
from pilotdesk.forms.evidence_codecs import EvidenceCodec
from pilotdesk.forms.number_codecs import DecimalCodec, IntegerCodec
from pilotdesk.forms.regions import RegionCodec
from pilotdesk.forms.text_codecs import LongTextCodec, TextCodec

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pilotdesk.forms.model import Choice, Field
    from pilotdesk.forms.values import Value

__all__ = ["WITHOUT_CODEC", "Codec", "codec_for", "plain_text"]

WITHOUT_CODEC: Final = frozenset({"table", "tree", "attachment", "person", "statement", "signature"})
"""Types whose answer is not one text: rows, files, parts, or none at all."""


class CalculatedCodec(PlainCodec, frozen=True):
    """Results of calculations, shown by their own type; names of the field's choice list by their label."""

    listed: ChoiceList
    decimals: int | None = None

    def print_text(self, value: Value) -> str:
        """See :class:`Codec`."""
        if isinstance(value, str):
            return self.listed.print_label(value)
        if isinstance(value, tuple):
            return MultiChoiceCodec(self.listed).print_text(value)
        return DecimalCodec(decimals=self.decimals).print_text(value)


_MAKERS: Final[dict[str, Callable[[Field, ChoiceList], Codec]]] = {
    "text": lambda field, _: TextCodec(field.letters),
    "longtext": lambda _, __: LongTextCodec(),
    "integer": lambda field, _: IntegerCodec(field.unit),
    "decimal": lambda field, _: DecimalCodec(field.unit, field.decimals),
    "date": lambda _, __: DateCodec(),
    "month": lambda _, __: MonthCodec(),
    "month_range": lambda _, __: MonthRangeCodec(),
    "choice": lambda _, listed: ChoiceCodec(listed),
    "multi_choice": lambda _, listed: MultiChoiceCodec(listed),
    "dependent_choice": lambda _, listed: MultiChoiceCodec(listed),
    "region": lambda _, __: RegionCodec(),
    "evidence": lambda _, __: EvidenceCodec(),
    "calculated": lambda field, listed: CalculatedCodec(listed, field.decimals),
}


def codec_for(field: Field, lists: Mapping[str, tuple[Choice, ...]]) -> Codec:
    """The codec of a field, column or person part.

    Args:
        field: its definition.
        lists: the form's choice lists by name.

    Raises:
        KeyError: the field's type has no codec (:data:`WITHOUT_CODEC`) or its list does not exist.
    """
    choices = lists[field.choices] if field.choices else ()
    return _MAKERS[field.type](field, ChoiceList(choices, field.other))
