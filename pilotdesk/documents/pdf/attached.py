"""Looking at an attached PDF before qpdf or PDFium opens it: whether that can be borne.

Other than :mod:`pilotdesk.documents.pdf.guarding`, which knows how our own writer writes, this one takes what scanners,
Office and Acrobat make: packed objects, packed cross references, streams packed in any usual way. Counted are objects,
children of the page tree, and what every stream unpacks to; nothing that is unpacked is kept but lists of objects. Whoever
writes a stream so that nobody can tell what is in it has it judged by the strictest rule.

Source: ISO 32000-1 §7.3.8 (streams), §7.4 (filters), §7.5.7 (object streams), §7.5.8 (cross reference streams).
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_OBJECTS: Final = 300_000
MAX_KIDS: Final = 20_000
"""References in the trees of pages, bookmarks and form fields."""
MAX_PLAIN_OBJECT: Final = 2 << 20
"""One object that is no stream; each number in it may cost 100 bytes of memory."""
MAX_LISTS: Final = 32 << 20
"""All object streams and cross references together, unpacked."""
MAX_STREAM: Final = 48 << 20
"""Fonts and whatever else is no picture."""
MAX_DRAWN: Final = 12 << 20
"""Contents of one page: every sign in them may become an object of 300 bytes."""
MAX_DEPTH: Final = 500
"""States and marks that are open at once; each new one copies those around it."""
MAX_PIXELS: Final = 80_000_000
MAX_UNPACKED: Final = 768 << 20
MAX_LZW: Final = 2 << 20
"""Packed; no program made since 2000 packs so, and counting what comes out takes a second for each megabyte."""

_PIECE: Final = 1 << 18
_LZW_WIDEST: Final = 12
_OBJECT: Final = re.compile(rb"(\d{1,10})\s{1,9}\d{1,5}\s{1,9}obj\b")
_STREAM: Final = re.compile(rb"(?<![A-Za-z])stream(?=[\r\n])\r?\n?")
_LENGTH: Final = re.compile(rb"/Length\s+(\d{1,10})(?![\s\d]*R)")
_ENDED: Final = re.compile(rb"\s{0,4}endstream")
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_FILTER: Final = re.compile(rb"/Filter\s*(\[[^\]]*\]|/[A-Za-z0-9]+|\d+\s+\d+\s+R)")
_NAME: Final = re.compile(rb"/([A-Za-z0-9]+)")
_IMAGE: Final = re.compile(rb"/Subtype\s*/Image\b")
_SIDE: Final = re.compile(rb"/(?:Width|Height)\s+(\d{1,9})(?![\s\d]*R)")
_COUNT: Final = re.compile(rb"/N\s+(\d{1,10})")
_KIDS: Final = re.compile(rb"/Kids\s*\[([^\]]*)")
_DRAWN: Final = re.compile(rb"/Contents\s*(?:\[([^\]]*)|(\d{1,10})\s+\d{1,5}\s+R)")
_LISTED: Final = re.compile(rb"obj\s*\[([\d\sR]*)\]")
_OPENS: Final = re.compile(rb"(?<![^\s\])>])(?:(q|BDC|BMC)|Q|EMC)(?![^\s\[/<(])")
_REFERENCE: Final = re.compile(rb"(\d{1,10})\s+\d{1,5}\s+R")
_PICTURES: Final = frozenset({b"DCTDecode", b"DCT", b"JPXDecode", b"CCITTFaxDecode", b"CCF", b"JBIG2Decode"})
_TEXTS: Final = {b"ASCII85Decode": b"85", b"A85": b"85", b"ASCIIHexDecode": b"16", b"AHx": b"16"}
_LZW: Final = frozenset({b"LZWDecode", b"LZW"})


class _Stream(NamedTuple):
    """Number of its object, 0 for unknown; its dictionary; whether that is its own alone; its bytes."""

    number: int
    head: bytes
    alone: bool
    packed: bytes


def can_be_borne(content: bytes) -> bool:
    """Whether opening, binding and drawing a PDF takes bounded memory; takes as long as unpacking it once.

    Of a locked one that opens without a password only the plain parts are judged: unlocked it has to be judged again.
    """
    if content.count(b"obj") - content.count(b"endobj") > MAX_OBJECTS:
        return False
    plain, streams = _sorted(content)
    if max(map(_longest, plain), default=0) > MAX_PLAIN_OBJECT:
        return False
    locked = any(b"/Encrypt" in part for part in plain)
    lists = _unpacked_lists(streams, locked=locked)
    if lists is None:
        return False
    told = [*plain, *lists]
    if sum(kids.count(b"R") for part in told for kids in _KIDS.findall(part)) > MAX_KIDS:
        return False
    pages = list(_drawn(told))
    drawn = {number for page in pages for number in page}
    sizes: dict[int, int] = {}
    left = MAX_UNPACKED
    for stream in streams:
        if _is_list(stream):
            continue
        size = _cost(stream, is_drawn=stream.number in drawn, left=left, locked=locked)
        sizes[stream.number] = max(size, sizes.get(stream.number, 0))
        left -= size
        if left < 0:
            return False
    return all(sum(sizes.get(number, 0) for number in page) <= MAX_DRAWN for page in pages)


def _sorted(content: bytes) -> tuple[list[bytes], list[_Stream]]:
    """What stands outside of streams, and the streams; one that holds objects is gone into as well."""
    plain: list[bytes] = []
    streams: list[_Stream] = []
    start = 0
    while found := _STREAM.search(content, start):
        gap = content[start : found.start()]
        said = _LENGTH.findall(gap[gap.rfind(b"obj") :])
        end = found.end() + int(said[0]) if len(said) == 1 else -1
        if end < 0 or not _ENDED.match(content, end):
            end = content.find(b"endstream", found.end())
            end = len(content) if end < 0 else end
        packed = content[found.end() : end]
        plain.append(gap)
        streams.append(_stream(gap, packed))
        start = found.end() if b"obj" in packed and _OBJECT.search(packed) else end
    return [*plain, content[start:]], streams


def _stream(gap: bytes, packed: bytes) -> _Stream:
    """A stream with its dictionary; with all that stands before it where that might hide its beginning."""
    begins = list(_OBJECT.finditer(gap))
    if not begins:
        return _Stream(0, _plainly(gap), alone=False, packed=packed)
    before = gap[: begins[-1].start()].rstrip()
    alone = len(begins) == 1 or before.endswith((b"endobj", b"endstream"))
    head = gap[begins[-1].start() :] if alone else gap
    return _Stream(int(begins[-1][1]), _plainly(head), alone, packed)


def _plainly(head: bytes) -> bytes:
    """A dictionary with names written as they are meant: ``/Fl#61teDecode``."""
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), head)


