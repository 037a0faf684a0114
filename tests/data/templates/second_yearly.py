"""The second hold-out set, forms 5 to 7: a demonstration area, an assessment and a yearly report."""

from __future__ import annotations

from tests.data.templates.blanks import ticked
from tests.data.templates.building import CONTINUES, C, Look, Table
from tests.data.templates.dressing import (
    DATE,
    Dressed,
    choices,
    control,
    head_rows,
    in_block_control,
    slanted,
    smart_dates,
)

APPLICATION, SELF, SUMMARY = "application", "self_assessment", "summary_2027"
SEAL = (
    "\v\v　　　　　　　　　　　　　　　　　　（盖　章）\v　　　　　　　　　　　　　　　　　　年　　月　　日"
)


def demonstration_area() -> Dressed:
    t = Dressed(
        "k05-demonstration-area",
        APPLICATION,
        "示范区任务书：一字一行的组名、表中套表、基数与目标、横向的进度表、三级部门意见、示范户等非我栏",
        Look(font="仿宋_GB2312", size=21, clutter="words"),
    )
    t.p("附件2", size=28)
    t.title("标准化示范（试点）区建设任务书").p()
    t.p("示范（试点）名称：{project_name|__________________________________}", size=28)
    t.p("承担单位（盖章）：{unit_name|__________________________________}", size=28)
    t.p("主管部门（盖章）：__________________________________", size=28)
    t.p("建设时间：{build_period|　　　　年　　月——　　　　年　　月|2027年1月——2028年12月}", size=28)
    t.p("填报日期：{filing_date|　　　　年　　月　　日}", size=28).page()
    _area_grid(t)
    t.section(landscape=False)
    t.p("<b>表二　年度工作任务及进度表</b>", align="center", size=28)
    table = t.table(2300, 1700, 4300, 2400, 1900, 1400).row(
        "起止时间", "工作阶段", "主要工作内容", "阶段性成果", "牵头部门", "责任人"
    )
    table.rows(
        "schedule", "period", "phase", "task", "result", "responsible_unit", "responsible_person", blank=6
    )
    t.p("<b>表三　考核目标</b>", align="center", size=28)
    table = t.table(3600, 1200, 1800, 1800, 1800, 3800)
    table.row(C("目标名称", down=True), C("单位", down=True), C("现　状\v（2025年）", down=True),
              C("计划目标", span=2, align="center"),
              C("数据来源及计算方法", down=True))  # fmt: skip
    table.row(CONTINUES, CONTINUES, CONTINUES, "2027年", "2028年", CONTINUES)
    table.rows(
        "targets", "indicator", "unit", "base_value", "value_2027", "value_2028", "data_source", blank=10
    )
    t.section(landscape=True)
    _area_opinions(t)
    return t.wear(head_rows(2), head_rows(3, 2), smart_dates)


def _area_grid(t: Dressed) -> None:
    t.p("<b>表一　基本情况</b>", align="center", size=28)
    table = t.table(700, 1500, 1500, 1300, 1400, 1100, 1700)
    table.row(C("承\v担\v单\v位", down=True), "单位名称", C("{unit_name}", span=3), "邮编", "{postcode}")
    table.row(CONTINUES, "通信地址", C("{mailing_address}", span=3), "传真", "")
    table.row(
        CONTINUES,
        "单位负责人",
        "{legal_representative.name}",
        "职务",
        "{legal_representative.position}",
        "电话",
        "",
    )
    table.row(
        CONTINUES,
        "项目负责人",
        "{project_leader.name}",
        "职务",
        "{project_leader.position}",
        "手机",
        "{project_leader.mobile}",
    )
    table.row(CONTINUES, "联系人", "{contact.name}", "职务", "{contact.position}", "手机", "{contact.mobile}")
    table.row(CONTINUES, "Ｅ-mail", C("{?contact.email}", span=5))
    table.row(C("参\v加\v单\v位", down=True), C("{participant_names}", span=6, height=2))
    table.row(CONTINUES, "示范户（户）", "", "带动农户（户）", "", "年均增收（元/户）", "")
    _area_project(t, table)


