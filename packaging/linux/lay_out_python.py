"""Lays out the runtime from a built source tree of CPython; run inside the chroot, by the Python that was just built.

``python -E lay_out_python.py BUILT TARGET PREFIX``: the interpreter, its modules stripped, the standard library
as .pyc files in their places (as in Python's own embeddable package for Windows) and without what no program needs.
"""

from __future__ import annotations

import importlib
import py_compile
import shutil
import subprocess
import sys
from pathlib import Path

LEFT_OUT = frozenset({
    # developers' things
    "test", "tests", "idlelib", "tkinter", "turtledemo", "turtle", "lib2to3", "ensurepip", "distutils", "venv", "msilib",
    "unittest", "doctest", "pydoc_data", "config", "__phello__", "this", "antigravity",
    # their modules in C are not there
    "ssl", "curses", "dbm", "nis", "crypt", "audioop", "wave", "aifc", "sunau", "sndhdr",
})  # fmt: skip
PATHS = "../../../../app\n../../../../app/site-packages\n"
"""Relative to ``lib/python3.11/site-packages``; read by the module ``site``, also with ``-I``."""


NEEDED = (
    "_sqlite3",
    "_ctypes",
    "zlib",
    "_decimal",
    "pyexpat",
    "multiprocessing.synchronize",
    "_posixshmem",
    "_sha256",
    "zoneinfo",
)
"""The program does not run without these, and a module that could not be built is only named in the output of ``make``."""


def kept(path: Path) -> bool:
    """Whether this file of ``Lib/`` is shipped; the path is relative to it."""
    return path.suffix == ".py" and LEFT_OUT.isdisjoint(path.with_suffix("").parts)


def lay_out(built: Path, target: Path, prefix: str) -> None:
    """Make ``target`` from the tree where ``make`` ran; ``prefix`` is where it will stand, for tracebacks."""
    library = target / "lib" / "python3.11"
    dynload = library / "lib-dynload"
    (target / "bin").mkdir(parents=True)
    dynload.mkdir(parents=True)
    shutil.copyfile(built / "python", target / "bin" / "python3.11")
    (modules,) = (built / "build").glob("lib.linux-*")
    for module in sorted(modules.glob("*.so")):
        shutil.copyfile(module, dynload / module.name)
    for binary in [target / "bin" / "python3.11", *sorted(dynload.iterdir())]:
        binary.chmod(0o755)
        subprocess.run(["strip", "--strip-unneeded", "--enable-deterministic-archives", binary], check=True)
    settings = modules / "_sysconfigdata__linux_x86_64-linux-gnu.py"  # asked for by zoneinfo
    sources = {path.relative_to(built / "Lib"): path for path in (built / "Lib").rglob("*.py")}
    for name, source in sorted({**sources, Path(settings.name): settings}.items()):
        if kept(name):
            compiled = library / name.with_suffix(".pyc")
            compiled.parent.mkdir(parents=True, exist_ok=True)
            py_compile.compile(
                str(source),
                cfile=str(compiled),
                dfile=f"{prefix}/lib/python3.11/{name}",
                doraise=True,
                invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
            )
    (library / "site-packages").mkdir()
    (library / "site-packages" / "pilotdesk.pth").write_text(PATHS, "utf-8")
    shutil.copyfile(built / "LICENSE", target / "LICENSE.txt")


if __name__ == "__main__":
    for module in NEEDED:
        importlib.import_module(module)
    lay_out(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
