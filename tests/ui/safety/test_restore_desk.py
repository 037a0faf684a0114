"""A new computer, and the stick of the old one: found, chosen, brought back; work that is here stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from pilotdesk import app
from pilotdesk.drafts import second_place
from pilotdesk.drafts.backups import back_up, backups
from pilotdesk.drafts.connection import Connection
from pilotdesk.drafts.found_copies import FoundCopy
from pilotdesk.drafts.store import DraftStore
from pilotdesk.errors import StoreError
from pilotdesk.projects.shelf import NewProject, Shelf
from pilotdesk.ui.safety import restore_desk
from pilotdesk.ui.safety.dialog import SafetyDialog
from pilotdesk.ui.safety.restore_desk import OTHER, RestoreDesk, take_place
from pilotdesk.ui.safety.restore_dialog import BRING, LEAVE, RestoreDialog, content_words
from tests.drafts.recovery_kit import everything, hashes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pilotdesk.clock import Clock
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.window.main_window import MainWindow

    Answer = Callable[..., list[RestoreDialog]]

NAME = "南汀县试点"


@pytest.fixture
def stick(tmp_path: Path, clock: Clock) -> Path:
    """What another computer left on a stick."""
    old, stick = tmp_path / "old", tmp_path / "stick"
    stick.mkdir()
    store = DraftStore(old, clock)
    Shelf(store, clock).create(NewProject(NAME, "南汀县局", ""))
    store.close()
    second_place.choose(old, stick)
    second_place.copy_there(old, back_up(old, clock))
    return stick


@pytest.fixture
def desk(window: MainWindow, look: Look, store: DraftStore, clock: Clock) -> RestoreDesk:
    window.show_start()
    return RestoreDesk(window, look, store, clock, window.safety)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is said in dialogs."""
    said: list[str] = []
    monkeypatch.setattr(restore_desk, "tell", lambda *given: said.append("：".join(given[2:])))
    monkeypatch.setattr("pilotdesk.ui.tasks.waiting.tell_trouble", lambda *given: said.append(given[2].code))
    monkeypatch.setattr(restore_desk, "tell_trouble", lambda *given: said.append(given[2].code))
    return said


@pytest.fixture
def answering(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, stick: Path) -> Answer:
    """The stick is picked, the list is answered with a button, after ``before`` was done with it."""

    def answer(
        words: str, before: Callable[[RestoreDialog], None] = lambda _dialog: None
    ) -> list[RestoreDialog]:
        shown: list[RestoreDialog] = []

        def run(dialog: RestoreDialog) -> None:
            shown.append(dialog)
            dialog.show()
            before(dialog)
            (button,) = [one for one in dialog.findChildren(QPushButton) if one.text() == words]
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

        monkeypatch.setattr(restore_desk, "ask_folder", lambda *_given: stick)
        monkeypatch.setattr(RestoreDialog, "exec", run)
        return shown

    return answer


@pytest.mark.parametrize(
    ("drafts", "deleted", "words"),
    [
        (0, 0, "里面没有项目"),
        (4, 0, "没有自己的项目，只有练习样例"),
        (0, 2, "没有自己的项目，只有删除了的 2 份材料"),
        (4, 2, "没有自己的项目，只有练习样例和删除了的 2 份材料"),
    ],
)
def test_a_copy_without_projects_says_what_is_in_it(
    tmp_path: Path, clock: Clock, drafts: int, deleted: int, words: str
) -> None:
    copy = FoundCopy(
        database=tmp_path, homes=(), moment=clock.now().replace(tzinfo=None), drafts=drafts, deleted=deleted
    )
    assert content_words(copy) == words


def button(window: MainWindow, words: str) -> QPushButton:
    (found,) = [
        one
        for one in window.desk.page.findChildren(QPushButton)
        if one.text() == words and one.isVisibleTo(window)
    ]
    return found


def test_a_new_computer_gets_everything_back_from_the_start_page(
    window: MainWindow, desk: RestoreDesk, look: Look, store: DraftStore, clock: Clock, answering: Answer,
    told: list[str], qtbot: QtBot, stick: Path,
) -> None:  # fmt: skip
    before = hashes(stick)
    shown = answering(BRING)
    buttons = [one for one in window.desk.page.findChildren(QPushButton) if one.text() == "从备份找回…"]
    assert len(buttons) == 2  # among the choices, and beside the copies
    with qtbot.waitSignal(desk.place_wanted):
        qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    assert shown[0].options[0][1].isChecked()
    assert NAME in shown[0].options[0][1].accessibleName()
    store.close()
    take_place(look, store.path.parent, clock)
    store._connection = Connection(store.path)  # for whoever closes it
    assert [values["project_name"] for values in everything(store.path.parent).values()] == [NAME]
    assert told[0].startswith("资料找回来了：1 个项目、1 份材料")
    assert hashes(stick) == before


