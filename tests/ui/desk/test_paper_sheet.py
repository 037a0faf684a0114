"""The picture of an official document: page by page, every line on one of them and none cut."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor

from pilotdesk.review.outputs.official_records import Layout, Level, Paper
from pilotdesk.ui.desk.paper_sheet import PAGE_HIGH_MM, PAGE_MM, PaperSheet
from pilotdesk.ui.look import tokens

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

WIDTH = 420
LINE = "经审核，上述项目符合通知要求，现予推荐，请予支持。"


@pytest.fixture
def sheet(qtbot: QtBot, look: object) -> PaperSheet:
    made = PaperSheet()
    qtbot.addWidget(made)
    made.resize(WIDTH, 10)
    return made


def paper(paragraphs: int, layout: Layout = Layout.LETTER) -> Paper:
    return Paper(
        layout=layout, bureau="江西省市场监督管理局", number="赣市监标函〔2026〕1号", signer="李敏", title="关于推荐试点项目的函",
        addressee="国家标准委", text=((Level.BODY, LINE),) * paragraphs, dated=date(2026, 6, 20),
    )  # fmt: skip


@pytest.mark.parametrize("layout", list(Layout))
def test_every_line_stands_on_one_page(sheet: PaperSheet, layout: Layout) -> None:
    for paragraphs in range(20, 44):
        sheet.show_paper(paper(paragraphs, layout))
        pages, high = sheet.pages(), sheet._document.size().height()
        assert [first for first, _ in pages[1:]] == [end for _, end in pages[:-1]]
        assert pages[0][0] == 0
        assert [end - first for first, end in pages[1:-1]] == [22] * (len(pages) - 2)
        assert 8 < pages[0][1] < 22
        assert pages[-1][1] * sheet._leading == pytest.approx(high, abs=sheet._leading / 2)


def test_a_short_one_is_one_page_of_paper(sheet: PaperSheet) -> None:
    sheet.show_paper(paper(1))
    assert len(sheet.pages()) == 1
    assert sheet.height() == round(WIDTH * PAGE_HIGH_MM / PAGE_MM)


def test_between_pages_is_a_gap_and_the_margins_are_empty(qtbot: QtBot, sheet: PaperSheet) -> None:
    sheet.show_paper(paper(60))
    with qtbot.waitExposed(sheet):
        sheet.show()
    picture = sheet.grab().toImage()
    high = round(WIDTH * PAGE_HIGH_MM / PAGE_MM)
    white = QColor(tokens.LIGHT.paper)
    assert picture.pixelColor(WIDTH // 2, high + 3) != white or len(sheet.pages()) == 1
    margin = [picture.pixelColor(x, high - 20) for x in range(60, WIDTH - 60)]
    assert set(map(QColor.name, margin)) == {white.name()}
