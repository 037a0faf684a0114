"""The plan of a form: every rule that follows from its definition, compiled and in order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import msgspec

from pilotdesk.errors import PackError
from pilotdesk.rules.answers import ROW_TYPES, VALUE
from pilotdesk.rules.calculation import CellCalculation, FieldCalculation, Prefill
from pilotdesk.rules.checking import (
    CHOICE_TYPES,
    NEVER_FILLED,
    CheckRule,
    PackCheck,
    ReadingCheck,
    RequiredCheck,
    RowsCheck,
)
from pilotdesk.rules.dependencies import RingError, Rule, put_in_order, readers_of, relevance_key, value_keys
from pilotdesk.rules.expression import Expression, ExpressionError, compile_expression
from pilotdesk.rules.messages import expressions_in
from pilotdesk.rules.relevance import CellRelevance, FieldRelevance, scope_rules, shelters_of
from pilotdesk.rules.subjects import Subject, all_subjects, column_subject, subject_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pilotdesk.forms.model import Check, Field, Form


class Plan:
    """All rules of a form. Those that decide what is asked are compiled at once, checks and prefills when needed.

    Attributes:
        deciding: relevance and calculations, in the order of running.
        shelters: field to its step and group. step_of_group: ``group:…`` to ``step:…``.
        cell_calculations: ``table#column`` to the rule that calculates it.

    Raises:
        PackError: ``pack_broken`` with all mistakes, when an expression cannot be read or rules form a ring.
            A pack that the lint has passed never does.
    """

    def __init__(self, form: Form) -> None:
        self.form: Final = form
        self._builder: Final = PlanBuilder(form)
        self._required: dict[str, RequiredCheck | None] = {}
        deciding: list[Rule] = []
        try:
            deciding = put_in_order(list(self._builder.deciding()))
        except RingError as ring:
            self._builder.mistakes.append(f"互相等待的规则：{ring}")
        self.deciding: Final = tuple(deciding)
        self.readers: dict[str, list[Rule]] = readers_of(self.deciding)
        self._checks: tuple[CheckRule, ...] | None = None
        if self._builder.mistakes:
            self.complete()
        self.shelters: Final = shelters_of(form)
        self.step_of_group: Final = {
            f"group:{group.name}": f"step:{step.name}" for step in form.steps for group in step.group
        }
        self.cell_calculations: Final = {
            rule.subject.key: rule for rule in self.deciding if isinstance(rule, CellCalculation)
        }

    def complete(self) -> None:
        """Compile checks and prefills, if they are not compiled yet.

        Raises:
            PackError: as the plan itself.
        """
        if self._checks is not None:
            return
        checks, prefills = tuple(self._builder.checks()), tuple(self._builder.prefills())
        if self._builder.mistakes:
            lines = self._builder.mistakes
            raise PackError(
                "pack_broken",
                folder=self.form.head.name,
                count=len(lines),
                lines="\n".join(lines),
                mistakes=lines,
            )
        for place, rule in enumerate(checks, len(self.deciding)):
            rule.order = place
        self.readers = readers_of((*self.deciding, *checks, *prefills))
        self._required |= {rule.subject.name: rule for rule in checks if isinstance(rule, RequiredCheck)}
        self._checks = checks

    @property
    def checks(self) -> tuple[CheckRule, ...]:
        """All checks, in the order of the form."""
        self.complete()
        return self._checks or ()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Everything but the prefills, in the order of running."""
        return (*self.deciding, *self.checks)

    def required(self, name: str) -> RequiredCheck | None:
        """What decides whether a path without a row is required; ``None`` when it never is."""
        if name not in self._required:
            owner = self.form.fields.get(name.partition(".")[0])
            found = () if self._checks is not None or owner is None else self._builder.required(owner)
            self._required |= {name: None} | {rule.subject.name: rule for rule in found}
        return self._required[name]


_KEPT: Final[dict[int, tuple[Form, Plan]]] = {}
MOST_KEPT: Final = 12
"""Plans that are kept: one for each form of a few packs."""


def plan_of(form: Form) -> Plan:
    """The plan of a form, built once: a desk that opens two hundred drafts compiles their rules once.

    Raises:
        PackError: see :class:`Plan`.
    """
    kept = _KEPT.get(id(form))
    if kept is not None and kept[0] is form:
        return kept[1]
    plan = Plan(form)
    while len(_KEPT) >= MOST_KEPT:
        del _KEPT[next(iter(_KEPT))]
    _KEPT[id(form)] = (form, plan)
    return plan


