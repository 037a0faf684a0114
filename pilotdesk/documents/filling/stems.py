"""Labels without the words that offices put around them: 申报单位现有职工总数 is 职工总数, 项目主要内容概述 is 主要内容."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNIT: Final = (
    "申报单位", "承担单位", "申请单位", "试点单位", "牵头单位", "实施单位", "建设单位", "填报单位", "项目单位", "本单位",
    "承担方", "申报方", "承接单位",
    "单位", "企业", "机构",
)  # fmt: skip
_PROJECT: Final = (
    "国家标准化试点项目", "国家标准化试点", "标准化试点项目", "标准化试点", "试点项目", "试点工作", "试点建设", "项目建设",
    "申报项目", "本项目", "本试点", "示范区", "示范项目", "示范试点", "项目", "试点",
)  # fmt: skip
_PLAIN: Final = (
    "申报",
    "填报",
    "现有",
    "目前",
    "具体",
    "其中",
    "主要",
    "拟",
    "计划",
    "预计",
    "预期",
    "工作",
    "基本",
    "有关",
    "相关",
    "取得的",
    "存在的",
    "所在",
    "总体",
    "开展",
    "提出的",
    "面临的",
    "发现的",
    "实施期",
    "规定的",
    "加强",
    "强化",
    "健全",
    "完善",
    "建立",
    "推进",
    "落实",
    "优化",
    "深化",
    "提升",
    "建议",
)
_ENDS: Final = (
    "情况",
    "名称",
    "概述",
    "介绍",
    "简述",
    "说明",
    "描述",
    "分析",
    "阐述",
    "内容",
    "信息",
    "概况",
    "数",
    "如下",
    "方面",
    "建设",
    "机制",
    "之处",
    "方法",
)
_ROW_WORDS: Final = (
    *_UNIT, *_PROJECT, *_PLAIN, "参加单位", "参与单位", "协作单位", "标准", "成果", "培训", "宣贯", "人员", "指标", "任务",
    "阶段", "专班", "小组", "组内", "工作组", "荣誉", "文件", "需求", "问题", "经费", "支出", "年度", "所", "实际", "完成",
)  # fmt: skip
_EMPTY: Final = frozenset({"日期", "时间", "名称", "内容", "情况", "代码", "编号", "意见", "地点", "主任"})
"""What is left of a label when too much was taken from it."""
_DEEP: Final = 3


class Stem(Record, frozen=True, kw_only=True):
    """A shorter label. ``of``: whose the words in front said it is: ``unit``, ``project``, or nothing."""

    text: str
    of: str = ""


def stems(label: str) -> Iterator[Stem]:
    """Other forms of a normal label, those first from which least was taken; before them the one that adds 情况."""
    yield Stem(text=f"{label}情况")
    yield from _shorter(
        label,
        (
            *((word, "unit") for word in _UNIT),
            *((word, "project") for word in _PROJECT),
            *((word, "") for word in _PLAIN),
        ),
    )


def column_stems(label: str) -> Iterator[str]:
    """Shorter forms of the normal label of a column."""
    yield from (stem.text for stem in _shorter(label, tuple((word, "") for word in _ROW_WORDS)))


def _shorter(label: str, fronts: tuple[tuple[str, str], ...]) -> Iterator[Stem]:
    known = {label}
    layer = [Stem(text=label)]
    for _ in range(_DEEP):
        found: list[Stem] = []
        for stem in layer:
            for text, of in _cut(stem.text, fronts):
                if text not in known and text not in _EMPTY:
                    known.add(text)
                    found.append(Stem(text=text, of=stem.of or of))
        yield from found
        layer = found


def _cut(text: str, fronts: tuple[tuple[str, str], ...]) -> Iterator[tuple[str, str]]:
    for word, of in fronts:
        if text.startswith(word) and len(text) - len(word) > 1:
            yield text.removeprefix(word), of
    for word in _ENDS:
        if text.endswith(word) and len(text) - len(word) > 1:
            yield text.removesuffix(word), ""
