"""The window and the open draft as all rooms between the pages and the window know them; the window's room fills them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pilotdesk.drafts.records import DraftCard
    from pilotdesk.projects.overview import Overview
    from pilotdesk.projects.shelf import Shelf
    from pilotdesk.session import Session
    from pilotdesk.ui.dialogs.display import Display
    from pilotdesk.ui.navigation.navigator import Navigator
    from pilotdesk.ui.navigation.opening import Opening
    from pilotdesk.ui.tasks.autosave import Autosave
    from pilotdesk.ui.tasks.worker import TaskRunner

    MoreAction = tuple[str, Callable[[], object]]
    """Words of a menu and what they do."""


class OpenDraft(QWidget):
    """An open draft on the screen.

    Attributes:
        session: the draft.
        autosave: keeps it; ``None`` where it is only looked at.
        navigator: its pages.
        more_actions: what the menu has for this draft only.

    Signals:
        backups_requested: the copies were asked for in the safety bar.
        remedy_requested: name of a broken promise of the bar that is not the storing itself.
        history_requested: path of the field whose history is asked for in its hints.
        closed: the draft is stored and let go of.
    """

    backups_requested = Signal()
    remedy_requested = Signal(str)
    history_requested = Signal(str)
    closed = Signal()

    session: Session
    autosave: Autosave | None
    navigator: Navigator
    more_actions: list[MoreAction]

    def flush(self) -> bool:
        """Write what is in an open editor, and store it; whether everything is stored."""
        raise NotImplementedError

    def undo(self) -> None:
        """Take the last step back and show where it was."""
        raise NotImplementedError

    def taking_back(self, undo: Callable[[], object] | None = None) -> Callable[[], None]:
        """What a toast's 撤销 does about the step just done; ``undo`` is what takes it back, ``None`` for Ctrl+Z."""
        raise NotImplementedError

    def hold_notice(self, notice: QWidget) -> None:
        """Put something to know over the pages, above everything else of them."""
        raise NotImplementedError


class ProgramWindow(QWidget):
    """The one window of the program: start page, open draft, or the province's desk.

    Attributes:
        runner: does work off the window's thread. display: sizes and colours.
        opening: the way from an empty window to an open draft.
        workspace: the open draft; ``None`` while there is none.

    Signals:
        menu_wanted: Alt was pressed alone. start_shown: the start page stands, with the projects as they are.
        closed: everything is stored, and the window is gone.
    """

    closed, menu_wanted, start_shown = Signal(), Signal(), Signal()

    runner: TaskRunner
    display: Display
    opening: Opening
    workspace: OpenDraft | None

    @property
    def shelf(self) -> Shelf:
        """All drafts."""
        raise NotImplementedError

    def show_done(self, text: str, action: str = "", undo: Callable[[], object] | None = None) -> None:
        """See :class:`pilotdesk.ui.navigation.services.Toasts`."""
        raise NotImplementedError

    def show_start(self) -> None:
        """Go to the start page; an open draft is stored and closed."""
        raise NotImplementedError

    def refresh_start(self) -> None:
        """Show the projects as they are now, if the start page stands."""
        raise NotImplementedError

    def show_page(self, page: QWidget, title: str) -> None:
        """Show a page that is neither start page nor draft; see :meth:`may_leave` before."""
        raise NotImplementedError

    def open_draft(self, draft_id: str, page: str = "") -> None:
        """Open a stored draft at a page; empty is where it was left, or the first step."""
        raise NotImplementedError

    def open_package(self, source: Path) -> None:
        """Take a package in and open it; read and stored off the window's thread, which may be left."""
        raise NotImplementedError

    def may_leave(self) -> bool:
        """Whether what is open is stored, or the user gives up what could not be; a desk is closed."""
        raise NotImplementedError

    def flush(self) -> bool:
        """Store what is pending; whether everything is stored."""
        raise NotImplementedError


class ProjectTold(Protocol):
    """A project on the start page, of which others have something to say."""

    project: Overview
    draft: DraftCard

    def show_notice(
        self, said: str, button: str, action: Callable[[], object], *, icon: str = "refresh"
    ) -> None:
        """Say something of the draft in a line of its own, with one thing to do about it."""
