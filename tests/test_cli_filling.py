"""``pilotdesk fill``: what it writes, what it says, and its exit codes."""

from __future__ import annotations

import json

import pytest

from pilotdesk.cli.main import run
from pilotdesk.documents.opened import OpenedDocx, paragraph_text
from tests.documents.foreign_forms import save


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    target = tmp_path_factory.mktemp("cli") / "样例.pilot"
    assert run(["sample", "--to", str(target)]) == 0
    return target


@pytest.fixture
def template(tmp_path):
    return save(tmp_path / "模板.docx", "项目名称：____", "承担单位：____", "密级：____")


def lines(path):
    return [paragraph_text(one) for one in OpenedDocx.open(path).paragraphs()]


def test_it_says_what_stands_where_and_what_does_not(sample, template, tmp_path, capsys):
    target = tmp_path / "填好.docx"
    assert run(["fill", str(template), str(sample), "--to", str(target)]) == 1
    said = capsys.readouterr().out
    assert "填了 2 处" in said
    assert "2.15 项目负责人，姓名：模板里没有它的地方" in said
    assert said.rstrip().endswith("没有对上栏目：密级：")
    assert lines(target)[1] == "承担单位：南汀县政务服务中心"


def test_the_json_has_every_answer_and_each_confidence(sample, template, tmp_path, capsys):
    assert run(["fill", str(template), str(sample), "--to", str(tmp_path / "a.docx"), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told.keys() == {"placed", "unplaced", "empty", "unclaimed"}
    assert [(one["path"], one["at"]) for one in told["placed"]] == [
        ("project_name", "P0:5-9"),
        ("unit_name", "P1:5-9"),
    ]
    assert all(one["confidence"] >= 0.9 for one in told["placed"])
    assert {"path", "name", "why", "at", "label", "confidence"} == told["unplaced"][0].keys()


def test_a_saved_mapping_is_used_after_it_was_changed(sample, template, tmp_path, capsys):
    kept, target = tmp_path / "m.toml", tmp_path / "a.docx"
    assert run(["fill", str(template), str(sample), "--to", str(target), "--save-mapping", str(kept)]) == 1
    text = kept.read_text("utf-8")
    kept.write_text(text.replace('path = "project_name"', 'path = "uscc"'), "utf-8")
    again = ["fill", str(template), str(sample), "--to", str(target), "--mapping", str(kept)]
    assert run(again) == 2  # the file is there
    assert run([*again, "--force"]) == 1
    assert lines(target)[0] == "项目名称：12361099MB1K23456F"
    kept.write_text(text.replace("confidence", "certainty"), "utf-8")
    capsys.readouterr()
    assert run([*again, "--force"]) == 2
    assert "m.toml:" in capsys.readouterr().err
    assert lines(target)[0] == "项目名称：12361099MB1K23456F"


@pytest.mark.parametrize(("name", "word"), [("旧.doc", "另存为"), ("没有.docx", "路径")])
def test_what_cannot_be_filled_is_answered_in_a_sentence(sample, tmp_path, capsys, name, word):
    if name.endswith(".doc"):
        (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512)
    assert run(["fill", str(tmp_path / name), str(sample), "--to", str(tmp_path / "a.docx")]) == 2
    assert word in capsys.readouterr().err
    assert not (tmp_path / "a.docx").exists()
