"""The 申报书 has every field of the reconstruction, under permanent names."""

from __future__ import annotations

import re

import pytest

from pilotdesk.forms.answers_file import initial_values, read_rows
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.forms.values import Row

FORM = load_shipped("2026").forms["application"]

# Ids of the reconstruction to the fields that answer them. Names are permanent: drafts are kept under them.
FIELDS = {
    "c2": ["project_name"],
    "c3": ["pilot_field"],
    "c4": ["undertaking_unit"],
    "c5": ["participant_names"],
    "c6": ["recommending_authority"],
    "c7": ["filing_date"],
    "b1": ["basic_project_name"],
    "b2": ["basic_pilot_field", "directions"],
    "b3": ["pilot_type"],
    "b4": ["participant_count", "peer_count", "participation_rate", "participant_list"],
    "b5": ["region", "implementation_scope"],
    "b6": ["build_period"],
    "b7": ["summary"],
    "b8": ["prior_pilot_level", "prior_pilot_name", "prior_pilot_year", "prior_pilot_result"],
    "u1": ["unit_name"],
    "u2": ["uscc"],
    "u3": ["unit_kind"],
    "u4": ["legal_representative"],
    "u5": ["founded_on", "registrar"],
    "u6": ["registered_address", "mailing_address", "postcode"],
    "u7": ["staff_count", "annual_revenue", "annual_cases", "scale_note"],
    "u8": ["project_leader"],
    "u9": ["contact"],
    "u10": ["standardization_body", "full_time_staff", "part_time_staff", "standardization_staff"],
    "u11": ["credit_queries", "credit_reports"],
    "u12": ["national_pilot_before", "national_pilot_detail", "national_pilot_reason"],
    "u13": ["incidents", "incidents_detail"],
    "u14": ["failed_pilot", "failed_pilot_detail"],
    "u15": ["unit_introduction"],
    "3.4": ["participating_units", "participant_consents", "participant_certificates"],
    "n1": ["background", "policy_basis"],
    "n2": ["problems"],
    "n3": ["needs"],
    "n4": ["distinctive_features"],
    "w1": ["organisation_and_rules", "organisation_files"],
    "w2": ["existing_standards", "existing_standards_note"],
    "w3": ["standards_experience"],
    "w4": ["honours", "honour_files"],
    "w5": ["working_conditions"],
    "s1": ["structure"],
    "s2": ["standards", "standards_by_need"],
    "s3": ["standard_statistics"],
    "s4": ["compilation_notes"],
    "z1": ["planned_standards"],
    "i1": ["training"],
    "i2": ["control_points"],
    "i3": ["supervision"],
    "i4": ["evaluation"],
    "i5": ["feedback"],
    "g1": ["overall_target"],
    "g2": ["targets"],
    "g3": ["outcomes"],
    "t1": ["schedule"],
    "e1": ["economic_benefit"],
    "e2": ["social_benefit"],
    "e3": ["ecological_benefit"],
    "e4": ["replication"],
    "p1": ["organisation_safeguard", "leadership_group"],
    "p2": ["staff_and_technology"],
    "p3": ["funding", "funding_total"],
    "p4": ["policy_safeguard", "policy_documents", "support_files"],
    "x1": ["pledge", "pledge_after_pilot", "pledge_seal"],
    "x2": ["participant_statement", "participant_seal"],
    "x3": ["opinion_blocks", "county_opinion", "county_seal", "city_opinion", "city_seal"],
    "x4": ["line_authority_opinion", "line_authority_seal"],
    "x5": ["province_statement", "province_seal"],
    "x6": ["recheck_seal"],
    "§7": ["legal_certificate", "implementation_plan", "other_attachments"],
}

COLUMNS = {
    "credit_queries": "site queried_on result remark",
    "participating_units": "name role uscc unit_kind legal_representative contact_name contact_phone task credit_result"
    " credit_queried_on",
    "policy_basis": "document number requirement",
    "problems": "problem evidence cause remedy",
    "needs": "code origin description answer",
    "existing_standards": "level amount main_standards",
    "standards_experience": "number name level role year",
    "honours": "name awarded_by month",
    "structure": "code name state",
    "standards": "system_code number name level status effective_on department role need_code remark",
    "standard_statistics": "level needed existing ratio planned",
    "planned_standards": "name level action system_code need_code content drafter due remark",
    "training": "content audience method amount period",
    "control_points": "stage standards control record department",
    "targets": "indicator unit base_value value_2027 value_2028 data_source",
    "outcomes": "outcome form quantity due",
    "schedule": "phase activity period task result responsible_unit responsible_person done_mark",
    "leadership_group": "name unit position duty",
    "funding": "item amount_2027 amount_2028 source",
    "policy_documents": "document number content",
}

