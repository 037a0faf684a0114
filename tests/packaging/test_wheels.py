"""Which libraries are shipped, and that no other file can take their place."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import wheels
from dev import Stop
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from wheels import LINUX, WINDOWS, Pin

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def names_of(lines: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(line).name) for line in lines}


@pytest.mark.parametrize("target", [WINDOWS, LINUX], ids=lambda target: target.name)
def test_everything_the_program_asks_for_is_shipped(target: wheels.Target) -> None:
    assert names_of(PROJECT["project"]["dependencies"]) <= set(wheels.shipped_names(target))


@pytest.mark.parametrize("target", [WINDOWS, LINUX], ids=lambda target: target.name)
def test_no_tool_of_the_developers_is_shipped(target: wheels.Target) -> None:
    shipped = set(wheels.shipped_names(target))
    assert not shipped & names_of(PROJECT["dependency-groups"]["dev"])
    assert not shipped & {"pip", "setuptools", "wheel", "pygments", "iniconfig", "rich"}


@pytest.mark.parametrize("target", [WINDOWS, LINUX], ids=lambda target: target.name)
def test_the_licence_of_every_shipped_library_is_listed(target: wheels.Target) -> None:
    listed = (ROOT / "resources" / "LICENSES.md").read_text("utf-8").lower()
    assert [name for name in wheels.shipped_names(target) if name not in listed] == []


@pytest.mark.parametrize("target", [WINDOWS, LINUX], ids=lambda target: target.name)
def test_what_is_shipped_is_pinned_with_hashes(target: wheels.Target) -> None:
    pins = wheels.shipped_pins(target)
    assert [pin.name for pin in pins] == sorted(pin.name for pin in pins)
    for pin in pins:
        assert pin.hashes, pin.name
        assert pin.requirement().count("--hash=sha256:") == len(pin.hashes)
        assert ";" not in pin.requirement()


def test_a_library_that_only_windows_needs_is_found_by_its_marker() -> None:
    lines = ['colorama; platform_system == "Windows"', 'uvloop; sys_platform == "linux"', "click"]
    assert [one.name for one in wheels.required(lines, WINDOWS)] == ["colorama", "click"]
    assert [one.name for one in wheels.required(lines, LINUX)] == ["uvloop", "click"]


def test_extras_nobody_asked_for_are_not_taken() -> None:
    lines = ['numpy; extra == "speed"', 'extra-thing; extra == "speed" and sys_platform == "win32"']
    assert wheels.required(lines, WINDOWS) == []
    assert len(wheels.required(lines, WINDOWS, frozenset({"speed"}))) == 2
    assert len(wheels.required(lines, LINUX, frozenset({"speed"}))) == 1


def test_what_has_to_be_installed_but_is_never_used_is_left_out() -> None:
    assert [one.name for one in wheels.required(["pip", "tzdata>=1", "click"], WINDOWS)] == ["click"]


def test_the_lock_is_read_whole() -> None:
    text = (ROOT / "packaging" / "requirements.lock").read_text("utf-8")
    lock = wheels.read_lock(text)
    assert sum(len(pin.hashes) for pin in lock.values()) == text.count("--hash=sha256:")
    assert len(lock) == sum(line[0].isalpha() for line in text.splitlines())


def made_wheel(folder: Path, name: str, requires: str = "") -> Path:
    path = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr(
            f"{name}-1.0.dist-info/METADATA",
            f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{requires}\n",
        )
    return path


@pytest.fixture
def pinned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One pinned wheel in a cache, and nothing that could fetch another."""
    folder = tmp_path / "wheels-win"
    folder.mkdir()
    path = made_wheel(folder, "alpha")
    pin = Pin("alpha", "1.0", frozenset({hashlib.sha256(path.read_bytes()).hexdigest()}))
    monkeypatch.setattr(wheels, "shipped_pins", lambda target: (pin,))
    monkeypatch.setattr(wheels, "_download", lambda pins, target, folder: None)
    return path


def test_a_cached_wheel_is_used_without_a_network(pinned: Path) -> None:
    (pinned.parent / "a (1).whl").write_bytes(b"what somebody put there")
    assert wheels.fetch_wheels(WINDOWS, pinned.parents[1]) == (pinned,)


def test_a_cached_wheel_that_was_changed_is_not_used(pinned: Path) -> None:
    pinned.write_bytes(pinned.read_bytes() + b"x")
    with pytest.raises(Stop, match="alpha"):
        wheels.fetch_wheels(WINDOWS, pinned.parents[1])


def test_a_wheel_that_requires_what_is_not_shipped_stops_the_build(tmp_path: Path) -> None:
    lonely = made_wheel(tmp_path, "alpha", 'Requires-Dist: beta; sys_platform == "win32"\n')
    wheels.check_complete((lonely,), LINUX)
    with pytest.raises(Stop, match="alpha → beta"):
        wheels.check_complete((lonely,), WINDOWS)
    wheels.check_complete((lonely, made_wheel(tmp_path, "beta")), WINDOWS)


def test_build_py_starts_on_a_python_without_any_library() -> None:
    done = subprocess.run(
        [sys.executable, "-S", "packaging/build.py", "--help"],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "--fast" in done.stdout
