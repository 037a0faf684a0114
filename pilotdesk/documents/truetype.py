"""A TrueType font file: which characters it has, how wide and how tall they are, and a copy with few of them.

Only what a line of Chinese text and an embedded font need is read, and only when it is asked for: the file is
mapped into memory and never copied, so that opening seven fonts of 10 to 20 MB takes milliseconds.
Outlines must be TrueType (``glyf``); CFF fonts are converted before they are shipped.

Source: OpenType specification 1.9 (cmap formats 4 and 12, head, hhea, hmtx, loca, glyf, maxp, OS/2, name).
"""

from __future__ import annotations

import mmap
import struct
import sys
from array import array
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# Component flags of a composite glyph.
_WORDS, _SCALE, _MORE, _XY_SCALE, _TWO_BY_TWO = 0x1, 0x8, 0x20, 0x40, 0x80
_COPIED: Final = ("cvt ", "fpgm", "prep")


class FontFileError(ValueError):
    """Not a TrueType file that can be embedded; the text says why, in English, for the log."""


class TrueType:
    """One open font file.

    Attributes:
        path: the file.
        name: PostScript name.
        units: units per em.
        ascent, descent, cap_height: em; ``descent`` is negative.
        box: bounding box of all glyphs, em, left, bottom, right, top.
        weight: OS/2 weight class, 400 for regular.

    Raises:
        FontFileError: not a font, or its outlines are not TrueType.
        OSError: the file cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open("rb") as file:
            try:
                self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            except ValueError as error:
                raise FontFileError(f"{path.name}: empty file") from error
        try:
            self._tables = self._directory()
            self._read_metrics()
            self._cmap = _Cmap(self._table("cmap"))
        except (struct.error, KeyError, IndexError) as error:
            raise FontFileError(f"{path.name}: damaged or not TrueType ({error})") from error
        self._glyphs: dict[int, int] = {}

    def _directory(self) -> dict[str, tuple[int, int]]:
        kind, count = struct.unpack_from(">IH", self._bytes, 0)
        if kind not in (0x00010000, 0x74727565):
            raise FontFileError(f"{self.path.name}: not a TrueType file")
        records = (struct.unpack_from(">4sIII", self._bytes, 12 + 16 * n) for n in range(count))
        return {tag.decode("latin-1"): (offset, length) for tag, _sum, offset, length in records}

    def _table(self, tag: str) -> bytes:
        offset, length = self._tables[tag]
        return self._bytes[offset : offset + length]

    def _read_metrics(self) -> None:
        head, hhea, os2 = self._table("head"), self._table("hhea"), self._table("OS/2")
        self.units: int = struct.unpack_from(">H", head, 18)[0]
        self.box = tuple(v / self.units for v in struct.unpack_from(">4h", head, 36))
        long_offsets: int = struct.unpack_from(">h", head, 50)[0]
        self.weight: int = struct.unpack_from(">H", os2, 4)[0]
        self.ascent, self.descent = (v / self.units for v in struct.unpack_from(">2h", os2, 68))
        version = struct.unpack_from(">H", os2, 0)[0]
        self.cap_height: float = (
            struct.unpack_from(">h", os2, 88)[0] / self.units if version >= 2 else self.ascent
        )
        self._glyph_start = self._tables["glyf"][0]
        self._offsets = _numbers("I" if long_offsets else "H", self._table("loca"))
        self._offset_unit = 1 if long_offsets else 2
        self._long_metrics: int = struct.unpack_from(">H", hhea, 34)[0]
        self._metrics = _numbers("H", self._table("hmtx"))
        self.name = self._postscript_name()

    def _postscript_name(self) -> str:
        names = self._table("name")
        count, start = struct.unpack_from(">HH", names, 2)
        for n in range(count):
            platform, _encoding, _language, kind, length, offset = struct.unpack_from(
                ">6H", names, 6 + 12 * n
            )
            if kind == 6:
                raw = names[start + offset : start + offset + length]
                text = raw.decode("utf-16-be" if platform in (0, 3) else "latin-1", "replace")
                return "".join(c for c in text if c.isascii() and (c.isalnum() or c in "-_"))
        return self.path.stem

    def glyph(self, code: int) -> int:
        """Glyph number of a Unicode code point, 0 when the font lacks it."""
        found = self._glyphs.get(code)
        if found is None:
            found = self._glyphs[code] = self._cmap.glyph(code)
        return found

    def advance(self, glyph: int) -> float:
        """Advance width of a glyph, em."""
        last = min(glyph, self._long_metrics - 1)
        return self._metrics[2 * last] / self.units

    def bounds(self, glyph: int) -> tuple[float, float, float, float] | None:
        """Ink of a glyph, em: left, bottom, right, top. ``None`` for a blank one."""
        outline = self._outline(glyph)
        if not outline:
            return None
        left, bottom, right, top = struct.unpack_from(">4h", outline, 2)
        return left / self.units, bottom / self.units, right / self.units, top / self.units

    def _outline(self, glyph: int) -> bytes:
        start, end = (self._offsets[glyph + n] * self._offset_unit for n in (0, 1))
        return self._bytes[self._glyph_start + start : self._glyph_start + end]

    def _left_bearing(self, glyph: int) -> int:
        if glyph < self._long_metrics:
            return self._metrics[2 * glyph + 1]
        return self._metrics[2 * self._long_metrics + glyph - self._long_metrics]

    def subset(self, glyphs: Sequence[int]) -> bytes:
        """A font program with these glyphs, numbered by their place; parts of composite glyphs follow.

        Args:
            glyphs: old glyph numbers; the first is 0 (.notdef). The same glyph may stand twice.

        Returns:
            The tables that a CIDFontType2 program needs: cvt, fpgm, glyf, head, hhea, hmtx, loca, maxp, prep.
        """
        wanted = list(glyphs)
        places = {old: new for new, old in reversed(list(enumerate(wanted)))}
        outlines: list[bytes] = []
        while len(outlines) < len(wanted):
            outline = self._outline(wanted[len(outlines)])
            if len(outline) > 10 and outline[0] & 0x80:
                outline = _renumbered(outline, wanted, places)
            outlines.append(outline + bytes(-len(outline) % 4))
        tables = self._subset_tables(wanted, outlines)
        for tag in _COPIED:
            if tag in self._tables:
                tables[tag] = self._table(tag)
        return _font_file(tables)

    def _subset_tables(self, wanted: list[int], outlines: list[bytes]) -> dict[str, bytes]:
        offsets = [0]
        for outline in outlines:
            offsets.append(offsets[-1] + len(outline))
        metrics = bytearray()
        for glyph in wanted:
            metrics += struct.pack(">HH", round(self.advance(glyph) * self.units), self._left_bearing(glyph))
        head, hhea, maxp = (bytearray(self._table(tag)) for tag in ("head", "hhea", "maxp"))
        struct.pack_into(">I", head, 8, 0)
        struct.pack_into(">h", head, 50, 1)
        struct.pack_into(">H", hhea, 34, len(wanted))
        struct.pack_into(">H", maxp, 4, len(wanted))
        return {
            "glyf": b"".join(outlines),
            "head": bytes(head),
            "hhea": bytes(hhea),
            "hmtx": bytes(metrics),
            "loca": struct.pack(f">{len(offsets)}I", *offsets),
            "maxp": bytes(maxp),
        }


class _Cmap:
    """Character map: the segments of the widest Unicode subtable, searched by halving."""

    def __init__(self, table: bytes) -> None:
        count = struct.unpack_from(">H", table, 2)[0]
        best: tuple[int, int] | None = None
        for n in range(count):
            platform, _encoding, offset = struct.unpack_from(">HHI", table, 4 + 8 * n)
            kind = struct.unpack_from(">H", table, offset)[0]
            if platform in (0, 3) and kind in (4, 12):
                best = max(best or (0, 0), (kind, offset))
        if best is None:
            raise FontFileError("no Unicode character map of format 4 or 12")
        self._kind, offset = best
        self._table = table
        if self._kind == 12:
            groups = struct.unpack_from(">I", table, offset + 12)[0]
            triples = _numbers("I", table[offset + 16 : offset + 16 + 12 * groups])
            self._starts, self._ends, self._first = triples[0::3], triples[1::3], triples[2::3]
        else:
            self._read_segments(offset)

    def _read_segments(self, offset: int) -> None:
        count = struct.unpack_from(">H", self._table, offset + 6)[0] // 2
        place = offset + 14
        columns = []
        for n in range(4):
            start = place + 2 * count * n + (2 if n else 0)  # two bytes of padding after the end codes
            columns.append(_numbers("H", self._table[start : start + 2 * count]))
        self._ends, self._starts, self._deltas, self._ranges = columns
        self._ranges_at = place + 2 + 6 * count

    def glyph(self, code: int) -> int:
        n = bisect_right(self._starts, code) - 1
        if n < 0 or code > self._ends[n]:
            return 0
        if self._kind == 12:
            return self._first[n] + code - self._starts[n]
        if not self._ranges[n]:
            return (code + self._deltas[n]) & 0xFFFF
        place = self._ranges_at + 2 * n + self._ranges[n] + 2 * (code - self._starts[n])
        if place + 2 > len(self._table):
            return 0
        glyph: int = struct.unpack_from(">H", self._table, place)[0]
        return (glyph + self._deltas[n]) & 0xFFFF if glyph else 0


def _numbers(kind: str, raw: bytes) -> array[int]:
    """Big-endian unsigned numbers, 2 bytes for ``H`` and 4 for ``I``."""
    size = {"H": 2, "I": 4}[kind]
    numbers = array(kind)
    numbers.frombytes(raw[: len(raw) // size * size])
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


def _renumbered(outline: bytes, wanted: list[int], places: dict[int, int]) -> bytes:
    """A composite glyph with the numbers of its parts in the new font; missing parts are added to ``wanted``."""
    changed, place, flags = bytearray(outline), 10, _MORE
    while flags & _MORE:
        flags, part = struct.unpack_from(">HH", changed, place)
        if part not in places:
            places[part] = len(wanted)
            wanted.append(part)
        struct.pack_into(">H", changed, place + 2, places[part])
        place += 8 if flags & _WORDS else 6
        place += 2 if flags & _SCALE else 4 if flags & _XY_SCALE else 8 if flags & _TWO_BY_TWO else 0
    return bytes(changed)


def _font_file(tables: dict[str, bytes]) -> bytes:
    """Tables put together with directory and checksums."""
    power = len(tables).bit_length() - 1
    search = 16 << power
    directory = struct.pack(">IHHHH", 0x00010000, len(tables), search, power, 16 * len(tables) - search)
    offset, body = 12 + 16 * len(tables), b""
    head_at = 0
    for tag in sorted(tables):
        content = tables[tag]
        if tag == "head":
            head_at = offset + len(body)
        directory += struct.pack(
            ">4sIII", tag.encode("latin-1"), _checksum(content), offset + len(body), len(content)
        )
        body += content + bytes(-len(content) % 4)
    whole = bytearray(directory + body)
    struct.pack_into(">I", whole, head_at + 8, (0xB1B0AFBA - _checksum(bytes(whole))) & 0xFFFFFFFF)
    return bytes(whole)


def _checksum(content: bytes) -> int:
    return sum(_numbers("I", content + bytes(-len(content) % 4))) & 0xFFFFFFFF
