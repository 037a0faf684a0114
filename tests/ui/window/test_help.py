"""The help: what it says, whether it fits a small screen, and on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLabel, QWidget

from pilotdesk.ui.window.commands import COMMANDS
from pilotdesk.ui.window.help import HelpDialog, show_help, show_keys
from pilotdesk.ui.window.help_words import KEYS, PARTS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.window.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def small(qtbot: QtBot) -> Iterator[QWidget]:
    """A window as large as a 1366×768 screen at 150 %."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(911, 441)
    made.show()
    return made


def opened(parent: QWidget) -> HelpDialog:
    found = parent.findChild(HelpDialog)
    assert found is not None
    return found


def test_all_of_it_can_be_reached_in_a_small_window(small: QWidget, look: Look) -> None:
    show_help(small, look)
    dialog = opened(small)
    assert dialog.height() <= small.height()
    assert dialog.leave.mapTo(dialog, QPoint(0, dialog.leave.height())).y() <= dialog.height()
    bar = dialog.area.verticalScrollBar()
    bar.setValue(bar.maximum())
    last = dialog.area.widget().findChildren(QLabel)[-1]
    assert not last.visibleRegion().isEmpty()
    dialog.accept()


def test_what_is_meant_stands_on_one_or_two_lines(small: QWidget, look: Look) -> None:
    show_help(small, look)
    dialog = opened(small)
    grid = dialog.area.widget().layout()
    assert isinstance(grid, QGridLayout)
    labels = [
        grid.itemAt(at).widget() for at in range(grid.count()) if grid.getItemPosition(at)[1::2] == (0, 1)
    ]
    assert len(labels) == sum(len(part.lines) for part in PARTS)
    assert max(label.height() for label in labels) <= 2 * look.px("small") * 1.7
    dialog.accept()


def test_the_keys_are_in_sight_when_they_are_asked_for(small: QWidget, look: Look) -> None:
    show_keys(small, look)
    dialog = opened(small)
    heading = dialog.headings[PARTS.index(KEYS)]
    assert heading.text() == "快捷键"
    assert not heading.visibleRegion().isEmpty()
    dialog.accept()


def test_every_command_stands_among_the_keys() -> None:
    told = dict(KEYS.lines)
    assert all(told[command.words] == "、".join(command.keys) for command in COMMANDS if command.words)


def test_it_is_saved_as_a_pdf_of_two_pages(
    small: QWidget, look: Look, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pypdfium2

    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(tmp_path / "帮助"), ""))
    dialog = HelpDialog(small, look)
    dialog.save.click()
    with pypdfium2.PdfDocument(tmp_path / "帮助.pdf") as paper:
        pages = [page.get_textpage().get_text_range() for page in paper]
    assert len(pages) == 2
    for part, page in zip((PARTS[0], PARTS[-1]), (pages[0], pages[1]), strict=True):
        assert part.heading in page
    text = "".join("".join(pages).split())
    assert all("".join(words.split()) in text for part in PARTS for words, _told in part.lines)
    assert dialog.said.text() == "存好了，打开就能打印"


def test_a_folder_that_cannot_be_written_is_said(
    small: QWidget, look: Look, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = []
    monkeypatch.setattr("pilotdesk.ui.dialogs.asking.tell", lambda *given: told.append(given[-1]))
    (tmp_path / "不是文件夹").write_bytes(b"")
    name = str(tmp_path / "不是文件夹" / "帮助.pdf")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (name, ""))
    dialog = HelpDialog(small, look)
    dialog.save.click()
    assert len(told) == 1
    assert dialog.said.text() == ""


def test_f1_opens_it_on_the_start_page_and_ctrl_f1_over_a_draft(window: MainWindow, qtbot: QtBot) -> None:
    window.show()
    window.show_start()
    qtbot.keyClick(window.desk.page, Qt.Key.Key_F1)
    opened(window).accept()
    qtbot.waitUntil(lambda: window.findChild(HelpDialog) is None)
    window.open_sample()
    action = window.workspace.commands.actions["help"]
    assert [keys.toString() for keys in action.shortcuts()] == ["Ctrl+F1"]
    action.trigger()
    opened(window).accept()
