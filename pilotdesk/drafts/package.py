"""The ``.pilot`` package: one draft in one file that can be handed on.

A zip that any program opens, with UTF-8 JSON that any editor shows: ``manifest.json`` (format and its version; round, form and
version of the form; every other member with its SHA-256), ``answers.json`` (path to value, see
:mod:`pilotdesk.forms.json_values`) and ``attachments/<sha256>``. With a password the same zip stands inside
:mod:`pilotdesk.drafts.sealed`.

A package is looked through by :mod:`pilotdesk.drafts.package_guard` and checked whole before anything of it is used, its
attachments piece by piece, so that 200 MB of scans need no memory; nothing is unpacked to disk. What was written is read
back before it takes its place.

Version 2 added what was carried into the draft and its attic, and what a share (:mod:`pilotdesk.drafts.share`) asks for;
packages of version 1 have none of it and are read as before. Since then only keys were added that programs without them
read past: ``returned``, what the province sent back and what the unit says of it, and ``project``, by which the province
knows a draft again whatever its title has become.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Annotated, Any, Final

import msgspec

from pilotdesk import __version__
from pilotdesk.atomic import replacing
from pilotdesk.drafts.package_guard import GuardedZip, Limits, check_version, guarded_zip
from pilotdesk.drafts.returned import returned_from_json, returned_to_json
from pilotdesk.drafts.sealed import CHUNK, MAGIC, Sealing, Unsealed, is_sealed, key_of, new_key
from pilotdesk.drafts.share import share_from_json, share_to_json
from pilotdesk.drafts.stored_json import attic_from_json, attic_to_json
from pilotdesk.errors import ExportError, PackageError
from pilotdesk.forms.json_values import from_json, to_json
from pilotdesk.record import converted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pilotdesk.drafts.returned import Returned
    from pilotdesk.drafts.sealed import SealKey
    from pilotdesk.drafts.share import Share
    from pilotdesk.forms.attic import AtticEntry
    from pilotdesk.forms.values import Value

    Progress = Callable[[int, int], None]

SUFFIX: Final = ".pilot"
FORMAT: Final = "pilotdesk-package"
VERSION: Final = 2
LIMITS: Final = Limits(members=5_000, json_bytes=16 * 2**20, total_bytes=512 * 2**20, tokens=400_000)
"""Beyond which a package is refused. A draft with every table full has 250 KB of JSON and 10,000 tokens, and at most some
200 MB of attachments."""

_FIXED_TIME: Final = (2026, 1, 1, 0, 0, 0)
_MANIFEST: Final = "manifest.json"
_ANSWERS: Final = "answers.json"
_ATTACHMENTS: Final = "attachments/"
_SHA256: Final = re.compile(r"[0-9a-f]{64}")

_Name = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
_Count = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """What a ``.pilot`` file holds.

    Attributes:
        round, form, form_version, pack_digest: the pack it was written for.
        values: path to value. accepted: ``code@path`` to reason.
        files: SHA-256 to content of every attachment; of a package that was read each is read when it is asked for.
        carried: path to value of what the other forms of the project gave it. attic: answers without a place.
        revision: number of final exports made of it. practice: whether it is the practice sample.
        project: id of the project, shortened as in prints; empty where there is none, as of older programs.
        share: for whom it is, which parts are asked for; ``None`` for the whole draft.
        returned: the return slip that it answers; ``None`` where there is none.
    """

    round: str
    form: str
    form_version: int
    pack_digest: str
    values: Mapping[str, Value]
    accepted: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    carried: Mapping[str, Value] = field(default_factory=dict)
    attic: tuple[AtticEntry, ...] = ()
    revision: int = 0
    practice: bool = False
    share: Share | None = None
    returned: Returned | None = None
    project: str = ""


class _Manifest(msgspec.Struct, frozen=True):
    """What a manifest says of the draft; other keys are of interest to people only."""

    round: _Name
    form: _Name
    form_version: _Count
    pack_digest: Annotated[str, msgspec.Meta(max_length=200)]
    revision: _Count
    practice: bool
    members: dict[str, str]
    project: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{0,64}$")] = ""


class PackedFiles(Mapping[str, bytes]):
    """The attachments of a package file, each read when it is asked for and compared with its name.

    Args:
        source: the package.
        sha256s: what it holds.
        key: of a package with a password; ``None`` for one without.
    """

    def __init__(self, source: Path, sha256s: tuple[str, ...], key: SealKey | None = None) -> None:
        self._source = source
        self._sha256s = dict.fromkeys(sha256s)
        self._key = key

    def __getitem__(self, sha256: str) -> bytes:
        """The content of an attachment.

        Raises:
            KeyError: the package has no such attachment.
            PackageError: ``package_missing``, ``package_damaged``: the file is not what it was when it was checked.
        """
        if sha256 not in self._sha256s:
            raise KeyError(sha256)
        ((_, content),) = self.contents(sha256)
        return content

    def contents(self, *sha256s: str) -> Iterator[tuple[str, bytes]]:
        """SHA-256 and content of attachments of the package, one at a time; all of them where none is named.

        The file is opened once, which counts where it has many.

        Raises:
            PackageError: as when one is asked for.
        """
        with _opened(self._source) as opened, _zip_in(opened, self._key, self._source) as archive:
            for sha256 in sha256s or self._sha256s:
                content = archive.content(_ATTACHMENTS + sha256)
                if hashlib.sha256(content).hexdigest() != sha256:
                    raise PackageError("package_damaged", name=self._source.name)
                yield sha256, content

    def __iter__(self) -> Iterator[str]:
        return iter(self._sha256s)

    def __len__(self) -> int:
        return len(self._sha256s)


# -- writing -------------------------------------------------------------------------------------


def write_package(
    package: Package, target: Path, password: str | None = None, progress: Progress | None = None
) -> None:
    """Write a package, whole or not at all; without a password the same package gives the same bytes.

    Args:
        package: what is to be in it.
        target: the file.
        password: ``None`` for a file that anybody opens.
        progress: called before each attachment is written, and read back, with (done, total); may raise to stop.

    Raises:
        ExportError: ``target_open_elsewhere``, ``folder_unwritable``, ``disk_full``; ``package_over_limit``,
            ``package_differs`` when it would not be read, or not as it was.
        PackageError: ``password_short``.
    """
    key = None if password is None else new_key(password)
    count = len(package.files)
    with replacing(target) as part:
        with part.open("xb") as opened:
            if key is None:
                _write_zip(package, opened, _part_of(progress, 0, count))
            else:
                with Sealing(opened, key) as sealing:
                    _write_zip(package, sealing, _part_of(progress, 0, count))
        _compare(part, package, key, target, progress=_part_of(progress, count, count))


def _part_of(progress: Progress | None, before: int, count: int) -> Progress:
    """The progress of one of two halves."""

    def report(done: int, _total: int) -> None:
        if progress is not None:
            progress(before + done, 2 * count)

    return report


def _write_zip(package: Package, opened: IO[bytes] | Sealing, progress: Progress) -> None:
    answers: dict[str, object] = {
        "values": {path: to_json(value) for path, value in sorted(package.values.items())},
        "accepted": dict(sorted(package.accepted.items())),
        "carried": {path: to_json(value) for path, value in sorted(package.carried.items())},
        "attic": [attic_to_json(entry) for entry in package.attic],
    }
    if package.share is not None:
        answers["share"] = share_to_json(package.share)
    if package.returned is not None:
        answers["returned"] = returned_to_json(package.returned)
    content = _json_bytes(answers)
    members = {_ANSWERS: hashlib.sha256(content).hexdigest()}
    members |= {_ATTACHMENTS + sha256: sha256 for sha256 in sorted(package.files)}
    manifest = {
        "format": FORMAT,
        "version": VERSION,
        "program": __version__,
        "round": package.round,
        "form": package.form,
        "form_version": package.form_version,
        "pack_digest": package.pack_digest,
        "revision": package.revision,
        "practice": package.practice,
        "members": members,
    }
    if package.project:
        manifest["project"] = package.project
    with zipfile.ZipFile(opened, "w") as archive:
        for name, text in ((_MANIFEST, _json_bytes(manifest)), (_ANSWERS, content)):
            archive.writestr(zipfile.ZipInfo(name, _FIXED_TIME), text, zipfile.ZIP_DEFLATED)
        for at, sha256 in enumerate(sorted(package.files)):
            progress(at, len(package.files))
            # Scans and office files are compressed already: squeezing 200 MB of them again takes long and gains nothing.
            archive.writestr(zipfile.ZipInfo(_ATTACHMENTS + sha256, _FIXED_TIME), package.files[sha256])


def _compare(part: Path, package: Package, key: SealKey | None, target: Path, *, progress: Progress) -> None:
    """Read what was written, as whoever gets it is going to: every member by its digest, the answers value by value."""
    try:
        with part.open("rb") as opened, _zip_in(opened, key, part) as archive:
            read = _read(archive, part, key, progress)
    except PackageError as trouble:
        large = trouble.code == "package_too_large"
        code = "package_over_limit" if large else "package_differs"
        raise ExportError(code, name=target.name, most=LIMITS.total_bytes // 2**20) from trouble
    same = dataclasses.replace(read, files={}) == dataclasses.replace(package, files={})
    if not same or read.files.keys() != package.files.keys():
        raise ExportError("package_differs", name=target.name)


def _json_bytes(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


# -- reading -------------------------------------------------------------------------------------


def read_package(source: Path, password: str | None = None, progress: Progress | None = None) -> Package:
    """Read and check a package.

    Args:
        source: the file.
        password: of a package that has one; ``None`` when none was asked for yet.
        progress: called before each attachment is checked with (done, total); may raise to stop.

    Raises:
        PackageError: ``package_missing``, ``package_foreign`` (not one of ours), ``package_damaged``,
            ``package_too_new``; ``package_locked`` without a password where one is needed, ``password_wrong``; and those
            of :func:`pilotdesk.drafts.package_guard.guarded_zip`.
    """
    with _opened(source) as opened:
        key = None
        if is_sealed(opened.read(len(MAGIC))):
            if password is None:
                raise PackageError("package_locked", name=source.name)
            key = key_of(opened, password, source.name)
        with _zip_in(opened, key, source) as archive:
            return _read(archive, source, key, progress)


@contextlib.contextmanager
def _opened(source: Path) -> Iterator[IO[bytes]]:
    try:
        opened = source.open("rb")
    except OSError as trouble:
        raise PackageError("package_missing", name=source.name) from trouble
    with opened:
        try:
            yield opened
        except OSError as trouble:  # a stick that was pulled out
            raise PackageError("package_damaged", name=source.name) from trouble


@contextlib.contextmanager
def _zip_in(opened: IO[bytes], key: SealKey | None, source: Path) -> Iterator[GuardedZip]:
    foreign = "package_damaged" if source.suffix == SUFFIX or key else "package_foreign"
    plain = opened if key is None else io.BufferedReader(Unsealed(opened, key, source.name), CHUNK)
    with guarded_zip(plain, LIMITS, source.name, foreign=foreign) as archive:
        yield archive


def _read(archive: GuardedZip, source: Path, key: SealKey | None, progress: Progress | None) -> Package:
    name = source.name
    if _MANIFEST not in archive.names:
        raise PackageError("package_foreign", name=name)
    stored = archive.json(_MANIFEST)
    if stored.get("format") != FORMAT:
        raise PackageError("package_foreign", name=name)
    check_version(stored.get("version"), VERSION, name)
    try:
        manifest = converted(stored, _Manifest)
        sha256s = _checked_attachments(archive, manifest.members, name, progress)
        answers = archive.json(_ANSWERS, manifest.members[_ANSWERS])
        return Package(
            round=manifest.round,
            form=manifest.form,
            form_version=manifest.form_version,
            pack_digest=manifest.pack_digest,
            revision=manifest.revision,
            practice=manifest.practice,
            project=manifest.project,
            values=_values(answers["values"]),
            accepted=converted(answers["accepted"], dict[str, str]),
            carried=_values(answers.get("carried", {})),
            attic=tuple(attic_from_json(entry) for entry in answers.get("attic", ())),
            files=PackedFiles(source, sha256s, key),
            share=share_from_json(answers["share"]) if "share" in answers else None,
            returned=returned_from_json(answers["returned"]) if "returned" in answers else None,
        )
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as trouble:
        raise PackageError("package_damaged", name=name) from trouble


def _values(stored: Mapping[str, Any]) -> dict[str, Value]:
    return {path: from_json(value) for path, value in stored.items()}


def _checked_attachments(
    archive: GuardedZip, members: Mapping[str, str], name: str, progress: Progress | None
) -> tuple[str, ...]:
    """The SHA-256 of every attachment, each compared with its content; there is nothing in the file but what is listed."""
    digests = {member: digest for member, digest in members.items() if member != _ANSWERS}
    if {_MANIFEST, *members} != archive.names or _ANSWERS not in members:
        raise PackageError("package_damaged", name=name)
    for at, (member, digest) in enumerate(digests.items()):
        if progress is not None:
            progress(at, len(digests))
        fitting = _SHA256.fullmatch(digest) and member == _ATTACHMENTS + digest
        if not fitting or archive.digest(member) != digest:
            raise PackageError("package_damaged", name=name)
    return tuple(digests.values())
