"""The first page of a stored draft is painted before its checks run; a moment later everything is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject

from pilotdesk.ui.steps.hint_panel import HintPanel

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pilotdesk.ui.window.main_window import MainWindow
    from tests.ui.conftest import WindowMaker


class PaintWatch(QObject):
    """Notes whether the session had been checked when a widget was painted for the first time."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.checked_at_paint: list[bool] = []
        self._session = window.workspace.session
        window.workspace.navigator.page().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            self.checked_at_paint.append(self._session.engine.is_checked)
        return False


@pytest.fixture
def window(open_window: WindowMaker) -> MainWindow:
    return open_window(shown=False)


def test_the_page_is_painted_first_and_checked_then(qtbot: QtBot, window: MainWindow) -> None:
    window.open_sample()
    session = window.workspace.session
    watch = PaintWatch(window)
    assert not session.engine.is_checked
    window.show()
    qtbot.waitUntil(lambda: session.engine.is_checked)
    assert watch.checked_at_paint[0] is False


def test_states_counts_hints_and_focus_follow(qtbot: QtBot, window: MainWindow) -> None:
    window.open_sample()
    workspace = window.workspace
    window.show()
    qtbot.waitUntil(lambda: workspace.session.engine.is_checked)
    entries = workspace.shell.sidebar.steps.entries_model.entries
    assert all(entry.tooltip for entry in entries)
    assert all(button.text() for button in workspace.shell.safety.counts.values())
    assert window.findChildren(HintPanel)
    page = workspace.navigator.page()
    focused = page.focusWidget()
    assert focused is not None
    assert page.isAncestorOf(focused)


def test_a_row_shows_its_issue_although_it_was_built_before_the_checks(
    qtbot: QtBot, window: MainWindow
) -> None:
    draft_id = window.shelf.sample()
    window.shelf.store.save(draft_id, {"project_name": "待补充"}, origin="typed", facts=None)
    window.open_draft(draft_id)
    window.show()
    session = window.workspace.session
    qtbot.waitUntil(lambda: session.engine.is_checked)
    row = window.workspace.navigator.page().view.row_of("project_name")
    assert [issue.code for issue in row.issues.issues] == [
        issue.code for issue in session.issues_at("project_name")
    ]
    assert row.issues.issues


def test_a_draft_closed_before_its_first_paint_is_left_in_peace(qtbot: QtBot, window: MainWindow) -> None:
    window.open_sample()
    window.show()
    window.show_start()
    qtbot.wait(1)
    assert window.workspace is None
