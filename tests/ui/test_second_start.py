"""Files opened by a double click: in a new window, or in the one that stands. Real programs, each a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import msgspec
import pytest
from PySide6.QtWidgets import QDialog

from pilotdesk.clock import SYSTEM_CLOCK
from pilotdesk.drafts import handing_over
from pilotdesk.drafts.lock import FILE_NAME as LOCK
from pilotdesk.drafts.lock import FolderLock, born
from pilotdesk.drafts.package import write_package
from pilotdesk.drafts.store import DraftStore
from pilotdesk.projects import sample_package
from pilotdesk.ui.incoming import WishesOfOthers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from pilotdesk.ui.main_window import MainWindow

ROOT = Path(__file__).parents[2]
NAME, SENT = "南汀县养老服务标准化试点", "北汀县托育服务标准化试点"


class Program:
    """A running program and what it tells."""

    def __init__(self, data: Path, *arguments: str, cwd: Path | None = None) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(ROOT / "tests" / "ui" / "window_child.py"), *arguments],
            cwd=cwd or ROOT,
            env={
                **os.environ, "PILOTDESK_DATA": str(data), "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1",
                "PYTHONPATH": str(ROOT),
            },
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip
        self.heard: list[dict[str, Any]] = []

    def wait_for(self, kind: str) -> dict[str, Any]:
        """The next thing of a kind that it tells; a program that ends before does not tell it any more."""
        for line in self._process.stdout:
            self.heard.append(json.loads(line))
            if self.heard[-1]["kind"] == kind:
                return self.heard[-1]
        raise AssertionError(f"never told: {kind}; only {self.heard}")

    def order(self, line: str) -> None:
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def end(self) -> int:
        """Wait for its end; whatever it told until then is in ``heard``."""
        out, _ = self._process.communicate(timeout=100)
        self.heard += [json.loads(line) for line in out.splitlines()]
        return self._process.returncode

    def close(self) -> int:
        self.order("close")
        return self.end()

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate()


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


def test_a_wish_is_claimed_once_and_in_order(data: Path) -> None:
    seen: list[handing_over.Wish] = []

    def hears(_seconds: float) -> None:
        seen.extend(handing_over.wishes(data))
        seen.extend(handing_over.wishes(data))

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
    assert handing_over.wishes(data) == (wish,)
    assert not list(folder.iterdir())


def test_files_that_are_no_text_and_very_many_are_handed_over(data: Path) -> None:
    paths = [
        data / os.fsdecode(b"\xb1\xb1.pilot"),
        *(data / f"{'很长的名字' * 12}{n}.pilot" for n in range(900)),
    ]
    seen: list[handing_over.Wish] = []
    assert handing_over.hand_over(data, paths, pause=lambda _seconds: seen.extend(handing_over.wishes(data)))
    assert [wish.paths for wish in seen] == [tuple(paths)]


def test_a_wish_that_is_being_read_is_neither_given_up_nor_opened_twice(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows does not let a file go that somebody has open: whoever reads it claims it in a moment."""
    monkeypatch.setattr(handing_over, "is_closing", lambda _folder: True)  # no reason to wait any longer
    unlink = Path.unlink

    def held(path: Path, missing_ok: bool = False) -> None:
        if path.suffix == handing_over.ENDING:
            raise PermissionError(13, "open elsewhere", str(path))
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", held)
    seen: list[handing_over.Wish] = []
    assert handing_over.hand_over(
        data, [data / "x.pilot"], pause=lambda _s: seen.extend(handing_over.wishes(data))
    )
    assert len(seen) == 1
    monkeypatch.setattr(handing_over, "WAIT_S", 0.0)
    assert not handing_over.hand_over(data, [data / "x.pilot"])


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_wish_waits_until_the_dialog_is_answered_and_a_closed_window_claims_none(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    fulfilled: list[tuple[Path, ...]] = []
    hearing = WishesOfOthers(window, tmp_path, lambda wished: fulfilled.extend(wish.paths for wish in wished))
    hearing.begin()
    dialog = QDialog(window)
    dialog.setModal(True)
    dialog.open()

    def looks(_seconds: float) -> None:
        qtbot.wait(20)  # the running program goes on

    assert handing_over.hand_over(tmp_path, [tmp_path / "x.pilot"], pause=looks)
    assert fulfilled == []  # claimed, but not opened below the dialog
    dialog.accept()
    qtbot.waitUntil(lambda: fulfilled == [(tmp_path / "x.pilot",)])
    window.close()
    (tmp_path / handing_over.FOLDER_NAME / "1.wish").write_text("{}", "utf-8")
    hearing._on_changed()
    assert (tmp_path / handing_over.FOLDER_NAME / "1.wish").exists()


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
