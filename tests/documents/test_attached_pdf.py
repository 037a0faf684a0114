"""PDFs of users that would do harm when they are bound: judged before they are opened, named in one sentence."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zlib
from pathlib import Path

import pikepdf
import pytest

from pilotdesk.documents.attachments import inspect
from pilotdesk.documents.binding import Piece, bind
from pilotdesk.documents.pdf.attached import can_be_borne
from pilotdesk.documents.previews import page_picture
from pilotdesk.errors import AttachmentError, PilotDeskError
from tests.documents import hostile_pdf as hostile
from tests.documents.evidence_files import pdf

MORE_BYTES = 300 << 20
"""Address space that such a file may take beyond what the program has."""
UNSAFE, BROKEN, LOCKED, LONG = "pdf_unsafe", "pdf_broken", "pdf_locked", "pdf_too_long"

CHILD = """
import json, sys
from pathlib import Path
from pilotdesk.documents.attachments import inspect
from pilotdesk.errors import PilotDeskError
inspect("a.pdf", Path(sys.argv[3]).read_bytes())  # everything is imported, and the allocator warm
if sys.platform == "linux":
    import resource
    now = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (now + int(sys.argv[2]), now + int(sys.argv[2])))
told = {}
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        inspect(path.name, path.read_bytes())
        told[path.name] = ["ok", ""]
    except PilotDeskError as trouble:
        told[path.name] = [trouble.code, str(trouble)]
