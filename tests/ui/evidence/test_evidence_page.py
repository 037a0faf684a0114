"""The page of the ledger: pieces with their files, where they are used, what is missing, all of it bound."""

from __future__ import annotations

import threading

import msgspec
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pilotdesk.documents.pdf.pdfium import OpenPdf
from pilotdesk.forms.values import Attachment
from pilotdesk.projects.draft_files import LooseFiles
from pilotdesk.ui.dialogs import asking as dialogs
from pilotdesk.ui.editors import attachment as editors_attachment
from pilotdesk.ui.evidence.page import EvidencePage
from pilotdesk.ui.evidence.panel import NONE_CHOSEN
from pilotdesk.ui.evidence.preview import NO_FILE
from pilotdesk.ui.tasks.worker import TaskRunner
from pilotdesk.ui.window.pages import build_page
from tests.documents.evidence_files import DOCX, OLD_WORD, pdf, picture
from tests.ui.editor_kit import Toasts, show
from tests.ui.evidence_kit import attached, contents, kept_files, summary

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)


@pytest.fixture
def draft():
    return summary()


@pytest.fixture
def toasts():
    return Toasts()


@pytest.fixture
def kept(services, toasts):
    return msgspec.structs.replace(services, attachments=LooseFiles(kept_files()), toasts=toasts)


def opened(qtbot, draft, services, width=1134, height=640):
    step = next(step for step in draft.form.steps if step.page == "evidence")
    page = build_page(step.name, draft, services, None)
    assert isinstance(page, EvidencePage)
    show(qtbot, page, width, height)
    return page


@pytest.fixture
def page(qtbot, draft, kept):
    made = opened(qtbot, draft, kept)
    yield made
    made.close_page()


def text(page, row, name):
    model = page.editor.model
    return model.text(row, [column.name for column in model.columns].index(name))


def codes(draft):
    return [row.cell("code") for row in draft.rows("evidence")]


def choose(page, row):
    page.editor.view.set_current(row, 1)


def links(page):
    return [link.toolTip() for link in page.panel.links]


def test_every_piece_says_its_file_and_where_it_is_used(page):
    assert text(page, 0, "file").startswith("3 页 · ")
    assert text(page, 0, "file").endswith("清单.pdf")
    assert text(page, 3, "file") == ""
    assert [text(page, row, "used_in") for row in range(4)] == ["2 处", "没有用到", "没有用到", "没有用到"]
    assert "3 个文件 · 5 页" in page.row.head.note.plain


def test_the_chosen_piece_is_shown_with_its_page_and_the_places_that_use_it(qtbot, page):
    choose(page, 0)
    assert page.panel.title.plain.replace("*", "") == "E01 需求清单"
    assert page.panel.preview.paper.has_image
    assert links(page) == [
        "3.1 量化指标完成情况 第1行 一件事办理时长 第2页",
        "3.1 量化指标完成情况 第3行 满意度",
    ]
    went = []
    page.request_go_to.connect(went.append)
    page.panel.links[0].click()
    assert went == ["figures[r_a1].proof"]
    choose(page, 3)
    assert page.panel.change.text() == "加文件"
    assert not page.panel.opening.isVisible()


def test_what_refers_to_a_piece_follows_its_code_in_one_step(draft, page, toasts):
    model = page.editor.model
    index = model.place("r_e1", "code")
    model.setData(index, "e12")
    assert codes(draft)[0] == "E12"
    assert draft.value("figures[r_a1].proof") == ("E12:2",)
    assert draft.value("figures[r_a3].proof") == ("E12", "E09")
    assert text(page, 0, "used_in") == "2 处"
    assert toasts.said == ["E01 改成了 E12，2 处“佐证”跟着改了"]
    toasts.undo()
    assert codes(draft)[0] == "E01"
    assert draft.value("figures[r_a1].proof") == ("E01:2",)


def test_a_code_that_another_piece_has_takes_nothing_along(draft, page, toasts):
    model = page.editor.model
    model.setData(model.place("r_e1", "code"), "E02")
    assert draft.value("figures[r_a1].proof") == ("E01:2",)
    assert codes(draft)[0] == "E02"
    assert toasts.said == []


