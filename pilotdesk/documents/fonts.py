"""Faces of the printed page: which file sets which character, how wide it is, and what nobody can set.

Every role has a chain: its own face, then ``print_fallback`` of ``fonts.toml`` (宋, rare ideographs, emoji, 黑).
Digits and Latin in 仿宋 and 楷 come from 宋 always (print target, rule 2), quotation marks of 宋 and 楷 from 仿宋
(§4.2).
A character that no file has is printed as 〓 and told to the user before a final export.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, partial
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from pilotdesk import paths
from pilotdesk.documents.truetype import FontFileError, TrueType
from pilotdesk.errors import PilotDeskError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

Role = Literal["song", "title", "hei", "fang", "kai"]

GETA: Final = "〓"
"""Printed where a character cannot be set (the printer's mark for a missing type)."""

TICKED: Final = "☑"
UNTICKED: Final = "□"
BOXES: Final = {TICKED: True, UNTICKED: False, "☐": False}
"""Characters drawn as boxes, not set from a font: character → ticked."""

_PRINT: Final = "print."
_QUOTES: Final = frozenset("“”‘’…")
_OPENING: Final = frozenset("（《【“‘〔「『〈｛［〖")
_CLOSING: Final = frozenset("，。、；：！？）》】”’〕」』〉｝］〗")
SQUEEZED: Final = _OPENING | _CLOSING
"""Marks that may give up white beside another mark."""
_KEPT_INK_EM: Final = 0.04

# Line ends of other systems; what takes no room and is not printed (controls, joiners, variation selectors).
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNPRINTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ud800-\udfff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e01ef\U0001f3fb-\U0001f3ff]"
)

# Nearly every text: composed signs that are printed, blanks and line feeds.
_PRINTED = re.compile("[ -~\n\u00b7\u2010-\u2027\u3001-\u3029\u4e00-\u9fff\uff01-\uff5e]*+")


class Glyph(NamedTuple):
    """How one character is set. Widths in em.

    Attributes:
        face: name of the face.
        char: the character that is set; 〓 for one that no face has.
        advance: width.
        blank_left, blank_right: white that an opening or closing mark may give up; 0 for all others.
    """

    face: str
    char: str
    advance: float
    blank_left: float = 0.0
    blank_right: float = 0.0


class Face(NamedTuple):
    """One font file. ``middle``: centre of its ideographs above the baseline, em (print target §4.2)."""

    name: str
    file: TrueType
    middle: float


class _Known(dict[str, Glyph]):
    """Characters to how they are set, found when they are asked for first."""

    def __init__(self, choose: Callable[[str], Glyph]) -> None:
        super().__init__()
        self._choose = choose

    def __missing__(self, char: str) -> Glyph:
        glyph = self[char] = self._choose(char)
        return glyph


