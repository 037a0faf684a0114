"""Which rule has to run when something changes, and in which order.

Rules read and write **keys**::

    uscc              the value of a field, relevance included; a person or table as a whole
    leader.mobile     a part of a person
    targets.source    a column of a table as a list
    targets#source    the same column, but only the cell of the row that the rule is applied to
    targets##rows     which rows there are, their order, and which of them are empty
    targets##node     level of a tree's nodes, for the row that the rule is applied to
    targets#          whether the field is relevant, for the rules about the field itself
    step:unit group:x relevance of a step or group

Rules that write come in an order in which nobody reads before it is written; checks come last.
"""

from __future__ import annotations

import heapq
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from pilotdesk.record import MutableRecord

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pilotdesk.forms.model import Field
    from pilotdesk.rules.engine import Run

EVERY_ROW = None
"""Stands for all rows where a set of row ids could stand."""
RowIds = set[str] | None


class Rule(MutableRecord, eq=False, kw_only=True):
    """One thing that can be recomputed.

    Attributes:
        title: what it decides, for people who look for a ring (``target_total 的 calculation``).
        reads: keys that make it run again. writes: keys that it changes; none for a check.
        table: name of the table in whose rows it is applied; empty when it is applied once.
        order: place in the order of running, set by :func:`put_in_order`.
    """

    title: str
    reads: frozenset[str]
    writes: frozenset[str] = frozenset()
    table: str = ""
    order: int = -1

    def apply(self, run: Run, rows: RowIds) -> None:
        """Recomputes, for the given rows of :attr:`table` or for all."""
        raise NotImplementedError


class RingError(Exception):
    """Rules that wait for one another; ``titles`` names them in a ring, the first again at the end."""

    def __init__(self, titles: tuple[str, ...]) -> None:
        self.titles = titles
        super().__init__(" → ".join(titles))


def put_in_order(rules: Sequence[Rule]) -> list[Rule]:
    """Rules in the order in which they are to run; sets their ``order``.

    Raises:
        RingError: some of them read what follows from them.
    """
    writers: dict[str, list[Rule]] = {}
    for rule in rules:
        for key in rule.writes:
            writers.setdefault(key, []).append(rule)
    sorter: TopologicalSorter[Rule] = TopologicalSorter()
    for rule in rules:
        before = (writer for key in sorted(rule.reads) for writer in writers.get(key, ()))
        if rule.writes:
            sorter.add(rule, *before)
    try:
        ordered = list(sorter.static_order())
    except CycleError as ring:
        raise RingError(tuple(rule.title for rule in reversed(ring.args[1]))) from None
    ordered += [rule for rule in rules if not rule.writes]
    for place, rule in enumerate(ordered):
        rule.order = place
    return ordered


def readers_of(rules: Iterable[Rule]) -> dict[str, list[Rule]]:
    """Key to the rules that read it."""
    readers: dict[str, list[Rule]] = {}
    for rule in rules:
        for key in rule.reads:
            readers.setdefault(key, []).append(rule)
    return readers


class Agenda:
    """Rules that wait to run, each once, first things first."""

    def __init__(self) -> None:
        self._heap: list[int] = []
        self._waiting: dict[int, tuple[Rule, RowIds]] = {}

    def add(self, rule: Rule, rows: RowIds = EVERY_ROW) -> None:
        """Notes a rule for some rows or for all; what is noted already is joined."""
        known = self._waiting.get(rule.order)
        if known is None:
            heapq.heappush(self._heap, rule.order)
            self._waiting[rule.order] = (rule, None if rows is None else set(rows))
        elif known[1] is not None:
            self._waiting[rule.order] = (rule, None if rows is None else known[1] | rows)

    def take(self) -> tuple[Rule, RowIds] | None:
        """The next rule with its rows; ``None`` when there is none left."""
        return self._waiting.pop(heapq.heappop(self._heap)) if self._heap else None


def value_keys(owner: Field) -> frozenset[str]:
    """Every key under which expressions can read a field: itself, its parts, its columns as lists and as cells."""
    keys = {owner.name}
    keys.update(f"{owner.name}.{part.name}" for part in owner.parts)
    if owner.columns:
        keys.update((f"{owner.name}##rows", f"{owner.name}##node"))
    for column in owner.columns:
        keys.update((f"{owner.name}.{column.name}", f"{owner.name}#{column.name}"))
    return frozenset(keys)


def relevance_key(owner: Field) -> str:
    """The key that the rules about a field read beside their operands."""
    return f"{owner.name}#"
