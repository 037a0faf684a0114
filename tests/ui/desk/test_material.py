"""The material beside the review: its pages, marks and files, fields by their number, only what changed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtWidgets import QPushButton

from pilotdesk.documents.pdf import read_pdf_text
from pilotdesk.review.desk.file import Desk
from pilotdesk.review.desk.records import Changed, Opinion
from pilotdesk.review.desk.sources import note_sources
from pilotdesk.ui.desk import material_drawing
from pilotdesk.ui.desk.changes_words import ChangesShown, changes_html, is_touched
from pilotdesk.ui.desk.files_view import size_words
from pilotdesk.ui.desk.material import CHANGES, FILES, PAGES, MaterialView
from pilotdesk.ui.desk.material_drawing import MaterialDrawing
from pilotdesk.ui.look.theme import Theme
from pilotdesk.ui.tasks.worker import Task, TaskRunner
from tests.review.desk_kit import changed
from tests.ui.conftest import ImmediateRunner
from tests.ui.desk.kit import TWICE, handed_in, press, sit_at, ticking
from tests.ui.desk.panel_kit import focus_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pilotdesk.ui.desk.page import DeskPage
    from pilotdesk.ui.desk.sitting import Sitting
    from pilotdesk.ui.look.theme import Look


@pytest.fixture
def material(qtbot: QtBot, look: Look, sitting: Sitting) -> Iterator[MaterialView]:
    """The view where the table stands, with the practice sample looked at."""
    made = MaterialView(look, sitting, runner=ImmediateRunner())
    qtbot.addWidget(made)
    made.resize(966, 619)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    sitting.show_one("sample")
    yield made
    made.close_page()


def test_nothing_is_drawn_before_it_is_open(material: MaterialView) -> None:
    assert material.pages.drawing.result is None
    material.open_at()
    assert material.pages.view.count > 20
    assert material.is_open


def test_an_answer_is_framed_and_in_view(material: MaterialView) -> None:
    material.open_at("uscc")
    view = material.pages.view
    assert view.spot is not None
    assert view.spot.exact
    top = view.box(view.spot.boxes[0].page).top() - view.verticalScrollBar().value()
    words = top + view.spot.boxes[0].top * view.box(0).height()
    assert 0 < words < view.viewport().height()
    assert "2.2 统一社会信用代码" in material.pages.said.plain


def test_what_was_found_has_a_mark_on_its_page(material: MaterialView) -> None:
    material.open_at()
    assert [mark.icon for mark in material.pages.view.marks] == ["alert-triangle-filled"]
    material._sitting.opinion("sample", "uscc", "请核对。")
    assert [mark.icon for mark in material.pages.view.marks] == ["alert-triangle-filled", "message"]


def test_a_click_on_the_page_looks_at_its_answer_and_words_can_be_written(
    qtbot: QtBot, material: MaterialView
) -> None:
    material.open_at("uscc")
    view = material.pages.view
    assert view.spot is not None
    box = view.spot.boxes[0]
    page = view.box(box.page).translated(0, -view.verticalScrollBar().value())
    place = QPoint(
        page.left() + round((box.left + box.right) / 2 * page.width()),
        page.top() + round((box.top + box.bottom) / 2 * page.height()),
    )
    material.pages.go_to("unit_name")
    material.pages.go_to("uscc")
    material.pages.path = ""
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert material.pages.path == "uscc"
    wanted: list[str] = []
    material.say_wanted.connect(wanted.append)
    qtbot.mouseClick(material.pages.say, Qt.MouseButton.LeftButton)
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert wanted == ["uscc", "uscc"]


def test_a_field_is_found_by_its_number_and_by_initials(qtbot: QtBot, material: MaterialView) -> None:
    material.open_at()
    material.find_field()
    qtbot.keyClicks(material.search, "2.2")
    qtbot.keyClick(material.search, Qt.Key.Key_Return)
    assert material.pages.path == "uscc"
    material.search.clear()
    qtbot.keyClicks(material.search, "tyshxy")
    qtbot.keyClick(material.search, Qt.Key.Key_Return)
    assert "统一社会信用" in material.pages.said.plain
    material.search.clear()
    qtbot.keyClicks(material.search, "99.9")
    qtbot.keyClick(material.search, Qt.Key.Key_Return)
    assert material.pages.said.plain.startswith("没有找到“99.9”")


def test_a_field_typed_again_goes_to_the_next_that_fits(qtbot: QtBot, material: MaterialView) -> None:
    material.open_at()
    material.find_field()
    qtbot.keyClicks(material.search, "9.")
    seen = []
    for _ in range(3):
        qtbot.keyClick(material.search, Qt.Key.Key_Return)
        seen.append(material.pages.path)
    assert len(set(seen)) > 1


def test_the_pages_follow_the_doubts_while_they_are_open(qtbot: QtBot, page: DeskPage) -> None:
    material = page.left.material
    page.sitting.show_one("sample")
    focus_table(page)
    press(qtbot, page, Qt.Key.Key_F8)
    assert material.pages.path == ""
    page.left.show_material("uscc")
    press(qtbot, page, Qt.Key.Key_F8)
    assert material.pages.path == "targets[r_t1].value_2028"
    material.open_files()
    page.left.material.pages.path = ""
    press(qtbot, page, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert material.pages.path == ""


def test_esc_leaves_the_search_then_closes(qtbot: QtBot, material: MaterialView) -> None:
    material.open_at()
    material.find_field()
    with qtbot.assertNotEmitted(material.closed):
        qtbot.keyClick(material.search, Qt.Key.Key_Escape)
    with qtbot.waitSignal(material.closed):
        qtbot.keyClick(material.pages.view, Qt.Key.Key_Escape)
    assert not material.is_open
    material._sitting.show_one("k2")
    assert material.pages.drawing.result is None, "closed, it follows nobody"


def test_open_it_follows_the_submission_that_is_looked_at(qtbot: QtBot, material: MaterialView) -> None:
    material.open_at("uscc")
    first = material.pages.drawing.result
    material._sitting.show_one("k2")
    assert material.pages.path == ""
    qtbot.waitUntil(lambda: material.pages.drawing.result is not None)
    assert material.pages.drawing.result is not first
    assert first is not None
    assert not first.file.exists()


def test_who_walks_on_quickly_sees_the_last_one(qtbot: QtBot, look: Look, sitting: Sitting) -> None:
    runner = TaskRunner()
    made = MaterialView(look, sitting, runner=runner)
    qtbot.addWidget(made)
    sitting.show_one("sample")
    with qtbot.waitSignal(made.pages.drawing.drawn):
        made.open_at()
        for key in ("k2", "k3", "k4"):
            sitting.show_one(key)
    assert made.pages.drawing.result is not None
    assert made.pages._dossier is not None
    assert made.pages._dossier.row.key == "k4"
    assert "丁县机构养老服务" in "".join(read_pdf_text(made.pages.drawing.result.file).pages)
    runner.close()
    made.close_page()


class Held(ImmediateRunner):
    """Works, and while it is shut tells of it later."""

    def __init__(self) -> None:
        super().__init__()
        self.shut = False
        self.kept: list[Callable[[], object]] = []

    def run(self, work: Any, done: Any, **rest: Any) -> Task:
        if self.shut:
            self.kept.append(partial(done, work(lambda _done, _total: None)))
            return Task()
        return super().run(work, done, **rest)


def test_a_picture_that_comes_too_late_is_not_shown(sitting: Sitting) -> None:
    runner = Held()
    drawing = MaterialDrawing(sitting.pack, runner)
    drawing.draw(sitting.desk.one("sample"), "")
    shown: list[object] = []
    drawing.picture(0, 0.2, shown.append)
    assert len(shown) == 1
    runner.shut = True
    drawing.picture(1, 0.2, shown.append)
    runner.shut = False
    drawing.draw(sitting.desk.one("k2"), "")
    for run in runner.kept:
        run()
    assert len(shown) == 1
    drawing.close()


def test_pictures_are_looked_for_where_the_material_was_taken_in(
    material: MaterialView, sitting: Sitting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note_sources(sitting.desk, [tmp_path / "来"])
    asked: list[object] = []
    monkeypatch.setattr(
        material_drawing, "pictures_of", lambda one, taken_from: asked.append((one.key, taken_from))
    )
    sitting.show_one("sample")
    material.open_at()
    assert asked == [("sample", (tmp_path / "来",))]


def test_the_files_are_listed_with_what_is_missing_and_where_they_differ(material: MaterialView) -> None:
    material.open_files()
    assert material._stack.currentIndex() == FILES
    assert material.files.model.rowCount() == 1
    assert material.files.model.index(0, 0).data() == "甲/申报书.pilot"
    assert material.files.model.index(0, 3).data() == "读好了"
    assert "法人资格证明" in material.files.missing.plain
    assert "甲.docx" in material.files.differing.toPlainText()
    assert [size_words(size) for size in (820, 27_605, 3_600_000)] == ["820 字节", "27 KB", "3.4 MB"]


# -- only what changed -------------------------------------------------------------------------------


@pytest.fixture
def changes(qtbot: QtBot, look: Look, desk_path: Path) -> Iterator[MaterialView]:
    """The second round of a submission that was spoken of."""
    desk = Desk(desk_path, ticking())
    desk.opinion("k3", "unit_name", "请写全称。")
    desk.opinion("k3", "uscc", "请改成 18 位。")
    desk.take(changed(handed_in(2), "CCCC-CCCC", unit_name="丙县社会福利服务中心"))
    desk.close()
    sitting = sit_at(desk_path)
    made = MaterialView(look, sitting, runner=ImmediateRunner())
    qtbot.addWidget(made)
    made.show()
    sitting.show_one("k3")
    made.open_changes()
    yield made
    made.close_page()
    sitting.desk.close()


def test_a_second_round_shows_only_what_changed(changes: MaterialView) -> None:
    assert changes._stack.currentIndex() == CHANGES
    text = changes.changes.text.toPlainText()
    assert text.startswith("第 2 次报来，和第 1 次比，改了 1 处")
    assert "2.1 单位名称" in text
    assert "上次的话：“请写全称。”" in text
    assert "▲ 上次提了意见、这次没有改的 1 处\n2.2 统一社会信用代码：“请改成 18 位。”" in text
    assert "underline" in changes.changes.text.toHtml()


def test_what_changed_leads_to_its_page_and_to_words(qtbot: QtBot, changes: MaterialView) -> None:
    said: list[str] = []
    changes.say_wanted.connect(said.append)
    changes.changes.text.anchorClicked.emit(QUrl("say:unit_name"))
    assert said == ["unit_name"]
    changes.changes.text.anchorClicked.emit(QUrl("see:unit_name"))
    assert changes._stack.currentIndex() == PAGES
    assert changes.pages.path == "unit_name"


def test_a_first_round_has_no_changes_to_show(changes: MaterialView) -> None:
    changes._sitting.show_one("k2")
    assert changes._stack.currentIndex() == PAGES
    shown = [tab.text() for tab in changes.findChildren(QPushButton) if tab.isVisible()]
    assert not any(text.startswith("改动") for text in shown)
    changes._sitting.show_one(TWICE)
    assert any(tab.text() == "改动 1" for tab in changes.findChildren(QPushButton) if tab.isVisible())


def test_cells_of_a_row_are_links_that_come_back_whole(qtbot: QtBot, changes: MaterialView) -> None:
    path = "targets[r_t1].value_2028"
    shown = ChangesShown(title="", changed=(Changed(path, "9.2", "95", "96"),), wanted=())
    changes.changes.text.setHtml(changes_html(shown, Theme()))
    links = [
        fragment.charFormat().anchorHref()
        for block in _blocks(changes)
        for fragment in block
        if fragment.charFormat().isAnchor()
    ]
    assert f"see:{path}" in links
    said: list[str] = []
    changes.say_wanted.connect(said.append)
    changes.changes.text.anchorClicked.emit(QUrl(f"say:{path}"))
    assert said == [path]


def _blocks(view: MaterialView) -> Iterator[list[object]]:
    block = view.changes.text.document().begin()
    while block.isValid():
        yield [found.fragment() for found in block]
        block = block.next()


def test_many_changes_are_shown_in_two_steps(changes: MaterialView) -> None:
    many = tuple(Changed(f"field_{at}", f"{at} 栏", "a", "b") for at in range(100))
    html = changes_html(ChangesShown(title="", changed=many, wanted=()), Theme())
    assert "还有 40 处" in html
    assert "99 栏" not in html
    whole = changes_html(ChangesShown(title="", changed=many, wanted=(), at_once=100), Theme())
    assert "99 栏" in whole


def test_words_of_a_unit_are_no_markup() -> None:
    one = Changed("x", "<b>栏", "<script>", "a & b")
    said = Opinion(1, "x", "<i>请改", "", "", "")
    html = changes_html(ChangesShown(title="<u>", changed=(one,), wanted=((said, "<s>"),)), Theme())
    assert "<script>" not in html
    assert "<i>" not in html
    assert "<u>" not in html
    assert "a &amp; b" in html or "&amp;" in html


def test_an_opinion_on_a_table_is_touched_by_its_rows() -> None:
    row = (Changed("targets[r_1].unit", "", "", ""),)
    assert is_touched("targets", row)
    assert is_touched("targets[r_1].unit", row)
    assert not is_touched("target", row)
