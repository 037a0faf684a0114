"""An open draft on the screen: moving, badges, undo, and no word cut anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from pilotdesk.rules.issue import Severity
from pilotdesk.ui.checking.page import CheckPage
from pilotdesk.ui.components.text import ElidedLabel, WrappedLabel
from pilotdesk.ui.look import tokens
from pilotdesk.ui.look.theme import Theme
from pilotdesk.ui.look.tokens import TypeSize
from pilotdesk.ui.navigation.step_states import nav_entries, read_state
from pilotdesk.ui.steps.hint_panel import BASIS_GAP, BasisBox
from pilotdesk.ui.steps.step_page import StepPage
from pilotdesk.ui.trees.standards_page import StandardsPage
from pilotdesk.ui.window.commands import COMMANDS, Commands
from pilotdesk.ui.window.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from pilotdesk.session import Session
    from pilotdesk.ui.navigation.services import Services

SCREENS = {
    "1366x697": (1366, 697, TypeSize.STANDARD),
    "150 %": (911, 441, TypeSize.STANDARD),
    "特大字": (1366, 697, TypeSize.EXTRA),
}


@pytest.fixture
def workspace(qtbot: QtBot, session: Session, services: Services) -> Iterator[Workspace]:
    made = Workspace(session, services, None)
    made.commands = Commands(made, services)
    qtbot.addWidget(made)
    made.resize(1366, 697)
    made.show()
    made.navigator.show("cover")
    yield made
    made.close_draft()


def settle() -> None:
    """Let layouts come to rest."""
    for _ in range(4):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.Resize)


def cut(page: QWidget) -> list[str]:
    """Visible words that have less room than they need."""
    found = []
    for widget in (*page.findChildren(QLabel), *page.findChildren(QPushButton)):
        if not widget.isVisible() or not widget.text() or isinstance(widget, ElidedLabel):
            continue
        if isinstance(widget, WrappedLabel) or (isinstance(widget, QLabel) and widget.wordWrap()):
            missing = widget.heightForWidth(widget.width()) - widget.height()
        else:
            missing = widget.sizeHint().width() - widget.width()
        if missing > 1:
            found.append(
                f"{type(widget).__name__} “{widget.text()[:40]}” lacks {missing} px of {widget.size()}"
            )
    return found


@pytest.mark.parametrize("screen", SCREENS)
def test_no_word_is_cut(workspace: Workspace, services: Services, screen: str) -> None:
    width, height, size = SCREENS[screen]
    services.look.set_theme(Theme(tokens.LIGHT, size))
    workspace.resize(width, height)
    names = [step.name for step in workspace.navigator.steps()]
    clipped = []
    for name in (*names, "check", "preview"):
        workspace.navigator.show(name)
        settle()
        clipped += [f"{name}: {words}" for words in cut(workspace)]
    assert not clipped, "\n".join(clipped)


@pytest.mark.parametrize("screen", SCREENS)
def test_a_page_never_scrolls_sideways(workspace: Workspace, services: Services, screen: str) -> None:
    width, height, size = SCREENS[screen]
    services.look.set_theme(Theme(tokens.LIGHT, size))
    workspace.resize(width, height)
    settle()
    assert workspace.shell.minimumSizeHint().width() <= width
    assert workspace.width() == width


def test_the_smallest_window_still_works(workspace: Workspace) -> None:
    workspace.resize(640, 360)
    settle()
    assert (workspace.width(), workspace.height()) == (640, 360)
    assert workspace.shell.head.next.isVisible()
    assert workspace.shell.safety.saved.isVisible()


def test_the_tree_of_the_smallest_window_lies_over_nothing(workspace: Workspace, services: Services) -> None:
    services.look.set_theme(Theme(tokens.LIGHT, TypeSize.EXTRA))
    workspace.resize(640, 360)
    page = workspace.navigator.show("standards_system")
    assert isinstance(page, StandardsPage)
    settle()
    editor = page.board.tree_editor
    assert editor.schemes.isVisible()
    assert editor.view.geometry().bottom() < editor.schemes.y()
    assert editor.add.mapTo(editor, editor.add.rect().bottomLeft()).y() < editor.view.y()


@pytest.mark.parametrize("size", TypeSize)
@pytest.mark.parametrize("pressing", [0, 2])
def test_the_head_of_the_smallest_window_is_not_cut(
    workspace: Workspace, services: Services, size: TypeSize, pressing: int
) -> None:
    services.look.set_theme(Theme(tokens.LIGHT, size))
    workspace.resize(640, 360)
    settle()
    header = workspace.shell.header
    header.show_pressing(pressing)
    settle()
    assert not cut(header)
    assert header.preview.accessibleName() == "预览和导出"
    workspace.resize(911, 441)
    settle()
    assert header.preview.text() == "预览和导出"


def test_every_button_and_field_has_a_name_for_screen_readers(workspace: Workspace) -> None:
    for name in ("cover", "check", "preview"):
        workspace.navigator.show(name)
        nameless = [
            type(widget).__name__
            for widget in workspace.findChildren(QWidget)
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            if not (widget.accessibleName() or getattr(widget, "text", str)())
            if type(widget).__module__.startswith("pilotdesk")
        ]
        assert not nameless, name


def test_next_and_previous_walk_the_relevant_steps(workspace: Workspace) -> None:
    steps = [step.name for step in workspace.navigator.steps()]
    for expected in steps[1:]:
        workspace.navigator.show_next()
        assert workspace.navigator.current == expected
    workspace.navigator.show_next()
    assert workspace.navigator.current == "check"
    workspace.navigator.show("basics")
    workspace.navigator.show_previous()
    assert workspace.navigator.current == steps[0]
    assert not workspace.shell.footer.back.isVisible()


@pytest.mark.parametrize(("height", "part"), [(697, "footer"), (441, "head")])
def test_enter_in_the_last_field_of_a_page_goes_to_the_way_on(
    workspace: Workspace, qtbot: QtBot, height: int, part: str
) -> None:
    workspace.resize(1366, height)
    workspace.navigator.go_to("filing_date")
    qtbot.keyClick(workspace.focusWidget(), Qt.Key.Key_Return)
    assert workspace.focusWidget() is getattr(workspace.shell, part).next
    assert workspace.navigator.current == "cover"
    qtbot.keyClick(workspace.focusWidget(), Qt.Key.Key_Return)
    assert workspace.navigator.current == "basics"


def test_enter_passes_by_what_is_carried_over(workspace: Workspace, qtbot: QtBot) -> None:
    workspace.navigator.go_to("pilot_field")
    qtbot.keyClick(workspace.focusWidget(), Qt.Key.Key_Return)
    page = workspace.navigator.page()
    assert isinstance(page, StepPage)
    authority = page.view.row_of("recommending_authority")
    assert authority is not None
    assert workspace.focusWidget() is authority.editor.focus_target()


def test_pages_are_built_on_first_visit_and_kept(workspace: Workspace) -> None:
    assert len(workspace.navigator.pages()) == 1
    first = workspace.navigator.page()
    workspace.navigator.show("unit")
    assert workspace.navigator.show("cover") is first


def test_a_path_opens_its_step(workspace: Workspace) -> None:
    workspace.navigator.go_to("uscc")
    assert workspace.navigator.current == "unit"


def test_the_sidebar_follows_what_is_filled_and_what_is_wrong(workspace: Workspace) -> None:
    workspace.session.set_text("uscc", "12361099MB1K23456H")
    workspace.refresh()
    entry = next(e for e in workspace.shell.sidebar.steps.entries_model.entries if e.name == "unit")
    assert entry.icon == "alert-triangle-filled"
    assert entry.count >= 1
    assert "请核实" in entry.spoken
    workspace.commands.undo()
    workspace.refresh()
    entry = next(e for e in workspace.shell.sidebar.steps.entries_model.entries if e.name == "unit")
    assert entry.icon == "circle-check-filled"


def test_a_new_draft_begins_without_warnings_in_the_sidebar(fresh: Session) -> None:
    state = read_state(fresh)
    entries = nav_entries(fresh, state)
    assert {(entry.icon, entry.count) for entry in entries} == {("circle", 0)}
    assert state.counts[Severity.WARNING] > 0
    fresh.set_text("background", "省里的意见。")
    entry = next(e for e in nav_entries(fresh, read_state(fresh)) if e.count)
    assert entry.name == fresh.form.step_of["background"]


def test_f8_walks_through_all_issues(workspace: Workspace) -> None:
    session = workspace.session
    session.set_text("uscc", "12361099MB1K23456H")
    session.set_text("project_name", "没有那个结尾")
    visited = set()
    for _ in session.all_issues():
        workspace.commands.next_issue()
        visited.add(workspace.navigator.current)
    assert {"cover", "unit"} <= visited


def test_f8_stays_on_the_check_page_while_it_lists_something(workspace: Workspace) -> None:
    workspace.session.set_text("uscc", "12361099MB1K23456H")
    workspace.session.set_text("project_name", "没有那个结尾")
    page = workspace.navigator.show("check")
    assert isinstance(page, CheckPage)
    before = page.list.key()
    workspace.commands.next_issue()
    assert workspace.navigator.current == "check"
    assert page.list.key() != before
    page.show_only(Severity.ERROR)
    workspace.commands.next_issue()
    assert workspace.navigator.current != "check"


def test_undo_goes_to_where_it_was(workspace: Workspace) -> None:
    workspace.session.set_text("unit_name", "南汀县社会福利中心")
    workspace.navigator.show(workspace.session.form.step_of["targets"])
    workspace.commands.undo()
    assert workspace.session.form.step_of["unit_name"] == workspace.navigator.current


def test_hints_are_of_the_field_that_undo_went_to_although_it_had_the_focus_all_along(
    workspace: Workspace, qtbot: QtBot
) -> None:
    workspace.navigator.go_to("unit_name")
    workspace.session.set_text("unit_name", "南汀县社会福利中心")
    workspace.navigator.show("cover")
    workspace.commands.undo()
    hints = workspace.shell.hint_areas()[0]
    qtbot.waitUntil(lambda: any("单位名称" in label.plain for label in hints.findChildren(WrappedLabel)))


def test_hints_dock_where_there_is_room_and_open_over_the_page_elsewhere(workspace: Workspace) -> None:
    assert workspace.shell.hint_areas()
    workspace.commands.toggle_hints()
    assert not workspace.shell.hint_areas()
    workspace.commands.toggle_hints()
    workspace.resize(911, 441)
    settle()
    assert not workspace.shell.hint_areas()
    workspace.commands.toggle_hints()
    assert workspace.shell.overlay.isVisible()
    workspace.commands.toggle_hints()
    assert not workspace.shell.overlay.isVisible()


@pytest.mark.parametrize("width", [911, 1366])
def test_the_sources_of_an_issue_come_into_view(workspace: Workspace, qtbot: QtBot, width: int) -> None:
    workspace.session.set_text("pilot_field", "")
    workspace.resize(width, 441)
    if width > 911:
        workspace.commands.toggle_hints()
    settle()
    assert not workspace.shell.hint_areas()
    page = workspace.navigator.page()
    page.go_to("pilot_field")
    link = next(
        each for each in page.findChildren(QPushButton) if each.text() == "看依据" and each.isVisible()
    )
    link.click()
    (hints,) = workspace.shell.hint_areas()
    assert workspace.shell.overlay.isVisible()
    assert "试点领域" in hints.title.text()
    basis, bar = hints.findChild(BasisBox), hints._area.verticalScrollBar()
    qtbot.waitUntil(lambda: 0 < bar.value() == min(basis.y() - BASIS_GAP, bar.maximum()))
    page.go_to("project_name")
    link.click()
    assert "试点领域" in hints.title.text()


def test_a_broken_promise_is_shown_until_it_is_kept(workspace: Workspace) -> None:
    safety = workspace.shell.safety
    safety.show_trouble("“D:”所在的盘满了。腾出一些地方。", "10:32:05")
    assert not safety.saved.isVisible()
    safety.show_saved("10:33:00")
    assert safety.saved.isVisible()
    assert safety.saved.text() == "已存 10:33:00"


@pytest.mark.parametrize("path", ["project_name", "pilot_field", "filing_date", "background", "problems"])
def test_no_field_takes_a_key_of_the_keyboard_map_for_itself(workspace: Workspace, path: str) -> None:
    workspace.navigator.go_to(path)
    focused = workspace.focusWidget()
    own = {"undo", "redo"} | ({"first_step"} if path == "background" else set())  # Ctrl+Home of a long text
    taken = []
    for command in COMMANDS:
        for keys in command.keys if command.method not in own else ():
            pressed = QKeySequence(keys)[0]
            event = QKeyEvent(QEvent.Type.ShortcutOverride, pressed.key(), pressed.keyboardModifiers())
            event.ignore()
            focused.event(event)
            taken += [keys] if event.isAccepted() else []
    assert not taken


def test_every_action_of_the_keyboard_map_has_a_key_of_its_own(workspace: Workspace) -> None:
    keys = [
        shortcut.toString()
        for action in workspace.commands.actions.values()
        for shortcut in action.shortcuts()
    ]
    assert all(keys)
    assert len(keys) == len(set(keys))
