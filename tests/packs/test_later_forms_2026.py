"""年度工作总结 and 自评表: what they ask, what comes back from the application, how they are scored."""

from __future__ import annotations

import re
import shutil
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from pilotdesk.forms.answers_file import begun_values, initial_values
from pilotdesk.forms.loader import load_pack
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.forms.values import Row, cell_path
from pilotdesk.paths import forms_dir
from pilotdesk.session import Session
from tests.packs.life_kit import sample_sessions

if TYPE_CHECKING:
    from pilotdesk.forms.model import Form

PACK = load_shipped("2026")
SUMMARIES = [PACK.forms[f"summary_{year}"] for year in (2027, 2028)]
FINAL = PACK.forms["self_assessment"]
LATER = [*SUMMARIES, FINAL]
PROMISES = [
    *((form, table) for form in SUMMARIES for table in ("figures", "tasks_done")),
    *((FINAL, table) for table in ("results", "tasks_done", "standards_done", "outcomes_done")),
]
DAY = date(2029, 1, 20)


def words_of(form: Form) -> str:
    """Everything that a person reads in a form."""
    texts = [form.head.title, *(note for document in form.head.document for note in document.notes)]
    texts += [choice.label + choice.hint for choices in form.head.choice_lists.values() for choice in choices]
    checks = [*form.head.check]
    for step in form.steps:
        texts += [
            step.label,
            step.hint,
            *(text for group in step.group for text in (group.label, group.hint)),
        ]
    for field in form.fields.values():
        texts += [str(row) for row in field.rows]
        for one in (field, *field.columns, *field.parts):
            texts += [one.label, one.hint, one.note, one.example, *one.text]
            checks += one.check
    forbidding = [
        check for check in checks if "notice_7_burden" in check.source
    ]  # say that it is not to be written
    for check in checks:
        texts += [] if check in forbidding else [check.what, check.why, check.fix, check.example]
    return "\n".join(texts)


@pytest.mark.parametrize("form", LATER, ids=lambda form: form.head.name)
def test_nothing_is_said_of_inspections_that_the_notice_forbids(form):
    """R12: no 督导, no 考核验收; the self-assessment is the unit's own."""
    assert re.findall("督导|验收|考核组|专家组|现场评审", words_of(form)) == []


@pytest.mark.parametrize("form", LATER, ids=lambda form: form.head.name)
def test_every_field_that_is_asked_says_how_to_fill_it_in(form):
    assert [
        field.name
        for field in form.fields.values()
        if field.type != "statement"
        and not (field.hint and (field.example or field.seal or field.calculation))
    ] == []


@pytest.mark.parametrize(
    ("form", "table"), PROMISES, ids=lambda part: getattr(part, "name", None) or str(part)
)
def test_a_promise_is_shown_and_kept_and_its_change_stands_beside_it(form, table):
    columns = {column.name: column for column in form.fields[table].columns}
    promised = columns["promised"]
    assert (promised.fixed, promised.changed_into) == (True, "promised_now")
    assert all(path.startswith("application.") for path in promised.carry)
    assert {"promised_now", "changed_by", "changed_on", "change_basis", "achieved", "reason", "proof"} <= set(
        columns
    )
    assert columns["proof"].type == "evidence"
    assert form.fields[table].fixed_rows


def test_the_two_summaries_differ_in_their_year_only():
    first, second = SUMMARIES
    assert list(first.fields) == list(second.fields)
    for form, year in zip(SUMMARIES, (2027, 2028), strict=True):
        assert form.head.deadline == f"summary_{year}"
        promised = next(c for c in form.fields["figures"].columns if c.name == "promised")
        assert promised.carry == (f"application.targets.value_{year}",)
        assert form.head.document[0].year == f"{year}年度"


def test_the_first_year_plans_the_next_and_the_last_prepares_the_assessment():
    for form, shown, hidden in (
        (SUMMARIES[0], "next_plan", "assessment_plan"),
        (SUMMARIES[1], "assessment_plan", "next_plan"),
    ):
        session = Session(PACK, form.head.name, initial_values(form), today=DAY)
        assert (session.is_relevant(shown), session.is_relevant(hidden)) == (True, False)
    assert [next(s.label for s in form.steps if s.number == "八") for form in SUMMARIES] == [
        "下一年计划",
        "自评准备",
    ]


