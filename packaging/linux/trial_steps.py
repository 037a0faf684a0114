"""The steps of the Linux trial: install, prove, look, compare, measure, take away."""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import time
from typing import TYPE_CHECKING, Any, Final

from linux.chroot import ChrootError
from linux.elf import elves, newest_glibc
from linux.runtime import pins
from linux.trial_room import APP, HOME, ISOLATED, OPT, PROGRAM, PYTHON, Room
from trial_proofs import colours_told, exported_alike, slowest_told
from trial_report import Failed
from trial_tree import difference, files_of, unlisted, unwanted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SAMPLE: Final = "练习 样例.pilot"
KINDS: Final = {
    "pilot": "application/x-pilotdesk",
    "pilotback": "application/x-pilotdesk-return-slip",
    "pdpack": "application/x-pilotdesk-update",
}
STARTS: Final = 9
MOST: Final = 2.0
DESKTOP: Final = ("desktop-file-utils", "shared-mime-info", "hicolor-icon-theme", "libglib2.0-bin")


def install(room: Room) -> str:
    """Install the package with nothing but what it says that it needs; then what every desktop has besides."""
    shutil.copyfile(room.package, room.chroot.folder / "srv" / "pilotdesk.deb")
    before = _installed(room)
    begun = time.monotonic()
    _apt(room, "/srv/pilotdesk.deb")
    seconds = time.monotonic() - begun
    pulled = len(_installed(room) - before) - 1
    room.shipped = files_of(room.tree)
    wrong = room.chroot.run("dpkg", "--verify", APP).strip()
    if wrong:
        raise Failed(f"装好的和包里的不一样：{wrong[:300]}")
    size = sum(path.lstat().st_size for path in room.tree.rglob("*") if path.is_file())
    packed = room.package.stat().st_size
    return (
        f"{packed / 1e6:.1f} MB 的包，装好 {size / 1e6:.0f} MB、{len(room.shipped)} 个文件，"
        f"另装依赖 {pulled} 个，{seconds:.0f} 秒"
    )


def _apt(room: Room, *packages: str) -> None:
    try:
        room.chroot.run("apt-get", "install", "-y", "--no-install-recommends", *packages)
    except ChrootError as trouble:
        raise Failed(str(trouble)) from trouble


def _installed(room: Room) -> set[str]:
    return set(room.chroot.run("dpkg-query", "-W", "-f", "${Package}\\n").split())


def tree(room: Room) -> str:
    """No tests, headers and caches; every file in the list of contents; nothing newer than the oldest glibc."""
    if found := unwanted(room.shipped):
        raise Failed(found)
    if apart := unlisted(room.tree, room.shipped):
        raise Failed(f"和 sbom.cdx.json 不一致：{apart}")
    found_elves = elves(room.tree)
    newest = newest_glibc(found_elves, pins().glibc)
    return f"{len(room.shipped)} 个文件都在清单里，{len(found_elves)} 个程序和库，最新只要 glibc {newest}"


def self_test(room: Room, platform: str) -> str:
    """The program's own proofs, in memory without any network, or on the screen."""
    inside = f"{HOME}/自检 {platform}.json"
    on_screen = platform == "xcb"
    room.run(PROGRAM, "--self-test", inside, "--platform", platform, screen=on_screen)
    found = json.loads((room.home / f"自检 {platform}.json").read_text("utf-8"))
    (room.folder / f"自检 {platform}.json").write_text(
        json.dumps(found, ensure_ascii=False, indent=1), "utf-8"
    )
    wrong = [f"{one['name']}：{one['detail']}" for one in found["proofs"] if not one["passed"]]
    if wrong or not found["ok"]:
        raise Failed("；".join(wrong))
    astray = [path for path in found["paths"] if not path.startswith(f"/{OPT}/")]
    if astray or found["platform"] != platform:
        raise Failed(f"画在 {found['platform']} 上，模块路径在外面的：{'、'.join(astray) or '没有'}")
    return (
        f"{len(found['proofs'])} 项都通过，Python {found['python']}，Qt {found['qt']}，{found['system']}，"
        f"{slowest_told(found['proofs'])}"
    )


