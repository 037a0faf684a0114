"""Gives the front of the installer Chinese words where NSIS has English ones built in: `front_words.py EXEHEAD`.

makensis runs this (`!packhdr`) on the small program that setup.exe and uninstall.exe begin with. Its own sentences come before
any language is known: when a copy was cut off, when there is no room for temporary files, while a large file is checked. The
file keeps its size: a sentence takes the place of one that is at least as long.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

NAME: Final = "PilotDesk"
CUT_OFF: Final = (
    "这个程序文件不完整，打不开，什么也没有改动。\n\n"
    "多半是下载、拷贝的时候断了，或者 U 盘坏了。请重新下载、重新拷贝一次，"
    "或者向发放单位再要一份。"
)
WORDS: Final = {
    "verifying installer: %d%%": "正在核对安装程序：%d%%",
    "Error launching installer": "打不开。请先拷到这台电脑的硬盘上，再点一次。",
    "Installer integrity check has failed. Common causes include\nincomplete download and damaged media. "
    "Contact the\ninstaller's author to obtain a new copy.\n\nMore information at:\n"
    "http://nsis.sf.net/NSIS_Error": CUT_OFF,
    "Error writing temporary file. Make sure your temp folder is valid.": (
        "临时文件夹写不进去，什么也没有改动。请在系统盘腾出一些空间，重新登录以后再试。"
    ),
    "NSIS Error": NAME,
}
"""What stands there → what is said instead. Source: Source/exehead/lang.h of NSIS 3.08."""


def translated(front: bytes) -> bytes:
    """The program with its sentences exchanged.

    Raises:
        ValueError: a sentence is not there, or has no room.
    """
    for english, chinese in WORDS.items():
        old, new = (f"{text}\0".encode("utf-16-le") for text in (english, chinese))
        if len(new) > len(old):
            raise ValueError(f"longer than what it replaces: {chinese}")
        if old not in front:
            raise ValueError(f"not in this front: {english}")
        front = front.replace(old, new.ljust(len(old), b"\0"))
    return front


def main(place: str) -> None:
    """Exchange them in a file."""
    path = Path(place)
    path.write_bytes(translated(path.read_bytes()))


if __name__ == "__main__":
    main(sys.argv[1])
