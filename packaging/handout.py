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
CLI: Final = "pilotdesk-cli"
"""The prompt finds the .exe."""
PLACE: Final = r"%LOCALAPPDATA%\Programs\PilotDesk"
DATA: Final = r"%LOCALAPPDATA%\PilotDesk"
LINUX_KEYS: Final = "/opt/apps/cn.pilotdesk.app/files/keys/"

# Ending → what it is for. In the order of the table.
USES: Final = {
    "-setup.exe": "Windows 安装程序，双击就装",
    "-绿色版.zip": "Windows 绿色版，解压就用，资料在它旁边",
    "_amd64.deb": "国产桌面和 Linux（Debian 系，x86-64）",
}
# Every code that windows/setup.nsi ends with: what it means, what is to be done.
EXIT_CODES: Final = {
    0: ("装好了", "不用做什么"),
    1: ("自己点了“取消”", "什么也没有改动；要装，再运行一次"),
    2: ("没装成，原来的没有动", "换一个能写入、没装别的程序的文件夹；磁盘要有 500 MB 空；再核对一次校验值"),
    3: ("这台电脑装不了：比 Windows 10（1809 版）旧，或是 32 位", "用空白 Word 表填，见第七部分"),
    4: ("程序正开着", "什么也没有改动；关掉它的窗口，再装"),
    5: ("已经装着更新的版本", "不用装；确实要换回旧版，在 /S 后面加 /OLDER"),
}


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
    files = handed_out(dist)
    ours = tuple(one for one in files if f"_{version}_" in one.name or f"-{version}-" in one.name)
    # Packages of an earlier version may still lie there; nobody is told to install them.
    write_pdf(outline_of(ours or files, version, datetime.fromtimestamp(epoch, UTC)), target)
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
            *_what(files, setup),
            *_windows(setup),
            *_codes(),
            *_linux(package),
            *_afterwards(),
            *_whom_to_ask(),
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
            "不要管理员权限。本说明写给往下发程序的同事。",
            "程序和里面的版式都不是官方的，印出来带“参考稿”字样；正式模板从国家标准化试点项目管理信息系统下载，"
            "程序可以把内容填进去。",
            "下面的命令在“命令提示符”里一行一行输：在资源管理器里打开放文件的文件夹，点上面的地址栏，输入 cmd，按回车。"
            "有空格的路径加英文双引号，/D= 后面的不加。",
        ),
    )


def _table(
    widths: tuple[float, ...], head: tuple[str, ...], rows: Sequence[tuple[str, ...]], note: str = ""
) -> Table:
    cells = tuple(tuple(Cell(text, "label") for text in each) for each in rows)
    return Table("", "", widths, head, cells, "", note=note, padding_pt=4.2)


def _what(files: tuple[Handed, ...], setup: str) -> tuple[Block, ...]:
    rows = [(f"{one.name}\n{one.use}", one.megabytes, _grouped(one.sha256)) for one in files]
    rows.append(
        ("*.pdkey\n发放单位的公钥", "", "核对更新用，没有就不放；和安装程序放在同一个文件夹，装的时候带进去")
    )
    note = (
        f"另放 {SUMS}（同样的校验值）和本说明。装不了软件的电脑用绿色版。.cdx.json 是成分清单（每个文件的版本、许可、校验值），"
        "有人查时再给。聊天软件不让发 .exe 的，压成 .zip 再发。"
    )
    commands = [
        ("Windows", f"certutil -hashfile {setup} SHA256"),
        ("Linux", f"sha256sum -c {SUMS}"),
    ]
    compared = (
        "算出来的和上表一字不差（空格、大小写不算）才是原样的文件，差一个字就不要用。"
        "上表要看发放单位印的或另外发来的这份说明，不要只看和文件放在一起的那一份。"
    )
    return (
        Heading(1, "一、U 盘里放什么，怎样核对", ""),
        _table((67, 18, 71), ("文件和用处", "大小", "校验值（SHA-256）"), rows, note),
        _table((30, 126), ("在哪里核对", "命令"), commands, compared),
    )


def _grouped(digest: str) -> str:
    """Eight groups of eight signs, three on a line: to be compared by eye."""
    groups = [digest[at : at + 8] for at in range(0, 64, 8)]
    return "\n".join(" ".join(groups[at : at + 3]) for at in range(0, 8, 3))


