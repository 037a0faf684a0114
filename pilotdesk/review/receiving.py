"""One run of the intake into the desk's file, in a thread of its own: everything that comes is kept at once, and told of."""

from __future__ import annotations

import secrets
import threading
from functools import partial
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from pilotdesk.record import Record
from pilotdesk.review.beside.crossing_apart import crossed_apart
from pilotdesk.review.desk.records import Outcome
from pilotdesk.review.intake import Topic, take_in
from pilotdesk.review.intake.walking import folder_of
from pilotdesk.review.records import State

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from pilotdesk.review.desk.taker import Taker, Taking
    from pilotdesk.review.intake import News, Pool
    from pilotdesk.review.records import ReceivedFile, Submission

_GRAVEST: Final = (Outcome.NEW, Outcome.NEXT, Outcome.GREW, Outcome.EARLIER, Outcome.SAME)
"""What is said of a submission that was taken in several times in one run, each time with more files."""
_MOST_HELD: Final = 16
"""Submissions that are kept a little later: nobody waits for a line that is there, and its other files make it what it was.

Those of which something would change wait to the end, however many they are: in a large folder the Word file of an older
version may lie far from the package that makes the submission what it was before.
"""


class Figures(Record, frozen=True):
    """How far it is: files found, files looked at, and submissions so far."""

    found: int
    looked: int
    submissions: int


class Kept(Record, frozen=True):
    """A submission stands in the desk's file, new or grown; ``gone``: keys that became part of it."""

    key: str
    gone: tuple[str, ...]


class Locked(Record, frozen=True):
    """Packages wait for their passwords; the run goes on with :meth:`Receiving.unlock`.

    ``places``: as they are told. ``again``: whether these were asked for before, and nothing that was typed opened them.
    """

    places: tuple[str, ...]
    again: bool = False


class LeftOut(Record, frozen=True):
    """A file that belongs to no submission, or could not be read.

    Attributes:
        file: of several that are told of in one line, without a place.
        folder: where it lies, ``None`` when that is gone. files: how many that line is about.
    """

    file: ReceivedFile
    folder: Path | None
    files: int = 1


class Received(Record, frozen=True):
    """The end of a run.

    Attributes:
        outcomes: key to what became of it.
        left_out: in the order in which they were told, packages that no password opened last.
        locked: how many of those there are. tried: whether passwords were given for them.
        stopped: whether somebody stopped it before the end.
    """

    outcomes: Mapping[str, Outcome]
    left_out: tuple[LeftOut, ...]
    stopped: bool
    locked: int = 0
    tried: bool = False

    @property
    def files_left(self) -> int:
        """How many files were left out."""
        return sum(left.files for left in self.left_out)

    def count(self, *outcomes: Outcome) -> int:
        """How many submissions came out like that."""
        return sum(one in outcomes for one in self.outcomes.values())


Told = Figures | Kept | Locked | Received


