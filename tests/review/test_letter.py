"""推荐公文 read back: its page, its heads, its words, and what is left to the clerk."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from openxml_audit import OpenXmlValidator

from pilotdesk.errors import ExportError
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.review.desk.records import Verdict
from pilotdesk.review.outputs.letter import (
    Letter,
    LetterKind,
    Process,
    document_number,
    letter_docx,
    letter_paper,
    self_name,
)
from pilotdesk.review.outputs.letter_facts import chosen_of, process_of
from pilotdesk.review.outputs.title_lines import MOST_WIDTH, title_lines, width
from tests.review.desk_kit import desk_in, opened, submission

ROUND = load_shipped("2026").round
FIELDS = ["F6", "F1", "F1", "F2", "F3", "F4", "F4", "F5", "Z1", "Z2", "Z2"]
TITLE = "南汀县政务服务“高效办成一件事”标准化试点"
LETTER = Letter(
    bureau="江西省市场监督管理局",
    kind=LetterKind.LETTER,
    code="赣市监标函",
    number="126",
    year=2026,
    chosen=tuple((TITLE if at == 0 else f"第{at}个试点", field) for at, field in enumerate(FIELDS)),
    process=Process(
        received=63,
        checked=62,
        returned=21,
        publicity="推荐名单已公示5个工作日，没有收到异议。",
        legal_persons=True,
        clean_credit=True,
        former=(),
    ),
    contact="丁一帆",
    phone="0791-0000512",
    dated=date(2026, 6, 24),
    copies=("抚州市市场监督管理局", "南汀县人民政府"),
)
REPORT = replace(
    LETTER, kind=LetterKind.REPORT, code="赣市监标", signer="王小明", issued_by="江西省市场监督管理局办公室"
)
BARE = Letter(
    bureau="新疆生产建设兵团市场监督管理局", kind=LetterKind.REPORT, year=2026, chosen=((TITLE, "Z1"),)
)
KINDS = pytest.mark.parametrize("letter", [LETTER, REPORT, BARE], ids=["letter", "report", "bare"])


def opened_docx(letter):
    return docx.Document(io.BytesIO(letter_docx(letter, ROUND)))


def lines_of(document):
    return [paragraph.text for paragraph in document.paragraphs]


def rows_of(document):
    return [cell.text for table in document.tables for row in table.rows for cell in row.cells]


@KINDS
def test_the_file_is_valid_and_the_same_every_time(letter, tmp_path):
    content = letter_docx(letter, ROUND)
    assert content == letter_docx(letter, ROUND)
    path = tmp_path / "letter.docx"
    path.write_bytes(content)
    assert [str(error) for error in OpenXmlValidator().validate(str(path)).errors] == []


@KINDS
def test_page_is_that_of_the_standard(letter):
    section = opened_docx(letter).sections[0]
    found = [
        section.page_width,
        section.page_height,
        section.top_margin,
        section.left_margin,
        section.right_margin,
    ]
    assert [round(length.mm) for length in found] == [210, 297, 37, 28, 26]
    assert section.bottom_margin.mm == pytest.approx(35, abs=0.3)
    grid = section._sectPr.find(qn("w:docGrid"))
    pitch = int(grid.get(qn("w:linePitch")))
    area = section.page_height.twips - section.top_margin.twips - section.bottom_margin.twips
    assert (pitch, area // pitch) == (580, 22)


def test_body_is_set_22_lines_of_28_characters():
    styles = {style.style_id: style for style in opened_docx(LETTER).styles}
    for name in ("GWBody", "GWPlain", "GWFirst", "GWSecond", "GWAnnex", "GWSign"):
        style = styles[name]
        assert style.font.size.pt == 16
        assert style.paragraph_format.line_spacing.pt == 29
        closer = int(style.element.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
        assert 28 * (16 + closer) <= 442.25 < 28.1 * (16 + closer)
    assert styles["GWTitle"].font.size.pt == 22
    assert str(styles["GWMark"].font.color.rgb) == "CC0000"
    faces = {
        name: styles[name].element.rPr.rFonts.get(qn("w:eastAsia"))
        for name in ("GWBody", "GWFirst", "GWTitle")
    }
    assert faces == {"GWBody": "仿宋_GB2312", "GWFirst": "黑体", "GWTitle": "方正小标宋简体"}


def test_letter_has_its_mark_and_rules_on_the_first_page_only():
    section = opened_docx(LETTER).sections[0]
    assert section.different_first_page_header_footer
    header = section.first_page_header
    assert header.paragraphs[0].text == LETTER.bureau
    rules = [rule.get("style") for rule in header._element.iter("{urn:schemas-microsoft-com:vml}rect")]
    places = [dict(part.split(":") for part in rule.split(";")) for rule in rules]
    assert [place["height"] for place in places] == ["2.2pt", "0.7pt", "0.7pt", "2.2pt"]
    assert {place["width"] for place in places} == {"481.89pt"}
    assert {place["margin-left"] for place in places} == {"56.69pt"}
    foot = float(places[-1]["margin-top"][:-2]) + 2.2
    assert foot / 72 * 25.4 == pytest.approx(277, abs=0.1)
    assert "".join(one.text for one in section.first_page_footer.paragraphs) == ""


def test_page_numbers_stand_outside():
    section = opened_docx(REPORT).sections[0]
    assert section.footer.paragraphs[0].text == "— 1 —"
    assert section.footer.paragraphs[0].paragraph_format.alignment == 2
    assert section.even_page_footer.paragraphs[0].paragraph_format.alignment == 0
    assert section.footer.paragraphs[0].style.font.size.pt == 14


def test_letter_says_what_the_desk_counted():
    lines = lines_of(opened_docx(LETTER))
    assert lines[0] == "赣市监标函〔2026〕126号"
    title = lines.index("江西省市场监督管理局关于推荐2026年度")
    assert lines[1:3] == ["", ""]
    assert lines[title + 1] == "国家标准化试点项目的函"
    assert lines[title + 3] == "国家标准化管理委员会："
    text = "\n".join(lines)
    for words in (
        "（国标委发〔2026〕23号）要求，我局组织征集试点项目，收到申报材料63份。现将有关情况函告如下：",
        "信用情况、资格、试点领域范围、标准化工作基础、试点任务以及工作目标设置逐项进行了审核，共审核62份，退回补正21份。",
        "推荐名单已公示5个工作日，没有收到异议。",
        f"拟推荐{TITLE}等11个项目，其中农业农村领域2个、消费品领域1个、高新技术领域1个、服务业领域2个、"
        "基本公共服务领域1个、社会管理与公共服务领域1个，司法行政领域专项1个、民政领域专项2个，",
        "符合总数不超8个、同一领域不超2个、专项另各不超2个的要求。",
        "附件：1.\t2026年度国家标准化试点项目推荐汇总表",
        "2.\t国家标准化试点项目申报书（11份）",
        "\t江西省市场监督管理局\n\t2026年6月24日\n（联系人：丁一帆，联系电话：0791-0000512）",
    ):
        assert words in text
    assert "请填写" not in text
    assert rows_of(opened_docx(LETTER)) == ["抄送：抚州市市场监督管理局，南汀县人民政府。"]


def test_report_has_a_signer_a_red_rule_and_its_imprint():
    document = opened_docx(REPORT)
    lines = lines_of(document)
    assert lines[0] == "江西省市场监督管理局文件"
    number = document.paragraphs[3]
    assert number.text == "　赣市监标〔2026〕126号\t签发人：王小明"
    rule = number._p.pPr.find(qn("w:pBdr")).find(qn("w:bottom"))
    assert rule.get(qn("w:color")) == "CC0000"
    signer = number.runs[-1]
    assert (signer.text, signer._r.rPr.rFonts.get(qn("w:eastAsia"))) == ("王小明", "楷体_GB2312")
    assert "特此报告。" in lines
    assert not any("复核" in line for line in lines)
    assert rows_of(document)[-1] == "江西省市场监督管理局办公室\t2026年6月24日印发"
    assert not document.sections[0].different_first_page_header_footer


def test_nothing_unknown_is_made_up():
    document = opened_docx(BARE)
    text = "\n".join((*lines_of(document), *rows_of(document)))
    for claim in ("均具有独立法人资格。", "均无不良信用记录。", "均未承担过", "已公示", "没有收到异议"):
        assert claim not in text
    blanks = letter_paper(BARE, ROUND).blanks
    assert text.count("【请填写") == len(blanks) == 14
    marked = [run.text for one in document.paragraphs for run in one.runs if run.font.highlight_color]
    assert marked
    assert all(words.startswith("【请填写") for words in marked)
    assert letter_paper(LETTER, ROUND).blanks == ()


def test_one_pick_and_former_units_are_said_as_they_are():
    letter = replace(
        LETTER,
        chosen=((TITLE, "F6"),),
        process=replace(LETTER.process, publicity="", former=("南汀县行政审批局",)),
    )
    text = "\n".join(lines_of(opened_docx(letter)))
    assert (
        f"拟推荐{TITLE}1个项目，属社会管理与公共服务领域1个，符合总数不超8个、同一领域不超2个的要求。" in text
    )
    assert "其中南汀县行政审批局承担过国家标准化试点项目，再次推荐的理由是：【请填写：理由】。" in text
    assert "公示" not in text.replace("国家企业信用信息公示系统", "")


def test_the_project_that_is_named_is_the_first_of_annex_1():
    """Special tracks stand last there, whatever their rank."""
    letter = replace(LETTER, chosen=(("甲", "Z2"), ("乙", "F1"), ("丙", "F2")))
    assert "拟推荐乙等3个项目" in "\n".join(lines_of(opened_docx(letter)))
    letter = replace(LETTER, chosen=(("甲", "Z2"), ("丁", "Z1")))
    assert "拟推荐丁等2个项目" in "\n".join(lines_of(opened_docx(letter)))


def test_an_exception_is_never_passed_over():
    letter = replace(LETTER, process=replace(LETTER.process, legal_persons=False, clean_credit=False))
    text = "\n".join(lines_of(opened_docx(letter)))
    assert "【请填写：哪些单位没有独立法人资格，怎样处理】" in text
    assert "【请填写：哪些单位有不良信用记录，怎样处理】" in text
    assert "均无不良" not in text


def test_more_than_the_quota_is_no_letter():
    with pytest.raises(ExportError) as trouble:
        letter_docx(replace(LETTER, chosen=(*LETTER.chosen, ("多出来的", "Z2"))), ROUND)
    assert trouble.value.code == "quota_over"
    assert "民政超 1 项" in str(trouble.value)
    with pytest.raises(ExportError) as trouble:
        letter_docx(replace(LETTER, chosen=()), ROUND)
    assert trouble.value.code == "nothing_picked"


def test_words_of_the_bureau():
    assert [self_name(name) for name in ("某省市场监督管理局", "某省市场监督管理厅", "某市市场监督管理委员会", "某办")] == [
        "我局", "我厅", "我委", "我单位",
    ]  # fmt: skip
    assert document_number("", "", 2026) == "【请填写】〔2026〕　　号"
    assert not any(word in "\n".join(lines_of(opened_docx(REPORT))) for word in ("督导", "考核", "验收"))


@pytest.mark.parametrize(
    ("bureau", "rest", "lines"),
    [
        ("江西省市场监督管理局", "函", ["江西省市场监督管理局关于推荐2026年度", "国家标准化试点项目的函"]),
        (
            "天津市市场监督管理委员会",
            "报告",
            ["天津市市场监督管理委员会关于推荐", "2026年度国家标准化试点项目的报告"],
        ),
        ("", "函", ["关于推荐2026年度国家标准化试点项目的函"]),
    ],
)
def test_titles_break_between_words(bureau, rest, lines):
    assert list(title_lines(f"{bureau}关于推荐2026年度国家标准化试点项目的{rest}", (bureau,))) == lines


@given(
    st.text(
        "江西省市场监督管理局关于推荐2026年度国家标准化试点项目的函《》“”（）、A1", min_size=1, max_size=90
    )
)
def test_lines_of_a_title_are_the_title(title):
    lines = title_lines(title)
    assert "".join(lines) == title
    assert all(width(line) <= MOST_WIDTH for line in lines) or len(title) > 18


def test_what_the_desk_knows(tmp_path):
    with opened(desk_in(tmp_path)) as desk:
        made = [submission(f"k{at}") for at in range(3)]
        for one in made:
            desk.take(one)
        assert process_of(desk, ROUND).received == 3
        keys = [one.key for one in made]
        desk.pick(keys[1], yes=True)
        assert process_of(desk, ROUND).legal_persons is None
        for point in range(7):
            desk.verdict(keys[1], point, Verdict.PASSED)
        desk.returned(keys[0], "退回单1", 3)
        process = process_of(desk, ROUND, "")
        assert (process.received, process.checked, process.returned) == (3, 2, 1)
        assert (process.legal_persons, process.clean_credit) == (True, True)
        assert [field for _, field in chosen_of(desk)] == [made[1].facts.field]


@pytest.mark.parametrize("bureau", ["江西省市场监督管理局", "新疆生产建设兵团市场监督管理局"])
def test_name_and_date_stand_around_one_axis(bureau):
    """The date ends four characters from the right, or as near as a long name lets it; three lines are left for the seal."""
    document = opened_docx(replace(LETTER, bureau=bureau))
    lines = lines_of(document)
    at = lines.index(f"\t{bureau}")
    assert lines[at - 3 : at] == ["", "", ""]
    stops = [one.paragraph_format.tab_stops[0] for one in document.paragraphs[at : at + 2]]
    assert {stop.alignment for stop in stops} == {1}
    middle = {stop.position.pt for stop in stops}.pop()
    assert {stop.position.pt for stop in stops} == {middle}
    pitch = 442.25 / 28
    date_end = middle + width("2026年6月24日") * pitch / 2
    name_end = middle + width(bureau) * pitch / 2
    ends = (442.25 - date_end, 442.25 - name_end)
    assert ends[0] == pytest.approx(4 * pitch, abs=0.1) or (
        ends[0] > 4 * pitch and ends[1] == pytest.approx(0, abs=0.1)
    )
    assert ends[1] > -0.1


def test_runover_lines_of_annexes_stand_under_their_title():
    document = opened_docx(LETTER)
    first, second = (one.paragraph_format for one in document.paragraphs if one.style.style_id == "GWAnnex")
    assert first.left_indent == second.left_indent == first.tab_stops[0].position
    starts = [round((one.left_indent.pt + one.first_line_indent.pt) / 15.75, 1) for one in (first, second)]
    assert starts == [2.0, 5.0]


def test_long_name_is_a_narrower_mark_of_the_same_height():
    sizes = []
    for letter in (LETTER, replace(LETTER, bureau=BARE.bureau)):
        runs = opened_docx(letter).sections[0].first_page_header.paragraphs[0].runs
        named = [run for run in runs if run.text]
        scale = named[0]._r.rPr.find(qn("w:w"))
        spread = named[0]._r.rPr.find(qn("w:spacing"))
        narrow = int(scale.get(qn("w:val"))) / 100 if scale is not None else 1.0
        count = len(letter.bureau)
        total = count * 39 * narrow + (count - 1) * int(spread.get(qn("w:val"))) / 20
        sizes.append((named[0].font.size.pt, round(total)))
    assert sizes[0] == (39, 425)
    assert sizes[1][0] == 39
    assert 415 <= sizes[1][1] <= 425