def test_a_copy_of_a_piece_has_a_code_of_its_own_and_no_file(draft, page):
    choose(page, 0)
    page.editor.commands.run("duplicate")
    assert codes(draft) == ["E01", "E05", "E02", "E03", "E04"]
    assert draft.rows("evidence")[1].cell("file") is None


class Earlier(LooseFiles):
    """A shelf behind which other forms of the project stand."""

    def earlier(self):
        return tuple(
            {"code": "E01", "title": name, "file": (attached(name),)} for name in ("清单.pdf", "照片.jpg")
        )


def test_pieces_of_the_earlier_forms_are_brought_in_one_step(qtbot, services, toasts):
    draft = summary({"evidence": [{"id": "r_e1", "code": "E01", "title": "需求清单", "file": ["清单.pdf"]}]})
    shelf = Earlier(kept_files())
    page = opened(qtbot, draft, msgspec.structs.replace(services, attachments=shelf, toasts=toasts))
    assert page.bring.isVisible()
    page.bring.click()
    assert codes(draft) == ["E01", "E02"]
    assert toasts.said == ["从年度总结带来了 1 件，编号接着排；用不着的删去"]
    page.bring.click()
    assert codes(draft) == ["E01", "E02"]
    assert "这里都有了" in page.work.card_words
    draft.undo()
    assert codes(draft) == ["E01"]
    page.close_page()


def test_nothing_is_offered_where_there_is_no_earlier_form(page):
    assert not page.bring.isVisible()


def test_pages_are_turned(page):
    choose(page, 0)
    preview = page.panel.preview
    assert not preview.back.isEnabled()
    QTest.mouseClick(preview.forth, Qt.MouseButton.LeftButton)
    QTest.mouseClick(preview.forth, Qt.MouseButton.LeftButton)
    assert preview.count.text() == "第 3 页，共 3 页"
    assert not preview.forth.isEnabled()


def test_uses_follow_what_is_written_elsewhere(draft, page):
    choose(page, 1)
    assert links(page) == []
    draft.set_text("figures[r_a2].proof", "E02")
    assert text(page, 1, "used_in") == "1 处"
    assert links(page) == ["3.1 量化指标完成情况 第2行 标准覆盖率"]


def test_a_page_that_is_not_seen_counts_when_it_is(draft, page):
    page.hide()
    draft.set_text("figures[r_a2].proof", "E02")
    assert page.editor.ledger.uses.get("E02") is None
    page.show()
    page.page_shown()
    assert text(page, 1, "used_in") == "1 处"


def test_figures_without_proof_are_named_and_reached(draft, page):
    places = [place.path for place in page.missing.places]
    assert "figures[r_a2].proof" in places
    assert page.missing.isVisible()
    assert "标准覆盖率" in page.missing.words.plain
    went = []
    page.request_go_to.connect(went.append)
    page.missing.go.click()
    assert went == [places[0]]
    draft.set_text("figures[r_a2].proof", "E02")
    assert "figures[r_a2].proof" not in [place.path for place in page.missing.places]


def test_a_new_row_has_the_next_code(draft, page):
    page.editor.toolbar.add.click()
    QTest.keyClicks(QApplication.focusWidget(), "")
    model = page.editor.model
    model.setData(model.index(4, 1), "新的一件")
    assert codes(draft)[4] == "E05"
    draft.remove_rows("evidence", [draft.rows("evidence")[1].id])
    model.setData(model.index(4, 1), "再一件")
    assert codes(draft) == ["E01", "E03", "E04", "E05", "E06"]


def test_pasted_rows_get_codes_one_after_the_other(draft, page):
    QApplication.clipboard().setText("甲报告\n乙报告")
    page.editor.commands.paste_at(4, 1, ask=False)
    assert codes(draft)[4:] == ["E05", "E06"]
    assert draft.rows("evidence")[5].cell("title") == "乙报告"


def dropped(page, tmp_path, files):
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in files])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, left, none)
    page.dropEvent(event)


