"""Functions over texts."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from pilotdesk.forms.counting import count_chars
from pilotdesk.rules import patterns
from pilotdesk.rules.registry import function

if TYPE_CHECKING:
    from decimal import Decimal

LANGUAGE = "rule language"


@function("text", returns="number", source="字数 as Word and WPS count")
def chars(text: str) -> int:
    """字数 of a text: each CJK character and mark 1, each run of Latin letters or digits 1."""
    return count_chars(text)


@function("text", returns="number", source=LANGUAGE)
def length(text: str) -> int:
    """Characters of a text without spaces: for codes and names."""
    return len("".join(text.split()))


@function("text", "number", returns="text", source=LANGUAGE)
def first(text: str, count: int | Decimal) -> str | None:
    """The first characters of a text: ``first(uscc, 2) == '92'``. Unknown when the text is shorter."""
    return text[: int(count)] if 0 < count <= len(text) else None


@function("text", "number", returns="text", source=LANGUAGE)
def last(text: str, count: int | Decimal) -> str | None:
    """The last characters of a text; unknown when the text is shorter."""
    return text[-int(count) :] if 0 < count <= len(text) else None


@function("text", "text*", returns="flag", source=LANGUAGE)
def starts_with(text: str, *beginnings: str) -> bool:
    """Whether a text begins with one of the given pieces."""
    return text.strip().startswith(beginnings)


@function("text", "text*", returns="flag", source=LANGUAGE)
def ends_with(text: str, *endings: str) -> bool:
    """Whether a text ends in one of the given pieces: ``ends_with(value, '标准化试点', '标准化试点项目')``."""
    return text.strip().endswith(endings)


@function("text", "text*", returns="flag", source=LANGUAGE)
def contains_any(text: str, *pieces: str) -> bool:
    """Whether one of the given pieces stands in a text.

    For words to keep out: ``not contains_any(value, '示范', '基地')``.
    """
    return any(piece in text for piece in pieces)


@function("text", "text*", returns="text", source=LANGUAGE)
def first_of(text: str, *pieces: str) -> str | None:
    """The piece that stands first in a text, for messages: ``{first_of(value, '示范', '基地')}``; unknown if none."""
    found = [(text.index(piece), piece) for piece in pieces if piece in text]
    return min(found)[1] if found else None


@function("text", "text", returns="flag", source=LANGUAGE)
def same_text(left: str, right: str) -> bool:
    """Whether two names are the same but for spaces and full-width or half-width signs."""
    return _bare(left) == _bare(right)


@function("text", "pattern", returns="flag", source="named patterns of the program")
def matches(text: str, pattern: str) -> bool | None:
    """Whether the whole text follows a named pattern: ``matches(value, 'postcode')``."""
    return patterns.matches(text, pattern) if pattern in patterns.PATTERNS else None


@function("text", "pattern", returns="flag", source="named patterns of the program")
def contains_pattern(text: str, pattern: str) -> bool | None:
    """Whether a named pattern occurs in a text.

    For things to keep out: ``not contains_pattern(value, 'year')``.
    """
    return patterns.occurs(text, pattern) if pattern in patterns.PATTERNS else None


def _bare(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
