"""The packed program starts its workers by its own executable, which has no ``-m`` and no script."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.review.intake_kit import copy

ROOT = Path(__file__).parents[2]

PACKED = """#!/bin/sh
if [ "$1" = "--multiprocessing-fork" ]; then exec {python} -m pilotdesk "$@"; else exec {python} "$@"; fi
"""

PROGRAM = """
import json, multiprocessing, sys
from datetime import date
from pathlib import Path
sys.frozen = True
multiprocessing.set_executable(sys.argv[1])
from pilotdesk.review.intake import take_in
units = [one.submission.facts.unit for one in take_in([Path(sys.argv[2])], today=date(2026, 6, 12), workers=1)
         if one.submission]
print(json.dumps([units, "PySide6" in sys.modules]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands for the executable")
def test_workers_start_by_the_executable_of_the_packed_program(tmp_path):
    copy("a.pilot", tmp_path / "in" / "a.pilot")
    program = tmp_path / "pilotdesk"
    program.write_text(PACKED.format(python=sys.executable), "utf-8")
    program.chmod(0o755)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(program), str(tmp_path / "in")],
        env=environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=280,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-2_000:]
    assert json.loads(run.stdout) == [["南汀县政务服务中心"], False]


def test_nothing_of_the_intake_is_imported_by_the_program_itself():
    script = (
        "import sys, pilotdesk.__main__, pilotdesk.app;"
        "print([name for name in sys.modules if 'multiprocessing' in name or 'review' in name])"
    )
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
