"""The ``.pilot`` package: one draft in one file that can be handed on.

A zip with ``manifest.json`` (format, form, pack, every other member with its SHA-256), ``answers.json``
(path to value, self-describing JSON) and ``attachments/<sha256>``. A package is read whole and checked before anything of
it is used, its attachments piece by piece, so that 200 MB of scans need no memory; nothing is unpacked to disk.

Version 2 added what was carried into the draft and its attic; packages of version 1 have neither and are read as before.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from pilotdesk import __version__
from pilotdesk.atomic import replacing
from pilotdesk.drafts.stored_json import attic_from_json, attic_to_json
from pilotdesk.errors import PackageError
from pilotdesk.forms.json_values import from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pilotdesk.forms.attic import AtticEntry
    from pilotdesk.forms.values import Value

SUFFIX: Final = ".pilot"
FORMAT: Final = "pilotdesk-package"
VERSION: Final = 2
MAX_MEMBERS: Final = 5_000
MAX_JSON_BYTES: Final = 64 * 2**20
MAX_TOTAL_BYTES: Final = 512 * 2**20
"""Unpacked sizes beyond which a package is refused: a draft has at most some 200 MB of attachments."""

# What zipfile lets through from damaged headers: lengths, methods, flags and names that make no sense.
_UNREADABLE: Final = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError,
)  # fmt: skip
_FIXED_TIME: Final = (2026, 1, 1, 0, 0, 0)
_ATTACHMENTS: Final = "attachments/"
_PIECE_BYTES: Final = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """What a ``.pilot`` file holds.

    Attributes:
        round, form, form_version, pack_digest: the pack it was written for.
        values: path to value. accepted: ``code@path`` to reason.
        files: SHA-256 to content of every attachment; of a package that was read each is read when it is asked for.
        carried: path to value of what the other forms of the project gave it. attic: answers without a place.
        revision: number of final exports made of it. practice: whether it is the practice sample.
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


class PackedFiles(Mapping[str, bytes]):
    """The attachments of a package file, each read when it is asked for and compared with its name.

    Args:
        source: the package.
        sha256s: what it holds.
    """

    def __init__(self, source: Path, sha256s: tuple[str, ...]) -> None:
        self._source = source
        self._sha256s = dict.fromkeys(sha256s)

    def __getitem__(self, sha256: str) -> bytes:
        """The content of an attachment.

        Raises:
            KeyError: the package has no such attachment.
            PackageError: ``package_missing``, ``package_damaged``: the file is not what it was when it was checked.
        """
        if sha256 not in self._sha256s:
            raise KeyError(sha256)
        member = _ATTACHMENTS + sha256
        with _opened(self._source) as archive:
            content = archive.read(member) if member in archive.namelist() else None
        if content is None or hashlib.sha256(content).hexdigest() != sha256:
            raise PackageError("package_damaged", name=self._source.name)
        return content

    def __iter__(self) -> Iterator[str]:
        return iter(self._sha256s)

    def __len__(self) -> int:
        return len(self._sha256s)


def write_package(package: Package, target: Path) -> None:
    """Write a package, whole or not at all; the same package gives the same bytes.

    Raises:
        ExportError: ``target_open_elsewhere``, ``folder_unwritable``, ``disk_full``.
    """
    answers = {
        "values": {path: to_json(value) for path, value in sorted(package.values.items())},
        "accepted": dict(sorted(package.accepted.items())),
        "carried": {path: to_json(value) for path, value in sorted(package.carried.items())},
        "attic": [attic_to_json(entry) for entry in package.attic],
    }
    content = _json_bytes(answers)
    members = {"answers.json": hashlib.sha256(content).hexdigest()}
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
    with replacing(target) as part, zipfile.ZipFile(part, "w") as archive:
        for name, text in (("manifest.json", _json_bytes(manifest)), ("answers.json", content)):
            archive.writestr(zipfile.ZipInfo(name, _FIXED_TIME), text, zipfile.ZIP_DEFLATED)
        for sha256 in sorted(package.files):
            # Scans and office files are compressed already: squeezing 200 MB of them again takes long and gains nothing.
            archive.writestr(zipfile.ZipInfo(_ATTACHMENTS + sha256, _FIXED_TIME), package.files[sha256])


