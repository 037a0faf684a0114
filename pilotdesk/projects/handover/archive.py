"""The file itself: members with their SHA-256, written, read back, and read in elsewhere.

``清单.json`` lists every other member. ``程序用/项目.json`` is what the program restores the project from; attachments
are kept once, under legible names, and the list says which content is where. Nothing is ever unpacked to disk.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import zipfile
from collections.abc import Mapping
from typing import IO, TYPE_CHECKING, Any, Final

from pilotdesk import __version__
from pilotdesk.atomic import replacing
from pilotdesk.drafts.copies_json import copy_from_json, copy_to_json, place_of
from pilotdesk.drafts.package_guard import Limits, check_version, guarded_zip
from pilotdesk.errors import ExportError, PackageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from pilotdesk.drafts.copies import DraftCopy, ProjectCopy
    from pilotdesk.drafts.package_guard import GuardedZip

FORMAT: Final = "pilotdesk-handover"
VERSION: Final = 1
GUIDE: Final = "接手人须知.html"
"""The first member; a file that begins with it was one of these, whatever became of its end."""
LIST: Final = "清单.json"
PROJECT: Final = "程序用/项目.json"
LIMITS: Final = Limits(members=10_000, json_bytes=256 * 2**20, total_bytes=2 * 2**30, tokens=4_000_000)
"""Beyond which a file is refused: a project has some 200 MB of attachments, and three years of history."""

_LOCAL: Final = b"PK\x03\x04"
_NAME_AT: Final = 30
"""What a member begins with, and where its name stands in that head."""

_PACKED: Final = (".pdf", ".jpg", ".jpeg", ".png", ".docx", ".xlsx")
"""Compressed already; packing them again only takes time."""


def write_archive(
    target: Path,
    copy: ProjectCopy,
    members: Iterable[tuple[str, bytes]],
    attachments: Mapping[str, str],
    *,
    now: datetime,
) -> None:
    """Write the file beside its place, read it back, compare, and only then put it there.

    Args:
        target: the file.
        copy: the project.
        members: name and content of everything that people read, the first page first; taken one at a time.
        attachments: SHA-256 to the member that holds it.
        now: local time of the members.

    Raises:
        ExportError: ``handover_differs``, and those of :mod:`pilotdesk.atomic`.
        StoreError: an attachment is gone or damaged.
    """
    with replacing(target) as part:
        with zipfile.ZipFile(part, "w") as archive:
            digests = dict(_put_all(archive, copy, members, attachments, now))
            listed = {
                "format": FORMAT,
                "version": VERSION,
                "program": __version__,
                "made": now.isoformat(timespec="seconds"),
                "members": digests,
                "attachments": dict(attachments),
            }
            _put(archive, LIST, _json_bytes(listed), now)
        _compare(part, copy, digests)


def is_kit(source: Path) -> bool:
    """Whether a file looks like one of these, whatever it is called and whatever became of it."""
    try:
        with _opened(source) as archive:
            return {LIST, PROJECT} <= archive.names
    except PackageError:
        with contextlib.suppress(OSError), source.open("rb") as opened:
            return _begins_as_kit(opened)
    return False


def read_kit(source: Path, progress: Callable[[int, int], None] | None = None) -> ProjectCopy:
    """Read and check a hand-over file; attachments are read from it when they are asked for.

    Args:
        source: the file.
        progress: called before each member is checked with (done, total); may raise to stop.

    Raises:
        PackageError: ``package_missing``, ``handover_foreign``, ``package_damaged``, ``package_too_new``, and those of
            :func:`pilotdesk.drafts.package_guard.guarded_zip`.
    """
    with _opened(source) as archive:
        if not {LIST, PROJECT} <= archive.names:
            raise PackageError("handover_foreign", name=source.name)
        try:
            listed = _checked_list(archive, source.name, progress)
            project = archive.json(PROJECT, listed["members"][PROJECT])
            return copy_from_json(project, Contents(source, listed["attachments"]))
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as trouble:
            raise PackageError("package_damaged", name=source.name) from trouble


@contextlib.contextmanager
def _opened(source: Path) -> Iterator[GuardedZip]:
    try:
        opened = source.open("rb")
    except OSError as trouble:
        raise PackageError("package_missing", name=source.name) from trouble
    with opened:
        foreign = "package_damaged" if _begins_as_kit(opened) else "handover_foreign"
        with guarded_zip(opened, LIMITS, source.name, foreign=foreign) as archive:
            yield archive


def _begins_as_kit(opened: IO[bytes]) -> bool:
    """Whether the first member is ours: that is all there is to see of a file that was cut off on its way."""
    head = opened.read(_NAME_AT + len(GUIDE.encode()))
    opened.seek(0)
    return head.startswith(_LOCAL) and head[_NAME_AT:] == GUIDE.encode()


class Contents(Mapping[str, bytes]):
    """Attachments in a hand-over file: SHA-256 to content, each read when it is asked for.

    Args:
        source: the file. members: SHA-256 to name of the member.
    """

    def __init__(self, source: Path, members: Mapping[str, str]) -> None:
        self._source = source
        self._members = dict(members)

    def __getitem__(self, sha256: str) -> bytes:
        member = self._members[sha256]
        with _opened(self._source) as archive:
            content = archive.content(member)
        if hashlib.sha256(content).hexdigest() != sha256:
            raise PackageError("package_damaged", name=self._source.name)
        return content

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def __len__(self) -> int:
        return len(self._members)


# -- writing -------------------------------------------------------------------------------------


def _put_all(
    archive: zipfile.ZipFile,
    copy: ProjectCopy,
    members: Iterable[tuple[str, bytes]],
    attachments: Mapping[str, str],
    now: datetime,
) -> Iterator[tuple[str, str]]:
    """Put every member in; gives name and SHA-256."""
    for name, content in members:
        yield name, _put(archive, name, content, now)
    for sha256, name in attachments.items():
        yield name, _put(archive, name, copy.files[sha256], now)
    yield PROJECT, _put(archive, PROJECT, _json_bytes(copy_to_json(copy)), now)


def _put(archive: zipfile.ZipFile, name: str, content: bytes, now: datetime) -> str:
    entry = zipfile.ZipInfo(name, (now.year, now.month, now.day, now.hour, now.minute, now.second))
    packed = name.lower().endswith(_PACKED)
    archive.writestr(entry, content, zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED)
    return hashlib.sha256(content).hexdigest()


def _json_bytes(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")


def _compare(part: Path, copy: ProjectCopy, digests: Mapping[str, str]) -> None:
    """Read what was written, as whoever gets it is going to: every member by its digest, the project value by value."""
    try:
        with _opened(part) as archive:
            wrong = [name for name, digest in digests.items() if archive.digest(name) != digest]
            read = copy_from_json(archive.json(PROJECT), copy.files)
    except PackageError as trouble:
        raise ExportError("handover_differs", names="整个文件") from trouble
    if read.drafts != _without_numbers(copy).drafts or read.dates != copy.dates:
        wrong.append(PROJECT)
    if wrong:
        raise ExportError("handover_differs", names="、".join(wrong))


def _without_numbers(copy: ProjectCopy) -> ProjectCopy:
    """The project as it is read back: the numbers of history entries, and of versions, belong to one database."""
    from msgspec.structs import replace

    return replace(copy, drafts=tuple(_without_numbers_of(draft) for draft in copy.drafts))


def _without_numbers_of(draft: DraftCopy) -> DraftCopy:
    from msgspec.structs import replace

    numbers = {entry.seq: number for number, entry in enumerate(draft.history, start=1)}
    versions = [
        replace(one, version_id=number, seq=numbers[one.seq])
        for number, one in enumerate((one for one in draft.versions if one.seq in numbers), start=1)
    ]
    history = (replace(entry, seq=numbers[entry.seq]) for entry in draft.history)
    exports = (replace(export, seq=place_of(export, draft)) for export in draft.exports)
    return replace(draft, history=tuple(history), exports=tuple(exports), versions=tuple(versions))


# -- reading -------------------------------------------------------------------------------------


def _checked_list(
    archive: GuardedZip, name: str, progress: Callable[[int, int], None] | None
) -> dict[str, Any]:
    """The list of members, each of them compared with its digest before anything is believed."""
    listed = archive.json(LIST)
    if listed["format"] != FORMAT:
        raise PackageError("handover_foreign", name=name)
    check_version(listed["version"], VERSION, name)
    members, attachments = listed["members"], listed["attachments"]
    if PROJECT not in members or any(members[at] != sha256 for sha256, at in attachments.items()):
        raise PackageError("package_damaged", name=name)
    for at, (member, digest) in enumerate(members.items()):
        if progress is not None:
            progress(at, len(members))
        if member != PROJECT and archive.digest(member) != digest:
            raise PackageError("package_damaged", name=name)
    return listed
