"""The strip over the start page: a folder stands for a stick; nobody waits for the search, and it comes back rarely."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from pilotdesk.forms import added
from pilotdesk.ui.look.settings import Settings
from pilotdesk.ui.updates.desk import updates_desk_of
from pilotdesk.ui.updates.dialog import UpdatesDialog
from pilotdesk.ui.updates.plan_dialog import PlanDialog
from pilotdesk.ui.updates.strip import LATER, NOW, SEE
from pilotdesk.ui.window.update_watch import AGAIN_S, StickWatch
from pilotdesk.updates import program
from pilotdesk.updates.installing import install_pack
from pilotdesk.updates.planning import plan_of
from pilotdesk.updates.reading import read_update
from pilotdesk.updates.record import installed_updates, packs_folder
from pilotdesk.updates.sticks import found_on
from tests.ui.conftest import ImmediateRunner
from tests.ui.updates_kit import NAME, flipped, next_round, register, signed_pack, signed_program, texts

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.window.main_window import MainWindow
    from pilotdesk.updates.sticks import Found
    from tests.ui.conftest import WindowMaker

ROOT = Path(__file__).parents[3]


class Stick:
    """A folder that is searched as a drive, and how often that was done."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.searches = 0
        self.now = 1000.0

    def search(self) -> tuple[Found, ...]:
        self.searches += 1
        return found_on([self.root], seconds=60)


@pytest.fixture
def stick(tmp_path: Path) -> Stick:
    (tmp_path / "U盘").mkdir()
    return Stick(tmp_path / "U盘")


@pytest.fixture
def pack(stick: Stick) -> Path:
    register()
    return next_round(stick.root / "更新" / "2027.pdpack")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "window.json")


@pytest.fixture
def window(open_window: WindowMaker, settings: Settings) -> MainWindow:
    made = open_window(at_once=True, settings=settings)
    made.show_start()
    return made


def watch_of(window: MainWindow, look: Look, settings: Settings, stick: Stick) -> StickWatch:
    return StickWatch(
        window, look, settings, runner=ImmediateRunner(), search=stick.search, seconds=lambda: stick.now
    )


def come_back(window: MainWindow) -> None:
    QApplication.sendEvent(window, QEvent(QEvent.Type.WindowActivate))


def test_a_newer_pack_is_told_of_and_leads_to_what_it_changes(
    window: MainWindow, look: Look, settings: Settings, stick: Stick, pack: Path, qtbot: QtBot
) -> None:
    watch = watch_of(window, look, settings, stick)
    assert watch.strip is None
    watch.look()
    assert "U 盘里有新的表单：2027年度国家标准化试点项目" in texts(watch.strip)
    assert f"{NAME} 签发，签名对得上" in texts(watch.strip)
    assert watch.strip.now.text() == SEE
    assert watch.strip.mapTo(window, watch.strip.rect().topLeft()).y() < 80
    qtbot.mouseClick(watch.strip.now, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(PlanDialog)))
    (dialog,) = window.findChildren(PlanDialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(installed_updates()) == 1)
    assert watch.strip is None
    window.toast._on_action()
    assert [one.state for one in installed_updates()] == ["undone"]
    assert stick.searches == 3
    assert watch.strip is None  # who has just undone it need not hear of it again


def test_what_a_newer_program_covers_is_said_once(
    window: MainWindow,
    look: Look,
    settings: Settings,
    stick: Stick,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    register()
    corrected = tmp_path / "2026"
    shutil.copytree(ROOT / "forms" / "2026", corrected)
    head = corrected / "round.toml"
    head.write_text(head.read_text("utf-8").replace("2026年度国家", "2026 年度国家", 1), "utf-8")
    install_pack(plan_of(read_update(signed_pack(corrected, tmp_path / "x.pdpack"))))
    watch = watch_of(window, look, settings, stick)
    watch.look()
    assert watch.strip is None
    monkeypatch.setattr(added, "__released__", "2999-01-01")
    stick.now += AGAIN_S
    watch.look()
    assert "改用程序自带的表单" in texts(watch.strip)
    assert "还想用那一份，把文件再装一次" in texts(watch.strip)
    qtbot.mouseClick(watch.strip.now, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(UpdatesDialog)))
    (dialog,) = window.findChildren(UpdatesDialog)
    assert "程序更新以后，改用程序自带的" in texts(dialog)
    dialog.close()
    qtbot.mouseClick(watch.strip.later, Qt.MouseButton.LeftButton)
    assert watch.strip is None
    stick.now += AGAIN_S
    watch.look()
    assert watch.strip is None


def test_an_update_that_lost_a_file_is_said_with_the_way_to_have_it_back(
    window: MainWindow, look: Look, settings: Settings, stick: Stick, pack: Path, qtbot: QtBot
) -> None:
    install_pack(plan_of(read_update(pack)))
    watch = watch_of(window, look, settings, stick)
    next(packs_folder().glob("*/application/05-*.toml")).unlink()
    watch.look()
    assert "更新装上的2027年度国家标准化试点项目，文件少了或变了" in texts(watch.strip)
    assert "把“" in texts(watch.strip)
    assert "更新文件再装一次就好" in texts(watch.strip)
    qtbot.mouseClick(watch.strip.now, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(UpdatesDialog)))
    (dialog,) = window.findChildren(UpdatesDialog)
    assert "多半是杀毒软件拿走的" in texts(dialog)
    dialog.close()


