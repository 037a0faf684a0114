"""The QR code of an outline's token, the same in Word and PDF."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import segno

_VERSION: Final = 3
"""Holds 42 bytes; a longer token takes the next version that fits, with smaller modules."""


@lru_cache(maxsize=4)
def qr_code(token: str) -> segno.QRCode:
    """The code at level M. Drawing it takes longer than a page of text; both files of an export ask for the same."""
    import segno

    try:
        return segno.make_qr(token, error="m", version=_VERSION, boost_error=False)
    except segno.DataOverflowError:
        return segno.make_qr(token, error="m", boost_error=False)
