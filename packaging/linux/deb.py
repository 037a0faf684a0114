"""The package for Debian and the desktops that are made from it (UOS 20, Kylin V10 SP1), ``amd64``.

Everything lies below ``/opt/apps/cn.pilotdesk.app``, where those desktops want a program of somebody else's: ``files`` is the
program itself (as on Windows: launcher, ``runtime``, ``app``), ``entries`` what the desktop shows of it, ``info`` says
what it is. Links from ``/usr/share`` lead into ``entries``. No maintainer scripts: what has to be done when a desktop
entry or a kind of file comes or goes is done by the desktop's own triggers.

Only ``amd64``: for ARM the index has no PySide6 6.8 that runs on a glibc older than 2.39, and for LoongArch none at all.
Not shipped: a plugin for fcitx (it would have to be compiled against the private headers of this very Qt). Where the
desktop names fcitx, ``pilotdesk/surroundings.py`` asks for ibus instead, which fcitx 5 answers to and fcitx 4 does not.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Final

from licences import collect_licences
from linux.elf import dependencies, elves, newest_glibc
from linux.runtime import CURSOR, HERE, pins, runtime
from sbom import write_sbom
from shipped_tree import build_app, program_version, settle
from wheels import LINUX

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

APP: Final = "cn.pilotdesk.app"
OPT: Final = f"opt/apps/{APP}"
QT_LIBRARIES: Final = "app/site-packages/PySide6/Qt/lib"
ICON_SIZES: Final = (16, 24, 32, 48, 64, 128, 256)
SMALL: Final = ("-Zxz", "-z6")  # the newest that the dpkg of the oldest desktops unpacks
FAST: Final = ("-Zgzip", "-z1")
# Fixed, because the blocks of a compressed archive depend on how the work is shared out.
THREADS: Final = "2"


def build(
    root: Path, wheels: Sequence[Path], work: Path, to: Path, *, epoch: int, fast: bool = False
) -> Path:
    """Make the package.

    Args:
        root: the source tree.
        wheels: what ``wheels.fetch_wheels(LINUX, …)`` returned.
        work: for the interpreter, which is kept there, and for the tree, which is made anew.
        to: folder of the package.
        epoch: the time that every file gets, in seconds since 1970.
        fast: pack quickly instead of small.

    Returns:
        ``cn.pilotdesk.app_<version>_amd64.deb``.

    Raises:
        ElfError: something asks for a newer glibc or another library than the oldest desktops have.
        ChrootError, MirrorError: the interpreter could not be built.
    """
    package = work / "package"
    shutil.rmtree(package, ignore_errors=True)
    files = package / OPT / "files"
    shutil.copytree(runtime(work), files / "runtime")
    build_app(root, wheels, files / "app", LINUX)
    (files / "runtime" / "qt" / CURSOR).rename(files / QT_LIBRARIES / CURSOR)
    (files / "runtime" / "qt").rmdir()
    version = program_version(root)
    _lay_launcher(files, version)
    _lay_entries(root, package, version)
    collect_licences(files)
    write_sbom(files, epoch=epoch, wheels=wheels[0].parent)
    _lay_control(package, version)
    settle(package, epoch)
    to.mkdir(parents=True, exist_ok=True)
    made = to / f"{APP}_{version}_amd64.deb"
    _pack(package, made, epoch, FAST if fast else SMALL)
    return made


def _lay_launcher(files: Path, version: str) -> None:
    launcher = files / "pilotdesk"
    shutil.copyfile(HERE / "launcher.sh", launcher)
    launcher.chmod(0o755)
    (files / "keys").mkdir()
    text = (HERE / "read_me.txt").read_text("utf-8")
    (files / "说明.txt").write_text(text.replace("{version}", version), "utf-8")


def _lay_entries(root: Path, package: Path, version: str) -> None:
    """What the desktop shows, and the links to it."""
    laid = {
        f"applications/{APP}.desktop": HERE / f"{APP}.desktop",
        f"mime/packages/{APP}.xml": HERE / f"{APP}.xml",
    }
    pictures = root / "resources" / "icons" / "app"
    for size in ICON_SIZES:
        laid[f"icons/hicolor/{size}x{size}/apps/{APP}.png"] = pictures / f"pilotdesk-{size}.png"
    laid[f"icons/hicolor/scalable/apps/{APP}.svg"] = pictures / "pilotdesk.svg"
    for place, source in laid.items():
        target = package / OPT / "entries" / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
        _link(package, f"usr/share/{place}", f"{OPT}/entries/{place}")
    _link(package, "usr/bin/pilotdesk", f"{OPT}/files/pilotdesk")
    text = (HERE / "info.json").read_text("utf-8").replace("{version}", version)
    (package / OPT / "info").write_text(text, "utf-8")
    papers = package / "usr" / "share" / "doc" / APP
    papers.mkdir(parents=True)
    note = f"What is shipped besides, and under which licences: /{OPT}/files/licences\n"
    (papers / "copyright").write_text(f"{(root / 'LICENSE').read_text('utf-8')}\n{note}", "utf-8")


def _link(package: Path, place: str, target: str) -> None:
    """A link between two places of the system, written as Debian wants it: absolute between top folders."""
    link = package / place
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(f"/{target}")


def _lay_control(package: Path, version: str) -> None:
    """The package's own description, with what its libraries ask of the system."""
    pinned, found = pins(), elves(package)
    newest_glibc(found, pinned.glibc)
    text = (HERE / "control.in").read_text("utf-8")
    size = sum(-(-path.lstat().st_size // 1024) for path in package.rglob("*") if not path.is_dir())
    control = package / "DEBIAN"
    control.mkdir()
    depends = ", ".join(dependencies(found, pinned.glibc))
    (control / "control").write_text(text.format(version=version, size=size, depends=depends), "utf-8")
    (control / "md5sums").write_text(_md5sums(package), "utf-8")


def _md5sums(package: Path) -> str:
    """What ``dpkg --verify`` compares with; the sum that it knows."""
    lines = []
    for path in sorted(package.rglob("*")):
        if path.is_file() and not path.is_symlink() and "DEBIAN" not in path.relative_to(package).parts:
            digest = hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()
            lines.append(f"{digest}  {path.relative_to(package).as_posix()}\n")
    return "".join(lines)


def _pack(package: Path, made: Path, epoch: int, compression: Sequence[str]) -> None:
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", *compression, "--build", package, made],
        env={**os.environ, "SOURCE_DATE_EPOCH": str(epoch), "DPKG_DEB_THREADS_MAX": THREADS},
        stdout=subprocess.DEVNULL,
        check=True,
    )
