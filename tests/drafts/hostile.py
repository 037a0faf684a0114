"""Zips that no honest program writes, byte by byte; and what a process needs to refuse them."""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

MIB = 2**20


@dataclass
class Member:
    """An entry as the directory tells it; ``None`` is the truth."""

    name: bytes
    packed: bytes = b""
    method: int = 0
    size: int | None = None
    crc: int | None = None
    flags: int = 0x800
    attributes: int = 0o100600 << 16
    at: int | None = None
    local_name: bytes | None = None
    extra: bytes = b""


def deflated(plain: bytes) -> bytes:
    made = zlib.compressobj(9, zlib.DEFLATED, -15)
    return made.compress(plain) + made.flush()


def noughts(mebibytes: int) -> bytes:
    """So many MiB of blanks, deflated; they are never in memory at once."""
    made = zlib.compressobj(9, zlib.DEFLATED, -15)
    return b"".join(made.compress(b" " * MIB) for _ in range(mebibytes)) + made.flush()


def zipped(
    members: Iterable[Member],
    *,
    entries: int | None = None,
    directory_offset: int | None = None,
    comment: bytes = b"",
    before_end: bytes = b"",
) -> bytes:
    """The file; everything that the keywords do not say is true."""
    body, directory, count = bytearray(), bytearray(), 0
    for member in members:
        count += 1
        at = len(body) if member.at is None else member.at
        size = len(member.packed) if member.size is None else member.size
        crc = zlib.crc32(member.packed) if member.crc is None else member.crc
        name = member.name if member.local_name is None else member.local_name
        middle = struct.pack("<HHHHLLL", member.flags, member.method, 0, 0x21, crc, len(member.packed), size)
        if member.at is None:
            body += b"PK\x03\x04" + struct.pack("<H", 20) + middle + struct.pack("<HH", len(name), 0)
            body += name + member.packed
        directory += b"PK\x01\x02" + struct.pack("<HH", (3 << 8) | 20, 20) + middle
        directory += struct.pack(
            "<HHHHHLL", len(member.name), len(member.extra), 0, 0, 0, member.attributes, at
        )
        directory += member.name + member.extra
    said = count if entries is None else entries
    offset = len(body) if directory_offset is None else directory_offset
    end = struct.pack(
        "<4s4H2LH",
        b"PK\x05\x06",
        0,
        0,
        min(said, 65535),
        min(said, 65535),
        len(directory),
        offset,
        len(comment),
    )
    return bytes(body + directory) + before_end + end + comment


def with_answers(
    answers: bytes,
    extra: Iterable[Member] = (),
    digests: dict[str, str] | None = None,
    *,
    entries: int | None = None,
    behind: bytes = b"",
) -> bytes:
    """A package whose manifest is right about whatever is in it; ``behind`` stands after the packed answers."""
    listed = {"answers.json": hashlib.sha256(answers).hexdigest()} | (digests or {})
    manifest = {
        "format": "pilotdesk-package", "version": 2, "round": "2026", "form": "application", "form_version": 1,
        "pack_digest": "d", "revision": 0, "practice": False, "members": listed,
    }  # fmt: skip
    content = json.dumps(manifest).encode()
    packed = Member(b"answers.json", deflated(answers) + behind, 8, len(answers), zlib.crc32(answers))
    return zipped([Member(b"manifest.json", content), packed, *extra], entries=entries)


EMPTY = b'{"values": {}, "accepted": {}}'


def attachment(digest: str, **changes: object) -> Member:
    return Member(f"attachments/{digest}".encode(), **changes)


def _million(_folder: Path) -> bytes:
    """A million entries, as zip64 tells them."""
    end64 = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 10**6, 10**6, 10**6 * 54, 0)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, 10**6 * 54, 1)
    entry = b"PK\x01\x02" + b"\0" * 24 + struct.pack("<H", 8) + b"\0" * 16 + b"aaaaaaaa"
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, 2**32 - 1, 2**32 - 1, 0)
    return entry * 10**6 + end64 + locator + end


def _million_denied(_folder: Path) -> bytes:
    """The same, and the end record speaks of three."""
    entry = b"PK\x01\x02" + b"\0" * 24 + struct.pack("<H", 8) + b"\0" * 16 + b"aaaaaaaa"
    return entry * 10**6 + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 3, 3, 54 * 10**6, 0, 0)


def _overlapping(_folder: Path) -> bytes:
    """Entries that share one kernel of 400 MiB."""
    kernel = noughts(400)
    first = Member(b"attachments/" + b"0" * 64, kernel, 8, 400 * MIB)
    rest = [attachment(f"{n:064x}", packed=kernel, method=8, size=MIB, at=0) for n in range(1, 80)]
    return zipped([first, *rest])


def _lying_attachment(folder: Path) -> bytes:
    """A member that says 1 KiB and holds 600 MiB."""
    packed = noughts(600)
    digest = hashlib.sha256(b" " * 1024).hexdigest()
    lie = attachment(digest, packed=packed, method=8, size=1024, crc=zlib.crc32(b" " * 1024))
    return with_answers(EMPTY, [lie], {f"attachments/{digest}": digest})


def _wanting(_folder: Path) -> bytes:
    digest = hashlib.sha256(b"x").hexdigest()
    lie = attachment(digest, packed=deflated(b"x"), method=8, size=10**7, crc=zlib.crc32(b"x"))
    return with_answers(EMPTY, [lie], {f"attachments/{digest}": digest})


