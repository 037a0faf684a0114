"""A province dropped on the real window of the desk: the first row, all of it, and the longest time without an answer.

In a process of its own, so that the memory is that of the window, its workers, and nothing else.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.intake import ROOT, make_submissions

COUNTS = (20, 200, 1_000)

DROP = """
import json, os, sys, threading, time
from datetime import datetime, UTC
from pathlib import Path

def resident(pid):
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE") >> 10
    except (OSError, IndexError):
        return 0

def children():
    found = []
    for task in Path("/proc/self/task").iterdir():
        try:
            found += (task / "children").read_text().split()
        except OSError:
            pass
    return found

def main():
    from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
    from PySide6.QtGui import QDragEnterEvent, QDropEvent
    from PySide6.QtWidgets import QApplication
    from pilotdesk.clock import Clock
    from pilotdesk.forms.installed import current_pack
    from pilotdesk.review.desk.file import Desk, create_desk
    from pilotdesk.ui.look.application import make_application
    from pilotdesk.ui.desk.page import DeskPage
    from pilotdesk.ui.desk.sitting import Sitting
    from pilotdesk.ui.look.settings import Settings
    from pilotdesk.ui.window.shots import NoToasts
    from pilotdesk.ui.tasks.worker import TaskRunner

    folder, file = Path(sys.argv[1]), Path(sys.argv[2])
    clock = Clock(lambda: datetime(2026, 6, 12, 2, tzinfo=UTC))
    create_desk(file, current_pack("2026").round, {"province": "江西省"})
    settings = Settings(None)
    app, look = make_application(settings, always_shipped_font=True)
    sitting = Sitting(Desk(file, clock), clock)
    page = DeskPage(look, sitting, clock=clock, runner=TaskRunner(), settings=settings, toasts=NoToasts())
    page.resize(1366, 697)
    page.show()
    told = {"first": 0.0, "read": 0.0, "all": 0.0, "gap": 0.0, "late": 0, "peak": 0}
    over = threading.Event()

    def watch():
        while not over.wait(0.1):
            told["peak"] = max(told["peak"], resident("self") + sum(map(resident, children())))

    last = [0.0]

    def beat():
        now = time.perf_counter()
        gap = now - last[0] if last[0] else 0.0
        told["gap"] = max(told["gap"], gap)
        told["late"] += gap > 0.1
        last[0] = now

    def since():
        return time.perf_counter() - begun[0]

    begun = [0.0]
    beats = QTimer(interval=5, timerType=Qt.TimerType.PreciseTimer)
    beats.timeout.connect(beat)

    class Painted(QTimer):
        def eventFilter(self, watched, event):
            if event.type() is QEvent.Type.Paint and sitting.rows and not told["first"]:
                QTimer.singleShot(0, lambda: told.update(first=told["first"] or since()))
            return False

    painted = Painted()
    app.installEventFilter(painted)

    def drop():
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(folder))])
        threading.Thread(target=watch, daemon=True).start()
        beats.start()
        begun[0] = time.perf_counter()
        held = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(page, QDragEnterEvent(QPoint(9, 9), *held))
        QApplication.sendEvent(page, QDropEvent(QPointF(9, 9), *held))

    def ended():
        if not page.intake.is_running:
            told["read"] = since()

    def crossed():
        told["all"] = since()
        QTimer.singleShot(300, app.quit)

    page.intake.running_changed.connect(ended)
    page.intake.crossed.connect(crossed)
    QTimer.singleShot(3000, drop)  # as somebody who looks at the page first; its workers are ready by then
    spent = time.process_time()
    app.exec()
    beats.stop()
    over.set()
    told["own"] = time.process_time() - spent
    told["rows"] = len(sitting.rows)
    page.close_desk()
    told["processors"] = sum(os.times()[:4])
    print(json.dumps(told))

if __name__ == "__main__":
    main()
"""


def desk_window(counts: tuple[int, ...] = COUNTS) -> None:
    """One line for each count of packages with ten attachments."""
    with tempfile.TemporaryDirectory() as name:
        script = Path(name, "drop.py")
        script.write_text(DROP, "utf-8")
        for count in counts:
            folder = Path(name, str(count))
            make_submissions(folder, count)
            told = dropped(script, folder, Path(name, f"{count}.db"))
            assert told["rows"] == count, told
            print(line(count, told), flush=True)


def dropped(script: Path, folder: Path, file: Path) -> dict[str, float]:
    """What one process told of it."""
    command = [sys.executable, str(script), str(folder), str(file)]
    environment = {
        "PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PILOTDESK_DATA": str(file.parent),
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
    }  # fmt: skip
    run = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    return json.loads(run.stdout)


def line(count: int, told: dict[str, float]) -> str:
    """Seconds, gaps and memory in words."""
    return (
        f"{count} submissions dropped on the window: first row painted after {told['first']:.2f} s, all kept after"
        f" {told['read']:.1f} s, laid side by side after {told['all']:.1f} s ({told['processors']:.1f} s of processors,"
        f" {told['own']:.1f} s of them in the window's process); longest gap {told['gap'] * 1000:.0f} ms,"
        f" {told['late']:.0f} above 100 ms; peak of all processes {told['peak'] / 1024:.0f} MiB"
    )
