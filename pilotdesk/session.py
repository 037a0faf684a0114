"""``Session``: the one writer of values while a draft is open.

Editors, import, merge and read-back all go through :meth:`Session.set_value` and the row methods;
rules recompute the dependency closure, and every listener gets one :class:`Change`. The session knows
neither the store nor the window: autosave is a listener like any other.
"""

from __future__ import annotations

from contextlib import ExitStack
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import msgspec

from pilotdesk.forms.answer_book import AnswerBook, Rows
from pilotdesk.forms.codecs import codec_for
from pilotdesk.forms.lookup import field_at
from pilotdesk.forms.snapshot import Snapshot
from pilotdesk.forms.values import Row, Scalar, Value, field_name, is_blank, new_row_id, split_cell_path
from pilotdesk.record import Record
from pilotdesk.rules.engine import Effects, Engine
from pilotdesk.undo_steps import Edit, UndoSteps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from pilotdesk.forms.codecs import Codec
    from pilotdesk.forms.model import Field, Form, FormPack
    from pilotdesk.forms.round import Round
    from pilotdesk.rules.issue import Issue


class Change(Record, frozen=True):
    """What one call did.

    Attributes:
        paths: scalar and cell paths whose value changed, calculated and prefilled ones among them.
        tables: tables and trees whose rows were added, removed, moved or replaced as a whole.
        relevance: names of steps, groups and fields that became relevant or ceased to be.
        issues: paths whose issues changed.
        origin: who asked for it; a listener skips its own changes.
    """

    paths: frozenset[str] = frozenset()
    tables: frozenset[str] = frozenset()
    relevance: Mapping[str, bool] = msgspec.field(default_factory=lambda: MappingProxyType({}))
    issues: frozenset[str] = frozenset()
    origin: object = None

    def __bool__(self) -> bool:
        """Whether anything changed at all."""
        return bool(self.paths or self.tables or self.relevance or self.issues)


class Listeners:
    """Who is told of every change."""

    def __init__(self) -> None:
        self._calls: list[Callable[[Change], None]] = []

    def add(self, listener: Callable[[Change], None]) -> Callable[[], None]:
        """Have ``listener`` called after every change; returns the call that ends it."""
        self._calls.append(listener)
        return lambda: self._calls.remove(listener)

    def tell(self, change: Change) -> None:
        """Call them all, in the order in which they came; a page that fails keeps nobody from hearing, autosave least of all."""
        with ExitStack() as told:
            for call in reversed(self._calls):
                told.callback(call, change)


