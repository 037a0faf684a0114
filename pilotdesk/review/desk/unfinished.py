"""An intake that was begun and has not come to its end: noted in the desk's file, so that the next opening can say so.

A program that was killed, a computer that went off and a window that was left in the middle all look alike from here: the
note is still there. It is no decision, so it is neither logged nor taken back.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from pilotdesk.review.desk.sources import note_sources

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.review.desk.file import Desk
    from pilotdesk.review.desk.reading import DeskReading

UNFINISHED: Final = "unfinished_intake"
"""Setting with the batches that were not taken in to the end, one path a line, an empty line between two batches; not there while
there is none."""

Batch = tuple[Path, ...]
"""Folders and files that were given together: taken in together again, their files are told by the same names as before."""


def unfinished(desk: DeskReading) -> tuple[Batch, ...]:
    """What was not taken in to the end, in the order in which it was begun."""
    told = desk.settings().get(UNFINISHED, "").split("\n\n")
    return tuple(tuple(Path(line) for line in batch.splitlines()) for batch in told if batch)


def note_begun(desk: Desk, batch: Sequence[Path]) -> None:
    """Note that these are going to be taken in, beside what is noted already, and where they are.

    Raises:
        DeskError: those of writing.
    """
    with desk.together():
        note_sources(desk, batch)
        _note(desk, (*unfinished(desk), tuple(path.absolute() for path in batch)))


def note_ended(desk: Desk, batch: Sequence[Path]) -> None:
    """Note that these were taken in, and all that lies in them; or that nobody wants them any more.

    Raises:
        DeskError: those of writing.
    """
    ended = [path.absolute() for path in batch]
    before = unfinished(desk)
    left = [
        batch for batch in before if not all(any(path.is_relative_to(one) for one in ended) for path in batch)
    ]
    if len(left) != len(before):
        _note(desk, left)


def _note(desk: Desk, batches: Sequence[Batch]) -> None:
    told = "\n\n".join("\n".join(map(str, batch)) for batch in dict.fromkeys(batches))
    with desk.together() as writing:
        if told:
            writing.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (UNFINISHED, told))
        else:
            writing.execute("DELETE FROM setting WHERE name = ?", (UNFINISHED,))
