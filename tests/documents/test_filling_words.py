"""Words around labels, parties of a contract, other bodies in the same line, and answers that a form has no room for."""

from __future__ import annotations

from datetime import date

import pytest

from pilotdesk.documents.filling.filling import fill
from pilotdesk.documents.filling.inline import blanks, has_box, is_guidance, options
from pilotdesk.documents.filling.normal import folded, normal
from pilotdesk.documents.filling.proposing import propose
from pilotdesk.documents.filling.stems import stems
from pilotdesk.documents.opened import OpenedDocx, paragraph_text
from pilotdesk.documents.opened.names import P
from pilotdesk.forms.aliases import read_aliases
from pilotdesk.forms.installed import current_folder
from pilotdesk.projects import sample_package, session_of_package
from tests.documents.foreign_forms import save

DAY = date(2026, 6, 20)
UNIT = "南汀县政务服务中心"


@pytest.fixture
def filled(tmp_path):
    def run(*blocks):
        session = session_of_package(sample_package("application"), DAY)
        opened = OpenedDocx.open(save(tmp_path / "form.docx", *blocks))
        aliases = read_aliases(current_folder("2026"), "application")
        mapping = propose(session.form, aliases, opened, round_name="2026", today=DAY)
        result = fill(opened, mapping, session.form, session.freeze(), aliases)
        lines = [paragraph_text(one) for one in opened.body.iter(P)]
        return lines, result

    return run


def test_words_around_a_label_are_taken_off_one_by_one():
    assert {"现有职工总数", "单位现有职工总数", "职工总数"} < {
        one.text for one in stems("申报单位现有职工总数")
    }
    assert {one.of for one in stems("申报单位现有职工总数") if one.text == "职工总数"} == {"unit"}
    assert "代码" not in {one.text for one in stems("项目代码")}


def test_small_words_are_alike():
    assert folded(normal("存在的问题与困难")) == folded(normal("存在问题及困难"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("○机关 ○企业", ["机关", "企业"]), ("[ ]机关　[ ]企业", ["机关", "企业"]), ("机关○　企业○", ["机关", "企业"]),
        ("○○县○○局", []), ("二○　　年", []),
    ],
)  # fmt: skip
def test_circles_and_brackets_are_boxes_where_they_stand_beside_options(text, words):
    assert [one.words for one in options(text)] == words


def test_a_year_in_chinese_has_no_box():
    assert not has_box("二○二六年")
    assert [one.kind for one in blanks("填报日期：二〇　　年　　月　　日")] == ["date"]
    assert [one.kind for one in blanks("填报日期：202_年__月__日")] == ["date"]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("单位名称…………………", ["单位名称"]), ("单位名称：....................", ["单位名称："]),
        ("项  目  名  称　　　　　　　　　　", ["项  目  名  称"]), ("姓　　名", []), ("说明……", []),
    ],
)  # fmt: skip
def test_dots_and_lines_behind_spread_labels_are_blanks(text, labels):
    assert [one.labels[0] for one in blanks(text)] == labels


def test_placeholders_of_crosses_are_guidance():
    assert is_guidance("××××××")
    assert is_guidance("…………")


def test_only_the_party_that_undertakes_is_ours(filled):
    lines, _ = filled(
        "下达单位（甲方）：______________", "承担单位（乙方）：______________", "甲方联系人：______　电话：________",
        "乙方联系人：______　电话：________", "甲方（盖章）：　　　　乙方（盖章）：",
    )  # fmt: skip
    assert lines[0] == "下达单位（甲方）：______________"
    assert lines[1].startswith(f"承担单位（乙方）：{UNIT}")
    assert lines[2] == "甲方联系人：______　电话：________"
    assert "吴小舟" in lines[3]
    assert "0794-2000131" in lines[3]
    assert lines[4] == "甲方（盖章）：　　　　乙方（盖章）："


def test_parties_that_nobody_names_are_nobodys(filled):
    lines, result = filled("甲方：______________", "乙方：______________")
    assert lines == ["甲方：______________", "乙方：______________"]
    assert not result.placed


def test_a_contact_behind_the_name_of_another_body_is_only_a_guess(filled):
    lines, result = filled("主管部门：________　联系人：________", [["主管部门", "", "联系电话", ""]])
    assert not result.placed
    assert "吴小舟" not in "".join(lines)


def test_what_is_left_over_is_told_also_of_attachments(filled):
    _, result = filled("单位名称：________")
    left = {one.path for one in result.unplaced}
    assert {"legal_certificate", "credit_reports", "project_name"} <= left
    assert "opinion_blocks" not in left


def test_two_answers_stand_in_one_place(filled):
    lines, _ = filled([["通讯地址及邮政编码", ""], ["联系人、电子邮箱", ""]])
    assert lines[1] == "南汀县政务路8号　344099"
    assert lines[3] == "吴小舟　wuxz@nanting.example"
