"""A wizard as somebody sees it who sits before it: what its pages say, whether all of it can be read, and its buttons."""

from __future__ import annotations

import re
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from trial_report import Failed, Late
from windows.trial_room import must

if TYPE_CHECKING:
    from windows.trial_room import Room

NEXT, CANCEL, BACK = 1, 2, 3
YES, NO, RETRY = 6, 7, 4
"""Numbers of buttons: those of NSIS's pages, and of the messages of Windows."""
SOURCE: Final = Path(__file__).with_name("windows_seen.c")
SEEN: Final = "windows_seen.exe"
USUAL, FINE = 96, 144
"""Dots an inch of an ordinary screen, and of one at 150 %."""
_DPI: Final = r"HKEY_CURRENT_USER\Control Panel\Desktop"
_POINTS: Final = 9
_PAUSE_S: Final = 0.2
_COMPILER: Final = ("x86_64-w64-mingw32-gcc", "-O2", "-Wall", "-Wextra", "-Werror")
_NAMES: Final = frozenset({"PilotDesk", "pilot", "pdkey", "Windows", "Word", "WPS", "KB", "MB", "GB"})
"""Words of other letters that a Chinese sentence may have."""
_FOREIGN: Final = re.compile(r"[A-Za-z]{2,}")
_PATH: Final = re.compile(r"[A-Z]:\\\S*(?: \S*\\\S*)*|\S+\.pdkey")
_SENTENCES: Final = {"Static", "Button"}


@dataclass(frozen=True, slots=True)
class Control:
    """One part of a page: a button, a text, a line to write in.

    Attributes:
        number: of the control in its dialog. kind: its class. text: what it says.
        enabled: can be used. focused: keys go there. chosen: Enter presses it.
        left, top, width, height: on the screen, in pixels. needs: width and height of its text, in pixels.
    """

    number: int
    kind: str
    enabled: bool
    focused: bool
    chosen: bool
    left: int
    top: int
    width: int
    height: int
    needs: tuple[int, int]
    text: str

    def is_cut(self) -> bool:
        """Whether its text has no room."""
        wide, high = self.needs
        return self.kind in _SENTENCES and (high > self.height or wide > self.width)


@dataclass(frozen=True, slots=True)
class Page:
    """A dialog: its title and its controls, outer before inner."""

    title: str
    controls: tuple[Control, ...]

    def __contains__(self, words: str) -> bool:
        return any(words in one.text for one in self.controls)

    def button(self, number: int) -> Control:
        """The control with a number.

        Raises:
            Failed: there is none.
        """
        found = [one for one in self.controls if one.number == number]
        if not found:
            raise Failed(f"“{self.title}”上没有 {number} 号按钮：{[one.text for one in self.controls]}")
        return found[0]

    def troubles(self) -> list[str]:
        """What is wrong with it: texts that are cut off, words that are not Chinese."""
        told = [f"“{one.text}”放不下" for one in self.controls if one.is_cut()]
        for one in self.controls:
            plain = _PATH.sub("", one.text) if one.kind in _SENTENCES else ""
            told += [f"“{word}”不是中文" for word in set(_FOREIGN.findall(plain)) - _NAMES]
        return told


def read_pages(told: str) -> list[Page]:
    """What windows_seen.c said."""
    pages: list[tuple[str, list[Control]]] = []
    for line in told.splitlines():
        kind, *words = line.split("\t")
        if kind == "W":
            pages.append((words[0].strip(), []))
        elif kind == "C" and pages:
            pages[-1][1].append(_control(words))
    return [Page(title, tuple(controls)) for title, controls in pages]


def _control(words: list[str]) -> Control:
    number, kind, *flags = words[:5]
    left, top, width, height, *needs = (int(word) for word in words[5:11])
    enabled, focused, chosen = (flag == "1" for flag in flags)
    # A picture in the place of a text says something that is none.
    text = "" if words[11].startswith("\uffff") else words[11].replace("\\n", "\n")
    room = (needs[0], needs[1]) if text else (0, 0)
    return Control(int(number), kind, enabled, focused, chosen, left, top, width, height, room, text)


class Wizard:
    """One run of the installer or the uninstaller with its windows, ended with the ``with``.

    Args:
        room: the trial.
        program: what is started.
        dpi: dots an inch of the screen that Windows speaks of.
        called: what its pictures are called.
    """

    def __init__(self, room: Room, program: Path, called: str, dpi: int = USUAL) -> None:
        self._room, self._program, self._called, self._dpi = room, program, called, dpi
        self._pictures = 0
        self.read: set[str] = set()

    def __enter__(self) -> Self:
        seen = self._room.wine.drive / SEEN
        if not seen.is_file():
            subprocess.run([*_COMPILER, "-o", str(seen), str(SOURCE), "-lgdi32"], check=True)
        if self._dpi != USUAL:
            self._room.wine.note({_DPI: {"LogPixels": self._dpi}})
        self._process = self._room.wine.start(self._program)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        if self._dpi != USUAL:
            self._room.wine.note({_DPI: {"LogPixels": USUAL}})

    def wait(self, words: str, *, picture: bool = True, seconds: float = 60.0) -> Page:
        """Wait for a page that says something; it is photographed and read.

        Raises:
            Late: it does not come.
            Failed: something on it is wrong.
        """
        page = self._come(words, seconds)
        if picture:
            self._pictures += 1
            self._room.keep_picture(f"{self._called} {self._pictures} {words}")
        troubles = page.troubles()
        if troubles:
            raise Failed(f"“{words}”这一页：{'；'.join(troubles)}")
        self.read.update(one.text for one in page.controls if one.text)
        return page

    def press(self, *keys: str, text: str = "") -> None:
        """Press keys, then type a text; no Chinese, for which there is no key."""
        self._room.screen.press_in_front(*keys, text=text)

    def click(self, page: Page, number: int) -> None:
        """Click a button with the mouse.

        Raises:
            Failed: it cannot be clicked.
        """
        button = page.button(number)
        if not button.enabled:
            raise Failed(f"“{button.text}”是灰的")
        self._room.screen.click(button.left + button.width // 2, button.top + button.height // 2)

    def end(self, seconds: float = 30.0) -> int:
        """Wait for its end; returns the exit code.

        Raises:
            Late: it does not end.
        """
        try:
            return self._process.wait(seconds)
        except subprocess.TimeoutExpired as late:
            raise Late(f"{self._called}没有结束，看到的：{_summary(self._pages())}") from late

    def _come(self, words: str, seconds: float) -> Page:
        until = time.monotonic() + seconds
        while True:
            ended = self._process.poll()  # before the look: what it left on the screen is still seen
            pages = self._pages()
            found = [page for page in pages if words in page]
            if found:
                return found[0]
            # With 0 it may go on as a copy of itself, as the uninstaller does.
            if ended or time.monotonic() > until:
                state = "还在运行" if ended is None else f"退出码 {ended}"
                waited = f"等了 {seconds:.0f} 秒" if time.monotonic() > until else "它结束了，"
                raise Late(f"{waited}没有等到“{words}”，{state}，看到的：{_summary(pages)}")
            # Each look is a program in Wine, and takes from the installer what it needs itself.
            time.sleep(_PAUSE_S)

    def _pages(self) -> list[Page]:
        pixels = self._dpi * _POINTS // 72
        return read_pages(
            must(self._room.wine.run(self._room.wine.drive / SEEN, str(pixels)), "看窗口").output
        )


def _summary(pages: list[Page]) -> str:
    told = [one.text for page in pages for one in page.controls if one.text]
    return "；".join(told)[:200] or "没有窗口"
