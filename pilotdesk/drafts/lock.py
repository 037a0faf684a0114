"""Who has a data directory open: a file with computer, process, time and program version, for people and for programs.

:class:`~pilotdesk.drafts.running_mark.RunningMark` asks the system of this computer; this asks the folder, which may lie on a
share that two computers see. The file is made in one step that only one program can win, and touched every few minutes.
Whether it is left over is said from facts: on the same computer the process is gone, or another one has its number; on
another computer nobody touched it for a while, by the clock of the disk that the folder is on, not by ours.

Whoever takes a lock away, its owner among them, makes a second file before: a claim, named after the lock that is meant, in
the same one step. Then it is looked again whether that lock still stands there. So of many programs that start over one that
was left over, none takes away what another has put there meanwhile; and it needs nothing that sticks and shares do not have.
"""

from __future__ import annotations

import contextlib
import glob
import hashlib
import json
import os
import sys
import time
from enum import Enum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from pilotdesk import __version__
from pilotdesk.atomic import patiently
from pilotdesk.errors import StoreError
from pilotdesk.record import Record, decoded

if TYPE_CHECKING:
    from collections.abc import Collection

    from pilotdesk.clock import Clock

FILE_NAME: Final = "pilotdesk.lock"
BEAT_S: Final = 120
"""Seconds between two touches."""
SILENT_S: Final = 5 * BEAT_S
"""After so many seconds without one a computer has gone away, or sleeps."""
_TRIES: Final = 50
_PAUSE_S: Final = 0.02
"""How often it is tried to take a lock that somebody else is just taking away, and how long is waited between."""


class Holder(Record, frozen=True, kw_only=True):
    """What stands in a lock.

    Attributes:
        host: name of the computer. machine: what tells it from another of that name; may be empty.
        pid, born: the process, and when the system says it was started, in its own words; empty where it does not say.
        since: UTC stamp of the opening. program: version. token: made anew for each opening.
    """

    host: str
    machine: str = ""
    pid: int = 0
    born: str = ""
    since: str
    program: str = ""
    token: str


class Grip(Enum):
    """How firmly a lock is held.

    ``HELD`` by a running program, ``LEFT`` by one that is gone for sure, ``SILENT``: by another computer, not heard of for
    long, which may be switched off or asleep.
    """

    HELD = "held"
    LEFT = "left"
    SILENT = "silent"


class Held(Record, frozen=True):
    """Somebody else has the data. ``holder`` is ``None`` when the lock cannot be read."""

    holder: Holder | None
    grip: Grip


