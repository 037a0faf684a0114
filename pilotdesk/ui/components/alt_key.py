"""Alt, pressed and let go of alone, opens the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_OTHERS: Final = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.MetaModifier
)
_KEYS: Final = {QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride}
"""Of a key that a shortcut takes only the question comes, who else wants it."""
_SOMETHING_ELSE: Final = (QEvent.Type.MouseButtonPress, QEvent.Type.WindowDeactivate)
"""Alt with the mouse moves windows on some desktops; Alt+Tab goes to another window, and the end of Alt with it."""


class AltKey(QObject):
    """Watches Alt where nothing in a window has taken it.

    A key between is mostly taken by the field that it is meant for (Alt+↓ moves a row of a table), so the window never
    sees it: while Alt is down, and only then, the keys of the whole program are looked at.

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
        kind = event.type()
        if kind in _KEYS and isinstance(event, QKeyEvent):
            self._note(event)
        elif self._alone and kind in _SOMETHING_ELSE:
            self._watch(False)
        return super().eventFilter(watched, event)

    def _note(self, event: QKeyEvent) -> None:
        is_press = event.type() is QEvent.Type.KeyPress
        if event.key() != Qt.Key.Key_Alt:
            self._watch(False)
        elif event.type() is QEvent.Type.ShortcutOverride:
            return
        elif is_press and not self._alone:
            self._watch(not event.modifiers() & _OTHERS)
        elif not is_press and self._alone:
            self._watch(False)
            self.pressed_alone.emit()

    def _watch(self, alone: bool) -> None:
        program = QCoreApplication.instance()
        if alone != self._alone and program is not None:
            self._alone = alone
            if alone:
                program.installEventFilter(self)
            else:
                program.removeEventFilter(self)
