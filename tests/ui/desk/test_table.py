"""The desk's table with its filters: ticking, ranking, sorting, searching, and what is looked at stays in view."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from pilotdesk.review.desk.cells import Column, Standing
from pilotdesk.review.desk.filtering import Filter
from pilotdesk.review.desk.records import Conclusion, Verdict
from pilotdesk.rules.issue import Severity
from pilotdesk.ui.components.text import ElidedLabel, WrappedLabel
from pilotdesk.ui.desk.filters import KEYS, RANK_KEYS, FilterBar
from pilotdesk.ui.desk.quota_strip import QuotaStrip
from pilotdesk.ui.desk.table import SubmissionTable
from pilotdesk.ui.desk.table_delegate import SubmissionDelegate
from pilotdesk.ui.desk.table_menu import table_menu
from pilotdesk.ui.desk.table_model import COLUMNS
from pilotdesk.ui.look.theme import Theme
from pilotdesk.ui.look.tokens import HIGH_CONTRAST, LIGHT, TypeSize
from tests.review.desk_kit import desk_in
from tests.ui.desk.kit import handed_in, press, sit_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtGui import QAction
    from pytestqt.qtbot import QtBot

    from pilotdesk.ui.desk.sitting import Sitting
    from pilotdesk.ui.look.theme import Look

ALT = Qt.KeyboardModifier.AltModifier


class Left(QWidget):
    """The three parts as the page puts them."""

    def __init__(self, look: Look, sitting: Sitting) -> None:
        super().__init__()
        self.sitting = sitting
        self.strip = QuotaStrip(look, sitting)
        self.table = SubmissionTable(look, sitting)
        self.bar = FilterBar(look, sitting, self.table)
        layout = QVBoxLayout(self)
        for part in (self.strip, self.bar, self.table):
            layout.addWidget(part)
        layout.setStretch(2, 1)

    @property
    def shown(self) -> list[str]:
        return list(self.table.model.keys)

    @property
    def chip_words(self) -> list[str]:
        return [chip.text() for chip in self.bar.chips.values()]

    def click(self, qtbot: QtBot, key: str, column: Column) -> None:
        view = self.table.view
        index = self.table.model.index(self.table.model.at(key), COLUMNS.index(column))
        qtbot.mouseClick(
            view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center() + QPoint(1, 0)
        )


def shown(qtbot: QtBot, look: Look, sitting: Sitting) -> Left:
    made = Left(look, sitting)
    qtbot.addWidget(made)
    made.resize(960, 640)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.table.setFocus()
    return made


@pytest.fixture
def left(qtbot: QtBot, look: Look, sitting: Sitting) -> Left:
    return shown(qtbot, look, sitting)


# -- looking -------------------------------------------------------------------------------------


def test_keys_walk_through_the_lines_and_the_sitting_follows(qtbot: QtBot, left: Left) -> None:
    for key, current in (
        (Qt.Key.Key_J, "sample"), (Qt.Key.Key_J, "k2"), (Qt.Key.Key_Down, "k3"), (Qt.Key.Key_K, "k2"),
        (Qt.Key.Key_Up, "sample"), (Qt.Key.Key_Up, "sample"), (Qt.Key.Key_End, "k6"), (Qt.Key.Key_Home, "sample"),
        (Qt.Key.Key_PageDown, "k6"),
    ):  # fmt: skip
        press(qtbot, left, key)
        assert left.sitting.current == current


def test_no_input_method_stands_between_the_keys_and_the_table(left: Left) -> None:
    assert not left.table.view.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_figures_are_left_to_the_page(qtbot: QtBot, left: Left) -> None:
    heard: list[int] = []
    left.keyPressEvent = lambda event: heard.append(event.key())  # type: ignore[method-assign]
    press(qtbot, left, Qt.Key.Key_J)
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_Slash):
        press(qtbot, left, key)
    assert heard == [Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_Slash]


def test_enter_and_a_double_click_open_a_submission(qtbot: QtBot, left: Left) -> None:
    left.table.step(1)
    with qtbot.waitSignal(left.table.activated) as opened:
        press(qtbot, left, Qt.Key.Key_Return)
    assert opened.args == ["sample"]
    view = left.table.view
    place = view.visualRect(left.table.model.index(2, COLUMNS.index(Column.TITLE))).center()
    with qtbot.waitSignal(left.table.activated) as opened:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened.args == ["k3"]


def test_what_is_shown_from_elsewhere_is_the_current_line(left: Left) -> None:
    left.sitting.show_one("k4")
    assert left.table.view.currentIndex().row() == left.shown.index("k4")
    left.sitting.show_one("")
    assert not left.table.view.currentIndex().isValid()


# -- ticking -------------------------------------------------------------------------------------


def test_the_space_bar_and_a_click_tick(qtbot: QtBot, left: Left) -> None:
    press(qtbot, left, Qt.Key.Key_J)
    press(qtbot, left, Qt.Key.Key_Space)
    assert left.sitting.rows["sample"].picked
    left.click(qtbot, "k3", Column.PICK)
    assert left.sitting.rows["k3"].rank == 2
    assert left.sitting.current == "k3"
    left.click(qtbot, "k3", Column.PICK)
    assert not left.sitting.rows["k3"].picked
    left.click(qtbot, "k4", Column.TITLE)
    assert not left.sitting.rows["k4"].picked


def test_the_pick_too_many_is_marked_and_says_why(qtbot: QtBot, left: Left) -> None:
    for key in ("k5", "k3", "k4"):
        left.click(qtbot, key, Column.PICK)
    assert list(left.table.model.over) == ["k4"]
    index = left.table.model.index(left.table.model.at("k4"), COLUMNS.index(Column.PICK))
    assert "民政不超 2 项" in left.table.model.data(index, Qt.ItemDataRole.ToolTipRole)
    said = left.table.below.remarks[0]
    assert said.sentence.endswith("占着名额的是编号 05、03。")
    assert left.strip.sentence.plain == left.sitting.quota.sentence
    left.click(qtbot, "k5", Column.PICK)
    assert not left.table.model.over
    left.sitting.show_one("k4")
    assert [one.severity for one in left.table.below.remarks] == [Severity.WARNING]


def test_what_speaks_against_a_pick_shows_and_goes_with_its_reason(left: Left) -> None:
    left.sitting.show_one("k2")
    left.table.tick()
    model = left.table.model
    assert model.cell(model.at("k2"), Column.PICK).standing is Standing.DOUBT
    assert "还没有审" in left.table.below.remarks[0].sentence
    left.sitting.conclude("k2", Conclusion.PASSED, "看过纸质材料")
    assert model.cell(model.at("k2"), Column.PICK).standing is Standing.PLAIN
    assert left.table.below.remarks == ()
    left.sitting.conclude("k2", Conclusion.RETURNED, "缺附件")
    assert model.cell(model.at("k2"), Column.PICK).standing is Standing.DOUBT
    assert "结论是“退回”" in left.table.below.remarks[0].sentence
    left.sitting.conclude("k2", None)
    assert "还没有审" in left.table.below.remarks[0].sentence


def test_a_desk_that_is_only_looked_at_takes_no_ticks(
    qtbot: QtBot, look: Look, sitting: Sitting, desk_path: Path
) -> None:
    watching = sit_at(desk_path)
    try:
        left = shown(qtbot, look, watching)
        assert watching.is_look_only
        with qtbot.assertNotEmitted(watching.failed):  # it is not even tried
            press(qtbot, left, Qt.Key.Key_J)
            press(qtbot, left, Qt.Key.Key_Space)
            left.click(qtbot, "k3", Column.PICK)
        assert not any(row.picked for row in watching.rows.values())
        assert not left.table.model.takes_ticks
        menu = table_menu(left.table, is_look_only=True)
        assert [action.isEnabled() for action in menu.actions() if "推荐" in action.text()] == [False]
    finally:
        watching.desk.close()


def test_what_another_field_would_do_to_the_quota_is_said_live(left: Left) -> None:
    base = handed_in(1)
    facts = msgspec.structs.replace(
        base.facts, field="F4", directions=("养老家政",), title="庚区居家养老标准化试点", uscc="9136"
    )
    left.sitting.desk.take(
        msgspec.structs.replace(base, key="k7", code="CCCC-CCCC", project="p7", facts=facts)
    )
    left.sitting.read_again()
    left.sitting.show_one("k7")
    said = left.table.below
    assert said.remarks[0].sentence.endswith("如果推荐，改报民政专项后，民政 0→1 项，符合限额。")
    left.sitting.pick("k3", True)
    left.sitting.pick("k4", True)
    assert said.remarks[0].sentence.endswith("民政 2→3 项，民政超 1 项。")
    left.sitting.pick("k7", True)
    effect = said.remarks[-1].sentence
    assert "服务业 1→0 项" in effect
    assert "如果" not in effect


# -- ranking -------------------------------------------------------------------------------------


@pytest.fixture
def ranked(qtbot: QtBot, left: Left) -> Left:
    for key in ("k3", "k4", "k5"):
        left.sitting.pick(key, True)
    qtbot.mouseClick(left.bar.chips[Filter.PICKED], Qt.MouseButton.LeftButton)
    left.table.enter()
    return left


def test_alt_and_an_arrow_move_a_pick_in_the_ranking(qtbot: QtBot, ranked: Left) -> None:
    assert ranked.shown == ["k3", "k4", "k5"]
    assert ranked.sitting.current == "k3"
    press(qtbot, ranked, Qt.Key.Key_Down, ALT)
    assert ranked.shown == ["k4", "k3", "k5"]
    assert ranked.sitting.current == "k3"
    assert ranked.table.view.currentIndex().row() == 1
    press(qtbot, ranked, Qt.Key.Key_Down, ALT)
    press(qtbot, ranked, Qt.Key.Key_Down, ALT)
    assert ranked.shown == ["k4", "k5", "k3"]
    assert [pick.key for pick in ranked.sitting.desk.picks()] == ["k4", "k5", "k3"]
    assert list(ranked.table.model.over) == ["k3"]
    press(qtbot, ranked, Qt.Key.Key_Up, ALT)
    assert list(ranked.table.model.over) == ["k5"]


def test_the_rank_has_a_column_only_while_picks_are_shown(qtbot: QtBot, ranked: Left) -> None:
    at = COLUMNS.index(Column.RANK)
    assert not ranked.table.view.isColumnHidden(at)
    qtbot.mouseClick(ranked.bar.chips[Filter.ALL], Qt.MouseButton.LeftButton)
    assert ranked.table.view.isColumnHidden(at)
    press(qtbot, ranked.table.view, Qt.Key.Key_Down, ALT)  # shows the ranking, and moves nobody unseen
    assert ranked.bar.chips[Filter.PICKED].isChecked()
    assert not ranked.table.view.isColumnHidden(at)
    assert ranked.shown == ["k3", "k4", "k5"]
    assert [pick.key for pick in ranked.sitting.desk.picks()] == ["k3", "k4", "k5"]


def test_alt_and_an_arrow_leave_a_line_that_is_no_pick(qtbot: QtBot, left: Left) -> None:
    left.table.enter()
    press(qtbot, left, Qt.Key.Key_Up, ALT)
    assert left.bar.chips[Filter.ALL].isChecked()


def test_a_pick_that_is_none_any_more_keeps_its_place_until_the_next_is_looked_at(
    qtbot: QtBot, ranked: Left
) -> None:
    press(qtbot, ranked, Qt.Key.Key_Down)
    press(qtbot, ranked, Qt.Key.Key_Space)
    assert ranked.shown == ["k3", "k4", "k5"]
    assert ranked.sitting.current == "k4"
    press(qtbot, ranked, Qt.Key.Key_Down)
    assert ranked.sitting.current == "k5"
    qtbot.waitUntil(lambda: ranked.shown == ["k3", "k5"])


def test_among_found_picks_one_goes_before_the_one_that_is_seen(qtbot: QtBot, ranked: Left) -> None:
    ranked.sitting.pick("k6", True)
    ranked.bar.search.setText("养老")
    assert ranked.shown == ["k3", "k4"]
    ranked.sitting.show_one("k3")
    ranked.table.move_pick(1)
    assert [pick.key for pick in ranked.sitting.desk.picks()] == ["k4", "k3", "k5", "k6"]


def test_moving_goes_back_to_the_order_of_the_ranking(ranked: Left) -> None:
    ranked.table.sort(Column.TITLE, descending=True)
    ranked.sitting.show_one("k4")
    ranked.table.move_pick(-1)
    assert ranked.shown == ["k4", "k3", "k5"]
    assert ranked.table.model.sorted_by is Column.RANK


def test_an_undone_rank_shows(ranked: Left) -> None:
    ranked.table.move_pick(1)
    ranked.sitting.undo()
    assert ranked.shown == ["k3", "k4", "k5"]


# -- sorting -------------------------------------------------------------------------------------


def head_click(qtbot: QtBot, left: Left, column: Column) -> None:
    head = left.table.view.head
    at = COLUMNS.index(column)
    place = QPoint(head.sectionViewportPosition(at) + head.sectionSize(at) // 2, head.height() // 2)
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_heading_sorts_turns_round_and_goes_back(qtbot: QtBot, left: Left) -> None:
    numbers = ["sample", "k2", "k3", "k4", "k5", "k6"]
    left.sitting.show_one("k6")
    head_click(qtbot, left, Column.MUST)
    assert left.shown[:2] == ["k3", "k6"]
    assert left.table.view.currentIndex().row() == 1
    head_click(qtbot, left, Column.MUST)
    assert left.shown[-2:] == ["k6", "k3"]
    head_click(qtbot, left, Column.MUST)
    assert left.shown == numbers
    assert left.sitting.current == "k6"


def test_the_menu_sorts_too_and_ticks_what_it_is_sorted_by(left: Left) -> None:
    menu = table_menu(left.table, is_look_only=False)
    by_title = next(action for action in sortings(menu) if action.text() == "按项目名称")
    by_title.trigger()
    assert left.table.model.sorted_by is Column.TITLE
    menu = table_menu(left.table, is_look_only=False)
    assert [action.text() for action in sortings(menu) if action.isChecked()] == ["按项目名称"]


def sortings(menu: QMenu) -> list[QAction]:
    order = next(one for one in menu.findChildren(QMenu) if one.title() == "排序")
    return order.actions()


def test_the_menu_opens_at_the_line_when_a_key_asks_for_it(
    left: Left, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[tuple[QMenu, QPoint]] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, place: opened.append((menu, place)))
    left.sitting.show_one("k3")
    view = left.table.view
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(view, asked)
    ((menu, place),) = opened
    assert place == view.viewport().mapToGlobal(view.visualRect(view.currentIndex()).bottomLeft())
    assert [action.text().partition("\t")[0] for action in menu.actions()][:2] == ["打开", "推荐"]
    menu.actions()[1].trigger()
    assert left.sitting.rows["k3"].picked
    QApplication.sendEvent(
        view.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(5, 5), QPoint(70, 80))
    )
    assert opened[1][1] == QPoint(70, 80)


def test_a_line_is_copied_as_a_spreadsheet_takes_it(qtbot: QtBot, left: Left) -> None:
    left.sitting.show_one("k2")
    press(qtbot, left, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QApplication.clipboard().text().split("\t")
    assert copied[:3] == ["02", "乙县图书馆服务标准化试点", "乙县图书馆"]


# -- filters -------------------------------------------------------------------------------------


def test_the_chips_count_and_recount(left: Left) -> None:
    assert left.chip_words == ["全部 6", "未审 6", "要退回 0", "有疑点 3", "推荐 0", "再次报来 1"]
    left.sitting.conclude("k3", Conclusion.RETURNED, "缺附件")
    left.sitting.pick("k4", True)
    assert left.chip_words == ["全部 6", "未审 5", "要退回 1", "有疑点 3", "推荐 1", "再次报来 1"]
    left.sitting.desk.returned("k3", "退〔2026〕1 号", 3, None)
    left.sitting.read_again()
    assert left.chip_words[2] == "要退回 0"
    left.sitting.undo()
    assert left.chip_words[2] == "要退回 1"


def test_a_chip_shows_its_lines_only(qtbot: QtBot, left: Left) -> None:
    qtbot.mouseClick(left.bar.chips[Filter.AGAIN], Qt.MouseButton.LeftButton)
    assert left.shown == ["k6"]
    qtbot.mouseClick(left.bar.chips[Filter.DOUBTS], Qt.MouseButton.LeftButton)
    assert left.shown == ["sample", "k3", "k6"]
    assert [one for one, chip in left.bar.chips.items() if chip.isChecked()] == [Filter.DOUBTS]


def test_who_decides_something_keeps_his_place_until_he_goes_on(qtbot: QtBot, left: Left) -> None:
    left.bar.choose(Filter.OPEN)
    left.sitting.show_one("k2")
    for point in range(1, 7):
        left.sitting.verdict("k2", point, Verdict.PASSED)
    assert left.shown == ["sample", "k2", "k3", "k4", "k5", "k6"]
    press(qtbot, left, Qt.Key.Key_J)
    assert left.sitting.current == "k3"
    QApplication.processEvents()
    assert left.shown == ["sample", "k3", "k4", "k5", "k6"]
    assert left.sitting.current == "k3"
    assert left.table.view.currentIndex().row() == 1


def test_a_click_on_another_line_hits_that_line_when_the_one_before_goes(qtbot: QtBot, left: Left) -> None:
    left.bar.choose(Filter.OPEN)
    left.sitting.show_one("k2")
    left.sitting.conclude("k2", Conclusion.REFUSED, "不在目录内")
    left.click(qtbot, "k5", Column.TITLE)
    QApplication.processEvents()
    assert left.sitting.current == "k5"
    assert "k2" not in left.shown
    assert [index.row() for index in left.table.view.selectionModel().selectedRows()] == [
        left.shown.index("k5")
    ]


def test_what_is_undone_is_shown_though_the_filter_hides_it(left: Left) -> None:
    left.sitting.pick("k2", True)
    left.bar.choose(Filter.AGAIN)
    left.sitting.undo()
    assert left.sitting.current == "k2"
    assert left.shown == ["k2", "k6"]
    left.bar.choose(Filter.DOUBTS)
    assert "k2" not in left.shown


def test_a_line_comes_when_it_begins_to_fit(left: Left) -> None:
    left.bar.choose(Filter.TO_RETURN)
    assert left.shown == []
    left.sitting.conclude("k3", Conclusion.RETURNED, "缺附件")
    assert left.shown == ["k3"]
    left.sitting.conclude("k3", None)
    assert left.shown == []


def test_arrows_go_round_the_chips(qtbot: QtBot, left: Left) -> None:
    left.bar.chips[Filter.ALL].setFocus()
    press(qtbot, left, Qt.Key.Key_Right)
    assert left.table.model.filter is Filter.OPEN
    assert left.bar.chips[Filter.OPEN].hasFocus()
    press(qtbot, left, Qt.Key.Key_Left)
    assert left.table.model.filter is Filter.ALL


def test_lines_that_come_in_do_not_move_what_is_seen(left: Left) -> None:
    left.sitting.show_one("sample")
    left.resize(960, 330)
    QApplication.processEvents()
    bar = left.table.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    was = bar.value()
    assert was > 0
    left.sitting.read_again()
    QApplication.processEvents()
    assert bar.value() == was
    assert left.table.view.currentIndex().row() == 0


# -- search --------------------------------------------------------------------------------------


def test_the_search_shows_what_it_finds_and_enter_goes_there(qtbot: QtBot, left: Left) -> None:
    left.bar.focus_search()
    qtbot.keyClicks(left.bar.search, "tsg")
    assert left.shown == ["k2"]
    press(qtbot, left, Qt.Key.Key_Return)
    assert left.table.view.hasFocus()
    assert left.sitting.current == "k2"
    left.bar.focus_search()
    press(qtbot, left, Qt.Key.Key_Escape)
    assert len(left.shown) == 6
    assert left.sitting.current == "k2"


def test_nothing_found_says_so_and_shows_the_way_back(qtbot: QtBot, left: Left) -> None:
    left.bar.choose(Filter.DOUBTS)
    left.bar.search.setText("没有这个")
    empty = left.table.empty
    assert empty.isVisible()
    assert empty.title.text() == "没有符合的"
    qtbot.mouseClick(empty.all, Qt.MouseButton.LeftButton)
    assert not empty.isVisible()
    assert len(left.shown) == 6
    assert left.bar.search.text() == ""
    assert left.table.view.hasFocus()


def test_an_empty_chip_is_not_told_to_try_other_words(left: Left) -> None:
    left.bar.choose(Filter.PICKED)
    empty = left.table.empty
    assert (empty.title.text(), empty.words.plain) == ("没有“推荐”的", "一共收了 6 件，都不在这一类里。")
    left.bar.search.setText("没有这个")
    assert "只在“推荐”的里面找了" in empty.words.plain
    left.bar.choose(Filter.ALL)
    assert empty.words.plain == "一共收了 6 件。换个词，或者看全部。"


def test_the_scroll_bar_is_there_where_something_scrolls_and_columns_fill_the_view(left: Left) -> None:
    view = left.table.view
    for height, scrolls in ((640, False), (330, True), (640, False)):
        left.resize(1100, height)
        QApplication.processEvents()
        assert view.verticalScrollBar().isVisible() is scrolls
        assert sum(view.columnWidth(at) for at in range(len(COLUMNS))) == view.viewport().width()


def test_keys_are_said_where_there_is_room(left: Left) -> None:
    keys = left.bar.keys
    assert (keys.isVisible(), keys.text()) == (True, KEYS)
    left.bar.choose(Filter.PICKED)
    assert keys.text() == RANK_KEYS
    left.resize(600, 640)
    QApplication.processEvents()
    assert not keys.isVisible()


def test_an_empty_desk_says_what_to_do(qtbot: QtBot, look: Look, tmp_path: Path) -> None:
    fresh = sit_at(desk_in(tmp_path))
    try:
        left = shown(qtbot, look, fresh)
        assert left.table.empty.isVisible()
        assert left.table.empty.title.text() == "还没有收件"
        assert not left.table.empty.all.isVisible()
        assert left.table.empty.take.isVisible()
        press(qtbot, left, Qt.Key.Key_J)
        press(qtbot, left, Qt.Key.Key_Space)
        assert fresh.current == ""
        with qtbot.waitSignal(left.table.empty.intake_wanted):
            qtbot.mouseClick(left.table.empty.take, Qt.MouseButton.LeftButton)
        fresh.desk.take(handed_in(1))
        fresh.read_again()
        assert not left.table.empty.isVisible()
    finally:
        fresh.desk.close()


# -- drawing -------------------------------------------------------------------------------------


def color_at(left: Left, key: str, column: Column) -> str:
    """The ground of a cell, near its lower right corner."""
    view = left.table.view
    index = left.table.model.index(left.table.model.at(key), COLUMNS.index(column))
    corner = view.visualRect(index).bottomRight() - QPoint(6, 6)
    return view.viewport().grab().toImage().pixelColor(corner).name().upper()


def test_cells_are_tinted_by_how_things_stand_even_where_they_are_looked_at(left: Left) -> None:
    for key in ("k3", "k4", "k5"):
        left.sitting.pick(key, True)
    left.sitting.show_one("k5")
    assert color_at(left, "k5", Column.PICK) == LIGHT.error_bg
    assert color_at(left, "k5", Column.TITLE) == LIGHT.sel
    assert color_at(left, "k4", Column.PICK) not in {LIGHT.error_bg, LIGHT.sel}
    assert color_at(left, "k3", Column.MUST) == LIGHT.error_bg
    assert color_at(left, "k4", Column.MUST) in {LIGHT.zebra, LIGHT.surface}
    left.sitting.conclude("k4", Conclusion.PASSED, "材料齐全")
    assert color_at(left, "k4", Column.CONCLUSION) == LIGHT.ok_bg


def test_high_contrast_draws_a_border_where_tints_are_black(left: Left, look: Look) -> None:
    look.set_theme(Theme(HIGH_CONTRAST))
    view, model = left.table.view, left.table.model
    box = view.visualRect(model.index(model.at("k3"), COLUMNS.index(Column.MUST)))
    picture = view.viewport().grab().toImage()
    assert picture.pixelColor(box.left() + 2, box.center().y()).name().upper() == HIGH_CONTRAST.error_line


# -- sizes ---------------------------------------------------------------------------------------


def uncut(widget: QWidget) -> list[str]:
    """Labels and buttons that are narrower than their words; elided ones are meant to be."""
    return [
        str(part.text())
        for kind in (QLabel, QPushButton)
        for part in widget.findChildren(kind)
        if part.isVisible() and not isinstance(part, ElidedLabel | WrappedLabel)
        and part.sizeHint().width() > part.width()
    ]  # fmt: skip


@pytest.mark.parametrize("size", list(TypeSize))
@pytest.mark.parametrize("width", [640, 911, 1366])
def test_nothing_is_cut_and_what_has_no_column_stands_below(
    left: Left, look: Look, width: int, size: TypeSize
) -> None:
    look.set_size(size)
    left.sitting.show_one("k6")
    left.resize(width, 600)
    QApplication.processEvents()
    view = left.table.view
    assert not uncut(left)
    visible = [at for at in range(len(COLUMNS)) if not view.isColumnHidden(at)]
    assert sum(view.columnWidth(at) for at in visible) <= view.viewport().width()
    assert {Column.PICK, Column.NUMBER, Column.TITLE, Column.CONCLUSION} <= {COLUMNS[at] for at in visible}
    for column in view.hidden():
        assert column.value in left.table.below.facts.text()
    for tile in left.strip.tiles:
        assert tile.width() >= tile.least_width()
        assert left.strip.rect().contains(
            tile.parentWidget().mapTo(left.strip, tile.geometry().bottomRight())
        )


def test_the_line_that_is_looked_at_stays_in_view_when_the_window_gets_lower(left: Left) -> None:
    left.sitting.show_one("k6")
    left.resize(960, 330)
    QApplication.processEvents()
    view = left.table.view
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()).center())


def test_in_a_low_window_only_the_gravest_remark_takes_room(left: Left) -> None:
    for key in ("k4", "k5", "k3"):
        left.sitting.pick(key, True)
    left.sitting.show_one("k3")
    below = left.table.below
    words = [remark.sentence for remark in below.remarks]
    assert len(words) == 2
    assert [label.plain for label in below.findChildren(WrappedLabel) if label.isVisible()] == words
    left.resize(960, 330)
    QApplication.processEvents()
    assert [label.plain for label in below.findChildren(WrappedLabel) if label.isVisible()] == words[:1]
    assert below.toolTip() == "\n".join(words)
    left.resize(960, 640)
    QApplication.processEvents()
    assert [label.plain for label in below.findChildren(WrappedLabel) if label.isVisible()] == words
    assert below.toolTip() == ""


def test_of_many_lines_only_those_that_are_seen_are_drawn(
    qtbot: QtBot, left: Left, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: set[int] = set()
    real = SubmissionDelegate.paint

    def counting(self: SubmissionDelegate, painter: object, option: object, index: object) -> None:
        drawn.add(index.row())  # type: ignore[attr-defined]
        real(self, painter, option, index)  # type: ignore[arg-type]

    monkeypatch.setattr(SubmissionDelegate, "paint", counting)
    left.resize(960, 330)
    QApplication.processEvents()
    drawn.clear()
    left.sitting.read_again()
    QApplication.processEvents()
    assert drawn
    assert len(drawn) < 6


def test_a_screen_reader_hears_the_cell_and_what_is_wrong_with_it(left: Left) -> None:
    model = left.table.model
    index = model.index(model.at("k3"), COLUMNS.index(Column.MUST))
    assert model.data(index, Qt.ItemDataRole.AccessibleTextRole) == "必须改 1，必须改 1，请核实 1，建议 0"
    head = model.headerData(
        COLUMNS.index(Column.NUMBER), Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole
    )
    assert head == "编号，从小到大"


@pytest.fixture(autouse=True)
def _usual_look(look: Look) -> Iterator[None]:
    yield
    look.set_theme(Theme())
