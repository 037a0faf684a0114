"""The model of a table reads from the session, writes through it, and tells views exactly what happened."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from pilotdesk.forms.values import Unparsed
from pilotdesk.rules.issue import Severity
from pilotdesk.ui.tables.model import RowsModel
from tests.ui.editor_kit import small_session

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.modeltest import ModelTester

    from pilotdesk.session import Session

ROWS = [
    {"indicator": "满意度", "unit": "%", "now": "90.3", "goal": "96"},
    {"indicator": "时长", "unit": "小时", "now": "18.5", "goal": "8"},
    {"indicator": "件数", "unit": "件", "now": "3"},
]


@pytest.fixture
def draft(qapp: QApplication) -> Session:
    return small_session({"targets": ROWS})


def model_of(draft: Session, name: str = "targets") -> RowsModel:
    model = RowsModel(draft, draft.form.fields[name])
    draft.subscribe(model.take_change)
    return model


@pytest.fixture
def model(draft: Session) -> RowsModel:
    return model_of(draft)


def texts(model: RowsModel) -> list[list[str]]:
    return [[model.text(row, column) for column in range(2)] for row in range(len(model.rows))]


class Heard:
    """Signals of a model, in order."""

    def __init__(self, model: RowsModel) -> None:
        self.log: list[tuple[Any, ...]] = []
        model.rowsInserted.connect(lambda _, first, last: self.log.append(("in", first, last)))
        model.rowsRemoved.connect(lambda _, first, last: self.log.append(("out", first, last)))
        model.layoutChanged.connect(lambda *_: self.log.append(("moved",)))
        model.modelReset.connect(lambda: self.log.append(("reset",)))


def test_the_last_line_is_an_empty_row_that_does_not_exist(model: RowsModel) -> None:
    assert model.rowCount() == 4
    assert model.path(3, 0) == ""
    assert model.data(model.index(3, 0)) == ""


def test_writing_into_it_makes_the_row(model: RowsModel, draft: Session) -> None:
    heard = Heard(model)
    here = QPersistentModelIndex(model.index(3, 2))
    assert model.setData(model.index(3, 0), "投诉率")
    assert draft.rows("targets")[3].cell("indicator") == "投诉率"
    assert heard.log == [("in", 4, 4)]
    assert here.row() == 3
    assert model.rowCount() == 5


def test_blank_text_makes_no_row(model: RowsModel, draft: Session) -> None:
    assert not model.setData(model.index(3, 0), "  ")
    assert len(draft.rows("targets")) == 3


def test_cells_are_read_by_their_codec(model: RowsModel, draft: Session) -> None:
    model.setData(model.index(2, 3), "9.50")
    assert draft.rows("targets")[2].cell("goal") == Decimal("9.50")
    model.setData(model.index(2, 3), "九")
    assert draft.rows("targets")[2].cell("goal") == Unparsed("九")
    assert model.text(2, 3) == "九"


def test_each_cell_is_a_step_of_its_own(model: RowsModel, draft: Session) -> None:
    model.setData(model.index(0, 2), "1")
    model.setData(model.index(0, 2), "2")
    draft.undo()
    assert model.text(0, 2) == "1"


def test_rows_that_come_and_go_are_told_exactly(model: RowsModel, draft: Session) -> None:
    heard = Heard(model)
    draft.insert_rows("targets", 1, [{"indicator": "甲"}, {"indicator": "乙"}])
    assert heard.log.pop() == ("in", 1, 2)
    draft.remove_rows("targets", [draft.rows("targets")[1].id])
    assert heard.log.pop() == ("out", 1, 1)
    draft.undo()
    assert heard.log.pop() == ("in", 1, 1)
    assert [row[0] for row in texts(model)] == ["满意度", "甲", "乙", "时长", "件数"]


def test_a_moved_row_takes_its_index_along(model: RowsModel, draft: Session) -> None:
    here = QPersistentModelIndex(model.index(0, 1))
    heard = Heard(model)
    draft.move_row("targets", draft.rows("targets")[0].id, 2)
    assert here.row() == 2
    assert heard.log == [("moved",)]
    assert texts(model)[2] == ["满意度", "%"]


def test_writing_after_a_move_reaches_the_row_that_is_shown(model: RowsModel, draft: Session) -> None:
    draft.move_row("targets", draft.rows("targets")[0].id, 2)
    model.setData(model.index(2, 1), "分")
    moved = next(row for row in draft.rows("targets") if row.cell("indicator") == "满意度")
    assert moved.cell("unit") == "分"


def test_a_filter_shows_some_rows_and_writes_into_the_right_ones(model: RowsModel, draft: Session) -> None:
    model.show_only(lambda row: row.cell("unit") != "%", {"unit": "件"})
    assert [row[0] for row in texts(model)] == ["时长", "件数"]
    assert [model.headerData(n, Qt.Orientation.Vertical) for n in range(3)] == ["2", "3", "4"]
    model.setData(model.index(0, 0), "平均时长")
    model.setData(model.index(2, 0), "总件数")
    assert [row.cell("indicator") for row in draft.rows("targets")] == [
        "满意度",
        "平均时长",
        "件数",
        "总件数",
    ]
    assert draft.rows("targets")[3].cell("unit") == "件"
    model.show_only(None)
    assert len(model.rows) == 4


def test_fixed_rows_have_no_empty_line(draft: Session) -> None:
    model = model_of(draft, "sites")
    assert model.rowCount() == 2
    assert model.is_fixed


def test_calculated_cells_cannot_be_written(draft: Session) -> None:
    model = model_of(draft, "plans")
    names = [column.name for column in model.columns]
    model.setData(model.index(0, names.index("amount")), "4")
    assert model.text(0, names.index("twice")) == "8"
    assert not model.flags(model.index(0, names.index("twice"))) & Qt.ItemFlag.ItemIsEditable
    assert not model.setData(model.index(0, names.index("twice")), "9")


def test_missing_cells_are_marked_after_a_visit_and_not_in_the_row_one_writes_in(
    model: RowsModel, draft: Session
) -> None:
    model.setData(model.index(3, 0), "新")
    assert model.issue(3, 2) is None
    model.says_unfilled = True
    found = model.issue(3, 2)
    assert found is not None
    assert found.code == "required"
    model.quiet_row = 3
    assert model.issue(3, 2) is None


def test_other_issues_are_marked_at_once(model: RowsModel, draft: Session) -> None:
    issue = model.issue(1, 3)
    assert issue is not None
    assert (issue.code, issue.severity) == ("goal_low", Severity.WARNING)


def test_a_screen_reader_hears_place_content_and_issue(model: RowsModel) -> None:
    spoken = model.data(model.index(1, 3), Qt.ItemDataRole.AccessibleTextRole)
    assert str(spoken).startswith("第 2 行，目标，8，请核实：")


def test_numbers_stand_at_the_right_and_codes_in_the_middle(model: RowsModel) -> None:
    aligned = [model.alignment(column) for column in range(4)]
    flag = Qt.AlignmentFlag
    assert aligned == [flag.AlignLeft, flag.AlignHCenter, flag.AlignRight, flag.AlignRight]


@pytest.mark.parametrize("name", ["targets", "plans", "sites"])
def test_qt_finds_no_fault(qtmodeltester: ModelTester, draft: Session, name: str) -> None:
    model = model_of(draft, name)
    qtmodeltester.check(model)
    draft.insert_rows(name, 0, [{}, {}])
    draft.move_row(name, draft.rows(name)[0].id, 1)
    draft.remove_rows(name, [draft.rows(name)[1].id])
    draft.undo()
    draft.replace_rows(name, ())
    draft.undo()
    assert model.rowCount(QModelIndex()) == len(draft.rows(name)) + (not model.is_fixed)
