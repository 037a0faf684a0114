"""What is to be opened from outside: files of the command line and of a double click, and those of a second start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from pilotdesk.errors import PilotDeskError
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pilotdesk.clock import Clock
    from pilotdesk.drafts.handing_over import Heard, Wish
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.window.main_window import MainWindow

PACKAGE: Final = ".pilot"
KIT, DESK, WORD = ".zip", ".db", ".docx"
AGAIN_MS: Final = 200
"""How often a wish looks whether the dialog is gone that it must not be opened under, or the virus scanner that has its file."""
MOST_TRIES: Final = 50
"""After so many looks what was asked for is opened though its file cannot be taken away: better twice than not at all."""


class Asked(Record, frozen=True, kw_only=True):
    """What is to be opened: the practice sample, files (absolute), or draft and page that stood open before."""

    sample: bool = False
    files: tuple[Path, ...] = ()
    draft: tuple[str, str] | None = None


def show_first(window: MainWindow, asked: Asked) -> None:
    """The start page; or a frame that stands at once, while draft, rules and page are read behind it."""
    if asked.draft is not None:
        window.opening.show("刚才那一份")
    elif asked.sample:
        window.opening.show("练习样例")
    elif len(asked.files) == 1 and asked.files[0].suffix.lower() == PACKAGE:
        window.opening.show(asked.files[0].stem)
    else:
        window.show_start()


def open_asked(window: MainWindow, look: Look, clock: Clock, asked: Asked) -> None:
    """Open what is asked for; where it could not be opened, its sentence was said and the start page comes."""
    if asked.files:
        open_files(window, look, clock, asked.files)
    elif asked.sample:
        window.open_sample()
    elif asked.draft is not None:
        window.open_draft(*asked.draft)
    if window.opening.view is not None and not window.opening.has_page:
        window.show_start()


def open_files(window: MainWindow, look: Look, clock: Clock, files: Sequence[Path]) -> None:
    """Open a file as the window would if it were dropped there, or verify several; what cannot be opened is said.

    Args:
        window: nothing modal stands over it.
        look: the theme in force.
        clock: the time.
        files: absolute paths.
    """
    from pilotdesk.ui.dialogs.asking import tell_trouble

    known = []
    for file in files:
        code = _trouble_with(file)
        if code:
            tell_trouble(window, look, PilotDeskError(code, name=file.name or str(file)))
        else:
            known.append(file)
    if len(known) == 1:
        _open_one(window, look, clock, known[0])
    elif known:
        _verify(window, look, clock, known)


def _trouble_with(file: Path) -> str:
    """Code of what is wrong with a file before it is read; empty for nothing."""
    from pilotdesk.projects.handover import is_kit
    from pilotdesk.ui.carriers.verify_desk import ENDINGS, OPENED

    kind = file.suffix.lower()
    if file.is_dir():
        return "file_is_folder"
    if not file.is_file():
        return "file_missing"
    known = kind in OPENED | ENDINGS | {DESK} or (kind == KIT and is_kit(file))
    return "" if known else "file_unknown"


def _open_one(window: MainWindow, look: Look, clock: Clock, file: Path) -> None:
    from pilotdesk.ui.carriers.readback_blank import is_blank_file
    from pilotdesk.ui.carriers.verify_desk import OPENED

    kind = file.suffix.lower()
    if kind == KIT:
        window.show_start()
        if window.desk is not None:
            window.desk.projects.take_over(file)
    elif kind == DESK:
        window.door.open(file)
    elif kind in OPENED or (kind == WORD and is_blank_file(file)):
        window.open_package(file)
    else:
        _verify(window, look, clock, [file])


def _verify(window: MainWindow, look: Look, clock: Clock, files: Sequence[Path]) -> None:
    from pilotdesk.ui.carriers.verify_desk import verify_desk_of

    if window.opening.view is not None:
        window.show_start()
    verify_desk_of(window, look, clock).verify(files)


class WishesOfOthers(QObject):
    """Waits for second starts of the program, and opens what they were to open.

    Args:
        window: comes to the front.
        data_folder: in our hands.
        fulfil: opens what is wished.
    """

    def __init__(
        self, window: MainWindow, data_folder: Path, fulfil: Callable[[Sequence[Wish]], object]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._data_folder = data_folder
        self._fulfil = fulfil
        self._waiting: list[Heard] = []
        self._tries = 0
        self._is_busy = False
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._look)
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self._look)

    def begin(self) -> None:
        """Wait from now on, and do what was wished while the window was being made, or of a window before this one."""
        from pilotdesk.drafts.handing_over import wishes

        self._watch()
        self._hear(wishes(self._data_folder, anew=True))
        self._look()

    def _watch(self) -> None:
        from pilotdesk.drafts.handing_over import wish_folder

        folder = wish_folder(self._data_folder)
        if folder is not None:
            self._watcher.addPath(str(folder))

    def _look(self, _folder: str = "") -> None:
        from pilotdesk.drafts.handing_over import is_more_asked, wishes

        # A window that was closed claims and opens nothing any more: whoever asks gets the data itself in a moment.
        if not self._window.isVisible():
            return
        if not self._watcher.directories():  # somebody has swept the folder away
            self._watch()
        self._hear(wishes(self._data_folder))
        if self._waiting and not self._must_wait():
            self._open()
        if self._waiting or is_more_asked(self._data_folder):
            self._again.start()

    def _hear(self, heard: Sequence[Heard]) -> None:
        from pilotdesk.drafts.handing_over import is_taken_up

        if heard:
            come_forward(self._window)
        # Who only wants the window has it, whatever dialog stands in it.
        self._waiting += [one for one in heard if one.wish.wants_more or is_taken_up(one) is None]

    def _must_wait(self) -> bool:
        """Whether something stands there that wants an answer first."""
        return self._is_busy or bool(QApplication.activeModalWidget() or QApplication.activePopupWidget())

    def _open(self) -> None:
        self._is_busy = True
        try:
            self._window.flush()
            ready = self._taken_up()
            if ready:
                self._fulfil(ready)
        finally:
            self._is_busy = False

    def _taken_up(self) -> list[Wish]:
        """What is to be opened now; what cannot be said so of goes on waiting."""
        from pilotdesk.drafts.handing_over import is_taken_up

        self._tries += 1
        unsure = self._tries >= MOST_TRIES or None
        asked = [(one, is_taken_up(one)) for one in self._waiting]
        asked = [(one, unsure if is_ours is None else is_ours) for one, is_ours in asked]
        self._waiting = [one for one, is_ours in asked if is_ours is None]
        self._tries = self._tries if self._waiting else 0
        return [one.wish for one, is_ours in asked if is_ours]


def come_forward(window: MainWindow) -> None:
    """Show the window above those of other programs, as far as the system lets it; else it asks for attention."""
    state = window.windowState() & ~Qt.WindowState.WindowMinimized
    window.setWindowState(state | Qt.WindowState.WindowActive)
    window.show()
    window.raise_()
    window.activateWindow()
    QApplication.alert(window)


def fulfil(window: MainWindow, look: Look, clock: Clock, wished: Sequence[Wish]) -> None:
    """Open what second starts asked for, as if it had been dropped on the window."""
    files = list(dict.fromkeys(path for wish in wished for path in wish.paths))
    if files:
        open_files(window, look, clock, files)
    elif any(wish.sample for wish in wished):
        window.open_sample()