def _windows(setup: str) -> tuple[Block, ...]:
    rows = [
        (
            "一台一台装",
            f"双击 {setup}，点“下一步”“安装”。只给当前用户装，桌面和开始菜单有图标。"
            "旁边有公钥的，会问要不要登记：和安装程序一起发来的点“是”，不知道哪来的点“否”。",
        ),
        (
            "不出窗口地装",
            f"start /wait {setup} /S\n旁边的公钥不问，直接登记。用使用人自己的账户运行（如登录脚本），不要用系统账户。",
        ),
        ("换个地方装", f"start /wait {setup} /S /D=D:\\PilotDesk\n/D= 写在最后，不加引号，有空格也不加。"),
        ("看装成没有", "echo %errorlevel%\n显示的数是什么意思，见第三部分。"),
        (
            "再查一遍",
            f"cd /d {PLACE}\n{CLI} self-test\n每个文件、字体、表单、导出都试一遍，每行写着“通过”就是好的。",
        ),
        (
            "装新版，退回旧版",
            "先关掉程序，照样装一遍，资料不动。退回旧版：用旧版的安装程序装，在 /S 后面加 /OLDER；"
            "新版改过的资料，旧版可能只能看、不能改。",
        ),
        (
            "绿色版",
            "先解压，再双击 PilotDesk.exe，不要在压缩包里直接打开。公钥放在旁边的 keys 文件夹里，没有就建一个。"
            "换新版：解压到另一个文件夹，把旧的“资料”和 keys 整个拷过去。",
        ),
    ]
    note = f"默认装在 {PLACE} ；同一台电脑的每个用户各装各的。"
    return Heading(1, "二、在 Windows 上装", ""), _table((30, 126), ("怎么装", "做法或命令"), rows, note)


def _codes() -> tuple[Block, ...]:
    rows = [(str(code), *words) for code, words in EXIT_CODES.items()]
    note = "不出窗口时什么都不问、不说，只有这个数；除了 0，原来的程序和资料都没有动。"
    head = ("数", "意思", "怎么办")
    return Heading(1, "三、安装程序的返回值", ""), _table((12, 62, 82), head, rows, note)


def _linux(package: str) -> tuple[Block, ...]:
    rows = [
        ("安装、装新版", f"sudo apt install ./{package}"),
        ("登记公钥", f"sudo cp *.pdkey {LINUX_KEYS}"),
        ("再查一遍", "pilotdesk self-test"),
        ("卸载", "sudo apt remove cn.pilotdesk.app"),
    ]
    note = (
        "要的库桌面系统一般都有，不联网也能装；说缺哪个，从系统的软件源装。有的系统只许装应用商店的软件，要请管理员放开。"
        "在干净的 Debian 11 里装过、用过、卸过，没有在真的 UOS、麒麟上试过。"
    )
    return Heading(1, "四、在国产桌面、Linux 上装", ""), _table((30, 126), ("做什么", "命令"), rows, note)


def _afterwards() -> tuple[Block, ...]:
    places = [
        ("安装版", DATA, "不动它；真要去掉，自己删这个文件夹"),
        ("绿色版", "程序旁边的“资料”文件夹", "整个文件夹删了，资料也没有了，先拷走"),
        ("Linux", "~/.local/share/PilotDesk", "不动它"),
    ]
    deeds = [
        (
            "换一台电脑",
            "旧电脑：首页“资料安全”里点“存一份到 U 盘”。新电脑：装好，首页点“从备份找回…”，选 U 盘。绿色版拷走整个文件夹就行。",
        ),
        (
            "卸载",
            f'"{PLACE}\\uninstall.exe" /S\n也可在设置—应用里卸载。几秒后文件夹没了就好；程序开着时不卸。',
        ),
    ]
    note = "每台电脑、每个用户各有一份，都只在本机；在程序里换过地方的，首页“资料安全”里写着在哪里。"
    return (
        Heading(1, "五、资料、换电脑、卸载", ""),
        _table((20, 62, 74), ("哪一种", "填的内容在哪里", "卸载以后"), places, note),
        _table((30, 126), ("要做什么", "做法或命令"), deeds),
    )


