"""The hint panel follows the focus, quotes what a field rests on, and never takes the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from pilotdesk.ui.components.basic import Label
from pilotdesk.ui.components.sources import INFERRED_REMARK
from pilotdesk.ui.components.text import WrappedLabel
from pilotdesk.ui.steps.hint_panel import BasisBox, HintPanel, basis_mark
from tests.ui.editor_kit import open_step, show, small_pack, small_session

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pilotdesk.session import Session
    from pilotdesk.ui.navigation.services import Services


@pytest.fixture
def draft() -> Session:
    return small_session({"code": "ABC"})


@pytest.fixture
def panel(qtbot: QtBot, draft: Session, services: Services) -> HintPanel:
    made = HintPanel(draft, services)
    show(qtbot, made, 292, 600)
    return made


def titles(panel: HintPanel) -> list[str]:
    return [section.title for section in panel.sections()]


def words(widget: QWidget) -> str:
    return "\n".join(label.plain for label in widget.findChildren(WrappedLabel))


def shown(panel: HintPanel, path: str) -> HintPanel:
    panel.show_field(path)
    panel.refresh()
    return panel


def test_a_field_is_explained_in_a_fixed_order(panel: HintPanel) -> None:
    shown(panel, "title")
    assert panel.title.plain == "**1.1 名称**"
    assert titles(panel) == ["怎么填", "填好的样子"]
    assert [section.text.plain for section in panel.sections()] == ["写全称。", "某某中心"]


def test_an_issue_is_explained_only_while_it_is_there(panel: HintPanel, draft: Session, qtbot: QtBot) -> None:
    shown(panel, "code")
    assert titles(panel) == ["为什么提醒"]
    assert panel.sections()[0].text.plain == "代码都有六位。\n再看一遍。"
    draft.set_value("code", "ABCDEF")
    qtbot.waitUntil(lambda: titles(panel) == [])


def test_it_waits_a_moment_before_it_follows(panel: HintPanel, qtbot: QtBot) -> None:
    shown(panel, "title")
    panel.show_field("code")
    assert panel.title.plain == "**1.1 名称**"
    qtbot.waitUntil(lambda: panel.title.plain == "**1.2 代码**")


def test_the_clause_is_quoted_and_an_inferred_field_ends_with_the_remark(panel: HintPanel) -> None:
    shown(panel, "share")
    assert INFERRED_REMARK in words(panel)
    shown(panel, "code")
    box = panel.findChild(BasisBox)
    assert isinstance(box, BasisBox)
    assert box.chip.text == "国标＋推断"
    assert "GB 32100—2015" in words(box)


def test_a_notice_clause_stands_in_its_own_words(draft: Session, services: Services, qtbot: QtBot) -> None:
    box = BasisBox(services.look, small_pack(), ["notice_2"])
    qtbot.addWidget(box)
    assert box.chip.text == "通知原文"
    assert "总数不超 8 个" in words(box)


def test_many_sources_are_folded(services: Services, qtbot: QtBot) -> None:
    box = BasisBox(services.look, small_pack(), ["notice_1", "notice_2", "notice_3", "notice_4", "notice_5"])
    show(qtbot, box, 300, 400)
    more = next(each for each in box.findChildren(QPushButton))
    assert more.text() == "还有 2 条依据"
    before = words(box)
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    assert words(box).startswith(before)
    assert "自我评价" not in before
    assert len(words(box)) > len(before)


@pytest.mark.parametrize(
    ("keys", "mark", "tone"),
    [
        (["notice_2"], "通知原文", "primary"),
        (["gb_32100"], "国家标准", "primary"),
        (["habit_3"], "往年惯例", "hint"),
        (["inferred"], "推断", "neutral"),
        ([], "推断", "neutral"),
        (["inferred", "notice_2"], "通知＋推断", "primary"),
        (["habit_3", "gb_32100", "notice_2", "inferred"], "通知＋国标＋惯例", "primary"),
    ],
)
def test_the_mark_names_the_kinds_of_source(keys: list[str], mark: str, tone: str) -> None:
    assert basis_mark(small_pack(), keys) == (mark, tone)


def test_a_cell_is_explained_by_its_table_where_the_column_says_nothing(
    panel: HintPanel, draft: Session
) -> None:
    draft.insert_rows("targets", 0, [{"indicator": "甲"}])
    shown(panel, f"targets[{draft.rows('targets')[0].id}].indicator")
    assert panel.title.plain == "**2.1 指标表：指标**"
    assert panel.sections()[0].text.plain == "每行一个指标。"


def test_without_a_field_it_explains_the_step(panel: HintPanel) -> None:
    panel.show_step("first")
    panel.refresh()
    assert panel.title.plain == "**一 各种栏**"
    assert panel.sections()[0].text.plain == "一步一步填。"


def test_all_text_can_be_selected(panel: HintPanel) -> None:
    shown(panel, "code")
    inside = panel._area.widget()
    texts = [label for label in inside.findChildren(WrappedLabel) if label.plain]
    assert texts
    for label in texts:
        assert label.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse


def test_it_never_takes_the_focus(panel: HintPanel, qtbot: QtBot, draft: Session, services: Services) -> None:
    page = open_step(qtbot, draft, services)
    page.focus_first()
    before = page.focusWidget()
    shown(panel, "title")
    shown(panel, "code")
    assert page.focusWidget() is before


def test_the_head_offers_to_close_it(panel: HintPanel, qtbot: QtBot) -> None:
    button = next(each for each in panel.findChildren(QPushButton) if each.accessibleName() == "收起提示，F1")
    with qtbot.waitSignal(panel.close_requested):
        button.click()


def test_every_section_has_a_word_and_not_only_a_symbol(panel: HintPanel) -> None:
    shown(panel, "title")
    assert all(section.findChildren(Label) for section in panel.sections())
