"""Filling foreign forms: every layout that offices use, and everything that must stay as it was."""

from __future__ import annotations

import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pilotdesk.documents.filling import installed, mapping, saving
from pilotdesk.documents.filling.filling import fill
from pilotdesk.documents.filling.inline import blanks, is_guidance, options
from pilotdesk.documents.filling.normal import normal
from pilotdesk.documents.filling.proposing import propose
from pilotdesk.documents.opened import Grid, OpenedDocx, paragraph_text
from pilotdesk.documents.opened.names import TBL, P, W
from pilotdesk.errors import ExportError, PackageError
from pilotdesk.forms.aliases import read_aliases
from pilotdesk.forms.installed import current_folder
from pilotdesk.projects import sample_package, session_of_package
from tests.documents.foreign_forms import document, run, save

DAY = date(2026, 6, 20)
NAME = "南汀县政务服务“高效办成一件事”标准化试点"
UNIT = "南汀县政务服务中心"


@pytest.fixture(scope="module")
def session():
    return session_of_package(sample_package("application"), DAY)


@pytest.fixture(scope="module")
def aliases():
    return read_aliases(current_folder("2026"), "application")


class Desk:
    """Proposes, fills and saves a form, and shows what came of it."""

    def __init__(self, folder, session, aliases):
        self.folder, self.session, self.aliases = folder, session, aliases

    def fill(self, *blocks, given=None, **answers):
        self.opened = OpenedDocx.open(save(self.folder / "form.docx", *blocks))
        form, snapshot = self.session.form, self.session.freeze()
        snapshot = replace(snapshot, values={**snapshot.values, **answers})
        self.mapping = given or propose(form, self.aliases, self.opened, round_name="2026", today=DAY)
        self.filled = fill(self.opened, self.mapping, form, snapshot, self.aliases)
        saving.save_filled(self.opened, self.filled, self.folder / "filled.docx")
        self.again = OpenedDocx.open(self.folder / "filled.docx")
        return self

    @property
    def lines(self):
        return [paragraph_text(one) for one in self.again.body if one.tag == P]

    @property
    def rows(self):
        made = Grid(next(self.again.body.iter(TBL)))
        return [[cell.text for cell in made.row(row)] for row in range(len(made.lines))]

    @property
    def placed(self):
        return {one.path for one in self.filled.placed}


@pytest.fixture
def desk(tmp_path, session, aliases):
    return Desk(tmp_path, session, aliases)


# -- labels ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written", ["项目名称", " 项 目　名\n称 ：", "（一）项目名称（全称）", "1．项目名称*", "２、项目名称："]
)
def test_a_label_is_the_same_however_it_is_written(written):
    assert normal(written) == "项目名称"


@given(st.text(st.sampled_from("项目名称一1（）()、.：年 　\n"), max_size=12))
def test_a_normal_label_stays_as_it_is(text):
    once = normal(text)
    assert not set(once) & set(" 　\n：、")
    if "(" not in once and ")" not in once:
        assert len(normal(once)) <= len(once)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("姓　　名", []), ("联 系 人", []), ("一、总体目标\t3", []), ("项目名称", []),
        ("名称：____", ["text"]), ("名称：", ["text"]), ("名称：　职务：", ["text", "text"]),
        ("　　年　月　日", ["date"]), ("自　　年　月至　　年　月", ["period"]), ("二〇二六年　月　日", []),
        ("　　省　　市　　县（市、区）", ["region"]), ("　　　万元", ["text"]), ("出生年月", []),
    ],
)  # fmt: skip
def test_blanks_are_told_from_spread_words(text, kinds):
    assert [one.kind for one in blanks(text)] == kinds


def test_options_stand_behind_their_boxes_or_before_them():
    assert [one.words for one in options("单位性质：□机关　□企业")] == ["机关", "企业"]
    assert [one.words for one in options("性质：机关□　企业□")] == ["机关", "企业"]
    assert [one.words for one in options("是（　）　否（　）")] == ["是", "否"]
    assert options("名称（　）") == ()


