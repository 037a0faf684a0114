"""The second hold-out set, forms 8 to 10: content controls, a report with headings, persons by rows."""

from __future__ import annotations

from tests.data.templates.blanks import KINDS, ticked
from tests.data.templates.building import CONTINUES, C, Look, Table
from tests.data.templates.dressing import (
    DATE,
    Dressed,
    automatic_number,
    choices,
    control,
    cover_table,
    head_rows,
    old_box,
    smart_dates,
)

APPLICATION = "application"
FIELDS = (
    "农业农村领域",
    "消费品领域",
    "高新技术领域",
    "服务业领域",
    "基本公共服务领域",
    "社会管理与公共服务领域",
)
SEAL = "\v\v　　　　　　　　　　　　　　　　　　（公章）\v　　　　　　　　　　　　　　　　　　年　　月　　日"
CLICK = "<sdt>单击此处输入。</sdt>"
EITHER_PHONE = "|13800000035|0794-2000131|13800000035、0794-2000131|0794-2000131、13800000035"


def controls() -> Dressed:
    t = Dressed(
        "k08-controls",
        APPLICATION,
        "内容控件的申请书：单击输入、下拉、日期、勾选控件；旧式文本框封面；标签分两级；企业栏目不是我的",
        Look(font="等线", size=21),
    )
    t.title("中小微企业及公共服务机构").title("标准化试点申请书")
    old_box(
        t, "试点项目名称：{project_name|<u>　　　　　　　　　　　　　　　　</u>}",
        "申　请　单　位：{unit_name|<u>　　　　　　　　　　　　　　　　</u>}",
        "申　请　日　期：{filing_date|<u>　　　　年　　月　　日</u>}",
    )  # fmt: skip
    t.page().p("<b>一、申请单位信息</b>", size=28)
    _control_grid(t)
    t.p("<b>二、试点方案要点</b>", size=28)
    click = "<sdt>单击或点击此处输入文字。</sdt>"
    (
        t.table(2200, 7000)
        .row("试点内容概述", f"{{summary|{click}}}")
        .row("拟参与的国际标准化活动", click)
        .row("试点目标", f"{{overall_target|{click}}}")
        .row(
            "经费来源及预算（万元）",
            "总额：{funding_total|<u>　　　　</u>|32.0|32}，其中自筹：<u>　　　　</u>",
        )
        .row("政策支持情况", f"{{policy_safeguard|{click}}}")
        .row("实施效果评价方法", f"{{evaluation|{click}}}")
    )
    t.p("申请单位声明：本单位对所填内容的真实性负责。", indent=2)
    t.p("法定代表人（签字）：　　　　　　　　（单位公章）　　　　年　　月　　日", align="right")
    return t.wear(
        control("请选择领域", choices(*FIELDS)),
        control("选择性质", choices(*KINDS)),
        control("选择日期", DATE),
    )


def _control_grid(t: Dressed) -> None:
    table = t.table(1300, 1300, 2300, 1300, 3000)
    table.row(C("基本\v信息", down=True), "单位全称", C(f"{{unit_name|{CLICK}}}", span=3))
    table.row(
        CONTINUES,
        "代　　码\n（统一信用代码）",
        f"{{uscc|{CLICK}}}",
        "性　　质",
        "{unit_kind|<sdt>选择性质</sdt>}",
    )
    table.row(CONTINUES, "设立日期", "{founded_on|<sdt>选择日期</sdt>}", "登记部门", f"{{registrar|{CLICK}}}")
    table.row(
        CONTINUES, "住　　所", f"{{registered_address|{CLICK}}}", "联系地址", f"{{mailing_address|{CLICK}}}"
    )
    table.row(CONTINUES, "国民经济行业", CLICK, "企业规模", "▣大型　▣中型　▣小型　▣微型")
    table.row(
        C("人员\v信息", down=True),
        "法定代表人",
        f"{{legal_representative.name|{CLICK}}}",
        "法定代表人\v身份证件号",
        CLICK,
    )
    table.row(CONTINUES, "经办人", f"{{contact.name|{CLICK}}}", "经办人手机", f"{{contact.mobile|{CLICK}}}")
    table.row(
        CONTINUES,
        "职工总数",
        f"{{staff_count|{CLICK}|86|86人}}",
        "标准化专职\v人员数",
        f"{{full_time_staff|{CLICK}|2|2人}}",
    )
    _control_pilot(table)


def _control_pilot(table: Table) -> None:
    table.row(
        C("试点\v信息", down=True),
        "申请领域",
        "{pilot_field|<sdt>请选择领域</sdt>}",
        "试点周期",
        f"{{build_period|{CLICK}}}",
    )
    table.row(
        CONTINUES,
        "前期基础",
        C(ticked("prior_pilot_level", "▣", ("无", "市级试点", "省级试点"), "省级试点"), span=3),
    )
    table.row(
        CONTINUES,
        "是否受过处罚",
        C(
            "{incidents|▣是　▣否（近三年重大质量、安全、环保事故或通报、处罚）"
            "|□是　☑否（近三年重大质量、安全、环保事故或通报、处罚）}",
            span=3,
        ),
    )


