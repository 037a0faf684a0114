"""Attached files: each kept once in a file named by its SHA-256, beside the database and not in it.

An attachment never changes, so it has no part in what a database is for. Outside it, a backup of the database stays
small and quick, opening and saving a draft cost the same with 200 MB of scans as with none, and a file that the disk
has damaged is found by its name: whatever is read is compared with it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from pilotdesk.atomic import replacing
from pilotdesk.errors import ExportError, StoreError
from pilotdesk.forms.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

FOLDER_NAME: Final = "attachments"
SHA256: Final = LazyPattern(r"[0-9a-f]{64}")
_CODES: Final = {"disk_full": "store_full", "store_swapped": "store_swapped"}


class AttachmentsFolder:
    """The folder ``attachments/ab/abcdef…`` of a data directory; made with the first file."""

    def __init__(self, data_folder: Path) -> None:
        self.folder: Final = data_folder / FOLDER_NAME

    def path_of(self, sha256: str) -> Path:
        """Where the file of this content is, or would be.

        Raises:
            ValueError: not a SHA-256, and so no name for a file: a bug, or a forged package that was not checked.
        """
        if not SHA256.fullmatch(sha256):
            raise ValueError("not a SHA-256")
        return self.folder / sha256[:2] / sha256

    def keep(self, sha256: str, content: bytes) -> None:
        """Keep a content under its SHA-256, whole or not at all; one that is there and sound is not written again.

        Raises:
            StoreError: ``store_unwritable``, ``store_full``; ``store_swapped`` when the data directory was pulled away.
        """
        target = self.path_of(sha256)
        if self._is_sound(target, sha256, len(content)):
            with contextlib.suppress(OSError):
                target.touch()  # somebody is about to name it: see unused_files
            return
        try:
            with replacing(target) as part:
                part.write_bytes(content)
        except ExportError as trouble:
            code = _CODES.get(trouble.code, "store_unwritable")
            raise StoreError(code, folder=self.folder.parent) from trouble

    def content(self, sha256: str) -> bytes:
        """The content of a kept file, compared with its name.

        Raises:
            StoreError: ``attachment_gone`` when there is no such file; ``attachment_damaged`` when it is not what was
                put there.
        """
        try:
            content = self.path_of(sha256).read_bytes()
        except OSError as trouble:
            raise StoreError("attachment_gone") from trouble
        if hashlib.sha256(content).hexdigest() != sha256:
            raise StoreError("attachment_damaged", path=self.path_of(sha256))
        return content

    def contents(self, sha256s: Iterable[str]) -> Mapping[str, bytes]:
        """SHA-256 to content, each read when it is asked for."""
        return _Contents(self, dict.fromkeys(sha256s))

    def listed(self) -> list[Path]:
        """The kept files, by name."""
        return [path for path in sorted(self.folder.glob("??/*")) if SHA256.fullmatch(path.name)]

    def remove(self, sha256s: Iterable[str]) -> None:
        """Take files away; those that are not there stay so.

        Raises:
            StoreError: ``store_unwritable``.
        """
        for sha256 in sha256s:
            try:
                self.path_of(sha256).unlink(missing_ok=True)
            except OSError as trouble:
                raise StoreError("store_unwritable", folder=self.folder.parent) from trouble

    def copy_to(
        self, data_folder: Path, progress: Callable[[int, int], None] | None = None, *, link: bool = False
    ) -> int:
        """Put a copy of every file into another data directory; those that are there from an earlier copy stay.

        Each is read back and compared with its name.

        Args:
            data_folder: where to; a folder ``attachments`` is made in it.
            progress: called with (files done, files).
            link: whether a second name for the same file will do, which takes no room; where the disk knows no such
                names it is copied all the same.

        Returns:
            How many could not be copied because the disk has damaged them here.

        Raises:
            ExportError: ``folder_unwritable``, ``disk_full``, ``copy_differs``.
        """
        kept = self.listed()
        damaged = 0
        for at, source in enumerate(kept):
            if progress is not None:
                progress(at, len(kept))
            target = AttachmentsFolder(data_folder).path_of(source.name)
            if _has_size_of(target, source):
                continue
            damaged += not _copy_one(source, target, link=link)
        return damaged

    def is_copied_to(self, data_folder: Path) -> bool:
        """Whether another data directory has every file that the disk has not damaged here.

        Raises:
            OSError: it cannot be seen.
        """
        there = AttachmentsFolder(data_folder)
        return not any(
            file_sha256(source) == source.name
            for source in self.listed()
            if not _has_size_of(there.path_of(source.name), source)
        )

    def bring(self, sha256: str, source: AttachmentsFolder) -> bool:
        """Have a file that another folder has; returns whether it is here now. Both are compared with its name.

        Raises:
            ExportError: ``folder_unwritable``, ``disk_full``, ``copy_differs``.
        """
        there, target = source.path_of(sha256), self.path_of(sha256)
        with contextlib.suppress(OSError):
            if file_sha256(target) == sha256:
                return True
        return there.is_file() and _copy_one(there, target, link=False)

    def sweep(self, before: float) -> None:
        """Take away what a killed program left half-written before a moment (seconds since 1970)."""
        for part in self.folder.glob("??/.*.part"):
            try:
                if part.stat().st_mtime < before:
                    part.unlink()
            except OSError:  # somebody else was quicker, or still has it open: the next sweep comes
                continue

    def _is_sound(self, target: Path, sha256: str, size: int) -> bool:
        try:
            return target.stat().st_size == size and len(self.content(sha256)) == size
        except (OSError, StoreError):
            return False


class _Contents(Mapping[str, bytes]):
    """Kept files as a mapping that holds none of them."""

    def __init__(self, folder: AttachmentsFolder, sha256s: dict[str, None]) -> None:
        self._folder = folder
        self._sha256s = sha256s

    def __getitem__(self, sha256: str) -> bytes:
        if sha256 not in self._sha256s:
            raise KeyError(sha256)
        return self._folder.content(sha256)

    def __iter__(self) -> Iterator[str]:
        return iter(self._sha256s)

    def __len__(self) -> int:
        return len(self._sha256s)


def _copy_one(source: Path, target: Path, *, link: bool) -> bool:
    """Copy a file that is named by its content; ``False`` when that is not its content any more.

    Raises:
        ExportError: ``folder_unwritable``, ``disk_full``, ``copy_differs``.
    """
    import shutil

    with contextlib.suppress(_Damaged), replacing(target) as part:
        linked = link and _is_linked(source, part)
        if not linked:
            shutil.copyfile(source, part)
        if (file_sha256(part) if linked else sha256_on_disk(part)) != source.name:
            if file_sha256(source) == source.name:
                raise ExportError("copy_differs", folder=target.parent)
            raise _Damaged
        return True
    return False


class _Damaged(Exception):
    """A kept file is not what its name says: the copy of it is not put in place."""


def _has_size_of(target: Path, source: Path) -> bool:
    return target.exists() and target.stat().st_size == source.stat().st_size


def _is_linked(source: Path, part: Path) -> bool:
    try:
        part.hardlink_to(source)
    except OSError:  # FAT and some network disks know one name a file
        return False
    return True


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file, read piece by piece."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def sha256_on_disk(path: Path) -> str:
    """The SHA-256 of a file that was just written, read from the disk where the system can be asked for that."""
    with path.open("rb+") as written:
        os.fsync(written.fileno())
        if hasattr(os, "posix_fadvise"):
            with contextlib.suppress(OSError):
                os.posix_fadvise(written.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return file_sha256(path)
