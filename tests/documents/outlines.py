"""The sample application as an outline, with what is seen in the pictures of the print target, and its extremes.

Names, codes and telephone numbers are invented; numbers of standards are there for their shape.
"""

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
    Origin,
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
GRID = (30.0, 18.0, 36.0, 26.0, 46.0)
SUMMARY = (
    "针对联办材料要求不一、部门流转无时限、帮办代办标准缺失等问题，以17个“一件事”主题为对象，梳理适用标准，建立"
    "标准体系，补充制定内部标准24项，规范受理、流转、送达、评价全过程。到2028年底，单件平均办理时长由18.5小时压减到"
    "8小时，服务对象满意度达到96%，形成推广案例3个。"
)
BACKGROUND = (
    "《国家标准化发展纲要》提出推进行政管理和社会治理标准化建设。国家部署推动“高效办成一件事”。本县是山区农业县，"
    "常住人口31.7万人，办事群众中六十岁以上的占38%，对“少跑一次、说清一次”的需求十分迫切。\n"
    "2022年以来，本中心完成省级企业开办服务标准化试点，现行体系内标准75项，但标准集中在窗口管理，对跨部门联办的约束"
    "不足：\n"
    "1．事项标准与联办流程脱节。单个事项有办事指南，组合成“一件事”后没有统一的受理、流转和送达规则。\n"
    "2．标准实施缺少检查依据。日常督查以考勤、着装为主，没有覆盖GB/T 39735—2020所列的办理质量指标。"
)
PARTS = (
    "标准化工作基础",
    "拟补充制定的标准",
    "标准实施应用和持续改进方案",
    "预期效益和推广价值",
    "保障措施",
)


def label(text, *, span=1, rows=1, align="center"):
    return Cell(text, "label", align, span, rows)


def value(text, path, *, span=1, role="value"):
    return Cell(text, role, "justify" if role == "longtext" else "left", span, path=path)


def ticked(path, taken, *labels, span=1):
    return Cell("", "value", span=span, path=path, ticks=tuple(Tick(text, text == taken) for text in labels))


def person(title, path, name, post, mobile, phone, mail):
    rows = (
        (label("姓　名"), value(name, f"{path}.name"), label("职务职称"), value(post, f"{path}.post")),
        (label("手　机"), value(mobile, f"{path}.mobile"), label("电　　话"), value(phone, f"{path}.phone")),
        (label("邮　箱"), value(mail, f"{path}.email", span=3)),
    )
    first = label(title, rows=3)
    return [GridRow((first, *row) if n == 0 else row, keep_next=n < 2) for n, row in enumerate(rows)]


def basics():
    return Grid(
        GRID,
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
                    value("江西省抚州市南汀县", "place"),
                )
            ),
            GridRow(
                (
                    label("前期试点基础", rows=2),
                    ticked("earlier", "省级试点", "无", "市级试点", "省级试点", span=4),
                ),
                keep_next=True,
            ),
            GridRow(
                (value("南汀县企业开办服务标准化试点，2022年下达，2024年评估合格", "earlier_note", span=4),)
            ),
            GridRow((label("项目摘要"), value(SUMMARY, "summary", span=4, role="longtext"))),
        ),
    )


def unit():
    plain = (
        ("统一社会\n信用代码", "12361099MB1K23456F", "uscc", "单位性质", "事业单位", "kind"),
        ("成立日期", "2016年4月18日", "founded", "登记机关", "南汀县委编办", "registrar"),
        ("注册地址", "江西省抚州市南汀县政务路8号", "address", "", "", ""),
        ("通讯地址", "南汀县政务路8号", "mail_address", "邮政编码", "344099", "postcode"),
        ("职工人数", "86人", "staff", "年办件量", "41.6万件（2025年）", "cases"),
    )
    rows = [GridRow((label("单位名称"), value(UNIT, "unit_name", span=4)))]
    for first, text, path, second, other, other_path in plain:
        cells = (label(first), value(text, path, span=2 if second else 4))
        rows.append(GridRow((*cells, label(second), value(other, other_path)) if second else cells))
    rows.append(
        GridRow(
            (
                label("法定代表人\n（负责人）"),
                label("姓　名"),
                value("周明远", "legal.name"),
                label("职　　务"),
                value("中心主任", "legal.post"),
            )
        )
    )
    leader = ("陈　立", "副主任 / 高级工程师", "13800000021", "0794-0000126", "chenli@nanting.example")
    contact = ("吴小舟", "标准化科科长", "13800000035", "0794-0000131", "wuxz@nanting.example")
    rows += person("项目负责人", "leader", *leader)
    rows += person("联系人", "contact", *contact)
    return Grid(GRID, (*rows, *_offices(), *_credit(), *_questions()))


