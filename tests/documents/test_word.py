from __future__ import annotations

import io
import itertools
import re
import subprocess
import sys
import zipfile

import pytest
from lxml import etree

from pilotdesk.documents.blocks import (
    Body,
    Cell,
    Contents,
    Cover,
    CoverLine,
    Figure,
    FigureNode,
    Grid,
    GridRow,
    Heading,
    Notes,
    Pledge,
    SealBlock,
    Table,
    Tick,
)
from pilotdesk.documents.pdf.pages import HeadingPlace
from pilotdesk.documents.word import write_docx
from pilotdesk.documents.word.cover import line_places, split_line
from pilotdesk.documents.word.sections import footer_name
from tests.documents import outlines
from tests.documents.word_outlines import contents_of, maximal, small

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NS = {
    "w": W[1:-1],
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "v": "urn:schemas-microsoft-com:vml",
}


def parts_of(outline, *, pages=12, contents=None):
    stream = io.BytesIO()
    write_docx(outline, stream, pages=pages, contents=contents_of(outline) if contents is None else contents)
    with zipfile.ZipFile(stream) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def xml(parts, name):
    return etree.fromstring(parts[name])


def attribute(element, name):
    return element.get(f"{W}{name}")


@pytest.fixture(scope="module")
def final():
    return parts_of(small())


@pytest.fixture(scope="module")
def draft():
    return parts_of(outlines.draft(small()))


@pytest.fixture(scope="module")
def document(final):
    return xml(final, "word/document.xml")


# -- the file as a whole ---------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["final", "draft", "maximal", "empty"])
def test_validator_finds_no_fault(kind, tmp_path):
    from openxml_audit import OpenXmlValidator

    outline = {
        "final": small,
        "draft": lambda: outlines.draft(small()),
        "maximal": maximal,
        "empty": lambda: outlines.outline(
            (Contents(), Body("", "text"), outlines.seals()[0]), reference_line=None
        ),
    }[kind]()
    target = tmp_path / "form.docx"
    write_docx(outline, target, pages=None)
    result = OpenXmlValidator().validate(str(target))
    assert [str(error) for error in result.errors] == []


