"""The desk's review: the longest time in which the window answers nothing while one goes from one submission to the next.

Beside each figure stands the same for a window in which nothing is done, in the same run: what the machine itself costs.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pilotdesk.ui.desk.sitting import Sitting

COUNT = 40
NOTICED = 100.0
"""Milliseconds."""
SETTLED_MS = 40


def desk_panel() -> None:
    """One line for each way of going through the submissions."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from pilotdesk.ui.desk.material import MaterialView
    from pilotdesk.ui.desk.panel import ReviewPanel
    from pilotdesk.ui.look.fonts import ensure_family
    from pilotdesk.ui.look.theme import Look, Theme
    from pilotdesk.ui.tasks.worker import TaskRunner

    app = QApplication.instance() or QApplication(["bench", "-style", "Fusion"])
    assert isinstance(app, QApplication)
    ensure_family(always_shipped=True)
    look, runner = Look(app, Theme()), TaskRunner()
    with tempfile.TemporaryDirectory() as folder:
        sitting = _sitting(Path(folder))
        panel = ReviewPanel(look, sitting, runner=runner, clock=sitting.clock)
        material = MaterialView(look, sitting, runner=runner)
        for part, width in ((panel, 400), (material, 966)):
            part.resize(width, 619)
            part.show()
        keys = list(sitting.rows)
        floor = _gaps(runner, [_nothing] * 10)
        for name, some in (("first time", keys[:20]), ("again", keys[:20]), ("with the material", keys[20:])):
            if name == "with the material":
                material.open_at()
            gaps = _gaps(runner, [partial(sitting.show_one, key) for key in some])
            print(
                f"desk review, {name}: longest gap median {statistics.median(gaps):.0f} ms, max {max(gaps):.0f} ms,"
                f" {max(gaps) / NOTICED:.2f} of 100 ms; doing nothing {max(floor):.0f} ms"
            )
        runner.close()
        material.close_page()
        sitting.desk.close()


def _nothing() -> None:
    pass


def _gaps(runner: object, actions: list[Callable[[], object]]) -> list[float]:
    """The longest gap of each action, ms, until everything that comes of it is painted."""
    from PySide6.QtCore import QEventLoop, QTimer

    beats: list[float] = []
    beat = QTimer(interval=0)
    beat.timeout.connect(lambda: beats.append(time.perf_counter()))
    found = []

    def wait() -> None:
        loop = QEventLoop()
        QTimer.singleShot(SETTLED_MS, loop.quit)
        loop.exec()

    beat.start()
    for action in actions:
        wait()
        beats.clear()
        QTimer.singleShot(0, action)
        for _ in range(6):  # a drawing begins a moment after
            wait()
        while runner.is_busy:  # type: ignore[attr-defined]
            wait()
        found.append(max(b - a for a, b in _pairs(beats)) * 1000)
    beat.stop()
    return found


def _pairs(beats: list[float]) -> Iterator[tuple[float, float]]:
    return pairwise(beats)


def _sitting(folder: Path) -> Sitting:
    """A desk of full submissions, each its own project."""
    from pilotdesk.review.desk.file import Desk
    from pilotdesk.ui.desk.sitting import Sitting
    from tests.review.desk_kit import clock, desk_in, finding, sample_submission

    desk = Desk(desk_in(folder), clock())
    one = sample_submission()
    with desk.together():
        for at in range(COUNT):
            findings = tuple(finding(f"code_{each}", point=1 + each % 6) for each in range(at % 12))
            desk.take(msgspec.structs.replace(one, key=f"k{at}", project=f"p{at}", findings=findings))
    return Sitting(desk, clock())