def read_package(source: Path) -> Package:
    """Read and check a package.

    Raises:
        PackageError: ``package_missing``, ``package_foreign`` (not one of ours), ``package_damaged``,
            ``package_too_new``, ``package_too_large``.
    """
    with _opened(source) as archive:
        return _read(archive, source)


@contextlib.contextmanager
def _opened(source: Path) -> Iterator[zipfile.ZipFile]:
    try:
        opened = source.open("rb")
    except OSError as trouble:
        raise PackageError("package_missing", name=source.name) from trouble
    try:
        with opened, zipfile.ZipFile(opened) as archive:
            yield archive
    except _UNREADABLE as trouble:
        code = "package_damaged" if source.suffix == SUFFIX else "package_foreign"
        raise PackageError(code, name=source.name) from trouble


def _read(archive: zipfile.ZipFile, source: Path) -> Package:
    name = source.name
    _guard(archive, name)
    if "manifest.json" not in archive.namelist():
        raise PackageError("package_foreign", name=name)
    manifest = _object(archive.read("manifest.json"), name)
    if manifest.get("format") != FORMAT:
        raise PackageError("package_foreign", name=name)
    if not isinstance(manifest.get("version"), int) or manifest["version"] > VERSION:
        raise PackageError("package_too_new", name=name)
    sha256s = _checked_attachments(archive, manifest, name)
    answers = _object(archive.read("answers.json"), name)
    try:
        return Package(
            round=str(manifest["round"]),
            form=str(manifest["form"]),
            form_version=int(manifest["form_version"]),
            pack_digest=str(manifest["pack_digest"]),
            revision=int(manifest["revision"]),
            practice=bool(manifest["practice"]),
            values={path: from_json(value) for path, value in answers["values"].items()},
            accepted={str(key): str(reason) for key, reason in answers["accepted"].items()},
            carried={path: from_json(value) for path, value in answers.get("carried", {}).items()},
            attic=tuple(attic_from_json(entry) for entry in answers.get("attic", ())),
            files=PackedFiles(source, sha256s),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as trouble:
        raise PackageError("package_damaged", name=name) from trouble


def _guard(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse a package that would not fit into memory, before anything is unpacked."""
    members = archive.infolist()
    total = sum(member.file_size for member in members)
    too_large = any(m.filename.endswith(".json") and m.file_size > MAX_JSON_BYTES for m in members)
    if len(members) > MAX_MEMBERS or total > MAX_TOTAL_BYTES or too_large:
        raise PackageError("package_too_large", name=name)


def _checked_attachments(archive: zipfile.ZipFile, manifest: dict[str, Any], name: str) -> tuple[str, ...]:
    """The SHA-256 of every attachment, after the content of every member was compared with its digest."""
    listed = manifest.get("members")
    if not isinstance(listed, dict) or "answers.json" not in listed:
        raise PackageError("package_damaged", name=name)
    present = set(archive.namelist())
    for member, digest in listed.items():
        allowed = {"answers.json", f"{_ATTACHMENTS}{digest}"}
        if member not in allowed & present or _digest(archive, member) != digest:
            raise PackageError("package_damaged", name=name)
    return tuple(digest for member, digest in listed.items() if member != "answers.json")


def _digest(archive: zipfile.ZipFile, member: str) -> str:
    whole = hashlib.sha256()
    with archive.open(member) as content:
        while piece := content.read(_PIECE_BYTES):
            whole.update(piece)
    return whole.hexdigest()


def _object(content: bytes, name: str) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except ValueError as trouble:
        raise PackageError("package_damaged", name=name) from trouble
    if not isinstance(found, dict):
        raise PackageError("package_damaged", name=name)
    return found


def _json_bytes(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1).encode()
