"""Tree, table and figure on one page: choosing a node filters the table, and the figure follows both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from pilotdesk.documents.blocks import FigureNode
from pilotdesk.ui.components.text import ElidedLabel
from pilotdesk.ui.look.tokens import TypeSize
from pilotdesk.ui.trees.figure_layout import head_lines, lay_out, signs_in_line, wanting
from pilotdesk.ui.trees.figure_view import FigureView, in_lines
from pilotdesk.ui.trees.standards_page import StandardsPage
from tests.ui.editor_kit import Toasts, commit_text, focus, press, show, small_session

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pilotdesk.session import Session
    from pilotdesk.ui.navigation.services import Services

ANSWERS = {
    "structure": [
        {
            "name": "体系",
            "children": [
                {"code": "100", "name": "通用", "children": [{"code": "101", "name": "术语"}, {"code": "102", "name": "编码"}]},
                {"code": "200", "name": "办理", "children": [{"code": "201", "name": "清单"}]},
            ],
        }
    ],
    "standards": [
        {"system_code": "101.01", "name": "甲"},
        {"system_code": "201.01", "name": "乙"},
        {"system_code": "101.02", "name": "丙"},
        {"system_code": "999.01", "name": "丁"},
    ],
}  # fmt: skip


@pytest.fixture
def draft() -> Session:
    return small_session(ANSWERS)


@pytest.fixture
def page(qtbot: QtBot, draft: Session, services: Services) -> StandardsPage:
    return opened(qtbot, draft, services)


def opened(
    qtbot: QtBot, draft: Session, services: Services, width: int = 1134, height: int = 700
) -> StandardsPage:
    step = next(step for step in draft.form.steps if step.page == "standards")
    made = StandardsPage(draft, step, services)
    show(qtbot, made, width, height)
    return made


def choose(page: StandardsPage, code: str) -> str:
    tree = page.board.tree_editor
    row_id = next(row.id for row in tree.nodes.by_id.values() if row.cell("code") == code)
    tree.view.choose(row_id)
    return row_id


def names(page: StandardsPage) -> list[str]:
    model = page.board.table_editor.model
    return [model.text(row, 1) for row in range(len(model.rows))]


def tabs(page: StandardsPage) -> list[str]:
    return [page.tabs.tabText(at) for at in range(page.tabs.count())]


def test_a_node_shows_its_rows_and_the_root_shows_all(page: StandardsPage) -> None:
    assert names(page) == ["甲", "乙", "丙", "丁"]
    choose(page, "101")
    assert names(page) == ["甲", "丙"]
    assert page.board.chip.text == "101 术语 · 2 项"
    choose(page, "100")
    assert names(page) == ["甲", "丙"]
    page.board.tree_editor.view.choose(page.board.tree_editor.nodes.below(None)[0].id)
    assert len(names(page)) == 4
    assert page.board.all.isHidden()


def test_the_filter_can_be_lifted(page: StandardsPage) -> None:
    choose(page, "201")
    assert page.board.all.text() == "看全部 4 项"
    page.board.all.click()
    assert len(names(page)) == 4


def test_a_new_row_belongs_to_the_chosen_node(page: StandardsPage, draft: Session) -> None:
    choose(page, "101")
    table = page.board.table_editor
    focus(table.view)
    table.view.set_current(2, 1)
    press(table.view, Qt.Key.Key_F2)
    editor = table.view.open_editor()
    assert editor is not None
    commit_text(editor, "新的")
    press(editor, Qt.Key.Key_Return)
    row = next(row for row in draft.rows("standards") if row.cell("name") == "新的")
    assert row.cell("system_code") == "101.03"
    assert names(page) == ["甲", "丙", "新的"]
    assert page.board.chip.text == "101 术语 · 3 项"


def test_rows_follow_when_a_code_changes(page: StandardsPage, draft: Session) -> None:
    row_id = choose(page, "101")
    draft.set_value(f"structure[{row_id}].code", "999")
    assert names(page) == ["丁"]
    draft.undo()
    assert names(page) == ["甲", "丙"]


def test_going_to_a_hidden_row_lifts_the_filter(page: StandardsPage, draft: Session) -> None:
    choose(page, "201")
    path = f"standards[{draft.rows('standards')[3].id}].name"
    page.go_to(path)
    assert len(names(page)) == 4
    assert page.board.table_editor.focus_path() == path
    assert page.board.chip.isHidden()


def test_other_fields_are_on_a_tab_of_their_own(page: StandardsPage) -> None:
    assert tabs(page) == ["框架和明细表", "编制说明"]
    page.go_to("notes")
    assert page.tabs.currentIndex() == 1
    assert page.view.isVisible()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "3.3 编制说明，必填"


def test_narrow_windows_show_one_part_at_a_time(qtbot: QtBot, draft: Session, services: Services) -> None:
    page = opened(qtbot, draft, services, 850, 350)
    assert tabs(page) == ["框架", "明细表", "结构图", "编制说明"]
    assert page.board.left.isVisible()
    assert not page.board.splitter.isVisible()
    page.go_to("standards")
    assert page.board.table_row.isVisible()
    assert not page.board.left.isVisible()
    page.tabs.setCurrentIndex(2)
    assert page.board.figure.isVisible()
    assert not page.board.table_row.isVisible()
    page.resize(1134, 700)
    assert page.board.left.isVisible()
    assert page.board.table_row.isVisible()
    assert page.board.figure.isVisible()


def test_the_part_that_was_shown_stays_shown(qtbot: QtBot, draft: Session, services: Services) -> None:
    page = opened(qtbot, draft, services)
    page.go_to("notes")
    page.resize(850, 350)
    assert page.view.isVisible()


def test_the_page_fits_the_smallest_window(qtbot: QtBot, draft: Session, services: Services) -> None:
    page = opened(qtbot, draft, services, 579, 232)
    assert (page.width(), page.height()) == (579, 232)
    assert page.minimumSizeHint().width() <= 579
    assert page.minimumSizeHint().height() <= 232


def test_the_focus_is_told(page: StandardsPage, qtbot: QtBot) -> None:
    focus(page.board.table_editor.view)
    with qtbot.waitSignal(page.focus_changed) as told:
        focus(page.board.tree_editor.view)
    assert told.args[0].startswith("structure")


@pytest.mark.parametrize("size", TypeSize)
@pytest.mark.parametrize(("width", "height"), [(1134, 480), (850, 350)])
def test_no_label_is_cut(
    qtbot: QtBot, draft: Session, services: Services, size: TypeSize, width: int, height: int
) -> None:
    services.look.set_size(size)
    page = opened(qtbot, draft, services, width, height)
    choose(page, "101")
    QApplication.processEvents()
    QApplication.processEvents()
    cut = [
        (each.text(), each.size().toTuple(), each.sizeHint().toTuple())
        for each in (*page.findChildren(QLabel), *page.findChildren(QPushButton))
        if each.isVisible() and each.text() and not isinstance(each, ElidedLabel)
        if (
            each.height() < each.heightForWidth(each.width()) - 1
            if isinstance(each, QLabel) and each.wordWrap()
            else each.width() < each.sizeHint().width() - 1 or each.height() < each.sizeHint().height() - 1
        )
    ]
    services.look.set_size(TypeSize.STANDARD)
    assert cut == []


# --- the figure


def drawn(page: StandardsPage) -> dict[str, str]:
    return {box.node.code: box.count for box in page.board.figure.canvas.drawing.boxes}


def test_the_figure_counts_and_marks_what_is_wanting(
    page: StandardsPage, draft: Session, qtbot: QtBot
) -> None:
    assert drawn(page) == {
        "": "3 项",
        "100": "2 项",
        "101": "2 项",
        "102": "待补充",
        "200": "1 项",
        "201": "1 项",
    }
    assert page.board.figure.chip.text == "1 处待补充"
    draft.insert_rows("standards", 0, [{"system_code": "102.01"}])
    qtbot.waitUntil(lambda: drawn(page)["102"] == "1 项")
    assert page.board.figure.chip.isHidden()


def test_a_click_on_a_box_chooses_its_node(page: StandardsPage) -> None:
    canvas = page.board.figure.canvas
    box = next(box for box in canvas.drawing.boxes if box.node.code == "201")
    middle = QPoint(round(box.middle), round(box.y + box.height / 2))
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=middle)
    assert names(page) == ["乙"]


def test_the_figure_is_read_aloud(page: StandardsPage) -> None:
    assert "102 编码 待补充" in page.board.figure.canvas.accessibleDescription()


def test_zooming_makes_it_larger(page: StandardsPage) -> None:
    figure = page.board.figure
    before = figure.canvas.height()
    figure.larger.click()
    assert figure.canvas.height() > before


def test_the_picture_is_the_printed_figure(
    page: StandardsPage, services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    toasts = Toasts()
    msgspec.structs.force_setattr(services, "toasts", toasts)
    target = tmp_path / "图.png"
    monkeypatch.setattr("pilotdesk.ui.trees.figure_view.ask_picture", lambda *_: target)
    page.board.figure.save_picture()
    assert target.read_bytes().startswith(b"\x89PNG")
    assert toasts.said == ["存好了 1 张图片"]
    monkeypatch.setattr("pilotdesk.ui.trees.figure_view.ask_picture", lambda *_: tmp_path / "没有" / "图.png")
    page.board.figure.save_picture()
    assert "没有存上" in toasts.said[-1]


def test_a_draft_without_a_tree_is_drawn_empty(qtbot: QtBot, services: Services) -> None:
    draft = small_session()
    tree = draft.form.fields["structure"]
    figure = FigureView(draft, tree, services)
    show(qtbot, figure, 400, 200)
    assert figure.canvas.drawing.boxes == ()


def tree(groups: int, leaves: int) -> FigureNode:
    made = tuple(
        FigureNode(f"g{g}", f"{g}00", "组", 1, 0, tuple(FigureNode(f"l{g}{n}", f"{g}0{n}", "叶", 1, 0) for n in range(leaves)))
        for g in range(groups)
    )  # fmt: skip
    return FigureNode("root", "", "体系", 1, 0, made)


@pytest.mark.parametrize(("groups", "leaves"), [(1, 0), (1, 1), (3, 0), (5, 3), (8, 8)])
def test_boxes_never_overlap_and_stay_inside(groups: int, leaves: int) -> None:
    found = lay_out((tree(groups, leaves),), 800, 1.0, lambda text: 13.0 * len(text))
    boxes = found.boxes
    assert len(boxes) == 1 + groups + groups * leaves
    for at, one in enumerate(boxes):
        assert one.x >= 0
        assert one.x + one.width <= found.width + 0.01
        assert one.y + one.height <= found.height
        for other in boxes[at + 1 :]:
            apart = (
                one.x + one.width <= other.x + 0.01
                or other.x + other.width <= one.x + 0.01
                or one.y + one.height <= other.y
                or other.y + other.height <= one.y
            )
            assert apart


def named_tree(*names: str, group: str = "组") -> FigureNode:
    leaves = tuple(FigureNode(f"l{n}", f"10{n}", name, 1, 0) for n, name in enumerate(names))
    return FigureNode("root", "", "体系", 1, 0, (FigureNode("g", "100", group, 1, 0, leaves),))


@pytest.mark.parametrize("length", [1, 5, 11, 24, 40])
@pytest.mark.parametrize("leaves", [1, 3, 20])
def test_a_name_stands_whole_in_its_box(length: int, leaves: int) -> None:
    """A sign is 13 px wide, a line 17 px high; code and number have a line each."""
    found = lay_out((named_tree(*["名" * length] * leaves),), 800, 1.0, lambda text: 13.0 * len(text), 17.0)
    box = found.boxes[-1]
    per_line = signs_in_line(box.width - 4, 13.0)
    lines = in_lines(box.node.name, -(-length // per_line))
    assert "".join(lines) == box.node.name
    assert max(map(len, lines)) <= per_line
    assert len(lines) <= 5
    assert box.height >= 8 + 17 * (2 + len(lines))


def test_a_long_name_of_a_group_stands_in_lines_and_its_leaves_below_it() -> None:
    def measure(text: str) -> float:
        return 13.0 * len(text)

    found = lay_out(
        (named_tree("叶", group="跨部门跨层级协同联动服务保障通用要求"),), 800, 1.0, measure, 17.0
    )
    _, head, leaf = found.boxes
    assert head_lines(head.node, head.width, 1.0, measure) == 2
    assert head.height == 25 + 17
    assert leaf.y > head.y + head.height


def test_what_stands_below_a_leaf_is_counted_by_a_word_of_its_own() -> None:
    deep = FigureNode("d", "1011", "丁", 2, 0, (FigureNode("e", "10111", "戊", 2, 0),))
    leaf = FigureNode("l", "101", "叶", 7, 0, (deep, FigureNode("f", "1012", "己", 0, 0)))
    root = FigureNode("root", "", "体系", 7, 0, (FigureNode("g", "100", "组", 7, 0, (leaf,)),))
    flat = lay_out((tree(1, 1),), 800, 1.0, len).boxes[-1]
    box = lay_out((root,), 800, 1.0, len).boxes[-1]
    assert (box.count, box.folded_words) == ("7 项", "另3类")
    assert box.wanting
    assert (flat.folded_words, flat.wanting) == ("", False)


def test_only_lowest_nodes_are_wanting() -> None:
    empty = FigureNode(
        "a", "1", "甲", 0, 0, (FigureNode("b", "11", "乙", 0, 0), FigureNode("c", "12", "丙", 2, 0))
    )
    assert wanting((empty,)) == 1
