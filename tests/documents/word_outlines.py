"""A small complete outline with every kind of block, and a maximal one."""

from __future__ import annotations

from dataclasses import replace

from pilotdesk.documents.blocks import (
    Body,
    Cell,
    Contents,
    Cover,
    CoverLine,
    Figure,
    FigureNode,
    Grid,
    GridRow,
    Heading,
    Notes,
    Outline,
    Pledge,
    PrintedAnswer,
    SealBlock,
    Table,
    Tick,
)

PROJECT = "南汀县政务服务“高效办成一件事”标准化试点"
UNIT = "南汀县政务服务中心"
REFERENCE = "参考稿——以国家标准化试点项目管理信息系统下载的模板为准"
CODE = "K7Q4-2M9X"


def label(text, *, span=1, rows=1):
    return Cell(text, "label", "center", span, rows)


def value(text, path, *, span=1, role="value"):
    return Cell(text, role, "justify" if role == "longtext" else "left", span, path=path)


def person(title, name, path):
    return (
        GridRow(
            (
                label(title, rows=3),
                label("姓　名"),
                value(name, f"{path}.name"),
                label("职务职称"),
                value("副主任 / 高级工程师", f"{path}.post"),
            ),
            keep_next=True,
        ),
        GridRow(
            (
                label("手　机"),
                value("13800000021", f"{path}.mobile"),
                label("电　　话"),
                value("0794-0000126", f"{path}.phone"),
            ),
            keep_next=True,
        ),
        GridRow((label("邮　箱"), value("chenli@nanting.example", f"{path}.mail", span=3))),
    )


SUMMARY = (
    "针对联办材料要求不一、部门流转无时限、帮办代办标准缺失等问题，以17个“一件事”主题为对象，梳理适用标准，建立标准体系，"
    "补充制定内部标准24项，规范受理、流转、送达、评价全过程。到2028年底，单件平均办理时长由18.5小时压减到8小时，"
    "服务对象满意度达到96%，形成推广案例3个。"
)

GRID_ONE = Grid(
    (30, 18, 36, 26, 46),
    (
        GridRow((label("项目名称"), value(PROJECT, "project_name", span=4))),
        GridRow(
            (
                label("试点领域"),
                value("社会管理与公共服务领域", "field", span=2),
                label("试点方向"),
                value("政务服务“高效办成一件事”", "direction"),
            )
        ),
        GridRow(
            (
                label("建设周期"),
                value("2027年1月—2028年12月", "period", span=2),
                label("实施地点"),
                value("江西省抚州市南汀县", "region"),
            )
        ),
        GridRow(
            (
                label("前期试点基础", rows=2),
                Cell(
                    "",
                    "value",
                    span=4,
                    path="previous",
                    ticks=(Tick("无", False), Tick("市级试点", False), Tick("省级试点", True)),
                ),
            ),
            keep_next=True,
        ),
        GridRow(
            (value("南汀县企业开办服务标准化试点，2022年下达，2024年评估合格", "previous_text", span=4),)
        ),
        GridRow((label("项目摘要"), value(SUMMARY, "summary", span=4, role="longtext"))),
    ),
)

GRID_TWO = Grid(
    (30, 18, 36, 26, 46),
    (
        GridRow((label("单位名称"), value(UNIT, "unit_name", span=4))),
        GridRow(
            (
                label("统一社会\n信用代码"),
                value("12361099MB1K23456F", "uscc", span=2),
                label("单位性质"),
                value("事业单位", "unit_kind"),
            )
        ),
        GridRow(
            (
                label("成立日期"),
                value("2016年4月18日", "founded", span=2),
                label("登记机关"),
                value("南汀县委编办", "registry"),
            )
        ),
        GridRow((label("注册地址"), value("江西省抚州市南汀县政务路8号", "address", span=4))),
        GridRow(
            (
                label("职工人数"),
                value("86人", "staff", span=2),
                label("年办件量"),
                value("41.6万件（2025年）", "cases"),
            )
        ),
        *person("项目负责人", "陈　立", "leader"),
        *person("联系人", "吴小舟", "contact"),
        GridRow(
            (
                label("信用情况", rows=3),
                label("查询网站", span=2),
                label("查询日期"),
                label("查询结果"),
            ),
            keep_next=True,
        ),
        GridRow(
            (
                value("信用中国", "credit_site", span=2),
                value("2026-06-02", "credit_date"),
                Cell("", "value", path="credit", ticks=(Tick("无不良记录", True), Tick("有", False))),
            ),
            keep_next=True,
        ),
        GridRow(
            (
                value("国家企业信用信息公示\n系统", "credit_site_two", span=2),
                value("2026-06-02", "credit_date_two"),
                value("不适用（事业单位，证明见附件4）", "credit_two"),
            )
        ),
        GridRow(
            (
                Cell("近三年是否发生重大质量、安全、环境等事故或受到通报、处罚", "label", "left", 3),
                Cell("", "value", span=2, path="accident", ticks=(Tick("否", True), Tick("是", False))),
            )
        ),
    ),
)

