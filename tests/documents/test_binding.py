"""All evidence in one PDF: order, bookmarks, stamps, pictures, attached originals; whole or not at all."""

from __future__ import annotations

import io

import pikepdf
import pytest
from PIL import Image

from pilotdesk.documents.binding import Bound, BoundPiece, Piece, bind
from pilotdesk.documents.binding_sheets import picture_page
from pilotdesk.documents.pdf.pdfium import OpenPdf
from pilotdesk.errors import AttachmentError, ExportError, StoreError
from tests.documents.evidence_files import DOCX, XLSX, office, pdf, picture, signed_pdf

RED, BLUE = (220, 0, 0), (0, 0, 220)


def piece(code, content, *, name="文件.pdf", title="标题", pages=0):
    return Piece(code, title, name, pages, lambda: content)


def texts(path):
    with OpenPdf(path) as document:
        return ["".join(document.read(index)[0].split()) for index in range(len(document))]


def marks(path):
    with OpenPdf(path) as document:
        return [tuple(mark) for mark in document.bookmarks()]


def shown(path, index=0):
    with OpenPdf(path) as document:
        width, height, pixels = document.picture(index, 0.5)
    return Image.frombytes("RGBA", (width, height), pixels).convert("RGB")


def alike(found, wanted):
    return all(abs(a - b) < 45 for a, b in zip(found, wanted, strict=True))


@pytest.fixture
def target(tmp_path):
    return tmp_path / "佐证材料.pdf"


def test_pieces_stand_in_their_order_with_bookmarks_and_stamps(target):
    told = []
    bound = bind(
        [
            piece("E01", pdf("one", "two"), title="信用中国查询记录", pages=2),
            piece("E07", picture(), name="照片.jpg", title="现场"),
            piece("E03", pdf("three"), title=""),
        ],
        target,
        progress=lambda done, total: told.append((done, total)),
    )
    places = (BoundPiece("E01", 1, 2), BoundPiece("E07", 3, 3), BoundPiece("E03", 4, 4))
    assert bound == Bound(places, 4, 0)
    assert marks(target) == [("E01 信用中国查询记录", 0), ("E07 现场", 2), ("E03", 3)]
    assert texts(target) == [
        "oneE01第1页·总第1页",
        "twoE01第2页·总第2页",
        "E07第1页·总第3页",
        "threeE03第1页·总第4页",
    ]
    assert told == [(0, 3), (1, 3), (2, 3)]


def test_pages_in_front_are_neither_counted_nor_stamped(target, tmp_path):
    front = tmp_path / "目录.pdf"
    front.write_bytes(pdf("list", "more"))
    bound = bind([piece("E01", pdf("one"))], target, front=front)
    assert (bound.pages, bound.front, bound.pieces[0].first) == (1, 2, 1)
    assert texts(target) == ["list", "more", "oneE01第1页·总第1页"]
    assert marks(target) == [("佐证材料目录", 0), ("E01 标题", 2)]
    with pikepdf.open(target) as document:
        assert [page.label for page in document.pages] == ["i", "ii", "1"]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("size", [(595, 842), (842, 595), (1684, 2384), (300, 200)])
def test_the_stamp_stands_at_the_right_foot_of_the_page_as_it_is_seen(target, rotate, size):
    black = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf("x", size=size, rotate=rotate))) as document:
        document.pages[0].contents_add(f"0 g 0 0 {size[0]} {size[1]} re f".encode())
        document.save(black)
    bind([piece("E01", black.getvalue())], target)
    with OpenPdf(target) as document:
        width, height, pixels = document.picture(0, 800 / max(size))
    seen = Image.frombytes("RGBA", (width, height), pixels).convert("L")
    box = seen.point(lambda value: 255 * (value > 128)).getbbox()
    assert box is not None
    left, top, right, bottom = box
    assert left > width * 0.5
    assert width - 40 < right < width
    assert height - 30 < top < bottom < height
    assert seen.crop((left + 2, top + 2, right - 2, bottom - 2)).getextrema()[0] < 100  # words on the white


