"""Files opened by a double click: in a new window, or in the one that stands. Real programs, each a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import msgspec
import pytest
from PySide6.QtWidgets import QDialog

from pilotdesk.clock import SYSTEM_CLOCK
from pilotdesk.drafts import closing, handing_over
from pilotdesk.drafts.lock import FILE_NAME as LOCK
from pilotdesk.drafts.lock import FolderLock, Holder, born
from pilotdesk.drafts.package import write_package
from pilotdesk.drafts.store import DraftStore
from pilotdesk.errors import StoreError
from pilotdesk.projects import sample_package
from pilotdesk.ui.window import incoming
from pilotdesk.ui.window.incoming import WishesOfOthers
from tests.ui.program_kit import Program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pytestqt.qtbot import QtBot

    from pilotdesk.ui.window.main_window import MainWindow

ROOT = Path(__file__).parents[3]
NAME, SENT = "南汀县养老服务标准化试点", "北汀县托育服务标准化试点"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "资料"


@pytest.fixture
def started(data: Path) -> Iterator[Callable[..., Program]]:
    programs: list[Program] = []

    def start(*arguments: str, cwd: Path | None = None) -> Program:
        programs.append(Program(data, *arguments, cwd=cwd))
        return programs[-1]

    yield start
    for program in programs:
        program.kill()


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Another draft than the sample, under a name that means something to shells and addresses."""
    target = tmp_path / "发来的 文件" / "试点 一%20#1.pilot"
    target.parent.mkdir()
    one = sample_package()
    write_package(replace(one, practice=False, values={**one.values, "project_name": SENT}), target)
    return target


def titles(data: Path) -> list[str]:
    store = DraftStore(data, SYSTEM_CLOCK)
    try:
        return sorted(card.facts.title for card in store.cards())
    finally:
        store.close()


# -- the first start -----------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["absolute", "relative", "address"])
def test_a_draft_written_alone_is_opened(
    started: Callable[..., Program], package: Path, data: Path, written: str
) -> None:
    given = {
        "absolute": str(package),
        "relative": package.name,
        "address": f"file://{quote(str(package))}",
    }[written]
    program = started(given, cwd=package.parent)
    program.wait_for("hears")
    assert program.close() == 0
    assert titles(data) == [SENT]
    assert not [told for told in program.heard if told["kind"] == "said"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("没有.pilot", "找不到或打不开“没有.pilot”"),
        ("照片.heic", "不是 PilotDesk 认得的文件"),
        ("假的.pilot", "坏了一部分，没有读进来"),
        ("一个文件夹.pilot", "是一个文件夹"),
    ],
)
def test_what_cannot_be_opened_is_said_in_the_window_which_stays(
    started: Callable[..., Program], tmp_path: Path, name: str, words: str
) -> None:
    if "文件夹" in name:
        (tmp_path / name).mkdir()
    elif "没有" not in name:
        (tmp_path / name).write_bytes(b"\x00\x01")
    program = started(str(tmp_path / name))
    assert words in program.wait_for("said")["text"]
    program.wait_for("hears")
    assert program.close() == 0


# -- the second start ----------------------------------------------------------------------------


def test_a_second_start_gives_its_file_to_the_window_that_stands(
    started: Callable[..., Program], package: Path, data: Path
) -> None:
    first = started("gui", "--sample")
    first.wait_for("hears")
    first.order(f"type {NAME}")
    assert not first.wait_for("typed")["stored"]  # nothing has left the editor yet
    second = started(package.name, cwd=package.parent)
    assert second.end() == 0
    assert second.heard == []  # no question, no window
    assert first.wait_for("front")["minimised"] is False
    first.wait_for("opened")
    assert first.close() == 0
    assert {NAME, SENT} <= set(titles(data))  # what was being typed is stored, what was sent is there
    assert not list((data / handing_over.FOLDER_NAME).iterdir())
    assert not (data / LOCK).exists()


def test_a_second_start_without_a_file_shows_the_window_that_stands(started: Callable[..., Program]) -> None:
    first = started()
    first.wait_for("hears")
    assert started().end() == 0
    first.wait_for("front")
    assert first.close() == 0


