"""A result that may be longer than a line: the same ground and lock as one in a line, and as many lines as it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.editors.base import FieldEditor, Place
from pilotdesk.ui.look.tokens import RADIUS

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent

    from pilotdesk.ui.look.theme import Look

NOTHING_YET: Final = "填了来源就自动带出"
NOTHING_CARRIED: Final = "原来那张表里没有填"
PAD: Final = 12
LOCK_ROOM: Final = 32
"""At the right of the text, px at 标准."""


class ResultCard(QWidget):
    """Text on read-only ground; Tab reaches it, so that its hint can be shown.

    Signals:
        entered: Enter.
    """

    entered = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.text = WrappedLabel(look, "", "body", "text", line_em=1.4)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.text)
        look.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        look = self._look
        above = max(6, (look.metric("field") - round(look.px("body") * 1.4)) // 2)
        self._layout.setContentsMargins(look.scaled(PAD), above, look.scaled(LOCK_ROOM), above)
        self.setMinimumHeight(look.metric("field"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: ground, border and lock, as in a line."""
        look, focused = self._look, self.hasFocus()
        width = 2 if focused else 1
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("focus" if focused else "control"), width))
        painter.setBrush(look.color("ro"))
        half = width / 2
        painter.drawRoundedRect(self.rect().toRectF().adjusted(half, half, -half, -half), RADIUS, RADIUS)
        side = look.scaled(15)
        top = (look.metric("field") - side) // 2
        picture = look.pixmap("lock", "text2", 15, self.devicePixelRatioF())
        painter.drawPixmap(self.width() - look.scaled(9) - side, top, picture)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter is told."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt: the frame."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt: no frame."""
        super().focusOutEvent(event)
        self.update()


class ResultEditor(FieldEditor):
    """A text that is worked out or carried over, whole; Enter jumps to where it comes from."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.card = ResultCard(place.look)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.card)
        self.setFocusProxy(self.card)
        self.card.entered.connect(self._on_entered)
        self.show_value()

    def focus_target(self) -> QWidget:
        """See :class:`FieldEditor`."""
        return self.card

    def show_value(self) -> None:
        """See :class:`FieldEditor`."""
        text = self.place.codec.print_text(self.place.value)
        empty = NOTHING_CARRIED if self.place.field.fixed else NOTHING_YET
        self.card.text.set_text(text or empty)
        self.card.text.set_tone("text" if text else "text2")

    def describe(self, name: str, description: str) -> None:
        """See :class:`FieldEditor`: the text is part of what is said, there is no line edit to say it."""
        super().describe(name, "。".join(filter(None, (self.card.text.plain, description))))

    def _on_entered(self) -> None:
        origin = self.place.field.origin
        if origin:
            self.request_go_to.emit(origin)
        else:
            self.finished.emit()
