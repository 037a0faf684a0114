"""A folder that was made to do harm: bombs, traps, special files, names that nobody can show, and a little that is sound."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from random import Random
from typing import TYPE_CHECKING

from pilotdesk.record import Record
from tests.documents.hostile_docx import MAKERS
from tests.province.placing import zipped
from tests.province.province import make_cases, stage
from tests.province.spinning import Clauses

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EMPTY_FILES = 10_000
SPARSE = 5 * 2**30
_ENCRYPTED = 0x1
SECRET = "SECRET-OUTSIDE-THE-FOLDER"


class Trap(Record, frozen=True, kw_only=True):
    """One thing in the folder.

    Attributes:
        place: where it lies. what: a word for it. refused: whether it must be named with a reason; otherwise it may simply
            be left out, or be kept as something that came along.
    """

    place: str
    what: str
    refused: bool = True


class Hostile(Record, frozen=True, kw_only=True):
    """What was made.

    Attributes:
        traps: everything harmful. sound: place of the one sound package in between.
        outside: a file beside the folder that nobody may read, change or follow a link to.
        missing: what this machine could not make (no links, no pipes).
    """

    traps: tuple[Trap, ...]
    sound: str
    outside: Path
    missing: tuple[str, ...] = ()


def make_hostile(folder: Path, *, empty_files: int = EMPTY_FILES) -> Hostile:
    """Fill a folder; it takes some seconds and 60 MB of disk.

    Args:
        folder: empty or missing; a file ``outside.txt`` is put beside it.
        empty_files: so many of them in one folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    outside = folder.parent / "outside.txt"
    outside.write_text(SECRET, "utf-8")
    traps: list[Trap] = []
    missing: list[str] = []
    for make in (_archives, _documents, _odd_names, _leftovers):
        traps += make(folder)
    traps += _many(folder, empty_files)
    for what, make_special in _SPECIAL.items():
        try:
            traps.append(make_special(folder))
        except (OSError, AttributeError, NotImplementedError):
            missing.append(what)
    return Hostile(traps=tuple(traps), sound=_sound(folder), outside=outside, missing=tuple(missing))


def _sound(folder: Path) -> str:
    """A unit with nothing wrong in the middle of it."""
    case = make_cases(1, seed=99, carriers={"pilot": 1}, attachments=6, small=True, clauses=Clauses())[0]
    place = f"好的/{case.profile.title}.pilot"
    (folder / "好的").mkdir()
    (folder / place).write_bytes(stage(case)[0][f"{case.profile.title}.pilot"])
    return place


# -- archives --------------------------------------------------------------------------------------


def _archives(folder: Path) -> list[Trap]:
    sound = zipped({"材料/说明.pdf": b"%PDF-1.4\n%%EOF\n"}, gbk=True)
    made = {
        "断了的.zip": (sound[:-20], "broken archive"),
        "不是压缩包.zip": (b"this is text\n" * 40, "text named as archive"),
        "炸弹.zip": (_bomb(), "bomb"),
        "爬出去.zip": (_climbing(), "names that climb out"),
        "加密.zip": (_locked(), "encrypted archive"),
        "套了又套.zip": (_nested(6), "archives in archives"),
        "同名.zip": (_twice(), "two entries of one name"),
        "两万个.zip": (_crowded(20_000), "too many entries"),
    }
    for name, (content, _) in made.items():
        (folder / name).write_bytes(content)
    return [Trap(place=name, what=what) for name, (_, what) in made.items()]


