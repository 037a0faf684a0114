"""What ties the forms of a pack together is checked when the pack is, not when an answer does not arrive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pilotdesk.forms.lint import lint_pack

if TYPE_CHECKING:
    from tests.forms.pack_kit import MiniPack

HEAD = """\
name = "summary"
title = "总结"
short = "总结"
version = 1
project_name = "project_name"
unit_name = "unit_name"
deadline = "upload"
"""

STEP = """\
name = "promises"
number = "一"
label = "承诺"

[[group]]
name = "promises_all"

[[group.field]]
name = "project_name"
type = "text"
number = "1.1"
label = "项目名称"
hint = "从申报书带来。"
carry = ["application.project_name"]
source = ["guess"]

[[group.field]]
name = "unit_name"
type = "text"
number = "1.2"
label = "单位名称"
hint = "从申报书带来。"
carry = ["application.unit_name"]
source = ["guess"]

[[group.field]]
name = "tasks"
type = "table"
number = "1.3"
label = "任务"
hint = "从申报书带来。"
carry = ["application.schedule"]
source = ["guess"]
print = { widths = [11, 72, 73] }

[[group.field.columns]]
name = "task"
type = "text"
label = "任务"
carry = ["application.schedule.task"]
changed_into = "task_now"
fixed = true

[[group.field.columns]]
name = "task_now"
type = "text"
label = "变更后"
"""


@pytest.fixture
def life(mini_pack: MiniPack) -> MiniPack:
    """The small pack with a second form that carries from the first."""
    return mini_pack.write("summary/form.toml", HEAD).write("summary/00-promises.toml", STEP)


def said(pack: MiniPack) -> list[str]:
    return [mistake.line_text() for mistake in lint_pack(pack.folder)]


def test_a_form_that_carries_from_another_is_in_order(life: MiniPack) -> None:
    assert said(life) == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"application.project_name"', '"applicaton.project_name"', "是不是“application”"),
        ('"application.project_name"', '"application.project_nam"', "是不是“project_name”"),
        ('"application.project_name"', '"summary.unit_name"', "同一张表单"),
        ('"application.project_name"', '"application.staff"', "是 integer，这里是 text"),
        ('"application.project_name"', '"application.total"', "算出来的"),
        ('"application.schedule.task"', '"application.unit_name"', "不是列"),
        ('"application.schedule.task"', '"application.schedule.cost"', "是 decimal，这里是 text"),
        ('carry = ["application.schedule"]', 'carry = ["application.unit_name"]', "不是表格"),
        ('changed_into = "task_now"', 'changed_into = "task_new"', "是不是“task_now”"),
        ('carry = ["application.schedule.task"]\n', "", "只有带来的列"),
    ],
)
def test_what_cannot_arrive_is_named(life: MiniPack, old: str, new: str, words: str) -> None:
    life.change("summary/00-promises.toml", old, new)
    assert any(words in line for line in said(life)), said(life)
