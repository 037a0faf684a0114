"""收件 in the window: dropped, chosen, cancelled, with passwords and broken files; and what came of it."""

from __future__ import annotations

import dataclasses
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from pilotdesk.drafts.package import read_package, write_package
from pilotdesk.errors import DeskError
from pilotdesk.review.desk.taker import Taking
from pilotdesk.review.desk.unfinished import unfinished
from pilotdesk.review.intake import words
from pilotdesk.ui.components.basic import Button
from pilotdesk.ui.desk import intake_choice, intake_desk
from pilotdesk.ui.desk.intake_desk import IntakeDesk
from pilotdesk.ui.desk.intake_left_out import LeftOutDialog
from pilotdesk.ui.desk.intake_passwords import PasswordsDialog
from pilotdesk.ui.desk.intake_strip import end_words
from pilotdesk.ui.tasks.worker import TaskRunner
from tests.review.desk_kit import desk_in
from tests.review.intake_kit import Here, copy, sample, unit, zipped
from tests.ui.desk.kit import sit_at, ticking

SECONDS = 60_000


class Gate(Here):
    """A pool that does so much work, and no more until it is opened."""

    def __init__(self, room=0):
        super().__init__()
        self._left = room
        self._open = threading.Event()
        self.reached = threading.Event()

    def let_go(self):
        self._open.set()

    def results(self, seconds):
        if self._left <= 0 and not self._open.is_set():
            self.reached.set()
            self._open.wait(0.01)
            return []
        done = super().results(seconds)
        self._left -= len(done)
        return done


@pytest.fixture
def sitting(tmp_path, qapp):
    sitting = sit_at(desk_in(tmp_path / "desk"))
    yield sitting
    sitting.desk.close()


@pytest.fixture
def here(monkeypatch):
    """Work is done in the thread of the run, and nothing is laid side by side: no process has to start."""
    monkeypatch.setattr(intake_desk, "Pool", lambda _count, _today: Here())
    monkeypatch.setattr(intake_desk, "cross", lambda *_: True)


@pytest.fixture
def place(qtbot, look, sitting, here):
    with Place(qtbot, look, sitting) as place:
        yield place


class Place:
    """A page with the strip on it."""

    def __init__(self, qtbot, look, sitting):
        self.qtbot = qtbot
        self.sitting = sitting
        self.page = QWidget()
        self.page.resize(900, 600)
        qtbot.addWidget(self.page)
        runner = TaskRunner(self.page)
        self._runner = runner
        self.desk = IntakeDesk(self.page, look, sitting, clock=ticking(), runner=runner)
        QVBoxLayout(self.page).addWidget(self.desk.strip)
        self.page.show()
        self.troubles = []
        sitting.failed.connect(self.troubles.append)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.desk.close()
        self._runner.close()

    @property
    def said(self):
        return self.desk.strip.said.plain.replace("**", "")

    def work_with(self, pool):
        """Put a pool in the place of that which is started with the page."""
        self.qtbot.waitUntil(lambda: self.desk._pool is not None, timeout=SECONDS)
        self.desk._pool.close()
        self.desk._pool = pool

    def drop(self, *paths):
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        held = (mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        entering = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, *held)
        QApplication.sendEvent(self.page, entering)
        if not entering.isAccepted():
            return False
        QApplication.sendEvent(self.page, QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, *held))
        return True

    def take(self, *paths):
        """Drop, and wait for the end."""
        with self.qtbot.waitSignal(self.desk.crossed, timeout=SECONDS):
            assert self.drop(*paths)
        return self.said

    def press(self, button):
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def dialog(self, kind):
        self.qtbot.waitUntil(lambda: self.page.findChild(kind) is not None, timeout=SECONDS)
        dialog = self.page.findChild(kind)
        self.qtbot.waitUntil(dialog.isVisible, timeout=SECONDS)
        return dialog

    def units(self):
        return [row.facts.unit for row in self.sitting.rows.values()]


