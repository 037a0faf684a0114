"""Texts made of phrases, so that no two units write the same sentence.

A phrase may have alternatives (``{one|other|{a|b} third}``) and slots (``<th>``, ``<n:3-40>``) that the unit fills.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pilotdesk.forms.counting import count_chars

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from random import Random

    Fill = Callable[[str, str, Random], str]

_HERE = Path(__file__).parent
_INNERMOST = re.compile(r"\{([^{}]*)\}")
_SLOT = re.compile(r"<(\w+)(?::([^<>]*))?>")
_MARKS = re.compile(r"\W+")
_CLAUSE = re.compile(r"[^，。；：！？、\n]+")
_FIGURES = re.compile(r"由[\d.]+.{1,6}到[\d.]+")
"""What a target says; two units may well want the same."""
_SENTENCE = re.compile(r"[^。\n]+")
LONG, LEAST_SENTENCE = 17, 12
"""Characters from which on the same clause, or sentence, in two units would not be chance."""
RUN, RUN_STEP = 32, 4
"""Characters of a run that stands in one unit only, and how far apart those lie that are remembered."""
TRIES = 40


@cache
def phrases() -> Mapping[str, Any]:
    """Field to its sentences and least length."""
    return tomllib.loads((_HERE / "phrases.toml").read_text("utf-8"))


@cache
def themes() -> tuple[Mapping[str, Any], ...]:
    """All themes, in the order of their fields."""
    return tuple(tomllib.loads((_HERE / "themes.toml").read_text("utf-8"))["theme"])


def spin(phrase: str, rng: Random, fill: Fill) -> str:
    """One of the sentences that a phrase stands for."""
    while "{" in phrase:
        phrase = _INNERMOST.sub(lambda found: rng.choice(found[1].split("|")), phrase)
    return _SLOT.sub(lambda found: fill(found[1], found[2] or "", rng), phrase)


class Clauses:
    """Clauses written so far in a province; a sentence with one that another unit wrote is written anew."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}
        self._runs: dict[int, int] = {}
        self.shared = 0

    def write(self, phrase: str, owner: int, rng: Random, fill: Fill) -> str:
        """A sentence without a long clause of another unit; after many tries one is let through and counted."""
        for _ in range(TRIES):
            sentence = spin(phrase, rng, fill)
            long = list(_long_pieces(sentence))
            plain = _MARKS.sub("", sentence)
            runs = [hash(plain[at : at + RUN]) for at in range(len(plain) - RUN + 1)]
            clauses_free = all(self._seen.get(clause, owner) == owner for clause in long)
            if clauses_free and all(self._runs.get(run, owner) == owner for run in runs):
                self._seen.update(dict.fromkeys(long, owner))
                self._runs.update(dict.fromkeys(runs[::RUN_STEP], owner))
                return sentence
        self.shared += 1
        return sentence


def _long_pieces(sentence: str) -> Iterator[str]:
    """Clauses, and whole sentences, that are too long to be the same by chance."""
    yield from (one for one in _CLAUSE.findall(sentence) if len(one) >= LONG and not _FIGURES.search(one))
    yield from (one for one in _SENTENCE.findall(sentence) if len(one) >= LEAST_SENTENCE)


def compose(name: str, clauses: Clauses, owner: int, rng: Random, fill: Fill, *, more: int = 20) -> str:
    """The long text of a field.

    Args:
        name: of the field. clauses: of the province. owner: number of the unit.
        more: characters beyond the least length.
    """
    wanted = phrases()[name]
    left = list(enumerate(wanted["sentences"]))
    rng.shuffle(left)
    chosen: dict[int, str] = {}
    while sum(map(count_chars, chosen.values())) < wanted["least"] + more:
        at, phrase = left.pop() if left else rng.choice(list(enumerate(wanted["sentences"])))
        sentence = clauses.write(phrase, owner, rng, fill)
        chosen[at] = chosen.get(at, "") + sentence
    return _paragraphs([chosen[at] for at in sorted(chosen)], rng)


def _paragraphs(sentences: list[str], rng: Random) -> str:
    """Sentences in paragraphs of two to four."""
    pieces: list[str] = []
    while sentences:
        size = rng.randint(2, 4)
        pieces.append("".join(sentences[:size]))
        sentences = sentences[size:]
    return "\n".join(pieces)
