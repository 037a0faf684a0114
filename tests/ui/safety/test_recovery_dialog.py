"""The guided restore before the window, and the sentence after an unclean end, with real drafts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from pilotdesk.drafts import recovery
from pilotdesk.drafts.backups import back_up
from pilotdesk.drafts.connection import FILE_NAME
from pilotdesk.drafts.running_mark import RunningMark
from pilotdesk.ui.components.notice_strip import NoticeStrip
from pilotdesk.ui.desk.intake_desk import IntakeDesk
from pilotdesk.ui.safety import recovery_dialog
from pilotdesk.ui.safety.recovery_dialog import LEAVE, RESTORE, RecoveryDialog, ask_recovery
from pilotdesk.ui.window.unclean_end import look_back
from tests.drafts.recovery_kit import MORNING, clock_at, everything, hashes, sample_data, type_later
from tests.review.desk_kit import desk_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.window.main_window import MainWindow

LATER = clock_at(MORNING + timedelta(hours=3))
NAME = "后来改的项目名称"


@pytest.fixture
def damaged(tmp_path: Path) -> tuple[Path, str]:
    """A damaged data directory, with two fields that were typed after the backup; and the draft's id."""
    folder = tmp_path / "damaged"
    draft_id = sample_data(folder)
    type_later(folder, draft_id, project_name=NAME, unit_name="后来改的单位")
    database = folder / FILE_NAME
    database.write_bytes(bytes(100) + database.read_bytes()[100:])
    return folder, draft_id


@pytest.fixture
def answering(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[str]]:
    """Makes everything that waits for a click go on: work is done at once, the dialog is answered with a button."""

    def answer(words: str) -> list[str]:
        said: list[str] = []

        def run(dialog: RecoveryDialog) -> None:
            qtbot.addWidget(dialog)
            dialog.show()
            (button,) = [one for one in dialog.findChildren(QPushButton) if one.text() == words]
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

        monkeypatch.setattr(RecoveryDialog, "exec", run)
        monkeypatch.setattr(recovery_dialog, "waited_for", lambda _look, _title, work: work())
        monkeypatch.setattr(recovery_dialog, "tell", lambda *given: said.append(" ".join(given[2:])))
        return said

    return answer


def test_it_is_brought_back_and_opens(
    look: Look, damaged: tuple[Path, str], answering: Callable[[str], list[str]]
) -> None:
    folder, draft_id = damaged
    copies, hurt = hashes(folder / "backups"), (folder / FILE_NAME).read_bytes()
    said = answering(RESTORE)
    assert ask_recovery(look, folder, LATER)
    assert everything(folder)[draft_id]["project_name"] == NAME
    assert hashes(folder / "backups") == copies
    (aside,) = (folder / "damaged").iterdir()
    assert aside.read_bytes() == hurt
    assert str(aside) in said[0]


def test_whoever_leaves_it_finds_everything_as_it_was(
    look: Look, damaged: tuple[Path, str], answering: Callable[[str], list[str]]
) -> None:
    folder, _ = damaged
    before = hashes(folder)
    answering(LEAVE)
    assert not ask_recovery(look, folder, LATER)
    after = {name: digest for name, digest in hashes(folder).items() if not name.startswith("recovery/")}
    assert after == before


def test_the_differences_stand_in_the_words_of_the_form(
    qtbot: QtBot, look: Look, damaged: tuple[Path, str]
) -> None:
    folder, _ = damaged
    offer = recovery.examine(folder, LATER)
    dialog = RecoveryDialog(look, offer)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "2 处" in recovery_dialog._text(offer)
    assert "6 月 2 日" in recovery_dialog._text(offer)
    assert any("项目名称" in option.text() for option in dialog.options)
    assert any(NAME in option.accessibleDescription() for option in dialog.options)
    assert all(option.isChecked() for option in dialog.options)
    (name,) = [option for option in dialog.options if "项目名称" in option.text()]
    qtbot.mouseClick(name, Qt.MouseButton.LeftButton)
    assert [one.path for one in dialog.wanted()] == ["unit_name"]


