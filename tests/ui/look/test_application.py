"""The application object: Qt speaks Chinese where it brings menus of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QLineEdit

from pilotdesk.ui.look.application import finish_application

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


def test_the_menu_of_a_text_is_chinese(qapp: QApplication, qtbot: QtBot) -> None:
    finish_application(qapp)
    try:
        entry = QLineEdit()
        qtbot.addWidget(entry)
        menu = entry.createStandardContextMenu()
        words = [action.text().partition("(")[0] for action in menu.actions() if action.text()]
        assert words[2:5] == ["剪切", "复制", "粘贴"]
    finally:
        for words_of_qt in qapp.findChildren(QTranslator):
            qapp.removeTranslator(words_of_qt)