def _offices():
    office = value("标准化科（2021年设立，负责体系建设和监督检查）", "office", span=3)
    return (
        GridRow((label("标准化机构\n和人员", rows=2), label("机　构"), office), keep_next=True),
        GridRow((label("人　员"), value("专职2人，兼职9人", "people", span=3))),
    )


def _credit():
    head = (label("查询网站", span=2), label("查询日期"), label("查询结果"))
    rows = (
        (
            value("信用中国", "credit[a].site", span=2),
            value("2026-06-02", "credit[a].date"),
            ticked("credit[a].result", "无不良记录", "无不良记录", "有"),
        ),
        (
            value("国家企业信用信息公示系统", "credit[b].site", span=2),
            value("2026-06-02", "credit[b].date"),
            value("不适用（事业单位，证明见附件4）", "credit[b].result"),
        ),
    )
    return (
        GridRow((label("信用情况", rows=3), *head), keep_next=True),
        GridRow(rows[0], keep_next=True),
        GridRow(rows[1]),
    )


def _questions():
    asked = (
        ("是否承担过国家标准化试点项目", "had_pilot"),
        ("近三年是否发生重大质量、安全、环境等事故或受到通报、处罚", "accidents"),
        ("近三年是否有评估不合格的试点项目", "failed"),
    )
    return tuple(
        GridRow((label(text, span=3, align="left"), ticked(path, "否", "否", "是", span=2)))
        for text, path in asked
    )


def table(number, caption, widths, head, rows, path, **more):
    """A list table from plain texts; ``centred`` names the columns set in the middle."""
    centred = more.pop("centred", ())
    cells = tuple(
        tuple(
            Cell(
                text,
                "text",
                "center" if n in centred else "left",
                path=None if n == 0 and more.get("serial", True) else f"{path}[r{at}].c{n}",
            )
            for n, text in enumerate(row)
        )
        for at, row in enumerate(rows)
    )
    more.pop("serial", None)
    return Table(number, caption, widths, head, cells, path, **more)


def partners(count=2):
    names = (("南汀县市场监督管理局", "罗庆生", "丁　岚"), ("南汀县数据发展服务中心", "许　青", "何　川"))
    rows = [
        (
            str(n + 1),
            names[n % 2][0],
            f"1{n % 9}361099MB0A77013L",
            "事业单位" if n % 2 else "机关",
            names[n % 2][1],
            f"{names[n % 2][2]}\n0794-0000{210 + n}",
            "标准查新、实施检查",
            "无不良记录\n2026-06-02",
        )
        for n in range(count)
    ]
    head = (
        "序号",
        "单位名称",
        "统一社会\n信用代码",
        "单位\n性质",
        "法　定\n代表人",
        "联系人\n及电话",
        "承担的\n任　务",
        "信用查询\n结　　果",
    )
    widths = (10.0, 25.0, 26.0, 12.0, 14.0, 28.0, 17.5, 23.5)
    return table(
        "", "", widths, head, rows, "partners", centred=(0, 2, 3, 4, 5, 7), padding_pt=3.0,
        note="信用查询以“信用中国”和“国家企业信用信息公示系统”为准。",
    )  # fmt: skip


