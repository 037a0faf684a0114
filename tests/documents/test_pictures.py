"""Attached pictures: made small and upright, in rows, shown in Word and PDF; the outline only names them."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pikepdf
import pytest
from msgspec.structs import replace
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from pilotdesk.documents.blocks import Heading, Outline, Picture, Pictures
from pilotdesk.documents.outline import build_outline
from pilotdesk.documents.pdf import read_pdf_text, write_pdf
from pilotdesk.documents.pictures import ALONE_MM, HALF_MM, MISSING_MM, WHOLE_MM, Album, prepared
from pilotdesk.documents.word import write_docx
from pilotdesk.errors import StoreError
from pilotdesk.forms.values import Attachment
from pilotdesk.projects import outline_of, sample_package, session_of_package

LYING = 6
"""EXIF: the camera was held upright."""


def photo(width, height, *, kind="JPEG", orientation=0, mode="RGB", **settings):
    """A picture, red above and blue below as it is stored."""
    image = Image.new("RGB", (width, height), "blue")
    image.paste("red", (0, 0, width, height // 2))
    exif = Image.Exif()
    if orientation:
        exif[0x0112] = orientation
    stream = io.BytesIO()
    image.convert(mode).save(stream, kind, exif=exif, **settings)
    return stream.getvalue()


def shown(ready):
    return Image.open(io.BytesIO(ready.content)).convert("RGB")


def album(**contents):
    asked = []

    def content(name):
        asked.append(name)
        return contents.get(name)

    made = Album(content)
    made.asked = asked
    return made


def gallery(*names, caption="现场"):
    return Pictures(tuple(Picture(f"图5-{n}", caption, "files", name) for n, name in enumerate(names, 1)))


def outline(block):
    return Outline(
        "申报书",
        "申报书",
        "项目",
        "单位",
        None,
        1,
        True,
        "草　稿",
        "",
        "PD1",
        (Heading(1, "五、基础", "s"), block),
    )


def sizes(rows):
    return [tuple(tuple(map(round, one.size_mm)) for one in row) for row in rows]


def test_a_picture_is_scaled_to_200_dots_to_the_inch_and_no_further():
    large, small = prepared(photo(4000, 3000), HALF_MM), prepared(photo(300, 200), HALF_MM)
    assert (large.width, large.height) == (594, 446)
    assert (small.width, small.height) == (300, 200)
    assert shown(large).size == (594, 446)


def test_a_picture_stands_upright_as_the_camera_was_held():
    ready = prepared(photo(400, 200, orientation=LYING), WHOLE_MM)
    assert (ready.width, ready.height) == (200, 400)
    left, right = shown(ready).getpixel((20, 200)), shown(ready).getpixel((180, 200))
    assert left[2] > 200 > right[2]
    assert right[0] > 200 > left[0]


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("PNG", "RGBA"), ("PNG", "LA"), ("PNG", "P"), ("PNG", "1"), ("JPEG", "CMYK"), ("JPEG", "L")],
)
def test_pictures_of_every_kind_of_colour_are_shown(kind, mode):
    ready = prepared(photo(60, 40, kind=kind, mode=mode), HALF_MM)
    assert Image.open(io.BytesIO(ready.content)).mode in {"RGB", "L"}


def test_a_png_that_needs_nothing_keeps_its_rows_and_says_nothing_of_where_it_came_from():
    told = PngInfo()
    told.add_text("Author", "Wang")
    content = photo(60, 40, kind="PNG", pnginfo=told, compress_level=1)
    ready = prepared(content, HALF_MM)
    start = content.index(b"IDAT")
    assert ready.content[ready.content.index(b"IDAT") :] == content[start:]
    assert b"Author" in content
    assert b"Author" not in ready.content
    assert shown(ready).tobytes() == Image.open(io.BytesIO(content)).tobytes()


def test_a_turned_png_is_held_upright():
    ready = prepared(photo(60, 40, kind="PNG", orientation=LYING), HALF_MM)
    assert (ready.width, ready.height) == (40, 60)
    assert shown(ready).size == (40, 60)


def test_a_damaged_png_of_the_right_size_is_none():
    content = bytearray(photo(60, 40, kind="PNG"))
    content[content.index(b"IDAT") + 12] ^= 0xFF
    assert prepared(bytes(content), HALF_MM) is None


def test_what_is_transparent_is_white():
    stream = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(stream, "PNG")
    assert shown(prepared(stream.getvalue(), HALF_MM)).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("content", [b"", b"no picture", photo(300, 300)[:200]])
def test_a_broken_picture_is_none(content):
    assert prepared(content, HALF_MM) is None


def test_rows_hold_two_wide_ones_stand_alone():
    made = album(a=photo(4000, 3000), b=photo(3000, 4000), wide=photo(3200, 1800))
    rows = made.rows(gallery("a", "b", "a", "wide", "b"))
    assert [len(row) for row in rows] == [2, 1, 1, 1]
    assert sizes(rows) == [((76, 57), (75, 100)), ((110, 83),), ((156, 88),), ((67, 90),)]
    assert max(size for row in rows for one in row for size in one.size_mm) <= max(*WHOLE_MM, *ALONE_MM)


def test_a_long_caption_has_a_row_of_its_own():
    made = album(a=photo(400, 300))
    assert [
        len(row) for row in made.rows(gallery("a", "a", caption="乡镇便民服务中心帮办代办点老年人优先窗口"))
    ] == [1, 1]


@pytest.mark.parametrize("trouble", [None, StoreError("attachment_gone")])
def test_a_picture_that_is_not_at_hand_is_a_frame(trouble, tmp_path):
    def content(_sha256):
        if trouble:
            raise trouble
        return

    made = Album(content)
    assert made.rows(gallery("a"))[0][0].size_mm == MISSING_MM
    write_pdf(outline(gallery("a")), tmp_path / "a.pdf", None, made)
    assert "图片不在这份稿子里" in read_pdf_text(tmp_path / "a.pdf").text
    write_docx(outline(gallery("a")), tmp_path / "a.docx", pages=1, album=made)
    assert "图片不在这份稿子里" in zipfile.ZipFile(tmp_path / "a.docx").read("word/document.xml").decode()


def test_both_files_show_the_same_pictures_and_read_each_once(tmp_path):
    made = album(a=photo(4000, 3000), b=photo(1000, 800, kind="PNG"))
    document = outline(gallery("a", "b"))
    result = write_pdf(document, tmp_path / "a.pdf", None, made)
    write_docx(document, tmp_path / "a.docx", pages=result.pages, contents=result.headings, album=made)
    with zipfile.ZipFile(tmp_path / "a.docx") as package:
        media = {name: package.read(name) for name in package.namelist() if "media" in name}
    small = {
        prepared(photo(4000, 3000), HALF_MM).content,
        prepared(photo(1000, 800, kind="PNG"), HALF_MM).content,
    }
    assert small <= set(media.values())
    assert {name.rpartition(".")[2] for name in media} == {"png", "jpeg"}
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        images = [image for page in pdf.pages for image in page.get_images().values()]
        jpegs = [image.read_raw_bytes() for image in images if image.Filter[0] == "/DCTDecode"]
    assert len(images) == 2
    assert set(jpegs) < small
    assert made.asked.count("a") == 2  # once for its shape, once to be made small
    text = read_pdf_text(tmp_path / "a.pdf").text
    assert "图5-1　现场" in text
    assert "图5-2　现场" in text


def test_the_sample_shows_its_screenshots_below_their_part():
    package = sample_package()
    session = session_of_package(package, date(2026, 6, 12))
    made = outline_of(session, draft=True)
    (block,) = (block for block in made.blocks if isinstance(block, Pictures))
    assert [(one.number, one.path) for one in block.pictures] == [
        ("图2-1", "credit_reports"),
        ("图2-2", "credit_reports"),
    ]
    assert {one.sha256 for one in block.pictures} <= package.files.keys()
    file = Attachment("0" * 64, "荣誉证书.jpg", 3, "image/jpeg")
    snapshot = session.freeze()
    values = {
        **snapshot.values,
        "honour_files": (*snapshot.values["honour_files"], file),
        "credit_reports": None,
    }
    again = build_outline(session.pack, session.form, replace(snapshot, values=values), watermark="草　稿")
    (block,) = (block for block in again.blocks if isinstance(block, Pictures))
    assert [(one.number, one.caption) for one in block.pictures] == [("图5-1", "荣誉证书")]
