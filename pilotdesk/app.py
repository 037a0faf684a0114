"""The composition root: who opens the store, makes the window, and hands everybody their collaborators."""

from __future__ import annotations

import gc
import os
import time
from functools import partial
from typing import TYPE_CHECKING, Final

from pilotdesk.clock import SYSTEM_CLOCK
from pilotdesk.errors import PilotDeskError, StoreError
from pilotdesk.paths import data_dir
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pilotdesk.drafts.package import Package
    from pilotdesk.drafts.running_mark import RunningMark
    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.ui.holding import Hold
    from pilotdesk.ui.incoming import Asked
    from pilotdesk.ui.main_window import MainWindow
    from pilotdesk.ui.settings import Settings
    from pilotdesk.ui.theme import Look

MEND: Final = 100
"""Exit code of the event loop that asks for the database to be mended before the window comes back."""
AGAIN: Final = 101
"""The same for a window that may only look at the drafts, when the user wants to know whether that is still so."""
PLACE: Final = 102
"""The same for copies of another computer, made ready to take the place of a database without work in it."""
UPDATE: Final = 103
"""The same for the installer of a newer program; it is started when this one has stored everything and let go of the data."""
DAMAGE: Final = frozenset({"store_damaged", "store_lost"})


class Ended(Record, frozen=True):
    """How a window ended: the exit code, those that ask for more among them; draft and page that stood open; an installer."""

    code: int
    draft: tuple[str, str] | None = None
    installer: Path | None = None


def run_window(
    *, sample: bool = False, files: tuple[Path, ...] = (), first_painted: Callable[[], object] | None = None
) -> int:
    """Open the window and stay until it is closed; returns the exit code.

    Args:
        sample: whether to open the practice sample.
        files: what to open once the window stands; absolute paths.
        first_painted: called after the first paint, then the window closes; for measuring.
    """
    from pilotdesk.ui.incoming import Asked

    asked, refusal = Asked(sample=sample, files=files), None
    while True:
        try:
            ended = _held_once(asked, refusal, first_painted)
        except PilotDeskError as trouble:
            from pilotdesk.ui.start_trouble import way_out

            way = way_out(trouble, SYSTEM_CLOCK)
            if way is None:
                return 0
            refusal = way.refusal
            continue
        if ended is None:
            return 0
        if ended.installer is not None:
            return _start_installer(ended.installer)
        if ended.code not in {MEND, AGAIN, PLACE}:
            return ended.code
        asked, refusal = Asked(draft=ended.draft), None


def _start_installer(installer: Path) -> int:
    from pilotdesk.ui.updates_start import start_installer

    start_installer(installer)
    return 0


def _held_once(
    asked: Asked, refusal: StoreError | None, first_painted: Callable[[], object] | None
) -> Ended | None:
    """One window, and the data directory in our hands around it; ``None`` when there is to be no other.

    Raises:
        StoreError: the data cannot be opened.
    """
    from pilotdesk.ui.holding import Hold, take_hold

    hand = None if first_painted else partial(_hand_over, asked)
    hold = Hold(None, refusal) if refusal else take_hold(data_dir(), SYSTEM_CLOCK, hand)
    if hold is None:
        return None
    try:
        ended = _run_once(hold, asked, first_painted)
        if ended.code == MEND and (hold.refusal is not None or not _mended(data_dir())):
            return None
        if ended.code == PLACE:
            _take_place(data_dir())
        return ended
    finally:
        hold.release()


def _hand_over(asked: Asked, process: int) -> bool:
    """Let the program that has the data open what was asked of this one; whether it does."""
    from pilotdesk.drafts.handing_over import hand_over

    return hand_over(data_dir(), asked.files, sample=asked.sample, to=process)


def _run_once(hold: Hold, asked: Asked, first_painted: Callable[[], object] | None) -> Ended:
    """The window from its making to its end, and the last copy."""
    gc.disable()  # what the start makes stays; looking through it for garbage takes as long as drawing a page
    from pilotdesk.drafts.store import DraftStore

    try:
        store = DraftStore(data_dir(), SYSTEM_CLOCK, refusal=hold.refusal)
        try:
            ended = _show_window(hold, store, asked, first_painted)
        finally:
            store.close()
    except StoreError as trouble:
        if trouble.code not in DAMAGE:
            raise
        return Ended(MEND)
    finally:
        gc.enable()
    if ended.code not in {MEND, AGAIN, PLACE} and first_painted is None and store.access.refusal is None:
        _copy_at_close(store.path.parent)
    return ended


