"""Return slips in the window: opened, given to the draft they speak of, shown over its pages and on its card."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from pilotdesk.errors import PilotDeskError
from pilotdesk.ui.components.notice_strip import NoticeStrip
from pilotdesk.ui.navigation.navigator import RETURNED

if TYPE_CHECKING:
    from pathlib import Path

    from pilotdesk.clock import Clock
    from pilotdesk.drafts.records import DraftCard
    from pilotdesk.drafts.returned import ReturnSlip
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.navigation.frame import OpenDraft, ProgramWindow, ProjectTold
    from pilotdesk.ui.navigation.services import Services
    from pilotdesk.ui.tasks.returned_draft import ReturnedDraft

LIST_WORDS: Final = "退回单：逐处改…"
SEE: Final = "看清单"
OPEN: Final = "打开退回单"
NOBODYS: Final = "这张退回单退的是“{title}”（{unit}），这台电脑上没有这份草稿。请先打开当时报送的 .pilot 草稿，再打开退回单。"


class ReturnsDesk(QObject):
    """Takes slips in, and looks after the drafts that were sent back.

    Attributes:
        returned: the slip of the open draft; ``None`` for one that was not sent back.
    """

    def __init__(self, window: ProgramWindow, look: Look, clock: Clock) -> None:
        super().__init__(window)
        self._window = window
        self._look = look
        self._clock = clock
        self._wanted = ""
        self.returned: ReturnedDraft | None = None

    # -- taking in -------------------------------------------------------------------------------

    def open(self, source: Path) -> None:
        """Read a slip, find the draft that it speaks of, and open that at its list.

        Raises:
            PilotDeskError: the slip cannot be read, or cannot be stored.
        """
        from pilotdesk.projects.returning import take_slip
        from pilotdesk.review.slips.return_slip import read_slip

        slip = read_slip(source)
        self._window.flush()
        card = self._owner(slip)
        if card is None:
            return
        shelf = self._window.shelf
        take_slip(shelf.store, shelf.open(card.draft_id), slip, self._clock)
        self.show(card.draft_id)

    def show(self, draft_id: str) -> None:
        """Open a draft that was sent back at the list of its slip."""
        self._wanted = draft_id
        self._window.open_draft(draft_id)

    def _owner(self, slip: ReturnSlip) -> DraftCard | None:
        """The draft that a slip speaks of; asked for where its project does not tell; ``None``: there is none, or it was left."""
        from pilotdesk.projects.returning import candidates, owner_of
        from pilotdesk.ui.dialogs.asking import tell
        from pilotdesk.ui.sharing.returned_dialog import ask_owner

        cards = self._window.shelf.cards()
        owner = owner_of(slip, cards)
        if owner is not None:
            return owner
        possible = candidates(slip, cards)
        if possible:
            return ask_owner(self._window, self._look, slip, possible)
        said = NOBODYS.format(title=slip.title or "没写名称", unit=slip.unit or "没写单位")
        tell(self._window, self._look, "没有找到退的是哪一份", said)
        return None

    def mark(self, card: ProjectTold) -> None:
        """Say on a project's card that a draft of it was sent back and is not done."""
        from pilotdesk.projects.returning import open_in_store

        ids = [due.draft_id for due in card.project.line.forms if due.draft_id]
        try:
            counts = open_in_store(self._window.shelf.store, ids, self._clock.today())
        except PilotDeskError:
            return  # a draft that cannot be read says so when it is opened
        for draft_id, count in counts.items():
            if count:
                said = f"退回单：还有 {count} 处没改"
                card.show_notice(said, OPEN, partial(self.show, draft_id), icon="clipboard-list")

    # -- an open draft ---------------------------------------------------------------------------

    def look_after(self, workspace: OpenDraft, services: Services) -> None:
        """Of a draft that was sent back: keep what is said of the lines, show how many are open, fill the menu."""
        from pilotdesk.ui.tasks.returned_draft import ReturnedDraft

        wanted, self._wanted = self._wanted, ""
        self.returned = None
        session = workspace.session
        draft_id = session.identity.draft_id
        store = self._window.shelf.store
        try:
            kept = store.returns.newest(draft_id)
        except PilotDeskError:
            return  # what is wrong with the database is said where something is to be stored
        if kept is None:
            return
        returned = self.returned = ReturnedDraft(session, store, kept)
        services.returns[:] = [returned]
        if workspace.autosave is not None:
            workspace.autosave.keep_too(returned)
        workspace.closed.connect(partial(self._let_go, returned))
        see = partial(workspace.navigator.show, RETURNED)
        workspace.more_actions.insert(0, (LIST_WORDS, see))
        self._add_strip(workspace, returned)
        if wanted == draft_id:
            see()

    def _let_go(self, returned: ReturnedDraft) -> None:
        returned.close()
        if self.returned is returned:
            self.returned = None

    def _add_strip(self, workspace: OpenDraft, returned: ReturnedDraft) -> None:
        strip = NoticeStrip(
            self._look, strip_words(returned), SEE, icon="clipboard-list", folded="收起，菜单里还能找到"
        )
        strip.chosen.connect(partial(workspace.navigator.show, RETURNED))
        workspace.hold_notice(strip)
        navigator = workspace.navigator

        def tell() -> None:
            strip.said.set_text(strip_words(returned))
            strip.asking.setVisible(navigator.current != RETURNED)

        returned.changed.connect(tell)
        navigator.page_shown.connect(tell)


def strip_words(returned: ReturnedDraft) -> str:
    """What stands over the pages: ``退回单：还有 3 处没改``, with the day by which it is wanted."""
    count, due = returned.count(), returned.slip.due
    if not count:
        return "**退回单：都处理了。** 重新导出再报，会附上意见修改对照表。"
    until = f"，要 {due.month}月{due.day}日 前再报" if due else ""
    return f"**退回单：还有 {count} 处没改**{until}。"


def returns_desk_of(window: ProgramWindow, look: Look, clock: Clock) -> ReturnsDesk:
    """The desk of a window, made with its first use."""
    desk = window.findChild(ReturnsDesk)
    if desk is None:
        desk = ReturnsDesk(window, look, clock)
    return desk
