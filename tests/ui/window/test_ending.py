"""A program whose window is gone ends, whatever stood open or hung in that moment."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import weakref
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer

from pilotdesk import app
from pilotdesk.clock import SYSTEM_CLOCK
from pilotdesk.drafts.backups import backups
from pilotdesk.drafts.lock import FILE_NAME as LOCK
from pilotdesk.drafts.running_mark import FILE_NAME, RunningMark
from pilotdesk.drafts.store import DraftStore
from pilotdesk.ui.tasks import worker
from pilotdesk.ui.tasks.worker import TaskRunner
from pilotdesk.ui.window import end_signals
from tests.ui.program_kit import Program

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pilotdesk.ui.window.main_window import MainWindow

ROOT = Path(__file__).parents[3]
LEFT_STANDING = 7


def test_a_dialog_that_opens_when_the_window_was_closed_does_not_keep_the_program(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.show()
    after: list[int] = []

    def closes_and_asks() -> None:
        assert window.close()
        after.append(QEventLoop().exec())  # as of a dialog; throws away what Qt told itself of the end

    QTimer.singleShot(0, closes_and_asks)
    guard = QTimer(singleShot=True, interval=20_000)
    guard.timeout.connect(partial(window.application.exit, LEFT_STANDING))
    guard.start()
    assert app._stay(window, RunningMark(tmp_path)) == 0
    guard.stop()
    assert after == [-1]
    # What Qt told itself; with no loop left to end it would keep those of later tests from waiting for anything.
    QCoreApplication.removePostedEvents(window.application, QEvent.Type.Quit)


def test_a_dialog_can_stand_after_a_window_that_ended_for_it(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    """The data is to be mended: the window goes when the program has stopped staying for it."""
    window.show()
    QTimer.singleShot(0, partial(window.application.exit, app.MEND))
    assert app._stay(window, RunningMark(tmp_path)) == app.MEND
    assert window.close()
    loop = QEventLoop()
    QTimer.singleShot(0, partial(loop.exit, LEFT_STANDING))
    assert loop.exec() == LEFT_STANDING


@pytest.mark.parametrize("is_shut_down", [True, False])
def test_a_computer_that_is_shut_down_is_no_unclean_end(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_shut_down: bool
) -> None:
    mark, stored = RunningMark(tmp_path), []
    mark.set(1)
    monkeypatch.setattr(window, "flush", lambda: stored.append(True))
    app._store_for_session_end(window, mark)
    assert stored == [True]
    if is_shut_down:
        window.application.aboutToQuit.emit()
    assert bool((tmp_path / FILE_NAME).exists()) is not is_shut_down
    window.application.aboutToQuit.disconnect(mark.clear)
    mark.clear()


@pytest.mark.parametrize("waiting", [0, 3])
def test_work_that_hangs_is_not_waited_for(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, waiting: int
) -> None:
    monkeypatch.setattr(worker, "MOST_S", 0.01)
    runner, go_on, begun, ended = TaskRunner(), threading.Event(), threading.Event(), threading.Event()

    def hangs(_progress: object) -> None:
        begun.set()
        go_on.wait(60)
        ended.set()

    heard: list[object] = []
    for _ in range(1 + waiting):
        runner.run(hangs, heard.append)
    assert begun.wait(60)
    runner.close()
    assert not ended.is_set()
    assert not runner.is_busy
    go_on.set()
    assert ended.wait(60)
    assert heard == []


def test_a_runner_does_not_wait_for_the_thread_that_hangs_to_be_gone(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever lets go of it last takes its Qt part away; on the thread that would be in the middle of the window's own work."""
    monkeypatch.setattr(worker, "MOST_S", 0.01)
    runner, go_on, begun = TaskRunner(), threading.Event(), threading.Event()
    heard = _Hearing()

    def hangs(_progress: object) -> None:
        begun.set()
        go_on.wait(60)

    runner.run(hangs, heard.done)
    assert begun.wait(60)
    runner.close()
    left = [weakref.ref(runner), weakref.ref(heard)]
    del runner, heard
    assert [one() for one in left] == [None, None]
    go_on.set()


class _Hearing:
    def done(self, _result: object) -> None:
        raise AssertionError("nothing is heard after the end")


