"""What two submissions share, said as findings of each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec.structs import asdict, replace

from pilotdesk.review.beside.sameness import Same, SameKind
from pilotdesk.review.checking.clauses import clause_of
from pilotdesk.review.records import Finding, SharedFinding
from pilotdesk.rules.issue import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pilotdesk.forms.model import FormPack
    from pilotdesk.review.checking.points import Points
    from pilotdesk.review.records import Facts

_SAID: Final[dict[SameKind, str]] = {
    SameKind.USCC: "统一社会信用代码 {words} 和“{other}”报的一样。请核实是不是同一个单位报了两项，或填错了。",
    SameKind.UNIT: "“{words}”另外还报了“{title}”。请核实以哪一项为准。",
    SameKind.REPRESENTATIVE: "法定代表人 {words} 和“{other}”报的一样。请核实是不是同一个人。",
    SameKind.PHONE: "电话 {words} 和“{other}”报的一样。请核实是不是由同一个人代写、代报。",
    SameKind.TITLE: "项目名称和“{other}”报的一样。请核实是不是同一个项目报了两次。",
    SameKind.TWO_ROLES: "“{words}”承担一个项目，又在另一个项目里是参加单位：“{other}”报的“{title}”。请核实力量够不够。",
    SameKind.COPIED: "有 {characters} 个字和“{other}”报的一样，如“{words}……”。请核实是不是照抄的。",
    SameKind.LEFT_OVER: "正文里写到了“{words}”，那是“{other}”的。请核实是不是从别人的材料里留下来的。",
}
_HINTS: Final = frozenset({SameKind.TWO_ROLES, SameKind.LEFT_OVER})
"""What has good reasons as well."""


def sameness_findings(
    shared: Iterable[Same], facts: Mapping[str, Facts], points: Mapping[str, Points], pack: FormPack
) -> dict[str, tuple[SharedFinding, ...]]:
    """Findings by the key of their submission; what two share is said to both, with the other's name.

    What would be said in the same words of several others is said once, with the keys of all of them.

    Args:
        shared: of :func:`pilotdesk.review.beside.sameness.sameness`.
        facts: of every submission, by key.
        points: of every submission, by key, to say which review point an answer belongs to.
        pack: of the round.
    """
    found: dict[str, dict[Finding, SharedFinding]] = {}
    for same in shared:
        for at in (0, 1) if same.kind is not SameKind.LEFT_OVER else (0,):
            key, other = same.keys[at], facts[same.keys[1 - at]]
            finding, some = _finding(same, at, other, points[key], pack), found.setdefault(key, {})
            known = some.get(finding) or SharedFinding(**asdict(finding), others=())
            others = dict.fromkeys((*known.others, same.keys[1 - at]))
            some[finding] = replace(known, others=tuple(others))
    return {key: tuple(some.values()) for key, some in found.items()}


def _finding(same: Same, at: int, other: Facts, points: Points, pack: FormPack) -> Finding:
    path = next(iter(same.paths[at]), "") or _fact_path(same.kind, points)
    field = points.form.fields.get(path.partition("[")[0].partition(".")[0])
    return Finding(
        code=same.kind.value,
        severity=Severity.HINT if same.kind in _HINTS else Severity.WARNING,
        point=points.number_of(path) if path else 0,
        path=path,
        number=field.number if field else "",
        label=field.label if field else "",
        sentence=_SAID[same.kind].format(
            words=same.words,
            other=other.unit or other.title or "另一份材料",
            title=other.title,
            characters=same.characters,
        ),
        clause=clause_of(("inferred",), pack),
    )


def _fact_path(kind: SameKind, points: Points) -> str:
    """Where the fact stands that is the same; empty where it stands in no single place."""
    places = points.sheet.facts
    paths = {
        SameKind.USCC: places.uscc,
        SameKind.UNIT: places.unit,
        SameKind.REPRESENTATIVE: places.legal_representative,
        SameKind.PHONE: places.phone,
        SameKind.TITLE: places.title,
    }
    return next(iter(paths.get(kind, ())), "")
