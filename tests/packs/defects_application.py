"""Defects of the application, at least one for every check of its pack."""

from __future__ import annotations

from tests.packs.defect_kit import Defect as D

OTHER_UNIT = "由海淀区政务服务中心牵头。"
COPIED = "同一问题一年内出现三次的，转入8.4启动标准修订。"
SOMEBODY = {"unit_name": "北陵县行政审批局"}

BUILT_IN = (
    D("required", "unit_name", {"unit_name": None}),
    D("required", "legal_certificate", {"legal_certificate": None}),
    D("required", "contact.mobile", {"contact.mobile": None}),
    D("required", "targets[3].data_source", {"targets[3].data_source": None}),
    D("required", "targets[2].base_value", {"targets[2].base_value": None}),
    D("required", "schedule[2].period", {"schedule[2].period": None}),
    D("required", "credit_queries[2].result", {"credit_queries[2].result": None}),
    D("required", "national_pilot_detail", {"national_pilot_before": "是"}),
    D("required", "incidents_detail", {"incidents": "是"}),
    D("required", "failed_pilot_detail", {"failed_pilot": "是"}),
    D("required", "pilot_type", {"pilot_field": "服务业领域"}),
    D("unparsed", "filing_date", {"filing_date": "六月中旬"}),
    D("unparsed", "targets[1].value_2028", {"targets[1].value_2028": "一百七十"}),
    D("unparsed", "schedule[1].period", {"schedule[1].period": "明年初"}),
    D("unknown_choice", "directions", {"pilot_field": "农业农村领域"}),
    D("placeholder", "background", {"background": "××县2025年办件41.6万件。"}),
    D("placeholder", "working_conditions", {"working_conditions": "（此处填写场所和设施）"}),
    D("placeholder", "schedule[3].task", {"schedule[3].task": "TODO"}),
    D("placeholder", "replication", {"replication": "【请填写推广路径】"}),
    D("placeholder", "social_benefit", {"social_benefit": "20XX年受益……万人。"}),
    D("too_short", "summary", {"summary": "南汀县用标准办成一件事，满意度由90.3%提高到96%。"}),
    D("too_long", "feedback", {"feedback": "窗口和热线每天收集意见，" * 60}),
    D("min_rows", "problems", {"-problems[5]": None, "-problems[4]": None, "-problems[3]": None}),
    D("levels", "structure", {"structure": [{"name": "体系", "code": "100"}]}),
)

COVER = (
    D("project_name_ending", "project_name", {"project_name": "南汀县政务服务提升行动"}),
    D("project_name_year", "project_name", {"project_name": "南汀县2026年政务服务标准化试点"}),
    D("project_name_big_words", "project_name", {"project_name": "南汀县政务服务示范基地标准化试点"}),
    D(
        "project_name_long",
        "project_name",
        {"project_name": "南汀县" + "政务服务便民利企" * 5 + "标准化试点"},
    ),
    D("filing_date_late", "filing_date", {"filing_date": "2026-07-02"}),
    D("filing_date_future", "filing_date", {"filing_date": "2026-06-29"}),
    D("filing_date_early", "filing_date", {"filing_date": "2025-06-12"}),
)

BASICS = (
    D(
        "directions_two_lists",
        "directions",
        {"pilot_field": "消费品领域", "directions": "家电家具"},
        {"pilot_field": "消费品领域", "directions": "家电家具；适老改造"},
    ),
    D(
        "peer_count_small",
        "peer_count",
        {
            "pilot_field": "服务业领域",
            "pilot_type": "区域试点",
            "participant_count": "52",
            "peer_count": "36",
        },
        {
            "pilot_field": "服务业领域",
            "pilot_type": "区域试点",
            "participant_count": "36",
            "peer_count": "52",
        },
    ),
    D(
        "participation_rate_goods",
        "participation_rate",
        {
            "pilot_field": "消费品领域",
            "pilot_type": "区域试点",
            "participant_count": "10",
            "peer_count": "52",
        },
        {
            "pilot_field": "消费品领域",
            "pilot_type": "区域试点",
            "participant_count": "36",
            "peer_count": "52",
        },
    ),
    D(
        "participation_rate_services",
        "participation_rate",
        {
            "pilot_field": "服务业领域",
            "pilot_type": "行业试点",
            "participant_count": "36",
            "peer_count": "52",
        },
        {
            "pilot_field": "服务业领域",
            "pilot_type": "行业试点",
            "participant_count": "50",
            "peer_count": "52",
        },
    ),
    D("build_period_outside", "build_period", {"build_period": "2026年7月—2028年12月"}),
    D("build_period_backwards", "build_period", {"build_period": "2028年12月—2027年1月"}),
    D("region_county", "region", {"region": "江西省抚州市", "implementation_scope": None}),
    D("prior_pilot_year_range", "prior_pilot_year", {"prior_pilot_year": "1922"}),
    D("summary_digits", "summary", {"summary": "南汀县用标准把一件事办好，让群众少跑路。" * 20}),
    D("authority_of_region", "recommending_authority", {"recommending_authority": "湖南省市场监督管理局"}),
)

