"""Widths and line breaks of the words in a structure figure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from pilotdesk.documents.figure_shapes import MM_PT, code_path, name_path
from pilotdesk.documents.fonts import printable, shipped_fonts
from pilotdesk.documents.pdf.breaking import NO_END, NO_START

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.documents.blocks import FigureNode
    from pilotdesk.documents.figure_shapes import Anchor, FigureSheet
    from pilotdesk.documents.fonts import Role

# Sizes tried for the name in an upright box: type, pitch (pt), columns.
_UPRIGHT: Final = ((12.0, 16.5, 1), (10.5, 13.5, 1), (10.5, 13.5, 2), (9.0, 11.5, 2), (9.0, 11.5, 3))


class Upright(NamedTuple):
    """A name set from top to bottom; ``columns`` read from right to left. ``pitch`` in pt."""

    size_pt: float
    pitch: float
    columns: tuple[str, ...]

    @property
    def height(self) -> float:
        """Of the tallest column, mm."""
        return max(len(column) for column in self.columns) * self.pitch / MM_PT


def width_mm(role: Role, size_pt: float, text: str) -> float:
    """Width of a text on one line."""
    return shipped_fonts().width(role, size_pt, text) / MM_PT


def upright(name: str, width: float, height: float) -> Upright | None:
    """The largest setting of a name in an upright box of this size, mm; ``None`` when none fits."""
    text = words(name)
    for size_pt, pitch, columns in _UPRIGHT:
        room = int(height * MM_PT / pitch + 0.01)
        if len(text) <= room * columns and columns * (size_pt + 1) <= width * MM_PT:
            rows = -(-len(text) // columns)
            pieces = tuple(text[n : n + rows] for n in range(0, max(len(text), 1), max(rows, 1)))
            return Upright(size_pt, pitch, pieces)
    return None


class Piece(NamedTuple):
    """Part of a line; ``path`` as in :class:`pilotdesk.documents.figure_shapes.FigureText`."""

    text: str
    path: str = ""


def label_lines(
    node: FigureNode, role: Role, size_pt: float, width: float, *, ending: str = "", code_apart: bool = False
) -> list[list[Piece]]:
    """Code, name and ``ending`` of a node in lines of this width (mm). Names are never cut.

    ``code_apart``: the code has a line of its own where the name does not fit beside it.
    """
    head = [Piece(node.code, code_path(node)), Piece("　")] if node.code else []
    whole = f"{node.code}　{words(node.name)}"
    if code_apart and head and width_mm(role, size_pt, whole) > width:
        nameless = replace(node, code="")
        return [head[:1], *label_lines(nameless, role, size_pt, width, ending=ending)]
    taken = sum(width_mm(role, size_pt, piece.text) for piece in head)
    names = _balanced(words(node.name), role, size_pt, taken, width)
    lines = [[Piece(name, name_path(node))] for name in names]
    lines[0] = head + lines[0]
    last = "".join(piece.text for piece in lines[-1]) + ending
    if ending and width_mm(role, size_pt, last) > width + 0.01:
        lines.append([Piece(ending.strip())])
    else:
        lines[-1].append(Piece(ending))
    return lines


def write_pieces(
    sheet: FigureSheet,
    at: tuple[float, float],
    pieces: Sequence[Piece],
    role: Role,
    size_pt: float,
    *,
    anchor: Anchor,
) -> None:
    """Put the pieces of one line one after the other; ``at`` is the line's middle or left end."""
    x, y = at
    if anchor == "center":
        x -= sum(width_mm(role, size_pt, piece.text) for piece in pieces) / 2
    for piece in pieces:
        sheet.write(x, y, piece.text, role, size_pt, anchor="left", path=piece.path)
        x += width_mm(role, size_pt, piece.text)


def _balanced(name: str, role: Role, size_pt: float, taken: float, width: float) -> list[str]:
    """A name in as few lines as possible, narrower when the last one would hold one character only."""
    lines = _wrapped(name, role, size_pt, taken, width)
    tried = width
    while len(lines) > 1 and len(lines[-1]) < 2 and tried > width / 2:
        tried -= size_pt / 4 / MM_PT
        narrower = _wrapped(name, role, size_pt, taken, tried)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def _wrapped(name: str, role: Role, size_pt: float, taken: float, width: float) -> list[str]:
    """A name in lines, the first starting at ``taken``: never broken inside a Latin word, before ” or after “."""
    lines = [""]
    for word in _words(name):
        room = width - taken if len(lines) == 1 else width
        if lines[-1] and width_mm(role, size_pt, lines[-1] + word) > room:
            lines.append("")
        lines[-1] += word if lines[-1] else word.lstrip()
    return lines


def words(text: str) -> str:
    """A name on one line."""
    return printable(text).replace("\n", " ").strip()


def _words(text: str) -> list[str]:
    found: list[str] = []
    for char in text:
        before = found[-1][-1] if found else ""
        latin = char.isascii() and char.isalnum() and before.isascii() and before.isalnum()
        if before and (latin or char in NO_START or before in NO_END):
            found[-1] += char
        else:
            found.append(char)
    return found
