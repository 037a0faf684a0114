"""Attached pictures in the Word file: a paragraph with one or two of them, and one with their captions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.documents.pictures import HALF_MM, MISSING_WORDS, WHOLE_MM
from pilotdesk.documents.word.markup import paragraph, printable, run, twip
from pilotdesk.documents.word.pictures import inline_picture

if TYPE_CHECKING:
    from pilotdesk.documents.blocks import Pictures
    from pilotdesk.documents.pictures import Album, Placed
    from pilotdesk.documents.word.package import WordPackage

_FIRST_PICTURE: Final = 301
"""Drawing ids below belong to footers and figures."""

_TAB: Final = "<w:r><w:tab/></w:r>"
_KEEP: Final = "<w:keepNext/>"
# Two beside each other are centred below each other by tabs, in a paragraph that begins at the left.
_TABS: Final = "".join(
    f'<w:tab w:val="center" w:pos="{twip(middle)}"/>'
    for middle in (HALF_MM[0] / 2, WHOLE_MM[0] - HALF_MM[0] / 2)
)
_BESIDE: Final = f"<w:tabs>{_TABS}</w:tabs>"
_LEFT: Final = '<w:jc w:val="left"/>'


class Gallery:
    """Writes attached pictures into a package; drawing ids go on from block to block."""

    def __init__(self, package: WordPackage, album: Album) -> None:
        self._package = package
        self._album = album
        self._drawn = 0

    def markup(self, block: Pictures) -> str:
        """All rows of a block."""
        return "".join(self._row(row) for row in self._album.rows(block))

    def _row(self, row: tuple[Placed, ...]) -> str:
        beside = len(row) > 1
        before, after, lead = (f"{_KEEP}{_BESIDE}", _LEFT, _TAB) if beside else (_KEEP, "", "")
        shown = "".join(lead + self._picture(one) for one in row)
        words = "".join(lead + run(printable(one.caption)) for one in row)
        below = paragraph("Caption", words, before=_BESIDE if beside else "", after=after)
        return paragraph("PDPicture", shown, before=before, after=after) + below

    def _picture(self, placed: Placed) -> str:
        ready = placed.prepared
        if ready is None:
            return run(f"（{MISSING_WORDS}）")
        part = self._package.document
        relationship = self._package.add_picture(part, ready.content, ready.kind)
        self._drawn += 1
        return inline_picture(
            relationship,
            number=_FIRST_PICTURE + self._drawn - 1,
            size_mm=placed.size_mm,
            name=placed.caption,
            description=placed.caption,
            framed=True,
        )
