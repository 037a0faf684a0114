"""The composition root: who opens the store, makes the window, and hands everybody their collaborators."""

from __future__ import annotations

import gc
import time
from functools import partial
from typing import TYPE_CHECKING, Final

from pilotdesk.clock import SYSTEM_CLOCK
from pilotdesk.errors import PilotDeskError, StoreError
from pilotdesk.paths import data_dir
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pilotdesk.drafts.lock import Holder
    from pilotdesk.drafts.running_mark import RunningMark
    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.ui.look.settings import Settings
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.safety.holding import Hold
    from pilotdesk.ui.window.incoming import Asked
    from pilotdesk.ui.window.main_window import MainWindow

MEND: Final = 100
"""Exit code of the event loop that asks for the database to be mended before the window comes back."""
AGAIN: Final = 101
"""The same for a window that may only look at the drafts, when the user wants to know whether that is still so."""
PLACE: Final = 102
"""The same for copies of another computer, made ready to take the place of a database without work in it."""
UPDATE: Final = 103
"""The same for the installer of a newer program; it is started when this one has stored everything and let go of the data."""
BACK: Final = frozenset({MEND, AGAIN, PLACE})
"""After these there is something to be done or asked, and then a window again."""
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
    from pilotdesk.ui.window.incoming import Asked

    asked, refusal = Asked(sample=sample, files=files), None
    while True:
        try:
            ended = _held_once(asked, refusal, first_painted)
        except PilotDeskError as trouble:
            from pilotdesk.ui.start.trouble import way_out

            way = way_out(trouble, SYSTEM_CLOCK)
            if way is None:
                return 0
            refusal = way.refusal
            continue
        if ended is None:
            return 0
        if ended.installer is not None:
            return _start_installer(ended.installer)
        if ended.code not in BACK:
            return ended.code
        asked, refusal = Asked(draft=ended.draft), None


def _start_installer(installer: Path) -> int:
    from pilotdesk.ui.updates.start import start_installer

    start_installer(installer)
    return 0


def _held_once(
    asked: Asked, refusal: StoreError | None, first_painted: Callable[[], object] | None
) -> Ended | None:
    """One window, and the data directory in our hands around it; ``None`` when there is to be no other.

    Raises:
        StoreError: the data cannot be opened.
    """
    from pilotdesk.ui.safety.holding import Hold, take_hold

    hand = None if first_painted else partial(_hand_over, asked)
    hold = Hold(None, refusal) if refusal else take_hold(data_dir(), SYSTEM_CLOCK, hand)
    if hold is None:
        return None
    try:
        ended = _run_once(hold, asked, first_painted)
        if ended.code == MEND and not _mended(data_dir()):
            return None
        if ended.code == PLACE:
            _take_place(data_dir())
        return ended
    finally:
        hold.release()


def _hand_over(asked: Asked, holder: Holder) -> bool:
    """Let the program that has the data open what was asked of this one; whether it does."""
    from pilotdesk.drafts.handing_over import hand_over

    return hand_over(data_dir(), asked.files, sample=asked.sample, to=holder)


def _run_once(hold: Hold, asked: Asked, first_painted: Callable[[], object] | None) -> Ended:
    """The window from its making to its end, and the last copy."""
    gc.disable()  # what the start makes stays; looking through it for garbage takes as long as drawing a page
    from pilotdesk.atomic import using
    from pilotdesk.drafts.store import DraftStore

    try:
        store = DraftStore(data_dir(), SYSTEM_CLOCK, refusal=hold.refusal)
        try:
            with using(store.path.parent):
                ended = _show_window(hold, store, asked, first_painted)
        finally:
            store.close()
    except StoreError as trouble:
        _let_signals_end()
        if trouble.code not in DAMAGE or hold.refusal is not None:  # who may only look cannot mend it either
            raise
        return Ended(MEND)
    finally:
        gc.enable()
    if ended.code not in BACK and first_painted is None and store.access.refusal is None:
        _copy_at_close(store.path.parent)
    return ended


def _copy_at_close(folder: Path) -> None:
    from pilotdesk.drafts.closing import copy_at_close
    from pilotdesk.ui.safety.desk import make_last_backup

    copy_at_close(folder, partial(make_last_backup, folder, SYSTEM_CLOCK))


def _show_window(
    hold: Hold, store: DraftStore, asked: Asked, first_painted: Callable[[], object] | None
) -> Ended:
    from pilotdesk.drafts.running_mark import RunningMark
    from pilotdesk.ui.tasks.first_paint import FirstPaint
    from pilotdesk.ui.window.incoming import open_asked, show_first

    mark = RunningMark(data_dir())
    window, look, settings = _make_window(hold, store)
    if first_painted is None:
        _end_when_told(window)  # from the first page on somebody may be typing
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
        window.reading.again_requested.connect(partial(_look_again, window, hold))
        if hold.refusal is None:
            hold.keep(window, window.reading.on_lost)
        for call in _desks(hold, window, look, store, mark):
            window.opening.afterwards(call)
        window.opening.afterwards(partial(_look_for_updates, window, look, settings, installers))

    show_first(window, asked)
    FirstPaint(window, stands)
    window.show()
    code, stood = _stay(window, mark), _standing(window)
    while not window.close():  # something could not be stored, and the user stays with it
        code, stood = _stay(window, mark), _standing(window)
    mark.clear()
    if code in BACK:
        _let_signals_end()
    return Ended(code, stood, installers[-1] if code == UPDATE else None)


