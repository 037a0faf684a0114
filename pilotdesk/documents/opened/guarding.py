"""Looking at a foreign file before anything in it is unpacked or parsed.

A zip is judged by its table: about a millisecond, and no memory for what it claims to hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.errors import PackageError

if TYPE_CHECKING:
    import zipfile

    from lxml import etree

MAX_PARTS: Final = 2_000
MAX_XML_BYTES: Final = 40 << 20
MAX_TOTAL_BYTES: Final = 200 << 20
MAX_RATIO: Final = 150
"""Compression beyond this, in a part of more than 5 MB, is a bomb and no document."""

_RATIO_FROM: Final = 5 << 20
_HEAD_BYTES: Final = 4_096
_DTD: Final = tuple(
    word.encode(code) for word in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-8", "utf-16-le", "utf-16-be")
)


def guard_zip(archive: zipfile.ZipFile, name: str) -> None:
    """Look at the zip's table before anything is unpacked or parsed; about a millisecond.

    Raises:
        PackageError: ``docx_unsafe`` for bombs, too many parts, names that climb out, encryption and document types.
    """
    entries = archive.infolist()
    safe = len(entries) <= MAX_PARTS and sum(entry.file_size for entry in entries) <= MAX_TOTAL_BYTES
    if not safe or any(_is_unsafe(archive, entry) for entry in entries):
        raise PackageError("docx_unsafe", name=name)


def _is_unsafe(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    if entry.filename.startswith(("/", "\\")) or ".." in entry.filename.replace("\\", "/").split("/"):
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
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as exc:
        raise PackageError("docx_unreadable", name=name) from exc
    if len(data) > MAX_XML_BYTES or root.getroottree().docinfo.internalDTD is not None:
        raise PackageError("docx_unsafe", name=name)
    return root
