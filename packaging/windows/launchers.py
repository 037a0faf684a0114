"""Builds the two programs that start PilotDesk on Windows, with the cross compiler of Debian."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from dev import Stop
from windows import words

HERE: Final = Path(__file__).resolve().parent
COMPILER: Final = "x86_64-w64-mingw32-gcc"
RESOURCES: Final = "x86_64-w64-mingw32-windres"
LAUNCHERS: Final = (("PilotDesk.exe", ("-mwindows",)), ("pilotdesk-cli.exe", ("-mconsole", "-DCONSOLE")))
"""File and what the compiler is told for it."""


def build_launchers(root: Path, version: str, tree: Path) -> None:
    """Put both launchers into an installed tree; the same bytes every time.

    Args:
        root: the source tree, for the icon.
        version: `1.2.3`.
        tree: the folder they go to.

    Raises:
        Stop: they could not be compiled.
    """
    for name, options in LAUNCHERS:
        with tempfile.TemporaryDirectory() as folder:
            work = Path(folder)
            for source in ("launcher.c", "launcher.rc", "app.manifest"):
                shutil.copy(HERE / source, work)
            shutil.copy(root / "resources" / "icons" / "app" / "pilotdesk.ico", work)
            (work / "words.h").write_text(header(version, name), "utf-8")
            _run(work, RESOURCES, "-c", "65001", "-O", "coff", "launcher.rc", "launcher.res")
            _run(
                work,
                *(COMPILER, "-std=c17", "-O2", "-Wall", "-Wextra", "-Werror", "-s", "-municode", *options),
                *(
                    "-static-libgcc",
                    "-Wl,--no-insert-timestamp",
                    "-Wl,--dynamicbase,--high-entropy-va,--nxcompat",
                ),
                *("-o", "launcher.exe", "launcher.c", "launcher.res"),
            )
            shutil.copy(work / "launcher.exe", tree / name)


def header(version: str, name: str) -> str:
    """The words and numbers that launcher.c and launcher.rc are compiled with.

    Args:
        version: `1.2.3`.
        name: file name of the launcher.
    """
    described = words.TITLE if name == "PilotDesk.exe" else f"{words.TITLE}（命令行）"
    return "\n".join(
        (
            f"#define WORDS_TITLE {_wide(words.TITLE)}",
            f"#define WORDS_TOO_OLD {_wide(words.TOO_OLD)}",
            f"#define WORDS_INCOMPLETE {_wide(words.INCOMPLETE)}",
            f"#define WORDS_SEMICOLON {_wide(words.SEMICOLON)}",
            f"#define WORDS_OLDEST_BUILD {words.OLDEST_BUILD}",
            f"#define WORDS_VERSION_NUMBERS {','.join((*version.split('.'), '0'))}",
            f'#define WORDS_VERSION "{version}"',
            f'#define WORDS_FILE "{name}"',
            f'#define WORDS_DESCRIPTION "{described}"',
            "",
        )
    )


def _wide(text: str) -> str:
    """A wide string of C, in ASCII whatever the text."""
    signs = {"\n": "\\n", '"': '\\"', "\\": "\\\\"}
    parts = (signs.get(sign, sign if sign.isascii() else f"\\u{ord(sign):04x}") for sign in text)
    return f'L"{"".join(parts)}"'


def _run(folder: Path, *command: str) -> None:
    done = subprocess.run(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False
    )
    if done.returncode:
        raise Stop(f"启动程序没有编译成功（{command[0]}）：\n{done.stdout[-1500:]}")
