"""Things to choose from: radio and tick marks with a second line, option cards, choice boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QEnterEvent,
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from pilotdesk.ui.look.tokens import CARD_RADIUS, Tone

if TYPE_CHECKING:
    from pilotdesk.ui.look.theme import Look

MarkKind = Literal["radio", "tick"]


def paint_mark(
    painter: QPainter, look: Look, box: QRectF, kind: MarkKind, *, checked: bool, enabled: bool = True
) -> None:
    """Draw a radio or tick mark into ``box`` (18 px at 标准); also used by table delegates."""
    token = "text3" if not enabled else "primary" if checked else "control"
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inside = box.adjusted(1, 1, -1, -1)
    painter.setPen(QPen(look.color(token), 2 if kind == "radio" else 1.5))
    painter.setBrush(look.color("input"))
    if kind == "radio":
        painter.drawEllipse(inside)
        if checked:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color(token))
            dot = inside.width() * 0.26
            painter.drawEllipse(inside.center(), dot, dot)
        return
    if checked:
        painter.setBrush(look.color(token))
    painter.drawRoundedRect(inside, 3, 3)
    if checked:
        pen = QPen(look.color("on_primary"), 2)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        width, height = inside.width(), inside.height()
        corner = QPoint(round(inside.left() + width * 0.42), round(inside.top() + height * 0.70))
        painter.drawLine(
            QPoint(round(inside.left() + width * 0.22), round(inside.top() + height * 0.5)), corner
        )
        painter.drawLine(
            corner, QPoint(round(inside.left() + width * 0.78), round(inside.top() + height * 0.3))
        )


class OptionRow(QAbstractButton):
    """A radio or tick mark with a label, and below it a half-sentence that says what it means."""

    def __init__(self, look: Look, kind: MarkKind, label: str, remark: str = "") -> None:
        super().__init__()
        self._look = look
        self._kind: MarkKind = kind
        self._remark = remark
        self.setText(label)
        self.setCheckable(True)
        self.setAutoExclusive(kind == "radio")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._name()
        look.changed.connect(self.updateGeometry)

    def _name(self) -> None:
        self.setAccessibleName(f"{self.text()}，{self._remark}" if self._remark else self.text())

    def set_remark(self, remark: str) -> None:
        """Show another second line."""
        self._remark = remark
        self._name()
        self.updateGeometry()
        self.update()

    def _metrics(self) -> tuple[QFontMetrics, QFontMetrics]:
        return QFontMetrics(self._look.font("body")), QFontMetrics(self._look.font("small"))

    def sizeHint(self) -> QSize:
        """Qt: one or two lines."""
        body, small = self._metrics()
        width = max(body.horizontalAdvance(self.text()), small.horizontalAdvance(self._remark))
        first = max(self._look.scaled(26), body.height())
        height = first + (small.height() if self._remark else 0)
        return QSize(width + self._look.scaled(26) + 2, max(self._look.metric("small_button"), height))

    def minimumSizeHint(self) -> QSize:
        """Qt: the words may elide, the mark stays."""
        return QSize(self._look.scaled(80), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: mark, label, remark."""
        look = self._look
        painter = QPainter(self)
        first, side, left = look.scaled(26), look.scaled(18), look.scaled(26)
        box = QRectF(0, (first - side) / 2, side, side)
        paint_mark(painter, look, box, self._kind, checked=self.isChecked(), enabled=self.isEnabled())
        body, small = self._metrics()
        room = self.width() - left
        painter.setFont(look.font("body"))
        painter.setPen(look.color("text" if self.isEnabled() else "text3"))
        middle = Qt.AlignmentFlag.AlignVCenter
        elide = Qt.TextElideMode.ElideRight
        painter.drawText(QRect(left, 0, room, first), middle, body.elidedText(self.text(), elide, room))
        if self._remark:
            painter.setFont(look.font("small"))
            painter.setPen(look.color("text2"))
            below = QRect(left, first - 2, room, small.height())
            painter.drawText(below, middle, small.elidedText(self._remark, elide, room))


