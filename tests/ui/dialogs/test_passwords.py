"""A package gets a password only when it was typed twice, and one that has it asks until it is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from pilotdesk.drafts.package import read_package, write_package
from pilotdesk.errors import PackageError
from pilotdesk.projects import sample_package
from pilotdesk.ui.carriers import package_desk
from pilotdesk.ui.components.basic import Button
from pilotdesk.ui.dialogs import asking as dialogs
from pilotdesk.ui.dialogs.passwords import HONEST, SealDialog

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.window.main_window import MainWindow

PASSWORD = "南汀县2027试点"


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(host: QWidget, look: Look) -> SealDialog:
    made = SealDialog(host, look)
    made.show()
    return made


def go_on(dialog: SealDialog) -> Button:
    return next(button for button in dialog.findChildren(Button) if button.text() == "选存到哪里")


def test_without_the_tick_nothing_more_is_asked(dialog: SealDialog) -> None:
    assert not dialog.first.isVisible()
    assert go_on(dialog).isEnabled()
    assert dialog.answer() == ""


def test_with_it_the_password_is_typed_twice_unseen(qtbot: QtBot, dialog: SealDialog) -> None:
    qtbot.mouseClick(dialog.wanted, Qt.MouseButton.LeftButton)
    assert dialog.first.isVisible()
    assert {entry.echoMode() for entry in (dialog.first, dialog.second)} == {QLineEdit.EchoMode.Password}
    assert not go_on(dialog).isEnabled()
    said = []
    for first, second in (("abc", ""), ("abcdefgh", ""), ("abcdefgh", "abd"), ("abcdefgh", "abcdefgh")):
        dialog.first.clear()
        dialog.second.clear()
        qtbot.keyClicks(dialog.first, first)
        qtbot.keyClicks(dialog.second, second)
        said.append((dialog.trouble.text(), go_on(dialog).isEnabled()))
    assert said == [("还差 5 个字", False), ("", False), ("两次填的不一样", False), ("", True)]
    assert dialog.answer() == "abcdefgh"


def test_it_is_honest_about_a_lost_password(qtbot: QtBot, dialog: SealDialog) -> None:
    qtbot.mouseClick(dialog.wanted, Qt.MouseButton.LeftButton)
    shown = [each.text() for each in dialog.findChildren(QLabel) if each.isVisible()]
    assert any(HONEST[:10] in text for text in shown) or HONEST in [
        each.accessibleName() for each in dialog.findChildren(QWidget)
    ]


def test_taking_the_tick_away_takes_the_password_away(qtbot: QtBot, dialog: SealDialog) -> None:
    qtbot.mouseClick(dialog.wanted, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(dialog.first, "abc")
    qtbot.mouseClick(dialog.wanted, Qt.MouseButton.LeftButton)
    assert dialog.answer() == ""
    assert go_on(dialog).isEnabled()


def test_the_start_page_writes_a_sealed_package(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft_id = window.shelf.sample()
    window.show_start()
    target = tmp_path / "样例.pilot"
    monkeypatch.setattr("pilotdesk.ui.start.desk.ask_package_target", lambda *_given: (target, PASSWORD))
    window.desk.page.packed.emit(draft_id)
    with pytest.raises(PackageError, match="密码"):
        read_package(target)
    assert read_package(target, PASSWORD).values


@pytest.fixture
def package(tmp_path: Path) -> Path:
    write_package(sample_package(), tmp_path / "样例.pilot", PASSWORD)
    return tmp_path / "样例.pilot"


def answering(monkeypatch: pytest.MonkeyPatch, *typed: str | None) -> list[str]:
    """Answer the question for the password in turn; gives what was said each time."""
    said: list[str] = []
    answers = iter(typed)

    def ask(_parent: QWidget, _look: Look, _name: str, text: str = "") -> str | None:
        said.append(text)
        return next(answers)

    monkeypatch.setattr(package_desk, "ask_password", ask)
    return said


def test_opening_asks_until_it_is_right(
    window: MainWindow, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = answering(monkeypatch, "falsch", PASSWORD)
    window.open_package(package)
    assert said[0] == ""
    assert "密码不对" in said[1]
    assert window.workspace is not None


def test_opening_can_be_left(window: MainWindow, package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = answering(monkeypatch, "falsch", None)
    window.open_package(package)
    assert len(said) == 2
    assert window.workspace is None


def test_a_damaged_one_is_not_asked_for_its_password_again(
    window: MainWindow, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package.write_bytes(package.read_bytes()[:-1])
    said = answering(monkeypatch, PASSWORD)
    told: list[str] = []
    monkeypatch.setattr(dialogs, "tell", lambda _parent, _look, _title, text: told.append(text))
    window.open_package(package)
    assert len(said) == 1
    assert "坏了一部分" in told[0]
