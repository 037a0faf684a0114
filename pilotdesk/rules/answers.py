"""The answers as expressions see them.

Four layers, first match wins: results of calculations, one-time prefills that the session has not written yet,
the session's own values, and on top of all the veil of relevance: what is not relevant is unknown to every
expression, and a hidden table has no rows. Blank text is unanswered. Empty rows do not exist for expressions.
"""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import msgspec

from pilotdesk.forms.values import Row, Scalar, Unparsed, Value, is_blank
from pilotdesk.record import MutableRecord
from pilotdesk.rules.functions_lists import node_levels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pilotdesk.forms.model import Field, Form
    from pilotdesk.rules.calls import Lookup, Memo
    from pilotdesk.rules.expression import Expression
    from pilotdesk.rules.registry import Context

ROW_TYPES: Final = frozenset({"table", "tree"})
NODE_LEVEL: Final = "node_level"
NODE_IS_LEAF: Final = "node_is_leaf"
ROW_NUMBER: Final = "row_number"
VALUE: Final = "value"


class TableDiff(MutableRecord):
    """What is different between two states of a table.

    Attributes:
        cells: column to ids of the rows in which it changed, added rows not among them.
        added, removed: row ids. moved: whether order or parents of the rows that stayed changed.
        refilled: ids of the rows that became empty or ceased to be.
    """

    cells: dict[str, set[str]] = msgspec.field(default_factory=dict)
    added: set[str] = msgspec.field(default_factory=set)
    removed: set[str] = msgspec.field(default_factory=set)
    moved: bool = False
    refilled: set[str] = msgspec.field(default_factory=set)


class TableState:
    """The rows of one table as last seen, with what the rules know about them.

    Attributes:
        rows: row id to row as the session holds it, in order. filled: ids of rows with an answer in them.
        results: row id to the results of calculated columns. hidden: (row id, column) of cells that are not relevant.
    """

    def __init__(self, definition: Field) -> None:
        self.definition: Final = definition
        self.rows: dict[str, Row] = {}
        self.filled: set[str] = set()
        self.results: dict[str, dict[str, Scalar]] = {}
        self.hidden: set[tuple[str, str]] = set()
        self.is_tree: Final = definition.type == "tree"
        self.columns: Final = frozenset(column.name for column in definition.columns)
        self._calculated = {column.name for column in definition.columns if column.calculation}
        self._veiled = any(column.relevant for column in definition.columns)
        self._nodes: dict[str, tuple[int, bool]] = {}
        self._numbers: dict[str, int] = {}

    def take(self, rows: Iterable[Row]) -> TableDiff:
        """Takes over the session's rows and says what is different."""
        before, self.rows = self.rows, {row.id: row for row in rows}
        diff = TableDiff(removed=before.keys() - self.rows.keys())
        for row_id, row in self.rows.items():
            old = before.get(row_id)
            if old is None:
                diff.added.add(row_id)
                self._mark_filled(row)
            elif old is not row:
                self._compare(old, row, diff)
        stayed = (row_id for row_id in self.rows if row_id not in diff.added)
        diff.moved |= list(stayed) != [row_id for row_id in before if row_id not in diff.removed]
        for row_id in diff.removed:
            self.filled.discard(row_id)
            self.results.pop(row_id, None)
        if diff.removed:
            self.hidden = {cell for cell in self.hidden if cell[0] not in diff.removed}
        if diff.added or diff.removed or diff.moved:
            self._nodes.clear()
            self._numbers.clear()
        return diff

    def put(self, row_id: str, column: str, value: Scalar) -> None:
        """Puts in a calculated or prefilled cell that the session is about to write."""
        if self.rows[row_id].cell(column) != value:
            self.rows[row_id] = self.rows[row_id].with_cell(column, value)
            self._mark_filled(self.rows[row_id])

    def recall(self, hidden: Iterable[tuple[str, str]]) -> None:
        """Takes what the rules once said from outside, where none is run: results as they are stored, hidden cells."""
        self.hidden.update(hidden)
        for row_id, row in self.rows.items():
            self.results[row_id] = {name: row.cell(name) for name in self._calculated}

    def value(self, row_id: str, column: str) -> Scalar:
        """The value of a cell, relevant or not; results of calculations stand before what is stored."""
        if column in self._calculated:
            return self.results.get(row_id, {}).get(column)
        return self.rows[row_id].cells.get(column)

    def seen(self, row_id: str, column: str) -> object:
        """The value of a cell as expressions see it."""
        if self._veiled and (row_id, column) in self.hidden:
            return None
        value = self.value(row_id, column)
        return None if is_blank(value) else value

    def node(self, row_id: str) -> tuple[int, bool]:
        """Level (1 at the top) of a tree's node, and whether it is a leaf."""
        if not self._nodes:
            rows = tuple(self.rows.values())
            parents = {row.parent for row in rows}
            self._nodes = {key: (level, key not in parents) for key, level in node_levels(rows).items()}
        return self._nodes[row_id]

    def number(self, row_id: str) -> int:
        """Place of a row, counted from 1 as the table shows it."""
        if not self._numbers:
            self._numbers = {key: place for place, key in enumerate(self.rows, start=1)}
        return self._numbers[row_id]

    def filled_rows(self) -> tuple[Row, ...]:
        """The rows that are not empty, with results of calculations and without cells that are not relevant."""
        kept = tuple(row for row in self.rows.values() if row.id in self.filled)
        if not self._calculated and not self.hidden:
            return kept
        return tuple(self._as_seen(row) for row in kept)

    def column(self, name: str) -> tuple[object, ...]:
        """The answered cells of a column in row order; several choices in one cell follow one another."""
        cells: list[object] = []
        for row_id in self.rows:
            if row_id not in self.filled:
                continue
            value = self.seen(row_id, name)
            if isinstance(value, tuple):
                cells.extend(value)
            elif value is not None and not isinstance(value, Unparsed):
                cells.append(value)
        return tuple(cells)

    def _as_seen(self, row: Row) -> Row:
        names = row.cells.keys() | self._calculated
        cells = {name: value for name in names if (value := self.seen(row.id, name)) is not None}
        return Row(row.id, MappingProxyType(cells), row.parent)  # type: ignore[arg-type]

    def _compare(self, old: Row, row: Row, diff: TableDiff) -> None:
        for column in old.cells.keys() | row.cells.keys():
            if old.cells.get(column) != row.cells.get(column):
                diff.cells.setdefault(column, set()).add(row.id)
        diff.moved |= old.parent != row.parent
        was = row.id in self.filled
        self._mark_filled(row)
        if was != (row.id in self.filled):
            diff.refilled.add(row.id)

    def _mark_filled(self, row: Row) -> None:
        answered = any(
            not is_blank(value) for name, value in row.cells.items() if name not in self._calculated
        )
        (self.filled.add if answered else self.filled.discard)(row.id)


