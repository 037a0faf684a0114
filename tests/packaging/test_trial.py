"""The trial of the Windows packages, as far as it can be looked at without Wine: what it sees, counts and says."""

from __future__ import annotations

import io
import json
import struct
import time
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING

import dev
import pytest
import tools
import trial_proofs
import trial_tree
from PIL import Image
from screen import Picture, read_xwd
from trial_report import Failed, Late, Report, Skipped
from windows import trial, trial_room, trial_setup
from windows.wine import Done, Wine, exported, keys_in

if TYPE_CHECKING:
    from collections.abc import Callable

RED, WHITE = 0xFF0000, 0xFFFFFF


# --- pictures


def dump(width: int, height: int, *, padding: int = 0, colours: int = 2) -> bytes:
    """An X window dump: white with a red first line."""
    name = b"screen\0\0"
    line = 4 * width + padding
    numbers = [
        100 + len(name),
        7,
        2,
        24,
        width,
        height,
        0,
        0,
        32,
        0,
        32,
        32,
        line,
        4,
        0,
        0,
        0,
        8,
        256,
        colours,
    ]
    head = struct.pack(">25I", *numbers, *[0] * (25 - len(numbers)))
    rows = [struct.pack("<I", RED if at == 0 else WHITE) * width + b"\xaa" * padding for at in range(height)]
    return head + name + bytes(12 * colours) + b"".join(rows)


@pytest.mark.parametrize("padding", [0, 8])
def test_a_dump_of_the_screen_becomes_a_picture(padding: int) -> None:
    picture = read_xwd(dump(5, 3, padding=padding))
    assert picture.colours() == {RED: 5, WHITE: 10}
    with Image.open(io.BytesIO(picture.png())) as image:
        assert image.size == (5, 3)
        assert [image.getpixel((4, y)) for y in range(3)] == [(255, 0, 0), (255, 255, 255), (255, 255, 255)]


def test_only_lines_with_something_on_them_count() -> None:
    plain = struct.pack("<I", WHITE) * 9
    letters = struct.pack("<9I", *range(9))
    assert Picture(9, 4, plain + letters + plain + letters).busy_rows() == 2


# --- the report


def failing(trouble: Exception) -> Callable[[], str]:
    def step() -> str:
        raise trouble

    return step


def test_what_was_skipped_does_not_pass_and_is_named_at_the_end(tmp_path: Path) -> None:
    said: list[str] = []
    report = Report(tmp_path, said.append)
    assert report.take("窗口", lambda: "画好了")
    assert not report.take("绿色版", failing(Skipped("没有压缩包")))
    report.skip("卸载", "前面没有装上")
    assert report.close("看不到打印机") == 0
    assert said[-3:] == ["跳过：绿色版——没有压缩包", "跳过：卸载——前面没有装上", "通过 1，没通过 0，跳过 2"]
    kept = json.loads((tmp_path / "trial.json").read_text("utf-8"))
    assert [one["state"] for one in kept] == ["通过", "跳过", "跳过"]


@pytest.mark.parametrize("trouble", [Failed("退出码 3"), FileNotFoundError("没有这个文件")])
def test_a_step_that_does_not_pass_ends_only_itself(tmp_path: Path, trouble: Exception) -> None:
    report = Report(tmp_path, lambda _line: None)
    assert not report.take("安装", failing(trouble))
    assert report.take("窗口", lambda: "画好了")
    assert report.close("") == 1
    assert report.outcomes[0].figure == str(trouble)


def in_turn(*ends: Exception | str) -> Callable[[], str]:
    """A step that ends otherwise each time."""
    left = list(ends)

    def step() -> str:
        end = left.pop(0)
        if isinstance(end, Exception):
            raise end
        return end

    return step


def test_what_came_too_late_is_tried_once_more_and_named_at_the_end(tmp_path: Path) -> None:
    said: list[str] = []
    cleared: list[str] = []
    report = Report(tmp_path, said.append)
    step = in_turn(Late("等了 60 秒没有等到窗口"), "画好了")
    assert report.take("窗口", step, before_again=lambda: cleared.append("窗口"))
    assert (cleared, report.outcomes[0].figure) == (["窗口"], "画好了")
    assert report.close("") == 0
    assert said[-2:] == ["第一次太慢：窗口——等了 60 秒没有等到窗口", "通过 1，没通过 0，跳过 0"]
    assert "太慢  窗口  等了 60 秒没有等到窗口，再来一次" in said
    kept = json.loads((tmp_path / "trial.json").read_text("utf-8"))
    assert kept[0]["first"] == "等了 60 秒没有等到窗口"


