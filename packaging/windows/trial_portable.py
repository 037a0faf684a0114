"""Steps of the portable folder: it keeps everything beside itself, and says so where it cannot."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Final

import trial_tree
from trial_report import Failed, Skipped
from windows.trial_room import A_DRAFT, CONSOLE, WINDOW

if TYPE_CHECKING:
    from pathlib import Path

    from windows.trial_room import Room

PLACE: Final = "U 盘 绿色版"
KEPT: Final = "资料"


def unpacked(room: Room) -> Path:
    """The portable folder on the C: of the trial, unpacked when it is not there yet."""
    place = room.wine.drive / PLACE
    if not place.is_dir():
        if room.portable is None:
            raise Skipped("没有给绿色版的压缩包")
        with zipfile.ZipFile(room.portable) as packed:
            packed.extractall(place)
    folders = [path.parent for path in place.rglob(WINDOW)]
    if len(folders) != 1:
        raise Failed(f"压缩包里有 {len(folders)} 个 {WINDOW}")
    return folders[0]


def beside_itself(room: Room) -> str:
    """Everything that is filled in lies beside the program; in the user's profile nothing comes, goes or changes."""
    folder = unpacked(room)
    before, shipped = _profile(room), trial_tree.files_of(folder)
    process = room.wine.start(folder / WINDOW, "gui", "--sample")
    room.screen.wait_title("PilotDesk")
    room.wait_page(A_DRAFT)
    room.keep_picture("绿色版窗口")
    code = room.close_window(process)
    changed = trial_tree.difference(before, _profile(room))
    after = trial_tree.files_of(folder)
    own = {name: digest for name, digest in after.items() if name.startswith(f"{KEPT}/")}
    program = trial_tree.difference(shipped, {name: after[name] for name in after.keys() - own.keys()})
    if code or changed or program or f"{KEPT}/pilotdesk.db" not in own:
        raise Failed(
            f"退出码 {code}；用户文件夹{changed or '没有变'}；程序{program or '没有变'}；资料 {sorted(own)[:5]}"
        )
    return f"资料里 {len(own)} 个文件，用户文件夹和程序文件夹一个字节没变"


def not_writable(room: Room) -> str:
    """Where nothing can be written beside it, it says so in words and writes nowhere else."""
    folder = unpacked(room)
    kept, aside = folder / KEPT, folder / f"{KEPT}-"
    if kept.is_dir():
        kept.rename(aside)
    # A file of that name stands in the way of the folder: for whoever is root a stick is never write-protected.
    kept.write_text("", "utf-8")
    before = _profile(room)
    try:
        done = room.wine.run(folder / CONSOLE, "handover", "--to", room.folder / "交接", seconds=60)
    finally:
        kept.unlink()
        if aside.is_dir():
            aside.rename(kept)
    said = done.output.strip()
    changed = trial_tree.difference(before, _profile(room))
    if done.code != 2 or "Traceback" in said or KEPT not in said or changed:
        raise Failed(
            f"退出码 {done.code}，它说：{said[-300:] or '什么也没说'}；用户文件夹{changed or '没有变'}"
        )
    return f"退出码 2：{said.splitlines()[-1]}"


def _profile(room: Room) -> dict[str, str]:
    """The files of the user, less what Wine itself keeps in the folder for temporary files."""
    return {
        name: digest
        for name, digest in trial_tree.files_of(room.wine.profile).items()
        if "/Temp/" not in f"/{name}"
    }
