"""The built-in checks and their sentences, and where the pack's checks are shown."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotdesk.forms.model import Choice, Field
from pilotdesk.forms.values import Attachment, MonthRange, Unparsed
from pilotdesk.rules.checking import PLACEHOLDER, PLACEHOLDER_SIGNS
from pilotdesk.rules.issue import Severity
from tests.rules.sample_form import LISTS, Writer, check, one_field_form, rows

FORBIDDEN = re.compile(r"错误|失败|无效|非法|异常|请勿|[!！]|[a-zA-Z_]{3,}")


def single(value, **field):
    """The issues of one field with one answer."""
    form = one_field_form(Field(name="it", number="5.1", label="组织机构和制度", **field))
    writer = Writer(form, {} if value is None else {"it": value})
    return writer.engine.issues_at("it")


# --- required ---------------------------------------------------------------------------------------


def test_a_missing_answer_is_spoken_of_by_number_and_name():
    (issue,) = single(
        None,
        type="longtext",
        required=True,
        severity="error",
        source=("notice",),
        hint="写机构",
        example="成立……",
    )
    assert issue.what == "5.1 组织机构和制度还没有填。"
    assert issue.where == "一、唯一 › 5.1 组织机构和制度"
    assert issue.severity is Severity.ERROR
    assert issue.source == ("notice",)
    assert (issue.fix, issue.example) == ("写机构", "成立……")


@pytest.mark.parametrize(
    ("type_", "end"),
    [
        ("choice", "还没有选。"),
        ("region", "还没有选。"),
        ("attachment", "还没有附上文件。"),
        ("date", "还没有填。"),
        ("table", "还没有填。"),
    ],
)
def test_what_is_missing_is_chosen_attached_or_filled(type_, end):
    columns = (Field(name="a", type="text", label="甲"),) if type_ == "table" else ()
    (issue,) = single(
        None, type=type_, required=True, choices="yes_no" if type_ == "choice" else "", columns=columns
    )
    assert issue.what.endswith(end)


@pytest.mark.parametrize(
    "value",
    [
        "x",
        0,
        Decimal(0),
        MonthRange("2027-01", None),
        ("yes",),
        (Attachment("0" * 64, "a.pdf", 1),),
        Unparsed("?"),
    ],
)
def test_anything_answered_is_not_missing(value):
    assert "required" not in {issue.code for issue in single(value, type="text", required=True)}


def test_blank_text_and_empty_rows_are_missing():
    assert [issue.code for issue in single("　 ", type="text", required=True)] == ["required"]
    table = Field(
        name="it",
        type="table",
        label="表",
        required=True,
        columns=(Field(name="a", type="text", label="甲"),),
    )
    writer = Writer(one_field_form(table), {"it": rows({}, {"a": " "})})
    assert writer.codes("it") == ["required"]
    writer.set({"it[r_0].a": "x"})
    assert writer.codes("it") == []


@pytest.mark.parametrize("type_", ["statement", "signature"])
def test_nothing_is_asked_of_what_nobody_fills(type_):
    assert single(None, type=type_, required=True) == ()


def test_nothing_is_asked_of_a_calculated_field():
    assert single(None, type="integer", required=True, calculation="1 / 0") == ()


def test_required_may_be_an_expression_and_unknown_is_not_required():
    form = one_field_form(
        Field(name="a", type="integer", label="甲"),
        Field(name="b", type="text", label="乙", required="a > 3"),
    )
    writer = Writer(form)
    assert writer.codes("b") == []
    writer.set({"a": 4})
    assert writer.codes("b") == ["required"]
    writer.set({"a": 3})
    assert writer.codes("b") == []


def test_cells_are_required_in_rows_that_have_been_begun():
    writer = Writer(values={"unit_name": "甲", "targets": rows({}, {"base": Decimal(1)})})
    assert writer.codes("targets[r_0].indicator") == []
    assert writer.codes("targets[r_1].indicator") == ["required"]
    assert writer.issue("targets[r_1].indicator", "required").what == "3.2 指标，第 2 行，指标还没有填。"
    assert writer.codes("targets[r_1].goal") == ["required"]
    writer.set({"targets[r_0].source": "x"})
    assert writer.codes("targets[r_0].indicator") == ["required"]


def test_the_parts_of_a_required_person_are_required():
    writer = Writer()
    assert writer.codes("leader") == []
    assert writer.codes("leader.name") == ["required"]
    assert writer.codes("leader.mobile") == ["required"]
    assert writer.codes("leader.duty") == []
    assert writer.issue("leader.mobile", "required").what == "2.6 负责人，手机还没有填。"


def test_the_parts_of_another_person_only_once_begun():
    writer = Writer()
    assert writer.codes("contact.name") == []
    writer.set({"contact.mobile": "13800138000"})
    assert writer.codes("contact.name") == ["required"]


def test_the_first_part_stands_for_a_person_none_of_whose_parts_is_marked():
    parts = (Field(name="name", type="text", label="姓名"), Field(name="duty", type="text", label="职务"))
    writer = Writer(one_field_form(Field(name="who", type="person", label="谁", required=True, parts=parts)))
    assert writer.codes("who.name") == ["required"]
    assert writer.codes("who.duty") == []


# --- reading ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("type_", "advice"),
    [
        ("integer", "请写成整数，如 86。"),
        ("decimal", "请写成数字，如 41.6。"),
        ("date", "请写成年月日，如 2026年6月2日。"),
        ("month", "请写成年月，如 2027年3月。"),
        ("month_range", "请写成起止年月，如 2027年1月—2028年12月。"),
        ("choice", "请从列表里选一项。"),
        ("multi_choice", "请从列表里选，可以选几项。"),
        ("region", "请从列表里选到县（市、区）。"),
    ],
)
def test_what_cannot_be_read_is_quoted_with_advice(type_, advice):
    (issue,) = single(Unparsed("八十\n多"), type=type_, choices="yes_no" if "choice" in type_ else "")
    assert (issue.code, issue.severity) == ("unparsed", Severity.WARNING)
    assert issue.what == f"没看懂“八十 多”。{advice}"


def test_what_cannot_be_read_must_be_mended_where_the_field_is_official():
    (issue,) = single(Unparsed("?"), type="date", severity="error", source=("notice",))
    assert issue.severity is Severity.ERROR
    (issue,) = single(Unparsed("?"), type="date", severity="hint")
    assert issue.severity is Severity.WARNING


def test_long_unreadable_text_is_cut():
    (issue,) = single(Unparsed("长" * 99), type="integer")
    assert len(issue.what) < 50


def test_a_choice_that_is_not_listed_is_noticed():
    (issue,) = single("gone", type="choice", choices="yes_no")
    assert issue.code == "unknown_choice"
    assert "gone" in issue.what
    assert single("yes", type="choice", choices="yes_no") == ()
    assert single(("yes", "other:自定"), type="multi_choice", choices="yes_no", other=True) == ()


def test_a_choice_under_another_parent_is_noticed_when_the_parent_changes():
    writer = Writer(values={"pilot_field": "F2", "directions": ("d2", "d3")})
    assert writer.codes("directions") == []
    effects = writer.set({"pilot_field": "F1"})
    assert writer.codes("directions") == ["unknown_choice"]
    assert "directions" in effects.issues
    assert writer.engine.issues_at("directions")[0].what == "“家电、家具”不在现在的列表里。请重新选。"
    writer.set({"pilot_field": None})
    assert writer.codes("directions") == []


def test_a_dependent_choice_without_a_parent_goes_with_all():
    lists = {"all": (Choice(name="x", label="甲", parent="F1"), Choice(name="y", label="乙"))}
    form = one_field_form(
        Field(name="parent", type="text", label="上"),
        Field(name="it", type="dependent_choice", label="它", choices="all", depends_on="parent"),
        lists=lists,
    )
    assert Writer(form, {"parent": "F2", "it": ("y",)}).codes("it") == []
    assert Writer(form, {"parent": "F2", "it": ("x",)}).codes("it") == ["unknown_choice"]


def test_a_region_that_does_not_exist_is_noticed():
    (issue,) = single("999999", type="region")
    assert issue.code == "unknown_choice"
    assert single("360000", type="region") == ()


@pytest.mark.parametrize(
    "text",
    ["××县", "某XX单位", "TODO", "这里待补充。", "待填", "时间：待定", "待定。", "____年", "第＿＿条", "xxx"],
)
def test_placeholders_are_noticed(text):
    (issue,) = single(text, type="text")
    assert (issue.code, issue.severity, issue.source) == ("placeholder", Severity.WARNING, ("inferred",))


@pytest.mark.parametrize(
    "text", ["3×4米", "XXL码", "TODOS", "待定位", "待遇定级", "_", "a__b", "DXX-1", "二〇〇八年", "无"]
)
def test_words_that_only_look_like_placeholders_are_not(text):
    assert single(text, type="text") == ()


PIECES = st.sampled_from(
    [*"×xXTt_＿待某【】此…（(）)补充填写定0-9年月日19名称 万件，", "TODO", "todo", "20", "待补充", "处"]
)


@settings(max_examples=500)
@given(st.lists(PIECES, max_size=8).map("".join))
def test_no_placeholder_is_missed_at_a_glance(text):
    """Many of these texts are placeholders; a sign left out of the glance is found at once."""
    if re.search(PLACEHOLDER, text):
        assert re.search(PLACEHOLDER_SIGNS, text)


@pytest.mark.parametrize(
    "text",
    ["（此处写单位）", "某某县", "【 】", "办理……万件", "20×年", "x月x日", "第＿＿条", "____年", "todo"],
)
def test_every_kind_of_placeholder_is_seen_at_a_glance(text):
    assert re.search(PLACEHOLDER, text)
    assert re.search(PLACEHOLDER_SIGNS, text)


def test_placeholders_in_free_choices_and_cells_are_noticed():
    assert [
        issue.code for issue in single(("other:××",), type="multi_choice", choices="yes_no", other=True)
    ] == ["placeholder"]
    writer = Writer(values={"unit_name": "甲", "needs": rows({"code": "N1", "text": "待补充内容"})})
    assert writer.codes("needs[r_0].text") == ["placeholder"]


def test_advised_length_is_a_hint_and_nothing_more():
    writer = Writer(
        values={
            "unit_name": "甲",
            "needs": rows({"text": "三个字"}, {"text": "这里一共有九个字"}, {"text": "四五六七"}, {}),
        }
    )
    first, second = writer.issue("needs[r_0].text", "too_short"), writer.engine.issues_at("needs[r_1].text")
    assert (first.what, first.severity) == ("还差约 1 字到建议下限，不强制。", Severity.HINT)
    assert second == ()
    writer.set({"needs[r_1].text": "这里一共有九个字啊啊"})
    assert writer.issue("needs[r_1].text", "too_long").what == "比建议上限多约 2 字，不强制。"
    assert writer.codes("needs[r_2].text") == []
    assert writer.codes("needs[r_3].text") == []


# --- rows -------------------------------------------------------------------------------------------


def test_few_rows_are_noticed_but_none_are_only_missing():
    writer = Writer(values={"unit_name": "甲"})
    assert writer.codes("needs") == ["required"]
    writer.set({"needs": rows({"code": "N1"}, {})})
    issue = writer.issue("needs", "min_rows")
    assert (issue.what, issue.severity) == ("现在有 1 行，建议至少 2 行。", Severity.WARNING)
    writer.set({"needs[r_1].code": "N2"})
    assert writer.codes("needs") == []


def test_few_rows_of_an_advised_table_are_a_hint():
    table = Field(
        name="it",
        type="table",
        label="表",
        min_rows=2,
        severity="hint",
        columns=(Field(name="a", type="text", label="甲"),),
    )
    writer = Writer(one_field_form(table), {"it": rows({"a": "x"})})
    assert writer.issue("it", "min_rows").severity is Severity.HINT
    writer.set({"it": ()})
    assert writer.codes("it") == []


def test_a_tree_of_few_or_many_levels_is_noticed():
    writer = Writer(values={"unit_name": "甲", "structure": rows({"code": "1"})})
    assert writer.issue("structure", "levels").what == "框架现在有 1 层，建议 2 到 3 层。"
    writer.set(
        {
            "structure": rows(
                {"code": "1"}, {"code": "2"}, {"code": "3"}, {"code": "4"}, parents={1: 0, 2: 1, 3: 2}
            )
        }
    )
    assert writer.codes("structure") == ["deep", "levels"]
    assert writer.issue("structure", "levels").what == "框架现在有 4 层，建议 2 到 3 层。"


# --- checks of the pack -----------------------------------------------------------------------------


def test_a_check_speaks_with_the_answers_in_its_message():
    writer = Writer(values={"uscc": "12361022MB1K23456H"})
    assert re.fullmatch(r"最后一位应是“[0-9A-Z]”，现在填的是“H”。", writer.issue("uscc", "uscc_check").what)


def test_messages_print_as_the_field_prints():
    writer = Writer(
        values={
            "unit_name": "甲",
            "targets": rows({"source": "x"}),
            "period": MonthRange("2026-12", "2028-12"),
        }
    )
    assert (
        writer.issue("period", "period_in_cycle").what
        == "“2026年12月—2028年12月”不在2027年1月到2028年12月之间。"
    )
    writer.set({"standards": rows({"status": "in_force"}, {"status": "withdrawn"})})
    assert writer.issue("standards[r_1].status", "withdrawn").what == "第 2 行标为“废止”。"
    writer.set({"targets": rows({"base": Decimal("3.50"), "goal": Decimal(2)})})
    assert writer.issue("targets[r_0].goal", "goal_below_base").what == "目标2比基期3.50小。"


def test_unknown_never_fails_a_check():
    writer = Writer(
        values={"unit_name": "甲", "targets": rows({"goal": Decimal(2)}), "period": Unparsed("明年")}
    )
    assert "summary" not in writer.engine.irrelevant
    assert writer.codes("targets[r_0].goal") == []
    assert writer.codes("period") == ["unparsed"]


def test_checks_of_a_person_see_its_parts_by_name():
    writer = Writer(values={"leader.name": "周", "contact.name": "周"})
    assert writer.codes("contact") == ["contact_other"]
    writer.set({"leader.name": "陈"})
    assert writer.codes("contact") == []


def test_a_check_of_each_row_is_shown_at_the_first_column_it_names():
    writer = Writer(values={"unit_name": "甲", "targets": rows({"base": Decimal(1), "goal": Decimal(99)})})
    assert writer.codes("targets[r_0].growth") == ["growth_large"]


def test_first_named_means_in_the_test_not_in_the_table():
    columns = (Field(name="a", type="integer", label="甲"), Field(name="b", type="integer", label="乙"))
    named = check("grows", "b >= a", each_row=True)
    placed = check("also", "b >= a", each_row=True, on="a")
    form = one_field_form(Field(name="it", type="table", label="表", columns=columns, check=(named, placed)))
    writer = Writer(form, {"it": rows({"a": 2, "b": 1})})
    assert (writer.codes("it[r_0].b"), writer.codes("it[r_0].a")) == (["grows"], ["also"])


def test_long_answers_are_cut_in_messages():
    field = Field(
        name="it", type="text", label="它", check=(check("long", "length(value) < 9", "“{value}”太长。"),)
    )
    assert (
        Writer(one_field_form(field), {"it": "长" * 99}).issue("it", "long").what == f"“{'长' * 59}…”太长。"
    )


def test_a_check_of_the_whole_table_is_shown_at_the_table():
    writer = Writer(values={"unit_name": "甲", "targets": rows({"indicator": "a"})})
    assert writer.issue("targets", "targets_some").what == "只有 1 行。"


def test_checks_of_tree_nodes_know_level_and_leaf():
    writer = Writer(
        values={
            "unit_name": "甲",
            "structure": rows(
                {"code": "1", "name": "总体的总体"}, {"code": "101", "name": "甲乙丙丁戊"}, parents={1: 0}
            ),
            "standards": rows({"system_code": "9"}),
        }
    )
    assert writer.codes("structure[r_0].name") == ["top_short"]
    assert writer.codes("structure[r_1].name") == ["leaf_covered"]
    writer.set({"standards[r_0].system_code": "101"})
    assert writer.codes("structure[r_1].name") == []


def test_form_checks_are_shown_where_they_say():
    writer = Writer(
        values={
            "unit_name": "甲",
            "leader.name": "周",
            "full_time": 0,
            "part_time": 0,
            "again": "yes",
            "targets": rows({"indicator": "a", "period": MonthRange("2026-01", None)}),
            "standards": rows({"status": "planned"}),
            "summary": "一二三四五",
        }
    )
    assert "leader_in_staff" in writer.codes("leader.name")
    assert writer.issue("targets[r_0].period", "goal_in_period").what == "第 1 行太早。"
    assert writer.codes("standards[r_0].status") == ["standard_status"]
    assert writer.codes("needs") == ["required", "everything"]


def test_a_form_check_of_each_row_that_names_no_column_is_shown_in_the_first():
    form = one_field_form(
        Field(name="stop", type="choice", label="停", choices="yes_no"),
        Field(name="it", type="table", label="表", columns=(Field(name="a", type="text", label="甲"),)),
        checks=(check("stopped", "stop != 'yes'", on="it", each_row=True),),
    )
    writer = Writer(form, {"stop": "yes", "it": rows({"a": "x"}, {})})
    assert writer.codes("it[r_0].a") == ["stopped"]
    assert writer.codes("it[r_1].a") == []


def test_a_form_check_without_a_place_is_shown_at_the_name_of_the_project():
    form = one_field_form(
        Field(name="title", type="text", label="名"),
        Field(name="a", type="integer", label="甲"),
        checks=(check("few", "a > 3"),),
    )
    assert Writer(form, {"a": 1}).codes("title") == ["few"]


def test_gravest_first():
    form = one_field_form(
        Field(
            name="it",
            type="text",
            label="它",
            check=(
                check("hinted", "value != '待补充'", severity="hint"),
                check("wrong", "value != '待补充'", severity="error", source=("notice",)),
            ),
        )
    )
    assert Writer(form, {"it": "待补充"}).codes("it") == ["wrong", "placeholder", "hinted"]


def test_sources_of_a_column_are_those_of_its_table_unless_it_has_its_own():
    table = Field(
        name="it",
        type="table",
        label="表",
        source=("habit",),
        columns=(
            Field(name="a", type="text", label="甲", required=True),
            Field(name="b", type="text", label="乙", required=True, source=("notice",)),
            Field(name="c", type="text", label="丙"),
        ),
    )
    writer = Writer(one_field_form(table), {"it": rows({"c": "x"})})
    assert writer.engine.issues_at("it[r_0].a")[0].source == ("habit",)
    assert writer.engine.issues_at("it[r_0].b")[0].source == ("notice",)


def test_built_in_sentences_keep_to_the_wording_rules():
    lists = {**LISTS, "odd": (Choice(name="甲", label="甲"),)}
    form = one_field_form(
        Field(name="a", number="1.1", type="text", label="名称", required=True),
        *(Field(name=f"u{at}", type=type_, label="栏", choices="odd" if "choice" in type_ else "") for at, type_ in enumerate(
            ["integer", "decimal", "date", "month", "month_range", "choice", "multi_choice", "region", "text", "longtext"]
        )),
        Field(name="c", type="choice", label="选", choices="odd"),
        Field(name="p", type="text", label="写"),
        Field(name="s", type="longtext", label="短", min_chars=9),
        Field(name="l", type="longtext", label="长", max_chars=2),
        Field(name="t", type="table", label="表", min_rows=2, columns=(Field(name="x", type="text", label="格"),)),
        Field(name="r", type="tree", label="树", columns=(Field(name="code", type="text", label="号"),), levels=(2, 3)),
        lists=lists,
    )  # fmt: skip
    unread = {f"u{at}": Unparsed("?") for at in range(10)}
    writer = Writer(
        form,
        {
            **unread,
            "c": "乙",
            "p": "待补充",
            "s": "短",
            "l": "太长了",
            "t": rows({"x": "一"}),
            "r": rows({"code": "1"}),
        },
    )
    issues = writer.engine.all_issues()
    assert {issue.code for issue in issues} == {
        "required", "unparsed", "unknown_choice", "placeholder", "too_short", "too_long", "min_rows", "levels"
    }  # fmt: skip
    for issue in issues:
        for text in (issue.what, issue.why, issue.fix, issue.where):
            assert not FORBIDDEN.search(text), text
        assert issue.what.endswith("。")
