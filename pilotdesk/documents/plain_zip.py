"""Zips of Office files: no times, no mark of the machine that wrote them, the same bytes every time."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip can tell."""


def plain_zip(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip of these parts, name and content, in this order."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            plain = zipfile.ZipInfo(name, _NO_TIME)
            plain.compress_type = zipfile.ZIP_DEFLATED
            plain.create_system = 0
            archive.writestr(plain, content)
    return result.getvalue()
