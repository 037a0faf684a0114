"""上报材料包 in the window: what is said before, made on a thread, proved, noted with the draft; or nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from pilotdesk.errors import ExportError
from pilotdesk.ui.components import Button
from pilotdesk.ui.kit_desk import WORDS
from pilotdesk.ui.kit_dialog import KitDialog

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pilotdesk.drafts.package import Package
    from pilotdesk.ui.main_window import MainWindow


@pytest.fixture
def opened(window: MainWindow, sample: Package, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """A draft that is no sample, and whose kit goes into an empty folder."""
    window.open_draft(window.shelf.take_in(replace(sample, practice=False)))
    window.opening.finish()
    window._settings.keep(export_folder=str(tmp_path / "上报"))
    qtbot.waitUntil(lambda: any(words == WORDS for words, _ in window.workspace.more_actions))
    return window


def asked(main: MainWindow) -> KitDialog:
    next(action for words, action in main.workspace.more_actions if words == WORDS)()
    return next(one for one in main.findChildren(KitDialog) if one.isVisible())


def said(dialog: KitDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def press(qtbot: QtBot, dialog: KitDialog, words: str) -> None:
    button = next(one for one in dialog.findChildren(Button) if one.text() == words and one.isVisible())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def exports(main: MainWindow) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(main.shelf.store.path)) as kept:
        return kept.execute("SELECT kind, check_code FROM export ORDER BY kind").fetchall()


def test_it_says_what_is_in_it_and_what_is_missing(opened: MainWindow) -> None:
    opened.workspace.session.set_value("legal_certificate", None)
    dialog = asked(opened)
    assert "申报书（Word、PDF）" in said(dialog)
    assert "信用中国查询结果（样例）.png" in said(dialog)
    assert "要附的还缺" in said(dialog)
    assert "法人资格证明" in said(dialog)
    assert dialog.start.isEnabled()
    dialog.reject()


def test_a_final_kit_is_made_and_noted(opened: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = asked(opened)
    assert dialog.final.isChecked()
    press(qtbot, dialog, "做材料包")
    qtbot.waitUntil(lambda: "材料包做好了，核对一致" in said(dialog), timeout=60_000)
    made = next((tmp_path / "上报").iterdir())
    names = sorted(path.name for path in made.rglob("*") if path.is_file())
    assert "01_申报书.docx" in names
    assert f"共 {len(names)} 个文件" in said(dialog)
    assert opened.workspace.session.identity.revision == 1
    kinds = exports(opened)
    assert [kind for kind, _ in kinds] == ["docx", "pdf"]
    assert kinds[0][1] in said(dialog)
    press(qtbot, dialog, "好了")
    assert not dialog.isVisible()


def test_a_draft_kit_is_not_a_version(opened: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = asked(opened)
    qtbot.mouseClick(dialog.draft, Qt.MouseButton.LeftButton, pos=dialog.draft.rect().center())
    press(qtbot, dialog, "做材料包")
    qtbot.waitUntil(lambda: "材料包做好了，核对一致" in said(dialog), timeout=60_000)
    assert list((tmp_path / "上报").rglob("01_申报书（草稿）.pdf"))
    assert exports(opened) == []
    assert opened.workspace.session.identity.revision == 0
    dialog.accept()


def test_no_final_kit_while_something_must_be_mended(opened: MainWindow) -> None:
    opened.workspace.session.set_value("unit_name", None)
    dialog = asked(opened)
    assert not dialog.final.isEnabled()
    assert "处必须改" in dialog.final.accessibleName()
    assert dialog.draft.isChecked()
    dialog.reject()


def test_trouble_is_said_and_can_be_mended(
    opened: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "文件").write_text("不是文件夹", encoding="utf-8")
    opened._settings.keep(export_folder=str(tmp_path / "文件" / "里面"))
    dialog = asked(opened)
    press(qtbot, dialog, "做材料包")
    qtbot.waitUntil(dialog.trouble.isVisible, timeout=60_000)
    assert "写不进" in dialog.trouble.plain
    monkeypatch.setattr("pilotdesk.ui.kit_dialog.ask_folder", lambda *_given: tmp_path / "好的")
    press(qtbot, dialog, "更改")
    press(qtbot, dialog, "做材料包")
    qtbot.waitUntil(lambda: "材料包做好了，核对一致" in said(dialog), timeout=60_000)
    dialog.accept()


def test_cancelling_leaves_nothing(opened: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = asked(opened)
    press(qtbot, dialog, "做材料包")
    press(qtbot, dialog, "取消")
    assert dialog.start.isVisible()
    qtbot.waitUntil(lambda: not opened.runner.is_busy, timeout=60_000)
    assert list(tmp_path.glob("上报/*")) == []
    assert "材料包做好了" not in said(dialog)
    dialog.reject()


def test_a_file_that_is_gone_is_named(
    opened: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_given: object) -> None:
        raise ExportError("kit_differs", names="01_申报书.docx")

    monkeypatch.setattr("pilotdesk.projects.upload_kit._compare", gone)
    dialog = asked(opened)
    press(qtbot, dialog, "做材料包")
    qtbot.waitUntil(dialog.trouble.isVisible, timeout=60_000)
    assert "01_申报书.docx" in dialog.trouble.plain
    assert exports(opened) == []
    dialog.reject()
