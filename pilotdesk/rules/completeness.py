"""How far a draft has got: per step, and as a whole."""

from __future__ import annotations

from collections import Counter
from enum import Enum
from typing import TYPE_CHECKING

from pilotdesk.forms.answers_file import read_rows
from pilotdesk.forms.codecs import codec_for
from pilotdesk.forms.values import is_blank, split_cell_path
from pilotdesk.record import Record
from pilotdesk.rules.answers import ROW_TYPES, Answers
from pilotdesk.rules.checking import NEVER_FILLED, RequiredCheck, is_filled
from pilotdesk.rules.gaps import REQUIRED
from pilotdesk.rules.issue import Severity
from pilotdesk.rules.plan import plan_of
from pilotdesk.rules.subjects import field_subject

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from pilotdesk.forms.model import Field, Form
    from pilotdesk.forms.values import Value
    from pilotdesk.rules.engine import Engine
    from pilotdesk.rules.plan import Plan


class StepStatus(Enum):
    """The state that a step is shown in; the gravest that applies."""

    NOT_APPLICABLE = "not_applicable"
    NOT_STARTED = "not_started"
    ERRORS = "errors"
    WARNINGS = "warnings"
    IN_PROGRESS = "in_progress"
    DONE = "done"


class StepState(Record, frozen=True, kw_only=True):
    """One step of the sidebar.

    Attributes:
        name: of the step. status: what its symbol shows.
        total, filled: relevant fields that a person can fill, and how many of them have an answer; a table or
            person counts as one, and is filled when nothing that must stand in it is missing.
        required, required_filled: those of them that are required now.
        errors, warnings, hints: open issues. Missing answers are counted only as errors, and only once the step
            has been begun: an untouched step is not wrong, and an unfinished one is in progress.
    """

    name: str
    status: StepStatus
    total: int
    filled: int
    required: int
    required_filled: int
    errors: int
    warnings: int
    hints: int


class _Count(Record, frozen=True):
    """``begun``: whether anything differs from what a new draft begins with."""

    total: int = 0
    filled: int = 0
    required: int = 0
    required_filled: int = 0
    begun: bool = False


def step_state(engine: Engine, step_name: str) -> StepState:
    """The state of one step.

    Raises:
        KeyError: the form has no such step.
    """
    step = next((one for one in engine.form.steps if one.name == step_name), None)
    if step is None:
        raise KeyError(step_name)
    fields = [field for group in step.group for field in group.field]
    found = {field.name: [finding for _, finding in engine.findings(field.name)] for field in fields}
    gaps = {name for name, findings in found.items() if any(one.code == REQUIRED for one in findings)}
    count = _count(engine.plan, engine.answers, fields, lambda table: table.name in gaps)
    counted = [
        finding.severity
        for findings in found.values()
        for finding in findings
        if finding.code != REQUIRED or (count.begun and finding.severity is Severity.ERROR)
    ]
    errors, warnings, hints = (counted.count(severity) for severity in Severity)
    hidden = f"step:{step_name}" in engine.answers.hidden
    return StepState(
        name=step_name,
        status=StepStatus.NOT_APPLICABLE if hidden else _status(count, errors, warnings),
        total=count.total,
        filled=count.filled,
        required=count.required,
        required_filled=count.required_filled,
        errors=errors,
        warnings=warnings,
        hints=hints,
    )


def step_states(engine: Engine) -> dict[str, StepState]:
    """The state of every step by name, in the order of the form."""
    return {step.name: step_state(engine, step.name) for step in engine.form.steps}


def progress(form: Form, values: Mapping[str, Value], irrelevant: Collection[str]) -> int:
    """How many of the required answers are there, in whole percent rounded down: 100 only when all are.

    Args:
        form: the form.
        values: path to value, as the session keeps them.
        irrelevant: names and paths of cells that are not relevant now.
    """
    plan, answers = plan_of(form), Answers(form, None)
    answers.load(values)
    answers.hidden.update(irrelevant)
    cells = [place for path in irrelevant if (place := split_cell_path(path))]
    for name, table in answers.tables.items():
        table.recall((row_id, column) for owner, row_id, column in cells if owner == name)
    count = _count(plan, answers, form.fields.values(), lambda table: _has_gaps(plan, answers, table))
    return count.required_filled * 100 // count.required if count.required else 100


def progress_now(engine: Engine) -> int:
    """The same :func:`progress` of an open draft, from what its engine knows: asked for with every save."""
    filled, required = required_now(engine)
    return filled * 100 // required if required else 100


