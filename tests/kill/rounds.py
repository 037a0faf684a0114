"""Lives of the program that end with SIGKILL, and what must be true of the data after each.

A round starts :mod:`tests.kill.child` on a data directory, reads what it tells through a pipe, kills it at a random moment of
the phase that the round is about, and looks at what it left. The next round goes on with the same data.

What must be true:

* Every path that the safety bar had acknowledged has the acknowledged value, or one that was typed later.
* What was typed more than :data:`BOUND_S` before the kill is there. Counted is *own time*: of each interval between two beats
  of the child's event loop no more than a beat and the processor time that the child used in it. A program that keeps its own
  event loop waiting has used the processor, so that counts; a machine that gives it no turn, or a disk that is slow, does not.
  On an idle machine own time is the time on the wall.
* Nothing else has changed. SQLite finds the database whole, foreign keys hold, the replayed history is the answers.
* Every backup that has its name is sound, and only the thinning table has taken any away.
* The program says that the last end was unclean when it was and something had been changed, and only then.
"""

from __future__ import annotations

import json
import os
import random
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from bisect import bisect_left
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pilotdesk.clock import SYSTEM_CLOCK
from pilotdesk.drafts.backups import Backup, backups
from pilotdesk.drafts.health import health_of
from pilotdesk.drafts.store import DraftStore
from pilotdesk.drafts.thinning import staying
from pilotdesk.errors import PilotDeskError
from tests.drafts.recovery_kit import sample_data
from tests.kill.plain import flat_values

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
BOUND_S = 1.0
BEAT_S = 0.022
"""What an interval between two beats counts at most, besides the processor time used in it."""
PATIENCE_S = 30.0
"""A child that has not come to its phase by then is killed where it is."""

GOALS = {
    "startup": (0.12, 0.7),
    "open": (0.06, 0.3),
    "typing": (0.30, 1.2),
    "commit": (0.16, 0.006),
    "page": (0.08, 0.3),
    "rows": (0.07, 0.5),
    "undo": (0.05, 0.5),
    "backup": (0.07, 0.12),
    "export": (0.04, 1.2),
    "close": (0.05, 0.2),
}
"""Phase that a round is about: share of the rounds, and within how many seconds of its beginning the kill comes."""


class Broken(AssertionError):
    """A promise was not kept."""


@dataclass
class Outcome:
    """What one round showed.

    Attributes:
        seed: of what was typed and of when it ended. phase: in which it ended.
        acknowledged: paths that the bar had said were stored, or that a clean end promises.
        missing_wall_s, missing_own_s: age of the oldest typing that is not there; on the wall, and in own time.
        clean: whether it had closed before it was killed.
        faults: what was promised and is not so.
    """

    seed: str
    phase: str = "startup"
    acknowledged: int = 0
    missing_wall_s: float = 0.0
    missing_own_s: float = 0.0
    clean: bool = False
    faults: list[str] = field(default_factory=list)


@dataclass
class Life:
    """What a child told until it ended, and how it ended."""

    records: list[dict[str, Any]]
    killed_at: float
    cpu_s: float
    code: int
    errors: str

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [one for one in self.records if one["k"] == kind]

    def own_time(self, since: float) -> float:
        """Seconds from a moment to the end in which the child could have done something."""
        beats = [(one["t"], one["cpu"]) for one in self.of("beat")]
        moments = [*beats, (self.killed_at, self.cpu_s)]
        at = bisect_left(moments, (since, 0.0))
        total, last = 0.0, (since, moments[at - 1][1] if at else 0.0)
        for moment in moments[at:]:
            total += min(moment[0] - last[0], BEAT_S + moment[1] - last[1])
            last = moment
        return total

    @property
    def phase(self) -> str:
        """What was being done at the end."""
        running: dict[str, int] = {}
        phase, stands = "startup", False
        for one in self.records:
            if one["k"] == "begins":
                running[one["name"]] = running.get(one["name"], 0) + 1
            elif one["k"] == "ends":
                running[one["name"]] -= 1
            elif one["k"] == "stands":
                stands = True
            elif one["k"] == "phase" and stands:
                phase = one["name"]
        inside = [name for name in ("commit", "backup", "export") if running.get(name)]
        return inside[0] if inside else phase


