"""Preview of the real pages, export with read-back."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionComboBox, QWidget

from pilotdesk.forms.form_documents import documents_of
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.projects import session_of_package
from pilotdesk.ui.components.progress import ProgressPanel
from pilotdesk.ui.preview.bar import PreviewBar
from pilotdesk.ui.preview.page import PreviewPage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pilotdesk.clock import Clock
    from pilotdesk.drafts.package import Package
    from pilotdesk.session import Session
    from pilotdesk.ui.navigation.services import Services


@pytest.fixture
def page(qtbot: QtBot, session: Session, services: Services) -> Iterator[PreviewPage]:
    made = PreviewPage(session, services, None)
    qtbot.addWidget(made)
    made.resize(1100, 600)
    made.show()
    made.page_shown()
    yield made
    made.close_page()


def words(page: PreviewPage) -> str:
    from PySide6.QtWidgets import QLabel

    return " ".join(label.text() for label in page.export_panel.findChildren(QLabel) if label.isVisible())


def test_it_shows_the_pages_of_the_real_pdf(page: PreviewPage, qtbot: QtBot) -> None:
    assert page.drawing.is_current
    assert page.view.count > 20
    page.bar.number.setText("3")
    page.bar.number.editingFinished.emit()
    assert page.view.current() == 3
    qtbot.waitUntil(lambda: 3 in page.view._pictures)


def test_a_change_makes_it_draw_again(page: PreviewPage, session: Session) -> None:
    before = page.drawing.file
    session.set_text("project_name", "南汀县改名服务标准化试点")
    assert page.drawing.file != before
    assert page.drawing.is_current


def test_zoom_has_steps_and_fits_the_width_again(page: PreviewPage) -> None:
    fitted = page.view.percent()
    page.bar.zoomed.emit(1)
    assert page.view.percent() > fitted
    page.bar.zoomed.emit(0)
    assert page.view.percent() == fitted


def test_an_export_is_read_back_before_it_is_announced(
    page: PreviewPage, tmp_path: Path, qtbot: QtBot
) -> None:
    page.export_panel.folder.setText(str(tmp_path / "out"))
    page.export_panel.export()
    qtbot.waitUntil(lambda: "导出好了，核对一致" in words(page))
    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".docx", ".pdf"}


def test_the_focus_goes_along_with_an_export_that_was_begun_by_key(
    page: PreviewPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = page.export_panel
    panel.folder.setText(str(tmp_path))
    panel.start.setFocus()
    held: list[object] = []
    show = ProgressPanel.show_progress
    monkeypatch.setattr(
        ProgressPanel,
        "show_progress",
        lambda panel, *words: (held.append(page.window().focusWidget()), show(panel, *words)),
    )
    qtbot.keyClick(panel.start, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel.outcome.count() > 0, timeout=60_000)
    assert held[-1] is panel.progress.cancel
    assert page.window().focusWidget().text() == "打开文件夹"


def test_the_practice_sample_cannot_be_final(page: PreviewPage) -> None:
    assert not page.export_panel.final.isEnabled()
    assert page.export_panel.draft.isChecked()


def test_a_folder_that_cannot_be_written_is_said_plainly(
    page: PreviewPage, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "taken").write_text("a file stands here", "utf-8")
    page.export_panel.folder.setText(str(tmp_path / "taken"))
    page.export_panel.export()
    qtbot.waitUntil(lambda: "写不进" in words(page))
    assert page.export_panel.start.isVisible()


def test_neither_word_nor_pdf_asks_for_one(page: PreviewPage, qtbot: QtBot) -> None:
    page.export_panel.word.setChecked(False)
    page.export_panel.pdf.setChecked(False)
    page.export_panel.export()
    qtbot.waitUntil(lambda: "至少选一样" in words(page))


def test_a_click_on_an_answer_leads_to_its_field(page: PreviewPage, session: Session, qtbot: QtBot) -> None:
    from pilotdesk.documents.pdf.pdfium import OpenPdf

    with OpenPdf(page.drawing.file) as document:
        box = next(box for box in document.boxes(0) if box.path == "undertaking_unit")
    middle = ((box.left + box.right) / 2, (box.top + box.bottom) / 2)
    with qtbot.waitSignal(page.request_go_to) as asked:
        page.view.clicked.emit(0, *middle)
    assert asked.args == ["undertaking_unit"]
    with qtbot.assertNotEmitted(page.request_go_to):
        page.view.clicked.emit(0, 0.5, 0.02)


def test_signs_that_were_left_out_are_told_with_the_way_there(
    qtbot: QtBot, sample: Package, clock: Clock, services: Services, tmp_path: Path
) -> None:
    values = {**sample.values, "unit_introduction": "甲\x07乙"}
    session = session_of_package(replace(sample, values=values), clock.today())
    page = PreviewPage(session, services, None)
    qtbot.addWidget(page)
    page.show()
    page.export_panel.folder.setText(str(tmp_path))
    page.export_panel.start.click()
    link = next(
        each for each in page.export_panel.findChildren(QPushButton) if each.text() == "2.30 单位简介"
    )
    with qtbot.waitSignal(page.request_go_to) as asked:
        link.click()
    assert asked.args == ["unit_introduction"]
    page.close_page()


def test_the_name_of_every_document_can_be_read(qtbot: QtBot, services: Services) -> None:
    bar = PreviewBar(services.look, documents_of(load_shipped("2026").forms["self_assessment"]))
    qtbot.addWidget(bar)
    bar.resize(900, 42)
    bar.show()
    qtbot.waitExposed(bar)
    box, option = bar.documents, QStyleOptionComboBox()
    option.initFrom(box)
    room = box.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, box
    )
    names = [box.itemText(at) for at in range(box.count())]
    assert len(names) == 3
    assert room.width() - 4 >= max(map(box.fontMetrics().horizontalAdvance, names))


@pytest.mark.parametrize("width", [900, 515, 420, 300])
def test_what_has_no_room_goes_and_names_and_page_stay_whole(
    qtbot: QtBot, services: Services, width: int
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    bar = PreviewBar(services.look, documents_of(load_shipped("2026").forms["summary_2027"]))
    bar.setParent(window)
    window.resize(width, 42)
    window.show()
    bar.show_count(38)
    bar.resize(width, 42)
    bar.show()
    qtbot.waitExposed(window)
    bar.layout().activate()
    shown = [part for part in bar.findChildren(QWidget) if part.isVisible() and part.parent() is bar]
    shown.sort(key=lambda part: part.x())
    assert {bar.documents, bar.number} <= set(shown)
    cut = [part for part in shown if part is not bar.number and part.width() < part.sizeHint().width()]
    assert not cut
    assert all(left.geometry().right() < right.x() for left, right in pairwise(shown))
    assert shown[-1].geometry().right() <= width
    assert bar.documents.currentText() == "年度工作总结"


def test_the_mark_that_is_promised_is_the_one_that_is_printed(page: PreviewPage, session: Session) -> None:
    """The sample prints 样张 on every page."""
    assert "样张" in page.export_panel.draft.accessibleName()
    assert "草稿”" not in page.export_panel.draft.accessibleName()
    assert "样张" not in page.export_panel.final.accessibleName()


def test_on_a_small_screen_the_end_of_an_export_comes_into_view(
    page: PreviewPage, tmp_path: Path, qtbot: QtBot
) -> None:
    page.resize(900, 330)
    panel = page.export_panel
    panel.folder.setText(str(tmp_path / "out"))
    panel.export()
    qtbot.waitUntil(lambda: panel.outcome.count() > 0)
    card = panel.outcome.itemAt(0).widget()
    qtbot.waitUntil(lambda: panel.verticalScrollBar().value() > 0)
    below = card.mapTo(panel.viewport(), card.rect().bottomLeft()).y()
    assert 0 < below <= panel.viewport().height()
