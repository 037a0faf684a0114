"""Templates with rows to repeat: prefilled numbers, an ellipsis, too few rows, heads of two rows, sums, grids by kind."""

from __future__ import annotations

from tests.data.templates.building import CONTINUES, C, Look, Template

APPLICATION = "application"


def participants() -> Template:
    t = Template(
        "17-repeating-rows",
        APPLICATION,
        "重复行：序号已印1 2 3、最后一行“…”、行数不够要加行、表下另有栏目；附件清单",
        Look(font="仿宋", clutter="words"),
    )
    t.title("附表")
    t.p("表1　参加单位情况表")
    table = t.table(700, 2300, 2200, 1300, 1300, 1500, size=21)
    table.row("序号", "单位名称", "统一社会信用代码", "单位性质", "法定代表人", "承担的任务")
    table.rows("participating_units", "#", "name", "uscc", "unit_kind", "legal_representative", "task", blank=5,
               texts={0: "1", 1: "2", 2: "3", 3: "4", 4: "…"})  # fmt: skip
    t.p("表2　拟制定标准清单")
    table = t.table(700, 3000, 1000, 1000, 2100, 1400, size=21)
    table.row("序号", "标准名称", "标准类型", "制定/修订", "主要内容", "完成时间")
    table.rows(
        "planned_standards",
        "#",
        "name",
        "level",
        "action",
        "content",
        "due",
        blank=3,
        texts={0: "1", 1: "2", 2: "……"},
    )
    t.p("表3　领导小组成员")
    table = t.table(1800, 3000, 2000, 2400, size=21)
    table.row("姓名", "工作单位", "职务", "职责分工")
    table.rows("leadership_group", "name", "unit", "position", "duty", blank=2)
    table.row(C("填表人：　　　　　　审核人：", span=4))
    t.p("表4　附件清单")
    table = t.table(900, 6000, 2300, size=21)
    table.row("序号", "附件名称", "是否提供").row("1", "法人资格证明", "").row("2", "信用查询结果", "").row(
        "3", "实施方案", ""
    )
    return t


def two_heads() -> Template:
    t = Template(
        "18-heads-of-two-rows",
        APPLICATION,
        "两行表头（横竖合并）；合计行在下；金额分年度；表内末尾有说明行",
        Look(font="宋体", size=21),
    )
    t.title("目标、经费和进度表")
    t.p("一、量化指标")
    table = t.table(700, 2300, 900, 1200, 1200, 1200, 1700)
    table.row(C("序号", down=True), C("指标名称", down=True), C("计量单位", down=True), C("基期值", down=True),
              C("目标值", span=2, align="center"), C("数据来源", down=True))  # fmt: skip
    table.row(CONTINUES, CONTINUES, CONTINUES, CONTINUES, "2027年", "2028年", CONTINUES)
    table.rows(
        "targets", "#", "indicator", "unit", "base_value", "value_2027", "value_2028", "data_source", blank=6
    )
    t.p("二、经费预算（单位：万元）")
    table = t.table(3400, 1600, 1600, 2600)
    table.row(C("支出项目", down=True), C("预算金额", span=2, align="center"), C("资金来源", down=True))
    table.row(CONTINUES, "2027年度", "2028年度", CONTINUES)
    table.rows("funding", "item", "amount_2027", "amount_2028", "source", blank=3)
    table.row("合计", C("{funding_total||32.0|32|32.0万元}", span=2), "")
    t.p("三、进度安排")
    table = t.table(1500, 2300, 3400, 2000)
    table.row("阶段", "起止年月", "主要工作内容", "责任人")
    table.rows("schedule", "phase", "period", "task", "responsible_person", blank=8)
    table.row(C("注：每年11月底前提交年度工作总结。", span=4))
    return t


def by_kind() -> Template:
    t = Template(
        "19-rows-by-kind",
        APPLICATION,
        "每行一类、行名已印好的数量表；两种表并排；需求、问题、培训、控制点等多张重复表",
        Look(font="仿宋", size=21, clutter="fonts"),
    )
    t.title("标准化工作情况表")
    t.p("1. 现行执行的标准")
    table = t.table(2200, 1500, 5500)
    table.row("标准级别", "数量（项）", "主要标准")
    rows = (
        ("国家标准", 31, 0),
        ("行业标准", 2, 1),
        ("地方标准", 1, 2),
        ("团体标准", 0, 3),
        ("企业标准", 41, 4),
    )
    mains = (
        "GB/T 36114—2018、GB/T 32169系列、GB/T 39735—2020、GB/T 24421系列",
        "DA/T 22—2015、DA/T 31—2017",
        "DB36/T 2016—2024",
        "无",
        "Q/NTZW 016—2022、Q/NTZW 022—2022、Q/NTZW 040—2022",
    )
    for name, amount, row in rows:
        table.row(
            name,
            f"{{existing_standards#amount{row}||{amount}}}",
            f"{{existing_standards#main{row}||{mains[row]}}}",
        )
    t.p("2. 存在的突出问题")
    table = t.table(2300, 2300, 2300, 2300).row("问题", "表现或数据", "成因", "标准化可解决的环节")
    table.rows("problems", "problem", "evidence", "cause", "remedy", blank=3)
    t.p("3. 需求清单")
    table = t.table(1200, 1600, 4800, 1600).row("需求编号", "需求来源", "需求描述", "对应标准类型")
    table.rows("needs", "code", "origin", "description", "answer", blank=4)
    t.p("4. 宣贯培训计划")
    table = t.table(2600, 2200, 1800, 1100, 1500).row("培训内容", "培训对象", "培训方式", "次数", "时间")
    table.rows("training", "content", "audience", "method", "amount", "period", blank=3)
    t.p("5. 关键控制点")
    table = t.table(1900, 2600, 2600, 1000, 1100).row("环节/岗位", "执行标准", "控制要点", "记录", "责任部门")
    table.rows("control_points", "stage", "standards", "control", "record", "department", blank=2)
    t.p("6. 预期成果")
    table = t.table(600, 3600, 1800, 1400, 1800).row("序号", "成果名称", "成果形式", "数量", "完成时间")
    table.rows("outcomes", "#", "outcome", "form", "quantity", "due", blank=3, texts={0: "1", 1: "2", 2: "3"})
    t.p("7. 相关荣誉")
    table = t.table(4200, 3200, 1800).row("荣誉名称", "授予单位", "授予时间")
    table.rows("honours", "name", "awarded_by", "month", blank=3)
    return t


TEMPLATES = (participants, two_heads, by_kind)
