"""Defects that the checks of the pack find: wrong units, bad credit, lists that do not agree, texts that say too much.

Every function changes one unit and notes what must be found. ``WANTS`` says which units a defect fits.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pilotdesk.rules.uscc import check_character
from tests.province.truth import Expected as E

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.province.case import Case


def wrong_check_character(case: Case) -> None:
    good = case.answers["uscc"]
    case.answers["uscc"] = good[:-1] + ("7" if good[-1] != "7" else "8")
    case.seed("wrong_check_character", E(code="uscc_check_char", severity="warning", path="uscc"))


def branch_office(case: Case) -> None:
    case.answers["unit_name"] += f"{case.profile.county[1]}分公司"
    case.seed("branch_office", E(code="unit_name_branch", severity="warning", path="unit_name"))


def individual_business(case: Case) -> None:
    first = "92" + case.answers["uscc"][2:17]
    case.answers["uscc"] = first + str(check_character(first))
    case.seed(
        "individual_business",
        E(code="uscc_individual", severity="error", path="uscc"),
        also=("unit_kind_by_code",),
    )


def code_of_another_kind(case: Case) -> None:
    case.answers["unit_kind"] = "association"
    case.seed("code_of_another_kind", E(code="unit_kind_by_code", severity="warning", path="unit_kind"))


def code_too_short(case: Case) -> None:
    case.answers["uscc"] = case.answers["uscc"][:16]
    case.seed("code_too_short", E(code="uscc_form", severity="warning", path="uscc"))


def bad_credit_record(case: Case) -> None:
    case.row("credit_queries", "r_credit1").update(
        result="record", remark="2025年年报逾期，已补报，修复申请在办"
    )
    case.seed(
        "bad_credit_record",
        E(code="credit_bad_record", severity="error", path="credit_queries[r_credit1].result"),
    )


def credit_too_old(case: Case) -> None:
    ids = ("r_credit1", "r_credit2")
    for row_id in ids:
        case.row("credit_queries", row_id)["queried_on"] = f"2026-04-{case.rng.randint(10, 28)}"
    case.seed(
        "credit_too_old",
        *(
            E(code="credit_query_old", severity="hint", path=f"credit_queries[{one}].queried_on")
            for one in ids
        ),
    )


def credit_query_missing(case: Case) -> None:
    del case.row("credit_queries", "r_credit2")["result"]
    case.seed(
        "credit_query_missing", E(code="required", severity="error", path="credit_queries[r_credit2].result")
    )


def participant_without_credit(case: Case) -> None:
    del case.row("participating_units", "r_u1")["credit_result"]
    case.seed(
        "participant_without_credit",
        E(code="required", severity="warning", path="participating_units[r_u1].credit_result"),
    )


def participant_with_record(case: Case) -> None:
    case.row("participating_units", "r_u1")["credit_result"] = "record"
    path = "participating_units[r_u1].credit_result"
    case.seed("participant_with_record", E(code="participant_bad_record", severity="warning", path=path))


def pilot_before_without_reason(case: Case) -> None:
    case.answers["national_pilot_before"] = "yes"
    case.answers["national_pilot_detail"] = (
        f"{case.profile.county[1]}{case.profile.theme['served']}服务标准化试点，2019年下达"
    )
    case.seed(
        "pilot_before_without_reason",
        E(code="national_pilot_again", severity="warning", path="national_pilot_before"),
        E(code="required", severity="warning", path="national_pilot_reason"),
    )


def incident_without_account(case: Case) -> None:
    case.answers["incidents"] = "yes"
    case.seed(
        "incident_without_account",
        E(code="incidents_yes", severity="warning", path="incidents"),
        E(code="required", severity="warning", path="incidents_detail"),
    )


def direction_of_another_field(case: Case) -> None:
    case.answers["directions"] = ["f1_cotton"]
    case.seed(
        "direction_of_another_field",
        E(code="unknown_choice", severity="error", path="directions"),
        also=("directions_two_lists",),
    )


def company_in_public_service(case: Case) -> None:
    first = "91" + case.answers["uscc"][2:17]
    case.answers["uscc"] = first + str(check_character(first))
    case.answers["unit_kind"] = "enterprise"
    case.answers["annual_revenue"] = case.answers.pop("annual_cases")
    case.seed(
        "company_in_public_service", E(code="unit_kind_for_field", severity="warning", path="unit_kind")
    )


def period_outside(case: Case) -> None:
    case.answers["build_period"] = f"2026年{case.rng.randint(7, 11)}月—2028年12月"
    case.seed("period_outside", E(code="build_period_outside", severity="error", path="build_period"))


def activity_missing(case: Case) -> None:
    kept = [row for row in case.answers["schedule"] if row.get("activity") != "improvement"]
    case.answers["schedule"] = kept
    case.seed("activity_missing", E(code="schedule_activities", severity="warning", path="schedule"))


def nobody_responsible(case: Case) -> None:
    del case.row("schedule", "r_k2")["responsible_person"]
    path = "schedule[r_k2].responsible_person"
    case.seed("nobody_responsible", E(code="required", severity="warning", path=path))


def task_without_time(case: Case) -> None:
    del case.row("schedule", "r_k3")["period"]
    case.seed("task_without_time", E(code="required", severity="error", path="schedule[r_k3].period"))


def national_standard_promised(case: Case) -> None:
    case.add("overall_target", f"到2028年底，主导制定国家标准{case.rng.randint(1, 3)}项。")
    case.seed(
        "national_standard_promised",
        E(code="text_national_promise", severity="warning", path="overall_target"),
    )


def target_without_base(case: Case) -> None:
    del case.row("targets", "r_t03")["base_value"]
    path = "targets[r_t03].base_value"
    case.seed(
        "target_without_base", E(code="required", severity="warning", path=path), also=("text_figures",)
    )


def target_without_number(case: Case) -> None:
    case.answers["overall_target"] = re.sub(r"\d+(\.\d+)?", "若干", case.answers["overall_target"])
    case.seed(
        "target_without_number", E(code="overall_target_digits", severity="warning", path="overall_target")
    )


def target_unreachable(case: Case) -> None:
    case.row("targets", "r_t05")["value_2028"] = "120"
    case.seed(
        "target_unreachable",
        E(code="target_over_hundred", severity="hint", path="targets[r_t05].value_2028"),
        also=("text_figures",),
    )


def target_turned_back(case: Case) -> None:
    row = case.row("targets", "r_t06")
    row["value_2028"] = row["base_value"]
    case.seed(
        "target_turned_back",
        E(code="target_turns_back", severity="warning", path="targets[r_t06].value_2028"),
        also=("text_figures", "target_no_progress"),
    )


def replaced_standard(case: Case) -> None:
    row = case.answers["standards"][0]
    row.update(
        number="GB/T 15496—2003", name="企业标准体系 要求", level="national", effective_on="2004-02-01"
    )
    case.seed(
        "replaced_standard", E(code="standard_replaced", severity="warning", path=f"standards[{row['id']}].number"),
        also=("existing_by_level", "text_cited_otherwise"),
    )  # fmt: skip


def withdrawn_standard(case: Case) -> None:
    row = next(row for row in case.answers["standards"] if row["role"] == "applicable")
    row["status"] = "withdrawn"
    case.seed(
        "withdrawn_standard", E(code="standard_withdrawn", severity="warning", path=f"standards[{row['id']}].status"),
        also=("text_withdrawn_standard", "target_applicable_total"),
    )  # fmt: skip


def totals_apart(case: Case) -> None:
    row = case.row("existing_standards", "r_elocal")
    row["amount"] += 9
    case.seed(
        "totals_apart",
        E(code="existing_total", severity="warning", path="existing_standards"),
        also=("existing_by_level",),
    )


def text_and_table_apart(case: Case) -> None:
    case.add("summary", "服务对象满意度达到99.9%。")
    case.seed("text_and_table_apart", E(code="text_figures", severity="warning", path="summary"))


def another_county_left(case: Case) -> None:
    case.add("supervision", "检查由余杭区政务服务中心牵头。")
    case.seed("another_county_left", E(code="text_other_unit", severity="warning", path="supervision"))


def sample_text_left(case: Case) -> None:
    case.add(
        "evaluation",
        "新发布的标准实施满6个月单独评价一次。同一条款的意见超过10条。修订后的标准10个工作日内更新到窗口电脑和乡镇，重新培训并测验，旧版收回。",
    )
    case.seed("sample_text_left", E(code="text_copied", severity="warning", path="evaluation"))


def placeholder_left(case: Case) -> None:
    case.add("background", f"××县2025年{case.profile.theme['served']}共有……人。")
    case.seed("placeholder_left", E(code="placeholder", severity="warning", path="background"))


def filed_late(case: Case) -> None:
    case.answers["filing_date"] = f"2026-07-{case.rng.randint(2, 28):02}"
    case.seed(
        "filed_late",
        E(code="filing_date_late", severity="error", path="filing_date"),
        also=("filing_date_future",),
    )


def cover_not_filled(case: Case) -> None:
    del case.answers["recommending_authority"]
    del case.answers["filing_date"]
    case.seed("cover_not_filled", E(code="required", path="filing_date"), also=("required",))


def identity_number_in_text(case: Case) -> None:
    number = f"{case.profile.county[0]}19790{case.rng.randint(1, 9)}1{case.rng.randint(0, 9)}00{case.rng.randint(0, 9)}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(weight * int(digit) for weight, digit in zip(weights, number, strict=True))
    case.add("organisation_safeguard", f"联络员身份证号{number}{'10X98765432'[total % 11]}。")
    path = "organisation_safeguard"
    case.seed("identity_number_in_text", E(code="text_private_number", severity="warning", path=path))


def standard_due_outside(case: Case) -> None:
    case.row("planned_standards", "r_p01")["due"] = "2029-03"
    case.seed(
        "standard_due_outside",
        E(code="planned_due_outside", severity="error", path="planned_standards[r_p01].due"),
        also=("planned_unscheduled",),
    )


def certificate_missing(case: Case) -> None:
    for name in case.answers.pop("legal_certificate"):
        del case.draft.files[name]
    case.seed("certificate_missing", E(code="required", severity="warning", path="legal_certificate"))


def money_asked_for(case: Case) -> None:
    case.add("policy_safeguard", "不足部分恳请中央财政给予专项资金支持。")
    case.seed("money_asked_for", E(code="text_money", severity="warning", path="policy_safeguard"))


def line_authority_forgotten(case: Case) -> None:
    case.answers["opinion_blocks"] = []
    case.seed(
        "line_authority_forgotten", E(code="special_line_authority", severity="hint", path="opinion_blocks")
    )


DEFECTS: tuple[Callable[[Case], None], ...] = (
    wrong_check_character, branch_office, individual_business, code_of_another_kind, code_too_short, bad_credit_record,
    credit_too_old, credit_query_missing, participant_without_credit, participant_with_record, pilot_before_without_reason,
    incident_without_account, direction_of_another_field, company_in_public_service, period_outside, activity_missing,
    nobody_responsible, task_without_time, national_standard_promised, target_without_base, target_without_number,
    target_unreachable, target_turned_back, replaced_standard, withdrawn_standard, totals_apart, text_and_table_apart,
    another_county_left, sample_text_left, placeholder_left, filed_late, cover_not_filled, identity_number_in_text,
    standard_due_outside, certificate_missing, money_asked_for, line_authority_forgotten,
)  # fmt: skip


def _has_partner(case: Case) -> bool:
    return bool(case.answers["participating_units"])


def _not_f1(case: Case) -> bool:
    return case.profile.theme["field"] != "F1"


def _public_body(case: Case) -> bool:
    return case.profile.theme["field"] == "F6"


def _special(case: Case) -> bool:
    return case.profile.theme["field"] in {"Z1", "Z2"}


WANTS: dict[str, Callable[[Case], bool]] = {
    "participant_without_credit": _has_partner,
    "participant_with_record": _has_partner,
    "direction_of_another_field": _not_f1,
    "company_in_public_service": _public_body,
    "line_authority_forgotten": _special,
    "branch_office": lambda case: case.profile.kind == "enterprise",
    "code_of_another_kind": lambda case: case.profile.kind != "association",
}
"""Units that a defect fits; any other defect fits every unit."""