def test_same_outline_gives_same_bytes():
    first, second = io.BytesIO(), io.BytesIO()
    write_docx(small(), first, pages=9)
    write_docx(small(), second, pages=9)
    assert first.getvalue() == second.getvalue()
    with zipfile.ZipFile(first) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_importing_the_carrier_imports_no_engine():
    code = (
        "import sys, pilotdesk.documents.word as w; "
        "print([m for m in ('docx', 'lxml', 'segno', 'PIL') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_identity_stands_in_custom_properties(final):
    properties = dict(
        re.findall(r'name="(pilotdesk\.[a-z]+)"><vt:lpwstr>([^<]*)<', final["docProps/custom.xml"].decode())
    )
    assert properties["pilotdesk.round"] == "2026"
    assert properties["pilotdesk.form"] == "application"
    assert properties["pilotdesk.revision"] == "3"
    assert properties["pilotdesk.code"] == "K7Q4-2M9X"
    assert properties["pilotdesk.draft"] == "no"
    assert re.fullmatch(r"[2-9A-Z]{4}-[2-9A-Z]{4}", properties["pilotdesk.digest"])


def test_no_custom_property_is_longer_than_office_keeps():
    custom = parts_of(maximal())["docProps/custom.xml"].decode()
    assert max(len(text) for text in re.findall(r"<vt:lpwstr>([^<]*)<", custom)) <= 255


# -- styles and settings ---------------------------------------------------------------------------


def test_every_style_states_four_font_slots_and_no_theme(final):
    styles = xml(final, "word/styles.xml")
    for style in styles.iterfind("w:style[@w:type='paragraph']", NS):
        fonts = style.find("w:rPr/w:rFonts", NS)
        slots = {attribute(fonts, slot) for slot in ("ascii", "hAnsi", "eastAsia", "cs")}
        assert None not in slots, attribute(style, "styleId")
        assert attribute(fonts, "hint") == "eastAsia"
    for name, part in final.items():
        if name.startswith("word/") and name.endswith(".xml") and "theme/" not in name:
            assert b"Theme=" not in part, name


def test_styles_used_are_styles_defined(final):
    defined = {attribute(style, "styleId") for style in xml(final, "word/styles.xml").iterfind("w:style", NS)}
    for name, part in final.items():
        if name.startswith("word/") and name.endswith(".xml"):
            assert set(re.findall(rb'<w:(?:p|r|tbl)Style w:val="([^"]+)"', part)) <= {
                s.encode() for s in defined
            }


@pytest.mark.parametrize(
    ("style", "line", "size", "font"),
    [
        ("PDBody", "520", "28", "仿宋_GB2312"),
        ("PDLabel", "360", "24", "宋体"),
        ("PDValue", "360", "24", "仿宋_GB2312"),
        ("PDTableText", "300", "21", "仿宋_GB2312"),
        ("PDDenseText", "250", "18", "仿宋_GB2312"),
        ("PDTableHead", "300", "21", "黑体"),
        ("Heading2", "560", "28", "楷体_GB2312"),
        ("PDPageTitle", "720", "44", "方正小标宋简体"),
    ],
)
def test_leading_is_exact(final, style, line, size, font):
    found = xml(final, "word/styles.xml").find(f"w:style[@w:styleId='{style}']", NS)
    spacing = found.find("w:pPr/w:spacing", NS)
    assert (attribute(spacing, "line"), attribute(spacing, "lineRule")) == (line, "exact")
    assert attribute(found.find("w:rPr/w:sz", NS), "val") == size
    assert attribute(found.find("w:rPr/w:rFonts", NS), "eastAsia") == font


def test_defaults_forbid_hanging_marks_and_spaces_around_digits(final):
    defaults = xml(final, "word/styles.xml").find("w:docDefaults/w:pPrDefault/w:pPr", NS)
    assert defaults.find("w:kinsoku", NS) is not None
    for name in ("overflowPunct", "autoSpaceDE", "autoSpaceDN"):
        assert attribute(defaults.find(f"w:{name}", NS), "val") == "0"
    settings = xml(final, "word/settings.xml")
    control = settings.find("w:characterSpacingControl", NS)
    assert attribute(control, "val") == "compressPunctuation"
    assert settings.find("w:evenAndOddHeaders", NS) is not None
    assert settings.find("w:updateFields", NS) is None
    assert settings.find("w:compat/w:compatSetting[@w:name='compatibilityMode']", NS).get(f"{W}val") == "15"


def test_every_missing_font_has_one_substitute(final):
    fonts = {
        attribute(font, "name"): [attribute(name, "val") for name in font.iterfind("w:altName", NS)]
        for font in xml(final, "word/fontTable.xml")
    }
    assert fonts["仿宋_GB2312"] == ["仿宋"]
    assert fonts["方正小标宋简体"] == ["华文中宋"]
    assert all("," not in name for names in fonts.values() for name in names)


# -- sections, headers, footers --------------------------------------------------------------------


def test_sections_turn_for_the_figure_and_back(document):
    sections = list(document.iter(f"{W}sectPr"))
    assert [attribute(section.find("w:pgSz", NS), "orient") for section in sections] == [
        None,
        None,
        "landscape",
        None,
    ]
    assert sections[0].find("w:titlePg", NS) is not None
    assert [section.find("w:pgNumType", NS) is not None for section in sections] == [
        False,
        True,
        False,
        False,
    ]
    assert all(attribute(section.find("w:type", NS), "val") == "nextPage" for section in sections)
    for section in sections[1:]:
        kinds = [attribute(part, "type") for part in section.iterfind("w:footerReference", NS)]
        assert kinds == ["default", "even"]
        assert [attribute(part, "type") for part in section.iterfind("w:headerReference", NS)] == kinds


def test_heading_stands_on_the_landscape_page_of_its_figure(document):
    body = document.find("w:body", NS)
    texts = ["".join(child.itertext()) for child in body]
    breaks = [number for number, child in enumerate(body) if child.find("w:pPr/w:sectPr", NS) is not None]
    heading = texts.index("（一）标准体系结构图")
    assert texts.index("六、适用标准梳理与标准体系") < breaks[1] < heading < breaks[2]


def test_footers_carry_project_revision_code_total_and_page(final):
    footers = {name: part.decode() for name, part in final.items() if re.match(r"word/footer\d+\.xml", name)}
    assert len(footers) == 5
    for footer in footers.values():
        assert outlines.PROJECT in footer
        assert "第 3 版　校验码 K7Q4-2M9X　共 12 页" in footer
        assert 'cx="450000" cy="450000"' in footer
    assert sum(" PAGE " in footer for footer in footers.values()) == 4


def test_landscape_footer_is_as_wide_as_its_page(final):
    widths = set()
    for name in final:
        if re.match(r"word/footer\d+\.xml", name):
            widths.add(attribute(xml(final, name).find("w:tbl/w:tblPr/w:tblW", NS), "w"))
    assert widths == {"8845", "13890"}


def test_total_is_left_out_when_nobody_counted():
    parts = parts_of(small(), pages=None)
    assert b"\xe5\x85\xb1 " not in parts["word/footer2.xml"]


def test_draft_has_a_watermark_on_every_page_and_no_code(draft):
    headers = [part.decode() for name, part in draft.items() if re.match(r"word/header\d+\.xml", name)]
    assert len(headers) == 3
    ids = [re.search(r'id="(PowerPlusWaterMarkObject\d+)"', header)[1] for header in headers]
    assert len(set(ids)) == 3
    assert all('string="草　稿"' in header and 'fillcolor="#ebebeb"' in header for header in headers)
    for name, part in draft.items():
        if name.startswith("word/footer") and name.endswith(".xml"):
            assert "第 3 版（草稿）" in part.decode()
            assert "校验码 " not in part.decode()


def test_final_version_has_no_watermark(final):
    assert not any(b"WaterMark" in part for part in final.values())


def test_official_pack_has_no_reference_line():
    parts = parts_of(outlines.outline((outlines.cover(), Contents()), reference_line=None))
    assert not any("参考稿——".encode() in part for part in parts.values())


def test_reference_line_stands_in_headers_and_once_on_the_cover(final, document):
    headers = [part for name, part in final.items() if name.startswith("word/header")]
    assert sum(outlines.REFERENCE.encode() in part for part in headers) == 2
    assert "".join(document.itertext()).count(outlines.REFERENCE) == 1


def test_long_project_name_is_cut_in_its_middle():
    name = "甲" * 30 + "乙" * 30
    cut = footer_name(name, 38)
    assert len(cut) == 38
    assert cut[0] == "甲"
    assert cut[-1] == "乙"
    assert "…" in cut


# -- front matter ----------------------------------------------------------------------------------


def test_contents_are_filled_in_and_point_to_headings(document):
    lines = [p for p in document.iter(f"{W}p") if p.find("w:pPr/w:pStyle[@w:val='TOC1']", NS) is not None]
    entries = ["".join(text.text for text in line.iter(f"{W}t")) for line in lines]
    assert entries == [f"{place.title}{place.page}" for place in contents_of(small())]
    assert ' TOC \\o "1-1" \\h \\z ' in [text.text for text in document.iter(f"{W}instrText")]
    names = {attribute(mark, "name") for mark in document.iter(f"{W}bookmarkStart")}
    assert {attribute(link, "anchor") for link in document.iter(f"{W}hyperlink")} <= names


def test_a_title_below_other_words_stands_apart_and_goes_with_what_follows():
    outline = outlines.outline((Notes("填写说明", ("甲。",)), Notes("附注", ("乙。",)), Contents()))
    titles = [
        p
        for p in xml(parts_of(outline), "word/document.xml").iter(f"{W}p")
        if p.find("w:pPr/w:pStyle[@w:val='PDPageTitle']", NS) is not None
    ]
    spaced = [p.find("w:pPr/w:spacing", NS) is not None for p in titles]
    assert spaced == [False, True, True]
    styles = xml(parts_of(outline), "word/styles.xml")
    assert styles.find("w:style[@w:styleId='PDPageTitle']/w:pPr/w:keepNext", NS) is not None


def test_contents_without_pages_name_the_headings(document):
    parts = parts_of(small(), contents=())
    assert b"PAGEREF" in parts["word/document.xml"]


def breaking_headings(document):
    return {
        "".join(p.itertext())
        for p in document.iter(f"{W}p")
        if p.find("w:pPr/w:pageBreakBefore", NS) is not None
    }


def test_part_breaks_the_page(document):
    assert "四、试点的必要性和工作需求分析" in breaking_headings(document)
    assert "二、承担单位基本情况" not in breaking_headings(document)


def test_part_begins_a_page_where_it_does_in_the_pdf():
    """Otherwise Word, whose lines are a little shorter, still finds room for it, and the contents are wrong."""
    blocks = (
        Contents(),
        Heading(1, "一、甲", "a"),
        Body("子", None),
        Heading(1, "二、乙", "b"),
        Body("丑", None),
    )
    for starts, first, broken in ((True, 0, {"二、乙"}), (False, 0, set()), (True, 1, set())):
        places = (HeadingPlace("一、甲", 1), HeadingPlace("二、乙", 2, starts_page=starts))
        parts = parts_of(outlines.outline(blocks[first:]), contents=places)
        assert breaking_headings(xml(parts, "word/document.xml")) == broken


def test_seals_begin_a_page_where_they_do_in_the_pdf_also_without_contents():
    seal = SealBlock("单位", ("真实、准确。",), "法人（签字）：", "单位（盖章）")
    blocks = (Heading(1, "一、甲", "a"), Body("子", None), Heading(1, "二、盖章", "b"), seal)
    places = (HeadingPlace("一、甲", 1), HeadingPlace("二、盖章", 2, starts_page=True))
    parts = parts_of(outlines.outline(blocks), contents=places)
    assert breaking_headings(xml(parts, "word/document.xml")) == {"二、盖章"}


def test_part_does_not_break_the_page_that_its_section_has_turned():
    headings = (Heading(1, "六、标准体系", "a", new_page=True), Heading(2, "（一）结构图", "a"))
    outline = outlines.outline((Contents(), *headings, outlines.structure(), Body("完", None)))
    assert breaking_headings(xml(parts_of(outline), "word/document.xml")) == set()


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("南汀县政务服务“高效办成一件事”标准化试点", ["南汀县政务服务“高效办成一件事”", "标准化试点"]),
        ("江西省抚州市南汀县行政审批服务局政务中心", ["江西省抚州市南汀县行政审批服务局", "政务中心"]),
        ("Nanting Testing and Certification Institute", ["Nanting Testing and ", "Certification Institute"]),
        ("短名称", ["短名称"]),
    ],
)
def test_long_cover_value_breaks_at_a_joint(text, pieces):
    assert split_line(text, 16) == pieces


