"""Steps of the installer: where it puts things, what it refuses, what it takes away and what it leaves."""

from __future__ import annotations

import os
import re
import time
from pathlib import PureWindowsPath
from typing import TYPE_CHECKING, Final

import trial_tree
from trial_report import Failed, Skipped
from windows.trial_handing_out import beside_a_key
from windows.trial_room import NAME, WINDOW, must
from windows.wine import WINE_32
from windows.wizard import Wizard

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from windows.trial_room import Room
    from windows.wine import Done

CHINESE: Final = PureWindowsPath("C:/试点 软件/PilotDesk")
PLACE_32: Final = PureWindowsPath("C:/32 位的前端/PilotDesk")
UNINSTALL: Final = rf"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Uninstall\{NAME}"
CLASSES: Final = r"HKEY_CURRENT_USER\Software\Classes"
KINDS: Final = (".pilot", ".pilotback", ".pdpack")
TOO_OLD, OPEN, NEWER = 3, 4, 5
"""Exit codes of the installer: this Windows is too old, the program is open, a newer version is there."""
FOREIGN: Final = "单位自己放的.txt"
STALE: Final = "app/pilotdesk/gone_since.pyc"
FILE_LIST: Final = "files.txt"


def install(room: Room, to: PureWindowsPath | None = None, *words: str) -> Done:
    """Run the installer silently.

    Args:
        room: the trial.
        to: where to; ``None`` leaves it to the installer.
        *words: more switches.
    """
    # NSIS takes the rest of the line as the place, blanks and all; a word in quotation marks it would not see.
    place = f"/D={to}".split(" ") if to is not None else []
    return room.wine.run(room.setup, "/S", *words, *place, seconds=300)


def to_chinese(room: Room) -> str:
    """Silently into a folder with Chinese and a blank in its name, where it stays for what follows."""
    room.tree = room.wine.path(str(CHINESE))
    room.setup = beside_a_key(room)
    done = must(install(room, CHINESE), "静默安装")
    return f"{_looked_over(room)}，{done.seconds:.1f} 秒，装在 {CHINESE}"


def _looked_over(room: Room) -> str:
    """Files, links and registry of a fresh installation.

    Raises:
        Failed: something is not as it should be.
    """
    files = trial_tree.files_of(room.tree) if room.tree.is_dir() else {}
    if WINDOW not in files:
        raise Failed(f"{room.tree} 里没有 {WINDOW}")
    links = shortcuts(room)
    if len(links) < 2:
        raise Failed(f"开始菜单和桌面上只有 {len(links)} 个快捷方式")
    entry = room.wine.registry(UNINSTALL).get(UNINSTALL, {})
    where = room.wine.windows_path(room.tree)
    if where.lower() not in entry.get("UninstallString", "").lower():
        raise Failed(f"“应用和功能”里的卸载命令不对：{entry.get('UninstallString')!r}")
    size = sum(path.stat().st_size for path in room.tree.rglob("*") if path.is_file())
    return f"{len(files)} 个文件、{size / 1e6:.1f} MB，{len(links)} 个快捷方式，卸载项版本 {entry.get('DisplayVersion')}"


def shortcuts(room: Room) -> list[Path]:
    """The links of the user that lead to our program."""
    name = WINDOW.encode("utf-16-le")
    return [path for path in room.wine.profile.rglob("*.lnk") if name in path.read_bytes()]


def associations(room: Room) -> str:
    """A double click on each kind of file starts the installed program with it."""
    keys = _classes(room)
    wanted = [room.wine.windows_path(room.tree / WINDOW).lower(), "%1"]
    named = []
    for kind in KINDS:
        command = opening_command(room, kind)
        if [word.lower() for word in command] != wanted:
            raise Failed(f"{kind} 用 {command} 打开，应当是 {wanted}")
        program = keys[rf"{CLASSES}\{kind}".lower()]["@"]
        title = keys[rf"{CLASSES}\{program}".lower()].get("@", "")
        named.append(f"{kind} {title}")
    return "，".join(named)


def opening_command(room: Room, kind: str) -> list[str]:
    """The words of the command that opens a kind of file, ``%1`` for the file; empty when there is none."""
    keys = _classes(room)
    program = keys.get(f"{CLASSES}\\{kind}".lower(), {}).get("@", "")
    command = keys.get(f"{CLASSES}\\{program}\\shell\\open\\command".lower(), {}).get("@", "")
    return re.findall(r'"([^"]*)"', command)


