"""The Linux package as a part of build.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dev import say
from linux import deb, trial
from wheels import LINUX, fetch_wheels

if TYPE_CHECKING:
    from building import Building


def build_linux(building: Building) -> None:
    """Build the .deb.

    Raises:
        Stop: a step is not content.
    """
    with building.step("Linux：取依赖"):
        wheels = fetch_wheels(LINUX, building.cache)
    with building.step("Linux：.deb"):
        made = deb.build(
            building.root, wheels, building.root / "build" / "linux", building.to, epoch=building.epoch
        )
        building.made.append(made)


def try_linux(building: Building) -> int:
    """Install, use and remove it in a clean system.

    Returns:
        Exit code of the trial.
    """
    with building.step("Linux：在干净的系统里试装"):
        return trial.run(building.made[-1], building.root / "out" / "trial-linux", say)