def button(inside, text):
    return next(one for one in inside.findChildren(Button) if one.text() == text)


def locked(target, number, password):
    unit(number, target)
    write_package(read_package(target), target, password)
    return target


def test_a_dropped_folder_becomes_lines_and_a_broken_file_is_named(place, tmp_path, monkeypatch):
    folder = tmp_path / "来"
    unit(1, folder / "甲" / "申报书.pilot")
    unit(2, folder / "乙" / "申报书.pilot")
    (folder / "丙").mkdir()
    (folder / "丙" / "断.pilot").write_bytes(b"PK\x03\x04")
    seen = []
    place.sitting.changed.connect(lambda: seen.append(len(place.sitting.rows)))
    assert place.take(folder) == "收完了：新收 2 件，没收进来的文件 1 个"
    assert sorted(place.units()) == ["第1单位", "第2单位"]
    assert [row.number for row in place.sitting.rows.values()] == [1, 2]
    assert seen[0] == 1  # the first line did not wait for the second
    assert not place.desk.strip.stop.isVisible()
    place.press(place.desk.strip.look_at)
    dialog = place.dialog(LeftOutDialog)
    ((shown, reason),) = [dialog.model.lines(at) for at in range(dialog.model.rowCount())]
    assert shown == "丙/断.pilot"
    assert "断.pilot" in reason
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile())))
    place.press(dialog.open_folder)
    assert opened == [folder / "丙"]
    place.press(dialog.copy_all)
    assert QGuiApplication.clipboard().text() == f"{shown}\t{reason}"
    place.press(button(dialog, "看完了"))
    place.press(place.desk.strip.fold)
    assert not place.desk.strip.isVisible()


def test_empty_files_are_told_of_in_one_line_and_counted_one_by_one(place, tmp_path):
    folder = tmp_path / "来"
    folder.mkdir()
    for number in range(30):
        (folder / f"{number}.pdf").touch()
    (folder / "旧.rar").write_bytes(b"Rar!")
    assert place.take(folder) == "收完了：没收进来的文件 31 个"
    assert place.desk.strip.look_at.text() == "看没收的 31 个"
    place.press(place.desk.strip.look_at)
    dialog = place.dialog(LeftOutDialog)
    assert [dialog.model.lines(at)[0] for at in range(dialog.model.rowCount())] == ["旧.rar", "30 个空文件"]


def test_a_file_out_of_an_archive_is_found_beside_the_archive(place, tmp_path, monkeypatch):
    zipped(tmp_path / "一" / "包.zip", {"里/断.pilot": b"PK\x03\x04"})
    (tmp_path / "二").mkdir()
    place.take(tmp_path / "一", tmp_path / "二")
    place.press(place.desk.strip.look_at)
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile())))
    place.press(place.dialog(LeftOutDialog).open_folder)
    assert opened == [tmp_path / "一"]


def test_the_same_again_and_the_next_round_are_told_apart(place, tmp_path):
    unit(1, tmp_path / "来" / "甲" / "申报书.pilot")
    unit(2, tmp_path / "来" / "乙" / "申报书.pilot")
    place.take(tmp_path / "来")
    assert place.take(tmp_path / "来") == "收完了：没有变化 2 件"
    unit(2, tmp_path / "来" / "乙" / "申报书.pilot", staff_count=77)
    assert place.take(tmp_path / "来") == "收完了：再次报来 1 件，没有变化 1 件"
    assert {row.facts.unit: row.handed for row in place.sitting.rows.values()} == {"第1单位": 1, "第2单位": 2}


def test_a_new_title_is_the_next_round_of_the_same_project(place, tmp_path):
    target = unit(1, tmp_path / "来" / "甲" / "申报书.pilot")
    package = dataclasses.replace(read_package(target), project="k7q42m9x0abc")
    write_package(package, target)
    place.take(tmp_path / "来")
    other = {**package.values, "project_name": "第1单位另一个名字"}
    write_package(dataclasses.replace(package, values=other), target)
    assert place.take(tmp_path / "来") == "收完了：再次报来 1 件"
    assert [(row.number, row.handed) for row in place.sitting.rows.values()] == [(1, 2)]


