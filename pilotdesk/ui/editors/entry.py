"""The line edit of all one-line fields: unit, counter, lock and button stand inside it at its right end.

Limits are rules of the pack, never ``setMaxLength``, which would cut an answer that is loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QEvent, QKeyCombination, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from pilotdesk.ui.components.basic import Button

if TYPE_CHECKING:
    from PySide6.QtGui import QInputMethodEvent
    from PySide6.QtWidgets import QCompleter

    from pilotdesk.ui.look.theme import Look

UNIT_PAD: Final = 9
"""Between text, thin line, unit and border; px at 标准."""
SESSION_KEYS: Final = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_EXPORT: Final = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_E)


def is_session_key(event: QEvent) -> bool:
    """Whether a key event asks for undo or redo, which belong to the whole draft and not to one field."""
    return isinstance(event, QKeyEvent) and any(event.matches(key) for key in SESSION_KEYS)


def _is_window_key(event: QEvent) -> bool:
    """Whether a key is a command of the draft that a line edit would take: Ctrl+Home, and on Linux Ctrl+E for End."""
    return isinstance(event, QKeyEvent) and (
        event.matches(QKeySequence.StandardKey.MoveToStartOfDocument) or event.keyCombination() == _EXPORT
    )


class Entry(QLineEdit):
    """A line edit with room at its right.

    Signals:
        popup_requested: Alt+↓ or the button inside was used.
    """

    popup_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._unit = ""
        self._counter = ""
        self._locked = False
        self._button: Button | None = None
        self._composing = False
        look.changed.connect(self._make_room)

    @property
    def is_composing(self) -> bool:
        """Whether an input method has not finished a character yet."""
        return self._composing

    def set_unit(self, unit: str) -> None:
        """Show a unit after a thin line; empty for none."""
        self._unit = unit
        self._make_room()

    def set_counter(self, counter: str) -> None:
        """Show a count in small type; empty for none."""
        if counter != self._counter:
            self._counter = counter
            self._make_room()

    @property
    def counter(self) -> str:
        """The count shown."""
        return self._counter

    def set_locked(self, locked: bool) -> None:
        """Show the lock of a field that is carried over, and refuse typing."""
        self._locked = locked
        self.setReadOnly(locked)
        self._make_room()

    def add_button(self, icon: str, name: str) -> Button:
        """Put a button inside at the right; it and Alt+↓ ask for the popup."""
        self._button = Button(self._look, "", "ghost", icon=icon, small=True, name=name)
        self._button.setParent(self)
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.clicked.connect(self.popup_requested)
        self._make_room()
        return self._button

    # -- Qt --------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Qt: undo and redo are left to the window; so is what the keys Home and End do alone in one line."""
        if event.type() is QEvent.Type.ShortcutOverride and (is_session_key(event) or _is_window_key(event)):
            event.ignore()
            return False
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Qt: note whether a character is being composed; a locked field takes none."""
        if self.isReadOnly():
            event.ignore()
            return
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Alt+↓ opens the popup; Enter is used up here, so that it never presses a button of the page."""
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.popup_requested.emit()
        elif event.key() in ENTER and self._is_offering():
            event.ignore()  # the list below takes it: that one is chosen
        elif event.key() in ENTER and not event.modifiers():
            super().keyPressEvent(event)
            event.accept()
        elif is_session_key(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _is_offering(self) -> bool:
        """Whether one line of the list below is lit."""
        completer = cast("QCompleter | None", self.completer())  # the stubs forget that there may be none
        popup = None if completer is None else completer.popup()
        return popup is not None and popup.isVisible() and popup.currentIndex().isValid()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the button keeps its place."""
        super().resizeEvent(event)
        self._place_button()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the line edit, then what stands at its right."""
        super().paintEvent(event)
        if not (self._unit or self._counter or self._locked):
            return
        painter = QPainter(self)
        right = self.width() - self._look.scaled(UNIT_PAD)
        if self._button is not None:
            right -= self._button.width()
        if self._locked:
            side = self._look.scaled(15)
            picture = self._look.pixmap("lock", "text2", 15, self.devicePixelRatioF())
            painter.drawPixmap(right - side, (self.height() - side) // 2, picture)
            right -= side + self._look.scaled(6)
        if self._unit:
            right = self._paint_unit(painter, right)
        if self._counter:
            painter.setFont(self._look.font("tiny"))
            painter.setPen(self._look.color("text3"))
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRect(0, 0, right, self.height()), flags, self._counter)

    def _paint_unit(self, painter: QPainter, right: int) -> int:
        """Draw unit and thin line; returns where they begin."""
        painter.setFont(self._look.font("small"))
        painter.setPen(self._look.color("text2"))
        width = QFontMetrics(self._look.font("small")).horizontalAdvance(self._unit)
        painter.drawText(
            QRect(right - width, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, self._unit
        )
        line = right - width - self._look.scaled(UNIT_PAD)
        painter.setPen(QPen(self._look.color("line"), 1))
        painter.drawLine(line, self._look.scaled(7), line, self.height() - self._look.scaled(7))
        return line - self._look.scaled(6)

    # -- inside ----------------------------------------------------------------------------------

    def _make_room(self) -> None:
        room = 0
        if self._unit:
            width = QFontMetrics(self._look.font("small")).horizontalAdvance(self._unit)
            room += width + self._look.scaled(UNIT_PAD) + self._look.scaled(6)
        if self._counter:
            room += QFontMetrics(self._look.font("tiny")).horizontalAdvance(
                self._counter
            ) + self._look.scaled(8)
        if self._locked:
            room += self._look.scaled(21)
        if self._button is not None:
            room += self._button.sizeHint().width()
        self.setTextMargins(0, 0, room, 0)
        self._place_button()
        self.update()

    def _place_button(self) -> None:
        if self._button is None:
            return
        self._button.adjustSize()
        size = self._button.size()
        self._button.move(self.width() - size.width() - 3, (self.height() - size.height()) // 2)