def _area_project(t: Dressed, table: Table) -> None:
    table.row(C("项\v目\v情\v况", down=True), "示范类型", C("□种植业　□养殖业　□加工业　□综合", span=5))
    table.row(
        CONTINUES,
        "所在区域",
        C(
            "{region|　　　　省（区、市）　　　　市（州）　　　　县（区）"
            "|江西省抚州市南汀县|江西省（区、市）抚州市（州）南汀县（区）}",
            span=5,
        ),
    )
    table.row(CONTINUES, "覆盖范围", C("{implementation_scope}", span=5))
    table.row(CONTINUES, "示范面积（亩）", C("", span=2), "存栏量（头/只）", C("", span=2))
    inner = t.inner(2400, 1500, 1500, 2600, size=18).row(
        "支出内容", "2027年\v（万元）", "2028年\v（万元）", "资金渠道"
    )
    inner.rows("funding", "item", "amount_2027", "amount_2028", "source", blank=3).row(
        "合　计", "{?funding#2027||19.5}", "{?funding#2028||12.5}", ""
    )
    table.row(CONTINUES, "经费安排", C("", span=5, table=inner, after="注：省级补助经费另行下达。"))
    table.row(
        C("主要\v目标", span=2), C("{overall_target|（分年度填写，要求具体、可考核）}", span=5, height=4)
    )
    table.row(C("组织\v措施", span=2), C("{organisation_safeguard}", span=5, height=3))
    table.row(C("技术\v措施", span=2), C("{?staff_and_technology}", span=5, height=3))


def _area_opinions(t: Dressed) -> None:
    t.p("<b>表四　审核意见</b>", align="center", size=28)
    (
        t.table(1900, 7300)
        .row(
            "承担单位意见",
            C(
                "\v\v　　　　负责人（签字）：　　　　　　　（盖　章）\v　　　　　　　　　　　　　　年　　月　　日"
            ),
        )
        .row("县（市、区）主管\v部门意见", C(SEAL))
        .row("市级标准化主管\v部门意见", C("{?city_opinion}" + SEAL))
        .row("省级标准化主管\v部门审批意见", C(SEAL))
    )


def assessment() -> Dressed:
    t = Dressed(
        "k06-assessment-application",
        SELF,
        "考核评估申请表：斜线表头统计表、自评组、正文（一）（二）、评估组意见",
        Look(font="仿宋_GB2312", size=24, clutter="words"),
    )
    t.title("标准化试点项目评估验收申请表").p()
    t.p("试点项目名称：{project_name|<u>　　　　　　　　　　　　　　　　</u>}", size=28)
    t.p("申请验收单位：{unit_name|<u>　　　　　　　　　　　　　　　　</u>}（章）", size=28)
    t.p("申请时间：{filing_date|　　　　年　　月　　日}", size=28).page()
    (
        t.table(1900, 2700, 1900, 2700)
        .row("项目名称", C("{project_name}", span=3))
        .row("试点领域", "{pilot_field}", "批准文号", "{approval_number}")
        .row("实施单位", C("{unit_name}", span=3))
        .row("协作单位", C("{participant_names}", span=3))
        .row("建设期", "{build_period|　　年　月至　　年　月}", "试点区域范围", "{implementation_scope}")
        .row("填表人", "{filler_name}", "填表人电话", "{filler_phone}")
        .row(
            "自评分数",
            "{total_score|　　　　分|95.0分|95分|95.0|95}",
            "自评等级",
            C(ticked("?rating", "□", ("优秀", "合格", "不合格"), "优秀")),
        )
        .row("单位网址", "", "现场评估地点", "")
    )
    _assessment_tables(t)
    _assessment_text(t)
    t.table(2300, 6900).row("申请单位意见", C(SEAL)).row(
        "评估组意见", C("\v\v组长（签字）：　　　　　　成员（签字）：\v　　年　　月　　日")
    ).row("省级主管部门意见", C(SEAL))
    return t.wear(slanted(1), smart_dates)


def _assessment_tables(t: Dressed) -> None:
    t.p("一、标准体系内标准数量（单位：项）", size=28)
    table = t.table(2600, 1320, 1320, 1320, 1320, 1320).row(
        "　　　　类别\v数量", "国家标准", "行业标准", "地方标准", "团体标准", "企业标准"
    )
    table.row(
        "期满时标准数",
        *[f"{{final_standards#amount{n}||{amount}}}" for n, amount in enumerate((121, 11, 1, 0, 64))],
    )
    table.row(
        "其中：试点期新增",
        *[f"{{final_standards#added{n}||{amount}}}" for n, amount in enumerate((90, 9, 0, 0, 23))],
    )
    table.row("试点期废止", "", "", "", "", "")
    t.p("二、自我评价小组", size=28)
    table = t.table(800, 1500, 1500, 2700, 1400, 1300).row(
        "序号", "姓　名", "自评分工", "工作单位", "行政职务", "签　字"
    )
    table.rows(
        "assessors",
        "#",
        "name",
        "duty",
        "unit",
        "position",
        "",
        blank=7,
        texts={n: str(n + 1) for n in range(7)},
    )


