"""What an input method still composes never reaches the store, at none of the moments when everything is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from pilotdesk.projects.shelf import NewProject
from pilotdesk.ui.editors.text_area import TextArea
from pilotdesk.ui.tables.cells import CellText
from pilotdesk.ui.tables.editor import TableEditor
from pilotdesk.ui.tables.model import is_typed
from tests.ui.editor_kit import commit_text, compose, editor_of, focus, press, row_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from pilotdesk.ui.window.main_window import MainWindow

FIELDS = {
    "line": ("unit", "unit_name"),
    "long text": ("unit", "unit_introduction"),
    "cell": ("objectives", "targets"),
}


@pytest.fixture
def project(window: MainWindow) -> str:
    return window.shelf.create(NewProject("甲", "乙", "Z1"))


def opened(window: MainWindow, draft_id: str, kind: str) -> QWidget:
    """The widget that one types in."""
    step, name = FIELDS[kind]
    window.open_draft(draft_id, step)
    page = window.workspace.navigator.page()
    if kind == "cell":
        table = editor_of(page, name, TableEditor)
        if not window.workspace.session.rows(name):
            table.commands.add()
        focus(table.view)
        table.view.setCurrentIndex(table.model.index(0, first_text_column(table)))
        press(table.view, Qt.Key.Key_F2)
        return next(cell for cell in table.view.findChildren(CellText) if cell.isVisible())
    widget = row_of(page, name).editor.findChild(TextArea if kind == "long text" else QLineEdit)
    focus(widget)
    widget.selectAll()
    return widget


def first_text_column(table: TableEditor) -> int:
    return next(
        at for at, column in enumerate(table.model.columns) if is_typed(column) and column.type == "text"
    )


def stored(window: MainWindow, draft_id: str) -> str:
    """Everything that is in the store, as one text."""
    return repr(window.shelf.store.load(draft_id).values)


def flush(window: MainWindow) -> None:
    window.workspace.autosave.flush()


def pause(window: MainWindow) -> None:
    window.workspace.autosave._limit.timeout.emit()
    window.workspace.autosave._timer.timeout.emit()


@pytest.mark.parametrize("moment", [flush, pause], ids=["flush", "pause"])
@pytest.mark.parametrize("kind", FIELDS)
def test_a_composition_is_not_stored(
    window: MainWindow, project: str, kind: str, moment: Callable[[MainWindow], None]
) -> None:
    widget = opened(window, project, kind)
    commit_text(widget, "南汀")
    compose(widget, "xian'zheng")
    moment(window)
    assert "xian" not in stored(window, project)
    commit_text(widget, "县政")
    moment(window)
    assert "南汀县政" in stored(window, project)


@pytest.mark.parametrize("kind", FIELDS)
def test_leaving_while_composing_stores_what_was_finished_only(
    window: MainWindow, project: str, kind: str
) -> None:
    widget = opened(window, project, kind)
    commit_text(widget, "南汀")
    compose(widget, "xian'zheng")
    window.show_start()  # the page, the draft and the window's focus are left
    assert "南汀" in stored(window, project)
    assert "xian" not in stored(window, project)


@pytest.mark.parametrize("kind", FIELDS)
def test_who_never_pauses_is_stored_but_for_what_is_composed(
    window: MainWindow, project: str, kind: str
) -> None:
    widget = opened(window, project, kind)
    commit_text(widget, "南汀")
    compose(widget, "xian")
    window.workspace.autosave._limit.timeout.emit()
    assert "南汀" in stored(window, project)
    assert "xian" not in stored(window, project)
    commit_text(widget, "县")
    assert (widget.text() if isinstance(widget, QLineEdit) else widget.toPlainText()) == "南汀县"
