"""Makes `PilotDesk-<version>-setup.exe` of an installed tree, with makensis.

The list of files is written out in the order of their names, so that the order of the directory on the builder's disk
does not matter: the same tree gives the same bytes.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dev import Stop
from windows import words

if TYPE_CHECKING:
    from collections.abc import Iterable

SCRIPT: Final = Path(__file__).with_name("setup.nsi")
FRONT_WORDS: Final = Path(__file__).with_name("front_words.py")
SIDE: Final = "side.bmp"
SIDE_SIZE: Final = (328, 628)
"""Twice what the wizard shows on an ordinary screen, so that it is sharp on a fine one."""
SIDE_GROUND: Final = "#E9F0F7"
FILE_LIST: Final = "files.txt"
UNINSTALLER: Final = "uninstall.exe"
LONGEST_PATH: Final = 259
"""Characters that a path may have where long ones were not switched on, which is what Windows comes with."""
WHILE_UNPACKED: Final = "\\.setup-new\\"
STUB: Final = "x86-unicode"
"""The installer itself is a 32-bit program: only so can it say on a 32-bit Windows that, and what to do there."""


@dataclass(frozen=True)
class Setup:
    """What an installer is made of.

    Attributes:
        tree: the settled tree, with its `files.txt`.
        version: `1.2.3`.
        icons: folder with the program's icon, as .ico and .png.
        fast: pack with zlib instead of LZMA.
        stub: NSIS's own program that unpacks, `x86-unicode` or `amd64-unicode`.
    """

    tree: Path
    version: str
    icons: Path
    fast: bool = False
    stub: str = STUB


def write_file_list(tree: Path, more: Iterable[str] = ()) -> None:
    """Write `files.txt`, by which an upgrade and the uninstaller know what is ours.

    UTF-16 with a mark, as NSIS reads it: files first, in the order of their names, then folders with a backslash at the end,
    the inner before the outer. The list itself and the uninstaller are not in it.

    Args:
        tree: the installed tree.
        more: files that are still to come, with `/`.
    """
    paths = [path.relative_to(tree) for path in tree.rglob("*")]
    files = {path.as_posix() for path in paths if (tree / path).is_file()} | set(more)
    folders = {path.as_posix() for path in paths if (tree / path).is_dir()}
    lines = [*sorted(files - {FILE_LIST}), *(f"{folder}/" for folder in sorted(folders, reverse=True))]
    text = "".join(f"{line.replace('/', chr(92))}\r\n" for line in lines)
    (tree / FILE_LIST).write_bytes(text.encode("utf-16"))


def build_setup(setup: Setup, to: Path) -> None:
    """Write the installer.

    Raises:
        Stop: makensis is not content.
    """
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "build.nsh").write_text(definitions(setup, to), "utf-8")
        (work / "files.nsh").write_text(file_commands(setup.tree), "utf-8")
        (work / "parts.nsh").write_text(part_commands(setup.tree), "utf-8")
        draw_side(setup.icons / "pilotdesk-256.png", work / SIDE)
        when = setup.tree.stat().st_mtime  # makensis stores the time of every file, also of this one
        os.utime(work / SIDE, (when, when))
        done = subprocess.run(
            ["makensis", "-V2", "-WX", "-NOCD", "-INPUTCHARSET", "UTF8", str(SCRIPT)],
            cwd=work,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    if done.returncode:
        raise Stop(f"安装程序没有做成（makensis）：\n{done.stdout[-1500:]}")


def draw_side(icon: Path, to: Path) -> None:
    """The picture at the left of the first and the last page: the program's icon on a quiet ground."""
    from PIL import Image

    picture = Image.new("RGB", SIDE_SIZE, SIDE_GROUND)
    with Image.open(icon) as opened:
        mark = opened.convert("RGBA").resize((184, 184), Image.Resampling.LANCZOS)
    picture.paste(mark, ((SIDE_SIZE[0] - mark.width) // 2, 96), mark)
    picture.save(to, "BMP")


def definitions(setup: Setup, to: Path) -> str:
    """What setup.nsi is told: names, version, words."""
    major, minor, patch = version_numbers(setup.version)
    size = sum(path.stat().st_size for path in setup.tree.rglob("*") if path.is_file())
    values = {
        "ARCH": setup.stub,
        "FAST": str(int(setup.fast)),
        "NAME": words.NAME,
        "TITLE": words.TITLE,
        "VERSION": setup.version,
        "VERSION_HIGH": str(major << 16 | minor),
        "VERSION_LOW": str(patch << 16),
        "OLDEST_BUILD": str(words.OLDEST_BUILD),
        "TOO_OLD": words.TOO_OLD,
        "SEMICOLON": words.SEMICOLON,
        "PORTABLE_MARKER": words.PORTABLE_MARKER,
        "DATABASE": words.DATABASE,
        "KILOBYTES": str(-(-size // 1024)),
        "LONGEST_PLACE": str(longest_place(setup.tree)),
        "PYTHON": sys.executable,
        "FRONT_WORDS": str(FRONT_WORDS),
        "ICON": str(setup.icons / "pilotdesk.ico"),
        "SIDE": SIDE,
        "OUT": str(to),
    }
    return "".join(f'!define {name} "{quoted(value)}"\n' for name, value in values.items())


def longest_place(tree: Path) -> int:
    """How many characters the program folder's path may have, so that every file in it can be written while it is unpacked."""
    longest = max((len(str(path.relative_to(tree))) for path in tree.rglob("*")), default=0)
    return LONGEST_PATH - len(WHILE_UNPACKED) - longest


def version_numbers(version: str) -> tuple[int, int, int]:
    """`1.2.3` as numbers, each as large as a version resource can hold.

    Raises:
        Stop: it is not written so.
    """
    found = re.fullmatch(r"(\d+)\.(\d+)\.(\d+)", version)
    if not found or any(int(part) > 32767 for part in found.groups()):
        raise Stop(f"版本号 {version} 不是“数.数.数”，Windows 的安装程序比较不了新旧。")
    return int(found[1]), int(found[2]), int(found[3])


def file_commands(tree: Path) -> str:
    """The commands that unpack the tree into `.setup-new`, in the order of the names."""
    lines = []
    folders = sorted({path.parent for path in tree.rglob("*") if path.is_file()})
    for folder in folders:
        place = folder.relative_to(tree).as_posix().replace("/", "\\")
        lines.append(f'SetOutPath "${{NEW}}{"" if place == "." else chr(92) + quoted(place)}"')
        lines += [f'File "{quoted(str(path))}"' for path in sorted(folder.iterdir()) if path.is_file()]
    return "".join(f"{line}\n" for line in lines)


def part_commands(tree: Path) -> str:
    """A macro that does something with everything at the top of the tree.

    A name that a later version does not have any more must stay in the macro, else the old one would stay where it is.
    """
    names = sorted({path.name for path in tree.iterdir()} | {UNINSTALLER})
    lines = [f'  !insertmacro ${{DO}} "{quoted(name)}"\n' for name in names]
    return "".join(("!macro ForEachPart DO\n", *lines, "!macroend\n"))


def quoted(text: str) -> str:
    """A text as it stands between quotation marks in a script of NSIS."""
    return text.replace("$", "$$").replace('"', '$\\"').replace("\n", "$\\r$\\n")
