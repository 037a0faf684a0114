"""Long texts: plain, counted, never cut; nothing is read while an input method is composing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtWidgets import QApplication

from pilotdesk.ui.editors.longtext import ABOVE_METER, LargeView, LongTextEditor, advice
from tests.ui.editor_kit import (
    Toasts,
    commit_text,
    compose,
    editor_of,
    focus,
    press,
    row_of,
    write,
)

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pilotdesk.session import Session
    from pilotdesk.ui.navigation.services import Services
    from pilotdesk.ui.steps.step_page import StepPage

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def editor(page: StepPage) -> LongTextEditor:
    page.go_to("story")
    found = editor_of(page, "story", LongTextEditor)
    focus(found.text)
    return found


def test_words_are_counted_as_word_counts_them(editor: LongTextEditor) -> None:
    write(editor.text, "依据GB/T 1.1—2020")
    assert editor.tools.count.text() == "6 字"
    assert editor.tools.advice.text() == "建议 10–20"
    assert editor.meter.percent == pytest.approx(30)


def test_the_distance_to_the_advised_length_is_a_remark_and_no_issue(
    page: StepPage, editor: LongTextEditor
) -> None:
    write(editor.text, "一二三")
    assert row_of(page, "story").head.note.plain == "还差约 7 字到建议下限，不强制"
    write(editor.text, "四五六七八九十" * 3)
    assert row_of(page, "story").head.note.plain == "比建议上限多约 4 字"
    focus(editor_of(page, "title", type(row_of(page, "title").editor)).focus_target())
    assert row_of(page, "story").issues.issues == ()


def test_paragraphs_are_kept(editor: LongTextEditor, draft: Session) -> None:
    write(editor.text, "first")
    press(editor.text, Qt.Key.Key_Return)
    write(editor.text, "second")
    assert draft.value("story") == "first\nsecond"


def test_tab_leaves_the_text(editor: LongTextEditor, draft: Session) -> None:
    write(editor.text, "ab")
    press(editor.text, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not editor.text
    assert draft.value("story") == "ab"


def test_nothing_is_read_while_composing(editor: LongTextEditor, draft: Session) -> None:
    write(editor.text, "ab")
    compose(editor.text, "zhong")
    assert editor.is_composing
    assert draft.value("story") == "ab"
    commit_text(editor.text, "中")
    assert draft.value("story") == "ab中"


def test_paste_takes_the_text_alone_and_says_so_once(
    editor: LongTextEditor, draft: Session, services: Services
) -> None:
    toasts = Toasts()
    msgspec.structs.force_setattr(services, "toasts", toasts)
    for _ in range(2):
        copied = QMimeData()
        copied.setHtml("<p><b style='font-size:40px'>粗</b>体</p>")
        copied.setText("粗体\r\n")
        QApplication.clipboard().setMimeData(copied)
        press(editor.text, Qt.Key.Key_V, CONTROL)
    assert draft.value("story") == "粗体\n粗体\n"
    assert "40px" not in editor.text.toHtml()
    assert toasts.said == ["只粘贴了文字，字体和格式没有带过来"]


def test_the_outline_is_one_step_and_says_no_heading_twice(editor: LongTextEditor, draft: Session) -> None:
    write(editor.text, "ab")
    editor.insert_outline()
    assert draft.value("story") == "ab\n1. 起因\n\n2. 结果\n"
    editor.insert_outline()
    assert draft.value("story") == "ab\n1. 起因\n\n2. 结果\n"
    editor.text.undo()
    assert draft.value("story") == "ab"


def test_undo_works_on_the_text_first_and_then_on_the_draft(editor: LongTextEditor, draft: Session) -> None:
    write(editor.text, "ab")
    press(editor.text, Qt.Key.Key_Z, CONTROL)
    assert editor.text.toPlainText() == ""
    assert draft.value("story") is None


def test_a_change_elsewhere_is_shown_and_not_written_back(editor: LongTextEditor, draft: Session) -> None:
    changes = []
    draft.set_value("story", "从别处来")
    end = draft.subscribe(changes.append)
    assert editor.text.toPlainText() == "从别处来"
    assert editor.tools.count.text() == "4 字"
    end()
    assert changes == []


def test_it_grows_with_its_text_up_to_a_share_of_the_view(editor: LongTextEditor, draft: Session) -> None:
    low = editor.text.height()
    draft.set_value("story", "字\n" * 12)
    middle = editor.text.height()
    draft.set_value("story", "字\n" * 200)
    assert low < middle < editor.text.height() <= 0.6 * 700


def test_the_last_line_in_view_is_whole_and_keeps_away_from_the_meter(
    editor: LongTextEditor, draft: Session, qtbot: QtBot
) -> None:
    draft.set_value("story", "字\n" * 200)
    height = editor.text.viewport().height()
    cut = editor.text.cursorForPosition(QPoint(20, height - 1))
    assert editor.text.cursorRect(cut).bottom() <= height
    text, meter, frame = editor.text, editor.meter, editor.frame
    qtbot.waitUntil(lambda: meter.mapTo(frame, QPoint(0, 0)).y() - text.geometry().bottom() > ABOVE_METER)


def test_f11_writes_over_the_whole_page_and_esc_goes_back(
    page: StepPage, editor: LongTextEditor, qtbot: QtBot
) -> None:
    write(editor.text, "ab")
    press(editor.text, Qt.Key.Key_F11)
    large = page.findChild(LargeView)
    assert isinstance(large, LargeView)
    assert large.geometry() == page.rect()
    qtbot.waitUntil(lambda: editor.text.height() > 400)
    assert QApplication.focusWidget() is editor.text
    write(editor.text, "cd")
    press(editor.text, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is editor.text
    assert row_of(page, "story").isAncestorOf(editor.text)
    assert editor.text.toPlainText() == "abcd"


def test_the_line_height_follows_the_type_size(editor: LongTextEditor, services: Services) -> None:
    from pilotdesk.ui.look.tokens import TypeSize

    before = editor.text.document().firstBlock().blockFormat().lineHeight()
    services.look.set_size(TypeSize.EXTRA)
    after = editor.text.document().firstBlock().blockFormat().lineHeight()
    services.look.set_size(TypeSize.STANDARD)
    assert (before, after) == (round(15 * 1.7), round(20 * 1.7))


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [(600, 1000, "建议 600–1000"), (600, 0, "建议 600 以上"), (0, 400, "建议 400 以内"), (0, 0, "")],
)
def test_advice_names_the_bounds_there_are(least: int, most: int, words: str) -> None:
    assert advice(least, most) == words
