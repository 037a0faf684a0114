"""What of the source tree and of the wheels goes into an installed program, and in which form.

Modules become `X.pyc` in the place of `X.py`: half as many files for a virus scanner to open, no way from the
machine of the builder in a traceback, and nothing to be written at run time. They are not checked against a source
(there is none beside them: a changed one would be ignored without a word). Qt for Python is the exception. It
is under the LGPL and may be replaced, so its few modules stay readable, with compiled ones that give way to a changed
source.
"""

from __future__ import annotations

import fnmatch
import os
import re
import stat
import subprocess
import sys
import zipfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from dev import Stop

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from wheels import Target

COMPILER = Path(__file__).with_name("compile_modules.py")
READABLE = frozenset({"PySide6", "shiboken6"})
"""Packages of `site-packages` whose sources are shipped."""

SOURCE_ENDINGS = (".h", ".hpp", ".c", ".cpp", ".pxd", ".pxi", ".pyx", ".pyi", ".sfd", ".md", ".in")
UNUSED = (
    "*/__pycache__/*",
    "*/tests/*",
    "*/test/*",
    "*/testing/*",
    "*/py.typed",
    "PIL/*_imagingtk*",  # pictures in Tk
    "PIL/*ImageTk*",
    "PIL/*_avif*",  # no such picture is taken in
    "lxml/doctestcompare.py",
    "lxml/usedoctest.py",
    "lxml/html/*",  # of lxml the program uses etree
    "lxml/includes/*",
    "lxml/isoschematron/*",
    "lxml/objectify*",
    "pypdfium2_cli/*",
    "reportlab/fonts/*",  # specimens; the program embeds fonts of its own
    "reportlab/graphics/barcode/README",
    "reportlab/graphics/barcode/TODO",
)
LICENCE_FILE = re.compile(r"(?i)(licen[cs]e|copying|notice|authors)[^/]*|(licen[cs]es|sboms)/.+")

QT_MODULES = ("Core", "Gui", "Widgets", "Svg")  # what pilotdesk/ui imports
QT_PYTHON = (
    "PySide6/__init__.py",
    "PySide6/_config.py",
    "PySide6/_git_pyside_version.py",
    "PySide6/support/__init__.py",
    "PySide6/support/deprecated.py",
    "shiboken6/__init__.py",
    "shiboken6/_config.py",
    "shiboken6/_git_shiboken_module_version.py",
)
QT_FILES = {
    "win": (
        *(f"PySide6/Qt6{name}.dll" for name in QT_MODULES),
        *(f"PySide6/Qt{name}.pyd" for name in QT_MODULES),
        "PySide6/pyside6.abi3.dll",
        "PySide6/msvcp140.dll",
        "PySide6/msvcp140_[12].dll",
        "PySide6/vcruntime140*.dll",
        "shiboken6/Shiboken.pyd",
        "shiboken6/shiboken6.abi3.dll",
        "shiboken6/msvcp140.dll",
        "shiboken6/vcruntime140*.dll",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/plugins/platforms/qoffscreen.dll",  # `shot`, and the self-test where nobody is logged in
        "PySide6/plugins/styles/*.dll",
        "PySide6/plugins/imageformats/qico.dll",
        "PySide6/plugins/imageformats/qjpeg.dll",
        "PySide6/plugins/imageformats/qsvg.dll",  # these two: the icon of the window, which is an SVG
        "PySide6/plugins/iconengines/qsvgicon.dll",
        "PySide6/translations/qtbase_zh_CN.qm",
    ),
    "linux": (
        *(f"PySide6/Qt/lib/libQt6{name}.so*" for name in (*QT_MODULES, "DBus", "XcbQpa", "OpenGL")),
        *(f"PySide6/Qt{name}.abi3.so" for name in QT_MODULES),
        "PySide6/libpyside6.abi3.so*",
        "PySide6/Qt/lib/libicu*",
        "shiboken6/Shiboken*.so",
        "shiboken6/libshiboken6.abi3.so*",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6/Qt/plugins/imageformats/libqico.so",
        "PySide6/Qt/plugins/imageformats/libqjpeg.so",
        "PySide6/Qt/plugins/imageformats/libqsvg.so",
        "PySide6/Qt/plugins/iconengines/libqsvgicon.so",
        # Without these two no Chinese can be typed. The third one is a keyboard on the screen, in QML.
        "PySide6/Qt/plugins/platforminputcontexts/libibus*",
        "PySide6/Qt/plugins/platforminputcontexts/libcompose*",
        "PySide6/Qt/plugins/xcbglintegrations/*",
        "PySide6/Qt/plugins/platformthemes/libqxdgdesktopportal.so",
        "PySide6/Qt/translations/qtbase_zh_CN.qm",
    ),
}

VERSION_LINE = re.compile(r'(?m)^__version__ = "([^"]+)"$')
PROGRAM_FOLDERS = ("pilotdesk", "forms", "resources")
NOT_FOR_USERS = (
    "resources/pictures/*",  # of the README
    "resources/icons/app/pilotdesk-small.svg",  # only what the small pictures were drawn from
)


def is_shipped(path: str, target: str) -> bool:
    """Whether a file of a wheel is part of the program.

    Args:
        path: below site-packages, with `/`.
        target: `win` or `linux`.
    """
    top, _, rest = path.partition("/")
    if top.endswith(".dist-info"):
        return rest in {"METADATA", "RECORD"} or LICENCE_FILE.fullmatch(rest) is not None
    if top.endswith(".data"):
        return False
    if top in READABLE:
        return _matches(path, (*QT_PYTHON, *QT_FILES[target]))
    return not path.endswith(SOURCE_ENDINGS) and not _matches(path, UNUSED)


