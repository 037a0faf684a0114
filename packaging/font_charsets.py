"""Which characters each shipped font keeps. Sets of code points; the sources are stated at each function."""

from __future__ import annotations

import bz2
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# Sources of ideographs in the Unihan database (`kIRG_*Source`) that stand for living names and places or for
# current reference works; the sources left out are old dictionaries (康熙, 汉语大字典), inscriptions, folk
# manuscripts and the Korean, Vietnamese and large Japanese and Taiwanese registers.
NAME_SOURCES = {
    "G": (
        "GIDC GXM GDM GCYY GKJ GXC GXH GXHZ GGFZ GFZ GFC GDZ GRM GBK GJZ GCH GCY GZH GZFY GWZ GH GE G0 G1 G3 G5 "
        "G7 G8 G9 GS GT GK GU GLK GOCD GHF GZYS"
    ),
    "H": "H HB0 HB1 HB2 HD HU",  # Hong Kong supplementary character set
    "M": "MA MB1 MB2 MC MD MDH",  # Macao information systems character set
    "J": "J3 J3A J4 JH JARIB",  # JIS X 0213 and hanyo-denshi names
    "T": "T1 T2 T3 TA TB TU",
}


def is_ideograph(code: int) -> bool:
    """True for Han characters including the compatibility blocks."""
    return 0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x323AF


def is_hangul(code: int) -> bool:
    """True for Korean letters and syllables, which no form needs."""
    blocks = ((0x1100, 0x11FF), (0x3130, 0x318F), (0x3200, 0x321E), (0x3260, 0x327F), (0xA960, 0xA97F))
    return 0xAC00 <= code <= 0xD7FF or 0xFFA0 <= code <= 0xFFDC or any(a <= code <= b for a, b in blocks)


@cache
def double_byte(codec: str) -> frozenset[int]:
    """Ideographs of a two-byte Chinese character set: `gb2312` (6763) or `gbk` (20923 with 21 compatibility)."""
    found = set()
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            text = bytes((lead, trail)).decode(codec, errors="ignore")
            found |= {ord(char) for char in text if is_ideograph(ord(char))}
    return frozenset(found)


def extension_a() -> frozenset[int]:
    """CJK extension A (6592 characters since Unicode 13)."""
    return frozenset(range(0x3400, 0x4DC0))


def extensions_b_up() -> frozenset[int]:
    """CJK extensions B to H and the compatibility supplement: planes 2 and 3."""
    return frozenset(range(0x20000, 0x32400))


@cache
def unihan(folder: Path, name: str) -> str:
    """Text of one Unihan file out of the unpacked package."""
    return bz2.decompress((folder / f"usr/share/unicode/Unihan_{name}.txt.bz2").read_bytes()).decode("utf-8")


@cache
def common_standard(folder: Path) -> frozenset[int]:
    """通用规范汉字表 (2013), 8105 characters: Unihan `kTGH`. `folder` is the unpacked Unicode package."""
    found = re.findall(r"^U\+([0-9A-F]+)\tkTGH\t", unihan(folder, "OtherMappings"), re.MULTILINE)
    return frozenset(int(code, 16) for code in found)


@cache
def name_characters(folder: Path) -> frozenset[int]:
    """Ideographs that plausibly stand in names of persons and places, whatever font has them.

    They are those of `NAME_SOURCES`, every ideograph that Unihan lists as a variant of another one (names are
    often written with a variant: 𠮷 for 吉) or explains, and the compatibility ideographs of plane 0.
    """
    wanted = {f"{kind}:{source}" for kind, sources in NAME_SOURCES.items() for source in sources.split()}
    found = set(range(0xF900, 0xFB00))
    pattern = r"^U\+([0-9A-F]+)\tkIRG_([A-Z]+)Source\t([A-Z0-9]+)"
    for code, kind, source in re.findall(pattern, unihan(folder, "IRGSources"), re.MULTILINE):
        if f"{kind}:{source}" in wanted:
            found.add(int(code, 16))
    variants = re.sub(r"^#.*$", "", unihan(folder, "Variants"), flags=re.MULTILINE)
    explained = re.findall(r"^(U\+[0-9A-F]+)\tkDefinition\t", unihan(folder, "Readings"), re.MULTILINE)
    found |= {int(code[2:], 16) for code in re.findall(r"U\+[0-9A-F]+", variants) + explained}
    return frozenset(code for code in found if is_ideograph(code))


def rare_symbols() -> frozenset[int]:
    """Symbols of the basic plane that a text may contain (☒ ⁵ ≠ among them), without Braille."""
    blocks = ((0x2000, 0x27FF), (0x2900, 0x2BFF), (0x2E80, 0x33FF), (0xFE30, 0xFE4F))
    codes = (code for first, last in blocks for code in range(first, last + 1) if not is_hangul(code))
    return frozenset(code for code in codes if unicodedata.category(chr(code)) not in ("Cn", "Cc", "Cf"))
