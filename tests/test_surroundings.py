"""What other programs left behind, and what is missing: an installed program starts all the same."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pilotdesk import surroundings
from pilotdesk.cli import window as cli_window
from pilotdesk.cli.main import run as run_line
from pilotdesk.surroundings import forget_foreign
from tests.installed_kit import environment, installed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STARTS = """
import json, os, tempfile
from pilotdesk.surroundings import settle_in
settle_in()
from PySide6.QtWidgets import QApplication
app = QApplication([])
print(json.dumps({
    "platform": app.platformName(), "style": app.style().objectName(), "temp": tempfile.gettempdir(),
    "left": sorted(name for name in os.environ if name.startswith(("QT_", "OPENSSL_"))),
}))
"""
FOREIGN = {
    "QT_PLUGIN_PATH": "/opt/other/plugins",
    "QT_QPA_PLATFORM_PLUGIN_PATH": "/opt/other/plugins/platforms",
    "QT_STYLE_OVERRIDE": "kvantum",
    "QT_FATAL_WARNINGS": "1",
    "OPENSSL_CONF": "/opt/other/openssl.cnf",
    "OPENSSL_MODULES": "/opt/other/modules",
}


@pytest.fixture(autouse=True)
def _environment() -> Iterator[None]:
    """What is taken away here is there again for the tests after."""
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    place = tmp_path / "用户 张三"
    place.mkdir()
    return place


def started(root: Path, home: Path, **given: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", STARTS], cwd=home, capture_output=True, encoding="utf-8",
        env=environment(HOME=str(home), XDG_DATA_HOME=str(home / "data"), PYTHONPATH=str(root / "app"), **given),
    )  # fmt: skip


def test_variables_of_another_qt_and_openssl_are_not_heard(tmp_path: Path, home: Path) -> None:
    root = installed(tmp_path / "程序")
    done = started(root, home, **FOREIGN, QT_SCALE_FACTOR="1.25", QT_QPA_PLATFORM="dxcb;offscreen")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["platform"] == "offscreen"
    assert told["style"] != "kvantum"
    # What a Linux desktop sets for its scaling, and what Qt is to draw on, stays.
    assert told["left"] == ["QT_QPA_PLATFORM", "QT_SCALE_FACTOR"]


@pytest.mark.parametrize("missing", ["runtime", "pilotdesk"])
def test_in_the_source_tree_they_are_left_alone(tmp_path: Path, home: Path, missing: str) -> None:
    root = installed(tmp_path / "程序")
    (root / missing).rename(root / "elsewhere")  # no installed program any more
    done = started(root, home, QT_QPA_FONTDIR=str(home))
    assert json.loads(done.stdout)["left"] == ["QT_QPA_FONTDIR", "QT_QPA_PLATFORM"]


@pytest.mark.parametrize(
    ("asked", "left"),
    [("dxcb", None), ("xcb", "xcb"), ("wayland;xcb", "wayland;xcb"), ("offscreen:x=1", "offscreen:x=1")],
)
def test_a_platform_that_is_not_shipped_is_not_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: str, left: str | None
) -> None:
    for name in ("libqxcb.so", "libqoffscreen.so"):
        plugin = tmp_path / "Qt" / "plugins" / "platforms" / name
        plugin.parent.mkdir(parents=True, exist_ok=True)
        plugin.touch()
    monkeypatch.setenv("QT_QPA_PLATFORM", asked)
    forget_foreign(tmp_path)
    assert os.environ.get("QT_QPA_PLATFORM") == left


@pytest.mark.parametrize(("shipped", "left"), [(False, "ibus"), (True, "fcitx")])
def test_chinese_can_be_typed_where_fcitx_is_not_shipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shipped: bool, left: str
) -> None:
    plugin = tmp_path / "Qt" / "plugins" / "platforminputcontexts" / "libfcitxplatforminputcontextplugin.so"
    plugin.parent.mkdir(parents=True)
    if shipped:
        plugin.touch()
    monkeypatch.setenv("QT_IM_MODULE", "fcitx")
    forget_foreign(tmp_path)
    assert os.environ["QT_IM_MODULE"] == left


def test_on_windows_no_variable_of_qt_changes_what_is_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plugins" / "platforms").mkdir(parents=True)
    (tmp_path / "plugins" / "platforms" / "qwindows.dll").touch()
    for name in ("QT_SCALE_FACTOR", "QT_FONT_DPI", "QT_DEBUG_PLUGINS"):
        monkeypatch.setenv(name, "2")
    monkeypatch.setenv("QT_QPA_PLATFORM", "windows:darkmode=1")
    monkeypatch.setattr(surroundings.sys, "platform", "win32")
    forget_foreign(tmp_path)
    assert [name for name in os.environ if name.startswith("QT_")] == ["QT_QPA_PLATFORM"]


@pytest.mark.parametrize("named", ["/nowhere/at/all", "a file"])
def test_a_temporary_folder_that_is_not_there_is_replaced_by_one_of_ours(
    tmp_path: Path, home: Path, named: str
) -> None:
    if named == "a file":
        named = str(tmp_path / "file")
        Path(named).touch()
    done = started(installed(tmp_path / "程序"), home, TMPDIR=named, TEMP=named, TMP=named)
    assert json.loads(done.stdout)["temp"] == str(home / "data" / "PilotDesk" / ".temp")


def test_one_that_can_be_written_is_used_and_nothing_is_left_in_it(tmp_path: Path, home: Path) -> None:
    (home / "临时").mkdir()
    done = started(installed(tmp_path / "程序"), home, TMPDIR=str(home / "临时"))
    assert json.loads(done.stdout)["temp"] == str(home / "临时")
    assert list((home / "临时").iterdir()) == []
    assert not (home / "data").exists()


def test_what_was_left_in_a_temporary_folder_of_ours_goes_after_a_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PILOTDESK_DATA", str(tmp_path))
    ours = tmp_path / ".temp"
    for name in ("old", "new"):
        (ours / name).mkdir(parents=True)
        (ours / name / "附件.pdf").touch()
    (ours / "old.tmp").touch()
    for name in ("old/附件.pdf", "old", "old.tmp"):
        os.utime(ours / name, (1000, 1000))
    monkeypatch.setenv("TEMP", str(tmp_path))
    surroundings.sweep_temporary(2000)
    assert len(list(ours.iterdir())) == 3  # the system's folder is the system's business
    monkeypatch.setenv("TEMP", str(ours))
    surroundings.sweep_temporary(2000)
    assert [left.name for left in ours.iterdir()] == ["new"]


def test_what_a_killed_program_left_in_the_systems_folder_goes_a_week_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Drawn pages of a draft among it, which nobody else is to find there."""
    monkeypatch.setenv("PILOTDESK_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "system"))
    made = tmp_path / "system"
    for name in ("pilotdesk-left", "pilotdesk-open", "pilotdesk-written-in", "others-left"):
        (made / name).mkdir(parents=True)
        (made / name / "页.pdf").write_bytes(b"1")
    (made / "pilotdesk-1.tmp").write_bytes(b"1")
    week = surroundings.OPENED_S
    for path in sorted(made.rglob("*"), reverse=True):
        os.utime(path, (1000, 1000))
    os.utime(made / "pilotdesk-open", (1000 + week, 1000 + week))
    os.utime(made / "pilotdesk-written-in" / "页.pdf", (1000 + week, 1000 + week))
    surroundings.sweep_temporary(1000 + week)
    assert len(list(made.iterdir())) == 5  # not a moment too early
    surroundings.sweep_temporary(1001 + week)
    assert sorted(left.name for left in made.iterdir()) == [
        "others-left", "pilotdesk-open", "pilotdesk-written-in",
    ]  # fmt: skip
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    surroundings.sweep_temporary(1001 + week)


# -- without a console ---------------------------------------------------------------------------


def without_console(arguments: Sequence[str], root: Path, home: Path) -> int:
    """Run a program that has no streams at all, as a window's program on Windows."""
    line = shlex.join([sys.executable, "-m", "pilotdesk", *arguments])
    return subprocess.run(
        ["/bin/sh", "-c", f"exec {line} <&- >&- 2>&-"], cwd=home,
        env=environment(HOME=str(home), XDG_DATA_HOME=str(home / "data"), PYTHONPATH=str(root / "app")),
    ).returncode  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="streams are closed by a POSIX shell")
