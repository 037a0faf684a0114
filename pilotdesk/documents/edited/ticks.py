"""Boxes as people tick them: ☑ √ ■ in place of □, √ typed before or behind the words, or only the words left."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

EMPTY: Final = "□☐◻○〇"
TAKEN: Final = "☑☒✓✔√■●▣✅◼"
_BOXES: Final = re.compile(f"[{EMPTY}{TAKEN}]")
_BLANKS: Final = re.compile(r"[\s\u3000]+")
_EDGES: Final = "　 \t\n；;、"
_BESIDE: Final = _EDGES + "（）()"
_IN_BRACKETS: Final = re.compile(r"[\[［(（]\s*([√✓✔xXvV]?)\s*[\]］)）]")


class _Place(Record, frozen=True):
    label: str
    start: int
    end: int


def has_boxes(text: str) -> bool:
    """Whether a text has a box or tick at all."""
    return bool(_BOXES.search(text)) or bool(_IN_BRACKETS.search(text))


def taken_labels(text: str, labels: Sequence[str]) -> tuple[str, ...]:
    """The labels that are ticked, in the order of the text; words beside a tick that are no label come as they are.

    Args:
        text: of the cell, boxes and labels: ``□ 无　√市级`` or ``无√　□ 市级``.
        labels: all labels that may stand there.
    """
    text = _IN_BRACKETS.sub(lambda found: "☑" if found[1] else "□", text)
    places = sorted(_places(text, labels), key=lambda place: place.start)
    taken = [place.label for place, ticked in zip(places, _ticked(text, places), strict=True) if ticked]
    return (*taken, *_foreign(text, places))


def _places(text: str, labels: Iterable[str]) -> list[_Place]:
    """Where each label stands, the longest first, so that 省级试点 is not taken for 省级."""
    free = list(text)
    found: list[_Place] = []
    for label in sorted(set(labels), key=len, reverse=True):
        words = [re.escape(sign) for sign in _BLANKS.sub("", label)]
        if not words:
            continue
        match = re.search(r"[\s\u3000]*".join(words), "".join(free))
        if match:
            found.append(_Place(label, match.start(), match.end()))
            free[match.start() : match.end()] = "\0" * (match.end() - match.start())
    return found


def _ticked(text: str, places: Sequence[_Place]) -> list[bool]:
    """For each place whether a tick belongs to it: one before it counts, and one behind that stands closer to it."""
    ticked = [False] * len(places)
    for number in range(len(places) + 1):
        begin = places[number - 1].end if number else 0
        end = places[number].start if number < len(places) else len(text)
        for owner in _owners(text[begin:end], number, len(places)):
            ticked[owner] = True
    return ticked


def _owners(between: str, number: int, count: int) -> list[int]:
    """The places that the ticks in a gap belong to; the gap stands before place ``number``."""
    ticks = [
        match.start()
        for match in _BOXES.finditer(between)
        if match[0] in TAKEN and not (number and match.start() and _words_behind(between, match.end()))
    ]
    if number == 0:
        return [0] if count and ticks else []
    if number == count:
        return [count - 1] if ticks else []
    return [number - 1 if _is_behind(between, at) else number for at in ticks]


def _words_behind(between: str, start: int) -> str:
    """What stands behind a sign up to the next one."""
    return _BOXES.split(between[start:], maxsplit=1)[0].strip(_EDGES)


def _is_behind(between: str, at: int) -> bool:
    """Whether a tick belongs to the label before it: the next one has a box of its own, or no blank parts it from this one."""
    before, rest = between[:at], between[at + 1 :]
    if any(sign in EMPTY for sign in before):
        return False
    behind = len(rest) - len(rest.lstrip())
    if any(sign in EMPTY for sign in rest):
        return _width(before) <= _width(rest[:behind])
    return not before and behind > 0


def _width(blanks: str) -> int:
    return sum(2 if sign == "\u3000" else 1 for sign in blanks)


def _foreign(text: str, places: Sequence[_Place]) -> list[str]:
    """Words beside a tick that are none of the labels: 其他 with its words, or an answer from before the list changed."""
    pieces = _between(text, places)
    signs, words = pieces[1::2], [piece.strip(_EDGES) for piece in pieces[2::2]]
    return [word for sign, word in zip(signs, words, strict=True) if sign in TAKEN and word]


def words_beside(text: str, labels: Sequence[str]) -> str:
    """What somebody wrote behind a label, or before the first box: neither label nor box."""
    pieces = _between(text, _places(text, labels))
    signs, words = ["\0", *pieces[1::2]], [piece.strip(_BESIDE) for piece in pieces[0::2]]
    return "，".join(word for sign, word in zip(signs, words, strict=True) if sign == "\0" and word)


def _between(text: str, places: Sequence[_Place]) -> list[str]:
    """The text without its labels: words, then sign and words in turn; the sign of a label is a zero."""
    free = list(text)
    for place in places:
        free[place.start : place.end] = "\0" * (place.end - place.start)
    return re.split(f"([{EMPTY}{TAKEN}]|\0+)", "".join(free))
