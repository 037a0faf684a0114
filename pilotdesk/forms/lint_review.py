"""Lint of the review file of a pack: names that exist, nothing in two places, every check and answer in one of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pilotdesk.forms.lint_scope import (
    Place,
    name_mistakes,
    reference_mistakes,
    repeated,
    severity_mistakes,
    source_mistakes,
)
from pilotdesk.forms.lint_words import lint_words
from pilotdesk.forms.review_sheet import PLACEHOLDERS, FactPlaces, home_of, homes_of, review_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from pilotdesk.forms.lint_scope import FormScope, Known
    from pilotdesk.forms.mistakes import Mistake
    from pilotdesk.forms.model import Source
    from pilotdesk.forms.reader import PackFile
    from pilotdesk.forms.review_sheet import ReviewFile, Sheet
    from pilotdesk.forms.round import Round

MOST_POINTS: Final = 6
"""Review points that the desk has keys and columns for."""
_BRACES: Final = re.compile(r"\{([^{}]*)\}")


def lint_review(
    folder: Path, scopes: Iterable[FormScope], round_: Round, sources: Mapping[str, Source]
) -> Iterator[Mistake]:
    """Everything to mend in the review file of a pack; nothing when it has none.

    Args:
        folder: the pack's.
        scopes: its forms.
        round_: its round.
        sources: its sources.
    """
    file = review_file(folder)
    if isinstance(file, list):
        yield from file
        return
    if file is None:
        return
    limits = Place(file, ("limits",))
    yield from source_mistakes(limits, file.entry.limits.source, sources)
    if file.entry.limits.credit_days <= 0:
        yield limits.mistake("credit_days", "要写大于 0 的天数。")
    forms = {scope.head.entry.name: scope for scope in scopes}
    spoken = (
        (Place(file, ("sheet", at)), form) for at, one in enumerate(file.entry.sheet) for form in one.forms
    )
    yield from repeated(spoken, "表单", "forms")
    for at, sheet in enumerate(file.entry.sheet):
        place = Place(file, ("sheet", at))
        for name in sheet.forms:
            yield from reference_mistakes(place, "forms", name, forms, "表单")
            if name in forms:
                yield from _lint_sheet(place, sheet, forms[name])
        yield from _lint_points(place, sheet, round_, sources)
    yield from _lint_elsewhere(file, round_, sources)
    yield from lint_words(file)


def _lint_elsewhere(
    file: PackFile[ReviewFile], round_: Round, sources: Mapping[str, Source]
) -> Iterator[Mistake]:
    """Fields and directions that the round has, and something to know such a project by."""
    directions = {one.code: {direction.name for direction in one.direction} for one in round_.pilot_field}
    for at, pair in enumerate(file.entry.elsewhere):
        place = Place(file, ("elsewhere", at))
        for key, codes in (("fields", pair.fields), ("other", (pair.other,))):
            for code in codes:
                yield from reference_mistakes(place, key, code, directions, "领域")
        known = {name for code in pair.fields for name in directions.get(code, ())}
        for name in pair.directions:
            yield from reference_mistakes(place, "directions", name, known, "方向")
        if not (pair.directions or pair.words):
            yield place.mistake("words", "要写方向（directions）或词（words），不然每个项目都算。")
        if pair.other in pair.fields:
            yield place.mistake("other", "要写另一个领域。")
        yield from source_mistakes(place, pair.source, sources)


def _lint_points(
    place: Place, sheet: Sheet, round_: Round, sources: Mapping[str, Source]
) -> Iterator[Mistake]:
    """What does not depend on the form: names, labels, sources, phrases."""
    points = [(place.inside("point", at), point) for at, point in enumerate(sheet.point)]
    yield from repeated(((there, point.name) for there, point in points), "审核要点")
    if len(points) > MOST_POINTS:
        yield place.mistake("point", f"审核要点最多 {MOST_POINTS} 个。")
    known = [point.name for point in round_.review_point]
    for there, point in points:
        yield from name_mistakes(there, point.name)
        yield from source_mistakes(there, point.source, sources)
        if not point.source:
            yield there.mistake("source", "要写来源（source）。")
        if not point.label:
            yield from reference_mistakes(there, "name", point.name, known, "审核要点")
        if not point.ask:
            yield there.mistake("ask", "没有写看什么。")
    own = {point.name for point in sheet.point}
    phrases = [(place.inside("phrase", at), phrase) for at, phrase in enumerate(sheet.phrase)]
    yield from repeated(((there, f"{one.point}·{one.name}") for there, one in phrases), "短语")
    for there, phrase in phrases:
        yield from reference_mistakes(there, "point", phrase.point, own, "审核要点")
        for word in _BRACES.findall(phrase.text):
            yield from reference_mistakes(there, "text", word, PLACEHOLDERS, "占位")
    for at, attachment in enumerate(sheet.attachment):
        there = place.inside("attachment", at)
        yield from source_mistakes(there, attachment.source, sources)
        yield from severity_mistakes(there, attachment.severity, attachment.source, sources)


def _lint_sheet(place: Place, sheet: Sheet, scope: FormScope) -> Iterator[Mistake]:
    """What refers to one of the forms."""
    facts = place.inside("facts")
    for key in FactPlaces.__struct_fields__:
        for path in getattr(sheet.facts, key):
            yield from reference_mistakes(facts, key, path, scope.paths, "栏目")
    attachments = {name for name, known in scope.fields.items() if known.field.type == "attachment"}
    for at, expected in enumerate(sheet.attachment):
        yield from reference_mistakes(
            place.inside("attachment", at), "field", expected.field, attachments, "附件栏"
        )
    checks = {check.name for _, check in scope.checks()}
    for name in sheet.not_from_print:
        yield from reference_mistakes(place, "not_from_print", name, checks, "检查")
    parts = [(place.inside("material"), sheet.material)]
    parts += [(place.inside("point", at), point) for at, point in enumerate(sheet.point)]
    possible = {
        "steps": {step.entry.name for step in scope.steps},
        "groups": {group.name for step in scope.steps for group in step.entry.group},
        "fields": scope.paths,
        "checks": checks,
    }
    for key, names in possible.items():
        named = [(there, name) for there, part in parts for name in getattr(part, key)]
        yield from repeated(named, "名字", key)
        for there, name in named:
            yield from reference_mistakes(there, key, name, names, "步骤、分组、栏目或检查")
    yield from _lint_whole(place, homes_of(sheet), scope)


def _lint_whole(place: Place, homes: Mapping[str, int], scope: FormScope) -> Iterator[Mistake]:
    """Answers and checks that belong nowhere; a check that goes over texts has no place of its own."""
    names = [known.path for known in scope.everything if _home(homes, known) is None]
    names += [check.name for _, check in scope.checks() if check.over and f"check {check.name}" not in homes]
    for name in names:
        yield place.mistake("point", f"“{name}”没有归到哪个审核要点，也没有归到材料形式（material）。")


def _home(homes: Mapping[str, int], known: Known) -> int | None:
    step = known.place.file.entry
    return home_of(homes, known.path, group=step.group[known.place.path[1]].name, step=step.name)
