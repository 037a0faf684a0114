"""PNG files piece by piece: what they tell of camera and place left out, and packed alike on every computer."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_PRINTED: Final = frozenset({b"IHDR", b"IDAT", b"IEND"})
"""What a picture without a palette is drawn from."""


def bare(content: bytes) -> bytes:
    """A PNG without what it tells of camera, place and program."""
    return _SIGNATURE + b"".join(_piece(*piece) for piece in _pieces(content) if piece[0] in _PRINTED)


def repacked(content: bytes) -> bytes:
    """The same picture with its rows packed by Python's zlib.

    Pillow brings its own, another one for Windows than for Linux, and the same picture becomes other bytes with it.
    """
    packed, out = [], [_SIGNATURE]
    for kind, inside in _pieces(content):
        if kind == b"IDAT":
            packed.append(inside)
            continue
        if packed:
            out.append(_piece(b"IDAT", zlib.compress(zlib.decompress(b"".join(packed)))))
            packed.clear()
        out.append(_piece(kind, inside))
    return b"".join(out)


def _pieces(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and inside of each piece, to the last of the picture."""
    at, kind = len(_SIGNATURE), b""
    while at < len(content) and kind != b"IEND":
        length = int.from_bytes(content[at : at + 4])
        kind = content[at + 4 : at + 8]
        yield kind, content[at + 8 : at + 8 + length]
        at += 12 + length


def _piece(kind: bytes, inside: bytes) -> bytes:
    return len(inside).to_bytes(4) + kind + inside + zlib.crc32(kind + inside).to_bytes(4)
