"""Looking at a foreign PDF before PDFium opens it.

PDFium unpacks what it is given without a limit, and ends the whole program when memory runs out. So a file is held here
against what our own writer makes: plain objects, streams that are packed once and say how long they are, pages with a stream
each. Whatever could hide behind another way to write PDF is refused, which costs nobody anything: a file written anew by
another program has lost our marks anyway. Costs as long as unpacking once; memory does not depend on what is unpacked.

Source: ISO 32000-1 §7.3.8 (streams), §7.5 (file structure), §14.6 (marked content).
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, Final, NamedTuple

from pilotdesk.documents.identity import PREFIX
from pilotdesk.errors import ExportError, PackageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_FILE_BYTES: Final = 64 << 20
MAX_OBJECTS: Final = 50_000
MAX_PAGES: Final = 1_000
MAX_PLAIN_BYTES: Final = 8 << 20
"""Outside of streams. Our longest form has 90 KB there, each number of which may cost 50 bytes of memory."""
MAX_STREAM_BYTES: Final = 24 << 20
MAX_PAGE_BYTES: Final = 2 << 20
MAX_FORM_BYTES: Final = 64 << 10
MAX_PICTURE_BYTES: Final = 64 << 20
MAX_UNPACKED: Final = 256 << 20
MAX_MARKS: Final = 100_000
MAX_PAGE_MARKS: Final = 2_000
MAX_FORMS: Final = 4_000
"""Drawn on all pages: watermark, QR code, pictures."""

_PIECE: Final = 1 << 18
_TAIL_BYTES: Final = 2_048
_DIGEST: Final = f"/{PREFIX}digest".encode()
_OBJECT: Final = re.compile(rb"(\d{1,10})\s{1,9}\d{1,5}\s{1,9}obj\b")
_STREAM: Final = re.compile(rb">>\s{0,9}stream\r?\n")
_LENGTH: Final = re.compile(rb"/Length\s+(\d{1,10})(?![\s\d]*R)")
_ENDED: Final = re.compile(rb"\s{0,2}endstream")
_PACKED: Final = re.compile(rb"/Filter\s*(?:\[\s*/FlateDecode\s*\]|/FlateDecode)")
_PICTURE: Final = re.compile(rb"/Subtype\s*/Image\b")
_JPEG: Final = re.compile(rb"/Filter\s*(?:\[\s*/DCTDecode\s*\]|/DCTDecode)")
_CONTENTS: Final = re.compile(rb"/Contents\s+(\d{1,10})\s+\d{1,5}\s+R\b")
_HIDDEN: Final = re.compile(
    rb"/[^\s/<>\[\]()]{0,127}#[0-9A-Fa-f]{2}|/Contents\s*\[|/ObjStm|/XRef\b|/DecodeParms"
)
_PREDICTED: Final = re.compile(
    rb"/DecodeParms\s*\[\s*<<\s*/BitsPerComponent 8 /Colors [134] /Columns \d{1,5} /Predictor 15\s*>>\s*\]"
)
"""What our writer says of a picture in colours; source: ISO 32000-1 §7.4.4.4."""
_MARK: Final = re.compile(rb"\bB[DM]C\b")
_DRAWN: Final = re.compile(rb"\bDo\b")
_RANGE: Final = re.compile(rb"bfrange|cidrange")


class _Stream(NamedTuple):
    """Number of its object, its dictionary with what stands before it, its bytes as they stand in the file."""

    number: int
    head: bytes
    packed: bytes


class _Cost(NamedTuple):
    """Bytes unpacked; marks and drawn forms of a page or form."""

    size: int
    marks: int
    forms: int


def guard_pdf(path: Path) -> int:
    """Refuse a file that is not one of ours, or would cost more than one of ours can.

    Returns:
        The pages that it can have: each has a stream of its own.

    Raises:
        ExportError: ``pdf_unreadable``.
        PackageError: ``pdf_foreign``, ``pdf_encrypted``, ``pdf_too_much``.
    """
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= MAX_FILE_BYTES else b""
    except OSError as exc:
        raise ExportError("pdf_unreadable", name=path.name) from exc
    if size > MAX_FILE_BYTES:
        raise PackageError("pdf_too_much", name=path.name)
    if not content.startswith(b"%PDF-") or b"startxref" not in content[-_TAIL_BYTES:]:
        raise ExportError("pdf_unreadable", name=path.name)
    if b"/Encrypt" in content[content.rfind(b"trailer") :]:
        raise PackageError("pdf_encrypted", name=path.name)
    if _DIGEST not in content:
        raise PackageError("pdf_foreign", name=path.name)
    pages = _pages(content)
    if pages is None:
        raise PackageError("pdf_too_much", name=path.name)
    return pages


def _pages(content: bytes) -> int | None:
    """Streams of pages; ``None`` when the file is more than can be borne."""
    if any(number == MAX_OBJECTS for number, _ in enumerate(_OBJECT.finditer(content))):
        return None
    streams: list[_Stream] = []
    plain: list[bytes] = []
    if not all(_add(part, streams, plain) for part in _parts(content)):
        return None
    told = b"\n".join(plain)
    pages = [int(number) for number in _CONTENTS.findall(told)]
    if (
        len(told) > MAX_PLAIN_BYTES
        or _HIDDEN.search(_PREDICTED.sub(b"", told))
        or len(set(pages)) != len(pages)
        or len(pages) > MAX_PAGES
    ):
        return None
    left, marks, forms = MAX_UNPACKED, 0, 0
    for stream in streams:
        cost = _cost(stream, is_page=stream.number in pages, left=left)
        if cost is None:
            return None
        left, marks, forms = left - cost.size, marks + cost.marks, forms + cost.forms
    return len(pages) if marks <= MAX_MARKS and forms <= MAX_FORMS else None


def _add(part: bytes | _Stream | None, streams: list[_Stream], plain: list[bytes]) -> bool:
    """Sort one part; ``False`` for a stream whose end is not where it says, or with objects hidden in it."""
    if isinstance(part, _Stream):
        streams.append(part)
        return _OBJECT.search(part.packed) is None
    if part is not None:
        plain.append(part)
    return part is not None


def _parts(content: bytes) -> Iterator[bytes | _Stream | None]:
    """What stands outside of streams, and the streams, in order; ``None`` and the end for one that is not as it says."""
    start = 0
    while found := _STREAM.search(content, start):
        head = content[start : found.start()]
        yield head
        numbers = _OBJECT.findall(head)
        said = _LENGTH.findall(head[head.rfind(b"obj") :])
        end = found.end() + int(said[0]) if len(said) == 1 else -1
        if not numbers or end < 0 or not _ENDED.match(content, end):
            yield None
            return
        yield _Stream(int(numbers[-1]), head[head.rfind(b"obj") :], content[found.end() : end])
        start = end
    yield content[start:]


def _cost(stream: _Stream, *, is_page: bool, left: int) -> _Cost | None:
    """What reading it takes; ``None`` when it is too much, or packed in a way that is not ours."""
    is_form, is_picture = b"/Form" in stream.head, _PICTURE.search(stream.head) is not None
    most = MAX_FORM_BYTES if is_form else MAX_PICTURE_BYTES if is_picture else MAX_STREAM_BYTES
    limit = min(left, MAX_PAGE_BYTES if is_page else most)
    if _PACKED.search(stream.head):
        pieces = _unpacked(stream.packed)
    elif b"/Filter" not in stream.head or (is_picture and not is_page and _JPEG.search(stream.head)):
        pieces = iter((stream.packed,))
    else:
        return None
    size = marks = forms = 0
    before = b""
    for piece in pieces:
        size += len(piece)
        marks += len(_MARK.findall(before + piece))
        forms += len(_DRAWN.findall(before + piece))
        if size > limit or _RANGE.search(before + piece):
            return None
        before = piece[-8:]
    if (is_form and forms) or (is_page and marks > MAX_PAGE_MARKS):
        return None
    return _Cost(size, marks, forms) if is_page or is_form else _Cost(size, 0, 0)


def _unpacked(packed: bytes) -> Iterator[bytes]:
    """The content of a stream in pieces; it ends where it is damaged, as PDFium reads it."""
    unpacker = zlib.decompressobj()
    try:
        while not unpacker.eof:
            piece = unpacker.decompress(packed, _PIECE)
            packed = unpacker.unconsumed_tail
            if not piece and not packed:
                return
            yield piece
    except zlib.error:
        return
