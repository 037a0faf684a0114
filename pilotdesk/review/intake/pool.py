"""Worker processes for the intake, each with one piece of work at a time.

A file that brings a worker down, or keeps it too long, costs that worker and that piece of work and nothing else. A pool of the
standard library gives up all of its work when one process dies, and cannot be stopped at once; so there is a pipe to every
worker here. Threads would not do: reading is Python, and the window would wait for it.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from multiprocessing.connection import wait
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pilotdesk.record import MutableRecord
from pilotdesk.review.intake.records import Job, Judging, Looking, Unpacking

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from pilotdesk.review.intake.records import Card, Unpacked
    from pilotdesk.review.records import Submission

    Result = tuple[Card, ...] | Unpacked | Submission

MOST_SECONDS: Final = 60.0
"""That one piece of work may take."""
MOST_WORKERS: Final = 4
"""Each takes some 150 MB once it has read a few files."""
_ENDING_S: Final = 5.0
"""That killed processes are waited for, all together."""
_NICE: Final = 5
_BELOW_NORMAL: Final = 0x4000
"""BELOW_NORMAL_PRIORITY_CLASS. Source: Windows API, SetPriorityClass."""


def workers_here() -> int:
    """How many workers this computer has room for."""
    return max(1, min(MOST_WORKERS, os.cpu_count() or 1))


def do(job: Job, today: date) -> Result:
    """One piece of work, in whatever process."""
    from pilotdesk.review.intake.archives import unpack
    from pilotdesk.review.intake.judging import submission_of
    from pilotdesk.review.intake.looking import look

    match job:
        case Looking():
            return tuple(look(found, job.passwords, today) for found in job.files)
        case Unpacking():
            return unpack(job.archive, Path(job.target))
        case Judging():
            return submission_of(job.gathered, job.today, job.due)


def serve(pipe: Connection, today: date) -> None:
    """Work until the other end is gone; what a worker runs."""
    from pilotdesk.review.intake.packing import picklable_rows

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it ends it
    give_way()
    picklable_rows()
    do(Looking(()), today)  # everything is imported before the first file comes
    while True:
        try:
            job = pipe.recv()
        except (EOFError, OSError):
            return
        result = do(job, today)
        try:
            pipe.send(result)
        except OSError:  # whoever gave the work was ended meanwhile, and nobody is to read of that
            return


def give_way() -> None:
    """Work below the windows of this computer: whoever types meanwhile does not wait."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.GetCurrentProcess.restype = ctypes.c_void_p
        kernel.SetPriorityClass(ctypes.c_void_p(kernel.GetCurrentProcess()), _BELOW_NORMAL)
    else:
        os.nice(_NICE)


class _Worker(MutableRecord, eq=False):
    """One process; ``job`` is what it works at, since ``begun``."""

    process: BaseProcess
    pipe: Connection
    job: Job | None = None
    begun: float = 0.0


class Pool:
    """Some workers.

    Args:
        count: how many; they are started at once.
        today: the day that rules see.
        seconds: that one piece of work may take.
        serve: what a worker runs.
        now: a clock that never goes back, seconds.
    """

    def __init__(
        self,
        count: int,
        today: date,
        *,
        seconds: float = MOST_SECONDS,
        serve: Callable[[Connection, date], None] = serve,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._today = today
        self._serve = serve
        self._seconds = seconds
        self._now = now
        self._context = multiprocessing.get_context("spawn")
        self._workers = [self._started() for _ in range(count)]

    @property
    def has_room(self) -> bool:
        """Whether a worker waits for work."""
        return any(worker.job is None for worker in self._workers)

    @property
    def is_busy(self) -> bool:
        """Whether some work is under way."""
        return any(worker.job is not None for worker in self._workers)

    def give(self, job: Job) -> None:
        """Give work to a worker that waits; there must be one."""
        worker = next(worker for worker in self._workers if worker.job is None)
        worker.job, worker.begun = job, self._now()
        try:
            worker.pipe.send(job)
        except OSError:  # it died while it waited; told of by the next `results`
            worker.begun = -self._seconds

    def results(self, seconds: float) -> list[tuple[Job, Result | None]]:
        """Work that is done, waiting for some at most as long as said; ``None`` for work that was not to be finished."""
        busy = {worker.pipe: worker for worker in self._workers if worker.job is not None}
        done: list[tuple[Job, Result | None]] = []
        for pipe in wait(list(busy), timeout=seconds) if busy else ():
            worker = busy[pipe]  # type: ignore[index]
            job = worker.job
            try:
                result = worker.pipe.recv()
            except (EOFError, OSError):
                result = None
                self._replace(worker)
            worker.job = None
            if job is not None:
                done.append((job, result))
        return done + self._overdue()

    def close(self) -> None:
        """End all workers, whatever they are at."""
        end_all([worker.process for worker in self._workers])
        for worker in self._workers:
            worker.pipe.close()
        self._workers.clear()

    def _overdue(self) -> list[tuple[Job, Result | None]]:
        late: list[tuple[Job, Result | None]] = []
        for worker in self._workers:
            if worker.job is not None and self._now() - worker.begun > self._seconds:
                late.append((worker.job, None))
                worker.job = None
                self._replace(worker)
        return late

    def _started(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=self._serve, args=(theirs, self._today), daemon=True)
        process.start()
        theirs.close()  # so that the worker's end is the only one, and its death is heard
        return _Worker(process, ours)

    def _replace(self, worker: _Worker) -> None:
        end_all([worker.process])
        worker.pipe.close()
        fresh = self._started()
        worker.process, worker.pipe = fresh.process, fresh.pipe


def end_all(processes: Sequence[BaseProcess]) -> None:
    """Kill processes and wait until they are gone, for a few seconds in all.

    One that stays waits in the system for a share that is gone, and ends with that.
    """
    for process in processes:
        process.kill()
    until = time.monotonic() + _ENDING_S
    for process in processes:
        process.join(max(0.0, until - time.monotonic()))
        if process.exitcode is not None:
            process.close()