PROBLEMS = Table(
    "表4-1",
    "存在的突出问题",
    (11, 31, 38, 38, 38),
    ("序号", "突出问题", "表现和数据", "成　因", "标准化可解决的环节"),
    tuple(
        (
            Cell(str(number), "text", "center"),
            Cell(problem, path=f"problems[r_{number:08x}].problem"),
            Cell(facts, path=f"problems[r_{number:08x}].facts"),
            Cell(cause, path=f"problems[r_{number:08x}].cause"),
            Cell(cure, path=f"problems[r_{number:08x}].cure"),
        )
        for number, (problem, facts, cause, cure) in enumerate(
            (
                (
                    "同一事项在不同窗口材料要求不一",
                    "2025年抽查320件，补正重报61件，占19.1%",
                    "申请材料清单由各部门自行解释，没有统一的受理审查要点",
                    "制定受理审查规程，逐项写明材料、形式和审查要点",
                ),
                (
                    "跨部门流转没有时限",
                    "“一件事”平均流转9.2小时，最长41小时",
                    "部门之间只有口头约定，系统不计时",
                    "制定流转时限规范，明确节点、时限和预警",
                ),
                (
                    "帮办代办做法不一",
                    "14个乡镇中有5个未建立帮办台账",
                    "缺少服务提供和记录的规范",
                    "制定帮办代办服务规范和记录样式",
                ),
            ),
            start=1,
        )
    ),
    "problems",
)


def standards(count, name="政务服务中心服务投诉处置规范"):
    rows = tuple(
        (
            Cell(str(number), "text", "center"),
            Cell(
                f"{number // 100 + 1}01.{number % 100:02}",
                "text",
                "center",
                path=f"standards[r_{number:08x}].code",
            ),
            Cell(f"GB/T {36000 + number}—2020", "text", path=f"standards[r_{number:08x}].number"),
            Cell(name, "text", path=f"standards[r_{number:08x}].name"),
            Cell("国家", "text", "center", path=f"standards[r_{number:08x}].level"),
            Cell("现行", "text", "center", path=f"standards[r_{number:08x}].state"),
            Cell("2021-03-01", "text", "center", path=f"standards[r_{number:08x}].date"),
            Cell("督查科", "text", "center", path=f"standards[r_{number:08x}].office"),
        )
        for number in range(1, count + 1)
    )
    return Table(
        "表6-2",
        "标准明细表",
        (9.5, 14.5, 37.5, 37, 10, 13.5, 21, 13),
        ("序号", "体系\n编号", "标准号", "标准名称", "级别", "状态", "实施日期", "责任\n部门"),
        rows,
        "standards",
        note="按体系编号排序；“企业”含单位内部标准；拟制定的标准尚无编号，以“—”表示。2026年6月5日核对。",
        style="tight",
        padding_pt=2.3,
    )


STATISTICS = Table(
    "表6-3",
    "标准统计表",
    (36, 30, 30, 30, 30),
    ("标准级别", "应有数\n（项）", "现有数\n（项）", "现有数／应有数\n（%）", "拟补充制定\n（项）"),
    tuple(
        tuple(
            Cell(text, "text", "center", path=f"statistics[r_{number:08x}].{column}")
            for column, text in zip(("level", "due", "have", "ratio", "planned"), row, strict=True)
        )
        for number, row in enumerate(
            (("国家标准", "98", "98", "100.0", "0"), ("企业标准（含内部）", "36", "12", "33.3", "24")),
            start=1,
        )
    ),
    "statistics",
    totals=(tuple(Cell(text, "total", "center") for text in ("合　计", "134", "110", "82.1", "24")),),
    padding_pt=5.4,
)


def node(code, name, count=0, planned=0, children=()):
    return FigureNode(f"r_{int(code or '1'):08x}", code, name, count, planned, tuple(children))


