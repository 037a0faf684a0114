"""Leads to the history of the open draft, and does what is wanted there: restore, undo, name a version."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLineEdit

from pilotdesk.errors import PilotDeskError
from pilotdesk.ui.dialogs.asking import Dialog, tell_trouble

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

    from pilotdesk.clock import Clock
    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.forms.values import Value
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.navigation.frame import OpenDraft
    from pilotdesk.ui.versions.history_dialog import HistoryDialog

HISTORY_WORDS: Final = "历史…"
NAME_LENGTH: Final = 40


class HistoryDesk(QObject):
    """What the menu of a draft and the hints of a field lead to.

    Attributes:
        dialog: the history while it is open, else ``None``.
    """

    def __init__(self, window: QWidget, look: Look, store: DraftStore, clock: Clock) -> None:
        super().__init__(window)
        self._window = window
        self._look = look
        self._store = store
        self._clock = clock
        self.dialog: HistoryDialog | None = None

    def look_after(self, workspace: OpenDraft) -> None:
        """Of an open draft: fill its menu, listen to its hints, thin a history that has grown long."""
        workspace.more_actions.append((HISTORY_WORDS, lambda: self.open(workspace)))
        workspace.history_requested.connect(lambda path: self.open(workspace, path))
        try:
            self._store.histories.thin(workspace.session.identity.draft_id)
        except PilotDeskError:
            return  # nothing is lost by it; what is wrong with the database is said where something is to be stored

    def open(self, workspace: OpenDraft, path: str = "") -> None:
        """Show the history of the draft, or of the field of a path."""
        from pilotdesk.ui.versions.history_dialog import HistoryDialog

        workspace.flush()
        draft_id = workspace.session.identity.draft_id
        try:
            dialog = HistoryDialog(
                self._window, self._look, workspace.session.form,
                read=lambda: self._store.histories.read(draft_id), today=self._clock.today(),
            )  # fmt: skip
        except PilotDeskError as trouble:
            tell_trouble(self._window, self._look, trouble)
            return
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.destroyed.connect(self._on_closed)
        dialog.restore_wanted.connect(lambda values, words: self._restore(workspace, values, words))
        dialog.undo_wanted.connect(lambda: self._undo(workspace))
        dialog.name_wanted.connect(lambda seq, name: self._name(draft_id, seq, name))
        dialog.show_past(path)
        dialog.grow_within(self._window, self._look.scaled(420))
        self.dialog = dialog
        dialog.open()
        dialog.list.setFocus()

    def _on_closed(self) -> None:
        self.dialog = None

    def _restore(self, workspace: OpenDraft, values: Mapping[str, Value], words: str) -> None:
        """Put values back as one step; the history says that they were restored."""
        workspace.session.set_values(values, "restored", prefill=False)
        self._renew(workspace, f"恢复好了：{words}", undoable=True)

    def _undo(self, workspace: OpenDraft) -> None:
        workspace.session.undo()
        self._renew(workspace, "撤销了，和恢复以前一样。", undoable=False)

    def _renew(self, workspace: OpenDraft, said: str, *, undoable: bool) -> None:
        workspace.flush()
        if self.dialog is not None:
            self.dialog.renew(said, undoable=undoable)

    def _name(self, draft_id: str, seq: int, name: str) -> None:
        wanted = ask_version_name(self._window, self._look, name)
        if wanted is None or self.dialog is None:
            return
        try:
            self._store.histories.name_version(draft_id, wanted, seq, at=self._clock.stamp())
        except PilotDeskError as trouble:
            tell_trouble(self._window, self._look, trouble)
            return
        self.dialog.renew(f"这一版叫“{wanted}”，以后一直留着。" if wanted else "名字去掉了。", undoable=False)


class VersionNameDialog(Dialog):
    """One line for a name."""

    def __init__(self, parent: QWidget, look: Look, name: str) -> None:
        text = "起了名的一版一直留着，整理旧记录时也不会去掉。" + ("空着就是去掉名字。" if name else "")
        super().__init__(parent, look, "给这一版起名", text, "flag")
        self.name = QLineEdit(name)
        self.name.setMaxLength(NAME_LENGTH)
        self.name.setPlaceholderText("如：交第一稿前")
        self.add_field("名字", self.name)
        self.add_actions(("不起了", "就叫这个"))


def ask_version_name(parent: QWidget, look: Look, name: str) -> str | None:
    """Ask what a version is to be called; ``None`` when it was left, empty for no name."""
    dialog = VersionNameDialog(parent, look, name)
    dialog.name.setFocus()
    dialog.exec()
    dialog.deleteLater()
    return dialog.name.text().strip() if dialog.chosen == 1 else None
