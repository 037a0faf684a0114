"""Steps that run the installed program: self-test, window, export, review, start."""

from __future__ import annotations

import json
import statistics
import subprocess
import time
from typing import TYPE_CHECKING, Any, Final

from trial_proofs import colours_told, exported_alike, slowest_told
from trial_report import Failed
from windows.trial_room import A_DRAFT, A_PAGE, WINDOW, must, told
from windows.trial_setup import opening_command

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from windows.trial_room import Room
    from windows.wine import Done

SAMPLE: Final = "练习 样例.pilot"
_TITLE: Final = "PilotDesk"


def self_test(room: Room, platform: str) -> str:
    """The program's own proofs, on the screen or in memory; it finds everything in its own folder."""
    report = room.folder / f"自检 {platform}.json"
    done = room.wine.run(room.tree / WINDOW, "--self-test", report, "--platform", platform, seconds=240)
    found = told(report, "自检报告")
    wrong = [f"{one['name']}：{one['detail']}" for one in found["proofs"] if not one["passed"]]
    if done.code or wrong or not found["ok"]:
        raise Failed(f"退出码 {done.code}，没通过 {'；'.join(wrong) or '（没有说是哪一项）'}")
    if found["platform"] != platform:
        raise Failed(f"要的是 {platform}，画在 {found['platform']} 上")
    place = room.wine.windows_path(room.tree).lower()
    astray = [path for path in found["paths"] if not path.lower().startswith(place)]
    if astray:
        raise Failed(f"会到程序文件夹外面找模块：{'、'.join(astray)}")
    return (
        f"{len(found['proofs'])} 项都通过，Python {found['python']}，Qt {found['qt']}，编码 {found['encoding']}，"
        f"{len(found['paths'])} 个模块路径都在程序文件夹里，{slowest_told(found['proofs'])}"
    )


def window(room: Room) -> str:
    """A window with the practice sample, photographed."""
    process = room.open_window("gui", "--sample")
    seconds = room.screen.wait_title(_TITLE) + room.wait_page(A_DRAFT)
    room.wait_still()
    picture = room.keep_picture("样例窗口")
    code = room.close_window(process)
    if code:
        raise Failed(f"退出码 {code}")
    return f"{seconds:.1f} 秒画好，{colours_told(picture)}；照片 样例窗口.png"


def export(room: Room) -> str:
    """Word and PDF of the same draft, made in there and here, are the same: bytes, or else values and code."""
    draft = room.folder / SAMPLE
    must(room.console("sample", "--to", draft, "--force"), "存样例")
    there, here = room.folder / "导出 Windows", room.folder / "导出 Linux"
    must(room.console("export", draft, "--to", there), "在 Windows 上导出")
    must(room.here("export", draft, "--to", here), "在 Linux 上导出")
    return exported_alike(
        there, here, lambda files: must(room.here("verify", draft, *files, "--json"), "逐栏核对").output
    )


# -- the province's desk -------------------------------------------------------------------------

UNITS: Final = 8
_PROVINCE: Final = """
import sys
from pathlib import Path
from tests.province.province import make_province
make_province(Path(sys.argv[1]), int(sys.argv[2]), defects=True, attachments=1)
"""
_TIMES: Final = ("at", "taken_at", "received", "stamp", "changed_at")
"""Keys of what `review --json` tells that are times of the intake itself."""


def review(room: Room) -> str:
    """Submissions of some units taken in by several processes: the same findings in there and here."""
    folder = room.folder / "各单位 报送"
    if not folder.is_dir():
        subprocess.run([room.python, "-c", _PROVINCE, folder, str(UNITS)], cwd=room.root, check=True)
    begun = time.monotonic()
    there = must(_reviewed(room.console, folder, room.folder / "审核 Windows"), "在 Windows 上收件", 0, 1)
    seconds = time.monotonic() - begun
    here = must(_reviewed(room.here, folder, room.folder / "审核 Linux"), "在 Linux 上收件", 0, 1)
    told_there, told_here = (_timeless(json.loads(done.output)) for done in (there, here))
    if there.code != here.code or told_there != told_here:
        apart = _apart(told_there, told_here)
        raise Failed(f"两边收到的不一样（退出码 {there.code}、{here.code}）：{apart}")
    found = sum(len(one["findings"]) for one in told_here["submissions"])
    return f"{len(told_here['submissions'])} 件、{found} 条意见两边相同，Windows 上 {seconds:.1f} 秒"


