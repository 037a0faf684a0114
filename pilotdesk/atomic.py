"""Writing a file whole or not at all: into a neighbour first, then put in place in one step.

A neighbour that could not be taken away again, because the program was killed or the disk was pulled out, goes when the same
file is next written.
"""

from __future__ import annotations

import contextlib
import errno
import os
import time
from typing import TYPE_CHECKING, Final, NoReturn

from pilotdesk.errors import ExportError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DISK_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
LEFT_S: Final = 24 * 3600
"""Age at which a neighbour belongs to no running program any more."""


def ensure_folder(folder: Path) -> None:
    """Make a folder and its parents.

    Raises:
        ExportError: ``folder_unwritable`` or ``disk_full``.
    """
    try:
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
    ensure_folder(target.parent)
    _sweep(target)
    part = target.with_name(f".{target.name}.{os.urandom(4).hex()}.part")
    try:
        yield part
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        _put_in_place(part, target)
    except OSError as trouble:
        _refuse(trouble, target.parent)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _sweep(target: Path) -> None:
    """Take away what was left half-written of the same file, and what SQLite made beside it."""
    before = time.time() - LEFT_S
    with contextlib.suppress(OSError):
        left = [name for name in os.listdir(target.parent) if name.startswith(f".{target.name}.")]
        for path in (target.with_name(name) for name in left if ".part" in name):
            if path.stat().st_mtime < before:
                path.unlink()


def _put_in_place(part: Path, target: Path) -> None:
    try:
        part.replace(target)
    except (PermissionError, IsADirectoryError) as trouble:
        raise ExportError("target_open_elsewhere", name=target.name) from trouble


def _refuse(trouble: OSError, folder: Path) -> NoReturn:
    code = "disk_full" if trouble.errno in DISK_FULL else "folder_unwritable"
    raise ExportError(code, folder=folder) from trouble
