"""核对文件 in the window: chosen or dropped, looked into on a thread, told of with every difference marked."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from pilotdesk.drafts.package import write_package
from pilotdesk.projects import export_session, sample_package, session_of_package
from pilotdesk.projects.verifying import verify
from pilotdesk.ui.carriers.verify_desk import WORDS
from pilotdesk.ui.carriers.verify_dialog import VerifyDialog, verdict
from pilotdesk.ui.components.basic import Button
from pilotdesk.ui.navigation.navigator import PREVIEW
from tests.documents import hostile_docx, hostile_pdf

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pilotdesk.clock import Clock
    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.window.main_window import MainWindow

Kit = tuple["Path", "Path", "Path"]


@pytest.fixture
def kit(tmp_path: Path, clock: Clock) -> Kit:
    """A package, and the Word file and PDF made of it."""
    package = sample_package("summary_2027")
    files = export_session(session_of_package(package, clock.today()), tmp_path / "out").files
    write_package(package, tmp_path / "总结.pilot")
    first = [file.path for file in files if file.path.name.startswith("2027年度工作总结")]
    return tmp_path / "总结.pilot", *sorted(first)


def edit(word: Path, old: str, new: str) -> None:
    with zipfile.ZipFile(word) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    body = parts["word/document.xml"].decode()
    assert old in body
    parts["word/document.xml"] = body.replace(old, new, 1).encode()
    with zipfile.ZipFile(word, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)


def dialog_of(window: MainWindow, qtbot: QtBot) -> VerifyDialog:
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(VerifyDialog)))
    return next(one for one in window.findChildren(VerifyDialog) if one.isVisible())


@pytest.fixture
def opened(window: MainWindow, store: DraftStore, qtbot: QtBot) -> MainWindow:
    window.open_sample()
    window.opening.finish()
    qtbot.waitUntil(lambda: any(words == WORDS for words, _ in window.workspace.more_actions))
    return window


def drop(window: MainWindow, files: list[Path]) -> bool:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    actions, buttons, keys = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter = QDragEnterEvent(QPoint(50, 50), actions, mime, buttons, keys)
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), actions, mime, buttons, keys))
    return enter.isAccepted()


def test_files_dropped_on_the_window_are_verified(opened: MainWindow, kit: Kit, qtbot: QtBot) -> None:
    edit(kit[1], "吴小舟", "改成别人")
    assert drop(opened, list(kit))
    dialog = dialog_of(opened, qtbot)
    shown = dialog.text.toPlainText()
    assert "有 1 处不一样" in dialog.windowTitle()
    assert "0.6 填报人" in shown
    assert "改成别人" in shown
    assert "导出后改过 1 处" in shown
    qtbot.mouseClick(
        next(one for one in dialog.findChildren(Button) if one.text() == "看完了"), Qt.MouseButton.LeftButton
    )
    assert not dialog.isVisible()


def test_of_a_changed_word_file_alone_it_is_said_what_stands_there_now(
    opened: MainWindow, kit: Kit, qtbot: QtBot
) -> None:
    edit(kit[1], "吴小舟", "改成别人")
    assert drop(opened, [kit[1]])
    dialog = dialog_of(opened, qtbot)
    shown = dialog.text.toPlainText()
    assert "0.6 填报人：现在是“改成别人”" in shown
    assert "和草稿（.pilot）一起选上" in shown
    dialog.accept()


def test_of_a_changed_word_file_of_the_open_draft_the_way_to_the_old_words_is_told(
    opened: MainWindow, kit: Kit, clock: Clock, look: Look
) -> None:
    from pilotdesk.drafts.package import read_package

    edit(kit[1], "吴小舟", "")
    found = verify([kit[1]], read=read_package, today=clock.today())
    dialog = VerifyDialog(opened, look, found, can_read_back=True)
    shown = dialog.text.toPlainText()
    assert "0.6 填报人：现在没有了" in shown
    assert "点“把改动读回来”" in shown


def test_other_files_are_left_to_whoever_wants_them(opened: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    assert not drop(opened, [tmp_path / "a.txt"])


def test_one_package_dropped_alone_is_opened(opened: MainWindow, kit: Kit, qtbot: QtBot) -> None:
    before = opened.workspace
    assert drop(opened, [kit[0]])
    qtbot.waitUntil(lambda: opened.workspace is not None and opened.workspace is not before)


def test_the_export_page_and_the_menu_lead_to_it(
    opened: MainWindow, kit: Kit, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pilotdesk.ui.carriers.verify_desk.ask_files", lambda *_given: list(kit))
    opened.workspace.open_at(PREVIEW)
    link = next(one for one in opened.findChildren(Button) if one.text() == WORDS)
    qtbot.waitUntil(link.isVisible)
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    dialog = dialog_of(opened, qtbot)
    assert dialog.windowTitle() == "一致，没有改过"
    dialog.accept()


def test_verdicts(kit: Kit, clock: Clock, tmp_path: Path) -> None:
    from pilotdesk.drafts.package import read_package

    def of(*files: Path) -> str:
        return verdict(verify(files, read=read_package, today=clock.today()))

    assert of(kit[1]) == "没有改过"
    assert of(*kit) == "一致，没有改过"
    assert of(kit[1], tmp_path / "没有.pdf") == "1 个文件核对不了，其余的看下面"
    edit(kit[1], "吴小舟", "改成别人")
    assert of(kit[1]) == "1 个文件导出后改过"
    assert of(*kit) == "有 1 处不一样"


def test_hostile_files_dropped_beside_good_ones_show_their_sentences(
    opened: MainWindow, kit: Kit, qtbot: QtBot, tmp_path: Path
) -> None:
    names = ["图片炸弹.docx", "改名带宏.docx", "老格式.doc", "表单套表单.pdf", "加密.pdf"]
    files = [tmp_path / name for name in names]
    makers = hostile_docx.MAKERS | hostile_pdf.MAKERS | {"老格式.doc": hostile_docx.MAKERS["老格式.docx"]}
    for path in files:
        makers[path.name][0](path)
    assert drop(opened, [kit[1], *files, kit[2]])
    dialog = dialog_of(opened, qtbot)
    shown = dialog.text.toPlainText()
    assert "5 个文件核对不了" in dialog.windowTitle()
    for name in names:
        assert f"“{name}”" in shown
    assert "内容一致" in shown or "没有改过" in shown
    dialog.accept()
