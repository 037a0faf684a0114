"""Moving the data elsewhere: copied, looked over, compared by digests, and only then used; the old folder stays as it is."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final

from pilotdesk.atomic import ensure_folder, replacing
from pilotdesk.drafts.attachments_folder import FOLDER_NAME as ATTACHMENTS
from pilotdesk.drafts.attachments_folder import file_sha256
from pilotdesk.drafts.backups import copy_out
from pilotdesk.drafts.connection import FILE_NAME
from pilotdesk.drafts.health import health_of
from pilotdesk.drafts.lock import FILE_NAME as LOCK
from pilotdesk.drafts.recovery import SIDE_FILES
from pilotdesk.drafts.running_mark import FILE_NAME as MARK
from pilotdesk.drafts.search_index import INDEX_NAME
from pilotdesk.errors import ExportError, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NOTE_NAME: Final = "资料已移走.txt"
UNFINISHED: Final = "资料还没有移完.txt"
"""Stands in the new folder while it is filled: all that is in it beside this came from a move that was cut short."""
_NOT_COPIED: Final = frozenset(
    {*(f"{name}{ending}" for name in (FILE_NAME, INDEX_NAME) for ending in ("", *SIDE_FILES)), LOCK, MARK, ATTACHMENTS, NOTE_NAME,
     UNFINISHED}
)  # fmt: skip
"""Of the folder itself: copied in their own way, made anew, or about the program that runs here."""
_NOTE: Final = (
    "PilotDesk 的资料已经移到：\r\n{folder}\r\n\r\n这个文件夹里的还是移走那一刻的样子，没有动过。"
    "新的位置用上一段时间、确定都在，再自己删去。\r\n"
)


def move(source: Path, target: Path, progress: Callable[[int, int], None] | None = None) -> None:
    """Copy a data directory to another place and prove that everything arrived; the source is not changed but for a note.

    Which place is used from then on is for the caller to remember: nothing is, unless this returns.

    Args:
        source: the data directory; may be in use for reading.
        target: the new one; new, or empty.
        progress: called with (files done, files); may raise to stop.

    Raises:
        ExportError: ``folder_unwritable``, ``disk_full``, ``copy_differs``; ``move_inside`` when one lies in the other.
        StoreError: ``move_occupied`` when the target has something in it; ``store_damaged`` when the source is not sound.
    """
    if target.resolve().is_relative_to(source.resolve()) or source.resolve().is_relative_to(target.resolve()):
        raise ExportError("move_inside", folder=target)
    _begin_in(target)
    try:
        _copy_all(source, target, progress)
        _end_in(target)
    except BaseException:
        _empty(target)  # it was empty before: the next try may go there again
        raise
    with (
        contextlib.suppress(ExportError),
        replacing(source / NOTE_NAME) as part,
    ):  # a protected disk takes no note
        part.write_text(_NOTE.format(folder=target), encoding="utf-8-sig")


def _begin_in(target: Path) -> None:
    """Have an empty folder to move to, and say in it that it is being filled; what a killed program left there goes."""
    ensure_folder(target)
    if (target / UNFINISHED).is_file():
        _empty(target)
    if any(not path.name.startswith(f".{UNFINISHED}.") for path in target.iterdir()):
        raise StoreError("move_occupied", folder=target)
    with replacing(target / UNFINISHED) as part:
        part.write_text(
            "PilotDesk 正在把资料移到这里。没有移完的话，请再移一次，选同一个位置。", encoding="utf-8-sig"
        )


def _end_in(target: Path) -> None:
    try:
        (target / UNFINISHED).unlink()
    except OSError as trouble:
        raise ExportError("folder_unwritable", folder=target) from trouble


def _copy_all(source: Path, target: Path, progress: Callable[[int, int], None] | None) -> None:
    copy_out(source, target, progress)
    before, made = health_of(source / FILE_NAME, alone=False), health_of(target / FILE_NAME)
    if not made.is_sound or made.counts != before.counts:
        raise ExportError("copy_differs", folder=target)
    for file in _others(source):
        _copy(file, target / file.relative_to(source))


def _empty(folder: Path) -> None:
    """Take away what stands in a folder, as far as the disk lets us."""
    import shutil

    with contextlib.suppress(OSError):
        for path in sorted(folder.iterdir(), key=lambda path: path.name == UNFINISHED):  # that last
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink()


def _others(source: Path) -> Iterator[Path]:
    """What belongs to the data besides database and attachments: earlier copies, packs, and what the user chose."""
    for file in sorted(source.rglob("*")):
        place = file.relative_to(source)
        hidden = any(part.startswith(".") for part in place.parts)
        if file.is_file() and not hidden and place.parts[0] not in _NOT_COPIED:
            yield file


def _copy(file: Path, target: Path) -> None:
    import shutil

    with replacing(target) as part:
        shutil.copyfile(file, part)
        if file_sha256(part) != file_sha256(file):
            raise ExportError("copy_differs", folder=target.parent)