def problems():
    rows = (
        (
            "1",
            "同一事项在不同窗口材料要求不一",
            "2025年抽查320件，补正重报61件，占19.1%",
            "申请材料清单由各部门自行解释，没有统一的受理审查要点",
            "制定受理审查规程，逐项写明材料、形式和审查要点",
        ),
        (
            "2",
            "跨部门流转没有时限",
            "“一件事”平均流转9.2小时，最长41小时",
            "部门之间只有口头约定，系统不计时",
            "制定流转时限规范，明确节点、时限和预警",
        ),
        (
            "3",
            "帮办代办做法不一",
            "14个乡镇中有5个未建立帮办台账",
            "缺少服务提供和记录的规范",
            "制定帮办代办服务规范和记录样式",
        ),
        (
            "4",
            "评价结果没有用于改进",
            "差评回访率68%，整改闭环率54%",
            "评价、整改、修订标准三个环节脱节",
            "制定评价与改进规程，规定标准修订的触发条件",
        ),
    )
    head = ("序号", "突出问题", "表现和数据", "成　因", "标准化可解决的环节")
    return table(
        "表4-1", "存在的突出问题", (11.0, 31.0, 38.0, 38.0, 38.0), head, rows, "problems", centred=(0,)
    )


def node(code, name, count=0, planned=0, *children):
    return FigureNode(
        f"n{code}",
        code,
        name,
        count + sum(child.count for child in children),
        planned + sum(child.planned for child in children),
        children,
    )


SYSTEM = (
    ("100", "通用基础", (("术语", 6, 0), ("分类与编码", 5, 0), ("标识", 4, 0), ("标准化工作", 8, 0))),
    ("200", "事项办理", (("事项清单", 28, 0), ("受理审查", 31, 2), ("流转时限", 9, 9), ("告知送达", 22, 2))),
    ("300", "服务提供", (("窗口服务", 19, 0), ("线上服务", 14, 2), ("帮办代办", 9, 2))),
    ("400", "管理保障", (("人员", 8, 0), ("数据共享", 6, 6), ("设施安全", 12, 0), ("档案", 5, 0))),
    ("500", "评价改进", (("满意度", 5, 1), ("监督检查", 3, 0), ("投诉处理", 2, 0))),
)


def structure(system=SYSTEM):
    groups = tuple(
        node(code, name, 0, 0, *(node(f"{int(code) + n}", *leaf) for n, leaf in enumerate(below, 1)))
        for code, name, below in system
    )
    return Figure("图6-1", "南汀县政务服务标准体系结构图", groups, "system")


def standards(count=196):
    names = (
        "政务服务评价工作指南", "政务服务“一次一评”“一事一评”工作规范", "顾客满意测评模型和方法指南", "政务服务满意度测评规范",
        "“一件事”办理评价与改进规程", "窗口服务监督检查办法", "窗口工作人员考核规程", "质量管理　顾客满意　组织投诉处理指南",
    )  # fmt: skip
    numbers = ("GB/T 39735—2020", "DB36/T 1512—2021", "Q/NTZW 041—2022", "—")
    rows = [
        (
            str(n + 1),
            f"{100 * (1 + n * 5 // count) + 1 + n % 4}.{n % 30 + 1:02d}",
            numbers[n % 4],
            names[n % 8],
            ("国家", "地方", "企业", "企业")[n % 4],
            "拟制定" if n % 4 == 3 else "现行",
            "—" if n % 4 == 3 else "2021-03-01",
            "督查科",
        )
        for n in range(count)
    ]
    return table(
        "表6-2", "标准明细表", (9.5, 14.5, 37.5, 37.0, 10.0, 13.5, 21.0, 13.0),
        ("序号", "体系\n编号", "标准号", "标准名称", "级别", "状态", "实施日期", "责任\n部门"), rows, "standards",
        centred=(0, 1, 4, 5, 6, 7), style="tight", padding_pt=2.3,
        note="按体系编号排序；“企业”含单位内部标准；拟制定的标准尚无编号，以“—”表示。2026年6月5日核对。",
    )  # fmt: skip


def statistics():
    rows = (
        ("国家标准", "98", "98", "100.0", "0"),
        ("行业标准", "21", "21", "100.0", "0"),
        ("地方标准", "38", "38", "100.0", "0"),
        ("团体标准", "3", "3", "100.0", "0"),
        ("企业标准（含内部）", "36", "12", "33.3", "24"),
    )
    total = tuple(
        Cell(text, "total", "center", path=f"statistics[t].c{n}" if n else None)
        for n, text in enumerate(("合　计", "196", "172", "87.8", "24"))
    )
    head = ("标准级别", "应有数\n（项）", "现有数\n（项）", "现有数／应有数\n（%）", "拟补充制定\n（项）")
    return table(
        "表6-3", "标准统计表", (36.0, 30.0, 30.0, 30.0, 30.0), head, rows, "statistics",
        centred=(0, 1, 2, 3, 4), padding_pt=5.4, totals=(total,), serial=False,
    )  # fmt: skip


