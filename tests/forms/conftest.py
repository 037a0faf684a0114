"""A small but complete pack as TOML text, which tests change in one place and read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.forms.pack_kit import MiniPack

if TYPE_CHECKING:
    from pathlib import Path

ROUND = """\
name = "2030"
title = "2030年度试点"
notice_title = "关于征集2030年度试点的通知"
notice_number = "标〔2030〕1号"
issued = 2030-04-09
system_name = "管理系统"
system_address = "http://example.org"
cycle = ["2031-01", "2032-12"]
quota_total = 8
quota_special = 2

[[deadline]]
name = "upload"
label = "上传"
day = 2030-06-30
source = ["notice"]

[[pilot_field]]
code = "F1"
label = "农业领域"
quota = 2
scope = "总结经验。"
source = ["notice"]

[[pilot_field.direction]]
name = "f1_seeds"
label = "育种"

[[pilot_field.direction]]
name = "f1_water"
label = "节水"

[[pilot_field]]
code = "F2"
label = "服务业领域"
quota = 2
scope = "总结经验。"
source = ["notice"]

[[pilot_field.direction]]
name = "f2_care"
label = "养老"

[[submitter]]
code = "JX"
label = "江西省市场监督管理局"
province = "360000"

[[activity]]
name = "needs"
label = "分析工作需求"

[[review_point]]
name = "tasks"
label = "试点任务"
ask = "任务齐全"
evidence = ["schedule"]
"""

SOURCES = """\
[notice]
title = "通知"
kind = "notice"
quote = "原文。"

[guess]
title = "推断"
kind = "inferred"
"""

FORM = """\
name = "application"
title = "申报书"
short = "申报书"
version = 1
project_name = "project_name"
unit_name = "unit_name"
notes = ["照实填。"]

[choice_lists]
kinds = [{ name = "firm", label = "企业" }, { name = "office", label = "机关" }]

[[check]]
name = "unit_is_project"
test = "unit_name != project_name"
what = "单位名称和项目名称一样。"
why = "两个名称各有所指。"
fix = "核对公章。"
source = ["guess"]
on = "unit_name"
"""

COVER = """\
name = "cover"
label = "封面"

[[group]]
name = "cover_project"
layout = "cover"

[[group.field]]
name = "project_name"
type = "text"
number = "0.1"
label = "项目名称"
hint = "写清做什么。"
required = true
source = ["guess"]

[[group.field]]
name = "pilot_field"
type = "choice"
number = "0.2"
label = "领域"
hint = "选一个。"
choices = "pilot_fields"
severity = "error"
source = ["notice"]

[[group.field]]
name = "directions"
type = "dependent_choice"
number = "0.3"
label = "方向"
hint = "可以几个。"
choices = "directions"
depends_on = "pilot_field"
other = true
source = ["notice"]
"""

UNIT = """\
name = "unit"
number = "一"
label = "单位"

[[group]]
name = "unit_facts"

[[group.field]]
name = "unit_name"
type = "text"
number = "1.1"
label = "单位名称"
hint = "照公章。"
source = ["guess"]

[[group.field]]
name = "unit_kind"
type = "choice"
number = "1.2"
label = "单位性质"
hint = "照证书。"
choices = "kinds"
default = "机关"
source = ["guess"]

[[group.field]]
name = "staff"
type = "integer"
number = "1.3"
label = "人数"
hint = "年末数。"
unit = "人"
example = "86人"
source = ["guess"]

[[group.field.check]]
name = "staff_positive"
test = "value > 0"
why = "总得有人。"
fix = "写年末数。"
what = "人数是{value}。"
source = ["guess"]

[[group.field]]
name = "leader"
type = "person"
number = "1.4"
label = "负责人"
hint = "单位领导。"
source = ["guess"]

[[group.field.parts]]
name = "name"
type = "text"
label = "姓名"

[[group.field.parts]]
name = "mobile"
type = "text"
label = "手机"
letters = "half"
private = true

[[group.field]]
name = "scan"
type = "attachment"
number = "1.5"
label = "证书"
hint = "扫描件。"
source = ["guess"]
print = { layout = "none" }
"""

PLAN = """\
name = "plan"
number = "二"
label = "计划"

[[group]]
name = "plan_schedule"
layout = "text"

[[group.field]]
name = "schedule"
type = "table"
number = "2.1"
label = "进度"
hint = "一行一项。"
source = ["guess"]
rows = [{ task = "启动", period = "2031年1月—3月" }]
print = { widths = [11, 60, 60, 25] }

[[group.field.columns]]
name = "task"
type = "text"
label = "任务"

[[group.field.columns]]
name = "period"
type = "month_range"
label = "起止时间"

[[group.field.columns]]
name = "cost"
type = "decimal"
label = "经费"
unit = "万元"
decimals = 1

[[group.field]]
name = "system"
type = "tree"
number = "2.2"
label = "体系"
hint = "两到四层。"
source = ["guess"]

[[group.field.columns]]
name = "code"
type = "text"
label = "编号"

[[group.field.columns]]
name = "name"
type = "text"
label = "名称"

[[group.field]]
name = "total"
type = "calculated"
number = "2.3"
label = "合计"
hint = "自动合计。"
calculation = "sum(schedule.cost)"
source = ["guess"]

[[group.field]]
name = "pledge"
type = "statement"
number = "2.4"
label = "承诺"
text = ["材料真实。"]
source = ["guess"]
"""


HEAD_FILE, COVER_FILE = "application/form.toml", "application/00-cover.toml"
UNIT_FILE, PLAN_FILE = "application/01-unit.toml", "application/02-plan.toml"


@pytest.fixture
def mini_pack(tmp_path: Path) -> MiniPack:
    """A good pack with every kind of file."""
    pack = MiniPack(tmp_path / "2030")
    for file, text in {
        "round.toml": ROUND,
        "sources.toml": SOURCES,
        HEAD_FILE: FORM,
        COVER_FILE: COVER,
        UNIT_FILE: UNIT,
        PLAN_FILE: PLAN,
    }.items():
        pack.write(file, text)
    return pack
