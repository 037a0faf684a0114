"""Defects of the annual summaries and of the self-assessment, at least one for every check of their packs."""

from __future__ import annotations

from tests.packs.defect_kit import Defect as D

NO_PIECE, NO_PAGE, GOOD = "E99", "E01:99", "E01:1"
MODULES = {
    "f1": "农业农村领域",
    "f2": "消费品领域",
    "f3": "高新技术领域",
    "f4": "服务业领域",
    "f5": "基本公共服务领域",
    "f6": "社会管理与公共服务领域",
    "z1": "司法行政领域专项",
    "z2": "民政领域专项",
}


def proofs(name, table, **before):
    """The two checks of a column that points to evidence; ``before`` makes the column one that is asked."""
    at = f"{table}[1].proof"
    well = {**before, at: GOOD}
    return (
        D(f"{name}_proof_unknown", at, {**before, at: NO_PIECE}, well),
        D(f"{name}_proof_pages", at, {**before, at: NO_PAGE}, well),
    )


def changed(name, table, same, other, day):
    """The two checks of a promise that was changed: into itself, and on a day to come."""
    to, on = f"{table}[1].promised_now", f"{table}[1].changed_on"
    return (
        D(f"{name}_change_same", to, {to: same}, {to: other}),
        D(f"{name}_change_future", on, {to: other, on: "2032-01-01"}, {to: other, on: day}),
    )


def shared(day):
    """What the later forms have in common."""
    yes, on, explained = (
        "declarations[1].answer",
        "declarations[1].reported_on",
        "declarations[1].explanation",
    )
    incident = {yes: "有", explained: "消防检测逾期，已整改"}
    return (
        D("participant_twice", "participants[2].name", {"participants[2].name": "南汀县市场监督管理局"}),
        D("filler_phone_form", "filler_phone", {"filler_phone": "2000131"}),
        D("filing_date_future", "filing_date", {"filing_date": "2031-11-18"}),
        D("incident_unreported", on, incident, {**incident, on: day}),
        D("reported_in_future", on, {**incident, on: "2032-01-01"}, {**incident, on: day}),
        *proofs("declarations", "declarations", **incident),
        *proofs("tasks", "tasks_done"),
        *proofs("found_needs", "found_needs"),
        D("task_completion_range", "tasks_done[1].completion", {"tasks_done[1].completion": "120"}),
        *changed("tasks", "tasks_done", "2027年1月—2027年3月", "2027年1月—2027年5月", day),
        D("found_need_twice", "found_needs[2].need", {"found_needs[2].need": "政务服务跨部门流转计时规则"}),
        D("evidence_file_missing", "evidence", {"evidence[1].file": None}),
        D("evidence_unused", "evidence", {"+evidence": {"code": "E77", "title": "会议纪要", "kind": "工作记录"}}),
        D("evidence_code_form", "evidence[1].code", {"evidence[1].code": "材料一"}),
        D("evidence_code_twice", "evidence[2].code", {"evidence[2].code": "E01"}),
        D("evidence_issued_future", "evidence[1].issued", {"evidence[1].issued": "2032-01-01"}),
        D("evidence_credit_old", "evidence[1].issued",
          {"evidence[1].kind": "信用查询", "evidence[1].issued": "2026-02-01"}),
    )  # fmt: skip