def _whom_to_ask() -> tuple[Block, ...]:
    """To be filled in by hand: whoever distributes is who people ring up."""
    rows = [("发放单位、联系人", ""), ("电话", ""), ("公钥的指纹（8 组）", "")]
    note = (
        "发之前填好。登记公钥的人打电话来，照这里的指纹念给他听。私钥丢了、泄露了，换个文件夹再做一对，打电话通知各单位："
        "在“更新…”里登记新的、去掉旧的；随程序装的，删去程序的 keys 文件夹里旧的 .pdkey。装过的表单照旧用。"
    )
    return Heading(1, "六、有事找谁（发放单位填）", ""), _table((42, 114), ("项目", "内容"), rows, note)


def _scanners() -> tuple[Block, ...]:
    rows = [
        (
            "“Windows 已保护你的电脑”",
            "安装程序没有微软认可的签名，Windows 会这样问。先核对校验值，一致再点“更多信息”—“仍要运行”。",
        ),
        (
            "杀毒软件报警，或拿走文件",
            "我们的程序没有数字签名，可能被说成“未知”“可疑”。先核对安装程序的校验值：一致的，"
            "到隔离区恢复，把程序文件夹加入信任，再装一遍；不一致的不要用。别关掉杀毒软件。",
        ),
        (
            "打不开、缺文件",
            "右上角菜单“诊断卡”第 3 行写着文件齐不齐、变没变，电话里照着念；打不开，照第二部分“再查一遍”，念没通过的。",
        ),
        (
            "Windows 7、8，32 位的，不是 x86-64 的",
            "装不了，用 Word 或 WPS 填：在能用的电脑上点“预览和导出”页右边的“空白 Word 表…”，存一份拷过去，填好拖回程序窗口。",
        ),
    ]
    note = "没有在真的 SmartScreen 和各家杀毒软件上试过，上面是一般的做法；拿不准时问本单位管电脑的同事。"
    return Heading(1, "七、装不上、打不开、杀毒软件报警", ""), _table(
        (42, 114), ("遇到", "怎么办"), rows, note
    )


def _updating() -> tuple[Block, ...]:
    rows = [*_making(), *_receiving()]
    note = "私钥的密码会当场问，屏幕上不显示。“省院”“改了什么”“新版.exe”换成自己的，有空格的加双引号。"
    return Heading(1, "八、往下发表单更新和新版", ""), _table((22, 134), ("做什么", "命令或做法"), rows, note)


def _making() -> list[tuple[str, str]]:
    return [
        (
            "先输这两行",
            f"path {PLACE};%path%\ncd /d D:\\发放\n下面的命令都在这个窗口里输，文件放在这里，不要放进程序的文件夹。",
        ),
        (
            "做钥匙",
            f"{CLI} pack key --name 省院 --to 钥匙\n"
            "公钥 .pdkey 往下发，指纹填在第六部分；私钥 .pdsecret 和密码锁好。",
        ),
        (
            "做更新包",
            f"{CLI} pack build 2027 --to 2027.pdpack --notes 改了什么\n"
            "2027 是表单的文件夹，样子照程序里的 app\\forms\\2026；有错全列出来。",
        ),
        (
            "签名，再看",
            f"{CLI} pack sign 2027.pdpack --key 钥匙\\省院.pdsecret\n"
            f"{CLI} pack verify 2027.pdpack --key 钥匙\\省院.pdkey",
        ),
    ]


def _receiving() -> list[tuple[str, str]]:
    return [
        (
            "收到的人",
            "双击 .pdpack 或拖进窗口：先看谁签的、改了什么、和哪些草稿有关，再点“装上”。菜单“更新…”里可以撤销，草稿不动。",
        ),
        (
            "装很多台",
            f"{CLI} pack install 2027.pdpack\n用使用人自己的账户，关着程序运行；0 是装上了，2 会说为什么没装。",
        ),
        (
            "第一次收到",
            "没有公钥的，在“更新…”里登记：打电话给发放单位，逐组核对 8 组指纹，一样才登记。"
            "没签名的、改过的、不认识的单位签的装不上。",
        ),
        (
            "程序的新版",
            f"{CLI} program sign 新版.exe --version 0.2 --key 钥匙\\省院.pdsecret\n"
            "旁边多出的 .pdsig 一起发，名字都不改；插上 U 盘，首页会提示。.zip、.deb 一样。",
        ),
    ]


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
