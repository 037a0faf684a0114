"""Forms that nobody saw who wrote the first rules: other words for the same, other habits of layout. Mended rules know them."""

from __future__ import annotations

from tests.data.templates.building import CONTINUES, C, Look, Template

APPLICATION, SELF = "application", "self_assessment"


def eight_columns() -> Template:
    t = Template(
        "h1-eight-columns",
        APPLICATION,
        "八列网格，星号必填，两级标签",
        Look(font="宋体", size=21, clutter="words"),
    )
    t.title("服务业标准化试点申请表")
    (
        t.table(*[1150] * 8)
        .row("*试点项目名称", C("{project_name}", span=7))
        .row("*申请单位", C("{unit_name}", span=3), "*信用代码", C("{uscc}", span=3))
        .row(
            "法人代表",
            C("{legal_representative}", span=2),
            "注册时间",
            C("{founded_on}", span=2),
            "从业人数",
            "{staff_count||86|86人}",
        )
        .row("单位地址", C("{mailing_address}", span=5), "邮政编码", "{postcode}")
        .row(
            C("项目联络人", down=True),
            "姓名",
            C("{contact.name}", span=2),
            "职务",
            C("{contact.position}", span=3),
        )
        .row(CONTINUES, "移动电话", C("{contact.mobile}", span=2), "E-mail", C("{contact.email}", span=3))
        .row("申报领域", C("{pilot_field}", span=3), "重点方向", C("{directions}", span=3))
        .row("试点期限", C("{build_period}", span=3), "项目所在地", C("{region}", span=3))
        .row("上级主管单位", C("", span=3), "传真", C("", span=3))
        .row("项目概述", C("{summary}", span=7, height=4))
        .row("受理部门意见", C("\v（公章）　　年　月　日", span=7))
    )
    return t


def no_blanks() -> Template:
    t = Template(
        "h2-colons-only",
        APPLICATION,
        "冒号后面什么也没有；用省略号、点线作空白；①②编号",
        Look(font="仿宋_GB2312", size=28),
    )
    t.title("标准化试点申报材料").p()
    t.p("项 目 名 称：{project_name}").p("申 报 单 位：{unit_name}").p(
        "推 荐 部 门：{recommending_authority}"
    )
    t.p("联 系 人 及 电 话：{contact||吴小舟　0794-2000131|吴小舟　13800000035}").p(
        "申 报 时 间：{filing_date|二〇　　年　　月　　日}"
    ).page()
    t.p("① 单位全称：{unit_name|……………………………………}")
    t.p("② 统一社会信用代码：{uscc|……………………………………}")
    t.p("③ 经办人：{contact.name|…………………}手机号码：{contact.mobile|…………………}")
    t.p("④ 通讯地址：{mailing_address|……………………………}邮政编码：{postcode|……………}")
    t.p("⑤ 登记机关：{registrar|……………………………………}")
    t.p("一、立项背景和政策依据", style="Heading1").p("{background}").p()
    t.p("二、工作目标", style="Heading1").p("{overall_target}").p()
    t.p("三、组织领导", style="Heading1").p("{organisation_safeguard}").p()
    t.p("四、推广应用价值", style="Heading1").p("{replication}").p()
    t.p("五、附件", style="Heading1").p("1．法人证书复印件").p("2．其他证明材料")
    return t


def contract() -> Template:
    t = Template(
        "h3-two-parties",
        APPLICATION,
        "甲方、乙方各一块，标签相同；乙方才是承担单位；签章处",
        Look(font="仿宋", clutter="chars"),
    )
    t.title("试点建设任务书")
    t.p("任务名称：{project_name|<u>　　　　　　　　　　　　　　　　</u>}")
    t.p("建设期限：{build_period|　　　年　　月至　　　年　　月|2027年1月至2028年12月}")
    (
        t.table(1500, 1700, 2400, 1500, 2100)
        .row(C("推荐单位\v（甲方）", down=True), "名称", C("{recommending_authority}", span=3))
        .row(CONTINUES, "联系人", "", "电话", "")
        .row(CONTINUES, "地址", C("", span=3))
        .row(C("承担单位\v（乙方）", down=True), "名称", C("{unit_name}", span=3))
        .row(CONTINUES, "法定代表人", "{legal_representative}", "邮编", "{postcode}")
        .row(CONTINUES, "联系人", "{contact.name}", "电话", "{contact.mobile||13800000035|0794-2000131}")
        .row(CONTINUES, "地址", C("{mailing_address}", span=3))
    )
    t.p("一、量化考核指标")
    table = t.table(3000, 1200, 1600, 1700, 1700).row(
        "考核指标", "计量单位", "2025年基数", "2027年", "2028年"
    )
    table.rows("targets", "indicator", "unit", "base_value", "value_2027", "value_2028", blank=5)
    t.p("二、任务分解")
    table = t.table(2400, 3600, 1600, 1600).row("起止时间", "工作任务", "预期成果", "责任部门")
    table.rows("schedule", "period", "task", "result", "responsible_unit", blank=3)
    t.p("甲方（盖章）：　　　　　　　　　　乙方（盖章）：")
    t.p("　　年　　月　　日　　　　　　　　　　年　　月　　日")
    return t


