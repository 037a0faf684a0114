"""The second hold-out set, forms 4 and 11: an award with a pledge, and a book of lists."""

from __future__ import annotations

from tests.data.templates.building import C, Look, Table
from tests.data.templates.dressing import Dressed, automatic_number, head_rows

APPLICATION = "application"
EITHER_ADDRESS = "{mailing_address||南汀县政务路8号|江西省抚州市南汀县政务路8号}"
EITHER_PHONE = "|13800000035|0794-2000131|13800000035、0794-2000131|0794-2000131、13800000035"


def pledge_and_options() -> Dressed:
    t = Dressed(
        "k04-award-and-pledge",
        APPLICATION,
        "质量奖式申报表：组织概况、○和（ ）选项、承诺书句子里的空白、获奖与标准清单列序不同、信用承诺",
        Look(font="仿宋", size=24, theme=True),
    )
    t.title("标准创新贡献申报表").p("（组织类）", align="center").p()
    t.p("申报组织：{unit_name|<u>　　　　　　　　　　　　　　　　　</u>}（盖章）", size=28)
    t.p("推荐单位：{recommending_authority|<u>　　　　　　　　　　　　　　　　　</u>}（盖章）", size=28)
    t.p("填表时间：{filing_date|<u>　　　　</u>年<u>　　</u>月<u>　　</u>日}", size=28).page()
    t.p("<b>申报组织承诺</b>", align="center", size=32)
    t.p("我单位{unit_name|______________________}（社会信用代码：{uscc|______________________}）自愿申报"
        "{project_name|________________________________}，指定{contact.name|__________}为联系人，"
        "联系电话{contact.mobile|________________" + EITHER_PHONE + "}。", indent=2)  # fmt: skip
    t.p("所提供的材料真实准确，近三年内{incidents|○有　○没有|○有　●没有|○有　√没有|○有　☑没有|○有☑没有}"
        "重大质量、安全、环保等事故，{?credit_queries#any|○有　○没有|○有　●没有|○有　√没有|○有☑没有}"
        "严重失信记录。", indent=2)  # fmt: skip
    t.p("法定代表人签字：　　　　　　　　　　　年　　月　　日", align="right").p()
    _organisation(t.table(1800, 1500, 1500, 1400, 1500, 1500, size=21))
    _award_lists(t)
    return t.wear(head_rows(1), head_rows(2))


def _award_lists(t: Dressed) -> None:
    t.p("<b>主导和参与制定标准情况</b>", align="center")
    table = t.table(700, 3300, 2000, 1000, 1000, 1200, size=21).row(
        "序号", "标准名称", "标准编号", "发布年份", "标准层级", "参与程度"
    )
    table.rows(
        "standards_experience",
        "#",
        "name",
        "number",
        "year",
        "level",
        "role",
        blank=4,
        texts={0: "1", 1: "2", 2: "3", 3: "…"},
    )
    t.p("<b>近五年所获荣誉、认证</b>", align="center")
    table = t.table(2400, 1700, 1500, 3600, size=21).row(
        "颁发（认证）机构", "获得时间", "证书编号", "荣誉（认证）名称"
    )
    table.rows("honours", "awarded_by", "month", "", "name", blank=4)
    t.p("注：1．证书复印件附后；2．表格不够可另附页。", size=18)
    t.table(1200, 8000).row(
        C("推\v荐\v意\v见"), C("\v\v\v负责人签字：　　　　　　　　　（盖章）\v　　　年　　月　　日")
    )


def _organisation(table: Table) -> None:
    table.row(C("一、申报组织基本情况", span=6, align="center"))
    table.row("组织名称", C("{unit_name}", span=5))
    table.row("办公地址", C(EITHER_ADDRESS, span=3), "邮政编码", "{postcode}")
    kinds = "（　）机关　（　）事业单位　（　）企业　（　）社会团体"
    done = [kinds.replace("（　）事业", f"（{sign}）事业") for sign in "√☑"]
    table.row("组织性质", C(f"{{unit_kind|{kinds}|{'|'.join(done)}}}", span=5))
    table.row("成立日期", C("{founded_on}", span=2), "在职人数", C("{staff_count||86|86人}", span=2))
    table.row(
        "主要负责人", "{legal_representative.name}", "职　务", "{legal_representative.position}", "手　机", ""
    )
    table.row("联络员", "{contact.name}", "职　务", "{contact.position}", "手　机", "{contact.mobile}")
    table.row("电子邮箱", C("{contact.email}", span=2), "传　真", C("", span=2))
    table.row("标准化管理机构名称", C("{standardization_body}", span=5))
    table.row(
        "专职标准化人员数",
        C("{full_time_staff||2|2人}", span=2),
        "兼职标准化人员数",
        C("{part_time_staff||9|9人}", span=2),
    )
    table.row("资产总额（万元）", "", "利润总额\v（万元）", "", "纳税总额\v（万元）", "")
    before = "（　）是　（　）否"
    table.row(
        "是否曾承担国家级标准化试点",
        C(f"{{national_pilot_before|{before}|（　）是（√）否|（　）是（☑）否}}", span=5),
    )
    table.row("是否获得过政府质量奖", C("（　）是　（　）否　　获奖年度：", span=5))
    table.row(C("二、组织概述（主要职能、发展历程，1000字以内）\v{unit_introduction}", span=6, height=5))
    table.row(C("三、标准化工作特色与创新点\v{distinctive_features}", span=6, height=5))


