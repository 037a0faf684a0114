"""The written file: what is in it, and that reading it back finds every answer and every fault."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import zlib
from dataclasses import replace

import pypdfium2 as pdfium
import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdfium2 import raw

from pilotdesk.documents.blocks import Body, Cell, Grid, GridRow, Heading, Table
from pilotdesk.documents.pdf import find_missing, page_count, read_pdf_text, render_page, write_pdf
from pilotdesk.documents.pdf.styles import MM, PORTRAIT
from pilotdesk.errors import ExportError
from tests.documents import outlines
from tests.documents.outlines import label, ticked, value


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The sample, its file and what was said of it."""
    outline, path = outlines.sample(), tmp_path_factory.mktemp("pdf") / "sample.pdf"
    return outline, path, write_pdf(outline, path)


@pytest.fixture(scope="module")
def extreme(tmp_path_factory):
    outline, path = outlines.extreme(), tmp_path_factory.mktemp("pdf") / "extreme.pdf"
    return outline, path, write_pdf(outline, path)


def streams(path):
    """Every stream of the file, unpacked."""
    content = path.read_bytes()
    return [zlib.decompress(part) for part in re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL)]


def test_every_answer_of_the_sample_is_found(sample):
    outline, path, result = sample
    assert len(outline.answers) > 1500
    assert find_missing(outline, read_pdf_text(path)) == ()
    assert result.pages == page_count(path) - 1  # the cover is not counted
    assert result.missing == frozenset()


def test_every_answer_at_its_limit_is_found(extreme):
    outline, path, result = extreme
    assert find_missing(outline, read_pdf_text(path)) == ()
    assert result.pages > 70


def test_the_same_outline_gives_the_same_bytes(sample, tmp_path):
    _, path, _ = sample
    write_pdf(outlines.sample(), tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == path.read_bytes()


def test_the_same_bytes_come_from_another_process(sample, tmp_path):
    _, path, _ = sample
    script = (
        "import sys; from pathlib import Path; from tests.documents import outlines;"
        "from pilotdesk.documents.pdf import write_pdf; write_pdf(outlines.sample(), Path(sys.argv[1]))"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "other.pdf")], check=True)
    assert (tmp_path / "other.pdf").read_bytes() == path.read_bytes()


def test_all_fonts_are_embedded_and_none_is_helvetica(sample):
    _, path, _ = sample
    content = path.read_bytes()
    assert b"Helvetica" not in content
    assert b"Times" not in content
    fonts = re.findall(rb"/BaseFont /([A-Z]{6}\+[\w-]+)", content)
    assert {name[7:].decode() for name in fonts} == {
        "NotoSerifSC-Regular", "NotoSerifSC-Bold", "NotoSansSC-Medium", "PilotFang-Regular", "PilotKai-Regular",
    }  # fmt: skip
    assert (
        content.count(b"/FontFile2")
        == content.count(b"/Subtype /CIDFontType2")
        == content.count(b"/Type0")
        == 5
    )
    assert content.count(b"/ToUnicode") == 5


def test_rare_characters_are_copied_out_as_they_are(tmp_path):
    text = f"{outlines.RARE}祎😀Ω①“一—二”…"
    outline = outlines.outline((Body(text, "a"),))
    write_pdf(outline, tmp_path / "a.pdf")
    found = read_pdf_text(tmp_path / "a.pdf")
    assert found.answers["a"] == (text,)
    assert text in found.text
    mapping = b"".join(stream for stream in streams(tmp_path / "a.pdf") if b"beginbfchar" in stream)
    assert b"<D842DFB7>" in mapping  # 𠮷 as UTF-16


def test_ligatures_that_the_reader_takes_apart_are_not_reported(tmp_path):
    outline = small(("a", "ﬁle ﬂow"))
    assert found_missing(outline, outline, tmp_path / "a.pdf") == []


