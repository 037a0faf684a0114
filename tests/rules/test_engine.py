"""Relevance, calculations, prefills and effects, one behaviour at a time."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import MappingProxyType

import pytest

from pilotdesk.errors import PackError
from pilotdesk.forms.model import Field
from pilotdesk.forms.values import MonthRange, Row, Unparsed
from pilotdesk.rules.engine import Engine
from pilotdesk.rules.plan import MOST_KEPT, plan_of
from tests.rules.sample_form import FORM, ROUND, TODAY, Writer, check, one_field_form, rows

USCC = "12361022MB1K23456H"


# --- relevance --------------------------------------------------------------------------------------


def test_unknown_relevance_hides():
    writer = Writer()
    assert {"again_note", "group:region_pilot", "members", "step:plan", "targets"} <= writer.engine.irrelevant
    assert writer.effects.relevance["again_note"] is False


def test_an_answer_shows_what_hangs_on_it_and_says_so():
    writer = Writer()
    effects = writer.set({"again": "yes"})
    assert dict(effects.relevance) == {"again_note": True}
    assert writer.codes("again_note") == ["required"]
    assert "again_note" in effects.issues
    writer.set({"again": "no"})
    assert writer.codes("again_note") == []


def test_a_step_rules_everything_inside():
    writer = Writer(values={"unit_name": "甲", "targets": rows({"base": Decimal(1)}), "summary": "待补充"})
    assert writer.codes("targets[r_0].indicator") == ["required"]
    effects = writer.set({"unit_name": None})
    assert {"step:plan", "group:tables", "targets", "goal_total", "summary"} <= {
        name for name, shown in effects.relevance.items() if not shown
    }
    assert writer.codes("targets[r_0].indicator") == []
    assert not writer.engine.is_relevant("targets[r_0].indicator")
    writer.set({"unit_name": "甲"})
    assert writer.codes("targets[r_0].indicator") == ["required"]


def test_a_hidden_answer_is_kept_and_unknown_to_others():
    writer = Writer(values={"pilot_type": "region", "members": 3, "peers": 4})
    assert writer["rate"] == Decimal("75.0")
    writer.set({"pilot_type": "unit"})
    assert writer["members"] == 3
    assert writer["rate"] is None
    writer.set({"pilot_type": "region"})
    assert writer["rate"] == Decimal("75.0")


def test_a_hidden_table_has_no_rows_for_others():
    form = one_field_form(
        Field(name="some", type="choice", label="有", choices="yes_no"),
        Field(
            name="list",
            type="table",
            label="表",
            relevant="some == 'yes'",
            columns=(Field(name="size", type="integer", label="数"),),
        ),
        Field(name="rows", type="calculated", label="行", calculation="count(list)"),
        Field(name="total", type="calculated", label="和", calculation="sum(list.size)"),
    )
    writer = Writer(form, {"some": "yes", "list": rows({"size": 2}, {"size": 3})})
    assert (writer["rows"], writer["total"]) == (2, 5)
    writer.set({"some": "no"})
    assert (writer["rows"], writer["total"]) == (0, None)


def test_cells_are_relevant_row_by_row():
    writer = Writer(
        values={
            "unit_name": "甲",
            "targets": rows({"base": Decimal(5), "goal": Decimal(1)}, {"base": Decimal(5)}),
        }
    )
    assert writer.engine.is_relevant("targets[r_0].reason")
    assert not writer.engine.is_relevant("targets[r_1].reason")
    assert "required" in writer.codes("targets[r_0].reason")
    effects = writer.set({"targets[r_0].goal": Decimal(9)})
    assert dict(effects.relevance) == {"targets[r_0].reason": False}
    assert writer.codes("targets[r_0].reason") == []


def test_a_hidden_cell_is_unknown_to_the_others():
    table = rows({"base": Decimal(1), "goal": Decimal(99), "reason": "旧"})
    writer = Writer(values={"unit_name": "甲", "targets": table})
    assert writer.codes("targets[r_0].growth") == ["growth_large"]
    assert writer.engine.answers.lookup("targets.reason") == ()
    assert writer.engine.answers.lookup("targets")[0].cell("reason") is None
    assert writer["targets[r_0].reason"] == "旧"


def test_empty_rows_do_not_exist_for_expressions():
    form = one_field_form(
        Field(name="unit", type="text", label="单位"),
        Field(
            name="it",
            type="table",
            label="表",
            columns=(
                Field(name="a", type="text", label="甲"),
                Field(name="b", type="text", label="乙", calculation="unit"),
            ),
        ),
        Field(name="rows", type="calculated", label="行", calculation="count(it)"),
        Field(name="cells", type="calculated", label="格", calculation="count(it.b)"),
    )
    writer = Writer(form, {"unit": "县局", "it": rows({}, {"a": "x"}, {"a": " "})})
    assert (writer["rows"], writer["cells"]) == (1, 1)


def test_a_row_that_comes_back_is_judged_anew():
    table = rows({"base": Decimal(5), "goal": Decimal(9)}, {"base": Decimal(5), "goal": Decimal(1)})
    writer = Writer(values={"unit_name": "甲", "targets": table})
    writer.set({"targets": table[1:]})
    back = table[0].with_cell("goal", Decimal(1))
    writer.set({"targets": (back, *table[1:])})
    assert writer.engine.is_relevant("targets[r_0].reason")
    assert "required" in writer.codes("targets[r_0].reason")
    assert writer.engine.answers.lookup("targets.reason") == ()


# --- calculations -----------------------------------------------------------------------------------


def test_calculations_follow_one_another():
    writer = Writer(values={"full_time": 1})
    assert writer["staff"] is None
    effects = writer.set({"part_time": 3})
    assert dict(effects.values) == {"staff": 4, "share": Decimal("25.0")}
    assert type(writer["staff"]) is int
    writer.set({"full_time": Unparsed("一")})
    assert (writer["staff"], writer["share"]) == (None, None)


def test_results_have_the_decimals_of_the_field():
    writer = Writer(values={"full_time": 1, "part_time": 2})
    assert str(writer["share"]) == "33.3"


def test_a_calculated_answer_is_checked_like_any_other():
    writer = Writer(values={"full_time": 0, "part_time": 0})
    assert writer.issue("staff", "staff_some").what == "合计是 0。"


def test_what_a_calculation_once_gave_is_not_believed():
    writer = Writer(values={"full_time": 1, "part_time": 1, "staff": 99, "title_again": "旧"})
    assert writer["staff"] == 2
    assert writer["title_again"] is None


def test_a_written_over_result_is_put_right():
    writer = Writer(values={"full_time": 1, "part_time": 1})
    writer.set({"staff": 99})
    assert writer["staff"] == 2


def test_a_table_can_be_calculated_and_calculated_with():
    writer = Writer(values={"unit_name": "甲"})
    writer.set(
        {
            "standards": rows(
                {"number": "GB/T 1—2020", "status": "in_force"}, {"number": "Q/A 1—2020", "status": "planned"}
            )
        }
    )
    table = {row.id: row for row in writer.values["statistics_table"]}
    assert table["r_national"].cell("existing") == 1
    assert table["r_total"].cell("needed") == 2
    assert writer["standards_total"] == 4  # the total row counts as a row of its own
    effects = writer.set({"standards[r_0].system_code": "101"})
    assert "statistics_table" not in effects.values


def test_a_written_over_table_is_put_right():
    writer = Writer(values={"unit_name": "甲"})
    table = writer["statistics_table"]
    writer.set({"statistics_table": table[:1]})
    assert writer["statistics_table"] == table


def test_nobody_is_asked_to_fill_a_calculated_table():
    table = Field(
        name="it",
        type="table",
        label="表",
        calculation="statistics(it_standards)",
        columns=(
            Field(name="level", type="choice", label="级", choices="yes_no", required=True),
            Field(name="note", type="text", label="注", required=True),
        ),
    )
    form = one_field_form(
        Field(
            name="it_standards",
            type="table",
            label="明细",
            columns=(Field(name="number", type="text", label="号"),),
        ),
        table,
    )
    assert Writer(form).engine.all_issues() == ()


def test_columns_are_calculated_row_by_row():
    writer = Writer(
        values={
            "unit_name": "甲",
            "targets": rows({"base": Decimal(1), "goal": Decimal(3)}, {"base": Decimal(1)}),
        }
    )
    assert writer["targets[r_0].growth"] == 2
    assert writer["targets[r_1].growth"] is None
    assert dict(writer.set({"targets[r_1].goal": Decimal(1)}).values) == {
        "targets[r_1].growth": Decimal(0),
        "goal_total": Decimal(4),
    }


def test_a_row_without_its_result_gets_it_again():
    table = rows({"base": Decimal(1), "goal": Decimal(3)})
    writer = Writer(values={"unit_name": "甲", "targets": table})
    assert writer.set({"targets": table}).values["targets[r_0].growth"] == 2


@pytest.mark.parametrize(
    ("type_", "formula", "value"),
    [
        ("integer", "7 / 2", 4),
        ("decimal", "7 / 2", Decimal("3.5")),
        ("text", "7 / 2", "3.5"),
        ("text", "('甲', '乙')", "甲、乙"),
        ("text", "1 == 1", "是"),
        ("calculated", "1 == 2", "否"),
        ("multi_choice", "'yes'", ("yes",)),
        ("multi_choice", "('yes', 'no')", ("yes", "no")),
        ("month", "'2027-01'", "2027-01"),
        ("date", "today()", TODAY),
        ("calculated", "today()", TODAY),
        ("month_range", "period", MonthRange("2027-01", None)),
        ("calculated", "period", MonthRange("2027-01", None)),
        ("integer", "'7'", None),
        ("date", "'2027-01'", None),
        ("month_range", "1", None),
        ("table", "('a', 'b')", None),
        ("text", "''", None),
        ("choice", "3", None),
    ],
)
def test_results_become_answers_of_the_field(type_, formula, value):
    form = one_field_form(
        Field(name="period", type="month_range", label="期"),
        Field(name="result", type=type_, label="果", calculation=formula),
    )
    assert Writer(form, {"period": MonthRange("2027-01", None)})["result"] == value


def test_a_flag_is_yes_or_no_where_the_list_has_them():
    form = one_field_form(
        Field(name="late", type="choice", label="迟", choices="yes_no", calculation="1 == 1")
    )
    assert Writer(form)["late"] == "yes"


# --- prefill ----------------------------------------------------------------------------------------


def test_a_prefill_is_written_when_its_operands_are_answered():
    writer = Writer(values={"uscc": USCC})
    assert writer["unit_kind"] is None  # not at the start
    writer.set({"uscc": "12361022MB1K23456"})
    assert writer["unit_kind"] is None  # unknown until the code is complete
    assert dict(writer.set({"uscc": USCC}).values) == {"unit_kind": "institution"}


def test_a_prefill_never_overwrites_and_is_written_once():
    writer = Writer(values={"unit_kind": "enterprise"})
    assert "unit_kind" not in writer.set({"uscc": USCC}).values
    writer.set({"unit_kind": None})
    assert writer["unit_kind"] is None  # cleared by a person, left alone
    writer.set({"project_name": "甲"})
    assert writer["unit_kind"] is None


def test_what_is_written_together_with_its_operand_is_left_alone():
    writer = Writer()
    writer.set({"uscc": USCC, "unit_kind": None})
    assert writer["unit_kind"] is None


def test_nothing_is_prefilled_on_undo():
    writer = Writer()
    assert not writer.set({"uscc": USCC}, prefill=False).values


def test_what_hangs_on_a_prefill_is_known_at_once():
    form = one_field_form(
        Field(name="region", type="region", label="地"),
        Field(name="province", type="text", label="省", prefill="province_of(region)"),
        Field(name="again", type="calculated", label="又", calculation="province"),
        Field(name="third", type="text", label="三", prefill="again"),
    )
    writer = Writer(form)
    assert dict(writer.set({"region": "361022"}).values) == {
        "province": "360000",
        "again": "360000",
        "third": "360000",
    }


def test_a_prefilled_answer_that_is_cleared_is_gone():
    writer = Writer()
    writer.set({"uscc": USCC})
    writer.set({"unit_kind": None})
    assert writer.engine.answers.lookup("unit_kind") is None


def test_pasted_rows_are_prefilled_and_edited_ones_when_empty():
    writer = Writer(values={"unit_name": "甲"})
    writer.set(
        {
            "standards": rows(
                {"number": "GB/T 1—2020"}, {"number": "Q/A 1—2020", "level": "local"}, {"number": "x"}
            )
        }
    )
    assert [writer[f"standards[r_{at}].level"] for at in range(3)] == ["national", "local", None]
    writer.set({"standards[r_0].number": "NY/T 1—2020"})
    assert writer["standards[r_0].level"] == "national"  # what was proposed once is the person's
    writer.set({"standards[r_0].level": None})
    assert writer["standards[r_0].level"] is None
    writer.set({"standards[r_2].number": "DB36/T 1—2020"})
    assert writer["standards[r_2].level"] == "local"


def test_empty_rows_are_not_prefilled():
    form = one_field_form(
        Field(name="unit", type="text", label="单位"),
        Field(
            name="it",
            type="table",
            label="表",
            columns=(
                Field(name="a", type="text", label="甲"),
                Field(name="who", type="text", label="谁", prefill="unit"),
            ),
        ),
    )
    writer = Writer(form, {"it": rows({}, {"a": "x"})})
    assert dict(writer.set({"unit": "县局"}).values) == {"it[r_1].who": "县局"}


# --- effects and look-ups ---------------------------------------------------------------------------


def test_effects_name_the_paths_whose_issues_changed_and_no_row_without_any():
    writer = Writer(values={"unit_name": "甲", "needs": rows({"code": "N1"}, {"code": "N2"}, {"code": "N3"})})
    effects = writer.set({"needs[r_2].code": "N1"})
    assert {"needs[r_0].code", "needs[r_2].code"} <= effects.issues
    assert "needs[r_1].code" not in effects.issues


def test_a_change_without_consequence_has_none():
    effects = Writer(values={"unit_name": "甲"}).set({"started": "2027-01"})
    assert not effects.values
    assert not effects.relevance
    assert not effects.issues


def test_removed_rows_take_their_issues_along():
    table = rows({"code": "N1"}, {"code": "N1"})
    writer = Writer(values={"unit_name": "甲", "needs": table})
    effects = writer.set({"needs": table[:1]})
    assert writer.codes("needs[r_1].code") == []
    assert {"needs[r_0].code", "needs[r_1].code"} <= effects.issues
    assert not [issue for issue in writer.engine.all_issues() if "r_1" in issue.path]


def test_issues_of_moved_rows_show_their_new_number():
    table = rows({"code": "N1"}, {"code": "N1"}, {"code": "N3"})
    writer = Writer(values={"unit_name": "甲", "needs": table})
    assert writer.issue("needs[r_1].code", "need_twice").what == "第 2 行“N1”重复。"
    effects = writer.set({"needs": (table[2], table[0], table[1])})
    assert writer.issue("needs[r_1].code", "need_twice").what == "第 3 行“N1”重复。"
    assert "needs[r_1].code" in effects.issues


def test_all_issues_come_in_the_order_of_the_form_and_of_the_rows():
    writer = Writer(values={"unit_name": "甲", "needs": rows({"code": "N1"}, {"code": "N1"})})
    paths = [issue.path for issue in writer.engine.all_issues()]
    order = list(FORM.fields)
    places = [order.index(path.partition("[")[0].partition(".")[0]) for path in paths]
    assert places == sorted(places)
    assert paths.index("needs[r_0].code") < paths.index("needs[r_1].code")
    assert paths.index("leader.name") < paths.index("leader.mobile")


def test_a_confirmed_warning_leaves_the_count_with_its_reason():
    accepted = {}
    writer = Writer(values={"uscc": "12361022MB1K23456H"}, accepted=accepted)
    assert writer.codes("uscc") == ["uscc_check"]
    accepted["uscc_check@uscc"] = "证书上就是这样"
    effects = writer.engine.accept("uscc_check@uscc")
    assert effects.issues == {"uscc"}
    assert writer.codes("uscc") == []
    ((issue, reason),) = writer.engine.accepted_at("uscc")
    assert (issue.code, reason) == ("uscc_check", "证书上就是这样")
    assert "uscc" not in {issue.path for issue in writer.engine.all_issues()}


def test_what_must_be_mended_cannot_be_confirmed_away():
    writer = Writer(values={}, accepted={"required@unit_name": "不填"})
    assert writer.codes("unit_name") == ["required"]
    assert writer.engine.accepted_at("unit_name") == ()


def test_required_is_answered_for_every_kind_of_path():
    writer = Writer(values={"unit_name": "甲", "targets": rows({"base": Decimal(1)}, {"goal": Decimal(1)})})
    required = writer.engine.is_required
    assert required("project_name")
    assert not required("directions")
    assert required("leader")
    assert required("leader.mobile")
    assert not required("leader.duty")
    assert not required("contact")
    assert required("targets[r_0].goal")
    assert not required("targets[r_1].goal")
    assert not required("members")
    writer.set({"pilot_field": "F1"})
    assert required("directions")


def test_only_a_few_plans_are_kept():
    first = one_field_form(Field(name="a", type="text", label="甲"))
    plan = plan_of(first)
    for _ in range(MOST_KEPT):
        plan_of(one_field_form(Field(name="a", type="text", label="甲")))
    assert plan_of(first) is not plan


def test_two_engines_share_one_plan():
    assert Engine(FORM, ROUND, TODAY).plan is Engine(FORM, ROUND, date(2027, 1, 1)).plan
    assert plan_of(FORM) is Engine(FORM, ROUND, TODAY).plan


def test_a_form_with_broken_rules_is_refused_with_all_of_them():
    form = one_field_form(
        Field(name="a", type="integer", label="甲", calculation="b +"),
        Field(name="b", type="integer", label="乙", prefill="c c", check=(check("odd", "value % 2"),)),
    )
    with pytest.raises(PackError) as refused:
        Engine(form, ROUND, TODAY)
    assert refused.value.code == "pack_broken"
    assert len(refused.value.context["mistakes"]) == 3
    assert "a 的 calculation" in str(refused.value)


def test_rules_that_wait_for_each_other_are_refused_by_name():
    form = one_field_form(
        Field(name="a", type="integer", label="甲", calculation="b + 1"),
        Field(name="b", type="integer", label="乙", calculation="a + 1"),
    )
    with pytest.raises(PackError) as refused:
        Engine(form, ROUND, TODAY)
    assert "a 的 calculation" in str(refused.value)
    assert "b 的 calculation" in str(refused.value)


def test_the_session_dict_is_only_read():
    values = MappingProxyType({"uscc": USCC, "full_time": 1, "part_time": 2})
    engine = Engine(FORM, ROUND, TODAY)
    assert engine.start(values).values["staff"] == 3
    engine.changed({"uscc"})


def test_starting_again_forgets_the_draft_before():
    writer = Writer(values={"unit_name": "甲", "again": "yes", "needs": rows({"code": "N1"}, {"code": "N1"})})
    fresh = Engine(FORM, ROUND, TODAY)
    fresh.start({})
    writer.engine.start({})
    assert writer.engine.all_issues() == fresh.all_issues()
    assert writer.engine.irrelevant == fresh.irrelevant


# --- what is recomputed -----------------------------------------------------------------------------


@pytest.fixture
def applied(monkeypatch, big):
    """How often each rule is applied from now on, and in how many rows."""
    noted = {}
    for kind, original in {type(rule): type(rule).apply for rule in big.engine.plan.rules}.items():

        def apply(rule, run, rows, original=original):
            noted.setdefault(rule, []).append(rows)
            original(rule, run, rows)

        monkeypatch.setattr(kind, "apply", apply)
    return noted


@pytest.fixture
def big():
    form = one_field_form(
        Field(name="note", type="text", label="注"),
        Field(
            name="standards",
            type="table",
            label="表",
            columns=(
                Field(
                    name="number",
                    type="text",
                    label="号",
                    check=(check("twice", "value not in duplicates(standards.number)"),),
                ),
                Field(name="name", type="text", label="名", required=True),
                Field(
                    name="level", type="choice", label="级", choices="levels", prefill="standard_kind(number)"
                ),
            ),
        ),
        Field(name="total", type="calculated", label="数", calculation="count(standards)"),
    )
    table = tuple(
        Row(f"r_{at:08x}", MappingProxyType({"number": f"GB/T {at + 1}—2020", "level": "national"}))
        for at in range(300)
    )
    return Writer(form, {"standards": table})


def test_an_answer_outside_a_table_touches_no_row(big, applied):
    big.set({"note": "x"})
    assert all(not rule.table for rule in applied)


def test_a_cell_is_checked_in_its_row_and_in_all_rows_only_where_they_are_compared(big, applied):
    big.set({"standards[r_00000007].name": "x"})
    assert {frozenset(rows) for rule, calls in applied.items() if rule.table for rows in calls} == {
        frozenset({"r_00000007"})
    }
    applied.clear()
    big.set({"standards[r_00000007].number": "GB/T 9—2020"})
    everywhere = [rule for rule, calls in applied.items() if rule.table and None in calls]
    assert [rule.check.name for rule in everywhere] == ["twice"]
    assert [len(calls) for calls in applied.values()] == [1] * len(applied)
    assert big.codes("standards[r_00000008].number") == ["twice"]
