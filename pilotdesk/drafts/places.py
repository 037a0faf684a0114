"""Where a data directory lies, and what is wrong with the place: shares, synchronised folders, what is thrown away.

SQLite's write-ahead log wants a disk of this computer, and a synchronising program copies files while they are being written.
Nothing here writes, except one empty file to see whether it can.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Final

from pilotdesk.errors import StoreError
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

LEAST_FREE: Final = 200 * 2**20
"""Bytes below which a disk is as good as full: a backup needs as much again as the drafts."""

_NETWORK_KINDS: Final = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "9p", "afs", "sshfs", "fuse.sshfs", "davfs", "fuse.davfs2",
     "fuse.gvfsd-fuse"}
)  # fmt: skip
_DRIVE_REMOVABLE, _DRIVE_REMOTE = 2, 4
"""``GetDriveType`` of Windows for a drive letter that is a stick, or a share."""
_PLUGGED: Final = ("/media", "/run/media")
"""Where the desktops of Linux put what is plugged in."""

_SYNCHRONISED: Final = {
    r"onedrive( - .+)?": "OneDrive",
    r"dropbox( \(.+\))?": "Dropbox",
    r"nutstore( files)?|我的坚果云|坚果云": "坚果云",
    r"baidusyncdisk|baidunetdiskworkspace|百度网盘同步空间|baidunetdisk": "百度网盘",
    r"icloud ?drive|iclouddrive|mobile documents|com~apple~clouddocs": "iCloud",
    r"wpsdrive|wps云盘|wps网盘": "WPS 云盘",
    r"google ?drive|googledrive": "Google Drive",
    r"alidrive|阿里云盘": "阿里云盘",
    r"seafile|nextcloud|owncloud|syncthing": "同步盘",
}
_RECEIVED: Final = {
    r"wechat files|xwechat_files|微信文件": "微信",
    r"wxwork|企业微信文件": "企业微信",
    r"tencent files|qqfiles?|filerecv": "QQ",
    r"dingtalk|钉钉": "钉钉",
}
_UNPACKED: Final = r"temp\d*_.+\.zip|rar\$.+|7z[os][0-9a-f]+|bnz\..+|360zip\$.*|haozip.*|\.cache"
_TEMPORARY: Final = r"temp|temporary internet files|inetcache|\$recycle\.bin|回收站|\.trash.*"

SENTENCES: Final = {
    "network": "资料放在网络共享“{folder}”上：断网或两个人同时打开会把资料弄坏，请移到这台电脑自己的盘上。",
    "synchronised": "资料放在{name}会同步的文件夹里：它会在写到一半时抢着上传，可能弄坏或多出“冲突副本”，请移到不同步的地方。",
    "received": "资料放在{name}的接收文件夹里：清理聊天记录时会一起删掉，请移到别的地方。",
    "unpacked": "程序像是在压缩包里直接打开的：关掉压缩软件，填的内容就没有了，请把资料移到别的地方，程序解压以后再用。",
    "temporary": "资料放在临时文件夹里：电脑清理垃圾时会一起删掉，请移到别的地方。",
    "full": "资料所在的盘只剩 {free} MB：再填就存不上了，请腾出一些地方，或把资料移到别的盘。",
    "protected": "资料文件夹“{folder}”写不进去：U 盘写保护开着，或没有权限。请关掉写保护，或移到自己能写的地方。",
}


class Unfit(Record, frozen=True):
    """What is wrong with a place: a key of :data:`SENTENCES`, and one sentence for people."""

    kind: str
    sentence: str


def wrong_with(folder: Path) -> Unfit | None:
    """What is wrong with a data directory, the gravest first; ``None`` for a good place."""
    return (
        _protected(folder)
        or wrong_name(folder, temporary=_temporary_folders())
        or _network(folder)
        or _full(folder)
    )


def is_on_stick(folder: Path) -> bool:
    """Whether a folder is on a disk that is plugged into this computer, and so into no other: a USB stick."""
    if sys.platform == "win32":
        import ctypes

        drive = f"{PureWindowsPath(folder).drive}\\"
        return bool(getattr(ctypes, "windll").kernel32.GetDriveTypeW(drive) == _DRIVE_REMOVABLE)  # noqa: B009
    mount = next(
        place for place in (folder, *folder.parents) if os.path.ismount(place) or place == place.parent
    )
    return any(mount.is_relative_to(place) for place in _PLUGGED)


def free_megabytes(folder: Path) -> int:
    """Room on the disk of a folder, which need not be there yet.

    Raises:
        StoreError: ``store_unwritable`` when the disk does not say.
    """
    try:
        return shutil.disk_usage(_nearest(folder)).free // 2**20
    except OSError as trouble:
        raise StoreError("store_unwritable", folder=folder) from trouble


def wrong_name(folder: PurePath, *, temporary: Iterable[PurePath] = ()) -> Unfit | None:
    """What a path says by itself: a share, or a folder that belongs to another program.

    Args:
        folder: absolute; of Windows or POSIX.
        temporary: the system's folders for what is thrown away.
    """
    if str(folder).startswith(("\\\\", "//")) and not str(folder).startswith(("\\\\?\\", "\\\\.\\")):
        return _unfit("network", folder)
    parts = [part.lower() for part in folder.parts]
    for kind, patterns in (("synchronised", _SYNCHRONISED), ("received", _RECEIVED)):
        for pattern, name in patterns.items():
            if any(re.fullmatch(pattern, part) for part in parts):
                return _unfit(kind, folder, name=name)
    if any(re.fullmatch(_UNPACKED, part) for part in parts):
        return _unfit("unpacked", folder)
    thrown = any(folder.is_relative_to(place) for place in temporary if type(place) is type(folder))
    if thrown or any(re.fullmatch(_TEMPORARY, part) for part in parts):
        return _unfit("temporary", folder)
    return None


def is_network_mount(folder: PurePosixPath, mounts: str) -> bool:
    """Whether a folder of Linux is on a share.

    Args:
        folder: absolute.
        mounts: the text of ``/proc/mounts``.
    """
    found, kind = PurePosixPath("/"), ""
    for line in mounts.splitlines():
        parts = line.split()
        if len(parts) < 3:
            continue
        place = PurePosixPath(re.sub(r"\\(\d{3})", lambda code: chr(int(code[1], 8)), parts[1]))
        if folder.is_relative_to(place) and len(place.parts) >= len(found.parts):
            found, kind = place, parts[2]
    return kind in _NETWORK_KINDS


# -- inside --------------------------------------------------------------------------------------


def _unfit(kind: str, folder: PurePath, **words: object) -> Unfit:
    return Unfit(kind, SENTENCES[kind].format(folder=folder, **words))


def _temporary_folders() -> tuple[PurePath, ...]:
    """None for a data directory that was named on purpose: tests and kiosks put theirs where they like."""
    from pilotdesk.paths import DATA_VARIABLE

    return () if os.environ.get(DATA_VARIABLE) else (Path(tempfile.gettempdir()),)


def _nearest(folder: Path) -> Path:
    """The folder, or the nearest above it that is there."""
    return next((place for place in (folder, *folder.parents) if place.is_dir()), folder)


def _protected(folder: Path) -> Unfit | None:
    try:
        with tempfile.TemporaryFile(dir=_nearest(folder)):
            return None
    except OSError as trouble:
        return None if trouble.errno in {28, 122} else _unfit("protected", folder)


def _full(folder: Path) -> Unfit | None:
    with contextlib.suppress(OSError):
        free = shutil.disk_usage(_nearest(folder)).free
        if free < LEAST_FREE:
            return _unfit("full", folder, free=free // 2**20)
    return None


def _network(folder: Path) -> Unfit | None:
    if sys.platform == "win32":
        import ctypes

        drive = f"{PureWindowsPath(folder).drive}\\"
        remote = getattr(ctypes, "windll").kernel32.GetDriveTypeW(drive) == _DRIVE_REMOTE  # noqa: B009
        return _unfit("network", folder) if remote else None
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    return _unfit("network", folder) if is_network_mount(PurePosixPath(folder.absolute()), mounts) else None