FIGURE = Figure(
    "图6-1",
    "南汀县政务服务标准体系结构图",
    (
        node(
            "",
            "南汀县政务服务标准体系",
            196,
            24,
            (
                node(
                    "100",
                    "通用基础",
                    23,
                    0,
                    [
                        node(f"10{n}", t, 6)
                        for n, t in enumerate(("术语", "分类与编码", "标识", "标准化工作"), 1)
                    ],
                ),
                node(
                    "200",
                    "事项办理",
                    90,
                    13,
                    [
                        node("201", "事项清单", 28),
                        node("202", "受理审查", 31, 2),
                        node("203", "流转时限", 9, 9),
                        node("204", "告知送达", 22, 2),
                    ],
                ),
                node(
                    "300",
                    "服务提供",
                    42,
                    4,
                    [node(f"30{n}", t, 14, 2) for n, t in enumerate(("窗口服务", "线上服务", "帮办代办"), 1)],
                ),
                node(
                    "400",
                    "管理保障",
                    31,
                    6,
                    [
                        node("401", "人员", 8),
                        node("402", "数据共享", 6, 6),
                        node("403", "设施安全", 12),
                        node("404", "档案", 5),
                    ],
                ),
                node(
                    "500",
                    "评价改进",
                    10,
                    1,
                    [node("501", "满意度", 5, 1), node("502", "监督检查", 3), node("503", "投诉处理", 2)],
                ),
            ),
        ),
    ),
    "structure",
)

SEALS = (
    SealBlock(
        "承担单位承诺",
        (
            "本单位自愿申报国家标准化试点项目，郑重承诺：",
            "（一）申报材料真实、准确、完整，所附证明材料与原件一致；",
            "（二）具有独立法人资格，无不良信用记录，此前未承担过国家标准化试点项目；",
            "（三）按建设任务和进度安排组织实施，每年11月底前提交年度工作总结，建设期满后开展自我评价并提交自评报告；",
            "（四）接受省级标准化行政主管部门的指导和监督，发生重大事项及时报告。",
        ),
        "法定代表人（签字）：",
        "承担单位（盖章）",
        43,
    ),
    SealBlock(
        "省级标准化行政主管部门审核意见",
        ("经审核，审核结论如下：", "推荐意见：　□ 同意推荐　 □ 不同意推荐"),
        "审核人（签字）：",
        "省级标准化行政主管部门（盖章）",
        42,
        answer="",
        checks=(
            ("信用情况", "承担单位、参加单位无不良信用记录"),
            ("资　　格", "具有独立法人资格，未承担过试点项目"),
            ("试点领域范围", "属于征集领域和方向"),
            ("标准化工作基础", "机构、人员、制度和现有标准符合要求"),
            ("试点任务", "六项标准化活动齐全，分工和时间明确"),
            ("工作目标设置", "可量化、有基期、可核查"),
        ),
    ),
)

NARRATIVE = (
    "《国家标准化发展纲要》提出推进行政管理和社会治理标准化建设。国家部署推动“高效办成一件事”。本县是山区农业县，"
    "常住人口31.7万人，办事群众中六十岁以上的占38%，对“少跑一次、说清一次”的需求十分迫切。\n"
    "2022年以来，本中心完成省级企业开办服务标准化试点，现行体系内标准75项，但标准集中在窗口管理，对跨部门联办的约束不足：\n"
    "1．事项标准与联办流程脱节。单个事项有办事指南，组合成“一件事”后没有统一的受理、流转和送达规则。\n"
    "2．标准实施缺少检查依据。日常督查以考勤、着装为主，没有覆盖GB/T 39735—2020所列的办理质量指标。"
)

COVER = Cover(
    ("国家标准化试点项目", "申报书"),
    "（2026年度）",
    (
        CoverLine("项目名称", (PROJECT,), "project_name"),
        CoverLine("试点领域", ("社会管理与公共服务领域",), "field"),
        CoverLine("承担单位（盖章）", (UNIT,), "unit_name"),
        CoverLine("参加单位", ("南汀县市场监督管理局", "南汀县数据发展服务中心"), "partners"),
        CoverLine("推荐单位", ("江西省市场监督管理局",), "submitter"),
        CoverLine("填报日期", ("2026年6月12日",), "filled_on"),
    ),
)

