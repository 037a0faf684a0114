"""What a rule is about: a field, a part of a person, or a column in every row; and what names mean there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.forms.values import cell_path
from pilotdesk.record import Record
from pilotdesk.rules.answers import NODE_IS_LEAF, NODE_LEVEL, ROW_NUMBER, ROW_TYPES, VALUE
from pilotdesk.rules.dependencies import relevance_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pilotdesk.forms.model import Field, Form
    from pilotdesk.forms.values import Value
    from pilotdesk.rules.answers import Answers
    from pilotdesk.rules.calls import Lookup
    from pilotdesk.rules.expression import Expression


class Subject(Record, frozen=True, kw_only=True):
    """What a rule is about.

    Attributes:
        owner: the field of the form. field: the same, or one of its columns or parts.
        in_rows: whether the rule is applied in each row of ``owner``.
        local: names that mean something else here than on the form: ``value``, columns of the row, parts.
            Name to key.
    """

    owner: Field
    field: Field
    in_rows: bool
    local: Mapping[str, str]

    @property
    def table(self) -> str:
        """The table in whose rows the rule is applied; empty when there is none."""
        return self.owner.name if self.in_rows else ""

    @property
    def key(self) -> str:
        """The key of the value itself."""
        return self.local[VALUE]

    @property
    def reads(self) -> frozenset[str]:
        """Keys of every rule about this subject: its value, its relevance, whether its row is empty."""
        keys = {self.key, relevance_key(self.owner)}
        return frozenset(keys | {f"{self.table}##rows"} if self.in_rows else keys)

    @property
    def name(self) -> str:
        """The path without a row, for titles and the lint: ``targets.source``."""
        return self.owner.name if self.field is self.owner else f"{self.owner.name}.{self.field.name}"

    def path(self, row_id: str = "") -> str:
        """The path of the answer."""
        return cell_path(self.owner.name, row_id, self.field.name) if self.in_rows else self.name

    def keys(self, *expressions: Expression) -> frozenset[str]:
        """What expressions written here depend on."""
        names = frozenset().union(*(expression.names for expression in expressions))
        return frozenset(self.local.get(name, name) for name in names if name != ROW_NUMBER)

    def lookup(self, answers: Answers, row_id: str = "") -> Lookup:
        """What names mean here at the moment."""
        if self.in_rows:
            return answers.row_lookup(self.table, row_id, self.field.name)
        return answers.local_lookup(self.local)

    def value(self, answers: Answers, row_id: str = "") -> Value:
        """The answer itself, relevant or not; rows for a table."""
        if self.in_rows:
            return answers.tables[self.table].value(row_id, self.field.name)
        if self.owner.type in ROW_TYPES:
            return tuple(answers.tables[self.owner.name].rows.values())
        return answers.value(self.name)

    def is_hidden(self, answers: Answers, row_id: str = "") -> bool:
        """Whether the answer is not relevant at the moment."""
        if self.owner.name in answers.hidden:
            return True
        if self.in_rows:
            return (row_id, self.field.name) in answers.tables[self.table].hidden
        return self.name in answers.hidden


def field_subject(field: Field) -> Subject:
    """A field of the form, a table or person as a whole; a person's parts go by their own names."""
    local = {VALUE: field.name} | _part_names(field)
    return Subject(owner=field, field=field, in_rows=False, local=local)


def part_subject(person: Field, part: Field) -> Subject:
    """One part of a person; the other parts go by their own names."""
    local = _part_names(person) | {VALUE: f"{person.name}.{part.name}"}
    return Subject(owner=person, field=part, in_rows=False, local=local)


def column_subject(table: Field, column: Field) -> Subject:
    """One column, in every row; the other columns of the row go by their own names."""
    local = {other.name: f"{table.name}#{other.name}" for other in table.columns}
    if table.type == "tree":
        local |= dict.fromkeys((NODE_LEVEL, NODE_IS_LEAF), f"{table.name}##node")
    return Subject(
        owner=table, field=column, in_rows=True, local=local | {VALUE: f"{table.name}#{column.name}"}
    )


def subject_at(form: Form, path: str, *, each_row: bool = False) -> Subject | None:
    """The subject at ``field``, ``person.part`` or ``table.column``; ``None`` when the form has no such place.

    A table with ``each_row`` stands for its first column.
    """
    name, dot, below = path.partition(".")
    owner = form.fields.get(name)
    if owner is None:
        return None
    if not dot:
        return column_subject(owner, owner.columns[0]) if each_row and owner.columns else field_subject(owner)
    inner = next((field for field in (*owner.columns, *owner.parts) if field.name == below), None)
    if inner is None:
        return None
    return column_subject(owner, inner) if owner.type in ROW_TYPES else part_subject(owner, inner)


def all_subjects(field: Field) -> tuple[Subject, ...]:
    """A field with its parts or columns, itself first."""
    if field.type in ROW_TYPES:
        inner = [column_subject(field, column) for column in field.columns]
    else:
        inner = [part_subject(field, part) for part in field.parts]
    return (field_subject(field), *inner)


def _part_names(person: Field) -> dict[str, str]:
    return {part.name: f"{person.name}.{part.name}" for part in person.parts}