def test_properties_and_language(sample):
    outline, path, _ = sample
    with pdfium.PdfDocument(path) as document:
        properties = document.get_metadata_dict()
    assert properties["Title"] == f"{outline.project}　{outline.title}"
    assert properties["Author"] == outline.unit
    assert properties["Creator"] == "PilotDesk"
    assert b"/Lang (zh-CN)" in path.read_bytes()


def test_the_viewer_shows_the_headings(sample):
    _, path, result = sample
    with pdfium.PdfDocument(path) as document:
        shown = [(mark.get_title(), mark.level, mark.get_dest().get_index()) for mark in document.get_toc()]
        labels = [document.get_page_label(n) for n in range(3)]
    assert shown[:2] == [("封面", 0, 0), ("目录", 0, 1)]
    parts = [(title, page) for title, level, page in shown[2:] if level == 0]
    assert parts == [(place.title, place.page) for place in result.headings]
    assert ("（一）标准体系结构图", 1) in [(title, level) for title, level, _ in shown]
    assert labels == ["封面", "1", "2"]


def test_header_and_footer_are_read(sample):
    outline, path, result = sample
    pages = read_pdf_text(path).pages
    for number, text in enumerate(pages):
        assert outline.reference_line in text
        assert f"校验码 {outline.check_code}" in text
        assert f"共 {result.pages} 页" in text
        assert (f"— {number} —" in text) is (number > 0)


def test_progress_counts_pages(tmp_path):
    told = []
    write_pdf(outlines.sample(standard_count=3), tmp_path / "a.pdf", lambda *steps: told.append(steps))
    assert told == [(n, len(told)) for n in range(1, len(told) + 1)]
    assert len(told) == page_count(tmp_path / "a.pdf")


# --- faults are seen


def small(*pairs):
    rows = tuple(GridRow((label("栏"), value(text, path, span=4))) for path, text in pairs)
    return outlines.outline((Grid(outlines.GRID, rows),))


def found_missing(printed, wanted, path):
    write_pdf(printed, path)
    return [answer.path for answer in find_missing(wanted, read_pdf_text(path))]


@pytest.mark.parametrize(
    ("printed", "lost"),
    [
        ((("a", "南汀县"), ("b", "1")), ["c"]),
        ((("a", "南汀县"), ("b", "1"), ("c", "现")), ["c"]),
        ((("a", "南汀市"), ("b", "1"), ("c", "现行")), ["a"]),
        ((("a", "1"), ("b", "南汀县"), ("c", "现行")), ["a", "b"]),
        ((("a", "南汀县南汀县"), ("b", "1"), ("c", "现行")), ["a"]),
        ((("a", "南汀县"), ("b", "1"), ("c", "现行")), []),
        ((("a", "南汀　县"), ("b", "1"), ("c", "现 行")), []),
    ],
)
def test_an_answer_counts_only_in_its_own_place_and_whole(printed, lost, tmp_path):
    wanted = small(("a", "南汀县"), ("b", "1"), ("c", "现行"))
    assert found_missing(small(*printed), wanted, tmp_path / "a.pdf") == lost


def test_an_answer_printed_twice_has_to_stand_twice(tmp_path):
    twice = small(("a", "南汀县"), ("a", "南汀县"))
    assert found_missing(twice, twice, tmp_path / "a.pdf") == []
    assert found_missing(small(("a", "南汀县")), twice, tmp_path / "b.pdf") == ["a"]


def test_a_character_nobody_can_print_is_missing(tmp_path):
    outline = small(("a", "好\u0e01的"), ("b", "好"))
    assert write_pdf(outline, tmp_path / "a.pdf").missing == {"\u0e01"}
    text = read_pdf_text(tmp_path / "a.pdf")
    assert text.answers["a"] == ("好〓的",)
    assert [answer.path for answer in find_missing(outline, text)] == ["a"]


def test_ticks_are_read_from_the_page(tmp_path):
    grid = Grid(outlines.GRID, (GridRow((label("级"), ticked("a", "省级", "无", "市级", "省级", span=4))),))
    outline = outlines.outline((grid,))
    assert outline.answers[0].text == "省级"
    assert found_missing(outline, outline, tmp_path / "a.pdf") == []
    other = Grid(outlines.GRID, (GridRow((label("级"), ticked("a", "市级", "无", "市级", "省级", span=4))),))
    assert found_missing(outlines.outline((other,)), outline, tmp_path / "b.pdf") == ["a"]


