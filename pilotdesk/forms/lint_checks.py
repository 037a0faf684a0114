"""Lint of checks: each says what is wrong, why, how to mend it, what it looks like when it is right, and who says so.

``where`` is worked out from the form. The example may be left to the field: what a filled-in answer looks like is said there
once. Only where something is typed is an example asked for; choosing from a list, attaching a file or adding a row needs none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.forms.lint_scope import (
    FormScope,
    Known,
    Place,
    name_mistakes,
    reference_mistakes,
    repeated,
    severity_mistakes,
    source_mistakes,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pilotdesk.forms.mistakes import Mistake
    from pilotdesk.forms.model import Check

SAID: Final = {"what": "哪里不合适", "why": "为什么", "fix": "怎么改"}
"""Parts of the message that every check has, as they are asked for."""
TYPED: Final = frozenset({"text", "longtext", "integer", "decimal", "date", "month", "month_range"})
"""Types of field whose answers are typed, so that an example helps."""
SCANNED: Final = ("longtext", "text")
"""Types that ``over`` may name beside fields and paths."""


def lint_checks(scope: FormScope) -> Iterator[Mistake]:
    """Everything to mend in the checks of one form."""
    checks = list(scope.checks())
    yield from repeated(((place, check.name) for place, check in checks), "检查名")
    owners = {(known.place.file.name, known.place.path): known for known in scope.everything}
    for place, check in checks:
        yield from name_mistakes(place, check.name)
        yield from source_mistakes(place, check.source, scope.sources)
        if not check.source:
            yield place.mistake("source", "要写来源（source）。", "自己推断的写 inferred 一类的来源。")
        yield from severity_mistakes(place, check.severity, check.source, scope.sources)
        yield from _said(place, check, owners.get((place.file.name, place.path[:-2])))
        yield from _shown(place, check, scope)


def _said(place: Place, check: Check, known: Known | None) -> Iterator[Mistake]:
    """Parts of the message that are not there."""
    for key, words in SAID.items():
        if not getattr(check, key).strip():
            yield place.mistake(
                key, f"没有说{words}。", "六句话要说全：哪里、为什么、在哪一栏、怎么改、例子、依据。"
            )
    shown = [known.field, *([known.owner] if known.owner else [])] if known else []
    typed = check.over or (shown and shown[0].type in TYPED)
    if typed and not (check.example or any(field.example for field in shown)):
        yield place.mistake("example", "没有例子，这一栏自己也没有。", "写一个填好的样子。")


def _shown(place: Place, check: Check, scope: FormScope) -> Iterator[Mistake]:
    """Where a check is shown: at a field that it names, at the texts that it goes over, or where it stands."""
    on_form = place.file is scope.head
    if on_form and bool(check.on) == bool(check.over):
        yield place.mistake(
            "on", "整张表的检查要写显示在哪个栏目（on），或者逐段看哪些文字（over），两个里写一个。"
        )
    elif not on_form and check.on:
        yield place.mistake("on", "“on”只用于整张表的检查。", "请删去。")
    elif not on_form and (check.over or check.spare):
        yield place.mistake("over", "“over”“spare”只用于整张表的检查。", "请删去。")
    yield from reference_mistakes(place, "on", check.on, scope.paths, "栏目")
    if check.over and check.severity == "error":
        text = "逐段看文字的检查看不懂意思，不能拦住定稿。"
        yield place.mistake("severity", text, "改成 warning 或 hint。")
    for name in check.over:
        yield from reference_mistakes(place, "over", name, [*SCANNED, *scope.paths], "栏目")
    for name in check.spare:
        yield from reference_mistakes(place, "spare", name, scope.paths, "栏目")
    table = place.path[:-2]
    in_table = not on_form and any(
        known.place.path == table and known.place.file is place.file and known.field.type in {"table", "tree"}
        for known in scope.fields.values()
    )
    if check.each_row and not in_table:
        yield place.mistake("each_row", "“each_row”只用于表格。", "请删去。")
