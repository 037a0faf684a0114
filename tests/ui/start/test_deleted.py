"""已删除: a project or one draft of it is put away, found, brought back; only there does anything go for good."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from pilotdesk.drafts.search_index import INDEX_NAME, SearchIndex
from pilotdesk.drafts.unused_files import YOUNG
from pilotdesk.projects.life import start_form
from pilotdesk.projects.shelf import NewProject
from pilotdesk.ui.start import shelf_deleted
from pilotdesk.ui.start.project_card import ProjectCard
from pilotdesk.ui.start.shelf_deleted_dialog import NO_FILES, NOTHING
from tests.documents.evidence_files import pdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.ui.start.shelf_deleted_dialog import DeletedDialog
    from pilotdesk.ui.window.main_window import MainWindow
    from tests.ui.conftest import WindowMaker

NAME = "南汀县居家养老服务标准化试点"


@pytest.fixture
def window(open_window: WindowMaker) -> MainWindow:
    return open_window(at_once=True)


@pytest.fixture
def project(window: MainWindow, store: DraftStore) -> str:
    """A project with an application and a summary that was begun by mistake, on the start page."""
    draft_id = window.shelf.create(NewProject(NAME, "南汀县社会福利中心", "Z1"))
    project_id = store.load(draft_id).card.project_id
    store.projects.set_date(project_id, "admitted", date(2026, 11, 10))
    start_form(store, project_id, "summary_2027", date(2027, 10, 1))
    window.show_start()
    return project_id


def card(window: MainWindow) -> ProjectCard:
    (found,) = [one for one in window.desk.page.findChildren(ProjectCard) if one.isVisible()]
    return found


def act(window: MainWindow, words: str) -> None:
    (action,) = [action for each, action in card(window).menu_actions() if each == words]
    assert action is not None
    action()


def button(parent: QWidget, words: str) -> QPushButton:
    (found,) = [
        each for each in parent.findChildren(QPushButton) if each.text() == words and each.isVisible()
    ]
    return found


def press(qtbot: QtBot, parent: QWidget, words: str) -> None:
    qtbot.mouseClick(button(parent, words), Qt.MouseButton.LeftButton)


def opened(window: MainWindow, qtbot: QtBot, count: int) -> DeletedDialog:
    press(qtbot, window.desk.page, f"已删除（{count}）")
    assert window.desk.deleted.dialog is not None
    return window.desk.deleted.dialog


def texts(dialog: DeletedDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def forms(store: DraftStore, project_id: str) -> list[str]:
    return [one.form for one in store.drafts_of(project_id)]


def answering(monkeypatch: pytest.MonkeyPatch, chosen: int) -> list[tuple[str, str]]:
    asked: list[tuple[str, str]] = []

    def ask(_parent: object, _look: object, title: str, text: str, **_more: object) -> int:
        asked.append((title, text))
        return chosen

    monkeypatch.setattr(shelf_deleted, "ask_choice", ask)
    return asked


def test_nothing_is_said_of_deleted_drafts_while_there_are_none(window: MainWindow, project: str) -> None:
    shown = [each.text() for each in window.desk.page.findChildren(QPushButton) if each.isVisible()]
    assert not [words for words in shown if words.startswith("已删除")]


def test_one_draft_is_deleted_found_and_brought_back(
    window: MainWindow, project: str, store: DraftStore, qtbot: QtBot
) -> None:
    before = {one.draft_id: store.load(one.draft_id) for one in store.drafts_of(project)}
    act(window, "删去2027年度总结")
    assert forms(store, project) == ["application"]
    assert "删去申报书" not in [words for words, _ in card(window).menu_actions()]
    dialog = opened(window, qtbot, 1)
    said = texts(dialog)
    assert NAME in said
    assert "2027年度总结" in said
    assert "项目还在首页上" in said
    press(qtbot, dialog, "找回")
    assert {one.draft_id: store.load(one.draft_id) for one in store.drafts_of(project)} == before
    assert NOTHING in texts(dialog)
    dialog.close()


def test_a_project_is_deleted_and_taken_back_at_once_or_later_as_a_whole_or_in_part(
    window: MainWindow, project: str, store: DraftStore, qtbot: QtBot
) -> None:
    both = forms(store, project)
    act(window, "从清单删去")
    assert forms(store, project) == []
    window.toast._on_action()
    assert forms(store, project) == both
    act(window, "从清单删去")
    dialog = opened(window, qtbot, 2)
    press(qtbot, dialog, "整个找回（2 份）")
    assert forms(store, project) == both
    dialog.close()
    act(window, "从清单删去")
    dialog = opened(window, qtbot, 2)
    first = next(each for each in dialog.findChildren(QPushButton) if each.accessibleName() == "找回：申报书")
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert forms(store, project) == ["application"]
    dialog.close()


def test_only_the_second_deletion_is_final_and_says_what_goes(
    window: MainWindow, project: str, store: DraftStore, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    SearchIndex(store.path.parent).catch_up()
    act(window, "删去2027年度总结")
    dialog = opened(window, qtbot, 1)
    asked = answering(monkeypatch, 1)
    press(qtbot, dialog, "彻底删除…")
    ((title, text),) = asked
    assert title == "彻底删除2027年度总结？"
    assert "栏内容" in text
    assert "备份里还有" in text
    assert store.deletions.count() == 1  # 留着
    answering(monkeypatch, 0)
    press(qtbot, dialog, "彻底删除…")
    assert store.deletions.acts() == ()
    assert forms(store, project) == ["application"]
    assert not (store.path.parent / INDEX_NAME).exists()
    dialog.close()


def test_files_that_nothing_refers_to_are_told_with_their_size_and_cleared_when_asked_for(
    window: MainWindow, project: str, store: DraftStore, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pilotdesk.projects.draft_files import StoredFiles

    application = store.drafts_of(project)[0].draft_id
    kept, loose = (
        StoredFiles(store, application).add(f"{name}.pdf", pdf(name, name * 3000)) for name in ("a", "b")
    )
    store.save(application, {"legal_person_certificate": (kept,)}, origin="typed")
    old = window._clock.now().timestamp() - 2 * YOUNG
    for file in (kept, loose):
        os.utime(store.attachments.path_of(file.sha256), (old, old))
    act(window, "从清单删去")
    dialog = opened(window, qtbot, 2)
    assert dialog.files.text().startswith("有 1 个附件没有内容再用到，共 ")
    asked = answering(monkeypatch, 0)
    press(qtbot, dialog, "清理…")
    assert "1 个文件" in asked[0][1]
    assert [path.name for path in store.attachments.listed()] == [kept.sha256]
    assert dialog.files.text() == NO_FILES
    dialog.close()


def test_who_may_only_look_deletes_nothing_and_is_told_why(
    window: MainWindow,
    project: str,
    store: DraftStore,
    monkeypatch: pytest.MonkeyPatch,
    say: Callable[..., list],
) -> None:
    said = say(monkeypatch)
    from pilotdesk.errors import StoreError

    store.access.refusal = StoreError("store_held", who="别人", since="10:00")
    act(window, "从清单删去")
    assert len(said) == 1
    store.access.refusal = None
    assert len(forms(store, project)) == 2


def test_who_may_only_look_brings_nothing_back_and_is_told_why(
    window: MainWindow, project: str, store: DraftStore, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot,
    say: Callable[..., list],
) -> None:  # fmt: skip
    from pilotdesk.errors import StoreError

    act(window, "从清单删去")
    store.access.refusal = StoreError("store_held", who="老王")
    window.show_start()
    said = say(monkeypatch)
    dialog = opened(window, qtbot, 2)
    press(qtbot, dialog, "整个找回（2 份）")
    assert said == [str(store.access.refusal)]
    assert forms(store, project) == []


@pytest.fixture
def say() -> Callable[[pytest.MonkeyPatch], list]:
    def begin(monkeypatch: pytest.MonkeyPatch) -> list:
        said: list[str] = []
        monkeypatch.setattr("pilotdesk.ui.dialogs.asking.tell", lambda *given: said.append(given[-1]))
        return said

    return begin
