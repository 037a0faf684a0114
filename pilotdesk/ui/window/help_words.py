"""What the help says: the way through the program, what one meets on it, and the keys."""

from __future__ import annotations

from typing import Final, NamedTuple

from pilotdesk.ui.window.commands import COMMANDS


class Part(NamedTuple):
    """One part of the help: a heading, and lines of what is meant and what to do about it."""

    heading: str
    lines: tuple[tuple[str, str], ...]


FIRST: Final = Part(
    "第一次用，照这个顺序",
    (
        ("1 新建项目", "首页点“新建项目”，写项目名称和单位。不清楚的先空着，以后都能改。"),
        ("2 一部分一部分填", "左边是各部分，先填哪一部分都行。填的每个字自动存在这台电脑上，不用另外保存。"),
        ("3 不知道怎么填", "看右边的提示：怎么填、填好的样子、依据。窗口窄的时候点“提示”，或按 F1。"),
        ("4 检查", "点“检查问题”，或按 F8 一处处看。“必须改”改完才能定稿，“请核实”看过可以写句说明留着。"),
        ("5 导出", "点“预览和导出”。Word 和 PDF 一起写好，再逐栏核对。没填完也能导出带“草稿”水印的。"),
        (
            "6 交上去",
            "往系统里录，用菜单里的“录入助手”；下载了正式模板的，用“套用正式模板”；要上传一整套，用“上报材料包”。",
        ),
    ),
)
MET: Final = Part(
    "遇到这些的时候",
    (
        ("填错、删错了", "Ctrl+Z 撤销。早先的在菜单“历史…”里找，整份删掉的在首页“已删除”里找。"),
        ("几个人一起填", "菜单“分工：请人填几部分…”存成文件发给同事，交回来用“收回分工包…”合到一起。"),
        ("同事没装程序", "菜单“空白 Word 表…”存一份给他填，填好拖进窗口就读进来。"),
        ("有人在 Word 里改了", "菜单“读回改过的 Word…”，列出改了哪几处，一处处采用或不要。"),
        ("换人、换电脑", "首页卡片的菜单“存一份交接包…”，到那边点“打开文件或交接包”。"),
        ("停电、死机了", "再打开程序，停电以前填的都在。"),
        ("来了新表单、新版程序", "把文件拖进窗口，或在“帮助”里点“更新…”。U 盘一插上，首页也会说。"),
        ("要打电话求助", "“帮助”里点“诊断卡…”，照着念就行，里面没有填写的内容。"),
    ),
)
IN_FIELDS: Final = (
    ("下一栏、上一栏", "Tab、Shift+Tab"),
    ("填好这一栏，到下一栏", "Enter"),
    ("展开选择", "Alt+↓"),
    ("请核实：写说明", "Ctrl+Enter"),
    ("表格：改这一格", "F2"),
    ("表格：向下填充", "Ctrl+D"),
    ("表格：插一行、删一行", "Ctrl+Shift+=、Ctrl+-"),
    ("表格、体系树：菜单", "Shift+F10"),
    ("表格：上移、下移", "Alt+↑、Alt+↓"),
    ("长文：放大写", "F11"),
    ("放大、缩小字号", "Ctrl+Alt+=、Ctrl+Alt+-"),
    ("打开菜单", "Alt"),
)
KEYS: Final = Part(
    "快捷键",
    (*((command.words, "、".join(command.keys)) for command in COMMANDS if command.words), *IN_FIELDS),
)
PARTS: Final = (FIRST, MET, KEYS)
