"""Compares what a desk says of a made province with the truth: what was missed, what was invented, what is told wrongly."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pilotdesk.record import Record
from pilotdesk.rules.issue import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pilotdesk.review.records import Submission
    from tests.province.truth import Truth, UnitTruth

AMONG_UNITS = frozenset(
    {
        "desk_same_uscc",
        "desk_same_representative",
        "desk_same_phone",
        "desk_copied",
        "desk_former",
        "desk_could_move",
    }
)
"""Codes of what only shows when all submissions lie side by side."""


class Codes(NamedTuple):
    """Codes found among the units for one of them, and those that were looked for."""

    found: set[str]
    examined: frozenset[str]


class Marks(Record, frozen=True, kw_only=True):
    """Each mark is the number of a unit, its name, and what is wrong.

    Attributes:
        absent: units without a submission, or with several. missed: defects not found.
        invented: findings 必须改 or 请核实 that nobody put in. untrue: facts that are not those of the unit.
        found: how many seeded defects were found.
    """

    absent: tuple[str, ...]
    missed: tuple[str, ...]
    invented: tuple[str, ...]
    untrue: tuple[str, ...]
    found: int

    @property
    def is_perfect(self) -> bool:
        """Whether there is nothing to blame."""
        return not (self.absent or self.missed or self.invented or self.untrue)


def mark(
    truth: Truth,
    submissions: Iterable[Submission],
    among: Mapping[str, Iterable[str]] | None = None,
    examined: frozenset[str] = AMONG_UNITS,
) -> Marks:
    """Marks of a desk.

    Args:
        truth: of the province. submissions: all that there are at the end.
        among: key of a submission to the codes that comparing it with others and with the former pilots gave;
            ``None`` where that was not done. examined: of those codes, the ones that were looked for.
    """
    by_place: dict[str, list[Submission]] = {}
    for submission in submissions:
        for place in {file.place for file in submission.files}:
            by_place.setdefault(place, []).append(submission)
    absent: list[str] = []
    lists: tuple[list[str], list[str], list[str]] = ([], [], [])
    found = 0
    for unit in truth.units:
        own = {one.key: one for place in unit.files for one in by_place.get(place, ())}
        if len(own) != 1:
            absent.append(f"{_named(unit)}: {len(own)} submissions of {len(unit.files)} files")
            continue
        submission = next(iter(own.values()))
        codes = None if among is None else Codes(set(among.get(submission.key, ())), examined)
        for marks, more in zip(lists, _marks(unit, submission, codes), strict=True):
            marks += more
        found += sum(not list(_missed(unit, submission, codes, seeded.name)) for seeded in unit.seeded)
    missed, invented, untrue = map(tuple, lists)
    return Marks(absent=tuple(absent), missed=missed, invented=invented, untrue=untrue, found=found)


def _named(unit: UnitTruth) -> str:
    return f"{unit.number} {unit.facts.unit} {'+'.join(unit.carriers)} [{'、'.join(one.name for one in unit.seeded)}]"


def _marks(
    unit: UnitTruth, submission: Submission, among: Codes | None
) -> tuple[list[str], list[str], list[str]]:
    missed = [
        f"{_named(unit)}: {text}"
        for seeded in unit.seeded
        for text in _missed(unit, submission, among, seeded.name)
    ]
    grave = [one for one in submission.findings if one.severity is not Severity.HINT]
    invented = [
        f"{_named(unit)}: {one.code}@{one.path} {one.sentence}"
        for one in grave
        if one.code not in unit.allowed
    ]
    if among is not None:
        invented += [f"{_named(unit)}: {code}" for code in sorted(among.found - unit.allowed)]
    return missed, invented, [f"{_named(unit)}: {text}" for text in _untrue(unit, submission)]


def _missed(unit: UnitTruth, submission: Submission, among: Codes | None, name: str) -> Iterator[str]:
    """What was not found of one seeded defect; a foreign form cannot show one at an answer that had no place in it."""
    found = {(one.code, one.path): one for one in submission.findings}
    for one in (one for seeded in unit.seeded if seeded.name == name for one in seeded.expected):
        if one.path and "word" in unit.carriers and one.path not in unit.placed:
            continue
        if one.code in AMONG_UNITS:
            if among is not None and one.code in among.examined - among.found:
                yield one.code
            continue
        hit = found.get((one.code, one.path)) or (not one.path and _of_code(submission, one.code)) or None
        if hit is None:
            yield f"{one.code}@{one.path}"
        elif one.severity and hit.severity.value != one.severity:
            yield f"{one.code}@{one.path} is {hit.severity.value}"
        elif one.point >= 0 and hit.point != one.point:
            yield f"{one.code}@{one.path} belongs to {hit.point}"


def _of_code(submission: Submission, code: str):
    return next((one for one in submission.findings if one.code == code), None)


def _untrue(unit: UnitTruth, submission: Submission) -> Iterator[str]:
    """Facts that differ; of a foreign form only those that had a place in it, and some of these may remain unread."""
    told = submission.facts
    names = (
        "title",
        "unit",
        "uscc",
        "unit_kind",
        "region",
        "field",
        "legal_representative",
        "participants",
        "credit_on",
    )
    if "word" in unit.carriers:
        known = {"unit_name": "unit", "project_name": "title", "uscc": "uscc", "pilot_field": "field"}
        names = tuple(name for path, name in known.items() if path in unit.placed)
    for name in names:
        unread = "word" in unit.carriers and name not in {"unit", "title"} and not getattr(told, name)
        if getattr(told, name) != getattr(unit.facts, name) and not unread:
            yield f"{name} {getattr(told, name)!r} is {getattr(unit.facts, name)!r}"
    if (
        "pilot" in unit.carriers
        and submission.source.value == "pilot"
        and submission.attachments != unit.attachments
    ):
        yield f"{submission.attachments} attachments are {unit.attachments}"
