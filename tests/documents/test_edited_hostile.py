"""Word files that nobody should trust, and files that are merely strange, read back: one sentence, or a full list."""

from __future__ import annotations

import tracemalloc
import zipfile

import pytest
from lxml import etree

from pilotdesk.documents.edited import read_edited
from pilotdesk.documents.edited.aligning import chain, risen
from pilotdesk.documents.edited.ticks import has_boxes, taken_labels, words_beside
from pilotdesk.errors import PackageError
from tests.documents.edited_kit import Hand, W, kept_file, kept_session

FORM, DOCUMENT = "summary_2027", "form"
LEVELS = ("无", "市级试点", "省级试点")


@pytest.fixture(scope="module")
def session():
    return kept_session(FORM)


def read(session, path):
    return read_edited(session.pack, session.form, session.freeze(), path)


def with_part(folder, name, change):
    """The kept file with one part put through a function; a part that is new gets an empty one."""
    target = folder / "made.docx"
    with (
        zipfile.ZipFile(kept_file(FORM, DOCUMENT)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.namelist():
            content = old.read(entry)
            new.writestr(entry, change(content) if entry == name else content)
        if name not in old.namelist():
            new.writestr(name, change(b""))
    return target


def entity(content):
    return content.replace(
        b"<w:document", b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document', 1
    )


def laughs(content):
    inner = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return content.replace(b"<w:document", f'<!DOCTYPE x [<!ENTITY a0 "ha">{inner}]><w:document'.encode(), 1)


def deep(content):
    nest = b"<w:sdt><w:sdtContent>" * 3000 + b"<w:p/>" + b"</w:sdtContent></w:sdt>" * 3000
    return content.replace(b"<w:body>", b"<w:body>" + nest, 1)


def macros(content):
    return content.replace(b"wordprocessingml.document.main+xml", b"x", 1).replace(
        b"application/vnd.openxmlformats-officedocument.x",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
        1,
    )


@pytest.mark.parametrize(
    ("part", "change", "code"),
    [
        ("word/document.xml", entity, "docx_unsafe"),
        ("word/document.xml", laughs, "docx_unsafe"),
        ("word/document.xml", deep, "docx_unreadable"),
        ("word/document.xml", lambda content: content[:5000], "docx_unreadable"),
        ("word/vbaProject.bin", lambda content: b"x", "docx_macros"),
        ("[Content_Types].xml", macros, "docx_macros"),
        ("word/media/bomb.png", lambda content: bytes(60 << 20), "docx_unsafe"),
    ],
)
def test_a_prepared_file_is_refused_in_one_sentence(session, tmp_path, part, change, code):
    path = with_part(tmp_path, part, change)
    tracemalloc.start()
    try:
        with pytest.raises(PackageError) as caught:
            read(session, path)
        assert tracemalloc.get_traced_memory()[1] < 60 << 20
    finally:
        tracemalloc.stop()
    assert caught.value.code == code
    assert str(caught.value).endswith("。")
    assert "\n" not in str(caught.value)


def test_a_letter_of_somebody_else_is_foreign(session, tmp_path):
    from docx import Document

    letter = Document()
    letter.add_paragraph("关于报送材料的函")
    letter.save(str(tmp_path / "letter.docx"))
    with pytest.raises(PackageError) as caught:
        read(session, tmp_path / "letter.docx")
    assert caught.value.code == "docx_foreign"


@pytest.mark.parametrize(("name", "code"), [("a.doc", "docx_is_doc"), ("a.wps", "docx_is_wps")])
def test_old_formats_are_told_how_to_be_saved(session, tmp_path, name, code):
    (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    with pytest.raises(PackageError) as caught:
        read(session, tmp_path / name)
    assert caught.value.code == code
    assert "另存为" in str(caught.value)


def test_headings_and_rows_repeated_ten_thousand_times_are_left_over_and_do_not_last(session, tmp_path):
    hand = Hand(kept_file(FORM, DOCUMENT), None, session.form, 1)
    body = hand.root.find(f"{W}body")
    heading = "一、" + session.form.steps[1].label
    for _ in range(10_000):
        paragraph = etree.SubElement(body, f"{W}p")
        etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}t").text = heading
    table = next(body.iter(f"{W}tbl"))
    for number in range(4_000):
        cell = etree.SubElement(etree.SubElement(table, f"{W}tr"), f"{W}tc")
        paragraph = etree.SubElement(cell, f"{W}p")
        etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}t").text = f"第{number}行"
    edits = read(session, hand.save(tmp_path / "much.docx"))
    assert edits.edits == ()
    assert len(edits.leftover) > 10_000


def test_text_boxes_and_tables_in_cells_are_left_over(session, tmp_path):
    hand = Hand(kept_file(FORM, DOCUMENT), None, session.form, 1)
    tables = list(hand.root.iter(f"{W}tbl"))
    cell = next(c for c in tables[1].iter(f"{W}tc"))
    inner = etree.fromstring(
        f'<w:tbl xmlns:w="{W[1:-1]}"><w:tr><w:tc><w:p><w:r><w:t>格子里的表</w:t></w:r></w:p></w:tc></w:tr></w:tbl>'
    )
    cell.append(inner)
    box = etree.fromstring(
        f'<w:p xmlns:w="{W[1:-1]}"><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框里的字</w:t></w:r></w:p></w:txbxContent>'
        "</w:pict></w:r></w:p>"
    )
    hand.root.find(f"{W}body").insert(0, box)
    edits = read(session, hand.save(tmp_path / "boxes.docx"))
    assert sorted(one.text for one in edits.leftover) == ["格子里的表", "框里的字"]
    assert edits.edits == ()


# -- the tools of it ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("□ 无　 □ 市级试点　 ☑ 省级试点", ("省级试点",)),
        ("□ 无√　 □ 市级试点　 □ 省级试点", ("无",)),
        ("□ 无　 √□ 市级试点　 □ 省级试点", ("市级试点",)),
        ("□ 无　 √ 市级试点　 □ 省级试点", ("市级试点",)),
        ("□ 无　 □√市级试点　 □ 省级试点", ("市级试点",)),
        ("□ 无　 ■ 市 级 试 点　 □ 省级试点", ("市级试点",)),
        ("□无√□市级试点□省级试点", ("无",)),
        ("无√　市级试点　省级试点", ("无",)),
        ("□ 无　□ 市级试点　□ 省级试点 √", ("省级试点",)),
        ("[√]无 [ ]市级试点 （ ）省级试点", ("无",)),
        ("□ 无　☑ 市级试点　√ 省级试点", ("市级试点", "省级试点")),
        ("□ 无　□ 市级试点　□ 省级试点　☑ 其他：国家级", ("其他：国家级",)),
        ("□ 无　□ 市级试点　□ 省级试点", ()),
    ],
)
def test_ticks_are_read_as_people_make_them(text, taken):
    assert has_boxes(text)
    assert taken_labels(text, LEVELS) == taken


def test_words_beside_boxes_are_kept():
    assert words_beside("☑ 无（见附件2）　□ 市级试点　□ 省级试点", LEVELS) == "见附件2"
    assert words_beside("☑ 无　□ 市级试点　□ 省级试点", LEVELS) == ""
    assert not has_boxes("省级试点")


def test_the_heaviest_chain_rises_on_both_sides():
    assert chain([(0, 1, 1.0), (0, 0, 1.0), (1, 1, 1.0), (2, 0, 5.0)]) == {2: 0}
    assert chain([(0, 0, 2.0), (1, 1, 2.0), (2, 2, 2.0), (2, 0, 5.0)]) == {0: 0, 1: 1, 2: 2}
    assert chain([]) == {}
    assert len(risen([0, 1, 5, 2, 3, 4])) == 5
