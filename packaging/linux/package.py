"""The Linux package as a part of build.py."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from building import weights
from dev import Stop, say
from linux import deb, trial
from linux.chroot import TOOLS
from linux.runtime import runtime
from tools import have_tools
from wheels import LINUX, fetch_wheels

if TYPE_CHECKING:
    from building import Building

NEEDED: Final = {**TOOLS, "objdump": "binutils", "dpkg-deb": "dpkg", "git": "git"}
"""Program or file → Debian package that has it."""


def build_linux(building: Building) -> None:
    """Build the .deb.

    Raises:
        Stop: a step is not content.
    """
    _need_tools()
    with building.step("Linux：取依赖"):
        wheels = fetch_wheels(LINUX, building.cache)
    work = building.root / "build" / "linux"
    with building.step("Linux：Python（从源代码）"):
        runtime(work)
    with building.step("Linux：.deb"):
        made = deb.build(building.root, wheels, work, building.to, epoch=building.epoch, fast=building.fast)
        building.made.append(made)
    building.tables += weights(work / "package" / deb.OPT / "files", f"{made.name} 装好以后")


def _need_tools() -> None:
    """Have what the build needs, installed when that can be done from here.

    Raises:
        Stop: it cannot be, or nobody but root can make an old system to build in.
    """
    if os.geteuid() != 0:
        raise Stop("构建 Linux 安装包要先做一个旧版 Debian 的环境，请用 root 运行（sudo）。")
    have_tools(NEEDED, "构建 Linux 安装包需要的工具")


def try_linux(building: Building) -> int:
    """Install, use and remove it in a clean system.

    Returns:
        Exit code of the trial.
    """
    with building.step("Linux：在干净的系统里试装"):
        return trial.run(building.made[-1], building.root / "out" / "trial-linux", say)