class OptionCard(QAbstractButton):
    """A radio card: title, a line of detail, and a verdict with its symbol."""

    def __init__(
        self,
        look: Look,
        title: str,
        detail: str = "",
        verdict: str = "",
        *,
        tone: Tone = "neutral",
        icon: str = "",
    ) -> None:
        super().__init__()
        self._look = look
        self._detail, self._verdict, self._tone, self._icon = detail, verdict, tone, icon
        self._hovered = False
        self.setText(title)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("，".join(part for part in (title, detail, verdict) if part))
        look.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Qt: three lines at most."""
        lines = 1 + bool(self._detail) + bool(self._verdict)
        return QSize(self._look.scaled(320), self._look.scaled(18 + 23 * lines))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Qt: the pointer is over it."""
        self._hovered = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Qt: the pointer has left."""
        self._hovered = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: box, mark and lines."""
        look, checked = self._look, self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = 2 if checked or self.hasFocus() else 1
        line = "primary" if width == 2 else "text2" if self._hovered else "control"
        painter.setPen(QPen(look.color(line), width))
        painter.setBrush(look.color("primary_bg" if checked else "surface"))
        inset = width / 2
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, CARD_RADIUS, CARD_RADIUS)
        side, step = look.scaled(18), look.scaled(23)
        paint_mark(
            painter, look, QRectF(look.scaled(14), look.scaled(11), side, side), "radio", checked=checked
        )
        left, top = look.scaled(42), look.scaled(9)
        self._line(painter, QRect(left, top, self.width() - left - 12, step), self.text(), "text", bold=True)
        if self._detail:
            top += step
            self._line(painter, QRect(left, top, self.width() - left - 12, step), self._detail, "text2")
        if self._verdict:
            self._paint_verdict(painter, QRect(left, top + step, self.width() - left - 12, step))

    def _line(self, painter: QPainter, box: QRect, text: str, token: str, *, bold: bool = False) -> None:
        font = self._look.font("body" if bold else "small", 700 if bold else 400)
        painter.setFont(font)
        painter.setPen(self._look.color(token))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideMiddle, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_verdict(self, painter: QPainter, box: QRect) -> None:
        token = "text2" if self._tone == "neutral" else self._tone
        if self._icon:
            side = self._look.scaled(15)
            picture = self._look.pixmap(self._icon, token, 15, self.devicePixelRatioF())
            painter.drawPixmap(box.left(), box.top() + (box.height() - side) // 2, picture)
            box = box.adjusted(side + self._look.scaled(6), 0, 0, 0)
        self._line(painter, box, self._verdict, token)


class ChoiceBox(QComboBox):
    """A choice list that starts without a choice, and that the wheel leaves alone."""

    def __init__(self, look: Look, placeholder: str = "请选择", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setPlaceholderText(placeholder)
        self.setCurrentIndex(-1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)

    def keep_whole(self) -> None:
        """Be wide enough for the longest line; Qt's own count is some pixels short at 125 and 150 %."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        longest = max(
            (self.fontMetrics().horizontalAdvance(self.itemText(at)) for at in range(self.count())), default=0
        )
        self.setMinimumWidth(self.width() - self._room_for_text(option) + longest + 1)

    def _room_for_text(self, option: QStyleOptionComboBox) -> int:
        part = QStyle.SubControl.SC_ComboBoxEditField
        return self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width() - 4

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Qt: the wheel scrolls the page, also over the choice that was just made and still has the focus."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: as the style sheet says, what has no room ends in …, plus the arrow in the colour of the theme."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        room = self._room_for_text(option)
        cut = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)
        if cut == self.currentText():
            super().paintEvent(event)
        else:
            option.currentText = cut  # type: ignore[attr-defined]  # missing in the stubs
            painter = QStylePainter(self)
            painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
            painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
            painter.end()
        side = self._look.scaled(17)
        token = "text2" if self.isEnabled() else "text3"
        picture = self._look.pixmap("chevron-down", token, 17, self.devicePixelRatioF())
        QPainter(self).drawPixmap(self.width() - side - 10, (self.height() - side) // 2, picture)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: a click takes the focus first, so that the wheel works in the open list."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)
