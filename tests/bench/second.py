"""A second start while the first one starts, works or closes, at random moments: who opened the file, and who said what."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parents[2]
CHILD = ROOT / "tests" / "ui" / "window_child.py"
ENDS_S = 120.0


class _Program:
    """A running program; what it tells is read as it comes."""

    def __init__(self, data: Path, *arguments: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(CHILD), *arguments], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True, encoding="utf-8",
            env={
                **os.environ, "PILOTDESK_DATA": str(data), "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1",
                "PYTHONPATH": str(ROOT),
            },
        )  # fmt: skip
        self.told: list[str] = []
        self._hears = threading.Event()
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    def _read(self) -> None:
        for line in self._process.stdout or ():
            self.told.append(json.loads(line)["kind"])
            if self.told[-1] == "hears":
                self._hears.set()
        self._hears.set()

    def close_when_it_hears(self, after: float = 0.0) -> None:
        self._hears.wait(ENDS_S)
        time.sleep(after)
        try:
            self._process.stdin.write("close\n")
            self._process.stdin.flush()
        except OSError:  # it has ended by itself
            pass

    def has_ended(self) -> bool:
        """Whether it ended by itself in time; else it is killed."""
        try:
            self._process.wait(ENDS_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return False
        finally:
            self._reading.join(ENDS_S)
        return True

    def kill(self) -> None:
        self._process.kill()


def _round(number: int, seed: str) -> str:
    """What became of the file of a second start."""
    from pilotdesk.clock import SYSTEM_CLOCK
    from pilotdesk.drafts.package import write_package
    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.projects import sample_package

    rng, title = random.Random(f"{seed}/{number}"), f"第 {number} 轮的试点"
    with tempfile.TemporaryDirectory(prefix="pilotdesk-second-") as name:
        data, package = Path(name) / "data", Path(name) / "发来的.pilot"
        one = sample_package()
        write_package(replace(one, practice=False, values={**one.values, "project_name": title}), package)
        first = _Program(data, *(("gui", "--sample") if rng.random() < 0.5 else ()))
        kind = rng.choice(("starting", "closing", "dying"))
        closing = threading.Thread(target=first.close_when_it_hears, args=(rng.random(),))
        if kind != "starting":
            first._hears.wait(ENDS_S)
            closing.start()
        time.sleep(rng.random() * 1.5)
        second = _Program(data, str(package))
        if kind == "dying":
            time.sleep(rng.random() * 2)
            first.kill()
        if kind == "starting":
            closing.start()
        second.close_when_it_hears()
        ended = (second.has_ended(), first.has_ended())
        store = DraftStore(data, SYSTEM_CLOCK)
        try:
            copies = sum(card.facts.title == title for card in store.cards())
        finally:
            store.close()
    if not all(ended):
        return f"{kind}: A PROGRAM WITHOUT A WINDOW STAYED {ended}"
    if copies == 1:
        return f"{kind}: opened once"
    if copies:
        return f"{kind}: OPENED {copies} TIMES"
    if {"asked", "said"} & {*second.told, *first.told}:
        return f"{kind}: said"
    if "taken" in first.told:  # its window was in front, opening it
        return f"{kind}: closed or killed over it"
    return f"{kind}: LOST; first told {first.told}, second {second.told}"


def second(rounds: int = 120) -> None:
    """Run the rounds, two at a time; ``PILOTDESK_SECOND_SEED`` repeats their delays."""
    seed = os.environ.get("PILOTDESK_SECOND_SEED") or os.urandom(3).hex()
    rounds = int(os.environ.get("PILOTDESK_SECOND_ROUNDS", rounds))
    found: Counter[str] = Counter()
    with ThreadPoolExecutor(2) as pool:
        for number, words in enumerate(pool.map(lambda number: _round(number, seed), range(rounds))):
            found[words] += 1
            if not words.islower():
                print(f"  round {number}: {words}", flush=True)
    print(f"second start: {rounds} rounds; seed {seed}")
    for words, count in sorted(found.items()):
        print(f"  {count:4} {words}")
