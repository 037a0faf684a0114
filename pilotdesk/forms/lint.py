"""Whole-pack checks for authors: what the typed reader cannot see in one key alone.

Expressions are checked beside this by :mod:`pilotdesk.rules.lint`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pilotdesk.forms.lint_aliases import lint_aliases
from pilotdesk.forms.lint_carry import lint_carry
from pilotdesk.forms.lint_checks import lint_checks
from pilotdesk.forms.lint_fields import lint_fields
from pilotdesk.forms.lint_migration import lint_migrations
from pilotdesk.forms.lint_print import lint_print
from pilotdesk.forms.lint_review import lint_review
from pilotdesk.forms.lint_scope import (
    FormScope,
    Place,
    name_mistakes,
    reference_mistakes,
    repeated,
    source_mistakes,
)
from pilotdesk.forms.lint_words import lint_words
from pilotdesk.forms.loader import ROUND_FILE, read_pack, round_lists
from pilotdesk.forms.round import KitRules, Round

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator
    from pathlib import Path

    from pilotdesk.forms.mistakes import Mistake
    from pilotdesk.forms.model import Source, Step
    from pilotdesk.forms.reader import PackFile

CHINESE_NUMBERS: Final = ["", *"一二三四五六七八九十", *(f"十{digit}" for digit in "一二三四五六七八九")]
"""Numbers of steps by the first part of their fields' numbers; the cover has none and counts 0."""
CHOICE_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
NUMBER: Final = re.compile(r"(\d+)\.(\d+)")
MONTH: Final = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def lint_pack(folder: Path, older: Iterable[Path] = ()) -> list[Mistake]:
    """Everything to mend in a pack, in file and line order; empty when the pack is good.

    A pack that cannot even be read has only those mistakes listed; the rest shows once they are mended.

    Args:
        folder: the pack's.
        older: folders of packs with older versions of its forms, beside those that stand in the same folder.

    Raises:
        PackError: ``pack_missing`` when there is no such folder.
    """
    files = read_pack(folder)
    if files.mistakes or files.round is None or files.sources is None:
        return files.mistakes
    shared = round_lists(files.round.entry)
    sources = files.sources.entry
    scopes = [
        FormScope(
            form.edition or form.folder,
            form.head,
            form.steps,
            sources,
            {**form.head.entry.choice_lists, **shared},
        )
        for form in files.forms.values()
        if form.head
    ]
    mistakes = [*_lint_round(files.round, sources, scopes, folder.resolve().name), *lint_words(files.round)]
    mistakes += lint_carry(scopes, files.round.entry)
    beside = sorted(path.parent for path in folder.resolve().parent.glob(f"*/{ROUND_FILE}"))
    mistakes += lint_migrations(folder, scopes, files.round.entry.name, [*beside, *older])
    mistakes += [*lint_aliases(folder, scopes), *lint_review(folder, scopes, files.round.entry, sources)]
    for scope in scopes:
        mistakes += [*_lint_head(scope, shared), *_lint_steps(scope), *lint_checks(scope)]
        mistakes += [*lint_fields(scope), *lint_print(scope)]
        mistakes += lint_words(scope.head)
        for step in scope.steps:
            mistakes += lint_words(step)
    return sorted(set(mistakes))


def _lint_round(
    file: PackFile[Round], sources: dict[str, Source], forms: list[FormScope], folder: str
) -> Iterator[Mistake]:
    round_, top = file.entry, Place(file, ())
    if round_.name != folder:
        yield top.mistake("name", f"名字“{round_.name}”和文件夹“{folder}”不一样。")
    if not all(map(MONTH.fullmatch, round_.cycle)) or round_.cycle[0] > round_.cycle[1]:
        yield top.mistake("cycle", '建设周期要写成起止两个月，如 ["2027-01", "2028-12"]。')
    sourced = [(Place(file, ("deadline", at)), one.source) for at, one in enumerate(round_.deadline)]
    sourced += [(Place(file, ("pilot_field", at)), one.source) for at, one in enumerate(round_.pilot_field)]
    if round_.kit != KitRules():
        sourced.append((Place(file, ("kit",)), round_.kit.source))
    for place, keys in sourced:
        yield from source_mistakes(place, keys, sources)
        if not keys:
            yield place.mistake("source", "要写来源（source）。")
    yield from repeated(
        (
            (Place(file, ("pilot_field", at, "direction", inner)), direction.name)
            for at, above in enumerate(round_.pilot_field)
            for inner, direction in enumerate(above.direction)
        ),
        "方向",
    )
    for key, names in (
        ("pilot_field", [known.code for known in round_.pilot_field]),
        ("submitter", [known.code for known in round_.submitter]),
    ):
        yield from repeated(((Place(file, (key, at)), name) for at, name in enumerate(names)), "代码", "code")
    known_paths = frozenset().union(*(form.paths for form in forms))
    for at, point in enumerate(round_.review_point):
        for name in point.evidence:
            place = Place(file, ("review_point", at))
            yield from reference_mistakes(place, "evidence", name, known_paths, "栏目")


