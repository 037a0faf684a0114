"""Rules that decide what is asked at all.

Something is relevant when its expression is true; unknown hides it, as an unanswered question hides what hangs
on it. A step rules the groups and fields inside it, a group its fields, a field its parts and cells. What is
not relevant keeps its answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.record import Record
from pilotdesk.rules.dependencies import EVERY_ROW, RowIds, Rule, relevance_key, value_keys

if TYPE_CHECKING:
    from pilotdesk.forms.model import Field, Form, Group
    from pilotdesk.rules.engine import Run
    from pilotdesk.rules.expression import Expression
    from pilotdesk.rules.subjects import Subject


class Shelter(Record, frozen=True):
    """Where a field stands: relevance of step and group rules it."""

    step: str
    group: str


class ScopeRelevance(Rule, eq=False, kw_only=True):
    """Relevance of a step or group; ``name`` is ``step:…`` or ``group:…``, ``inside`` the names of its groups."""

    name: str
    expression: Expression
    inside: tuple[str, ...]
    fields: tuple[Field, ...]

    def apply(self, run: Run, rows: RowIds) -> None:
        """Shows or hides the scope, and everything in it."""
        answers = run.answers
        run.rule_out(self.name, answers.evaluate(self.expression, answers.lookup) is not True)
        for name in (self.name, *self.inside):
            refresh_scope(run, name)
        for field in self.fields:
            refresh_field(run, field)


class FieldRelevance(Rule, eq=False, kw_only=True):
    """Relevance of one field or one part of a person."""

    subject: Subject
    expression: Expression

    def apply(self, run: Run, rows: RowIds) -> None:
        """Shows or hides the field."""
        hidden = run.answers.evaluate(self.expression, self.subject.lookup(run.answers)) is not True
        if self.subject.field is self.subject.owner:
            run.rule_out(self.subject.name, hidden)
            refresh_field(run, self.subject.owner)
        elif run.set_hidden(self.subject.name, hidden):
            run.signal(self.subject.key)
            run.signal(self.subject.owner.name)


class CellRelevance(Rule, eq=False, kw_only=True):
    """Relevance of the cells of one column, row by row."""

    subject: Subject
    expression: Expression

    def apply(self, run: Run, rows: RowIds) -> None:
        """Shows or hides cells."""
        state = run.answers.tables[self.table]
        column = self.subject.field.name
        flipped: set[str] = set()
        for row_id in state.rows if rows is None else rows & state.rows.keys():
            lookup = self.subject.lookup(run.answers, row_id)
            hidden = run.answers.evaluate(self.expression, lookup) is not True
            if run.set_hidden(self.subject.path(row_id), hidden):
                (state.hidden.add if hidden else state.hidden.discard)((row_id, column))
                flipped.add(row_id)
        if flipped:
            run.signal_cells(self.table, {column: flipped})


def refresh_scope(run: Run, name: str) -> None:
    """Brings ``step:…`` or ``group:…`` in line with its own relevance and that of its step."""
    above = run.plan.step_of_group.get(name, "")
    run.set_hidden(name, name in run.ruled_out or above in run.ruled_out)


def refresh_field(run: Run, field: Field) -> None:
    """Brings a field in line with its own relevance and that of its group and step."""
    shelter = run.plan.shelters[field.name]
    hidden = not run.ruled_out.isdisjoint((field.name, shelter.group, shelter.step))
    if run.set_hidden(field.name, hidden):
        run.signal(relevance_key(field), EVERY_ROW)
        for key in sorted(value_keys(field)):
            run.signal(key, EVERY_ROW)


def scope_rules(form: Form, compiled: dict[str, Expression]) -> list[Rule]:
    """The relevance rules of all steps and groups.

    Args:
        form: the form.
        compiled: text of each relevance that could be read to its expression; others are left out.
    """
    rules: list[Rule] = []
    for step in form.steps:
        if step.relevant in compiled:
            inside = tuple(f"group:{group.name}" for group in step.group)
            rules.append(_scope_rule(f"step:{step.name}", compiled[step.relevant], step.group, inside))
        for group in step.group:
            if group.relevant in compiled:
                rules.append(_scope_rule(f"group:{group.name}", compiled[group.relevant], (group,), ()))
    return rules


def shelters_of(form: Form) -> dict[str, Shelter]:
    """Field name to the step and group it stands in."""
    return {
        field.name: Shelter(f"step:{step.name}", f"group:{group.name}")
        for step in form.steps
        for group in step.group
        for field in group.field
    }


def _scope_rule(
    name: str, expression: Expression, groups: tuple[Group, ...], inside: tuple[str, ...]
) -> Rule:
    fields = tuple(field for group in groups for field in group.field)
    writes = frozenset().union(*(value_keys(field) for field in fields))
    return ScopeRelevance(
        title=f"{name} 的 relevant",
        reads=expression.names,
        writes=writes,
        name=name,
        expression=expression,
        inside=inside,
        fields=fields,
    )
