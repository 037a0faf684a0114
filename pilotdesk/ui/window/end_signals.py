"""The end that the system asks for by a signal: a logout of some desktops, a shutdown, a closed terminal, Ctrl-C, ``kill``.

It becomes an end like that by the mouse. Python hears a signal only between two of its own steps, and Qt waits outside of
them; so the system writes a byte into a pipe, which Qt watches like everything else. Windows has no such signals for a
program with a window: there Qt tells of the session's end itself.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSocketNotifier

if TYPE_CHECKING:
    from types import FrameType

    from pilotdesk.ui.window.main_window import MainWindow

NAMES: Final = ("SIGTERM", "SIGHUP", "SIGINT")


def end_when_told(window: MainWindow) -> None:
    """Close a window when a signal asks for the end, from now on; nothing happens on Windows.

    Once it is closed, signals end nothing any more: the last copy ends by itself, and in time.
    """
    if sys.platform != "win32":
        _Listening(window)


def signals_end_at_once() -> None:
    """Let signals end the program as they do where nobody listens: something is asked now that no window stands behind."""
    for name in NAMES if sys.platform != "win32" else ():
        number = getattr(signal, name)
        if signal.getsignal(number) is _noted:
            signal.signal(number, signal.SIG_DFL)


class _Listening(QObject):
    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._is_closing = False
        self._pipe = os.pipe()
        for end in self._pipe:
            os.set_blocking(end, False)
        self._notifier = QSocketNotifier(self._pipe[0], QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_told)
        signal.set_wakeup_fd(self._pipe[1], warn_on_full_buffer=False)
        for number in (getattr(signal, name) for name in NAMES):
            if signal.getsignal(number) is not signal.SIG_IGN:  # as `nohup` and scripts want it
                signal.signal(number, _noted)
                signal.siginterrupt(number, False)  # SQLite and others see no call that was cut short
        window.closed.connect(self._stop)

    def _on_told(self) -> None:
        os.read(self._pipe[0], 4096)
        if self._is_closing:  # and asks what is to become of something that could not be stored
            return
        self._is_closing = True
        try:
            self._end_intake()
            self._window.close()
        finally:
            self._is_closing = False

    def _end_intake(self) -> None:
        """Else it would be asked whether that may be stopped; what was taken in stays, and the rest is taken in another time."""
        page = self._window.door.page if "door" in self._window.__dict__ else None
        if page is not None:
            page.intake.close()

    def _stop(self) -> None:
        if not self._notifier.isEnabled():  # a window may be told twice to close
            return
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(-1)
        for end in self._pipe:
            os.close(end)


def _noted(_number: int, _frame: FrameType | None) -> None:
    """Where nothing is registered the system would end the program itself."""
