"""A file under a password: AES-256-GCM in chunks, the key by scrypt.

Layout, numbers big-endian::

    magic 16 | version 1 | log2 N 1 | r 1 | p 1 | salt 16 | nonce prefix 7 | proof 32 | check 4
    chunks of 65,536 bytes, the last one shorter, each followed by its tag of 16 bytes

scrypt (RFC 7914) makes 64 bytes of password and salt: the key, and a second one whose HMAC over the header is the proof, so that
a wrong password is told from a damaged file. The check is a CRC of the header before it, so that a damaged header is
not taken for a wrong password. A chunk's nonce is prefix, number (4 bytes) and whether it is the last (1 byte), and
the header is authenticated with each: chunks can be neither changed, moved, left out nor cut off at the end. (The STREAM
construction of Hoang, Reyhanitabar, Rogaway, Vizár: "Online Authenticated-Encryption and its Nonce-Reuse
Misuse-Resistance", CRYPTO 2015.) A password is no key: everything else is only as good as what was typed.

Chunks are opened one by one, wherever somebody reads: no plain copy ever lies on a disk.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import os
import struct
import unicodedata
import zlib
from typing import IO, TYPE_CHECKING, Final

from pilotdesk.errors import PackageError
from pilotdesk.record import Record

if TYPE_CHECKING:
    from pathlib import Path

    from _typeshed import ReadableBuffer, WriteableBuffer
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC: Final = b"PILOTDESK-SEAL\r\n"
VERSION: Final = 1
LEAST_SIGNS: Final = 8
"""Of a password that a file is sealed with."""

CHUNK: Final = 2**16
COST: Final = 17
"""log2 of scrypt's N: 128 MiB and some 0.4 s a guess (OWASP Password Storage Cheat Sheet: N=2^17, r=8, p=1)."""

_COSTS: Final = range(14, 19)
"""What is accepted of a file: a header must not ask for more memory than an office PC has."""

_TAG: Final = 16
_HEAD: Final = struct.Struct(">16s4B16s7s")
_PROOF: Final = 32
_HEAD_BYTES: Final = _HEAD.size + _PROOF + 4
_R, _P = 8, 1
_MOST_CHUNKS: Final = 2**32


class SealKey(Record, frozen=True):
    """What a password and the header of one file make.

    Attributes:
        header: all of it, authenticated with every chunk. prefix: of the nonces. cipher: AES-GCM with the key.
    """

    header: bytes
    prefix: bytes
    cipher: AESGCM

    def nonce(self, number: int, *, last: bool) -> bytes:
        """The nonce of a chunk."""
        return self.prefix + struct.pack(">I?", number, last)


def is_sealed(head: bytes) -> bool:
    """Whether a file that begins like this is under a password; the first 16 bytes are enough."""
    return head.startswith(MAGIC)


def password_in(source: Path) -> str:
    """The password in the first line of a file.

    Raises:
        PackageError: ``password_file_missing``, ``password_short`` when the line is empty.
    """
    try:
        lines = source.read_text("utf-8-sig").splitlines()
    except (OSError, ValueError) as trouble:
        raise PackageError("password_file_missing", name=source.name) from trouble
    if not lines or not lines[0]:
        raise PackageError("password_short", least=LEAST_SIGNS)
    return lines[0]


def new_key(password: str) -> SealKey:
    """A key for a new file, with a salt of its own.

    Raises:
        PackageError: ``password_short``.
    """
    if len(password) < LEAST_SIGNS:
        raise PackageError("password_short", least=LEAST_SIGNS)
    head = _HEAD.pack(MAGIC, VERSION, COST, _R, _P, os.urandom(16), os.urandom(7))
    key, proof = _derived(password, head)
    return _key(_with_check(head + proof), key)


def key_of(opened: IO[bytes], password: str, name: str) -> SealKey:
    """The key of a file that is there; it stands behind the header afterwards.

    Raises:
        PackageError: ``package_damaged``, ``package_too_new``, ``password_wrong``.
    """
    opened.seek(0)
    header = opened.read(_HEAD_BYTES)
    if len(header) < _HEAD_BYTES or _with_check(header[:-4]) != header:
        raise PackageError("package_damaged", name=name)
    head = header[: _HEAD.size]
    _, version, cost, r, p, _, _ = _HEAD.unpack(head)
    if version > VERSION:
        raise PackageError("package_too_new", name=name, version=f"加密 {version}", known=f"加密 {VERSION}")
    if version != VERSION or cost not in _COSTS or (r, p) != (_R, _P):
        raise PackageError("package_damaged", name=name)
    key, proof = _derived(password, head)
    if not hmac.compare_digest(proof, header[_HEAD.size : -4]):
        raise PackageError("password_wrong", name=name)
    return _key(header, key)


