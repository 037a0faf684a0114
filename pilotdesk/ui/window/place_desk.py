"""Where the data lies: what is wrong with the place, and moving everything to a better one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from pilotdesk.drafts.moving import move
from pilotdesk.drafts.places import wrong_with
from pilotdesk.errors import PilotDeskError, StoreError
from pilotdesk.paths import remember_data_dir
from pilotdesk.ui.dialogs.asking import ask_folder, tell, tell_trouble

if TYPE_CHECKING:
    from pathlib import Path

    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.window.main_window import MainWindow

FOLDER: Final = "PilotDesk资料"
"""Made in the folder that the user chooses."""


class PlaceDesk(QObject):
    """Looks at the place once a window stands.

    Args:
        window: the window. look: the theme in force. store: the open database.
    """

    def __init__(self, window: MainWindow, look: Look, store: DraftStore) -> None:
        super().__init__(window)
        self._window = window
        self._look = look
        self._store = store

    def look_around(self) -> None:
        """Say what is wrong with the place: on the start page, or in passing over an open draft."""
        unfit = wrong_with(self._store.path.parent)
        if unfit is None:
            return
        desk = self._window.desk
        if desk is None:
            self._window.show_done(unfit.sentence, "移到别的地方…", self.ask)
            return
        desk.place = unfit.sentence
        desk.page.move_requested.connect(self.ask)
        desk.show_projects()

    def ask(self) -> None:
        """Ask where to, and move everything there."""
        chosen = ask_folder(self._window, "资料移到哪里（会在里面建一个“PilotDesk资料”文件夹）", "")
        if chosen is None:
            return
        target = chosen / FOLDER
        better = wrong_with(target)
        if better is not None:
            tell(self._window, self._look, "换一个地方", better.sentence)
            return
        self._window.flush()
        # What is typed from here on would stay behind.
        self._store.access.refusal = StoreError("moving")
        if self._window.workspace is not None:
            self._window.reading.hold_still()
        self._window.show_done("正在移，附件多的时候要几分钟。移好会自己重新打开。")
        self._window.runner.run(
            partial(move, self._store.path.parent, target),
            lambda _nothing: self._on_moved(target),
            failed=self._on_failed,
        )

    def _on_moved(self, target: Path) -> None:
        try:
            remember_data_dir(target)
        except PilotDeskError as trouble:
            self._on_failed(trouble)
            return
        tell(
            self._window, self._look, "移好了",
            f"资料现在在 {target}，逐个核对过。原来的文件夹没有动，里面放了一张说明。",
        )  # fmt: skip
        self._store.access.refusal = None
        self._window.reading.again_requested.emit()

    def _on_failed(self, trouble: PilotDeskError) -> None:
        """The old place goes on being used."""
        self._store.access.refusal = None
        tell_trouble(self._window, self._look, trouble)
        if self._window.workspace is not None:  # it was held still, and opens again to be written
            self._window.reading.again_requested.emit()
