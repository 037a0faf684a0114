"""The page of the desk: what its bars say, its keys, and how it stands in narrow windows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from pilotdesk.review.desk.records import Conclusion
from tests.ui.desk.kit import UNITS, press

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pilotdesk.ui.desk.page import DeskPage


def test_the_header_counts_what_is_there_and_what_is_done(page: DeskPage) -> None:
    assert page.header.province.text == "江西省 · 2026年度"
    assert page.header.progress.text() == f"{len(UNITS)} 件，已审 0 件"
    page.sitting.conclude("k2", Conclusion.RETURNED, "附件都没有")
    assert page.header.progress.text() == f"{len(UNITS)} 件，已审 1 件"
    assert page.header.slips.text() == "退回单 1"
    page.sitting.returned("k2", "退〔2026〕1 号", 3, None)
    assert page.header.slips.text() == "退回单"


def test_what_is_stored_is_said_in_the_foot(page: DeskPage) -> None:
    page.sitting.pick("k2", True)
    assert page.foot.kept.text().startswith("已存 ")


def test_j_and_k_walk_through_the_submissions(qtbot: QtBot, page: DeskPage) -> None:
    press(qtbot, page, Qt.Key.Key_J)
    first = page.sitting.current
    press(qtbot, page, Qt.Key.Key_J)
    assert page.sitting.current not in {"", first}
    press(qtbot, page, Qt.Key.Key_K)
    assert page.sitting.current == first


def test_in_a_narrow_window_the_review_opens_over_the_table(page: DeskPage) -> None:
    assert page.panel.isVisible()
    page.resize(911, 441)
    assert not page.panel.isVisible()
    page.open_panel()
    assert page.over.isVisible()
    assert page.panel.isVisible()
    page.resize(1366, 697)
    assert not page.over.isVisible()
    assert page.panel.isVisible()
