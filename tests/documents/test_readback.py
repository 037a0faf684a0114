from __future__ import annotations

import shutil
import subprocess
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotdesk.documents.blocks import Body, Cell, PrintedAnswer, Table, Tick
from pilotdesk.documents.identity import from_properties
from pilotdesk.documents.opened.guarding import guard_zip
from pilotdesk.documents.readback import Difference, compare_docx, read_docx, read_word
from pilotdesk.documents.word import write_docx
from pilotdesk.documents.word.marks import mark_name, pack_paths, printings, unpack_paths
from pilotdesk.documents.word.markup import printable
from pilotdesk.errors import PackageError
from tests.documents import outlines
from tests.documents.word_outlines import maximal, small


def written(outline, folder, name="form.docx"):
    target = folder / name
    write_docx(outline, target, pages=None)
    return target


def changed(path, old, new, *, part="word/document.xml"):
    """The file with one text of a part replaced."""
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    assert old.encode() in parts[part]
    parts[part] = parts[part].replace(old.encode(), new.encode(), 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in parts.items():
            target.writestr(name, data)
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("word")


# -- what was written is read ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "outline", [small(), outlines.draft(small()), maximal()], ids=["final", "draft", "maximal"]
)
def test_every_answer_reads_back(outline, tmp_path):
    path = written(outline, tmp_path)
    assert compare_docx(outline, path) == ()
    texts = read_docx(path)
    for printing in printings(outline):
        assert texts[printing.path] == printing.text


def test_reading_needs_no_outline(tmp_path):
    texts = read_docx(written(small(), tmp_path))
    assert texts["project_name"] == outlines.PROJECT
    assert texts["earlier"] == "省级试点"
    assert texts["cover_units"] == "南汀县市场监督管理局\n南汀县数据发展服务中心"
    assert texts["partners[r0].c5"] == "丁　岚\n0794-0000210"
    assert texts["standards[r1].c2"] == "DB36/T 1512—2021"
    assert texts["background"] == outlines.BACKGROUND


def test_identity_is_read(tmp_path):
    identity = from_properties(read_word(written(small(), tmp_path)).properties)
    assert identity.form == "application"
    assert identity.code == "K7Q4-2M9X"


ODD = "A<B & C>\"'\u2028\u200b\u00ad\u2011🏛️👩‍💻𠮷䶮㛃\t \u3000"


@settings(max_examples=60, deadline=None)
@given(st.text(st.one_of(st.characters(), st.sampled_from(ODD + "\n\r\x0b\x00\x1f\ufffe")), max_size=60))
def test_any_text_reads_back_as_it_can_be_printed(folder, text):
    table = Table("", "", (156,), ("甲",), ((Cell(text, path="table[r_1].a"),),), "table")
    path = written(outlines.outline((Body(text, "body"), table)), folder)
    assert read_docx(path) == {"body": printable(text), "table[r_1].a": printable(text)}


def test_answer_printed_twice_is_compared_at_both_places(tmp_path):
    outline = outlines.outline(
        (
            Body("同一句话", "opinion"),
            Body("同一句话", "opinion"),
        )
    )
    path = written(outline, tmp_path)
    assert compare_docx(outline, path) == ()
    changed(path, "同一句话", "另一句话")
    assert [difference.found for difference in compare_docx(outline, path)] == ["另一句话"]


def test_free_text_that_looks_like_a_choice_stays_text(tmp_path):
    outline = outlines.outline((Body("☑ 甲 □ 乙", "typed"),))
    assert read_docx(written(outline, tmp_path))["typed"] == "☑ 甲 □ 乙"


def test_ticks_changed_by_hand_are_read(tmp_path):
    ticks = (Tick("无", False), Tick("市级", True), Tick("其他：区级", False))
    cell = Cell("", "value", path="kind", ticks=ticks)
    outline = outlines.outline((Table("", "", (156,), (), ((cell,),), "t"),))
    path = written(outline, tmp_path)
    assert read_docx(path)["kind"] == "市级"
    head, _, tail = zipfile.ZipFile(path).read("word/document.xml").decode().rpartition("□")
    changed(path, f"{head}□{tail}", f"{head}☑{tail}")
    assert read_docx(path)["kind"] == "市级；其他：区级"


