"""Reading packs: what a good one becomes, and everything that is said about a broken one."""

from __future__ import annotations

import re
import shutil
import tomllib
from datetime import date
from typing import TYPE_CHECKING

import pytest
import rtoml

from pilotdesk.errors import PackError
from pilotdesk.forms.loader import editions_in, load_pack, read_pack, with_words
from pilotdesk.forms.shipped import load_shipped, shipped_packs
from pilotdesk.paths import forms_dir

if TYPE_CHECKING:
    from pathlib import Path

    from tests.forms.pack_kit import MiniPack

HEAD, COVER = "application/form.toml", "application/00-cover.toml"
UNIT, PLAN = "application/01-unit.toml", "application/02-plan.toml"


def lines(pack: MiniPack) -> list[str]:
    return [mistake.line_text() for mistake in read_pack(pack.folder).mistakes]


def only(pack: MiniPack) -> str:
    (line,) = lines(pack)
    return line


# --- a good pack


def test_a_good_pack_becomes_typed_forms(mini_pack: MiniPack) -> None:
    pack = load_pack(mini_pack.folder)
    form = pack.forms["application"]
    assert pack.round.deadline[0].day == date(2030, 6, 30)
    assert pack.sources["notice"].kind == "notice"
    assert [step.name for step in form.steps] == ["cover", "unit", "plan"]
    assert list(form.fields)[:4] == ["project_name", "pilot_field", "directions", "unit_name"]
    assert form.step_of["leader"] == "unit"
    assert [part.name for part in form.fields["leader"].parts] == ["name", "mobile"]
    assert form.fields["schedule"].print.widths == (11, 60, 60, 25)


def test_the_round_gives_its_choice_lists_to_every_form(mini_pack: MiniPack) -> None:
    lists = load_pack(mini_pack.folder).forms["application"].lists
    assert [choice.label for choice in lists["pilot_fields"]] == ["农业领域", "服务业领域"]
    assert [(choice.name, choice.parent) for choice in lists["directions"]] == [
        ("f1_seeds", "F1"),
        ("f1_water", "F1"),
        ("f2_care", "F2"),
    ]
    assert lists["submitters"][0].name == "JX"
    assert lists["activities"][0].name == "needs"
    assert [choice.name for choice in lists["kinds"]] == ["firm", "office"]


