"""The frame of the review: what stands where in it, by its height."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from pilotdesk.ui.components.basic import Button, Card, Rule, Surface, row
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.desk.conclusion_line import ConclusionLine
from pilotdesk.ui.desk.panel_head import PanelHead
from pilotdesk.ui.desk.panel_points import PanelPoints
from pilotdesk.ui.desk.tab_order import order_tabs

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from pilotdesk.ui.desk.typed_keeper import TypedKeeper
    from pilotdesk.ui.desk.words_box import WordsBox
    from pilotdesk.ui.look.theme import Look

LOW: Final = 460
"""Below this height, in px at 标准, the words scroll with the points."""


class PanelFrame(Surface):
    """Head, points that scroll, words, conclusion and buttons; or a sentence while nothing is chosen."""

    def __init__(self, look: Look, words: WordsBox, keeper: TypedKeeper) -> None:
        super().__init__("surface")
        self._look = look
        self.head = PanelHead(look)
        self.points = PanelPoints(look)
        self.conclusion = ConclusionLine(look, keeper)
        self.keep = Card("hint", margins=(12, 6, 8, 6), tight=True)
        self.keep_said = WrappedLabel(look, "", "small", "text")
        self.keep_button = Button(look, "沿用", small=True)
        self.previous = Button(look, "上一件", small=True)
        self.next = Button(look, "存并下一件", "primary", small=True)
        self.area = QScrollArea()
        self._words = words
        self._inside = QVBoxLayout()
        self._outer = QVBoxLayout()
        self._stack = QStackedLayout(self)
        self._build_inside()
        self._build_pages()
        self.show_keepable(0)
        self.points.rebuilt.connect(self._on_rebuilt)

    def _build_inside(self) -> None:
        line = row(spacing=8)
        line.addWidget(self.keep_said, 1)
        line.addWidget(self.keep_button)
        self.keep.body.addLayout(line)
        inside = QWidget()
        inside.setProperty("plain", True)
        inside.setLayout(self._inside)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(0)
        self._inside.addWidget(self.keep)
        self._inside.addWidget(self.points)
        self._inside.addStretch(1)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inside)

    def _build_pages(self) -> None:
        actions = row(self.conclusion, self.previous, self.next)
        actions.setStretch(0, 1)
        actions.setContentsMargins(12, 7, 12, 7)
        page = QWidget()
        page.setLayout(self._outer)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self._outer.addWidget(self.head)
        self._outer.addWidget(Rule())
        self._outer.addWidget(self.area, 1)
        self._outer.addWidget(self._words)
        self._outer.addWidget(Rule())
        self._outer.addLayout(actions)
        nothing = QWidget()
        middle = QVBoxLayout(nothing)
        middle.setContentsMargins(24, 48, 24, 24)
        middle.addWidget(WrappedLabel(self._look, "在左边选一件，就在这里审。", "body", "text2"))
        middle.addStretch(1)
        self._stack.addWidget(nothing)
        self._stack.addWidget(page)

    def show_page(self, there: bool) -> None:
        """Show the review, or that nothing is chosen."""
        self._stack.setCurrentIndex(1 if there else 0)

    def hold(self, refusal: str) -> None:
        """Nothing can be decided, with the reason; empty when it can. Then the next one is only looked at."""
        self.next.set_text("下一件" if refusal else "存并下一件")
        self.next.set_kind("plain" if refusal else "primary")

    def show_keepable(self, count: int) -> None:
        """Offer 沿用 of so many points; nothing for none."""
        self.keep.setVisible(count > 0)
        self.keep_said.set_text(f"上次通过的 {count} 个要点这次还没有审。")

    def _on_rebuilt(self) -> None:
        order_tabs(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: where it is low, the words scroll with the points."""
        super().resizeEvent(event)
        low = self.height() < self._look.scaled(LOW)
        here, there = (self._inside, self._outer) if low else (self._outer, self._inside)
        if here.indexOf(self._words) < 0:
            there.removeWidget(self._words)
            here.insertWidget(here.indexOf(self.points if low else self.area) + 1, self._words)
            self._words.show()
            order_tabs(self)