def window(room: Room) -> str:
    """A window with the practice sample, photographed."""
    process = room.start(PROGRAM, "gui", "--sample")
    try:
        seconds = room.wait_window(process)
        time.sleep(2)  # pictures and figures fill in behind
        return f"{seconds:.1f} 秒画好，{_photographed(room, '样例窗口')}"
    finally:
        _end(process)


def _photographed(room: Room, name: str) -> str:
    return f"{colours_told(room.keep_picture(name))}；照片 {name}.png"


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def export(room: Room) -> str:
    """Word and PDF of the same draft, made in there and here, are the same: bytes, or else values and code."""
    room.run(PROGRAM, "sample", "--to", f"{HOME}/{SAMPLE}", "--force")
    room.run(PROGRAM, "export", f"{HOME}/{SAMPLE}", "--to", f"{HOME}/导出")
    draft, here = room.home / SAMPLE, room.folder / "导出"
    room.here("export", draft, "--to", here)
    return exported_alike(
        room.home / "导出", here, lambda files: room.here("verify", draft, *files, "--json")
    )


# -- what the desktop sees -----------------------------------------------------------------------


def desktop(room: Room) -> str:
    """The entry is valid, its icon is found, and each kind of file is known and opened with us."""
    _apt(room, *DESKTOP)
    entry = f"/usr/share/applications/{APP}.desktop"
    told = room.chroot.run("desktop-file-validate", "--warn-kde", entry).strip()
    if told:
        raise Failed(told)
    for ending, kind in KINDS.items():
        (room.home / f"某 文件.{ending}").write_bytes(b"PK\x03\x04")
        found = room.run("gio", "info", "-a", "standard::content-type", f"{HOME}/某 文件.{ending}")
        opens = room.run("gio", "mime", kind)
        if f"content-type: {kind}\n" not in f"{found}\n" or f"{APP}.desktop" not in opens:
            raise Failed(f".{ending}：{found.split()[-1]}；{opens}")
    icons = list((room.chroot.folder / "usr/share/icons/hicolor").rglob(f"{APP}.*"))
    lost = [
        str(icon) for icon in icons if not (room.chroot.folder / str(icon.readlink()).lstrip("/")).is_file()
    ]
    if lost or len(icons) < 7:
        raise Failed(f"图标 {len(icons)} 个，断了的：{'、'.join(lost)}")
    return f"{len(KINDS)} 种文件认得出、归它打开，图标 {len(icons)} 种大小，桌面入口合乎规范"


def double_click(room: Room) -> str:
    """What the desktop starts for a draft, by the desktop's own means: kind of file, entry, command."""
    process = room.start("gio", "open", f"{HOME}/{SAMPLE}")
    try:
        seconds = room.wait_window(process)
        time.sleep(2)  # pictures and figures fill in behind
        titles = room.screen.titles()
        told = _photographed(room, "双击打开")
    finally:
        _end(process)
        _end_program(room)
    return f"{seconds:.1f} 秒后窗口是“{'、'.join(titles)}”；{told}"


def _end_program(room: Room) -> None:
    """End the program that the desktop started, which is no child of ours."""
    room.chroot.end_all()
    room.screen.wait_for("空的屏幕", lambda: not room.screen.titles(), 20)


# -- start ---------------------------------------------------------------------------------------

_PAINTED: Final = """
import os, time
from pilotdesk.app import run_window
run_window(sample=True, first_painted=lambda: os.write(1, f"{time.time()}\\n".encode()))
"""


