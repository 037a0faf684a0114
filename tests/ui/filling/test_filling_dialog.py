"""套用正式模板: the template as a page with places, what is put there and taken back, by mouse and by keys."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pilotdesk.documents.filling.mapping import Place
from pilotdesk.documents.filling.proposing import propose
from pilotdesk.documents.filling.words import Words
from pilotdesk.documents.opened import OpenedDocx, paragraph_text
from pilotdesk.documents.opened.names import P
from pilotdesk.forms.aliases import read_aliases
from pilotdesk.forms.installed import current_folder
from pilotdesk.ui.filling.dialog import FillingDialog
from pilotdesk.ui.filling.page import Paper, Spot
from pilotdesk.ui.filling.words import FREE, LEFT, LIKELY, LOOK_AT, SURE, state_of
from pilotdesk.ui.filling.work import TemplateWork
from tests.documents import filling_exam, filling_kit

NAME, FIELD, PERIOD = "T0/R0/C2", "T0/R1/C2", "T0/R2/C2"
"""Places of 03: the project's name, its field, its period."""
LEVEL, REMARK = "T0/R1#4", "T0/R1#7"
"""Columns of the list of standards in 22."""


def work_on(session, clock, name):
    """A template of the corpus on the desk, as the program proposes it."""
    opened = OpenedDocx.open(filling_exam.TEMPLATES / f"{name}.docx")
    aliases = read_aliases(current_folder("2026"), "application")
    mapping = propose(session.form, aliases, opened, round_name="2026", today=clock.today())
    return TemplateWork(opened, mapping, session.form, session.freeze(), Words(session.form, aliases))


def doubted(work, *addresses, confidence=0.7):
    """Take back how sure the program is of some places."""
    places = (
        replace(place, confidence=confidence) if place.at in addresses else place
        for place in work.mapping.place
    )
    work.take(replace(work.mapping, place=tuple(places)))


@pytest.fixture
def work(session, clock):
    made = work_on(session, clock, "03-merged-both-ways")
    doubted(made, FIELD, PERIOD)
    return made


@pytest.fixture
def lists(session, clock):
    return work_on(session, clock, "22-long-tables")


@pytest.fixture
def show(qtbot, look):
    windows = []

    def shown(work):
        window = QWidget()
        window.resize(1366, 697)
        qtbot.addWidget(window)
        windows.append(window)
        dialog = FillingDialog(window, look, work)
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    yield shown
    for window in windows:
        window.close()


@pytest.fixture
def dialog(show, work):
    return show(work)


def state(work, key):
    said = work.said(key)
    return said.path, said.state


def pick(dialog, path):
    """Choose a line of the list by its path."""
    paths = [one.path for one in dialog.work.lines(dialog._key)]
    dialog.side.list.setCurrentRow(paths.index(path))


# -- the page ------------------------------------------------------------------------------------


def test_the_page_has_the_tables_merges_and_places():
    truth = filling_exam.Truth.read(filling_exam.TEMPLATES / "03-merged-both-ways.docx")
    root = filling_kit.root_of(truth.content)
    cells = [filling_kit.at(root, place) for place in (NAME, FIELD, PERIOD)]
    spots = [Spot(key=key, state=key, words="值") for key in (SURE, LOOK_AT, FREE)]
    drawn = Paper(root[0]).draw({cell: [spot] for cell, spot in zip(cells, spots, strict=True)})
    assert 'rowspan="4"' in drawn.html
    assert 'colspan="3"' in drawn.html
    assert "✓ 值" in drawn.html
    assert "？ 请看一眼：值" in drawn.html  # what is not sure says so in words
    assert "项<" in drawn.html  # an upright label keeps its lines
    assert drawn.html.count("<table") == 1
    assert drawn.keys == (SURE, LOOK_AT, FREE)


def test_text_around_a_line_with_boxes_stays():
    truth = filling_exam.Truth.read(filling_exam.TEMPLATES / "03-merged-both-ways.docx")
    root = filling_kit.root_of(truth.content)
    line = next(par for par in root.iter(P) if paragraph_text(par).strip())
    drawn = Paper(root[0]).draw({line: [Spot(key="P0", state=SURE, words="企业")]})
    assert f"{paragraph_text(line).strip()}<a href" in drawn.html
    assert "✓ 企业" in drawn.html


def test_headers_and_footers_that_ask_for_something_stand_below():
    truth = filling_exam.Truth.read(filling_exam.TEMPLATES / "03-merged-both-ways.docx")
    root, margin = (filling_kit.root_of(truth.content) for _ in range(2))
    line = next(par for par in margin.iter(P) if paragraph_text(par).strip())
    paper = Paper(root[0], [margin[0]])
    assert "页眉和页脚" not in paper.draw({}).html
    drawn = paper.draw({line: [Spot(key="P99", state=SURE, words="编号")]})
    assert "页眉和页脚" in drawn.html
    assert drawn.keys == ("P99",)


