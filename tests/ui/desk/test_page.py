"""The page of the desk: what its bars say, its keys, and how it stands in narrow windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QMenu, QPlainTextEdit, QPushButton

from pilotdesk.documents.pdf.reading import read_pdf_text
from pilotdesk.errors import DeskError
from pilotdesk.review.desk.records import Conclusion, Verdict
from pilotdesk.rules.issue import Severity
from pilotdesk.ui.components.text import ElidedLabel, WrappedLabel
from pilotdesk.ui.desk import intake_desk
from pilotdesk.ui.desk.keys import COMMANDS
from pilotdesk.ui.desk.keys_sheet import LINES, KeysDialog, show_desk_keys
from pilotdesk.ui.desk.page import MOVE, UNKEPT
from pilotdesk.ui.desk.table_view import LEAST_LINE
from pilotdesk.ui.look.tokens import TypeSize
from tests.review.desk_kit import finding
from tests.ui.desk.kit import TWICE, UNITS, handed_in, press

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication, QWidget
    from pytestqt.qtbot import QtBot

    from pilotdesk.ui.desk.page import DeskPage
    from tests.ui.conftest import Said


def test_the_header_counts_what_is_there_and_what_is_done(page: DeskPage) -> None:
    assert page.header.province.text == "江西省 · 2026年度"
    assert page.header.progress.text() == f"{len(UNITS)} 件，已审 0 件"
    page.sitting.conclude("k2", Conclusion.RETURNED, "附件都没有")
    assert page.header.progress.text() == f"{len(UNITS)} 件，已审 1 件"
    assert page.header.slips.text() == "退回单 1"
    page.sitting.desk.returned("k2", "退〔2026〕1 号", 3, None)
    page.sitting.read_again()
    assert page.header.slips.text() == "退回单"


def test_what_is_stored_is_said_in_the_foot(page: DeskPage) -> None:
    page.sitting.pick("k2", True)
    assert page.foot.kept.text().startswith("已存 ")


def test_j_and_k_walk_through_the_submissions(qtbot: QtBot, page: DeskPage) -> None:
    press(qtbot, page, Qt.Key.Key_J)
    first = page.sitting.current
    press(qtbot, page, Qt.Key.Key_J)
    assert page.sitting.current not in {"", first}
    press(qtbot, page, Qt.Key.Key_K)
    assert page.sitting.current == first


def test_in_a_narrow_window_the_review_opens_over_the_table(page: DeskPage) -> None:
    assert page.panel.isVisible()
    page.resize(911, 441)
    assert not page.panel.isVisible()
    page.open_panel()
    assert page.over.isVisible()
    assert page.panel.isVisible()
    page.resize(1366, 697)
    assert not page.over.isVisible()
    assert page.panel.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_every_command_stands_in_the_menu_with_its_keys(qtbot: QtBot, page: DeskPage) -> None:
    qtbot.mouseClick(page.header.menu, Qt.MouseButton.LeftButton)
    (menu,) = [one for one in page.findChildren(QMenu) if one.isVisible()]
    shown = {action.objectName() for one in (menu, *menu.findChildren(QMenu)) for action in one.actions()}
    assert {command.name for command in COMMANDS if command.name} <= shown
    assert {"log", "settings", "archive"} <= shown
    assert menu.height() <= page.height()
    menu.close()


def test_no_key_has_two_meanings() -> None:
    keys = [key for command in COMMANDS for key in command.keys]
    assert len(keys) == len(set(keys))
    assert all(command.keys for command in COMMANDS if command.name)


def test_a_verdict_is_given_by_a_figure_and_taken_back(qtbot: QtBot, page: DeskPage) -> None:
    page.sitting.show_one("k2")
    page.area.table.setFocus()
    point = page.panel.points.current
    press(qtbot, page, Qt.Key.Key_2)
    assert page.sitting.rows["k2"].verdicts == {point: Verdict.AMEND}
    press(qtbot, page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.sitting.rows["k2"].verdicts == {}


def test_f1_shows_the_keys(qtbot: QtBot, page: DeskPage) -> None:
    page.area.table.setFocus()
    press(qtbot, page, Qt.Key.Key_F1)
    (sheet,) = page.findChildren(KeysDialog)
    assert sheet.isVisible()
    sheet.reject()


def test_figures_and_letters_stay_in_a_field_that_is_written_in(qtbot: QtBot, page: DeskPage) -> None:
    page.sitting.show_one("k2")
    press(qtbot, page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.area.filters.search.hasFocus()
    for key in (Qt.Key.Key_1, Qt.Key.Key_J, Qt.Key.Key_K, Qt.Key.Key_Slash):
        press(qtbot, page, key)
    assert page.area.filters.search.text() == "1jk/"
    assert page.sitting.rows["k2"].verdicts == {}
    press(qtbot, page, Qt.Key.Key_Escape)
    page.panel.speak_of("")
    press(qtbot, page, Qt.Key.Key_2)
    press(qtbot, page, Qt.Key.Key_Space)
    press(qtbot, page, Qt.Key.Key_J)
    assert page.sitting.rows["k2"].verdicts == {}
    assert page.sitting.current == "k2"
    press(qtbot, page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [one.text for one in page.sitting.desk.opinions("k2")] == ["2 j"]
    assert page.sitting.current == "k3"


def test_in_a_narrow_window_nothing_is_decided_unseen(qtbot: QtBot, page: DeskPage) -> None:
    page.resize(911, 441)
    page.sitting.show_one("k2")
    page.area.table.setFocus()
    press(qtbot, page, Qt.Key.Key_3)
    assert page.over.isVisible()
    assert page.sitting.rows["k2"].verdicts == {}
    press(qtbot, page, Qt.Key.Key_3)
    assert list(page.sitting.rows["k2"].verdicts.values()) == [Verdict.REFUSED]
    press(qtbot, page, Qt.Key.Key_Escape)
    assert not page.over.isVisible()
    assert page.area.table.view.hasFocus()


def test_in_a_low_window_the_review_opens_at_its_point(qtbot: QtBot, page: DeskPage) -> None:
    page.setMinimumSize(1, 1)
    page.look.set_size(TypeSize.EXTRA)
    page.resize(911, 441)
    points = page.panel.points
    long = finding("desk_copied", Severity.WARNING, 6, sentence="和另一件写得一样，请核实。" * 12)
    page.sitting.desk.set_crossed({"k2": (long,)})
    for point in range(1, 6):
        page.sitting.verdict("k2", point, Verdict.PASSED)
    page.sitting.show_one("k2")
    qtbot.waitUntil(lambda: not points._coming.isActive())  # nobody sees it yet
    page.open_panel()
    current = points.rows[5]
    qtbot.waitUntil(lambda: current.visibleRegion().boundingRect() == current.rect())
    page.keys.actions["next_doubt"].trigger()
    qtbot.waitUntil(lambda: not points._coming.isActive())
    assert current.visibleRegion().isEmpty(), "there is room for the doubt only"
    page.keys.actions["amend"].trigger()
    assert page.sitting.rows["k2"].verdicts[6] is Verdict.AMEND


def test_a_low_window_with_large_type_shows_some_lines(qtbot: QtBot, page: DeskPage) -> None:
    page.setMinimumSize(1, 1)
    page.look.set_size(TypeSize.EXTRA)
    page.resize(911, 441)
    view = page.area.table.view
    qtbot.waitUntil(lambda: view.viewport().height() // view.line_height >= 4)
    assert view.rowHeight(0) == view.head.height() == view.line_height >= LEAST_LINE
    page.resize(1366, 697)
    assert view.rowHeight(0) == view.head.height() == page.look.metric("table_row")


def test_f6_goes_round(qtbot: QtBot, page: DeskPage) -> None:
    page.sitting.show_one("k2")
    page.area.table.setFocus()
    press(qtbot, page, Qt.Key.Key_F6)
    assert page.panel.isAncestorOf(page.focusWidget())
    press(qtbot, page, Qt.Key.Key_F6)
    assert page.left.isAncestorOf(page.focusWidget())


def test_the_material_stands_in_the_place_of_the_table(qtbot: QtBot, page: DeskPage) -> None:
    page.sitting.show_one("sample")
    page.area.table.setFocus()
    press(qtbot, page, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    assert page.left.material.isVisible()
    assert page.panel.isVisible()
    press(qtbot, page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.left.material.search.hasFocus()
    page.panel.points.focus_current()
    press(qtbot, page, Qt.Key.Key_Escape)
    assert page.area.isVisible()
    assert page.area.table.view.hasFocus()


def test_in_a_narrow_window_the_material_takes_the_place_of_the_review(page: DeskPage) -> None:
    page.resize(911, 441)
    page.sitting.show_one("sample")
    page.open_panel()
    page.panel.material_wanted.emit("")
    assert page.left.material.isVisible()
    assert not page.over.isVisible()
    page.left.material.say_wanted.emit("point:2")
    assert page.over.isVisible()


def test_only_what_came_again_has_changes_to_look_at(page: DeskPage, said: Said) -> None:
    page.sitting.show_one("k2")
    page.keys.actions["changes"].trigger()
    assert said.texts == ["第一次报来的没有改动可看"]
    page.sitting.show_one(TWICE)
    page.keys.actions["changes"].trigger()
    assert page.left.material.changes.isVisible()


def test_what_is_not_stored_is_not_left_without_a_word(
    page: DeskPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def stay(_window: object, _look: object, title: str, _text: str, *, actions: object) -> int:
        asked.append(title)
        return 1

    monkeypatch.setattr("pilotdesk.ui.desk.page.ask_choice", stay)
    assert page.may_leave()
    page.sitting.show_one("k2")
    page.panel.speak_of("")
    page.panel.words.box.area.setPlainText("请补附件")
    page.sitting.desk.access.refusal = DeskError("desk_full", folder="D:")
    assert not page.may_leave()
    assert asked == [UNKEPT[0]]
    page.sitting.desk.access.refusal = None


def test_the_sheet_of_keys_names_every_command(page: DeskPage) -> None:
    sheet = show_desk_keys(page, page.look)
    shown = {label.text() for label in sheet.findChildren(QLabel)}
    assert {command.words for command in COMMANDS if command.name} <= shown
    assert {"Ctrl+空格", "Ctrl+Enter", "Ctrl+↓"} <= shown  # as the keys are called
    assert sheet.height() <= page.height()
    sheet.accept()


def test_the_sheet_of_keys_can_be_printed(
    qtbot: QtBot, page: DeskPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "快捷键"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    sheet = show_desk_keys(page, page.look)
    qtbot.mouseClick(sheet.save, Qt.MouseButton.LeftButton)
    assert sheet.said.text() == "存好了"
    written = target.with_suffix(".pdf")
    (printed,) = read_pdf_text(written).pages
    text = "".join(printed.split())
    assert [part for line in LINES for part in line if "".join(part.split()) not in text] == []
    sheet.accept()


def cut(page: QWidget) -> list[str]:
    """Words that have not got the room that they ask for; what elides by itself shows all of it in its tooltip."""
    found = []
    for widget in (*page.findChildren(QLabel), *page.findChildren(QPushButton)):
        if not widget.isVisible() or not widget.text() or isinstance(widget, ElidedLabel):
            continue
        if isinstance(widget, WrappedLabel):
            missing = widget.heightForWidth(widget.width()) - widget.height()
        else:
            missing = widget.sizeHint().width() - widget.width()
        if missing > 1:
            found.append(f"{type(widget).__name__} “{widget.text()[:60]}” lacks {missing} px")
    return found


@pytest.mark.parametrize("type_size", list(TypeSize))
def test_no_words_are_cut(page: DeskPage, type_size: TypeSize, qapp: QApplication) -> None:
    page.look.set_size(type_size)
    page.setMinimumSize(1, 1)  # as in its window, which has a least size of its own
    page.sitting.show_one(TWICE)
    page.sitting.conclude("k3", Conclusion.RETURNED, "附件都没有")
    found = []
    for size in ((1366, 697), (1093, 543), (911, 441), (640, 360)):
        page.resize(*size)
        for show in (page.over.hide, page.open_panel, page.left.show_material, page.left.material.close_view):
            show()
            qapp.processEvents()
            found += [f"{size} {show.__name__}: {words}" for words in cut(page)]
        if page.minimumSizeHint().width() > size[0]:
            found.append(f"{size}: wider than the window by its parts")
    page.look.set_size(TypeSize.STANDARD)
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("code", "words"), [("desk_full", MOVE), ("desk_damaged", "重新打开"), ("desk_busy", "")]
)
def test_what_goes_wrong_is_said_with_what_helps(
    qtbot: QtBot, page: DeskPage, monkeypatch: pytest.MonkeyPatch, code: str, words: str
) -> None:
    def fail(*_given: object) -> None:
        raise DeskError(code, name="台.db", folder="D:")

    monkeypatch.setattr(page.sitting.desk, "pick", fail)
    page.sitting.pick("k2", True)
    assert page.foot.said.text() == str(DeskError(code, name="台.db", folder="D:"))
    assert page.foot.remedy.text() == words
    assert page.foot.remedy.isVisible() == bool(words)
    if words:
        wanted = page.move_requested if words == MOVE else page.again_requested
        with qtbot.waitSignal(wanted):
            qtbot.mouseClick(page.foot.remedy, Qt.MouseButton.LeftButton)
    monkeypatch.undo()
    page.sitting.pick("k2", True)
    assert not page.foot.trouble.isVisible()


def test_a_copy_that_cannot_be_made_is_said(
    qtbot: QtBot, page: DeskPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object) -> None:
        raise DeskError("desk_full", name="台.db", folder="D:")

    monkeypatch.setattr("pilotdesk.ui.desk.copies.keep_copy", fail)
    page.copies.begin()
    qtbot.waitUntil(page.foot.trouble.isVisible)
    assert "盘满了" in page.foot.said.text()


def test_a_folder_may_be_dropped_on_a_field_too(qtbot: QtBot, page: DeskPage) -> None:
    page.sitting.show_one("k2")
    qtbot.waitUntil(page.panel.words.box.area.isVisible)
    editors: list[QWidget] = [*page.findChildren(QLineEdit), *page.findChildren(QPlainTextEdit)]
    assert page.acceptDrops()
    assert [one for one in editors if one.isVisible() and one.acceptDrops()] == []


def test_the_sample_for_practice_is_not_counted_and_said_apart(page: DeskPage) -> None:
    practice = msgspec.structs.replace(handed_in(1), key="k9", code="EEEE-EEEE", project="p9", practice=True)
    page.sitting.desk.take(practice)
    page.sitting.read_again()
    assert page.header.progress.text() == f"{len(UNITS)} 件，已审 0 件，另有练习样例 1 件"


def test_an_empty_desk_offers_to_take_in_also_in_the_lowest_window(
    qtbot: QtBot, page: DeskPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(intake_desk, "ask_places", lambda *_given: asked.append(True))
    page.setMinimumSize(1, 1)
    page.look.set_size(TypeSize.EXTRA)
    page.resize(911, 441)
    empty = page.area.table.empty
    page.sitting.rows.clear()
    page.sitting.changed.emit()
    qtbot.waitUntil(lambda: empty.rect().contains(empty.take.geometry()))
    assert not empty.take.geometry().intersects(empty.words.geometry())
    qtbot.mouseClick(empty.take, Qt.MouseButton.LeftButton)
    assert asked == [True]
