"""Which kinds of trouble were met here, how often and when last: codes and times, nothing else, and never many of them.

For the 诊断卡, which is read out on the telephone: every code has a number of six figures, the same on every computer. What was
typed, where files lie and what they are called is in no code. Where the data directory is not there or cannot be written, the
codes of this run are all that is known: a journal of trouble must not make any.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakSet

from pilotdesk.clock import SYSTEM_CLOCK
from pilotdesk.errors import PilotDeskError
from pilotdesk.paths import data_dir
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pilotdesk.clock import Clock

FILE_NAME: Final = "troubles.json"
MOST: Final = 40
"""Codes that are kept; the one that was met longest ago goes first."""
BUG: Final = "bug_"
"""How the code of a bug begins; what follows is a number of its kind and place in the program."""

_LONGEST: Final = 64
_MOST_TIMES: Final = 999_999

_noted: Final[WeakSet[PilotDeskError]] = WeakSet()
_here: Final[dict[str, Met]] = {}


class Met(Record, frozen=True):
    """One kind of trouble: its code, how often it was met, and when last (UTC, as :meth:`Clock.stamp`)."""

    code: str
    times: int
    last: str


def number_of(code: str) -> str:
    """The number of a code, to be said aloud: six figures in two groups, ``412 907``."""
    figures = f"{int.from_bytes(hashlib.sha256(code.encode()).digest()[:8]) % 1_000_000:06}"
    return f"{figures[:3]} {figures[3:]}"


def bug_code(description: str) -> str:
    """The code of a bug.

    Args:
        description: its kind and places in the program, see :func:`pilotdesk.ui.window.crash_hook.describe`.
    """
    return f"{BUG}{hashlib.sha256(description.encode()).hexdigest()[:8]}"


def note(trouble: PilotDeskError, clock: Clock = SYSTEM_CLOCK) -> None:
    """Remember expected trouble; the same exception that comes by twice counts once. Only its code is kept."""
    if trouble not in _noted:
        _noted.add(trouble)
        note_code(trouble.code, clock)
        keep_code(trouble.code, clock)


def note_code(code: str, clock: Clock = SYSTEM_CLOCK) -> None:
    """Remember a code as long as the program runs."""
    _here[code] = _again(_here.get(code), code, clock.stamp())


def keep_code(code: str, clock: Clock = SYSTEM_CLOCK) -> None:
    """Remember a code in the data directory; where that is not there, or cannot be written, nothing happens."""
    folder = _folder()
    if folder is None or not folder.is_dir():
        return
    kept = {met.code: met for met in _read(folder)}
    kept[code] = _again(kept.get(code), code, clock.stamp())
    newest = sorted(kept.values(), key=lambda met: (met.last, met.code))[-MOST:]
    from pilotdesk.atomic import replacing

    with contextlib.suppress(PilotDeskError), replacing(folder / FILE_NAME) as part:
        part.write_text(json.dumps([[met.code, met.times, met.last] for met in newest]), "utf-8")


def troubles() -> tuple[Met, ...]:
    """What was met, in this data directory or else in this run, the latest first."""
    folder = _folder()
    met = dict(_here)
    for each in _read(folder) if folder is not None else ():
        if each.code not in met or met[each.code].times <= each.times:
            met[each.code] = each
    return tuple(sorted(met.values(), key=lambda each: (each.last, each.code), reverse=True))


def _folder() -> Path | None:
    """The data directory; ``None`` when the place that it was moved to is not there."""
    try:
        return data_dir()
    except PilotDeskError:
        return None


def forget() -> None:
    """Forget what was met in this run; the file stays."""
    _here.clear()


def _again(before: Met | None, code: str, stamp: str) -> Met:
    return Met(code[:_LONGEST], min(_MOST_TIMES, (before.times if before else 0) + 1), stamp)


def _read(folder: Path) -> tuple[Met, ...]:
    """What stands in the file; one that is damaged or was changed by hand says nothing."""
    try:
        kept: Any = json.loads((folder / FILE_NAME).read_text("utf-8"))
        return tuple(_met(entry) for entry in kept[:MOST])
    except (OSError, ValueError, TypeError):
        return ()


def _met(entry: Sequence[Any]) -> Met:
    """One entry.

    Raises:
        ValueError: it is none of ours: nothing of it is to be shown.
    """
    code, times, last = entry
    if not (
        isinstance(code, str) and code.isascii() and code.replace("_", "").isalnum() and len(code) <= _LONGEST
    ):
        raise ValueError
    from datetime import datetime

    datetime.fromisoformat(last)
    if not last.isascii() or len(last) > 32:
        raise ValueError
    return Met(code, max(1, min(_MOST_TIMES, int(times))), last)
