"""The command line: what it makes, what it says, and its exit codes."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pilotdesk.cli.main import run
from pilotdesk.drafts.package import read_package, write_package
from pilotdesk.forms import installed
from pilotdesk.messages import SENTENCES, sentence

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    target = tmp_path_factory.mktemp("cli") / "样例.pilot"
    assert run(["sample", "--to", str(target)]) == 0
    return target


def said(capsys):
    """What stood on the error stream: one Chinese sentence, without code words."""
    text = capsys.readouterr().err.strip()
    assert text
    assert "Traceback" not in text
    return text


def test_the_sample_passes_its_own_check(sample, capsys):
    assert run(["check", str(sample)]) == 0
    assert "必须改 0" in capsys.readouterr().out


def test_pack_show_lists_every_field_with_its_source(capsys):
    assert run(["pack", "show", "2026", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert {"name", "path", "type", "label", "required", "source"} <= set(listed[0])
    assert all(entry["source"] for entry in listed)
    paths = {entry["path"] for entry in listed}
    assert {"project_name", "targets[].value_2027", "legal_representative.name"} <= paths
    assert run(["pack", "show", "2026"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(listed)


def test_pack_lint_looks_whether_an_older_pack_is_wholly_spoken_of(capsys, tmp_path):
    packs = ROOT / "tests" / "packs_next"
    pack = shutil.copytree(packs / "after" / "2099", tmp_path / "2099")
    steps = pack / "synthetic" / "migration.toml"
    steps.write_text(steps.read_text("utf-8").replace('path = "fax"', 'path = "telefax"'), "utf-8")
    assert run(["pack", "lint", str(pack)]) == 0
    assert run(["pack", "lint", str(pack), "--old", str(packs / "before" / "2099")]) == 1
    assert "第 1 版的“fax”（传真）在新版里没有位置" in capsys.readouterr().out


def test_pack_lint_of_the_shipped_pack_finds_nothing(capsys):
    assert run(["pack", "lint", str(ROOT / "forms" / "2026")]) == 0
    assert "没有发现问题" in capsys.readouterr().out


def test_a_broken_pack_is_listed_line_by_line(tmp_path, capsys):
    pack = tmp_path / "2026"
    pack.mkdir()
    for source in (ROOT / "forms" / "2026").rglob("*.toml"):
        target = pack / source.relative_to(ROOT / "forms" / "2026")
        target.parent.mkdir(exist_ok=True)
        target.write_text(
            source.read_text("utf-8").replace('label = "项目名称"', 'lable = "项目名称"'), "utf-8"
        )
    assert run(["pack", "lint", str(pack)]) == 1
    shown = capsys.readouterr().out
    assert "00-cover.toml" in shown
    assert "lable" in shown
    assert "label" in shown


def test_a_pack_put_into_the_data_folder_is_seen_and_a_broken_one_is_named(tmp_path, data_dir, capsys):
    pack = shutil.copytree(ROOT / "tests" / "packs_next" / "after" / "2099", data_dir / "packs" / "2099")
    assert run(["pack", "show", "2099"]) == 0
    forms = {line.split()[0] for line in capsys.readouterr().out.splitlines()}
    assert forms == {"synthetic"}
    target = tmp_path / "X.pilot"
    assert run(["new", "--round", "2099", "--form", "synthetic", "--to", str(target)]) == 0
    assert read_package(target).round == "2099"
    target.unlink()
    with (pack / "round.toml").open("a", encoding="utf-8") as file:
        file.write("x = = 1\n")
    installed._loaded.cache_clear()
    for arguments in (["pack", "show", "2099"], ["new", "--round", "2099", "--to", str(target)]):
        assert run(arguments) == 2
        assert "round.toml" in said(capsys)
    assert not target.exists()
    assert run(["self-test"]) == 1
    assert "没通过  表单包" in capsys.readouterr().out


def test_answers_become_a_draft(tmp_path, capsys):
    answers = tmp_path / "A.json"
    typed = {
        "project_name": "南汀县政务服务标准化试点",
        "legal_representative": {"name": "周明远", "position": "主任"},
        "targets": [{"indicator": "满意度", "unit": "%", "value_2027": "94.0"}],
    }
    answers.write_text(json.dumps(typed, ensure_ascii=False), "utf-8")
    arguments = ["new", "--round", "2026", "--form", "application", "--answers", str(answers)]
    assert run([*arguments, "--to", str(tmp_path / "X.pilot")]) == 0
    values = read_package(tmp_path / "X.pilot").values
    assert values["project_name"] == "南汀县政务服务标准化试点"
    assert values["legal_representative.name"] == "周明远"
    assert values["targets"][0].cell("indicator") == "满意度"
    assert run(["check", str(tmp_path / "X.pilot")]) == 1
    assert "为什么" in capsys.readouterr().out


@pytest.mark.parametrize("command", [["sample"], ["new"], ["share", "--parts", "cover"], ["merge"]])
def test_a_file_that_is_there_is_replaced_only_when_somebody_says_so(command, sample, tmp_path, capsys):
    target = tmp_path / "别人的.pilot"
    target.write_text("别人的", "utf-8")
    read = [str(sample)] * {"share": 1, "merge": 2}.get(command[0], 0)
    asked = [command[0], *read, *command[1:], "--to", str(target)]
    assert run(asked) == 2
    assert "“别人的.pilot”已经有了" in said(capsys)
    assert target.read_text("utf-8") == "别人的"
    assert run([*asked, "--force"]) == 0
    assert read_package(target).form == "application"


def test_a_later_form_begins_with_the_drafts_of_the_others(tmp_path, capsys):
    first, second, third = (tmp_path / f"{name}.pilot" for name in "ABC")
    assert run(["sample", "--to", str(first)]) == 0
    assert run(["new", "--form", "summary_2027", "--from", str(first), "--to", str(second)]) == 0
    arguments = ["new", "--form", "summary_2028", "--from", str(first), "--from", str(second)]
    assert run([*arguments, "--to", str(third)]) == 0
    application, summary = read_package(first), read_package(third)
    assert summary.values["project_name"] == application.values["project_name"]
    assert [row.id for row in summary.values["figures"]] == [row.id for row in application.values["targets"]]
    assert summary.carried["project_name"] == application.values["project_name"]
    assert run(["new", "--from", str(tmp_path / "no.pilot"), "--to", str(tmp_path / "D.pilot")]) == 2
    assert "no.pilot" in capsys.readouterr().err


def test_every_form_of_the_sample_can_be_had(tmp_path, capsys):
    assert run(["sample", "--form", "self_assessment", "--to", str(tmp_path / "S.pilot")]) == 0
    package = read_package(tmp_path / "S.pilot")
    assert (package.form, package.practice) == ("self_assessment", True)
    assert run(["sample", "--form", "summary", "--to", str(tmp_path / "S.pilot")]) == 2
    assert "summary_2027" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"project_nam": "x"}', "project_name"),
        ('{"staff_count": "很多"}', "staff_count"),
        ('{"targets": {"indicator": "x"}}', "targets"),
        ("{oops", "JSON"),
        ("[]", "A.json"),
        ("[" * 100_000, "JSON"),
    ],
)
def test_bad_answers_are_named_and_nothing_is_written(tmp_path, capsys, text, words):
    (tmp_path / "A.json").write_text(text, "utf-8")
    target = tmp_path / "out" / "X.pilot"
    assert run(["new", "--answers", str(tmp_path / "A.json"), "--to", str(target)]) == 2
    told = said(capsys)
    assert words in told or text == "[]"
    assert len(told.splitlines()) == 1
    assert not target.exists()


def test_damaged_and_foreign_packages_are_told_apart(tmp_path, sample, capsys):
    cut = tmp_path / "坏.pilot"
    cut.write_bytes(sample.read_bytes()[:4000])
    foreign = tmp_path / "说明.docx"
    foreign.write_bytes(b"nothing of ours")
    for path, word in ((cut, "坏了"), (foreign, "不是 PilotDesk"), (tmp_path / "没有.pilot", "找不到")):
        assert run(["check", str(path)]) == 2
        assert word in said(capsys)


def test_a_package_with_a_password_is_read_with_the_file_that_holds_it(tmp_path, sample, capsys):
    (tmp_path / "密码.txt").write_text("南汀县2027试点\n", "utf-8")
    with_password = ["--password-file", str(tmp_path / "密码.txt")]
    sealed = str(tmp_path / "甲.pilot")
    assert run(["sample", "--to", sealed, *with_password]) == 0
    later = ["new", "--from", sealed, "--form", "summary_2027", "--to", str(tmp_path / "乙.pilot")]
    assert run([*later, *with_password]) == 0
    capsys.readouterr()
    assert run(["check", sealed]) == 2
    assert "--password-file" in said(capsys)
    for arguments in (
        ["check", sealed],
        ["timeline", sealed],
        ["export", sealed, "--pdf", "--to", str(tmp_path)],
    ):
        assert run([*arguments, *with_password]) in {0, 1}
    capsys.readouterr()
    (tmp_path / "密码.txt").write_text("zzz", "utf-8")
    assert run(["check", sealed, *with_password]) == 2
    assert "密码不对" in said(capsys)
    assert run(["sample", "--to", str(tmp_path / "丙.pilot"), *with_password]) == 2
    assert not (tmp_path / "丙.pilot").exists()
    assert run(["check", str(sample), "--password-file", str(tmp_path / "没有.txt")]) == 2


def test_export_writes_both_files_and_says_so(tmp_path, sample, capsys):
    assert run(["export", str(sample), "--to", str(tmp_path)]) == 0
    shown = capsys.readouterr().out
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".docx", ".pdf"]
    assert "一致" in shown


def test_export_names_the_answers_that_did_not_go_in_whole(tmp_path, sample, capsys):
    package = read_package(sample)
    package.values["unit_introduction"] = "甲\x07乙"
    write_package(package, tmp_path / "甲.pilot")
    assert run(["export", str(tmp_path / "甲.pilot"), "--to", str(tmp_path), "--word"]) == 0
    assert "2.30 单位简介" in capsys.readouterr().out


def test_only_what_was_asked_for_is_written(tmp_path, sample):
    assert run(["export", str(sample), "--to", str(tmp_path), "--word"]) == 0
    assert [path.suffix for path in tmp_path.iterdir()] == [".docx"]


def test_a_final_version_is_refused_while_something_must_be_mended(tmp_path, capsys):
    draft = tmp_path / "X.pilot"
    run(["new", "--to", str(draft)])
    assert run(["export", str(draft), "--to", str(tmp_path / "out")]) == 1
    assert "必须改" in said(capsys)
    assert not list((tmp_path / "out").glob("*")) if (tmp_path / "out").exists() else True
    assert run(["export", str(draft), "--to", str(tmp_path / "out"), "--draft"]) == 0


def test_an_unwritable_folder_is_said_in_one_sentence(tmp_path, sample, capsys):
    (tmp_path / "file").write_text("x")
    for arguments in (
        ["export", str(sample), "--to", str(tmp_path / "file" / "out")],
        ["sample", "--to", str(tmp_path / "file" / "s.pilot")],
    ):
        assert run(arguments) == 2
        assert "写不进" in said(capsys)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_target_that_is_in_the_way_is_named_and_the_other_file_is_not_half_there(tmp_path, sample, capsys):
    run(["export", str(sample), "--to", str(tmp_path)])
    word = next(tmp_path.glob("*.docx"))
    word.unlink()
    word.mkdir()
    (word / "inside").write_text("x")
    assert run(["export", str(sample), "--to", str(tmp_path)]) == 2
    assert word.name in said(capsys)
    assert not list(tmp_path.glob(".*.part"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["export"], "还缺"),
        (["nonsense"], "nonsense"),
        (["handover"], "还缺 --to --check 中的一个"),
        (["handover", "--to", "a", "--check", "b"], "只能写一个"),
        (["pack", "show", "1999"], "1999"),
        (["new", "--form", "letter", "--to", "x.pilot"], "letter"),
    ],
)
def test_a_command_that_is_not_understood_says_so_in_chinese(tmp_path, monkeypatch, capsys, arguments, words):
    monkeypatch.chdir(tmp_path)
    try:
        code = run(arguments)
    except SystemExit as leaving:
        code = leaving.code
    assert code == 2
    assert words in said(capsys)
    assert list(tmp_path.glob("*.pilot")) == []


@pytest.mark.parametrize("arguments", [["--version"], ["check", "none.pilot"]])
def test_it_runs_as_a_module_without_qt(arguments, tmp_path):
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "pilotdesk", *arguments],
        capture_output=True, cwd=ROOT, env={**os.environ, "PILOTDESK_DATA": str(tmp_path)}, text=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode in {0, 2}
    assert "PySide6" not in done.stderr


def test_self_test_passes_here(capsys):
    assert run(["self-test"]) == 0
    assert "没通过" not in capsys.readouterr().out


def test_a_page_that_does_not_exist_is_told(sample, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "pilotdesk", "shot", str(sample), "--page", "没有", "--to", str(tmp_path / "p.png")],
        capture_output=True, cwd=ROOT, text=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 2
    assert "没有" in done.stderr
    assert not (tmp_path / "p.png").exists()


def raised_codes():
    """Every code that the program raises, with the words it gives along."""
    for path in (ROOT / "pilotdesk").rglob("*.py"):
        text = path.read_text("utf-8")
        if "Error(" not in text:  # to parse them all takes each worker 2 s before its first test
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "").endswith("Error") and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str) and "_" in first.value:
                    yield path.name, first.value, [keyword.arg for keyword in node.keywords if keyword.arg]


@pytest.mark.parametrize(("where", "code", "words"), sorted(raised_codes(), key=str))
def test_every_expected_trouble_has_a_sentence(where, code, words):
    told = sentence(code, **dict.fromkeys(words, "某处"))
    assert told.endswith(("。", "）", "”", "某处"))
    assert not set("!！") & set(told)
    assert code in SENTENCES


@pytest.mark.parametrize("command", [(), ("pack",), ("pack", "key"), ("program", "sign")])
def test_the_help_has_no_english_of_the_parser(
    command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run([*command, "--help"])
    said = capsys.readouterr().out
    assert said.startswith("用法：pilotdesk")
    assert not re.search(r"usage|arguments|options|show this|show program|exit", said)
