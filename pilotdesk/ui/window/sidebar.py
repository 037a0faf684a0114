"""The sidebar: progress, the steps with their state, and the two pages at the foot; or a narrow rail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pilotdesk.ui.components.basic import Button, Label, Rule, Surface, row
from pilotdesk.ui.components.progress import ProgressBar
from pilotdesk.ui.look.tokens import RAIL_WIDTH
from pilotdesk.ui.navigation.nav_list import NavList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.navigation.nav_list import NavEntry


class Sidebar(Surface):
    """Where one is in the form.

    Signals:
        page_chosen: the name of the page to open.
        expand_requested: the button over the rail was chosen.
    """

    page_chosen = Signal(str)
    expand_requested = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__("side")
        self._look = look
        self._rail = False
        self.steps = NavList(look, "各部分")
        self.foot = NavList(look, "检查和导出", fixed=True)
        for nav in (self.steps, self.foot):
            nav.chosen.connect(self.page_chosen)
        self._percent = Label("", "body", weight=700)
        self._bar = ProgressBar(look)
        self._head = self._build_head()
        self._menu = Button(look, "", "ghost", icon="menu-2", name="展开步骤")
        self._menu.clicked.connect(self.expand_requested)
        layout = QVBoxLayout(self)
        # One px at the right is the border line, drawn by the rule of the shell.
        layout.setContentsMargins(0, 0, 0, 4)
        layout.setSpacing(0)
        layout.addWidget(self._head)
        layout.addLayout(row(None, self._menu, None))
        layout.addWidget(self.steps, 1)
        self._foot_rule = Rule()
        layout.addWidget(self._foot_rule)
        layout.addSpacing(3)
        layout.addWidget(self.foot)
        look.changed.connect(self._fit)
        self._fit()

    def _build_head(self) -> QWidget:
        head = QWidget()
        layout = QVBoxLayout(head)
        layout.setContentsMargins(14, 9, 14, 8)
        layout.setSpacing(4)
        layout.addLayout(row(Label("填写进度", "small", "text2"), None, self._percent))
        layout.addWidget(self._bar)
        return head

    def set_rail(self, rail: bool) -> None:
        """Show the rail or the full sidebar."""
        self._rail = rail
        self.steps.set_rail(rail)
        self._fit()

    def _fit(self) -> None:
        rail = self._rail
        self._head.setVisible(not rail)
        self._menu.setVisible(rail)
        self._foot_rule.setVisible(not rail)
        self.foot.setVisible(not rail)
        width = self._look.scaled(RAIL_WIDTH) if rail else self._look.metric("sidebar")
        self.setFixedWidth(width)

    def show_state(self, steps: Sequence[NavEntry], foot: Sequence[NavEntry], percent: int | None) -> None:
        """Show the states of all steps and the progress; ``None`` is not known yet."""
        self.steps.set_entries(steps)
        self.foot.set_entries(foot)
        if percent is not None:
            self._percent.setText(f"{percent} %")
            self._bar.set_percent(percent)

    def show_current(self, name: str) -> None:
        """Mark the page that is shown."""
        self.steps.show_current(name)
        self.foot.show_current(name)
