"""What the steps of a trial share: the Windows, its screen, the installed program, and the same program on this machine."""

from __future__ import annotations

import json
import subprocess
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from from_source import run_from_source
from trial_report import Failed
from windows.wine import Done, Wine

if TYPE_CHECKING:
    from pathlib import Path

    from screen import Picture, Screen

NAME: Final = "PilotDesk"
WINDOW: Final = f"{NAME}.exe"
CONSOLE: Final = "pilotdesk-cli.exe"
_CLOSING_S: Final = 45
_STILL_S: Final = 1.0
_LOOK_S: Final = 0.1
_CARET_ROWS: Final = 48
"""A blinking line changes no more rows than this."""
A_FRAME, A_PAGE, A_DRAFT = 20, 150, 480
"""Lines with something on them: of the frame that stands while a draft is read, of the start page, of a draft with its steps
at the side."""


@dataclass
class Room:
    """One trial.

    Attributes:
        wine, screen: where the program runs and is seen.
        folder: for pictures, reports and what the program writes; its name has Chinese and a space in it.
        root: the source tree. python: an interpreter of this machine that runs it. cache: what the build has fetched.
        setup: the installer. portable: the zip; ``None`` when there is none.
        handed_out: the installer with the 32-bit front; ``None`` when there is none.
        tree: where the program is installed that is tried.
        shipped: its files as they were installed, path → SHA-256.
    """

    wine: Wine
    screen: Screen
    folder: Path
    root: Path
    python: Path
    setup: Path = field(init=False)
    cache: Path = field(init=False)
    portable: Path | None = None
    handed_out: Path | None = None
    tree: Path = field(init=False)
    shipped: dict[str, str] = field(default_factory=dict)

    @property
    def user_data(self) -> Path:
        """Where the installed program keeps what is filled in."""
        return self.wine.local / NAME

    def console(self, *arguments: str | Path, seconds: float = 240.0) -> Done:
        """Run a command of the installed program."""
        return self.wine.run(self.tree / CONSOLE, *arguments, seconds=seconds)

    def here(self, *arguments: str | Path) -> Done:
        """Run the same command from source on this machine, with data of its own."""
        code, said = run_from_source(self.python, self.root, self.folder, arguments)
        return Done(code, said, 0.0)

    def both(self, *arguments: str | Path) -> tuple[Done, Done]:
        """The same command in there and here, where no argument is a place to write to."""
        return self.console(*arguments), self.here(*arguments)

    def open_window(self, *arguments: str | Path) -> subprocess.Popen[bytes]:
        """Start the program with a window."""
        return self.wine.start(self.tree / WINDOW, *arguments)

    def wait_page(self, rows: int = A_FRAME) -> float:
        """Wait until a page is on the screen; returns the seconds that it took.

        Args:
            rows: lines of pixels that must have something on them.
        """
        return self.screen.wait_for("画好的页面", lambda: self.screen.picture().busy_rows() >= rows)

    def wait_still(self, seconds: float = 20.0) -> None:
        """Wait until nothing larger than a caret has changed on the screen for a second, or for so long."""
        before, begun = self.screen.picture(), time.monotonic()
        since = begun
        while time.monotonic() - begun < seconds and time.monotonic() - since < _STILL_S:
            time.sleep(_LOOK_S)
            now = self.screen.picture()
            if now.rows_unlike(before) > _CARET_ROWS:
                before, since = now, time.monotonic()

    def keep_picture(self, name: str) -> Picture:
        """Keep what is on the screen as ``name.png``."""
        picture = self.screen.picture()
        (self.folder / f"{name}.png").write_bytes(picture.png())
        return picture

    def close_window(self, process: subprocess.Popen[bytes], program: str = WINDOW) -> int:
        """Close the program as its × does; returns the exit code.

        Args:
            process: what was started.
            program: its name in there.

        Raises:
            Failed: it stays.
        """
        self.wine.run("taskkill", "/IM", program)
        try:
            return process.wait(_CLOSING_S)
        except subprocess.TimeoutExpired as late:
            process.kill()
            raise Failed(f"窗口收到关闭请求 {_CLOSING_S} 秒后还开着：{self.screen.titles()}") from late


def must(done: Done, what: str, *codes: int) -> Done:
    """A program that ended as it should.

    Args:
        done: how it ended.
        what: it was, for the reason.
        *codes: exit codes that are all right; 0 when none are given.

    Raises:
        Failed: with another exit code; the reason has the end of what it said.
    """
    if done.code not in (codes or (0,)):
        raise Failed(f"{what}：退出码 {done.code}，它说：{done.output.strip()[-400:] or '什么也没说'}")
    return done


def told(path: Path, what: str) -> Any:  # noqa: ANN401
    """What a program wrote as JSON.

    Raises:
        Failed: nothing, or something else.
    """
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as trouble:
        raise Failed(f"{what}没有写出来：{trouble}") from trouble