# -- what differs is named -------------------------------------------------------------------------


def test_changed_answer_is_named_with_its_label(tmp_path):
    outline = small()
    path = changed(written(outline, tmp_path), "13800000021", "13800000029")
    assert compare_docx(outline, path) == (
        Difference("leader.mobile", "leader.mobile", "13800000021", "13800000029"),
    )


def test_lost_bookmark_is_a_difference(tmp_path):
    outline = small()
    path = changed(written(outline, tmp_path), mark_name("summary"), "somebody_else")
    (difference,) = compare_docx(outline, path)
    assert (difference.path, difference.found) == ("summary", None)


def test_answer_that_no_block_prints_is_a_difference(tmp_path):
    outline = outlines.outline((Body("甲", "a"),))
    outline = replace(outline, answers=(*outline.answers, PrintedAnswer("b", "乙栏", "乙")))
    assert compare_docx(outline, written(outline, tmp_path)) == (Difference("b", "乙栏", "乙", None),)


def test_category_that_is_not_in_the_figure_is_a_difference(tmp_path):
    outline = small()
    answer = PrintedAnswer("system[n1].name", "体系", "没有画出来的类目")
    outline = replace(outline, answers=(*outline.answers, answer))
    assert [difference.path for difference in compare_docx(outline, written(outline, tmp_path))] == [
        answer.path
    ]


# -- what other programs make of it ----------------------------------------------------------------


def test_bookmark_before_its_paragraph_gives_no_empty_line(tmp_path):
    path = written(outlines.outline((Body("甲\n乙", "text"),)), tmp_path)
    start = f'<w:bookmarkStart w:id="1" w:name="{mark_name("text")}"/>'
    changed(path, start, "")
    changed(path, "<w:body>", f"<w:body>{start}")
    assert read_docx(path)["text"] == "甲\n乙"


def test_bookmark_begun_in_both_paragraphs_is_one(tmp_path):
    path = written(outlines.outline((Body("甲\n乙", "text"),)), tmp_path)
    second = f'<w:bookmarkStart w:id="99" w:name="{mark_name("text")}"/><w:r><w:t xml:space="preserve">乙'
    changed(path, '<w:r><w:t xml:space="preserve">乙', second)
    changed(path, '<w:bookmarkEnd w:id="1"/>', '<w:bookmarkEnd w:id="99"/>')
    assert read_docx(path)["text"] == "甲\n乙"


def test_deleted_text_is_not_read_and_inserted_text_is(tmp_path):
    path = written(outlines.outline((Body("甲乙", "text"),)), tmp_path)
    new = (
        '<w:del w:id="7" w:author="a"><w:r><w:delText>甲乙</w:delText></w:r></w:del>'
        '<w:ins w:id="8" w:author="a"><w:r><w:t>丙</w:t></w:r></w:ins>'
    )
    changed(path, '<w:r><w:t xml:space="preserve">甲乙</w:t></w:r>', new)
    assert read_docx(path)["text"] == "丙"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_all_answers_survive_libreoffice(tmp_path):
    outline = small()
    path = written(outline, tmp_path)
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(tmp_path / "saved"),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=280,
    )
    saved = tmp_path / "saved" / path.name
    assert compare_docx(outline, saved) == ()
    assert read_docx(saved) == read_docx(path)
    assert read_word(saved) == read_word(path)


# -- files that nobody should trust ----------------------------------------------------------------


def code_of(call, *arguments):
    with pytest.raises(PackageError) as caught:
        call(*arguments)
    assert str(caught.value)  # there is a sentence for it
    return caught.value.code


TYPES = '<Types><Default ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document"/></Types>'


