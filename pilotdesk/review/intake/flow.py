"""The intake while it goes on: what is found goes to the workers, what they find goes to its submission, and that is told."""

from __future__ import annotations

import itertools
import shutil
import tempfile
import time
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from pilotdesk.review.intake import words
from pilotdesk.review.intake.archives import inside_of
from pilotdesk.review.intake.folders import Folders
from pilotdesk.review.intake.grouping import Gathering
from pilotdesk.review.intake.records import (
    Card,
    Closed,
    Found,
    Judging,
    Looking,
    News,
    PassedOver,
    Topic,
    Unpacked,
    Unpacking,
)
from pilotdesk.review.intake.walking import ending, walk
from pilotdesk.review.records import Kind, ReceivedFile, State, Submission

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from pilotdesk.review.intake.grouping import Group
    from pilotdesk.review.intake.pool import Pool, Result
    from pilotdesk.review.intake.records import Folder, Job

ARCHIVE: Final = ".zip"
TEMPORARY: Final = "pilotdesk-intake-"
"""How the name of our folder for unpacked archives begins."""

_DOCUMENTS: Final = frozenset({".pilot", ".docx", ".docm", ".doc", ".wps", ".wpt", ".pdf"})
"""Looked at one by one, for each takes its time."""
_BATCH, _BATCH_BYTES = 16, 16 << 20
_WALK_S: Final = 0.03
_AHEAD: Final = 2_000
_SETTLED: Final = 20
"""Files looked at after the last of a submission, from which it is taken to be complete for now."""
_FIRST_ROWS, _SETTLED_FIRST = 8, 3
_EMPTY_IN_FOLDER, _EMPTY_NAMED = 5, 3
_PROGRESS_S: Final = 0.1
_LEFT_S: Final = 86_400