def start(room: Room) -> str:
    """From the start of the process to the first painted window: the installed program and its source, in turn."""
    there = room.chroot.command(PYTHON, *ISOLATED, "-c", _PAINTED, user="clerk")
    inside = room.chroot.environment(room.variables(screen=True))
    here = [
        str(room.python),
        *ISOLATED,
        "-c",
        f"import sys; sys.path.insert(0, {str(room.root)!r})\n{_PAINTED}",
    ]
    outside = {**inside, "HOME": str(room.folder), "PILOTDESK_DATA": str(room.folder / "here")}
    spent: dict[str, list[float]] = {"installed": [], "source": []}
    for count in range(STARTS + 1):
        both = {"installed": _painted_after(there, inside), "source": _painted_after(here, outside)}
        for name, seconds in both.items() if count else ():  # the first one fills the caches of the disk
            spent[name].append(seconds)
    installed, plain = (statistics.median(times) for times in spent.values())
    through = _launched(room)
    ratio = (installed + through) / plain
    told = (
        f"中位数 {1000 * (installed + through):.0f} 毫秒（其中启动脚本 {1000 * through:.0f}），"
        f"源代码 {1000 * plain:.0f} 毫秒，{ratio:.2f} 倍（各 {STARTS} 次，轮流）"
    )
    if ratio > MOST:
        raise Failed(told)
    return told


def _painted_after(command: Sequence[str], environment: dict[str, str]) -> float:
    begun = time.time()
    told = subprocess.run(command, env=environment, capture_output=True, check=False, cwd="/")
    if told.returncode or not told.stdout:
        raise Failed(f"没有画出来：{told.stderr.decode(errors='replace')[-400:]}")
    return float(told.stdout.split()[-1]) - begun


def _launched(room: Room) -> float:
    """What the launcher script takes before Python, in seconds."""
    times = []
    for _ in range(STARTS):
        spent = []
        for command in ((PROGRAM, "--help"), (PYTHON, *ISOLATED, "-m", "pilotdesk", "--help")):
            begun = time.monotonic()
            room.run(*command)
            spent.append(time.monotonic() - begun)
        times.append(spent[0] - spent[1])
    return max(0.0, statistics.median(times))


# -- the end -------------------------------------------------------------------------------------


def untouched(room: Room) -> str:
    """Whatever ran wrote nothing into the program's own folder."""
    if apart := difference(room.shipped, files_of(room.tree)):
        raise Failed(apart)
    return f"{len(room.shipped)} 个文件和装好时一样"


def over(room: Room) -> str:
    """Installed once more over itself, as an update is."""
    before = _kept(room.user_data)
    _apt(room, "--reinstall", "/srv/pilotdesk.deb")
    if (apart := difference(room.shipped, files_of(room.tree))) or before != _kept(room.user_data):
        raise Failed(
            f"程序：{apart or '没变'}；用户资料：{'没变' if before == _kept(room.user_data) else '变了'}"
        )
    return "程序一样，用户资料没动"


def _kept(folder: Path) -> dict[str, str]:
    kept = files_of(folder)
    if not kept:
        raise Failed(f"{folder} 里没有资料")
    return kept


def remove(room: Room) -> str:
    """Purged: nothing of it is left in the system, everything of the user's is."""
    before = _kept(room.user_data)
    room.chroot.run("apt-get", "purge", "-y", APP)
    system = [room.chroot.folder / name for name in ("opt", "usr", "etc", "var/lib/dpkg/info")]
    left = [str(path) for top in system for path in top.rglob("*pilotdesk*")]
    opens = room.run("gio", "mime", KINDS["pilot"])
    if left or f"{APP}.desktop" in opens or _kept(room.user_data) != before:
        raise Failed(f"剩下 {'、'.join(left) or '没有'}；{opens}")
    return f"系统里一个文件也没留下，用户的 {len(before)} 个文件都在"


STEPS: Final[dict[str, Any]] = {
    "装好的文件：没有多余的，和清单一致": tree,
    "样例窗口": window,
    "导出 Word 和 PDF，和从源代码导出的比": export,
    "桌面入口、图标、文件类型": desktop,
    "双击一份草稿": double_click,
    "启动时间，和从源代码启动比": start,
    "运行以后程序文件夹没变": untouched,
    "覆盖安装": over,
    "卸载": remove,
}
