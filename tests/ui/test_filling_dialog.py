"""套用正式模板: the template as a page with places, a field is put at one, by mouse and by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pilotdesk.ui.filling_dialog import FieldLine, FillingDialog
from pilotdesk.ui.filling_page import FREE, LOOK_AT, SURE, Spot, page_html
from tests.documents import filling_exam, filling_kit

NAME = "03-merged-both-ways"


class Given:
    """A template with the project's name placed, its field guessed, and the place of the period free."""

    title = "申报书.docx"

    def __init__(self):
        truth = filling_exam.Truth.read(filling_exam.TEMPLATES / f"{NAME}.docx")
        self.root = filling_kit.root_of(truth.content)
        cells = [filling_kit.at(self.root, place) for place in ("T0/R0/C2", "T0/R1/C2", "T0/R2/C2")]
        self.cells = dict(zip(("name", "field", "period"), cells, strict=True))
        self.placed = {
            "name": ("project_name", SURE),
            "field": ("pilot_field", LOOK_AT),
            "period": ("", FREE),
        }

    def body(self):
        return self.root[0]

    def spots(self):
        return {
            self.cells[key]: [Spot(key=key, state=state, words=f"值：{path}" if path else "")]
            for key, (path, state) in self.placed.items()
        }

    def fields(self):
        labels = {"project_name": "项目名称", "pilot_field": "试点领域", "build_period": "建设周期"}
        return [
            FieldLine(path=path, label=label, state=state, keys=keys)
            for path, label in labels.items()
            for state, keys in [self._standing(path)]
        ]

    def _standing(self, path):
        keys = tuple(key for key, (one, _) in self.placed.items() if one == path)
        return (self.placed[keys[0]][1], keys) if keys else (FREE, ())

    def why(self, key):
        return f"标签在左边：{key}"

    def put(self, key, path):
        self.placed[key] = (path, SURE if path else FREE)


@pytest.fixture
def given():
    return Given()


@pytest.fixture
def dialog(qtbot, look, given):
    window = QWidget()
    window.resize(1366, 697)
    qtbot.addWidget(window)
    dialog = FillingDialog(window, look, given)
    dialog.show()
    yield dialog
    dialog.close()


def test_the_page_has_the_tables_merges_and_places(given):
    html = page_html(given.body(), given.spots())
    assert 'rowspan="4"' in html
    assert 'colspan="3"' in html
    assert "✓ 值：project_name" in html
    assert "？ 值：pilot_field" in html
    assert "项<" in html  # an upright label keeps its lines
    assert html.count("<table") == 1


def test_what_is_said_of_the_counts(dialog):
    assert dialog.count.toolTip() == "" or "放好" in dialog.count.toolTip()
    assert dialog.count.text() == "放好 1 栏，请看 1 栏，没放 1 栏"
    assert [dialog.list.item(n).text() for n in range(3)] == [
        "✓ 项目名称",
        "？ 试点领域",
        "　 建设周期（没放）",
    ]


def test_a_field_is_put_at_a_free_place(qtbot, dialog, given):
    dialog.choose("period")
    dialog.search.insert("周期")
    assert dialog.list.count() == 1
    dialog.list.setCurrentRow(0)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert given.placed["period"] == ("build_period", SURE)
    assert dialog.list.item(0).text() == "✓ 建设周期"


def test_a_guess_is_confirmed_or_refused(qtbot, dialog, given):
    dialog.choose("field")
    assert dialog.put.text() == "就是这里"
    qtbot.mouseClick(dialog.put, Qt.MouseButton.LeftButton)
    assert given.placed["field"] == ("pilot_field", SURE)
    qtbot.mouseClick(dialog.nothing, Qt.MouseButton.LeftButton)
    assert given.placed["field"] == ("", FREE)


def test_a_field_of_the_list_shows_its_place(dialog):
    dialog.list.setCurrentRow(0)
    assert "name" in dialog.here.text()
    assert dialog.nothing.isVisibleTo(dialog)
    assert not dialog.put.isVisibleTo(dialog)  # it stands there, and is sure


def test_tab_goes_from_place_to_place_and_enter_chooses(qtbot, dialog):
    dialog.page.setFocus()
    qtbot.keyClick(dialog.page, Qt.Key.Key_Tab)
    qtbot.keyClick(dialog.page, Qt.Key.Key_Return)
    assert "name" in dialog.here.text()
    qtbot.keyClick(dialog.page, Qt.Key.Key_Tab)
    qtbot.keyClick(dialog.page, Qt.Key.Key_Return)
    assert "field" in dialog.here.text()
