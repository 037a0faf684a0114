"""The strip of four stops and the dialog for what only people know."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from pilotdesk.projects.overview import overviews
from pilotdesk.ui.editors.calendar import DayPopup
from pilotdesk.ui.start.dates_dialog import DatesDialog, DayEntry
from pilotdesk.ui.start.timeline_strip import TimelineStrip
from tests.projects.timelines import card, the_round

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pilotdesk.projects.overview import Overview
    from pilotdesk.ui.look.theme import Look

TODAY = date(2027, 11, 20)
ADMITTED = {"admitted": date(2026, 11, 10)}


def project(dates: dict[str, date] | None = None, *forms: str) -> Overview:
    cards = [card(form) for form in ("application", *forms)]
    (made,) = overviews(
        cards, lambda _id: ADMITTED if dates is None else dates, lambda _n: the_round(), TODAY
    )
    return made


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(1366, 697)
    qtbot.addWidget(made)
    return made


# --- the strip


def strip(qtbot: QtBot, look: Look, made: Overview, **more: frozenset[str]) -> TimelineStrip:
    shown = TimelineStrip(look, made.line.forms, **more)
    qtbot.addWidget(shown)
    shown.resize(800, 72)
    shown.show()
    return shown


def chosen(shown: TimelineStrip) -> list[str]:
    forms: list[str] = []
    shown.chosen.connect(forms.append)
    return forms


def test_the_strip_is_spoken_as_one_sentence(qtbot: QtBot, look: Look) -> None:
    told = strip(qtbot, look, project()).accessibleName()
    assert (
        told
        == "申报书：已报送；2027年度总结：还有 10 天；2028年度总结：2028-11-30 前交；自评：推算 2029-01-31 前"
    )


def test_a_click_opens_what_can_be_opened(qtbot: QtBot, look: Look) -> None:
    shown = strip(qtbot, look, project(None, "summary_2027"), may_begin=frozenset({"self_assessment"}))
    forms = chosen(shown)
    for stop in range(4):
        qtbot.mouseClick(shown, Qt.MouseButton.LeftButton, pos=QPoint(stop * 200 + 40, 20))
    assert forms == ["application", "summary_2027", "self_assessment"]


def test_arrow_keys_pass_over_what_cannot_be_opened(qtbot: QtBot, look: Look) -> None:
    shown = strip(qtbot, look, project(), may_begin=frozenset({"self_assessment"}))
    forms = chosen(shown)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Left):
        qtbot.keyClick(shown, key)
    qtbot.keyClick(shown, Qt.Key.Key_Enter)
    assert forms == ["application", "self_assessment", "application"]


def test_a_strip_that_opens_nothing_is_no_tab_stop(qtbot: QtBot, look: Look) -> None:
    made = project()
    bare = tuple(due for due in made.line.forms if not due.draft_id)
    shown = TimelineStrip(look, bare)
    qtbot.addWidget(shown)
    assert shown.focusPolicy() is Qt.FocusPolicy.NoFocus


# --- the dialog


def dialog(host: QWidget, look: Look, made: Overview) -> DatesDialog:
    return DatesDialog(host, look, made, TODAY)


def test_nothing_changed_gives_the_same_dates(host: QWidget, look: Look) -> None:
    dates = ADMITTED | {
        "summary_2027.county": date(2027, 11, 10), "self_assessment": date(2029, 3, 1),
        "upload.handed_in": date(2026, 6, 20), "something_of_a_later_program": date(2030, 1, 1),
    }  # fmt: skip
    assert dialog(host, look, project(dates)).answer() == dates


def test_what_is_typed_in_any_way_people_write_days_is_kept(host: QWidget, look: Look) -> None:
    shown = dialog(host, look, project({}))
    shown.listed.setCurrentIndex(1)
    shown.entry("self_assessment").setText("2029年3月1日")
    shown.entry("summary_2027.province").setText("2027.11.20")
    shown.entry("summary_2027.handed_in").setText("20271118")
    assert shown.answer() == {
        "admitted": TODAY,
        "self_assessment": date(2029, 3, 1),
        "summary_2027.province": date(2027, 11, 20),
        "summary_2027.handed_in": date(2027, 11, 18),
    }


def test_listed_and_not_listed_exclude_each_other(host: QWidget, look: Look) -> None:
    shown = dialog(host, look, project(ADMITTED))
    assert shown.listed.currentIndex() == 1
    shown.listed.setCurrentIndex(2)
    assert set(shown.answer()) == {"declined"}
    shown.listed.setCurrentIndex(0)
    assert shown.answer() == {}


def test_a_day_that_cannot_be_read_is_named_and_nothing_is_kept(host: QWidget, look: Look) -> None:
    shown = dialog(host, look, project())
    shown.entry("summary_2027.city").setText("11月底")
    shown.chosen = 1
    shown.accept()
    assert shown.result() == 0
    assert "市级内部截止" in shown._trouble.plain
    assert "11月底" in shown._trouble.plain
    shown.entry("summary_2027.city").setText("")
    shown.accept()
    assert shown.result() == 1


def test_what_has_happened_cannot_lie_in_days_to_come(host: QWidget, look: Look) -> None:
    shown = dialog(host, look, project())
    shown.entry("summary_2027.handed_in").setText("2037-11-18")
    shown.chosen = 1
    shown.accept()
    assert shown.result() == 0
    assert "2037年11月18日还没有到" in shown._trouble.plain
    shown.entry("summary_2027.handed_in").setText("2027-11-20")
    shown.entry("summary_2027.county").setText("2027-11-25")
    shown.accept()
    assert shown.result() == 1


def test_the_line_that_is_wrong_comes_into_view(host: QWidget, look: Look, qtbot: QtBot) -> None:
    host.resize(911, 441)
    shown = dialog(host, look, project())
    shown.show()
    qtbot.waitExposed(shown)
    wrong = shown.entry("self_assessment.handed_in")
    assert wrong.visibleRegion().isEmpty()
    wrong.setText("年底")
    shown.chosen = 1
    shown.accept()
    assert not wrong.visibleRegion().isEmpty()
    shown.reject()


def test_enter_in_a_line_keeps_like_the_button(host: QWidget, look: Look, qtbot: QtBot) -> None:
    shown = dialog(host, look, project())
    shown.show()
    line = shown.entry("summary_2027.county")
    for typed, kept in (("2027-11-31", False), ("2027-11-10", True)):
        line.clear()
        qtbot.keyClicks(line, typed)
        qtbot.keyClick(line, Qt.Key.Key_Return)
        assert (shown.chosen, bool(shown.result()), shown.isVisible()) == (1, kept, not kept)
    assert shown.answer()["summary_2027.county"] == date(2027, 11, 10)


def test_a_day_beside_a_choice_that_was_not_made_is_not_dropped(host: QWidget, look: Look) -> None:
    shown = dialog(host, look, project({}))
    shown._listed_on.setText("2026-11-10")
    shown.chosen = 1
    shown.accept()
    assert shown.result() == 0
    assert "还没有选" in shown._trouble.plain
    shown.listed.setCurrentIndex(1)
    shown.accept()
    assert shown.answer()["admitted"] == date(2026, 11, 10)


def test_a_day_of_the_notice_cannot_be_typed_over(host: QWidget, look: Look) -> None:
    shown = dialog(host, look, project())
    with pytest.raises(KeyError):
        shown.entry("summary_2027")
    assert shown.entry("self_assessment").text() == ""


def test_the_calendar_below_a_line_writes_the_day(
    host: QWidget, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pilotdesk.ui.start.dates_dialog.show_below", lambda *_given: None)
    shown = dialog(host, look, project())
    entry = shown.entry("summary_2028.county")
    entry.open_popup()
    (popup,) = entry.findChildren(DayPopup)
    assert (popup.year, popup.month) == (2027, 11)
    popup.choose(5)
    assert entry.day == date(2027, 11, 5)


def test_the_dialog_stays_inside_a_small_window(host: QWidget, look: Look) -> None:
    host.resize(911, 441)
    shown = dialog(host, look, project())
    assert shown.height() <= 441


def test_what_an_empty_line_asks_for_can_be_read(host: QWidget, look: Look) -> None:
    shown = dialog(host, look, project({}))
    shown.show()
    for entry in shown.findChildren(DayEntry):
        words = entry.placeholderText()
        room = entry.width() - entry.textMargins().left() - entry.textMargins().right() - 24
        assert QFontMetrics(entry.font()).horizontalAdvance(words) <= room, words
