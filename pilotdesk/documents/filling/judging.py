"""Small judgements about places: what stands over them, in what unit they are counted, what they are called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from pilotdesk.documents.filling.claims import DOUBTFUL as UNSURE
from pilotdesk.documents.filling.claims import LONG
from pilotdesk.documents.filling.normal import UNITS, normal, notes, without_ending
from pilotdesk.documents.filling.spots import FIRM
from pilotdesk.documents.filling.words import exists
from pilotdesk.forms.lookup import field_at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pilotdesk.documents.filling.mapping import Place
    from pilotdesk.documents.filling.spots import Context, Spot
    from pilotdesk.documents.filling.words import Words
    from pilotdesk.forms.model import Field

_HAND: Final = re.compile(r"签\s*[字名章]|盖章|公章")
_STAFF: Final = re.compile(r"(?:人|人员|领导|主管|会计)$")
_SIGNER: Final = re.compile(r"^(?:审核|复核|审批|审定|批准|财务|制表|会计|分管|校核)")
_SIGNERS: Final = 3
OUR_UNIT: Final = frozenset(
    {
        "单位", "申报单位", "承担单位", "试点单位", "申请单位", "牵头单位", "实施单位", "建设单位", "法人单位", "填报单位",
        "组织", "申报组织", "企业", "申报企业", "机构", "申报机构", "主体", "申报主体",
    }
)  # fmt: skip
OUR_PROJECT: Final = frozenset({"项目", "试点", "试点项目", "申报项目", "标准化试点"})
"""Labels over groups of labels that are about us."""
_LEAST_INSIDE: Final = 3
_UNITS: Final = re.compile(r"单位[:：]?(.{1,4})")
_MONEY_OVER: Final = re.compile(r"单位[:：](?:人民币)?(元|千元|万元|百万元|亿元)(?:人民币)?(?:[）)]|$)")
_UNIT_AFTER: Final = re.compile(r"[\s\u3000]*([%％\u4e00-\u9fff]{1,4}?)(?=$|[\s\u3000（(，。；）)])")


def without_repeats(places: list[Place]) -> list[Place]:
    """Without headings that have no room where the same answer has its place elsewhere, as in a list of contents."""
    roomy = {place.path for place in places if place.kind != "after"}
    last = {place.path: place for place in places if place.kind == "after"}
    return [
        place
        for place in places
        if place.kind != "after" or (place.path not in roomy and last[place.path] is place)
    ]


def without_doubles(words: Words, places: list[Place]) -> list[Place]:
    """One sure place for each long text and each row of a block; where another asks for the same, that is a doubt.

    A place of its own goes before one that joins several, a surer one before others, then the first.
    """
    order = sorted(
        range(len(places)), key=lambda at: (places[at].path.count("+"), -places[at].confidence, at)
    )
    taken: set[str] = set()
    doubted: set[int] = set()
    for at in order:
        place = places[at]
        if not place.is_sure or place.columns:
            continue
        once = {one for one in _single(place) if _stands_once(words, one)}
        if once & taken:
            doubted.add(at)
        taken |= once
    return [
        replace(place, confidence=UNSURE, why="同一内容在别处也有位置") if at in doubted else place
        for at, place in enumerate(places)
    ]


def _single(place: Place) -> Iterable[str]:
    """What a place takes; rows of blocks apart for each table of the file."""
    table = place.at.partition("/")[0] if place.at.startswith("T") else ""
    return (f"{table}:{one}" if "[" in one else one for one in place.path.split("+"))


def _stands_once(words: Words, path: str) -> bool:
    bare = path.rpartition(":")[2]
    if re.search(r"\[\d+\]", bare):
        return True
    field = field_of(words, bare)
    return field is not None and field.type == LONG


def stands_over(below: str, context: Context) -> bool:
    """Whether a label over a place is the one that a meaning holds below; headings and short words must be all of it."""
    above = normal(context.text)
    inside = len(below) >= _LEAST_INSIDE and context.kind not in {"heading", "title"} and below in above
    return inside or below in {above, without_ending(above)}


def front_of(words: Words, over: str) -> str:
    """What a normal label over a group makes of short labels below it: 单位, 项目, or nothing."""
    bare = without_ending(over)
    if bare in OUR_UNIT or any(one.path == words.form.head.unit_name for one in words.meanings(over)):
        return "单位"
    return "项目" if bare in OUR_PROJECT else ""


def is_signing_day(spot: Spot) -> bool:
    """Whether a date without more words is the day of a signature or seal in the same line."""
    beside = [spot.raw, *(context.text for context in spot.around if context.kind == "row")]
    return normal(spot.labels[0]) in {"日期", "时间"} and any(_HAND.search(text) for text in beside)


def asks_for_both(label: str, field: Field | None) -> bool:
    """Whether a label wants two numbers of ours in one place: 标准化专（兼）职人员数."""
    counted = field is not None and field.type == "integer"
    return counted and re.search(r"专职?[\s（(、/／和及与]*兼", label) is not None


def is_signing_line(spot: Spot) -> bool:
    """Whether a place stands in a line of nothing but people who sign: 单位负责人：　财务负责人：　审核人：."""
    people = re.findall(r"([^\s:：]+)\s*[:：]", spot.raw)
    signing = [one for one in people if _SIGNER.search(one)]
    return len(people) >= _SIGNERS and all(map(_STAFF.search, people)) and bool(signing)


def names_unit(label: str, above: str) -> bool:
    """Whether a label of a block is to be read as the block's own, although it also means something elsewhere."""
    over = normal(above)
    return over[-1:].isdecimal() or "单位" in over


def field_of(words: Words, path: str) -> Field | None:
    """The definition behind the first of some joined paths."""
    first = path.partition("+")[0]
    return field_at(words.form, re.sub(r"\[[^\]]*\]", "[r_0]", first)) if exists(words.form, first) else None


def unit_of(spot: Spot) -> str:
    """The unit that the form has itself, behind the blank or in its label."""
    if spot.kind == "text":
        found = _UNIT_AFTER.match(spot.after)
        if found:
            return found[1]
    return told_unit(spot.labels)


def told_unit(texts: Iterable[str]) -> str:
    """The unit that a label has in brackets; empty for none."""
    for note in (note for text in texts for note in notes(text)):
        named = _UNITS.fullmatch(note)
        if named or note in UNITS:
            return named[1] if named else note
    return ""


def money_over(around: Iterable[Context]) -> str:
    """The unit of money that a line or label over a table says for all of it (单位：元); empty for none."""
    found = (_MONEY_OVER.search(re.sub(r"\s", "", one.text)) for one in around if one.kind in FIRM)
    return next((one[1] for one in found if one), "")


def enumerations(label: str) -> list[list[str]]:
    """What a label lists in brackets, if it lists several things: （组织机构、制度、人员等）."""
    made = [re.split(r"[、，,和及与]|以及", re.sub(r"等(?:方面)?$", "", note)) for note in notes(label)]
    return [[one for one in listed if one] for listed in made if len(listed) > 1]


def short(text: str) -> str:
    """A label in one short line."""
    return " ".join(text.split())[:40]