@pytest.mark.parametrize(
    ("text", "guides"),
    [
        ("（请填全称）", True),
        ("单击此处输入文字。", True),
        ("（加盖公章）", False),
        ("（注：另附页）", False),
        ("/", True),
    ],
)
def test_guidance_is_told_from_seals_and_notes(text, guides):
    assert is_guidance(text) is guides


# -- places ----------------------------------------------------------------------------------------


def test_labels_left_above_and_beside(desk):
    desk.fill(
        [["项目名称", ("", 3)], ["法定代表人", "姓　名", "", ""], [("单位简介（500字）", 4)], [("\n\n", 4)]],
        "申报单位（盖章）：______", "联系人：　　　电话：　　　　",
    )  # fmt: skip
    assert desk.rows[0] == ["项目名称", NAME]
    assert desk.rows[1][2] == "周明远"
    assert desk.rows[3][0].startswith(UNIT + "是县政府直属")
    assert desk.lines == [f"申报单位（盖章）：{UNIT}", "联系人：吴小舟　电话：0794-2000131"]


def test_the_same_label_is_another_person_s_in_another_group(desk):
    desk.fill([["项目负责人", "手机", ""], ["联系人", "手机", ""], ["会计", "手机", ""]])
    assert [row[2] for row in desk.rows] == ["13800000021", "13800000035", ""]


def test_what_is_others_stays_empty(desk):
    desk.fill(
        "评审专家意见", [["单位名称", ""], ["联系人", ""]],
        "三、推荐单位信息", [["单位名称", ""], ["推荐单位", ""], ["联系电话", ""]],
        "四、承担单位", [["承担单位", "（盖章）\n　年　月　日"], ["法定代表人（签字）", ""], ["开户银行", ""]],
        "法定代表人（签字）：______",
    )  # fmt: skip
    assert desk.placed == {"recommending_authority"}
    assert "开户银行" in desk.filled.unclaimed
    assert desk.lines[-1] == "法定代表人（签字）：______"


def test_a_block_for_each_unit_and_a_table_of_parties(desk):
    block = [["单位名称", ""], ["信用代码", ""]]
    desk.fill(
        [
            ["承担单位", *block[0]],
            ["^", *block[1]],
            ["参加单位1", *block[0]],
            ["^", *block[1]],
            ["参加单位2", *block[0]],
        ],
    )
    assert [row[2] for row in desk.rows] == [
        UNIT, "12361099MB1K23456F", "南汀县市场监督管理局", "11361099MB0A77013L", "南汀县数据发展服务中心",
    ]  # fmt: skip
    assert "participating_units[3]" in {one.path for one in desk.filled.unplaced}
    desk.fill([["", "姓名", "手机"], ["项目负责人", "", ""], ["联系人", "", ""]])
    assert desk.rows[1:] == [["项目负责人", "陈立", "13800000021"], ["联系人", "吴小舟", "13800000035"]]


def test_two_parties_beside_each_other(desk):
    row = ["单位名称", "", "单位名称", ""]
    desk.fill(
        [
            [("承担单位", 2), ("参加单位", 2)],
            row,
            ["联系人", "", "联系人", ""],
            ["联系电话", "", "联系电话", ""],
        ]
    )
    assert [row[1::2] for row in desk.rows[1:]] == [
        [UNIT, "南汀县市场监督管理局"],
        ["吴小舟", "丁岚"],
        ["0794-2000131", "0794-2000210"],
    ]


def test_labels_one_behind_the_other(desk):
    desk.fill("项目负责人：，职务：。", "联系人：手机：", "说明：请如实填写：不得虚报。", "承担单位：\n")
    assert desk.lines[:3] == [
        "项目负责人：陈立，职务：副主任／高级工程师。",
        "联系人：吴小舟　手机：13800000035",
        "说明：请如实填写：不得虚报。",
    ]


def test_dates_periods_and_places_are_completed(desk):
    desk.fill(
        "填报日期：　　年　月　日", "填报日期：2026年　月　日", "建设周期：自　　年　月至　　年　月",
        "建设周期：　　年　月　日至　　年　月　日", "实施地点：　　　省　　　市　　　县（市、区）", "填报日期：2025年　月　日",
    )  # fmt: skip
    assert desk.lines == [
        "填报日期：2026年6月12日", "填报日期：2026年6月12日", "建设周期：自2027年1月至2028年12月",
        "建设周期：2027年1月1日至2028年12月31日", "实施地点：江西省抚州市南汀县", "填报日期：2025年　月　日",
    ]  # fmt: skip


