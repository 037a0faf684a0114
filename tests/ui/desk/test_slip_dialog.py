"""退回单 at the desk: what is listed, what is ticked off, what is written and noted, and the same once more."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from docx import Document
from PySide6.QtCore import Qt

from pilotdesk.errors import DeskError
from pilotdesk.review.desk.records import Conclusion, Verdict
from pilotdesk.review.slips.return_slip import read_slip
from pilotdesk.rules.issue import Severity
from pilotdesk.ui.components.basic import Button
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.desk.office import Office
from pilotdesk.ui.desk.slip_card import NOTHING, UNTICKED
from pilotdesk.ui.desk.slip_dialog import LOOK_ONLY, NONE_LEFT, NOTED, UNNOTED, SlipDialog
from pilotdesk.ui.desk.typed_keeper import TypedKeeper
from tests.review.desk_kit import changed
from tests.ui.conftest import ImmediateRunner, Said
from tests.ui.desk.kit import sit_at

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from pilotdesk.review.slips.return_slip import ReturnSlip
    from pilotdesk.ui.desk.sitting import Sitting
    from pilotdesk.ui.look.theme import Look


@pytest.fixture
def window(qtbot: QtBot, look: Look) -> QWidget:
    from pilotdesk.ui.components.basic import Surface

    made = Surface("bg")
    qtbot.addWidget(made)
    made.resize(1366, 697)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def opened(qtbot: QtBot, window: QWidget, look: Look, tmp_path: Path) -> Callable[[Sitting], SlipDialog]:
    """Opens the dialog and waits until every line is known."""

    def open_it(sitting: Sitting) -> SlipDialog:
        office = Office(
            look=look,
            sitting=sitting,
            clock=sitting.clock,
            runner=ImmediateRunner(),
            toasts=Said(),
            kept=TypedKeeper(sitting, window),
        )
        dialog = SlipDialog(window, office)
        dialog.target.set_folder(tmp_path / "out")
        dialog.open()
        qtbot.waitUntil(lambda: dialog.isVisible() and not dialog._waiting)
        return dialog

    return open_it


@pytest.fixture
def returning(sitting: Sitting) -> Sitting:
    """Three that are to be sent back, one of them with nothing to say."""
    sitting.set_setting("bureau", "江西省市场监督管理局")
    sitting.set_setting("contact", "王敏")
    sitting.set_setting("phone", "0791-80000512")
    sitting.verdict("k3", 1, Verdict.AMEND)
    sitting.opinion("k3", "project_name", "1.1 名称里的“养老”请和申报方向写成一样。")
    sitting.verdict("k6", 6, Verdict.AMEND)
    sitting.conclude("k4", Conclusion.RETURNED, "缺件")
    return sitting


def click(qtbot: QtBot, button: QWidget) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def tick(qtbot: QtBot, mark: QWidget) -> None:
    """A click on the mark itself: the label reaches to the right of what is shown."""
    from PySide6.QtCore import QPoint

    qtbot.mouseClick(mark, Qt.MouseButton.LeftButton, pos=QPoint(8, 12))


def slip_in(folder: Path, number: int) -> ReturnSlip:
    (file,) = folder.glob(f"out/*/{number:03}_*/*.pilotback")
    return read_slip(file)


def test_all_that_are_to_be_sent_back_are_listed_with_what_is_asked(
    opened: Callable[[Sitting], SlipDialog], returning: Sitting
) -> None:
    dialog = opened(returning)
    assert list(dialog.cards) == ["k3", "k4", "k6"]
    assert [card.tick.isChecked() for card in dialog.cards.values()] == [True, False, True]
    told = [card.tick.toolTip() for card in dialog.cards.values()]
    assert told == ["必须改 1 处，请核实 2 处", NOTHING, "必须改 1 处"]
    assert (dialog.start.text(), dialog.start.isEnabled()) == ("出 2 张退回单", True)
    assert dialog.new.text() == "要退回 3"
    assert dialog.contact.text() == "王敏，0791-80000512"
    assert not dialog.cards["k4"].tick.isEnabled()


def test_a_point_that_was_not_passed_and_of_which_nothing_is_said_is_named(
    qtbot: QtBot, opened: Callable[[Sitting], SlipDialog], returning: Sitting
) -> None:
    """The unit sees what was written only; that a point was not passed it does not see."""
    returning.verdict("k3", 2, Verdict.AMEND)
    returning.verdict("k3", 3, Verdict.PASSED)
    card = opened(returning).cards["k3"]
    assert card.unsaid.isVisible()
    assert card.unsaid.plain.startswith("要点 2 资格 没有通过")
    click(qtbot, card.see)
    for line in card.rows:  # all that is asked
        if line.tick.isChecked():
            qtbot.keyClick(line.tick, Qt.Key.Key_Space)
    assert card.chosen == ()
    assert card.unsaid.plain.startswith("要点 1 信用情况、2 资格 没有通过")


def test_they_are_written_and_noted(
    qtbot: QtBot, opened: Callable[[Sitting], SlipDialog], returning: Sitting, tmp_path: Path
) -> None:
    dialog = opened(returning)
    dialog.due.setFocus()
    qtbot.keyClicks(dialog.due, "2026-7-3")
    click(qtbot, dialog.start)
    slip = slip_in(tmp_path, 3)
    assert (slip.due, slip.contact, slip.bureau) == (
        date(2026, 7, 3), "王敏，0791-80000512", "江西省市场监督管理局",
    )  # fmt: skip
    assert [(line.path, line.severity) for line in slip.lines] == [
        ("uscc", Severity.ERROR),
        ("project_name", Severity.WARNING),
        ("targets[r_t1].value_2028", Severity.WARNING),
    ]
    (docx,) = tmp_path.glob("out/*/003_*/*.docx")
    words = "".join(cell.text for table in Document(str(docx)).tables for cell in table._cells)
    assert "名称里的“养老”请和申报方向写成一样。" in words
    rows = returning.rows
    assert [rows[key].returned for key in ("k3", "k6")] == ["003-1", "006-2"]
    assert rows["k3"].due == date(2026, 7, 3)
    assert returning.desk.slip("k3", "003-1") == slip
    said = [label.plain for label in dialog.findChildren(WrappedLabel)]
    assert any(text.startswith("2 张退回单，一件一个文件夹，一共 6 个文件。") for text in said)


def test_lines_are_ticked_off_and_made_graver(
    qtbot: QtBot, opened: Callable[[Sitting], SlipDialog], returning: Sitting, tmp_path: Path
) -> None:
    dialog = opened(returning)
    card = dialog.cards["k3"]
    click(qtbot, card.see)
    assert [one.tick.text() for one in card.rows] == ["2.2 统一社会信用代码", "0.1 项目名称", "9.1 指标"]
    own = next(one for one in card.rows if one.other is not None)
    assert [one.other is not None for one in card.rows].count(True) == 1
    click(qtbot, own.other)
    assert card.tick.toolTip() == "必须改 2 处，请核实 1 处"
    tick(qtbot, card.rows[0].tick)
    assert card.tick.toolTip() == "必须改 1 处，请核实 1 处"
    click(qtbot, card.see)
    assert not any(one.isVisible() for one in card.rows)
    click(qtbot, dialog.start)
    lines = slip_in(tmp_path, 3).lines
    assert [(line.path, line.severity) for line in lines] == [
        ("project_name", Severity.ERROR),
        ("targets[r_t1].value_2028", Severity.WARNING),
    ]


def test_a_submission_without_a_tick_is_left_alone(
    qtbot: QtBot, opened: Callable[[Sitting], SlipDialog], returning: Sitting, tmp_path: Path
) -> None:
    dialog = opened(returning)
    tick(qtbot, dialog.cards["k3"].tick)
    assert dialog.start.text() == "出 1 张退回单"
    card = dialog.cards["k6"]
    click(qtbot, card.see)
    tick(qtbot, card.rows[0].tick)
    assert card.tick.toolTip() == UNTICKED
    assert not dialog.start.isEnabled()
    assert dialog.start.toolTip() == "先勾选要退回哪几件"
    tick(qtbot, card.rows[0].tick)
    click(qtbot, dialog.start)
    assert returning.rows["k3"].returned == ""
    assert not list(tmp_path.glob("out/*/003_*"))


def test_what_went_out_is_given_out_again_word_for_word(
    qtbot: QtBot, opened: Callable[[Sitting], SlipDialog], returning: Sitting, tmp_path: Path
) -> None:
    first = opened(returning)
    click(qtbot, first.start)
    written = slip_in(tmp_path, 3)
    first.accept()
    returning.opinion("k3", "", "后来又想到的一句。")
    dialog = opened(returning)
    assert list(dialog.cards) == ["k4"]
    click(qtbot, dialog.again)
    qtbot.waitUntil(lambda: not dialog._waiting)
    assert list(dialog.cards) == ["003-1", "006-2"]
    assert dialog.start.text() == "出退回单"
    click(qtbot, dialog.cards["003-1"].see)
    assert not any(one.tick.isEnabled() for one in dialog.cards["003-1"].rows)
    tick(qtbot, dialog.cards["003-1"].tick)
    dialog.target.set_folder(tmp_path / "again" / "out")
    before = len(returning.desk.log())
    click(qtbot, dialog.start)
    (file,) = tmp_path.glob("again/out/*/003_*/*.pilotback")
    assert read_slip(file) == written
    assert len(returning.desk.log()) == before


def test_a_slip_stays_there_when_the_unit_has_handed_in_again(
    qtbot: QtBot, opened: Callable[[Sitting], SlipDialog], returning: Sitting, tmp_path: Path
) -> None:
    first = opened(returning)
    click(qtbot, first.start)
    written = slip_in(tmp_path, 3)
    first.accept()
    returning.desk.take(changed(returning.desk.submission("k3"), "CCCC-CCCC", unit_name="改了名的福利中心"))
    returning.read_again()
    dialog = opened(returning)
    assert dialog.again.text() == "发过的 2"
    click(qtbot, dialog.again)
    qtbot.waitUntil(lambda: not dialog._waiting)
    card = dialog.cards["003-1"]
    assert "第 1 次报来时发的，已再报" in card.tick.accessibleDescription() + card.tick.toolTip()
    tick(qtbot, card.tick)
    dialog.target.set_folder(tmp_path / "again" / "out")
    click(qtbot, dialog.start)
    (file,) = tmp_path.glob("again/out/*/003_*/*.pilotback")
    assert read_slip(file) == written
    assert returning.rows["k3"].returned == ""


def test_a_day_that_is_over_is_told_before_anything_is_written(
    qtbot: QtBot, opened: Callable[[Sitting], SlipDialog], returning: Sitting, tmp_path: Path
) -> None:
    dialog = opened(returning)
    dialog.due.setText("2026-6-1")
    click(qtbot, dialog.start)
    assert "已经过了" in dialog.trouble.plain
    dialog.due.setText("下周")
    qtbot.keyClick(dialog.due, Qt.Key.Key_Return)
    assert "看不出是哪一天" in dialog.trouble.plain
    assert dialog.due.hasFocus()
    assert not (tmp_path / "out").exists()
    assert returning.rows["k3"].returned == ""


def test_enter_in_the_line_of_the_day_goes_on_to_the_next_and_sends_nothing(
    qtbot: QtBot, opened: Callable[[Sitting], SlipDialog], returning: Sitting
) -> None:
    dialog = opened(returning)
    qtbot.keyClicks(dialog.due, "2026-06-24")
    qtbot.keyClick(dialog.due, Qt.Key.Key_Return)
    assert dialog.contact.hasFocus()
    assert returning.rows["k3"].returned == ""


def test_what_cannot_be_noted_is_told(
    qtbot: QtBot, opened: Callable[[Sitting], SlipDialog], returning: Sitting, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> bool:
        raise DeskError("desk_full", name="审核台.db", folder="资料")

    troubles: list[DeskError] = []
    returning.failed.connect(troubles.append)
    monkeypatch.setattr(returning.desk, "send_back", refuse)
    dialog = opened(returning)
    click(qtbot, dialog.start)
    said = [label.plain for label in dialog.findChildren(WrappedLabel)]
    assert UNNOTED in said
    assert not any(NOTED in text for text in said)
    assert [one.code for one in troubles] == ["desk_full"]
    assert returning.rows["k3"].returned == ""


def test_nothing_to_send_back_says_how_it_comes_about(
    opened: Callable[[Sitting], SlipDialog], sitting: Sitting
) -> None:
    sitting.set_setting("bureau", "某局")
    dialog = opened(sitting)
    assert dialog.said.plain == NONE_LEFT
    assert not dialog.start.isEnabled()


def test_a_desk_to_look_at_gives_out_nothing_new(
    opened: Callable[[Sitting], SlipDialog], returning: Sitting, desk_path: Path
) -> None:
    assert returning.rows
    only = sit_at(desk_path, look_only=True)
    dialog = opened(only)
    assert dialog.said.plain == LOOK_ONLY
    assert not dialog.start.isEnabled()
    only.desk.close()


def test_tab_goes_as_one_reads(
    qtbot: QtBot, opened: Callable[[Sitting], SlipDialog], returning: Sitting
) -> None:
    dialog = opened(returning)
    first, last = dialog.cards["k3"], dialog.cards["k6"]
    click(qtbot, first.see)
    order: list[QWidget] = []
    one = dialog.due
    while one not in order:
        order.append(one)
        one = one.nextInFocusChain()
    inside = [made.tick for made in first.rows]
    wanted = [dialog.due, dialog.contact, dialog.new, first.tick, first.see, *inside, last.tick, last.see]
    assert [one for one in order if one in wanted] == wanted
    assert order.index(last.see) < order.index(dialog.start)


def test_it_fits_a_small_window(
    qtbot: QtBot, window: QWidget, opened: Callable[[Sitting], SlipDialog], returning: Sitting
) -> None:
    window.resize(911, 441)
    dialog = opened(returning)
    click(qtbot, dialog.cards["k3"].see)
    assert dialog.height() <= 441
    assert dialog.width() <= 911
    for button in dialog.findChildren(Button):
        if button.isVisible():
            assert button.width() >= button.sizeHint().width(), button.text()