def _matches(path: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch.fnmatchcase(path, pattern) for pattern in patterns)


def build_app(root: Path, wheels: Sequence[Path], app: Path, target: Target) -> None:
    """Fill the folder `app` of an installed tree.

    Args:
        root: the source tree.
        wheels: what `wheels.fetch_wheels` returned.
        app: made here; must not exist.
        target: the system it is for.

    Raises:
        Stop: a wheel names a place outside, or a module cannot be compiled for 3.11.
    """
    app.mkdir(parents=True)
    copy_program(root, app)
    site = app / "site-packages"
    for wheel in wheels:
        unpack(wheel, site, target.name)
    compile_folder(app / "pilotdesk", "pilotdesk/")
    compile_folder(site, readable=READABLE)


def copy_program(root: Path, app: Path) -> None:
    """Copy what users need of `pilotdesk/`, `forms/` and `resources/`; tracked files only."""
    for name in tracked_files(root):
        if name.endswith(".pyi") or _matches(name, NOT_FOR_USERS) or name.endswith("/py.typed"):
            continue
        to = app / name
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes((root / name).read_bytes())


def tracked_files(root: Path) -> tuple[str, ...]:
    """Files of the program's folders that belong to the source, below `root` with `/`, sorted.

    In a source package without git that is every file but caches.
    """
    listed = _git(root, "ls-files", "-z", "--", *PROGRAM_FOLDERS)
    if listed is not None:
        return tuple(sorted(name for name in listed.split("\0") if name and (root / name).is_file()))
    found = (path for folder in PROGRAM_FOLDERS for path in (root / folder).rglob("*") if path.is_file())
    names = (path.relative_to(root).as_posix() for path in found)
    return tuple(sorted(name for name in names if "__pycache__" not in name))


def unpack(wheel: Path, site: Path, target: str) -> None:
    """Unpack what is shipped of a wheel, its RECORD shortened to that."""
    with zipfile.ZipFile(wheel) as archive:
        kept = {}
        for name in archive.namelist():
            place = re.sub(r"^[^/]+\.data/(purelib|platlib)/", "", name)
            if not name.endswith("/") and is_shipped(place, target):
                _check_place(place, wheel)
                kept[place] = archive.read(name)
    for place, content in sorted(kept.items()):
        if place.endswith(".dist-info/RECORD"):
            lines = content.decode("utf-8").splitlines(keepends=True)
            content = "".join(line for line in lines if _recorded(line) in kept).encode()
        to = site / place
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(content)


def _recorded(line: str) -> str:
    path = line.rsplit(",", 2)[0].strip('"')
    return re.sub(r"^[^/]+\.data/(purelib|platlib)/", "", path)


def _check_place(place: str, wheel: Path) -> None:
    parts = PurePosixPath(place).parts
    if place.startswith("/") or ".." in parts or "\\" in place or ":" in place:
        raise Stop(f"{wheel.name} 里有不该有的路径：{place}")


def compile_folder(folder: Path, shown: str = "", readable: Iterable[str] = ()) -> None:
    """Compile every module below a folder, always to the same bytes.

    Args:
        folder: looked through.
        shown: goes before the path of a module in tracebacks, for example `pilotdesk/`.
        readable: folders right below whose sources are kept.

    Raises:
        Stop: this Python makes other .pyc files than the shipped one reads, or a module does not compile.
    """
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(COMPILER), str(folder), shown, *sorted(readable)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode == 3:
        raise Stop("打包要用 Python 3.11（程序带的就是 3.11），请装好后用它再运行一次。")
    if done.returncode:
        raise Stop(f"{folder.name} 里有编译不了的模块：\n{done.stderr[-600:]}")


def settle(tree: Path, epoch: int) -> None:
    """Give every file and folder the same modes and the same time on every machine; the last step on a tree.

    Args:
        tree: the installed tree.
        epoch: seconds since 1970, UTC.
    """
    for path in (*_below(tree), tree):
        if path.is_symlink():
            os.utime(path, (epoch, epoch), follow_symlinks=False)
            continue
        runs = path.is_dir() or bool(path.stat().st_mode & stat.S_IXUSR)
        path.chmod(0o755 if runs else 0o644)
        os.utime(path, (epoch, epoch))


def _below(tree: Path) -> Iterator[Path]:
    yield from sorted(tree.rglob("*"))


def program_version(root: Path) -> str:
    """The version of PilotDesk as its source says it: a built tree holds compiled modules.

    Raises:
        Stop: none is written down.
    """
    found = VERSION_LINE.search((root / "pilotdesk" / "__init__.py").read_text("utf-8"))
    if found is None:
        raise Stop("pilotdesk/__init__.py 里没有版本号，请先补上。")
    return found[1]


def commit_time(root: Path) -> int:
    """`SOURCE_DATE_EPOCH`, or the time of the commit that is built, in seconds since 1970.

    Raises:
        Stop: neither is known.
    """
    named = os.environ.get("SOURCE_DATE_EPOCH", "")
    if named.isdigit():
        return int(named)
    told = _git(root, "log", "-1", "--format=%ct")
    if told is None or not told.strip().isdigit():
        raise Stop("这里不是 git 仓库，请先设置 SOURCE_DATE_EPOCH（从 1970 年起的秒数）再运行一次。")
    return int(told)


def uncommitted(root: Path) -> bool:
    """Whether the program's folders differ from the commit, so that nobody else could build the same."""
    return bool((_git(root, "status", "--porcelain", "--", *PROGRAM_FOLDERS, "packaging") or "").strip())


def _git(root: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(
            [
                "git",
                "-c",
                f"safe.directory={root}",
                "-C",
                str(root),
                "-c",
                "core.quotePath=false",
                *arguments,
            ],
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
