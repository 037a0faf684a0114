"""A newer version of a draft's form: a strip over its pages, what would change, the conversion; and its attic."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from pilotdesk.errors import PilotDeskError
from pilotdesk.forms.installed import has_newer, keep_pack
from pilotdesk.record import Record
from pilotdesk.ui.components.notice_strip import NoticeStrip

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from pilotdesk.clock import Clock
    from pilotdesk.drafts.records import DraftCard
    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.forms.model import FormPack
    from pilotdesk.projects.migrating import Outlook
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.navigation.frame import MoreAction, OpenDraft, ProjectTold
    from pilotdesk.ui.navigation.services import Toasts
    from pilotdesk.ui.tasks.worker import Progress, Runner

ATTIC_WORDS: Final = "旧版里的内容…"


class Notice(Record, frozen=True, kw_only=True):
    """What is said of a draft that is not of the newest version: over its pages, on its card, and in menus."""

    over_pages: str
    on_card: str
    button: str
    menu: str


OFFER: Final = Notice(
    over_pages="**表单有新版本。** 这一份照旧填、照旧导出都可以；想换，先看看会怎样。",
    on_card="表单有新版本，不急；这一份照旧能填",
    button="看看会怎样",
    menu="换到新版表单…",
)
OUTDATED: Final = Notice(
    over_pages="**这是旧版的一份，** 留作对照。接着填，请用换到新版的那一份。",
    on_card="这是旧版的一份，留作对照",
    button="打开新版的",
    menu="打开换到新版的那一份",
)


class VersionDesk(QObject):
    """What the strip, the menus and the cards lead to.

    Signals:
        converted: id of a new draft, which wants to be opened.
    """

    converted = Signal(str)

    def __init__(self, window: QWidget, look: Look, store: DraftStore, clock: Clock, toasts: Toasts) -> None:
        super().__init__(window)
        self._window = window
        self._look = look
        self._store = store
        self._clock = clock
        self._toasts = toasts

    def look_after(self, workspace: OpenDraft, runner: Runner) -> None:
        """Of an open draft: keep a copy of its pack, say that there is a newer one, fill its menu."""
        session = workspace.session
        runner.run(partial(_keep, session.pack), _nothing, failed=_nothing)
        draft = self._store.load(session.identity.draft_id).card
        notice, action = self._newer(draft)
        if notice is not None:
            strip = NoticeStrip(self._look, notice.over_pages, notice.button, folded="收起，菜单里还能找到")
            strip.chosen.connect(partial(_after_flush, workspace, action))
            workspace.hold_notice(strip)
        for words, chosen in self.actions_for(draft):
            workspace.more_actions.append((words, partial(_after_flush, workspace, chosen)))

    def mark(self, card: ProjectTold) -> None:
        """Say on a draft's card that it is not of the newest version."""
        notice, action = self._newer(card.draft)
        if notice is not None:
            card.show_notice(notice.on_card, notice.button, action)

    def actions_for(self, draft: DraftCard) -> list[MoreAction]:
        """What the menu of a draft has for it only."""
        notice, action = self._newer(draft)
        actions: list[MoreAction] = [(notice.menu, action)] if notice is not None else []
        if self._store.load(draft.draft_id).attic:
            actions.append((ATTIC_WORDS, partial(self.show_attic, draft.draft_id)))
        return actions

    def _newer(self, draft: DraftCard) -> tuple[Notice | None, Callable[[], object]]:
        """What there is to say of a draft's version, and what the answer does; ``None``: it is the newest."""
        same = [card for card in self._store.drafts_of(draft.project_id) if card.form == draft.form]
        newest = max(same, key=lambda card: card.recency, default=draft)
        if (newest.round, newest.form_version) > (draft.round, draft.form_version):
            return OUTDATED, partial(self.converted.emit, newest.draft_id)
        if has_newer(draft.round, draft.form, draft.form_version):
            return OFFER, partial(self.convert, draft.draft_id)
        return None, lambda: None

    def convert(self, draft_id: str) -> None:
        """Show what would change, and convert if it is wanted."""
        from pilotdesk.projects.migrating import look_ahead, migrate_draft
        from pilotdesk.ui.dialogs.asking import tell_trouble
        from pilotdesk.ui.versions.migration_dialog import ask_migration

        try:
            outlook: Outlook = look_ahead(self._store, draft_id)
            if not ask_migration(self._window, self._look, outlook.title, outlook.migration):
                return
            made = migrate_draft(self._store, draft_id, self._clock.today())
        except PilotDeskError as trouble:
            tell_trouble(self._window, self._look, trouble)
            return
        self.converted.emit(made)
        left = len(outlook.migration.attic)
        said = f"，{left} 条内容原样放在“旧版里的内容”里" if left else ""
        look_at = partial(self.show_attic, made) if left else None
        self._toasts.show_done(f"换到新版了，旧的一份还在{said}", "翻看" if left else "", look_at)

    def show_attic(self, draft_id: str) -> None:
        """Open the attic of a draft."""
        from pilotdesk.ui.dialogs.asking import tell, tell_trouble
        from pilotdesk.ui.versions.attic_dialog import show_attic

        try:
            entries = self._store.load(draft_id).attic
        except PilotDeskError as trouble:
            tell_trouble(self._window, self._look, trouble)
            return
        if entries:
            show_attic(self._window, self._look, entries)
        else:
            tell(self._window, self._look, "这份草稿没有旧版里的内容", "表单换版时没有位置的内容会放在这里。")


def _after_flush(workspace: OpenDraft, action: Callable[[], object]) -> None:
    workspace.flush()
    action()


def _keep(pack: FormPack, _progress: Progress) -> None:
    keep_pack(pack)


def _nothing(_outcome: object) -> None:
    """A copy that could not be kept is tried again with the next opening."""
