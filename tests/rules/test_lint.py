"""What the lint finds in the expressions of a pack."""

from __future__ import annotations

import msgspec
import pytest

from pilotdesk.forms.model import Field, Group, Step
from pilotdesk.forms.shipped import load_shipped, shipped_packs
from pilotdesk.rules.lint import lint_expressions
from tests.rules.sample_form import FORM, PACK, check, make_form, one_field_form

A = Field(name="a", type="integer", label="甲")
B = Field(name="b", type="text", label="乙")
D = Field(name="d", type="date", label="丁")
KIND = Field(name="kind", type="choice", label="性质", choices="unit_kinds")
MANY = Field(name="many", type="multi_choice", label="多", choices="yes_no")
PERIOD = Field(name="period", type="month_range", label="期")
WHO = Field(name="who", type="person", label="谁", parts=(Field(name="tel", type="text", label="电话"),))
TABLE = Field(
    name="t",
    type="table",
    label="表",
    columns=(
        Field(name="x", type="integer", label="数"),
        Field(name="k", type="choice", label="选", choices="yes_no"),
    ),
)
EVERYTHING = (A, B, D, KIND, MANY, PERIOD, WHO, TABLE)


def lint(form):
    return lint_expressions(msgspec.structs.replace(PACK, forms={"sample": form}))


def mistakes_in(test, field=B):
    """Sentences about one test, with all the fields above around it."""
    others = tuple(other for other in EVERYTHING if other.name != field.name)
    form = one_field_form(*others, msgspec.structs.replace(field, check=(check("tested", test),)))
    return [mistake.text for mistake in lint(form)]


@pytest.mark.parametrize("name", shipped_packs())
def test_the_shipped_packs_are_clean(name):
    assert lint_expressions(load_shipped(name)) == []


def test_the_form_of_the_other_tests_is_clean():
    assert lint(FORM) == []


@pytest.mark.parametrize(
    ("test", "sentence"),
    [
        ("value ==", "写法不完整"),
        ("foo(value)", "没有函数 foo"),
        ("uscc_ok()", "1 个参数"),
        ("gone == 1", "没有“gone”这个名字"),
        ("kinds == 'government'", "是不是“kind”"),
        ("t.z == 1", "没有“t.z”"),
        ("row_number > 1", "row_number 只能写在提示"),
        ("value", "这里要能答“是”或“否”，现在是文字"),
        ("chars(value)", "现在是数字"),
        ("not chars(value)", "not 后面"),
        ("a and b == 'x'", "and、or 两边"),
        ("value > 3", "一个是文字，一个是数字"),
        ("value + a == 1", "算不了"),
        ("value * 'x' == 'x'", "算不了"),
        ("d <= cycle_end()", "month_of"),
        ("period <= period", "start_of、end_of"),
        ("many < many", "列表没有大小"),
        ("a in 'x'", "in 右边要是列表"),
        ("a in d", "in 右边要是列表，这里是日期"),
        ("kind == 'enterprize'", "列表 unit_kinds 里没有“enterprize”。是不是“enterprise”？"),
        ("'maybe' in many", "列表 yes_no 里没有“maybe”"),
        ("kind in ('government', 'gov')", "没有“gov”"),
        ("count_where(t.k, 'maybe') == 0", "没有“maybe”"),
        ("count_rows(t, 'k', 'maybe') == 0", "没有“maybe”"),
        ("count_rows(t, 'z', 'yes') == 0", "没有“z”"),
        ("matches(value, 'postcod')", "没有“postcod”。是不是“postcode”？"),
        ("matches(value, b)", "要直接写名字"),
        ("label_of(kind, 'kinds') == value", "没有“kinds”"),
        ("d <= deadline('uplod')", "是不是“upload”"),
        ("chars(a) > 1", "chars 的第 1 个参数要文字，“a”是数字"),
        ("count(a) > 1", "count 的第 1 个参数要列表"),
        ("statistics(t.x) == t", "statistics 的第 1 个参数要表格"),
        ("(1 if b else 2) > 1", "if 后面"),
        ("-b == b", "减号后面"),
    ],
)
def test_mistakes_in_a_test(test, sentence):
    assert any(sentence in text for text in mistakes_in(test)), mistakes_in(test)


@pytest.mark.parametrize(
    "test",
    [
        "value != '' and a > 1 or not filled(d)",
        "kind == 'government' or kind in ('enterprise', 'other')",
        "'yes' in many",
        "count(t) > 1 and count(t.x) == count(t)",
        "sum(t.x) >= a",
        "who.tel != value",
        "count(who) == 1",
        "month_of(d) <= cycle_end()",
        "start_of(period) >= cycle_start()",
        "default(a, 0) > 1",
        "'县' in value",
        "count_rows(t, 'k', 'yes', 'x', 3) == 0",
        "a == (1 if filled(b) else 2)",
        "count_where(t.k, 'yes', 'no') == count(t.k)",
    ],
)
def test_what_is_right_is_not_complained_about(test):
    assert mistakes_in(test) == []


