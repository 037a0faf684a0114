"""The program killed 500 times: what was lost, how old the newest typing was that is missing, and where the kills fell."""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile
from collections import Counter
from pathlib import Path

from tests.kill.rounds import Outcome, run


def kill(rounds: int = 500) -> None:
    """Run the rounds on two data directories side by side; ``PILOTDESK_KILL_SEED`` repeats what was typed."""
    seed = os.environ.get("PILOTDESK_KILL_SEED") or os.urandom(3).hex()
    rounds = int(os.environ.get("PILOTDESK_KILL_ROUNDS", rounds))
    root = Path(tempfile.mkdtemp(prefix="pilotdesk-kill-"))
    found = run(root, rounds, seed, told=_tell)
    phases = Counter(one.phase for one in found if not one.clean)
    faults = sum(bool(one.faults) for one in found)
    sound = sum(not any("SQLite" in fault or "_check" in fault for fault in one.faults) for one in found)
    print(
        f"kill: {len(found)} rounds, {sum(one.clean for one in found)} of them closed before the kill; seed {seed}"
    )
    print(
        f"  fields acknowledged {sum(one.acknowledged for one in found)}, rounds with something lost {faults}"
    )
    for words, ages in (
        ("own time", [one.missing_own_s for one in found]),
        ("on the wall", [one.missing_wall_s for one in found]),
    ):
        missing = [age * 1000 for age in ages if age]
        if missing:
            print(
                f"  oldest typing missing, {words}: median {statistics.median(missing):.0f} ms, most {max(missing):.0f} ms"
            )
    print(f"  database sound {sound} of {len(found)}")
    print(f"  killed in: {', '.join(f'{phase} {count}' for phase, count in phases.most_common())}")
    if faults:
        print(f"  what is left of it: {root}")
    else:
        shutil.rmtree(root)


def _tell(outcome: Outcome) -> None:
    for fault in outcome.faults:
        print(f"  {outcome.seed}, killed in {outcome.phase}: {fault}", flush=True)
