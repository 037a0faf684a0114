"""What a return slip may ask for: all that was found, and what the reviewer says, each under its point and at its field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.record import Record
from pilotdesk.review.checking.findings import in_order
from pilotdesk.review.checking.said import SAID, said_of
from pilotdesk.review.desk.records import Conclusion, Verdict
from pilotdesk.review.slips.return_slip import ASKED
from pilotdesk.rules.issue import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pilotdesk.forms.model import Form
    from pilotdesk.review.checking.points import Points
    from pilotdesk.review.desk.records import DeskRow, Dossier
    from pilotdesk.review.records import Finding


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


def returned_already(rows: Iterable[DeskRow]) -> tuple[DeskRow, ...]:
    """What a slip went out for in the latest round of handing in, in the order of the rows."""
    return tuple(row for row in rows if row.returned)


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