UNIT = (
    D("unit_name_branch", "unit_name", {"unit_name": "南汀县政务服务中心标准化科"}),
    D("unit_name_short", "unit_name", {"unit_name": "政务中心"}),
    D("uscc_form", "uscc", {"uscc": "12361099MB1K2345"}),
    D("uscc_check_char", "uscc", {"uscc": "12361099MB1K23456G"}),
    D("uscc_individual", "uscc", {"uscc": "92361099MA36ABCD17"}),
    D("uscc_other_province", "uscc", {"region": "湖南省长沙市浏阳市"}),
    D("unit_kind_by_code", "unit_kind", {"unit_kind": "企业"}),
    D("unit_kind_other", "unit_kind", {"unit_kind": "其他"}),
    D("unit_kind_for_field", "unit_kind", {"unit_kind": "企业"}),
    D("founded_in_future", "founded_on", {"founded_on": "2027-04-18"}),
    D("postcode_form", "postcode", {"postcode": "34409"}),
    D("staff_count_positive", "staff_count", {"staff_count": "0"}),
    D("leader_mobile_form", "project_leader.mobile", {"project_leader.mobile": "1380000002"}),
    D("leader_phone_form", "project_leader.phone", {"project_leader.phone": "20001260794"}),
    D("leader_email_form", "project_leader.email", {"project_leader.email": "chenli.nanting.example"}),
    D("contact_mobile_form", "contact.mobile", {"contact.mobile": "0794-2000131"}),
    D("contact_phone_form", "contact.phone", {"contact.phone": "转8001"}),
    D("contact_email_form", "contact.email", {"contact.email": "wuxz@"}),
    D("standardization_staff_some", "part_time_staff", {"full_time_staff": "0", "part_time_staff": "0"}),
    D("credit_query_old", "credit_queries[1].queried_on", {"credit_queries[1].queried_on": "2026-05-01"}),
    D("credit_query_future", "credit_queries[1].queried_on", {"credit_queries[1].queried_on": "2026-06-28"}),
    D("credit_bad_record", "credit_queries[1].result", {"credit_queries[1].result": "有"}),
    D("credit_reason_missing", "credit_queries[2].result", {"credit_queries[2].remark": None}),
    D("national_pilot_again", "national_pilot_before", {"national_pilot_before": "是"}),
    D("incidents_yes", "incidents", {"incidents": "是"}),
    D("failed_pilot_yes", "failed_pilot", {"failed_pilot": "是"}),
)

PARTICIPANTS = (
    D(
        "participant_is_undertaker",
        "participating_units[1].name",
        {"participating_units[1].name": "南汀县政务服务中心"},
    ),
    D(
        "participant_twice",
        "participating_units[2].name",
        {"participating_units[2].name": "南汀县市场监督管理局"},
    ),
    D(
        "participant_branch",
        "participating_units[2].name",
        {"participating_units[2].name": "南汀县邮政局城关支行"},
    ),
    D(
        "participant_uscc_form",
        "participating_units[1].uscc",
        {"participating_units[1].uscc": "11361099MB0A7701"},
    ),
    D(
        "participant_uscc_check_char",
        "participating_units[1].uscc",
        {"participating_units[1].uscc": "11361099MB0A77013M"},
    ),
    D(
        "participant_uscc_twice",
        "participating_units[2].uscc",
        {"participating_units[2].uscc": "11361099MB0A77013L"},
    ),
    D(
        "participant_individual",
        "participating_units[2].uscc",
        {"participating_units[2].uscc": "92361099MA36ABCD17"},
    ),
    D(
        "participant_kind_by_code",
        "participating_units[1].unit_kind",
        {"participating_units[1].unit_kind": "企业"},
    ),
    D(
        "participant_phone_form",
        "participating_units[3].contact_phone",
        {"participating_units[3].contact_phone": "2000258分机"},
    ),
    D(
        "participant_bad_record",
        "participating_units[1].credit_result",
        {"participating_units[1].credit_result": "有记录"},
    ),
    D(
        "participant_credit_old",
        "participating_units[1].credit_queried_on",
        {"participating_units[1].credit_queried_on": "2026-04-20"},
    ),
    D(
        "participant_credit_future",
        "participating_units[1].credit_queried_on",
        {"participating_units[1].credit_queried_on": "2026-06-27"},
    ),
    D(
        "participant_has_undertaker_code",
        "participating_units",
        {"participating_units[1].uscc": "12361099MB1K23456F"},
    ),
)

