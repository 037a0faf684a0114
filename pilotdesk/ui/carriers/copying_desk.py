"""The 录入助手 of an open draft: one window, kept in its place, gone with the draft."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from pilotdesk.errors import PilotDeskError
from pilotdesk.projects.copying import forget_places, keep_place, read_place

if TYPE_CHECKING:
    from pathlib import Path

    from pilotdesk.ui.carriers.copying_window import CopyingWindow
    from pilotdesk.ui.navigation.frame import OpenDraft, ProgramWindow
    from pilotdesk.ui.navigation.services import Services

WORDS: Final = "录入助手"
USE: Final = "往网上系统里录的时候，一栏一栏复制，记得录到哪里"


class CopyingDesk(QObject):
    """Opens the window of a draft and keeps where it is.

    Attributes:
        window: the open one; ``None`` while there is none.
    """

    def __init__(self, main: ProgramWindow, workspace: OpenDraft, services: Services) -> None:
        super().__init__(workspace)
        self._main = main
        self._workspace = workspace
        self._services = services
        self._folder: Path = main.shelf.store.path.parent
        self._broken = False
        self.window: CopyingWindow | None = None
        workspace.closed.connect(self.close)

    def open(self) -> None:
        """Show the window, at the right of the screen, where one stopped."""
        if self.window is None:
            self.window = self._made()
        self.window.showNormal()
        self.window.activateWindow()

    def _made(self) -> CopyingWindow:
        from pilotdesk.ui.carriers.copying_window import CopyingWindow

        session, store = self._workspace.session, self._main.shelf.store
        forget_places(self._folder, {card.draft_id for card in store.cards(deleted=True)})
        place = read_place(self._folder, session.identity.draft_id)
        window = CopyingWindow(self._services.look, session, place)
        window.moved.connect(self._keep)
        window.closed.connect(partial(self._forget, window))
        room = self._main.screen().availableGeometry()
        window.move(room.right() - window.width() - 12, max(room.top(), room.bottom() - window.height() - 48))
        return window

    def _keep(self) -> None:
        if self.window is None:
            return
        try:
            keep_place(self._folder, self._workspace.session.identity.draft_id, self.window.walk.place)
        except PilotDeskError as trouble:
            if not self._broken:  # said once: it is no answer that is lost
                self._services.toasts.show_done(f"记不住录到了哪里：{trouble}")
            self._broken = True
        else:
            self._broken = False

    def _forget(self, window: CopyingWindow) -> None:
        self._keep()
        if self.window is window:
            self.window = None
        window.deleteLater()

    def close(self) -> None:
        """Close the window; where it stopped is kept."""
        if self.window is not None:
            self.window.close()