def zip_of(path, parts, compression=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", compression) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


DOCUMENT = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'


def test_missing_file(tmp_path):
    assert code_of(read_docx, tmp_path / "none.docx") == "docx_missing"


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x03\x04 torn"])
def test_file_that_is_no_zip(tmp_path, data):
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    assert code_of(read_docx, path) == "docx_unreadable"


def test_zip_that_is_no_word_file(tmp_path):
    assert code_of(read_docx, zip_of(tmp_path / "a.docx", {"x.txt": "x"})) == "docx_unreadable"


def test_torn_xml(tmp_path):
    assert (
        code_of(read_docx, zip_of(tmp_path / "a.docx", {"word/document.xml": "<w:document"}))
        == "docx_unreadable"
    )


def test_damaged_compressed_data(tmp_path):
    path = written(small(), tmp_path)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        at = archive.getinfo("word/document.xml").header_offset + 200
    data[at : at + 40] = bytes(40)
    path.write_bytes(bytes(data))
    assert code_of(read_docx, path) == "docx_unreadable"


def test_word_file_of_somebody_else_is_foreign(tmp_path):
    path = zip_of(tmp_path / "a.docx", {"word/document.xml": DOCUMENT.format("<w:p/>")})
    assert code_of(read_docx, path) == "docx_foreign"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_type_is_refused(tmp_path, encoding):
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY e "x">]>{DOCUMENT.format("&e;")}'
    )
    assert (
        code_of(read_docx, zip_of(tmp_path / "a.docx", {"word/document.xml": text.encode(encoding)}))
        == "docx_unsafe"
    )


def test_document_type_behind_a_long_comment_is_refused(tmp_path):
    text = f"<!--{'x' * 9000}--><!DOCTYPE x []>{DOCUMENT.format('')}"
    assert code_of(read_docx, zip_of(tmp_path / "a.docx", {"word/document.xml": text})) == "docx_unsafe"


def test_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = zip_of(
        tmp_path / "a.docx", {"word/document.xml": DOCUMENT.format(""), "word/media/a.png": bytes(30 << 20)}
    )
    assert code_of(read_docx, path) == "docx_unsafe"


@pytest.mark.parametrize("name", ["../../evil.xml", "/etc/evil.xml", "word\\..\\..\\evil.xml"])
def test_name_that_climbs_out_is_refused(tmp_path, name):
    assert (
        code_of(
            read_docx, zip_of(tmp_path / "a.docx", {"word/document.xml": DOCUMENT.format(""), name: "<x/>"})
        )
        == "docx_unsafe"
    )


def test_too_many_parts_are_refused(tmp_path):
    path = zip_of(
        tmp_path / "a.docx", {f"word/{number}.bin": b"" for number in range(2001)}, zipfile.ZIP_STORED
    )
    with zipfile.ZipFile(path) as archive:
        assert code_of(guard_zip, archive, "a.docx") == "docx_unsafe"


def test_deep_nesting_ends_well(tmp_path):
    deep = DOCUMENT.format("<w:p><w:r>" + "<w:x>" * 5000 + "</w:x>" * 5000 + "</w:r></w:p>")
    assert code_of(read_docx, zip_of(tmp_path / "a.docx", {"word/document.xml": deep})) == "docx_unreadable"


# -- the list of paths -----------------------------------------------------------------------------


def test_paths_pack_small_and_come_back():
    paths = ["name", "leader.mobile"]
    paths += [
        f"standards[r_{number * 7919:08x}].{column}"
        for number in range(600)
        for column in ("code", "name", "date")
    ]
    packed = pack_paths(paths)
    assert sum(len(piece) for piece in packed.values()) < 6_000
    assert list(unpack_paths(packed)) == paths


def test_rows_with_different_columns_come_back():
    paths = ["a[r_1].x", "a[r_1].y", "a[r_2].x", "b", "a[r_3].x", "a[r_3].y"]
    assert sorted(unpack_paths(pack_paths(paths))) == sorted(paths)


@pytest.mark.parametrize("pieces", [{}, {"pilotdesk.paths.001": "?"}, {"pilotdesk.paths.001": "AAAA"}])
def test_damaged_list_is_refused(pieces):
    with pytest.raises(ValueError, match="list of paths"):
        unpack_paths(pieces)


def test_list_that_grows_without_end_is_refused():
    import base64
    import zlib

    letters = base64.b64encode(zlib.compress(b"[" * (5 << 20))).decode()
    with pytest.raises(ValueError, match="cut off"):
        unpack_paths({"pilotdesk.paths.001": letters})


def test_mark_names_fit_word_and_differ():
    paths = [f"table[r_{number:08x}].a_rather_long_name_of_a_column" for number in range(5000)]
    names = {mark_name(path) for path in paths}
    assert len(names) == 5000
    assert max(len(mark_name(path, occurrence=12)) for path in paths[:9]) <= 40