def test_line_ends_and_byte_order_marks_change_neither_pack_nor_digest(mini_pack: MiniPack) -> None:
    before = load_pack(mini_pack.folder)
    for path in mini_pack.folder.rglob("*.toml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_pack(mini_pack.folder) == before
    unit = mini_pack.folder / UNIT
    unit.write_bytes(b"\xef\xbb\xbf" + unit.read_bytes())
    assert load_pack(mini_pack.folder).forms == before.forms


def test_the_digest_tells_packs_apart(mini_pack: MiniPack) -> None:
    before = load_pack(mini_pack.folder).digest
    assert len(before) == 64
    assert load_pack(mini_pack.change(UNIT, "照公章。", "照印章。").folder).digest != before


# --- what is wrong, and where


def test_an_unknown_key_is_refused_with_its_line_and_a_suggestion(mini_pack: MiniPack) -> None:
    mini_pack.change(UNIT, 'label = "人数"', 'label = "人数"\nlable = "人数"')
    line = mini_pack.line(UNIT, "lable")
    assert only(mini_pack) == (
        f"{UNIT}:{line} step unit / group unit_facts / field staff · lable：没有这个键。是不是“label”？"
    )


def test_a_missing_key_names_the_table(mini_pack: MiniPack) -> None:
    mini_pack.change(UNIT, 'label = "人数"\n', "")
    line = mini_pack.line(UNIT, '[[group.field]]\nname = "staff"')
    assert only(mini_pack) == (
        f"{UNIT}:{line} step unit / group unit_facts / field staff · label：缺这个键，要写文字（两头加引号）。"
    )


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (UNIT, 'label = "人数"', "label = 5", "label：要写文字（两头加引号），现在是整数。"),
        (COVER, "required = true", "required = 1", "不加引号）或文字（两头加引号），现在是整数。"),
        (COVER, "other = true", 'other = "yes"', "other：要写真假值（true 或 false，不加引号），现在是文字。"),
        (HEAD, "version = 1", "version = 1.5", "version：要写整数（不加引号），现在是小数。"),
        (HEAD, 'notes = ["照实填。"]', 'notes = "照实填。"', "notes：要写列表（[…]），现在是文字。"),
        (PLAN, "[11, 60, 60, 25]", '[11, 60, "60", 25]', "widths：要写数字（不加引号），现在是文字。"),
        ("round.toml", "day = 2030-06-30", 'day = "6月30日"', "day：要写日期（如 2026-06-30，不加引号），现在是文字。"),
        ("round.toml", 'cycle = ["2031-01", "2032-12"]', 'cycle = ["2031-01"]', "要写2 个一组的列表（[…, …]），现在是列表。"),
        (UNIT, 'type = "person"', 'type = "persson"', "type：这里不能写“persson”。是不是“person”？"),
        ("sources.toml", 'kind = "inferred"', 'kind = "guessed"', "可以写：notice、standard、habit、inferred。"),
        ("sources.toml", "[notice]", "[[notice]]", "要写表，现在是列表。"),
        (UNIT, 'print = { layout = "none" }', 'print = "none"', "print：要写表，现在是文字。"),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_kind_says_what_to_write(
    mini_pack: MiniPack, file: str, old: str, new: str, said: str
) -> None:
    mini_pack.change(file, old, new)
    assert f"{file}:{mini_pack.line(file, new)} " in only(mini_pack)
    assert only(mini_pack).endswith(said)


def test_a_missing_key_of_few_words_lists_them(mini_pack: MiniPack) -> None:
    mini_pack.change("sources.toml", 'kind = "inferred"\n', "")
    assert only(mini_pack).endswith(
        "guess · kind：缺这个键，要写notice、standard、habit、inferred 中的一个。"
    )


def test_all_mistakes_of_all_files_are_found_at_once(mini_pack: MiniPack) -> None:
    mini_pack.change(UNIT, 'label = "人数"', 'lable = "人数"')
    mini_pack.change(UNIT, 'letters = "half"', 'letters = "small"')
    mini_pack.change(PLAN, 'unit = "万元"', "unit = 1")
    mini_pack.change("round.toml", "quota_total = 8", 'quota_total = "8"')
    mini_pack.change(HEAD, "version = 1", "version = ")
    found = lines(mini_pack)
    assert len(found) == 6
    assert found == sorted(found)
    with pytest.raises(PackError) as caught:
        load_pack(mini_pack.folder)
    assert caught.value.code == "pack_broken"
    assert caught.value.context["mistakes"] == found
    assert "有 6 处要改" in str(caught.value)
    assert all(line in str(caught.value) for line in found)


def test_mistakes_inside_lists_on_one_line_have_their_place(mini_pack: MiniPack) -> None:
    mini_pack.change(HEAD, '{ name = "office", label = "机关" }', '{ name = "office", lable = "机关" }')
    found = lines(mini_pack)
    assert len(found) == 2
    assert all(f"{HEAD}:{mini_pack.line(HEAD, 'kinds =')} " in line for line in found)
    assert all("form application / choice_lists / kinds office" in line for line in found)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (UNIT, 'label = "人数"', "label = 人数", "等号后面的值看不懂"),
        (UNIT, 'label = "人数"', '标签 = "人数"', "键要用英文字母"),
        (UNIT, 'label = "人数"', 'label "人数"', "键的后面要有等号"),
        (UNIT, 'label = "人数"', 'label = "人数', "引号没有收口"),
        (UNIT, 'label = "人数"', 'label = "人数" name = 1', "值写完之后"),
        (UNIT, 'label = "人数"', 'label = "人数"\nlabel = "数"', "写了两遍"),
        (UNIT, 'label = "人数"', 'label = "a\\d"', "反斜杠"),
        (UNIT, "[[group.field.parts]]\nname = \"mobile\"", "[[group.field.parts]\nname = \"mobile\"", "方括号"),
        (HEAD, '{ name = "office", label = "机关" }]', '{ name = "office", label = "机关" }', "方括号没有收口"),
        (HEAD, "[choice_lists]", "[choice_lists]\n[choice_lists]", "choice_lists：这个表写了两遍"),
        ("round.toml", "issued = 2030-04-09", "issued = 2030-04-39", "日期写成"),
    ],
)  # fmt: skip
def test_broken_notation_says_line_and_what(
    mini_pack: MiniPack, file: str, old: str, new: str, said: str
) -> None:
    mini_pack.change(file, old, new)
    line = only(mini_pack)
    assert said in line
    number = int(re.match(r"[^:]+:(\d+)", line)[1])
    written = mini_pack.line(file, new)
    assert written <= number <= written + 2  # an open bracket shows where the next thing begins


def test_a_field_name_used_twice_is_refused_with_both_places(mini_pack: MiniPack) -> None:
    mini_pack.change(PLAN, 'name = "total"', 'name = "staff"')
    first, second = (mini_pack.line(file, 'name = "staff"') for file in (UNIT, PLAN))
    assert only(mini_pack).startswith(f"{PLAN}:{second} ")
    assert f"{UNIT} 第 {first} 行" in only(mini_pack)