def test_units_are_not_doubled(desk):
    desk.fill(
        [["职工总数", "　　　人"], ["专职人员数（人）", ""], ["职工人数", ""]], "本单位申报______项目。"
    )
    assert [row[1] for row in desk.rows] == ["86人", "2", "86"]


def test_boxes_of_other_choices_stay_and_an_answer_without_a_box_is_listed(desk):
    desk.fill(
        [
            ["单位性质", "□机关　□事业单位\n□企业"],
            ["是否承担过国家标准化试点项目", "是□　否□"],
            ["试点领域", "□养老　□农业"],
        ],
        "近三年□是　□否发生重大质量、安全、环境事故。",
    )
    assert [row[1] for row in desk.rows] == ["□机关　☑事业单位\n□企业", "是□　否☑", "□养老　□农业"]
    assert desk.lines == ["近三年□是　☑否发生重大质量、安全、环境事故。"]
    assert [(one.path, one.why) for one in desk.filled.unplaced if one.why == "no_fit"] == [
        ("pilot_field", "no_fit")
    ]


def test_a_cell_or_box_for_each_sign(desk):
    desk.fill([["邮政编码", *[""] * 6]], "统一社会信用代码：" + "□" * 18, "邮政编码：□□□□□□□")
    assert "".join(desk.rows[0][1:]) == "344099"
    assert desk.lines[0] == "统一社会信用代码：12361099MB1K23456F"
    assert desk.lines[1] == "邮政编码：□□□□□□□"


def test_guidance_goes_with_its_grey(desk):
    look = '<w:color w:val="A6A6A6"/><w:i/><w:sz w:val="21"/>'
    grey = f"<w:p>{run('填写全称', look)}</w:p>"
    desk.fill([["项目名称", "（写清谁、做什么）"], ["申报单位", grey]])
    assert [row[1] for row in desk.rows] == [NAME, UNIT]
    written = list(desk.again.body.iter(f"{W}rPr"))[-1]
    assert [child.tag for child in written] == [f"{W}sz"]


def test_headings_contents_and_instructions(desk):
    desk.fill(
        "一、总体目标\t2", "填表说明", "1．项目名称：应简明、准确。", "一、试点背景", "请简要说明。", "", "",
        "二、总体目标", "（分年度写）", "三、组织保障", "四、其他事项", "",
    )  # fmt: skip
    lines = desk.lines
    assert lines[:5] == [
        "一、总体目标\t2",
        "填表说明",
        "1．项目名称：应简明、准确。",
        "一、试点背景",
        "请简要说明。",
    ]
    assert lines[5].startswith("1. 国家部署明确。")
    assert "" not in lines[5 : lines.index("二、总体目标")]
    assert lines[lines.index("二、总体目标") + 1].startswith("用两年时间")
    assert lines[lines.index("三、组织保障") + 1].startswith("成立试点工作领导小组")
    assert lines[-2:] == ["四、其他事项", ""]


def test_lines_of_a_long_text_look_like_the_first(desk):
    first = (
        '<w:p w14:paraId="1"><w:pPr><w:ind w:firstLine="480"/><w:rPr><w:sz w:val="24"/></w:rPr></w:pPr></w:p>'
    )
    desk.fill("一、试点背景", first)
    made = [one for one in desk.again.body if one.tag == P][1:]
    assert len(made) > 5
    assert all(one.find(f"{W}pPr/{W}ind").get(f"{W}firstLine") == "480" for one in made)
    assert all(one.find(f"{W}r/{W}rPr/{W}sz").get(f"{W}val") == "24" for one in made)
    assert sum(len(one.attrib) for one in made) == 1


# -- rows ------------------------------------------------------------------------------------------


