"""Bytes flipped at 200 random places, each time the whole program started on it; the tests do the first few of them."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.drafts.flipping import prepared, started

PLACES, SEED = 200, 20261123
AT_A_TIME = 10
"""Places that one process does: windows that were closed stay with it, and every one of them hears of every event."""


def flips() -> None:
    """Print what became of them; whatever is not as it should be ends the run."""
    with tempfile.TemporaryDirectory() as name:
        good, begin = prepared(Path(name, "good")), time.perf_counter()
        tally: Counter[str] = Counter()
        for seed in range(SEED, SEED + PLACES // AT_A_TIME):
            done = started(good, AT_A_TIME, seed)
            if done.returncode:
                sys.exit(f"seed {seed}:\n{done.stderr}")
            tally.update(json.loads(done.stdout))
            shutil.rmtree(good.parent / "backup")
        each = (time.perf_counter() - begin) / PLACES
        print(f"bytes flipped at {PLACES} places, {each:.2f} s each: {dict(tally)}")
