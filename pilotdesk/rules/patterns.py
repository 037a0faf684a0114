"""Named patterns of short texts, closed so that no pack can bring a regular expression of its own.

Each is matched against the whole text, half-width and without surrounding blanks. They are built without
nested repetition, so matching takes time in proportion to the length.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

_EXTENSION = r"(?:\s?(?:-|转|分机)\s?\d{1,6})?"
_MOBILE = r"(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}"
_LANDLINE = r"(?:\+?86[ -]?)?(?:\(0\d{2,3}\)|0\d{2,3}[ -]?)\s?[2-9]\d{2,3}[ -]?\d{4}"
_SERVICE = r"[48]00[ -]?\d{3}[ -]?\d{4}|400\d[ -]?\d{3}[ -]?\d{3}|(?:95|96|10|12)\d{3,4}"
_EMAIL_NAME = r"[A-Za-z0-9_%+\-]+(?:\.[A-Za-z0-9_%+\-]+)*"
_EMAIL_HOST = r"(?:[A-Za-z0-9一-鿿][A-Za-z0-9一-鿿\-]*\.)+(?:[A-Za-z]{2,}|[一-鿿]{2,})"

PATTERNS: Final[dict[str, str]] = {
    "postcode": r"\d{6}",
    "mobile": _MOBILE,
    "landline": _LANDLINE + _EXTENSION,
    "phone": rf"(?:{_MOBILE}|{_LANDLINE}{_EXTENSION}|{_SERVICE})",
    "email": rf"{_EMAIL_NAME}@{_EMAIL_HOST}",
    "digits": r"\d+",
    "year": r"(?:19|20)\d{2}年?",
    "system_code": r"[A-Za-z0-9]+(?:[.\-][A-Za-z0-9]+)*",
    "document_number": r"[^\s〔〕\[\]()]+[〔\[(](?:19|20)\d{2}[〕\])]\s?\d+号",
    "han_name": r"[一-鿿㐀-䶿𠀀-𲎯·]{2,20}",
}
"""Name to pattern.

``postcode``: six digits. ``mobile``: eleven digits from 13 to 19, groups and +86 allowed. ``landline``: area code and
seven or eight digits, with an extension (-8001, 转8001). ``phone``: any of the former, 400/800 numbers, service numbers
(12345, 95588). ``email``: dotted name, ``@``, dotted host, Chinese hosts too. ``year``: 2026 or 2026年. ``system_code``:
201.03 or A-1. ``document_number``: 国标委发〔2026〕23号. ``han_name``: a Chinese personal name.
"""
MAX_LENGTH: Final = 400


def matches(text: str, name: str) -> bool:
    """Whether the whole text follows a named pattern; longer texts than 400 characters never do.

    Raises:
        KeyError: no such pattern; the lint has looked.
    """
    plain = _plain(text)
    return len(plain) <= MAX_LENGTH and _compiled(PATTERNS[name]).fullmatch(plain) is not None


def occurs(text: str, name: str) -> bool:
    """Whether a named pattern occurs in the text, not as a piece of a longer run of digits.

    Raises:
        KeyError: no such pattern.
    """
    return _compiled(rf"(?<!\d)(?:{PATTERNS[name]})(?!\d)").search(_plain(text)) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when first used: doing it all at the start would take longer than all other rules together."""
    return re.compile(pattern)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("–", "-").replace("—", "-").strip()
