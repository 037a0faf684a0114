"""A newer program: verified again, copied, everything stored, the installer started when nobody holds the data any more."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from pilotdesk import __version__
from pilotdesk.ui.updates import start as updates_start
from pilotdesk.ui.updates.card import UpdateCard
from pilotdesk.ui.updates.desk import UpdatesDesk, updates_desk_of
from pilotdesk.ui.updates.start import start_installer
from pilotdesk.ui.window.update_watch import StickWatch
from pilotdesk.updates import program
from pilotdesk.updates.sticks import found_on
from tests.ui.conftest import ImmediateRunner
from tests.ui.updates_kit import NAME, button, drop, flipped, register, signed_program, texts

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pilotdesk.ui.look.settings import Settings
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.window.main_window import MainWindow
    from tests.ui.conftest import WindowMaker

ROOT = Path(__file__).parents[3]
SETUP = "PilotDesk-99.1-setup.exe"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program runs from where its installer put it, on the system that the file is for."""
    register()
    monkeypatch.setattr(program, "_fits", lambda _manifest: True)
    monkeypatch.setattr("pilotdesk.ui.updates.program.install_root", lambda: tmp_path / "PilotDesk")


@pytest.fixture
def window(open_window: WindowMaker, qtbot: QtBot) -> MainWindow:
    made = open_window(at_once=True)
    made.show_start()
    qtbot.waitUntil(made.acceptDrops)
    return made


@pytest.fixture
def desk(window: MainWindow, look: Look) -> UpdatesDesk:
    return updates_desk_of(window, look)


def card(window: MainWindow, qtbot: QtBot) -> UpdateCard:
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(UpdateCard)))
    return next(one for one in window.findChildren(UpdateCard) if one.isVisible())


def strip_of(window: MainWindow, look: Look, services_settings: Settings, root: Path) -> StickWatch:
    watch = StickWatch(
        window, look, services_settings, runner=ImmediateRunner(), search=lambda: found_on([root], seconds=60)
    )
    watch.look()
    return watch


@pytest.mark.usefixtures("installed")
def test_now_verifies_again_stores_everything_and_hands_a_copy_over(
    window: MainWindow, desk: UpdatesDesk, look: Look, tmp_path: Path, data_dir: Path, qtbot: QtBot
) -> None:
    signed_program(tmp_path / "stick", SETUP)
    watch = strip_of(window, look, window._settings, tmp_path / "stick")
    with qtbot.waitSignal(desk.installer_ready) as ready:
        qtbot.mouseClick(watch.strip.now, Qt.MouseButton.LeftButton)
    (copy,) = ready.args
    assert copy.read_bytes() == (tmp_path / "stick" / SETUP).read_bytes()
    assert data_dir in copy.parents


@pytest.mark.usefixtures("installed")
def test_a_file_that_was_changed_since_it_was_found_is_not_started(
    window: MainWindow, desk: UpdatesDesk, look: Look, tmp_path: Path, qtbot: QtBot
) -> None:
    handed: list[object] = []
    desk.installer_ready.connect(handed.append)
    signed_program(tmp_path / "stick", SETUP)
    watch = strip_of(window, look, window._settings, tmp_path / "stick")
    flipped(tmp_path / "stick" / SETUP, 5000)
    qtbot.mouseClick(watch.strip.now, Qt.MouseButton.LeftButton)
    refusal = card(window, qtbot)
    assert refusal.windowTitle() == "安装程序被改动过，没有打开"
    assert NAME in texts(refusal)
    refusal.close()
    assert not handed


@pytest.mark.usefixtures("installed")
def test_a_signature_that_is_dropped_shows_what_it_is_first_and_esc_leaves_it(
    window: MainWindow, desk: UpdatesDesk, tmp_path: Path, qtbot: QtBot
) -> None:
    handed: list[object] = []
    desk.installer_ready.connect(handed.append)
    signature = signed_program(tmp_path / "stick", SETUP)
    drop(window, [signature])
    shown = card(window, qtbot)
    assert "新版 PilotDesk 99.1" in texts(shown)
    assert "改了打印时的页边距。" in texts(shown)
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert not handed
    drop(window, [signature])
    with qtbot.waitSignal(desk.installer_ready):
        qtbot.keyClick(card(window, qtbot), Qt.Key.Key_Return)


