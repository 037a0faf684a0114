"""Labels behind their places, questions in one sentence, sums of money in another unit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pilotdesk.documents.filling.inline import blanks, options, questions, sentence_with_boxes
from pilotdesk.documents.filling.normal import normal
from pilotdesk.documents.filling.values import counted_in


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("指定____为联系人，联系电话：", "联系人"),
        ("由________同志担任项目负责人。", "项目负责人"),
        ("申报的________（项目名称）材料真实。", "项目名称"),
    ],
)
def test_a_label_may_stand_behind_its_place(text, label):
    assert blanks(text)[0].labels[0] == label


@pytest.mark.parametrize(
    "text", ["申报单位：________（盖章）", "我单位________为法人。", "项目名称：________（全称）"]
)
def test_what_stands_behind_is_no_label_when_it_is_a_seal_or_no_name(text):
    assert blanks(text)[0].labels[0].startswith(("申报单位", "我单位", "项目名称"))


def test_questions_in_one_sentence_are_told_apart():
    text = "近三年内○有　○没有重大事故，○有　○没有严重失信记录。"
    assert [text[start:end] for start, end in questions(text)] == [
        "近三年内○有　○没有重大事故",
        "○有　○没有严重失信记录",
    ]
    assert questions("近三年□是　□否发生事故。") == ()
    assert sentence_with_boxes("近三年内○有　○没有重大事故") == "近三年内有无重大事故"


@pytest.mark.parametrize(
    ("amount", "of", "unit", "text"),
    [
        ("32.5", "万元", "元", "325000"),
        ("32.0", "万元", "亿元", "0.0032"),
        ("0.00001", "万元", "元", "0.1"),
        ("100", "元", "万元", "0.01"),
    ],
)
def test_a_sum_of_money_is_counted_exactly(amount, of, unit, text):
    assert counted_in(Decimal(amount), of, unit) == text


def test_the_second_person_of_a_sentence_has_a_label_too():
    made = blanks("乙方指定____为试点负责人（职务：____），____为试点联系人（手机：____）。")
    assert [one.labels[0] for one in made] == ["试点负责人", "职务：", "试点联系人", "手机："]


def test_a_label_moved_to_the_right_is_no_unit_of_a_place():
    assert blanks("　　　其他资金") == ()
    assert len(blanks("　　　万元")) == 1


def test_numbers_in_brackets_are_blanks_where_a_unit_follows():
    made = blanks("专职（　　）人　兼职（　　）人")
    assert [normal(one.labels[0]) for one in made] == ["专职", "兼职"]
    assert options("专职（　　）人　兼职（　　）人") == ()
