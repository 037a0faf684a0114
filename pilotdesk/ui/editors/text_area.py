"""The writing area of long texts: plain text with its own line height, in a frame that carries the state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QMimeData, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPen, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QVBoxLayout, QWidget

from pilotdesk.rules.issue import Severity
from pilotdesk.ui.editors.entry import is_session_key
from pilotdesk.ui.look.tokens import RADIUS

if TYPE_CHECKING:
    from PySide6.QtGui import QInputMethodEvent, QPaintEvent

    from pilotdesk.ui.look.theme import Look

LINE_EM: Final = 1.7
"""Line height in em."""


class TextFrame(QWidget):
    """The box around tools, text and meter. ``focus`` wins over the colour of an issue."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._focused = False
        self._severity: Severity | None = None
        self._ground = "input"
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(2, 2, 2, 2)
        self.body.setSpacing(0)
        look.changed.connect(self.update)

    def set_focused(self, focused: bool) -> None:
        """Show or hide the focus."""
        self._focused = focused
        self.update()

    def set_writable(self, writable: bool) -> None:
        """Whether the ground is that of something to write in."""
        self._ground = "input" if writable else "bg"
        self.update()

    def mark(self, severity: Severity | None) -> None:
        """Show an issue; suggestions have no colour."""
        self._severity = severity
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: ground and border."""
        token, width = "control", 1
        if self._focused:
            token, width = "focus", 2
        elif self._severity in {Severity.ERROR, Severity.WARNING}:
            token, width = "error" if self._severity is Severity.ERROR else "warn", 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._look.color(token), width))
        painter.setBrush(self._look.color(self._ground))
        half = width / 2
        painter.drawRoundedRect(self.rect().toRectF().adjusted(half, half, -half, -half), RADIUS, RADIUS)


class TextArea(QTextEdit):
    """Plain text; nothing is told while an input method is composing.

    Signals:
        written: the whole text, after the user changed it.
        pasted_plain: something with a format was pasted, and only its text was taken.
    """

    written = Signal(str)
    pasted_plain = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._composing = False
        self._told = ""
        self.setProperty("bare", True)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(8)
        self.setViewportMargins(6, 0, 6, 0)
        self._set_pitch()
        self.textChanged.connect(self._on_changed)
        look.changed.connect(self._set_pitch)

    @property
    def is_composing(self) -> bool:
        """Whether an input method has not finished a character yet."""
        return self._composing

    def show_text(self, text: str) -> None:
        """Show another text without telling anyone; the cursor stays, the undo steps of the old text go."""
        if text == self.toPlainText():
            return
        at = min(self.textCursor().position(), len(text))
        with QSignalBlocker(self):
            self.setPlainText(text)
        self._told = text
        self._set_pitch()
        cursor = self.textCursor()
        cursor.setPosition(at)
        self.setTextCursor(cursor)
        self.undoAvailable.emit(False)
        self.redoAvailable.emit(False)

    # -- Qt --------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Qt: undo and redo work on the text as long as it has steps of its own, then on the draft."""
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and is_session_key(event)
            and not self._has_step(event)
        ):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: as the text does; keys that it has no use for go on to the page."""
        if is_session_key(event) and not self._has_step(event):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Qt: note whether a character is being composed, before the text changes."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Qt: text only."""
        return source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Qt: paste and drop take the text alone."""
        if not source.hasText():
            return
        self.textCursor().insertText(source.text().replace("\r\n", "\n"))
        self.ensureCursorVisible()
        if source.hasHtml():
            self.pasted_plain.emit()

    # -- inside ----------------------------------------------------------------------------------

    def _has_step(self, event: QEvent) -> bool:
        undo = isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo)
        return self.document().isUndoAvailable() if undo else self.document().isRedoAvailable()

    def _on_changed(self) -> None:
        text = self.toPlainText()
        if not self._composing and text != self._told:
            self._told = text
            self.written.emit(text)

    @property
    def pitch(self) -> int:
        """Height of a line, px."""
        return round(self._look.px("long") * LINE_EM)

    def whole_lines(self, height: int) -> int:
        """The height, at most ``height``, at which the last line in view is not cut."""
        margin = round(self.document().documentMargin())
        return margin + (height - margin) // self.pitch * self.pitch

    def _set_pitch(self) -> None:
        """Give all paragraphs the line height of the type size; no undo step of its own."""
        pitch = QTextBlockFormat()
        fixed = QTextBlockFormat.LineHeightTypes.FixedHeight.value
        pitch.setLineHeight(self.pitch, fixed)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        with QSignalBlocker(self):
            self.document().setUndoRedoEnabled(False)
            cursor.mergeBlockFormat(pitch)
            self.document().setUndoRedoEnabled(True)
