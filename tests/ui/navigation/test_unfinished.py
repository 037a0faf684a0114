"""A cell or node that is being typed in: kept before it is left, one undo step, and Esc still drops it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from pilotdesk.ui.editors.base import Place
from pilotdesk.ui.editors.entry import Entry
from pilotdesk.ui.tables.cells import CellText
from pilotdesk.ui.tables.editor import TableEditor
from pilotdesk.ui.trees.editor import TreeEditor
from pilotdesk.ui.trees.nodes import node_text
from tests.ui.editor_kit import compose, editor_of, focus, open_step, press, show, small_session, write

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pilotdesk.session import Session
    from pilotdesk.ui.navigation.services import Services
    from pilotdesk.ui.steps.step_page import StepPage

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)


@pytest.fixture
def draft() -> Session:
    return small_session(
        {
            "targets": [{"indicator": "甲", "unit": "%", "now": "1", "goal": "2"}],
            "structure": [{"code": "100", "name": "通用"}],
        }
    )


@pytest.fixture
def page(qtbot: QtBot, draft: Session, services: Services) -> StepPage:
    return open_step(qtbot, draft, services, "second")


@pytest.fixture
def table(page: StepPage) -> TableEditor:
    return editor_of(page, "targets", TableEditor)


def typed(table: TableEditor, row: int, column: int, *words: str) -> CellText | Entry:
    """Type into a cell; after each word what stands there is kept, as before every save."""
    focus(table.view)
    table.view.set_current(row, column)
    press(table.view, Qt.Key.Key_F2)
    box = table.view.open_editor()
    assert isinstance(box, CellText | Entry)
    for word in words:
        write(box, word)
        table.place.services.unfinished.write()
        assert table.view.open_editor() is box
    return box


def names(draft: Session) -> list[object]:
    return [row.cell("indicator") for row in draft.rows("targets")]


def test_it_is_in_the_draft_while_the_editor_is_open(table: TableEditor, draft: Session) -> None:
    typed(table, 0, 0, "满意", "度")
    assert names(draft) == ["满意度"]


def test_all_of_it_is_one_step(table: TableEditor, draft: Session) -> None:
    box = typed(table, 0, 0, "满", "意", "度")
    press(box, Qt.Key.Key_Return)
    draft.undo()
    assert names(draft) == ["甲"]
    draft.redo()
    assert names(draft) == ["满意度"]


def test_esc_drops_it(table: TableEditor, draft: Session) -> None:
    box = typed(table, 0, 0, "满意", "度")
    press(box, Qt.Key.Key_Escape)
    assert names(draft) == ["甲"]
    assert table.view.open_editor() is None


def test_a_row_comes_with_its_first_characters_and_goes_in_one_step(
    table: TableEditor, draft: Session
) -> None:
    box = typed(table, 1, 0, "时", "长")
    assert names(draft) == ["甲", "时长"]
    press(box, Qt.Key.Key_Return)
    assert names(draft) == ["甲", "时长"]
    draft.undo()
    assert names(draft) == ["甲"]
    draft.redo()
    assert names(draft) == ["甲", "时长"]


def test_esc_takes_the_row_along_that_was_made_for_it(table: TableEditor, draft: Session) -> None:
    box = typed(table, 1, 0, "时", "长")
    press(box, Qt.Key.Key_Escape)
    assert names(draft) == ["甲"]


def test_a_row_in_which_nothing_was_left_is_none(table: TableEditor, draft: Session) -> None:
    box = typed(table, 1, 1, "ab")
    for _ in "ab":
        press(box, Qt.Key.Key_Backspace)
    press(box, Qt.Key.Key_Return)
    assert names(draft) == ["甲"]


def test_unfinished_characters_are_not_kept(table: TableEditor, draft: Session) -> None:
    box = typed(table, 0, 0, "满")
    compose(box, "yi")
    table.place.services.unfinished.write()
    assert names(draft) == ["满"]


def test_a_closed_editor_writes_nothing(table: TableEditor, draft: Session) -> None:
    box = typed(table, 0, 0, "满意")
    press(box, Qt.Key.Key_Return)
    draft.undo()
    table.place.services.unfinished.write()
    assert names(draft) == ["甲"]


# -- a node of a tree ----------------------------------------------------------------------------


@pytest.fixture
def tree(qtbot: QtBot, draft: Session, services: Services) -> TreeEditor:
    made = TreeEditor(Place(draft, services, "structure"))
    draft.subscribe(made.take_change)
    show(qtbot, made, 300, 500)
    focus(made.view)
    return made


def renamed(tree: TreeEditor, *words: str) -> Entry:
    """Write another code and name over the only node; after each word what stands there is kept."""
    tree.view.choose(tree.view.ids()[0])
    press(tree.view, Qt.Key.Key_F2)
    box = tree.view.open_entry()
    assert box is not None
    for word in words:
        write(box, word)
        tree.place.services.unfinished.write()
        assert tree.view.open_entry() is box
    return box


def nodes(draft: Session) -> list[str]:
    return [node_text(row) for row in draft.rows("structure")]


def test_a_node_is_in_the_draft_while_its_name_is_typed(tree: TreeEditor, draft: Session) -> None:
    box = renamed(tree, "200 ", "养老", "服务")
    assert nodes(draft) == ["200 养老服务"]
    write(box, "标准")
    press(box, Qt.Key.Key_Return)
    assert nodes(draft) == ["200 养老服务标准"]
    assert tree.view.topLevelItem(0).text(0) == "200 养老服务标准"


def test_a_name_is_one_step(tree: TreeEditor, draft: Session) -> None:
    box = renamed(tree, "100 养", "老", "服务")
    press(box, Qt.Key.Key_Return)
    draft.undo()
    assert nodes(draft) == ["100 通用"]
    assert tree.view.topLevelItem(0).text(0) == "100 通用"


def test_esc_leaves_the_name(tree: TreeEditor, draft: Session) -> None:
    box = renamed(tree, "200 ", "养老")
    press(box, Qt.Key.Key_Escape)
    assert nodes(draft) == ["100 通用"]
    assert tree.view.topLevelItem(0).text(0) == "100 通用"


def test_a_new_node_keeps_what_was_typed(tree: TreeEditor, draft: Session) -> None:
    tree.view.choose(tree.view.ids()[0])
    press(tree.view, Qt.Key.Key_Insert)
    box = tree.view.open_entry()
    write(box, "术语")
    tree.place.services.unfinished.write()
    assert nodes(draft)[1:] == ["101 术语"]
    for _ in range(9):
        press(box, Qt.Key.Key_Backspace)
    press(box, Qt.Key.Key_Return)
    assert nodes(draft) == ["100 通用"]
