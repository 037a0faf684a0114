"""A data folder that cannot be used at the start: a dialog in plain Chinese with ways out, one sentence on the command line."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication

from pilotdesk import app, paths
from pilotdesk.drafts import lock
from pilotdesk.drafts.store import DraftStore
from pilotdesk.errors import PilotDeskError, StoreError
from pilotdesk.ui.safety.holding import Hold
from pilotdesk.ui.start import trouble as start_trouble
from pilotdesk.ui.start.diagnostics_dialog import diagnostics_link
from pilotdesk.ui.start.trouble import AGAIN, CLOSE, FOLDER, LOOK, OTHER, WayOut, can_be_read, way_out
from tests.drafts.recovery_kit import sample_data

if TYPE_CHECKING:
    from pilotdesk.clock import Clock

ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.gui


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, tuple[str, ...]]]:
    return []


def answering(
    monkeypatch: pytest.MonkeyPatch, asked: list, *answers: str, folder: Path | None = None
) -> None:
    left = iter(answers)

    def ask(
        _parent: object, _look: object, title: str, text: str, *, actions: tuple[str, ...], link: object
    ) -> int:
        assert link is diagnostics_link
        asked.append((title, text, actions))
        return actions.index(next(left))

    monkeypatch.setattr(start_trouble, "ask_choice", ask)
    monkeypatch.setattr(start_trouble, "ask_folder", lambda *_given: folder)
    monkeypatch.setattr(start_trouble, "tell", lambda _parent, _look, *said: asked.append((*said, ())))


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data directory with the sample in it."""
    monkeypatch.setenv("PILOTDESK_DATA", str(tmp_path / "data"))
    sample_data(tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def occupied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file where the data directory should be."""
    monkeypatch.setenv("PILOTDESK_DATA", str(tmp_path / "data"))
    (tmp_path / "data").write_text("x", encoding="utf-8")
    return tmp_path / "data"


UNWRITABLE = StoreError("store_unwritable", folder="D:")


def test_the_ways_out_fit_what_is_wrong(
    data: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, asked: list
) -> None:
    answering(monkeypatch, asked, *[CLOSE] * 4)
    for code in ("store_unwritable", "store_full", "store_too_new", "store_busy"):
        assert way_out(StoreError(code, folder=data, version=9, known=5), clock) is None
    assert [actions for _title, _text, actions in asked] == [
        (CLOSE, AGAIN, LOOK, OTHER), (CLOSE, LOOK, OTHER, AGAIN), (CLOSE, AGAIN), (CLOSE, AGAIN),
    ]  # fmt: skip
    assert "先看也行" in asked[0][1]


def test_nothing_to_look_at_is_not_offered(
    occupied: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, asked: list
) -> None:
    answering(monkeypatch, asked, AGAIN)
    assert way_out(UNWRITABLE, clock) == WayOut()
    assert LOOK not in asked[0][2]


def test_looking_says_why_nothing_is_stored(
    data: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, asked: list
) -> None:
    answering(monkeypatch, asked, LOOK)
    way = way_out(UNWRITABLE, clock)
    assert way.refusal.code == "store_look_only"
    assert str(data) in str(way.refusal)


def test_another_folder_gets_what_can_be_read_here_and_is_remembered(
    data: Path, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, asked: list
) -> None:
    answering(monkeypatch, asked, OTHER, folder=tmp_path / "there")
    assert way_out(UNWRITABLE, clock) == WayOut()
    target = tmp_path / "there" / FOLDER
    assert paths.data_dir() == target
    here, there = DraftStore(data, clock), DraftStore(target, clock)
    assert {card.draft_id for card in there.cards()} == {card.draft_id for card in here.cards()} != set()
    here.close()
    there.close()
    assert len(asked) == 1  # nothing more to be said


def test_the_folder_is_asked_for_in_chinese(
    occupied: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch, [], OTHER, CLOSE)
    said: list[str] = []

    def ask(*_given: object) -> None:
        said.append(QCoreApplication.translate("QFileDialog", "Look in:"))

    monkeypatch.setattr(start_trouble, "ask_folder", ask)
    assert way_out(UNWRITABLE, clock) is None
    assert said == ["查找范围："]


def test_what_cannot_be_remembered_is_used_this_time_and_said(
    occupied: Path, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, asked: list
) -> None:
    answering(monkeypatch, asked, OTHER, folder=tmp_path)
    assert way_out(UNWRITABLE, clock) == WayOut()
    assert paths.data_dir() == tmp_path / FOLDER
    assert "下次打开还会问" in asked[1][1]
    assert occupied.read_text("utf-8") == "x"


def test_a_folder_that_will_not_do_either_is_said_and_asked_again(
    occupied: Path, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, asked: list
) -> None:
    answering(monkeypatch, asked, OTHER, CLOSE, folder=occupied)
    assert way_out(UNWRITABLE, clock) is None
    assert asked[1][0] == "这个文件夹也不行"


def test_a_folder_chosen_before_is_used_as_it_is(
    occupied: Path, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, asked: list
) -> None:
    sample_data(tmp_path / "mine")
    answering(monkeypatch, asked, OTHER, folder=tmp_path / "mine")
    assert way_out(UNWRITABLE, clock) == WayOut()
    assert paths.data_dir() == tmp_path / "mine"


def test_a_disk_that_is_gone_can_be_plugged_in(
    data: Path, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, asked: list
) -> None:
    (data / paths.MOVED_NAME).write_text(str(tmp_path / "stick"), encoding="utf-8")
    with pytest.raises(PilotDeskError) as gone:
        paths.data_dir()
    answering(monkeypatch, asked, AGAIN)
    assert way_out(gone.value, clock) == WayOut()
    assert asked[0][2] == (CLOSE, OTHER, AGAIN)
    assert "插上那个盘" in asked[0][1]


def test_a_protected_disk_can_be_looked_at(data: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite asks for files beside a database with a log; the flag for a file nobody changes needs none."""
    from pilotdesk.drafts import looking

    class Protected(looking.sqlite3.Connection):
        def execute(self, sql: str, *given: object) -> object:
            trouble = looking.sqlite3.OperationalError("unable to open database file")
            trouble.sqlite_errorcode = looking.sqlite3.SQLITE_CANTOPEN
            raise trouble

    plain = looking.sqlite3.connect

    def connect(place: str, **named: object) -> object:
        kind = {} if "immutable" in place else {"factory": Protected}
        return plain(place, **named, **kind)

    monkeypatch.setattr(looking.sqlite3, "connect", connect)
    assert can_be_read(data, clock)


# -- the program as a whole ----------------------------------------------------------------------


def test_the_program_asks_until_it_can_open(
    occupied: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: list
) -> None:
    seen: list[Path] = []
    monkeypatch.setattr(app, "_run_once", lambda *_given: (seen.append(paths.data_dir()), app.Ended(0))[1])
    answering(monkeypatch, asked, AGAIN, OTHER, folder=tmp_path)
    assert app.run_window() == 0
    assert seen == [tmp_path / FOLDER]
    assert not (tmp_path / FOLDER / lock.FILE_NAME).exists()  # let go of


def test_an_empty_folder_that_another_computer_has_open_is_told_as_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Clock, asked: list
) -> None:
    data = tmp_path / "data"
    monkeypatch.setenv("PILOTDESK_DATA", str(data))
    theirs = lock.FolderLock(data, clock, ("KEYUAN-3", "b"))
    assert theirs.take() is None
    seen: list[Path] = []
    monkeypatch.setattr(app, "_run_once", lambda *_given: (seen.append(paths.data_dir()), app.Ended(0))[1])
    answering(monkeypatch, asked, AGAIN, OTHER, folder=tmp_path / "mine")
    assert app.run_window() == 0
    assert [(title, actions) for title, _text, actions in asked] == [
        ("资料正在别处用着", (CLOSE, OTHER, AGAIN))
    ] * 2
    assert "KEYUAN-3" in asked[0][1]
    assert seen == [tmp_path / "mine" / FOLDER]
    assert theirs.beat()


