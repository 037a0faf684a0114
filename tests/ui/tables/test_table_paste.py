"""Pasting from a spreadsheet: asked first when something would be lost, one step when it is done."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from pilotdesk.forms.values import Row, Unparsed
from pilotdesk.ui.tables.editor import TableEditor
from pilotdesk.ui.tables.lining import Ground
from pilotdesk.ui.tables.paste import PastePreview, pasted_rows, plan_paste, plan_words
from tests.ui.editor_kit import copied, editor_of, focus, open_step, press, small_session

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pilotdesk.forms.codecs import Codec
    from pilotdesk.forms.model import Field
    from pilotdesk.session import Session
    from pilotdesk.ui.navigation.services import Services
    from pilotdesk.ui.steps.step_page import StepPage
    from pilotdesk.ui.tables.paste import PastePlan

CONTROL = Qt.KeyboardModifier.ControlModifier
ROWS = [{"indicator": "甲", "now": "1"}, {"indicator": "乙", "now": "2"}]


@pytest.fixture
def draft() -> Session:
    return small_session({"targets": ROWS})


@pytest.fixture
def page(qtbot: QtBot, draft: Session, services: Services) -> StepPage:
    return open_step(qtbot, draft, services, "second", 1000)


@pytest.fixture
def table(page: StepPage) -> TableEditor:
    editor = editor_of(page, "targets", TableEditor)
    focus(editor.view)
    return editor


def plan(draft: Session, cells: list[list[str]], at: int = 0, first: int = 0) -> PastePlan:
    field = draft.form.fields["targets"]

    def shown(row: Row, column: Field) -> str:
        return codec(column).edit_text(row.cell(column.name))

    def codec(column: Field) -> Codec:
        return draft.codec(f"targets[r_0].{column.name}")

    return plan_paste(cells, Ground(field.columns, field.columns, draft.rows("targets"), shown, at, first))


def preview(table: TableEditor) -> PastePreview:
    content = table.slot.content
    assert isinstance(content, PastePreview)
    return content


def test_cells_go_to_the_columns_from_the_first_one_on(draft: Session) -> None:
    found = plan(draft, [["%", "9"]], at=2, first=1)
    assert [field.name if field else None for field in found.columns] == ["unit", "now"]
    assert not found.needs_question


def test_a_heading_row_decides_the_columns_and_is_not_pasted(draft: Session) -> None:
    found = plan(draft, [["序号", "目标", "指标"], ["1", "9", "丙"]], at=2)
    assert [field.name if field else None for field in found.columns] == [None, "goal", "indicator"]
    assert found.rows == [["1", "9", "丙"]]
    assert (found.has_heading, found.lost) == (True, 0)


def test_a_heading_in_shorter_words_is_recognised_once_one_cell_is_a_name(draft: Session) -> None:
    found = plan(draft, [["指标", "来源", "目标值"], ["丙", "年报", "9"]], at=2)
    assert [field.name if field else None for field in found.columns] == ["indicator", "source", None]
    assert (found.has_heading, found.rows, found.lost) == (True, [["丙", "年报", "9"]], 1)
    assert not plan(draft, [["名字", "来源", "指"], ["丙", "年报", "9"]], at=2).has_heading
    assert not plan(draft, [["丙", "1", "9"], ["丁", "1", "9"]], at=2).has_heading


def test_the_unit_of_the_row_is_understood_behind_its_numbers(table: TableEditor, draft: Session) -> None:
    copied("丙\t%\t88.6%\n丁\t项\t42项\n戊\t项\t5%\n")
    table.view.set_current(2, 0)
    press(table.view, Qt.Key.Key_V, CONTROL)
    now = [row.cell("now") for row in draft.rows("targets")][2:]
    assert now == [Decimal("88.6"), Decimal(42), Unparsed("5%")]
    table.model.setData(table.model.index(2, 2), "９０．５％")
    assert draft.rows("targets")[2].cell("now") == Decimal("90.5")


def test_esc_drops_what_would_be_pasted(table: TableEditor, draft: Session) -> None:
    before = draft.rows("targets")
    copied("a\tb\tc\td\te\tf\tg\n")
    press(table.view, Qt.Key.Key_V, CONTROL)
    press(preview(table).paste, Qt.Key.Key_Escape)
    assert table.slot.content is None
    assert draft.rows("targets") == before


def test_what_would_be_overwritten_or_lost_is_counted(draft: Session) -> None:
    found = plan(draft, [["甲", "%"], ["丁", "%"]])
    assert found.overwritten == 1
    found = plan(draft, [["a"] * 7], at=2)
    assert found.lost == 2
    assert plan_words(found) == "粘贴 1 行到“指标”开始的 5 列。多出的 2 列放不下，不会粘进来。"


def test_unreadable_cells_are_kept_as_they_are(draft: Session) -> None:
    found = plan(draft, [["丙", "", "很多"]], at=2)

    def codec(column: Field) -> Codec:
        return draft.codec(f"targets[r_0].{column.name}")

    rows = pasted_rows(found, draft.rows("targets"), codec, may_grow=True)
    assert rows[2].cell("now") == Unparsed("很多")


def test_more_rows_than_there_are_make_new_ones_as_one_step(table: TableEditor, draft: Session) -> None:
    copied("丙\t%\t3\n丁\t%\t4\n戊\t%\t5\n")
    table.view.set_current(2, 0)
    press(table.view, Qt.Key.Key_V, CONTROL)
    assert [row.cell("indicator") for row in draft.rows("targets")] == ["甲", "乙", "丙", "丁", "戊"]
    assert draft.rows("targets")[4].cell("now") == Decimal(5)
    draft.undo()
    assert len(draft.rows("targets")) == 2


def test_a_cell_with_line_ends_stays_one_cell(table: TableEditor, draft: Session) -> None:
    copied('丙\t"一行\n两行"\n')
    table.view.set_current(2, 0)
    press(table.view, Qt.Key.Key_V, CONTROL)
    assert len(draft.rows("targets")) == 3
    assert draft.rows("targets")[2].cell("unit") == "一行 两行"


def test_overwriting_is_asked_about_first(table: TableEditor, draft: Session) -> None:
    copied("丙\t%\n丁\t项\n")
    table.view.set_current(0, 0)
    press(table.view, Qt.Key.Key_V, CONTROL)
    assert [row.cell("indicator") for row in draft.rows("targets")] == ["甲", "乙"]
    shown = preview(table)
    assert shown.sentence.plain == "粘贴 2 行到“指标”开始的 2 列。有 2 格已经写了内容，会换成新的。"
    shown.paste.click()
    assert [row.cell("indicator") for row in draft.rows("targets")] == ["丙", "丁"]
    assert [row.cell("now") for row in draft.rows("targets")] == [Decimal(1), Decimal(2)]
    assert table.slot.content is None
    assert table.view.hasFocus()


def test_a_refused_paste_changes_nothing(table: TableEditor, draft: Session) -> None:
    copied("丙\t%\n丁\t项\n")
    table.view.set_current(0, 0)
    press(table.view, Qt.Key.Key_V, CONTROL)
    before = draft.rows("targets")
    preview(table).dropped.emit()
    assert draft.rows("targets") == before
    assert table.slot.isHidden()


def test_an_offer_goes_when_the_rows_are_others(table: TableEditor, draft: Session) -> None:
    copied("丙\t%\n丁\t项\n")
    for change in (
        lambda: draft.insert_rows("targets", 0, [{"indicator": "先来的"}]),
        lambda: table.commands.paste_at(len(table.model.rows), 0, ask=False),
        draft.undo,
    ):
        table.toolbar.paste.click()
        assert preview(table)
        change()
        assert table.slot.content is None
        assert table.slot.isHidden()


def test_an_offer_stays_when_only_what_is_said_of_the_rows_changes(
    table: TableEditor, draft: Session
) -> None:
    copied("丙\t%\n丁\t项\n")
    table.toolbar.paste.click()
    table.model._tell_all()
    preview(table).paste.click()
    assert [row.cell("indicator") for row in draft.rows("targets")] == ["甲", "乙", "丙", "丁"]


def test_the_button_pastes_below_and_a_heading_can_be_kept(table: TableEditor, draft: Session) -> None:
    copied("指标\t单位\n丙\t%\n")
    table.toolbar.paste.click()
    assert preview(table).reading.isChecked()
    preview(table).reading.click()
    assert len(preview(table)._plan.rows) == 2
    preview(table).paste.click()
    assert [row.cell("indicator") for row in draft.rows("targets")] == ["甲", "乙", "指标", "丙"]


def test_an_empty_clipboard_is_explained(table: TableEditor) -> None:
    copied("")
    table.toolbar.paste.click()
    assert table.slot.content is not None
    assert not isinstance(table.slot.content, PastePreview)


def test_a_fixed_table_takes_only_the_rows_it_has(table: TableEditor, draft: Session) -> None:
    model = table.model
    assert not model.is_fixed
    found = plan(draft, [["丙"], ["丁"], ["戊"]], at=1)

    def codec(column: Field) -> Codec:
        return draft.codec(f"targets[r_0].{column.name}")

    rows = pasted_rows(found, draft.rows("targets"), codec, may_grow=False)
    assert [row.cell("indicator") for row in rows] == ["甲", "丙"]


def test_three_hundred_rows_are_one_change(table: TableEditor, draft: Session) -> None:
    changes = []
    copied("".join(f"第{n}个\t%\t{n}\n" for n in range(300)))
    end = draft.subscribe(changes.append)
    table.view.set_current(2, 0)
    press(table.view, Qt.Key.Key_V, CONTROL)
    end()
    assert len(draft.rows("targets")) == 302
    assert len(changes) == 1


def test_rows_that_begin_with_their_numbers_stay_in_their_columns(table: TableEditor, draft: Session) -> None:
    copied("3\t丙\t%\n4\t丁\t项\n")
    table.view.set_current(2, 0)
    press(table.view, Qt.Key.Key_V, CONTROL)
    shown = preview(table)
    assert shown.sentence.plain == "粘贴 2 行到“指标”开始的 2 列。第一列是序号，不粘。"
    shown.paste.click()
    assert [row.cell("indicator") for row in draft.rows("targets")] == ["甲", "乙", "丙", "丁"]
    assert [row.cell("unit") for row in draft.rows("targets")][2:] == ["%", "项"]


def test_numbers_that_are_no_row_numbers_are_pasted(table: TableEditor, draft: Session) -> None:
    copied("1\t丙\n2\t丁\n")
    table.toolbar.paste.click()
    preview(table).reading.click()
    preview(table).paste.click()
    assert [row.cell("indicator") for row in draft.rows("targets")][2:] == ["1", "2"]
    assert plan(draft, [["1", "5"], ["2", "6"]], first=2).lined_by == ""
    assert plan(draft, [["5", "丙"], ["6", "丁"]]).lined_by == ""
