"""A form of several documents counts its parts anew in each: everywhere the document is named too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pilotdesk.rules.issue import Issue, Severity
from pilotdesk.ui.checking.page import _row_of
from pilotdesk.ui.navigation.search import find
from pilotdesk.ui.navigation.step_list import StepListPopup
from pilotdesk.ui.navigation.step_states import nav_entries, read_state
from pilotdesk.ui.navigation.step_words import full_name
from tests.ui.later_kit import later_session, open_workspace

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pilotdesk.session import Session
    from pilotdesk.ui.navigation.services import Services


@pytest.fixture(scope="module")
def assessment() -> Session:
    return later_session("self_assessment")


def captions(session: Session) -> list[str]:
    entries = nav_entries(session, read_state(session))
    return [entry.caption for entry in entries if entry.caption]


def test_the_list_of_steps_says_which_document_begins_where(assessment: Session, fresh: Session) -> None:
    assert captions(assessment) == ["自评表", "自评报告", "佐证材料目录"]
    assert captions(later_session("summary_2027")) == ["年度工作总结", "佐证材料目录"]
    assert captions(fresh) == []
    first = nav_entries(assessment, read_state(assessment))[0]
    assert first.spoken.startswith("自评表，封面")


def test_captions_have_room_of_their_own_in_list_rail_and_popup(
    qtbot: QtBot, assessment: Session, services: Services
) -> None:
    workspace = open_workspace(qtbot, assessment, services)
    workspace.navigator.show("cover")
    steps = workspace.shell.sidebar.steps
    plain = services.look.metric("step_item")
    model = steps.entries_model

    def heights() -> list[int]:
        return [steps.visualRect(model.index(at)).height() for at in range(model.rowCount())]

    captioned = [bool(entry.caption) for entry in model.entries]
    assert [height > plain for height in heights()] == captioned
    workspace.resize(911, 441)
    qtbot.waitUntil(lambda: heights()[-1] > plain + 30)  # 佐证材料／目录 stands on two lines there
    assert [height > plain for height in heights()] == captioned
    popup = StepListPopup(services.look, steps, workspace)
    qtbot.addWidget(popup)
    assert [entry.caption for entry in popup.steps.entries_model.entries if entry.caption] == captions(
        assessment
    )
    workspace.close_draft()


def test_the_footer_names_the_document_only_where_it_changes(
    qtbot: QtBot, assessment: Session, services: Services
) -> None:
    workspace = open_workspace(qtbot, assessment, services)
    workspace.navigator.show("review")
    footer = workspace.shell.footer
    assert footer.next.text() == "下一步：自评报告 · 一 项目概况 ›"
    assert footer.back.text() == "上一步：五 自评结果"
    assert workspace.shell.head.document.text() == "自评表"
    QTest.mouseClick(footer.next, Qt.MouseButton.LeftButton)
    assert workspace.navigator.current == "overview_step"
    assert workspace.shell.head.document.text() == "自评报告"
    assert footer.back.text() == "上一步：自评表 · 六 盖章和审核"
    workspace.close_draft()


def test_check_page_and_search_name_the_document(assessment: Session, fresh: Session) -> None:
    issue = Issue(code="x", path="results", severity=Severity.WARNING, what="少了。")
    assert _row_of(assessment, "x@results", issue).place == "自评报告 · 二 任务和目标"
    assert find(assessment, "量化指标完成情况")[0].step == "自评报告 · 二 任务和目标"
    assert full_name(fresh.form, fresh.form.steps[1]) == "一 项目基本信息"
