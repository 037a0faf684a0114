"""Foreign Word files: read as a reader sees them, rewritten without touching the rest, refused when they are something else."""

from __future__ import annotations

import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pilotdesk.documents.opened import (
    Grid,
    OpenedDocx,
    cell_text,
    paragraph_text,
    pieces,
    replace_text,
    set_box,
)
from pilotdesk.documents.opened.names import TBL, W14, P, W
from pilotdesk.errors import PackageError
from tests.documents.foreign_forms import MAIN, NAMES, run, save, table


def element(xml: str) -> etree._Element:
    return etree.fromstring(xml.replace(">", f" {NAMES}>", 1))


def par(inner: str) -> etree._Element:
    return element(f"<w:p>{inner}</w:p>")


def code_of(path) -> str:
    with pytest.raises(PackageError) as caught:
        OpenedDocx.open(path)
    assert str(caught.value)
    return caught.value.code


# -- text ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (run("甲") + "<w:ins>" + run("乙") + "</w:ins><w:del><w:r><w:delText>丙</w:delText></w:r></w:del>", "甲乙"),
        ("<w:moveFrom>" + run("旧") + "</w:moveFrom><w:moveTo>" + run("新") + "</w:moveTo>", "新"),
        ("<w:r><w:tab/><w:t>a</w:t><w:br/><w:t>b</w:t></w:r>", "\ta\nb"),
        ("<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>" + run("控件") + "</w:sdtContent></w:sdt>", "控件"),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="F0A3"/></w:r>' + run("是"), "□是"),
        ('<w:r><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>\uf0fe</w:t></w:r>', "☑"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
            '<w:r><w:t>code</w:t></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("3")
            + '<w:r><w:fldChar w:fldCharType="end"/></w:r>' + run("页"),
            "3页",
        ),
        (
            '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="1"/></w:checkBox></w:ffData>'
            '</w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>' + run("企业"),
            "☑企业",
        ),
    ],
)  # fmt: skip
def test_a_paragraph_reads_as_a_person_reads_it(inner, text):
    assert paragraph_text(par(inner)) == text


def test_a_text_box_is_read_once_and_is_no_part_of_its_paragraph(tmp_path):
    box = "<w:txbxContent><w:p>{}</w:p></w:txbxContent>"
    shape = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing>" + box.format(run("新")) + "</w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict>" + box.format(run("旧")) + "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        + run("外") + "</w:p>"
    )  # fmt: skip
    opened = OpenedDocx.open(save(tmp_path / "a.docx", shape))
    assert [paragraph_text(one) for one in opened.paragraphs()] == ["外", "新"]


texts = st.text(st.sampled_from("甲乙丙ab _　\t\n"), max_size=6)


@given(st.lists(texts, min_size=1, max_size=5), texts, st.data())
def test_replacing_changes_exactly_what_it_says(parts, new, data):
    look = '<w:b w:val="{}"/>'
    paragraph = par("".join(run("", look.format(n)) for n in range(len(parts))))
    for one, text in zip(paragraph, parts, strict=True):
        one.remove(one[-1])
        for sign in text:
            made = etree.SubElement(one, W + {"\t": "tab", "\n": "br"}.get(sign, "t"))
            made.text = None if sign in "\t\n" else sign
    whole = "".join(parts)
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, len(whole)))
    before = {piece.start: piece.run[0][0].get(f"{W}val") for piece in pieces(paragraph)}
    replace_text(paragraph, start, end, new)
    assert paragraph_text(paragraph) == whole[:start] + new + whole[end:]
    for piece in pieces(paragraph):
        if piece.start >= start + len(new):
            assert piece.run[0][0].get(f"{W}val") == before[piece.start - len(new) + end - start]
        elif start < end and piece.start >= start:
            first = max(at for at in before if at <= start)
            assert piece.run[0][0].get(f"{W}val") == before[first]


def test_an_empty_paragraph_gives_its_mark_s_look_to_what_is_written():
    paragraph = par('<w:pPr><w:rPr><w:ins w:id="1"/><w:sz w:val="32"/></w:rPr></w:pPr>')
    replace_text(paragraph, 0, 0, "　字 ")
    written = paragraph[-1]
    assert [child.tag for child in written[0]] == [f"{W}sz"]
    assert paragraph_text(paragraph) == "　字 "
    assert written[1].get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"


def test_a_control_that_is_answered_shows_no_prompt_any_more():
    paragraph = par(
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        + run("单击此处", '<w:rStyle w:val="PlaceholderText"/>') + "</w:sdtContent></w:sdt>"
    )  # fmt: skip
    replace_text(paragraph, 0, 4, "字")
    assert not list(paragraph.iter(f"{W}showingPlcHdr", f"{W}rStyle"))


@pytest.mark.parametrize(
    "inner",
    [
        run("□"),
        '<w:r><w:sym w:font="Wingdings" w:char="F06F"/></w:r>',
        '<w:r><w:rPr><w:rFonts w:ascii="Wingdings 2"/></w:rPr><w:t>\uf0a3</w:t></w:r>',
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox/></w:ffData></w:fldChar></w:r>',
        '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="2611"/>'
        "</w14:checkbox></w:sdtPr><w:sdtContent>" + run("□") + "</w:sdtContent></w:sdt>",
    ],
)
def test_boxes_of_every_make_are_ticked_and_unticked(inner):
    paragraph = par(inner)
    set_box(pieces(paragraph)[0], taken=True)
    assert paragraph_text(paragraph) == "☑"
    for state in paragraph.iter(f"{W14}checked"):
        assert state.get(f"{W14}val") == "1"
    set_box(pieces(paragraph)[0], taken=False)
    assert paragraph_text(paragraph) in "□☐"


