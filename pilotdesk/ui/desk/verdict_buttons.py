"""The three verdicts of a point: 1 通过, 2 补正, 3 不通过; one of them is given, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from pilotdesk.review.desk.records import VERDICT_WORDS, Verdict
from pilotdesk.ui.look.plain_text import plain_tip
from pilotdesk.ui.look.theme import tone_token
from pilotdesk.ui.look.tokens import RADIUS

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.look.tokens import Tone

TONES: Final[dict[Verdict, Tone]] = {
    Verdict.PASSED: "ok",
    Verdict.AMEND: "warn",
    Verdict.REFUSED: "error",
}


class VerdictButton(QAbstractButton):
    """One verdict; the given one is tinted and bold."""

    def __init__(self, look: Look, verdict: Verdict, key: int) -> None:
        super().__init__()
        self._look = look
        self.verdict = verdict
        self.setText(f"{key} {VERDICT_WORDS[verdict]}")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        look.changed.connect(self.updateGeometry)

    def nextCheckState(self) -> None:
        """Qt: a click only asks; what is given is shown by :meth:`VerdictTrio.show_given`."""

    def sizeHint(self) -> QSize:
        """Qt: room for the bold words, so that nothing moves when it is chosen."""
        width = QFontMetrics(self._look.font("small", 700)).horizontalAdvance(self.text())
        return QSize(width + self._look.scaled(14), self._look.metric("small_button"))

    def minimumSizeHint(self) -> QSize:
        """Qt: never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: box and words."""
        look, given = self._look, self.isChecked()
        tone = TONES[self.verdict]
        line = tone_token(tone) if given else "text2" if self.underMouse() else "control"
        ground = tone_token(tone, "bg") if given else "surface" if self.isEnabled() else "sunken"
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = 2 if given else 1
        painter.setPen(QPen(look.color(line), width))
        painter.setBrush(look.color(ground))
        half = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), RADIUS, RADIUS)
        painter.setFont(look.font("small", 700 if given else 400))
        painter.setPen(look.color(tone_token(tone) if given else "text" if self.isEnabled() else "text3"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class VerdictTrio(QWidget):
    """The verdicts side by side.

    Signals:
        chosen: with the verdict that was clicked.
    """

    chosen = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        self.buttons = {verdict: VerdictButton(look, verdict, at) for at, verdict in enumerate(Verdict, 1)}
        for button in self.buttons.values():
            button.clicked.connect(self._on_clicked)
            line.addWidget(button)

    def show_given(self, point: str, given: Verdict | None, refusal: str) -> None:
        """Show the verdict of a point.

        Args:
            point: label of the point, for screen readers.
            given: ``None`` for none.
            refusal: why none can be given; empty when one can.
        """
        for verdict, button in self.buttons.items():
            button.setChecked(verdict is given)
            said = "，已选" if verdict is given else ""
            button.setAccessibleName(f"{point}：{VERDICT_WORDS[verdict]}{said}")
            button.setEnabled(not refusal)
            button.setToolTip(plain_tip(refusal or ("再点一次收回" if verdict is given else "")))

    def _on_clicked(self) -> None:
        self.chosen.emit(self.sender().verdict)  # type: ignore[attr-defined]
