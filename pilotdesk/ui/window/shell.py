"""The frame around a draft: header, sidebar, page, hints and safety bar, arranged by the window's size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pilotdesk.ui.components.basic import Button, Rule, Surface, row
from pilotdesk.ui.components.overlay import SidePanel
from pilotdesk.ui.look.breakpoints import Arrangement, arrange
from pilotdesk.ui.safety.bar import SafetyBar
from pilotdesk.ui.steps.step_head import StepHead
from pilotdesk.ui.window.footer import Footer
from pilotdesk.ui.window.header import Header
from pilotdesk.ui.window.sidebar import Sidebar

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from pilotdesk.ui.look.settings import Settings
    from pilotdesk.ui.look.theme import Look


class ReturnStrip(Surface):
    """回到检查（还剩 1 处）: stands over a page that one came to from the check page.

    Signals:
        chosen: go back.
    """

    chosen = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__("bg")
        self._button = Button(look, "", "link", small=True, icon="arrow-left")
        self._button.clicked.connect(self.chosen)
        close = Button(look, "", "ghost", small=True, icon="x", name="收起")
        close.clicked.connect(self.hide)
        line = row(self._button, None, close)
        line.setContentsMargins(22, 2, 14, 2)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(line)
        outer.addWidget(Rule())
        self.hide()

    def show_left(self, count: int) -> None:
        """Offer the way back, with the number of issues left."""
        self._button.set_text(f"回到检查（还剩 {count} 处）")
        self.show()


class Shell(QWidget):
    """Holds the parts and arranges them; what they do is wired by the desk.

    Signals:
        rearranged: the arrangement changed.
    """

    rearranged = Signal()

    def __init__(self, look: Look, settings: Settings) -> None:
        super().__init__()
        self._look = look
        self._settings = settings
        self._wide = False
        self._headed = True
        self._hints: QWidget | None = None
        self.arrangement: Arrangement = arrange(1366, 697, look.theme.factor)
        self.header = Header(look)
        self.sidebar = Sidebar(look)
        self.strip = ReturnStrip(look)
        self.head = StepHead(look)
        self.stack = QStackedWidget()
        self.footer = Footer(look)
        self.safety = SafetyBar(look)
        self._dock = Surface("bg")
        self._dock_layout = QHBoxLayout(self._dock)
        self._body = QWidget()
        self.overlay = SidePanel(look, self._body)
        self._build()
        look.changed.connect(self.rearrange)

    def _build(self) -> None:
        center = Surface("surface")
        self._column = column = QVBoxLayout(center)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.strip, self.head):
            column.addWidget(widget)
        column.addWidget(self.stack, 1)
        column.addWidget(self.footer)
        self._dock_layout.setContentsMargins(0, 0, 0, 0)
        self._dock_layout.setSpacing(0)
        self._dock_layout.addWidget(Rule(vertical=True))
        body = QHBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self.sidebar)
        body.addWidget(Rule(vertical=True))
        body.addWidget(center, 1)
        body.addWidget(self._dock)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.header)
        outer.addWidget(Rule())
        outer.addWidget(self._body, 1)
        outer.addWidget(self.safety)

    def hold_notice(self, notice: QWidget) -> None:
        """Put something to know over the page, above everything else of it."""
        self._column.insertWidget(0, notice)

    def focus_next(self) -> None:
        """Give the focus to 下一步, wherever it stands now; pressing it is one more Enter."""
        button = self.head.next if self.arrangement.compact else self.footer.next
        button.setFocus(Qt.FocusReason.TabFocusReason)

    # -- hints -----------------------------------------------------------------------------------

    def hold_hints(self, panel: QWidget) -> None:
        """Take the hint panel in."""
        self._hints = panel
        self.rearrange()

    @property
    def hints_shown(self) -> bool:
        """Whether the hint panel is docked or open over the page."""
        return self._dock.isVisibleTo(self) or self.overlay.isVisible()

    def hint_areas(self) -> list[QWidget]:
        """The hint panel where it is shown; empty elsewhere."""
        return [self._hints] if self._hints is not None and self._hints.isVisible() else []

    def open_hints(self) -> None:
        """Show the hints, over the page where they are not docked."""
        if not self.hints_shown:
            self.overlay.open_over()

    def toggle_hints(self) -> None:
        """F1: dock or undock where there is room, else open or close it over the page."""
        roomy = arrange(self.width(), self.height(), self._look.theme.factor, wide=self._wide).hints_docked
        if roomy:
            self._settings.keep(hints_open=not self._settings.choices.hints_open)
            self.rearrange()
        elif self.overlay.isVisible():
            self.overlay.close_panel()
        else:
            self.overlay.open_over()

    # -- arranging -------------------------------------------------------------------------------

    def show_kind(self, *, wide: bool, headed: bool) -> None:
        """Fit to the page shown: whether it is wide, and whether it is a step with heading and footer."""
        self._wide, self._headed = wide, headed
        self.overlay.hide()
        self.rearrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: arrange anew; focus and scroll position stay."""
        super().resizeEvent(event)
        self.rearrange()

    def rearrange(self) -> None:
        """Arrange for the present size, type size and choices."""
        choices = self._settings.choices
        now = arrange(
            self.width(),
            self.height(),
            self._look.theme.factor,
            sidebar_open=choices.sidebar_open,
            hints_open=choices.hints_open,
            wide=self._wide,
        )
        self.arrangement = now
        self.header.arrange(now)
        self.sidebar.set_rail(now.rail)
        self.safety.set_compact(now.compact)
        self.head.arrange(now, hints_shown=now.hints_docked)
        self.head.setVisible(self._headed)
        self.footer.setVisible(self._headed and not now.compact)
        self._place_hints(now)
        self.rearranged.emit()

    def _place_hints(self, now: Arrangement) -> None:
        docked = now.hints_docked and self._headed
        self._dock.setVisible(docked)
        self._dock.setFixedWidth(self._look.metric("hint_panel"))
        if self._hints is None:
            return
        if docked and self._hints.parentWidget() is not self._dock:
            self.overlay.hide()
            self._dock_layout.addWidget(self._hints)
        elif not docked and self._hints.parentWidget() is not self.overlay:
            self.overlay.hold(self._hints)
        if self.overlay.isVisible():
            self.overlay.place()
