"""A small form with a field of every type, and the ways to open its pages and type into them."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeVar, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pilotdesk.forms.answers_file import initial_values, read_answers
from pilotdesk.forms.loader import load_pack
from pilotdesk.paths import forms_dir
from pilotdesk.session import Session
from pilotdesk.ui.steps.step_page import StepPage
from tests.forms.pack_kit import MiniPack

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from pilotdesk.forms.model import FormPack
    from pilotdesk.ui.fields.row import FieldRow
    from pilotdesk.ui.navigation.services import Services

E = TypeVar("E")
TODAY = date(2026, 6, 2)

HEAD = """
name = "small"
title = "小表"
short = "小表"
version = 1
project_name = "title"
unit_name = "title"
[choice_lists]
kinds = [{ name = "enterprise", label = "企业" }, { name = "office", label = "机关" }, { name = "school", label = "学校" }]
tools = [{ name = "a", label = "甲" }, { name = "b", label = "乙", hint = "少见" }, { name = "c", label = "丙" }]
areas = [{ name = "land", label = "陆地" }, { name = "sea", label = "海洋" }]
beings = [
  { name = "cow", label = "牛", parent = "land", group = "大的" },
  { name = "hare", label = "兔", parent = "land", group = "小的" },
  { name = "whale", label = "鲸", parent = "sea" },
]
states = [{ name = "pending", label = "待补充" }]
"""

FIELDS = """
name = "first"
number = "一"
label = "各种栏"
hint = "一步一步填。"
[[group]]
name = "main"
label = "主要的"
hint = "照实写"
[[group.field]]
name = "title"
type = "text"
number = "1.1"
label = "名称"
required = true
width = "full"
hint = "写全称。"
example = "某某中心"
source = ["inferred"]
[[group.field]]
name = "code"
type = "text"
number = "1.2"
label = "代码"
letters = "upper"
required = true
source = ["gb_32100", "inferred"]
[[group.field.check]]
name = "code_short"
test = "length(value) >= 6"
what = "代码只有{length(value)}位。"
why = "代码都有六位。"
fix = "再看一遍。"
source = ["gb_32100"]
[[group.field]]
name = "kind"
type = "choice"
number = "1.3"
label = "性质"
choices = "kinds"
other = true
[[group.field]]
name = "staff"
type = "integer"
number = "1.4"
label = "职工人数"
unit = "人"
width = "short"
[[group.field]]
name = "share"
type = "decimal"
number = "1.5"
label = "占比"
unit = "%"
width = "short"
[[group.field.check]]
name = "share_over"
test = "value <= 100"
what = "占比{value}%，超过了100%。"
fix = "核对数字。"
severity = "error"
source = ["notice_2"]
[[group.field]]
name = "founded"
type = "date"
number = "1.6"
label = "成立日期"
[[group.field]]
name = "since"
type = "month"
number = "1.7"
label = "起始月份"
[[group.field]]
name = "period"
type = "month_range"
number = "1.8"
label = "周期"
[[group.field]]
name = "tools"
type = "multi_choice"
number = "1.9"
label = "工具"
choices = "tools"
other = true
[[group.field]]
name = "area"
type = "choice"
number = "1.10"
label = "地方"
choices = "areas"
[[group.field]]
name = "beings"
type = "dependent_choice"
number = "1.11"
label = "动物"
choices = "beings"
depends_on = "area"
[[group.field]]
name = "place"
type = "region"
number = "1.12"
label = "地点"
[[group.field]]
name = "head"
type = "person"
number = "1.13"
label = "负责人"
required = true
[[group.field.parts]]
name = "name"
type = "text"
label = "姓名"
required = true
[[group.field.parts]]
name = "post"
type = "text"
label = "职务"
[[group.field]]
name = "shown_title"
type = "text"
number = "1.14"
label = "名称又一次"
calculation = "title"
origin = "title"
note = "来自1.1"
[[group]]
name = "office_only"
label = "机关才有"
relevant = "kind == 'office'"
[[group.field]]
name = "office_rank"
type = "text"
number = "1.15"
label = "级别"
[[group]]
name = "long"
label = "长的"
[[group.field]]
name = "story"
type = "longtext"
number = "1.16"
label = "经过"
required = true
min_chars = 10
max_chars = 20
outline = ["起因", "结果"]
[[group.field]]
name = "files"
type = "attachment"
number = "1.17"
label = "附件"
[[group.field]]
name = "promise"
type = "statement"
number = "1.18"
label = "承诺"
text = ["材料真实。"]
[[group.field]]
name = "seal"
type = "signature"
number = "1.19"
label = "盖章"
seal = { left = "法定代表人（签字）：", right = "承担单位（盖章）" }
"""

ROWS = """
name = "second"
number = "二"
label = "表格"
[[group]]
name = "tables"
[[group.field]]
name = "targets"
type = "table"
number = "2.1"
label = "指标表"
required = true
min_rows = 2
library = [
  { indicator = "满意度", unit = "%", source = "问卷" },
  { indicator = "时长", unit = "小时", source = "系统" },
]
hint = "每行一个指标。"
print = { widths = [10, 40, 20, 20, 20, 46] }
[[group.field.columns]]
name = "indicator"
type = "text"
label = "指标"
required = true
[[group.field.columns]]
name = "unit"
type = "text"
label = "单位"
print = { align = "center" }
[[group.field.columns]]
name = "now"
type = "decimal"
label = "现在"
required = true
[[group.field.columns]]
name = "goal"
type = "decimal"
label = "目标"
[[group.field.columns.check]]
name = "goal_low"
test = "value >= now"
what = "目标（{value}）比现在（{now}）小。"
why = "目标要更好。"
fix = "核对两个数，改小的那个。"
[[group.field.columns]]
name = "source"
type = "text"
label = "数据来源"
[[group.field]]
name = "plans"
type = "table"
number = "2.2"
label = "安排"
[[group.field.columns]]
name = "kind"
type = "choice"
label = "性质"
choices = "kinds"
[[group.field.columns]]
name = "day"
type = "date"
label = "日期"
[[group.field.columns]]
name = "period"
type = "month_range"
label = "起止"
[[group.field.columns]]
name = "amount"
type = "integer"
label = "数量"
[[group.field.columns]]
name = "twice"
type = "integer"
label = "两倍"
calculation = "amount * 2"
[[group.field.columns]]
name = "tools"
type = "multi_choice"
label = "工具"
choices = "tools"
[[group.field]]
name = "sites"
type = "table"
number = "2.3"
label = "网站"
fixed_rows = true
rows = [{ site = "甲网" }, { site = "乙网" }]
[[group.field.columns]]
name = "site"
type = "text"
label = "网站"
[[group.field.columns]]
name = "seen"
type = "date"
label = "查询日期"
required = true
"""

TREE = """
name = "third"
number = "三"
label = "体系"
page = "standards"
[[group]]
name = "system"
[[group.field]]
name = "structure"
type = "tree"
number = "3.1"
label = "框架"
required = true
levels = [1, 3]
library = [
  { name = "服务体系", children = [{ code = "100", name = "通用", children = [{ code = "101", name = "术语" }] }] },
]
[[group.field.columns]]
name = "code"
type = "text"
label = "编号"
letters = "upper"
[[group.field.columns]]
name = "name"
type = "text"
label = "名称"
required = true
[[group.field.columns]]
name = "state"
type = "choice"
label = "状态"
choices = "states"
[[group.field]]
name = "standards"
type = "table"
number = "3.2"
label = "明细表"
[[group.field.columns]]
name = "system_code"
type = "text"
label = "体系编号"
letters = "upper"
[[group.field.columns]]
name = "name"
type = "text"
label = "标准名称"
[[group.field.columns]]
name = "status"
type = "text"
label = "状态"
[[group.field]]
name = "notes"
type = "longtext"
number = "3.3"
label = "编制说明"
required = true
"""


@cache
def small_pack() -> FormPack:
    """The round and sources of 2026 with one form of our own."""
    with TemporaryDirectory() as name:
        pack = MiniPack(Path(name) / "2026")
        for file in ("round.toml", "sources.toml"):
            pack.write(file, (forms_dir() / "2026" / file).read_text("utf-8"))
        for file, text in {
            "form.toml": HEAD, "00-first.toml": FIELDS, "01-second.toml": ROWS, "02-third.toml": TREE,
        }.items():  # fmt: skip
            pack.write(f"small/{file}", text)
        return load_pack(pack.folder)


def small_session(answers: dict[str, Any] | None = None) -> Session:
    """A session over the small form with these answers."""
    pack = small_pack()
    form = pack.forms["small"]
    values = initial_values(form) | read_answers(form, answers or {})
    return Session(pack, "small", values, today=TODAY)


class Toasts:
    """Remembers what was said, and can take it back as the user would."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.undo: Callable[[], object] | None = None

    def show_done(self, text: str, action: str = "", undo: Callable[[], object] | None = None) -> None:
        self.said.append(text)
        self.undo = undo


