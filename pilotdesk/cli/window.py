"""The window and what is opened in it: the command that is meant when none is written."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pilotdesk.surroundings import has_console

if TYPE_CHECKING:
    import argparse
    from collections.abc import Collection, Sequence

    from pilotdesk.cli.adding import AddCommand

ENDINGS: Final = frozenset({".pilot", ".pilotback", ".pdpack", ".pdkey", ".pdsig"})
"""What the system opens with this program when it is clicked twice; other files are opened when they are named."""


def add_window(add: AddCommand) -> None:
    """The command ``gui``."""
    gui = add("gui", _gui, "打开窗口（不写命令时就是它）")
    gui.add_argument("files", nargs="*", type=path_of, help="要打开的文件，如 .pilot")
    gui.add_argument("--sample", action="store_true", help="打开练习样例")


def _gui(asked: argparse.Namespace) -> int:
    from pilotdesk.app import run_window

    return run_window(sample=asked.sample, files=tuple(asked.files))


def meant(arguments: Sequence[str], commands: Collection[str]) -> list[str]:
    """A command line with its command: files that are written alone are to be opened, nothing is the empty window.

    Args:
        arguments: as they were given.
        commands: all that there are; a file of such a name is opened by its path.
    """
    first = arguments[0] if arguments else ""
    if first == "--self-test":
        at = 2 if len(arguments) > 1 and not arguments[1].startswith("-") else 1
        target = ["--json", arguments[1]] if at == 2 else []
        return ["self-test", *target, *arguments[at:]]
    if not first:
        return ["gui", *arguments[1:]]
    return list(arguments) if first in commands or not _is_file(first) else ["gui", *arguments]


def _is_file(text: str) -> bool:
    """Whether an argument names a file, there or not, and no command that was mistyped."""
    if text.startswith("-"):
        return False
    path = path_of(text)
    return path.suffix.lower() in ENDINGS or len(Path(text).parts) > 1 or path.exists()


def path_of(text: str) -> Path:
    """An absolute path; some file managers of Linux hand over addresses (``file:///…``) where they are asked for paths."""
    if text.startswith("file:"):
        from urllib.parse import unquote, urlsplit

        text = unquote(urlsplit(text.replace("#", "%23")).path)
        text = text.removeprefix("/") if sys.platform == "win32" else text
    return Path(os.path.abspath(text))


def complain(text: str, *, in_window: bool) -> None:
    """Say what is wrong on the error stream; in a message window where nobody would read that.

    Args:
        text: the sentence.
        in_window: whether the window was wanted. A script that gets another command wrong must not wait for a click.
    """
    print(text, file=sys.stderr)
    if in_window:
        show_message(text)


def show_message(text: str) -> None:
    """Show a sentence in a window of the system's, and wait until it is read; nothing happens where there is a console."""
    if sys.platform == "win32":
        if not has_console():
            import ctypes

            getattr(ctypes, "windll").user32.MessageBoxW(None, text, "PilotDesk", 0x30)  # noqa: B009  # a warning
        return
    if not sys.stderr.isatty() and (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        from pilotdesk.ui.dialogs.message_box import show_plainly

        show_plainly(text)
