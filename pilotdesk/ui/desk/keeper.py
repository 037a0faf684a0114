"""Keeps what is being written: soon after the last key, on leaving, and again and again until it is stored."""

from __future__ import annotations

from typing import Final, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

PAUSE_MS: Final = 500
"""After the last key."""
LONGEST_MS: Final = 1_000
"""However long somebody goes on writing without a pause."""
AGAIN_MS: Final = 5_000
"""After it could not be stored."""

Place = TypeVar("Place")
Written = TypeVar("Written")


class Keeper(QObject, Generic[Place, Written]):
    """Holds what was written until it is stored.

    Nothing is dropped that is not stored: it is shown again where it was written, and tried again.

    Signals:
        held_changed: whether there is something that could not be stored.
    """

    held_changed = Signal(bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: dict[Place, Written] = {}
        self._is_held = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._longest = QTimer(self, singleShot=True, interval=LONGEST_MS)
        for timer in (self._pause, self._longest):
            timer.timeout.connect(self.flush)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._on_state)
            app.aboutToQuit.connect(self.flush)

    @property
    def is_clear(self) -> bool:
        """Whether everything is stored."""
        return not self._waiting

    def store(self, place: Place, written: Written) -> bool:
        """Store something now; whether it is stored."""
        raise NotImplementedError

    def wait(self, place: Place, written: Written) -> None:
        """Somebody wrote; it is stored after a pause."""
        self._waiting[place] = written
        self._pause.setInterval(PAUSE_MS)
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()

    def flush(self) -> bool:
        """Store everything now; whether everything is."""
        self._pause.stop()
        self._longest.stop()
        try:
            for place, written in list(self._waiting.items()):
                self._store_or_hold(place, written)
        finally:
            if self._waiting:
                self._pause.setInterval(AGAIN_MS)
                self._pause.start()
            self._set_held(bool(self._waiting))
        return not self._waiting

    def _store_or_hold(self, place: Place, written: Written) -> None:
        """Also over a bug, which rises: what waits goes behind the others, so that it keeps none of them for ever."""
        del self._waiting[place]  # before, because whoever hears of it asks what is waiting
        is_stored = False
        try:
            is_stored = self.store(place, written)
        finally:
            if not is_stored:
                self._waiting.setdefault(place, written)

    def _set_held(self, held: bool) -> None:
        if held != self._is_held:
            self._is_held = held
            self.held_changed.emit(held)

    def _on_state(self, state: Qt.ApplicationState) -> None:
        if state is not Qt.ApplicationState.ApplicationActive:
            self.flush()