@pytest.mark.usefixtures("installed")
def test_an_installer_without_its_signature_is_not_opened(
    window: MainWindow, desk: UpdatesDesk, tmp_path: Path, qtbot: QtBot
) -> None:
    signed_program(tmp_path / "stick", SETUP).unlink()
    desk.open(tmp_path / "stick" / SETUP)
    refusal = card(window, qtbot)
    assert refusal.windowTitle() == "安装程序旁边没有签名，没有打开"
    refusal.close()


@pytest.mark.usefixtures("installed")
def test_a_program_that_is_not_newer_says_which_one_is_here(
    window: MainWindow, desk: UpdatesDesk, tmp_path: Path, qtbot: QtBot
) -> None:
    desk.open(signed_program(tmp_path / "stick", "PilotDesk-0.0.1-setup.exe", "0.0.1"))
    shown = card(window, qtbot)
    assert shown.windowTitle() == "不用更新程序"
    assert f"这台电脑上已经是 {__version__}" in texts(shown)
    shown.close()


def test_a_debian_package_shows_what_the_administrator_types(
    window: MainWindow,
    desk: UpdatesDesk,
    tmp_path: Path,
    data_dir: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    register()
    monkeypatch.setattr(program, "_fits", lambda _manifest: True)
    name = "cn.pilotdesk.app $(touch here) 'y'_99.1_amd64.deb"  # whoever signs may call it as he likes
    desk.open(signed_program(tmp_path / "U 盘", name))
    shown = card(window, qtbot)
    copy = data_dir / "updates" / "program" / name
    assert copy.read_bytes() == (tmp_path / "U 盘" / name).read_bytes()
    command = f"sudo apt install {shlex.quote(str(copy))}"
    assert command in texts(shown)
    qtbot.mouseClick(button(shown, "复制"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == command
    qtbot.keyClick(shown, Qt.Key.Key_Return)


def test_the_portable_program_says_what_to_take_over(
    window: MainWindow,
    desk: UpdatesDesk,
    tmp_path: Path,
    data_dir: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    register()
    monkeypatch.setattr(program, "_fits", lambda _manifest: True)
    monkeypatch.setattr("pilotdesk.ui.updates.program.portable_root", lambda: Path("E:/PilotDesk"))
    desk.open(signed_program(tmp_path / "stick", "PilotDesk-99.1-绿色版.zip"))
    shown = card(window, qtbot)
    assert "解压到另一个文件夹" in texts(shown)
    assert "keys 文件夹的也拷" in texts(shown)  # else the next update would be of somebody unknown
    assert str(data_dir) in texts(shown)
    shown.close()


def test_from_the_source_tree_nothing_is_replaced(
    window: MainWindow, desk: UpdatesDesk, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    register()
    monkeypatch.setattr(program, "_fits", lambda _manifest: True)
    handed: list[object] = []
    desk.installer_ready.connect(handed.append)
    desk.open(signed_program(tmp_path / "stick", SETUP))
    shown = card(window, qtbot)
    assert "不能替您装" in texts(shown)
    qtbot.keyClick(shown, Qt.Key.Key_Return)
    assert not handed


def test_an_installer_that_the_system_does_not_start_is_named(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(updates_start, "tell", lambda *given: said.append(given[-1]))
    start_installer(tmp_path / "gone.exe")
    assert str(tmp_path / "gone.exe") in said[0]
    assert "杀毒软件" in said[0]


SCRIPT = """
import sys
from pathlib import Path
import pilotdesk.app as app
from pilotdesk.ui.updates import desk as updates_desk
from pilotdesk import __version__
from pilotdesk.ui.updates import start as updates_start
from pilotdesk.ui.window import update_watch as updates_watch
from pilotdesk.ui.safety.holding import take_hold
from pilotdesk.clock import SYSTEM_CLOCK
from pilotdesk.paths import data_dir

def found(watch):
    updates_desk.updates_desk_of(watch._window, watch._look).installer_ready.emit(Path("/tmp/setup.exe"))

def started(path):
    hold = take_hold(data_dir(), SYSTEM_CLOCK)
    print("started", path, "free" if hold is not None and hold.refusal is None else "held", flush=True)
    hold.release()

updates_watch.StickWatch.look = found
updates_start._start = started
print("left", app.run_window())
"""


def test_the_program_ends_before_the_installer_is_started(tmp_path: Path) -> None:
    environment = {**os.environ, "PILOTDESK_DATA": str(tmp_path / "data"), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-2:] == ["started /tmp/setup.exe free", "left 0"], done.stderr
