"""The mark that the program runs: an end is unclean only when it was, and another running program is none."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pilotdesk.drafts.running_mark import FILE_NAME, LastEnd, RunningMark, newest_entry
from tests.drafts.recovery_kit import MORNING, clock_at, sample_data, type_later

ROOT = Path(__file__).parents[2]


def test_after_a_clean_end_there_is_nothing(tmp_path):
    mark = RunningMark(tmp_path)
    assert mark.set(7) is None
    mark.clear()
    assert list(tmp_path.iterdir()) == []
    again = RunningMark(tmp_path)
    assert again.set(8) is None
    again.clear()


@pytest.mark.skipif(sys.platform == "win32", reason="kills the POSIX way")
def test_a_killed_program_leaves_what_it_found(tmp_path):
    script = (
        "import sys; from pathlib import Path; from pilotdesk.drafts.running_mark import RunningMark\n"
        "mark = RunningMark(Path(sys.argv[1])); mark.set(7); print('set', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as program:
        assert program.stdout.readline() == b"set\n"
        second = RunningMark(tmp_path)
        assert second.set(9) is None  # it runs: no unclean end
        second.clear()
        assert (tmp_path / FILE_NAME).exists()  # and its mark is its own
        os.kill(program.pid, signal.SIGKILL)
        program.wait()
    mark = RunningMark(tmp_path)
    assert mark.set(9) == LastEnd(7)
    mark.clear()


@pytest.mark.parametrize("left", ["", "{", '{"seq": "x"}', "[]"])
def test_a_mark_that_was_not_written_to_its_end_says_nothing(tmp_path, left):
    (tmp_path / FILE_NAME).write_text(left)
    mark = RunningMark(tmp_path)
    assert mark.set(1) is None
    mark.clear()


def test_a_folder_that_cannot_be_written_has_no_mark(tmp_path):
    (tmp_path / "file").write_text("x")
    mark = RunningMark(tmp_path / "file")
    assert mark.set(1) is None
    mark.clear()


def test_only_what_somebody_did_is_a_change(tmp_path):
    draft_id = sample_data(tmp_path)
    database = tmp_path / "pilotdesk.db"
    assert newest_entry(database) is None  # the sample itself is nobody's work
    type_later(tmp_path, draft_id, project_name="改过的名称")
    entry = newest_entry(database)
    assert (entry.draft_id, entry.path) == (draft_id, "project_name")
    assert entry.at == clock_at(MORNING.replace(hour=1)).stamp()
    assert newest_entry(database, entry.seq) is None