def _bomb() -> bytes:
    """320 MB of zeros in a megabyte and a half."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("申报书.docx", "w", force_zip64=True) as opened,
    ):
        for _ in range(80):
            opened.write(bytes(4 * 2**20))
    return target.getvalue()


def _climbing() -> bytes:
    names = (
        "../../outside.txt",
        "/tmp/outside.txt",
        "C:\\outside.txt",
        "..\\..\\outside.txt",
        "好的/../../outside.txt",
    )
    return zipped(dict.fromkeys(names, b"overwritten"), gbk=False)


def _locked() -> bytes:
    """Entries marked as encrypted, in the head of each and in the directory."""
    content = bytearray(zipped({"申报书.docx": b"x" * 400, "附件.pdf": b"y" * 400}, gbk=True))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            flags = struct.unpack_from("<H", content, place + at)[0]
            struct.pack_into("<H", content, place + at, flags | _ENCRYPTED)
            place = content.find(mark, place + 4)
    return bytes(content)


def _nested(levels: int) -> bytes:
    content = b"at the bottom"
    for level in range(levels):
        content = zipped({f"第{level}层.zip": content}, gbk=False)
    return content


def _twice() -> bytes:
    content = bytearray(zipped({"a申报书.pilot": b"one", "b申报书.pilot": b"two"}, gbk=False))
    return bytes(content).replace("b申报书".encode(), "a申报书".encode())


def _crowded(count: int) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for number in range(count):
            archive.writestr(zipfile.ZipInfo(f"{number}.txt"), b"")
    return target.getvalue()


# -- files -----------------------------------------------------------------------------------------


def _documents(folder: Path) -> list[Trap]:
    """Word files with entities and the like; packages that are none."""
    below = folder / "文档"
    below.mkdir()
    (below / "secret.txt").write_text(SECRET, "utf-8")
    made = [
        Trap(place="文档/secret.txt", what="a text file", refused=False),
    ]
    for name in _WORD_TRAPS:
        MAKERS[name][0](below / name)
        made.append(Trap(place=f"文档/{name}", what=MAKERS[name][1]))
    noise = Random(5).randbytes(20_000)
    others = {
        "文字.pilot": ("这是一段文字，不是申报材料包。\n" * 30).encode(),
        "空的.pilot": b"",
        "杂音.docx": noise,
        "杂音.pdf": b"%PDF-1.7\n" + noise,
        "零.docx": b"",
        "压缩包.pilot": zipped({"manifest.json": b'{"format": "something-else"}'}, gbk=False),
        "深.pilot": zipped({"manifest.json": b"[" * 200_000}, gbk=False),
    }
    for name, content in others.items():
        (below / name).write_bytes(content)
        made.append(Trap(place=f"文档/{name}", what="none of ours" if content else "empty files"))
    return made


_WORD_TRAPS = tuple(name for name, (_, code) in MAKERS.items() if code == "docx_unsafe")[:6]


def _odd_names(folder: Path) -> list[Trap]:
    """Names with newlines and signs that turn text around; what the file system does not take is left out."""
    names = (
        "第一行\n第二行.docx",
        "倒\u202ecod.exe.pdf",
        "铃\x07.txt",
        "长" * 80 + ".docx",
        "　.pdf",
        "-rf.txt",
        "$(reboot).docx",
    )
    made: list[Trap] = []
    for name in names:
        try:
            (folder / name).write_bytes(b"not a document")
        except OSError:
            continue
        made.append(Trap(place=name, what="odd name", refused=False))
    return made


def _leftovers(folder: Path) -> list[Trap]:
    """What systems and programs leave lying about."""
    made = {
        "Thumbs.db": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "desktop.ini": b"[.ShellClassInfo]\r\n",
        ".DS_Store": b"\0\0\0\x01Bud1" + bytes(400),
        "~$申报书.docx": b"\x05Admin" + bytes(156),
        ".~lock.申报书.docx#": b",admin,PC,20.06.2026 10:00,file:///;",
        "~WRL0001.tmp": bytes(2000),
        "__MACOSX/._申报书.docx": b"\0\x05\x16\x07" + bytes(100),
    }
    for name, content in made.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    return [Trap(place=name, what="left by a program", refused=False) for name in made]


def _many(folder: Path, count: int) -> list[Trap]:
    below = folder / "空文件"
    below.mkdir()
    for number in range(count):
        (below / f"{number:05}.docx").touch()
    return [Trap(place="空文件", what="empty files")]


# -- special files ---------------------------------------------------------------------------------


def _sparse(folder: Path) -> Trap:
    with (folder / "五个G.docx").open("wb") as opened:
        opened.truncate(SPARSE)
    return Trap(place="五个G.docx", what="sparse file of 5 GB")


def _link_out(folder: Path) -> Trap:
    (folder / "链接.docx").symlink_to(folder.parent / "outside.txt")
    return Trap(place="链接.docx", what="link to a file outside")


def _link_folder(folder: Path) -> Trap:
    (folder / "外面").symlink_to(folder.parent, target_is_directory=True)
    return Trap(place="外面", what="link to a folder outside")


def _link_loop(folder: Path) -> Trap:
    below = folder / "绕圈"
    below.mkdir()
    (below / "自己").symlink_to(below, target_is_directory=True)
    return Trap(place="绕圈/自己", what="link to its own folder")


def _link_nowhere(folder: Path) -> Trap:
    (folder / "断链.pilot").symlink_to(folder / "没有这个文件")
    return Trap(place="断链.pilot", what="link to nothing")


def _pipe(folder: Path) -> Trap:
    os.mkfifo(folder / "管道.docx")
    return Trap(place="管道.docx", what="named pipe")


def _unreadable(folder: Path) -> Trap:
    """Nobody may read it, but for the administrator."""
    target = folder / "读不了.pilot"
    target.write_bytes(b"locked away")
    target.chmod(0)
    return Trap(place="读不了.pilot", what="no right to read")


def _device_name(folder: Path) -> Trap:
    (folder / "NUL.docx.txt").write_bytes(b"a name that Windows keeps for itself")
    return Trap(place="NUL.docx.txt", what="name of a device", refused=False)


_SPECIAL: dict[str, Callable[[Path], Trap]] = {
    "sparse": _sparse, "link out": _link_out, "link to folder": _link_folder, "loop": _link_loop,
    "dead link": _link_nowhere, "pipe": _pipe, "unreadable": _unreadable, "device name": _device_name,
}  # fmt: skip
