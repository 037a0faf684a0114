"""What the launchers and the installer both say, and the names they go by."""

from __future__ import annotations

from typing import Final

NAME: Final = "PilotDesk"
TITLE: Final = "PilotDesk 标准化试点申报助手"
OLDEST_BUILD: Final = 17763
"""Windows 10 1809: the oldest that Qt 6.8 supports. Source: the Qt documentation, Supported Platforms."""

TOO_OLD: Final = (
    "PilotDesk 要用 64 位的 Windows 10（1809 版）或更新的 Windows，这台电脑用不了。\n\n"
    "这台电脑上也能填：请在别的电脑上用 PilotDesk 导出“空白 Word 表”，拷到这台电脑上用 WPS 或 Word 填好，"
    "再拷回去读进程序。"
)
INCOMPLETE: Final = (
    "程序文件不全，打不开。填写的资料不受影响。\n\n"
    "• 如果是在压缩包里直接点开的：请先把整个压缩包解压到一个文件夹，再从那个文件夹里打开。\n"
    "• 如果杀毒软件刚提示过：请到它的隔离区恢复被拿走的文件，并把程序文件夹加入信任。\n"
    "• 如果放在很深的文件夹里：请挪到浅一些的地方，比如 D:\\PilotDesk。\n"
    "• 都不是：请重新安装一次。\n\n缺少或打不开："
)
SEMICOLON: Final = (
    "程序所在文件夹的名字里有分号（;），Windows 把它当成两个文件夹，找不到程序要的文件。\n\n"
    "请把分号去掉，或者换一个文件夹。"
)
DATABASE: Final = "pilotdesk.db"
"""What the user filled in; `pilotdesk.drafts.connection` names it."""
PORTABLE_MARKER: Final = "绿色版.txt"
"""Beside the launcher it says that the data lies in the program's folder; `pilotdesk.paths` looks for it."""
PORTABLE_NOTE: Final = """\
这是 PilotDesk 的绿色版：不用安装，双击 PilotDesk.exe 就能用。

填写的资料都在旁边的“资料”文件夹里，跟着这个文件夹走，可以放在 U 盘上带着用。
换新版：把新版解压到另一个文件夹，再把旧版的“资料”整个拷过去，旁边有 keys 文件夹的也拷。

请保留这个文件。没有它，程序就把资料放到这台电脑的用户文件夹里。
"""
READ_ME: Final = """\
PilotDesk 标准化试点申报助手 {version}

帮助填写、检查、打印国家标准化试点的申报材料。不联网，不收集任何信息。
它不是官方软件；正式模板以国家标准化试点项目管理信息系统下载的为准。

PilotDesk.exe        程序
pilotdesk-cli.exe    同样的程序，给命令行用
app                  程序的模块、表单、字体，和它用的库
runtime              Python 3.11
keys                 发放单位的公钥（*.pdkey），核对更新包用
licences             各部分的许可
sbom.cdx.json        每个文件的版本、校验值和许可（CycloneDX）

Qt 和 PySide6 按 LGPL 3 使用：app\\site-packages 里的 PySide6、shiboken6 可以换成接口相同的别的版本。
"""
