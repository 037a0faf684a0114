"""The files of an update's pack: written into a folder of its own, forced to the disk, read back, and then given its name."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Final

from pilotdesk.atomic import DISK_FULL, ensure_folder
from pilotdesk.errors import ExportError, UpdateError
from pilotdesk.updates.record import pack_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PART: Final = ".part"


def put_in_place(contents: Mapping[str, bytes], sha256: str) -> None:
    """Write a pack into its folder; one that is there from an earlier installation is looked at and used.

    Raises:
        UpdateError: ``update_differs``.
        ExportError: ``folder_unwritable``, ``disk_full``.
    """
    import shutil  # rarely needed

    target = pack_folder(sha256)
    ensure_folder(target.parent)
    try:
        _sweep(target.parent)
        if target.is_dir():
            if reads_as(target, contents):
                return
            shutil.rmtree(target)
        part = target.with_name(f"{target.name}{PART}")
        unpack(contents, part)
        _force(part)
        if not reads_as(part, contents):
            raise UpdateError("update_differs", folder=target.parent)
        part.rename(target)
        _force_folder(target.parent)
    except OSError as trouble:
        raise _told(trouble, target.parent) from trouble
    finally:
        shutil.rmtree(target.with_name(f"{target.name}{PART}"), ignore_errors=True)


def unpack(contents: Mapping[str, bytes], folder: Path) -> None:
    """Write the files of a pack into a folder that is not there yet. Their names have been looked at.

    Raises:
        ExportError: ``folder_unwritable``, ``disk_full``.
    """
    try:
        for path, content in contents.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    except OSError as trouble:
        raise _told(trouble, folder.parent) from trouble


def _told(trouble: OSError, folder: Path) -> ExportError:
    return ExportError("disk_full" if trouble.errno in DISK_FULL else "folder_unwritable", folder=folder)


def _sweep(folder: Path) -> None:
    """Take away what a killed program has left half-written."""
    import shutil

    for left in folder.glob(f"*{PART}"):
        shutil.rmtree(left, ignore_errors=True)


def reads_as(folder: Path, contents: Mapping[str, bytes]) -> bool:
    """Whether a folder holds these files and no others."""
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return there == contents.keys() and all(
        (folder / path).read_bytes() == content for path, content in contents.items()
    )


def _force(folder: Path) -> None:
    """Have everything in a folder on the disk before anybody is told that it is there."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb+") as opened:
                os.fsync(opened.fileno())
        else:
            _force_folder(path)
    _force_folder(folder)


def _force_folder(folder: Path) -> None:
    """The names in a folder; Windows writes them with the file, and some disks cannot be asked."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
