"""推荐材料包: the files of the chosen submissions in one zip, each as it was received, byte for byte.

Folders and files are named by the pattern of the pack. A list says of every file where it came from, how large it is and its
SHA-256. Nothing is packed that is not what was received. The zip is written under another name, read again member by member,
and only then does it appear. Files go through in pieces, so that memory does not grow with them.
"""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from itertools import count
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Final

from msgspec.structs import replace

from pilotdesk.atomic import replacing, scratch_folder
from pilotdesk.errors import ExportError
from pilotdesk.forms.kit_pattern import filled_pattern, safe_name
from pilotdesk.record import Record
from pilotdesk.review.intake.archives import unpack
from pilotdesk.review.intake.records import Found
from pilotdesk.review.intake.walking import INTO, walk
from pilotdesk.review.intake.words import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from pilotdesk.forms.round import KitRules
    from pilotdesk.review.records import ReceivedFile, Submission

LIST: Final = "材料清单.csv"
SUMS: Final = "SHA256SUMS.txt"
GONE: Final = "找不到"
CHANGED: Final = "和收到时不一样"
UNREADABLE: Final = "读不出来"
_PIECE: Final = 1 << 20
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)
_PACKED: Final = frozenset({".pdf", ".docx", ".xlsx", ".pilot", ".zip", ".jpg", ".jpeg", ".png"})
"""Kinds that are compressed already."""
_COLUMNS: Final = ("推荐顺序", "项目名称", "承担单位", "文件夹", "文件", "字节数", "SHA-256", "收到时的位置")
_SAID: Final = 3


class Packed(Record, frozen=True):
    """One file of the zip. ``order``: of its submission, from 1. ``name``: in the zip, with its folder."""

    order: int
    name: str
    place: str
    size: int
    sha256: str


class Lacking(Record, frozen=True):
    """A file that was not packed, and why: :data:`GONE`, :data:`CHANGED` or :data:`UNREADABLE`."""

    order: int
    place: str
    reason: str


class MadeArchive(Record, frozen=True):
    """What was made. ``files`` in their order in the zip, without the two lists."""

    path: Path
    files: tuple[Packed, ...]
    lacking: tuple[Lacking, ...]


class _Source(Record, frozen=True):
    """A received file and where its original can be read now."""

    packed: Packed
    path: Path


class Archive:
    """One zip to be made.

    Args:
        chosen: submissions in the order of recommendation.
        taken_from: the folders and files that they were taken in from, as they were given to the intake.
        rules: the pack's patterns. words: ``province``, ``day`` and other parts of them that are the same for all.
        form: short name of the form, for the pattern.
    """

    def __init__(
        self,
        chosen: Sequence[Submission],
        taken_from: Sequence[Path],
        rules: KitRules,
        *,
        form: str,
        province: str,
        day: str,
    ) -> None:
        self._chosen = chosen
        self._taken_from = taken_from
        self._rules = rules
        self._words = {"form": form, "province": province, "day": day}

    def make(
        self,
        target: Path,
        *,
        incomplete: bool = False,
        progress: Callable[[int, int], None] | None = None,
    ) -> MadeArchive:
        """Make the zip.

        Args:
            target: where; one that is there is replaced.
            incomplete: whether to make it though originals are missing or were changed.
            progress: called with (files done, files); may raise to stop, and then nothing is left.

        Raises:
            ExportError: ``archive_lacking`` (count, places), ``archive_differs``, and those of :mod:`pilotdesk.atomic`.
        """
        with scratch_folder(prefix="pilotdesk-archive-") as scratch:
            found = self._found(scratch)
            sources, lacking = self._checked(found)
            if lacking and not incomplete:
                raise ExportError("archive_lacking", count=len(lacking), places=_said(lacking))
            with replacing(target) as part:
                self._write(part, sources, lacking, progress or (lambda _done, _all: None))
                _prove(part, [source.packed for source in sources])
        return MadeArchive(target, tuple(source.packed for source in sources), lacking)

    def _found(self, scratch: Path) -> dict[str, list[Found]]:
        """The originals by their places; archives are unpacked only where something chosen is in them.

        A folder that was taken in by itself gave places that begin inside it; one of several, places that begin with its
        name. Which it was nobody knows any more: both are looked for, and size and SHA-256 tell what is the original.
        """
        places = {file.place for one in self._chosen for file in one.files}
        inside = {place.split(INTO)[0] for place in places if INTO in place}
        found: dict[str, list[Found]] = {}
        numbers = count()
        for root in self._taken_from:
            above = f"{shown(root.name)}/" if root.is_dir() else ""
            for one in walk([root], numbers):
                if not isinstance(one, Found):
                    continue
                for place in dict.fromkeys((one.place, f"{above}{one.place}")):
                    there = replace(one, place=place, number=next(numbers))
                    found.setdefault(place, []).append(there)
                    if place in inside:
                        for member in unpack(there, scratch / str(there.number)).files:
                            found.setdefault(member.place, []).append(member)
        return found

    def _checked(self, found: dict[str, list[Found]]) -> tuple[list[_Source], tuple[Lacking, ...]]:
        """Every received file that is there unchanged, with its name in the zip; and those that are not."""
        sources: list[_Source] = []
        lacking: list[Lacking] = []
        folders: set[str] = set()
        for order, one in enumerate(self._chosen, 1):
            folder = _free(filled_pattern(self._rules.folder, self._of(one)), folders)
            for number, file in enumerate(one.files, 1):
                name = f"{folder}/{self._file_name(one, number, file.place)}"
                source = _original(file, found.get(file.place, []), order, name)
                if isinstance(source, _Source):
                    sources.append(source)
                else:
                    lacking.append(Lacking(order, file.place, source))
        return sources, tuple(lacking)

    def _of(self, one: Submission) -> dict[str, str]:
        facts = one.facts
        return {**self._words, "field": facts.field, "unit": facts.unit, "project": facts.title}

    def _file_name(self, one: Submission, number: int, place: str) -> str:
        last = PurePosixPath(place.rpartition(INTO)[2] or place)
        words = {**self._of(one), "number": f"{number:02}", "material": last.stem}
        ending = safe_name(last.suffix[1:], longest=8) if last.suffix else ""
        return filled_pattern(self._rules.file, words) + (f".{ending}" if ending else "")

    def _write(
        self,
        part: Path,
        sources: Sequence[_Source],
        lacking: Sequence[Lacking],
        progress: Callable[[int, int], None],
    ) -> None:
        with zipfile.ZipFile(part, "w") as archive:
            for name, text in self._lists(sources, lacking):
                archive.writestr(_entry(name), text)
            for done, source in enumerate(sources):
                progress(done, len(sources))
                _pack(archive, source)
        progress(len(sources), len(sources))

    def _lists(self, sources: Sequence[_Source], lacking: Sequence[Lacking]) -> Iterator[tuple[str, str]]:
        """The list for people and that for programs."""
        stream = io.StringIO()
        rows = csv.writer(stream, lineterminator="\r\n")
        rows.writerow(_COLUMNS)
        for source in sources:
            file = source.packed
            folder, _, name = file.name.partition("/")
            facts = self._chosen[file.order - 1].facts
            texts = (facts.title, facts.unit, folder, name, str(file.size), file.sha256, file.place)
            rows.writerow([str(file.order), *map(_harmless, texts)])
        for one in lacking:
            facts = self._chosen[one.order - 1].facts
            texts = (facts.title, facts.unit, "", f"没有打包：{one.reason}", "", "", one.place)
            rows.writerow([str(one.order), *map(_harmless, texts)])
        yield LIST, f"\ufeff{stream.getvalue()}"
        yield SUMS, "".join(f"{source.packed.sha256}  {source.packed.name}\n" for source in sources)


