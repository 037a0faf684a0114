"""Text of a cell or heading on several lines, and how many it takes."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtGui import QFont, QFontMetrics, QTextLayout, QTextOption

LINE_EM: Final = 1.4
_ENDLESS: Final = 1_000
_Key = tuple[tuple[str, ...], int, int]


def line_height(font: QFont) -> int:
    """Height of a line of a cell, px."""
    return round(font.pixelSize() * LINE_EM)


def wrapped(text: str, font: QFont, width: int, most: int = _ENDLESS, indent: int = 0) -> tuple[str, ...]:
    """The lines of a text; the last one ends in … where the text is longer.

    Args:
        text: what is written.
        font: in which it is set.
        width: px there are.
        most: lines there may be.
        indent: px taken at the beginning of the first line.
    """
    # One px less: what is measured in fractions is drawn in whole px.
    key = (tuple(font.families()), font.pixelSize(), font.weight().value)
    return _lines(text, key, max(1, width - 1), most, indent)


@lru_cache(maxsize=4_000)
def _lines(text: str, key: _Key, width: int, most: int, indent: int) -> tuple[str, ...]:
    """The same, remembered; a font has no hash of its own, and its words forget all families but the first."""
    font, metrics = _font(key)
    if "\n" not in text and metrics.horizontalAdvance(text) + indent <= width:
        return (text,)
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _paragraph(paragraph, font, width, 0 if lines else indent)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1][:-1]}…"]
    return tuple(lines)


@lru_cache(maxsize=16)
def _font(key: _Key) -> tuple[QFont, QFontMetrics]:
    families, px, weight = key
    font = QFont(list(families))
    font.setPixelSize(px)
    font.setWeight(QFont.Weight(weight))
    return font, QFontMetrics(font)


def _paragraph(text: str, font: QFont, width: int, indent: int) -> list[str]:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    found: list[str] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width if found else max(1, width - indent))
        found.append(text[line.textStart() : line.textStart() + line.textLength()].rstrip())
    layout.endLayout()
    return found or [""]