def test_nothing_of_an_application_is_said(place, tmp_path):
    (tmp_path / "来").mkdir()
    assert place.take(tmp_path / "来") == "收完了，没有找到申报材料"
    assert place.desk.strip._symbol._symbol[:2] == ("alert-triangle-filled", "warn")  # no green tick for that


def test_cancelled_it_ends_and_what_was_taken_in_stays(place, tmp_path, qtbot):
    for number in range(4):
        unit(number, tmp_path / "来" / str(number) / "申报书.pilot")
    gate = Gate(2)  # one file looked at, one submission judged
    place.work_with(gate)
    place.desk._gathered.setInterval(
        10 * SECONDS
    )  # the first line does not wait for others to be shown with it
    assert place.drop(tmp_path / "来")
    qtbot.waitUntil(lambda: place.units() == ["第0单位"], timeout=SECONDS)
    qtbot.waitUntil(gate.reached.is_set, timeout=SECONDS)
    assert place.desk.is_running
    with qtbot.waitSignal(place.desk.crossed, timeout=SECONDS):
        place.press(place.desk.strip.stop)
    assert place.said == "停下了，已收的都在：新收 1 件"
    assert place.units() == ["第0单位"]
    assert place.take(tmp_path / "来") == "收完了：新收 3 件，没有变化 1 件"


def test_what_is_dropped_meanwhile_comes_after_it(place, tmp_path, qtbot):
    for name, number in (("一", 1), ("二", 2)):
        unit(number, tmp_path / name / "甲" / "申报书.pilot")
    gate = Gate()
    place.work_with(gate)
    assert place.drop(tmp_path / "一")
    qtbot.waitUntil(gate.reached.is_set, timeout=SECONDS)
    assert place.drop(tmp_path / "二")
    qtbot.waitUntil(lambda: "后面拖进来的 1 批" in place.said, timeout=SECONDS)
    with qtbot.waitSignal(place.desk.crossed, timeout=SECONDS):
        gate.let_go()
    assert place.units() == ["第1单位", "第2单位"]


def test_passwords_are_asked_for_once_when_all_else_is_there(place, tmp_path, qtbot):
    folder = tmp_path / "来"
    unit(1, folder / "甲" / "申报书.pilot")
    for number in (2, 3, 4):
        locked(
            folder / f"乙{number}" / "申报书.pilot",
            number,
            "shared-word" if number < 4 else "another-word",
        )
    assert place.drop(folder)
    dialog = place.dialog(PasswordsDialog)
    qtbot.waitUntil(lambda: place.units() == ["第1单位"], timeout=SECONDS)
    assert "3 个文件加了密码" in place.said
    assert [entry.accessibleName() for entry in dialog.entries] == [
        f"乙{number}/申报书.pilot 的密码" for number in (2, 3, 4)
    ]
    qtbot.keyClicks(dialog.entries[0], "shared-word")
    with qtbot.waitSignal(place.desk.crossed, timeout=SECONDS):
        qtbot.keyClick(dialog.entries[0], Qt.Key.Key_Return)
    assert sorted(place.units()) == ["第1单位", "第2单位", "第3单位"]
    assert place.said == "收完了：新收 3 件，没收进来的文件 1 个，其中 1 个填的密码打不开"
    assert [one.file.place for one in place.desk._left_out.left_out] == ["乙4/申报书.pilot"]


def test_passwords_that_nobody_knows_leave_the_files_and_their_reasons(place, tmp_path, qtbot):
    locked(tmp_path / "来" / "乙" / "申报书.pilot", 2, "shared-word")
    assert place.drop(tmp_path / "来")
    dialog = place.dialog(PasswordsDialog)
    with qtbot.waitSignal(place.desk.crossed, timeout=SECONDS):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert place.said == "收完了：没收进来的文件 1 个，其中 1 个等着密码"
    (left,) = place.desk._left_out.left_out
    assert "密码" in left.file.sentence


