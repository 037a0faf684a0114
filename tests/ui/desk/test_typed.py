"""What is typed into the dialogs of the desk's papers is never lost, and stays out of the way of whoever begins afresh."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QTimer

import pilotdesk.ui.desk.archive_dialog as archive_module
from pilotdesk.errors import DeskError
from pilotdesk.ui.desk.archive_dialog import ArchiveDialog
from pilotdesk.ui.desk.begun_line import AFRESH, BACK, LOOK_ONLY, PUT_ASIDE
from pilotdesk.ui.desk.incident_dialog import IncidentDialog
from pilotdesk.ui.desk.keeper import PAUSE_MS
from pilotdesk.ui.desk.letter_dialog import LetterDialog
from pilotdesk.ui.desk.page import UNKEPT
from pilotdesk.ui.desk.settings_dialog import SettingsDialog
from pilotdesk.ui.desk.slip_dialog import SlipDialog
from pilotdesk.ui.desk.typed_keeper import TypedKeeper
from tests.review.desk_kit import opened
from tests.ui.desk.kit import sit_at
from tests.ui.desk.outputs_kit import BUREAU, Desktop, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from pilotdesk.ui.desk.page import DeskPage
    from pilotdesk.ui.desk.sitting import Sitting
    from pilotdesk.ui.look.theme import Look

CHILD = Path(__file__).with_name("typed_child.py")
TOLD = "接着王工 6月2日 "


@pytest.fixture
def desks(qtbot: QtBot, look: Look, desk_path: Path) -> Iterator[Callable[..., Desktop]]:
    """Opens the desk's window, and closes the one before, as between two days of work."""
    now: list[Desktop] = []

    def close() -> None:
        for one in now:
            for dialog in one.open_dialogs():
                dialog.reject()
            one.menu.kept.stop()
            one.close()
            one.page.hide()
            one.sitting.desk.close()
        now.clear()

    def open_one(*, look_only: bool = False) -> Desktop:
        close()
        now.append(Desktop(qtbot, look, sit_at(desk_path, look_only=look_only)))
        return now[0]

    yield open_one
    close()


@pytest.fixture
def ready(desk_path: Path) -> Path:
    """The desk's file with a bureau and two picks."""
    with opened(desk_path) as desk:
        desk.set_setting("bureau", BUREAU)
        desk.pick("k3", True)
        desk.pick("k2", True)
    return desk_path


def stored(desk: Desktop | Sitting, paper: str) -> dict[str, str]:
    begun = (desk.sitting if isinstance(desk, Desktop) else desk).desk.begun.of(paper)
    return dict(begun.typed) if begun else {}


def type_into(qtbot: QtBot, dialog: LetterDialog | IncidentDialog, name: str, text: str) -> None:
    editor = dialog.form.lines[name]
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    qtbot.keyClicks(editor, text)


def test_what_is_typed_is_stored_while_the_dialog_is_open(
    desks: Callable[..., Desktop], ready: Path, qtbot: QtBot
) -> None:
    assert PAUSE_MS <= 500
    desk = desks()
    before = desk.sitting.desk.log()
    dialog = desk.choose("letter", LetterDialog)
    assert dialog.begun.isHidden()
    type_into(qtbot, dialog, "number", "126")
    assert stored(desk, "letter") == {}
    with qtbot.waitSignal(desk.sitting.kept):
        pass
    assert stored(desk, "letter") == {"number": "126"}
    assert dialog.form.lines["number"].hasFocus(), "who types is not disturbed"
    assert dialog.begun.isHidden()
    assert desk.sitting.desk.log() == before
    assert "126" not in "".join(desk.sitting.desk.settings().values())


def test_closed_and_opened_another_day_it_goes_on_where_it_was(
    desks: Callable[..., Desktop], ready: Path, qtbot: QtBot
) -> None:
    desk = desks()
    dialog = desk.choose("letter", LetterDialog)
    qtbot.keyClick(dialog.form.lines["kind"], Qt.Key.Key_Down)
    type_into(qtbot, dialog, "number", "126")
    day = dialog.form.lines["dated"]
    day.setFocus()
    day.selectAll()
    qtbot.keyClicks(day, "6-1x")
    desk.tick(dialog.with_table)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert stored(desk, "letter")["number"] == "126", "stored on closing, not a moment later"
    again = desks().choose("letter", LetterDialog)
    assert again.form.text("number") == "126"
    assert again.form.text("kind") == "报告"
    assert again.form.text("dated") == "6-1x", "what is no day yet was typed too"
    assert not again.with_table.isChecked()
    assert again.form.lines["signer"].isVisible()
    assert TOLD in shown(again)


def test_a_closed_paper_reads_the_desk_no_more(page: DeskPage, qtbot: QtBot) -> None:
    page.sitting.set_setting("bureau", BUREAU)
    page.outputs.incident()
    (dialog,) = page.findChildren(IncidentDialog)
    type_into(qtbot, dialog, "course", "what happened")
    timers = [timer for timer in dialog.findChildren(QTimer) if timer.isActive()]
    assert timers, "the sheet follows what was typed a moment later"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not any(timer.isActive() for timer in timers)


