"""Shift+F10 opens the menu of what is current in a view, as the key beside the right Ctrl does.

Windows makes a menu of both keys, other systems only of the second, which many keyboards do not have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractItemView


class MenuKey(QObject):
    """Asks for the menu of a view whose menu is asked for by ``customContextMenuRequested``."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: the key, at the current cell."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_F10
            and event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        ):
            here = self._view.visualRect(self._view.currentIndex())
            self._view.customContextMenuRequested.emit(here.center())
            return True
        return super().eventFilter(watched, event)