@pytest.mark.parametrize("typed", ["", "wrong-word"])
def test_a_package_that_stays_closed_is_named_though_its_word_file_was_read(place, tmp_path, qtbot, typed):
    folder = tmp_path / "来" / "乙"
    copy("a.docx", folder / "申报书.docx")
    write_package(sample(), folder / "申报书.pilot", "shared-word")
    assert place.drop(tmp_path / "来")
    dialog = place.dialog(PasswordsDialog)
    qtbot.keyClicks(dialog.entries[0], typed)
    with qtbot.waitSignal(place.desk.crossed, timeout=SECONDS):
        qtbot.keyClick(dialog.entries[0], Qt.Key.Key_Return)
        if typed:
            qtbot.keyClick(second_chance(place, dialog, qtbot), Qt.Key.Key_Escape)
    why = "填的密码打不开" if typed else "等着密码"
    assert place.units() == ["南汀县政务服务中心"]
    assert place.said == f"收完了：新收 1 件，没收进来的文件 1 个，其中 1 个{why}"
    (left,) = place.desk._left_out.left_out
    assert left.file.place == "乙/申报书.pilot"
    assert left.file.sentence == (words.STILL_LOCKED if typed else words.LOCKED)
    assert left.folder == folder


def second_chance(place, first, qtbot):
    """The dialog that comes when what was typed opened nothing."""

    def others():
        found = place.page.findChildren(PasswordsDialog)
        return [one for one in found if one is not first and one.isVisible()]

    qtbot.waitUntil(lambda: bool(others()), timeout=SECONDS)
    (again,) = others()
    return again


def test_a_password_that_was_mistyped_is_asked_for_again_and_those_left_empty_are_not(place, tmp_path, qtbot):
    folder = tmp_path / "来"
    for number in (2, 3, 4):
        locked(folder / f"乙{number}" / "申报书.pilot", number, f"word-of-{number}")
    assert place.drop(folder)
    dialog = place.dialog(PasswordsDialog)
    qtbot.keyClicks(dialog.entries[0], "word-of-2")
    qtbot.keyClicks(dialog.entries[1], "word-off-3")
    qtbot.keyClick(dialog.entries[0], Qt.Key.Key_Return)
    again = second_chance(place, dialog, qtbot)
    assert again.places == ("乙3/申报书.pilot",)
    assert "打不开" in again.windowTitle()
    qtbot.keyClicks(again.entries[0], "word-of-3")
    with qtbot.waitSignal(place.desk.crossed, timeout=SECONDS):
        qtbot.keyClick(again.entries[0], Qt.Key.Key_Return)
    assert sorted(place.units()) == ["第2单位", "第3单位"]
    assert place.said == "收完了：新收 2 件，没收进来的文件 1 个，其中 1 个填的密码打不开"


def test_the_passwords_wait_for_whoever_is_writing(place, tmp_path, qtbot):
    words_box = QLineEdit(place.page)
    words_box.show()
    place.page.activateWindow()
    words_box.setFocus()
    qtbot.waitUntil(words_box.hasFocus)
    locked(tmp_path / "来" / "乙" / "申报书.pilot", 2, "shared-word")
    assert place.drop(tmp_path / "来")
    qtbot.waitUntil(place.desk.strip.unlock.isVisible, timeout=SECONDS)
    assert place.page.findChild(PasswordsDialog) is None
    qtbot.keyClicks(QApplication.focusWidget(), "half a sentence")
    assert words_box.text() == "half a sentence"
    place.press(place.desk.strip.unlock)
    dialog = place.dialog(PasswordsDialog)
    qtbot.keyClicks(dialog.entries[0], "shared-word")
    with qtbot.waitSignal(place.desk.crossed, timeout=SECONDS):
        qtbot.keyClick(dialog.entries[0], Qt.Key.Key_Return)
    assert place.units() == ["第2单位"]
    assert not place.desk.strip.unlock.isVisible()


