"""The trial of what `build.py windows` makes: installed, driven and taken away again in Wine.

    python3 packaging/windows/trial.py SETUP.exe [--zip PORTABLE.zip] [--to FOLDER]

Every step is named and has a figure; pictures and ``trial.json`` are left in the folder. A step that cannot be done on this
machine is skipped, and the last lines say which and why; it never counts as passed. ``PILOTDESK_TRIAL_SECONDS`` says how
long all of it may take: what would take longer is skipped for that reason, the installation and its end never.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

if __package__ in {None, ""}:  # run as a script: the neighbours are found from packaging/
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from trial_report import Report
    from windows.trial_room import Room

    Step = tuple[str, Callable[[Room], str]]

ROOT: Final = Path(__file__).resolve().parents[2]
PACKAGES: Final = {
    "/usr/lib/wine/wine64": "wine64",
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "/usr/share/i18n/locales/zh_CN": "locales",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64-win32",
}
"""Program or file → Debian package that has it."""

SECONDS_VARIABLE: Final = "PILOTDESK_TRIAL_SECONDS"
TO_DEFAULT, TO_CHINESE, START, END = (
    "静默安装到默认位置，再卸载",
    "静默安装到“试点 软件”",
    "启动时间，和从源代码启动比",
    "卸载",
)
LONG: Final = {TO_DEFAULT: 30, START: 75}
"""Seconds that steps took on two free cores; the others took less than :data:`SHORT`."""
SHORT: Final = 18

UNSEEN: Final = "Wine 里看不到、没有验证的：" + "；".join((
    "真实的 Windows 10/11（Wine 只说明文件齐全、路径、注册表和编码对）",
    "资源管理器里的双击（这里运行的是注册表里登记的命令）",
    "SmartScreen 和没有签名的提示",
    "Defender、360、火绒等杀毒软件",
    "打印机",
    "高分屏缩放和多显示器",
    "中文输入法",
    "办公电脑上的启动时间",
))  # fmt: skip


def main(arguments: Sequence[str]) -> int:
    """Carry out one command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="trial.py", description="在 Wine 里把安装程序装上、用一遍、卸掉")
    parser.add_argument("setup", type=Path)
    parser.add_argument("--zip", dest="portable", type=Path)
    parser.add_argument("--cache", type=Path, default=ROOT / "build" / "cache", help="构建时下载的东西")
    parser.add_argument(
        "--to", type=Path, default=ROOT / "out" / "trial", help="报告和照片放在哪里，原来的会删去"
    )
    asked = parser.parse_args(list(arguments))
    asked.portable = asked.portable and asked.portable.resolve()
    return try_out(asked.setup.resolve(), asked.portable, asked.to.resolve(), asked.cache.resolve())


def try_out(setup: Path, portable: Path | None, folder: Path, cache: Path) -> int:
    """The whole trial; returns 0 when no step failed.

    Args:
        setup: the installer.
        portable: the zip of the portable folder; ``None`` skips its steps.
        folder: for report and pictures; what was in it goes.
        cache: what the build has fetched; what is missing is fetched again.
    """
    from trial_report import Report

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    report, given = Report(folder, _say), os.environ.get(SECONDS_VARIABLE)
    until = time.monotonic() + float(given) if given else None
    with contextlib.ExitStack() as ending:
        made: list[Room] = []

        def prepare() -> str:
            made.append(ending.enter_context(_room(folder)))
            made[0].setup, made[0].portable, made[0].cache = setup, portable, cache
            return _chinese(made[0])

        if report.take("准备 Wine", prepare):
            _take_steps(report, made[0], until)
    return report.close(UNSEEN)


def _chinese(room: Room) -> str:
    """What kind of Windows it is.

    Raises:
        Failed: not a Chinese one.
    """
    from trial_report import Failed
    from windows.wine import CODE_PAGE, USER

    user, code_page, windows = room.wine.facts()
    told = f"用户名“{user}”，代码页 {code_page}，{windows}"
    if (user, code_page) != (USER, CODE_PAGE):
        raise Failed(told)
    return told


