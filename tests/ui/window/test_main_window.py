"""The whole window on a real store: start page, new project, sample, closing and opening again."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from pilotdesk.drafts.package import read_package, write_package
from pilotdesk.drafts.store import DraftStore
from pilotdesk.projects.shelf import NewProject
from pilotdesk.ui.look.settings import Settings
from pilotdesk.ui.look.theme import ThemeName
from pilotdesk.ui.look.tokens import TypeSize
from pilotdesk.ui.start.project_card import PracticeCard, ProjectCard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pilotdesk.clock import Clock
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.window.main_window import MainWindow

WANTED = NewProject("南汀县居家养老服务标准化试点", "南汀县社会福利中心", "Z1")


def cards(window: MainWindow) -> list[ProjectCard | PracticeCard]:
    page = window.desk.page
    return [*page.findChildren(ProjectCard), *page.findChildren(PracticeCard)]


def test_the_first_start_offers_three_ways_to_begin(window: MainWindow) -> None:
    from PySide6.QtWidgets import QPushButton

    window.show_start()
    offered = {button.text() for button in window.desk.page.findChildren(QPushButton)}
    assert {"新建项目", "打开文件或交接包", "先看样例"} <= offered
    assert cards(window) == []


def test_a_new_project_opens_on_its_cover_and_is_there_next_time(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.show_start()
    monkeypatch.setattr("pilotdesk.ui.start.desk.ask_new_project", lambda *_given: WANTED)
    window.desk.page.new_requested.emit()
    assert window.workspace is not None
    assert window.workspace.navigator.current == "cover"
    assert window.workspace.session.value("project_name") == WANTED.name
    assert window.workspace.session.value("pilot_field") == WANTED.pilot_field
    window.show_start()
    assert window.workspace is None
    assert [type(card) for card in cards(window)] == [ProjectCard]


def test_what_was_typed_is_there_after_closing_and_opening(window: MainWindow, store: DraftStore) -> None:
    draft_id = window.shelf.create(WANTED)
    window.open_draft(draft_id)
    window.workspace.session.set_text("unit_name", "南汀县第二社会福利中心")
    window.show_start()
    assert store.load(draft_id).values["unit_name"] == "南汀县第二社会福利中心"
    window.open_draft(draft_id)
    assert window.workspace.session.value("unit_name") == "南汀县第二社会福利中心"


def test_a_draft_opens_again_at_the_page_where_it_was_left(window: MainWindow) -> None:
    draft_id = window.shelf.create(WANTED)
    for page in ("unit", "check", "preview"):
        window.open_draft(draft_id)
        window.workspace.navigator.show(page)
        window.show_start()
        window.open_draft(draft_id)
        assert window.workspace.navigator.current == page
    window.open_draft(draft_id, "cover")
    assert window.workspace.navigator.current == "cover"


def test_the_page_is_kept_while_the_window_stands(
    window: MainWindow, store: DraftStore, clock: Clock, qtbot: QtBot
) -> None:
    draft_id = window.shelf.create(WANTED)
    window.open_draft(draft_id)
    window.workspace.navigator.show("unit")
    other = DraftStore(store.path.parent, clock)
    qtbot.waitUntil(lambda: other.left_at(draft_id) == "unit")
    other.close()


def test_a_page_that_is_no_longer_asked_opens_the_first(window: MainWindow, store: DraftStore) -> None:
    draft_id = window.shelf.create(WANTED)
    store.remember_step(draft_id, "a step of an older pack")
    window.open_draft(draft_id)
    assert window.workspace.navigator.current == "cover"


@pytest.fixture
def locked(store: DraftStore) -> Iterator[Callable[[], None]]:
    """Another program holds the database for writing, from the call on."""
    store._connection.read("PRAGMA busy_timeout = 1")
    other = sqlite3.connect(store.path, isolation_level=None)
    yield lambda: other.execute("BEGIN IMMEDIATE")
    if other.in_transaction:
        other.execute("ROLLBACK")
    other.close()


def test_the_window_stays_while_something_could_not_be_stored(
    window: MainWindow, locked: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def stay(_parent: object, _look: object, title: str, *_more: object, **_actions: object) -> int:
        asked.append(title)
        return 1

    monkeypatch.setattr("pilotdesk.ui.dialogs.asking.ask_choice", stay)
    window.open_draft(window.shelf.create(WANTED))
    locked()
    window.workspace.session.set_text("unit_name", "南汀县第二社会福利中心")
    assert not window.close()
    window.show_start()
    assert asked == ["刚才改的还没有存上"] * 2
    assert window.workspace.session.value("unit_name") == "南汀县第二社会福利中心"
    monkeypatch.setattr("pilotdesk.ui.dialogs.asking.ask_choice", lambda *_, **__: 0)


def test_a_window_that_cannot_store_closes_only_when_told_to(
    window: MainWindow, locked: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pilotdesk.ui.dialogs.asking.ask_choice", lambda *_, **__: 0)
    window.open_draft(window.shelf.create(WANTED))
    locked()
    window.workspace.session.set_text("unit_name", "南汀县第二社会福利中心")
    assert window.close()


def test_a_page_that_cannot_be_kept_holds_nobody_back(
    window: MainWindow, locked: Callable[[], None], store: DraftStore
) -> None:
    draft_id = window.shelf.create(WANTED)
    window.open_draft(draft_id)
    window.flush()
    locked()
    window.workspace.navigator.show("unit")
    assert window.close()
    assert window.workspace is None
    assert store.left_at(draft_id) == "cover"


def test_the_sample_is_made_once(window: MainWindow) -> None:
    window.open_sample()
    assert window.workspace.session.identity.practice
    window.show_start()
    window.open_sample()
    window.show_start()
    assert [type(card) for card in cards(window)] == [PracticeCard]


def test_a_package_goes_out_and_comes_in_whole(window: MainWindow, tmp_path: Path) -> None:
    draft_id = window.shelf.sample()
    write_package(window.shelf.package(draft_id), tmp_path / "样例.pilot")
    package = read_package(tmp_path / "样例.pilot")
    assert package.files
    window.open_package(tmp_path / "样例.pilot")
    assert dict(window.workspace.session.values) == dict(window.shelf.open(draft_id).values)


def test_a_damaged_package_is_said_in_a_sentence(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(
        "pilotdesk.ui.dialogs.asking.tell", lambda _parent, _look, _title, text: said.append(text)
    )
    (tmp_path / "坏.pilot").write_bytes(b"not a zip")
    window.open_package(tmp_path / "坏.pilot")
    assert len(said) == 1
    assert window.workspace is None


def test_deleting_offers_to_take_it_back(window: MainWindow, store: DraftStore) -> None:
    window.shelf.create(WANTED)
    window.show_start()
    cards(window)[0].delete()
    assert cards_after(window) == 0
    assert store.cards() == ()
    window.toast._on_action()
    assert cards_after(window) == 1


def test_what_a_toast_takes_back_in_a_draft_is_offered_no_more_once_it_is_closed(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.open_draft(window.shelf.create(WANTED))
    window.opening.finish()
    window.show()
    qtbot.waitUntil(lambda: bool(window.workspace.more_actions))
    window.show_done("删了第 2 行", "撤销  Ctrl+Z", lambda: None)
    assert window.toast.isVisible()
    window.show_start()
    assert not window.toast.isVisible()


def cards_after(window: MainWindow) -> int:
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return len(cards(window))


def test_theme_and_size_work_at_once_and_are_kept(window: MainWindow, look: Look, tmp_path: Path) -> None:
    window.show_start()
    window.display.set_theme(ThemeName.DARK)
    window.display.set_type_size(TypeSize.EXTRA)
    assert look.theme.palette.bg == "#171C22"
    assert look.px("body") == 19
    again = Settings(tmp_path / "window.json")
    assert (again.theme, again.type_size) == (ThemeName.DARK, TypeSize.EXTRA)


def test_keys_change_the_type_size_within_its_three_steps(
    window: MainWindow, look: Look, qtbot: QtBot
) -> None:
    window.show_start()
    qtbot.waitUntil(lambda: bool(window.actions()))
    control = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    for _ in range(4):
        qtbot.keyClick(window, Qt.Key.Key_Equal, control)
    assert look.theme.size is TypeSize.EXTRA
    for _ in range(4):
        qtbot.keyClick(window, Qt.Key.Key_Minus, control)
    assert look.theme.size is TypeSize.STANDARD


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_alt_alone_opens_the_menu(window: MainWindow, qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QMenu

    window.open_sample()
    qtbot.keyPress(window, Qt.Key.Key_Alt)
    qtbot.keyRelease(window, Qt.Key.Key_Alt)
    menu = window.findChild(QMenu)
    assert menu is not None
    assert {action.text() for action in menu.actions()} >= {"走到、显示", "帮助和快捷键…", "撤销"}
    menu.close()


def test_alt_with_another_key_opens_no_menu_although_a_field_took_that_key(
    window: MainWindow, qtbot: QtBot
) -> None:
    from pilotdesk.ui.editors.entry import Entry

    window.open_sample()
    wanted = []
    window.menu_wanted.disconnect()
    window.menu_wanted.connect(lambda: wanted.append(1))
    field = next(each for each in window.workspace.findChildren(Entry) if each.isEnabled())
    qtbot.keyPress(field, Qt.Key.Key_Alt)
    qtbot.keyPress(field, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    qtbot.keyRelease(field, Qt.Key.Key_Alt)
    qtbot.keyRelease(field, Qt.Key.Key_Down)
    assert wanted == []
    qtbot.keyPress(field, Qt.Key.Key_Alt)
    qtbot.keyRelease(field, Qt.Key.Key_Alt)
    assert wanted == [1]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_search_box_goes_to_the_field_that_is_found(window: MainWindow, qtbot: QtBot) -> None:
    from pilotdesk.ui.navigation.search_panel import SearchPanel

    window.open_sample()
    window.workspace.commands.find()
    panel = window.findChild(SearchPanel)
    qtbot.keyClicks(panel.field, "2.2")
    qtbot.keyClick(panel.field, Qt.Key.Key_Return)
    assert window.workspace.navigator.current == "unit"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_narrow_windows_list_the_steps_over_the_rail(window: MainWindow, qtbot: QtBot) -> None:
    from pilotdesk.ui.navigation.step_list import StepListPopup

    window.open_sample()
    window.resize(911, 441)
    qtbot.waitUntil(lambda: window.workspace.shell.arrangement.narrow)
    window.workspace.commands.toggle_sidebar()
    popup = window.findChild(StepListPopup)
    assert popup.isVisible()
    popup.steps.chosen.emit("unit")
    assert window.workspace.navigator.current == "unit"


def test_something_stands_in_the_window_before_the_draft_is_read(window: MainWindow) -> None:
    window.opening.show("练习样例")
    assert "shelf" not in window.__dict__


def test_opening_the_open_draft_again_shows_what_was_just_typed(window: MainWindow) -> None:
    draft_id = window.shelf.create(WANTED)
    window.open_draft(draft_id)
    window.workspace.session.set_text("unit_name", "刚刚改的中心")
    window.open_draft(draft_id)
    assert window.workspace.session.value("unit_name") == "刚刚改的中心"


def test_what_is_still_being_done_comes_to_its_end_behind_the_window(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []
    plain = window.runner.close

    def close() -> None:
        seen.append(window.isVisible())
        plain()

    monkeypatch.setattr(window.runner, "close", close)
    assert window.isVisible()
    window.close()
    assert seen == [False]


def test_the_start_page_has_its_focus_on_what_one_came_for_and_enter_presses_it(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.show()
    window.show_start()
    pressed = []
    window.desk.page.new_requested.disconnect()
    window.desk.page.new_requested.connect(lambda: pressed.append("new"))
    focused = window.focusWidget()
    assert focused.text() == "新建项目"
    qtbot.keyClick(focused, Qt.Key.Key_Return)
    assert pressed == ["new"]


def test_the_start_page_keeps_the_focus_when_it_is_filled_anew(window: MainWindow) -> None:
    from PySide6.QtWidgets import QPushButton

    window.show()
    window.show_start()
    window.display.set_type_size(TypeSize.EXTRA)
    assert window.focusWidget().text() == "新建项目"
    offered = [one for one in window.desk.page.findChildren(QPushButton) if not one.isHidden()]
    other = next(one for one in offered if one.text() == "打开文件或交接包")
    other.setFocus()
    window.display.set_type_size(TypeSize.STANDARD)
    assert window.focusWidget() is not other
    assert window.focusWidget().text() == "打开文件或交接包"


def test_the_focus_is_on_a_project_after_coming_home(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pilotdesk.ui.start.desk.ask_new_project", lambda *_given: WANTED)
    window.show()
    window.show_start()
    window.desk.page.new_requested.emit()
    window.show_start()
    assert window.focusWidget().accessibleName() == f"打开 {WANTED.name}"
