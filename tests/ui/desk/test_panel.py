"""The review of one submission: verdicts by keys and clicks, doubts, what is remembered of the round before."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from pilotdesk.review.desk.file import Desk
from pilotdesk.review.desk.records import Conclusion, Verdict
from pilotdesk.review.records import Kind
from pilotdesk.ui.components.text import ElidedLabel, WrappedLabel
from pilotdesk.ui.desk.conclusion_line import ConclusionDialog
from pilotdesk.ui.desk.panel import ReviewPanel
from pilotdesk.ui.desk.panel_head import TOUCHED, UNTOUCHED
from pilotdesk.ui.look.theme import Look, Theme
from pilotdesk.ui.look.tokens import TypeSize
from pilotdesk.ui.tasks.worker import TaskRunner
from tests.review.desk_kit import changed
from tests.ui.conftest import ImmediateRunner, Said
from tests.ui.desk.kit import handed_in, press, sit_at, ticking
from tests.ui.desk.panel_kit import BOTH, focus_table

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QColor
    from pytestqt.qtbot import QtBot

    from pilotdesk.ui.desk.page import DeskPage
    from pilotdesk.ui.desk.sitting import Sitting


@pytest.fixture
def panel(qtbot: QtBot, look: Look, sitting: Sitting) -> ReviewPanel:
    """The review alone, as wide as beside the table."""
    return shown_panel(qtbot, look, sitting)


def shown_panel(qtbot: QtBot, look: Look, sitting: Sitting) -> ReviewPanel:
    made = ReviewPanel(look, sitting, runner=ImmediateRunner(), clock=sitting.clock)
    qtbot.addWidget(made)
    made.resize(look.scaled(400), 619)
    with qtbot.waitExposed(made):
        made.show()
    return made


def verdicts(sitting: Sitting, key: str = BOTH) -> dict[int, Verdict]:
    return dict(sitting.rows[key].verdicts)


def test_the_ring_goes_on_with_the_point_that_figures_judge(qtbot: QtBot, page: DeskPage) -> None:
    page.sitting.show_one(BOTH)
    points = page.panel.points
    points.go_to(1)
    points.focus_current()
    press(qtbot, page, Qt.Key.Key_1)
    assert (points.current, points.rows[1].hasFocus()) == (2, True)
    press(qtbot, page, Qt.Key.Key_Return)  # leads nowhere else
    press(qtbot, page, Qt.Key.Key_2)
    assert verdicts(page.sitting) == {1: Verdict.PASSED, 2: Verdict.AMEND}
    points.rows[5].setFocus()  # somebody who goes elsewhere by Tab is left there
    press(qtbot, page, Qt.Key.Key_1)
    assert points.rows[5].hasFocus()


def test_figures_judge_the_current_point_and_go_on_to_the_next(qtbot: QtBot, page: DeskPage) -> None:
    page.sitting.show_one(BOTH)
    focus_table(page)
    for key in (Qt.Key.Key_1, Qt.Key.Key_3, Qt.Key.Key_2):
        press(qtbot, page, key)
    assert verdicts(page.sitting) == {1: Verdict.PASSED, 2: Verdict.REFUSED, 3: Verdict.AMEND}
    assert page.panel.points.current == 4


@pytest.mark.parametrize(
    ("figure", "spoken_of"), [(Qt.Key.Key_1, "point:3"), (Qt.Key.Key_2, "point:2"), (Qt.Key.Key_3, "point:2")]
)
def test_what_is_written_after_a_figure_is_of_the_point_that_was_judged(
    qtbot: QtBot, page: DeskPage, figure: Qt.Key, spoken_of: str
) -> None:
    """2 and then / is what somebody does who wants something mended; the next figure is of the next point all the same."""
    page.sitting.show_one(BOTH)
    page.panel.points.go_to(2)
    focus_table(page)
    press(qtbot, page, figure)
    assert (page.panel.points.current, page.panel.words.place) == (3, spoken_of)
    assert page.panel.words.box.place.currentData() == spoken_of
    press(qtbot, page, Qt.Key.Key_1)
    assert (page.panel.points.current, page.panel.words.place) == (4, "point:4")


def test_after_the_last_point_the_material_follows_only_with_something_found(panel: ReviewPanel) -> None:
    panel._sitting.show_one(BOTH)
    panel.points.go_to(6)
    panel.give(Verdict.PASSED)
    assert panel.points.current == 6
    assert verdicts(panel._sitting) == {6: Verdict.PASSED}


def test_a_click_gives_a_verdict_and_a_second_takes_it_back(qtbot: QtBot, panel: ReviewPanel) -> None:
    panel._sitting.show_one(BOTH)
    button = panel.points.rows[2].trio.buttons[Verdict.AMEND]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert verdicts(panel._sitting) == {3: Verdict.AMEND}
    assert button.isChecked()
    assert panel.points.current == 3
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert verdicts(panel._sitting) == {}
    assert not button.isChecked()


def test_f8_walks_through_the_doubts_and_speaks_of_their_answers(qtbot: QtBot, page: DeskPage) -> None:
    page.sitting.show_one(BOTH)
    focus_table(page)
    press(qtbot, page, Qt.Key.Key_F8)
    assert (page.panel.points.current, page.panel.words.place) == (1, "uscc")
    line = page.panel.points.details.current_finding()
    assert line is not None
    assert "信用代码少一位" in line.text
    press(qtbot, page, Qt.Key.Key_F8)
    assert (page.panel.points.current, page.panel.words.place) == (6, "targets[r_t1].value_2028")
    press(qtbot, page, Qt.Key.Key_F8)
    assert page.panel.points.current == 1, "after the last the first"
    press(qtbot, page, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert page.panel.points.current == 6


def test_the_lines_of_the_points_and_the_seal_are_shown(panel: ReviewPanel) -> None:
    panel._sitting.show_one("sample")
    assert "两网查询" in panel.points.rows[0].evidence.text()
    assert panel.head.untouched.text == UNTOUCHED
    assert panel.head.agreement.text.endswith(panel._sitting.rows["sample"].code)


def test_whoever_walks_on_is_not_shown_what_belongs_to_another(
    qtbot: QtBot, look: Look, sitting: Sitting
) -> None:
    runner = TaskRunner()
    made = ReviewPanel(look, sitting, runner=runner, clock=sitting.clock)
    qtbot.addWidget(made)
    told: list[object] = []
    made._closer.seen.connect(told.append)
    with qtbot.waitSignal(runner.idle, timeout=20_000):
        sitting.show_one("k3")
    told.clear()
    with qtbot.waitSignal(runner.idle, timeout=20_000):
        sitting.show_one("sample")
        sitting.show_one("k2")
    assert len([closer for closer in told if closer is not None]) == 1, "the one before is not told any more"
    assert "没有填" in made.points.rows[0].evidence.text()
    with qtbot.waitSignal(runner.idle, timeout=20_000):
        sitting.show_one("sample")
        assert made.points.rows[0].evidence.text() == ""
    assert "两网查询" in made.points.rows[0].evidence.text()
    runner.close()


def test_answers_that_somebody_changed_in_the_file_are_told(
    qtbot: QtBot, look: Look, desk_path: Path
) -> None:
    with closing(sqlite3.connect(desk_path)) as plain, plain:
        for (name,) in plain.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            plain.execute(f"DROP TRIGGER {name}")
        plain.execute("UPDATE answers SET answers = replace(answers, '乙县', '丙县') WHERE key = 'k2'")
    sitting = sit_at(desk_path)
    made = shown_panel(qtbot, look, sitting)
    sitting.show_one("k2")
    assert made.head.untouched.text == TOUCHED
    sitting.show_one("k4")
    assert made.head.untouched.text == UNTOUCHED
    sitting.desk.close()


def test_where_nothing_can_be_decided_everything_is_grey_with_the_reason(
    qtbot: QtBot, look: Look, desk_path: Path
) -> None:
    sitting = sit_at(desk_path, look_only=True)
    made = shown_panel(qtbot, look, sitting)
    sitting.show_one(BOTH)
    button = made.points.rows[0].trio.buttons[Verdict.PASSED]
    assert not button.isEnabled()
    assert button.toolTip()
    assert made.words.box.area.isReadOnly()
    made.give(Verdict.PASSED)
    assert verdicts(sitting) == {}
    assert not made.conclusion.draw.isEnabled()
    assert (made.next.text(), made.next.kind) == ("下一件", "plain"), "nothing asks to be stored"
    assert ground_of(made.words.box.frame) == look.color("bg")
    sitting.desk.close()


def ground_of(frame: QWidget) -> QColor:
    return frame.grab().toImage().pixelColor(frame.width() // 2, frame.height() - 4)


def test_where_it_can_be_decided_the_next_one_is_the_button_and_the_words_are_written_in(
    panel: ReviewPanel, look: Look
) -> None:
    panel._sitting.show_one(BOTH)
    assert (panel.next.text(), panel.next.kind) == ("存并下一件", "primary")
    assert ground_of(panel.words.box.frame) == look.color("input")


@pytest.fixture
def came_again(desk_path: Path) -> Path:
    """The desk after a second round of a submission that was judged and spoken of."""
    desk = Desk(desk_path, ticking())
    desk.verdict(BOTH, 1, Verdict.PASSED)
    desk.verdict(BOTH, 2, Verdict.AMEND)
    desk.opinion(BOTH, "unit_name", "请写全称。")
    desk.opinion(BOTH, "uscc", "请改成 18 位。")
    desk.take(changed(handed_in(2), "CCCC-CCCC", unit_name="丙县社会福利服务中心"))
    desk.close()
    return desk_path


def test_what_was_said_of_the_round_before_stands_there_and_what_passed_can_be_kept(
    qtbot: QtBot, look: Look, came_again: Path
) -> None:
    sitting = sit_at(came_again)
    made = shown_panel(qtbot, look, sitting)
    sitting.show_one(BOTH)
    assert made.head.round.text == "第 2 次报来 · 改了 1 处"
    assert made.head.changes.isVisible()
    said = [label.plain for label in _labels_of(made, 2)]
    assert any("上次：**补正**" in text for text in said)
    assert any("请写全称" in text and "这一处改了" in text for text in said)
    other = [label.plain for label in _labels_of(made, 1)]
    assert any("请改成 18 位" in text and "这一处没改" in text for text in other)
    assert made.keep.isVisible()
    qtbot.mouseClick(made.keep_button, Qt.MouseButton.LeftButton)
    assert verdicts(sitting) == {1: Verdict.PASSED}
    assert not made.keep.isVisible()
    sitting.desk.close()


def _labels_of(panel: ReviewPanel, point: int) -> list[WrappedLabel]:
    panel.points.go_to(point)
    return panel.points.details.findChildren(WrappedLabel)


def test_a_conclusion_of_ones_own_needs_its_reason(qtbot: QtBot, panel: ReviewPanel) -> None:
    panel._sitting.show_one(BOTH)
    qtbot.mouseClick(panel.conclusion.draw, Qt.MouseButton.LeftButton)
    (dialog,) = panel.findChildren(ConclusionDialog)
    dialog.choice.setCurrentIndex(dialog.choice.findData(Conclusion.REFUSED))
    (yes,) = [button for button in dialog.findChildren(QPushButton) if button.text() == "记下结论"]
    qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
    assert dialog.missing.isVisible()
    assert panel._sitting.rows[BOTH].conclusion is Conclusion.UNSEEN
    dialog.reason.setPlainText("单位已撤销")
    qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
    assert panel._sitting.rows[BOTH].conclusion is Conclusion.REFUSED
    assert panel.conclusion.said.text() == "不推荐（王工：单位已撤销）"
    qtbot.mouseClick(panel.conclusion.withdraw, Qt.MouseButton.LeftButton)
    assert panel._sitting.rows[BOTH].conclusion is Conclusion.UNSEEN


def test_a_conclusion_is_drawn_in_the_lowest_window_with_the_largest_type(
    qtbot: QtBot, look: Look, panel: ReviewPanel
) -> None:
    look.set_size(TypeSize.EXTRA)
    panel._sitting.show_one(BOTH)
    panel.setMinimumSize(1, 1)
    panel.resize(911, 441)
    dialog = ConclusionDialog(panel, look, Conclusion.UNSEEN)
    dialog.open()
    (yes,) = [button for button in dialog.findChildren(QPushButton) if button.text() == "记下结论"]
    qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
    assert dialog.missing.isVisible()
    qtbot.waitUntil(lambda: dialog.rect().contains(yes.geometry()))
    assert dialog.height() <= 441
    dialog.reject()


def test_a_reason_that_was_begun_stays_until_the_conclusion_is_drawn(
    qtbot: QtBot, look: Look, panel: ReviewPanel
) -> None:
    sitting = panel._sitting
    sitting.show_one(BOTH)
    qtbot.mouseClick(panel.conclusion.draw, Qt.MouseButton.LeftButton)
    (dialog,) = panel.findChildren(ConclusionDialog)
    dialog.choice.setCurrentIndex(dialog.choice.findData(Conclusion.REFUSED))
    qtbot.keyClicks(dialog.reason, "dan wei")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    with closing(sqlite3.connect(sitting.desk.path)) as stored:
        assert stored.execute("SELECT count(*) FROM begun WHERE paper LIKE 'conclusion/%'").fetchone() == (1,)
    other = shown_panel(qtbot, look, sitting)
    qtbot.mouseClick(other.conclusion.draw, Qt.MouseButton.LeftButton)
    (again,) = other.findChildren(ConclusionDialog)
    assert (again.choice.currentData(), again.reason.toPlainText()) == (Conclusion.REFUSED, "dan wei")
    (yes,) = [button for button in again.findChildren(QPushButton) if button.text() == "记下结论"]
    qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
    assert sitting.rows[BOTH].conclusion is Conclusion.REFUSED
    assert sitting.desk.begun.of(f"conclusion/{BOTH}") is None


def test_the_line_of_a_point_opens_its_page(qtbot: QtBot, panel: ReviewPanel) -> None:
    panel._sitting.show_one("sample")
    line = panel.points.rows[0].evidence
    with qtbot.waitSignal(panel.material_wanted) as opened:
        qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    assert opened.args == ["credit_queries"]
    assert panel.points.current == 1


def test_tab_goes_in_the_order_of_reading(qtbot: QtBot, panel: ReviewPanel) -> None:
    panel._sitting.show_one(BOTH)
    panel.next_doubt()
    panel.head.material.setFocus()
    seen = [panel.head.material]
    while seen[-1] is not panel.next:
        qtbot.keyClick(seen[-1], Qt.Key.Key_Tab)
        seen.append(panel.window().focusWidget())
        assert len(seen) < 80
    assert panel.words.box.area in seen
    assert [one for one in seen if one in panel.points.rows] == panel.points.rows
    first = seen.index(panel.points.rows[0])
    assert seen[first + 1 : first + 4] == list(panel.points.rows[0].trio.buttons.values())
    inside = [panel.points.details.isAncestorOf(one) for one in seen]
    assert seen.index(panel.points.rows[1]) > inside.index(True) > first


def test_undo_is_shown_at_once_and_says_what_it_took_back(qtbot: QtBot, page: DeskPage, said: Said) -> None:
    page.sitting.show_one(BOTH)
    focus_table(page)
    press(qtbot, page, Qt.Key.Key_1)
    press(qtbot, page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not page.panel.points.rows[0].trio.buttons[Verdict.PASSED].isChecked()
    assert said.texts[-1] == "撤销了 03 的审核要点（1 信用情况：通过）"
    page.sitting.pick("k2", True)
    page.sitting.opinion(BOTH, "uscc", "请核对。")
    for _ in range(2):
        press(qtbot, page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert said.texts[-2:] == [
        "撤销了 03 的给单位的话（2.2 统一社会信用代码）",
        "撤销了 02 的推荐（第 1 位）",
    ]


@pytest.mark.parametrize("size", list(TypeSize))
def test_no_word_is_cut_as_wide_as_the_panel_is(
    qtbot: QtBot, look: Look, came_again: Path, size: TypeSize
) -> None:
    look.set_theme(Theme(size=size))
    sitting = sit_at(came_again)
    made = shown_panel(qtbot, look, sitting)
    sitting.show_one(BOTH)
    made.next_doubt()
    assert made.width() == look.scaled(400), "its least width is no wider than its room"
    for widget in (*made.findChildren(QLabel), *made.findChildren(QPushButton)):
        if widget.isVisible() and not isinstance(widget, ElidedLabel | WrappedLabel):
            assert widget.width() >= widget.sizeHint().width(), widget.text()
    sitting.desk.close()
    look.set_theme(Theme())


def test_a_point_of_which_nothing_was_read_is_never_told_to_be_without_doubt(panel: ReviewPanel) -> None:
    one = msgspec.structs.replace(
        handed_in(1), key="k9", code="EEEE-EEEE", project="p9", source=Kind.PLAIN_WORD, findings=()
    )
    panel._sitting.desk.take(one)
    panel._sitting.read_again()
    panel._sitting.show_one("k9")
    panel.points.go_to(1)
    said = [label.plain for label in panel.points.details.findChildren(WrappedLabel)]
    assert "这一点的内容程序没有读到，没法查，请看原件判断。" in said
    assert not any("程序没有查到疑点" in words for words in said)
    panel._sitting.show_one("k2")
    said = [label.plain for label in panel.points.details.findChildren(WrappedLabel)]
    assert "程序没有查到疑点，请看材料判断。" in said


LOW = 430
"""Height of a review that has not room for all points."""


def held_down(page: DeskPage, key: Qt.Key, text: str) -> None:
    """A key that stays down: its press, and the presses that the system makes of it."""
    window = page.window().windowHandle()
    nothing = Qt.KeyboardModifier.NoModifier
    for again in (False, True, True):
        event = QKeyEvent(QKeyEvent.Type.KeyPress, key, nothing, text, again)
        QApplication.sendEvent(window, event)


def test_a_figure_that_is_held_down_judges_one_point(page: DeskPage) -> None:
    page.sitting.show_one(BOTH)
    focus_table(page)
    held_down(page, Qt.Key.Key_1, "1")
    assert verdicts(page.sitting) == {1: Verdict.PASSED}


def test_a_point_that_was_scrolled_away_is_brought_back_before_it_is_judged(
    qtbot: QtBot, panel: ReviewPanel
) -> None:
    panel.resize(panel.width(), LOW)
    panel._sitting.show_one(BOTH)
    qtbot.waitUntil(lambda: not panel.points._coming.isActive())
    bar = panel.area.verticalScrollBar()
    bar.setValue(bar.maximum())
    panel.give(Verdict.REFUSED)
    assert verdicts(panel._sitting) == {}
    assert not panel.points.rows[0].visibleRegion().isEmpty()
    panel.give(Verdict.REFUSED)
    assert verdicts(panel._sitting) == {1: Verdict.REFUSED}


def test_figures_that_come_fast_judge_one_point_after_the_other(qtbot: QtBot, panel: ReviewPanel) -> None:
    panel.resize(panel.width(), LOW)
    panel._sitting.show_one(BOTH)
    for _ in range(6):  # nothing is scrolled meanwhile
        panel.give(Verdict.PASSED)
    assert verdicts(panel._sitting) == dict.fromkeys(range(1, 7), Verdict.PASSED)


def test_the_point_where_the_review_begins_is_in_view(qtbot: QtBot, panel: ReviewPanel) -> None:
    panel.resize(panel.width(), LOW)
    for point in range(1, 6):
        panel._sitting.verdict(BOTH, point, Verdict.PASSED)
    panel._sitting.show_one(BOTH)
    assert panel.points.current == 6
    qtbot.waitUntil(lambda: not panel.points._coming.isActive())
    assert panel.points.rows[5].visibleRegion().boundingRect() == panel.points.rows[5].rect()
