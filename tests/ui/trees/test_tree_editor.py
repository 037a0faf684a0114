"""The tree is edited with an outliner's keys; every action is one step, and nothing asks before it deletes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from pilotdesk.ui.editors.base import Place
from pilotdesk.ui.editors.entry import Entry
from pilotdesk.ui.trees.editor import TreeEditor
from pilotdesk.ui.trees.menu import NodeMenu
from pilotdesk.ui.trees.nodes import node_text
from pilotdesk.ui.trees.schemes import SchemePopup
from pilotdesk.ui.trees.view import MARK_ROLE
from tests.ui.editor_kit import Toasts, commit_text, focus, press, show, small_session

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pilotdesk.session import Session
    from pilotdesk.ui.navigation.services import Services

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)

ALT = Qt.KeyboardModifier.AltModifier
TREE = [
    {
        "name": "体系",
        "children": [
            {"code": "100", "name": "通用", "children": [{"code": "101", "name": "术语"}]},
            {"code": "200", "name": "办理"},
        ],
    }
]


@pytest.fixture
def draft() -> Session:
    return small_session({"structure": TREE})


@pytest.fixture
def toasts(services: Services) -> Toasts:
    made = Toasts()
    msgspec.structs.force_setattr(services, "toasts", made)
    return made


@pytest.fixture
def editor(qtbot: QtBot, draft: Session, services: Services, toasts: Toasts) -> TreeEditor:
    made = TreeEditor(Place(draft, services, "structure"))
    draft.subscribe(made.take_change)
    show(qtbot, made, 300, 500)
    focus(made.view)
    return made


def outline(draft: Session) -> list[str]:
    from pilotdesk.ui.trees.nodes import Nodes

    nodes = Nodes(draft.rows("structure"))
    return [f"{'-' * (nodes.level(row.id) - 1)}{node_text(row)}" for row in nodes.in_order()]


def choose(editor: TreeEditor, code: str) -> str:
    row_id = next(row.id for row in editor.nodes.by_id.values() if row.cell("code") == code)
    editor.view.choose(row_id)
    return row_id


def line_edit(editor: TreeEditor) -> Entry:
    found = editor.view.indexWidget(editor.view.currentIndex())
    assert isinstance(found, Entry)
    return found


def test_a_node_below_gets_the_next_code_and_waits_for_its_name(editor: TreeEditor, draft: Session) -> None:
    choose(editor, "100")
    press(editor.view, Qt.Key.Key_Insert)
    entry = line_edit(editor)
    assert entry.text() == "102 "
    commit_text(entry, "编码")
    press(entry, Qt.Key.Key_Return)
    assert outline(draft) == ["体系", "-100 通用", "--101 术语", "--102 编码", "-200 办理"]


def test_enter_adds_a_node_on_the_same_level(editor: TreeEditor, draft: Session) -> None:
    choose(editor, "100")
    press(editor.view, Qt.Key.Key_Return)
    assert line_edit(editor).text() == "300 "
    commit_text(line_edit(editor), "评价")
    press(line_edit(editor), Qt.Key.Key_Return)
    assert outline(draft) == ["体系", "-100 通用", "--101 术语", "-300 评价", "-200 办理"]


def test_a_new_node_without_a_word_goes_again(editor: TreeEditor, draft: Session) -> None:
    choose(editor, "200")
    press(editor.view, Qt.Key.Key_Insert)
    line_edit(editor).clear()
    press(line_edit(editor), Qt.Key.Key_Return)
    assert len(outline(draft)) == 4


def test_f2_renames_and_keeps_the_node_current(editor: TreeEditor, draft: Session, qtbot: QtBot) -> None:
    row_id = choose(editor, "200")
    press(editor.view, Qt.Key.Key_F2)
    line_edit(editor).selectAll()
    commit_text(line_edit(editor), "210 事项办理")
    press(line_edit(editor), Qt.Key.Key_Return)
    assert outline(draft)[-1] == "-210 事项办理"
    qtbot.waitUntil(lambda: editor.view.current_id == row_id)
    draft.undo()
    assert outline(draft)[-1] == "-200 办理"


def test_esc_keeps_the_old_name(editor: TreeEditor, draft: Session) -> None:
    choose(editor, "200")
    press(editor.view, Qt.Key.Key_F2)
    commit_text(line_edit(editor), "别的")
    press(line_edit(editor), Qt.Key.Key_Escape)
    assert outline(draft)[-1] == "-200 办理"


def test_alt_and_arrows_move(editor: TreeEditor, draft: Session) -> None:
    row_id = choose(editor, "200")
    press(editor.view, Qt.Key.Key_Up, ALT)
    assert outline(draft) == ["体系", "-200 办理", "-100 通用", "--101 术语"]
    press(editor.view, Qt.Key.Key_Down, ALT)
    press(editor.view, Qt.Key.Key_Right, ALT)
    assert outline(draft) == ["体系", "-100 通用", "--101 术语", "--200 办理"]
    press(editor.view, Qt.Key.Key_Left, ALT)
    assert outline(draft) == ["体系", "-100 通用", "--101 术语", "-200 办理"]
    assert editor.view.current_id == row_id
    assert editor.view.hasFocus()


def test_no_node_goes_deeper_than_the_form_allows(editor: TreeEditor, draft: Session) -> None:
    choose(editor, "101")
    press(editor.view, Qt.Key.Key_Insert)
    assert len(outline(draft)) == 4


def test_deleting_takes_the_nodes_below_and_a_toast_brings_them_back(
    editor: TreeEditor, draft: Session, toasts: Toasts
) -> None:
    choose(editor, "100")
    press(editor.view, Qt.Key.Key_Delete)
    assert outline(draft) == ["体系", "-200 办理"]
    assert toasts.said == ["删了“100 通用”和下面 1 类"]
    assert editor.nodes.by_id[editor.view.current_id].cell("code") == "200"
    draft.set_value("title", "别处也改了")
    assert toasts.undo is not None
    toasts.undo()
    assert outline(draft) == ["体系", "-100 通用", "--101 术语", "-200 办理"]
    assert draft.value("title") == "别处也改了"


def test_what_was_folded_stays_folded(editor: TreeEditor, draft: Session) -> None:
    row_id = choose(editor, "100")
    press(editor.view, Qt.Key.Key_Left)
    draft.set_value(f"structure[{row_id}].name", "通用基础")
    assert not editor.view.currentItem().isExpanded()
    assert editor.view.current_id == row_id


def test_an_empty_tree_says_how_to_begin(editor: TreeEditor, draft: Session) -> None:
    assert (editor.schemes.text(), editor.schemes.kind) == ("换一种搭法", "link")
    filled = editor.view.viewport().grab().toImage()
    draft.set_value("structure", ())
    assert (editor.schemes.text(), editor.schemes.kind) == ("选一种搭法", "soft")
    assert "选一种搭法" in editor.view.placeholder
    said = editor.view.viewport().grab().toImage()
    editor.view.placeholder = ""
    blank = editor.view.viewport().grab().toImage()
    assert said not in (blank, filled)
    popup = editor.open_schemes()
    assert isinstance(popup, SchemePopup)
    assert "选一种搭法" in [label.text() for label in popup.findChildren(QLabel)]
    popup.close()


def test_another_way_to_build_it_can_be_taken_back(
    editor: TreeEditor, draft: Session, toasts: Toasts
) -> None:
    popup = editor.open_schemes()
    assert isinstance(popup, SchemePopup)
    QTest.mouseClick(popup.cards[0], Qt.MouseButton.LeftButton)
    assert outline(draft) == ["服务体系", "-100 通用", "--101 术语"]
    assert toasts.said == ["换成了“服务体系”"]
    assert toasts.undo is not None
    toasts.undo()
    assert len(outline(draft)) == 4


def test_a_node_is_marked_as_waiting(editor: TreeEditor, draft: Session) -> None:
    row_id = choose(editor, "200")
    menu = editor.open_menu(editor.view.rect().center())
    action = next(action for action in menu.actions() if action.text() == "标为“待补充”")
    action.trigger()
    assert draft.value(f"structure[{row_id}].state") == "pending"
    menu.close()


def test_shift_f10_opens_the_menu_of_the_node(editor: TreeEditor, qtbot: QtBot) -> None:
    choose(editor, "200")
    asked = qtbot.waitSignal(editor.view.customContextMenuRequested)
    with asked:
        press(editor.view, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    assert editor.view.visualRect(editor.view.currentIndex()).contains(asked.args[0])
    for menu in editor.findChildren(NodeMenu):
        menu.close()


def test_nodes_say_how_many_rows_they_have(editor: TreeEditor, draft: Session) -> None:
    draft.insert_rows("standards", 0, [{"system_code": "101.01"}, {"system_code": "101.02"}])

    def remark(code: str) -> str:
        choose(editor, code)
        return str(editor.view.currentIndex().data(MARK_ROLE).text)

    assert (remark("100"), remark("101"), remark("200")) == ("2", "2", "待补充")


def test_dropping_moves_among_siblings_and_under_others(editor: TreeEditor, draft: Session) -> None:
    first, second = choose(editor, "100"), choose(editor, "200")
    top = editor.nodes.below(None)[0].id
    editor.view.dropped.emit(second, top, 0)
    assert outline(draft)[1] == "-200 办理"
    editor.view.dropped.emit(second, first, 0)
    assert outline(draft) == ["体系", "-100 通用", "--200 办理", "--101 术语"]
    editor.view.dropped.emit(first, second, 0)
    assert outline(draft) == ["体系", "-100 通用", "--200 办理", "--101 术语"]


def test_going_to_a_cell_selects_its_node(editor: TreeEditor, draft: Session) -> None:
    target = next(row for row in draft.rows("structure") if row.cell("code") == "101")
    editor.go_to(f"structure[{target.id}].name")
    assert editor.view.current_id == target.id
    assert editor.focus_path() == f"structure[{target.id}].name"
    assert QApplication.focusWidget() is editor.view


def test_an_empty_tree_can_be_begun(qtbot: QtBot, services: Services) -> None:
    draft = small_session()
    editor = TreeEditor(Place(draft, services, "structure"))
    draft.subscribe(editor.take_change)
    show(qtbot, editor, 300, 500)
    editor.add.click()
    commit_text(line_edit(editor), "某某体系")
    press(line_edit(editor), Qt.Key.Key_Return)
    assert outline(draft) == ["某某体系"]
