"""套用正式模板 from choosing the file to the card that says what became of it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QLabel, QWidget

from pilotdesk.documents.opened import OpenedDocx
from pilotdesk.paths import data_dir
from pilotdesk.ui import filling_desk
from pilotdesk.ui.filling_desk import FilledDialog, FillingDesk
from pilotdesk.ui.filling_dialog import FillingDialog
from pilotdesk.ui.filling_page import FREE, SURE
from tests.documents import filling_exam, filling_kit

TEMPLATE = filling_exam.TEMPLATES / "03-merged-both-ways.docx"


class Bench(QObject):
    """What the desk needs of a workspace."""

    def __init__(self, session):
        super().__init__()
        self.session = session


@pytest.fixture
def main(qtbot):
    window = QWidget()
    window.resize(1366, 697)
    qtbot.addWidget(window)
    return window


@pytest.fixture
def desk(main, session, services):
    bench = Bench(session)
    yield FillingDesk(main, bench, services)
    for dialog in main.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        dialog.close()


def shown(main, kind):
    return next(dialog for dialog in main.findChildren(kind) if dialog.isVisible())


def words_in(widget):
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_a_template_is_filled_and_what_found_no_place_is_told(main, desk, qtbot, tmp_path, monkeypatch):
    target = tmp_path / "已填.docx"
    monkeypatch.setattr(filling_desk, "ask_filled_target", lambda *_: target)
    desk.open(TEMPLATE)
    dialog = shown(main, FillingDialog)
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    text = "\n".join(filling_kit.text_of(par) for par in OpenedDocx.open(target).paragraphs())
    assert "南汀县政务服务中心" in text
    said = words_in(shown(main, FilledDialog))
    assert "填了 2" in said  # twenty-something
    assert "单位简介：模板里没有它的地方" in said
    kept = data_dir() / "templates" / f"{OpenedDocx.open(TEMPLATE).sha256}.toml"
    assert kept.is_file()


def test_what_a_person_says_is_filled_and_remembered(main, desk, qtbot, tmp_path, monkeypatch):
    target = tmp_path / "已填.docx"
    monkeypatch.setattr(filling_desk, "ask_filled_target", lambda *_: target)
    desk.open(TEMPLATE)
    dialog = shown(main, FillingDialog)
    dialog.choose("T0/R0/C2")
    qtbot.mouseClick(dialog.nothing, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    cell = filling_kit.at(OpenedDocx.open(target).root, "T0/R0/C2")
    assert filling_kit.text_of(cell) == ""
    shown(main, FilledDialog).close()
    desk.open(TEMPLATE)
    states = {line.path: line.state for line in shown(main, FillingDialog).work.fields()}
    assert states["project_name"] == FREE
    assert states["unit_name"] == SURE


def test_a_mapping_goes_to_somebody_else_and_comes_back(main, desk, tmp_path, monkeypatch):
    given = tmp_path / "对应.toml"
    monkeypatch.setattr(filling_desk, "ask_mapping_target", lambda *_: given)
    monkeypatch.setattr(filling_desk, "ask_mapping", lambda *_: given)
    desk.open(TEMPLATE)
    dialog = shown(main, FillingDialog)
    dialog.work.put("T0/R0/C2", "")
    dialog.write_wanted.emit()
    dialog.work.put("T0/R0/C2", "project_name")
    dialog.read_wanted.emit()
    states = {line.path: line.state for line in dialog.work.fields()}
    assert states["project_name"] == FREE


def test_an_old_doc_is_answered_with_the_way_out(desk, tmp_path, monkeypatch):
    said = []
    monkeypatch.setattr("pilotdesk.ui.dialogs.tell", lambda *given: said.append(given[-1]))
    old = tmp_path / "申报书.doc"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    monkeypatch.setattr(filling_desk, "ask_template", lambda *_: old)
    desk.ask()
    assert "另存为" in said[0]
    assert ".docx" in said[0]
