"""Alt, pressed and let go of alone, opens the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class AltKey(QObject):
    """Watches the keys that nothing in a window has taken.

    Signals:
        pressed_alone: Alt went down and up again, and no other key between.
    """

    pressed_alone = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._alone = False
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: note what is pressed."""
        if isinstance(event, QKeyEvent):
            is_alt = event.key() == Qt.Key.Key_Alt
            if event.type() is QEvent.Type.KeyPress:
                self._alone = is_alt
            elif event.type() is QEvent.Type.KeyRelease:
                if is_alt and self._alone:
                    self.pressed_alone.emit()
                self._alone = False
        return super().eventFilter(watched, event)
