"""Opening a draft at the start: the first page is shown before the bars around it, in the place that it keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint

from pilotdesk.ui.steps.step_page import StepPage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.ui.window.main_window import MainWindow
    from tests.ui.conftest import WindowMaker

SIZES = [(1366, 697), (911, 441), (1000, 800)]


@pytest.fixture
def window(open_window: WindowMaker) -> MainWindow:
    return open_window(shown=False)


def entry_text(page: StepPage, name: str) -> str:
    return page.view.row_of(name).editor.entry.text()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("size", SIZES)
def test_the_first_page_stands_where_the_shell_leaves_it(
    window: MainWindow, qtbot: QtBot, size: tuple[int, int]
) -> None:
    window.opening.show("练习样例")
    window.showNormal()
    window.resize(*size)
    window.open_sample()
    page = window.findChild(StepPage)
    assert window.workspace is None
    assert window.opening.has_page
    assert page.isVisible()
    assert entry_text(page, "project_name") == "南汀县政务服务“高效办成一件事”标准化试点"
    place, held = page.mapTo(window, QPoint(0, 0)), page.size()
    qtbot.waitUntil(lambda: window.workspace is not None)
    qtbot.waitUntil(lambda: window.workspace.session.engine.is_checked)
    assert window.workspace.navigator.page() is page
    assert (page.mapTo(window, QPoint(0, 0)), page.size()) == (place, held)


def test_what_is_typed_before_the_shell_stands_is_stored(window: MainWindow, store: DraftStore) -> None:
    window.opening.show("练习样例")
    window.show()
    window.open_sample()
    entry = window.findChild(StepPage).view.row_of("project_name").editor.entry
    entry.setText("改过的名称")
    entry.textEdited.emit("改过的名称")
    window.close()
    assert {card.facts.title for card in store.cards() if card.form == "application"} == {"改过的名称"}


def test_a_draft_left_at_the_check_page_opens_there(
    window: MainWindow, qtbot: QtBot, store: DraftStore
) -> None:
    draft_id = window.shelf.sample()
    store.remember_step(draft_id, "check")
    window.opening.show("练习样例")
    window.show()
    window.open_sample()
    assert window.workspace.navigator.current == "check"
