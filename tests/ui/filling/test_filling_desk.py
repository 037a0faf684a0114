"""套用正式模板 from choosing the file to the card that says what became of it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QMimeData, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from pilotdesk.documents.filling.mapping import read_mapping
from pilotdesk.documents.filling.remembered import kept_path
from pilotdesk.documents.opened import OpenedDocx
from pilotdesk.ui.filling import desk as filling_desk
from pilotdesk.ui.filling import sitting as filling_sitting
from pilotdesk.ui.filling.desk import FillingDesk
from pilotdesk.ui.filling.dialog import FillingDialog
from pilotdesk.ui.filling.result import FilledDialog
from pilotdesk.ui.filling.words import LEFT, SURE
from tests.documents import filling_exam, filling_kit

TEMPLATE = filling_exam.TEMPLATES / "03-merged-both-ways.docx"
LISTS = filling_exam.TEMPLATES / "22-long-tables.docx"
NAME = "T0/R0/C2"
"""The place of the project's name in 03."""


class Bench(QObject):
    """What the desk needs of a workspace."""

    def __init__(self, session):
        super().__init__()
        self.session = session


@pytest.fixture
def main(qtbot):
    window = QWidget()
    window.resize(1366, 697)
    window.setAcceptDrops(True)
    qtbot.addWidget(window)
    return window


@pytest.fixture
def desk(main, session, services):
    bench = Bench(session)
    yield FillingDesk(main, bench, services)
    for dialog in main.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        dialog.close()


@pytest.fixture
def target(tmp_path, monkeypatch):
    """Where the filled form goes."""
    path = tmp_path / "已填.docx"
    monkeypatch.setattr(filling_sitting, "ask_filled_target", lambda *_: path)
    return path


@pytest.fixture
def troubles(monkeypatch):
    """What is said when something cannot be done."""
    said = []
    monkeypatch.setattr("pilotdesk.ui.dialogs.asking.tell", lambda *given: said.append(given[-1]))
    return said


@pytest.fixture
def sent(main, desk, tmp_path, monkeypatch):
    """A mapping of the template from somebody else, in which nothing stands at the project's name."""
    path = tmp_path / "别人的.toml"
    desk.open(TEMPLATE)
    dialog = shown(main, FillingDialog)
    dialog.work.leave(NAME)
    filling_sitting.write_mapping(dialog.work.mapping, path)
    dialog.work.undo()
    dialog.close()
    return path


def shown(main, kind):
    return next(dialog for dialog in main.findChildren(kind) if dialog.isVisible())


def words_in(widget):
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def kept():
    return kept_path(OpenedDocx.open(TEMPLATE).sha256)