def test_cancelled_while_passwords_are_asked_for_it_ends(place, tmp_path, qtbot):
    locked(tmp_path / "来" / "乙" / "申报书.pilot", 2, "shared-word")
    assert place.drop(tmp_path / "来")
    place.dialog(PasswordsDialog)
    with qtbot.waitSignal(place.desk.crossed, timeout=SECONDS):
        place.desk.strip.stop.click()
    assert not [one for one in place.page.findChildren(PasswordsDialog) if one.isVisible()]
    assert place.said.startswith("停下了")


def test_texts_are_no_drop(place):
    mime = QMimeData()
    mime.setText("申报书")
    held = (mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entering = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, *held)
    entering.ignore()
    QApplication.sendEvent(place.page, entering)
    assert not entering.isAccepted()
    assert not place.desk.is_running


def test_a_desk_to_look_at_takes_nothing_in(qtbot, look, tmp_path, here):
    sitting = sit_at(desk_in(tmp_path / "desk"), look_only=True)
    unit(1, tmp_path / "来" / "甲" / "申报书.pilot")
    with Place(qtbot, look, sitting) as place:
        place.drop(tmp_path / "来")
        qtbot.waitUntil(lambda: place.troubles != [], timeout=SECONDS)
        place.desk.ask()
    assert [trouble.code for trouble in place.troubles] == ["desk_unwritable"] * 2
    assert not place.desk.strip.isVisible()
    sitting.desk.close()


def test_a_desk_that_cannot_be_written_ends_it_and_is_said(place, tmp_path, qtbot, monkeypatch):
    def take(*_args, **_how):
        raise DeskError("desk_full", name="审核台.db", folder=tmp_path)

    monkeypatch.setattr(Taking, "take", take)
    unit(1, tmp_path / "来" / "甲" / "申报书.pilot")
    with qtbot.waitSignal(place.sitting.failed, timeout=SECONDS) as failed:
        assert place.drop(tmp_path / "来")
    assert failed.args[0].code == "desk_full"
    assert not place.desk.is_running
    assert place.said.startswith("上次收“来”没有收完")
    monkeypatch.undo()
    with qtbot.waitSignal(place.desk.crossed, timeout=SECONDS):
        place.press(place.desk.strip.go_on)
    assert place.units() == ["第1单位"]


def test_the_button_asks_for_a_folder_or_files(place, tmp_path, qtbot, monkeypatch):
    unit(1, tmp_path / "来" / "甲.pilot")
    asked = []

    def choose(dialog):
        asked.append(dialog.windowTitle().partition(" ")[0])
        dialog.chosen = 1

    def chosen(_parent, _title, start, _kinds):
        asked.append(start)
        return [str(tmp_path / "来" / "甲.pilot")], ""

    monkeypatch.setattr(intake_choice.Dialog, "exec", choose)
    monkeypatch.setattr(intake_choice.QFileDialog, "getOpenFileNames", chosen)
    for _ in range(2):
        with qtbot.waitSignal(place.desk.crossed, timeout=SECONDS):
            place.desk.ask()
    own, beside = place.sitting.desk.path.parent, tmp_path / "来"
    assert asked == ["收哪里的材料", str(own), "收哪里的材料", str(beside)]
    assert place.units() == ["第1单位"]


def test_processes_do_the_work_and_lay_all_side_by_side(qtbot, look, sitting, tmp_path):
    """Workers, thread and crossing as they are: one code in two submissions shows in both lines."""
    for number in (1, 2):
        unit(number, tmp_path / "来" / str(number) / "申报书.pilot", uscc="12360000MB1K23456F")
    with Place(qtbot, look, sitting) as place:
        place.take(tmp_path / "来")
        codes = {key: [one.code for one in sitting.desk.one(key).crossed] for key in sitting.rows}
        assert all("desk_same_uscc" in found for found in codes.values())
        assert len(codes) == 2
        asked = [row.ask for row in sitting.rows.values()]
        assert asked == [sitting.desk.row(key).ask for key in sitting.rows]


