"""Every page of the later forms, on every kind of screen: nothing is cut, nothing widens the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from pilotdesk.ui import tokens
from pilotdesk.ui.theme import Theme
from tests.ui.later_kit import LATER, later_session, open_workspace
from tests.ui.test_workspace import SCREENS, cut, settle

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pilotdesk.ui.services import Services


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("form", LATER)
def test_no_word_of_a_later_form_is_cut(qtbot: QtBot, services: Services, form: str, screen: str) -> None:
    width, height, size = SCREENS[screen]
    services.look.set_theme(Theme(tokens.LIGHT, size))
    workspace = open_workspace(qtbot, later_session(form), services, (width, height))
    clipped = []
    for step in workspace.navigator.steps():
        workspace.navigator.show(step.name)
        QApplication.processEvents()
        settle()
        clipped += [f"{step.name}: {words}" for words in cut(workspace)]
    assert workspace.width() == width
    workspace.close_draft()
    services.look.set_theme(Theme())
    assert not clipped, "\n".join(clipped)
