"""Codecs of choices: names are kept, labels are shown, free text beside the list is kept as ``other:文字``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final

import msgspec

from pilotdesk.forms.codec_base import PlainCodec, plain_text
from pilotdesk.forms.folding import clean, half_width
from pilotdesk.forms.lazy_pattern import LazyPattern
from pilotdesk.forms.values import Unparsed
from pilotdesk.record import Record

if TYPE_CHECKING:
    from pilotdesk.forms.model import Choice
    from pilotdesk.forms.values import Scalar, Value

OTHER: Final = "other:"
"""Before free text that stands beside the listed choices."""
OTHER_LABEL: Final = "其他"
_OTHER_TYPED: Final = LazyPattern(rf"(?:{OTHER_LABEL}\s*[:：]|{OTHER})(?P<words>.*)", re.DOTALL)
_FREE_TEXT: Final = LazyPattern(rf"(?P<sign>[;；\n、,，/])\s*(?={OTHER_LABEL}\s*[:：])")


def other_words(name: str) -> str | None:
    """The free text of a kept ``other:文字``, possibly empty; ``None`` for a listed choice."""
    return name.removeprefix(OTHER) if name.startswith(OTHER) else None


def _folded(text: str) -> str:
    """A label as it is compared: half-width, no blanks, straight quotes."""
    return re.sub(r"\s", "", half_width(text)).translate(str.maketrans("“”‘’", "\"\"''")).casefold()


class ChoiceList(Record, frozen=True):
    """The choices of one list by name and by what people type for them.

    A label that stands twice in the list (under two parents) is shown with its name: ``其他〔f4_other〕``.
    """

    choices: tuple[Choice, ...]
    other: bool = False
    _labels: dict[str, str] = msgspec.field(default_factory=dict)
    _names: dict[str, str] = msgspec.field(default_factory=dict)

    def __post_init__(self) -> None:
        typed = [_folded(choice.label) for choice in self.choices]
        for choice, folded in zip(self.choices, typed, strict=True):
            twice = typed.count(folded) > 1
            self._labels[choice.name] = f"{choice.label}〔{choice.name}〕" if twice else choice.label
        for name, label in self._labels.items():
            self._names.setdefault(_folded(name), name)
            self._names[_folded(label)] = name
        for choice in self.choices:
            for words in choice.also:
                self._names.setdefault(_folded(words), choice.name)

    def name_of(self, text: str) -> str | None:
        """The choice meant by a label, a name, what else is written for it, or ``其他：文字``; ``None`` when there is none."""
        if name := self._names.get(_folded(text)):
            return name
        typed = _OTHER_TYPED.fullmatch(text.strip()) if self.other else None
        if typed:
            return OTHER + typed["words"].strip()
        return OTHER if self.other and text.strip() == OTHER_LABEL else None

    def edit_label(self, name: str) -> str:
        """What stands in the editor for a kept name; the name itself when the list does not have it."""
        words = other_words(name)
        return self._labels.get(name, name) if words is None else f"{OTHER_LABEL}：{words}"

    def print_label(self, name: str) -> str:
        """What is printed for a kept name: its label, ``其他：文字``, or 其他 alone."""
        words = other_words(name)
        if words is not None:
            return f"{OTHER_LABEL}：{words}" if words else OTHER_LABEL
        return next((choice.label for choice in self.choices if choice.name == name), name)

    def in_order(self, names: list[str]) -> tuple[str, ...]:
        """Names without doubles in the order of the list, free text at the end."""
        places = {choice.name: place for place, choice in enumerate(self.choices)}
        return tuple(sorted(dict.fromkeys(names), key=lambda name: places.get(name, len(places))))


class ChoiceCodec(PlainCodec, frozen=True):
    """One choice, kept by name."""

    expected: ClassVar[str] = "请从列表里选一个，照列表写。"

    listed: ChoiceList

    def parse(self, text: str) -> Scalar:
        """See :class:`Codec`."""
        kept = clean(text)
        return (self.listed.name_of(kept) or Unparsed(kept)) if kept.strip() else None

    def edit_text(self, value: Value) -> str:
        """See :class:`Codec`."""
        return self.listed.edit_label(value) if isinstance(value, str) else plain_text(value)

    def print_text(self, value: Value) -> str:
        """See :class:`Codec`."""
        return self.listed.print_label(value) if isinstance(value, str) else plain_text(value)


class MultiChoiceCodec(PlainCodec, frozen=True):
    """Several choices of one list, kept as a tuple of names in list order; shown joined by ；."""

    expected: ClassVar[str] = '请写成列表，每一个都照可选的写，如 ["甲", "乙"]。'

    listed: ChoiceList

    def parse(self, text: str) -> Scalar:
        """See :class:`Codec`; one that is not listed makes the whole answer :class:`Unparsed`."""
        kept = clean(text)
        if not kept.strip():
            return None
        names = self._names(kept)
        return Unparsed(kept) if names is None else self.listed.in_order(names)

    def edit_text(self, value: Value) -> str:
        """See :class:`Codec`."""
        return "；".join(map(self.listed.edit_label, _names_in(value))) or plain_text(value)

    def print_text(self, value: Value) -> str:
        """See :class:`Codec`."""
        return "；".join(map(self.listed.print_label, _names_in(value))) or plain_text(value)

    def _names(self, text: str) -> list[str] | None:
        """Names of everything listed in a text, ``None`` if one is unknown; free text reaches to the end."""
        whole = self.listed.name_of(text)
        if whole is not None:
            return [whole]
        free = _FREE_TEXT.search(text) if self.listed.other else None
        pieces = re.split(r"[;；\n]", text[: free.start()] if free else text)
        if free:
            pieces.append(text[free.end("sign") :])
        names: list[str | None] = []
        for piece in filter(str.strip, pieces):
            name = self.listed.name_of(piece)
            weaker = [piece] if name else filter(str.strip, re.split(r"[、,，/]", piece))
            names += map(self.listed.name_of, weaker)
        known = [name for name in names if name is not None]
        return known if known and len(known) == len(names) else None

    def _from_typed(self, answer: object) -> Scalar:
        if isinstance(answer, str):
            return self.parse(answer)
        if not isinstance(answer, list):
            return Unparsed("")
        names = [self.listed.name_of(text) if isinstance(text, str) else None for text in answer]
        found = [name for name in names if name is not None]
        return (self.listed.in_order(found) or None) if len(found) == len(names) else Unparsed("")


def _names_in(value: Value) -> list[str]:
    return [part for part in value if isinstance(part, str)] if isinstance(value, tuple) else []
