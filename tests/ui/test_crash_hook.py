"""A bug is written down without any answer text, and the draft is stored first."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pilotdesk.ui.crash_hook import LOG_NAME, CrashHook

if TYPE_CHECKING:
    from pathlib import Path

    from pilotdesk.clock import Clock


def fail(secret: str) -> None:
    raise ValueError(secret)


def test_the_log_has_places_and_no_words(tmp_path: Path, clock: Clock) -> None:
    done: list[str] = []
    hook = CrashHook(
        tmp_path, clock, flush=lambda: done.append("flush"), tell=lambda text, log: done.append(log.name)
    )
    for _ in range(2):
        try:
            fail("周明远的身份证号")
        except ValueError:
            hook(*sys.exc_info())
    log = (tmp_path / LOG_NAME).read_text("utf-8")
    assert "周明远" not in log
    assert "ValueError" in log
    assert "fail" in log
    assert done == ["flush", LOG_NAME, "flush"]