class Lane:
    """A data directory and the lives on it, one after the other.

    Args:
        folder: the data directory; see :func:`prepared`.
        seed: of everything that is drawn here.
    """

    def __init__(self, folder: Path, seed: str) -> None:
        self.folder = folder
        self.seed = seed
        self._count = 0
        self._values = stored(folder)

    def round(self, goal: str = "", delay: float | None = None) -> Outcome:
        """One life, its end, and what was found; faults are in the outcome. Goal and delay are drawn if not given."""
        seed = f"{self.seed}:{self._count}"
        self._count += 1
        rng = random.Random(seed)
        names, shares = list(GOALS), [share for share, _ in GOALS.values()]
        goal = goal or rng.choices(names, shares)[0]
        due, copies = unclean(self.folder), backups(self.folder)
        life = live(self.folder, seed, goal, rng.uniform(0, GOALS[goal][1]) if delay is None else delay)
        outcome = Outcome(seed, life.phase, clean=life.code == 0)
        try:
            self._look(life, outcome, due, copies)
        except (sqlite3.DatabaseError, PilotDeskError, Broken) as trouble:
            outcome.faults.append(f"{type(trouble).__name__}: {trouble}")
        return outcome

    def _look(self, life: Life, outcome: Outcome, due: bool, copies: tuple[Backup, ...]) -> None:
        faults = outcome.faults
        faults += [one["words"] for one in life.of("wrong")]
        if life.code not in {0, -signal.SIGKILL}:
            faults.append(f"it ended with {life.code}: {life.errors}")
        for one in life.of("stands"):
            said = any("没有正常关闭" in words for words in one["notices"])
            if said != due:
                faults.append(f"unclean end: {due}, but it said {one['notices']}")
        faults += unsound(self.folder)
        if life.code == 0 and (self.folder / "running.json").exists():
            faults.append("a clean end left the mark of an unclean one")
        found = stored(self.folder)
        expected = Expectation(self._values, life)
        expected.compare(found, outcome)
        faults += lost_copies(self.folder, copies)
        self._values = found


def live(folder: Path, seed: str, goal: str, delay: float) -> Life:
    """Start a child, wait for its phase, let it work on for ``delay`` s, kill it, and hear all it had told."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PILOTDESK_DATA": str(folder)}
    command = [sys.executable, "-m", "tests.kill.child", seed, goal]
    began = time.monotonic()
    with (folder.parent / f"{folder.name}.errors").open("w+b") as errors:
        child = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=errors)
        assert child.stdout is not None
        ear = Ear(child.stdout.fileno())
        deadline = began + (delay if goal == "startup" else PATIENCE_S)
        waiting = goal != "startup"
        while not ear.closed and (left := deadline - time.monotonic()) > 0:
            for one in ear.hear(left):
                if waiting and one["k"] in {"phase", "begins"} and one["name"] == goal:
                    waiting, deadline = False, time.monotonic() + delay
        killed_at = time.monotonic()
        os.kill(
            child.pid, signal.SIGKILL
        )  # does nothing to one that has ended by itself and was not asked for yet
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        ear.hear_all()
        child.stdout.close()
        errors.seek(0)
        words = errors.read().decode(errors="replace")
    return Life(ear.records, killed_at, usage.ru_utime + usage.ru_stime, child.returncode, words)


class Ear:
    """Reads the lines of a pipe as they come."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._rest = b""
        self.records: list[dict[str, Any]] = []
        self.closed = False

    def hear(self, timeout: float) -> list[dict[str, Any]]:
        """What comes within a time; empty when nothing does."""
        if not select.select([self._descriptor], [], [], max(0.0, timeout))[0]:
            return []
        read = os.read(self._descriptor, 1 << 16)
        self.closed = not read
        *lines, self._rest = (self._rest + read).split(b"\n")
        fresh = [json.loads(line) for line in lines]
        self.records += fresh
        return fresh

    def hear_all(self) -> None:
        """The rest; of the last line perhaps only a part was written, and that is not believed."""
        while not self.closed:
            self.hear(PATIENCE_S)


