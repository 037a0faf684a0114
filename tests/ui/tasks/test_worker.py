"""Results come back on the window's thread; cancelled work is not heard of again."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

from pilotdesk.errors import ExportError, PilotDeskError
from pilotdesk.ui.tasks.worker import TaskRunner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[TaskRunner]:
    made = TaskRunner()
    yield made
    made.close()


def test_work_runs_elsewhere_and_its_result_arrives_here(qtbot: QtBot, runner: TaskRunner) -> None:
    seen: list[Any] = []
    steps: list[tuple[int, int]] = []

    def work(progress: Callable[[int, int], None]) -> int:
        progress(1, 2)
        return threading.get_ident()

    def done(ident: int) -> None:
        seen.append((ident, threading.get_ident()))

    runner.run(work, done, progress=lambda finished, total: steps.append((finished, total)))
    qtbot.waitUntil(lambda: bool(seen))
    there, here = seen[0]
    assert there != here == threading.get_ident()
    assert steps == [(1, 2)]
    assert not runner.is_busy


def test_expected_trouble_goes_to_who_asked(qtbot: QtBot, runner: TaskRunner) -> None:
    met: list[PilotDeskError] = []

    def work(progress: object) -> None:
        raise ExportError("disk_full", folder="D:")

    runner.run(work, met.append, failed=met.append)
    qtbot.waitUntil(lambda: bool(met))
    assert met[0].code == "disk_full"


def test_a_bug_reaches_the_crash_hook(qtbot: QtBot, runner: TaskRunner) -> None:
    def work(progress: object) -> None:
        raise ZeroDivisionError

    with qtbot.captureExceptions() as caught:
        runner.run(work, lambda result: None, failed=lambda trouble: None)
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError


def test_cancelled_work_stops_at_its_next_step_and_says_nothing(qtbot: QtBot, runner: TaskRunner) -> None:
    started, go_on = threading.Event(), threading.Event()
    heard: list[str] = []

    def work(progress: Callable[[int, int], None]) -> None:
        started.set()
        go_on.wait(60)
        progress(1, 2)
        heard.append("went on")

    task = runner.run(work, lambda result: heard.append("done"))
    assert started.wait(60)
    task.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert heard == []