def test_a_tick_is_painted_where_it_is_read(tmp_path):
    def dark(taken):
        grid = Grid(outlines.GRID, (GridRow((label("级"), ticked("a", taken, "是", "否", span=4))),))
        write_pdf(outlines.outline((grid,), reference_line=None), tmp_path / "a.pdf")
        image = render_page(tmp_path / "a.pdf", 0, 3)
        # Inside of the first box: value column 30 mm in, box 0.74 em, row 9 mm high.
        x, y = round((79.4 + 85 + 5.4 + 4.8) * 3), round((85 + 12.75) * 3)
        rows = [image.pixels[4 * (image.width * (y + n) + x - 8) :][: 4 * 16] for n in range(-8, 8)]
        return sum(1 for row in rows for n in range(0, 64, 4) if row[n] < 100)

    assert dark("是") > 30
    assert dark("否") == 0


def test_text_on_two_pages_and_between_footers_is_one_answer(tmp_path):
    text = outlines.long_text(5000)
    rows = ((Cell("1"), Cell(text, path="t[a].x"), Cell("短", path="t[a].y")),)
    outline = outlines.outline((Table("表1-1", "长", (16.0, 100.0, 40.0), ("一", "二", "三"), rows, "t"),))
    assert found_missing(outline, outline, tmp_path / "a.pdf") == []
    found = read_pdf_text(tmp_path / "a.pdf")
    assert len(found.pages) > 3
    assert len(found.answers["t[a].x"]) == 1


def test_a_damaged_file_says_so(tmp_path):
    (tmp_path / "x.pdf").write_bytes(b"not a pdf")
    for use in (read_pdf_text, page_count, lambda path: render_page(path, 0, 1)):
        with pytest.raises(ExportError) as trouble:
            use(tmp_path / "x.pdf")
        assert trouble.value.code == "pdf_unreadable"
        assert "x.pdf" in str(trouble.value)
    with pytest.raises(ExportError):
        read_pdf_text(tmp_path / "none.pdf")


def test_paths_with_brackets_and_chinese_letters_survive(tmp_path):
    outline = small(("t[r_1].a(b)\\c", "甲"), ("项目", "乙"))
    assert found_missing(outline, outline, tmp_path / "a.pdf") == []


SIGNS = st.text(
    st.one_of(st.characters(max_codepoint=0x2FF), st.characters(min_codepoint=0x3000, max_codepoint=0x9FFF))
)


@settings(max_examples=25)
@given(st.lists(SIGNS, min_size=1, max_size=6))
def test_any_text_is_read_back_or_reported(tmp_path_factory, texts):
    blocks = [Body(text, f"body{n}") for n, text in enumerate(texts)]
    rows = tuple(
        (Cell(text, path=f"t[{n}].a"), Cell(text[::-1], path=f"t[{n}].b")) for n, text in enumerate(texts)
    )
    outline = outlines.outline((*blocks, Table("", "", (60.0, 96.0), ("甲", "乙"), rows, "t")))
    path = tmp_path_factory.mktemp("pdf") / "a.pdf"
    result = write_pdf(outline, path)
    for answer in find_missing(outline, read_pdf_text(path)):
        assert set(answer.text) & result.missing, answer


# --- the look


def test_a_page_is_pictured(sample):
    _, path, _ = sample
    image = render_page(path, 2, 1.5)
    assert (image.width, image.height) == (893, 1263)
    assert len(image.pixels) == image.width * image.height * 4
    assert image.pixels[:4] == b"\xff\xff\xff\xff"
    with pytest.raises(IndexError):
        render_page(path, 999, 1)


