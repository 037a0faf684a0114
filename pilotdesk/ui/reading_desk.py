"""While drafts may only be looked at: what is said, and the way back to writing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from pilotdesk.errors import StoreError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.ui.theme import Look
    from pilotdesk.ui.workspace import Workspace

AGAIN = "看能不能改了"


class ReadingDesk(QObject):
    """Says of open drafts that they may only be looked at.

    Signals:
        again_requested: whether the data may be written by now is to be looked at again.
    """

    again_requested = Signal()

    def __init__(self, window: QWidget, look: Look, store: DraftStore) -> None:
        super().__init__(window)
        self._window = window
        self._look = look
        self._store = store

    def mark(self, workspace: Workspace) -> bool:
        """Put the reason over the pages of a draft that may only be looked at; returns whether it is one."""
        if not workspace.session.is_read_only:
            return False
        from pilotdesk.ui.notice_strip import NoticeStrip

        strip = NoticeStrip(self._look, f"**只能看。** {self._store.access.refusal}", AGAIN, icon="lock")
        strip.chosen.connect(self.again_requested)
        workspace.shell.hold_notice(strip)
        workspace.shell.safety.saved.show_part("只读，不存", "lock", "text2")
        return True

    def on_lost(self) -> None:
        """Another computer has taken the data over: nothing is written here any more, and the user hears why."""
        from pilotdesk.ui.dialogs import tell

        refusal = StoreError("store_taken_over")
        self._store.access.refusal = refusal
        tell(self._window, self._look, "这里不再存", str(refusal))
