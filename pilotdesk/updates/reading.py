"""An update from a file: who signed it, what it is, and whether every byte of it is what was signed."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pilotdesk.errors import UpdateError
from pilotdesk.record import Record
from pilotdesk.updates.envelope import MOST_PAYLOAD, read_envelope, signer_of
from pilotdesk.updates.keys import distributors
from pilotdesk.updates.manifests import PackManifest, read_manifest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pilotdesk.updates.keys import Distributor
    from pilotdesk.updates.manifests import Manifest


class Update(Record, frozen=True, kw_only=True):
    """A file that somebody known has signed, and that is as it was signed.

    Attributes:
        path: the file. sha256: of all of it, hex. manifest: what it says of itself. signer: who signed it.
        contents: of a pack: path inside the pack to content; empty for a program.
    """

    path: Path
    sha256: str
    manifest: Manifest
    signer: Distributor
    contents: Mapping[str, bytes]

    @property
    def name(self) -> str:
        """Of the file."""
        return self.path.name

    @property
    def kind(self) -> str:
        """``pack`` or ``program``."""
        return self.manifest.kind


def read_update(path: Path, known: Iterable[Distributor] | None = None, most: int = MOST_PAYLOAD) -> Update:
    """An update from its file.

    Args:
        path: a .pdpack or .pdsig file.
        known: whose updates are taken; ``None``: everybody who is registered here.
        most: bytes of payload that are read.

    Raises:
        UpdateError: ``update_missing``, ``update_foreign``, ``update_too_new``, ``update_too_large``, ``update_damaged``,
            ``update_unsigned``, ``update_signer_unknown`` (fingerprint), ``update_changed``, ``update_needs_program``.
    """
    envelope = read_envelope(path, most)
    signer = signer_of(envelope, distributors() if known is None else known)
    manifest = read_manifest(envelope.manifest, path.name)
    contents = contents_of(manifest, envelope.payload, path.name)
    sha256 = hashlib.sha256(envelope.whole).hexdigest()
    return Update(path=path, sha256=sha256, manifest=manifest, signer=signer, contents=contents)


def contents_of(manifest: Manifest, payload: bytes, name: str) -> dict[str, bytes]:
    """The files of a pack, held against what the manifest says of each.

    Raises:
        UpdateError: ``update_damaged``.
    """
    contents: dict[str, bytes] = {}
    at = 0
    for mark in manifest.files if isinstance(manifest, PackManifest) else ():
        content = payload[at : at + mark.size]
        at += mark.size
        if hashlib.sha256(content).hexdigest() != mark.sha256:
            raise UpdateError("update_damaged", name=name)
        contents[mark.path] = content
    if at != len(payload):
        raise UpdateError("update_damaged", name=name)
    return contents
