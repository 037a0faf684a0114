"""Labels that no list has as a whole: words put together, several texts in one place, what two places ask for."""

from __future__ import annotations

from datetime import date

import pytest

from pilotdesk.documents.filling.cores import Cores
from pilotdesk.documents.filling.inline import blanks
from pilotdesk.documents.filling.normal import halves, normal
from pilotdesk.documents.filling.proposing import propose
from pilotdesk.documents.opened import OpenedDocx
from pilotdesk.forms.aliases import read_aliases
from pilotdesk.forms.installed import current_folder
from pilotdesk.forms.shipped import load_shipped
from tests.documents.foreign_forms import save

DAY = date(2026, 6, 20)
CORES = Cores(
    {
        "background": ("背景", "必要性", "~现状", "~政策"),
        "policy_safeguard": ("政策", "~保障"),
        "problems[].remedy": ("对策", "~途径"),
        "incidents": ("事故", "~安全"),
    }
)
SAFEGUARDS = "organisation_safeguard+staff_and_technology+policy_safeguard"


@pytest.fixture
def placed(tmp_path):
    """Places of a foreign form by address: path and whether it is sure; of lists the columns."""

    def run(*blocks):
        form = load_shipped("2026").forms["application"]
        opened = OpenedDocx.open(save(tmp_path / "form.docx", *blocks))
        aliases = read_aliases(current_folder("2026"), "application")
        mapping = propose(form, aliases, opened, round_name="2026", today=DAY)
        return {place.at: (place.columns or place.path, place.is_sure) for place in mapping.place}

    return run


@pytest.mark.parametrize(
    ("label", "path"),
    [
        ("项目建设的必要性和背景", "background"), ("现状和必要性", "background"), ("现状", ""), ("政策保障", "policy_safeguard"),
        ("必要性和保障", ""), ("产业必要性", ""), ("标准化对策", ""), ("必要性单位", ""), ("项目情况", ""),
    ],
)  # fmt: skip
def test_a_label_is_about_what_all_its_words_belong_to(label, path):
    assert CORES.path(normal(label)) == path


def test_words_of_a_column_count_in_its_table_only():
    assert CORES.path("标准化对策", table="problems") == "problems[].remedy"
    assert CORES.path("标准化对策", table="targets") == ""
    assert CORES.path("背景", table="problems") == ""


def test_words_of_questions_say_nothing_beside_boxes_only():
    assert CORES.path("近三年是否发生重大安全事故", asked=True) == "incidents"
    assert CORES.path("近三年是否发生重大安全事故") == ""


def test_the_halves_of_a_label_come_without_number_and_brackets():
    assert halves("二、立项依据（政策、标准）和目的、意义") == ("立项依据", "目的", "意义")
    assert halves("一、项目概况") == ("项目概况",)


def test_a_box_for_several_texts_takes_them_all(placed):
    made = placed("五、保障措施", "", [["经济效益和社会效益", ""]])
    assert made == {"P1": (SAFEGUARDS, True), "T0/R0/C1": ("economic_benefit+social_benefit", True)}


def test_a_text_that_two_places_ask_for_is_sure_at_one(placed):
    made = placed([["项目概况", ""], ["主要内容", ""]])
    assert made == {"T0/R0/C1": ("summary", True), "T0/R1/C1": ("summary", False)}


def test_a_text_of_its_own_goes_before_a_box_for_several(placed):
    made = placed([["保障措施", ""], ["组织保障", ""]])
    assert made == {"T0/R0/C1": (SAFEGUARDS, False), "T0/R1/C1": ("organisation_safeguard", True)}


def test_units_counted_by_their_labels_are_different_rows(placed):
    made = placed(
        [
            ["参加单位", "单位名称1", "", "联系人", ""],
            ["^", "单位名称2", "", "联系人", ""],
        ]
    )
    assert made["T0/R0/C2"] == ("participating_units[1].name", True)
    assert made["T0/R1/C2"] == ("participating_units[2].name", True)
    assert made["T0/R1/C4"] == ("participating_units[2].contact_name", True)


