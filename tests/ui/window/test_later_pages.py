"""Every page of the later forms, on every kind of screen: nothing is cut, nothing widens the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from pilotdesk.forms.shipped import load_shipped
from pilotdesk.projects import new_package, session_of_package
from pilotdesk.ui.components.basic import Chip
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.look import tokens
from pilotdesk.ui.look.theme import Theme
from tests.ui.later_kit import LATER, later_session, open_workspace
from tests.ui.window.test_workspace import SCREENS, cut, settle

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pilotdesk.clock import Clock
    from pilotdesk.ui.navigation.services import Services


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
    assert not clipped, "\n".join(clipped)


@pytest.mark.parametrize("size", tokens.TypeSize)
def test_head_and_heading_of_a_later_form_are_not_cut_in_the_smallest_window(
    qtbot: QtBot, services: Services, size: tokens.TypeSize
) -> None:
    services.look.set_theme(Theme(tokens.LIGHT, size))
    workspace = open_workspace(qtbot, later_session("summary_2027"), services, (640, 360))
    workspace.navigator.show("activities")
    settle()
    shell = workspace.shell
    assert not cut(shell.header)
    assert not cut(shell.head)
    for chip in shell.header.findChildren(Chip):
        assert not chip.isVisible() or chip.width() >= chip.sizeHint().width()
    assert shell.head.title.width() >= shell.head.title.minimumSizeHint().width()
    workspace.close_draft()
    services.look.set_theme(Theme())


def test_a_table_of_promises_without_an_application_says_where_its_rows_come_from(
    clock: Clock, services: Services, qtbot: QtBot
) -> None:
    package = new_package(load_shipped("2026"), "summary_2027", None)
    workspace = open_workspace(qtbot, session_of_package(package, clock.today()), services, (1366, 697))
    page = workspace.navigator.show("figures")
    said = [label.plain for label in page.findChildren(WrappedLabel) if label.isVisible()]
    workspace.close_draft()
    assert any("申报书9.2“量化指标表”带来" in text for text in said)
