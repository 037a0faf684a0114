"""Real PDF pages one below the other, drawn when they come into view; and the strip of thumbnails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

if TYPE_CHECKING:
    from collections.abc import Callable

    from pilotdesk.documents.pdf import PageImage
    from pilotdesk.ui.look.theme import Look

A4_PT: Final = (595, 842)
GAP: Final = 16
KEPT: Final = 8
THUMB_WIDTH: Final = 82
FIT_WIDTH: Final = 0


def picture_of(image: PageImage, ratio: float) -> QPixmap:
    """A page picture for a screen of ``ratio`` device px a logical px."""
    shape = QImage(image.pixels, image.width, image.height, image.width * 4, QImage.Format.Format_RGBA8888)
    picture = QPixmap.fromImage(shape)
    picture.setDevicePixelRatio(ratio)
    return picture


class PageStack(QAbstractScrollArea):
    """Base of page view and thumbnails: pages of known shape in one column, asked for when they are seen.

    Signals:
        wanted: (page index, px a point in device px) of a picture that is needed.
    """

    wanted = Signal(int, float)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shapes: list[tuple[int, int]] = []
        self._pictures: dict[int, QPixmap] = {}
        self._asked: set[int] = set()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(40)

    @property
    def count(self) -> int:
        """Number of pages."""
        return len(self._shapes)

    def set_pages(self, count: int) -> None:
        """Show another document; what stands in view stays in view."""
        if count != self.count:
            self._shapes = [A4_PT] * count
        self.forget()

    def forget(self) -> None:
        """Drop all pictures, after a change of document, size or screen."""
        self._pictures.clear()
        self._asked.clear()
        self._lay_out()

    def set_shape(self, index: int, landscape: bool) -> None:
        """Say that a page lies on its side."""
        shape = (A4_PT[1], A4_PT[0]) if landscape else A4_PT
        if index < self.count and self._shapes[index] != shape:
            self._shapes[index] = shape
            self._lay_out()

    def show_picture(self, index: int, picture: QPixmap) -> None:
        """A picture that was asked for has come."""
        self._asked.discard(index)
        self._pictures[index] = picture
        self._drop_far(index)
        self.viewport().update()

    def _drop_far(self, index: int) -> None:
        """Keep few large pictures; thumbnails keep all."""

    def px_per_point(self) -> float:
        """Logical px for one point."""
        return THUMB_WIDTH / A4_PT[0]

    def box(self, index: int) -> QRect:
        """Where a page stands, in px from the top of the first."""
        scale = self.px_per_point()
        top = GAP
        for _, height in self._shapes[:index]:
            top += round(height * scale) + self.below()
        width, height = self._shapes[index]
        shown = round(width * scale)
        return QRect((self.viewport().width() - shown) // 2, top, shown, round(height * scale))

    def below(self) -> int:
        """Room below a page, px."""
        return GAP

    def _lay_out(self) -> None:
        total = self.box(self.count - 1).bottom() + self.below() if self.count else 0
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, total - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the room changed."""
        super().resizeEvent(event)
        self._lay_out()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Qt: scrolled."""
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the pages in view; missing pictures are asked for and stand as white paper until they come."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self._look.color("sunken"))
        shift = self.verticalScrollBar().value()
        for index in range(self.count):
            box = self.box(index).translated(0, -shift)
            if box.bottom() < -GAP or box.top() > self.viewport().height():
                continue
            self._paint_page(painter, index, box)

    def _paint_page(self, painter: QPainter, index: int, box: QRect) -> None:
        painter.fillRect(box, self._look.color("paper"))
        picture = self._pictures.get(index)
        if picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(box, picture)
        elif index not in self._asked:
            self._asked.add(index)
            self.wanted.emit(index, self.px_per_point() * self.devicePixelRatioF())


class PageView(PageStack):
    """The pages themselves.

    Signals:
        page_changed: index of the page that fills most of the view.
        clicked: index of a page, and the place as shares of its width and height from the top left.
    """

    page_changed = Signal(int)
    clicked = Signal(int, float, float)

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._zoom = FIT_WIDTH
        self._current = -1
        self.setAccessibleName("页面")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def set_zoom(self, percent: int) -> None:
        """Zoom in percent of the printed size at 96 dpi; 0 fits the width."""
        page = self.current()
        self._zoom = percent
        self.forget()
        self.show_page(page)

    def percent(self) -> int:
        """The zoom in force, in percent of the printed size at 96 dpi."""
        return round(self.px_per_point() * 72 / 96 * 100)

    def px_per_point(self) -> float:
        """Logical px for one point."""
        if self._zoom:
            return self._zoom / 100 * 96 / 72
        room = self.viewport().width() - 2 * self._look.scaled(24)
        return max(0.4, min(1.7, room / A4_PT[0]))

    def _drop_far(self, index: int) -> None:
        for far in sorted(self._pictures, key=lambda at: -abs(at - index))[
            : max(0, len(self._pictures) - KEPT)
        ]:
            del self._pictures[far]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: with fitted width every picture changes its size; the page in view stays."""
        page = self.current()
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width() and not self._zoom:
            self.forget()
            self.show_page(page)

    def current(self) -> int:
        """Index of the page at the middle of the view."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        return next(
            (at for at in range(self.count) if self.box(at).bottom() + GAP >= middle), max(0, self.count - 1)
        )

    def show_page(self, index: int) -> None:
        """Bring the top of a page into view."""
        if 0 <= index < self.count:
            self.verticalScrollBar().setValue(self.box(index).top() - GAP)
            self._on_scrolled()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: a click on paper asks for the answer that stands there."""
        super().mouseReleaseEvent(event)
        x, y = event.position().x(), event.position().y() + self.verticalScrollBar().value()
        for index in range(self.count):
            box = self.box(index)
            if box.contains(int(x), int(y)):
                self.clicked.emit(index, (x - box.left()) / box.width(), (y - box.top()) / box.height())
                return

    def _on_scrolled(self) -> None:
        now = self.current()
        if now != self._current:
            self._current = now
            self.page_changed.emit(now)


