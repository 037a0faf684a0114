"""Files with a password and large ones are read and written on a thread; the window lives on, and 取消 leaves it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt, QTimer

from pilotdesk.drafts import package as package_module
from pilotdesk.drafts.package import read_package, write_package
from pilotdesk.errors import ExportError
from pilotdesk.projects import handover
from pilotdesk.ui.components.basic import Button
from pilotdesk.ui.dialogs import asking as dialogs
from pilotdesk.ui.start import desk as start_desk
from pilotdesk.ui.tasks import waiting
from pilotdesk.ui.tasks.waiting import WaitingDialog, done_or_left, wait_for
from pilotdesk.ui.tasks.worker import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pilotdesk.drafts.package import Package
    from pilotdesk.ui.window.main_window import MainWindow


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The dialog comes without a moment's delay."""
    monkeypatch.setattr(waiting, "MOMENT_MS", 0)


def dialog_of(window: MainWindow) -> WaitingDialog | None:
    return next((one for one in window.findChildren(WaitingDialog) if one.isVisible()), None)


def test_the_window_lives_on_while_the_work_is_done(window: MainWindow, at_once: None) -> None:
    ready = threading.Event()
    seen: list[Any] = []

    def look_at_it() -> None:  # on the window's thread, while the work waits for just this
        dialog = dialog_of(window)
        if dialog is None or dialog.where.text() != "第 2 个，共 4 个":
            return
        seen.append((dialog.windowTitle(), dialog.bar.percent))
        looking.stop()
        ready.set()

    def work(progress: Callable[[int, int], None]) -> int:
        progress(1, 4)
        assert ready.wait(60)
        return threading.get_ident()

    looking = QTimer(window, interval=5)
    looking.timeout.connect(look_at_it)
    looking.start()
    there = wait_for(window, window._look, "正在打开“甲.pilot”", work)
    assert there != threading.get_ident()
    assert seen == [("正在打开“甲.pilot”", 25)]
    assert dialog_of(window) is None


def test_leaving_it_stops_the_work_and_brings_nothing(
    window: MainWindow, at_once: None, qtbot: QtBot
) -> None:
    go_on = threading.Event()
    went_on: list[str] = []

    def work(progress: Callable[[int, int], None]) -> None:
        assert go_on.wait(60)
        progress(1, 2)
        went_on.append("on")

    def leave() -> None:
        dialog = dialog_of(window)
        if dialog is not None:
            leaving.stop()
            qtbot.mouseClick(dialog.findChild(Button), Qt.MouseButton.LeftButton)

    leaving = QTimer(window, interval=5)
    leaving.timeout.connect(leave)
    leaving.start()
    with pytest.raises(Cancelled):
        wait_for(window, window._look, "正在打开", work)
    go_on.set()
    qtbot.waitUntil(lambda: not waiting._RUNNING)
    assert went_on == []


def test_what_is_quick_shows_no_dialog(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "MOMENT_MS", 60_000)
    assert wait_for(window, window._look, "正在打开", lambda _progress: 7) == 7
    assert wait_for(window, window._look, "正在打开", lambda _progress: None) is None


def test_trouble_is_said_and_a_bug_ends_the_waiting(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    told: list[str] = []
    monkeypatch.setattr(dialogs, "tell", lambda _parent, _look, _title, text: told.append(text))

    def full(_progress: object) -> None:
        raise ExportError("disk_full", folder="D:")

    def bug(_progress: object) -> None:
        raise ZeroDivisionError

    look = window._look
    assert not done_or_left(window, look, lambda: wait_for(window, look, "正在存", full))
    assert "盘满了" in told[0]
    with qtbot.captureExceptions() as caught:
        assert not done_or_left(window, look, lambda: wait_for(window, look, "正在存", bug))
    assert caught[0][0] is ZeroDivisionError
    assert len(told) == 1


# -- who uses it ---------------------------------------------------------------------------------


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> dict[str, set[int]]:
    """On which threads scrypt runs, packages are read and hand-over files are read."""
    seen: dict[str, set[int]] = {}

    def noted(place: Any, name: str) -> None:
        plain = getattr(place, name)

        def run(*given: Any, **named: Any) -> Any:
            seen.setdefault(name, set()).add(threading.get_ident())
            return plain(*given, **named)

        monkeypatch.setattr(place, name, run)

    for place, name in (
        (package_module, "key_of"),
        (package_module, "new_key"),
        (package_module, "_read"),
        (handover, "read_kit"),
    ):
        noted(place, name)
    return seen


def test_a_package_is_never_read_or_written_on_the_windows_thread(
    window: MainWindow, sample: Package, tmp_path: Path, threads: dict, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pilotdesk.ui.carriers import package_desk

    source, target = tmp_path / "甲.pilot", tmp_path / "乙.pilot"
    write_package(sample, source, "abcdefgh")
    threads.clear()
    monkeypatch.setattr(package_desk, "ask_password", lambda *_given: "abcdefgh")
    window.open_package(source)
    assert window.workspace is not None
    draft_id = window.workspace.session.identity.draft_id
    window.show_start()
    monkeypatch.setattr(start_desk, "ask_package_target", lambda *_given: (target, "abcdefgh"))
    window.desk.page.packed.emit(draft_id)
    here = threading.get_ident()
    assert set(threads) == {"key_of", "new_key", "_read"}
    assert not any(here in seen for seen in threads.values())
    assert read_package(target, "abcdefgh").values == sample.values


def test_attachments_are_put_beside_the_database_on_the_thread(
    window: MainWindow, sample: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pilotdesk.drafts.attachments_folder import AttachmentsFolder

    assert sample.files
    source = tmp_path / "甲.pilot"
    write_package(sample, source)
    seen: set[int] = set()
    plain = AttachmentsFolder.keep

    def keep(self: AttachmentsFolder, sha256: str, content: bytes) -> None:
        seen.add(threading.get_ident())
        plain(self, sha256, content)

    monkeypatch.setattr(AttachmentsFolder, "keep", keep)
    window.open_package(source)
    assert seen
    assert threading.get_ident() not in seen
    store = window.shelf.store
    draft_id = window.workspace.session.identity.draft_id
    for sha256, content in sample.files.items():
        assert store.attachment(draft_id, sha256) == content


def test_a_hand_over_file_is_read_on_a_thread_and_can_be_left(
    window: MainWindow, tmp_path: Path, threads: dict, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pilotdesk.clock import SYSTEM_CLOCK
    from pilotdesk.projects.handover.making import write_kit
    from pilotdesk.ui.carriers import package_desk

    store = window.shelf.store
    project_id = store.load(window.shelf.sample()).card.project_id
    kit = tmp_path / "交接包.zip"
    write_kit(handover.project_copy(store, project_id), window.shelf.round(), kit, SYSTEM_CLOCK)
    window.show_start()
    before = len(store.cards())
    window.desk.projects.take_over(kit)
    assert len(store.cards()) == 2 * before
    assert threading.get_ident() not in threads["read_kit"]

    def left(*_given: object) -> None:
        raise Cancelled

    monkeypatch.setattr(package_desk, "wait_for", left)
    window.desk.projects.take_over(kit)
    window.open_package(kit.with_suffix(".pilot"))
    assert len(store.cards()) == 2 * before
    assert window.workspace is None
