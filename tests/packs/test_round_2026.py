"""The 2026 round says what the notice says."""

from __future__ import annotations

from datetime import date

import pytest

from pilotdesk.forms.regions import provinces
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.paths import forms_dir

ROUND = load_shipped("2026").round
NOTICE = (forms_dir() / "2026" / "notice.txt").read_text(encoding="utf-8")
ANNEX = NOTICE[NOTICE.rindex("2026 年度国家标准化试点项目征集领域") :].replace("\n", "")

DIRECTIONS = {
    "农业农村领域": 11,
    "消费品领域": 9,
    "高新技术领域": 11,
    "服务业领域": 7,
    "基本公共服务领域": 6,
    "社会管理与公共服务领域": 7,
    "司法行政领域专项": 4,
    "民政领域专项": 5,
}


def test_the_eight_fields_of_the_annex_in_its_order_with_all_their_directions():
    assert {field.label: len(field.direction) for field in ROUND.pilot_field} == DIRECTIONS
    assert [field.label for field in ROUND.pilot_field] == list(DIRECTIONS)
    assert [field.code for field in ROUND.pilot_field] == ["F1", "F2", "F3", "F4", "F5", "F6", "Z1", "Z2"]


@pytest.mark.parametrize("field", ROUND.pilot_field, ids=lambda field: field.code)
def test_every_direction_and_scope_stands_in_the_annex_word_for_word(field):
    place = ANNEX.index(f"、{field.label}")
    assert field.scope in ANNEX[place:]
    for direction in field.direction:
        assert direction.label in ANNEX[place:], direction.label
        assert direction.hint in ANNEX[place:]


def test_consumer_goods_have_two_lists():
    goods = next(field for field in ROUND.pilot_field if field.code == "F2")
    assert [direction.group for direction in goods.direction] == ["对象"] * 5 + ["需求"] * 4


def test_only_the_list_that_does_not_end_in_deng_is_closed():
    assert [field.code for field in ROUND.pilot_field if not field.open_ended] == ["Z1"]


def test_quota_is_eight_in_all_two_a_field_and_two_for_each_special_track():
    assert (ROUND.quota_total, ROUND.quota_special) == (8, 2)
    assert {field.quota for field in ROUND.pilot_field} == {2}
    assert [field.code for field in ROUND.pilot_field if field.special] == ["Z1", "Z2"]


def test_thirty_two_submitters_one_for_every_mainland_province_and_the_bingtuan():
    assert len(ROUND.submitter) == 32
    not_addressed = {"710000", "810000", "820000"}
    addressed = {one.province for one in ROUND.submitter}
    assert addressed == {*set(provinces()) - not_addressed, "XPCC"}
    assert len({one.code for one in ROUND.submitter}) == len({one.label for one in ROUND.submitter}) == 32


def test_six_activities_in_the_order_of_clause_four():
    labels = [activity.label for activity in ROUND.activity]
    assert "主要通过" + "、".join(labels) + "等相关标准化活动" in NOTICE


def test_six_review_points_of_clause_three():
    labels = [point.label for point in ROUND.review_point]
    assert len(labels) == 6
    for label in labels:
        assert label in NOTICE


def test_review_points_name_fields_that_exist():
    fields = load_shipped("2026").forms["application"].fields
    for point in ROUND.review_point:
        assert point.evidence
        assert set(point.evidence) <= fields.keys()


def test_dates_of_the_round():
    assert ROUND.issued == date(2026, 4, 9)
    assert ROUND.cycle == ("2027-01", "2028-12")
    assert {one.name: one.day for one in ROUND.deadline} == {
        "upload": date(2026, 6, 30),
        "cycle_start": date(2027, 1, 1),
        "summary_2027": date(2027, 11, 30),
        "summary_2028": date(2028, 11, 30),
        "cycle_end": date(2028, 12, 31),
        "self_assessment": None,
    }


def test_title_number_and_system_are_those_of_the_notice():
    assert ROUND.notice_number in NOTICE
    assert ROUND.system_name in NOTICE
    assert ROUND.system_address in NOTICE
    assert ROUND.notice_title in NOTICE.replace(" ", "")