NEEDS = (
    D("background_digits", "background", {"background": "国家要求把政务服务标准统一起来，本县还有差距。"}),
    D("problem_digits", "problems[1].evidence", {"problems[1].evidence": "窗口要求不一样"}),
    D("need_code_twice", "needs[2].code", {"needs[2].code": "N01"}),
    D("features_boast", "distinctive_features", {"distinctive_features": "全国首创的联办办法。"}),
    D(
        "features_integration",
        "distinctive_features",
        {"pilot_field": "高新技术领域", "distinctive_features": "一是管到部门之间，二是县乡一套标准。"},
        {"pilot_field": "高新技术领域", "distinctive_features": "把核心专利写进标准，与产业化同步。"},
    ),
    D("policy_number_form", "policy_basis[2].number", {"policy_basis[2].number": "国发3号"}),
    D("needs_without_planned", "needs", {"-planned_standards[1]": None}),
    D(
        "needs_without_standard",
        "needs",
        {"+needs": {"code": "N13", "origin": "监管", "description": "统一消防检查", "answer": "已有标准"}},
    ),
)

FOUNDATION = (
    D("existing_negative", "existing_standards[4].amount", {"existing_standards[4].amount": "-1"}),
    D("existing_total", "existing_standards", {"existing_standards[2].amount": "5"}),
    D(
        "existing_by_level",
        "existing_standards",
        {"existing_standards[1].amount": "30", "existing_standards[2].amount": "3"},
    ),
    D(
        "experience_number_form",
        "standards_experience[1].number",
        {"standards_experience[1].number": "地标98号"},
    ),
    D("experience_year_range", "standards_experience[1].year", {"standards_experience[1].year": "2035"}),
    D("organisation_needs_files", "organisation_files", {"organisation_files": None}),
    D("honours_need_files", "honour_files", {"honour_files": None}),
)

STANDARDS = (
    D("node_code_form", "structure[3].code", {"structure[3].code": "10／1"}),
    D("node_code_twice", "structure[3].code", {"structure[3].code": "102"}),
    D("structure_codes_missing", "structure", {"structure[3].code": None}),
    D("leaves_uncovered", "structure", {"+structure": {"name": "志愿服务", "code": "304"}}),
    D(
        "standards_none_in_force",
        "standards",
        {
            "standards": [
                {"system_code": "202.16", "name": "受理审查规程", "status": "拟制定", "role": "拟补充"}
            ]
        },
    ),
    D("standard_not_in_tree", "standards[1].system_code", {"standards[1].system_code": "901.01"}),
    D("system_code_twice", "standards[1].system_code", {"standards[1].system_code": "101.02"}),
    D("standard_number_form", "standards[1].number", {"standards[1].number": "国标15624"}),
    D("standard_year_digits", "standards[1].number", {"standards[1].number": "GB/T 15624—94"}),
    D("standard_number_twice", "standards[1].number", {"standards[1].number": "GB/T 36114—2018"}),
    D("standard_replaced", "standards[1].number", {"standards[1].number": "GB/T 24421.2—2009"}),
    D("standard_number_on_planned", "standards[172].number", {"standards[172].status": "拟制定"}),
    D("standard_level_by_number", "standards[1].level", {"standards[1].level": "团体"}),
    D("standard_withdrawn", "standards[1].status", {"standards[1].status": "废止"}),
    D("standard_number_missing", "standards[1].status", {"standards[1].number": None}),
    D("standard_not_yet_effective", "standards[1].effective_on", {"standards[1].effective_on": "2027-05-01"}),
    D("standard_role_planned", "standards[1].role", {"standards[1].role": "拟补充"}),
    D("standards_needs_unknown", "standards", {"standards[1].need_code": "N99"}),
)

