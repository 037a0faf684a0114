"""Copies are made while a draft is changed; the bar says what is kept, turns red for what is broken, and offers the cure."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from pilotdesk.drafts import closing
from pilotdesk.drafts.backups import backups
from pilotdesk.drafts.second_place import choose, second_place
from pilotdesk.errors import ExportError, StoreError
from pilotdesk.ui.safety.card import SafetyCard
from pilotdesk.ui.safety.desk import BACKUP_S, RETRY_S, SafetyDesk
from pilotdesk.ui.safety.dialog import SafetyDialog
from pilotdesk.ui.safety.promises import BACKUP, HEALTH, SAVED, SECOND
from tests.ui.conftest import NOW, ImmediateRunner

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pilotdesk.clock import Clock
    from pilotdesk.ui.safety.bar import SafetyBar
    from pilotdesk.ui.window.main_window import MainWindow


class Seconds:
    """The clock that nobody can set."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def desk(window: MainWindow, clock: Clock, seconds: Seconds) -> Iterator[SafetyDesk]:
    """The desk of a window with the sample open, working at once."""
    folder = window.shelf.store.path.parent
    made = SafetyDesk(
        window, window._look, folder, clock=clock, runner=ImmediateRunner(), toasts=window, seconds=seconds
    )
    window.__dict__["safety"] = made
    window.open_sample()
    made.look_after(window.workspace, window.workspace.shell.safety)
    return made


def bar(window: MainWindow) -> SafetyBar:
    return window.workspace.shell.safety


def type_something(window: MainWindow, text: str) -> None:
    window.workspace.session.set_text("project_name", text)
    window.workspace.flush()


def test_the_first_change_makes_a_copy_and_the_bar_counts_it(window: MainWindow, desk: SafetyDesk) -> None:
    assert not bar(window).backups.isVisible()
    type_something(window, "改过的名称")
    assert bar(window).backups.text() == "今日备份 1 份"
    assert bar(window).backups.isVisible()
    assert not bar(window).second.isVisible()
    assert len(backups(desk.data_folder)) == 1


def test_the_next_copy_waits_half_an_hour_of_a_clock_that_nobody_sets(
    window: MainWindow, desk: SafetyDesk, seconds: Seconds
) -> None:
    type_something(window, "一")
    desk._clock = type(desk._clock)(lambda: NOW - timedelta(days=400))  # set back by more than a year
    type_something(window, "二")
    assert len(backups(desk.data_folder)) == 1
    seconds.now += BACKUP_S
    type_something(window, "三")
    assert len(backups(desk.data_folder)) == 2


def test_a_copy_that_is_ready_after_the_draft_was_closed_disturbs_nobody(
    window: MainWindow, desk: SafetyDesk, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.workspace.destroyed):
        window.show_start()
    desk.start()
    assert len(backups(desk.data_folder)) == 1