def test_how_sure_is_one_of_five():
    place = Place(path="unit_name", at="P1", kind="cell", confidence=0.98)
    said = [state_of(replace(place, confidence=one)) for one in (0.95, 0.92, 0.89)]
    assert said == [SURE, LIKELY, LOOK_AT]
    assert state_of(replace(place, confidence=0.5, confirmed=True)) == SURE
    assert state_of(replace(place, path="")) == FREE
    assert state_of(replace(place, path="", confirmed=True)) == LEFT


# -- places --------------------------------------------------------------------------------------


def test_f8_walks_through_what_is_not_sure_and_enter_says_yes(qtbot, dialog, work):
    assert work.unsure() == (FIELD, PERIOD)
    qtbot.keyClick(dialog, Qt.Key.Key_F8)
    assert dialog._key == FIELD
    assert "请看一眼" in dialog.side.here.plain
    qtbot.keyClick(dialog.page, Qt.Key.Key_Return)
    assert state(work, FIELD) == ("pilot_field", SURE)
    assert dialog._key == PERIOD  # on to the next one
    qtbot.keyClick(dialog, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert dialog._key == PERIOD
    qtbot.keyClick(dialog.page, Qt.Key.Key_Delete)
    assert state(work, PERIOD) == ("", LEFT)
    assert work.unsure() == ()
    assert not dialog.next.isVisible()


def test_f8_goes_round_both_ways(qtbot, dialog):
    met = []
    for keys in (Qt.KeyboardModifier.NoModifier,) * 3 + (Qt.KeyboardModifier.ShiftModifier,) * 2:
        qtbot.keyClick(dialog, Qt.Key.Key_F8, keys)
        met.append(dialog._key)
    assert met == [FIELD, PERIOD, FIELD, PERIOD, FIELD]


def test_what_was_said_is_taken_back(qtbot, dialog, work):
    dialog.choose(NAME)
    qtbot.keyClick(dialog.page, Qt.Key.Key_Delete)
    assert state(work, NAME) == ("", LEFT)
    qtbot.keyClick(dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert state(work, NAME) == ("project_name", SURE)
    assert dialog._key == NAME


def test_a_field_is_put_at_a_place_by_keys(qtbot, dialog, work):
    dialog.choose(NAME)
    qtbot.keyClick(dialog.page, Qt.Key.Key_Delete)
    qtbot.keyClick(dialog.page, Qt.Key.Key_Return)  # nothing stands there: what belongs there?
    assert dialog.side.search.hasFocus()
    dialog.side.search.insert("单位名称")
    qtbot.keyClick(dialog.side.search, Qt.Key.Key_Return)
    qtbot.keyClick(dialog.side.list, Qt.Key.Key_Return)
    assert state(work, NAME) == ("unit_name", SURE)
    assert dialog.side.search.text() == ""  # the next place is offered all fields again
    assert dialog.side.list.count() > 50


def test_a_guess_is_confirmed_or_refused_by_mouse(qtbot, dialog, work):
    dialog.choose(FIELD)
    qtbot.mouseClick(dialog.side.right, Qt.MouseButton.LeftButton)
    assert state(work, FIELD) == ("pilot_field", SURE)
    dialog.choose(FIELD)
    qtbot.mouseClick(dialog.side.nothing, Qt.MouseButton.LeftButton)
    assert state(work, FIELD) == ("", LEFT)
    assert not dialog.side.right.isVisible()


def test_a_field_of_the_list_shows_its_place_with_how_sure_it_is(dialog):
    texts = [dialog.side.list.item(row).text() for row in range(dialog.side.list.count())]
    assert any("项目名称（肯定）" in text for text in texts)
    assert any("试点领域（请看一眼）" in text for text in texts)
    assert any("（没放）" in text for text in texts)
    pick(dialog, "project_name")
    assert dialog._key == NAME


def test_tab_goes_from_place_to_place_and_leaves_behind_the_last(qtbot, dialog, work):
    dialog.page.setFocus()
    keys = work.page().keys
    for key in keys[:3]:
        qtbot.keyClick(dialog.page, Qt.Key.Key_Tab)
        assert dialog._key == key
    qtbot.keyClick(dialog.page, Qt.Key.Key_Backtab)
    assert dialog._key == keys[1]
    dialog.choose(keys[-1])
    qtbot.keyClick(dialog.page, Qt.Key.Key_Tab)
    assert not dialog.page.hasFocus()


def test_a_table_is_put_in_columns_only(dialog, work):
    dialog.choose(PERIOD)
    dialog._on_nothing()
    dialog.choose(PERIOD)
    before = work.mapping
    pick(dialog, "participating_units")
    dialog.side._on_put()
    assert "点模板里那张表的表头" in dialog.side.here.plain
    assert work.mapping == before


def test_a_unit_that_is_printed_is_not_written_again(session, clock):
    work = work_on(session, clock, "11-units-and-code-boxes")
    place = next(one for one in work.mapping.place if one.unit == "人")
    work.leave(place.at)
    work.put(place.at, place.path)
    assert next(one for one in work.mapping.place if one.at == place.at).unit == "人"


def test_counts_are_said(dialog):
    assert dialog.count.text().startswith("要看 2 处，填上 ")


# -- columns -------------------------------------------------------------------------------------


def test_a_column_takes_another_of_ours(qtbot, show, lists):
    dialog = show(lists)
    dialog.choose(REMARK)
    assert "备注" in dialog.side.here.plain
    pick(dialog, "standards[].number")
    qtbot.mouseClick(dialog.side.put_here, Qt.MouseButton.LeftButton)
    place = next(one for one in lists.mapping.place if one.at == "T0/R1")
    assert place.columns[7] == "standards[].number"
    assert place.columns[2] == ""  # it stands in one column only
    assert place.confirmed
    dialog.side.search.clear()
    dialog._on_undo()
    place = next(one for one in lists.mapping.place if one.at == "T0/R1")
    assert place.columns[2] == "standards[].number"


def test_a_mapping_that_names_too_few_columns_is_mended(show, lists):
    place = next(one for one in lists.mapping.place if one.at == "T0/R1")
    short = replace(place, columns=place.columns[:3])
    lists.take(replace(lists.mapping, place=(short,)))
    dialog = show(lists)
    dialog.choose(REMARK)
    dialog.side.put.emit("standards[].remark")
    place = next(one for one in lists.mapping.place if one.at == "T0/R1")
    assert place.columns[7] == "standards[].remark"
    assert len(place.columns) == 8


def test_a_column_is_left_blank_and_the_whole_list(qtbot, show, lists):
    dialog = show(lists)
    dialog.choose(LEVEL)
    qtbot.keyClick(dialog.page, Qt.Key.Key_Delete)
    assert state(lists, LEVEL) == ("", LEFT)
    assert state(lists, "T0/R1#3")[1] == SURE
    qtbot.mouseClick(dialog.side.no_list, Qt.MouseButton.LeftButton)
    assert state(lists, "T0/R1#3") == ("", LEFT)


def test_a_column_of_another_table_finds_the_others_by_their_heads(show, lists):
    dialog = show(lists)
    dialog.choose("T0/R1#3")
    dialog.side.put.emit("planned_standards[].name")
    place = next(one for one in lists.mapping.place if one.at == "T0/R1")
    assert place.path == "planned_standards"
    assert {one.partition("[]")[0] for one in place.columns} <= {"", "#", "planned_standards"}
    assert place.columns[4] == "planned_standards[].level"  # 标准级别 is known there too


def test_a_list_that_nobody_knew_is_given_a_table(session, clock, show):
    work = work_on(session, clock, "24-self-report")
    dialog = show(work)
    assert "案例名称" in work.unclaimed()
    dialog.choose("T0/R1#0")
    assert work.said("T0/R1#0").state == FREE
    dialog.side.put.emit("outcomes[].outcome")
    place = next(one for one in work.mapping.place if one.at == "T0/R1")
    assert (place.kind, place.path, place.count) == ("rows", "outcomes", 2)
    assert "案例名称" not in work.unclaimed()


def test_rows_that_cannot_be_found_are_not_confirmed(session, clock, show, qtbot):
    work = work_on(session, clock, "19-rows-by-kind")
    dialog = show(work)
    dialog.choose("T0/R1#0")
    qtbot.keyClick(dialog.page, Qt.Key.Key_Delete)
    dialog.choose("T0/R1#1")
    assert "先说它是我们的哪一栏" in dialog.side.here.plain
    assert not dialog.side.right.isVisible()
    qtbot.keyClick(dialog.page, Qt.Key.Key_Return)
    assert work.said("T0/R1#1").state == LOOK_AT


def test_confirming_a_column_confirms_its_list(qtbot, show, lists):
    doubted(lists, "T0/R1", confidence=0.92)
    dialog = show(lists)
    assert lists.page().html.count("很可能：") == 1  # once for the whole list
    qtbot.keyClick(dialog, Qt.Key.Key_F8)
    assert "很可能" in dialog.side.here.plain
    assert dialog.side.right.text() == "整张表对"
    qtbot.keyClick(dialog.page, Qt.Key.Key_Return)
    assert lists.unsure() == ()