def test_work_that_has_not_begun_does_not_hold_up_the_end(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is cancelled before it begins never ends as work does that ran."""
    monkeypatch.setattr(worker, "MOST_S", None)  # for good
    runner, go_on, begun = TaskRunner(), threading.Event(), threading.Event()

    def works(progress: worker.Progress) -> None:
        begun.set()
        while not go_on.wait(0.01):
            progress(0, 1)

    runner.run(works, lambda _nothing: None)
    runner.run(works, lambda _nothing: None)
    assert begun.wait(60)
    runner.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends a program with a window no signals")
@pytest.mark.parametrize("asks", [False, True], ids=["page", "dialog"])
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_signal_is_an_end_like_that_by_the_mouse(tmp_path: Path, name: str, asks: bool) -> None:
    data = tmp_path / "资料"
    program = Program(data, "gui", "--sample")
    program.wait_for("hears")
    program.order("type 刚写下的名称")
    assert not program.wait_for("typed")["stored"]
    if asks:
        program.order("dialog")
        assert program.wait_for("asks")["modal"]
    assert program.tell(signal.Signals[name]) == 0
    assert not (data / FILE_NAME).exists()  # else the next start would speak of a power cut
    assert not (data / LOCK).exists()
    assert backups(data)
    store = DraftStore(data, SYSTEM_CLOCK)
    assert "刚写下的名称" in {store.load(card.draft_id).values["project_name"] for card in store.cards()}
    store.close()


ENDED_AT_ONCE = """
import os, signal, sys
from pilotdesk import __main__ as program
from pilotdesk.ui.window import incoming
opens = incoming.open_asked
def then_ended(window, *given):
    opens(window, *given)
    assert window.opening.view is not None
    os.kill(os.getpid(), signal.SIGTERM)
incoming.open_asked = then_ended
sys.argv[1:] = ["gui", "--sample"]
program.main()
"""
"""The first page is seen, what belongs around it is still to come."""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends a program with a window no signals")
def test_a_signal_in_the_moment_of_the_first_page_ends_nothing_without_a_word(tmp_path: Path) -> None:
    data = tmp_path / "资料"
    around = {**os.environ, "PILOTDESK_DATA": str(data), "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    ended = subprocess.run(
        [sys.executable, "-c", ENDED_AT_ONCE], cwd=ROOT, env=around, timeout=280, check=False
    )
    assert ended.returncode == 0
    assert not (data / LOCK).exists()
    assert backups(data)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends a program with a window no signals")
def test_a_signal_that_was_not_to_be_heard_is_not(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``nohup`` wants the program to outlive its terminal; once something is asked without a window, each signal ends it."""
    before = {name: signal.getsignal(getattr(signal, name)) for name in end_signals.NAMES}
    try:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        end_signals.end_when_told(window)
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        assert signal.getsignal(signal.SIGTERM) is end_signals._noted
        with qtbot.waitSignal(window.closed):
            os.kill(os.getpid(), signal.SIGTERM)
        assert window.close()  # heard already
        os.kill(os.getpid(), signal.SIGTERM)
        end_signals.signals_end_at_once()
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends a program with a window no signals")
def test_a_signal_does_not_ask_whether_an_intake_may_be_stopped(window: MainWindow, qtbot: QtBot) -> None:
    class Page:
        def __init__(self) -> None:
            self.intake = self
            self.is_running = True

        def close(self) -> None:
            self.is_running = False

    page = Page()
    window.__dict__["door"] = SimpleNamespace(page=page, leave=lambda: not page.is_running)
    before = {name: signal.getsignal(getattr(signal, name)) for name in end_signals.NAMES}
    try:
        end_signals.end_when_told(window)
        assert not window.close()
        with qtbot.waitSignal(window.closed):
            os.kill(os.getpid(), signal.SIGTERM)
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)
    assert not page.is_running


def test_a_thread_that_hangs_does_not_outlive_the_program() -> None:
    code = (
        "import sys, threading, pilotdesk.__main__ as program; program.MOST_S = 0.05;"
        "threading.Thread(target=threading.Event().wait).start(); program._end_in_time(7); sys.exit(7)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=280, check=False).returncode == 7