def test_names_mean_what_they_mean_in_their_place():
    columns = (
        Field(
            name="x",
            type="integer",
            label="数",
            check=(check("one", "value > 0 and k == 'yes' and a > x and who.tel != ''"),),
        ),
        Field(name="k", type="choice", label="选", choices="yes_no", required="x > 1", relevant="x > 0"),
        Field(name="sum", type="integer", label="和", calculation="x + a"),
    )
    parts = (
        Field(name="tel", type="text", label="电话", check=(check("two", "value != name"),)),
        Field(name="name", type="text", label="姓名", required="filled(tel)"),
    )
    table = Field(
        name="t",
        type="table",
        label="表",
        columns=columns,
        check=(check("three", "x > sum", each_row=True, on="k"),),
    )
    person = Field(name="who", type="person", label="谁", parts=parts, check=(check("four", "name != tel"),))
    assert lint(one_field_form(A, table, person)) == []
    outside = one_field_form(A, table, person, checks=(check("five", "x > 1 or name == ''", on="a"),))
    assert len(lint(outside)) == 2


def test_messages_are_looked_at_too_and_rows_know_their_number():
    table = Field(
        name="t",
        type="table",
        label="表",
        columns=(
            Field(
                name="x",
                type="integer",
                label="数",
                check=(check("one", "value > 0", "第 {row_number} 行{vlue}。", fix="{", example="{}"),),
            ),
        ),
    )
    found = lint(one_field_form(table))
    assert [(mistake.key, "vlue" in mistake.text) for mistake in found] == [
        ("what", True),
        ("example", False),
    ]


def test_mistakes_say_where_they_are():
    form = make_form(
        Step(
            name="one",
            label="一",
            relevant="filled(a",
            group=(
                Group(
                    name="first",
                    relevant="a",
                    field=(
                        A,
                        Field(name="b", type="text", label="乙", required="c", prefill="1 +"),
                        Field(
                            name="t",
                            type="table",
                            label="表",
                            columns=(Field(name="x", type="text", label="数", relevant="y"),),
                        ),
                    ),
                ),
            ),
        ),
        checks=(check("late", "d", on="a"), check("lost", "a > 1", on="z"), check("homeless", "a > 1")),
    )
    assert [(mistake.form, mistake.where, mistake.key) for mistake in lint(form)] == [
        ("sample", "step one", "relevant"),
        ("sample", "step one / group first", "relevant"),
        ("sample", "step one / group first / field b", "required"),
        ("sample", "step one / group first / field b", "prefill"),
        ("sample", "step one / group first / field t / columns x", "relevant"),
        ("sample", "check late", "test"),
        ("sample", "check lost", "on"),
        ("sample", "check homeless", "on"),
        ("sample", "", ""),  # the group that hides what decides about it
    ]


@pytest.mark.parametrize(
    ("type_", "formula", "sentence"),
    [
        ("integer", "b", "算出来的是文字，放不进 integer"),
        ("date", "cycle_start()", "算出来的是文字，放不进 date"),
        ("text", "t", "算出来的是表格"),
        ("calculated", "t", "算出来的是表格"),
        ("choice", "uscc_kind(b)", "会得出列表 yes_no 里没有的"),
    ],
)
def test_what_is_calculated_must_suit_the_field(type_, formula, sentence):
    field = Field(
        name="it", type=type_, label="它", calculation=formula, choices="yes_no" if type_ == "choice" else ""
    )
    assert any(sentence in mistake.text for mistake in lint(one_field_form(*EVERYTHING, field)))


@pytest.mark.parametrize(
    ("fields", "ring"),
    [
        (
            (
                Field(name="p", type="integer", label="甲", calculation="q + 1"),
                Field(name="q", type="integer", label="乙", calculation="r + 1"),
                Field(name="r", type="integer", label="丙", calculation="p + 1"),
            ),
            ("p 的 calculation", "q 的 calculation", "r 的 calculation"),
        ),
        ((Field(name="p", type="text", label="甲", relevant="filled(value)"),), ("p 的 relevant",)),
        (
            (
                Field(name="p", type="text", label="甲", relevant="filled(q)"),
                Field(name="q", type="text", label="乙", relevant="filled(p)"),
            ),
            ("p 的 relevant", "q 的 relevant"),
        ),
        (
            (
                Field(
                    name="t",
                    type="table",
                    label="表",
                    columns=(
                        Field(name="x", type="integer", label="数", calculation="y"),
                        Field(name="y", type="integer", label="数", calculation="sum(t.x)"),
                    ),
                ),
            ),
            ("t.x 的 calculation", "t.y 的 calculation"),
        ),
    ],
)
def test_rules_that_wait_for_each_other_are_named(fields, ring):
    (mistake,) = lint(one_field_form(*fields))
    assert "互相等待" in mistake.text
    assert all(title in mistake.text for title in ring)


def test_a_group_cannot_hide_what_decides_about_it():
    (mistake,) = lint(one_field_form(A, relevant="a > 1"))
    assert "group:group 的 relevant → group:group 的 relevant" in mistake.text


def test_checks_may_look_at_each_other_in_rings():
    p = Field(name="p", type="integer", label="甲", check=(check("one", "value < q"),))
    q = Field(name="q", type="integer", label="乙", check=(check("two", "value > p"),))
    assert lint(one_field_form(p, q)) == []


def test_prefills_may_fill_each_other():
    p = Field(name="p", type="text", label="甲", prefill="q")
    q = Field(name="q", type="text", label="乙", prefill="p")
    assert lint(one_field_form(p, q)) == []


def test_names_of_built_in_checks_are_taken():
    field = Field(name="p", type="text", label="甲", check=(check("placeholder", "value != 'x'"),))
    (mistake,) = lint(one_field_form(field))
    assert mistake.key == "name"


def test_all_mistakes_are_listed_at_once():
    assert len(mistakes_in("gone > lost and value > 3 and matches(b, 'nothing')")) == 4
