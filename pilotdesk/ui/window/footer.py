"""The footer of a step: back, a promise, and the next step by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from pilotdesk.ui.components.basic import Button, Label, Rule, Surface

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from pilotdesk.ui.look.theme import Look

PROMISE = "随时可以离开，不会丢失"


class Footer(Surface):
    """上一步 and 下一步 with as many words as there is room for.

    Signals:
        back_requested, next_requested: a button was chosen.
    """

    back_requested = Signal()
    next_requested = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__("surface")
        self._look = look
        self._back_long, self._next_long = "", ""
        self._has_back = True
        self.back = Button(look, "上一步", icon="chevron-left")
        self.promise = Label(PROMISE, "small", "text2")
        self.next = Button(look, "下一步 ›", "primary")
        self.back.clicked.connect(self.back_requested)
        self.next.clicked.connect(self.next_requested)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(Rule())
        self._line = QHBoxLayout()
        self._line.setContentsMargins(24, 0, 24, 0)
        self._line.setSpacing(16)
        self._line.addWidget(self.back)
        self._line.addStretch(1)
        self._line.addWidget(self.promise)
        self._line.addWidget(self.next)
        outer.addLayout(self._line, 1)
        look.changed.connect(self._fit)

    def show_promise(self, words: str) -> None:
        """Say something else between the buttons."""
        self.promise.setText(words)
        self._fit()

    def show_neighbours(self, back: str, following: str) -> None:
        """Name the neighbours, e.g. ``一 项目基本信息``; empty when there is none before."""
        self._has_back = bool(back)
        self._back_long = f"上一步：{back}"
        self._next_long = f"下一步：{following} ›"
        self.next.setAccessibleName(self._next_long)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: choose the words that fit."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Try the words from the longest to the shortest."""
        self.setFixedHeight(self._look.metric("footer"))
        self.back.setVisible(self._has_back)
        variants = (
            (self._back_long, self._next_long, True),
            ("上一步", self._next_long, True),
            ("上一步", self._next_long, False),
            ("上一步", "下一步 ›", False),
        )
        room = self.width() - 2 * 24
        for back, following, promise in variants:
            self.back.setText(back)
            self.next.setText(following)
            self.promise.setVisible(promise)
            needed = self.next.sizeHint().width() + 16
            needed += self.back.sizeHint().width() + 16 if self._has_back else 0
            needed += self.promise.sizeHint().width() + 16 if promise else 0
            if needed <= room:
                break
        self.back.setAccessibleName(self._back_long)
