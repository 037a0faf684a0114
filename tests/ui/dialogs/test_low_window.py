"""In a window as low as a screen of 768 px is at 150 %, in the largest type, every short dialog has room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from pilotdesk.ui.dialogs.asking import NewProjectDialog, scrolled
from pilotdesk.ui.dialogs.passwords import SealDialog
from pilotdesk.ui.look.tokens import TypeSize

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from pilotdesk.ui.dialogs.asking import Dialog
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.window.main_window import MainWindow

DIALOGS: dict[str, Callable[[MainWindow, Look], Dialog]] = {
    "new project": lambda window, look: NewProjectDialog(window, look, window.shelf.rounds()[:1]),
    "new project of one of two rounds": lambda window, look: NewProjectDialog(
        window, look, window.shelf.rounds()[:1] * 2
    ),
    "password": SealDialog,
}


@pytest.mark.parametrize("name", DIALOGS)
def test_a_dialog_is_no_higher_than_a_low_window(window: MainWindow, look: Look, name: str) -> None:
    look.set_size(TypeSize.EXTRA)
    window.resize(911, 441)
    window.show()
    dialog = DIALOGS[name](window, look)
    dialog.show()
    assert dialog.height() <= window.height() == 441
    assert dialog.height() >= dialog.body.totalMinimumHeightForWidth(dialog.width())
    dialog.reject()
    look.set_size(TypeSize.STANDARD)


def test_what_scrolls_has_the_focus_only_where_nothing_in_it_can_have_it(qtbot: QtBot) -> None:
    words, ticks = QLabel("只是看的"), QWidget()
    tick = QCheckBox("要选的", ticks)
    for content in (words, ticks):
        area = scrolled(content, "内容", 60)
        qtbot.addWidget(area)
        takes = bool(area.focusPolicy() & Qt.FocusPolicy.TabFocus)
        assert takes is (content is words)
    assert tick.focusPolicy() & Qt.FocusPolicy.TabFocus
