"""Tables whose rows are given: what is to be typed is in view, what is given is read beside it, keys go only there."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pilotdesk.forms.values import Row
from pilotdesk.ui.components.basic import Label
from pilotdesk.ui.editors.choice import NamedChoiceBox
from pilotdesk.ui.editors.result import ResultEditor
from pilotdesk.ui.fields.carried import origin_words
from pilotdesk.ui.fields.row import FieldRow
from pilotdesk.ui.tables.editor import TableEditor
from pilotdesk.ui.tables.lining import Ground, read_cells
from pilotdesk.ui.tables.paste import PastePreview
from pilotdesk.ui.tables.shape import facts_of_row
from tests.ui.editor_kit import copied, press
from tests.ui.later_kit import later_session, open_workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pytestqt.qtbot import QtBot

    from pilotdesk.ui.navigation.services import Services

    Opener = Callable[[str, str, str], TableEditor]

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support (raise|grabbing the keyboard)", extend=True
)


@pytest.fixture
def opened(qtbot: QtBot, services: Services) -> Iterator[Opener]:
    """Opens a step of a later form and gives the table in it; the window is 1366 px wide."""
    made = []

    def open_table(form: str, step: str, table: str) -> TableEditor:
        workspace = open_workspace(qtbot, later_session(form), services)
        made.append(workspace)
        page = workspace.navigator.show(step)
        found: list[FieldRow] = []

        def is_built() -> bool:  # groups further down are built after the first ones are shown
            found[:] = [row for row in page.findChildren(FieldRow) if row.name == table]
            return bool(found)

        qtbot.waitUntil(is_built)
        editor = found[0].editor
        assert isinstance(editor, TableEditor)
        return editor

    yield open_table
    for workspace in made:
        workspace.close_draft()


CONTROL = Qt.KeyboardModifier.ControlModifier


def names(editor: TableEditor) -> list[str]:
    return [editor.model.columns[at].name for at in editor.view.shown_columns()]


def cell(editor: TableEditor, row: int, column: str) -> tuple[int, int]:
    return row, [field.name for field in editor.model.columns].index(column)


def here(editor: TableEditor) -> tuple[int, str]:
    index = editor.view.currentIndex()
    return index.row(), editor.model.columns[index.column()].name


def test_the_indicators_fit_and_their_areas_are_bands(opened: Opener) -> None:
    editor = opened("self_assessment", "indicators_step", "indicators")
    view, shape = editor.view, editor.view.shape
    assert names(editor) == ["item_no", "item", "points", "criteria", "score", "narrative", "proof"]
    assert view.fits
    assert sum(view.columnWidth(at) for at in view.shown_columns()) <= view.viewport().width()
    assert next(iter(shape.bands.values())) == "一、工作基础与组织保障（20分）"
    assert list(shape.bands) == [0, 4, 8, 12, 14, 17]
    assert shape.tally(0) == "19.5 / 20"
    assert editor.chip.text == "合计 95 / 100"
    assert view.rowHeight(0) > shape.band_height(0) > shape.band_height(1) == 0
    score = editor.model.index(*cell(editor, 0, "score"))
    assert view.viewport().rect().contains(view.visualRect(score))


def test_a_score_changes_the_sums_at_once(opened: Opener) -> None:
    editor = opened("self_assessment", "indicators_step", "indicators")
    editor.view.set_current(*cell(editor, 0, "score"))
    QTest.keyClicks(editor.view, "3")
    typed = editor.view.open_editor()
    assert typed is not None
    QTest.keyClick(typed, Qt.Key.Key_Return)
    assert editor.view.shape.tally(0) == "17.5 / 20"
    assert editor.chip.text == "合计 93 / 100"
    assert here(editor) == (1, "score")


def test_tab_and_enter_go_only_through_what_is_typed(opened: Opener) -> None:
    editor = opened("self_assessment", "indicators_step", "indicators")
    view = editor.view
    assert here(editor) == (0, "score")  # the first cell that has to be filled in
    visited = []
    for _ in range(5):
        visited.append(here(editor))
        QTest.keyClick(view, Qt.Key.Key_Tab)
    assert visited == [(0, "score"), (0, "narrative"), (0, "proof"), (1, "score"), (1, "narrative")]
    QTest.keyClick(view, Qt.Key.Key_Backtab)
    QTest.keyClick(view, Qt.Key.Key_Backtab)
    QTest.keyClick(view, Qt.Key.Key_Backtab)
    assert here(editor) == (0, "proof")
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert here(editor) == (1, "proof")


def test_promises_show_what_is_typed_first_without_scrolling(opened: Opener) -> None:
    for form, step, table, column in (
        ("summary_2027", "figures", "figures", "estimated"),
        ("summary_2028", "figures", "figures", "estimated"),
        ("self_assessment", "promises_step", "results", "achieved"),
        ("summary_2027", "tasks", "tasks_done", "achieved"),
    ):
        editor = opened(form, step, table)
        index = editor.model.index(*cell(editor, 0, column))
        right = editor.view.visualRect(index).right()
        assert 0 < right <= editor.view.viewport().width(), (form, table)
        assert editor.model.columns[0].fixed


def test_what_is_scrolled_keeps_its_name_beside_it(qtbot: QtBot, opened: Opener) -> None:
    editor = opened("self_assessment", "indicators_step", "indicators")
    editor.window().resize(660, 441)
    view = editor.view
    qtbot.waitUntil(lambda: not view.fits)
    view.set_current(*cell(editor, 1, "proof"))
    assert view.frozen.isVisible()
    assert [editor.model.columns[at].name for at in view.frozen.columns] == ["item_no", "item"]
    assert view.visualRect(view.currentIndex()).left() >= view.frozen.covered
    assert view.frozen.rowHeight(0) == view.rowHeight(0)


def test_a_promise_that_is_not_kept_is_told_by_its_number(opened: Opener) -> None:
    editor = opened("summary_2027", "figures", "figures")
    short = [row for row in range(8) if editor.view.shape.falls_short(*cell(editor, row, "completion"))]
    assert [editor.model.text(row, 0) for row in short] == ["自主制定标准数"]
    assert not editor.view.shape.falls_short(*cell(editor, short[0], "base_value"))


def test_columns_that_no_row_asks_for_come_when_one_does(opened: Opener) -> None:
    editor = opened("summary_2028", "figures", "figures")
    session = editor.place.session
    rows = session.rows("figures")
    changed = {f"figures[{row.id}].promised_now": None for row in rows}
    session.set_values(changed)
    assert "change_basis" not in names(editor)
    session.set_value(f"figures[{rows[0].id}].promised_now", Decimal("1"))
    assert {"changed_by", "changed_on", "change_basis"} <= set(names(editor))


def test_yes_opens_the_explanation(qtbot: QtBot, opened: Opener) -> None:
    editor = opened("self_assessment", "declarations_step", "declarations")
    view = editor.view
    assert "explanation" not in names(editor)
    view.set_current(*cell(editor, 1, "answer"))
    QTest.keyClick(view, Qt.Key.Key_F2)
    box = view.open_editor()
    assert isinstance(box, NamedChoiceBox)
    box.setCurrentIndex(box.findText("有"))
    QTest.keyClick(box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: here(editor) == (1, "explanation"))
    qtbot.waitUntil(lambda: view.open_editor() is not None)
    assert "explanation" in names(editor)


def test_a_choice_is_made_by_one_key(opened: Opener) -> None:
    editor = opened("summary_2027", "figures", "figures")
    session, view = editor.place.session, editor.view
    view.set_current(*cell(editor, 0, "estimated"))
    path = editor.model.path(*cell(editor, 0, "estimated"))
    QTest.keyClick(view, Qt.Key.Key_2)
    assert session.value(path) == "estimated"
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert session.value(path) == "actual"
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert session.value(path) == "estimated"
    assert view.open_editor() is None


def test_a_row_as_a_form_shows_what_is_given_and_asks_the_rest(opened: Opener) -> None:
    editor = opened("summary_2027", "figures", "figures")
    assert editor.toolbar.form.isVisible()
    editor.view.set_current(*cell(editor, 4, "achieved"))
    QTest.mouseClick(editor.toolbar.form, Qt.MouseButton.LeftButton)
    form = editor.row_form
    assert form is not None
    said = form.facts.text.plain
    assert "承诺值 **90.0**" in said
    assert "基期值 **40.0**" in said
    assert not [field for field in form.fields if field.place.field.fixed]
    shown = [field.place.field.name for field in form.fields if not field.isHidden()]
    assert "change_basis" in shown  # this promise was changed
    QTest.mouseClick(form.forth, Qt.MouseButton.LeftButton)
    shown = [field.place.field.name for field in form.fields if not field.isHidden()]
    assert "change_basis" not in shown


def test_copied_cells_are_those_one_sees(opened: Opener) -> None:
    editor = opened("self_assessment", "indicators_step", "indicators")
    editor.view.set_current(0, 0)
    editor.view.select_rows(0, 0)
    editor.commands.copy()
    copied = QApplication.clipboard().text().split("\t")
    assert copied[:2] == ["1.1", "试点目标和规划"]
    assert "一、工作基础" not in "".join(copied)


def test_the_hint_says_where_a_promise_comes_from_and_what_it_was() -> None:
    session = later_session("summary_2027")
    row = session.rows("figures")[4]
    said = origin_words(session, f"figures[{row.id}].promised")
    assert said.startswith("带自申报书 9.2 量化指标表“2027年目标")
    assert "带来时是“90.0”" in said
    assert "带自申报书 0.1 项目名称" in origin_words(session, "project_name")
    assert origin_words(session, "filing_date") == ""
    facts = dict(facts_of_row(session, session.form.fields["figures"], row))
    assert facts["基期值"] == "40.0"


def test_a_carried_field_says_so_until_it_is_changed(qtbot: QtBot, services: Services) -> None:
    session = later_session("summary_2027")
    workspace = open_workspace(qtbot, session, services)
    page = workspace.navigator.show("cover")
    row = next(row for row in page.findChildren(FieldRow) if row.name == "project_name")
    assert row.head.note.plain == "带入，可以改"
    row.editor.focus_target().setFocus()
    QTest.keyClicks(row.editor.focus_target(), "2")
    assert row.head.note.plain == "带入后改过"
    workspace.close_draft()


def test_a_long_result_is_shown_whole(qtbot: QtBot, services: Services) -> None:
    session = later_session("self_assessment")
    workspace = open_workspace(qtbot, session, services)
    page = workspace.navigator.show("conclusion_step")
    row = next(row for row in page.findChildren(FieldRow) if row.name == "conclusion")
    editor = row.editor
    assert isinstance(editor, ResultEditor)
    text = editor.card.text
    assert text.plain.endswith("不是官方规定。")
    assert text.height() >= text.heightForWidth(text.width()) > services.look.metric("table_row")
    went: list[str] = []
    editor.request_go_to.connect(went.append)
    QTest.keyClick(editor.card, Qt.Key.Key_Return)
    assert went == ["indicators"]
    workspace.close_draft()


def test_given_rows_without_a_sum_or_a_band_have_neither(opened: Opener) -> None:
    editor = opened("summary_2027", "figures", "figures")
    assert editor.view.shape.bands == {}
    assert editor.view.shape.tally() == ""
    assert not editor.chip.isVisible()


def test_the_ledger_shows_its_titles_whole(qtbot: QtBot, services: Services) -> None:
    workspace = open_workspace(qtbot, later_session("summary_2027"), services)
    page = workspace.navigator.show("evidence_ledger")
    editor = next(editor for editor in page.findChildren(TableEditor))
    view, shape = editor.view, editor.view.shape
    at = [field.name for field in editor.model.columns].index("title")
    font, width = services.look.font("small"), view.columnWidth(at) - 2 * services.look.scaled(9)
    assert view.fits
    for row in range(len(editor.model.rows)):
        assert "".join(shape.text_lines(row, at, font, width)) == editor.model.text(row, at)
        assert view.rowHeight(row) >= services.look.metric("table_row")
    workspace.close_draft()


def figures_as_copied(editor: TableEditor, rows: Iterable[int]) -> str:
    """Rows of 指标 as a spreadsheet has them: their words, what was promised, and another value for each."""
    before = editor.view.shown_columns()[: names(editor).index("achieved")]
    texts = [[editor.model.text(row, column) for column in before] for row in rows]
    return "".join("\t".join([*cells, f"{n}"]) + "\n" for n, cells in enumerate(texts, 71))


def achieved(editor: TableEditor) -> list[object]:
    return [row.cell("achieved") for row in editor.model.rows]


@pytest.mark.parametrize("column", ["indicator", "achieved"])
def test_rows_copied_with_their_words_go_to_the_rows_with_these_words(opened: Opener, column: str) -> None:
    editor = opened("summary_2027", "figures", "figures")
    before = achieved(editor)
    copied(figures_as_copied(editor, (2, 1, 5)))
    editor.view.set_current(*cell(editor, 4, column))
    press(editor.view, Qt.Key.Key_V, CONTROL)
    preview = editor.slot.content
    assert isinstance(preview, PastePreview)
    assert preview.sentence.plain.startswith(
        "粘贴 3 行到“变更后承诺值”开始的 2 列。按“指标”一行对一行放好，这一列不粘。"
    )
    assert "放不下" not in preview.sentence.plain
    heads = [one.text() for one in preview.findChildren(Label)][:10]
    assert [words for words in heads if words in {"对齐用", "不粘", "变更后承诺值", "完成值"}] == [
        "对齐用", "变更后承诺值", "完成值",
    ]  # fmt: skip
    preview.paste.click()
    told = {2: 71, 1: 72, 5: 73}
    assert achieved(editor) == [Decimal(told[n]) if n in told else old for n, old in enumerate(before)]


def test_rows_under_a_heading_go_to_the_rows_with_their_words_too(opened: Opener) -> None:
    editor = opened("summary_2027", "figures", "figures")
    before = achieved(editor)
    words = [editor.model.text(row, 0) for row in (3, 0)]
    copied(f"序号\t指标\t完成值\n1\t{words[0]}\t71\n2\t{words[1]}\t72\n\t合计\t143\n")
    editor.toolbar.paste.click()
    preview = editor.slot.content
    assert isinstance(preview, PastePreview)
    assert "有 1 行表里没有，不粘。" in preview.sentence.plain
    preview.paste.click()
    told = {3: 71, 0: 72}
    assert achieved(editor) == [Decimal(told[n]) if n in told else old for n, old in enumerate(before)]


def test_of_rows_with_the_same_words_the_other_fixed_columns_tell_which_is_meant() -> None:
    every = later_session("summary_2027").form.fields["tasks_done"].columns
    columns = [column for column in every if column.name in {"phase", "task", "achieved"}]
    told = (("2027年", "调研"), ("2027年", "宣贯培训"), ("2028年", "宣贯培训"), ("2028年", "总结"))
    rows = [Row(f"r_{n}", {"phase": phase, "task": task}) for n, (phase, task) in enumerate(told)]
    ground = Ground(columns, columns, rows, lambda row, column: str(row.cell(column.name) or ""), 0, 0)
    assert read_cells([["2028年", "宣贯培训", "办了3期"]], ground, headings=True, lines_up=True).places == [2]
    assert read_cells([["宣贯培训", "办了3期"]], ground, headings=True, lines_up=True).places == [1]


def test_a_column_of_values_that_were_promised_is_pasted_where_one_stands(opened: Opener) -> None:
    editor = opened("summary_2027", "figures", "figures")
    promised = [row.cell("promised") for row in editor.model.rows]
    copied("".join(f"{value}\n" for value in promised))
    editor.view.set_current(*cell(editor, 0, "achieved"))
    press(editor.view, Qt.Key.Key_V, CONTROL)
    preview = editor.slot.content
    if isinstance(preview, PastePreview):
        preview.paste.click()
    assert achieved(editor) == promised


@pytest.mark.parametrize("row", [0, 4])
def test_row_numbers_before_values_say_the_rows(opened: Opener, row: int) -> None:
    editor = opened("summary_2027", "figures", "figures")
    before = achieved(editor)
    copied("1\t71\n2\t72\n3\t73\n")
    editor.view.set_current(*cell(editor, row, "achieved"))
    press(editor.view, Qt.Key.Key_V, CONTROL)
    preview = editor.slot.content
    assert isinstance(preview, PastePreview)
    assert "第一列是序号，不粘。" in preview.sentence.plain
    preview.paste.click()
    assert achieved(editor) == [Decimal(71), Decimal(72), Decimal(73), *before[3:]]
