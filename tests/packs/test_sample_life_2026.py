"""The practice sample over three years: complete, free of issues, and the forms agree with each other."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from pilotdesk.documents.attachments import inspect
from pilotdesk.forms.counting import count_chars
from pilotdesk.forms.evidence_codecs import evidence_refs
from pilotdesk.forms.values import Attachment, Row
from pilotdesk.projects import facts_of
from tests.packs.life_kit import DAYS, FOLDER, sample_sessions

LATER = [name for name in DAYS if name != "application"]


@pytest.fixture(scope="module")
def sessions():
    return sample_sessions()


def by_id(session, table):
    return {row.id: row for row in session.rows(table)}


def files_of(session):
    for value in session.values.values():
        for part in value if isinstance(value, tuple) else ():
            yield from [part] if isinstance(part, Attachment) else []
            for cell in part.cells.values() if isinstance(part, Row) else ():
                yield from (
                    one for one in (cell if isinstance(cell, tuple) else ()) if isinstance(one, Attachment)
                )


@pytest.mark.parametrize("name", DAYS)
def test_no_form_has_any_issue(sessions, name):
    issues = sessions[name].all_issues()
    assert [(issue.severity.value, issue.code, issue.path, issue.what) for issue in issues] == []


@pytest.mark.parametrize("name", DAYS)
def test_every_form_is_complete(sessions, name):
    assert facts_of(sessions[name]).percent == 100


@pytest.mark.parametrize("name", LATER)
def test_everything_that_is_asked_is_answered(sessions, name):
    session = sessions[name]
    for field in session.form.fields.values():
        group = next(g for step in session.form.steps for g in step.group if field in g.field)
        asked = session.is_relevant(field.name) and session.is_relevant(f"group:{group.name}")
        if field.type in {"statement", "signature"} or not asked:
            continue
        assert session.value(field.name) is not None, field.name


@pytest.mark.parametrize("name", LATER)
def test_narratives_keep_to_the_advised_lengths(sessions, name):
    session = sessions[name]
    for field in session.form.fields.values():
        if field.type == "longtext":
            assert field.min_chars <= count_chars(session.value(field.name)) <= field.max_chars, field.name


@pytest.mark.parametrize(("name", "table", "origin"), [
    ("summary_2027", "figures", "targets"),
    ("summary_2027", "tasks_done", "schedule"),
    ("summary_2028", "figures", "targets"),
    ("self_assessment", "results", "targets"),
    ("self_assessment", "tasks_done", "schedule"),
    ("self_assessment", "standards_done", "planned_standards"),
    ("self_assessment", "outcomes_done", "outcomes"),
])  # fmt: skip
def test_every_promise_comes_back_under_its_own_id(sessions, name, table, origin):
    assert list(by_id(sessions[name], table)) == list(by_id(sessions["application"], origin))


def test_promises_are_those_of_their_year(sessions):
    targets = by_id(sessions["application"], "targets")
    for name, table, column in (
        ("summary_2027", "figures", "value_2027"),
        ("summary_2028", "figures", "value_2028"),
        ("self_assessment", "results", "value_2028"),
    ):
        for row_id, row in by_id(sessions[name], table).items():
            assert row.cell("promised") == targets[row_id].cell(column)
            assert row.cell("base_value") == targets[row_id].cell("base_value")


def test_one_promise_was_changed_and_keeps_both_values_with_who_when_and_why(sessions):
    changed = [
        row for row in sessions["summary_2027"].rows("figures") if row.cell("promised_now") is not None
    ]
    assert [(row.cell("promised"), row.cell("promised_now")) for row in changed] == [
        (Decimal("90.0"), Decimal("85.0"))
    ]
    assert all(changed[0].cell(column) for column in ("changed_by", "changed_on", "change_basis"))
    assert changed[0].cell("completion") > 100
    notes = by_id(sessions["summary_2027"], "figure_notes")
    assert list(notes) == ["r_target03", "r_target05"]


def test_one_promise_fell_short_with_a_reason_in_every_later_form(sessions):
    for name, table in (
        ("summary_2027", "figures"),
        ("summary_2028", "figures"),
        ("self_assessment", "results"),
    ):
        short = [row for row in sessions[name].rows(table) if row.cell("completion") < 100]
        assert [row.cell("indicator") for row in short] == ["自主制定标准数"]
        assert short[0].cell("reason")


def test_december_is_estimated_in_november_and_counted_in_the_self_assessment(sessions):
    for name in ("summary_2027", "summary_2028"):
        assert "estimated" in {row.cell("estimated") for row in sessions[name].rows("figures")}
    assert {row.cell("estimated") for row in sessions["self_assessment"].rows("results")} == {"actual"}


def test_the_published_standards_are_those_that_the_figures_count(sessions):
    final = sessions["self_assessment"]
    states = Counter(row.cell("achieved") for row in final.rows("standards_done"))
    assert states == {"published": 23, "dropped": 1}
    amounts = {row.cell("level"): row.cell("amount") for row in final.rows("final_standards")}
    results = {row.cell("indicator"): row.cell("achieved") for row in final.rows("results")}
    assert sum(amounts.values()) == results["体系标准总数"]
    assert amounts["enterprise"] == results["自主制定标准数"] == 41 + states["published"]
    assert sum(row.cell("added") for row in final.rows("final_standards")) == sum(amounts.values()) - 75


def test_needs_are_carried_on_and_their_state_is_the_latest(sessions):
    states = {
        name: [row.cell("state") for row in sessions[name].rows("found_needs")]
        for name in ("summary_2027", "summary_2028", "self_assessment")
    }
    assert states["summary_2027"] == ["submitted", "submitted", "collected"]
    assert states["summary_2028"] == ["approved", "submitted", "submitted", "submitted"]
    assert states["self_assessment"] == states["summary_2028"]


def test_funding_of_both_years_is_what_the_application_planned(sessions):
    for year in ("2027", "2028"):
        planned = sum(row.cell("planned") for row in sessions[f"summary_{year}"].rows("funding_done"))
        assert planned == sum(row.cell(f"amount_{year}") for row in sessions["application"].rows("funding"))


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("summary_2027", ["11.2小时", "94.6%", "86.4%", "163项", "187项"]),
        ("summary_2028", ["7.6小时", "96.4%", "98.4%", "174项", "197项"]),
        ("self_assessment", ["7.7小时", "96.4%", "98.4%", "197项", "64项"]),
    ],
)
def test_narratives_give_the_figures_of_the_tables(sessions, name, texts):
    session = sessions[name]
    told = "".join(str(session.value(f.name)) for f in session.form.fields.values() if f.type == "longtext")
    table = "results" if name == "self_assessment" else "figures"
    figures = {f"{row.cell('achieved')}{row.cell('unit')}" for row in session.rows(table)}
    for text in texts:
        assert text in told
        assert text in figures


@pytest.mark.parametrize("name", LATER)
def test_every_piece_of_evidence_is_used_and_every_reference_leads_to_a_page(sessions, name):
    session = sessions[name]
    pieces = {row.cell("code"): row for row in session.rows("evidence")}
    pages = {
        code: inspect(file.file_name, (FOLDER / "attachments" / file.file_name).read_bytes()).pages
        for code, row in pieces.items()
        for file in row.cell("file") or ()
    }
    refs = [
        ref
        for field in session.form.fields.values()
        for column in field.columns
        if column.type == "evidence" and not field.calculation
        for row in session.rows(field.name)
        for ref in evidence_refs(row.cell(column.name))
    ]
    assert {ref.code for ref in refs} == set(pieces)
    for ref in refs:
        assert all(last <= pages.get(ref.code, 0) for _, last in ref.pages), ref
    assert len(pieces) >= 11


def test_evidence_is_of_every_kind_of_file(sessions):
    files = [file for name in LATER for file in files_of(sessions[name])]
    assert {file.file_name.rpartition(".")[2] for file in files} == {"pdf", "jpg", "png", "docx", "xlsx"}


def test_attachments_are_small_marked_as_samples_and_all_in_use(sessions):
    files = sorted((FOLDER / "attachments").iterdir())
    assert sum(file.stat().st_size for file in files) < 1_000_000
    assert all("样例" in file.name for file in files)
    assert {file.file_name for session in sessions.values() for file in files_of(session)} == {
        file.name for file in files
    }
