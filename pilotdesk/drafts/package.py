"""The ``.pilot`` package: one draft in one file that can be handed on.

A zip with ``manifest.json`` (format, form, pack, every other member with its SHA-256), ``answers.json``
(path to value, self-describing JSON) and ``attachments/<sha256>``. A package is read whole and checked
before anything of it is used; nothing is ever unpacked to disk.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from pilotdesk import __version__
from pilotdesk.atomic import replacing
from pilotdesk.errors import PackageError
from pilotdesk.forms.json_values import from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pilotdesk.forms.values import Value

SUFFIX: Final = ".pilot"
FORMAT: Final = "pilotdesk-package"
VERSION: Final = 1
MAX_MEMBERS: Final = 5_000
MAX_JSON_BYTES: Final = 64 * 2**20
MAX_TOTAL_BYTES: Final = 512 * 2**20
"""Unpacked sizes beyond which a package is refused: a draft has at most some 200 MB of attachments."""

# What zipfile lets through from damaged headers: lengths, methods, flags and names that make no sense.
_UNREADABLE: Final = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError,
)  # fmt: skip
_FIXED_TIME: Final = (2026, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """What a ``.pilot`` file holds.

    Attributes:
        round, form, form_version, pack_digest: the pack it was written for.
        values: path to value. accepted: ``code@path`` to reason.
        files: SHA-256 to content of every attachment.
        revision: number of final exports made of it. practice: whether it is the practice sample.
    """

    round: str
    form: str
    form_version: int
    pack_digest: str
    values: Mapping[str, Value]
    accepted: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    revision: int = 0
    practice: bool = False


def write_package(package: Package, target: Path) -> None:
    """Write a package, whole or not at all; the same package gives the same bytes.

    Raises:
        ExportError: ``target_open_elsewhere``, ``folder_unwritable``, ``disk_full``.
    """
    answers = {
        "values": {path: to_json(value) for path, value in sorted(package.values.items())},
        "accepted": dict(sorted(package.accepted.items())),
    }
    members = {"answers.json": _json_bytes(answers)}
    members |= {f"attachments/{sha256}": content for sha256, content in sorted(package.files.items())}
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
        "members": {name: hashlib.sha256(content).hexdigest() for name, content in members.items()},
    }
    with replacing(target) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in ({"manifest.json": _json_bytes(manifest)} | members).items():
            archive.writestr(zipfile.ZipInfo(name, _FIXED_TIME), content, zipfile.ZIP_DEFLATED)


def read_package(source: Path) -> Package:
    """Read and check a package.

    Raises:
        PackageError: ``package_missing``, ``package_foreign`` (not one of ours), ``package_damaged``,
            ``package_too_new``, ``package_too_large``.
    """
    try:
        opened = source.open("rb")
    except OSError as trouble:
        raise PackageError("package_missing", name=source.name) from trouble
    try:
        with opened, zipfile.ZipFile(opened) as archive:
            return _read(archive, source.name)
    except _UNREADABLE as trouble:
        code = "package_damaged" if source.suffix == SUFFIX else "package_foreign"
        raise PackageError(code, name=source.name) from trouble


def _read(archive: zipfile.ZipFile, name: str) -> Package:
    _guard(archive, name)
    if "manifest.json" not in archive.namelist():
        raise PackageError("package_foreign", name=name)
    manifest = _object(archive.read("manifest.json"), name)
    if manifest.get("format") != FORMAT:
        raise PackageError("package_foreign", name=name)
    if not isinstance(manifest.get("version"), int) or manifest["version"] > VERSION:
        raise PackageError("package_too_new", name=name)
    members = _checked_members(archive, manifest, name)
    answers = _object(members.pop("answers.json", b""), name)
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
            files={path.removeprefix("attachments/"): content for path, content in members.items()},
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


def _checked_members(archive: zipfile.ZipFile, manifest: dict[str, Any], name: str) -> dict[str, bytes]:
    """Every member that the manifest names, its content compared with its digest."""
    listed = manifest.get("members")
    if not isinstance(listed, dict):
        raise PackageError("package_damaged", name=name)
    members = {}
    for member, digest in listed.items():
        try:
            content = archive.read(member)
        except KeyError as trouble:
            raise PackageError("package_damaged", name=name) from trouble
        if hashlib.sha256(content).hexdigest() != digest:
            raise PackageError("package_damaged", name=name)
        members[member] = content
    return members


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