def test_the_six_activities_have_one_text_each_of_one_to_three_hundred_characters():
    for form in SUMMARIES:
        texts = [field for name, field in form.fields.items() if name.startswith("progress_")]
        assert [field.label for field in texts] == [activity.label for activity in PACK.round.activity]
        assert {(field.min_chars, field.max_chars) for field in texts} == {(100, 300)}


@pytest.mark.parametrize("form", LATER, ids=lambda form: form.head.name)
def test_the_incidents_of_clause_seven_are_declared_one_by_one(form):
    rows = [row.cell("code") for row in initial_values(form)["declarations"] if isinstance(row, Row)]
    assert rows == ["A-1", "A-2", "A-3", "A-4", "A-5"]


def found_at(session: Session, path: str) -> dict[str, str]:
    return {issue.code: issue.severity.value for issue in session.issues_at(path)}


@pytest.mark.parametrize("form", LATER, ids=lambda form: form.head.name)
def test_a_declared_incident_is_flagged_until_it_is_explained_and_reported(form):
    session = Session(PACK, form.head.name, initial_values(form), today=DAY)
    told, reported = (cell_path("declarations", "r_a2", name) for name in ("explanation", "reported_on"))
    session.set_value(cell_path("declarations", "r_a2", "answer"), "yes")
    assert found_at(session, told) == {"required": "error"}
    assert found_at(session, reported) == {"incident_unreported": "warning"}
    session.set_value(told, "2027年5月消防设施检测逾期，同月整改完毕并复查合格")
    session.set_value(reported, date(2027, 6, 2))
    assert found_at(session, told) == found_at(session, reported) == {}
    session.set_value(cell_path("declarations", "r_a2", "answer"), "no")
    assert not session.is_relevant(told)


def test_a_changed_promise_says_who_changed_it_and_when():
    session = sample_sessions()["summary_2028"]

    def cell(name):
        return session.value(cell_path("figures", "r_target06", name))

    assert cell("changed_by") is None
    session.set_value(cell_path("figures", "r_target06", "promised_now"), Decimal("95.0"))
    assert (cell("promised"), cell("changed_by"), cell("changed_on")) == (
        Decimal("96.0"),
        "林芸",
        date(2028, 11, 20),
    )
    assert found_at(session, cell_path("figures", "r_target06", "change_basis")) == {"required": "warning"}


def test_a_figure_that_falls_short_asks_for_the_reason():
    session = sample_sessions()["summary_2027"]
    reason = cell_path("figures", "r_target07", "reason")
    assert found_at(session, reason) == {}
    session.set_value(cell_path("figures", "r_target07", "achieved"), Decimal("12.5"))
    assert found_at(session, reason) == {"required": "warning"}
    assert session.value(cell_path("figures", "r_target07", "gap")) == Decimal("0.5")
    assert session.value(cell_path("figures", "r_target07", "completion")) == Decimal(96)


# -- the tree of indicators -----------------------------------------------------------------------


def points_by_area() -> dict[str, Decimal]:
    points: dict[str, Decimal] = {}
    for row in initial_values(FINAL)["indicators"]:
        assert isinstance(row, Row)
        points[row.cell("area")] = points.get(row.cell("area"), Decimal(0)) + row.cell("points")
    return points


def test_twenty_indicators_give_a_hundred_points_and_each_area_says_how_many():
    points = points_by_area()
    assert sum(points.values()) == 100
    assert (
        [int(re.search(r"（(\d+)分）", area)[1]) for area in points]
        == list(points.values())
        == [20, 20, 22, 8, 20, 10]
    )
    assert len(FINAL.fields["indicators"].rows) == 20


def test_points_of_the_criteria_add_up_to_those_of_the_indicator():
    for row in FINAL.fields["indicators"].rows:
        parts = [int(number) for number in re.findall(r"(\d)分(?:；|$)", row["criteria"])]
        assert not parts or sum(parts) == int(row["points"]), row["item_no"]


def test_reference_line_and_rating_never_pass_for_official():
    for name in ("pass_line", "rating"):
        assert "非官方" in FINAL.fields[name].label
        assert FINAL.fields[name].source == ("inferred",)
    assert "不是官方规定" in str(sample_sessions()["self_assessment"].value("conclusion"))


