"""Steps of handing out: the installer lies beside a public key, and what is signed with it is believed, and nothing else."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Final

from trial_report import Failed
from windows.trial_room import must

if TYPE_CHECKING:
    from pathlib import Path

    from windows.trial_room import Room

NAME: Final = "试用的发放单位"
FOLDER: Final = "U 盘"
ROUND: Final = "2099"
_WORDS: Final = "试用时的密码 2026"


def beside_a_key(room: Room) -> Path:
    """Put the installer into a folder with a fresh public key, as on the stick of who hands it out; returns its place there."""
    folder = room.folder / FOLDER
    setup = folder / room.setup.name
    if setup.is_file():
        return setup
    folder.mkdir()
    _password(room).write_text(f"{_WORDS}\n", "utf-8")
    made = ("--name", NAME, "--to", folder, "--password-file", _password(room))
    must(room.here("pack", "key", *made), "做钥匙")
    os.link(room.setup.resolve(), setup)
    return setup


def signed_pack(room: Room) -> str:
    """A new round that is signed with the key from beside the installer is believed; the same with one byte changed is not."""
    folder = room.folder / FOLDER
    given, secret = _only(folder, "*.pdkey"), _only(folder, "*.pdsecret")
    kept = room.tree / "keys" / given.name
    if not kept.is_file() or kept.read_bytes() != given.read_bytes():
        raise Failed(f"安装时没有把旁边的 {given.name} 带过去")
    pack = room.folder / f"更新 {ROUND}.pdpack"
    must(room.here("pack", "build", _newer_round(room), "--to", pack), "做更新包")
    signing = ("--key", secret, "--password-file", _password(room))
    must(room.here("pack", "sign", pack, *signing), "签名")
    said = must(room.console("pack", "verify", pack), "核对更新包").output
    if NAME not in said:
        raise Failed(f"没有说是谁签的：{said[-300:]}")
    content = bytearray(pack.read_bytes())
    content[len(content) // 2] ^= 1
    changed = room.folder / "改过的.pdpack"
    changed.write_bytes(content)
    refused = must(room.console("pack", "verify", changed), "核对改过的更新包", 2).output.strip()
    return f"认出“{NAME}”签的 {len(content)} 字节；改了一个字节的：{refused.splitlines()[-1]}"


def _password(room: Room) -> Path:
    return room.folder / "密码.txt"


def _newer_round(room: Room) -> Path:
    """A round that the installed program does not have: the forms of the shipped one under another name."""
    folder = room.folder / ROUND
    shutil.copytree(room.root / "forms" / "2026", folder)
    described = folder / "round.toml"
    described.write_text(
        described.read_text("utf-8").replace('name = "2026"', f'name = "{ROUND}"', 1), "utf-8"
    )
    return folder


def _only(folder: Path, pattern: str) -> Path:
    found = list(folder.glob(pattern))
    if len(found) != 1:
        raise Failed(f"{folder.name} 里有 {len(found)} 个 {pattern}")
    return found[0]