def test_clicks_while_the_program_starts_open_one_window(
    started: Callable[..., Program], package: Path, data: Path
) -> None:
    first = started()
    while not (data / LOCK).exists():
        assert first._process.poll() is None
    others = [started(str(package)), started(), started(str(package))]
    assert [other.end() for other in others] == [0, 0, 0]
    assert all(other.heard == [] for other in others)
    first.wait_for("opened")
    first.close()
    assert len(titles(data)) == 1


# -- the file between them -----------------------------------------------------------------------


def test_a_wish_that_nobody_hears_is_taken_back(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handing_over, "WAIT_S", 0.0)
    assert not handing_over.hand_over(data, [data / "x.pilot"])
    assert not list((data / handing_over.FOLDER_NAME).iterdir())


def opened(data: Path, *, anew: bool = False) -> list[handing_over.Wish]:
    """What a window over which nothing stands would open now."""
    heard = handing_over.wishes(data, anew=anew)
    return [one.wish for one in heard if handing_over.is_taken_up(one)]


def holder(process: int) -> Holder:
    return Holder(host="", pid=process, born=born(process), since="", token="t")


def test_a_wish_is_claimed_once_and_in_order(data: Path) -> None:
    seen: list[handing_over.Wish] = []

    def hears(_seconds: float) -> None:
        seen.extend(opened(data))
        seen.extend(opened(data, anew=True))

    paths = [data / "甲 #1.pilot", data / "乙.pdpack"]
    for path in paths:
        assert handing_over.hand_over(data, [path], pause=hears)
    assert [wish.paths for wish in seen] == [(path,) for path in paths]


def test_a_wish_of_a_program_that_has_gone_is_not_fulfilled(data: Path) -> None:
    folder = handing_over.wish_folder(data)
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    wish = handing_over.Wish(files=[b"/x.pilot"], pid=process.pid, born=born(process.pid))
    process.communicate(b"\n")
    (folder / "1.wish").write_bytes(msgspec.json.encode(wish))
    (folder / "2.wish").write_text("{", "utf-8")
    (folder / "3.wish").write_bytes(b"[" * (handing_over.MOST_BYTES + 9))
    assert handing_over.wishes(data) == ()
    assert not list(folder.iterdir())


