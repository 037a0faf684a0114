"""``python -m tests.drafts.flipping FOLDER COUNT SEED``: the program started on databases with bytes flipped at random places.

A process of its own, because it goes the whole way: lock, store, window, health check, and where something is wrong the
guided restore with its real dialog, clicked as somebody does who wants everything back; then the window again. It prints one
line of JSON: outcome to how often. Whatever is not as it should be rises.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from pilotdesk.drafts.backups import backups
from pilotdesk.drafts.connection import FILE_NAME
from pilotdesk.drafts.health import health_of
from pilotdesk.paths import DATA_VARIABLE
from tests.drafts.recovery_kit import everything, fresh_copy, hashes, sample_data, type_later

if TYPE_CHECKING:
    from pilotdesk.ui.window.main_window import MainWindow

ROOT = Path(__file__).parents[2]
SIZES = (1, 1, 16, 512, 4096)
"""Bytes that are flipped one after the other."""
OFFERED, DONE = "资料文件坏了，能找回来", "资料找回来了"


def prepared(folder: Path) -> Path:
    """A data directory to be broken: the sample, backed up, and two fields changed after that; without its attachments, which
    no flip concerns."""
    type_later(folder, sample_data(folder), project_name="后来改的项目名称", background="后来写的依据")
    for attachments in (folder / "attachments", folder / "backups" / "attachments"):
        shutil.rmtree(attachments)
    return folder


def started(good: Path, count: int, seed: int) -> subprocess.CompletedProcess[str]:
    """What :func:`run` comes to in a process of its own, offscreen."""
    return subprocess.run(
        [sys.executable, "-m", "tests.drafts.flipping", str(good), str(count), str(seed)],
        cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


def flip(database: Path, chance: random.Random) -> bytes:
    """Change bytes at one random place of a file; gives what is in it then."""
    content = bytearray(database.read_bytes())
    at = chance.randrange(len(content))
    for place in range(at, min(at + chance.choice(SIZES), len(content))):
        content[place] ^= chance.randrange(1, 256)
    database.write_bytes(content)
    return bytes(content)


class Somebody:
    """Starts the program and clicks the last button of every dialog that comes; closes the window once it was looked over.

    Attributes:
        heard: titles of the dialogs, in order.
    """

    def __init__(self) -> None:
        from PySide6.QtCore import QTimer

        from pilotdesk.ui.look.application import make_application
        from pilotdesk.ui.look.settings import Settings
        from pilotdesk.ui.safety.desk import SafetyDesk

        self.heard: list[str] = []
        self._checked: list[object] = []
        self._app, _look = make_application(Settings(None))
        check = SafetyDesk.check

        def noted(desk: SafetyDesk) -> None:
            self._checked.append(desk)
            check(desk)

        SafetyDesk.check = noted  # type: ignore[method-assign]
        self._timer = QTimer(interval=5)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def start(self, folder: Path) -> list[str]:
        """Run the program on a data directory until its window is closed."""
        from pilotdesk.app import run_window

        os.environ[DATA_VARIABLE] = str(folder)
        self.heard, self._checked = [], []
        try:
            assert run_window() == 0
        finally:
            sys.excepthook = sys.__excepthook__  # what rises here is no crash of the program
        return self.heard

    def _look(self) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QPushButton

        from pilotdesk.ui.dialogs.asking import Dialog
        from pilotdesk.ui.safety.recovery_dialog import _Waiting

        dialog = self._app.activeModalWidget()
        if isinstance(dialog, _Waiting):
            return
        if isinstance(dialog, Dialog):
            buttons = [one for one in dialog.findChildren(QPushButton) if one.property("action") is not None]
            self.heard.append(dialog.windowTitle())
            last = max(buttons, key=lambda one: int(one.property("action")))
            QTest.mouseClick(last, Qt.MouseButton.LeftButton)
            return
        window = self._window()
        if window is not None and window.safety in self._checked and not window.runner.is_busy:
            window.close()

    def _window(self) -> MainWindow | None:
        from pilotdesk.ui.window.main_window import MainWindow

        shown = [
            one for one in self._app.topLevelWidgets() if isinstance(one, MainWindow) and one.isVisible()
        ]
        return shown[0] if shown else None


def run(good: Path, work: Path, count: int, seed: int) -> dict[str, int]:
    """Flip and start so many times.

    Args:
        good: a data directory with at least one sound backup; is not changed.
        work: where the broken copies of it are made.
        count, seed: how often, and which places.
    """
    chance, tally, somebody = random.Random(seed), Counter[str](), Somebody()
    wanted, kept = everything(good), _in_backup(good, work / "backup")
    for _ in range(count):
        broken = fresh_copy(good, work / "broken")
        copies, hurt = hashes(broken / "backups"), flip(broken / FILE_NAME, chance)
        heard = somebody.start(broken)
        assert hashes(broken / "backups").items() >= copies.items(), heard
        assert health_of(broken / FILE_NAME).is_sound, heard
        found = everything(broken)
        if not heard:
            tally["opens with what is there"] += 1
            continue
        assert heard[-2:] == [OFFERED, DONE], heard
        (aside,) = (broken / "damaged").glob("*.db")
        assert aside.read_bytes() == hurt
        assert all(found[draft].keys() >= values.keys() for draft, values in kept.items()), heard
        tally["put aside and mended"] += 1
        tally["found by the look after the start"] += len(heard) > 2
        tally["with all that was typed"] += found == wanted
    return dict(tally)


def _in_backup(good: Path, work: Path) -> dict[str, dict[str, object]]:
    """All drafts of the newest backup with their values."""
    work.mkdir()
    (work / FILE_NAME).write_bytes(backups(good)[-1].path.read_bytes())
    return everything(work)  # type: ignore[return-value]


if __name__ == "__main__":
    place = Path(sys.argv[1])
    print(json.dumps(run(place, place.parent, int(sys.argv[2]), int(sys.argv[3])), ensure_ascii=False))
