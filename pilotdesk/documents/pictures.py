"""Attached pictures made ready for paper: upright, no larger than 200 dots to the inch, in rows of one or two.

The outline names pictures only; their contents come from a callable, one at a time. What is kept of each is the small
picture that is printed, so that twenty photographs of 12 million pixels never stand in memory together.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, Literal

from pilotdesk.documents import png
from pilotdesk.errors import StoreError
from pilotdesk.record import Record

if TYPE_CHECKING:
    from pilotdesk.documents.blocks import Picture, Pictures

Content = Callable[[str], bytes | None]
"""SHA-256 of an attached file to its bytes; ``None`` or a StoreError for one that is not at hand."""

WHOLE_MM: Final = (156.0, 120.0)
"""The most that a wide picture or the only one takes (print target §7.2), width and height."""
ALONE_MM: Final = (110.0, 90.0)
"""The most that another one takes which has nobody beside it."""
HALF_MM: Final = (75.5, 100.0)
"""The most that one of two beside each other takes."""
MISSING_MM: Final = (60.0, 24.0)
"""The frame that stands for a picture that is not at hand."""
MISSING_WORDS: Final = "图片不在这份稿子里"
_PRINT_DPI: Final = 200
_COARSEST_DPI: Final = 100
_WIDE: Final = 1.6
"""Width to height from which a picture stands alone: screenshots, panoramas."""
_LONGEST_BESIDE: Final = 18
"""Characters of a caption that fits below one of two."""
_SAVING: Final[dict[str, Any]] = {"jpeg": {"quality": 85}, "png": {"compress_level": 0}}
"""What Pillow is told; a PNG is packed by ourselves."""
_ORIENTATION: Final = 0x0112
_LYING: Final = frozenset({5, 6, 7, 8})
"""Values of EXIF's orientation with width and height exchanged."""


class Prepared(Record, frozen=True):
    """A picture as it goes into a file. ``width``, ``height`` in dots."""

    content: bytes
    kind: Literal["jpeg", "png"]
    width: int
    height: int


class Placed(Record, frozen=True):
    """A picture in its row. ``size_mm`` is width and height; ``prepared`` is ``None`` for one that is not at hand."""

    picture: Picture
    size_mm: tuple[float, float]
    prepared: Prepared | None

    @property
    def caption(self) -> str:
        """``图2-1　信用中国查询结果``."""
        return f"{self.picture.number}　{self.picture.caption}".strip("　")


class Album:
    """The pictures of one export; both files show the same small ones.

    Args:
        content: gives the attached files; without it every picture is a frame that says so.
    """

    def __init__(self, content: Content | None = None) -> None:
        self._content = content
        self._ready: dict[tuple[str, tuple[float, float]], Prepared | None] = {}
        self._shapes: dict[str, float] = {}

    def rows(self, block: Pictures) -> list[tuple[Placed, ...]]:
        """The pictures of a block in rows: two beside each other where both are narrow enough, with short captions."""
        rows: list[tuple[Placed, ...]] = []
        sole = len(block.pictures) == 1
        waiting: Picture | None = None
        for picture in block.pictures:
            if self._stands_alone(picture):
                rows += [self._alone(waiting, ALONE_MM)] if waiting else []
                wide = self._shape(picture.sha256) >= _WIDE
                rows.append(self._alone(picture, WHOLE_MM if wide or sole else ALONE_MM))
                waiting = None
            elif waiting:
                rows.append((self._placed(waiting, HALF_MM), self._placed(picture, HALF_MM)))
                waiting = None
            else:
                waiting = picture
        return [*rows, self._alone(waiting, WHOLE_MM if sole else ALONE_MM)] if waiting else rows

    def _stands_alone(self, picture: Picture) -> bool:
        long = len(picture.number) + len(picture.caption) > _LONGEST_BESIDE
        return long or self._shape(picture.sha256) >= _WIDE

    def _alone(self, picture: Picture, box: tuple[float, float]) -> tuple[Placed]:
        return (self._placed(picture, box),)

    def _placed(self, picture: Picture, box: tuple[float, float]) -> Placed:
        key = (picture.sha256, box)
        if key not in self._ready:
            content = self._read(picture.sha256)
            self._ready[key] = prepared(content, box) if content else None
        ready = self._ready[key]
        return Placed(picture, printed_size(ready, box) if ready else MISSING_MM, ready)

    def _read(self, sha256: str) -> bytes | None:
        try:
            return self._content(sha256) if self._content else None
        except StoreError:
            return None  # gone or damaged: the frame says so, and the printed words are none the worse

    def _shape(self, sha256: str) -> float:
        """Width to height; 0 for a picture that is not at hand."""
        if sha256 not in self._shapes:
            content = self._read(sha256)
            self._shapes[sha256] = shape_of(content) if content else 0.0
        return self._shapes[sha256]


