"""The second place: another disk or a USB stick that every backup is copied to when it is there.

It is a folder of ours inside the one that the user picked, laid out like a data directory's copies. Being away is no
trouble: a stick is pulled out and comes back. That it is ours is told by a mark in that folder: another stick under the same
letter is left alone, and so is the folder of a colleague's computer on the same stick, which gets its copies in a folder beside
ours. Everything written there is read back from the disk and compared.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from pilotdesk.atomic import ensure_folder, replacing
from pilotdesk.drafts import backups
from pilotdesk.drafts.attachments_folder import AttachmentsFolder, sha256_on_disk
from pilotdesk.drafts.lock import this_machine
from pilotdesk.errors import ExportError
from pilotdesk.paths import found, kept
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable

    from pilotdesk.drafts.backups import Backup

FOLDER_NAME: Final = "PilotDesk备份"
FILE_NAME: Final = "second_place.json"
MARK_NAME: Final = "whose.json"
PIECE: Final = 1 << 20
_NOT_ASKED: Final = frozenset({errno.EINVAL, errno.ENOTSUP})
"""What a file system says that does not know how to settle a folder."""


class SecondPlace(Record, frozen=True, kw_only=True):
    """Where, and when something was last put there.

    Attributes:
        folder: our folder. copied: local ``YYYY-MM-DD HH:MM``; empty when nothing was yet.
        mark: what stands in a file of that folder; the same in no other.
    """

    folder: str
    copied: str = ""
    mark: str = ""

    @property
    def path(self) -> Path:
        """The folder."""
        return Path(self.folder)

    @property
    def is_there(self) -> bool:
        """Whether the disk or the stick is plugged in, and still the same one."""
        return self.path.is_dir() and _mark_in(self.path) == self.mark


def second_place(data_folder: Path) -> SecondPlace | None:
    """The second place that was picked; ``None`` when none was, or when it cannot be read where."""
    try:
        noted = json.loads((data_folder / FILE_NAME).read_text("utf-8"))
        folder = str(found(str(noted["folder"])))
        return SecondPlace(folder=folder, copied=str(noted["copied"]), mark=str(noted.get("mark", "")))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def choose(data_folder: Path, picked: Path) -> SecondPlace:
    """Make a folder of ours in a picked one (or take it, if it is one) and remember it.

    Where the copies of another computer are in it already, ours gets a name of its own beside it.

    Raises:
        ExportError: ``second_same`` inside the data directory, where it would be lost with it; ``folder_unwritable``,
            ``disk_full``.
    """
    above = picked.parent if picked.name.startswith(FOLDER_NAME) else picked
    if data_folder.resolve() in (above.resolve(), *above.resolve().parents):
        raise ExportError("second_same", folder=picked)
    names = (FOLDER_NAME if number == 1 else f"{FOLDER_NAME}-{number}" for number in count(1))
    folder = next(above / name for name in names if _is_free_or_ours(data_folder, above / name))
    ensure_folder(folder / backups.FOLDER_NAME)
    mark = _mark_in(folder) or os.urandom(8).hex()
    sign(folder, mark)
    place = SecondPlace(folder=str(folder), mark=mark)
    _keep(data_folder, place)
    return place


def _is_free_or_ours(data_folder: Path, folder: Path) -> bool:
    """Whether copies of this data directory may go into a folder: it knows the mark, or has a copy that we have, or none."""
    chosen = second_place(data_folder)
    there = {copy.moment for copy in backups.backups(folder)}
    here = {copy.moment for copy in backups.backups(data_folder)}
    return not there or bool(there & here) or (chosen is not None and chosen.mark == _mark_in(folder) != "")


def _mark_in(folder: Path) -> str:
    """The mark that stands in a folder; empty when there is none."""
    return _noted(folder, "mark")


def _noted(folder: Path, name: str) -> str:
    try:
        return str(json.loads((folder / MARK_NAME).read_text("utf-8"))[name])
    except (OSError, ValueError, TypeError, KeyError):
        return ""


def sign(folder: Path, mark: str = "") -> None:
    """Write down beside copies which computer they are of; an empty mark is no second place.

    Raises:
        ExportError: ``folder_unwritable``, ``disk_full``.
    """
    _write(folder / MARK_NAME, {"mark": mark, "computer": this_machine()[0]})


def whose(folder: Path) -> str:
    """Name of the computer that the copies in a folder are of; empty when nothing says it."""
    return _noted(folder, "computer")


def hand_out(data_folder: Path, folder: Path, progress: Callable[[int, int], None] | None = None) -> None:
    """See :func:`pilotdesk.drafts.backups.copy_out`; the copy also says which computer it is of."""
    backups.copy_out(data_folder, folder, progress)
    sign(folder)


def forget(data_folder: Path) -> None:
    """Have no second place any more; what is there stays.

    Raises:
        ExportError: ``folder_unwritable``.
    """
    try:
        (data_folder / FILE_NAME).unlink(missing_ok=True)
    except OSError as trouble:
        raise ExportError("folder_unwritable", folder=data_folder) from trouble


def lacks(data_folder: Path, made: Backup) -> bool:
    """Whether the second place is there and has not got a backup: somebody was made to stop before, or has just plugged it in."""
    place = second_place(data_folder)
    # What was noted is believed first: a share that is dead keeps whoever only asks it for its name waiting.
    if place is None or place.copied == _noted_as(made) or not place.is_there:
        return False
    return not backups.path_at(place.path / backups.FOLDER_NAME, made.moment).exists()


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
        before = made.moment.timestamp() - backups.LEFTOVERS_KEPT_S
        backups.sweep(folder, before)  # of a stick that was pulled out while it was being written
        AttachmentsFolder(folder).sweep(before)
        if not whose(place.path):  # begun before copies said whose they are
            sign(place.path, place.mark)
        _settle(folder)
    except ExportError:
        if place.path.is_dir():
            raise
        return place  # pulled out while it was being written: the next copy finds it again
    place = msgspec.structs.replace(place, copied=_noted_as(made))
    _keep(data_folder, place)
    return place


def _noted_as(made: Backup) -> str:
    return f"{made.day} {made.time}"


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
        if sha256_on_disk(part) != digest.hexdigest():
            raise ExportError("copy_differs", folder=target.parent)


def _settle(folder: Path) -> None:
    """Have the names of what was put there on the disk as well, before somebody hears that it can be pulled out.

    Raises:
        ExportError: ``folder_unwritable``.
    """
    if not hasattr(os, "O_DIRECTORY"):  # Windows writes names through on what can be pulled out
        return
    for place in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
        try:
            number = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(number)
            finally:
                os.close(number)
        except OSError as trouble:
            if trouble.errno not in _NOT_ASKED:
                raise ExportError("folder_unwritable", folder=folder) from trouble


def _keep(data_folder: Path, place: SecondPlace) -> None:
    _write(data_folder / FILE_NAME, msgspec.structs.asdict(place) | {"folder": kept(place.path)})


def _write(target: Path, content: object) -> None:
    with replacing(target) as part:
        part.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