def test_trouble_is_said_and_the_old_state_stays(
    look: Look,
    damaged: tuple[Path, str],
    answering: Callable[[str], list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder, _ = damaged
    said = answering(RESTORE)

    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    hurt = (folder / FILE_NAME).read_bytes()
    monkeypatch.setattr("pilotdesk.drafts.recovery.shutil.copyfile", full)
    assert not ask_recovery(look, folder, LATER)
    assert "满" in said[0]
    assert (folder / FILE_NAME).read_bytes() == hurt


def test_work_on_a_thread_comes_back_with_its_result_or_its_trouble(
    look: Look, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def run(dialog: recovery_dialog._Waiting) -> None:
        qtbot.addWidget(dialog)
        with qtbot.waitSignal(dialog.accepted):
            dialog.reject()  # neither Esc nor the cross stops it

    monkeypatch.setattr(recovery_dialog._Waiting, "exec", run)
    assert recovery_dialog.waited_for(look, "正在看", lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        recovery_dialog.waited_for(look, "正在看", lambda: 1 // 0)


# -- an unclean end ----------------------------------------------------------------------------------


@pytest.fixture
def unclean(store: DraftStore, window: MainWindow) -> str:
    """A draft that was being typed in when the power went; its id."""
    draft_id = window.shelf.sample()
    killed = RunningMark(store.path.parent)
    killed.set(0)
    killed._let_go()  # without being cleared, as by the end of its process
    store.save(draft_id, {"project_name": NAME}, origin="typed")
    return draft_id


def strips(window: MainWindow) -> list[NoticeStrip]:
    found = window.findChildren(NoticeStrip)
    return [strip for strip in found if "没有正常关闭" in " ".join(_words(strip))]


def _words(strip: NoticeStrip) -> list[str]:
    return [
        child.accessibleName() or getattr(child, "text", str)()
        for child in strip.children()
        if child.isWidgetType()
    ]


def test_the_draft_is_opened_and_the_time_is_said(
    qtbot: QtBot, window: MainWindow, store: DraftStore, look: Look, unclean: str
) -> None:
    window.show_start()
    mark = RunningMark(store.path.parent)
    look_back(window, look, store, mark)
    assert window.workspace.session.identity.draft_id == unclean
    (strip,) = strips(window)
    qtbot.mouseClick(strip.asking, Qt.MouseButton.LeftButton)
    assert strip.isHidden()
    assert window.workspace.navigator.current == "cover"
    mark.clear()


def test_nothing_is_said_after_a_clean_end_nor_without_a_change(
    window: MainWindow, store: DraftStore, look: Look
) -> None:
    draft_id = window.shelf.sample()
    store.save(draft_id, {"project_name": NAME}, origin="typed")
    window.show_start()
    folder = store.path.parent
    clean = RunningMark(folder)
    clean.set(0)
    clean.clear()
    first = RunningMark(folder)
    look_back(window, look, store, first)
    assert window.workspace is None
    first._let_go()  # killed, and nothing was changed while it ran
    second = RunningMark(folder)
    look_back(window, look, store, second)
    assert window.workspace is None
    second.clear()


def test_whoever_asked_for_something_else_gets_it_and_is_told(
    qtbot: QtBot, window: MainWindow, store: DraftStore, look: Look, unclean: str
) -> None:
    other = store.cards()[-1].draft_id
    window.open_draft(other)
    mark = RunningMark(store.path.parent)
    look_back(window, look, store, mark)
    assert window.workspace.session.identity.draft_id == other
    (strip,) = strips(window)
    qtbot.mouseClick(strip.asking, Qt.MouseButton.LeftButton)
    assert window.workspace.session.identity.draft_id == unclean
    mark.clear()


def test_a_damaged_answer_found_while_opening_leads_to_mending(
    window: MainWindow, store: DraftStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft_id = window.shelf.sample()
    back_up(store.path.parent, LATER)
    with store._connection.writing() as db:
        db.execute("UPDATE answer SET value = '{'")
    asked = []
    monkeypatch.setattr(
        "pilotdesk.ui.dialogs.asking.ask_choice", lambda *_given, **_named: asked.append(1) or 0
    )
    window.open_draft(draft_id)
    assert asked == [1]
    assert window.workspace is None


def test_whoever_asked_for_the_desk_stays_at_it(
    qtbot: QtBot, window: MainWindow, store: DraftStore, look: Look, unclean: str, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(IntakeDesk, "_get_ready", lambda _desk: None)  # no workers for what takes nothing in
    assert window.door.open(desk_in(tmp_path / "desk"))
    mark = RunningMark(store.path.parent)
    look_back(window, look, store, mark)
    assert window.door.page.isVisible()
    assert "没有正常关闭" in window.toast._text.text()
    qtbot.mouseClick(window.toast._action, Qt.MouseButton.LeftButton)
    assert window.workspace.session.identity.draft_id == unclean
    mark.clear()