def test_the_strip_takes_neither_focus_nor_what_is_typed(
    window: MainWindow, look: Look, settings: Settings, stick: Stick, pack: Path, qtbot: QtBot
) -> None:
    window.shelf.sample()
    window.show_start()
    watch = watch_of(window, look, settings, stick)
    entry = QLineEdit(window)
    entry.show()
    entry.setFocus()
    watch.look()
    assert watch.strip is not None
    assert QApplication.focusWidget() is entry
    window.desk.page.head.menu.setFocus(Qt.FocusReason.TabFocusReason)
    reached = []
    for _ in range(2):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    assert reached == [watch.strip.later, watch.strip.now]


def test_later_is_remembered_by_what_is_in_the_file(
    window: MainWindow, look: Look, settings: Settings, stick: Stick, pack: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    watch = watch_of(window, look, settings, stick)
    watch.look()
    assert watch.strip.later.text() == LATER
    watch.strip.later.setFocus()
    qtbot.keyClick(watch.strip.later, Qt.Key.Key_Space)
    assert watch.strip is None
    assert "更新…" in window.toast.accessibleName()
    pack.rename(pack.with_name("又拷了一遍.pdpack"))
    again = watch_of(window, look, Settings(tmp_path / "window.json"), stick)
    again.look()
    assert again.strip is None
    next_round(stick.root / "2028.pdpack", "2028")
    stick.now += AGAIN_S
    again.look()
    assert "2028年度" in texts(again.strip)


def test_the_search_comes_back_with_the_window_but_not_all_the_time(
    window: MainWindow, look: Look, settings: Settings, stick: Stick, pack: Path
) -> None:
    watch = watch_of(window, look, settings, stick)
    watch.look()
    come_back(window)
    come_back(window)
    assert stick.searches == 1
    stick.now += AGAIN_S
    come_back(window)
    assert stick.searches == 2
    shown = watch.strip
    assert shown is not None
    stick.now += AGAIN_S
    window.show_start()
    assert stick.searches == 3
    assert watch.strip is shown
    window.open_sample()
    stick.now += AGAIN_S
    come_back(window)
    assert stick.searches == 3


def test_the_strip_goes_with_the_stick(
    window: MainWindow, look: Look, settings: Settings, stick: Stick, pack: Path
) -> None:
    watch = watch_of(window, look, settings, stick)
    watch.look()
    stick.root.rename(stick.root.with_name("拔出来了"))
    stick.now += AGAIN_S
    come_back(window)
    assert watch.strip is None


def test_what_is_changed_unsigned_or_of_a_stranger_is_never_offered(
    window: MainWindow, look: Look, settings: Settings, stick: Stick, pack: Path
) -> None:
    flipped(pack, -300)
    watch = watch_of(window, look, settings, stick)
    watch.look()
    assert stick.searches == 1
    assert watch.strip is None


def test_a_window_that_began_with_a_draft_tells_it_on_the_start_page(
    open_window: WindowMaker, look: Look, settings: Settings, stick: Stick, pack: Path
) -> None:
    window = open_window(at_once=True, settings=settings)
    window.open_sample()
    watch = watch_of(window, look, settings, stick)
    watch.look()
    assert watch.strip is None
    window.show_start()
    assert watch.strip.isVisible()


def test_a_program_comes_before_a_pack(
    window: MainWindow,
    look: Look,
    settings: Settings,
    stick: Stick,
    pack: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(program, "_fits", lambda _manifest: True)
    signed_program(stick.root, "PilotDesk-99.1-setup.exe")
    watch = watch_of(window, look, settings, stick)
    watch.look()
    assert "U 盘里有新版的 PilotDesk 99.1" in texts(watch.strip)
    assert watch.strip.now.text() == NOW


def test_on_a_thread_of_its_own_the_strip_comes_when_it_is_ready(
    window: MainWindow, look: Look, settings: Settings, stick: Stick, pack: Path, qtbot: QtBot
) -> None:
    watch = StickWatch(window, look, settings, search=stick.search)
    watch.look()
    watch.look()
    assert watch.strip is None
    qtbot.waitUntil(lambda: watch.strip is not None)
    assert stick.searches == 1


def test_a_search_that_was_overtaken_by_an_installation_is_made_again(
    window: MainWindow, look: Look, settings: Settings, stick: Stick, qtbot: QtBot
) -> None:
    watch = StickWatch(window, look, settings, search=stick.search)
    watch.look()
    updates_desk_of(window, look).changed.emit()
    qtbot.waitUntil(lambda: stick.searches == 2)
    qtbot.waitUntil(lambda: not watch._is_looking)
    watch.look()
    assert stick.searches == 2


SCRIPT = """
import json, sys
from pilotdesk.app import run_window
loaded = []
run_window(first_painted=lambda: loaded.extend(sys.modules))
print(json.dumps([name for name in loaded if "update" in name or "cryptography" in name or "sticks" in name]))
"""


def test_nothing_of_it_is_loaded_before_the_first_page_stands(tmp_path: Path) -> None:
    environment = {**os.environ, "PILOTDESK_DATA": str(tmp_path / "data"), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout.splitlines()[-1]) == []
