"""Symbols: SVG files of ``resources/icons``, recoloured by token and drawn at the screen's own resolution."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from pilotdesk.paths import resources_dir


@cache
def _source(name: str) -> bytes:
    return (resources_dir() / "icons" / f"{name}.svg").read_bytes()


@lru_cache(maxsize=512)
def pixmap(name: str, color: str, px: int, ratio: float) -> QPixmap:
    """A symbol of ``px`` × ``px`` logical px in ``color`` for a screen of ``ratio`` device px a logical px.

    Raises:
        FileNotFoundError: there is no such symbol.
    """
    side = max(1, round(px * ratio))
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    drawing = _source(name).replace(b"currentColor", color.encode())
    QSvgRenderer(QByteArray(drawing)).render(painter, QRectF(0, 0, side, side))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@lru_cache(maxsize=256)
def icon(name: str, color: str, px: int, gap: int = 0) -> QIcon:
    """A symbol as an icon, sharp on the finest screen attached.

    Args:
        name: file of ``resources/icons`` without its ending.
        color: ``#RRGGBB``.
        px: size in logical px.
        gap: empty px at its right, which set it off from the text of a button.

    Raises:
        FileNotFoundError: there is no such symbol.
    """
    app = QGuiApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    symbol = pixmap(name, color, px, ratio)
    if not gap:
        return QIcon(symbol)
    wide = QPixmap(round((px + gap) * ratio), symbol.height())
    wide.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wide)
    painter.drawPixmap(QRectF(0, 0, symbol.width(), symbol.height()), symbol, QRectF(symbol.rect()))
    painter.end()
    wide.setDevicePixelRatio(ratio)
    return QIcon(wide)