def drop(widget, path):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), copy, mime, left, none)
    QApplication.sendEvent(widget, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(widget, QDropEvent(QPointF(5, 5), copy, mime, left, none))


# -- filling -------------------------------------------------------------------------------------


def test_a_template_is_filled_and_what_found_no_place_is_there_to_copy(main, desk, qtbot, target):
    desk.open(TEMPLATE)
    dialog = shown(main, FillingDialog)
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    text = "\n".join(filling_kit.text_of(par) for par in OpenedDocx.open(target).paragraphs())
    assert "南汀县政务服务中心" in text
    result = shown(main, FilledDialog)
    assert "填了 2" in words_in(result)  # twenty-something
    assert "请您自己核对" in words_in(result)
    listed = result.list.toPlainText()
    assert "单位简介" in listed
    assert "2.7 法人资格证明" in listed  # attached: no form holds it
    assert "事业单位法人证书（样例）.pdf" in listed
    links = result.list.toHtml().count("复制")
    assert links > 10
    names = [one.unplaced.name for one in result._outcome.left]
    number = next(at for at, name in enumerate(names) if "单位简介" in name)
    result.list.anchorClicked.emit(QUrl(str(number)))
    before = QGuiApplication.clipboard().text()
    assert "南汀县" in before
    assert result.list.textCursor().selectedText() == "已复制"
    qtbot.keyClick(result.list, Qt.Key.Key_Tab)
    qtbot.keyClick(result.list, Qt.Key.Key_Return)
    assert QGuiApplication.clipboard().text() != before
    assert kept().is_file()


def test_a_label_that_nobody_claims_is_listed(main, desk, qtbot, target):
    desk.open(filling_exam.TEMPLATES / "21-science-project-style.docx")
    qtbot.mouseClick(shown(main, FillingDialog).go, Qt.MouseButton.LeftButton)
    listed = shown(main, FilledDialog).list.toPlainText()
    assert "没有对上栏目" in listed
    assert "开户银行" in listed
    unclaimed = listed.partition("没有对上栏目")[2]
    assert "出生年月" in unclaimed  # a column
    assert "工作单位" not in unclaimed  # a column that takes something


def test_the_card_opens_the_file_and_its_folder_and_gives_the_mapping(
    main, desk, qtbot, target, tmp_path, monkeypatch
):
    opened, given = [], tmp_path / "对应.toml"
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    monkeypatch.setattr(filling_sitting, "ask_mapping_target", lambda *_: given)
    desk.open(TEMPLATE)
    dialog = shown(main, FillingDialog)
    dialog.work.leave(NAME)
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    result = shown(main, FilledDialog)
    for words in ("打开", "打开所在文件夹"):
        button = next(one for one in result.findChildren(type(result.give)) if one.text() == words)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert opened == [str(target), str(target.parent)]
    qtbot.mouseClick(result.give, Qt.MouseButton.LeftButton)
    place = next(one for one in read_mapping(given).place if one.at == NAME)
    assert (place.path, place.confirmed) == ("", True)


def test_a_column_that_a_person_chose_is_filled(main, desk, qtbot, target):
    desk.open(LISTS)
    dialog = shown(main, FillingDialog)
    dialog.choose("T0/R1#7")  # 备注
    dialog.side.put.emit("standards[].number")
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    root = OpenedDocx.open(target).root
    assert filling_kit.text_of(filling_kit.at(root, "T0/R1/C7")).startswith("GB/T 20000.1")
    assert filling_kit.text_of(filling_kit.at(root, "T0/R1/C2")) == ""


# -- remembering ---------------------------------------------------------------------------------


def test_what_a_person_says_is_filled_and_used_the_next_time(main, desk, qtbot, target):
    desk.open(TEMPLATE)
    dialog = shown(main, FillingDialog)
    assert not dialog.strip.isVisible()
    dialog.choose(NAME)
    qtbot.mouseClick(dialog.side.nothing, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    cell = filling_kit.at(OpenedDocx.open(target).root, NAME)
    assert filling_kit.text_of(cell) == ""
    shown(main, FilledDialog).close()
    desk.open(TEMPLATE)
    again = shown(main, FillingDialog)
    assert again.strip.text() == "直接用了记住的对应（2026-06-02 的，您看过 1 处）。"
    assert again.work.said(NAME).state == LEFT


def test_a_remembered_mapping_is_put_aside_and_taken_again(main, desk, sent, qtbot):
    kept().parent.mkdir(parents=True, exist_ok=True)
    kept().write_bytes(sent.read_bytes())
    desk.open(TEMPLATE)
    dialog = shown(main, FillingDialog)
    assert dialog.work.said(NAME).state == LEFT
    qtbot.mouseClick(dialog.again, Qt.MouseButton.LeftButton)
    assert dialog.work.said(NAME).state == SURE
    assert "重新找过了" in dialog.strip.text()
    qtbot.mouseClick(dialog.again, Qt.MouseButton.LeftButton)
    assert dialog.work.said(NAME).state == LEFT
    assert "记住的对应" in dialog.strip.text()


def test_a_mapping_put_aside_is_not_overwritten_by_looking(main, desk, sent, qtbot):
    kept().parent.mkdir(parents=True, exist_ok=True)
    kept().write_bytes(sent.read_bytes())
    desk.open(TEMPLATE)
    dialog = shown(main, FillingDialog)
    qtbot.mouseClick(dialog.again, Qt.MouseButton.LeftButton)
    dialog.work.leave("T0/R1/C2")
    dialog.reject()
    assert kept().read_bytes() == sent.read_bytes()


def test_a_remembered_mapping_that_cannot_be_read_does_not_stand_in_the_way(main, desk):
    kept().parent.mkdir(parents=True, exist_ok=True)
    kept().write_text("没有写完 =", "utf-8")
    desk.open(TEMPLATE)
    dialog = shown(main, FillingDialog)
    assert dialog.work.said(NAME).state == SURE
    assert "读不出来" in dialog.strip.text()


def test_what_was_looked_over_is_kept_when_the_form_is_not_filled_yet(main, desk, services):
    desk.open(TEMPLATE)
    dialog = shown(main, FillingDialog)
    dialog.work.leave(NAME)
    dialog.reject()
    assert services.toasts.texts == ["记住了您看过的 1 处，下次接着看。"]
    desk.open(TEMPLATE)
    assert shown(main, FillingDialog).work.said(NAME).state == LEFT


def test_nothing_is_kept_of_a_template_that_was_only_looked_at(main, desk):
    desk.open(TEMPLATE)
    shown(main, FillingDialog).reject()
    assert not kept().exists()


# -- mappings of others --------------------------------------------------------------------------


def test_a_mapping_dropped_on_the_dialog_is_installed_and_taken_back(main, desk, sent, qtbot):
    desk.open(TEMPLATE)
    dialog = shown(main, FillingDialog)
    drop(dialog, sent)
    assert dialog.work.said(NAME).state == LEFT
    assert "装好了“别人的.toml”" in dialog.strip.text()
    assert kept().is_file()
    qtbot.mouseClick(dialog.again, Qt.MouseButton.LeftButton)
    assert dialog.work.said(NAME).state == SURE
    assert not kept().exists()


def test_a_mapping_is_chosen(main, desk, sent, monkeypatch):
    monkeypatch.setattr(filling_sitting, "ask_mapping", lambda *_: sent)
    desk.open(TEMPLATE)
    dialog = shown(main, FillingDialog)
    dialog.read_wanted.emit()
    assert dialog.work.said(NAME).state == LEFT


def test_a_mapping_of_another_template_is_refused(main, desk, sent, troubles):
    desk.open(LISTS)
    dialog = shown(main, FillingDialog)
    before = dialog.work.mapping
    drop(dialog, sent)
    assert "不是给“22-long-tables.docx”这个模板做的" in troubles[0]
    assert dialog.work.mapping == before


def test_a_mapping_dropped_on_the_window_waits_for_its_template(main, desk, sent, services, qtbot):
    drop(main, sent)
    qtbot.waitUntil(lambda: bool(services.toasts.texts))
    assert services.toasts.texts == ["装好了“03-merged-both-ways.docx”的对应，下次套用这个模板自动用。"]
    desk.open(TEMPLATE)
    assert shown(main, FillingDialog).work.said(NAME).state == LEFT


def test_the_real_window_takes_a_mapping_and_leaves_f8_to_the_template(
    window, qtbot, tmp_path, session, clock
):
    window.open_sample()
    window.opening.finish()
    qtbot.waitUntil(
        lambda: window.workspace is not None and window.workspace.findChild(FillingDesk) is not None
    )
    desk = window.workspace.findChild(FillingDesk)
    desk.open(TEMPLATE)
    dialog = shown(window, FillingDialog)
    mapping = dialog.work.mapping
    places = (replace(one, confidence=0.7) if one.at == NAME else one for one in mapping.place)
    dialog.work.take(replace(mapping, place=tuple(places)))
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog.page, Qt.Key.Key_F8)
    assert dialog._key == NAME
    path = tmp_path / "M.toml"
    filling_sitting.write_mapping(dialog.work.mapping, path)
    dialog.close()
    assert not kept().exists()
    drop(window, path)
    qtbot.waitUntil(lambda: kept().is_file())


# -- what cannot be opened -----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["申报书.doc", "申报书.wps"])
def test_an_old_file_is_answered_with_the_way_out(desk, tmp_path, monkeypatch, troubles, name):
    monkeypatch.setattr(
        "pilotdesk.ui.tasks.waiting.tell_trouble", lambda *given: troubles.append(str(given[-1]))
    )
    old = tmp_path / name
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    monkeypatch.setattr(filling_desk, "ask_template", lambda *_: old)
    desk.ask()
    assert "另存为" in troubles[0]
    assert ".docx" in troubles[0]