WIDTHS = {
    "participating_units": (10, 25, 26, 12, 14, 28, 17.5, 23.5),
    "problems": (11, 31, 38, 38, 38),
    "standards": (9.5, 14.5, 37.5, 37, 10, 13.5, 21, 13),
    "standard_statistics": (36, 30, 30, 30, 30),
    "targets": (11, 40, 13, 23, 16, 16, 37),
    "schedule": (21, 23.5, 43, 24.5, 19.5, 24.5),
}


def test_the_form_has_these_fields_and_no_others():
    assert sorted(FORM.fields) == sorted(name for names in FIELDS.values() for name in names)


@pytest.mark.parametrize("table", COLUMNS)
def test_tables_have_their_columns_in_order(table):
    assert [column.name for column in FORM.fields[table].columns] == COLUMNS[table].split()


def test_the_thirteen_parts_in_order():
    assert [step.number for step in FORM.steps] == ["", *"一二三四五六七八九十", "十一", "十二", "十三"]
    assert FORM.steps[2].label == "承担单位基本情况"


def test_spoken_numbers_belong_to_their_part_and_are_unique():
    numbers = [field.number for field in FORM.fields.values()]
    assert len(set(numbers)) == len(numbers)
    for place, step in enumerate(FORM.steps):
        inside = [field.number for group in step.group for field in group.field]
        assert inside == [f"{place}.{count}" for count in range(1, len(inside) + 1)]


@pytest.mark.parametrize("name", WIDTHS)
def test_columns_have_the_printed_widths_of_the_target(name):
    assert FORM.fields[name].print.widths == WIDTHS[name]


def test_every_field_that_is_asked_says_how_to_fill_it_in():
    silent = [
        field.name
        for field in FORM.fields.values()
        if field.type != "statement"
        and not (field.hint and (field.example or field.seal or field.calculation))
    ]
    assert silent == []


def test_narratives_have_advised_lengths():
    for field in FORM.fields.values():
        if field.type == "longtext":
            assert 0 < field.min_chars < field.max_chars


def words(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple | list):
        return [text for part in value for text in words(part)]
    return []


def test_what_a_person_reads_is_polite_and_plain():
    blunt = re.compile(r"[!！]|请勿|错误|失败|无效|非法|异常|必须填")
    for field in FORM.fields.values():
        for one in (field, *field.columns, *field.parts):
            texts = [one.label, one.hint, one.note]
            texts += [text for check in one.check for text in (check.what, check.why, check.fix)]
            for text in texts:
                assert not blunt.search(text), text
    for check in FORM.head.check:
        assert not blunt.search(check.what + check.why + check.fix)


def test_pilot_type_is_asked_of_consumer_goods_and_services_only():
    assert FORM.fields["pilot_type"].relevant == "pilot_field == 'F2' or pilot_field == 'F4'"


def test_a_new_schedule_has_a_row_for_every_activity_and_both_annual_summaries():
    rows = initial_values(FORM)["schedule"]
    assert isinstance(rows, tuple)
    activities = [row.cell("activity") for row in rows if isinstance(row, Row)]
    assert [one for one in activities if one] == [choice.name for choice in FORM.lists["activities"]]
    tasks = "".join(str(row.cell("task")) for row in rows if isinstance(row, Row))
    assert "2027年度工作总结" in tasks
    assert "2028年度工作总结" in tasks


def test_every_way_to_build_the_framework_is_a_whole_tree():
    structure = FORM.fields["structure"]
    assert len(structure.library) == 4
    for scheme in structure.library:
        nodes = read_rows(structure, [scheme], FORM.lists)
        tops = [node for node in nodes if node.parent is None]
        codes = [node.cell("code") for node in nodes if node.cell("code")]
        assert len(tops) == 1
        assert len(codes) == len(set(codes)) == len(nodes) - 1


def test_the_indicator_library_fills_name_unit_and_source():
    library = FORM.fields["targets"].library
    assert len(library) >= 16
    for row in library:
        assert row.keys() == {"indicator", "unit", "data_source"}


def test_the_pledge_admits_an_earlier_pilot_instead_of_denying_it():
    plain, admitted = ("".join(FORM.fields[name].text) for name in ("pledge", "pledge_after_pilot"))
    assert "此前未承担过国家标准化试点项目" in plain
    assert "未承担过" not in admitted