def test_a_list_of_projects_takes_ours_in_its_first_row(placed):
    made = placed([["序号", "项目名称", "承担单位", "参加单位"], ["1", "", "", ""], ["2", "", "", ""]])
    assert {at: path for at, (path, _) in made.items()} == {
        "T0/R1/C1": "project_name", "T0/R1/C2": "unit_name", "T0/R1/C3": "participant_names",
    }  # fmt: skip


def test_two_numbers_in_one_place_are_a_doubt(placed):
    assert placed([["标准化专（兼）职人员数", ""], ["标准化专职人员数", ""]]) == {
        "T0/R0/C1": ("full_time_staff", False), "T0/R1/C1": ("full_time_staff", True),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("title", "heads", "columns"),
    [
        ("三、建设内容及实施计划", "时间 工作任务", "schedule[].period schedule[].task"),
        ("一、年度任务", "年度（起止时间） 任务内容", "schedule[].period schedule[].task"),
        (
            "四、获奖情况",
            "奖项/荣誉名称 颁奖单位 获奖时间",
            "honours[].name honours[].awarded_by honours[].month",
        ),
        ("二、突出问题", "问题 产生原因 标准化对策", "problems[].problem problems[].cause problems[].remedy"),
        ("绩效目标", "一级指标 二级指标 单位", "- targets[].indicator targets[].unit"),
    ],
)
def test_a_list_is_known_by_parts_of_its_title_and_heads(placed, title, heads, columns):
    labels = heads.split()
    wanted = tuple(columns.replace("-", "").split(" "))
    assert placed(title, [labels, *([""] * len(labels) for _ in range(3))]) == {"T0/R1": (wanted, True)}


def test_a_list_below_a_row_of_one_person_is_filled_apart(placed):
    rows = [["", "姓名", "职务", "所在单位"], ["项目负责人", "", "", ""], ["", "", "", ""], ["", "", "", ""]]
    made = placed("四、项目组成员", rows)
    assert made["T0/R1/C1"] == ("project_leader.name", True)
    assert made["T0/R2"][0][1:] == (
        "leadership_group[].name",
        "leadership_group[].position",
        "leadership_group[].unit",
    )


def test_a_label_with_a_colon_over_an_empty_row_asks_there(placed):
    made = placed([["单位名称", ""], [("单位概况（性质、规模等）：", 2)], [("", 2)]])
    assert made["T0/R2/C0"] == ("unit_introduction", True)
    assert len(made) == 2


def test_a_row_of_labels_beside_a_person_is_no_row_of_single_signs(placed):
    labels = ["姓名", "职务", "固定电话", "手机", "电子邮箱"]
    made = placed([["联系人", *labels], ["^", *[""] * 5]])
    assert [path for path, _ in made.values()] == [
        f"contact.{one}" for one in ("name", "position", "phone", "mobile", "email")
    ]


def test_a_line_that_says_its_answer_is_no_heading(placed):
    made = placed("下达单位（甲方）：市场监督管理局", "承担单位（乙方）：__________")
    assert [path for path, _ in made.values()] == ["unit_name"]


@pytest.mark.parametrize("text", ["填　　报　　人：______", "项　目　名　称：______"])
def test_a_spread_label_is_one_label(text):
    (blank,) = blanks(text)
    assert normal(blank.labels[0]) in {"填报人", "项目名称"}


def test_the_unit_of_the_place_before_is_no_part_of_a_label():
    _, second = blanks("专职：　　　　人　兼职：　　　　人")
    assert second.labels[0] == "兼职："


def test_who_recommends_is_a_guess_on_a_form_of_recommenders(placed):
    assert placed("标准化试点项目推荐表", "推荐单位：__________")["P1:5-15"] == (
        "recommending_authority",
        False,
    )
    assert placed("标准化试点项目申报书", "推荐单位：__________")["P1:5-15"] == (
        "recommending_authority",
        True,
    )