def headings_report() -> Dressed:
    t = Dressed(
        "k09-headings",
        APPLICATION,
        "消费品试点申报书的样子：封面下划线、目录、一、（一）1.三级标题下写、括号提示、自动编号、标题之间夹表",
        Look(font="仿宋_GB2312", size=32, clutter="words"),
    )
    t.p("附件3").p().title("标准化试点项目申报书").p().p()
    t.p("项　目　名　称<u>　{project_name|　　　　　　　　　　　　　　　　　　}</u>")
    t.p("承担单位（公章）<u>　{undertaking_unit|　　　　　　　　　　　　　　　　　　}</u>")
    t.p("项　目　联　系　人<u>　{contact.name|　　　　　　　　　　　　　　　　　　}</u>")
    t.p("联　系　电　话<u>　{contact.mobile|　　　　　　　　　　　　　　　　　　" + EITHER_PHONE + "}</u>")
    t.p("组　织　推　荐　单　位<u>　{recommending_authority|　　　　　　　　　　　　　　}</u>").p()
    t.p("{?filing_date|二〇二　年　　月|二〇二六年六月|2026年6月|2026年06月}", align="center").page()
    t.p("目　录", align="center").lines(
        "一、项目单位概况	1",
        "二、项目建设的必要性	2",
        "三、建设内容和目标	3",
        "四、保障条件	5",
        size=24,
    ).page()
    t.p("一、项目单位概况", style="Heading1")
    t.p("（一）单位基本情况", style="Heading2").p(
        "{unit_introduction|（包括单位性质、主要业务、人员规模等，不超过500字）}"
    ).p()
    t.p("（二）标准化工作基础", style="Heading2").p("1．标准化组织机构与制度建设").p(
        "{organisation_and_rules}"
    ).p()
    t.p("2．现行标准执行情况").p("{existing_standards_note}").p()
    _headings_existing(t)
    _headings_plan(t)
    return t.wear(
        automatic_number("经济效益分析", level=0), automatic_number("社会效益分析", level=0), head_rows(1)
    )


def _headings_plan(t: Dressed) -> None:
    t.p("二、项目建设的必要性", style="Heading1").p("（一）背景及政策依据", style="Heading2").p(
        "{background}"
    ).p()
    t.p("（二）项目特色与创新之处", style="Heading2").p("{distinctive_features|（不超过800字）}").p()
    t.p("三、建设内容和目标", style="Heading1").p("（一）总体目标", style="Heading2").p(
        "{overall_target}"
    ).p()
    t.p("（二）进度计划", style="Heading2")
    table = t.table(2300, 4600, 2300, size=24).row("时间节点", "重点任务", "完成标志")
    table.rows("schedule", "period", "task", "done_mark", blank=4)
    _headings_rest(t)


def _headings_existing(t: Dressed) -> None:
    t.p("现行标准汇总表", align="center", size=24)
    table = t.table(1800, 1600, 1600, 4200, size=24).row("类别", "数量（项）", "其中采标数", "主要标准编号")
    mains = ("GB/T 36114—2018、GB/T 32169系列、GB/T 39735—2020、GB/T 24421系列", "DA/T 22—2015、DA/T 31—2017",
             "DB36/T 2016—2024", "无",
             "Q/NTZW 016—2022、Q/NTZW 022—2022、Q/NTZW 040—2022")  # fmt: skip
    for number, (name, amount) in enumerate(
        (("国家标准", 31), ("行业标准", 2), ("地方标准", 1), ("团体标准", 0), ("企业标准", 41))
    ):
        table.row(
            name,
            f"{{existing_standards#amount{number}||{amount}}}",
            "",
            f"{{existing_standards#main{number}||{mains[number]}}}",
        )
    table.row("合　计", "{?existing_standards#sum||75}", "", "")


def _headings_rest(t: Dressed) -> None:
    t.p("（三）标准实施与监督", style="Heading2").p("1．标准实施监督检查机制").p("{supervision}").p()
    t.p("2．标准实施信息反馈机制").p("{feedback}").p()
    t.p("（四）预期效益", style="Heading2").p("经济效益分析").p("{economic_benefit}").p().p("社会效益分析").p(
        "{social_benefit}"
    ).p()
    t.p("四、保障条件", style="Heading1").p("（一）组织保障", style="Heading2").p(
        "{organisation_safeguard}"
    ).p()
    t.p("（二）人才技术保障", style="Heading2").p("{staff_and_technology}").p()
    t.p("（三）资金保障", style="Heading2")
    table = t.table(700, 3600, 1500, 1700, 1700, size=24).row(
        "序号", "支出科目", "资金来源", "2027年（万元）", "2028年（万元）"
    )
    table.rows(
        "funding",
        "#",
        "item",
        "source",
        "amount_2027",
        "amount_2028",
        blank=3,
        texts={0: "1", 1: "2", 2: "3"},
    )
    table.row(C("合　　计", span=2), "", "{?funding#2027||19.5}", "{?funding#2028||12.5}")
    t.p("（四）政策保障", style="Heading2").p("{policy_safeguard}").p()
    t.p("五、推荐单位意见", style="Heading1").p().p("（盖章）", align="right").p(
        "年　　月　　日", align="right"
    )


