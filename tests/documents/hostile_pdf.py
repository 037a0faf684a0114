"""PDF files that were made to do harm, each in a few milliseconds and small on disk."""

from __future__ import annotations

import io
import re
import zlib
from typing import TYPE_CHECKING, Final

import pikepdf

from pilotdesk.documents.pdf import write_pdf
from tests.documents.word_outlines import small

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

_KEPT: dict[str, bytes] = {}


def ours(path: Path) -> Path:
    """A sound PDF of ours."""
    if not _KEPT:
        write_pdf(small(), path)
        _KEPT["ours"] = path.read_bytes()
    path.write_bytes(_KEPT["ours"])
    return path


def raw_pdf(objects: Iterable[bytes], *, trailer: bytes = b"") -> bytes:
    """A file of these objects, numbered from 1, the first of which is the catalog."""
    made, places = io.BytesIO(), []
    made.write(b"%PDF-1.7\n")
    for number, content in enumerate(objects, 1):
        places.append(made.tell())
        made.write(b"%d 0 obj\n%b\nendobj\n" % (number, content))
    start = made.tell()
    made.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
    made.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    made.write(
        b"trailer\n<</Size %d/Root 1 0 R%b>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, trailer, start)
    )
    return made.getvalue()


CATALOG: Final = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES: Final = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE: Final = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<<>>>>"


def info(**more: bytes) -> bytes:
    """Document information that says that the file is ours."""
    words = {"form": b"application", "round": b"2026", "document": b"form", "version": b"1", "revision": b"1"}
    words |= {"digest": b"K7Q4-2M9X", "draft": b"no", "code": b"K7Q4-2M9X", "title": b"t"} | more
    return (
        b"<<" + b"".join(b"/pilotdesk.%b(%b)" % (name.encode(), text) for name, text in words.items()) + b">>"
    )


def stream(content: bytes, more: bytes = b"") -> bytes:
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (more, len(content), content)


def flate(packed: bytes, more: bytes = b"") -> bytes:
    return stream(packed, b"/Filter/FlateDecode" + more)


def repeated(block: bytes, times: int) -> bytes:
    """A zlib stream of a block that repeats, quick to make."""
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = squeezer.compress(block) + squeezer.flush(zlib.Z_FULL_FLUSH)
    again = squeezer.compress(block) + squeezer.flush(zlib.Z_FULL_FLUSH)
    made = b"\x78\xda" + head + again * (times - 1) + squeezer.flush(zlib.Z_FINISH)
    checksum = 1
    for _ in range(times if len(block) * times < 1 << 24 else 0):
        checksum = zlib.adler32(block, checksum)
    return made + checksum.to_bytes(4, "big")


def paged(content: bytes, *, named: bytes = b"") -> Callable[[Path], None]:
    """One page with this content stream."""

    def make(path: Path) -> None:
        objects = [CATALOG, PAGES, PAGE, content, named or info()]
        path.write_bytes(raw_pdf(objects, trailer=b"/Info 5 0 R"))

    return make


def million_objects(path: Path) -> None:
    objects = [CATALOG, PAGES, PAGE, stream(b""), info(), *[b"null"] * 1_000_000]
    path.write_bytes(raw_pdf(objects, trailer=b"/Info 5 0 R"))


def million_claimed(path: Path) -> None:
    """A cross reference that claims a billion objects and has five."""
    content = raw_pdf([CATALOG, PAGES, PAGE, stream(b""), info()], trailer=b"/Info 5 0 R")
    path.write_bytes(
        content.replace(b"xref\n0 6\n", b"xref\n0 999999999\n", 1).replace(b"/Size 6", b"/Size 999999999")
    )