def test_rows_are_filled_copied_and_numbered(desk):
    desk.fill(
        "附表1 参加单位情况",
        [
            ["序号", "单位名称", "承担的任务", "盖章"],
            ["1", "", "", ""],
            ["……", "", "", ""],
            [("填表人：", 4)],
        ],
    )
    assert [row[0] for row in desk.rows] == ["序号", "1", "2", "3", "填表人："]
    assert [row[1] for row in desk.rows[1:4]] == [
        "南汀县市场监督管理局",
        "南汀县数据发展服务中心",
        "南汀县人力资源和社会保障局",
    ]
    assert {row[3] for row in desk.rows[1:4]} == {""}
    columns = {one.path for one in desk.filled.unplaced if one.path.startswith("participating_units[]")}
    assert "participating_units[].uscc" in columns


def test_rows_that_are_too_many_stay_and_sums_stand_below(desk):
    desk.fill(
        "经费预算",
        [
            ["支出项目", ("预算金额", 2), "资金来源"],
            ["^", "2027年度", "2028年度", "^"],
            *[["", "", "", ""]] * 6,
            ["合计", "", "", ""],
        ],
    )
    assert desk.rows[6][0] == "案例整理和交流"
    assert desk.rows[7] == ["", "", "", ""]
    assert desk.rows[8] == ["合计", "19.5", "12.5", ""]


def test_a_list_beside_its_label(desk):
    rows = [["经费\n预算", "支出项目", "2027年", "2028年"], *[["^", "", "", ""]] * 2, ["^", "合计", "", ""]]
    desk.fill([["项目名称", ("", 3)], *rows, ["总体目标", ("", 3)]])
    assert [row[0] for row in desk.rows] == ["项目名称", *["经费\n预算"] * 7, "总体目标"]
    assert desk.rows[6][1:] == ["案例整理和交流", "0.0", "2.0"]
    assert desk.rows[7][1:] == ["合计", "19.5", "12.5"]


def test_rows_with_given_keys_take_their_own(desk):
    desk.fill(
        "现行标准",
        [["标准级别", "数量", "主要标准"], ["企业标准", "", ""], ["国家标准", "", ""], ["国际标准", "", ""]],
    )
    assert [row[:2] for row in desk.rows[1:]] == [["企业标准", "41"], ["国家标准", "31"], ["国际标准", ""]]
    assert ("existing_standards", "no_fit") in {(one.path, one.why) for one in desk.filled.unplaced}


def test_a_list_of_others_is_no_list_of_ours(desk):
    desk.fill("评审专家名单", [["姓名", "单位", "职务", "分工"], ["", "", "", ""], ["", "", "", ""]])
    assert not desk.placed
    assert desk.filled.unclaimed == ("姓名", "单位", "职务", "分工")


def test_the_structure_figure_is_drawn_where_there_is_a_place(desk):
    desk.fill("一、标准体系结构图", "", "二、其他")
    with zipfile.ZipFile(desk.folder / "filled.docx") as file:
        assert file.read("word/media/pilotdesk1.png").startswith(b"\x89PNG")
        assert b"pilotdesk1.png" in file.read("word/_rels/document.xml.rels")
        assert b'Extension="png"' in file.read("[Content_Types].xml")
    assert "structure" in desk.placed


# -- nothing is dropped, nothing else is touched ---------------------------------------------------


def test_what_is_not_placed_is_listed_and_what_is_unanswered_stays_blank(desk):
    desk.fill("项目名称：____", "登记机关：____", registrar=None)
    assert desk.lines[1] == "登记机关：____"
    assert desk.filled.empty == ("登记机关：",)
    listed = {one.path for one in desk.filled.unplaced}
    assert {"unit_name", "contact.name", "targets", "background"} <= listed
    assert not listed & {"project_name", "basic_project_name", "registrar", "unit_profile"}


def test_a_label_that_is_only_alike_is_a_suggestion(desk):
    desk.fill([["可复制可推广内容与推广路径图", ""]])
    assert not desk.placed
    assert [(one.path, one.why) for one in desk.filled.unplaced if one.label] == [("replication", "not_sure")]
    sure = replace(desk.mapping, place=tuple(replace(one, confirmed=True) for one in desk.mapping.place))
    desk.fill([["可复制可推广内容与推广路径图", ""]], given=sure)
    assert desk.placed == {"replication"}


