"""What can be said of the computer without naming it or its user: system, memory, kind of disk, fonts, language."""

from __future__ import annotations

import contextlib
import locale
import os
import platform
import shutil
import sys
import time
from pathlib import Path
from typing import Final

from pilotdesk.record import Record

MEGABYTE: Final = 2**20

OFFICE_FONTS: Final = {
    "宋体": ("simsun.ttc", "simsun.ttf"),
    "黑体": ("simhei.ttf",),
    "仿宋": ("simfang.ttf",),
    "楷体": ("simkai.ttf",),
    "仿宋_GB2312": ("simfang_gb2312.ttf", "fs_gb2312.ttf", "仿宋_gb2312.ttf"),
    "楷体_GB2312": ("simkai_gb2312.ttf", "kt_gb2312.ttf", "楷体_gb2312.ttf"),
    "方正小标宋简体": ("fzxbsjw.ttf", "fzxbsjw--gb1-0.ttf", "方正小标宋简体.ttf"),
}
"""Faces that exported Word files ask for (print target §4.1), and what Windows calls their files."""

_DRIVE_KINDS: Final = {2: "U 盘或移动硬盘", 3: "本机硬盘", 4: "网络盘", 5: "光盘", 6: "内存盘"}
"""Answers of ``GetDriveTypeW``."""


class Memory(Record, frozen=True):
    """MB: of the computer, and what this program uses; 0 where it cannot be told."""

    whole: int
    used: int


class Disk(Record, frozen=True):
    """Where a folder is: ``C 盘`` or nothing, the kind of disk, and MB that are free (-1: not known)."""

    letter: str
    kind: str
    free: int


def system_words() -> str:
    """The system: ``Windows 10 (19045)，64 位``."""
    bits = "64 位" if sys.maxsize > 2**32 else "32 位"
    if sys.platform == "win32":
        found = sys.getwindowsversion()
        name = "11" if found.build >= 22000 else str(found.major)
        return f"Windows {name} ({found.build})，{bits}"
    name = "Linux"
    with contextlib.suppress(OSError):
        name = platform.freedesktop_os_release().get("PRETTY_NAME", name)
    library, version = platform.libc_ver()
    return "，".join(
        part for part in (name, platform.machine(), f"{library} {version}".strip(), bits) if part
    )


def language_words() -> str:
    """Language of the system and its encoding: ``zh_CN，cp936``."""
    language = locale.getlocale()[0] or "没有设"
    return f"{language}，{locale.getencoding()}"


def time_zone() -> str:
    """How far the local time is from UTC: ``+08:00``."""
    minutes = -(time.altzone if time.daylight and time.localtime().tm_isdst > 0 else time.timezone) // 60
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def memory() -> Memory:
    """The memory of the computer and of this program."""
    return _memory_of_windows() if sys.platform == "win32" else _memory_of_linux()


def _memory_of_linux() -> Memory:
    return Memory(
        _kilobytes("/proc/meminfo", "MemTotal:") // 1024, _kilobytes("/proc/self/status", "VmRSS:") // 1024
    )


def _kilobytes(file: str, word: str) -> int:
    with contextlib.suppress(OSError, ValueError, IndexError):
        for line in Path(file).read_text("utf-8", "replace").splitlines():
            if line.startswith(word):
                return int(line.split()[1])
    return 0


def _memory_of_windows() -> Memory:
    """By the structures MEMORYSTATUSEX and PROCESS_MEMORY_COUNTERS of Windows, as rows of numbers."""
    import ctypes

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009
    whole, used = (ctypes.c_ulonglong * 8)(), (ctypes.c_size_t * 10)()
    whole[0] = ctypes.sizeof(whole)  # its first two numbers are of 32 bits: length and load
    ctypes.cast(used, ctypes.POINTER(ctypes.c_ulong))[0] = 72
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    process = ctypes.c_void_p(kernel.GetCurrentProcess())
    known = kernel.GlobalMemoryStatusEx(ctypes.byref(whole))
    counted = kernel.K32GetProcessMemoryInfo(process, ctypes.byref(used), 72)
    return Memory(whole[1] // MEGABYTE if known else 0, used[2] // MEGABYTE if counted else 0)


def disk_of(folder: Path) -> Disk:
    """The disk of a folder, or of the nearest folder above it that is there."""
    place = next((each for each in (folder, *folder.parents) if each.is_dir()), folder)
    free = -1
    with contextlib.suppress(OSError):
        free = shutil.disk_usage(place).free // MEGABYTE
    if sys.platform == "win32":
        drive = Path(os.path.abspath(place)).drive
        letter = f"{drive[0].upper()} 盘" if len(drive) == 2 and drive[1] == ":" else ""
        return Disk(letter, _kind_of_drive(drive), free)
    return Disk("", _kind_of_mount(place), free)


def _kind_of_drive(drive: str) -> str:
    if drive.startswith("\\\\"):
        return "网络盘"
    import ctypes

    kind = getattr(ctypes, "windll").kernel32.GetDriveTypeW(f"{drive}\\")  # noqa: B009
    return _DRIVE_KINDS.get(kind, "别的盘")


def _kind_of_mount(place: Path) -> str:
    from pilotdesk.drafts.places import is_network_mount

    with contextlib.suppress(OSError):
        from pathlib import PurePosixPath

        if is_network_mount(
            PurePosixPath(place.absolute()), Path("/proc/mounts").read_text("utf-8", "replace")
        ):
            return "网络盘"
        if place.absolute().is_relative_to("/media") or place.absolute().is_relative_to("/run/media"):
            return "U 盘或移动硬盘"
    return "本机硬盘"


def font_files() -> dict[str, bool] | None:
    """Which of the faces of offices lie in the font folders of Windows; ``None`` on other systems: ask the window."""
    if sys.platform == "win32":
        folders = [Path(os.environ.get("WINDIR", "C:\\Windows")) / "Fonts"]
        own = os.environ.get("LOCALAPPDATA")
        folders += [Path(own) / "Microsoft/Windows/Fonts"] if own else []
        there = {path.name.lower() for folder in folders if folder.is_dir() for path in folder.iterdir()}
        return {name: not there.isdisjoint(files) for name, files in OFFICE_FONTS.items()}
    return None
