"""Numbers in running text that belong to a person: identity cards and mobile phones.

What is found is given back with its middle covered: a message must not spread what it warns of.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final

from pilotdesk.forms.folding import plain_dashes
from pilotdesk.forms.lazy_pattern import LazyPattern

_IDENTITY: Final = LazyPattern(
    r"(?<![0-9A-Za-z])[1-9]\d{5}[ -]?(?:19|20)\d{6}[ -]?\d{3}[\dXx](?![0-9A-Za-z])"
)
_MOBILE: Final = LazyPattern(
    r"(?<![0-9A-Za-z.])(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![0-9A-Za-z]|\.\d)"
)
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK: Final = "10X98765432"


def may_have(text: str) -> bool:
    """Whether there are digits enough; most texts need no closer look."""
    return len(text) >= 11 and sum(map(str.isdigit, text)) >= 11


@lru_cache(maxsize=2048)
def private_numbers(text: str) -> tuple[str, ...]:
    """Identity card and mobile numbers in a text, each once, covered: ``3305****1234``, ``138****56``.

    An identity number counts only with a real birthday and its check digit (GB 11643), so that other long numbers, such as
    a 统一社会信用代码, pass.
    """
    folded = plain_dashes(text)
    found: dict[str, None] = {}
    for match in _IDENTITY.finditer(folded):
        number = _bare(match[0]).upper()
        if _is_identity(number):
            found[f"{number[:4]}****{number[-4:]}"] = None
            folded = folded.replace(match[0], " " * len(match[0]))
    for match in _MOBILE.finditer(folded):
        number = _bare(match[0])[-11:]
        found[f"{number[:3]}****{number[-2:]}"] = None
    return tuple(found)


def _bare(written: str) -> str:
    return written.replace(" ", "").replace("-", "").replace("+", "")


def _is_identity(number: str) -> bool:
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return number[17] == _CHECK[total % 11]
