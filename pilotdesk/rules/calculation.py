"""Rules that give answers: calculations, and prefills that are written once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.forms.values import Row, is_blank
from pilotdesk.rules.answers import ROW_TYPES, rows_of
from pilotdesk.rules.dependencies import RowIds, Rule
from pilotdesk.rules.results import as_answer

if TYPE_CHECKING:
    from pilotdesk.forms.values import Scalar, Value
    from pilotdesk.rules.answers import Answers
    from pilotdesk.rules.engine import Run
    from pilotdesk.rules.expression import Expression
    from pilotdesk.rules.subjects import Subject


class Formula(Rule, eq=False, kw_only=True):
    """What calculations and prefills share."""

    subject: Subject
    expression: Expression

    def result(self, answers: Answers, row_id: str = "") -> Value:
        """The answer that follows now; ``None`` while an operand is unknown."""
        found = answers.evaluate(self.expression, self.subject.lookup(answers, row_id))
        return as_answer(found, self.subject.field, answers.form.lists)


class FieldCalculation(Formula, eq=False, kw_only=True):
    """The answer of a field or part that is always calculated."""

    def apply(self, run: Run, rows: RowIds) -> None:
        """Calculates and passes the result on when it is another one."""
        path, answers = self.subject.path(), run.answers
        result = self.result(answers)
        if path in answers.computed and answers.computed[path] == result:
            return
        answers.computed[path] = result
        run.write(path, result)
        if self.subject.owner.type in ROW_TYPES:
            run.take_rows(path, rows_of(result))
        else:
            run.signal_value(self.subject)


class CellCalculation(Formula, eq=False, kw_only=True):
    """The cells of a column that is always calculated."""

    def apply(self, run: Run, rows: RowIds) -> None:
        """Calculates the column in the given rows."""
        state, column = run.answers.tables[self.table], self.subject.field.name
        changed: set[str] = set()
        for row_id in state.rows if rows is None else rows & state.rows.keys():
            result = as_scalar(self.result(run.answers, row_id))
            results = state.results.setdefault(row_id, {})
            if column not in results or results[column] != result:
                results[column] = result
                changed.add(row_id)
            run.write(self.subject.path(row_id), result, stored=state.rows[row_id].cell(column))
            state.put(row_id, column, result)
        if changed:
            run.signal_cells(self.table, {column: changed})


class Prefill(Formula, eq=False, kw_only=True):
    """Proposes an answer where there is none, when an operand has been changed by a person.

    What the person has just written or cleared is left alone, and what was proposed once is theirs.
    """

    def apply(self, run: Run, rows: RowIds) -> None:
        """Writes the proposals that can be made."""
        for row_id in self._open_rows(run, rows):
            path = self.subject.path(row_id)
            if path in run.touched or not is_blank(self.subject.value(run.answers, row_id)):
                continue
            result = self.result(run.answers, row_id)
            if result is not None:
                run.propose(self.subject, row_id, result)

    def _open_rows(self, run: Run, rows: RowIds) -> list[str]:
        if not self.table:
            return [""]
        state = run.answers.tables[self.table]
        return [
            row_id for row_id in state.rows if row_id in state.filled and (rows is None or row_id in rows)
        ]


def as_scalar(value: Value) -> Scalar:
    """A value that can stand in a cell; rows and files cannot."""
    if isinstance(value, tuple):
        return tuple(item for item in value if isinstance(item, str)) if not _has_rows(value) else None
    return value


def _has_rows(value: tuple[object, ...]) -> bool:
    return any(isinstance(item, Row) for item in value)
