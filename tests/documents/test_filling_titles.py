"""Titles that say whose labels stand below them, and words in brackets that say what a heading is about."""

from __future__ import annotations

import pytest

from pilotdesk.documents.filling.inline import blanks
from pilotdesk.documents.filling.judging import enumerations
from pilotdesk.documents.filling.parted import Parted
from pilotdesk.documents.filling.room import is_subtitle
from pilotdesk.documents.filling.spots import Context, Spot
from pilotdesk.documents.filling.words import Words
from pilotdesk.forms.aliases import read_aliases
from pilotdesk.forms.installed import current_folder
from pilotdesk.forms.shipped import load_shipped


@pytest.fixture
def parted():
    form = load_shipped("2026").forms["application"]
    return Parted(Words(form, read_aliases(current_folder("2026"), "application")))


def spot(label, title):
    around = (Context(text=title, kind="section", key=7),)
    return Spot(at="P1:0-0", kind="text", labels=(label,), around=around)


def test_where_the_first_label_comes_again_the_next_block_begins(parted):
    labels = ["（1）单位名称：", "联系人：", "联系电话：", "（2）单位名称：", "联系人：", "联系电话："]
    keys = [parted.named(spot(label, "参 加 单 位 情 况")).around[0].key for label in labels]
    assert keys[:3] == [7, 7, 7]
    assert len({*keys[3:]}) == 1
    assert keys[3] != 7


def test_titles_that_are_no_table_of_ours_keep_their_key(parted):
    keys = [parted.named(spot("单位名称", "承担单位情况")).around[0].key for _ in range(2)]
    assert keys == [7, 7]


def test_what_a_label_lists_in_brackets():
    assert enumerations("工作基础（组织机构、制度、人员等）") == [["组织机构", "制度", "人员"]]
    assert enumerations("总投入（万元）") == []


@pytest.mark.parametrize(
    ("text", "goes_on"),
    [("（背景、依据及存在问题）", True), ("（请写明背景、依据）", False), ("（不超过800字）", False)],
)
def test_a_list_in_brackets_goes_on_with_its_heading(text, goes_on):
    assert is_subtitle(text) is goes_on


def test_a_name_between_quotation_marks_is_that_of_the_project_applied_for():
    assert blanks("我单位申报的“　　　　”项目")[0].labels[0] == "项目名称"
    assert blanks("我单位曾承担的“　　　　”项目")[0].labels[0] != "项目名称"
