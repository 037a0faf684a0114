"""The page of the desk: header, quota, table, review and foot, arranged by the window's size; it wires, the parts do."""

from __future__ import annotations

import contextlib
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from pilotdesk.errors import ExportError
from pilotdesk.review.desk.records import Verdict
from pilotdesk.ui.components.basic import Rule, Surface
from pilotdesk.ui.components.notice_strip import NoticeStrip
from pilotdesk.ui.components.overlay import SidePanel
from pilotdesk.ui.desk.beside_jump import BesideJump
from pilotdesk.ui.desk.copies import DeskCopies
from pilotdesk.ui.desk.foot import DeskFoot
from pilotdesk.ui.desk.header import DeskHeader
from pilotdesk.ui.desk.intake_desk import IntakeDesk
from pilotdesk.ui.desk.keys import DeskKeys
from pilotdesk.ui.desk.left_side import LeftSide
from pilotdesk.ui.desk.outputs_menu import OutputsMenu
from pilotdesk.ui.desk.page_menu import open_menu, show_keys
from pilotdesk.ui.desk.panel import ReviewPanel
from pilotdesk.ui.dialogs.asking import ask_choice
from pilotdesk.ui.look.breakpoints import FULL
from pilotdesk.ui.look.tokens import DESK_PANEL_WIDTH
from pilotdesk.ui.tasks.worker import TaskRunner

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from pilotdesk.clock import Clock
    from pilotdesk.errors import DeskError
    from pilotdesk.ui.desk.sitting import Sitting
    from pilotdesk.ui.look.settings import Settings
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.navigation.services import Toasts
    from pilotdesk.ui.tasks.worker import Runner

