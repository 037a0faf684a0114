"""A draft that was handed in says so before anybody changes it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from pilotdesk.projects.shelf import NewProject
from pilotdesk.ui.components.notice_strip import NoticeStrip

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.ui.window.main_window import MainWindow

WANTED = NewProject("南汀县居家养老服务标准化试点", "南汀县社会福利中心", "Z1")


@pytest.mark.parametrize("handed", [True, False])
def test_an_application_that_was_handed_in_says_where_changes_belong(
    window: MainWindow, store: DraftStore, qtbot: QtBot, handed: bool
) -> None:
    draft_id = window.shelf.create(WANTED)
    project = store.load(draft_id).card.project_id
    if handed:
        store.projects.set_date(project, "upload.handed_in", date(2026, 6, 1))
    window.open_draft(draft_id)
    qtbot.waitUntil(lambda: window.workspace.session.engine.is_checked)
    qtbot.waitUntil(lambda: bool(window.workspace.more_actions))
    said = [
        label.text()
        for strip in window.workspace.findChildren(NoticeStrip)
        for label in strip.findChildren(QLabel)
        if "已经报送" in label.text()
    ]
    assert bool(said) is handed
