"""Where the window was, per set of monitors; never off-screen. The first start is maximised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pilotdesk.ui.look.settings import Settings


def monitor_key() -> str:
    """The monitors attached, as a key: ``1920x1080+0+0 1366x768+1920+0``."""
    boxes = [screen.geometry() for screen in QGuiApplication.screens()]
    return " ".join(f"{box.width()}x{box.height()}+{box.x()}+{box.y()}" for box in boxes)


def restore(window: QWidget, settings: Settings) -> None:
    """Put the window where it was with these monitors."""
    kept = settings.choices.geometry.get(monitor_key())
    if not kept or len(kept) != 5:
        window.resize(1366, 697)
        window.setWindowState(Qt.WindowState.WindowMaximized)
        return
    box = QRect(*kept[:4])
    if any(
        screen.availableGeometry().intersects(box.adjusted(40, 0, -40, 0))
        for screen in QGuiApplication.screens()
    ):
        window.setGeometry(box)
    else:
        window.resize(box.size())
    if kept[4]:
        window.setWindowState(Qt.WindowState.WindowMaximized)


def stored(window: QWidget, settings: Settings) -> dict[str, list[int]]:
    """The geometries to keep, with this window's own."""
    box = window.normalGeometry()
    place = [box.x(), box.y(), box.width(), box.height(), int(window.isMaximized())]
    return {**settings.choices.geometry, monitor_key(): place}
