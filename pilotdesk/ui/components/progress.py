"""Progress: a thin bar, and the panel of a running export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pilotdesk.ui.components.basic import Button, Card, Label, row
from pilotdesk.ui.components.text import WrappedLabel

if TYPE_CHECKING:
    from pilotdesk.ui.look.theme import Look


class ProgressBar(QWidget):
    """A thin bar, 0 to 100 %; ``None`` is of unknown length. In high contrast the track is an outline."""

    def __init__(self, look: Look, *, thickness: int = 6, name: str = "完成进度") -> None:
        super().__init__()
        self._look = look
        self._percent: float | None = 0
        self._thickness = thickness
        self._color = "primary"
        self._name = name
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_percent(0)

    @property
    def percent(self) -> float | None:
        """What is shown."""
        return self._percent

    def set_percent(self, percent: float | None, color: str = "primary") -> None:
        """Show a share; ``color`` is a token."""
        self._percent, self._color = percent, color
        spoken = "正在进行" if percent is None else f"{round(percent)} %"
        self.setAccessibleName(f"{self._name} {spoken}")
        self.update()

    def sizeHint(self) -> QSize:
        """Qt: thin, as wide as there is room."""
        return QSize(100, self._look.scaled(self._thickness))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: track and filled part."""
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(self.rect())
        radius = track.height() / 2
        outlined = look.theme.palette.outlined
        if outlined:
            track.adjust(0.5, 0.5, -0.5, -0.5)
            painter.setPen(QPen(look.color("line"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("line"))
        painter.drawRoundedRect(track, radius, radius)
        share = 0.4 if self._percent is None else max(0.0, min(100.0, self._percent)) / 100
        if share:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color(self._color))
            left = track.width() * 0.3 if self._percent is None else 0
            width = max(track.height(), track.width() * share)
            painter.drawRoundedRect(
                QRectF(track.left() + left, track.top(), width, track.height()), radius, radius
            )


class ProgressPanel(Card):
    """A running export: where it is, how long about, and 取消. Not modal.

    Signals:
        cancelled: the user wants to stop.
    """

    cancelled = Signal()

    def __init__(
        self, look: Look, title: str, remark: str = "可以接着填。导出的是刚才那一刻的内容。"
    ) -> None:
        super().__init__(margins=(17, 14, 17, 14))
        self.setProperty("control", True)
        self._title = Label(title, "group")
        self._bar = ProgressBar(look, thickness=8, name=title)
        self._where = Label("", "small", "text2")
        self._left = Label("", "small", "text2")
        self.cancel = Button(look, "取消")
        self.cancel.clicked.connect(self.cancelled)
        self.body.addWidget(self._title)
        self.body.addWidget(self._bar)
        self.body.addLayout(row(self._where, None, self._left))
        foot = row(spacing=8)
        foot.addWidget(WrappedLabel(look, remark, "small", "text2"), 1)
        foot.addWidget(self.cancel)
        self.body.addLayout(foot)

    def show_progress(self, where: str, percent: float | None, left: str = "") -> None:
        """Say where it is: ``第 24 页，共 38 页``, a share (``None``: unknown), ``大约还要 2 秒``."""
        self._where.setText(where)
        self._left.setText(left)
        self._bar.set_percent(percent)
