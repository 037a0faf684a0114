"""Writes `发放说明.pdf` beside the packages: one sheet for whoever hands the program out.

`.venv/bin/python packaging/handout.py DIST [--epoch N]`. Names, sizes and hashes are those of the files that lie in DIST;
nothing of them is typed here. It is printed by the program's own writer; the same files give the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from pilotdesk import __version__  # noqa: E402  # the program of this source tree, wherever it is started from
from pilotdesk.documents.blocks import Cell, Heading, Notes, Outline, Table  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pilotdesk.documents.blocks import Block

FILE_NAME: Final = "发放说明.pdf"
SUMS: Final = "SHA256SUMS"
TITLE: Final = "PilotDesk 发放说明"
REFERENCE: Final = "PilotDesk 不是任何机关发布的软件——正式模板以国家标准化试点项目管理信息系统下载的为准"
CLI: Final = "pilotdesk-cli.exe"
PLACE: Final = r"%LOCALAPPDATA%\Programs\PilotDesk"
DATA: Final = r"%LOCALAPPDATA%\PilotDesk"
LINUX_PLACE: Final = "/opt/apps/cn.pilotdesk.app/files"

# Ending → what it is for. In the order of the table.
USES: Final = {
    "-setup.exe": "Windows 安装程序，双击就装",
    "-绿色版.zip": "Windows 绿色版，解压就用，资料在它旁边",
    "_amd64.deb": "国产桌面和 Linux（Debian 系，x86-64）",
}
EXIT_CODES: Final = (
    "0 装好了　1 自己取消了　2 没装成，原来的没有动　3 Windows 太旧或是 32 位　4 程序正开着　5 已有更新的版本"
)


@dataclass(frozen=True)
class Handed:
    """One file that is handed out: name, what it is for, bytes, SHA-256."""

    name: str
    use: str
    size: int
    sha256: str

    @property
    def megabytes(self) -> str:
        """The size as people say it: `90.2 MB`, a million bytes each, as the build reports it."""
        return f"{self.size / 1e6:.1f} MB"


def handed_out(dist: Path) -> tuple[Handed, ...]:
    """The packages in a folder.

    Raises:
        FileNotFoundError: there is none: a sheet about nothing is a mistake.
    """
    found = []
    for ending, use in USES.items():
        for path in sorted(dist.glob(f"*{ending}")):
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            found.append(Handed(path.name, use, path.stat().st_size, digest))
    if not found:
        raise FileNotFoundError(f"{dist}: no package to hand out")
    return tuple(found)


def write_handout(dist: Path, *, version: str = __version__, epoch: int) -> Path:
    """Write the sheet into the folder of the packages, once all of them are there.

    Args:
        dist: the folder.
        version: of the program.
        epoch: SOURCE_DATE_EPOCH, seconds: the day that stands on the sheet (UTC).

    Raises:
        FileNotFoundError: there is no package.
    """
    from pilotdesk.documents.pdf.writing import write_pdf

    target = dist / FILE_NAME
    write_pdf(outline_of(handed_out(dist), version, datetime.fromtimestamp(epoch, UTC)), target)
    return target


def outline_of(files: tuple[Handed, ...], version: str, made: datetime) -> Outline:
    """The sheet as the writer takes it."""
    setup = _named(files, "-setup.exe", f"PilotDesk-{version}-setup.exe")
    package = _named(files, "_amd64.deb", f"cn.pilotdesk.app_{version}_amd64.deb")
    short = next((one.sha256[:12] for one in files), "")
    return Outline(
        title=TITLE, name=TITLE, project=f"{TITLE}　第 {version} 版　{made:%Y-%m-%d}", unit="",
        reference_line=REFERENCE, revision=0, draft=False, watermark="", check_code="",
        token=f"PDH;{version};{short}",
        blocks=(
            _opening(version, made),
            *_what(files),
            *_hashes(setup),
            *_installing(setup, package),
            *_places(),
            *_scanners(),
            *_updating(),
        ),
    )  # fmt: skip


def _named(files: tuple[Handed, ...], ending: str, otherwise: str) -> str:
    return next((one.name for one in files if one.name.endswith(ending)), otherwise)


# --- the parts -------------------------------------------------------------------------------------------------


def _opening(version: str, made: datetime) -> Notes:
    day = f"{made.year}年{made.month}月{made.day}日"
    return Notes(
        TITLE,
        (
            f"第 {version} 版，{day}做成。程序帮单位填写、检查、打印国家标准化试点的申报材料，不联网，不收集信息，"
            "不要管理员权限。",
            "程序和里面的版式都不是官方的，印出来带“参考稿”字样；正式模板从国家标准化试点项目管理信息系统下载，"
            "程序可以把内容填进去。",
            "下面的命令在“命令提示符”里输；带空格的路径加英文双引号，/D= 后面的不加。",
        ),
    )


def _table(
    widths: tuple[float, ...], head: tuple[str, ...], rows: Sequence[tuple[str, ...]], note: str = ""
) -> Table:
    cells = tuple(tuple(Cell(text, "label") for text in each) for each in rows)
    return Table("", "", widths, head, cells, "", note=note, padding_pt=4.2)


def _what(files: tuple[Handed, ...]) -> tuple[Block, ...]:
    rows = [(f"{one.name}\n{one.use}", one.megabytes, _grouped(one.sha256)) for one in files]
    rows.append(("*.pdkey\n发放单位的公钥", "", "核对更新用，没有就不放；放在安装程序旁边，安装时自动装进去"))
    note = f"另放 {SUMS}（同样的校验值，给 Linux 用）和本说明。"
    table = _table((67, 18, 71), ("文件和用处", "大小", "校验值（SHA-256）"), rows, note)
    return Heading(1, "一、U 盘里放什么", ""), table


def _grouped(digest: str) -> str:
    """Eight groups of eight signs, three on a line: to be compared by eye."""
    groups = [digest[at : at + 8] for at in range(0, 64, 8)]
    return "\n".join(" ".join(groups[at : at + 3]) for at in range(0, 8, 3))


def _hashes(setup: str) -> tuple[Block, ...]:
    rows = [
        ("Windows", f"certutil -hashfile {setup} SHA256"),
        ("Linux", f"sha256sum -c {SUMS}"),
    ]
    note = "算出来的和上表一字不差（空格、大小写不算）才是原样的文件，差一个字就不要用。"
    return Heading(1, "二、核对文件", ""), _table((30, 126), ("系统", "命令"), rows, note)


def _installing(setup: str, package: str) -> tuple[Block, ...]:
    rows = [
        (
            "一台一台装",
            f"双击 {setup}，点“下一步”“安装”。默认装在 {PLACE}，只给当前用户，桌面和开始菜单有图标。",
        ),
        ("不出窗口地装", f"start /wait {setup} /S"),
        ("换个地方装", f"start /wait {setup} /S /D=D:\\PilotDesk\n/D= 写在最后，不加引号。"),
        ("看装成没有", f"echo %errorlevel%\n{EXIT_CODES}"),
        ("再查一遍", f'"{PLACE}\\{CLI}" self-test\n字体、表单、导出都试一遍，每行写着“通过”就是好的。'),
        ("装新版", "先关掉程序，直接装新版，资料不动。旧版盖新版会被拦下，确实要就加 /OLDER。"),
        ("绿色版", "先解压，再双击 PilotDesk.exe，不要在压缩包里直接打开。公钥放进它的 keys 文件夹。"),
        ("国产桌面、Linux", f"sudo apt install ./{package}\n有的系统只许装应用商店的软件，要请管理员放开。"),
        (
            "卸载",
            f'设置—应用里卸载，或 "{PLACE}\\uninstall.exe" /S 。Linux：sudo apt remove cn.pilotdesk.app',
        ),
    ]
    return Heading(1, "三、安装和卸载", ""), _table((30, 126), ("怎么装", "做法或命令"), rows)


def _places() -> tuple[Block, ...]:
    rows = [
        ("Windows 安装版", DATA, "卸载、升级都不动它；真要去掉，自己删这个文件夹"),
        ("绿色版", "程序旁边的“资料”文件夹", "删掉整个绿色版文件夹，资料也就没有了，先拷走"),
        ("Linux", "~/.local/share/PilotDesk", "卸载不动它"),
    ]
    note = "每台电脑、每个用户各有一份，都只在本机。程序里点底下的“今日备份”，可以另存到 U 盘或第二个盘。"
    return Heading(1, "四、填的内容在哪里", ""), _table(
        (30, 60, 66), ("哪一种", "位置", "卸载以后"), rows, note
    )


def _scanners() -> tuple[Block, ...]:
    rows = [
        (
            "“Windows 已保护你的电脑”",
            "安装程序没有微软认可的签名，Windows 会这样问。先核对校验值，一致再点“更多信息”—“仍要运行”。",
        ),
        (
            "杀毒软件报警或拿走文件",
            "先核对安装程序的校验值。一致的，到隔离区恢复，把程序文件夹加入信任，再装一遍；不一致的，不要用。",
        ),
        (
            "打不开、缺文件",
            "首页右上角菜单里的“诊断卡”第 3 行写着文件齐不齐、有没有变。打电话求助时照着念，里面没有填写的内容。",
        ),
        (
            "Windows 7、8，32 位，不是 x86-64 的电脑",
            "装不了，用 Word 或 WPS 填：在能用的电脑上点“预览和导出”页右边的“空白 Word 表…”，存一份拷过去填，"
            "填好拖回程序窗口就读进来。",
        ),
    ]
    note = "没有在真的 SmartScreen 和各家杀毒软件上试过，上面是一般的做法；拿不准时问本单位管电脑的同事。"
    return Heading(1, "五、装不上、打不开的时候", ""), _table((42, 114), ("遇到", "怎么办"), rows, note)


def _updating() -> tuple[Block, ...]:
    rows = [
        (
            "做钥匙（一次）",
            f"{CLI} pack key --name 单位名称 --to D:\\keys\n公钥 .pdkey 往下发，私钥 .pdsecret 自己锁好。",
        ),
        ("做更新包", f"{CLI} pack build D:\\forms\\2027 --to 2027.pdpack"),
        ("签名，再看一遍", f"{CLI} pack sign 2027.pdpack --key 私钥.pdsecret\n{CLI} pack verify 2027.pdpack"),
        (
            "收到的人",
            "双击 .pdpack：先看谁签的、改了什么、和哪些草稿有关，再点“装上”。菜单“更新…”里可以撤销。",
        ),
        (
            "第一次收到",
            "没有公钥的要先登记：发放单位在电话里念 8 组指纹，对方逐组核对，一样才登记。没签名的、改过的装不上。",
        ),
        (
            "程序的新版",
            f"{CLI} program sign 安装程序 --version 新版号 --key 私钥\n"
            "旁边多出的 .pdsig 一起放进 U 盘；插上它，程序核对过、真的更新，才在首页提示。",
        ),
    ]
    note = f"{CLI} 在安装文件夹里。私钥的密码会当场问，屏幕上不显示。"
    return Heading(1, "六、往下发表单更新和新版", ""), _table((30, 126), ("做什么", "命令或做法"), rows, note)


def main(arguments: list[str]) -> int:
    """Write the sheet; returns the exit code."""
    parser = argparse.ArgumentParser(description="the sheet for whoever hands the program out")
    parser.add_argument("dist", type=Path)
    parser.add_argument("--epoch", type=int, default=int(os.environ.get("SOURCE_DATE_EPOCH", "0")))
    asked = parser.parse_args(arguments)
    try:
        print(write_handout(asked.dist, epoch=asked.epoch))
    except FileNotFoundError as trouble:
        print(trouble, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
