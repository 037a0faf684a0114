"""The self-test of an installed program: a report that says what works, and of each failure which and where."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from pilotdesk import self_test as module
from pilotdesk.errors import PilotDeskError
from pilotdesk.self_test import CUT_SHORT, DRAWN, PROOFS, ProofResult, self_test
from tests.installed_kit import installed, run

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "周明远的身份证号"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    place = tmp_path / "用户 张三"
    place.mkdir()
    return place


def read(report: Path) -> dict[str, Any]:
    return json.loads(report.read_text("utf-8"))


def test_the_installed_program_proves_itself_from_a_chinese_folder(tmp_path: Path, home: Path) -> None:
    root = installed(tmp_path / "程序 文件夹")
    report = home / "报告.json"
    done = run(root, "--self-test", str(report), "--platform", "offscreen", home=home)
    assert done.returncode == 0, done.stderr + done.stdout
    told = read(report)
    assert told["ok"]
    assert [proof["name"] for proof in told["proofs"]] == [*PROOFS, DRAWN]
    assert all(proof["passed"] and proof["seconds"] >= 0 for proof in told["proofs"])
    assert (told["program"], told["platform"], told["qt"]) == ("PilotDesk", "offscreen", "6.8.3")
    assert told["root"] == str(root)
    assert not told["portable"]
    assert "没通过" not in done.stdout
    assert not (home / "data").exists()  # nothing of the user's is touched


def test_a_missing_part_fails_its_proofs_and_leaves_the_others(tmp_path: Path, home: Path) -> None:
    root = installed(tmp_path / "程序")
    (root / "app" / "resources").unlink()
    (root / "app" / "resources" / "fonts").mkdir(
        parents=True
    )  # the fonts are gone, as if a virus scanner had taken them
    report = home / "r.json"
    done = run(root, "self-test", "--json", str(report), home=home)
    assert done.returncode == 1
    passed = {proof["name"]: proof["passed"] for proof in read(report)["proofs"]}
    assert passed["表单包"]
    assert passed["证书库"]
    assert not passed["字体"]
    assert not passed["图标"]
    assert not read(report)["ok"]


def test_a_file_that_is_not_as_it_was_installed_is_named(tmp_path: Path, home: Path) -> None:
    root = installed(tmp_path / "程序")
    (root / "说明.txt").write_text("说明", encoding="utf-8")
    digest = "0f6e3a9bd8d6f0eb5e13ae2ca2d1d86a1b8a5a9e"
    listed = {
        "metadata": {"component": {"type": "application", "name": "PilotDesk", "components": []}},
        "components": [
            {"type": "library", "name": "x", "components": [
                {"type": "file", "name": "说明.txt", "hashes": [{"alg": "SHA-256", "content": digest}]}
            ]}
        ],
    }  # fmt: skip
    (root / "sbom.cdx.json").write_text(json.dumps(listed), encoding="utf-8")
    done = run(root, "self-test", home=home)
    assert done.returncode == 1
    assert "没通过  文件  程序里的“说明.txt”不见了，或和装的时候不一样" in done.stdout


def test_a_platform_that_is_not_there_leaves_a_report_of_the_proof_that_it_ended(
    tmp_path: Path, home: Path
) -> None:
    """Qt ends the process itself: no exception is raised anywhere."""
    report = home / "r.json"
    root = installed(tmp_path / "程序")
    done = run(root, "--self-test", str(report), "--platform", "没有这种窗口", home=home)
    assert done.returncode != 0
    last = read(report)["proofs"][-1]
    assert (last["name"], last["passed"], last["detail"]) == (DRAWN, False, CUT_SHORT)
    assert not read(report)["ok"]


def test_a_report_that_cannot_be_written_is_told(tmp_path: Path, home: Path) -> None:
    (tmp_path / "文件").write_text("", encoding="utf-8")
    done = run(installed(tmp_path / "程序"), "--self-test", str(tmp_path / "文件" / "r.json"), home=home)
    assert done.returncode == 2
    assert "写不进" in done.stderr


# -- one proof -----------------------------------------------------------------------------------


def results_of(monkeypatch: pytest.MonkeyPatch, **proofs: module.Proof) -> list[tuple[ProofResult, ...]]:
    monkeypatch.setattr(module, "PROOFS", proofs)
    told: list[tuple[ProofResult, ...]] = []
    assert self_test(told.append, lambda _folder: "画了") == told[-1]
    return told


def fails(_folder: Path) -> str:
    raise PilotDeskError("file_damaged", name="x.ttf")


def has_a_bug(_folder: Path) -> str:
    raise ValueError(SECRET)


def test_trouble_and_bugs_fail_one_proof_each(monkeypatch: pytest.MonkeyPatch) -> None:
    told = results_of(monkeypatch, 一=fails, 二=has_a_bug, 三=lambda _folder: "好")
    one, two, three, drawn = told[-1]
    assert (one.passed, two.passed, three.passed, drawn.passed) == (False, False, True, True)
    assert "x.ttf" in one.detail
    assert two.detail.startswith("ValueError\n")
    assert "test_self_test.py" in two.detail
    assert "has_a_bug" in two.detail
    assert SECRET not in repr(told)


def test_before_a_proof_the_report_says_that_it_was_cut_short(monkeypatch: pytest.MonkeyPatch) -> None:
    told = results_of(monkeypatch, 一=lambda _folder: "好")
    assert [[result.detail for result in results] for results in told] == [
        [CUT_SHORT], ["好", CUT_SHORT], ["好", "画了"],
    ]  # fmt: skip


def test_proofs_work_in_a_folder_with_chinese_and_blanks_that_goes_afterwards(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[Path] = []

    def look(folder: Path) -> str:
        seen.append(folder)
        (folder / "x").write_text("x", encoding="utf-8")
        return ""

    results_of(monkeypatch, 一=look)
    assert " " in seen[0].name
    assert "自检" in seen[0].name
    assert not seen[0].exists()
