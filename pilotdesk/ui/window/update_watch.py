"""Looks for newer, signed files on sticks: once the window stands, and when one comes back to it; nobody waits for it."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from pilotdesk.ui.tasks.worker import TaskRunner
from pilotdesk.ui.updates.desk import updates_desk_of
from pilotdesk.ui.updates.strip import UpdateStrip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pilotdesk.errors import PilotDeskError
    from pilotdesk.ui.look.settings import Settings
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.tasks.worker import Progress, Runner
    from pilotdesk.ui.window.main_window import MainWindow
    from pilotdesk.updates.sticks import Found

AGAIN_S: Final = 60
"""Seconds between two searches: a stick is plugged in while the window is behind another, which is not rare."""
REMEMBERED: Final = 50
"""Files that the user does not want to hear of again."""


class StickWatch(QObject):
    """Puts a strip over the start page when something is found; takes it away when the stick is gone.

    Args:
        window: whose start page it is. look: the theme in force.
        settings: remember what the user does not want to hear of again.
        runner: works off the window's thread; of its own without one, so that a slow stick holds nothing else up.
        search: what is on the sticks; the real ones without it.
        seconds: a clock that nobody can set.

    Attributes:
        strip: what is shown; ``None`` for nothing.
    """

    def __init__(
        self,
        window: MainWindow,
        look: Look,
        settings: Settings,
        *,
        runner: Runner | None = None,
        search: Callable[[], Sequence[Found]] | None = None,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._look = look
        self._settings = settings
        own = TaskRunner(self)
        self._own = own if runner is None else None
        self._runner: Runner = runner or own
        self._search = search or on_sticks
        self._seconds = seconds
        self._due_at = 0.0
        self._is_looking = False
        self._is_stale = False
        self._found: tuple[Found, ...] = ()
        self.strip: UpdateStrip | None = None
        updates_desk_of(window, look).changed.connect(self._on_changed)
        window.start_shown.connect(self._on_start_shown)
        window.installEventFilter(self)

    def look(self) -> None:
        """Search, unless that was done a moment ago or is being done."""
        if self._is_looking or self._seconds() < self._due_at:
            return
        self._is_looking = True
        self._runner.run(partial(_work, self._search), self._on_found, failed=self._on_failed)

    def _on_found(self, found: Sequence[Found]) -> None:
        self._is_looking = False
        if self._is_stale:
            self._on_changed()
            return
        self._due_at = self._seconds() + AGAIN_S
        newest = sorted(found, key=lambda one: one.made, reverse=True)
        self._found = tuple(
            sorted(newest, key=lambda one: one.kind != "program")
        )  # it may bring the packs along
        self._show()

    def _on_failed(self, _trouble: PilotDeskError) -> None:
        """A stick that cannot be read is none of the user's business until he opens a file of it."""
        self._on_found(())

    def _on_start_shown(self) -> None:
        self._show()
        self.look()

    def _on_changed(self) -> None:
        """What is new here is another question now; also for a search that began before."""
        self._is_stale = self._is_looking
        self._due_at = 0.0
        self.look()

    # -- the strip -------------------------------------------------------------------------------

    def _show(self) -> None:
        """Show the first that the user did not put off; the start page may not be there yet."""
        later = self._settings.choices.updates_later
        wanted = next((one for one in self._found if one.sha256 not in later), None)
        desk = self._window.desk
        if desk is None or (self.strip is not None and self.strip.found == wanted):
            return
        if self.strip is not None:
            self.strip.hide()
            self.strip.deleteLater()
            self.strip = None
        if wanted is not None:
            self.strip = UpdateStrip(self._look, wanted)
            self.strip.now_wanted.connect(self._on_now)
            self.strip.later_wanted.connect(self._on_later)
            desk.page.hold_notice(self.strip)
            QWidget.setTabOrder(desk.page.head.menu, self.strip.later)  # as one reads
            QWidget.setTabOrder(self.strip.later, self.strip.now)

    def _on_now(self, found: Found) -> None:
        updates_desk_of(self._window, self._look).take(found)

    def _on_later(self, found: Found) -> None:
        from pilotdesk.ui.dialogs.asking import guarded

        later = [*self._settings.choices.updates_later, found.sha256][-REMEMBERED:]
        guarded(self._window, self._look, lambda: self._settings.keep(updates_later=later))
        self._show()
        if not found.is_here:
            self._window.show_done("这个文件不再提醒；“更新…”里随时能装")

    # -- Qt --------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: look again when one comes back to the window; let go of the thread when the window goes."""
        if event.type() is QEvent.Type.WindowActivate and self._is_start_shown:
            self.look()
        elif event.type() is QEvent.Type.Hide and not event.spontaneous() and self._own is not None:
            self._own.close()
            self._is_looking = False
        return super().eventFilter(watched, event)

    @property
    def _is_start_shown(self) -> bool:
        desk = self._window.desk
        return desk is not None and desk.page.isVisible()


def on_sticks() -> Sequence[Found]:
    """What is on the sticks that are plugged in now."""
    from pilotdesk.updates.sticks import found_on, sticks

    return found_on(sticks())


def _work(search: Callable[[], Sequence[Found]], _progress: Progress) -> Sequence[Found]:
    """What was found and not been here before: who has undone something need not hear of it again. And what is covered."""
    from pilotdesk.updates.record import installed_updates
    from pilotdesk.updates.sticks import told_here

    found = search()
    known = {one.sha256 for one in installed_updates()} if found else set()
    return [*told_here(), *(one for one in found if one.sha256 not in known)]
