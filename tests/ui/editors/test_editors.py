"""Editors of single answers: what is typed reaches the session as the codec reads it, nothing invents an answer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from pilotdesk.forms.values import MonthRange, Unparsed
from pilotdesk.rules.issue import Severity
from pilotdesk.ui.editors.attachment import AttachmentEditor
from pilotdesk.ui.editors.by_kind import EDITORS
from pilotdesk.ui.editors.choice import ChoiceEditor
from pilotdesk.ui.editors.line import CarriedEditor, LineEditor, PickedLineEditor
from pilotdesk.ui.editors.person import PersonEditor
from pilotdesk.ui.editors.region import RegionEditor
from pilotdesk.ui.editors.ticks import DependentChoiceEditor, MultiChoiceEditor
from tests.documents.evidence_files import OLD_WORD, pdf
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
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pilotdesk.session import Session
    from pilotdesk.ui.navigation.services import Services
    from pilotdesk.ui.steps.step_page import StepPage

# The offscreen platform says so for every popup.
pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)


def typed(page: StepPage, path: str, text: str) -> LineEditor:
    editor = editor_of(page, path, LineEditor)
    focus(editor.entry)
    editor.entry.selectAll()
    write(editor.entry, text)
    return editor


def leave(page: StepPage) -> None:
    focus(editor_of(page, "title", LineEditor).entry)


def test_every_type_of_the_model_has_an_editor() -> None:
    from typing import get_args

    from pilotdesk.forms.model import FieldType

    assert set(get_args(FieldType)) == set(EDITORS)


def test_typing_reaches_the_session_with_every_key(page: StepPage, draft: Session) -> None:
    editor = editor_of(page, "staff", LineEditor)
    focus(editor.entry)
    write(editor.entry, "8")
    assert draft.value("staff") == 8
    write(editor.entry, "6")
    assert draft.value("staff") == 86


def test_an_empty_editor_is_unanswered_and_not_zero(page: StepPage, draft: Session) -> None:
    editor = typed(page, "staff", "7")
    press(editor.entry, Qt.Key.Key_Backspace)
    assert draft.value("staff") is None
    assert editor.entry.text() == ""


def test_decimals_keep_their_digits(page: StepPage, draft: Session) -> None:
    typed(page, "share", "12.50")
    assert draft.value("share") == Decimal("12.50")


def test_what_cannot_be_read_stays_as_typed_and_is_asked_about(page: StepPage, draft: Session) -> None:
    editor = typed(page, "staff", "八十多")
    leave(page)
    assert draft.value("staff") == Unparsed("八十多")
    assert editor.entry.text() == "八十多"
    shown = row_of(page, "staff").issues.issues
    assert [issue.code for issue in shown] == ["unparsed"]
    assert editor.entry.property("issue") == "warning"


def test_days_are_shown_as_read_when_the_field_is_left(page: StepPage, draft: Session) -> None:
    editor = typed(page, "founded", "2026.6.2")
    assert editor.entry.text() == "2026.6.2"
    leave(page)
    assert editor.entry.text() == "2026-06-02"
    assert draft.value("founded") == date(2026, 6, 2)


def test_codes_lose_their_blanks_and_count_their_places(page: StepPage, draft: Session) -> None:
    editor = typed(page, "code", "1236 1099 mb1k")
    assert editor.entry.counter == "12 位"
    leave(page)
    assert draft.value("code") == "12361099MB1K"
    assert editor.entry.text() == "12361099MB1K"


def test_no_editor_cuts_a_long_answer(qtbot: QtBot, services: Services) -> None:
    long = "某某" * 4000
    draft = small_session({"title": long, "code": "A" * 300})
    page = open_step(qtbot, draft, services)
    leave(page)
    assert editor_of(page, "title", LineEditor).entry.text() == long
    assert draft.value("code") == "A" * 300


def test_nothing_is_read_while_an_input_method_is_composing(page: StepPage, draft: Session) -> None:
    editor = editor_of(page, "title", LineEditor)
    focus(editor.entry)
    compose(editor.entry, "zhong'xin")
    assert editor.is_composing
    assert draft.value("title") is None
    commit_text(editor.entry, "中心")
    assert not editor.is_composing
    assert draft.value("title") == "中心"


def test_enter_goes_to_the_next_field(page: StepPage) -> None:
    focus(editor_of(page, "title", LineEditor).entry)
    press(editor_of(page, "title", LineEditor).entry, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is editor_of(page, "code", LineEditor).entry


def test_showing_a_value_writes_nothing(page: StepPage, draft: Session) -> None:
    changes = []
    end = draft.subscribe(changes.append)
    for path in ("title", "staff", "kind", "tools", "beings", "head", "story", "place"):
        row_of(page, path).editor.show_value()
    end()
    assert changes == []


def test_one_typing_is_one_step_back(page: StepPage, draft: Session) -> None:
    typed(page, "title", "某中心")
    leave_to = editor_of(page, "code", LineEditor).entry
    focus(leave_to)
    write(leave_to, "ABCDEF")
    draft.undo()
    assert draft.value("code") is None
    assert draft.value("title") == "某中心"
    draft.undo()
    assert draft.value("title") is None
    assert editor_of(page, "title", LineEditor).entry.text() == ""


def test_coming_back_to_a_field_begins_a_new_step(page: StepPage, draft: Session) -> None:
    typed(page, "code", "ABCDEF")
    leave(page)
    entry = editor_of(page, "code", LineEditor).entry
    focus(entry)
    entry.end(False)
    write(entry, "GH")
    draft.undo()
    assert draft.value("code") == "ABCDEF"


def test_undo_keys_are_left_to_the_window(page: StepPage, qtbot: QtBot) -> None:
    from PySide6.QtGui import QKeySequence, QShortcut

    asked = []
    shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), page)
    shortcut.activated.connect(lambda: asked.append(1))
    editor = typed(page, "title", "某")
    press(editor.entry, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert asked == [1]
    assert editor.entry.text() == "某"


# --- choices


def choice(page: StepPage, path: str = "kind") -> ChoiceEditor:
    return editor_of(page, path, ChoiceEditor)


def scroll(widget: QWidget, angle: int) -> None:
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle,
        QPointF(widget.mapToGlobal(middle.toPoint())),
        QPoint(0, 0),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def test_a_list_begins_without_a_choice(page: StepPage, draft: Session) -> None:
    assert choice(page).box.currentIndex() == -1
    assert choice(page).box.placeholderText() == "请选择"
    assert draft.value("kind") is None


def test_arrow_keys_choose_and_the_session_keeps_the_name(page: StepPage, draft: Session) -> None:
    box = choice(page).box
    focus(box)
    press(box, Qt.Key.Key_Down)
    assert draft.value("kind") == "enterprise"
    press(box, Qt.Key.Key_Down)
    assert draft.value("kind") == "office"


def test_the_wheel_changes_no_choice_not_even_the_one_just_made(page: StepPage, draft: Session) -> None:
    draft.set_value("kind", "office")
    leave(page)
    scroll(choice(page).box, -120)
    scroll(choice(page).box, 120)
    assert draft.value("kind") == "office"
    focus(choice(page).box)
    scroll(choice(page).box, -120)
    scroll(choice(page).box, 120)
    scroll(choice(page).box, 120)
    assert draft.value("kind") == "office"


def test_delete_takes_a_choice_back(page: StepPage, draft: Session) -> None:
    draft.set_value("kind", "office")
    focus(choice(page).box)
    press(choice(page).box, Qt.Key.Key_Delete)
    assert draft.value("kind") is None
    assert choice(page).box.currentIndex() == -1


def test_free_text_stands_beside_the_list(page: StepPage, draft: Session) -> None:
    editor = choice(page)
    at = editor.box.findText("其他（请写明）")
    editor.box.setCurrentIndex(at)
    editor.box.activated.emit(at)
    assert editor.words.isVisible()
    assert QApplication.focusWidget() is editor.words
    write(editor.words, "个体")
    assert draft.value("kind") == "other:个体"
    draft.set_value("kind", "office")
    assert not editor.words.isVisible()


@pytest.mark.parametrize("kept", ["merchant", Unparsed("商户")])
def test_an_answer_that_is_in_no_list_stays_and_is_shown(
    page: StepPage, draft: Session, kept: object
) -> None:
    draft.set_value("kind", kept)  # type: ignore[arg-type]
    editor = choice(page)
    assert editor.box.currentText() in {"merchant", "商户"}
    editor.box.activated.emit(editor.box.currentIndex())
    assert draft.value("kind") == kept
    draft.set_value("kind", "office")
    assert editor.box.currentText() == "机关"
    assert editor.box.findText("商户") == -1


def ticks(page: StepPage, path: str = "tools") -> MultiChoiceEditor:
    return editor_of(page, path, MultiChoiceEditor)


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(12, 12))


def test_several_choices_keep_the_order_of_the_list(page: StepPage, draft: Session) -> None:
    click(ticks(page).ticks["c"])
    click(ticks(page).ticks["a"])
    assert draft.value("tools") == ("a", "c")
    press(ticks(page).ticks["a"], Qt.Key.Key_Space)
    press(ticks(page).ticks["c"], Qt.Key.Key_Space)
    assert draft.value("tools") is None


def test_free_text_beside_ticks(page: StepPage, draft: Session) -> None:
    editor = ticks(page)
    click(editor.ticks["other:"])
    assert editor.words is not None
    write(editor.words, "锤子")
    assert draft.value("tools") == ("other:锤子",)
    click(editor.ticks["b"])
    assert draft.value("tools") == ("b", "other:锤子")


def test_an_unknown_tick_stays_until_it_is_taken_away(page: StepPage, draft: Session) -> None:
    draft.set_value("tools", ("a", "saw"))
    editor = ticks(page)
    assert editor.ticks["saw"].isChecked()
    click(editor.ticks["saw"])
    assert draft.value("tools") == ("a",)


def test_a_dependent_list_follows_its_parent_and_loses_nothing(page: StepPage, draft: Session) -> None:
    editor = editor_of(page, "beings", DependentChoiceEditor)
    assert editor.ticks == {}
    draft.set_value("area", "land")
    assert list(editor.ticks) == ["cow", "hare"]
    click(editor.ticks["cow"])
    draft.set_value("area", "sea")
    assert list(editor.ticks) == ["whale", "cow"]
    assert draft.value("beings") == ("cow",)
    draft.set_value("area", "land")
    assert list(editor.ticks) == ["cow", "hare"]
    assert editor.ticks["cow"].isChecked()


def test_a_dependent_list_without_a_parent_leads_to_it(page: StepPage, qtbot: QtBot) -> None:
    editor = editor_of(page, "beings", DependentChoiceEditor)
    click(editor.focus_target())
    assert QApplication.focusWidget() is choice(page, "area").box


# --- calendars and regions


def test_the_calendar_writes_the_day_that_is_chosen(page: StepPage, draft: Session, qtbot: QtBot) -> None:
    draft.set_value("founded", date(2026, 2, 27))
    editor = editor_of(page, "founded", PickedLineEditor)
    popup = editor.open_popup()
    assert popup.heading.text() == "2026年2月"
    press(popup, Qt.Key.Key_Right)
    press(popup, Qt.Key.Key_Return)
    assert draft.value("founded") == date(2026, 2, 28)
    assert editor.entry.text() == "2026-02-28"


def test_the_calendar_turns_over_the_year(page: StepPage, draft: Session) -> None:
    draft.set_value("founded", date(2026, 12, 1))
    popup = editor_of(page, "founded", PickedLineEditor).open_popup()
    press(popup, Qt.Key.Key_PageDown)
    assert popup.heading.text() == "2027年1月"
    press(popup, Qt.Key.Key_PageUp)
    press(popup, Qt.Key.Key_PageUp)
    assert popup.heading.text() == "2026年11月"
    popup.close()


def test_alt_down_opens_the_calendar(page: StepPage) -> None:
    editor = editor_of(page, "since", PickedLineEditor)
    focus(editor.entry)
    press(editor.entry, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    popup.close()


def test_two_months_make_a_period_in_order(page: StepPage, draft: Session) -> None:
    editor = editor_of(page, "period", PickedLineEditor)
    popup = editor.open_popup()
    popup.choose(9)
    popup.choose(3)
    assert draft.value("period") == MonthRange("2026-03", "2026-09")
    assert editor.entry.text() == "2026年3月—2026年9月"


def test_ctrl_home_in_a_line_is_left_to_the_window(page: StepPage, draft: Session) -> None:
    entry = editor_of(page, "place", RegionEditor).entry
    focus(entry)
    for key, left in ((Qt.Key.Key_Home, True), (Qt.Key.Key_End, False)):
        asked = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.ControlModifier)
        asked.ignore()
        QApplication.sendEvent(entry, asked)
        assert asked.isAccepted() is not left


def test_a_region_is_found_while_one_types(page: StepPage, draft: Session) -> None:
    editor = editor_of(page, "place", RegionEditor)
    focus(editor.entry)
    write(editor.entry, "临川")
    completer = editor.entry.completer()
    offered = completer.popup().model()
    assert completer.popup().isVisible()
    assert [offered.index(n, 0).data() for n in range(offered.rowCount())] == ["江西省抚州市临川区"]
    completer.activated[str].emit("江西省抚州市临川区")
    assert draft.value("place") == "361002"
    assert editor.entry.text() == "江西省抚州市临川区"
    completer.popup().hide()


def test_the_region_that_is_found_is_taken_with_the_arrow_and_enter(page: StepPage, draft: Session) -> None:
    editor = editor_of(page, "place", RegionEditor)
    focus(editor.entry)
    write(editor.entry, "临川")
    offered = editor.entry.completer().popup()
    press(offered, Qt.Key.Key_Down)
    press(offered, Qt.Key.Key_Return)
    assert not offered.isVisible()
    assert draft.value("place") == "361002"
    leave(page)
    assert editor.entry.text() == "江西省抚州市临川区"


def test_enter_with_nothing_lit_among_the_regions_goes_on_with_what_was_typed(
    page: StepPage, draft: Session
) -> None:
    editor = editor_of(page, "place", RegionEditor)
    focus(editor.entry)
    write(editor.entry, "临川")
    offered = editor.entry.completer().popup()
    press(offered, Qt.Key.Key_Return)
    assert not editor.entry.hasFocus()
    assert draft.value("place") == Unparsed("临川")
    offered.hide()


def test_a_region_is_chosen_level_by_level_with_keys(page: StepPage, draft: Session) -> None:
    draft.set_value("place", "361002")
    editor = editor_of(page, "place", RegionEditor)
    popup = editor.open_popup()
    assert [each.currentItem().text() for each in popup.lists] == ["江西省", "抚州市", "临川区"]
    press(popup.lists[2], Qt.Key.Key_Left)
    press(popup.lists[1], Qt.Key.Key_Up)
    assert popup.lists[2].code == ""
    press(popup.lists[1], Qt.Key.Key_Right)
    chosen = popup.lists[2].code
    press(popup.lists[2], Qt.Key.Key_Return)
    assert draft.value("place") == chosen
    assert chosen != "361002"


def test_an_empty_region_begins_with_a_line_that_shows_that_it_is_current(
    page: StepPage, services: Services
) -> None:
    popup = editor_of(page, "place", RegionEditor).open_popup()
    provinces = popup.lists[0]
    (lit,) = provinces.selectedItems()
    assert lit is provinces.currentItem()
    assert popup.choice.text() == lit.text()
    ground = provinces.viewport().grab().toImage()
    edge = provinces.visualItemRect(lit).adjusted(2, 1, -2, -2)
    for corner in (edge.topRight(), edge.bottomRight()):  # of one colour, without a frame of another style
        assert ground.pixelColor(corner).rgb() == services.look.color("sel").rgb()
    popup.close()


def test_a_county_that_the_list_does_not_have_is_kept(page: StepPage, draft: Session) -> None:
    typed(page, "place", "江西省抚州市南汀县")
    assert draft.value("place") == "361000:南汀县"


# --- persons, files, results


def test_parts_of_a_person_are_answers_of_their_own(page: StepPage, draft: Session, qtbot: QtBot) -> None:
    editor = editor_of(page, "head", PersonEditor)
    name, post = (part.focus_target() for part in editor.parts.values())
    focus(name)
    write(name, "周明远")
    with qtbot.waitSignal(page.focus_changed) as moved:
        press(name, Qt.Key.Key_Return)
    assert moved.args == ["head.post"]
    assert QApplication.focusWidget() is post
    write(post, "主任")
    assert (draft.value("head.name"), draft.value("head.post")) == ("周明远", "主任")


def test_two_parts_are_named_in_the_label(page: StepPage) -> None:
    assert "负责人：姓名 / 职务" in row_of(page, "head").head.label.plain


def test_files_are_added_removed_and_brought_back(
    page: StepPage, draft: Session, services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    toasts = Toasts()
    msgspec.structs.force_setattr(services, "toasts", toasts)
    files = [tmp_path / "甲.pdf", tmp_path / "乙.pdf"]
    for file in files:
        file.write_bytes(pdf(f"page {files.index(file)}"))
    monkeypatch.setattr("pilotdesk.ui.editors.attachment.ask_files", lambda _: [str(file) for file in files])
    editor = editor_of(page, "files", AttachmentEditor)
    editor.ask()
    assert [file.file_name for file in editor.files] == ["甲.pdf", "乙.pdf"]
    assert services.attachments.content(editor.files[0].sha256) == files[0].read_bytes()
    assert editor.files[0].pages == 1
    button = next(each for each in editor.findChildren(QWidget) if each.accessibleName() == "移除甲.pdf")
    click(button)
    assert [file.file_name for file in editor.files] == ["乙.pdf"]
    assert toasts.undo is not None
    toasts.undo()
    assert [file.file_name for file in editor.files] == ["甲.pdf", "乙.pdf"]


def test_a_file_that_cannot_be_read_is_said_and_the_others_come_in(page: StepPage, tmp_path: Path) -> None:
    editor = editor_of(page, "files", AttachmentEditor)
    good = tmp_path / "好.pdf"
    good.write_bytes(pdf("x"))
    (tmp_path / "旧.doc").write_bytes(OLD_WORD)
    editor.add_files([tmp_path / "没有.pdf", tmp_path / "旧.doc", good])
    assert [file.file_name for file in editor.files] == ["好.pdf"]
    assert "没有.pdf" in editor.trouble
    assert "“旧.doc”是旧格式" in editor.trouble


def test_files_chosen_at_once_stand_in_the_order_of_their_names(page: StepPage, tmp_path: Path) -> None:
    editor = editor_of(page, "files", AttachmentEditor)
    names = ["扫描10.pdf", "证书.pdf", "扫描2.pdf", "扫描1.pdf", "合影.pdf"]
    for name in names:
        (tmp_path / name).write_bytes(pdf(name))
    editor.add_files([tmp_path / name for name in names])
    assert [file.file_name for file in editor.files] == [
        "扫描1.pdf", "扫描2.pdf", "扫描10.pdf", "证书.pdf", "合影.pdf",
    ]  # fmt: skip


def test_a_file_added_twice_or_in_a_new_version_is_told_of(page: StepPage, tmp_path: Path) -> None:
    editor = editor_of(page, "files", AttachmentEditor)
    first = tmp_path / "营业执照.pdf"
    first.write_bytes(pdf("old"))
    editor.add_files([first])
    assert not editor.trouble
    copy = tmp_path / "副本.pdf"
    copy.write_bytes(first.read_bytes())
    editor.add_files([copy])
    assert [file.file_name for file in editor.files] == ["营业执照.pdf"]
    assert editor.trouble == "“副本.pdf”这里已经有了，叫“营业执照.pdf”，没有再加一份。"
    first.write_bytes(pdf("new"))
    editor.add_files([first])
    assert [file.file_name for file in editor.files] == ["营业执照.pdf"] * 2
    assert "有两份，内容不一样" in editor.trouble


def test_a_folder_and_a_file_that_is_gone_are_told_of_when_dropped(page: StepPage, tmp_path: Path) -> None:
    editor = editor_of(page, "files", AttachmentEditor)
    (tmp_path / "证明材料").mkdir()
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("证明材料", "拔了.pdf")])
    no_keys = Qt.KeyboardModifier.NoModifier
    editor.dropEvent(
        QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, dragged, Qt.MouseButton.LeftButton, no_keys)
    )
    assert editor.trouble.splitlines() == [
        "“证明材料”是文件夹。打开它，选好里面的文件再加一次。",
        "找不到“拔了.pdf”了，可能移走、改了名，或 U 盘拔了。找到它再加一次。",
    ]


def test_what_is_said_of_files_is_in_view_below_a_long_list(
    page: StepPage, tmp_path: Path, qtbot: QtBot
) -> None:
    page.resize(700, 260)
    page.view.focus_path("files")
    editor = editor_of(page, "files", AttachmentEditor)
    paths = [tmp_path / f"扫描{at}.pdf" for at in range(12)]
    for path in paths:
        path.write_bytes(pdf(path.name))
    (tmp_path / "旧.doc").write_bytes(OLD_WORD)
    editor.add_files([*paths, tmp_path / "旧.doc"])
    said = editor._trouble
    qtbot.waitUntil(lambda: editor._frame.height() > page.height())
    qtbot.waitUntil(lambda: said.visibleRegion().boundingRect().height() == said.height())


def test_a_result_follows_its_source_and_enter_leads_there(page: StepPage, draft: Session) -> None:
    carried = editor_of(page, "shown_title", CarriedEditor)
    typed(page, "title", "某中心")
    assert carried.entry.text() == "某中心"
    assert carried.entry.isReadOnly()
    focus(carried.entry)
    write(carried.entry, "改")
    assert carried.entry.text() == "某中心"
    press(carried.entry, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is editor_of(page, "title", LineEditor).entry


def test_only_grave_issues_colour_the_border(page: StepPage) -> None:
    editor = editor_of(page, "title", LineEditor)
    for severity, mark in ((Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.HINT, "")):
        editor.mark_issue(severity)
        assert (editor.entry.property("issue") or "") == mark


def test_there_is_no_spin_box_and_no_date_edit(page: StepPage) -> None:
    from PySide6.QtWidgets import QAbstractSpinBox

    assert page.findChildren(QAbstractSpinBox) == []
    assert all(not box.isEditable() for box in page.findChildren(QComboBox))


def test_a_pasted_answer_with_line_ends_becomes_one_line(page: StepPage, draft: Session) -> None:
    editor = editor_of(page, "title", LineEditor)
    focus(editor.entry)
    copied("某某\n中心")
    press(editor.entry, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    leave(page)
    assert draft.value("title") == "某某 中心"