def show(qtbot: QtBot, widget: QWidget, width: int = 900, height: int = 700) -> None:
    """Show a widget as an active window of this size."""
    qtbot.addWidget(widget)
    widget.resize(width, height)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is widget)


def open_step(
    qtbot: QtBot, session: Session, services: Services, name: str = "first", width: int = 900
) -> StepPage:
    """The page of a step, shown and active."""
    step = next(step for step in session.form.steps if step.name == name)
    page = StepPage(session, step, services)
    show(qtbot, page, width)
    return page


def row_of(page: StepPage, path: str) -> FieldRow:
    row = page.view.row_of(path)
    assert row is not None
    return row


def editor_of(page: StepPage, path: str, kind: type[E]) -> E:
    editor = row_of(page, path).editor
    assert isinstance(editor, kind)
    return editor


def focus(widget: QWidget) -> None:
    widget.setFocus()
    QTest.qWait(0)
    assert QApplication.focusWidget() is widget


def compose(widget: QWidget, text: str) -> None:
    """An input method shows unfinished characters."""
    QApplication.sendEvent(widget, QInputMethodEvent(text, []))


def commit_text(widget: QWidget, text: str) -> None:
    """An input method writes finished characters."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def press(
    widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(widget, key, modifier)


def copied(text: str) -> None:
    QApplication.clipboard().setText(text)


def said(services: Services) -> list[str]:
    return cast("Toasts", services.toasts).said


def write(widget: QWidget, text: str) -> None:
    """Type: letters by key, Chinese as an input method commits it."""
    if text.isascii():
        QTest.keyClicks(widget, text)
    else:
        commit_text(widget, text)
