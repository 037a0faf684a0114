"""Every page of the shipped application, completely filled and empty: nothing cut, nothing unnamed, nothing lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from pilotdesk.forms.answers_file import initial_values
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.session import Session
from pilotdesk.ui.components.text import ElidedLabel
from pilotdesk.ui.look.tokens import TypeSize
from pilotdesk.ui.steps.step_page import StepPage
from pilotdesk.ui.trees.standards_page import StandardsPage
from pilotdesk.ui.window.pages import build_page
from tests.ui.editor_kit import TODAY, open_step, show, small_session

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pilotdesk.ui.fields.row import FieldRow
    from pilotdesk.ui.navigation.page import Page
    from pilotdesk.ui.navigation.services import Services

STEPS = [step.name for step in load_shipped("2026").forms["application"].steps]


@pytest.fixture
def empty() -> Session:
    pack = load_shipped("2026")
    return Session(pack, "application", initial_values(pack.forms["application"]), today=TODAY)


def built(page: Page) -> list[FieldRow]:
    """All rows of a page, after everything has been built."""
    if isinstance(page, StandardsPage):
        board = [page.board.tree_row, page.board.table_row]
        while page.view._more.isActive():
            QApplication.processEvents()
        return [*board, *page.view.rows()]
    assert isinstance(page, StepPage)
    while page.view._more.isActive():
        QApplication.processEvents()
    return page.view.rows()


def cut(widget: QWidget) -> list[str]:
    found = []
    for each in (*widget.findChildren(QLabel), *widget.findChildren(QPushButton)):
        if not each.isVisible() or isinstance(each, ElidedLabel) or not each.text():
            continue
        wraps = isinstance(each, QLabel) and each.wordWrap()
        needed = each.heightForWidth(each.width()) if wraps else each.sizeHint().height()
        if (not wraps and each.width() < each.sizeHint().width() - 1) or each.height() < needed - 1:
            found.append(f"{each.text()[:60]} {each.size().toTuple()} {each.sizeHint().toTuple()}")
    return found


@pytest.mark.parametrize("name", STEPS)
def test_a_filled_page_shows_every_answer_and_changes_none(
    qtbot: QtBot, session: Session, services: Services, name: str
) -> None:
    changes = []
    page = build_page(name, session, services, None)
    show(qtbot, page, 842, 515)
    end = session.subscribe(changes.append)
    rows = built(page)
    page.focus_first()
    for row in rows:
        row.editor.show_value()
        row.leave()
    page.commit_open_editors()
    end()
    page.close_page()
    assert changes == []
    assert {row.name for row in rows} == {
        field.name
        for step in session.form.steps
        if step.name == name
        for group in step.group
        for field in group.field
        if session.is_relevant(field.name) and session.is_relevant(f"group:{group.name}")
    }


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize(
    ("size", "width", "height"),
    [(TypeSize.STANDARD, 842, 515), (TypeSize.STANDARD, 850, 350), (TypeSize.EXTRA, 719, 490)],
)
def test_nothing_is_cut_and_nothing_scrolls_sideways(
    qtbot: QtBot, session: Session, services: Services, name: str, size: TypeSize, width: int, height: int
) -> None:
    services.look.set_size(size)
    page = build_page(name, session, services, None)
    show(qtbot, page, width, height)
    built(page)
    QApplication.processEvents()
    found = cut(page)
    assert page.width() == width
    page.close_page()
    services.look.set_size(TypeSize.STANDARD)
    assert found == []
    assert page.view.body.width() <= page.view.viewport().width()  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", STEPS)
def test_an_empty_page_blames_nobody_and_names_every_editor(
    qtbot: QtBot, empty: Session, services: Services, name: str
) -> None:
    page = build_page(name, empty, services, None)
    show(qtbot, page, 842, 515)
    rows = built(page)
    assert [row.name for row in rows if any(i.code == "required" for i in row.issues.issues)] == []
    unnamed = [
        row.name
        for row in rows
        if row.place.field.type not in {"statement", "signature"}
        and not (
            row.editor.focus_target().accessibleName() or row.editor.focus_target().accessibleDescription()
        )
    ]
    page.close_page()
    assert unnamed == []


def test_only_what_one_sees_is_built_at_first(qtbot: QtBot, session: Session, services: Services) -> None:
    step = next(step for step in session.form.steps if step.name == "unit")
    page = StepPage(session, step, services)
    qtbot.addWidget(page)
    at_first = len(page.view.rows())
    assert 0 < at_first < sum(len(group.field) for group in step.group) / 2
    show(qtbot, page, 842, 515)
    qtbot.waitUntil(lambda: not page.view._more.isActive())
    assert len(page.view.rows()) > at_first


def test_a_field_that_is_not_built_yet_can_be_gone_to(
    qtbot: QtBot, session: Session, services: Services
) -> None:
    step = next(step for step in session.form.steps if step.name == "unit")
    page = StepPage(session, step, services)
    page.view._more.stop()
    show(qtbot, page, 842, 515)
    page.go_to("unit_introduction")
    row = page.view.row_of("unit_introduction")
    assert row is not None
    assert row.isVisible()
    assert QApplication.focusWidget() is row.editor.focus_target()


def test_a_group_that_becomes_relevant_is_built_then(qtbot: QtBot, services: Services) -> None:
    draft = small_session()
    page = open_step(qtbot, draft, services)
    qtbot.waitUntil(lambda: not page.view._more.isActive())
    block = next(block for block in page.view.blocks if block.group.name == "office_only")
    assert block.rows == []
    draft.set_value("kind", "office")
    qtbot.waitUntil(lambda: bool(block.rows))
    assert block.rows[0].isVisible()
