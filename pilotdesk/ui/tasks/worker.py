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
    from collections.abc import Collection
    from concurrent.futures import Future

Progress = Callable[[int, int], None]
"""Called with (done, total) from inside the work."""

TURN_S: Final = 0.001
"""After so long the thread lets the window have its turn. Every call into Qt asks for one; with Python's own 5 ms a picture
that is painted by fifty of them waits a quarter of a second."""
MOST_S: Final = 5.0
"""How long the end of work that was left is waited for. A dead share or a stick at its end holds a thread for minutes."""


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
    """Who hears of a piece of work, on the window's thread, and its future.

    The thread never holds it: what hears is often a widget, which would end on the thread that lets go of it last.
    """

    future: Future[None]
    done: Callable[[Any], None]
    failed: Callable[[PilotDeskError], None] | None
    progress: Callable[[int, int], None] | None


class _News(Record, frozen=True):
    """What the thread reports: ``kind`` is ``progress``, ``done``, ``cancelled`` or ``failed``."""

    task: Task
    kind: str
    content: Any = None


class _Thread:
    """The thread of a runner and its way to it, until that is closed; work that hangs may end long after it."""

    def __init__(self, runner: TaskRunner) -> None:
        from concurrent.futures import ThreadPoolExecutor

        sys.setswitchinterval(TURN_S)
        self._executor: Final = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pilotdesk")
        self._lock: Final = threading.Lock()
        self._runner: TaskRunner | None = runner

    def begin(self, task: Task, work: Callable[[Progress], Any]) -> Future[None]:
        """Do the work when what was begun before is over."""
        return self._executor.submit(self._carry_out, task, work)

    def close(self, orders: Collection[_Order]) -> None:
        """Wait for what runs, but not for long; then let go of the runner, which hears of nothing any more."""
        from concurrent.futures import wait

        self._executor.shutdown(wait=False, cancel_futures=True)
        wait([order.future for order in orders if not order.future.cancelled()], MOST_S)
        with self._lock:
            self._runner = None

    def _carry_out(self, task: Task, work: Callable[[Progress], Any]) -> None:
        def report(done: int, total: int) -> None:
            if task.is_cancelled:
                raise Cancelled
            self._tell(_News(task, "progress", (done, total)))

        try:
            result = work(report)
        except Cancelled:
            self._tell(_News(task, "cancelled"))
        except Exception as trouble:  # noqa: BLE001  # a border: handed to the window's thread, never swallowed
            self._tell(_News(task, "failed", trouble))
        else:
            self._tell(_News(task, "done", result))

    def _tell(self, news: _News) -> None:
        with self._lock:
            if self._runner is not None:
                self._runner.arrived.emit(news)


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
        arrived: news from the thread; queued, so that it is handled on the window's thread.
    """

    idle = Signal()
    arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread: _Thread | None = None
        self._running: dict[Task, _Order] = {}
        self.arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)

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
        if self._thread is None:
            self._thread = _Thread(self)
        task = Task()
        future = self._thread.begin(task, work)
        self._running[task] = _Order(future=future, done=done, failed=failed, progress=progress)
        return task

    def close(self) -> None:
        """Cancel everything and wait for the thread to end, but not for long."""
        for task in self._running:
            task.cancel()
        if self._thread is not None:
            self._thread.close(self._running.values())
            self._thread = None
        self._running.clear()

    def _on_arrived(self, news: _News) -> None:
        order = self._running.get(news.task)
        if order is None:  # told before the end, heard after it
            return
        if news.kind == "progress":
            self._hand_over(order, news)
            return
        del self._running[news.task]
        try:
            self._hand_over(order, news)
        finally:
            if not self._running:
                self.idle.emit()

    def _hand_over(self, order: _Order, news: _News) -> None:
        if news.task.is_cancelled:
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
