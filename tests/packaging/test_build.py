"""One run of build.py: what it refuses, what it says at the end, and the check sums."""

from __future__ import annotations

import errno
import hashlib
from typing import TYPE_CHECKING

import building
import pytest
import tools
from building import Building, weights, write_sums
from dev import Stop

import build

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Building:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    (tmp_path / "pilotdesk").mkdir()
    (tmp_path / "pilotdesk" / "__init__.py").write_text('__version__ = "1.2.3"\n', "utf-8")
    return Building(tmp_path, tmp_path / "dist", tmp_path / "cache", fast=True)


def test_the_version_is_that_of_the_program(run: Building) -> None:
    assert (run.version, run.epoch) == ("1.2.3", 1700000000)


def test_a_system_nobody_builds_for_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        build.main(["macos"])
    assert left.value.code == 2
    assert "macos" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOSPC, "盘满了"), (errno.EROFS, "写不进去"), (errno.ENOTDIR, "写不进去")]
)
def test_a_disk_that_takes_nothing_is_said_with_a_way_out(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    def refused(*_given: object) -> int:
        raise OSError(number, "…", "/盘/dist")

    monkeypatch.setattr(build, "clean_up_on_signals", lambda: None)
    monkeypatch.setattr(build, "_go_on", refused)
    assert build.main(["windows"]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"{words}：/盘/dist。")
    assert "--to" in said


def test_a_mistake_of_ours_is_not_taken_for_a_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def mistaken(*_given: object) -> int:
        raise FileNotFoundError(errno.ENOENT, "…", "x")

    monkeypatch.setattr(build, "clean_up_on_signals", lambda: None)
    monkeypatch.setattr(build, "_go_on", mistaken)
    with pytest.raises(FileNotFoundError):
        build.main(["windows"])


def test_tools_that_are_missing_are_installed_in_one_go(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(tools, "install_packages", lambda packages, purpose: asked.append(packages))
    monkeypatch.setattr(tools.shutil, "which", lambda program: None if program.startswith("x") else program)
    tools.have_tools({"xb": "beta", "here": "gamma", "xa": "alpha"}, "…")
    tools.have_tools({"here": "gamma"}, "…")
    assert asked == [("alpha", "beta")]


def test_a_step_beside_the_others_is_waited_for_and_its_trouble_is_not_lost(run: Building) -> None:
    done: list[str] = []
    run.beside("好的", lambda: done.append("yes"))
    run.wait()
    assert done == ["yes"]
    assert run.steps[0][0].startswith("好的")

    def bad() -> None:
        raise Stop("makensis")

    run.beside("坏的", bad)
    with pytest.raises(Stop, match="makensis"):
        run.wait()


def test_what_an_earlier_run_made_is_not_taken_for_what_this_one_makes(run: Building) -> None:
    (run.to / "setup.exe").write_bytes(b"old")
    assert not run.place("setup.exe").exists()
    assert not [line for line in building.report(run) if "setup.exe" in line]


def test_the_check_sums_are_of_every_file_and_in_the_form_that_is_checked(tmp_path: Path) -> None:
    for name in ("乙.zip", "a.exe"):
        (tmp_path / name).write_bytes(name.encode())
    write_sums(tmp_path)
    write_sums(tmp_path)  # not over itself
    sums = [f"{hashlib.sha256(name.encode()).hexdigest()}  {name}" for name in ("a.exe", "乙.zip")]
    assert (tmp_path / "SHA256SUMS").read_text("utf-8").splitlines() == sums


def test_every_file_of_a_tree_is_weighed_once(tmp_path: Path) -> None:
    for name in (
        "runtime/a",
        "app/site-packages/PySide6/b",
        "app/site-packages/c",
        "app/resources/fonts/d",
        "app/e",
        "f",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(bytes(1_000_000))
    lines = weights(tmp_path, "标题")
    assert lines[0] == "标题"
    assert sorted(line.split()[-1] for line in lines[1:-1]) == sorted(
        ["Python", "PySide6", "其他库", "字体", "程序和表单", "启动程序、说明"]
    )
    assert lines[-1].split()[:3] == ["6.0", "MB", "6"]
