"""A province's submissions, made anew: units that differ, carriers mixed, defects that are known."""

from __future__ import annotations

import copy
from random import Random
from typing import TYPE_CHECKING

from pilotdesk.projects import sample_package
from tests.province import defects_desk, defects_pack
from tests.province.answers import make_answers
from tests.province.case import CARRIERS, PLACINGS, Case
from tests.province.files import attach
from tests.province.people import People
from tests.province.placing import place
from tests.province.profile import make_profile
from tests.province.spinning import Clauses
from tests.province.truth import Former, Truth, UnitTruth
from tests.province.writing import (
    Draft,
    facts_of,
    foreign_form,
    package_bytes,
    package_of,
    papers_of,
    values_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from tests.province.case import Staged
    from tests.province.writing import Papers

HUNAN = "430000"
MIX = {"full": 30, "pilot": 30, "papers": 14, "docx": 5, "pdf": 5, "foreign": 16}
MOST_PAPERS = 64
"""Units that hand in Word or PDF at most, unless asked otherwise: an export takes a second."""
KINDS = (*(one.__name__ for one in (*defects_pack.DEFECTS, *defects_desk.DEFECTS)), "elderly_care_as_service")
"""Names of all defects."""
HINTS = {
    "pilot": ("desk_only_package",), "docx": ("desk_only_word",), "pdf": ("desk_only_pdf",),
    "foreign": ("desk_plain_word", "desk_attachment_unseen", "desk_only_word"),
}  # fmt: skip
"""What the desk rightly says of carriers alone."""
ONCE = frozenset({"practice_sample"})
"""Two samples would be one submission."""
BETWEEN = ("desk_two_roles", "desk_left_over", "desk_could_move")
"""Hints that bureaus give by chance: one that undertakes a project takes part in that of a neighbour, or is named in it;
and what the pack knows of fields that touch."""


def make_province(
    folder: Path,
    count: int = 200,
    *,
    seed: int = 2026,
    carriers: Mapping[str, float] | None = None,
    attachments: int = 10,
    defects: bool | Sequence[str] = True,
    small: bool = True,
    cache: Path | None = None,
) -> Truth:
    """Fill a folder.

    Args:
        folder: empty or missing.
        count: of units; from 130 on every kind of defect is there and a third of the units is clean.
        seed: the same seed gives the same answers, files and defects; only packages with a password differ in their bytes.
        carriers: share of each kind of submission (see ``CARRIERS``); ``None`` for the mixture of a real province.
        attachments: files in a package.
        defects: whether some units have one; or the names of those that are wanted.
        small: texts and lists as short as the form allows.
        cache: a folder that keeps exported documents from one call to the next.
    """
    clauses = Clauses()
    cases = make_cases(
        count, seed=seed, carriers=carriers, attachments=attachments, small=small, clauses=clauses
    )
    wanted = (KINDS if defects else ()) if isinstance(defects, bool) else tuple(defects)
    seed_defects(cases, wanted, Random(f"defects {seed}"))
    folder.mkdir(parents=True, exist_ok=True)
    units = tuple(_hand_in(case, folder, cache) for case in cases)
    return Truth(
        province=HUNAN, seed=seed, units=units, former=_former(cases, Random(f"former {seed}")),
        shared_runs=clauses.shared,
    )  # fmt: skip


def make_cases(
    count: int,
    *,
    seed: int,
    carriers: Mapping[str, float] | None,
    attachments: int,
    small: bool,
    clauses: Clauses,
) -> list[Case]:
    """The units, nothing wrong with any of them, nothing written yet."""
    rng = Random(seed)
    people = People(rng)
    mix = dict(carriers or _mix(count))
    cases: list[Case] = []
    for number in range(count):
        profile = make_profile(number, HUNAN, rng, people)
        answers = make_answers(profile, rng, people, clauses, small=small)
        files = attach(answers, number, attachments)
        own = Random(f"{seed} {number}")
        kind = own.choices(list(mix), list(mix.values()))[0]
        placing = own.choice(PLACINGS if kind in {"full", "pilot"} else PLACINGS[:-1])
        case = Case(profile, Draft(number, answers, files), people, own, kind=kind, placing=placing)
        defects_desk.elderly_care_as_service(case)
        cases.append(case)
    return cases


def _mix(count: int) -> dict[str, float]:
    """The usual mixture, with fewer documents that have to be printed where there are many units."""
    share = min(1.0, MOST_PAPERS / max(1, count) / 0.7)
    return {kind: weight * (share if kind != "pilot" else 1) for kind, weight in MIX.items()}


# -- defects ---------------------------------------------------------------------------------------


def seed_defects(cases: Sequence[Case], names: Sequence[str], rng: Random) -> None:
    """One kind after the other to a unit that it fits; at least a fifth of the units, and a third of many, stay clean."""
    free = [case for case in cases if not case.seeded]
    rng.shuffle(free)
    stays = len(cases) // 5 if len(cases) < 130 else len(cases) // 3
    wanted = tuple(names)
    while len(free) > stays:
        before = len(free)
        for defect, wants in _kinds(wanted):
            fitting = next((case for case in free if wants(case)), None)
            others = [case for case in free if _in_package(case) and case is not fitting]
            if fitting is None or not others or len(free) <= stays:
                continue
            free.remove(fitting)
            defect(fitting, others)
            free = [case for case in free if not case.seeded]
        if len(free) == before:
            break
        wanted = tuple(name for name in wanted if name not in ONCE)


def _kinds(
    names: Sequence[str],
) -> Iterator[tuple[Callable[[Case, Sequence[Case]], None], Callable[[Case], bool]]]:
    """Defects and whether they fit a unit. What is wrong in the answers needs a package to stand in."""
    for desk in defects_desk.DEFECTS:
        if desk.__name__ in names:
            yield desk, _in_package
    for check in defects_pack.DEFECTS:
        if check.__name__ in names:
            wants = defects_pack.WANTS.get(check.__name__, _in_package)
            yield _alone(check), lambda case, wants=wants: _in_package(case) and wants(case)


def _alone(check: Callable[[Case], None]) -> Callable[[Case, Sequence[Case]], None]:
    return lambda case, _others: check(case)


def _in_package(case: Case) -> bool:
    return case.kind in {"full", "pilot"}


# -- handing in ------------------------------------------------------------------------------------


def _hand_in(case: Case, folder: Path, cache: Path | None) -> UnitTruth:
    staged, told = stage(case, cache)
    where, places = place(case, staged, folder)
    values = sample_package().values if case.sample else values_of(case.draft)
    return UnitTruth(
        number=case.number,
        facts=facts_of(values),
        region_code=str(values.get("region")),
        carriers=CARRIERS[case.kind],
        place=where,
        files=places,
        attachments=len(case.draft.files)
        if "pilot" in CARRIERS[case.kind]
        else sum("附件" in one for one in staged),
        revision=case.draft.revision,
        code=told[0],
        placed=told[1],
        password=case.password,
        seeded=tuple(case.seeded),
        hints=(*HINTS.get(case.kind, ()), *BETWEEN),
    )


def stage(case: Case, cache: Path | None = None) -> tuple[Staged, tuple[str, tuple[str, ...]]]:
    """The files of a unit by name, the 校验码 of its documents, and the paths that its foreign form holds."""
    staged: Staged = {}
    code, placed = "", ()
    kinds = CARRIERS[case.kind]
    if "pilot" in kinds:
        package = sample_package() if case.sample else package_of(_version(case, "pilot"))
        staged[f"{case.profile.title}.pilot"] = package_bytes(package, case.password or None)
    if "docx" in kinds or "pdf" in kinds:
        code = _stage_papers(case, kinds, staged, cache)
    if "word" in kinds:
        staged[f"申报书（{case.profile.name}）.docx"], placed = foreign_form(case.draft)
    if "pilot" not in kinds:
        files = [(name, file) for name, file in case.draft.files.items() if name[0] not in "0123456789"]
        staged |= {f"附件{at}　{name}": content for at, (name, (_, content)) in enumerate(files, start=1)}
    for change in (*case.extra, *case.spoil):
        change(staged)
    return staged, (code, placed)


def _version(case: Case, carrier: str) -> Draft:
    """The draft as it was when this carrier was made."""
    if carrier not in case.older:
        return case.draft
    earlier = copy.copy(case.draft)
    earlier.answers = case.draft.answers | case.earlier
    earlier.revision = case.draft.revision - 1
    return earlier


def _stage_papers(case: Case, kinds: Sequence[str], staged: Staged, cache: Path | None) -> str:
    """Word and PDF; returns the 校验码 of the newest."""
    made: dict[int, Papers] = {}
    for kind in (kind for kind in ("docx", "pdf") if kind in kinds):
        draft = _version(case, kind)
        if draft.revision not in made:
            made[draft.revision] = papers_of(draft, final=case.final, cache_in=cache)
        mark = f"第{draft.revision}版" if case.final else "草稿"
        staged[f"国家标准化试点项目申报书_{case.profile.title}（{mark}）.{kind}"] = made[
            draft.revision
        ].content[kind]
    return made[max(made)].code


def _former(cases: Sequence[Case], rng: Random) -> tuple[Former, ...]:
    """Units of the province that had a pilot before: two of those that hand in, many that do not."""
    rows: list[Former] = []
    for case in cases:
        names = {seeded.name for seeded in case.seeded}
        title = f"{case.profile.county[1]}{case.profile.theme['served']}服务标准化试点"
        if "former_pilot" in names:
            rows.append(
                Former(
                    unit=case.answers["unit_name"],
                    uscc=case.answers["uscc"],
                    project=title,
                    year=2018,
                    result="合格",
                )
            )
        if "former_pilot_by_name" in names:
            wide = " ".join((case.answers["unit_name"][:3], case.answers["unit_name"][3:]))
            rows.append(Former(unit=f"{wide}　", uscc="", project=title, year=2016, result="合格"))
    people = People(rng)
    for number in range(60):
        other = make_profile(number, "360000", rng, people)
        year = rng.randint(2010, 2023)
        rows.append(Former(unit=other.name, uscc=other.uscc, project=other.title, year=year, result="合格"))
    rng.shuffle(rows)
    return tuple(rows)