def _lying_json(_folder: Path) -> bytes:
    packed = noughts(600)
    return zipped(
        [Member(b"manifest.json", packed, 8, 1024, zlib.crc32(b" " * 1024)), Member(b"answers.json", b"{}")]
    )


def _wrong_digest(_folder: Path) -> bytes:
    return with_answers(EMPTY, [attachment("0" * 64, packed=b"x")], {"attachments/" + "0" * 64: "0" * 64})


def one(code: str, **member: object) -> tuple[str, Callable[[Path], bytes]]:
    made = Member(**({"name": b"attachments/x", "packed": b"x"} | member))
    return code, lambda _folder: zipped([Member(b"manifest.json", b"{}"), made])


def many_large(_folder: Path) -> bytes:
    """Every member is allowed, together they are not."""
    packed = noughts(100)
    return zipped([attachment(f"{n:064x}", packed=packed, method=8, size=100 * MIB) for n in range(6)])


HOSTILE: dict[str, tuple[str, Callable[[Path], bytes]]] = {
    "a million entries": ("package_too_large", _million),
    "a million entries, denied": ("package_too_large", _million_denied),
    "the directory has more entries than it says": ("package_damaged", lambda _: with_answers(EMPTY, entries=1)),
    "something behind the content of a member": ("package_damaged", lambda _: with_answers(EMPTY, behind=b"MZ" * 99)),
    "overlapping entries": ("package_overlapping", _overlapping),
    "an entry inside the directory": one("package_overlapping", at=90),
    "a member larger than it says": ("package_damaged", _lying_attachment),
    "a manifest larger than it says": ("package_damaged", _lying_json),
    "a member smaller than it says": ("package_damaged", _wanting),
    "a stored member of another size": one("package_damaged", size=10**8),
    "large in sum": ("package_too_large", many_large),
    "answers of 100 MiB": ("package_too_large", lambda _: with_answers(b" " * (100 * MIB) + EMPTY)),
    "a parent folder": one("package_unsafe_name", name=b"../evil"),
    "a parent folder further in": one("package_unsafe_name", name=b"attachments/../../evil"),
    "an absolute name": one("package_unsafe_name", name=b"/etc/cron.d/evil"),
    "a drive": one("package_unsafe_name", name=b"C:evil.dll"),
    "a name as Windows writes it": one("package_unsafe_name", name=b"..\\evil"),
    "a share": one("package_unsafe_name", name=b"\\\\host\\evil"),
    "a NUL in a name": one("package_unsafe_name", name=b"manifest.json\0.exe"),
    "an empty name": one("package_unsafe_name", name=b""),
    "a name that is not UTF-8": one("package_damaged", name=b"\xff\xfe"),
    "a link": one("package_unsafe_link", attributes=0o120777 << 16, packed=b"/etc/passwd"),
    "a device": one("package_unsafe_link", attributes=0o020666 << 16),
    "two members of one name": one("package_twice", name=b"manifest.json", packed=b"{}"),
    "two members of one name on Windows": one("package_twice", name=b"MANIFEST.JSON", packed=b"{}"),
    "encrypted by another program": one("package_zip_locked", flags=0x801),
    "another name at the member": ("package_damaged", lambda _: zipped([Member(b"manifest.json", b"{}", local_name=b"x")])),
    "a method of compression that is not ours": one("package_method", method=12),
    "deflate64": one("package_method", method=9),
    "something behind the end": ("package_damaged", lambda _: zipped([Member(b"manifest.json", b"{}")]) + b"x" * 100),
    "a comment": ("package_damaged", lambda _: zipped([Member(b"manifest.json", b"{}")], comment=b"x" * 100)),
    "something before the end": ("package_damaged", lambda _: zipped([Member(b"a")], before_end=b"x" * 100)),
    "a program before the zip": ("package_damaged", lambda _: b"MZ" + zipped([Member(b"manifest.json", b"{}")])),
    "a directory in front of the file": (
        "package_damaged",
        lambda _: zipped([Member(b"manifest.json", b"{}")], directory_offset=2**32 - 1),
    ),
    "a member that is not listed": ("package_damaged", lambda _: with_answers(EMPTY, [Member(b"evil.exe", b"MZ")])),
    "a wrong digest": ("package_damaged", _wrong_digest),
    "JSON of a million brackets": ("package_damaged", lambda _: with_answers(b'{"values": ' + b"[" * 390_000)),
    "JSON nested deep and closed": (
        "package_damaged",
        lambda _: with_answers(b'{"values": ' + b"[" * 150_000 + b"]" * 150_000 + b"}"),
    ),
    "a table in a table in a table": (
        "package_damaged",
        lambda _: with_answers(
            b'{"values": {"a": ' + b'{"$rows": [{"id": "r_1", "cells": {"a": ' * 200 + b"1" + b"}}]}" * 200
            + b'}, "accepted": {}}'
        ),
    ),
    "JSON of many empty lists": (
        "package_too_large",
        lambda _: with_answers(b'{"values": {"a": [' + b"[]," * (5 * MIB) + b"[]]}}"),
    ),
    "a number of many digits": (
        "package_damaged",
        lambda _: with_answers(b'{"values": {"a": ' + b"9" * MIB + b'}, "accepted": {}}'),
    ),
    "a number with a gigabyte of noughts": (
        "package_damaged",
        lambda _: with_answers(b'{"values": {"a": {"$decimal": "1E+999999999"}}, "accepted": {}}'),
    ),
}  # fmt: skip
"""What it is: the code it is refused with, and what makes the file."""
