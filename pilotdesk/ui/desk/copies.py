"""The copies of an open desk: at the beginning, after an intake, every half hour of work, at the end; said in the foot."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from pilotdesk.errors import DeskError
from pilotdesk.review.desk.copies import copies_of, is_copied, keep_copy
from pilotdesk.ui.tasks.worker import TaskRunner

if TYPE_CHECKING:
    from pilotdesk.clock import Clock
    from pilotdesk.ui.desk.sitting import Sitting
    from pilotdesk.ui.tasks.worker import Progress

EVERY_MS: Final = 30 * 60 * 1000
MOST_S: Final = 20.0
"""Seconds that the last copy may take."""


class DeskCopies(QObject):
    """Makes the copies of a desk that can be written, on a thread of its own.

    Args:
        sitting: the open desk.
        clock: the time.
        parent: the page.

    Signals:
        told: what the foot says of the copies; empty for nothing.
        failed: a :class:`pilotdesk.errors.DeskError`: no copy could be made.
    """

    told = Signal(str)
    failed = Signal(object)

    def __init__(self, sitting: Sitting, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._sitting = sitting
        self._path = sitting.desk.path
        self._clock = clock
        self._runner = TaskRunner(self)
        self._changes, self._copied = 1, 0
        self._every = QTimer(self, interval=EVERY_MS)
        self._every.timeout.connect(self.keep)
        sitting.kept.connect(self._on_changed)
        sitting.changed.connect(self._on_changed)

    @property
    def is_busy(self) -> bool:
        """Whether a copy is being made."""
        return self._runner.is_busy

    def begin(self) -> None:
        """Keep the desk as it was found, unless the newest copy is that already."""
        self._tell()
        if not self._sitting.is_look_only:
            self._every.start()
            self._keep(unless_copied=True)

    def keep(self) -> None:
        """Make a copy, if something was decided or taken in since the last one."""
        if self._changes != self._copied and not self._sitting.is_look_only:
            self._keep()

    def stop(self) -> None:
        """Make no more of them, until :meth:`finish`."""
        self._every.stop()
        self._runner.close()

    def finish(self) -> None:
        """Make the last copy, while the desk is still open, and wait for it; a disk that hangs keeps nobody here."""
        if self._changes != self._copied and not self._sitting.is_look_only:
            last = threading.Thread(target=self._keep_last, name="pilotdesk-desk-copy", daemon=True)
            last.start()
            last.join(MOST_S)

    # -- inside ----------------------------------------------------------------------------------

    def _keep(self, *, unless_copied: bool = False) -> None:
        path, clock, changes = self._path, self._clock, self._changes

        def work(_progress: Progress) -> None:
            if not (unless_copied and is_copied(path)):
                keep_copy(path, clock)

        def done(_nothing: object) -> None:
            self._copied = changes
            self._tell()

        self._runner.run(work, done, failed=self.failed.emit)

    def _keep_last(self) -> None:
        # What is wrong with the disk was said with the copies before; the next beginning finds it out again.
        with contextlib.suppress(DeskError):
            keep_copy(self._path, self._clock)

    def _tell(self) -> None:
        copies = copies_of(self._path)
        if not copies:
            self.told.emit("")
            return
        last, today = copies[-1].moment, self._clock.today()
        day = "今天" if last.date() == today else f"{last.month} 月 {last.day} 日"
        self.told.emit(f"备份 {day} {last:%H:%M}")

    def _on_changed(self, _time: str = "") -> None:
        self._changes += 1
