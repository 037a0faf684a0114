"""Review points: what belongs to them, the lines they are shown with, and phrases with their place filled in."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotdesk.forms.values import Row
from pilotdesk.review.checking.points import MATERIAL, Points, evidence_lines, filled_in
from pilotdesk.review.records import Kind
from pilotdesk.rules.expression import compile_expression
from pilotdesk.rules.messages import expressions_of
from tests.packs.test_seeded_defects import TODAYS
from tests.review.findings_kit import PACK, REVIEW, as_printed, points_of, sample

LINES = (
    "两网查询 6月2日，无不良记录",
    "事业单位，填“未承担过试点”，参加单位 3 家",
    "社会管理与公共服务领域，政务服务“高效办成一件事”",
    "专职 2 人，兼职 9 人，执行标准 75 项",
    "六项活动齐，拟补充制定 24 项标准",
    "8 个指标，均有基期和来源，6 项成果",
)


def lines(form_name, values, source=Kind.PILOT):
    return evidence_lines(points_of(form_name, source), PACK, values, TODAYS[form_name])


def test_the_lines_of_the_sample_say_how_things_stand():
    assert lines("application", sample("application").values) == LINES


@pytest.mark.parametrize("form_name", TODAYS)
def test_every_point_has_a_line_for_an_empty_form_and_for_a_full_one(form_name):
    for values in ({}, sample(form_name).values):
        told = lines(form_name, values)
        assert len(told) == len(points_of(form_name).shown)
        assert all(told)
        assert not any("未填）" in line or "{" in line for line in told)


@pytest.mark.parametrize("form_name", TODAYS)
def test_lines_read_nothing_that_the_form_does_not_have(form_name):
    form = PACK.forms[form_name]
    paths = {
        f"{name}.{one.name}" for name, field in form.fields.items() for one in (*field.columns, *field.parts)
    }
    for point in points_of(form_name).sheet.point:
        for clause in point.line:
            texts = [*expressions_of(clause.say), *([clause.test] if clause.test else [])]
            for text in texts:
                assert compile_expression(text).names <= paths | form.fields.keys(), text


@pytest.mark.parametrize(
    ("change", "at", "told"),
    [
        ({"credit_queries": None}, 1, "没有填信用查询"),
        ({"incidents": "yes"}, 1, "填“有事故或通报、处罚”"),
        ({"national_pilot_before": "yes"}, 2, "填“承担过试点”"),
        ({"uscc": None}, 2, "没有填统一社会信用代码"),
        ({"directions": None}, 3, "没有选方向"),
        ({"full_time_staff": None}, 4, "兼职 9 人，执行标准 75 项"),
        ({"targets": None}, 6, "没有填量化指标"),
    ],
)
def test_a_line_says_what_has_changed(change, at, told):
    values = dict(sample("application").values) | change
    assert told in lines("application", values)[at - 1]


def without(rows, column, places):
    return tuple(row.with_cell(column, None) if at in places else row for at, row in enumerate(rows))


@given(st.sets(st.integers(0, 7)), st.sets(st.integers(0, 7)))
@settings(max_examples=12, deadline=None)
def test_the_line_of_the_targets_counts_what_is_missing(no_base, no_source):
    session = sample("application")
    rows = without(without(session.rows("targets"), "base_value", no_base), "data_source", no_source)
    line = lines("application", dict(session.values) | {"targets": rows})[5]
    assert ("均有基期和来源" in line) == (not no_base and not no_source)
    assert (f"{len(no_base)} 个没有基期" in line) == bool(no_base)
    assert (f"{len(no_source)} 个没有来源" in line) == bool(no_source)


def test_the_activities_that_are_missing_and_rows_without_a_person_are_counted():
    session = sample("application")
    rows = [row for row in session.rows("schedule") if row.cell("activity") != "improvement"]
    rows[2] = rows[2].with_cell("responsible_person", None)
    line = lines("application", dict(session.values) | {"schedule": tuple(rows)})[4]
    assert line.startswith("六项活动缺 1 项，1 行责任人未写")


def test_a_bad_record_of_a_participant_is_not_called_clear():
    session = sample("application")
    first, *rest = session.rows("participating_units")
    bad = (first.with_cell("credit_result", "record"), *rest)
    line = lines("application", dict(session.values) | {"participating_units": bad})[0]
    assert "参加单位有不良记录" in line
    assert "无不良" not in line


def test_one_site_alone_is_said():
    session = sample("application")
    line = lines(
        "application", dict(session.values) | {"credit_queries": session.rows("credit_queries")[:1]}
    )[0]
    assert line.startswith("只查了一个网站 6月2日")


def test_what_is_never_printed_is_not_told_of_a_word_file():
    told = lines("application", as_printed("application", sample("application").values), Kind.WORD)
    assert told == (*LINES[:4], "拟补充制定 24 项标准", LINES[5])


@pytest.mark.parametrize(
    ("path", "check", "number"),
    [
        ("uscc", "", 2),
        ("uscc", "uscc_form", 2),
        ("credit_queries[r_1].queried_on", "credit_query_old", 1),
        ("participating_units[r_1].credit_result", "participant_bad_record", 1),
        ("participating_units[r_1].task", "", 5),
        ("participating_units[r_1].contact_phone", "participant_phone_form", MATERIAL),
        ("participating_units[r_1].uscc", "participant_uscc_form", 2),
        ("contact.mobile", "", MATERIAL),
        ("pilot_field", "", 3),
        ("full_time_staff", "", 4),
        ("opinion_blocks", "special_line_authority", 3),
        ("summary", "text_private_number", MATERIAL),
        ("summary", "text_national_promise", 5),
        ("background", "text_figures", 6),
        ("targets[r_1].value_2028", "target_no_progress", 6),
        ("nowhere", "", MATERIAL),
    ],
)
def test_the_nearest_name_says_where_something_belongs(path, check, number):
    assert points_of("application").number_of(path, check) == number


def test_points_go_by_the_words_of_the_round():
    shown = points_of("application").shown
    assert [point.label for point in shown] == [one.label for one in PACK.round.review_point]
    assert [point.number for point in shown] == [1, 2, 3, 4, 5, 6]
    assert all(point.clause.startswith("通知第三条") for point in shown)


def test_without_a_review_file_everything_is_a_matter_of_the_material():
    bare = Points(PACK, "application", None)
    assert bare.shown == ()
    assert bare.number_of("uscc", "uscc_form") == MATERIAL
    assert evidence_lines(bare, PACK, {}, TODAYS["application"]) == ()
    assert bare.phrases(1) == ()


def test_phrases_for_a_point_come_before_those_for_any():
    points = points_of("application")
    own = points.phrases(5)
    assert own[0].point == "tasks"
    assert [one.point for one in own] == sorted((one.point for one in own), key=lambda point: not point)
    assert {one.point for one in points.phrases(MATERIAL)} == {""}
    assert points.phrases(7) == points.phrases(MATERIAL)


@pytest.mark.parametrize(
    ("phrase", "number", "label", "said"),
    [
        ("{number}{row}请写明责任人。", "10.1", "进度安排表，第 3 行，责任人", "10.1 第 3 行请写明责任人。"),
        ("{number}{row}请写明责任人。", "10.1", "进度安排表", "10.1 请写明责任人。"),
        ("{number}{row}请写明责任人。", "", "", "请写明责任人。"),
        ("{number}“{label}”请核实。", "10.1", "进度安排表，第 3 行，责任人", "10.1 “责任人”请核实。"),
        ("{number}“{label}”请核实。", "6.1", "标准体系框架，节点 101，名称", "6.1 “名称”请核实。"),
        ("{number}“{label}”请核实。", "", "", "这一栏请核实。"),
    ],
)
def test_a_phrase_takes_the_place_it_speaks_of(phrase, number, label, said):
    assert filled_in(phrase, number, label) == said


@given(
    st.sampled_from([one.text for sheet in REVIEW.sheet for one in sheet.phrase]),
    st.booleans(),
    st.booleans(),
)
def test_no_phrase_keeps_a_placeholder(phrase, numbered, labelled):
    said = filled_in(phrase, "2.2" if numbered else "", "表，第 1 行，列" if labelled else "")
    assert "{" not in said
    assert said.endswith("。")
    assert "“”" not in said


def test_rows_without_answers_do_not_count():
    empty = tuple(Row(f"r_{at}") for at in range(3))
    assert lines("application", {"targets": empty})[5] == "没有填量化指标"
