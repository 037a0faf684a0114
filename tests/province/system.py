"""Needs, framework, list of standards and those to be written: the part of a form in which everything must fit."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from pilotdesk.paths import resources_dir
from pilotdesk.record import MutableRecord

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from tests.province.profile import Profile

    Rows = list[dict[str, Any]]

GENERAL = (
    ("101", "术语"), ("103", "标识"), ("104", "标准化工作"), ("102", "分类编码"),
)  # fmt: skip
SUPPORT = (
    ("401", "人员"), ("403", "安全"), ("402", "信息数据"), ("404", "档案记录"),
)  # fmt: skip
CHECKING = (("501", "评价"), ("502", "检查"), ("503", "投诉处理"))
"""First the class of the practice sample whose published standards fit, then the name."""
BRANCHES = (
    ("通用基础", "基础通用", "通用要求"),
    ("过程", "作业过程", "业务提供"),
    ("对象管理", "资源", "设施与资源"),
    ("保障", "支持保障", "运行保障"),
    ("评价改进", "改进", "检查改进"),
)
ENDINGS = ("规范", "规程", "要求", "指南", "工作导则")
PARTICULARS = ("分级", "交接", "记录", "时限", "安全", "编号", "质量", "人员", "现场", "验证", "复核", "应急")
CONTENTS = (
    "规定{a}的{p}要求、责任人和{b}的衔接", "{a}分几步做、每步多久、{p}留什么记录", "{p}的判断依据，{a}与{b}的界限",
    "{b}中{a}的{p}办法和异常处理", "{a}的范围、{p}、频次以及{b}完成后的确认",
)  # fmt: skip
NEEDS = (
    "{a}在{b}时的{p}口径要统一", "{b}阶段{a}的{p}要有时限、有记录", "让{s}看得懂{a}的{p}办法", "{a}{p}出错后怎样处理要写明",
    "{b}的结果能反过来修改{a}的{p}要求",
)  # fmt: skip
LEVELS = ("national", "sector", "local", "group", "enterprise")


class System(MutableRecord):
    """What was made: rows of the answers file by field, and leaves (code, name)."""

    needs: Rows
    structure: Rows
    standards: Rows
    planned: Rows
    leaves: list[tuple[str, str]]
    branches: int


@cache
def published() -> tuple[dict[str, Any], ...]:
    """Standards that exist; their names are facts that every unit may cite."""
    sample = json.loads((resources_dir() / "sample" / "application.json").read_text("utf-8"))
    return tuple(one for one in sample["standards"] if one["level"] in {"国家", "行业"})


class Maker:
    """Makes the system of one unit."""

    def __init__(self, profile: Profile, rng: Random, size: int) -> None:
        self._of, self._rng, self._size = profile, rng, size
        self._theme = profile.theme
        self._letters = "".join(rng.choices("ABCDEFGHJKLMNPQRSTUWXY", k=4))
        self._numbers = rng.sample(range(1000, 2000), 60)
        self._titles: set[str] = set()

    def make(self) -> System:
        """All of it."""
        branches, sources = self._framework()
        leaves = [(code, name) for _, _, below in branches for code, name in below]
        needs = self._needs()
        standards = [row for code, name in leaves for row in self._existing(code, name, sources[code])]
        planned = self._planned(needs, leaves, standards)
        for need in needs:
            if need["answer"] == "existing":
                self._rng.choice(standards)["need_code"] = need["code"]
        standards += [self._listed(row, standards) for row in planned]
        return System(needs, self._tree(branches), standards, planned, leaves, len(branches))

    def _framework(self) -> tuple[list[tuple[str, str, list[tuple[str, str]]]], dict[str, str]]:
        rng, kept = self._rng, self._theme
        inside = (
            rng.sample(GENERAL, rng.randint(2, 3)),
            [("", name) for name in kept["stages"]],
            [("", name) for name in rng.sample(kept["things"], rng.randint(2, 4))],
            rng.sample(SUPPORT, rng.randint(2, 3)),
            rng.sample(CHECKING, 2),
        )
        branches, sources = [], {}
        for at, (names, below) in enumerate(zip(BRANCHES, inside, strict=True), start=1):
            leaves = [(f"{at}0{nr}", name) for nr, (_, name) in enumerate(below, start=1)]
            sources |= {code: below[nr][0] for nr, (code, _) in enumerate(leaves)}
            branches.append((f"{at}00", rng.choice(names), leaves))
        return branches, sources

    def _tree(self, branches: list[tuple[str, str, list[tuple[str, str]]]]) -> Rows:
        return [
            {
                "id": "r_root",
                "name": f"{self._theme['name']}标准体系",
                "children": [
                    {
                        "id": f"r_n{code}", "code": code, "name": name,
                        "children": [{"id": f"r_n{leaf}", "code": leaf, "name": label} for leaf, label in below],
                    }
                    for code, name, below in branches
                ],
            }
        ]  # fmt: skip

    def _words(self) -> dict[str, str]:
        return {
            "a": self._rng.choice(self._theme["things"]),
            "b": self._rng.choice(self._theme["stages"]),
            "p": self._rng.choice(PARTICULARS),
            "s": self._theme["served"],
        }

    def _needs(self) -> Rows:
        count = self._rng.randint(5, 8)
        phrases = [self._rng.choice(NEEDS).format(**self._words()) for _ in range(count)]
        origins = ("process", "served", "supervision")
        return [
            {
                "id": f"r_need{at:02}", "code": f"N{at:02}", "origin": self._rng.choice(origins), "description": text,
                "answer": "existing" if at == count else "to_develop",
            }
            for at, text in enumerate(phrases, start=1)
        ]  # fmt: skip

    def _existing(self, code: str, name: str, source: str) -> Iterator[dict[str, Any]]:
        """Standards in force of one class."""
        known = [one for one in published() if one["system_code"].startswith(source or "-")]
        if self._theme["field"] != "F6":
            known = [one for one in known if "政务" not in one["name"]]
        chosen = self._rng.sample(known, min(len(known), self._rng.randint(1, self._size)))
        rows = [
            {
                "number": one["number"],
                "name": one["name"],
                "level": one["level"],
                "effective_on": one["effective_on"],
            }
            for one in chosen
        ] or [self._own(name) for _ in range(self._rng.randint(1, self._size))]
        for at, row in enumerate(rows, start=1):
            row |= {"id": f"r_s{code}x{at:02}", "system_code": f"{code}.{at:02}", "status": "in_force"}
            row |= {
                "department": self._rng.choice(self._of.parts),
                "role": self._rng.choice(("in_use", "applicable")),
            }
            yield row

    def _own(self, name: str) -> dict[str, Any]:
        """A standard of the place, an association or the unit itself, named after a class."""
        year, number = self._rng.randint(2017, 2025), self._numbers.pop()
        level = self._rng.choice(("local", "group", "enterprise", "enterprise"))
        province = self._of.county[0][:2]
        written = {
            "local": f"DB{province}/T {number}—{year}",
            "group": f"T/{self._letters} {number % 1000:03}—{year}",
            "enterprise": f"Q/{self._letters} {number % 1000:03}—{year}",
        }[level]
        day = f"{year}-{self._rng.randint(1, 12):02}-{self._rng.randint(1, 28):02}"
        return {"number": written, "name": self._title(name), "level": level, "effective_on": day}

    def _title(self, about: str) -> str:
        while True:
            things = self._rng.choice([*self._theme["things"], self._theme["name"]])
            other = self._rng.choice(PARTICULARS)
            title = f"{things}{about if about != things else ''}{other}{self._rng.choice(ENDINGS)}"
            if title not in self._titles:
                self._titles.add(title)
                return title

    def _planned(self, needs: Rows, leaves: list[tuple[str, str]], standards: Rows) -> Rows:
        wanted = [need["code"] for need in needs if need["answer"] == "to_develop"]
        count = len(wanted) + self._rng.randint(0, 4)
        codes = [*wanted, *self._rng.choices(wanted, k=count - len(wanted))]
        places = [leaf for leaf in leaves if leaf[0][0] in "23"]
        last = {code: sum(row["system_code"].startswith(code) for row in standards) for code, _ in places}
        rows: Rows = []
        for at, need in enumerate(codes, start=1):
            code, name = self._rng.choice(places)
            last[code] += 1
            months = (6 + self._rng.randint(0, 12)) if at > 1 else 6
            local = at == count and self._rng.random() < 0.4
            rows.append(
                {
                    "id": f"r_p{at:02}", "name": self._title(name), "level": "local" if local else "enterprise",
                    "action": "develop", "system_code": f"{code}.{last[code]:02}", "need_code": need,
                    "content": self._rng.choice(CONTENTS).format(**self._words()),
                    "drafter": self._rng.choice([self._of.body, *self._of.parts]),
                    "due": f"{2027 + (months - 1) // 12}-{(months - 1) % 12 + 1:02}",
                }
                | ({"remark": "以立项批复为准"} if local else {})
            )  # fmt: skip
        return rows

    def _listed(self, row: dict[str, Any], standards: Rows) -> dict[str, Any]:
        """The row of the list for a standard to be written."""
        return {
            "id": f"r_s{row['id'][2:]}", "system_code": row["system_code"], "name": row["name"], "level": row["level"],
            "status": "planned", "department": row["drafter"], "role": "planned",
        }  # fmt: skip


def existing_by_level(standards: Rows) -> Rows:
    """5.2: standards that are followed now, by level."""
    of_level = {"国家": "national", "行业": "sector"}
    used = [row for row in standards if row["role"] == "in_use"]
    rows: Rows = []
    for level in LEVELS:
        own = [row for row in used if of_level.get(row["level"], row["level"]) == level]
        named = "、".join(row["number"] for row in own[:2]) or "无"
        rows.append({"id": f"r_e{level}", "level": level, "amount": len(own), "main_standards": named})
    return rows
