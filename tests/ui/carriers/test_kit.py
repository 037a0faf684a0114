"""上报材料包 in the window: what is said before, made on a thread, proved, noted with the draft; or nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMenu

from pilotdesk.errors import ExportError
from pilotdesk.projects import outlines_of
from pilotdesk.projects.upload_kit import MadeKit
from pilotdesk.ui.carriers.kit_desk import WORDS
from pilotdesk.ui.carriers.kit_dialog import KitDialog
from pilotdesk.ui.components.basic import Button, Card

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pilotdesk.drafts.package import Package
    from pilotdesk.ui.window.main_window import MainWindow

LOW_SCREEN = 512
"""Height of a screen of 768 px at 150 %."""


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


def test_the_menu_of_a_draft_and_the_one_in_it_stand_in_one_column_on_a_low_screen(
    opened: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _at: shown.append(menu))
    opened.workspace.commands.open_menu()
    for menu in (shown[0], *shown[0].findChildren(QMenu)):
        lines = [menu.actionGeometry(one) for one in menu.actions()]
        assert lines[-1].bottom() < LOW_SCREEN
        assert {one.left() for one in lines} == {lines[0].left()}


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
    assert {one.revision for one in outlines_of(opened.workspace.session, draft=False)} == {1}


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
    monkeypatch.setattr("pilotdesk.ui.carriers.kit_dialog.ask_folder", lambda *_given: tmp_path / "好的")
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


def made(count: int) -> MadeKit:
    """A kit with so many codes, and twice as many required attachments that are not there."""
    folder = Path("南汀县政务服务“高效办成一件事”标准化试点_自评材料_20290115_第2版")
    codes = tuple((f"第{number}份材料", "K7Q4-2M9X") for number in range(count))
    missing = tuple(f"第{number}样一定要附上的证明材料" for number in range(2 * count))
    return MadeKit(folder, (), 143, codes, missing)


@pytest.mark.parametrize(("height", "count"), [(441, 0), (441, 4), (441, 12), (900, 4)])
def test_what_was_made_never_stands_below_the_window(
    opened: MainWindow, qtbot: QtBot, height: int, count: int
) -> None:
    opened.resize(911, height)
    dialog = asked(opened)
    dialog._on_start()
    dialog.show_made(made(count))
    qtbot.waitUntil(lambda: dialog.rect().contains(dialog.outcome.geometry()))
    assert dialog.height() <= height
    for button in dialog.findChildren(Button):
        if button.isVisible():
            assert dialog.rect().contains(button.geometry())
            assert not button.geometry().intersects(dialog.outcome.geometry())
    scrolls = dialog.outcome.verticalScrollBar().maximum()
    assert (scrolls > 0) == (count > 0 and height == 441)
    cards = dialog.outcome.widget().findChildren(Card)
    for above, below in pairwise(cards):
        assert above.geometry().bottom() < below.geometry().top()
    dialog.reject()
