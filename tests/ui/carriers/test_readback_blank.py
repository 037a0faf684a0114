"""A filled blank Word form in the window: a new draft of its own, or into one that is here."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from pilotdesk.ui.carriers.readback_blank import NEW, BlankPlaceDialog
from pilotdesk.ui.carriers.readback_dialog import ReadbackDialog
from pilotdesk.ui.carriers.verify_dialog import VerifyDialog
from pilotdesk.ui.components.basic import Button
from tests.documents.blank_kit import KEPT
from tests.documents.edited_kit import kept_file
from tests.ui.carriers.test_readback import click, go, shown
from tests.ui.carriers.test_verify import drop

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pilotdesk.ui.window.main_window import MainWindow

NAME = "南汀县帮办代办标准化试点"


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    return shutil.copy(KEPT, tmp_path / "同事填好.docx")


@pytest.fixture
def started(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """The start page, on which nothing was opened yet."""
    window.show_start()
    qtbot.waitUntil(window.acceptDrops)
    return window


def ways_on(dialog: BlankPlaceDialog) -> Button:
    return [one for one in dialog.findChildren(Button) if one.property("action") is not None][-1]


def begun(window: MainWindow, qtbot: QtBot) -> str:
    """The name of the project once its draft is open."""
    qtbot.waitUntil(lambda: window.workspace is not None)
    return str(window.workspace.session.value("project_name"))


def test_a_filled_form_dropped_on_the_start_page_becomes_a_new_draft(
    started: MainWindow, filled: Path, qtbot: QtBot
) -> None:
    assert drop(started, [filled])
    dialog = shown(started, BlankPlaceDialog, qtbot)
    assert "申报书" in dialog.windowTitle()
    assert [option.text() for option in dialog.options] == [NEW]
    click(qtbot, ways_on(dialog))
    assert begun(started, qtbot) == NAME
    assert started.toast.isVisible()
    (card,) = started.shelf.cards()
    assert card.facts.title == NAME
    assert not any(one.isVisible() for one in started.findChildren(ReadbackDialog))


def test_with_a_draft_of_the_form_it_is_asked_which(started: MainWindow, filled: Path, qtbot: QtBot) -> None:
    from pilotdesk.projects.shelf import NewProject

    other = started.shelf.create(NewProject("另一个县的项目", "某单位", ""))
    started.open_package(filled)  # what 打开… on the start page leads to
    dialog = shown(started, BlankPlaceDialog, qtbot)
    assert [option.text() for option in dialog.options] == [NEW, "读进“另一个县的项目”"]
    assert dialog.answer() == other
    click(qtbot, ways_on(dialog))
    read = shown(started, ReadbackDialog, qtbot)
    assert started.workspace.session.identity.draft_id == other
    assert any(line.change and line.change.path == "staff_count" for line in read.changes.changes.lines)
    read.reject()
    assert len(started.shelf.cards()) == 1


def test_a_new_one_can_be_chosen_beside_a_draft(started: MainWindow, filled: Path, qtbot: QtBot) -> None:
    from pilotdesk.projects.shelf import NewProject

    started.shelf.create(NewProject("另一个县的项目", "某单位", ""))
    started.open_package(filled)
    dialog = shown(started, BlankPlaceDialog, qtbot)
    qtbot.mouseClick(dialog.options[0], Qt.MouseButton.LeftButton)
    click(qtbot, ways_on(dialog))
    assert begun(started, qtbot) == NAME
    assert len(started.shelf.cards()) == 2


def test_left_alone_nothing_happens(started: MainWindow, filled: Path, qtbot: QtBot) -> None:
    started.open_package(filled)
    dialog = shown(started, BlankPlaceDialog, qtbot)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert started.shelf.cards() == ()
    assert started.workspace is None


def test_a_form_of_another_kind_read_back_into_an_open_draft_asks_too(
    started: MainWindow, filled: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pilotdesk.drafts.package import write_package
    from pilotdesk.projects import sample_package
    from pilotdesk.ui.carriers.readback_desk import WORDS

    other = filled.with_name("总结.pilot")
    write_package(sample_package("summary_2027"), other)
    started.open_package(other)
    qtbot.waitUntil(
        lambda: started.workspace and any(words == WORDS for words, _ in started.workspace.more_actions),
    )
    monkeypatch.setattr("pilotdesk.ui.carriers.readback_desk.ask_word", lambda *_given: filled)
    go(started, WORDS)
    dialog = shown(started, BlankPlaceDialog, qtbot)
    assert [option.text() for option in dialog.options] == [NEW]
    dialog.reject()


def test_other_word_files_are_verified_or_told_what_to_do(
    started: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = shutil.copy(kept_file("application", ""), tmp_path / "导出的.docx")
    assert drop(started, [path])
    shown(started, VerifyDialog, qtbot).reject()
    told: list[str] = []
    monkeypatch.setattr(
        "pilotdesk.ui.carriers.readback_blank.tell_trouble", lambda *given: told.append(str(given[-1]))
    )
    started.open_package(path)
    assert "“导出的.docx”不是填好的空白表" in told[0]
