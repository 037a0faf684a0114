"""A second start of the program: what it was to open is given to the one that runs, through a file in the data directory.

A file and not a socket: whoever may write the data may ask, no firewall has a say, and no library of its own is needed. The
one that runs claims a wish by renaming its file, so that it is opened once; the one that asked takes its file back when
nobody claims it, and goes on by itself.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from pilotdesk.atomic import LEFT_S, replacing
from pilotdesk.drafts.closing import is_closing
from pilotdesk.drafts.lock import Grip, born, is_running, this_machine
from pilotdesk.errors import ExportError
from pilotdesk.record import Record, decoded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pilotdesk.drafts.lock import Held

FOLDER_NAME: Final = ".handover"
ENDING: Final = ".wish"
CLAIMED: Final = ".claimed"
MOST_BYTES: Final = 1 << 22
"""Of a wish: more than what a command line can name, on any system."""
WAIT_S, LOOK_S = 8.0, 0.05
"""How long an answer is waited for, and how often it is looked for. A program that starts just now answers when it is painted."""


class Wish(Record, frozen=True, kw_only=True):
    """What another start is to open.

    Attributes:
        files: absolute paths, as the system writes them: not every name on Linux is text. None only brings the window to
            the front.
        sample: whether the practice sample is wanted.
        pid, born: who asks, and waits as long as it runs.
    """

    files: list[bytes] = msgspec.field(default_factory=list)
    sample: bool = False
    pid: int = 0
    born: str = ""

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files."""
        return tuple(Path(os.fsdecode(file)) for file in self.files)


def may_hear(held: Held) -> bool:
    """Whether the data is held by a program of this computer that runs; others cannot be given a file of ours."""
    holder = held.holder
    return (
        holder is not None
        and held.grip is Grip.HELD
        and (holder.host, holder.machine) == this_machine()
        and holder.pid != os.getpid()
    )


def wish_folder(data_folder: Path) -> Path | None:
    """The folder of wishes, made when it is missing; ``None`` where it cannot be made.

    Each wish has a name of its own, so what was left half-written or half-claimed is met by no later one: it goes here.
    """
    folder = data_folder / FOLDER_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    _sweep(folder)
    return folder


def hand_over(
    data_folder: Path,
    files: Sequence[Path],
    *,
    sample: bool = False,
    to: int = 0,
    pause: Callable[[float], object] = time.sleep,
) -> bool:
    """Ask the running program to open files; returns whether it does.

    Args:
        data_folder: the data directory that it holds.
        files: absolute paths.
        sample: whether the practice sample is to be opened.
        to: number of its process, which may then come to the front; 0 for one that is not known.
        pause: waits for so many seconds.
    """
    folder = wish_folder(data_folder)
    if folder is None:
        return False
    _let_come_forward(to)
    wish = Wish(
        files=[os.fsencode(file) for file in files], sample=sample, pid=os.getpid(), born=born(os.getpid())
    )
    target = folder / f"{time.time_ns():020d}-{os.urandom(4).hex()}{ENDING}"
    try:
        with replacing(target) as part:
            part.write_bytes(msgspec.json.encode(wish))
    except ExportError:
        return False
    until = time.monotonic() + WAIT_S
    while target.exists():
        if time.monotonic() >= until or is_closing(data_folder) or not (to == 0 or is_running(to)):
            is_ours = _is_taken_back(target)
            if is_ours is not None or time.monotonic() >= until + WAIT_S:
                return is_ours is False
        pause(LOOK_S)
    return True


def wishes(data_folder: Path) -> tuple[Wish, ...]:
    """Claim what other starts asked for, the oldest first; what nobody waits for any more is thrown away."""
    claimed = []
    folder = data_folder / FOLDER_NAME
    with contextlib.suppress(OSError):
        for file in sorted(folder.glob(f"*{ENDING}")):
            try:
                wish = _wished(file)
            except OSError:
                continue
            # Who asked is looked for before the wish is claimed: then it goes.
            is_waited_for = wish is not None and is_running(wish.pid) and born(wish.pid) == wish.born
            if _is_claimed(file) and wish is not None and is_waited_for:
                claimed.append(wish)
    return tuple(claimed)


def _sweep(folder: Path) -> None:
    before = time.time() - LEFT_S
    for ending in (".part", CLAIMED):
        with contextlib.suppress(OSError):
            for left in folder.glob(f"*{ending}"):
                if left.stat().st_mtime < before:
                    left.unlink()


def _wished(file: Path) -> Wish | None:
    """What stands in a file; ``None`` when it is no wish.

    Raises:
        OSError: it was taken back, or a virus scanner has it.
    """
    with file.open("rb") as opened:
        content = opened.read(MOST_BYTES)
    try:
        return decoded(content, Wish)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


def _is_claimed(file: Path) -> bool:
    """Whether a file was there for us alone; it is gone then."""
    ours = file.with_suffix(CLAIMED)
    try:
        file.rename(ours)
    except OSError:
        return False
    with contextlib.suppress(OSError):
        ours.unlink()
    return True


def _is_taken_back(target: Path) -> bool | None:
    """Whether nobody has claimed a wish, and nobody will; ``None`` when it is being read just now."""
    try:
        target.unlink()
    except FileNotFoundError:
        return False
    except OSError:
        return None
    return True


def _let_come_forward(process: int) -> None:
    """Windows lets only the program that was clicked come to the front, or whom it names."""
    if sys.platform == "win32" and process:
        import ctypes

        getattr(ctypes, "windll").user32.AllowSetForegroundWindow(process)  # noqa: B009
