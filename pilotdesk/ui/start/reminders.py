"""Reminders while the program is open: calm, at most once a day, by the injected clock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from pilotdesk.clock import Clock
    from pilotdesk.ui.look.settings import Settings

LOOK_MS: Final = 600_000
"""How often the clock is looked at: a program that stays open over night notices the new day."""


class Reminders(QObject):
    """Knows the day and whether the user has been reminded on it.

    Signals:
        new_day: the clock went on to another day while the program was open.
    """

    new_day = Signal()

    def __init__(self, parent: QObject, clock: Clock, settings: Settings) -> None:
        super().__init__(parent)
        self._clock = clock
        self._settings = settings
        self._day = clock.today()
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def stop(self) -> None:
        """Look at the clock no more."""
        self._timer.stop()

    def look(self) -> None:
        """Look at the clock."""
        today = self._clock.today()
        if today != self._day:
            self._day = today
            self.new_day.emit()

    @property
    def is_quiet(self) -> bool:
        """Whether the user wants no reminders any more today."""
        return self._settings.choices.quiet_on == self._day.isoformat()

    def be_quiet(self) -> None:
        """Remind of nothing any more today.

        Raises:
            ExportError: the settings cannot be written.
        """
        self._settings.keep(quiet_on=self._day.isoformat())

    def claim(self) -> bool:
        """Whether a reminder may come up by itself now; true once a day.

        Raises:
            ExportError: the settings cannot be written.
        """
        if self.is_quiet or self._settings.choices.reminded_on == self._day.isoformat():
            return False
        self._settings.keep(reminded_on=self._day.isoformat())
        return True
