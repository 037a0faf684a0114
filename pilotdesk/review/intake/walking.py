"""Which files there are: folders and all in them, in an order that people expect. Nothing is opened here.

Links and junctions are not followed, pipes and devices not touched: they are named with the reason. What programs leave
lying about is passed over.
"""

from __future__ import annotations

import os
import re
import stat
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.file_names import natural
from pilotdesk.record import Record
from pilotdesk.review.intake import words
from pilotdesk.review.intake.records import Closed, Found, PassedOver

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from pilotdesk.review.intake.records import Folder

INTO: Final = " › "
"""Between an archive and what is in it, in a place."""
MOST_FILES: Final = 200_000
DEEPEST: Final = 40
SMALL: Final = 60
"""Files of a folder up to which it is taken for that of one unit: its documents come before what is attached."""

_LEFT_ABOUT: Final = re.compile(
    r"thumbs\.db|desktop\.ini|\.ds_store|\._.*|~\$.*|\.~.*|~wr.*\.tmp|.*\.(?:crdownload|part)|\.?pilotdesk\.lock.*",
    re.IGNORECASE,
)
_LEFT_FOLDERS: Final = frozenset({"__macosx", "$recycle.bin", "system volume information", ".git"})
_OTHER_ARCHIVES: Final = frozenset({".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zipx", ".001"})
_DOCUMENTS: Final = (".pilot", ".docx", ".doc", ".wps", ".docm", ".pdf", ".zip")
_MEGABYTE: Final = 2**20
_LARGEST: Final = {".pilot": 520 * _MEGABYTE, ".zip": 2_000 * _MEGABYTE}
_LARGEST_OTHER: Final = 300 * _MEGABYTE
_JUNCTION: Final = 0xA000_0003
"""IO_REPARSE_TAG_MOUNT_POINT. Source: [MS-FSCC] 2.1.2.1."""


def is_left_about(name: str) -> bool:
    """Whether a name is of a file that programs leave lying about."""
    return _LEFT_ABOUT.fullmatch(name) is not None


def is_left_folder(name: str) -> bool:
    """The same of a folder."""
    return name.casefold() in _LEFT_FOLDERS


def ending(name: str) -> str:
    """The ending of a name with its dot, small."""
    return os.path.splitext(name)[1].casefold()


def reason_for(name: str, size: int) -> str:
    """Why a file is not opened, by its name and size; empty when it is."""
    kind = ending(name)
    if kind in _OTHER_ARCHIVES:
        return words.OTHER_ARCHIVE
    if kind in {".lnk", ".url"}:
        return words.SHORTCUT
    return words.too_large(size) if size > _LARGEST.get(kind, _LARGEST_OTHER) else ""


def in_order(names: Sequence[str]) -> list[str]:
    """Names of the files of one folder: of a small one documents first, of a large one those of one name together."""

    def rank(name: str) -> int:
        kind = ending(name)
        return _DOCUMENTS.index(kind) if kind in _DOCUMENTS else len(_DOCUMENTS)

    if len(names) <= SMALL:
        return sorted(names, key=lambda name: (rank(name), natural(name), name))
    return sorted(names, key=lambda name: (natural(os.path.splitext(name)[0]), rank(name), name))


def walk(places: Iterable[Path], numbers: Iterator[int]) -> Iterator[Found | Closed | PassedOver]:
    """Every file of these places, folder by folder, each folder closed behind its last file.

    Args:
        places: folders and files; of a single folder the places begin inside it.
        numbers: for the files.
    """
    given = list(places)
    walker = _Walker(numbers)
    alone = len(given) == 1
    for place in given:
        if place.is_dir():
            folder: Folder = () if alone else (words.shown(place.name),)
            yield from walker.folder(str(place), folder, 0)
        else:
            yield from walker.single(place)
    if not alone or (given and not given[0].is_dir()):
        yield Closed(())


