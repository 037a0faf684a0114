"""The page of the desk: header, quota, table, review and foot, arranged by the window's size; it wires, the parts do."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from pilotdesk.review.desk.records import Verdict
from pilotdesk.ui.breakpoints import FULL
from pilotdesk.ui.components import Rule, Surface
from pilotdesk.ui.components_overlay import SidePanel
from pilotdesk.ui.desk.foot import DeskFoot
from pilotdesk.ui.desk.header import DeskHeader
from pilotdesk.ui.desk.keys import DeskKeys
from pilotdesk.ui.desk.table_area import TableArea
from pilotdesk.ui.tokens import DESK_PANEL_WIDTH

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QResizeEvent

    from pilotdesk.clock import Clock
    from pilotdesk.errors import DeskError
    from pilotdesk.ui.desk.keys import More
    from pilotdesk.ui.desk.sitting import Sitting
    from pilotdesk.ui.services import Toasts
    from pilotdesk.ui.settings import Settings
    from pilotdesk.ui.theme import Look
    from pilotdesk.ui.worker import Runner

AGAIN: Final = "看能不能改了"


class PanelOver(SidePanel):
    """The review over the table, as wide as it is beside it."""

    def place(self) -> None:
        """Fit to the host's size."""
        host = self._host
        width = min(self._look.scaled(DESK_PANEL_WIDTH), host.width())
        self.setGeometry(host.width() - width, 0, width, host.height())