class Thumbnails(PageStack):
    """Small pages with their numbers; a click shows the page.

    Signals:
        chosen: index of a page.
    """

    chosen = Signal(int)

    def __init__(self, look: Look, label: Callable[[int], str]) -> None:
        super().__init__(look)
        self._label = label
        self._current = 0
        self.setAccessibleName("页面缩略图")
        self.setFixedWidth(THUMB_WIDTH + 30)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        """Qt: a narrow strip."""
        return QSize(THUMB_WIDTH + 30, 400)

    def px_per_point(self) -> float:
        """Logical px for one point; pages on their side are as wide as the others."""
        return THUMB_WIDTH / A4_PT[1] if self._shapes and self._shapes[0] != A4_PT else THUMB_WIDTH / A4_PT[0]

    def box(self, index: int) -> QRect:
        """Where a page stands; pages on their side keep the width of the strip."""
        box = super().box(index)
        width, height = self._shapes[index]
        if width <= height:
            return box
        shown = round(THUMB_WIDTH * height / width)
        return QRect((self.viewport().width() - THUMB_WIDTH) // 2, box.top(), THUMB_WIDTH, shown)

    def below(self) -> int:
        """Room for the number."""
        return self._look.scaled(18) + 10

    def show_current(self, index: int) -> None:
        """Mark the page in view and keep it in view here too."""
        self._current = index
        if index < self.count:
            box, bar = self.box(index), self.verticalScrollBar()
            if not bar.value() <= box.top() <= bar.value() + self.viewport().height() - box.height():
                bar.setValue(box.center().y() - self.viewport().height() // 2)
        self.viewport().update()

    def _paint_page(self, painter: QPainter, index: int, box: QRect) -> None:
        super()._paint_page(painter, index, box)
        look, current = self._look, index == self._current
        painter.setPen(QPen(look.color("primary" if current else "control"), 3 if current else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(0, 0, -1, -1))
        font = look.font("tiny", 700 if current else 400)
        painter.setFont(font)
        painter.setPen(look.color("primary" if current else "text2"))
        height = QFontMetrics(font).height()
        below = QRect(0, box.bottom() + 3, self.viewport().width(), height)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self._label(index))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Qt: show the page under the pointer."""
        y = event.position().y() + self.verticalScrollBar().value()
        for index in range(self.count):
            box = self.box(index)
            if box.top() <= y <= box.bottom() + self.below():
                self.chosen.emit(index)
                return
