"""The second hold-out set, forms 1 to 3: an application table, a task book of three parties, a science plan."""

from __future__ import annotations

from tests.data.templates.blanks import KINDS, ticked
from tests.data.templates.building import CONTINUES, C, Look, Table
from tests.data.templates.dressing import (
    Dressed,
    automatic_number,
    cover_table,
    drawn_line,
    linked,
    narrow_rows,
    smart_dates,
    underlined_tabs,
)

APPLICATION = "application"
SEAL = "\v\v　　　　　　　　　　　　　　　　　　　　　　（公章）\v　　　　　　　　　　　　　　　　　　年　　月　　日"
EITHER_ADDRESS = "{mailing_address||南汀县政务路8号|江西省抚州市南汀县政务路8号}"
EITHER_PHONE = "|13800000035|0794-2000131|13800000035、0794-2000131|0794-2000131、13800000035"


def application_table() -> Dressed:
    t = Dressed(
        "k01-service-application",
        APPLICATION,
        "无框线表格作封面、分散对齐的标签；填写说明；六列大表、行组；智能标记里的年月日；三级意见",
        Look(font="仿宋_GB2312", size=24, clutter="words"),
    )
    t.p("附件1", size=32).p().p()
    t.title("服务业标准化试点").title("申　请　表").p().p()
    (
        t.table(2600, 5600, size=32)
        .row("试点名称", "{project_name}")
        .row("试点单位", "{undertaking_unit}")
        .row("推荐部门", "{recommending_authority}")
        .row("申请日期", "{filing_date|　　　年　　月　　日}")
    )
    t.p().p().p("国家标准化管理委员会　制", align="center", size=28)
    t.p("二〇二六年", align="center", size=28).page()
    t.p("<b>填 写 说 明</b>", align="center", size=32)
    t.lines(
        "一、试点名称应体现试点单位、服务领域等要素。",
        "二、试点单位应为独立法人单位，与公章一致；联系人应为本单位工作人员。",
        "三、“单位性质”一栏，请在相应的□内打“√”。",
        "四、本表一式三份，用A4纸双面打印，可自行加页。",
        indent=2,
    )
    t.page()
    _application_grid(t)
    t.p("注：填好后电子版发至 fwybzh@example.gov.cn。", size=21)
    return t.wear(cover_table(0), smart_dates, linked("fwybzh@example.gov.cn"))


def _application_grid(t: Dressed) -> None:
    table = t.table(1500, 1300, 1800, 1300, 1500, 1800, size=21)
    table.row("试点名称", C("{project_name}", span=5))
    table.row(
        "试点类别",
        C(
            ticked(
                "pilot_field", "□", ("服务业", "基本公共服务", "社会管理与公共服务"), "社会管理与公共服务"
            ),
            span=5,
        ),
    )
    table.row(C("试\v点\v单\v位", down=True), "单位名称", C("{unit_name}", span=2), "信用代码", "{uscc}")
    table.row(CONTINUES, "详细地址", C(EITHER_ADDRESS, span=2), "邮　　编", "{postcode}")
    table.row(CONTINUES, "单位性质", C(ticked("unit_kind", "□", KINDS, "事业单位", between=" "), span=4))
    table.row(
        CONTINUES,
        "法定代表人",
        "{legal_representative.name}",
        "职　务",
        "{legal_representative.position}",
        "电话：",
    )
    table.row(CONTINUES, "联 系 人", "{contact.name}", "部门及职务", C("{contact.position}", span=2))
    table.row(CONTINUES, "手　机", "{contact.mobile}", "座　机", C("{contact.phone}", span=2))
    table.row(CONTINUES, "电子信箱", "{contact.email}", "传　真", C("", span=2))
    table.row(
        CONTINUES,
        "员工总数",
        "{staff_count|　　　人|86人|86}",
        "标准化专\v职人员",
        "{full_time_staff|　　　人|2人|2}",
        "",
    )
    _application_plan(table)


def _application_plan(table: Table) -> None:
    table.row("合作单位", C("{participant_names}", span=5))
    table.row("建设起止时间", C("{build_period|　　　年　　月　—　　　年　　月}", span=5))
    table.row(
        "试点单位\v基本情况",
        C("{unit_introduction|（包括职能、规模、人员、近年业绩等，500字以内）}", span=5, height=4),
    )
    table.row("申请试点的\v背景和依据", C("{background}", span=5, height=4))
    table.row("标准化工作\v现有基础", C("{?existing_standards_note}", span=5, height=3))
    table.row("试点总体目标", C("{overall_target}", span=5, height=3))
    table.row("预期效益", C("经济效益：\v{economic_benefit}\v社会效益：\v{social_benefit}", span=5))
    table.row(
        "试点单位\v意　　见",
        C("\v\v　　　　　　　法定代表人（签字）：\v　　　　　　　　　　　　　　　年　　月　　日", span=5),
    )
    table.row("推荐部门\v意　　见", C(SEAL, span=5))
    table.row("国家标准委\v审核意见", C(SEAL, span=5))


