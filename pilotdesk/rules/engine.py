"""``Engine``: keeps relevance, calculations and issues true while answers change.

It reads the session's values and never writes them: what follows from a change is handed back as
:class:`Effects`. After a change only the rules that depend on it run again, in rows only where the row is
concerned; the result is the same as starting over with the same answers.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import msgspec

from pilotdesk.forms.values import Row, Value, field_name, split_cell_path
from pilotdesk.record import Record
from pilotdesk.rules.answers import ROW_TYPES, Answers, TableDiff, rows_of
from pilotdesk.rules.calculation import Prefill, as_scalar
from pilotdesk.rules.dependencies import EVERY_ROW, Agenda, RowIds
from pilotdesk.rules.found_issues import FoundIssues, row_of
from pilotdesk.rules.gaps import gathered
from pilotdesk.rules.issue import Issue, Severity
from pilotdesk.rules.plan import Plan, plan_of
from pilotdesk.rules.registry import Context
from pilotdesk.rules.sentences import issue_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from pilotdesk.forms.model import Form
    from pilotdesk.forms.round import Round
    from pilotdesk.rules.checking import CheckRule, Finding
    from pilotdesk.rules.dependencies import Rule
    from pilotdesk.rules.subjects import Subject

_MISSING: Final = object()


class Effects(Record, frozen=True):
    """What follows from a change.

    Attributes:
        values: new results of calculations and new prefills by path (fields, parts, cells, calculated tables
            whole); the session writes them and need not report them back.
        relevance: names that flipped: ``step:…``, ``group:…``, fields, parts, cell paths.
        issues: paths whose issues may have changed.
    """

    values: Mapping[str, Value] = msgspec.field(default_factory=lambda: MappingProxyType({}))
    relevance: Mapping[str, bool] = msgspec.field(default_factory=lambda: MappingProxyType({}))
    issues: frozenset[str] = frozenset()


class Run:
    """One run of rules, from a change to everything that follows.

    Attributes:
        answers, plan, ruled_out: of the engine. touched: paths that the caller has written.
    """

    def __init__(self, engine: Engine, found_issues: FoundIssues, *, prefill: bool) -> None:
        self.answers: Final = engine.answers
        self.plan: Final = engine.plan
        self.ruled_out: Final = engine.ruled_out
        self.touched: set[str] = set()
        self._found_issues: Final = found_issues
        self._agenda = Agenda()
        self._prefill = prefill
        self._proposals: dict[Prefill, RowIds] = {}
        self._values: dict[str, Value] = {}
        self._was_hidden: dict[str, bool] = {}
        self._issues: set[str] = set()

    def effects(self) -> Effects:
        """Runs until nothing waits, and says what has happened."""
        self._settle()
        while self._proposals:
            waiting, self._proposals = self._proposals, {}
            for rule, rows in waiting.items():
                rule.apply(self, rows)
            self._settle()
        hidden = self.answers.hidden
        flipped = {
            name: name not in hidden for name, was in self._was_hidden.items() if was != (name in hidden)
        }
        return Effects(MappingProxyType(self._values), MappingProxyType(flipped), frozenset(self._issues))

    def put(self, rules: Iterable[Rule]) -> None:
        """Puts rules on the agenda, for all rows."""
        for rule in rules:
            self._agenda.add(rule)

    def signal(self, key: str, rows: RowIds = EVERY_ROW) -> None:
        """Says that a key has changed, for some rows of its own table or altogether."""
        self.answers.forget(key)
        for rule in self.plan.readers.get(key, ()):
            concerned = rows if rule.table else EVERY_ROW
            if not isinstance(rule, Prefill):
                self._agenda.add(rule, concerned)
            elif self._prefill:
                known = self._proposals.get(rule, set())
                self._proposals[rule] = None if known is None or concerned is None else known | concerned

    def signal_value(self, subject: Subject) -> None:
        """Says that the answer of a field or part has changed."""
        self.signal(subject.key)
        if subject.key != subject.owner.name:
            self.signal(subject.owner.name)

    def signal_cells(self, table: str, cells: Mapping[str, set[str]]) -> None:
        """Says that cells have changed: column to row ids."""
        for column in sorted(cells):
            self.signal(f"{table}#{column}", cells[column])
            self.signal(f"{table}.{column}")
        self.signal(table)

    def take_rows(self, table: str, rows: Iterable[Row]) -> None:
        """Compares the rows of a table with those last seen and says what has changed."""
        diff = self.answers.tables[table].take(rows)
        self.touched.update(f"{table}[{row}].{column}" for column, ids in diff.cells.items() for row in ids)
        for column, ids in diff.cells.items():
            calculation = self.plan.cell_calculations.get(f"{table}#{column}")
            if calculation:
                self._agenda.add(calculation, ids)
        if diff.added or diff.removed or diff.moved or diff.refilled:
            self._signal_rows(table, diff)
        if diff.cells:
            self.signal_cells(table, diff.cells)
        if self.answers.tables[table].is_tree and "code" in diff.cells:
            # a node is spoken of by its code
            renamed = diff.cells["code"]
            self._issues.update(path for path in self._found_issues.paths(table) if row_of(path) in renamed)

    def write(self, path: str, value: Value, *, stored: object = _MISSING) -> None:
        """Hands a result to the session, if the session has another one."""
        if stored is _MISSING:
            stored = self.answers.values.get(path)
        if stored != value:
            self._values[path] = value
        else:
            self._values.pop(path, None)

    def propose(self, subject: Subject, row_id: str, value: Value) -> None:
        """Hands a prefill to the session; what has been filled is not proposed again."""
        path = subject.path(row_id)
        self._values[path] = value
        if subject.in_rows:
            state = self.answers.tables[subject.table]
            state.put(row_id, subject.field.name, as_scalar(value))
            self.signal_cells(subject.table, {subject.field.name: {row_id}})
        elif subject.owner.type in ROW_TYPES:
            self.take_rows(path, rows_of(value))
        else:
            self.answers.pending[path] = value
            self.signal_value(subject)

    def rule_out(self, name: str, hidden: bool) -> None:
        """Notes what the own relevance of a step, group or field says."""
        (self.ruled_out.add if hidden else self.ruled_out.discard)(name)

    def set_hidden(self, name: str, hidden: bool) -> bool:
        """Hides or shows a name; whether it flipped."""
        if hidden == (name in self.answers.hidden):
            return False
        self._was_hidden.setdefault(name, not hidden)
        (self.answers.hidden.add if hidden else self.answers.hidden.discard)(name)
        return True

    def found(self, rule: CheckRule, path: str, findings: tuple[Finding, ...]) -> None:
        """Keeps what a check has found."""
        if self._found_issues.put(rule, path, findings):
            self._issues.add(path)

    def has_found(self, rule: CheckRule) -> bool:
        """Whether a check has ever found something: of one that has not, nothing need be taken back."""
        return self._found_issues.has(rule)

    def _settle(self) -> None:
        while (waiting := self._agenda.take()) is not None:
            rule, rows = waiting
            rule.apply(self, rows)

    def _signal_rows(self, table: str, diff: TableDiff) -> None:
        """Rows came, went, moved, or became empty: whole columns change, and rows that are shown by number."""
        gone = self._found_issues.drop_rows(table, diff.removed)
        if diff.removed:
            cells = f"{table}["
            self.answers.hidden.difference_update(
                [
                    path
                    for path in self.answers.hidden
                    if path.startswith(cells) and row_of(path) in diff.removed
                ]
            )
        self._issues |= gone | set(self._found_issues.paths(table))
        self.signal(f"{table}##rows", diff.added | diff.refilled)
        if self.answers.tables[table].is_tree:
            self.signal(f"{table}##node", EVERY_ROW)
        for column in self.answers.tables[table].columns:
            self.signal(f"{table}.{column}")
        self.signal(table)


class Engine:
    """The rules of one open draft.

    Args:
        form: the form.
        round_: the round it belongs to.
        today: the local day that rules see.

    Attributes:
        is_checked: whether the checks have run since the start.

    Raises:
        PackError: ``pack_broken`` when an expression that decides what is asked cannot be read, or rules wait for
            one another; for an expression of a check when the checks run first.
    """

    def __init__(self, form: Form, round_: Round, today: date) -> None:
        self.form: Final = form
        self.plan: Final[Plan] = plan_of(form)
        self.answers: Final = Answers(form, Context(today, round_, form.lists))
        self.ruled_out: Final[set[str]] = set()
        self.is_checked = True
        self._found_issues = FoundIssues()
        self._accepted: Mapping[str, str] = {}

    def start(
        self,
        values: Mapping[str, Value],
        accepted: Mapping[str, str] | None = None,
        *,
        check_later: bool = False,
    ) -> Effects:
        """Begins with a draft; everything counts as relevant before.

        Args:
            values: the session's dict, read whenever something is reported as changed.
            accepted: the session's dict of ``code@path`` to reason.
            check_later: whether the checks wait for :meth:`check`, or until somebody asks for issues.

        Returns:
            Results of calculations that differ from what is stored; nothing is prefilled.
        """
        self._accepted = {} if accepted is None else accepted
        self.ruled_out.clear()
        self._found_issues = FoundIssues()
        self.is_checked = False
        self.answers.load(values)
        run = Run(self, self._found_issues, prefill=False)
        run.put(self.plan.deciding)
        effects = run.effects()
        return effects if check_later else msgspec.structs.replace(effects, issues=self.check())

    def check(self) -> frozenset[str]:
        """Runs the checks if they wait still; returns every path at which something was found."""
        if not self.is_checked:
            checks = self.plan.checks
            self.is_checked = True
            run = Run(self, self._found_issues, prefill=False)
            run.put(checks)
            run.effects()
        return frozenset(path for name in self.form.fields for path in self._found_issues.paths(name))

    @property
    def found_issues(self) -> FoundIssues:
        """What the checks have found; they run now if they wait still."""
        if not self.is_checked:
            self.check()
        return self._found_issues

    def changed(self, paths: Iterable[str], *, prefill: bool = True) -> Effects:
        """What follows after the session has written.

        Args:
            paths: paths of fields, parts and cells, and names of tables.
            prefill: whether a person wrote, so that empty fields may be prefilled; not on undo.
        """
        self.answers.pending.clear()
        run = Run(self, self.found_issues, prefill=prefill)
        tables: set[str] = set()
        for path in sorted(paths):
            run.touched.add(path)
            if field_name(path) in self.answers.tables:
                tables.add(field_name(path))
            elif path in self.answers.computed:
                run.write(path, self.answers.computed[path])
            else:
                run.signal(path)
                if "." in path:
                    run.signal(field_name(path))
        for table in sorted(tables):
            self._take_table(run, table)
        return run.effects()

    def accept(self, key: str) -> Effects:
        """After the session has noted ``code@path`` as confirmed, or has withdrawn it."""
        return Effects(issues=frozenset({key.partition("@")[2]}))

    @property
    def irrelevant(self) -> frozenset[str]:
        """Names of steps, groups, fields and parts and paths of cells that are not relevant."""
        return frozenset(self.answers.hidden)

    def is_relevant(self, path: str) -> bool:
        """Whether a step, group, field, part or cell is asked at all now."""
        return path not in self.answers.hidden and field_name(path) not in self.answers.hidden

    def is_required(self, path: str) -> bool:
        """Whether an answer is required now; for a person, whether one of its parts is."""
        place = split_cell_path(path)
        name, row_id = (f"{place[0]}.{place[2]}", place[1]) if place else (path, "")
        parts = (f"{name}.{part.name}" for part in self.form.fields[field_name(path)].parts)
        rules = (self.plan.required(one) for one in (name, *parts))
        return self.is_relevant(path) and any(
            rule.is_required(self.answers, row_id) for rule in rules if rule
        )

    def findings(self, owner: str) -> Iterator[tuple[str, Finding]]:
        """Open findings of one field with their path, without their sentences: for counting."""
        for path in self.found_issues.paths(owner):
            for _, finding in self.found_issues.at(path):
                if not self._is_accepted(finding, path):
                    yield path, finding

    def issues_at(self, path: str) -> tuple[Issue, ...]:
        """Open issues of one path, gravest first."""
        return tuple(
            self._issue(rule, finding, path)
            for rule, finding in self.found_issues.at(path)
            if not self._is_accepted(finding, path)
        )

    def accepted_at(self, path: str) -> tuple[tuple[Issue, str], ...]:
        """Issues of one path that were confirmed, with the reason."""
        return tuple(
            (self._issue(rule, finding, path), self._accepted[f"{finding.code}@{path}"])
            for rule, finding in self.found_issues.at(path)
            if self._is_accepted(finding, path)
        )

    def all_issues(self) -> tuple[Issue, ...]:
        """All open issues in the order of the form: fields, rows, columns; gravest first at each path."""
        return tuple(
            issue
            for name in self.form.fields
            for path in sorted(self.found_issues.paths(name), key=self._place_in_field)
            for issue in self.issues_at(path)
        )

    def listed_issues(self) -> tuple[Issue, ...]:
        """All open issues as they are listed and counted: the missing cells of a table as one."""
        return gathered(self.form, self.all_issues())

    def _take_table(self, run: Run, table: str) -> None:
        computed = self.answers.computed.get(table)
        if computed is None:
            run.take_rows(table, rows_of(self.answers.values.get(table)))
        else:
            run.write(table, computed)

    def _is_accepted(self, finding: Finding, path: str) -> bool:
        return finding.severity is not Severity.ERROR and f"{finding.code}@{path}" in self._accepted

    def _issue(self, rule: CheckRule, finding: Finding, path: str) -> Issue:
        return issue_of(finding, rule.subject, self.answers, row_of(path))

    def _place_in_field(self, path: str) -> tuple[int, int, str]:
        place = split_cell_path(path)
        owner = self.form.fields[field_name(path)]
        if place is None:
            names = [part.name for part in owner.parts]
            below = path.partition(".")[2]
            return (0, names.index(below) + 1 if below in names else 0, path)
        names = [column.name for column in owner.columns]
        return (self.answers.tables[place[0]].number(place[1]), names.index(place[2]), path)