class Session:
    """One open draft.

    Args:
        pack: the pack that the draft was written for.
        form_name: which of its forms.
        values: path to value as stored (scalars, person parts, whole tables); copied.
        today: the day that rules see.
        accepted: ``code@path`` to the reason with which a 请核实 was answered.
        identity: project id, draft id, revision and practice mark for snapshots; what was carried; the attic.
        check_later: whether the checks wait for :meth:`check`, or until issues are asked for.

    Attributes:
        subscribe: see :meth:`Listeners.add`.
        carried: path to value of what the other forms of the project said when they were last looked at, whole tables
            under their name; read-only, replaced as a whole when differences are settled.
    """

    def __init__(
        self,
        pack: FormPack,
        form_name: str,
        values: Mapping[str, Value],
        *,
        today: date,
        accepted: Mapping[str, str] | None = None,
        identity: Snapshot | None = None,
        check_later: bool = False,
    ) -> None:
        self.pack: Final = pack
        self.form: Final[Form] = pack.forms[form_name]
        self.round: Final[Round] = pack.round
        self._book: Final = AnswerBook(self.form, values)
        self.steps: Final = UndoSteps()
        self._accepted: dict[str, str] = dict(accepted or {})
        self.identity = identity or Snapshot(values={}, accepted={})
        self.is_read_only = False
        """Whether the draft is only looked at: then nothing changes, whoever asks."""
        self.carried: Mapping[str, Value] = MappingProxyType(dict(self.identity.carried))
        self._listeners: Final = Listeners()
        self.subscribe: Final = self._listeners.add
        self._codecs: dict[str, Codec] = {}
        self.engine: Final = Engine(self.form, pack.round, today)
        effects = self.engine.start(self._book.values, self._accepted, check_later=check_later)
        self._book.write(effects.values)

    # -- reading ---------------------------------------------------------------------------------

    @property
    def values(self) -> Mapping[str, Value]:
        """All values by path, read-only; cells only inside their table."""
        return MappingProxyType(self._book.values)

    @property
    def accepted(self) -> Mapping[str, str]:
        """``code@path`` to reason of every answered 请核实, read-only."""
        return MappingProxyType(self._accepted)

    def value(self, path: str) -> Value:
        """The value at any path, cells included; ``None`` when unanswered or when the row is gone."""
        return self._book.value(path)

    def rows(self, table: str) -> Rows:
        """The rows of a table or nodes of a tree, in their order; empty when there are none."""
        return self._book.rows(table)

    def field(self, path: str) -> Field:
        """The definition behind a path: field, person part or column.

        Raises:
            KeyError: the form has no such path.
        """
        return field_at(self.form, path)

    def codec(self, path: str) -> Codec:
        """The codec behind a path; made once per field, column or part."""
        place = split_cell_path(path)
        key = f"{place[0]}[].{place[2]}" if place else path
        if key not in self._codecs:
            self._codecs[key] = codec_for(self.field(path), self.form.lists)
        return self._codecs[key]

    def is_relevant(self, name: str) -> bool:
        """Whether a field, ``group:name`` or ``step:name`` is asked at all now."""
        return name not in self.engine.irrelevant

    def issues_at(self, path: str) -> tuple[Issue, ...]:
        """Open issues of one path, gravest first."""
        return self.engine.issues_at(path)

    def all_issues(self) -> tuple[Issue, ...]:
        """All open issues in the order of the form."""
        return self.engine.all_issues()

    def check(self) -> Change:
        """Run the checks that were to wait, and tell the listeners every path that has issues."""
        return self._publish(frozenset(), frozenset(), Effects(issues=self.engine.check()), None)

    def freeze(self) -> Snapshot:
        """The draft as it stands, for workers and writers."""
        return Snapshot(
            values=MappingProxyType(dict(self._book.values)), irrelevant=frozenset(self.engine.irrelevant),
            project_id=self.identity.project_id, draft_id=self.identity.draft_id, revision=self.identity.revision,
            accepted=MappingProxyType(dict(self._accepted)), practice=self.identity.practice, carried=self.carried,
            attic=self.identity.attic,
        )  # fmt: skip

    # -- writing scalars -------------------------------------------------------------------------

    def set_value(self, path: str, value: Value, origin: object = None) -> Change:
        """Write one answer, one cell or one whole table; ``None`` takes the answer away.

        Typing on in the same path from the same origin joins one undo step.

        Raises:
            KeyError: the form has no such path, or the row is gone.
            ValueError: the field is calculated.
        """
        if self.field(path).calculation:
            raise ValueError(path)
        new = None if is_blank(value) else value
        if self.value(path) == new and type(self.value(path)) is type(new):
            return Change(origin=origin)
        return self._apply({path: new}, origin, typing=path)

    def set_text(self, path: str, text: str, origin: object = None) -> Change:
        """Write what was typed, read by the field's codec; unreadable text is kept as it is."""
        return self.set_value(path, self.codec(path).parse(text), origin)

    def set_values(
        self, values: Mapping[str, Value], origin: object = None, *, prefill: bool = True
    ) -> Change:
        """Write several answers, cells or whole tables as one change and one undo step (paste, fill down, import).

        ``prefill``: whether empty fields that follow from these are filled in; not where a former state is put back.
        """
        return self._apply(dict(values), origin, prefill=prefill)

    # -- writing rows ----------------------------------------------------------------------------

    def insert_rows(
        self,
        table: str,
        index: int,
        rows: Sequence[Mapping[str, Scalar]],
        origin: object = None,
        *,
        parent: str | None = None,
    ) -> Change:
        """Insert rows with fresh ids before ``index`` (0…n); in a tree under the node ``parent``."""
        present = self.rows(table)
        taken = {row.id for row in present}
        made: list[Row] = []
        for cells in rows:
            row_id = new_row_id()
            while row_id in taken:
                row_id = new_row_id()
            taken.add(row_id)
            answered = {name: value for name, value in cells.items() if not is_blank(value)}
            made.append(Row(row_id, MappingProxyType(answered), parent))
        return self.replace_rows(table, (*present[:index], *made, *present[index:]), origin)

    def remove_rows(self, table: str, row_ids: Iterable[str], origin: object = None) -> Change:
        """Delete rows; in a tree the nodes below go with them. Undo brings them back."""
        gone = set(row_ids)
        rows = self.rows(table)
        while below := {row.id for row in rows if row.parent in gone} - gone:
            gone |= below
        return self.replace_rows(table, tuple(row for row in rows if row.id not in gone), origin)

    def move_row(
        self, table: str, row_id: str, index: int, origin: object = None, *, parent: str | None = None
    ) -> Change:
        """Move a row so that it stands at ``index`` (0…n-1 after the move); in a tree also under ``parent``."""
        rows = list(self.rows(table))
        place = next(at for at, row in enumerate(rows) if row.id == row_id)
        row = rows.pop(place)
        rows.insert(index, Row(row.id, row.cells, parent))
        return self.replace_rows(table, tuple(rows), origin)

    def replace_rows(self, table: str, rows: Rows, origin: object = None) -> Change:
        """Give a table a new set or order of rows; rows that stay keep their ids."""
        if self.rows(table) == rows:
            return Change(origin=origin)
        return self._apply({table: rows or None}, origin)

    # -- answered warnings -----------------------------------------------------------------------

    def accept(self, code: str, path: str, reason: str | None, origin: object = None) -> Change:
        """Answer a 请核实 with a reason, so that it leaves the count; ``None`` takes the answer back."""
        key = f"{code}@{path}"
        if self.is_read_only:
            return Change(origin=origin)
        self._accepted.pop(key, None)
        if reason is not None:
            self._accepted[key] = reason
        return self._publish(frozenset(), frozenset(), self.engine.accept(key), origin)

    # -- undo ------------------------------------------------------------------------------------

    def undo(self) -> Change:
        """Take the last step back, on whatever page it was; empty when there is none."""
        return self._replay(self.steps.back)

    def redo(self) -> Change:
        """Do the last undone step again; empty when there is none."""
        return self._replay(self.steps.forward)

    # -- inside ----------------------------------------------------------------------------------

    def _apply(
        self, values: dict[str, Value], origin: object, typing: str | None = None, *, prefill: bool = True
    ) -> Change:
        """Write values, let the rules answer, remember the step, tell the listeners."""
        if self.is_read_only:
            return Change(origin=origin)
        before = {path: self.value(path) for path in values}
        paths, tables = self._book.write(values)
        effects = Effects()
        try:
            effects = self.engine.changed(paths | tables, prefill=prefill)
        finally:  # what was typed is told and stored, also where the rules fail over it
            prefilled = {p: v for p, v in effects.values.items() if not self.field(p).calculation}
            # cells that were prefilled in rows of a new table go with that table
            before |= {path: self.value(path) for path in prefilled if field_name(path) not in values}
            self.steps.remember(Edit(before, values | prefilled, origin, typing))
            change = self._publish(paths, tables, effects, origin)
        return change

    def _replay(self, step: Callable[[], tuple[dict[str, Value], object]]) -> Change:
        values, origin = ({}, None) if self.is_read_only else step()
        if not values:
            return Change()
        paths, tables = self._book.write(values)
        effects = Effects()
        try:
            effects = self.engine.changed(paths | tables, prefill=False)
        finally:  # as in what is typed
            change = self._publish(paths, tables, effects, origin)
        return change

    def _publish(
        self, paths: frozenset[str], tables: frozenset[str], effects: Effects, origin: object
    ) -> Change:
        more_paths, more_tables = self._book.write(effects.values)
        change = Change(paths | more_paths, tables | more_tables, effects.relevance, effects.issues, origin)
        if change:
            self._listeners.tell(change)
        return change
