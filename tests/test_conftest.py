"""The safety nets of conftest.py hold: each is seen to fail a test that deserves it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parent

# One module of careless tests and a tidy one, run with our conftest and configuration in a process of its own.
CASES = """
import warnings
from PySide6.QtCore import QTimer, qWarning
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

kept = []

def test_window(qapp):
    kept.append(QWidget())

def test_timer(qapp):
    kept.append(QTimer())
    kept[-1].start(9000)

def test_timer_stopped(qapp):
    kept[-1].stop()

def test_dialog(qapp):
    QMessageBox.question(None, "", "")

def test_qt_warning(qapp):
    qWarning("loose connection")

def test_warning():
    warnings.warn("old name")

def test_tidy(qtbot):
    dialog = QDialog()
    qtbot.addWidget(dialog)
    dialog.open()

def test_told_to_end(qapp):
    qapp.exit()
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("careless")
    (folder / "conftest.py").write_text((TESTS / "conftest.py").read_text("utf-8"), "utf-8")
    (folder / "test_cases.py").write_text(CASES, "utf-8")
    command = [sys.executable, "-m", "pytest", "-c", TESTS.parent / "pyproject.toml", "--rootdir", folder]
    command += ["-p", "no:cacheprovider", "-rA", "--tb=line", folder]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, cwd=folder).stdout


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("test_window", "window QWidget"),
        ("test_timer", "9000 ms"),
        ("test_dialog", "QMessageBox.question would wait"),
        ("test_qt_warning", "loose connection"),
        ("test_warning", "old name"),
        ("test_told_to_end", "told to end"),
    ],
)
def test_a_careless_test_does_not_pass(report: str, name: str, complaint: str) -> None:
    assert re.search(rf"^(FAILED|ERROR) test_cases\.py::{name}\b", report, re.MULTILINE)
    assert complaint in report


def test_a_tidy_gui_test_passes(report: str) -> None:
    assert re.search(r"^PASSED test_cases\.py::test_tidy$", report, re.MULTILINE)
    assert not re.search(r"^ERROR test_cases\.py::test_tidy\b", report, re.MULTILINE)
