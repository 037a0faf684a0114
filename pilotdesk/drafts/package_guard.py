"""The guard before every zip that comes from elsewhere: ``.pilot`` packages and hand-over files.

Nothing of a file is believed. The end record is looked at first, so that a directory of a million entries is refused before
it is read; then every entry is held against what our own writers make; then content is taken in small pieces, each member
no longer than it says it is. So memory does not depend on the file, and nothing is ever unpacked to disk.

What zip bombs are made of: D. Fifield, "A better zip bomb", USENIX WOOT 2019 (overlapping entries); lying sizes, paths and links:
CWE-409, CWE-22, CWE-59; APPNOTE.TXT 6.3.10 for the layout.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from typing import IO, TYPE_CHECKING, Any, Final

from pilotdesk.errors import PackageError
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PIECE: Final = 2**18
"""Bytes of a member in memory at once."""

_END: Final = struct.Struct("<4s4H2LH")
_LOCATOR: Final = b"PK\x06\x07"
_LOCATOR_BYTES: Final = 20
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_ENTRY_BYTES: Final = 46 + 512
"""An entry of the directory with a name of 170 Chinese characters."""

_IN_ITSELF: Final = 0x1 | 0x20 | 0x40 | 0x2000
"""Flags: encrypted, patched, strongly encrypted, directory hidden."""

_NEVER: Final = 1_000_000
"""No format was ever given such a version."""

_UTF8: Final = 0x800

_DRIVE: Final = re.compile(r"[A-Za-z]:")
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f]")
_SURROGATE: Final = re.compile(rb"\\u[dD][89a-fA-F]")

# What zipfile lets through from damaged headers: lengths, methods, flags and names that make no sense.
_UNREADABLE: Final = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError, struct.error,
)  # fmt: skip


class Limits(Record, frozen=True):
    """How large a file may be that is looked into.

    Attributes:
        members: how many. json_bytes: of one member of JSON, unpacked. total_bytes: of all, unpacked.
        tokens: commas, colons and brackets of one member of JSON; each costs some 100 bytes once it is read, and 60 MB of
            empty brackets would fill the memory of an office PC.
    """

    members: int
    json_bytes: int
    total_bytes: int
    tokens: int


class GuardedZip:
    """A zip whose directory has been looked through; members are read in pieces, and only as JSON or as a digest or whole.

    Args:
        opened: the file.
        archive: the zip in it.
        begins: member to where its content begins in the file.
        limits: what it was held against.
        name: what the sentences call it.
    """

    def __init__(
        self,
        opened: IO[bytes],
        archive: zipfile.ZipFile,
        begins: Mapping[str, int],
        limits: Limits,
        name: str,
    ) -> None:
        self._opened = opened
        self._archive = archive
        self._begins = begins
        self._limits = limits
        self._name = name
        self.names: Final = frozenset(archive.namelist())

    def pieces(self, member: str) -> Iterator[bytes]:
        """The content of a member, in pieces of at most :data:`PIECE` bytes.

        Raises:
            PackageError: ``package_damaged``: there is no such member, or it is shorter, longer or other than it says.
        """
        if member not in self.names:
            raise PackageError("package_damaged", name=self._name)
        entry = self._archive.getinfo(member)
        size = checksum = 0
        for piece in _unpacked(self._opened, self._begins[member], entry):
            size += len(piece)
            checksum = zlib.crc32(piece, checksum)
            if size > entry.file_size:
                break
            yield piece
        if (size, checksum) != (entry.file_size, entry.CRC):
            raise PackageError("package_damaged", name=self._name)

    def digest(self, member: str) -> str:
        """The SHA-256 of a member, in hex.

        Raises:
            PackageError: as :meth:`pieces`.
        """
        whole = hashlib.sha256()
        for piece in self.pieces(member):
            whole.update(piece)
        return whole.hexdigest()

    def content(self, member: str) -> bytes:
        """A member whole: an attachment that somebody asks for.

        Raises:
            PackageError: as :meth:`pieces`.
        """
        return b"".join(self.pieces(member))

    def json(self, member: str, digest: str | None = None) -> dict[str, Any]:
        """The object in a member of JSON.

        Args:
            member: its name.
            digest: the SHA-256 that its content must have; ``None`` for any.

        Raises:
            PackageError: ``package_too_large``, ``package_damaged``: no object, nested beyond sense, text that is no text.
        """
        if member in self.names and self._archive.getinfo(member).file_size > self._limits.json_bytes:
            raise PackageError("package_too_large", name=self._name)
        content = self.content(member)
        if digest is not None and hashlib.sha256(content).hexdigest() != digest:
            raise PackageError("package_damaged", name=self._name)
        if sum(content.count(sign) for sign in (b",", b":", b"[", b"{")) > self._limits.tokens:
            raise PackageError("package_too_large", name=self._name)
        try:
            found = json.loads(content)
            if _SURROGATE.search(content):  # half a character can neither be stored nor printed
                json.dumps(found, ensure_ascii=False).encode()
        except (ValueError, RecursionError) as trouble:
            raise PackageError("package_damaged", name=self._name) from trouble
        if not isinstance(found, dict):
            raise PackageError("package_damaged", name=self._name)
        return found


@contextlib.contextmanager
def guarded_zip(opened: IO[bytes], limits: Limits, name: str, *, foreign: str) -> Iterator[GuardedZip]:
    """Look through a zip, give it out, and turn whatever is wrong with it into one sentence.

    Args:
        opened: the file, seekable.
        limits: what it may be.
        name: what the sentences call it.
        foreign: the code for a file without an end record where our zips have one.

    Raises:
        PackageError: ``foreign``; ``package_too_large``, ``package_damaged``; ``package_unsafe_name``,
            ``package_unsafe_link``, ``package_twice``, ``package_overlapping``, ``package_zip_locked``, ``package_method``.
    """
    try:
        directory = _checked_end(opened, limits, name, foreign)
        with zipfile.ZipFile(opened) as archive:
            _check_entries(archive, directory, limits, name)
            begins = dict(_places(opened, archive, directory.offset, name))
            yield GuardedZip(opened, archive, begins, limits, name)
    except _UNREADABLE as trouble:
        raise PackageError("package_damaged", name=name) from trouble


def check_version(version: object, known: int, name: str) -> None:
    """Refuse a version of a format that this program does not know.

    Args:
        version: what the file says.
        known: the newest that is read here.
        name: what the sentence calls the file.

    Raises:
        PackageError: ``package_too_new`` with both numbers; ``package_damaged`` when it is no version.
    """
    if not isinstance(version, int) or isinstance(version, bool) or not 0 < version < _NEVER:
        raise PackageError("package_damaged", name=name)
    if version > known:
        raise PackageError("package_too_new", name=name, version=version, known=known)


class _Directory(Record, frozen=True):
    """What the end record says: where the directory begins, how many entries it has."""

    offset: int
    entries: int


def _checked_end(opened: IO[bytes], limits: Limits, name: str, foreign: str) -> _Directory:
    """The end record, which is the very end of the file: no comment, nothing behind it, the directory just before it."""
    size = opened.seek(0, 2)
    opened.seek(max(0, size - _LOCATOR_BYTES - _END.size))
    tail = opened.read(_LOCATOR_BYTES + _END.size)
    end = tail[-_END.size :]
    if len(end) < _END.size or not end.startswith(b"PK\x05\x06"):
        raise PackageError(foreign, name=name)
    _, disk, first_disk, here, entries, length, offset, comment = _END.unpack(end)
    zip64 = tail[: -_END.size].startswith(_LOCATOR) if len(tail) > _END.size else False
    if zip64 or entries > limits.members or length > limits.members * _ENTRY_BYTES:
        raise PackageError("package_too_large", name=name)
    if disk or first_disk or comment or here != entries or offset + length != size - _END.size:
        raise PackageError("package_damaged", name=name)
    return _Directory(offset, entries)


def _check_entries(archive: zipfile.ZipFile, directory: _Directory, limits: Limits, name: str) -> None:
    """Every entry of the directory by itself, and all of them together."""
    entries = archive.infolist()
    if len(entries) != directory.entries:
        raise PackageError("package_damaged", name=name)
    seen = set()
    for entry in entries:
        _check_entry(entry, name)
        # The same for systems that do not tell large letters from small ones, or composed signs from others.
        seen.add(unicodedata.normalize("NFC", entry.filename).casefold())
    if len(seen) != len(entries):
        raise PackageError("package_twice", name=name)
    if sum(entry.file_size for entry in entries) > limits.total_bytes:
        raise PackageError("package_too_large", name=name)


def _check_entry(entry: zipfile.ZipInfo, name: str) -> None:
    if not (is_safe_name(entry.orig_filename) and is_safe_name(entry.filename)):
        raise PackageError("package_unsafe_name", name=name)
    kind = stat.S_IFMT(entry.external_attr >> 16)
    folder = entry.filename.endswith("/")
    if kind not in {0, stat.S_IFDIR if folder else stat.S_IFREG}:
        raise PackageError("package_unsafe_link", name=name)
    if entry.flag_bits & _IN_ITSELF:
        raise PackageError("package_zip_locked", name=name)
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise PackageError("package_method", name=name)
    stored = entry.compress_type == zipfile.ZIP_STORED
    if (stored and entry.file_size != entry.compress_size) or (folder and entry.file_size):
        raise PackageError("package_damaged", name=name)


def is_safe_name(member: str) -> bool:
    """Whether a member has a name that leads nowhere else, on whatever system somebody unpacks it by hand."""
    parts = member.removesuffix("/").split("/")
    return not (
        "\\" in member
        or _CONTROLS.search(member)
        or any(part in {"", ".", ".."} for part in parts)  # an absolute name begins with an empty part
        or _DRIVE.match(member)
    )


def _places(opened: IO[bytes], archive: zipfile.ZipFile, end: int, name: str) -> Iterator[tuple[str, int]]:
    """Each member and where its content begins; they lie one behind the other.

    Bombs let a thousand entries share one piece of the file.
    """
    free = 0
    for entry in sorted(archive.infolist(), key=lambda entry: entry.header_offset):
        opened.seek(entry.header_offset)
        header = _LOCAL.unpack(opened.read(_LOCAL.size))
        begin = entry.header_offset + _LOCAL.size + header[-2] + header[-1]
        if entry.header_offset < free or begin + entry.compress_size > end:
            raise PackageError("package_overlapping", name=name)
        told = opened.read(header[-2]).decode("utf-8" if entry.flag_bits & _UTF8 else "cp437")
        same = (
            header[2] == entry.flag_bits and header[3] == entry.compress_type and told == entry.orig_filename
        )
        if header[0] != b"PK\x03\x04" or not same:
            raise PackageError("package_damaged", name=name)
        free = begin + entry.compress_size
        yield entry.filename, begin


def _unpacked(opened: IO[bytes], begin: int, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """What is packed in a member, all of it, whatever size it says it has.

    ``zipfile`` stops at that size and leaves unread what a liar has put behind it.

    Raises:
        zlib.error, EOFError: it is not what it should be.
    """
    at, end = begin, begin + entry.compress_size
    stored = entry.compress_type == zipfile.ZIP_STORED
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    waiting = b""
    while at < end or waiting:
        if not waiting:
            opened.seek(at)
            waiting = opened.read(min(PIECE, end - at))
            at += len(waiting)
            if not waiting:
                raise EOFError
        if stored:
            yield waiting
            waiting = b""
        else:
            yield inflate.decompress(waiting, PIECE)
            waiting = inflate.unconsumed_tail
    if not stored:
        yield inflate.flush()
        if not inflate.eof or inflate.unused_data:
            raise EOFError