def _longest(part: bytes) -> int:
    return max(map(len, part.split(b"endobj")))


def _is_list(stream: _Stream) -> bool:
    return b"/ObjStm" in stream.head or b"/XRef" in stream.head


def _unpacked_lists(streams: list[_Stream], *, locked: bool) -> list[bytes] | None:
    """The texts of packed objects that are not locked; ``None`` when they are too many or too long."""
    found: list[bytes] = []
    left, objects = MAX_LISTS, 0
    for stream in filter(_is_list, streams):
        unpacked: list[bytes] = []
        if b"/XRef" not in stream.head and locked:
            continue
        for piece in _pieces(stream):
            left -= len(piece)
            if left < 0:
                return None
            unpacked.append(piece)
        if b"/XRef" in stream.head:
            continue
        objects += max((int(number) for number in _COUNT.findall(stream.head)), default=0)
        if objects > MAX_OBJECTS:
            return None
        found.append(b"".join(unpacked))
    return found


def _drawn(told: list[bytes]) -> Iterator[list[int]]:
    """Numbers of the streams of each page, and of all that plain lists name."""
    for part in told:
        for listed, alone in _DRAWN.findall(part):
            yield [int(alone)] if alone else [int(number) for number in _REFERENCE.findall(listed)]
        for listed in _LISTED.findall(part):
            yield [int(number) for number in _REFERENCE.findall(listed)]


