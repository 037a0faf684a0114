"""Every operation, with every kind of trouble at every place where it writes: nothing is lost, nothing half, and it is said.

Which places these are is counted while the operation runs. ``python -m tests.bench faults`` tries every single call.
"""

from __future__ import annotations

import ast
import sys
from typing import TYPE_CHECKING

import pytest

from tests.faults.instrument import FAULTS, PROGRAM
from tests.faults.operations import OPERATIONS, Operation
from tests.faults.walk import not_reached

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.faults.walk import Walk
    from tests.faults.worlds import World

WALKED_ROOMS = ("drafts", "documents", "projects", "updates", "atomic.py", "paths.py", "forms/installed.py")
"""Where whatever is stored, copied, packed or exported is written."""

WRITING = {
    "write_bytes", "write_text", "unlink", "rename", "replace", "hardlink_to", "symlink_to", "touch", "mkdir", "rmtree",
    "copyfile", "copytree", "copy2", "move", "truncate", "fsync", "TemporaryDirectory", "TemporaryFile",
    "NamedTemporaryFile", "mkdtemp", "remove", "rmdir", "makedirs", "ensure_folder", "replacing", "writing", "transaction",
    "copy_database", "writestr", "save",
}  # fmt: skip
NO_FILE = {"replace", "remove", "save", "copy", "writing", "transaction", "move", "truncate", "writestr"}
"""Names that strings, lists, streams and our own parts have as well: counted only where a call reached the disk."""


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_trouble_at_any_write_call_loses_nothing_and_is_said(walk: Walk, operation: Operation) -> None:
    wrong = walk.wrong(operation)
    assert not wrong, "\n".join(wrong[:20])


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_no_file_changes_behind_the_back_of_the_instrument(walk: Walk, operation: Operation) -> None:
    assert not_reached(walk.dry(operation)) == []


@pytest.mark.timeout(900)  # whatever another worker has walked is walked here again
def test_every_kind_of_trouble_is_met(walk: Walk) -> None:
    tried = {step.fault.name for operation in OPERATIONS for step in walk.steps(operation)}
    assert tried == {fault.name for fault in FAULTS}


@pytest.mark.timeout(900)
def test_every_line_that_writes_is_walked(walk: Walk) -> None:
    """Who adds a line that writes to one of these rooms has it walked with what is there, or adds the operation."""
    for operation in OPERATIONS:
        walk.wrong(operation)  # what cleans up after trouble is reached by trouble
    missing = [place for place in _writing_lines() if not _is_reached(place, walk.reached)]
    assert not missing, "\n".join(missing)


def _writing_lines() -> Iterator[str]:
    for room in WALKED_ROOMS:
        place = PROGRAM / room
        for file in [place] if place.suffix else sorted(place.rglob("*.py")):
            for node in _of_this_system(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Call) and _name(node.func) in WRITING - NO_FILE:
                    yield f"{file.relative_to(PROGRAM).as_posix()}:{node.lineno}-{node.end_lineno}"


def _of_this_system(node: ast.AST) -> Iterator[ast.AST]:
    """Everything below a node but what is asked for another system."""
    for child in ast.iter_child_nodes(node):
        other = isinstance(child, ast.If) and ast.unparse(child.test) == "sys.platform == 'win32'"
        if other and sys.platform != "win32":
            for part in child.orelse:
                yield part
                yield from _of_this_system(part)
            continue
        yield child
        yield from _of_this_system(child)


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _is_reached(place: str, reached: set[str]) -> bool:
    file, _, lines = place.partition(":")
    first, _, last = lines.partition("-")
    return any(f"{file}:{number}" in reached for number in range(int(first) - 3, int(last) + 2))


def test_the_instrument_fails_what_it_counts(walk: Walk, tmp_path: Path) -> None:
    """An operation that swallows its errors, or leaves half of a file, is found out."""

    def careless(world: World) -> None:
        (world.out / "稿.pilot").write_bytes(b"half of it and no more" * 9)

    def boastful(world: World) -> None:
        try:
            careless(world)
        except OSError:
            return

    for act, says in ((careless, "no sentence"), (boastful, "though it says it went well")):
        operation = Operation(name=act.__name__, act=act, prepare=lambda _world: None)
        found = [line for step in walk.steps(operation) for line in walk.fail(operation, step)]
        assert any(says in line for line in found)