class Expectation:
    """What may stand at each path after a life.

    Args:
        before: draft to path to value as JSON text, when it began.
        life: what was told.
    """

    def __init__(self, before: dict[str, dict[str, str]], life: Life) -> None:
        self._before = before
        self._life = life
        self._typed: dict[tuple[str, str], list[tuple[float, str]]] = {}
        self._least: dict[tuple[str, str], int] = {}
        """How many of the typed values are promised: the last of them or a later one stands there."""
        draft = ""
        for one in life.records:
            if one["k"] == "draft":
                draft = one["id"]
            elif one["k"] == "typed":
                self._typed.setdefault((draft, one["path"]), []).append((one["t"], one["v"]))
            elif one["k"] == "ended":
                self._typed.pop((draft, one["path"]), None)
                self._least.pop((draft, one["path"]), None)
            elif one["k"] == "saved":
                self._least |= {key: len(said) for key, said in self._typed.items() if key[0] == draft}
        if life.code == 0:
            self._least |= {key: len(said) for key, said in self._typed.items()}

    def compare(self, found: dict[str, dict[str, str]], outcome: Outcome) -> None:
        """Count what was acknowledged, name what is lost, and tell how old the missing typing is."""
        outcome.acknowledged = len(self._least)
        for (draft, path), said in self._typed.items():
            before = self._before[draft].get(path, "null")
            here = found[draft].get(path, "null")
            values = [before, *(value for _, value in said)]
            at = self._place(draft, path, values, here, found)
            least = self._least.get((draft, path), 0)
            if at is None or at < least:
                why = "acknowledged, and lost" if least else "never typed like this"
                outcome.faults.append(f"{path} {why}: {here} instead of {values[least:]}")
            elif at < len(said):
                missing_since = said[at][0]
                outcome.missing_wall_s = max(outcome.missing_wall_s, self._life.killed_at - missing_since)
                own = self._life.own_time(missing_since)
                outcome.missing_own_s = max(outcome.missing_own_s, own)
                if own > BOUND_S:
                    outcome.faults.append(
                        f"{path} was typed {own:.2f} s before the end and is not there: {here} instead of {values[at + 1 :]}"
                    )
        self._nothing_else(found, outcome)

    def _place(
        self, draft: str, path: str, values: list[str], here: str, found: dict[str, dict[str, str]]
    ) -> int | None:
        """Which of the values stands there: the last that does, 0 for the one before; ``None`` for none of them."""
        if "[+" not in path:
            places = [at for at, value in enumerate(values) if value == here]
        else:  # a cell of a row that did not exist: any fresh row may be it
            table, column = path.split("[")[0], path.rpartition(".")[2]
            known = {id_ for id_, _ in json.loads(self._before[draft].get(table, "[]"))}
            cells = {
                value
                for at, value in found[draft].items()
                if at.startswith(f"{table}[") and at.endswith(f"].{column}")
                and at[len(table) + 1 :].partition("]")[0] not in known
            }  # fmt: skip
            fresh = [id_ for id_, _ in json.loads(found[draft].get(table, "[]")) if id_ not in known]
            made = {
                at.partition("]")[0]
                for in_, at in self._typed
                if in_ == draft and at.startswith(f"{table}[+")
            }
            bare = any(f"{table}[{id_}].{column}" not in found[draft] for id_ in fresh)
            if not cells or bare or len(fresh) < len(made):
                cells.add("null")  # a row without that cell, or no row: so stands what was taken back
            places = [0, *(at for at, value in enumerate(values) if value in cells)]
        return places[-1] if places else None

    def _nothing_else(self, found: dict[str, dict[str, str]], outcome: Outcome) -> None:
        """What nobody touched is as it was."""
        for draft, values in self._before.items():
            if draft not in found:
                outcome.faults.append(f"the draft {draft} is gone")
                continue
            for path in values.keys() | found[draft].keys():
                same = values.get(path, "null") == found[draft].get(path, "null")
                if not same and (draft, path) not in self._typed:
                    outcome.faults.append(f"{path} has changed, and nobody typed there")


# -- looking at a data directory -----------------------------------------------------------------


