"""The program as a whole: with a damaged database it mends first, then shows its window; killed, it says so next time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pilotdesk.drafts.connection import FILE_NAME
from tests.drafts.recovery_kit import everything, sample_data

ROOT = Path(__file__).parents[2]

ANSWERING = """
import sys
from pilotdesk import app
from pilotdesk.ui import recovery_dialog
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
