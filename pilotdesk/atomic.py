"""Writing a file whole or not at all: into a neighbour first, then put in place in one step.

A neighbour that could not be taken away again, because the program was killed or the disk was pulled out, goes when the same
file is next written.
"""

from __future__ import annotations

import contextlib
import errno
import os
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from pilotdesk.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

DISK_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_MOST_BYTES: Final = 200
"""Linux has room for 255 in a name, three to a Chinese character; what stands before and behind needs some of them."""
LEFT_S: Final = 24 * 3600
"""Age at which a neighbour belongs to no running program any more."""
WAITS_S: Final = (0.02, 0.05, 0.1, 0.2, 0.4) if os.name == "nt" else ()
"""Pauses between tries, see :func:`patiently`; nowhere else does a file that somebody reads stand in the way."""
_in_use: Final[list[Path]] = []


@contextlib.contextmanager
def using(folder: Path) -> Iterator[None]:
    """Around the use of a folder that, once gone, was renamed or pulled out: it is not made anew, which would look like it."""
    _in_use.append(folder)
    try:
        yield
    finally:
        _in_use.remove(folder)


def ensure_folder(folder: Path) -> None:
    """Make a folder and its parents.

    Raises:
        ExportError: ``folder_unwritable`` or ``disk_full``; ``store_swapped`` when it is in one that was pulled away, see
            :func:`using`.
    """
    try:
        for used in tuple(_in_use):  # a share that is away may not even say that it is
            if folder.is_relative_to(used) and not used.is_dir():
                raise ExportError("store_swapped", folder=used)
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as trouble:
        _refuse(trouble, folder)


@contextlib.contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a fresh path beside ``target``; when the block ends well it becomes ``target``.

    The old file stays untouched until then, and a failed block leaves nothing behind.

    Raises:
        ExportError: ``target_open_elsewhere`` (Word keeps an open file locked), ``folder_unwritable``,
            ``disk_full``.
    """
    with replacing_together() as beside:
        yield beside(target)


@contextlib.contextmanager
def replacing_together() -> Iterator[Callable[[Path], Path]]:
    """The same for several files, all of them or none: gives what makes the fresh path beside a target.

    They are put in place one after the other; when one of them cannot be, those before it get back what stood there.

    Raises:
        ExportError: see :func:`replacing`.
    """
    parts: dict[Path, Path] = {}

    def beside(target: Path) -> Path:
        ensure_folder(target.parent)
        _sweep(target)
        part = _fresh(target)
        parts[part] = target
        return part

    try:
        yield beside
        for part in parts:
            patiently(partial(_write_through, part))
        _put_all(parts)
    except OSError as trouble:
        folders = [target.parent for target in parts.values()]
        if not folders:  # it has nothing to do with a file of ours
            raise
        _refuse(trouble, folders[0])
    finally:
        for part in parts:
            _take_away(part)


@contextlib.contextmanager
def scratch_folder(beside: Path | None = None, prefix: str = "pilotdesk-") -> Iterator[Path]:
    """A folder for what is only needed on the way; it goes afterwards, or with the next one of its name.

    Not ``tempfile.TemporaryDirectory``: in Python 3.11 that calls itself without end over a folder that a virus scanner holds.

    Args:
        beside: the folder to make it in; ``None`` for the system's.
        prefix: how its name begins.

    Raises:
        ExportError: ``folder_unwritable``, ``disk_full``.
    """
    import shutil
    import tempfile

    before = time.time() - LEFT_S
    with contextlib.suppress(OSError):
        for left in [path for path in (beside.iterdir() if beside else ()) if path.name.startswith(prefix)]:
            if left.is_dir() and left.stat().st_mtime < before:
                shutil.rmtree(left, ignore_errors=True)
    try:
        folder = Path(tempfile.mkdtemp(prefix=prefix, dir=beside))
    except OSError as trouble:
        _refuse(trouble, beside or Path(tempfile.gettempdir()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def folder_in_place(folder: Path, target: Path) -> Path:
    """Give a finished folder its name; where one of that name stands already, the next free one (``（2）``).

    Returns:
        The path that it got.

    Raises:
        ExportError: ``folder_unwritable``, ``disk_full``.
    """
    number, free = 1, target
    while free.exists():
        number += 1
        free = target.with_name(f"{target.name}（{number}）")
    try:
        patiently(partial(folder.rename, free))
    except OSError as trouble:
        _refuse(trouble, target.parent)
    return free


def _fresh(target: Path) -> Path:
    return target.with_name(f"{_beginning(target)}{os.urandom(4).hex()}.part")


def _beginning(target: Path) -> str:
    """How the names of its neighbours begin; cut, so that a name as long as the system takes has some as well."""
    return f".{fitting(target.name)}."


def fitting(name: str) -> str:
    """The beginning of a name that has room on every system, also with some signs before and behind it."""
    return name.encode("utf-8", "ignore")[:_MOST_BYTES].decode("utf-8", "ignore")


def _write_through(part: Path) -> None:
    with part.open("rb+") as written:
        os.fsync(written.fileno())


def _put_all(parts: Mapping[Path, Path]) -> None:
    with contextlib.ExitStack() as done, contextlib.ExitStack() as undo:
        for number, (part, target) in enumerate(parts.items(), 1):
            old = _second_name(target) if number < len(parts) else None
            if old is not None:
                done.callback(_take_away, old)
            _put_in_place(part, target)
            undo.callback(_bring_back, target, old)
        undo.pop_all()


def _second_name(target: Path) -> Path | None:
    """What stands there now, kept under another name until all files are in place; ``None`` when nothing does."""
    if not target.exists():
        return None
    if target.is_dir():
        raise ExportError("target_open_elsewhere", name=target.name)
    kept = _fresh(target)
    try:
        kept.hardlink_to(target)
    except OSError:  # FAT and some network disks know one name a file
        import shutil

        shutil.copyfile(target, kept)
    return kept


def _bring_back(target: Path, old: Path | None) -> None:
    with contextlib.suppress(OSError):
        if old is None:
            target.unlink(missing_ok=True)
        else:
            old.replace(target)


def _take_away(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def _sweep(target: Path) -> None:
    """Take away what was left half-written of the same file, and what SQLite made beside it."""
    before = time.time() - LEFT_S
    with contextlib.suppress(OSError):
        left = [name for name in os.listdir(target.parent) if name.startswith(_beginning(target))]
        for path in (target.with_name(name) for name in left if ".part" in name):
            if path.stat().st_mtime < before:
                path.unlink()


def _put_in_place(part: Path, target: Path) -> None:
    try:
        patiently(partial(part.replace, target))
    except (PermissionError, IsADirectoryError) as trouble:
        raise ExportError("target_open_elsewhere", name=target.name) from trouble


def patiently(act: Callable[[], object]) -> None:
    """Rename, open or take away something; on Windows that waits for the virus scanner that is just looking at it.

    Raises:
        PermissionError: it does not let go of it.
    """
    for wait in WAITS_S:
        try:
            act()
        except PermissionError:
            time.sleep(wait)
        else:
            return
    act()


def _refuse(trouble: OSError, folder: Path) -> NoReturn:
    code = "disk_full" if trouble.errno in DISK_FULL else "folder_unwritable"
    if trouble.errno == errno.ENAMETOOLONG:
        code = "name_too_long"
    raise ExportError(code, folder=folder) from trouble