def test_pictures_can_be_asked_for_from_several_threads(sample):
    _, path, _ = sample
    images = []
    threads = [
        threading.Thread(target=lambda n=n: images.append(render_page(path, n % 5, 0.5))) for n in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(images) == 12


def test_ink_stays_on_the_paper_and_off_the_margins(extreme):
    _, path, _ = extreme
    with pdfium.PdfDocument(path) as document:
        for page in document:
            width, height = page.get_size()
            for part in page.get_objects(max_depth=1):
                left, bottom, right, top = part.get_bounds()
                if part.type == raw.FPDF_PAGEOBJ_TEXT and right > left:
                    assert left > 70
                    assert right < width - 60
                    assert bottom > 40
                    assert top < height - 40


def test_label_value_and_digits_are_painted_level(tmp_path):
    grid = Grid(outlines.GRID, (GridRow((label("国标88"), value("国标88", "a", span=4))),))
    write_pdf(outlines.outline((grid,), project="x"), tmp_path / "a.pdf")
    with pdfium.PdfDocument(tmp_path / "a.pdf") as document:
        shown = document[0].get_textpage()
        text = shown.get_text_range()
        starts = [match.start() for match in re.finditer("国标88", text)]
        middles = []
        for start in starts:
            _, bottom, _, top = shown.get_charbox(start)
            digit = shown.get_charbox(start + 2)
            middles.append(((bottom + top) / 2, digit[1]))
        shown.close()
    (label_han, label_digit), (value_han, value_digit) = middles
    assert label_han == pytest.approx(value_han, abs=0.3)
    assert label_digit == pytest.approx(value_digit, abs=0.05)


def test_a_watermark_lies_below_the_text(tmp_path):
    write_pdf(outlines.draft(outlines.outline((Body("文", "a"),))), tmp_path / "a.pdf")
    with pdfium.PdfDocument(tmp_path / "a.pdf") as document:
        kinds = [part.type for part in document[0].get_objects(max_depth=1)]
    assert kinds[0] == raw.FPDF_PAGEOBJ_FORM
    assert raw.FPDF_PAGEOBJ_TEXT in kinds
    assert "草" not in read_pdf_text(tmp_path / "a.pdf").answers.get("a", ("",))[0]


def test_the_code_in_the_footer_is_kept_once(sample):
    _, path, _ = sample
    assert path.read_bytes().count(b"/Subtype /Form") == 1


def test_the_code_says_what_the_token_says(sample):
    outline, path, _ = sample
    image = render_page(path, 2, 10)
    matrix = segno.make_qr(outline.token, error="m", version=3, boost_error=False).matrix
    module = 12.5 * MM / len(matrix)
    for n, row in enumerate(matrix):
        for m, dark in enumerate(row):
            x = round((PORTRAIT.left + (m + 0.5) * module) * 10)
            y = round((PORTRAIT.bottom + 7 * MM + (n + 0.5) * module) * 10)
            assert (image.pixels[4 * (image.width * y + x)] < 128) == bool(dark), (n, m)


def test_the_file_is_small(sample):
    _, path, _ = sample
    assert path.stat().st_size < 600_000


def test_headings_of_the_result_are_those_of_level_one(tmp_path):
    blocks = (
        Heading(1, "一、甲", "x"),
        Heading(2, "（一）乙", "x"),
        Heading(3, "1. 丙", "x"),
        Body("丁", "a"),
    )
    result = write_pdf(outlines.outline(blocks), tmp_path / "a.pdf")
    assert result.headings == [("一、甲", 1, True)]
    assert result.page_of == {"a": 1}


def test_importing_the_package_loads_neither_reportlab_nor_pdfium():
    script = (
        "import sys, pilotdesk.documents, pilotdesk.documents.pdf, pilotdesk.documents.figure;"
        "print(sorted({m.partition('.')[0] for m in sys.modules} & {'reportlab', 'pypdfium2', 'segno', 'PIL'}))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[]"


def test_an_answer_that_was_never_marked_is_missing(sample):
    outline, path, _ = sample
    text = read_pdf_text(path)
    stripped = replace(text, answers={})
    assert len(find_missing(outline, stripped)) == len(outline.answers)
