"""A day at the desk in the real window, from the start page, with nothing but the keyboard once the folder is dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from pilotdesk.review.desk.copies import copies_of
from pilotdesk.review.desk.file import Desk, create_desk, file_name
from pilotdesk.review.desk.records import Conclusion, Verdict
from pilotdesk.ui.desk import intake_desk
from pilotdesk.ui.desk.intake_desk import IntakeDesk
from pilotdesk.ui.desk.slip_dialog import SlipDialog
from pilotdesk.ui.desk.summary_dialog import SummaryDialog
from tests.review.desk_kit import PACK
from tests.review.intake_kit import Here, unit
from tests.ui.desk.kit import press, ticking

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from pilotdesk.ui.desk.page import DeskPage
    from pilotdesk.ui.window.main_window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier
LONG = 60_000


@pytest.fixture
def handed_in(tmp_path: Path) -> Path:
    """What three units sent."""
    folder = tmp_path / "各县"
    for number in (1, 2, 3):
        unit(number, folder / f"第{number}单位" / "申报书.pilot")
    return folder


@pytest.fixture
def page(window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DeskPage:
    """An empty desk in the window; its intake works in its own thread alone."""
    monkeypatch.setattr(intake_desk, "Pool", lambda *_given: Here())
    monkeypatch.setattr(IntakeDesk, "_get_ready", lambda _desk: None)
    path = tmp_path / "台" / file_name("江西省", "2026")
    create_desk(
        path, PACK.round, {"province": "江西省", "reviewer": "李敏", "bureau": "江西省市场监督管理局"}
    )
    window.show_start()
    window._settings.keep(desk_file=str(path))
    window.activateWindow()
    window.desk.page.desk_requested.emit()
    return window.door.page


def drop(page: QWidget, folder: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(folder))])
    given = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(page, QDragEnterEvent(QPoint(9, 9), *given))
    QApplication.sendEvent(page, QDropEvent(QPointF(9, 9), *given))


def dialog_of(qtbot: QtBot, page: DeskPage, kind: type[QWidget]) -> QWidget:
    qtbot.waitUntil(lambda: any(one.isVisible() for one in page.window().findChildren(kind)))
    return next(one for one in page.window().findChildren(kind) if one.isVisible())


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_day_by_keyboard(qtbot: QtBot, window: MainWindow, page: DeskPage, handed_in: Path) -> None:
    sitting, path = page.sitting, page.sitting.desk.path
    drop(page, handed_in)
    qtbot.waitUntil(lambda: len(sitting.rows) == 3 and not page.intake.is_running, timeout=LONG)
    first, second, _third = sitting.rows
    page.area.table.setFocus()

    press(qtbot, page, Qt.Key.Key_J)
    if sitting.current != first:  # the first came while the table had the keyboard, and is looked at already
        press(qtbot, page, Qt.Key.Key_K)
    press(qtbot, page, Qt.Key.Key_F6)
    qtbot.waitUntil(lambda: page.panel.points.sight is not None, timeout=LONG)  # the form is read meanwhile
    page.panel.points.go_to(1)
    for _ in range(6):
        press(qtbot, page, Qt.Key.Key_1)
    assert sitting.rows[first].conclusion is Conclusion.PASSED
    assert page.header.progress.text() == "3 件，已审 1 件"

    press(qtbot, page, Qt.Key.Key_Space, CTRL)
    assert sitting.rows[first].rank == 1
    press(qtbot, page, Qt.Key.Key_Return, CTRL)
    assert sitting.current == second

    page.panel.points.go_to(5)
    press(qtbot, page, Qt.Key.Key_2)
    page.panel.speak_of("point:5")
    qtbot.keyClicks(window.focusWidget(), "12/J k")
    press(qtbot, page, Qt.Key.Key_S, CTRL)
    assert [one.text for one in sitting.desk.opinions(second)] == ["12/J k"]
    assert sitting.rows[second].verdicts == {5: Verdict.AMEND}
    assert sitting.rows[second].conclusion is Conclusion.RETURNED
    assert page.header.slips.text() == "退回单 1"

    press(qtbot, page, Qt.Key.Key_Escape)
    press(qtbot, page, Qt.Key.Key_B, CTRL)
    slips = dialog_of(qtbot, page, SlipDialog)
    qtbot.keyClick(slips, Qt.Key.Key_Escape)
    press(qtbot, page, Qt.Key.Key_E, CTRL)
    summary = dialog_of(qtbot, page, SummaryDialog)
    qtbot.keyClick(summary, Qt.Key.Key_Escape)

    window.show_start()
    kept = Desk(path, ticking(), look_only=True)
    assert [pick.key for pick in kept.picks()] == [first]
    assert kept.row(second).conclusion is Conclusion.RETURNED
    assert {entry.who for entry in kept.log()} == {"李敏"}
    kept.close()
    assert copies_of(path)
