"""Which columns the desk's table shows: ticked in its menus, kept by the settings, gone through where they do not all fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QMenu

from pilotdesk.review.desk.cells import FIXED, USUAL, Column
from pilotdesk.review.desk.filtering import Filter
from pilotdesk.ui.desk.table import SubmissionTable
from pilotdesk.ui.desk.table_columns import OFFERED, ColumnChoice
from pilotdesk.ui.desk.table_menu import ColumnsMenu, table_menu
from pilotdesk.ui.desk.table_model import COLUMNS
from pilotdesk.ui.desk.table_widths import widths_across
from pilotdesk.ui.look.settings import Settings
from pilotdesk.ui.look.theme import Theme
from pilotdesk.ui.look.tokens import LIGHT, TypeSize
from tests.ui.desk.kit import press

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pilotdesk.ui.desk.page import DeskPage
    from pilotdesk.ui.desk.sitting import Sitting
    from pilotdesk.ui.look.theme import Look

USUAL_SHOWN = [column for column in Column if column in USUAL and column is not Column.RANK]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings that are written to a file."""
    return Settings(tmp_path / "window.json")


@pytest.fixture
def table(qtbot: QtBot, look: Look, sitting: Sitting, settings: Settings) -> SubmissionTable:
    """A shown table, with room for the usual columns and a few more."""
    made = SubmissionTable(look, sitting, settings)
    qtbot.addWidget(made)
    made.resize(1500, 500)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.setFocus()
    return made


def seen(table: SubmissionTable) -> list[Column]:
    """Columns that are shown, and all of them as a whole."""
    view = table.view
    found = [column for at, column in enumerate(COLUMNS) if not view.isColumnHidden(at)]
    last = COLUMNS.index(found[-1])
    assert view.columnViewportPosition(last) + view.columnWidth(last) <= view.viewport().width()
    return found


def choose_all(table: SubmissionTable) -> None:
    """Every column there is."""
    for column in OFFERED:
        if column not in table.view.columns.chosen:
            table.view.columns.turn(column)


def menu_at_head(table: SubmissionTable) -> ColumnsMenu:
    """The menu that a right click on the headings opens."""
    viewport = table.view.head.viewport()
    place = QPoint(200, 10)
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, viewport.mapToGlobal(place))
    QApplication.sendEvent(viewport, asked)
    (menu,) = (one for one in table.findChildren(ColumnsMenu) if one.isVisible())
    return menu


def click(qtbot: QtBot, menu: ColumnsMenu, words: str) -> None:
    """A click on a line of the menu."""
    action = next(one for one in menu.actions() if one.text() == words)
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


def again(qtbot: QtBot, look: Look, sitting: Sitting, settings: Settings) -> SubmissionTable:
    """The table of the next start."""
    made = SubmissionTable(look, sitting, settings)
    qtbot.addWidget(made)
    made.resize(1500, 500)
    made.show()
    return made


# -- choosing ------------------------------------------------------------------------------------


def test_the_columns_of_the_picture_are_the_usual_ones(table: SubmissionTable) -> None:
    assert seen(table) == USUAL_SHOWN
    assert not table.view.across.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_columns_are_ticked_in_the_menu_of_the_headings_and_it_stays_open(
    qtbot: QtBot, table: SubmissionTable, tmp_path: Path
) -> None:
    menu = menu_at_head(table)
    assert not next(one for one in menu.actions() if one.text() == "恢复常用的列").isEnabled()
    click(qtbot, menu, "完整")
    click(qtbot, menu, "版式")
    click(qtbot, menu, "信用查询")
    assert menu.isVisible()
    assert {Column.COMPLETE, Column.VERSION} <= set(seen(table))
    assert Column.CREDIT not in seen(table)
    kept = Settings(tmp_path / "window.json").choices.desk_columns
    assert {"COMPLETE", "VERSION", "TITLE"} <= set(kept)
    click(qtbot, menu, "恢复常用的列")
    assert seen(table) == USUAL_SHOWN
    assert Settings(tmp_path / "window.json").choices.desk_columns == []


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_keys_tick_as_well(qtbot: QtBot, table: SubmissionTable) -> None:
    menu = menu_at_head(table)
    menu.setActiveAction(next(one for one in menu.actions() if one.text() == "请核实"))
    qtbot.keyClick(menu, Qt.Key.Key_Space)
    assert Column.ASK in seen(table)
    reset = next(one for one in menu.actions() if one.text() == "恢复常用的列")
    assert reset.isEnabled()
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert Column.ASK not in seen(table)
    assert not reset.isEnabled()
    assert menu.isVisible()


