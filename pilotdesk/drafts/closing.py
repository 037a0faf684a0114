"""The copy at the end: whether one is needed, how long it may take, and what the next start is to say when none was made.

It runs after the window is gone, on a thread that dies with the program, so that neither a dead stick nor a slow disk keeps
anybody from going home. What came of it stands in a small file: written before it begins, taken away when it went well.
"""

from __future__ import annotations

import contextlib
import json
import os
import threading
from typing import TYPE_CHECKING, Any, Final

from pilotdesk.atomic import replacing
from pilotdesk.drafts.attachments_folder import AttachmentsFolder
from pilotdesk.drafts.backups import FOLDER_NAME, backups
from pilotdesk.drafts.connection import FILE_NAME as DATABASE
from pilotdesk.drafts.lock import born, is_running
from pilotdesk.drafts.second_place import lacks
from pilotdesk.errors import ExportError, PilotDeskError, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pilotdesk.drafts.backups import Backup

    Progress = Callable[[int, int], None]

FILE_NAME: Final = "closing.json"
MOST_S: Final = 20.0
"""Seconds that the last copy may take."""

_HEADER: Final = 100
"""Bytes of a database that count its changes; they are others in a copy of the same content."""
_PIECE: Final = 1 << 20


class _TooLong(BaseException):
    """Raised inside the copying, at its next progress call, when its time is over."""


def copy_of(data_folder: Path) -> Backup | None:
    """The copy that holds what the database holds; ``None`` when there is none.

    To be asked when nobody has the database open. A copy is made page by page, so the same content is the same bytes;
    neither a clock, which may name a copy of a year to come as the newest, nor a counter has to be believed.
    """
    database = data_folder / DATABASE
    try:
        unfolded = database.with_name(f"{DATABASE}-wal")
        if unfolded.exists() and unfolded.stat().st_size:
            return None
        made = (copy for copy in reversed(backups(data_folder)) if holds_the_same(database, copy.path))
        return next(made, None)
    except OSError:
        return None


def is_copied(data_folder: Path) -> bool:
    """Whether there is nothing to copy, here or in the second place; see :func:`copy_of`."""
    copy = copy_of(data_folder)
    try:
        # Whoever was made to stop between the files has left a copy without them.
        has_files = AttachmentsFolder(data_folder).is_copied_to(data_folder / FOLDER_NAME)
    except OSError:
        return False
    return copy is not None and has_files and not lacks(data_folder, copy)


def holds_the_same(one: Path, other: Path) -> bool:
    """Whether two databases have the same content, byte by byte; one that cannot be read has not."""
    try:
        if one.stat().st_size != other.stat().st_size:
            return False
        with one.open("rb") as here, other.open("rb") as there:
            here.seek(_HEADER)
            there.seek(_HEADER)
            while piece := here.read(_PIECE):
                if piece != there.read(_PIECE):
                    return False
        return True
    except OSError:
        return False


def copy_at_close(data_folder: Path, work: Callable[[Progress], str], most_s: float = MOST_S) -> None:
    """Make the last copy if something changed since the one before; returns in time, whatever happens.

    Args:
        data_folder: the data directory; nobody else writes in it now.
        work: makes the copy; called on a thread with a progress callback that raises when the time is over. It returns the
            code of what went wrong beside, empty for nothing.
        most_s: seconds that it may take.
    """
    stop = threading.Event()

    def progress(_done: int, _total: int) -> None:
        if stop.is_set():
            raise _TooLong

    def run() -> None:
        if not data_folder.is_dir() or is_copied(data_folder):  # pulled away, and not to be made anew
            return
        _note(data_folder, StoreError("closing_cut_short"), running=True)
        try:
            beside = work(progress)
        except _TooLong:
            return
        except PilotDeskError as trouble:
            _note(data_folder, trouble)
        else:
            if beside:
                _note(data_folder, StoreError(beside))
            else:
                forget_close(data_folder)

    thread = threading.Thread(target=run, name="pilotdesk-closing", daemon=True)
    thread.start()
    thread.join(most_s)
    stop.set()


def last_close(data_folder: Path) -> PilotDeskError | None:
    """What went wrong with the last copy of the program before; ``None`` for nothing. It is noted that it was asked for."""
    try:
        noted: Any = json.loads((data_folder / FILE_NAME).read_text(encoding="utf-8"))
        trouble = StoreError(
            str(noted["code"]), **{str(key): str(word) for key, word in noted["context"].items()}
        )
        str(trouble)  # what another version wrote may have no sentence here
    except OSError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        trouble = StoreError("closing_cut_short")
    _note(data_folder, trouble)
    return trouble


def is_closing(data_folder: Path) -> bool:
    """Whether a program of this computer that has no window any more is making its last copy just now."""
    try:
        noted: Any = json.loads((data_folder / FILE_NAME).read_text(encoding="utf-8"))
        process = int(noted["pid"])
        return bool(noted["running"]) and is_running(process) and born(process) == noted["born"]
    except (OSError, ValueError, KeyError, TypeError):
        return False


def forget_close(data_folder: Path) -> None:
    """There is a good copy now."""
    with contextlib.suppress(OSError):
        (data_folder / FILE_NAME).unlink(missing_ok=True)


def _note(data_folder: Path, trouble: PilotDeskError, *, running: bool = False) -> None:
    """Note what is to be said; a disk that takes no note takes no copy either, and the next start finds that out itself."""
    context = {key: str(word) for key, word in trouble.context.items()}
    pid = os.getpid()
    noted = {"code": trouble.code, "context": context, "running": running, "pid": pid, "born": born(pid)}
    with contextlib.suppress(ExportError), replacing(data_folder / FILE_NAME) as part:
        part.write_text(json.dumps(noted, ensure_ascii=False), encoding="utf-8")
