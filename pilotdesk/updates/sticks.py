"""What a stick brings: removable drives, and the updates that lie on them.

Looked at in the background, whenever the window comes to the front. A drive that is broken, or that somebody is pulling out,
may keep a call waiting for minutes: every drive has a thread of its own that nobody waits for longer than a moment, and as
long as one is waiting its drive is not asked again.
"""

from __future__ import annotations

import contextlib
import os
import re
import string
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pilotdesk.errors import PilotDeskError
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SECONDS: Final = 4.0
MOST_ENTRIES: Final = 1000
"""Of a folder; what comes after them is not looked at."""
MOST_FOLDERS: Final = 60
MOST_FILES: Final = 12
"""Updates on one drive that are read."""
_PACK, _SIGNATURE = ".pdpack", ".pdsig"
_PLACES: Final = ("/media/", "/run/media/")
_DRIVE_REMOVABLE: Final = 2

_LOCK: Final = threading.Lock()
_ASKED: Final[set[str]] = set()
"""Drives that a thread is at."""


class Found(Record, frozen=True, kw_only=True):
    """An update on a drive: signed by somebody who is known here, not changed, and new here.

    Attributes:
        path: the .pdpack, or the .pdsig of an installer, whose digest is taken when somebody wants it.
        kind: ``pack`` or ``program``; ``covered`` or ``spoilt``, of :func:`told_here`.
        title: of the round; of a program ``PilotDesk``. round: name, empty for a program.
        version: of the program, empty for a pack. sha256: of the pack, or of the installer. made: UTC stamp.
        signer: name of who signed it.
    """

    path: Path
    kind: str
    title: str
    round: str
    version: str
    sha256: str
    signer: str
    made: str

    @property
    def is_here(self) -> bool:
        """Whether it is not on a drive: installed here, and not used."""
        return self.kind in {"covered", "spoilt"}


def sticks() -> tuple[Path, ...]:
    """The roots of removable drives; asks the system and touches none of them."""
    if sys.platform == "win32":
        return tuple(_drives_of_windows())
    try:
        mounts = Path("/proc/mounts").read_text("utf-8", "replace")
    except OSError:
        return ()
    return tuple(mounted(mounts))


def mounted(mounts: str) -> Iterator[Path]:
    """What of a ``/proc/mounts`` is where desktops put drives that somebody plugs in."""
    for line in mounts.splitlines():
        place = line.split(" ")[1:2]
        if place and place[0].startswith(_PLACES):
            yield Path(re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), place[0]))


def _drives_of_windows() -> Iterator[Path]:
    import ctypes

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009  # there is none elsewhere, and mypy looks there
    present = kernel.GetLogicalDrives()
    for at, letter in enumerate(string.ascii_uppercase):
        root = f"{letter}:\\"
        if (
            present >> at & 1 and at > 1 and kernel.GetDriveTypeW(root) == _DRIVE_REMOVABLE
        ):  # A and B are floppies
            yield Path(root)


def found_on(roots: Iterable[Path], seconds: float = SECONDS) -> tuple[Found, ...]:
    """The updates on drives, their roots and the folders there, in the order of their paths.

    Args:
        roots: of :func:`sticks`.
        seconds: after which what has not answered is left alone.
    """
    found: dict[str, tuple[Found, ...]] = {}
    asked = [thread for root in roots if (thread := _asking(root, found)) is not None]
    end = time.monotonic() + seconds
    for thread in asked:
        thread.join(max(0.0, end - time.monotonic()))
    with _LOCK:
        listed = [one for several in found.values() for one in several]
    return tuple(sorted(listed, key=lambda one: str(one.path)))


def told_here() -> tuple[Found, ...]:
    """What is installed and not used: covered by what a newer program brought along, or spoilt. No file belongs to it."""
    from pilotdesk.updates.record import installed_updates

    return tuple(
        Found(
            path=Path(), kind=one.state, title=one.title, round=one.round, version="",
            sha256=one.sha256 if one.state == "covered" else f"spoilt {one.update_id}",
            signer=one.signer, made=one.made,
        )
        for one in installed_updates() if one.state in {"covered", "spoilt"}
    )  # fmt: skip


def _asking(root: Path, found: dict[str, tuple[Found, ...]]) -> threading.Thread | None:
    """A thread that looks at a drive; ``None`` when another is still at it."""
    name = str(root)

    def look() -> None:
        try:
            several = tuple(found_in(root))
            with _LOCK:
                found[name] = several
        finally:
            with _LOCK:
                _ASKED.discard(name)

    with _LOCK:
        if name in _ASKED:
            return None
        _ASKED.add(name)
    thread = threading.Thread(target=look, name="stick", daemon=True)
    thread.start()
    return thread


def found_in(root: Path) -> Iterator[Found]:
    """The updates in a folder and one level below that are signed, as they were signed, and new here."""
    for path in sorted(_candidates(root))[:MOST_FILES]:
        with contextlib.suppress(PilotDeskError, OSError):
            one = _looked_at(path)
            if one is not None:
                yield one


def _candidates(root: Path) -> Iterator[Path]:
    folders = []
    for entry in _entries(root):
        if entry.name.lower().endswith((_PACK, _SIGNATURE)):
            yield Path(entry.path)
        elif not entry.name.startswith((".", "$")) and _is_folder(entry):
            folders.append(Path(entry.path))
    for folder in sorted(folders)[:MOST_FOLDERS]:
        for entry in _entries(folder):
            if entry.name.lower().endswith((_PACK, _SIGNATURE)):
                yield Path(entry.path)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return [entry for entry, _ in zip(entries, range(MOST_ENTRIES), strict=False)]
    except OSError:
        return []


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _looked_at(path: Path) -> Found | None:
    """An update, if it is one that can be offered here.

    Raises:
        UpdateError: it cannot be read, is signed by nobody who is known, or is of no use here; such a file is not offered.
    """
    from pilotdesk.updates.judging import is_new_here
    from pilotdesk.updates.manifests import PackManifest
    from pilotdesk.updates.program import signed_program
    from pilotdesk.updates.reading import read_update

    if path.name.lower().endswith(_PACK):
        update = read_update(path)
        manifest = update.manifest
        if not isinstance(manifest, PackManifest) or not is_new_here(update):
            return None
        return Found(
            path=path, kind="pack", title=manifest.title, round=manifest.round, version="", sha256=update.sha256,
            signer=update.signer.name, made=manifest.made,
        )  # fmt: skip
    program = signed_program(read_update(path, most=0))
    return Found(
        path=path, kind="program", title="PilotDesk", round="", version=program.version, sha256=program.sha256,
        signer=program.signer.name, made=program.made,
    )  # fmt: skip