def _copy_at_close(folder: Path) -> None:
    from pilotdesk.drafts.closing import copy_at_close
    from pilotdesk.ui.safety_desk import make_last_backup

    copy_at_close(folder, partial(make_last_backup, folder, SYSTEM_CLOCK))


def _show_window(
    hold: Hold, store: DraftStore, asked: Asked, first_painted: Callable[[], object] | None
) -> Ended:
    from pilotdesk.drafts.running_mark import RunningMark
    from pilotdesk.ui.application import finish_application
    from pilotdesk.ui.first_paint import FirstPaint
    from pilotdesk.ui.incoming import open_asked, show_first

    mark = RunningMark(data_dir())
    window, look, settings = _make_window(hold, store)
    app = window.application
    installers: list[Path] = []

    def stands() -> None:
        if first_painted is not None:
            first_painted()
            window.close()
            return
        try:
            open_asked(window, look, SYSTEM_CLOCK, asked)
        finally:
            gc.enable()
        window.opening.afterwards(partial(finish_application, app))
        window.reading.again_requested.connect(partial(_look_again, window, hold))
        if hold.refusal is None:
            hold.keep(window, window.reading.on_lost)
            window.opening.afterwards(partial(_hear_others, window, look))
            window.opening.afterwards(partial(_look_after_safety, window, look, store, mark))
            window.opening.afterwards(partial(_look_at_place, window, look, store))
        window.opening.afterwards(partial(_offer_restore, window, look, store))
        window.opening.afterwards(partial(_look_for_updates, window, look, settings, installers))

    show_first(window, asked)
    FirstPaint(window, stands)
    window.show()
    code = app.exec()
    stood = _standing(window)
    window.close()
    mark.clear()
    return Ended(code, stood, installers[-1] if code == UPDATE else None)


def _standing(window: MainWindow) -> tuple[str, str] | None:
    """Draft and page that stand open; ``None`` when no draft does."""
    there = window.workspace
    return (there.session.identity.draft_id, there.navigator.current) if there is not None else None


def _look_again(window: MainWindow, hold: Hold) -> None:
    """Open the data anew, to write this time; as long as somebody else has it, or it cannot be written, that is said."""
    from pilotdesk.ui.holding import still_held, who

    try:
        held = still_held(data_dir(), SYSTEM_CLOCK) if hold.refusal is not None else None
    except StoreError as trouble:
        window.show_done(str(trouble))
        return
    if held is not None:
        window.show_done(f"资料还由{who(held)}打开着，等那边关掉再点一次。")
        return
    window.application.exit(AGAIN)


def _make_window(hold: Hold, store: DraftStore) -> tuple[MainWindow, Look, Settings]:
    """Application and window, with the crash hook in place; and what the user chose for it."""
    from pilotdesk.ui.application import make_application
    from pilotdesk.ui.main_window import MainWindow
    from pilotdesk.ui.settings import FILE_NAME, Settings
    from pilotdesk.ui.worker import TaskRunner

    settings = Settings(data_dir() / FILE_NAME, keeps=hold.refusal is None)
    app, look = make_application(settings)
    window = MainWindow(app, look, store=store, clock=SYSTEM_CLOCK, settings=settings, runner=TaskRunner())
    _install_crash_hook(data_dir(), window, look)
    return window, look, settings


def _look_after_safety(window: MainWindow, look: Look, store: DraftStore, mark: RunningMark) -> None:
    """What waits until the first page stands: how the last run ended, and whether the database is sound."""
    from pilotdesk.ui.unclean_end import look_back

    look_back(window, look, store, mark)
    window.safety.recovery_wanted.connect(partial(window.application.exit, MEND))
    window.safety.tell_last_close()
    window.safety.check()


def _look_at_place(window: MainWindow, look: Look, store: DraftStore) -> None:
    """Say what is wrong with where the data is, if anything, and move it when asked; sweep what was left there."""
    from pilotdesk.atomic import LEFT_S
    from pilotdesk.surroundings import sweep_temporary
    from pilotdesk.ui.place_desk import PlaceDesk

    sweep_temporary(time.time() - LEFT_S)
    PlaceDesk(window, look, store).look_around()


def _hear_others(window: MainWindow, look: Look) -> None:
    """Open what further starts of the program are to open, from now on."""
    from pilotdesk.ui.incoming import WishesOfOthers, fulfil

    WishesOfOthers(window, data_dir(), partial(fulfil, window, look, SYSTEM_CLOCK)).begin()


