"""已删除: what was deleted, how it comes back, and how it goes for good. Only there does anything go for good."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal

from pilotdesk.projects.timeline_words import name_of_form
from pilotdesk.ui.dialogs.asking import ask_choice, guarded, tell_trouble

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from PySide6.QtWidgets import QWidget

    from pilotdesk.clock import Clock
    from pilotdesk.drafts.deletions import Deletions
    from pilotdesk.drafts.records import DraftCard
    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.drafts.unused_files import UnusedFiles
    from pilotdesk.projects.overview import Overview
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.navigation.services import Toasts
    from pilotdesk.ui.start.shelf_deleted_dialog import DeletedDialog
    from pilotdesk.ui.tasks.worker import Runner

TITLE_SIGNS: Final = 12
"""Of a project's name in a short sentence."""


class DeletedDesk(QObject):
    """Deletes, and leads to what was deleted.

    Args:
        window: stands behind the dialogs; owns this.
        look: colours and sizes. store: the drafts. clock: the time.
        toasts: says what was done. runner: looks for unused files off the window's thread.

    Signals:
        changed: the start page is to be shown anew.

    Attributes:
        dialog: the list while it is open, else ``None``.
    """

    changed = Signal()

    def __init__(
        self, window: QWidget, look: Look, store: DraftStore, *, clock: Clock, toasts: Toasts, runner: Runner
    ) -> None:
        super().__init__(window)
        self._window = window
        self._look = look
        self._store = store
        self._clock = clock
        self._toasts = toasts
        self._runner = runner
        self.dialog: DeletedDialog | None = None

    @property
    def _deletions(self) -> Deletions:
        return self._store.deletions

    # -- deleting --------------------------------------------------------------------------------

    def actions_for(self, project: Overview) -> Iterator[tuple[str, Callable[[], object]]]:
        """What the menu of a project has for its single drafts: words and what they do; none where there is but one."""
        if len(project.cards) > 1:
            for card in sorted(project.cards, key=lambda card: card.created):
                yield f"删去{_named(card, project.cards)}", partial(self.delete_draft, card)

    def delete_project(self, project_id: str) -> None:
        """Put all drafts of a project away."""
        cards = self._store.drafts_of(project_id)
        title = next((card.facts.title for card in cards if card.facts.title), "")
        self._delete([card.draft_id for card in cards], f"删去了“{_short(title)}”")

    def delete_draft(self, card: DraftCard) -> None:
        """Put one draft of a project away."""
        self._delete([card.draft_id], f"删去了{name_of_form(card.form)}")

    def _delete(self, draft_ids: list[str], said: str) -> None:
        if guarded(self._window, self._look, self._deletions.delete, draft_ids):
            self.changed.emit()
            undo = partial(self.bring_back, draft_ids)
            self._toasts.show_done(f"{said}，“已删除”里能找回", "撤销", undo)

    def bring_back(self, draft_ids: Collection[str]) -> None:
        """Bring drafts back to where they were."""
        if guarded(self._window, self._look, self._deletions.bring_back, draft_ids):
            self._on_done("找回来了，内容、历史和附件都在")

    # -- 已删除 ----------------------------------------------------------------------------------

    def open(self) -> None:
        """Show what was deleted."""
        from pilotdesk.ui.start.shelf_deleted_dialog import DeletedDialog

        dialog = DeletedDialog(self._window, self._look, self._deletions, self._clock.today())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.destroyed.connect(self._on_closed)
        dialog.back_wanted.connect(self.bring_back)
        dialog.end_wanted.connect(self._ask_end)
        dialog.clearing_wanted.connect(self._ask_clearing)
        self.dialog = dialog
        if not guarded(self._window, self._look, dialog.fill):
            dialog.close()
            return
        dialog.grow_within(self._window, self._look.scaled(360))
        dialog.open()
        self._look_for_files()

    def _on_closed(self) -> None:
        self.dialog = None

    def _on_done(self, said: str) -> None:
        self.changed.emit()
        if self.dialog is None:
            self._toasts.show_done(said)
            return
        guarded(self._window, self._look, self.dialog.fill)
        self.dialog.say(said)

    def _ask_end(self, cards: tuple[DraftCard, ...]) -> None:
        """The second, final deletion: says what goes and what stays."""
        belongings = [self._deletions.belongings(card.draft_id) for card in cards]
        fields, saved = sum(one.fields for one in belongings), sum(one.saved for one in belongings)
        versions, shares = sum(one.versions for one in belongings), sum(one.shares for one in belongings)
        parts = [f"{fields} 栏内容", f"{saved} 条历史"]
        parts += [f"{versions} 个起了名的版本"] if versions else []
        parts += [f"{shares} 个分工"] if shares else []
        text = (
            f"要去掉的：{'、'.join(parts)}。去掉以后，这里找不回来。\n"
            "不动的：以前做的备份里还有，等备份过了期才没有；导出的 Word、PDF 和发出去的交接包不受影响。"
            "附件要等没有别的内容用到，才能在这里清理。"
        )
        names = "、".join(name_of_form(card.form) for card in cards)
        parent = self.dialog or self._window
        title = f"彻底删除{names}？"
        if ask_choice(parent, self._look, title, text, actions=("彻底删除", "留着")) == 0:
            draft_ids = [card.draft_id for card in cards]
            if guarded(parent, self._look, self._end, draft_ids):
                self._on_done("彻底删除了")
                self._look_for_files()

    def _end(self, draft_ids: list[str]) -> None:
        from pilotdesk.drafts.search_index import SearchIndex

        self._deletions.take_away(draft_ids)
        SearchIndex(self._store.path.parent).throw_away()

    # -- attached files --------------------------------------------------------------------------

    def _look_for_files(self) -> None:
        from pilotdesk.drafts.unused_files import unused_files

        folder, now = self._store.path.parent, self._clock.now().timestamp()
        self._runner.run(
            lambda _progress: unused_files(folder, now),
            self._on_files,
            failed=lambda trouble: tell_trouble(self._window, self._look, trouble),
        )

    def _on_files(self, found: UnusedFiles) -> None:
        if self.dialog is not None:
            self.dialog.show_files(found)

    def _ask_clearing(self, found: UnusedFiles) -> None:
        from pilotdesk.ui.editors.attachment import size_words

        parent = self.dialog or self._window
        text = (
            f"这 {len(found.sha256s)} 个文件共 {size_words(found.size)}，没有哪份草稿、哪条历史、哪个删去的项目还用到。"
            "清理以后不再占这台电脑的地方；以前做的备份里还有。"
        )
        if ask_choice(parent, self._look, "清理不用的附件？", text, actions=("清理", "留着")) == 0:
            guarded(parent, self._look, self._clear, found)
            self._look_for_files()

    def _clear(self, found: UnusedFiles) -> None:
        from pilotdesk.ui.editors.attachment import size_words

        gone = self._deletions.clear_files(found)
        self._on_done(f"清理了 {len(gone.sha256s)} 个文件，腾出 {size_words(gone.size)}")


def _short(title: str) -> str:
    title = title or "未命名的项目"
    return title if len(title) <= TITLE_SIGNS else f"{title[: TITLE_SIGNS - 1]}…"


def _named(card: DraftCard, cards: Collection[DraftCard]) -> str:
    """The form; with the day of its last change where there are two of it."""
    name = name_of_form(card.form)
    if sum(one.form == card.form for one in cards) < 2:
        return name
    from pilotdesk.drafts.history import moment

    when = moment(card.updated).astimezone()
    return f"{name}（{when.month}月{when.day}日 {when:%H:%M} 改的）"
