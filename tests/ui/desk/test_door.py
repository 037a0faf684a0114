"""The way to the desk: the first time, the next time, held by somebody else, not there, not sound."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget

from pilotdesk.drafts.places import Unfit
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.review.desk.copies import copies_of, keep_copy
from pilotdesk.review.desk.file import Desk
from pilotdesk.ui.components.basic import Button
from pilotdesk.ui.components.notice_strip import NoticeStrip
from pilotdesk.ui.desk import door, door_dialog
from pilotdesk.ui.desk.door_dialog import NewDesk, NewDeskDialog, province_of
from pilotdesk.ui.desk.former_dialog import FormerDialog
from pilotdesk.ui.desk.intake_desk import IntakeDesk
from pilotdesk.ui.desk.keys_sheet import show_desk_keys
from pilotdesk.ui.desk.page import STILL
from pilotdesk.ui.dialogs import file_asking
from pilotdesk.ui.look.tokens import TypeSize
from pilotdesk.ui.start.head import StartHead
from pilotdesk.ui.tasks.cover import Cover
from tests.review.desk_kit import submission
from tests.ui.desk.kit import UNITS, ticking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from pilotdesk.ui.look.theme import Look
    from pilotdesk.ui.window.main_window import MainWindow


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Codes of the trouble that was said."""
    codes: list[str] = []
    monkeypatch.setattr(door, "tell_trouble", lambda _window, _look, trouble: codes.append(trouble.code))
    return codes


def enter(qtbot: QtBot, window: MainWindow) -> None:
    """From the start page, as a person does it."""
    window.show_start()
    qtbot.mouseClick(window.desk.page.findChild(StartHead).desk, Qt.MouseButton.LeftButton)


def asked(folder: Path, *_given: object) -> NewDesk:
    settings = {"province": "江西省", "submitter": "36", "bureau": "某局", "reviewer": "李敏"}
    return NewDesk(province="江西省", folder=folder, round=load_shipped("2026").round, settings=settings)