def targets():
    rows = (
        ("1", "梳理适用标准数", "项", "75", "160", "172", "标准明细表计数"),
        ("2", "体系标准总数", "项", "75", "180", "196", "标准明细表计数"),
        ("3", "自主制定标准数", "项", "12", "24", "36", "发布文件计数"),
        ("4", "标准实施覆盖率", "%", "58.0", "85.0", "98.0", "监督检查记录"),
        ("5", "岗位人员培训覆盖率", "%", "40.0", "90.0", "100.0", "培训签到表"),
        ("6", "服务对象满意度", "%", "90.3", "94.0", "96.0", "第三方问卷，样本不少于800份"),
        ("7", "单件平均办理时长", "小时", "18.5", "12.0", "8.0", "业务系统导出，17个主题均值"),
        ("8", "提出标准立项建议数", "项", "0", "2", "4", "报送记录"),
    )
    head = (
        "序号",
        "指　标",
        "单位",
        "基期值\n（2025年）",
        "2027年\n目标",
        "2028年\n目标",
        "数据来源和计算方法",
    )
    return table(
        "表9-1", "量化指标表", (11.0, 40.0, 13.0, 23.0, 16.0, 16.0, 37.0), head, rows, "targets",
        centred=(0, 2, 3, 4, 5), note="体系标准总数含拟补充制定的标准；办理时长为工作时间，不含申请人补正时间。",
    )  # fmt: skip


def schedule():
    stages = (
        "启动与需求分析",
        "梳理标准、搭建体系",
        "补充制定标准",
        "年度总结",
        "实施应用、持续改进",
        "总结推广、自我评价",
    )
    times = (
        "2027年1月\n至3月",
        "2027年3月\n至6月",
        "2027年6月\n至12月",
        "2027年\n11月底前",
        "2028年1月\n至9月",
        "2028年9月\n至12月",
    )
    tasks = (
        "成立工作专班；调研17个“一件事”主题，编制需求清单",
        "收集适用标准并查新；绘制结构图，编制明细表",
        "起草、征求意见、审查、发布内部标准12项",
        "提交2027年度工作总结",
        "宣贯培训，按标准办件；每季度检查一次；再发布标准12项",
        "提交年度总结；形成案例3个；开展自评",
    )
    results = (
        "需求清单1份",
        "结构图、明细表",
        "标准文本12项",
        "年度总结1份",
        "检查记录3份、标准12项",
        "案例3个、自评报告",
    )
    people = (
        "标准化科\n陈　立",
        "标准化科\n吴小舟",
        "业务科\n方　宁",
        "标准化科\n陈　立",
        "督查科\n沈　静",
        "标准化科\n陈　立",
    )
    ends = (
        "领导小组审定",
        "体系文件印发",
        "发布文件齐全",
        "系统提交成功",
        "整改闭环率达到95%",
        "自评报告完成",
    )
    rows = tuple(zip(stages, times, tasks, results, people, ends, strict=True))
    head = ("阶　段", "起止时间", "主要任务", "阶段成果", "责任单位\n和责任人", "完成标志")
    return table(
        "表10-1", "试点任务和进度安排表", (21.0, 23.5, 43.0, 24.5, 19.5, 24.5), head, rows, "schedule",
        centred=(0, 1, 4, 5), padding_pt=3.0, serial=False,
    )  # fmt: skip