class PlanBuilder:
    """Makes the rules of one form; what cannot be compiled is noted in :attr:`mistakes` and left out."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.mistakes: list[str] = []

    def rules(self) -> Iterator[Rule]:
        """All rules but the prefills: those that decide, then the checks."""
        yield from self.deciding()
        yield from self.checks()

    def deciding(self) -> Iterator[Rule]:
        """Relevance and calculations, in the order of the form."""
        texts = {step.relevant for step in self.form.steps}
        texts |= {group.relevant for step in self.form.steps for group in step.group}
        compiled = {text: read for text in sorted(texts) if (read := self._compiled(text, "relevant"))}
        yield from scope_rules(self.form, compiled)
        for field in self.form.fields.values():
            for subject in all_subjects(field):
                yield from self._deciding_rules(subject)

    def checks(self) -> Iterator[CheckRule]:
        """Everything that finds issues, in the order of the form."""
        for field in self.form.fields.values():
            for subject in all_subjects(field):
                yield from self._checks(subject)
        for check in self.form.head.check:
            if not check.over:
                yield from self._form_check(check)
        from pilotdesk.rules.text_scan import text_scans  # nothing is checked before the first page

        yield from text_scans(self.form, self._scans())

    def required(self, field: Field) -> Iterator[RequiredCheck]:
        """What asks for an answer of a field, its parts or columns."""
        for subject in all_subjects(field):
            if _is_answered(subject):
                yield from self._required(subject)

    def prefills(self) -> Iterator[Prefill]:
        """The prefills of all fields, parts and columns."""
        for field in self.form.fields.values():
            for subject in all_subjects(field):
                formula = self._compiled(subject.field.prefill, f"{subject.name} 的 prefill")
                if formula:
                    yield Prefill(
                        title=f"{subject.name} 的 prefill",
                        reads=_row_reads(subject, subject.keys(formula)),
                        table=subject.table,
                        subject=subject,
                        expression=formula,
                    )

    def _deciding_rules(self, subject: Subject) -> Iterator[Rule]:
        """Relevance and calculation."""
        title = f"{subject.name} 的 relevant"
        relevant = self._compiled(subject.field.relevant, title)
        if relevant:
            kind = CellRelevance if subject.in_rows else FieldRelevance
            yield kind(
                title=title,
                reads=_row_reads(subject, subject.keys(relevant)),
                writes=_written_with(subject),
                table=subject.table,
                subject=subject,
                expression=relevant,
            )
        title = f"{subject.name} 的 calculation"
        formula = self._compiled(subject.field.calculation, title)
        if formula:
            maker = CellCalculation if subject.in_rows else FieldCalculation
            yield maker(
                title=title,
                reads=_row_reads(subject, subject.keys(formula)),
                writes=_written_with(subject),
                table=subject.table,
                subject=subject,
                expression=formula,
            )

    def _checks(self, subject: Subject) -> Iterator[CheckRule]:
        if _is_answered(subject):
            yield from self._required(subject)
            yield from self._rows_or_reading(subject)
        for check in subject.field.check:
            yield from self._pack_check(check, subject_of_check(subject, check))

    def _required(self, subject: Subject) -> Iterator[RequiredCheck]:
        wanted, asked = subject.field.required, None
        if subject.owner.type == "person":
            if subject.field is subject.owner:
                return
            wanted = _part_is_required(subject.owner, subject.field)
            asked = self._condition(subject.owner.required, f"{subject.owner.name} 的 required")
        if wanted is False:
            return
        required = self._condition(wanted, f"{subject.name} 的 required")
        read = [condition for condition in (required, asked) if isinstance(condition, Expression)]
        yield RequiredCheck(
            title="",
            reads=subject.reads | subject.keys(*read) | _filled_keys(subject),
            table=subject.table,
            subject=subject,
            required=required,
            asked_by_person=asked,
        )

    def _rows_or_reading(self, subject: Subject) -> Iterator[CheckRule]:
        field = subject.field
        if field is not subject.owner or field.type not in {*ROW_TYPES, "person"}:
            yield self._reading(subject)
        elif field.min_rows or field.type == "tree":
            yield RowsCheck(title="", reads=subject.reads | _filled_keys(subject), subject=subject)

    def _reading(self, subject: Subject) -> CheckRule:
        field = subject.field
        parents: dict[str, str] = {}
        reads = set(subject.reads)
        if field.type in CHOICE_TYPES:
            parents = {choice.name: choice.parent for choice in self.form.lists.get(field.choices, ())}
        if field.depends_on:
            reads.add(subject.local.get(field.depends_on, field.depends_on))
        return ReadingCheck(
            title="",
            reads=frozenset(reads),
            table=subject.table,
            subject=subject,
            parents=parents,
            depends_on=field.depends_on,
        )

    def _form_check(self, check: Check) -> Iterator[CheckRule]:
        subject = subject_of_form_check(self.form, check)
        if subject is None:
            self.mistakes.append(f"{check.name} 的 on：没有 {check.on}")
        else:
            yield from self._pack_check(check, subject)

    def _pack_check(self, check: Check, subject: Subject) -> Iterator[CheckRule]:
        test = self._compiled(check.test, f"{check.name} 的 test")
        if test is None:
            return
        if check.each_row and check.on in {"", subject.owner.name}:
            subject = _shown_at(subject, test)
        yield PackCheck(
            title="",
            reads=subject.reads | subject.keys(test, *self._told(check)),
            table=subject.table,
            subject=subject,
            check=check,
            test=test,
        )

    def _scans(self) -> Iterator[tuple[Check, Expression, list[Expression]]]:
        for check in self.form.head.check:
            test = self._compiled(check.test, f"{check.name} 的 test") if check.over else None
            if test:
                yield check, test, self._told(check)

    def _told(self, check: Check) -> list[Expression]:
        """The expressions in a check's message."""
        told = (self._compiled(text, check.name) for text in expressions_in(check))
        return [expression for expression in told if expression]

    def _condition(self, condition: bool | str, title: str) -> bool | Expression:
        if isinstance(condition, bool):
            return condition
        return self._compiled(condition, title) or False

    def _compiled(self, text: str, title: str) -> Expression | None:
        if not text:
            return None
        try:
            return compile_expression(text)
        except ExpressionError as mistake:
            self.mistakes.append(f"{title}：{mistake}")
            return None


