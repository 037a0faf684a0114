"""The way to the desk and back: which file, made or opened, by whom it is held, what is wrong with it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from pilotdesk.drafts.lock import BEAT_S, Grip
from pilotdesk.drafts.places import wrong_with
from pilotdesk.errors import DeskError
from pilotdesk.review.desk.copies import newest_sound, put_back
from pilotdesk.review.desk.file import Desk, create_desk, file_name
from pilotdesk.ui.desk.door_dialog import ask_desk_file, ask_new_desk
from pilotdesk.ui.desk.page import DeskPage
from pilotdesk.ui.desk.sitting import Sitting
from pilotdesk.ui.dialogs.asking import ask_choice, ask_folder, guarded, tell_trouble
from pilotdesk.ui.dialogs.papers_place import papers_place

if TYPE_CHECKING:
    from pilotdesk.clock import Clock
    from pilotdesk.ui.desk.door_dialog import NewDesk
    from pilotdesk.ui.look.settings import Settings
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.navigation.frame import ProgramWindow

TITLE: Final = "省级审核台"


class DeskDoor(QObject):
    """Opens one desk at a time in the window.

    Args:
        window: where its page stands.
        look: the theme in force.
        clock: the time.
        settings: which desk was open last.

    Attributes:
        page: of the open desk; ``None`` while there is none.
    """

    def __init__(self, window: ProgramWindow, look: Look, *, clock: Clock, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._look = look
        self._clock = clock
        self._settings = settings
        self.page: DeskPage | None = None
        self._beat = QTimer(self, interval=BEAT_S * 1000)
        self._beat.timeout.connect(self.beat)

    # -- in --------------------------------------------------------------------------------------

    def enter(self) -> None:
        """Open the desk that was open last; ask for one the first time, and when that one is not there."""
        last = self._settings.choices.desk_file
        if not last or (not self.open(Path(last)) and not Path(last).is_file()):
            self.make()

    def make(self) -> None:
        """Ask for what a new desk needs, or for the file of one that there is."""
        asked = ask_new_desk(self._window, self._look)
        if asked is None:
            return
        if isinstance(asked, Path):
            self.open(asked)
        else:
            guarded(self._window, self._look, self._make, asked)

    def _make(self, asked: NewDesk) -> None:
        path = asked.folder / file_name(asked.province, asked.round.name)
        if path.exists():
            text = f"“{path.name}”在这个文件夹里已经有了，里面的审核都在。接着用它，或换个文件夹新建。"
            actions = ("换个文件夹", "接着用它")
            if ask_choice(self._window, self._look, "已经有这个审核台", text, actions=actions) != 1:
                self.make()
                return
        else:
            create_desk(path, asked.round, asked.settings)
        self.open(path)

    def choose(self) -> None:
        """Ask for the file of another desk, and open it."""
        path = ask_desk_file(self._window)
        if path is not None:
            self.open(path)

    def open(self, path: Path) -> bool:
        """Open a desk; one that is open already is left first. Returns whether it is open; what was wrong was said."""
        was_open = self.page is not None
        if not self._window.may_leave():
            return False
        try:
            sitting = self._sitting(path)
        except DeskError as trouble:
            if trouble.code == "desk_damaged" and self._is_put_back(path):
                return self.open(path)
            tell_trouble(self._window, self._look, trouble)
            if was_open:
                self._window.show_start()
            return False
        self._show(sitting)
        guarded(self._window, self._look, lambda: self._settings.keep(desk_file=str(path)))
        return True

    def _sitting(self, path: Path) -> Sitting:
        """The open desk, its table read.

        Raises:
            DeskError: see :class:`pilotdesk.review.desk.file.Desk`.
        """
        desk = self._opened(path)
        try:
            return Sitting(desk, self._clock)
        except DeskError:
            desk.close()
            raise

    def _is_put_back(self, path: Path) -> bool:
        """Offer the newest copy that can be read in the place of a file that cannot; whether it stands there now."""
        copy = newest_sound(path)
        if copy is None:
            return False
        at = copy.moment
        text = (
            f"“{path.name}”坏了一部分。最近一份好的备份是 {at.month} 月 {at.day} 日 {at:%H:%M} 存的，"
            "在那以后做的要再做一遍。坏的那份改个名字留着，不删。"
        )
        actions = ("先不动", "用这份备份")
        if ask_choice(self._window, self._look, "审核台文件读不出来", text, actions=actions) != 1:
            return False
        return guarded(self._window, self._look, put_back, path, copy, self._clock)

    def _opened(self, path: Path) -> Desk:
        """The desk; where another computer has it and was not heard of for long, that is asked first.

        Raises:
            DeskError: see :class:`pilotdesk.review.desk.file.Desk`.
        """
        desk = Desk(path, self._clock)
        if desk.held is None or desk.held.grip is not Grip.SILENT:
            return desk
        text = "那边很久没有动静，多半是关机或断网了。确定那边没有人在审，可以接着用；拿不准就先只看。"
        if ask_choice(self._window, self._look, "审核台由别的电脑开着", text, actions=("接着用", "先只看")):
            return desk
        desk.close()
        return Desk(path, self._clock, over=True)

    def _show(self, sitting: Sitting) -> None:
        page = DeskPage(
            self._look, sitting, clock=self._clock, runner=self._window.runner, settings=self._settings,
            toasts=self._window,
        )  # fmt: skip
        sitting.setParent(page)
        page.home_requested.connect(self._window.show_start)
        page.again_requested.connect(self.again)
        page.make_requested.connect(self.make)
        page.choose_requested.connect(self.choose)
        page.move_requested.connect(self.move)
        page.display_requested.connect(self._window.display.open_below)
        self._window.menu_wanted.connect(page.open_menu)
        self.page = page
        self._beat.start()
        path = sitting.desk.path
        self._window.show_page(page, f"{TITLE} · {path.stem.removeprefix('审核台_').replace('_', ' ')}")
        QTimer.singleShot(0, page, partial(self._look_around, page))

    def _look_around(self, page: DeskPage) -> None:
        """What waits until the page stands: the keyboard, the first copy, what is wrong with where the file is."""
        if page is not self.page:  # left already
            return
        page.begin()
        page.copies.begin()
        unfit = None if page.sitting.is_look_only else wrong_with(page.sitting.desk.path.parent)
        if unfit is not None:
            page.warn(unfit.sentence)

    # -- meanwhile -------------------------------------------------------------------------------

    def beat(self) -> None:
        """Touch the lock; say it when another computer has taken over."""
        if self.page is not None and not self.page.sitting.desk.beat():
            self._beat.stop()
            self.page.show_access()

    def flush(self) -> bool:
        """Store what is being written; whether everything is stored."""
        return self.page is None or self.page.flush()

    def again(self) -> None:
        """Open the same desk anew, to write this time."""
        if self.page is not None:
            current = self.page.sitting.current
            if self.open(self.page.sitting.desk.path) and self.page is not None:
                self.page.sitting.show_one(current)

    def move(self) -> None:
        """Ask for another folder, put the desk there, and go on with it there; the file that was used stays as it is."""
        page = self.page
        folder = (
            ask_folder(self._window, "审核台换到哪个文件夹", str(papers_place()))
            if page is not None
            else None
        )
        if page is None or folder is None:
            return
        before = page.sitting.desk.path
        target = folder / before.name
        if guarded(self._window, self._look, _copy_to, page.sitting.desk, target) and self.open(target):
            self._window.show_done(f"换到“{folder}”了。原来的“{before.name}”没有删，以后不再用它。")

    # -- out -------------------------------------------------------------------------------------

    def leave(self) -> bool:
        """Store everything and close the desk; ``False`` when the user stays."""
        page = self.page
        if page is None:
            return True
        if not page.may_leave():
            return False
        self._beat.stop()
        self.page = None
        page.close_desk()
        page.deleteLater()
        return True


def _copy_to(desk: Desk, target: Path) -> None:
    """A copy at a new place.

    Raises:
        DeskError: ``desk_there``, ``desk_full``, ``desk_unwritable``, ``desk_busy``, ``desk_damaged``.
    """
    if target.exists():
        raise DeskError("desk_there", name=target.name)
    desk.copy_to(target)
