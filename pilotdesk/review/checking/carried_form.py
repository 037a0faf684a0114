"""The form as far as a carrier brings its answers.

A Word file or PDF brings what is printed, and of attached files only the names; a Word file of somebody else brings what could be
found under its labels. Where an answer cannot come along, its absence says nothing: it is not asked for, and checks that read
it do not run. So one unit is not told of faults that another carrier of the same material would not have.
"""

from __future__ import annotations

import ast
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from pilotdesk.forms.codecs import WITHOUT_CODEC
from pilotdesk.forms.values import is_blank
from pilotdesk.review.records import Kind
from pilotdesk.rules.answers import VALUE
from pilotdesk.rules.expression import compile_expression

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from pilotdesk.forms.model import Check, Field, Form, Group, Step
    from pilotdesk.forms.review_sheet import Sheet
    from pilotdesk.forms.values import Value

NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


def silent_paths(form: Form, kind: Kind, unread: Collection[str] = ()) -> frozenset[str]:
    """Answers that a carrier cannot bring: names of fields, ``person.part``, ``table.column``.

    Args:
        form: the form.
        kind: of the carrier; a package brings everything.
        unread: of a Word file of somebody else, what had no place in it.
    """
    if kind is Kind.PILOT:
        return frozenset()
    silent = set(unread)
    calculated: dict[str, tuple[str, dict[str, str]]] = {}
    for owner in form.fields.values():
        inner = _inner_paths(owner)
        for path, field in ((owner.name, owner), *((inner[one.name], one) for one in _inner(owner))):
            if field.calculation:
                calculated[path] = field.calculation, inner
            elif field.type == "attachment" or field.print.layout == "none":
                silent.add(path)
    while (
        found := {path for path, one in calculated.items() if reads_silent(one[0], silent, one[1])} - silent
    ):
        silent |= found
    return frozenset(silent)


def is_printed(field: Field) -> bool:
    """Whether people are asked for an answer that a print has."""
    return (
        not field.calculation
        and field.type not in WITHOUT_CODEC | {"statement"}
        and field.print.layout != "none"
    )


def has_answer(field: Field, values: Mapping[str, Value]) -> bool:
    """Whether there is an answer, of a person at least one part."""
    paths = [f"{field.name}.{part.name}" for part in field.parts] or [field.name]
    return any(not is_blank(values.get(path)) for path in paths)


def is_silent(name: str, silent: Collection[str]) -> bool:
    """Whether a name of an expression means an answer that did not come."""
    return name in silent or name.partition(".")[0] in silent


def reads_silent(expression: str, silent: Collection[str], local: Mapping[str, str] = NOTHING) -> bool:
    """Whether an expression reads what did not come: by its name, or by the name of a column beside that of its table.

    Args:
        expression: of the pack.
        silent: of :func:`silent_paths`.
        local: what names mean where it stands.
    """
    compiled = compile_expression(expression)
    names = {local.get(name, name) for name in compiled.names}
    texts = {node.value for node in ast.walk(compiled.tree) if isinstance(node, ast.Constant)}
    beside = {f"{name}.{text}" for name in names for text in texts if isinstance(text, str)}
    return any(is_silent(name, silent) for name in names) or not beside.isdisjoint(silent)


def carried_form(form: Form, sheet: Sheet, kind: Kind, silent: Collection[str]) -> Form:
    """The form without what did not come; the form itself for a package.

    Args:
        form: the form.
        sheet: names the checks that read whole tables of which no print has every column.
        kind: of the carrier.
        silent: of :func:`silent_paths`.
    """
    if kind is Kind.PILOT:
        return form
    cut = _Cut(silent, sheet.not_from_print)
    steps = tuple(cut.step(step) for step in form.steps)
    return replace(
        form,
        head=replace(form.head, check=cut.checks(form.head.check, {})),
        steps=steps,
        fields={field.name: field for step in steps for group in step.group for field in group.field},
    )


class _Cut:
    """Takes what did not come out of the parts of a form."""

    def __init__(self, silent: Collection[str], checks: Collection[str]) -> None:
        self._silent = silent
        self._left_out = frozenset(checks)

    def step(self, step: Step) -> Step:
        return replace(step, group=tuple(self._group(group) for group in step.group))

    def checks(self, checks: Iterable[Check], local: Mapping[str, str]) -> tuple[Check, ...]:
        """The checks that may run; ``local`` says what names mean where they stand."""
        return tuple(
            check
            for check in checks
            if check.name not in self._left_out and not reads_silent(check.test, self._silent, local)
        )

    def _group(self, group: Group) -> Group:
        shown = self._shown(group.relevant, {})
        fields = tuple(self._field(field, asked=shown == group.relevant) for field in group.field)
        return replace(group, relevant=shown, field=fields)

    def _field(self, field: Field, *, asked: bool) -> Field:
        inner = _inner_paths(field)
        own = self._asked(field, field.name, inner, asked=asked)
        asked = asked and own.relevant == field.relevant
        return replace(
            own,
            columns=tuple(self._asked(one, inner[one.name], inner, asked=asked) for one in field.columns),
            parts=tuple(self._asked(one, inner[one.name], inner, asked=asked) for one in field.parts),
        )

    def _asked(self, field: Field, path: str, inner: Mapping[str, str], *, asked: bool) -> Field:
        """A field, column or part: what came is shown, and what nobody can know to be needed is not asked for."""
        local = {**inner, VALUE: path}
        shown, required = self._shown(field.relevant, local), field.required
        unknown = isinstance(required, str) and reads_silent(required, self._silent, local)
        if unknown or not asked or shown != field.relevant or is_silent(path, self._silent):
            required = False
        return replace(field, relevant=shown, required=required, check=self.checks(field.check, local))

    def _shown(self, relevant: str, local: Mapping[str, str]) -> str:
        """When something is relevant; always, where that hangs on what did not come."""
        return "" if relevant and reads_silent(relevant, self._silent, local) else relevant


def _inner(owner: Field) -> tuple[Field, ...]:
    return (*owner.columns, *owner.parts)


def _inner_paths(owner: Field) -> dict[str, str]:
    """Columns or parts of a field by their names: ``{"unit": "targets.unit"}``."""
    return {one.name: f"{owner.name}.{one.name}" for one in _inner(owner)}