def test_a_copy_that_fails_turns_the_bar_red_and_is_tried_again_soon(
    window: MainWindow, desk: SafetyDesk, seconds: Seconds, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:

        def full(*_given: object) -> None:
            raise OSError(28, "No space left on device")

        broken.setattr(os, "fsync", full)
        type_something(window, "一")
    red = bar(window)
    assert red._trouble.isVisible()
    assert red._trouble_text.text() == f"{NOW.astimezone():%H:%M} 没有备份成：“…backups”所在的盘满了"
    assert red._remedy.text() == "再备份一次"
    assert red.saved.isVisible()  # what was typed is stored all the same
    seconds.now += RETRY_S
    type_something(window, "二")
    assert not red._trouble.isVisible()
    assert len(backups(desk.data_folder)) == 1


def test_the_button_of_the_red_strip_tries_again_at_once(
    qtbot: QtBot, window: MainWindow, desk: SafetyDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_something(window, "一")
    desk._on_failed(StoreError("backup_unsound", folder=desk.data_folder))
    qtbot.mouseClick(bar(window)._remedy, Qt.MouseButton.LeftButton)
    assert not bar(window)._trouble.isVisible()
    assert len(backups(desk.data_folder)) == 2


def test_a_damaged_database_is_said_and_leads_to_mending(
    qtbot: QtBot, window: MainWindow, desk: SafetyDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk._on_failed(StoreError("store_damaged", folder=desk.data_folder))
    assert bar(window)._remedy.text() == "修复"
    with qtbot.waitSignal(desk.recovery_wanted):
        qtbot.mouseClick(bar(window)._remedy, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(("answer", "wanted"), [(1, True), (0, False), (-1, False)])
def test_the_check_after_the_start_offers_mending(
    window: MainWindow, desk: SafetyDesk, monkeypatch: pytest.MonkeyPatch, answer: int, wanted: bool
) -> None:
    asked, mending = [], []
    monkeypatch.setattr(
        "pilotdesk.ui.dialogs.asking.ask_choice", lambda *_given, **_named: asked.append(1) or answer
    )
    desk.recovery_wanted.connect(lambda: mending.append(1))
    desk.check()
    assert not asked  # a sound one is no matter
    type_something(window, "一")
    monkeypatch.setattr(
        "pilotdesk.ui.safety.desk.health_of", lambda *_given, **_named: type("H", (), {"is_sound": False})
    )
    desk.check()
    assert asked == [1]
    assert bool(mending) is wanted
    assert bar(window)._trouble.isVisible()


def test_the_second_place_is_shown_and_its_absence_is_no_red(
    window: MainWindow, desk: SafetyDesk, seconds: Seconds, tmp_path: Path
) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    choose(desk.data_folder, stick)
    type_something(window, "一")
    assert bar(window).second.text() == "第二位置正常"
    assert "可以安全拔出" in bar(window).second.toolTip()
    stick.rename(tmp_path / "pulled")
    seconds.now += BACKUP_S
    type_something(window, "二")
    assert bar(window).second.text() == "第二位置没插上"
    assert not bar(window)._trouble.isVisible()


def test_a_second_place_that_was_pulled_out_within_the_minute_is_not_said_to_have_it(
    window: MainWindow, desk: SafetyDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(window, "show_done", said.append)
    stick = tmp_path / "U盘"
    stick.mkdir()
    choose(desk.data_folder, stick)
    type_something(window, "一")
    desk.start(said=True)
    stick.rename(tmp_path / "pulled")
    desk.start(said=True)
    assert ["安全拔出" in words for words in said] == [True, False]


def test_a_second_place_that_refuses_is_red_and_leads_to_its_dialog(
    qtbot: QtBot, window: MainWindow, desk: SafetyDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    choose(desk.data_folder, stick)
    (stick / "PilotDesk备份" / "backups").rmdir()
    (stick / "PilotDesk备份" / "backups").write_text("a file in the way")
    shown = []
    monkeypatch.setattr(SafetyDialog, "exec", lambda dialog: shown.append(dialog._second.accessibleName()))
    type_something(window, "一")
    assert bar(window)._trouble_text.text().startswith("第二位置没有存上：")
    assert len(backups(desk.data_folder)) == 1  # the one here is there
    qtbot.mouseClick(bar(window)._remedy, Qt.MouseButton.LeftButton)
    assert len(shown) == 1


def test_the_gravest_of_several_is_said_first(window: MainWindow, desk: SafetyDesk) -> None:
    red = bar(window)
    for promise in (SECOND, BACKUP, SAVED, HEALTH):
        red.show_broken(promise, f"{promise}坏了。第二句。", "10:32")
    said = []
    for promise in (HEALTH, SAVED, BACKUP, SECOND):
        said.append(red._trouble_text.text())
        red.show_kept(promise)
    assert [next(name for name in (HEALTH, SAVED, BACKUP, SECOND) if name in text) for text in said] == [
        HEALTH, SAVED, BACKUP, SECOND,
    ]  # fmt: skip
    assert not red._trouble.isVisible()
    assert red.saved.isVisible()


def test_the_dialog_picks_copies_and_gives_up(
    qtbot: QtBot, window: MainWindow, desk: SafetyDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = SafetyDialog(window, window._look, desk)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.mouseClick(dialog.make, Qt.MouseButton.LeftButton)
    assert len(backups(desk.data_folder)) == 1
    stick = tmp_path / "U盘"
    stick.mkdir()
    monkeypatch.setattr("pilotdesk.ui.safety.dialog.ask_folder", lambda *_given: stick)
    qtbot.mouseClick(dialog.pick, Qt.MouseButton.LeftButton)
    assert dialog._state.text == "第二位置正常"
    assert len(backups(stick / "PilotDesk备份")) == 1
    assert dialog.drop.isVisible()
    qtbot.mouseClick(dialog.drop, Qt.MouseButton.LeftButton)
    assert second_place(desk.data_folder) is None
    assert not dialog.drop.isVisible()


def test_the_data_directory_is_refused_in_one_sentence(
    qtbot: QtBot, window: MainWindow, desk: SafetyDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = SafetyDialog(window, window._look, desk)
    qtbot.addWidget(dialog)
    said = []
    monkeypatch.setattr("pilotdesk.ui.safety.dialog.ask_folder", lambda *_given: desk.data_folder)
    monkeypatch.setattr("pilotdesk.ui.dialogs.asking.tell", lambda *given: said.append(given[-1]))
    dialog._on_pick()
    assert "会一起坏" in said[0]
    assert second_place(desk.data_folder) is None


# -- on the start page ---------------------------------------------------------------------------


def card(window: MainWindow) -> SafetyCard:
    return window.desk.page.findChild(SafetyCard)


@pytest.fixture
def at_start(window: MainWindow, clock: Clock, seconds: Seconds) -> SafetyDesk:
    """The desk of a window with the start page, working at once."""
    folder = window.shelf.store.path.parent
    made = SafetyDesk(
        window, window._look, folder, clock=clock, runner=ImmediateRunner(), toasts=window,
        promises=window.promises, seconds=seconds,
    )  # fmt: skip
    window.__dict__["safety"] = made
    window.shelf.sample()
    window.show_start()
    return made


def test_the_chip_of_the_start_page_turns_red_with_its_sentence_and_green_again(
    qtbot: QtBot, window: MainWindow, at_start: SafetyDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert card(window).chip.text == "正常"
    assert not card(window).trouble.isVisible()
    with monkeypatch.context() as broken:

        def full(*_given: object) -> None:
            raise OSError(28, "No space left on device")

        broken.setattr(os, "fsync", full)
        at_start.start()
    assert card(window).chip.text == "不正常"
    assert (
        "所在的盘满了" in card(window).trouble.accessibleName()
        or "所在的盘满了" in card(window).trouble.text()
    )
    assert "所在的盘满了" in window.desk.page._promise.text()
    assert card(window).remedy.text() == "再备份一次"
    window.show_start()  # shown anew it says the same
    assert card(window).chip.text == "不正常"
    qtbot.mouseClick(card(window).remedy, Qt.MouseButton.LeftButton)
    assert card(window).chip.text == "正常"
    assert not card(window).trouble.isVisible()
    assert not card(window).remedy.isVisible()
    assert "不联网" in window.desk.page._promise.text()
    assert "今天备份 1 份" in card(window)._copies.text()


@pytest.mark.parametrize("promise", [HEALTH, SAVED, BACKUP, SECOND])
def test_every_promise_turns_it_red(window: MainWindow, at_start: SafetyDesk, promise: str) -> None:
    window.promises.break_(promise, "坏了。", "10:32")
    window.promises.changed.emit()
    assert card(window).chip.text == "不正常"
    window.promises.keep(promise)
    window.promises.changed.emit()
    assert card(window).chip.text == "正常"


def test_a_last_copy_that_failed_is_told_and_made_up_for(
    window: MainWindow, at_start: SafetyDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_progress: object) -> str:
        raise ExportError("disk_full", folder="D:")

    closing.copy_at_close(at_start.data_folder, full)
    said: list[str] = []
    monkeypatch.setattr(window, "show_done", lambda text, *_more: said.append(text))
    with monkeypatch.context() as held:
        held.setattr(at_start, "start", lambda **_given: None)
        at_start.tell_last_close()
    assert card(window).chip.text == "不正常"
    assert "上次关闭时没有备份成：“D:”所在的盘满了" in window.desk.page._promise.text()
    at_start.tell_last_close()  # it was told, and there is no copy yet
    assert card(window).chip.text == "正常"
    assert "没有备份成" in said[0]
    assert "备份好了" in said[-1]
    assert len(backups(at_start.data_folder)) == 1
    assert closing.last_close(at_start.data_folder) is None
    at_start.tell_last_close()
    assert len(backups(at_start.data_folder)) == 1
