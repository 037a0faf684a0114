"""The strip of a project's four stops: what is done, what is due when; a click opens or begins a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from pilotdesk.projects.timeline import State
from pilotdesk.projects.timeline_words import due_sentence, form_words, state_words
from pilotdesk.ui.look.plain_text import plain_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPaintEvent

    from pilotdesk.projects.timeline import Due
    from pilotdesk.ui.components.basic import LabelTone
    from pilotdesk.ui.look.theme import Look

_MARKS: Final = {
    State.HANDED_IN: ("circle-check-filled", "ok", "ok"),
    State.DONE: ("circle-check-filled", "ok", "ok"),
    State.OVERDUE: ("clock", "error", "error"),
    State.SOON: ("clock", "warn", "warn"),
    State.OPEN: ("circle", "control", "text2"),
    State.LATER: ("circle", "control", "text2"),
    State.CLOSED: ("clock", "warn", "warn"),
}
"""State to symbol, its colour and the colour of the words below it."""

GAP: Final = 6
"""Between a mark and the name beside it, px."""

_BEGUN: Final = ("circle-half", "primary", "text2")


class TimelineStrip(QWidget):
    """Four stops on a line; the line up to a done stop is green. One Tab stop, arrow keys go along it.

    Signals:
        chosen: with the name of a form, one that has a draft or may be begun.
    """

    chosen = Signal(str)

    def __init__(
        self,
        look: Look,
        stops: tuple[Due, ...],
        *,
        may_begin: frozenset[str] = frozenset(),
        compact: bool = False,
    ) -> None:
        """Make the strip.

        Args:
            look: the theme in force.
            stops: what is due, in order.
            may_begin: names of the forms without a draft that may be begun.
            compact: whether it is one line, the names beside their marks; the remarks are in the tips then.
        """
        super().__init__()
        self._look = look
        self._stops = stops
        self._compact = compact
        self._open = [due.draft_id != "" or due.form in may_begin for due in stops]
        self._at = next((at for at, open_ in enumerate(self._open) if open_), 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if any(self._open) else Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self._name()
        look.changed.connect(self.updateGeometry)

    def _name(self) -> None:
        told = "；".join(f"{form_words(due)}：{state_words(due)}" for due in self._stops)
        self.setAccessibleName(told)
        if self._open[self._at]:
            self.setAccessibleDescription(f"按回车打开{form_words(self._stops[self._at])}")

    def sizeHint(self) -> QSize:
        """Qt: marks, names, remarks."""
        return QSize(300, self._look.scaled(25 if self._compact else 72))

    # -- painting --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: line, marks, words."""
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, pitch = look.scaled(20), self._pitch()
        middle = int(side / 2 + 1)
        for at, due in enumerate(self._stops[:-1]):
            done = due.state in {State.DONE, State.HANDED_IN}
            painter.setPen(QPen(look.color("ok" if done else "line"), 3))
            painter.drawLine(self._end(at), middle, (at + 1) * pitch, middle)
        for at, due in enumerate(self._stops):
            self._paint_stop(painter, QRect(at * pitch, 0, pitch - 8, self.height()), due, self._on(at))

    def _end(self, at: int) -> int:
        """Where the mark of a stop ends, and its name where that stands beside it, px."""
        end = at * self._pitch() + self._look.scaled(20)
        if not self._compact:
            return end
        metrics = QFontMetrics(self._look.font("body", 500))
        return end + 2 * GAP + metrics.horizontalAdvance(form_words(self._stops[at]))

    def _paint_stop(self, painter: QPainter, box: QRect, due: Due, lit: bool) -> None:
        look, side = self._look, self._look.scaled(20)
        icon, token, tone = _MARKS[due.state]
        if due.state is State.OPEN and due.draft_id:
            icon, token, tone = _BEGUN
        mark = QRectF(box.left() + 1, 1, side - 2, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("surface"))
        painter.drawEllipse(mark.adjusted(1, 1, -1, -1))
        picture = look.pixmap(icon, token, 22, self.devicePixelRatioF())
        painter.drawPixmap(int(mark.left()) - 2, int(mark.top()) - 1, picture)
        height = look.scaled(21)
        if self._compact:
            beside = QRect(
                box.left() + side + GAP, (side + 2 - height) // 2, box.width() - side - GAP, height
            )
            self._words(painter, beside, form_words(due), "primary" if lit else "text", strong=True, lit=lit)
            return
        top = QRect(box.left(), side + look.scaled(8), box.width(), height)
        self._words(painter, top, form_words(due), "primary" if lit else "text", strong=True, lit=lit)
        self._words(painter, top.translated(0, height), state_words(due), tone)

    def _words(
        self,
        painter: QPainter,
        box: QRect,
        words: str,
        token: LabelTone | str,
        *,
        strong: bool = False,
        lit: bool = False,
    ) -> None:
        """One line, cut with … where it does not fit."""
        font = self._look.font("body", 500) if strong else self._look.font("small")
        font.setUnderline(lit)
        painter.setFont(font)
        painter.setPen(self._look.color(token))
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    # -- choosing --------------------------------------------------------------------------------

    def _pitch(self) -> int:
        return self.width() // len(self._stops)

    def _under(self, x: float) -> int:
        return min(int(x) // max(self._pitch(), 1), len(self._stops) - 1)

    def _on(self, at: int) -> bool:
        """Whether a stop is lit: the mouse or the keyboard is on it and something can be opened there."""
        if not self._open[at]:
            return False
        if self.underMouse():
            return self._under(self.mapFromGlobal(self.cursor().pos()).x()) == at
        return self.hasFocus() and self._at == at

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Qt: a hand over what can be opened."""
        on = self._open[self._under(event.position().x())]
        self.setCursor(Qt.CursorShape.PointingHandCursor if on else Qt.CursorShape.ArrowCursor)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Qt: nothing is lit any more."""
        super().leaveEvent(event)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: open what was clicked."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._choose(self._under(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: along the line, and open."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps:
            self._go(steps[Qt.Key(event.key())])
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._choose(self._at)
        else:
            super().keyPressEvent(event)

    def _go(self, step: int) -> None:
        at = self._at + step
        while 0 <= at < len(self._stops):
            if self._open[at]:
                self._at = at
                self._name()
                self.update()
                return
            at += step

    def _choose(self, at: int) -> None:
        if self._open[at]:
            self.chosen.emit(self._stops[at].form)

    def event(self, event: QEvent) -> bool:
        """Qt: a tip tells the whole date below each stop."""
        if event.type() is QEvent.Type.ToolTip:
            help_event: QHelpEvent = event  # type: ignore[assignment]
            due = self._stops[self._under(help_event.pos().x())]
            QToolTip.showText(help_event.globalPos(), plain_tip(f"{due.label}：{due_sentence(due)}"), self)
            return True
        return super().event(event)