class Intake:
    """One run of the intake.

    Args:
        places: folders and files.
        today: the day on which they came. due: the last day for them, ``None`` where there is none.
        passwords: tried on packages that have one.
        pool: does the work; closed by whoever made it.
        stop: asked again and again whether to stop.
        ask: gives passwords for packages that none opens, see :func:`pilotdesk.review.intake.take_in`.
    """

    def __init__(
        self,
        places: Sequence[Path],
        *,
        today: date,
        due: date | None,
        passwords: Sequence[str],
        pool: Pool,
        stop: Callable[[], bool],
        ask: Callable[[Sequence[str]], Sequence[str]] | None = None,
    ) -> None:
        self._today = today
        self._due = due
        self._passwords = tuple(passwords)
        self._pool = pool
        self._stop = stop
        self._ask = ask
        self._locked: list[Found] = []
        self._numbers = itertools.count()
        self._walk: Iterator[Found | Closed | PassedOver] | None = walk(places, self._numbers)
        self._queue: deque[Found] = deque()
        self._single: set[int] = set()
        self._judging: dict[int, Group] = {}
        self._jobs = itertools.count()
        self._folders = Folders()
        self._gathering = Gathering()
        self._news: deque[News] = deque()
        self._told = 0
        self._found = self._looked = self._empty = self._passed_over = 0
        self._empty_in: dict[Folder, int] = {}
        self._empty_named: list[str] = []
        self._temporary: Path | None = None
        self._unpacked = itertools.count()
        self._targets: dict[Folder, str] = {}

    def run(self) -> Iterator[News]:
        """Everything there is to tell, until it is finished or stopped."""
        last = 0.0
        try:
            while not self._stop():
                self._walk_on()
                self._give()
                yield from self._outbox()
                if time.monotonic() - last > _PROGRESS_S:
                    last = time.monotonic()
                    yield self._figures(Topic.PROGRESS)
                if (
                    self._walk is None
                    and not self._pool.is_busy
                    and not self._queue
                    and not self._next_group()
                ):
                    if self._locked and not self._stop():
                        self._unlock()
                        continue
                    yield from self._end()
                    return
                for job, result in self._pool.results(
                    0.0 if self._walk and len(self._queue) < _AHEAD else 0.1
                ):
                    self._take(job, result)
        finally:
            self._pool.close()
            if self._temporary is not None:
                shutil.rmtree(self._temporary, ignore_errors=True)

    # -- finding ---------------------------------------------------------------------------------

    def _walk_on(self) -> None:
        """Find some more, but not more than the workers will need soon."""
        until = time.monotonic() + _WALK_S
        while self._walk is not None and len(self._queue) < _AHEAD and time.monotonic() < until:
            one = next(self._walk, None)
            match one:
                case None:
                    self._walk = None
                case PassedOver():
                    self._passed_over += 1
                case Closed():
                    self._complete(self._folders.closed(one.folder))
                case Found():
                    self._add(one)

    def _add(self, found: Found) -> None:
        """A file that was found: to be looked at, unless its size or name says that it is not."""
        self._found += 1
        self._folders.begun(found.folder)
        if found.reason:
            self._looked_at(Card(number=found.number, folder=found.folder, file=found.refused))
        elif not found.size:
            self._add_empty(found)
        else:
            self._queue.append(found)

    def _add_empty(self, found: Found) -> None:
        """Empty files are told of in one line; some of a folder are told to its submission."""
        self._empty += 1
        if len(self._empty_named) < _EMPTY_NAMED:
            self._empty_named.append(found.place)
        self._empty_in[found.folder] = self._empty_in.get(found.folder, 0) + 1
        if self._empty_in[found.folder] <= _EMPTY_IN_FOLDER:
            file = replace(found.refused, kind=Kind.ATTACHMENT, sentence=words.EMPTY)
            self._looked_at(Card(number=found.number, folder=found.folder, file=file))
        else:
            self._looked += 1
            self._complete(self._folders.done(found.folder))

    # -- giving out work -------------------------------------------------------------------------

    def _give(self) -> None:
        while self._pool.has_room:
            job = self._next_job()
            if job is None:
                return
            self._pool.give(job)

    def _next_job(self) -> Job | None:
        group = self._next_group()
        if group is not None:
            group.judged = True
            number = next(self._jobs)
            self._judging[number] = group
            return Judging(group.gathered(), self._today, self._due, number)
        if not self._queue:
            return None
        first = self._queue.popleft()
        kind = ending(first.path)
        if kind == ARCHIVE:
            if self._temporary is None:
                _sweep()
                self._temporary = Path(tempfile.mkdtemp(prefix=TEMPORARY))
            return Unpacking(first, str(self._temporary / str(next(self._unpacked))))
        batch = [first]
        if kind not in _DOCUMENTS and first.number not in self._single:
            while len(batch) < _BATCH and self._fits(batch):
                batch.append(self._queue.popleft())
        return Looking(tuple(batch), self._passwords)

    def _fits(self, batch: list[Found]) -> bool:
        """Whether the next file may be looked at together with these."""
        if not self._queue or self._queue[0].number in self._single:
            return False
        following = self._queue[0]
        small = sum(found.size for found in batch) + following.size <= _BATCH_BYTES
        return small and ending(following.path) not in _DOCUMENTS | {ARCHIVE}

    def _next_group(self) -> Group | None:
        """A submission that has grown and seems to be complete, or has to be judged since nothing else is left."""
        at_end = self._walk is None and not self._queue
        still = _SETTLED
        if self._told + len(self._judging) < _FIRST_ROWS:
            still = _SETTLED_FIRST if self._told or self._judging else 0
        busy = {id(group) for group in self._judging.values()}
        for group in self._gathering.waiting:
            if (at_end or self._looked - group.grown_at >= still) and id(group) not in busy:
                return group
        return None

    # -- taking what is done ---------------------------------------------------------------------

    def _take(self, job: Job, result: Result | None) -> None:
        match job:
            case Looking() if isinstance(result, tuple):
                for found, card in zip(job.files, result, strict=True):
                    if card.locked and self._ask is not None:
                        self._locked.append(found)
                    else:
                        self._looked_at(card)
            case Looking() if len(job.files) > 1:  # one of them brought the worker down
                self._single |= {found.number for found in job.files}
                self._queue.extendleft(reversed(job.files))
            case Looking():
                self._unfinished(job.files[0])
            case Unpacking():
                inside = result if isinstance(result, Unpacked) else Unpacked(reason=words.UNFINISHED)
                self._targets[inside_of(job.archive)] = job.target
                self._open_archive(job.archive, inside)
            case Judging():
                self._judged(job, result if isinstance(result, Submission) else None)

    def _unlock(self) -> None:
        """Ask for the passwords of all packages that have one, and look at them again; until nobody knows another one."""
        given = self._ask([found.place for found in self._locked]) if self._ask is not None else ()
        new = [one for one in dict.fromkeys(given) if one not in self._passwords]
        if not new:
            self._ask = None
        self._passwords = (*self._passwords, *new)
        self._queue.extend(self._locked)
        self._locked.clear()

    def _unfinished(self, found: Found) -> None:
        refused = replace(found, reason=words.UNFINISHED).refused
        self._looked_at(Card(number=found.number, folder=found.folder, file=refused))

    def _open_archive(self, archive: Found, inside: Unpacked) -> None:
        """The files of an archive come next, so that few archives lie unpacked at a time."""
        self._passed_over += inside.passed_over
        waiting, self._queue = self._queue, deque()
        for found in inside.files:
            self._add(replace(found, number=next(self._numbers)))
        self._queue.extend(waiting)
        for folder in {
            found.folder[: depth + 1] for found in inside.files for depth in range(len(found.folder))
        }:
            if len(folder) > len(archive.folder):
                self._complete(self._folders.closed(folder))
        if inside.reason:
            refused = replace(archive, reason=inside.reason).refused
            self._looked_at(Card(number=archive.number, folder=archive.folder, file=refused))
        else:
            self._looked += 1
            self._complete(self._folders.done(archive.folder))

    def _looked_at(self, card: Card) -> None:
        self._looked += 1
        self._gathering.add(card, self._looked)
        self._complete(self._folders.done(card.folder))

    def _complete(self, folders: Iterator[Folder]) -> None:
        for folder in folders:
            self._gathering.settle(folder, self._looked)
            self._empty_in.pop(folder, None)
            if folder in self._targets:
                shutil.rmtree(self._targets.pop(folder), ignore_errors=True)
        self._tell_alone()

    # -- telling ---------------------------------------------------------------------------------

    def _judged(self, job: Judging, submission: Submission | None) -> None:
        group = self._judging.pop(job.number)
        if submission is None:
            held = (
                replace(card.file, state=State.REFUSED, sentence=words.UNFINISHED)
                for card in job.gathered.cards
            )
            for file in (*held, *job.gathered.others):
                self._news.append(replace(self._figures(Topic.ALONE), file=file))
            return
        gone = {*group.gone, group.told} - {"", submission.key}
        group.told, group.gone = submission.key, ()
        self._told += 1
        self._news.append(
            replace(self._figures(Topic.SUBMISSION), submission=submission, gone=tuple(sorted(gone)))
        )

    def _tell_alone(self) -> None:
        for file in self._gathering.alone:
            if file.size or file.sentence != words.EMPTY:
                self._news.append(replace(self._figures(Topic.ALONE), file=file))
        self._gathering.alone.clear()

    def _outbox(self) -> Iterator[News]:
        while self._news:
            yield self._news.popleft()

    def _figures(self, topic: Topic) -> News:
        return News(
            topic=topic, found=self._found, looked=self._looked, empty=self._empty, passed_over=self._passed_over
        )  # fmt: skip

    def _end(self) -> Iterator[News]:
        if self._empty:
            sentence = words.empty_files(self._empty, self._empty_named)
            file = ReceivedFile(
                place="", size=0, sha256="", kind=Kind.OTHER, state=State.REFUSED, sentence=sentence
            )
            yield replace(self._figures(Topic.ALONE), file=file)
        yield self._figures(Topic.FINISHED)


def _sweep() -> None:
    """Take away what programs that were killed have left unpacked, a day later."""
    before = time.time() - _LEFT_S
    for left in Path(tempfile.gettempdir()).glob(f"{TEMPORARY}*"):
        try:
            old = left.stat().st_mtime < before
        except OSError:
            continue
        if old:
            shutil.rmtree(left, ignore_errors=True)