def _desks(
    hold: Hold, window: MainWindow, look: Look, store: DraftStore, mark: RunningMark
) -> Iterator[Callable[[], object]]:
    """What looks after window and data once the first page stands, in order; less where nothing may be written."""
    from pilotdesk.ui.look.application import finish_application

    yield partial(finish_application, window.application)
    if hold.refusal is None:
        yield partial(_hear_others, window, look)
        yield partial(_look_after_safety, window, look, store, mark)
        yield partial(_look_at_place, window, look, store)
    yield partial(_offer_restore, window, look, store)


def _stay(window: MainWindow, mark: RunningMark) -> int:
    """Stay until the window is closed; returns the exit code.

    Told to Qt at once: the event by which Qt tells it to itself is thrown away by a dialog that opens before it is handled,
    and a program without a window would stay for good.
    """
    app = window.application
    end, at_session_end = partial(app.exit, 0), partial(_store_for_session_end, window, mark)
    window.closed.connect(end)
    app.commitDataRequest.connect(at_session_end)
    code = app.exec()
    window.closed.disconnect(end)  # else a dialog that comes after it would be over before it stands
    app.commitDataRequest.disconnect(at_session_end)
    return code


def _store_for_session_end(window: MainWindow, mark: RunningMark, _session: object = None) -> None:
    """The computer is about to be shut down, which another program may still prevent; Windows asks for nothing after it."""
    window.flush()
    window.application.aboutToQuit.connect(mark.clear)


def _standing(window: MainWindow) -> tuple[str, str] | None:
    """Draft and page that stand open; ``None`` when no draft does."""
    there = window.workspace
    return (there.session.identity.draft_id, there.navigator.current) if there is not None else None


def _look_again(window: MainWindow, hold: Hold) -> None:
    """Open the data anew, to write this time; as long as somebody else has it, or it cannot be written, that is said."""
    from pilotdesk.ui.safety.holding import still_held, who

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
    from pilotdesk.ui.look.application import make_application
    from pilotdesk.ui.look.settings import FILE_NAME, Settings
    from pilotdesk.ui.tasks.worker import TaskRunner
    from pilotdesk.ui.window.main_window import MainWindow

    settings = Settings(data_dir() / FILE_NAME, keeps=hold.refusal is None)
    app, look = make_application(settings)
    window = MainWindow(app, look, store=store, clock=SYSTEM_CLOCK, settings=settings, runner=TaskRunner())
    _install_crash_hook(data_dir(), window, look)
    return window, look, settings


def _look_after_safety(window: MainWindow, look: Look, store: DraftStore, mark: RunningMark) -> None:
    """What waits until the first page stands: how the last run ended, and whether the database is sound."""
    from pilotdesk.ui.window.unclean_end import look_back

    look_back(window, look, store, mark)
    window.safety.recovery_wanted.connect(partial(window.application.exit, MEND))
    window.safety.tell_last_close()
    window.safety.check()


def _look_at_place(window: MainWindow, look: Look, store: DraftStore) -> None:
    """Say what is wrong with where the data is, if anything, and move it when asked; sweep what was left there."""
    from pilotdesk.atomic import LEFT_S
    from pilotdesk.surroundings import sweep_temporary
    from pilotdesk.ui.window.place_desk import PlaceDesk

    sweep_temporary(time.time() - LEFT_S)
    PlaceDesk(window, look, store).look_around()


def _end_when_told(window: MainWindow) -> None:
    from pilotdesk.ui.window.end_signals import end_when_told

    end_when_told(window)


def _let_signals_end() -> None:
    from pilotdesk.ui.window.end_signals import signals_end_at_once

    signals_end_at_once()


def _hear_others(window: MainWindow, look: Look) -> None:
    """Open what further starts of the program are to open, from now on."""
    from pilotdesk.ui.window.incoming import WishesOfOthers, fulfil

    WishesOfOthers(window, data_dir(), partial(fulfil, window, look, SYSTEM_CLOCK)).begin()


def _offer_restore(window: MainWindow, look: Look, store: DraftStore) -> None:
    """Bring back copies when that is asked for."""
    from pilotdesk.ui.safety.restore_desk import RestoreDesk

    desk = RestoreDesk(window, look, store, SYSTEM_CLOCK, window.safety)
    desk.place_wanted.connect(partial(window.application.exit, PLACE))


def _look_for_updates(window: MainWindow, look: Look, settings: Settings, installers: list[Path]) -> None:
    """Look for newer files on sticks, from now on; an installer that is ready goes into the list and ends the window."""
    from pilotdesk.ui.updates.desk import updates_desk_of
    from pilotdesk.ui.window.update_watch import StickWatch

    desk = updates_desk_of(window, look, SYSTEM_CLOCK)
    desk.installer_ready.connect(installers.append)
    desk.installer_ready.connect(lambda _installer: window.application.exit(UPDATE))
    StickWatch(window, look, settings).look()


def _take_place(folder: Path) -> None:
    from pilotdesk.ui.safety.restore_desk import take_place

    take_place(_look_without_window(folder), folder, SYSTEM_CLOCK)


def _mended(folder: Path) -> bool:
    """Offer to mend the database; returns whether it is there now."""
    from pilotdesk.ui.safety.recovery_dialog import ask_recovery

    return ask_recovery(_look_without_window(folder), folder, SYSTEM_CLOCK)


def _look_without_window(folder: Path) -> Look:
    from pilotdesk.ui.look.application import make_application
    from pilotdesk.ui.look.settings import FILE_NAME, Settings

    return make_application(Settings(folder / FILE_NAME))[1]


def _install_crash_hook(folder: Path, window: MainWindow, look: Look) -> None:
    from pilotdesk.ui.window.crash_hook import CrashHook

    def say(sentence: str, entry: str) -> bool:
        from pilotdesk.ui.window.crash_dialog import ask_save  # a bug is rare

        return ask_save(window, look, sentence, entry)

    CrashHook(folder, SYSTEM_CLOCK, flush=window.flush, tell=say).install()
