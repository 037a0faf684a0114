"""Walks an operation: once without trouble, to count; then once for every write call and everything that can go wrong there."""

from __future__ import annotations

import contextlib
import fnmatch
import hashlib
import os
import re
import shutil
import sqlite3
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pilotdesk.errors import PilotDeskError
from pilotdesk.paths import DATA_VARIABLE
from tests.faults.file_calls import FileCalls
from tests.faults.instrument import FAULTS, REMOVE, RENAME, Call, Fault, Instrument
from tests.faults.operations import trouble_of
from tests.faults.sqlite_calls import SqliteCalls
from tests.faults.worlds import LONG_AGO, World, copy_of, state_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.faults.operations import Operation

DATABASE = "data/pilotdesk.db"
MOST_HEAVY = 14
_CURE = re.compile(r"请|换|腾|关掉|再|重新|自动")
_PART = re.compile(
    r"(^|/)(\.[^/]*\.part[^/]*|\.binding-[^/]*|\.pilotdesk\.lock\.[^/]*|tmp/.*|\.[^/]*\.[a-z0-9_]{8}/.*|[0-9a-f]{64}\.part)($|/)"
)


class Dry(NamedTuple):
    """What an operation does when nothing goes wrong: its calls, and what is there before and after."""

    calls: tuple[Call, ...]
    before: dict[str, object]
    after: dict[str, object]
    heard: tuple[tuple[str, str], ...]


class Step(NamedTuple):
    """One way an operation can go wrong: the number of the call, and the fault."""

    at: int
    fault: Fault