class DeskPage(QWidget):
    """What a province works at.

    Args:
        look: the theme in force.
        sitting: the open desk; :meth:`close_desk` closes it.
        clock: the time. runner: work off the window's thread. settings: where files went last. toasts: says what was done.

    Signals:
        home_requested: the start page is wanted.
        again_requested: the desk is to be opened anew, to write this time.
        make_requested, choose_requested: another desk is to be made, or opened.
        display_requested: with the button to open the popup below.
    """

    home_requested = Signal()
    again_requested = Signal()
    make_requested = Signal()
    choose_requested = Signal()
    display_requested = Signal(QWidget)

    def __init__(
        self,
        look: Look,
        sitting: Sitting,
        *,
        clock: Clock,
        runner: Runner,
        settings: Settings,
        toasts: Toasts,
    ) -> None:
        super().__init__()
        self._look = look
        self.sitting = sitting
        self._clock = clock
        self._runner = runner
        self._settings = settings
        self._toasts = toasts
        self.header = DeskHeader(look)
        self.foot = DeskFoot(look)
        self._body = QWidget()
        self._dock = Surface("surface")
        self._dock_line = QHBoxLayout(self._dock)
        self.over = PanelOver(look, self._body)
        self._left = QStackedLayout()
        self.area = TableArea(look, sitting)
        self._build()
        self.keys = DeskKeys(self, self._calls())
        self._connect()
        self._show_rows()
        self.show_access()
        self._arrange()

    # -- making ----------------------------------------------------------------------------------

    def _build(self) -> None:
        self.panel = self._build_panel()
        self._dock_line.setContentsMargins(0, 0, 0, 0)
        self._dock_line.setSpacing(0)
        self._dock_line.addWidget(Rule(vertical=True))
        self._left.addWidget(self.area)
        body = QHBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addLayout(self._left, 1)
        body.addWidget(self._dock)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        for widget in (self.header, Rule()):
            outer.addWidget(widget)
        outer.addWidget(self._body, 1)
        outer.addWidget(self.foot)

    def _build_panel(self) -> QWidget:
        """The review of one submission; it stands here once it is there."""
        return Surface("surface")

    def _calls(self) -> dict[str, Callable[[], object]]:
        """What the commands of :data:`pilotdesk.ui.desk.keys.COMMANDS` do."""
        return {
            "find": self.area.filters.focus_search,
            "next_one": partial(self.area.table.step, 1),
            "previous_one": partial(self.area.table.step, -1),
            "next_area": partial(self._cycle, 1),
            "previous_area": partial(self._cycle, -1),
            "material": self.open_panel,
            "passed": partial(self.judge, Verdict.PASSED),
            "amend": partial(self.judge, Verdict.AMEND),
            "refused": partial(self.judge, Verdict.REFUSED),
            "next_doubt": self.open_panel,
            "previous_doubt": self.open_panel,
            "phrases": self.open_panel,
            "save_and_next": partial(self.area.table.step, 1),
            "tick": self.area.table.tick,
            "undo": self.undo,
            "intake": self.open_panel,
            "slips": self.open_panel,
            "summary": self.open_panel,
            "letter": self.open_panel,
        }

    def _connect(self) -> None:
        header, sitting, calls = self.header, self.sitting, self.keys.actions
        header.home_requested.connect(self.home_requested)
        header.intake_requested.connect(calls["intake"].trigger)
        header.slips_requested.connect(calls["slips"].trigger)
        header.summary_requested.connect(calls["summary"].trigger)
        header.letter_requested.connect(calls["letter"].trigger)
        header.panel_requested.connect(self.open_panel)
        header.menu_requested.connect(self.open_menu)
        self.foot.remedy_chosen.connect(self.again_requested)
        self.area.table.activated.connect(self.open_panel)
        sitting.changed.connect(self._show_rows)
        sitting.row_changed.connect(self._show_rows)
        sitting.kept.connect(self.foot.show_kept)
        sitting.failed.connect(self._on_failed)
        self._look.changed.connect(self._arrange)

    # -- what is shown ---------------------------------------------------------------------------

    def _show_rows(self) -> None:
        settings = self.sitting.desk.settings()
        self.header.show_desk(settings["province"], settings["round"], self.sitting.rows.values())

    def show_access(self) -> None:
        """Grey what cannot be done while the desk can only be looked at, and say why, once, in the foot."""
        refusal = self.sitting.desk.access.refusal
        reason = str(refusal) if refusal is not None else ""
        self.header.hold(reason)
        self.keys.hold(reason)
        self.foot.hold(reason, AGAIN if reason else "")

    def _on_failed(self, trouble: DeskError) -> None:
        if self.sitting.is_look_only:
            self.show_access()
        elif trouble.code == "desk_nothing_to_undo":
            self._toasts.show_done(str(trouble))
        else:
            self.foot.show_trouble(str(trouble))

    def open_menu(self) -> None:
        """The menu below its button."""
        self.keys.open_menu(self.header.menu, self._more())

    def _more(self) -> Sequence[More]:
        return (
            ("字号和颜色…", "", partial(self.display_requested.emit, self.header.menu)),
            ("打开别的审核台…", "", self.choose_requested.emit),
            ("新建审核台…", "", self.make_requested.emit),
        )

    # -- doing -----------------------------------------------------------------------------------

    def judge(self, verdict: Verdict) -> None:
        """Say something of the point that is looked at."""

    def undo(self) -> None:
        """Take the last decision back."""
        if self.sitting.undo() is not None:
            self._toasts.show_done("撤销了上一步")

    def areas(self) -> list[QWidget]:
        """What F6 goes round."""
        return [self.area, self.panel]

    def _cycle(self, by: int) -> None:
        areas, focused = self.areas(), QApplication.focusWidget()
        inside = [area for area in areas if focused is not None and area.isAncestorOf(focused)]
        at = areas.index(inside[-1]) + by if inside else 0
        areas[at % len(areas)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- arranging -------------------------------------------------------------------------------

    @property
    def effective(self) -> float:
        """Width of the page by the size of the type, px."""
        return self.width() / self._look.theme.factor

    def open_panel(self) -> None:
        """Show the review, over the table where there is no room beside it."""
        if self.panel.parentWidget() is self.over:
            self.over.open_over()
        self.panel.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: arrange anew; what is looked at stays."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        roomy = self.effective >= FULL
        self.header.arrange(self.effective)
        self.foot.arrange(self.effective)
        self.area.set_height(self.height())
        self._dock.setVisible(roomy)
        self._dock.setFixedWidth(self._look.scaled(DESK_PANEL_WIDTH))
        if roomy and self.panel.parentWidget() is not self._dock:
            self.over.hide()
            self._dock_line.addWidget(self.panel)
            self.panel.show()
        elif not roomy and self.panel.parentWidget() is not self.over:
            self.over.hold(self.panel)
        if self.over.isVisible():
            self.over.place()

    # -- the end ---------------------------------------------------------------------------------

    def commit(self) -> None:
        """Store what is still in an open editor."""

    def may_leave(self) -> bool:
        """Whether nothing is lost by leaving, or the user leaves it."""
        return True

    def close_desk(self) -> None:
        """Store what is open, and let go of the desk's file."""
        self.commit()
        self.sitting.desk.close()