class Receiving:
    """One run.

    Args:
        taker: of the open desk.
        today: the day on which it comes. due: the last day for it; ``None`` where there is none.
        tell: called in the thread of the run.
        runs: the name of this run, last, and before it those that began with the same and did not come to their end, as
            :func:`pilotdesk.review.desk.unfinished.note_begun` gives them; empty for one that nobody goes on with.
    """

    def __init__(
        self,
        taker: Taker,
        *,
        today: date,
        due: date | None,
        tell: Callable[[Told], object],
        runs: Sequence[str] = (),
    ) -> None:
        self._taker = taker
        self._today = today
        self._due = due
        self._tell = tell
        self._stopped = threading.Event()
        self._answered = threading.Event()
        self._passwords: tuple[str, ...] = ()
        self._tried = False
        *self._cut_off, self._run = runs or (secrets.token_hex(8),)
        self._outcomes: dict[str, Outcome] = {}
        self._before: dict[str, str] = {}  # key to mark of what stood at the desk
        self._held: dict[str, tuple[Submission, tuple[str, ...]]] = {}
        self._changed: set[str] = set()  # of those, the ones of which something would change
        self._known: dict[str, str] = {}  # key of the intake to that of the desk
        self._left_out: list[LeftOut] = []
        self._asked: tuple[str, ...] = ()  # places of packages with a password
        self._locked: dict[str, ReceivedFile] = {}  # of those, the ones that stay closed beside a submission

    @property
    def is_stopped(self) -> bool:
        """Whether somebody ended it."""
        return self._stopped.is_set()

    def stop(self) -> None:
        """End it soon; from any thread. What was taken in stays."""
        self._stopped.set()
        self._answered.set()

    def unlock(self, passwords: Sequence[str]) -> None:
        """The answer to :class:`Locked`; none to leave those packages. From any thread."""
        self._passwords = tuple(passwords)
        self._tried = self._tried or bool(passwords)
        self._answered.set()

    def run(self, places: Sequence[Path], pool: Pool | None) -> None:
        """Take in everything in these places.

        Args:
            places: folders and files.
            pool: workers that are ready, for the same day; ``None`` to start some. They end with it.

        Raises:
            DeskError: the desk's file cannot be written.
        """
        with self._taker.connected() as taking:
            self._before = taking.marks()
            for news in take_in(
                places,
                today=self._today,
                due=self._due,
                pool=pool,
                stop=self._stopped.is_set,
                ask=partial(self._ask, taking),
            ):
                self._take(taking, news, places)
            self._store_held(taking)
            after = taking.marks()
        for key, outcome in self._outcomes.items():
            if outcome is Outcome.GREW and self._before.get(key) == after.get(
                key
            ):  # file by file what it was
                self._outcomes[key] = Outcome.SAME
        self._tell(self._received(places))

    def _received(self, places: Sequence[Path]) -> Received:
        """The end; a package that stays closed is named there even if a submission was read from the files beside it."""
        alone = {left.file.place for left in self._left_out}
        beside = [file for place, file in self._locked.items() if place not in alone]
        left = (*self._left_out, *(LeftOut(file, folder_of(file.place, places)) for file in beside))
        locked = sum(one.file.place in self._asked for one in left)
        return Received(
            dict(self._outcomes),
            left,
            stopped=self._stopped.is_set(),
            locked=locked,
            tried=self._tried,
        )

    def _take(self, taking: Taking, news: News, places: Sequence[Path]) -> None:
        if news.submission is not None:
            self._keep(taking, news.submission, news.gone)
        if news.file is not None:
            files = 1 if news.file.place else news.empty
            self._left_out.append(LeftOut(news.file, folder_of(news.file.place, places), files))
        if news.topic is Topic.PROGRESS:
            self._tell(Figures(news.found, news.looked, len(self._outcomes)))

    def _keep(self, taking: Taking, submission: Submission, grown_into: Sequence[str]) -> None:
        """Keep a submission. What was told under keys that are gone stood at the desk under those by which it knew them."""
        for file in submission.files:
            if file.place in self._asked:
                self._locked.pop(file.place, None)
                if file.state is State.REFUSED:
                    self._locked[file.place] = file
        key = taking.known_key(submission)
        gone = {self._known.pop(told, told) for told in (*grown_into, submission.key)} - {key}
        self._known[submission.key] = key
        for one in (*gone, key):
            gone.update(self._held.pop(one, (submission, ()))[1])
        self._held[key] = (replace(submission, key=key), tuple(sorted(gone & self._outcomes.keys())))
        self._changed.discard(key)
        if key not in self._before:
            self._store(taking, key)
            return
        if taking.would_change(self._held[key][0]):
            self._changed.add(key)
        ready = [one for one in self._held if one not in self._changed]
        if len(ready) > _MOST_HELD:
            self._store(taking, ready[0])

    def _store_held(self, taking: Taking, locked: Sequence[str] = ()) -> None:
        """All that were kept back, but those beside these places, where something of theirs may still be locked.

        What was stopped before its other files were read nobody knows, so that is left.
        """
        folders = set(map(_folder, locked))
        for key, (submission, _) in tuple(self._held.items()):
            is_known = key not in self._changed or not self._stopped.is_set()
            if is_known and folders.isdisjoint(_folder(file.place) for file in submission.files):
                self._store(taking, key)

    def _store(self, taking: Taking, key: str) -> None:
        submission, gone = self._held.pop(key)
        run = taking.cut_off_run(submission, self._cut_off) or self._run
        outcome = taking.take(submission, intake=run, gone=gone).outcome
        for one in gone:
            self._outcomes.pop(one, None)
        self._outcomes[key] = min(outcome, self._outcomes.get(key, outcome), key=_GRAVEST.index)
        self._tell(Kept(key, gone))

    def _ask(self, taking: Taking, places: Sequence[str]) -> Sequence[str]:
        """Ask for passwords, when all else was read; an answer may take until tomorrow."""
        self._store_held(taking, places)
        again = bool(self._asked)
        self._asked = self._asked or tuple(places)
        self._answered.clear()
        self._passwords = ()
        self._tell(Locked(tuple(places), again))
        if not self._stopped.is_set():  # or nobody is there any more to answer
            self._answered.wait()
        return self._passwords


def _folder(place: str) -> str:
    return place.rpartition("/")[0]


def cross(taker: Taker, path: Path, stop: Callable[[], bool]) -> bool:
    """Lay all that stand at a desk side by side and keep what shows; whether it came to an end.

    Args:
        taker: of the open desk.
        path: of its file.
        stop: asked about ten times a second whether to stop.

    Raises:
        DeskError: the desk's file cannot be read or written.
    """
    with taker.connected() as taking:
        state = taking.state()
    found = crossed_apart(path, stop)
    if found is None:
        return False
    with taker.connected() as taking:
        taking.set_crossed(found, state)
    return True
