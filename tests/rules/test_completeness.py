"""State of the steps and progress of the whole."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pilotdesk.forms.answers_file import initial_values
from pilotdesk.forms.model import Field, Group, Step
from pilotdesk.rules.completeness import StepStatus, progress, step_state, step_states
from tests.rules.sample_form import FORM, Writer, check, make_form, rows

STEP = Step(
    name="only",
    number="一",
    label="唯一",
    group=(
        Group(
            name="g",
            field=(
                Field(name="a", type="text", label="甲", required=True),
                Field(name="b", type="integer", label="乙", check=(check("b_small", "value < 9"),)),
                Field(name="c", type="text", label="丙", relevant="b > 1", required=True),
                Field(name="d", type="integer", label="丁", calculation="b"),
                Field(name="s", type="statement", label="承诺"),
                Field(
                    name="w",
                    type="person",
                    label="人",
                    required=True,
                    parts=(
                        Field(name="name", type="text", label="姓名", required=True),
                        Field(name="tel", type="text", label="电话", required=True),
                        Field(name="fax", type="text", label="传真"),
                    ),
                ),
                Field(
                    name="t",
                    type="table",
                    label="表",
                    required=True,
                    severity="error",
                    columns=(Field(name="x", type="text", label="格"),),
                ),
            ),
        ),
    ),
)
SMALL = make_form(STEP, checks=())


def state(values):
    return step_state(Writer(SMALL, values).engine, "only")


def test_an_untouched_step_is_not_started_and_not_wrong():
    found = state({})
    assert found.status is StepStatus.NOT_STARTED
    assert (found.total, found.filled, found.required, found.required_filled) == (4, 0, 3, 0)
    assert (found.errors, found.warnings, found.hints) == (0, 0, 0)


def test_a_begun_step_counts_what_must_be_there():
    found = state({"a": "x"})
    assert (found.filled, found.required_filled) == (1, 1)
    assert found.errors == 1  # the table
    assert found.status is StepStatus.ERRORS


def test_missing_answers_of_less_weight_leave_a_step_in_progress():
    found = state({"a": "x", "t": rows({"x": "1"})})
    assert found.status is StepStatus.IN_PROGRESS
    assert found.warnings == 0


def test_an_issue_shows():
    found = state({"a": "x", "b": 10, "t": rows({"x": "1"})})
    assert (found.status, found.warnings) == (StepStatus.WARNINGS, 1)
    assert found.total == 5  # c has become relevant
    assert found.required == 4


def test_a_step_is_done_when_all_that_is_required_is_there():
    found = state({"a": "x", "w.name": "周", "w.tel": "1", "t": rows({}, {"x": "1"})})
    assert found.status is StepStatus.DONE
    assert (found.total, found.filled) == (4, 3)


def test_a_person_is_there_when_every_required_part_is():
    assert state({"w.name": "周"}).filled == 0
    assert state({"w.name": "周", "w.tel": "1"}).filled == 1


def test_a_hidden_part_is_not_waited_for():
    parts = (
        Field(name="name", type="text", label="姓名", required=True),
        Field(name="tel", type="text", label="电话", required=True, relevant="name == '周'"),
    )
    person = Field(name="w", type="person", label="人", required=True, parts=parts)
    form = make_form(Step(name="s", label="s", group=(Group(name="g", field=(person,)),)), checks=())
    assert step_state(Writer(form, {"w.name": "陈"}).engine, "s").status is StepStatus.DONE
    assert step_state(Writer(form, {"w.name": "周"}).engine, "s").status is StepStatus.IN_PROGRESS


def test_a_table_with_gaps_is_not_there():
    table = Field(
        name="t",
        type="table",
        label="表",
        required=True,
        columns=(
            Field(name="x", type="text", label="格", required=True),
            Field(name="y", type="text", label="格"),
        ),
    )
    form = make_form(Step(name="s", label="s", group=(Group(name="g", field=(table,)),)), checks=())
    for cells, filled in (({"y": "1"}, 0), ({"x": "1"}, 1)):
        writer = Writer(form, {"t": rows({"x": "1"}, cells)})
        assert step_state(writer.engine, "s").filled == filled
        assert progress(form, writer.values, ()) == filled * 100


def test_cells_that_are_not_asked_or_follow_from_others_are_no_gap():
    table = Field(
        name="t",
        type="table",
        label="表",
        required=True,
        columns=(
            Field(name="x", type="integer", label="数", required=True),
            Field(name="double", type="integer", label="倍", calculation="x + x"),
            Field(name="why", type="text", label="原因", relevant="x < 5", required=True),
            Field(name="more", type="text", label="说明", required="double > 100"),
        ),
    )
    form = make_form(Step(name="s", label="s", group=(Group(name="g", field=(table,)),)), checks=())
    for cells, filled in (({"x": 9}, 1), ({"x": 3}, 0), ({"x": 3, "why": "少"}, 1), ({"x": 60}, 0)):
        writer = Writer(form, {"t": rows(cells)})
        assert step_state(writer.engine, "s").filled == filled, cells
        assert progress(form, writer.values, writer.engine.irrelevant) == filled * 100, cells


def test_what_a_new_draft_begins_with_is_no_beginning():
    table = Field(
        name="t",
        type="table",
        label="表",
        rows=({"x": "一"},),
        columns=(
            Field(name="x", type="text", label="格"),
            Field(name="y", type="text", label="格", required=True),
        ),
    )
    period = Field(name="p", type="month_range", label="期", default="2027年1月—2028年12月")
    form = make_form(Step(name="s", label="s", group=(Group(name="g", field=(period, table)),)), checks=())
    writer = Writer(form, initial_values(form))
    found = step_state(writer.engine, "s")
    assert (found.status, found.filled, found.total) == (StepStatus.NOT_STARTED, 1, 2)
    writer.set({f"t[{writer['t'][0].id}].y": "1"})
    assert step_state(writer.engine, "s").status is StepStatus.DONE


def test_empty_rows_are_no_answer():
    assert state({"t": rows({}, {"x": " "})}).filled == 0


def test_a_confirmed_issue_does_not_count():
    engine = Writer(SMALL, {"b": 10}, accepted={"b_small@b": "是这样"}).engine
    assert step_state(engine, "only").warnings == 0


def test_a_hidden_step_does_not_apply():
    states = step_states(Writer().engine)
    assert list(states) == ["cover", "unit", "plan"]
    assert states["plan"].status is StepStatus.NOT_APPLICABLE
    assert states["plan"].total == 0


def test_an_unknown_step_is_a_mistake():
    with pytest.raises(KeyError):
        step_state(Writer().engine, "gone")


def test_progress_is_the_share_of_required_answers():
    def percent(values):
        writer = Writer(SMALL, values)
        return progress(SMALL, writer.values, writer.engine.irrelevant)

    assert percent({}) == 0
    assert percent({"a": "x"}) == 33
    assert percent({"a": "x", "w.name": "周", "w.tel": "1"}) == 66
    assert percent({"a": "x", "w.name": "周", "w.tel": "1", "t": rows({"x": "1"})}) == 100
    assert percent({"a": "x", "w.name": "周", "w.tel": "1", "t": rows({"x": "1"}), "b": 3}) == 75


def test_progress_agrees_with_the_steps():
    writer = Writer(
        values={"unit_name": "甲", "targets": rows({"base": Decimal(1)}), "leader.name": "周", "again": "yes"}
    )
    states = step_states(writer.engine).values()
    required, there = sum(one.required for one in states), sum(one.required_filled for one in states)
    assert progress(FORM, writer.values, writer.engine.irrelevant) == there * 100 // required


def test_nothing_required_is_complete():
    form = make_form(
        Step(
            name="s", label="s", group=(Group(name="g", field=(Field(name="a", type="text", label="甲"),)),)
        ),
        checks=(),
    )
    assert progress(form, {}, ()) == 100