def test_the_next_start_shows_what_was_chosen_and_the_desk_file_knows_nothing_of_it(
    qtbot: QtBot, look: Look, sitting: Sitting, table: SubmissionTable, tmp_path: Path
) -> None:
    before = dict(sitting.desk.settings())
    table.view.columns.turn(Column.REGION)
    table.view.columns.turn(Column.UNIT)
    later = again(qtbot, look, sitting, Settings(tmp_path / "window.json"))
    assert Column.REGION in seen(later)
    assert Column.UNIT not in seen(later)
    assert dict(sitting.desk.settings()) == before


def test_without_any_other_column_the_fixed_ones_stay(
    qtbot: QtBot, look: Look, sitting: Sitting, table: SubmissionTable, tmp_path: Path
) -> None:
    for column in USUAL - set(FIXED):
        table.view.columns.turn(column)
    assert seen(table) == [Column.PICK, Column.NUMBER, Column.TITLE]
    later = again(qtbot, look, sitting, Settings(tmp_path / "window.json"))
    assert seen(later) == [Column.PICK, Column.NUMBER, Column.TITLE]


@pytest.mark.parametrize("stored", ["[7, null, {}]", '["NOTHING_HERE"]', '"TITLE"'])
def test_what_another_program_wrote_there_is_the_usual(tmp_path: Path, stored: str) -> None:
    path = tmp_path / "window.json"
    path.write_text(f'{{"desk_columns": {stored}}}', encoding="utf-8")
    assert ColumnChoice(Settings(path)).is_usual


def test_a_choice_that_cannot_be_kept_holds_in_the_window(
    look: Look, sitting: Sitting, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "window.json").mkdir()
    made = again(qtbot, look, sitting, Settings(tmp_path / "window.json"))
    made.view.columns.turn(Column.SOURCE)
    assert Column.SOURCE in seen(made)


def test_the_page_keeps_the_choice_in_its_own_settings(page: DeskPage) -> None:
    page.area.table.view.columns.turn(Column.DIRECTION)
    assert "DIRECTION" in page._settings.choices.desk_columns


def test_the_rank_comes_with_the_picks_whatever_is_chosen(table: SubmissionTable) -> None:
    table.view.columns.turn(Column.ASK)
    assert Column.RANK not in seen(table)
    table.show_filter(Filter.PICKED)
    assert seen(table)[:4] == list(FIXED)


# -- sorting -------------------------------------------------------------------------------------