def printed_size(picture: Prepared, box: tuple[float, float]) -> tuple[float, float]:
    """Width and height in mm: as large as the box allows, but never blown up below 100 dots to the inch."""
    coarsest = 25.4 / _COARSEST_DPI
    scale = min(box[0] / picture.width, box[1] / picture.height, coarsest)
    return picture.width * scale, picture.height * scale


def shape_of(content: bytes) -> float:
    """Width to height of a picture held upright; 0 when it cannot be read."""
    try:
        with _opened(content) as image:
            width, height = _upright_size(image)
            return width / height
    except _trouble():
        return 0.0


def prepared(content: bytes, box: tuple[float, float]) -> Prepared | None:
    """A picture upright and scaled down to what a box (mm) can show; ``None`` when it cannot be read.

    The same content always gives the same bytes. A JPEG is already read at a half, a quarter or an eighth of its size
    where that is enough.
    """
    from PIL import Image, ImageOps

    try:
        with _opened(content) as image:
            kind: Literal["jpeg", "png"] = "jpeg" if image.format == "JPEG" else "png"
            width, height = _upright_size(image)
            dots = _PRINT_DPI / 25.4
            scale = min(1.0, box[0] * dots / width, box[1] * dots / height)
            size = (max(1, round(width * scale)), max(1, round(height * scale)))
            image.draft(None, size if _upright_size(image) == image.size else size[::-1])
            if kind == "png" and image.size == size and _is_ready(image, content):
                image.load()  # says whether it is damaged
                return Prepared(png.bare(content), kind, *size)
            upright = _opaque(ImageOps.exif_transpose(image))
            if upright.size != size:
                upright = upright.resize(size, Image.Resampling.LANCZOS)
            stream = io.BytesIO()
            upright.info.clear()
            upright.save(stream, kind.upper(), **_SAVING[kind])
    except _trouble():
        return None
    return Prepared(stream.getvalue() if kind == "jpeg" else png.repacked(stream.getvalue()), kind, *size)


def _is_ready(image: Any, content: bytes) -> bool:  # noqa: ANN401
    """Whether a PNG of the right size is printed as it is: upright, opaque, 8 bits of grey or colour, row after row."""
    turned = image.getexif().get(_ORIENTATION, 1) != 1
    bits, _, _, _, interlaced = content[24:29]
    return (
        image.mode in {"L", "RGB"}
        and "transparency" not in image.info
        and not turned
        and (bits, interlaced) == (8, 0)
    )


def _opened(content: bytes) -> Any:  # noqa: ANN401
    from PIL import Image

    return Image.open(io.BytesIO(content), formats=("JPEG", "PNG"))


def _upright_size(image: Any) -> tuple[int, int]:  # noqa: ANN401
    width, height = image.size
    lying = image.getexif().get(_ORIENTATION) in _LYING
    return (height, width) if lying else (width, height)


def _opaque(image: Any) -> Any:  # noqa: ANN401
    """On white, in grey or colour."""
    from PIL import Image

    if image.mode in {"L", "1"} and "transparency" not in image.info:
        return image.convert("L")
    if "A" in image.mode or "transparency" in image.info:
        above = image.convert("RGBA")
        ground = Image.new("RGB", image.size, "white")
        ground.paste(above, mask=above.getchannel("A"))
        return ground
    return image.convert("RGB")


def _trouble() -> tuple[type[Exception], ...]:
    """What reading a damaged picture may raise."""
    from PIL import Image, UnidentifiedImageError

    return (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError)