def persons_by_rows() -> Dressed:
    t = Dressed(
        "k10-persons-by-rows",
        APPLICATION,
        "人员一行一人、栏目在表头；参加单位一块一块；标签在上值在下；一格里几个标签；保证单位",
        Look(font="宋体", size=21, clutter="chars"),
    )
    t.title("社会管理和公共服务综合标准化试点").title("申 请 书").p()
    (
        t.table(2500, 5700, size=32)
        .row("项目名称", "{project_name}").row("承担单位", "{unit_name}")
        .row("参加单位", "{participant_names}").row("保证单位", "")
        .row("申请日期", "{filing_date|　　　年　　月　　日}")
    )  # fmt: skip
    t.page()
    _persons_grid(t)
    t.p("注：保证单位指能够为试点提供政策、资金等支持的政府部门。", size=18).page()
    _persons_long(t)
    return t.wear(cover_table(0), smart_dates)


def _persons_grid(t: Dressed) -> None:
    table = t.table(1800, 1500, 1600, 1700, 2600)
    table.row(C("承　担　单　位　情　况", span=5, align="center"))
    table.row(C("单位名称", span=2), C("统一社会信用代码", span=2), "单位性质").row(
        C("{unit_name}", span=2), C("{uscc}", span=2), "{unit_kind}"
    )
    table.row(C("通讯地址：{mailing_address}", span=3), C("邮政编码：{postcode}", span=2))
    table.row("人员类别", "姓　名", "职　务", "手　机", "电子邮件")
    table.row("单位负责人", "{legal_representative.name}", "{legal_representative.position}", "", "")
    table.row(
        "项目负责人",
        "{project_leader.name}",
        "{project_leader.position}",
        "{project_leader.mobile}",
        "{project_leader.email}",
    )
    table.row("联　络　人", "{contact.name}", "{contact.position}", "{contact.mobile}", "{contact.email}")
    table.row("财务负责人", "", "", "", "")
    table.row(
        C(
            "在职人数：{staff_count|　　　　人|86人}　　其中专职标准化人员：{full_time_staff|　　　　人|2人}"
            "　兼职：{part_time_staff|　　　　人|9人}",
            span=5,
        )
    )
    _persons_units(table)


def _persons_units(table: Table) -> None:
    table.row(C("参　加　单　位　情　况", span=5, align="center"))
    told = (
        ("南汀县市场监督管理局", "罗庆生", "丁岚", "0794-2000210"),
        ("南汀县数据发展服务中心", "许青", "何川", "0794-2000233"),
    )
    for number, (name, head, person, phone) in enumerate(told):
        path = f"participating_units[{number}]"
        table.row(
            C(f"（{number + 1}）单位名称：{{{path}.name||{name}}}", span=3),
            C(f"法定代表人：{{{path}.legal_representative||{head}}}", span=2),
        )
        table.row(
            C(f"联系人：{{{path}.contact_name||{person}}}", span=3),
            C(f"联系电话：{{{path}.contact_phone||{phone}}}", span=2),
        )
    table.row(C("保　证　单　位　情　况", span=5, align="center"))
    table.row(C("单位名称：", span=3), C("联系人及电话：", span=2))


def _persons_long(t: Dressed) -> None:
    boxes = (
        ("一、开展试点的必要性\v（背景、依据及存在问题）", "{?background}"),
        ("二、试点工作基础\v（组织机构、制度、人员等）", "{organisation_and_rules}"),
        ("三、试点实施范围", "{implementation_scope}"), ("四、试点预期目标", "{overall_target}"),
        ("五、标准体系构建思路及编制说明", "{compilation_notes}"),
        ("六、社会效益分析", "{social_benefit}"), ("七、试点经验的复制推广", "{replication}"),
        ("八、工作保障\v1．组织保障：{organisation_safeguard}\v\v"
         "2．人员技术保障：{staff_and_technology}\v\v3．政策制度保障：{policy_safeguard}", ""),
    )  # fmt: skip
    table = t.table(9200)
    for heading, path in boxes:
        table.row(C(f"{heading}\v{path}" if path else heading, height=4 if path else 1))
    table.row(C("九、承担单位意见" + SEAL)).row(C("十、保证单位意见" + SEAL)).row(
        C("十一、省级推荐部门意见" + SEAL)
    )


FORMS = (controls, headings_report, persons_by_rows)