def test_a_program_without_streams_answers_by_its_exit_code_and_its_report(
    tmp_path: Path, home: Path
) -> None:
    root = installed(tmp_path / "程序")
    assert without_console(["--self-test", str(home / "r.json")], root, home) == 0
    assert json.loads((home / "r.json").read_text("utf-8"))["ok"]
    assert without_console(["check", str(home / "没有.pilot")], root, home) == 2
    assert without_console(["没有这条命令"], root, home) == 2


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    texts: list[str] = []
    monkeypatch.setattr(cli_window, "show_message", texts.append)
    return texts


def test_only_what_concerns_the_window_is_shown_in_one(
    shown: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from pilotdesk import app
    from pilotdesk.errors import PilotDeskError

    def fails(**_given: object) -> int:
        raise PilotDeskError("program_incomplete", folder="C:")

    monkeypatch.setattr(app, "run_window", fails)
    assert run_line(["check", "没有.pilot"]) == 2  # a script waits for no click
    assert shown == []
    assert run_line([]) == 2
    assert "程序文件不全" in shown[0]
    assert "程序文件不全" in capsys.readouterr().err


def test_a_line_that_was_not_understood_is_shown(
    shown: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run_line(["chekc"])
    assert "没看懂这条命令" in shown[0]
    assert "没看懂这条命令" in capsys.readouterr().err


COMMANDS = ("gui", "check", "self-test")


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ([], ["gui"]),
        (["check", "x.pilot"], ["check", "x.pilot"]),
        (["x.pilot"], ["gui", "x.pilot"]),
        (["X.PILOTBACK", "y.pdpack"], ["gui", "X.PILOTBACK", "y.pdpack"]),
        (["/a/b c.docx"], ["gui", "/a/b c.docx"]),
        (["chekc"], ["chekc"]),
        (["--version"], ["--version"]),
        (["--self-test"], ["self-test"]),
        (["--self-test", "o.json", "--platform", "xcb"], ["self-test", "--json", "o.json", "--platform", "xcb"]),
        (["--self-test", "--platform", "xcb"], ["self-test", "--platform", "xcb"]),
    ],
)  # fmt: skip
def test_a_line_without_a_command_opens_its_files(given: list[str], meant: list[str]) -> None:
    assert cli_window.meant(given, COMMANDS) == meant


def test_an_address_is_a_path_again(tmp_path: Path) -> None:
    path = tmp_path / "试点 #1 100%.pilot"
    assert cli_window.path_of(path.as_uri()) == path
    assert cli_window.path_of("x.pilot") == Path.cwd() / "x.pilot"