def summary(year):
    """Defects of the summary of one year."""
    day = f"{year}-03-01"
    figure = "figures[6].achieved"
    plan = {"+next_plan": {"task": "继续推广", "period": "2029年1月—2029年6月"}}
    return (
        *shared(day),
        D("filing_date_late", "filing_date", {"filing_date": f"{year}-12-02"}),
        D("filing_date_early", "filing_date", {"filing_date": "2026-11-18"}),
        *proofs("figures", "figures"),
        *changed("figures", "figures", "160" if year == 2027 else "172", "158", day),
        D("figure_over_hundred", figure, {figure: "104.6"}),
        D("figure_far_off", figure, {figure: "9.46"}),
        D("achievements_digits", "achievements", {"achievements": "群众更满意，办事更快。"}),
        D("funding_spent_negative", "funding_done[1].spent", {"funding_done[1].spent": "-5"}),
        D("funding_over", "funding_rate", {"funding_done[1].spent": "520"}),
        *([D("next_plan_outside", "next_plan[7].period", plan,
             {"+next_plan": {"task": "继续推广", "period": "2028年1月—2028年6月"}})] if year == 2027 else []),
        D("changes_in_future", "changes[1].changed_on", {"changes[1].changed_on": "2032-01-01"}),
        D("summary_long", "achievements", {"difficulties": "推进中遇到的困难是部门之间口径不一。" * 300}),
        D("needs_told_in_text", "found_needs", {"found_needs": [], "progress_improvement": "提出立项建议2项。"}),
        D("text_figures", "achievements", {"achievements": "第三方调查满意度达到92.5%。"}),
        D("text_private_number", "suggestions", {"suggestions": "有事请打138 1234 5678。"}),
        D("text_copied", "suggestions", {"unit_name": "北陵县行政审批局"},
          {"unit_name": "北陵县行政审批局", "suggestions": "建议统一口径。"}),
        D("text_replaced_standard", "typical_practices", {"typical_practices": "按GB/T 19001—2008运行。"}),
        D("text_visits", "typical_practices", {"typical_practices": "认真准备迎接省局考核验收。"}),
    )  # fmt: skip


SUMMARIES = {year: summary(year) for year in (2027, 2028)}
RESULT = "results[6].achieved"
SELF_ASSESSMENT = (
    *shared("2028-03-01"),
    D("filing_date_early", "filing_date", {"filing_date": "2028-10-15"}),
    D("score_range", "indicators[1].score", {"indicators[1].score": "6"}),
    D("score_by_targets", "indicators[15].score", {"indicators[15].score": "8", "results[6].achieved": "50"}),
    D("score_by_standards", "indicators[9].score",
      {"indicators[9].score": "6", "standards_done[1].achieved": None, "standards_done[2].achieved": None,
       "standards_done[3].achieved": None}),
    *proofs("indicators", "indicators"),
    *(
        defect
        for module, label in MODULES.items()
        for defect in proofs(f"module_{module}", f"module_{module}", pilot_field=label)
    ),
    D("rating_below", "rating", {f"indicators[{at}].score": "1" for at in range(1, 21)}),
    *changed("results", "results", "172", "170", "2028-03-01"),
    D("result_over_hundred", RESULT, {RESULT: "104.6"}),
    D("result_far_off", RESULT, {RESULT: "9.46"}),
    D("result_still_estimated", "results[6].estimated", {"results[6].estimated": "预计"}),
    *proofs("results", "results"),
    *changed("outcomes", "outcomes_done", "1套", "2套", "2028-03-01"),
    *proofs("outcomes", "outcomes_done"),
    D("final_standards_negative", "final_standards[4].amount", {"final_standards[4].amount": "-1"}),
    D("final_standards_added", "final_standards[3].added", {"final_standards[3].added": "2"}),
    D("final_standards_total", "final_standards", {"final_standards[1].amount": "120"}),
    D("published_total", "indicators", {"indicators[9].score": "6"}),
    *changed("standards", "standards_done", "2027-08", "2027-11", "2028-03-01"),
    D("standards_number_form", "standards_done[1].number", {"standards_done[1].number": "企标42号"}),
    D("standards_number_twice", "standards_done[1].number", {"standards_done[1].number": "Q/NTZW 043—2027"}),
    D("standards_published_future", "standards_done[1].published_on",
      {"standards_done[1].published_on": "2032-01-01"}),
    *proofs("standards", "standards_done"),
    D("social_effect_digits", "social_effect", {"social_effect": "群众更满意，办事更快。"}),
    *proofs("cases", "cases"),
    D("report_long", "overview", {"problems_and_next": "还有部门之间口径不一的问题。" * 400}),
    D("text_figures", "social_effect", {"social_effect": "单件平均办理时长由18.5小时降到6.5小时。"}),
    D("text_private_number", "experience", {"experience": "身份证110101199003074215的办件人。"}),
    D("text_copied", "experience", {"unit_name": "北陵县行政审批局"},
      {"unit_name": "北陵县行政审批局", "experience": "把时限写进标准。"}),
    D("text_replaced_standard", "system_report", {"system_report": "参照GB/T 24421.2—2009编制。"}),
    D("text_visits", "closing_words", {"closing_words": "申请国家标准委组织专家组验收。"}),
)  # fmt: skip
