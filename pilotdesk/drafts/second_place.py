"""The second place: another disk or a USB stick that every backup is copied to when it is there.

It is a folder of ours inside the one that the user picked, laid out like a data directory's copies. Being away is no
trouble: a stick is pulled out and comes back. That it is ours is told by that folder, so another stick under the same
letter is left alone. Everything written there is read back from the disk and compared.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from pilotdesk.atomic import ensure_folder, replacing
from pilotdesk.drafts import backups
from pilotdesk.drafts.attachments_folder import AttachmentsFolder, file_sha256
from pilotdesk.errors import ExportError
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable

    from pilotdesk.drafts.backups import Backup

FOLDER_NAME: Final = "PilotDesk备份"
FILE_NAME: Final = "second_place.json"
PIECE: Final = 1 << 20


class SecondPlace(Record, frozen=True, kw_only=True):
    """Where, and when something was last put there.

    Attributes:
        folder: our folder. copied: local ``YYYY-MM-DD HH:MM``; empty when nothing was yet.
    """

    folder: str
    copied: str = ""

    @property
    def path(self) -> Path:
        """The folder."""
        return Path(self.folder)

    @property
    def is_there(self) -> bool:
        """Whether the disk or the stick is plugged in, and still the same one."""
        return self.path.is_dir()


def second_place(data_folder: Path) -> SecondPlace | None:
    """The second place that was picked; ``None`` when none was, or when it cannot be read where."""
    try:
        kept = json.loads((data_folder / FILE_NAME).read_text("utf-8"))
        return SecondPlace(folder=str(kept["folder"]), copied=str(kept["copied"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def choose(data_folder: Path, picked: Path) -> SecondPlace:
    """Make a folder of ours in a picked one (or take it, if it is one) and remember it.

    Raises:
        ExportError: ``second_same`` inside the data directory, where it would be lost with it; ``folder_unwritable``,
            ``disk_full``.
    """
    folder = picked if picked.name == FOLDER_NAME else picked / FOLDER_NAME
    if data_folder.resolve() in (folder.resolve(), *folder.resolve().parents):
        raise ExportError("second_same", folder=picked)
    ensure_folder(folder / backups.FOLDER_NAME)
    place = SecondPlace(folder=str(folder))
    _keep(data_folder, place)
    return place


def forget(data_folder: Path) -> None:
    """Have no second place any more; what is there stays.

    Raises:
        ExportError: ``folder_unwritable``.
    """
    try:
        (data_folder / FILE_NAME).unlink(missing_ok=True)
    except OSError as trouble:
        raise ExportError("folder_unwritable", folder=data_folder) from trouble


def copy_there(
    data_folder: Path, made: Backup, progress: Callable[[int, int], None] | None = None
) -> SecondPlace | None:
    """Put a backup and the attachments into the second place, read them back, thin out there.

    Args:
        data_folder: the data directory.
        made: the backup, which was found sound.
        progress: called between files with (done, total); may raise to stop.

    Returns:
        The place as it is now; ``None`` when there is none. One that is away keeps its older ``copied``.

    Raises:
        ExportError: ``disk_full``, ``folder_unwritable``, ``copy_differs`` when what was read back is something else.
    """
    place = second_place(data_folder)
    if place is None or not place.is_there:
        return place
    try:
        folder = place.path / backups.FOLDER_NAME
        AttachmentsFolder(data_folder).copy_to(folder, progress)
        copy_read_back(made.path, backups.path_at(folder, made.moment), progress)
        backups.thin(place.path, made.moment)
    except ExportError:
        if place.path.is_dir():
            raise
        return place  # pulled out while it was being written: the next copy finds it again
    place = msgspec.structs.replace(place, copied=f"{made.moment:%Y-%m-%d %H:%M}")
    _keep(data_folder, place)
    return place


def copy_read_back(source: Path, target: Path, progress: Callable[[int, int], None] | None = None) -> None:
    """Copy a file, then read the copy from the disk and compare; the target appears only when it is the same.

    Raises:
        ExportError: ``disk_full``, ``folder_unwritable``, ``copy_differs``.
    """
    with replacing(target) as part:
        digest = hashlib.sha256()
        with source.open("rb") as read, part.open("wb") as written:
            size = os.fstat(read.fileno()).st_size
            while piece := read.read(PIECE):
                digest.update(piece)
                written.write(piece)
                if progress is not None:
                    progress(written.tell(), size)
            written.flush()
            os.fsync(written.fileno())
            _forget_cached(written.fileno())
        if file_sha256(part) != digest.hexdigest():
            raise ExportError("copy_differs", folder=target.parent)


def _forget_cached(number: int) -> None:
    """Ask the system to read the file from the disk next time, where it can be asked that."""
    if hasattr(os, "posix_fadvise"):
        with contextlib.suppress(OSError):
            os.posix_fadvise(number, 0, 0, os.POSIX_FADV_DONTNEED)


def _keep(data_folder: Path, place: SecondPlace) -> None:
    with replacing(data_folder / FILE_NAME) as part:
        part.write_text(json.dumps(msgspec.structs.asdict(place), ensure_ascii=False), "utf-8")