class Walk:
    """Instrument, patches and the folders to work in; one for a whole run of the tests.

    Args:
        folder: where worlds are made.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._bases: dict[object, Path] = {}
        self._dry: dict[str, Dry] = {}
        self._wrong: dict[str, list[str]] = {}
        self.reached: set[str] = set()
        self.instrument = Instrument()
        self._files = FileCalls(self.instrument)
        self._sqlite = SqliteCalls(self.instrument)

    @contextlib.contextmanager
    def installed(self) -> Iterator[None]:
        """Everything that is done meanwhile goes through the instrument."""
        with self._files.installed(), self._sqlite.installed():
            yield

    @contextlib.contextmanager
    def world(self, operation: Operation) -> Iterator[World]:
        """A fresh world in which the operation can begin; the program believes that it is the only one."""
        if operation.base not in self._bases:
            place = self._folder / operation.base.__name__
            operation.base(place)
            self._bases[operation.base] = place
        world = copy_of(self._bases[operation.base], self._folder / "world")
        kept = {DATA_VARIABLE: os.environ.get(DATA_VARIABLE)}, tempfile.tempdir, sys.dont_write_bytecode
        os.environ[DATA_VARIABLE] = str(world.data)
        tempfile.tempdir, sys.dont_write_bytecode = str(world.root / "tmp"), True
        try:
            with self.installed(), _repeatable():
                operation.prepare(world)
                yield world
        finally:
            self.instrument.stop()
            world.close()
            tempfile.tempdir, sys.dont_write_bytecode = kept[1:]
            os.environ.pop(DATA_VARIABLE)
            os.environ |= {name: told for name, told in kept[0].items() if told is not None}

    def dry(self, operation: Operation) -> Dry:
        """The operation without trouble; counted once."""
        if operation.name not in self._dry:
            with self.world(operation):  # once for what is imported and cached on the way
                pass
            with self.world(operation) as world:
                trouble = trouble_of(lambda: operation.act(world))
                assert trouble is None, trouble
            with self.world(
                operation
            ) as world:  # not the one that is counted in: looking at a log changes its locks
                before = state_of(world.root)
            with self.world(operation) as world:
                self._files.heard.clear()
                self.instrument.start(world.root)
                operation.act(world)
                self.instrument.stop()
                calls, heard = tuple(self.instrument.calls), tuple(self._files.heard)
                self.reached |= {place for call in calls for place in call.places}
                self._dry[operation.name] = Dry(calls, before, state_of(world.root), heard)
        return self._dry[operation.name]

    def steps(self, operation: Operation, *, every: bool = False) -> list[Step]:
        """What is to be tried: every fault at every place, at the first and the last of the calls that the same lines make.

        Of a heavy operation one fault a place, at the first call, all of them in turn, at :data:`MOST_HEAVY` places from
        its begin to its end.

        Args:
            operation: the operation.
            every: whether every fault is tried at every single call.
        """
        calls = self.dry(operation).calls
        by_site: dict[Any, list[int]] = {}
        for at, call in enumerate(calls):
            by_site.setdefault(call.site, []).append(at)
        ends = (0,) if operation.heavy else (0, -1)
        some = sorted({seen[end] for seen in by_site.values() for end in ends})
        chosen = range(len(calls)) if every else some
        steps = [Step(at, fault) for at in chosen for fault in FAULTS if calls[at].kind in fault.kinds]
        if every or not operation.heavy:
            return steps
        turns = {at: [step for step in steps if step.at == at] for at in chosen}
        met = [turn for turn in turns.values() if turn]
        met = met[:: -(-len(met) // MOST_HEAVY)]
        return [turn[number % len(turn)] for number, turn in enumerate(met)]

    def wrong(self, operation: Operation) -> list[str]:
        """What is not as promised at any of :meth:`steps`; tried once."""
        if operation.name not in self._wrong:
            steps = self.steps(operation)
            assert steps, operation.name
            self._wrong[operation.name] = [line for step in steps for line in self.fail(operation, step)]
        return self._wrong[operation.name]

    def fail(self, operation: Operation, step: Step) -> list[str]:
        """Let an operation go wrong in one way; returns what is not as promised, in words."""
        dry, found = self.dry(operation), []
        with self.world(operation) as world:
            self.instrument.start(world.root, step.fault, step.at)
            trouble = trouble_of(lambda: operation.act(world))
            removal_failed = (
                any(call.kind == REMOVE for call in self.instrument.calls) and REMOVE in step.fault.kinds
            )
            struck = self.instrument.struck
            self.instrument.stop()
            self.reached |= {place for call in self.instrument.calls for place in call.places}
            state = state_of(world.root)
            if not struck:
                found.append("the call was not reached again")
            if trouble is None:
                if not operation.silent:
                    found += _claimed(operation, dry, state)
            else:
                found += _said(trouble)
                cut, stuck = operation.cut_short, operation.stuck
                if step.fault.lasting == "all":
                    operation = replace(
                        operation, partial=operation.partial + cut, optional=operation.optional + stuck
                    )
                found += _unchanged(operation, dry, state)
            found += _left(operation, dry, state, removal_failed=removal_failed)
            found += self._again(operation, dry, world, needed=trouble is not None)
        return [f"{operation.name} {_shown(dry.calls[step.at], step)}: {line}" for line in found]

    def _again(self, operation: Operation, dry: Dry, world: World, *, needed: bool) -> list[str]:
        """The same once more, without trouble and a day later by what stands in the folders, and the database reopened."""
        found = []
        _age(world.root)
        if needed:
            trouble = trouble_of(lambda: operation.act(world))
            if trouble is not None:
                return [f"a second try fails: {trouble!r}"]
            state = state_of(world.root)
            if operation.again:
                found += [f"after a second try {line}" for line in _claimed(operation, dry, state)]
            known = (*dry.after, *(name for name in state if name.startswith("tmp/")))
            left = [name for name in sorted(state.keys() - set(known)) if _PART.search(name)]
            found += [
                f"after a second try {name} is left" for name in left if not _fits(name, operation.partial)
            ]
        world.close()
        for path in world.data.glob("pilotdesk.db"):
            with contextlib.closing(sqlite3.connect(path)) as connection:
                said = connection.execute("PRAGMA integrity_check").fetchall()
            if said != [("ok",)]:
                found.append(f"the database is damaged: {said}")
        return found


def _shown(call: Call, step: Step) -> str:
    return (
        f"[{step.at}: {call.layer} {call.kind} {call.path} {step.fault.name}, {', '.join(call.places[:3])}]"
    )


@contextlib.contextmanager
def _repeatable() -> Iterator[None]:
    """Random names are the same in each run, so that the n-th call is the same one."""
    real, count = os.urandom, 0

    def urandom(size: int) -> bytes:
        nonlocal count
        count += 1
        return hashlib.shake_128(str(count).encode()).digest(size)

    os.urandom = urandom
    try:
        yield
    finally:
        os.urandom = real


def _age(root: Path) -> None:
    """Everything lies there for two days."""
    for path in root.rglob("*"):
        os.utime(path, (LONG_AGO, LONG_AGO))


def _fits(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch.fnmatch(name, pattern) for pattern in patterns)


def _is_attachment(name: str, told: object) -> bool:
    """A content under its own name, whole: nothing points to it, and it takes nothing from anybody."""
    return "attachments/" in name and name.rpartition("/")[2] == told


def _said(trouble: BaseException) -> list[str]:
    if not isinstance(trouble, PilotDeskError):
        return [f"no sentence for it: {trouble!r}"]
    words = str(trouble)
    return [] if words.endswith("。") and _CURE.search(words) else [f"says not what to do: {words}"]


def _unchanged(operation: Operation, dry: Dry, state: dict[str, object]) -> list[str]:
    """After trouble was said: everything is as before, or where that is allowed new and whole."""
    found = []
    for name, told in dry.before.items():
        if _PART.search(name):  # of an earlier program: whether it goes now or the next time
            continue
        if (
            state.get(name) == told
            or _fits(name, operation.optional)
            or (operation.stepwise and name == DATABASE)
        ):
            continue
        whole = (name in dry.after and state.get(name) == dry.after[name]) or (
            name not in dry.after and name not in state
        )
        if operation.waiting in state and name == DATABASE:
            continue
        if not whole or not _fits(name, operation.partial):
            found.append(f"{name} is {'gone' if name not in state else 'another'}")
    for name in state.keys() - dry.before.keys():
        whole = state[name] == dry.after.get(name, state[name] if _fits(name, operation.partial) else None)
        if (
            _PART.search(name)
            or _is_attachment(name, state[name])
            or (operation.stepwise and name == DATABASE)
        ):
            continue
        if not (whole and _fits(name, operation.partial)) and not _fits(name, operation.optional):
            found.append(f"{name} is there though it failed")
    return found


def _claimed(operation: Operation, dry: Dry, state: dict[str, object]) -> list[str]:
    """After it went well, as it says: everything that it makes is there, and whole."""
    return [
        f"{name} is {'missing' if name not in state else 'another'} though it says it went well"
        for name, told in dry.after.items()
        if state.get(name) != told and not _fits(name, operation.optional)
        if not (name in state and _fits(name, operation.varies))
    ]


def _left(operation: Operation, dry: Dry, state: dict[str, object], *, removal_failed: bool) -> list[str]:
    known = dry.before.keys() | dry.after.keys()
    left = [name for name in sorted(state.keys() - known) if _PART.search(name)]
    return [] if removal_failed else [f"{name} is left" for name in left]


def not_reached(dry: Dry) -> list[str]:
    """Files that changed, came or went without a counted call: what the instrument does not see."""
    touched = {
        path.removesuffix(end) for path in map(_path, dry.calls) for end in ("-wal", "-shm", "-journal", "")
    }
    renamed = {call.path for call in dry.calls if call.kind == RENAME}
    gone_by_renaming = bool(renamed)
    unseen = set()
    for name in dry.before.keys() | dry.after.keys():
        if dry.before.get(name) == dry.after.get(name) or name in touched:
            continue
        moved_in = any(parent.as_posix() in renamed for parent in Path(name).parents)
        moved_out = gone_by_renaming and name not in dry.after
        if not moved_in and not moved_out:
            unseen.add(name)
    made = {call.path for call in dry.calls if call.kind != REMOVE} | dry.before.keys()
    folders = {parent.as_posix() for name in made for parent in Path(name).parents}
    gone = {call.path for call in dry.calls if call.kind == REMOVE} - made - folders
    never_written = {
        f"{name} (removed, never written)" for name in gone if not name.endswith(("-wal", "-shm"))
    }
    return sorted(unseen | never_written | {name for _, name in dry.heard} - touched)


def _path(call: Call) -> str:
    return call.path


def clear(folder: Path) -> None:
    """Take everything away."""
    shutil.rmtree(folder, ignore_errors=True)
