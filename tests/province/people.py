"""Names, codes and numbers that belong to nobody."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pilotdesk.forms.regions import children, region_name
from pilotdesk.rules.uscc import ALPHABET, check_character

if TYPE_CHECKING:
    from random import Random

KIND_STARTS = {
    "government": "11", "institution": "12", "association": "51", "service_body": "52", "enterprise": "91",
    "cooperative": "93",
}  # fmt: skip
KIND_WORDS = {
    "government": "机关", "institution": "事业单位", "association": "社会团体", "service_body": "社会服务机构",
    "enterprise": "企业", "cooperative": "农民专业合作社",
}  # fmt: skip
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_BODY_CHECKS = "0123456789X"


@cache
def words(name: str) -> tuple[str, ...]:
    """A list of ``names.toml``; of surnames each is one character."""
    listed = tomllib.loads((Path(__file__).parent / "names.toml").read_text("utf-8"))[name]
    return tuple("".join(listed.split())) if name == "surnames" else tuple(listed.split())


class People:
    """Gives every name, code and number once in a province."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._given: set[str] = set()
        self._phone = 0
        self._bodies: dict[str, tuple[str, str]] = {}

    def take(self, text: str) -> bool:
        """Whether a text was still free; it is taken now."""
        free = text not in self._given
        self._given.add(text)
        return free

    def _once(self, make) -> str:
        while not self.take(text := make()):
            pass
        return text

    def person(self) -> str:
        """A name."""
        pick = self._rng.choice
        return self._once(lambda: pick(words("surnames")) + pick(words("given"))[0] + pick(words("given"))[1])

    def uscc(self, kind: str, county: str) -> str:
        """A 统一社会信用代码 with both check characters right."""
        return self._once(lambda: self._code(KIND_STARTS[kind], county))

    def body(self, name: str, kind: str, county: str) -> tuple[str, str]:
        """Code and head of a body, the same whenever it is spoken of."""
        if name not in self._bodies:
            self._bodies[name] = (self.uscc(kind, county), self.person())
        return self._bodies[name]

    def _code(self, start: str, county: str) -> str:
        body = "MA" + "".join(self._rng.choices(ALPHABET[:23], k=6))
        digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        total = sum(weight * digits.index(sign) for weight, sign in zip(_BODY_WEIGHTS, body, strict=True))
        check = _BODY_CHECKS[(11 - total % 11) % 11]
        first = start + county + body + check
        return first + str(check_character(first))

    def mobile(self) -> str:
        """A mobile number of a range that nobody is called by: 1380000…"""
        self._phone += 1
        return f"138{self._phone + 20_000:08d}"

    def landline(self, area: str) -> str:
        """A number with an area code; 2000xxx is nobody's."""
        self._phone += 1
        return f"{area}-2{self._phone + 10_000:06d}"


@cache
def counties(province: str) -> tuple[tuple[str, str, str], ...]:
    """Code, own name and name of the city above of every county of a province; ordinary words are left out."""
    found = [
        (code, str(region_name(code)), str(region_name(city)))
        for city in children(province)
        for code in children(city)
    ]
    return tuple(one for one in found if len(one[1]) >= 3)
