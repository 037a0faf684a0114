"""Work off the window's thread: one executor, results to bound slots, progress and cancel.

The work gets plain frozen values, never a widget, a session or the store.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, Protocol

from PySide6.QtCore import QObject, Qt, Signal

from pilotdesk.errors import PilotDeskError
from pilotdesk.record import Record

if TYPE_CHECKING:
    from concurrent.futures import Executor

Progress = Callable[[int, int], None]
"""Called with (done, total) from inside the work."""

TURN_S: Final = 0.001
"""After so long the thread lets the window have its turn. Every call into Qt asks for one; with Python's own 5 ms a picture
that is painted by fifty of them waits a quarter of a second."""


class Cancelled(BaseException):
    """Raised inside the work, at its next progress call, after the user cancelled."""


class Task:
    """One running piece of work; ``cancel`` asks it to stop at its next progress call."""

    def __init__(self) -> None:
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Ask it to stop. Nothing more is heard of it."""
        self._stop.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.is_set()


class _Order(Record, frozen=True, kw_only=True):
    """Work and who hears of it; the callbacks run on the window's thread."""

    task: Task
    work: Callable[[Progress], Any]
    done: Callable[[Any], None]
    failed: Callable[[PilotDeskError], None] | None
    progress: Callable[[int, int], None] | None


class _News(Record, frozen=True):
    """What the thread reports: ``kind`` is ``progress``, ``done`` or ``failed``."""

    order: _Order
    kind: str
    content: Any = None


class Runner(Protocol):
    """What pages ask of a runner; tests have one that works at once."""

    def run(
        self,
        work: Callable[[Progress], Any],
        done: Callable[[Any], None],
        *,
        failed: Callable[[PilotDeskError], None] | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> Task:
        """Start the work; see :meth:`TaskRunner.run`."""


class TaskRunner(QObject):
    """Runs work one after the other on one thread of its own.

    Signals:
        idle: the last piece of work is over, and whoever wanted to has heard of it.
        _arrived: news from the thread; queued, so that it is handled on the window's thread.
    """

    idle = Signal()
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor: Executor | None = None
        self._running: set[Task] = set()
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether something is still running."""
        return bool(self._running)

    def run(
        self,
        work: Callable[[Progress], Any],
        done: Callable[[Any], None],
        *,
        failed: Callable[[PilotDeskError], None] | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> Task:
        """Start work on the thread.

        Args:
            work: called with a progress callback ``(done, total)``; it must call it now and then to be stoppable.
            done: called on the window's thread with the result.
            failed: called there with expected trouble; without it the trouble goes to the crash hook.
            progress: called there with ``(done, total)``.
        """
        if self._executor is None:
            from concurrent.futures import ThreadPoolExecutor

            sys.setswitchinterval(TURN_S)
            self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pilotdesk")
        order = _Order(task=Task(), work=work, done=done, failed=failed, progress=progress)
        self._running.add(order.task)
        self._executor.submit(self._work, order)
        return order.task

    def close(self) -> None:
        """Cancel everything and wait for the thread to end."""
        for task in self._running:
            task.cancel()
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None
        self._running.clear()

    def _work(self, order: _Order) -> None:
        def report(done: int, total: int) -> None:
            if order.task.is_cancelled:
                raise Cancelled
            self._arrived.emit(_News(order, "progress", (done, total)))

        try:
            result = order.work(report)
        except Cancelled:
            self._arrived.emit(_News(order, "cancelled"))
        except Exception as trouble:  # noqa: BLE001  # a border: handed to the window's thread, never swallowed
            self._arrived.emit(_News(order, "failed", trouble))
        else:
            self._arrived.emit(_News(order, "done", result))

    def _on_arrived(self, news: _News) -> None:
        if news.kind == "progress":
            self._hand_over(news)
            return
        self._running.discard(news.order.task)
        try:
            self._hand_over(news)
        finally:
            if not self._running:
                self.idle.emit()

    def _hand_over(self, news: _News) -> None:
        order = news.order
        if order.task.is_cancelled:
            return
        if news.kind == "progress":
            if order.progress is not None:
                order.progress(*news.content)
        elif news.kind == "done":
            order.done(news.content)
        elif news.kind == "failed":
            self._fail(order, news.content)

    def _fail(self, order: _Order, trouble: Exception) -> None:
        if not isinstance(trouble, PilotDeskError) or order.failed is None:
            raise trouble
        from pilotdesk.trouble_journal import note

        note(trouble)
        order.failed(trouble)
