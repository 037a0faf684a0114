"""What is different in a newer pack, in whole sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from pilotdesk.forms.loader import load_pack
from pilotdesk.forms.migration_steps import chain, read_steps
from pilotdesk.updates.comparing import form_lines, round_lines
from tests.updates.update_kit import AFTER, BEFORE, FORM, pack_at

if TYPE_CHECKING:
    from pathlib import Path


def lines(folder: Path, old: Path = BEFORE) -> tuple[str, ...]:
    return form_lines(load_pack(old).forms[FORM], load_pack(folder).forms[FORM], ())


def test_the_same_is_no_change() -> None:
    assert lines(BEFORE) == ()
    pack = load_pack(BEFORE)
    assert round_lines(pack.round, pack.round) == ()


def test_a_new_version_says_what_the_migration_does_and_what_came() -> None:
    steps = chain(read_steps(AFTER, FORM), here=("2099", FORM, 3), there=("2099", FORM, 1))
    said = form_lines(load_pack(BEFORE).forms[FORM], load_pack(AFTER).forms[FORM], steps)
    assert "“1.3 人数”改叫“1.3 职工人数”。" in said
    assert any("传真" in line and "不再" in line for line in said)
    assert all(line.endswith(("。", "？", "！")) for line in said)
    assert len(set(said)) == len(said)
    assert not [line for line in said if line.startswith("新增") and "职工人数" in line]  # it is the old one


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("synthetic__01-unit", 'label = "传真"', 'label = "传真号码"', "“1.7 传真”改叫“1.7 传真号码”。"),
        ("synthetic__01-unit", 'label = "传呼机"', 'label = "寻呼机"', "传呼机”改叫“"),
        ("synthetic__01-unit", 'name = "fax"', 'name = "telefax"', "去掉了“1.7 传真”。"),
        ("synthetic__01-unit", 'name = "fax"', 'name = "telefax"', "新增“1.7 传真”"),
        ("synthetic__01-unit", 'label = "传真"', 'label = "传真"\nrequired = true', "“1.7 传真”改为必填。"),
        ("synthetic__01-unit", 'label = "传真"', 'label = "传真"\nunit = "号"', "“1.7 传真”的单位：无 → 号。"),
        ("synthetic__01-unit", 'label = "传真"', 'label = "传真"\nexample = "0797"', "有 1 栏的说明、例子或依据改了。"),
        ("synthetic__01-unit", 'label = "传真"', 'label = "传真"\nprint = { layout = "full" }', "有 1 栏印出来的样子改了。"),
        ("synthetic__01-unit", 'label = "传真"', 'label = "传真"\nrelevant = "given(unit_name)"', "在什么情况下要填，改了。"),
        ("synthetic__form", 'label = "协会"', 'label = "社会团体"', "的选项：增加“社会团体”；去掉“协会”。"),
        ("synthetic__form", "title = \"虚构表单", "title = \"另一张虚构表单", "表名："),
        ("synthetic__form", "version = 1", 'version = 1\nnotes = ["一"]', "填写说明改了。"),
    ],
)  # fmt: skip
def test_each_change_is_a_sentence(tmp_path: Path, name: str, old: str, new: str, says: str) -> None:
    said = lines(pack_at(tmp_path, BEFORE, **{name: (old, new)}))
    assert any(says in line for line in said), said
    assert all(line.endswith("。") for line in said)


CHECK = """
[[check]]
name = "fax_odd"
test = "given(fax)"
on = "fax"
what = "传真{fax}不像一个号码"
source = ["made_up"]
severity = "hint"
"""


def with_check(folder: Path, check: str) -> Path:
    head = pack_at(folder, BEFORE) / FORM / "form.toml"
    head.write_text(head.read_text("utf-8") + check, "utf-8")
    return head.parents[1]


def test_checks_that_come_go_or_get_graver_are_said(tmp_path: Path) -> None:
    hint = with_check(tmp_path / "a", CHECK)
    graver = with_check(tmp_path / "b", CHECK.replace('"hint"', '"warning"'))
    other = with_check(tmp_path / "c", CHECK.replace('"given(fax)"', '"not given(fax)"'))
    assert lines(hint) == ("新增检查〔建议〕：传真…不像一个号码。",)
    assert lines(graver, hint) == ("检查由〔建议〕改为〔请核实〕：传真…不像一个号码。",)
    assert lines(other, hint) == ("检查的条件改了〔建议〕：传真…不像一个号码。",)
    assert lines(BEFORE, hint) == ("去掉检查〔建议〕：传真…不像一个号码。",)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("day = 2099-06-30", "day = 2099-07-15", "日期“上传”：2099-06-30 → 2099-07-15。"),
        ("quota_total = 2", "quota_total = 3", "推荐限额：2 → 3。"),
        ('label = "育种"', 'label = "制种"', "方向：增加“制种”；去掉“育种”。"),
        ('"2101-12"]', '"2102-12"]', "建设周期：2100-01 至 2101-12 → 2100-01 至 2102-12。"),
        ('label = "虚构的推荐单位"', 'label = "另一个"', "推荐单位：增加“另一个”；去掉“虚构的推荐单位”。"),
    ],
)  # fmt: skip
def test_what_the_round_says_differently(tmp_path: Path, old: str, new: str, says: str) -> None:
    changed = load_pack(pack_at(tmp_path, AFTER, round=(old, new)))
    assert round_lines(load_pack(AFTER).round, changed.round) == (says,)


def test_a_day_that_there_is_no_more_is_said() -> None:
    old = load_pack(AFTER).round
    new = msgspec.structs.replace(old, deadline=())
    assert round_lines(old, new) == tuple(f"日期“{one.label}”：去掉了。" for one in old.deadline)


def test_a_form_of_the_year_before_last_is_told_in_a_list_that_can_be_read(tmp_path: Path) -> None:
    """Of a list with many names some are said, and how many there are."""
    head = (BEFORE / FORM / "form.toml").read_text("utf-8")
    start = head.index("kinds = [")
    more = "".join(f'{{ name = "n{n}", label = "第{n}种" }}, ' for n in range(20))
    folder = pack_at(tmp_path, BEFORE, synthetic__form=("kinds = [", f"kinds = [{more}"))
    assert head[start:]
    (line,) = [line for line in lines(folder) if "选项" in line]
    assert "等 20 个" in line
