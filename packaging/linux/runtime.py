"""The interpreter of the Linux package: CPython and SQLite from pinned sources, built in an old Debian.

Built and not taken from somewhere because there is no CPython 3.11 among the packages of the old desktops, and none in
a package registry that would run on their glibc. A finished one is kept in ``build/linux/`` under the hash of
everything that goes into it (the pins, the scripts and the names of the tools), so that only the first build takes the time.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tarfile
import tomllib
from pathlib import Path
from typing import Final, NamedTuple

from linux.chroot import Chroot
from linux.mirror import Pin, fetched

HERE: Final = Path(__file__).resolve().parent
PINS: Final = HERE / "pins.toml"
SCRIPTS: Final = ("python_build.sh", "lay_out_python.py", "glibc_2_28.h", "runtime.py")
TOOLS: Final = (
    "gcc",
    "make",
    "libc6-dev",
    "libffi-dev",
    "zlib1g-dev",
    "tcl8.6",
    "xz-utils",
    "libxcb-cursor0",
)
PREFIX: Final = "/opt/apps/cn.pilotdesk.app/files/runtime"
LIBRARIES: Final = "usr/lib/x86_64-linux-gnu"

# Shipped with Qt because it is the one library that Qt 6 wants and the desktops' own Qt 5 does not, so that a
# computer without network may lack it.
CURSOR: Final = "libxcb-cursor.so.0"


class Pins(NamedTuple):
    """What ``pins.toml`` says.

    Attributes:
        base: code name of the oldest Debian that is supported; the interpreter is built and the package tried there.
        glibc: newest version of symbols that anything shipped may ask for.
        epoch: the time, in seconds, that the interpreter takes for now while it is built.
        python, sqlite: the sources.
    """

    base: str
    glibc: str
    epoch: int
    python: Pin
    sqlite: Pin


def pins(path: Path = PINS) -> Pins:
    """Read them; ``PILOTDESK_LINUX_BASE`` names another Debian to build in."""
    table = tomllib.loads(path.read_text("utf-8"))
    sources = {name: Pin(table[name]["path"], table[name]["sha256"]) for name in ("python", "sqlite")}
    base = os.environ.get("PILOTDESK_LINUX_BASE", table["base"])
    return Pins(base, table["glibc"], table["epoch"], **sources)


def key_of(pinned: Pins) -> str:
    """What a finished runtime is kept under: changes with everything that goes into it."""
    digest = hashlib.sha256(repr((*pinned, TOOLS, PREFIX)).encode())
    for name in SCRIPTS:
        digest.update((HERE / name).read_bytes())
    return digest.hexdigest()[:16]


def runtime(work: Path, *, anew: bool = False) -> Path:
    """A folder with ``bin/python3.11``, ``lib/`` and the licences, as it goes into the package.

    Args:
        work: where it is built and kept; some 600 MB while it is built, 40 MB afterwards.
        anew: build it even if it was kept.

    Raises:
        ChrootError: a step of the build failed.
        MirrorError: a source is not what was pinned.
    """
    pinned = pins()
    ready = work / f"runtime-{key_of(pinned)}"
    if ready.is_dir() and not anew:
        return ready
    made = work / "runtime.part"
    shutil.rmtree(made, ignore_errors=True)
    chroot = Chroot(work / "build-root")
    try:
        _build(chroot, pinned, work / "sources")
        shutil.copytree(chroot.folder / "build/runtime", made)
        _take_from_debian(chroot, made)
    finally:
        chroot.remove()
    shutil.rmtree(ready, ignore_errors=True)
    return made.replace(ready)


def _build(chroot: Chroot, pinned: Pins, sources: Path) -> None:
    archives = {
        name: fetched(pin, sources) for name, pin in (("python", pinned.python), ("sqlite", pinned.sqlite))
    }
    chroot.make(pinned.base, TOOLS)
    # Without it the linker takes the static one, and the desktops have three different versions of the other.
    (chroot.folder / LIBRARIES / "libffi.so").unlink()
    place = chroot.folder / "build"
    place.mkdir()
    for name, archive in archives.items():
        _unpack(archive, place / name)
    for name in ("python_build.sh", "lay_out_python.py", "glibc_2_28.h"):
        shutil.copyfile(HERE / name, place / name)
    variables = {"PREFIX": PREFIX, "SOURCE_DATE_EPOCH": str(pinned.epoch), "PYTHONHASHSEED": "0"}
    with chroot:
        chroot.run("sh", "/build/python_build.sh", variables=variables)


def _unpack(archive: Path, target: Path) -> None:
    """Unpack a source archive without its one top folder."""
    target.mkdir()
    with tarfile.open(archive) as packed:
        # By this attribute and no argument: Debian 12's own Python, 3.11.2, knows neither (what is unpacked is pinned by hash).
        packed.extraction_filter = getattr(tarfile, "data_filter", None)
        for member in packed:
            member.name = member.name.partition("/")[2]
            if member.name:
                packed.extract(member, target)


def _take_from_debian(chroot: Chroot, target: Path) -> None:
    """The small things of Debian that are shipped, with their licences and versions."""
    library = (chroot.folder / LIBRARIES / CURSOR).resolve()
    (target / "qt").mkdir()
    shutil.copyfile(library, target / "qt" / CURSOR)
    subprocess.run(["strip", "--strip-unneeded", target / "qt" / CURSOR], check=True)
    for package, name in (("libffi-dev", "libffi"), ("libxcb-cursor0", "libxcb-cursor")):
        version = chroot.run("dpkg-query", "--show", "--showformat", "${Version}", package)
        papers = (chroot.folder / "usr/share/doc" / package / "copyright").read_text("utf-8")
        told = f"From Debian's package {package} {version}.\n\n{papers}"
        (target / f"LICENSE-{name}.txt").write_text(told, "utf-8")