@pytest.mark.parametrize(
    "ends",
    [
        (Late("等了 60 秒"), Late("又等了 60 秒")),
        (Late("等了 60 秒"), Failed("坏了")),
        (Failed("坏了"), "好了"),
    ],
)
def test_what_is_wrong_or_late_twice_has_failed(tmp_path: Path, ends: tuple[Exception | str, ...]) -> None:
    report = Report(tmp_path, lambda _line: None)
    assert not report.take("窗口", in_turn(*ends), before_again=lambda: None)
    assert report.close("") == 1


def test_what_came_too_late_has_failed_where_nothing_can_be_done_about_it(tmp_path: Path) -> None:
    report = Report(tmp_path, lambda _line: None)
    assert not report.take("窗口", in_turn(Late("等了 60 秒"), "好了"))
    assert report.outcomes[0].first == ""


def test_a_step_has_one_line_however_many_a_program_says(tmp_path: Path) -> None:
    said: list[str] = []
    Report(tmp_path, said.append).take("准备", lambda: "Debian 11，ldd 2.31\n\n  第二行\n")
    assert [line.partition("  Debian")[2] for line in said] == [" 11，ldd 2.31；第二行"]


def test_a_mistake_of_the_trial_itself_is_none_of_the_program(tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        Report(tmp_path, lambda _line: None).take("安装", failing(TypeError("two arguments")))


def test_the_last_lines_are_kept_for_who_runs_the_trial(tmp_path: Path) -> None:
    said: list[str] = []
    report = Report(tmp_path, said.append)
    report.skip("准备 Wine", "没有网络")
    report.close("看不到打印机")
    assert (tmp_path / "summary.txt").read_text("utf-8").splitlines() == said[1:]
    assert said[1:] == ["看不到打印机", "跳过：准备 Wine——没有网络", "通过 0，没通过 0，跳过 1"]


# --- an installed tree


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("app/site-packages/lxml/includes/etree.h", "头文件"),
        ("app/site-packages/reportlab/tests/a.pyc", "测试"),
        ("app/pilotdesk/__pycache__/cli.cpython-311.opt-1.pyc", "缓存"),
        ("app/.mypy_cache/a.json", "缓存"),
        ("app/site-packages/pip/__init__.pyc", "开发用的"),
    ],
)
def test_what_nobody_needs_who_only_uses_the_program_is_seen(name: str, kind: str) -> None:
    assert kind in trial_tree.unwanted({name: ""})


@pytest.mark.parametrize(
    "name",
    [
        "app/pilotdesk/self_test.pyc",
        "app/site-packages/PySide6/__pycache__/_config.cpython-311.pyc",
        "app/site-packages/lxml/html/_difflib.cp311-win_amd64.pyd",
        "licences/lxml/LICENSE.txt",
    ],
)
def test_what_belongs_to_the_program_is_not_unwanted(name: str) -> None:
    assert trial_tree.unwanted({name: ""}) == ""


def test_the_difference_of_two_trees_is_told() -> None:
    assert trial_tree.difference({"a": "1", "b": "1"}, {"a": "1", "b": "1"}) == ""
    told = trial_tree.difference({"a": "1", "b": "1"}, {"b": "2", "c": "1"})
    assert told == "多了 1 个：c；少了 1 个：a；变了 1 个：b"


def test_a_file_that_the_list_of_contents_does_not_know_is_told(tmp_path: Path) -> None:
    listed = {"components": [{"components": [file_entry("a.dll", "1")]}, file_entry("b.dll", "2")]}
    (tmp_path / trial_tree.SBOM).write_text(json.dumps(listed), "utf-8")
    assert trial_tree.unlisted(tmp_path, {"a.dll": "1", "b.dll": "2", "uninstall.exe": "x"}) == ""
    assert trial_tree.unlisted(tmp_path, {"a.dll": "1", "b.dll": "3"}) == "变了 1 个：b.dll"
    with pytest.raises(Failed):
        trial_tree.unlisted(tmp_path / "elsewhere", {})


def file_entry(name: str, digest: str) -> dict[str, object]:
    return {"type": "file", "name": name, "hashes": [{"alg": "SHA-256", "content": digest}]}


def program(*, signed: bool) -> bytes:
    """A PE32+ file as far as its certificate table."""
    head = bytearray(0x200)
    head[:2] = b"MZ"
    struct.pack_into("<I", head, 0x3C, 0x40)
    head[0x40:0x44] = b"PE\0\0"
    struct.pack_into("<H", head, 0x58, 0x20B)
    if signed:
        struct.pack_into("<II", head, 0x58 + 112 + 32, 0x180, 0x80)
    return bytes(head)


