"""What the window shows while a draft is being read: the frame of the page to come, and what is being opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from pilotdesk.ui.theme import Look


class OpeningView(QWidget):
    """Painted at once, before anything of the draft, the rules or the pages is imported."""

    def __init__(self, look: Look, title: str) -> None:
        super().__init__()
        self._look = look
        self._title = title
        self.setAccessibleName(f"正在打开{title}")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: header, sidebar and foot as empty areas, the title in its place."""
        look, painter = self._look, QPainter(self)
        width, height = self.width(), self.height()
        top, foot = look.metric("header"), look.metric("safety")
        side = look.metric("sidebar") if width / look.theme.factor >= 980 else look.scaled(61)
        painter.fillRect(self.rect(), look.color("surface"))
        painter.fillRect(QRect(0, top, side, height - top - foot), look.color("side"))
        line = look.color("line")
        for box in (
            QRect(0, top, width, 1),
            QRect(side, top, 1, height - top - foot),
            QRect(0, height - foot, width, 1),
        ):
            painter.fillRect(box, line)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(look.font("body", 700))
        painter.setPen(look.color("text"))
        painter.drawText(QRect(97, 0, width - 120, top), middle, self._title)
        painter.setFont(look.font("body"))
        painter.setPen(look.color("text2"))
        painter.drawText(QRect(side + 24, top, width - side - 48, 52), middle, "正在打开……")
