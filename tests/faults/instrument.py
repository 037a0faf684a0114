"""Counts every write call below a folder, and lets the n-th one fail.

What counts is found where it happens, not listed by hand: file handles, the functions of ``os`` and, below SQLite, the methods
of its file system layer. Where a call came from is read off the stack, so that the walk knows which line of the program it
has taken through which trouble.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

PROGRAM = Path(__file__).parents[2] / "pilotdesk"

OPEN, WRITE, SYNC, TRUNCATE, CLOSE = "open", "write", "sync", "truncate", "close"
RENAME, REMOVE, MAKE, LINK, MARK, LOCK = "rename", "remove", "make", "link", "mark", "lock"


class Fault(NamedTuple):
    """Something that goes wrong.

    ``kinds`` of calls it can hit; ``number`` is what the system says; ``lasting``: everything of these kinds from then on,
    only what concerns the same file, or only the one call.
    """

    name: str
    number: int
    kinds: frozenset[str]
    lasting: str  # "all", "path" or "once"


_WRITING = frozenset({OPEN, WRITE, SYNC, TRUNCATE, CLOSE, MAKE, LINK, RENAME})
FAULTS = (
    Fault("disk_full", errno.ENOSPC, _WRITING - {RENAME}, "all"),
    Fault("read_only", errno.EROFS, _WRITING - {CLOSE} | {REMOVE, MARK}, "all"),
    Fault("broken", errno.EIO, _WRITING | {REMOVE, MARK}, "once"),
    Fault("gone", errno.EIO, _WRITING | {REMOVE, MARK}, "all"),
    Fault("locked", errno.EACCES, frozenset({OPEN, RENAME, REMOVE, LOCK}), "path"),
)
BY_NAME = {fault.name: fault for fault in FAULTS}


class Call(NamedTuple):
    """One write call: what, to which file (relative to the watched folder), and the program's lines that led to it."""

    kind: str
    path: str
    layer: str
    places: tuple[str, ...]

    @property
    def site(self) -> tuple[str, str, str, tuple[str, ...]]:
        """The same for calls that are made by the same lines for the same role: those of a loop, say."""
        return (self.kind, Path(self.path).suffix, self.layer, self.places)


class Instrument:
    """What was counted. Off until :meth:`watching` a folder.

    Attributes:
        calls: in their order. struck: how many were made to fail.
    """

    def __init__(self) -> None:
        self.root: Path | None = None
        self.calls: list[Call] = []
        self.struck = 0
        self._fault: Fault | None = None
        self._at = 0
        self._where: str | None = None
        self._within: Callable[[Call], bool] | None = None
        self._seen = 0

    def start(
        self,
        root: Path,
        fault: Fault | None = None,
        at: int = 0,
        within: Callable[[Call], bool] | None = None,
    ) -> None:
        """Begin to count below ``root``; the ``at``-th call (from 0) meets the fault, if there is one.

        ``within``: which calls are counted for that; all of them without it.
        """
        self.root = root
        self.calls, self.struck = [], 0
        self._fault, self._at, self._where = fault, at, None
        self._within, self._seen = within, 0

    def stop(self) -> None:
        """Count no more."""
        self.root = None

    def place(self, path: object) -> str | None:
        """A path relative to the watched folder; ``None`` outside it, and while nothing is watched."""
        if self.root is None or not isinstance(path, str | bytes | os.PathLike):
            return None
        full = os.path.abspath(os.fsdecode(path))
        top = str(self.root)
        return full[len(top) + 1 :] if full.startswith(top + os.sep) else None

    def meet(self, kind: str, place: str, layer: str = "files") -> Fault | None:
        """Count a call; the fault when it has to fail."""
        call = Call(kind, place, layer, _places(sys._getframe(1)))
        self.calls.append(call)
        if self._within is None or self._within(call):
            self._seen += 1
            if self._seen == self._at + 1 and self._fault is not None and kind in self._fault.kinds:
                self._where = place
                self.struck += 1
                return self._fault
        fault = self._fault
        if fault is None or self._where is None or kind not in fault.kinds or fault.lasting == "once":
            return None
        if fault.lasting == "path" and place != self._where:
            return None
        self.struck += 1
        return fault

    def strike(self, kind: str, path: object) -> None:
        """Count a call on a path, if it is watched.

        Raises:
            OSError: it has to fail.
        """
        place = self.place(path)
        if place is not None and (fault := self.meet(kind, place)) is not None:
            raise OSError(fault.number, os.strerror(fault.number), os.fsdecode(path))  # type: ignore[arg-type]


def _places(frame: FrameType | None) -> tuple[str, ...]:
    """The lines of the program on the stack, the innermost first."""
    found = []
    top = str(PROGRAM)
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(top):
            found.append(f"{name[len(top) + 1 :]}:{frame.f_lineno}")
        frame = frame.f_back
    return tuple(found)