def test_an_old_copy_of_a_text_box_says_the_same(desk):
    box = "<w:txbxContent><w:p>" + run("项目名称：____") + "</w:p></w:txbxContent>"
    desk.fill(
        f'<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    found = ["".join(one.itertext()) for one in desk.again.body.iter(f"{W}txbxContent")]
    assert len(found) == 2
    assert found[0] == found[1] == f"项目名称：{NAME}"


def test_a_file_that_reads_back_otherwise_is_not_left(desk, monkeypatch):
    target = desk.folder / "filled.docx"
    monkeypatch.setattr(OpenedDocx, "write", lambda self, path: save(path, "项目名称："))
    with pytest.raises(ExportError) as caught:
        desk.fill("项目名称：")
    assert caught.value.code == "filled_differs"
    assert not target.exists()


# -- mappings --------------------------------------------------------------------------------------


def test_a_mapping_is_kept_read_and_used_for_its_template_alone(desk, tmp_path, monkeypatch):
    monkeypatch.setenv("PILOTDESK_DATA", str(tmp_path / "data"))
    form = desk.session.form
    desk.fill("项目名称：____", [['标准化"机构"', ""]])
    other = replace(desk.mapping, place=(replace(desk.mapping.place[0], path="unit_name", confirmed=True),))
    kept = installed.keep_mapping(other)
    assert mapping.read_mapping(kept) == other
    again = OpenedDocx.open(tmp_path / "form.docx")
    assert installed.mapping_for(again, form, round_name="2026", today=DAY) == other
    desk.fill("项目名称：____", [['标准化"机构"', ""]], given=other)
    assert desk.lines == [f"项目名称：{UNIT}"]
    changed = OpenedDocx.open(save(tmp_path / "other.docx", "项目名称：_____"))
    with pytest.raises(PackageError) as caught:
        installed.mapping_for(changed, form, round_name="2026", today=DAY, given=kept)
    assert caught.value.code == "mapping_other_file"
    assert installed.mapping_for(changed, form, round_name="2026", today=DAY).place[0].path == "project_name"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('kind = "text"', 'kind = "texts"', 12), ('at = "P0', 'at = "Q0', 11), ("confidence = 0.98", "confidence = 9", 13),
        ('path = "project_name"', 'path = "no_such"', 0), ("[[place]]", "[[place", 9), ('form = "', 'from = "', 5),
    ],
)  # fmt: skip
def test_a_damaged_mapping_is_refused_with_its_line(desk, tmp_path, old, new, line):
    desk.fill("项目名称：____")
    path = tmp_path / "m.toml"
    text = mapping.mapping_toml(desk.mapping)
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(PackageError) as caught:
        installed.mapping_for(
            OpenedDocx.open(tmp_path / "form.docx"),
            desk.session.form,
            round_name="2026",
            today=DAY,
            given=path,
        )
    assert caught.value.code == "mapping_broken"
    assert f"m.toml:{line}" in str(caught.value) or not line


def test_a_mapping_whose_places_are_gone_says_so_and_changes_nothing(desk):
    desk.fill("项目名称：____")
    place = replace(desk.mapping.place[0], confirmed=True)
    for at in ("P9:0-1", "T0/R0/C0"):
        lost = replace(desk.mapping, place=(replace(place, at=at),))
        desk.fill("项目名称：____", given=lost)
        assert desk.lines == ["项目名称：____"]
        assert ("project_name", "no_fit") in {(one.path, one.why) for one in desk.filled.unplaced}


def test_a_form_of_every_kind_of_cell_is_only_touched_where_it_is_filled(desk):
    desk.fill([["项目名称", ""], ["甲", "乙"]], "丙")
    before = document([["项目名称", ""], ["甲", "乙"]], "丙")
    assert before.count("<w:p>") == len(desk.again.paragraphs())
    assert [paragraph_text(one) for one in desk.again.paragraphs()] == ["项目名称", NAME, "甲", "乙", "丙"]
