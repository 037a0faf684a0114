"""A step page follows the session's changes, says what is to be said at the right moment, and keeps the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from pilotdesk.forms.values import Unparsed
from pilotdesk.ui.components.issue import AcceptedLine
from pilotdesk.ui.components.text import ElidedLabel
from pilotdesk.ui.editors.issues import ReasonBox, short_words
from pilotdesk.ui.editors.line import LineEditor
from pilotdesk.ui.fields.row import SpanLabel
from pilotdesk.ui.look.tokens import TypeSize
from tests.ui.editor_kit import (
    compose,
    editor_of,
    focus,
    open_step,
    press,
    row_of,
    small_session,
    write,
)
from tests.ui.later_kit import later_session

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pilotdesk.rules.issue import Issue
    from pilotdesk.session import Session
    from pilotdesk.ui.navigation.services import Services
    from pilotdesk.ui.steps.step_page import StepPage

CONTROL = Qt.KeyboardModifier.ControlModifier


def entry(page: StepPage, path: str) -> QWidget:
    return editor_of(page, path, LineEditor).entry


def codes(page: StepPage, path: str) -> list[str]:
    return [issue.code for issue in row_of(page, path).issues.issues]


# --- relevance


def test_a_group_comes_and_goes_with_its_condition(page: StepPage, draft: Session) -> None:
    assert not row_of(page, "office_rank").isVisible()
    draft.set_value("kind", "office")
    assert row_of(page, "office_rank").isVisible()
    draft.set_value("kind", "school")
    assert not row_of(page, "office_rank").isVisible()


def test_a_hidden_field_keeps_its_answer(page: StepPage, draft: Session) -> None:
    draft.set_value("kind", "office")
    focus(entry(page, "office_rank"))
    write(entry(page, "office_rank"), "abc")
    draft.set_value("kind", "school")
    assert draft.value("office_rank") == "abc"
    draft.set_value("kind", "office")
    assert editor_of(page, "office_rank", LineEditor).entry.text() == "abc"


def test_the_focus_stays_when_rows_come_and_go(page: StepPage, draft: Session) -> None:
    target = entry(page, "title")
    focus(target)
    draft.set_value("kind", "office")
    draft.set_value("kind", None)
    assert QApplication.focusWidget() is target


# --- changes


def test_changes_of_others_are_shown(page: StepPage, draft: Session) -> None:
    draft.set_value("title", "从别处来", origin="import")
    assert editor_of(page, "title", LineEditor).entry.text() == "从别处来"


def test_an_editor_does_not_hear_its_own_echo(page: StepPage, draft: Session) -> None:
    target = editor_of(page, "staff", LineEditor)
    focus(target.entry)
    write(target.entry, "1,2")
    assert target.entry.text() == "1,2"
    write(target.entry, "34")
    assert target.entry.text() == "1,234"
    assert draft.value("staff") == 1234


def test_a_closed_page_hears_nothing_more(page: StepPage, draft: Session) -> None:
    page.close_page()
    draft.set_value("title", "x")
    assert editor_of(page, "title", LineEditor).entry.text() == ""


# --- issues


def test_an_issue_waits_until_the_typing_pauses(page: StepPage, qtbot: QtBot) -> None:
    focus(entry(page, "code"))
    write(entry(page, "code"), "ABC")
    assert codes(page, "code") == []
    qtbot.waitUntil(lambda: codes(page, "code") == ["code_short"])
    assert editor_of(page, "code", LineEditor).entry.property("issue") == "warning"


def test_an_issue_is_said_at_once_when_the_field_is_left(page: StepPage) -> None:
    focus(entry(page, "code"))
    write(entry(page, "code"), "ABC")
    focus(entry(page, "title"))
    assert codes(page, "code") == ["code_short"]


def test_a_solved_issue_goes_with_the_key_that_solves_it(page: StepPage) -> None:
    focus(entry(page, "code"))
    write(entry(page, "code"), "ABC")
    focus(entry(page, "title"))
    focus(entry(page, "code"))
    editor_of(page, "code", LineEditor).entry.end(False)
    write(entry(page, "code"), "DEF")
    assert codes(page, "code") == []
    assert not row_of(page, "code").issues.isVisible()


def test_nothing_is_said_while_composing(page: StepPage, qtbot: QtBot) -> None:
    target = entry(page, "code")
    focus(target)
    write(target, "ABC")
    compose(target, "de")
    row_of(page, "code")._wait.timeout.emit()
    assert codes(page, "code") == []


def test_a_missing_answer_is_not_blamed_before_the_field_was_visited(page: StepPage, draft: Session) -> None:
    assert draft.issues_at("title")
    assert codes(page, "title") == []
    focus(entry(page, "title"))
    assert codes(page, "title") == []
    focus(entry(page, "code"))
    assert codes(page, "title") == ["required"]


def test_an_issue_of_a_loaded_draft_is_shown_from_the_start(qtbot: QtBot, services: Services) -> None:
    page = open_step(qtbot, small_session({"code": "ABC"}), services)
    assert codes(page, "code") == ["code_short"]


def test_a_warning_is_answered_with_a_reason_and_leaves_the_count(
    page: StepPage, draft: Session, qtbot: QtBot
) -> None:
    draft.set_value("code", "ABC")
    row = row_of(page, "code")
    focus(entry(page, "code"))
    press(entry(page, "code"), Qt.Key.Key_Return, CONTROL)
    box = row.findChild(ReasonBox)
    assert isinstance(box, ReasonBox)
    assert box.entry.text() == "证书上就是这样"
    press(box.entry, Qt.Key.Key_Return)
    assert dict(draft.accepted) == {"code_short@code": "证书上就是这样"}
    assert codes(page, "code") == []
    QApplication.processEvents()
    lines = [line for line in row.findChildren(AcceptedLine) if line.isVisible()]
    assert len(lines) == 1
    lines[0].withdrawn.emit()
    assert dict(draft.accepted) == {}
    assert codes(page, "code") == ["code_short"]


def test_an_empty_reason_is_no_answer(page: StepPage, draft: Session) -> None:
    draft.set_value("code", "ABC")
    row_of(page, "code").issues.answer()
    box = row_of(page, "code").findChild(ReasonBox)
    assert isinstance(box, ReasonBox)
    box.entry.clear()
    press(box.entry, Qt.Key.Key_Return)
    assert dict(draft.accepted) == {}
    press(box.entry, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is entry(page, "code")


def test_an_error_cannot_be_talked_away_but_shows_its_source(
    page: StepPage, draft: Session, qtbot: QtBot
) -> None:
    from decimal import Decimal

    draft.set_value("share", Decimal(120))
    row = row_of(page, "share")
    assert not row.issues.answer()
    link = next(each for each in row.findChildren(QPushButton) if each.text() == "看依据")
    with qtbot.waitSignal(page.sources_requested) as asked:
        QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    assert asked.args == ["share"]


def test_what_is_said_is_what_is_wrong_and_what_to_do(draft: Session) -> None:
    def said(path: str) -> str:
        issue: Issue = draft.issues_at(path)[0]
        return short_words(issue)

    draft.set_value("code", "ABC")
    assert said("code") == "代码只有3位。再看一遍。"
    draft.set_value("share", Unparsed("一半"))
    assert said("share") == "没看懂“一半”。请写成数字，如 41.6。"


# --- focus


def test_the_first_open_field_is_the_first_unfilled_or_faulty_one(qtbot: QtBot, services: Services) -> None:
    page = open_step(qtbot, small_session({"title": "x", "code": "ABCDEF"}), services)
    assert page.first_open_path() == "head"
    page.focus_first()
    assert QApplication.focusWidget() is row_of(page, "head").editor.focus_target()
    assert codes(page, "head") == []


def test_go_to_brings_the_field_into_view_and_names_it(page: StepPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.focus_changed, check_params_cb=lambda path: path == "story"):
        page.go_to("story")
    row = row_of(page, "story")
    assert QApplication.focusWidget() is row.editor.focus_target()
    assert codes(page, "story") == ["required"]
    top = row.editor.mapTo(page.view.viewport(), QPoint(0, 0)).y()
    assert 0 <= top < page.view.viewport().height() - 100


def test_go_to_a_part_of_a_person(page: StepPage) -> None:
    page.go_to("head.post")
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName().startswith("1.13 负责人，必填，职务")


def test_an_issue_above_does_not_push_the_focused_field_away(page: StepPage, draft: Session) -> None:
    page.go_to("place")
    target = row_of(page, "place").editor.focus_target()
    before = target.mapTo(page, QPoint(0, 0)).y()
    draft.set_value("code", "ABC")
    draft.set_value("staff", None)
    QApplication.processEvents()
    assert codes(page, "code") == ["code_short"]
    assert target.mapTo(page, QPoint(0, 0)).y() == before


def test_pages_scroll_by_page_keys(page: StepPage) -> None:
    focus(entry(page, "title"))
    press(entry(page, "title"), Qt.Key.Key_PageDown)
    assert page.view.verticalScrollBar().value() > 0


# --- layout


def test_two_columns_where_there_is_room_else_one(page: StepPage) -> None:
    def tops() -> tuple[int, int]:
        return row_of(page, "code").y(), row_of(page, "kind").y()

    assert len(set(tops())) == 1
    page.resize(600, 700)
    QApplication.processEvents()
    assert len(set(tops())) == 2


def test_the_focus_stays_when_columns_change(page: StepPage) -> None:
    target = entry(page, "code")
    focus(target)
    page.resize(600, 700)
    page.resize(900, 700)
    assert QApplication.focusWidget() is target


@pytest.mark.parametrize("step", ["first", "second"])
def test_no_page_scrolls_sideways(qtbot: QtBot, draft: Session, services: Services, step: str) -> None:
    page = open_step(qtbot, draft, services, step)
    for width in (1100, 700, 480):
        page.resize(width, 500)
        QApplication.processEvents()
        assert page.view.body.width() <= page.view.viewport().width()


def cut(widget: QWidget) -> list[str]:
    """Labels and buttons that have less room than their words need."""
    found = []
    for each in (*widget.findChildren(QLabel), *widget.findChildren(QPushButton)):
        if not each.isVisible() or isinstance(each, ElidedLabel) or not each.text():
            continue
        wraps = isinstance(each, QLabel) and each.wordWrap()
        needed = each.heightForWidth(each.width()) if wraps else each.sizeHint().height()
        wide = not wraps and each.width() < each.sizeHint().width() - 1
        if wide or each.height() < needed - 1:
            found.append(f"{type(each).__name__} {each.text()[:40]} {each.size().toTuple()}")
    return found


@pytest.mark.parametrize("size", TypeSize)
@pytest.mark.parametrize(("width", "height"), [(842, 515), (850, 350), (640, 300)])
@pytest.mark.parametrize("step", ["first", "second"])
def test_no_label_is_cut(
    qtbot: QtBot, services: Services, size: TypeSize, width: int, height: int, step: str
) -> None:
    services.look.set_size(size)
    page = open_step(qtbot, small_session({"code": "ABC", "share": 120}), services, step, width)
    page.resize(width, height)
    QApplication.processEvents()
    QApplication.processEvents()
    assert cut(page) == []
    services.look.set_size(TypeSize.STANDARD)


def test_every_editor_has_a_spoken_name(page: StepPage) -> None:
    unnamed = [
        path
        for row in page.view.rows()
        for path in [row.place.path]
        if row.place.field.type not in {"statement", "signature"}
        and not (
            row.editor.focus_target().accessibleName() or row.editor.focus_target().accessibleDescription()
        )
    ]
    assert unnamed == []
    assert entry(page, "code").accessibleName() == "1.2 代码，必填"
    assert entry(page, "staff").accessibleDescription() == "单位人"


def test_a_screen_reader_is_told_the_issue(page: StepPage, draft: Session) -> None:
    draft.set_value("code", "ABC")
    assert "代码只有3位" in entry(page, "code").accessibleDescription()


def test_labels_lead_to_their_editors(page: StepPage) -> None:
    for row in page.view.rows():
        assert row.head.label.buddy() is row.editor.focus_target()
    assert all(isinstance(row.head.label, SpanLabel) for row in page.view.rows())


def test_required_and_optional_are_said_in_the_label(page: StepPage) -> None:
    assert row_of(page, "title").head.label.plain.endswith("*")
    assert row_of(page, "kind").head.label.plain.endswith("选填")
    assert row_of(page, "shown_title").head.label.plain.endswith("名称又一次")


def test_typing_costs_no_new_widgets(page: StepPage) -> None:
    focus(entry(page, "title"))
    write(entry(page, "title"), "a")
    before = len(page.findChildren(QWidget))
    write(entry(page, "title"), "bcdef")
    assert len(page.findChildren(QWidget)) == before


def test_the_note_of_a_short_field_ends_with_the_field(qtbot: QtBot, services: Services) -> None:
    """At the end of the column it would belong to nothing."""
    page = open_step(qtbot, later_session("self_assessment"), services, "conclusion_step", 1000)
    short = [row for row in page.view.rows() if row.editor.maximumWidth() < row.width()]
    assert short
    for row in short:
        room = max(row.editor.width(), row.head.natural_width)
        assert row.head.note.isVisible()
        assert row.head.geometry().left() == row.editor.geometry().left() == 0
        assert row.head.width() == room < row.width()