def _offer_restore(window: MainWindow, look: Look, store: DraftStore) -> None:
    """Bring back copies when that is asked for."""
    from pilotdesk.ui.restore_desk import RestoreDesk

    desk = RestoreDesk(window, look, store, SYSTEM_CLOCK)
    desk.place_wanted.connect(partial(window.application.exit, PLACE))


def _look_for_updates(window: MainWindow, look: Look, settings: Settings, installers: list[Path]) -> None:
    """Look for newer files on sticks, from now on; an installer that is ready goes into the list and ends the window."""
    from pilotdesk.ui.updates_desk import updates_desk_of
    from pilotdesk.ui.updates_watch import StickWatch

    desk = updates_desk_of(window, look, SYSTEM_CLOCK)
    desk.installer_ready.connect(installers.append)
    desk.installer_ready.connect(lambda _installer: window.application.exit(UPDATE))
    StickWatch(window, look, settings).look()


def _take_place(folder: Path) -> None:
    from pilotdesk.ui.application import make_application
    from pilotdesk.ui.restore_desk import take_place
    from pilotdesk.ui.settings import FILE_NAME, Settings

    _app, look = make_application(Settings(folder / FILE_NAME))
    take_place(look, folder, SYSTEM_CLOCK)


def _mended(folder: Path) -> bool:
    """Offer to mend the database; returns whether it is there now."""
    from pilotdesk.ui.application import make_application
    from pilotdesk.ui.recovery_dialog import ask_recovery
    from pilotdesk.ui.settings import FILE_NAME, Settings

    _app, look = make_application(Settings(folder / FILE_NAME))
    return ask_recovery(look, folder, SYSTEM_CLOCK)


def _install_crash_hook(folder: Path, window: MainWindow, look: Look) -> None:
    from pilotdesk.ui.crash_hook import CrashHook

    def say(sentence: str, entry: str) -> bool:
        from pilotdesk.ui.crash_dialog import ask_save  # a bug is rare

        return ask_save(window, look, sentence, entry)

    CrashHook(folder, SYSTEM_CLOCK, flush=window.flush, tell=say).install()


def save_shot(
    package: Package, page: str, target: Path, *, size: tuple[int, int], theme: str, text: str, scale: float
) -> None:
    """Draw one page of a package into a PNG, without a screen.

    Args:
        package: what was read of a ``.pilot`` file.
        page: see :class:`pilotdesk.ui.shots.Studio`.
        target: the PNG.
        size: client area in logical px.
        theme: ``light``, ``dark`` or ``contrast``.
        text: ``standard``, ``large`` or ``extra``.
        scale: device px a logical px.

    Raises:
        PilotDeskError: ``page_unknown``.
        ExportError: the picture cannot be written.
    """
    from pilotdesk.ui.shots import ShotStyle, draw_page

    style = ShotStyle(width=size[0], height=size[1], theme=theme, text=text, scale=scale)
    draw_page(package, page, target, clock=SYSTEM_CLOCK, style=style)


def save_desk_shot(
    desk: Path, number: int, target: Path, *, size: tuple[int, int], theme: str, text: str, scale: float
) -> None:
    """Draw a province's desk into a PNG, without a screen.

    Args:
        desk: its file.
        number: 编号 of the submission that is looked at; 0 for none.
        target: the PNG.
        size: client area in logical px.
        theme: ``light``, ``dark`` or ``contrast``.
        text: ``standard``, ``large`` or ``extra``.
        scale: device px a logical px.

    Raises:
        DeskError: the file cannot be read.
        ExportError: the picture cannot be written.
    """
    from pilotdesk.ui.desk.shots import draw_desk
    from pilotdesk.ui.shots import ShotStyle

    style = ShotStyle(width=size[0], height=size[1], theme=theme, text=text, scale=scale)
    draw_desk(desk, number, target, clock=SYSTEM_CLOCK, style=style)


def run_demo(out: Path) -> tuple[list[Path], list[Path]]:
    """The main job without a screen: the sample exported to Word and PDF, and a picture of every page.

    Returns:
        The two documents and the pictures, in order of the pages.

    Raises:
        ExportError: ``out`` cannot be written.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from pilotdesk.projects import export_session, sample_package, session_of_package
    from pilotdesk.ui.shots import ShotStyle, Studio

    package = sample_package()
    result = export_session(session_of_package(package, SYSTEM_CLOCK.today()), out)
    studio = Studio(package, SYSTEM_CLOCK, ShotStyle())
    pictures = []
    try:
        for number, name in enumerate(studio.page_names()):
            pictures.append(out / f"{number:02d}-{name}.png")
            studio.draw(name, pictures[-1])
    finally:
        studio.close()
    return [file.path for file in result.files], pictures
