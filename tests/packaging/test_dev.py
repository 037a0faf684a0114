"""The run and test commands: they make and mend the environment, and say in one sentence what they lack."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import stat
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]

posix_only = pytest.mark.skipif(os.name == "nt", reason="stands in for apt-get with a shell script")


def loaded(name: str) -> ModuleType:
    """A script of packaging/ as a module; the folder itself is not a package."""
    spec = importlib.util.spec_from_file_location(f"packaging_{name}", ROOT / "packaging" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


dev, lock = loaded("dev"), loaded("lock")


# --- Python


@pytest.mark.parametrize("version", [(3, 7), (3, 10), (3, 14), (4, 0)])
def test_a_python_without_wheels_is_refused_in_one_sentence(version: tuple[int, int]) -> None:
    with pytest.raises(dev.Stop, match=r"^[^\n]*3\.11 至 3\.13[^\n]*$"):
        dev.check_python(version)


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13)])
def test_a_python_with_wheels_is_accepted(version: tuple[int, int]) -> None:
    dev.check_python(version)


@pytest.mark.parametrize("arguments", [[], ["start"], ["--help"]])
def test_an_unknown_command_explains_the_two(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(arguments) == 2
    shown = capsys.readouterr().out
    assert "dev.py run" in shown
    assert "dev.py test" in shown


# --- environment


def write_wheel(folder: Path) -> str:
    """A wheel `leaf 1.0` with one module; returns its SHA-256."""
    path = folder / "leaf-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr("leaf.py", "COLOUR = 'green'\n")
        wheel.writestr("leaf-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: leaf\nVersion: 1.0\n")
        wheel.writestr(
            "leaf-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr("leaf-1.0.dist-info/RECORD", "leaf.py,,\n")
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A source tree whose lock holds one package that lies beside it."""
    root = tmp_path_factory.mktemp("tree with 空格")
    (root / "packaging").mkdir()
    (root / "packaging" / "requirements.lock").write_text(
        f"leaf==1.0 --hash=sha256:{write_wheel(root)}\n", "utf-8"
    )
    return root


