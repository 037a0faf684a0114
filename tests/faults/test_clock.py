"""The clock of the computer jumps, back a year or ahead ten, between any two steps and inside of each: nothing is lost."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from datetime import datetime, timedelta
from itertools import product
from typing import TYPE_CHECKING

import pytest

from pilotdesk.clock import Clock
from pilotdesk.drafts.backups import back_up, backups
from pilotdesk.drafts.health import health_of
from pilotdesk.drafts.store import DraftStore
from pilotdesk.drafts.thinning import RULES
from pilotdesk.forms.json_values import from_json
from tests.faults.operations import OPERATIONS
from tests.faults.worlds import NOW, dump, small

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.operations import Operation
    from tests.faults.walk import Walk

BACK, AHEAD = timedelta(days=-365), timedelta(days=3653)
TEXTS = tuple(f"第{n}次写的" for n in range(9))


class Jumping:
    """A clock that goes on by a minute with each look, and jumps at chosen looks."""

    def __init__(self, jumps: dict[int, timedelta]) -> None:
        self._jumps, self.looks, self._now = jumps, 0, NOW

    def __call__(self) -> datetime:
        self._now += self._jumps.get(self.looks, timedelta()) + timedelta(minutes=1)
        self.looks += 1
        return self._now


def _looks(operation: Operation, walk: Walk) -> int:
    with walk.world(operation) as world:
        jumping = Jumping({})
        world.now = jumping
        operation.act(world)
        return jumping.looks


def _history(database: Path) -> list[object]:
    with contextlib.closing(sqlite3.connect(database)) as connection:
        return connection.execute("SELECT seq, draft_id, path, value FROM history ORDER BY seq").fetchall()


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_every_operation_goes_well_whatever_the_clock_does(walk: Walk, operation: Operation) -> None:
    for at, jump in product(range(_looks(operation, walk)), (BACK, AHEAD)):
        with walk.world(operation) as world:
            days = {path.name[:18] for path in (world.data / "backups").glob("*.db")}
            draft = world.data / "pilotdesk.db"
            history = _history(draft) if operation.base is small else []
            world.now = Jumping({at: jump})
            operation.act(world)
            if operation.base is small and not operation.name.startswith(("_thin", "deleting_for_good")):
                assert _history(draft)[: len(history)] == history
            assert days <= {path.name[:18] for path in (world.data / "backups").glob("*.db")}


@pytest.mark.parametrize("jumps", [(BACK, AHEAD), (AHEAD, BACK), (AHEAD, AHEAD, BACK), (BACK, BACK, AHEAD)])
def test_history_keeps_its_order_and_every_copy_of_a_jump_stays(
    tmp_path: Path, jumps: tuple[timedelta, ...]
) -> None:
    world = small(tmp_path)
    moment = NOW
    clock = Clock(lambda: moment)
    store = DraftStore(world.data, clock)
    draft = world.draft
    made = []
    for n, text in enumerate(TEXTS):
        moment += jumps[n // 3] if n % 3 == 0 and n // 3 < len(jumps) else timedelta(minutes=10)
        store.save(draft, {"project_name": text}, origin="typed")
        made.append(back_up(world.data, clock).path)
    entries = [entry.value for entry in store.histories.read(draft).entries if entry.path == "project_name"]
    assert entries[-len(TEXTS) :] == list(TEXTS)
    assert (
        store.histories.read(draft).state()["project_name"]
        == store.load(draft).values["project_name"]
        == TEXTS[-1]
    )
    store.close()
    world.close()
    listed = {copy.path for copy in backups(world.data)}
    assert made[-1] in listed
    assert len(listed) >= RULES[0].periods
    assert all(health_of(path).is_sound for path in listed)
    found = {from_json_of(path) for path in listed}
    assert TEXTS[-1] in found


def from_json_of(path: Path) -> object:
    return next(from_json(json.loads(row[2])) for row in dump(path)["answer"] if row[1] == "project_name")
