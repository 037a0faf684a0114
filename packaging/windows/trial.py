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
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

if __package__ in {None, ""}:  # run as a script: the neighbours are found from packaging/
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from trial_report import Report
    from windows.trial_room import Room

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
TO_CHINESE, END = "静默安装到“试点 软件”", "卸载"
ALWAYS: Final = frozenset({TO_CHINESE, END})
"""Steps that are taken however late it is."""

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


class Step(NamedTuple):
    """One step.

    Attributes:
        name: as it is reported.
        taken: does it; returns its figure.
        seconds: that it takes at most on two free cores.
        gives_way: is taken only when there is time as well for all that follow and do not give way: they show more.
    """

    name: str
    taken: Callable[[Room], str]
    seconds: int
    gives_way: bool = False


class Given(NamedTuple):
    """What is tried.

    Attributes:
        setup: the installer.
        portable: the zip of the portable folder; ``None`` skips its steps.
        handed_out: the installer with the front that is handed out; ``None`` skips its step.
        cache: what the build has fetched; what is missing is fetched again.
    """

    setup: Path
    portable: Path | None
    handed_out: Path | None
    cache: Path


def main(arguments: Sequence[str]) -> int:
    """Carry out one command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="trial.py", description="在 Wine 里把安装程序装上、用一遍、卸掉")
    parser.add_argument("setup", type=Path)
    parser.add_argument("--zip", dest="portable", type=Path)
    parser.add_argument("--handed-out", type=Path, help="要发放的安装程序，在有 32 位 Wine 的电脑上也装一遍")
    parser.add_argument("--cache", type=Path, default=ROOT / "build" / "cache", help="构建时下载的东西")
    parser.add_argument(
        "--to", type=Path, default=ROOT / "out" / "trial", help="报告和照片放在哪里，原来的会删去"
    )
    asked = parser.parse_args(list(arguments))
    given = Given(
        asked.setup.resolve(),
        asked.portable and asked.portable.resolve(),
        asked.handed_out and asked.handed_out.resolve(),
        asked.cache.resolve(),
    )
    return try_out(given, asked.to.resolve())


def try_out(given: Given, folder: Path) -> int:
    """The whole trial; returns 0 when no step failed.

    Args:
        given: what is tried.
        folder: for report and pictures; what was in it goes.
    """
    from trial_report import Report

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    report, seconds = Report(folder, _say), os.environ.get(SECONDS_VARIABLE)
    until = time.monotonic() + float(seconds) if seconds else None
    with contextlib.ExitStack() as ending:
        made: list[Room] = []

        def prepare() -> str:
            made.append(ending.enter_context(_room(folder)))
            room = made[0]
            room.setup, room.portable, room.handed_out, room.cache = given
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
    from trial_report import tools_or_skipped
    from windows.trial_room import Room
    from windows.wine import Wine

    tools_or_skipped(PACKAGES, "Wine 和试用要的工具")
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


def _take_steps(report: Report, room: Room, until: float | None) -> None:
    """All steps; those that there is no time for before ``until``, by the clock that only goes forward, are skipped."""
    steps, fine = _steps(), True
    for at, step in enumerate(steps):
        left = float("inf") if until is None else until - time.monotonic()
        after = [one.seconds for one in steps[at + 1 :] if not one.gives_way] if step.gives_way else []
        if not fine and step.name in _after_the_installation(steps):
            report.skip(step.name, "前面没有装上")
        elif step.seconds + sum(after) > left and step.name not in ALWAYS:
            report.skip(step.name, "时间不够")
        else:
            passed = _take(report, room, step)
            fine = fine and (passed or step.name != TO_CHINESE)


def _after_the_installation(steps: Sequence[Step]) -> list[str]:
    """The steps that need what was installed: from the one after it to its end."""
    names = [step.name for step in steps]
    after = names[names.index(TO_CHINESE) + 1 :]
    return [*takewhile(lambda name: name != END, after), END]


def _steps() -> tuple[Step, ...]:
    """Everything that is tried, in its order."""
    from windows import trial_portable as portable
    from windows import trial_setup as setup
    from windows import trial_wizard as wizard

    return (
        Step("安装向导，看一遍就取消", wizard.looked_at_and_left, 18, gives_way=True),
        Step("安装向导，一页一页点过", wizard.clicked_through, 20),
        Step("卸载向导", wizard.uninstalled, 8),
        Step(TO_CHINESE, setup.to_chinese, 5),
        *_steps_installed(),
        Step("Windows 7", setup.too_old_windows, 5),
        Step("绿色版", portable.beside_itself, 12),
        Step("绿色版写不进去", portable.not_writable, 2),
        Step("要发放的安装程序，32 位的前端", setup.with_front_32, 20, gives_way=True),
    )


def _steps_installed() -> tuple[Step, ...]:
    """What is done with the installed program, from looking at its files to taking it away."""
    from windows import trial_handing_out as handing_out
    from windows import trial_opening as opening
    from windows import trial_running as running
    from windows import trial_setup as setup
    from windows import trial_wizard as wizard

    return (
        Step("装好的文件：没有多余的，签名和清单齐全", setup.tree_in_order, 1),
        Step("注册表登记的文件类型", setup.associations, 1),
        Step("自检，画在屏幕上", partial(running.self_test, platform="windows"), 16),
        Step("自检，不开窗口", partial(running.self_test, platform="offscreen"), 11, gives_way=True),
        Step("样例窗口", running.window, 10),
        Step("双击一份草稿", running.double_click, 10),
        Step("程序开着时再双击一份", opening.second_start, 14),
        Step("打不开时有话说", opening.said_in_a_window, 4),
        Step("导出 Word 和 PDF，和 Linux 上的比", running.export, 8),
        Step("审核台收件，和 Linux 上的比", running.review, 14, gives_way=True),
        Step("安装程序旁边的公钥，签过名的更新包", handing_out.signed_pack, 5),
        Step("启动时间，和从源代码启动比", running.start, 75, gives_way=True),
        Step("运行以后程序文件夹没变", setup.untouched, 1),
        Step("程序开着时安装", setup.while_open, 9),
        Step("程序开着时用向导安装", wizard.over_with_the_window_open, 27, gives_way=True),
        Step("覆盖安装", setup.over_the_same, 9),
        Step("升级，和换回旧版", setup.over_others, 14),
        Step(END, setup.clean_end, 4),
    )


def _take(report: Report, room: Room, step: Step) -> bool:
    """One step; what is seen when it fails is kept, and a program that it left open is not left to the next."""
    from trial_report import FAILED

    def cleared() -> None:
        room.keep_picture(f"没通过 {step.name}")
        room.wine.end_programs()

    if report.take(step.name, partial(step.taken, room), before_again=cleared):
        return True
    if report.outcomes[-1].state == FAILED:
        cleared()
    return False


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
