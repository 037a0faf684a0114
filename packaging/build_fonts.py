"""Build `resources/fonts/`: subset, convert and rename the shipped fonts, then describe them in fonts.toml.

    python packaging/build_fonts.py CACHE_DIR        (needs fonttools 4.68.0 and brotli; about two minutes)

Pinned packages in, the same bytes out: after a run `git status` tells whether anything changed. All fonts become
static TrueType outlines without hints (ReportLab reads no others) and may be embedded (`fsType` 0). Layout
tables are dropped, except for kerning and marks in the faces of the screen. Fonts whose licence reserves their
name, or that were converted, get a name of ours; Noto reserves none of the names used here (`Source` is
reserved by Adobe, Noto is a trademark only) and keeps its own, under which Qt and ReportLab know it.
"""

from __future__ import annotations

import gzip
import lzma
import subprocess
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import font_charsets as charsets
from font_catalogue import write_catalogue
from fontTools import merge, subset
from fontTools.ttLib import TTFont
from resource_sources import RESOURCES, Package, fetch, unpack

if TYPE_CHECKING:
    from collections.abc import Callable

FONTS = RESOURCES / "fonts"
SERIF = Package(
    "npm",
    "@expo-google-fonts/noto-serif-sc",
    "0.4.3",
    "ff6bcf5ba68d92dfecc05544bb150f9e724741a932354a0dd97e7289c40a3f5e",
)
SANS = Package(
    "npm",
    "@expo-google-fonts/noto-sans-sc",
    "0.4.3",
    "0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59",
)
EMOJI = Package(
    "npm",
    "@expo-google-fonts/noto-emoji",
    "0.4.7",
    "6a25fd5a4da5bb34bbc2d300531bbf32de86afd866e119314d7e358f61a6104d",
)
WENKAI = Package(
    "npm",
    "@fontsource/lxgw-wenkai",
    "5.3.0",
    "e796ef6dd20f4eea37625222872095a7d049fa6bfdd6fe80a15dfa22fdf2c7ca",
)
FANDOL = Package(
    "apt",
    "texlive-lang-chinese",
    "2022.20230122-1",
    "9cfa07bd44e7b9098e26f0ecac1b5ad210d2249d474c8074d53de92d650b0ec0",
)
HANAZONO = Package(
    "apt",
    "fonts-hanazono",
    "20170904-2.1",
    "a6943366b4f5a6cec34221f8b4eb22555a628f0ee6ef4e3d3401cabe9363aeae",
)
UNICODE = Package(
    "apt", "unicode-data", "15.0.0-1", "5efef23bbb1c6a133ecbdd63a2cfa07159ccacf5466a49e2426101c5ecd691fc"
)
"""The Unihan database; read for the character sets only, nothing of it is shipped."""

FANDOL_FONT = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf"
FANDOL_LICENCE = "usr/share/doc/texlive-doc/fonts/fandol/COPYING.gz"
WENKAI_FONT = "package/files/lxgw-wenkai-latin-500-normal.woff2"
HANAZONO_FONT = "usr/share/fonts/truetype/hanazono/HanaMin{plane}.ttf"
NO_LAYOUT = ("GSUB", "GPOS", "GDEF")
NEVER = (
    "BASE", "STAT", "VORG", "vhea", "vmtx", "DSIG", "FFTM", "gasp", "prop", "bsln", "feat", "morx",
)  # fmt: skip
SCREEN_FEATURES = ["kern", "ccmp", "mark", "mkmk"]


@dataclass(frozen=True)
class Noto:
    """One weight taken from a Noto package: its file there and the ideographs it keeps."""

    target: str
    package: Package
    source: str
    ideographs: str  # "all" or a `+` list of gb2312, gbk, common, ext_a, ext_b_up
    screen: bool = False


NOTOS = (
    Noto("NotoSerifSC-Regular.ttf", SERIF, "400Regular/NotoSerifSC_400Regular.ttf", "all"),
    Noto("NotoSerifSC-Bold.ttf", SERIF, "700Bold/NotoSerifSC_700Bold.ttf", "gb2312+common"),
    Noto(
        "NotoSansSC-Regular.ttf",
        SANS,
        "400Regular/NotoSansSC_400Regular.ttf",
        "gbk+common+ext_a+ext_b_up",
        screen=True,
    ),
    Noto(
        "NotoSansSC-Medium.ttf",
        SANS,
        "500Medium/NotoSansSC_500Medium.ttf",
        "gbk+common+ext_b_up",
        screen=True,
    ),
    Noto("NotoSansSC-Bold.ttf", SANS, "700Bold/NotoSansSC_700Bold.ttf", "gb2312+common", screen=True),
)


