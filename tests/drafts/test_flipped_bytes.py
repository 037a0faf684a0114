"""Bytes flipped at random places of a database, and the program started on it as it is: window, dialogs, restore and all.

Here are as many as a test may take; ``python -m tests.bench flips`` does 200. ``test_recovery.py`` has 200 without a window.
"""

from __future__ import annotations

import json

import pytest

from tests.drafts.flipping import prepared, started

COUNT, SEED = 12, 20261123


@pytest.mark.timeout(600)
def test_it_opens_or_is_put_aside_and_mended_and_no_backup_changes(tmp_path):
    done = started(prepared(tmp_path / "good"), COUNT, SEED)
    assert done.returncode == 0, done.stderr
    tally = json.loads(done.stdout)
    assert tally["put aside and mended"] >= COUNT / 4
    assert tally["found by the look after the start"] >= 1
    assert tally["with all that was typed"] >= 0.9 * tally["put aside and mended"]
