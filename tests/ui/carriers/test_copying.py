"""录入助手 with real keys and clicks: what is on the clipboard, where it stands, what it keeps, when it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from pilotdesk.projects.copying import read_place
from pilotdesk.ui.carriers.copying_desk import WORDS
from pilotdesk.ui.carriers.copying_window import CopyingWindow
from pilotdesk.ui.components.basic import Button
from pilotdesk.ui.navigation.navigator import PREVIEW

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.ui.window.main_window import MainWindow


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def press(qtbot: QtBot, copying: CopyingWindow, key: Qt.Key) -> None:
    qtbot.keyClick(QApplication.focusWidget() or copying.copy, key)


def click(qtbot: QtBot, button: Button) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def opened(window: MainWindow, store: DraftStore, qtbot: QtBot) -> MainWindow:
    window.open_sample()
    window.opening.finish()
    qtbot.waitUntil(lambda: any(words == WORDS for words, _ in window.workspace.more_actions))
    return window


def copying_of(main: MainWindow, qtbot: QtBot) -> CopyingWindow:
    """Open it as the menu does."""
    next(action for words, action in main.workspace.more_actions if words == WORDS)()
    found = [
        one for one in QApplication.topLevelWidgets() if isinstance(one, CopyingWindow) and one.isVisible()
    ]
    assert len(found) == 1
    qtbot.waitActive(found[0])
    qtbot.waitUntil(found[0].copy.hasFocus)
    return found[0]


def test_keys_copy_and_walk(opened: MainWindow, qtbot: QtBot) -> None:
    copying = copying_of(opened, qtbot)
    assert copying.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    value = opened.workspace.session.value
    press(qtbot, copying, Qt.Key.Key_Return)
    assert clipboard() == value("project_name")
    assert copying.label.plain == "**0.2 试点领域**"
    press(qtbot, copying, Qt.Key.Key_Space)
    assert clipboard() == "社会管理与公共服务领域"
    assert "0.2 试点领域" in copying.last.text()
    press(qtbot, copying, Qt.Key.Key_Up)
    assert copying.chip.text == "复制过"
    press(qtbot, copying, Qt.Key.Key_Down)
    press(qtbot, copying, Qt.Key.Key_Down)
    assert clipboard() == "社会管理与公共服务领域"  # walking copies nothing
    assert copying.label.plain.startswith("**0.4")


def test_buttons_go_back_skip_and_past_a_table(opened: MainWindow, qtbot: QtBot) -> None:
    copying = copying_of(opened, qtbot)
    click(qtbot, copying.skip)
    assert copying.walk.index == 1
    click(qtbot, copying.back)
    assert copying.walk.index == 0
    assert not copying.past.isVisible()
    copying.walk.go_to("standards")
    copying.show_step()
    assert copying.place.text().startswith("第 1 行，共 ")
    click(qtbot, copying.past)
    assert copying.walk.current.field != "standards"
    assert copying.copy.hasFocus()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_number_or_a_word_leads_there(opened: MainWindow, qtbot: QtBot) -> None:
    copying = copying_of(opened, qtbot)
    click(qtbot, copying.finder)
    field = QApplication.focusWidget()
    qtbot.keyClicks(field, "2.13")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert copying.label.plain == "**2.13 上年度办件量**"
    assert (copying.value.toPlainText(), copying.remark.plain) == ("41.6", "单位：万件，不用输。")
    qtbot.waitUntil(copying.copy.hasFocus)


def test_a_part_is_chosen_from_the_list(opened: MainWindow, qtbot: QtBot) -> None:
    copying = copying_of(opened, qtbot)
    assert copying.parts.itemText(0) == "封面（0/6）"
    copying.parts.setFocus()
    qtbot.keyClick(copying.parts, Qt.Key.Key_Down)
    assert copying.part.text() == "一、项目基本信息"


def test_what_is_typed_in_the_window_shows_here(opened: MainWindow, qtbot: QtBot) -> None:
    copying = copying_of(opened, qtbot)
    press(qtbot, copying, Qt.Key.Key_Return)
    press(qtbot, copying, Qt.Key.Key_Up)
    opened.workspace.session.set_value("project_name", "改过的标准化试点")
    qtbot.waitUntil(lambda: copying.value.toPlainText() == "改过的标准化试点")
    assert copying.chip.text == "后来改了"
    opened.showMinimized()
    assert copying.isVisible()


def test_blank_ones_are_shown_when_asked_for(opened: MainWindow, qtbot: QtBot) -> None:
    copying = copying_of(opened, qtbot)
    before = len(copying.walk.shown)
    QGuiApplication.clipboard().setText("别动")
    click(qtbot, copying.blanks)
    assert len(copying.walk.shown) > before
    blank = next(step for step in copying.walk.shown if step.kind == "blank")
    copying.walk.go_to(blank.path)
    copying.show_step()
    assert copying.remark.plain.startswith("没有填")
    assert copying.copy.text() == "下一个"
    press(qtbot, copying, Qt.Key.Key_Return)
    assert clipboard() == "别动"


def test_at_the_end_it_says_what_is_left(opened: MainWindow, qtbot: QtBot) -> None:
    copying = copying_of(opened, qtbot)
    press(qtbot, copying, Qt.Key.Key_Return)
    copying.go(100_000)
    assert copying.label.plain == "**走完了。**"
    assert f"还有 {len(copying.walk.shown) - 1} 处" in copying.remark.plain
    press(qtbot, copying, Qt.Key.Key_Return)
    assert copying.walk.index == 1


def test_where_one_stopped_survives_closing_and_opening(
    opened: MainWindow, store: DraftStore, qtbot: QtBot
) -> None:
    copying = copying_of(opened, qtbot)
    for _ in range(3):
        press(qtbot, copying, Qt.Key.Key_Return)
    copying.close()
    draft_id = opened.workspace.session.identity.draft_id
    assert len(read_place(store.path.parent, draft_id).done) == 3
    opened.show_start()
    opened.open_draft(draft_id)
    opened.opening.finish()
    qtbot.waitUntil(lambda: any(words == WORDS for words, _ in opened.workspace.more_actions))
    again = copying_of(opened, qtbot)
    assert again.walk.index == 3
    assert again.count.text().startswith("4 / ")


def test_it_goes_with_the_draft(opened: MainWindow, qtbot: QtBot) -> None:
    copying = copying_of(opened, qtbot)
    copying_of(opened, qtbot)  # a second time it is the same window
    opened.show_start()
    assert not copying.isVisible()


def test_the_export_page_leads_to_it(opened: MainWindow, qtbot: QtBot) -> None:
    opened.workspace.open_at(PREVIEW)
    link = next(one for one in opened.findChildren(Button) if one.text() == WORDS)
    qtbot.waitUntil(link.isVisible)
    click(qtbot, link)
    assert any(isinstance(one, CopyingWindow) for one in QApplication.topLevelWidgets())