def seals():
    statement = (
        "本单位自愿申报国家标准化试点项目，郑重承诺：",
        "（一）申报材料真实、准确、完整，所附证明材料与原件一致；",
        "（二）具有独立法人资格，无不良信用记录，此前未承担过国家标准化试点项目；",
        "（三）按建设任务和进度安排组织实施，每年11月底前提交年度工作总结，建设期满后开展自我评价并提交自评报告；",
        "（四）接受省级标准化行政主管部门的指导和监督，发生重大事项及时报告。",
    )
    checks = (
        ("信用情况", "承担单位、参加单位无不良信用记录"),
        ("资　　格", "具有独立法人资格，未承担过试点项目"),
        ("试点领域范围", "属于征集领域和方向"),
        ("标准化工作基础", "机构、人员、制度和现有标准符合要求"),
        ("试点任务", "六项标准化活动齐全，分工和时间明确"),
        ("工作目标设置", "可量化、有基期、可核查"),
    )
    return (
        SealBlock("承担单位承诺", statement, "法定代表人（签字）：", "承担单位（盖章）"),
        SealBlock(
            "省级标准化行政主管部门审核意见",
            ("经审核，审核结论如下：", "推荐意见：　　□同意推荐　　□不同意推荐"),
            "审核人（签字）：",
            "省级标准化行政主管部门（盖章）",
            checks=checks,
        ),
    )


def cover(project=PROJECT, units=("南汀县市场监督管理局", "南汀县数据发展服务中心")):
    return Cover(
        ("国家标准化试点项目", "申报书"),
        "（2026年度）",
        (
            CoverLine("项目名称", (project,), "project_name"),
            CoverLine("试点领域", ("社会管理与公共服务领域",), "field"),
            CoverLine("承担单位（盖章）", (UNIT,), "unit_name"),
            CoverLine("参加单位", tuple(units), "cover_units"),
            CoverLine("推荐单位", ("江西省市场监督管理局",), "bureau"),
            CoverLine("填报日期", ("2026年6月12日",), "filled_on"),
        ),
    )


NOTES = Notes(
    "填写说明",
    (
        "1. 本申报书由承担单位填写，内容应当真实、完整，文字简练、数据准确。没有的内容填“无”，不留空白。",
        "2. 单位名称应与公章、登记证书上的名称完全一致，填写全称。",
        "3. 年月写作“2027年3月”，日期写作“2026年6月12日”。除另有说明外，基期数据截至2025年12月31日，金额以万元为单位。",
        "4. 建设周期为2027年至2028年，各项任务的起止时间应在周期之内。",
        "5. 第六、七、九、十部分的编号应当前后对应：每项需求对应已有标准或拟补充制定的标准，每项拟补充制定的标准列入进度安排。",
        "6. 各栏写不下时可以续页。承担单位、参加单位均应在第十三部分盖章。",
        "7. 采用A4纸双面打印。通过国家标准化试点项目管理信息系统上传，不邮寄纸质材料。",
    ),
)


def narrative(title, number, step):
    """A part of running text."""
    return (
        Heading(1, f"{number}、{title}", step),
        Heading(2, "（一）现有基础", step),
        Body(BACKGROUND, f"{step}_base"),
        Heading(2, "（二）工作安排", step),
        Body(f"{SUMMARY}\n{BACKGROUND}", f"{step}_plan"),
    )


def sample(*, standard_count=196, partner_count=2, **more):
    """The application of the pictures; keywords replace attributes of the outline."""
    blocks = (
        cover(),
        NOTES,
        Contents(),
        Heading(1, "一、项目基本信息", "basics", new_page=True),
        basics(),
        Heading(1, "二、承担单位基本情况", "unit"),
        unit(),
        Heading(1, "三、参加单位情况", "partners"),
        Body("共2家，均为独立法人，已出具同意参加的意见（见附件8），在第十三部分盖章。", None),
        partners(partner_count),
        Heading(1, "四、试点的必要性和工作需求分析", "need", new_page=True),
        Heading(2, "（一）背景与政策依据", "need"),
        Body(BACKGROUND, "background"),
        Heading(2, "（二）存在的突出问题", "need"),
        Body("对2025年41.6万件办件、1 286份意见和12次座谈记录进行分析，突出问题见表4-1。", "problems_lead"),
        problems(),
        *narrative(PARTS[0], "五", "base"),
        Heading(1, "六、适用标准梳理与标准体系", "system", new_page=True),
        Body(SUMMARY, "system_note"),
        Heading(2, "（一）标准体系结构图", "system"),
        structure(),
        Heading(2, "（二）标准明细表", "system"),
        standards(standard_count),
        Heading(2, "（三）标准统计表", "system"),
        statistics(),
        *narrative(PARTS[1], "七", "added"),
        *narrative(PARTS[2], "八", "use"),
        Heading(1, "九、试点目标", "targets"),
        Heading(2, "（一）总体目标", "targets"),
        Body(SUMMARY, "goal"),
        Heading(2, "（二）量化指标", "targets"),
        targets(),
        Heading(1, "十、试点任务和进度安排", "schedule"),
        schedule(),
        *narrative(PARTS[3], "十一", "benefit"),
        *narrative(PARTS[4], "十二", "support"),
        Heading(1, "十三、承诺、意见和签章", "seals", new_page=True),
        *seals(),
        Heading(1, "附件清单", "attachments", new_page=True),
        Pledge(("附件按下列顺序装订，页码连续编排。",)),
    )
    return outline(blocks, **more)


