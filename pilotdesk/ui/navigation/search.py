"""Finding a field: by number (二.2 or 2.2), by words of its label, or by pinyin initials."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from pilotdesk.forms.initials import initials
from pilotdesk.ui.navigation.step_words import full_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pilotdesk.forms.model import Field, Form

LIMIT: Final = 8
_DIGITS: Final = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_CHINESE_NUMBER: Final = re.compile(r"^(?:第)?([一二三四五六七八九十]{1,3})(?:部分)?[.．、。 ]?(\d*)$")


class Searched(Protocol):
    """What is searched: a draft that is being written, or answers that somebody handed in."""

    @property
    def form(self) -> Form:
        """Whose fields they are."""

    def is_relevant(self, name: str) -> bool:
        """Whether a step, group or field is asked for."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place that can be found.

    Attributes:
        path: where to go.
        number, label: as on the page; a column is ``量化指标表：2027年目标值``.
        step: short name of its step, with its number.
    """

    path: str
    number: str
    label: str
    step: str


def normal_query(text: str) -> str:
    """What was typed, with a Chinese part number as digits: 二.2, 第二部分2 and 二、2 become ``2.2``."""
    typed = text.strip().lower().replace("．", ".").replace("。", ".")
    found = _CHINESE_NUMBER.match(typed)
    if not found:
        return typed
    value = 0
    for char in found[1]:
        value = max(value, 1) * 10 if char == "十" else value + _DIGITS[char]
    return f"{value}.{found[2]}"


def places(searched: Searched) -> Iterator[Place]:
    """Every relevant field and column, in the order of the form."""
    for step in searched.form.steps:
        if not searched.is_relevant(f"step:{step.name}"):
            continue
        where = full_name(searched.form, step)
        for group in step.group:
            if not searched.is_relevant(f"group:{group.name}"):
                continue
            for field in group.field:
                if searched.is_relevant(field.name):
                    yield Place(field.name, field.number, field.label, where)
                    yield from _inner(field, where)


def _inner(field: Field, where: str) -> Iterator[Place]:
    for column in field.columns:
        yield Place(field.name, field.number, f"{field.label}：{column.label}", where)
    for part in field.parts:
        yield Place(f"{field.name}.{part.name}", field.number, f"{field.label}：{part.label}", where)


def find(searched: Searched, text: str) -> tuple[Place, ...]:
    """The places that fit what was typed, the best first, at most eight; nothing for an empty query."""
    query = normal_query(text)
    if not query:
        return ()
    ranked = []
    for order, place in enumerate(places(searched)):
        rank = _rank(place, query)
        if rank is not None:
            ranked.append((rank, order, place))
    return tuple(place for _, _, place in sorted(ranked, key=lambda found: found[:2])[:LIMIT])


def _rank(place: Place, query: str) -> int | None:
    """0 is best, ``None`` does not fit."""
    if query[0].isdigit() and "." in query:
        if place.number == query:
            return 0
        return 1 if place.number.startswith(query) else None
    label = place.label.lower()
    if query in label:
        return 2 if label.startswith(query) else 3
    if query.isascii() and query.isalnum():
        short = initials(place.label)
        if query in short:
            return 4 if short.startswith(query) else 5
    return None
