"""What the steps of the Linux trial share: a fresh old Debian with a user in it, a screen, the package, and the source."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from from_source import run_from_source
from linux.chroot import Chroot, ChrootError
from linux.deb import APP, OPT
from trial_report import Failed, Late

if TYPE_CHECKING:
    from pathlib import Path

    from screen import Picture, Screen

USER: Final = "clerk"
HOME: Final = "/srv/办公室 张三"
PROGRAM: Final = "/usr/bin/pilotdesk"
PYTHON: Final = f"/{OPT}/files/runtime/bin/python3.11"
ISOLATED: Final = ("-I", "-B", "-X", "utf8")
TITLE: Final = "PilotDesk"
"""What every window of the program has in its title."""
_LEAST_COLOURS: Final = 600
"""A page with text, icons and marks has more; the frame that stands at once, with one line in it, has 290."""


@dataclass
class Room:
    """One trial.

    Attributes:
        chroot: the old Debian, entered. screen: of this machine, seen from in there.
        package: the .deb.
        root: the source tree. python: an interpreter of this machine that runs it.
        folder: for pictures and reports.
        shipped: files of the installed program as they were installed, path → SHA-256.
    """

    chroot: Chroot
    screen: Screen
    package: Path
    root: Path
    python: Path
    folder: Path
    shipped: dict[str, str] = field(default_factory=dict)

    @property
    def _said(self) -> Path:
        return self.folder / "窗口说的话.txt"

    @property
    def tree(self) -> Path:
        """The installed program, seen from outside."""
        return self.chroot.folder / OPT / "files"

    @property
    def home(self) -> Path:
        """The user's folder, seen from outside."""
        return self.chroot.folder / HOME.lstrip("/")

    @property
    def user_data(self) -> Path:
        """Where the installed program keeps what is filled in, seen from outside."""
        return self.home / ".local" / "share" / "PilotDesk"

    def make_user(self) -> None:
        """Somebody who works there, with a name of the folder that is not only of Latin letters."""
        self.chroot.run("useradd", "--create-home", "--home-dir", HOME, "--shell", "/bin/sh", USER)

    def variables(self, *, screen: bool = False, **more: str) -> dict[str, str]:
        """What the user's programs find in their environment; no locale at all, as in a bare session."""
        shown = {"DISPLAY": self.screen.display} if screen else {}
        return {"HOME": HOME, "USER": USER, "LC_ALL": "", "LANG": "C", **shown, **more}

    def run(self, *command: str, screen: bool = False, offline: bool = True, **more: str) -> str:
        """Run something as the user, without a network unless it needs the screen of this machine.

        Raises:
            Failed: it ended with another code than 0.
        """
        offline = offline and not screen
        try:
            return self.chroot.run(
                *command, user=USER, variables=self.variables(screen=screen, **more), offline=offline
            )
        except ChrootError as trouble:
            raise Failed(str(trouble)) from trouble

    def start(self, *command: str, **more: str) -> subprocess.Popen[bytes]:
        """Start something of the user's with a window; what it says is kept beside the report."""
        with self._said.open("wb") as said:
            return subprocess.Popen(
                self.chroot.command(*command, user=USER),
                env=self.chroot.environment(self.variables(screen=True, **more)),
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
            )

    def here(self, *arguments: str | Path) -> str:
        """Run a command of the program from source on this machine, with data of its own.

        Raises:
            Failed: it ended with another code than 0.
        """
        code, said = run_from_source(self.python, self.root, self.folder, arguments)
        if code:
            raise Failed(f"从源代码运行 {arguments[0]}：退出码 {code}：{said[-400:]}")
        return said

    def give(self, path: Path) -> str:
        """Put a copy of a file into the user's folder; returns its path in there."""
        target = self.home / path.name
        shutil.copyfile(path, target)
        owner = self.home.stat()
        os.chown(target, owner.st_uid, owner.st_gid)
        return f"{HOME}/{path.name}"

    def wait_window(self, process: subprocess.Popen[bytes]) -> float:
        """Wait until a window of the program that was started is filled; returns the seconds that it took.

        Raises:
            Late: it did not come; the text has how the process is and what it said.
        """
        try:
            return self.screen.wait_title(TITLE) + self.wait_page()
        except Late as late:
            said = self._said.read_text("utf-8", errors="replace").strip()[-400:]
            raise Late(f"{late}；退出码 {process.poll()}，它说：{said or '什么也没说'}") from late

    def wait_page(self) -> float:
        """Wait until a filled page is on the screen; returns the seconds that it took."""
        return self.screen.wait_for(
            "画好的页面", lambda: len(self.screen.picture().colours()) >= _LEAST_COLOURS
        )

    def keep_picture(self, name: str) -> Picture:
        """Keep what is on the screen as ``name.png``."""
        picture = self.screen.picture()
        (self.folder / f"{name}.png").write_bytes(picture.png())
        return picture


__all__ = ["APP", "HOME", "ISOLATED", "OPT", "PROGRAM", "PYTHON", "USER", "Room"]
