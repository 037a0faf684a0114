"""The trial of what `build.py linux` makes: installed, used and taken away again in a fresh Debian of the oldest base.

    python3 packaging/linux/trial.py PACKAGE.deb [--to FOLDER]

Every step is named and has a figure; pictures and ``trial.json`` are left in the folder. A step that cannot be done on this
machine is skipped, and the last lines say which and why; it never counts as passed.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

if __package__ in {None, ""}:  # run as a script: the neighbours are found from packaging/
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from dev import Stop
from ending import Ended, clean_up_on_signals
from linux.chroot import TOOLS, Chroot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from linux.trial_room import Room
    from trial_report import Report

ROOT: Final = Path(__file__).resolve().parents[2]
PACKAGES: Final = {**TOOLS, "Xvfb": "xvfb", "xdotool": "xdotool", "objdump": "binutils"}
"""Program or file → Debian package that has it."""

UNSEEN: Final = (
    "真实的 UOS、麒麟桌面（主题、任务栏、应用商店的签名或开发者模式）",
    "glibc 2.28 本身（这里是 2.31，2.28 只按符号查过）",
    "中文输入法",
    "打印机",
    "高分屏缩放和多显示器",
    "arm64、龙芯",
)


def main(arguments: Sequence[str]) -> int:
    """Carry out one command line; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="trial.py", description="在干净的旧系统里把 .deb 装上、用一遍、卸掉"
    )
    parser.add_argument("package", type=Path)
    parser.add_argument("--to", type=Path, default=ROOT / "out" / "trial-linux")
    asked = parser.parse_args(list(arguments))
    clean_up_on_signals()
    try:
        return run(asked.package.resolve(), asked.to.resolve(), _say)
    except Ended as end:
        return end.code


def run(package: Path, folder: Path, say: Callable[[str], object]) -> int:
    """The whole trial; returns 0 when no step failed.

    Args:
        package: the .deb.
        folder: for report and pictures; what was in it goes.
        say: called with each line.
    """
    from trial_report import Failed, Report

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    report = Report(folder, say)
    with contextlib.ExitStack() as ending:
        made: list[Room] = []

        def prepare() -> str:
            try:
                made.append(ending.enter_context(_room(package, folder)))
            except Stop as trouble:
                raise Failed(str(trouble)) from trouble
            command = ". /etc/os-release; printf '%s，' \"$PRETTY_NAME\"; ldd --version | head -n 1"
            return made[0].chroot.run("sh", "-c", command)

        if report.take("准备干净的旧系统", prepare):
            _take_steps(report, made[0])
    return report.close("这里看不到、没有验证的：" + "；".join(UNSEEN))


@contextlib.contextmanager
def _room(package: Path, folder: Path) -> Iterator[Room]:
    """A system and a screen, made for this trial and gone after it."""
    from linux.runtime import pins
    from linux.trial_room import Room
    from screen import Screen
    from trial_report import Skipped, tools_or_skipped

    if os.geteuid() != 0:
        raise Skipped("要用 root 运行，才能装一个旧系统来试")
    tools_or_skipped(PACKAGES, "试用要的工具")
    work = Path(tempfile.mkdtemp(prefix="pilotdesk-trial-"))
    work.chmod(0o755)
    chroot = Chroot(work / "system")
    with contextlib.ExitStack() as ending:
        ending.callback(work.rmdir)
        ending.callback(chroot.remove)
        chroot.make(pins().base)
        (work / "screen").mkdir()
        ending.callback(shutil.rmtree, work / "screen", ignore_errors=True)
        screen = Screen(work / "screen")
        ending.callback(screen.close)
        ending.enter_context(chroot)
        room = Room(chroot, screen, package, ROOT, ROOT / ".venv" / "bin" / "python", folder)
        room.make_user()
        yield room


def _take_steps(report: Report, room: Room) -> None:
    from linux import trial_steps as steps

    fine = report.take("安装", partial(steps.install, room))
    proofs = {
        "自检，不开窗口，断网": partial(steps.self_test, room, "offscreen"),
        "自检，画在屏幕上": partial(steps.self_test, room, "xcb"),
    }
    for name, step in {**proofs, **{name: partial(step, room) for name, step in steps.STEPS.items()}}.items():
        if fine:
            report.take(name, step)
        else:
            report.skip(name, "前面没有装上")


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
