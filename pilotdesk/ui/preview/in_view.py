"""What has come up last in a panel that scrolls stays in view while the panel is laid out around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from shiboken6 import isValid

if TYPE_CHECKING:
    from PySide6.QtWidgets import QScrollArea, QWidget

AROUND_PX: Final = 12


class KeptInView(QObject):
    """Brings a widget into view as soon as it has its height, which wrapped text gets only in a second round."""

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self._followed: QWidget | None = None
        area.verticalScrollBar().rangeChanged.connect(self._look)

    def follow(self, widget: QWidget) -> None:
        """Keep another widget in view, until it goes."""
        self._followed = widget

    def _look(self) -> None:
        if self._followed is not None and isValid(self._followed):
            self._area.ensureWidgetVisible(self._followed, 0, AROUND_PX)
