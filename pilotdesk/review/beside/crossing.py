"""What shows only when all submissions lie side by side, or beside the list of former pilots; never said to a unit by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.review.beside.elsewhere import CODE as ELSEWHERE
from pilotdesk.review.beside.elsewhere import could_stand_elsewhere
from pilotdesk.review.beside.former import FormerList, former_findings
from pilotdesk.review.beside.sameness import common_texts, sameness
from pilotdesk.review.beside.sameness_findings import sameness_findings
from pilotdesk.review.checking.clauses import clause_of
from pilotdesk.review.intake.packs import points_for, review_for
from pilotdesk.review.records import Finding
from pilotdesk.rules.issue import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.forms.model import FormPack
    from pilotdesk.review.beside.former import FormerPilot
    from pilotdesk.review.checking.points import Points
    from pilotdesk.review.records import Submission


def crossed_findings(
    submissions: Sequence[Submission], pack: FormPack, former: Sequence[FormerPilot] = ()
) -> dict[str, tuple[Finding, ...]]:
    """Findings by key: what two submissions share, who has had a pilot before, and what would fit another field.

    Args:
        submissions: all that are at the desk; those of other rounds, or for forms that the pack does not have, are left out.
        pack: of the round.
        former: the list of former pilots; empty without one.
    """
    known = [one for one in submissions if one.round == pack.round.name and one.form in pack.forms]
    points = {one.key: points_for(one.round, one.form, one.source) for one in known}
    shared = sameness(known, pack, common_texts(pack))
    listed = FormerList(former)
    found = {one.key: _of_one(one, points[one.key], pack, listed) for one in known}
    for key, more in sameness_findings(shared, {one.key: one.facts for one in known}, points, pack).items():
        found[key] = (*more, *found[key])
    return {key: some for key, some in found.items() if some}


def _of_one(
    submission: Submission, points: Points, pack: FormPack, former: FormerList
) -> tuple[Finding, ...]:
    said = next(iter(points.sheet.facts.pilot_before), "")
    before = former_findings(
        former.match(submission.facts), pack, path=said, point=points.number_of(said) if said else 0,
        number=_number(points, said),
    )  # fmt: skip
    return (*before, *_elsewhere(submission, points, pack))


def _elsewhere(submission: Submission, points: Points, pack: FormPack) -> tuple[Finding, ...]:
    """Without what it would do to the quota, which is another one with every pick."""
    path = next(iter(points.sheet.facts.field), "")
    return tuple(
        Finding(
            code=ELSEWHERE,
            severity=Severity.HINT,
            point=points.number_of(path) if path else 0,
            path=path,
            number=_number(points, path),
            sentence=other.sentence,
            clause=clause_of(other.source, pack),
        )
        for other in could_stand_elsewhere(submission.facts, review_for(submission.round), pack)
    )


def _number(points: Points, path: str) -> str:
    field = points.form.fields.get(path.partition("[")[0].partition(".")[0])
    return field.number if field else ""
