"""PNG files packed alike whatever packed them first."""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from pilotdesk.documents.pictures import HALF_MM, prepared
from pilotdesk.documents.png import bare, repacked

if TYPE_CHECKING:
    import pytest


def drawn(level: int) -> bytes:
    """A picture as some Pillow packs it."""
    image = Image.new("RGB", (640, 480), "white")
    pen = ImageDraw.Draw(image)
    for at in range(0, 480, 7):
        pen.line((0, at, 640, at * 3 % 480), fill=(at % 255, 90, 120), width=3)
    stream = io.BytesIO()
    image.save(stream, "PNG", compress_level=level)
    return stream.getvalue()


def test_however_it_was_packed_the_bytes_are_the_same() -> None:
    assert len({repacked(drawn(level)) for level in (0, 1, 9)}) == 1


def test_the_picture_is_the_same() -> None:
    with Image.open(io.BytesIO(drawn(9))) as before, Image.open(io.BytesIO(repacked(drawn(9)))) as after:
        assert before.tobytes() == after.tobytes()


def test_a_picture_is_prepared_without_the_packing_of_pillow(monkeypatch: pytest.MonkeyPatch) -> None:
    content = drawn(9)
    first = prepared(content, (30.0, 20.0))
    saved = Image.Image.save
    monkeypatch.setattr(
        Image.Image, "save", lambda self, *a, **k: saved(self, *a, **{**k, "compress_level": 3})
    )
    second = prepared(content, (30.0, 20.0))
    assert first is not None
    assert second is not None
    assert first.content == second.content


def test_what_a_picture_tells_of_its_place_goes() -> None:
    content = drawn(6)
    told = b"tEXt" + b"Canton"
    piece = len(b"Canton").to_bytes(4) + told + zlib.crc32(told).to_bytes(4)
    assert bare(content[:33] + piece + content[33:]) == bare(content)
    assert prepared(content[:33] + piece + content[33:], HALF_MM) is not None