def test_where_there_is_work_it_is_added_and_the_start_page_shows_both(
    window: MainWindow, desk: RestoreDesk, answering: Answer, told: list[str]
) -> None:
    window.shelf.create(NewProject("西汀县试点", "", ""))
    answering(BRING)
    desk.ask()
    assert sorted(card.facts.title for card in window.shelf.cards()) == [NAME, "西汀县试点"]
    assert told[0].startswith("资料找回来了：1 个项目")
    desk.ask()
    assert told[1].startswith("没有要找回的：1 个项目这里已经有了")
    assert len(window.shelf.cards()) == 2


def test_leaving_it_changes_nothing(
    window: MainWindow, desk: RestoreDesk, answering: Answer, told: list[str], store: DraftStore
) -> None:
    answering(LEAVE)
    desk.ask()
    assert (window.shelf.cards(), told) == ((), [])
    assert not (store.path.parent / "recovery").exists()


def test_what_is_damaged_cannot_be_chosen(
    desk: RestoreDesk, answering: Answer, stick: Path, told: list[str]
) -> None:
    path = backups(stick / second_place.FOLDER_NAME)[0].path
    path.write_bytes(path.read_bytes()[:5000] + bytes(3000))
    shown = answering(LEAVE)
    desk.ask()
    ((_, option),) = shown[0].options
    assert not option.isEnabled()
    assert "不能用" in option.text()
    assert [one.text() for one in shown[0].findChildren(QPushButton)] == [LEAVE]


def test_older_copies_come_when_they_are_asked_for(
    desk: RestoreDesk, answering: Answer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, clock: Clock
) -> None:
    second_place.copy_there(tmp_path / "old", back_up(tmp_path / "old", clock))
    monkeypatch.setattr("pilotdesk.drafts.found_copies.LOOKED_AT", 1)
    seen: list[RestoreDialog] = []
    shown = answering(
        "还有 1 份更早的，也看看", lambda _first: setattr(RestoreDialog, "exec", lambda one: seen.append(one))
    )
    desk.ask()
    (all_of,) = seen
    assert [len(dialog.options) for dialog in (shown[0], all_of)] == [1, 2]


def test_a_folder_without_copies_is_said_and_another_can_be_chosen(
    window: MainWindow, desk: RestoreDesk, answering: Answer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
    stick: Path, told: list[str],
) -> None:  # fmt: skip
    (tmp_path / "empty").mkdir()
    window.shelf.create(NewProject("西汀县试点", "", ""))
    answering(BRING)
    picked = [tmp_path / "empty", stick]
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(restore_desk, "ask_folder", lambda *_given: picked.pop(0))
    monkeypatch.setattr(restore_desk, "ask_choice", lambda *_given, actions: asked.append(actions) or 1)
    desk.ask()
    assert asked == [("先不找", OTHER)]
    assert len(window.shelf.cards()) == 2


def test_who_may_only_look_hears_it_at_once(
    desk: RestoreDesk, store: DraftStore, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restore_desk, "ask_folder", lambda *_given: 1 / 0)
    store.access.refusal = StoreError("store_held", who="老王")
    desk.ask()
    assert told == ["store_held"]


def test_the_window_about_safety_leads_there_too(
    window: MainWindow, desk: RestoreDesk, look: Look, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    dialog = SafetyDialog(window, look, window.safety)
    qtbot.addWidget(dialog)
    dialog.show()
    (back,) = [one for one in dialog.findChildren(QPushButton) if one.text() == "从备份找回资料…"]
    with qtbot.waitSignal(window.safety.restore_wanted):
        monkeypatch.setattr(restore_desk, "ask_folder", lambda *_given: None)
        qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()


def test_the_program_puts_it_in_place_between_two_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[object] = []
    ends = [app.Ended(app.PLACE), app.Ended(0)]

    class Hold:
        refusal = None

        def release(self) -> None:
            done.append("released")

    monkeypatch.setattr("pilotdesk.ui.safety.holding.take_hold", lambda *_given: Hold())
    monkeypatch.setattr(app, "_run_once", lambda *_given: ends.pop(0))
    monkeypatch.setattr(app, "_take_place", lambda _folder: done.append("placed"))
    assert app.run_window() == 0
    assert done == ["placed", "released", "released"]