AGAIN: Final = "看能不能改了"
MOVE: Final = "换个地方存…"
REMEDIES: Final = {"desk_full": MOVE, "desk_unwritable": MOVE, "desk_damaged": "重新打开"}
"""By the code of what went wrong; nothing for what needs no button."""
UNKEPT: Final = (
    "刚才写的还没有存上",
    "先别走。照下面红条里说的做，存上以后再离开；现在离开，最后写的几句就没有了。",
)
STILL: Final = ("还在收件", "停下来，已经收进来的都在；剩下的下次打开审核台会提醒接着收，不会重复。")


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
        clock: the time. runner: work off the window's thread. settings: where files went last, columns of the table.
            toasts: says what was done.

    Attributes:
        look: the theme in force. sitting: the open desk.
        header, left, area, panel, foot: its parts. over: the review, where it opens over the table.
        intake: takes in. outputs: papers. jump: to
            another submission and back. copies: of the desk's file. keys: the commands. looking, drawing: work for
            what is shown.

    Signals:
        home_requested: the start page is wanted.
        again_requested: the desk is to be opened anew, to write this time.
        move_requested: the desk is to be kept at another place.
        make_requested, choose_requested: another desk is to be made, or opened.
        display_requested: with the button to open the popup below.
    """

    home_requested = Signal()
    again_requested = Signal()
    move_requested = Signal()
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
        self.look = look
        self.sitting = sitting
        self._settings = settings
        self._toasts = toasts
        self.header = DeskHeader(look)
        self.foot = DeskFoot(look)
        self._body = QWidget()
        self._dock = Surface("surface")
        self._dock_line = QHBoxLayout(self._dock)
        self.over = PanelOver(look, self._body)
        self.outputs = OutputsMenu(
            self, look, sitting, clock=clock, runner=runner, toasts=toasts, folder=settings.choices.desk_folder
        )  # fmt: skip
        self.looking, self.drawing = TaskRunner(self), TaskRunner(self)
        self.left = LeftSide(look, sitting, drawing=self.drawing, settings=settings)
        self.area = self.left.area
        self.panel = ReviewPanel(look, sitting, runner=self.looking, clock=clock)
        self.jump = BesideJump(sitting, self.panel.points, toasts)
        self.copies = DeskCopies(sitting, clock, self)
        self.intake = IntakeDesk(self, look, sitting, clock=clock, runner=self.drawing)
        self._build()
        self.keys = DeskKeys(self, self._calls())
        self._connect()
        for editor in (self.panel.words.box.area, self.area.filters.search, self.left.material.search):
            editor.setAcceptDrops(False)  # a folder dropped on words is taken in like anywhere else
        self._show_rows()
        self.show_access()
        self._arrange()

    # -- making ----------------------------------------------------------------------------------

    def _build(self) -> None:
        self._dock_line.setContentsMargins(0, 0, 0, 0)
        self._dock_line.setSpacing(0)
        self._dock_line.addWidget(Rule(vertical=True))
        body = QHBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self.left, 1)
        body.addWidget(self._dock)
        self._outer = outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        for widget in (self.header, Rule(), self.intake.strip):
            outer.addWidget(widget)
        outer.addWidget(self._body, 1)
        outer.addWidget(self.foot)

    def _calls(self) -> dict[str, Callable[[], object]]:
        """What the commands of :data:`pilotdesk.ui.desk.keys.COMMANDS` do."""
        panel = self.panel
        return {
            "find": self.left.search,
            "next_one": partial(self.area.table.step, 1),
            "previous_one": partial(self.area.table.step, -1),
            "next_area": partial(_cycle, self),
            "previous_area": partial(_cycle, self),
            "material": self.left.turn,
            "passed": partial(self._in_panel, partial(panel.give, Verdict.PASSED)),
            "amend": partial(self._in_panel, partial(panel.give, Verdict.AMEND)),
            "refused": partial(self._in_panel, partial(panel.give, Verdict.REFUSED)),
            "next_doubt": partial(self._in_panel, panel.next_doubt),
            "previous_doubt": partial(self._in_panel, partial(panel.next_doubt, -1)),
            "phrases": partial(self._in_panel, panel.open_phrases),
            "save_and_next": panel.save_and_next,
            "tick": self.area.table.tick,
            "next_point": partial(self._in_panel, panel.next_point),
            "previous_point": partial(self._in_panel, partial(panel.next_point, -1)),
            "undo": self.undo,
            "save": panel.flush,
            "intake": self.intake.ask,
            "slips": self.outputs.slips,
            "summary": self.outputs.summary,
            "letter": self.outputs.letter,
            "back": self.jump.back,
            "changes": self.left.show_changes,
            "keys": partial(show_keys, self),
        }

    def _connect(self) -> None:
        header, sitting, calls = self.header, self.sitting, self.keys.actions
        header.home_requested.connect(self.home_requested)
        header.intake_requested.connect(calls["intake"].trigger)
        self.area.table.empty.intake_wanted.connect(calls["intake"].trigger)
        header.slips_requested.connect(calls["slips"].trigger)
        header.summary_requested.connect(calls["summary"].trigger)
        header.letter_requested.connect(calls["letter"].trigger)
        header.panel_requested.connect(self._turn_panel)
        header.menu_requested.connect(self.open_menu)
        self.foot.remedy_chosen.connect(self._on_remedy)
        self.area.table.activated.connect(self.open_panel)
        self.panel.next_wanted.connect(partial(self.area.table.step, 1))
        self.panel.previous_wanted.connect(partial(self.area.table.step, -1))
        self.panel.material_wanted.connect(self.left.show_material)
        self.panel.changes_wanted.connect(self.left.show_changes)
        self.panel.place_shown.connect(self.left.material.follow)
        self.left.material_opened.connect(self.over.hide)
        self.outputs.former_changed.connect(self.intake.cross)
        self.left.told.connect(self._toasts.show_done)
        self.left.material.say_wanted.connect(self._speak_of)
        sitting.changed.connect(self._show_rows)
        sitting.row_changed.connect(self._count)
        sitting.kept.connect(self.foot.show_kept)
        sitting.failed.connect(self._on_failed)
        self.intake.crossed.connect(self.copies.keep)
        self.copies.told.connect(self.foot.show_copied)
        self.copies.failed.connect(self._on_failed)
        self.look.changed.connect(self._arrange)

    # -- what is shown ---------------------------------------------------------------------------

    def begin(self) -> None:
        """Take the keyboard, with the first submission when none is looked at."""
        self.area.table.enter()

    def _show_rows(self) -> None:
        settings = self.sitting.desk.settings()
        self.header.show_desk(settings["province"], settings["round"])
        self._count()

    def _count(self) -> None:
        self.header.show_rows(self.sitting.rows.values())

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
            self.foot.show_trouble(str(trouble), REMEDIES.get(trouble.code, ""))

    def _on_remedy(self) -> None:
        if self.foot.remedy.text() == MOVE:
            self.move_requested.emit()
        else:
            self.again_requested.emit()

    def warn(self, sentence: str) -> None:
        """Say what is wrong with where the desk's file is, over everything else of the page."""
        strip = NoticeStrip(self.look, sentence, MOVE, icon="alert-triangle")
        strip.chosen.connect(self.move_requested)
        self._outer.insertWidget(2, strip)

    def open_menu(self) -> None:
        """The menu below its button."""
        open_menu(self)

    # -- doing -----------------------------------------------------------------------------------

    def _in_panel(self, action: Callable[[], object]) -> None:
        """Do something in the review; where it is not seen it opens first, and nothing is decided blindly."""
        if self.panel.isVisible():
            action()
        else:
            self.open_panel()

    def undo(self) -> None:
        """Take the last decision back; what is being written is stored first, and counts as one."""
        self.panel.flush()
        entry = self.sitting.undo()
        if entry is not None:
            from pilotdesk.review.outputs.log_words import undone_words

            self._toasts.show_done(undone_words(entry, self.sitting.rows.get(entry.key), self.sitting.pack))

    def _speak_of(self, place: str) -> None:
        self.open_panel()
        self.panel.speak_of(place)

    # -- arranging -------------------------------------------------------------------------------

    @property
    def effective(self) -> float:
        """Width of the page by the size of the type, px."""
        return self.width() / self.look.theme.factor

    def open_panel(self) -> None:
        """Show the review, over the table where there is no room beside it."""
        if self.panel.parentWidget() is self.over:
            self.over.open_over()
        self.panel.points.focus_current()
        self.panel.points.come_into_view()

    def _turn_panel(self) -> None:
        if self.over.isVisible():
            self.over.close_panel()
        else:
            self.open_panel()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: arrange anew; what is looked at stays."""
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Esc closes the material."""
        if event.key() == Qt.Key.Key_Escape and self.left.material.is_open:
            self.left.material.close_view()
        else:
            super().keyPressEvent(event)

    def _arrange(self) -> None:
        roomy = self.effective >= FULL
        self.header.arrange(self.effective, self.height())
        self.foot.arrange(self.effective, self.height())
        self.area.set_height(self.height())
        self._dock.setVisible(roomy)
        self._dock.setFixedWidth(self.look.scaled(DESK_PANEL_WIDTH))
        if roomy and self.panel.parentWidget() is not self._dock:
            self.over.hide()
            self._dock_line.addWidget(self.panel)
            self.panel.show()
        elif not roomy and self.panel.parentWidget() is not self.over:
            self.over.hold(self.panel)
        if self.over.isVisible():
            self.over.place()

    # -- the end ---------------------------------------------------------------------------------

    def flush(self) -> bool:
        """Store what is being written, wherever it is; whether everything is stored."""
        return all([self.panel.flush(), self.outputs.kept.flush()])

    def may_leave(self) -> bool:
        """Whether nothing is lost by leaving, or the user leaves it."""
        if not self.flush():
            return ask_choice(self, self.look, *UNKEPT, actions=("不要了，离开", "留下来")) == 0
        return not self.intake.is_running or (
            ask_choice(self, self.look, *STILL, actions=("停下，离开", "接着收")) == 0
        )

    def stop(self) -> None:
        """End what runs, and what would begin later: the page goes, and nobody reads the desk any more."""
        dialogs: list[QDialog] = list(self.findChildren(QDialog))
        for dialog in dialogs:
            dialog.reject()
        self.outputs.kept.stop()
        self.intake.close()
        self.copies.stop()
        timers: list[QTimer] = list(self.findChildren(QTimer))
        for timer in timers:
            timer.stop()
        self.left.material.close_page()
        for runner in (self.looking, self.drawing):
            runner.close()

    def close_desk(self) -> None:
        """End what runs, and let go of the desk's file."""
        self.stop()
        self.copies.finish()
        self.sitting.desk.close()
        with contextlib.suppress(ExportError):  # where papers go is asked every time
            self._settings.keep(desk_folder=self.outputs.folder)


def _cycle(page: DeskPage) -> None:
    """F6: from the table or the material to the review and back."""
    if page.panel.isAncestorOf(QApplication.focusWidget() or page):
        page.left.currentWidget().setFocus(Qt.FocusReason.ShortcutFocusReason)
    else:
        page.open_panel()