def outline(blocks, **more):
    """An outline of these blocks with the answers that stand in them."""
    made = Outline(
        title="国家标准化试点项目申报书",
        name="申报书",
        project=PROJECT,
        unit=UNIT,
        reference_line=REFERENCE,
        revision=3,
        draft=False,
        watermark="",
        check_code="K7Q4-2M9X",
        token="PD1;2026;app;p1f3a8c2b7d4e;3;K7Q42M9X",
        blocks=tuple(blocks),
        answers=tuple(answers_in(blocks)),
        printed=tuple(answers_in(blocks)),
        origin=Origin(round="2026", form="application", version=1, project="1f3a8c2b7d4e"),
    )
    return replace(made, **more)


def draft(made):
    """The same outline as a draft."""
    return replace(
        made, draft=True, watermark="草　稿", check_code="", token="PD1;2026;app;p1f3a8c2b7d4e;3;DRAFT"
    )


def answers_in(blocks):
    """Every printed answer, in order, as the outline builder notes them."""
    for block in blocks:
        for path, text in _answers_of(block):
            if path is not None and text:
                yield PrintedAnswer(path, path, text)


def _answers_of(block):
    match block:
        case Cover():
            yield from ((line.path, "\n".join(line.values)) for line in block.lines)
        case Body():
            yield block.path, block.text
        case Grid():
            yield from (_cell_answer(cell) for row in block.rows for cell in row.cells)
        case Table():
            yield from (_cell_answer(cell) for row in block.rows + block.totals for cell in row)
        case Figure():
            for root in block.roots:
                yield from _node_answers(root, block.path)
        case SealBlock():
            yield block.path, block.answer


def _cell_answer(cell):
    if cell.ticks:
        return cell.path, "；".join(tick.label for tick in cell.ticks if tick.taken)
    return cell.path, cell.text


def _node_answers(root, path):
    yield f"{path}[{root.id}].code", root.code
    yield f"{path}[{root.id}].name", root.name
    for child in root.children:
        yield from _node_answers(child, path)


LONG_NAME = "南汀县“高效办成一件事”政务服务全流程协同办理与帮办代办标准化建设综合试点项目二期工程"
RARE = "𠮷䶮㛃"
AWKWARD = f"A<B & C, \"x\" 'y' \\n (z) {RARE} 😀 https://www.example.gov.cn/a/b?c=1&d=2"


