"""The smaller tables of a form, each made anew for a unit."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from random import Random

    from tests.province.people import People
    from tests.province.profile import Profile
    from tests.province.system import System

    Rows = list[dict[str, Any]]

AUTHORITIES = (
    "市场监督管理局",
    "财政局",
    "发展和改革局",
    "教育局",
    "民政局",
    "农业农村局",
    "司法局",
    "数据局",
    "应急管理局",
)
JOBS = (
    "标准查新和文本审查",
    "经费落实和绩效核对",
    "数据导出和接口开放",
    "现场检查和意见收集",
    "宣传和组织培训",
    "参与起草和试用",
)
PROBLEMS = (
    "{a}的{b}要求因人而异",
    "{a}在{b}中没有交接记录",
    "{b}没有时限",
    "{a}编号混乱",
    "{b}结果没有用于改进",
    "{a}{b}后的状态无人确认",
)
EVIDENCE = (
    "2025年抽查{n}份，{m}份不一致",
    "2025年{n}次记录中{m}次缺项",
    "{n}个点位中有{m}个没有台账",
    "2025年因此返工{m}次，涉及{n}户",
)
CAUSES = (
    "{d}和{e}各有一套做法，没有共同文本",
    "只有口头约定，{d}自行掌握",
    "文件写得笼统，{b}的步骤没有拆开",
    "记录样式由{d}自定，无人核对",
)
REMEDIES = (
    "编写{a}{b}的步骤、责任和记录",
    "规定{b}的时限和超时处理",
    "统一{a}的分级、编号和状态",
    "把{b}的检查要点写成条款",
)
NATIONAL = (
    ("国家标准化发展纲要", "无", "推动标准化与本领域工作深度结合"),
    ("中华人民共和国标准化法", "无", "鼓励制定满足需要的内部标准"),
    ("质量强国建设纲要", "无", "以标准提升质量和服务水平"),
)
WAYS = ("集中讲解、现场提问", "带案例演练", "线上课程加测验", "师傅带班、跟岗实习", "班前短训")


def _words(profile: Profile, rng: Random) -> dict[str, Any]:
    one = rng.randint(60, 480)
    parts = rng.sample(profile.parts, 2)
    return {
        "a": rng.choice(profile.theme["things"]), "b": rng.choice(profile.theme["stages"]),
        "d": parts[0], "e": parts[1], "n": one, "m": one * rng.randint(11, 42) // 100,
    }  # fmt: skip


def participants(profile: Profile, rng: Random, people: People) -> Rows:
    """None to three bureaus of the county."""
    day = (date(2026, 6, 1) + timedelta(days=rng.randint(0, 18))).isoformat()
    names = [name for name in AUTHORITIES if not profile.name.endswith(name)]
    rows: Rows = []
    for at, ending in enumerate(rng.sample(names, rng.randint(0, 3)), start=1):
        name = profile.county[1] + ending
        uscc, head = people.body(name, "government", profile.county[0])
        rows.append(
            {
                "id": f"r_u{at}", "name": name, "uscc": uscc, "unit_kind": "government", "legal_representative": head,
                "contact_name": people.person(), "contact_phone": people.landline(f"07{rng.randint(30, 46)}"),
                "task": rng.choice(JOBS), "credit_result": "clear", "credit_queried_on": day,
            }
        )  # fmt: skip
    return rows


def problems(profile: Profile, rng: Random) -> Rows:
    """Three to five."""
    rows: Rows = []
    for at in range(1, rng.randint(3, 5) + 1):
        words = _words(profile, rng)
        kinds = {"problem": PROBLEMS, "evidence": EVIDENCE, "cause": CAUSES, "remedy": REMEDIES}
        rows.append(
            {"id": f"r_q{at}"} | {name: rng.choice(kind).format(**words) for name, kind in kinds.items()}
        )
    return rows


def policy(profile: Profile, rng: Random) -> Rows:
    """What is asked from above."""
    rows = [
        {"id": f"r_b{at}", "document": name, "number": number, "requirement": asked}
        for at, (name, number, asked) in enumerate(rng.sample(NATIONAL, 2), start=1)
    ]
    year = rng.randint(2022, 2025)
    local = {
        "id": "r_b3", "document": f"关于进一步做好{profile.theme['name']}工作的通知",
        "number": f"{profile.county[2][:-1]}政办发〔{year}〕{rng.randint(3, 60)}号",
        "requirement": f"规范{rng.choice(profile.theme['stages'])}，管好{rng.choice(profile.theme['things'])}",
    }  # fmt: skip
    return [*rows, local]


def training(profile: Profile, rng: Random) -> Rows:
    """Three to five courses within the period."""
    rows: Rows = []
    for at in range(1, rng.randint(3, 5) + 1):
        begin, times, heads = rng.randint(1, 18), rng.randint(2, 9), rng.randint(12, 60)
        words = _words(profile, rng)
        rows.append(
            {
                "id": f"r_l{at}", "content": "{b}和{a}管理的相关标准".format(**words),
                "audience": "{d}、{e}的岗位人员".format(**words), "method": rng.choice(WAYS),
                "amount": f"{times}次{times * heads}人次", "period": f"{_month(begin)}—{_month(begin + rng.randint(1, 5))}",
            }
        )  # fmt: skip
    return rows


def _month(number: int) -> str:
    """The n-th month of the period."""
    return f"{2027 + (number - 1) // 12}年{(number - 1) % 12 + 1}月"


def control_points(profile: Profile, rng: Random, system: System) -> Rows:
    """One for each of some stages."""
    stages = rng.sample(profile.theme["stages"], rng.randint(3, 5))
    rows: Rows = []
    for at, stage in enumerate(stages, start=1):
        words = _words(profile, rng)
        rows.append(
            {
                "id": f"r_c{at}", "stage": f"{stage}／{words['d']}", "standards": rng.choice(system.planned)["name"],
                "control": f"{rng.randint(1, 5)}个工作日内完成，{words['a']}状态当场确认",
                "record": f"{stage}记录单", "department": words["e"],
            }
        )  # fmt: skip
    return rows


def targets(profile: Profile) -> Rows:
    """Measures of the theme, and numbers of standards that agree with the lists."""
    counts = profile.counts
    own, planned = counts["nent"], counts["np"]
    lines = [
        (
            "梳理适用标准数",
            "项",
            counts["ne"],
            (counts["ne"] + counts["na"]) // 2,
            counts["na"],
            "标准明细表计数",
        ),
        ("自主制定标准数", "项", own, own + planned // 2, own + planned, "发布文件计数"),
        *(
            (one.name, one.unit, one.base, one.middle, one.end, "业务记录按年汇总")
            for one in profile.measures
        ),
        ("提出标准立项建议数", "项", 0, 1, counts["proposals"], "报送记录"),
    ]
    names = ("indicator", "unit", "base_value", "value_2027", "value_2028", "data_source")
    return [
        {"id": f"r_t{at:02}"} | {name: str(cell) for name, cell in zip(names, line, strict=True)}
        for at, line in enumerate(lines, start=1)
    ]


def outcomes(profile: Profile, rng: Random) -> Rows:
    """What can be seen at the end."""
    counts = profile.counts
    lines = [
        (f"{profile.theme['name']}标准体系", "体系文件", "1套", f"2027-{rng.randint(7, 12):02}"),
        ("内部标准", "标准文本", f"{counts['np']}项", f"2028-{rng.randint(6, 9):02}"),
        (f"{rng.choice(profile.theme['things'])}管理案例", "案例", f"{counts['cases']}个", "2028-10"),
        ("标准立项建议", "建议书", f"{counts['proposals']}项", f"2028-{rng.randint(9, 11):02}"),
        ("自评报告", "报告", "1份", "2028-12"),
    ]
    names = ("outcome", "form", "quantity", "due")
    return [
        {"id": f"r_o{at}"} | dict(zip(names, line, strict=True)) for at, line in enumerate(lines, start=1)
    ]


def schedule(profile: Profile, rng: Random) -> Rows:
    """The six activities, both annual summaries and the self-assessment."""
    things, stages = profile.theme["things"], profile.theme["stages"]
    people, stage = rng.choice(profile.parts), rng.choice(stages)
    early, later = rng.randint(2, 4), rng.randint(13, 15)
    lines = [
        ("启动和需求分析", "needs_analysis", 1, early, f"访谈岗位，分析{rng.choice(stages)}的需求", "需求清单1份", "小组审定"),
        ("梳理适用标准", "inventory", early, early + 2, f"收集{rng.choice(things)}相关标准并查新", "明细表1份", "明细表确认"),
        ("建立标准体系", "system", early + 1, 6, f"划分类目，编写{rng.choice(things)}等部分说明", "结构图和说明", "体系文件印发"),
        ("补充制定标准", "development", 6, 18, f"起草、讨论、发布{rng.choice(stages)}等内部标准", "标准文本", "发布文件齐全"),
        ("2027年度总结", None, 11, 11, "在系统提交2027年度工作总结", "年度总结1份", "系统提交成功"),
        ("标准实施应用", "implementation", later - 2, 21, f"培训{people}，按标准开展{stage}", "培训和检查记录", "问题销号"),
        ("持续改进标准", "improvement", later, 22, f"评价{rng.choice(things)}数据，修订标准", "评价报告、修订记录", "修订稿批准"),
        ("2028年度总结", None, 23, 23, "在系统提交2028年度工作总结", "年度总结1份", "系统提交成功"),
        ("总结和自我评价", None, 21, 24, f"整理{rng.choice(things)}案例，对照自评表自评", "案例、自评报告", "自评报告完成"),
    ]  # fmt: skip
    rows: Rows = []
    for at, (phase, activity, begin, end, task, result, mark) in enumerate(lines, start=1):
        period = _month(begin) if begin == end else f"{_month(begin)}—{_month(end)}"
        rows.append(
            {
                "id": f"r_k{at}", "phase": phase, "period": period, "task": task, "result": result,
                "responsible_unit": rng.choice([profile.body, *profile.parts]),
                "responsible_person": rng.choice([profile.leader, profile.contact]), "done_mark": mark,
            }
            | ({"activity": activity} if activity else {})
        )  # fmt: skip
    return rows


def leadership(profile: Profile, partners: Rows, people: People) -> Rows:
    """Head, leader and contact of the unit, somebody from every participant."""
    lines = [
        (profile.head, profile.name, "主要负责人", "组长"),
        (profile.leader, profile.name, "分管负责人", "副组长，日常组织"),
        *((row["contact_name"], row["name"], "分管负责人", f"成员，{row['task']}") for row in partners),
        (profile.contact, profile.name, f"{profile.body}负责人", "成员，体系和文本"),
        (people.person(), profile.name, f"{profile.parts[0]}负责人", "成员，实施和数据"),
    ]
    names = ("name", "unit", "position", "duty")
    return [
        {"id": f"r_g{at}"} | dict(zip(names, line, strict=True)) for at, line in enumerate(lines, start=1)
    ]


def funding(rng: Random) -> Rows:
    """Two to four lines of the unit's own money."""
    kinds = rng.sample(
        ("标准起草和审查", "培训", "记录和计时功能完善", "问卷调查", "资料印制", "检测验证"),
        rng.randint(2, 4),
    )
    return [
        {
            "id": f"r_f{at}", "item": kind, "amount_2027": str(Decimal(rng.randint(8, 90)) / 10),
            "amount_2028": str(Decimal(rng.randint(5, 70)) / 10), "source": rng.choice(("own", "local_budget")),
        }
        for at, kind in enumerate(kinds, start=1)
    ]  # fmt: skip