print(json.dumps(told))
"""


def ten_thousand_pages(path):
    kids = b"".join(b"%d 0 R " % number for number in range(4, 10_004))
    objects = [hostile.CATALOG, b"<</Type/Pages/Kids[%b]/Count 10000>>" % kids, hostile.info()]
    path.write_bytes(
        hostile.raw_pdf([*objects, *[b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"] * 10_000])
    )


def packed_text(packed, filters):
    """A page whose content is packed in this way."""
    return hostile.paged(hostile.stream(packed, b"/Filter" + filters))


def as_text(packed):
    import base64

    return base64.a85encode(packed) + b"~>"


BOMB = hostile.repeated(b" " * (1 << 20), 512)


def hidden(path):
    """A stream whose beginning is hidden by a text, so that its filter seems to belong to nobody."""
    content = b"<</Filter/FlateDecode/X(9 0 obj)/Length %d>>stream\n%b\nendstream" % (len(BOMB), BOMB)
    hostile.paged(content)(path)


def inside_another(path):
    """The bomb is an object in the middle of a plain stream, where the cross reference finds it."""
    inner = b"4 0 obj\n" + hostile.flate(BOMB) + b"\nendobj"
    made = hostile.raw_pdf(
        [hostile.CATALOG, hostile.PAGES, hostile.PAGE, hostile.stream(inner), hostile.info()]
    )
    at, inside = made.index(b"4 0 obj"), made.index(b"4 0 obj", made.index(b"4 0 obj") + 5)
    path.write_bytes(made.replace(b"%010d 00000 n" % at, b"%010d 00000 n" % inside))


def picture_as_page(path):
    hostile.paged(hostile.flate(BOMB, b"/Subtype/Image/Width 1/Height 1"))(path)


def contents_again(path):
    """One content stream of a megabyte, a hundred times in one page."""
    page = hostile.PAGE.replace(b"4 0 R", b"[" + b"4 0 R " * 100 + b"]")
    content = hostile.flate(zlib.compress(b"(x) Tj " * 150_000))
    path.write_bytes(hostile.raw_pdf([hostile.CATALOG, hostile.PAGES, page, content, hostile.info()]))


def locked_lists(path):
    """Opens without a password, and one of its packed objects is a very long list."""
    with pikepdf.open(io.BytesIO(pdf("a"))) as document:
        document.Root.Bomb = document.make_indirect(pikepdf.Array([0] * 400_000))
        document.save(
            path,
            encryption=pikepdf.Encryption(user="", owner="a"),
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )


def locked_page(path):
    with pikepdf.open(io.BytesIO(pdf("a"))) as document:
        document.pages[0].obj.Contents = pikepdf.Stream(document, BOMB, Filter=pikepdf.Name.FlateDecode)
        document.save(path, encryption=pikepdf.Encryption(user="", owner="a"))


HARM = {
    "百万对象.pdf": (hostile.million_objects, UNSAFE),
    "对象流.pdf": (hostile.object_streams, UNSAFE),
    "交叉表炸弹.pdf": (hostile.xref_bomb, UNSAFE),
    "内容炸弹.pdf": (hostile.paged(hostile.flate(BOMB)), UNSAFE),
    "套两层.pdf": (packed_text(zlib.compress(BOMB), b"[/FlateDecode/FlateDecode]"), UNSAFE),
    "写成字母.pdf": (packed_text(as_text(BOMB), b"[/ASCII85Decode/FlateDecode]"), UNSAFE),
    "名字转义.pdf": (packed_text(BOMB, b"/Fl#61teDecode"), UNSAFE),
    "藏起来的.pdf": (hidden, UNSAFE),
    "流里有对象.pdf": (inside_another, UNSAFE),
    "假图片.pdf": (picture_as_page, UNSAFE),
    "反复画.pdf": (contents_again, UNSAFE),
    "十万页.pdf": (hostile.many_pages, UNSAFE),
    "一万页.pdf": (ten_thousand_pages, LONG),
    "表单套表单.pdf": (hostile.forms_in_forms, UNSAFE),
    "标记套标记.pdf": (hostile.printed(hostile.open_marks(100_000)), UNSAFE),
    "百万标记.pdf": (hostile.printed(hostile.marks(1_000_000)), UNSAFE),
    "限制的长表.pdf": (locked_lists, f"{UNSAFE} {BROKEN} ok"),
    "限制的内容.pdf": (locked_page, UNSAFE),
    "加密.pdf": (lambda path: path.write_bytes(pdf("a", password="geheim")), LOCKED),
    "截断.pdf": (lambda path: path.write_bytes(pdf(*"abc")[:-300]), BROKEN),
    "交叉表绕圈.pdf": (hostile.xref_loop, f"ok {BROKEN}"),
    "交叉表长链.pdf": (hostile.long_xref_chain, f"ok {BROKEN}"),
    "页树绕圈.pdf": (hostile.cyclic_pages, BROKEN),
    "页树太深.pdf": (hostile.deep_pages, f"{BROKEN} {UNSAFE}"),
    "谎报页数.pdf": (hostile.claimed_pages, f"ok {BROKEN}"),
    "谎报对象.pdf": (hostile.million_claimed, f"ok {BROKEN}"),
    "深层数组.pdf": (hostile.deep_array, f"ok {BROKEN}"),
}
"""File name to its maker and what it must be: one of the codes, ``ok`` where it may be bound as well."""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What a program with little memory says of each: code and sentence."""
    folder = tmp_path_factory.mktemp("harm")
    for name, (make, _) in HARM.items():
        make(folder / name)
    good = tmp_path_factory.mktemp("good") / "好的.pdf"
    good.write_bytes(pdf("a"))
    command = [sys.executable, "-c", CHILD, str(folder), str(MORE_BYTES), str(good)]
    root = Path(__file__).parents[2]
    run = subprocess.run(command, capture_output=True, text=True, cwd=root, timeout=280)
    assert run.returncode == 0, run.stderr[-2_000:]
    return json.loads(run.stdout)


@pytest.mark.parametrize("name", HARM)
def test_a_pdf_that_does_harm_gets_one_sentence_within_bounded_memory(told, name):
    code, sentence = told[name]
    assert code in HARM[name][1].split()
    if code != "ok":
        assert f"“{name}”" in sentence
        assert "\n" not in sentence


