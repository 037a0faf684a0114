"""The steps of the 录入助手: every answer of the sample once, as it is to be typed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from pilotdesk.documents.copying import CopyStep, copy_steps
from pilotdesk.forms.values import Attachment, MonthRange, Row, Unparsed, is_blank
from pilotdesk.projects import sample_package, session_of_package

if TYPE_CHECKING:
    from pilotdesk.session import Session

DAY = date(2026, 6, 2)


@pytest.fixture
def session() -> Session:
    return session_of_package(sample_package(), DAY)


def steps_of(session: Session) -> dict[str, CopyStep]:
    steps = copy_steps(session.form, session.freeze())
    found = {step.key: step for step in steps}
    assert len(found) == len(steps)
    return found


def answers(session: Session) -> set[str]:
    """Paths of every answer that is there and asked for, taken from the values themselves."""
    found: set[str] = set()
    for path, value in session.values.items():
        if is_blank(value) or not session.is_relevant(path.partition(".")[0]):
            continue
        if isinstance(value, tuple) and any(isinstance(part, Row) for part in value):
            # A table that is worked out keeps cells of the one it comes from that it has no column for.
            columns = {column.name for column in session.form.fields[path].columns}
            cells = (
                f"{path}[{row.id}].{name}"
                for row in value
                if isinstance(row, Row)
                for name, cell in row.cells.items()
                if name in columns and not is_blank(cell)
            )
            found.update(cell for cell in cells if session.is_relevant(cell))
        else:
            found.add(path)
    return found


@pytest.mark.parametrize("form", ["application", "summary_2027", "self_assessment"])
def test_every_answer_that_is_asked_for_has_its_step(form: str) -> None:
    session = session_of_package(sample_package(form), DAY)
    steps = steps_of(session).values()
    filled = {step.path for step in steps if step.kind != "blank"}
    hidden = {name for name in session.engine.irrelevant if name.startswith(("step:", "group:"))}
    shown = {
        field.name
        for step in session.form.steps
        for group in step.group
        for field in group.field
        if not {f"step:{step.name}", f"group:{group.name}"} & hidden
    }
    wanted = {path for path in answers(session) if path.partition("[")[0].partition(".")[0] in shown}
    assert wanted <= filled
    assert all(session.value(path) is not None for path in filled)
    assert all(step.value == "" for step in steps if step.kind == "blank")


def test_values_stand_as_they_are_typed(session: Session) -> None:
    session.set_value("filing_date", date(2026, 6, 3))
    session.set_value("build_period", MonthRange("2027-01", "2028-12"))
    steps = steps_of(session)
    assert steps["filing_date"].value == "2026-06-03"
    assert (steps["build_period#start"].value, steps["build_period#end"].value) == ("2027-01", "2028-12")
    assert steps["build_period#end"].detail == "止"
    nature = next(step for step in steps.values() if step.label == "单位性质")
    assert (nature.kind, nature.value) == ("chosen", "事业单位")
    counted = next(step for step in steps.values() if step.number == "2.13")
    assert (counted.value, counted.unit) == ("41.6", "万件")
    leader = next(step for step in steps.values() if step.name == "2.15 项目负责人，手机")
    assert leader.path.endswith(".mobile")


def test_a_long_text_goes_whole(session: Session) -> None:
    text = "第一段。\n第二段“引号”，GB/T 1.1—2020。"
    session.set_value("summary", text)
    assert steps_of(session)["summary"].value == text


def test_tables_go_row_by_row_and_cell_by_cell(session: Session) -> None:
    rows = session.rows("targets")
    mine = [step for step in steps_of(session).values() if step.path.startswith("targets[")]
    columns = len(session.form.fields["targets"].columns)
    assert [step.place for step in mine[:: columns or 1]][:2] == [
        f"第 1 行，共 {len(rows)} 行",
        f"第 2 行，共 {len(rows)} 行",
    ]
    assert [step.path.partition("]")[0] for step in mine] == sorted(
        (step.path.partition("]")[0] for step in mine), key=[f"targets[{row.id}" for row in rows].index
    )
    assert mine[0].about == next(step.value for step in mine if step.kind == "typed")
    session.replace_rows("targets", ())
    blank = steps_of(session)["targets"]
    assert (blank.kind, blank.name) == ("blank", f"{blank.number} {blank.label}")


def test_what_is_hidden_has_no_step(session: Session) -> None:
    before = steps_of(session)
    assert "prior_pilot_name" in before
    session.set_value("prior_pilot_level", None)
    after = steps_of(session)
    assert "prior_pilot_name" not in after
    assert after["prior_pilot_level"].kind == "blank"
    assert session.value("prior_pilot_name")  # kept, and still not asked for


def test_what_could_not_be_read_says_so(session: Session) -> None:
    session.set_value("filing_date", Unparsed("六月初"))
    step = steps_of(session)["filing_date"]
    assert (step.value, step.unread) == ("六月初", True)


def test_files_are_uploaded_one_by_one(session: Session) -> None:
    files = tuple(Attachment("0" * 63 + mark, f"{mark}.pdf", 1) for mark in "ab")
    session.set_value("legal_certificate", files)
    steps = steps_of(session)
    assert [steps[key].value for key in ("legal_certificate", "legal_certificate#1")] == ["a.pdf", "b.pdf"]
    assert steps["legal_certificate#1"].kind == "file"


def test_the_trace_follows_the_value_and_is_not_the_value(session: Session) -> None:
    first = steps_of(session)["project_name"]
    session.set_value("project_name", "另一个标准化试点")
    second = steps_of(session)["project_name"]
    assert first.trace != second.trace
    assert len(second.trace) == 4


def test_numbers_keep_their_digits(session: Session) -> None:
    path = next(step.path for step in steps_of(session).values() if step.number == "2.13")
    session.set_value(path, Decimal("41.70"))
    assert steps_of(session)[path].value == "41.70"
