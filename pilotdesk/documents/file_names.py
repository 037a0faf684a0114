"""The order of files by their names, as people count: 扫描2 before 扫描10."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_NUMBERS: Final = re.compile(r"(\d+)")
_MOST_DIGITS: Final = 18


def series(name: str) -> str:
    """What names have in common that differ in their numbers only."""
    return _NUMBERS.sub("0", unicodedata.normalize("NFKC", name).casefold())


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """The key by which names are sorted as people do: 2 before 10."""
    parts = _NUMBERS.split(unicodedata.normalize("NFKC", name).casefold())
    return tuple(
        (0, int(part), part) if number % 2 and len(part) <= _MOST_DIGITS else (1, 0, part)
        for number, part in enumerate(parts)
    )
