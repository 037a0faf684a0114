"""Taking in from a thread of its own, over a connection of its own, while the window goes on deciding over the first."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

from pilotdesk.review.desk.connection import DeskConnection
from pilotdesk.review.desk.crossed_state import note_crossed, state_of
from pilotdesk.review.desk.cut_off import cut_off_run
from pilotdesk.review.desk.known import known_key
from pilotdesk.review.desk.pack_words import PackWords
from pilotdesk.review.desk.records import Outcome
from pilotdesk.review.desk.stored_submission import write_crossed
from pilotdesk.review.desk.taking_in import TakingIn

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pilotdesk.drafts.connection import Access
    from pilotdesk.review.desk.deciding import Made
    from pilotdesk.review.desk.records import Taken
    from pilotdesk.review.records import Finding, Submission

_AT_A_TIME: Final = 25
"""Submissions whose findings are written in one transaction: nobody who decides meanwhile waits long."""


class Taker:
    """The writing side of the intake; made in the window's thread, everything else of it in another.

    Args:
        path: of the desk's file.
        access: of the open desk: when that may not write any more, neither may this.
        made: by whom, and when.
    """

    def __init__(self, path: Path, access: Access, made: Callable[[], Made]) -> None:
        self._path: Final = path
        self._access = access
        self._made = made
        self._words = PackWords()

    @contextlib.contextmanager
    def connected(self) -> Iterator[Taking]:
        """The open file, in the thread that asks.

        Raises:
            DeskError: see :class:`pilotdesk.review.desk.connection.DeskConnection`.
        """
        with contextlib.closing(DeskConnection(self._path, access=self._access)) as connection:
            yield Taking(connection, self._words, self._made)


class Taking:
    """The file, open for taking in."""

    def __init__(self, connection: DeskConnection, words: PackWords, made: Callable[[], Made]) -> None:
        self._connection = connection
        self._words = words
        self._made = made

    def known_key(self, submission: Submission) -> str:
        """See :meth:`pilotdesk.review.desk.file.Desk.known_key`."""
        return known_key(self._connection, submission)

    def take(self, submission: Submission, *, intake: str, gone: Iterable[str] = ()) -> Taken:
        """See :meth:`pilotdesk.review.desk.file.Desk.take`; the submission has the key by which the desk knows it."""
        words = self._words.of(submission.round, submission.form)
        return TakingIn(self._connection, submission, words, self._made(), intake=intake).take(gone)

    def cut_off_run(self, submission: Submission, runs: Collection[str]) -> str:
        """See :func:`pilotdesk.review.desk.cut_off.cut_off_run`."""
        return cut_off_run(self._connection, submission, runs)

    def would_change(self, submission: Submission) -> bool:
        """Whether :meth:`take` would write something of it, by what was read so far; it has the key as for that."""
        words = self._words.of(submission.round, submission.form)
        taking = TakingIn(self._connection, submission, words, self._made(), intake="")
        return taking.expected() not in {Outcome.SAME, Outcome.EARLIER}

    def marks(self) -> dict[str, str]:
        """Key to a mark of all that is kept of the latest round but its answers."""
        return dict(
            self._connection.read(
                "SELECT h.key, h.material FROM submission s JOIN handed_in h ON h.key = s.key AND h.number = s.latest"
                " WHERE s.merged_into = ''"
            )
        )

    def state(self) -> str:
        """See :func:`pilotdesk.review.desk.crossed_state.state_of`."""
        return state_of(self._connection)

    def set_crossed(self, found: Mapping[str, Sequence[Finding]], state: str) -> None:
        """What shows beside other submissions and lists, for all; see :meth:`pilotdesk.review.desk.file.Desk.set_crossed`.

        Args:
            found: findings by key.
            state: of the desk, before it was read for that.
        """
        rows = self._connection.read_named("SELECT key, latest AS number FROM submission ORDER BY number")
        for at in range(0, len(rows), _AT_A_TIME):
            with self._connection.writing() as writing:
                for row in rows[at : at + _AT_A_TIME]:
                    write_crossed(writing, row, found.get(row["key"], ()))
        with self._connection.writing() as writing:
            note_crossed(writing, state)