class FontSet:
    """The shipped fonts, opened when first needed.

    Args:
        folder: holds the files and ``fonts.toml``.

    Raises:
        PilotDeskError: ``program_incomplete`` when the folder or a file of it is missing or damaged.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._listed, self._fallback = _catalogue(folder)
        self._faces: dict[str, Face] = {}
        self._glyphs: dict[str, _Known] = {}
        self._had: set[str] = set()

    def face(self, name: str) -> Face:
        """The face of a name found in a :class:`Glyph`."""
        found = self._faces.get(name)
        if found is None:
            file_name, middle = self._listed[name]
            try:
                file = TrueType(self._folder / file_name)
            except (OSError, FontFileError) as error:
                raise PilotDeskError("program_incomplete", folder=self._folder) from error
            found = self._faces[name] = Face(name, file, middle)
        return found

    def glyph(self, role: Role, char: str) -> Glyph:
        """How this character is set in this role."""
        return self._known(role)[char]

    def glyphs(self, role: Role, text: str) -> list[Glyph]:
        """How each character of a text is set in this role."""
        known = self._known(role)
        return [known[char] for char in text]

    def _known(self, role: Role) -> _Known:
        found = self._glyphs.get(role)
        if found is None:
            found = self._glyphs[role] = _Known(partial(self._chosen, role))
        return found

    def _chosen(self, role: Role, char: str) -> Glyph:
        if char.isspace() and char not in " 　":
            return self.glyph(role, " ")
        if char in BOXES:
            return Glyph("song", char, 1.15)
        for name in self._chain(role, char):
            number = self.face(name).file.glyph(ord(char))
            if number:
                return self._glyph(name, char, number)
        return self._glyph("song", GETA, self.face("song").file.glyph(ord(GETA)))

    def _chain(self, role: Role, char: str) -> tuple[str, ...]:
        own: str = role
        if role in ("fang", "kai") and (_is_latin(char) or (char in "—～" and role == "fang")):
            own = "song"
        elif char in _QUOTES and role in ("song", "kai"):
            own = "fang"
        return tuple(name for name in (own, role, *self._fallback))

    def _glyph(self, face: str, char: str, number: int) -> Glyph:
        file = self.face(face).file
        advance = file.advance(number)
        left = right = 0.0
        if advance > 0.9 and (char in _OPENING or char in _CLOSING):
            ink = file.bounds(number) or (0.0, 0.0, advance, 0.0)
            left = min(0.5, max(0.0, ink[0] - _KEPT_INK_EM)) if char in _OPENING else 0.0
            right = min(0.5, max(0.0, advance - ink[2] - _KEPT_INK_EM)) if char in _CLOSING else 0.0
        return Glyph(face, char, advance, left, right)

    def long_dash(self, role: Role) -> Glyph:
        """A dash as wide as an ideograph, for 破折号: the dash of 宋 has white at both ends."""
        return self.glyph(role if role in ("hei", "title") else "kai", "—")

    def width(self, role: Role, size: float, text: str) -> float:
        """Width of a text on one line, in the unit of ``size``."""
        return size * sum(self.glyph(role, char).advance for char in text)

    def lacking(self, chars: set[str]) -> frozenset[str]:
        """Those of these characters that no face sets."""
        unseen = chars - self._had
        lacking = {char for char in unseen if not self._has(char)}
        self._had |= unseen - lacking
        return frozenset(lacking)

    def _has(self, char: str) -> bool:
        return char.isspace() or char == GETA or self.glyph("fang", char).char != GETA


@cache
def shipped_fonts() -> FontSet:
    """The fonts of the program.

    Raises:
        PilotDeskError: ``program_incomplete``.
    """
    return FontSet(paths.resources_dir() / "fonts")


def missing_glyphs(texts: Iterable[str]) -> frozenset[str]:
    """Characters of these texts that no shipped face can set, without white space and unprinted ones.

    Raises:
        PilotDeskError: ``program_incomplete``.
    """
    return shipped_fonts().lacking(set().union(*map(printable, texts)))


def printable(text: str) -> str:
    """The text as it can stand on paper: line feeds between paragraphs, no control or joining characters, composed (NFC)."""
    if _PRINTED.fullmatch(text):
        return text
    return unicodedata.normalize("NFC", _UNPRINTED.sub("", _LINE_END.sub("\n", text))).replace("\t", "　")


def _is_latin(char: str) -> bool:
    code = ord(char)
    return 0x20 <= code < 0x250 and char != "·"


def _catalogue(folder: Path) -> tuple[dict[str, tuple[str, float]], tuple[str, ...]]:
    """Name of each printing face → file and middle; names of the faces that help out, in order."""
    try:
        with (folder / "fonts.toml").open("rb") as file:
            catalogue = tomllib.load(file)
        fonts = catalogue["font"]
        listed = {
            role.removeprefix(_PRINT): (str(font["file"]), float(font["middle_han"]))
            for font in fonts
            for role in font["roles"]
            if role.startswith(_PRINT)
        }
        fallback = tuple(role.removeprefix(_PRINT) for role in catalogue["print_fallback"])
    except (OSError, KeyError, tomllib.TOMLDecodeError) as error:
        raise PilotDeskError("program_incomplete", folder=folder) from error
    return listed, fallback
