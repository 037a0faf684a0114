"""One submission as the reviewer looks at it: point by point, with what was found there and what was said of it."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pilotdesk.forms.lookup import number_and_label
from pilotdesk.record import Record
from pilotdesk.review.checking.carried_form import has_answer, is_printed
from pilotdesk.review.checking.points import MATERIAL
from pilotdesk.review.desk.file import POINT
from pilotdesk.review.desk.records import Verdict
from pilotdesk.review.records import Kind, SharedFinding
from pilotdesk.rules.issue import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pilotdesk.forms.model import Form
    from pilotdesk.forms.values import Value
    from pilotdesk.review.checking.points import Points
    from pilotdesk.review.desk.records import Dossier, Given, Opinion
    from pilotdesk.review.records import Finding

MATERIAL_LABEL: Final = "材料形式"
"""What is no point of the form: whether everything is there, in time and the same in all files."""
WHOLE: Final = ""
"""Place of an opinion on the whole."""
_DOUBTS: Final = (Severity.ERROR, Severity.WARNING)


class PointSight(Record, frozen=True, kw_only=True):
    """One point.

    Attributes:
        number: from 1; :data:`MATERIAL` for the form of the material. label, ask, clause: of the point.
        path: of the first answer that belongs to it; empty for none.
        unread: of a Word file of somebody else, answers that belong to it and were not read. blind: whether none was read.
        given: the verdict of this round; ``None`` for none. earlier: that of the round before.
        findings: gravest first, those beside other submissions last.
        opinions: of this round, on the point or answers of it; on the whole with the material. before: those of the round before.
    """

    number: int
    label: str
    ask: tuple[str, ...] = ()
    clause: str = ""
    path: str = ""
    unread: int = 0
    blind: bool = False
    given: Given | None = None
    earlier: Given | None = None
    findings: tuple[Finding, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    before: tuple[Opinion, ...] = ()

    @property
    def place(self) -> str:
        """Where an opinion on it stands; on the material it is one on the whole."""
        return f"{POINT}{self.number}" if self.number else WHOLE

    @property
    def gravest(self) -> Severity | None:
        """Of its findings; ``None`` without one."""
        return min((one.severity for one in self.findings), key=list(Severity).index, default=None)


class Sight(Record, frozen=True):
    """All points: those of the form in their order, then the form of the material."""

    points: tuple[PointSight, ...]

    def point(self, number: int) -> PointSight:
        """One point by its number.

        Raises:
            KeyError: there is none.
        """
        for point in self.points:
            if point.number == number:
                return point
        raise KeyError(number)

    def first_open(self) -> int:
        """The point to begin with: the first of which nothing was said yet, else the first."""
        return next((point.number for point in self.points if point.given is None), self.points[0].number)

    def after(self, number: int, step: int = 1) -> int:
        """The point ``step`` places on; at the ends the last and the first."""
        numbers = [point.number for point in self.points]
        at = numbers.index(number) + step
        return numbers[max(0, min(at, len(numbers) - 1))]

    def doubts(self) -> tuple[tuple[int, int], ...]:
        """Every finding that must be mended or confirmed: number of its point, and its place there."""
        return tuple(
            (point.number, at)
            for point in self.points
            for at, finding in enumerate(point.findings)
            if finding.severity in _DOUBTS
        )

    def others(self) -> frozenset[str]:
        """Keys of the submissions that its findings speak of."""
        found = (finding for point in self.points for finding in point.findings)
        return frozenset(key for one in found if isinstance(one, SharedFinding) for key in one.others)

    def keepable(self) -> tuple[int, ...]:
        """Points that were passed in the round before, and of which nothing was said in this one."""
        return tuple(
            point.number
            for point in self.points
            if point.given is None and point.earlier is not None and point.earlier.verdict is Verdict.PASSED
        )

    def opinion_at(self, place: str) -> Opinion | None:
        """What was said of a place in this round."""
        return next((one for point in self.points for one in point.opinions if one.place == place), None)


def sight_of(dossier: Dossier, points: Points) -> Sight:
    """What is known of a submission, by its points.

    Args:
        dossier: of the desk.
        points: of its form.
    """
    found = sorted(dossier.submission.findings, key=lambda one: list(Severity).index(one.severity))
    here, before = dossier.row.handed, dossier.row.handed - 1
    known = {point.number: point for point in points.shown}
    read, unread = _read_and_unread(dossier, points)
    shown = []
    for number in (*known, MATERIAL):
        said = [one for one in dossier.opinions if point_of(one.place, points, found) == number]
        one = known.get(number)
        shown.append(
            PointSight(
                number=number,
                label=one.label if one else MATERIAL_LABEL,
                ask=one.ask if one else (),
                clause=one.clause if one else "",
                path=first_paths(points).get(number, ""),
                unread=unread.get(number, 0),
                blind=bool(unread.get(number)) and not read.get(number),
                given=dossier.verdicts.get(number),
                earlier=dossier.earlier.get(number),
                findings=tuple(each for each in (*found, *dossier.crossed) if _home(each, known) == number),
                opinions=tuple(each for each in said if each.number == here),
                before=tuple(each for each in said if each.number == before),
            )
        )
    return Sight(tuple(shown))


def _read_and_unread(dossier: Dossier, points: Points) -> tuple[Mapping[int, int], Mapping[int, int]]:
    """Number of every point to how many answers that belong to it were read, and were not; only in somebody else's form."""
    counts: tuple[Counter[int], Counter[int]] = Counter(), Counter()
    if dossier.submission.source is Kind.PLAIN_WORD:
        for name, field in points.form.fields.items():
            if is_printed(field):
                counts[not has_answer(field, dossier.submission.values)][points.number_of(name)] += 1
    return counts


@lru_cache(maxsize=32)
def first_paths(points: Points) -> Mapping[int, str]:
    """Number of every point to the first field of the form that belongs to it."""
    found: dict[int, str] = {}
    for name in points.form.fields:
        found.setdefault(points.number_of(name), name)
    return found


def _home(finding: Finding, known: Mapping[int, object]) -> int:
    """The point of a finding; one of a form that had more points is shown with the material."""
    return finding.point if finding.point in known else MATERIAL


def point_of(place: str, points: Points, findings: Sequence[Finding] = ()) -> int:
    """The review point that an opinion belongs to; the whole belongs to the form of the material.

    Args:
        place: as the desk keeps it: path of an answer, ``point:5``, or empty.
        points: of the form.
        findings: of the submission: what is said of an answer belongs to the point that something was found for there.
    """
    found = next((one.point for one in findings if place and one.path == place), MATERIAL)
    if found:
        return found
    if place.startswith(POINT):
        number = int(place.removeprefix(POINT) or 0)
        return number if number <= len(points.shown) else MATERIAL
    return points.number_of(place) if place else MATERIAL


def place_words(place: str, sight: Sight, form: Form, values: Mapping[str, Value]) -> str:
    """Of what an opinion speaks: ``5 试点任务``, ``10.1 试点任务和进度安排表，第 3 行，责任人``, ``整份材料``."""
    if place == WHOLE:
        return "整份材料"
    if place.startswith(POINT):
        number = int(place.removeprefix(POINT))
        labels = {point.number: point.label for point in sight.points}
        return f"{number} {labels.get(number, '')}".strip()
    try:
        return number_and_label(form, place, values)
    except KeyError:
        return place