def _cost(stream: _Stream, *, is_drawn: bool, left: int, locked: bool) -> int:
    """Bytes that it unpacks to; more than are left for one that is too much."""
    too_much = left + 1
    if stream.alone and not is_drawn and _IMAGE.search(stream.head):
        sides = [int(side) for side in _SIDE.findall(stream.head)]
        if len(sides) > 1 and sides[0] * sides[1] > MAX_PIXELS:
            return too_much
        if len(_filters(stream.head)) <= 1:
            return 0  # it is unpacked line by line, and no more of it than its size says
    if locked:
        return 0
    is_drawn = is_drawn or b"/Form" in stream.head
    limit = min(left, MAX_DRAWN if is_drawn else MAX_STREAM)
    size, depth, before = 0, 0, b""
    for piece in _pieces(stream):
        size += len(piece)
        if size > limit:
            return too_much
        if is_drawn:
            depth = _deeper(depth, before + piece)
            before = piece[-4:]
        if depth > MAX_DEPTH:
            return too_much
    return size


def _deeper(depth: int, piece: bytes) -> int:
    """How many states and marks are open after a piece, or within it when those are too many."""
    for found in _OPENS.finditer(piece):
        depth = depth + 1 if found[1] else max(0, depth - 1)
        if depth > MAX_DEPTH:
            break
    return depth


def _filters(head: bytes) -> list[bytes]:
    return [name for one in _FILTER.findall(head) for name in _NAME.findall(one)]


def _pieces(stream: _Stream) -> Iterator[bytes]:
    """What it unpacks to, piece by piece; endless for what is packed twice, or in a way that takes too long to tell."""
    packed, names = stream.packed, _filters(stream.head)
    if b"/Filter" not in stream.head:
        yield packed
        return
    while names and names[0] in _TEXTS:
        packed = _from_text(packed, _TEXTS[names.pop(0)])
    growing = [name for name in names if name not in _PICTURES]
    if any(name in _LZW for name in growing):
        yield from _lzw(packed) if len(growing) == 1 and len(packed) <= MAX_LZW else _endless()
    elif len(growing) > 1:
        yield from _endless()
    elif not names or growing:
        yield from _inflated(packed) if names != [b"RunLengthDecode"] else [bytes(len(packed) * 64)]


def _endless() -> Iterator[bytes]:
    while True:
        yield bytes(_PIECE)


def _from_text(packed: bytes, base: bytes) -> bytes:
    letters = packed.partition(b"~>" if base == b"85" else b">")[0]
    try:
        return base64.a85decode(letters) if base == b"85" else bytes.fromhex(letters.decode("ascii"))
    except (ValueError, binascii.Error):
        return b""


def _inflated(packed: bytes) -> Iterator[bytes]:
    """As PDFium reads it: up to where it is damaged."""
    unpacker, at = zlib.decompressobj(), 0
    try:
        while not unpacker.eof:
            waiting = unpacker.unconsumed_tail
            if not waiting:
                waiting, at = packed[at : at + _PIECE], at + _PIECE
            piece = unpacker.decompress(waiting, _PIECE)
            if not piece and not waiting:
                return
            yield piece
    except zlib.error:
        return


def _lzw(packed: bytes) -> Iterator[bytes]:
    """As many bytes as come out; only their number is worked out."""
    lengths, width, bits, held, before = [1] * 256 + [0, 0], 9, 0, 0, 0
    for byte in packed:
        bits, held = bits << 8 | byte, held + 8
        if held < width:
            continue
        held -= width
        code = bits >> held
        bits &= (1 << held) - 1
        if code == 257:
            return
        if code == 256:
            lengths, width, before = lengths[:258], 9, 0
            continue
        if before and len(lengths) < 1 << _LZW_WIDEST:
            lengths.append(before + 1)
        before = lengths[code] if code < len(lengths) else before + 1
        yield bytes(before)
        width = min(_LZW_WIDEST, max(9, (len(lengths) + 1).bit_length()))
