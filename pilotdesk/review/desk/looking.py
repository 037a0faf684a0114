"""A second look at a desk that is open: on a thread of its own, reading only."""

from __future__ import annotations

import contextlib
from datetime import datetime
from typing import TYPE_CHECKING, Final

from pilotdesk.errors import DeskError
from pilotdesk.record import Record
from pilotdesk.review.checking.points import Points, evidence_lines
from pilotdesk.review.desk.connection import DeskConnection
from pilotdesk.review.desk.pack_words import PackWords
from pilotdesk.review.desk.reading import DeskReading
from pilotdesk.review.intake.packs import review_for
from pilotdesk.review.records import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pilotdesk.forms.model import FormPack
    from pilotdesk.review.records import Submission

NOT_READ: Final = "这份 Word 里没有读到，请看原件"


@contextlib.contextmanager
def desk_looked_at(path: Path) -> Iterator[DeskReading]:
    """The reading side of a desk's file, with a connection of its own; it is used on the thread that asks for it.

    Raises:
        DeskError: ``desk_missing``, ``desk_damaged``, ``desk_busy`` and the others of opening.
    """
    refusal = DeskError("desk_unwritable", name=path.name, folder=path.parent)
    connection = DeskConnection(path, refusal)
    try:
        yield DeskReading(connection, PackWords())
    finally:
        connection.close()


class CloserLook(Record, frozen=True):
    """What takes too long for a moment: the line of every point, and whether the answers are those that came in.

    ``lines`` are in the order of the points of the form; none where its pack is not here.
    """

    lines: tuple[str, ...]
    untouched: bool


def look_closer(
    path: Path, submission: Submission, taken_at: str, points: Points, pack: FormPack
) -> CloserLook:
    """Work out :class:`CloserLook`; on any thread.

    Args:
        path: of the desk's file.
        submission: the latest round.
        taken_at: UTC stamp of that round; what is calculated from the day is calculated from that one.
        points: of its form.
        pack: of its round.

    Raises:
        DeskError: as :func:`desk_looked_at`.
    """
    with desk_looked_at(path) as reading:
        untouched = reading.untouched(submission.key)
    day = datetime.fromisoformat(taken_at).astimezone().date()
    if submission.source is not Kind.PLAIN_WORD:
        return CloserLook(evidence_lines(points, pack, submission.values, day), untouched)
    # of somebody else's form nobody kept which labels it had: what it does not answer may never have been asked
    unread = [name for name in points.form.fields if name not in submission.values]
    kept = Points(
        pack, submission.form, review_for(submission.round), source=submission.source, unread=unread
    )
    lines = evidence_lines(kept, pack, submission.values, day)
    return CloserLook(tuple(line or NOT_READ for line in lines), untouched)