class FolderLock:
    """The lock of this program on a data directory.

    Args:
        data_folder: the data directory; made when missing.
        clock: the time of the opening.
        machine: name and mark of this computer; told by the system when not given.
        name: of the lock, where it is that of one file in the folder.
        alone: whether the disk can be in one computer at a time: a stick. What another one left on it is left over then.
    """

    def __init__(
        self,
        data_folder: Path,
        clock: Clock,
        machine: tuple[str, str] | None = None,
        *,
        name: str = FILE_NAME,
        alone: bool = False,
    ) -> None:
        self._path = data_folder / name
        self._alone = alone
        host, mark = machine or this_machine()
        self._mine = Holder(
            host=host,
            machine=mark,
            pid=os.getpid(),
            born=born(os.getpid()),
            since=clock.stamp(),
            program=__version__,
            token=os.urandom(8).hex(),
        )

    def take(self, *, over: bool = False) -> Held | None:
        """Take the lock; one that was left over by a program of this computer that is gone is taken without a word.

        Args:
            over: whether to take over one that is silent, because the user said so.

        Returns:
            ``None`` when it is ours now, else who has it.

        Raises:
            StoreError: ``store_unwritable``, ``store_full``.
        """
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            loose = frozenset({Grip.LEFT, Grip.SILENT} if over else {Grip.LEFT})
            for _ in range(_TRIES):  # what was left over goes, and then somebody else may be faster
                if self._make(self._path):
                    self._sweep()
                    return None
                held = self._look(self._path)
                if held is None:
                    continue
                if held.holder == self._mine:  # written, and then the disk said that it could not be closed
                    return None
                if held.grip not in loose:
                    return held
                if not self._remove(self._path, held.holder, loose):
                    time.sleep(_PAUSE_S)
            return Held(None, Grip.HELD)
        except OSError as trouble:
            code = "store_full" if trouble.errno in _FULL else "store_unwritable"
            raise StoreError(code, folder=self._path.parent) from trouble

    def beat(self) -> bool:
        """Touch the lock; ``False`` when somebody else has taken it: this computer slept for too long.

        A disk that cannot be reached just now is no reason to stop.
        """
        try:
            # Through one handle, so that only ours is written to; the same bytes, so that nobody reads half of it. The disk
            # notes the time by its own clock.
            with self._path.open("r+b") as lock:
                written = lock.read()
                if _read(written) != self._mine:
                    return False
                lock.seek(0)
                lock.write(written)
                lock.flush()
                # So that a stick that is pulled out and put back still says that it is ours.
                os.fsync(lock.fileno())
        except FileNotFoundError:
            return not self._path.parent.is_dir() or self._is_made()
        except OSError:
            return True
        return True

    def release(self) -> None:
        """Take the lock away if it is ours."""
        with contextlib.suppress(OSError):
            if _read(self._path.read_bytes()) == self._mine:
                self._remove(self._path, self._mine, frozenset(Grip))

    # -- inside ----------------------------------------------------------------------------------

    def _make(self, path: Path) -> bool:
        try:
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
        except FileExistsError:
            return False
        try:
            with os.fdopen(handle, "wb") as lock:
                lock.write(json.dumps(msgspec.structs.asdict(self._mine), ensure_ascii=False).encode())
        except OSError:  # half a lock names nobody: it would keep us out as well
            if path != self._path:  # a claim is one by being there, also where the disk is full
                return True
            with contextlib.suppress(OSError):
                path.unlink()
            raise
        return True

    def _remove(self, path: Path, seen: Holder | None, loose: Collection[Grip]) -> bool:
        """Take away what was seen there, if it is there still and held no more firmly than that; whether we were let.

        Only who has the claim on it does, so it is still there when it goes: tokens do not come again, and what cannot be
        read is looked at again for its age.
        """
        claim = self._claim_on(path, seen)
        if not self._make(claim):
            other = self._look(claim)
            if other is None or other.holder != self._mine:  # else left from a try on a disk that went away
                if other is not None and other.grip is not Grip.HELD:  # whoever made it was killed over it
                    self._remove(claim, other.holder, {Grip.LEFT, Grip.SILENT})
                return False
        try:
            held = self._look(path)
            if held is not None and held.holder == seen and held.grip in loose:
                self._put_away(path)
        finally:
            with contextlib.suppress(OSError):  # it names us: when we are gone it is one of those
                self._put_away(claim)
        return True

    def _claim_on(self, path: Path, seen: Holder | None) -> Path:
        mark = hashlib.sha256((seen.token if seen else path.name).encode("utf-8", "replace")).hexdigest()[:16]
        return self._path.with_name(f".{self._path.name}.{mark}.claim")

    def _put_away(self, path: Path) -> None:
        """Under another name first: what is taken away on Windows stands in the way as long as a scanner reads it."""
        aside = self._path.with_name(f".{self._path.name}.{self._mine.token}.{os.urandom(4).hex()}.old")
        with contextlib.suppress(FileNotFoundError):  # by hand
            patiently(partial(path.rename, aside))
            with contextlib.suppress(OSError):  # it goes with the next sweep
                patiently(partial(aside.unlink, missing_ok=True))

    def _sweep(self) -> None:
        """What asking and taking over left beside it goes, now that it is ours."""
        for left in self._path.parent.glob(f".{glob.escape(self._path.name)}.*"):
            with contextlib.suppress(OSError):
                left.unlink()

    def _is_made(self) -> bool:
        """Somebody took it away by hand: it is made again."""
        with contextlib.suppress(OSError):
            return self._make(self._path)
        return True

    def _look(self, path: Path) -> Held | None:
        """Who has the lock, or a claim on one; ``None`` when it is not there."""
        try:
            holder = _read(path.read_bytes())
            silent = self._silence(path) > SILENT_S
        except FileNotFoundError:
            return None
        if holder is None:  # being written just now, or half of it after a power cut
            return Held(None, Grip.SILENT if silent else Grip.HELD)
        if (holder.host, holder.machine) == (self._mine.host, self._mine.machine):
            seen = born(holder.pid)
            if seen == UNSEEN:  # another user's, or one that has its number now
                return Held(holder, Grip.SILENT if silent else Grip.HELD)
            gone = seen != holder.born or not is_running(holder.pid)
            return Held(holder, Grip.LEFT if gone else Grip.HELD)
        if self._alone:
            return Held(holder, Grip.LEFT)
        return Held(holder, Grip.SILENT if silent else Grip.HELD)

    def _silence(self, path: Path) -> float:
        """Seconds since the last touch, by the clock of the disk: a fresh file says what time it is there."""
        probe = self._path.with_name(f".{self._path.name}.{self._mine.token}")
        try:
            probe.touch()
            return probe.stat().st_mtime - path.stat().st_mtime
        finally:
            with contextlib.suppress(OSError):
                patiently(partial(probe.unlink, missing_ok=True))


