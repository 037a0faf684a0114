"""The files of an update's pack: written into a folder of their own, forced to the disk, and read back."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from pilotdesk.atomic import DISK_FULL, ensure_folder
from pilotdesk.errors import ExportError, UpdateError

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping
    from pathlib import Path


def put_in_place(
    contents: Mapping[str, bytes], folder: Path, progress: Callable[[int, int], object] | None = None
) -> None:
    """Write a pack into a folder that nothing names yet.

    It is not renamed into place: virus scanners look into what was just written, and Windows lets nobody rename it meanwhile.

    Args:
        contents: path inside the pack to content.
        folder: a new one. What is in it when this fails is of no use, and goes.
        progress: called with files on the disk and files in all; may raise to stop.

    Raises:
        UpdateError: ``update_differs`` when what was written reads back differently.
        ExportError: ``folder_unwritable``, ``disk_full``.
    """
    import shutil  # rarely needed

    ensure_folder(folder.parent)
    with contextlib.ExitStack() as failing:
        failing.callback(shutil.rmtree, folder, ignore_errors=True)
        try:
            unpack(contents, folder)
            _force(folder, progress)
            _force_folder(folder.parent)
            if not reads_as(folder, contents):
                raise UpdateError("update_differs", folder=folder.parent)
        except OSError as trouble:
            raise _told(trouble, folder.parent) from trouble
        failing.pop_all()


def sweep(folder: Path, needed: Container[str]) -> None:
    """Take away the packs that nothing names: of what was undone, and what a killed program has left half-written."""
    import shutil

    with contextlib.suppress(OSError):
        for left in [path for path in folder.iterdir() if path.name not in needed]:
            shutil.rmtree(left, ignore_errors=True)


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


def reads_as(folder: Path, contents: Mapping[str, bytes]) -> bool:
    """Whether a folder holds these files and no others."""
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return there == contents.keys() and all(
        (folder / path).read_bytes() == content for path, content in contents.items()
    )


def _force(folder: Path, progress: Callable[[int, int], object] | None) -> None:
    """Have everything in a folder on the disk before anybody is told that it is there."""
    within = sorted(folder.rglob("*"))
    for at, path in enumerate(within):
        if progress is not None:
            progress(at, len(within))
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