class Answers:
    """All answers of a form in the present state.

    Attributes:
        context: the day and the round, for functions; without it they are unknown.
        values: the session's dict, read only. computed: results of calculated fields.
        pending: prefills that the session is about to write. tables: state of each table and tree.
        hidden: names of steps, groups, fields and parts, and paths of cells, that are not relevant.
        memo: results of calls over whole tables, until one of them changes.
    """

    def __init__(self, form: Form, context: Context | None) -> None:
        self.form: Final = form
        self.context: Final = context
        self.values: Mapping[str, Value] = {}
        self.computed: dict[str, Value] = {}
        self.pending: dict[str, Value] = {}
        self.hidden: set[str] = set()
        self.memo: Memo = {}
        self.tables: Final = {
            name: TableState(definition)
            for name, definition in form.fields.items()
            if definition.type in ROW_TYPES
        }
        self._seen: dict[str, object] = {}
        self._readers: dict[str, Callable[[], object]] = {}
        for definition in form.fields.values():
            self._add_readers(definition)

    def load(self, values: Mapping[str, Value]) -> None:
        """Starts over with the session's values: everything is relevant, nothing is computed."""
        self.values = values
        for known in (self.computed, self.pending, self.hidden, self.memo, self._seen):
            known.clear()
        for name, definition in self.form.fields.items():
            if name in self.tables:
                self.tables[name] = TableState(definition)
                self.tables[name].take(rows_of(values.get(name)))

    def value(self, path: str) -> Value:
        """The value at the path of a field or person part, relevant or not."""
        for layer in (self.computed, self.pending):
            if path in layer:
                return layer[path]
        return self.values.get(path)

    def forget(self, key: str) -> None:
        """Drops what is remembered about a name that has changed."""
        self._seen.pop(key, None)
        if "." in key:
            self.memo.clear()

    def lookup(self, name: str) -> object:
        """The value of a (dotted) name of the form; ``None`` for a name that the form does not have."""
        if name not in self._seen:
            reader = self._readers.get(name)
            self._seen[name] = reader() if reader else None
        return self._seen[name]

    def evaluate(self, expression: Expression, lookup: Lookup) -> object:
        """The value of an expression in a scope of these answers; ``None`` is unknown."""
        return expression.evaluate(lookup, self.context, self.memo)

    def local_lookup(self, local: Mapping[str, str]) -> Lookup:
        """The form's names, with some that mean another one: ``value``, or the parts of the same person."""
        return lambda name: self.lookup(local.get(name, name))

    def row_lookup(self, table: str, row_id: str, column: str) -> Lookup:
        """The names of one row before those of the form; ``value`` is the cell in ``column``."""
        state = self.tables[table]

        def lookup(name: str) -> object:
            if name == VALUE:
                return state.seen(row_id, column)
            if name in state.columns:
                return state.seen(row_id, name)
            if name == ROW_NUMBER:
                return state.number(row_id)
            if state.is_tree and name in {NODE_LEVEL, NODE_IS_LEAF}:
                return state.node(row_id)[name == NODE_IS_LEAF]
            return self.lookup(name)

        return lookup

    def _add_readers(self, definition: Field) -> None:
        name = definition.name
        if name in self.tables:
            self._readers[name] = partial(self._read_table, name)
            for column in definition.columns:
                self._readers[f"{name}.{column.name}"] = partial(self._read_column, name, column.name)
        elif definition.type == "person":
            self._readers[name] = partial(self._read_person, definition)
            for part in definition.parts:
                self._readers[f"{name}.{part.name}"] = partial(self._read_scalar, f"{name}.{part.name}", name)
        else:
            self._readers[name] = partial(self._read_scalar, name, name)

    def _read_scalar(self, path: str, owner: str) -> object:
        if owner in self.hidden or path in self.hidden:
            return None
        value = self.value(path)
        return None if is_blank(value) else value

    def _read_person(self, person: Field) -> object:
        parts = (self.lookup(f"{person.name}.{part.name}") for part in person.parts)
        return tuple(part for part in parts if part is not None) or None

    def _read_table(self, table: str) -> tuple[object, ...]:
        return () if table in self.hidden else self.tables[table].filled_rows()

    def _read_column(self, table: str, column: str) -> tuple[object, ...]:
        return () if table in self.hidden else self.tables[table].column(column)


def rows_of(value: Value) -> tuple[Row, ...]:
    """The rows in a value; none for anything but rows."""
    return tuple(item for item in value if isinstance(item, Row)) if isinstance(value, tuple) else ()
