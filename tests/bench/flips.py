"""Bytes flipped at 200 random places, each time the whole program started on it; the tests do the first few of them."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from tests.drafts.flipping import prepared, started

PLACES, SEED = 200, 20261123


def flips() -> None:
    """Print what became of them; whatever is not as it should be ends the run."""
    with tempfile.TemporaryDirectory() as name:
        good, begin = prepared(Path(name, "good")), time.perf_counter()
        done = started(good, PLACES, SEED)
        if done.returncode:
            sys.exit(done.stderr)
        print(
            f"bytes flipped at {PLACES} places, {(time.perf_counter() - begin) / PLACES:.2f} s each: {done.stdout.strip()}"
        )