def test_dropped_files_become_pieces_named_by_their_files(draft, page, toasts, tmp_path):
    dropped(page, tmp_path, {"满意度报告.pdf": pdf("a", "b"), "合影.png": picture(kind="PNG")})
    rows = draft.rows("evidence")[4:]
    assert [(row.cell("code"), row.cell("title")) for row in rows] == [("E05", "满意度报告"), ("E06", "合影")]
    kept = rows[0].cell("file")[0]
    assert isinstance(kept, Attachment)
    assert (kept.file_name, kept.pages, kept.media_type) == ("满意度报告.pdf", 2, "application/pdf")
    assert page.editor.view.currentIndex().row() == 4
    assert page.panel.preview.paper.has_image
    assert toasts.said == ["加了 2 个文件"]
    toasts.undo()
    assert len(draft.rows("evidence")) == 4


def test_the_way_back_of_a_toast_spares_what_was_typed_after_it(draft, page, toasts, tmp_path):
    dropped(page, tmp_path, {"合影.png": picture(kind="PNG")})
    take_back = toasts.undo
    row = draft.rows("evidence")[4]
    draft.set_value(f"evidence[{row.id}].title", "揭牌合影")
    take_back()
    assert draft.rows("evidence")[4].cell("title") == "揭牌合影"
    assert toasts.said[-1].startswith("后来又改了别处")


def test_files_that_cannot_be_taken_are_named_and_the_others_are_added(draft, page, tmp_path):
    files = {
        "旧.doc": OLD_WORD,
        "好.docx": DOCX,
        "锁.pdf": pdf("x", password="x"),
        "同.pdf": contents()["清单.pdf"],
    }
    dropped(page, tmp_path, files)
    assert codes(draft)[4:] == ["E05"]
    words = page.work.card_words
    assert "“旧.doc”" in words
    assert "“锁.pdf”设了打开密码" in words
    assert "“同.pdf”目录里已经有了，是 E01 需求清单" in words


def test_a_file_is_changed_removed_and_brought_back(draft, page, toasts, tmp_path, monkeypatch):
    (tmp_path / "纪要.pdf").write_bytes(pdf("x"))
    monkeypatch.setattr(editors_attachment, "ask_files", lambda parent: [str(tmp_path / "纪要.pdf")])
    choose(page, 3)
    page.panel.change.click()
    path = f"evidence[{draft.rows('evidence')[3].id}].file"
    assert draft.value(path)[0].file_name == "纪要.pdf"
    assert draft.rows("evidence")[3].cell("title") == "会议纪要"
    page.panel.gone.click()
    assert draft.value(path) is None
    toasts.undo()
    assert draft.value(path)[0].file_name == "纪要.pdf"


def test_a_file_is_opened_as_it_was_added(page, monkeypatch):
    shown = []
    monkeypatch.setattr(editors_attachment, "open_file", lambda path: shown.append(path) or True)
    choose(page, 0)
    page.panel.opening.click()
    assert shown[0].name == "清单.pdf"
    assert shown[0].read_bytes() == contents()["清单.pdf"]


