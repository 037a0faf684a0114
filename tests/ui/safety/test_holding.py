"""Two programs on the same data: the second looks, says who has it, and writes nothing at all."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLineEdit, QWidget

from pilotdesk import app
from pilotdesk.drafts import closing
from pilotdesk.drafts import lock as lock_module
from pilotdesk.drafts.connection import FILE_NAME as DATABASE
from pilotdesk.drafts.lock import FILE_NAME, FolderLock, Grip, Held, Holder
from pilotdesk.drafts.store import DraftStore
from pilotdesk.errors import StoreError
from pilotdesk.ui.components.basic import Button
from pilotdesk.ui.components.issue import Banner
from pilotdesk.ui.components.notice_strip import NoticeStrip
from pilotdesk.ui.dialogs import asking as dialogs
from pilotdesk.ui.editors.base import FieldEditor
from pilotdesk.ui.look.settings import Settings
from pilotdesk.ui.safety import holding
from pilotdesk.ui.safety.holding import CLOSE, LOOK, TAKE, Hold, take_hold, who
from pilotdesk.ui.start.project_card import ProjectCard

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from pilotdesk.clock import Clock
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.window.main_window import MainWindow
    from tests.ui.conftest import WindowMaker

OTHER = ("KEYUAN-3", "b")


def held_by(folder: Path, clock: Clock, *, silent: bool) -> FolderLock:
    import os
    import time

    lock = FolderLock(folder, clock, OTHER)
    lock.take()
    then = time.time() - (3600 if silent else 0)
    os.utime(folder / FILE_NAME, (then, then))
    return lock


@pytest.fixture
def asked() -> list[tuple[str, tuple[str, ...]]]:
    return []


def answer(monkeypatch: pytest.MonkeyPatch, asked: list, wanted: str) -> None:
    def choose(_parent: object, _look: object, title: str, _text: str, *, actions: tuple[str, ...]) -> int:
        asked.append((title, actions))
        return actions.index(wanted) if wanted in actions else -1

    monkeypatch.setattr(dialogs, "ask_choice", choose)


def test_who_has_it_is_said_with_since_when(clock: Clock) -> None:
    since = datetime(2026, 6, 2, 2, 32, tzinfo=UTC).astimezone()
    holder = Holder(host="KEYUAN-3", since="2026-06-02T02:32:05.000Z", token="t")
    assert who(Held(holder, Grip.HELD)) == f"“KEYUAN-3”（{since.month} 月 {since.day} 日 {since:%H:%M} 起）"
    assert who(Held(None, Grip.HELD)).startswith("另一个")


@pytest.mark.parametrize(("wanted", "silent"), [(LOOK, False), (LOOK, True), (CLOSE, False), ("", False)])
def test_the_second_program_looks_or_ends(
    qapp: QApplication, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch,
    asked: list, wanted: str, silent: bool,
) -> None:  # fmt: skip
    lock = held_by(tmp_path, clock, silent=silent)
    (tmp_path / DATABASE).touch()
    answer(monkeypatch, asked, wanted)
    hold = take_hold(tmp_path, clock)
    assert "KEYUAN-3" in asked[0][0]
    assert asked[0][1] == ((CLOSE, TAKE, LOOK) if silent else (CLOSE, LOOK))
    if wanted == LOOK:
        assert hold.refusal.code == "store_held"
        assert "KEYUAN-3" in str(hold.refusal)
        hold.release()
    else:
        assert hold is None
    assert lock.beat()  # still theirs


def test_where_there_is_nothing_to_look_at_looking_is_not_offered(
    qapp: QApplication, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, asked: list
) -> None:
    lock = held_by(tmp_path, clock, silent=False)
    answer(monkeypatch, asked, LOOK)
    with pytest.raises(StoreError, match="KEYUAN-3") as trouble:
        take_hold(tmp_path, clock)
    assert trouble.value.code == "store_held_empty"
    lock.release()
    held_by(tmp_path, clock, silent=True)
    assert take_hold(tmp_path, clock) is None
    assert [actions for _title, actions in asked] == [(CLOSE, TAKE)]


def test_a_silent_one_is_taken_over(
    qapp: QApplication, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, asked: list
) -> None:
    theirs = held_by(tmp_path, clock, silent=True)
    answer(monkeypatch, asked, TAKE)
    hold = take_hold(tmp_path, clock)
    assert hold.refusal is None
    assert not theirs.beat()
    hold.release()
    assert not (tmp_path / FILE_NAME).exists()


def test_a_lock_that_was_lost_is_told_once(qtbot: QtBot, tmp_path: Path, clock: Clock, look: Look) -> None:
    lock = FolderLock(tmp_path, clock)
    lock.take()
    owner = QLineEdit()
    qtbot.addWidget(owner)
    lost: list[bool] = []
    timer = Hold(lock).keep(owner, lambda: lost.append(True))
    assert timer.interval() == holding.BEAT_S * 1000
    timer.timeout.emit()
    assert not lost
    held_by(tmp_path / "other", clock, silent=False)
    (tmp_path / "other" / FILE_NAME).replace(tmp_path / FILE_NAME)
    timer.timeout.emit()
    assert lost == [True]
    assert not timer.isActive()


# -- a window that looks -------------------------------------------------------------------------


def everything_in(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith("-shm")
    }


@pytest.fixture
def looking(open_window: WindowMaker, store: DraftStore, clock: Clock) -> Iterator[MainWindow]:
    """A window over the data that the store of another program has open."""
    folder = store.path.parent
    reader = DraftStore(folder, clock, refusal=StoreError("store_held", who="“KEYUAN-3”"))
    made = open_window(over=reader, settings=Settings(folder / "window.json", keeps=False))
    yield made
    made.close()
    reader.close()


@pytest.fixture
def drafted(store: DraftStore, clock: Clock) -> str:
    from pilotdesk.projects.shelf import Shelf

    return Shelf(store, clock).sample()


def test_a_draft_that_is_only_looked_at_cannot_be_changed(
    looking: MainWindow, store: DraftStore, drafted: str, qtbot: QtBot
) -> None:
    before = everything_in(store.path.parent)
    looking.open_draft(drafted)
    workspace = looking.workspace
    assert workspace.autosave is None
    qtbot.waitUntil(lambda: workspace.findChild(NoticeStrip) is not None)
    assert "KEYUAN-3" in str(looking.shelf.store.access.refusal)
    session = workspace.session
    for name in ("cover", *[step.name for step in session.form.steps]):
        if name in {step.name for step in session.form.steps}:
            workspace.navigator.show_page(name)
            editors = [e for e in workspace.navigator.page().findChildren(FieldEditor) if not e.stays_enabled]
            assert not any(editor.isEnabled() for editor in editors)
    text = session.value("unit_name")
    assert not session.set_text("unit_name", "别的单位")
    assert not session.accept("x", "unit_name", "理由")
    assert session.value("unit_name") == text
    looking.show_start()
    assert everything_in(store.path.parent) == before


def test_a_table_that_is_only_looked_at_scrolls_and_takes_nothing(looking: MainWindow, drafted: str) -> None:
    from pilotdesk.ui.tables.editor import TableEditor

    looking.open_draft(drafted)
    workspace = looking.workspace
    tables = []
    for step in workspace.session.form.steps:
        workspace.navigator.show_page(step.name)
        tables += workspace.navigator.page().findChildren(TableEditor)
    assert tables
    assert all(table.isEnabled() and table.model.is_read_only for table in tables)
    assert all(table.toolbar.isHidden() for table in tables)


def test_every_write_of_such_a_store_says_who_has_the_data(looking: MainWindow, drafted: str) -> None:
    store = looking.shelf.store
    for write in (
        lambda: store.save(drafted, {"unit_name": "别的"}, origin="typed"),
        lambda: store.deletions.delete([drafted]),
        lambda: store.remember_step(drafted, "cover"),
        lambda: store.projects.set_date(store.load(drafted).card.project_id, "admitted", None),
    ):
        with pytest.raises(StoreError) as trouble:
            write()
        assert trouble.value.code == "store_held"


def test_the_start_page_says_it_and_offers_to_look_again(
    looking: MainWindow, store: DraftStore, drafted: str, qtbot: QtBot
) -> None:
    looking.show_start()
    strips = [strip for strip in looking.desk.page.findChildren(Banner) if "KEYUAN-3" in strip.title.text()]
    assert len(strips) == 1
    with qtbot.waitSignal(looking.reading.again_requested):
        strips[0].action_chosen.emit()


def test_after_a_take_over_nothing_more_is_stored(
    window: MainWindow, store: DraftStore, drafted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(dialogs, "tell", lambda _window, _look, _title, text: told.append(text))
    monkeypatch.setattr(dialogs, "ask_choice", lambda *_args, **_kwargs: 0)  # give up what was not stored
    window.open_draft(drafted)
    before = store.load(drafted).values["unit_name"]
    window.workspace.session.set_text("unit_name", "别的单位")
    window.reading.on_lost()  # before that was stored
    assert len(told) == 1
    assert not window.workspace.autosave.flush()
    assert not window.workspace.session.set_text("unit_name", "再别的单位")
    assert store.load(drafted).values["unit_name"] == before


def buttons(root: QWidget, words: str) -> list[Button]:
    return [one for one in root.findChildren(Button) if one.text().startswith(words)]


def test_what_writes_is_greyed_on_the_start_page_and_says_who_has_the_data(
    looking: MainWindow, store: DraftStore, clock: Clock, drafted: str
) -> None:
    from pilotdesk.projects.shelf import NewProject, Shelf

    Shelf(store, clock).create(NewProject("南汀县养老服务标准化试点", "南汀县社会福利中心", "Z1"))
    looking.show_start()
    page = looking.desk.page
    for words in ("新建项目", "打开文件或交接包"):
        found = buttons(page, words)
        assert found, words
        assert not any(button.isEnabled() for button in found), words
        assert all("KEYUAN-3" in button.toolTip() for button in found), words
    for words in ("打开练习样例", "存一份到 U 盘", "看能不能改了"):
        assert all(button.isEnabled() for button in buttons(page, words)), words
    card = page.findChild(ProjectCard)
    assert all(button.isEnabled() for button in buttons(card, "打开"))
    writing = {words for words, action in card.menu_actions() if action is not None and not card.may(words)}
    reading = {words for words, action in card.menu_actions() if action is not None and card.may(words)}
    assert {"日期和进展…", "从清单删去"} <= writing
    assert {"打开申报书", "导出日历…", "存一份交接包…", "只存这一份草稿…"} <= reading


def test_on_the_page_of_who_may_write_nothing_is_greyed(window: MainWindow, drafted: str) -> None:
    window.show_start()
    page = window.desk.page
    assert all(button.isEnabled() and not button.toolTip() for button in buttons(page, "新建项目"))


def test_a_package_is_not_even_read_while_others_have_the_data(
    looking: MainWindow, store: DraftStore, drafted: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(dialogs, "tell", lambda _window, _look, _title, text: told.append(text))
    before = everything_in(store.path.parent)
    looking.open_package(tmp_path / "甲.pilot")
    looking.show_start()
    looking.desk.projects.take_over(tmp_path / "甲.zip")
    assert len(told) == 2
    assert all("KEYUAN-3" in text for text in told)
    assert everything_in(store.path.parent) == before


def test_the_bars_of_a_draft_that_is_only_looked_at_promise_nothing(
    looking: MainWindow, drafted: str, qtbot: QtBot
) -> None:
    looking.open_draft(drafted)
    shell = looking.workspace.shell
    qtbot.waitUntil(lambda: shell.safety.saved.text() == "只读，不存")
    assert shell.footer.promise.text() == "只能看，这里不存"
    assert "KEYUAN-3" in shell.safety.saved.toolTip()
    assert "KEYUAN-3" in shell.stack.toolTip()
    actions = looking.workspace.commands.actions
    assert not actions["save"].isEnabled()
    assert "KEYUAN-3" in actions["save"].toolTip()
    assert not buttons(looking.workspace, "就是这样")
    looking.workspace.navigator.show_page("check")
    assert not any(button.isEnabled() for button in buttons(looking.workspace, "核实无误"))


def test_after_a_take_over_nothing_can_be_typed_any_more(
    window: MainWindow, drafted: str, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(dialogs, "tell", lambda *_given: None)
    monkeypatch.setattr(dialogs, "ask_choice", lambda *_args, **_kwargs: 0)
    window.open_draft(drafted, "unit")
    workspace = window.workspace
    page = workspace.navigator.page()
    entry = next(one for one in page.findChildren(QLineEdit) if one.isEnabled() and one.isVisible())
    before = entry.text()
    window.reading.on_lost()
    qtbot.keyClicks(entry, "x")
    assert entry.text() == before
    assert workspace.shell.safety.saved.text() == "只读，不存"
    workspace.navigator.show_page("basics")
    editors = [e for e in workspace.navigator.page().findChildren(FieldEditor) if not e.stays_enabled]
    assert editors
    assert not any(editor.isEnabled() for editor in editors)


# -- back to writing -----------------------------------------------------------------------------


class Exits:
    """What an application would be told."""

    def __init__(self) -> None:
        self.codes: list[int] = []

    def exit(self, code: int) -> None:
        self.codes.append(code)


class Window:
    """What looking again asks of a window."""

    def __init__(self) -> None:
        self.application = Exits()
        self.said: list[str] = []

    def show_done(self, text: str) -> None:
        self.said.append(text)


def test_a_click_takes_the_data_over_once_the_other_program_has_closed(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "data_dir", lambda: tmp_path)
    theirs = held_by(tmp_path, clock, silent=False)
    window, hold = Window(), Hold(None, StoreError("store_held", who="“KEYUAN-3”"))
    app._look_again(window, hold)
    assert "KEYUAN-3" in window.said[0]
    assert window.application.codes == []
    assert theirs.beat()
    theirs.release()
    app._look_again(window, hold)
    assert window.application.codes == [app.AGAIN]
    assert not (tmp_path / FILE_NAME).exists()  # it is taken by the window that comes


def test_who_opens_again_while_the_last_copy_is_made_is_asked_nothing(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, asked: list
) -> None:
    theirs = FolderLock(tmp_path, clock)
    assert theirs.take() is None
    closing._note(tmp_path, StoreError("closing_cut_short"), running=True)
    answer(monkeypatch, asked, CLOSE)
    looks: list[float] = []

    def pause(seconds: float) -> None:
        looks.append(seconds)
        if len(looks) == 3:
            theirs.release()

    monkeypatch.setattr(holding.time, "sleep", pause)
    hold = take_hold(tmp_path, clock)
    assert hold.refusal is None
    assert asked == []
    assert len(looks) == 3
    hold.release()


def test_who_finds_a_third_program_in_the_place_of_the_second_asks_that_one_too(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, asked: list
) -> None:
    """The one that ran was closed, and another one began, while this one waited for an answer."""
    here = lock_module.this_machine()
    before, after = (FolderLock(tmp_path, clock, here) for _ in range(2))
    monkeypatch.setattr("pilotdesk.drafts.handing_over.may_hear", lambda _held: True)
    before.take()
    told: list[str] = []

    def hand_over(holder: Holder) -> bool:
        told.append(holder.token)
        if len(told) == 1:
            before.release()
            after.take()
        return len(told) == 2

    assert take_hold(tmp_path, clock, hand_over) is None
    assert len(set(told)) == 2
    assert asked == []
    after.release()


def test_who_does_not_answer_is_asked_once_and_then_the_user(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, asked: list
) -> None:
    theirs = FolderLock(tmp_path, clock, lock_module.this_machine())
    monkeypatch.setattr("pilotdesk.drafts.handing_over.may_hear", lambda _held: True)
    theirs.take()
    (tmp_path / DATABASE).touch()
    answer(monkeypatch, asked, CLOSE)
    told: list[str] = []
    assert take_hold(tmp_path, clock, lambda holder: bool(told.append(holder.token))) is None
    assert (len(told), len(asked)) == (1, 1)
    theirs.release()
