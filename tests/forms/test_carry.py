"""What one form gives another: once at the beginning, compared ever after, and nothing typed is touched."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pilotdesk.forms.answer_book import AnswerBook
from pilotdesk.forms.carry import (
    Difference,
    carried_values,
    caught_up,
    compare_carried,
    merged_with,
    settled,
    taken_over,
)
from pilotdesk.forms.model import Field, Form, FormHead
from pilotdesk.forms.values import Row, Unparsed, is_blank


def form_of(*fields: Field) -> Form:
    head = FormHead(name="f", title="表", short="表", version=1, project_name="name", unit_name="name")
    return Form(head=head, steps=(), fields={field.name: field for field in fields}, step_of={}, lists={})


def column(name: str, *carry: str, changed_into: str = "") -> Field:
    return Field(
        name=name, type="text", label=name, carry=carry, changed_into=changed_into, fixed=bool(carry)
    )


FIGURES = Field(
    name="figures",
    type="table",
    label="指标",
    carry=("application.targets",),
    columns=(
        column("indicator", "application.targets.indicator"),
        column("promised", "application.targets.value_2027", changed_into="promised_now"),
        column("promised_now"),
        column("achieved"),
    ),
)
SUMMARY = form_of(
    Field(name="name", type="text", label="名称", carry=("summary_2027.name", "application.project_name")),
    Field(
        name="contact",
        type="person",
        label="联系人",
        carry=("application.contact",),
        parts=(
            Field(name="name", type="text", label="姓名"),
            Field(name="mobile", type="text", label="手机", carry=("application.leader.mobile",)),
        ),
    ),
    FIGURES,
    Field(name="remark", type="text", label="备注"),
)


def target(row_id: str, indicator: str, value: str | None = None) -> Row:
    cells = {"indicator": indicator, "value_2027": value, "value_2028": "9"}
    return Row(row_id, {name: cell for name, cell in cells.items() if cell is not None})


def application(*targets: Row, **scalars: str) -> dict:
    return {"application": {"targets": targets, **{k.replace("__", "."): v for k, v in scalars.items()}}}


def after(values: dict, written: dict) -> dict:
    """The values of a draft into which something was written."""
    book = AnswerBook(SUMMARY, values)
    book.write(written)
    return dict(book.values)


class TestTakingAlong:
    def test_the_first_source_that_is_answered_counts(self):
        others = application(project_name="甲") | {"summary_2027": {"name": "  "}}
        assert carried_values(SUMMARY, others) == {"name": "甲"}
        assert carried_values(SUMMARY, others | {"summary_2027": {"name": "乙"}}) == {"name": "乙"}

    def test_a_person_comes_part_by_part(self):
        others = application(contact__name="刘", contact__mobile="1", leader__mobile="2")
        assert carried_values(SUMMARY, others) == {"contact.name": "刘", "contact.mobile": "2"}

    def test_rows_come_under_their_ids_with_the_carried_cells_only(self):
        others = application(
            target("r_b", "满意度", "90"), Row("r_a", {"value_2028": "1"}), target("r_c", "时限")
        )
        assert carried_values(SUMMARY, others) == {
            "figures": (
                Row("r_b", {"indicator": "满意度", "promised": "90"}),
                Row("r_c", {"indicator": "时限"}),
            )
        }

    def test_rows_of_several_tables_are_joined_and_cells_found_wherever_they_are(self):
        figures = Field(
            name="figures",
            type="table",
            label="指标",
            carry=("application.targets", "application.outcomes"),
            columns=(
                column("title", "application.targets.indicator", "application.outcomes.kind"),
                column("last", "summary_2027.figures.achieved"),
            ),
        )
        others = {
            "application": {
                "targets": (target("r_a", "甲"), target("r_b", "乙")),
                "outcomes": (Row("r_c", {"kind": "丙"}), Row("r_b", {"kind": "丁"})),
            },
            "summary_2027": {
                "figures": (Row("r_b", {"achieved": Decimal("3")}), Row("r_x", {"achieved": 1}))
            },
        }
        assert carried_values(form_of(figures), others) == {
            "figures": (
                Row("r_a", {"title": "甲"}),
                Row("r_b", {"title": "乙", "last": Decimal("3")}),
                Row("r_c", {"title": "丙"}),
            )
        }

    def test_only_a_tree_keeps_what_stands_above_a_row(self):
        columns = (column("code", "application.structure.code"),)
        carry = ("application.structure",)
        tree = Field(name="tree", type="tree", label="体系", carry=carry, columns=columns)
        plain = Field(name="plain", type="table", label="体系", carry=carry, columns=columns)
        others = {"application": {"structure": (Row("r_a", {"code": "1"}), Row("r_b", {"code": "2"}, "r_a"))}}
        carried = carried_values(form_of(tree, plain), others)
        assert [row.parent for row in carried["tree"]] == [None, "r_a"]
        assert [row.parent for row in carried["plain"]] == [None, None]

    def test_typed_answers_stand_over_carried_ones(self):
        carried = {"name": "甲", "figures": (Row("r_a", {"indicator": "满意度", "promised": "90"}),)}
        typed = {
            "name": " ",
            "remark": "备注",
            "figures": (Row("r_z", {"achieved": "自己的"}), Row("r_a", {"achieved": "88", "promised": "91"})),
        }
        assert merged_with(SUMMARY, carried, typed) == {
            "name": "甲",
            "remark": "备注",
            "figures": (
                Row("r_a", {"indicator": "满意度", "promised": "91", "achieved": "88"}),
                Row("r_z", {"achieved": "自己的"}),
            ),
        }


class TestComparing:
    BEFORE = carried_values(SUMMARY, application(target("r_a", "满意度", "90"), project_name="甲"))

    def compared(self, others: dict, values: dict | None = None) -> tuple[Difference, ...]:
        now = carried_values(SUMMARY, others)
        return compare_carried(SUMMARY, self.BEFORE, now, self.BEFORE if values is None else values)

    def test_nothing_is_said_where_the_source_says_what_it_said(self):
        others = application(target("r_a", "满意度", "90"), project_name="甲")
        assert self.compared(others, {"name": "自己改的", "figures": ()}) == ()

    def test_nothing_is_said_where_the_draft_says_so_already(self):
        others = application(target("r_a", "满意度", "95"), project_name="乙")
        values = {
            "name": "乙",
            "figures": (Row("r_a", {"indicator": "满意度", "promised": "90", "promised_now": "95"}),),
        }
        assert self.compared(others, values) == ()

    def test_a_changed_answer_says_what_was_what_is_and_what_stands_here(self):
        others = application(target("r_a", "满意度", "90"), project_name="乙")
        (untouched,) = self.compared(others)
        (typed,) = self.compared(others, {**self.BEFORE, "name": "丙"})
        assert untouched == Difference("name", "甲", "乙", "甲")
        assert not untouched.typed
        assert typed == Difference("name", "甲", "乙", "丙")
        assert typed.typed

    def test_rows_that_come_and_go_are_named_whole(self):
        came, went = self.compared(application(target("r_b", "时限", "3"), project_name="甲"))
        assert came == Difference(
            "figures", None, (Row("r_b", {"indicator": "时限", "promised": "3"}),), None
        )
        assert (went.path, went.now, went.row.id) == ("figures", None, "r_a")

    def test_a_row_that_was_deleted_here_is_not_mentioned_again(self):
        others = application(target("r_a", "满意度", "99"), project_name="甲")
        assert self.compared(others, {"name": "甲"}) == ()

    def test_a_promise_that_was_emptied_keeps_its_wording_and_is_not_mentioned(self):
        assert self.compared(application(target("r_a", "满意度"), project_name="甲")) == ()

    def test_a_field_that_the_form_does_not_have_any_more_does_not_disturb(self):
        assert compare_carried(SUMMARY, {"gone": "a"}, {}, {}) == ()


class TestTakingOver:
    def test_the_first_promise_stays_beside_the_new_one(self):
        values = dict(TestComparing.BEFORE)
        now = carried_values(SUMMARY, application(target("r_a", "满意度", "95"), project_name="甲"))
        differences = compare_carried(SUMMARY, values, now, values)
        assert taken_over(SUMMARY, differences, values) == {"figures[r_a].promised_now": "95"}

    def test_a_promise_that_is_changed_twice_has_its_first_and_its_last_wording(self):
        values = baseline = dict(TestComparing.BEFORE)
        for wording in ("95", "97"):
            now = carried_values(SUMMARY, application(target("r_a", "满意度", wording), project_name="甲"))
            differences = compare_carried(SUMMARY, baseline, now, values)
            values = after(values, taken_over(SUMMARY, differences, values))
            baseline = settled(baseline, differences)
        assert dict(values["figures"][0].cells) == {
            "indicator": "满意度",
            "promised": "90",
            "promised_now": "97",
        }

    def test_a_promise_that_was_missing_becomes_the_first_one(self):
        values = {"figures": (Row("r_a", {"indicator": "满意度"}),)}
        now = carried_values(SUMMARY, application(target("r_a", "满意度", "95")))
        differences = compare_carried(SUMMARY, values, now, values)
        assert taken_over(SUMMARY, differences, values) == {"figures[r_a].promised": "95"}

    def test_what_was_typed_gives_way_only_when_somebody_agrees(self):
        values = {**TestComparing.BEFORE, "name": "丙"}
        differences = (Difference("name", "甲", "乙", "丙"),)
        assert taken_over(SUMMARY, differences, values) == {}
        assert taken_over(SUMMARY, differences, values, overwrite=True) == {"name": "乙"}

    def test_a_row_with_typed_answers_stays_when_its_source_goes(self):
        values = dict(TestComparing.BEFORE)
        untouched = compare_carried(SUMMARY, values, {"name": "甲"}, values)
        assert taken_over(SUMMARY, untouched, values) == {"figures": None}
        filled = after(values, {"figures[r_a].achieved": "88"})
        differences = compare_carried(SUMMARY, values, {"name": "甲"}, filled)
        assert taken_over(SUMMARY, differences, filled) == {}

    def test_a_new_row_and_a_changed_cell_go_in_together(self):
        values = dict(TestComparing.BEFORE)
        others = application(target("r_a", "群众满意度", "90"), target("r_b", "时限"), project_name="甲")
        differences = compare_carried(SUMMARY, values, carried_values(SUMMARY, others), values)
        assert taken_over(SUMMARY, differences, values) == {
            "figures": (
                Row("r_a", {"indicator": "群众满意度", "promised": "90"}),
                Row("r_b", {"indicator": "时限"}),
            )
        }

    @pytest.mark.parametrize("stale", [{"name": "又改了"}, {}])
    def test_a_difference_that_is_not_true_any_more_changes_nothing(self, stale):
        assert taken_over(SUMMARY, (Difference("name", "甲", "乙", "甲"),), stale, overwrite=True) == {}


class TestCatchingUp:
    def test_a_row_that_went_here_and_there_is_new_when_it_comes_back(self):
        before = TestComparing.BEFORE
        baseline = caught_up(SUMMARY, before, {"name": "甲"}, {"name": "甲"})
        assert baseline == {"name": "甲"}
        (came,) = compare_carried(SUMMARY, baseline, before, {"name": "甲"})
        assert (came.path, came.now) == ("figures", before["figures"])

    def test_the_baseline_moves_on_where_the_draft_says_what_the_source_says(self):
        before = TestComparing.BEFORE
        now = carried_values(
            SUMMARY, application(target("r_a", "群众满意度", "95"), target("r_b", "时限"), project_name="乙")
        )
        written = {"figures[r_a].promised_now": "95", "name": "丙"}
        baseline = caught_up(SUMMARY, before, now, after(dict(before), written))
        assert baseline == {"name": "甲", "figures": (Row("r_a", {"indicator": "满意度", "promised": "95"}),)}

    def test_what_was_taken_over_and_taken_back_is_shown_again(self):
        values = before = TestComparing.BEFORE
        now = carried_values(SUMMARY, application(target("r_a", "满意度", "90"), project_name="乙"))
        assert caught_up(SUMMARY, before, now, values) == before
        assert len(compare_carried(SUMMARY, before, now, values)) == 1


WORDS = st.sampled_from(["一", "二", "三", Unparsed("八十多"), Decimal("1.5")])
IDS = st.sampled_from(["r_a", "r_b", "r_c"])


def tables(*names: str) -> st.SearchStrategy:
    cells = st.dictionaries(st.sampled_from(names), WORDS, max_size=len(names))
    made = st.tuples(IDS, cells).map(lambda parts: Row(*parts))
    return st.lists(made, max_size=3, unique_by=lambda row: row.id).map(tuple)


SOURCES = st.fixed_dictionaries(
    {},
    optional={
        "project_name": WORDS,
        "contact.name": WORDS,
        "leader.mobile": WORDS,
        "targets": tables("indicator", "value_2027", "value_2028"),
    },
).map(lambda values: {"application": values})
TYPED = st.fixed_dictionaries(
    {},
    optional={
        "name": WORDS,
        "contact.name": WORDS,
        "remark": WORDS,
        "figures": tables("indicator", "promised", "promised_now", "achieved"),
    },
)


def answers(values: dict) -> dict:
    """Every answer by its path, cells too."""
    found = {path: value for path, value in values.items() if path != "figures" and not is_blank(value)}
    for row in values.get("figures") or ():
        found |= {f"figures[{row.id}].{name}": cell for name, cell in row.cells.items()}
    return found


@given(SOURCES, SOURCES, TYPED)
def test_nothing_typed_is_ever_overwritten(first, then, typed):
    before, now = carried_values(SUMMARY, first), carried_values(SUMMARY, then)
    values = merged_with(SUMMARY, before, typed)
    done = after(values, taken_over(SUMMARY, compare_carried(SUMMARY, before, now, values), values))
    carried = answers(before)
    for path, value in answers(values).items():
        if carried.get(path.replace("promised_now", "promised")) != value:  # in force is what was carried
            assert answers(done)[path] == value


@given(SOURCES, SOURCES, TYPED, st.booleans())
@example(
    first={"application": {}},
    then={"application": {"targets": (Row("r_c", {"indicator": "一", "value_2027": "二"}),)}},
    typed={"figures": (Row("r_c", {"promised_now": "一"}),)},
    overwrite=True,
)
def test_taking_over_twice_changes_nothing(first, then, typed, overwrite):
    before, now = carried_values(SUMMARY, first), carried_values(SUMMARY, then)
    values = merged_with(SUMMARY, before, typed)
    differences = compare_carried(SUMMARY, before, now, values)
    done = after(values, taken_over(SUMMARY, differences, values, overwrite=overwrite))
    assert taken_over(SUMMARY, differences, done, overwrite=overwrite) == {}
    assert compare_carried(SUMMARY, settled(before, differences), now, done) == ()
    if overwrite:
        baseline = caught_up(SUMMARY, before, now, done)
        assert compare_carried(SUMMARY, baseline, now, done) == ()


@given(SOURCES, SOURCES, TYPED)
def test_with_everything_agreed_to_the_draft_says_what_the_sources_say(first, then, typed):
    before, now = carried_values(SUMMARY, first), carried_values(SUMMARY, then)
    values = merged_with(SUMMARY, before, typed)
    differences = compare_carried(SUMMARY, before, now, values)
    done = answers(after(values, taken_over(SUMMARY, differences, values, overwrite=True)))
    for one in differences:
        for path, value in answers({one.path: one.now}).items():
            new = done.get(path.replace("promised", "promised_now")) if "promised" in path else None
            assert value in (done.get(path), new)


@given(SOURCES, TYPED)
def test_every_typed_character_is_in_the_new_draft(first, typed):
    before = carried_values(SUMMARY, first)
    assert answers(merged_with(SUMMARY, before, typed)) == answers(before) | answers(typed)