def circles() -> Template:
    t = Template(
        "h4-circles-and-notes",
        APPLICATION,
        "圆圈选项；标签里有注；半角标点；单位写在标签里",
        Look(font="宋体", size=21, theme=True),
    )
    t.title("标准化试点单位信息登记表")
    kinds = "○机关 ○事业单位 ○企业 ○社会团体"
    (
        t.table(2500, 2100, 2500, 2100)
        .row("单位名称(须与公章一致):", C("{unit_name}", span=3))
        .row("项目名称(不超过40字):", C("{project_name}", span=3))
        .row(
            "单位类型:",
            C(
                f"{{unit_kind|{kinds}|{kinds.replace('○事业', '●事业')}|{kinds.replace('○事业', '√事业')}}}",
                span=3,
            ),
        )
        .row(
            "职工人数(人):", "{staff_count||86|86人}", "经费预算(万元):", "{funding_total||32.0|32|32.0万元}"
        )
        .row(
            "专职标准化人员(人):",
            "{full_time_staff||2|2人}",
            "兼职标准化人员(人):",
            "{part_time_staff||9|9人}",
        )
        .row("项目负责人姓名:", "{project_leader.name}", "项目负责人手机:", "{project_leader.mobile}")
        .row("联系人姓名:", "{contact.name}", "联系人手机:", "{contact.mobile}")
        .row("是否承担过国家标准化试点:", C("{national_pilot_before|○是 ○否|○是 ●否|○是 √否}", span=3))
        .row("开户行及账号:", C("", span=3))
        .row("单位简介(500字左右):", C("{unit_introduction}", span=3, height=3))
    )
    return t


def tables_only() -> Template:
    t = Template(
        "h5-tables",
        APPLICATION,
        "只有表：标准清单、培训、经费（两行表头加合计）、成员；表头另有叫法",
        Look(font="仿宋", size=21, clutter="fonts"),
    )
    t.p("附表1　拟制修订标准项目表", align="center")
    table = t.table(700, 3200, 1200, 1100, 1600, 1400).row(
        "序号", "标准项目名称", "标准层级", "制/修订", "起草单位", "完成时限"
    )
    table.rows("planned_standards", "#", "name", "level", "action", "drafter", "due", blank=6,
               texts={n: str(n + 1) for n in range(6)})  # fmt: skip
    t.p("附表2　标准宣贯培训安排表", align="center")
    table = t.table(3000, 2400, 2000, 1800).row("培训主题", "培训对象", "培训方式", "培训时间")
    table.rows("training", "content", "audience", "method", "period", blank=2)
    t.p("附表3　经费预算表（万元）", align="center")
    table = t.table(3200, 1500, 1500, 3000)
    table.row(C("预算科目", down=True), C("年度预算", span=2, align="center"), C("经费来源", down=True))
    table.row(CONTINUES, "2027", "2028", CONTINUES)
    table.rows("funding", "item", "amount_2027", "amount_2028", "source", blank=5)
    table.row("合　计", "{?funding_total#2027||19.5}", "{?funding_total#2028||12.5}", "")
    t.p("附表4　试点工作组成员", align="center")
    table = t.table(600, 1500, 2900, 2000, 2200).row("序号", "姓　名", "所在单位", "职　务", "承担工作")
    table.rows(
        "leadership_group", "#", "name", "unit", "position", "duty", blank=3, texts={0: "1", 1: "2", 2: "…"}
    )
    t.p("附表5　经费使用明细（项目结束后填写）", align="center")
    t.table(3000, 3000, 3200).row("支出项目", "金额", "凭证号").row("", "", "").row("", "", "")
    return t


def self_form() -> Template:
    t = Template(
        "h6-self-assessment",
        SELF,
        "自评：封面、概况、成员、报告各节混在一份里",
        Look(font="仿宋_GB2312", size=28, clutter="words"),
    )
    t.title("试点项目自评材料")
    t.p("试点名称：{project_name|__________________________}").p(
        "承担单位：{unit_name|__________________________}"
    )
    t.p("填表人：{filler_name|__________}　电话：{filler_phone|______________}")
    t.p("填表时间：{filing_date|　　年　　月　　日}").page()
    t.table(2000, 7200).row("下达文件及文号", "{approval_number}").row("试点周期", "{build_period}").row(
        "实施范围", "{implementation_scope}"
    )
    t.p("自评小组名单")
    t.table(1800, 3400, 2000, 2000).row("姓　名", "工作单位", "职　务", "职　责").rows(
        "assessors", "name", "unit", "position", "duty", blank=6
    )
    t.p("一、项目基本概况", style="Heading1").p("{overview}").p()
    t.p("二、标准体系建设", style="Heading1").p("{system_report}").p()
    t.p("三、标准实施情况", style="Heading1").p("{implementation_report}").p()
    t.p("四、社会效益", style="Heading1").p("{social_effect}").p()
    t.p("五、经验做法", style="Heading1").p("{experience}").p()
    t.p("省级部门审核意见：", style="Heading1").p().p("（盖章）", align="right")
    return t


TEMPLATES = (eight_columns, no_blanks, contract, circles, tables_only, self_form)
