"""The part of the self-test that needs Qt: a page of the sample drawn as the window draws it, and looked at."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from pilotdesk.clock import SYSTEM_CLOCK
from pilotdesk.errors import PilotDeskError

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QFont, QImage

    from pilotdesk.ui.look.theme import Look

PAGE: Final = "unit"
SIGNS: Final = "填写国家标准化试点申报书"
"""Must look different from one another: what a font does not have is drawn as the same box every time."""
SIDE: Final = 48
"""Pixels of the square that one of them is drawn into."""
FORMATS: Final = frozenset({"png", "jpg", "ico"})
LEAST_COLOURS: Final = 12
LEAST_INK, MOST_INK = 0.003, 0.5
"""Share of the page that is darker than half: text and symbols on light ground."""


def on_platform(named: str | None) -> None:
    """Choose what Qt draws on; without a name it is that of this computer, and without a screen none."""
    if named:
        os.environ["QT_QPA_PLATFORM"] = named
    elif sys.platform != "win32" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def qt_facts() -> dict[str, str]:
    """Version of Qt, and what it draws on; empty as long as it was not loaded."""
    if "PySide6.QtGui" not in sys.modules:
        return {"qt": "", "platform": ""}
    from PySide6.QtCore import qVersion
    from PySide6.QtGui import QGuiApplication

    return {"qt": qVersion(), "platform": QGuiApplication.platformName()}


def draw_sample(folder: Path) -> str:
    """Draw a page of the sample and look at it; returns what was found.

    Raises:
        PilotDeskError: ``page_blank``, ``signs_not_drawn``, ``qt_incomplete``.
    """
    from PySide6.QtGui import QImage

    from pilotdesk.projects import sample_package
    from pilotdesk.ui.window.shots import ShotStyle, Studio

    target = folder / "页面.png"
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    studio = Studio(sample_package(), SYSTEM_CLOCK, ShotStyle(), platform=platform)
    try:
        studio.draw(PAGE, target)
        look_at_signs(studio.look.font("body"))
        _look_at_parts(studio.look)
    finally:
        studio.close()
    page = QImage(str(target))
    look_at_page(page)
    return f"{page.width()}×{page.height()}，汉字画得出来，平台 {qt_facts()['platform']}"


def look_at_page(page: QImage) -> None:
    """A page has colours, and some of it is dark.

    Raises:
        PilotDeskError: ``page_blank``.
    """
    colours, dark, seen = set(), 0, 0
    for y in range(0, page.height(), 2):
        for x in range(0, page.width(), 2):
            colour = page.pixelColor(x, y)
            colours.add(colour.rgb())
            dark += colour.lightness() < 128
            seen += 1
    if len(colours) < LEAST_COLOURS or not LEAST_INK <= dark / max(1, seen) <= MOST_INK:
        raise PilotDeskError("page_blank")


def look_at_signs(font: QFont) -> None:
    """Every sign has a picture of its own, and none is empty.

    Raises:
        PilotDeskError: ``signs_not_drawn``.
    """
    pictures = {sign: _picture(sign, font) for sign in SIGNS}
    if len(set(pictures.values())) < len(pictures) or _picture(" ", font) in pictures.values():
        raise PilotDeskError("signs_not_drawn", family=font.families()[0])


def _picture(sign: str, font: QFont) -> bytes:
    from PySide6.QtCore import QRect, Qt
    from PySide6.QtGui import QFont, QImage, QPainter

    large = QFont(font)
    large.setPixelSize(SIDE * 2 // 3)
    picture = QImage(SIDE, SIDE, QImage.Format.Format_Grayscale8)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    painter.setFont(large)
    painter.drawText(QRect(0, 0, SIDE, SIDE), Qt.AlignmentFlag.AlignCenter, sign)
    painter.end()
    return bytes(picture.constBits())


def _look_at_parts(look: Look) -> None:
    """Plug-ins that a page may do without for long: kinds of pictures, drawn symbols, Chinese for Qt's own dialogs.

    Raises:
        PilotDeskError: ``qt_incomplete``.
    """
    from PySide6.QtCore import QLibraryInfo, QTranslator
    from PySide6.QtGui import QIcon, QImageReader

    from pilotdesk.paths import resources_dir

    formats = {bytes(kind.data()).decode() for kind in QImageReader.supportedImageFormats()}
    words = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    symbol = QIcon(str(resources_dir() / "icons" / "app" / "pilotdesk.ico")).pixmap(SIDE, SIDE).toImage()
    missing = {
        "、".join(sorted(FORMATS - formats)): not formats >= FORMATS,
        "qtbase_zh_CN": not words.load("qtbase_zh_CN", folder),
        "pilotdesk.ico": symbol.isNull(),
        "check.svg": look.icon("check").isNull(),
    }
    for name, is_missing in missing.items():
        if is_missing:
            raise PilotDeskError("qt_incomplete", name=name)