def test_pictures_lie_as_they_are_seen_on_a_page_of_their_shape(target, tmp_path):
    for orientation, first, last in ((1, RED, BLUE), (2, BLUE, RED), (3, BLUE, RED), (4, RED, BLUE)):
        bind([piece("E01", picture(orientation=orientation), name="a.jpg")], target)
        seen = shown(target)
        assert seen.width > seen.height
        assert alike(seen.getpixel((seen.width // 4, seen.height // 2)), first), orientation
        assert alike(seen.getpixel((seen.width * 3 // 4, seen.height // 2)), last), orientation
    for orientation, first, last in ((5, RED, BLUE), (6, RED, BLUE), (7, BLUE, RED), (8, BLUE, RED)):
        bind([piece("E01", picture(orientation=orientation), name="a.jpg")], target)
        seen = shown(target)
        assert seen.width < seen.height
        assert alike(seen.getpixel((seen.width // 2, seen.height // 4)), first), orientation
        assert alike(seen.getpixel((seen.width // 2, seen.height * 3 // 4)), last), orientation


@pytest.mark.parametrize(
    ("kind", "mode"), [("JPEG", "CMYK"), ("JPEG", "L"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "1")]
)
def test_pictures_of_every_mode_keep_their_look(target, kind, mode):
    content = picture(kind=kind, mode=mode)
    bind([piece("E01", content, name="a.png")], target)
    wanted = Image.open(io.BytesIO(content)).convert("RGB").resize((8, 8)).getpixel((1, 4))
    assert alike(shown(target).resize((8, 8)).getpixel((2, 4)), wanted)


@pytest.mark.parametrize("nested", [False, True])
def test_a_signature_stays_to_be_seen_and_does_not_claim_to_be_one(target, tmp_path, nested):
    front = tmp_path / "front.pdf"
    front.write_bytes(pdf("目录"))
    bound = bind(
        [piece("E01", pdf("one")), piece("E02", signed_pdf(nested=nested)), piece("E03", pdf("two"))],
        target,
        front=front,
    )
    assert bound.signed == ("E02",)
    seen = shown(target, 2)
    assert alike(seen.getpixel((100, 70)), (230, 0, 0))
    with pikepdf.open(target) as document:
        marks = document.pages[2].obj.Annots
        assert [mark.Subtype for mark in marks] == [pikepdf.Name.Stamp, pikepdf.Name.Widget]
        assert not {"/FT", "/V", "/Parent"} & set(marks[0].keys())
        assert [str(field.T) for field in document.Root.AcroForm.Fields] == ["Name"]
        assert "/SigFlags" not in document.Root.AcroForm


@pytest.mark.parametrize("broken", ["annots", "circle"])
def test_a_signed_piece_with_a_broken_form_is_bound_all_the_same(target, broken):
    with pikepdf.open(io.BytesIO(signed_pdf(nested=True))) as document:
        if broken == "annots":
            document.pages[0].obj.Annots.append(5)
        else:
            text = document.pages[0].obj.Annots[1]
            text.Kids = pikepdf.Array([text])
        stream = io.BytesIO()
        document.save(stream)
    assert bind([piece("E01", stream.getvalue())], target).signed == ("E01",)


def test_nothing_is_said_of_signatures_where_there_is_none(target):
    assert bind([piece("E01", pdf("one"))], target).signed == ()


def test_a_jpeg_is_not_packed_a_second_time(tmp_path):
    content = picture((900, 700))
    picture_page("a.jpg", content, tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as document:
        assert document.pages[0].get_images()["/Im"].read_raw_bytes() == content


def test_office_files_are_attached_as_they_are_behind_a_page_that_says_so(target):
    other = office("word/document.xml", "word/media/a.bin")
    pieces = [
        piece("E01", DOCX, name="制度.docx", title="制度汇编"),
        piece("E02", XLSX, name="台账.xlsx"),
        piece("E03", other, name="制度.docx"),
    ]
    bind(pieces, target)
    pages = texts(target)
    assert "制度汇编" in pages[0]
    assert "制度.docx" in pages[0]
    assert "附件" in pages[0]
    with pikepdf.open(target) as document:
        kept = {name: spec.get_file().read_bytes() for name, spec in document.attachments.items()}
    assert kept == {"E01 制度.docx": DOCX, "E02 台账.xlsx": XLSX, "E03 制度.docx": other}


@pytest.mark.parametrize(
    ("broken", "error", "words"),
    [
        (piece("E02", pdf("x", password="geheim"), name="锁.pdf"), AttachmentError, "“锁.pdf”设了打开密码"),
        (piece("E02", pdf("x", "y")[:-400], name="断.pdf"), AttachmentError, "“断.pdf”不是一份完整的 PDF"),
        (piece("E02", picture()[:900], name="图.jpg"), AttachmentError, "“图.jpg”这张图片不完整"),
        (piece("E02", pdf("x"), name="变.pdf", pages=7), ExportError, "佐证 E02“变.pdf”合订不进去"),
    ],
)
def test_a_broken_piece_is_named_and_nothing_is_bound(target, tmp_path, broken, error, words):
    target.write_bytes(b"old")
    with pytest.raises(error, match=words):
        bind([piece("E01", pdf("one")), broken, piece("E03", pdf("three"))], target)
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_a_piece_whose_content_is_gone_is_named(target):
    def gone():
        raise StoreError("attachment_gone")

    with pytest.raises(ExportError, match="佐证 E02“丢"):
        bind([Piece("E02", "", "丢.pdf", 1, gone)], target)
    with pytest.raises(ExportError) as refused:
        bind([], target)
    assert refused.value.code == "binding_empty"
    assert not target.exists()


def test_a_result_that_reads_back_otherwise_is_not_left(target, monkeypatch):
    monkeypatch.setattr("pilotdesk.documents.binding_sheets.stamp_pages", lambda pages, words: None)
    with pytest.raises(ExportError) as refused:
        bind([piece("E01", pdf("one"))], target)
    assert refused.value.code == "binding_differs"
    assert not target.exists()


def test_binding_stops_when_progress_says_so(target, tmp_path):
    class Stop(BaseException):
        pass

    def progress(done, total):
        if done == 1:
            raise Stop

    with pytest.raises(Stop):
        bind([piece("E01", pdf("one")), piece("E02", pdf("two"))], target, progress=progress)
    assert list(tmp_path.iterdir()) == []
