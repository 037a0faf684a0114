"""The quota of a province: which of its picks fit, by the ranking, and which rule the others break.

A set of picks is admissible when no field has more than it may, and the fields that share the total have no more than
that together. Such sets nest inside one another (a laminar matroid), so going down the ranking and taking what still fits
gives a greatest admissible set, and of all of those the one that stands highest in the ranking.

Source: the notice, second article: at most 8 in all, 2 in one field; the special tracks 2 each besides.
"""

from __future__ import annotations

from collections import Counter
from enum import Enum
from typing import TYPE_CHECKING, Final

from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.forms.round import PilotField, Round

FIGURES: Final = "零一二三四五六七八九十"


class Use(Enum):
    """How far a line is used up."""

    FREE = "free"
    FULL = "full"
    OVER = "over"


class Rule(Enum):
    """What a pick breaks: the limit of its field, that of its special track, the total; or it names no field."""

    FIELD = "field"
    SPECIAL = "special"
    TOTAL = "total"
    NO_FIELD = "no_field"


class QuotaLine(Record, frozen=True, kw_only=True):
    """One line of the quota table.

    Attributes:
        field: code of the field, F1 to Z2; empty for the sum of those that share the total.
        name: 六领域合计, 农业农村领域, 民政专项. short: 农业农村, 民政, as tiles and sentences call it.
        special: whether the line is of a special track.
        taken, most: picks in it, and how many there may be.
    """

    field: str
    name: str
    short: str
    special: bool
    taken: int
    most: int

    @property
    def state(self) -> Use:
        """Whether there is room left."""
        return Use.OVER if self.taken > self.most else Use.FULL if self.taken == self.most else Use.FREE

    @property
    def excess(self) -> int:
        """By how many there are too many; 0 for none."""
        return max(0, self.taken - self.most)


class Excess(Record, frozen=True, kw_only=True):
    """A pick that does not fit.

    Attributes:
        key, field: of the pick.
        rule: what it breaks; where it breaks two, that of its field.
        line: name of the line that is full without it; empty when it has no field.
        sentence: why, for this one.
    """

    key: str
    field: str
    rule: Rule
    line: str
    sentence: str


class Quota(Record, frozen=True, kw_only=True):
    """How the picks stand against the limits.

    Attributes:
        lines: the total first, then every field in the order of the round.
        fitting: keys of the picks that fit. over: those that do not. Both in ranking order.
        sentence: how it stands and what to do.
    """

    lines: tuple[QuotaLine, ...]
    fitting: tuple[str, ...]
    over: tuple[Excess, ...]
    sentence: str

    @property
    def fits(self) -> bool:
        """Whether all picks may be recommended."""
        return not self.over


def quota_of(round_: Round, picks: Sequence[tuple[str, str]]) -> Quota:
    """How picks stand against the limits of a round.

    Args:
        round_: has the fields and the limits.
        picks: key and code of the field of each, highest in the ranking first; keys are all different. A code that is empty
            or not of the round counts nowhere, and the pick does not fit.
    """
    fields = {one.code: one for one in round_.pilot_field}
    fitting: list[str] = []
    over: list[Excess] = []
    taken: Counter[str] = Counter()
    shared = 0
    for key, code in picks:
        field = fields.get(code)
        rule = _broken(field, taken, shared, round_)
        if field is None or rule is not None:
            over.append(_excess(key, code, rule or Rule.NO_FIELD, field, round_))
            continue
        fitting.append(key)
        taken[code] += 1
        shared += not field.special
    return Quota(
        lines=(lines := _lines(round_, Counter(code for _, code in picks))),
        fitting=tuple(fitting),
        over=tuple(over),
        sentence=_over_sentence(lines, over) if over else _fitting_sentence(lines),
    )


