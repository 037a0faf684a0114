"""A start page with many projects: some at a time, in an order, and those that have some words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QScrollArea, QTextEdit

from pilotdesk.drafts.records import DraftFacts
from pilotdesk.forms.lookup import number_and_label
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.forms.values import Row
from pilotdesk.projects.overview import Order
from pilotdesk.ui.components.basic import Button, Label
from pilotdesk.ui.look.theme import Theme
from pilotdesk.ui.look.tokens import TypeSize
from pilotdesk.ui.start import desk as start_desk
from pilotdesk.ui.start import search_hits
from pilotdesk.ui.start.project_card import ProjectCard, ProjectTile
from pilotdesk.ui.start.project_list import PAGE, ProjectList
from pilotdesk.ui.start.search_hits import HitLine
from pilotdesk.ui.start.timeline_strip import TimelineStrip
from tests.ui.editor_kit import commit_text

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.window.main_window import MainWindow
    from tests.ui.conftest import WindowMaker

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


@pytest.fixture
def window(open_window: WindowMaker) -> MainWindow:
    return open_window(at_once=True)


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
    cards = [card for card in projects.findChildren(ProjectTile) if card.isVisibleTo(projects)]
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


def search(projects: ProjectList, qtbot: QtBot, words: str) -> list[HitLine]:
    projects.field.clear()
    commit_text(projects.field, words)
    qtbot.keyClick(projects.field, Qt.Key.Key_Return)
    return [line for line in projects.findChildren(HitLine) if line.isVisibleTo(projects)]


def marked(line: HitLine) -> list[str]:
    return [text for text, is_hit in line.place.pieces if is_hit]


def test_a_result_shows_the_field_and_the_text_around_the_word_and_opens_it(
    window: MainWindow, many: dict[str, str], store: DraftStore, qtbot: QtBot
) -> None:
    rows = (Row("r_1", {"indicator": "别的"}), Row("r_2", {"indicator": "每天的排队次数"}))
    text = f"{'前面的话。' * 9}窗口排队\n时间短。{'后面的话。' * 40}"
    store.save(many["托育"], {"unit_introduction": text, "targets": rows}, origin="typed")
    projects = listed(window)
    field, cell = search(projects, qtbot, "排队")
    assert names(projects) == ["托育"]
    assert field.place.where.endswith(label(window, many["托育"], "unit_introduction"))
    assert "第 2 行" in cell.place.where
    assert marked(field) == marked(cell) == ["排队"]
    shown = "".join(part for part, _ in field.place.pieces)
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert "窗口排队 时间短" in shown
    qtbot.mouseClick(cell, Qt.MouseButton.LeftButton)
    assert window.workspace is not None
    assert window.workspace.session.identity.draft_id == many["托育"]
    assert window.workspace.navigator.current == window.workspace.session.form.step_of["targets"]
    table = QApplication.focusWidget()
    assert isinstance(table, QAbstractItemView)
    assert table.currentIndex().row() == 1


def label(window: MainWindow, draft_id: str, path: str) -> str:
    return number_and_label(window.shelf.open(draft_id).form, path, {})


def test_a_result_opens_exactly_its_field_by_mouse_and_keyboard(
    window: MainWindow, many: dict[str, str], qtbot: QtBot
) -> None:
    window.activateWindow()
    (line,) = search(listed(window), qtbot, "里的第3件")
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Space)
    workspace = window.workspace
    assert workspace is not None
    assert workspace.session.value("unit_introduction") == "本单位负责安全里的第3件事"
    step = workspace.session.form.step_of["unit_introduction"]
    assert workspace.navigator.current == step
    focused = QApplication.focusWidget()
    assert isinstance(focused, QTextEdit)
    assert focused.toPlainText() == "本单位负责安全里的第3件事"


def test_title_and_unit_are_shown_as_the_fields_they_are(
    window: MainWindow, many: dict[str, str], store: DraftStore, qtbot: QtBot
) -> None:
    store.save(many["冷链"], {"project_name": "冷链标准化试点", "unit_name": "冷链 中心"}, origin="typed")
    projects = listed(window)
    title, unit, introduction = search(projects, qtbot, "冷链")
    places = [label(window, many["冷链"], path) for path in ("project_name", "unit_name")]
    assert [title.place.where, unit.place.where] == places
    assert marked(introduction) == ["冷链"]
    (unit, *_) = search(projects, qtbot, "链中 冷")
    assert "".join(marked(unit)) == "冷链 中"  # the blank inside is part of it
    store.save(many["冷链"], {"unit_name": f"冷{'。' * 40}仓储中心"}, origin="typed")
    window.show_start()
    projects = window.desk.page.findChildren(ProjectList)[-1]
    (unit, *_) = search(projects, qtbot, "冷 仓储中心")
    assert marked(unit) == ["仓储中心"]  # of several words the longest is the one to be seen


def test_only_some_places_of_a_project_are_shown_and_the_rest_counted(
    window: MainWindow, many: dict[str, str], store: DraftStore, qtbot: QtBot
) -> None:
    rows = tuple(Row(f"r_{at}", {"indicator": f"苗木{at}"}) for at in range(9))
    store.save(many["苗木"], {"targets": rows, "gone_field": "苗木"}, origin="typed")
    projects = listed(window)
    assert len(search(projects, qtbot, "苗木")) == 3
    rest = more(projects)
    assert rest.text() == "还有 7 处，都列出来"  # a field that the form does not have is none
    rest.setFocus()
    qtbot.keyClick(rest, Qt.Key.Key_Space)
    lines = [line for line in projects.findChildren(HitLine) if line.isVisibleTo(projects)]
    assert len({line.place.path for line in lines}) == len(lines) == 10
    assert [line.place.path for line in sorted(lines, key=HitLine.y)] == [line.place.path for line in lines]
    assert len({line.pieces_left() for line in lines}) == 1
    assert not rest.isVisibleTo(projects)
    assert lines[3].hasFocus()
    with qtbot.waitSignal(projects.place_chosen) as chosen:
        qtbot.keyClick(lines[3], Qt.Key.Key_Space)
    assert chosen.args == [many["苗木"], lines[3].place.path]


def test_the_rest_of_the_places_are_those_of_what_was_looked_for(
    window: MainWindow, many: dict[str, str], store: DraftStore, qtbot: QtBot
) -> None:
    rows = tuple(Row(f"r_{at}", {"indicator": f"苗木{at}"}) for at in range(9))
    store.save(many["苗木"], {"targets": rows}, origin="typed")
    projects = listed(window)
    shown = [line.place for line in search(projects, qtbot, "苗木")]
    store.save(many["苗木"], {"targets": (), "unit_introduction": "别的"}, origin="typed")
    more(projects).click()
    lines = [line for line in projects.findChildren(HitLine) if line.isVisibleTo(projects)]
    assert [line.place for line in lines] == shown
    assert all(line.pieces_left() for line in lines)


def test_of_a_great_many_places_the_first_are_listed_and_a_longer_search_is_advised(
    window: MainWindow, many: dict[str, str], store: DraftStore, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_hits, "MOST", 6)
    rows = tuple(Row(f"r_{at}", {"indicator": f"苗木{at}"}) for at in range(9))
    store.save(many["苗木"], {"targets": rows}, origin="typed")
    projects = listed(window)
    search(projects, qtbot, "苗木")
    more(projects).click()
    assert len([line for line in projects.findChildren(HitLine) if line.isVisibleTo(projects)]) == 6
    said = [each.text() for each in projects.findChildren(Label) if each.isVisibleTo(projects)]
    assert "还有 4 处没有列出来，多写一个词再找" in said


def more(projects: ProjectList) -> Button:
    return next(
        one
        for one in projects.findChildren(Button)
        if one.text().startswith("还有") and one.isVisibleTo(projects)
    )


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


def test_a_region_is_shown_by_its_name_not_by_its_code(
    window: MainWindow, many: dict[str, str], store: DraftStore, qtbot: QtBot
) -> None:
    store.save(many["托育"], {"region": "361000:南汀县"}, origin="typed")
    (line,) = search(listed(window), qtbot, "南汀")
    assert "".join(part for part, _ in line.place.pieces) == "江西省抚州市南汀县"
    assert marked(line) == ["南汀"]


def test_the_texts_of_a_project_begin_below_one_another(
    window: MainWindow, many: dict[str, str], store: DraftStore, qtbot: QtBot
) -> None:
    store.save(many["冷链"], {"project_name": "冷链", "unit_name": "冷链"}, origin="typed")
    lines = search(listed(window), qtbot, "冷链")
    assert len({line.place.where for line in lines}) == 3
    assert len({line.pieces_left() for line in lines}) == 1


def test_more_than_three_cards_stand_closer_together(window: MainWindow, store: DraftStore) -> None:
    heights = []
    for name in NAMES[:4]:
        make(store, name)
        projects = listed(window)
        heights.append({card.sizeHint().height() for card in projects.findChildren(ProjectCard)})
    assert heights[0] == heights[1] == heights[2]
    (roomy,), (close,) = heights[2], heights[3]
    assert close < 0.75 * roomy
    strip = projects.findChild(TimelineStrip)
    assert "2027年度总结" in strip.accessibleName()
    assert strip._end(0) < strip._pitch()  # the line goes on behind the name


@pytest.mark.parametrize("size", [TypeSize.STANDARD, TypeSize.EXTRA])
@pytest.mark.parametrize("filled", [False, True])
def test_in_the_smallest_window_nothing_is_cut_or_scrolls_sideways(
    window: MainWindow, store: DraftStore, look: Look, qtbot: QtBot, size: TypeSize, filled: bool
) -> None:
    window.shelf.sample()
    if filled:
        make(store, "冷链")
    look.set_theme(Theme(size=size))
    window.resize(640, 360)
    window.show_start()
    page = window.desk.page
    sideways = page.findChild(QScrollArea).horizontalScrollBar()
    qtbot.waitUntil(lambda: sideways.maximum() == 0)
    for button in page.findChildren(Button):
        assert not button.isVisible() or button.width() >= button.sizeHint().width(), button.text()
