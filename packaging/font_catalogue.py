"""Describe the built fonts in `resources/fonts/fonts.toml`: names, roles, level, coverage, hashes."""

from __future__ import annotations

from statistics import mean
from typing import TYPE_CHECKING

import font_charsets as charsets
from fontTools.ttLib import TTFont
from resource_sources import Package, sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

OFL = "OFL-1.1"
GPL = "GPL-3.0-only WITH GPL font exception"
# file -> weight, roles, licence
FACES = {
    "NotoSerifSC-Regular.ttf": (400, ("print.song",), OFL),
    "NotoSerifSC-Bold.ttf": (700, ("print.title",), OFL),
    "NotoSansSC-Regular.ttf": (400, ("ui.regular",), OFL),
    "NotoSansSC-Medium.ttf": (500, ("ui.medium", "print.hei"), OFL),
    "NotoSansSC-Bold.ttf": (700, ("ui.bold",), OFL),
    "PilotFang-Regular.ttf": (400, ("print.fang",), GPL),
    "PilotKai-Regular.ttf": (400, ("print.kai",), OFL),
    "PilotRare-Regular.ttf": (400, ("print.rare",), "Hanazono Font License OR OFL-1.1"),
    "NotoEmoji-Regular.ttf": (400, ("print.emoji",), OFL),
}
HEADER = """\
# The shipped fonts. Written by packaging/build_fonts.py; do not edit.
#
# roles       print.*: faces of the PDF (song 宋, title 小标宋, fang 仿宋, kai 楷, hei 黑, and the two last
#             resorts rare and emoji); ui.*: weights of the family "Noto Sans SC" on the screen
# middle_han  height of the middle of the ideographs above the baseline, in em: mean over the bounding boxes of
#             the 3755 ideographs of GB 2312 level 1 (rare, emoji: over all they have)
# middle_digits  the same of 0-9; absent where the face has none
# raise       em by which the face's baseline is lifted so that its middle is level with print.song's
# characters, gb2312 (of 6763), gbk (of 20923), common (通用规范汉字表, of 8105), ext_a (of 6592), ext_b_up
#             (extensions B to H): how many of each the face has
#
# A face that lacks a character is followed by the faces of `print_fallback`, in that order.
"""


def middle(font: TTFont, codes: Iterable[int]) -> float | None:
    """Mean height of the middle of the glyphs' boxes in em; None when the font has none of them."""
    glyphs, cmap, em = font["glyf"], font.getBestCmap(), font["head"].unitsPerEm
    boxes = [glyphs[cmap[code]] for code in codes if code in cmap]
    middles = [(box.yMin + box.yMax) / 2 / em for box in boxes if box.numberOfContours]
    return mean(middles) if middles else None


def level_one() -> list[int]:
    """GB 2312 level 1: rows 16 to 55, 3755 ideographs."""
    cells = (bytes((lead, trail)) for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF))
    return [ord(char) for cell in cells for char in cell.decode("gb2312", errors="ignore")]


def measure(path: Path) -> dict[str, float]:
    """`middle_han` and, if the face has digits, `middle_digits`."""
    font = TTFont(path)
    han = middle(font, level_one())
    if han is None:
        whole = [code for code in font.getBestCmap() if charsets.is_ideograph(code) or code >= 0x1F000]
        han = middle(font, whole)
    found = {"middle_han": han, "middle_digits": middle(font, map(ord, "0123456789"))}
    return {key: value for key, value in found.items() if value is not None}


def coverage(path: Path, unicode_folder: Path) -> dict[str, int]:
    """How many characters of each set the face has."""
    has = set(TTFont(path, lazy=True).getBestCmap())
    sets = {
        "gb2312": charsets.double_byte("gb2312"),
        "gbk": charsets.double_byte("gbk"),
        "common": charsets.common_standard(unicode_folder),
        "ext_a": charsets.extension_a(),
    }
    counts = {name: len(has & codes) for name, codes in sets.items()}
    extended = sum(0x20000 <= code < 0x2F800 or 0x30000 <= code < 0x40000 for code in has)
    return {"characters": len(has), **counts, "ext_b_up": extended}


def toml(value: object) -> str:
    """A TOML literal for text, numbers and lists of text."""
    if isinstance(value, float):
        return f"{value:.3f}"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, tuple):
        return f"[{', '.join(map(toml, value))}]"
    raise TypeError(type(value))


def write_catalogue(folder: Path, sources: Mapping[str, Package], unicode_folder: Path) -> None:
    """Write `folder/fonts.toml`. `sources` maps each file to the package that it was built from."""
    song = measure(folder / "NotoSerifSC-Regular.ttf")["middle_han"]
    blocks = [HEADER, 'print_fallback = ["print.song", "print.rare", "print.emoji", "print.hei"]\n']
    for file, (weight, roles, licence) in FACES.items():
        path = folder / file
        names = TTFont(path, lazy=True)["name"]
        levels = measure(path)
        fields = {
            "file": file,
            "family": names.getBestFamilyName(),
            "style": names.getBestSubFamilyName(),
            "weight": weight,
            "postscript_name": names.getDebugName(6),
            "roles": roles,
            "licence": licence,
            "licence_file": f"LICENSE-{file.partition('-')[0]}.txt",
            "source": sources[file].label(),
            "source_sha256": sources[file].sha256,
            "sha256": sha256_of(path),
            "bytes": path.stat().st_size,
            **levels,
            "raise": round(song - levels["middle_han"], 3) + 0.0,
            **coverage(path, unicode_folder),
        }
        blocks.append("[[font]]\n" + "".join(f"{key} = {toml(value)}\n" for key, value in fields.items()))
    (folder / "fonts.toml").write_text("\n".join(blocks), "utf-8", newline="\n")