def test_nothing_is_bound_or_drawn_of_one(tmp_path):
    path = tmp_path / "炸弹.pdf"
    hostile.paged(hostile.flate(BOMB))(path)
    content = path.read_bytes()
    assert page_picture(content, "application/pdf", 0, 100, 100) is None
    piece = Piece("E01", "检测报告", path.name, 1, lambda: content)
    with pytest.raises(PilotDeskError, match="炸弹"):
        bind([piece], tmp_path / "合订.pdf")
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def usual(**how):
    """A page with text, a picture of a scan, and a form, as other programs save them."""
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(*"abc", owner=how.pop("owner", "")))) as document:
        page = document.pages[0]
        pixels = zlib.compress(bytes(2480 * 3508))
        scan = pikepdf.Stream(document, pixels, Filter=pikepdf.Name.FlateDecode)
        scan.Type, scan.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        scan.Width, scan.Height, scan.BitsPerComponent = 2480, 3508, 8
        scan.ColorSpace = pikepdf.Name.DeviceGray
        page.Resources.XObject = pikepdf.Dictionary(Scan=scan)
        page.contents_add(b"q 500 0 0 700 0 0 cm /Scan Do Q")
        document.save(made, **how)
    return made.getvalue()


GENERATE = pikepdf.ObjectStreamMode.generate


@pytest.mark.parametrize(
    "content",
    [
        usual(),
        usual(object_stream_mode=GENERATE),
        usual(linearize=True, object_stream_mode=GENERATE),
        usual(encryption=pikepdf.Encryption(user="", owner="a"), object_stream_mode=GENERATE),
        usual(stream_decode_level=pikepdf.StreamDecodeLevel.specialized, compress_streams=False),
    ],
    ids=["plain", "lists", "for the web", "locked", "unpacked"],
)
def test_what_other_programs_write_is_taken(content):
    assert can_be_borne(content)
    assert inspect("扫描件.pdf", content).pages == 3


def test_old_packings_are_counted():
    def taken(packed, name):
        made = hostile.raw_pdf(
            [hostile.CATALOG, hostile.PAGES, hostile.PAGE, hostile.stream(packed, b"/Filter/" + name)]
        )
        return can_be_borne(made)

    assert taken(lzw(b"BT (a) Tj ET"), b"LZWDecode")
    assert not taken(lzw(b" " * (13 << 20)), b"LZWDecode")
    assert taken(bytes([2]) + b"abc" + b"\x80", b"RunLengthDecode")
    assert not taken(bytes(300 << 10), b"RunLengthDecode")


def lzw(content):
    """Packed as TIFF and PDF do. What begins a known word is known, so that the longest one is found by halving."""
    known = {bytes([one]): one for one in range(256)}
    width, bits, count, at, count_known, longest = 9, 256, 9, 0, 258, 1
    while at < len(content):
        least, most = 1, min(longest, len(content) - at)
        while least < most:
            half = (least + most + 1) // 2
            least, most = (half, most) if content[at : at + half] in known else (least, half - 1)
        bits, count = bits << width | known[content[at : at + least]], count + width
        at += least
        if at == len(content):
            break
        known[content[at - least : at + 1]], count_known = count_known, count_known + 1
        width, longest = max(width, min(12, count_known.bit_length())), max(longest, least + 1)
        if count_known == 4_094:
            bits, count = bits << width | 256, count + width
            known = {bytes([one]): one for one in range(256)}
            width, count_known, longest = 9, 258, 1
    bits, count = bits << width | 257, count + width
    spare = -count % 8
    return (bits << spare).to_bytes((count + spare) // 8, "big")


def test_a_refused_file_says_what_to_do():
    with pytest.raises(AttachmentError) as refused:
        inspect(
            "很多.pdf",
            hostile.raw_pdf(
                [hostile.CATALOG, hostile.PAGES, hostile.PAGE, hostile.flate(BOMB), hostile.info()]
            ),
        )
    assert refused.value.code == UNSAFE
    assert "再添加" in str(refused.value)
