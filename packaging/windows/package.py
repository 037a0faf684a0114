"""The Windows packages: the installed tree, and of it the installer and the portable zip."""

from __future__ import annotations

import shutil
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from building import weights
from components import SBOM_NAME
from dev import Environment
from licences import collect_licences
from runtime_windows import fetch_runtime
from sbom import write_sbom
from shipped_tree import build_app, settle
from wheels import WINDOWS, fetch_wheels
from windows import words
from windows.imports import check_imports
from windows.installer import Setup, build_setup, write_file_list
from windows.launchers import build_launchers
from windows.portable import build_portable

if TYPE_CHECKING:
    from pathlib import Path

    from building import Building

TRIAL_STUB: Final = "amd64-unicode"
"""Wine on a 64-bit Debian runs no 32-bit program: the trial gets the same installer with NSIS's 64-bit front."""


def build_windows(building: Building) -> None:
    """Build everything for Windows.

    Raises:
        Stop: a step is not content.
    """
    work = building.work("windows")
    tree = work / "setup"
    with building.step("Windows：取 Python，核对签名"):
        fetch_runtime(building.cache, tree / "runtime")
    with building.step("Windows：取依赖"):
        wheels = fetch_wheels(WINDOWS, building.cache)
    with building.step("Windows：装成程序文件夹"):
        build_app(building.root, wheels, tree / "app", WINDOWS)
        build_launchers(building.root, building.version, tree)
        _write_text(tree / "说明.txt", words.READ_ME.format(version=building.version))
        check_imports(tree)
    with building.step("Windows：许可和清单"):
        collect_licences(tree)
        portable = work / "portable"
        shutil.copytree(tree, portable)
        _write_text(portable / words.PORTABLE_MARKER, words.PORTABLE_NOTE)
        write_file_list(tree, (SBOM_NAME,))
        for one in (tree, portable):
            write_sbom(one, epoch=building.epoch, wheels=building.cache / f"wheels-{WINDOWS.name}")
            settle(one, building.epoch)
        listed = building.place(f"{words.NAME}-{building.version}-windows.cdx.json")
        shutil.copy(tree / SBOM_NAME, listed)
    to = building.place(f"{words.NAME}-{building.version}-setup.exe")
    building.beside("Windows：安装程序", partial(build_setup, _setup(building, tree), to))
    with building.step("Windows：绿色版"):
        name = f"{words.NAME}-{building.version}"
        place = building.place(f"{name}-绿色版.zip")
        build_portable(portable, name, building.epoch, place, fast=building.fast)
    building.tables += weights(tree, "Windows：装好以后")


def _setup(building: Building, tree: Path) -> Setup:
    icons = building.root / "resources" / "icons" / "app"
    return Setup(tree, building.version, icons, fast=building.fast)


def _write_text(path: Path, text: str) -> None:
    """As the Notepad of the oldest Windows reads it: marked UTF-8, its own line ends."""
    path.write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))


def trial_setup(building: Building) -> Path:
    """The installer for the trial: same tree, same script, packed quickly, a 64-bit front."""
    tree = building.root / "build" / "windows" / "setup"
    to = tree.parent / f"{words.NAME}-{building.version}-setup-amd64.exe"
    build_setup(replace(_setup(building, tree), fast=True, stub=TRIAL_STUB), to)
    return to


def try_windows(building: Building) -> int:
    """Install, use and remove it in Wine.

    Returns:
        Exit code of the trial.
    """
    with building.step("Windows：在 Wine 里试装"):
        setup = trial_setup(building)
        building.wait()  # the trial measures, and installs what is handed out as well where it can
        return Environment(building.root).call(
            *("packaging/windows/trial.py", str(setup)),
            *("--handed-out", str(building.to / f"{words.NAME}-{building.version}-setup.exe")),
            *("--zip", str(building.to / f"{words.NAME}-{building.version}-绿色版.zip")),
            *("--cache", str(building.cache), "--to", str(building.root / "out" / "trial-windows")),
        )
