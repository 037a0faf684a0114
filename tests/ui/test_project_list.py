"""A start page with many projects: some at a time, in an order, and those that have some words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from pilotdesk.drafts.records import DraftFacts
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.projects.overview import Order
from pilotdesk.ui import start_desk
from pilotdesk.ui.main_window import MainWindow
from pilotdesk.ui.project_card import ProjectCard
from pilotdesk.ui.project_list import PAGE, ProjectList
from pilotdesk.ui.settings import Settings
from tests.ui.conftest import ImmediateRunner
from tests.ui.editor_kit import commit_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from pilotdesk.clock import Clock
    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.ui.theme import Look

NAMES = (
    "政务",
    "养老",
    "农贸市场",
    "安全",
    "白茶",
    "苗木",
    "旅游",
    "物流",
    "公园",
    "社区",
    "冷链",
    "标识",
    "托育",
    "乡村",
)


class Runner(ImmediateRunner):
    def close(self) -> None:
        pass


@pytest.fixture
def window(
    qtbot: QtBot, qapp: QApplication, look: Look, store: DraftStore, clock: Clock
) -> Iterator[MainWindow]:
    made = MainWindow(qapp, look, store=store, clock=clock, settings=Settings(None), runner=Runner())
    qtbot.addWidget(made)
    made.resize(1366, 697)
    made.show()
    yield made
    made.close()


def make(store: DraftStore, name: str, **values: str) -> str:
    facts = DraftFacts(title=f"{name}标准化试点", unit=f"{name}中心")
    return store.create(load_shipped("2026"), "application", values, facts=facts, origin="typed")


@pytest.fixture
def many(store: DraftStore) -> dict[str, str]:
    return {
        name: make(store, name, unit_introduction=f"本单位负责{name}里的第{at}件事")
        for at, name in enumerate(NAMES)
    }


def listed(window: MainWindow) -> ProjectList:
    window.show_start()
    return window.desk.page.findChild(ProjectList)


def names(projects: ProjectList) -> list[str]:
    cards = [card for card in projects.findChildren(ProjectCard) if card.isVisibleTo(projects)]
    return [card.project.title.removesuffix("标准化试点") for card in cards]


def test_a_few_projects_need_neither_search_nor_pages(window: MainWindow, store: DraftStore) -> None:
    make(store, "政务")
    projects = listed(window)
    assert names(projects) == ["政务"]
    assert not projects.field.isVisible()
    assert not projects.on.isVisible()


def test_many_projects_are_shown_some_at_a_time(
    window: MainWindow, many: dict[str, str], qtbot: QtBot
) -> None:
    projects = listed(window)
    first = names(projects)
    assert len(first) == PAGE
    assert projects.place.text() == "第 1—12 个，共 14 个"
    assert not projects.back.isEnabled()
    qtbot.mouseClick(projects.on, Qt.MouseButton.LeftButton)
    assert sorted(first + names(projects)) == sorted(many)
    assert projects.place.text() == "第 13—14 个，共 14 个"
    assert not projects.on.isEnabled()
    qtbot.mouseClick(projects.back, Qt.MouseButton.LeftButton)
    assert names(projects) == first


def test_projects_stand_in_the_order_that_was_chosen(
    window: MainWindow, many: dict[str, str], store: DraftStore
) -> None:
    store.projects.set_date(store.load(many["物流"]).card.project_id, "upload.county", date(2026, 6, 3))
    projects = listed(window)
    projects.order.setCurrentIndex(1)
    projects.order.activated.emit(1)
    assert names(projects)[:4] == ["安全", "白茶", "标识", "公园"]
    projects.order.setCurrentIndex(2)
    projects.order.activated.emit(2)
    assert names(projects)[0] == "物流"
    window.show_start()
    again = window.desk.page.findChildren(ProjectList)[-1]
    assert Order(again.order.currentData()) is Order.DUE  # stays as it was chosen


@pytest.mark.parametrize(
    ("words", "found"), [("白茶", ["白茶"]), ("白茶里的第4", ["白茶"]), ("市 农", ["农贸市场"])]
)
def test_words_of_name_unit_and_contents_are_found(
    window: MainWindow, many: dict[str, str], qtbot: QtBot, words: str, found: list[str]
) -> None:
    projects = listed(window)
    projects.field.setFocus()
    commit_text(projects.field, words)
    qtbot.keyClick(projects.field, Qt.Key.Key_Return)
    assert names(projects) == found
    assert projects.field.text() == words
    projects.field.clear()
    assert len(names(projects)) == PAGE


def test_what_is_nowhere_is_said(window: MainWindow, many: dict[str, str], qtbot: QtBot) -> None:
    projects = listed(window)
    commit_text(projects.field, "航天")
    qtbot.waitUntil(lambda: projects.remark.isVisible())  # the pause after the last key
    assert names(projects) == []
    assert projects.remark.text() == "没有找到，换一个词试试"


def test_a_search_stands_after_coming_back_and_knows_what_was_typed(
    window: MainWindow, many: dict[str, str], store: DraftStore, qtbot: QtBot
) -> None:
    projects = listed(window)
    commit_text(projects.field, "白茶")
    qtbot.keyClick(projects.field, Qt.Key.Key_Return)
    store.save(many["养老"], {"unit_introduction": "也种白茶"}, origin="typed")
    window.show_start()
    again = window.desk.page.findChildren(ProjectList)[-1]
    assert again.field.text() == "白茶"
    assert sorted(names(again)) == ["养老", "白茶"]


def test_where_the_index_cannot_be_written_names_are_found_all_the_same(
    window: MainWindow, many: dict[str, str], store: DraftStore, qtbot: QtBot
) -> None:
    (store.path.parent / "search.db").mkdir()
    projects = listed(window)
    commit_text(projects.field, "白茶")
    qtbot.keyClick(projects.field, Qt.Key.Key_Return)
    assert names(projects) == ["白茶"]
    assert projects.remark.text() == "只找了名称和单位"


def test_what_is_due_in_a_great_many_projects_is_told_after_the_page_stands(
    window: MainWindow, many: dict[str, str], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start_desk, "LOOKED_AT", 5)
    window.show_start()
    assert window.desk.pressing == ()
    with qtbot.waitSignal(window.desk.pressing_changed):
        pass
    assert len(window.desk.pressing) == len(many)
    assert len(names(window.desk.page.findChildren(ProjectList)[-1])) == PAGE
