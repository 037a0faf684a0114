"""Drafts come into newer versions of their form: moved, renamed, split, merged, deleted, and not a character lost."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from pilotdesk.errors import PackError
from pilotdesk.forms.json_values import from_json, to_json
from pilotdesk.forms.loader import load_pack, read_pack
from pilotdesk.forms.migration import Change, Migration, migrate
from pilotdesk.forms.migration_steps import Rename, VersionStep, chain, read_steps
from pilotdesk.forms.values import Attachment, MonthRange, Row, Unparsed
from tests.forms.migration_kit import (
    AFTER,
    BEFORE,
    FORM,
    drafts,
    field_of,
    form,
    leaves,
    migrated,
    signs,
)

if TYPE_CHECKING:
    from pathlib import Path

    from pilotdesk.forms.values import Value
    from tests.forms.pack_kit import MiniPack

SCAN = Attachment("a" * 64, "证书.pdf", 10)


def kept(values: dict[str, Value]) -> dict[str, Value]:
    return dict(migrated(values).values)


def attic(values: dict[str, Value]) -> dict[str, tuple[str, str]]:
    return {entry.path: (entry.label, entry.text) for entry in migrated(values).attic}


# --- the promise


def lost(values: dict[str, Value], result: Migration) -> Counter[str]:
    """The visible characters of an old draft that are neither in the new answers nor in the attic."""
    old, new = form(BEFORE), form(AFTER)
    after: Counter[str] = Counter()
    for place, value in leaves(result.values.items()):
        after += signs(value, field_of(new, place), new)
    for entry in result.attic:
        table, is_cell, cell = entry.path.partition("[")
        place = f"{table}[].{cell.rpartition('.')[2]}" if is_cell else table
        for inner, value in leaves([(place, entry.value)]):
            after += signs(value, field_of(old, inner), old)
    before: Counter[str] = Counter()
    for place, value in leaves(values.items()):
        before += signs(value, field_of(old, place), old)
    return before - after


@given(drafts())
def test_a_random_old_draft_still_holds_every_character(values: dict[str, Value]) -> None:
    assert lost(values, migrated(values)) == Counter()


@settings(max_examples=25)
@given(drafts())
def test_what_no_step_speaks_of_is_not_lost_either(values: dict[str, Value]) -> None:
    assert lost(values, migrate(form(BEFORE), form(AFTER), (), values)) == Counter()


@settings(max_examples=25)
@given(drafts())
def test_without_the_old_pack_nothing_is_lost_either(values: dict[str, Value]) -> None:
    result = migrated(values, with_old_form=False)
    left = [*leaves(result.values.items()), *leaves([("", entry.value) for entry in result.attic])]
    after = sum((signs(value, None, form(AFTER)) for _, value in left), Counter())
    before = sum(
        (
            signs(value, None, form(AFTER))
            for place, value in leaves(values.items())
            if not place.startswith(("unit_kind", "services"))
        ),
        Counter(),
    )
    assert before - after == Counter()


@settings(max_examples=25)
@given(drafts())
def test_the_same_form_changes_nothing(values: dict[str, Value]) -> None:
    same = migrate(form(BEFORE), form(BEFORE), (), values)
    assert same == Migration(values, (), ())
    assert migrate(None, form(BEFORE), (), values) == Migration(values, (), ())


@settings(max_examples=25)
@given(drafts())
def test_what_was_migrated_is_a_draft_of_the_new_form(values: dict[str, Value]) -> None:
    result = migrated(values)
    again = migrate(form(AFTER), form(AFTER), (), result.values)
    assert (again.values, again.attic, again.changes) == (result.values, (), ())
    for entry in result.attic:
        assert from_json(to_json(entry.value)) == entry.value
        assert entry.label
        assert entry.why.endswith("。")


@settings(max_examples=25)
@given(drafts())
def test_it_works_on_a_copy_and_always_gives_the_same(values: dict[str, Value]) -> None:
    before = dict(values)
    assert migrated(values) == migrated(values)
    assert values == before


@settings(max_examples=25)
@given(drafts())
def test_rows_keep_their_ids_and_their_order(values: dict[str, Value]) -> None:
    result = migrated(values).values
    for old, new in (
        ("targets", "figures"),
        ("tasks", "tasks"),
        ("system", "system"),
        ("evidence", "evidence"),
    ):
        ids = [row.id for row in values.get(old) or ()]
        assert [row.id for row in result.get(new) or ()] == ids


# --- one by one


def test_a_field_and_a_person_under_new_names_keep_their_answers() -> None:
    assert kept({"leader.name": "张三", "leader.mobile": "139", "map": (SCAN,), "scan": (SCAN,)}) == {
        "head.name": "张三",
        "head.mobile": "139",
        "plans": (SCAN,),
        "scan": (SCAN,),
    }


def test_a_name_changed_twice_is_told_once_with_the_first_and_the_last_words() -> None:
    result = migrated({"staff": "86 "})
    assert result.values == {"employees": 86}
    assert [change.words for change in result.changes if change.touched] == [
        "“1.3 人数”改叫“1.3 职工人数”。",
        "“1.3 职工人数”换了填法，现在填整数。",
    ]


def test_what_cannot_be_read_any_more_stays_as_it_was_typed() -> None:
    result = migrated({"staff": "八十多"})
    assert result.values == {"employees": Unparsed("八十多")}
    assert [change.words for change in result.changes if change.kind == "type"] == [
        "“1.3 职工人数”换了填法，现在填整数。有 1 处读不懂，原样留着，请再看一眼。"
    ]


def test_what_reads_differently_is_also_in_the_attic_as_it_was_typed() -> None:
    assert kept({"staff": "1,286人"}) == {"employees": Unparsed("1,286人")}
    assert kept({"staff": "１２８６"}) == {"employees": 1286}
    assert attic({"staff": "１２８６"}) == {"staff": ("1.3 人数", "１２８６")}
    assert attic({"motto": "一\n二"}) == {"motto": ("2.5 口号", "一\n二")}


def test_an_integer_fits_where_decimals_are_asked() -> None:
    assert kept({"rank": 3}) == {"rank": 3}
    assert attic({"rank": 3}) == {}


def test_a_text_is_cut_at_its_headings_however_they_are_numbered() -> None:
    text = "先说一句\n一、工作背景\n办件多\n（二）工作需求：\n要标准"
    assert kept({"background": text}) == {
        "present": "先说一句\n一、工作背景\n办件多",
        "needs": "（二）工作需求：\n要标准",
    }
    assert kept({"background": "没有小标题"}) == {"present": "没有小标题"}
    assert attic({"background": text}) == {}


def test_a_text_is_cut_at_a_sign_or_given_whole_and_kept_whole_in_the_attic() -> None:
    assert kept({"address": "南汀镇，红路1号，后门"}) == {"town": "南汀镇", "street": "红路1号，后门"}
    assert attic({"address": "南汀镇，红路1号，后门"})["address"][1] == "南汀镇，红路1号，后门"
    assert kept({"year": "2098 虚构1号"}) == {"year": "2098 虚构1号"}
    assert kept({"address": Unparsed("甲，乙")}) == {"town": Unparsed("甲"), "street": Unparsed("乙")}


def test_several_texts_become_one_with_their_labels() -> None:
    assert kept({"measures": "有人管", "risks": "没钱"}) == {"safeguards": "保障措施：有人管\n风险：没钱"}
    assert kept({"measures": "有人管"}) == {"safeguards": "有人管"}
    assert kept({}) == {}


def test_cells_of_a_row_become_one_cell_and_cells_of_a_column_one_text() -> None:
    values = {
        "targets": (Row("r_1", {"method": "查", "tool": "表"}), Row("r_2", {"tool": "尺"})),
        "visits": (Row("r_3", {"said": "慢"}), Row("r_4", {"said": "远", "place": "甲村"})),
    }
    result = migrated(values)
    assert result.values == {
        "figures": (Row("r_1", {"way": "方法：查；工具：表"}), Row("r_2", {"way": "尺"})),
        "heard": "慢\n远",
    }
    assert [(entry.label, entry.text) for entry in result.attic] == [("3.4 走访记录", "地点：甲村")]


def test_two_fields_become_one_row_of_a_table() -> None:
    (row,) = kept({"contact_name": "李四", "contact_phone": "0797-1"})["contacts"]
    assert row.cells == {"name": "李四", "phone": "0797-1"}
    assert kept({"contact_phone": "0797-1"})["contacts"][0].id == row.id


def test_a_column_moves_into_another_table_under_the_same_row_ids() -> None:
    tasks = (Row("r_1", {"task": "甲", "result": "报告"}), Row("r_2", {"task": "乙"}))
    assert kept({"tasks": tasks}) == {
        "tasks": (Row("r_1", {"task": "甲"}), Row("r_2", {"task": "乙"})),
        "outcomes": (Row("r_1", {"title": "报告"}),),
    }


def test_what_is_no_longer_asked_is_in_the_attic_with_its_words_and_why() -> None:
    result = migrated(
        {
            "fax": "0797-1",
            "leader.pager": "127",
            "leader.name": "张三",
            "targets": (Row("r_1", {"goal": Decimal("3.50")}), Row("r_2", {"note": "问过"})),
            "partners": (Row("r_3", {"name": "甲校", "role": "讲课"}),),
        }
    )
    assert [(entry.path, entry.label, entry.text, entry.why) for entry in result.attic] == [
        ("leader.pager", "1.4 负责人，传呼机", "127", "没有人用传呼机了。"),
        ("fax", "1.7 传真", "0797-1", "虚构的通知不再要传真。"),
        ("targets[r_2].note", "3.1 指标，第 2 行，备注", "问过", "备注写进方法里。"),
        ("partners", "3.3 协作单位", "单位名称：甲校；分工：讲课", "协作单位改在系统里填。"),
    ]
    assert result.values["head.name"] == "张三"
    assert result.values["figures"] == (Row("r_1", {"promised": Decimal("3.50")}), Row("r_2", {}))


def test_nodes_keep_their_parents() -> None:
    nodes = (Row("r_1", {"code": "1", "remark": "旧"}), Row("r_2", {"code": "1.1"}, "r_1"))
    assert kept({"system": nodes})["system"] == (
        Row("r_1", {"code": "1"}),
        Row("r_2", {"code": "1.1"}, "r_1"),
    )


def test_choices_get_their_new_names_and_what_was_beside_them_stays() -> None:
    assert kept({"unit_kind": "firm"}) == {"unit_kind": "company"}
    assert kept({"unit_kind": "other:合伙"}) == {"unit_kind": "other:合伙"}
    assert kept({"services": ("course", "other:课")}) == {"services": ("training", "other:课")}
    assert attic({"unit_kind": "firm", "services": ("course",)}) == {}


def test_a_choice_that_is_gone_is_taken_out_and_kept_in_the_attic() -> None:
    values = {"unit_kind": "club", "services": ("advice", "test")}
    assert kept(values) == {"unit_kind": None, "services": ("advice",)}
    assert attic(values) == {
        "unit_kind": ("1.1 单位性质", "协会"),
        "services": ("1.2 服务内容", "咨询；检测"),
    }


def test_changes_say_old_and_new_words_and_leave_out_what_nobody_would_see() -> None:
    words = {change.words for change in migrated({}).changes}
    assert {
        "“2.1 背景和需求”拆成“2.1 工作背景”和“2.2 工作需求”，按小标题分开。",
        "“3.1 指标，方法”、“3.1 指标，工具”合并成“3.1 量化指标，方法和工具”。",
        "“1.5 联系人”移到“1.5 联系方式，姓名”。",
        "“1.7 传真”不再要了：虚构的通知不再要传真。",
        "“1.2 服务内容”的选项“培训”改成“培训和讲座”。",
    } <= words
    assert not any("“企业”改成" in line or "head" in line for line in words)
    assert not any(change.touched for change in migrated({}).changes)


def test_an_answer_of_no_known_field_is_in_the_attic_too() -> None:
    result = migrated({"lost": "字"})
    assert [(entry.path, entry.label, entry.text) for entry in result.attic] == [("lost", "lost", "字")]
    assert result.changes[-1] == Change(
        "delete", "“lost”在新版里没有位置。原来填的留在“旧版里的内容”。", True
    )


def test_a_column_that_no_step_speaks_of_is_in_the_attic_cell_by_cell() -> None:
    rows = (Row("r_1", {"task": "甲", "result": "报告"}), Row("r_2", {"result": "手册"}))
    result = migrate(form(BEFORE), form(AFTER), (), {"tasks": rows})
    assert result.values == {"tasks": (Row("r_1", {"task": "甲"}), Row("r_2", {}))}
    assert [(entry.path, entry.label, entry.text) for entry in result.attic] == [
        ("tasks[r_1].result", "3.2 任务，第 1 行，成果", "报告"),
        ("tasks[r_2].result", "3.2 任务，第 2 行，成果", "手册"),
    ]
    words = "“3.2 任务，成果”在新版里没有位置。原来填的留在“旧版里的内容”。"
    assert [change.words for change in result.changes] == [words]


def test_without_the_old_pack_the_labels_of_the_migration_file_are_used() -> None:
    result = migrated({"fax": "1", "leader.pager": "2"}, with_old_form=False)
    assert {entry.label for entry in result.attic} == {"1.7 传真", "leader.pager"}


# --- single steps


def moved(values: dict[str, Value], *after: VersionStep, **entries: object) -> Migration:
    """One step, and those after it, over the synthetic old form, whose fields stay as they are."""
    import msgspec

    step = msgspec.convert({"from_version": 1, "to_version": 2, **entries}, VersionStep)
    return migrate(form(BEFORE), form(BEFORE), (step, *after), values)


def test_two_fields_may_change_names() -> None:
    swap = [{"from": "measures", "to": "risks"}, {"from": "risks", "to": "measures"}]
    assert moved({"measures": "甲", "risks": "乙"}, rename=swap).values == {"measures": "乙", "risks": "甲"}
    choices = [
        {"path": ["unit_kind"], "from": "firm", "to": "office"},
        {"path": ["unit_kind"], "from": "office", "to": "firm"},
    ]
    assert moved({"unit_kind": "firm"}, choice=choices).values == {"unit_kind": "office"}


def test_two_answers_for_one_place_are_both_kept() -> None:
    result = moved({"measures": "甲", "risks": "乙"}, rename=[{"from": "measures", "to": "risks"}])
    assert result.values == {"risks": "甲"}
    assert [(entry.path, entry.text, entry.why) for entry in result.attic] == [
        ("risks", "乙", "新的位置上已经有内容。")
    ]


def test_tables_may_become_one_and_join_their_rows() -> None:
    values = {
        "partners": (Row("r_1", {"name": "甲"}), Row("r_2", {"name": "乙"})),
        "visits": (Row("r_2", {"place": "丙"}),),
    }
    result = moved(
        values,
        move=[{"from": "visits[].place", "to": "partners[].role"}, {"from": "visits", "to": "partners"}],
    )
    assert result.values == {
        "partners": (Row("r_1", {"name": "甲"}), Row("r_2", {"name": "乙", "role": "丙"}))
    }


def test_what_a_later_step_renames_is_told_with_its_last_words() -> None:
    merged = {"from": ["measures", "risks"], "to": "motto"}
    then = VersionStep(from_version=2, to_version=3, rename=(Rename(source="motto", to="address"),))
    result = moved({"measures": "甲"}, then, merge=[merged])
    assert "“2.2 保障措施”、“2.3 风险”合并成“2.4 地址”。" in [change.words for change in result.changes]


def test_files_are_merged_as_files_and_never_become_text() -> None:
    other = Attachment("b" * 64, "图.png", 3)
    result = moved({"scan": (SCAN,), "map": (other,)}, merge=[{"from": ["scan", "map"], "to": "map"}])
    assert result.values == {"map": (SCAN, other)}
    result = moved({"scan": (SCAN,)}, rename=[{"from": "scan", "to": "fax"}])
    assert result.values == {}
    assert [(entry.text, entry.value) for entry in result.attic] == [("证书.pdf", (SCAN,))]


def test_other_answers_are_merged_as_they_are_shown_and_kept_as_they_were() -> None:
    values = {"unit_kind": "firm", "founded_on": date(2020, 6, 2), "period": MonthRange("2100-01", None)}
    result = moved(values, merge=[{"from": ["unit_kind", "founded_on", "period"], "to": "motto"}])
    assert result.values == {"motto": "单位性质：企业\n成立日期：2020年6月2日\n建设周期：2100年1月—"}
    assert [entry.value for entry in result.attic] == list(values.values())


def test_a_tree_that_becomes_a_table_is_kept_with_its_branches_in_the_attic() -> None:
    nodes = (Row("r_1", {"name": "体系"}), Row("r_2", {"name": "子体系"}, "r_1"))
    result = moved({"system": nodes}, rename=[{"from": "system", "to": "partners"}])
    assert result.values == {"partners": (Row("r_1", {"name": "体系"}), Row("r_2", {"name": "子体系"}))}
    assert [(entry.path, entry.value) for entry in result.attic] == [("partners", nodes)]


def test_a_column_that_moves_touches_the_drafts_that_have_answers_in_it() -> None:
    away = [{"from": "partners[].role", "to": "visits[].place"}]
    rows = (Row("r_1", {"role": "甲"}),)
    assert [change.touched for change in moved({"partners": rows}, move=away).changes] == [True]
    assert [change.touched for change in moved({}, move=away).changes] == [False]


def test_a_table_has_no_place_in_a_field_and_a_field_none_in_a_table() -> None:
    rows = (Row("r_1", {"name": "甲"}),)
    result = moved(
        {"partners": rows, "fax": "1"},
        rename=[{"from": "partners", "to": "fax"}, {"from": "fax", "to": "partners"}],
    )
    assert result.values == {}
    assert {entry.path: entry.value for entry in result.attic} == {"partners": rows, "fax": "1"}


def test_what_is_counted_now_does_not_take_what_was_typed() -> None:
    result = moved({"rank": 3}, rename=[{"from": "rank", "to": "total"}])
    assert (result.values, [entry.why for entry in result.attic]) == ({}, ["新版里这一栏由程序算出。"])


# --- the file


def test_a_way_of_several_steps_is_found_and_a_missing_one_is_said() -> None:
    steps = read_steps(AFTER, FORM)
    assert [step.to_version for step in chain(steps, here=("2099", FORM, 3), there=("2099", FORM, 1))] == [
        2,
        3,
    ]
    assert chain(steps, here=("2099", FORM, 3), there=("2099", FORM, 3)) == ()
    for there in (("2098", FORM, 1), ("2099", "another", 1), ("2099", FORM, 4)):
        with pytest.raises(PackError) as caught:
            chain(steps, here=("2099", FORM, 3), there=there)
        assert caught.value.code == "migration_missing"


def test_steps_may_come_from_another_round_and_never_go_in_circles() -> None:
    steps = (
        VersionStep(from_round="2098", from_form="old", from_version=4, to_version=1),
        VersionStep(from_version=1, to_version=2),
        VersionStep(from_version=2, to_version=1),
    )
    assert chain(steps, here=("2099", FORM, 2), there=("2098", "old", 4)) == steps[:2]
    with pytest.raises(PackError):
        chain(steps, here=("2099", FORM, 9), there=("2098", "old", 4))


def test_the_loader_leaves_the_file_alone(mini_pack: MiniPack) -> None:
    before = load_pack(mini_pack.folder)
    mini_pack.write("application/migration.toml", "this is not TOML")
    assert load_pack(mini_pack.folder) == before
    mini_pack.write("migration.toml", "")
    assert [mistake.file for mistake in read_pack(mini_pack.folder).mistakes] == ["migration.toml"]


def test_a_pack_without_the_file_has_no_steps(mini_pack: MiniPack) -> None:
    assert read_steps(mini_pack.folder, "application") == ()


def test_unknown_keys_are_refused_with_their_place_and_a_suggestion(
    mini_pack: MiniPack, tmp_path: Path
) -> None:
    text = "[[step]]\nfrom_version = 1\nto_version = 2\n[[step.rename]]\nform = 'a'\nto = 'b'\n"
    mini_pack.write("application/migration.toml", text)
    with pytest.raises(PackError) as caught:
        read_steps(mini_pack.folder, "application")
    assert caught.value.context["mistakes"] == [
        "application/migration.toml:5 migration / step 第 1 个 / rename 第 1 个 · form：没有这个键。是不是“from”？",
        "application/migration.toml:4 migration / step 第 1 个 / rename 第 1 个 · from：缺这个键，要写文字（两头加引号）。",
    ]


def test_a_form_in_editions_has_its_words_put_in(mini_pack: MiniPack) -> None:
    head = (mini_pack.folder / "application" / "form.toml").read_text("utf-8")
    head = head.replace('name = "application"', 'name = "summary_{{year}}"', 1)
    mini_pack.write("application/form.toml", f"{head}\n[edition.summary_2031]\nyear = 2031\n")
    text = "[[step]]\nfrom_version = 1\nto_version = 2\n[[step.rename]]\nfrom = 'a_{{year}}'\nto = 'b'\n"
    mini_pack.write("application/migration.toml", text)
    (step,) = read_steps(mini_pack.folder, "summary_2031")
    assert step.rename[0].source == "a_2031"
