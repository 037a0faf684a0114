"""Writing together without a network, at the open draft: hand parts out, hand them back, take in what came back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from pilotdesk.errors import PilotDeskError
from pilotdesk.projects.sharing import (
    gone_again,
    hand_back,
    hand_out,
    keep_files,
    look_into,
    received,
    settle,
    take_over,
)
from pilotdesk.projects.sharing_known import both_know, is_older
from pilotdesk.projects.sharing_slips import keep_remarks
from pilotdesk.projects.sharing_words import part_words, until_words
from pilotdesk.ui.components.notice_strip import NoticeStrip
from pilotdesk.ui.dialogs.asking import ask_choice, ask_package, ask_package_target, tell
from pilotdesk.ui.sharing.returned_desk import ReturnsDesk
from pilotdesk.ui.steps.step_page import StepPage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from pilotdesk.clock import Clock
    from pilotdesk.drafts.merge_choices import Choice
    from pilotdesk.drafts.package import Package
    from pilotdesk.drafts.shares_table import KeptShare
    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.projects.sharing import Incoming, Wanted
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.navigation.frame import OpenDraft, ProgramWindow
    from pilotdesk.ui.navigation.services import Toasts

SHARE_WORDS: Final = "分工：请人填几部分…"
BACK_WORDS: Final = "收回分工包…"
RETURN_WORDS: Final = "填好了，交回…"
REMARKS_WORDS: Final = "退回单上写的说明并好了，别的没有新的改动"
OTHERS: Final = "**这一部分没有分给您，** 只供对照；要改，请告诉分工的人。"


class SharingDesk(QObject):
    """What the menu of a draft leads to, and the strip over a draft that was asked of us."""

    def __init__(self, window: QWidget, look: Look, store: DraftStore, clock: Clock, toasts: Toasts) -> None:
        super().__init__(window)
        self._window = window
        self._look = look
        self._store = store
        self._clock = clock
        self._toasts = toasts
        self._begun: dict[str, Wanted] = {}

    def look_after(self, workspace: OpenDraft) -> None:
        """Of an open draft: fill its menu; of one that was asked of us say what is wanted, and hold the rest still."""
        try:
            kept = received(self._store, workspace.session.identity.draft_id)
        except PilotDeskError:
            return  # what is wrong with the database is said where something is to be stored
        if kept is None:
            workspace.more_actions.append((SHARE_WORDS, partial(self.share, workspace)))
            workspace.more_actions.append((BACK_WORDS, partial(self.take_back, workspace)))
            return
        give_back = partial(self.give_back, workspace)
        workspace.more_actions.append((RETURN_WORDS, give_back))
        strip = NoticeStrip(self._look, _asked_words(workspace, kept), RETURN_WORDS, icon="users")
        strip.chosen.connect(give_back)
        workspace.hold_notice(strip)
        _hold_others(workspace, self._look, kept.share.parts)

    # -- out and back ----------------------------------------------------------------------------

    def share(self, workspace: OpenDraft) -> None:
        """Ask for parts and a name, and write the package."""
        from pilotdesk.ui.sharing.dialog import ask_share

        workspace.flush()
        session = workspace.session
        draft_id = session.identity.draft_id
        out, begun = self._store.shares.of_draft(draft_id), self._begun.get(draft_id)
        wanted = ask_share(self._window, self._look, session.form, out, begun)
        if wanted is None:
            return
        self._begun[draft_id] = (
            wanted  # until it is written: who left the question where to begins with it again
        )
        target = self._written("分工", wanted.person, partial(hand_out, self._store, draft_id, wanted))
        if target is not None:
            del self._begun[draft_id]
            self._toasts.show_done(f"存好了：{target.name}。发给{wanted.person or '对方'}，填好交回来再收。")

    def give_back(self, workspace: OpenDraft) -> None:
        """Write what was asked of us into a package for whoever asked."""
        workspace.flush()
        kept = received(self._store, workspace.session.identity.draft_id)
        if kept is None:
            return
        target = self._written("交回", kept.share.person, partial(hand_back, self._store, kept))
        if target is not None:
            self._toasts.show_done(f"存好了：{target.name}。发给{kept.share.sender or '分工的人'}就行。")

    def _written(self, kind: str, person: str, give: Callable[..., object]) -> Path | None:
        """Ask where a package goes and write it there; ``None`` when it was left, or could not be written.

        Args:
            kind: how its suggested name begins.
            person: whom it is for.
            give: writes it: :func:`hand_out` or :func:`hand_back`, all but where to and how.
        """
        from pilotdesk.projects.handover.naming import safe_name
        from pilotdesk.ui.carriers.package_desk import writer
        from pilotdesk.ui.tasks.waiting import done_or_left

        answer = ask_package_target(self._window, self._look, f"{kind}_{safe_name(person or '未命名')}")
        if answer is None:
            return None
        target, password = answer
        write = writer(self._window, self._look)
        made = partial(give, target, self._clock, password=password, write=write)
        return target if done_or_left(self._window, self._look, made) else None

    def take_back(self, workspace: OpenDraft) -> None:
        """Ask for a package and merge it into the open draft."""
        from pilotdesk.ui.carriers.package_desk import opened_package

        source = ask_package(self._window)
        package = opened_package(self._window, self._look, source) if source is not None else None
        if package is not None and self._is_meant(workspace, package):
            self.merge(workspace, package)

    def _is_meant(self, workspace: OpenDraft, package: Package) -> bool:
        """Whether a package is to be merged into the open draft; asked where it looks like one of another project."""
        share, session = package.share, workspace.session
        kept = self._store.shares.handed_out(share.share_id) if share else None
        if kept is not None and kept.draft_id == session.identity.draft_id:
            return True
        name = session.form.head.project_name
        here, there = session.value(name), package.values.get(name)
        if package.form != session.form.head.name or here is None or there is None or here == there:
            return True
        text = f"这一份写的是“{there}”，开着的是“{here}”。要收回到另一个项目，先打开那个项目。"
        actions = ("不收了", "就收到这里，先看看")
        return ask_choice(self._window, self._look, "像是别的项目的一份", text, actions=actions) == 1

    # -- merging ---------------------------------------------------------------------------------

    def merge(self, workspace: OpenDraft, package: Package) -> None:
        """Show what came, have it decided, and write it as one step that can be undone."""
        from pilotdesk.ui.tasks.waiting import done_or_left

        workspace.flush()
        done_or_left(self._window, self._look, lambda: self._merge(workspace, package))

    def _merge(self, workspace: OpenDraft, package: Package) -> None:
        incoming = self._looked(workspace, package)
        if incoming is not None:
            self._take_over(workspace, incoming)

    def _looked(self, workspace: OpenDraft, package: Package) -> Incoming | None:
        """What there is to take over; ``None`` when there is nothing, which is said."""
        share, session = package.share, workspace.session
        kept = self._store.shares.handed_out(share.share_id) if share else None
        mine = kept is not None and kept.draft_id == session.identity.draft_id
        if kept and mine and is_older(kept, package) and not self._is_wanted_though_older():
            return None
        incoming = look_into(session, package, *both_know(kept if mine else None, package))
        again = look_into(session, package)
        if incoming.came or incoming.merged.conflicts:
            gone = len(gone_again(incoming, again)) if mine else 0
            return self._with_former(incoming, again, gone) if gone else incoming
        if self._take_remarks(workspace, package) and workspace.flush():
            self._toasts.show_done(REMARKS_WORDS)
            return None
        count = len(again.came) + len(again.merged.conflicts)
        if mine and count:
            title, text = "这一份收回过了", f"这里现在有 {count} 处和那一份不一样。要不要再看一遍，重新选？"
            if ask_choice(self._window, self._look, title, text, actions=("不用了", "再看一遍")) == 1:
                return again
            return None
        tell(self._window, self._look, "没有新的改动", "这一份里填的，您这里都有了。")
        return None

    def _take_remarks(self, workspace: OpenDraft, package: Package) -> int:
        """Add what was said of the lines of a return slip; returns of how many."""
        draft_id = workspace.session.identity.draft_id
        desks: list[ReturnsDesk] = list(self._window.findChildren(ReturnsDesk))
        for slip in (desk.returned for desk in desks):
            if slip is not None and slip.draft_id == draft_id:
                return slip.take(package.returned)
        return keep_remarks(self._store, draft_id, package)  # a draft not painted yet reads them later

    def _is_wanted_though_older(self) -> bool:
        text = "后来交回的那一份您已经收回了，一般不用再收这一份。"
        actions = ("不收了", "还是看看")
        return ask_choice(self._window, self._look, "这一份比收回过的旧", text, actions=actions) == 1

    def _with_former(self, incoming: Incoming, again: Incoming, gone: int) -> Incoming | None:
        """Ask whether what was taken in before and went comes again; ``None`` when it was left."""
        title = f"以前收回的，有 {gone} 处这里又是原来的了"
        text = "可能是收回以后撤销过，或从历史恢复过。要不要和新填的一起并进来？"
        chosen = ask_choice(self._window, self._look, title, text, actions=("只并新填的", "一起并，先看看"))
        return None if chosen < 0 else (incoming, again)[chosen]

    def _take_over(self, workspace: OpenDraft, incoming: Incoming) -> None:
        from pilotdesk.drafts.merge_choices import Choice
        from pilotdesk.ui.carriers.package_desk import with_kept_files
        from pilotdesk.ui.sharing.merge_dialog import ask_merge

        session = workspace.session
        read = partial(_content, self._store, incoming.package)
        choices = ask_merge(self._window, self._look, session.form, incoming, read)
        if choices is None:
            return
        draft_id = session.identity.draft_id
        folder = self._store.path.parent
        keep_files(self._store, draft_id, with_kept_files(self._window, self._look, folder, incoming.package))
        change = take_over(session, incoming, choices)
        self._take_remarks(workspace, incoming.package)
        saving, own = workspace.autosave, _own(incoming, choices)
        if saving is None or not saving.flush(incoming.person, own):
            return  # the bar says what is wrong; taken in again, it brings what is not stored yet
        settle(self._store, draft_id, incoming, self._clock)
        written = change.paths or change.tables  # reasons of 请核实 are no step of their own
        undo = workspace.taking_back() if written else None
        count = len(incoming.came) + sum(one != Choice("here") for one in choices.values())
        said = f"并好了，{incoming.person or '对方'}的 {count} 处" if change else "都维持原样"
        self._toasts.show_done(said, "撤销  Ctrl+Z" if undo else "", undo)


def _own(incoming: Incoming, choices: Mapping[str, Choice]) -> set[str]:
    """Paths of what was written here instead of both sides."""
    conflicts = incoming.merged.conflicts
    return {one.path for one in conflicts if one.key in choices and isinstance(choices[one.key].own, str)}


def _content(store: DraftStore, package: Package, sha256: str) -> bytes:
    """The content of a file that came or is here."""
    return package.files[sha256] if sha256 in package.files else store.attachments.content(sha256)


def desk_of(window: ProgramWindow, look: Look, clock: Clock) -> SharingDesk:
    """The desk of a window, made with its first use."""
    desk = window.findChild(SharingDesk)
    if desk is None:
        desk = SharingDesk(window, look, window.shelf.store, clock, window)
    return desk


def taken_back(window: ProgramWindow, look: Look, clock: Clock, package: Package) -> bool:
    """Open the draft that a package was handed out of and merge it; ``False`` when it is no such package."""
    share = package.share
    if share is None or not share.returned:
        return False
    store = window.shelf.store
    kept = store.shares.handed_out(share.share_id)
    if kept is None or kept.draft_id not in {card.draft_id for card in store.cards()}:
        return False
    if _open_id(window) != kept.draft_id:  # an open draft may have answers that are not stored yet
        window.open_draft(kept.draft_id)
        window.opening.finish()
    workspace = window.workspace
    if workspace is not None and _open_id(window) == kept.draft_id:
        desk_of(window, look, clock).merge(workspace, package)
    return True


def _open_id(window: ProgramWindow) -> str:
    """Id of the open draft; empty while there is none."""
    return window.workspace.session.identity.draft_id if window.workspace is not None else ""


def _asked_words(workspace: OpenDraft, kept: KeptShare) -> str:
    share, form = kept.share, workspace.session.form
    parts = "；".join(part_words(form, name) for name in share.parts)
    who = f"{share.sender}请您" if share.sender else "请您"
    note = f"“{share.note}”" if share.note else ""
    return f"**{who}填：{parts}**{until_words(share.due)}。{note}".replace("****", "")


def _hold_others(workspace: OpenDraft, look: Look, parts: tuple[str, ...]) -> None:
    """Hold the pages that are not asked for still; they can be read."""
    strip = NoticeStrip(look, OTHERS, "到我的部分", icon="lock")
    strip.hide()
    workspace.hold_notice(strip)
    navigator = workspace.navigator
    asked = [step.name for step in navigator.steps() if step.name in parts]
    if asked:
        strip.chosen.connect(lambda: navigator.show(asked[0]))

    def on_shown(name: str) -> None:
        others = bool(asked) and navigator.step(name) is not None and name not in asked
        strip.setVisible(others)
        page = navigator.page()
        if others and page is not None:
            inner = page.view.widget() if isinstance(page, StepPage) else page
            inner.setEnabled(False)

    navigator.page_shown.connect(on_shown)
    on_shown(navigator.current)
    if asked and navigator.current not in asked:
        navigator.show(asked[0])
