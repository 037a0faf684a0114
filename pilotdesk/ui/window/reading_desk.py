"""While drafts may only be looked at: what is said, and the way back to writing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from pilotdesk.errors import StoreError
from pilotdesk.ui.look.plain_text import plain_tip

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.window.main_window import MainWindow
    from pilotdesk.ui.window.workspace import Workspace

AGAIN = "看能不能改了"
WRITING: Final = ("undo", "redo", "save")
"""Commands that write."""


class ReadingDesk(QObject):
    """Says of open drafts that they may only be looked at.

    Signals:
        again_requested: whether the data may be written by now is to be looked at again.
    """

    again_requested = Signal()

    def __init__(self, window: MainWindow, look: Look, store: DraftStore) -> None:
        super().__init__(window)
        self._window = window
        self._look = look
        self._store = store

    def mark(self, workspace: Workspace) -> bool:
        """Put the reason over the pages of a draft that may only be looked at; returns whether it is one."""
        if not workspace.session.is_read_only:
            return False
        from pilotdesk.ui.components.notice_strip import NoticeStrip

        refusal = self._store.access.refusal
        why = str(refusal)
        strip = NoticeStrip(self._look, f"**只能看。** {why}", AGAIN, icon="lock")
        strip.asking.setHidden(refusal is not None and refusal.code == "moving")  # it opens again by itself
        strip.chosen.connect(self.again_requested)
        shell = workspace.shell
        shell.hold_notice(strip)
        shell.safety.saved.show_part("只读，不存", "lock", "text2")
        shell.safety.saved.setToolTip(plain_tip(why))
        shell.footer.show_promise("只能看，这里不存")
        shell.stack.setToolTip(plain_tip(why))  # of every field that has none of its own
        if workspace.commands is not None:
            for name in WRITING:
                workspace.commands.actions[name].setEnabled(False)
                workspace.commands.actions[name].setToolTip(plain_tip(why))
        return True

    def on_lost(self) -> None:
        """Another computer has taken the data over: nothing is written here any more, and the user hears why."""
        from pilotdesk.ui.dialogs.asking import tell

        refusal = StoreError("store_taken_over")
        self._store.access.refusal = refusal
        self.hold_still()
        tell(self._window, self._look, "这里不再存", str(refusal))

    def hold_still(self) -> None:
        """What is on the screen stays to be read; nothing more can be typed that would be lost."""
        from pilotdesk.ui.editors.base import FieldEditor

        workspace, desk = self._window.workspace, self._window.desk
        if workspace is not None:
            workspace.navigator.commit()
            workspace.session.is_read_only = True
            for page in workspace.navigator.pages():
                widgets: Iterable[QWidget] = page.findChildren(QWidget)
                for widget in widgets:
                    if isinstance(widget, FieldEditor):
                        widget.setEnabled(widget.stays_enabled)
            self.mark(workspace)
        elif desk is not None:
            desk.show_projects()
