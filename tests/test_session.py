"""The session is the one writer: changes, undo, rows, listeners."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import MappingProxyType

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from pilotdesk.forms.shipped import load_shipped
from pilotdesk.forms.values import Row, Unparsed
from pilotdesk.session import Session

TODAY = date(2026, 6, 12)


def new_session(values=None):
    return Session(load_shipped("2026"), "application", values or {}, today=TODAY)


@pytest.fixture
def session():
    return new_session()


@pytest.fixture
def changes(session):
    heard = []
    session.subscribe(heard.append)
    return heard


def names(session, table="targets"):
    return [row.cell("indicator") for row in session.rows(table)]


def test_a_typed_answer_is_kept_and_announced_once(session, changes):
    change = session.set_text("staff_count", "86人", origin="editor")
    assert session.value("staff_count") == 86
    assert changes == [change]
    assert change.origin == "editor"
    assert "staff_count" in change.paths


def test_a_listener_that_fails_keeps_none_of_the_others_from_hearing(session):
    heard = []

    def failing(_change):
        raise ZeroDivisionError

    session.subscribe(lambda change: heard.append(("before", change)))
    session.subscribe(failing)
    session.subscribe(lambda change: heard.append(("after", change)))
    with pytest.raises(ZeroDivisionError):
        session.set_text("unit_name", "南汀县局")
    assert [name for name, _ in heard] == ["before", "after"]
    assert session.value("unit_name") == "南汀县局"


@pytest.mark.parametrize("act", ["type", "insert", "undo"])
def test_what_was_typed_is_told_although_the_rules_fail_over_it(session, changes, monkeypatch, act):
    """Autosave hears of nothing else; the next key would fail over it again."""
    session.set_text("unit_name", "南汀县局")

    def failing(*_given, **_named):
        raise ZeroDivisionError

    acts = {
        "type": (lambda: session.set_text("unit_name", "南汀县市场监督管理局"), "unit_name"),
        "insert": (lambda: session.insert_rows("targets", 0, [{"indicator": "制定标准"}]), "targets"),
        "undo": (session.undo, "unit_name"),
    }
    do, path = acts[act]
    with monkeypatch.context() as broken:
        broken.setattr(session.engine, "changed", failing)
        with pytest.raises(ZeroDivisionError):
            do()
    assert path in changes[-1].paths | changes[-1].tables
    assert len(changes) == 2
    now = session.value(path)
    assert (now is None) is (act == "undo")
    session.undo()
    assert session.value(path) != now or act == "undo"


def test_a_draft_that_is_only_looked_at_from_now_on_takes_nothing_back(session):
    session.set_text("unit_name", "南汀县局")
    session.is_read_only = True
    assert not session.undo()
    assert session.value("unit_name") == "南汀县局"
    session.is_read_only = False
    session.undo()
    session.is_read_only = True
    assert not session.redo()
    assert session.value("unit_name") is None
    assert session.steps.can_redo


def test_what_cannot_be_read_is_kept_as_typed(session):
    session.set_text("staff_count", "八十多")
    assert session.value("staff_count") == Unparsed("八十多")
    assert [issue.code for issue in session.issues_at("staff_count")] == ["unparsed"]


def test_the_same_value_again_is_no_change(session, changes):
    session.set_text("staff_count", "86")
    assert not session.set_text("staff_count", " 86 ")
    assert len(changes) == 1


def test_blank_text_takes_the_answer_away(session):
    session.set_text("unit_name", "南汀县政务服务中心")
    session.set_text("unit_name", "   ")
    assert session.value("unit_name") is None
    assert "unit_name" not in session.values


def test_what_follows_from_an_answer_comes_in_the_same_change(session, changes):
    session.set_value("project_name", "南汀县政务服务标准化试点")
    assert session.value("basic_project_name") == "南汀县政务服务标准化试点"
    assert {"project_name", "basic_project_name"} <= changes[0].paths


def test_a_calculated_field_is_not_written_by_hand(session):
    with pytest.raises(ValueError, match="basic_project_name"):
        session.set_value("basic_project_name", "别的")


def test_a_path_that_is_not_in_the_form_is_a_bug(session):
    with pytest.raises(KeyError):
        session.set_value("no_such_field", "x")


def test_typing_on_in_one_field_is_one_undo_step(session):
    for text in ("南", "南汀", "南汀县"):
        session.set_text("unit_name", text, origin="editor")
    session.undo()
    assert session.value("unit_name") is None
    session.redo()
    assert session.value("unit_name") == "南汀县"


def test_text_that_was_taken_away_comes_back_without_losing_what_was_typed_before(session):
    for text in ("南汀县地处山区", "南汀县地处山区，茶园十二万亩。", "", "改"):
        session.set_text("unit_name", text, origin="editor")
    session.undo()
    assert session.value("unit_name") == "南汀县地处山区，茶园十二万亩。"
    session.undo()
    assert session.value("unit_name") is None
    session.redo()
    session.redo()
    assert session.value("unit_name") == "改"


@pytest.mark.parametrize(("taken", "back"), [(4, None), (5, "南汀县地处山区")])
def test_five_characters_that_go_at_once_are_a_step_of_their_own(session, taken, back):
    text = "南汀县地处山区"
    for typed in (text, text[:-taken]):
        session.set_text("unit_name", typed, origin="editor")
    session.undo()
    assert session.value("unit_name") == back


def test_leaving_the_field_ends_the_step(session):
    session.set_text("unit_name", "南汀", origin="editor")
    session.steps.end_typing()
    session.set_text("unit_name", "南汀县", origin="editor")
    session.undo()
    assert session.value("unit_name") == "南汀"


def test_an_edit_after_undo_forgets_what_was_undone(session):
    session.set_text("unit_name", "甲")
    session.undo()
    session.set_text("unit_name", "乙")
    assert not session.steps.can_redo
    assert not session.redo()


def test_undo_takes_a_prefill_back_with_its_cause(session):
    session.set_text("uscc", "12361099MB1K23456F")
    assert session.value("unit_kind") == "institution"
    session.undo()
    assert session.value("unit_kind") is None


def test_rows_get_ids_of_their_own_and_keep_them_when_moved(session):
    session.insert_rows("targets", 0, [{"indicator": "甲"}, {"indicator": "乙"}, {"indicator": "丙"}])
    ids = {row.cell("indicator"): row.id for row in session.rows("targets")}
    assert len(set(ids.values())) == 3
    session.move_row("targets", ids["丙"], 0)
    assert names(session) == ["丙", "甲", "乙"]
    assert {row.cell("indicator"): row.id for row in session.rows("targets")} == ids


def test_a_cell_is_written_by_its_row_not_its_place(session):
    session.insert_rows("targets", 0, [{"indicator": "甲"}, {"indicator": "乙"}])
    second = session.rows("targets")[1].id
    session.move_row("targets", second, 0)
    session.set_text(f"targets[{second}].value_2027", "12.50")
    assert session.rows("targets")[0].cell("value_2027") == Decimal("12.50")
    assert session.value(f"targets[{second}].value_2027") == Decimal("12.50")


def test_deleted_rows_come_back_with_undo(session):
    session.insert_rows("targets", 0, [{"indicator": "甲"}, {"indicator": "乙"}])
    before = session.rows("targets")
    change = session.remove_rows("targets", [before[0].id])
    assert change.tables == {"targets"}
    assert names(session) == ["乙"]
    session.undo()
    assert session.rows("targets") == before


def test_a_node_takes_the_nodes_below_it_along(session):
    tree = (
        Row("r_1", {"code": "1"}),
        Row("r_2", {"code": "2"}, "r_1"),
        Row("r_3", {}, "r_2"),
        Row("r_4", {}),
    )
    session.replace_rows("standards_tree", tree)
    session.remove_rows("standards_tree", ["r_1"])
    assert [row.id for row in session.rows("standards_tree")] == ["r_4"]


def test_a_paste_is_one_step(session):
    session.insert_rows("targets", 0, [{"indicator": "甲"}, {"indicator": "乙"}])
    first, second = (row.id for row in session.rows("targets"))
    session.set_values({f"targets[{first}].unit": "项", f"targets[{second}].unit": "%"})
    session.undo()
    assert [row.cell("unit") for row in session.rows("targets")] == [None, None]


def test_writing_to_a_row_that_is_gone_is_a_bug(session):
    with pytest.raises(KeyError):
        session.set_value("targets[r_00000000].unit", "项")


def test_an_answered_warning_leaves_the_count_and_can_come_back(session):
    session.set_text("uscc", "12361099MB1K23456H")
    (issue,) = [issue for issue in session.issues_at("uscc") if issue.severity.value == "warning"]
    session.accept(issue.code, "uscc", "证书上就是这样")
    assert issue not in session.issues_at("uscc")
    session.accept(issue.code, "uscc", None)
    assert issue in session.issues_at("uscc")


def test_a_listener_that_left_hears_nothing(session):
    heard = []
    leave = session.subscribe(heard.append)
    leave()
    session.set_text("unit_name", "甲")
    assert heard == []


def test_a_frozen_snapshot_does_not_change_any_more(session):
    session.set_text("unit_name", "甲")
    snapshot = session.freeze()
    session.set_text("unit_name", "乙")
    assert snapshot.value("unit_name") == "甲"
    with pytest.raises(TypeError):
        snapshot.values["unit_name"] = "丙"


class UndoMachine(RuleBasedStateMachine):
    """Whatever is done, undoing it all gives the beginning, and doing it again gives the end."""

    def __init__(self):
        super().__init__()
        self.session = new_session({"targets": (Row("r_0", MappingProxyType({"indicator": "始"})),)})
        self.start = dict(self.session.values)
        self.states = [self.start]

    def note(self):
        self.session.steps.end_typing()
        if dict(self.session.values) != self.states[-1]:
            self.states.append(dict(self.session.values))

    @rule(
        name=st.sampled_from(["unit_name", "staff_count", "uscc", "project_name"]), text=st.text(max_size=6)
    )
    def type_text(self, name, text):
        self.session.set_text(name, text)
        self.note()

    @rule(at=st.integers(0, 3), text=st.text(min_size=1, max_size=3))
    def add_row(self, at, text):
        self.session.insert_rows("targets", at, [{"indicator": text}])
        self.note()

    @rule(at=st.integers(0, 5))
    @precondition(lambda self: self.session.rows("targets"))
    def drop_row(self, at):
        rows = self.session.rows("targets")
        self.session.remove_rows("targets", [rows[at % len(rows)].id])
        self.note()

    @rule(at=st.integers(0, 5), text=st.text(max_size=3))
    @precondition(lambda self: self.session.rows("targets"))
    def type_cell(self, at, text):
        rows = self.session.rows("targets")
        self.session.set_text(f"targets[{rows[at % len(rows)].id}].value_2027", text)
        self.note()

    @rule()
    def undo_and_redo_walk_the_same_way(self):
        end = dict(self.session.values)
        while self.session.undo():
            pass
        assert dict(self.session.values) == self.start
        while self.session.redo():
            pass
        assert dict(self.session.values) == end

    def teardown(self):
        self.undo_and_redo_walk_the_same_way()


TestUndo = UndoMachine.TestCase
