"""推荐汇总表: order, note, refusal; Excel and Word read back cell by cell."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import docx
import openpyxl
import pytest
from docx.enum.section import WD_ORIENT
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pilotdesk.errors import ExportError
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.review.outputs.summary_book import HEAD_ROW, HEADS, summary_book
from pilotdesk.review.outputs.summary_paper import HEADS as PAPER_HEADS
from pilotdesk.review.outputs.summary_paper import WIDTHS, summary_paper
from pilotdesk.review.outputs.summary_table import Pick, summary_table_of
from pilotdesk.review.quota import quota_of
from pilotdesk.review.records import Facts

ROUND = load_shipped("2026").round
BUREAU = "江西省市场监督管理局"
ON = date(2026, 6, 24)
CODES = [field.code for field in ROUND.pilot_field]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def pick(number, field, **facts):
    told = {
        "title": f"第{number}号标准化试点", "unit": f"第{number}号中心", "uscc": f"12361021MB2A{number:06d}",
        "unit_kind": "事业单位", "region": "江西省抚州市南汀县", "directions": ("甲方向", "乙方向"),
        "participants": ("甲公司", "乙协会"), "pilot_before": "否", "credit_on": date(2026, 6, 1 + number % 28),
        "contact": "吴小舟", "phone": f"0794-{number:07d}",
    }  # fmt: skip
    return Pick(key=f"k{number}", facts=Facts(field=field, **{**told, **facts}))


def table(fields="F1 Z2 F2 F1 Z1", **facts):
    picks = [pick(number, field, **facts) for number, field in enumerate(fields.split(), 1)]
    return summary_table_of(ROUND, BUREAU, picks, ON)


def book_of(made):
    return openpyxl.load_workbook(io.BytesIO(summary_book(made))).worksheets[0]


def test_fields_by_ranking_then_the_special_tracks():
    rows = table().rows
    assert [(row.number, row.unit, row.field) for row in rows] == [
        (1, "第1号中心", "农业农村"), (2, "第3号中心", "消费品"), (3, "第4号中心", "农业农村"),
        (4, "第5号中心", "司法行政专项"), (5, "第2号中心", "民政专项"),
    ]  # fmt: skip
    assert table().note == (
        "1. 按推荐顺序排列。2. 六个领域合计3项，同一领域不超过2项；司法行政、民政专项另计。"
        "3. 信用核查日期均为2026年。4. 本表为参考格式。"
    )
    assert table().count_line == "共5项　2026年6月24日"


def test_while_the_quota_is_over_there_is_no_table():
    with pytest.raises(ExportError) as refused:
        table("Z2 Z2 Z2")
    assert refused.value.code == "quota_over"
    assert "民政超 1 项，请取消一项。" in str(refused.value)
    with pytest.raises(ExportError) as nothing:
        summary_table_of(ROUND, BUREAU, [], ON)
    assert nothing.value.code == "nothing_picked"


@given(st.lists(st.sampled_from([*CODES, ""]), min_size=1, max_size=12))
def test_a_table_exactly_where_the_quota_fits_with_every_pick_once(codes):
    picks = [pick(number, code) for number, code in enumerate(codes)]
    fits = quota_of(ROUND, [(one.key, one.facts.field) for one in picks]).fits
    if not fits:
        with pytest.raises(ExportError, match="限额"):
            summary_table_of(ROUND, BUREAU, picks, ON)
        return
    made = summary_table_of(ROUND, BUREAU, picks, ON)
    assert sorted(row.unit for row in made.rows) == sorted(one.facts.unit for one in picks)
    assert [row.special for row in made.rows] == sorted(row.special for row in made.rows)
    ordinary = [row.unit for row in made.rows if not row.special]
    assert ordinary == [one.facts.unit for one in picks if one.facts.field.startswith("F")]


def test_excel_cell_by_cell():
    made = table()
    sheet = book_of(made)
    assert sheet["A1"].value == "2026年度国家标准化试点项目推荐汇总表"
    assert sheet["A2"].value == f"推荐单位：{BUREAU}"
    assert sheet["H2"].value == "共5项　2026年6月24日"
    assert tuple(cell.value for cell in sheet[HEAD_ROW]) == HEADS
    for at, row in enumerate(made.rows, HEAD_ROW + 1):
        number, field, directions, title, unit, uscc, kind, others, place, before, on, who, phone, note = (
            cell.value for cell in sheet[at]
        )
        assert (number, field, title, unit, uscc, kind) == (
            row.number, row.field, row.title, row.unit, row.uscc, row.unit_kind,
        )  # fmt: skip
        assert (directions, others, place) == ("甲方向、乙方向", "甲公司、乙协会", "抚州市南汀县")
        assert (before, who, phone, note) == ("否", "吴小舟", row.phone, row.note or None)
        assert on.date() == row.credit_on
    end = HEAD_ROW + len(made.rows)
    assert sheet.cell(end + 1, 1).value == f"注：{made.note}"
    assert sheet.max_row == end + 1


def test_numbers_are_numbers_codes_and_phones_are_text():
    sheet = book_of(table("F1", uscc="123456789012345678", phone="07940000001"))
    row = HEAD_ROW + 1
    assert sheet.cell(row, 1).data_type == "n"
    for column in (6, 13):
        assert sheet.cell(row, column).data_type == "s"
        assert sheet.cell(row, column).number_format == "@"
    assert sheet.cell(row, 6).value == "123456789012345678"
    assert sheet.cell(row, 11).number_format == "yyyy-mm-dd"


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", '=HYPERLINK("http://x")', "'=1", "\t=1"]
)
def test_no_formula_comes_in_with_a_text(text):
    made = table("F1", title=text, unit=text, contact=text)
    content = summary_book(made)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    cell = sheet.cell(HEAD_ROW + 1, 4)
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", text, True)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    assert [one for one in root.iter() if etree.QName(one).localname == "f"] == []


def test_excel_is_ready_to_print():
    sheet = book_of(table())
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.print_title_rows == f"${HEAD_ROW}:${HEAD_ROW}"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.freeze_panes == f"E{HEAD_ROW + 1}"


# --- Word


def paper_of(made, **more):
    return docx.Document(io.BytesIO(summary_paper(made, **more)))


def test_word_cell_by_cell():
    made = table("F1 Z2 F2", contact="邹敏")
    document = paper_of(made)
    (grid,) = document.tables
    assert tuple("".join(cell.text.split()) for cell in grid.rows[0].cells) == PAPER_HEADS
    for row, line in zip(made.rows, grid.rows[1:], strict=True):
        on = row.credit_on
        assert [cell.text for cell in line.cells] == [
            str(row.number), row.field, row.title, row.unit, row.uscc, "南汀县", f"{on.month}月{on.day}日", "邹　敏", row.phone,
            row.note,
        ]  # fmt: skip
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[:2] == ["附件1", ""]
    assert texts[2] == made.title
    assert texts[3] == f"推荐单位：{BUREAU}\t{made.count_line}"
    assert f"注：{made.note}" in texts


def test_word_has_the_geometry_of_a_turned_page():
    document = paper_of(table())
    section = document.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    margins = section.left_margin, section.right_margin, section.top_margin, section.bottom_margin
    assert [round(margin.mm) for margin in margins] == [35, 37, 28, 26]
    assert sum(WIDTHS) == 225
    grid = document.tables[0]._tbl
    assert sum(int(column.get(f"{W}w")) for column in grid.iter(f"{W}gridCol")) == 12756
    rows = list(grid.iter(f"{W}tr"))
    assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


@pytest.mark.parametrize(("name", "top", "side"), [("header1", 8451, "right"), ("header2", 1867, "left")])
def test_the_page_number_stays_where_it_is_on_upright_pages(name, top, side):
    with zipfile.ZipFile(io.BytesIO(summary_paper(table()))) as archive:
        root = etree.fromstring(archive.read(f"word/{name}.xml"))
    (place,) = root.iter(f"{W}tblpPr")
    assert int(place.get(f"{W}tblpY")) == top
    assert int(place.get(f"{W}tblpX")) + 340 == 1587  # 28 mm: 7 mm outside the text area
    assert [one.get(f"{W}val") for one in root.iter(f"{W}textDirection")] == ["tbRl"]
    assert next(root.iter(f"{W}jc")).get(f"{W}val") == side
    assert " PAGE " in [one.text for one in root.iter(f"{W}instrText")]


def test_queries_of_two_years_say_their_year():
    picks = [pick(1, "F1", credit_on=date(2025, 12, 30)), pick(2, "F2"), pick(3, "F3", credit_on=None)]
    made = summary_table_of(ROUND, BUREAU, picks, None)
    cells = [row.cells[6].text for row in paper_of(made).tables[0].rows[1:]]
    assert cells == ["2025-12-30", "2026-06-03", ""]
    assert "信用核查日期" not in made.note
    assert made.count_line == "共3项"


@pytest.mark.parametrize("write", [summary_book, summary_paper])
def test_the_same_table_gives_the_same_bytes(write):
    first, second = write(table()), write(table())
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"1980" in archive.read("docProps/core.xml") or write is summary_paper


texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=40)


@given(texts, texts)
@settings(max_examples=30, deadline=None)
def test_any_text_can_be_written_and_comes_back(title, unit):
    made = table("F1", title=title, unit=unit)
    sheet = book_of(made)
    for column, text in ((4, title), (5, unit)):
        back = sheet.cell(HEAD_ROW + 1, column).value or ""
        assert not (set(back) - set(text) - {"\n"})
        assert back.isascii() or set(text) & set(back)
    assert len(paper_of(made).tables[0].rows) == 2