def character_set(names: str, unicode_folder: Path) -> frozenset[int]:
    """Union of the sets named in a `+` list."""
    sets: dict[str, Callable[[], frozenset[int]]] = {
        "gb2312": partial(charsets.double_byte, "gb2312"),
        "gbk": partial(charsets.double_byte, "gbk"),
        "common": partial(charsets.common_standard, unicode_folder),
        "ext_a": charsets.extension_a,
        "ext_b_up": charsets.extensions_b_up,
    }
    return frozenset().union(*(sets[name]() for name in names.split("+")))


def reduce(source: Path, keep: Callable[[int], bool], *, screen: bool = False) -> TTFont:
    """The font at `source` with the characters for which `keep` is true, unhinted and embeddable."""
    options = subset.Options()
    options.layout_features = SCREEN_FEATURES if screen else []
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = ["*"]
    options.recalc_timestamp = False
    options.drop_tables += [*NEVER, *(() if screen else NO_LAYOUT)]
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[code for code in font.getBestCmap() if keep(code)])
    subsetter.subset(font)
    font["OS/2"].fsType = 0
    return font


def name(font: TTFont, texts: dict[int, str]) -> None:
    """Set names (Windows, English) by their number in the OpenType name table."""
    for number, text in texts.items():
        font["name"].removeNames(nameID=number)
        font["name"].setName(text, number, 3, 1, 0x409)


def rename(font: TTFont, family: str, version: str, change: str) -> None:
    """Give the font our own name, keeping the copyright and licence lines (0, 13, 14)."""
    kept = {number: font["name"].getDebugName(number) or "" for number in (0, 13, 14)}
    font["name"].names = []
    font["OS/2"].usWeightClass = 400
    full = f"{family} Regular"
    own = {1: family, 2: "Regular", 3: f"{full} {version}", 4: full, 5: f"Version {version}", 10: change}
    name(font, kept | own | {6: f"{family}-Regular"})


def is_plain(code: int) -> bool:
    """True for what every face keeps: all that is neither ideograph nor hangul."""
    return not charsets.is_ideograph(code) and not charsets.is_hangul(code)


def build_noto(recipe: Noto, cache: Path) -> None:
    """Write one Noto face."""
    wanted = None
    if recipe.ideographs != "all":
        wanted = character_set(recipe.ideographs, unpack(UNICODE, cache))

    def keep(code: int) -> bool:
        return is_plain(code) or (charsets.is_ideograph(code) and (wanted is None or code in wanted))

    font = reduce(unpack(recipe.package, cache) / "package" / recipe.source, keep, screen=recipe.screen)
    name(font, {10: "Subset made for PilotDesk; the full font is in the package named in fonts.toml"})
    font.save(FONTS / recipe.target)


def build_emoji(cache: Path) -> None:
    """Write the monochrome emoji (without ASCII, which the text faces have, and private characters)."""
    font = reduce(
        unpack(EMOJI, cache) / "package/400Regular/NotoEmoji_400Regular.ttf",
        lambda code: 0x80 <= code < 0xE0000,
    )
    name(font, {10: "Subset made for PilotDesk; the full font is in the package named in fonts.toml"})
    font.save(FONTS / "NotoEmoji-Regular.ttf")


def build_kai(cache: Path) -> None:
    """Write 楷体: LXGW WenKai Medium, decoded from woff2 (a minute), subset and renamed."""
    decoded = cache / "unpacked" / "wenkai-medium.ttf"
    if not decoded.exists():
        font = TTFont(unpack(WENKAI, cache) / WENKAI_FONT, recalcTimestamp=False)
        font.flavor = None
        font.save(decoded)
    wanted = character_set("gb2312+common", unpack(UNICODE, cache))
    font = reduce(decoded, lambda code: is_plain(code) or code in wanted)
    rename(font, "PilotKai", "1.311", "LXGW WenKai Medium, subset and renamed for PilotDesk")
    font.save(FONTS / "PilotKai-Regular.ttf")


