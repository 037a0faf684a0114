"""All answers of one unit, as an answers file has them; rows have ids that can be foretold (``r_t01``)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tests.province.people import words
from tests.province.profile import TITLES, Words
from tests.province.spinning import compose, phrases
from tests.province.system import Maker, existing_by_level
from tests.province.tables import (
    control_points,
    funding,
    leadership,
    outcomes,
    participants,
    policy,
    problems,
    schedule,
    targets,
    training,
)

if TYPE_CHECKING:
    from random import Random

    from tests.province.people import People
    from tests.province.profile import Profile
    from tests.province.spinning import Clauses

UPLOAD = date(2026, 6, 30)
TODAY = date(2026, 6, 28)
"""The day on which the province looks at what came in."""
SPECIAL = ("Z1", "Z2")


def make_answers(
    profile: Profile, rng: Random, people: People, clauses: Clauses, *, small: bool = True
) -> dict[str, Any]:
    """The answers of a unit in which nothing is wrong; attachments are left out."""
    system = Maker(profile, rng, 2 if small else 6).make()
    _count(profile, system)
    rows = participants(profile, rng, people)
    money = funding(rng)
    profile.funding = sum(
        (Decimal(row[f"amount_{year}"]) for row in money for year in (2027, 2028)), Decimal(0)
    )
    answers = _cover(profile, rng) | _unit(profile, rng, people) | _texts(profile, rng, clauses, small=small)
    return answers | {
        "participating_units": rows,
        "problems": problems(profile, rng),
        "needs": system.needs,
        "policy_basis": policy(profile, rng),
        "existing_standards": existing_by_level(system.standards),
        "structure": system.structure,
        "standards": system.standards,
        "planned_standards": system.planned,
        "training": training(profile, rng),
        "control_points": control_points(profile, rng, system),
        "targets": targets(profile),
        "outcomes": outcomes(profile, rng),
        "schedule": schedule(profile, rng),
        "leadership_group": leadership(profile, rows, people),
        "funding": money,
        "policy_documents": _documents(profile, rng),
        "opinion_blocks": ["line_authority"] if profile.theme["field"] in SPECIAL else [],
    }


def _count(profile: Profile, system: Any) -> None:
    """Numbers that texts and tables share."""
    used = [row for row in system.standards if row["role"] == "in_use"]
    profile.counts |= {
        "ne": len(used),
        "nent": sum(row["level"] == "enterprise" for row in used),
        "ns": len(system.standards),
        "na": sum(row["status"] == "in_force" for row in system.standards),
        "np": len(system.planned),
        "nb": system.branches,
        "nl": len(system.leaves),
    }


def _cover(profile: Profile, rng: Random) -> dict[str, Any]:
    theme, code = profile.theme, profile.county[0]
    asked = rng.choice(theme["stages"])
    answers: dict[str, Any] = {
        "project_name": profile.title,
        "pilot_field": theme["field"],
        "recommending_authority": code[:2],
        "filing_date": (date(2026, 6, 5) + timedelta(days=rng.randint(0, 20))).isoformat(),
        "directions": list(theme["directions"]),
        "build_period": "2027年1月—2028年12月",
        "region": code,
        "implementation_scope": f"{profile.name}及{rng.randint(3, 40)}个{theme['things'][0]}所在点位，重点是{asked}岗位",
        "prior_pilot_level": "none",
    }
    return answers | ({"pilot_type": "unit"} if theme["field"] in {"F2", "F4"} else {})


def _unit(profile: Profile, rng: Random, people: People) -> dict[str, Any]:
    first, second = TITLES[profile.kind]
    address = f"{profile.county[2]}{profile.county[1]}{rng.choice(words('roads'))}{rng.randint(2, 399)}号"
    area = f"07{rng.randint(30, 46)}"
    host = f"{profile.uscc[8:].lower()}.example"
    company = profile.kind in {"enterprise", "cooperative"}
    return {
        "unit_name": profile.name,
        "uscc": profile.uscc,
        "unit_kind": profile.kind,
        "legal_representative": {"name": profile.head, "position": first},
        "founded_on": f"{profile.founded}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
        "registered_address": address,
        "mailing_address": address,
        "postcode": f"4{rng.randint(10_000, 29_999)}",
        "staff_count": profile.staff,
        "annual_revenue" if company else "annual_cases": str(Decimal(rng.randint(90, 99_000)) / 10),
        "project_leader": _person(profile.leader, second, people, area, host),
        "contact": _person(profile.contact, f"{profile.body}负责人", people, area, host),
        "standardization_body": f"{profile.body}（{rng.randint(2017, 2024)}年设立）",
        "full_time_staff": profile.full_time,
        "part_time_staff": profile.part_time,
        "credit_queries": _credit(profile, rng),
        "national_pilot_before": "no",
        "incidents": "no",
        "failed_pilot": "no",
    }


def _person(name: str, position: str, people: People, area: str, host: str) -> dict[str, str]:
    phone = people.landline(area)
    return {
        "name": name, "position": position, "mobile": people.mobile(), "phone": phone, "email": f"u{phone[-5:]}@{host}",
    }  # fmt: skip


def _credit(profile: Profile, rng: Random) -> list[dict[str, Any]]:
    day = (date(2026, 6, 1) + timedelta(days=rng.randint(0, 18))).isoformat()
    listed = profile.kind in {"enterprise", "cooperative"}
    second = (
        {"result": "clear"}
        if listed
        else {"result": "not_applicable", "remark": "不属于市场主体，见登记证书"}
    )
    return [
        {"id": "r_credit1", "site": "credit_china", "queried_on": day, "result": "clear"},
        {"id": "r_credit2", "site": "enterprise_system", "queried_on": day} | second,
    ]


def _texts(profile: Profile, rng: Random, clauses: Clauses, *, small: bool) -> dict[str, str]:
    own = Words(profile)
    made: dict[str, str] = {}
    for name, wanted in phrases().items():
        more = rng.randint(6, 24) if small else rng.randint(40, wanted["least"] // 2)
        made[name] = compose(name, clauses, profile.number, rng, own.fill, more=more)
    for name, wanted in phrases().items():
        if profile.theme["field"] in wanted:  # what the annex asks of this field
            made[name] = (
                clauses.write(wanted[profile.theme["field"]], profile.number, rng, own.fill)
                + "\n"
                + made[name]
            )
    return made


def _documents(profile: Profile, rng: Random) -> list[dict[str, str]]:
    mark = profile.county[1][:-1]
    return [
        {
            "id": "r_doc1", "document": f"{profile.title}工作方案", "number": f"{mark}标试〔2026〕{rng.randint(2, 40)}号",
            "content": f"{profile.parts[0]}等部门的分工和{rng.choice(profile.theme['stages'])}的完成时间",
        },
        {
            "id": "r_doc2", "document": f"{profile.name}2026年工作要点", "number": "无",
            "content": f"{profile.theme['name']}列为年度重点，由{profile.parts[1]}跟进",
        },
    ]  # fmt: skip
