"""Labels put together of words that say what a text is about: 项目建设的必要性和可行性 is about the background.

Offices join the same few words in ever new ways, so that no list of whole labels is long enough. A label counts when
it is nothing but such words of one field and words that say nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.documents.filling.normal import folded, normal
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

COMPANION: Final = "~"
"""Before a word that may stand beside the others of its field, and says nothing alone."""
_NOTHING: Final = (
    "国家标准化试点项目", "标准化试点项目", "标准化试点", "试点项目", "项目", "试点", "示范", "示范区", "课题", "任务书",
    "标准化工作", "标准化", "工作", "建设", "开展", "实施", "申报", "申请", "承担", "创建", "本", "该", "我", "拟",
    "和", "情况", "内容", "分析", "说明", "概述", "简述", "描述", "介绍", "阐述", "论证", "总结", "主要", "基本", "总体", "具体",
    "有关", "相关", "预期", "预计", "现有", "目前", "已有", "取得", "存在", "形成", "及", "等", "上", "中", "两年", "期满",
    "加强", "强化", "健全", "推进", "优化", "深化", "提升", "现实",
)  # fmt: skip
_OURS: Final = ("本单位", "我单位", "申报单位", "申请单位", "承担单位", "试点单位", "单位")
"""Who a label is about, at its beginning; at its end it asks for a body."""
_QUESTION: Final = frozenset((
    "近三年", "近3年", "三年", "3年", "最近", "是否", "有无", "曾", "曾经", "有", "无", "发生", "发生过", "受到", "受到过",
    "受过", "存在", "出现", "过", "内", "重大", "较大", "严重", "或", "或者", "被", "记录", "情形",
))  # fmt: skip
"""Words of questions that are answered by yes or no; they say nothing about what is asked."""
_LONGEST: Final = 28
"""Signs of a label; longer ones are sentences."""


class _Word(Record, frozen=True, kw_only=True):
    """A word of a field. ``alone``: whether it says by itself what a label is about."""

    path: str
    alone: bool

    def is_of(self, table: str) -> bool:
        """Whether it is a word of a table's column, or, without a table, of a field."""
        owner, columned, _ = self.path.partition("[]")
        return owner == table if table else not columned


class Cores:
    """The words of the fields of a form, from the part ``core`` of its ``aliases.toml``."""

    def __init__(self, core: Mapping[str, Iterable[str]]) -> None:
        self._words: dict[str, list[_Word]] = {}
        for path, listed in core.items():
            for said in listed:
                word = folded(normal(said.removeprefix(COMPANION)))
                self._words.setdefault(word, []).append(
                    _Word(path=path, alone=not said.startswith(COMPANION))
                )
        self._nothing = {folded(one) for one in _NOTHING}

    def path(self, label: str, *, asked: bool = False, table: str = "") -> str:
        """What a normal label is about; empty where it has other words, or words of several fields.

        Args:
            label: the label.
            asked: whether it is a question with boxes.
            table: the table whose column it heads; empty for a label of a field.
        """
        said = folded(label)
        said = next((said.removeprefix(one) for one in _OURS if said.startswith(one)), said)
        if not 1 < len(said) <= _LONGEST:
            return ""
        nothing = self._nothing | _QUESTION if asked else self._nothing
        cuts = [cut for cut in self._cut(said, nothing) if cut]
        least = min(map(len, cuts), default=0)
        found = {self._about(cut, table) for cut in cuts if len(cut) == least}
        found.discard("")
        return found.pop() if len(found) == 1 else ""

    def _cut(self, label: str, nothing: AbstractSet[str]) -> Iterable[tuple[str, ...]]:
        """The ways to cut a label whole into words: the words of fields among them, in order."""
        made: list[dict[tuple[str, ...], None]] = [{(): None}, *({} for _ in label)]
        for start, before in enumerate(made[:-1]):
            for end in range(start + 1, len(made)) if before else ():
                word = label[start:end]
                if word in self._words:
                    made[end] |= {(*one, word): None for one in before}
                if word in nothing:
                    made[end] |= before
        return made[-1]

    def _about(self, words: tuple[str, ...], table: str) -> str:
        """The one field that all words of a label belong to."""
        said = [{one.path: one.alone for one in self._words[word] if one.is_of(table)} for word in words]
        left = set.intersection(*map(set, said)) & {path for one in said for path in one if one[path]}
        return left.pop() if len(left) == 1 else ""
