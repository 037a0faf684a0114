"""The values of one draft while it is open: read and written by path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.forms.values import Row, Value, split_cell_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pilotdesk.forms.model import Form

Rows = tuple[Row, ...]


class AnswerBook:
    """The values of one draft by path; cells live inside the rows of their table."""

    def __init__(self, form: Form, values: Mapping[str, Value]) -> None:
        self._row_fields = {name for name, known in form.fields.items() if known.type in {"table", "tree"}}
        self.values: dict[str, Value] = {path: value for path, value in values.items() if value is not None}

    def rows(self, table: str) -> Rows:
        """The rows of a table or nodes of a tree, in their order; empty when there are none."""
        value = self.values.get(table)
        return tuple(row for row in value if isinstance(row, Row)) if isinstance(value, tuple) else ()

    def value(self, path: str) -> Value:
        """The value at any path; ``None`` when unanswered or when the row is gone."""
        place = split_cell_path(path)
        if place is None:
            return self.values.get(path)
        row = next((row for row in self.rows(place[0]) if row.id == place[1]), None)
        return row.cell(place[2]) if row else None

    def write(self, values: Mapping[str, Value]) -> tuple[frozenset[str], frozenset[str]]:
        """Store values; returns the scalar and cell paths, and the tables, that were written."""
        for path, value in values.items():
            place = split_cell_path(path)
            if place:
                self._write_cell(*place, value)
            elif value is None:
                self.values.pop(path, None)
            else:
                self.values[path] = value
        tables = frozenset(values) & self._row_fields
        return frozenset(values) - tables, tables

    def _write_cell(self, table: str, row_id: str, column: str, value: Value) -> None:
        rows = self.rows(table)
        at = next((at for at, row in enumerate(rows) if row.id == row_id), None)
        if at is None or (isinstance(value, tuple) and any(isinstance(part, Row) for part in value)):
            raise KeyError(f"{table}[{row_id}].{column}")
        changed = rows[at].with_cell(column, value)  # type: ignore[arg-type]
        self.values[table] = (*rows[:at], changed, *rows[at + 1 :])