def test_damage_is_told_to_who_may_only_look(
    data: Path, monkeypatch: pytest.MonkeyPatch, clock: Clock, asked: list
) -> None:
    """He cannot mend it; before, the program was gone without a word."""
    (data / "pilotdesk.db").write_bytes(b"no database" * 1000)
    hold = Hold(None, StoreError("store_held", who="“KEYUAN-3”"))
    monkeypatch.setattr("pilotdesk.ui.safety.holding.take_hold", lambda *_given: hold)
    answering(monkeypatch, asked, AGAIN, CLOSE)
    assert app.run_window() == 0
    assert [(title, actions) for title, _text, actions in asked] == [("资料打不开", (CLOSE, AGAIN))] * 2


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.ENOSPC])
def test_no_trouble_of_the_disk_ends_in_a_traceback(
    data: Path, monkeypatch: pytest.MonkeyPatch, asked: list, number: int
) -> None:
    def refuse(*_given: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(lock.os, "open", refuse)
    seen: list[StoreError | None] = []
    monkeypatch.setattr(app, "_run_once", lambda hold, *_given: (seen.append(hold.refusal), app.Ended(0))[1])
    answering(monkeypatch, asked, LOOK)
    assert app.run_window() == 0
    assert [refusal.code for refusal in seen] == ["store_look_only"]
    assert ("满" in asked[0][0]) == (number == errno.ENOSPC)


def test_a_lock_that_could_not_be_written_is_not_left_for_the_next_start(
    data: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object, **_named: object) -> object:
        raise OSError(errno.ENOSPC, "No space left on device")

    mine = lock.FolderLock(data, clock)
    with monkeypatch.context() as broken:
        broken.setattr(lock.json, "dumps", full)
        with pytest.raises(StoreError, match="满了"):
            mine.take()
    assert not (data / lock.FILE_NAME).exists()
    assert mine.take() is None
    mine.release()


@pytest.mark.parametrize("where", ["file", "gone"])
def test_the_command_line_says_one_sentence(tmp_path: Path, where: str) -> None:
    place = tmp_path / "data"
    if where == "file":
        place.write_text("x", encoding="utf-8")
    else:
        place.mkdir()
        (place / paths.MOVED_NAME).write_text(str(tmp_path / "stick"), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pilotdesk", "handover", "--to", str(tmp_path / "out")],
        cwd=ROOT, env={**os.environ, "PILOTDESK_DATA": str(place), "PYTHONUTF8": "1"},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert ("写不进去" if where == "file" else "找不到它") in done.stderr
