"""The window: start page or an open draft. It wires; the parts do."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from pilotdesk.errors import PilotDeskError
from pilotdesk.ui.components.alt_key import AltKey
from pilotdesk.ui.dialogs.display import Display
from pilotdesk.ui.look.geometry import restore, stored
from pilotdesk.ui.navigation.frame import ProgramWindow
from pilotdesk.ui.navigation.opening import Opening
from pilotdesk.ui.safety.promises import Promises
from pilotdesk.ui.tasks.first_paint import FirstPaint
from pilotdesk.ui.window.reading_desk import ReadingDesk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QCloseEvent, QResizeEvent
    from PySide6.QtWidgets import QApplication

    from pilotdesk.clock import Clock
    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.projects.shelf import Shelf
    from pilotdesk.session import Session
    from pilotdesk.ui.components.overlay import Toast
    from pilotdesk.ui.desk.door import DeskDoor
    from pilotdesk.ui.look.settings import Settings
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.navigation.page import Page
    from pilotdesk.ui.navigation.services import Services
    from pilotdesk.ui.safety.desk import SafetyDesk
    from pilotdesk.ui.start.desk import StartDesk
    from pilotdesk.ui.tasks.autosave import Autosave
    from pilotdesk.ui.tasks.worker import TaskRunner
    from pilotdesk.ui.window.workspace import Workspace

    Keeping = Autosave | None
TITLE = "PilotDesk 标准化试点申报"


class MainWindow(ProgramWindow):
    """Collaborators come through the constructor; the store is closed by who opened it."""

    workspace: Workspace | None = None

    def __init__(
        self,
        app: QApplication,
        look: Look,
        *,
        store: DraftStore,
        clock: Clock,
        settings: Settings,
        runner: TaskRunner,
    ) -> None:
        super().__init__()
        self.application = app
        self._look = look
        self._clock = clock
        self._settings = settings
        self.runner = runner
        self._store = store
        self.desk: StartDesk | None = None
        self.setWindowTitle(TITLE)
        self.setMinimumSize(640, 360)
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self.opening = Opening(self._stack, look, settings)
        self.display = Display(self, app, look, settings)
        self.reading = ReadingDesk(self, look, store)
        self.promises = Promises(self)
        AltKey(self).pressed_alone.connect(self.menu_wanted)
        restore(self, settings)
        FirstPaint(self, partial(self.opening.afterwards, self._add_rest))

    def _add_rest(self) -> None:
        """What nobody misses before the window and its first page stand."""
        from pilotdesk.ui.carriers.verify_desk import verify_desk_of
        from pilotdesk.ui.components.overlay import FocusRing

        FocusRing(self._look, self)
        verify_desk_of(self, self._look, self._clock)
        self.display.add_keys()

    @cached_property
    def shelf(self) -> Shelf:
        """All drafts; imported with its first use, so that the window stands before it."""
        from pilotdesk.projects.shelf import Shelf

        return Shelf(self._store, self._clock)

    @cached_property
    def toast(self) -> Toast:
        """The strip with 撤销."""
        from pilotdesk.ui.components.overlay import Toast

        return Toast(self._look, self)

    @cached_property
    def safety(self) -> SafetyDesk:
        """Backups and what is promised of them; imported once a draft stands."""
        from pilotdesk.ui.safety.desk import SafetyDesk

        return SafetyDesk(
            self, self._look, self._store.path.parent, clock=self._clock, runner=self.runner, toasts=self,
            promises=self.promises,
        )  # fmt: skip

    def show_done(self, text: str, action: str = "", undo: Callable[[], object] | None = None) -> None:
        """See :class:`pilotdesk.ui.navigation.services.Toasts`; the strip is made when there is something to say."""
        self.toast.show_done(text, action, undo)

    def _guarded(self, action: Callable[..., object], *given: object) -> None:
        """Do something that may meet expected trouble; its sentence is shown, and damage can be mended at once."""
        try:
            action(*given)
        except PilotDeskError as trouble:
            if trouble.code == "store_damaged":
                self.safety.offer_recovery()
                return
            from pilotdesk.ui.dialogs.asking import tell_trouble

            tell_trouble(self, self._look, trouble)

    def _show(self, page: QWidget) -> None:
        """Bring a page to the front; what stood there while it was being opened goes."""
        self._stack.setCurrentWidget(page)
        self.opening.go()

    # -- start page, and the province's desk -----------------------------------------------------

    def show_start(self) -> None:
        """See :class:`ProgramWindow`."""
        if not self.may_leave():
            return
        self._close_workspace()
        self.desk = self.desk or self._build_desk()
        self.desk.show_projects()
        self._show(self.desk.page)
        self.setWindowTitle(TITLE)
        self.start_shown.emit()

    def refresh_start(self) -> None:
        """See :class:`ProgramWindow`."""
        if self.desk is not None and self.desk.page.isVisible():
            self.desk.show_projects()

    def _build_desk(self) -> StartDesk:
        from pilotdesk.ui.window.start_wiring import wired_start

        desk = wired_start(self, self._look, clock=self._clock, settings=self._settings)
        self._stack.addWidget(desk.page)
        return desk

    @cached_property
    def door(self) -> DeskDoor:
        """The way to the province's desk; imported with its first use."""
        from pilotdesk.ui.desk.door import DeskDoor

        return DeskDoor(self, self._look, clock=self._clock, settings=self._settings)

    def show_page(self, page: QWidget, title: str) -> None:
        """See :class:`ProgramWindow`."""
        self._close_workspace()
        self._stack.addWidget(page)
        self._show(page)
        self.setWindowTitle(f"{title} - {TITLE}")

    # -- drafts ----------------------------------------------------------------------------------

    def open_draft(self, draft_id: str, page: str = "") -> None:
        """See :class:`ProgramWindow`."""
        self._guarded(self._open, draft_id, page)

    def open_sample(self) -> None:
        """Open the practice sample, making it first if need be."""
        self._guarded(lambda: self._open(self.shelf.sample()))

    def open_package(self, source: Path) -> None:
        """See :class:`ProgramWindow`."""
        from pilotdesk.ui.carriers.package_desk import PackageDesk

        self._guarded(PackageDesk(self, self._look, self._clock).open, source)

    def _open(self, draft_id: str, page: str = "") -> None:
        if not self.may_leave():
            return  # what is open may be this very draft: stored first, read then
        from pilotdesk.projects.draft_files import StoredFiles
        from pilotdesk.ui.navigation.navigator import place
        from pilotdesk.ui.navigation.services import Services
        from pilotdesk.ui.tasks.autosave import Autosave
        from pilotdesk.ui.window.pages import build_page, is_plain, title_of

        session = self.shelf.open(draft_id)
        self._close_workspace()
        autosave = None if session.is_read_only else Autosave(session, self._store, draft_id, self._clock)
        services = Services(
            look=self._look, runner=self.runner, clock=self._clock, settings=self._settings,
            attachments=StoredFiles(self.shelf.store, draft_id), toasts=self,
        )  # fmt: skip
        name = page or place(session, self._store.left_at(draft_id))
        if self.opening.view is None or not is_plain(session, name):
            self._lay_out_draft(session, services, autosave, name)
            return
        first = build_page(name, session, services, autosave, self.opening.view)
        lay_out = partial(self._lay_out_draft, session, services, autosave, name, first)
        self.opening.hold(first, title_of(session.form, name), lay_out)

    def _lay_out_draft(
        self, session: Session, services: Services, kept: Keeping, name: str, first: Page | None = None
    ) -> None:
        """Put the bars of the shell around the pages of a draft; ``first`` is the page of ``name``, if it is there."""
        from pilotdesk.ui.window.commands import Commands
        from pilotdesk.ui.window.workspace import Workspace

        workspace = Workspace(session, services, kept, first=first)
        workspace.commands = Commands(workspace, services)
        self.menu_wanted.connect(workspace.shell.header.menu_requested)
        workspace.home_requested.connect(self.show_start)
        workspace.display_requested.connect(self.display.open_below)
        if self.desk is not None:
            workspace.shell.header.show_pressing(len(self.desk.pressing))
            self.desk.pressing_changed.connect(workspace.shell.header.show_pressing)
        self.workspace = workspace
        self._stack.addWidget(workspace)
        self._show(workspace)
        workspace.shell.resize(self.size())
        FirstPaint(workspace, partial(self._look_after, workspace, services))
        workspace.open_at(name)

    def _look_after(self, workspace: Workspace, services: Services) -> None:
        """What belongs to an open draft, and what nobody misses before it is on the screen."""
        from pilotdesk.ui.window.draft_desks import look_after

        if self.workspace is workspace and not self.reading.mark(workspace):  # else it is closed already
            look_after(self, workspace, services)

    def may_leave(self) -> bool:
        """See :class:`ProgramWindow`."""
        self.opening.finish()
        if "door" in self.__dict__ and not self.door.leave():
            return False
        if self.workspace is None or self.workspace.autosave is None:
            return True
        self.workspace.navigator.commit()
        if self.workspace.autosave.flush():
            return True
        from pilotdesk.ui.window.draft_desks import gives_up

        return gives_up(self, self._look)

    def _close_workspace(self) -> None:
        if self.workspace is None:
            return
        self.workspace.close_draft()
        self._stack.removeWidget(self.workspace)
        self.workspace.deleteLater()
        self.workspace = None

    def flush(self) -> bool:
        """See :class:`ProgramWindow`."""
        stored = self.workspace is None or self.workspace.flush()
        return ("door" not in self.__dict__ or self.door.flush()) and stored

    # -- Qt --------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt: the toast stays where it belongs."""
        super().resizeEvent(event)
        if "toast" in self.__dict__:
            self.toast.place()

    def changeEvent(self, event: QEvent) -> None:
        """Qt: losing the focus is a flush point."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.flush()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Qt: everything is stored before the window goes; it stays while something cannot be stored."""
        if not self.may_leave():
            event.ignore()
            return
        self._close_workspace()
        if self.desk is not None:
            self.desk.close()
        self._guarded(lambda: self._settings.keep(geometry=stored(self, self._settings)))
        self.hide()  # nobody watches how a copy comes to its end
        self.runner.close()
        super().closeEvent(event)
        self.closed.emit()
