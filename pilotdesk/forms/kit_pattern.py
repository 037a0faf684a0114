"""Names of files and folders by the pattern of a round, safe on every system."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pilotdesk.atomic import fitting

if TYPE_CHECKING:
    from collections.abc import Mapping

_FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_PLACE: Final = re.compile(r"\{([a-z_]+)\}")
_LONGEST: Final = 60
_LONGEST_FILLED: Final = 120


def safe_name(words: str, *, longest: int = _LONGEST) -> str:
    """Words as part of a file name; ``未命名`` when nothing is left of them."""
    kept = _FORBIDDEN.sub("", words.encode("utf-8", "ignore").decode()).strip(" .")
    return cut(kept, longest).rstrip(" .") or "未命名"


def cut(words: str, longest: int) -> str:
    """Words cut to so many characters, and to what a file's name has room for on every system."""
    return fitting(words[:longest])


def filled_pattern(pattern: str, words: Mapping[str, str]) -> str:
    """The pattern with its parts filled in; one that is empty or not known goes with the ``_`` beside it.

    Args:
        pattern: ``{province}_{field}_{unit}``, see :class:`pilotdesk.forms.round.KitRules`.
        words: by the names of the parts.
    """
    parts = (_PLACE.sub(lambda found: words.get(found[1], ""), part) for part in pattern.split("_"))
    return safe_name("_".join(part for part in parts if part.strip()), longest=_LONGEST_FILLED)
