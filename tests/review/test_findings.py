"""Issues of the rules as findings of the desk: the same ones, each with its point, place, sentence and clause."""

from __future__ import annotations

import pytest

from pilotdesk.review.checking.clauses import clause_of
from pilotdesk.review.checking.findings import findings_of
from pilotdesk.review.checking.points import MATERIAL
from pilotdesk.review.records import Kind
from pilotdesk.rules.issue import Severity
from tests.packs.defect_kit import change, counted, lent_copy
from tests.packs.test_seeded_defects import CASES, TODAYS, names
from tests.review.findings_kit import PACK, as_printed, found_in, points_of, sample


@pytest.mark.parametrize("source", [Kind.PILOT, Kind.WORD, Kind.PDF])
@pytest.mark.parametrize("form_name", TODAYS)
def test_the_clean_sample_has_no_finding_whatever_brings_it(form_name, source):
    values = lent_copy(form_name, TODAYS[form_name]).values
    brought = values if source is Kind.PILOT else as_printed(form_name, values, source)
    assert found_in(form_name, brought, source=source) == ()


@pytest.mark.parametrize(("form_name", "defect"), CASES, ids=names)
def test_a_seeded_defect_becomes_a_finding_at_its_field(form_name, defect):
    session = change(lent_copy(form_name, TODAYS[form_name]), defect.bad)
    path = counted(session, defect.at)
    findings = findings_of(session.engine, points_of(form_name), PACK)
    issues = {(issue.code, issue.path): issue for issue in session.engine.listed_issues()}
    assert {(one.code, one.path) for one in findings} == issues.keys()
    found = [
        one
        for one in findings
        if one.path == path and one.code in {defect.code, "gaps_warning", "gaps_error"}
    ]
    assert found
    for one in found:
        issue = issues[one.code, one.path]
        assert one.severity is issue.severity
        assert one.point == points_of(form_name).number_of(path, defect.code)
        assert f"{one.number} {one.label}".strip() in issue.where
        assert one.sentence.startswith(" ".join(issue.what.split())[:12])
        assert one.clause
        assert "\n" not in one.sentence
        assert "  " not in one.sentence


@pytest.mark.parametrize(("form_name", "defect"), CASES[::5], ids=names)
def test_a_word_file_is_never_told_more_than_a_package(form_name, defect):
    session = change(lent_copy(form_name, TODAYS[form_name]), defect.bad)
    whole = {(issue.code, issue.path) for issue in session.engine.all_issues()}
    told = found_in(form_name, as_printed(form_name, session.values), source=Kind.WORD)
    assert {(one.code, one.path) for one in told if not one.code.startswith("gaps_")} <= whole
    assert {one.path for one in told} <= {path for _, path in whole}


def test_findings_stand_gravest_first_then_by_point_then_as_in_the_form():
    values = dict(sample("application").values)
    for name in ("uscc", "credit_queries", "legal_certificate", "targets", "background", "summary"):
        values.pop(name)
    findings = found_in("application", values)
    fields = list(PACK.forms["application"].fields)
    keys = [
        (one.severity.rank, one.point, fields.index(one.path.partition("[")[0].partition(".")[0]))
        for one in findings
    ]
    assert keys == sorted(keys)
    assert findings[0].severity is Severity.ERROR
    assert len({one.point for one in findings}) >= 3


def test_what_a_unit_answered_with_a_reason_is_a_hint_that_gives_the_reason():
    session = change(sample("application"), {"peer_count": None, "project_name": "南汀县政务服务提升行动"})
    reason = "县里文件\n定的名称"
    before = [one for one in found_in("application", session.values) if one.code == "project_name_ending"]
    after = [
        one
        for one in found_in("application", session.values, {"project_name_ending@project_name": reason})
        if one.code == "project_name_ending"
    ]
    assert [one.severity for one in before] == [Severity.WARNING]
    assert [one.severity for one in after] == [Severity.HINT]
    assert after[0].sentence.endswith("单位已说明：“县里文件 定的名称”。")
    assert (after[0].path, after[0].point, after[0].clause) == (
        before[0].path,
        before[0].point,
        before[0].clause,
    )


def test_what_must_be_mended_cannot_be_answered_away():
    session = change(sample("application"), {"national_pilot_before": None})
    key = "required@national_pilot_before"
    findings = found_in("application", session.values, {key: "不填"})
    assert [(one.code, one.severity) for one in findings if one.path == "national_pilot_before"] == [
        ("required", Severity.ERROR)
    ]


def test_missing_cells_of_a_table_are_named_with_their_rows():
    session = sample("application")
    rows = tuple(
        row.with_cell("responsible_person", None) if at in (2, 3) else row
        for at, row in enumerate(session.rows("schedule"))
    )
    (found,) = found_in("application", dict(session.values) | {"schedule": rows})
    assert (found.number, found.label, found.point) == ("10.1", "试点任务和进度安排表", 5)
    assert found.sentence == "10.1 试点任务和进度安排表还有 2 格没有填。请补上责任人：第 3、4 行。"


def test_of_many_rows_only_the_first_are_named():
    session = sample("application")
    rows = tuple(row.with_cell("number", None).with_cell("name", None) for row in session.rows("standards"))
    found = next(
        one
        for one in found_in("application", dict(session.values) | {"standards": rows})
        if one.code == "gaps_warning"
    )
    assert f"标准名称：第 1、2、3、4、5、6、7、8 行等 {len(rows)} 处" in found.sentence
    assert len(found.sentence) < 120


def test_a_cell_is_named_with_its_row():
    session = change(sample("application"), {"targets[3].data_source": None})
    (found,) = found_in("application", session.values)
    assert (found.number, found.label) == ("9.2", "量化指标表，第 3 行，数据来源／计算方法")
    assert found.point == 6


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (("notice_3_eligibility",), "通知第三条"),
        (("notice_3_eligibility", "notice_3_prior", "inferred"), "通知第三条"),
        (("notice_3_review", "notice_4_cycle"), "通知第三条、第四条"),
        (("annex_6",), "通知附件 六、社会管理与公共服务领域"),
        (
            ("gb_32100", "notice_3_eligibility"),
            "通知第三条；GB 32100—2015 法人和其他组织统一社会信用代码编码规则",
        ),
        (("inferred", "habit_21"), "参照国家农村综合改革"),
        (("inferred",), "由通知的要求推断"),
        (("nobody",), ""),
        ((), ""),
    ],
)
def test_the_clause_is_said_in_words(keys, said):
    title = PACK.sources["habit_21"].title
    assert clause_of(keys, PACK) == (f"参照{title}" if said.startswith("参照") else said)


def test_material_is_no_point():
    session = change(sample("application"), {"postcode": "12"})
    (found,) = found_in("application", session.values)
    assert found.point == MATERIAL