def task_book() -> Dressed:
    t = Dressed(
        "k02-task-book-three-parties",
        APPLICATION,
        "任务书：下划线制表位、起止年限；“一、……”段落下一格空框；两列进度；来源与支出并排的经费表；甲乙丙三方竖排",
        Look(font="宋体", size=24, clutter="chars"),
    )
    t.p("编号：<u>　　　　　　　　</u>", size=24).p().p()
    t.title("标准化试点项目任务书").p().p()
    t.p("项 目 名 称：{project_name|\t}", size=28)
    t.p("承担单位（乙方）：{unit_name|\t}", size=28)
    t.p("项 目 负 责 人：{project_leader.name|\t}", size=28)
    t.p("乙方主管部门（丙方）：\t", size=28)
    t.p("起 止 年 限：{build_period|　　　　年　　月　至　　　　年　　月}", size=28)
    t.p("签 订 日 期：　　　　年　　月　　日", size=28).p().p()
    t.p("省市场监督管理局", align="center", size=28).p("二〇　　年　　月", align="center", size=28).page()
    _task_texts(t)
    _task_tables(t)
    _three_parties(t)
    return t.wear(
        underlined_tabs("承担单位", 8400),
        underlined_tabs("乙方主管", 8400), underlined_tabs("项目名称：", 8400), underlined_tabs("项目负责人：", 8400),
    )  # fmt: skip


def _task_texts(t: Dressed) -> None:
    sections = (
        ("一、项目立项的目的和意义", "{?background}"),
        ("二、试点的主要内容及范围（含试点区域、对象）", "{?implementation_scope}"),
        ("三、总体目标（分年度、可考核）", "{overall_target}"),
        ("四、标准实施的监督检查办法", "{supervision}"),
        ("五、可复制、可推广的经验和推广途径", "{replication}"),
    )
    for heading, path in sections:
        t.p(heading, size=28)
        t.table(9200).row(C(path, height=6))
        t.p()


def _task_tables(t: Dressed) -> None:
    t.p("六、计划进度", size=28)
    table = t.table(2600, 6600).row("起止年月", "计划工作内容")
    table.rows("schedule", "period", "task", blank=5)
    t.p("七、项目主要参加人员", size=28)
    table = t.table(1100, 700, 700, 1300, 1300, 2400, 1700, size=21)
    table.row("姓　名", "性别", "年龄", "职务职称", "业务专业", "所在单位", "在项目中\v分担的任务")
    table.rows("leadership_group", "name", "", "", "position", "", "unit", "duty", blank=6)
    t.p("八、经费（单位：万元）", size=28)
    table = t.table(2600, 2000, 2600, 2000, size=21)
    table.row(C("经费来源预算", span=2, align="center"), C("经费支出预算", span=2, align="center"))
    table.row("科　目", "预算数", "科　目", "预算数")
    for left, right in (("来源预算合计", "支出预算合计"), ("1．省级财政拨款", "1．标准研制费"),
                        ("2．地方配套", "2．会议、差旅费"),
                        ("3．单位自筹", "3．专家咨询费"), ("4．其他来源", "4．其他费用")):  # fmt: skip
        table.row(left, "{?funding_total||32.0|32|32.0万元}" if "合计" in left else "", right,
                  "{?funding_total||32.0|32|32.0万元}" if "合计" in right else "")  # fmt: skip


def _three_parties(t: Dressed) -> None:
    t.p("九、各方签章", size=28)
    table = t.table(700, 1700, 2500, 1500, 2800, size=21)
    table.row(
        C("甲\v\v方", down=True),
        "单位名称",
        C("　　　　　　　　　　　　　（公章）　　　年　　月　　日", span=3),
    )
    table.row(CONTINUES, "代表人（签章）", "", "项目联系人", "")
    table.row(CONTINUES, "地址及邮编", "", "电话及传真", "")
    table.row(
        C("乙\v\v方", down=True),
        "单位名称",
        C("{?unit_name|　　　　　　　　　　　　　}（公章）　　　年　　月　　日", span=3),
    )
    table.row(CONTINUES, "法定代表人（签章）", "{?legal_representative.name}", "项目联系人", "{contact.name}")
    table.row(CONTINUES, "通讯地址", "{mailing_address}", "邮政编码", "{postcode}")
    table.row(CONTINUES, "联系电话", "{contact.mobile|" + EITHER_PHONE + "}", "传　　真", "")
    table.row(CONTINUES, "开户银行", "", "账　　号", "")
    table.row(
        C("丙\v\v方", down=True),
        "单位名称",
        C("　　　　　　　　　　　　　（公章）　　　年　　月　　日", span=3),
    )
    table.row(CONTINUES, "代表人（签章）", "", "项目联系人", "")
    table.row(CONTINUES, "地址及邮编", "", "电话及传真", "")


