"""Convert FandolFang-Regular.otf (cubic CFF outlines) to the TrueType file PilotFang-Regular.ttf.

    python convert_fang.py FandolFang-Regular.otf.xz PilotFang-Regular.ttf      (needs fonttools)

This script, the packed .otf beside it and ../LICENSE-PilotFang.txt are the corresponding source of
../PilotFang-Regular.ttf, kept together so that whoever passes the font on passes its source on as well.
Changes made to the original on 2026-11-22: outlines approximated by quadratic curves, layout and vertical
tables dropped, embedding bits cleared, family name changed. The font exception at the end of the licence is kept.
"""

from __future__ import annotations

import io
import lzma
import sys
from pathlib import Path
from typing import Any

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

FAMILY = "PilotFang"
MAX_ERROR_EM = 0.001  # how far a quadratic curve may stray: 0.014 pt in 14 pt type
UNWANTED = ("CFF ", "VORG", "GPOS", "GSUB", "GDEF", "BASE", "vhea", "vmtx", "DSIG")
NAMES = {
    0: "Copyright © 2012-2013, the Fandol team. Changed for PilotDesk in 2026.",
    1: FAMILY,
    2: "Regular",
    3: f"{FAMILY} Regular 1.300",
    4: f"{FAMILY} Regular",
    5: "Version 1.300",
    6: f"{FAMILY}-Regular",
    10: "FandolFang 0.3 converted to TrueType outlines for PilotDesk on 2026-11-22 by convert_fang.py",
    13: "GNU General Public License, version 3, with the GPL font exception",
    14: "http://www.gnu.org/licenses/licenses.html",
}


def quadratic_outlines(font: TTFont) -> dict[str, Any]:
    """Every glyph of the font as a TrueType glyph, by name."""
    drawings = font.getGlyphSet()
    glyphs = {}
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(drawings)
        drawings[name].draw(Cu2QuPen(pen, MAX_ERROR_EM * font["head"].unitsPerEm, reverse_direction=True))
        glyphs[name] = pen.glyph()
    return glyphs


def replace_outlines(font: TTFont, glyphs: dict[str, Any]) -> None:
    """Put TrueType tables in place of the CFF ones."""
    order = font.getGlyphOrder()
    font["loca"] = newTable("loca")
    font["glyf"] = newTable("glyf")
    font["glyf"].glyphOrder = order
    font["glyf"].glyphs = glyphs
    for name, glyph in glyphs.items():
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (font["hmtx"][name][0], getattr(glyph, "xMin", 0))
    for tag in UNWANTED:
        if tag in font:
            del font[tag]
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    maxp.maxZones = 1
    for field in ("TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs", "StackElements"):
        setattr(maxp, f"max{field}", 0)
    maxp.maxSizeOfInstructions = maxp.maxComponentElements = 0
    post = font["post"]
    post.formatType = 3.0
    post.extraNames, post.mapping, post.glyphOrder = [], {}, order
    font.sfntVersion = "\0\1\0\0"


def rename(font: TTFont) -> None:
    """State the new name, where the font comes from and what was done to it."""
    font["name"].names = []
    for number, text in NAMES.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    font["OS/2"].fsType = 0


def convert(source: Path, target: Path) -> None:
    """Write the converted font; the same source (.otf or .otf.xz) always gives the same bytes."""
    packed = source.read_bytes()
    font = TTFont(
        io.BytesIO(lzma.decompress(packed) if source.suffix == ".xz" else packed), recalcTimestamp=False
    )
    replace_outlines(font, quadratic_outlines(font))
    rename(font)
    font.save(target)


if __name__ == "__main__":
    convert(Path(sys.argv[1]), Path(sys.argv[2]))
