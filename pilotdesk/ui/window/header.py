"""The header: home, project, form, search, undo, display, menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout

from pilotdesk.ui.components.basic import Button, Chip, Rule, Surface
from pilotdesk.ui.components.text import ElidedLabel
from pilotdesk.ui.look.plain_text import plain_tip

if TYPE_CHECKING:
    from pilotdesk.ui.look.breakpoints import Arrangement
    from pilotdesk.ui.look.theme import Look

PREVIEW: Final = "预览和导出"


class SearchButton(Button):
    """Looks like a field; opens the search in its place."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "找栏目：编号或词语，如 2.2", "search", name="找栏目，Ctrl+F")
        self.setFixedWidth(look.scaled(280))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the button, and its key at the right."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setFont(self._look.font("tiny"))
        painter.setPen(self._look.color("text3"))
        inside = self.rect().adjusted(0, 0, -self._look.scaled(10), 0)
        painter.drawText(inside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "Ctrl+F")


class Header(Surface):
    """The bar on top of an open draft.

    Signals:
        home_requested, search_requested, undo_requested, redo_requested: a button was chosen.
        display_requested, menu_requested: the same; the popup opens below the button.
        page_chosen: 检查 or 预览和导出, which stand here beside the rail.
    """

    home_requested = Signal()
    search_requested = Signal()
    undo_requested = Signal()
    redo_requested = Signal()
    display_requested = Signal()
    menu_requested = Signal()
    page_chosen = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__("surface")
        self._look = look
        self._form_long, self._form_short = "", ""
        self.home = Button(look, "首页", "ghost", icon="home", small=True)
        self.due = Chip(look, "", "warn", icon="clock")
        self.due.hide()
        self.project = ElidedLabel("", "body", weight=700)
        self.form = Chip(look, "")
        self.search = SearchButton(look)
        self.search_icon = Button(look, "", "ghost", icon="search", small=True, name="找栏目，Ctrl+F")
        self.undo = Button(look, "", "ghost", icon="arrow-back-up", small=True, name="撤销，Ctrl+Z")
        self.redo = Button(look, "", "ghost", icon="arrow-forward-up", small=True, name="重做，Ctrl+Y")
        self.check = Button(look, "检查", "ghost", icon="list-check", small=True)
        self.preview = Button(look, PREVIEW, "ghost", icon="printer", small=True)
        self.display = Button(look, "字号和颜色", "ghost", icon="text-size", small=True)
        self.menu = Button(look, "", "ghost", icon="dots", small=True, name="更多，Alt")
        self._rules = (Rule(vertical=True), Rule(vertical=True))
        self._line = QHBoxLayout(self)
        self._build()
        self._connect()

    def _build(self) -> None:
        layout = self._line
        layout.setContentsMargins(14, 0, 14, 0)
        layout.setSpacing(8)
        for rule in self._rules:
            rule.setFixedHeight(22)
        layout.addWidget(self.home)
        layout.addWidget(self.due)
        layout.addWidget(self._rules[0])
        layout.addWidget(self.project)
        layout.addWidget(self.form)
        layout.addStretch(1)
        for widget in (self.search, self.search_icon, self.undo, self.redo, self.check, self.preview):
            layout.addWidget(widget)
        layout.addWidget(self._rules[1])
        layout.addWidget(self.display)
        layout.addWidget(self.menu)

    def _connect(self) -> None:
        self.home.clicked.connect(self.home_requested)
        self.search.clicked.connect(self.search_requested)
        self.search_icon.clicked.connect(self.search_requested)
        self.undo.clicked.connect(self.undo_requested)
        self.redo.clicked.connect(self.redo_requested)
        self.display.clicked.connect(self.display_requested)
        self.menu.clicked.connect(self.menu_requested)
        self.check.clicked.connect(self._on_check)
        self.preview.clicked.connect(self._on_preview)

    def _on_check(self) -> None:
        self.page_chosen.emit("check")

    def _on_preview(self) -> None:
        self.page_chosen.emit("preview")

    def show_project(self, project: str, form_long: str, form_short: str) -> None:
        """Name the project and its form; the chip shows the short form where there is little room."""
        self.project.set_text(project or "未命名的项目")
        self._form_long, self._form_short = form_long, form_short
        self.form.show_state(form_long, "primary")

    def show_pressing(self, count: int) -> None:
        """Beside 首页: how many things are due soon or overdue; nothing for none."""
        told = f"{count} 件事快到期或已过期，回首页看"
        self.due.show_state(str(count), "warn")
        self.due.setToolTip(plain_tip(told))
        self.due.setAccessibleName(told)
        self.due.setVisible(count > 0)
        self._fit()

    def show_steps_back(self, *, can_undo: bool, can_redo: bool) -> None:
        """Say whether something can be undone or done again."""
        self.undo.setEnabled(can_undo)
        self.undo.setToolTip("撤销，Ctrl+Z" if can_undo else "还没有改动可以撤销")
        self.redo.setEnabled(can_redo)
        self.redo.setToolTip("重做，Ctrl+Y" if can_redo else "没有撤销过的改动")

    def arrange(self, arrangement: Arrangement) -> None:
        """Show what fits."""
        height = 40 if arrangement.compact else 46
        self.setFixedHeight(self._look.metric("header") if height == 46 else self._look.scaled(height))
        self.home.set_text("首页" if not arrangement.rail else "")
        self.home.setAccessibleName("首页")
        self.home.set_icon("home")
        self.search.setVisible(arrangement.search_field)
        self.search.setFixedWidth(self._look.scaled(280))
        self.search_icon.setVisible(not arrangement.search_field)
        self.redo.setVisible(not arrangement.narrow)
        self.check.setVisible(arrangement.rail)
        self.preview.setVisible(arrangement.rail)
        self.display.setVisible(not arrangement.narrow)
        self._rules[1].setVisible(not arrangement.narrow)
        self.form.show_state(self._form_short if arrangement.narrow else self._form_long, "primary")
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: words that fit the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Large type in the smallest window: shorter words for the preview, then all closer together, then no form."""
        for words, roomy, form in ((PREVIEW, 1, 1), ("预览", 1, 1), ("预览", 0, 1), ("预览", 0, 0)):
            self.preview.setText(words)
            self._rules[0].setVisible(bool(roomy))
            self._line.setSpacing(8 if roomy else 5)
            self.form.setVisible(bool(form and self.form.text))
            self._line.invalidate()
            if self._line.minimumSize().width() <= self.width():
                break
        self.preview.setToolTip(plain_tip("" if self.preview.text() == PREVIEW else PREVIEW))