@pytest.mark.parametrize("column", [one for one in OFFERED if one not in USUAL])
def test_the_heading_of_every_other_column_sorts(
    qtbot: QtBot, table: SubmissionTable, column: Column
) -> None:
    table.view.columns.turn(column)
    head = table.view.head
    at = COLUMNS.index(column)
    place = QPoint(head.sectionViewportPosition(at) + head.sectionSize(at) // 2, head.height() // 2)
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert table.model.sorted_by is column
    order = table.model.words.order(column)
    found = [order(table.model.row(at)) for at in range(len(table.model.keys))]
    assert found == sorted(found)


def test_who_takes_the_column_away_by_which_it_is_sorted_gets_the_usual_order(table: SubmissionTable) -> None:
    table.view.columns.turn(Column.ASK)
    table.sort(Column.ASK)
    assert table.model.keys[0] != "k2"
    table.view.columns.turn(Column.ASK)
    assert table.model.sorted_by is Column.NUMBER
    assert table.model.keys[:2] == ("sample", "k2")


def test_the_menu_sorts_by_what_is_shown(table: SubmissionTable) -> None:
    table.view.columns.turn(Column.HANDED)
    menu = table_menu(table, is_look_only=False)
    order = next(one for one in menu.findChildren(QMenu) if one.title() == "排序")
    words = [action.text() for action in order.actions()]
    assert "按报来" in words
    assert "按版式" not in words


# -- going through them --------------------------------------------------------------------------


def test_arrows_go_through_the_columns_and_the_fixed_ones_stay(qtbot: QtBot, table: SubmissionTable) -> None:
    choose_all(table)
    table.resize(800, 500)
    QApplication.processEvents()
    view = table.view
    assert view.across.isVisible()
    view.across.setValue(0)
    passed: set[Column] = set()
    for _ in range(view.across.maximum() + 3):
        here = seen(table)
        assert here[:3] == [Column.PICK, Column.NUMBER, Column.TITLE]
        passed.update(here)
        press(qtbot, table, Qt.Key.Key_Right)
    assert passed == set(COLUMNS) - {Column.RANK}
    assert seen(table)[-1] is Column.CONCLUSION
    press(qtbot, table, Qt.Key.Key_Left)
    assert view.across.value() == view.across.maximum() - 1


def test_a_column_that_is_ticked_is_brought_into_view(table: SubmissionTable) -> None:
    table.resize(700, 500)
    for column in (Column.REGION, Column.DIRECTION, Column.HANDED, Column.ASK):
        table.view.columns.turn(column)
        assert column in seen(table)


def test_the_wheel_goes_sideways_with_shift(table: SubmissionTable) -> None:
    choose_all(table)
    table.resize(800, 500)
    QApplication.processEvents()
    view = table.view
    view.across.setValue(0)
    middle = QPointF(view.viewport().rect().center())
    for turned, held, value in (
        (QPoint(0, -120), Qt.KeyboardModifier.ShiftModifier, 1),
        (QPoint(-120, 0), Qt.KeyboardModifier.NoModifier, 2),
        (QPoint(120, 0), Qt.KeyboardModifier.NoModifier, 1),
        (QPoint(0, -120), Qt.KeyboardModifier.NoModifier, 1),
    ):
        where = QPointF(view.viewport().mapToGlobal(middle.toPoint()))
        QApplication.sendEvent(
            view.viewport(),
            QWheelEvent(
                middle, where, QPoint(), turned, Qt.MouseButton.NoButton, held,
                Qt.ScrollPhase.NoScrollPhase, False,
            ),
        )  # fmt: skip
        assert view.across.value() == value


@pytest.mark.parametrize("width", [420, 560, 871, 1200])
@pytest.mark.parametrize("size", list(TypeSize))
def test_nothing_is_cut_at_any_width(table: SubmissionTable, look: Look, width: int, size: TypeSize) -> None:
    look.set_theme(Theme(LIGHT, size))
    choose_all(table)
    table.resize(width, 400)
    QApplication.processEvents()
    for at in range(table.view.across.maximum() + 1):
        table.view.across.setValue(at)
        here = seen(table)
        assert len(here) > 3
        assert here[:3] == [Column.PICK, Column.NUMBER, Column.TITLE]
        assert table.view.head.length() == table.view.viewport().width()


@given(
    room=st.integers(0, 2500),
    needed=st.dictionaries(st.sampled_from(OFFERED), st.integers(30, 260), max_size=len(OFFERED)),
    first=st.integers(-2, 30),
)
def test_every_chosen_column_can_be_reached_as_a_whole(
    room: int, needed: dict[Column, int], first: int
) -> None:
    needed = {Column.PICK: 46, Column.NUMBER: 49, Column.TITLE: 150} | needed
    across = widths_across(room, needed, first)
    assert 0 <= across.first <= across.most
    if sum(needed.values()) <= room:
        assert across.most == 0
        assert across.widths.keys() == needed.keys()
        assert sum(across.widths.values()) == room
        return
    wide = 46 + 49 + max((needed[one] for one in needed if one not in FIXED), default=0)
    steps = [widths_across(room, needed, at) for at in range(across.most + 1)]
    if room >= wide:
        assert {one for step in steps for one in step.widths} == set(needed)
        assert all(sum(step.widths.values()) <= room for step in steps)
    assert all(
        px >= needed[one] for step in steps for one, px in step.widths.items() if one is not Column.TITLE
    )