@pytest.mark.parametrize(
    ("score", "total", "rating"),
    [("5", "95.0", "excellent"), ("0", "90.0", "excellent"), (None, "90.0", "open")],
)
def test_total_and_rating_follow_from_the_scores(score, total, rating):
    session = sample_sessions()["self_assessment"]
    session.set_value(cell_path("indicators", "r_i11", "score"), None if score is None else Decimal(score))
    assert (session.value("total_score"), session.value("rating")) == (Decimal(total), rating)


def test_the_rating_falls_with_the_total():
    session = sample_sessions()["self_assessment"]
    ratings = []
    for row in session.rows("indicators"):
        session.set_value(cell_path("indicators", row.id, "score"), Decimal(0))
        ratings.append(session.value("rating"))
    assert list(dict.fromkeys(ratings)) == ["excellent", "good", "reached", "below"]
    assert found_at(session, "rating") == {"rating_below": "hint"}


def test_scores_that_the_figures_do_not_bear_out_are_pointed_out():
    session = sample_sessions()["self_assessment"]
    for row_id, score, code in (("r_i31", "5.9", "score_by_standards"), ("r_i11", "5.5", "score_range")):
        session.set_value(cell_path("indicators", row_id, "score"), Decimal(score))
        assert code in found_at(session, cell_path("indicators", row_id, "score"))


def test_each_pilot_field_has_a_module_of_its_own_and_sees_no_other():
    modules = [name for name in FINAL.fields if name.startswith("module_")]
    assert [name.removeprefix("module_").upper() for name in modules] == [
        one.code for one in PACK.round.pilot_field
    ]
    for pilot_field in PACK.round.pilot_field:
        values = begun_values(FINAL, {"pilot_field": pilot_field.code})
        session = Session(PACK, "self_assessment", values, today=DAY)
        shown = [name for name in modules if session.is_relevant(name)]
        assert shown == [f"module_{pilot_field.code.lower()}"]
        assert {row.cell("kind") for row in session.rows(shown[0])} == {"narrative"}


MIXED = """rows = [
  { id = "r_1", item_no = "1", area = "甲", item = "体系", criteria = "完整", kind = "graded" },
  { id = "r_2", item_no = "2", area = "甲", item = "实施", criteria = "按标准做", kind = "graded" },
  { id = "r_3", item_no = "3", area = "乙", item = "特色", criteria = "写清楚", kind = "narrative" },
]
"""


@pytest.fixture
def graded(tmp_path):
    """The pack with another table of indicators: two graded ones and a narrative one. Only rows are different."""
    folder = tmp_path / "2026"
    shutil.copytree(forms_dir() / "2026", folder)
    file = folder / "self_assessment" / "03-indicators.toml"
    text, count = re.subn(r"rows = \[\n.*?\n\]\n", MIXED, file.read_text("utf-8"), flags=re.DOTALL)
    assert count == 1
    file.write_text(text, "utf-8", newline="\n")
    pack = load_pack(folder)
    return Session(pack, "self_assessment", initial_values(pack.forms["self_assessment"]), today=DAY)


def test_a_table_that_grades_needs_no_line_of_code(graded):
    def at(row_id, column):
        return cell_path("indicators", row_id, column)

    assert [graded.is_relevant(at("r_1", name)) for name in ("score", "grade")] == [False, True]
    assert [graded.is_relevant(at("r_3", name)) for name in ("score", "grade", "narrative")] == [
        False,
        False,
        True,
    ]
    assert found_at(graded, at("r_3", "narrative")) == {"required": "warning"}
    assert graded.value("rating") == "open"
    graded.set_value(at("r_1", "grade"), "met")
    graded.set_value(at("r_2", "grade"), "mostly")
    assert found_at(graded, at("r_2", "narrative")) == {"required": "warning"}
    assert (graded.value("total_score"), graded.value("rating")) == (None, "reached")
    graded.set_value(at("r_2", "grade"), "unmet")
    assert graded.value("rating") == "below"
    assert "不符合1项" in str(graded.value("conclusion"))


def test_the_conclusion_of_a_table_that_is_not_filled_in_counts_nothing_that_is_not_there() -> None:
    empty = Session(PACK, "self_assessment", initial_values(FINAL), today=DAY)
    assert empty.value("conclusion") == "自评表还没有评完。"
