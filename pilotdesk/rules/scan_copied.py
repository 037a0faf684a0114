"""Sentences that stand in the practice sample word for word: it shows how to write, not what to hand in."""

from __future__ import annotations

import json
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from pilotdesk.forms.lazy_pattern import LazyPattern
from pilotdesk.paths import resources_dir

if TYPE_CHECKING:
    from collections.abc import Iterator

_SENTENCE: Final = LazyPattern(r"[^。；;！？!?\n]+")
_NO_WORD: Final = LazyPattern(r"[\W_]+")
LEAST: Final = 20
"""Fewest characters, without marks and blanks, of a sentence that cannot be the same by chance."""
TITLES: Final = frozenset(
    {"standards", "policy_basis", "policy_documents", "standards_experience", "honours"}
)
"""Fields of the sample with titles of standards and documents, which others rightly name as well."""


def copied_sentences(text: str, unit_name: str) -> tuple[str, ...]:
    """The sentences of a text that stand in the sample; none for the sample's own unit.

    Args:
        text: running text.
        unit_name: the applicant.
    """
    if len(text) < LEAST:
        return ()
    return _copied(text) if unit_name not in _sample()[1] else ()


@lru_cache(maxsize=1024)
def _copied(text: str) -> tuple[str, ...]:
    known = _sample()[0]
    return tuple(piece.strip() for piece, key in _keys(text) if key in known)


@cache
def _sample() -> tuple[frozenset[str], frozenset[str]]:
    """Keys of all its sentences, and the names of its unit; read when a text is first compared."""
    keys: set[str] = set()
    names: set[str] = set()
    for file in sorted((resources_dir() / "sample").glob("*.json")):
        answers = json.loads(file.read_text("utf-8"))
        names.add(str(answers.get("unit_name", "")))
        for name, answer in answers.items():
            if name not in TITLES:
                keys.update(key for text in _texts(answer) for _, key in _keys(text))
    return frozenset(keys), frozenset(names - {""})


def _texts(answer: object) -> Iterator[str]:
    """Every text in an answer, cells and parts among them."""
    if isinstance(answer, str):
        yield answer
    elif isinstance(answer, dict | list):
        for inner in answer.values() if isinstance(answer, dict) else answer:
            yield from _texts(inner)


def _keys(text: str) -> Iterator[tuple[str, str]]:
    """Sentences that are long enough, with what they are compared by: no marks, no blanks, one width."""
    for piece in _SENTENCE.findall(text):
        key = _NO_WORD.sub("", unicodedata.normalize("NFKC", piece))
        if len(key) >= LEAST:
            yield piece, key
