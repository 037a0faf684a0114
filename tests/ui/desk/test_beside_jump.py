"""From what was found beside others to the other submission, where the same is looked at, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import asdict
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from pilotdesk.review.records import SharedFinding
from pilotdesk.rules.issue import Severity
from pilotdesk.ui.components.alt_key import AltKey
from tests.review.desk_kit import finding
from tests.ui.desk.kit import press
from tests.ui.desk.panel_kit import focus_table

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pilotdesk.ui.desk.page import DeskPage
    from tests.ui.conftest import Said


def shared(code: str, point: int, *others: str) -> SharedFinding:
    told = finding(code, Severity.WARNING, point, path="contact.mobile", number="2.9", label="电话")
    return SharedFinding(**asdict(told), others=others)


@pytest.fixture
def crossed(page: DeskPage) -> DeskPage:
    """Two submissions that share two things, one of them with one that is not at the desk any more."""
    page.sitting.desk.set_crossed({
        "k2": (shared("desk_same_phone", 2, "k4", "gone"), shared("desk_copied", 5, "k4")),
        "k4": (shared("desk_same_phone", 2, "k2"), shared("desk_copied", 5, "k2")),
    })  # fmt: skip
    page.sitting.read_again()
    page.sitting.show_one("k2")
    return page


def links(page: DeskPage) -> list[QPushButton]:
    found = [link for line in page.panel.points.details.findings for link in line.findChildren(QPushButton)]
    return [link for link in found if link.text().endswith("号")]


def test_the_other_one_opens_where_the_same_was_found(qtbot: QtBot, crossed: DeskPage, said: Said) -> None:
    crossed.panel.points.go_to(5)
    (link,) = links(crossed)
    assert link.text() == "看 04 号"
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    finding_there = crossed.panel.points.finding
    assert crossed.sitting.current == "k4"
    assert finding_there is not None
    assert (finding_there.code, crossed.panel.points.current) == ("desk_copied", 5)
    assert said.texts == ["现在看的是 04 号"]
    (back,) = links(crossed)
    assert back.text() == "看 02 号"


def test_what_was_typed_stays_with_its_own(qtbot: QtBot, crossed: DeskPage) -> None:
    crossed.panel.speak_of("point:2")
    qtbot.keyClicks(crossed.panel.words.box.area, "same phone?")
    qtbot.mouseClick(links(crossed)[0], Qt.MouseButton.LeftButton)
    assert crossed.sitting.current == "k4"
    assert crossed.panel.words.box.area.toPlainText() == ""
    assert [one.text for one in crossed.sitting.desk.opinions("k2")] == ["same phone?"]


def test_a_key_goes_back_the_way_it_came(qtbot: QtBot, crossed: DeskPage, said: Said) -> None:
    crossed.jump.go("k4", "desk_copied")
    crossed.jump.go("k2", "desk_copied")
    focus_table(crossed)
    for expected in ("k4", "k2"):
        press(qtbot, crossed, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        assert crossed.sitting.current == expected
        assert crossed.panel.points.current == 5
    press(qtbot, crossed, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert crossed.sitting.current == "k2"
    assert said.texts[-1].startswith("没有可回的")


def test_the_key_does_not_open_the_menu_that_alt_alone_opens(qtbot: QtBot, crossed: DeskPage) -> None:
    alone: list[bool] = []
    watch = AltKey(crossed)
    watch.pressed_alone.connect(lambda: alone.append(True))
    crossed.jump.go("k4", "desk_copied")
    focus_table(crossed)
    alt = Qt.KeyboardModifier.AltModifier
    window = crossed.window().windowHandle()
    QTest.keyPress(window, Qt.Key.Key_Alt, alt)
    QTest.keyPress(window, Qt.Key.Key_Left, alt)
    QTest.keyRelease(window, Qt.Key.Key_Alt)  # often let go of first
    QTest.keyRelease(window, Qt.Key.Key_Left)
    assert crossed.sitting.current == "k2"
    assert alone == []
    QTest.keyPress(window, Qt.Key.Key_Alt, alt)
    QTest.keyRelease(window, Qt.Key.Key_Alt)
    assert alone == [True]


def test_one_that_is_not_there_has_no_link(crossed: DeskPage) -> None:
    crossed.panel.points.go_to(2)
    assert [link.text() for link in links(crossed)] == ["看 04 号"]
    crossed.jump.go("gone", "desk_same_phone")
    assert crossed.sitting.current == "k2"