def _assessment_text(t: Dressed) -> None:
    t.p("三、试点建设总结", size=28)
    for heading, path in (
        ("（一）项目概况（500字左右）", "overview"), ("（二）标准体系建立情况", "system_report"),
        ("（三）标准宣贯、实施和监督检查情况", "implementation_report"),
        ("（四）标准体系评价与持续改进情况", "improvement_report"),
    ):  # fmt: skip
        t.p(heading, indent=2).p(f"{{{path}}}").p().p()
    t.p("（五）试点取得的成效", indent=2)
    t.p("1．经济效益：{economic_effect}", indent=2).p("2．社会效益：{social_effect}", indent=2).p(
        "3．生态效益：{ecological_effect}", indent=2
    )
    t.p("（六）主要经验和做法", indent=2).p("{experience}").p()
    t.p("（七）存在的主要问题及下一步工作打算", indent=2).p("{problems_and_next}").p()
    t.p("四、典型案例推广情况", size=28)
    table = t.table(1500, 3000, 2700, 2000).row("推广时间", "案例名称", "推广形式", "推广效果")
    table.rows("cases", "month", "name", "channel", "effect", blank=3)
    t.p()


def yearly_report() -> Dressed:
    t = Dressed(
        "k07-yearly-progress",
        SUMMARY,
        "年度进展情况表：下拉和日期控件、整段控件；六列；有无变更；需求清单；下年度安排；省局核查",
        Look(font="宋体", size=21, clutter="fonts"),
    )
    t.title("试点示范项目年度进展情况报告表").p("（2027年度）", align="center").p()
    t.p(
        "填报单位（公章）：{unit_name|____________________}　　　填报日期：{filing_date|<sdt>单击此处选日期</sdt>}"
    )
    (
        t.table(1300, 1900, 1200, 1800, 1200, 1800)
        .row("项目名称", C("{project_name}", span=5))
        .row("项目类别", C("{pilot_field|<sdt>请选择</sdt>}", span=2), "项目编号", C("", span=2))
        .row("实施单位", C("{unit_name}", span=2), "参与单位", C("{participant_names}", span=2))
        .row("填报人", "{filler_name}", "职　务", "", "电　话", "{filler_phone}")
        .row("审核人", "", "职　务", "", "电　话", "")
        .row("项目进度", C(ticked("?progress#any", "□", ("提前", "按期", "滞后"), "按期"), span=5))
    )
    _yearly_activities(t)
    _yearly_lists(t)
    t.p("七、省级市场监管部门核查意见", size=24).p().p("（盖章）　　　年　　月　　日", align="right")
    fields = choices(
        "农业农村领域",
        "消费品领域",
        "高新技术领域",
        "服务业领域",
        "基本公共服务领域",
        "社会管理与公共服务领域",
    )
    return t.wear(
        control("请选择", fields),
        control("选日期", DATE),
        in_block_control("(填写本年度"),
        head_rows(2),
    )


def _yearly_activities(t: Dressed) -> None:
    t.p("一、重点任务推进情况", size=24)
    table = t.table(600, 2400, 6200).row("序号", "任务", "本年度进展（数据截至11月底）")
    for number, (name, path) in enumerate((
        ("工作需求分析", "progress_needs"), ("适用标准梳理", "progress_inventory"), ("标准体系建立", "progress_system"),
        ("标准补充制定", "progress_development"),
        ("标准实施应用", "progress_implementation"), ("标准持续改进", "progress_improvement"),
    ), start=1):  # fmt: skip
        table.row(str(number), name, f"{{{path}}}")
    t.p("二、取得成效", size=24).p("{achievements|（填写本年度经济、社会效益，尽量用数据说明）}").p()
    t.p("三、典型经验做法", size=24).p("{typical_practices}").p()
    t.p("四、困难问题和建议", size=24).p("1．存在的困难和问题：").p("{difficulties}").p().p(
        "2．意见和建议："
    ).p("{suggestions}").p()


def _yearly_lists(t: Dressed) -> None:
    t.p("五、标准化需求反映情况", size=24)
    table = t.table(600, 3600, 1300, 2300, 1400).row(
        "序号", "需求名称", "建议级别", "报送时间和部门", "目前状态"
    )
    table.rows(
        "found_needs", "#", "need", "level", "reported", "state", blank=3, texts={0: "1", 1: "2", 2: "3"}
    )
    t.p("六、项目变更及下一年度安排", size=24).p("（一）变更情况")
    table = t.table(1300, 2200, 2200, 1500, 2000).row("变更事项", "变更前", "变更后", "变更时间", "变更依据")
    table.rows("changes", "kind", "before", "after", "changed_on", "basis", blank=2)
    t.p("（二）2028年工作安排")
    table = t.table(3300, 1900, 2500, 1500).row("工作任务", "时间安排", "预期成果", "责任部门")
    table.rows("next_plan", "task", "period", "result", "responsible", blank=4)


FORMS = (demonstration_area, assessment, yearly_report)
