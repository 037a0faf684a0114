"""A return slip all the way, in the windows of both sides: handed in, sent back, mended, answered, handed in again, looked at.

The province's page and the unit's window stand side by side; between them go files only.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from docx import Document
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from pilotdesk.documents.pdf import read_pdf_text
from pilotdesk.projects.returned_paper import TITLE as COMPARISON
from pilotdesk.review.checking.answered import CHANGED, SAID
from pilotdesk.review.desk.records import Conclusion
from pilotdesk.ui.desk import intake_desk
from pilotdesk.ui.desk.page import DeskPage
from pilotdesk.ui.desk.slip_dialog import SlipDialog
from pilotdesk.ui.look.settings import Settings
from pilotdesk.ui.navigation.navigator import PREVIEW, RETURNED
from pilotdesk.ui.tasks.worker import TaskRunner
from tests.projects.returning_kit import keep_sample
from tests.review.desk_kit import desk_in
from tests.review.intake_kit import Here
from tests.ui.conftest import Said
from tests.ui.desk.kit import press, sit_at
from tests.ui.editor_kit import commit_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.review.records import Finding
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.sharing.returned_page import ReturnedPage
    from pilotdesk.ui.window.main_window import MainWindow

SECONDS = 60_000
GOOD_CODE = "12361099MB1K23456F"
OPINION = "请写明依据的是哪份文件、第几条"
MENDED = "依据《国务院办公厅关于进一步优化政务服务的意见》第三条。"
RENAME = "名称里写上市名。"
TITLE = "南汀市南汀县政务服务“高效办成一件事”标准化试点"
SAID_BY_UNIT = "名单没有变，附件里有最新的登记证书"
EMPTY = ("r_target02", "r_target05")
"""Rows of 量化指标表 in which the unit forgot the 单位."""


@pytest.fixture
def desk(
    qtbot: QtBot, qapp: object, look: Look, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[DeskPage]:
    """The province's page over an empty desk; files are read in this process."""
    monkeypatch.setattr(intake_desk, "Pool", lambda _count, _today: Here())
    monkeypatch.setattr(intake_desk, "cross", lambda *_: True)
    path = desk_in(tmp_path / "省", bureau="江西省市场监督管理局", contact="王敏", phone="0791-80000512")
    sitting = sit_at(path)
    page = DeskPage(
        look, sitting, clock=sitting.clock, runner=TaskRunner(), settings=Settings(None), toasts=Said()
    )
    qtbot.addWidget(page)
    page.resize(1366, 697)
    with qtbot.waitExposed(page):
        page.show()
    yield page
    page.stop()
    page.close_desk()


@pytest.fixture
def draft_id(store: DraftStore) -> str:
    """What the unit has written: a wrong code, two empty cells, and a name nobody checks."""
    draft = keep_sample(store, uscc="12361099MB1K23456A")
    rows = store.load(draft).values["targets"]
    store.deletions.delete([draft])
    emptied = tuple(row.with_cell("unit", None) if row.id in EMPTY else row for row in rows)
    return keep_sample(store, uscc="12361099MB1K23456A", targets=emptied)