def _classes(room: Room) -> dict[str, Mapping[str, str]]:
    return {key.lower(): values for key, values in room.wine.registry(CLASSES).items()}


def tree_in_order(room: Room) -> str:
    """No file that only a developer needs, every file in the list of contents, Python and Qt signed by who made them."""
    files = trial_tree.files_of(room.tree)
    signed, bare = trial_tree.signatures(room.tree)
    foreign = [name for name in bare if name.startswith(trial_tree.SIGNED_PARTS)]
    wrong = [
        trial_tree.unwanted(files),
        f"没有签名：{'、'.join(foreign)}" if foreign else "",
        trial_tree.unlisted(room.tree, files),
    ]
    if any(wrong):
        raise Failed("；".join(filter(None, wrong)))
    room.shipped = files
    own = [name for name in bare if "/" not in name]
    return (
        f"{len(files)} 个文件都在清单里，没有测试、缓存、头文件；{len(signed)} 个程序和库有签名；"
        f"没有签名的：自己的 {'、'.join(own)}，依赖库里 {len(bare) - len(own)} 个（它们的作者没有签）"
    )


def untouched(room: Room) -> str:
    """Everything that was done with the program wrote nothing into its folder."""
    changed = trial_tree.difference(room.shipped, trial_tree.files_of(room.tree))
    if changed or not room.shipped:
        raise Failed(changed or "装好时没有看过")
    return f"{len(room.shipped)} 个文件一个没变"


# -- over what is there --------------------------------------------------------------------------


def while_open(room: Room) -> str:
    """With the program open the installer refuses, and changes nothing."""
    before = trial_tree.files_of(room.tree)
    process = room.open_window()
    room.screen.wait_title(NAME)
    try:
        done = install(room, CHINESE)
        changed = trial_tree.difference(before, trial_tree.files_of(room.tree))
        if done.code != OPEN or changed:
            raise Failed(f"退出码 {done.code}，应当是 {OPEN}，程序文件夹{changed or '没有变'}")
    finally:
        room.close_window(process)
    return f"退出码 {done.code}，{len(before)} 个文件一个没变"


def over_the_same(room: Room) -> str:
    """Over itself: the same files again, what is not ours stays, what is not part of it any more goes."""
    before = trial_tree.files_of(room.tree)
    foreign, inside, stale = (room.tree / name for name in (FOREIGN, f"app/{FOREIGN}", STALE))
    for path in (foreign, inside, stale):
        path.write_text("", "utf-8")
    listed = room.tree / FILE_LIST
    lines = [*listed.read_text("utf-16").splitlines(), str(PureWindowsPath(STALE))]
    listed.write_bytes("\r\n".join([*lines, ""]).encode("utf-16"))
    must(install(room), "覆盖安装，不说装到哪里")  # where it was installed before is known
    after = trial_tree.files_of(room.tree)
    kept = [name for name in after if name.endswith(FOREIGN)]
    if len(kept) != 2:
        raise Failed(f"别人放进程序文件夹的两个文件只剩 {kept}")
    changed = trial_tree.difference(before, {name: after[name] for name in after.keys() - set(kept)})
    if changed:
        raise Failed(changed)
    return f"{len(before)} 个文件和原来一样，旧版多余的文件清走了，别人的文件还在：{'、'.join(kept)}"


def over_others(room: Room) -> str:
    """Over an older version without a word; over a newer one only when that is said."""
    before = trial_tree.files_of(room.tree)
    program = room.tree / WINDOW
    ours = program.read_bytes()
    program.write_bytes(versioned(ours, 99))
    refused = install(room, CHINESE)
    if refused.code != NEWER or program.read_bytes() == ours:
        raise Failed(f"装着 99 版，旧的照样装了，退出码 {refused.code}")
    must(install(room, CHINESE, "/OLDER"), "装旧的，说明白了")
    program.write_bytes(versioned(ours, 0))
    must(install(room, CHINESE), "升级")
    changed = trial_tree.difference(before, trial_tree.files_of(room.tree))
    if changed:
        raise Failed(changed)
    return f"装着新版时退出码 {NEWER}、什么也没动，写了 /OLDER 才装；装着旧版时直接升级；最后 {len(before)} 个文件都对"


