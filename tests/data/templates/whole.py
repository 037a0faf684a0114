"""Whole forms as an office sends them: instructions in front, cover, grids, tables, seals; and the later forms."""

from __future__ import annotations

from tests.data.templates.blanks import KINDS, ticked
from tests.data.templates.building import CONTINUES, C, Look, Template

APPLICATION, SELF, SUMMARY = "application", "self_assessment", "summary_2027"


def instructions() -> Template:
    t = Template(
        "20-instructions-first",
        APPLICATION,
        "前面一页填表说明，里面到处是项目名称、承担单位这样的词；示例表；后面才是要填的表；盖章区",
        Look(font="仿宋_GB2312", clutter="words"),
    )
    t.title("填 表 说 明")
    t.lines(
        "1．项目名称：应简明、准确，不超过40个字。",
        "2．承担单位：填写全称，与单位公章一致。",
        "3．联系人：填写能够随时联系的人员，联系电话应填写手机。",
        "4．起止时间：统一为2027年1月至2028年12月。",
        "5．表中选择项在□内打“√”。",
        "6．单位性质：按登记证书填写。",
        indent=2,
    )
    t.p("封面填写示例：")
    t.table(2400, 6800).row("项目名称", "××县××标准化试点").row("承担单位", "××县××中心").row(
        "联系人", "张××"
    )
    t.page().title("申 报 表")
    (
        t.table(2000, 2600, 2000, 2600)
        .row("项目名称", C("{project_name}", span=3))
        .row("项目承担单位", C("{unit_name}", span=3))
        .row("起止时间", "{build_period}", "单位性质", "{unit_kind}")
        .row("联系人", "{contact.name}", "联系电话", "{contact.mobile||13800000035|0794-2000131}")
        .row("实施范围", C("{implementation_scope}", span=3))
        .row("单位基本情况", C("{unit_introduction}", span=3, height=4))
        .row("承担单位意见", C("\v\v法定代表人（签字）：　　　　　（公章）\v　　年　　月　　日", span=3))
        .row("县级市场监管部门意见", C("{?county_opinion}\v\v（公章）\v　　年　　月　　日", span=3))
        .row("市级市场监管部门意见", C("{?city_opinion}\v\v（公章）\v　　年　　月　　日", span=3))
        .row("专家组意见", C("\v\v组长签字：\v　　年　　月　　日", span=3))
    )
    return t


def science_style() -> Template:
    t = Template(
        "21-science-project-style",
        APPLICATION,
        "科技项目申报书的样子：封面两栏一行、数字编号标签、人员表、单位排序表、经费来源表、意见栏",
        Look(font="宋体", clutter="words"),
    )
    t.p("项目编号：　　　　　　　　　　密级：　　　", align="right")
    t.title("项目申报书").p()
    t.p("项目名称：{project_name|________________________________________}", size=28)
    t.p("牵头单位：{unit_name|______________________}（公章）", size=28)
    t.p(
        "项目负责人：{project_leader.name|______________}　电话：{project_leader.phone|______________|0794-2000126|13800000021}",
        size=28,
    )
    t.p(
        "项目联系人：{contact.name|______________}　电话：{contact.phone|______________|0794-2000131|13800000035}",
        size=28,
    )
    t.p("单位地址：{mailing_address|______________________}　邮编：{postcode|________}", size=28)
    t.p("主管部门：______________________", size=28)
    t.p("申报日期：{filing_date|　　年　　月　　日}", size=28).page()
    t.p("一、项目基本信息", style="Heading1")
    (
        t.table(700, 2000, 2300, 1900, 2300)
        .row("1", "项目名称", C("{project_name}", span=3))
        .row("2", "所属领域", "{pilot_field}", "申报方向", "{directions}")
        .row(
            "3",
            "执行期限",
            C("{build_period|自　　　年　　月至　　　年　　月|自2027年1月至2028年12月}", span=3),
        )
        .row("4", "实施地点", "{region}", "是否涉及伦理", "□是　□否")
        .row("5", "项目摘要", C("{summary}", span=3, height=4))
    )
    t.p("二、承担单位情况", style="Heading1")
    (
        t.table(2000, 2600, 2000, 2600)
        .row("单位名称", C("{unit_name}", span=3))
        .row(
            "组织机构代码/统一社会信用代码",
            "{uscc}",
            "单位类型",
            ticked("unit_kind", "□", KINDS, "事业单位", between="\v"),
        )
        .row("法定代表人", "{legal_representative.name}", "职工总数", "{staff_count|　　　人|86人}")
        .row("开户银行", "", "账　　号", "")
        .row("单位概况", C("{unit_introduction}", span=3, height=4))
    )
    t.p("三、项目组成员", style="Heading1")
    table = t.table(1200, 900, 1400, 2700, 1400, 1600)
    table.row("姓名", "性别", "出生年月", "工作单位", "职务", "任务分工")
    table.rows("leadership_group", "name", "", "", "unit", "position", "duty", blank=4)
    t.p("四、研究内容与技术路线", style="Heading1").p().p()
    t.p("五、预期效益", style="Heading1").p("（一）经济效益").p("{economic_benefit}").p("（二）社会效益").p(
        "{social_benefit}"
    ).p()
    t.p("六、保障措施", style="Heading1").p("（一）组织保障").p("{organisation_safeguard}").p()
    t.p("（二）人员和技术保障").p("{staff_and_technology}").p()
    t.p("七、审核意见", style="Heading1")
    t.table(2000, 7200).row("单位意见", C("\v\v（盖章）　　年　月　日", align="right")).row(
        "推荐部门意见", C("\v\v（盖章）　　年　月　日", align="right")
    )
    return t


