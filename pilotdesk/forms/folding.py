"""Typed text made comparable: full-width signs, the many dashes, characters that no document can hold."""

from __future__ import annotations

from typing import Final

from pilotdesk.forms.lazy_pattern import LazyPattern

_FULL_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_BLANKS: Final = dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2005\u2009\u200a\u202f"), " ")
_DASHES: Final = dict.fromkeys(map(ord, "‐‑‒–—―−﹣─━"), "-") | dict.fromkeys(map(ord, "〜∼˜"), "~")
_HALF_WIDTH: Final = _FULL_WIDTH | _BLANKS
_NO_CHARACTER: Final = LazyPattern(r"[\ud800-\udfff\ufffe\uffff]")
_CONTROL: Final = LazyPattern(r"[\x00-\x08\x0e-\x1f\x7f\u200b\ufeff]")
_LINE_ENDS: Final = LazyPattern(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")


def clean(text: str) -> str:
    r"""Text as it may be stored and printed.

    Every kind of line end becomes ``\n``; control characters and zero-width blanks, which XML refuses or
    nobody sees, are taken out; halves of characters become U+FFFD. Nothing that can be read is lost.
    """
    return _NO_CHARACTER.sub("\ufffd", _CONTROL.sub("", _LINE_ENDS.sub("\n", text)))


def half_width(text: str) -> str:
    """Full-width letters, digits, signs and blanks as their half-width twins.

    Deliberately not NFKC, which would read 5² as 52 and ① as 1.
    """
    return text.translate(_HALF_WIDTH)


def plain_dashes(text: str) -> str:
    """Half-width text in which every dash is ``-`` and every wave ``~``."""
    return half_width(text).translate(_DASHES)