def test_closed_in_the_middle_nothing_goes_on(qtbot, look, sitting, here, tmp_path):
    for number in range(3):
        unit(number, tmp_path / "来" / str(number) / "申报书.pilot")
    with Place(qtbot, look, sitting) as place:
        gate = Gate(2)
        place.work_with(gate)
        place.drop(tmp_path / "来")
        qtbot.waitUntil(gate.reached.is_set, timeout=SECONDS)
    before = len(sitting.desk.rows())
    assert before == 1
    gate.let_go()
    assert place.desk._thread._thread is None
    assert not place.desk.is_running  # nobody is asked any more whether it may be stopped
    assert len(sitting.desk.rows()) == before


def left_in_the_middle(qtbot, look, sitting, folder):
    """Two of three units are at the desk; the window is gone, as after a pulled plug."""
    for number in range(3):
        unit(number, folder / str(number) / "申报书.pilot")
    with Place(qtbot, look, sitting) as place:
        gate = Gate(2)
        place.work_with(gate)
        place.drop(folder)
        qtbot.waitUntil(gate.reached.is_set, timeout=SECONDS)
        place.drop(folder.parent / "后来")  # and one that had to wait
        qtbot.waitUntil(lambda: len(unfinished(sitting.desk)) == 2, timeout=SECONDS)
        place.drop(folder.parent / "太晚")  # the window goes before it is heard of


def said_at_opening(qtbot, place):
    qtbot.waitUntil(place.desk.strip.isVisible, timeout=SECONDS)
    return place.said


def test_what_was_not_taken_in_to_the_end_is_said_at_the_next_opening_and_goes_on(
    qtbot, look, sitting, here, tmp_path
):
    unit(7, tmp_path / "后来" / "申报书.pilot")
    left_in_the_middle(qtbot, look, sitting, tmp_path / "来")
    with Place(qtbot, look, sitting) as place:
        assert said_at_opening(qtbot, place) == (
            "上次收“来”等 2 处没有收完。已收进来的都在，接着收不会重复。"
        )
        ends = []
        place.desk.strip.show_end = ends.append
        with qtbot.waitSignal(place.desk.crossed, timeout=SECONDS):
            place.press(place.desk.strip.go_on)
        assert [end_words(end).replace("**", "") for end in ends] == [
            "收完了：新收 2 件，没有变化 1 件", "收完了：新收 1 件",
        ]  # fmt: skip
        assert not place.desk.strip.go_on.isVisible()
    assert unfinished(sitting.desk) == ()


def test_a_unit_that_was_told_of_halfway_was_not_handed_in_again(qtbot, look, sitting, here, tmp_path):
    """Its Word file is read and the newer package is not when the window goes; what goes on makes one round of both."""
    folder = tmp_path / "来"
    copy("a.docx", folder / "0" / "a.docx")
    unit(1, folder / "1" / "申报书.pilot")
    with Place(qtbot, look, sitting) as place:
        gate = Gate(2)
        place.work_with(gate)
        place.drop(folder)
        qtbot.waitUntil(gate.reached.is_set, timeout=SECONDS)
    newer = {**sample().values, "staff_count": 99}
    write_package(dataclasses.replace(sample(), values=newer, revision=9), folder / "0" / "c.pilot")
    with Place(qtbot, look, sitting) as place:
        said_at_opening(qtbot, place)
        with qtbot.waitSignal(place.desk.crossed, timeout=SECONDS):
            place.press(place.desk.strip.go_on)
        assert place.said == "收完了：新收 1 件，补到文件 1 件"
    assert {row.handed for row in sitting.rows.values()} == {1}