def standards() -> Template:
    t = Template(
        "22-long-tables",
        APPLICATION,
        "标准明细表一百多行要加行；统计表；体系编制说明；横向；表头跨页重复",
        Look(font="仿宋", size=21),
    )
    t.p("附件3　标准体系材料").section(landscape=False)
    t.p("标准明细表", align="center")
    table = t.table(800, 1300, 2200, 4400, 1000, 1400, 1500, 1400)
    table.row("序号", "体系编号", "标准编号", "标准名称", "标准级别", "实施日期", "责任部门", "备注")
    table.rows(
        "standards",
        "#",
        "system_code",
        "number",
        "name",
        "level",
        "effective_on",
        "department",
        "remark",
        blank=4,
    )
    t.section(landscape=True)
    t.p("参与标准制修订情况", align="center")
    table = t.table(2400, 3400, 1000, 1200, 1200)
    table.row("标准号", "标准名称", "级别", "参与方式", "发布年份")
    table.rows("standards_experience", "number", "name", "level", "role", "year", blank=3)
    t.p("编制说明", align="center").p("{compilation_notes}").p()
    return t


def self_scores() -> Template:
    t = Template(
        "23-self-assessment",
        SELF,
        "自评表：封面栏目、自评组成员、声明项有□无□、结论、盖章",
        Look(font="仿宋_GB2312", clutter="words"),
    )
    t.title("国家标准化试点项目自评表").p()
    t.p("项目名称：{project_name|<u>　　　　　　　　　　　　　　</u>}", size=28)
    t.p("承担单位（盖章）：{unit_name|<u>　　　　　　　　　　</u>}", size=28)
    t.p("填 报 人：{filler_name|<u>　　　　　</u>}　联系电话：{filler_phone|<u>　　　　　　　</u>}", size=28)
    t.p("自评日期：{filing_date|　　　年　　月　　日}", size=28).page()
    (
        t.table(2000, 2600, 2000, 2600)
        .row("项目名称", C("{project_name}", span=3))
        .row("承担单位", "{unit_name}", "参加单位", "{participant_names}")
        .row("立项文号", "{approval_number}", "建设周期", "{build_period}")
        .row("实施范围", C("{implementation_scope}", span=3))
    )
    t.p("自评组成员")
    table = t.table(800, 1800, 3000, 1800, 1800)
    table.row("序号", "姓名", "单位", "职务", "分工")
    table.rows("assessors", "#", "name", "unit", "position", "duty", blank=3, texts={0: "1", 1: "2", 2: "3"})
    t.p("自评结论")
    (
        t.table(2300, 2300, 2300, 2300)
        .row("自评总分", "{total_score||95.0|95|95.0分|95分}", "满分", "{?full_points||100|100分}")
        .row("总体评价", C("{closing_words}", span=3, height=3))
        .row("承担单位", C("\v（盖章）\v年　月　日", span=3, align="right"))
        .row("省级审核意见", C("\v（盖章）\v年　月　日", span=3, align="right"))
    )
    return t


def self_report() -> Template:
    t = Template(
        "24-self-report",
        SELF,
        "自评报告：正文标题下写；标题用中文序号；表格在标题下",
        Look(font="仿宋_GB2312", size=32),
    )
    t.title("自评报告")
    t.p("项目名称：{project_name|____________________}", size=28).p(
        "承担单位：{unit_name|____________________}", size=28
    )
    t.p("一、项目概况", style="Heading1").p("{overview}").p()
    t.p("二、任务完成情况小结", style="Heading1").p("{tasks_summary}").p()
    t.p("三、标准体系建设情况", style="Heading1").p("{system_report}").p()
    t.p("四、标准实施应用情况", style="Heading1").p("{implementation_report}").p()
    t.p("五、持续改进情况", style="Heading1").p("{improvement_report}").p()
    t.p("六、取得的成效", style="Heading1")
    t.p("（一）经济效益", style="Heading2").p("{economic_effect}").p()
    t.p("（二）社会效益", style="Heading2").p("{social_effect}").p()
    t.p("（三）生态效益", style="Heading2").p("{ecological_effect}").p()
    t.p("七、经验做法", style="Heading1").p("{experience}").p()
    t.p("八、典型案例", style="Heading1")
    table = t.table(3000, 3200, 1400, 1600).row("案例名称", "推广方式", "时间", "带动单位")
    table.rows("cases", "name", "channel", "month", "effect", blank=2)
    t.p("九、存在的问题和下一步打算", style="Heading1").p("{problems_and_next}").p()
    t.p("承担单位（盖章）", align="right").p("年　　月　　日", align="right")
    return t