class Province:
    """What is done at the desk."""

    def __init__(self, qtbot: QtBot, page: DeskPage) -> None:
        self.qtbot = qtbot
        self.page = page

    def take(self, folder: Path) -> None:
        """Drop a folder on the page, and wait until everything in it is read."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(folder))])
        held = (mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        with self.qtbot.waitSignal(self.page.intake.crossed, timeout=SECONDS):
            QApplication.sendEvent(self.page, QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, *held))
            QApplication.sendEvent(self.page, QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, *held))

    def sit_down(self) -> None:
        """At the table: keys mean something while no text is written."""
        with self.qtbot.waitActive(self.page):
            self.page.activateWindow()
        self.page.area.table.setFocus()

    def look_at_it(self) -> str:
        """Go to the one submission with the keyboard; its key."""
        self.sit_down()
        press(self.qtbot, self.page, Qt.Key.Key_J)
        self.qtbot.waitUntil(lambda: self.page.panel.points.sight is not None, timeout=SECONDS)
        return self.page.sitting.current

    def say(self, path: str, words: str) -> None:
        self.page.panel.speak_of(path)
        commit_text(self.page.panel.words.box.area, words)
        assert self.page.panel.flush()

    def judge(self, point: int, key: Qt.Key) -> None:
        self.page.panel.points.go_to(point)
        self.sit_down()
        press(self.qtbot, self.page, key)

    def send_back(self, folder: Path, day: str) -> Path:
        """Write the slip; the file for the unit."""
        self.qtbot.mouseClick(self.page.header.slips, Qt.MouseButton.LeftButton)
        dialog = self.page.findChild(SlipDialog)
        self.qtbot.waitUntil(lambda: dialog.isVisible() and dialog.start.isEnabled(), timeout=SECONDS)
        dialog.target.set_folder(folder)
        dialog.due.setFocus()
        self.qtbot.keyClicks(dialog.due, day)
        self.qtbot.mouseClick(dialog.start, Qt.MouseButton.LeftButton)
        self.qtbot.waitUntil(lambda: dialog.stored is not None, timeout=SECONDS)
        dialog.accept()
        (file,) = folder.rglob("*.pilotback")
        return file

    def found(self) -> list[Finding]:
        return list(self.page.sitting.dossier().submission.findings)


class Unit:
    """What is done in the unit's window."""

    def __init__(
        self, qtbot: QtBot, window: MainWindow, draft_id: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.qtbot = qtbot
        self.window = window
        self.draft_id = draft_id
        self._patch = monkeypatch

    def pack(self, target: Path) -> None:
        """存成文件 on the start page."""
        self._patch.setattr("pilotdesk.ui.start.desk.ask_package_target", lambda *_given: (target, ""))
        self.window.show_start()
        target.parent.mkdir(parents=True, exist_ok=True)
        self.window.desk.page.packed.emit(self.draft_id)
        assert target.is_file()

    def open(self, slip: Path) -> ReturnedPage:
        self.window.open_package(slip)
        self.window.opening.finish()
        self.qtbot.waitUntil(lambda: self.workspace.navigator.current == RETURNED, timeout=SECONDS)
        with self.qtbot.waitActive(self.window):
            self.window.activateWindow()
        return self.page()

    @property
    def workspace(self):
        return self.window.workspace

    def page(self) -> ReturnedPage:
        return self.workspace.navigator.show(RETURNED)

    def card_of(self, words: str):
        page = self.page()
        states = {state.line.id: state.line for state in page._returned.states()}
        return next(card for line, card in page.cards.items() if words in states[line].sentence)

    def go(self, words: str) -> QWidget:
        """去改 of the line with these words; what has the focus then."""
        self.qtbot.mouseClick(self.card_of(words).go, Qt.MouseButton.LeftButton)
        assert self.workspace.navigator.current != RETURNED
        return QApplication.focusWidget()

    def chip(self, words: str) -> str:
        self.workspace.flush()
        self.page().refresh()
        return self.card_of(words).chip.text

    def say(self, words: str, text: str) -> None:
        card = self.card_of(words)
        self.qtbot.mouseClick(card.say, Qt.MouseButton.LeftButton)
        commit_text(card.editor, text)

    def export(self, folder: Path) -> None:
        """Word and PDF of the final version."""
        panel = self.workspace.navigator.show(PREVIEW).export_panel
        panel.folder.setText(str(folder))
        assert panel.final.isEnabled()
        panel.final.setChecked(True)
        with self.qtbot.waitSignal(panel.made, timeout=SECONDS):
            self.qtbot.mouseClick(panel.start, Qt.MouseButton.LeftButton)


def test_from_the_desk_to_the_unit_and_back(
    qtbot: QtBot, desk: DeskPage, window: MainWindow, draft_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    province, unit = Province(qtbot, desk), Unit(qtbot, window, draft_id, monkeypatch)

    # The unit hands in; the province looks at it.
    unit.pack(tmp_path / "报来" / "甲县" / "申报书.pilot")
    province.take(tmp_path / "报来")
    key = province.look_at_it()
    assert key
    code = next(one.sentence for one in province.found() if one.path == "uscc")[:12]
    gaps = "量化指标表还有 2 格没有填"
    assert any(gaps in one.sentence for one in province.found())
    province.say("background", OPINION)
    province.say("project_name", RENAME)
    province.say("point:2", "参加单位的名单请再核对一遍。")
    province.judge(2, Qt.Key.Key_2)
    row = desk.sitting.rows[key]
    assert (row.handed, row.conclusion) == (1, Conclusion.RETURNED)
    assert desk.header.slips.text() == "退回单 1"
    slip = province.send_back(tmp_path / "退回", "2026-06-22")
    assert desk.sitting.rows[key].returned == "001-1"
    assert desk.header.slips.text() == "退回单"
    (notice,) = slip.parent.glob("*.docx")
    printed = "".join(cell.text for table in Document(str(notice)).tables for cell in table._cells)
    assert OPINION in printed

    # The unit opens the file and works through it.
    page = unit.open(slip)
    assert {card.chip.text for card in page.cards.values()} == {"还没改"}
    editor = unit.go(code)
    editor.selectAll()
    qtbot.keyClicks(editor, GOOD_CODE)
    assert unit.chip(code) == "已改"
    qtbot.keyClicks(unit.go(gaps), "t")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert unit.chip(gaps) == "还没改好"
    qtbot.keyClicks(unit.go(gaps), "m")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert unit.chip(gaps) == "已改"
    editor = unit.go(RENAME)
    editor.selectAll()
    commit_text(editor, TITLE)
    assert unit.chip(RENAME) == "已改"
    editor = unit.go(OPINION)
    commit_text(editor, MENDED)
    assert unit.chip(OPINION) == "已改"
    unit.say("参加单位的名单", SAID_BY_UNIT)
    assert unit.chip("参加单位的名单") == "已说明"
    unit.export(tmp_path / "再报" / "甲县")
    unit.pack(tmp_path / "再报" / "甲县" / "申报书.pilot")
    (table,) = (tmp_path / "再报" / "甲县").glob(f"{COMPARISON}*.pdf")
    printed = "".join(read_pdf_text(table, whole_pages=True).text.split())
    assert SAID_BY_UNIT in printed

    # It is handed in again; the province sees what became of every opinion.
    shutil.rmtree(tmp_path / "报来")
    province.take(tmp_path / "再报")
    row = desk.sitting.rows[key]
    assert list(desk.sitting.rows) == [key]
    assert (row.handed, row.returned) == (2, "")
    province.look_at_it()
    dossier = desk.sitting.dossier()
    changed = {one.path for one in dossier.history[-1].changed}
    assert {"uscc", "background", *(f"targets[{one}].unit" for one in EMPTY)} <= changed
    told = f"第 2 次报来 · 改了 {len(changed)} 处"
    qtbot.waitUntil(lambda: desk.panel.head.round.text == told, timeout=SECONDS)
    answers = {one.path: one for one in province.found() if one.code in {CHANGED, SAID}}
    assert answers["background"].code == CHANGED
    assert OPINION in answers["background"].sentence
    assert answers[""].code == SAID
    assert SAID_BY_UNIT in answers[""].sentence
    assert answers["targets"].code == CHANGED
    assert answers["uscc"].code == CHANGED
    assert not [one for one in province.found() if one.code == "desk_answer_open"]
    assert row.facts.title == TITLE

    # What was said stands beside what was changed, and what was not changed stands first.
    qtbot.mouseClick(desk.panel.head.changes, Qt.MouseButton.LeftButton)
    view = desk.left.material.changes.text
    qtbot.waitUntil(lambda: "第 2 次报来" in view.toPlainText(), timeout=SECONDS)
    said = view.toPlainText()
    assert said.index(SAID_BY_UNIT) < said.index(OPINION) < said.index(MENDED)
    desk.panel.points.go_to(2)
    details = desk.panel.points.details
    qtbot.waitUntil(
        lambda: any(SAID_BY_UNIT in line.accessibleName() for line in details.findings), timeout=SECONDS
    )
