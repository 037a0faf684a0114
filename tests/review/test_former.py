"""Lists of former pilots: read as offices keep them, refused where they could do harm, asked by code and name."""

from __future__ import annotations

import io
import string
import zipfile
from datetime import date

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotdesk.errors import PackageError
from pilotdesk.review.beside.former import FormerList, FormerPilot, former_findings, match_former, read_former
from pilotdesk.review.records import Facts
from tests.review.findings_kit import PACK

CODE = "91430111MA7B30035P"


def saved(folder, sheets, name="名单.xlsx"):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    target = folder / name
    book.save(target)
    return target


def test_a_list_with_title_rows_and_columns_in_any_order(tmp_path):
    rows = [
        ["湖南省国家标准化试点单位名单"], [None], ["填报单位：省局", None, "2025年12月"],
        ["序号", "项目名称", "下达年份", "统一社会信用代码", "承担单位名称", "评估结论", "原名"],
        [1, "居家养老标准化试点", 2019, CODE.lower(), "甲养老中心", "通过", "甲敬老院"],
        [2, "社区服务标准化试点", date(2021, 6, 1), None, "乙社区服务站（原乙居委会）", None, None],
        ["序号", "项目名称", "下达年份", "统一社会信用代码", "承担单位", "评估结论", "原名"],
        [3, "同一单位另一试点", "2022年", "不详", None, "合格", None],
    ]  # fmt: skip
    former = read_former(saved(tmp_path, {"名单": rows}))
    assert [(one.unit, one.uscc, one.project, one.year, one.result, one.earlier, one.place) for one in former.pilots] == [
        ("甲养老中心", CODE, "居家养老标准化试点", "2019", "通过", ("甲敬老院",), "名单 第 5 行"),
        ("乙社区服务站（原乙居委会）", "", "社区服务标准化试点", "2021", "", ("乙居委会",), "名单 第 6 行"),
        ("乙社区服务站（原乙居委会）", "", "同一单位另一试点", "2022", "合格", ("乙居委会",), "名单 第 8 行"),
    ]  # fmt: skip


def test_a_sheet_for_each_year_hidden_ones_left_out(tmp_path):
    path = saved(
        tmp_path,
        {
            "2019年": [["单位名称", "项目"], ["甲", "一"]],
            "2021年": [["单位名称"], ["乙"]],
            "说明": [["本表"]],
        },
    )
    book = openpyxl.load_workbook(path)
    book.create_sheet("旧")["A1"] = "单位名称"
    book["旧"]["A2"] = "丙"
    book["旧"].sheet_state = "hidden"
    book.save(path)
    assert [(one.unit, one.year) for one in read_former(path).pilots] == [("甲", "2019"), ("乙", "2021")]


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_in_every_coding(tmp_path, code, mark):
    text = "\r\n".join(
        mark.join(row) for row in (["年度", "承担单位", "信用代码"], ["2019", "鄱阳县“一站式”中心", CODE])
    )
    path = tmp_path / "名单.csv"
    path.write_bytes(text.encode(code))
    (pilot,) = read_former(path).pilots
    assert (pilot.unit, pilot.uscc, pilot.year) == ("鄱阳县“一站式”中心", CODE, "2019")


def test_a_code_that_excel_rounded_is_no_code(tmp_path):
    path = saved(tmp_path, {"一": [["承担单位", "统一社会信用代码"], ["甲", 123456789012345678]]})
    assert read_former(path).pilots[0].uscc == ""


def with_part(path, name, content):
    """The same workbook with one part exchanged or added."""
    target = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in source.namelist():
            if entry != name:
                made.writestr(entry, source.read(entry))
        made.writestr(name, content)
    return target.getvalue()


BOMB = b"<worksheet>" + b" " * (60 << 20) + b"</worksheet>"
DTD = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><sst>&a;</sst>'
LATE_DTD = b"<!--" + b"x" * 9000 + b'--><!DOCTYPE x [<!ENTITY a "aaaa">]><sst>&a;</sst>'


