"""Word files that were made to do harm, each in a few milliseconds and small on disk."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from pilotdesk.documents.word import write_docx
from tests.documents.word_outlines import small

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

DOCUMENT: Final = "word/document.xml"
PROPERTIES: Final = "docProps/custom.xml"
TYPES: Final = "[Content_Types].xml"
W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SECRET: Final = "SECRET-OF-THIS-COMPUTER"
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

Parts = dict[str, bytes]


def ours(path: Path) -> Path:
    """A sound Word file of ours."""
    write_docx(small(), path, pages=None)
    return path


def parts_of(path: Path) -> Parts:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_parts(path: Path, parts: Parts) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def changed(part: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    """Ours with one part changed."""

    def make(path: Path) -> None:
        parts = parts_of(ours(path))
        parts[part] = change(parts[part])
        write_parts(path, parts)

    return make


def added(name: str, content: bytes) -> Callable[[Path], None]:
    """Ours with a part more."""

    def make(path: Path) -> None:
        write_parts(path, parts_of(ours(path)) | {name: content})

    return make


# -- bombs -----------------------------------------------------------------------------------------


def zeros(size: int) -> Iterator[bytes]:
    """A raw deflate stream of a block that repeats: so long unpacked, a thousandth of it packed, and quick to make."""
    block = 1 << 20
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = squeezer.compress(b" " * block) + squeezer.flush(zlib.Z_FULL_FLUSH)
    again = squeezer.compress(b" " * block) + squeezer.flush(zlib.Z_FULL_FLUSH)
    yield head
    for _ in range(size // block - 1):
        yield again
    yield squeezer.flush(zlib.Z_FINISH)


def with_packed(path: Path, name: str, packed: bytes, *, told: int) -> None:
    """A part by its raw deflate stream; ``told`` is the size that the zip claims."""
    entry = name.encode()
    content = path.read_bytes()
    end = content.rindex(b"PK\x05\x06")
    count, size, start = struct.unpack("<HLL", content[end + 10 : end + 20])
    head = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 33, 0, len(packed), told, len(entry), 0)
    listed = struct.pack(
        "<4s6H3L5H2L",
        b"PK\x01\x02",
        20,
        20,
        0,
        8,
        0,
        33,
        0,
        len(packed),
        told,
        len(entry),
        0,
        0,
        0,
        0,
        0,
        start,
    )
    body = content[:start] + head + entry + packed
    directory = content[start : start + size] + listed + entry
    last = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count + 1, count + 1, len(directory), len(body), 0)
    path.write_bytes(body + directory + last)


def related_bomb(path: Path) -> None:
    """1.5 GB of picture that the document points to."""
    parts = parts_of(ours(path))
    relations = "word/_rels/document.xml.rels"
    parts[relations] = parts[relations].replace(
        b"</Relationships>",
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
        b'Target="media/bomb.png"/></Relationships>',
    )
    write_parts(path, parts)
    with_packed(path, "word/media/bomb.png", b"".join(zeros(1536 << 20)), told=1536 << 20)


def lying_bomb(path: Path) -> None:
    """A document part of 600 MB that claims to be small."""
    parts = parts_of(ours(path))
    parts.pop(DOCUMENT)
    write_parts(path, parts)
    with_packed(path, DOCUMENT, b"".join(zeros(600 << 20)), told=4_000)


def long_part(path: Path) -> None:
    """A document part of 300 MB that says so."""
    parts = parts_of(ours(path))
    parts.pop(DOCUMENT)
    write_parts(path, parts)
    with_packed(path, DOCUMENT, b"".join(zeros(300 << 20)), told=300 << 20)


def million_entries(path: Path) -> None:
    """A directory of a million names."""
    head = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 0, 0, 33, 0, 0, 0, 1, 0) + b"a"
    one = b"".join(
        struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 33, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0)
        + b"%07d" % number
        for number in range(1_000_000)
    )
    count = 1_000_000
    last = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, len(one), len(head))
    last += struct.pack("<4sLQL", b"PK\x06\x07", 0, len(head) + len(one), 1)
    last += struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    path.write_bytes(head + one + last)


def after_declaration(text: str) -> Callable[[bytes], bytes]:
    def change(content: bytes) -> bytes:
        return content.replace(b"?>", b"?>" + text.encode(), 1)

    return change


def text_of(entity: str) -> Callable[[bytes], bytes]:
    return lambda content: content.replace(b"</w:t>", f"&{entity};</w:t>".encode(), 1)


def entity(declared: str, name: str) -> Callable[[bytes], bytes]:
    return lambda content: text_of(name)(after_declaration(f"<!DOCTYPE w:document [{declared}]>")(content))


LAUGHS: Final = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
QUADRATIC: Final = f'<!ENTITY q "{"a" * 50_000}">'


def late_entity(content: bytes) -> bytes:
    """A document type behind a comment longer than any head that is looked at."""
    return entity(f"{LAUGHS}", "a11")(content).replace(b"?>", b"?><!--" + b"-x" * 20_000 + b"-->", 1)


def utf16_entity(content: bytes) -> bytes:
    text = entity(f"{LAUGHS}", "a11")(content).decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    return text.encode("utf-16")


def deep(tag: str, levels: int) -> Callable[[bytes], bytes]:
    def change(content: bytes) -> bytes:
        inside = f"<w:{tag}>".encode() * levels + f"</w:{tag}>".encode() * levels
        return content.replace(b"</w:body>", inside + b"</w:body>", 1)

    return change


def long_text(size: int) -> Callable[[Path], None]:
    """One text of so many characters, which repeat little enough to be no obvious bomb."""

    def make(path: Path) -> None:
        parts = parts_of(ours(path))
        head, tail = parts.pop(DOCUMENT).split(b"</w:t>", 1)
        write_parts(path, parts)
        line = b"".join(b"%d," % (number * number) for number in range(20_000))
        with (
            zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
            archive.open(DOCUMENT, "w") as part,
        ):
            part.write(head)
            for _ in range(size // len(line)):
                part.write(line)
            part.write(b"</w:t>" + tail)

    return make


def many_elements(inside: bytes, count: int) -> Callable[[Path], None]:
    """A body full of the smallest elements there are."""

    def make(path: Path) -> None:
        parts = parts_of(ours(path))
        content = parts.pop(DOCUMENT)
        at = content.rindex(b"</w:body>")
        write_parts(path, parts)
        some = b"".join(
            inside.replace(b"#", b"%08d" % (number * 7919 % 99_999_989)) for number in range(10_000)
        )
        with (
            zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
            archive.open(DOCUMENT, "w") as part,
        ):
            part.write(content[:at] + some * (count // 10_000) + content[at:])

    return make


def open_bookmarks(count: int) -> Callable[[bytes], bytes]:
    """Bookmarks that begin and never end, and runs behind them: quadratic for a reader that adds to each."""

    def change(content: bytes) -> bytes:
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
        starts = "".join(
            f'<w:bookmarkStart w:id="{9000 + n}" w:name="PD_'
            f'{"".join(letters[n >> shift & 31] for shift in range(0, 20, 5))}AAAAAAAAAAAA"/>'
            for n in range(count)
        )
        runs = "<w:r><w:t>x</w:t></w:r>" * count
        return content.replace(b"<w:body>", f"<w:body><w:p>{starts}{runs}</w:p>".encode(), 1)

    return change


def property_bomb(name: str, packed: bytes) -> Callable[[bytes], bytes]:
    """One of our packed lists replaced."""
    import base64
    import re

    def change(content: bytes) -> bytes:
        words = base64.b64encode(packed).decode()
        found = re.compile(rf'(name="pilotdesk\.{name}\.001"[^>]*><vt:lpwstr>)[^<]*'.encode())
        others = re.compile(rf'<property [^>]*name="pilotdesk\.{name}\.(?!001)[^>]*>.*?</property>'.encode())
        assert found.search(content)
        return others.sub(b"", found.sub(lambda match: match[1] + words.encode(), content))

    return change


def many_paths(tables: int, rows: int, columns: int) -> bytes:
    """A short list that multiplies: rows × columns of each table."""
    import json

    one = ["t", ["c"] * columns, ["r"] * rows]
    return zlib.compress(json.dumps([[], [one] * tables]).encode(), 9)


# -- other kinds of files --------------------------------------------------------------------------


def ole(*streams: str) -> Callable[[Path], None]:
    """The start of an OLE file and the names of its streams."""

    def make(path: Path) -> None:
        path.write_bytes(
            OLE + b"\0" * 1016 + b"".join(name.encode("utf-16-le") + b"\0" * 64 for name in streams)
        )

    return make


def macro_typed(path: Path) -> None:
    changed(TYPES, lambda content: content.replace(b"document.main+xml", b"document.macroEnabled.main+xml"))(
        path
    )


def nul_name(path: Path) -> None:
    added("word/evXil.xml", b"<a/>")(path)
    path.write_bytes(path.read_bytes().replace(b"word/evXil.xml", b"word/ev\0il.xml"))


def torn_directory(path: Path) -> None:
    content = bytearray(ours(path).read_bytes())
    at = content.rindex(b"PK\x01\x02")
    content[at + 10 : at + 46] = b"\xff" * 36
    path.write_bytes(bytes(content))


def twice(path: Path) -> None:
    """Two parts of one name: which one counts differs from program to program."""
    content = io.BytesIO(ours(path).read_bytes())
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(content, "a") as archive:
            archive.writestr(DOCUMENT, b"<a/>")
    path.write_bytes(content.getvalue())


def truncated(path: Path) -> None:
    path.write_bytes(ours(path).read_bytes()[:-700])


EXTERNAL: Final = '<!ENTITY x SYSTEM "secret.txt">'

MAKERS: Final[dict[str, tuple[Callable[[Path], None], str]]] = {
    "外部实体.docx": (changed(DOCUMENT, entity(EXTERNAL, "x")), "docx_unsafe"),
    "亿笑.docx": (changed(DOCUMENT, entity(LAUGHS, "a11")), "docx_unsafe"),
    "平方.docx": (
        changed(DOCUMENT, lambda content: entity(QUADRATIC, "q")(content).replace(b"&q;", b"&q;" * 50_000)),
        "docx_unsafe",
    ),
    "藏在后面的实体.docx": (changed(DOCUMENT, late_entity), "docx_unsafe docx_unreadable"),
    "UTF-16 实体.docx": (changed(DOCUMENT, utf16_entity), "docx_unsafe"),
    "属性里的实体.docx": (
        changed(PROPERTIES, after_declaration(f"<!DOCTYPE Properties [{LAUGHS}]>")),
        "docx_unsafe",
    ),
    "图片炸弹.docx": (related_bomb, "docx_unsafe"),
    "谎报大小.docx": (lying_bomb, "docx_unsafe docx_unreadable"),
    "百万成员.docx": (million_entries, "docx_unsafe"),
    "带宏.docm": (macro_typed, "docx_macros"),
    "改名带宏.docx": (macro_typed, "docx_macros"),
    "带 vbaProject.docx": (added("word/vbaProject.bin", b"\0" * 64), "docx_macros"),
    "加密.docx": (ole("EncryptionInfo", "EncryptedPackage"), "docx_encrypted"),
    "老格式.docx": (ole("WordDocument"), "docx_is_doc"),
    "金山.wps": (ole("WordDocument"), "docx_is_wps"),
    "深层段落.docx": (changed(DOCUMENT, deep("p", 100_000)), "docx_unreadable"),
    "三亿字.docx": (long_part, "docx_unsafe"),
    "三千万字.docx": (long_text(35 << 20), "docx_unsafe docx_unreadable"),
    "百万元素.docx": (many_elements(b'<w:p w:a="#"/>', 1_200_000), "docx_unsafe"),
    "百万小块.docx": (many_elements(b"<a/><b/><c>#</c>", 800_000), "docx_unsafe"),
    "路径炸弹.docx": (
        changed(PROPERTIES, property_bomb("paths", many_paths(400, 1_000, 1_000))),
        "docx_foreign docx_unsafe",
    ),
    "路径太深.docx": (
        changed(PROPERTIES, property_bomb("paths", zlib.compress(b"[" * 3_000_000))),
        "docx_foreign docx_unsafe",
    ),
    "路径是数.docx": (changed(PROPERTIES, property_bomb("paths", zlib.compress(b"7"))), "docx_foreign"),
    "书签不关.docx": (changed(DOCUMENT, open_bookmarks(30_000)), "ok"),
    "爬出去.docx": (added("../../evil.xml", b"<a/>"), "docx_unsafe"),
    "绝对路径.docx": (added("/etc/evil.xml", b"<a/>"), "docx_unsafe"),
    "名字带零.docx": (nul_name, "docx_unsafe docx_unreadable"),
    "目录坏了.docx": (torn_directory, "docx_unreadable docx_unsafe"),
    "同名两份.docx": (twice, "docx_unsafe"),
    "截断.docx": (truncated, "docx_unreadable"),
    "空的.docx": (lambda path: path.write_bytes(b"") and None, "docx_unreadable"),
    "网页.docx": (lambda path: path.write_text("<html>") and None, "docx_is_other"),
    "其实是 PDF.docx": (lambda path: path.write_bytes(b"%PDF-1.7\n") and None, "docx_is_other"),
}
"""File name to its maker and the codes, one of which it must be refused with."""
