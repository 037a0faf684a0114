"""What a reviewer says, put where it belongs: an opinion as a finding with its review point, its field and its clause."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.forms.lookup import number_and_label
from pilotdesk.forms.values import field_name
from pilotdesk.review.desk.file import POINT
from pilotdesk.review.desk.records import Verdict
from pilotdesk.review.desk.sight import point_of
from pilotdesk.review.records import Finding
from pilotdesk.rules.issue import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pilotdesk.forms.model import Form
    from pilotdesk.forms.values import Value
    from pilotdesk.review.checking.points import Points
    from pilotdesk.review.desk.records import Dossier, Opinion

SAID: Final = "desk_said"
"""Code of a finding that a person made."""


def said_of(dossier: Dossier, points: Points, form: Form) -> tuple[Finding, ...]:
    """The opinions on the latest round as findings, in the order in which they are kept.

    What is said of an answer that something was found in is as grave as that and rests on the same clause. Else it is 请核实,
    必须改 where its point was not passed, and rests on what the point rests on. One of signs only is none.

    Args:
        dossier: of the submission.
        points: of its form, as a package brings it.
        form: of the pack, whole.
    """
    latest = [
        one for one in dossier.opinions if one.number == dossier.row.handed and says_something(one.text)
    ]
    return tuple(_said(one, dossier, points, form) for one in latest)


def says_something(text: str) -> bool:
    """Whether there is a letter, a character or a figure in it; a ``/`` alone was a slip of the hand."""
    return any(sign.isalnum() for sign in text)


def place_of(place: str, points: Points, form: Form, values: Mapping[str, Value]) -> tuple[str, str]:
    """Number and label of the answer that an opinion is said of, with its row; of a point its name; both empty for the whole."""
    if place.startswith(POINT):
        number = place.removeprefix(POINT)
        known = {str(point.number): point.label for point in points.shown}
        return "", f"要点 {number} {known[number]}" if number in known else ""
    try:
        words = number_and_label(form, place, values)
    except KeyError:  # the whole, or an answer that this version of the form does not have
        return "", ""
    number = form.fields[field_name(place)].number
    return number, words.removeprefix(number).strip()


def _said(opinion: Opinion, dossier: Dossier, points: Points, form: Form) -> Finding:
    place, submission = opinion.place, dossier.submission
    here = [one for one in submission.findings if place and one.path == place]
    point = point_of(place, points, submission.findings)
    number, label = place_of(place, points, form, submission.values)
    shown = points.shown[point - 1] if 0 < point <= len(points.shown) else None
    gravest = min(here, key=lambda one: one.severity.rank, default=None)
    given = dossier.verdicts.get(point)
    own = Severity.ERROR if given is not None and given.verdict is Verdict.REFUSED else Severity.WARNING
    severity = own if gravest is None or gravest.severity is Severity.HINT else gravest.severity
    return Finding(
        code=SAID,
        severity=severity,
        point=point,
        sentence=opinion.text,
        clause=(gravest.clause if gravest else "") or (shown.clause if shown else ""),
        path="" if place.startswith(POINT) else place,
        number=number,
        label=label,
    )