def build_fang(cache: Path) -> None:
    """Write 仿宋 and, beside its conversion script, the packed original (see `source/convert_fang.py`)."""
    packed = FONTS / "source" / "FandolFang-Regular.otf.xz"
    packed.write_bytes(lzma.compress((unpack(FANDOL, cache) / FANDOL_FONT).read_bytes(), preset=9))
    script = FONTS / "source" / "convert_fang.py"
    subprocess.run([sys.executable, script, packed, FONTS / "PilotFang-Regular.ttf"], check=True)


def build_rare(cache: Path) -> None:
    """Write the last resort: what NotoSerifSC-Regular lacks of names, places and symbols, from HanaMinA and B.

    HanaMinB goes first for ideographs: HanaMinA has the Japanese shapes.
    """
    serif = set(TTFont(FONTS / "NotoSerifSC-Regular.ttf", lazy=True).getBestCmap())
    names = charsets.name_characters(unpack(UNICODE, cache)) - serif
    symbols = charsets.rare_symbols() - serif
    folder = unpack(HANAZONO, cache)
    file_a, file_b = (folder / HANAZONO_FONT.format(plane=plane) for plane in "AB")
    in_b = set(TTFont(file_b, lazy=True).getBestCmap())
    halves = (
        reduce(file_b, lambda code: code in names),
        reduce(file_a, lambda code: code in symbols or code in names - in_b),
    )
    paths = [cache / "unpacked" / f"rare-{plane}.ttf" for plane in "BA"]
    for font, path in zip(halves, paths, strict=True):
        font.save(path)
    joined: Any = merge.Merger(merge.Options(drop_tables=["GlyphOrder"])).merge([str(path) for path in paths])
    modified = halves[0]["head"].modified
    joined["head"].modified = joined["head"].created = modified
    joined.recalcTimestamp = False
    rename(
        joined, "PilotRare", "2017.0904", "HanaMinA and HanaMinB, subset, joined and renamed for PilotDesk"
    )
    joined["OS/2"].fsType = 0
    joined.save(FONTS / "PilotRare-Regular.ttf")


def copy_licences(cache: Path) -> None:
    """Put every font's licence beside it, with the line ends of this repository."""
    texts = {
        "NotoSerifSC": (unpack(SERIF, cache) / "package/LICENSE_FONT").read_bytes(),
        "NotoSansSC": (unpack(SANS, cache) / "package/LICENSE_FONT").read_bytes(),
        "NotoEmoji": (unpack(EMOJI, cache) / "package/LICENSE_FONT").read_bytes(),
        "PilotKai": (unpack(WENKAI, cache) / "package/LICENSE").read_bytes(),
        "PilotRare": (unpack(HANAZONO, cache) / "usr/share/doc/fonts-hanazono/copyright").read_bytes(),
        "PilotFang": gzip.decompress((unpack(FANDOL, cache) / FANDOL_LICENCE).read_bytes()),
    }
    for family, text in texts.items():
        (FONTS / f"LICENSE-{family}.txt").write_bytes(text.replace(b"\r\n", b"\n"))


def main() -> None:
    """Build everything under `resources/fonts/`."""
    if len(sys.argv) != 2:
        raise SystemExit("usage: build_fonts.py CACHE_DIR")
    cache = Path(sys.argv[1]).resolve()
    (FONTS / "source").mkdir(parents=True, exist_ok=True)
    fetch(UNICODE, cache)
    for recipe in NOTOS:
        build_noto(recipe, cache)
    build_emoji(cache)
    build_kai(cache)
    build_fang(cache)
    build_rare(cache)
    copy_licences(cache)
    sources = {recipe.target: recipe.package for recipe in NOTOS} | {
        "NotoEmoji-Regular.ttf": EMOJI,
        "PilotKai-Regular.ttf": WENKAI,
        "PilotFang-Regular.ttf": FANDOL,
        "PilotRare-Regular.ttf": HANAZONO,
    }
    write_catalogue(FONTS, sources, unpack(UNICODE, cache))


if __name__ == "__main__":
    main()
