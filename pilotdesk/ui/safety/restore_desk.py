"""Bringing back what the copies on a stick hold, on a computer that never had it: asked for, chosen, done, read back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal

from pilotdesk.errors import PilotDeskError
from pilotdesk.ui.dialogs.asking import ask_choice, ask_folder, tell, tell_trouble
from pilotdesk.ui.tasks.waiting import done_or_left, wait_for

if TYPE_CHECKING:
    from pathlib import Path

    from pilotdesk.clock import Clock
    from pilotdesk.drafts.bringing import Brought
    from pilotdesk.drafts.found_copies import FoundCopy, Lot
    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.navigation.frame import ProgramWindow
    from pilotdesk.ui.safety.desk import SafetyDesk
    from pilotdesk.ui.tasks.worker import Progress

ALL: Final = 10_000
"""Copies of a folder that are looked over when the older ones are wanted as well."""

NONE_TITLE, OTHER = "这里没有找到备份", "换一个文件夹…"
NONE_TEXT: Final = (
    "请选插着的 U 盘，或里面名字以“PilotDesk备份”开头的文件夹；从旧电脑拿来的资料文件夹也行。"
    "别人发来的交接包（.zip）和草稿（.pilot）不在这里找，用“打开文件或交接包”。"
)


class RestoreDesk(QObject):
    """Asks where, shows what is there, and brings it.

    Args:
        window: the window; it may write.
        look: the theme in force.
        store: the open database.
        clock: the time.
        safety: what says that copies are wanted.

    Signals:
        place_wanted: what was made ready is to take the place of the database, which has to be closed for it.
    """

    place_wanted = Signal()

    def __init__(
        self, window: ProgramWindow, look: Look, store: DraftStore, clock: Clock, safety: SafetyDesk
    ) -> None:
        super().__init__(window)
        self._window = window
        self._look = look
        self._store = store
        self._clock = clock
        safety.restore_wanted.connect(self.ask, Qt.ConnectionType.QueuedConnection)

    def ask(self) -> None:
        """Ask where the copies are, and bring back the one that is chosen."""
        if self._store.access.refusal is not None:
            tell_trouble(self._window, self._look, self._store.access.refusal)
            return
        picked = ask_folder(self._window, "备份在哪里：U 盘，或里面的备份文件夹", "")
        if picked is not None:
            done_or_left(self._window, self._look, partial(self._look_into, picked, 0))

    def _look_into(self, picked: Path, most: int) -> None:
        """Look over what is in a folder, and have one of the copies chosen; 0: as many as are looked over at first."""
        from pilotdesk.drafts.found_copies import LOOKED_AT, look_for

        def work(progress: Progress) -> tuple[Lot, ...]:
            return look_for(picked, progress, most=most or LOOKED_AT)

        lots = wait_for(self._window, self._look, "正在检查里面的备份", work)
        if lots:
            self._choose(picked, lots)
        elif ask_choice(self._window, self._look, NONE_TITLE, NONE_TEXT, actions=("先不找", OTHER)) == 1:
            self.ask()

    def _choose(self, picked: Path, lots: tuple[Lot, ...]) -> None:
        from pilotdesk.drafts.bringing import has_work
        from pilotdesk.ui.safety.restore_dialog import RestoreDialog

        self._window.flush()
        alone = not has_work(self._store.path.parent)
        more: list[bool] = []
        dialog = RestoreDialog(self._window, self._look, lots, alone=alone)
        dialog.more_wanted.connect(lambda: more.append(True))
        dialog.exec()
        dialog.deleteLater()
        wanted = dialog.wanted()
        if more:
            self._look_into(picked, ALL)
        elif wanted is not None:
            (self._bring_all if alone else self._add)(wanted)

    def _bring_all(self, wanted: FoundCopy) -> None:
        """Make everything ready; the last step needs the database closed."""
        from pilotdesk.drafts.bringing import make_ready

        work = partial(make_ready, self._store.path.parent, wanted, self._clock)
        wait_for(self._window, self._look, "正在找回资料", work)
        self._window.show_start()  # a practice draft that stands open is not what is opened again
        self.place_wanted.emit()

    def _add(self, wanted: FoundCopy) -> None:
        from pilotdesk.drafts.bringing import add_projects

        work = partial(add_projects, self._store.path.parent, wanted, self._clock)
        brought = wait_for(self._window, self._look, "正在找回资料", work)
        self._window.show_start()
        title = "资料找回来了" if brought.projects else "没有要找回的"
        tell(self._window, self._look, title, said(brought))


def take_place(look: Look, data_folder: Path, clock: Clock) -> None:
    """Put what was made ready in its place, between two windows, and say what is here now; trouble is said."""
    from pilotdesk.drafts import bringing

    try:
        brought = bringing.take_place(data_folder, clock)
    except PilotDeskError as trouble:
        tell(None, look, "没有找回来", str(trouble))
        return
    tell(None, look, "资料找回来了", said(brought))


def said(brought: Brought) -> str:
    """What is here now, read back."""
    words = []
    if brought.projects:
        files = f"，{brought.files} 个附件逐个核对过" if brought.files else ""
        words.append(f"{brought.projects} 个项目、{brought.drafts} 份材料，连同历史{files}。")
    if brought.known:
        words.append(f"{brought.known} 个项目这里已经有了（删去的在“已删除”里），没有重复放。")
    if brought.lost:
        words.append(f"有 {brought.lost} 个附件备份里没有或坏了，请打开用到它的栏目，把原文件再添加一次。")
    if brought.projects:
        words.append("请打开看看最近改的几处对不对。备份没有动，还在原处。")
    return "".join(words) or "这份备份里没有项目。"