def long_text(length):
    """Text of so many characters in paragraphs of some hundred."""
    unit_ = BACKGROUND.replace("\n", "") + SUMMARY
    text = (unit_ * (length // len(unit_) + 1))[:length]
    return "\n".join(text[n : n + 400] for n in range(0, length, 400))


def many_nodes(groups=6, middles=4, ends=4):
    """A system of four levels, 6 × (1 + 4 × (1 + 4)) = 126 nodes by default."""
    return tuple(
        node(
            f"{g}00",
            f"第{g}类保障与评价标准体系",
            0,
            0,
            *(
                node(
                    f"{g}0{m}",
                    "事项办理流转与协同",
                    0,
                    0,
                    *(node(f"{g}0{m}.{e}", "帮办代办服务规范", 3, e % 4) for e in range(1, ends + 1)),
                )
                for m in range(1, middles + 1)
            ),
        )
        for g in range(1, groups + 1)
    )


def extreme():
    """Everything at its limit."""
    long_grid = Grid(
        GRID,
        (
            GridRow((label("项目名称"), value(LONG_NAME, "project_name", span=4))),
            GridRow((label("单位简介"), value(long_text(10_000), "summary", span=4, role="longtext"))),
            GridRow((label("备　注"), value(AWKWARD, "remark", span=4))),
            *person(
                "项目负责人",
                "leader",
                RARE,
                "标准化😀",
                "13800000021",
                "0794-0000126",
                "x" * 60 + "@y.example",
            ),
        ),
    )
    tall = table(
        "表2-1", "有很高的行的表", (11.0, 45.0, 50.0, 50.0), ("序号", "甲", "乙", "丙"),
        (("1", long_text(4000), "短", AWKWARD), ("2", "短", "2026-06-02", long_text(1500))), "tall",
    )  # fmt: skip
    units = tuple(f"南汀县第{n}参加单位管理服务中心" for n in range(1, 4))
    blocks = (
        cover(LONG_NAME, units),
        NOTES,
        Contents(),
        Heading(1, "一、项目基本信息", "basics", new_page=True),
        long_grid,
        Heading(1, "二、参加单位情况", "partners"),
        partners(25),
        tall,
        Heading(1, "三、叙述" + "很长的标题" * 12, "need"),
        Body(long_text(4000), "background"),
        Heading(2, "（一）标准体系结构图", "system"),
        Figure("图3-1", "标准体系结构图", many_nodes(), "system"),
        standards(600),
        *seals(),
        SealBlock("单位意见", ("意见如下：",), "签字：", "盖章", answer=long_text(3000), path="opinion"),
    )
    return outline(blocks, project=LONG_NAME)


def assessment():
    """Two groups of the self-assessment: merged first column, subtotals, two columns under one head."""
    groups = (
        (
            "二、标准\n体系建设\n（20分）",
            (
                (
                    "2.1",
                    "需求分析与适用标准梳理",
                    "5",
                    "问题和需求清单完整2分；适用标准收集全、现行有效3分",
                    "5.0",
                ),
                ("2.2", "标准体系结构图", "3", "结构清楚、层次合理", "3.0"),
                ("2.3", "标准明细表和编制说明", "6", "明细表规范3分；编制说明完整3分", "5.5"),
                ("2.4", "体系体现特色并覆盖关键环节", "6", "覆盖主要业务3分；突出特色3分", "5.5"),
            ),
            ("20", "19.0"),
        ),
        (
            "三、标准\n补充制定\n与实施\n应用\n（22分）",
            (
                ("3.1", "补充制定标准", "6", "按完成率计分；未完成的有说明", "6.0"),
                ("3.2", "宣贯培训", "5", "有计划1分；教材一致1分；覆盖关键岗位2分；有效果评价1分", "5.0"),
                ("3.3", "实施与过程控制", "7", "控制点明确2分；记录完整3分；岗位人员熟悉标准2分", "6.0"),
                ("3.4", "监督检查", "4", "监督与实施主体分离1分；按计划检查2分；整改闭环1分", "3.5"),
            ),
            ("22", "20.5"),
        ),
    )
    rows = []
    for title, points, (most, got) in groups:
        for n, (code, name, value_, point, score) in enumerate(points):
            path = f"scores[{code}]"
            cells = (
                Cell(code, "text", "center"),
                Cell(name, "text"),
                Cell(value_, "text", "center"),
                Cell(point, "text"),
                Cell(score, "text", "center", path=f"{path}.score"),
                Cell(f"附件{code.replace('.', '-')} 证明材料", "text", path=f"{path}.proof"),
            )
            first = (Cell(title, "label", "center", rows=len(points)),) if n == 0 else ()
            rows.append(first + cells)
        totals = ("小　计", most, "", got, "")
        spans = (3, 1, 1, 1, 1)
        rows.append(tuple(Cell(t, "total", "center", s) for t, s in zip(totals, spans, strict=True)))
    widths = (19.0, 9.5, 29.0, 11.0, 40.0, 11.5, 36.0)
    head = ("一级指标", "二级指标", "", "分值", "自评要点", "自评\n得分", "证明材料")
    made = Table(
        "", "", widths, head, tuple(rows), "scores", padding_pt=3.0,
        note="1. 指标和分值为参考口径，以系统下载的自评表为准。2. 自评得分保留一位小数。3. 附件号与自评报告所附目录相同。",
    )  # fmt: skip
    return outline((Heading(2, "（二）评价指标自评", "scores"), made), revision=2)
