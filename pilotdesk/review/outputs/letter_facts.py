"""What the desk knows for the letter: how much came in, and what was found of those that are recommended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.review.desk.records import Conclusion, Verdict
from pilotdesk.review.outputs.letter import Process

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from pilotdesk.forms.round import Round
    from pilotdesk.review.desk.reading import DeskReading
    from pilotdesk.review.desk.records import DeskRow

_DONE: Final = frozenset({Conclusion.PASSED, Conclusion.RETURNED, Conclusion.REFUSED})
_FORM: Final = "application"


def process_of(desk: DeskReading, round_: Round, publicity: str | None = None) -> Process:
    """How the picks came about, as far as the desk knows.

    A statement on all units stands only where a reviewer passed the point it belongs to for every pick; otherwise it is left
    to the clerk. Practice samples are not counted.

    Args:
        desk: the open desk.
        round_: of the pack.
        publicity: see :class:`Process`; the desk does not know of a 公示.
    """
    rows = [row for row in desk.rows() if row.form == _FORM and not row.practice]
    chosen = [row for row in rows if row.picked]
    former = {pilot.uscc or pilot.unit for pilot in desk.former_pilots()}
    returned = {row.key for row in rows if desk.returned_slips(row.key)}
    return Process(
        received=len(rows),
        checked=sum(row.conclusion in _DONE or row.key in returned for row in rows),
        returned=len(returned),
        publicity=publicity,
        legal_persons=_passed(chosen, round_, "eligibility"),
        clean_credit=_passed(chosen, round_, "credit"),
        former=_former(chosen, former, first_time=_passed(chosen, round_, "eligibility")),
    )


def chosen_of(desk: DeskReading) -> tuple[tuple[str, str], ...]:
    """Title and field of every pick, in the order of recommendation."""
    picked = sorted((row for row in desk.rows() if row.picked), key=lambda row: row.rank)
    return tuple((row.facts.title, row.facts.field) for row in picked)


def _passed(chosen: Sequence[DeskRow], round_: Round, point: str) -> bool | None:
    """``True`` when a reviewer passed this point of every pick; ``None`` when nobody can say."""
    numbers = [at for at, one in enumerate(round_.review_point, 1) if one.name == point]
    passed = numbers and all(row.verdicts.get(numbers[0]) is Verdict.PASSED for row in chosen)
    return True if chosen and passed else None


def _former(
    chosen: Iterable[DeskRow], listed: Collection[str], *, first_time: bool | None
) -> tuple[str, ...] | None:
    """Units that say so, or stand in the bureau's list; ``None`` when there is none and nobody checked."""
    named = tuple(
        row.facts.unit
        for row in chosen
        if row.facts.pilot_before == "是" or row.facts.uscc in listed or row.facts.unit in listed
    )
    return named if named or first_time else None
