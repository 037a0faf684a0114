"""Lint of what ties the forms of a pack together: carried answers, documents, deadlines, the ledger of evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.forms.lint_scope import FormScope, Known, Place, name_mistakes, reference_mistakes, repeated

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pilotdesk.forms.mistakes import Mistake
    from pilotdesk.forms.model import Field
    from pilotdesk.forms.round import Round

LEDGER_COLUMNS: Final = ("code", "title", "file")
"""Columns that every 佐证材料目录 has: the code E01, what it is, the file."""


def lint_carry(scopes: list[FormScope], round_: Round) -> Iterator[Mistake]:
    """Everything to mend between the forms of a pack."""
    by_name = {scope.head.entry.name: scope for scope in scopes}
    for scope in scopes:
        yield from _head_mistakes(scope, round_)
        yield from _document_mistakes(scope)
        for known in scope.everything:
            for path in known.field.carry:
                yield from _carry_mistakes(known, path, by_name)
            yield from _key_mistakes(known)


def _head_mistakes(scope: FormScope, round_: Round) -> Iterator[Mistake]:
    head, top = scope.head.entry, Place(scope.head, ())
    deadlines = [deadline.name for deadline in round_.deadline]
    yield from reference_mistakes(top, "deadline", head.deadline, deadlines, "日期")
    tables = {name: one.field for name, one in scope.fields.items() if one.field.type == "table"}
    yield from reference_mistakes(top, "ledger", head.ledger, tables, "表格")
    if head.ledger in tables:
        columns = {column.name for column in tables[head.ledger].columns}
        for name in LEDGER_COLUMNS:
            if name not in columns:
                yield scope.fields[head.ledger].place.mistake("columns", f"佐证目录要有“{name}”这一列。")
    for known in scope.everything:
        if known.field.type == "attachment" and known.owner and known.owner.name != head.ledger:
            yield known.place.mistake(
                "type", "attachment 不能放在表格或人员里面。", "只有佐证目录（ledger）的行带文件。"
            )
        if not head.ledger and known.field.type == "evidence":
            yield known.place.mistake("type", "表单写了佐证目录（ledger）才能有 evidence 这一类。")


def _document_mistakes(scope: FormScope) -> Iterator[Mistake]:
    head, top = scope.head.entry, Place(scope.head, ())
    names = [document.name for document in head.document]
    places = [(top.inside("document", at), name) for at, name in enumerate(names)]
    for place, name in places:
        yield from name_mistakes(place, name)
    yield from repeated(places, "文件名")
    steps = [step.entry.name for step in scope.steps]
    for at, document in enumerate(head.document):
        yield from reference_mistakes(top.inside("document", at), "cover", document.cover, steps, "步骤")
    for step in scope.steps:
        yield from reference_mistakes(Place(step, ()), "document", step.entry.document, names, "文件")


def _carry_mistakes(known: Known, path: str, forms: Mapping[str, FormScope]) -> Iterator[Mistake]:
    """A carried path that no other form has, or whose answers would not fit here."""
    form, _, inner = path.partition(".")
    scope = forms.get(form)
    if scope is None:
        yield from reference_mistakes(known.place, "carry", form, forms, "表单")
        return
    here = known.place.file.entry
    if here in [step.entry for step in scope.steps]:
        yield known.place.mistake(
            "carry", f"“{path}”在同一张表单里。", "同一张表单里用 calculation 或 prefill。"
        )
    yield from reference_mistakes(known.place, "carry", inner, scope.paths, "栏目")
    if inner not in scope.paths:
        return
    owner, column, field = known.owner, inner.partition(".")[2], known.field
    if owner is not None and owner.columns and (not column or not owner.carry):
        yield known.place.mistake(
            "carry", f"列要从另一张表格的列带来，“{path}”不是列，或者表格自己没有 carry。"
        )
    elif field.columns and scope.fields[inner.partition(".")[0]].field.type not in {"table", "tree"}:
        yield known.place.mistake("carry", f"“{path}”不是表格。")
    elif not field.columns:
        yield from _unfit(known, path, next(one.field for one in scope.everything if one.path == inner))


def _unfit(known: Known, path: str, source: Field) -> Iterator[Mistake]:
    """An answer that would not be one here, or that is in no draft."""
    if source.calculation or source.type == "calculated":
        text = f"“{path}”是算出来的，草稿里不存，带不过来。"
        yield known.place.mistake("carry", text, "在这张表单里也写 calculation，或者带它的各个算项。")
    elif source.type != known.field.type:
        text = f"“{path}”是 {source.type}，这里是 {known.field.type}，带来的答案读不了。"
        yield known.place.mistake("carry", text, "两边写成同一个 type。")


def _key_mistakes(known: Known) -> Iterator[Mistake]:
    field: Field = known.field
    columns = [column.name for column in known.owner.columns] if known.owner else []
    yield from reference_mistakes(known.place, "explained_in", field.explained_in, columns, "列")
    yield from _tally_mistakes(known)
    if not field.changed_into:
        return
    yield from reference_mistakes(known.place, "changed_into", field.changed_into, columns, "列")
    if not field.carry:
        yield known.place.mistake("changed_into", "只有带来的列（carry）才有变更后的列。")


def _tally_mistakes(known: Known) -> Iterator[Mistake]:
    """A tally is made of two number columns of the table itself."""
    field: Field = known.field
    if not field.tally:
        return
    if len(field.tally) != 2:
        yield known.place.mistake("tally", "要写两列：填的数和它的满分。")
    numbers = [column.name for column in field.columns if column.type in {"integer", "decimal"}]
    for name in field.tally:
        yield from reference_mistakes(known.place, "tally", name, numbers, "数字列")
