"""The file that an update comes in, .pdpack and .pdsig alike: what it is, what is in it, and a signature over all of it.

Layout, numbers big-endian::

    magic 16 | version 2 | length of the manifest 4 | length of the payload 8
    manifest (JSON) | payload (the files of the manifest, one behind the other)
    id of the signer's key 20 | Ed25519 signature 64 over everything before it

Nothing is packed, so nothing can unpack into more than it is: the files of a pack lie there as they are, and the manifest
says how long each is. The lengths must add up to the size of the file, so it can be neither cut off nor added to. Nothing of
manifest and payload is looked at before the signature has been checked. An unsigned file has zeros at its end.

Ed25519: RFC 8032. One signature over the whole, not over a digest that somebody might compute over another part.
"""

from __future__ import annotations

import os
import struct
from typing import TYPE_CHECKING, Final

from pilotdesk.errors import UpdateError
from pilotdesk.record import Record
from pilotdesk.updates.keys import ID_BYTES, fingerprint_of, key_id

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pilotdesk.updates.keys import Distributor

MAGIC: Final = b"PILOTDESK-UPDATE"
VERSION: Final = 1
MOST_MANIFEST: Final = 2**20
MOST_PAYLOAD: Final = 2**24
SIGNATURE_BYTES: Final = 64
_HEAD: Final = struct.Struct(">16sHIQ")
_UNSIGNED: Final = bytes(ID_BYTES + SIGNATURE_BYTES)


class Envelope(Record, frozen=True, kw_only=True):
    """What a file says; nothing of it is to be believed before :func:`signer_of` has named somebody.

    Attributes:
        name: of the file. whole: its bytes. manifest, payload: their content.
        signer: id of the key that is said to have signed it, all zeros where nobody has. signature: 64 bytes.
    """

    name: str
    whole: bytes
    manifest: bytes
    payload: bytes
    signer: bytes
    signature: bytes

    @property
    def is_signed(self) -> bool:
        """Whether there is a signature, good or bad."""
        return self.signer + self.signature != _UNSIGNED


def sealed_envelope(manifest: bytes, payload: bytes) -> bytes:
    """A new file, unsigned.

    Raises:
        UpdateError: ``update_too_large`` for more than can be read again.
    """
    if len(manifest) > MOST_MANIFEST or len(payload) > MOST_PAYLOAD:
        raise UpdateError("update_too_large", name="", most=MOST_PAYLOAD // 2**20)
    return _HEAD.pack(MAGIC, VERSION, len(manifest), len(payload)) + manifest + payload + _UNSIGNED


def signed(whole: bytes, secret: bytes) -> bytes:
    """A file with the signature of a secret key, in the place of what stood there.

    Args:
        whole: of :func:`sealed_envelope`, or signed before.
        secret: 32 bytes.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.from_private_bytes(secret)
    said = whole[: -len(_UNSIGNED)] + key_id(key.public_key().public_bytes_raw())
    return said + key.sign(said)


def read_envelope(path: Path, most_payload: int = MOST_PAYLOAD) -> Envelope:
    """A file taken apart; what it says of its lengths is held against its size before anything is read.

    Raises:
        UpdateError: ``update_missing``, ``update_foreign``, ``update_too_new``, ``update_too_large``, ``update_damaged``.
    """
    try:
        if not path.is_file():
            raise UpdateError("update_missing", name=path.name)
        with path.open("rb") as opened:
            size = os.fstat(opened.fileno()).st_size
            head = opened.read(_HEAD.size)
            lengths = _lengths(head, size, path.name, most_payload)
            rest = opened.read(size - _HEAD.size + 1)  # one more: it must not have grown
    except OSError as trouble:
        raise UpdateError("update_missing", name=path.name) from trouble
    if len(rest) != size - _HEAD.size:
        raise UpdateError("update_damaged", name=path.name)
    return _apart(head + rest, lengths, path.name)


def _lengths(head: bytes, size: int, name: str, most_payload: int) -> tuple[int, int]:
    """Of manifest and payload.

    Raises:
        UpdateError: see :func:`read_envelope`.
    """
    if not head.startswith(MAGIC):
        raise UpdateError("update_foreign", name=name)
    if len(head) < _HEAD.size:
        raise UpdateError("update_damaged", name=name)
    _, version, manifest, payload = _HEAD.unpack(head)
    if version > VERSION:
        raise UpdateError("update_too_new", name=name)
    if manifest > MOST_MANIFEST or payload > most_payload:
        raise UpdateError("update_too_large", name=name, most=MOST_PAYLOAD // 2**20)
    if version != VERSION or size != _HEAD.size + manifest + payload + len(_UNSIGNED):
        raise UpdateError("update_damaged", name=name)
    return manifest, payload


def _apart(whole: bytes, lengths: tuple[int, int], name: str) -> Envelope:
    begin = _HEAD.size
    middle, end = begin + lengths[0], begin + sum(lengths)
    return Envelope(
        name=name,
        whole=whole,
        manifest=whole[begin:middle],
        payload=whole[middle:end],
        signer=whole[end : end + ID_BYTES],
        signature=whole[end + ID_BYTES :],
    )


def signer_of(envelope: Envelope, known: Iterable[Distributor]) -> Distributor:
    """Who has signed a file.

    Args:
        envelope: the file.
        known: whose updates are taken.

    Raises:
        UpdateError: ``update_unsigned``; ``update_signer_unknown`` (fingerprint) when it says to be of somebody else;
            ``update_changed`` when the signature is not that of its content.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if not envelope.is_signed:
        raise UpdateError("update_unsigned", name=envelope.name)
    signer = next((one for one in known if key_id(one.key) == envelope.signer), None)
    if signer is None:
        raise UpdateError(
            "update_signer_unknown", name=envelope.name, fingerprint=fingerprint_of(envelope.signer)
        )
    try:
        said = memoryview(envelope.whole)[:-SIGNATURE_BYTES]
        Ed25519PublicKey.from_public_bytes(signer.key).verify(envelope.signature, said)
    except (InvalidSignature, ValueError) as trouble:
        raise UpdateError("update_changed", name=envelope.name, signer=signer.name) from trouble
    return signer