def test_cover_line_never_begins_with_a_closing_mark():
    for length in range(10, 22):
        text = "甲" * length + "）" + "乙" * 12
        assert not any(piece.startswith("）") for piece in split_line(text, 16))
        assert "".join(split_line(text, 16)) == text


def test_many_cover_lines_stay_above_the_reference_line():
    for count in range(1, 16):
        first, pitch = line_places(count)
        assert first + (count - 1) * pitch <= 241 / 25.4 * 72 + 0.1


def test_cover_keeps_its_bookmark_when_nothing_was_answered():
    cover = Cover(("国家标准化试点项目", "申报书"), "（2026年度）", (CoverLine("参加单位", (), "partners"),))
    assert b"PDC_" in parts_of(outlines.outline((cover,)))["word/document.xml"]


# -- blocks ----------------------------------------------------------------------------------------


def test_figure_is_a_picture_of_two_colours_with_its_tree_as_text(final, document):
    figure = list(document.iter(f"{{{NS['wp']}}}docPr"))
    assert len(figure) == 1
    description = figure[0].get("descr")
    assert "203 流转时限 9项（拟9）" in description
    png = final["word/media/image2.png"]
    assert png[24] == 1  # bit depth
    assert int.from_bytes(png[16:20], "big") == 2894  # 245 mm at 300 dpi