def test_a_wish_is_fulfilled_though_who_asked_goes_as_soon_as_it_is_claimed(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A virus scanner looks at the claimed file for longer than the other program takes to end."""
    folder = handing_over.wish_folder(data)
    wish = handing_over.Wish(files=[b"/x.pilot"], pid=os.getpid(), born=born(os.getpid()))
    (folder / "1.wish").write_bytes(msgspec.json.encode(wish))
    monkeypatch.setattr(handing_over, "is_running", lambda _process: (folder / "1.wish").exists())
    assert opened(data) == [wish]
    assert not list(folder.iterdir())


def test_files_that_are_no_text_and_very_many_are_handed_over(data: Path) -> None:
    paths = [
        data / os.fsdecode(b"\xb1\xb1.pilot"),
        *(data / f"{'很长的名字' * 12}{n}.pilot" for n in range(900)),
    ]
    seen: list[handing_over.Wish] = []
    assert handing_over.hand_over(data, paths, pause=lambda _seconds: seen.extend(opened(data)))
    assert [wish.paths for wish in seen] == [tuple(paths)]


def test_a_wish_that_is_being_read_is_neither_given_up_nor_opened_twice(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows does not let a file go that somebody has open: whoever reads it claims it in a moment."""
    monkeypatch.setattr(handing_over, "is_closing", lambda _folder: True)  # no reason to wait any longer
    rename, asking = Path.rename, [True]

    def held(path: Path, target: Path) -> Path:
        if asking[0]:
            raise PermissionError(13, "open elsewhere", str(path))
        return rename(path, target)

    def hears(_seconds: float) -> None:
        asking[0] = False
        seen.extend(opened(data))
        asking[0] = True

    monkeypatch.setattr(Path, "rename", held)
    seen: list[handing_over.Wish] = []
    assert handing_over.hand_over(data, [data / "x.pilot"], pause=hears)
    assert len(seen) == 1
    monkeypatch.setattr(handing_over, "WAIT_S", 0.0)
    assert not handing_over.hand_over(data, [data / "x.pilot"])


@pytest.fixture
def dialog(window: MainWindow) -> QDialog:
    """Stands over the window and wants an answer."""
    made = QDialog(window)
    made.setModal(True)
    made.open()
    return made


class Hearing:
    """A window that hears others, and what it was to open for them."""

    def __init__(self, window: MainWindow, data: Path) -> None:
        self.opened: list[Path] = []
        self.wishes = WishesOfOthers(window, data, self._open)
        self.wishes.begin()

    def _open(self, wished: Sequence[handing_over.Wish]) -> None:
        self.opened += [path for wish in wished for path in wish.paths]


def asking(data: Path, name: str) -> subprocess.Popen[str]:
    """A second start that asks this process for a file; its exit code is 0 when that is opened here."""
    code = (
        "import sys; from pathlib import Path; from pilotdesk.drafts.handing_over import hand_over;"
        "from pilotdesk.drafts.lock import Holder, born; at, process = Path(sys.argv[1]), int(sys.argv[3]);"
        "to = Holder(host='', pid=process, born=born(process), since='', token='t');"
        "sys.exit(not hand_over(at, [at / sys.argv[2]], to=to))"
    )
    return subprocess.Popen([sys.executable, "-c", code, str(data), name, str(os.getpid())], cwd=ROOT)


needs_front = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def files_in(data: Path) -> list[str]:
    return sorted(path.suffix for path in (data / handing_over.FOLDER_NAME).iterdir())


@needs_front
def test_a_wish_waits_until_the_dialog_is_answered_and_so_does_who_asked(
    window: MainWindow, dialog: QDialog, qtbot: QtBot, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fronts: list[MainWindow] = []
    monkeypatch.setattr(incoming, "come_forward", fronts.append)
    hearing = Hearing(window, data)
    process = asking(data, "x.pilot")
    qtbot.waitUntil(lambda: files_in(data) == [handing_over.CLAIMED])
    assert fronts == [window]  # with its dialog, at once
    qtbot.wait(3 * incoming.AGAIN_MS)
    assert (hearing.opened, process.poll(), fronts) == ([], None, [window])
    dialog.accept()
    qtbot.waitUntil(lambda: hearing.opened == [data / "x.pilot"])
    assert process.wait(280) == 0
    assert files_in(data) == []


@needs_front
def test_what_waits_under_a_dialog_that_ends_in_closing_is_opened_by_who_asked(
    window: MainWindow, dialog: QDialog, qtbot: QtBot, data: Path
) -> None:
    hearing = Hearing(window, data)
    process = asking(data, "x.pilot")
    qtbot.waitUntil(lambda: files_in(data) == [handing_over.CLAIMED])
    dialog.accept()
    window.close()
    qtbot.wait(3 * incoming.AGAIN_MS)
    assert hearing.opened == []
    closing._note(data, StoreError("closing_cut_short"), running=True)  # as the last copy does that follows
    assert process.wait(280) == 1
    assert files_in(data) == []
    (data / handing_over.FOLDER_NAME / "1.wish").write_text("{}", "utf-8")
    hearing.wishes._look()  # a closed window claims none
    assert files_in(data) == [handing_over.ENDING]


@needs_front
def test_what_waits_is_opened_by_the_window_that_comes_after(
    window: MainWindow, dialog: QDialog, qtbot: QtBot, data: Path
) -> None:
    """The data is mended: another window of the same program."""
    before = Hearing(window, data)
    process = asking(data, "x.pilot")
    qtbot.waitUntil(lambda: files_in(data) == [handing_over.CLAIMED])
    before.wishes.deleteLater()
    dialog.accept()
    after = Hearing(window, data)
    assert after.opened == [data / "x.pilot"]
    assert process.wait(280) == 0
    qtbot.wait(3 * incoming.AGAIN_MS)
    assert before.opened == []


@pytest.mark.parametrize(("age", "is_heard"), [(5, True), (60, False), (-600, False)])
def test_a_program_that_has_just_begun_is_given_more_time(
    data: Path, monkeypatch: pytest.MonkeyPatch, age: float, is_heard: bool
) -> None:
    monkeypatch.setattr(handing_over, "WAIT_S", 0.0)
    since = (SYSTEM_CLOCK.now() - timedelta(seconds=age)).isoformat()
    looks: list[int] = []

    def hears(_seconds: float) -> None:
        looks.append(len(opened(data)) if len(looks) == 3 else 0)

    to = msgspec.structs.replace(holder(os.getpid()), since=since)
    assert handing_over.hand_over(data, [data / "x.pilot"], to=to, pause=hears) is is_heard
    assert sum(looks) == is_heard


def test_what_was_claimed_is_taken_back_from_a_program_that_was_killed(data: Path) -> None:
    other = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)

    def dies(_seconds: float) -> None:
        assert len(handing_over.wishes(data)) == 1
        other.kill()
        other.communicate()

    assert not handing_over.hand_over(data, [data / "x.pilot"], to=holder(other.pid), pause=dies)
    assert files_in(data) == []


def test_who_asked_and_who_heard_never_both_open_it(data: Path) -> None:
    heard: list[handing_over.Heard] = []
    ends = [False]

    def is_over(_folder: Path) -> bool:
        return ends[0]

    def hears(_seconds: float) -> None:
        heard.extend(handing_over.wishes(data))
        ends[0] = True

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(handing_over, "is_closing", is_over)
        assert not handing_over.hand_over(data, [data / "x.pilot"], pause=hears)
    assert [handing_over.is_taken_up(one) for one in heard] == [False]


def test_a_folder_that_was_swept_away_is_no_answer_and_is_watched_again(
    window: MainWindow, qtbot: QtBot, data: Path
) -> None:
    folder = data / handing_over.FOLDER_NAME

    def sweeps(_seconds: float) -> None:
        shutil.rmtree(folder)

    assert not handing_over.hand_over(data, [data / "x.pilot"], pause=sweeps)
    hearing = Hearing(window, data)
    shutil.rmtree(folder)
    qtbot.waitUntil(folder.is_dir)
    assert hearing.wishes._watcher.directories() == [str(folder)]


@needs_front
@pytest.mark.parametrize("call", ["open", "rename"])
def test_a_wish_that_is_scanned_is_looked_at_again_without_another_sign(
    window: MainWindow, qtbot: QtBot, data: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    hearing = Hearing(window, data)
    kept, refused = getattr(Path, call), []

    def scanned(path: Path, *given: Any, **named: Any) -> object:
        if path.suffix == handing_over.ENDING and len(refused) < 2:
            refused.append(path)
            raise PermissionError(13, "scanned", str(path))
        return kept(path, *given, **named)

    wish = handing_over.Wish(files=[os.fsencode(data / "x.pilot")], pid=os.getpid(), born=born(os.getpid()))
    hearing.wishes._watcher.removePath(str(data / handing_over.FOLDER_NAME))
    monkeypatch.setattr(hearing.wishes, "_watch", lambda: None)
    (data / handing_over.FOLDER_NAME / "1.wish").write_bytes(msgspec.json.encode(wish))
    monkeypatch.setattr(Path, call, scanned)
    hearing.wishes._look()  # the only sign
    assert hearing.opened == []
    qtbot.waitUntil(lambda: hearing.opened == [data / "x.pilot"])
    assert len(refused) == 2


@needs_front
def test_what_cannot_be_taken_away_is_opened_all_the_same_and_once(
    window: MainWindow, qtbot: QtBot, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk takes no change any more."""
    monkeypatch.setattr(incoming, "AGAIN_MS", 1)
    monkeypatch.setattr(incoming, "MOST_TRIES", 3)
    hearing = Hearing(window, data)
    wish = handing_over.Wish(files=[os.fsencode(data / "x.pilot")], pid=os.getpid(), born=born(os.getpid()))
    (data / handing_over.FOLDER_NAME / "1.wish").write_bytes(msgspec.json.encode(wish))
    monkeypatch.setattr(handing_over, "is_taken_up", lambda _one: None)
    hearing.wishes._look()
    assert hearing.opened == []
    qtbot.waitUntil(lambda: hearing.opened == [data / "x.pilot"])
    hearing.wishes._look()
    assert hearing.opened == [data / "x.pilot"]


def test_only_a_program_of_this_computer_is_asked(data: Path) -> None:
    lock = FolderLock(data, SYSTEM_CLOCK, ("KEYUAN-3", "b"))
    assert lock.take() is None
    held = FolderLock(data, SYSTEM_CLOCK).take()
    assert held is not None
    assert not handing_over.may_hear(held)


def test_a_data_folder_that_takes_no_file_hands_nothing_over(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("", "utf-8")
    assert not handing_over.hand_over(tmp_path / "data", [])
    assert handing_over.wishes(tmp_path / "data") == ()