def _reviewed(run: Callable[..., Done], folder: Path, target: Path) -> Done:
    target.mkdir(exist_ok=True)
    return run("review", folder, "--to", target, "--province", "湖南省", "--json")


def _timeless(told: Any) -> Any:  # noqa: ANN401
    """What was told, less the times of the intake itself."""
    match told:
        case dict():
            return {key: _timeless(value) for key, value in told.items() if key not in _TIMES}
        case list():
            return [_timeless(value) for value in told]
    return told


def _apart(there: object, here: object, place: str = "") -> str:
    """The first place where two of them differ, in words; empty when they do not."""
    if isinstance(there, dict) and isinstance(here, dict) and there.keys() == here.keys():
        return next(filter(None, (_apart(there[key], here[key], f"{place}.{key}") for key in here)), "")
    if isinstance(there, list) and isinstance(here, list) and len(there) == len(here):
        pairs = enumerate(zip(there, here, strict=True))
        return next(filter(None, (_apart(*pair, f"{place}[{at}]") for at, pair in pairs)), "")
    return "" if there == here else f"{place}：Windows 上 {str(there)[:80]}，Linux 上 {str(here)[:80]}"


# -- double click, start -------------------------------------------------------------------------

STARTS: Final = 5
PYTHON: Final = "python.exe"
_MOST: Final = 2.0


def double_click(room: Room) -> str:
    """What the registry says for a draft opens the window with it.

    Wine 8 does not look into the user's own part of the registry for this, so the command that stands there is run as the
    Explorer of Windows runs it.
    """
    draft = room.folder / SAMPLE
    must(room.console("sample", "--to", draft, "--force"), "存样例")
    command = opening_command(room, draft.suffix)
    words = [word.replace("%1", room.wine.windows_path(draft)) for word in command]
    process = room.wine.start(*words)
    seconds = room.screen.wait_title(_TITLE) + room.wait_page(A_DRAFT)
    room.wait_still()
    room.keep_picture("双击打开")
    code = room.close_window(process)
    if code:
        raise Failed(f"退出码 {code}")
    return f"{seconds:.1f} 秒后打开了“{draft.stem}”；照片 双击打开.png"


def start(room: Room) -> str:
    """From the start of the process to the page on the screen, of the installed program and of its source, in turn."""
    source = _source(room)
    _shown_after(room, source, PYTHON)  # the first one compiles what is compiled in the installed program
    spent: dict[str, list[float]] = {"installed": [], "source": []}
    for _ in range(STARTS):
        spent["installed"].append(_shown_after(room, [room.tree / WINDOW], WINDOW))
        spent["source"].append(_shown_after(room, source, PYTHON))
    installed, plain = (statistics.median(times) for times in spent.values())
    ratio = installed / plain
    told = f"中位数 {installed:.2f} 秒，源代码 {plain:.2f} 秒，{ratio:.2f} 倍（各 {STARTS} 次，轮流）"
    if ratio > _MOST:
        raise Failed(told)
    return told


def _shown_after(room: Room, command: Sequence[str | Path], program: str) -> float:
    begun = time.monotonic()
    process = room.wine.start(*command)
    room.wait_page(A_PAGE)
    seconds = time.monotonic() - begun
    room.close_window(process, program)
    room.screen.wait_for("空的屏幕", lambda: not room.screen.titles())
    return seconds


def _source(room: Room) -> list[str | Path]:
    """The command that starts the program from its source under the same Wine, with the shipped libraries."""
    from runtime_windows import fetch_source, runtime_pin, unpack_source

    runtime = room.folder / "python"
    if not runtime.is_dir():
        pin = runtime_pin()
        runtime.mkdir()
        unpack_source(fetch_source(pin, room.cache), pin, runtime)
        libraries = room.tree / "app" / "site-packages"
        places = ["python311.zip", ".", *map(room.wine.windows_path, (room.root, libraries))]
        (runtime / "python311._pth").write_text("\n".join(places) + "\n", "utf-8")
    cache = room.wine.windows_path(room.folder / "pycache")
    return [runtime / PYTHON, "-X", "utf8", "-X", f"pycache_prefix={cache}", "-m", "pilotdesk"]
