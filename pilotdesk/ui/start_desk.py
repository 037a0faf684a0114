"""What the start page's buttons do: make, hand out and delete projects, copy everything, show what to read."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from pilotdesk.drafts.backups import backups
from pilotdesk.ui.dialogs import ask_folder, ask_new_project, ask_package_target, guarded
from pilotdesk.ui.project_card import ProjectCard
from pilotdesk.ui.start_page import StartPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pilotdesk.clock import Clock
    from pilotdesk.ui.components_overlay import Toast
    from pilotdesk.ui.dialogs import NewProject
    from pilotdesk.ui.project_card import DraftTile
    from pilotdesk.ui.shelf import Shelf
    from pilotdesk.ui.theme import Look
    from pilotdesk.ui.version_desk import VersionDesk

DELETE_MS: Final = 8_000
"""As long as the offer to take a deletion back stands."""


class StartDesk(QObject):
    """The start page and what stands behind it.

    Signals:
        made: id of a draft that was made and wants to be opened.
    """

    made = Signal(str)

    def __init__(self, window: QWidget, look: Look, shelf: Shelf, *, clock: Clock, toast: Toast) -> None:
        super().__init__(window)
        self._window = window
        self._look = look
        self._shelf = shelf
        self._clock = clock
        self._toast = toast
        self._to_delete: list[str] = []
        self._delete_timer = QTimer(self, singleShot=True, interval=DELETE_MS)
        self._delete_timer.timeout.connect(self.delete_now)
        self.page = StartPage(look, shelf.round(), clock.today(), shelf.store.path.parent)
        self.page.packed.connect(self._on_pack)
        self.page.deleted.connect(self._on_delete)
        self.page.new_requested.connect(self._on_new)
        self.page.notice_requested.connect(self._on_notice)
        self.page.copy_requested.connect(self._on_copy)
        self.page.help_requested.connect(self._on_help)
        self.page.card_made.connect(self._on_card_made)

    @cached_property
    def versions(self) -> VersionDesk:
        """What is done about newer versions of forms; imported once the page stands."""
        from pilotdesk.ui.version_desk import VersionDesk

        desk = VersionDesk(self._window, self._look, self._shelf.store, self._clock, self._toast)
        desk.converted.connect(self.made)
        return desk

    def _on_card_made(self, card: DraftTile) -> None:
        card.more_actions = lambda: self.versions.actions_for(card.draft)
        if isinstance(card, ProjectCard):
            QTimer.singleShot(0, card, lambda: self.versions.mark(card))

    def show_projects(self) -> None:
        """Show the drafts as they are now."""
        cards = [card for card in self._shelf.cards() if card.draft_id not in self._to_delete]
        copies = backups(self._shelf.store)
        today = self._clock.today().isoformat()
        last = copies[-1].time if copies and copies[-1].day == today else copies[-1].day if copies else ""
        count = sum(copy.day == today for copy in copies)
        self.page.show_projects(cards, backups_today=count, last_backup=last)

    def _on_new(self) -> None:
        wanted = ask_new_project(self._window, self._look, self._shelf.round())
        if wanted is not None:
            guarded(self._window, self._look, self._create, wanted)

    def _create(self, wanted: NewProject) -> None:
        self.made.emit(self._shelf.create(wanted))

    def _on_pack(self, draft_id: str) -> None:
        card = next(card for card in self._shelf.cards() if card.draft_id == draft_id)
        target = ask_package_target(self._window, card.facts.title or "申报书")
        if target is not None and guarded(self._window, self._look, self._shelf.hand_out, draft_id, target):
            self._toast.show_done(f"存好了：{target.name}")

    def _on_copy(self) -> None:
        folder = ask_folder(self._window, "存到 U 盘的哪个文件夹", "")
        if folder is not None:
            target = folder / f"PilotDesk备份-{self._clock.today():%Y%m%d}.db"
            if guarded(self._window, self._look, self._shelf.store.back_up, target):
                self._toast.show_done(f"存好了：{target.name}")

    def _on_delete(self, draft_id: str) -> None:
        """Take it off the list at once, and out of the store when the offer to take it back is over."""
        self._to_delete.append(draft_id)
        self.show_projects()
        self._delete_timer.start()
        self._toast.show_done("删去了一个项目", "撤销", self._on_undelete)

    def _on_undelete(self) -> None:
        self._to_delete.clear()
        self.show_projects()

    def delete_now(self) -> None:
        """Take what was deleted out of the store."""
        self._delete_timer.stop()
        for draft_id in self._to_delete:
            guarded(self._window, self._look, self._shelf.store.delete, draft_id)
        self._to_delete.clear()

    def _on_notice(self) -> None:
        from pilotdesk.ui.help import show_notice

        round_ = self._shelf.round()
        show_notice(self._window, self._look, round_.name, round_.notice_title)

    def _on_help(self) -> None:
        from pilotdesk.ui.help import show_keys

        show_keys(self._window, self._look)