@pytest.mark.parametrize(
    ("part", "content", "code"),
    [
        ("xl/worksheets/sheet1.xml", BOMB, "list_unsafe"),
        ("xl/sharedStrings.xml", DTD, "list_unsafe"),
        ("xl/sharedStrings.xml", LATE_DTD, "list_unsafe"),
        ("xl/worksheets/sheet1.xml", b"<worksheet><row></worksheet>", "list_broken"),
        ("xl/vbaProject.bin", b"x", "list_macros"),
        ("../../autostart.xml", b"<x/>", "list_unsafe"),
    ],
)
def test_what_could_do_harm_is_refused(tmp_path, part, content, code):
    path = saved(tmp_path, {"一": [["承担单位"], ["甲"]]})
    path.write_bytes(with_part(path, part, content))
    with pytest.raises(PackageError) as refused:
        read_former(path)
    assert refused.value.code == code
    assert "名单.xlsx" in str(refused.value)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("名单.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "list_is_xls"),
        (
            "名单.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "list_locked",
        ),
        ("名单.xlsx", b"PK\x03\x04 cut", "list_broken"),
        ("名单.xlsx", b"hello", "list_kind"),
        ("名单.et", b"hello", "list_kind"),
        ("名单.csv", b"\0\0\0\0", "list_broken"),
        ("名单.csv", b"", "list_no_head"),
        ("名单.csv", "甲,乙\n一,二".encode(), "list_no_head"),
        ("名单.csv", "承担单位,年份\n".encode(), "list_empty"),
        ("名单.csv", ("承担单位,年份\n" + "甲,2019\n" * 20_001).encode(), "list_too_large"),
    ],
)
def test_what_is_no_list_is_answered_with_what_to_do(tmp_path, name, content, code):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(PackageError) as refused:
        read_former(path)
    assert refused.value.code == code
    assert str(refused.value).endswith("。")


def test_a_list_that_is_not_there(tmp_path):
    with pytest.raises(PackageError) as refused:
        read_former(tmp_path / "没有.xlsx")
    assert refused.value.code == "list_missing"


# --- asking it


LIST = FormerList(
    [
        FormerPilot(unit="甲养老中心", uscc=CODE),
        FormerPilot(unit="湖南（长沙）乙养老服务有限公司"),
        FormerPilot(unit="江西赣源电器有限公司"),
        FormerPilot(unit="南汀县社会福利中心", earlier=("南汀县敬老院",)),
        FormerPilot(unit="江西省抚州市云岭县政务服务中心"),
        FormerPilot(unit="丙公司", uscc="91430111MA7B30036X"),
    ]
)


@pytest.mark.parametrize(
    ("unit", "uscc", "found"),
    [
        ("改了名的单位", " 91430111ma7b30035p", ("甲养老中心", True)),
        ("甲养老中心", "", ("甲养老中心", True)),
        ("湖南(长沙) 乙养老服务有限公司", "", ("湖南（长沙）乙养老服务有限公司", True)),
        ("湖南(长沙)乙养老服务有限责任公司", "", ("湖南（长沙）乙养老服务有限公司", False)),
        ("赣源电器有限公司", "", ("江西赣源电器有限公司", False)),
        ("赣源电器", "", ("江西赣源电器有限公司", False)),
        ("南汀县敬老院", "", ("南汀县社会福利中心", False)),
        ("康养集团（原甲养老中心）", "", ("甲养老中心", False)),
        ("云岭县政务服务中心", "", ("江西省抚州市云岭县政务服务中心", False)),
        ("丙公司", "91430111MA7B30099K", ("丙公司", False)),
        ("东浦市社会福利中心", "", None),
        ("社会福利中心", "", None),
        ("南汀县政务服务中心", "", None),
        ("", "", None),
    ],
)
def test_who_stands_in_the_list(unit, uscc, found):
    matches = match_former(Facts(unit=unit, uscc=uscc), LIST)
    assert (found is None) is (not matches)
    if found:
        assert (matches[0].pilot.unit, matches[0].sure) == found


names = st.text(
    alphabet="湖南省长沙市甲乙丙县服务中心有限公司（）() “”" + string.ascii_letters, min_size=1, max_size=14
)


@given(st.lists(names, max_size=8), names)
def test_sure_by_name_is_exactly_equal_after_normalising(units, asked):
    """Against a comparison with every row."""
    strip = str.maketrans({"（": "(", "）": ")", " ": "", "“": "", "”": ""})

    def normal(name):
        return name.translate(strip).casefold()

    former = FormerList([FormerPilot(unit=unit) for unit in units])
    sure = [match.pilot for match in match_former(Facts(unit=asked), former) if match.sure]
    assert sure == [pilot for pilot in former.pilots if normal(asked) and normal(pilot.unit) == normal(asked)]