def test_a_file_that_is_not_utf8_is_said_so(mini_pack: MiniPack) -> None:
    (mini_pack.folder / UNIT).write_bytes('name = "unit"\nlabel = "单位"\n'.encode("gbk"))
    assert only(mini_pack) == f"{UNIT}:2：这一行不是 UTF-8 编码。请用 UTF-8 编码另存这个文件。"


def test_brackets_without_end_are_a_mistake_and_not_a_crash(mini_pack: MiniPack) -> None:
    mini_pack.change(HEAD, 'notes = ["照实填。"]', f"notes = {'[' * 5000}")
    assert only(mini_pack).startswith(HEAD)


@pytest.mark.parametrize("file", ["round.toml", "sources.toml", HEAD])
def test_a_missing_file_is_named(mini_pack: MiniPack, file: str) -> None:
    (mini_pack.folder / file).unlink()
    assert only(mini_pack) == f"{file}：缺这个文件。"


def test_files_that_nobody_reads_are_refused(mini_pack: MiniPack) -> None:
    mini_pack.write("application/unit.toml", UNIT).write("application/old/01-unit.toml", "")
    assert [line.partition("：")[0] for line in lines(mini_pack)] == [
        "application/old/01-unit.toml",
        "application/unit.toml",
    ]


def test_a_form_without_steps_and_a_pack_without_forms_are_refused(mini_pack: MiniPack) -> None:
    for file in (COVER, UNIT, PLAN):
        (mini_pack.folder / file).unlink()
    assert only(mini_pack).startswith("application：这张表单没有步骤。")
    shutil.rmtree(mini_pack.folder / "application")
    assert only(mini_pack).startswith(".：没有一张表单。")


def test_a_folder_that_is_not_there_or_cannot_be_read_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "2032" / "round.toml").mkdir(parents=True)
    for name in ("2031", "file", "2032"):
        with pytest.raises(PackError) as caught:
            load_pack(tmp_path / name)
        assert caught.value.code == "pack_missing"
        assert name in str(caught.value)


# --- packs that come with the program


@pytest.fixture
def program(tmp_path: Path, mini_pack: MiniPack, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "program"
    (root / "resources").mkdir(parents=True)
    shutil.copytree(mini_pack.folder, root / "forms" / "2030")
    monkeypatch.setenv("PILOTDESK_ROOT", str(root))
    load_shipped.cache_clear()
    yield root
    load_shipped.cache_clear()


@pytest.mark.usefixtures("program")
def test_a_shipped_pack_is_read_once() -> None:
    assert shipped_packs() == ("2030",)
    assert load_shipped("2030") is load_shipped("2030")


@pytest.mark.usefixtures("program")
@pytest.mark.parametrize(
    ("name", "suggestion"), [("2003", "是不是“2030”"), ("../2030", "2030"), ("x", "可以写：2030")]
)
def test_an_unknown_round_is_refused_with_a_suggestion(name: str, suggestion: str) -> None:
    with pytest.raises(PackError) as caught:
        load_shipped(name)
    assert caught.value.code == "pack_unknown"
    assert suggestion in str(caught.value)


@pytest.mark.parametrize(
    "path", sorted(forms_dir().rglob("*.toml")), ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_the_fast_reader_and_the_explaining_one_agree_on_shipped_packs(path: Path) -> None:
    contents = {f"{file.parent.name}/{file.name}": file.read_bytes() for file in path.parent.glob("*.toml")}
    name = f"{path.parent.name}/{path.name}"
    for words in editions_in(contents, name).values():
        text = with_words(contents[name], words).decode()
        assert repr(rtoml.loads(text)) == repr(tomllib.loads(text))


def test_a_shipped_pack_is_read_part_by_part_and_says_the_same_as_one_read_at_once() -> None:
    whole, shipped = load_pack(forms_dir() / "2026"), load_shipped("2026")
    assert list(shipped.forms) == sorted(shipped.forms, key=list(whole.forms).index)
    assert set(shipped.forms) == set(whole.forms)
    assert len(shipped.forms) == 4
    for name, form in whole.forms.items():
        assert shipped.forms[name] == form
    assert (shipped.round, shipped.sources, shipped.digest) == (whole.round, whole.sources, whole.digest)
    with pytest.raises(KeyError):
        shipped.forms["annual_summary"]


def test_an_edition_has_its_words_in_place_of_the_keys() -> None:
    forms = load_shipped("2026").forms
    assert forms["summary_2027"].head.name == "summary_2027"
    promised = next(c for c in forms["summary_2028"].fields["figures"].columns if c.name == "promised")
    assert promised.carry == ("application.targets.value_2028",)
    assert "{{" not in str(forms["summary_2027"])