def test_the_desk_closed_under_an_open_dialog_loses_nothing(page: DeskPage, qtbot: QtBot) -> None:
    page.sitting.set_setting("bureau", BUREAU)
    page.outputs.incident()
    (dialog,) = page.findChildren(IncidentDialog)
    type_into(qtbot, dialog, "course", "what happened")
    page.stop()
    assert stored(page.sitting, "incident")["course"] == "what happened"


def test_leaving_the_window_stores_it(page: DeskPage, qtbot: QtBot) -> None:
    page.sitting.set_setting("bureau", BUREAU)
    page.outputs.incident()
    (dialog,) = page.findChildren(IncidentDialog)
    type_into(qtbot, dialog, "other", "x")
    assert page.flush()
    assert stored(page.sitting, "incident")["other"] == "x"


@pytest.mark.parametrize(("paper", "line"), [("letter", "copies"), ("incident", "reasons")])
def test_it_survives_a_kill(desks: Callable[..., Desktop], ready: Path, paper: str, line: str) -> None:
    run = subprocess.run(
        [sys.executable, str(CHILD), str(ready), paper, line], capture_output=True, check=False, timeout=280
    )
    assert run.returncode < 0, run.stderr.decode()
    assert b"stored" in run.stdout
    kind = {"letter": LetterDialog, "incident": IncidentDialog}[paper]
    assert desks().choose(paper, kind).form.text(line) == "typed, then killed"


def test_afresh_puts_aside_and_nothing_is_gone(
    desks: Callable[..., Desktop], ready: Path, qtbot: QtBot
) -> None:
    desk = desks()
    dialog = desk.choose("incident", IncidentDialog)
    type_into(qtbot, dialog, "course", "first")
    desk.tick(dialog.causes["受到行政处罚"])
    dialog.reject()
    again = desk.choose("incident", IncidentDialog)
    desk.press(again, AFRESH)
    assert again.form.text("course") == ""
    assert not again.causes["受到行政处罚"].isChecked()
    assert stored(desk, "incident") == {}
    assert again.begun.said.plain == PUT_ASIDE
    type_into(qtbot, again, "course", "second")
    again.reject()
    third = desks().choose("incident", IncidentDialog)
    assert third.form.text("course") == "second"
    desk = desks()
    third = desk.choose("incident", IncidentDialog)
    desk.press(third, BACK)
    assert third.form.text("course") == "first"
    assert third.causes["受到行政处罚"].isChecked()
    desk.press(third, BACK)
    assert third.form.text("course") == "second"


def test_what_was_said_of_a_project_stays_with_it(
    desks: Callable[..., Desktop], ready: Path, qtbot: QtBot
) -> None:
    desk = desks()
    desk.sitting.show_one("k2")
    dialog = desk.choose("incident", IncidentDialog)
    type_into(qtbot, dialog, "course", "of k2")
    dialog.reject()
    desk.sitting.show_one("k3")
    again = desk.choose("incident", IncidentDialog)
    assert again.form.text("key") == "k2"
    desk.press(again, AFRESH)
    assert again.form.text("key") == "k3"


def test_a_project_alone_is_nothing_typed(desks: Callable[..., Desktop], ready: Path, qtbot: QtBot) -> None:
    desk = desks()
    dialog = desk.choose("incident", IncidentDialog)
    qtbot.keyClick(dialog.form.lines["key"], Qt.Key.Key_Down)
    assert dialog.form.text("key")
    dialog.reject()
    assert stored(desk, "incident") == {}
    assert desk.choose("incident", IncidentDialog).begun.isHidden()


def test_a_project_that_has_gone_is_chosen_anew(desks: Callable[..., Desktop], ready: Path) -> None:
    with opened(ready) as desk:
        desk.begun.keep("incident", {"key": "gone", "course": "of another", "causes": "不认识的"})
        desk.begun.keep("letter", {"kind": "一种新文种", "number": "7", "line of later": "x"})
    window = desks()
    window.sitting.show_one("k3")
    dialog = window.choose("incident", IncidentDialog)
    assert dialog.form.text("key") == ""
    assert dialog.form.text("course") == "of another"
    dialog.reject()
    letter = window.choose("letter", LetterDialog)
    assert letter.form.text("kind") == "函", "what another version knows is left as it is"
    assert letter.form.text("number") == "7"


def test_a_desk_to_look_at_shows_it_keeps_nothing_and_says_so(
    desks: Callable[..., Desktop], ready: Path, qtbot: QtBot
) -> None:
    with opened(ready) as desk:
        desk.begun.keep("letter", {"number": "126"})
    desk = desks(look_only=True)
    failed: list[DeskError] = []
    desk.sitting.failed.connect(failed.append)
    dialog = desk.choose("letter", LetterDialog)
    assert dialog.form.text("number") == "126"
    assert LOOK_ONLY in shown(dialog)
    type_into(qtbot, dialog, "copies", "x")
    dialog.reject()
    assert desk.choose("letter", LetterDialog).form.text("copies") == "x", "as long as the window is there"
    assert failed == []
    again = desks().choose("letter", LetterDialog)
    assert (again.form.text("number"), again.form.text("copies")) == ("126", "")


