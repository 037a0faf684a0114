"""Pages with marks in their margin where something was found or said, and a frame around the answer looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from pilotdesk.record import Record
from pilotdesk.ui.look.icons import pixmap
from pilotdesk.ui.look.tokens import LIGHT
from pilotdesk.ui.preview.page_view import PageView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.review.desk.material import Box, Spot
    from pilotdesk.ui.look.theme import Look

AROUND: Final = 3
"""Room between words and frame, px."""
MARK_PX: Final = 15
MARGIN_SHARE: Final = 0.045
"""Where the marks stand, share of the page's width from the left."""


class PageMark(Record, frozen=True):
    """A symbol in the margin beside a box; ``tone`` is a token of the light palette, for paper is white in every theme."""

    box: Box
    icon: str
    tone: str


class MarkedPages(PageView):
    """What is looked at is framed, dashed where it is only the surroundings."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.marks: tuple[PageMark, ...] = ()
        self.spot: Spot | None = None

    def show_marks(self, marks: Sequence[PageMark]) -> None:
        """Show other marks."""
        self.marks = tuple(marks)
        self.viewport().update()

    def show_spot(self, spot: Spot | None) -> None:
        """Frame an answer and bring it into view; ``None`` frames nothing."""
        self.spot = spot
        if spot is not None:
            first = spot.boxes[0]
            page = self.box(first.page)
            top = page.top() + round(first.top * page.height())
            self.verticalScrollBar().setValue(top - self.viewport().height() // 3)
        self.viewport().update()

    def _paint_page(self, painter: QPainter, index: int, box: QRect) -> None:
        super()._paint_page(painter, index, box)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.spot is not None:
            style = Qt.PenStyle.SolidLine if self.spot.exact else Qt.PenStyle.DashLine
            painter.setPen(QPen(QColor(LIGHT.primary), 2, style))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            around = QRectF()
            for words in self.spot.boxes:
                if words.page == index:
                    around = around.united(_placed(words, box))
            if not around.isNull():
                painter.drawRect(around.adjusted(-AROUND, -AROUND, AROUND, AROUND))
        side = self._look.scaled(MARK_PX)
        for mark in self.marks:
            if mark.box.page == index:
                place = _placed(mark.box, box)
                left = box.left() + round(MARGIN_SHARE * box.width())
                picture = pixmap(mark.icon, LIGHT.color(mark.tone), side, self.devicePixelRatioF())
                painter.drawPixmap(left, round(place.center().y() - side / 2), picture)
        painter.restore()


def _placed(words: Box, page: QRect) -> QRectF:
    return QRectF(
        page.left() + words.left * page.width(),
        page.top() + words.top * page.height(),
        (words.right - words.left) * page.width(),
        (words.bottom - words.top) * page.height(),
    )