def test_a_double_click_on_a_file_opens_it_or_asks_for_one(draft, page, monkeypatch):
    shown, asked = [], []
    monkeypatch.setattr(editors_attachment, "open_file", lambda path: shown.append(path.name) or True)
    monkeypatch.setattr(editors_attachment, "ask_files", lambda parent: asked.append(1) or [])
    column = [each.name for each in page.editor.model.columns].index("file")
    for row in (0, 3):
        page.editor.view.set_current(row, column)
        cell = page.editor.view.visualRect(page.editor.model.index(row, column)).center()
        QTest.mouseClick(page.editor.view.viewport(), Qt.MouseButton.LeftButton, pos=cell)
        QTest.mouseDClick(page.editor.view.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    assert (shown, asked) == (["清单.pdf"], [1])
    assert page.editor.view.open_editor() is None


def test_pieces_change_their_order_by_keys(draft, page):
    choose(page, 2)
    QTest.keyClick(page.editor.view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert codes(draft) == ["E01", "E03", "E02", "E04"]


def test_all_files_are_bound_behind_the_printed_directory(page, tmp_path, monkeypatch):
    target = tmp_path / "本.pdf"
    monkeypatch.setattr(dialogs, "ask_pdf_target", lambda parent, title, suggestion: target)
    page.bind.click()
    assert page.work.card_words == "合订好了，读回来核对过：3 件，5 页。E04没有文件，不在里面。"
    with OpenPdf(target) as document:
        marks = [mark.title for mark in document.bookmarks()]
    assert marks == ["佐证材料目录", "E01 需求清单", "E02 培训照片", "E03 签到台账"]


def test_a_piece_that_cannot_be_bound_is_named_and_nothing_is_written(qtbot, draft, services, tmp_path):
    lost = msgspec.structs.replace(services, attachments=LooseFiles({}), toasts=Toasts())
    page = opened(qtbot, draft, lost)
    page.desk.bind(tmp_path / "本.pdf")
    assert "E01“清单.pdf”" in page.work.card_words
    assert list(tmp_path.iterdir()) == []
    page.close_page()


def test_an_empty_ledger_has_nothing_to_bind(qtbot, kept):
    page = opened(qtbot, summary({}), kept)
    page.bind.click()
    assert "还没有文件" in page.work.card_words
    page.close_page()


def test_narrow_windows_show_ledger_and_piece_one_at_a_time(qtbot, draft, kept):
    page = opened(qtbot, draft, kept, 860, 400)
    assert page.tabs.isVisible()
    assert page.left.isVisible()
    assert not page.right.isVisible()
    page.tabs.setCurrentIndex(1)
    assert page.right.isVisible()
    page.go_to("evidence[r_e3].title")
    assert page.left.isVisible()
    assert page.editor.view.currentIndex().row() == 2
    page.close_page()


def test_the_window_answers_while_files_are_taken_in(qtbot, draft, services, tmp_path):
    """The reading is held back: meanwhile one goes on typing, and the rows come when it is done."""
    gate, runner = threading.Event(), TaskRunner()
    shelf = LooseFiles({})
    keep = shelf.keeper()

    def slow(sha256, content):
        assert gate.wait(60)
        keep(sha256, content)

    shelf.keeper = lambda: slow
    held = msgspec.structs.replace(services, attachments=shelf, toasts=Toasts(), runner=runner)
    page = opened(qtbot, draft, held)
    try:
        (tmp_path / "大.pdf").write_bytes(pdf("x"))
        page.desk.add_files([tmp_path / "大.pdf"])
        assert page.work.running.isVisible()
        draft.set_text("evidence[r_e4].title", "接着填")
        assert text(page, 3, "title") == "接着填"
        assert len(draft.rows("evidence")) == 4
        gate.set()
        qtbot.waitUntil(lambda: len(draft.rows("evidence")) == 5)
        assert not page.work.isVisible()
    finally:
        gate.set()
        page.close_page()
        runner.close()


def test_nothing_comes_into_a_draft_whose_page_is_closed(qtbot, draft, services, tmp_path):
    runner = TaskRunner()
    held = msgspec.structs.replace(services, attachments=LooseFiles({}), toasts=Toasts(), runner=runner)
    page = opened(qtbot, draft, held)
    (tmp_path / "a.pdf").write_bytes(pdf("x"))
    page.desk.add_files([tmp_path / "a.pdf"])
    page.close_page()
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert len(draft.rows("evidence")) == 4
    runner.close()


def test_before_a_piece_is_chosen_it_is_not_said_that_there_are_no_files(page):
    choose(page, 0)
    assert page.panel.preview.nothing == NO_FILE
    choose(page, len(page.editor.model.rows))  # the row that does not exist yet
    assert page.panel.preview.nothing == NONE_CHOSEN


def test_an_empty_ledger_says_how_files_come_in(qtbot, kept):
    page = opened(qtbot, summary({}), kept)
    assert page.panel.preview.nothing == NO_FILE
    page.close_page()
