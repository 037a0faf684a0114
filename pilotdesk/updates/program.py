"""A newer program on a stick: the installer with its signature beside it.

What is started is never the file that was looked at: it is copied into the data directory while its digest is taken, so a
stick that changes its mind, or is pulled out, makes no difference.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from typing import TYPE_CHECKING, Final

from pilotdesk import __version__
from pilotdesk.atomic import ensure_folder, replacing
from pilotdesk.errors import UpdateError
from pilotdesk.forms.added import UPDATES
from pilotdesk.paths import data_dir, portable_root
from pilotdesk.record import Record
from pilotdesk.updates.manifests import ENDINGS, ProgramManifest
from pilotdesk.updates.reading import read_update
from pilotdesk.updates.versions import is_newer
from pilotdesk.updates.writing import into_data

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pilotdesk.updates.keys import Distributor
    from pilotdesk.updates.manifests import Way
    from pilotdesk.updates.reading import Update

SIGNATURE_ENDING: Final = ".pdsig"
STAGED: Final = "program"
"""In the data directory, below ``updates``."""
PIECE: Final = 2**20
WAYS: Final = {ending: way for way, ending in ENDINGS.items()}
"""Ending to how it is installed."""
WAY_WORDS: Final[dict[Way, str]] = {
    "setup": "Windows 的安装程序（.exe）",
    "portable": "Windows 的绿色版（.zip）",
    "deb": "Linux 的安装包（.deb）",
}
NO_USE: Final = frozenset({"program_not_newer", "program_other"})
"""Codes of a program that is what it says, and of no use here."""


class ProgramUpdate(Record, frozen=True, kw_only=True):
    """A newer program whose signature, size and digest have been checked.

    Attributes:
        path: the installer. signature: the .pdsig file. version, sha256, size, notes, made: what the signature says.
        signer: who signed it. way: ``setup`` is started, ``portable`` unpacked by hand, ``deb`` installed by the system.
    """

    path: Path
    signature: Path
    version: str
    sha256: str
    size: int
    notes: str
    made: str
    signer: Distributor
    way: Way


def newer_program(path: Path, progress: Callable[[int, int], object] | None = None) -> ProgramUpdate:
    """A newer program for this computer.

    Args:
        path: the .pdsig file, or the installer that it lies beside.
        progress: called with bytes read and bytes in all; may raise to stop.

    Raises:
        UpdateError: ``program_kind`` for a file that is no installer, ``program_unsigned`` when there is no signature beside
            it, ``program_changed`` (size or digest are not those that were signed), and those of :func:`signed_program` and
            :func:`pilotdesk.updates.reading.read_update`.
    """
    signature = signature_of(path)
    if signature != path and not signature.is_file():
        raise UpdateError(_unsigned(path), name=path.name)
    found = signed_program(read_update(signature, most=0))
    _require_same(found, hashed(found.path, progress))
    return found


def _unsigned(path: Path) -> str:
    """The code of what is wrong with a file that no signature lies beside."""
    if path.suffix.lower() not in WAYS:
        return "program_kind"
    return "program_unsigned" if path.is_file() else "program_missing"


def signature_of(path: Path) -> Path:
    """The signature that belongs to an installer; of a signature itself, it."""
    if path.suffix.lower() == SIGNATURE_ENDING:
        return path
    return path.with_name(f"{path.name}{SIGNATURE_ENDING}")


def signed_program(update: Update) -> ProgramUpdate:
    """What a signature says, its installer only measured yet.

    Raises:
        UpdateError: ``update_not_program``; ``program_not_newer`` (version, here); ``program_other`` (kind, wanted) for one
            that this program cannot be updated with; ``program_missing``, ``program_changed``.
    """
    manifest = update.manifest
    if not isinstance(manifest, ProgramManifest):
        raise UpdateError("update_not_program", name=update.name)
    _require_use(manifest)
    path = update.path.with_name(manifest.file_name)
    try:
        size = path.stat().st_size
    except OSError as trouble:
        raise UpdateError("program_missing", name=manifest.file_name) from trouble
    if size != manifest.size or not path.is_file():
        raise UpdateError("program_changed", name=path.name, signer=update.signer.name)
    return ProgramUpdate(
        path=path,
        signature=update.path,
        version=manifest.version,
        sha256=manifest.sha256,
        size=manifest.size,
        notes=manifest.notes,
        made=manifest.made,
        signer=update.signer,
        way=manifest.way,
    )


def _require_use(manifest: ProgramManifest) -> None:
    """Refuse what is no newer, or is not how the program came onto this computer.

    Raises:
        UpdateError: ``program_not_newer``, ``program_other``.
    """
    name, version = manifest.file_name, manifest.version
    if not is_newer(version, __version__):
        raise UpdateError("program_not_newer", name=name, version=version, here=__version__)
    if not _fits(manifest):
        kind, wanted = WAY_WORDS[manifest.way], WAY_WORDS[_way_here()]
        raise UpdateError("program_other", name=name, kind=kind, wanted=wanted)


def _fits(manifest: ProgramManifest) -> bool:
    """Whether this is how the program came onto this computer."""
    return manifest.way == _way_here()


def _way_here() -> Way:
    if sys.platform == "win32":
        return "setup" if portable_root() is None else "portable"
    return "deb"


def staged(update: ProgramUpdate, progress: Callable[[int, int], object] | None = None) -> Path:
    """A copy of the installer in the data directory, the digest taken of what was written; this one may be started.

    Args:
        update: of :func:`newer_program`.
        progress: called with bytes written and bytes in all; may raise to stop.

    Raises:
        UpdateError: ``program_missing``, ``program_changed``.
        StoreError: ``store_unwritable``.
        ExportError: ``disk_full``.
    """
    folder = data_dir() / UPDATES / STAGED
    with into_data():
        ensure_folder(folder)
    _clear(folder)
    target = folder / update.path.name
    with into_data(), replacing(target) as part, part.open("wb") as copy:
        found = hashed(update.path, progress, into=copy.write)
        _require_same(update, found)
    return target


def _clear(folder: Path) -> None:
    """Leave nothing beside what is to be started: Windows takes libraries from there. An installer that runs stays."""
    import shutil  # rarely needed

    for left in folder.iterdir():
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
            continue
        with contextlib.suppress(OSError):
            left.unlink()


def _require_same(update: ProgramUpdate, found: tuple[str, int]) -> None:
    if found != (update.sha256, update.size):
        raise UpdateError("program_changed", name=update.path.name, signer=update.signer.name)


def hashed(
    path: Path,
    progress: Callable[[int, int], object] | None = None,
    into: Callable[[bytes], object] | None = None,
) -> tuple[str, int]:
    """SHA-256 (hex) and size of a file, read in pieces.

    Args:
        path: the file.
        progress: called with bytes read and bytes in all.
        into: called with every piece.

    Raises:
        UpdateError: ``program_missing``.
    """
    whole, size = hashlib.sha256(), 0
    for piece, of in _pieces(path):
        whole.update(piece)
        size += len(piece)
        if into is not None:
            into(piece)
        if progress is not None:
            progress(size, of)
    return whole.hexdigest(), size


def _pieces(path: Path) -> Iterator[tuple[bytes, int]]:
    """The content of a file piece by piece, each with the size that the file had when it was opened."""
    try:
        with path.open("rb") as opened:
            size = os.fstat(opened.fileno()).st_size
            while piece := opened.read(PIECE):
                yield piece, size
    except OSError as trouble:
        raise UpdateError("program_missing", name=path.name) from trouble