def versioned(program: bytes, version: int) -> bytes:
    """A program that says that it is of another version: ``version.0.0.0``.

    Source: VS_FIXEDFILEINFO, its signature, then the version of the structure, then the file's in two halves.
    """
    at = program.index((0xFEEF04BD).to_bytes(4, "little")) + 8
    halves = (version << 16).to_bytes(4, "little") + bytes(4)
    return program[:at] + halves + program[at + 8 :]


def uninstall(room: Room) -> None:
    """Uninstall silently and wait for it: the uninstaller goes on as a copy of itself.

    Raises:
        Failed: something of ours is left.
    """
    room.wine.run(room.tree / "uninstall.exe", "/S")
    for _ in range(200):
        left = left_behind(room)
        if not left:
            return
        time.sleep(0.2)
    raise Failed(f"卸载后还有：{'、'.join(left[:6])}")


def left_behind(room: Room) -> list[str]:
    """What the uninstaller has not taken away: files, then links and what Windows was told."""
    files = [name for _, _, names in os.walk(room.tree) for name in names]  # they go while we look
    left = [name for name in files if name != FOREIGN]  # under whatever folder the installer has put it
    if not left:  # asking the registry takes a moment; it goes with the last file
        left += [path.name for path in shortcuts(room)]
        left += [UNINSTALL] if room.wine.registry(UNINSTALL) else []
    return left


def clean_end(room: Room) -> str:
    """Uninstalled: files, links and registry are gone; what was filled in stays, and so does what is not ours."""
    kept = trial_tree.files_of(room.user_data)
    (room.tree / FOREIGN).touch()
    uninstall(room)
    classes = room.wine.registry(CLASSES)
    kinds = [kind for kind in KINDS if any(key.lower().endswith(kind) for key in classes)]
    if kinds or any(NAME.lower() in key.lower() for key in classes):
        raise Failed(f"注册表里还有：{kinds or [key for key in classes if NAME.lower() in key.lower()]}")
    if not (room.tree / FOREIGN).is_file():
        raise Failed("单位自己放进程序文件夹的文件没有了")
    changed = trial_tree.difference(kept, trial_tree.files_of(room.user_data))
    if changed or not kept:
        raise Failed(f"填写的资料{changed or '本来就没有'}")
    return f"程序、快捷方式、注册表都清了；资料 {len(kept)} 个文件一个没动，别人的文件还在"


# -- other Windows -------------------------------------------------------------------------------


def too_old_windows(room: Room) -> str:
    """On Windows 7 it refuses in words that name the way out, and puts nothing there."""
    room.wine.pretend("win7")
    try:
        silent = install(room, PureWindowsPath("C:/旧系统"))
        with Wizard(room, room.setup, "Windows 7 上的话") as wizard:
            page = wizard.wait("1809")
            wizard.press("Return")
            code = wizard.end()
    finally:
        room.wine.pretend("win10")
    if (silent.code, code) != (TOO_OLD, TOO_OLD) or room.wine.path("C:/旧系统").exists():
        raise Failed(f"退出码 {silent.code}、{code}，应当是 {TOO_OLD}")
    if "空白 Word 表" not in page:
        raise Failed("没有说这台电脑上怎么填")
    return f"退出码 {TOO_OLD}，什么也没装，说了这台电脑上怎么填；有照片"


def with_front_32(room: Room) -> str:
    """The installer as it is handed out, whose own program is of 32 bits: looked at, installed, started and taken away.

    Raises:
        Skipped: this Wine runs nothing of 32 bits, or there is no such installer.
    """
    if not WINE_32.is_file():
        raise Skipped(
            "这里的 Wine 只有 64 位（32 位的：dpkg --add-architecture i386，apt-get update，apt-get install wine32:i386）"
        )
    if room.handed_out is None:
        raise Skipped("没有给要发放的安装程序")
    room.setup = room.handed_out
    room.tree = room.wine.path(str(PLACE_32))
    with Wizard(room, room.setup, "32 位的前端") as wizard:
        wizard.wait("不需要管理员权限")
        wizard.press("Escape")
        wizard.wait("确定不装了吗", picture=False)
        wizard.press("alt+y")
        wizard.end()
    done = must(install(room, PLACE_32), "静默安装")
    told = _looked_over(room)
    said = must(room.console("--version"), "运行").output.strip()
    uninstall(room)
    return f"{told}，{done.seconds:.1f} 秒，运行说 {said}，卸载后不留文件"