def test_drawing_ids_are_unique_in_the_file(final):
    ids = [
        found
        for name, part in final.items()
        if name.endswith(".xml")
        for found in re.findall(rb'<wp:docPr id="(\d+)"', part)
    ]
    assert len(ids) == len(set(ids)) == 6


def test_two_tables_never_touch(document):
    grown = outlines.outline((outlines.basics(), outlines.unit(), *outlines.seals(), outlines.partners()))
    for body in (document.find("w:body", NS), xml(parts_of(grown), "word/document.xml").find("w:body", NS)):
        tags = [child.tag.removeprefix(W) for child in body]
        assert ("tbl", "tbl") not in set(itertools.pairwise(tags))
        assert tags[-2:] == ["p", "sectPr"]


def test_seal_area_is_an_exact_row_and_the_label_goes_down_letter_by_letter(document):
    table = next(
        t for t in document.iter(f"{W}tbl") if t.find(".//w:pStyle[@w:val='PDSealLabel']", NS) is not None
    )
    rows = table.findall("w:tr", NS)
    heights = [row.find("w:trPr/w:trHeight", NS) for row in rows]
    assert [attribute(height, "hRule") for height in heights] == ["atLeast", "exact"] * 2
    assert attribute(heights[1], "val") == "2438"  # 43 mm
    assert all(row.find("w:trPr/w:cantSplit", NS) is not None for row in rows)
    label = rows[0].find("w:tc", NS)
    assert ["".join(p.itertext()) for p in label.iterfind("w:p", NS)] == list("承担单位承诺")