UNSEEN: Final = "?"
"""When a process was started that runs and that nothing can be asked of."""

_FULL: Final = frozenset({28, 122})
"""``ENOSPC`` and ``EDQUOT``."""

_ENDED: Final = frozenset({"Z", "X"})
"""States of a process of Linux that has ended, killed or not, and that nobody has asked for its exit code yet."""


def _read(written: bytes) -> Holder | None:
    try:
        return decoded(written, Holder)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


# -- this computer -------------------------------------------------------------------------------


def this_machine() -> tuple[str, str]:
    """Name of this computer, and the mark that its system was installed with; empty where there is none."""
    if sys.platform == "win32":
        import winreg

        with (
            contextlib.suppress(OSError),
            winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key,
        ):
            return os.environ.get("COMPUTERNAME", ""), str(winreg.QueryValueEx(key, "MachineGuid")[0])
        return os.environ.get("COMPUTERNAME", ""), ""
    mark = ""
    with contextlib.suppress(OSError):
        mark = Path("/etc/machine-id").read_text(encoding="ascii").strip()
    return os.uname().nodename, mark


def is_running(pid: int) -> bool:
    """Whether there is a process of this number on this computer."""
    if sys.platform == "win32":
        return bool(born(pid))
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def born(pid: int) -> str:
    """When a process was started, as the system counts; empty where it does not say, or there is no such process.

    :data:`UNSEEN` for one that runs and is another user's: Windows says no more of it.
    """
    if sys.platform == "win32":
        return _born_windows(pid)
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return ""
    state, *counted = stat.rpartition(")")[2].split()
    return "" if state in _ENDED else f"{boot}/{counted[18]}"


def _born_windows(pid: int) -> str:
    import ctypes

    # There is none elsewhere, and mypy looks there.
    kernel = getattr(ctypes, "WinDLL")("kernel32", use_last_error=True)  # noqa: B009
    handle = kernel.OpenProcess(0x1000, False, pid)  # PROCESS_QUERY_LIMITED_INFORMATION
    if not handle:
        return UNSEEN if getattr(ctypes, "get_last_error")() == 5 else ""  # noqa: B009  # ERROR_ACCESS_DENIED
    times = (ctypes.c_ulonglong * 4)()
    code = ctypes.c_ulong()
    try:
        parts = [ctypes.byref(times, 8 * at) for at in range(4)]
        running = kernel.GetExitCodeProcess(handle, ctypes.byref(code)) and code.value == 259  # STILL_ACTIVE
        return str(times[0]) if running and kernel.GetProcessTimes(handle, *parts) else ""
    finally:
        kernel.CloseHandle(handle)