def prepared(folder: Path) -> Path:
    """A data directory with the practice sample in all its forms and with a fresh draft, backed up once."""
    from pilotdesk.forms.shipped import load_shipped
    from pilotdesk.projects import new_package, session_of_package
    from pilotdesk.projects.life import keep_draft

    sample_data(folder)
    store = DraftStore(folder, SYSTEM_CLOCK)
    today = date(2026, 6, 2)
    keep_draft(
        store,
        session_of_package(new_package(load_shipped("2026"), "application", None), today),
        origin="typed",
    )
    store.close()
    return folder


def stored(folder: Path) -> dict[str, dict[str, str]]:
    """Draft to path to value of everything in a data directory, read by the program's own store.

    Raises:
        Broken: the replayed history of a draft is not its answers.
    """
    store = DraftStore(folder, SYSTEM_CLOCK)
    try:
        found = {}
        for card in store.cards():
            found[card.draft_id] = flat_values(store.load(card.draft_id).values)
            replayed = flat_values(store.histories.read(card.draft_id).state())
            if replayed != found[card.draft_id]:
                other = [
                    path for path in found[card.draft_id] if replayed.get(path) != found[card.draft_id][path]
                ]
                raise Broken(f"the history of {card.draft_id} says something else at {other}")
        return found
    finally:
        store._connection._connection.close()  # without folding the log: the next life finds what this one left


def unsound(folder: Path) -> list[str]:
    """What SQLite itself finds wrong, through a connection that recovers the log as any start does."""
    connection = sqlite3.connect(folder / "pilotdesk.db")
    try:
        said = [row[0] for row in connection.execute("PRAGMA integrity_check")]
        faults = [] if said == ["ok"] else [f"integrity_check: {said}"]
        faults += [f"foreign_key_check: {row}" for row in connection.execute("PRAGMA foreign_key_check")]
    finally:
        connection.close()
    return faults


def unclean(folder: Path) -> bool:
    """Whether the next start has to say that the last end was unclean: the mark is there, and something came after it."""
    try:
        seq = int(json.loads((folder / "running.json").read_text())["seq"])
    except (OSError, ValueError):
        return False
    connection = sqlite3.connect(folder / "pilotdesk.db")
    try:
        sql = "SELECT count(*) FROM history WHERE seq > ? AND origin NOT IN ('sample', 'deleted')"
        return bool(connection.execute(sql, (seq,)).fetchone()[0])
    finally:
        connection.close()


def lost_copies(folder: Path, before: tuple[Backup, ...]) -> list[str]:
    """Backups that went without the thinning table, and fresh ones that are not sound."""
    now = backups(folder)
    known = {copy.moment for copy in before}
    fresh = [copy for copy in now if copy.moment not in known]
    faults = [
        f"backup {copy.path.name}: {health_of(copy.path).fault}"
        for copy in fresh
        if not health_of(copy.path).is_sound
    ]
    gone = known - {copy.moment for copy in now}
    kept = staying(known | {copy.moment for copy in fresh}, fresh[-1].moment if fresh else None)
    if gone & kept:
        faults.append(f"backups are lost: {sorted(gone & kept)}")
    return faults


def run(
    root: Path, rounds: int, seed: str, lanes: int = 2, told: Callable[[Outcome], object] | None = None
) -> list[Outcome]:
    """Many rounds, as two users would have them: each lane with data of its own, side by side.

    Args:
        root: an empty folder.
        rounds: in all lanes together.
        seed: what is typed and when it ends; the same seed asks for the same, but no machine is the same twice.
        lanes: how many children run at once.
        told: called with every outcome, on the thread of its lane.
    """
    made = prepared(root / "made")
    shares = [rounds // lanes + (at < rounds % lanes) for at in range(lanes)]

    def one(at: int) -> list[Outcome]:
        folder = root / f"lane{at}"
        shutil.copytree(made, folder)
        lane = Lane(folder, f"{seed}:{at}")
        found = []
        for left in reversed(range(shares[at])):
            # The last one ends as a user ends it: a close that nobody disturbs.
            found.append(lane.round() if left else lane.round("close", PATIENCE_S))
            if told is not None:
                told(found[-1])
        return found

    with ThreadPoolExecutor(lanes) as threads:
        return [outcome for found in threads.map(one, range(lanes)) for outcome in found]