def test_a_signature_is_seen_by_the_certificate_table() -> None:
    assert trial_tree.has_signature(program(signed=True))
    assert not trial_tree.has_signature(program(signed=False))
    assert not trial_tree.has_signature(program(signed=True)[:0x1F0])  # cut off
    assert not trial_tree.has_signature(b"#!/bin/sh")


# --- Windows' names


@pytest.fixture
def wine(tmp_path: Path) -> Wine:
    (tmp_path / "prefix" / "drive_c" / "windows").mkdir(parents=True)
    return Wine(tmp_path, ":0")


def test_paths_go_there_and_back(wine: Wine) -> None:
    inside = wine.drive / "试点 软件" / "PilotDesk.exe"
    assert wine.windows_path(inside) == r"C:\试点 软件\PilotDesk.exe"
    assert wine.path(r"C:\试点 软件\PilotDesk.exe") == inside
    outside = wine.prefix.parent / "导出"
    assert wine.windows_path(outside).startswith("Z:\\")
    assert wine.path(wine.windows_path(outside)) == outside


def test_an_exported_registry_is_read() -> None:
    told = (
        "Windows Registry Editor Version 5.00\r\n\r\n"
        '[HKEY_CURRENT_USER\\Software\\Classes\\.pilot]\r\n@="PilotDesk.Draft"\r\n\r\n'
        '[HKEY_CURRENT_USER\\Software\\Classes\\X]\r\n"open"="\\"C:\\\\a b\\\\c.exe\\" \\"%1\\""\r\n"n"=dword:00000001\r\n'
    )
    assert keys_in(told) == {
        r"HKEY_CURRENT_USER\Software\Classes\.pilot": {"@": "PilotDesk.Draft"},
        r"HKEY_CURRENT_USER\Software\Classes\X": {"open": r'"C:\a b\c.exe" "%1"', "n": "dword:00000001"},
    }


def test_what_is_written_into_the_registry_can_be_read_back() -> None:
    keys: dict[str, dict[str, str | int]] = {r"HKEY_CURRENT_USER\A": {"x": 'C:\\a "b"', "n": 144}}
    assert keys_in(exported(keys)) == {r"HKEY_CURRENT_USER\A": {"x": 'C:\\a "b"', "n": "dword:00000090"}}


def test_a_caret_is_no_change_of_the_picture() -> None:
    before = Picture(4, 9, bytes(4 * 4 * 9))
    line = bytes(4) + b"\xff\xff\xff\0" + bytes(8)
    after = Picture(4, 9, bytes(16) * 4 + line * 2 + bytes(16) * 3)
    assert (before.rows_unlike(before), after.rows_unlike(before)) == (0, 2)