def test_it_is_said_at_once_that_the_desk_is_being_opened(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    covered: list[bool] = []

    def asking(*_given: object) -> NewDesk:
        (cover,) = window.findChildren(Cover)
        covered.append(cover.isVisible() and cover.size() == window.size())
        return asked(tmp_path / "台")

    monkeypatch.setattr(door, "ask_new_desk", asking)
    enter(qtbot, window)
    assert covered == [True]
    qtbot.waitUntil(lambda: not window.findChildren(Cover))


def test_the_first_time_a_desk_is_made_and_the_next_time_it_opens(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "ask_new_desk", lambda *_given: asked(tmp_path / "台"))
    enter(qtbot, window)
    assert window.door.page.isVisible()
    assert window.door.page.sitting.desk.path == tmp_path / "台" / "审核台_江西省_2026.db"
    assert window.door.page.sitting.desk.who == "李敏"
    assert "审核台" in window.windowTitle()
    qtbot.mouseClick(window.door.page.header.home, Qt.MouseButton.LeftButton)
    assert window.door.page is None
    assert window.desk.page.isVisible()
    monkeypatch.setattr(door, "ask_new_desk", lambda *_given: pytest.fail("asked again"))
    enter(qtbot, window)
    assert window.door.page.isVisible()


def test_closing_the_window_lets_go_of_the_desk(window: MainWindow, desk_path: Path) -> None:
    assert window.door.open(desk_path)
    window.close()
    again = Desk(desk_path, ticking())
    assert again.held is None
    again.close()


def test_what_is_not_there_is_said_and_another_one_is_asked_for(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    window._settings.keep(desk_file=str(tmp_path / "没有.db"))
    shown = []
    monkeypatch.setattr(door, "ask_new_desk", lambda *_given: shown.append(1))
    enter(qtbot, window)
    assert told == ["desk_missing"]
    assert shown == [1]
    assert window.desk.page.isVisible()


def test_a_desk_that_another_window_has_can_only_be_looked_at(
    qtbot: QtBot, window: MainWindow, desk_path: Path
) -> None:
    first = Desk(desk_path, ticking())
    try:
        assert window.door.open(desk_path)
        page = window.door.page
        assert "只能看" in page.foot.said.text()
        assert not page.header.intake.isEnabled()
        assert not page.keys.actions["passed"].isEnabled()
        assert len(page.sitting.rows) == len(UNITS)
    finally:
        first.close()
    qtbot.mouseClick(page.foot.remedy, Qt.MouseButton.LeftButton)
    assert not window.door.page.sitting.is_look_only
    assert window.door.page.keys.actions["passed"].isEnabled()


def test_who_was_away_too_long_is_told_and_writes_no_more(window: MainWindow, desk_path: Path) -> None:
    window.door.open(desk_path)
    lock = desk_path.with_name(f"{desk_path.name}.lock")
    lock.write_bytes(lock.read_bytes().replace(b'"token": "', b'"token": "f'))
    window.door.beat()
    page = window.door.page
    assert "已由别的电脑接着用" in page.foot.said.text()
    page.sitting.pick("k2", True)
    assert not page.sitting.rows["k2"].picked


def test_the_bureau_follows_the_province_until_it_is_written_in(
    qtbot: QtBot, look: Look, tmp_path: Path
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    dialog = NewDeskDialog(window, look, load_shipped("2026").round, tmp_path)
    make = next(one for one in dialog.findChildren(Button) if one.text() == door_dialog.MAKE)
    assert not make.isEnabled()
    dialog.province.setCurrentIndex(dialog.province.findText("江西省"))
    assert make.isEnabled()
    assert dialog.bureau.text() == "江西省市场监督管理局"
    dialog.province.setCurrentIndex(dialog.province.findText("新疆生产建设兵团"))
    assert dialog.bureau.text() == "新疆生产建设兵团市场监督管理局"
    dialog.bureau.setText("某局")
    dialog.province.setCurrentIndex(dialog.province.findText("北京市"))
    assert dialog.bureau.text() == "某局"
    assert dialog.answer().settings["submitter"] == "11"


def damage(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    whole[4096:-4096] = b"\x5a" * (len(whole) - 8192)
    path.write_bytes(whole)


def test_a_damaged_desk_comes_back_from_its_newest_good_copy(
    window: MainWindow, desk_path: Path, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    good = keep_copy(desk_path, ticking())
    keep_copy(desk_path, ticking()).path.write_bytes(b"nothing")
    damage(desk_path)
    asked: list[str] = []

    def use(_window: object, _look: object, title: str, text: str, *, actions: object) -> int:
        asked.append(text)
        return 1

    monkeypatch.setattr(door, "ask_choice", use)
    assert window.door.open(desk_path)
    assert len(window.door.page.sitting.rows) == len(UNITS)
    assert f"{good.moment:%H:%M}" in asked[0]
    assert told == []
    assert len(list(desk_path.parent.glob("*读不出来*.db"))) == 1


def test_a_damaged_desk_without_a_copy_is_said_and_left_as_it_is(
    window: MainWindow, desk_path: Path, told: list[str]
) -> None:
    window.show_start()
    damage(desk_path)
    before = desk_path.read_bytes()
    assert not window.door.open(desk_path)
    assert told == ["desk_damaged"]
    assert desk_path.read_bytes() == before
    assert window.desk.page.isVisible()


def test_what_is_no_desk_is_said(window: MainWindow, tmp_path: Path, told: list[str]) -> None:
    (tmp_path / "空.db").write_bytes(b"")
    with contextlib.closing(sqlite3.connect(tmp_path / "别的.db")) as plain:
        plain.execute("CREATE TABLE other (a)")
    assert not window.door.open(tmp_path / "空.db")
    assert not window.door.open(tmp_path / "别的.db")
    assert told == ["desk_damaged", "desk_foreign"]


def test_a_desk_of_a_newer_program_is_said(window: MainWindow, desk_path: Path, told: list[str]) -> None:
    with contextlib.closing(sqlite3.connect(desk_path)) as plain:
        plain.execute("PRAGMA user_version = 99")
    assert not window.door.open(desk_path)
    assert told == ["desk_too_new"]


def test_every_day_of_work_leaves_a_copy(qtbot: QtBot, window: MainWindow, desk_path: Path) -> None:
    window.door.open(desk_path)
    page = window.door.page
    qtbot.waitUntil(lambda: page.foot.copied.text().startswith("备份 "))
    (first,) = copies_of(desk_path)
    page.sitting.pick("k2", True)
    window.show_start()
    assert len(copies_of(desk_path)) == 2
    assert {one.name for one in desk_path.parent.iterdir()} == {desk_path.name, f"{desk_path.stem}_备份"}
    assert {one.suffix for one in first.path.parent.iterdir()} == {".db"}
    for _ in range(2):  # nothing is decided: nothing new is kept
        window.door.open(desk_path)
        qtbot.waitUntil(
            lambda: window.door.page.foot.copied.text() != "" and not window.door.page.copies.is_busy
        )
        window.show_start()
    assert len(copies_of(desk_path)) == 2
    again = Desk(first.path, ticking(), look_only=True)
    assert not again.row("k2").picked
    again.close()


def test_what_was_taken_in_is_copied_though_nothing_was_decided(
    qtbot: QtBot, window: MainWindow, desk_path: Path
) -> None:
    window.door.open(desk_path)
    page = window.door.page
    qtbot.waitUntil(lambda: len(copies_of(desk_path)) == 1 and not page.copies.is_busy)
    page.sitting.desk.take(submission("k7"))
    page.sitting.took(["k7"], ())
    page.intake.crossed.emit()
    qtbot.waitUntil(lambda: len(copies_of(desk_path)) == 2 and not page.copies.is_busy)
    copy = Desk(copies_of(desk_path)[-1].path, ticking(), look_only=True)
    assert copy.row("k7").number == 7
    copy.close()
    page.sitting.desk.take(submission("k8"))
    page.sitting.took(["k8"], ())
    window.show_start()
    assert len(copies_of(desk_path)) == 3


def test_a_bad_place_is_told_and_the_desk_moves(
    qtbot: QtBot, window: MainWindow, desk_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "OneDrive" / desk_path.name
    bad.parent.mkdir()
    shutil.copy(desk_path, bad)
    window.door.open(bad)
    qtbot.waitUntil(lambda: window.door.page.findChild(NoticeStrip) is not None)
    strip = window.door.page.findChild(NoticeStrip)
    assert "OneDrive" in strip.said.plain
    window.door.page.sitting.pick("k2", True)
    monkeypatch.setattr(door, "ask_folder", lambda *_given: tmp_path / "好地方")
    qtbot.mouseClick(strip.asking, Qt.MouseButton.LeftButton)
    assert window.door.page.sitting.desk.path == tmp_path / "好地方" / desk_path.name
    assert window.door.page.sitting.rows["k2"].picked
    assert bad.exists()
    assert window._settings.choices.desk_file == str(tmp_path / "好地方" / desk_path.name)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_alt_opens_the_menu_of_the_desk(qtbot: QtBot, window: MainWindow, desk_path: Path) -> None:
    window.door.open(desk_path)
    qtbot.keyPress(window, Qt.Key.Key_Alt)
    qtbot.keyRelease(window, Qt.Key.Key_Alt)
    (menu,) = [one for one in window.door.page.findChildren(QMenu) if one.isVisible()]
    menu.close()


def test_a_desk_made_where_there_is_one_goes_on_with_it(
    window: MainWindow, desk_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "ask_new_desk", lambda *_given: asked(desk_path.parent))
    monkeypatch.setattr(door, "ask_choice", lambda *_given, **_more: 1)
    window.door.make()
    assert len(window.door.page.sitting.rows) == len(UNITS)


def test_what_is_written_is_stored_when_the_window_loses_the_focus(
    qtbot: QtBot, window: MainWindow, desk_path: Path
) -> None:
    window.door.open(desk_path)
    page = window.door.page
    page.sitting.show_one("k2")
    qtbot.waitUntil(lambda: page.panel.points.sight is not None)  # the form is read meanwhile
    page.panel.speak_of("")
    page.panel.words.box.area.setPlainText("请补附件")
    window.flush()
    assert [one.text for one in page.sitting.desk.opinions("k2")] == ["请补附件"]


def test_nobody_leaves_while_something_is_taken_in_without_a_word(
    window: MainWindow, desk_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.door.open(desk_path)
    page, asked, answers = window.door.page, [], [1, 0]
    monkeypatch.setattr(IntakeDesk, "is_running", True)

    def answer(_window: object, _look: object, title: str, _text: str, *, actions: object) -> int:
        asked.append(title)
        return answers.pop(0)

    monkeypatch.setattr("pilotdesk.ui.desk.page.ask_choice", answer)
    window.show_start()
    assert window.door.page is page
    assert page.isVisible()
    window.show_start()
    assert window.door.page is None
    assert asked == [STILL[0]] * 2


def test_a_file_that_does_not_open_leads_back_to_the_start_page(
    window: MainWindow, desk_path: Path, tmp_path: Path, told: list[str]
) -> None:
    window.door.open(desk_path)
    assert not window.door.open(tmp_path / "没有.db")
    assert told == ["desk_missing"]
    assert window.desk.page.isVisible()
    assert window._settings.choices.desk_file == str(desk_path)


def test_every_province_has_a_name_of_its_own() -> None:
    names = [province_of(submitter) for submitter in load_shipped("2026").round.submitter]
    assert len(set(names)) == len(names)
    assert all(name.endswith(("省", "市", "自治区", "兵团")) for name in names)
    assert {"内蒙古自治区", "北京市", "新疆生产建设兵团", "江西省"} <= set(names)


def test_dialogs_begin_among_the_papers_of_the_user(
    qtbot: QtBot, window: MainWindow, desk_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Left to themselves they begin where the program lies, and what is put there goes with its next version."""
    papers, stick = tmp_path / "文档", tmp_path / "U盘"
    QApplication.instance().setProperty("folder_used", None)
    for module in (file_asking, door):
        monkeypatch.setattr(module, "papers_place", lambda: papers)
    begun: list[Path] = []

    def answer(_parent: object, _title: str, begin: str, _kinds: str = "") -> tuple[str, str]:
        begun.append(Path(begin))
        return (str(stick / "别的.db"), "") if len(begun) == 1 else ("", "")

    for method in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, method, answer)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *given: answer(*given)[0])
    assert door_dialog.ask_desk_file(window) == stick / "别的.db"
    window.door.open(desk_path)
    page = window.door.page
    window.door.move()
    show_desk_keys(page, page.look).save.click()
    page.outputs.copy()
    page.outputs.former()
    page.findChild(FormerDialog).choose.click()
    assert begun[:2] == [papers, papers]
    assert {one.parent for one in begun[2:4]} == {stick, desk_path.parent}
    assert begun[4:] == [stick]
    QApplication.instance().setProperty("folder_used", None)


def test_a_new_desk_is_asked_for_in_the_lowest_window_with_the_largest_type(
    qtbot: QtBot, look: Look, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "资料放在临时文件夹里：电脑清理垃圾时会一起删掉，请移到别的地方。"
    monkeypatch.setattr(door_dialog, "wrong_with", lambda _folder: Unfit("temporary", said))
    look.set_size(TypeSize.EXTRA)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(911, 441)
    window.show()
    dialog = NewDeskDialog(window, look, load_shipped("2026").round, tmp_path)
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.height() <= 441
    assert dialog.warning.height() >= dialog.warning.heightForWidth(dialog.warning.width())
    assert dialog.rect().contains(dialog.make.geometry())
    assert dialog.focusWidget() is dialog.province
    dialog.reject()
