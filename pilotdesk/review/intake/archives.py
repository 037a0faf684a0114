"""Zip archives as offices pack them: names in GBK or UTF-8, unpacked into a folder of ours and nowhere else.

Nothing of an archive is believed: the end of the file says how many entries there are before they are read, names lead
nowhere, pieces do not lie over each other, and each member may be no longer than it says. Windows packs names in the
code page of the computer without saying so; 7-Zip and WinRAR add them in UTF-8.

Source: APPNOTE.TXT 6.3.10, §4.4.4 (UTF-8 flag), §4.6.9 (Unicode path); CWE-22, CWE-409.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from pilotdesk.documents.file_names import natural
from pilotdesk.record import MutableRecord
from pilotdesk.review.intake import words
from pilotdesk.review.intake.records import Found, Unpacked
from pilotdesk.review.intake.walking import INTO, ending, in_order, is_left_about, is_left_folder, reason_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from typing import IO

    from pilotdesk.review.intake.records import Folder

MOST_MEMBERS: Final = 10_000
MOST_BYTES: Final = 1 << 30
"""Of all members unpacked."""
MOST_RATIO: Final = 200
"""Times that members of more than 16 MB may grow; text of an office shrinks to a twentieth."""
DEEPEST: Final = 2
"""An archive in an archive is opened, one in that is not."""

_RATIO_FROM: Final = 16 << 20
_PIECE: Final = 1 << 18
_END: Final = struct.Struct("<4s4H2LH")
_TAIL: Final = _END.size + 0xFFFF
_UTF8: Final = 0x800
_LOCKED: Final = 0x1 | 0x40 | 0x2000
_UNICODE_PATH: Final = 0x7075
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_DRIVE: Final = re.compile(r"[A-Za-z]:")
_UNWRITABLE: Final = re.compile(r'[<>:"|?*\\/\x00-\x1f]')
_LONGEST: Final = 60
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, struct.error, IndexError,
)  # fmt: skip


class _Refused(Exception):
    """The archive as a whole is not unpacked; says why. Never leaves this module."""


class _Room(MutableRecord):
    """Bytes that may still be unpacked, members of archives in archives among them."""

    left: int = MOST_BYTES


def unpack(archive: Found, target: Path) -> Unpacked:
    """Unpack an archive and those in it.

    Args:
        archive: the file.
        target: a folder of ours, that nothing else is in; it is made.
    """
    return _unpack(archive, target, _Room())


def inside_of(archive: Found) -> Folder:
    """The folder that an archive is."""
    return (*archive.folder, archive.place.rpartition("/")[2])


def _unpack(archive: Found, target: Path, room: _Room) -> Unpacked:
    try:
        with open(archive.path, "rb") as opened:
            _check_end(opened)
            with zipfile.ZipFile(opened) as zipped:
                return _members(zipped, archive, target, room)
    except _Refused as trouble:
        return Unpacked(reason=str(trouble))
    except _BROKEN:
        return Unpacked(reason=words.ZIP_BROKEN)
    except OSError as trouble:
        return Unpacked(reason=words.DISK_FULL if trouble.errno in {28, 122} else words.ZIP_BROKEN)


def _members(zipped: zipfile.ZipFile, archive: Found, target: Path, room: _Room) -> Unpacked:
    entries = zipped.infolist()
    names = {name: entry for entry in entries if (name := _name(entry))}
    _check(entries, names)
    target.mkdir(parents=True)
    found: list[Found] = []
    passed_over = 0
    for folder, name in _sorted(names):
        entry = names["/".join((*folder, name))]
        if is_left_about(name) or any(map(is_left_folder, folder)):
            passed_over += 1
            continue
        member = _found(archive, folder, name, entry)
        if not member.reason and entry.file_size:
            path = target / str(len(found)) / _writable(name)
            _write(zipped, entry, path, room)
            member = replace(member, path=str(path))
        inside = _inside(member, target / f"{len(found)}in", room)
        found += [member] if inside is None else inside.files
        passed_over += inside.passed_over if inside else 0
    return Unpacked(files=tuple(found), passed_over=passed_over)


def _inside(member: Found, target: Path, room: _Room) -> Unpacked | None:
    """What is in a member that is an archive; ``None`` for any other."""
    if ending(member.path) != ".zip" or member.reason or not member.size:
        return None
    reason = words.NESTED if member.depth >= DEEPEST else ""
    inside = None if reason else _unpack(member, target, room)
    with contextlib.suppress(OSError):
        os.unlink(member.path)
    reason = reason or (inside.reason if inside else "")
    if reason or inside is None:
        return Unpacked(files=(replace(member, reason=reason),))
    return inside


def _found(archive: Found, folder: Folder, name: str, entry: zipfile.ZipInfo) -> Found:
    own = tuple(map(words.shown, folder))
    mode = stat.S_IFMT(entry.external_attr >> 16)
    reason = "" if mode in {0, stat.S_IFREG} else words.LINK if mode == stat.S_IFLNK else words.SPECIAL
    shown = words.shown(name)
    return Found(
        number=-1,
        place=f"{archive.place}{INTO}{'/'.join((*own, shown))}",
        folder=(*inside_of(archive), *own),
        path=name,
        size=entry.file_size,
        depth=archive.depth + 1,
        reason=reason or reason_for(name, entry.file_size),
    )


def _sorted(names: dict[str, zipfile.ZipInfo]) -> Iterator[tuple[Folder, str]]:
    """Folders and names in the order in which a folder on the disk is walked."""
    folders: dict[Folder, list[str]] = {}
    for name in names:
        *folder, last = name.split("/")
        folders.setdefault(tuple(folder), []).append(last)
    for folder_name in sorted(folders, key=lambda folder: [natural(part) for part in folder]):
        for last in in_order(folders[folder_name]):
            yield folder_name, last


# -- looking before anything is unpacked -----------------------------------------------------------


def _check_end(opened: IO[bytes]) -> None:
    """Refuse a table that is too long before it is read."""
    size = opened.seek(0, 2)
    opened.seek(max(0, size - _TAIL))
    tail = opened.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + _END.size > len(tail):
        raise _Refused(words.ZIP_BROKEN)
    count, length = _END.unpack_from(tail, at)[4:6]
    if count == 0xFFFF or count > MOST_MEMBERS or length > MOST_MEMBERS * 1_000:
        raise _Refused(words.ZIP_MANY)


def _check(entries: Sequence[zipfile.ZipInfo], names: dict[str, zipfile.ZipInfo]) -> None:
    files = [entry for entry in entries if not _is_folder(entry)]
    if len(entries) > MOST_MEMBERS:
        raise _Refused(words.ZIP_MANY)
    if any(entry.flag_bits & _LOCKED for entry in files):
        raise _Refused(words.ZIP_LOCKED)
    if not all(map(_is_safe, names)):
        raise _Refused(words.ZIP_UNSAFE)
    if any(entry.compress_type not in _METHODS for entry in files):
        raise _Refused(words.ZIP_METHOD)
    if len({unicodedata.normalize("NFC", name).casefold() for name in names}) != len(files):
        raise _Refused(words.ZIP_TWICE)
    if sum(entry.file_size for entry in files) > MOST_BYTES or any(map(_is_bomb, files)) or _overlap(files):
        raise _Refused(words.ZIP_BOMB)


def _is_folder(entry: zipfile.ZipInfo) -> bool:
    return entry.orig_filename.endswith(("/", "\\")) and not entry.file_size


def _is_bomb(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > _RATIO_FROM and entry.file_size > MOST_RATIO * max(1, entry.compress_size)


def _overlap(entries: Sequence[zipfile.ZipInfo]) -> bool:
    """Whether members share bytes of the file, as those of bombs do."""
    free = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < free:
            return True
        free = entry.header_offset + entry.compress_size
    return False


def _is_safe(name: str) -> bool:
    parts = name.split("/")
    return not any(part in {"", ".", ".."} for part in parts) and not _DRIVE.match(name)


# -- names -----------------------------------------------------------------------------------------


def _name(entry: zipfile.ZipInfo) -> str:
    """The name of a member with ``/`` between its folders; empty for a folder."""
    if _is_folder(entry):
        return ""
    name = entry.orig_filename
    if not entry.flag_bits & _UTF8:
        packed = name.encode("cp437")
        name = _unicode_path(entry.extra, packed) or _decoded(packed)
    if "/" not in name:
        name = name.replace("\\", "/")  # some programs of old times
    return name.removeprefix("./")


def _decoded(packed: bytes) -> str:
    """A name whose code nobody tells: UTF-8 where it can be that, otherwise what Chinese Windows writes."""
    for code in ("utf-8", "gb18030"):
        try:
            return packed.decode(code)
        except UnicodeDecodeError:
            continue
    return packed.decode("cp437")


def _unicode_path(extra: bytes, packed: bytes) -> str:
    """The name in UTF-8 that some programs add, when it is that of this entry; empty for none."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        field = extra[at + 4 : at + 4 + length]
        at += 4 + length
        if kind == _UNICODE_PATH and len(field) > 5 and field[0] == 1:
            told = int.from_bytes(field[1:5], "little")
            return field[5:].decode("utf-8", "replace") if told == zlib.crc32(packed) else ""
    return ""


def _writable(name: str) -> str:
    """A name for a file of ours that every system takes, with the ending of the member."""
    stem, kind = os.path.splitext(_UNWRITABLE.sub("_", words.shown(name)))
    return f"{stem[:_LONGEST].rstrip(' .') or '_'}{kind[:16].rstrip(' .')}"


# -- unpacking -------------------------------------------------------------------------------------


def _write(zipped: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path, room: _Room) -> None:
    """One member, piece by piece, no longer than it says."""
    room.left -= entry.file_size
    if room.left < 0:
        raise _Refused(words.ZIP_BOMB)
    path.parent.mkdir()
    with zipped.open(entry) as packed, path.open("xb") as written:
        size = 0
        while piece := packed.read(_PIECE):
            size += len(piece)
            written.write(piece)
    if size != entry.file_size:
        raise _Refused(words.ZIP_BROKEN)
