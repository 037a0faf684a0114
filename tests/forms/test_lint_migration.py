"""Migration files: silent on a good one, and everything that an older version had must be spoken of."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from pilotdesk.forms.lint import lint_pack
from tests.forms.migration_kit import AFTER, BEFORE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.forms.pack_kit import MiniPack

FILE = "synthetic/migration.toml"


@pytest.fixture
def after(tmp_path: Path) -> Path:
    return shutil.copytree(AFTER, tmp_path / "2099")


def lines(folder: Path) -> list[str]:
    return [mistake.line_text() for mistake in lint_pack(folder, [BEFORE])]


def test_the_synthetic_packs_have_nothing_to_mend() -> None:
    assert lines(BEFORE) == []
    assert lines(AFTER) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('path = "fax"\n', 'path = "telefax"\n', "第 1 版的“fax”（传真）在新版里没有位置"),
        ('path = "leader.pager"\n', 'path = "fax"\n', "第 1 版的“leader.pager”（传呼机）在新版里没有位置"),
        ('path = "targets[].note"\n', 'path = "fax"\n', "第 1 版的“targets[].note”（备注）在新版里没有位置"),
        ('from = "club"\n', 'from = "firm"\n', "“unit_kind”的选项“club”（协会）在新版里没有了"),
        ('[[step.retype]]\npath = "rank"\n', "", "第 1 版的“rank”原来是 integer，现在是 decimal"),
        ('[[step.retype]]\npath = "figures[].due"\n', "", "第 1 版的“targets[].due”原来是 date，现在是 month"),
        ('to = "employees"\n', 'to = "employee"\n', "没有名叫“employee”的栏目。是不是“employees”"),
        ('path = "fax"\n', 'path = "targets.note"\n', "在新版里没有位置"),
        ('path = "fax"\n', 'path = "Fax"\n', "“Fax”不是一个位置。写成 uscc、leader.mobile 或"),
        ('headings = ["工作背景", "工作需求"]', 'headings = ["工作背景"]', "小标题要和拆成的各栏一一对应"),
        ('sign = "，"\n', "", "按符号拆（by = "),
        ("to_version = 3", "to_version = 4", "to_version：这张表单现在是第 3 版"),
        ("from_version = 1\nto_version = 2", "from_version = 2\nto_version = 2", "要转到更新的版本"),
        ("from_version = 2\nto_version = 3", "from_version = 1\nto_version = 3", "没有写怎样从第 2 版一步步转到第 3 版"),
        ('from = "staff"\n', 'form = "staff"\n', "form：没有这个键。是不是“from”？"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(after: Path, old: str, new: str, said: str) -> None:
    file = after / FILE
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")
    found = lines(after)
    assert any(said in line and line.startswith(FILE) for line in found), found


def test_a_second_version_needs_the_file(mini_pack: MiniPack) -> None:
    mini_pack.change("application/form.toml", "version = 1", "version = 2")
    text = "第 2 版起要写明怎样从旧版转过来（migration.toml）。"
    assert [mistake.line for mistake in lint_pack(mini_pack.folder) if mistake.text == text] == [4]


def test_another_round_is_looked_for_beside_the_pack(after: Path) -> None:
    later = shutil.copytree(after, after.parent / "2100")
    round_file = later / "round.toml"
    round_file.write_text(round_file.read_text("utf-8").replace('name = "2099"', 'name = "2100"'), "utf-8")
    text = (later / FILE).read_text("utf-8")
    step = '\n[[step]]\nfrom_round = "2099"\nfrom_version = 3\nto_version = 3\n'
    (later / FILE).write_text(text + step, "utf-8")
    assert [mistake.text for mistake in lint_pack(later)] == []
    form = after / "synthetic/01-unit.toml"
    form.write_text(form.read_text("utf-8").replace('name = "plans"', 'name = "drawings"'), "utf-8")
    assert [mistake.text for mistake in lint_pack(later)] == ["2099 年的“drawings”（图纸）在新版里没有位置。"]
