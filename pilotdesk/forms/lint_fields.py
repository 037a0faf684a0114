"""Lint of single fields: their type's own keys, what they refer to, whether their values can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.errors import AnswersError
from pilotdesk.forms.answers_file import read_rows
from pilotdesk.forms.codecs import WITHOUT_CODEC, codec_for
from pilotdesk.forms.lint_scope import (
    name_mistakes,
    reference_mistakes,
    repeated,
    severity_mistakes,
    source_mistakes,
)
from pilotdesk.forms.values import Unparsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pilotdesk.forms.lint_scope import FormScope, Known
    from pilotdesk.forms.mistakes import Mistake

CHOICE_TYPES: Final = frozenset({"choice", "multi_choice", "dependent_choice"})
ROW_TYPES: Final = frozenset({"table", "tree"})
PRINTED_ONLY: Final = frozenset({"statement", "signature"})

NEEDED: Final[dict[str, tuple[str, ...]]] = {
    "choice": ("choices",),
    "multi_choice": ("choices",),
    "dependent_choice": ("choices", "depends_on"),
    "table": ("columns",),
    "tree": ("columns",),
    "person": ("parts",),
    "statement": ("text",),
    "signature": ("seal",),
}
"""Type to the keys that it cannot do without."""

ONLY_FOR: Final[dict[str, frozenset[str]]] = {
    "choices": CHOICE_TYPES | {"calculated"},
    "depends_on": frozenset({"dependent_choice"}),
    "other": CHOICE_TYPES,
    "columns": ROW_TYPES,
    "rows": ROW_TYPES,
    "library": ROW_TYPES,
    "fixed_rows": ROW_TYPES,
    "min_rows": ROW_TYPES,
    "parts": frozenset({"person"}),
    "text": frozenset({"statement"}),
    "seal": frozenset({"signature"}),
    "decimals": frozenset({"decimal", "calculated"}),
    "letters": frozenset({"text"}),
    "min_chars": frozenset({"text", "longtext"}),
    "max_chars": frozenset({"text", "longtext"}),
    "levels": frozenset({"tree"}),
}
"""Key to the types that it means something for."""


def lint_fields(scope: FormScope) -> Iterator[Mistake]:
    """Everything to mend in the fields, columns and parts of a form."""
    for known in scope.everything:
        yield from name_mistakes(known.place, known.field.name)
        yield from _key_mistakes(known)
        yield from _reference_mistakes(known, scope)
        yield from _basis_mistakes(known, scope)
        yield from _value_mistakes(known, scope)
        if known.field.type == "tree":
            yield from _tree_mistakes(known)
        inner = {"columns": known.field.columns, "parts": known.field.parts}
        for key, fields in inner.items():
            places = [(known.place.inside(key, at), part.name) for at, part in enumerate(fields)]
            yield from repeated(places, "名字")


def _key_mistakes(known: Known) -> Iterator[Mistake]:
    """Keys that the type needs and does not have, or has and cannot use."""
    field, table = known.field, known.place.file.parsed
    for part in known.place.path:
        table = table[part]  # type: ignore[index]
    for key in NEEDED.get(field.type, ()):
        if not getattr(field, key):
            yield known.place.mistake("type", f"{field.type} 这一类要有“{key}”。")
    for key, types in ONLY_FOR.items():
        if key in table and field.type not in types:
            yield known.place.mistake(key, f"“{key}”对 {field.type} 没有用处。", "请删去。")
    if known.owner and field.type in WITHOUT_CODEC - {"attachment"}:
        yield known.place.mistake("type", f"{field.type} 不能放在表格或人员里面。")
    if field.type == "calculated" and not field.calculation and field.print.layout != "statistics":
        yield known.place.mistake("type", "calculated 这一类要有“calculation”。")
    if field.calculation and (field.default or field.prefill):
        yield known.place.mistake("calculation", "自动计算的栏目不能再有“default”或“prefill”。")
    if field.max_chars and field.min_chars > field.max_chars:
        yield known.place.mistake("min_chars", "建议字数的下限比上限大。")


def _reference_mistakes(known: Known, scope: FormScope) -> Iterator[Mistake]:
    place, field = known.place, known.field
    yield from reference_mistakes(place, "choices", field.choices, scope.lists, "选项表")
    yield from reference_mistakes(place, "origin", field.origin, scope.paths, "栏目")
    if field.seal and field.seal.each:
        tables = [name for name, one in scope.fields.items() if one.field.type == "table"]
        yield from reference_mistakes(place.inside("seal"), "each", field.seal.each, tables, "表格")
    if field.depends_on:
        yield from _dependence_mistakes(known, scope)


def _dependence_mistakes(known: Known, scope: FormScope) -> Iterator[Mistake]:
    """A dependent choice whose upper field, or whose choices' parents, do not exist."""
    place, field = known.place, known.field
    beside = {column.name: column for column in known.owner.columns} if known.owner else {}
    upper = {name: one.field for name, one in scope.fields.items()} | beside
    choosable = [name for name, one in upper.items() if one.type == "choice"]
    yield from reference_mistakes(place, "depends_on", field.depends_on, choosable, "单选栏目")
    if field.depends_on not in choosable:
        return
    parents = {choice.name for choice in scope.lists.get(upper[field.depends_on].choices, ())}
    for choice in scope.lists.get(field.choices, ()):
        if choice.parent not in parents:
            text = f"选项“{choice.name}”的上一级“{choice.parent}”不在“{field.depends_on}”的选项里。"
            yield place.mistake("choices", text)