def effect_of_moving(round_: Round, picks: Sequence[tuple[str, str]], key: str, field: str) -> str:
    """What becomes of the quota when a pick goes to another field, in a sentence.

    Args:
        round_: of the picks.
        picks: as for :func:`quota_of`. A submission that is not picked is counted as if it were the last one.
        key: of the submission.
        field: code of the field that it would go to.
    """
    counted = picks if any(key == one for one, _ in picks) else (*picks, (key, ""))
    moved = [(one, field if one == key else code) for one, code in counted]
    after = quota_of(round_, moved)
    changed = [
        f"{now.short} {was.taken}→{now.taken} 项"
        for was, now in zip(quota_of(round_, picks).lines, after.lines, strict=True)
        if was.taken != now.taken
    ]
    verdict = "符合限额" if after.fits else "；".join(_too_many(after.lines, after.over))
    name = next((line_name(one) for one in round_.pilot_field if one.code == field), field)
    return f"改报{name}后，{'，'.join([*changed, verdict])}。"


def line_name(field: PilotField) -> str:
    """How a field is called in the quota: 农业农村领域, 民政专项."""
    return field.label.replace("领域", "") if field.special else field.label


def short_name(field: PilotField) -> str:
    """How a field is called where there is little room: 农业农村, 社会管理, 民政."""
    return field.label.replace("领域", "").replace("专项", "").partition("与")[0]


def total_name(round_: Round) -> str:
    """六领域合计."""
    return f"{in_words(sum(not one.special for one in round_.pilot_field))}领域合计"


def in_words(count: int) -> str:
    """A count before a measure word: 一, 两, 三; figures beyond ten."""
    return "两" if count == 2 else FIGURES[count] if 0 <= count < len(FIGURES) else str(count)


def _broken(field: PilotField | None, taken: Counter[str], shared: int, round_: Round) -> Rule | None:
    """The rule that one more pick of a field would break."""
    if field is None:
        return Rule.NO_FIELD
    if taken[field.code] >= field.quota:
        return Rule.SPECIAL if field.special else Rule.FIELD
    return Rule.TOTAL if not field.special and shared >= round_.quota_total else None


def _excess(key: str, code: str, rule: Rule, field: PilotField | None, round_: Round) -> Excess:
    if field is None:
        sentence = "没有填领域，或填的不是征集的领域，计不进限额。请先核实领域。"
        return Excess(key=key, field=code, rule=rule, line="", sentence=sentence)
    line, most = short_name(field), field.quota
    said = f"{line}不超 {most} 项，排在前面的已经够了。"
    if rule is Rule.TOTAL:
        line, most = total_name(round_), round_.quota_total
        said = f"{line.removesuffix('合计')}总数不超 {most} 项，排在前面的已经够了。"
    return Excess(key=key, field=code, rule=rule, line=line, sentence=f"{said}请取消，或把别的换下来。")


def _lines(round_: Round, taken: Counter[str]) -> tuple[QuotaLine, ...]:
    shared = sum(taken[one.code] for one in round_.pilot_field if not one.special)
    name = total_name(round_)
    total = QuotaLine(field="", name=name, short=name, special=False, taken=shared, most=round_.quota_total)
    return (
        total,
        *(
            QuotaLine(
                field=one.code,
                name=line_name(one),
                short=short_name(one),
                special=one.special,
                taken=taken[one.code],
                most=one.quota,
            )
            for one in round_.pilot_field
        ),
    )


def _too_many(lines: Sequence[QuotaLine], over: Sequence[Excess]) -> list[str]:
    """民政超 1 项: the figures of the tiles, one piece for each line; then the picks that name no field."""
    said = [f"{line.short}超 {line.excess} 项" for line in lines if line.excess]
    astray = sum(one.rule is Rule.NO_FIELD for one in over)
    return [*said, *([f"有 {astray} 项没有领域"] if astray else [])]


def _over_sentence(lines: Sequence[QuotaLine], over: Sequence[Excess]) -> str:
    beyond = sum(one.rule is not Rule.NO_FIELD for one in over)
    begin = "一共要取消" if sum(line.excess > 0 for line in lines) > 1 else "请取消"
    cures = [f"{begin}{in_words(beyond)}项"] if beyond else []
    if beyond < len(over):
        cures.append("请核实领域")
    return f"{'，'.join((*_too_many(lines, over), *cures))}。"


def _fitting_sentence(lines: Sequence[QuotaLine]) -> str:
    said = [f"{line.short} {line.taken} 项" for line in lines if line.special or not line.field]
    return f"{'，'.join(said)}，符合限额。"
