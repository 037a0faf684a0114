"""After an unclean end, and only then: what there is, from when, and the draft it is in, opened."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from pilotdesk.drafts.running_mark import newest_entry
from pilotdesk.errors import PilotDeskError
from pilotdesk.ui.components.notice_strip import NoticeStrip

if TYPE_CHECKING:
    from pilotdesk.drafts.running_mark import Entry, RunningMark
    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.window.main_window import MainWindow


def look_back(window: MainWindow, look: Look, store: DraftStore, mark: RunningMark) -> None:
    """Set the mark that the program runs; where the last end was unclean and something was changed before it, say so.

    Expected trouble says nothing here: what is wrong with the database is said by whoever needs it.

    Args:
        window: stands already; what the user asked to be opened is on its way.
        look: the theme in force.
        store: where the drafts are.
        mark: the mark of this program.
    """
    try:
        newest = newest_entry(store.path)
        last = mark.set(newest.seq if newest else 0)
        change = newest_entry(store.path, last.seq) if last is not None else None
        known = change is not None and any(card.draft_id == change.draft_id for card in store.cards())
    except PilotDeskError:
        return
    if change is None or not known:
        return
    if window.workspace is None and window.opening.view is None and not _is_at_desk(window):
        window.open_draft(change.draft_id)
    window.opening.afterwards(partial(_say, window, look, change))


def _is_at_desk(window: MainWindow) -> bool:
    """Whether the province's desk was asked for: it stands open, and is not left for a draft."""
    return "door" in vars(window) and window.door.page is not None


def _say(window: MainWindow, look: Look, change: Entry) -> None:
    open_it = partial(window.open_draft, change.draft_id)
    workspace = window.workspace
    if workspace is None:
        if _is_at_desk(window):
            window.show_done(f"上次没有正常关闭。{_local(change.at)} 以前填的都在。", "打开那份材料", open_it)
        return
    here = workspace.session.identity.draft_id == change.draft_id
    words = (
        f"**上次没有正常关闭，可能停电或死机了。** {_local(change.at)} 以前填的都在，"
        f"{'已经打开了。' if here else '在另一份材料里。'}"
    )
    strip = NoticeStrip(look, words, "看最后填的那一栏" if here else "打开那一份", icon="history")

    def go() -> None:
        strip.hide()
        if here:
            workspace.navigator.go_to(change.path)
        else:
            open_it()

    strip.chosen.connect(go)
    workspace.hold_notice(strip)


def _local(stamp: str) -> str:
    """``6 月 2 日 10:32:05`` of a UTC stamp."""
    moment = datetime.fromisoformat(stamp).astimezone()
    return f"{moment.month} 月 {moment.day} 日 {moment:%H:%M:%S}"
