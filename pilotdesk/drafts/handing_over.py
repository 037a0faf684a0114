"""A second start of the program: what it was to open is given to the one that runs, through a file in the data directory.

A file and not a socket: whoever may write the data may ask, no firewall has a say, and no library of its own is needed. The
one that runs claims a wish by renaming its file, and comes forward. It takes the claimed file away when it opens what was
asked for, which a dialog that wants an answer first may put off. Until then who asked waits, and takes its file back when the
other one ends, so that whatever happens to either of them, what was asked for is opened once.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from datetime import datetime
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

    from pilotdesk.drafts.lock import Held, Holder

FOLDER_NAME: Final = ".handover"
ENDING: Final = ".wish"
CLAIMED: Final = ".claimed"
TAKEN: Final = ".taken"
MOST_BYTES: Final = 1 << 22
"""Of a wish: more than what a command line can name, on any system."""
WAIT_S, LOOK_S = 8.0, 0.05
"""How long it may take until a wish is claimed, and how often that is looked for."""
START_S: Final = 30.0
"""How long that may take a program that was started no longer ago: it claims when its first page stands, on a slow disk late."""


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

    @property
    def wants_more(self) -> bool:
        """Whether something is to be opened, beside the window to be shown."""
        return bool(self.files) or self.sample


class Heard(Record, frozen=True):
    """A wish that is to be fulfilled, and its file: who asked may still take it back, see :func:`is_taken_up`."""

    wish: Wish
    file: Path


def may_hear(held: Held) -> bool:
    """Whether the data is held by a program of this computer that runs; others cannot be given a file of ours.

    Nor can one of another user of Windows: its window stands where nobody sees it who clicks here.
    """
    holder = held.holder
    return (
        holder is not None
        and held.grip is Grip.HELD
        and (holder.host, holder.machine) == this_machine()
        and holder.pid != os.getpid()
        and born(holder.pid) == holder.born
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
    to: Holder | None = None,
    pause: Callable[[float], object] = time.sleep,
) -> bool:
    """Ask the running program to open files; returns whether it does.

    Args:
        data_folder: the data directory that it holds.
        files: absolute paths.
        sample: whether the practice sample is to be opened.
        to: who holds it, and may then come to the front; ``None`` for one that is not known.
        pause: waits for so many seconds.
    """
    folder = wish_folder(data_folder)
    if folder is None:
        return False
    if to is not None:
        _let_come_forward(to.pid)
    pid = os.getpid()
    wish = Wish(files=[os.fsencode(file) for file in files], sample=sample, pid=pid, born=born(pid))
    target = folder / f"{time.time_ns():020d}-{os.urandom(4).hex()}{ENDING}"
    try:
        with replacing(target) as part:
            part.write_bytes(msgspec.json.encode(wish))
    except ExportError:
        return False
    return _is_fulfilled(target, _patience(to), lambda: _has_ended(to) or is_closing(data_folder), pause)


def _patience(holder: Holder | None) -> float:
    """How many seconds to wait for a program to claim a wish."""
    try:
        age = time.time() - datetime.fromisoformat(holder.since).timestamp() if holder is not None else -1.0
    except ValueError:
        return WAIT_S
    return START_S if 0 <= age < START_S else WAIT_S


def _is_fulfilled(
    target: Path, patience: float, is_over: Callable[[], bool], pause: Callable[[float], object]
) -> bool:
    """Wait until what was asked for is being opened; ``False`` when it was taken back.

    Nobody is waited for whose program is over, nor longer than a moment for one that does not claim. One that has claimed has
    come to the front with the dialog that it waits for.
    """
    until, wanted_back = time.monotonic() + patience, 0.0
    # Looked for in this order: a wish is renamed to a claimed one, and never back.
    while file := next((one for one in (target, target.with_suffix(CLAIMED)) if _stands(one)), None):
        now = time.monotonic()
        if is_over() or (file == target and now >= until):
            wanted_back = wanted_back or now
            if _is_taken(file) or now >= wanted_back + WAIT_S:
                return False
        pause(LOOK_S)
    return target.parent.is_dir()  # else it was not taken away by who opens it


def _has_ended(holder: Holder | None) -> bool:
    """Whether the program that held the data has ended; never for one that is not known."""
    return holder is not None and not (is_running(holder.pid) and born(holder.pid) == holder.born)


def wishes(data_folder: Path, *, anew: bool = False) -> tuple[Heard, ...]:
    """Claim what other starts asked for, the oldest first; what nobody waits for any more is thrown away.

    Args:
        data_folder: the data directory; in our hands.
        anew: whether what was claimed already is claimed again, because the window that did so is gone.
    """
    heard = []
    for file in sorted(_files(data_folder, *((CLAIMED, ENDING) if anew else (ENDING,)))):
        try:
            wish = _wished(file)
        except OSError:
            continue
        # Who asked is looked for before the wish is claimed: then it may go.
        if wish is None or not _is_waited_for(wish):
            _is_taken(file)
        elif (claimed := _claimed(file)) is not None:
            heard.append(Heard(wish, claimed))
    return tuple(heard)


def is_more_asked(data_folder: Path) -> bool:
    """Whether something stands there that could not be claimed: a virus scanner had it, and lets go in a moment."""
    return bool(_files(data_folder, ENDING))


def is_taken_up(heard: Heard) -> bool | None:
    """Whether what was asked for is to be opened now, and by nobody else.

    ``False`` when who asked has taken it back; ``None`` when that cannot be said before a virus scanner lets go.
    """
    return _is_taken(heard.file)


def _files(data_folder: Path, *endings: str) -> list[Path]:
    try:
        return [file for file in (data_folder / FOLDER_NAME).iterdir() if file.suffix in endings]
    except OSError:
        return []


def _sweep(folder: Path) -> None:
    before = time.time() - LEFT_S
    for left in _files(folder.parent, ".part", CLAIMED, TAKEN):
        with contextlib.suppress(OSError):
            if left.stat().st_mtime >= before:
                continue
            # A dialog may stand for longer than a day.
            wish = _wished(left) if left.suffix == CLAIMED else None
            if wish is None or not _is_waited_for(wish):
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


def _is_waited_for(wish: Wish) -> bool:
    return is_running(wish.pid) and born(wish.pid) == wish.born


def _claimed(file: Path) -> Path | None:
    """The name of a wish that is claimed; ``None`` when it was taken back, or cannot be renamed just now."""
    claimed = file.with_suffix(CLAIMED)
    try:
        return file.rename(claimed) if file != claimed else file
    except OSError:
        return None


def _is_taken(file: Path) -> bool | None:
    """Whether a file was there for us alone, and is gone; ``None`` when it cannot be renamed just now.

    On Windows two programs may both rename a file or both take it away, in the same moment; not first the one, then the other.
    """
    ours = file.with_suffix(f".{os.urandom(4).hex()}{TAKEN}")
    try:
        file.rename(ours)
    except FileNotFoundError:
        return False
    except OSError:
        return None
    try:
        ours.unlink()
    except FileNotFoundError:
        return False
    except OSError:  # it is scanned; under this name nobody else looks for it
        return True
    return True


def _stands(file: Path) -> bool:
    """Whether a file is there; what cannot be asked just now is."""
    try:
        file.stat()
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return True


def _let_come_forward(process: int) -> None:
    """Windows lets only the program that was clicked come to the front, or whom it names."""
    if sys.platform == "win32":
        import ctypes

        getattr(ctypes, "windll").user32.AllowSetForegroundWindow(process)  # noqa: B009
