"""A display in memory: what is on it lies in a file, so that a picture needs no other program."""

from __future__ import annotations

import contextlib
import os
import struct
import subprocess
import time
import zlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from trial_report import Failed, Late

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WIDTH, HEIGHT = 1600, 1000
_FEW_COLOURS: Final = 6
_LOOK_S: Final = 0.01
"""Seconds between two looks at the display."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Pixels as they lie in memory: 4 bytes each, blue green red and nothing."""

    width: int
    height: int
    pixels: bytes

    def colours(self, step: int = 1) -> Counter[int]:
        """How often each colour is there, counting every ``step``-th pixel."""
        return Counter(memoryview(self.pixels).cast("I")[::step])

    def busy_rows(self) -> int:
        """How many lines of pixels have something on them: more than the few colours of grounds and borders."""
        pixels, busy = memoryview(self.pixels).cast("I"), 0
        for at in range(0, len(pixels), self.width):
            busy += len(set(pixels[at : at + self.width])) > _FEW_COLOURS
        return busy

    def rows_unlike(self, other: Picture) -> int:
        """How many lines of pixels are others than in another picture of the same size."""
        line = 4 * self.width
        ours, theirs = memoryview(self.pixels), memoryview(other.pixels)
        return sum(ours[at : at + line] != theirs[at : at + line] for at in range(0, len(ours), line))

    def png(self) -> bytes:
        """The picture as a PNG file."""
        line = 4 * self.width
        rows = []
        for at in range(0, len(self.pixels), line):
            row = self.pixels[at : at + line]
            rgb = bytearray(3 * self.width)
            rgb[0::3], rgb[1::3], rgb[2::3] = row[2::4], row[1::4], row[0::4]
            rows.append(b"\0" + rgb)
        head = struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)
        parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"".join(rows), 6)), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def read_xwd(content: bytes) -> Picture:
    """A picture from the X window dump that Xvfb keeps: 32 bits a pixel.

    Source: X11/XWDFile.h, 25 numbers of 4 bytes, big end first, then a name and the colour map.
    """
    head = struct.unpack(">25I", content[:100])
    size, width, height, line, colours = head[0], head[4], head[5], head[12], head[19]
    begin = size + 12 * colours
    rows = [content[begin + at * line :][: 4 * width] for at in range(height)] if line != 4 * width else None
    pixels = b"".join(rows) if rows is not None else content[begin : begin + height * line]
    return Picture(width, height, pixels)


class Screen:
    """An X server of our own that ends with :meth:`close`.

    Args:
        folder: where it keeps its picture; must be there.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / "Xvfb_screen0"
        reads, writes = os.pipe()
        size = f"{WIDTH}x{HEIGHT}x24"
        self._server = subprocess.Popen(
            [
                *("Xvfb", "-displayfd", str(writes), "-screen", "0", size),
                *("-fbdir", str(folder), "-nolisten", "tcp"),
                # Else it begins anew whenever its last client leaves, which xdotool does at each look, and a program that
                # connects at that moment loses its display and shows no window: 5 of 150 on a busy machine, 0 with this.
                "-noreset",
            ],
            pass_fds=(writes,),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(writes)
        with os.fdopen(reads, encoding="ascii") as told:
            number = told.readline().strip()
        if not number:
            raise Failed("Xvfb 没有起来")
        self.display: Final = f":{number}"

    def picture(self) -> Picture:
        """What is on the display now."""
        return read_xwd(self._file.read_bytes())

    def titles(self) -> list[str]:
        """The titles of the windows that are shown."""
        found = self._ask("search", "--onlyvisible", "--name", ".").split()
        return [title for window in found if (title := self._ask("getwindowname", window).strip())]

    def press(self, *keys: str) -> None:
        """Press keys, by their X names, one after the other."""
        self._ask("key", "--delay", "60", *keys)

    def press_in_front(self, *keys: str, text: str = "") -> None:
        """Press keys, then type a text, in the window that lies above the others: nobody else here gives it the keyboard."""
        shown = self._ask("search", "--onlyvisible", "--name", ".").split()
        front = ("windowfocus", "--sync", shown[-1]) if shown else ()
        pressed = ("key", "--delay", "60", *keys) if keys else ()
        typed = ("type", "--delay", "20", text) if text else ()
        for words in (front, pressed, typed):
            if words:
                self._ask(*words)

    def click(self, x: int, y: int) -> None:
        """Click with the mouse, at so many pixels from the left and from the top."""
        self._ask("mousemove", str(x), str(y), "click", "1")

    def wait_for(self, what: str, is_there: Callable[[], bool], seconds: float = 120.0) -> float:
        """Look until something is there; returns the seconds that it took.

        Raises:
            Late: it did not come; the text names it.
        """
        begun = time.monotonic()
        while not is_there():
            if time.monotonic() - begun > seconds:
                raise Late(f"等了 {seconds:.0f} 秒没有等到{what}，看到的窗口：{self.titles() or '没有'}")
            time.sleep(_LOOK_S)
        return time.monotonic() - begun

    def wait_title(self, part: str, seconds: float = 120.0) -> float:
        """Wait for a window that has something in its title."""
        return self.wait_for(
            f"标题有“{part}”的窗口", lambda: any(part in one for one in self.titles()), seconds
        )

    def close(self) -> None:
        """End the server."""
        self._server.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._server.wait(10)

    def _ask(self, *words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words],
            env={**os.environ, "DISPLAY": self.display},
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        return done.stdout
