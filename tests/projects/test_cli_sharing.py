"""``share`` and ``merge``: real packages on the command line, and what their exit codes say."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from pilotdesk.cli.main import run
from pilotdesk.drafts.package import read_package, write_package
from pilotdesk.projects import sample_package


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cli")
    write_package(sample_package(), folder / "主.pilot")
    asked = ["--parts", "cover,objectives", "--for", "王工", "--note", "按台账", "--due", "2026-06-30"]
    assert run(["share", str(folder / "主.pilot"), *asked, "--to", str(folder / "分工.pilot")]) == 0
    return folder


def edited(source, target, **values):
    """The package of somebody who went on writing; a share is handed back with what it began from."""
    package = read_package(source)
    share = package.share
    if share is not None:
        from msgspec.structs import replace as with_

        share = with_(share, ancestor=dict(package.values), returned="2026-06-10T00:00:00.000Z")
    write_package(replace(package, values={**package.values, **values}, share=share), target)
    return str(target)


def test_a_share_names_its_parts(kept) -> None:
    share = read_package(kept / "分工.pilot").share

    assert (share.parts, share.person, share.note, share.due) == (
        ("cover", "objectives"), "王工", "按台账", "2026-06-30",
    )  # fmt: skip
    assert share.ancestor is None


def test_an_unknown_part_is_said_with_the_known_ones(kept, capsys) -> None:
    asked = ["share", str(kept / "主.pilot"), "--parts", "nowhere", "--to", str(kept / "x.pilot")]

    assert run(asked) == 2
    assert "nowhere" in capsys.readouterr().err
    assert not (kept / "x.pilot").exists()


def test_a_clean_merge_is_written_and_twice_is_once(kept, tmp_path, capsys) -> None:
    here = edited(kept / "主.pilot", tmp_path / "x.pilot", project_name="我改的名称")
    there = edited(kept / "分工.pilot", tmp_path / "y.pilot", unit_name="对方改的单位")
    once, twice = tmp_path / "z.pilot", tmp_path / "zz.pilot"

    assert run(["merge", here, there, "--to", str(once)]) == 0
    assert "对方改的单位" in capsys.readouterr().out
    assert run(["merge", str(once), there, "--to", str(twice)]) == 0
    assert "没有新的改动" in capsys.readouterr().out
    merged = read_package(once)
    assert (merged.values["project_name"], merged.values["unit_name"]) == ("我改的名称", "对方改的单位")
    assert read_package(twice).values == merged.values
    assert read_package(twice).files.keys() == merged.files.keys()


@pytest.mark.parametrize(
    ("mine", "theirs", "warned"),
    [
        ({"project_name": "别的项目"}, {"unit_name": "别的单位"}, True),
        ({"project_name": "别的项目"}, {"project_name": "另一个名称"}, True),
        ({}, {"project_name": "改了的名称"}, False),
        ({"unit_name": "我改的单位"}, {"registered_address": "对方改的"}, False),
    ],
)
def test_a_package_of_another_project_is_said_to_be_one(kept, tmp_path, capsys, mine, theirs, warned) -> None:
    here = edited(kept / "主.pilot", tmp_path / "x.pilot", **mine)
    there = edited(kept / "分工.pilot", tmp_path / "y.pilot", **theirs)
    run(["merge", here, there, "--to", str(tmp_path / "z.pilot")])

    assert ("像是别的项目的一份" in capsys.readouterr().err) is warned


def test_conflicts_are_listed_and_nothing_is_written(kept, tmp_path, capsys) -> None:
    here = edited(kept / "主.pilot", tmp_path / "x.pilot", unit_name="我的")
    there = edited(kept / "分工.pilot", tmp_path / "y.pilot", unit_name="对方的")
    target = tmp_path / "z.pilot"

    assert run(["merge", here, there, "--to", str(target), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    (one,) = told["conflicts"]
    assert (one["path"], one["base"], one["here"], one["there"]) == (
        "unit_name", "南汀县政务服务中心", "我的", "对方的",
    )  # fmt: skip
    assert told["known"]
    assert not told["written"]
    assert not target.exists()
    assert run(["merge", here, there, "--to", str(target), "--prefer", "there"]) == 1
    assert read_package(target).values["unit_name"] == "对方的"


def test_without_an_ancestor_every_difference_is_a_conflict_unless_it_is_named(
    kept, tmp_path, capsys
) -> None:
    here = edited(kept / "主.pilot", tmp_path / "x.pilot", project_name="我改的名称")
    there = edited(kept / "主.pilot", tmp_path / "y.pilot", unit_name="对方改的单位")
    target = tmp_path / "z.pilot"

    assert run(["merge", here, there, "--to", str(target)]) == 1
    assert "不知道两边从哪一份写起" in capsys.readouterr().out
    assert not target.exists()
    assert run(["merge", here, there, "--to", str(target), "--base", str(kept / "主.pilot")]) == 0
    assert read_package(target).values["unit_name"] == "对方改的单位"
