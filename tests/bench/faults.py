"""Every fault at every single write call of every operation; the tests of every day try the first call of each place."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path


def faults() -> None:
    """Report calls, faults and what was not as promised, operation by operation.

    Raises:
        SystemExit: something was not as promised.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from tests.faults.operations import OPERATIONS
    from tests.faults.walk import Walk

    begin, calls, tried, wrong = time.perf_counter(), 0, 0, []
    with tempfile.TemporaryDirectory() as name:
        walk = Walk(Path(name))
        for operation in OPERATIONS:
            steps = walk.steps(operation, every=True)
            found = [line for step in steps for line in walk.fail(operation, step)]
            count = len(walk.dry(operation).calls)
            print(f"{operation.name}: {count} write calls, {len(steps)} faults, {len(found)} not as promised")
            calls, tried, wrong = calls + count, tried + len(steps), wrong + found
    spent = time.perf_counter() - begin
    print(
        f"{len(OPERATIONS)} operations, {calls} write calls, {tried} faults, {len(wrong)} wrong, {spent:.0f} s"
    )
    if wrong:
        sys.exit("\n".join(wrong))
