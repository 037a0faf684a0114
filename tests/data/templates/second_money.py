"""The second hold-out set, forms 12 to 14: money of a ministry, an assessment with scores of its own, a yearly summary."""

from __future__ import annotations

from tests.data.templates.blanks import ticked
from tests.data.templates.building import CONTINUES, C, Look, Table
from tests.data.templates.dressing import (
    Dressed,
    automatic_number,
    head_rows,
    narrow_rows,
    slanted,
    smart_dates,
    underlined_tabs,
)

APPLICATION, SELF, SUMMARY = "application", "self_assessment", "summary_2027"
SEAL = "\v\v　　　　　　　　　　　　　　　　　　（公章）\v　　　　　　　　　　　　　　　　　　年　　月　　日"
VERDICT = (
    "量化指标8项，达到承诺7项；补充制定标准24项，已发布23项。自评得分95.0分（满分100分）。"
    "参考等次为优，按推断的参考线得出，不是官方规定。"
)
NAME = "南汀县政务服务“高效办成一件事”标准化试点"
QUOTED = f"“{NAME}”|《{NAME}》|{NAME}|“南汀县政务服务‘高效办成一件事’标准化试点”"
EITHER_ADDRESS = "{mailing_address||南汀县政务路8号|江西省抚州市南汀县政务路8号}"
PHONES = "13800000021|0794-2000126|13800000021、0794-2000126|0794-2000126、13800000021"


def project_money() -> Dressed:
    t = Dressed(
        "k12-project-money",
        APPLICATION,
        "专项资金项目申报表：一张大表十列、两层竖排组名、标签在上、金额分来源、绩效目标三级、联系人不止一个、承诺句子",
        Look(font="方正仿宋_GBK", size=21, clutter="words"),
    )
    t.p("省级标准化发展专项资金").title("项 目 申 报 表").p("（2027年度）", align="center")
    t.p("申报单位：{unit_name|<u>　　　　　　　　　　　　　　</u>}　　　　　　　　金额单位：万元")
    _money_grid(t)
    _money_goals(t)
    t.p("申报单位承诺", align="center", size=28)
    t.p("我单位申报的{project_name|“　　　　　　　　　　　　”|" + QUOTED + "}"
        "项目，实施期限为{build_period|　　　年　　月至　　　年　　月}，"
        "未以相同内容获得其他财政资金支持，经费专款专用，接受监督检查。", indent=2)  # fmt: skip
    t.p("单位负责人（签字）：　　　　　　财务负责人（签字）：　　　　　　（公章）", indent=2).p(
        "年　　月　　日", align="right"
    )
    return t.wear(narrow_rows(0, 16), smart_dates)


def _money_grid(t: Dressed) -> None:
    table = t.table(600, 1000, 950, 950, 950, 950, 950, 950, 950, 950, size=18)
    table.row(C("项目名称", span=2), C("{project_name}", span=8))
    table.row(
        C("项目属性", span=2), C("□新增　□延续", span=3), C("项目实施期", span=2), C("{build_period}", span=3)
    )
    table.row(
        C("申\v报\v单\v位", down=True), "名　称", C("{unit_name}", span=4), "信用代码", C("{uscc}", span=3)
    )
    table.row(CONTINUES, "地　址", C(EITHER_ADDRESS, span=4), "邮　编", C("{postcode}", span=3))
    table.row(CONTINUES, "开户名称", C("", span=2), "开户银行", C("", span=2), "银行账号", C("", span=2))
    table.row(
        CONTINUES,
        C("人\v员", down=True),
        "类　别",
        C("姓　名", span=2),
        C("职务（职称）", span=2),
        C("电话（手机）", span=3),
    )
    table.row(
        CONTINUES,
        CONTINUES,
        "法定代表人",
        C("{legal_representative.name}", span=2),
        C("{legal_representative.position}", span=2),
        C("", span=3),
    )
    table.row(CONTINUES, CONTINUES, "项目负责人", C("{project_leader.name}", span=2), C("{project_leader.position}", span=2),
              C(f"{{project_leader.mobile||{PHONES}}}", span=3))  # fmt: skip
    table.row(CONTINUES, CONTINUES, "财务联系人", C("", span=2), C("", span=2), C("", span=3))
    _money_plan(table)


def _money_plan(table: Table) -> None:
    table.row(
        C("项目资金", span=2, down=True),
        C("总投入", span=2),
        C("申请财政资金", span=2),
        C("地方财政", span=2),
        C("自筹及其他", span=2),
    )
    table.row(
        C(CONTINUES, span=2),
        C("{funding_total||32.0|32|32.0万元|32万元}", span=2),
        C("", span=2),
        C("", span=2),
        C("", span=2),
    )
    table.row(C("项目概要\v（500字内）", span=2), C("{summary}", span=8, height=3))
    table.row(C("立项依据", span=2), C("{background}", span=8, height=3))
    table.row(C("项目实施\v地点及范围", span=2), C("{?implementation_scope}", span=8))
    table.row(
        C("经济效益、\v社会效益、\v生态效益", span=2),
        C("经济效益：{economic_benefit}\v社会效益：{social_benefit}\v生态效益：{ecological_benefit}", span=8),
    )


