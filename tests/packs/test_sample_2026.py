"""The practice sample: complete, free of issues, its figures in agreement with each other."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from pilotdesk.forms.counting import count_chars
from pilotdesk.paths import resources_dir
from pilotdesk.projects import facts_of, sample_package, session_of_package
from pilotdesk.rules.uscc import check_character, region

FOLDER = resources_dir() / "sample"
TODAY = date(2026, 6, 20)


@pytest.fixture(scope="module")
def session():
    return session_of_package(sample_package(), TODAY)


def column(session, table, name):
    return [row.cell(name) for row in session.rows(table)]


def test_it_has_no_issue_at_all(session):
    assert [(issue.severity.value, issue.code, issue.path) for issue in session.all_issues()] == []


def test_it_is_still_without_issue_after_the_round_has_closed():
    later = session_of_package(sample_package(), date(2027, 3, 1))
    assert list(later.all_issues()) == []


def test_everything_that_is_asked_is_answered(session):
    for name, field in session.form.fields.items():
        if field.type in {"statement", "signature"} or not session.is_relevant(name):
            continue
        if field.type == "person":
            assert all(session.value(f"{name}.{part.name}") for part in field.parts), name
        else:
            assert session.value(name) is not None, name
    assert facts_of(session).percent == 100


def test_narratives_keep_to_the_advised_lengths(session):
    for name, field in session.form.fields.items():
        if field.type == "longtext":
            assert field.min_chars <= count_chars(session.value(name)) <= field.max_chars, name


def test_the_table_of_standards_adds_up(session):
    status = Counter(column(session, "standards", "status"))
    assert status == {"in_force": 172, "planned": 24}
    in_use = Counter(row.cell("level") for row in session.rows("standards") if row.cell("role") == "in_use")
    stated = {row.cell("level"): row.cell("amount") for row in session.rows("existing_standards")}
    assert {level: count for level, count in stated.items() if count} == in_use
    assert sum(in_use.values()) == 75
    total = session.rows("standard_statistics")[-1]
    assert (total.cell("needed"), total.cell("existing"), total.cell("planned")) == (196, 172, 24)


def test_targets_agree_with_the_table_of_standards(session):
    rows = {row.cell("indicator"): row for row in session.rows("targets")}

    def figures(name):
        return [rows[name].cell(column) for column in ("base_value", "value_2027", "value_2028")]

    own = [row for row in session.rows("standards") if row.cell("level") == "enterprise"]
    kept = sum(row.cell("status") == "in_force" for row in own)
    due_2027 = sum(due <= "2027-12" for due in column(session, "planned_standards", "due"))
    assert figures("梳理适用标准数") == [75, 160, 172]
    assert figures("体系标准总数") == [75, 160 + 24, 196]
    assert figures("自主制定标准数") == [kept, kept + due_2027, len(own)]
    assert len(rows) == 8


def test_planned_standards_stand_in_both_tables_under_the_same_codes(session):
    listed = {
        row.cell("name"): (row.cell("system_code"), row.cell("need_code"))
        for row in session.rows("standards")
        if row.cell("status") == "planned"
    }
    planned = {
        row.cell("name"): (row.cell("system_code"), row.cell("need_code"))
        for row in session.rows("planned_standards")
    }
    assert planned == listed
    assert len(planned) == 24


@pytest.mark.parametrize("text", ["172项", "24项", "18.5小时", "8小时", "98%", "96%", "4项", "3个"])
def test_summary_and_overall_target_give_the_figures_of_the_tables(session, text):
    assert text in session.value("summary")
    if text != "172项":
        assert text.replace("24项", "12项") in session.value("overall_target")


def test_the_figure_has_five_groups_and_eighteen_categories(session):
    nodes = session.rows("structure")
    assert len(nodes) == 24
    used = {code.split(".")[0] for code in column(session, "standards", "system_code")}
    assert len(used) == 18


def test_funding_is_the_sum_that_the_attached_plan_states(session):
    assert session.value("funding_total") == Decimal("32.0")


def test_codes_of_units_are_well_formed_and_of_no_existing_place(session):
    for code in (session.value("uscc"), *column(session, "participating_units", "uscc")):
        assert check_character(code) == code[17]
        assert region(code) == "361099"


def test_mail_addresses_lead_nowhere(session):
    for person in ("project_leader", "contact"):
        assert session.value(f"{person}.email").endswith(".example")