def _derived(password: str, head: bytes) -> tuple[bytes, bytes]:
    """Key and proof. Input methods make full-width letters of what was half-width elsewhere: both are one password."""
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    _, _, cost, r, p, salt, _ = _HEAD.unpack(head)
    typed = unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
    made = Scrypt(salt=salt, length=64, n=2**cost, r=r, p=p).derive(typed)
    return made[:32], hmac.new(made[32:], head, hashlib.sha256).digest()


def _key(header: bytes, key: bytes) -> SealKey:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return SealKey(header, header[_HEAD.size - 7 : _HEAD.size], AESGCM(key))


def _with_check(header: bytes) -> bytes:
    return header + struct.pack(">I", zlib.crc32(header))


class Sealing(io.RawIOBase):
    """Writes what it is given into a file, sealed; the last chunk is written when it is closed.

    Args:
        target: the file; it stays open. key: a new one.
    """

    def __init__(self, target: IO[bytes], key: SealKey) -> None:
        super().__init__()
        self._target = target
        self._key = key
        self._number = 0
        self._waiting = bytearray()
        target.write(key.header)

    def writable(self) -> bool:
        """See :class:`io.RawIOBase`. It cannot be sought in: a zip is written from front to end."""
        return True

    def write(self, content: ReadableBuffer, /) -> int:
        """Take more."""
        self._waiting += content
        while len(self._waiting) > CHUNK:  # one chunk is always kept back, because it may be the last
            self._put(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]
        return memoryview(content).nbytes

    def close(self) -> None:
        """Write the last chunk."""
        if self.closed:
            return
        try:
            self._put(bytes(self._waiting), last=True)
        finally:
            super().close()

    def _put(self, plain: bytes, *, last: bool) -> None:
        nonce = self._key.nonce(self._number, last=last)
        self._target.write(self._key.cipher.encrypt(nonce, plain, self._key.header))
        self._number += 1


class Unsealed(io.RawIOBase):
    """The plain content of a sealed file, opened chunk by chunk wherever it is read.

    Args:
        source: the file; it stays open. key: of :func:`key_of`. name: what the sentence calls it.

    Raises:
        PackageError: ``package_damaged``, here when the end is not the end that was written, later when a chunk is not.
    """

    def __init__(self, source: IO[bytes], key: SealKey, name: str) -> None:
        super().__init__()
        self._source = source
        self._key = key
        self._name = name
        self._at = 0
        self._held: tuple[int, bytes] = (-1, b"")
        body = source.seek(0, io.SEEK_END) - _HEAD_BYTES
        self._chunks = -(-body // (CHUNK + _TAG))
        self._size = body - self._chunks * _TAG
        if not 0 < self._chunks < _MOST_CHUNKS or self._size < 0:
            raise PackageError("package_damaged", name=name)
        self._chunk(self._chunks - 1)

    def readable(self) -> bool:
        """See :class:`io.RawIOBase`."""
        return True

    def seekable(self) -> bool:
        """See :class:`io.RawIOBase`."""
        return True

    def tell(self) -> int:
        """See :class:`io.RawIOBase`."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """See :class:`io.RawIOBase`."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise ValueError("before the beginning")
        self._at = start + offset
        return self._at

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """See :class:`io.RawIOBase`: at most to the end of a chunk."""
        room = memoryview(buffer).cast("B")
        if self._at >= self._size:
            return 0
        number, begin = divmod(self._at, CHUNK)
        plain = self._chunk(number)[begin : begin + len(room)]
        room[: len(plain)] = plain
        self._at += len(plain)
        return len(plain)

    def _chunk(self, number: int) -> bytes:
        from cryptography.exceptions import InvalidTag

        if self._held[0] != number:
            self._source.seek(_HEAD_BYTES + number * (CHUNK + _TAG))
            nonce = self._key.nonce(number, last=number == self._chunks - 1)
            try:
                plain = self._key.cipher.decrypt(nonce, self._source.read(CHUNK + _TAG), self._key.header)
            except (InvalidTag, ValueError) as trouble:
                raise PackageError("package_damaged", name=self._name) from trouble
            self._held = number, plain
        return self._held[1]
