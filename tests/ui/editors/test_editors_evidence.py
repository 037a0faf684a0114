"""Evidence is typed, completed from the ledger, or picked with the page that is meant."""

from __future__ import annotations

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pilotdesk.forms.values import Unparsed
from pilotdesk.projects.draft_files import LooseFiles
from pilotdesk.ui.editors.base import Place
from pilotdesk.ui.editors.by_kind import make_editor
from pilotdesk.ui.editors.entry import Entry
from pilotdesk.ui.editors.evidence import EvidenceEditor, PieceCompleter, fitting
from pilotdesk.ui.editors.line import CarriedEditor
from pilotdesk.ui.evidence.picker import EvidencePicker
from pilotdesk.ui.steps.step_page import StepPage
from pilotdesk.ui.tables.editor import TableEditor
from tests.ui.editor_kit import show
from tests.ui.evidence_kit import kept_files, summary

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)
PROOF = "figures[r_a2].proof"


@pytest.fixture
def draft():
    return summary()


@pytest.fixture
def kept(services):
    return msgspec.structs.replace(services, attachments=LooseFiles(kept_files()))


@pytest.fixture
def editor(qtbot, draft, kept):
    made = make_editor(Place(draft, kept, PROOF))
    assert isinstance(made, EvidenceEditor)
    show(qtbot, made, 500, 60)
    made.entry.setFocus()
    return made


@pytest.fixture
def table(qtbot, draft, kept):
    step = next(step for step in draft.form.steps if step.name == draft.form.step_of["figures"])
    page = StepPage(draft, step, kept)
    show(qtbot, page, 1100, 700)
    row = page.view.row_of("figures")
    assert row is not None
    assert isinstance(row.editor, TableEditor)
    yield row.editor
    page.close_page()


def cell(table, row, name):
    names = [column.name for column in table.model.columns]
    return table.model.index(row, names.index(name))


def test_what_is_typed_is_read_with_every_key_and_shown_as_printed_when_left(draft, editor):
    QTest.keyClicks(editor.entry, "e1 p2-3")
    assert draft.value(PROOF) == ("E01:2-3",)
    editor.commit()
    assert editor.entry.text() == "E01 第2—3页"


def test_what_cannot_be_read_stays_as_typed(draft, editor):
    QTest.keyClicks(editor.entry, "see file")
    editor.commit()
    assert draft.value(PROOF) == Unparsed("see file")
    assert editor.entry.text() == "see file"


def test_pieces_are_offered_by_code_and_by_title(draft, editor):
    completer = editor.completer
    offered = lambda text: (completer.offer(text), completer.model().stringList())[1]  # noqa: E731
    assert offered("E0") == ["E01 需求清单（3 页）", "E02 培训照片", "E03 签到台账", "E04 会议纪要"]
    assert offered("e2") == ["E02 培训照片"]
    assert offered("E01；培训") == ["E02 培训照片"]
    assert completer.pathFromIndex(completer.model().index(0, 0)) == "E01；E02"
    assert offered("E01 第2页") == offered("") == offered("没有") == []


def test_a_chosen_piece_takes_the_place_of_what_was_typed(qtbot, draft, editor):
    QTest.keyClicks(editor.entry, "E01;E0")
    popup = editor.completer.popup()
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert draft.value(PROOF) == ("E01", "E02")


def test_nothing_fits_nothing():
    assert fitting((), "E01") == []


def test_a_page_is_picked_by_keys_with_its_picture_beside(draft, editor):
    QTest.keyClick(editor.entry, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    picker = editor.findChild(EvidencePicker)
    assert picker.preview.paper.has_image
    QTest.keyClick(picker.list, Qt.Key.Key_Right)
    assert picker.page.text() == "用第 2 页"
    QTest.keyClick(picker.list, Qt.Key.Key_Return)
    assert draft.value(PROOF) == ("E01:2",)
    assert editor.entry.text() == "E01 第2页"


def test_another_page_of_the_same_piece_is_added_and_one_page_files_are_taken_whole(draft, editor):
    draft.set_text(PROOF, "E01 第2页")
    editor.show_value()
    picker = editor.open_popup()
    assert picker.preview.page == 2
    picker.preview.turn_forth()
    assert picker.page.text() == "用第 3 页"
    picker.take_page()
    assert draft.value(PROOF) == ("E01:2,3",)
    picker = editor.open_popup()
    picker.list.setCurrentRow(1)
    assert not picker.whole.isVisible()
    picker.take_page()
    assert draft.value(PROOF) == ("E01:2,3", "E02")


def test_a_piece_written_without_pages_gets_the_picked_one(draft, editor):
    draft.set_text(PROOF, "E01")
    editor.show_value()
    picker = editor.open_popup()
    picker.take_page()
    assert draft.value(PROOF) == ("E01:1",)
    picker = editor.open_popup()
    picker.take_whole()
    assert draft.value(PROOF) == ("E01:1",)


def test_office_files_and_an_empty_ledger_say_so(qtbot, kept, editor):
    picker = editor.open_popup()
    picker.list.setCurrentRow(2)
    assert "Word、Excel" in picker.preview.paper.words
    picker.list.setCurrentRow(3)
    assert "还没有文件" in picker.preview.paper.words
    picker.close()
    empty = EvidencePicker(summary({}), kept, editor)
    qtbot.addWidget(empty)
    empty.show()
    assert not empty.list.isVisible()
    empty.take_page()
    empty.close()


def test_a_cell_offers_the_pieces_too_and_keeps_what_is_picked(qtbot, draft, table):
    index = cell(table, 1, "proof")
    table.view.set_current(index.row(), index.column())
    QTest.keyClick(table.view, Qt.Key.Key_F2)
    entry = table.view.open_editor()
    assert isinstance(entry, Entry)
    assert entry.findChild(PieceCompleter) is not None
    QTest.keyClick(entry, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    picker = entry.findChild(EvidencePicker)
    picker.list.setCurrentRow(1)
    QTest.keyClick(picker.list, Qt.Key.Key_Return)
    assert table.view.open_editor() is None
    assert draft.value(PROOF) == ("E02",)


def test_fixed_columns_are_locked_and_say_why(draft, table):
    assert table.view.head.is_locked(0)
    tip = table.model.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert tip.startswith("带入")
    index = cell(table, 0, "indicator")
    assert not table.model.is_editable(index.row(), index.column())
    table.view.set_current(index.row(), index.column())
    QTest.keyClicks(table.view, "x")
    assert table.view.open_editor() is None
    QApplication.clipboard().setText("甲\t乙")
    table.commands.paste_at(0, 0, ask=False)
    table.commands.clear()
    assert draft.value("figures[r_a1].indicator") == "一件事办理时长"
    achieved = cell(table, 0, "achieved")
    assert not table.view.head.is_locked(achieved.column())


def test_a_fixed_cell_is_locked_as_a_field_too(qtbot, draft, kept):
    made = make_editor(Place(draft, kept, "figures[r_a1].indicator"))
    qtbot.addWidget(made)
    assert isinstance(made, CarriedEditor)
    assert made.entry.isReadOnly()
    assert made.entry.text() == "一件事办理时长"
