"""The card on the screen: every line is there, nothing is cut, copying and saving do what they say."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from pilotdesk.diagnostics import card_text, diagnose
from pilotdesk.errors import StoreError
from pilotdesk.trouble_journal import forget, note, number_of
from pilotdesk.ui.components.basic import Button
from pilotdesk.ui.dialogs.asking import Dialog
from pilotdesk.ui.look.tokens import TypeSize
from pilotdesk.ui.start import diagnostics_dialog
from pilotdesk.ui.start.diagnostics_dialog import (
    DiagnosticsDialog,
    diagnostics_link,
    screen_of,
    show_diagnostics,
)
from pilotdesk.ui.window.crash_dialog import CrashDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pilotdesk.clock import Clock
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.window.main_window import MainWindow

pytestmark = pytest.mark.gui


@pytest.fixture(autouse=True)
def run_of_its_own() -> Iterator[None]:
    forget()
    yield
    forget()


@pytest.fixture
def shown(look: Look, clock: Clock, qtbot: QtBot) -> Callable[..., DiagnosticsDialog]:
    windows: list[QWidget] = []  # a window that nobody holds takes its dialogs with it

    def make(width: int = 1366, height: int = 697) -> DiagnosticsDialog:
        window = QWidget()
        windows.append(window)
        qtbot.addWidget(window)
        window.resize(width, height)
        dialog = DiagnosticsDialog(window, look, diagnose(clock, screen_of(window, look)))
        dialog.show()
        qtbot.waitExposed(dialog)
        return dialog

    return make


def texts(dialog: QWidget) -> list[str]:
    return [label.accessibleName() or label.text() for label in dialog.findChildren(QLabel)]


def test_every_line_is_there_and_is_read_with_its_number(
    shown: Callable[..., DiagnosticsDialog], clock: Clock
) -> None:
    note(StoreError("store_full", folder="x"), clock)
    dialog = shown()
    said = texts(dialog)
    number = number_of("store_full")
    assert any(text.startswith("第 1 行，程序：PilotDesk ") for text in said)
    assert any("遇到过" in text and number in text for text in said)
    assert "请留意" in said


@pytest.mark.parametrize("size", list(TypeSize))
@pytest.mark.parametrize(("width", "height"), [(1366, 697), (911, 441), (640, 400)])
def test_nothing_is_cut(
    shown: Callable[..., DiagnosticsDialog], look: Look, size: TypeSize, width: int, height: int
) -> None:
    look.set_size(size)
    dialog = shown(width, height)
    assert dialog.width() <= width
    assert dialog.height() <= height
    for widget in dialog.findChildren(QPushButton):
        assert widget.width() >= widget.minimumSizeHint().width(), widget.text()
    for label in dialog.lines.findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width()) or not label.wordWrap(), label.text()
    assert dialog.area.horizontalScrollBar().maximum() == 0


def test_it_is_copied_as_text(shown: Callable[..., DiagnosticsDialog], qtbot: QtBot) -> None:
    dialog = shown()
    qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == card_text(dialog._card)
    assert dialog.said.text() == "已复制，可以粘贴"
    assert dialog.isVisible()


def test_it_is_saved_as_text_with_json(
    shown: Callable[..., DiagnosticsDialog], qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = shown()
    target = tmp_path / "卡"
    monkeypatch.setattr(diagnostics_dialog, "save_name", lambda *_given: str(target))
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    saved = (tmp_path / "卡.txt").read_bytes()
    text = saved.decode("utf-8-sig").replace("\r\n", "\n")
    assert text.startswith(card_text(dialog._card))
    assert json.loads(text.partition("以下给程序看：\n")[2])["version"] == 1
    assert dialog.said.text() == "已存好"


def test_enter_and_esc_leave_it(shown: Callable[..., DiagnosticsDialog], qtbot: QtBot) -> None:
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        dialog = shown()
        qtbot.keyClick(dialog, key)
        assert not dialog.isVisible()


def test_it_opens_from_the_record_of_a_bug(look: Look, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    asked: list[QWidget] = []
    monkeypatch.setattr(diagnostics_dialog, "show_diagnostics", lambda parent, _look: asked.append(parent))
    dialog = CrashDialog(window, look, "没有做成", "ValueError")
    dialog.show()
    qtbot.mouseClick(dialog.card, Qt.MouseButton.LeftButton)
    assert asked == [dialog]
    assert dialog.isVisible()


def test_the_record_of_a_bug_lies_over_nothing_in_the_smallest_window(look: Look, qtbot: QtBot) -> None:
    look.set_size(TypeSize.EXTRA)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(911, 441)
    dialog = CrashDialog(
        window, look, "这一步没有做成，填的内容都已存好，可以接着用。" * 2, "ValueError\n" * 40
    )
    dialog.show()
    assert dialog.height() <= 441
    assert dialog.record.geometry().bottom() < dialog.card.geometry().top()
    buttons = [one for one in dialog.findChildren(QPushButton) if one is not dialog.card]
    assert all(dialog.card.geometry().bottom() < one.geometry().top() for one in buttons)
    assert all(one.geometry().bottom() < dialog.height() for one in buttons)


def test_no_dialog_is_lower_than_its_parts_need(look: Look, qtbot: QtBot) -> None:
    dialog = Dialog(None, look, "这一步没有做成", "先看看再说。" * 300)  # more than two thirds of the screen
    qtbot.addWidget(dialog)
    dialog.add_actions(["知道了"])
    dialog.show()
    assert dialog.height() >= dialog.body.totalMinimumHeightForWidth(dialog.width())


def test_it_is_made_and_opened_over_what_asked_for_it(look: Look, clock: Clock, qtbot: QtBot) -> None:
    below = Dialog(None, look, "资料打不开", "……")
    qtbot.addWidget(below)
    button = diagnostics_link(below, look)
    assert isinstance(button, Button)
    below.body.addWidget(button)
    below.show()
    show_diagnostics(below, look, clock)
    (card,) = below.findChildren(DiagnosticsDialog)
    assert card.isVisible()
    card.reject()


@pytest.mark.qt_log_ignore("does not support raise", "does not support grabbing", extend=True)
def test_it_stands_in_the_menu_of_the_start_page(
    window: MainWindow, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pilotdesk.ui.start.page import StartPage
    from pilotdesk.ui.window.start_menu import open_menu

    asked: list[object] = []
    monkeypatch.setattr(diagnostics_dialog, "show_diagnostics", lambda parent, _look: asked.append(parent))
    window.show_start()
    menu = open_menu(window, look, window.findChild(StartPage))
    (entry,) = [action for action in menu.actions() if action.text() == "诊断卡…"]
    entry.trigger()
    menu.close()
    assert asked == [window]
