"""Keeps what is written for the unit: soon after the last key, on leaving, and again and again until it is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from pilotdesk.record import Record

if TYPE_CHECKING:
    from pilotdesk.ui.desk.sitting import Sitting

PAUSE_MS: Final = 500
"""After the last key."""
LONGEST_MS: Final = 3_000
"""However long somebody goes on writing without a pause."""
AGAIN_MS: Final = 5_000
"""After it could not be stored."""


class _Words(Record, frozen=True):
    """What is to be stored at a place; ``phrase`` is the name of the phrase that it began with, may be empty."""

    text: str
    phrase: str


class WordsKeeper(QObject):
    """Stores opinions through the sitting.

    Nothing is dropped that is not stored: it is shown again where it was written, and tried again.

    Signals:
        held_changed: whether there is something that could not be stored.
    """

    held_changed = Signal(bool)

    def __init__(self, sitting: Sitting, parent: QObject) -> None:
        super().__init__(parent)
        self._sitting = sitting
        self._waiting: dict[tuple[str, str], _Words] = {}
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

    def waiting(self, key: str, place: str) -> str | None:
        """What was written there and is not stored yet; ``None`` when all is."""
        words = self._waiting.get((key, place))
        return words.text if words else None

    def write(self, key: str, place: str, text: str, phrase: str = "") -> None:
        """Somebody wrote; it is stored after a pause."""
        self._waiting[key, place] = _Words(text, phrase)
        self._pause.setInterval(PAUSE_MS)
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()

    def flush(self) -> bool:
        """Store everything now; whether everything is."""
        self._pause.stop()
        self._longest.stop()
        for (key, place), words in list(self._waiting.items()):
            del self._waiting[key, place]  # before, because whoever hears of it asks what is waiting
            if not self._sitting.opinion(key, place, words.text, words.phrase):
                self._waiting.setdefault((key, place), words)
        if self._waiting:
            self._pause.setInterval(AGAIN_MS)
            self._pause.start()
        self._set_held(bool(self._waiting))
        return not self._waiting

    def _set_held(self, held: bool) -> None:
        if held != self._is_held:
            self._is_held = held
            self.held_changed.emit(held)

    def _on_state(self, state: Qt.ApplicationState) -> None:
        if state is not Qt.ApplicationState.ApplicationActive:
            self.flush()