@contextlib.contextmanager
def _room(folder: Path) -> Iterator[Room]:
    """Wine and a screen, made for this trial and gone after it."""
    import tempfile

    from screen import Screen
    from windows.trial_room import Room
    from windows.wine import Wine

    _need_tools()
    work = Path(tempfile.mkdtemp(prefix="pilotdesk-trial-"))
    with contextlib.ExitStack() as ending:
        ending.callback(shutil.rmtree, work, ignore_errors=True)
        screen = Screen(work)
        ending.callback(screen.close)
        wine = Wine(work, screen.display)
        ending.callback(wine.end_all)
        wine.make()
        written = folder / "试 用"
        written.mkdir()
        yield Room(wine, screen, written, ROOT, ROOT / ".venv" / "bin" / "python")


def _need_tools() -> None:
    """Have Wine and a screen, installed when that can be done from here.

    Raises:
        Skipped: they are not there and cannot be installed.
    """
    from dev import Stop, install_packages
    from trial_report import Skipped

    lacking = tuple(package for name, package in PACKAGES.items() if not _is_there(name))
    if lacking:
        try:
            install_packages(lacking, "Wine 和试用要的工具")
        except Stop as reason:
            raise Skipped(str(reason)) from reason


def _is_there(name: str) -> bool:
    return Path(name).exists() if name.startswith("/") else shutil.which(name) is not None


def _take_steps(report: Report, room: Room, until: float | None) -> None:
    """All steps; after ``until``, by the clock that only goes forward, those are skipped that can be."""
    from windows import trial_setup as setup

    def take(name: str, step: Callable[[Room], str], refusal: str = "") -> None:
        late = until is not None and time.monotonic() + LONG.get(name, SHORT) > until and name != END
        reason = refusal or ("时间不够" if late else "")
        if reason:
            report.skip(name, reason)
        else:
            _take(report, room, name, step)

    take(TO_DEFAULT, setup.to_default)
    fine = report.take(TO_CHINESE, partial(setup.to_chinese, room))
    for name, step in _steps_installed():
        take(name, step, "" if fine else "前面没有装上")
    take("Windows 7", setup.too_old_windows)
    for name, step in _steps_portable():
        take(name, step, "" if room.portable else "没有给绿色版的压缩包")


def _steps_installed() -> tuple[Step, ...]:
    """What is done with the installed program, from looking at its files to taking it away."""
    from windows import trial_handing_out as handing_out
    from windows import trial_opening as opening
    from windows import trial_running as running
    from windows import trial_setup as setup

    return (
        ("装好的文件：没有多余的，签名和清单齐全", setup.tree_in_order),
        ("注册表登记的文件类型", setup.associations),
        ("自检，画在屏幕上", partial(running.self_test, platform="windows")),
        ("自检，不开窗口", partial(running.self_test, platform="offscreen")),
        ("样例窗口", running.window),
        ("双击一份草稿", running.double_click),
        ("程序开着时再双击一份", opening.second_start),
        ("打不开时有话说", opening.said_in_a_window),
        ("导出 Word 和 PDF，和 Linux 上的比", running.export),
        ("审核台收件，和 Linux 上的比", running.review),
        ("安装程序旁边的公钥，签过名的更新包", handing_out.signed_pack),
        (START, running.start),
        ("运行以后程序文件夹没变", setup.untouched),
        ("程序开着时安装", setup.while_open),
        ("覆盖安装", setup.over_the_same),
        ("升级，和换回旧版", setup.over_others),
        (END, setup.clean_end),
    )


def _steps_portable() -> tuple[Step, ...]:
    from windows import trial_portable as portable

    return (("绿色版", portable.beside_itself), ("绿色版写不进去", portable.not_writable))


def _take(report: Report, room: Room, name: str, step: Callable[[Room], str]) -> None:
    """One step; what is seen when it fails is kept, and a program that it left open is not left to the next."""
    if not report.take(name, partial(step, room)):
        room.keep_picture(f"没通过 {name}")
        room.wine.end_programs()


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