PLANNED = (
    D("planned_not_in_list", "planned_standards[1].name", {"planned_standards[1].name": "材料目录规范"}),
    D(
        "planned_not_in_tree",
        "planned_standards[1].system_code",
        {"planned_standards[1].system_code": "909.01"},
    ),
    D("planned_due_outside", "planned_standards[24].due", {"planned_standards[24].due": "2029-03"}),
    D("planned_promise", "planned_standards[1].remark", {"planned_standards[1].level": "地方"}),
    D("planned_needs_unknown", "planned_standards", {"planned_standards[1].need_code": "N01、N88"}),
    D("planned_count", "planned_standards", {"-planned_standards[13]": None}),
    D("planned_unscheduled", "planned_standards", {"planned_standards[1].due": "2027-02"}),
    D(
        "target_developed_small",
        "targets",
        {
            "planned_standards": [
                {
                    "name": f"规程{at}",
                    "level": "企业",
                    "action": "制定",
                    "system_code": "202.16",
                    "need_code": "N01",
                    "content": "内容",
                    "drafter": "受理科",
                    "due": "2027-09",
                }
                for at in range(61)
            ]
        },
    ),
)

IMPLEMENTATION = (
    D("training_outside", "training[1].period", {"training[1].period": "2026年9月—2026年12月"}),
    D(
        "supervision_frequency",
        "supervision",
        {"supervision": "督查科负责检查，发现问题当场记录，整改后销号。"},
    ),
    D("supervision_forbidden", "supervision", {"supervision": "每季度迎接上级督导和考核验收。"}),
)

TARGETS = (
    D(
        "overall_target_digits",
        "overall_target",
        {"overall_target": "进一步提高政务服务水平，让群众更满意。"},
    ),
    D("target_turns_back", "targets[6].value_2028", {"targets[6].value_2028": "92.0"}),
    D("target_over_hundred", "targets[6].value_2028", {"targets[6].value_2028": "960"}),
    D(
        "target_no_progress",
        "targets[4].value_2028",
        {"targets[4].value_2027": "58.0", "targets[4].value_2028": "58.0"},
    ),
    D("target_system_total", "targets[2].value_2028", {"targets[2].value_2028": "210"}),
    D("target_applicable_total", "targets[1].value_2028", {"targets[1].value_2028": "180"}),
    D("target_twice", "targets", {"targets[4].indicator": "服务对象满意度"}),
    D(
        "targets_without_standards",
        "targets",
        {
            "targets": [
                {
                    "indicator": "服务对象满意度",
                    "unit": "%",
                    "base_value": "90.3",
                    "value_2027": "94.0",
                    "value_2028": "96.0",
                    "data_source": "问卷",
                }
            ]
        },
    ),
    D("outcome_outside", "outcomes[1].due", {"outcomes[1].due": "2029-01"}),
)

SCHEDULE = (
    D("schedule_outside", "schedule[1].period", {"schedule[1].period": "2026年9月—2027年3月"}),
    D("schedule_outside", "schedule[8].period", {"schedule[8].period": "2028年9月—2029年3月"}),
    D("schedule_backwards", "schedule[1].period", {"schedule[1].period": "2027年3月—2027年1月"}),
    D("schedule_activities", "schedule", {"-schedule[7]": None}),
    D("schedule_both_years", "schedule", {"-schedule[8]": None, "-schedule[7]": None, "-schedule[6]": None}),
    D("schedule_summaries", "schedule", {"-schedule[5]": None}),
    D("schedule_summary_late", "schedule[5].period", {"schedule[5].period": "2027年12月"}),
    D(
        "schedule_self_assessment",
        "schedule",
        {
            "schedule[8].phase": "总结推广",
            "schedule[8].task": "11月底前提交2028年度工作总结，整理案例",
            "schedule[8].result": "案例3个",
            "schedule[8].done_mark": "系统提交成功",
        },
    ),
)

BENEFITS_AND_SAFEGUARDS = (
    D("social_benefit_digits", "social_benefit", {"social_benefit": "群众办事更方便，更满意。"}),
    D(
        "social_benefit_equal",
        "social_benefit",
        {"pilot_field": "基本公共服务领域", "social_benefit": "直接受益31.7万人，办事更快。"},
        {"pilot_field": "基本公共服务领域", "social_benefit": "直接受益31.7万人，城乡一个样。"},
    ),
    D("funding_2027_negative", "funding[1].amount_2027", {"funding[1].amount_2027": "-6"}),
    D("funding_2028_negative", "funding[1].amount_2028", {"funding[1].amount_2028": "-3"}),
    D("funding_from_above", "funding[1].source", {"funding[1].source": "其他：申请中央财政补助"}),
    D(
        "policy_document_number_form",
        "policy_documents[1].number",
        {"policy_documents[1].number": "南府办7号"},
    ),
    D("participant_not_in_group", "leadership_group", {"-leadership_group[5]": None}),
    D("leader_not_in_group", "leadership_group", {"-leadership_group[2]": None}),
    D("support_needs_files", "support_files", {"support_files": None}),
    D("special_line_authority", "opinion_blocks", {"pilot_field": "民政领域专项"}),
)

