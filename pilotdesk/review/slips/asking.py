"""What a return slip may ask for: all that was found, and what the reviewer says, each under its point and at its field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.record import Record
from pilotdesk.review.checking.findings import in_order
from pilotdesk.review.desk.records import Conclusion, Verdict
from pilotdesk.review.desk.said import SAID, said_of
from pilotdesk.review.intake.packs import form_for, points_for
from pilotdesk.review.records import Finding, Kind
from pilotdesk.review.slips.return_slip import ASKED
from pilotdesk.review.slips.slip_papers import GROUPS, WHOLE
from pilotdesk.rules.issue import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pilotdesk.drafts.returned import ReturnSlip
    from pilotdesk.forms.model import Form
    from pilotdesk.review.checking.points import Points
    from pilotdesk.review.desk.reading import DeskReading
    from pilotdesk.review.desk.records import DeskRow, Dossier, Returned


class Ask(Record, frozen=True, kw_only=True):
    """One thing that can be asked for.

    Attributes:
        finding: what it is. said: whether the reviewer wrote it.
        chosen: whether it is asked for, unless somebody ticks otherwise.
    """

    finding: Finding
    said: bool
    chosen: bool


def to_return(rows: Iterable[DeskRow]) -> tuple[DeskRow, ...]:
    """What is to be sent back and was not yet, in the order of the rows."""
    return tuple(row for row in rows if row.conclusion is Conclusion.RETURNED and not row.returned)


class Sent(Record, frozen=True):
    """A slip that went out, with the line of its submission."""

    line: DeskRow
    slip: Returned

    @property
    def is_latest(self) -> bool:
        """Whether it speaks of what lies here now; otherwise the unit has handed in again since."""
        return self.slip.number == self.line.handed


def sent_already(desk: DeskReading, rows: Iterable[DeskRow]) -> tuple[Sent, ...]:
    """All slips that went out, of every round of handing in: in the order of the rows, for each the last one first.

    Raises:
        DeskError: ``desk_damaged``, ``desk_busy``.
    """
    return tuple(
        Sent(row, slip)
        for row in rows
        if row.returned or row.handed > 1
        for slip in reversed(desk.returned_slips(row.key))
    )


def asks_of(dossier: Dossier, points: Points, form: Form) -> tuple[Ask, ...]:
    """Everything that the slip of a submission may ask for, gravest first, then by point and place in the form.

    建议 are left out, and so is what only shows beside other submissions: that concerns nobody else. A 请核实 at a point that
    was passed is there without its tick: somebody has looked at it.

    Args:
        dossier: of the submission.
        points: of its form, as a package brings it.
        form: of the pack, whole.
    """
    said = said_of(dossier, points, form)
    found = [one for one in dossier.submission.findings if one.severity in ASKED]
    passed = {number for number, given in dossier.verdicts.items() if given.verdict is Verdict.PASSED}
    return tuple(
        Ask(
            finding=one,
            said=one.code == SAID,
            chosen=one.code == SAID or one.severity is Severity.ERROR or one.point not in passed,
        )
        for one in in_order([*found, *said], form)
    )


def asks_at(desk: DeskReading, key: str) -> tuple[Ask, ...]:
    """:func:`asks_of` a submission of a desk, by the newest pack of its round.

    Raises:
        DeskError: ``desk_gone``, ``desk_damaged``.
        PackError: ``pack_unknown``, ``form_unknown``.
    """
    dossier = desk.one(key)
    submission = dossier.submission
    _, form = form_for(submission.round, submission.form)
    return asks_of(dossier, points_for(submission.round, submission.form, Kind.PILOT), form)


def open_points(line: DeskRow, round_name: str) -> dict[int, str]:
    """The points of a submission that were not passed: number to words, ``1 信用情况``.

    Raises:
        PackError: ``pack_unknown``, ``form_unknown``.
    """
    return {
        point.number: f"{point.number} {point.label}"
        for point in points_for(round_name, line.form, Kind.PILOT).shown
        if line.verdicts.get(point.number, Verdict.PASSED) is not Verdict.PASSED
    }


def asks_in(slip: ReturnSlip) -> tuple[Ask, ...]:
    """What a slip that went out asked for, in its order."""
    return tuple(
        Ask(
            finding=Finding(
                code=line.check or SAID,
                severity=line.severity,
                point=line.point,
                sentence=line.sentence,
                clause=line.clause,
                path=line.path,
                number=line.number,
                label=line.label,
            ),
            said=False,
            chosen=True,
        )
        for line in slip.lines
    )


def place_words(finding: Finding) -> str:
    """Where it is: ``9.2 量化指标表，第 3 行``; ``整份材料`` for the whole."""
    return f"{finding.number} {finding.label}".strip() or WHOLE


def count_words(asks: Iterable[Ask]) -> str:
    """How much is asked for: ``必须改 3 处，请核实 2 处``; empty for nothing."""
    chosen = [one.finding.severity for one in asks if one.chosen]
    counts = [(word, chosen.count(severity)) for severity, word in GROUPS]
    return "，".join(f"{word} {count} 处" for word, count in counts if count)