@pytest.fixture
def environment(tree: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """The environment of that tree; pip may look for packages nowhere else."""
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", tree.as_uri())
    environment = dev.Environment(tree)
    environment.make_ready()
    return environment


def outdate(environment: object) -> None:
    """Leave the environment as it is after a pull that brought another lock and other packages."""
    environment.ask("-m", "pip", "uninstall", "--yes", "leaf")
    environment.marker.write_text(f"{dev._python_version()}\nhash-of-another-lock\n", "utf-8")


def test_an_environment_has_what_the_lock_names(environment: object) -> None:
    assert environment.ask("-c", "import leaf; print(leaf.COLOUR)") == (0, "green\n")


def test_a_second_call_does_nothing(environment: object, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    written = environment.marker.stat().st_mtime_ns
    environment.make_ready()
    assert capsys.readouterr().out == ""
    assert environment.marker.stat().st_mtime_ns == written


def test_an_interrupted_environment_is_mended(environment: object) -> None:
    environment.marker.unlink()
    environment.python.unlink()
    environment.make_ready()
    assert environment.ask("-c", "import leaf")[0] == 0
    assert environment.marker.exists()


def test_a_changed_lock_is_installed(environment: object) -> None:
    outdate(environment)
    environment.make_ready()
    assert environment.ask("-c", "import leaf")[0] == 0


def test_a_package_with_another_hash_is_refused(environment: object) -> None:
    original = environment.lock.read_text("utf-8")
    outdate(environment)
    environment.lock.write_text(re.sub(r"sha256:....", "sha256:0000", original), "utf-8")
    try:
        with pytest.raises(dev.Stop, match="不一致"):
            environment.make_ready()
        assert not environment.marker.exists()
        assert environment.ask("-c", "import leaf")[0] != 0
    finally:
        environment.lock.write_text(original, "utf-8")
        outdate(environment)


def test_packages_out_of_reach_are_one_sentence(
    environment: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outdate(environment)
    monkeypatch.setenv("PIP_FIND_LINKS", tmp_path.as_uri())
    with pytest.raises(dev.Stop, match=r"^[^\n]*请检查网络[^\n]*$"):
        environment.make_ready()
    outdate(environment)


def test_variables_that_lead_astray_do_not_reach_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    monkeypatch.setenv("PIP_USER", "1")
    monkeypatch.setenv("PIP_INDEX_URL", "kept")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    variables = dev.child_environment(QT_QPA_PLATFORM="offscreen")
    assert not {"PYTHONPATH", "PIP_USER", "PYTHONDONTWRITEBYTECODE"} & set(variables)
    assert variables["PIP_INDEX_URL"] == "kept"
    assert variables["QT_QPA_PLATFORM"] == "offscreen"


# --- system packages


@pytest.fixture
def apt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An apt-get that writes down how it was called; `apt-get install` ends with what `code` holds."""
    calls, program = tmp_path / "calls", tmp_path / "apt-get"
    program.write_text(
        f'#!/bin/sh\necho "$@" >> "{calls}"\n[ "$1" = install ] && exit $(cat "{tmp_path}/code")\nexit 0\n'
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    (tmp_path / "code").write_text("0")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    return tmp_path


@posix_only
def test_root_gets_the_packages_installed(apt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "_is_root", lambda: True)
    dev.install_packages(("libone", "libtwo"), "系统库")
    assert (apt / "calls").read_text().splitlines() == [
        "update",
        "install -y --no-install-recommends libone libtwo",
    ]


@posix_only
def test_others_get_the_one_command_to_type(apt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "_is_root", lambda: False)
    with pytest.raises(dev.Stop, match=r"\nsudo apt-get install -y --no-install-recommends libone libtwo$"):
        dev.install_packages(("libone", "libtwo"), "系统库")
    assert not (apt / "calls").exists()


@posix_only
def test_packages_that_cannot_be_fetched_are_said_so(apt: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "_is_root", lambda: True)
    (apt / "code").write_text("100")
    with pytest.raises(dev.Stop, match="请检查网络"):
        dev.install_packages(("libone",), "系统库")


def test_a_system_without_apt_is_told_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(dev.Stop, match=r"系统库.*libEGL\.so\.1"):
        dev.install_packages(("libegl1",), "系统库", detail="ImportError: libEGL.so.1")


# --- run and test


class Rehearsal:
    """Stands where an Environment stands and writes down what it is asked to run."""

    def __init__(self, broken: str = "") -> None:
        self.broken = broken
        self.called: list[tuple[tuple[str, ...], dict[str, str]]] = []

    def ask(self, *arguments: str, **_variables: str) -> tuple[int, str]:
        return (3, "line of the tool") if self.broken and self.broken in arguments else (0, "")

    def call(self, *arguments: str, **variables: str) -> int:
        self.called.append((arguments, variables))
        return 0


def test_the_stage_that_is_not_content_ends_the_run(capsys: pytest.CaptureFixture[str]) -> None:
    rehearsal = Rehearsal(broken="mypy")
    assert dev.test(rehearsal, []) == 3
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "line of the tool",
        "停在 mypy 这一步（退出码 3）。",
    ]
    assert rehearsal.called == []


def test_pytest_comes_last_with_what_follows_the_word(capsys: pytest.CaptureFixture[str]) -> None:
    rehearsal = Rehearsal()
    assert dev.test(rehearsal, ["-k", "lock"]) == 0
    [(arguments, variables)] = rehearsal.called
    assert arguments[:2] == ("-m", "pytest")
    assert arguments[-2:] == ("-k", "lock")  # after ours, so that the user's own -n and --dist hold
    assert variables == {"QT_QPA_PLATFORM": "offscreen"}
    stages = [line.partition("：")[0] for line in capsys.readouterr().out.splitlines()]
    assert stages == ["ruff check", "ruff format --check", "mypy", "lint-imports", "pack lint"]


@posix_only
def test_what_the_tests_write_goes_into_memory_where_there_is_room_and_is_gone_after(tmp_path: Path) -> None:
    with dev.place_to_write(tmp_path, room=1) as (option, folder):
        assert option == "--basetemp"
        assert Path(folder).parent.parent == tmp_path
        Path(folder).mkdir()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("folder", "room"), [(".", 1 << 60), ("not there", 1)])
def test_without_room_in_memory_the_tests_write_where_they_always_do(
    tmp_path: Path, folder: str, room: int
) -> None:
    with dev.place_to_write(tmp_path / folder, room=room) as arguments:
        assert arguments == ()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("cores", "workers"), [(1, "0"), (2, "2"), (3, "2"), (4, "2"), (6, "3"), (8, "4"), (64, "4")]
)
def test_the_tests_use_some_of_the_cores(cores: int, workers: str) -> None:
    spread = dev.spread(cores)
    assert dict(zip(spread[::2], spread[1::2], strict=True)).get("-n", "0") == workers


@pytest.mark.parametrize(("own", "shown"), [((), "2 workers"), (("-n", "0"), ""), (("-n3",), "3 workers")])
def test_the_users_own_number_of_workers_holds(own: tuple[str, ...], shown: str, tmp_path: Path) -> None:
    (tmp_path / "test_one.py").write_text("def test_one(): pass\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *dev.spread(2), *own, "-p", "no:cacheprovider", "--rootdir", tmp_path, tmp_path],
        capture_output=True, encoding="utf-8", check=True, cwd=tmp_path,
    )  # fmt: skip
    assert re.search(r"^=+ 1 passed in \S+ =+$", done.stdout.splitlines()[-1])
    assert shown in done.stdout
    assert shown or "workers" not in done.stdout


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="these always have a screen")
@pytest.mark.parametrize(
    ("variables", "broken", "command"),
    [
        ({}, "", ["demo", "--out", "out", "--fast"]),
        ({"DISPLAY": ":0"}, "", ["gui", "--sample", "--fast"]),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "", ["gui", "--sample", "--fast"]),
        ({"DISPLAY": ":0"}, dev.PROBE_SCREEN, ["demo", "--out", "out", "--fast"]),
    ],
    ids=["no screen", "x11", "wayland", "screen out of reach"],
)
def test_run_opens_a_window_where_there_is_a_screen(
    variables: dict[str, str], broken: str, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    rehearsal = Rehearsal(broken)
    assert dev.run(rehearsal, ["--fast"]) == 0
    [(arguments, _)] = rehearsal.called
    assert list(arguments) == ["-m", "pilotdesk", *command]


# --- lock


def test_the_lock_holds_pins_and_hashes_and_nothing_else() -> None:
    text = (ROOT / "packaging" / "requirements.lock").read_text("utf-8")
    assert text == lock.HEADER + lock.without_remarks(text)
    entries = re.split(r"(?m)^(?=[a-z])", lock.without_remarks(text))[1:]
    assert all("--hash=sha256:" in entry for entry in entries)


@pytest.mark.parametrize("line", ["--trusted-host x", "-e .", "leaf @ x", "leaf>=1", "./leaf.whl"])
def test_a_lock_that_says_where_packages_come_from_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="neither a pin nor a hash"):
        lock.without_remarks(f"{line}\n")


def test_the_lock_covers_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    asked = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    names = {re.match(r"[\w.-]+", line)[0].lower() for line in asked}
    text = (ROOT / "packaging" / "requirements.lock").read_text("utf-8")
    assert names <= set(re.findall(r"(?m)^([\w.-]+)==", text))
    assert "pyside6-essentials==6.8.3 " in text