# -- tables ----------------------------------------------------------------------------------------


def grid(rows) -> Grid:
    return Grid(element(table(rows)))


def test_merged_cells_stand_in_every_place_they_cover():
    made = grid([["a", ("b", 2)], ["^", "c", "d"], ["^", ("e", 2)]])
    assert made.width == 3
    assert made.at(2, 0) is made.at(0, 0)
    assert made.at(0, 0).rows == 3
    assert [cell.text for cell in made.row(1)] == ["a", "c", "d"]
    assert made.at(0, 2).text == "b"
    assert made.at(3, 0) is None


@given(st.lists(st.lists(st.integers(1, 3), min_size=1, max_size=4), min_size=1, max_size=5))
def test_every_cell_has_its_text_wherever_rows_are_broken(spans):
    rows = [[(f"{row}/{number}", span) for number, span in enumerate(one)] for row, one in enumerate(spans)]
    made = grid(rows)
    for row, one in enumerate(spans):
        at = 0
        for number, span in enumerate(one):
            for column in range(at, at + span):
                assert made.at(row, column).text == f"{row}/{number}"
            at += span
    assert len(made.cells) == sum(map(len, spans))


def test_rows_and_cells_in_controls_are_found_and_nested_tables_stand_apart():
    inner = table([["x"]])
    wrapped = (
        "<w:tbl><w:sdt><w:sdtContent><w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr><w:sdt><w:sdtContent><w:tc><w:p>"
        + run("名") + f"</w:p>{inner}<w:p/></w:tc></w:sdtContent></w:sdt></w:tr></w:sdtContent></w:sdt></w:tbl>"
    )  # fmt: skip
    made = Grid(element(wrapped))
    assert made.at(0, 0) is None
    assert made.at(0, 1).text == "名\n"
    assert made.at(0, 1).tables()[0].at(0, 0).text == "x"
    assert cell_text(made.cells[0].element) == "名\n"


# -- packages --------------------------------------------------------------------------------------


def test_what_is_not_changed_goes_back_byte_for_byte(tmp_path):
    path = save(
        tmp_path / "a.docx",
        "项目名称：",
        [["甲", ""]],
        more={"word/styles.xml": b"<a>\r\n</a>", "x.bin": b"\0\1"},
    )
    opened = OpenedDocx.open(path)
    before = etree.tostring(opened.root, method="c14n2")
    opened.save(tmp_path / "b.docx")
    again = OpenedDocx.open(tmp_path / "b.docx")
    assert etree.tostring(again.root, method="c14n2") == before
    replace_text(opened.paragraphs()[0], 5, 5, "试点")
    opened.save(tmp_path / "b.docx")
    old, new = (zipfile.ZipFile(one) for one in (path, tmp_path / "b.docx"))
    assert old.namelist() == new.namelist()
    same = [name for name in old.namelist() if old.read(name) == new.read(name)]
    assert same == [name for name in old.namelist() if name != "word/document.xml"]
    changed = [one for one in OpenedDocx.open(tmp_path / "b.docx").body if one.tag == P]
    assert paragraph_text(changed[0]) == "项目名称：试点"


def test_the_document_part_is_where_the_package_says(tmp_path):
    opened = OpenedDocx.open(save(tmp_path / "a.docx", [["甲"]], part="word/document2.xml"))
    assert opened.part == "word/document2.xml"
    assert len(list(opened.body.iter(TBL))) == len(opened.tables()) == 1


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "docx_is_doc"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "docx_encrypted"),
        ("a.wps", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "docx_is_wps"),
        ("a.rtf", b"{\\rtf1", "docx_is_other"),
        ("a.docx", b"%PDF-1.7", "docx_is_other"),
        ("a.doc", b"<html></html>", "docx_is_other"),
        ("a.docx", b"PK\x03\x04 cut off", "docx_unreadable"),
        ("a.docx", b"", "docx_unreadable"),
    ],
)  # fmt: skip
def test_other_files_are_answered_with_what_to_do(tmp_path, name, content, code):
    path = tmp_path / name
    path.write_bytes(content)
    assert code_of(path) == code


def test_macros_other_packages_and_missing_files_are_refused(tmp_path):
    macros = MAIN.replace(
        "vnd.openxmlformats-officedocument.wordprocessingml.document", "vnd.ms-word.document.macroEnabled"
    )
    assert code_of(save(tmp_path / "a.docx", "x", main=macros)) == "docx_macros"
    assert code_of(save(tmp_path / "a.docx", "x", more={"word/vbaProject.bin": b"x"})) == "docx_macros"
    assert code_of(save(tmp_path / "a.xlsx", "x", main="application/sheet.main+xml")) == "docx_is_other"
    assert code_of(tmp_path / "nothing.docx") == "docx_missing"


def test_bombs_and_document_types_are_refused(tmp_path):
    bomb = {"word/media/a.xml": b" " * (41 << 20)}
    assert code_of(save(tmp_path / "a.docx", "x", more=bomb)) == "docx_unsafe"
    entity = '<!DOCTYPE w:document [<!ENTITY a "b">]><w:document/>'
    path = tmp_path / "b.docx"
    save(path, "x", more={"word/settings.xml": entity})
    assert code_of(path) == "docx_unsafe"