def _original(file: ReceivedFile, candidates: Iterable[Found], order: int, name: str) -> _Source | str:
    """The original of a received file, unchanged; or why there is none."""
    reason = GONE
    for found in candidates:
        path = Path(found.path)
        if found.reason:  # a link leads somewhere else, and nobody opened it when it came
            reason = UNREADABLE
            continue
        try:
            with path.open("rb") as opened:
                size, sha256 = _copy(opened, None)
        except OSError:
            reason = UNREADABLE
            continue
        if size == file.size and sha256 == (file.sha256 or sha256):
            return _Source(Packed(order, name, file.place, size, sha256), path)
        reason = CHANGED
    return reason


def _pack(archive: zipfile.ZipFile, source: _Source) -> None:
    """One file, as it was a moment ago.

    Raises:
        ExportError: ``archive_lacking`` when it has gone or changed since.
    """
    entry = _entry(source.packed.name)
    entry.file_size = source.packed.size
    try:
        opened = source.path.open("rb")
    except OSError as trouble:
        raise ExportError("archive_lacking", count=1, places=source.packed.place) from trouble
    with opened, archive.open(entry, "w", force_zip64=source.packed.size > _PIECE << 10) as member:
        if _copy(opened, member) != (source.packed.size, source.packed.sha256):
            raise ExportError("archive_lacking", count=1, places=source.packed.place)


def _prove(part: Path, files: Sequence[Packed]) -> None:
    """Read the zip again.

    Raises:
        ExportError: ``archive_differs``.
    """
    try:
        with zipfile.ZipFile(part) as archive:
            if [*archive.namelist()] != [LIST, SUMS, *(file.name for file in files)]:
                raise ExportError("archive_differs")
            for file in files:
                with archive.open(file.name) as member:
                    if _copy(member, None) != (file.size, file.sha256):
                        raise ExportError("archive_differs")
    except (zipfile.BadZipFile, OSError) as trouble:
        raise ExportError("archive_differs") from trouble


def _copy(opened: IO[bytes], target: IO[bytes] | None) -> tuple[int, str]:
    """Bytes and SHA-256 of a file, copied on the way when there is a target."""
    digest, size = hashlib.sha256(), 0
    while piece := opened.read(_PIECE):
        digest.update(piece)
        size += len(piece)
        if target is not None:
            target.write(piece)
    return size, digest.hexdigest()


def _entry(name: str) -> zipfile.ZipInfo:
    """A member without a time and without a trace of the machine."""
    entry = zipfile.ZipInfo(name, _NO_TIME)
    entry.create_system = 0
    packed = PurePosixPath(name).suffix.casefold() in _PACKED
    entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
    return entry


def _free(name: str, taken: set[str]) -> str:
    """A name that no folder has yet; systems tell names by more than their case."""
    number, free = 1, name
    while free.casefold() in taken:
        number += 1
        free = f"{name}（{number}）"
    taken.add(free.casefold())
    return free


def _harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _said(lacking: Sequence[Lacking]) -> str:
    named = "；".join(f"{one.place}（{one.reason}）" for one in lacking[:_SAID])
    return f"{named}等" if len(lacking) > _SAID else named