def test_the_place_is_the_rest_of_the_installers_line(wine: Wine, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[str] = []

    def run(_wine: Wine, *command: str, seconds: float) -> Done:
        given.extend(command)
        return Done(0, "", seconds)

    monkeypatch.setattr(Wine, "run", run)
    room = trial_room.Room(wine, None, Path(), Path(), Path())  # type: ignore[arg-type]
    room.setup = Path("setup.exe")
    trial_setup.install(room, PureWindowsPath(r"C:\试点 软件\PilotDesk"), "/OLDER")
    # A word with a blank in it would be put into quotation marks, and the installer would not see them.
    assert given[1:] == ["/S", "/OLDER", r"/D=C:\试点", "软件\\PilotDesk"]


def test_a_program_can_be_made_to_say_another_version() -> None:
    head = b"resources" + struct.pack("<4I", 0xFEEF04BD, 0x10000, 0x00000001, 0x00000000) + b"rest"
    older = trial_setup.versioned(head, 99)
    assert len(older) == len(head)
    assert struct.unpack_from("<2I", older, len(b"resources") + 8) == (99 << 16, 0)


# --- what both trials prove


def export_in(folder: Path) -> Path:
    """A folder with a Word file and a PDF, as an export leaves it."""
    folder.mkdir()
    for name in ("word", "pdf"):
        (folder / f"申报书.{name}").write_bytes(b"1")
    return folder


def test_exports_are_compared_by_bytes_and_by_their_codes(tmp_path: Path) -> None:
    here, there = export_in(tmp_path / "here"), export_in(tmp_path / "there")
    said = json.dumps({"findings": [{"digest": "K7"}, {"digest": ""}, {"digest": "K7"}]})
    assert trial_proofs.exported_alike(there, here, lambda _files: said).endswith("校验码 K7，字节完全相同")
    (there / "申报书.pdf").write_bytes(b"2")
    assert trial_proofs.exported_alike(there, here, lambda _files: said).endswith("字节不同：申报书.pdf")


def test_exports_that_differ_in_files_or_codes_do_not_pass(tmp_path: Path) -> None:
    here, there = export_in(tmp_path / "here"), export_in(tmp_path / "there")
    with pytest.raises(Failed, match="校验码不一样"):
        trial_proofs.exported_alike(there, here, lambda _files: '[{"digest": "K7"}, {"digest": "K8"}]')
    (there / "第三个.txt").write_bytes(b"")
    with pytest.raises(Failed, match="文件不一样"):
        trial_proofs.exported_alike(there, here, lambda _files: '[{"digest": "K7"}]')


def test_a_screen_of_one_colour_is_no_page() -> None:
    with pytest.raises(Failed, match="100%"):
        trial_proofs.colours_told(Picture(20, 10, b"\xff\xff\xff\x00" * 200))
    assert trial_proofs.colours_told(Picture(2, 1, b"\xff\xff\xff\x00\x00\x00\x00\x00")).startswith(
        "2 种颜色"
    )


# --- what can be done here


def test_without_wine_the_trial_says_what_it_needs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(packages: tuple[str, ...], purpose: str) -> None:
        raise dev.Stop(f"缺少{purpose}：{' '.join(packages)}")

    monkeypatch.setattr(tools, "is_there", lambda _name: False)
    monkeypatch.setattr(tools, "install_packages", refuse)
    given = trial.Given(tmp_path / "setup.exe", None, None, tmp_path)
    assert trial.try_out(given, tmp_path / "out") == 0
    kept = json.loads((tmp_path / "out" / "trial.json").read_text("utf-8"))
    assert [(one["state"], "wine64" in one["figure"]) for one in kept] == [("跳过", True)]


def take_steps(
    monkeypatch: pytest.MonkeyPatch, folder: Path, left: float | None, *, failing: str = ""
) -> dict[str, str]:
    """Six steps that take no time; what is said of each."""

    def step(name: str) -> Callable[[object], str]:
        def taken(_room: object) -> str:
            if name == failing:
                raise Failed("no")
            return "done"

        return taken

    steps = (
        trial.Step("向导", step("向导"), 20),
        trial.Step(trial.TO_CHINESE, step(trial.TO_CHINESE), 12),
        trial.Step("窗口", step("窗口"), 12),
        trial.Step("启动", step("启动"), 75, gives_way=True),
        trial.Step(trial.END, step(trial.END), 12),
        trial.Step("绿色版", step("绿色版"), 20, gives_way=True),
    )
    monkeypatch.setattr(trial, "_steps", lambda: steps)
    monkeypatch.setattr(trial_room.Room, "keep_picture", lambda _room, _name: None)
    monkeypatch.setattr(Wine, "end_programs", lambda _wine: None)
    room = trial_room.Room(Wine(folder, ":0"), None, Path(), Path(), Path())  # type: ignore[arg-type]
    report = Report(folder, lambda _line: None)
    trial._take_steps(report, room, None if left is None else time.monotonic() + left)
    return {one.name: one.figure for one in report.outcomes}


@pytest.mark.parametrize(
    ("left", "late"),
    [
        (None, set()),
        (80.0, {"启动"}),  # there is time for it, but then none for the end
        (15.0, {"启动", "向导", "绿色版"}),
        (-1.0, {"启动", "向导", "绿色版", "窗口"}),
    ],
)
def test_what_there_is_no_time_for_is_named_and_the_end_is_not_skipped(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, left: float | None, late: set[str]
) -> None:
    said = take_steps(monkeypatch, tmp_path, left)
    assert {name for name, figure in said.items() if figure == "时间不够"} == late
    assert {figure for name, figure in said.items() if name not in late} == {"done"}


def test_what_needs_the_installation_is_skipped_without_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    said = take_steps(monkeypatch, tmp_path, None, failing=trial.TO_CHINESE)
    missing = {name for name, figure in said.items() if figure == "前面没有装上"}
    assert missing == {"窗口", "启动", trial.END}
    assert said["绿色版"] == "done"


def test_the_steps_that_are_always_taken_are_there() -> None:
    names = [step.name for step in trial._steps()]
    assert len(names) == len(set(names))
    assert set(names) >= trial.ALWAYS


def test_an_exit_code_that_is_not_expected_is_told_with_what_was_said() -> None:
    assert trial_room.must(Done(1, "", 0.0), "收件", 0, 1).code == 1
    with pytest.raises(Failed, match="收件：退出码 2，它说：没看懂"):
        trial_room.must(Done(2, "没看懂\n", 0.0), "收件", 0, 1)