def lists() -> Dressed:
    t = Dressed(
        "k11-lists",
        APPLICATION,
        "附表册：列序不同、另有栏目、合计行、两行表头、表下注、横向；空栏是我没有的",
        Look(font="仿宋", size=21, clutter="fonts"),
    )
    t.p("附表1", size=24).p("<b>标准体系明细表</b>", align="center", size=32)
    table = t.table(800, 4200, 2200, 1200, 1500, 1600, 1300, 1300)
    table.row("序号", "标准名称", "标准代号", "标准层级", "体系编码", "实施时间", "采标情况", "备注")
    table.rows(
        "standards", "#", "name", "number", "level", "system_code", "effective_on", "", "remark", blank=5
    )
    _lists_planned(t)
    return t.wear(head_rows(0), head_rows(1), automatic_number("预期成果"), automatic_number("关键环节"))


def _lists_planned(t: Dressed) -> None:
    t.p("填报人：{?contact.name|　　　　　　　　　　}审核人：").p("附表2", size=24).p(
        "<b>标准制修订计划表</b>", align="center", size=32
    )
    table = t.table(800, 3800, 1200, 1200, 3000, 1700, 1200, 1200)
    table.row(
        "序号",
        "计划项目名称",
        "标准类别",
        "制/修订",
        "规定的主要内容",
        "完成年月",
        "起草部门",
        "经费\v（万元）",
    )
    table.rows(
        "planned_standards",
        "#",
        "name",
        "level",
        "action",
        "content",
        "due",
        "drafter",
        "",
        blank=6,
        texts={n: str(n + 1) for n in range(6)},
    )
    t.section(landscape=False)
    _lists_upright(t)


def _lists_upright(t: Dressed) -> None:
    t.p("附表3", size=24).p("<b>培训计划表</b>", align="center", size=32)
    table = t.table(800, 2000, 2400, 1700, 1300, 1000).row(
        "序号", "培训时间", "培训课程", "参训人员", "培训形式", "讲师"
    )
    table.rows(
        "training",
        "#",
        "period",
        "content",
        "audience",
        "method",
        "",
        blank=8,
        texts={n: str(n + 1) for n in range(8)},
    )
    t.p("附表4", size=24).p("<b>问题及需求分析表</b>", align="center", size=32)
    table = t.table(2300, 2300, 2300, 2300).row("存在问题", "原因分析", "具体表现（数据）", "标准化解决措施")
    table.rows("problems", "problem", "cause", "evidence", "remedy", blank=3)
    _lists_last(t)


def _lists_last(t: Dressed) -> None:
    t.p("预期成果", size=24)
    table = t.table(3600, 1500, 1500, 1400, 1200).row("成果名称", "完成时间", "成果形式", "数量", "提交对象")
    table.rows("outcomes", "outcome", "due", "form", "quantity", "", blank=5)
    t.p("关键环节", size=24)
    table = t.table(1800, 1600, 2400, 2200, 1200).row(
        "关键环节（岗位）", "责任科室", "控制要求", "执行标准", "形成记录"
    )
    table.rows("control_points", "stage", "department", "control", "standards", "record", blank=4)
    t.p("附表5", size=24).p("<b>参加单位汇总表</b>", align="center", size=32)
    table = t.table(700, 2600, 1500, 1300, 1600, 1500).row(
        "序号", "单位名称", "承担任务", "联系人", "联系电话", "签章"
    )
    table.rows(
        "participating_units",
        "#",
        "name",
        "task",
        "contact_name",
        "contact_phone",
        "",
        blank=2,
        texts={0: "1", 1: "2"},
    )
    t.p("附表6", size=24).p("<b>经费决算表（验收时填写）</b>", align="center", size=32)
    t.table(3000, 2000, 2000, 2200).row("支出科目", "预算数", "决算数", "差异说明").row("", "", "", "").row(
        "", "", "", ""
    ).row("合计", "", "", "")


FORMS = (pledge_and_options, lists)
