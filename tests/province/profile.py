"""Who a unit is: everything of it that several answers speak of, and the words that fill its phrases."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pilotdesk.record import MutableRecord
from tests.province.people import KIND_WORDS, counties, words
from tests.province.spinning import themes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

    from tests.province.people import People

TITLES = {
    "government": ("局长", "副局长"),
    "institution": ("主任", "副主任"),
    "association": ("会长", "秘书长"),
    "service_body": ("院长", "副院长"),
    "enterprise": ("总经理", "副总经理"),
    "cooperative": ("理事长", "生产负责人"),
}
TAIL = "标准化试点"
FIELDS = ("F1", "F2", "F3", "F4", "F5", "F6", "F6", "Z1", "Z2", "F4")
"""By turns, so that every field has its share."""


class Measure(MutableRecord):
    """A target: its name and unit, and the three values."""

    name: str
    unit: str
    base: Decimal
    middle: Decimal
    end: Decimal

    @property
    def change(self) -> str:
        """In words, from the base to the end."""
        word = "提高" if self.end > self.base else "降"
        return f"{self.name}由{self.base}{self.unit}{word}到{self.end}{self.unit}"

    @property
    def half_way(self) -> str:
        """In words, at the end of 2027."""
        return f"{self.name}{'达到' if self.end > self.base else '降到'}{self.middle}{self.unit}"


class Profile(MutableRecord):
    """One unit.

    Attributes:
        county: code, own name, city. theme: an entry of ``themes.toml``. kind: of legal person.
        parts: names of its departments. counts: numbers that lists and texts share.
    """

    number: int
    county: tuple[str, str, str]
    theme: Mapping[str, Any]
    kind: str
    name: str
    uscc: str
    head: str
    leader: str
    contact: str
    body: str
    parts: list[str]
    founded: int
    staff: int
    full_time: int
    part_time: int
    measures: list[Measure]
    counts: dict[str, int]
    funding: Decimal = Decimal(0)

    @property
    def title(self) -> str:
        """项目名称."""
        return f"{self.county[1]}{self.theme['name']}{TAIL}"


def make_profile(number: int, province: str, rng: Random, people: People) -> Profile:
    """A unit with a name and a title that no other has."""
    wanted = FIELDS[number % len(FIELDS)]
    while True:
        theme = rng.choice([one for one in themes() if one["field"] == wanted])
        county = rng.choice(counties(province))
        kind, ending = rng.choice(theme["units"]).split(" ")
        name = _name(kind, ending, county, rng)
        if people.take(name) and people.take(county[1] + theme["name"]):
            break
    uscc, head = people.body(name, kind, county[0])
    return Profile(
        number=number,
        county=county,
        theme=theme,
        kind=kind,
        name=name,
        uscc=uscc,
        head=head,
        leader=people.person(),
        contact=people.person(),
        body=rng.choice(words("bodies")),
        parts=rng.sample(words("parts"), 5),
        founded=rng.randint(1996, 2019),
        staff=rng.randint(24, 480),
        full_time=rng.randint(1, 4),
        part_time=rng.randint(3, 14),
        measures=_measures(theme, rng),
        counts={"proposals": rng.randint(2, 5), "cases": rng.randint(2, 4)},
    )


def _name(kind: str, ending: str, county: tuple[str, str, str], rng: Random) -> str:
    if kind == "enterprise":
        return f"{county[2].removesuffix('市')}{rng.choice(words('brands'))}{ending}"
    if kind in {"service_body", "cooperative"}:
        return f"{county[1]}{rng.choice(words('brands'))}{ending}"
    return county[1] + ending


def _measures(theme: Mapping[str, Any], rng: Random) -> list[Measure]:
    """Two of the theme's, then coverage and satisfaction."""
    chosen = [_measure(one, rng) for one in rng.sample(theme["measures"], 2)]
    covered = Decimal(rng.randint(34, 66))
    coverage = Measure(
        "标准实施覆盖率", "%", covered, covered + rng.randint(18, 24), Decimal(rng.randint(92, 99))
    )
    content = Decimal(rng.randint(812, 905)) / 10
    satisfied = Measure(
        "服务对象满意度",
        "%",
        content,
        content + Decimal(rng.randint(20, 39)) / 10,
        content + Decimal(rng.randint(42, 70)) / 10,
    )
    return [*chosen, coverage, satisfied]


def _measure(entry: list[Any], rng: Random) -> Measure:
    """With values of its own: a share of 100 grows towards 99, others change by a fifth to a half."""
    name, unit, base, places, direction = entry
    step = Decimal(1).scaleb(-places)
    begin = Decimal(str(base)) * Decimal(rng.randint(90, 103)) / 100
    room = (
        (Decimal("99.4") - begin)
        if unit == "%" and direction > 0
        else begin * Decimal(rng.randint(30, 50)) / 100
    )
    end = begin + direction * room * Decimal(rng.randint(60, 85)) / 100
    middle = begin + (end - begin) * Decimal(rng.randint(40, 65)) / 100
    return Measure(name, unit, begin.quantize(step), middle.quantize(step), end.quantize(step))


class Words:
    """Fills the slots of phrases with what is true of a unit."""

    def __init__(self, profile: Profile) -> None:
        self._of = profile
        first, second, coverage, satisfied = profile.measures
        self._known = {
            "u": profile.name, "c": profile.county[1], "city": profile.county[2], "t": profile.theme["name"],
            "sv": profile.theme["served"], "au": profile.county[1] + profile.theme["authority"],
            "kind": KIND_WORDS[profile.kind], "founded": str(profile.founded), "staff": str(profile.staff),
            "dep": profile.body, "d1": profile.parts[0], "d2": profile.parts[1], "head": profile.head,
            "lead": profile.leader, "ct": profile.contact, "sf": str(profile.full_time), "sp": str(profile.part_time),
            "m1b": f"2025年{first.name}{first.base}{first.unit}", "m1m": first.half_way, "m1e": first.change,
            "m2e": second.change, "covm": coverage.half_way, "cove": coverage.change, "sate": satisfied.change,
            "satb": f"{satisfied.name}{satisfied.base}%", "prop": str(profile.counts["proposals"]),
            "cases": str(profile.counts["cases"]),
        }  # fmt: skip

    def fill(self, name: str, more: str, rng: Random) -> str:
        """What stands in a slot."""
        if name in {"n", "y", "mo"}:
            low, high = map(int, more.split("-"))
            return str(rng.randint(low, high))
        if name in {"th", "st"}:
            return rng.choice(self._of.theme["things" if name == "th" else "stages"])
        if name in {"ne", "nent", "ns", "na", "np", "nb", "nl"}:
            return str(self._of.counts[name])
        return str(self._of.funding) if name == "fund" else self._known[name]