def _money_goals(t: Dressed) -> None:
    t.p("项目绩效目标表", align="center", size=28)
    table = t.table(1300, 1500, 3400, 1500, 1500)
    table.row("总体目标", C("{overall_target|（用数量化指标表述）}", span=4, height=2))
    table.row("一级指标", "二级指标", "三级指标", "本年度指标值", "实施期指标值")
    table.row(C("产出指标", down=True), "数量指标", "", "", "").row(CONTINUES, "质量指标", "", "", "").row(
        CONTINUES, "成本指标", "", "", ""
    )
    table.row("效益指标", "社会效益", "", "", "").row("满意度指标", "服务对象满意度", "", "", "")
    t.p("项目支出明细表", align="center", size=28)
    table = t.table(800, 3600, 1600, 1600, 1600).row(
        C("序号", down=True),
        C("支出内容", down=True),
        C("预算安排", span=2, align="center"),
        C("资金来源", down=True),
    )
    table.row(CONTINUES, CONTINUES, "第一年\v（2027年）", "第二年\v（2028年）", CONTINUES)
    table.rows(
        "funding",
        "#",
        "item",
        "amount_2027",
        "amount_2028",
        "source",
        blank=6,
        texts={n: str(n + 1) for n in range(6)},
    )
    table.row(C("合计", span=2), "{?funding#2027||19.5}", "{?funding#2028||12.5}", "")


def self_scores() -> Dressed:
    t = Dressed(
        "k13-self-scores",
        SELF,
        "自评表：封面制表位、别人的打分表（项目、要求、分值、得分留空）、自评小结正文、附件清单、专家签字",
        Look(font="仿宋", size=24, clutter="chars"),
    )
    t.title("国家标准化试点项目").title("自 我 评 估 报 告").p().p()
    t.p("试点名称：{project_name|\t}", size=28).p("承担单位：{unit_name|\t}（公章）", size=28)
    t.p("联 系 人：{?filler_name|\t}", size=28).p("联系电话：{?filler_phone|\t}", size=28)
    t.p("报告日期：{filing_date|二〇二　年　　月　　日}", size=28).page()
    t.p("<b>第一部分　基本情况</b>", align="center", size=32)
    (
        t.table(1500, 2000, 1300, 1700, 1200, 1500)
        .row("项目名称", C("{project_name}", span=3), "所属领域", "{pilot_field}")
        .row(
            "下达文号",
            C("{approval_number}", span=2),
            "起止时间",
            C("{build_period|　　年　月—　　年　月}", span=2),
        )
        .row("参与单位", C("{participant_names}", span=5))
        .row("覆盖范围", C("{implementation_scope}", span=5))
        .row("经费投入\v（万元）", "计划", "{?funding_total||32.0|32|32.0万元}", "实际", C("", span=2))
    )
    _scores(t)
    _scores_text(t)
    lines = (underlined_tabs(one, 8400) for one in ("试点名称", "联系人", "联系电话"))
    numbers = (automatic_number(one) for one in ("项目概述", "标准体系建设情况", "经验与做法"))
    return t.wear(*lines, underlined_tabs("承担单位", 7200), *numbers, head_rows(3))


def _scores(t: Dressed) -> None:
    t.p("<b>第二部分　量化评分</b>", align="center", size=32)
    table = t.table(1500, 2100, 3500, 1000, 1100, size=21).row(
        "评价项目", "评价内容", "评价要求", "分值", "得分"
    )
    rows = (
        ("组织管理（20分）", "组织机构", "成立领导小组，职责明确", "10"), (CONTINUES, "工作制度", "建立标准化管理办法", "10"),
        ("标准实施（50分）", "培训", "培训覆盖全部岗位", "20"),
        (CONTINUES, "检查", "检查有记录，问题有整改", "30"),
        ("绩效（30分）", "满意度", "满意度达到承诺值", "30"),
    )  # fmt: skip
    for number, (area, content, demand, points) in enumerate(rows):
        following = rows[number + 1][0] if number + 1 < len(rows) else ""
        table.row(C(area, down=area != CONTINUES and following == CONTINUES), content, demand, points, "")
    table.row(C("合　　计", span=3), "100", "{?total_score||95.0|95|95.0分|95分}")
    t.p("重大事项：")
    table = t.table(6400, 2800, size=21).row("事　　项", "有／无")
    table.row("是否发生重大安全、质量、环境事故", C(ticked("?declarations#a", "□", ("有", "无"), "无")))
    t.p("自评组人员名单", align="center")
    table = t.table(3000, 1500, 1700, 1700, 1300).row("所在单位", "姓名", "职务／职称", "承担工作", "签名")
    table.rows("assessors", "unit", "name", "position", "duty", "", blank=3)


