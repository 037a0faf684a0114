"""What a carrier cannot bring is neither asked for nor judged, and nothing else is lost."""

from __future__ import annotations

import pytest

from pilotdesk.forms.review_sheet import home_of
from pilotdesk.review.checking.carried_form import (
    carried_form,
    is_printed,
    is_silent,
    reads_silent,
    silent_paths,
)
from pilotdesk.review.checking.points import Points, evidence_lines
from pilotdesk.review.records import Kind
from tests.packs.test_seeded_defects import TODAYS
from tests.review.findings_kit import PACK, REVIEW, as_printed, points_of, sample


def checks_of(form):
    inner = [one for field in form.fields.values() for one in (field, *field.columns, *field.parts)]
    return {check.name for check in (*form.head.check, *(check for one in inner for check in one.check))}


def test_a_package_brings_everything():
    form = PACK.forms["application"]
    assert silent_paths(form, Kind.PILOT) == frozenset()
    assert points_of("application").form is form


def test_a_print_brings_no_files_no_columns_without_a_place_and_nothing_made_of_them():
    silent = silent_paths(PACK.forms["application"], Kind.WORD)
    assert {"legal_certificate", "standards.role", "schedule.activity", "standards_by_need"} <= silent
    assert not {"uscc", "standards", "standards.number", "funding_total", "participant_names"} & silent
    fields = points_of("application", Kind.WORD).form.fields
    assert all(column.required for column in fields["targets"].columns)
    assert is_printed(fields["uscc"])
    assert not any(
        is_printed(fields[name]) for name in ("opinion_blocks", "legal_certificate", "funding_total")
    )
    assert silent == silent_paths(PACK.forms["application"], Kind.PDF)


def test_what_is_made_of_something_silent_is_silent_over_several_calculations():
    silent = silent_paths(PACK.forms["application"], Kind.PLAIN_WORD, ["participating_units"])
    assert {"participating_units", "participant_names"} <= silent
    later = silent_paths(PACK.forms["self_assessment"], Kind.WORD)
    assert {"rating", "verdict", "conclusion"} <= later


@pytest.mark.parametrize("form_name", TODAYS)
def test_only_checks_that_read_what_is_missing_are_left_out(form_name):
    form, sheet = PACK.forms[form_name], points_of(form_name).sheet
    silent = silent_paths(form, Kind.WORD)
    cut = carried_form(form, sheet, Kind.WORD, silent)
    left_out = checks_of(form) - checks_of(cut)
    assert len(left_out) <= 12
    assert list(cut.fields) == list(form.fields)
    assert [step.name for step in cut.steps] == [step.name for step in form.steps]
    for name, field in cut.fields.items():
        assert not (is_silent(name, silent) and field.required)
        for one in (*field.columns, *field.parts):
            assert not (is_silent(f"{name}.{one.name}", silent) and one.required)


def test_columns_are_known_by_their_names_in_the_row_and_beside_their_table():
    silent = {"standards.role"}
    assert reads_silent("role == 'planned'", silent, {"role": "standards.role"})
    assert reads_silent("count_where(standards.role, 'planned') > 0", silent)
    assert reads_silent("count(column_where(standards, 'name', 'role', 'planned')) > 0", silent)
    assert reads_silent("count(standards) > 0", {"standards"})
    assert not reads_silent("role == 'planned'", silent)
    assert not reads_silent("count(standards) > count(needs)", silent)


def test_an_answer_whose_relevance_hangs_on_something_silent_is_shown_and_not_asked_for():
    values = as_printed("self_assessment", sample("self_assessment").values)
    points = points_of("self_assessment", Kind.WORD)
    score = next(one for one in points.form.fields["indicators"].columns if one.name == "score")
    assert (score.relevant, score.required) == ("", False)
    assert "自评 95.0 分" in evidence_lines(points, PACK, values, TODAYS["self_assessment"])[3]


def test_what_a_foreign_file_had_no_place_for_is_not_asked_for():
    points = Points(
        PACK, "application", REVIEW, source=Kind.PLAIN_WORD, unread=["uscc", "targets", "contact.mobile"]
    )
    fields = points.form.fields
    assert not fields["uscc"].required
    assert not fields["targets"].required
    assert not any(column.required for column in fields["targets"].columns)
    assert [part.required for part in fields["contact"].parts if part.name == "mobile"] == [False]
    assert fields["unit_name"].required
    assert "target_twice" not in checks_of(points.form)
    told = evidence_lines(points, PACK, {}, TODAYS["application"])
    assert told[5] == ""
    assert told[1] == "没有填单位性质，没有填是否承担过试点"


def test_the_nearest_name_counts():
    homes = {"step s": 1, "group g": 2, "field f": 3, "field f.c": 4, "check x": 5}
    assert home_of(homes, "f.c", group="g", step="s", check="x") == 5
    assert home_of(homes, "f.c", group="g", step="s", check="y") == 4
    assert home_of(homes, "f.d", group="g", step="s") == 3
    assert home_of(homes, "e", group="g", step="s") == 2
    assert home_of(homes, "e", group="h", step="s") == 1
    assert home_of(homes, "e", group="h", step="t") is None


def test_what_is_unknown_is_not_said():
    told = evidence_lines(points_of("application"), PACK, {}, TODAYS["application"])
    assert told[0] == "没有填信用查询"
    assert told[3] == "没有填标准化人员，没有填执行的标准"
