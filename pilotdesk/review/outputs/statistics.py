"""Figures of a batch: what came in by field, region and conclusion, what is wrong most often, how complete it is."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from pilotdesk.record import Record
from pilotdesk.review.checking.answered import ANSWERS
from pilotdesk.review.quota import line_name
from pilotdesk.rules.issue import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pilotdesk.forms.round import Round
    from pilotdesk.review.records import Finding, Submission

MOST_FOUND: Final = 10
"""Findings that the list of the most frequent ones has."""
NO_FIELD: Final = "没有填领域"
NO_REGION: Final = "没有填地区"
_CITY: Final = re.compile(r"^(?:.{2,7}?(?:省|自治区))?(?P<city>.{2,12}?(?:自治州|地区|盟|市|县|区))")
SEVERITY_WORDS: Final = {Severity.ERROR: "必须改", Severity.WARNING: "请核实", Severity.HINT: "建议"}
STEPS: Final = (
    ("100%", 1.0), ("95%～99%", 0.95), ("90%～94%", 0.90), ("80%～89%", 0.80), ("60%～79%", 0.60), ("不到60%", 0.0),
)  # fmt: skip
"""Steps of completeness, each with the least share that falls into it."""


class FieldCount(Record, frozen=True):
    """One pilot field: how many were handed in, how many are picked, how many may be (``None`` for no field)."""

    name: str
    received: int
    picked: int
    most: int | None


class FrequentFinding(Record, frozen=True):
    """A finding that many have: its code, severity in words, an example of its sentence, in how many submissions it is."""

    code: str
    severity: str
    label: str
    sentence: str
    submissions: int


class Statistics(Record, frozen=True, kw_only=True):
    """The figures of a batch.

    Attributes:
        total: submissions counted; practice samples are not.
        fields: in the order of the round. regions: city and count, most first. conclusions: words and count.
        findings: the most frequent ones. completeness: step and count.
    """

    total: int
    fields: tuple[FieldCount, ...]
    regions: tuple[tuple[str, int], ...]
    conclusions: tuple[tuple[str, int], ...]
    findings: tuple[FrequentFinding, ...]
    completeness: tuple[tuple[str, int], ...]


def statistics_of(
    round_: Round,
    submissions: Iterable[Submission],
    conclusions: Mapping[str, str],
    picked: Iterable[str] = (),
    order: Sequence[str] = (),
) -> Statistics:
    """Count a batch.

    Args:
        round_: has the fields.
        submissions: all of them, each once.
        conclusions: key to the conclusion in words; a key that is missing counts as the first of ``order``.
        picked: keys that are recommended.
        order: all conclusions in the order in which they are shown; others follow.
    """
    counted = [one for one in submissions if not one.practice]
    chosen = frozenset(picked)
    unseen = order[0] if order else "未审"
    ends = Counter(conclusions.get(one.key, unseen) for one in counted)
    regions = Counter(city_of(one.facts.region) for one in counted)
    steps = Counter(_step(one) for one in counted)
    return Statistics(
        total=len(counted),
        fields=_fields(round_, counted, chosen),
        regions=tuple(sorted(regions.items(), key=lambda pair: (-pair[1], pair[0]))),
        conclusions=tuple(
            (words, ends[words]) for words in dict.fromkeys((*order, *sorted(ends))) if words in ends or order
        ),
        findings=_frequent(counted),
        completeness=tuple((name, steps[name]) for name, _ in STEPS),
    )


def city_of(region: str) -> str:
    """抚州市 of 江西省抚州市南汀县; the first division below the province, of 北京市海淀区 the whole city."""
    found = _CITY.match("".join(region.split()))
    return found["city"] if found else NO_REGION


def _fields(round_: Round, counted: Sequence[Submission], chosen: frozenset[str]) -> tuple[FieldCount, ...]:
    known = {field.code for field in round_.pilot_field}
    received = Counter(one.facts.field if one.facts.field in known else "" for one in counted)
    picked = Counter(one.facts.field for one in counted if one.key in chosen)
    lines = [
        FieldCount(line_name(field), received[field.code], picked[field.code], field.quota)
        for field in round_.pilot_field
    ]
    return (*lines, *([FieldCount(NO_FIELD, received[""], 0, None)] if received[""] else []))


def _frequent(counted: Sequence[Submission]) -> tuple[FrequentFinding, ...]:
    """Findings by code and place, each counted once for a submission; the graver first where as many have them."""
    found: dict[tuple[str, str], FrequentFinding] = {}
    times: Counter[tuple[str, str]] = Counter()
    rank: dict[tuple[str, str], int] = {}
    for one in counted:
        kinds: dict[tuple[str, str], Finding] = {}
        for finding in one.findings:
            if (
                finding.code not in ANSWERS
            ):  # what a unit says of an earlier slip is nothing that many do wrong
                kinds.setdefault((finding.code, finding.number or finding.label), finding)
        for kind, finding in kinds.items():
            times[kind] += 1
            rank[kind] = min(rank.get(kind, 9), finding.severity.rank)
            words = SEVERITY_WORDS[finding.severity]
            label = f"{finding.number} {_plain(finding.label)}".strip() or "材料形式"
            found.setdefault(kind, FrequentFinding(finding.code, words, label, finding.sentence, 0))
    most = sorted(times, key=lambda kind: (-times[kind], rank[kind], kind))[:MOST_FOUND]
    return tuple(
        FrequentFinding(one.code, one.severity, one.label, one.sentence, times[kind])
        for kind in most
        for one in (found[kind],)
    )


def _plain(label: str) -> str:
    """A label without its row."""
    return label.partition("，第 ")[0]


def _step(one: Submission) -> str:
    share = one.filled / one.asked if one.asked else 0.0
    return next(name for name, least in STEPS if share >= least)
