"""Holding the data directory: the question when somebody else has it, and the touches of our own lock."""

from __future__ import annotations

import time
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from pilotdesk.drafts.closing import is_closing
from pilotdesk.drafts.connection import FILE_NAME as DATABASE
from pilotdesk.drafts.lock import BEAT_S, FolderLock, Grip, this_machine
from pilotdesk.errors import StoreError
from pilotdesk.paths import portable_root

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pilotdesk.clock import Clock
    from pilotdesk.drafts.lock import Held, Holder

CLOSING_S, LOOK_MS = 6.0, 100
"""How long a program that is just closing is waited for, and how often it is looked at."""

CLOSE, LOOK, TAKE = "关掉", "以只读打开", "接管"


class Hold:
    """What this program may do with the data directory.

    Args:
        lock: ours; ``None`` when somebody else has it.
        refusal: why nothing may be written; ``None`` when everything may.
    """

    def __init__(self, lock: FolderLock | None, refusal: StoreError | None = None) -> None:
        self.refusal = refusal
        self._lock = lock

    def keep(self, owner: QObject, lost: Callable[[], object]) -> QTimer:
        """Touch the lock every few minutes as long as ``owner`` lives; ``lost`` is called when it is not ours any more."""
        timer = QTimer(owner, interval=BEAT_S * 1000)

        def beat() -> None:
            if self._lock is not None and not self._lock.beat():
                timer.stop()
                lost()

        timer.timeout.connect(beat)
        timer.start()
        return timer

    def release(self) -> None:
        """Let go of the data directory; a window that outlives this hears no more of the lock, whoever takes it then."""
        lock, self._lock = self._lock, None
        if lock is not None:
            lock.release()


def take_hold(
    data_folder: Path, clock: Clock, hand_over: Callable[[Holder], bool] | None = None
) -> Hold | None:
    """Take the data directory, or ask what to do when somebody else has it; ``None`` when the program is to end.

    Args:
        data_folder: the data directory.
        clock: the time.
        hand_over: gives what this program was to do to another one of this computer, and returns whether that takes it;
            ``None`` to ask at once.

    Raises:
        StoreError: ``store_held_empty`` when somebody else has it and there is nothing in it to look at; see also
            :meth:`FolderLock.take`.
    """
    lock = FolderLock(data_folder, clock, alone=_is_carried(data_folder))
    held = lock.take()
    held = held and _after_closing(lock, held, data_folder)
    told: list[Holder | None] = []
    while held is not None and hand_over is not None and held.holder not in told:
        if _is_handed(held, hand_over):
            return None
        told.append(held.holder)
        held = lock.take()  # it may have ended meanwhile, and another one may have begun
        held = held and _after_closing(lock, held, data_folder)
    while held is not None:
        if held.grip is Grip.HELD and not _has_drafts(data_folder):
            raise StoreError("store_held_empty", who=who(held))
        answer = ask_held(held, clock, data_folder)
        if answer == LOOK:
            return Hold(None, StoreError("store_held", who=who(held)))
        if answer != TAKE:
            return None
        held = lock.take(over=True)
    return Hold(lock)


def _is_carried(data_folder: Path) -> bool:
    """Whether the data comes along on a stick with the program: where it was pulled out too early, no lock is in force."""
    if portable_root() is None:
        return False
    from pilotdesk.drafts.places import is_on_stick

    return is_on_stick(data_folder)


def _has_drafts(data_folder: Path) -> bool:
    """Whether there is anything to look at."""
    return (data_folder / DATABASE).is_file()


def _is_handed(held: Held, hand_over: Callable[[Holder], bool]) -> bool:
    from pilotdesk.drafts.handing_over import may_hear

    return held.holder is not None and may_hear(held) and hand_over(held.holder)


def _after_closing(lock: FolderLock, held: Held, data_folder: Path) -> Held | None:
    """Whoever closes the program and opens it again at once waits a moment for its last copy, and is asked nothing."""
    until = time.monotonic() + CLOSING_S
    here = held.holder is not None and held.holder.host == this_machine()[0]
    still: Held | None = held
    while still is not None and here and is_closing(data_folder) and time.monotonic() < until:
        time.sleep(LOOK_MS / 1000)
        still = lock.take()
    return still


def still_held(data_folder: Path, clock: Clock) -> Held | None:
    """Who has the data directory now; ``None`` when it is free. Nothing is taken.

    Raises:
        StoreError: see :meth:`FolderLock.take`.
    """
    lock = FolderLock(data_folder, clock)
    held = lock.take()
    if held is None:
        lock.release()
    return held if held is not None and held.grip is Grip.HELD else None


def ask_held(held: Held, clock: Clock, data_folder: Path) -> str:
    """Say who has the data since when, and ask.

    Taking over is offered only where nobody answers any more, and looking where there is something to be seen.
    """
    from pilotdesk.ui.dialogs.asking import ask_choice
    from pilotdesk.ui.look.application import make_application
    from pilotdesk.ui.look.settings import FILE_NAME, Settings

    _app, look = make_application(Settings(data_folder / FILE_NAME, keeps=False))
    silent = held.grip is Grip.SILENT
    look_too = (LOOK,) if _has_drafts(data_folder) else ()
    actions = (CLOSE, TAKE, *look_too) if silent else (CLOSE, *look_too)
    unsure = "拿不准就先以只读打开看看。" if look_too else "拿不准就先问一声。"
    text = (
        f"那边很久没有动静，多半是关机或断网了。确定那边没有人在填，可以接管；{unsure}"
        if silent
        else "两边同时改会互相盖掉，所以这里只能看。等那边关掉，这里就能改了。"
    )
    chosen = ask_choice(None, look, f"资料正由{who(held)}打开着", text, actions=actions)
    return actions[chosen] if chosen >= 0 else CLOSE


def who(held: Held) -> str:
    """Which computer and since when: ``“KEYUAN-3”（6 月 2 日 10:32 起）``."""
    holder = held.holder
    if holder is None:
        return "另一个 PilotDesk "
    since = datetime.fromisoformat(holder.since).astimezone()
    here = "这台电脑上的另一个窗口" if holder.host == this_machine()[0] else f"“{holder.host}”"
    return f"{here}（{since.month} 月 {since.day} 日 {since:%H:%M} 起）"
