"""What floats over a page: focus ring, toasts, side panel and popups. None moves the layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from pilotdesk.ui.components.basic import Button, ClickArea, Label, SymbolLabel, restyle
from pilotdesk.ui.look.tokens import OVERLAY_WIDTH, RADIUS

if TYPE_CHECKING:
    from collections.abc import Callable

    from pilotdesk.ui.look.theme import Look

TOAST_MS = 8_000
_RING, _GAP = 2, 2


class FocusRing(QWidget):
    """A ring of 2 px around the focused button or click area, 2 px away from it.

    Fields draw their own focus border; buttons have no room for one, hence this widget above all others.
    """

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._window = window
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        for watched in filter(isValid, self._watched):  # the others went with the page they stood on
            watched.removeEventFilter(self)
        self._watched.clear()
        wanted = isinstance(new, QAbstractButton | ClickArea) and new.window() is self._window
        self._target = new if wanted else None
        widget: QWidget | None = self._target
        while widget is not None and widget is not self._window:
            widget.installEventFilter(self)
            self._watched.append(widget)
            widget = widget.parentWidget()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: follow the target and what it stands in."""
        if event.type() in {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide}:
            self._place()
        return False

    def _place(self) -> None:
        target, window = self._target, self._window
        if (
            target is None
            or not isValid(target)
            or not target.isVisible()
            or target.visibleRegion().isEmpty()
        ):
            self.hide()
            return
        reach = _RING + _GAP
        corner = target.mapTo(window, target.rect().topLeft())
        self.setGeometry(QRect(corner, target.size()).adjusted(-reach, -reach, reach, reach))
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.color("primary"), _RING))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS + _GAP, RADIUS + _GAP)


class Toast(QFrame):
    """Says for 8 s what was done, and takes it back: 删了第 9 行 〔撤销 Ctrl+Z〕."""

    def __init__(self, look: Look, window: QWidget) -> None:
        super().__init__(window)
        self._look = look
        self._window = window
        self._undo: Callable[[], object] | None = None
        self._text = Label("", "body")
        self._action = Button(look, "", "link")
        self._action.clicked.connect(self._on_action)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 2, 14, 2)
        layout.setSpacing(10)
        layout.addWidget(SymbolLabel(look, "check", "surface", 17))
        layout.addWidget(self._text)
        layout.addSpacing(24)
        layout.addWidget(self._action)
        self._timer = QTimer(self, singleShot=True, interval=TOAST_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def show_done(self, text: str, action: str = "", undo: Callable[[], object] | None = None) -> None:
        """Show a sentence; ``action`` and ``undo`` go together, empty and ``None`` for none."""
        self._undo = undo
        self._text.setText(text)
        self.setAccessibleName(text)
        self._action.set_text(action)
        self._action.setVisible(undo is not None)
        restyle(self._text)
        self.place()
        self.show()
        self.raise_()
        self._timer.start()

    @property
    def undo(self) -> Callable[[], object] | None:
        """What the sentence shown last offers to do; ``None`` for nothing."""
        return self._undo

    def withdraw(self) -> None:
        """Offer nothing any more: what could be taken back is closed, or taken back already."""
        if self._undo is not None:
            self._timer.stop()
            self.hide()
            self._undo = None

    def place(self) -> None:
        """Stand in the middle above the foot of the window."""
        window = self._window
        self.adjustSize()
        bottom = window.height() - self._look.metric("safety") - self._look.metric("footer") - 12
        self.move((window.width() - self.width()) // 2, bottom - self.height())

    def _on_action(self) -> None:
        self._timer.stop()
        self.hide()
        undo, self._undo = self._undo, None
        if undo is not None:
            undo()


class SidePanel(QFrame):
    """A panel that slides over the right of a page; Esc closes it and gives the focus back.

    Signals:
        closed: it was closed by the user.
    """

    closed = Signal()

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__(host)
        self.setObjectName("side_panel")
        self._look = look
        self._host = host
        self._back_to: QWidget | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(1, 0, 0, 0)
        self.hide()

    def hold(self, content: QWidget) -> None:
        """Take a widget in."""
        self._layout.addWidget(content)
        content.show()

    def open_over(self) -> None:
        """Show it at the right of its host."""
        self._back_to = QApplication.focusWidget()
        self.place()
        self.show()
        self.raise_()

    def place(self) -> None:
        """Fit to the host's size."""
        host = self._host
        width = min(self._look.scaled(OVERLAY_WIDTH), host.width())
        self.setGeometry(host.width() - width, 0, width, host.height())

    def close_panel(self) -> None:
        """Hide it and say so."""
        self.hide()
        back = self._back_to
        if back is not None and isValid(back) and back.isVisible():
            back.setFocus(Qt.FocusReason.OtherFocusReason)
        self._back_to = None
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)


class Popup(QFrame):
    """A bordered box below a button; a click elsewhere or Esc closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 14, 16, 14)
        self.body.setSpacing(8)

    def open_below(self, anchor: QWidget) -> None:
        """Show it with its right edge under the anchor's, inside the window."""
        self.adjustSize()
        window = anchor.window()
        corner = anchor.mapTo(window, anchor.rect().bottomRight())
        left = max(8, min(corner.x() - self.width() + 1, window.width() - self.width() - 8))
        self.move(
            window.mapToGlobal(window.rect().topLeft()).x() + left,
            anchor.mapToGlobal(anchor.rect().bottomLeft()).y() + 4,
        )
        self.show()