@pytest.mark.parametrize(("count", "kept"), [(2, [True, False]), (5, [False] * 5)])
def test_seals_that_fit_on_one_page_together_are_kept_on_one(count, kept):
    block = SealBlock("单位", ("真实、准确。",), "法人（签字）：", "单位（盖章）", height=60)
    document = xml(parts_of(outlines.outline((block,) * count)), "word/document.xml")
    feet = [row for row in document.iter(f"{W}tr") if "法人（签字）：" in "".join(row.itertext())]
    assert [
        all(p.find("w:pPr/w:keepNext", NS) is not None for p in row.iter(f"{W}p")) for row in feet
    ] == kept


def test_long_seal_label_is_not_cut_by_the_exact_row():
    label = "省级标准化行政主管部门审核推荐意见栏"
    block = SealBlock(label, ("同意。",), "审核人：", "盖章", 40)
    document = xml(parts_of(outlines.outline((block,))), "word/document.xml")
    heights = [int(attribute(height, "val")) for height in document.iter(f"{W}trHeight")]
    assert sum(heights) >= len(label) * 400


def test_choices_are_all_printed_and_only_the_taken_one_is_ticked(document):
    cell = next(
        tc
        for tc in document.iter(f"{W}tc")
        if tc.find("w:tbl", NS) is None and "市级试点" in "".join(tc.itertext())
    )
    assert "".join(cell.itertext()) == "□ 无　 □ 市级试点　 ☑ 省级试点"
    boxes = [r for r in cell.iter(f"{W}r") if r.find("w:rPr/w:rStyle[@w:val='PDTick']", NS) is not None]
    assert len(boxes) == 3


def test_no_content_controls(final):
    assert not any(b"<w:sdt" in part for part in final.values())


def test_no_text_can_spoil_the_file():
    bad = "甲\x00<乙>&\"丙'\n丁\ud800"
    figure = Figure(
        bad, bad, (FigureNode("n1", bad, bad, 3, 1, (FigureNode("n2", bad, bad, 3, 1),)),), "system"
    )
    blocks = (
        Cover((bad, bad), bad, (CoverLine(bad, (bad, bad), "a"),)),
        Notes(bad, (bad,)),
        Contents(bad),
        Heading(1, bad, "a"),
        Pledge((bad,)),
        figure,
        Grid(outlines.GRID, (GridRow((Cell(bad, "label"), Cell(bad, "value", span=4, path="b"))),)),
        Table(bad, bad, (156,), (bad,), ((Cell("", path="c", ticks=(Tick(bad, True),)),),), "t", note=bad),
        SealBlock(bad, (bad, bad), bad, bad, answer=bad, path="d", checks=((bad, bad),)),
    )
    outline = outlines.outline(
        blocks, title=bad, project=bad, unit=bad, reference_line=bad, draft=True, watermark=bad
    )
    for name, part in parts_of(outline).items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(part)


@pytest.mark.parametrize("note", ["", "按体系编号排序。"])
def test_there_is_room_between_a_table_with_its_note_and_what_follows(note):
    """A heading right below 注：… looked like another line of it; the PDF has always had this room."""
    table = Table("表1-1", "标准", (156.0,), ("名称",), ((Cell("甲"),),), "t", note=note)
    grid = Grid(outlines.GRID, (GridRow((outlines.label("合计"), outlines.value("3", "f", span=4))),))
    body = xml(
        parts_of(outlines.outline((table, Heading(2, "（二）乙", "s"), table, grid))), "word/document.xml"
    )[0]
    behind = [body[at + 1 + bool(note)] for at, part in enumerate(body) if part.tag == f"{W}tbl"][:2]
    assert [attribute(part.find("w:pPr/w:pStyle", NS), "val") for part in behind] == ["PDSpacer"] * 2
    assert [attribute(part.find("w:pPr/w:spacing", NS), "line") for part in behind] == ["160"] * 2