def _lint_head(scope: FormScope, shared: Container[str]) -> Iterator[Mistake]:
    head, top = scope.head.entry, Place(scope.head, ())
    yield from name_mistakes(top, head.name)
    if head.name != scope.folder:
        yield top.mistake("name", f"名字“{head.name}”和文件夹“{scope.folder}”不一样。")
    for key, name in (("project_name", head.project_name), ("unit_name", head.unit_name)):
        yield from reference_mistakes(top, key, name, scope.fields, "栏目")
    used = {known.field.choices for known in scope.everything}
    for list_name, choices in head.choice_lists.items():
        place = top.inside("choice_lists")
        yield from name_mistakes(place, list_name, list_name)
        if list_name in shared:
            yield place.mistake(list_name, "这个名字是年度文件里的选项表，不能再用。")
        if list_name not in used:
            yield place.mistake(list_name, "没有栏目用到这个选项表。", "请删去，或看看是不是名字写得不一样。")
        yield from repeated(((place, choice.name) for choice in choices), "选项", list_name)
        labels = ((place, f"{choice.parent}{choice.label}") for choice in choices)
        yield from repeated(labels, "选项文字", list_name)
        for choice in choices:
            if not CHOICE_NAME.fullmatch(choice.name):
                yield place.mistake(list_name, f"选项名“{choice.name}”要用英文字母、数字和下划线。")
            if "；" in choice.label:
                yield place.mistake(list_name, f"选项“{choice.label}”里不能有分号，分号用来隔开几个选项。")


def _lint_steps(scope: FormScope) -> Iterator[Mistake]:
    """Names and numbers of steps, groups and fields."""
    tops = [(Place(step, ()), step.entry) for step in scope.steps]
    groups = [(top.inside("group", at), one) for top, step in tops for at, one in enumerate(step.group)]
    for place, name in [(place, step.name) for place, step in tops] + [
        (place, one.name) for place, one in groups
    ]:
        yield from name_mistakes(place, name)
    yield from repeated(((place, step.name) for place, step in tops), "步骤名")
    yield from repeated(((place, group.name) for place, group in groups), "分组名")
    for document in dict.fromkeys(step.document for _, step in tops):
        yield from _lint_order([(place, step) for place, step in tops if step.document == document])
    yield from _lint_numbers(scope)


def _lint_order(tops: list[tuple[Place, Step]]) -> Iterator[Mistake]:
    """Numbers of the parts of one document: 一, 二, 三 … upwards."""
    yield from repeated(((place, step.number) for place, step in tops if step.number), "序号", "number")
    last = 0
    for place, step in tops:
        if step.number not in CHINESE_NUMBERS:
            yield place.mistake("number", f"序号“{step.number}”要写成一、二、三……十三。")
        elif step.number and CHINESE_NUMBERS.index(step.number) <= last:
            yield place.mistake("number", f"序号“{step.number}”没有按顺序。")
        else:
            last = max(last, CHINESE_NUMBERS.index(step.number))


def _lint_numbers(scope: FormScope) -> Iterator[Mistake]:
    """Spoken numbers: the step's number, a point, and counted upwards inside the step."""
    last: dict[str, int] = {}
    for known in scope.everything:
        step, number = known.place.file.entry, known.field.number
        found = NUMBER.fullmatch(number)
        if known.owner:
            if number:
                yield known.place.mistake("number", "表格的列和人员的各项不编号。", "请删去。")
        elif number and (
            found is None or step.number != "".join(CHINESE_NUMBERS[int(found[1]) : int(found[1]) + 1])
        ):
            yield known.place.mistake("number", f"编号“{number}”要和步骤的序号一致，如第二部分的 2.1。")
        elif found:
            if int(found[2]) <= last.get(step.name, 0):
                yield known.place.mistake("number", f"编号“{number}”重复或没有按顺序。")
            last[step.name] = max(last.get(step.name, 0), int(found[2]))
