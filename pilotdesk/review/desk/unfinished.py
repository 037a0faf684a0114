"""An intake that was begun and has not come to its end: noted in the desk's file, so that the next opening can say so.

A program that was killed, a computer that went off and a window that was left in the middle all look alike from here: the
note is still there. It is no decision, so it is neither logged nor taken back.
"""

from __future__ import annotations

import json
import secrets
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

RUNS: Final = "cut_off_runs"
"""Setting with the names of the runs that did not come to their end: a JSON object, the batch with its paths one a line to the
names, the last one last. Also those that somebody stopped: what comes of the same files later goes on with what they began."""

Batch = tuple[Path, ...]
"""Folders and files that were given together: taken in together again, their files are told by the same names as before."""


def unfinished(desk: DeskReading) -> tuple[Batch, ...]:
    """What was not taken in to the end, in the order in which it was begun."""
    told = desk.settings().get(UNFINISHED, "").split("\n\n")
    return tuple(_batch(batch) for batch in told if batch)


def note_begun(desk: Desk, batch: Sequence[Path]) -> tuple[str, ...]:
    """Note that these are going to be taken in, beside what is noted already, and where they are.

    Returns:
        The name of this run, last; before it those of runs over the same that did not come to their end.

    Raises:
        DeskError: those of writing.
    """
    whole = tuple(path.absolute() for path in batch)
    runs = _runs(desk)
    named = (*runs.get(_told(whole), ()), secrets.token_hex(8))
    with desk.together():
        note_sources(desk, batch)
        _note(desk, (*unfinished(desk), whole))
        _set(desk, RUNS, _json({**runs, _told(whole): named}))
    return named


def note_ended(desk: Desk, batch: Sequence[Path], *, whole: bool = True) -> None:
    """Note that these were taken in, and all that lies in them; or, not ``whole``, that nobody wants the rest of them now.

    Raises:
        DeskError: those of writing.
    """
    ended = [path.absolute() for path in batch]

    def is_over(one: Sequence[Path]) -> bool:
        return all(any(path.is_relative_to(over) for over in ended) for path in one)

    before, runs = unfinished(desk), _runs(desk)
    left = [one for one in before if not is_over(one)]
    kept = {told: names for told, names in runs.items() if not whole or not is_over(_batch(told))}
    if (len(left), len(kept)) != (len(before), len(runs)):
        with desk.together():
            _note(desk, left)
            _set(desk, RUNS, _json(kept))


def _runs(desk: DeskReading) -> dict[str, tuple[str, ...]]:
    told = json.loads(desk.settings().get(RUNS, "{}"))
    return {batch: tuple(names) for batch, names in told.items()}


def _json(runs: dict[str, tuple[str, ...]]) -> str:
    return json.dumps(runs, ensure_ascii=False) if runs else ""


def _told(batch: Batch) -> str:
    return "\n".join(map(str, batch))


def _batch(told: str) -> Batch:
    return tuple(map(Path, told.splitlines()))


def _note(desk: Desk, batches: Sequence[Batch]) -> None:
    _set(desk, UNFINISHED, "\n\n".join(map(_told, dict.fromkeys(batches))))


def _set(desk: Desk, name: str, told: str) -> None:
    """Keep a setting; nothing is kept as nothing."""
    with desk.together() as writing:
        if told:
            writing.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", (name, told))
        else:
            writing.execute("DELETE FROM setting WHERE name = ?", (name,))