def object_streams(path: Path) -> None:
    """400,000 objects in packed object streams, with a packed cross reference."""
    per, count = 20_000, 20
    numbers = b" ".join(b"%d %d" % (10 + n, 2 * n) for n in range(per)) + b" "
    inside = zlib.compress(numbers + b"1 " * per, 9)
    body, places = io.BytesIO(b""), {}
    body.write(b"%PDF-1.7\n")
    for number, content in enumerate(
        (CATALOG, PAGES, PAGE, stream(b""), info(),
         *[flate(inside, b"/Type/ObjStm/N %d/First %d" % (per, len(numbers)))] * count), 1
    ):  # fmt: skip
        places[number] = body.tell()
        body.write(b"%d 0 obj\n%b\nendobj\n" % (number, content))
    start, last = body.tell(), 5 + count
    table = b"\0\0\0\0\0\0\0" + b"".join(b"\1%b\0\0" % places[n].to_bytes(4, "big") for n in sorted(places))
    table += b"".join(
        b"\2%b%b" % ((6 + n % count).to_bytes(4, "big"), (n % 20_000).to_bytes(2, "big"))
        for n in range(400_000)
    )
    body.write(
        b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n"
        % (
            last + 1,
            flate(
                zlib.compress(table), b"/Type/XRef/W[1 4 2]/Size %d/Root 1 0 R/Info 5 0 R" % (len(table) // 7)
            ),
            start,
        )
    )
    path.write_bytes(body.getvalue())


def xref_bomb(path: Path) -> None:
    """A packed cross reference of 1.5 GB."""
    body = io.BytesIO(b"")
    body.write(b"%PDF-1.7\n")
    for number, content in enumerate((CATALOG, PAGES, PAGE, stream(b""), info()), 1):
        body.write(b"%d 0 obj\n%b\nendobj\n" % (number, content))
    start = body.tell()
    packed = flate(
        repeated(b"\1\0\0\0\x10\0\0" * 150_000, 1_463),
        b"/Type/XRef/W[1 4 2]/Size 219450000/Root 1 0 R/Info 5 0 R",
    )
    body.write(b"6 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (packed, start))
    path.write_bytes(body.getvalue())


def xref_loop(path: Path) -> None:
    content = raw_pdf([CATALOG, PAGES, PAGE, stream(b""), info()], trailer=b"/Info 5 0 R")
    start = re.search(rb"startxref\n(\d+)", content)
    assert start
    path.write_bytes(content.replace(b"/Root", b"/Prev %b/Root" % start[1], 1))


def long_xref_chain(path: Path) -> None:
    """20,000 cross references, each of which points to the one before."""
    made = io.BytesIO(raw_pdf([CATALOG, PAGES, PAGE, stream(b""), info()], trailer=b"/Info 5 0 R"))
    content = made.getvalue()
    found = re.search(rb"startxref\n(\d+)", content)
    assert found
    before = int(found[1])
    made.seek(0, io.SEEK_END)
    for _ in range(20_000):
        here = made.tell()
        made.write(b"xref\n0 0\ntrailer\n<</Size 6/Root 1 0 R/Info 5 0 R/Prev %d>>\n" % before)
        before = here
    made.write(b"startxref\n%d\n%%%%EOF\n" % before)
    path.write_bytes(made.getvalue())


def cyclic_pages(path: Path) -> None:
    objects = [
        CATALOG,
        b"<</Type/Pages/Kids[2 0 R 3 0 R 2 0 R]/Count 90000/Parent 2 0 R>>",
        PAGE,
        stream(b""),
        info(),
    ]
    path.write_bytes(raw_pdf(objects, trailer=b"/Info 5 0 R"))


def cyclic_outlines(path: Path) -> None:
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Outlines 6 0 R>>", PAGES, PAGE, stream(b""), info(),
        b"<</First 7 0 R/Last 7 0 R/Count 1>>",
        b"<</Title(a)/Next 7 0 R/First 6 0 R/Parent 6 0 R>>",
    ]  # fmt: skip
    path.write_bytes(raw_pdf(objects, trailer=b"/Info 5 0 R"))


def deep_pages(path: Path) -> None:
    """A page tree of 20,000 levels."""
    levels = 20_000
    objects = [CATALOG]
    objects += [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (number + 3) for number in range(levels)]
    objects += [b"<</Type/Page/MediaBox[0 0 9 9]>>", info()]
    path.write_bytes(raw_pdf(objects, trailer=b"/Info %d 0 R" % len(objects)))


def many_pages(path: Path) -> None:
    kids = b"3 0 R " * 100_000
    objects = [CATALOG, b"<</Type/Pages/Kids[%b]/Count 100000>>" % kids, PAGE, stream(b"BT ET"), info()]
    path.write_bytes(raw_pdf(objects, trailer=b"/Info 5 0 R"))


def claimed_pages(path: Path) -> None:
    objects = [CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>", PAGE, stream(b""), info()]
    path.write_bytes(raw_pdf(objects, trailer=b"/Info 5 0 R"))


def deep_array(path: Path) -> None:
    objects = [CATALOG, PAGES, PAGE, stream(b""), info(), b"[" * 500_000 + b"]" * 500_000]
    path.write_bytes(raw_pdf(objects, trailer=b"/Info 5 0 R/Deep 6 0 R"))


def forms_in_forms(path: Path) -> None:
    """Forms that draw the next one ten times, nine levels deep: a billion."""
    objects = [CATALOG, PAGES, PAGE.replace(b"/Resources<<>>", b"/Resources<</XObject<</A 6 0 R>>>>")]
    objects += [stream(b"/A Do"), info()]
    for level in range(9):
        resources = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A %d 0 R>>>>" % (
            level + 7
        )
        objects.append(stream(b"/A Do " * 10, resources))
    objects.append(stream(b"0 0 1 1 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"))
    path.write_bytes(raw_pdf(objects, trailer=b"/Info 5 0 R"))


def edited(change: Callable[[pikepdf.Pdf], object], **how: object) -> Callable[[Path], None]:
    """Ours, changed with another library."""

    def make(path: Path) -> None:
        with pikepdf.open(io.BytesIO(ours(path).read_bytes())) as pdf:
            change(pdf)
            pdf.save(path, **how)  # type: ignore[arg-type]

    return make


def with_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(
        S=pikepdf.Name("/JavaScript"), JS=pikepdf.String("while(true){app.alert(1)}")
    )


def marks(count: int, *, whole: bytes = b"") -> bytes:
    """A content stream with so many marked texts."""
    told = b"/T (%b)" % whole if whole else b""
    one = b"/PilotAnswer <</P (a)/N 1%b>> BDC BT 1 0 0 1 1 1 Tm (x) Tj ET EMC\n" % told
    return flate(repeated(one * 100, count // 100))


def open_marks(count: int) -> bytes:
    """Marks inside each other, and a text below all of them."""
    return flate(zlib.compress(b"/PilotAnswer <</P (a)/N 1>> BDC " * count + b"BT (x) Tj (y) Tj ET " * 300))


FONT: Final = b"/F1 9 Tf "
FONT_PAGE: Final = PAGE.replace(b"<<>>", b"<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>")


def printed(content: bytes) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.write_bytes(raw_pdf([CATALOG, PAGES, FONT_PAGE, content, info()], trailer=b"/Info 5 0 R"))

    return make


def long_property(size: int) -> bytes:
    return info(title=b"t" * size)


OVER: Final = "pdf_too_much"
BROKEN: Final = "pdf_unreadable"
FOREIGN: Final = "pdf_foreign"

MAKERS: Final[dict[str, tuple[Callable[[Path], None], str]]] = {
    "百万对象.pdf": (million_objects, OVER),
    "谎报对象.pdf": (million_claimed, f"{OVER} {BROKEN} ok"),
    "对象流.pdf": (object_streams, OVER),
    "交叉表炸弹.pdf": (xref_bomb, OVER),
    "交叉表绕圈.pdf": (xref_loop, f"{BROKEN} {OVER} ok"),
    "交叉表长链.pdf": (long_xref_chain, f"{BROKEN} {OVER} ok"),
    "内容炸弹.pdf": (paged(flate(repeated(b" " * (1 << 20), 1_536))), OVER),
    "页树绕圈.pdf": (cyclic_pages, f"{BROKEN} {OVER}"),
    "书签绕圈.pdf": (cyclic_outlines, f"{BROKEN} {OVER} ok"),
    "页树太深.pdf": (deep_pages, f"{BROKEN} {OVER} ok"),
    "十万页.pdf": (many_pages, OVER),
    "谎报页数.pdf": (claimed_pages, f"{BROKEN} {OVER} ok"),
    "深层数组.pdf": (deep_array, f"{BROKEN} {OVER} ok"),
    "表单套表单.pdf": (forms_in_forms, f"{OVER} ok"),
    "加密.pdf": (
        edited(lambda _pdf: None, encryption=pikepdf.Encryption(owner="a", user="b", R=4)),
        "pdf_encrypted",
    ),
    "带脚本.pdf": (edited(with_script), "ok"),
    "百万标记.pdf": (printed(marks(1_000_000)), OVER),
    "标记套标记.pdf": (printed(open_marks(100_000)), f"{OVER} ok"),
    "长标记.pdf": (printed(marks(40_000, whole=b"x" * 10_000)), OVER),
    "长标题.pdf": (paged(stream(b""), named=long_property(50 << 20)), OVER),
    "截断.pdf": (lambda path: path.write_bytes(ours(path).read_bytes()[:9_000]) and None, BROKEN),
    "空的.pdf": (lambda path: path.write_bytes(b"") and None, BROKEN),
    "其实是文字.pdf": (lambda path: path.write_text("x" * 99) and None, BROKEN),
}
"""File name to its maker and what it must be: one of the codes, ``ok`` where it may be read as well."""
