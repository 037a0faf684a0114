"""A table has a spreadsheet's keys; every action is one step, nothing asks before it deletes."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec
import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QWidget

from pilotdesk.forms.shipped import load_shipped
from pilotdesk.ui.editors.choice import NamedChoiceBox
from pilotdesk.ui.editors.entry import Entry
from pilotdesk.ui.tables.cells import CellText, CellTicks
from pilotdesk.ui.tables.columns import column_widths
from pilotdesk.ui.tables.editor import TableEditor
from pilotdesk.ui.tables.library import LibraryPopup
from pilotdesk.ui.tables.menu import RowsMenu
from pilotdesk.ui.tables.text import wrapped
from tests.ui.editor_kit import (
    Toasts,
    commit_text,
    compose,
    copied,
    editor_of,
    focus,
    open_step,
    press,
    row_of,
    small_session,
    write,
)

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pilotdesk.session import Session
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.navigation.services import Services
    from pilotdesk.ui.steps.step_page import StepPage

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)

CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
ROWS = [
    {"indicator": "甲", "unit": "%", "now": "1", "goal": "2"},
    {"indicator": "乙", "unit": "项", "now": "3", "goal": "4"},
    {"indicator": "丙", "unit": "件", "now": "5", "goal": "6"},
]


@pytest.fixture
def draft() -> Session:
    return small_session({"targets": ROWS})


@pytest.fixture
def toasts(services: Services) -> Toasts:
    made = Toasts()
    msgspec.structs.force_setattr(services, "toasts", made)
    return made


@pytest.fixture
def page(qtbot: QtBot, draft: Session, services: Services, toasts: Toasts) -> StepPage:
    return open_step(qtbot, draft, services, "second", 1000)


@pytest.fixture
def table(page: StepPage) -> TableEditor:
    editor = editor_of(page, "targets", TableEditor)
    focus(editor.view)
    editor.view.set_current(0, 0)
    return editor


def at(table: TableEditor) -> tuple[int, int]:
    return table.view.currentIndex().row(), table.view.currentIndex().column()


def column(draft: Session, name: str = "indicator", table: str = "targets") -> list[object]:
    return [row.cell(name) for row in draft.rows(table)]


def opened(table: TableEditor) -> QWidget:
    editor = table.view.open_editor()
    assert editor is not None
    return editor


# --- moving and writing


def test_arrows_enter_and_tab_move(table: TableEditor) -> None:
    press(table.view, Qt.Key.Key_Return)
    assert at(table) == (1, 0)
    press(table.view, Qt.Key.Key_Tab)
    assert at(table) == (1, 1)
    press(table.view, Qt.Key.Key_Backtab)
    assert at(table) == (1, 0)
    press(table.view, Qt.Key.Key_Backtab)
    assert at(table) == (0, 4)
    press(table.view, Qt.Key.Key_Tab)
    assert at(table) == (1, 0)
    press(table.view, Qt.Key.Key_Return, SHIFT)
    assert at(table) == (0, 0)


def test_the_first_click_into_a_table_that_was_scrolled_hits_the_row_under_the_mouse(
    qtbot: QtBot, services: Services
) -> None:
    rows = [{**ROWS[0], "indicator": f"第{number}"} for number in range(40)]
    page = open_step(qtbot, small_session({"targets": rows}), services, "second", 1000)
    view = editor_of(page, "targets", TableEditor).view
    view.clearFocus()
    view.setCurrentIndex(QModelIndex())  # as in a table that is not the first of its page
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    place = view.visualRect(view.model().index(37, 2)).center()
    assert view.viewport().rect().contains(place)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert (view.currentIndex().row(), view.currentIndex().column()) == (37, 2)


def test_tab_leaves_the_table_after_its_last_cell(table: TableEditor) -> None:
    table.view.set_current(3, 4)
    press(table.view, Qt.Key.Key_Tab)
    assert not table.view.hasFocus()


def test_typing_over_a_cell_replaces_it_and_enter_goes_down(table: TableEditor, draft: Session) -> None:
    table.view.set_current(0, 2)
    QTest.keyClicks(table.view, "7")
    editor = opened(table)
    assert isinstance(editor, Entry)
    write(editor, ".5")
    press(editor, Qt.Key.Key_Return)
    assert draft.rows("targets")[0].cell("now") == Decimal("7.5")
    assert at(table) == (1, 2)
    assert table.view.hasFocus()


def test_tab_in_an_editor_writes_and_goes_right(table: TableEditor, draft: Session) -> None:
    table.view.set_current(0, 2)
    press(table.view, Qt.Key.Key_F2)
    editor = opened(table)
    editor.selectAll()  # type: ignore[attr-defined]
    write(editor, "9")
    press(editor, Qt.Key.Key_Tab)
    assert draft.rows("targets")[0].cell("now") == Decimal(9)
    assert at(table) == (0, 3)


def test_esc_drops_what_was_typed(table: TableEditor, draft: Session) -> None:
    press(table.view, Qt.Key.Key_F2)
    editor = opened(table)
    write(editor, "xyz")
    press(editor, Qt.Key.Key_Escape)
    assert column(draft) == ["甲", "乙", "丙"]
    assert table.view.hasFocus()


def test_the_last_line_becomes_a_row(table: TableEditor, draft: Session) -> None:
    table.commands.add()
    assert at(table) == (3, 0)
    write(opened(table), "丁")
    press(opened(table), Qt.Key.Key_Tab)
    assert column(draft) == ["甲", "乙", "丙", "丁"]
    assert at(table) == (3, 1)
    assert table.chip.text == "4 行 · 至少 2 行"


def test_an_input_method_writes_into_a_cell(table: TableEditor, draft: Session) -> None:
    press(table.view, Qt.Key.Key_F2)
    editor = opened(table)
    assert isinstance(editor, CellText)
    editor.selectAll()
    compose(editor, "man")
    assert editor.is_composing
    assert column(draft)[0] == "甲"
    commit_text(editor, "满意度")
    press(editor, Qt.Key.Key_Return)
    assert column(draft)[0] == "满意度"


def test_a_text_editor_grows_over_the_cells_below(table: TableEditor) -> None:
    press(table.view, Qt.Key.Key_F2)
    editor = opened(table)
    low = editor.height()
    commit_text(editor, "很长的一段话，一格里写不下，" * 6)
    assert editor.height() > 2 * low
    assert editor.geometry().bottom() <= table.view.viewport().height()
    press(editor, Qt.Key.Key_Escape)


def test_opening_and_closing_changes_nothing(table: TableEditor, draft: Session) -> None:
    changes = []
    end = draft.subscribe(changes.append)
    for row in range(3):
        for place in range(5):
            table.view.set_current(row, place)
            press(table.view, Qt.Key.Key_F2)
            press(opened(table), Qt.Key.Key_Return)
    end()
    assert changes == []


def test_an_open_editor_is_written_when_the_page_is_asked_to(
    table: TableEditor, page: StepPage, draft: Session
) -> None:
    press(table.view, Qt.Key.Key_F2)
    opened(table).selectAll()  # type: ignore[attr-defined]
    write(opened(table), "abc")
    page.commit_open_editors()
    assert column(draft)[0] == "abc"


def test_choices_open_as_lists_and_write_names(page: StepPage, draft: Session) -> None:
    plans = editor_of(page, "plans", TableEditor)
    plans.commands.add()
    box = opened(plans)
    assert isinstance(box, NamedChoiceBox)
    assert box.currentIndex() == -1
    press(box, Qt.Key.Key_Down)
    press(box, Qt.Key.Key_Down)
    press(box, Qt.Key.Key_Return)
    assert column(draft, "kind", "plans") == ["office"]
    assert at(plans) == (1, 0)


def test_a_choice_that_is_in_no_list_is_not_changed_by_looking_at_it(page: StepPage, draft: Session) -> None:
    draft.insert_rows("plans", 0, [{"kind": "merchant"}])
    plans = editor_of(page, "plans", TableEditor)
    focus(plans.view)
    plans.view.set_current(0, 0)
    press(plans.view, Qt.Key.Key_F2)
    press(opened(plans), Qt.Key.Key_Return)
    assert column(draft, "kind", "plans") == ["merchant"]


def test_days_are_read_in_cells(page: StepPage, draft: Session) -> None:
    from datetime import date

    plans = editor_of(page, "plans", TableEditor)
    focus(plans.view)
    plans.view.set_current(0, 1)
    QTest.keyClicks(plans.view, "2")
    write(opened(plans), "026.6.2")
    press(opened(plans), Qt.Key.Key_Return)
    assert column(draft, "day", "plans") == [date(2026, 6, 2)]
    assert plans.model.text(0, 1) == "2026-06-02"


def test_ticks_open_below_their_cell(page: StepPage, draft: Session) -> None:
    draft.insert_rows("plans", 0, [{"kind": "office"}])
    plans = editor_of(page, "plans", TableEditor)
    focus(plans.view)
    plans.view.set_current(0, 5)
    press(plans.view, Qt.Key.Key_F2)
    editor = opened(plans)
    assert isinstance(editor, CellTicks)
    QTest.mouseClick(editor.ticks["b"], Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    press(editor.ticks["b"], Qt.Key.Key_Return)
    assert column(draft, "tools", "plans") == [("b",)]


def test_the_wheel_moves_no_answer(page: StepPage, draft: Session) -> None:
    assert page.findChildren(QPlainTextEdit) == []
    assert page.findChildren(NamedChoiceBox) == []


# --- rows


def test_a_row_is_deleted_without_a_question_and_comes_back(
    table: TableEditor, draft: Session, toasts: Toasts
) -> None:
    table.view.set_current(1, 2)
    press(table.view, Qt.Key.Key_Minus, CONTROL)
    assert column(draft) == ["甲", "丙"]
    assert at(table) == (1, 2)
    assert table.view.hasFocus()
    assert toasts.said == ["删了第 2 行"]
    draft.set_value("title", "别处也改了")
    assert toasts.undo is not None
    toasts.undo()
    assert column(draft) == ["甲", "乙", "丙"]
    assert draft.value("title") == "别处也改了"


def test_several_rows_go_together(table: TableEditor, draft: Session, toasts: Toasts) -> None:
    table.view.select_rows(0, 1)
    table.commands.run("remove")
    assert column(draft) == ["丙"]
    assert toasts.said == ["删了 2 行"]
    draft.undo()
    assert column(draft) == ["甲", "乙", "丙"]


def test_the_empty_line_cannot_be_deleted_or_moved(table: TableEditor, draft: Session) -> None:
    table.view.set_current(3, 0)
    for name in ("remove", "up", "down", "duplicate", "insert"):
        table.commands.run(name)
    assert column(draft) == ["甲", "乙", "丙"]


def test_rows_move_with_alt_and_arrows(table: TableEditor, draft: Session) -> None:
    press(table.view, Qt.Key.Key_Down, ALT)
    assert column(draft) == ["乙", "甲", "丙"]
    assert at(table) == (1, 0)
    press(table.view, Qt.Key.Key_Down, ALT)
    press(table.view, Qt.Key.Key_Down, ALT)
    assert column(draft) == ["乙", "丙", "甲"]
    press(table.view, Qt.Key.Key_Up, ALT)
    assert column(draft) == ["乙", "甲", "丙"]


def test_a_row_is_put_above_and_a_copy_below(table: TableEditor, draft: Session) -> None:
    table.view.set_current(1, 0)
    press(table.view, Qt.Key.Key_Plus, CONTROL | SHIFT)
    assert column(draft) == ["甲", None, "乙", "丙"]
    table.view.set_current(2, 0)
    press(table.view, Qt.Key.Key_D, CONTROL | SHIFT)
    assert column(draft) == ["甲", None, "乙", "乙", "丙"]
    assert len({row.id for row in draft.rows("targets")}) == 5


def test_rows_are_picked_from_the_library(table: TableEditor, draft: Session, qtbot: QtBot) -> None:
    draft.set_value(f"targets[{draft.rows('targets')[0].id}].indicator", "时长")
    popup = table.open_library()
    assert isinstance(popup, LibraryPopup)
    assert [tick.isEnabled() for tick in popup.ticks] == [True, False]
    press(popup.ticks[0], Qt.Key.Key_Space)
    press(popup.ticks[0], Qt.Key.Key_Return)
    assert column(draft) == ["时长", "乙", "丙", "满意度"]
    assert column(draft, "source")[3] == "问卷"


def test_a_fixed_table_has_no_tools_for_rows(page: StepPage, draft: Session) -> None:
    sites = editor_of(page, "sites", TableEditor)
    assert sites.toolbar.add.isHidden()
    assert sites.toolbar.remove.isHidden()
    focus(sites.view)
    sites.view.set_current(0, 0)
    for key, held in ((Qt.Key.Key_Minus, CONTROL), (Qt.Key.Key_D, CONTROL | SHIFT), (Qt.Key.Key_Down, ALT)):
        press(sites.view, key, held)
    assert column(draft, "site", "sites") == ["甲网", "乙网"]


# --- cells


def test_shift_f10_opens_the_menu_at_the_current_cell(table: TableEditor, qtbot: QtBot) -> None:
    table.view.set_current(1, 2)
    asked = qtbot.waitSignal(table.view.customContextMenuRequested)
    with asked:
        press(table.view, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    assert table.view.visualRect(table.view.currentIndex()).contains(asked.args[0])
    (menu,) = table.findChildren(RowsMenu)
    assert menu.isVisible()
    menu.close()


def test_ranges_are_copied_and_pasted(table: TableEditor, draft: Session) -> None:
    from PySide6.QtCore import QItemSelection, QItemSelectionModel

    model = table.view.model()
    area = QItemSelection(model.index(0, 0), model.index(1, 1))
    table.view.selectionModel().select(area, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    press(table.view, Qt.Key.Key_C, CONTROL)
    assert QApplication.clipboard().text() == "甲\t%\n乙\t项\n"
    table.view.set_current(3, 0)
    press(table.view, Qt.Key.Key_V, CONTROL)
    assert column(draft) == ["甲", "乙", "丙", "甲", "乙"]
    draft.undo()
    assert column(draft) == ["甲", "乙", "丙"]


def test_one_copied_cell_fills_the_selection(table: TableEditor, draft: Session) -> None:
    copied("件")
    table.view.set_current(0, 1)
    table.view.setCurrentIndex(table.view.model().index(0, 1))
    from PySide6.QtCore import QItemSelection, QItemSelectionModel

    model = table.view.model()
    area = QItemSelection(model.index(0, 1), model.index(2, 1))
    table.view.selectionModel().select(area, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    press(table.view, Qt.Key.Key_V, CONTROL)
    assert column(draft, "unit") == ["件", "件", "件"]


def test_fill_down_takes_the_row_above(table: TableEditor, draft: Session) -> None:
    table.view.set_current(1, 1)
    press(table.view, Qt.Key.Key_D, CONTROL)
    assert column(draft, "unit") == ["%", "%", "件"]
    table.view.set_current(0, 1)
    press(table.view, Qt.Key.Key_D, CONTROL)
    assert column(draft, "unit") == ["%", "%", "件"]


def test_delete_empties_cells(table: TableEditor, draft: Session) -> None:
    table.view.set_current(0, 1)
    press(table.view, Qt.Key.Key_Delete)
    assert column(draft, "unit") == [None, "项", "件"]
    draft.undo()
    assert column(draft, "unit") == ["%", "项", "件"]


# --- issues and places


def test_the_sentence_of_a_cell_stands_below_and_leads_to_it(
    table: TableEditor, page: StepPage, draft: Session
) -> None:
    table.view.set_current(1, 3)
    QTest.keyClicks(table.view, "1")
    press(opened(table), Qt.Key.Key_Return)
    row = row_of(page, "targets")
    assert [issue.code for issue in row.issues.issues] == ["goal_low"]
    words = [each.accessibleName() for each in row.issues.findChildren(QWidget) if each.accessibleName()]
    assert any(text.startswith("请核实：第 2 行 目标（1）比现在（3）小。") for text in words)
    table.view.set_current(0, 0)
    row.issues.request_go_to.emit(row.issues.issues[0].path)
    assert at(table) == (1, 3)


def test_going_to_a_cell_selects_it(page: StepPage, draft: Session, qtbot: QtBot) -> None:
    path = f"targets[{draft.rows('targets')[2].id}].goal"
    with qtbot.waitSignal(page.focus_changed, check_params_cb=lambda told: told == path):
        page.go_to(path)
    table = editor_of(page, "targets", TableEditor)
    assert at(table) == (2, 3)
    assert table.view.hasFocus()


def test_the_current_cell_is_told_while_one_moves(table: TableEditor, page: StepPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.focus_changed) as told:
        press(table.view, Qt.Key.Key_Down)
    assert told.args[0].endswith(".indicator")


def test_issues_of_many_rows_are_counted_but_only_some_put_into_words(page: StepPage, draft: Session) -> None:
    low = [{"indicator": f"第{n}个", "now": Decimal(3), "goal": Decimal(1)} for n in range(40)]
    draft.insert_rows("targets", 3, low)
    said, total = editor_of(page, "targets", TableEditor).issues(unfilled=True)
    assert total == 40
    assert len(said) == 6


def test_missing_cells_are_said_together_and_the_current_one_by_itself(
    page: StepPage, draft: Session, table: TableEditor
) -> None:
    draft.insert_rows("targets", 3, [{"indicator": f"第{n}个"} for n in range(40)])
    paths = [f"targets[{row.id}].now" for row in draft.rows("targets")[3:]]
    said, total = table.issues(unfilled=True)
    assert [(issue.what, issue.path) for issue in said] == [("2.1 指标表还有 40 格没有填。", paths[0])]
    assert total == 1
    assert table.issues(unfilled=False) == ((), 0)
    page.go_to(paths[5])
    said, total = table.issues(unfilled=True)
    assert [(issue.path, len(issue.gaps)) for issue in said] == [(paths[5], 0), (paths[0], 39)]
    assert total == 2


def test_the_line_of_missing_cells_leads_to_the_first(page: StepPage, draft: Session) -> None:
    draft.insert_rows("targets", 3, [{"indicator": "丁"}, {"indicator": "戊"}])
    row = row_of(page, "targets")
    page.go_to("targets")
    links = [each for each in row.issues.findChildren(QPushButton) if each.isVisible()]
    assert [link.text() for link in links] == ["去第一处"]
    links[0].click()
    assert at(editor_of(page, "targets", TableEditor)) == (3, 2)


# --- size


def test_columns_fill_the_width_or_the_table_scrolls_inside_itself(
    services: Services, draft: Session
) -> None:
    field = draft.form.fields["targets"]
    widths, fits = column_widths(services.look, field, draft.form, 900)
    assert fits
    assert sum(widths) == 900
    assert widths[0] > widths[2]
    narrow, fits = column_widths(services.look, field, draft.form, 200)
    assert not fits
    assert sum(narrow) > 200


def test_one_row_can_be_filled_in_as_a_form_where_columns_do_not_fit(
    page: StepPage, draft: Session, qtbot: QtBot
) -> None:
    table = editor_of(page, "targets", TableEditor)
    assert table.toolbar.form.isHidden()
    page.resize(400, 600)
    qtbot.waitUntil(lambda: not table.toolbar.form.isHidden())
    table.view.set_current(1, 0)
    table.show_form()
    form = table.row_form
    assert form is not None
    assert form.heading.text() == "第 2 行，共 3 行"
    target = form.fields[4].editor.focus_target()
    focus(target)
    commit_text(target, "问卷")
    assert draft.rows("targets")[1].cell("source") == "问卷"
    form.forth.click()
    assert form.heading.text() == "第 3 行，共 3 行"
    form.add.click()
    assert len(draft.rows("targets")) == 4
    press(form.fields[0].editor.focus_target(), Qt.Key.Key_Escape)
    assert table.row_form is None
    assert at(table)[0] == 3
    assert table.view.isVisible()


def test_the_form_of_a_row_follows_undo(page: StepPage, draft: Session, qtbot: QtBot) -> None:
    table = editor_of(page, "targets", TableEditor)
    table.show_form()
    form = table.row_form
    assert form is not None
    form.add_row()
    draft.undo()
    assert form.heading.text() == "第 3 行，共 3 行"


def test_three_hundred_rows_ask_only_for_what_is_shown(
    qtbot: QtBot, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pilotdesk.ui.tables.delegate import CellDelegate

    rows = [{"indicator": f"第{n}个", "now": str(n), "goal": str(n + 1)} for n in range(300)]
    draft = small_session({"targets": rows})
    page = open_step(qtbot, draft, services, "second", 1000)
    table = editor_of(page, "targets", TableEditor)
    painted = []
    real = CellDelegate.paint

    def counting(self: CellDelegate, *rest: object) -> None:
        painted.append(1)
        real(self, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(CellDelegate, "paint", counting)
    focus(table.view)
    table.view.set_current(0, 3)
    qtbot.wait(10)
    painted.clear()
    table.model.setData(table.model.index(0, 3), "7")
    QApplication.processEvents()
    assert len(painted) <= 12 * 5
    assert table.view.height() < 600


def test_the_first_column_stays_in_view_while_a_wide_table_scrolls(
    table: TableEditor, page: StepPage, draft: Session
) -> None:
    page.resize(400, 600)
    QApplication.processEvents()
    view = table.view
    assert not view.frozen.isVisible()
    view.set_current(0, 4)
    assert view.frozen.isVisible()
    assert view.frozen.columnWidth(0) == view.columnWidth(0)
    view.set_current(0, 1)
    assert view.visualRect(view.currentIndex()).left() >= view.frozen.covered
    view.set_current(0, 4)
    second = view.frozen.visualRect(view.rows_model.index(1, 0)).center()
    QTest.mouseClick(view.frozen.viewport(), Qt.MouseButton.LeftButton, pos=second)
    assert at(table) == (1, 0)
    assert view.hasFocus()
    assert not view.frozen.isVisible()


def test_the_head_is_parted_from_the_rows_all_the_way(table: TableEditor, services: Services) -> None:
    """Also over the numbers of the rows, where Qt draws a corner of its own."""
    view = table.view
    y = view.head.geometry().bottom()
    picture = view.grab().toImage()
    line = services.look.color("control").rgb()
    for x in (view.verticalHeader().width() // 2, view.verticalHeader().width() + 40):
        assert picture.pixelColor(x, y).rgb() == line, x


def test_headings_are_measured_in_the_font_they_are_drawn_in(services: Services) -> None:
    """Where the first family is missing, the one that is there counts, not Qt's own choice for another."""
    font = services.look.font("small", 500)
    for heading in ("2027年目标", "基期值（2025年）", "GB/T 20001.10"):
        width = QFontMetrics(font).horizontalAdvance(heading)
        assert wrapped(heading, font, width + 1) == (heading,)
        assert len(wrapped(heading, font, width - 3)) == 2


def test_a_column_that_lacks_little_is_given_all_of_it(look: Look) -> None:
    pack = load_shipped("2026")
    field, form = pack.forms["application"].fields["training"], pack.forms["application"]
    names = [column.name for column in field.columns]
    count = names.index("amount")
    row = ["标准化基础知识、标准编写规则和试点工作要求" for _ in names]
    row[count] = "14次420人次"
    widths, fits = column_widths(look, field, form, 736, [row])
    assert fits
    assert sum(widths) == 736
    assert widths[count] >= QFontMetrics(look.font("small")).horizontalAdvance(row[count]) + 16


def test_below_the_rows_there_is_no_dark_block_of_numbers(
    table: TableEditor, services: Services, qtbot: QtBot
) -> None:
    numbers = table.view.verticalHeader()
    table.view.setFixedHeight(600)
    qtbot.waitUntil(lambda: numbers.height() > numbers.length() + 40)
    picture = numbers.grab().toImage()
    assert picture.pixelColor(4, numbers.height() - 4).rgb() == services.look.color("surface").rgb()
