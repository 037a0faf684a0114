"""给单位的话: bound to a place, never lost, with phrases; keys stay text where somebody writes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from pilotdesk.errors import DeskError
from pilotdesk.review.desk.records import Verdict
from pilotdesk.ui.desk.panel import ReviewPanel
from pilotdesk.ui.desk.phrase_popup import PhrasePopup
from pilotdesk.ui.desk.words_keeper import WordsKeeper
from tests.review.desk_kit import opened
from tests.ui.conftest import ImmediateRunner
from tests.ui.desk.kit import press
from tests.ui.desk.panel_kit import BOTH, focus_table

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pilotdesk.ui.desk.page import DeskPage
    from pilotdesk.ui.desk.sitting import Sitting
    from pilotdesk.ui.look.theme import Look

CHILD = Path(__file__).with_name("words_child.py")


def opinions(sitting: Sitting, key: str = BOTH) -> dict[str, str]:
    return {one.place: one.text for one in sitting.desk.opinions(key)}


def write(qtbot: QtBot, page: DeskPage, text: str) -> None:
    """Type into the words, as one does after a click."""
    area = page.panel.words.box.area
    qtbot.mouseClick(area.viewport(), Qt.MouseButton.LeftButton)
    assert area.hasFocus()
    qtbot.keyClicks(area, text)


def test_what_is_typed_is_stored_after_a_pause(qtbot: QtBot, page: DeskPage) -> None:
    page.sitting.show_one(BOTH)
    write(qtbot, page, "1 and 3, J or K / ")
    assert page.sitting.current == BOTH, "letters are text where somebody writes"
    assert dict(page.sitting.rows[BOTH].verdicts) == {}
    assert page.panel.words.box.area.toPlainText() == "1 and 3, J or K / "
    qtbot.waitUntil(lambda: opinions(page.sitting) == {"point:1": "1 and 3, J or K /"})
    assert page.panel.words.box.area.toPlainText() == "1 and 3, J or K / ", "the writer is not disturbed"
    qtbot.keyClicks(page.panel.words.box.area, "x")
    page.panel.flush()
    assert opinions(page.sitting) == {"point:1": "1 and 3, J or K / x"}


def test_leaving_the_text_stores_it_and_lets_keys_count_again(qtbot: QtBot, page: DeskPage) -> None:
    page.sitting.show_one(BOTH)
    write(qtbot, page, "first")
    press(qtbot, page, Qt.Key.Key_Escape)
    assert opinions(page.sitting) == {"point:1": "first"}
    press(qtbot, page, Qt.Key.Key_1)
    assert dict(page.sitting.rows[BOTH].verdicts) == {1: Verdict.PASSED}


def test_ctrl_enter_stores_and_goes_to_the_next(qtbot: QtBot, page: DeskPage) -> None:
    focus_table(page)
    press(qtbot, page, Qt.Key.Key_J)
    first = page.sitting.current
    write(qtbot, page, "to the first")
    press(qtbot, page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.sitting.current not in {"", first}
    assert opinions(page.sitting, first) == {"point:1": "to the first"}
    assert page.panel.words.box.area.toPlainText() == ""
    page.sitting.show_one(first)
    assert page.panel.words.box.area.toPlainText() == "to the first"


def test_a_pause_stores_and_so_does_writing_without_one(sitting: Sitting) -> None:
    keeper = WordsKeeper(sitting, sitting)
    keeper.write("k2", "", "a")
    assert keeper._pause.isActive()
    assert keeper._longest.isActive()
    keeper._pause.stop()  # as if the next key always came before its end
    keeper._longest.timeout.emit()
    assert opinions(sitting, "k2") == {"": "a"}
    keeper.write("k2", "", "ab")
    keeper._longest.stop()
    keeper._pause.timeout.emit()
    assert opinions(sitting, "k2") == {"": "ab"}
    assert keeper.is_clear


def test_each_place_has_its_own_words(qtbot: QtBot, page: DeskPage) -> None:
    page.sitting.show_one(BOTH)
    write(qtbot, page, "of the point")
    box = page.panel.words.box
    box.place.setCurrentIndex(box.place.findData("uscc"))
    assert box.area.toPlainText() == ""
    write(qtbot, page, "of the code")
    box.place.setCurrentIndex(box.place.findData(""))
    write(qtbot, page, "of the whole")
    page.panel.points.go_to(2)
    assert opinions(page.sitting) == {"point:1": "of the point", "uscc": "of the code", "": "of the whole"}
    page.panel.speak_of("uscc")
    assert box.area.toPlainText() == "of the code"
    box.area.selectAll()
    qtbot.keyClick(box.area, Qt.Key.Key_Delete)
    page.panel.flush()
    assert "uscc" not in opinions(page.sitting), "empty words are taken away"


def test_what_cannot_be_stored_is_held_and_stored_later(qtbot: QtBot, page: DeskPage) -> None:
    page.sitting.show_one(BOTH)
    page.sitting.desk.access.refusal = DeskError("desk_full", folder="D:")
    write(qtbot, page, "on a full disk")
    assert not page.panel.flush()
    assert page.panel.words.box.held.isVisible()
    page.sitting.show_one("k2")
    assert page.panel.words.box.area.toPlainText() == ""
    page.sitting.show_one(BOTH)
    assert page.panel.words.box.area.toPlainText() == "on a full disk", (
        "it was written and stands there still"
    )
    assert opinions(page.sitting) == {}
    page.sitting.desk.access.refusal = None
    qtbot.waitUntil(lambda: opinions(page.sitting) == {"point:1": "on a full disk"})
    assert not page.panel.words.box.held.isVisible()


def test_words_survive_a_kill(desk_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, str(CHILD), str(desk_path)], capture_output=True, check=False, timeout=280
    )
    assert run.returncode < 0, run.stderr.decode()
    assert b"stored" in run.stdout
    with opened(desk_path) as desk:
        assert [one.text for one in desk.opinions("k2")] == ["typed, then killed"]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_phrase_is_found_by_initials_and_filled_with_its_place(qtbot: QtBot, page: DeskPage) -> None:
    page.sitting.show_one(BOTH)
    focus_table(page)
    press(qtbot, page, Qt.Key.Key_F8)
    press(qtbot, page, Qt.Key.Key_Slash)
    (popup,) = [one for one in page.findChildren(PhrasePopup) if one.isVisible()]
    count = popup.list.count()
    qtbot.keyClicks(popup.search, "zxc")
    assert 0 < popup.list.count() < count
    qtbot.keyClick(popup.search, Qt.Key.Key_Return)
    text = page.panel.words.box.area.toPlainText()
    assert text.startswith("2.2 查询日期离上传超过30天")
    assert page.panel.words.box.area.hasFocus()
    page.panel.flush()
    assert dict(page.sitting.desk.phrases_used()) == {"重新查": 1}
    qtbot.keyClicks(page.panel.words.box.area, "!")
    page.panel.flush()
    assert dict(page.sitting.desk.phrases_used()) == {"重新查": 1}, "worded on, it is one phrase still"
    assert opinions(page.sitting) == {"uscc": f"{text}!"}


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_slash_opens_the_phrases_where_nothing_is_written_yet_and_is_text_elsewhere(
    qtbot: QtBot, page: DeskPage
) -> None:
    page.sitting.show_one(BOTH)
    area = page.panel.words.box.area
    write(qtbot, page, "/")
    assert area.toPlainText() == ""
    (popup,) = [one for one in page.findChildren(PhrasePopup) if one.isVisible()]
    qtbot.keyClick(popup.search, Qt.Key.Key_Return)
    phrase = area.toPlainText()
    assert phrase
    qtbot.keyClicks(area, "/")
    assert area.toPlainText() == f"{phrase}/"
    assert not [one for one in page.findChildren(PhrasePopup) if one.isVisible()]


def test_words_about_a_field_of_another_point_go_to_that_point(
    qtbot: QtBot, look: Look, sitting: Sitting
) -> None:
    panel = ReviewPanel(look, sitting, runner=ImmediateRunner(), clock=sitting.clock)
    qtbot.addWidget(panel)
    sitting.show_one(BOTH)
    panel.speak_of("unit_name")
    assert (panel.points.current, panel.words.place) == (2, "unit_name")
    panel.speak_of("uscc")
    assert (panel.points.current, panel.words.place) == (1, "uscc")


def test_the_words_of_a_finding_are_bound_to_its_answer(qtbot: QtBot, look: Look, sitting: Sitting) -> None:
    panel = ReviewPanel(look, sitting, runner=ImmediateRunner(), clock=sitting.clock)
    qtbot.addWidget(panel)
    sitting.show_one(BOTH)
    panel.points.go_to(1)
    panel.points.details.findings[0].action_chosen.emit("say")
    assert panel.words.place == "uscc"
    assert panel.words.box.place.currentText() == "2.2 统一社会信用代码"
    wanted: list[str] = []
    panel.material_wanted.connect(wanted.append)
    panel.points.details.findings[0].action_chosen.emit("see")
    assert wanted == ["uscc"]