def summary() -> Template:
    t = Template(
        "25-annual-summary",
        SUMMARY,
        "年度工作总结：表头栏目、长文本大格、标准需求表、下年计划、填报人行",
        Look(font="宋体", clutter="words"),
    )
    t.title("国家标准化试点项目年度工作总结")
    (
        t.table(1900, 2700, 1900, 2700)
        .row("项目名称", C("{project_name}", span=3))
        .row("承担单位", "{unit_name}", "试点领域", "{pilot_field}")
        .row("填报人", "{filler_name}", "联系电话", "{filler_phone}")
        .row("填报日期", C("{filing_date|　　年　　月　　日}", span=3))
        .row(C("一、工作进展", span=4))
        .row("分析工作需求", C("{progress_needs}", span=3))
        .row("梳理适用标准", C("{progress_inventory}", span=3))
        .row("建立标准体系", C("{progress_system}", span=3))
        .row("补充制定标准", C("{progress_development}", span=3))
        .row("标准实施应用", C("{progress_implementation}", span=3))
        .row("持续改进标准", C("{progress_improvement}", span=3))
        .row(C("二、取得的成效\v{achievements}", span=4, height=3))
        .row(C("三、典型做法\v{typical_practices}", span=4, height=3))
        .row(C("四、存在的问题与困难\v{difficulties}", span=4, height=3))
        .row(C("五、意见建议\v{suggestions}", span=4, height=2))
    )
    t.p("六、下一年度工作计划")
    table = t.table(3600, 2400, 1700, 1500).row("工作内容", "起止时间", "责任单位", "预期成果")
    table.rows("next_plan", "task", "period", "responsible", "result", blank=2)
    t.p("审核意见：　　　　　　　　　　（盖章）　　年　月　日")
    return t


def agriculture() -> Template:
    t = Template(
        "26-demonstration-area-style",
        APPLICATION,
        "示范区申报表的样子：大表一张到底，节标题行、行组、方框、长文本、重复行都在一张表里",
        Look(font="仿宋_GB2312", size=21, clutter="chars"),
    )
    t.title("标准化试点（区）申报表")
    table = t.table(1400, 1500, 1700, 1300, 1500, 1800, grid=[9200])
    table.row(C("一、基本情况", span=6))
    table.row("试点名称", C("{project_name}", span=5))
    table.row("承担单位", C("{unit_name}", span=3), "单位代码", "{uscc}")
    table.row("参与单位", C("{participant_names}", span=5))
    table.row("单位地址", C("{mailing_address}", span=3), "邮　编", "{postcode}")
    table.row(
        C("单位负责人", down=True),
        "姓名",
        "{legal_representative.name}",
        "职务",
        C("{legal_representative.position}", span=2),
    )
    table.row(CONTINUES, "签字", C("", span=4))
    table.row(
        C("项目负责人", down=True),
        "姓名",
        "{project_leader.name}",
        "职称/职务",
        C("{project_leader.position}", span=2),
    )
    table.row(CONTINUES, "手机", "{project_leader.mobile}", "邮箱", C("{project_leader.email}", span=2))
    table.row("单位性质", C(ticked("unit_kind", "□", KINDS, "事业单位"), span=5))
    table.row(C("二、目标和任务", span=6))
    table.row(C("总体目标：\v{overall_target}", span=6, height=3))
    table.row("阶　段", C("时　间", span=2), C("主要任务", span=2), "责任单位")
    table.rows("schedule", "phase", "period", "task", "responsible_unit", blank=3, spans=(1, 2, 2, 1))
    table.row(C("三、效益分析", span=6))
    table.row("经济效益", C("{economic_benefit}", span=5))
    table.row("社会效益", C("{social_benefit}", span=5))
    table.row("生态效益", C("{ecological_benefit}", span=5))
    table.row(C("四、审核意见", span=6))
    table.row(
        "县级\v农业农村部门",
        C("\v（盖章）　　年　月　日", span=2),
        "省级\v主管部门",
        C("\v（盖章）　　年　月　日", span=2),
    )
    return t


TEMPLATES = (instructions, science_style, standards, self_scores, self_report, summary, agriculture)
