"""Sentences about files that are not opened, and names that can be shown."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from pilotdesk.drafts.returned_lines import MENDED, STILL_OPEN

if TYPE_CHECKING:
    from collections.abc import Collection

LINK: Final = "这是一个指向别处的链接，没有打开。要收的，请把原来的文件放进来。"
SPECIAL: Final = "这不是普通的文件，没有打开。"
UNREADABLE: Final = "打不开，可能没有权限，或正被别的程序占用。请复制一份出来再收。"
FOLDER_UNREADABLE: Final = "这个文件夹打不开，里面的没有收。请看看有没有权限。"
TOO_DEEP: Final = "文件夹套得太深，里面的没有收。请把它移到上面来。"
TOO_MANY: Final = "文件太多，后面的没有收。请分几次收。"
UNFINISHED: Final = "读不完：读了太久，或读的时候出了错，没有收。请打开它另存一份，或让单位重报。"
LOCKED: Final = "加了密码，没有打开。请向单位问到密码，再收一次。"
STILL_LOCKED: Final = "填的密码都打不开它，没有收。请向单位问清密码，再收一次。"
EMPTY: Final = "里面什么也没有，请让单位重报。"
OTHER_ARCHIVE: Final = "这种压缩包这里打不开。请用解压软件解开，把解出来的文件夹放进来再收。"
NESTED: Final = "压缩包套了太多层，没有再往里看。请解开后再收。"
SHORTCUT: Final = "这只是一个快捷方式，不是文件本身。请把原来的文件放进来。"
UNKNOWN_KIND: Final = "这种文件这里不看内容，只记下收到了它。"
NOT_WHOLE: Final = "文件不完整，打不开。请让单位重新扫描或导出一份再报。"
NO_SUBMISSION: Final = "旁边没有能读的申报材料，不知道是哪一件的。"
SEVERAL_SUBMISSIONS: Final = "同一个文件夹里有几件申报材料，不知道是哪一件的。"
GONE: Final = "找不到它了，可能已经移走，或 U 盘拔出来了。"

ZIP_BROKEN: Final = "压缩包不完整，解不开。请让单位重新打包再报。"
ZIP_LOCKED: Final = "压缩包设了密码，解不开。请解开后把里面的文件放进来再收。"
ZIP_UNSAFE: Final = "压缩包里的文件名会写到别处去，为了安全没有解开。请让单位重新打包再报。"
ZIP_BOMB: Final = "压缩包解开后大得反常，为了安全没有解开。请让单位重新打包再报。"
ZIP_MANY: Final = "压缩包里的文件太多，没有解开。请解开后分几次收。"
ZIP_TWICE: Final = "压缩包里有同名的文件，不知道要哪一个，没有解开。请让单位重新打包再报。"
ZIP_METHOD: Final = "压缩包用了少见的压缩方法，解不开。请让单位另外打一个普通的 zip 再报。"
DISK_FULL: Final = "盘满了，解不开这个压缩包。腾出一些地方再收。"

_CONTROL_PICTURES: Final = 0x2400
_DELETE: Final = 0x7F
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def too_large(size: int) -> str:
    """The sentence about a file that is too large to be read."""
    shown = f"{size / 2**30:.1f} GB" if size >= 2**30 else f"{size / 2**20:.0f} MB"
    return f"有 {shown}，太大了，没有读。"


def empty_files(count: int, named: list[str]) -> str:
    """The one line about files with nothing in them."""
    some = "、".join(f"“{name}”" for name in named)
    return f"有 {count} 个空文件，没有收：{some}{' 等' if count > len(named) else ''}。要收的，请让单位重报。"


def compared(said: Collection[str]) -> str:
    """What a 意见修改对照表 says, line by line, in one line: ``6 处意见，5 处已改，1 处写了说明``."""
    mended, still = (sum(text == word for text in said) for word in (MENDED, STILL_OPEN))
    counts = (
        (mended, "已改"), (len(said) - mended - still, "写了说明"), (still, "没有改也没有说明"),
    )  # fmt: skip
    told = "，".join(f"{count} 处{what}" for count, what in counts if count)
    return f"{len(said)} 处意见，{told}。" if said else ""


def shown(name: str) -> str:
    """A name as it can be shown in one line: signs that cannot be seen stand as pictures of themselves (␊) or as �."""
    if name.isprintable():
        return name
    return "".join(map(_sign, name))


def _sign(sign: str) -> str:
    code = ord(sign)
    if code < ord(" "):
        return chr(_CONTROL_PICTURES + code)
    if code == _DELETE:
        return "␡"
    return "�" if unicodedata.category(sign) in _UNSEEN else sign


def read_by_labels(filled: int, asked: int) -> str:
    """The sentence about a Word file of somebody else."""
    return f"不是 PilotDesk 导出的 Word，按栏名读出 {filled} 栏，表里要填 {asked} 栏，请对着原件核一遍。"


def older_package(newer: str) -> str:
    """The sentence about a package beside a newer one of the same project."""
    return f"是较早的一份，内容不一样，以“{newer}”为准。"


def second_copy(other: str) -> str:
    """The sentence about a package beside another one that says the same."""
    return f"和“{other}”内容一样，只用其中一份。"