def test_the_finding_names_the_row_and_the_clause():
    matches = match_former(
        Facts(unit="甲养老中心"),
        FormerList([FormerPilot(unit="甲养老中心", year="2019", project="养老试点")]),
    )
    (finding,) = former_findings(matches, PACK, point=2, path="national_pilot_before", number="2.9")
    assert finding.code == "desk_former"
    assert finding.sentence == (
        "在已承担过试点的单位名单里：“甲养老中心”（2019年，养老试点），名称一样。原则上不能再作为承担单位，请核实理由。"
    )
    assert "第三条" in finding.clause
    assert former_findings((), PACK) == ()


# -- lists in Word -------------------------------------------------------------------------------


def word_list(path, *tables, merge=()):
    """A Word file with tables of texts; ``merge`` are pairs of cells of the first one to be merged."""
    document = docx.Document()
    document.add_paragraph("已承担国家标准化试点项目单位名单")
    for rows in tables:
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        document.add_paragraph()
    for first, last in merge:
        table = document.tables[0]
        kept = table.cell(*first).text
        merged = table.cell(*first).merge(table.cell(*last))
        merged.text = kept
    document.save(path)
    return path


HEAD = ("序号", "项目名称", "承担单位", "统一社会信用代码", "下达时间")


def test_a_list_in_a_table_of_word(tmp_path):
    path = word_list(
        tmp_path / "名单.docx",
        [
            ("附件", "", "", "", ""),
            HEAD,
            ("1", "甲县政务服务标准化试点", "甲县政务服务\n中心", "12360000000000001X", "2019年"),
            ("2", "乙县养老标准化试点", "乙县敬老院（原乙县福利院）", "", "2021"),
            ("注：以上为历年名单", "", "", "", ""),
        ],
        merge=[((0, 0), (0, 4)), ((4, 0), (4, 4))],
    )
    first, second = read_former(path).pilots
    assert (first.unit, first.uscc, first.year, first.project) == (
        "甲县政务服务 中心", "12360000000000001X", "2019", "甲县政务服务标准化试点",
    )  # fmt: skip
    assert (second.unit, second.earlier, second.uscc) == ("乙县敬老院（原乙县福利院）", ("乙县福利院",), "")
    assert first.place == "第 3 行"


def test_a_unit_merged_over_two_projects_has_both(tmp_path):
    rows = [
        HEAD,
        ("1", "甲一试点", "甲县中心", "", "2019"),
        ("2", "甲二试点", "", "", "2022"),
        ("3", "乙试点", "乙县中心", "", "2022"),
    ]
    path = word_list(tmp_path / "名单.docx", rows, merge=[((1, 2), (2, 2))])
    assert [(one.unit, one.project) for one in read_former(path).pilots] == [
        ("甲县中心", "甲一试点"), ("甲县中心", "甲二试点"), ("乙县中心", "乙试点"),
    ]  # fmt: skip


def test_a_table_that_goes_on_has_the_head_of_the_one_before(tmp_path):
    goes_on = [("2", "乙试点", "乙县中心", "", "2022")]
    other = [("经办人", "电话")], [("王某", "0791")]
    path = word_list(
        tmp_path / "名单.docx",
        [HEAD, ("1", "甲试点", "甲县中心", "", "2019")],
        goes_on,
        [*other[0], *other[1]],
    )
    pilots = read_former(path).pilots
    assert [(one.unit, one.place) for one in pilots] == [
        ("甲县中心", "第 1 个表 第 2 行"), ("乙县中心", "第 2 个表 第 1 行"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("名单.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "docx_is_doc"),
        ("名单.wps", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "docx_is_wps"),
        ("名单.docx", b"PK\x03\x04 cut", "docx_unreadable"),
        ("名单.rtf", b"{\\rtf1 list}", "docx_is_other"),
        ("名单.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "list_is_xls"),
    ],
)
def test_old_kinds_are_told_how_they_can_be_read(tmp_path, name, content, code):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(PackageError) as refused:
        read_former(path)
    assert refused.value.code == code
    assert "另存为" in str(refused.value)
    assert name in str(refused.value)


def test_a_word_file_without_a_list(tmp_path):
    with pytest.raises(PackageError) as refused:
        read_former(word_list(tmp_path / "通知.docx", [("经办人", "电话"), ("王某", "0791")]))
    assert refused.value.code == "list_no_head"