def _scores_text(t: Dressed) -> None:
    t.p("<b>第三部分　自评总结</b>", align="center", size=32)
    t.p("项目概述", size=28).p("{overview|（不超过500字）}").p()
    t.p("标准体系建设情况", size=28).p("{system_report}").p()
    t.p("经验与做法", size=28).p("{experience}").p()
    t.p("四、任务完成情况小结", size=28).p("{tasks_summary}").p()
    t.p("五、试点成效（从经济、社会、生态三方面说明）", size=28)
    t.table(1800, 7400, size=21).row("经济效益", "{economic_effect}").row("社会效益", "{social_effect}").row(
        "生态效益", "{ecological_effect}"
    )
    t.p("六、标准持续改进", size=28).p("{improvement_report}").p()
    t.p("七、不足之处和今后打算", size=28).p("{problems_and_next}").p()
    t.p("八、总体评价", size=28).p("{closing_words}").p()
    t.p("佐证材料清单", align="center", size=28)
    table = t.table(900, 4700, 1800, 1800, size=21).row("编号", "材料名称", "材料类型", "形成时间")
    table.rows("evidence", "code", "title", "kind", "issued", blank=5)
    t.p()
    t.table(2300, 6900).row("自评结论", C(f"{{?verdict||{VERDICT}}}" + SEAL)).row(
        "专家组考核意见", C("\v\v组长签字：　　　　　年　　月　　日")
    ).row("市级主管部门意见", C(SEAL))


def yearly_summary() -> Dressed:
    t = Dressed(
        "k14-yearly-summary",
        SUMMARY,
        "年度总结：正文标题下写、斜线表头、预算执行表（项目已印好）、下年计划列序不同、联系人行、督导意见",
        Look(font="仿宋_GB2312", size=32, clutter="words"),
    )
    t.title("标准化试点工作年度总结").p("（2027年）", align="center").p()
    t.p("承 担 单 位：{unit_name}").p("项 目 名 称：{project_name}").p("试 点 领 域：{pilot_field}").p()
    t.p("一、年度工作开展情况", style="Heading1")
    for heading, path in (
        ("（一）开展需求分析情况", "progress_needs"),
        ("（二）适用标准收集梳理情况", "progress_inventory"),
        ("（三）标准体系建立情况", "progress_system"),
        ("（四）标准制定修订情况", "progress_development"),
        ("（五）标准宣贯与实施情况", "progress_implementation"),
        ("（六）评价与持续改进情况", "progress_improvement"),
    ):  # fmt: skip
        t.p(heading, style="Heading2").p(f"{{{path}}}").p()
    t.p("二、主要成效", style="Heading1").p("{achievements|（请用数据对比说明，1000字以内）}").p()
    t.p("三、特色亮点和典型做法", style="Heading1").p("{typical_practices}").p()
    t.p("四、经费执行情况", style="Heading1")
    items = (
        ("标准起草、审查和印制", "5.2"),
        ("宣贯培训", "3.3"),
        ("系统计时和预警功能改造", "8.0"),
        ("第三方满意度调查", "1.9"),
    )
    table = t.table(4200, 1800, 3200, size=24).row(
        "　　　　　　　　金额\v支出项目", "实际支出\v（万元）", "凭证号"
    )
    for number, (name, spent) in enumerate(items):
        table.row(name, f"{{?funding_done#spent{number}||{spent}|{float(spent):g}}}", "")
    _summary_rest(t)
    return t.wear(slanted(0), smart_dates, head_rows(1))


def _summary_rest(t: Dressed) -> None:
    t.p("五、提出的标准需求", style="Heading1")
    table = t.table(1400, 4000, 1400, 2400, size=24).row(
        "建议标准层级", "标准需求名称", "进展状态", "报送情况"
    )
    table.rows("found_needs", "level", "need", "state", "reported", blank=2)
    t.p("六、存在的困难与问题", style="Heading1").p("{difficulties}").p().p(
        "七、有关建议", style="Heading1"
    ).p("{suggestions}").p()
    t.p("八、2028年度工作计划", style="Heading1")
    table = t.table(700, 1900, 3300, 1600, 1700, size=24).row(
        "序号", "时间节点", "工作事项", "责任单位", "成果形式"
    )
    table.rows(
        "next_plan",
        "#",
        "period",
        "task",
        "responsible",
        "result",
        blank=6,
        texts={n: str(n + 1) for n in range(6)},
    )
    t.p().p(
        "填 报 人：{filler_name|__________}　　联系电话：{filler_phone|______________}"
        "　　填报时间：{filing_date|　　　年　　月　　日}",
        size=24,
    )
    t.p("审 核 人：__________　　联系电话：______________", size=24)
    t.table(2300, 6900, size=24).row("推荐单位督导意见", C(SEAL))


FORMS = (project_money, self_scores, yearly_summary)