def test_what_cannot_be_stored_is_told_and_stored_later(
    page: DeskPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.sitting.set_setting("bureau", BUREAU)
    page.outputs.incident()
    (dialog,) = page.findChildren(IncidentDialog)
    page.sitting.desk.access.refusal = DeskError("desk_full", folder="D:")
    type_into(qtbot, dialog, "course", "on a full disk")
    qtbot.waitUntil(dialog.begun.isVisible)
    assert "还没有存进审核台" in dialog.begun.said.plain
    assert str(page.sitting.desk.access.refusal) in dialog.begun.said.plain
    assert str(page.sitting.desk.access.refusal) in page.foot.said.toolTip() + page.foot.said.text()
    dialog.reject()
    asked: list[str] = []
    monkeypatch.setattr(
        "pilotdesk.ui.desk.page.ask_choice", lambda _w, _l, title, _t, **_how: asked.append(title) or 1
    )
    assert not page.may_leave()
    assert asked == [UNKEPT[0]]
    page.sitting.desk.access.refusal = None
    qtbot.waitUntil(lambda: "course" in stored(page.sitting, "incident"))
    page.outputs.incident()
    again = next(one for one in page.findChildren(IncidentDialog) if one.isVisible())
    assert again.form.text("course") == "on a full disk"
    assert "还没有存进审核台" not in again.begun.said.plain


def test_a_desk_file_of_before_has_room_for_it(
    desks: Callable[..., Desktop], ready: Path, qtbot: QtBot
) -> None:
    with contextlib.closing(sqlite3.connect(ready)) as plain:
        plain.execute("DROP TABLE begun")
        plain.commit()
    assert desks(look_only=True).choose("letter", LetterDialog).form.text("number") == ""
    dialog = desks().choose("letter", LetterDialog)
    type_into(qtbot, dialog, "number", "126")
    dialog.reject()
    assert desks().choose("letter", LetterDialog).form.text("number") == "126"


def test_the_day_and_the_contact_of_slips_are_kept(
    desks: Callable[..., Desktop], ready: Path, qtbot: QtBot
) -> None:
    def slips() -> SlipDialog:
        desk = desks()
        desk.menu.slips()  # from a button of the page
        (dialog,) = desk.open_dialogs()
        assert isinstance(dialog, SlipDialog)
        return dialog

    dialog = slips()
    dialog.contact.setFocus()
    qtbot.keyClicks(dialog.contact, "0791-1")
    dialog.due.setFocus()
    qtbot.keyClicks(dialog.due, "2026-06-20")
    again = slips()
    assert again.contact.text() == "0791-1"
    assert again.due.text() == "2026-06-20"


def test_settings_that_were_not_stored_are_there_again(
    desks: Callable[..., Desktop], ready: Path, qtbot: QtBot
) -> None:
    def typed(text: str) -> tuple[Desktop, SettingsDialog]:
        desk = desks()
        dialog = desk.choose("settings", SettingsDialog)
        dialog.form.lines["phone"].setFocus()
        qtbot.keyClicks(dialog.form.lines["phone"], text)
        return desk, dialog

    typed("0791-1")[1].reject()
    desk, dialog = typed("2")
    assert dialog.form.text("phone") == "0791-12"
    assert TOLD in shown(dialog)
    desk.press(dialog, "存下")
    assert desk.sitting.desk.settings()["phone"] == "0791-12"
    assert stored(desk, "settings") == {}
    desk, dialog = typed("3")
    dialog.reject()
    desk, dialog = typed("4")
    desk.press(dialog, "不要这些，用存着的")
    assert dialog.form.text("phone") == "0791-12"
    desk.press(dialog, BACK)
    assert dialog.form.text("phone") == "0791-1234"
    desk.press(dialog, "不改了")
    assert stored(desk, "settings") == {}
    assert desk.choose("settings", SettingsDialog).begun.isHidden()
    assert desks().choose("settings", SettingsDialog).form.text("phone") == "0791-12"


def test_folders_of_originals_are_kept(
    desks: Callable[..., Desktop], ready: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive_module, "ask_folder", lambda *_asked: tmp_path / "原件")
    desk = desks()
    desk.press(desk.choose("archive", ArchiveDialog), "加文件夹")
    assert tmp_path / "原件" in desks().choose("archive", ArchiveDialog).places()


def test_after_the_end_nothing_is_written(sitting: Sitting) -> None:
    keeper = TypedKeeper(sitting, sitting)
    keeper.write("letter", {"number": "1"})
    keeper.stop()
    assert stored(sitting, "letter") == {"number": "1"}
    keeper.write("letter", {"number": "12"})
    assert keeper.is_clear
    assert not keeper._pause.isActive()