def _basis_mistakes(known: Known, scope: FormScope) -> Iterator[Mistake]:
    """Sources, and what may only be said with an official one; hints."""
    place, field = known.place, known.field
    yield from source_mistakes(place, field.source, scope.sources)
    if not known.source:
        yield place.mistake("source", "要写来源（source）。", "自己推断的写 inferred 一类的来源。")
    yield from severity_mistakes(place, field.severity, known.source, scope.sources)
    if known.owner is None and not field.hint and field.type not in PRINTED_ONLY:
        yield place.mistake("hint", "缺怎么填的提示（hint）。")


def _value_mistakes(known: Known, scope: FormScope) -> Iterator[Mistake]:
    """Defaults, examples and rows that the field itself could not read."""
    place, field = known.place, known.field
    if field.choices and field.choices not in scope.lists:
        return
    if field.type in ROW_TYPES:
        yield from _row_mistakes(known, scope)
    if field.type in WITHOUT_CODEC:
        if field.default:
            yield place.mistake("default", f"{field.type} 这一类不能有“default”。")
        return
    codec = codec_for(field, scope.lists)
    for key, text in (("default", field.default), ("example", field.example)):
        if isinstance(codec.parse(text), Unparsed):
            yield place.mistake(key, f"这一栏自己读不懂“{text}”。", getattr(codec, "expected", ""))


def _row_mistakes(known: Known, scope: FormScope) -> Iterator[Mistake]:
    field = known.field
    if any(column.choices and column.choices not in scope.lists for column in field.columns):
        return
    for key, rows in (("rows", field.rows), ("library", field.library)):
        for row in rows:
            try:
                read_rows(field, [row], scope.lists)
            except AnswersError as exc:
                yield known.place.mistake(key, f"这一行读不出来：{exc}")
            except KeyError:  # a column of a type that no table can have, blamed already
                return
    if field.fixed_rows and not (field.rows or field.carry):
        yield known.place.mistake(
            "fixed_rows", "行数固定的表格要先写好各行（rows），或者从别的表单带来（carry）。"
        )


def _tree_mistakes(known: Known) -> Iterator[Mistake]:
    names = {column.name for column in known.field.columns}
    least, most = known.field.levels
    if not {"code", "name"} <= names:
        yield known.place.mistake("columns", "树要有“code”和“name”两列。")
    if not 1 <= least <= most:
        yield known.place.mistake("levels", "层数要先写最少、后写最多，最少 1 层。")
