"""What the rules have prefilled is part of the step that it followed from."""

from __future__ import annotations

from datetime import date

from pilotdesk.forms.shipped import load_shipped
from pilotdesk.session import Session


def opened():
    return Session(load_shipped("2026"), "application", {}, today=date(2026, 6, 12))


def levels(session):
    return [row.cell("level") for row in session.rows("standards")]


def test_pasted_rows_are_undone_with_what_was_prefilled_in_them():
    session = opened()
    session.insert_rows("standards", 0, [{"number": "GB/T 1—2020"}, {"number": "Q/A 1—2020"}])
    assert levels(session) == ["national", "enterprise"]
    session.undo()
    assert session.rows("standards") == ()
    session.redo()
    assert levels(session) == ["national", "enterprise"]


def test_a_prefilled_cell_is_undone_with_the_cell_it_followed_from():
    session = opened()
    session.insert_rows("standards", 0, [{"name": "某标准"}])
    row = session.rows("standards")[0].id
    session.set_value(f"standards[{row}].number", "GB/T 1—2020")
    assert levels(session) == ["national"]
    session.undo()
    assert session.rows("standards")[0].cells == {"name": "某标准"}


def test_a_former_state_is_put_back_without_anything_prefilled_and_undone_as_one_step():
    session = opened()
    session.insert_rows("standards", 0, [{"name": "某标准"}])
    row = session.rows("standards")[0].id
    session.set_values({f"standards[{row}].number": "GB/T 1—2020"}, "restored", prefill=False)
    assert levels(session) == [None]
    session.undo()
    assert session.rows("standards")[0].cells == {"name": "某标准"}


def test_undo_prefills_nothing():
    session = opened()
    session.insert_rows("standards", 0, [{"number": "GB/T 1—2020"}])
    row = session.rows("standards")[0].id
    session.set_value(f"standards[{row}].level", None)
    session.remove_rows("standards", [row])
    session.undo()
    assert levels(session) == [None]
