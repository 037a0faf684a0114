"""Projects that fit two pilot fields, such as care of the elderly, and what the other one would do to the quota."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.record import Record
from pilotdesk.review.checking.clauses import clause_of
from pilotdesk.review.quota import effect_of_moving, line_name
from pilotdesk.review.records import Finding
from pilotdesk.rules.issue import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pilotdesk.forms.model import FormPack
    from pilotdesk.forms.review_sheet import Elsewhere, ReviewFile
    from pilotdesk.review.records import Facts

CODE: Final = "desk_could_move"


class OtherField(Record, frozen=True, kw_only=True):
    """A field where a project could stand as well.

    Attributes:
        field: its code. name: as the quota calls it.
        sentence: how the two fields touch.
        source: keys of the pack's sources behind it.
    """

    field: str
    name: str
    sentence: str
    source: tuple[str, ...]


def could_stand_elsewhere(
    facts: Facts, review: ReviewFile | None, pack: FormPack, texts: Iterable[str] = ()
) -> tuple[OtherField, ...]:
    """The other fields where a project could stand, in the order of the review file; each once.

    Args:
        facts: of the submission: its field, its directions by their labels, title and unit.
        review: says where fields touch; ``None`` for a pack that does not.
        pack: of the round.
        texts: more texts that may have one of the words, such as the summary.
    """
    labels = {one.name: one.label for field in pack.round.pilot_field for one in field.direction}
    names = {field.code: line_name(field) for field in pack.round.pilot_field}
    looked_at = "\n".join((facts.title, facts.unit, *texts))
    found = {
        pair.other: OtherField(
            field=pair.other, name=names[pair.other], sentence=pair.say, source=pair.source
        )
        for pair in reversed(review.elsewhere if review else ())
        if pair.other in names and _fits(pair, facts, labels, looked_at)
    }
    return tuple(reversed(found.values()))


def _fits(pair: Elsewhere, facts: Facts, labels: dict[str, str], text: str) -> bool:
    if facts.field not in pair.fields:
        return False
    wanted = {labels.get(name, name) for name in pair.directions}
    if (
        wanted and not facts.directions
    ):  # a Word file of somebody else may not have asked for them: the words decide
        return any(word in text for word in pair.words)
    if wanted and wanted.isdisjoint(facts.directions):
        return False
    return not pair.words or any(word in text for word in pair.words)


def elsewhere_findings(
    others: Sequence[OtherField],
    pack: FormPack,
    key: str,
    picks: Sequence[tuple[str, str]],
    *,
    point: int = 0,
    path: str = "",
) -> tuple[Finding, ...]:
    """A 建议 for each other field, with what moving there would do to the quota.

    Args:
        others: of :func:`could_stand_elsewhere`.
        pack: of the round.
        key: of the submission.
        picks: as they are now, see :func:`pilotdesk.review.quota.quota_of`.
        point: review point to which the pilot field belongs.
        path: of the pilot field.
    """
    return tuple(
        Finding(
            code=CODE,
            severity=Severity.HINT,
            point=point,
            path=path,
            sentence=f"{other.sentence}{effect_of_moving(pack.round, picks, key, other.field)}",
            clause=clause_of(other.source, pack),
        )
        for other in others
    )