def folder_of(place: str, given: Sequence[Path]) -> Path | None:
    """The folder on the disk in which a file that was told of lies, for an archive that of the archive.

    Args:
        place: as it was told; empty for none.
        given: folders and files that were taken in.

    Returns:
        ``None`` when there is no such folder, as when a name has signs that are shown as others.
    """
    *above, name = place.partition(INTO)[0].split("/")
    for one in given:
        is_folder = one.is_dir()
        base, inner = one, above
        if len(given) > 1 and is_folder:
            if above[:1] != [words.shown(one.name)]:
                continue
            inner = above[1:]
        elif not is_folder:
            if above or name != words.shown(one.name):
                continue
            base = one.parent
        found = base.joinpath(*inner)
        if name and found.is_dir():
            return found
    return None


class _Entry(Record, frozen=True):
    """An entry of a folder: its name, what it is, bytes, and why it is not opened."""

    name: str
    is_folder: bool
    size: int
    reason: str = ""


class _Walker:
    """Numbers what it finds."""

    def __init__(self, numbers: Iterator[int]) -> None:
        self._numbers = numbers
        self._files = 0

    def single(self, place: Path) -> Iterator[Found | PassedOver]:
        """One file that somebody pointed at; a link is followed, for that is what was meant."""
        if is_left_about(place.name):
            yield PassedOver()
            return
        try:
            told = place.stat()
        except OSError:
            yield self._found(_Entry(place.name, False, 0, words.GONE), str(place.parent), ())
            return
        reason = reason_for(place.name, told.st_size) if stat.S_ISREG(told.st_mode) else words.SPECIAL
        yield self._found(_Entry(place.name, False, told.st_size, reason), str(place.parent), ())

    def folder(self, path: str, folder: Folder, depth: int) -> Iterator[Found | Closed | PassedOver]:
        """A folder and all below it."""
        try:
            with os.scandir(path) as listed:
                entries = {entry.name: _entry(entry) for entry in listed}
        except OSError:
            name = words.shown(os.path.basename(path))
            yield self._found(
                _Entry(name, False, 0, words.FOLDER_UNREADABLE), os.path.dirname(path), folder[:-1]
            )
            yield Closed(folder)
            return
        for name in in_order([name for name, entry in entries.items() if not entry.is_folder]):
            if is_left_about(name):
                yield PassedOver()
                continue
            self._files += 1
            if self._files > MOST_FILES:
                break
            yield self._found(entries[name], path, folder)
        if self._files == MOST_FILES + 1:
            yield self._found(_Entry("…", False, 0, words.TOO_MANY), path, folder)
        yield from self._below(path, folder, depth, [entry for entry in entries.values() if entry.is_folder])
        yield Closed(folder)

    def _below(
        self, path: str, folder: Folder, depth: int, inner: Sequence[_Entry]
    ) -> Iterator[Found | Closed | PassedOver]:
        for entry in sorted(inner, key=lambda entry: (natural(entry.name), entry.name)):
            if is_left_folder(entry.name):
                yield PassedOver()
            elif depth >= DEEPEST:
                yield self._found(_Entry(entry.name, False, 0, words.TOO_DEEP), path, folder)
            elif self._files <= MOST_FILES:
                below = (*folder, words.shown(entry.name))
                yield from self.folder(os.path.join(path, entry.name), below, depth + 1)

    def _found(self, entry: _Entry, path: str, folder: Folder) -> Found:
        name = words.shown(entry.name)
        return Found(
            number=next(self._numbers),
            place="/".join((*folder, name)),
            folder=folder,
            path=os.path.join(path, entry.name),
            size=entry.size,
            reason=entry.reason,
        )


def _entry(entry: os.DirEntry[str]) -> _Entry:
    """What an entry is, without following it anywhere."""
    try:
        if entry.is_symlink():
            return _Entry(entry.name, False, 0, words.LINK)
        told = entry.stat(follow_symlinks=False)
    except OSError:
        return _Entry(entry.name, False, 0, words.UNREADABLE)
    if getattr(told, "st_reparse_tag", 0) == _JUNCTION:
        return _Entry(entry.name, False, 0, words.LINK)
    if stat.S_ISDIR(told.st_mode):
        return _Entry(entry.name, True, 0)
    if not stat.S_ISREG(told.st_mode):
        return _Entry(entry.name, False, 0, words.SPECIAL)
    return _Entry(entry.name, False, told.st_size, reason_for(entry.name, told.st_size))
