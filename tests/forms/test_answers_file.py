"""Answers files: read as they are meant, refused with one clear sentence."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from pilotdesk.errors import AnswersError
from pilotdesk.forms.answers_file import begun_values, initial_values, read_answers
from pilotdesk.forms.loader import load_pack
from pilotdesk.forms.values import Attachment, MonthRange, Row

if TYPE_CHECKING:
    from pilotdesk.forms.model import Form
    from tests.forms.pack_kit import MiniPack

PLAN = "application/02-plan.toml"


@pytest.fixture
def form(mini_pack: MiniPack) -> Form:
    return load_pack(mini_pack.folder).forms["application"]


def refused(form: Form, answers: object) -> AnswersError:
    with pytest.raises(AnswersError) as caught:
        read_answers(form, answers)
    return caught.value


def shape(rows: object) -> list[tuple[object, object]]:
    """Nodes as (code, code of the parent)."""
    assert isinstance(rows, tuple)
    codes = {row.id: row.cell("code") for row in rows}
    assert len(codes) == len(rows)
    return [(row.cell("code"), codes.get(row.parent)) for row in rows]


def test_every_kind_of_answer_is_read(form: Form) -> None:
    answers = json.loads("""{
        "project_name": " 南汀县试点 ",
        "pilot_field": "农业领域",
        "directions": ["节水", "其他：茶"],
        "staff": 86,
        "unit_kind": null,
        "leader": {"name": "陈立", "mobile": "１３８00000021"},
        "schedule": [{"task": "启动", "period": "2031年1月—3月", "cost": 1.5}, {"task": "总结"}]
    }""")
    values = read_answers(form, answers)
    schedule = values.pop("schedule")
    assert values == {
        "project_name": "南汀县试点",
        "pilot_field": "F1",
        "directions": ("f1_water", "other:茶"),
        "staff": 86,
        "leader.name": "陈立",
        "leader.mobile": "13800000021",
    }
    assert isinstance(schedule, tuple)
    assert [dict(row.cells) for row in schedule if isinstance(row, Row)] == [
        {"task": "启动", "period": MonthRange("2031-01", "2031-03"), "cost": Decimal("1.5")},
        {"task": "总结"},
    ]
    assert len({row.id for row in schedule if isinstance(row, Row)}) == 2


def test_blank_answers_are_no_answers(form: Form) -> None:
    blank = {
        "project_name": " ",
        "staff": None,
        "leader": {"name": ""},
        "schedule": [],
        "scan": [],
        "system": None,
    }
    assert read_answers(form, blank) == {}


def test_a_tree_is_read_from_nested_nodes(form: Form) -> None:
    nodes = [
        {
            "code": "1",
            "name": "甲",
            "children": [{"code": "1.1", "children": [{"code": "1.1.1"}]}, {"code": "1.2"}],
        },
        {"code": "2"},
    ]
    rows = read_answers(form, {"system": nodes})["system"]
    assert shape(rows) == [("1", None), ("1.1", "1"), ("1.1.1", "1.1"), ("1.2", "1"), ("2", None)]


def test_a_tree_is_read_from_codes_of_parents_in_any_order(form: Form) -> None:
    nodes = [
        {"code": "1.1", "parent": "1"},
        {"code": "1"},
        {"code": "1.2", "parent": " 1 "},
        {"code": "2", "parent": None},
    ]
    rows = read_answers(form, {"system": nodes})["system"]
    assert shape(rows) == [("1.1", "1"), ("1", None), ("1.2", "1"), ("2", None)]


def test_a_deep_tree_is_no_trouble(form: Form) -> None:
    node: dict[str, object] = {"code": "0"}
    for depth in range(1, 3000):
        node = {"code": str(depth), "children": [node]}
    assert len(read_answers(form, {"system": [node]})["system"]) == 3000  # type: ignore[arg-type]


def test_a_parent_that_is_not_there_or_goes_round_is_refused(form: Form) -> None:
    missing = refused(form, {"system": [{"code": "1", "parent": "9"}]})
    assert (missing.code, missing.context) == ("answers_unknown_parent", {"path": "system", "node": "9"})
    loop = refused(form, {"system": [{"code": "1", "parent": "2"}, {"code": "2", "parent": "1"}]})
    assert loop.code == "answers_tree_loop"
    assert refused(form, {"system": [{"code": "1", "parent": "1"}]}).code == "answers_tree_loop"
    assert refused(form, {"system": [{"code": "1", "parent": 1}]}).context["path"] == "system[1].parent"


def test_calculated_answers_are_left_to_the_calculation(form: Form) -> None:
    assert read_answers(form, {"total": 5, "staff": 1}) == {"staff": 1}


def test_calculated_and_blank_cells_are_left_out_too(mini_pack: MiniPack) -> None:
    mini_pack.change(PLAN, 'unit = "万元"', 'unit = "万元"\ncalculation = "1"')
    form = load_pack(mini_pack.folder).forms["application"]
    (row,) = read_answers(form, {"schedule": [{"task": "启动", "period": " ", "cost": 5}]})["schedule"]  # type: ignore[misc]
    assert row.cells == {"task": "启动"}  # type: ignore[union-attr]


def test_row_ids_never_clash(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    made = iter(["r_1", "r_1", "r_1", "r_2"])
    monkeypatch.setattr("pilotdesk.forms.answers_file.new_row_id", lambda: next(made))
    rows = read_answers(form, {"schedule": [{"task": "a"}, {"task": "b"}]})["schedule"]
    assert [row.id for row in rows] == ["r_1", "r_2"]  # type: ignore[union-attr]


def test_a_row_may_name_its_id(form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    made = iter(["r_t1", "r_1", "r_2"])
    monkeypatch.setattr("pilotdesk.forms.answers_file.new_row_id", lambda: next(made))
    answers = {
        "schedule": [{"id": "r_t1", "task": "a"}, {"task": "b"}],
        "system": [{"id": "r_top", "code": "1", "children": [{"code": "1.1"}]}],
    }
    values = read_answers(form, answers)
    assert [row.id for row in values["schedule"]] == ["r_t1", "r_1"]  # type: ignore[union-attr]
    assert [(row.id, row.parent) for row in values["system"]] == [("r_top", None), ("r_2", "r_top")]  # type: ignore[union-attr]


@pytest.mark.parametrize("row_id", ["t1", "r_T1", "r_", 1, "r_a].b"])
def test_an_id_that_no_row_can_have_is_refused(form: Form, row_id: object) -> None:
    error = refused(form, {"schedule": [{"id": row_id, "task": "a"}]})
    assert (error.code, error.context["path"]) == ("answers_wrong_type", "schedule[1].id")


def test_two_rows_of_one_id_are_refused(form: Form) -> None:
    error = refused(form, {"schedule": [{"id": "r_a", "task": "a"}, {"id": "r_a", "task": "b"}]})
    assert error.context["path"] == "schedule[2].id"


@pytest.mark.parametrize(
    ("answers", "path", "suggestion"),
    [
        ({"staf": 1}, "staf", "是不是“staff”"),
        ({"leader": {"nam": "陈"}}, "leader.nam", "是不是“name”"),
        ({"schedule": [{"task": "a"}, {"tasks": "b"}]}, "schedule[2].tasks", "是不是“task”"),
        ({"schedule": [{"children": []}]}, "schedule[1].children", "pack show"),
        ({"完全不同": 1}, "完全不同", "pack show"),
    ],
)
def test_an_unknown_name_is_refused_with_a_suggestion(
    form: Form, answers: object, path: str, suggestion: str
) -> None:
    error = refused(form, answers)
    assert error.code == "answers_unknown_field"
    assert error.context["path"] == path
    assert suggestion in str(error)


@pytest.mark.parametrize(
    ("answers", "path"),
    [
        ({"project_name": 5}, "project_name"),
        ({"staff": "很多"}, "staff"),
        ({"staff": "86"}, "staff"),
        ({"pilot_field": "航天领域"}, "pilot_field"),
        ({"directions": ["航天"]}, "directions"),
        ({"leader": "陈立"}, "leader"),
        ({"leader": {"name": 5}}, "leader.name"),
        ({"schedule": {"task": "a"}}, "schedule"),
        ({"schedule": ["a"]}, "schedule"),
        ({"schedule": [{}, {"cost": "很多"}]}, "schedule[2].cost"),
        ({"system": [{"children": "a"}]}, "system"),
        ({"scan": "a.pdf"}, "scan"),
        ({"scan": [1]}, "scan"),
    ],
)
def test_an_answer_of_another_type_is_refused_and_says_what_to_write(
    form: Form, answers: object, path: str
) -> None:
    error = refused(form, answers)
    assert error.code == "answers_wrong_type"
    assert error.context["path"] == path
    assert "请" in str(error)
    assert str(error).endswith("。")


@pytest.mark.parametrize("answers", [[], "a", None, 5])
def test_a_file_that_is_no_object_is_refused(form: Form, answers: object) -> None:
    assert str(refused(form, answers)) == "答案文件要写成一个 {…}，栏名在前、内容在后。"


def test_what_is_only_printed_cannot_be_answered(form: Form) -> None:
    assert refused(form, {"pledge": "同意"}).code == "answers_not_asked"


def kept(name: str) -> Attachment:
    return Attachment("0" * 64, name, 1)


def test_attachments_are_named_and_asked_for(form: Form) -> None:
    values = read_answers(form, {"scan": ["证书/正本.pdf", "附页.pdf"]}, attachment=kept)
    assert values["scan"] == (kept("证书/正本.pdf"), kept("附页.pdf"))
    assert refused(form, {"scan": ["a.pdf"]}).code == "answers_not_asked"
    assert refused(form, {"scan": "a.pdf"}).code == "answers_wrong_type"


def test_a_row_may_have_files_of_its_own(mini_pack: MiniPack) -> None:
    mini_pack.change(
        PLAN,
        'type = "decimal"\nlabel = "经费"\nunit = "万元"\ndecimals = 1',
        'type = "attachment"\nlabel = "文件"',
    )
    form = load_pack(mini_pack.folder).forms["application"]
    answers = {"schedule": [{"task": "a", "cost": ["a.pdf"]}, {"task": "b", "cost": None}]}
    first, second = read_answers(form, answers, attachment=kept)["schedule"]  # type: ignore[misc]
    assert [file.file_name for file in first.cells["cost"]] == ["a.pdf"]  # type: ignore[union-attr]
    assert second.cells == {"task": "b"}  # type: ignore[union-attr]
    assert refused(form, answers).context["path"] == "schedule[1].cost"


def test_a_new_draft_starts_with_defaults_and_first_rows(form: Form, mini_pack: MiniPack) -> None:
    values = initial_values(form)
    assert list(values) == ["unit_kind", "schedule"]
    assert values["unit_kind"] == "office"
    (row,) = values["schedule"]  # type: ignore[misc]
    assert row.cells == {"task": "启动", "period": MonthRange("2031-01", "2031-03")}  # type: ignore[union-attr]
    assert initial_values(form)["schedule"] != values["schedule"]  # every draft has rows of its own
    mini_pack.change("application/01-unit.toml", 'label = "姓名"', 'label = "姓名"\ndefault = "待定"')
    assert initial_values(load_pack(mini_pack.folder).forms["application"])["leader.name"] == "待定"


def test_a_row_that_names_a_first_row_of_the_pack_stands_over_it(mini_pack: MiniPack) -> None:
    mini_pack.change(
        PLAN, 'rows = [{ task = "启动"', 'rows = [{ id = "r_a", task = "结束" }, { id = "r_b", task = "启动"'
    )
    form = load_pack(mini_pack.folder).forms["application"]

    def begun(*rows: dict[str, object]) -> list[tuple[str, object, object]]:
        table = begun_values(form, read_answers(form, {"schedule": list(rows)}))["schedule"]
        return [(row.id, row.cell("task"), row.cell("cost")) for row in table]  # type: ignore[misc, union-attr]

    assert begun({"id": "r_b", "cost": "3"}, {"id": "r_c", "task": "另加"})[0][:2] == ("r_b", "启动")
    assert [row[0] for row in begun({"id": "r_b", "cost": "3"}, {"id": "r_c", "task": "另加"})] == [
        "r_b",
        "r_c",
    ]
    assert [row[1] for row in begun({"task": "全换"})] == [
        "全换"
    ]  # rows of its own take the place of the first ones
    mini_pack.change(PLAN, 'rows = [{ id = "r_a"', 'fixed_rows = true\nrows = [{ id = "r_a"')
    form = load_pack(mini_pack.folder).forms["application"]
    assert [row[0] for row in begun({"id": "r_b", "cost": "3"})] == ["r_a", "r_b"]
