"""The check page: live, filtered, and with the way to each place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from pilotdesk.projects import session_of_package
from pilotdesk.rules.issue import Severity
from pilotdesk.ui.checking.empty import NothingOpen
from pilotdesk.ui.checking.issue_list import FOLD
from pilotdesk.ui.checking.page import CheckPage
from pilotdesk.ui.components.basic import Label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from pilotdesk.clock import Clock
    from pilotdesk.drafts.package import Package
    from pilotdesk.session import Session
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.navigation.services import Services


@pytest.fixture
def page(qtbot: QtBot, session: Session, services: Services) -> Iterator[CheckPage]:
    session.set_text("uscc", "12361099MB1K23456H")
    session.set_text("project_name", "没有那个结尾")
    made = CheckPage(session, services)
    qtbot.addWidget(made)
    made.resize(1100, 600)
    made.show()
    yield made
    made.close_page()


def keys(page: CheckPage) -> list[str]:
    return [line.key for line in page.list.issues.rows if line.key]


def test_it_lists_every_issue_gravest_first(page: CheckPage, session: Session) -> None:
    assert keys(page) == [
        issue.key
        for severity in Severity
        for issue in session.engine.listed_issues()
        if issue.severity is severity
    ]


def test_a_filter_shows_one_severity(page: CheckPage) -> None:
    page.show_only(Severity.WARNING)
    assert {line.severity for line in page.list.issues.rows} == {Severity.WARNING}
    page.show_only(None)
    page.show_only(Severity.ERROR)
    assert keys(page) == []


def test_going_names_the_path(page: CheckPage, qtbot: QtBot) -> None:
    key = keys(page)[0]
    with qtbot.waitSignal(page.request_go_to) as asked:
        page.list.go_requested.emit(key)
    assert asked.args == [key.partition("@")[2]]


def test_a_solved_line_gets_a_check_mark_and_folds_away(
    page: CheckPage, session: Session, qtbot: QtBot
) -> None:
    before = keys(page)
    session.undo()
    session.undo()
    assert keys(page) == before
    assert any(line.solved for line in page.list.issues.rows)
    page._solved_timer.setInterval(0)
    page._solved_timer.start()
    qtbot.waitUntil(lambda: not any(line.solved for line in page.list.issues.rows))
    assert len(keys(page)) < len(before)


def test_an_answered_warning_leaves_the_list(
    page: CheckPage, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pilotdesk.ui.dialogs.asking.ask_reason", lambda *_given: "证书上就是这样")
    row = next(at for at, line in enumerate(page.list.issues.rows) if line.key == "uscc_check_char@uscc")
    page.list.setCurrentIndex(page.list.issues.index(row))
    page.detail.accept_requested.emit()
    assert session.accepted["uscc_check_char@uscc"] == "证书上就是这样"
    assert not any(issue.code == "uscc_check_char" for issue in session.all_issues())


def confirm(session: Session) -> None:
    session.accept("uscc_check_char", "uscc", "证书上就是这样")


def test_what_was_confirmed_is_folded_and_can_be_taken_back(
    page: CheckPage, session: Session, services: Services, qtbot: QtBot
) -> None:
    key = "uscc_check_char@uscc"
    confirm(session)
    head = page.list.issues.rows[-1]
    assert (head.key, head.title) == (FOLD, "已核实 1 项")
    assert key not in keys(page)
    page.list.setCurrentIndex(page.list.issues.index(len(page.list.issues.rows) - 1))
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    line = page.list.issues.rows[-1]
    assert (line.key, line.reason) == (key, "证书上就是这样")
    page.list.setCurrentIndex(page.list.issues.index(len(page.list.issues.rows) - 1))
    said = [label.text() for label in page.detail.findChildren(QPushButton)]
    assert "收回，重新核实" in said
    page.detail.withdraw_requested.emit()
    assert key not in session.accepted
    assert [line.reason for line in page.list.issues.rows if line.key == key] == [""]
    assert services.toasts.texts == ["收回了一处“已核实”，它又列为请核实。"]


def test_with_nothing_open_the_confirmed_are_behind_a_link(
    qtbot: QtBot, sample: Package, clock: Clock, services: Services
) -> None:
    session = session_of_package(sample, clock.today())
    session.set_text("uscc", "12361099MB1K23456H")
    for issue in session.all_issues():
        session.accept(issue.code, issue.path, "已经问过")
    page = CheckPage(session, services)
    qtbot.addWidget(page)
    page.show()
    assert not page.list.isVisible()
    page.focus_first()
    assert page.window().focusWidget() is page._empty.final
    assert page._empty.confirmed.isVisible()
    page._empty.confirmed.click()
    assert page.list.isVisible()
    assert all(line.reason for line in page.list.issues.rows if line.key not in {"", FOLD})
    page.close_page()


def test_the_empty_cells_of_a_new_draft_stand_in_one_line(
    qtbot: QtBot, fresh: Session, services: Services
) -> None:
    page = CheckPage(fresh, services)
    qtbot.addWidget(page)
    lines = [line for line in page.list.issues.rows if line.place.endswith("任务和进度安排")]
    gaps = [issue for issue in fresh.all_issues() if issue.path.startswith("schedule[")]
    assert [line.title for line in lines] == [f"试点任务和进度安排表还有 {len(gaps)} 格没有填"]
    with qtbot.waitSignal(page.request_go_to) as asked:
        page.list.go_requested.emit(lines[0].key)
    assert asked.args == [gaps[0].path]
    fresh.set_text(gaps[0].path, "标准化科 陈立")
    page._read()
    assert [line.title for line in page.list.issues.rows if line.key == lines[0].key] == [
        f"试点任务和进度安排表还有 {len(gaps) - 1} 格没有填"
    ]
    page.close_page()


def test_narrow_windows_show_list_and_message_one_after_the_other(page: CheckPage) -> None:
    page.resize(560, 500)
    assert page.list.isVisible()
    assert not page.detail.isVisible()
    page.list.clicked.emit(page.list.currentIndex())
    assert page.detail.isVisible()
    page.detail.back_requested.emit()
    assert page.list.isVisible()


@pytest.mark.parametrize("practice", [False, True])
def test_nothing_open_never_promises_the_sample_a_final_version(
    qtbot: QtBot, look: Look, practice: bool
) -> None:
    empty = NothingOpen(look, practice=practice)
    qtbot.addWidget(empty)
    said = " ".join(label.text() for label in empty.findChildren(Label))
    assert empty.final.text() == ("去导出" if practice else "去定稿")
    assert ("不能定稿" in said) == practice


def test_f8_walks_through_the_lines_of_the_list(page: CheckPage) -> None:
    every = keys(page)
    assert len(every) > 1
    page.focus_first()
    marked = [page.list.key()]
    for _ in every:
        assert page.walk_issues(True)
        marked.append(page.list.key())
    assert marked == [*every, every[0]]
    assert page.walk_issues(False)
    assert page.list.key() == every[-1]
    assert page.list.hasFocus()


def test_f8_leaves_a_list_that_shows_nothing_open(page: CheckPage) -> None:
    page.show_only(Severity.ERROR)
    assert not page.walk_issues(True)


def test_f8_reaches_the_message_where_it_stands_on_a_page_of_its_own(page: CheckPage) -> None:
    page.resize(600, 400)
    assert not page.detail.isVisible()
    page.list.setFocus()
    first = page.list.key()
    assert page.walk_issues(True)
    assert page.list.key() == first
    assert page.detail.isVisible()
    assert page.detail.go is not None
    assert page.detail.go.hasFocus()
    assert page.walk_issues(True)
    assert page.list.key() != first
    assert page.detail.go.hasFocus()
