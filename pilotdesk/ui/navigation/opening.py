"""What the window shows while a draft is being opened: the frame of the page to come, then the page itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from pilotdesk.ui.look.breakpoints import arrange
from pilotdesk.ui.look.tokens import RAIL_WIDTH
from pilotdesk.ui.tasks.first_paint import FirstPaint

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QStackedLayout

    from pilotdesk.ui.look.settings import Settings
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.navigation.page import Page

HEAD, LOW_HEAD = 52, 44
LOW_HEADER, LOW_SAFETY = 40, 28
"""Heights of the shell's bars, px at 标准; the low ones are those of a compact window."""


class Opening:
    """The way from an empty window to an open draft: a frame, the first page in it, then the bars of the shell.

    Args:
        stack: where the frame stands. look: the theme in force. settings: which bars the user wants.

    Attributes:
        view: the frame, while it stands in the window.
    """

    def __init__(self, stack: QStackedLayout, look: Look, settings: Settings) -> None:
        self._stack = stack
        self._look = look
        self._settings = settings
        self.view: OpeningView | None = None
        self._lay_out: Callable[[], None] | None = None
        self._afterwards: list[Callable[[], object]] = []

    @property
    def has_page(self) -> bool:
        """Whether the first page of a draft is shown that is still to be laid out."""
        return self._lay_out is not None

    def show(self, title: str) -> None:
        """Show at once that something is being opened."""
        self.view = OpeningView(self._look, title, self._settings)
        self._stack.addWidget(self.view)
        self._stack.setCurrentWidget(self.view)

    def hold(self, page: Page, words: str, lay_out: Callable[[], None]) -> None:
        """Show the first page under its heading; ``lay_out`` is called once it is painted, and takes it away."""
        if self.view is not None:
            self._lay_out = lay_out
            self.view.hold(page, words)
            FirstPaint(page, self.finish)

    def finish(self) -> None:
        """Lay out the draft now, if it waits still."""
        lay_out, self._lay_out = self._lay_out, None
        if lay_out is not None:
            lay_out()

    def go(self) -> None:
        """Take the frame away; what comes next stands already."""
        if self.view is not None:
            self._stack.removeWidget(self.view)
            self.view.deleteLater()
            self.view = None
            calls, self._afterwards = self._afterwards, []
            for call in calls:
                QTimer.singleShot(0, call)

    def afterwards(self, call: Callable[[], object]) -> None:
        """Call something once the frame is gone; now, if none stands."""
        if self.view is not None:
            self._afterwards.append(call)
        else:
            call()


class OpeningView(QWidget):
    """Painted at once, before anything of the draft, the rules or the pages is imported.

    The first page is shown in it, in the place that it will have, before the bars around it are made.
    """

    def __init__(self, look: Look, title: str, settings: Settings) -> None:
        super().__init__()
        self._look = look
        self._settings = settings
        self._title = title
        self._words = "正在打开……"
        self._page: Page | None = None
        self.setAccessibleName(f"正在打开{title}")

    def hold(self, page: Page, words: str) -> None:
        """Show the page of the draft under its heading; whoever lays out the draft takes it away again."""
        self._page, self._words = page, words
        page.setParent(self)
        self._place()
        page.show()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the page stays where it belongs."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        if self._page is not None and self._page.parentWidget() is self:
            self._page.set_compact(self._is_compact)
            self._page.setGeometry(self._areas()[-1])

    @property
    def _is_compact(self) -> bool:
        return arrange(self.width(), self.height(), self._look.theme.factor).compact

    def _areas(self) -> tuple[QRect, QRect, QRect]:
        """Where the sidebar, the heading and the page are going to stand; the shell arranges them alike."""
        look, width, choices = self._look, self.width(), self._settings.choices
        now = arrange(
            width,
            self.height(),
            look.theme.factor,
            sidebar_open=choices.sidebar_open,
            hints_open=choices.hints_open,
        )
        top = 1 + (look.scaled(LOW_HEADER) if now.compact else look.metric("header"))
        foot = look.scaled(LOW_SAFETY) if now.compact else look.metric("safety")
        side = look.scaled(RAIL_WIDTH) if now.rail else look.metric("sidebar")
        right = width - (look.metric("hint_panel") if now.hints_docked else 0)
        head = look.scaled(LOW_HEAD if now.compact else HEAD)
        below = self.height() - foot - (0 if now.compact else look.metric("footer"))
        middle = right - side - 1
        return (
            QRect(0, top, side, self.height() - top - foot),
            QRect(side + 1, top, middle, head),
            QRect(side + 1, top + head, middle, below - top - head),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: header, sidebar and foot as empty areas, title and heading in their places."""
        look, painter = self._look, QPainter(self)
        side, head, _ = self._areas()
        painter.fillRect(self.rect(), look.color("surface"))
        painter.fillRect(side, look.color("side"))
        line = look.color("line")
        for box in (
            QRect(0, side.top() - 1, self.width(), 1),
            QRect(side.right() + 1, side.top(), 1, side.height()),
            QRect(0, side.bottom() + 1, self.width(), 1),
        ):
            painter.fillRect(box, line)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(look.font("body", 700))
        painter.setPen(look.color("text"))
        painter.drawText(QRect(97, 0, self.width() - 120, side.top() - 1), middle, self._title)
        found = self._page is not None
        painter.setFont(look.font("step" if found else "body", 700 if found else 400))
        painter.setPen(look.color("text" if found else "text2"))
        margin = 16 if self._is_compact else 24
        painter.drawText(head.adjusted(margin, 0, -margin, 0), middle, self._words)