def test_what_was_left_on_a_stick_that_is_gone_is_named_and_stays(qtbot, look, sitting, here, tmp_path):
    unit(7, tmp_path / "后来" / "申报书.pilot")
    left_in_the_middle(qtbot, look, sitting, tmp_path / "来")
    (tmp_path / "来").rename(tmp_path / "拔了")
    with Place(qtbot, look, sitting) as place:
        said_at_opening(qtbot, place)
        place.press(place.desk.strip.go_on)
        assert place.said.startswith("上次收“来”等 2 处没有收完，现在找不到“来”。")
        assert not place.desk.is_running
        assert len(unfinished(sitting.desk)) == 2
        place.press(place.desk.strip.fold)  # nobody wants it any more
    assert unfinished(sitting.desk) == ()


def test_what_is_cancelled_is_not_asked_about_again(place, tmp_path, qtbot):
    unit(1, tmp_path / "来" / "申报书.pilot")
    gate = Gate()
    place.work_with(gate)
    place.drop(tmp_path / "来")
    place.drop(tmp_path / "后来")
    qtbot.waitUntil(gate.reached.is_set, timeout=SECONDS)
    qtbot.waitUntil(lambda: len(unfinished(place.sitting.desk)) == 2, timeout=SECONDS)
    with qtbot.waitSignal(place.desk.crossed, timeout=SECONDS):
        place.press(place.desk.strip.stop)
    assert unfinished(place.sitting.desk) == ()


def test_a_line_that_became_part_of_another_before_it_was_shown_is_left_out(place, tmp_path):
    unit(1, tmp_path / "来" / "甲" / "申报书.pilot")
    place.take(tmp_path / "来")
    (key,) = place.sitting.rows
    place.sitting.show_one(key)
    place.sitting.took(["2026/application/gone", key], frozenset())
    assert list(place.sitting.rows) == [key]
    assert place.sitting.current == key
    place.sitting.took([], frozenset({key}))
    assert (place.sitting.rows, place.sitting.current) == ({}, "")


def test_what_is_looked_at_follows_when_it_grows(place, tmp_path, qtbot):
    unit(1, tmp_path / "来" / "甲" / "申报书.pilot")
    place.take(tmp_path / "来")
    (key,) = place.sitting.rows
    place.sitting.show_one(key)
    assert place.sitting.dossier().row.handed == 1
    package = read_package(tmp_path / "来" / "甲" / "申报书.pilot")
    package = dataclasses.replace(package, values={**package.values, "staff_count": 78})
    write_package(package, tmp_path / "来" / "甲" / "申报书.pilot")
    with qtbot.waitSignal(place.sitting.row_changed, timeout=SECONDS):
        assert place.drop(tmp_path / "来")
    assert place.sitting.dossier().row.handed == 2
    qtbot.waitUntil(lambda: not place.desk.is_running, timeout=SECONDS)


def test_reasons_are_sentences(place, tmp_path):
    (tmp_path / "来").mkdir()
    (tmp_path / "来" / "旧.rar").write_bytes(b"Rar!")
    place.take(tmp_path / "来")
    assert [one.file.sentence for one in place.desk._left_out.left_out] == [words.OTHER_ARCHIVE]


def test_what_came_to_no_end_is_laid_side_by_side_when_the_desk_is_opened_again(
    qtbot, look, sitting, here, tmp_path, monkeypatch
):
    unit(1, tmp_path / "来" / "甲" / "申报书.pilot")
    ends, times = [False, True], []

    def crossed(taker, _path, _stop):
        times.append(len(ends))
        with taker.connected() as taking:
            if ends.pop(0):
                taking.set_crossed({}, taking.state())
                return True
        return False

    monkeypatch.setattr(intake_desk, "cross", crossed)
    with Place(qtbot, look, sitting) as place:
        place.take(tmp_path / "来")
    with Place(qtbot, look, sitting) as place, qtbot.waitSignal(place.desk.crossed, timeout=SECONDS):
        pass
    with Place(qtbot, look, sitting) as place:  # now everything is known
        qtbot.waitUntil(lambda: place.desk._pool is not None, timeout=SECONDS)
    assert times == [2, 1]
