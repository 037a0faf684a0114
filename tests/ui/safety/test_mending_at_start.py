"""The program as a whole: with a damaged database it mends first, then shows its window; killed, it says so next time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pilotdesk.drafts.backups import backups
from pilotdesk.drafts.closing import last_close
from pilotdesk.drafts.connection import FILE_NAME
from tests.drafts.recovery_kit import everything, sample_data

ROOT = Path(__file__).parents[3]

ANSWERING = """
import sys
from pilotdesk import app
from pilotdesk.ui.safety import recovery_dialog
def answer(dialog):
    print("asked", len(dialog.options), flush=True)
    dialog.chosen = int(sys.argv[1])
recovery_dialog.RecoveryDialog.exec = answer
recovery_dialog.tell = lambda *said: print(said[2], flush=True)
sys.exit(app.run_window(first_painted=lambda: print("painted", flush=True)))
"""


def run(folder: Path, *given: str) -> list[str]:
    environment = {
        **os.environ,
        "PILOTDESK_DATA": str(folder),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONUTF8": "1",
    }
    done = subprocess.run(
        [sys.executable, "-c", ANSWERING, *given],
        cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    return done.stdout.splitlines()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    sample_data(tmp_path / "data")
    return tmp_path / "data"


def test_a_sound_database_asks_nothing(folder: Path) -> None:
    assert run(folder, "1") == ["painted"]


@pytest.mark.parametrize("at", [0, 4096])
def test_a_damaged_one_is_mended_before_the_window_comes(folder: Path, at: int) -> None:
    database = folder / FILE_NAME
    before = everything(folder)
    content = bytearray(database.read_bytes())
    content[at : at + 4096] = bytes(4096)
    database.write_bytes(content)
    said = run(folder, "1")
    assert said[0].startswith("asked")
    assert said[1:] == ["资料找回来了", "painted"]
    assert everything(folder) == before


def test_whoever_leaves_it_gets_no_window(folder: Path) -> None:
    database = folder / FILE_NAME
    database.write_bytes(b"")
    assert run(folder, "0") == ["asked 0"]
    assert database.read_bytes() == b""


CLOSING = """
import sys
from PySide6.QtCore import QTimer
from pilotdesk import app
from pilotdesk.drafts import closing
from pilotdesk.ui.window import main_window
from pilotdesk.ui.safety import desk as safety_desk
shown = main_window.MainWindow.show
def show(window):
    shown(window)
    def work():
        store = window.shelf.store
        if sys.argv[1] == "change":
            store.save(store.cards()[0].draft_id, {"unit_name": "改过的"}, origin="typed")
        window.close()
    QTimer.singleShot(0, window, work)
main_window.MainWindow.show = show
made = safety_desk.make_last_backup
def copy(folder, clock, progress):
    from PySide6.QtWidgets import QApplication
    seen = any(one.isVisible() for one in QApplication.topLevelWidgets())
    print("copy", seen, (folder / "pilotdesk.lock").exists(), flush=True)
    if sys.argv[2] == "hang":
        import threading
        threading.Event().wait()
    return made(folder, clock, progress)
safety_desk.make_last_backup = copy
closing.copy_at_close.__defaults__ = (0.2 if sys.argv[2] == "hang" else 20.0,)
code = app.run_window()
from pilotdesk.paths import data_dir
print("left", (data_dir() / "pilotdesk.lock").exists(), (data_dir() / "running.json").exists(), code, flush=True)
"""


def closed(folder: Path, *given: str) -> list[str]:
    environment = {
        **os.environ, "PILOTDESK_DATA": str(folder), "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", CLOSING, *given],
        cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    return done.stdout.splitlines()


def test_closing_makes_a_copy_behind_the_window_when_something_changed(folder: Path) -> None:
    before = len(backups(folder))
    assert closed(folder, "change", "copy") == ["copy False True", "left False False 0"]
    assert len(backups(folder)) == before + 1
    assert closed(folder, "look", "copy") == ["left False False 0"]
    assert len(backups(folder)) == before + 1


def test_a_copy_that_hangs_keeps_nobody_and_is_told(folder: Path) -> None:
    assert closed(folder, "change", "hang") == ["copy False True", "left False False 0"]
    assert last_close(folder).code == "closing_cut_short"
