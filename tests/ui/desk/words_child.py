"""Writes to a unit in a window of its own, and is killed the moment the words are stored."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pilotdesk.ui.desk.panel import ReviewPanel
from pilotdesk.ui.look.theme import Look, Theme
from pilotdesk.ui.tasks.worker import TaskRunner
from tests.ui.desk.kit import sit_at


def killed(_time: str) -> None:
    print("stored", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    app = QApplication(["words", "-style", "Fusion"])
    sitting = sit_at(Path(sys.argv[1]))
    runner = TaskRunner()
    panel = ReviewPanel(Look(app, Theme()), sitting, runner=runner, clock=sitting.clock)
    panel.show()
    sitting.show_one("k2")
    sitting.kept.connect(killed)

    def write() -> None:
        runner.idle.disconnect(write)
        panel.words.box.area.setFocus()
        QTest.keyClicks(panel.words.box.area, "typed, then killed")

    runner.idle.connect(write)
    app.exec()


if __name__ == "__main__":
    main()