def required_now(engine: Engine) -> tuple[int, int]:
    """How many of the answers that are required now are there, and how many are required; a table counts as one."""
    count = _count(
        engine.plan, engine.answers, engine.form.fields.values(), lambda table: _has_found_gaps(engine, table)
    )
    return count.required_filled, count.required


def open_issues(engine: Engine) -> Counter[Severity]:
    """How many issues are listed, by severity, without putting them into words: the missing cells of a table as one."""
    alone: Counter[Severity] = Counter()
    tables: set[tuple[str, Severity]] = set()
    for owner in engine.form.fields:
        for path, finding in engine.findings(owner):
            if finding.code == REQUIRED and split_cell_path(path):
                tables.add((owner, finding.severity))
            else:
                alone[finding.severity] += 1
    return alone + Counter(severity for _, severity in tables)


def _count(
    plan: Plan, answers: Answers, fields: Collection[Field], has_gaps: Callable[[Field], bool]
) -> _Count:
    total = filled = required = required_filled = 0
    begun = False
    for field in fields:
        if field.type in NEVER_FILLED or field.calculation or field.name in answers.hidden:
            continue
        rules = _required_rules(plan, answers, field)
        there = _is_there(field, rules, answers, has_gaps)
        begun = begun or _is_begun(field, answers)
        total += 1
        filled += there
        if rules:
            required += 1
            required_filled += there
    return _Count(total, filled, required, required_filled, begun)


def _required_rules(plan: Plan, answers: Answers, field: Field) -> list[RequiredCheck]:
    """The rules that ask for the field, or for parts of the person, now."""
    names = (field.name, *(f"{field.name}.{part.name}" for part in field.parts))
    rules = (rule for name in names if (rule := plan.required(name)))
    return [rule for rule in rules if rule.is_required(answers, "") and not rule.subject.is_hidden(answers)]


def _is_there(
    field: Field, rules: list[RequiredCheck], answers: Answers, has_gaps: Callable[[Field], bool]
) -> bool:
    """Whether a field counts as filled; text that cannot be read does.

    A person is there when every required part is, or any part if none is required; a table when it has a row, and
    no cell of its rows that must be filled is empty.
    """
    if field.type in ROW_TYPES:
        return is_filled(field_subject(field), answers) and not has_gaps(field)
    if field.type != "person":
        return is_filled(field_subject(field), answers)
    if rules:
        return all(is_filled(rule.subject, answers) for rule in rules)
    return any(not is_blank(answers.value(f"{field.name}.{part.name}")) for part in field.parts)


def _has_gaps(plan: Plan, answers: Answers, table: Field) -> bool:
    """Whether a cell that must be filled is empty, in a row that is not."""
    rules = [plan.required(f"{table.name}.{column.name}") for column in table.columns]
    return any(
        True
        for row_id in answers.tables[table.name].filled
        for rule in rules
        if rule is not None and not rule.subject.is_hidden(answers, row_id)
        if tuple(rule.judge(answers, row_id))
    )


def _has_found_gaps(engine: Engine, table: Field) -> bool:
    """The same of an engine that has checked its answers."""
    found = engine.found_issues
    return any(
        finding.code == REQUIRED
        for path in found.paths(table.name)
        if split_cell_path(path)
        for _, finding in found.at(path)
    )


def _is_begun(field: Field, answers: Answers) -> bool:
    """Whether a person has written here: what a new draft begins with is the pack's."""
    if field.type == "person":
        return any(not is_blank(answers.value(f"{field.name}.{part.name}")) for part in field.parts)
    if field.type not in ROW_TYPES:
        value = answers.value(field.name)
        return not is_blank(value) and value != _default(field, answers)
    state = answers.tables[field.name]
    given = (
        [dict(row.cells) for row in read_rows(field, list(field.rows), answers.form.lists)]
        if field.rows
        else []
    )
    return any(dict(state.rows[row_id].cells) not in given for row_id in state.filled)


def _default(field: Field, answers: Answers) -> Value:
    return codec_for(field, answers.form.lists).parse(field.default) if field.default else None


def _status(count: _Count, errors: int, warnings: int) -> StepStatus:
    if errors:
        return StepStatus.ERRORS
    if count.total and not count.begun:
        return StepStatus.NOT_STARTED
    if warnings:
        return StepStatus.WARNINGS
    return StepStatus.DONE if count.required_filled == count.required else StepStatus.IN_PROGRESS