NOTES = Notes(
    "填写说明",
    (
        "本申报书由承担单位填写，内容应当真实、完整，文字简练、数据准确。没有的内容填“无”，不留空白。",
        "单位名称应与公章、登记证书上的名称完全一致，填写全称。",
        "年月写作“2027年3月”，日期写作“2026年6月12日”。除另有说明外，基期数据截至2025年12月31日，金额以万元为单位。",
        "建设周期为2027年至2028年，各项任务的起止时间应在周期之内。",
        "采用A4纸双面打印。通过国家标准化试点项目管理信息系统上传，不邮寄纸质材料。",
    ),
)


def answers_of(blocks):
    """Every printed answer of the blocks, as the outline's builder lists them."""
    found = []
    for block in blocks:
        if isinstance(block, Cover):
            found += [(line.path, "\n".join(line.values)) for line in block.lines if line.path]
        elif isinstance(block, Grid):
            found += [(cell.path, cell_text(cell)) for row in block.rows for cell in row.cells if cell.path]
        elif isinstance(block, Table):
            found += [
                (cell.path, cell_text(cell))
                for row in (*block.rows, *block.totals)
                for cell in row
                if cell.path
            ]
        elif isinstance(block, Body) and block.path:
            found.append((block.path, block.text))
        elif isinstance(block, SealBlock) and block.path:
            found.append((block.path, block.answer))
    return tuple(PrintedAnswer(path, f"栏目 {path}", text) for path, text in found)


def cell_text(cell):
    return "；".join(tick.label for tick in cell.ticks if tick.taken) if cell.ticks else cell.text


def outline_of(*blocks, draft=False, project=PROJECT, reference=REFERENCE):
    code = "" if draft else CODE
    return Outline(
        title="国家标准化试点项目申报书",
        project=project,
        unit=UNIT,
        reference_line=reference,
        revision=3,
        draft=draft,
        watermark="草　稿",
        check_code=code,
        token=f"PD1;2026;app;8f3k;3;{code or 'DRAFT'}",
        blocks=blocks,
        answers=answers_of(blocks),
    )


def sample(*, count=30, draft=False):
    """Every kind of block, ``count`` standards."""
    return outline_of(
        COVER,
        NOTES,
        Contents(),
        Heading(1, "一、项目基本信息", "project", new_page=True),
        GRID_ONE,
        Heading(1, "二、承担单位基本情况", "unit"),
        GRID_TWO,
        Heading(1, "四、试点的必要性和工作需求分析", "need", new_page=True),
        Heading(2, "（一）背景与政策依据", "need"),
        Body(NARRATIVE, "background"),
        Heading(2, "（二）存在的突出问题", "need"),
        Body("对2025年41.6万件办件、1 286份意见和12次座谈记录进行分析，突出问题见表4-1。", None),
        PROBLEMS,
        Heading(1, "六、适用标准梳理与标准体系", "system", new_page=True),
        Heading(2, "（一）标准体系结构图", "system"),
        FIGURE,
        Heading(2, "（二）标准明细表", "system"),
        standards(count),
        Heading(2, "（三）标准统计表", "system"),
        STATISTICS,
        Heading(1, "十三、承诺、意见和签章", "seal", new_page=True),
        *SEALS,
        Heading(1, "附件清单", "files", new_page=True),
        Pledge(("以上材料由承担单位准备。",)),
        draft=draft,
    )


CONTENTS = (
    ("一、项目基本信息", 2),
    ("二、承担单位基本情况", 2),
    ("四、试点的必要性和工作需求分析", 5),
    ("六、适用标准梳理与标准体系", 7),
    ("十三、承诺、意见和签章", 10),
    ("附件清单", 11),
)


def maximal():
    """300 rows of 11 columns, 10,000 characters in one cell, and every kind of odd character."""
    columns = tuple("abcdefghijk")
    odd = (
        "A<B & C",
        "🏛️ 👩‍💻",
        "𠮷 䶮 㛃",
        "甲\n乙\t丙",
        "  两端空格  ",
        "“引号”'\"",
        "零\u200b宽\u00ad连\u2011字",
        "x" * 60,
    )
    rows = tuple(
        tuple(
            Cell(odd[(number + place) % len(odd)], "text", path=f"targets[r_{number:08x}].{column}")
            for place, column in enumerate(columns)
        )
        for number in range(300)
    )
    long_text = "规范受理、流转、送达、评价全过程。" * 589
    rows = (*rows[:10], (replace(rows[10][0], text=long_text[:10_000]), *rows[10][1:]), *rows[11:])
    table = Table("表9-1", "量化指标表", (22,) * 10 + (25,), columns, rows, "targets", landscape=True)
    return outline_of(COVER, Contents(), Heading(1, "九、试点目标", "targets"), table, Body("", "empty"))
