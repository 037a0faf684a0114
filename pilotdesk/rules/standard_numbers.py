"""Numbers of standards: read, judged and written in one way (``GB/T 1.1—2020``).

Signs that may stand at the front are data (``resources/standard_prefixes.toml``), because new sector codes appear.
Only the form can be judged offline, never whether a standard is still in force.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from pilotdesk.forms.lazy_pattern import LazyPattern
from pilotdesk.paths import resources_dir
from pilotdesk.record import Record

LEVELS: Final = ("national", "sector", "local", "group", "enterprise")
"""Choice names of 级别, in the order of the statistics; numbers of ISO, IEC and ITU have none of them."""

MAX_LENGTH: Final = 80
"""Longest text that is read as one number, in characters."""

_DASHES: Final = LazyPattern(r"[‐‑‒–—―─−－﹣~-]+")
_YEAR: Final = r"(?:\s?[—:]\s?(?P<year>(?:19|20)\d{2}|\d{2}))?"
_PLAIN: Final = r"(?P<number>[A-Z]{0,2}\d+(?:\.\d+)*)"
_DIVIDED: Final = r"(?P<number>[A-Z]{0,2}\d+(?:[.—]\d+)*?)"


class StandardNumber(Record, frozen=True):
    """A number taken apart.

    Attributes:
        prefix: ``GB/T``, ``DB36/T``, ``Q/NTZW``. number: ``1.1``. year: two or four digits as written, ``""`` when missing.
        level: one of :data:`LEVELS`, or ``international``.
    """

    prefix: str
    number: str
    year: str
    level: str

    def __str__(self) -> str:
        """The form that is printed: one space after the sign, an em dash before the year, a colon for ISO and IEC."""
        link = ":" if self.level == "international" else "—"
        return f"{self.prefix} {self.number}{link + self.year if self.year else ''}"


def read_standard_number(text: str) -> StandardNumber | None:
    """Takes a number apart; full-width signs, missing spaces and all kinds of dashes are understood.

    Args:
        text: one number and nothing else.

    Returns:
        ``None`` when it is no number of a standard. Two-digit years are read (pre-1995 numbers).
    """
    plain = _DASHES.sub("—", unicodedata.normalize("NFKC", text)).strip().upper()
    if len(plain) > MAX_LENGTH:
        return None
    plain = re.sub(r"\s*/\s*", "/", plain)
    for level, pattern in _patterns():
        found = pattern.fullmatch(plain)
        if found:
            return StandardNumber(
                _spaced(found["prefix"]), _spaced(found["number"]), found["year"] or "", level
            )
    return None


def _spaced(part: str) -> str:
    return " ".join(part.replace("—", "-").split())


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Level and pattern in the order they are tried: GB, DB, T and Q are two letters as well, so sectors come late."""
    import tomllib

    signs = tomllib.loads((resources_dir() / "standard_prefixes.toml").read_text(encoding="utf-8"))
    national, sector, abroad = (_any_of(signs[key]) for key in ("national", "sector", "international"))
    shapes = (
        ("group", rf"(?P<prefix>T/[A-Z0-9]{{2,12}})\s*{_DIVIDED}{_YEAR}"),
        (
            "enterprise",
            rf"(?P<prefix>Q/[A-Z0-9一-鿿]{{1,20}})\s*(?P<number>[A-Z]{{0,4}}\s?\d+(?:[.—]\d+)*?){_YEAR}",
        ),
        ("local", rf"(?P<prefix>DB\d{{2}}(?:\d{{2}})?(?:\(J\))?(?:/[TZ])?)\s*{_PLAIN}{_YEAR}"),
        ("local", rf"(?P<prefix>DBJ(?:/T)?)\s*(?P<number>\d{{1,3}}(?:—\d+)+?(?:/T)?){_YEAR}"),
        ("local", rf"(?P<prefix>DBJ\d{{2}}(?:/T)?)\s*—?\s*(?P<number>\d+(?:\.\d+)*){_YEAR}"),
        ("international", rf"(?P<prefix>{abroad})\s*(?P<number>\d+(?:[.—]\d+)*?){_YEAR}"),
        ("national", rf"(?P<prefix>{national})\s*{_PLAIN}{_YEAR}"),
        ("sector", rf"(?P<prefix>{sector}(?:/[TZ])?)\s*{_PLAIN}{_YEAR}"),
    )
    return tuple((level, re.compile(shape)) for level, shape in shapes)


def _any_of(signs: dict[str, str]) -> str:
    longest_first = sorted((sign.replace("-", "—") for sign in signs), key=len, reverse=True)
    return "(?:" + "|".join(re.escape(sign) for sign in longest_first) + ")"
