"""Looking at a foreign file before anything in it is unpacked or parsed.

What kind of file it is comes first, then the end of the zip, which says how long its table is, then the table: about a
millisecond, and no memory for what it claims to hold. XML is counted before it becomes a tree.
"""

from __future__ import annotations

import contextlib
import struct
import zipfile
import zlib
from typing import IO, TYPE_CHECKING, Final

from pilotdesk.errors import PackageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lxml import etree

MAX_PARTS: Final = 2_000
MAX_XML_BYTES: Final = 40 << 20
MAX_TOTAL_BYTES: Final = 200 << 20
MAX_RATIO: Final = 150
"""Compression beyond this, in a part of more than 5 MB, is a bomb and no document."""

MAX_SIGNS: Final = 1_500_000
"""Tags and attributes of one part; each costs some 100 bytes of memory. Our longest form has 200,000."""

_RATIO_FROM: Final = 5 << 20
_HEAD_BYTES: Final = 4_096
_DTD: Final = tuple(
    word.encode(code) for word in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-8", "utf-16-le", "utf-16-be")
)
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_ZIP: Final = b"PK\x03\x04"
_PIECE: Final = 1 << 20
_END: Final = struct.Struct("<4s4H2LH")
_LOCATOR: Final = b"PK\x06\x07"
_LOCATOR_BYTES: Final = 20
_ENTRY_BYTES: Final = 46 + 1_024
_TYPES: Final = "[Content_Types].xml"

# What zipfile lets through from damaged headers: lengths, methods, flags and names that make no sense.
_UNREADABLE: Final = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, KeyError, NotImplementedError, RuntimeError, ValueError,
    struct.error,
)  # fmt: skip


@contextlib.contextmanager
def guarded_docx(opened: IO[bytes], path: Path) -> Iterator[zipfile.ZipFile]:
    """A Word file that was looked at; whatever is wrong with it becomes one sentence, in the block too.

    Args:
        opened: its bytes, seekable.
        path: for its name and ending.

    Raises:
        PackageError: ``docx_unreadable``, ``docx_unsafe``, ``docx_is_doc``, ``docx_is_wps``, ``docx_encrypted``,
            ``docx_macros``, ``docx_is_other``.
    """
    try:
        _guard_kind(opened, path)
        _guard_end(opened, path.name)
        with zipfile.ZipFile(opened) as archive:
            guard_zip(archive, path.name)
            _guard_types(archive, path.name)
            yield archive
    except _UNREADABLE as exc:
        raise PackageError("docx_unreadable", name=path.name) from exc


def _guard_kind(opened: IO[bytes], path: Path) -> None:
    """Refuse what is no .docx, each kind with the sentence that says how to make one of it."""
    head = opened.read(1_024)
    if opened.seek(0, 2) > MAX_TOTAL_BYTES:
        raise PackageError("docx_unsafe", name=path.name)
    if head.startswith(_OLE):
        if _holds(opened, _ENCRYPTED):
            raise PackageError("docx_encrypted", name=path.name)
        kind = "docx_is_wps" if path.suffix.lower() in {".wps", ".wpt"} else "docx_is_doc"
        raise PackageError(kind, name=path.name)
    if not head.startswith(_ZIP):
        named = path.suffix.lower() in {".docx", ".dotx"}
        start = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
        told = start.startswith((b"%pdf", b"{\\rtf", b"<", b"mime-version"))
        raise PackageError("docx_is_other" if told or not named else "docx_unreadable", name=path.name)


def _holds(opened: IO[bytes], words: bytes) -> bool:
    """Whether a file has these bytes anywhere; read in pieces."""
    opened.seek(0)
    before = b""
    while piece := opened.read(_PIECE):
        if words in before + piece:
            return True
        before = piece[-len(words) :]
    return False


def _guard_end(opened: IO[bytes], name: str) -> None:
    """Refuse a table that is too long before it is read: the count that it claims is believed by nobody."""
    size = opened.seek(0, 2)
    start = max(0, size - _END.size - 0xFFFF)
    opened.seek(start)
    tail = opened.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + _END.size > len(tail):
        raise PackageError("docx_unreadable", name=name)
    count, length = _END.unpack_from(tail, at)[4:6]
    long_form = tail[max(0, at - _LOCATOR_BYTES) : at].startswith(_LOCATOR)
    if long_form or count > MAX_PARTS or length > MAX_PARTS * _ENTRY_BYTES:
        raise PackageError("docx_unsafe", name=name)


def _guard_types(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse other packages than those of Word, and those with macros."""
    names = archive.namelist()
    if "mimetype" in names and _TYPES not in names:
        raise PackageError("docx_is_other", name=name)
    types = parse_part(archive, _TYPES, name)
    kinds = "\n".join(one.get("ContentType") or "" for one in types).casefold()
    if "macroenabled" in kinds or any(part.casefold().endswith("vbaproject.bin") for part in names):
        raise PackageError("docx_macros", name=name)
    if "wordprocessingml" not in kinds:
        raise PackageError("docx_is_other", name=name)


def guard_zip(archive: zipfile.ZipFile, name: str) -> None:
    """Look at the zip's table before anything is unpacked or parsed; about a millisecond.

    Raises:
        PackageError: ``docx_unsafe`` for bombs, too many parts, two of one name, names that climb out or are cut short,
            encryption and document types.
    """
    entries = archive.infolist()
    safe = len({entry.filename for entry in entries}) == len(entries) <= MAX_PARTS
    safe = safe and sum(entry.file_size for entry in entries) <= MAX_TOTAL_BYTES
    if not safe or any(_is_unsafe(archive, entry) for entry in entries):
        raise PackageError("docx_unsafe", name=name)


def _is_unsafe(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    if (
        "\0" in entry.orig_filename
        or entry.filename.startswith(("/", "\\"))
        or ".." in entry.filename.replace("\\", "/").split("/")
    ):
        return True
    if entry.flag_bits & 1:
        return True
    if entry.file_size > _RATIO_FROM and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
        return True
    if not entry.filename.endswith((".xml", ".rels")):
        return False
    if entry.file_size > MAX_XML_BYTES:
        return True
    with archive.open(entry) as part:
        head = part.read(_HEAD_BYTES)
    return any(word in head for word in _DTD)


def parse_part(archive: zipfile.ZipFile, part: str, name: str) -> etree._Element:
    """One XML part, without entities, network or a document type; the size named in the zip is not trusted.

    Args:
        archive: a zip that was looked at.
        part: name of the part.
        name: file name, for the sentence.

    Raises:
        KeyError: there is no such part.
        PackageError: ``docx_unreadable`` or ``docx_unsafe``.
    """
    from lxml import etree

    with archive.open(part) as stream:
        data = stream.read(MAX_XML_BYTES + 1)
    if len(data) > MAX_XML_BYTES or data.count(b"<") + data.count(b"=") > MAX_SIGNS:
        raise PackageError("docx_unsafe", name=name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as exc:
        raise PackageError("docx_unreadable", name=name) from exc
    if root.getroottree().docinfo.internalDTD is not None:
        raise PackageError("docx_unsafe", name=name)
    return root