def _is_answered(subject: Subject) -> bool:
    """Whether somebody answers it, rather than reading or signing it."""
    field, owner = subject.field, subject.owner
    return not (field.calculation or owner.calculation or field.type in NEVER_FILLED)


def _part_is_required(person: Field, part: Field) -> bool | str:
    """What a part asks for itself; the first stands for a required person none of whose parts is marked."""
    if person.required is not False and not any(other.required for other in person.parts):
        return part is person.parts[0]
    return part.required


def _filled_keys(subject: Subject) -> frozenset[str]:
    """Keys that decide whether a table has rows, and whether a person has been begun."""
    if subject.in_rows:
        return frozenset()
    return frozenset(
        {f"{subject.owner.name}##rows" if subject.owner.type in ROW_TYPES else subject.owner.name}
    )


def subject_of_check(subject: Subject, check: Check) -> Subject:
    """What a check is about that stands in the definition of ``subject``: a row of the table, if it says so."""
    field = subject.field
    if not check.each_row or field is not subject.owner or not field.columns:
        return subject
    shown = next((column for column in field.columns if column.name == check.on), field.columns[0])
    return column_subject(field, shown)


def subject_of_form_check(form: Form, check: Check) -> Subject | None:
    """What a check of the form is about: the place where it is shown; ``None`` when ``on`` names none.

    Without ``on`` it is shown at the name of the project. A column, or a table with ``each_row``, means every row.
    """
    subject = subject_at(form, check.on or form.head.project_name, each_row=check.each_row)
    if subject is None or subject.in_rows:
        return subject
    return msgspec.structs.replace(subject, local={VALUE: subject.key})


def _shown_at(subject: Subject, test: Expression) -> Subject:
    """The cell that a check of each row is shown at if it does not say: the first column that the test names."""
    if not subject.in_rows:
        return subject
    named = [column for column in subject.owner.columns if column.name in test.names]
    first = min(named, key=lambda column: _place_of(column.name, test.text), default=subject.field)
    return column_subject(subject.owner, first)


def _place_of(name: str, text: str) -> int:
    found = re.search(rf"(?<![a-z0-9_.]){name}(?![a-z0-9_])", text)
    return found.start() if found else len(text)


def _written_with(subject: Subject) -> frozenset[str]:
    """Keys that change with the value or relevance of a subject."""
    if subject.in_rows:
        return frozenset({subject.key, subject.owner.name, f"{subject.owner.name}.{subject.field.name}"})
    if subject.field is subject.owner:
        return value_keys(subject.owner) | {relevance_key(subject.owner)}
    return frozenset({subject.key, subject.owner.name})


def _row_reads(subject: Subject, keys: frozenset[str]) -> frozenset[str]:
    return keys | {f"{subject.table}##rows"} if subject.in_rows else keys
