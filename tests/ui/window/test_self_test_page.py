"""The self-test tells a page from an empty one, and Chinese from boxes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QFont, QFontDatabase, QImage, QPainter

from pilotdesk.errors import PilotDeskError
from pilotdesk.paths import resources_dir
from pilotdesk.ui.window import self_test_page
from pilotdesk.ui.window.self_test_page import look_at_page, look_at_signs, on_platform

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from pilotdesk.ui.look.theme import Look


def test_the_interface_font_draws_chinese(look: Look) -> None:
    look_at_signs(look.font("body"))


def test_boxes_are_not_taken_for_chinese(qapp: QApplication) -> None:
    number = QFontDatabase.addApplicationFont(str(resources_dir() / "fonts" / "NotoEmoji-Regular.ttf"))
    font = QFont(QFontDatabase.applicationFontFamilies(number)[0])
    font.setStyleStrategy(QFont.StyleStrategy.NoFontMerging)
    with pytest.raises(PilotDeskError, match="画不出汉字"):
        look_at_signs(font)


@pytest.mark.parametrize("colour", ["white", "black", "#f4f6f9"])
def test_a_page_of_one_colour_is_blank(qapp: QApplication, colour: str) -> None:
    page = QImage(600, 400, QImage.Format.Format_RGB32)
    page.fill(QColor(colour))
    with pytest.raises(PilotDeskError, match="空白"):
        look_at_page(page)


def test_a_picture_that_is_not_there_is_blank(qapp: QApplication) -> None:
    with pytest.raises(PilotDeskError, match="空白"):
        look_at_page(QImage("没有.png"))


def test_a_page_with_text_is_none(look: Look) -> None:
    page = QImage(600, 400, QImage.Format.Format_RGB32)
    page.fill(QColor("white"))
    painter = QPainter(page)
    painter.setFont(look.font("step"))
    for at in range(12):
        painter.drawText(20, 30 + 30 * at, self_test_page.SIGNS * 2)
    painter.end()
    look_at_page(page)


def test_a_missing_plug_in_is_named(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    self_test_page._look_at_parts(look)
    monkeypatch.setattr(self_test_page, "FORMATS", frozenset({"png", "heic"}))
    with pytest.raises(PilotDeskError, match="heic"):
        self_test_page._look_at_parts(look)


def test_the_platform_is_that_of_the_computer_unless_one_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "x")
    on_platform("windows")
    assert os.environ["QT_QPA_PLATFORM"] == "windows"
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    on_platform(None)
    assert os.environ["QT_QPA_PLATFORM"] == "xcb"
    monkeypatch.delenv("QT_QPA_PLATFORM")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    on_platform(None)
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