def science_plan() -> Dressed:
    t = Dressed(
        "k03-science-plan",
        APPLICATION,
        "八列网格；机构代码；负责人身份证、学历等非我栏；合作单位清单；绩效指标三级表；自动编号标题；专家意见",
        Look(font="宋体", size=21, clutter="fonts"),
    )
    t.p("受理号：　　　　　　　　　申报编号：", size=21)
    t.title("省级标准化专项项目申报书").p()
    t.p("专项类别：□标准化试点　□标准研制　□标准国际化", align="center").p()
    t.p("项目名称：{project_name}", size=28)
    t.p("申报单位：{unit_name}", size=28).p("归口管理单位：{?recommending_authority}", size=28)
    t.p("申报日期：{filing_date|二〇二　年　　月　　日}", size=28).page()
    t.p("项目基本信息", style="Heading1")
    _science_grid(t)
    _science_rest(t)
    return t.wear(
        *(automatic_number(one) for one in ("项目基本信息", "主要合作单位", "项目研究基础", "绩效指标", "评审意见")),
        drawn_line("项目名称："), narrow_rows(0, 18),
    )  # fmt: skip


def _science_rest(t: Dressed) -> None:
    t.p("主要合作单位", style="Heading1")
    table = t.table(700, 3000, 1300, 2200, 2000, size=21).row(
        "序号", "单位名称", "单位性质", "统一社会信用代码", "承担的主要任务"
    )
    table.rows(
        "participating_units",
        "#",
        "name",
        "unit_kind",
        "uscc",
        "task",
        blank=4,
        texts={n: str(n + 1) for n in range(4)},
    )
    t.p("项目研究基础", style="Heading1").p(
        "（说明申报单位的标准化组织机构、管理制度和工作条件，800字以内）"
    ).p("（一）组织机构和制度建设情况")
    t.p("{organisation_and_rules}").p().p("（二）现有工作条件").p("{working_conditions}").p()
    _science_indicators(t)
    t.p("评审意见", style="Heading1")
    t.table(2200, 7000).row("申报单位意见", C(SEAL)).row("归口管理单位意见", C(SEAL)).row(
        "专家评审意见", C("\v\v专家组组长（签字）：\v　　年　　月　　日")
    )


def _science_grid(t: Dressed) -> None:
    table = t.table(1500, 1000, 1100, 1100, 1100, 1100, 1100, 1200, size=18)
    table.row("项目名称", C("{project_name}", span=7))
    table.row("所属领域", C("{pilot_field}", span=3), "重点方向", C("{directions}", span=3))
    table.row(
        "项目执行期", C("{build_period|　　年　月至　　年　月}", span=3), "实施地点", C("{region}", span=3)
    )
    table.row(
        "项目总经费\v（万元）",
        C("{funding_total||32.0|32}", span=2),
        "其中财政\v补助",
        C(""),
        "自筹经费",
        C("", span=2),
    )
    table.row(C("申报单位", down=True), "单位名称", C("{unit_name}", span=3), "机构代码", C("{uscc}", span=2))
    table.row(CONTINUES, "注册地址", C("{registered_address}", span=3), "成立时间", C("{founded_on}", span=2))
    table.row(
        CONTINUES, "登记机关", C("{registrar}", span=3), "法人代表", C("{legal_representative}", span=2)
    )
    table.row(
        CONTINUES,
        "上年收入",
        C("{annual_revenue|　　　　万元}", span=2),
        "职工人数",
        "{staff_count||86|86人}",
        "高级职称",
        "",
    )
    _science_people(table)


def _science_people(table: Table) -> None:
    table.row(
        C("项目负责人", down=True), "姓　名", "{project_leader.name}", "性　别", "", "出生年月", C("", span=2)
    )
    table.row(CONTINUES, "身份证号", C("", span=3), "职称职务", C("{project_leader.position}", span=2))
    table.row(
        CONTINUES,
        "移动电话",
        C("{project_leader.mobile}", span=3),
        "E-mail",
        C("{project_leader.email}", span=2),
    )
    table.row(
        C("项目联系人", down=True),
        "姓　名",
        "{contact.name}",
        "所在部门",
        "",
        "职　务",
        C("{contact.position}", span=2),
    )
    table.row(CONTINUES, "移动电话", C("{contact.mobile}", span=3), "E-mail", C("{contact.email}", span=2))
    table.row("项目摘要\v（限500字）", C("{summary}", span=7, height=5))
    table.row("关键词", C("", span=7))


def _science_indicators(t: Dressed) -> None:
    t.p("绩效指标", style="Heading1")
    table = t.table(1300, 1500, 3000, 1200, 2200, size=21).row(
        "一级指标", "二级指标", "指标内容", "指标值", "备注"
    )
    table.row(C("产出指标", down=True), "数量指标", "", "", "").row(CONTINUES, "质量指标", "", "", "").row(
        CONTINUES, "时效指标", "", "", ""
    )
    table.row(C("效益指标", down=True), "社会效益指标", "", "", "").row(
        CONTINUES, "可持续影响指标", "", "", ""
    )
    table.row("满意度指标", "服务对象满意度", "", "", "")


FORMS = (application_table, task_book, science_plan)
