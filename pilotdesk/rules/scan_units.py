"""Names of units in running text that belong somewhere else: left over when text was taken from another application.

Chinese has no blanks between words, so only what can be told apart for certain is found: a name that begins with a
listed division (临川区政务服务中心), and a company with its legal form. A division that the applicant's own region lies in
(江西省, 抚州市) is at home in the text.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from pilotdesk.forms.lazy_pattern import LazyPattern
from pilotdesk.forms.regions import divisions, region_label

_BETWEEN: Final = "[一-鿿（）()]"
_ENDINGS: Final = (
    "人民政府|委员会|研究院|研究所|合作社|联合会|有限责任公司|有限公司|中心|公司|医院|学校|小学|中学|大学|学院|协会|学会"
    "|集团|局"
)
_DIVISION_END: Final = LazyPattern("[省市县区旗州盟]")
_NO_DIVISION: Final = frozenset("域间内级块外")
"""Characters that make a word of a division before them: 新建区域."""
_REST: Final = LazyPattern(rf"(?:(?![的和与及、在对等把将]){_BETWEEN}){{2,20}}?(?:{_ENDINGS})+")
_COMPANY: Final = LazyPattern(rf"{_BETWEEN}{{4,30}}?(?:有限责任公司|股份有限公司|有限公司|集团公司)")
_BEFORE_NAME: Final = LazyPattern(
    "委托|依托|聘请|邀请|采购|购买|联合|会同|经由|设立|成立|引进|支持|鼓励|带动|培育|[的和与及由向同对请给把将从在为是被各、]"
)
_LEGAL_FORM: Final = LazyPattern(
    "(?:有限责任|股份有限|有限|集团)公司|国有|独资|全资|民营|控股|合资|科技|当地"
)
"""What names nobody in the name of a company."""
LEAST_NAME: Final = 4
"""Fewest characters of a company's name beside its legal form."""
AMBIGUOUS: Final = frozenset(
    {
        "市中区", "市北区", "市南区", "城中区", "城东区", "城西区", "城北区", "城关区", "新城区", "新市区", "老城区", "新建区",
        "会同县", "全州县",
    }
)  # fmt: skip
"""Listed divisions whose names are ordinary words as well: 会同县市场监督管理局 is "together with the county's bureau"."""
SHORTEST_DIVISION: Final = 3
LONGEST_DIVISION: Final = 15
MOST_NAME: Final = 30
"""Longest name after its place that is looked at, in characters."""


@lru_cache(maxsize=2048)
def named_units(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Names of units in a text, with the listed divisions that each begins with; none for companies without a place."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for begin, end, divisions_ in _places(text):
        rest = None if text[end : end + 1] in _NO_DIVISION else _REST.match(text[end : end + MOST_NAME])
        if rest:
            found.append((text[begin:end] + rest[0], divisions_))
    for match in _COMPANY.finditer(text):
        name = _without_lead(match[0])
        if len(_LEGAL_FORM.sub("", name)) >= LEAST_NAME and not any(name in known for known, _ in found):
            found.append((name, ()))
    return tuple(dict.fromkeys(found))


def _places(text: str) -> list[tuple[int, int, tuple[str, ...]]]:
    """Where listed divisions stand, those that follow one another (江西省抚州市) together: begin, end, their names."""
    places: list[tuple[int, int, tuple[str, ...]]] = []
    for match in _DIVISION_END.finditer(text):
        division = _division_before(text, match.end())
        begin = match.end() - len(division)
        if division and places and places[-1][1] == begin:
            above = places.pop()
            places.append((above[0], match.end(), (*above[2], division)))
        elif division:
            places.append((begin, match.end(), (division,)))
    return places


def other_units(text: str, region: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Names of units that are neither known nor of the applicant's own region.

    Args:
        text: running text.
        region: kept region of the applicant, ``361000:南汀县``.
        known: names that the form itself gives: the unit, participants, members of the group, authorities.
    """
    named = named_units(text)
    if not named:
        return ()
    home = region_label(region) or region
    others = (
        name
        for name, places in named
        if not (places and all(place in home for place in places))
        and not any(name in one or name.endswith(one) for one in known)
    )
    return tuple(dict.fromkeys(others))


def _division_before(text: str, end: int) -> str:
    """The listed division that ends at a place, the longest; empty when there is none."""
    listed = _division_names()
    for size in range(min(LONGEST_DIVISION, end), SHORTEST_DIVISION - 1, -1):
        if text[end - size : end] in listed:
            return text[end - size : end]
    return ""


@cache
def _division_names() -> frozenset[str]:
    names = divisions().names.values()
    return frozenset(name for name in names if len(name) >= SHORTEST_DIVISION) - AMBIGUOUS


def _without_lead(run: str) -> str:
    """A company's name without the words that stand before it in the sentence."""
    ends = [match.end() for match in _BEFORE_NAME.finditer(run)]
    return run[ends[-1] :] if ends else run