TEXTS = (
    D("text_other_unit", "supervision", {"supervision": f"每季度检查一次，{OTHER_UNIT}"}),
    D("text_other_unit", "schedule[4].responsible_unit", {"schedule[4].responsible_unit": "海淀区政务服务中心"}),
    D("text_other_unit", "organisation_safeguard",
      {"organisation_safeguard": "委托北方智联信息技术有限公司负责系统改造，每季度开一次会。"}),
    D("text_years", "overall_target", {"overall_target": "到2026年底，建成标准体系，满意度达到94%。"}),
    D("text_years", "schedule[1].task", {"schedule[1].task": "2025年12月底前完成调研"}),
    D("text_years", "summary", {"summary": "到2029年，17个主题全部按标准办理。"}),
    D("text_figures", "overall_target", {"overall_target": "到2028年底，服务对象满意度达到95%。"}),
    D("text_figures", "summary", {"summary": "单件平均办理时长由18.5小时降到6小时。"}),
    D("text_figures", "social_benefit", {"social_benefit": "标准实施覆盖率由50%提高到98%。"}),
    D("text_planned_count", "summary", {"summary": "梳理适用标准，补充制定内部标准20项。"}),
    D("text_participant_count", "organisation_safeguard",
      {"organisation_safeguard": "四家参加单位的分管领导为成员，每季度开一次会。"}),
    D("text_funding", "policy_safeguard", {"policy_safeguard": "县财政落实试点经费50万元，专款专用。"}),
    D("text_full_time", "organisation_and_rules",
      {"organisation_and_rules": "2021年设立标准化科。专职5人，印发管理办法。"}),
    D("text_part_time", "staff_and_technology",
      {"staff_and_technology": "标准化科专职2人，各科室兼职19人，参加单位各派2人。"}),
    D("text_copied", "supervision", {**SOMEBODY}, {**SOMEBODY, "supervision": "督查室每季度检查一次，问题当场记录。"}),
    D("text_copied", "problems[2].remedy",
      {**SOMEBODY, "problems[2].remedy": "制定受理审查规程和材料目录编制规范，逐项写明材料、形式和审查要点"},
      {**SOMEBODY, "problems[2].remedy": "编写交接办法"}),
    D("text_replaced_standard", "compilation_notes",
      {"compilation_notes": "依据GB/T 24421.2—2009和GB/T 13016—2018编制。"}),
    D("text_replaced_standard", "existing_standards[1].main_standards",
      {"existing_standards[1].main_standards": "GB/T 19001-2008"}),
    D("text_cited_otherwise", "background", {"background": "2025年对照GB/T 39735—2021逐项检查。"}),
    D("text_withdrawn_standard", "background",
      {"standards[1].status": "废止", "standards[1].number": "GB/T 39735—2020"}),
    D("text_national_promise", "overall_target",
      {"overall_target": "到2028年底，主导制定国家标准2项，满意度达到96%。"}),
    D("text_national_promise", "outcomes[5].outcome", {"outcomes[5].outcome": "发布国家标准"}),
    D("text_money", "policy_safeguard", {"policy_safeguard": "恳请国家给予试点专项资金支持。"}),
    D("text_money", "staff_and_technology", {"staff_and_technology": "经费不足部分申请补助，缺口请求拨款。"}),
    D("text_private_number", "organisation_safeguard",
      {"organisation_safeguard": "由标准化科负责，有事打13812345678，每季度开一次会。"}),
    D("text_visits", "organisation_safeguard", {"organisation_safeguard": "做好迎接上级督导的准备，每季度开一次会。"}),
    D("text_visits", "schedule[8].task",
      {"schedule[8].task": "11月底前提交2028年度工作总结；申请验收；对照自评表自评"}),
    D("text_burden", "evaluation", {"evaluation": "要求各乡镇每日报送办件报表，半年评价一次。"}),
)  # fmt: skip

DEFECTS = (
    *BUILT_IN, *COVER, *BASICS, *UNIT, *PARTICIPANTS, *NEEDS, *FOUNDATION, *STANDARDS, *PLANNED, *IMPLEMENTATION, *TARGETS,
    *SCHEDULE, *BENEFITS_AND_SAFEGUARDS, *TEXTS,
)  # fmt: skip
